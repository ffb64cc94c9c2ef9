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
#include "ui_priv.h"

/* How somebody wants a list: its columns and its order, kept under its name. */

#define TITLE_W 20 /* at least */
#define BOX_W   4  /* "[x] " */
#define WIDTH_W 5

struct choosing {
	struct table *t;
	int at; /* in t->columns */
	int top, rows;
};

void
ui_view(struct ui *ui, struct table *t, const char *name)
{
	char *text = NULL;

	if (name != NULL && ui->host.view_get != NULL)
		text = ui->host.view_get(ui->host.app, name);
	table_set_view(t, text != NULL ? text : "");
	free(text);
}

static void
keep(struct ui *ui, const struct table *t, const char *name)
{
	struct str text = STR_INIT;

	if (name == NULL || ui->host.view_set == NULL)
		return;
	table_view_text(t, &text);
	ui->host.view_set(ui->host.app, name, text.s);
	str_done(&text);
}

static const char *
title_at(const struct columns *c, int i)
{
	const char *title = c->all[c->at[i].col].title;

	return title[0] != '\0' ? _(title) : "";
}

/* Columns without a title are signs: not for choosing, always in front. */
static int
first_of(const struct columns *c)
{
	int i = 0;

	while (i < c->n && title_at(c, i)[0] == '\0')
		i++;
	return i;
}

static int
title_width(const struct columns *c)
{
	int i, w = TITLE_W;

	for (i = first_of(c); i < c->n; i++) {
		int need = text_width(title_at(c, i));

		if (need > w)
			w = need;
	}
	return w;
}

static void
draw_choice(const struct choosing *ch, int i, struct canvas *c, int y,
    struct rect in, int title_w)
{
	const struct columns *cols = &ch->t->columns;
	enum style style = i == ch->at ? STYLE_SELECTED : STYLE_TEXT;
	char width[16] = "";

	canvas_fill(c, (struct rect){ y, in.x, 1, in.w }, style);
	canvas_text(c, y, in.x, 1, style, i == ch->at ? mark_row() : "");
	canvas_text(
	    c, y, in.x + 2, BOX_W, style, cols->at[i].on ? "[x]" : "[ ]");
	canvas_text(c, y, in.x + 2 + BOX_W, title_w, style, title_at(cols, i));
	if (cols->at[i].width > 0)
		snprintf(width, sizeof(width), "%d", cols->at[i].width);
	canvas_right(c, y, in.x + 2 + BOX_W + title_w, WIDTH_W, style, width);
}

/* Low down on the right, so that the list's headings stay in view above. */
static void
columns_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct choosing *ch = d->state;
	const struct columns *cols = &ch->t->columns;
	int first = first_of(cols), title_w = title_width(cols), y;
	struct rect box = { 0, 0, cols->n - first + 2, 0 }, in;

	box.w = 2 + BOX_W + title_w + WIDTH_W + 4;
	if (box.h > r.h - 4)
		box.h = r.h - 4;
	box.y = r.y + r.h - box.h;
	box.x = r.x + r.w - box.w - 1;
	canvas_box(c, box, _("Columns"));
	in = (struct rect){ box.y + 1, box.x + 2, box.h - 2, box.w - 4 };
	ch->rows = in.h > 1 ? in.h : 1;
	ch->top = first + dialog_top(ch->top - first, ch->at - first, ch->rows,
			      cols->n - first);
	for (y = 0; y < ch->rows && ch->top + y < cols->n; y++)
		draw_choice(ch, ch->top + y, c, in.y + y, in, title_w);
	if (ch->top > first)
		mark_more(c, box.y, in.x + in.w - 8, 8, true);
	if (ch->top + ch->rows < cols->n)
		mark_more(c, box.y + box.h - 1, in.x + in.w - 8, 8, false);
}

static int
go(struct choosing *ch, int to)
{
	const struct columns *cols = &ch->t->columns;
	int first = first_of(cols);

	if (to >= cols->n)
		to = cols->n - 1;
	ch->at = to < first ? first : to;
	return 1;
}

/* A list without columns is none: the last one stays. */
static int
toggle(struct choosing *ch)
{
	struct columns *cols = &ch->t->columns;
	int i, titled = 0;

	for (i = first_of(cols); i < cols->n; i++)
		titled += cols->at[i].on;
	if (cols->at[ch->at].on && titled == 1)
		return 0;
	cols->at[ch->at].on = !cols->at[ch->at].on;
	return 1;
}

