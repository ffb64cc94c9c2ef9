/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What couriers charge: their templates. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Courier"), 12, 1, 0, 0, 0 },
	{ N_("Template"), 12, 3, 0, 0, 0 },
	{ N_("Goes by"), 9, 0, 0, 0, 0 },
	{ N_("Places"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("cm³ a kg"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Warehouse"), 9, 1, 4, 0, 0 },
	{ N_("Since"), 10, 0, 2, 0, 0 },
	{ N_("State"), 8, 0, 1, 0, 0 },
	{ .title = NULL },
};

static const struct field template_fields[] = {
	{ FIELD_CHARS(struct freight_template_edit, courier, FIELD_TEXT,
	    N_("Courier"), FIELD_REQUIRED),
	    .hint = N_("name, other name or code") },
	{ FIELD_CHARS(struct freight_template_edit, name, FIELD_TEXT,
	    N_("Template"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct freight_template_edit, basis, FIELD_PICK,
	    N_("Goes by"), FIELD_REQUIRED), .choices = freight_bases },
	{ FIELD_NUM(struct freight_template_edit, divisor, FIELD_COUNT,
	    N_("Volume divisor"), 0),
	    .hint = N_("cm³ that count as a kg; 0: none") },
	{ FIELD_CHARS(struct freight_template_edit, warehouse, FIELD_TEXT,
	    N_("Warehouse"), 0), .hint = N_("empty: any") },
	{ FIELD_NUM(struct freight_template_edit, since, FIELD_DATE,
	    N_("Since"), FIELD_PAST), .hint = N_("empty: always") },
	{ .name = NULL },
};
/* clang-format on */

enum {
	COL_COURIER,
	COL_NAME,
	COL_BASIS,
	COL_ZONES,
	COL_DIVISOR,
	COL_WAREHOUSE,
	COL_SINCE,
	COL_STATE
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct freight_template *t = row;
	char day[TIME_SIZE];

	if (!t->active)
		*style = STYLE_DIM;
	switch (col) {
	case COL_COURIER:
		copy_text(buf, size, t->courier);
		break;
	case COL_NAME:
		copy_text(buf, size, t->name);
		break;
	case COL_BASIS:
		copy_text(buf, size, freight_basis_text(t->basis));
		break;
	case COL_ZONES:
		if (t->zones == 0)
			*style = STYLE_WARN;
		show_count(buf, size, t->zones);
		break;
	case COL_DIVISOR:
		if (t->divisor > 0)
			show_count(buf, size, t->divisor);
		break;
	case COL_WAREHOUSE:
		copy_text(buf, size, t->warehouse);
		break;
	case COL_SINCE:
		if (t->since > 0)
			copy_text(buf, size, day_text(time_day(t->since), day));
		break;
	case COL_STATE:
		copy_text(buf, size, t->active ? _("in use") : _("not used"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return freight_template_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct freight_template),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No prices yet. n adds a template, i takes those of "
		    "imported files."),
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
		return freight_template_add(sv->s, record, &sv->id);
	return freight_template_save(sv->s, sv->id, sv->version, record);
}

static int
open_zones(struct screen *sc, int64_t id)
{
	const struct freight_arg arg = { .id = id };

	return ui_open(sc->ui, "freight-zones", &arg);
}

static int
cmd_open(struct screen *sc)
{
	const struct freight_template *t = list_row(sc);

	return open_zones(sc, t->id);
}

static int
cmd_add(struct screen *sc)
{
	struct saving sv = { .s = session_of(sc) };
	struct freight_template_edit e = { .basis = "weight", .active = true };
	int rc;

	rc = ui_form(
	    sc->ui, _("New freight template"), template_fields, &e, save, &sv);
	if (rc <= 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	return open_zones(sc, sv.id);
}

static int
cmd_edit(struct screen *sc)
{
	const struct freight_template *t = list_row(sc);
	struct saving sv = {
		.s = session_of(sc),
		.id = t->id,
		.version = t->version,
	};
	struct freight_template_edit e;
	int rc;

	freight_template_edit_from(&e, t);
	rc = ui_form(
	    sc->ui, _("Freight template"), template_fields, &e, save, &sv);
	if (rc > 0) {
		rc = list_refresh(sc);
		ui_say(sc->ui, _("%s is saved."), e.name);
	}
	return rc;
}

static int
cmd_turn(struct screen *sc)
{
	const struct freight_template *t = list_row(sc);
	struct freight_template_edit e;
	int rc;

	freight_template_edit_from(&e, t);
	e.active = !e.active;
	rc = freight_template_save(session_of(sc), t->id, t->version, &e);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui,
	    e.active ? _("%s is in use again.") : _("%s is not used any more."),
	    e.name);
	return 0;
}

/* Which courier's they are, where the files do not say. */
static int
cmd_import(struct screen *sc)
{
	struct freight_taken taken;
	char courier[64] = "";
	int rc;

	if (!ui_ask(sc->ui, _("Whose prices are they? Empty: as the files say"),
		courier, sizeof(courier)))
		return 0;
	rc = freight_import(session_of(sc), courier, &taken);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui,
	    _("%lld templates with %lld places are taken; left out: %lld of "
	      "unknown couriers, %lld places."),
	    (long long)taken.templates, (long long)taken.zones,
	    (long long)taken.unknown, (long long)taken.places);
	return 0;
}

static const char *const fields[] = { "courier", "name", "basis", "zones",
	"divisor", "warehouse", "since", "active" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "freight_templates",
	.fields = fields,
	.hint = N_("courier, name or warehouse"),
	.enter = cmd_open,
};

static int
open_freight(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "freight");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "freight-open", "Enter", N_("Prices"),
	    N_("What it costs to each province"), PERM_FREIGHT_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "freight-edit", "e", N_("Edit"),
	    N_("Change a template's name, courier and what it goes by"),
	    PERM_FREIGHT_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "freight-add", "n a", N_("Add"), N_("Add a template"),
	    PERM_FREIGHT_EDIT, 0, cmd_add },
	{ "freight-import", "i", N_("From files"),
	    N_("Take the templates of imported files"), PERM_FREIGHT_EDIT, 0,
	    cmd_import },
	{ "freight-turn", "d", N_("On/off"),
	    N_("Use a template no more, or again"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW, cmd_turn },
	{ "freight-find", "/", N_("Find"),
	    N_("Find a template by courier, name or warehouse"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_freight = {
	.name = "freight",
	.title = N_("Freight templates"),
	.go = "",
	.does = N_("What couriers charge, by place and weight"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_freight,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
