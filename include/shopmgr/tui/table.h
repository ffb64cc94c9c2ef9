/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_TABLE_H
#define SHOPMGR_TUI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"

/*
 * A list of any length. Three pages around the selected row are held, and are
 * moved by asking the source for the rows beyond the first or last one held.
 * Rows have no numbers here, and nothing counts them. table_model.c is the
 * part without drawing.
 */

struct table;

#define COLUMN_RIGHT 0x1 /* numbers */
#define COLUMN_WHOLE 0x2 /* ids: never cut */
#define COLUMN_ENDS  0x4 /* names of goods: cut in the middle */

struct column {
	const char *title; /* N_("On hand") */
	int width;         /* columns of the screen, as least */
	int grow;          /* share of what is left; 0: none */
	int drop; /* narrow terminals drop the highest first; 0: never */
	unsigned flags;
};

struct table_source {
	const struct column *columns; /* ends with title NULL */
	size_t row_size;
	int (*fetch)(void *arg, enum page_dir dir, const void *from,
	    size_t limit, struct page *out);
	int64_t (*id)(const void *row);
	/* The text of a cell, and a style if it is not the row's own. */
	void (*cell)(const void *row, int col, char *buf, size_t size,
	    enum style *style);
	const char
	    *empty; /* N_("No orders yet. F9 imports a file."), or NULL */
};

struct table *table_new(const struct table_source *src, void *arg);
void table_free(struct table *t);
/* What an empty list says; translated already; the caller's. */
void table_set_empty(struct table *t, const char *text);

int table_reload(struct table *t) MUST_CHECK;  /* keeps to the selected row */
int table_restart(struct table *t) MUST_CHECK; /* another filter: first row */
int table_move(struct table *t, long by) MUST_CHECK;
int table_end(struct table *t, bool last) MUST_CHECK;
/* Arrows, j k, PgUp PgDn, Home End g G: 1 taken, 0 not, or a failure. */
int table_key(struct table *t, const struct key *k) MUST_CHECK;
const void *table_selected(const struct table *t); /* NULL: empty */
bool table_more_above(const struct table *t);
bool table_more_below(const struct table *t);
void table_draw(struct table *t, struct canvas *c, struct rect r);

#endif
