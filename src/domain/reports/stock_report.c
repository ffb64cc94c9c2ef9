/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/inventory_priv.h"
#include "stock_report_priv.h"

/* What the reports on the stock have in common: their columns, the order of
 * their rows, their totals. */

#define AT(member) offsetof(struct stock_report_row, member)
#define TEXT(name, label, member) \
	{ \
		name, label, REC_TEXT, AT(member), NULL \
	}
#define COUNT(name, label, i) \
	{ \
		name, label, REC_INT, AT(n[i]), NULL \
	}
#define MONEY(name, label, i) \
	{ \
		name, label, REC_MONEY, AT(n[i]), NULL \
	}
#define WHEN(name, label, i) \
	{ \
		name, label, REC_TIME, AT(n[i]), NULL \
	}

#define SKU       TEXT("sku_code", N_("SKU code"), sku_code)
#define NAME      TEXT("name", N_("Item"), name)
#define WAREHOUSE TEXT("warehouse", N_("Warehouse"), warehouse)
#define CATEGORY  TEXT("category", N_("Category"), category)
#define END \
	{ \
		.name = NULL \
	}

static const struct rec_field value_fields[] = { SKU, NAME, WAREHOUSE, CATEGORY,
	COUNT("on_hand", N_("On hand"), 0), MONEY("value", N_("Value"), 1),
	MONEY("average", N_("Cost each"), 2), END };
static const struct rec_field ledger_fields[] = { SKU, NAME, WAREHOUSE,
	COUNT("opening", N_("Opening"), 0),
	COUNT("received", N_("Receipts"), 1),
	COUNT("returned", N_("Returned"), 2),
	COUNT("arrived", N_("Moved in"), 3), COUNT("more", N_("More"), 4),
	COUNT("shipped", N_("Sold"), 5), COUNT("issued", N_("Issued"), 6),
	COUNT("sent", N_("Moved out"), 7),
	COUNT("to_supplier", N_("To supplier"), 8),
	COUNT("scrapped", N_("Scrapped"), 9), COUNT("less", N_("Less"), 10),
	COUNT("closing", N_("Closing"), 11),
	MONEY("opening_value", N_("Opening value"), 12),
	MONEY("value_in", N_("Value in"), 13),
	MONEY("value_out", N_("Value out"), 14),
	MONEY("closing_value", N_("Closing value"), 15), END };
static const struct rec_field ageing_fields[] = { SKU, NAME, WAREHOUSE,
	COUNT("on_hand", N_("On hand"), 0), COUNT("days_30", N_("0–30 d"), 1),
	COUNT("days_60", N_("31–60 d"), 2), COUNT("days_90", N_("61–90 d"), 3),
	COUNT("days_180", N_("91–180 d"), 4), COUNT("older", N_("Older"), 5),
	MONEY("value", N_("Value"), 6),
	MONEY("value_30", N_("Value 0–30 d"), 7),
	MONEY("value_60", N_("Value 31–60 d"), 8),
	MONEY("value_90", N_("Value 61–90 d"), 9),
	MONEY("value_180", N_("Value 91–180 d"), 10),
	MONEY("value_older", N_("Value of older"), 11), END };
static const struct rec_field dead_fields[] = { SKU, NAME, WAREHOUSE,
	COUNT("on_hand", N_("On hand"), 0), MONEY("value", N_("Value"), 1),
	WHEN("came_at", N_("Last came"), 2),
	WHEN("sold_at", N_("Last sold"), 3), COUNT("days", N_("Days"), 4),
	END };
static const struct rec_field turnover_fields[] = { SKU, NAME, WAREHOUSE,
	COUNT("sold", N_("Sold"), 0), MONEY("cost", N_("Cost"), 1),
	MONEY("opening_value", N_("Opening value"), 2),
	MONEY("closing_value", N_("Closing value"), 3),
	MONEY("average_value", N_("Average value"), 4),
	TEXT("turns", N_("Turns"), text[0]),
	TEXT("days_of_stock", N_("Days of stock"), text[1]), END };
static const struct rec_field abc_fields[] = {
	TEXT("class", N_("Class"), text[0]), SKU, NAME, CATEGORY,
	COUNT("sold", N_("Sold"), 0), MONEY("sales", N_("Sales"), 1),
	MONEY("cost", N_("Cost"), 2), TEXT("percent", N_("Share %"), text[1]),
	COUNT("percent_so_far", N_("So far %"), 3), END
};
static const struct rec_field shelf_fields[] = { TEXT("slip_no", N_("Slip no."),
						     text[0]),
	SKU, NAME, WAREHOUSE, COUNT("qty", N_("Qty"), 0),
	COUNT("rest", N_("Waiting"), 1), WHEN("came_at", N_("Came at"), 2),
	WHEN("done_at", N_("On shelf at"), 3), COUNT("hours", N_("Hours"), 4),
	{ "late", N_("Late"), REC_BOOL, AT(n[5]), NULL }, END };

