/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../goods/kits_priv.h"
#include "../orders/order_priv.h"
#include "../reports/figures_priv.h"
#include "../stock/stock_priv.h"
#include "waves_priv.h"

/*
 * A parcel that was shipped by mistake and is still here: its slip gets a
 * counter-slip, its orders wait again. What stood in the parcel stays in the
 * log; its waybill is free, as the label is on the box yet.
 */

static const struct op op_unship = { "order-unship", PERM_PACK_FORCE, "order" };

struct gone {
	int64_t id, order_id, part, slip_id, packer_id, at, shop_id;
	int64_t manifest_id, told, known;
	char waybill_no[64], courier[64];
};

/* told: to a platform; known: to the courier, by an event or a bill. */
static const char sql_parcel[] =
    "SELECT p.id, p.order_id, p.part, p.slip_id, p.packer_id, p.shipped_at,"
    " o.shop_id, coalesce(p.manifest_id, 0), (SELECT count(*) FROM orders x"
    " WHERE x.origin = 0 AND ((x.id = p.order_id AND p.exported_at > 0)"
    " OR x.id IN (SELECT a.order_id FROM parcel_also a"
    " WHERE a.parcel_id = p.id AND a.exported_at > 0)) AND x.id IN"
    " (SELECT l.order_id FROM parcel_line l WHERE l.parcel_id = p.id)),"
    " (SELECT count(*) FROM track_event e WHERE e.parcel_id = p.id)"
    " + (SELECT count(*) FROM track_case k WHERE k.parcel_id = p.id)"
    " + (SELECT count(*) FROM freight_bill_line b"
    " WHERE b.waybill_no = p.waybill_no), p.waybill_no, co.name"
    " FROM parcel p JOIN orders o ON o.id = p.order_id"
    " JOIN courier co ON co.id = p.courier_id WHERE p.waybill_no = $1";

