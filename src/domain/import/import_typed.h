/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_TYPED_H
#define DOMAIN_IMPORT_TYPED_H

#include "import_undo.h"
#include "staged_priv.h"

/* A list that people type in, by the edit that its department judges. */

enum typed_type {
	TYPED_TEXT,
	TYPED_NUMBER,
	TYPED_MAYBE, /* a number, or none: what is unsaid */
	TYPED_YES,
	TYPED_DAY,
	TYPED_END, /* the last day; a moment is the one after it */
};

struct typed_place {
	const char *name; /* of the layout's column, and of an image's value */
	size_t at, size;
	enum typed_type type;
	int64_t unsaid; /* a number of a new one that the list does not say */
};
#define PLACE(edit, member, type, unsaid) \
	{ \
#member, offsetof(struct edit, member), \
		    sizeof(((struct edit *)NULL)->member), type, unsaid \
	}
#define TYPED_PLACES(places) places, sizeof(places) / sizeof((places)[0])

struct typed {
	const char *kind;     /* of the record in the log and of changes */
	const char *what;     /* of changes */
	enum perm perm, also; /* that it takes */
	size_t size;          /* of the edit */
	const struct typed_place *places;
	size_t nplaces;
	/* Which record @edit is of; *@id 0: a new one. SQL, which is asked by
	 * the first place, or a function. */
	const char *by;
	int (*id_of)(struct job *j, const void *edit, int64_t *id);
	/* What there is of it: the record as an edit; or a part of another
	 * record (a price of a template, or of a product). */
	int (*get)(struct session *s, int64_t id, struct page *out);
	void (*from)(void *was, const void *record);
	int (*look)(struct job *j, int64_t id, const void *edit, void *was,
	    bool *there);
	/* *@id 0: a new one, which gets one. */
	int (*write)(struct job *j, int64_t *id, void *edit);
	/* Where the places are not all of it. */
	int (*image)(struct job *j, int64_t id, const void *edit,
	    const void *was, struct str *out);
	int (*back)(struct job *j, int64_t id, char *image);
};

/* What a department will not have is the row's fault, and the import goes on;
 * what the database will not have ends it. */
bool is_refused(const struct job *j, int rc);
/* Of such a @rc the row is refused, and 0 comes back; *@fine: of 0 it came. */
int row_judged(struct job *j, const struct kept_row *row, int rc, bool *fine)
    MUST_CHECK;
/* In either language; false: neither yes nor no. */
bool yes_or_no(struct slice v, int64_t *yes);

/* import_typed_kinds.c */
const struct typed *typed_of(enum kept_shape shape);
extern const struct typed typed_couriers, typed_bins, typed_templates,
    typed_zones;
/* import_typed_rules.c */
extern const struct typed typed_review_rules, typed_gift_rules, typed_texts,
    typed_attrs, typed_settings;
/* import_typed_goods.c */
extern const struct typed typed_warehouses, typed_materials, typed_categories,
    typed_grades, typed_member_prices, typed_supplier_items;
/* What a product cost members, and was bought for, as their images say. */
int member_price_back(struct job *j, int64_t variant, const char *image)
    MUST_CHECK;
int supplier_terms_back(struct job *j, int64_t variant, const char *image)
    MUST_CHECK;

/* One step of taking such lists back: 1 when there was something to do. */
int typed_undo(struct undo *u) MUST_CHECK;

#endif
