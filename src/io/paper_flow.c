/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "shopmgr/base/alloc.h"

/* What flows down the pages, in the width between the margins. */

#define TITLE_PT   18.0
#define HEADING_PT 11.0
#define LABEL_GRAY 0.4
#define NUMBER_W   70.0 /* of the barcode beside a title */
#define BARS_H     10.0
#define GUTTER     6.0 /* between the columns of facts */
#define LABEL_GAP  2.5
#define LABEL_MOST 0.45 /* of its column */
#define BLANK_H    12.0 /* room to write in */
#define THIN       0.15

static double
inner(const struct paper *p)
{
	return p->format.width - 2 * p->format.margin;
}

/* Anything that is no fact and no row comes after them. */
static void
flow(struct paper *p)
{
	paper_settle(p);
	paper_table_end(p);
	paper_need_page(p);
}

double
paper_room(struct paper *p)
{
	flow(p);
	return paper_bottom(p) - p->y;
}

double
paper_y(struct paper *p)
{
	flow(p);
	return p->y;
}

void
paper_space(struct paper *p, double mm)
{
	flow(p);
	p->y += mm;
}

void
paper_keep(struct paper *p, double mm)
{
	if (paper_room(p) < mm && p->y > p->format.margin)
		paper_break(p);
}

/* Line by line, so that it goes over pages. */
void
paper_note(struct paper *p, const struct paper_style *style, const char *text)
{
	struct type t = paper_type(p, style);
	enum paper_align align = style != NULL ? style->align : PAPER_LEFT;
	size_t had = p->lines.n, n, i;

	n = paper_wrap(p, &t, paper_clean(p, text), inner(p));
	for (i = had; i < had + n; i++) {
		paper_keep(p, type_step(&t));
		paper_put_line(p, p->format.margin, p->y, inner(p), align, &t,
		    &p->lines.v[i]);
		p->y += type_step(&t);
	}
	p->lines.n = had;
}

void
paper_title(struct paper *p, const char *title, const char *number)
{
	const struct paper_style big = { .pt = TITLE_PT, .bold = true };
	const struct paper_style small = { .align = PAPER_CENTRE };
	double left = p->format.margin, w = inner(p), high = 0, took;
	struct paper_box box;

	paper_keep(p, BARS_H * 2);
	if (number != NULL) {
		box = (struct paper_box){ left + w - NUMBER_W, p->y, NUMBER_W,
			BARS_H };
		box =
		    paper_put_code(p, box, PAPER_CODE128, number, PAPER_RIGHT);
		w = box.x - left - GUTTER;
		box.y += BARS_H + 0.5;
		box.h = 0;
		high = BARS_H + 0.5 + paper_text(p, box, &small, number);
	}
	took =
	    paper_text(p, (struct paper_box){ left, p->y, w, 0 }, &big, title);
	p->y += (took > high ? took : high) + 4;
}

void
paper_heading(struct paper *p, const char *text)
{
	const struct paper_style style = { .pt = HEADING_PT, .bold = true };

	paper_keep(p, 25); /* with what it is over */
	p->y += p->y > p->format.margin ? 3 : 0;
	paper_note(p, &style, text);
	p->y += 1.5;
}

void
paper_rule(struct paper *p)
{
	paper_keep(p, 3);
	paper_line(p, p->format.margin, p->y + 1.5, p->format.margin + inner(p),
	    p->y + 1.5, THIN);
	p->y += 3;
}

void
paper_barcode(struct paper *p, enum paper_symbol symbol, const char *text,
    double height, enum paper_align align)
{
	paper_keep(p, height + 1);
	paper_put_code(p,
	    (struct paper_box){ p->format.margin, p->y, inner(p), height },
	    symbol, text, align);
	p->y += height + 1;
}

void
paper_blanks(struct paper *p, const char *const *labels, size_t n)
{
	double w = (inner(p) - (double)(n - 1) * GUTTER) / (double)n;
	struct type t = paper_type(p, NULL);
	double y;
	size_t i;

	paper_keep(p, BLANK_H);
	y = p->y + BLANK_H - type_step(&t);
	for (i = 0; i < n; i++) {
		double x = p->format.margin + (double)i * (w + GUTTER);
		double label = paper_width(p, NULL, labels[i]);

		paper_text(
		    p, (struct paper_box){ x, y, w, 0 }, NULL, labels[i]);
		if (label + LABEL_GAP < w)
			paper_line(p, x + label + LABEL_GAP, y + type_step(&t),
			    x + w, y + type_step(&t), THIN);
	}
	p->y += BLANK_H + 2;
}

