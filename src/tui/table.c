/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/table.h"

#include "marks.h"
#include "table_priv.h"

#define CELL_SIZE 512

struct table *
table_new(const struct table_source *src, void *arg)
{
	struct table *t = xcalloc(1, sizeof(*t));

	model_init(&t->model, src, arg);
	columns_init(&t->columns, src);
	return t;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	model_done(&t->model);
	marked_done(&t->marked);
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
	marked_clear(&t->marked);
	return model_restart(&t->model);
}

int
table_sort(const struct table *t, bool *desc)
{
	*desc = t->desc;
	return t->sort;
}

bool
table_sorts(const struct table *t)
{
	const struct column *c = t->columns.all;

	while (c->title != NULL && c->sort == 0)
		c++;
	return c->title != NULL;
}

void
table_put_sort(struct table *t, int sort, bool desc)
{
	t->sort = sort;
	t->desc = sort != 0 && desc;
}

int
table_set_sort(struct table *t, int sort, bool desc)
{
	int was = t->sort, rc;
	bool down = t->desc;

	table_put_sort(t, sort, desc);
	rc = model_restart(&t->model);
	if (rc < 0)
		table_put_sort(t, was, down);
	return rc;
}

const struct column *
table_sort_column(const struct table *t)
{
	const struct column *c;

	for (c = t->columns.all; t->sort != 0 && c->title != NULL; c++)
		if (c->sort == t->sort)
			return c;
	return NULL;
}

#define SORT "sort="

void
table_view_text(const struct table *t, struct str *out)
{
	const struct column *by = table_sort_column(t);
	struct columns first;

	if (by != NULL)
		str_addf(out, SORT "%s%s", t->desc ? "-" : "", by->title);
	columns_init(&first, t->model.src);
	if (!columns_equal(&t->columns, &first))
		columns_text(&t->columns, out);
}

