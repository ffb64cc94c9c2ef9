/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/merge_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "kits_priv.h"

/*
 * The lines of kits in orders. What a kit is made up of counts when its line is
 * taken apart; from then on its parts go by the line alone, so that what is
 * changed in the kit changes no order.
 */

/* Parts are numbered from here on, behind gifts and what files bring. */
#define LINE_FIRST 20000

struct line {
	int64_t line_no, variant_id, qty, sent, kit, listing_id, refund_state;
	bool is_kit; /* what it is mapped to is one */
};
struct lines {
	struct line *v;
	size_t n;
	int64_t order_id, last; /* the highest number of a part */
	bool to_ship, changed;
};

static const char sql_any[] =
    "SELECT count(*) FROM (SELECT 1 FROM kit_part LIMIT 1 /*scan*/) k";

static const char sql_lines[] =
    "SELECT l.line_no, coalesce(l.variant_id, 0), l.qty, l.sent, l.kit,"
    " l.listing_id, l.refund_state, coalesce(v.kit, 0) FROM order_line l"
    " LEFT JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1"
    " ORDER BY l.line_no";

static int
lines_read(struct session *s, int64_t order_id, struct lines *ls)
{
	struct db_rows *rows;
	struct line l;
	int rc;

	*ls = (struct lines){ .order_id = order_id, .last = LINE_FIRST };
	rc = db_query(s->db, sql_lines, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		l = (struct line){ .line_no = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.qty = db_int(rows, 2),
			.sent = db_int(rows, 3),
			.kit = db_int(rows, 4),
			.listing_id = db_int(rows, 5),
			.refund_state = db_int(rows, 6),
			.is_kit = db_int(rows, 7) != 0 };
		if (l.line_no > ls->last)
			ls->last = l.line_no;
		if (l.kit == 0 && !l.is_kit)
			continue;
		ls->v = xreallocarray(ls->v, ls->n + 1, sizeof(ls->v[0]));
		ls->v[ls->n++] = l;
	}
	db_done(rows);
	return rc;
}

/* The first change: promises stand on lines. */
static int
change(struct session *s, struct txn *txn, struct lines *ls)
{
	if (ls->changed)
		return 0;
	ls->changed = true;
	return stock_unreserve(s, txn, ls->order_id);
}

static const char sql_mark[] = "UPDATE order_line SET kit = $3, sent = $4"
			       " WHERE order_id = $1 AND line_no = $2";
static const char sql_piece_add[] =
    "INSERT INTO order_line (order_id, line_no, sub_order_no, listing_id,"
    " variant_id, qty, price, paid, refund_state, kit)"
    " VALUES ($1, $2, '', $3, $4, $5, 0, 0, $6, $7)";
static const char sql_no_part[] =
    "DELETE FROM order_part WHERE order_id = $1 AND line_no = $2";
static const char sql_sold[] =
    "UPDATE variant SET kit_sold = 1 WHERE id = $1 AND kit_sold = 0";

/* A line that was by itself becomes a kit with its parts behind it. */
static int
take_apart(
    struct session *s, struct txn *txn, struct lines *ls, const struct line *l)
{
	const struct db_val order = db_i(ls->order_id), no = db_i(l->line_no);
	struct kit_piece v[KIT_PARTS_MAX];
	size_t i, n;
	int rc;

	if ((rc = kit_pieces(s, l->variant_id, v, &n)) < 0 || n == 0 ||
	    (rc = change(s, txn, ls)) < 0)
		return rc;
	rc = db_exec(
	    txn, sql_mark, DB_ARGS(order, no, db_i(-1), db_i(l->qty)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_no_part, DB_ARGS(order, no), NULL);
	for (i = 0; rc == 0 && i < n; i++, ls->last++)
		rc = db_exec(txn, sql_piece_add,
		    DB_ARGS(order, db_i(ls->last + 1), db_i(l->listing_id),
			db_i(v[i].part_id), db_i(l->qty * v[i].qty),
			db_i(l->refund_state), no),
		    NULL);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_sold, DB_ARGS(db_i(l->variant_id)), NULL);
}

static const char sql_gone_parts[] =
    "DELETE FROM order_part WHERE order_id = $1 AND line_no IN"
    " (SELECT l.line_no FROM order_line l WHERE l.order_id = $1"
    " AND l.kit = $2)";
static const char sql_gone[] =
    "DELETE FROM order_line WHERE order_id = $1 AND kit = $2";
static const char sql_any_sent[] =
    "SELECT count(*) FROM order_line WHERE order_id = $1 AND kit = $2"
    " AND (sent > 0 OR cost IS NOT NULL)";

/* The parts of line @no go, unless one of them was sent: then 1. */
static int
parts_gone(struct txn *txn, int64_t order_id, int64_t no)
{
	const struct db_val of[] = { db_i(order_id), db_i(no) };
	int64_t sent;
	int rc;

	if ((rc = db_fetch1(txn, sql_any_sent, of, 2, &sent)) < 0 || sent > 0)
		return rc < 0 ? rc : 1;
	rc = db_exec(txn, sql_gone_parts, of, 2, NULL);
	return rc < 0 ? rc : db_exec(txn, sql_gone, of, 2, NULL);
}

