/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STAGED_PRIV_H
#define DOMAIN_STAGED_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "import_priv.h"

/*
 * Files of which each row is understood, checked and kept whole: refunds,
 * payments, bills, ... Their layouts (data/formats/refunds.tsv says how they
 * are written) name each value and its type; a row becomes a line of
 * name=value in table staged, or goes to its department where there is one.
 */

enum kept_type {
	KEPT_TEXT,
	KEPT_NICK, /* masked for those who may not read contacts */
	KEPT_NAME,
	KEPT_SHOP,
	KEPT_ID,
	KEPT_ORDER, /* also Alipay's T200P... */
	KEPT_WAYBILL,
	KEPT_REFUND, /* a refund's state */
	KEPT_VALUATION,
	KEPT_MONEY,
	KEPT_AMOUNT, /* money that may be below nothing */
	KEPT_COUNT,
	KEPT_NUMBER, /* of at most four decimals: in ten-thousandths */
	KEPT_KG,     /* grams */
	KEPT_GRAM,
	KEPT_PERCENT,
	KEPT_HOURS,    /* of at most four decimals */
	KEPT_DURATION, /* seconds */
	KEPT_TIME,
	KEPT_DAY,
	KEPT_PERIOD, /* a day, or from one to another */
	KEPT_TYPES
};

enum kept_shape {
	SHAPE_ROW,
	SHAPE_MONEY,
	SHAPE_DAY, /* of the day that the file's name has, where no row has it
		    */
	SHAPE_JD,  /* as above, and the rows begin on line 4 */
	SHAPE_FREIGHT,
	SHAPE_FREIGHT_LISTS,
	SHAPE_GOODS,
	SHAPE_CUSTOMERS,
	SHAPE_COMPANIES,
	SHAPE_KITS,
	SHAPE_STAGED,
	SHAPE_BILL,     /* each row of each file by itself */
	SHAPE_COURIERS, /* from here on: import_typed.c */
	SHAPE_BINS,
	SHAPE_TEMPLATES,
	SHAPE_ZONES,
	SHAPE_WAREHOUSES,
	SHAPE_MATERIALS,
	SHAPE_CATEGORIES,
	SHAPE_GRADES,
	SHAPE_MEMBER_PRICES,
	SHAPE_SUPPLIER_ITEMS,
	SHAPE_REVIEW_RULES,
	SHAPE_GIFT_RULES,
	SHAPE_TEXTS,
	SHAPE_ATTRS,
	SHAPE_SETTINGS,
	SHAPE_MAX
};

#define KEPT_FIELDS 48

/* What a value is called in files. */
struct kept_say {
	const char *value;
	char **texts; /* folded; ends with NULL */
	const struct kept_say *next;
};

struct kept_field {
	const char *name;
	bool head, must, key;
	bool age; /* a time that tells the newer of two rows */
	enum kept_type type;
	char **names; /* folded; ends with NULL; none: no column has it */
	const struct kept_say *says; /* NULL: a value is what it says */
};

struct kept_layout {
	const char *name, *kind, *platform, *text;
	struct kept_field fields[KEPT_FIELDS];
	size_t nfields;
	char **nots;
	const char *instead; /* not to be imported: what is; or NULL */
	int64_t skip;
	enum kept_shape shape;
	bool weak;
};

enum refund_kept { REFUND_ASKED, REFUND_BACK, REFUND_TAKEN };

struct kept_word {
	const char *text;
	enum refund_kept state;
};

/* The values of a row. */
struct kept_row {
	const struct imp_file *file;
	const struct kept_layout *layout;
	const struct sheet_row *raw;
	struct slice v[KEPT_FIELDS]; /* as it is kept: "12.50"; "" when empty */
	int64_t n[KEPT_FIELDS];
	int64_t older; /* rows so far that were older than what is kept */
};

/* import_staged_layout.c */
void kept_load(struct kept_formats *k, struct arena *arena);
/* One that somebody taught, as kept_lesson() wrote it. */
void kept_load_taught(
    struct kept_formats *k, struct arena *arena, const char *text);
