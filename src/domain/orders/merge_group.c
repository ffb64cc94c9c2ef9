/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../floor/ship_priv.h"
#include "../logistics/freight_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "gifts_priv.h"
#include "merge_priv.h"
#include "order_priv.h"

/* Orders that go together, inside the operations of others. */

static const char sql_packed[] =
    "SELECT count(*) FROM (SELECT 1 FROM packed_line WHERE order_id = $1"
    " LIMIT 1) k";
static const char sql_wave[] =
    "SELECT w.wave_no FROM wave_order x JOIN wave w ON w.id = x.wave_id"
    " WHERE x.order_id = $1 AND x.state = 0";

/* The wave that it is picked in. */
static int
check_wave(struct session *s, const struct order_now *now)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_wave, DB_ARGS(db_i(now->id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s is being picked in wave %s"), now->order_no,
		    db_text(rows, 0));
	db_done(rows);
	return rc;
}

int
parcel_open_to_change(struct session *s, const struct order_now *now)
{
	int64_t packed = 0;
	int rc;

	if (now->state == ORDER_SHIPPED || now->state == ORDER_DONE ||
	    now->state == ORDER_PART_SHIPPED)
		return order_shipped_error(s, now->id, now->order_no);
	if (now->state != ORDER_PAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: there is nothing to be shipped"),
		    now->order_no, order_state_text(now->state));
	rc = db_get1(s->db, sql_packed, DB_ARGS(db_i(now->id)), &packed);
	if (rc == 0 && packed > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s is packed already: open the parcel first"),
		    now->order_no);
	return rc < 0 ? rc : check_wave(s, now);
}

static const char sql_followers[] =
    "SELECT count(*) FROM (SELECT 1 FROM orders WHERE lead_id = $1 LIMIT 1) f";

int
group_any(struct session *s, const struct order_now *now)
{
	int64_t n = 0;
	int rc;

	if (now->lead_id != 0)
		return 1;
	rc = db_get1(s->db, sql_followers, DB_ARGS(db_i(now->id)), &n);
	return rc < 0 ? rc : n > 0;
}

static const char sql_next[] =
    "SELECT coalesce(min(id), 0) FROM orders WHERE lead_id = $1";
static const char sql_hand_on[] =
    "UPDATE orders SET lead_id = CASE WHEN id = $2 THEN NULL ELSE $2 END,"
    " version = version + 1 WHERE lead_id = $1";
static const char sql_alone[] =
    "UPDATE orders SET lead_id = NULL, version = version + 1 WHERE id = $1";
static const char sql_rest[] = "SELECT count(*) FROM orders WHERE lead_id = $1";

/* An order that is left alone waits by itself again. */
static int
promise_again(struct session *s, struct txn *txn, int64_t id)
{
	int64_t n = 0;
	int rc;

	rc = db_fetch1(txn, sql_rest, DB_ARGS(db_i(id)), &n);
	return rc < 0 || n > 0 ? rc : stock_again(s, txn, id);
}

int
group_leave(struct session *s, struct txn *txn, int64_t id)
{
	struct order_now now;
	int64_t next = 0;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	if (now.lead_id != 0) {
		next = now.lead_id;
		rc = db_exec(txn, sql_alone, DB_ARGS(db_i(id)), NULL);
	} else {
		rc = db_fetch1(txn, sql_next, DB_ARGS(db_i(id)), &next);
		if (rc == 0 && next != 0)
			rc = db_exec(txn, sql_hand_on,
			    DB_ARGS(db_i(id), db_i(next)), NULL);
	}
	if (rc == 0 && next != 0)
		rc = stock_again(s, txn, id);
	if (rc == 0 && next != 0)
		rc = promise_again(s, txn, next);
	if (rc == 0 && next != 0)
		rc = gifts_again(s, txn, id);
	if (rc == 0 && next != 0)
		rc = gifts_again(s, txn, next);
	if (rc == 0 && next != 0)
		rc = route_again(s, txn, id);
	if (rc == 0 && next != 0)
		rc = route_again(s, txn, next);
	if (rc == 0 && next != 0)
		rc = courier_again(s, txn, id);
	if (rc == 0 && next != 0)
		rc = courier_again(s, txn, next);
	return rc;
}
