/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "invoice.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* One supplier's invoice: ordered, came, invoiced, side by side; and what was
 * paid of it. */

struct state {
	struct card card;
	bool pays; /* the other tab */
	struct invoice_freight freight;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 10, 3, 3, COLUMN_ENDS, 0 },
	{ N_("Ordered qty"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Arrived"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Invoiced"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Invoiced at"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Before"), 7, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Differs"), 12, 5, 1, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
number_cell(const struct invoice_line *l, int col, char *buf, size_t size)
{
	if (l->line_no == 0 && (col == 3 || col == 7))
		return;
	if (col == 5 || col == 6)
		show_money_or_none(
		    buf, size, col == 5 ? l->order_price : l->price);
	else if (l->line_no != 0 || col == 4)
		show_count(buf, size,
		    col == 2   ? l->ordered
		    : col == 3 ? l->received - l->returned
		    : col == 4 ? l->qty
			       : l->before);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct invoice_line *l = row;

	if (l->differs[0] != '\0')
		*style = STYLE_WARN;
	if (col == 0) /* the freight has none, and a name */
		copy_text(buf, size, l->line_no != 0 ? l->sku_code : l->name);
	else if (col == 1 && l->line_no != 0)
		copy_text(buf, size, l->name);
	else if (col == 8)
		copy_text(buf, size, l->differs);
	else
		number_cell(l, col, buf, size);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct invoice_line),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = cell,
};

static int
fetch_pays(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct supplier_pay_filter f = { .invoice_id = st->card.id };

	return supplier_payment_page(session_of(sc), &f, dir, from, limit, out);
}

static const struct table_source pay_source = {
	.columns = supplier_pay_columns,
	.row_size = sizeof(struct supplier_payment),
	.fetch = fetch_pays,
	.id = list_row_id,
	.cell = supplier_pay_cell,
	.empty = N_("Nothing of it is paid."),
};

