/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "../floor/waves_priv.h"
#include "../goods/kits_priv.h"
#include "stock_priv.h"

static const char sql_stock_row[] =
    "INSERT INTO stock (warehouse_id, variant_id) VALUES ($1, $2)"
    " ON CONFLICT (variant_id, warehouse_id) DO NOTHING";

/* low, once this was taken off what is available. */
#define LEVEL \
	"coalesce(reorder_here," \
	" (SELECT v.reorder_at FROM variant v WHERE v.id = $1))"
#define LOW(less) \
	" low = CASE WHEN " LEVEL " > 0 AND available" less " <= " LEVEL \
	" THEN 1 ELSE 0 END"

/* A promise of stock, made or taken back. */
struct promise {
	int64_t line_no, warehouse_id, variant_id, qty;
	int64_t lines, alone, due; /* of its order, when it is made */
};
struct promises {
	struct promise *v;
	size_t n, cap;
};

static int
promises_read(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, struct promises *ps)
{
	struct db_rows *rows;
	int rc;

	*ps = (struct promises){ 0 };
	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (ps->n == ps->cap) {
			ps->cap = ps->cap == 0 ? 8 : ps->cap * 2;
			ps->v = xreallocarray(ps->v, ps->cap, sizeof(ps->v[0]));
		}
		ps->v[ps->n++] = (struct promise){
			.line_no = db_int(rows, 0),
			.warehouse_id = db_int(rows, 1),
			.variant_id = db_int(rows, 2),
			.qty = db_int(rows, 3),
			.lines = db_int(rows, 4),
			.alone = db_int(rows, 5),
			.due = db_int(rows, 6),
		};
	}
	db_done(rows);
	return rc;
}

static const char sql_reserved_add[] =
    "UPDATE stock SET reserved = reserved + $3," LOW(
	" - $3") " WHERE variant_id = $1 AND warehouse_id = $2";

static int
reserved_add(struct txn *txn, const struct promise *p, int64_t qty)
{
	const struct db_val args[] = { db_i(p->variant_id),
		db_i(p->warehouse_id), db_i(qty) };
	int64_t n = 0;
	int rc = db_exec(txn, sql_reserved_add, args, 3, &n);

	if (rc < 0 || n != 0)
		return rc;
	/* There was none of it yet. */
	rc = db_exec(txn, sql_stock_row, DB_ARGS(args[1], args[0]), NULL);
	return rc < 0 ? rc : db_exec(txn, sql_reserved_add, args, 3, NULL);
}

/* What was paid back is not sent, so nothing is kept for it; of what is partly
 * shipped, only when that was done here is it known what is left. */
#define DUE \
	"CASE WHEN o.promised_at > 0 THEN o.promised_at ELSE o.paid_at + $2 END"
#define WAITS \
	" AND l.variant_id IS NOT NULL AND l.qty > l.sent AND l.kit >= 0" \
	" AND l.refund_state <> 2 AND (o.state = 2 OR (o.state = 3 AND" \
	" EXISTS (SELECT 1 FROM parcel_line s WHERE s.order_id = o.id)))"
static const char sql_to_promise[] =
    "SELECT l.line_no, coalesce(o.warehouse_id, 1), l.variant_id,"
    " l.qty - l.sent, (SELECT count(*) FROM order_line n"
    " WHERE n.order_id = o.id AND n.qty > n.sent AND n.refund_state <> 2"
    " AND n.kit >= 0),"
    " CASE WHEN o.state = 2 AND o.lead_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM orders f WHERE f.lead_id = o.id) THEN 1 ELSE 0 END, " DUE
    " FROM orders o JOIN order_line l ON l.order_id = o.id"
    " WHERE o.id = $1 AND o.parts = 0" WAITS
    " AND NOT EXISTS (SELECT 1 FROM reservation r"
    " WHERE r.order_id = l.order_id AND r.line_no = l.line_no)";
/* Where each part of it is sent from. */
static const char sql_to_promise_parts[] =
    "SELECT l.line_no, coalesce(p.warehouse_id, o.warehouse_id, 1),"
    " l.variant_id, sum(p.qty - p.sent), 0, 0, " DUE
    " FROM orders o JOIN order_part p ON p.order_id = o.id"
    " JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no"
    " WHERE o.id = $1 AND o.parts > 0 AND p.qty > p.sent" WAITS
    " AND NOT EXISTS (SELECT 1 FROM reservation r"
    " WHERE r.order_id = l.order_id AND r.line_no = l.line_no)"
    " GROUP BY l.line_no, coalesce(p.warehouse_id, o.warehouse_id, 1) /*sort*/";
static const char sql_promise[] =
    "INSERT INTO reservation (order_id, line_no, warehouse_id, variant_id, qty,"
    " alone, due) VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char sql_not_alone[] =
    "UPDATE reservation SET alone = 0 WHERE order_id = $1 AND alone = 1";

