/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_TSV_PRIV_H
#define DOMAIN_TSV_PRIV_H

#include <stddef.h>

#include "shopmgr/base/arena.h"

/*
 * The tables of data/: a line of column names, then a line a record, cells
 * separated by tabs. They are the program's own, so a mistake in one asserts.
 */

#define TSV_COLUMNS 16

struct tsv {
	const char *at; /* the next line */
	struct arena arena;
	const char *names[TSV_COLUMNS];
	const char *cells[TSV_COLUMNS];
	size_t n;
};

void tsv_open(struct tsv *t, const char *embed_name);
int tsv_next(struct tsv *t); /* 1, or 0 at the end */
/* The cell of the current record; valid until tsv_done(). */
const char *tsv_get(const struct tsv *t, const char *column);
void tsv_done(struct tsv *t);

#endif