#define SUM(i)  (1u << (i))
#define UPTO(n) (SUM(n) - 1)

static const struct report_kind {
	const char *name, *title;
	const struct rec_field *fields;
	unsigned sums; /* the n[] that the total has */
	int bars[2];   /* that of the bars: pieces, amounts; -1: its own */
	int (*make)(struct making *m);
} kinds[REPORT_KINDS] = {
	[REPORT_VALUE] = { "stock-value", N_("Stock value"), value_fields,
	    UPTO(2), { 0, 1 }, report_value },
	[REPORT_LEDGER] = { "stock-ledger", N_("Stock ledger"), ledger_fields,
	    UPTO(16), { -1, -1 }, report_ledger },
	[REPORT_AGEING] = { "stock-ageing", N_("Age of stock"), ageing_fields,
	    UPTO(12), { -1, -1 }, report_ageing },
	[REPORT_DEAD] = { "stock-dead", N_("Dead stock"), dead_fields, UPTO(2),
	    { 0, 1 }, report_dead },
	[REPORT_TURNOVER] = { "stock-turnover", N_("Stock turnover"),
	    turnover_fields, UPTO(5), { 0, 1 }, report_turnover },
	[REPORT_ABC] = { "stock-abc", N_("ABC classes"), abc_fields, UPTO(3),
	    { -1, -1 }, report_abc },
	[REPORT_SHELF] = { "stock-shelf", N_("From receipt to shelf"),
	    shelf_fields, UPTO(2), { -1, -1 }, report_shelf },
};

const char *
stock_report_name(enum stock_report_kind kind)
{
	return kinds[kind].name;
}

const char *
stock_report_title(enum stock_report_kind kind)
{
	return _(kinds[kind].title);
}

int
stock_report_named(const char *name)
{
	int i;

	for (i = 0; i < REPORT_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i;
	return -1;
}

const char *
stock_report_when(const struct stock_report *r, char *buf, size_t size)
{
	char from[TIME_SIZE], to[TIME_SIZE];

	day_text(r->ask.from, from);
	day_text(r->ask.to, to);
	if (r->ask.kind == REPORT_VALUE)
		copy_text(buf, size, to);
	else if (r->ask.kind == REPORT_AGEING || r->ask.kind == REPORT_DEAD)
		copy_text(buf, size, day_text(time_day(time_now()), to));
	else
		snprintf(buf, size, _("%s to %s"), from, to);
	return buf;
}

bool
stock_report_is_figure(const struct rec_field *f)
{
	return f->type == REC_INT || f->type == REC_MONEY ||
	       strcmp(f->name, "turns") == 0 ||
	       strcmp(f->name, "days_of_stock") == 0 ||
	       strcmp(f->name, "percent") == 0;
}

bool
stock_report_sums(const struct stock_report *r, const struct rec_field *f)
{
	size_t i;

	if (f->type != REC_INT && f->type != REC_MONEY)
		return false;
	i = (f->offset - AT(n)) / sizeof(r->total.n[0]);
	return (kinds[r->ask.kind].sums & SUM(i)) != 0;
}

struct stock_report_row *
making_add(struct making *m)
{
	struct stock_report *r = m->r;
	struct stock_report_row *row;

	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 64 : 2 * r->cap;
		r->rows = xreallocarray(r->rows, r->cap, sizeof(*r->rows));
	}
	row = &r->rows[r->n++];
	*row = (struct stock_report_row){ .kind = m->ask->kind,
		.sku_code = "",
		.name = "",
		.warehouse = "",
		.category = "",
		.text = { "", "" } };
	return row;
}

void
making_drop(struct making *m)
{
	m->r->n--;
}

void
making_fact(
    struct making *m, const char *name, const char *label, const char *value)
{
	m->r->facts[m->r->nfacts++] = (struct stock_report_fact){ name, label,
		arena_strdup(&m->r->arena, value) };
}

void
making_bar(struct making *m, const char *label, int64_t value)
{
	m->r->bars[m->r->nbars++] = (struct stock_report_bar){ label, value };
}

int
making_goods(struct making *m, const char *sql, size_t nargs,
    int (*take)(struct making *m, const struct db_rows *rows,
	int64_t warehouse_id, struct stock_report_row *row))
{
	const struct db_val args[] = { db_i(m->ask->warehouse_id),
		db_i(m->last), db_i(m->first), db_i(m->ask->from),
		db_i(m->ask->to) };
	struct arena *a = &m->r->arena;
	struct stock_report_row *row;
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(m->s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		row = making_add(m);
		row->variant_id = db_int(rows, 0);
		rc = take(m, rows, db_int(rows, 1), row);
		if (rc <= 0)
			making_drop(m);
		if (rc < 0)
			break;
		if (rc == 0)
			continue;
		row->sku_code = row_text(rows, 2, a);
		row->name = row_text(rows, 3, a);
		row->warehouse = row_text(rows, 4, a);
		row->category = row_text(rows, 5, a);
	}
	db_done(rows);
	return rc;
}

