/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "order_new.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* An order by hand, or a quotation, as it is written: who, what, for how much.
 * Nothing is kept until it is saved. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU"), 12, 1, 0, 0, 0 },
	{ N_("Item"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Qty"), 5, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price of"), 10, 0, 2, 0, 0 },
	{ N_("List price"), 10, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Amount"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static const char *
price_of(const struct sheet_row *row)
{
	if (row->typed)
		return _("by hand");
	if (row->by == PRICE_LIST)
		return _("list");
	return row->by == PRICE_MEMBER ? _("member") : row->grade;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct sheet_row *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size, l->sku);
		break;
	case 1:
		copy_text(buf, size, l->name);
		break;
	case 2:
		show_count(buf, size, l->qty);
		break;
	case 3:
		show_money(buf, size, l->price);
		break;
	case 4:
		copy_text(buf, size, price_of(l));
		break;
	case 5:
		show_money(buf, size, l->list);
		break;
	case 6:
		show_money(buf, size, l->price * l->qty);
		break;
	case 7:
		if (l->available < l->qty)
			*style = STYLE_WARN;
		show_count(buf, size, l->available);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct sheet *sh = sc->state;
	size_t i;

	page_init(out, sizeof(struct sheet_row), SALE_LINES);
	for (i = 0; i < sh->n; i++)
		*(struct sheet_row *)page_add(out) = sh->row[i];
	page_window(out, dir, from != NULL ? list_row_id(from) : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct sheet_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No goods yet. + adds some, or scan them."),
};

int
sheet_price(struct screen *sc, struct sheet_row *row)
{
	struct sheet *sh = sc->state;
	struct sale_price p;
	int rc =
	    sale_price(session_of(sc), sh->e.sale.customer_id, row->sku, &p);

	if (rc < 0)
		return rc;
	copy_text(row->sku, sizeof(row->sku), p.sku);
	copy_text(row->name, sizeof(row->name), p.name);
	copy_text(row->grade, sizeof(row->grade), p.grade);
	row->list = p.list;
	row->by = p.by;
	row->available = p.available;
	if (!row->typed)
		row->price = p.price;
	return 0;
}

int
sheet_reprice(struct screen *sc)
{
	struct sheet *sh = sc->state;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sh->n; i++)
		rc = sheet_price(sc, &sh->row[i]);
	return rc < 0 ? rc : table_reload(sh->table);
}

int64_t
sheet_total(const struct sheet *sh)
{
	int64_t total = sh->e.sale.postage;
	size_t i;

	for (i = 0; i < sh->n; i++)
		total += sh->row[i].qty * sh->row[i].price;
	return total;
}

int
sheet_add(struct screen *sc, const struct sheet_row *row)
{
	struct sheet *sh = sc->state;
	size_t i;

	for (i = 0; i < sh->n; i++)
		if (strcmp(sh->row[i].sku, row->sku) == 0 &&
		    sh->row[i].price == row->price)
			break;
	if (i == SALE_LINES) {
		ui_complain(sc->ui, _("No more than %d lines."), SALE_LINES);
		return 0;
	}
	if (i < sh->n) {
		sh->row[i].qty += row->qty;
	} else {
		sh->row[i] = *row;
		sh->row[i].id = ++sh->last;
		sh->n++;
	}
	sh->changed = true;
	return table_reload(sh->table);
}

/* The lines there were, as rows; their prices were agreed. */
static int
load(struct screen *sc)
{
	struct sheet *sh = sc->state;
	const struct quotation *q;
	struct page page;
	size_t i;
	int rc;

	rc = quotation_edit_from(session_of(sc), sh->quote_id, &sh->e);
	if (rc < 0 ||
	    (rc = quotation_get(session_of(sc), sh->quote_id, &page)) < 0)
		return rc;
	q = page_row(&page, 0);
	sh->version = q->version;
	copy_text(sh->title, sizeof(sh->title), q->quote_no);
	page_free(&page);
	for (i = 0; rc == 0 && i < sh->e.sale.n; i++) {
		const struct sale_line *l = &sh->e.sale.line[i];
		struct sheet_row row = { .id = ++sh->last,
			.qty = l->qty,
			.price = l->price,
			.typed = true };

		copy_text(row.sku, sizeof(row.sku), l->sku);
		rc = sheet_price(sc, &row);
		sh->row[sh->n++] = row;
	}
	return rc;
}

