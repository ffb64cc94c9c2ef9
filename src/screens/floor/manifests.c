/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* What the couriers' drivers took, and take. */

struct state {
	struct list list;
	bool open_only;
};

enum {
	COL_NO,
	COL_COURIER,
	COL_PARCELS,
	COL_MISSING,
	COL_WEIGHT,
	COL_AT,
	COL_STAFF,
	COL_CLOSED,
	COL_DRIVER
};

/* clang-format off */
static const struct column columns[] = {
	[COL_NO] = { N_("Manifest"), 9, 0, 0, COLUMN_WHOLE, 0 },
	[COL_COURIER] = { N_("Courier"), 10, 2, 0, 0, 0 },
	[COL_PARCELS] = { N_("Parcels"), 7, 0, 0, COLUMN_RIGHT, 0 },
	[COL_MISSING] = { N_("Not on it"), 9, 0, 0, COLUMN_RIGHT, 0 },
	[COL_WEIGHT] = { N_("Weight"), 9, 0, 2, COLUMN_RIGHT, 0 },
	[COL_AT] = { N_("Made at"), 11, 0, 1, 0, 0 },
	[COL_STAFF] = { N_("Made by"), 8, 1, 4, 0, 0 },
	[COL_CLOSED] = { N_("Handed over"), 11, 0, 0, 0, 0 },
	[COL_DRIVER] = { N_("Driver"), 8, 1, 0, 0, 0 },
	{ .title = NULL },
};
static const char *const fields[] = { "manifest_no", "courier", "parcels",
	"missing", "weight", "at", "staff", "closed_at", "driver" };
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct manifest *m = row;

	switch (col) {
	case COL_NO:
		copy_text(buf, size, m->manifest_no);
		break;
	case COL_COURIER:
		copy_text(buf, size, m->courier);
		break;
	case COL_PARCELS:
		show_count(buf, size, m->parcels);
		break;
	case COL_MISSING:
		if (m->missing > 0) {
			*style = STYLE_WARN;
			show_count(buf, size, m->missing);
		}
		break;
	case COL_WEIGHT:
		show_weight(buf, size, m->weight);
		break;
	case COL_AT:
		show_when(buf, size, m->at);
		break;
	case COL_STAFF:
		copy_text(buf, size, m->staff);
		break;
	case COL_CLOSED:
		if (m->closed_at != 0)
			show_when(buf, size, m->closed_at);
		else
			copy_text(buf, size, _("not closed"));
		break;
	case COL_DRIVER:
		copy_text(buf, size, m->driver);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return manifest_page(
	    session_of(sc), st->open_only, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct manifest),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->open_only
		   ? _("No manifest is open. n begins one when a driver comes.")
		   : _("No manifests yet. n begins one when a driver comes.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = { { _("Not closed"), -1 },
		{ _("All"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, !st->open_only);
}

static int
cmd_open(struct screen *sc)
{
	const struct manifest *m = list_row(sc);
	const struct manifest_arg arg = { .id = m->id };

	return ui_open(sc->ui, "manifest", &arg);
}

static const struct list_kind kind = {
	.record = "manifests",
	.fields = fields,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_manifests(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->open_only = true;
	list_open(sc, &kind, &source, "manifests");
	return list_restart(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->open_only = !st->open_only;
	return list_restart(sc);
}

static int
cmd_new(struct screen *sc)
{
	struct manifest_arg arg = { 0 };
	const char **names;
	struct page page;
	size_t i;
	int at, rc;

	if ((rc = courier_all(session_of(sc), &page)) < 0)
		return rc;
	names = xcalloc(page.n + 1, sizeof(*names));
	for (i = 0; i < page.n; i++)
		names[i] = ((const struct courier *)page_row(&page, i))->name;
	at = ui_pick(sc->ui, _("Whose driver is here?"), names, page.n, 0);
	if (at >= 0)
		rc = manifest_open(session_of(sc), names[at], &arg.id);
	free(names);
	page_free(&page);
	if (at < 0 || rc < 0)
		return rc;
	return ui_open(sc->ui, "manifest", &arg);
}

static int
cmd_reopen(struct screen *sc)
{
	const struct manifest *m = list_row(sc);
	int64_t id = m->id;
	char why[200] = "", no[32];
	int rc;

	copy_text(no, sizeof(no), m->manifest_no);
	if (!ui_ask(sc->ui, _("Why is it opened again?"), why, sizeof(why)))
		return 0;
	if ((rc = manifest_reopen(session_of(sc), id, why)) < 0)
		return rc;
	ui_say(sc->ui, _("Manifest %s is open again."), no);
	return list_refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct manifest *m = list_row(sc);

	if (cmd->run == cmd_reopen)
		return m != NULL && m->closed_at != 0 ? cmd->label : NULL;
	return cmd->label;
}

static int
cmd_print(struct screen *sc)
{
	const struct manifest *m = list_row(sc);

	return act_print_by_id(sc, m->id, print_manifest);
}

static const struct cmd cmds[] = {
	{ "manifest-open", "Enter", N_("Open"),
	    N_("Scan its parcels, or look at them"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "manifest-new", "n", N_("New"),
	    N_("Begin a manifest, or go on with a courier's open one"),
	    PERM_ORDER_SHIP, 0, cmd_new },
	{ "manifest-reopen", "r", N_("Reopen it"),
	    N_("The parcels of a closed manifest are here yet"), PERM_WAVE_MAKE,
	    CMD_NEEDS_ROW, cmd_reopen },
	{ "manifest-print", "P", N_("Print"), N_("What the driver signs for"),
	    PERM_ORDER_SHIP, CMD_NEEDS_ROW, cmd_print },
	{ "manifest-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("Open manifests, or all"), PERM_NONE, 0, cmd_tab },
	{ .name = NULL },
};

const struct screen_ops screen_manifests = {
	.name = "manifests",
	.title = N_("Manifests"),
	.go = "",
	.does = N_("Hand the parcels over to a courier"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_manifests,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
