/* SPDX-License-Identifier: MIT */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include <stdbool.h>

#include "shopmgr/base/str.h"
#include "shopmgr/tui/table.h"

/*
 * Which columns of a list are shown, in which order and how wide: as the list
 * declares them, until somebody chooses. And where they stand on a screen.
 */

#define COLUMNS_MAX  32
#define COLUMN_MIN   3 /* as narrow as one may be made */
#define COLUMN_WIDE  99
#define COLUMN_GAP   2
#define TABLE_GUTTER 3 /* "✓▌ ": what marks the rows */

struct columns {
	const struct column *all; /* ends with title NULL */
	struct {
		int col;   /* of all */
		int width; /* 0: as it comes */
		bool on;
	} at[COLUMNS_MAX];
	int n;
};

void columns_init(struct columns *c, const struct table_source *src);
bool columns_equal(const struct columns *a, const struct columns *b);
int columns_shown(const struct columns *c);
/* "Order number;Buyer=12;-Place": those without a title are not spoken of, and
 * stand in front. */
void columns_text(const struct columns *c, struct str *out);
void columns_parse(struct columns *c, const char *text);
/* The column with this title; NULL: none. */
const struct column *column_by_title(
    const struct column *all, const char *title, size_t len);

struct layout {
	int n;
	struct {
		int col, x, w;
		bool fixed; /* its width was chosen */
	} at[COLUMNS_MAX];
};

/* In @w columns of the screen, when column i needs @need[i] of them. */
void columns_lay_out(
    const struct columns *c, const int *need, int w, struct layout *l);

#endif