static int
open_sheet(struct screen *sc, const void *arg)
{
	const struct sheet_arg *a = arg;
	struct sheet *sh = sc->state;
	int rc = 0;

	sh->quote = a != NULL && a->quote;
	sh->quote_id = a != NULL ? a->quote_id : 0;
	sh->table = table_new(&source, sc);
	if (sh->quote_id != 0)
		rc = load(sc);
	else if (a != NULL && a->customer_id != 0)
		rc = sale_from_customer(
		    session_of(sc), a->customer_id, &sh->e.sale);
	sh->changed = false;
	return rc < 0 ? rc : table_reload(sh->table);
}

static void
close_sheet(struct screen *sc)
{
	struct sheet *sh = sc->state;

	table_free(sh->table);
}

static int
refresh(struct screen *sc)
{
	return sheet_reprice(sc);
}

static int
key(struct screen *sc, const struct key *k)
{
	struct sheet *sh = sc->state;
	struct sheet_row row = { .qty = 1 };
	int rc;

	if (k->code != KEY_SCAN)
		return table_key(sh->table, k);
	copy_text(row.sku, sizeof(row.sku), k->text);
	if ((rc = sheet_price(sc, &row)) < 0) {
		ui_failed(sc->ui, rc);
		return 1;
	}
	rc = sheet_add(sc, &row);
	return rc < 0 ? rc : 1;
}

static bool
has_row(struct screen *sc)
{
	const struct sheet *sh = sc->state;

	return table_selected(sh->table) != NULL;
}

static const char *
kind_text(const struct sheet *sh)
{
	if (sh->quote)
		return _("enquiry");
	if (sh->how.cod)
		return _("paid at the door");
	return sh->how.business ? order_origin_text(ORDER_BUSINESS)
				: order_origin_text(ORDER_MANUAL);
}

#define HALVES 3 /* lines with two facts, */
#define FACTS  7 /* and with one: a name and an address are read whole */

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct sheet *sh = sc->state;
	const struct sale *sale = &sh->e.sale;
	const char *left[] = { _("Buyer"), _("Phone"), _("Postage"), _("Name"),
		_("Address"), _("Note"), NULL };
	const char *right[] = { _("Kind"), _("Shop"), _("Total"), NULL };
	struct rect half = { r.y, r.x + 1, HALVES, r.w / 2 - 3 };
	struct facts f;
	char buf[600];

	facts_begin(&f, c, half, left);
	fact(&f, left[0], sale->nick,
	    sale->customer_id != 0 ? STYLE_STRONG : STYLE_TEXT);
	fact(&f, left[1], sale->to.phone, STYLE_TEXT);
	fact(&f, left[2], show_money(buf, sizeof(buf), sale->postage),
	    STYLE_TEXT);
	half.x = r.x + r.w / 2;
	facts_begin(&f, c, half, right);
	fact(&f, right[0], kind_text(sh), STYLE_ACCENT);
	fact(&f, right[1], sale->shop[0] != '\0' ? sale->shop : _("our own"),
	    STYLE_TEXT);
	fact(&f, right[2], show_money(buf, sizeof(buf), sheet_total(sh)),
	    STYLE_STRONG);
	facts_begin(&f, c,
	    (struct rect){ r.y + HALVES, r.x + 1, FACTS - HALVES, r.w - 2 },
	    left);
	fact(&f, left[3], sale->to.name, STYLE_TEXT);
	snprintf(buf, sizeof(buf), "%s%s%s%s", sale->to.province, sale->to.city,
	    sale->to.district, sale->to.address);
	fact_wrap(&f, left[4], buf, STYLE_TEXT, 2);
	fact(&f, left[5], sale->note, STYLE_TEXT);
	table_draw(sh->table, c,
	    (struct rect){ r.y + FACTS + 1, r.x, r.h - FACTS - 1, r.w });
}

static int
cmd_buyer(struct screen *sc)
{
	return act_sheet_buyer(sc);
}

static int
cmd_add(struct screen *sc)
{
	return act_sheet_lines(sc);
}

