/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/bins_priv.h"
#include "waves_priv.h"

/* What is in one wave: orders, lines, slots. Settings bound how much that is.
 */

#define ROWS_MAX 20000

/* Why it was kicked out: a hold's reason, or one of these. */
static const char *
why_text(const char *why)
{
	if (why[0] == '\0')
		return "";
	if (strcmp(why, "cancelled") == 0)
		return _("the wave was cancelled");
	if (strcmp(why, "changed") == 0)
		return _("the order was changed");
	if (strcmp(why, "closed") == 0)
		return _("the order was closed");
	if (strcmp(why, "shipped") == 0)
		return _("shipped by way of the platform");
	return order_hold_text(why);
}

static void
take_order(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct wave_order *o = out;
	const char *no = row_text(rows, 1, arena);

	o->order_id = db_int(rows, 0);
	o->order_no = db_int(rows, 2) > 0 ? arena_printf(arena, "%s-%lld", no,
						(long long)db_int(rows, 2))
					  : no;
	o->slot = db_int(rows, 3);
	o->state = db_int(rows, 4);
	o->why = arena_strdup(arena, why_text(row_text(rows, 5, NULL)));
	o->at = db_int(rows, 6);
	o->need = db_int(rows, 7);
	o->sorted = db_int(rows, 8);
}

#define OF_SLOT(column) \
	", (SELECT sum(i." column ") FROM wave_item i" \
	" WHERE i.wave_id = x.wave_id AND i.slot = x.slot)"

int
wave_orders(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT x.order_id, o.order_no, x.part, x.slot, x.state,"
		  " x.why, x.at" OF_SLOT("need")
		      OF_SLOT("sorted") " FROM wave_order x"
					" JOIN orders o ON o.id = x.order_id"
					" WHERE 1 = 1");
	const struct query_key keys[] = { { "x.slot", db_i(0) },
		{ "x.order_id", db_i(0) } };
	struct wave_order *o;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "x.wave_id =", db_i(id));
	query_page(&q, keys, 2, false, PAGE_FIRST, ROWS_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct wave_order),
	    ROWS_MAX, take_order, out);
	for (i = 0, o = rc == 0 ? out->rows : NULL; rc == 0 && i < out->n; i++)
		o[i].row = (int64_t)i + 1;
	return rc;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct wave_line *l = out;

	l->variant_id = db_int(rows, 0);
	l->sku_code = row_text(rows, 1, arena);
	l->name = row_text(rows, 2, arena);
	l->bin = row_text(rows, 3, arena);
	l->need = db_int(rows, 4);
	l->picked = db_int(rows, 5);
	l->sorted = db_int(rows, 6);
	l->walk = db_int(rows, 7);
}

static int
by_bin(const void *a, const void *b)
{
	const struct wave_line *x = a, *y = b;
	int c = bin_compare(x->walk, x->bin, y->walk, y->bin);

	return c != 0 ? c : strcmp(x->sku_code, y->sku_code);
}

int
wave_lines_read(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT l.variant_id, v.sku_code, v.name, l.bin, l.need,"
		  " l.picked, l.sorted, coalesce(b.walk, 0) FROM wave_line l"
		  " JOIN variant v ON v.id = l.variant_id"
		  " JOIN wave w ON w.id = l.wave_id LEFT JOIN bin b"
		  " ON b.warehouse_id = w.warehouse_id AND b.code = l.bin"
		  " WHERE 1 = 1");
	const struct query_key keys[] = { { "l.variant_id", db_i(0) } };
	int rc;

	query_and(&q, "l.wave_id =", db_i(id));
	query_page(&q, keys, 1, false, PAGE_FIRST, ROWS_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct wave_line),
	    ROWS_MAX, take_line, out);
	if (rc == 0 && out->n > 1)
		qsort(out->rows, out->n, sizeof(struct wave_line), by_bin);
	return rc;
}

int
wave_lines(struct session *s, int64_t id, struct page *out)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	return rc < 0 ? rc : wave_lines_read(s, id, out);
}

static void
take_item(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct wave_item *it = out;

	it->slot = db_int(rows, 0);
	it->variant_id = db_int(rows, 1);
	it->sku_code = row_text(rows, 2, arena);
	it->name = row_text(rows, 3, arena);
	it->need = db_int(rows, 4);
	it->sorted = db_int(rows, 5);
}

int
wave_items(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT i.slot, i.variant_id, v.sku_code, v.name, i.need,"
		  " i.sorted FROM wave_item i"
		  " JOIN variant v ON v.id = i.variant_id"
		  " WHERE EXISTS (SELECT 1 FROM wave_order x WHERE"
		  " x.wave_id = i.wave_id AND x.slot = i.slot"
		  " AND x.state <> 2)");
	const struct query_key keys[] = { { "i.slot", db_i(0) },
		{ "i.variant_id", db_i(0) } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "i.wave_id =", db_i(id));
	query_page(&q, keys, 2, false, PAGE_FIRST, ROWS_MAX);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct wave_item),
	    ROWS_MAX, take_item, out);
}
