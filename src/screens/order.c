/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "order_view.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* One order whole. */

enum card_tab { CARD_LINES, CARD_PARCELS, CARD_HOLDS, CARD_HISTORY, CARD_MAX };

struct state {
	int64_t id;
	bool loaded;
	struct order_card card;
	enum card_tab tab;
	struct table *table[CARD_MAX];
};

/* clang-format off */
static const struct column line_columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ N_("Items"), 18, 6, 0, COLUMN_ENDS, 0 },
	{ N_("SKU"), 10, 2, 0, 0, 0 },
	{ N_("Qty"), 5, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Paid"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Bin"), 8, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column parcel_columns[] = {
	{ N_("Waybill no."), 18, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Courier"), 12, 1, 0, 0, 0 },
	{ N_("Weight"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Shipped at"), 19, 0, 0, 0, 0 },
	{ N_("Packer"), 8, 1, 1, 0, 0 },
	{ N_("Slip"), 10, 0, 3, 0, 0 },
	{ .title = NULL },
};
static const struct column hold_columns[] = {
	{ N_("Reason"), 14, 1, 0, 0, 0 },
	{ N_("Since"), 11, 0, 0, 0, 0 },
	{ N_("By"), 8, 0, 2, 0, 0 },
	{ N_("Note"), 20, 3, 1, 0, 0 },
	{ N_("Cleared"), 11, 0, 0, 0, 0 },
	{ N_("Cleared by"), 10, 0, 3, 0, 0 },
	{ .title = NULL },
};
static const struct column history_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Who"), 8, 1, 0, 0, 0 },
	{ N_("Action"), 14, 1, 0, 0, 0 },
	{ N_("Detail"), 10, 5, 1, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
line_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_line *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size, l->variant_id == 0 ? "!" : "");
		*style = STYLE_BAD;
		break;
	case 1:
		if (l->variant_id != 0)
			copy_text(buf, size, l->variant_name);
		else
			snprintf(buf, size, "%s %s", l->title, l->attrs);
		break;
	case 2:
		copy_text(buf, size,
		    l->variant_id != 0 ? l->sku_code : _("not mapped"));
		if (l->variant_id == 0)
			*style = STYLE_BAD;
		break;
	case 3:
		show_count(buf, size, l->qty);
		break;
	case 4:
		show_money(buf, size, l->price);
		break;
	case 5:
		show_money_or_none(buf, size, l->paid);
		break;
	case 6:
		if (l->variant_id != 0)
			show_count(buf, size, l->available);
		if (l->available < 0)
			*style = STYLE_WARN;
		break;
	case 7:
		copy_text(buf, size, l->bin);
		break;
	}
}

static void
parcel_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_parcel *p = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, p->waybill_no);
		break;
	case 1:
		copy_text(buf, size, p->courier);
		break;
	case 2:
		show_weight(buf, size, p->weight);
		break;
	case 3:
		show_moment(buf, size, p->shipped_at);
		break;
	case 4:
		copy_text(buf, size, p->packer);
		break;
	case 5:
		copy_text(buf, size, p->slip_no);
		break;
	}
}

static void
hold_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_hold *h = row;

	if (h->cleared_at == 0)
		*style = STYLE_BAD;
	switch (col) {
	case 0:
		copy_text(buf, size, order_hold_text(h->reason));
		break;
	case 1:
		show_when(buf, size, h->at);
		break;
	case 2:
		copy_text(buf, size, h->staff);
		break;
	case 3:
		copy_text(buf, size, h->note);
		break;
	case 4:
		if (h->cleared_at != 0)
			show_when(buf, size, h->cleared_at);
		else
			copy_text(buf, size, _("open"));
		break;
	case 5:
		copy_text(buf, size, h->cleared_by);
		break;
	}
}

/* The rows that the card holds, to a table's own page. */

