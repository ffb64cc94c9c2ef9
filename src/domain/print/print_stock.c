/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"

#include "../core/session_priv.h"
#include "print_priv.h"

/* The papers of the store: slips to be signed, and a product's ledger. */

static const struct {
	const char *kind, *title;
} titles[] = {
	{ "receipt", N_("Goods receipt") },
	{ "issue", N_("Goods issue") },
	{ "adjust", N_("Stock correction") },
	{ "transfer", N_("Bin change slip") },
	{ "ship", N_("Shipment slip") },
	{ "put", N_("Put-away slip") },
	{ "move", N_("Bin change slip") },
	{ "defect", N_("Defective goods slip") },
	{ "scrap", N_("Scrap slip") },
	{ "count", N_("Stocktake slip") },
	{ "return", N_("Sales return slip") },
	{ "send", N_("Transfer slip: sent") },
	{ "arrive", N_("Transfer slip: arrived") },
	{ "supplier", N_("Purchase return slip") },
	{ "cost", N_("Freight slip") },
};

static const char *
title_of(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (strcmp(titles[i].kind, kind) == 0)
			return _(titles[i].title);
	return kind;
}

static const char *
number(struct printing *pr, int64_t n)
{
	return arena_printf(&pr->arena, "%" PRId64, n);
}

/* Nothing at all to those who may not see costs. */
static const char *
value(struct printing *pr, int64_t fen)
{
	char money[MONEY_SIZE];

	if (!session_may(pr->s, PERM_COST_VIEW))
		return "";
	return arena_strdup(&pr->arena, money_show(fen, money));
}

static void
known(struct paper *p, const char *label, const char *text)
{
	if (text[0] != '\0')
		paper_fact(p, label, text);
}

static void
slip_head(struct printing *pr, const struct stock_slip *l)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE];

	paper_section(p, NULL, l->slip_no);
	paper_title(p, title_of(l->kind), l->slip_no);
	paper_facts(p, 2);
	paper_fact(p, _("Warehouse"), l->warehouse);
	paper_fact(p, _("Date"), time_full(l->at, when));
	known(p, _("Supplier"), l->supplier);
	paper_fact(p, _("Written by"), l->staff);
	known(p, _("Order no."), l->order_no);
	known(p, _("Purchase order"), l->purchase_no);
	if (l->transfer_no[0] != '\0')
		paper_fact(p, _("Transfer"),
		    arena_printf(&pr->arena, "%s  %s → %s", l->transfer_no,
			l->from, l->to));
	known(p, _("Stocktake"), l->count_no);
	known(p, _("Takes back"), l->reverses);
	known(p, _("Taken back by"), l->reversed);
	if (l->reason[0] != '\0' && strcmp(l->reason, l->transfer_no) != 0)
		paper_fact_wide(p, _("Reason"), l->reason);
}

static const struct paper_col slip_cols[] = {
	{ .title = "", .width = 10, .align = PAPER_RIGHT },
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Item") },
	{ .title = N_("Bin"), .width = 24 },
	{ .title = N_("Qty"), .width = 18, .align = PAPER_RIGHT },
	{ .title = N_("Value"), .width = 26, .align = PAPER_RIGHT },
};

/* Of a paper that tells by its name that goods go out, pieces are pieces. */
static int64_t
sign_of(const struct stock_slip *l)
{
	static const char *const out[] = { "issue", "ship", "send",
		"supplier" };
	size_t i;

	for (i = 0; i < sizeof(out) / sizeof(out[0]); i++)
		if (strcmp(l->kind, out[i]) == 0 && l->reverses[0] == '\0')
			return -1;
	return 1;
}

static void
slip_lines(
    struct printing *pr, const struct stock_slip *l, const struct page *moves)
{
	struct paper *p = pr->paper;
	int64_t sign = sign_of(l);
	size_t i;

	paper_table(p, slip_cols, sizeof(slip_cols) / sizeof(slip_cols[0]));
	for (i = 0; i < moves->n; i++) {
		const struct stock_move *m = page_row(moves, i);

		paper_row(p,
		    (const char *const[]){ number(pr, (int64_t)i + 1),
			m->sku_code, m->name, m->bin, number(pr, sign * m->qty),
			value(pr, sign * m->value) });
	}
	paper_total(
	    p, (const char *const[]){ "", _("In all"), "", "",
		   number(pr, sign * l->qty), value(pr, sign * l->value) });
	paper_table_end(p);
	paper_blanks(p,
	    (const char *const[]){
		_("Written by"), _("Storekeeper"), _("Checked by") },
	    3);
}

