/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_PRIV_H
#define DOMAIN_IMPORT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/map.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/io/sheet_in.h"

#include "figures_priv.h"
#include "import_table.h"
#include "session_priv.h"

/*
 * The importer, from the file up:
 *
 *	formats	reads data/formats, the user's own and what was taught
 *	layout	knows a file by its header
 *	row	turns a row into values, or refuses it
 *	derive	what follows from them: states, amounts of unpaid orders
 *	foreign	amounts and days as they are written abroad
 *	regroup	brings together the rows of an order that stand apart
 *	dict	shops, couriers, listings, receivers: one row for one thing
 *	people	the customers and their kept figures
 *	find	which order a number belongs to
 *	order	the rows of order files
 *	group	the rows of other files, those of an order together
 *	line	the lines that orders have
 *	settle	what follows for orders touched: holds, promises, slips
 *	lists	our own lists
 *	pieces	lists, and rows that are kept, a little at a time
 *	sift	leaves out of a merge what is known already
 *	plan	where it puts the rest
 *	spool	rows as bytes
 *	journal	the plan in the database, before any of it is done
 *	step	does it, little by little
 *	change	notes what was changed, and what was made
 *	undo	takes it back
 *	recover	finishes what was interrupted
 *
 * An empty shop is loaded: ids are ours, rows go in bulk, nothing is looked up
 * in the database. Any other is merged into, in bounded memory.
 */

/* A piece of a row. s may not be terminated; it is never NULL. */
struct slice {
	const char *s;
	size_t n;
};

/* Everything a file can say; the names are in field_names[]. */
enum imp_field {
	F_ORDER_NO,
	F_SUB_ORDER_NO,
	F_SHOP,
	F_NICK,
	F_RECEIVER,
	F_PHONE,
	F_TEL,
	F_ADDRESS,
	F_NEW_ADDRESS,
	F_TITLE,
	F_ATTRS,
	F_SKU,
	F_SKU2,
	F_ITEM_NO,
	F_BUYER_NOTE,
	F_MEMO,
	F_MEMO2,
	F_PAYMENT_NO,
	F_WAYBILL,
	F_COURIER,
	F_CLOSE_REASON,
	F_STATE,
	F_REFUND_STATE,
	F_CREATED_AT,
	F_PAID_AT,
	F_SHIPPED_AT,
	F_FINISHED_AT,
	F_TOTAL,
	F_GOODS_TOTAL,
	F_POSTAGE,
	F_PAID,
	F_REFUND,
	F_SETTLED,
	F_PRICE,
	F_LINE_TOTAL,
	F_LINE_PAID,
	F_LINE_REFUND,
	F_QTY,
	F_LINE_DISCOUNT,
	F_ITEMS, /* cells of lines: see SHAPE_CELLS */
	F_PROVINCE,
	F_CITY,
	F_DISTRICT,
	F_STREET, /* in front of the address */
	F_ADDRESS2,
	F_POSTCODE,
	F_COUNTRY,
	F_LAST_NAME,
	F_CURRENCY,
	F_SHIP_STATE,
	F_CANCELLED_AT,
	F_PLATFORM, /* of the row, where the layout is of none */
	F_FLAG,
	F_NICK_PLATFORM, /* where that is another */
	/* our own lists */
	F_NAME,
	F_PRODUCT,
	F_BARCODES,
	F_WEIGHT,
	F_REORDER_AT,
	F_TARGET_LEVEL,
	F_BIN,
	F_COST,
	F_SUPPLIER,
	F_NOTE,
	F_MAX
};
_Static_assert(F_MAX <= 64, "a bit each");

#define BIT(f) (UINT64_C(1) << (f))

/* How the rows of a layout carry what they say. */
enum shape {
	SHAPE_TABLE,   /* each is a thing by itself */
	SHAPE_ORDERS,  /* an order; its lines are in another file, or nowhere */
	SHAPE_ITEMS,   /* a line; its order is in another file */
	SHAPE_ROWS,    /* a line; what is said of its order is repeated */
	SHAPE_FILL,    /* the same, said in the first row of an order alone */
	SHAPE_SINGLE,  /* an order and its one line */
	SHAPE_SUMMARY, /* the order, then its lines; or both in one */
	SHAPE_CELLS,   /* an order, a cell for each of its lines */
};

enum date_order { DATES_YMD, DATES_MDY, DATES_DMY };

