/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_IMPORT_DESK_H
#define SHOPMGR_DOMAIN_IMPORT_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* What somebody who sits at an import wants to know besides: was this file
 * here before, which shops are there, what stands in a refused row. */

struct import;
struct session;

/* When a file with these very bytes was imported last; 0: never. Reads the
 * whole file. Imports that were taken back do not count. */
int import_seen(struct session *s, const char *path, int64_t *at) MUST_CHECK;

/* What each column may be, by the names that layouts of @kind have for their
 * fields; none is there twice. As many rows as columns. */
struct import_guess {
	int64_t id;
	const char *field; /* "order_no"; NULL: it is like none */
};
int import_guess(struct session *s, const char *kind, const char *const *header,
    size_t n, struct page *out) MUST_CHECK;

/* A field of a refused row. */
struct import_cell {
	int64_t id;         /* its place, from 1 */
	const char *header; /* "" where the header has none */
	const char *value;
	bool fault; /* here is what it was refused for */
};
/* The fields of refused row @which, as they stand in @row: one CSV line, the
 * reject's own, or put right. At least as many as the header has. */
void import_cells(
    const struct import *im, size_t which, const char *row, struct page *out);
/* And a CSV line of them again; the caller's to free(). */
char *import_row_of(const char *const *values, size_t n);

#endif
