/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "report.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

struct report_line {
	enum style style;
	char *text;
};

void
report_add(struct report *rp, enum style style, const char *fmt, ...)
{
	char text[1400];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (rp->n == rp->cap) {
		rp->cap = rp->cap > 0 ? 2 * rp->cap : 64;
		rp->lines =
		    xreallocarray(rp->lines, rp->cap, sizeof(*rp->lines));
	}
	rp->lines[rp->n++] = (struct report_line){ style, xstrdup(text) };
}

void
report_clear(struct report *rp)
{
	while (rp->n > 0)
		free(rp->lines[--rp->n].text);
	free(rp->lines);
	*rp = (struct report){ 0 };
}

#define HANG 2 /* how far the further lines of one stand to the right */

/* A long line takes several, none is cut. */
static int
line_height(const struct report *rp, size_t i)
{
	int lines = text_lines(rp->lines[i].text, rp->w > 0 ? rp->w : 1);

	if (lines > 1)
		lines = text_lines(rp->lines[i].text, rp->w - HANG);
	return lines > 0 ? lines : 1;
}

static size_t
height(const struct report *rp)
{
	size_t i, n = 0;

	for (i = 0; i < rp->n; i++)
		n += (size_t)line_height(rp, i);
	return n;
}

int
report_key(struct report *rp, const struct key *k)
{
	size_t page = rp->h > 1 ? rp->h - 1 : 1, n = height(rp), last;

	last = n > rp->h ? n - rp->h : 0;
	switch (k->code) {
	case KEY_UP_:
	case 'k':
		rp->top -= rp->top > 0;
		return 1;
	case KEY_DOWN_:
	case 'j':
		rp->top += rp->top < last;
		return 1;
	case KEY_PGUP:
		rp->top = rp->top > page ? rp->top - page : 0;
		return 1;
	case KEY_PGDN:
		rp->top = rp->top + page < last ? rp->top + page : last;
		return 1;
	case KEY_HOME_:
	case 'g':
		rp->top = 0;
		return 1;
	case KEY_END_:
	case 'G':
		rp->top = last;
		return 1;
	default:
		return 0;
	}
}

void
report_draw(struct report *rp, struct canvas *c, struct rect r)
{
	int h = r.h > 1 ? r.h - 1 : 1, y, lines, skip;
	size_t i, n;

	rp->w = r.w;
	rp->h = (size_t)h;
	n = height(rp);
	if (rp->top + rp->h > n)
		rp->top = n > rp->h ? n - rp->h : 0;
	skip = (int)rp->top;
	for (i = 0, y = 0; i < rp->n && y < h; i++) {
		lines = line_height(rp, i);
		if (skip >= lines) {
			skip -= lines;
			continue;
		}
		canvas_wrap_from(c, (struct rect){ r.y + y, r.x, h - y, r.w },
		    skip, lines > 1 ? HANG : 0, rp->lines[i].style,
		    rp->lines[i].text);
		y += lines - skip;
		skip = 0;
	}
	if (rp->top + rp->h < n)
		canvas_text(
		    c, r.y + r.h - 1, r.x, r.w, STYLE_DIM, _("▼ more: PgDn"));
}
