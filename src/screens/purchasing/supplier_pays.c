/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* What suppliers were paid, for invoices and in advance. */

struct state {
	struct list list;
	struct supplier_pay_filter filter;
	char company[NAME_ROOM]; /* whose they are; "": all */
	int64_t left;            /* of its advance */
};

/* clang-format off */
const struct column supplier_pay_columns[] = {
	{ N_("Payment no."), 11, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Supplier"), 12, 3, 0, 0, 0 },
	{ N_("Paid for"), 10, 1, 0, 0, 0 },
	{ N_("Amount"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Method"), 13, 1, 2, 0, 0 },
	{ N_("Taken back"), 10, 0, 1, 0, 0 },
	{ N_("Who"), 8, 1, 4, 0, 0 },
	{ N_("Note"), 10, 3, 5, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_NO,
	COL_AT,
	COL_COMPANY,
	COL_FOR,
	COL_AMOUNT,
	COL_METHOD,
	COL_BACK,
	COL_STAFF,
	COL_NOTE
};

void
supplier_pay_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct supplier_payment *p = row;
	const char *const texts[] = {
		[COL_NO] = p->payment_no,
		[COL_COMPANY] = p->company,
		[COL_FOR] =
		    p->entry_no[0] != '\0' ? p->entry_no : _("in advance"),
		[COL_METHOD] = supplier_pay_text(p->method),
		[COL_BACK] = p->reversed[0] != '\0' ? p->reversed : p->reverses,
		[COL_STAFF] = p->staff,
		[COL_NOTE] = p->note,
	};

	if (p->reversed[0] != '\0' || p->reverses[0] != '\0')
		*style = STYLE_DIM;
	if (col == COL_AT)
		show_when(buf, size, p->at);
	else if (col == COL_AMOUNT)
		show_money_or_none(buf, size, p->amount);
	else
		copy_text(buf, size, texts[col]);
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return supplier_payment_page(
	    session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source;

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &source, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = supplier_pay_columns,
	.row_size = sizeof(struct supplier_payment),
	.fetch = fetch,
	.id = list_row_id,
	.cell = supplier_pay_cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return st->filter.advance
		   ? _("Nothing was paid in advance. n pays in advance.")
		   : _("Nothing was paid yet. An invoice is paid from the list "
		       "of invoices; n pays in advance.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = { { _("All payments"), -1 },
		{ _("In advance"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->filter.advance);
}

static const char *
subtitle(struct screen *sc)
{
	static char text[NAME_ROOM + 120];
	const struct state *st = sc->state;
	char left[100] = "", money[MONEY_SIZE];

	if (st->left != 0)
		snprintf(left, sizeof(left), _("%s of the advance are left"),
		    money_show(st->left, money));
	snprintf(text, sizeof(text), "%s%s%s", st->company,
	    left[0] != '\0' ? " · " : "", left);
	return text;
}

/* What it was paid for; in advance: whom. */
static int
cmd_open(struct screen *sc)
{
	const struct supplier_payment *p = list_row(sc);

	if (p->invoice_id != 0)
		return ui_open(sc->ui, "invoice",
		    &(struct purchase_arg){ .id = p->invoice_id });
	return ui_open(
	    sc->ui, "company", &(struct company_arg){ .id = p->company_id });
}

const char *const supplier_pay_fields[] = { "payment_no", "at", "company",
	"entry_no", "amount", "method", "reversed;reverses", "staff", "note" };

static const struct list_kind kind = {
	.record = "purchase_payments",
	.fields = supplier_pay_fields,
	.hint = N_("number, supplier, invoice, note"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
read_left(struct screen *sc)
{
	struct state *st = sc->state;

	st->left = 0;
	if (st->filter.company_id == 0)
		return 0;
	return supplier_advance(
	    session_of(sc), st->filter.company_id, &st->left);
}

static int
restart(struct screen *sc)
{
	int rc = read_left(sc);

	return rc < 0 ? rc : list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_left(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
open_pays(struct screen *sc, const void *arg)
{
	const struct supplier_arg *a = arg;
	struct state *st = sc->state;

	if (a != NULL) {
		st->filter.company_id = a->id;
		copy_text(st->company, sizeof(st->company), a->name);
	}
	list_open(sc, &kind, &source, "supplier-payments");
	return restart(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.advance = !st->filter.advance;
	return restart(sc);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = pick_supplier(sc, _("Whose payments?"), &st->filter.company_id,
	    st->company, sizeof(st->company));

	return rc <= 0 ? rc : restart(sc);
}

static int
cmd_advance(struct screen *sc)
{
	const struct state *st = sc->state;
	int rc = act_pay_advance(sc, st->company);

	return rc <= 0 ? rc : restart(sc);
}

static int
cmd_back(struct screen *sc)
{
	int rc = act_unpay(sc, list_row(sc));

	return rc <= 0 ? rc : refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct supplier_payment *p = list_row(sc);

	if (cmd->run == cmd_back && p != NULL &&
	    (p->reversed[0] != '\0' || p->reverses[0] != '\0'))
		return NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "pay-open", "Enter", N_("Open"),
	    N_("The invoice that it was for, or the supplier"),
	    PERM_PURCHASE_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "pay-advance", "n", N_("Advance"),
	    N_("Pay a supplier before there is an invoice"), PERM_PURCHASE_PAY,
	    0, cmd_advance },
	{ "pay-back", "X", N_("Take back"),
	    N_("Take a payment back by a counter-entry"), PERM_PURCHASE_PAY,
	    CMD_NEEDS_ROW, cmd_back },
	{ "pay-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("All payments, or only those in advance"), PERM_NONE, 0,
	    cmd_tab },
	{ "pay-filter", "f", N_("Supplier"), N_("Only one supplier's"),
	    PERM_COMPANY_VIEW, 0, cmd_filter },
	{ "pay-find", "/", N_("Find"), N_("Find a payment"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_supplier_pays = {
	.name = "supplier-payments",
	.title = N_("Payments to suppliers"),
	.go = "",
	.does = N_("What suppliers were paid; pay in advance"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_pays,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
