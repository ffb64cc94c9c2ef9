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

#define FIND_MAX 200
#define WIDE     118 /* columns for the tabs */

struct state {
	struct list list;
	struct order_filter filter;
	int64_t counts[TAB_MAX];
	struct order_card card; /* of the preview */
	int64_t card_id;        /* 0: none is held */
};

/* All there is to see of an order in a list, in this order. */
enum order_cell {
	CELL_MARK,
	CELL_NO,
	CELL_BUYER,
	CELL_CITY,
	CELL_HOLDS,
	CELL_GOODS,
	CELL_QTY,
	CELL_TOTAL,
	CELL_PAID,
	CELL_REFUND,
	CELL_STATE,
	CELL_CREATED,
	CELL_PAID_AT,
	CELL_DUE,
	CELL_WAYBILL,
	CELL_COURIER,
	CELL_SHIPPED,
	CELL_RECEIVER,
	CELL_PHONE,
	CELL_SAYS,
	CELL_REMARK,
	CELL_SHOP,
};

/* clang-format off */
static const struct column columns[] = {
	[CELL_MARK] = { "", 1, 0, 0, 0, 0 },
	[CELL_NO] = { N_("Order number"), 19, 0, 0, COLUMN_WHOLE,
	    ORDER_SORT_NO },
	[CELL_BUYER] = { N_("Buyer"), 8, 2, 0, 0, ORDER_SORT_NICK },
	[CELL_CITY] = { N_("Place"), 6, 1, 3, 0, ORDER_SORT_PLACE },
	[CELL_HOLDS] = { N_("Why on hold"), 18, 5, 0, 0, 0 },
	[CELL_GOODS] = { N_("Items"), 9, 6, 0, COLUMN_ENDS, 0 },
	[CELL_QTY] = { N_("Pieces"), 5, 0, 5, COLUMN_RIGHT, 0 },
	[CELL_TOTAL] = { N_("To pay"), 9, 0, 1, COLUMN_RIGHT,
	    ORDER_SORT_TOTAL },
	[CELL_PAID] = { N_("Paid"), 9, 0, 1, COLUMN_RIGHT, ORDER_SORT_PAID },
	[CELL_REFUND] = { N_("Refund"), 9, 0, 5, COLUMN_RIGHT, 0 },
	[CELL_STATE] = { N_("State"), 10, 0, 0, 0, 0 },
	[CELL_CREATED] = { N_("Ordered"), 10, 0, 4, COLUMN_DOWN,
	    ORDER_SORT_CREATED },
	[CELL_PAID_AT] = { N_("Paid at"), 10, 0, 5, COLUMN_DOWN,
	    ORDER_SORT_PAID_AT },
	[CELL_DUE] = { N_("Deadline"), 11, 0, 2, 0, ORDER_SORT_SHIP_BY },
	[CELL_WAYBILL] = { N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE,
	    ORDER_SORT_WAYBILL },
	[CELL_COURIER] = { N_("Courier"), 8, 1, 5, 0, ORDER_SORT_COURIER },
	[CELL_SHIPPED] = { N_("Shipped at"), 10, 0, 1, COLUMN_DOWN,
	    ORDER_SORT_SHIPPED_AT },
	[CELL_RECEIVER] = { N_("Receiver"), 8, 1, 5, 0, ORDER_SORT_RECEIVER },
	[CELL_PHONE] = { N_("Phone"), 11, 0, 5, COLUMN_WHOLE, 0 },
	[CELL_SAYS] = { N_("Buyer says"), 12, 3, 5, 0, 0 },
	[CELL_REMARK] = { N_("Remark"), 12, 3, 5, 0, 0 },
	[CELL_SHOP] = { N_("Shop"), 8, 1, 6, 0, 0 },
	{ .title = NULL },
};

