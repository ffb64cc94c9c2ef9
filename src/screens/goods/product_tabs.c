/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "product.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/platforms.h"

/* The lists on a product's card. */

/* clang-format off */
static const struct column stock_columns[] = {
	{ N_("Warehouse"), 10, 2, 0, 0, 0 },
	{ N_("Bin"), 10, 1, 0, 0, 0 },
	{ N_("On hand"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Reserved"), 8, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("To put away"), 11, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Defective"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("In transit"), 10, 0, 4, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
static const struct column supplier_columns[] = {
	{ N_("Supplier"), 14, 2, 0, 0, 0 },
	{ N_("Supplier's code"), 12, 1, 1, 0, 0 },
	{ N_("Purchase price"), 14, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Smallest quantity"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Pack size"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("First choice"), 12, 0, 0, 0, 0 },
	{ N_("Price since"), 11, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column price_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Supplier"), 14, 2, 0, 0, 0 },
	{ N_("Purchase price"), 14, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Up or down"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Purchase order"), 14, 0, 2, 0, 0 },
	{ N_("Who"), 8, 1, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column item_columns[] = {
	{ N_("Platform"), 8, 0, 2, 0, 0 },
	{ N_("Shop"), 8, 1, 0, 0, 0 },
	{ N_("Title"), 18, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Attributes"), 10, 2, 1, 0, 0 },
	{ N_("Code there"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Item no."), 12, 0, 3, COLUMN_WHOLE, 0 },
	{ .title = NULL },
};
static const struct column part_columns[] = {
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 18, 4, 0, COLUMN_ENDS, 0 },
	{ N_("In a kit"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
static const struct column variant_columns[] = {
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Variant"), 18, 4, 0, COLUMN_ENDS, 0 },
	{ N_("On hand"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Bin"), 8, 0, 2, 0, 0 },
	{ N_("State"), 8, 0, 3, 0, 0 },
	{ .title = NULL },
};
static const struct column ledger_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Slip"), 10, 0, 1, COLUMN_WHOLE, 0 },
	{ N_("Kind"), 8, 0, 0, 0, 0 },
	{ N_("Qty"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("On hand"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Order or reason"), 19, 6, 2, 0, 0 },
	{ N_("Who"), 8, 1, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

/* A warehouse's figures; of a bin, what lies there. */
static void
stock_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct variant_place *p = row;
	const int64_t n[] = { 0, 0, p->on_hand, p->available, p->reserved,
		p->to_put, p->defective, p->in_transit };

	*style = p->whole ? STYLE_STRONG : STYLE_TEXT;
	if (col == 0 && p->whole)
		copy_text(buf, size, p->warehouse);
	else if (col == 1 && !p->whole)
		snprintf(buf, size, "%s%s%s", p->bin,
		    p->bin_kind != BIN_PICK && p->bin[0] != '\0' ? " " : "",
		    p->bin_kind != BIN_PICK || p->bin[0] == '\0'
			? bin_kind_text(p->bin_kind)
			: "");
	else if (col == 2 || (col > 2 && p->whole))
		show_count(buf, size, n[col]);
	if (col == 3 && p->available < 0)
		*style = STYLE_BAD;
}

static void
supplier_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct supplier_item *i = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, i->company);
		break;
	case 1:
		copy_text(buf, size, i->code);
		break;
	case 2:
		show_money_or_none(buf, size, i->price);
		break;
	case 3:
		show_count(buf, size, i->min_qty);
		break;
	case 4:
		show_count(buf, size, i->pack_qty);
		break;
	case 5:
		copy_text(buf, size, i->first ? _("yes") : "");
		break;
	case 6:
		show_when(buf, size, i->priced_at);
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
		copy_text(buf, size, p->company);
		break;
	case 2:
		show_money(buf, size, p->price);
		break;
	case 3:
		if (p->before > 0 && p->price > p->before)
			*style = STYLE_WARN;
		if (p->before > 0)
			show_change(buf, size, p->price, p->before);
		break;
	case 4:
		copy_text(buf, size, p->purchase_no);
		break;
	case 5:
		copy_text(buf, size, p->staff);
		break;
	}
}

static void
item_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct listing *l = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, platform_text(l->platform));
		break;
	case 1:
		copy_text(buf, size, l->shop);
		break;
	case 2:
		copy_text(buf, size, l->title);
		break;
	case 3:
		copy_text(buf, size, l->attrs);
		break;
	case 4:
		copy_text(buf, size, l->sku_code);
		break;
	case 5:
		copy_text(buf, size, l->item_no);
		break;
	}
}

static void
part_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct kit_part *p = row;

	switch (col) {
	case 0:
		copy_text(buf, size, p->sku_code);
		break;
	case 1:
		copy_text(buf, size, p->name);
		break;
	case 2:
		show_count(buf, size, p->qty);
		break;
	case 3:
		if (p->available < p->qty)
			*style = STYLE_BAD;
		show_count(buf, size, p->available);
		break;
	}
}

static void
variant_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct variant *v = row;

	if (!v->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, v->sku_code);
		break;
	case 1:
		copy_text(buf, size, v->name);
		break;
	case 2:
		show_count(buf, size, v->on_hand);
		break;
	case 3:
		show_count(buf, size, v->available);
		break;
	case 4:
		show_money(buf, size, v->price);
		break;
	case 5:
		copy_text(buf, size, v->bin);
		break;
	case 6:
		copy_text(buf, size, v->active ? "" : _("out of use"));
		break;
	}
}

static void
ledger_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_move *m = row;

	if (m->reversed)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		show_when(buf, size, m->at);
		break;
	case 1:
		copy_text(buf, size, m->slip_no);
		break;
	case 2:
		copy_text(buf, size,
		    m->reversed ? _("reversed") : stock_kind_text(m->kind));
		break;
	case 3:
		show_signed(buf, size, m->qty);
		break;
	case 4:
		show_count(buf, size, m->on_hand_after);
		break;
	case 5:
		copy_text(buf, size,
		    m->order_no[0] != '\0'   ? m->order_no
		    : m->supplier[0] != '\0' ? m->supplier
					     : m->reason);
		break;
	case 6:
		copy_text(buf, size, m->staff);
		break;
	}
}

static int64_t
place_id(const void *from)
{
	return from != NULL ? list_row_id(from) : 0;
}

static int
fetch_stock(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;
	int rc = variant_places(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, place_id(from), limit);
	return rc;
}

static int
fetch_suppliers(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;

	return supplier_item_page(
	    session_of(sc), st->id, 0, dir, from, limit, out);
}

static int
fetch_prices(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;

	return supplier_price_page(
	    session_of(sc), st->id, 0, dir, from, limit, out);
}

static int
fetch_items(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;
	const struct listing_filter filter = { .variant_id = st->id };

	return listing_list(session_of(sc), &filter, dir, from, limit, out);
}

static int
fetch_parts(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;
	int rc = product_of(st)->kit ? kit_parts(session_of(sc), st->id, out)
				     : kits_with(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, place_id(from), limit);
	return rc;
}

static int
fetch_variants(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;
	int rc =
	    product_variants(session_of(sc), product_of(st)->product_id, out);

	if (rc == 0)
		page_window(out, dir, place_id(from), limit);
	return rc;
}

static int
fetch_ledger(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct product_state *st = sc->state;

	return ledger_page(session_of(sc), st->id, dir, from, limit, out);
}

bool
product_sees(const struct session *s, enum product_tab tab)
{
	if (tab == PRODUCT_SUPPLIERS)
		return session_may(s, PERM_COMPANY_VIEW);
	if (tab == PRODUCT_PRICES)
		return session_may(s, PERM_COMPANY_VIEW) &&
		       session_may(s, PERM_COST_VIEW);
	if (tab == PRODUCT_STOCK || tab == PRODUCT_LEDGER)
		return session_may(s, PERM_STOCK_VIEW);
	return true;
}

const struct product_part product_parts[PRODUCT_TABS] = {
	[PRODUCT_STOCK] = { N_("Stock"),
	    { stock_columns, sizeof(struct variant_place), fetch_stock,
		list_row_id, stock_cell, N_("There has never been any of it."),
		NULL } },
	[PRODUCT_SUPPLIERS] = { N_("Suppliers"),
	    { supplier_columns, sizeof(struct supplier_item), fetch_suppliers,
		list_row_id, supplier_cell,
		N_("Nobody is known to sell it to us. o adds an offer."),
		NULL } },
	[PRODUCT_PRICES] = { N_("Price history"),
	    { price_columns, sizeof(struct supplier_price), fetch_prices,
		list_row_id, price_cell, N_("No price was agreed yet."),
		NULL } },
	[PRODUCT_ITEMS] = { N_("On platforms"),
	    { item_columns, sizeof(struct listing), fetch_items, list_row_id,
		item_cell, N_("No platform's item is mapped to it."), NULL } },
	[PRODUCT_PARTS] = { N_("Kit"),
	    { part_columns, sizeof(struct kit_part), fetch_parts, list_row_id,
		part_cell, N_("It is no kit, and in none. K makes it one."),
		NULL } },
	[PRODUCT_VARIANTS] = { N_("Variants"),
	    { variant_columns, sizeof(struct variant), fetch_variants,
		list_row_id, variant_cell, NULL, NULL } },
	[PRODUCT_LEDGER] = { N_("Ledger"),
	    { ledger_columns, sizeof(struct stock_move), fetch_ledger,
		list_row_id, ledger_cell, N_("Nothing has moved yet."),
		NULL } },
};
