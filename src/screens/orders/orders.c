/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../sale/quotations.h"
#include "order_acts.h"
#include "order_cells.h"
#include "order_filter.h"
#include "order_view.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The list of orders, by state, and what is found in it. */

#define FIND_MAX 200
#define WIDE     118 /* columns for the tabs */
#define SORTED_W 24  /* of the line beneath them, how it is sorted */
#define MARKED_W 14  /* and how many are selected */

struct state {
	struct list list;
	struct order_filter filter;
	struct order_view view; /* what of it is shown */
	int64_t counts[TAB_MAX];
	struct order_card card; /* of the preview */
	int64_t card_id;        /* 0: none is held */
};

/* clang-format off */
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
		.columns = order_columns, \
		.row_size = sizeof(struct order), \
		.fetch = fetch, \
		.id = list_row_id, \
		.cell = order_cell, \
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
	if (!order_view_is_open(&st->view))
		return _("No order here fits the filter. Esc shows all again.");
	return _(tabs[st->filter.tab].empty);
}

static const struct list_kind kind;

/* Where there is too much to be looked through for a filter, it is given up. */
static int
unless_too_many(struct screen *sc, int rc)
{
	struct state *st = sc->state;

	if (rc != ERR_STATE || order_view_is_open(&st->view) ||
	    strcmp(session_err(session_of(sc))->field, "sort") != 0)
		return rc;
	st->view = (struct order_view){ .since = 0 };
	order_view_apply(&st->view, &st->filter);
	rc = list_restart(sc);
	if (rc == 0)
		ui_complain(sc->ui, "%s",
		    _("Too many orders to filter: choose another tab or a "
		      "shorter time."));
	return rc;
}

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
	return unless_too_many(sc, list_restart(sc));
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

	if ((rc = order_holds_end(session_of(sc))) < 0 ||
	    (rc = order_counts(session_of(sc), st->counts)) < 0)
		return rc;
	preview_drop(st);
	return unless_too_many(sc, list_refresh(sc));
}

static int
open_orders(struct screen *sc, const void *arg)
{
	const struct orders_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	if ((rc = order_holds_end(session_of(sc))) < 0 ||
	    (rc = order_counts(session_of(sc), st->counts)) < 0)
		return rc;
	if (a != NULL && a->shop_id != 0) {
		st->view.sieve.shop_id = a->shop_id;
		copy_text(st->view.shop, sizeof(st->view.shop), a->shop);
		order_view_apply(&st->view, &st->filter);
	}
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

/* The same tab, by another filter. */
static int
filtered(struct screen *sc)
{
	struct state *st = sc->state;

	order_view_apply(&st->view, &st->filter);
	st->list.finder.on = false;
	return show_list(sc);
}

static int
key_orders(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc;

	if (k->code == KEY_ESC_ && !st->list.finder.on &&
	    list_marked(sc) == 0 && !order_view_is_open(&st->view)) {
		st->view = (struct order_view){ .since = 0 };
		rc = filtered(sc);
		return rc < 0 ? rc : 1;
	}
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
	char words[300], text[400];
	struct tab names[TAB_MAX];
	size_t i;

	for (i = 0; i < TAB_MAX; i++)
		names[i] = (struct tab){ _(tabs[i].label), st->counts[i] };
	/* What nobody works off is counted only where there is room. */
	if (r.w < WIDE)
		names[TAB_ALL].n = names[TAB_DONE].n = names[TAB_CLOSED].n = -1;
	draw_tabs(c, r.y, r.x, r.w, names, TAB_MAX, st->filter.tab);
	if (order_view_is_open(&st->view))
		return;
	order_view_text(&st->view, words, sizeof(words));
	snprintf(text, sizeof(text), _("filter: %s · Esc shows all"), words);
	canvas_text(c, r.y + 1, r.x + SORTED_W, r.w - SORTED_W - MARKED_W,
	    STYLE_ACCENT, text);
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
	.fields = order_column_fields,
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

static int
act_one(struct screen *sc, int (*one)(struct screen *, const struct order *))
{
	int rc = one(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

/* A command on the selected order or on all that are marked, and then how the
 * list is now. */
static int
act(struct screen *sc, int (*one)(struct screen *, const struct order *),
    int (*many)(struct screen *))
{
	return list_marked(sc) > 0 ? many(sc) : act_one(sc, one);
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
cmd_agent(struct screen *sc)
{
	return act(sc, act_agent, act_agent_many);
}

static int
cmd_courier(struct screen *sc)
{
	return act(sc, act_courier, act_courier_many);
}

static int
cmd_route(struct screen *sc)
{
	return act(sc, act_route, act_route_many);
}

static int
cmd_merge(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t ids[MERGE_MAX];
	size_t n = table_marked(st->list.table, ids, MERGE_MAX);
	int rc;

	if (n == 0)
		return act_one(sc, act_merge);
	if ((rc = act_merge_many(sc, ids, n)) <= 0)
		return rc;
	table_unmark(st->list.table);
	return refresh(sc);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = order_view_ask(sc, &st->view);

	return rc > 0 ? filtered(sc) : rc;
}

static int
cmd_kept_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = order_view_pick(sc, &st->view);

	return rc > 0 ? filtered(sc) : rc;
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

static int
cmd_print(struct screen *sc)
{
	const struct order *o = list_row(sc);

	return act_print_selected(sc, o != NULL ? o->id : 0);
}

static int
cmd_new(struct screen *sc)
{
	return ui_open(
	    sc->ui, "order-new", &(struct sheet_arg){ .quote = false });
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
	{ "order-filter", "f", N_("Filter"),
	    N_("Only orders of a shop, a province, an agent, a time..."),
	    PERM_ORDER_VIEW, 0, cmd_filter },
	{ "order-filter-kept", "F", NULL,
	    N_("A filter that was kept by its name, or all orders again"),
	    PERM_ORDER_VIEW, 0, cmd_kept_filter },
	{ "order-new", "n", N_("New"), N_("Write an order by hand"),
	    PERM_ORDER_ADD, 0, cmd_new },
	{ "order-merge", "M", N_("Merge"),
	    N_("Send this order in one parcel with others of its buyer"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_merge },
	{ "order-agent", "s", N_("Agent"), N_("Say whose sale it is"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_agent },
	{ "order-route", "w", N_("Warehouse"),
	    N_("Choose anew the warehouse that the order goes from"),
	    PERM_WAVE_MAKE, CMD_NEEDS_ROW | CMD_MANY, cmd_route },
	{ "order-courier", "K", NULL, N_("Say by whom it goes"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_courier },
	{ "order-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state; the digits 1 to 8 go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "order-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "order-print", "P", N_("Print"),
	    N_("Labels or packing slips of the order, or what is selected"),
	    PERM_ORDER_SHIP, CMD_NEEDS_ROW | CMD_MANY, cmd_print },
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
	.does = N_("See, find, change and hold orders"),
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
