/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "order_view.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The list of orders, by state, and what is found in it. */

#define FIND_MAX     200
#define PREVIEW_FROM 120 /* columns of the screen */
#define PREVIEW_MIN  40

struct state {
	struct list list;
	struct order_filter filter;
	int64_t counts[TAB_MAX];
	struct finder finder;
	struct order_card card; /* of the preview */
	int64_t card_id;        /* 0: none is held */
};

/* A tab shows what matters there; the columns are drawn from these. */
enum order_cell {
	CELL_MARK,
	CELL_NO,
	CELL_BUYER,
	CELL_CITY,
	CELL_GOODS,
	CELL_PAID,
	CELL_STATE,
	CELL_CREATED,
	CELL_DUE,
	CELL_HOLDS,
	CELL_WAYBILL,
	CELL_SHIPPED,
	CELL_TOTAL,
};

/* clang-format off */
#define COL_MARK  { "", 1, 0, 0, 0, 0 }
#define COL_NO    { N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 }
#define COL_BUYER { N_("Buyer"), 8, 2, 0, 0, 0 }
#define COL_CITY  { N_("Place"), 6, 1, 3, 0, 0 }
#define COL_GOODS { N_("Items"), 9, 6, 0, COLUMN_ENDS, 0 }
#define COL_PAID  { N_("Paid"), 9, 0, 1, COLUMN_RIGHT, 0 }
#define COL_TOTAL { N_("To pay"), 9, 0, 1, COLUMN_RIGHT, 0 }

