/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_ATTRS_H
#define SHOPMGR_DOMAIN_ATTRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * What has to be known of goods made to order (定制) before they are made:
 * size, colour, text, ship date, each with a type and a unit. The mistakes that
 * cost most are made typing them: 1.24 m x 2 m written as 1.42 x 2, 2 November
 * as 20 November, the wrong colour. So what is critical is typed twice, by
 * somebody else or at the confirmation with the buyer, the second time without
 * a sight of the first; while the two differ, nothing is placed with the maker.
 * Every correction is kept. Rules §2 and §7; 淘宝客服职责与管理规定, 订单整理.
 */

struct session;

enum attr_type {
	ATTR_LENGTH, /* kept in mm; typed as 1.24m, 124cm, 1米24, 4尺 */
	ATTR_NUMBER,
	ATTR_DAY, /* kept as the second it begins */
	ATTR_CHOICE,
	ATTR_TEXT,
	ATTR_TYPES
};
extern const char *const attr_types[];      /* "length", ...; ends with NULL */
extern const char *const attr_type_texts[]; /* N_(), in that order */
const char *attr_type_text(const char *type); /* translated */

/* What is to be known. */
struct attr_def {
	int64_t id, version;
	int64_t product_id;  /* 0: of all that is made to order */
	const char *product; /* "" likewise */
	const char *name;    /* "width" */
	const char *title;   /* 宽 */
	const char *type;    /* of attr_types */
	const char *unit;    /* of a length typed without one; of a number */
	const char *choices; /* ";红;蓝;" */
	int64_t least, most; /* mm for lengths; both 0: any */
	int64_t critical;    /* 1: must be there, typed twice */
	int64_t seq, active;
};
struct attr_def_edit {
	char product[NAME_ROOM]; /* "": all */
	char name[32], title[64], type[16], unit[16], choices[400];
	int64_t least, most, seq;
	bool critical, active;
};
/* All of them, general ones first. */
int attr_def_page(struct session *s, enum page_dir dir,
    const struct attr_def *from, size_t limit, struct page *out) MUST_CHECK;
int attr_def_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
void attr_def_edit_from(struct attr_def_edit *e, const struct attr_def *d);
/* Needs rule.edit. ERR_INVALID and ERR_CONFLICT name the field. */
int attr_def_add(struct session *s, const struct attr_def_edit *e, int64_t *id)
    MUST_CHECK;
int attr_def_save(struct session *s, int64_t id, int64_t version,
    const struct attr_def_edit *e) MUST_CHECK;

/* What was typed in the one form that is kept; ERR_INVALID, field @d->name. */
#define ATTR_VALUE 128
int attr_parse(struct session *s, const struct attr_def *d, const char *text,
    char value[ATTR_VALUE]) MUST_CHECK;
/* And in words: "1.24 m (1240 mm)", "2026-11-20 Fri"; returns @buf. */
char *attr_words(
    const char *type, const char *unit, const char *value, char *buf, size_t n);

enum attr_state {
	ATTR_MISSING,
	ATTR_ONCE, /* typed once, and to be typed again */
	ATTR_AGREED,
	ATTR_DIFFERS,
};
const char *attr_state_name(int64_t state); /* "once": data, commands */
const char *attr_state_text(int64_t state); /* translated */

/* One attribute of one line of an order. */
struct line_attr {
	int64_t id; /* within the order */
	int64_t line_no;
	const char *item; /* the product's name */
	const char *name, *title, *type, *unit, *choices;
	int64_t least, most, critical;
	int64_t state; /* enum attr_state */
	/* As kept, and in words. "" while somebody else has typed it once, and
	 * it is to be typed again without a sight of it. */
	const char *value, *words;
	const char *again, *again_words; /* the second time */
	int64_t typed_by, typed_at, again_by, again_at;
	const char *typist, *again_staff;
};
/* Of all lines of the order that are made to order; none: no rows. */
int line_attrs(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;

enum attr_how {
	ATTR_FIRST,   /* or a correction, or what settles a difference */
	ATTR_AGAIN,   /* by somebody else than the first time */
	ATTR_CONFIRM, /* again, while the buyer confirms it; by anybody */
};
struct attr_entry {
	int64_t line_no;
	const char *name; /* or the title */
	const char *text; /* as typed */
};
struct attr_typing {
	enum attr_how how;
	const struct attr_entry *entries;
	size_t n;
	const char *reason; /* of a correction: needed then */
	int64_t loss;       /* fen: what the mistake cost */
};
/*
 * All or none of them; *@differ (may be NULL): how many of them differ from the
 * first time now. A correction takes the confirmation of the goods back, and
 * is to be typed again itself. ERR_STATE for a line that is not made to order,
 * for typing again what one typed oneself, or what is agreed already.
 */
int attrs_type(struct session *s, int64_t order_id, const struct attr_typing *t,
    int *differ) MUST_CHECK;

/* Each correction of what had been typed or confirmed, newest first. */
struct correction {
	int64_t id;
	const char *order_no;
	int64_t order_id, line_no;  /* 0: of the whole order */
	const char *name;           /* of the attribute, or "promised", ... */
	const char *title;          /* what people call it */
	const char *before, *after; /* in words */
	const char *typed_by;       /* who had it wrong; "": not known */
	const char *staff;
	int64_t at;
	int64_t placed; /* 1: the maker had it by then */
	int64_t loss;
	const char *reason;
};
enum correction_when {
	CORRECTION_ANY,
	CORRECTION_PLACED, /* the maker had it by then */
	CORRECTION_IN_TIME,
	CORRECTION_WHENS
};
struct correction_filter {
	int64_t order_id;     /* 0: any */
	int64_t typed_by;     /* staff; 0: any */
	int64_t since, until; /* 0: open */
	enum correction_when when;
};
int correction_page(struct session *s, const struct correction_filter *f,
    enum page_dir dir, const struct correction *from, size_t limit,
    struct page *out) MUST_CHECK;

#endif
