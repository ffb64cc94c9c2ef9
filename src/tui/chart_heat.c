/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/chart.h"

#include "chart_priv.h"

#define SHADES 5
#define CELL_W 6 /* wider, and they are bars */

/* The largest value of each shade, and what the darkest is. */
struct scale {
	int64_t up_to[SHADES];
};

static struct scale
scale_of(const struct chart_heat *h)
{
	int64_t lo = 0, hi = 0;
	struct scale s;
	uint64_t span;
	size_t i;

	for (i = 0; i < h->rows * h->cols; i++) {
		if (h->v[i] == CHART_GAP)
			continue;
		lo = h->v[i] < lo ? h->v[i] : lo;
		hi = h->v[i] > hi ? h->v[i] : hi;
	}
	span = chart_above(hi, lo);
	for (i = 0; i < SHADES; i++)
		s.up_to[i] =
		    chart_at(lo, span / (SHADES - 1) * i +
				     span % (SHADES - 1) * i / (SHADES - 1));
	return s;
}

static const char *
shade(size_t step)
{
	static const char *const block[SHADES] = { " ", "░", "▒", "▓", "█" };
	static const char *const ascii[SHADES] = { " ", ".", ":", "*", "#" };

	return chart_plain() ? ascii[step] : block[step];
}

static size_t
step_of(const struct scale *s, int64_t v)
{
	size_t step = 0;

	if (v == CHART_GAP)
		return 0;
	while (step + 1 < SHADES && v > s->up_to[step])
		step++;
	return step;
}

static void
put(struct canvas *c, int y, int x, int w, size_t step)
{
	int i;

	for (i = 0; i < w; i++)
		canvas_text(c, y, x + i, 1, STYLE_ACCENT, shade(step));
}

/* "░░ 5  ▒▒ 10": each shade and the largest value that has it. Shades that no
 * value can have are left out. */
static void
draw_scale(struct canvas *c, int y, int x, int w, const struct chart_heat *h,
    const struct scale *s)
{
	char buf[64];
	int end = x + w, tw;
	size_t i;

	for (i = 0; i < SHADES; i++) {
		if (i > 0 && s->up_to[i] == s->up_to[i - 1])
			continue;
		h->text(s->up_to[i], buf, sizeof(buf));
		tw = text_width(buf);
		if (x + 3 + tw > end)
			break;
		if (i > 0) {
			put(c, y, x, 2, i);
			x += 3;
		}
		x += canvas_text(c, y, x, tw, STYLE_DIM, buf) + 2;
	}
}

struct place {
	struct rect r; /* of the cells alone */
	int cell_w;
	int label_w;
	size_t rows, cols;
	bool heads, scale;
};

static int
widest(const char *const *words, size_t n)
{
	int w = 0;
	size_t i;

	for (i = 0; words != NULL && i < n; i++)
		if (words[i] != NULL && text_width(words[i]) > w)
			w = text_width(words[i]);
	return w;
}

/* Cells go before their names, the names before the scale. */
static bool
lay_out(struct rect r, const struct chart_heat *h, struct place *p)
{
	size_t fit;
	int label_w;

	*p = (struct place){ .r = r };
	label_w = widest(h->row_labels, h->rows) + 1;
	if (label_w > 1 && (r.w - label_w) / 2 >= (int)h->cols) {
		p->label_w = label_w;
		p->r.x += label_w;
		p->r.w -= label_w;
	}
	fit = (size_t)p->r.w / 2;
	p->cols = h->cols < fit ? h->cols : fit;
	if (p->cols == 0)
		return false;
	p->cell_w = p->r.w / (int)p->cols;
	if (p->cell_w > CELL_W)
		p->cell_w = CELL_W;
	p->heads = widest(h->col_labels, h->cols) > 0 && (size_t)r.h > h->rows;
	p->scale = h->text != NULL && (size_t)r.h > h->rows + p->heads;
	p->r.y += p->heads;
	p->r.h -= p->heads + p->scale;
	p->rows = h->rows < (size_t)p->r.h ? h->rows : (size_t)p->r.h;
	return true;
}

static void
draw_heads(
    struct canvas *c, int y, const struct place *p, const char *const *words)
{
	int *at = xcalloc(p->cols, sizeof(*at));
	size_t i;

	for (i = 0; i < p->cols; i++)
		at[i] = p->r.x + (int)i * p->cell_w + p->cell_w / 2;
	chart_labels(
	    c, y, p->r.x, p->cell_w * (int)p->cols, words, at, p->cols);
	free(at);
}

void
chart_heat(struct canvas *c, struct rect r, const struct chart_heat *h)
{
	struct scale s;
	struct place p;
	size_t row, col;

	if (!chart_room(&r) || !lay_out(r, h, &p))
		return;
	s = scale_of(h);
	if (p.heads)
		draw_heads(c, r.y, &p, h->col_labels);
	for (row = 0; row < p.rows; row++) {
		int y = p.r.y + (int)row;

		if (p.label_w > 0 && h->row_labels[row] != NULL)
			canvas_text(c, y, r.x, p.label_w - 1, STYLE_DIM,
			    h->row_labels[row]);
		for (col = 0; col < p.cols; col++)
			put(c, y, p.r.x + (int)col * p.cell_w, p.cell_w,
			    step_of(&s, h->v[row * h->cols + col]));
	}
	if (p.scale)
		draw_scale(c, p.r.y + (int)p.rows, p.r.x, p.r.w, h, &s);
}
