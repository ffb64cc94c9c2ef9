/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_TABLE_MODEL_H
#define SHOPMGR_TUI_TABLE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/base/page.h"
#include "shopmgr/tui/table.h"

/*
 * The rows around the selected one: three pages, and which of the rows
 * held is on top of the view and which is selected. Both are moved by steps;
 * when the view comes to the edge of what is held, the page beyond is asked
 * for and the farthest one let go. What lies outside is known only as "more".
 */

#define MODEL_PAGES 3
#define MODEL_SLOTS 16 /* a terminal that grows may need more for a while */

struct model {
	const struct table_source *src;
	void *arg;
	struct page page[MODEL_SLOTS];
	int pages;
	size_t n;   /* rows held */
	size_t top; /* first row in view, counted in those held */
	size_t sel;
	size_t height;      /* of the view */
	bool before, after; /* there may be rows beyond the pages held */
	/* The list's beginning as it was when last in view: its first row marks
	 * what is news. Empty while that is held above, or not known. */
	struct page head;
	size_t news; /* rows in front of it, at most TABLE_NEWS */
};

void model_init(struct model *m, const struct table_source *src, void *arg);
void model_done(struct model *m);
const void *model_row(const struct model *m, size_t i);

int model_restart(struct model *m) MUST_CHECK;
int model_reload(struct model *m) MUST_CHECK;
int model_end(struct model *m, bool last) MUST_CHECK;
/* With @scroll the view goes along, as PgDn does. */
int model_move(struct model *m, long by, bool scroll) MUST_CHECK;
int model_view(struct model *m, size_t height) MUST_CHECK;

#endif