int
print_stock_slip(struct session *s, int64_t slip_id,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct page own = { 0 }, moves = { 0 };
	const char *title;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = slip_get(s, slip_id, &own)) < 0)
		return rc;
	title = title_of(((const struct stock_slip *)page_row(&own, 0))->kind);
	if ((rc = slip_moves(s, slip_id, &moves)) == 0)
		rc = printing_begin(&pr, "slip", title, &paper_a4);
	if (rc == 0) {
		slip_head(&pr, page_row(&own, 0));
		slip_lines(&pr, page_row(&own, 0), &moves);
		rc = printing_end(&pr, title);
	}
	printing_close(&pr);
	page_free(&own);
	page_free(&moves);
	said->printed = rc == 0;
	return rc;
}

#define LEDGER_PT 7.5 /* a move in a line */
static const struct paper_col ledger_cols[] = {
	{ .title = N_("Time"), .width = 31, .pt = LEDGER_PT },
	{ .title = N_("Slip no."), .width = 21, .pt = LEDGER_PT },
	{ .title = N_("Kind"), .width = 20, .pt = LEDGER_PT },
	{ .title = N_("Order, reason or bin"), .pt = LEDGER_PT },
	{ .title = N_("Warehouse"), .width = 18, .pt = LEDGER_PT },
	{ .title = N_("Qty"),
	    .width = 14,
	    .align = PAPER_RIGHT,
	    .pt = LEDGER_PT },
	{ .title = N_("On hand"),
	    .width = 16,
	    .align = PAPER_RIGHT,
	    .pt = LEDGER_PT },
	{ .title = N_("Value"),
	    .width = 20,
	    .align = PAPER_RIGHT,
	    .pt = LEDGER_PT },
};

#define CHUNK 500

static void
ledger_row(struct printing *pr, const struct stock_move *m)
{
	const char *what = m->order_no[0] != '\0' ? m->order_no
			   : m->reason[0] != '\0' ? m->reason
						  : m->bin;
	char when[TIME_SIZE];

	paper_row(
	    pr->paper, (const char *const[]){ time_full(m->at, when),
			   m->slip_no, stock_kind_text(m->kind), what,
			   m->warehouse, number(pr, m->qty),
			   number(pr, m->on_hand_after), value(pr, m->value) });
}

static int
ledger_rows(struct printing *pr, int64_t variant_id)
{
	struct stock_move from = { .id = 0 };
	struct page rows;
	bool first = true;
	size_t i, got;
	int rc;

	do {
		rc = ledger_page(pr->s, variant_id,
		    first ? PAGE_FIRST : PAGE_AFTER, first ? NULL : &from,
		    CHUNK, &rows);
		if (rc < 0)
			return rc;
		for (i = 0; i < rows.n; i++)
			ledger_row(pr, page_row(&rows, i));
		if (rows.n > 0)
			from.id = ((const struct stock_move *)page_row(
				       &rows, rows.n - 1))
				      ->id;
		first = false;
		got = rows.n;
		page_free(&rows);
	} while (got == CHUNK);
	return 0;
}

/* "主仓 30 · 二仓 10" */
static int
on_hand(struct printing *pr, int64_t variant_id)
{
	const char *text = "";
	const struct stock_here *h;
	struct page page;
	size_t i;
	int rc = stock_everywhere(pr->s, variant_id, &page);

	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		h = page_row(&page, i);
		text = arena_printf(&pr->arena, "%s%s%s %" PRId64, text,
		    i > 0 ? " · " : "", h->warehouse, h->on_hand);
	}
	paper_fact(pr->paper, _("On hand"), text);
	page_free(&page);
	return 0;
}

static int
ledger(struct printing *pr, const struct variant *v)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE];
	int rc;

	paper_section(p, NULL, v->sku_code);
	paper_title(p, _("Stock ledger"), NULL);
	paper_facts(p, 2);
	paper_fact(p, _("SKU"), v->sku_code);
	paper_fact(p, _("Item"), v->name);
	paper_fact(p, _("Date"), time_full(time_now(), when));
	if ((rc = on_hand(pr, v->id)) < 0)
		return rc;
	paper_table(
	    p, ledger_cols, sizeof(ledger_cols) / sizeof(ledger_cols[0]));
	rc = ledger_rows(pr, v->id);
	paper_table_end(p);
	return rc;
}

int
print_ledger(struct session *s, int64_t variant_id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct page own = { 0 };
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0 ||
	    (rc = variant_get(s, variant_id, &own)) < 0)
		return rc;
	rc = printing_begin(&pr, "ledger", _("Stock ledger"), &paper_a4);
	if (rc == 0)
		rc = ledger(&pr, page_row(&own, 0));
	if (rc == 0)
		rc = printing_end(&pr, _("Stock ledger"));
	printing_close(&pr);
	page_free(&own);
	said->printed = rc == 0;
	return rc;
}