static const struct column all_columns[] = {
	COL_MARK, COL_NO, COL_BUYER, COL_CITY, COL_GOODS, COL_PAID,
	{ N_("State"), 10, 0, 0, 0, 0 },
	{ N_("Ordered"), 10, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const enum order_cell all_cells[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_PAID, CELL_STATE, CELL_CREATED };

static const struct column unpaid_columns[] = {
	COL_MARK, COL_NO, COL_BUYER, COL_CITY, COL_GOODS, COL_TOTAL,
	{ N_("Ordered"), 10, 0, 0, 0, 0 },
	{ .title = NULL },
};
static const enum order_cell unpaid_cells[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_TOTAL, CELL_CREATED };

static const struct column due_columns[] = {
	COL_MARK, COL_NO, COL_BUYER, COL_CITY, COL_GOODS, COL_PAID,
	{ N_("Deadline"), 11, 0, 0, 0, 0 },
	{ .title = NULL },
};
static const enum order_cell due_cells[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_PAID, CELL_DUE };

static const struct column held_columns[] = {
	COL_MARK, COL_NO, COL_BUYER,
	{ N_("Why on hold"), 18, 5, 0, 0, 0 },
	COL_GOODS, COL_PAID,
	{ N_("Deadline"), 11, 0, 3, 0, 0 },
	{ .title = NULL },
};
static const enum order_cell held_cells[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_HOLDS, CELL_GOODS, CELL_PAID, CELL_DUE };

static const struct column shipped_columns[] = {
	COL_MARK, COL_NO, COL_BUYER, COL_CITY, COL_GOODS,
	{ N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Shipped at"), 10, 0, 1, 0, 0 },
	{ .title = NULL },
};
static const enum order_cell shipped_cells[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_WAYBILL, CELL_SHIPPED };
/* clang-format on */

static void
cell_mark(const struct order *o, char *buf, size_t size, enum style *style)
{
	if (o->held) {
		copy_text(buf, size, "!");
		*style = STYLE_BAD;
	} else if (o->flag != 0) {
		copy_text(buf, size, "⚑");
		*style = STYLE_WARN;
	} else {
		copy_text(buf, size, "");
	}
}

static void
draw_cell(const struct order *o, enum order_cell what, char *buf, size_t size,
    enum style *style)
{
	switch (what) {
	case CELL_MARK:
		cell_mark(o, buf, size, style);
		break;
	case CELL_NO:
		copy_text(buf, size, o->order_no);
		break;
	case CELL_BUYER:
		copy_text(buf, size, show_buyer(o));
		break;
	case CELL_CITY:
		show_city(buf, size, o);
		break;
	case CELL_GOODS:
		copy_text(buf, size, o->goods);
		break;
	case CELL_PAID:
		show_money_or_none(buf, size, o->paid);
		break;
	case CELL_TOTAL:
		show_money(buf, size, o->total);
		break;
	case CELL_STATE:
		copy_text(buf, size, show_state(o));
		break;
	case CELL_CREATED:
		show_when(buf, size, o->created_at);
		break;
	case CELL_DUE:
		show_due(buf, size, o, style);
		break;
	case CELL_HOLDS:
		show_holds(buf, size, o->holds);
		break;
	case CELL_WAYBILL:
		copy_text(buf, size, o->waybill_no);
		break;
	case CELL_SHIPPED:
		show_when(buf, size, o->shipped_at);
		break;
	}
}

#define CELL_FN(tab) \
	static void tab##_cell(const void *row, int col, char *buf, \
	    size_t size, enum style *style) \
	{ \
		draw_cell(row, tab##_cells[col], buf, size, style); \
	}
CELL_FN(all)
CELL_FN(unpaid)
CELL_FN(due)
CELL_FN(held)
CELL_FN(shipped)

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct order *row = from;
	struct screen *sc = arg;
	struct state *st = sc->state;
	int rc;

	if (!st->finder.on || st->finder.text[0] == '\0')
		return order_page(
		    session_of(sc), &st->filter, dir, from, limit, out);
	rc = order_find(session_of(sc), st->finder.text, FIND_MAX, out);
	if (rc == 0)
		page_window(out, dir, row != NULL ? row->id : 0, limit);
	return rc;
}

#define SOURCE(tab) \
	static const struct table_source tab##_source = { \
		.columns = tab##_columns, \
		.row_size = sizeof(struct order), \
		.fetch = fetch, \
		.id = list_row_id, \
		.cell = tab##_cell, \
	}
SOURCE(all);
SOURCE(unpaid);
SOURCE(due);
SOURCE(held);
SOURCE(shipped);

/* By enum order_tab. */
static const struct {
	const char *label, *empty;
	const struct table_source *source;
} tabs[TAB_MAX] = {
	[TAB_ALL] = { N_("All"),
	    N_("No orders yet. F9 imports the files of a platform."),
	    &all_source },
	[TAB_UNPAID] = { N_("Unpaid"), N_("Nobody owes a payment."),
	    &unpaid_source },
	[TAB_TO_SHIP] = { N_("To ship"),
	    N_("Nothing waits to be shipped. F9 imports new orders."),
	    &due_source },
	[TAB_HELD] = { N_("On hold"), N_("No order is on hold."),
	    &held_source },
	[TAB_PART] = { N_("Partly"), N_("No order is partly shipped."),
	    &due_source },
	[TAB_SHIPPED] = { N_("Sent"),
	    N_("Nothing is on its way. F3 packs an order."), &shipped_source },
	[TAB_DONE] = { N_("Completed"), N_("No order is completed yet."),
	    &all_source },
	[TAB_CLOSED] = { N_("Closed"), N_("No order was closed."),
	    &all_source },
};

static void
preview_drop(struct state *st)
{
	if (st->card_id != 0)
		order_card_free(&st->card);
	st->card_id = 0;
}

/* In the language of the moment. */
static void
say_empty(struct state *st)
{
	table_set_empty(st->list.table,
	    st->finder.on
		? _("Nothing fits. Order no., waybill, last 4 digits of the "
		    "phone, nick, name or its pinyin initials.")
		: _(tabs[st->filter.tab].empty));
}

/* Another tab, or finding begins or ends: another list. */
static int
show_list(struct screen *sc)
{
	struct state *st = sc->state;

	preview_drop(st);
	table_free(st->list.table);
	st->list.table = table_new(
	    st->finder.on ? &all_source : tabs[st->filter.tab].source, sc);
	say_empty(st);
	return table_reload(st->list.table);
}

static int
to_tab(struct screen *sc, int tab)
{
	struct state *st = sc->state;

	st->filter.tab = (enum order_tab)((tab + TAB_MAX) % TAB_MAX);
	st->finder.on = false;
	return show_list(sc);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc;

	rc = order_counts(session_of(sc), st->counts);
	if (rc < 0)
		return rc;
	preview_drop(st);
	say_empty(st);
	return table_reload(st->list.table);
}

static int
open_orders(struct screen *sc, const void *arg)
{
	const struct orders_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	finder_init(&st->finder);
	rc = order_counts(session_of(sc), st->counts);
	if (rc < 0)
		return rc;
	if (a != NULL && a->find != NULL) {
		finder_begin(&st->finder, a->find);
		return show_list(sc);
	}
	return to_tab(sc, a != NULL ? a->tab : TAB_TO_SHIP);
}

static void
close_orders(struct screen *sc)
{
	struct state *st = sc->state;

	preview_drop(st);
	finder_done(&st->finder);
	list_close(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct order *o = list_row(sc);
	struct order_arg arg = { .id = o->id };

	return ui_open(sc->ui, "order", &arg);
}

static int
find_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc = finder_key(&st->finder, st->list.table, k);

	if (rc == FIND_CHANGED)
		rc = table_restart(st->list.table);
	else if (rc == FIND_END)
		rc = show_list(sc);
	else if (rc == FIND_OPEN)
		rc = cmd_open(sc);
	else if (rc == FIND_OTHER)
		return 0;
	return rc < 0 ? rc : 1;
}

static int
key_orders(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc;

	if (st->finder.on) {
		rc = k->code == KEY_SCAN ? scan_open(sc, k->text) : 0;
		return rc != 0 ? rc : find_key(sc, k);
	}
	if (k->code >= '1' && k->code < '1' + TAB_MAX) {
		rc = to_tab(sc, (int)(k->code - '1'));
		return rc < 0 ? rc : 1;
	}
	return list_key(sc, k);
}

static void
draw_head(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct tab words[TAB_MAX];
	size_t i;

	if (st->finder.on) {
		finder_draw(&st->finder, c, r, _("Find"),
		    _("number, waybill, phone, nick, name, initials"));
		return;
	}
	for (i = 0; i < TAB_MAX; i++)
		words[i] = (struct tab){ _(tabs[i].label), st->counts[i] };
	/* What nobody works off is counted only where there is room. */
	if (r.w < PREVIEW_FROM)
		words[TAB_ALL].n = words[TAB_DONE].n = words[TAB_CLOSED].n = -1;
	draw_tabs(c, r.y, r.x, r.w, words, TAB_MAX, st->filter.tab);
}

/* The card of the selected order, read when another is selected. */
static void
draw_preview(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	const struct order *o = list_row(sc);

	if (o == NULL)
		return;
	if (o->id != st->card_id) {
		preview_drop(st);
		if (order_card(session_of(sc), o->id, &st->card) < 0)
			return;
		st->card_id = o->id;
	}
	draw_order_pane(session_of(sc), c, r, &st->card);
}

static void
draw_orders(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct rect list = { r.y + 2, r.x, r.h - 2, r.w };
	int y, pane = r.w / 3 > PREVIEW_MIN ? r.w / 3 : PREVIEW_MIN;

	draw_head(sc, c, (struct rect){ r.y, r.x + 1, 1, r.w - 2 });
	if (r.w >= PREVIEW_FROM) {
		list.w -= pane + 3;
		for (y = list.y; y < list.y + list.h; y++)
			canvas_text(
			    c, y, list.x + list.w + 1, 1, STYLE_RULE, "│");
		draw_preview(sc, c,
		    (struct rect){ list.y, list.x + list.w + 3, list.h, pane });
	}
	table_draw(st->list.table, c, list);
}

static int
cmd_next_tab(struct screen *sc)
{
	struct state *st = sc->state;

	return to_tab(sc, (int)st->filter.tab + 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	struct state *st = sc->state;

	return to_tab(sc, (int)st->filter.tab - 1);
}

static int
cmd_find(struct screen *sc)
{
	struct state *st = sc->state;

	finder_begin(&st->finder, "");
	return show_list(sc);
}

/* A command on the selected order, and then how it is now. */
static int
act(struct screen *sc, int (*what)(struct screen *, const struct order *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_hold(struct screen *sc)
{
	return act(sc, act_hold);
}

static int
cmd_release(struct screen *sc)
{
	return act(sc, act_release);
}

static int
cmd_remark(struct screen *sc)
{
	return act(sc, act_remark);
}

static int
cmd_pack(struct screen *sc)
{
	return act_pack(sc, list_row(sc));
}

static int
cmd_map(struct screen *sc)
{
	return act_map(sc, list_row(sc));
}

static int
cmd_export(struct screen *sc)
{
	struct state *st = sc->state;

	return act_export_orders(sc, (int)st->filter.tab);
}

static int
cmd_import(struct screen *sc)
{
	return ui_open(sc->ui, "import", NULL);
}

static bool
typing(struct screen *sc)
{
	struct state *st = sc->state;

	return st->finder.on;
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	struct state *st = sc->state;

	if (cmd->run == cmd_next_tab && st->finder.on)
		return NULL;
	return act_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "order-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "order-find", "/", N_("Find"),
	    N_("Find an order by number, waybill, phone, nick or name"),
	    PERM_ORDER_VIEW, 0, cmd_find },
	{ "order-pack", "p", N_("Pack"), N_("Pack this order"), PERM_ORDER_SHIP,
	    CMD_NEEDS_ROW, cmd_pack },
	{ "order-hold", "h", N_("Hold"),
	    N_("Stop the order from being shipped"), PERM_ORDER_HOLD,
	    CMD_NEEDS_ROW, cmd_hold },
	{ "order-release", "r", N_("Release"),
	    N_("Let an order on hold go again"), PERM_ORDER_RELEASE,
	    CMD_NEEDS_ROW, cmd_release },
	{ "order-map", "u", N_("Map"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_map },
	{ "order-remark", "m", N_("Remark"),
	    N_("Write the seller's remark and set its flag"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW, cmd_remark },
	{ "order-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state; the digits 1 to 8 go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "order-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "order-export", "x", N_("Export"),
	    N_("Write this list, or a shop's shipping file"), PERM_EXPORT, 0,
	    cmd_export },
	{ "order-import", "i", N_("Import"), N_("Import files of a platform"),
	    PERM_IMPORT, 0, cmd_import },
	{ .name = NULL },
};

const struct screen_ops screen_orders = {
	.name = "orders",
	.title = N_("Orders"),
	.go = "F2",
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_orders,
	.close = close_orders,
	.refresh = refresh,
	.key = key_orders,
	.draw = draw_orders,
	.has_row = list_has_row,
	.typing = typing,
	.label = label,
};
