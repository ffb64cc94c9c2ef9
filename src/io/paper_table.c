/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "paper_priv.h"
#include "shopmgr/base/i18n.h"

/*
 * Tables over several pages. A row is held back until the next one is known:
 * the last one goes onto a new page together with the total, the line over a
 * group with its first row.
 */

#define PAD_X      1.2
#define PAD_Y      1.1
#define HEAD_PT    8.5
#define GROUP_GRAY 0.93
#define THICK      0.3
#define THIN       0.1
#define TICK       4.2 /* a box to tick */
#define BARS_H     8.0 /* a barcode in a cell */
#define RULE_GRAY  0.75
#define LEAST_ROOM 30.0 /* for a piece of a row that no page holds */
#define AFTER      3.0

struct look {
	bool head, total;
};

struct cell {
	struct type type;
	size_t first, n, done; /* its lines */
	const char *special;   /* the text of a box or a barcode; NULL: lines */
	double drop;           /* so that all first lines stand on one */
};

struct row {
	struct cell *cells;
	double first; /* as high as the highest first line */
};

/* The title of a column in the language of the program. */
static const char *
title_of(const struct paper_col *col)
{
	return col->title != NULL && col->title[0] != '\0' ? _(col->title) : "";
}

/* Of the columns' titles if @cells is NULL. A box to tick stays out where its
 * text is NULL. */
static const char **
clean_texts(struct paper *p, const char *const *cells)
{
	const struct table *t = &p->table;
	const char **texts = arena_alloc(&p->arena, t->n * sizeof(*texts));
	size_t i;

	for (i = 0; i < t->n; i++) {
		const char *s =
		    cells != NULL ? cells[i] : title_of(&t->cols[i]);

		texts[i] = s != NULL ? paper_clean(p, s) : NULL;
	}
	return texts;
}

static struct type
cell_type(const struct paper *p, const struct paper_col *col, struct look look)
{
	const struct paper_style style = {
		.pt = look.head ? HEAD_PT : col->pt,
		.bold =
		    look.head || look.total || (col->flags & PAPER_BOLD) != 0,
	};

	return paper_type(p, &style);
}

static double
base_of(const struct type *t)
{
	return (type_step(t) - t->size) / 2 + 0.88 * t->size;
}

static void
set_lines(struct paper *p, struct cell *c, const char *s, double w, bool cut)
{
	struct line line;

	c->first = p->lines.n;
	c->n = paper_wrap(p, &c->type, cut ? "" : s, w);
	if (!cut)
		return;
	paper_cut_line(p, &c->type, s, strlen(s), w, &line);
	p->lines.v[c->first] = line;
}

static void
set_cell(
    struct paper *p, size_t i, struct cell *c, const char *s, struct look look)
{
	const struct table *t = &p->table;
	unsigned flags = t->cols[i].flags;
	bool special = (flags & (PAPER_TICK | PAPER_BARS)) != 0;

	c->type = cell_type(p, &t->cols[i], look);
	if (special && !look.head && !look.total)
		c->special = s;
	if (c->special == NULL)
		set_lines(p, c, s != NULL ? s : "", t->w[i] - 2 * PAD_X,
		    (flags & PAPER_ONE_LINE) != 0 && !look.head);
}

/* Breaks the texts into lines, which stay in p->lines until the row is put. */
static struct row
set_row(struct paper *p, const char *const *texts, struct look look)
{
	const struct table *t = &p->table;
	struct row row = { 0 };
	double base = 0;
	struct cell *c;
	size_t i;

	row.cells = arena_alloc(&p->arena, t->n * sizeof(*row.cells));
	for (i = 0, c = row.cells; i < t->n; i++, c++) {
		set_cell(p, i, c, texts[i], look);
		if (c->special == NULL && base_of(&c->type) > base)
			base = base_of(&c->type);
	}
	for (i = 0, c = row.cells; i < t->n; i++, c++) {
		c->drop = c->special == NULL ? base - base_of(&c->type) : 0;
		if (c->drop + type_step(&c->type) > row.first)
			row.first = c->drop + type_step(&c->type);
	}
	return row;
}

static double
special_height(const struct cell *c, const struct paper_col *col)
{
	if ((col->flags & PAPER_TICK) != 0)
		return TICK;
	return c->special[0] != '\0' ? BARS_H + type_step(&c->type) : 0;
}

