/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_MODEL_H
#define DOMAIN_IMPORT_MODEL_H

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

#include "../core/session_priv.h"
#include "../reports/figures_priv.h"
#include "import_table.h"

/* What an import works on: layouts, files, rows, and the job itself. */

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
	F_NEW_SKU, /* what the buyer wants instead */
	F_ITEM_NO,
	F_BUYER_NOTE,
	F_MEMO,
	F_SHIP_BY,
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
	/* these have no bit: whoever takes them looks at the text */
	F_SKU2,
	F_MEMO2,
	/* of goods */
	F_CATEGORY,
	F_BRAND,
	F_UNIT,
	F_LENGTH,
	F_WIDTH,
	F_HEIGHT,
	F_GUARANTEE_DAYS,
	F_GUARANTEE,
	F_IMAGES,
	F_MADE,
	F_ACTIVE,
	F_MAX
};
_Static_assert(F_NOTE < 64, "a bit each");

#define BIT(f) ((f) <= F_NOTE ? UINT64_C(1) << ((f)&63) : 0)

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

/* Of a name in the tables: one that ends in * is also found inside a longer
 * header. */
static inline size_t
name_len(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && name[n - 1] == '*' ? n - 1 : n;
}

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
	char **nots;   /* headers that it never has; ends with NULL */
	char **signs;  /* that it has, though nothing is read from them */
	char **seller; /* who sells: one alone, or it is what was bought */
	char **left;   /* that follow from others: not worth a warning */
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
	struct flag_word {
		const char *text;
		int64_t flag;
	} * flags; /* the colours of remarks */
	size_t nflags;
	struct called {
		const char *text;
		const struct platform *platform;
		const char *name;
	} * called; /* and platforms */
	size_t ncalled;
	struct layout_field *aliases; /* of orders, for import_guess.c */
	size_t naliases;
	const char *not_closed; /* close reason of an order that is not */
};

struct imp_file {
	const char *path, *name; /* name: without the folders */
	struct sheet *sheet;
	const char *page; /* the sheet of a workbook of several; or NULL */
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
	const char *day; /* said above the header, or in the name; or NULL */
	int64_t header_line;
	const char **header;
	size_t nheader;
	size_t last_n; /* columns of the row that was read last */
	/* A column each of the header: has it numbers that no spreadsheet took
	 * for amounts? Found out when somebody asks (import_id.c). */
	enum ids_whole { WHOLE_UNKNOWN, WHOLE_YES, WHOLE_NO } * whole;
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
	MADE_COMPANY,
	MADE_CATEGORY,
	MADE_BIN,
	MADE_TEMPLATE,
	MADE_WAREHOUSE,
	MADE_MATERIAL,
	MADE_GRADE,
	MADE_REVIEW_RULE,
	MADE_GIFT_RULE,
	MADE_TEXT,
	MADE_ATTR,
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
	const struct import *mends; /* whose refused rows these are */
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
	struct skus *skus;
};

#endif
