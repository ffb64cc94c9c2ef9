/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* Goods that go back to suppliers: what is defective and whose it is, and what
 * went. */

struct state {
	struct list list;
	bool sent; /* the other tab */
	int64_t company_id;
	char company[NAME_ROOM]; /* whose; "": all */
};

/* clang-format off */
static const struct column bad_columns[] = {
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 12, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Defective"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Supplier"), 12, 2, 0, 0, 0 },
	{ N_("Purchase order"), 14, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Arrived"), 8, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Sent back"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Ordered"), 10, 0, 4, 0, 0 },
	{ N_("Warehouse"), 9, 1, 5, 0, 0 },
	{ .title = NULL },
};
static const struct column sent_columns[] = {
	{ N_("Slip no."), 11, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Supplier"), 12, 2, 0, 0, 0 },
	{ N_("Purchase order"), 14, 0, 1, 0, 0 },
	{ N_("Pieces"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Value"), 11, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Reason"), 10, 3, 0, 0, 0 },
	{ N_("Taken back"), 11, 0, 3, 0, 0 },
	{ N_("Who"), 8, 1, 4, 0, 0 },
	{ N_("Warehouse"), 9, 1, 5, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
bad_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct returnable *r = row;
	const char *const texts[] = { r->sku_code, r->name, NULL, r->company,
		r->purchase_no, NULL, NULL, NULL, NULL, r->warehouse };
	const int64_t counts[] = {
		[2] = r->defective, [5] = r->received, [6] = r->returned
	};

	if (r->purchase_id == 0)
		*style = STYLE_DIM;
	if (texts[col] != NULL)
		copy_text(buf, size, texts[col]);
	else if (col == 7)
		show_money_or_none(buf, size, r->price);
	else if (col == 8 && r->at != 0)
		show_when(buf, size, r->at);
	else if (col != 8 && (col == 2 || counts[col] != 0))
		show_count(buf, size, counts[col]);
}

static void
sent_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_slip *l = row;
	const char *const texts[] = { l->slip_no, NULL, l->supplier,
		l->purchase_no, NULL, NULL, l->reason,
		l->reversed[0] != '\0' ? l->reversed : l->reverses, l->staff,
		l->warehouse };

	if (l->reversed[0] != '\0' || l->reverses[0] != '\0')
		*style = STYLE_DIM;
	if (texts[col] != NULL)
		copy_text(buf, size, texts[col]);
	else if (col == 1)
		show_when(buf, size, l->at);
	else if (col == 4)
		show_signed(buf, size, l->qty);
	else
		show_money_or_none(buf, size, l->value);
}

static int
all_bad(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return list_window(returnable_bad(session_of(sc), st->company_id, out),
	    dir, from, limit, out);
}

static int
all_sent(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct slip_filter f = { .kind = "supplier",
		.company_id = st->company_id };

	return slip_page(session_of(sc), &f, dir, from, limit, out);
}

static const struct table_source bad_source, sent_source;

static int
fetch_bad(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &bad_source, all_bad, dir, from, limit, out);
}

static int
fetch_sent(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &sent_source, all_sent, dir, from, limit, out);
}