/* What of it files tell. */
static const char *const fields[] = {
	[CELL_MARK] = "held;flag",
	[CELL_NO] = "order_no",
	[CELL_BUYER] = "nick",
	[CELL_CITY] = "province;city",
	[CELL_HOLDS] = "holds",
	[CELL_GOODS] = "goods",
	[CELL_QTY] = "qty",
	[CELL_TOTAL] = "total",
	[CELL_PAID] = "paid",
	[CELL_REFUND] = "refund",
	[CELL_STATE] = "state",
	[CELL_CREATED] = "created_at",
	[CELL_PAID_AT] = "paid_at",
	[CELL_DUE] = "ship_by",
	[CELL_WAYBILL] = "waybill_no",
	[CELL_COURIER] = "courier",
	[CELL_SHIPPED] = "shipped_at",
	[CELL_RECEIVER] = "receiver",
	[CELL_PHONE] = "phone",
	[CELL_SAYS] = "buyer_note",
	[CELL_REMARK] = "remark",
	[CELL_SHOP] = "shop",
};

/* A tab shows what matters there, until somebody wants it otherwise. */
static const int all_shown[] = { CELL_MARK, CELL_NO, CELL_BUYER, CELL_CITY,
	CELL_GOODS, CELL_PAID, CELL_STATE, CELL_CREATED, -1 };
static const int unpaid_shown[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_TOTAL, CELL_CREATED, -1 };
static const int due_shown[] = { CELL_MARK, CELL_NO, CELL_BUYER, CELL_CITY,
	CELL_GOODS, CELL_PAID, CELL_DUE, -1 };
static const int held_shown[] = { CELL_MARK, CELL_NO, CELL_BUYER, CELL_HOLDS,
	CELL_GOODS, CELL_PAID, CELL_DUE, -1 };
static const int shipped_shown[] = { CELL_MARK, CELL_NO, CELL_BUYER,
	CELL_CITY, CELL_GOODS, CELL_WAYBILL, CELL_SHIPPED, -1 };
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

/* What is words and nothing else. */
static const char *
words(const struct order *o, enum order_cell what)
{
	const struct {
		enum order_cell what;
		const char *text;
	} texts[] = {
		{ CELL_NO, o->order_no },
		{ CELL_BUYER, show_buyer(o) },
		{ CELL_GOODS, o->goods },
		{ CELL_STATE, show_state(o) },
		{ CELL_WAYBILL, o->waybill_no },
		{ CELL_COURIER, o->courier },
		{ CELL_RECEIVER, o->receiver },
		{ CELL_PHONE, o->phone },
		{ CELL_SAYS, o->buyer_note },
		{ CELL_REMARK, o->memo },
		{ CELL_SHOP, o->shop },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].what == what)
			return texts[i].text;
	return "";
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order *o = row;

	switch ((enum order_cell)col) {
	case CELL_MARK:
		cell_mark(o, buf, size, style);
		break;
	case CELL_CITY:
		show_city(buf, size, o);
		break;
	case CELL_QTY:
		show_count(buf, size, o->qty);
		break;
	case CELL_PAID:
		show_money_or_none(buf, size, o->paid);
		break;
	case CELL_TOTAL:
		show_money(buf, size, o->total);
		break;
	case CELL_REFUND:
		show_money_or_none(buf, size, o->refund);
		break;
	case CELL_CREATED:
		show_when(buf, size, o->created_at);
		break;
	case CELL_PAID_AT:
		show_when(buf, size, o->paid_at);
		break;
	case CELL_SHIPPED:
		show_when(buf, size, o->shipped_at);
		break;
	case CELL_DUE:
		show_due(buf, size, o, style);
		break;
	case CELL_HOLDS:
		show_holds(buf, size, o->holds);
		break;
	case CELL_NO:
	case CELL_BUYER:
	case CELL_GOODS:
	case CELL_STATE:
	case CELL_WAYBILL:
	case CELL_COURIER:
	case CELL_RECEIVER:
	case CELL_PHONE:
	case CELL_SAYS:
	case CELL_REMARK:
	case CELL_SHOP:
		copy_text(buf, size, words(o, (enum order_cell)col));
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct order_filter all = { .tab = TAB_ALL };

	return order_page(session_of(arg), &all, dir, from, limit, out);
}