static struct sheet_row *
selected(struct screen *sc)
{
	struct sheet *sh = sc->state;
	const struct sheet_row *at = table_selected(sh->table);
	size_t i;

	for (i = 0; at != NULL && i < sh->n; i++)
		if (sh->row[i].id == at->id)
			return &sh->row[i];
	return NULL;
}

static int
cmd_line(struct screen *sc)
{
	struct sheet_row *row = selected(sc);

	return row != NULL ? act_sheet_line(sc, row) : 0;
}

static int
cmd_drop(struct screen *sc)
{
	struct sheet_row *row = selected(sc);
	struct sheet *sh = sc->state;
	size_t i;

	if (row == NULL)
		return 0;
	i = (size_t)(row - sh->row);
	memmove(row, row + 1, (sh->n - i - 1) * sizeof(*row));
	sh->n--;
	sh->changed = true;
	return table_reload(sh->table);
}

static void
collect(struct sheet *sh)
{
	size_t i;

	sh->e.sale.n = sh->n;
	for (i = 0; i < sh->n; i++) {
		struct sale_line *l = &sh->e.sale.line[i];

		copy_text(l->sku, sizeof(l->sku), sh->row[i].sku);
		l->qty = sh->row[i].qty;
		l->price = sh->row[i].price;
	}
}

/* Kept: its card takes the place of this. */
static int
cmd_save(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct sheet *sh = sc->state;
	struct order_arg arg = { .id = sh->quote_id };
	bool quote = sh->quote;
	struct ui *ui = sc->ui;
	int rc;

	collect(sh);
	if (!quote)
		rc = order_add(s, &sh->e.sale, &sh->how, &arg.id);
	else if (sh->quote_id == 0)
		rc = quotation_add(s, &sh->e, &arg.id);
	else
		rc = quotation_save(s, sh->quote_id, sh->version, &sh->e);
	if (rc < 0)
		return rc;
	ui_close(ui);
	return ui_open(ui, quote ? "quotation" : "order", &arg);
}

static int
cmd_back(struct screen *sc)
{
	const struct sheet *sh = sc->state;

	if (!sh->changed || ui_confirm(sc->ui, _("Give up"),
				_("This is not saved. Give it up?")))
		ui_close(sc->ui);
	return 0;
}

static const char *
unsaved(struct screen *sc)
{
	const struct sheet *sh = sc->state;

	return sh->changed ? _("What is being written is not saved.") : NULL;
}

static const char *
subtitle(struct screen *sc)
{
	const struct sheet *sh = sc->state;

	return sh->quote ? sh->title[0] != '\0' ? sh->title : _("enquiry")
			 : NULL;
}

static const struct cmd cmds[] = {
	{ "sheet-buyer", "b", N_("Buyer"),
	    N_("Who it is, where it goes, how it is paid"), PERM_ORDER_ADD, 0,
	    cmd_buyer },
	{ "sheet-add", "+ a", N_("Add"),
	    N_("Add goods, one line after the other; a scan adds a piece"),
	    PERM_ORDER_ADD, 0, cmd_add },
	{ "sheet-line", "Enter e", N_("Edit"),
	    N_("Change number and price of a line"), PERM_ORDER_ADD,
	    CMD_NEEDS_ROW, cmd_line },
	{ "sheet-drop", "d Del", N_("Remove"), N_("Take the line away"),
	    PERM_ORDER_ADD, CMD_NEEDS_ROW, cmd_drop },
	{ "sheet-save", "s", N_("Save"),
	    N_("Keep it, and open the order's or the quotation's card"),
	    PERM_ORDER_ADD, 0, cmd_save },
	{ "sheet-back", "Esc q", N_("Back"), N_("Go back without saving"),
	    PERM_NONE, 0, cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_order_new = {
	.name = "order-new",
	.title = N_("To be sold"),
	.perm = PERM_ORDER_ADD,
	.cmds = cmds,
	.size = sizeof(struct sheet),
	.open = open_sheet,
	.close = close_sheet,
	.refresh = refresh,
	.key = key,
	.draw = draw,
	.has_row = has_row,
	.subtitle = subtitle,
	.unsaved = unsaved,
};