void kept_done(struct kept_formats *k); /* what it had is the arena's */
const char *kept_type_name(enum kept_type type);
const char *kept_shape_name(enum kept_shape shape);
/* Where a value stands in the row; -1: the layout has no such. */
int kept_at(const struct kept_layout *l, const char *name);
/* Of those of a name, the first that has a value. */
struct slice kept_value(const struct kept_row *row, const char *name);
/* What a text is called in the program. */
struct slice kept_said(
    struct job *j, const struct kept_field *f, struct slice v);
/* Does the layout use this column of the file? */
bool kept_uses(const struct imp_file *f, size_t column);
const char *kept_header(const struct imp_file *f, size_t field);
/* Is the row a header once more, in these words or those of a machine? */
bool kept_is_header(struct job *j, const struct kept_row *row);

/* import_staged_day.c */
/* A row above the header. */
void staged_day_above(
    struct job *j, struct imp_file *f, const struct sheet_row *row);
/* Its day, where no row says it; warns when nothing does. */
void staged_day(struct job *j, struct imp_file *f);

/* import_staged_row.c */
void kept_bind(struct kept_row *row, const struct imp_file *f);
/* False: it was refused. */
bool kept_read(
    struct job *j, struct kept_row *row, const struct sheet_row *raw);
/* @field: its place in the layout, or -1. */
void kept_refuse(struct job *j, const struct kept_row *row, int field,
    const char *fmt, ...) PRINTF_LIKE(4, 5);
/* "1.25" in ten-thousandths; false: it is no such number. */
bool number_read(const char *text, int64_t *n);

/* import_staged.c */
enum kept_outcome { KEPT_REFUSED, KEPT_SAME, KEPT_CHANGED, KEPT_MADE };
void kept_count(struct job *j, enum kept_outcome what);
/* Each row of it that is none of those skipped. */
typedef int kept_take(struct job *j, struct kept_row *row);
int kept_each(struct job *j, struct imp_file *f, kept_take *take) MUST_CHECK;
/* name=value, escaped, to what is there. */
void fields_add(struct str *out, const char *name, struct slice value);
/* The columns of the row that its layout does not know. */
void fields_rest(struct job *j, const struct kept_row *row, struct str *out);
/* Put @fields in the place that @key has. */
int staged_put(struct job *j, struct kept_row *row, const char *key,
    const char *fields) MUST_CHECK;
/* The same of a row that says itself what it is kept as. */
struct kept_as {
	const char *kind, *key, *fields;
	struct slice order_no;
	int64_t line, at;
};
int staged_put_as(struct job *j, struct kept_row *row, const struct kept_as *as)
    MUST_CHECK;
/* import_staged_own.c: rows that an export of ours has. */
int staged_own_row(struct job *j, struct kept_row *row) MUST_CHECK;
/* As those see them who may not read contacts. */
const char *fields_hidden(struct arena *arena, const char *fields);

/* staged_view.c: a value of a line of name=value, unescaped; "" for none. */
const char *fields_value(
    const char *fields, const char *name, struct arena *arena);
bool fields_time(const char *fields, const char *name, int64_t *at);

/* import_staged_freight.c */
int freight_row(struct job *j, struct kept_row *row) MUST_CHECK;
int freight_lists_row(struct job *j, struct kept_row *row) MUST_CHECK;

/* import_staged_people.c */
int contact_row(struct job *j, struct kept_row *row) MUST_CHECK;

/* import_companies.c */
int company_row(struct job *j, struct kept_row *row) MUST_CHECK;
/* import_typed.c: a list of ours that people type in. */
int typed_file(struct job *j, struct imp_file *f) MUST_CHECK;

/* import_goods.c */
int goods_row(struct job *j, struct kept_row *row) MUST_CHECK;

/* import_refunds.c */
enum refund_kept refund_kept(
    const struct kept_formats *k, const char *text, bool *known);
/* What was kept of refunds changed for the order @no. */
int refund_touch(struct job *j, struct slice no) MUST_CHECK;

/* import_teach_kept.c: layouts of kept files that somebody teaches. */
bool kept_teachable(const char *kind);
/* What people call it. */
const char *kept_label(const struct kept_field *f, char *buf, size_t size);
/* Rows: struct import_field. */
void kept_field_page(const char *kind, struct page *out);
/* The text of one, of columns that fit; else ERR_INVALID with the field. */
int kept_lesson(struct session *s, const struct import_look *look,
    const char *kind, const char *platform, const char *name,
    const char *const *fields, struct str *out) MUST_CHECK;

#endif
