/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_REPORT_H
#define SCREENS_REPORT_H

#include <stddef.h>

#include "shopmgr/base/err.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"

/* Lines of text that are read by scrolling: what an import says. */

struct report {
	struct report_line *lines;
	size_t n, cap;
	size_t top, h; /* lines of the screen */
	int w;         /* as last drawn */
};

void report_add(struct report *rp, enum style style, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void report_clear(struct report *rp);                   /* { 0 } is fine */
int report_key(struct report *rp, const struct key *k); /* 1: taken */
void report_draw(struct report *rp, struct canvas *c, struct rect r);

#endif