static int
fetch_lines(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct order_line *last = from;
	struct order_line *l;
	size_t i;

	page_init(out, sizeof(*l), st->card.lines.n);
	for (i = 0; i < st->card.lines.n; i++) {
		l = page_add(out);
		*l = *(const struct order_line *)page_row(&st->card.lines, i);
		l->title = arena_strdup(&out->arena, l->title);
		l->attrs = arena_strdup(&out->arena, l->attrs);
		l->sku_code = arena_strdup(&out->arena, l->sku_code);
		l->variant_name = arena_strdup(&out->arena, l->variant_name);
		l->listing_sku = arena_strdup(&out->arena, l->listing_sku);
		l->bin = arena_strdup(&out->arena, l->bin);
	}
	page_window(out, dir, last != NULL ? last->line_no : 0, limit);
	return 0;
}

static int
fetch_parcels(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct order_parcel *last = from;
	struct order_parcel *p;
	size_t i;

	page_init(out, sizeof(*p), st->card.parcels.n);
	for (i = 0; i < st->card.parcels.n; i++) {
		p = page_add(out);
		*p = *(const struct order_parcel *)page_row(
		    &st->card.parcels, i);
		p->waybill_no = arena_strdup(&out->arena, p->waybill_no);
		p->courier = arena_strdup(&out->arena, p->courier);
		p->packer = arena_strdup(&out->arena, p->packer);
		p->slip_no = arena_strdup(&out->arena, p->slip_no);
	}
	page_window(out, dir, last != NULL ? last->id : 0, limit);
	return 0;
}

static int
fetch_holds(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct order_hold *last = from;
	struct order_hold *h;
	size_t i;

	page_init(out, sizeof(*h), st->card.holds.n);
	for (i = 0; i < st->card.holds.n; i++) {
		h = page_add(out);
		*h = *(const struct order_hold *)page_row(&st->card.holds, i);
		h->reason = arena_strdup(&out->arena, h->reason);
		h->note = arena_strdup(&out->arena, h->note);
		h->staff = arena_strdup(&out->arena, h->staff);
		h->cleared_by = arena_strdup(&out->arena, h->cleared_by);
	}
	page_window(out, dir, last != NULL ? last->id : 0, limit);
	return 0;
}

static int
fetch_history(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return audit_page(
	    session_of(sc), "order", st->id, dir, from, limit, out);
}

static const struct {
	const char *label;
	struct table_source source;
} tabs[CARD_MAX] = {
	[CARD_LINES] = { N_("Items"),
	    { line_columns, sizeof(struct order_line), fetch_lines, list_row_id,
		line_cell, N_("The file with the items is not imported yet."),
		NULL } },
	[CARD_PARCELS] = { N_("Parcels"),
	    { parcel_columns, sizeof(struct order_parcel), fetch_parcels,
		list_row_id, parcel_cell,
		N_("No parcel yet. p packs the order."), NULL } },
	[CARD_HOLDS] = { N_("Holds"),
	    { hold_columns, sizeof(struct order_hold), fetch_holds, list_row_id,
		hold_cell, N_("The order was never on hold."), NULL } },
	[CARD_HISTORY] = { N_("History"),
	    { history_columns, sizeof(struct audit_row), fetch_history,
		list_row_id, order_history_cell,
		N_("Nothing was done by hand yet."), NULL } },
};

static int
load(struct screen *sc)
{
	struct state *st = sc->state;
	struct order_card card;
	int rc;

	rc = order_card(session_of(sc), st->id, &card);
	if (rc < 0)
		return rc;
	if (st->loaded)
		order_card_free(&st->card);
	st->card = card;
	st->loaded = true;
	return 0;
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc, i;

	rc = load(sc);
	for (i = 0; rc == 0 && i < CARD_MAX; i++)
		rc = table_reload(st->table[i]);
	return rc;
}

static void
close_order(struct screen *sc)
{
	struct state *st = sc->state;
	int i;

	if (st->loaded)
		order_card_free(&st->card);
	for (i = 0; i < CARD_MAX; i++)
		table_free(st->table[i]);
}

