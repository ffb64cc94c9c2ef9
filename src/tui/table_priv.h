/* SPDX-License-Identifier: MIT */
#ifndef TUI_TABLE_PRIV_H
#define TUI_TABLE_PRIV_H

#include "columns.h"
#include "marked.h"
#include "table_model.h"

/* table.c keeps and draws it, columns_dialog.c asks how it is wanted. */

struct table {
	struct model model;
	const char *empty;
	struct columns columns;
	struct marked marked;
	int sort; /* a column's; 0: the list's own order */
	bool desc;
	struct rect rows;       /* where they are on the screen, for clicks */
	int drawn[COLUMNS_MAX]; /* how wide, by column; 0: not there */
};

/* The column sorted by; NULL: none. */
const struct column *table_sort_column(const struct table *t);

#endif
