/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "stock_moves.h"
#include "stock_priv.h"

/* What came and went by day. A shop of before that was kept as it is now has it
 * added up from its ledger, once. */

static const char sql_none[] = "DELETE FROM stock_day /*scan*/";
/* Quarters of an hour: zones differ by whole ones. Pieces sold are out of the
 * stock, as is what they cost. */
static const char sql_moves[] =
    "SELECT m.variant_id, m.warehouse_id, m.at / 900,"
    " -sum(CASE WHEN x.kind = 'receipt' THEN 0 ELSE m.qty END),"
    " -sum(CASE WHEN x.kind = 'receipt' THEN 0 ELSE m.value END),"
    " sum(CASE WHEN x.kind = 'receipt' THEN m.qty ELSE 0 END), sum(m.sales)"
    " FROM stock_move m JOIN stock_slip x ON x.id = m.slip_id"
    " WHERE x.kind IN ('receipt', 'ship', 'return') AND m.qty <> 0"
    " GROUP BY m.variant_id, m.warehouse_id, m.at / 900 /*scan*/ /*sort*/";
static const char sql_add[] =
    "INSERT INTO stock_day (variant_id, warehouse_id, day, sold, cost, came,"
    " sales) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (variant_id, warehouse_id, day) DO UPDATE SET"
    " sold = stock_day.sold + excluded.sold,"
    " cost = stock_day.cost + excluded.cost,"
    " came = stock_day.came + excluded.came,"
    " sales = stock_day.sales + excluded.sales";

int
stock_day_add(struct txn *txn, const struct stock_key *k, int64_t day,
    const struct stock_figures *f)
{
	return db_exec(txn, sql_add,
	    DB_ARGS(db_i(k->variant_id), db_i(k->warehouse_id), db_i(day),
		db_i(f->sold), db_i(f->cost), db_i(f->came), db_i(f->sales)),
	    NULL);
}

static int
add_days(struct session *s, struct txn *txn)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_exec(txn, sql_none, DB_NOARGS, NULL)) < 0 ||
	    (rc = db_query(s->db, sql_moves, NULL, 0, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		const struct stock_key k = { .variant_id = db_int(rows, 0),
			.warehouse_id = db_int(rows, 1) };
		const struct stock_figures f = { db_int(rows, 3),
			db_int(rows, 4), db_int(rows, 5), db_int(rows, 6) };

		rc =
		    stock_day_add(txn, &k, time_day(db_int(rows, 2) * 900), &f);
		if (rc < 0)
			break;
	}
	db_done(rows);
	return rc;
}

int
stock_days_due(struct session *s)
{
	return session_due(s, "stock_days_due", add_days);
}
