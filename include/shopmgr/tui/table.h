/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_TABLE_H
#define SHOPMGR_TUI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/str.h"
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
#define COLUMN_OFF   0x8 /* only for those who choose it */
#define COLUMN_DOWN \
	0x10 /* sorted from the highest down at first, as numbers are */

struct column {
	const char *title; /* N_("On hand") */
	int width;         /* columns of the screen, as least */
	int grow;          /* share of what is left; 0: none */
	int drop; /* narrow terminals drop the highest first; 0: never */
	unsigned flags;
	int sort; /* what the source calls the order by this column; 0: none */
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
	/* Which columns there are at first, in this order, ends with -1; NULL:
	 * all but those that are off. */
	const int *shown;
};

struct table *table_new(const struct table_source *src, void *arg);
void table_free(struct table *t);
/* What an empty list says; translated already; the caller's. */
void table_set_empty(struct table *t, const char *text);

int table_reload(struct table *t) MUST_CHECK;  /* keeps to the selected row */
int table_restart(struct table *t) MUST_CHECK; /* another filter: first row */
int table_move(struct table *t, long by) MUST_CHECK;
int table_end(struct table *t, bool last) MUST_CHECK;
/* Arrows, j k, PgUp PgDn, Ctrl-U Ctrl-D, Home End g G: 1 taken, 0 not, or a
 * failure. */
int table_key(struct table *t, const struct key *k) MUST_CHECK;
const void *table_selected(const struct table *t); /* NULL: empty */
/* The row with this id, if it is among those held; else NULL. */
const void *table_row(const struct table *t, int64_t id);
/*
 * In which order: a column's sort, and which way. 0: the list's own order. The
 * source's fetch() asks table_sort(); a change starts again at the first row,
 * and is none when that fails. The heading shows it by an arrow. _put_ only
 * notes it, for the next table_restart().
 */
int table_sort(const struct table *t, bool *desc);
bool table_sorts(const struct table *t); /* by any column? */
int table_set_sort(struct table *t, int sort, bool desc) MUST_CHECK;
void table_put_sort(struct table *t, int sort, bool desc);

/* Marked rows, by id, kept while the list moves, is sorted or read again; gone
 * with table_restart(). A sign in front of the row beside its colour. */
int table_mark(struct table *t, bool on)
    MUST_CHECK;                        /* the selected row; and one down */
void table_mark_page(struct table *t); /* all in view, or none of them */
void table_mark_id(struct table *t, int64_t id, bool on);
void table_unmark(struct table *t);
/* How many there are; at most @max in @ids, in the order they were marked. */
size_t table_marked(const struct table *t, int64_t *ids, size_t max);
bool table_is_marked(const struct table *t, const void *row);

/*
 * Rows that others have put on top of the list since its beginning was last in
 * view: they wait behind "▲ 3 new", so that nothing moves under the cursor. At
 * most TABLE_NEWS are counted.
 */
#define TABLE_NEWS 100
size_t table_news(const struct table *t);

/*
 * Which columns, how wide and in which order, and the sort: as a text to be
 * kept ("": as the list is by itself), and from it (what it does not know is
 * left out). table_set_view() reads no rows.
 */
void table_view_text(const struct table *t, struct str *out);
void table_set_view(struct table *t, const char *text);
struct ui;
/* The dialog: Space shows or hides a column, left and right change its width,
 * [ ] its place; the list beneath follows. Keeps what was chosen by
 * host.view_set() under @name (NULL: does not). */
int ui_columns(struct ui *ui, struct table *t, const char *name) MUST_CHECK;
/* The dialog to choose the column to sort by; on the same one: the other way.
 */
int ui_sort(struct ui *ui, struct table *t, const char *name) MUST_CHECK;
/* What host.view_get() has under @name becomes the list's. */
void ui_view(struct ui *ui, struct table *t, const char *name);

/* The columns that were chosen, in their order, also those there is no room
 * for; at most @max. Returns how many. */
size_t table_shown(const struct table *t, int *cols, size_t max);
/* The rows of the list as its source has them, in its order, whichever of them
 * are held: for what goes over all. */
int table_rows(struct table *t, enum page_dir dir, const void *from,
    size_t limit, struct page *out) MUST_CHECK;

bool table_more_above(const struct table *t);
bool table_more_below(const struct table *t);
void table_draw(struct table *t, struct canvas *c, struct rect r);
/* The line above it: the order, how many rows are marked, how many are new. */
void table_draw_state(
    const struct table *t, struct canvas *c, int y, int x, int w);

#endif