void
table_set_view(struct table *t, const char *text)
{
	const struct column *by = NULL;
	bool desc = false;
	size_t len;

	columns_init(&t->columns, t->model.src);
	if (strncmp(text, SORT, strlen(SORT)) == 0) {
		text += strlen(SORT);
		desc = *text == '-';
		text += desc;
		len = strcspn(text, ";");
		by = column_by_title(t->columns.all, text, len);
		text += len + (text[len] == ';');
	}
	table_put_sort(t, by != NULL ? by->sort : 0, desc);
	if (*text != '\0')
		columns_parse(&t->columns, text);
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

static int64_t
id_at(const struct table *t, size_t at)
{
	return t->model.src->id(model_row(&t->model, at));
}

const void *
table_row(const struct table *t, int64_t id)
{
	size_t i;

	for (i = 0; i < t->model.n; i++)
		if (id_at(t, i) == id)
			return model_row(&t->model, i);
	return NULL;
}

int
table_mark(struct table *t, bool on)
{
	if (t->model.n == 0)
		return 0;
	marked_set(&t->marked, id_at(t, t->model.sel), on);
	return model_move(&t->model, 1, false);
}

/* One behind the last in view. */
static size_t
view_end(const struct table *t)
{
	size_t end = t->model.top + t->model.height;

	return end < t->model.n ? end : t->model.n;
}

void
table_mark_page(struct table *t)
{
	bool all = true;
	size_t i;

	for (i = t->model.top; i < view_end(t); i++)
		all = all && marked_has(&t->marked, id_at(t, i));
	for (i = t->model.top; i < view_end(t); i++)
		marked_set(&t->marked, id_at(t, i), !all);
}

void
table_mark_id(struct table *t, int64_t id, bool on)
{
	marked_set(&t->marked, id, on);
}

void
table_unmark(struct table *t)
{
	marked_clear(&t->marked);
}

size_t
table_marked(const struct table *t, int64_t *ids, size_t max)
{
	size_t i;

	for (i = 0; i < t->marked.n && i < max; i++)
		ids[i] = t->marked.ids[i];
	return t->marked.n;
}

bool
table_is_marked(const struct table *t, const void *row)
{
	return row != NULL && marked_has(&t->marked, t->model.src->id(row));
}

size_t
table_news(const struct table *t)
{
	return t->model.news;
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

/* The row that the mouse points at. */
static int
click(struct table *t, const struct key *k)
{
	struct model *m = &t->model;
	struct rect r = t->rows;
	size_t at = m->top + (size_t)(k->h - r.y);

	if (k->h < r.y || k->h >= r.y + r.h || k->w < r.x ||
	    k->w >= r.x + r.w || at >= m->n)
		return 0;
	return taken(model_move(m, (long)at - (long)m->sel, false));
}

int
table_key(struct table *t, const struct key *k)
{
	struct model *m = &t->model;
	long page = m->height > 1 ? (long)m->height - 1 : 1;
	long half = m->height > 1 ? (long)m->height / 2 : 1;

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
	case KEY_CTRL('u'):
		return taken(model_move(m, -half, true));
	case KEY_CTRL('d'):
		return taken(model_move(m, half, true));
	case KEY_HOME_:
	case 'g':
		return taken(model_end(m, false));
	case KEY_END_:
	case 'G':
		return taken(model_end(m, true));
	case KEY_CLICK:
		return click(t, k);
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

/* The title, with an arrow if the list is sorted by it. */
static void
heading(
    const struct table *t, const struct column *column, char *buf, size_t size)
{
	const char *title = column->title[0] != '\0' ? _(column->title) : "";

	if (table_sort_column(t) == column)
		snprintf(buf, size, "%s %s", title, mark_arrow(!t->desc));
	else
		copy_text(buf, size, title);
}

/* At least its title is whole; a column of ids is as wide as the widest in
 * view. */
static int
width_of(const struct table *t, int col)
{
	const struct column *column = &t->columns.all[col];
	const struct model *m = &t->model;
	char buf[CELL_SIZE];
	int w;
	size_t i;

	heading(t, column, buf, sizeof(buf));
	w = text_width(buf);
	if (w < column->width)
		w = column->width;
	if (!(column->flags & COLUMN_WHOLE))
		return w;
	for (i = m->top; i < view_end(t); i++) {
		enum style style = STYLE_TEXT;
		int need;

		cell_text(t, model_row(m, i), col, buf, &style);
		need = text_width(buf);
		if (need > w)
			w = need;
	}
	return w;
}

static void
lay_out(struct table *t, int w, struct layout *l)
{
	int need[COLUMNS_MAX] = { 0 };
	int i;

	for (i = 0; i < t->columns.n; i++)
		if (t->columns.at[i].on)
			need[t->columns.at[i].col] =
			    width_of(t, t->columns.at[i].col);
	columns_lay_out(&t->columns, need, w, l);
	memset(t->drawn, 0, sizeof(t->drawn));
	for (i = 0; i < l->n; i++)
		t->drawn[l->at[i].col] = l->at[i].w;
}

static void
put_cell(const struct table *t, const struct layout *l, int i, struct canvas *c,
    struct rect r, int y, enum style style, const char *s)
{
	unsigned flags = t->columns.all[l->at[i].col].flags;
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
		char buf[CELL_SIZE];

		heading(t, &t->columns.all[l->at[i].col], buf, sizeof(buf));
		put_cell(t, l, i, c, r, r.y, STYLE_LABEL, buf);
	}
}

static void
draw_row(const struct table *t, const struct layout *l, struct canvas *c,
    struct rect r, int y, size_t at)
{
	const void *row = model_row(&t->model, at);
	bool selected = at == t->model.sel, marked = table_is_marked(t, row);
	int i;

	if (selected) {
		canvas_fill(c, (struct rect){ y, r.x, 1, r.w }, STYLE_SELECTED);
		canvas_text(c, y, r.x + 1, 1, STYLE_SELECTED, mark_row());
	}
	if (marked)
		canvas_text(c, y, r.x, 1,
		    selected ? STYLE_SELECTED : STYLE_ACCENT, mark_check());
	for (i = 0; i < l->n; i++) {
		enum style style = marked ? STYLE_STRONG : STYLE_TEXT;
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
	int x = r.x + TABLE_GUTTER;

	if (table_more_above(t))
		x += mark_more(c, y, x, r.x + r.w - x, true) + COLUMN_GAP;
	if (table_more_below(t))
		mark_more(c, y, x, r.x + r.w - x, false);
}

static void
draw_empty(const struct table *t, struct canvas *c, struct rect r)
{
	const char *text = t->empty;
	int w = r.w - 2 * TABLE_GUTTER, lines;

	if (text == NULL && t->model.src->empty != NULL)
		text = _(t->model.src->empty);
	if (text == NULL || w < 1)
		return;
	lines = text_lines(text, w);
	if (lines == 1) {
		canvas_center(
		    c, r.y + r.h / 3, r.x + TABLE_GUTTER, w, STYLE_DIM, text);
		return;
	}
	canvas_wrap(c,
	    (struct rect){
		r.y + r.h / 3, r.x + TABLE_GUTTER, r.h - r.h / 3, w },
	    STYLE_DIM, text);
}

void
table_draw(struct table *t, struct canvas *c, struct rect r)
{
	const struct model *m = &t->model;
	int rows = r.h - 2, y;
	struct layout l;

	if (r.h < 1 || r.w < TABLE_GUTTER + 1)
		return;
	if (rows < 1)
		rows = 1;
	/* What could not be read shows as empty lines; the next key that moves
	 * reads it again and tells. */
	if (model_view(&t->model, (size_t)rows) < 0)
		rows = rows < (int)m->n ? rows : (int)m->n;
	lay_out(t, r.w, &l);
	draw_header(t, &l, c, r);
	t->rows = (struct rect){ r.y + 1, r.x, rows, r.w };
	if (m->n == 0) {
		draw_empty(t, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w });
		return;
	}
	for (y = 0; y < rows && m->top + (size_t)y < m->n; y++)
		draw_row(t, &l, c, r, r.y + 1 + y, m->top + (size_t)y);
	if (r.h > 2)
		draw_more(t, c, r, r.y + r.h - 1);
}

/* "▲ 3 new"; they are counted only so far. */
static int
draw_news(const struct table *t, struct canvas *c, int y, int x, int w)
{
	char count[32], words[64], text[128];

	if (t->model.news == 0)
		return 0;
	snprintf(count, sizeof(count), "%zu%s",
	    t->model.news < TABLE_NEWS ? t->model.news : TABLE_NEWS - 1,
	    t->model.news < TABLE_NEWS ? "" : "+");
	snprintf(words, sizeof(words), _("%s new"), count);
	snprintf(text, sizeof(text), "%s %s", mark_arrow(true), words);
	return canvas_right(c, y, x, w, STYLE_ACCENT, text);
}

void
table_draw_state(const struct table *t, struct canvas *c, int y, int x, int w)
{
	const struct column *by = table_sort_column(t);
	char text[160], words[128];
	int used;

	used = draw_news(t, c, y, x, w);
	w -= used > 0 ? used + COLUMN_GAP : 0;
	if (t->marked.n > 0) {
		snprintf(text, sizeof(text),
		    ngettext("%zu selected", "%zu selected", t->marked.n),
		    t->marked.n);
		used = canvas_right(c, y, x, w, STYLE_STRONG, text);
		w -= used + COLUMN_GAP;
	}
	if (by == NULL)
		return;
	snprintf(words, sizeof(words), _("sorted by %s"), _(by->title));
	snprintf(text, sizeof(text), "%s %s", words, mark_arrow(!t->desc));
	canvas_text(c, y, x, w, STYLE_DIM, text);
}
