/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* What was handed to the couriers, and whether the platform knows. */

struct state {
	struct list list;
	struct parcel_filter filter;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Shipped at"), 10, 0, 0, 0, 0 },
	{ N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Courier"), 10, 1, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Platform"), 9, 0, 2, 0, 0 },
	{ N_("Weight"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Packer"), 8, 1, 4, 0, 0 },
	{ N_("Exported"), 10, 0, 1, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct parcel *p = row;

	switch (col) {
	case 0:
		show_when(buf, size, p->shipped_at);
		break;
	case 1:
		copy_text(buf, size, p->waybill_no);
		break;
	case 2:
		copy_text(buf, size, p->courier);
		break;
	case 3:
		copy_text(buf, size, p->order_no);
		break;
	case 4:
		copy_text(buf, size, platform_text(p->platform));
		break;
	case 5:
		show_weight(buf, size, p->weight);
		break;
	case 6:
		copy_text(buf, size, p->packer);
		break;
	case 7:
		if (p->exported_at == 0)
			*style = STYLE_WARN;
		if (p->exported_at == 0)
			copy_text(buf, size, _("not yet"));
		else
			show_when(buf, size, p->exported_at);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return parcel_page(session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct parcel),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

/* In the language of the moment. */
static void
say_empty(struct state *st)
{
	table_set_empty(st->list.table,
	    st->filter.unexported ? _("The platforms know of every parcel.")
				  : _("No parcels yet. F3 packs an order."));
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_restart(st->list.table);
}

static int
open_parcels(struct screen *sc, const void *arg)
{
	const struct parcels_arg *a = arg;
	struct state *st = sc->state;

	st->filter.unexported = a != NULL && a->unexported;
	st->list.table = table_new(&source, sc);
	return restart(sc);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_reload(st->list.table);
}

static void
draw_parcels(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct tab words[] = { { _("All"), -1 }, { _("Not exported"), -1 } };

	draw_tabs(
	    c, r.y, r.x + 1, r.w - 2, words, 2, st->filter.unexported ? 1 : 0);
	table_draw(
	    st->list.table, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
cmd_open(struct screen *sc)
{
	const struct parcel *p = list_row(sc);

	return scan_anywhere(sc, p->waybill_no);
}

static int
cmd_export(struct screen *sc)
{
	int rc = act_export_shipments(sc);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.unexported = !st->filter.unexported;
	return restart(sc);
}

static const struct cmd cmds[] = {
	{ "parcel-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "parcel-export", "x", N_("Export"),
	    N_("Write a shop's shipping file of what is not exported yet"),
	    PERM_EXPORT, 0, cmd_export },
	{ "parcel-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("All parcels, or those no platform knows of"), PERM_NONE, 0,
	    cmd_tab },
	{ .name = NULL },
};

const struct screen_ops screen_parcels = {
	.name = "parcels",
	.title = N_("Parcels"),
	.go = "F6",
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_parcels,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = draw_parcels,
	.has_row = list_has_row,
};