static int
promise(struct txn *txn, int64_t order_id, const struct promise *p)
{
	int64_t alone = p->alone && p->lines == 1 && p->qty == 1;
	int rc;

	rc = db_exec(txn, sql_promise,
	    DB_ARGS(db_i(order_id), db_i(p->line_no), db_i(p->warehouse_id),
		db_i(p->variant_id), db_i(p->qty), db_i(alone), db_i(p->due)),
	    NULL);
	return rc < 0 ? rc : reserved_add(txn, p, p->qty);
}

int
stock_reserve(struct session *s, struct txn *txn, int64_t order_id)
{
	struct promises ps;
	int64_t hours;
	size_t i;
	int rc;

	if ((rc = kits_again(s, txn, order_id)) < 0 ||
	    (rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0)
		return rc;
	rc = promises_read(s, sql_to_promise,
	    DB_ARGS(db_i(order_id), db_i(hours * 3600)), &ps);
	if (rc == 0 && ps.n == 0)
		rc = promises_read(s, sql_to_promise_parts,
		    DB_ARGS(db_i(order_id), db_i(hours * 3600)), &ps);
	for (i = 0; rc == 0 && i < ps.n; i++)
		rc = promise(txn, order_id, &ps.v[i]);
	if (rc == 0 && ps.n > 0 && ps.v[0].lines > (int64_t)ps.n)
		rc = db_exec(txn, sql_not_alone, DB_ARGS(db_i(order_id)), NULL);
	free(ps.v);
	return rc;
}

static const char sql_promised[] =
    "SELECT line_no, warehouse_id, variant_id, qty, 0, 0, 0 FROM reservation"
    " WHERE order_id = $1";
static const char sql_unpromise[] =
    "DELETE FROM reservation WHERE order_id = $1";

int
stock_unreserve(struct session *s, struct txn *txn, int64_t order_id)
{
	struct promises ps;
	size_t i;
	int rc;

	rc = promises_read(s, sql_promised, DB_ARGS(db_i(order_id)), &ps);
	if (rc == 0 && ps.n > 0)
		rc = db_exec(txn, sql_unpromise, DB_ARGS(db_i(order_id)), NULL);
	for (i = 0; rc == 0 && i < ps.n; i++)
		rc = reserved_add(txn, &ps.v[i], -ps.v[i].qty);
	free(ps.v);
	return rc;
}

static const char sql_promised_line[] =
    "SELECT line_no, warehouse_id, variant_id, qty, 0, 0, 0 FROM reservation"
    " WHERE order_id = $1 AND line_no = $2 AND warehouse_id = $3";
static const char sql_promise_less[] =
    "UPDATE reservation SET qty = qty - $4, alone = 0"
    " WHERE order_id = $1 AND line_no = $2 AND warehouse_id = $3";
static const char sql_promise_kept[] =
    "DELETE FROM reservation"
    " WHERE order_id = $1 AND line_no = $2 AND warehouse_id = $3 AND qty = $4";

int
stock_promise_kept(struct session *s, struct txn *txn, int64_t order_id,
    int64_t line_no, int64_t warehouse_id, int64_t qty)
{
	const struct db_val of[] = { db_i(order_id), db_i(line_no),
		db_i(warehouse_id) };
	struct promises ps;
	int64_t n;
	int rc;

	rc = promises_read(s, sql_promised_line, of, 3, &ps);
	if (rc == 0 && ps.n > 0) {
		n = ps.v[0].qty < qty ? ps.v[0].qty : qty;
		rc = db_exec(txn,
		    n == ps.v[0].qty ? sql_promise_kept : sql_promise_less,
		    DB_ARGS(of[0], of[1], of[2], db_i(n)), NULL);
		if (rc == 0)
			rc = reserved_add(txn, &ps.v[0], -n);
	}
	free(ps.v);
	return rc;
}

int
stock_again(struct session *s, struct txn *txn, int64_t order_id)
{
	int rc = stock_unreserve(s, txn, order_id);

	if (rc == 0)
		rc = stock_reserve(s, txn, order_id);
	return rc < 0 ? rc : wave_look_again(s, txn, order_id);
}

static const char sql_low[] =
    "UPDATE stock SET" LOW("") " WHERE variant_id = $1";

int
stock_low(struct session *s, struct txn *txn, int64_t variant_id)
{
	int rc;

	(void)s;
	rc = db_exec(txn, sql_stock_row,
	    DB_ARGS(db_i(WAREHOUSE_MAIN), db_i(variant_id)), NULL);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_low, DB_ARGS(db_i(variant_id)), NULL);
}

static const char sql_in_transit[] =
    "UPDATE stock SET in_transit = in_transit + $3"
    " WHERE variant_id = $1 AND warehouse_id = $2";

int
stock_in_transit(struct session *s, struct txn *txn, int64_t warehouse_id,
    int64_t variant_id, int64_t delta)
{
	int64_t made = 0;
	int rc;

	(void)s;
	rc = db_exec(txn, sql_stock_row,
	    DB_ARGS(db_i(warehouse_id), db_i(variant_id)), &made);
	if (rc == 0 && made > 0) /* there is none of it yet */
		rc = db_exec(txn, sql_low, DB_ARGS(db_i(variant_id)), NULL);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_in_transit,
	    DB_ARGS(db_i(variant_id), db_i(warehouse_id), db_i(delta)), NULL);
}
