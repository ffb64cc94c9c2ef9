/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/table.h"

#include "marks.h"
#include "table_model.h"

#define COLUMNS_MAX 32
#define CELL_SIZE   512
#define GUTTER      3 /* " ▌ ": marks the selected row */
#define GAP         2

struct table {
	struct model model;
	const char *empty;
};

/* Where the columns are, on a screen of this width. */
struct layout {
	int n;
	struct {
		int col, x, w;
	} at[COLUMNS_MAX];
};

struct table *
table_new(const struct table_source *src, void *arg)
{
	struct table *t = xcalloc(1, sizeof(*t));

	model_init(&t->model, src, arg);
	return t;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	model_done(&t->model);
	free(t);
}

void
table_set_empty(struct table *t, const char *text)
{
	t->empty = text;
}

int
table_reload(struct table *t)
{
	return model_reload(&t->model);
}

int
table_restart(struct table *t)
{
	return model_restart(&t->model);
}

int
table_move(struct table *t, long by)
{
	return model_move(&t->model, by, false);
}

int
table_end(struct table *t, bool last)
{
	return model_end(&t->model, last);
}

const void *
table_selected(const struct table *t)
{
	return model_row(&t->model, t->model.sel);
}

bool
table_more_above(const struct table *t)
{
	return t->model.top > 0 || t->model.before;
}

bool
table_more_below(const struct table *t)
{
	const struct model *m = &t->model;

	return m->n > 0 && (m->top + m->height < m->n || m->after);
}

static int
taken(int rc)
{
	return rc < 0 ? rc : 1;
}

int
table_key(struct table *t, const struct key *k)
{
	struct model *m = &t->model;
	long page = m->height > 1 ? (long)m->height - 1 : 1;

	switch (k->code) {
	case KEY_UP_:
	case 'k':
		return taken(model_move(m, -1, false));
	case KEY_DOWN_:
	case 'j':
		return taken(model_move(m, 1, false));
	case KEY_PGUP:
		return taken(model_move(m, -page, true));
	case KEY_PGDN:
		return taken(model_move(m, page, true));
	case KEY_HOME_:
	case 'g':
		return taken(model_end(m, false));
	case KEY_END_:
	case 'G':
		return taken(model_end(m, true));
	default:
		return 0;
	}
}

static void
cell_text(const struct table *t, const void *row, int col, char buf[CELL_SIZE],
    enum style *style)
{
	buf[0] = '\0';
	t->model.src->cell(row, col, buf, CELL_SIZE, style);
	buf[CELL_SIZE - 1] = '\0';
}

/* At least its title is whole; a column of ids is as wide as the widest in
 * view. */
static int
width_of(const struct table *t, int col)
{
	const struct column *column = &t->model.src->columns[col];
	const struct model *m = &t->model;
	int w = column->title[0] != '\0' ? text_width(_(column->title)) : 0;
	size_t i;

	if (w < column->width)
		w = column->width;
	if (!(column->flags & COLUMN_WHOLE))
		return w;
	for (i = m->top; i < m->n && i < m->top + m->height; i++) {
		enum style style = STYLE_TEXT;
		char buf[CELL_SIZE];
		int need;

		cell_text(t, model_row(m, i), col, buf, &style);
		need = text_width(buf);
		if (need > w)
			w = need;
	}
	return w;
}

static int
total(const struct layout *l)
{
	int i, w = l->n > 0 ? (l->n - 1) * GAP : 0;

	for (i = 0; i < l->n; i++)
		w += l->at[i].w;
	return w;
}

/* Takes the column out that the declared order says; false: none may go. */
static bool
drop_one(const struct table *t, struct layout *l)
{
	const struct column *columns = t->model.src->columns;
	int i, worst = -1;

	for (i = 0; i < l->n; i++) {
		int drop = columns[l->at[i].col].drop;

		if (drop > 0 &&
		    (worst < 0 || drop >= columns[l->at[worst].col].drop))
			worst = i;
	}
	if (worst < 0)
		return false;
	l->n--;
	memmove(&l->at[worst], &l->at[worst + 1],
	    (size_t)(l->n - worst) * sizeof(l->at[0]));
	return true;
}

/* Text gives way; a number or an id that is cut would be another one. */
static void
shrink(const struct table *t, struct layout *l, int over)
{
	const struct column *columns = t->model.src->columns;
	int i;

	for (i = l->n - 1; i >= 0 && over > 0; i--) {
		int spare = l->at[i].w - 4;

		if ((columns[l->at[i].col].flags &
			(COLUMN_WHOLE | COLUMN_RIGHT)) ||
		    spare <= 0)
			continue;
		if (spare > over)
			spare = over;
		l->at[i].w -= spare;
		over -= spare;
	}
}