struct layout_field {
	enum imp_field field;
	bool must;
	char **names; /* ends with NULL */
};

struct state_word {
	const char *text;
	int state, refund; /* refund -1: says nothing of it */
};

struct platform {
	const char *name, *shop; /* shop: what one is called that has no name */
	unsigned id;             /* 0: the first, Taobao */
	bool own_numbers;        /* an order's number is its shop's own */
	struct map states;       /* text without blanks -> index of a word */
	struct state_word *heads; /* of a state: "(锁定)" */
	size_t nheads;
	struct refund_word {
		const char *text;
		int state;
	} * refunds;
	size_t nrefunds;
	/* Of this import: the kinds of file there are, and what the order
	 * files can say. */
	bool have_orders, have_items;
	uint64_t order_has;
};

struct layout {
	const char *name, *kind, *text;
	bool own_text; /* the user's words: not to be translated */
	struct platform *platform;
	enum shape shape;
	struct layout_field *fields;
	size_t nfields;
	char **nots;  /* headers that it never has; ends with NULL */
	char **signs; /* that it has, though nothing is read from them */
	char **left;  /* that follow from others: not worth a warning */
	/* options; NULL, 0: none */
	const char *strip;    /* in front of its order numbers */
	const char *end;      /* in the first row behind the last */
	const char *currency; /* of amounts that do not say: not CNY */
	enum date_order dates;
	bool decimal_comma;
	int state;           /* of a row that does not say */
	bool paid_when_made; /* where no time of payment is said */
	bool paid_is_due;    /* "paid" is said before it is */
	bool ours; /* what our own exports wrote: it is as it stands */
	int below; /* rows below the header that are none */
};

struct vintage {
	const char *layout, *year, *header;
};

/* data/formats, read for one import. */
struct formats {
	struct layout **layouts;
	size_t nlayouts;
	struct platform **platforms;
	size_t nplatforms;
	struct vintage *vintages;
	size_t nvintages;
	struct state_word *words; /* of all platforms */
	size_t nwords;
	struct map headers; /* every name that any layout knows */
	struct rate {
		char code[4];
		int64_t yuan; /* of 10,000 units */
		bool told;
	} * rates;
	size_t nrates;
	struct hold_word {
		const char *reason, *text;
	} * holds; /* what our exports call them */
	size_t nholds;
	struct called {
		const char *text;
		const struct platform *platform;
		const char *name;
	} * called; /* and platforms */
	size_t ncalled;
	const char *not_closed; /* close reason of an order that is not */
};

struct imp_file {
	const char *path, *name; /* name: without the folders */
	struct sheet *sheet;
	const struct layout *layout; /* NULL: kept whole, see staged_priv.h */
	struct imp_column {
		uint8_t field;
		uint16_t at;
	} map[F_MAX];
	size_t nmap;
	uint64_t has;    /* a bit each field there is */
	uint64_t must;   /* fields that each row must fill in */
	bool derives;    /* values follow from others: row_derive() */
	uint16_t *cells; /* columns of lines, of SHAPE_CELLS */
	size_t ncells;
	const struct kept_layout *kept; /* see staged_priv.h; or NULL */
	int *kept_at;                   /* a column each of its fields, or -1 */
	int64_t header_line;
	const char **header;
	size_t nheader;
	char *text;          /* what it was taken for */
	uint64_t hash;       /* of its bytes, once it was read; 0: not yet */
	struct spool *spool; /* the rows to merge, once sifted; or NULL */
	struct regroup *regroup; /* rows that stand apart; or NULL */
	enum { SEEN_UNKNOWN, SEEN_NOT, SEEN_BEFORE } seen;
};

/* Do its rows make orders by themselves, with their lines? */
static inline bool
file_is_whole(const struct imp_file *f)
{
	return f->layout != NULL && f->layout->shape > SHAPE_ITEMS;
}

static inline bool
file_is_orders(const struct imp_file *f)
{
	return f->layout != NULL && f->layout->shape == SHAPE_ORDERS;
}

/* With rows to be gathered by import_group.c. */
static inline bool
file_has_lines(const struct imp_file *f)
{
	return f->layout != NULL && f->layout->shape >= SHAPE_ITEMS;
}

static inline bool
file_is(const struct imp_file *f, const char *kind)
{
	return f->layout != NULL && strcmp(f->layout->kind, kind) == 0;
}

