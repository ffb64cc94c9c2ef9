/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "card.h"
#include "invoice.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* One supplier's invoice: ordered, came, invoiced, side by side. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 10, 3, 3, COLUMN_ENDS, 0 },
	{ N_("Ordered qty"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Arrived"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Invoiced"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 0, COLUMN_RIGHT, 0 },
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
	if (col == 0)
		copy_text(buf, size, l->sku_code);
	else if (col == 1)
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

static const struct invoice *
own(const struct screen *sc)
{
	return card_own(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct invoice *v = own(sc);
	char text[300];

	snprintf(text, sizeof(text), "%s · %s · %s · %s", v->entry_no,
	    v->company, v->invoice_no, invoice_state_text(v->state));
	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, text);
}

static int
cmd_order(struct screen *sc)
{
	const struct invoice_line *l = list_row(sc);

	if (l->line_no == 0)
		return 0;
	return ui_open(
	    sc->ui, "purchase", &(struct purchase_arg){ .id = l->purchase_id });
}

static const struct list_kind kind = {
	.enter = cmd_order,
	.head = head,
};

static int
draw_words(const struct invoice *v, struct canvas *c, struct rect r)
{
	const char *labels[] = { _("Total"), _("Due on"), _("Approved by"),
		_("Note"), _("Reason"), NULL };
	char buf[200], a[MONEY_SIZE], b[MONEY_SIZE], d[MONEY_SIZE], when[64];
	struct facts f;

	facts_begin(&f, c, r, labels);
	snprintf(buf, sizeof(buf), _("%s with freight %s and tax %s"),
	    money_show(v->total, a), money_show(v->freight, b),
	    money_show(v->tax, d));
	fact(&f, _("Total"), buf, STYLE_TEXT);
	snprintf(buf, sizeof(buf), _("%s, paid %s, open %s"),
	    day_text(time_day(v->due_at), when), money_show(v->paid, a),
	    money_show(v->open, b));
	fact(&f, _("Due on"), buf, v->overdue ? STYLE_BAD : STYLE_TEXT);
	if (v->approved_at != 0) {
		snprintf(buf, sizeof(buf), "%s %s", v->approved_by,
		    show_when(when, sizeof(when), v->approved_at));
		fact(&f, _("Approved by"), buf, STYLE_TEXT);
	}
	if (v->note[0] != '\0')
		fact_wrap(&f, _("Note"), v->note, STYLE_TEXT, 2);
	if (v->reason[0] != '\0')
		fact_wrap(&f, _("Reason"), v->reason, STYLE_WARN, 2);
	return f.y - r.y;
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct invoice_line *l = list_row(sc);
	int used;

	if (own(sc) == NULL)
		return;
	used =
	    draw_words(own(sc), c, (struct rect){ r.y, r.x + 1, r.h, r.w - 2 });
	used++;
	if (used + 6 >= r.h)
		return;
	list_draw(sc, c, (struct rect){ r.y + used, r.x, r.h - used - 3, r.w });
	if (l != NULL && l->differs[0] != '\0')
		canvas_wrap(c,
		    (struct rect){ r.y + r.h - 2, r.x + 3, 2, r.w - 6 },
		    STYLE_WARN, l->differs);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct invoice *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : card_refresh(sc);
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
cmd_history(struct screen *sc)
{
	return open_history(
	    sc, "purchase_invoice", own(sc)->id, own(sc)->entry_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return invoice_label(cmd, own(sc));
}

static const struct cmd cmds[] = {
	{ "invoice-order", "Enter v", N_("See order"),
	    N_("The order that the line is of"), PERM_PURCHASE_VIEW,
	    CMD_NEEDS_ROW, cmd_order },
	{ "invoice-approve", "A", N_("Approve"), N_("Let it be paid"),
	    PERM_PURCHASE_PAY, 0, cmd_approve },
	{ "invoice-pay", "p", N_("Pay"), N_("Pay it, or a part of it"),
	    PERM_PURCHASE_PAY, 0, cmd_pay },
	{ "invoice-back", "X", N_("Take back"), N_("Take it back"),
	    PERM_PURCHASE_PAY, 0, cmd_back },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

static const struct card_kind card = {
	.get = invoice_get,
	.lines = invoice_lines,
	.list = &kind,
	.source = &source,
	.view = "invoice-lines",
};

static int
open_card(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;

	return card_open(sc, &card, a->id);
}

const struct screen_ops screen_invoice = {
	.name = "invoice",
	.title = N_("Supplier's invoice"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct card),
	.open = open_card,
	.close = card_close,
	.refresh = card_refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
