/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "claims_priv.h"
#include "ship_priv.h"

/* One scan a parcel: the goods say which order is next. */

static const struct op op_claim = { "order-claim", PERM_ORDER_SHIP, "order" };

#define BATCH 32

/* Where the search has got to; in order by the deadline. */
struct next {
	int64_t variant_id, reviewed;
	int64_t due, order_id;
	int64_t ids[BATCH];
	size_t n;
};

/* By reservation_alone: those who wait for just one of it, and may go. */
static const char sql_next[] =
    "SELECT r.due, r.order_id, CASE WHEN o.state = 2 AND o.held = 0"
    " AND o.done & $5 = $5 AND NOT EXISTS (SELECT 1 FROM packed_line k"
    " WHERE k.order_id = o.id) THEN 1 ELSE 0 END FROM reservation r"
    " JOIN orders o ON o.id = r.order_id WHERE r.variant_id = $1"
    " AND r.warehouse_id = $2 AND r.alone = 1"
    " AND (r.due, r.order_id) > ($3, $4) ORDER BY r.due, r.order_id LIMIT $6";

/* The next of them: 1, or 0 at the end. */
static int
read_next(struct session *s, struct next *k)
{
	struct db_rows *rows;
	int rc, seen = 0;

	k->n = 0;
	rc = db_query(s->db, sql_next,
	    DB_ARGS(db_i(k->variant_id),
		db_i(s->floor != 0 ? s->floor : WAREHOUSE_MAIN), db_i(k->due),
		db_i(k->order_id), db_i(k->reviewed), db_i(BATCH)),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		seen = 1;
		k->due = db_int(rows, 0);
		k->order_id = db_int(rows, 1);
		if (db_int(rows, 2))
			k->ids[k->n++] = k->order_id;
	}
	db_done(rows);
	return rc < 0 ? rc : seen;
}

/* 1 when it is ours now, and complete with this scan; else 0. */
static int
take(struct session *s, struct txn *txn, int64_t id, const char *code,
    const char *place, struct packing **out)
{
	struct packing *p;
	int rc;

	if ((rc = claim_take(s, txn, id, place)) <= 0)
		return rc;
	if ((rc = pack_open_id(s, id, 0, &p)) < 0)
		return rc == ERR_STATE ? claim_end(s, txn, id) : rc;
	if ((rc = pack_scan(s, p, code, NULL)) == PACK_COMPLETE) {
		*out = p;
		return 1;
	}
	pack_free(p);
	return rc < 0 ? rc : claim_end(s, txn, id);
}

static int
seek(struct session *s, struct txn *txn, const char *code, const char *place,
    struct packing **out)
{
	struct next k = { .due = INT64_MIN };
	int64_t review;
	size_t i;
	int rc;

	if ((rc = setting_int(s, SETTING_REVIEW, &review)) < 0)
		return rc;
	k.reviewed = review ? DONE_REVIEWED : 0;
	if ((rc = code_variant(s, code, &k.variant_id)) == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "",
		    _("No product has the code %s"), code);
	while (rc == 0 && (rc = read_next(s, &k)) > 0)
		for (i = 0, rc = 0; rc == 0 && i < k.n; i++)
			rc = take(s, txn, k.ids[i], code, place, out);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	return err_set(&s->err, ERR_NOTFOUND, "",
	    _("No order waits for one piece of %s alone"), code);
}

int
pack_next_by_goods(struct session *s, const char *code, const char *place,
    struct packing **out)
{
	struct packing *p = NULL;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_claim, &txn)) < 0)
		return rc;
	rc = seek(s, txn, code, place, &p);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	if (rc == 0)
		*out = p;
	else
		pack_free(p);
	return rc;
}