/* The values of a row; text not in the file is "". */
struct imp_row {
	struct imp_file *file;
	const struct platform *platform; /* whose it is */
	const struct platform *nick_platform;
	const char *on; /* the word for it where the row says one; or NULL */
	const struct sheet_row *raw;
	struct slice f[F_MAX];
	int64_t n[F_MAX]; /* numbers, fen, seconds, states */
	uint64_t has;     /* which fields say something */
	int refund;       /* what the state tells of one; -1: nothing */
	char currency[4]; /* of its amounts, where not all are in yuan */
};

struct import {
	struct import_summary sum;
	struct arena arena;
	struct import_reject *rejects;
	size_t nrejects, cap_rejects, reject_bytes;
	/* Of a dry run: the first changes there would be, [1] the urgent. */
	struct coming {
		struct import_change *v;
		size_t n;
	} coming[2];
	const char **warnings;
	size_t nwarnings;
	struct imp_file *files;
	size_t nfiles;
	char kind[24];
};

/* What is known of an order by its number. */
struct imp_order {
	int64_t id, shop_id, source_hash;
	int state;
	bool fresh; /* made by this import */
};

/* What an import makes, told by ranges of ids: see import_made.c. */
enum made {
	MADE_SHOP,
	MADE_COURIER,
	MADE_PRODUCT,
	MADE_VARIANT,
	MADE_LISTING,
	MADE_CUSTOMER,
	MADE_RECEIVER,
	MADE_ORDER,
	MADE_HOLD,
	MADE_SLIP,
	MADE_MAX
};

struct job {
	struct import *im;
	struct session *s;
	struct txn *txn;
	const struct import_options *opt;
	struct formats fmt;
	struct kept_formats {
		struct kept_layout *layouts;
		size_t n;
		struct kept_word *words;
		size_t nwords;
	} kept;
	int refunds_kept;   /* 1: there are some, -1: none, 0: not asked yet */
	struct arena arena; /* as long as the job */
	struct arena scratch; /* as long as a row, or a group of rows */
	int64_t now, batch;
	int64_t done_bytes; /* of files done with */
	int64_t bytes;      /* of the one being read */
	unsigned ticks;
	int64_t next_tick;
	const char *phase;
	bool load;
	bool quiet;         /* nothing is refused: it was, or will be */
	bool sift;          /* looking only: see import_sift.c */
	bool differs;       /* what is being looked at would be written */
	int64_t sifted;     /* newest import there was then */
	struct slice about; /* the order that is being looked at */
	int64_t about_id;   /* below 0: it will be one of this customer */
	struct plan *plan;
	struct import_summary counted; /* what the batch has of it already */
	struct changes *changes;
	int64_t made_from[MADE_MAX]; /* highest ids before */
	int claim;                   /* the right to import; -1: not ours */
	struct map firsts;           /* see job_first() */
	int64_t approved_by, version, last_seq;
	size_t pieces, piece_rows; /* see import_pieces.c */
	int64_t piece_until;
	bool final; /* it is going to be done whatever happens */
	size_t done_orders, all_orders; /* of the plan; 0: not known yet */
	bool have_items;                /* there is a SHAPE_ITEMS file */
	int64_t *default_shops;         /* by platform; 0: not asked for yet */
	int64_t slip_id; /* of opening stock, once there is one */
	struct figures figures;
	struct map refused; /* order numbers whose rows were refused */
	struct dict *dict;
	struct people *people;
	struct finder *finder;
	struct orders_out *orders;
	struct lines *lines;
	struct settle *settle;
};

/* import.c */
extern const struct op op_import;
/* The next row that could be read: 1, 0 at the end, or a failure. */
int job_next(struct job *j, struct imp_file *f, struct sheet_row *row)
    MUST_CHECK;
int file_next(struct imp_file *f, struct sheet_row *row) MUST_CHECK;
int job_tick(struct job *j, int64_t bytes) MUST_CHECK;
int job_phase(struct job *j, const char *phase) MUST_CHECK;
int job_stopped(struct job *j);
/* The rows there are, what follows from them, and both, inside the
 * transaction. */
