/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "../orders/order_view.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What was handed to the couriers, and whether the platform knows. */

#define FIND_MAX 200

struct state {
	struct list list;
	struct parcel_filter filter;
	struct order_card card; /* of the one in the pane */
	int64_t of;             /* the parcel; 0: none is held */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Shipped at"), 10, 0, 0, COLUMN_DOWN, PARCEL_SORT_SHIPPED_AT },
	{ N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE, PARCEL_SORT_WAYBILL },
	{ N_("Courier"), 10, 1, 0, 0, PARCEL_SORT_COURIER },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, PARCEL_SORT_NO },
	{ N_("Platform"), 9, 0, 2, 0, 0 },
	{ N_("Weight"), 8, 0, 3, COLUMN_RIGHT, PARCEL_SORT_WEIGHT },
	{ N_("Packer"), 8, 1, 4, 0, PARCEL_SORT_PACKER },
	{ N_("Exported"), 10, 0, 1, 0, 0 },
	{ N_("Shop"), 8, 1, 5, COLUMN_OFF, 0 },
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
	case 8:
		copy_text(buf, size, p->shop);
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct parcel_filter filter = st->filter;

	filter.sort = (enum parcel_sort)list_sort(sc, &filter.desc);
	return parcel_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source;

/* Numbers are found by their beginning among all there ever were; what is none
 * is looked for in the newest. */
static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct parcel *row = from;
	struct screen *sc = arg;
	int rc;

	if (list_sought(sc)[0] == '\0')
		return fetch_all(sc, dir, from, limit, out);
	rc = parcel_find(session_of(sc), list_sought(sc), FIND_MAX, out);
	if (rc < 0)
		return rc;
	if (out->n == 0) {
		page_free(out);
		return list_sieve(
		    sc, &source, fetch_all, dir, from, limit, out);
	}
	page_window(out, dir, row != NULL ? row->id : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct parcel),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return st->filter.unexported ? _("The platforms know of every parcel.")
				     : _("No parcels yet. F3 packs an order.");
}

static const struct list_kind kind;

static void
pane_drop(struct state *st)
{
	if (st->of != 0)
		order_card_free(&st->card);
	st->of = 0;
}

static int
open_parcels(struct screen *sc, const void *arg)
{
	const struct parcels_arg *a = arg;
	struct state *st = sc->state;

	st->filter.unexported = a != NULL && a->unexported;
	list_open(sc, &kind, &source, "parcels");
	return list_restart(sc);
}

static void
close_parcels(struct screen *sc)
{
	pane_drop(sc->state);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	pane_drop(sc->state);
	return list_refresh(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[] = { { _("All"), -1 }, { _("Not exported"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->filter.unexported ? 1 : 0);
}

/* The order that is in it. */
static void
pane(struct screen *sc, struct canvas *c, struct rect r, const void *row)
{
	struct state *st = sc->state;
	const struct parcel *p = row;
	int64_t id;

	if (p->id != st->of) {
		pane_drop(st);
		if (order_by_no(session_of(sc), p->waybill_no, &id) < 0 ||
		    order_card(session_of(sc), id, &st->card) < 0)
			return;
		st->of = p->id;
	}
	draw_order_pane(session_of(sc), c, r, &st->card);
}

static int
cmd_open(struct screen *sc)
{
	const struct parcel *p = list_row(sc);

	return scan_anywhere(sc, p->waybill_no);
}

/* What files tell of the columns. */
static const char *const fields[] = { "shipped_at", "waybill_no", "courier",
	"order_no", "platform", "weight", "packer", "exported_at", "shop" };

static const struct list_kind kind = {
	.record = "parcels",
	.fields = fields,
	.own_export = true,
	.hint = N_("waybill, order number, courier, packer"),
	.own_order = true,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
	.pane_from = 140,
	.pane = pane,
};

static int
cmd_export(struct screen *sc)
{
	int rc;

	if (list_marked(sc) > 0)
		return act_export_list(sc);
	rc = act_export_shipments(sc);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.unexported = !st->filter.unexported;
	list_seek_end(sc);
	return list_restart(sc);
}

/* It was shipped by mistake, and is still here. */
static int
cmd_unship(struct screen *sc)
{
	const struct parcel *p = list_row(sc);
	char why[200] = "", waybill[64];
	int rc;

	copy_text(waybill, sizeof(waybill), p->waybill_no);
	if (!ui_ask(sc->ui, _("Why does the parcel not go?"), why, sizeof(why)))
		return 0;
	if ((rc = pack_unship(session_of(sc), waybill, why)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is not shipped after all. Its order waits again."),
	    waybill);
	return refresh(sc);
}

static int
cmd_return(struct screen *sc)
{
	const struct parcel *p = list_row(sc);
	int64_t id;
	int rc = order_by_no(session_of(sc), p->waybill_no, &id);

	if (rc == 0)
		rc = act_order_return(sc, id, p->order_no);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_reveal(struct screen *sc)
{
	const struct parcel *p = list_row(sc);
	int64_t id;
	int rc = order_by_no(session_of(sc), p->waybill_no, &id);

	return rc < 0 ? rc : act_reveal(sc, "order", id);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_reveal)
		return may_reveal(sc) ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "parcel-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "parcel-find", "/", N_("Find"),
	    N_("Find a parcel by waybill, order number, courier or packer"),
	    PERM_ORDER_VIEW, 0, cmd_list_find },
	{ "parcel-export", "x", N_("Export"),
	    N_("Write what is selected, or a shop's shipping file"),
	    PERM_EXPORT, CMD_MANY, cmd_export },
	{ "parcel-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("All parcels, or those no platform knows of"), PERM_NONE, 0,
	    cmd_tab },
	{ "contact-reveal", "v", N_("Reveal"),
	    N_("Read the masked name, phone and address; that is recorded"),
	    PERM_CONTACT_REVEAL, CMD_NEEDS_ROW, cmd_reveal },
	{ "parcel-return", "B", N_("Came back"),
	    N_("What was shipped has come back: into stock with it"),
	    PERM_STOCK_RECEIVE, CMD_NEEDS_ROW, cmd_return },
	{ "parcel-unship", "u", N_("Undo"),
	    N_("A shipment by mistake: the parcel is still here"),
	    PERM_PACK_FORCE, CMD_NEEDS_ROW, cmd_unship },
	{ .name = NULL },
};

const struct screen_ops screen_parcels = {
	.name = "parcels",
	.title = N_("Parcels"),
	.go = "F6",
	.does = N_("What was shipped; tell the platforms"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_parcels,
	.close = close_parcels,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