static int
fold(struct txn *txn, int64_t order_id, int64_t line_no)
{
	int rc = parts_gone(txn, order_id, line_no);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	return db_exec(txn, sql_mark,
	    DB_ARGS(db_i(order_id), db_i(line_no), db_i(0), db_i(0)), NULL);
}

static const char sql_follow[] =
    "UPDATE order_line SET qty = qty * $3 / $4, refund_state = $5"
    " WHERE order_id = $1 AND kit = $2";

/* As many of its parts as of the kit, and wanted no less. */
static int
follow(
    struct session *s, struct txn *txn, struct lines *ls, const struct line *l)
{
	const struct db_val order = db_i(ls->order_id), no = db_i(l->line_no);
	bool same = l->qty == l->sent;
	size_t i;
	int rc;

	for (i = 0; i < ls->n; i++)
		same = same && (ls->v[i].kit != l->line_no ||
				   ls->v[i].refund_state == l->refund_state);
	if (same || (rc = change(s, txn, ls)) < 0)
		return same ? 0 : rc;
	rc = db_exec(txn, sql_follow,
	    DB_ARGS(
		order, no, db_i(l->qty), db_i(l->sent), db_i(l->refund_state)),
	    NULL);
	if (rc < 0)
		return rc;
	return db_exec(
	    txn, sql_mark, DB_ARGS(order, no, db_i(-1), db_i(l->qty)), NULL);
}

/* A part whose kit is not in the order any more. */
static bool
is_lost(const struct lines *ls, const struct line *l)
{
	size_t i;

	for (i = 0; i < ls->n; i++)
		if (ls->v[i].line_no == l->kit && ls->v[i].kit == -1)
			return false;
	return true;
}

static int
put_right(
    struct session *s, struct txn *txn, struct lines *ls, const struct line *l)
{
	int rc;

	if (l->kit == 0)
		return ls->to_ship ? take_apart(s, txn, ls, l) : 0;
	if (l->kit > 0) {
		if (!is_lost(ls, l))
			return 0;
		rc = change(s, txn, ls);
		if (rc == 0)
			rc = parts_gone(txn, ls->order_id, l->kit);
		return rc < 0 ? rc : 0;
	}
	if (l->is_kit && l->sent > 0 && ls->to_ship)
		return follow(s, txn, ls, l);
	rc = change(s, txn, ls);
	return rc < 0 ? rc : fold(txn, ls->order_id, l->line_no);
}

static const char sql_parts[] = "SELECT parts FROM orders WHERE id = $1";

/* Of a split order: what goes in which parcel. */
static int
parcels_follow(struct session *s, struct txn *txn, int64_t order_id)
{
	int64_t parts = 0;
	int rc = db_fetch1(txn, sql_parts, DB_ARGS(db_i(order_id)), &parts);

	return rc < 0 || parts == 0 ? rc : parts_follow(s, txn, order_id);
}

static const char sql_state[] = "SELECT state FROM orders WHERE id = $1";

int
kits_again(struct session *s, struct txn *txn, int64_t order_id)
{
	struct lines ls;
	int64_t state = 0;
	size_t i;
	int rc;

	if ((rc = session_any(s, &s->kits, sql_any)) <= 0 ||
	    (rc = lines_read(s, order_id, &ls)) < 0)
		return rc;
	if (ls.n > 0)
		rc = db_fetch1(txn, sql_state, DB_ARGS(db_i(order_id)), &state);
	ls.to_ship = order_can_hold(state);
	for (i = 0; rc == 0 && state <= ORDER_PART_SHIPPED && i < ls.n; i++)
		rc = put_right(s, txn, &ls, &ls.v[i]);
	free(ls.v);
	return rc < 0 || !ls.changed ? rc : parcels_follow(s, txn, order_id);
}

static const char sql_one[] =
    "SELECT count(*) FROM order_line WHERE order_id = $1 AND line_no = $2"
    " AND kit = -1 AND coalesce(variant_id, 0) <> $3";

int
kits_fold(struct session *s, struct txn *txn, int64_t order_id, int64_t line_no,
    int64_t variant_id)
{
	int64_t n = 0;
	int rc = session_any(s, &s->kits, sql_any);

	if (rc > 0)
		rc = db_fetch1(txn, sql_one,
		    DB_ARGS(db_i(order_id), db_i(line_no), db_i(variant_id)),
		    &n);
	if (rc < 0 || n == 0)
		return rc;
	rc = fold(txn, order_id, line_no);
	return rc < 0 ? rc : parcels_follow(s, txn, order_id);
}

static const char sql_cost[] =
    "UPDATE order_line SET cost = (SELECT sum(p.cost) FROM order_line p"
    " WHERE p.order_id = $1 AND p.kit = order_line.line_no)"
    " WHERE order_id = $1 AND kit = -1";

int
kits_cost(struct session *s, struct txn *txn, int64_t order_id)
{
	int rc = session_any(s, &s->kits, sql_any);

	return rc <= 0 ? rc
		       : db_exec(txn, sql_cost, DB_ARGS(db_i(order_id)), NULL);
}
