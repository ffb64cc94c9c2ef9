/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "../purchasing/supplier_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One slip with its lines. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 16, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Bin"), 10, 1, 0, 0, 0 },
	{ N_("Qty"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Value"), 11, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("On hand"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_move *m = row;

	switch (col) {
	case 0:
		copy_text(buf, size, m->sku_code);
		break;
	case 1:
		copy_text(buf, size, m->name);
		break;
	case 2:
		copy_text(buf, size, m->bin);
		break;
	case 3:
		show_signed(buf, size, m->qty);
		break;
	case 4:
		show_money_or_none(buf, size, m->value);
		break;
	case 5:
		if (m->on_hand_after < 0)
			*style = STYLE_BAD;
		show_count(buf, size, m->on_hand_after);
		break;
	}
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stock_move),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct stock_slip *
own(const struct screen *sc)
{
	return card_own(sc);
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "bin", "qty", "value",
	"on_hand_after" };

static const struct list_kind kind = {
	.record = "ledger",
	.fields = fields,
};

static void
known(struct facts *f, const char *label, const char *value, enum style style)
{
	if (value[0] != '\0')
		fact(f, label, value, style);
}

/* Returns the lines it took. */
static int
draw_facts(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct stock_slip *l = own(sc);
	const char *labels[] = { _("Warehouse"), _("Supplier"), _("Reason"),
		_("Written at"), _("Order no."), _("Purchase order"),
		_("Transfer"), _("Stocktake"), _("Takes back"),
		_("Taken back by"), _("Value"), _("Freight"), NULL };
	char buf[128], when[64];
	struct facts f;
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, l->slip_no) + 2;
	canvas_text(
	    c, r.y, x, r.x + r.w - x, STYLE_ACCENT, stock_kind_text(l->kind));
	facts_begin(&f, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w }, labels);
	snprintf(buf, sizeof(buf), "%s  %s",
	    show_moment(when, sizeof(when), l->at), l->staff);
	fact(&f, _("Written at"), buf, STYLE_TEXT);
	fact(&f, _("Warehouse"), l->warehouse, STYLE_TEXT);
	known(&f, _("Supplier"), l->supplier, STYLE_TEXT);
	known(&f, _("Reason"), l->reason, STYLE_TEXT);
	known(&f, _("Order no."), l->order_no, STYLE_TEXT);
	known(&f, _("Purchase order"), l->purchase_no, STYLE_TEXT);
	known(&f, _("Transfer"), l->transfer_no, STYLE_TEXT);
	known(&f, _("Stocktake"), l->count_no, STYLE_TEXT);
	known(&f, _("Takes back"), l->reverses, STYLE_WARN);
	known(&f, _("Taken back by"), l->reversed, STYLE_WARN);
	if (session_may(session_of(sc), PERM_COST_VIEW)) {
		known(&f, _("Value"),
		    show_money_or_none(buf, sizeof(buf), l->value), STYLE_TEXT);
		known(&f, _("Freight"),
		    show_money_or_none(buf, sizeof(buf), l->freight),
		    STYLE_TEXT);
	}
	return f.y - r.y;
}

/* What came from a supplier, or went there, is of an order, too. */
static bool
is_purchase(const struct stock_slip *l)
{
	return l->purchase_no[0] != '\0' &&
	       (strcmp(l->kind, "receipt") == 0 ||
		   strcmp(l->kind, "supplier") == 0);
}

/* Freight goes on those. */
static bool
is_standing_receipt(const struct stock_slip *l)
{
	return strcmp(l->kind, "receipt") == 0 && l->reverses[0] == '\0' &&
	       l->reversed[0] == '\0';
}

int
act_slip_reverse(struct screen *sc, const struct stock_slip *l)
{
	int (*reverse)(struct session * s, int64_t slip_id, const char *reason,
	    int64_t *counter_id) =
	    is_purchase(l) ? receipt_reverse : stock_reverse;
	char no[32], reason[200] = "";
	int64_t id = l->id, counter;
	int rc;

	copy_text(no, sizeof(no), l->slip_no);
	if (!ui_ask(
		sc->ui, _("Why is it taken back?"), reason, sizeof(reason)) ||
	    !ui_confirm(sc->ui, _("Take back"),
		_("Take slip %s back? A counter-slip is written."), no))
		return 0;
	rc = reverse(session_of(sc), id, reason, &counter);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("Slip %s is taken back."), no);
	return 1;
}