static int
read_parcel(struct session *s, const char *waybill_no, struct gone *out)
{
	struct db_rows *rows;
	char typed[64];
	int rc;

	trim_number(typed, sizeof(typed), waybill_no);
	if ((rc = db_query(s->db, sql_parcel, DB_ARGS(db_t(typed)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct gone){ .id = db_int(rows, 0),
			.order_id = db_int(rows, 1),
			.part = db_int(rows, 2),
			.slip_id = db_int(rows, 3),
			.packer_id = db_int(rows, 4),
			.at = db_int(rows, 5),
			.shop_id = db_int(rows, 6),
			.manifest_id = db_int(rows, 7),
			.told = db_int(rows, 8),
			.known = db_int(rows, 9) };
		copy_text(out->waybill_no, sizeof(out->waybill_no),
		    db_text(rows, 10));
		copy_text(out->courier, sizeof(out->courier),
		    row_text(rows, 11, NULL));
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "waybill_no",
		    _("No parcel has the waybill %s"), typed);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Is it still here, as far as we know? */
static int
check_here(struct session *s, const struct gone *g)
{
	if (g->manifest_id != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Parcel %s is on a manifest: take it off there first"),
		    g->waybill_no);
	if (g->told != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("The platform was told of parcel %s: what comes back is "
		      "a return"),
		    g->waybill_no);
	if (g->known != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("The courier has parcel %s: have it intercepted"),
		    g->waybill_no);
	return 0;
}

static const char sql_back[] =
    "SELECT count(*) FROM stock_slip WHERE order_id = $1 AND kind = 'return'";

static int
check_order(struct session *s, struct txn *txn, const struct order_now *now)
{
	int64_t n;
	int rc;

	if (now->state != ORDER_SHIPPED && now->state != ORDER_PART_SHIPPED)
		return err_set(&s->err, ERR_STATE, "", _("Order %s is %s"),
		    now->order_no, order_state_text(now->state));
	rc = db_fetch1(txn, sql_back, DB_ARGS(db_i(now->id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Goods of order %s came back already"), now->order_no);
	return rc;
}

/* The first is the one that the parcel is of. */
static const char sql_orders[] =
    "SELECT DISTINCT order_id, CASE WHEN order_id = $2 THEN 0 ELSE 1 END"
    " FROM parcel_line WHERE parcel_id = $1 ORDER BY 2, 1 /*sort*/";

static int
read_orders(struct session *s, struct txn *txn, const struct gone *g,
    struct order_now **out, size_t *n)
{
	struct db_rows *rows;
	size_t i;
	int rc;

	rc = db_query(
	    s->db, sql_orders, DB_ARGS(db_i(g->id), db_i(g->order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		*out = xreallocarray(*out, *n + 1, sizeof(**out));
		(*out)[(*n)++].id = db_int(rows, 0);
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < *n; i++) {
		rc = order_now(s, txn, (*out)[i].id, &(*out)[i]);
		if (rc == 0)
			rc = check_order(s, txn, &(*out)[i]);
	}
	if (rc == 0 && *n == 0) /* packed before that was written down */
		rc = err_set(&s->err, ERR_STATE, "",
		    _("What is in parcel %s is not known"), g->waybill_no);
	return rc;
}

#define IN_IT(column) \
	"(SELECT l." column " FROM parcel_line l WHERE l.parcel_id = $1" \
	" AND l.order_id = order_line.order_id" \
	" AND l.line_no = order_line.line_no)"
#define OF_IT \
	" WHERE order_id = $2 AND line_no IN (SELECT x.line_no" \
	" FROM parcel_line x WHERE x.parcel_id = $1 AND x.order_id = $2)"

/* A line of which nothing is sent has no cost. */
static const char sql_line[] = "UPDATE order_line SET sent = sent - " IN_IT(
    "qty") ", cost ="
	   " CASE WHEN sent > " IN_IT("qty") " THEN cost - " IN_IT(
	       "cost") " END" OF_IT;
static const char sql_part[] =
    "UPDATE order_part SET sent = sent - (SELECT l.qty FROM parcel_line l"
    " WHERE l.parcel_id = $1 AND l.order_id = order_part.order_id"
    " AND l.line_no = order_part.line_no)" OF_IT " AND part = $3";
static const char sql_out[] =
    "DELETE FROM parcel_line WHERE parcel_id = $1 AND order_id = $2";
static const char sql_sent[] =
    "SELECT count(*) FROM order_line WHERE order_id = $1 AND sent > 0"
    " AND kit >= 0";
/* It goes by the waybill of its first parcel that did go. */
static const char sql_waits[] =
    "UPDATE orders SET shipped_at = 0, done = (done & ~$2) | $3,"
    " waybill_no = (SELECT q.waybill_no FROM parcel q WHERE q.id ="
    " (SELECT min(l.parcel_id) FROM parcel_line l WHERE l.order_id = $1))"
    " WHERE id = $1";

/* The order waits again, with what was picked for it loose. */
static int
waits(struct session *s, struct txn *txn, const struct gone *g,
    struct order_now *now)
{
	struct db_val parcel = db_i(g->id), order = db_i(now->id);
	int64_t was = now->state, sent = 0;
	int rc;

	rc = db_exec(txn, sql_line, DB_ARGS(parcel, order), NULL);
	if (rc == 0 && g->part != 0)
		rc = db_exec(
		    txn, sql_part, DB_ARGS(parcel, order, db_i(g->part)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_out, DB_ARGS(parcel, order), NULL);
	if (rc == 0)
		rc = db_fetch1(txn, sql_sent, DB_ARGS(order), &sent);
	if (rc == 0)
		rc = db_exec(txn, sql_waits,
		    DB_ARGS(order,
			db_i(DONE_CHECKED | DONE_WEIGHED | DONE_PACKED |
			     DONE_HANDED),
			db_i(DONE_PICKED)),
		    NULL);
	now->done |= DONE_PICKED;
	if (rc == 0)
		rc = kits_cost(s, txn, now->id);
	if (rc == 0)
		rc = order_move(
		    s, txn, now, sent > 0 ? ORDER_PART_SHIPPED : ORDER_PAID);
	if (rc == 0)
		rc = stock_again(s, txn, now->id);
	if (rc == 0 && now->held)
		rc = wave_stop(s, txn, now, "");
	if (rc == 0 && now->id != g->order_id)
		rc = op_note(s, &op_unship, txn, "order", now->id,
		    "state %s -> %s, %s %s", order_state_name(was),
		    order_state_name(now->state), g->courier, g->waybill_no);
	return rc;
}

static const char sql_also[] = "DELETE FROM parcel_also WHERE parcel_id = $1";
static const char sql_gone[] = "DELETE FROM parcel WHERE id = $1";

static int
unship(struct session *s, struct txn *txn, const struct gone *g,
    const char *reason, struct order_now *now, size_t n)
{
	struct figures f = { 0 };
	int64_t counter;
	size_t i;
	int rc;

	rc = slip_reverse(s, txn, g->slip_id, reason, &counter);
	for (i = 0; rc == 0 && i < n; i++)
		rc = waits(s, txn, g, &now[i]);
	if (rc == 0)
		rc = db_exec(txn, sql_also, DB_ARGS(db_i(g->id)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_gone, DB_ARGS(db_i(g->id)), NULL);
	if (rc == 0) {
		figures_shipped(&f, g->shop_id, g->packer_id, g->at, -1);
		rc = figures_flush(s, txn, &f);
	}
	figures_done(&f);
	return rc;
}

int
pack_unship(struct session *s, const char *waybill_no, const char *reason)
{
	struct order_now *now = NULL;
	struct gone g = { .id = 0 };
	struct txn *txn;
	char why[200];
	int64_t was = 0;
	size_t n = 0;
	int rc;

	if (!utf8_valid(reason, strlen(reason)) ||
	    !trim_text(why, sizeof(why), reason) || why[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why the parcel does not go"));
	if ((rc = op_begin(s, &op_unship, &txn)) < 0)
		return rc;
	if ((rc = read_parcel(s, waybill_no, &g)) == 0 &&
	    (rc = check_here(s, &g)) == 0 &&
	    (rc = read_orders(s, txn, &g, &now, &n)) == 0 && now != NULL) {
		was = now[0].state;
		rc = unship(s, txn, &g, why, now, n);
	}
	if (rc == 0 && now != NULL)
		rc = op_commit(s, &op_unship, &txn, now[0].id,
		    "state %s -> %s, %s %s: %s", order_state_name(was),
		    order_state_name(now[0].state), g.courier, g.waybill_no,
		    why);
	op_abort(s, &txn);
	free(now);
	return rc;
}
