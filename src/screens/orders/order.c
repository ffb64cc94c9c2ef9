/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../money/payments.h"
#include "../sale/quotations.h"
#include "order_acts.h"
#include "order_tabs.h"
#include "order_view.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One order whole. */

static void
unload(struct card_state *st)
{
	if (!st->loaded)
		return;
	order_card_free(&st->card);
	order_more_free(&st->more);
	st->loaded = false;
}

static int
load(struct screen *sc)
{
	struct card_state *st = sc->state;
	struct order_card card;
	struct order_more more;
	int rc;

	if ((rc = order_card_rest(session_of(sc), st)) < 0)
		return rc;
	rc = order_card(session_of(sc), st->id, &card);
	if (rc < 0)
		return rc;
	if ((rc = order_more(session_of(sc), st->id, &more)) < 0) {
		order_card_free(&card);
		return rc;
	}
	unload(st);
	st->card = card;
	st->more = more;
	st->loaded = true;
	return 0;
}

static int
refresh(struct screen *sc)
{
	struct card_state *st = sc->state;
	int rc, i;

	rc = load(sc);
	for (i = 0; rc == 0 && i < CARD_MAX; i++)
		rc = table_reload(st->table[i]);
	return rc;
}

static void
close_order(struct screen *sc)
{
	struct card_state *st = sc->state;
	int i;

	unload(st);
	for (i = 0; i < CARD_MAX; i++)
		table_free(st->table[i]);
}

static int
open_order(struct screen *sc, const void *arg)
{
	const struct order_arg *a = arg;
	struct card_state *st = sc->state;
	int rc, i;

	st->id = a->id;
	st->tab = CARD_LINES;
	rc = load(sc);
	for (i = 0; rc == 0 && i < CARD_MAX; i++) {
		st->table[i] = table_new(&card_parts[i].source, sc);
		rc = table_reload(st->table[i]);
	}
	return rc;
}

/* The newest of the history is what one looks for there. */
static int
turn_to(struct card_state *st, unsigned tab)
{
	st->tab = (enum card_tab)(tab % CARD_MAX);
	return st->tab == CARD_HISTORY ? table_end(st->table[st->tab], false)
				       : 0;
}

static int
key_order(struct screen *sc, const struct key *k)
{
	struct card_state *st = sc->state;
	int rc;

	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	if (k->code >= '1' && k->code < '1' + CARD_MAX) {
		rc = turn_to(st, k->code - '1');
		return rc < 0 ? rc : 1;
	}
	return table_key(st->table[st->tab], k);
}

/* Number and state on top. */
static int
draw_identity(struct canvas *c, struct rect r, const struct order *o)
{
	char due[64];
	enum style style = STYLE_DIM;
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, o->order_no) + 2;
	x += canvas_text(c, r.y, x, r.x + r.w - x, STYLE_ACCENT,
		 order_state_text(o->state)) +
	     2;
	if (o->held)
		x += canvas_text(
			 c, r.y, x, r.x + r.w - x, STYLE_BAD, _("On hold")) +
		     2;
	show_due(due, sizeof(due), o, &style);
	canvas_text(c, r.y, x, r.x + r.w - x, style, due);
	return 1;
}

/* There is something to send. */
static bool
waits(const struct order *o)
{
	return o->state == ORDER_PAID || o->state == ORDER_PART_SHIPPED;
}

static void
draw_order(struct screen *sc, struct canvas *c, struct rect r)
{
	struct card_state *st = sc->state;
	struct rect in = { r.y, r.x + 1, r.h - 6, r.w - 2 };
	int bottom = r.y + r.h;
	struct tab words[CARD_MAX];
	size_t i;

	if (!st->loaded)
		return;
	in.y += draw_identity(c, in, &st->card.order);
	in.h = bottom - 6 - in.y;
	in.y += draw_order_holds(session_of(sc), c, in, &st->card);
	in.h = bottom - 6 - in.y;
	in.y += 1 +
		draw_order_facts(c, in, &st->card,
		    waits(&st->card.order) ? st->courier : "") +
		1;
	for (i = 0; i < CARD_MAX; i++)
		words[i] = (struct tab){ _(card_parts[i].label), -1 };
	words[CARD_LINES].n = (int64_t)st->card.lines.n;
	words[CARD_PARCELS].n = (int64_t)st->card.parcels.n;
	words[CARD_HOLDS].n = (int64_t)st->card.holds.n;
	words[CARD_PAYMENTS].n = (int64_t)st->more.payments.n;
	words[CARD_PAPERS].n = (int64_t)st->more.documents.n;
	words[CARD_LINKS].n = (int64_t)st->more.links.n;
	words[CARD_ATTRS].n = st->nattrs;
	draw_tabs(c, in.y, in.x, in.w, words, CARD_MAX, st->tab);
	table_draw(st->table[st->tab], c,
	    (struct rect){ in.y + 1, r.x, bottom - in.y - 1, r.w });
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct order *))
{
	struct card_state *st = sc->state;
	int rc = what(sc, &st->card.order);

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
cmd_confirm(struct screen *sc)
{
	return act(sc, act_confirm);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_cancel);
}

