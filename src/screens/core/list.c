/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../orders/order_acts.h"
#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

#define PANE_MIN 40
#define WHOLE    2 /* lines */

static struct table *
table_of(const struct screen *sc)
{
	const struct list *l = sc->state;

	return l->table;
}

void
list_open(struct screen *sc, const struct list_kind *kind,
    const struct table_source *src, const char *view)
{
	struct list *l = sc->state;

	if (l->kind == NULL)
		finder_init(&l->finder);
	table_free(l->table);
	l->table = table_new(src, sc);
	l->kind = kind;
	l->source = src;
	l->view = view;
	ui_view(sc->ui, l->table, view);
	if (l->finder.on && kind->own_order)
		table_put_sort(l->table, 0, false);
}

void
list_close(struct screen *sc)
{
	struct list *l = sc->state;

	if (l->kind != NULL)
		finder_done(&l->finder);
	table_free(l->table);
}

const void *
list_row(const struct screen *sc)
{
	return table_selected(table_of(sc));
}

int64_t
list_row_id(const void *row)
{
	return *(const int64_t *)row;
}

int
list_window(
    int rc, enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	if (rc == 0)
		page_window(
		    out, dir, from != NULL ? list_row_id(from) : 0, limit);
	return rc;
}

bool
list_has_row(struct screen *sc)
{
	return list_row(sc) != NULL;
}

int
list_sort(const struct screen *sc, bool *desc)
{
	return table_sort(table_of(sc), desc);
}

/* In the language of the moment. */
static void
say_empty(struct screen *sc)
{
	const struct list *l = sc->state;
	const struct list_kind *kind = l->kind;

	if (kind == NULL)
		return;
	if (kind->fetch != NULL && l->finder.on)
		table_set_empty(l->table, list_nothing_fits(sc));
	else if (kind->empty != NULL)
		table_set_empty(l->table, kind->empty(sc));
	else if (kind->fetch != NULL)
		table_set_empty(l->table, NULL);
}

/* There are more rows by now than can be sorted: the order is given up, and
 * the list comes in its own. */
static int
unless_refused(struct screen *sc, int rc)
{
	struct table *t = table_of(sc);
	bool desc;

	if (rc != ERR_STATE || table_sort(t, &desc) == 0 ||
	    strcmp(session_err(session_of(sc))->field, "sort") != 0)
		return rc;
	ui_failed(sc->ui, rc);
	table_put_sort(t, 0, false);
	return table_restart(t);
}

int
list_restart(struct screen *sc)
{
	struct list *l = sc->state;
	int rc;

	l->cut = false;
	rc = unless_refused(sc, table_restart(l->table));
	say_empty(sc);
	return rc;
}

int
list_refresh(struct screen *sc)
{
	say_empty(sc);
	return unless_refused(sc, table_reload(table_of(sc)));
}

bool
list_typing(struct screen *sc)
{
	const struct list *l = sc->state;

	return l->finder.on && !l->finder.rests;
}

const char *
list_sought(const struct screen *sc)
{
	const struct list *l = sc->state;

	return l->finder.on ? l->finder.text : "";
}

void
list_seek(struct screen *sc, const char *text)
{
	struct list *l = sc->state;

	if (!l->finder.on && l->kind->own_order) {
		l->sort = table_sort(l->table, &l->desc);
		table_put_sort(l->table, 0, false);
	}
	finder_begin(&l->finder, text);
}

void
list_seek_end(struct screen *sc)
{
	struct list *l = sc->state;

	if (l->finder.on && l->kind->own_order)
		table_put_sort(l->table, l->sort, l->desc);
	l->finder.on = false;
}

/* What is typed is another. */
static int
restart(struct screen *sc)
{
	const struct list *l = sc->state;

	return l->kind->restart != NULL ? l->kind->restart(sc)
					: list_restart(sc);
}

static int
turn(struct screen *sc)
{
	const struct list *l = sc->state;

	return l->kind->turn != NULL ? l->kind->turn(sc) : restart(sc);
}

/* Once more: the line is there to be typed in again. */
int
cmd_list_find(struct screen *sc)
{
	struct list *l = sc->state;

	if (l->finder.on) {
		l->finder.rests = false;
		return 0;
	}
	list_seek(sc, "");
	return turn(sc);
}

static int
sought_key(struct screen *sc, const struct key *k)
{
	struct list *l = sc->state;
	int rc = 0;

	if (k->code == KEY_SCAN)
		rc = l->kind->scan != NULL ? l->kind->scan(sc, k->text)
					   : scan_open(sc, k->text);
	if (rc != 0)
		return rc;
	if (k->code == KEY_ESC_) {
		list_seek_end(sc);
		rc = turn(sc);
		return rc < 0 ? rc : 1;
	}
	rc = finder_key(&l->finder, l->table, k);
	if (rc == FIND_OTHER)
		return 0;
	if (rc == FIND_CHANGED)
		rc = restart(sc);
	else if (rc == FIND_OPEN)
		rc = l->kind->enter != NULL ? l->kind->enter(sc) : 0;
	return rc < 0 ? rc : 1;
}

int
list_key(struct screen *sc, const struct key *k)
{
	if (list_typing(sc))
		return sought_key(sc, k);
	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	return table_key(table_of(sc), k);
}

static void
draw_top(struct screen *sc, struct canvas *c, struct rect r)
{
	struct list *l = sc->state;

	const char *hint;

	if (l->finder.on) {
		hint = l->finder.rests ? _("Esc shows all rows")
				       : _(l->kind->hint);
		if (l->cut)
			hint = _("rows further on were not looked through");
		finder_draw(&l->finder, c, r, _("Find"), hint);
	} else if (l->kind->head != NULL)
		l->kind->head(sc, c, r);
}

