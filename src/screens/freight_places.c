/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Warehouses, and couriers' hubs that hold our stock. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Warehouse"), 16, 2, 0, 0, 0 },
	{ N_("Province"), 10, 0, 0, 0, 0 },
	{ N_("Hub of"), 12, 1, 0, 0, 0 },
	{ N_("Below zero"), 12, 0, 1, 0, 0 },
	{ N_("State"), 8, 0, 0, 0, 0 },
	{ .title = NULL },
};

static const struct field warehouse_fields[] = {
	{ FIELD_CHARS(struct warehouse_edit, name, FIELD_TEXT,
	    N_("Warehouse"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct warehouse_edit, province, FIELD_TEXT,
	    N_("Province"), 0), .hint = N_("where it stands") },
	{ FIELD_CHARS(struct warehouse_edit, hub, FIELD_TEXT,
	    N_("Hub of"), 0), .hint = N_("a courier; empty: our own") },
	{ .name = NULL },
};
/* clang-format on */

enum { COL_NAME, COL_PROVINCE, COL_HUB, COL_BELOW, COL_STATE };

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct warehouse *w = row;

	if (!w->active)
		*style = STYLE_DIM;
	switch (col) {
	case COL_NAME:
		copy_text(buf, size, w->name);
		break;
	case COL_PROVINCE:
		copy_text(buf, size, w->province);
		break;
	case COL_HUB:
		copy_text(buf, size, w->hub);
		break;
	case COL_BELOW:
		copy_text(buf, size, w->below_zero ? _("allowed") : "");
		break;
	case COL_STATE:
		copy_text(buf, size, w->active ? _("in use") : _("not used"));
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return warehouse_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source;

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &source, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct warehouse),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

struct saving {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save(void *arg, const void *record)
{
	struct saving *sv = arg;

	if (sv->id == 0)
		return warehouse_add(sv->s, record, &sv->id);
	return warehouse_save(sv->s, sv->id, sv->version, record);
}

static int
edit(struct screen *sc, const char *title, struct saving *sv,
    struct warehouse_edit *e)
{
	int rc = ui_form(sc->ui, title, warehouse_fields, e, save, sv);

	if (rc > 0) {
		rc = list_refresh(sc);
		ui_say(sc->ui, _("%s is saved."), e->name);
	}
	return rc;
}

static int
cmd_add(struct screen *sc)
{
	struct saving sv = { .s = session_of(sc) };
	struct warehouse_edit e = { .active = true };

	return edit(sc, _("New warehouse"), &sv, &e);
}

static int
cmd_edit(struct screen *sc)
{
	const struct warehouse *w = list_row(sc);
	struct saving sv = {
		.s = session_of(sc),
		.id = w->id,
		.version = w->version,
	};
	struct warehouse_edit e;

	warehouse_edit_from(&e, w);
	return edit(sc, _("Warehouse"), &sv, &e);
}

static int
turn(struct screen *sc, bool zero)
{
	const struct warehouse *w = list_row(sc);
	struct warehouse_edit e;
	int rc;

	warehouse_edit_from(&e, w);
	if (zero)
		e.below_zero = !e.below_zero;
	else
		e.active = !e.active;
	rc = warehouse_save(session_of(sc), w->id, w->version, &e);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is saved."), e.name);
	return 0;
}

static int
cmd_turn(struct screen *sc)
{
	return turn(sc, false);
}

static int
cmd_zero(struct screen *sc)
{
	return turn(sc, true);
}

static const char *const fields[] = { "name", "province", "hub", "below_zero",
	"active" };

static const struct list_kind kind = {
	.record = "warehouses",
	.fields = fields,
	.hint = N_("name, province or courier"),
	.enter = cmd_edit,
};

static int
open_warehouses(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "warehouses");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "warehouse-edit", "Enter e", N_("Edit"),
	    N_("Change a warehouse's name and place"), PERM_WAREHOUSE_EDIT,
	    CMD_NEEDS_ROW, cmd_edit },
	{ "warehouse-add", "a", N_("Add"), N_("Add a warehouse"),
	    PERM_WAREHOUSE_EDIT, 0, cmd_add },
	{ "warehouse-zero", "z", N_("Below zero"),
	    N_("May more leave it than the books have there?"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_zero },
	{ "warehouse-turn", "d", N_("In use"),
	    N_("Use a warehouse no more, or again"), PERM_WAREHOUSE_EDIT,
	    CMD_NEEDS_ROW, cmd_turn },
	{ "warehouse-find", "/", N_("Find"), N_("Find a warehouse"), PERM_NONE,
	    0, cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_warehouses = {
	.name = "warehouses",
	.title = N_("Warehouses"),
	.go = "",
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_warehouses,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