/* --- facts --- */

void
paper_facts(struct paper *p, int columns)
{
	flow(p);
	p->fact_columns = columns > 0 ? columns : 1;
}

static void
add_fact(struct paper *p, const char *label, const char *value, bool wide)
{
	if (p->fact_columns == 0)
		paper_facts(p, 1);
	if (p->nfacts == p->facts_cap) {
		p->facts_cap = p->facts_cap * 2 + 16;
		p->facts =
		    xreallocarray(p->facts, p->facts_cap, sizeof(*p->facts));
	}
	p->facts[p->nfacts++] =
	    (struct fact){ paper_clean(p, label), paper_clean(p, value), wide };
}

void
paper_fact(struct paper *p, const char *label, const char *value)
{
	add_fact(p, label, value, false);
}

void
paper_fact_wide(struct paper *p, const char *label, const char *value)
{
	add_fact(p, label, value, true);
}

/* The column a fact is in when the one before it was in @col; -1: none was. */
static int
next_column(const struct paper *p, size_t i, int col)
{
	if (i == 0 || p->facts[i].wide || p->facts[i - 1].wide ||
	    col + 1 == p->fact_columns)
		return 0;
	return col + 1;
}

/* All labels of a column are as wide as its widest. */
static double
label_width(const struct paper *p, const struct type *t, int column, double w)
{
	double most = 0, one;
	size_t i;
	int col = -1;

	for (i = 0; i < p->nfacts; i++) {
		col = next_column(p, i, col);
		one = paper_measure(
		    t, p->facts[i].label, strlen(p->facts[i].label));
		if (col == column && one > most)
			most = one;
	}
	most += most > 0 ? LABEL_GAP : 0;
	return most < w * LABEL_MOST ? most : w * LABEL_MOST;
}

/* One label or value; how high it is. */
static double
put_fact(struct paper *p, const char *s, const struct type *t, double x,
    double w, bool put)
{
	size_t had = p->lines.n, n = paper_wrap(p, t, s, w), i;

	for (i = 0; put && i < n; i++)
		paper_put_line(p, x, p->y + (double)i * type_step(t), w,
		    PAPER_LEFT, t, &p->lines.v[had + i]);
	p->lines.n = had;
	return (double)n * type_step(t);
}

/* The facts [from, to) are one line. Measured, or put. */
static double
fact_line(struct paper *p, size_t from, size_t to, bool put)
{
	double wide = inner(p), high = 0, x, label, h;
	double w = (wide - (p->fact_columns - 1) * GUTTER) / p->fact_columns;
	struct type value = paper_type(p, NULL), gray = value;
	size_t i;

	gray.gray = LABEL_GRAY;
	for (i = from; i < to; i++) {
		const struct fact *f = &p->facts[i];
		double all = f->wide ? wide : w;

		x = p->format.margin + (double)(i - from) * (w + GUTTER);
		label = label_width(p, &gray, (int)(i - from), w);
		h = put_fact(p, f->label, &gray, x, label, put);
		high = h > high ? h : high;
		h = put_fact(p, f->value, &value, x + label, all - label, put);
		high = h > high ? h : high;
	}
	return high + 0.6;
}

void
paper_settle(struct paper *p)
{
	size_t from = 0, to;
	double high;
	int col;

	if (p->fact_columns == 0)
		return;
	paper_need_page(p);
	while (from < p->nfacts) {
		col = 0;
		for (to = from + 1; to < p->nfacts; to++)
			if ((col = next_column(p, to, col)) == 0)
				break;
		high = fact_line(p, from, to, false);
		if (p->y + high > paper_bottom(p) && p->y > p->format.margin)
			paper_break(p);
		p->y += fact_line(p, from, to, true);
		from = to;
	}
	p->y += p->nfacts > 0 ? 2 : 0;
	p->nfacts = 0;
	p->fact_columns = 0;
}
