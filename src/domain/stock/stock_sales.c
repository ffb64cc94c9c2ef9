/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "../goods/kits_priv.h"
#include "stock_priv.h"

/* What buyers paid for goods that were sent. */

/* The kit of the piece in line $2, and all its pieces. */
static const char sql_pieces[] =
    "SELECT x.line_no, x.qty * v.price, k.paid FROM order_line l"
    " JOIN order_line k ON k.order_id = l.order_id AND k.line_no = l.kit"
    " JOIN order_line x ON x.order_id = l.order_id AND x.kit = l.kit"
    " JOIN variant v ON v.id = x.variant_id"
    " WHERE l.order_id = $1 AND l.line_no = $2 ORDER BY x.line_no";

/* A piece's share of what was paid for its kit. */
static int
piece_paid(struct session *s, int64_t order_id, int64_t line_no, int64_t *paid)
{
	int64_t weight[KIT_PARTS_MAX], share[KIT_PARTS_MAX], all = 0;
	size_t n = 0, at = 0;
	struct db_rows *rows;
	int rc;

	*paid = 0;
	rc = db_query(
	    s->db, sql_pieces, DB_ARGS(db_i(order_id), db_i(line_no)), &rows);
	if (rc < 0)
		return rc;
	while (n < KIT_PARTS_MAX && (rc = db_next(rows)) > 0) {
		if (db_int(rows, 0) == line_no)
			at = n;
		weight[n++] = db_int(rows, 1);
		all = db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0 || n == 0)
		return rc;
	share_out(all, weight, n, share);
	*paid = share[at];
	return 0;
}

int
line_sales(struct session *s, int64_t order_id, const struct sold_line *l,
    int64_t sent, int64_t qty, int64_t *sales)
{
	int64_t paid = l->paid;
	int rc = 0;

	if (l->of_kit > 0)
		rc = piece_paid(s, order_id, l->line_no, &paid);
	*sales =
	    share_of(paid, sent + qty, l->qty) - share_of(paid, sent, l->qty);
	return rc;
}

static const char sql_lines[] =
    "SELECT line_no, kit, paid, qty, sent FROM order_line"
    " WHERE order_id = $1 AND variant_id = $2 AND kit >= 0 AND sent > 0";

int
order_sales(
    struct session *s, int64_t order_id, int64_t variant_id, int64_t *sales)
{
	struct db_rows *rows;
	int64_t n;
	int rc;

	*sales = 0;
	rc = db_query(
	    s->db, sql_lines, DB_ARGS(db_i(order_id), db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		const struct sold_line l = { db_int(rows, 0), db_int(rows, 1),
			db_int(rows, 2), db_int(rows, 3) };

		if ((rc = line_sales(s, order_id, &l, 0, db_int(rows, 4), &n)) <
		    0)
			break;
		*sales += n;
	}
	db_done(rows);
	return rc;
}