static double
row_height(const struct table *t, const struct row *row)
{
	double most = 0, h;
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct cell *c = &row->cells[i];

		if (c->special != NULL)
			h = special_height(c, &t->cols[i]);
		else
			h = c->drop + (double)c->n * type_step(&c->type);
		most = h > most ? h : most;
	}
	return most + 2 * PAD_Y;
}

static void
rule(struct paper *p, double y, double thick, double gray)
{
	const struct table *t = &p->table;
	double w = t->x[t->n - 1] + t->w[t->n - 1] - t->x[0];
	struct op *op =
	    paper_op(p, OP_LINE, (struct paper_box){ t->x[0], y, w, 0 });

	op->thick = thick;
	op->gray = gray;
}

static void
put_tick(struct paper *p, const struct row *row, struct paper_box box,
    enum paper_align align)
{
	if (align == PAPER_CENTRE)
		box.x += (box.w - TICK) / 2;
	else if (align == PAPER_RIGHT)
		box.x += box.w - TICK;
	box.y += row->first > TICK ? (row->first - TICK) / 2 : 0;
	box.w = box.h = TICK;
	paper_frame(p, box, THICK);
}

static void
put_bars(struct paper *p, const struct cell *c, struct paper_box box,
    enum paper_align align)
{
	const struct paper_style style = { .pt = c->type.size / PT_MM,
		.align = PAPER_CENTRE,
		.bold = c->type.bold };

	if (c->special[0] == '\0')
		return;
	box.h = BARS_H;
	box = paper_put_code(p, box, PAPER_CODE128, c->special, align);
	box.y += BARS_H;
	box.h = 0;
	paper_text(p, box, &style, c->special);
}

/* As many lines of a cell as there is room for, at least one. */
static double
put_lines(struct paper *p, size_t i, struct cell *c, double y, double room)
{
	const struct table *t = &p->table;
	double step = type_step(&c->type), drop = c->done == 0 ? c->drop : 0;
	size_t n = c->n - c->done, fits = 1, j;

	if (room - drop > step)
		fits = (size_t)((room - drop) / step + 1e-6);
	n = n < fits ? n : fits;
	for (j = 0; j < n; j++)
		paper_put_line(p, t->x[i] + PAD_X, y + drop + (double)j * step,
		    t->w[i] - 2 * PAD_X, t->cols[i].align, &c->type,
		    &p->lines.v[c->first + c->done + j]);
	c->done += n;
	return drop + (double)n * step;
}

/* A box or a barcode, once. */
static double
put_special(struct paper *p, size_t i, const struct row *row, double y)
{
	const struct paper_col *col = &p->table.cols[i];
	struct cell *c = &row->cells[i];
	struct paper_box box = { p->table.x[i] + PAD_X, y,
		p->table.w[i] - 2 * PAD_X, 0 };
	double high = special_height(c, col);

	if (c->done > 0)
		return 0;
	c->done = 1;
	if ((col->flags & PAPER_TICK) != 0)
		put_tick(p, row, box, col->align);
	else
		put_bars(p, c, box, col->align);
	return high;
}

/* What there is room for of a row; true when that was all of it. */
static bool
put_piece(struct paper *p, const struct row *row, double room)
{
	double y = p->y + PAD_Y, most = 0, h;
	bool all = true;
	size_t i;

	for (i = 0; i < p->table.n; i++) {
		struct cell *c = &row->cells[i];

		if (c->special != NULL)
			h = put_special(p, i, row, y);
		else if (c->done == c->n)
			h = 0;
		else
			h = put_lines(p, i, c, y, room - 2 * PAD_Y);
		all = all && (c->special != NULL || c->done == c->n);
		most = h > most ? h : most;
	}
	p->y += most + 2 * PAD_Y;
	return all;
}

static double
header_height(struct paper *p)
{
	size_t had = p->lines.n;
	struct row row =
	    set_row(p, p->table.titles, (struct look){ .head = true });

	p->lines.n = had;
	return row_height(&p->table, &row);
}

static void
put_header(struct paper *p)
{
	size_t had = p->lines.n;
	struct row row =
	    set_row(p, p->table.titles, (struct look){ .head = true });

	put_piece(p, &row, row_height(&p->table, &row));
	rule(p, p->y, THICK, 0);
	p->table.headed = true;
	p->lines.n = had;
}

/* --- over pages --- */

/* So much is put together: on this page, else on the next one; what no page
 * can hold begins here if there is some room. */