static int
cmd_reopen(struct screen *sc)
{
	return act(sc, act_reopen);
}

static int
cmd_address(struct screen *sc)
{
	return act(sc, act_address);
}

static int
cmd_money(struct screen *sc)
{
	return act(sc, act_money);
}

static int
cmd_terms(struct screen *sc)
{
	return act(sc, act_terms);
}

static int
cmd_agent(struct screen *sc)
{
	return act(sc, act_agent);
}

static int
cmd_merge(struct screen *sc)
{
	return act(sc, act_merge);
}

static int
cmd_unmerge(struct screen *sc)
{
	return act(sc, act_unmerge);
}

static int
cmd_split(struct screen *sc)
{
	return act(sc, act_split);
}

static int
cmd_courier(struct screen *sc)
{
	return act(sc, act_courier);
}

static int
cmd_route(struct screen *sc)
{
	return act(sc, act_route);
}

static int
cmd_payment(struct screen *sc)
{
	return act(sc, act_payment_add);
}

static int
cmd_paper(struct screen *sc)
{
	return act(sc, act_document_issue);
}

static int
cmd_row(struct screen *sc)
{
	int rc = order_row_go(sc);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_undo(struct screen *sc)
{
	int rc = order_row_undo(sc);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_map(struct screen *sc)
{
	return order_row_map(sc);
}

static int
cmd_pack(struct screen *sc)
{
	struct card_state *st = sc->state;

	return act_pack(sc, &st->card.order);
}

static int
cmd_customer(struct screen *sc)
{
	struct card_state *st = sc->state;
	struct customer_arg arg = { .id = st->card.order.customer_id };

	if (arg.id == 0) {
		ui_say(sc->ui, "%s", _("The platform names no buyer here."));
		return 0;
	}
	return ui_open(sc->ui, "customer", &arg);
}

static int
cmd_next_tab(struct screen *sc)
{
	struct card_state *st = sc->state;

	return turn_to(st, st->tab + 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	struct card_state *st = sc->state;

	return turn_to(st, st->tab + CARD_MAX - 1);
}

static int
cmd_reveal(struct screen *sc)
{
	struct card_state *st = sc->state;

	return act_reveal(sc, "order", st->id);
}

static int
cmd_history(struct screen *sc)
{
	struct card_state *st = sc->state;

	return open_history(sc, "order", st->id, st->card.order.order_no);
}

/* Beside money and papers the keys that are of those have the room. */
static bool
is_elsewhere(const struct card_state *st, const struct cmd *cmd)
{
	return (st->tab == CARD_PAYMENTS || st->tab == CARD_PAPERS) &&
	       (cmd->run == cmd_hold || cmd->run == cmd_remark ||
		   cmd->run == cmd_confirm || cmd->run == cmd_address);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	struct card_state *st = sc->state;

	if (is_elsewhere(st, cmd))
		return NULL;
	if (cmd->run == cmd_reveal)
		return may_reveal(sc) ? cmd->label : NULL;
	if (cmd->run == cmd_row)
		return st->loaded ? order_row_label(st) : NULL;
	if (cmd->run == cmd_undo)
		return st->loaded ? order_row_undo_label(st) : NULL;
	return act_label(cmd, st->loaded ? &st->card.order : NULL);
}

static int
cmd_copy(struct screen *sc)
{
	const struct card_state *st = sc->state;

	return act_copy(sc, st->id);
}

static int
cmd_reissue(struct screen *sc)
{
	const struct card_state *st = sc->state;

	return act_reissue(sc, st->id, st->card.order.order_no);
}

static int
cmd_return(struct screen *sc)
{
	const struct card_state *st = sc->state;
	int rc = act_order_return(sc, st->id, st->card.order.order_no);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_quotation(struct screen *sc)
{
	const struct card_state *st = sc->state;

	return act_order_quotation(sc, st->id);
}

static int
cmd_print(struct screen *sc)
{
	const struct card_state *st = sc->state;

	return st->loaded ? act_print_orders(sc, &st->card.order.id, 1) : 0;
}

static const struct cmd cmds[] = {
	{ "order-pack", "p", N_("Pack"), N_("Pack this order"), PERM_ORDER_SHIP,
	    0, cmd_pack },
	{ "order-row", "Enter", N_("Open"),
	    N_("See what the row is of, or go on with it"), PERM_ORDER_VIEW, 0,
	    cmd_row },
	{ "order-hold", "h", N_("Hold"),
	    N_("Stop the order from being shipped"), PERM_ORDER_HOLD, 0,
	    cmd_hold },
	{ "order-release", "r", N_("Release"),
	    N_("Let an order on hold go again"), PERM_ORDER_RELEASE, 0,
	    cmd_release },
	{ "order-map", "u", N_("Map"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, 0, cmd_map },
	{ "order-remark", "m", N_("Remark"),
	    N_("Write the seller's remark and set its flag"), PERM_ORDER_EDIT,
	    0, cmd_remark },
	{ "order-confirm", "c", N_("Confirm"),
	    N_("Record what was confirmed with the buyer"), PERM_ORDER_EDIT, 0,
	    cmd_confirm },
	{ "order-address", "a", N_("Address"),
	    N_("Change who receives the parcel, and where"), PERM_ORDER_EDIT, 0,
	    cmd_address },
	{ "order-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next part of the card; the digits go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "order-prev-tab", "Shift-Tab Left", NULL,
	    N_("The part of the card before"), PERM_NONE, 0, cmd_prev_tab },
	{ "order-customer", "b", N_("Buyer"),
	    N_("See the buyer's other orders"), PERM_CUSTOMER_VIEW, 0,
	    cmd_customer },
	{ "order-payment", "t", N_("Pay in"),
	    N_("Write down what came for the order, or is still to come"),
	    PERM_PAYMENT_EDIT, 0, cmd_payment },
	{ "order-paper", "i", N_("Paper"),
	    N_("Issue a delivery notice or a sales invoice"),
	    PERM_DOCUMENT_ISSUE, 0, cmd_paper },
	{ "order-undo", "Del", N_("Take back"),
	    N_("Take back the payment, or cancel the paper, that one is on"),
	    PERM_ORDER_VIEW, 0, cmd_undo },
	{ "order-money", "y", N_("Reprice"),
	    N_("Change prices, postage and discount"), PERM_ORDER_EDIT, 0,
	    cmd_money },
	{ "order-terms", "d", N_("Delivery"),
	    N_("How it is delivered, and by when it is shipped"),
	    PERM_ORDER_EDIT, 0, cmd_terms },
	{ "order-print", "P", N_("Print"), N_("The label or the packing slip"),
	    PERM_ORDER_SHIP, 0, cmd_print },
	{ "order-cancel", "X", N_("Cancel"),
	    N_("Close an order that was not shipped"), PERM_ORDER_CANCEL, 0,
	    cmd_cancel },
	{ "order-reopen", "R", N_("Un-cancel"),
	    N_("Open an order again that was cancelled here"),
	    PERM_ORDER_CANCEL, 0, cmd_reopen },
	{ "order-merge", "M", N_("Merge"),
	    N_("Send this order in one parcel with others of its buyer"),
	    PERM_ORDER_EDIT, 0, cmd_merge },
	{ "order-unmerge", "U", N_("Unmerge"),
	    N_("Send this order in a parcel of its own again"), PERM_ORDER_EDIT,
	    0, cmd_unmerge },
	{ "order-split", "T", N_("Split"),
	    N_("Send this order in two parcels, or in one again"),
	    PERM_ORDER_EDIT, 0, cmd_split },
	{ "order-agent", "s", N_("Agent"), N_("Say whose sale it is"),
	    PERM_ORDER_EDIT, 0, cmd_agent },
	{ "order-route", "w", N_("Warehouse"),
	    N_("Choose anew the warehouse that the order goes from"),
	    PERM_WAVE_MAKE, 0, cmd_route },
	{ "order-courier", "K", N_("Courier"), N_("Say by whom it goes"),
	    PERM_ORDER_EDIT, 0, cmd_courier },
	{ "order-reissue", "S", N_("Reissue"),
	    N_("Send it again for nothing, or some lines of it"),
	    PERM_ORDER_ADD, 0, cmd_reissue },
	{ "order-return", "B", N_("Came back"),
	    N_("What was shipped has come back: into stock with it"),
	    PERM_STOCK_RECEIVE, 0, cmd_return },
	{ "order-copy", "C", N_("Copy"),
	    N_("The same goods to the same hands once more"), PERM_ORDER_ADD, 0,
	    cmd_copy },
	{ "order-quotation", "o", N_("Quotation"),
	    N_("Open the quotation that became this order"), PERM_ORDER_VIEW, 0,
	    cmd_quotation },
	{ "contact-reveal", "v", N_("Reveal"),
	    N_("Read the masked name, phone and address; that is recorded"),
	    PERM_CONTACT_REVEAL, 0, cmd_reveal },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_order = {
	.name = "order",
	.title = N_("Order"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct card_state),
	.open = open_order,
	.close = close_order,
	.refresh = refresh,
	.key = key_order,
	.draw = draw_order,
	.label = label,
};
