/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"

/* $1: the first of the days whose sales count. */
#define SELECT \
	"SELECT s.variant_id, s.warehouse_id, v.sku_code, v.name, w.name," \
	" s.available, s.in_transit, coalesce(s.reorder_here, v.reorder_at)," \
	" coalesce(s.target_here, v.target_level)," \
	" (SELECT coalesce(sum(d.sold), 0) FROM stock_day d" \
	" WHERE d.variant_id = s.variant_id" \
	" AND d.warehouse_id = s.warehouse_id AND d.day >= $1)," \
	" (SELECT coalesce(sum(l.qty), 0) FROM purchase_request_line l" \
	" JOIN purchase_request r ON r.id = l.request_id" \
	" WHERE l.variant_id = s.variant_id AND l.purchase_id IS NULL" \
	" AND r.state < 2 AND r.warehouse_id = s.warehouse_id) +" \
	" (SELECT coalesce(sum(l.qty), 0) FROM purchase_line l" \
	" JOIN purchase p ON p.id = l.purchase_id" \
	" WHERE l.variant_id = s.variant_id AND p.state = 0" \
	" AND p.warehouse_id = s.warehouse_id)," \
	" c.id, c.name, c.lead_days, i.price, i.min_qty, i.pack_qty" \
	" FROM stock s JOIN variant v ON v.id = s.variant_id" \
	" JOIN warehouse w ON w.id = s.warehouse_id" \
	" LEFT JOIN supplier_item i ON i.variant_id = s.variant_id" \
	" AND i.company_id = (SELECT f.company_id FROM supplier_item f" \
	" JOIN company g ON g.id = f.company_id" \
	" WHERE f.variant_id = s.variant_id AND g.active = 1" \
	" ORDER BY f.first DESC, f.price, f.company_id LIMIT 1)" \
	" LEFT JOIN company c ON c.id = i.company_id" \
	" WHERE v.active = 1 AND v.kit = 0 AND w.active = 1"
static const char sql_now[] = SELECT " AND s.low = 1 /*scan*/ /*sort*/";
/* What is sold at all, and gone before it could be here. */
static const char sql_soon[] =
    SELECT " AND s.low = 0 AND c.lead_days > 0 /*scan*/ /*sort*/";

struct list {
	struct low_stock *v;
	size_t n, cap;
};

static int64_t
at_least(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* So many pieces more; in packs, and what the supplier sells at least. */
static int64_t
proposal(const struct low_stock *l, int64_t cover_days)
{
	int64_t days = cover_days + l->lead_days, want;

	want = (l->sold * days + LOW_STOCK_DAYS - 1) / LOW_STOCK_DAYS;
	want = at_least(want, l->target_level);
	if (l->reorder_at > 0)
		want = at_least(want, l->reorder_at + 1);
	want -= l->available + l->in_transit + l->asked;
	if (want <= 0)
		return 0;
	want = at_least(want, l->min_qty);
	if (l->pack_qty > 1)
		want = (want + l->pack_qty - 1) / l->pack_qty * l->pack_qty;
	return want < STOCK_QTY_MAX ? want : STOCK_QTY_MAX;
}

/* Days that it lasts, rounded down. */
static int64_t
cover(const struct low_stock *l)
{
	int64_t left = l->available + l->in_transit;

	if (left <= 0)
		return 0;
	return l->sold > 0 ? left * LOW_STOCK_DAYS / l->sold
			   : LOW_STOCK_FOREVER;
}

static void
take(const struct db_rows *rows, struct low_stock *l, struct arena *arena)
{
	l->variant_id = db_int(rows, 0);
	l->warehouse_id = db_int(rows, 1);
	l->id = low_stock_id(l->variant_id, l->warehouse_id);
	l->available = db_int(rows, 5);
	l->in_transit = db_int(rows, 6);
	l->reorder_at = db_int(rows, 7);
	l->target_level = db_int(rows, 8);
	l->sold = db_int(rows, 9);
	l->asked = db_int(rows, 10);
	l->company_id = db_int(rows, 11);
	l->lead_days = db_int(rows, 13);
	l->price = db_int(rows, 14);
	l->min_qty = db_int(rows, 15);
	l->pack_qty = db_int(rows, 16);
	l->cover = cover(l);
	l->sku_code = row_text(rows, 2, arena);
	l->name = row_text(rows, 3, arena);
	l->warehouse = row_text(rows, 4, arena);
	l->company = row_text(rows, 12, arena);
	l->days = l->cover == LOW_STOCK_FOREVER
		      ? ""
		      : arena_printf(arena, "%" PRId64, l->cover);
}

/* Sold out before a delivery that was ordered today. */
static bool
is_soon(const struct low_stock *l)
{
	return l->cover != LOW_STOCK_FOREVER && l->cover < l->lead_days;
}

static int
read_all(struct session *s, enum low_stock_kind kind, struct list *list,
    struct arena *arena)
{
	const int64_t first = time_day(time_now()) - LOW_STOCK_DAYS + 1;
	bool costs = session_may(s, PERM_COST_VIEW);
	struct low_stock *l;
	struct db_rows *rows;
	int64_t days;
	int rc;

	if ((rc = setting_int(s, SETTING_COVER_DAYS, &days)) < 0 ||
	    (rc = db_query(s->db, kind == LOW_STOCK_NOW ? sql_now : sql_soon,
		 DB_ARGS(db_i(first)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (list->n == list->cap) {
			list->cap = list->cap == 0 ? 64 : list->cap * 2;
			list->v = xreallocarray(
			    list->v, list->cap, sizeof(list->v[0]));
		}
		l = &list->v[list->n];
		*l = (struct low_stock){ .id = 0 };
		take(rows, l, arena);
		if (kind == LOW_STOCK_SOON && !is_soon(l))
			continue;
		l->propose = proposal(l, days);
		if (!costs)
			l->price = 0;
		list->n++;
	}
	db_done(rows);
	return rc;
}

/* What lasts for ever comes last. */
static int
by_cover(const void *a, const void *b)
{
	const struct low_stock *l = a, *m = b;
	uint64_t x = (uint64_t)l->cover, y = (uint64_t)m->cover;
	int by_code = strcmp(l->sku_code, m->sku_code);

	if (x != y)
		return x < y ? -1 : 1;
	if (by_code != 0)
		return by_code;
	return l->id < m->id ? -1 : l->id > m->id;
}

int
low_stock_all(struct session *s, enum low_stock_kind kind, struct page *out)
{
	struct list list = { .v = NULL };
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	/* The texts are there before it is known how many rows there are. */
	page_init(out, sizeof(struct low_stock), 0);
	if ((rc = read_all(s, kind, &list, &out->arena)) < 0) {
		page_free(out);
		free(list.v);
		return rc;
	}
	if (list.n > 1)
		qsort(list.v, list.n, sizeof(list.v[0]), by_cover);
	out->rows = arena_alloc(&out->arena, list.n * sizeof(list.v[0]));
	out->cap = list.n;
	for (i = 0; i < list.n; i++)
		*(struct low_stock *)page_add(out) = list.v[i];
	free(list.v);
	return 0;
}
