/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"

#include "session_priv.h"
#include "stock_priv.h"
#include "waves_priv.h"

static const struct {
	const char *kind, *prefix;
} slip_prefixes[] = {
	{ "receipt", "IN" },
	{ "issue", "OUT" },
	{ "adjust", "ADJ" },
	{ "transfer", "TR" },
	{ "ship", "SH" },
};

static const char *
slip_prefix(const char *kind)
{
	size_t i = 0;

	while (strcmp(slip_prefixes[i].kind, kind) != 0) {
		i++;
		assert(i < sizeof(slip_prefixes) / sizeof(slip_prefixes[0]));
	}
	return slip_prefixes[i].prefix;
}

char *
slip_no(const char *kind, int64_t id, char buf[SLIP_NO_SIZE])
{
	snprintf(buf, SLIP_NO_SIZE, "%s-%06" PRId64, slip_prefix(kind), id);
	return buf;
}

/* There is one writer at a time, so this is the id the slip will get. */
static const char sql_slip_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM stock_slip";
static const char sql_slip_add[] =
    "INSERT INTO stock_slip (slip_no, kind, warehouse_id, order_id, supplier,"
    " reason, reverses_id, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

int
slip_open(
    struct session *s, struct txn *txn, const struct slip *slip, int64_t *id)
{
	char no[SLIP_NO_SIZE];
	int64_t next;
	int rc;

	if ((rc = db_fetch1(txn, sql_slip_next, DB_NOARGS, &next)) < 0)
		return rc;
	return db_insert(txn, sql_slip_add,
	    DB_ARGS(db_t(slip_no(slip->kind, next, no)), db_t(slip->kind),
		db_i(slip->warehouse_id), db_id(slip->order_id),
		db_t(slip->supplier != NULL ? slip->supplier : ""),
		db_t(slip->reason != NULL ? slip->reason : ""),
		db_id(slip->reverses_id), db_i(s->staff_id), db_i(time_now())),
	    id);
}

/* value * q / n, rounded half up, without leaving 64 bits on the way. */
static int64_t
share(int64_t value, int64_t q, int64_t n)
{
	int64_t whole, rest;

	if (value < 0)
		return -share(-value, q, n);
	whole = value / n;
	rest = value % n;
	return whole * q + (rest * q + n / 2) / n;
}

struct stock_now {
	int64_t on_hand, value;
	char bin[32];
	int64_t below_zero;
};

static const char sql_stock_now[] =
    "SELECT s.on_hand, s.value, s.bin, w.below_zero"
    " FROM warehouse w LEFT JOIN stock s"
    " ON s.variant_id = $2 AND s.warehouse_id = w.id WHERE w.id = $1";
static const char sql_stock_row[] =
    "INSERT INTO stock (warehouse_id, variant_id) VALUES ($1, $2)"
    " ON CONFLICT (variant_id, warehouse_id) DO NOTHING";

static int
stock_now(struct session *s, struct txn *txn, const struct slip_move *m,
    struct stock_now *now)
{
	struct db_rows *rows;
	bool missing = true;
	int rc;

