/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "bins_priv.h"

/* What came in and waits for its shelf: see put_wait in the schema. */

static const char sql_add[] =
    "INSERT INTO put_wait (slip_id, warehouse_id, variant_id, qty, rest, at)"
    " VALUES ($1, $2, $3, $4, $4, $5)";

int
put_wait_add(struct txn *txn, int64_t slip_id, int64_t warehouse_id,
    int64_t variant_id, int64_t qty, int64_t at)
{
	return db_exec(txn, sql_add,
	    DB_ARGS(db_i(slip_id), db_i(warehouse_id), db_i(variant_id),
		db_i(qty), db_i(at)),
	    NULL);
}

static const char sql_oldest[] =
    "SELECT id, rest FROM put_wait WHERE warehouse_id = $1"
    " AND variant_id = $2 AND rest > 0 ORDER BY id LIMIT 1";
static const char sql_less[] =
    "UPDATE put_wait SET rest = rest - $2,"
    " done_at = CASE WHEN rest = $2 THEN $3 ELSE 0 END WHERE id = $1";

int
put_wait_take(struct session *s, struct txn *txn, int64_t warehouse_id,
    int64_t variant_id, int64_t qty, int64_t at)
{
	struct db_rows *rows;
	int64_t id = 0, rest = 0;
	int rc = 0;

	while (rc == 0 && qty > 0) {
		rc = db_query(s->db, sql_oldest,
		    DB_ARGS(db_i(warehouse_id), db_i(variant_id)), &rows);
		if (rc < 0)
			return rc;
		if ((rc = db_next(rows)) > 0) {
			id = db_int(rows, 0);
			rest = db_int(rows, 1) < qty ? db_int(rows, 1) : qty;
		}
		db_done(rows);
		if (rc <= 0) /* none: verify tells */
			return rc;
		rc = db_exec(txn, sql_less,
		    DB_ARGS(db_i(id), db_i(rest), db_i(at)), NULL);
		qty -= rest;
	}
	return rc;
}
