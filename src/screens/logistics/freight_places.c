/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Warehouses, and couriers' hubs that hold our stock. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Warehouse"), 20, 4, 0, 0, 0 },
	{ N_("Province"), 8, 0, 0, 0, 0 },
	{ N_("Hub of"), 8, 1, 0, 0, 0 },
	{ N_("Put away"), 8, 0, 2, 0, 0 },
	{ N_("Below zero"), 10, 0, 1, 0, 0 },
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
	{ FIELD_CHARS(struct warehouse_edit, address, FIELD_TEXT,
	    N_("Address"), 0) },
	{ .name = NULL },
};
/* clang-format on */

enum { COL_NAME, COL_PROVINCE, COL_HUB, COL_PUT, COL_BELOW, COL_STATE };

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
	case COL_PUT:
		copy_text(buf, size, w->put_away ? _("by scan") : "");
		break;
	case COL_BELOW:
		copy_text(buf, size, w->below_zero ? _("allowed") : "");
		break;
	case COL_STATE:
		copy_text(buf, size,
		    !w->active ? _("not used")
		    : w->away  ? _("virtual")
			       : _("in use"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return warehouse_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct warehouse),
	.fetch = list_fetch,
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

/* Yes becomes no. */
static int
turn(struct screen *sc, size_t flag)
{
	const struct warehouse *w = list_row(sc);
	struct warehouse_edit e;
	bool *b = (bool *)((char *)&e + flag);
	int rc;

	warehouse_edit_from(&e, w);
	*b = !*b;
	rc = warehouse_save(session_of(sc), w->id, w->version, &e);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is saved."), e.name);
	return 0;
}

static int
cmd_turn(struct screen *sc)
{
	return turn(sc, offsetof(struct warehouse_edit, active));
}

static int
cmd_zero(struct screen *sc)
{
	return turn(sc, offsetof(struct warehouse_edit, below_zero));
}

static int
cmd_put(struct screen *sc)
{
	return turn(sc, offsetof(struct warehouse_edit, put_away));
}

static int
cmd_away(struct screen *sc)
{
	return turn(sc, offsetof(struct warehouse_edit, away));
}

static int
cmd_bins(struct screen *sc)
{
	return ui_open(sc->ui, "bins",
	    &(struct bin_arg){ .id = list_row_id(list_row(sc)) });
}

static const char *const fields[] = { "name", "province", "hub", "put_away",
	"below_zero", "active;virtual" };

static const struct list_kind kind = {
	.fetch = fetch,
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
	{ "warehouse-add", "n a", N_("Add"), N_("Add a warehouse"),
	    PERM_WAREHOUSE_EDIT, 0, cmd_add },
	{ "warehouse-zero", "z", N_("Below zero"),
	    N_("May more leave it than the books have there?"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_zero },
	{ "warehouse-put", "p", N_("Put away"),
	    N_("Does what comes in wait to be put on a shelf, by scan?"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_put },
	{ "warehouse-bins", "b", N_("Bins"), N_("See its bins"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_bins },
	{ "warehouse-away", "v", N_("Virtual"),
	    N_("Do its goods lie with a platform or a supplier?"),
	    PERM_WAREHOUSE_EDIT, CMD_NEEDS_ROW, cmd_away },
	{ "warehouse-turn", "d", N_("On/off"),
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
	.does = N_("Each warehouse and how it works"),
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
