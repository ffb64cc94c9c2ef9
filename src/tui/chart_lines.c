/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/chart.h"

#include "chart_axis.h"
#include "chart_priv.h"

/* Lines in dots: two by four of them a cell in braille, one in ASCII. Lines
 * are told apart by how they are dashed, or by their sign, beside the colour.
 */

#define LEGEND_W 4

struct dots {
	struct rect r;
	int dx, dy; /* dots a cell */
	uint8_t *mask, *style;
};

struct pen {
	uint8_t sign; /* of ASCII */
	enum style style;
	unsigned pattern, period; /* a bit for each dot on the way */
	unsigned done;
};

static struct pen
pen_of(const struct chart_line *line, size_t i)
{
	static const struct pen pens[] = {
		{ .sign = '*', .pattern = 1, .period = 1 },
		{ .sign = '+', .pattern = 0x0f, .period = 6 },
		{ .sign = 'o', .pattern = 0x01, .period = 2 },
		{ .sign = 'x', .pattern = 0x4f, .period = 8 },
	};
	struct pen pen = pens[i % (sizeof(pens) / sizeof(*pens))];

	pen.style = line->style;
	return pen;
}

static void
dots_init(struct dots *d, struct rect r)
{
	bool plain = chart_plain();
	size_t n = (size_t)r.h * (size_t)r.w;

	*d = (struct dots){ .r = r,
		.dx = plain ? 1 : 2,
		.dy = plain ? 1 : 4,
		.mask = xcalloc(n, 1),
		.style = xcalloc(n, 1) };
}

static void
dots_done(struct dots *d)
{
	free(d->mask);
	free(d->style);
}

/* @y counts from below. */
static void
dot(struct dots *d, struct pen *pen, int x, int y)
{
	static const uint8_t braille[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 },
		{ 0x04, 0x20 }, { 0x40, 0x80 } };
	int row = d->r.h * d->dy - 1 - y;
	size_t at =
	    (size_t)(row / d->dy) * (size_t)d->r.w + (size_t)(x / d->dx);

	if (d->dy == 1)
		d->mask[at] = pen->sign;
	else if (pen->pattern >> pen->done++ % pen->period & 1)
		d->mask[at] |= braille[row % 4][x % 2];
	else
		return;
	d->style[at] = (uint8_t)pen->style;
}

/* From one place to the next, after Bresenham; without the first dot. */
static void
stroke(struct dots *d, struct pen *pen, int x, int y, int to_x, int to_y)
{
	int dx = to_x - x, dy = abs(to_y - y), up = to_y > y ? 1 : -1;
	int off = dx - dy, twice;

	while (x != to_x || y != to_y) {
		twice = 2 * off;
		if (twice >= -dy) {
			off -= dy;
			x++;
		}
		if (twice <= dx) {
			off += dx;
			y += up;
		}
		dot(d, pen, x, y);
	}
}

static int
place_x(const struct dots *d, size_t i, size_t n)
{
	size_t last = (size_t)(d->r.w * d->dx - 1);

	return (int)(n > 1 ? last * i / (n - 1) : last / 2);
}

static void
draw_line(struct dots *d, const struct axis *a, const int64_t *v, size_t n,
    struct pen pen)
{
	int x = -1, y = 0, next_x, next_y;
	size_t i;

	for (i = 0; i < n; i++) {
		if (v[i] == CHART_GAP) {
			x = -1;
			continue;
		}
		next_x = place_x(d, i, n);
		next_y = axis_dot(a, v[i], d->r.h * d->dy);
		if (x >= 0)
			stroke(d, &pen, x, y, next_x, next_y);
		else {
			pen.done = 0; /* a beginning is always seen */
			dot(d, &pen, next_x, next_y);
		}
		x = next_x;
		y = next_y;
	}
}

static void
show_dots(struct canvas *c, const struct dots *d)
{
	char text[5];
	int y, x;

	for (y = 0; y < d->r.h; y++) {
		for (x = 0; x < d->r.w; x++) {
			size_t at = (size_t)y * (size_t)d->r.w + (size_t)x;
			uint32_t cp = d->mask[at];

			if (cp == 0)
				continue;
			if (d->dy > 1)
				cp += 0x2800;
			text[utf8_encode(cp, text)] = '\0';
			canvas_text(c, d->r.y + y, d->r.x + x, 1,
			    (enum style)d->style[at], text);
		}
	}
}