static int
widen(struct choosing *ch, int by)
{
	struct columns *cols = &ch->t->columns;
	int w = cols->at[ch->at].width;

	if (!cols->at[ch->at].on)
		return 0;
	if (w == 0)
		w = ch->t->drawn[cols->at[ch->at].col];
	w += by;
	if (w < COLUMN_MIN || w > COLUMN_WIDE)
		return 0;
	cols->at[ch->at].width = w;
	return 1;
}

static int
move(struct choosing *ch, int by)
{
	struct columns *cols = &ch->t->columns;
	struct columns was = *cols;
	int to = ch->at + by;

	if (to < first_of(cols) || to >= cols->n)
		return 0;
	cols->at[to] = was.at[ch->at];
	cols->at[ch->at] = was.at[to];
	ch->at = to;
	return 1;
}

static int
columns_key(struct dialog *d, const struct key *k)
{
	struct choosing *ch = d->state;

	switch (k->code) {
	case KEY_UP_:
	case 'k':
		return go(ch, ch->at - 1);
	case KEY_DOWN_:
	case 'j':
		return go(ch, ch->at + 1);
	case KEY_PGUP:
		return go(ch, ch->at - ch->rows);
	case KEY_PGDN:
		return go(ch, ch->at + ch->rows);
	case KEY_HOME_:
	case 'g':
		return go(ch, 0);
	case KEY_END_:
	case 'G':
		return go(ch, COLUMNS_MAX);
	case ' ':
		return toggle(ch);
	case KEY_LEFT_:
		return widen(ch, -1);
	case KEY_RIGHT_:
		return widen(ch, 1);
	case '[':
		return move(ch, -1);
	case ']':
		return move(ch, 1);
	case 'r':
		columns_init(&ch->t->columns, ch->t->model.src);
		return go(ch, ch->at);
	case KEY_ENTER_:
	case KEY_ESC_:
		dialog_end(d, k->code == KEY_ENTER_);
		return 1;
	default:
		return 0;
	}
}

int
ui_columns(struct ui *ui, struct table *t, const char *name)
{
	static const struct dialog_ops ops = { columns_draw, columns_key };
	const struct hint hints[] = { { "Space", _("Show") },
		{ "Left/Right", _("Width") }, { "[ ]", _("Move") },
		{ "r", _("As it was") }, { "Enter", _("Keep") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	struct choosing ch = { .t = t };
	struct dialog d = { .ops = &ops, .state = &ch, .hints = hints };
	const struct columns was = t->columns;

	go(&ch, 0);
	if (dialog_run(ui, &d, 0))
		keep(ui, t, name);
	else
		t->columns = was;
	return 0;
}

/* The columns one can sort by, with the arrow at the one that is; returns how
 * many there are. */
static size_t
sorts(const struct table *t, const struct column **out, char **words)
{
	const struct column *c, *now = table_sort_column(t);
	struct str s = STR_INIT;
	size_t n = 0;

	for (c = t->columns.all; c->title != NULL && n < COLUMNS_MAX; c++) {
		if (c->sort == 0)
			continue;
		str_add(&s, _(c->title));
		if (c == now)
			str_addf(&s, " %s", mark_arrow(!t->desc));
		out[n] = c;
		words[n++] = str_take(&s);
	}
	return n;
}

static int
sort_by(struct table *t, const struct column *c)
{
	bool down;

	if (c == NULL)
		return table_set_sort(t, 0, false);
	down = (c->flags & (COLUMN_RIGHT | COLUMN_DOWN)) != 0;
	if (c == table_sort_column(t))
		down = !t->desc;
	return table_set_sort(t, c->sort, down);
}

int
ui_sort(struct ui *ui, struct table *t, const char *name)
{
	const struct column *columns[COLUMNS_MAX];
	char *words[COLUMNS_MAX];
	const char *choices[COLUMNS_MAX + 1];
	size_t n = sorts(t, columns, words), i;
	int at, now = 0, rc = 0;

	choices[0] = _("Its own order");
	for (i = 0; i < n; i++) {
		choices[i + 1] = words[i];
		if (columns[i] == table_sort_column(t))
			now = (int)i + 1;
	}
	if (n == 0)
		ui_say(ui, "%s", _("This list has only its own order."));
	else {
		at = ui_pick(ui, _("Sort by"), choices, n + 1, now);
		if (at >= 0)
			rc = sort_by(t, at > 0 ? columns[at - 1] : NULL);
		if (at >= 0 && rc == 0)
			keep(ui, t, name);
	}
	for (i = 0; i < n; i++)
		free(words[i]);
	return rc;
}
