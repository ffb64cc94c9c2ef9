/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "invoice.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* One order to a supplier: what it says, its lines, and what was ordered and
 * changed. */

struct state {
	struct card card;
	bool changes; /* the other tab */
};

/* clang-format off */
static const struct column line_columns[] = {
	{ N_("Line"), 4, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 14, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Their code"), 10, 1, 6, 0, 0 },
	{ N_("Qty"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Amount"), 11, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Arrived"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Bad"), 5, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("To come"), 7, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Invoiced"), 8, 0, 7, COLUMN_RIGHT, 0 },
	{ N_("Request no."), 13, 0, 8, 0, 0 },
	{ .title = NULL },
};
static const struct column change_columns[] = {
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 14, 3, 1, COLUMN_ENDS, 0 },
	{ N_("Qty"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Reason"), 14, 3, 0, 0, 0 },
	{ N_("Who"), 8, 1, 2, 0, 0 },
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	LINE_NO,
	LINE_SKU,
	LINE_NAME,
	LINE_CODE,
	LINE_QTY,
	LINE_PRICE,
	LINE_AMOUNT,
	LINE_RECEIVED,
	LINE_BAD,
	LINE_OPEN,
	LINE_INVOICED,
	LINE_REQUEST
};

static void
line_count(const struct purchase_line *l, int col, char *buf, size_t size,
    enum style *style)
{
	const int64_t counts[] = {
		[LINE_NO] = l->line_no,
		[LINE_QTY] = l->qty,
		[LINE_RECEIVED] = l->received,
		[LINE_BAD] = l->bad,
		[LINE_OPEN] = l->open,
		[LINE_INVOICED] = l->invoiced,
	};

	if (col == LINE_RECEIVED && l->received > l->qty)
		*style = STYLE_WARN;
	if (col == LINE_BAD && l->bad > 0)
		*style = STYLE_BAD;
	if (counts[col] != 0 || col == LINE_QTY)
		show_count(buf, size, counts[col]);
}

static void
line_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct purchase_line *l = row;

	if (l->qty == 0)
		*style = STYLE_DIM;
	switch (col) {
	case LINE_SKU:
		copy_text(buf, size, l->sku_code);
		break;
	case LINE_NAME:
		copy_text(buf, size, l->name);
		break;
	case LINE_CODE:
		copy_text(buf, size, l->code);
		break;
	case LINE_REQUEST:
		copy_text(buf, size, l->request_no);
		break;
	case LINE_PRICE:
		show_money_or_none(buf, size, l->price);
		break;
	case LINE_AMOUNT:
		show_money_or_none(buf, size, l->amount);
		break;
	default:
		line_count(l, col, buf, size, style);
		break;
	}
}

static void
change_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct purchase_change *h = row;

	switch (col) {
	case 0:
		copy_text(buf, size, h->sku_code);
		break;
	case 1:
		copy_text(buf, size, h->name);
		break;
	case 2:
		if (h->qty < 0)
			*style = STYLE_WARN;
		show_signed(buf, size, h->qty);
		break;
	case 3:
		show_money_or_none(buf, size, h->price);
		break;
	case 4:
		copy_text(buf, size, h->reason);
		break;
	case 5:
		copy_text(buf, size, h->staff);
		break;
	case 6:
		show_when(buf, size, h->at);
		break;
	}
}

static const struct table_source line_source = {
	.columns = line_columns,
	.row_size = sizeof(struct purchase_line),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = line_cell,
	.empty = N_("No lines yet. a adds a product."),
};
static const struct table_source change_source = {
	.columns = change_columns,
	.row_size = sizeof(struct purchase_change),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = change_cell,
	.empty = N_("It is not ordered yet."),
};

