/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_EMBED_H
#define SHOPMGR_BASE_EMBED_H

#include <stddef.h>

/* The files of data/ that the program carries within it. Generated. */

struct embed {
	const char *name; /* "sql/0001-base.sql", "couriers.tsv" */
	const char *text; /* terminated */
};

extern const struct embed embeds[]; /* sorted by name; ends with NULL */

const char *embed_text(const char *name); /* asserts that it is there */

#endif
