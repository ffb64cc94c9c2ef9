/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_HEADER_H
#define DOMAIN_IMPORT_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/io/sheet_in.h"

#define HEADER_ROWS 30 /* how far down a header may be */

/* A row that may be the lower half of a header, and the one above it. { 0 } is
 * fine. */
struct header_pair {
	struct arena arena;
	char **above;
	size_t n;
};

void header_above(struct header_pair *h, const struct sheet_row *row);
void header_pair_done(struct header_pair *h);
/*
 * Both as one row: each cell of the lower one, and where that is empty, the one
 * above it; @titles: with the title that stands over it in front. False when
 * that is nothing but the lower row.
 */
bool header_join(struct header_pair *h, const struct sheet_row *row,
    bool titles, struct arena *arena, struct sheet_row *out);

#endif
