/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The bins of a warehouse as one walks by them, and what lies there. */

struct state {
	struct list list;
	struct bin_filter filter;
	char warehouse[NAME_ROOM];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Bin"), 12, 2, 0, COLUMN_WHOLE, 0 },
	{ N_("Kind"), 14, 1, 0, 0, 0 },
	{ N_("Walk"), 6, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Products"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Pieces"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("State"), 8, 0, 1, 0, 0 },
	{ N_("Note"), 10, 3, 3, 0, 0 },
	{ .title = NULL },
};

static const char *const kind_words[BIN_KINDS + 1] = { N_("pick bin"),
	N_("reserve"), N_("defective goods"), N_("goods to be put away") };

static const struct field bin_fields[] = {
	{ FIELD_CHARS(struct bin_edit, code, FIELD_TEXT, N_("Bin"),
	    FIELD_REQUIRED), .hint = N_("as on its label") },
	{ FIELD_CHARS(struct bin_edit, kind, FIELD_PICK, N_("Kind"),
	    FIELD_REQUIRED), .choices = kind_words },
	{ FIELD_CHARS(struct bin_edit, walk, FIELD_TEXT,
	    N_("Walking order"), 0), .hint = N_("a number; empty: 0") },
	{ FIELD_CHARS(struct bin_edit, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

enum {
	COL_CODE,
	COL_KIND,
	COL_WALK,
	COL_GOODS,
	COL_PIECES,
	COL_STATE,
	COL_NOTE
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct bin *b = row;

	if (!b->active)
		*style = STYLE_DIM;
	switch (col) {
	case COL_CODE:
		copy_text(
		    buf, size, b->code[0] != '\0' ? b->code : _("no bin"));
		break;
	case COL_KIND:
		if (b->kind == BIN_DEFECTIVE && b->pieces > 0)
			*style = STYLE_WARN;
		copy_text(buf, size, bin_kind_text(b->kind));
		break;
	case COL_WALK:
		show_count(buf, size, b->walk);
		break;
	case COL_GOODS:
		show_count(buf, size, b->goods);
		break;
	case COL_PIECES:
		if (b->pieces < 0)
			*style = STYLE_BAD;
		show_count(buf, size, b->pieces);
		break;
	case COL_STATE:
		copy_text(buf, size, b->active ? "" : _("not used"));
		break;
	case COL_NOTE:
		copy_text(buf, size, b->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return bin_page(session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct bin),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There are none here."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[BIN_KINDS + 1];
	int i;

	words[0] = (struct tab){ _("All"), -1 };
	for (i = 0; i < BIN_KINDS; i++)
		words[i + 1] = (struct tab){ bin_kind_text(i), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, BIN_KINDS + 1,
	    (size_t)(st->filter.kind + 1));
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->warehouse;
}

static int
cmd_open(struct screen *sc)
{
	return ui_open(sc->ui, "bin",
	    &(struct bin_arg){ .id = list_row_id(list_row(sc)) });
}

/* What files tell of the columns. */
static const char *const fields[] = { "bin", "kind", "walk", "goods", "pieces",
	"active", "note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "bins",
	.fields = fields,
	.hint = N_("bin, kind, note"),
	.enter = cmd_open,
	.head = head,
};

static int
look_into(struct screen *sc, int64_t warehouse_id)
{
	struct state *st = sc->state;
	struct page page;
	int rc = warehouse_get(session_of(sc), warehouse_id, &page);

	if (rc < 0)
		return rc;
	copy_text(st->warehouse, sizeof(st->warehouse),
	    ((const struct warehouse *)page_row(&page, 0))->name);
	page_free(&page);
	st->filter.warehouse_id = warehouse_id;
	return list_restart(sc);
}

static int
open_bins(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;
	const struct bin_arg *a = arg;
	int64_t id = a != NULL ? a->id : floor_place(session_of(sc));
	int rc = 0;

	st->filter = (struct bin_filter){ .kind = -1, .closed_too = true };
	list_open(sc, &kind, &source, "bins");
	if (id == 0)
		rc = warehouse_find(session_of(sc), "", &id);
	return rc < 0 ? rc : look_into(sc, id);
}

#define PLACES 200

static int
cmd_warehouse(struct screen *sc)
{
	const struct state *st = sc->state;
	const char *names[PLACES];
	const struct warehouse *w;
	struct page page;
	int64_t id = 0;
	int at, now = 0, rc;
	size_t i;

	rc = warehouse_page(session_of(sc), PAGE_FIRST, NULL, PLACES, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		w = page_row(&page, i);
		names[i] = w->name;
		if (w->id == st->filter.warehouse_id)
			now = (int)i;
	}
	at = ui_pick(
	    sc->ui, _("The bins of which warehouse?"), names, page.n, now);
	if (at >= 0)
		id = list_row_id(page_row(&page, (size_t)at));
	page_free(&page);
	return id != 0 ? look_into(sc, id) : 0;
}

static int
turn(struct screen *sc, int by)
{
	struct state *st = sc->state;

	st->filter.kind = (st->filter.kind + 1 + by) % (BIN_KINDS + 1) - 1;
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn(sc, BIN_KINDS);
}

static int
cmd_empty(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.empty_only = !st->filter.empty_only;
	return list_restart(sc);
}

struct saving {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save(void *arg, const void *record)
{
	struct saving *sv = arg;

	return sv->id == 0 ? bin_add(sv->s, record, &sv->id)
			   : bin_save(sv->s, sv->id, sv->version, record);
}

static int
edit(
    struct screen *sc, const char *title, struct saving *sv, struct bin_edit *e)
{
	int rc = ui_form(sc->ui, title, bin_fields, e, save, sv);

	if (rc > 0) {
		rc = list_refresh(sc);
		ui_say(sc->ui, _("%s is saved."), e->code);
	}
	return rc;
}

static int
cmd_add(struct screen *sc)
{
	const struct state *st = sc->state;
	struct saving sv = { .s = session_of(sc) };
	struct bin_edit e = { .active = true };

	copy_text(e.warehouse, sizeof(e.warehouse), st->warehouse);
	copy_text(e.kind, sizeof(e.kind), kind_words[BIN_PICK]);
	return edit(sc, _("New bin"), &sv, &e);
}

/* Of the row one is on. */
static void
begin(struct screen *sc, struct saving *sv, struct bin_edit *e)
{
	const struct bin *b = list_row(sc);

	*sv = (struct saving){ session_of(sc), b->id, b->version };
	bin_edit_from(e, b);
	copy_text(e->kind, sizeof(e->kind), kind_words[b->kind]);
}

static int
cmd_edit(struct screen *sc)
{
	struct saving sv;
	struct bin_edit e;

	begin(sc, &sv, &e);
	return edit(sc, _("Bin"), &sv, &e);
}

static int
cmd_turn(struct screen *sc)
{
	struct saving sv;
	struct bin_edit e;
	int rc;

	begin(sc, &sv, &e);
	e.active = !e.active;
	if ((rc = bin_save(sv.s, sv.id, sv.version, &e)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is saved."), e.code);
	return list_refresh(sc);
}

static int
cmd_labels(struct screen *sc)
{
	return act_print_bins(sc, list_row_id(list_row(sc)));
}

static const struct cmd cmds[] = {
	{ "bin-open", "Enter", N_("Open"), N_("What lies in this bin"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "bin-edit", "e", N_("Edit"), N_("Change a bin's code and kind"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "bin-add", "n a", N_("Add"), N_("Add a bin"), PERM_WAREHOUSE_EDIT, 0,
	    cmd_add },
	{ "bin-labels", "L", N_("Tags"),
	    N_("Print the labels of bins, for the shelf"), PERM_STOCK_VIEW,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_labels },
	{ "bin-next-tab", "Tab Right", N_("Next tab"), N_("The next kind"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "bin-prev-tab", "Shift-Tab Left", NULL, N_("The kind before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "bin-warehouse", "f", N_("Warehouse"),
	    N_("See another warehouse's bins"), PERM_NONE, 0, cmd_warehouse },
	{ "bin-empty", "m", N_("Empty only"),
	    N_("Only bins where nothing lies, or all"), PERM_NONE, 0,
	    cmd_empty },
	{ "bin-turn", "d", N_("On/off"), N_("Close a bin, or use it again"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_turn },
	{ "bin-find", "/", N_("Find"), N_("Find a bin"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_bins = {
	.name = "bins",
	.title = N_("Bins"),
	.go = "",
	.does = N_("What lies where; labels of bins"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_bins,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
};
