/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/settings.h"

#include "../core/session_priv.h"
#include "../stock/inventory_priv.h"
#include "stock_report_priv.h"

/* By the books: what goods were worth, what came and went, what was sold. */

/* A balance is in the last move up to then. */
#define BALANCE(column, upto) \
	", coalesce((SELECT m." column " FROM stock_move m" \
	" WHERE m.variant_id = st.variant_id" \
	" AND m.warehouse_id = st.warehouse_id AND m.id <= " upto \
	" ORDER BY m.id DESC LIMIT 1), 0)"
#define DAYS(column) \
	", coalesce((SELECT sum(d." column ") FROM stock_day d" \
	" WHERE d.variant_id = st.variant_id" \
	" AND d.warehouse_id = st.warehouse_id" \
	" AND d.day BETWEEN $4 AND $5), 0)"

/* --- value --- */

static const char sql_value[] = REPORT_HEAD BALANCE("on_hand_after", "$2")
    BALANCE("value_after", "$2") REPORT_TAIL;

static int
take_value(struct making *m, const struct db_rows *rows, int64_t warehouse_id,
    struct stock_report_row *row)
{
	(void)m;
	(void)warehouse_id;
	row->n[0] = db_int(rows, REPORT_COLS);
	row->n[1] = db_int(rows, REPORT_COLS + 1);
	return row->n[0] != 0 || row->n[1] != 0;
}

