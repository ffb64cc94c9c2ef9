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
	vsnprintf(text, sizeof(text), fmt, ap);
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

int
report_key(struct report *rp, const struct key *k)
{
	size_t page = rp->h > 1 ? rp->h - 1 : 1, last;

	last = rp->n > rp->h ? rp->n - rp->h : 0;
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
		rp->top = 0;
		return 1;
	case KEY_END_:
		rp->top = last;
		return 1;
	default:
		return 0;
	}
}

void
report_draw(struct report *rp, struct canvas *c, struct rect r)
{
	size_t i, h = r.h > 1 ? (size_t)r.h - 1 : 1;

	rp->h = h;
	if (rp->top + h > rp->n)
		rp->top = rp->n > h ? rp->n - h : 0;
	for (i = 0; i < h && rp->top + i < rp->n; i++)
		canvas_text(c, r.y + (int)i, r.x, r.w,
		    rp->lines[rp->top + i].style, rp->lines[rp->top + i].text);
	if (rp->top + h < rp->n)
		canvas_text(
		    c, r.y + r.h - 1, r.x, r.w, STYLE_DIM, _("▼ more: PgDn"));
}
