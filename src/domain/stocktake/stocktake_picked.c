/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "stocktake_priv.h"

/*
 * Goods leave the books when they are shipped, and their bin when they are
 * picked. What lies between, on a trolley, in a slot, packed for the scale, or
 * waiting to go back, is no loss. What is picked is what was scanned, or what
 * somebody who picks by the printed list said he has: wave_picked(). He says so
 * when his trolley is full, before those bins are counted.
 */

/* $1 the warehouse, $2 the product, $3 what an order that was picked has done,
 * $4 the state of one that is to be sent. Of a wave what was picked less what
 * was packed; then what goes back; then, of orders that wait, what is packed,
 * or was picked and is in no wave. */
static const char sql_picked[] =
    "SELECT coalesce((SELECT sum(CASE WHEN n > 0 THEN n ELSE 0 END) FROM"
    " (SELECT l.picked - (SELECT coalesce(sum(i.sent), 0) FROM wave_item i"
    " WHERE i.wave_id = l.wave_id AND i.variant_id = l.variant_id) AS n"
    " FROM wave w JOIN wave_line l ON l.wave_id = w.id"
    " WHERE w.state IN (1, 2) AND w.warehouse_id = $1"
    " AND l.variant_id = $2) AS held), 0)"
    " + coalesce((SELECT sum(b.qty) FROM put_back b"
    " JOIN orders o ON o.id = b.order_id LEFT JOIN wave w ON w.id = b.wave_id"
    " WHERE b.variant_id = $2 AND b.done_at = 0"
    " AND coalesce(w.warehouse_id, o.warehouse_id, 1) = $1), 0)"
    " + coalesce((SELECT sum(coalesce((SELECT sum(k.qty) FROM packed_line k"
    " WHERE k.order_id = r.order_id AND k.line_no = r.line_no), CASE"
    " WHEN o.done & $3 <> 0 AND o.parts = 0 AND o.state = $4"
    " AND NOT EXISTS (SELECT 1 FROM wave_order x"
    " WHERE x.order_id = o.id AND x.state = 0)"
    " AND NOT EXISTS (SELECT 1 FROM packed_line k WHERE k.order_id = o.id)"
    " THEN r.qty ELSE 0 END))"
    " FROM reservation r JOIN orders o ON o.id = r.order_id"
    " WHERE r.variant_id = $2 AND r.warehouse_id = $1), 0)";
/* In the order in which what is shipped is taken from the books. */
static const char sql_bins[] =
    "SELECT l.bin_id, l.qty FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $2 AND b.warehouse_id = $1 AND b.kind <> 2"
    " AND l.qty > 0 ORDER BY CASE WHEN b.code = (SELECT s.bin FROM stock s"
    " WHERE s.variant_id = $2 AND s.warehouse_id = $1) THEN -1 ELSE b.kind END,"
    " b.walk, b.along /*sort*/";
static const char sql_home[] =
    "SELECT count(*) FROM stock s JOIN bin b"
    " ON b.warehouse_id = s.warehouse_id AND b.code = s.bin"
    " WHERE s.warehouse_id = $1 AND s.variant_id = $2 AND b.id = $3";

/* Of @n pieces those that the bin of @l gives; *@rest: which no bin has. */
static int
share(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l, int64_t *rest)
{
	struct db_rows *rows;
	int64_t n;
	int rc;

	rc = db_query(s->db, sql_bins,
	    DB_ARGS(db_i(t->warehouse_id), db_i(l->variant_id)), &rows);
	if (rc < 0)
		return rc;
	while (*rest > 0 && (rc = db_next(rows)) > 0) {
		n = db_int(rows, 1) < *rest ? db_int(rows, 1) : *rest;
		if (db_int(rows, 0) == l->bin_id)
			l->picked = n;
		*rest -= n;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
stocktake_picked(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l)
{
	int64_t rest, home = 0;
	int rc;

	l->picked = 0;
	rc = db_get1(s->db, sql_picked,
	    DB_ARGS(db_i(t->warehouse_id), db_i(l->variant_id),
		db_i(DONE_PICKED), db_i(ORDER_PAID)),
	    &rest);
	if (rc < 0 || rest == 0)
		return rc;
	/* The home bin owes what the books do not have, as it does when that is
	 * shipped. */
	if ((rc = share(s, t, l, &rest)) == 0 && rest > 0)
		rc = db_get1(s->db, sql_home,
		    DB_ARGS(db_i(t->warehouse_id), db_i(l->variant_id),
			db_i(l->bin_id)),
		    &home);
	if (rc == 0 && home > 0)
		l->picked += rest;
	return rc;
}
