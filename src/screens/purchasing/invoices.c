/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "invoice.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* Suppliers' invoices: what is to be paid by when, what is to be approved. */

struct state {
	struct list list;
	struct invoice_filter filter;
	char company[NAME_ROOM]; /* whose; "": all */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Entry no."), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Supplier"), 12, 3, 0, 0, 0 },
	{ N_("Invoice no."), 12, 1, 0, 0, 0 },
	{ N_("State"), 10, 1, 2, 0, 0 },
	{ N_("Total"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Still due"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Due on"), 11, 0, 0, 0, 0 },
	{ N_("Dated"), 11, 0, 3, 0, 0 },
	{ N_("Approved by"), 10, 1, 4, 0, 0 },
	{ N_("Note"), 10, 2, 5, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct invoice *v = row;
	const char *const texts[] = { v->entry_no, v->company, v->invoice_no,
		invoice_state_text(v->state), NULL, NULL, NULL, NULL,
		v->approved_by, v->reason[0] != '\0' ? v->reason : v->note };
	char day[TIME_SIZE];

	switch (col) {
	case 4:
		show_money(buf, size, v->total);
		break;
	case 5:
		show_money_or_none(buf, size, v->open);
		break;
	case 6:
		if (v->overdue)
			*style = STYLE_BAD;
		copy_text(buf, size, day_text(time_day(v->due_at), day));
		break;
	case 7:
		copy_text(buf, size, day_text(time_day(v->dated), day));
		break;
	default:
		if (col == 3 && v->state == INVOICE_DIFFERS)
			*style = STYLE_WARN;
		copy_text(buf, size, texts[col]);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return invoice_page(session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct invoice),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

/* In the order in which one works. */
static const enum invoice_state tabs[] = { INVOICE_DUE, INVOICE_AGREES,
	INVOICE_DIFFERS, INVOICE_APPROVED, INVOICE_BACK, INVOICE_ALL };
#define TABS (sizeof(tabs) / sizeof(tabs[0]))

static size_t
tab_of(const struct state *st)
{
	size_t i = 0;

	while (tabs[i] != st->filter.state)
		i++;
	return i;
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	struct tab words[TABS];
	size_t i;

	for (i = 0; i < TABS; i++)
		words[i] = (struct tab){ tabs[i] == INVOICE_ALL
					     ? _("All")
					     : invoice_state_text(tabs[i]),
			-1 };
	draw_tabs(c, r.y, r.x, r.w, words, TABS, tab_of(sc->state));
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->filter.state == INVOICE_DUE
		   ? _("Nothing is to be paid. n enters a supplier's invoice.")
		   : _("There are none here.");
}

static int
cmd_open(struct screen *sc)
{
	const struct invoice *v = list_row(sc);

	return ui_open(
	    sc->ui, "invoice", &(struct purchase_arg){ .id = v->id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "entry_no", "company", "invoice_no",
	"state", "total", "open", "due_at;overdue", "dated", "approved_by",
	"note;reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "purchase_invoices",
	.fields = fields,
	.hint = N_("number, supplier, note"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_invoices(struct screen *sc, const void *arg)
{
	const struct supplier_arg *a = arg;
	struct state *st = sc->state;

	st->filter.state = INVOICE_DUE;
	if (a != NULL) {
		st->filter.state = INVOICE_ALL;
		st->filter.company_id = a->id;
		copy_text(st->company, sizeof(st->company), a->name);
	}
	list_open(sc, &kind, &source, "invoices");
	return list_restart(sc);
}

static int
turn(struct screen *sc, size_t by)
{
	struct state *st = sc->state;

	st->filter.state = tabs[(tab_of(st) + by) % TABS];
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn(sc, TABS - 1);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = pick_supplier(sc, _("Whose invoices?"), &st->filter.company_id,
	    st->company, sizeof(st->company));

	return rc <= 0 ? rc : list_restart(sc);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->company;
}

static int
cmd_new(struct screen *sc)
{
	const struct state *st = sc->state;
	int64_t id = 0;
	int rc = act_invoice_new(sc, st->company, 0, &id);

	if (rc < 0 || id == 0)
		return rc;
	if ((rc = list_refresh(sc)) < 0)
		return rc;
	return ui_open(sc->ui, "invoice", &(struct purchase_arg){ .id = id });
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct invoice *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : list_refresh(sc);
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

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return invoice_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "invoice-open", "Enter", N_("Open"),
	    N_("What was ordered, came and is invoiced"), PERM_PURCHASE_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "invoice-new", "n", N_("New"), N_("Enter a supplier's invoice"),
	    PERM_PURCHASE_ORDER, 0, cmd_new },
	{ "invoice-approve", "A", N_("Approve"), N_("Let it be paid"),
	    PERM_PURCHASE_PAY, CMD_NEEDS_ROW, cmd_approve },
	{ "invoice-pay", "p", N_("Pay"), N_("Pay it, or a part of it"),
	    PERM_PURCHASE_PAY, CMD_NEEDS_ROW, cmd_pay },
	{ "invoice-next-tab", "Tab Right", N_("Next tab"), N_("The next state"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "invoice-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "invoice-find", "/", N_("Find"), N_("Find a supplier's invoice"),
	    PERM_NONE, 0, cmd_list_find },
	{ "invoice-filter", "f", N_("Supplier"), N_("Only one supplier's"),
	    PERM_COMPANY_VIEW, 0, cmd_filter },
	{ "invoice-back", "X", N_("Take back"), N_("Take it back"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW, cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_invoices = {
	.name = "invoices",
	.title = N_("Invoices of suppliers"),
	.go = "",
	.does = N_("Check suppliers' invoices, and pay them"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_invoices,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
