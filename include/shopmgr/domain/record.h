/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_RECORD_H
#define SHOPMGR_DOMAIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/str.h"

/*
 * What a row of each kind consists of, for everything that shows rows without
 * knowing them: the batch commands' lists, exports, JSON. One table a kind.
 */

struct session;

enum rec_type {
	REC_TEXT,  /* const char * */
	REC_INT,   /* int64_t */
	REC_MONEY, /* int64_t fen */
	REC_COST,  /* the same, for who may look at costs; else nothing */
	REC_TIME,  /* int64_t seconds */
	REC_CODE,  /* int64_t, named by rec_field.code */
	REC_BOOL,  /* int64_t, 0: no */
	REC_WORD,  /* const char *: words of the data, with blanks between */
};

struct rec_field {
	const char *name; /* "order_no": the glossary's English */
	const char
	    *label; /* N_("Order no."), translated for files and screens */
	enum rec_type type;
	size_t offset;
	const char *(*code)(int64_t value); /* REC_CODE: "to_ship" */
};

struct rec_filter {
	const char *field, *value; /* as given; the kind checks them */
};

struct rec_kind {
	const char *name;               /* "orders" */
	const struct rec_field *fields; /* ends with name NULL */
	size_t row_size;                /* every row begins with int64_t id */
	/*
	 * A page in the kind's main order. @from: a row of an earlier page.
	 * ERR_INVALID with the field's name for a filter it does not have.
	 */
	int (*page)(struct session *s, const struct rec_filter *filters,
	    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
	    struct page *out);
	/* The row with this id as a page of one, to go on from (--after). */
	int (*get)(struct session *s, int64_t id, struct page *out);
	/* Names that only filter: "since", "tab". NULL: none. A filter by any
	 * other field looks at every row. "sort" is one where the kind can be
	 * in another order: a field's name, "-" in front of it: down. */
	const struct rec_field *filters;
	/*
	 * All rows that fit, oldest first, for exports: no page is held, @row's
	 * texts live until it returns; what is not 0 ends it. NULL: by pages.
	 */
	int (*each)(struct session *s, const struct rec_filter *filters,
	    size_t nfilters, int (*row)(void *arg, const void *row), void *arg);
	/* Fields that only pages have, for files that ask for them by name.
	 * NULL: none. */
	const struct rec_field *more;
	bool part; /* ids tell rows apart only within what they are part of:
		      get() has none */
};

/* NULL when there is no such kind. */
const struct rec_kind *record_kind(const char *name);
extern const struct rec_kind *const record_kinds[]; /* ends with NULL */
/* A field of it, or a name to filter by; NULL: neither. */
const struct rec_field *record_field(
    const struct rec_kind *kind, const char *name);

/* Is it empty for whoever is at work, whatever the row says? */
bool record_hidden(const struct session *s, const struct rec_field *f);

/* A field of a row as a file wants it: "12.50", "2024-05-28 09:12:33", "". */
void record_plain(const struct rec_field *f, const void *row, struct str *out);
/* A code, a bool or words as people read them, translated: "to be shipped". */
void record_words(const struct rec_field *f, const void *row, struct str *out);

#endif
