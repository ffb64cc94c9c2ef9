/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "inventory_priv.h"

/* What was on hand at a time that is past. */

static const char sql_warehouses[] = "SELECT id FROM warehouse /*scan*/";
static const char sql_last[] = "SELECT coalesce(max(id), 0) FROM stock_move";
static const char sql_time_of[] =
    "SELECT at FROM stock_move WHERE id >= $1 ORDER BY id LIMIT 1";

/* The newest move up to @at, by halving: ids and times grow together. */
int
ledger_last(struct session *s, int64_t at, int64_t *id)
{
	int64_t low = 0, high, mid, then;
	int rc;

	if ((rc = db_get1(s->db, sql_last, DB_NOARGS, &high)) < 0)
		return rc;
	high++; /* low is up to @at, high is later or behind the end */
	while (high - low > 1) {
		mid = low + (high - low) / 2;
		rc = db_get1(s->db, sql_time_of, DB_ARGS(db_i(mid)), &then);
		if (rc < 0)
			return rc;
		if (then <= at)
			low = mid;
		else
			high = mid;
	}
	*id = low;
	return 0;
}

static const char sql_at[] =
    "SELECT on_hand_after, value_after FROM stock_move"
    " WHERE variant_id = $1 AND warehouse_id = $2 AND id <= $3"
    " ORDER BY id DESC LIMIT 1";

/* One warehouse's balance is in its last move up to then. */
static int
balance_at(struct session *s, int64_t warehouse_id, int64_t variant_id,
    int64_t last, int64_t *on_hand, int64_t *value)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_at,
	    DB_ARGS(db_i(variant_id), db_i(warehouse_id), db_i(last)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*on_hand += db_int(rows, 0);
		*value += db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
stock_at(struct session *s, int64_t variant_id, int64_t at, int64_t *on_hand,
    int64_t *value)
{
	int64_t n = 0, worth = 0, last;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if ((rc = ledger_last(s, at, &last)) < 0 ||
	    (rc = db_query(s->db, sql_warehouses, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if ((rc = balance_at(
			 s, db_int(rows, 0), variant_id, last, &n, &worth)) < 0)
			break;
	db_done(rows);
	if (rc < 0)
		return rc;
	*on_hand = n;
	*value = session_may(s, PERM_COST_VIEW) ? worth : 0;
	return 0;
}

/* Each variant and warehouse by its last move up to then. */
#define PAST(column) \
	"coalesce((SELECT m." column " FROM stock_move m" \
	" WHERE m.variant_id = st.variant_id" \
	" AND m.warehouse_id = st.warehouse_id AND m.id <= "

static void
take_past(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stock_past *p = out;

	p->id = db_int(rows, 0);
	p->warehouse_id = db_int(rows, 1);
	p->sku_code = row_text(rows, 2, arena);
	p->name = row_text(rows, 3, arena);
	p->warehouse = row_text(rows, 4, arena);
	p->on_hand = db_int(rows, 5);
	p->value = db_int(rows, 6);
}

int
stock_past_page(struct session *s, int64_t at, int64_t warehouse_id,
    enum page_dir dir, const struct stock_past *from, size_t limit,
    struct page *out)
{
	struct query q =
	    QUERY("SELECT st.variant_id, st.warehouse_id, v.sku_code, v.name,"
		  " w.name, " PAST("on_hand_after"));
	const struct query_key keys[] = {
		{ "st.variant_id", db_i(from != NULL ? from->id : 0) },
		{ "st.warehouse_id",
		    db_i(from != NULL ? from->warehouse_id : 0) },
	};
	struct stock_past *p;
	int64_t last;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0 ||
	    (rc = ledger_last(s, at, &last)) < 0)
		return rc;
	query_add_val(&q, db_i(last));
	query_lit(&q, " ORDER BY m.id DESC LIMIT 1), 0), " PAST("value_after"));
	query_add_val(&q, db_i(last));
	query_lit(&q, " ORDER BY m.id DESC LIMIT 1), 0) FROM stock st"
		      " JOIN variant v ON v.id = st.variant_id"
		      " JOIN warehouse w ON w.id = st.warehouse_id"
		      " WHERE 1 = 1");
	if (warehouse_id != 0)
		query_and(&q, "st.warehouse_id =", db_i(warehouse_id));
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct stock_past), limit, take_past, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (p = out->rows, i = 0; i < out->n; i++)
		p[i].value = 0;
	return 0;
}
