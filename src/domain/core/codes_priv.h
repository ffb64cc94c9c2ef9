/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CODES_PRIV_H
#define DOMAIN_CODES_PRIV_H

#include <stddef.h>
#include <stdint.h>

/* Small numbers as the database has them, with what files and commands call
 * them and the words that people read. */

struct code {
	const char *name; /* "in_transit"; NULL or "": none has this number */
	const char *text; /* N_("in transit") */
};
struct codes {
	const struct code *v;
	size_t n;
};
#define CODES(array) \
	{ \
		array, sizeof(array) / sizeof((array)[0]) \
	}

/* "" for a number there is none of. */
const char *code_name(const struct codes *codes, int64_t n);
const char *code_text(const struct codes *codes, int64_t n); /* translated */
/* By its name, or by its words in either language; -1. */
int code_by_name(const struct codes *codes, const char *word);

#endif