/* Returns the columns that are left. */
static int
draw_pane(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct list *l = sc->state;
	int w = r.w / 3 > PANE_MIN ? r.w / 3 : PANE_MIN, y;
	struct rect pane = { r.y, r.x + r.w - w, r.h, w };

	if (l->kind->pane == NULL || r.w < l->kind->pane_from)
		return r.w;
	for (y = r.y; y < r.y + r.h; y++)
		canvas_text(c, y, pane.x - 2, 1, STYLE_RULE, "│");
	if (list_has_row(sc))
		l->kind->pane(sc, c, pane, list_row(sc));
	return r.w - w - 3;
}

/* Returns the lines that are left. */
static int
draw_whole(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct list *l = sc->state;
	struct rect in = { r.y + r.h - WHOLE, r.x + 3, WHOLE, r.w - 4 };
	char text[1000];

	if (l->kind->whole == NULL || r.h < 4 * WHOLE)
		return r.h;
	if (list_has_row(sc)) {
		l->kind->whole(list_row(sc), text, sizeof(text));
		canvas_wrap(c, in, STYLE_LABEL, text);
	}
	return r.h - WHOLE - 1;
}

void
list_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct list *l = sc->state;
	struct rect rows = { r.y + 2, r.x, r.h - 2, r.w };

	if (l->kind == NULL) {
		table_draw(l->table, c, r);
		return;
	}
	draw_top(sc, c, (struct rect){ r.y, r.x + 1, 1, r.w - 2 });
	table_draw_state(l->table, c, r.y + 1, r.x + 1, r.w - 2);
	rows.h = draw_whole(sc, c, rows);
	rows.w = draw_pane(sc, c, rows);
	table_draw(l->table, c, rows);
}

size_t
list_marked(struct screen *sc)
{
	return table_marked(table_of(sc), NULL, 0);
}

static int
cmd_sort(struct screen *sc)
{
	const struct list *l = sc->state;

	if (l->finder.on && l->kind->own_order) {
		ui_say(sc->ui, "%s",
		    _("What is found comes in an order of its own."));
		return 0;
	}
	return ui_sort(sc->ui, l->table, l->view);
}

static int
cmd_columns(struct screen *sc)
{
	const struct list *l = sc->state;

	return ui_columns(sc->ui, l->table, l->view);
}

static int
cmd_mark(struct screen *sc)
{
	struct table *t = table_of(sc);

	return table_mark(t, !table_is_marked(t, table_selected(t)));
}

static int
cmd_mark_page(struct screen *sc)
{
	table_mark_page(table_of(sc));
	return 0;
}

static int
cmd_unmark(struct screen *sc)
{
	table_unmark(table_of(sc));
	return 0;
}

static int
cmd_export(struct screen *sc)
{
	return act_export_list(sc);
}

static int
cmd_rows(struct screen *sc)
{
	struct list *l = sc->state;

	l->finder.rests = true;
	return 0;
}

static int
cmd_all(struct screen *sc)
{
	list_seek_end(sc);
	return turn(sc);
}

/* Is there a command that works on all that are selected? */
static bool
takes_many(const struct screen *sc, const struct list *l)
{
	const struct cmd *c;

	for (c = sc->ops->cmds; c->name != NULL; c++)
		if (c->needs & CMD_MANY)
			return true;
	return l->kind != NULL && l->kind->record != NULL;
}

static bool
there(struct screen *sc, const struct cmd *cmd)
{
	const struct list *l = sc->state;

	if (cmd->run == cmd_sort)
		return table_sorts(l->table);
	if (cmd->run == cmd_mark || cmd->run == cmd_mark_page)
		return takes_many(sc, l);
	if (cmd->run == cmd_rows)
		return list_typing(sc);
	if (cmd->run == cmd_export)
		return l->kind != NULL && l->kind->record != NULL &&
		       !l->kind->own_export;
	if (cmd->run == cmd_unmark)
		return list_marked(sc) > 0;
	if (cmd->run == cmd_all)
		return l->finder.on;
	return true;
}

static const struct cmd cmds[] = {
	{ "list-rows", "Tab", N_("To rows"),
	    N_("From what is typed to the rows that fit"), PERM_NONE,
	    CMD_SOMETIMES, cmd_rows },
	{ "list-mark", "Space Ins", N_("Select"),
	    N_("Select the row, or no longer; commands work on all that are"),
	    PERM_NONE, CMD_NEEDS_ROW | CMD_SOMETIMES, cmd_mark },
	{ "list-mark-page", "*", NULL,
	    N_("Select all rows in view, or none of them"), PERM_NONE,
	    CMD_NEEDS_ROW | CMD_SOMETIMES, cmd_mark_page },
	{ "list-sort", "o", N_("Sort"),
	    N_("Sort by a column; by the same one: the other way"), PERM_NONE,
	    CMD_SOMETIMES, cmd_sort },
	{ "list-columns", "C", N_("Columns"),
	    N_("Choose the columns, their width and their order"), PERM_NONE, 0,
	    cmd_columns },
	{ "list-export", "x", N_("Export"),
	    N_("Write this list to a file, or what is selected of it"),
	    PERM_EXPORT, CMD_SOMETIMES | CMD_MANY, cmd_export },
	{ "list-unmark", "Esc", N_("Deselect"), N_("Nothing selected any more"),
	    PERM_NONE, CMD_SOMETIMES, cmd_unmark },
	{ "list-all", "Esc", N_("All rows"), N_("All rows again"), PERM_NONE,
	    CMD_SOMETIMES, cmd_all },
	{ .name = NULL },
};

const struct cmd_set list_cmds = {
	.name = "list",
	.cmds = cmds,
	.there = there,
	.marked = list_marked,
};