static void
make_room(struct paper *p, double high)
{
	struct table *t = &p->table;
	double room, whole = paper_bottom(p) - p->format.margin - t->head_h;

	paper_need_page(p);
	room = paper_bottom(p) - p->y - (t->headed ? 0 : t->head_h);
	if (high > room + 1e-6 && (high <= whole || room < LEAST_ROOM) &&
	    p->y > p->format.margin) {
		paper_break(p);
		t->headed = false;
	}
	if (!t->headed)
		put_header(p);
}

static void
put_row(struct paper *p, const struct row *row)
{
	while (!put_piece(p, row, paper_bottom(p) - p->y)) {
		paper_break(p);
		put_header(p);
	}
}

static double
group_height(const struct type *type)
{
	return type_step(type) + 2 * PAD_Y;
}

static void
put_group(struct paper *p, const char *text, const struct type *type)
{
	const struct table *t = &p->table;
	double w = t->x[t->n - 1] + t->w[t->n - 1] - t->x[0];
	struct line line;

	paper_fill(p,
	    (struct paper_box){ t->x[0], p->y, w, group_height(type) },
	    GROUP_GRAY);
	paper_cut_line(p, type, text, strlen(text), w - 2 * PAD_X, &line);
	paper_put_line(p, t->x[0] + PAD_X, p->y + PAD_Y, w - 2 * PAD_X,
	    PAPER_LEFT, type, &line);
	p->y += group_height(type);
}

/* What was held back is put, with room left for @more beneath it. */
static void
put_held(struct paper *p, double more)
{
	const struct paper_style bold = { .bold = true };
	const struct type type = paper_type(p, &bold);
	struct table *t = &p->table;
	size_t had = p->lines.n;
	double high = more;
	struct row row = { 0 };

	if (t->row != NULL) {
		row = set_row(p, t->row, (struct look){ 0 });
		high += row_height(t, &row);
	}
	if (t->group != NULL)
		high += group_height(&type);
	make_room(p, high);
	if (t->group != NULL)
		put_group(p, t->group, &type);
	if (row.cells != NULL) {
		put_row(p, &row);
		rule(p, p->y, THIN, RULE_GRAY);
	}
	t->group = NULL;
	t->row = NULL;
	p->lines.n = had;
}

/* --- what callers say --- */

void
paper_table(struct paper *p, const struct paper_col *cols, size_t n)
{
	double left = p->format.width - 2 * p->format.margin, x;
	struct table *t = &p->table;
	size_t shared = 0, i;

	assert(n > 0);
	paper_settle(p);
	paper_table_end(p);
	*t = (struct table){ .cols = cols, .n = n };
	t->x = arena_alloc(&p->arena, n * sizeof(*t->x));
	t->w = arena_alloc(&p->arena, n * sizeof(*t->w));
	for (i = 0; i < n; i++) {
		left -= cols[i].width;
		shared += cols[i].width <= 0;
	}
	x = p->format.margin;
	for (i = 0; i < n; i++) {
		t->x[i] = x;
		t->w[i] = cols[i].width;
		if (cols[i].width <= 0)
			t->w[i] = left > 0 ? left / (double)shared : 1;
		x += t->w[i];
	}
	t->titles = clean_texts(p, NULL);
	t->head_h = header_height(p);
}

void
paper_row(struct paper *p, const char *const *cells)
{
	struct table *t = &p->table;

	assert(t->cols != NULL);
	if (t->row != NULL)
		put_held(p, 0);
	t->row = clean_texts(p, cells);
}

void
paper_group(struct paper *p, const char *text)
{
	struct table *t = &p->table;

	assert(t->cols != NULL);
	if (t->row != NULL || t->group != NULL)
		put_held(p, 0);
	t->group = paper_clean(p, text);
}

void
paper_total(struct paper *p, const char *const *cells)
{
	size_t had = p->lines.n;
	struct row row;

	assert(p->table.cols != NULL);
	row = set_row(p, clean_texts(p, cells), (struct look){ .total = true });
	put_held(p, row_height(&p->table, &row));
	rule(p, p->y, THICK, 0);
	put_row(p, &row);
	p->lines.n = had;
}

void
paper_table_end(struct paper *p)
{
	struct table *t = &p->table;

	if (t->cols == NULL)
		return;
	if (t->row != NULL || t->group != NULL || !t->headed)
		put_held(p, 0);
	*t = (struct table){ 0 };
	p->y += AFTER;
}
