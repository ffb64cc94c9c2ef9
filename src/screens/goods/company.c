/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../purchasing/supplier_figures.h"
#include "../stock/stock_acts.h"
#include "company_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One company whole: what is known of it, what it sells us, its prices, and who
 * changed what. */

enum company_tab { TAB_OFFERS, TAB_PRICES, TAB_FIGURES, TAB_HISTORY, TABS };

struct state {
	int64_t id;
	struct page page; /* the company, a row */
	enum company_tab tab;
	struct table *table[TABS];
};

static const struct company *
company_of(const struct state *st)
{
	return page_row(&st->page, 0);
}

/* clang-format off */
static const struct column offer_columns[] = {
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Supplier's code"), 10, 1, 3, 0, 0 },
	{ N_("Purchase price"), 14, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Smallest quantity"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Pack size"), 8, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("First choice"), 12, 0, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column price_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 16, 4, 1, COLUMN_ENDS, 0 },
	{ N_("Purchase price"), 14, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Up or down"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Purchase order"), 14, 0, 3, 0, 0 },
	{ N_("Who"), 8, 1, 2, 0, 0 },
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
offer_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct supplier_item *i = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, i->sku_code);
		break;
	case 1:
		copy_text(buf, size, i->name);
		break;
	case 2:
		copy_text(buf, size, i->code);
		break;
	case 3:
		show_money_or_none(buf, size, i->price);
		break;
	case 4:
		show_count(buf, size, i->min_qty);
		break;
	case 5:
		show_count(buf, size, i->pack_qty);
		break;
	case 6:
		copy_text(buf, size, i->first ? _("yes") : "");
		break;
	}
}

static void
price_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct supplier_price *p = row;

	switch (col) {
	case 0:
		show_when(buf, size, p->at);
		break;
	case 1:
		copy_text(buf, size, p->sku_code);
		break;
	case 2:
		copy_text(buf, size, p->name);
		break;
	case 3:
		show_money(buf, size, p->price);
		break;
	case 4:
		if (p->before > 0 && p->price > p->before)
			*style = STYLE_WARN;
		if (p->before > 0)
			show_change(buf, size, p->price, p->before);
		break;
	case 5:
		copy_text(buf, size, p->purchase_no);
		break;
	case 6:
		copy_text(buf, size, p->staff);
		break;
	}
}

static void
history_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct audit_row *a = row;

	(void)style;
	switch (col) {
	case 0:
		show_when(buf, size, a->at);
		break;
	case 1:
		copy_text(buf, size, a->staff);
		break;
	case 2:
		copy_text(buf, size, audit_op_text(a->op));
		break;
	case 3:
		show_detail(buf, size, a);
		break;
	}
}

static int
fetch_offers(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return supplier_item_page(
	    session_of(sc), 0, st->id, dir, from, limit, out);
}

static int
fetch_prices(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return supplier_price_page(
	    session_of(sc), 0, st->id, dir, from, limit, out);
}

static int
fetch_figures(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return supplier_figures(sc, st->id, dir, from, limit, out);
}

static int
fetch_history(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return audit_page(
	    session_of(sc), "company", st->id, dir, from, limit, out);
}

static const struct {
	const char *label;
	struct table_source source;
} parts[TABS] = {
	[TAB_OFFERS] = { N_("Sells us"),
	    { offer_columns, sizeof(struct supplier_item), fetch_offers,
		list_row_id, offer_cell,
		N_("It sells us nothing that is known. o adds an offer."),
		NULL } },
	[TAB_PRICES] = { N_("Price history"),
	    { price_columns, sizeof(struct supplier_price), fetch_prices,
		list_row_id, price_cell, N_("No price was agreed yet."),
		NULL } },
	[TAB_FIGURES] = { N_("Deliveries"),
	    { supplier_figure_columns, sizeof(struct figure), fetch_figures,
		list_row_id, supplier_figure_cell, NULL, NULL } },
	[TAB_HISTORY] = { N_("History"),
	    { history_columns, sizeof(struct audit_row), fetch_history,
		list_row_id, history_cell, N_("Nothing was done by hand yet."),
		NULL } },
};

/* Prices are for those who may see costs, figures for those who see purchases.
 */