static int
cmd_reverse(struct screen *sc)
{
	int rc = act_slip_reverse(sc, own(sc));

	return rc <= 0 ? rc : card_refresh(sc);
}

static int
cmd_send_back(struct screen *sc)
{
	int64_t purchase_id;
	int rc = slip_purchase(sc, own(sc), &purchase_id);

	if (rc < 0 || purchase_id == 0)
		return rc;
	rc = act_send_back(sc, purchase_id);
	return rc <= 0 ? rc : card_refresh(sc);
}

/* --- freight that was billed after the goods came --- */

struct freight {
	int64_t freight;
	char reason[200];
};
struct adding {
	struct session *s;
	int64_t receipt_id, slip_id, expense;
};

/* clang-format off */
static const struct field freight_fields[] = {
	{ FIELD_NUM(struct freight, freight, FIELD_MONEY, N_("Freight"),
	      FIELD_REQUIRED), .hint = N_("yuan") },
	{ FIELD_CHARS(struct freight, reason, FIELD_TEXT, N_("Reason"),
	      FIELD_REQUIRED) },
	{ .name = NULL },
};
/* clang-format on */

static int
add_freight(void *arg, const void *record)
{
	const struct freight *f = record;
	struct adding *a = arg;

	return stock_freight(a->s, a->receipt_id, f->freight, f->reason,
	    &a->slip_id, &a->expense);
}

static int
cmd_freight(struct screen *sc)
{
	struct adding a = { .s = session_of(sc), .receipt_id = own(sc)->id };
	struct freight f = { .freight = 0 };
	char amount[MONEY_SIZE], expense[MONEY_SIZE], no[32];
	int rc;

	copy_text(no, sizeof(no), own(sc)->slip_no);
	rc = ui_form(sc->ui, _("Freight that was billed later"), freight_fields,
	    &f, add_freight, &a);
	if (rc <= 0)
		return rc;
	money_show(f.freight, amount);
	if (a.expense != 0)
		ui_say(sc->ui,
		    _("%s: freight of %s; %s of it is an expense, as goods are "
		      "gone."),
		    no, amount, money_show(a.expense, expense));
	else
		ui_say(sc->ui, _("%s: freight of %s is on the goods."), no,
		    amount);
	return card_refresh(sc);
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, own(sc)->id, print_stock_slip);
}

static int
cmd_labels(struct screen *sc)
{
	return act_print_by_id(sc, own(sc)->id, print_receipt_labels);
}

/* Labels are for what came in. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (strcmp(cmd->name, "slip-labels") == 0)
		return own(sc)->qty > 0 ? cmd->label : NULL;
	if (cmd->run == cmd_reverse)
		return own(sc)->reversed[0] == '\0' ? cmd->label : NULL;
	if (cmd->run == cmd_freight)
		return is_standing_receipt(own(sc)) ? cmd->label : NULL;
	if (cmd->run == cmd_send_back)
		return is_purchase(own(sc)) && own(sc)->qty > 0 &&
			       own(sc)->reversed[0] == '\0'
			   ? cmd->label
			   : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "slip-print", "P", N_("Print"), N_("The slip, to be signed"),
	    PERM_STOCK_VIEW, 0, cmd_print },
	{ "slip-labels", "L", N_("Tags"),
	    N_("Print a label for each piece that came in"), PERM_STOCK_VIEW, 0,
	    cmd_labels },
	{ "slip-reverse", "R", N_("Take back"),
	    N_("Reverse this slip by a counter-slip"), PERM_STOCK_ADJUST, 0,
	    cmd_reverse },
	{ "slip-freight", "F", N_("Freight"),
	    N_("Put freight that was billed later on the goods of this "
	       "receipt"),
	    PERM_STOCK_ADJUST, 0, cmd_freight },
	{ "slip-send-back", "b", N_("Send back"),
	    N_("Send goods of this receipt back to the supplier"),
	    PERM_PURCHASE_ORDER, 0, cmd_send_back },
	{ .name = NULL },
};

static const struct card_kind card = {
	.get = slip_get,
	.lines = slip_moves,
	.facts = draw_facts,
	.list = &kind,
	.source = &source,
	.view = "slip",
};

static int
open_slip(struct screen *sc, const void *arg)
{
	const struct slip_arg *a = arg;

	return card_open(sc, &card, a->id);
}

const struct screen_ops screen_slip = {
	.name = "slip",
	.title = N_("Stock slip"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct card),
	.open = open_slip,
	.close = card_close,
	.refresh = card_refresh,
	.key = list_key,
	.draw = card_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