static const struct table_source bad_source = {
	.columns = bad_columns,
	.row_size = sizeof(struct returnable),
	.fetch = fetch_bad,
	.id = list_row_id,
	.cell = bad_cell,
};
static const struct table_source sent_source = {
	.columns = sent_columns,
	.row_size = sizeof(struct stock_slip),
	.fetch = fetch_sent,
	.id = list_row_id,
	.cell = sent_cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return st->sent ? _("Nothing was sent back yet.")
			: _("Nothing defective is here. n sends goods of an "
			    "order back.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = { { _("Defective, to go back"), -1 },
		{ _("Gone back"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->sent);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->company;
}

/* To the order that they may have come with. */
static int
send_row(struct screen *sc)
{
	const struct returnable *r = list_row(sc);
	int rc;

	if (r->purchase_id == 0) {
		ui_complain(sc->ui, "%s",
		    _("It came with no order that is known: scrap it, or take "
		      "it out, in the stock."));
		return 0;
	}
	rc = act_send_back(sc, r->purchase_id);
	return rc <= 0 ? rc : list_refresh(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct state *st = sc->state;

	if (!st->sent)
		return send_row(sc);
	return ui_open(sc->ui, "slip",
	    &(struct slip_arg){ .id = list_row_id(list_row(sc)) });
}

/* What files tell of the columns. */
static const char *const bad_fields[] = { "sku_code", "name", "defective",
	"company", "purchase_no", "received", "returned", "price", "at",
	"warehouse" };
static const char *const sent_fields[] = { "slip_no", "at", "supplier",
	"purchase_no", "quantity", "value", "reason", "reversed;reverses",
	"staff", "warehouse" };

static const struct list_kind bad_kind = {
	.record = "defects",
	.fields = bad_fields,
	.hint = N_("code, item, supplier, order"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};
static const struct list_kind sent_kind = {
	.record = "slips",
	.fields = sent_fields,
	.hint = N_("slip, supplier, reason, order, who"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
show_tab(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->sent)
		list_open(sc, &sent_kind, &sent_source, "supplier-returns");
	else
		list_open(sc, &bad_kind, &bad_source, "supplier-defects");
	return list_restart(sc);
}

static int
open_returns(struct screen *sc, const void *arg)
{
	const struct supplier_arg *a = arg;
	struct state *st = sc->state;

	if (a != NULL) {
		st->company_id = a->id;
		copy_text(st->company, sizeof(st->company), a->name);
		st->sent = true;
	}
	return show_tab(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->sent = !st->sent;
	return show_tab(sc);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = pick_supplier(sc, _("Whose goods?"), &st->company_id,
	    st->company, sizeof(st->company));

	return rc <= 0 ? rc : list_restart(sc);
}

static int
cmd_new(struct screen *sc)
{
	int rc = act_send_back_of(sc);

	return rc <= 0 ? rc : list_refresh(sc);
}

static int
cmd_back(struct screen *sc)
{
	int rc = act_slip_reverse(sc, list_row(sc));

	return rc <= 0 ? rc : list_restart(sc);
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, list_row_id(list_row(sc)), print_stock_slip);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;
	const struct stock_slip *l = st->sent ? list_row(sc) : NULL;

	if (cmd->run == cmd_open)
		return st->sent ? _("Open") : _("Send back");
	if (cmd->run == cmd_back)
		return l != NULL && l->reversed[0] == '\0' &&
			       l->reverses[0] == '\0'
			   ? cmd->label
			   : NULL;
	if (cmd->run == cmd_print)
		return st->sent ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "back-open", "Enter", N_("Send back"),
	    N_("Send back what came with the same order; of what went: its "
	       "lines"),
	    PERM_PURCHASE_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "back-new", "n", N_("New"),
	    N_("Send back goods of an order or of a receipt"),
	    PERM_PURCHASE_ORDER, 0, cmd_new },
	{ "back-reverse", "R", N_("Take back"),
	    N_("They did not go after all: a counter-slip is written"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_back },
	{ "back-print", "P", N_("Print"), N_("The slip, to be signed"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_print },
	{ "back-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("What is defective, or what went back"), PERM_NONE, 0, cmd_tab },
	{ "back-filter", "f", N_("Supplier"), N_("Only one supplier's"),
	    PERM_COMPANY_VIEW, 0, cmd_filter },
	{ "back-find", "/", N_("Find"), N_("Find goods or a slip"), PERM_NONE,
	    0, cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_supplier_returns = {
	.name = "supplier-returns",
	.title = N_("Returns to suppliers"),
	.go = "",
	.does = N_("Send goods back, defective ones first"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_returns,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