static int
open_order(struct screen *sc, const void *arg)
{
	const struct order_arg *a = arg;
	struct state *st = sc->state;
	int rc, i;

	st->id = a->id;
	st->tab = CARD_LINES;
	rc = load(sc);
	for (i = 0; rc == 0 && i < CARD_MAX; i++) {
		st->table[i] = table_new(&tabs[i].source, sc);
		rc = table_reload(st->table[i]);
	}
	return rc;
}

/* The newest of the history is what one looks for there. */
static int
turn_to(struct state *st, unsigned tab)
{
	st->tab = (enum card_tab)(tab % CARD_MAX);
	return st->tab == CARD_HISTORY ? table_end(st->table[st->tab], false)
				       : 0;
}

static int
key_order(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
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

static void
draw_order(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
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
	in.y += 1 + draw_order_facts(c, in, &st->card) + 1;
	for (i = 0; i < CARD_MAX; i++)
		words[i] = (struct tab){ _(tabs[i].label), -1 };
	words[CARD_LINES].n = (int64_t)st->card.lines.n;
	words[CARD_PARCELS].n = (int64_t)st->card.parcels.n;
	words[CARD_HOLDS].n = (int64_t)st->card.holds.n;
	draw_tabs(c, in.y, in.x, in.w, words, CARD_MAX, st->tab);
	table_draw(st->table[st->tab], c,
	    (struct rect){ in.y + 1, r.x, bottom - in.y - 1, r.w });
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct order *))
{
	struct state *st = sc->state;
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
cmd_pack(struct screen *sc)
{
	struct state *st = sc->state;

	return act_pack(sc, &st->card.order);
}

/* The item one is on, if it has no product; else the first such. */
static int
cmd_map(struct screen *sc)
{
	struct state *st = sc->state;
	const struct order_line *l = table_selected(st->table[CARD_LINES]);
	struct map_arg arg;

	if (st->tab != CARD_LINES || l == NULL || l->variant_id != 0)
		return act_map(sc, &st->card.order);
	arg = (struct map_arg){
		.listing_id = l->listing_id,
		.title = l->title,
		.attrs = l->attrs,
		.code = l->listing_sku,
	};
	return ui_open(sc->ui, "map", &arg);
}

static int
cmd_customer(struct screen *sc)
{
	struct state *st = sc->state;
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
	struct state *st = sc->state;

	return turn_to(st, st->tab + 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	struct state *st = sc->state;

	return turn_to(st, st->tab + CARD_MAX - 1);
}

static int
cmd_reveal(struct screen *sc)
{
	struct state *st = sc->state;

	return act_reveal(sc, "order", st->id);
}

static int
cmd_history(struct screen *sc)
{
	struct state *st = sc->state;

	return open_history(sc, "order", st->id, st->card.order.order_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	struct state *st = sc->state;

	if (cmd->run == cmd_reveal)
		return may_reveal(sc) ? cmd->label : NULL;

	return act_label(cmd, st->loaded ? &st->card.order : NULL);
}

static const struct cmd cmds[] = {
	{ "order-pack", "p", N_("Pack"), N_("Pack this order"), PERM_ORDER_SHIP,
	    0, cmd_pack },
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
	{ "order-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next part of the card; the digits go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "order-prev-tab", "Shift-Tab Left", NULL,
	    N_("The part of the card before"), PERM_NONE, 0, cmd_prev_tab },
	{ "order-customer", "b", N_("Buyer"),
	    N_("See the buyer's other orders"), PERM_CUSTOMER_VIEW, 0,
	    cmd_customer },
	{ "order-cancel", "X", N_("Cancel"),
	    N_("Close an order that was not shipped"), PERM_ORDER_CANCEL, 0,
	    cmd_cancel },
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
	.size = sizeof(struct state),
	.open = open_order,
	.close = close_order,
	.refresh = refresh,
	.key = key_order,
	.draw = draw_order,
	.label = label,
};