static int
by_group(const void *a, const void *b)
{
	const struct stock_report_row *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* A row for each warehouse, or category, in place of those of its goods. */
static void
group_rows(struct making *m)
{
	struct stock_report *r = m->r;
	struct stock_report_row *to;
	size_t i, n = 0;

	for (i = 0; i < r->n; i++) {
		struct stock_report_row *row = &r->rows[i];

		if (m->ask->by == REPORT_BY_WAREHOUSE)
			row->name = row->warehouse;
		else
			row->name = row->category[0] != '\0' ? row->category
							     : _("no category");
		row->variant_id = 0;
	}
	if (r->n > 1)
		qsort(r->rows, r->n, sizeof(*r->rows), by_group);
	for (i = 0; i < r->n; i++) {
		to = n > 0 ? &r->rows[n - 1] : NULL;
		if (to == NULL || strcmp(to->name, r->rows[i].name) != 0) {
			r->rows[n++] = r->rows[i];
			continue;
		}
		to->n[0] += r->rows[i].n[0];
		to->n[1] += r->rows[i].n[1];
	}
	r->n = n;
}

static const char sql_worth[] =
    "SELECT coalesce(sum(coalesce((SELECT m.value_after FROM stock_move m"
    " WHERE m.variant_id = st.variant_id"
    " AND m.warehouse_id = st.warehouse_id AND m.id <= $2"
    " ORDER BY m.id DESC LIMIT 1), 0)), 0) FROM stock st"
    " WHERE ($1 = 0 OR st.warehouse_id = $1) /*scan*/";

/* What all was worth every 30 days up to the day. */
static int
worth_before(struct making *m)
{
	struct stock_report *r = m->r;
	int64_t day, last;
	size_t i;
	int rc;

	for (i = 0; m->cost && i < STOCK_REPORT_SPARK; i++) {
		day = m->ask->to - 30 * (int64_t)(STOCK_REPORT_SPARK - 1 - i);
		rc = ledger_last(m->s, day_start(day + 1) - 1, &last);
		if (rc == 0)
			rc = db_get1(m->s->db, sql_worth,
			    DB_ARGS(db_i(m->ask->warehouse_id), db_i(last)),
			    &r->spark[i]);
		if (rc < 0)
			return rc;
		r->nspark++;
	}
	return 0;
}

int
report_value(struct making *m)
{
	struct stock_report *r = m->r;
	size_t i;
	int rc;

	if ((rc = making_goods(m, sql_value, 2, take_value)) < 0 ||
	    (rc = worth_before(m)) < 0)
		return rc;
	if (m->ask->by != REPORT_BY_PRODUCT)
		group_rows(m);
	for (i = 0; i < r->n; i++) {
		struct stock_report_row *row = &r->rows[i];

		if (row->n[0] > 0)
			row->n[2] = share_of(row->n[1], 1, row->n[0]);
		row->key = row->n[r->money ? 1 : 0];
	}
	return 0;
}

/* --- ledger --- */

static const char sql_balances[] =
    REPORT_HEAD BALANCE("on_hand_after", "$3") BALANCE("on_hand_after", "$2")
	BALANCE("value_after", "$3") BALANCE("value_after", "$2") REPORT_TAIL;
static const char sql_moves[] =
    "SELECT sl.kind, m.qty, m.value FROM stock_move m"
    " JOIN stock_slip sl ON sl.id = m.slip_id"
    " WHERE m.variant_id = $1 AND m.warehouse_id = $2"
    " AND m.id > $3 AND m.id <= $4";

/* What came and went: the ledger's columns. */
enum {
	RECEIVED = 1,
	RETURNED,
	ARRIVED,
	MORE,
	SHIPPED,
	ISSUED,
	SENT,
	SUPPLIER,
	SCRAPPED,
	LESS,
	CLOSING
};
static const struct {
	const char *kind;
	size_t column; /* others: more or less */
} columns[] = {
	{ "receipt", RECEIVED },
	{ "return", RETURNED },
	{ "arrive", ARRIVED },
	{ "ship", SHIPPED },
	{ "issue", ISSUED },
	{ "send", SENT },
	{ "supplier", SUPPLIER },
	{ "scrap", SCRAPPED },
};
/* From bin to bin: nothing comes and nothing goes. */
static const char *const within[] = { "put", "move", "defect", "transfer" };

static void
post(struct stock_report_row *row, const char *kind, int64_t qty, int64_t value)
{
	size_t column = qty > 0 || (qty == 0 && value > 0) ? MORE : LESS, i;

	for (i = 0; i < sizeof(within) / sizeof(within[0]); i++)
		if (strcmp(kind, within[i]) == 0)
			return;
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (strcmp(kind, columns[i].kind) == 0)
			column = columns[i].column;
	row->n[column] += column >= SHIPPED ? -qty : qty;
	if (column >= SHIPPED)
		row->n[CLOSING + 3] -= value;
	else
		row->n[CLOSING + 2] += value;
}

static int
take_moves(struct making *m, const struct db_rows *head, int64_t warehouse_id,
    struct stock_report_row *row)
{
	struct db_rows *rows;
	bool moved = false;
	int rc;

	row->n[0] = db_int(head, REPORT_COLS);
	row->n[CLOSING] = db_int(head, REPORT_COLS + 1);
	row->n[CLOSING + 1] = db_int(head, REPORT_COLS + 2);
	row->n[CLOSING + 4] = db_int(head, REPORT_COLS + 3);
	rc = db_query(m->s->db, sql_moves,
	    DB_ARGS(db_i(row->variant_id), db_i(warehouse_id), db_i(m->first),
		db_i(m->last)),
	    &rows);
	if (rc < 0)
		return rc;
	for (; (rc = db_next(rows)) > 0; moved = true)
		post(row, db_text(rows, 0), db_int(rows, 1), db_int(rows, 2));
	db_done(rows);
	if (rc < 0)
		return rc;
	return moved || row->n[0] != 0 || row->n[CLOSING + 1] != 0;
}

int
report_ledger(struct making *m)
{
	struct stock_report *r = m->r;
	int64_t in = 0, out = 0;
	size_t i, k;
	int rc;

	if ((rc = making_goods(m, sql_balances, 3, take_moves)) < 0)
		return rc;
	for (i = 0; i < r->n; i++) {
		const int64_t *n = r->rows[i].n;

		in += m->cost ? n[CLOSING + 2] : 0;
		out += m->cost ? n[CLOSING + 3] : 0;
		for (k = RECEIVED; !m->cost && k < CLOSING; k++)
			*(k < SHIPPED ? &in : &out) += n[k];
	}
	making_bar(m, _("Came in"), in);
	making_bar(m, _("Went out"), out);
	return 0;
}

/* --- turnover --- */

static const char sql_turnover[] = REPORT_HEAD DAYS("sold") DAYS("cost")
    BALANCE("value_after", "$3") BALANCE("value_after", "$2") REPORT_TAIL;

/* How often what lay there was sold, and for how many days it is enough. */
static void
turns_of(struct making *m, int64_t cost, int64_t average, const char *text[2])
{
	int64_t days = m->ask->to - m->ask->from + 1, turns;

	if (average <= 0 || cost <= 0)
		return;
	turns = share_of(cost, 100, average);
	text[0] = arena_printf(
	    &m->r->arena, "%" PRId64 ".%02" PRId64, turns / 100, turns % 100);
	text[1] = arena_printf(
	    &m->r->arena, "%" PRId64, share_of(average, days, cost));
}

static int
take_turnover(struct making *m, const struct db_rows *rows,
    int64_t warehouse_id, struct stock_report_row *row)
{
	int i;

	(void)warehouse_id;
	for (i = 0; i < 4; i++)
		row->n[i] = db_int(rows, REPORT_COLS + i);
	row->n[4] = (row->n[2] + row->n[3]) / 2;
	turns_of(m, row->n[1], row->n[4], row->text);
	row->key = row->n[m->r->money ? 1 : 0];
	return row->n[0] != 0 || row->n[1] != 0 || row->n[2] != 0 ||
	       row->n[3] != 0;
}

int
report_turnover(struct making *m)
{
	const char *text[2] = { "", "" };
	int64_t cost = 0, average = 0;
	size_t i;
	int rc;

	if ((rc = making_goods(m, sql_turnover, 5, take_turnover)) < 0)
		return rc;
	for (i = 0; i < m->r->n; i++) {
		cost += m->r->rows[i].n[1];
		average += m->r->rows[i].n[4];
	}
	turns_of(m, cost, average, text);
	making_fact(m, "turns", _("Turns"), text[0]);
	making_fact(m, "days_of_stock", _("Days of stock"), text[1]);
	return 0;
}

/* --- ABC --- */

static const char sql_sold[] =
    REPORT_HEAD DAYS("sold") DAYS("sales") DAYS("cost") REPORT_TAIL;

/* One row a product: those of its other warehouses are added to it. */
static int
take_sold(struct making *m, const struct db_rows *rows, int64_t warehouse_id,
    struct stock_report_row *row)
{
	bool again = m->r->n > 1 && row[-1].variant_id == row->variant_id;
	struct stock_report_row *to = again ? row - 1 : row;
	bool any = false;
	int i;

	(void)warehouse_id;
	for (i = 0; i < 3; i++) {
		to->n[i] += db_int(rows, REPORT_COLS + i);
		any = any || to->n[i] != 0;
	}
	return any && !again;
}

static int
best_first(const void *a, const void *b)
{
	const struct stock_report_row *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return strcmp(x->sku_code, y->sku_code);
}

/* Class A is what makes the first so many percent together: a product belongs
 * to the class that those in front of it have not filled. */
static void
classify(struct making *m, int64_t all, int64_t a, int64_t b)
{
	static const char *const names[] = { "A", "B", "C" };
	int64_t sum[3] = { 0 }, before = 0, tenths;
	struct stock_report_row *row;
	size_t i, class;

	for (i = 0; i < m->r->n; i++, before += row->key) {
		row = &m->r->rows[i];
		tenths = share_of(before > 0 ? before : 0, 100, all);
		class = row->key <= 0 ? 2 : tenths < a ? 0 : tenths < b ? 1 : 2;
		sum[class] += row->key;
		row->text[0] = names[class];
		row->n[3] = share_of(before + row->key, 100, all);
		tenths = share_of(row->key, 1000, all);
		row->text[1] = arena_printf(&m->r->arena, "%s%lld.%lld",
		    tenths < 0 ? "-" : "", llabs(tenths) / 10,
		    llabs(tenths) % 10);
	}
	for (i = 0; i < 3; i++)
		making_bar(m, names[i], sum[i]);
}

int
report_abc(struct making *m)
{
	static const int measures[REPORT_MEASURES] = { [REPORT_BY_PIECES] = 0,
		[REPORT_BY_SALES] = 1,
		[REPORT_BY_COST] = 2 };
	const char *const words[REPORT_MEASURES] = { [REPORT_BY_PIECES] =
							 _("pieces sold"),
		[REPORT_BY_SALES] = _("sales"),
		[REPORT_BY_COST] = _("cost of what was sold") };
	int64_t a, b, all = 0;
	size_t i;
	int rc;

	making_fact(m, "by", _("Classes by"), words[m->ask->measure]);
	if ((rc = setting_int(m->s, SETTING_ABC_A_PERCENT, &a)) < 0 ||
	    (rc = setting_int(m->s, SETTING_ABC_B_PERCENT, &b)) < 0 ||
	    (rc = making_goods(m, sql_sold, 5, take_sold)) < 0)
		return rc;
	for (i = 0; i < m->r->n; i++) {
		struct stock_report_row *row = &m->r->rows[i];

		row->key = row->n[measures[m->ask->measure]];
		all += row->key > 0 ? row->key : 0;
	}
	if (m->r->n > 1)
		qsort(m->r->rows, m->r->n, sizeof(*m->r->rows), best_first);
	if (all > 0)
		classify(m, all, a, b);
	return 0;
}
