/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_TYPED_H
#define DOMAIN_IMPORT_TYPED_H

#include "import_undo.h"
#include "staged_priv.h"

/* A list that people type in, by the edit that its department judges. */

enum typed_type { TYPED_TEXT, TYPED_NUMBER, TYPED_YES, TYPED_DAY };

struct typed_place {
	const char *name; /* of the layout's column, and of an image's value */
	size_t at, size;
	enum typed_type type;
};

struct typed {
	const char *kind; /* of the record in the log and of changes */
	enum perm perm;
	size_t size; /* of the edit */
	const struct typed_place *places;
	size_t nplaces;
	/* Which one @edit is of, and what it @was: *@there. What is part of
	 * another (a price of a template) gets that one's @id in any case. */
	int (*find)(struct job *j, const void *edit, int64_t *id, void *was,
	    bool *there);
	/* *@id 0: a new one, which gets one. */
	int (*write)(struct job *j, int64_t *id, const void *edit);
	/* Where the places are not all of it. */
	int (*image)(struct job *j, int64_t id, struct str *out);
	int (*back)(struct job *j, int64_t id, char *image);
};

/* In either language; false: neither yes nor no. */
bool yes_or_no(struct slice v, int64_t *yes);

/* import_typed_kinds.c */
const struct typed *typed_of(enum kept_shape shape);

#endif