static bool
sees(struct screen *sc, enum company_tab tab)
{
	if (tab == TAB_FIGURES)
		return session_may(session_of(sc), PERM_PURCHASE_VIEW);
	return tab != TAB_PRICES || session_may(session_of(sc), PERM_COST_VIEW);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc, i;

	if ((rc = company_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	page_free(&st->page);
	st->page = page;
	for (i = 0; rc == 0 && i < TABS; i++)
		if (sees(sc, (enum company_tab)i))
			rc = table_reload(st->table[i]);
	return rc;
}

static int
turn_to(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	do
		st->tab = (enum company_tab)((st->tab + by) % TABS);
	while (!sees(sc, st->tab));
	return st->tab == TAB_HISTORY ? table_end(st->table[st->tab], false)
				      : 0;
}

static int
open_company(struct screen *sc, const void *arg)
{
	const struct company_arg *a = arg;
	struct state *st = sc->state;
	int i;

	st->id = a->id;
	for (i = 0; i < TABS; i++)
		st->table[i] = table_new(&parts[i].source, sc);
	return refresh(sc);
}

static void
close_company(struct screen *sc)
{
	struct state *st = sc->state;
	int i;

	page_free(&st->page);
	for (i = 0; i < TABS; i++)
		table_free(st->table[i]);
}

static int
key_company(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	return table_key(st->table[st->tab], k);
}

static const char *
days_words(int64_t n, char *buf, size_t size)
{
	buf[0] = '\0';
	if (n > 0)
		snprintf(buf, size,
		    ngettext("%lld day", "%lld days", (unsigned long)n),
		    (long long)n);
	return buf;
}

static void
draw_left(struct canvas *c, struct rect r, const struct company *co)
{
	const char *labels[] = { _("Contact person"), _("Phone"), _("Address"),
		_("Bank"), _("Bank account"), _("Tax no."), _("Company note"),
		NULL };
	const char *values[] = { co->contact, co->phone, co->address, co->bank,
		co->account, co->tax_no, co->note };
	struct facts f;
	size_t i;

	facts_begin(&f, c, r, labels);
	for (i = 0; labels[i] != NULL; i++)
		fact(&f, labels[i], values[i], STYLE_TEXT);
}

static void
draw_right(struct canvas *c, struct rect r, const struct company *co)
{
	const char *labels[] = { _("Lead days"), _("Cycle days"),
		_("Smallest order"), _("Terms days"), _("Courier"),
		_("Customer's nick"), _("Since when"), NULL };
	struct facts f;
	char buf[80];

	facts_begin(&f, c, r, labels);
	fact(&f, labels[0], days_words(co->lead_days, buf, sizeof(buf)),
	    STYLE_TEXT);
	fact(&f, labels[1], days_words(co->cycle_days, buf, sizeof(buf)),
	    STYLE_TEXT);
	fact(&f, labels[2], show_money_or_none(buf, sizeof(buf), co->min_total),
	    STYLE_TEXT);
	fact(&f, labels[3], days_words(co->terms_days, buf, sizeof(buf)),
	    STYLE_TEXT);
	fact(&f, labels[4], co->courier, STYLE_TEXT);
	fact(&f, labels[5], co->customer, STYLE_TEXT);
	fact(&f, labels[6], show_moment(buf, sizeof(buf), co->created_at),
	    STYLE_TEXT);
}

static void
draw_company(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct rect in = { r.y, r.x + 1, 7, r.w / 2 - 2 };
	const struct company *co;
	struct tab words[TABS];
	size_t n = 0, at = 0;
	char kinds[120];
	int i, x = in.x;

	if (st->page.n == 0)
		return;
	co = company_of(st);
	x += canvas_text(c, in.y, x, r.w - 2, STYLE_STRONG, co->name) + 2;
	x += canvas_text(c, in.y, x, r.x + r.w - x, STYLE_ACCENT,
		 show_kinds(kinds, sizeof(kinds), co)) +
	     2;
	if (!co->active && x < r.x + r.w)
		canvas_text(c, in.y, x, r.x + r.w - x, STYLE_BAD, _("closed"));
	in.y += 2;
	draw_left(c, in, co);
	in.x = r.x + r.w / 2;
	draw_right(c, in, co);
	for (i = 0; i < TABS; i++) {
		if (!sees(sc, (enum company_tab)i))
			continue;
		if ((enum company_tab)i == st->tab)
			at = n;
		words[n++] = (struct tab){ _(parts[i].label), -1 };
	}
	in.y += 8;
	draw_tabs(c, in.y, r.x + 1, r.w - 2, words, n, at);
	table_draw(st->table[st->tab], c,
	    (struct rect){ in.y + 1, r.x, r.y + r.h - in.y - 1, r.w });
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->page.n > 0 ? company_of(st)->name : "";
}

static int
cmd_edit(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = act_company_edit(sc, company_of(st));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_turn(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = act_company_turn(sc, company_of(st));

	return rc < 0 ? rc : refresh(sc);
}

/* The offer one is on, else a new one. */
static int
cmd_offer(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = act_offer(sc, NULL, company_of(st)->name, NULL);

	if (rc < 0)
		return rc;
	st->tab = TAB_OFFERS;
	return refresh(sc);
}

static const struct supplier_item *
offer_of(const struct state *st)
{
	return st->tab == TAB_OFFERS ? table_selected(st->table[TAB_OFFERS])
				     : NULL;
}

static const struct figure *
figure_of(const struct state *st)
{
	return st->tab == TAB_FIGURES ? table_selected(st->table[TAB_FIGURES])
				      : NULL;
}

/* The product of an offer, or what is behind a figure. */
static int
cmd_open(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct supplier_item *i = offer_of(st);
	const struct figure *f = figure_of(st);
	struct product_arg arg;

	if (f != NULL)
		return ui_open(sc->ui, f->screen,
		    &(struct supplier_arg){ st->id, company_of(st)->name });
	if (i == NULL)
		return 0;
	arg = (struct product_arg){ .variant_id = i->variant_id };
	return ui_open(sc->ui, "product", &arg);
}

static int
cmd_price(struct screen *sc)
{
	const struct supplier_item *i = offer_of(sc->state);
	int rc;

	if (i == NULL)
		return 0;
	rc = act_offer(sc, NULL, NULL, i);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_drop(struct screen *sc)
{
	const struct supplier_item *i = offer_of(sc->state);
	int rc;

	if (i == NULL)
		return 0;
	rc = act_offer_drop(sc, i);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn_to(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn_to(sc, TABS - 1);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_open && figure_of(st) != NULL)
		return _("See them");
	if (cmd->run == cmd_open || cmd->run == cmd_price ||
	    cmd->run == cmd_drop)
		return offer_of(st) != NULL ? cmd->label : NULL;
	if (cmd->run == cmd_turn && st->page.n > 0 && !company_of(st)->active)
		return _("Open again");
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "company-change", "e", N_("Edit"), N_("Change the company"),
	    PERM_COMPANY_EDIT, 0, cmd_edit },
	{ "company-product", "Enter", N_("Product"),
	    N_("Open the product's card, or what is behind a figure"),
	    PERM_PRODUCT_VIEW, 0, cmd_open },
	{ "company-offer", "o", N_("Offer"),
	    N_("Write down what it sells us, and for how much"),
	    PERM_COMPANY_EDIT, 0, cmd_offer },
	{ "company-price", "p", N_("New price"),
	    N_("Change the offer: its price, its quantities"),
	    PERM_COMPANY_EDIT, 0, cmd_price },
	{ "company-offer-drop", "X", N_("Take away"),
	    N_("It does not sell this any more"), PERM_COMPANY_EDIT, 0,
	    cmd_drop },
	{ "company-tab", "Tab Right", N_("Next tab"),
	    N_("The next part of the card"), PERM_NONE, 0, cmd_next_tab },
	{ "company-tab-back", "Shift-Tab Left", NULL,
	    N_("The part of the card before"), PERM_NONE, 0, cmd_prev_tab },
	{ "company-state", "d", N_("Close"),
	    N_("Order nothing from it any more, or again"), PERM_COMPANY_EDIT,
	    0, cmd_turn },
	{ .name = NULL },
};

const struct screen_ops screen_company = {
	.name = "company",
	.title = N_("Company"),
	.perm = PERM_COMPANY_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_company,
	.close = close_company,
	.refresh = refresh,
	.key = key_company,
	.draw = draw_company,
	.subtitle = subtitle,
	.label = label,
};