static void
grow(const struct table *t, struct layout *l, int left)
{
	const struct column *columns = t->model.src->columns;
	int i, shares = 0;

	for (i = 0; i < l->n; i++)
		shares += columns[l->at[i].col].grow;
	for (i = 0; i < l->n && shares > 0; i++) {
		int share = columns[l->at[i].col].grow;
		int add = left * share / shares;

		l->at[i].w += add;
		left -= add;
		shares -= share;
	}
}

static void
lay_out(const struct table *t, int w, struct layout *l)
{
	const struct column *columns = t->model.src->columns;
	int i, x = GUTTER;

	l->n = 0;
	for (i = 0; i < COLUMNS_MAX && columns[i].title != NULL; i++) {
		l->at[l->n].col = i;
		l->at[l->n++].w = width_of(t, i);
	}
	w -= GUTTER + 1;
	while (total(l) > w && drop_one(t, l))
		;
	if (total(l) > w)
		shrink(t, l, total(l) - w);
	else
		grow(t, l, w - total(l));
	for (i = 0; i < l->n; i++) {
		l->at[i].x = x;
		x += l->at[i].w + GAP;
	}
}

static void
put_cell(const struct table *t, const struct layout *l, int i, struct canvas *c,
    struct rect r, int y, enum style style, const char *s)
{
	unsigned flags = t->model.src->columns[l->at[i].col].flags;
	int x = l->at[i].x, w = l->at[i].w;

	if (w > r.w - x)
		w = r.w - x;
	if (flags & COLUMN_RIGHT)
		canvas_right(c, y, r.x + x, w, style, s);
	else if (flags & COLUMN_ENDS)
		canvas_ends(c, y, r.x + x, w, style, s);
	else
		canvas_text(c, y, r.x + x, w, style, s);
}

static void
draw_header(const struct table *t, const struct layout *l, struct canvas *c,
    struct rect r)
{
	int i;

	for (i = 0; i < l->n; i++) {
		const char *title = t->model.src->columns[l->at[i].col].title;

		put_cell(t, l, i, c, r, r.y, STYLE_LABEL,
		    title[0] != '\0' ? _(title) : "");
	}
}

static void
draw_row(const struct table *t, const struct layout *l, struct canvas *c,
    struct rect r, int y, size_t at)
{
	const void *row = model_row(&t->model, at);
	bool selected = at == t->model.sel;
	int i;

	if (selected) {
		canvas_fill(c, (struct rect){ y, r.x, 1, r.w }, STYLE_SELECTED);
		canvas_text(c, y, r.x + 1, 1, STYLE_SELECTED, mark_row());
	}
	for (i = 0; i < l->n; i++) {
		enum style style = selected ? STYLE_SELECTED : STYLE_TEXT;
		char buf[CELL_SIZE];

		cell_text(t, row, l->at[i].col, buf, &style);
		put_cell(
		    t, l, i, c, r, y, selected ? STYLE_SELECTED : style, buf);
	}
}

/* What lies beyond the view, on a line of its own so that no row moves when
 * it changes. */
static void
draw_more(const struct table *t, struct canvas *c, struct rect r, int y)
{
	int x = r.x + GUTTER;

	if (table_more_above(t))
		x += mark_more(c, y, x, r.x + r.w - x, true) + GAP;
	if (table_more_below(t))
		mark_more(c, y, x, r.x + r.w - x, false);
}

static void
draw_empty(const struct table *t, struct canvas *c, struct rect r)
{
	const char *text = t->empty;
	int w = r.w - 2 * GUTTER, lines;

	if (text == NULL && t->model.src->empty != NULL)
		text = _(t->model.src->empty);
	if (text == NULL || w < 1)
		return;
	lines = text_lines(text, w);
	if (lines == 1) {
		canvas_center(
		    c, r.y + r.h / 3, r.x + GUTTER, w, STYLE_DIM, text);
		return;
	}
	canvas_wrap(c,
	    (struct rect){ r.y + r.h / 3, r.x + GUTTER, r.h - r.h / 3, w },
	    STYLE_DIM, text);
}

void
table_draw(struct table *t, struct canvas *c, struct rect r)
{
	const struct model *m = &t->model;
	int rows = r.h - 2, y;
	struct layout l;

	if (r.h < 1 || r.w < GUTTER + 1)
		return;
	if (rows < 1)
		rows = 1;
	/* What could not be read shows as empty lines; the next key that moves
	 * reads it again and tells. */
	if (model_view(&t->model, (size_t)rows) < 0)
		rows = rows < (int)m->n ? rows : (int)m->n;
	lay_out(t, r.w, &l);
	draw_header(t, &l, c, r);
	if (m->n == 0) {
		draw_empty(t, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w });
		return;
	}
	for (y = 0; y < rows && m->top + (size_t)y < m->n; y++)
		draw_row(t, &l, c, r, r.y + 1 + y, m->top + (size_t)y);
	if (r.h > 2)
		draw_more(t, c, r, r.y + r.h - 1);
}
