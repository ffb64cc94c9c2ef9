/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/chart.h"

#include "chart_priv.h"

/* Bars, lying and standing. Those below zero grow the other way from a common
 * line; both ways have one scale. */

#define BAR_MIN 6 /* columns that labels leave to the bars */

/* From the least to the largest, with 0 between. */
struct span {
	uint64_t below, above;
};

static struct span
span_of(const struct chart_bar *bar, size_t n)
{
	struct span s = { 0, 0 };
	uint64_t size;
	size_t i;

	for (i = 0; i < n; i++) {
		if (bar[i].value < 0) {
			size = chart_above(0, bar[i].value);
			s.below = size > s.below ? size : s.below;
		} else {
			size = (uint64_t)bar[i].value;
			s.above = size > s.above ? size : s.above;
		}
	}
	return s;
}

/* How many of @room cells are for what is below zero: none, all, or so many
 * that either side has one. */
static int
cells_below(const struct span *s, int room)
{
	int n = chart_steps(s->below, s->below + s->above, room, true);

	return n == room && s->above > 0 && n > 1 ? n - 1 : n;
}

/* Of a bar in a space of @cells, each of @parts steps; all bars have the scale
 * of @whole in @all cells. */
static int
bar_steps(uint64_t size, const struct span *s, int all, int cells, int parts)
{
	int n = chart_steps(size, s->below + s->above, all * parts, true);

	return n < cells * parts ? n : cells * parts;
}

static uint64_t
size_of(int64_t value)
{
	return value < 0 ? chart_above(0, value) : (uint64_t)value;
}

/* Lying */

struct lying {
	int label_w, bar_x, bar_w, text_x, text_w;
	int below; /* cells left of the line; -1: there is no line */
	struct span span;
};

static int
widest(const struct chart_bar *bar, size_t n, bool text)
{
	const char *s;
	int w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		s = text ? bar[i].text : bar[i].label;
		if (s != NULL && text_width(s) > w)
			w = text_width(s);
	}
	return w;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Values first, then names, and the bars in what is left. */
static struct lying
lay_out(struct rect r, const struct chart_bar *bar, size_t n)
{
	struct lying l = { .span = span_of(bar, n), .below = -1 };
	int rest;

	l.text_w = least(widest(bar, n, true), r.w);
	rest = r.w - l.text_w - (l.text_w > 0);
	rest = rest > 0 ? rest : 0;
	l.label_w = least(widest(bar, n, false),
	    rest > 2 * BAR_MIN ? rest - BAR_MIN - 1 : rest / 2);
	l.bar_x = r.x + l.label_w + (l.label_w > 0);
	l.text_x = r.x + r.w - l.text_w;
	l.bar_w = rest - l.label_w - (l.label_w > 0);
	if (l.span.below > 0 && l.bar_w > 1)
		l.below = cells_below(&l.span, l.bar_w - 1);
	return l;
}

static void
put(struct canvas *c, int y, int x, int n, enum style style, const char *sign)
{
	int i;

	for (i = 0; i < n; i++)
		canvas_text(c, y, x + i, 1, style, sign);
}

static void
lie_right(struct canvas *c, int y, int x, int cells, uint64_t size,
    const struct lying *l, enum style style)
{
	static const char *const part[] = { "", "▏", "▎", "▍", "▌", "▋", "▊",
		"▉" };
	int all = l->bar_w - (l->below >= 0), n;

	if (chart_plain()) {
		put(c, y, x, bar_steps(size, &l->span, all, cells, 1), style,
		    "#");
		return;
	}
	n = bar_steps(size, &l->span, all, cells, 8);
	put(c, y, x, n / 8, style, "█");
	if (n % 8 > 0)
		canvas_text(c, y, x + n / 8, 1, style, part[n % 8]);
}

/* There are no blocks that are right of their middle but one. */
static void
lie_left(struct canvas *c, int y, int x, int cells, uint64_t size,
    const struct lying *l, enum style style)
{
	int all = l->bar_w - 1, n;

	if (chart_plain()) {
		n = bar_steps(size, &l->span, all, cells, 1);
		put(c, y, x - n, n, style, "#");
		return;
	}
	n = bar_steps(size, &l->span, all, cells, 2);
	put(c, y, x - n / 2, n / 2, style, "█");
	if (n % 2 > 0)
		canvas_text(c, y, x - n / 2 - 1, 1, style, "▐");
}

static void
lie(struct canvas *c, int y, const struct lying *l, const struct chart_bar *bar)
{
	uint64_t size = size_of(bar->value);
	int zero = l->bar_x + (l->below >= 0 ? l->below : 0);
	int right = l->below >= 0 ? zero + 1 : zero;

	if (l->below >= 0)
		canvas_text(
		    c, y, zero, 1, STYLE_RULE, chart_plain() ? "|" : "│");
	if (bar->value < 0 && l->below > 0)
		lie_left(c, y, zero, l->below, size, l, bar->style);
	else if (bar->value > 0)
		lie_right(c, y, right, l->bar_x + l->bar_w - right, size, l,
		    bar->style);
}

void
chart_bars(
    struct canvas *c, struct rect r, const struct chart_bar *bar, size_t n)
{
	struct lying l;
	size_t i;