/* Something that no number and no initials are. */
static bool
is_word(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s != '\0';
}

static const struct table_source all_source;

/* What is known of an order leads to it at once, however old it is; other
 * words are looked for in the newest. */
static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct order *row = from;
	struct screen *sc = arg;
	struct state *st = sc->state;
	struct order_filter filter = st->filter;
	int rc;

	if (list_sought(sc)[0] == '\0') {
		filter.sort = (enum order_sort)list_sort(sc, &filter.desc);
		return order_page(
		    session_of(sc), &filter, dir, from, limit, out);
	}
	rc = order_find(session_of(sc), list_sought(sc), FIND_MAX, out);
	if (rc < 0)
		return rc;
	if (out->n == 0 && is_word(list_sought(sc))) {
		page_free(out);
		return list_sieve(
		    sc, &all_source, fetch_all, dir, from, limit, out);
	}
	page_window(out, dir, row != NULL ? row->id : 0, limit);
	return 0;
}

#define SOURCE(tab) \
	static const struct table_source tab##_source = { \
		.columns = columns, \
		.row_size = sizeof(struct order), \
		.fetch = fetch, \
		.id = list_row_id, \
		.cell = cell, \
		.shown = tab##_shown, \
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
	const char *view;
} tabs[TAB_MAX] = {
	[TAB_ALL] = { N_("All"),
	    N_("No orders yet. F9 imports the files of a platform."),
	    &all_source, "orders.all" },
	[TAB_UNPAID] = { N_("Unpaid"), N_("Nobody owes a payment."),
	    &unpaid_source, "orders.unpaid" },
	[TAB_TO_SHIP] = { N_("To ship"),
	    N_("Nothing waits to be shipped. F9 imports new orders."),
	    &due_source, "orders.to-ship" },
	[TAB_HELD] = { N_("On hold"), N_("No order is on hold."), &held_source,
	    "orders.held" },
	[TAB_PART] = { N_("Partly"), N_("No order is partly shipped."),
	    &due_source, "orders.part" },
	[TAB_SHIPPED] = { N_("Sent"),
	    N_("Nothing is on its way. F3 packs an order."), &shipped_source,
	    "orders.sent" },
	[TAB_DONE] = { N_("Completed"), N_("No order is completed yet."),
	    &all_source, "orders.done" },
	[TAB_CLOSED] = { N_("Closed"), N_("No order was closed."), &all_source,
	    "orders.closed" },
};

static void
preview_drop(struct state *st)
{
	if (st->card_id != 0)
		order_card_free(&st->card);
	st->card_id = 0;
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return st->list.cut
			   ? list_nothing_fits(sc)
			   : _("Nothing fits. Order no., waybill, last 4 "
			       "digits of the phone, nick, name or its pinyin "
			       "initials, words of the goods or remarks.");
	return _(tabs[st->filter.tab].empty);
}

static const struct list_kind kind;

/* Another tab, or finding begins or ends: another list. */
static int
show_list(struct screen *sc)
{
	struct state *st = sc->state;

	preview_drop(st);
	if (st->list.finder.on)
		list_open(sc, &kind, &all_source, "orders.found");
	else
		list_open(sc, &kind, tabs[st->filter.tab].source,
		    tabs[st->filter.tab].view);
	return list_restart(sc);
}

static int
to_tab(struct screen *sc, int tab)
{
	struct state *st = sc->state;

	st->filter.tab = (enum order_tab)((tab + TAB_MAX) % TAB_MAX);
	st->list.finder.on = false;
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
	return list_refresh(sc);
}

static int
open_orders(struct screen *sc, const void *arg)
{
	const struct orders_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	rc = order_counts(session_of(sc), st->counts);
	if (rc < 0)
		return rc;
	rc = to_tab(sc, a != NULL && a->find == NULL ? a->tab : TAB_TO_SHIP);
	if (rc < 0 || a == NULL || a->find == NULL)
		return rc;
	list_seek(sc, a->find);
	return show_list(sc);
}