	*now = (struct stock_now){ .bin = "" };
	rc = db_query(s->db, sql_stock_now,
	    DB_ARGS(db_i(m->warehouse_id), db_i(m->variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		missing = db_isnull(rows, 0);
		now->on_hand = db_int(rows, 0);
		now->value = db_int(rows, 1);
		if (!missing)
			copy_text(now->bin, sizeof(now->bin), db_text(rows, 2));
		now->below_zero = db_int(rows, 3);
	}
	db_done(rows);
	if (rc > 0 && missing)
		rc = db_exec(txn, sql_stock_row,
		    DB_ARGS(db_i(m->warehouse_id), db_i(m->variant_id)), NULL);
	return rc < 0 ? rc : 0;
}

static const char sql_last_cost[] =
    "SELECT value, qty FROM stock_move"
    " WHERE variant_id = $1 AND warehouse_id = $2 AND qty <> 0"
    " ORDER BY id DESC LIMIT 1";

/* What @qty pieces cost by the newest move, when there are none to average. */
static int
last_cost(struct session *s, const struct slip_move *m, int64_t *value)
{
	struct db_rows *rows;
	int64_t worth, n;
	int rc;

	*value = 0;
	rc = db_query(s->db, sql_last_cost,
	    DB_ARGS(db_i(m->variant_id), db_i(m->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		worth = db_int(rows, 0);
		n = db_int(rows, 1);
		if (n < 0) {
			worth = -worth;
			n = -n;
		}
		*value = m->qty < 0 ? -share(worth, -m->qty, n)
				    : share(worth, m->qty, n);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* The value a move carries: see the rules in stock_priv.h. */
static int
move_value(struct session *s, const struct slip_move *m,
    const struct stock_now *now, int64_t *value)
{
	if (m->qty == 0) {
		*value = 0;
	} else if (now->on_hand + m->qty == 0 && (m->qty < 0 || !m->priced)) {
		*value = -now->value;
	} else if (m->priced) {
		*value = m->value;
		if (m->qty < 0 && now->value >= 0 && -m->value > now->value)
			*value = -now->value;
	} else if (now->on_hand > 0) {
		*value = m->qty < 0 ? -share(now->value, -m->qty, now->on_hand)
				    : share(now->value, m->qty, now->on_hand);
	} else {
		return last_cost(s, m, value);
	}
	return 0;
}

static const char sql_move_add[] =
    "INSERT INTO stock_move (slip_id, warehouse_id, variant_id, bin, qty,"
    " value, on_hand_after, value_after, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/* low is worked out here as well, so that a shipment is one statement less. */
static const char sql_stock_set[] =
    "UPDATE stock SET on_hand = $3, value = $4, bin = $5,"
    " low = CASE WHEN (SELECT v.reorder_at FROM variant v WHERE v.id = $1) > 0"
    " AND $3 - reserved <="
    " (SELECT v.reorder_at FROM variant v WHERE v.id = $1) THEN 1 ELSE 0 END"
    " WHERE variant_id = $1 AND warehouse_id = $2";

int
slip_move(struct session *s, struct txn *txn, const struct slip_move *m,
    int64_t *value)
{
	struct stock_now now;
	const char *bin;
	int64_t worth, after, value_after;
	int rc;

	if ((rc = stock_now(s, txn, m, &now)) < 0)
		return rc;
	after = now.on_hand + m->qty;
	if (m->qty < 0 && after < 0 && !now.below_zero)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("There are only %" PRId64 " in stock, %" PRId64
		      " are wanted"),
		    now.on_hand, -m->qty);
	if ((rc = move_value(s, m, &now, &worth)) < 0)
		return rc;
	value_after = now.value + worth;
	if (m->qty > 0 &&
	    (after > STOCK_ON_HAND_MAX || value_after > STOCK_WORTH_MAX))
		return err_set(&s->err, ERR_STATE, "qty",
		    _("The ledger cannot hold that much of one product"));
	bin = m->bin != NULL ? m->bin : now.bin;
	rc = db_exec(txn, sql_move_add,
	    DB_ARGS(db_i(m->slip_id), db_i(m->warehouse_id),
		db_i(m->variant_id), db_t(bin), db_i(m->qty), db_i(worth),
		db_i(after), db_i(value_after), db_i(time_now())),
	    NULL);
	if (rc < 0)
		return rc;
	rc = db_exec(txn, sql_stock_set,
	    DB_ARGS(db_i(m->variant_id), db_i(m->warehouse_id), db_i(after),
		db_i(value_after), db_t(bin)),
	    NULL);
	if (rc == 0 && value != NULL)
		*value = worth;
	return rc;
}

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
    "UPDATE stock SET reserved = reserved + $3,"
    " low = CASE WHEN (SELECT v.reorder_at FROM variant v WHERE v.id = $1) > 0"
    " AND on_hand - reserved - $3 <="
    " (SELECT v.reorder_at FROM variant v WHERE v.id = $1) THEN 1 ELSE 0 END"
    " WHERE variant_id = $1 AND warehouse_id = $2";

static int
reserved_add(struct txn *txn, const struct promise *p, int64_t qty)
{
	return db_exec(txn, sql_reserved_add,
	    DB_ARGS(db_i(p->variant_id), db_i(p->warehouse_id), db_i(qty)),
	    NULL);
}

/* What was paid back is not sent, so nothing is kept for it; of what is partly
 * shipped, only when that was done here is it known what is left. */
#define DUE \
	"CASE WHEN o.promised_at > 0 THEN o.promised_at ELSE o.paid_at + $2 END"
#define WAITS \
	" AND l.variant_id IS NOT NULL AND l.qty > l.sent" \
	" AND l.refund_state <> 2 AND (o.state = 2 OR (o.state = 3 AND" \
	" EXISTS (SELECT 1 FROM parcel_line s WHERE s.order_id = o.id)))"
static const char sql_to_promise[] =
    "SELECT l.line_no, coalesce(o.warehouse_id, 1), l.variant_id,"
    " l.qty - l.sent, (SELECT count(*) FROM order_line n"
    " WHERE n.order_id = o.id AND n.qty > n.sent AND n.refund_state <> 2),"
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
	if (rc == 0)
		rc = db_exec(txn, sql_stock_row,
		    DB_ARGS(db_i(p->warehouse_id), db_i(p->variant_id)), NULL);
	return rc < 0 ? rc : reserved_add(txn, p, p->qty);
}

int
stock_reserve(struct session *s, struct txn *txn, int64_t order_id)
{
	struct promises ps;
	int64_t hours;
	size_t i;
	int rc;

	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0)
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
    "UPDATE stock SET"
    " low = CASE WHEN (SELECT v.reorder_at FROM variant v WHERE v.id = $1) > 0"
    " AND on_hand - reserved <="
    " (SELECT v.reorder_at FROM variant v WHERE v.id = $1) THEN 1 ELSE 0 END"
    " WHERE variant_id = $1";

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

static const char sql_bin[] =
    "UPDATE stock SET bin = $3 WHERE variant_id = $1 AND warehouse_id = $2";

int
stock_bin(
    struct session *s, struct txn *txn, int64_t variant_id, const char *bin)
{
	int rc;

	(void)s;
	rc = db_exec(txn, sql_stock_row,
	    DB_ARGS(db_i(WAREHOUSE_MAIN), db_i(variant_id)), NULL);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_bin,
	    DB_ARGS(db_i(variant_id), db_i(WAREHOUSE_MAIN), db_t(bin)), NULL);
}