	if (!chart_room(&r))
		return;
	if (n > (size_t)r.h)
		n = (size_t)r.h;
	l = lay_out(r, bar, n);
	for (i = 0; i < n; i++) {
		int y = r.y + (int)i;

		if (bar[i].label != NULL)
			canvas_ends(
			    c, y, r.x, l.label_w, STYLE_TEXT, bar[i].label);
		lie(c, y, &l, &bar[i]);
		if (bar[i].text != NULL)
			canvas_right(
			    c, y, l.text_x, l.text_w, STYLE_TEXT, bar[i].text);
	}
}

/* Standing */

struct standing {
	struct rect r; /* of the bars alone */
	int below;     /* rows under the line; -1: there is no line */
	struct span span;
	size_t n;
	int gap;
};

/* All equally wide: the last columns may stay empty. */
static int
slot_w(const struct standing *s)
{
	return s->r.w / (int)s->n - s->gap;
}

static int
slot_x(const struct standing *s, size_t i)
{
	return s->r.x + (int)i * (s->r.w / (int)s->n);
}

static void
stand_up(struct canvas *c, const struct standing *s, size_t i,
    const struct chart_bar *bar, int floor, int rows)
{
	static const char *const part[] = { "", "▁", "▂", "▃", "▄", "▅", "▆",
		"▇", "█" };
	int all = s->r.h - (s->below >= 0), parts = chart_plain() ? 1 : 8, n, y;

	n = bar_steps(size_of(bar->value), &s->span, all, rows, parts);
	for (y = floor; n > 0; y--, n -= parts)
		put(c, y, slot_x(s, i), slot_w(s), bar->style,
		    chart_plain() ? "#" : part[least(n, 8)]);
}

static void
hang_down(struct canvas *c, const struct standing *s, size_t i,
    const struct chart_bar *bar, int top)
{
	int parts = chart_plain() ? 1 : 2, n, y;

	n = bar_steps(
	    size_of(bar->value), &s->span, s->r.h - 1, s->below, parts);
	for (y = top; n > 0; y++, n -= parts)
		put(c, y, slot_x(s, i), slot_w(s), bar->style,
		    chart_plain() ? "#"
		    : n == 1      ? "▀"
				  : "█");
}

static void
stand(struct canvas *c, const struct standing *s, const struct chart_bar *bar)
{
	int zero = s->r.y + s->r.h - 1 - s->below; /* where the line is */
	int floor = s->below >= 0 ? zero - 1 : s->r.y + s->r.h - 1;
	size_t i;

	if (s->below >= 0)
		put(c, zero, s->r.x, s->r.w, STYLE_RULE,
		    chart_plain() ? "-" : "─");
	for (i = 0; i < s->n; i++) {
		if (bar[i].value < 0 && s->below > 0)
			hang_down(c, s, i, &bar[i], zero + 1);
		else if (bar[i].value > 0)
			stand_up(c, s, i, &bar[i], floor, floor - s->r.y + 1);
	}
}

/* What is beneath or above each bar; those that do not fit are left out. */
static void
write_labels(struct canvas *c, const struct standing *s, int y,
    const struct chart_bar *bar, bool text)
{
	const char **words = xcalloc(s->n, sizeof(*words));
	int *at = xcalloc(s->n, sizeof(*at));
	size_t i;

	for (i = 0; i < s->n; i++) {
		words[i] = text ? bar[i].text : bar[i].label;
		at[i] = slot_x(s, i) + slot_w(s) / 2;
	}
	chart_labels(c, y, s->r.x, s->r.w, words, at, s->n);
	free(words);
	free(at);
}

/* Only the values of all bars, or that of the largest: what is between would
 * be of any of them. */
static void
write_values(struct canvas *c, const struct standing *s, int y,
    const struct chart_bar *bar)
{
	size_t i, top = 0;
	int at, w;

	if (widest(bar, s->n, true) < s->r.w / (int)s->n) {
		write_labels(c, s, y, bar, true);
		return;
	}
	for (i = 0; i < s->n; i++)
		if (bar[i].value > bar[top].value)
			top = i;
	w = bar[top].text != NULL ? text_width(bar[top].text) : 0;
	if (w == 0 || w > s->r.w)
		return;
	at = slot_x(s, top) + slot_w(s) / 2 - w / 2;
	at = least(at, s->r.x + s->r.w - w);
	canvas_text(
	    c, y, at > s->r.x ? at : s->r.x, w, STYLE_DIM, bar[top].text);
}

void
chart_columns(
    struct canvas *c, struct rect r, const struct chart_bar *bar, size_t n)
{
	struct standing s = { .r = r, .below = -1 };
	bool labels, values;

	if (!chart_room(&r) || n == 0)
		return;
	if (n > (size_t)r.w) { /* the last ones */
		bar += n - (size_t)r.w;
		n = (size_t)r.w;
	}
	s.n = n;
	s.gap = (size_t)r.w / n >= 2;
	s.span = span_of(bar, n);
	labels = r.h >= 2 && widest(bar, n, false) > 0;
	/* A row of zeros says nothing. */
	values = r.h >= 4 && widest(bar, n, true) > 0 &&
		 s.span.below + s.span.above > 0;
	s.r.y += values;
	s.r.h -= labels + values;
	if (s.span.below > 0 && s.r.h > 1)
		s.below = cells_below(&s.span, s.r.h - 1);
	stand(c, &s, bar);
	if (labels)
		write_labels(c, &s, r.y + r.h - 1, bar, false);
	if (values)
		write_values(c, &s, r.y, bar);
}