int job_read(struct job *j) MUST_CHECK;
int job_rest(struct job *j) MUST_CHECK;
int job_take(struct job *j) MUST_CHECK;
int job_commit(struct job *j) MUST_CHECK; /* the last one, with its record */
int batch_begin(struct job *j, enum import_state state) MUST_CHECK;
int batch_end(struct job *j) MUST_CHECK;
/* As they stand in the database, whoever began it. */
int batch_counts(struct job *j, struct import_summary *sum) MUST_CHECK;
int formats_of(struct job *j) MUST_CHECK;
int files_known(struct job *j) MUST_CHECK; /* which kinds there are */
void job_done(struct job *j);
/* What remembers while rows come; and let go of it. */
void job_begin(struct job *j);
void job_forget(struct job *j);
void warn(struct job *j, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* import_reject.c; @field F_MAX: none in particular. */
void reject(struct job *j, const struct imp_file *f,
    const struct sheet_row *row, enum imp_field field, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* @column: the header of the field at fault, or "". */
void reject_column(struct job *j, const struct imp_file *f,
    const struct sheet_row *row, const char *column, const char *reason);
void rejects_end(struct job *j);
const struct imp_file *reject_file(
    const struct import *im, const struct import_reject *r);

/* import_formats.c; what is wrong in files of the user is warned of. */
int formats_load(struct job *j) MUST_CHECK;
void formats_done(struct formats *fmt);
/* The field of that name, or F_MAX. */
enum imp_field field_by_name(const char *name);
const char *field_name(enum imp_field field);
/* "Order number", translated. */
const char *field_label(enum imp_field field);
/* import_teach.c: what was taught, the newest first. */
int taught_read(struct job *j) MUST_CHECK;
/* Layouts in the words of data/formats, of @name for the warnings. */
void formats_read(struct job *j, const char *name, const char *text, bool own);

/* import_layout.c */
int layout_find(struct job *j, struct imp_file *f) MUST_CHECK;
/* By the header that it was known by before. */
int layout_again(struct job *j, struct imp_file *f) MUST_CHECK;
const char *field_header(const struct imp_file *f, enum imp_field field);
const char *layout_text(const struct layout *l); /* translated */

/* import_regroup.c: are there orders whose rows stand apart? */
int regroup_scan(struct job *j, struct imp_file *f) MUST_CHECK;
int regroup_next(struct imp_file *f, struct sheet_row *row) MUST_CHECK;
void regroup_rewind(struct regroup *g);
void regroup_free(struct regroup *g);

/* import_foreign.c; @code gets what the text says, or stays. */
bool foreign_money(
    const char *text, bool decimal_comma, int64_t *amount, char code[4]);
void currency_of(struct imp_row *row);
/* False: nobody said what one of @code is worth. */
bool in_yuan(struct job *j, int64_t *amount, const char *code);
/* What the shop's setting says of it. */
int rates_load(struct job *j) MUST_CHECK;
bool foreign_time(const char *text, enum date_order order, int64_t *t);

/* import_derive.c */
void row_derive(struct job *j, struct imp_row *row);

/* import_row.c */
struct slice slice_clean(struct arena *scratch, const char *s, size_t n);
struct slice slice_of(const char *s);
bool slice_same(struct slice a, const char *s, size_t n);
const char *slice_text(struct arena *arena, struct slice s);
struct db_val slice_val(struct slice s);  /* "" stays "" */
struct db_val slice_null(struct slice s); /* "" becomes NULL */
void row_bind(struct imp_row *row, struct imp_file *f);
/* False: it was refused. */
bool row_read(struct job *j, struct imp_row *row, const struct sheet_row *raw);
/* Its texts alone; what one of them is, or why not; and as people read it. */
void row_slices(
    struct job *j, struct imp_row *row, const struct sheet_row *raw);
bool row_value(struct job *j, struct imp_row *row, enum imp_field field);
const char *row_show(
    struct arena *arena, const struct imp_row *row, enum imp_field field);
bool row_needs(struct job *j, const struct imp_row *row, uint64_t fields);
/* For a sentence. */
const char *shown_short(struct job *j, struct slice v);
bool row_number(struct job *j, struct imp_row *row, enum imp_field field);
bool row_money(struct job *j, struct imp_row *row, enum imp_field field);
/* A number that a spreadsheet took for an amount: digits are lost. */
bool id_damaged(const struct sheet_row *raw, struct slice v);

/* import_words.c */
struct slice plain_words(struct arena *scratch, struct slice v);
/* By the words of its platform, else by Taobao's; -1: none of them. */
int refund_word(
    const struct job *j, const struct imp_file *f, const char *text);
bool row_state(struct job *j, struct imp_row *row, enum imp_field field);
bool row_refund(struct job *j, struct imp_row *row, enum imp_field field);
bool row_platform(struct job *j, struct imp_row *row, enum imp_field field);

/* import_address.c, import_place.c */
struct imp_receiver {
	const struct platform *platform; /* whose the nick is */
	struct slice nick, name, phone, province, city, district, address;
};
void receiver_read(
    struct arena *scratch, const struct imp_row *row, struct imp_receiver *r);
/* Only nick, name and phone: the quick part of it. */
void receiver_who(const struct imp_row *row, struct imp_receiver *r);
/* "广东深圳市福田区…" without blanks: what is in front is taken off. */
void place_split(struct slice all, struct imp_receiver *r);
/* A province, by its first two characters. */
bool is_province(struct slice v);
bool phone_is_whole(struct slice phone);
struct slice phone_tail(struct slice phone);

/* import_dict.c */
struct dict *dict_new(struct job *j);
void dict_free(struct dict *d);
int dict_flush(struct job *j) MUST_CHECK;
int64_t dict_last_receiver(const struct job *j);
int shop_find(struct job *j, const struct platform *p, struct slice name,
    int64_t *id) MUST_CHECK;
/* The one that a row is of, as far as it says. */
int shop_of(struct job *j, const struct imp_row *row, int64_t *id) MUST_CHECK;
/* Is @shop_id a shop on @p? NULL: any. */
int shop_is_on(struct job *j, const struct platform *p, int64_t shop_id,
    bool *is) MUST_CHECK;
int courier_known(struct job *j, struct slice name, int64_t *id) MUST_CHECK;
struct listing_ref {
	int64_t id, variant_id;
};
int listing_find(struct job *j, const struct imp_row *row, int64_t shop_id,
    struct listing_ref *out) MUST_CHECK;
/* 0 when the row says nothing about who gets the parcel. *@customer: 0 when
 * the row does not know who buys. */
int receiver_find(struct job *j, const struct imp_row *row, int64_t *id,
    int64_t *customer) MUST_CHECK;

/* import_people.c */
struct people *people_new(struct job *j);
void people_free(struct people *p);
int person_find(struct job *j, const struct imp_receiver *r, int64_t *id)
    MUST_CHECK;
/* An order counts for a customer (@n 1) or no longer (-1). */
struct person_order {
	int64_t created_at, paid_at, net; /* paid - refund */
	struct slice name, phone;
};
int person_count(struct job *j, int64_t id, int n, const struct person_order *o)
    MUST_CHECK;
int people_flush(struct job *j) MUST_CHECK;
void people_ask_dates(struct job *j, int64_t id);
/* After the orders are written, and their indexes. */
int people_dates(struct job *j) MUST_CHECK;

/* import_find.c */
struct finder *finder_new(struct job *j);
void finder_free(struct finder *f);
void finder_look_again(struct finder *f);
/* @shop_id 0: in any shop of @p; @p NULL, in a merge: on any. False in *@found
 * when there is none. */
int order_seek(struct job *j, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out, bool *found) MUST_CHECK;
/* The shop that a row speaks of, 0 when it does not say and need not. */
int row_shop(struct job *j, const struct imp_row *row, int64_t *shop)
    MUST_CHECK;
void order_made(struct job *j, const struct platform *p, struct slice no,
    const struct imp_order *o);
void order_note_state(struct job *j, const struct imp_order *o);
void order_note_lines(struct job *j, int64_t id);
bool order_has_lines(struct job *j, int64_t id);
/* Counts each order once, by the most that happened to it. */
enum order_mark { MARK_NONE, MARK_UNCHANGED, MARK_UPDATED, MARK_NEW };
void order_mark(struct job *j, const struct imp_order *o, enum order_mark mark);
/* This import made it. */
bool order_is_fresh(struct job *j, int64_t id);
bool order_is_unchanged(struct job *j, int64_t id);
/* It was counted as unchanged before. */
void order_counted(struct job *j, int64_t id);

/* import_order.c */
struct orders_out *orders_new(struct job *j);
void orders_free(struct orders_out *o);
int orders_flush(struct job *j) MUST_CHECK;
int orders_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* Of all that is kept of the row; another layout's is another. Never 0. */
int64_t row_hash(const struct imp_row *row);
int order_create(struct job *j, struct imp_row *row, int64_t hash,
    struct imp_order *o) MUST_CHECK;
void order_values(struct job *j, struct imp_row *row);
void orders_lined(struct job *j);
int orders_goods(struct job *j) MUST_CHECK;
int orders_check(struct job *j) MUST_CHECK;

/* import_update.c: what a row says of an order that is there. @hash 0: it was
 * put together from item rows. @shop 0: it does not say which. */
int order_update(struct job *j, struct imp_order *o, struct imp_row *row,
    int64_t hash, int64_t shop) MUST_CHECK;

/* import_line.c */
struct lines *lines_new(struct job *j);
void lines_free(struct lines *l);
int lines_flush(struct job *j) MUST_CHECK;

/* import_group.c */
int items_file(struct job *j, struct imp_file *f) MUST_CHECK;

/* import_settle.c */
struct settle *settle_new(void);
void settle_free(struct settle *st);
#define TOUCH_NEW     1u /* of this import, or paid just now */
#define TOUCH_REFUND  2u /* what is known of refunds changed */
#define TOUCH_ADDRESS 4u
#define TOUCH_LEFT    8u  /* no longer paid: by way of another program */
#define TOUCH_BAD     16u /* a line of it was refused */
#define TOUCH_REMARK  64u /* the remark or the buyer's note */
#define TOUCH_KEPT    32u /* what is kept of its refunds changed */
/* The holds of a new order, where the file has them all. */
void holds_said(struct job *j, const struct imp_row *row, int64_t id);
void order_touch(struct job *j, int64_t id, unsigned why);
int orders_settle(struct job *j) MUST_CHECK;
void settle_end(struct job *j); /* what has to be said of all of them */

/* import_sift.c */
int sift(struct job *j) MUST_CHECK;
/* Does what was sifted still hold? If not, it is done again. */
int sift_check(struct job *j) MUST_CHECK;
/* True, and noted, when looking only: the caller then must not write. */
bool sift_differs(struct job *j);
/* Which order the rows held are about, before sift_decide(); @id 0: it is not
 * there yet. */
void sift_about(struct job *j, struct slice no, int64_t id);
/* A new order: whose it will be. */
int sift_customer(struct job *j, const struct imp_row *row) MUST_CHECK;
/* Keep the rows held if what they say differs, else drop them. */
int sift_decide(struct job *j, struct imp_file *f) MUST_CHECK;

/* import_spool.c: rows as bytes. */
struct spool *spool_new(void);
void spool_free(struct spool *sp);
void spool_hold(struct spool *sp, const struct sheet_row *row);
struct slice spool_held(const struct spool *sp);
void spool_drop(struct spool *sp);
/* What spool_held() once gave, to be handed out again. */
void spool_add(struct spool *sp, const char *rows, size_t n);
void spool_empty(struct spool *sp);
void spool_rewind(struct spool *sp);
int spool_next(struct spool *sp, struct sheet_row *row, struct err *err)
    MUST_CHECK;
void pack_number(struct str *out, uint64_t n);
bool unpack_number(const char *s, size_t size, size_t *at, uint64_t *n);

/* import_plan.c: the rows that a sift kept, by order. */
struct plan *plan_new(void);
void plan_free(struct plan *p);
/* @id: 0, the order's, or, of one that is not there, less the customer's. */
int plan_keep(struct plan *p, size_t file, struct slice no, int64_t id,
    struct slice rows, struct err *err) MUST_CHECK;
/* Nothing more comes. */
int plan_end(struct job *j, struct plan *p) MUST_CHECK;
size_t plan_orders(const struct plan *p);
/*
 * Adds what there is of orders @from to below @to, counted from 0, to @out:
 * for each piece the number of its file, its length and its rows; before them,
 * behind PLAN_COUNTED, how many and which orders of them are counted as
 * unchanged already.
 */
#define PLAN_COUNTED 255
int plan_read(struct plan *p, size_t from, size_t to, struct str *out,
    struct err *err) MUST_CHECK;

/* import_step.c: an import into a shop that has something already. */
extern size_t import_step_most; /* orders that go without a journal; tests */
int merge_orders(struct job *j) MUST_CHECK;
/* What was written down, to its end; also by import_recover(). */
int steps_run(struct job *j) MUST_CHECK;
/* May a step that began at @start (ticks) be followed by the next in the same
 * transaction? While nobody waits for the right to write, for a while. */
bool step_goes_on(struct job *j, int64_t start);
/* One import at a time: waits for another one. */
int import_claim(struct job *j) MUST_CHECK;
/* Is it the first time that @key of @kind is made? When trying out, the same
 * is made in several steps. */
bool job_first(struct job *j, char kind, struct slice key);

/* import_pieces.c: lists, and rows that are kept. */
extern size_t import_piece_rows; /* the most in one; tests */
int pieces_run(struct job *j) MUST_CHECK;
/* A row is done with: others may have their turn. */
int piece_row(struct job *j) MUST_CHECK;

/* import_made.c: before the rows of a transaction, and behind them. */
int made_before(struct job *j) MUST_CHECK;
int made_after(struct job *j) MUST_CHECK;
extern const char *const made_kinds[MADE_MAX];

/* import_undo.c */
int undo_carry_on(struct session *s, int64_t batch) MUST_CHECK;

/* import_change.c */
struct noted {
	const char *kind;
	int64_t subject;
	const char *what;
	const char *before, *after; /* as people read them; NULL: nothing */
	const char *image;          /* what undo needs */
	bool urgent;
};
/* A record that was there before is changed. */
int change_note(struct job *j, const struct noted *n) MUST_CHECK;
int changes_flush(struct job *j) MUST_CHECK;
void changes_free(struct changes *c);
void image_int(struct str *image, const char *name, int64_t v);
void image_text(struct str *image, const char *name, struct slice v);
/* The next of them, in place; false at the end. */
bool image_next(char **at, char **name, struct slice *v);

/* import_journal.c */
/* Write the plan down: afterwards it is going to be done. */
int journal_write(struct job *j) MUST_CHECK;
/* Steps behind number *@last, about @orders of them, to @out; *@last gets the
 * number of the last one, *@end whether nothing is behind it. */
int journal_read(struct job *j, size_t orders, struct str *out, int64_t *last,
    bool *end) MUST_CHECK;
/* Inside the transaction that did them. */
int journal_done(struct job *j, int64_t last) MUST_CHECK;
/* What it was about, from what was written down. */
int journal_open(struct job *j, struct import_options *opt, int64_t *staff)
    MUST_CHECK;
int journal_drop(struct session *s, int64_t batch) MUST_CHECK;

/* import_staged*.c: files that are kept whole, or go where such belong. */
bool staged_kind(struct job *j, const char *kind);
/* What @f is, whatever is done with its rows (import.c). */
int file_find(struct job *j, struct imp_file *f) MUST_CHECK;
const char *file_kind(const struct imp_file *f);
/* Is @f one of them? If not it is at its beginning again. @weak, when nobody
 * said what it is: layouts that others may be mistaken for. */
int staged_find(struct job *j, struct imp_file *f, bool weak, bool *found)
    MUST_CHECK;
int staged_unknown(struct job *j, const struct imp_file *f);
int staged_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* What is kept of the order's refunds; @open: one that was not taken back. */
int refunds_of(struct job *j, const char *order_no, bool *any, bool *open)
    MUST_CHECK;
/* Takes back @most rows that the import @batch kept: 1, or 0 when there are
 * none left. */
int staged_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
    MUST_CHECK;
/* A later import that took the place of rows of it, or 0. */
int staged_replaced(struct session *s, int64_t batch, int64_t *by) MUST_CHECK;

/* import_lists.c */
int products_file(struct job *j, struct imp_file *f) MUST_CHECK;
int stock_file(struct job *j, struct imp_file *f) MUST_CHECK;
int listings_file(struct job *j, struct imp_file *f) MUST_CHECK;
int customers_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* Notes of what is filled in of a variant that was there. */
int variant_note_fill(struct job *j, int64_t id, int64_t price, int64_t weight)
    MUST_CHECK;
int variant_note_barcode(struct job *j, int64_t id, struct slice code)
    MUST_CHECK;
/* A customer as some file tells of him. @identity: "taobao:nick", "tel:139..."
 */
struct contact_says {
	const char *identity;
	struct slice nick, name, phone, note;
};
int customer_take(struct job *j, const struct contact_says *says) MUST_CHECK;

#endif