static const struct invoice *
own(const struct screen *sc)
{
	return card_own(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = { { _("Lines"), -1 },
		{ _("Its payments"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->pays);
}

static int
cmd_order(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct invoice_line *l = list_row(sc);

	if (st->pays || l->line_no == 0)
		return 0;
	return ui_open(
	    sc->ui, "purchase", &(struct purchase_arg){ .id = l->purchase_id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "ordered", "received",
	"qty", "order_price", "price", "before", "differs" };

static const struct list_kind kind = {
	.record = "invoice_lines",
	.fields = fields,
	.enter = cmd_order,
	.head = head,
};
static const struct list_kind pay_kind = {
	.record = "purchase_payments",
	.fields = supplier_pay_fields,
	.head = head,
};

static void
money_facts(struct facts *f, const struct invoice *v)
{
	char buf[200], a[MONEY_SIZE], b[MONEY_SIZE], d[MONEY_SIZE], when[64];

	snprintf(buf, sizeof(buf), _("%s with freight %s and tax %s"),
	    money_show(v->total, a), money_show(v->freight, b),
	    money_show(v->tax, d));
	fact(f, _("Total"), buf, STYLE_TEXT);
	snprintf(buf, sizeof(buf), _("%s, paid %s, open %s"),
	    day_text(time_day(v->due_at), when), money_show(v->paid, a),
	    money_show(v->open, b));
	fact(f, _("Due on"), buf, v->overdue ? STYLE_BAD : STYLE_TEXT);
}

/* What its goods do not carry, or carry too much. */
static void
freight_fact(struct facts *f, int64_t open)
{
	char buf[200], money[MONEY_SIZE];

	if (open == 0)
		return;
	if (open > 0)
		snprintf(buf, sizeof(buf),
		    _("%s are not on the goods yet; F puts them there"),
		    money_show(open, money));
	else
		snprintf(buf, sizeof(buf),
		    _("%s too much are on the goods; F takes them off"),
		    money_show(-open, money));
	fact(f, _("Freight"), buf, STYLE_WARN);
}

/* Returns the lines it took. */
static int
draw_facts(struct screen *sc, struct canvas *c, struct rect r)
{
	const char *labels[] = { _("Total"), _("Due on"), _("Entered by"),
		_("Approved by"), _("Freight"), _("Note"), _("Reason"), NULL };
	const struct state *st = sc->state;
	const struct invoice *v = own(sc);
	char buf[200], when[64];
	struct facts f;

	snprintf(buf, sizeof(buf), "%s · %s · %s · %s", v->entry_no,
	    invoice_state_text(v->state), v->invoice_no, v->company);
	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, buf);
	facts_begin(&f, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w }, labels);
	money_facts(&f, v);
	snprintf(buf, sizeof(buf), "%s %s", v->staff,
	    show_when(when, sizeof(when), v->at));
	fact(&f, _("Entered by"), buf, STYLE_TEXT);
	if (v->approved_at != 0) {
		snprintf(buf, sizeof(buf), "%s %s", v->approved_by,
		    show_when(when, sizeof(when), v->approved_at));
		fact(&f, _("Approved by"), buf, STYLE_TEXT);
	}
	freight_fact(&f, st->freight.open);
	if (v->note[0] != '\0')
		fact_wrap(&f, _("Note"), v->note, STYLE_TEXT, 2);
	if (v->reason[0] != '\0')
		fact_wrap(&f, _("Reason"), v->reason, STYLE_WARN, 2);
	return f.y - r.y;
}

/* Beneath the lines stands what differs in the one that is selected. */
static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct invoice_line *l = st->pays ? NULL : list_row(sc);

	card_draw(sc, c, (struct rect){ r.y, r.x, r.h - 2, r.w });
	if (l != NULL && l->differs[0] != '\0')
		canvas_wrap(c,
		    (struct rect){ r.y + r.h - 2, r.x + 3, 2, r.w - 6 },
		    STYLE_WARN, l->differs);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = card_refresh(sc);

	return rc < 0
		   ? rc
		   : invoice_freight(session_of(sc), st->card.id, &st->freight);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct invoice *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_approve(struct screen *sc)
{
	return act(sc, act_invoice_approve);
}

static int
cmd_pay(struct screen *sc)
{
	return act(sc, act_invoice_pay);
}

static int
cmd_back(struct screen *sc)
{
	return act(sc, act_invoice_back);
}

static int
cmd_freight(struct screen *sc)
{
	return act(sc, act_invoice_freight);
}

/* One of its payments. */
static int
cmd_unpay(struct screen *sc)
{
	int rc = act_unpay(sc, list_row(sc));

	return rc <= 0 ? rc : refresh(sc);
}

static int
cmd_history(struct screen *sc)
{
	return open_history(
	    sc, "purchase_invoice", own(sc)->id, own(sc)->entry_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;
	const struct supplier_payment *p = st->pays ? list_row(sc) : NULL;

	if (cmd->run == cmd_order)
		return st->pays ? NULL : cmd->label;
	if (cmd->run == cmd_freight)
		return st->freight.open != 0 ? cmd->label : NULL;
	if (cmd->run == cmd_unpay)
		return p != NULL && p->reversed[0] == '\0' &&
			       p->reverses[0] == '\0'
			   ? cmd->label
			   : NULL;
	return invoice_label(cmd, own(sc));
}

static int cmd_tab(struct screen *sc);

static const struct cmd cmds[] = {
	{ "invoice-order", "Enter v", N_("See order"),
	    N_("The order that the line is of"), PERM_PURCHASE_VIEW,
	    CMD_NEEDS_ROW, cmd_order },
	{ "invoice-approve", "A", N_("Approve"), N_("Let it be paid"),
	    PERM_PURCHASE_PAY, 0, cmd_approve },
	{ "invoice-pay", "p", N_("Pay"), N_("Pay it, or a part of it"),
	    PERM_PURCHASE_PAY, 0, cmd_pay },
	{ "invoice-freight", "F", N_("Freight"),
	    N_("Put the freight that no receipt carried on the goods"),
	    PERM_PURCHASE_PAY, 0, cmd_freight },
	{ "invoice-unpay", "u", N_("Unpay"),
	    N_("Take a payment back by a counter-entry"), PERM_PURCHASE_PAY,
	    CMD_NEEDS_ROW, cmd_unpay },
	{ "invoice-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("Its lines, or what was paid of it"), PERM_NONE, 0, cmd_tab },
	{ "invoice-back", "X", N_("Take back"), N_("Take it back"),
	    PERM_PURCHASE_ORDER, 0, cmd_back },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

static const struct card_kind cards[] = {
	{ invoice_get, invoice_lines, draw_facts, &kind, &source,
	    "invoice-lines" },
	{ invoice_get, NULL, draw_facts, &pay_kind, &pay_source,
	    "invoice-payments" },
};

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->pays = !st->pays;
	return card_turn(sc, &cards[st->pays]);
}

static int
open_card(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;
	int rc = card_open(sc, &cards[0], a->id);

	return rc < 0 ? rc : refresh(sc);
}

const struct screen_ops screen_invoice = {
	.name = "invoice",
	.title = N_("Supplier's invoice"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_card,
	.close = card_close,
	.refresh = refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
