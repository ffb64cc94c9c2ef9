/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/gifts_priv.h"
#include "../orders/order_priv.h"
#include "../reports/figures_priv.h"
#include "../stock/stock_priv.h"
#include "payments_priv.h"

/* What payments make of an order that was made here. */

static const char sql_now[] =
    "SELECT o.origin, o.shop_id, o.paid, o.paid_at, o.total,"
    " (SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM payment p"
    " WHERE p.order_id = o.id AND p.state = 1),"
    " (SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM payment p"
    " WHERE p.order_id = o.id AND p.state = 0),"
    " (SELECT count(*) FROM payment p WHERE p.order_id = o.id)"
    " FROM orders o WHERE o.id = $1";

int
payment_now(struct session *s, int64_t order_id, struct payment_now *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_now, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct payment_now){
			.origin = db_int(rows, 0),
			.shop_id = db_int(rows, 1),
			.paid = db_int(rows, 2),
			.paid_at = db_int(rows, 3),
			.sums = { .total = db_int(rows, 4),
			    .received = db_int(rows, 5),
			    .due = db_int(rows, 6) },
			.n = db_int(rows, 7),
		};
		if (out->origin != ORDER_PLATFORM)
			out->sums.owed = out->sums.total - out->sums.received;
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	}
	db_done(rows);
	return rc;
}

int
payment_sums(struct session *s, int64_t order_id, struct payment_sums *out)
{
	struct payment_now now = { .n = 0 };
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_VIEW)) < 0 ||
	    (rc = payment_now(s, order_id, &now)) < 0)
		return rc;
	*out = now.sums;
	return 0;
}

static const char sql_paid[] =
    "UPDATE orders SET paid = $2, paid_at = $3, version = version + 1"
    " WHERE id = $1";
static const char sql_customer[] =
    "UPDATE customer SET paid_n = paid_n + $2, paid = paid + $3"
    " WHERE id = (SELECT r.customer_id FROM orders o"
    " JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1)";

/* Paid and when, and the figures of the day and of the customer: those count
 * what is paid only from when the order is. */
static int
keep_paid(struct session *s, struct txn *txn, int64_t id,
    const struct payment_now *now, int64_t paid_at)
{
	int64_t n = now->paid_at == 0 && paid_at != 0;
	int64_t fen = now->sums.received - (n != 0 ? 0 : now->paid);
	struct figures f = { 0 };
	int rc;

	rc = db_exec(txn, sql_paid,
	    DB_ARGS(db_i(id), db_i(now->sums.received), db_i(paid_at)), NULL);
	if (rc < 0 || paid_at == 0)
		return rc;
	rc = db_exec(
	    txn, sql_customer, DB_ARGS(db_i(id), db_i(n), db_i(fen)), NULL);
	if (rc < 0)
		return rc;
	figures_paid(&f, now->shop_id, paid_at, n, fen);
	rc = figures_flush(s, txn, &f);
	figures_done(&f);
	return rc;
}

/* It is paid now: its stock is promised, and its gifts are given. */
static int
become_paid(struct session *s, struct txn *txn, struct order_now *order)
{
	int rc;

	if ((rc = order_move(s, txn, order, ORDER_PAID)) < 0 ||
	    (rc = stock_reserve(s, txn, order->id)) < 0)
		return rc;
	return gifts_again(s, txn, order->id);
}

static const char sql_goes[] =
    "UPDATE orders SET paid_at = $2, version = version + 1 WHERE id = $1";

int
payment_later(struct session *s, struct txn *txn, int64_t order_id, int64_t at)
{
	struct payment_now now = { .n = 0 };
	struct order_now order = { .id = 0 };
	int rc;

	if ((rc = payment_now(s, order_id, &now)) < 0)
		return rc;
	/* What is sent again is no sale in any figure. */
	if (now.origin == ORDER_REISSUE)
		rc = db_exec(
		    txn, sql_goes, DB_ARGS(db_i(order_id), db_i(at)), NULL);
	else
		rc = keep_paid(s, txn, order_id, &now, at);
	if (rc == 0)
		rc = order_now(s, txn, order_id, &order);
	return rc < 0 ? rc : become_paid(s, txn, &order);
}

int
payment_settle(struct session *s, struct txn *txn, int64_t order_id, int64_t at)
{
	struct payment_now now = { .n = 0 };
	struct order_now order = { .id = 0 };
	bool full, later;
	int rc;

	if ((rc = payment_now(s, order_id, &now)) < 0 ||
	    now.origin == ORDER_PLATFORM || now.n == 0)
		return rc;
	if ((rc = order_now(s, txn, order_id, &order)) < 0)
		return rc;
	full = now.sums.owed <= 0;
	later = order.cod != 0 || now.origin == ORDER_BUSINESS;
	rc = keep_paid(s, txn, order_id, &now,
	    full && order.state == ORDER_UNPAID && now.paid_at == 0
		? at
		: now.paid_at);
	if (rc < 0 || (rc = order_now(s, txn, order_id, &order)) < 0)
		return rc;
	if (full || later)
		rc = hold_clear(s, txn, &order, "payment");
	else if (order_can_hold(order.state))
		rc = hold_open(s, txn, &order, "payment", "", NULL);
	if (rc == 0 && full && order.state == ORDER_UNPAID)
		rc = become_paid(s, txn, &order);
	return rc;
}