static void
close_orders(struct screen *sc)
{
	preview_drop(sc->state);
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
key_orders(struct screen *sc, const struct key *k)
{
	int rc;

	if (!list_typing(sc) && k->code >= '1' && k->code < '1' + TAB_MAX) {
		rc = to_tab(sc, (int)(k->code - '1'));
		return rc < 0 ? rc : 1;
	}
	return list_key(sc, k);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct tab names[TAB_MAX];
	size_t i;

	for (i = 0; i < TAB_MAX; i++)
		names[i] = (struct tab){ _(tabs[i].label), st->counts[i] };
	/* What nobody works off is counted only where there is room. */
	if (r.w < WIDE)
		names[TAB_ALL].n = names[TAB_DONE].n = names[TAB_CLOSED].n = -1;
	draw_tabs(c, r.y, r.x, r.w, names, TAB_MAX, st->filter.tab);
}

/* The card of the selected order, read when another is selected. */
static void
pane(struct screen *sc, struct canvas *c, struct rect r, const void *row)
{
	struct state *st = sc->state;
	const struct order *o = row;

	if (o->id != st->card_id) {
		preview_drop(st);
		if (order_card(session_of(sc), o->id, &st->card) < 0)
			return;
		st->card_id = o->id;
	}
	draw_order_pane(session_of(sc), c, r, &st->card);
}

static const struct list_kind kind = {
	.record = "orders",
	.fields = fields,
	.own_export = true,
	.hint = N_("number, waybill, phone, name, initials, goods"),
	.own_order = true,
	.turn = show_list,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
	.pane_from = 120,
	.pane = pane,
};

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

/* A command on the selected order or on all that are marked, and then how the
 * list is now. */
static int
act(struct screen *sc, int (*one)(struct screen *, const struct order *),
    int (*many)(struct screen *))
{
	int rc;

	if (list_marked(sc) > 0)
		return many(sc);
	rc = one(sc, list_row(sc));
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_hold(struct screen *sc)
{
	return act(sc, act_hold, act_hold_many);
}

static int
cmd_release(struct screen *sc)
{
	return act(sc, act_release, act_release_many);
}

static int
cmd_remark(struct screen *sc)
{
	return act(sc, act_remark, act_remark_many);
}

static int
cmd_confirm(struct screen *sc)
{
	return act(sc, act_confirm, act_confirm_many);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_cancel, act_cancel_many);
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
	return act_export_orders(sc);
}

static int
cmd_import(struct screen *sc)
{
	return ui_open(sc->ui, "import", NULL);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	/* What one of many allows is seen when it is done. */
	if ((cmd->needs & CMD_MANY) && list_marked(sc) > 0)
		return cmd->label;
	return act_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "order-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "order-find", "/", N_("Find"),
	    N_("Find an order by number, waybill, phone, nick or name"),
	    PERM_ORDER_VIEW, 0, cmd_list_find },
	{ "order-pack", "p", N_("Pack"), N_("Pack this order"), PERM_ORDER_SHIP,
	    CMD_NEEDS_ROW, cmd_pack },
	{ "order-hold", "h", N_("Hold"),
	    N_("Stop the order from being shipped"), PERM_ORDER_HOLD,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_hold },
	{ "order-release", "r", N_("Release"),
	    N_("Let an order on hold go again"), PERM_ORDER_RELEASE,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_release },
	{ "order-map", "u", N_("Map"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_map },
	{ "order-remark", "m", N_("Remark"),
	    N_("Write the seller's remark and set its flag"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_remark },
	{ "order-confirm", "c", N_("Confirm"),
	    N_("Record what was confirmed with the buyer"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_confirm },
	{ "order-cancel", "X", N_("Cancel"),
	    N_("Close an order that was not shipped"), PERM_ORDER_CANCEL,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_cancel },
	{ "order-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state; the digits 1 to 8 go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "order-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "order-export", "x", N_("Export"),
	    N_("Write this list, what is selected, or a shop's shipping file"),
	    PERM_EXPORT, CMD_MANY, cmd_export },
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
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_orders,
	.close = close_orders,
	.refresh = refresh,
	.key = key_orders,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