static const struct purchase *
own(const struct screen *sc)
{
	return card_own(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = { { _("Lines"), own(sc)->lines },
		{ _("Ordered and changed"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->changes);
}

static int cmd_edit_line(struct screen *sc);

/* What files tell of the columns. */
static const char *const line_fields[] = { "line_no", "sku_code", "name",
	"code", "qty", "price", "amount", "received", "bad", "open", "invoiced",
	"request_no" };

static const struct list_kind line_kind = {
	.record = "purchase_lines",
	.fields = line_fields,
	.enter = cmd_edit_line,
	.head = head,
};
/* What files tell of the columns. */
static const char *const change_fields[] = { "sku_code", "name", "qty", "price",
	"reason", "staff", "at" };

static const struct list_kind change_kind = {
	.record = "purchase_changes",
	.fields = change_fields,
	.head = head,
};

#define LABELS \
	{ \
		_("Supplier"), _("Warehouse"), _("Expected"), _("Ordered"), \
		    _("Goods total"), _("Freight"), _("Arrived"), \
		    _("At the door"), _("Request no."), _("Note"), \
		    _("Reason"), NULL \
	}

static void
left_facts(struct facts *f, const struct purchase *p, bool costs)
{
	enum style style = STYLE_TEXT;
	char buf[80], n[32], all[32];

	fact(f, _("Supplier"), p->company, STYLE_STRONG);
	fact(f, _("Warehouse"), p->warehouse, STYLE_TEXT);
	purchase_due(buf, sizeof(buf), p, &style);
	if (buf[0] != '\0')
		fact(f, _("Expected"), buf, style);
	if (costs)
		fact(f, _("Goods total"),
		    show_money(buf, sizeof(buf), p->total), STYLE_TEXT);
	snprintf(buf, sizeof(buf), "%s / %s",
	    show_count(n, sizeof(n), p->received),
	    show_count(all, sizeof(all), p->pieces));
	fact(f, _("Arrived"), buf, STYLE_TEXT);
	if (p->scanned > 0) {
		snprintf(buf, sizeof(buf),
		    ngettext("%lld piece scanned, not received",
			"%lld pieces scanned, not received",
			(unsigned long)p->scanned),
		    (long long)p->scanned);
		fact(f, _("At the door"), buf, STYLE_ACCENT);
	}
}

static void
right_facts(struct facts *f, const struct purchase *p, bool costs)
{
	char buf[128], when[64];

	if (p->ordered_at != 0) {
		snprintf(buf, sizeof(buf), "%s %s",
		    show_when(when, sizeof(when), p->ordered_at),
		    p->ordered_by);
		fact(f, _("Ordered"), buf, STYLE_TEXT);
	}
	if (p->request_no[0] != '\0')
		fact(f, _("Request no."), p->request_no, STYLE_TEXT);
	if (costs && p->freight != 0)
		fact(f, _("Freight"), show_money(buf, sizeof(buf), p->freight),
		    STYLE_TEXT);
	if (p->reason[0] != '\0')
		fact(f, _("Reason"), p->reason, STYLE_WARN);
	if (p->note[0] != '\0')
		fact_wrap(f, _("Note"), p->note, STYLE_TEXT, 2);
}

/* Returns the lines it took. */
static int
draw_facts(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct purchase *p = own(sc);
	bool costs = session_may(session_of(sc), PERM_COST_VIEW);
	const char *labels[] = LABELS;
	struct rect half = r;
	struct facts f, g;
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, p->purchase_no) + 2;
	canvas_text(c, r.y, x, r.x + r.w - x,
	    p->late ? STYLE_BAD : STYLE_ACCENT, purchase_state_text(p->state));
	half.y = r.y + 1;
	half.h = r.h - 1;
	half.w = r.w / 2 - 2;
	facts_begin(&f, c, half, labels);
	left_facts(&f, p, costs);
	half.x = r.x + r.w / 2;
	half.w = r.w - r.w / 2;
	facts_begin(&g, c, half, labels);
	right_facts(&g, p, costs);
	return (f.y > g.y ? f.y : g.y) - r.y;
}

static const struct card_kind cards[] = {
	{ purchase_get, purchase_lines, draw_facts, &line_kind, &line_source,
	    "purchase-lines" },
	{ purchase_get, purchase_changes, draw_facts, &change_kind,
	    &change_source, "purchase-changes" },
};

static int
open_card(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;

	return card_open(sc, &cards[0], a->id);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->changes = !st->changes;
	return card_turn(sc, &cards[st->changes]);
}

static int
cmd_edit_line(struct screen *sc)
{
	const struct state *st = sc->state;
	int rc;

	if (st->changes)
		return 0;
	rc = act_purchase_line(sc, own(sc), list_row(sc));
	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_add_line(struct screen *sc)
{
	int rc = act_purchase_line(sc, own(sc), NULL);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct purchase *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act(sc, act_purchase_edit);
}

static int
cmd_order(struct screen *sc)
{
	return act(sc, act_purchase_order);
}

static int
cmd_receive(struct screen *sc)
{
	return ui_open(
	    sc->ui, "receive", &(struct purchase_arg){ .id = own(sc)->id });
}

static int
cmd_send_back(struct screen *sc)
{
	int rc = act_send_back(sc, own(sc)->id);

	return rc <= 0 ? rc : card_refresh(sc);
}

/* What came of it and is on no invoice yet. */
static int
cmd_invoice(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_invoice_new(sc, own(sc)->company, own(sc)->id, &id);

	if (rc < 0 || id == 0)
		return rc;
	return ui_open(sc->ui, "invoice", &(struct purchase_arg){ .id = id });
}

static int
cmd_close(struct screen *sc)
{
	return act(sc, act_purchase_close);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_purchase_cancel);
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, own(sc)->id, print_purchase);
}

static int
cmd_copy(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_purchase_copy(sc, own(sc), &id);

	if (rc < 0 || id == 0)
		return rc;
	return ui_open(sc->ui, "purchase", &(struct purchase_arg){ .id = id });
}

static int
cmd_history(struct screen *sc)
{
	return open_history(sc, "purchase", own(sc)->id, own(sc)->purchase_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_send_back || cmd->run == cmd_invoice)
		return own(sc)->received > 0 ? cmd->label : NULL;
	return purchase_label(cmd, own(sc));
}

static const struct cmd cmds[] = {
	{ "purchase-edit-line", "Enter e", N_("Edit line"),
	    N_("Change a line: pieces and price"), PERM_PURCHASE_ORDER,
	    CMD_NEEDS_ROW, cmd_edit_line },
	{ "purchase-add-line", "a", N_("Add"), N_("One more product"),
	    PERM_PURCHASE_ORDER, 0, cmd_add_line },
	{ "purchase-order", "O", N_("Order it"),
	    N_("It was sent to the supplier: its goods are on their way"),
	    PERM_PURCHASE_ORDER, 0, cmd_order },
	{ "purchase-receive", "R", N_("Receive"),
	    N_("Receive its goods by scanning"), PERM_STOCK_RECEIVE, 0,
	    cmd_receive },
	{ "purchase-invoice", "i", N_("Invoice it"),
	    N_("Enter the supplier's invoice for what came of it"),
	    PERM_PURCHASE_ORDER, 0, cmd_invoice },
	{ "purchase-edit", "E", N_("Edit"),
	    N_("Change the supplier, the day, freight, note"),
	    PERM_PURCHASE_ORDER, 0, cmd_edit },
	{ "purchase-print", "P", N_("Print"), N_("The order, for the supplier"),
	    PERM_PURCHASE_ORDER, 0, cmd_print },
	{ "purchase-send-back", "b", N_("Send back"),
	    N_("Send goods of it back to the supplier"), PERM_PURCHASE_ORDER, 0,
	    cmd_send_back },
	{ "purchase-close", "c", N_("Close"),
	    N_("What did not come is not awaited any more"),
	    PERM_PURCHASE_ORDER, 0, cmd_close },
	{ "purchase-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("The lines, or what was ordered and changed"), PERM_NONE, 0,
	    cmd_tab },
	{ "purchase-copy", "y", N_("Copy"),
	    N_("Begin the same order again, at today's prices"),
	    PERM_PURCHASE_ORDER, 0, cmd_copy },
	{ "purchase-cancel", "X", N_("Cancel"),
	    N_("Cancel it; of which nothing has come"), PERM_PURCHASE_ORDER, 0,
	    cmd_cancel },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_purchase = {
	.name = "purchase",
	.title = N_("Purchase order"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_card,
	.close = card_close,
	.refresh = card_refresh,
	.key = list_key,
	.draw = card_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