static int
compare(const void *a, const void *b)
{
	const struct stock_report_row *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->id < y->id ? -1 : 1;
}

/* Numbered as they are read, so that equals keep their order. */
static void
put_in_order(struct stock_report *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		r->rows[i].id = (int64_t)i + 1;
	if (r->n > 1)
		qsort(r->rows, r->n, sizeof(*r->rows), compare);
	for (i = 0; i < r->n; i++)
		r->rows[i].id = (int64_t)i + 1;
}

/* The first rows, and one for all others. */
static void
draw_bars(struct making *m)
{
	int measure = kinds[m->ask->kind].bars[m->r->money];
	int64_t rest = 0;
	size_t i;

	if (measure < 0)
		return;
	for (i = 0; i < m->r->n; i++)
		if (i + 1 < STOCK_REPORT_BARS)
			making_bar(
			    m, m->r->rows[i].name, m->r->rows[i].n[measure]);
		else
			rest += m->r->rows[i].n[measure];
	if (m->r->n >= STOCK_REPORT_BARS)
		making_bar(m, _("others"), rest);
}

static void
sum_up(struct stock_report *r)
{
	struct stock_report_row *t = &r->total;
	size_t i, k;

	*t = (struct stock_report_row){ .kind = r->ask.kind,
		.sku_code = "",
		.name = _("In all"),
		.warehouse = "",
		.category = "",
		.text = { "", "" } };
	for (i = 0; i < r->n; i++)
		for (k = 0; k < STOCK_REPORT_N; k++)
			if ((kinds[r->ask.kind].sums & SUM(k)) != 0)
				t->n[k] += r->rows[i].n[k];
}

/* What the rows say: no names of goods where they are groups. */
static bool
is_told(const struct making *m, const struct rec_field *f)
{
	bool groups =
	    m->ask->kind == REPORT_VALUE && m->ask->by != REPORT_BY_PRODUCT;

	if (f->type == REC_MONEY)
		return m->cost;
	return !groups ||
	       (f->offset != AT(sku_code) && f->offset != AT(warehouse) &&
		   f->offset != AT(category));
}

/* An amount tells what goods cost: others get none of it. */
static void
choose_fields(struct making *m)
{
	struct rec_field *fields =
	    arena_alloc(&m->r->arena, STOCK_REPORT_COLS * sizeof(*fields));
	const struct rec_field *f;
	size_t n = 0, i, k;

	m->r->fields = fields;
	for (i = 0; i < m->r->n; i++)
		m->r->rows[i].fields = fields;
	for (f = kinds[m->ask->kind].fields; f->name != NULL; f++) {
		if (is_told(m, f))
			fields[n++] = *f;
		if (f->type != REC_MONEY || m->cost)
			continue;
		k = (f->offset - AT(n)) / sizeof(int64_t);
		for (i = 0; i < m->r->n; i++)
			m->r->rows[i].n[k] = 0;
	}
}

static int
make(struct making *m)
{
	const struct stock_report_ask *ask = m->ask;
	int rc;

	if ((rc = ledger_last(m->s, day_start(ask->to + 1) - 1, &m->last)) < 0)
		return rc;
	rc = ledger_last(m->s, day_start(ask->from) - 1, &m->first);
	if (rc == 0)
		rc = kinds[ask->kind].make(m);
	if (rc < 0)
		return rc;
	put_in_order(m->r);
	draw_bars(m);
	choose_fields(m);
	sum_up(m->r);
	return 0;
}

int
stock_report(struct session *s, const struct stock_report_ask *ask,
    struct stock_report *out)
{
	struct making m = { .s = s, .r = out };
	int rc;

	*out = (struct stock_report){ .ask = *ask };
	m.ask = &out->ask;
	m.cost = session_may(s, PERM_COST_VIEW);
	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if (ask->from > ask->to)
		return err_set(&s->err, ERR_INVALID, "from",
		    _("The period ends before it begins"));
	if (!m.cost)
		out->ask.measure = REPORT_BY_PIECES;
	out->money = out->ask.measure != REPORT_BY_PIECES;
	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	rc = make(&m);
	db_snapshot_end(s->db);
	return rc;
}

void
stock_report_free(struct stock_report *r)
{
	free(r->rows);
	arena_done(&r->arena);
	*r = (struct stock_report){ .n = 0 };
}
