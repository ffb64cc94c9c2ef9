/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The couriers: what they are called, and what their waybills look like. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Courier"), 12, 1, 0, 0, 0 },
	{ N_("Code"), 8, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Other names"), 16, 3, 2, 0, 0 },
	{ N_("Phone"), 8, 0, 3, 0, 0 },
	{ N_("Shape of waybills"), 18, 4, 4, 0, 0 },
	{ N_("Templates"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("State"), 8, 0, 0, 0, 0 },
	{ .title = NULL },
};

static const struct field courier_fields[] = {
	{ FIELD_CHARS(struct courier_edit, name, FIELD_TEXT,
	    N_("Courier"), FIELD_REQUIRED),
	    .hint = N_("in full, as platforms want it") },
	{ FIELD_CHARS(struct courier_edit, code, FIELD_TEXT, N_("Code"), 0),
	    .hint = N_("the platforms' code") },
	{ FIELD_CHARS(struct courier_edit, aliases, FIELD_TEXT,
	    N_("Other names"), 0), .hint = N_("with ; between") },
	{ FIELD_CHARS(struct courier_edit, phone, FIELD_TEXT,
	    N_("Phone"), 0) },
	{ FIELD_CHARS(struct courier_edit, shape, FIELD_TEXT,
	    N_("Shape of waybills"), 0),
	    .hint = N_("^YT[0-9]{13}$; it only warns") },
	{ FIELD_CHARS(struct courier_edit, sample, FIELD_TEXT,
	    N_("A waybill to try"), 0), .hint = N_("must fit the shape") },
	{ .name = NULL },
};
/* clang-format on */

enum {
	COL_NAME,
	COL_CODE,
	COL_ALIASES,
	COL_PHONE,
	COL_SHAPE,
	COL_TEMPLATES,
	COL_STATE
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct courier_card *c = row;
	struct courier_edit e;

	if (!c->active)
		*style = STYLE_DIM;
	switch (col) {
	case COL_NAME:
		copy_text(buf, size, c->name);
		break;
	case COL_CODE:
		copy_text(buf, size, c->code);
		break;
	case COL_ALIASES:
		courier_edit_from(&e, c);
		copy_text(buf, size, e.aliases);
		break;
	case COL_PHONE:
		copy_text(buf, size, c->phone);
		break;
	case COL_SHAPE:
		copy_text(buf, size, c->shape);
		break;
	case COL_TEMPLATES:
		if (c->templates > 0)
			show_count(buf, size, c->templates);
		break;
	case COL_STATE:
		copy_text(buf, size, c->active ? _("in use") : _("not used"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return courier_card_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct courier_card),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No couriers yet. n adds one."),
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
		return courier_add(sv->s, record, &sv->id);
	return courier_save(sv->s, sv->id, sv->version, record);
}

static int
edit(struct screen *sc, const char *title, struct saving *sv,
    struct courier_edit *e)
{
	int rc = ui_form(sc->ui, title, courier_fields, e, save, sv);

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
	struct courier_edit e = { .active = true };

	return edit(sc, _("New courier"), &sv, &e);
}

static int
cmd_edit(struct screen *sc)
{
	const struct courier_card *c = list_row(sc);
	struct saving sv = {
		.s = session_of(sc),
		.id = c->id,
		.version = c->version,
	};
	struct courier_edit e;

	courier_edit_from(&e, c);
	return edit(sc, _("Courier"), &sv, &e);
}

/* Those that take no more parcels stay for history. */
static int
cmd_turn(struct screen *sc)
{
	const struct courier_card *c = list_row(sc);
	struct courier_edit e;
	int rc;

	courier_edit_from(&e, c);
	e.active = !e.active;
	rc = courier_save(session_of(sc), c->id, c->version, &e);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui,
	    e.active ? _("%s is in use again.") : _("%s is not used any more."),
	    e.name);
	return 0;
}

static int
cmd_prices(struct screen *sc)
{
	return ui_open(sc->ui, "freight", NULL);
}

static const char *const fields[] = { "name", "code", "aliases", "phone",
	"shape", "templates", "active" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "couriers",
	.fields = fields,
	.hint = N_("name, code or other names"),
	.enter = cmd_edit,
};

static int
open_couriers(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "couriers");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "courier-edit", "Enter e", N_("Edit"),
	    N_("Change names, codes and the shape of waybills"),
	    PERM_FREIGHT_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "courier-add", "n a", N_("Add"), N_("Add a courier"),
	    PERM_FREIGHT_EDIT, 0, cmd_add },
	{ "courier-turn", "d", N_("On/off"),
	    N_("Use a courier no more, or again"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW, cmd_turn },
	{ "courier-prices", "t", N_("Templates"),
	    N_("What couriers charge, by templates"), PERM_FREIGHT_VIEW, 0,
	    cmd_prices },
	{ "courier-find", "/", N_("Find"),
	    N_("Find a courier by name, code or other names"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_couriers = {
	.name = "couriers",
	.title = N_("Couriers"),
	.go = "",
	.does = N_("Which couriers are used, their other names"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_couriers,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