/* What each line is called, behind a piece of it. */
static void
draw_legend(
    struct canvas *c, struct rect r, const struct chart_line *line, size_t n)
{
	int x = r.x, end = r.x + r.w, w, k;
	struct dots d;
	struct pen pen;
	size_t i;

	for (i = 0; i < n; i++) {
		w = text_width(line[i].label);
		if (x + LEGEND_W + 1 + w > end)
			break;
		dots_init(&d, (struct rect){ r.y, x, 1, LEGEND_W });
		pen = pen_of(&line[i], i);
		for (k = 0; k < LEGEND_W * d.dx; k++)
			dot(&d, &pen, k, d.dy / 2);
		show_dots(c, &d);
		dots_done(&d);
		x += LEGEND_W + 1;
		canvas_text(c, r.y, x, w, STYLE_TEXT, line[i].label);
		x += w + 2;
	}
}

/* Whether there is anything, and from what to what. */
static bool
extent(const struct chart_line *line, size_t nlines, size_t n, int64_t *lo,
    int64_t *hi)
{
	bool any = false;
	size_t i, k;
	int64_t v;

	for (i = 0; i < nlines; i++) {
		for (k = 0; k < n; k++) {
			v = line[i].v[k];
			if (v == CHART_GAP)
				continue;
			*lo = !any || v < *lo ? v : *lo;
			*hi = !any || v > *hi ? v : *hi;
			any = true;
		}
	}
	return any;
}

/* The round values at the left, and a line of points at each. */
static void
draw_axis(struct canvas *c, struct rect plot, int x, int w,
    const struct axis *a, chart_text_fn *text)
{
	int dy = chart_plain() ? 1 : 4, last = plot.h, row, i;
	char buf[64];
	int64_t v;
	bool more;

	for (more = axis_first(a, &v); more; more = axis_next(a, &v)) {
		row = plot.h - 1 - axis_dot(a, v, plot.h * dy) / dy;
		if (row >= last)
			continue;
		last = row;
		canvas_right(c, plot.y + row, x, w, STYLE_DIM,
		    text(v, buf, sizeof(buf)));
		for (i = 0; i < plot.w; i += 2)
			canvas_text(c, plot.y + row, plot.x + i, 1, STYLE_RULE,
			    chart_plain() ? "." : "·");
	}
}

static void
draw_ticks(
    struct canvas *c, const struct dots *d, const char *const *ticks, size_t n)
{
	int *at = xcalloc(n, sizeof(*at));
	size_t i;

	for (i = 0; i < n; i++)
		at[i] = d->r.x + place_x(d, i, n) / d->dx;
	chart_labels(c, d->r.y + d->r.h, d->r.x, d->r.w, ticks, at, n);
	free(at);
}

/* The plot is what the legend, the ticks and the values at the side leave. */
static void
draw_plot(struct canvas *c, struct rect r, const struct chart_line *line,
    size_t nlines, size_t n, const struct axis *a,
    const struct chart_axis *axis)
{
	struct rect plot = r;
	struct dots d;
	size_t i;
	int w;

	w = axis->text != NULL ? axis_width(a, axis->text) : 0;
	if (w > 0 && w <= r.w / 2) {
		plot.x += w + 1;
		plot.w -= w + 1;
		if (plot.w > 0)
			draw_axis(c, plot, r.x, w, a, axis->text);
	}
	if (plot.w <= 0)
		return;
	dots_init(&d, plot);
	for (i = nlines; i > 0; i--) /* the first is on top */
		draw_line(&d, a, line[i - 1].v, n, pen_of(&line[i - 1], i - 1));
	show_dots(c, &d);
	if (axis->ticks != NULL)
		draw_ticks(c, &d, axis->ticks, n);
	dots_done(&d);
}

void
chart_lines(struct canvas *c, struct rect r, const struct chart_line *line,
    size_t nlines, size_t n, const struct chart_axis *axis)
{
	struct chart_axis own = *axis;
	int64_t lo = 0, hi = 0;
	struct axis a;

	if (!chart_room(&r) || !extent(line, nlines, n, &lo, &hi))
		return;
	if (axis->from_zero) {
		lo = lo > 0 ? 0 : lo;
		hi = hi < 0 ? 0 : hi;
	}
	if (nlines > 1 && r.h >= 3) {
		draw_legend(c, r, line, nlines);
		r.y++;
		r.h--;
	}
	if (r.h < 3)
		own.ticks = NULL;
	r.h -= own.ticks != NULL;
	axis_init(&a, lo, hi, r.h);
	draw_plot(c, r, line, nlines, n, &a, &own);
}
