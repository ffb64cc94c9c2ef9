/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "figures_priv.h"
#include "order_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "ship_priv.h"
#include "stock_priv.h"

static const struct op op_ship = { "order-ship", PERM_ORDER_SHIP, "order" };

#define WAYBILL_MIN 4
#define WAYBILL_MAX 40
#define WEIGHT_MAX  1000000 /* a ton */

struct shipment {
	struct packing *p;
	struct courier_now courier;
	char waybill_no[64];
	int64_t weight, at;
	int64_t slip_id, parcel_id;
};

static int
check_waybill(struct session *s, const char *typed, char *out, size_t size)
{
	size_t i, len;

	if (!trim_text(out, size, typed) || out[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "waybill_no",
		    _("The waybill number is missing"));
	len = strlen(out);
	if (len < WAYBILL_MIN || len > WAYBILL_MAX)
		return err_set(&s->err, ERR_INVALID, "waybill_no",
		    _("A waybill number has %d to %d characters"), WAYBILL_MIN,
		    WAYBILL_MAX);
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)out[i];

		if (c >= 0x80 || (!isalnum(c) && c != '-'))
			return err_set(&s->err, ERR_INVALID, "waybill_no",
			    _("A waybill number has only letters, digits "
			      "and -"));
		out[i] = (char)toupper(c);
	}
	return 0;
}

/* An odd waybill is only worth a word: the shapes change. */
static void
warn_shape(const struct shipment *sh, char warning[200])
{
	warning[0] = '\0';
	if (!waybill_fits(sh->courier.shape, sh->waybill_no))
		snprintf(warning, 200,
		    _("%s does not look like a waybill of %s"), sh->waybill_no,
		    sh->courier.name);
}

static int
check_close(
    struct session *s, const struct pack_close *close, struct shipment *sh)
{
	int rc;

	if (!pack_complete(sh->p))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not complete: scan what is missing"),
		    sh->p->order_no);
	if ((rc = courier_look_up(s, close->courier, &sh->courier)) < 0 ||
	    (rc = check_waybill(s, close->waybill_no, sh->waybill_no,
		 sizeof(sh->waybill_no))) < 0)
		return rc;
	if (close->weight < 0 || close->weight > WEIGHT_MAX)
		return err_set(&s->err, ERR_INVALID, "weight",
		    _("The weight is between 0 and %d grams"), WEIGHT_MAX);
	sh->weight = close->weight;
	sh->at = time_now();
	return 0;
}

static const char sql_line_now[] =
    "SELECT l.line_no, l.variant_id, l.qty, l.refund_state FROM order_line l"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.cost IS NULL"
    " ORDER BY l.line_no";

/* The lines must still be those that were scanned. */
static int
check_lines(struct session *s, const struct packing *p)
{
	struct db_rows *rows;
	bool same = true, refund = false;
	size_t i = 0;
	int rc;

	rc = db_query(s->db, sql_line_now, DB_ARGS(db_i(p->order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		const struct pack_line *l = &p->lines[i];

		if (db_int(rows, 3) == 1)
			refund = true;
		if (i++ < p->nlines)
			same = same && l->line_no == db_int(rows, 0) &&
			       l->variant_id == db_int(rows, 1) &&
			       l->have == db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (refund)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s: the buyer asks for a refund"), p->order_no);
	if (!same || i != p->nlines)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Order %s was changed meanwhile: scan it again"),
		    p->order_no);
	return 0;
}

static const char sql_waybill_parcel[] =
    "SELECT o.order_no FROM parcel p JOIN orders o ON o.id = p.order_id"
    " WHERE p.waybill_no = $1 LIMIT 1";
static const char sql_waybill_order[] =
    "SELECT order_no FROM orders WHERE waybill_no = $1 AND id <> $2 LIMIT 1";

static int
check_unused_by(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, const char *waybill_no)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "waybill_no",
		    _("Waybill %s was used already, for order %s"), waybill_no,
		    db_text(rows, 0));
	db_done(rows);
	return rc;
}

static int
check_unused(struct session *s, const struct shipment *sh)
{
	int rc;

	rc = check_unused_by(s, sql_waybill_parcel,
	    DB_ARGS(db_t(sh->waybill_no)), sh->waybill_no);
	if (rc < 0)
		return rc;
	return check_unused_by(s, sql_waybill_order,
	    DB_ARGS(db_t(sh->waybill_no), db_i(sh->p->order_id)),
	    sh->waybill_no);
}

/* Everything again that was looked at when the packing was opened. */
static int
check_now(
    struct session *s, const struct shipment *sh, const struct order_now *now)
{
	int rc;

	if ((rc = pack_refused(s, now)) < 0)
		return rc;
	if ((rc = check_lines(s, sh->p)) < 0)
		return rc;
	if (now->version != sh->p->version)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Order %s was changed meanwhile: scan it again"),
		    now->order_no);
	return check_unused(s, sh);
}

static const char sql_cost[] =
    "UPDATE order_line SET cost = $3 WHERE order_id = $1 AND line_no = $2";

/* Take the goods out of stock, each line at what it cost. */
static int
issue_line(struct session *s, struct txn *txn, const struct shipment *sh,
    const struct pack_line *l)
{
	int64_t value;
	int rc;

	rc = slip_move(s, txn,
	    &(struct slip_move){
		.slip_id = sh->slip_id,
		.warehouse_id = WAREHOUSE_MAIN,
		.variant_id = l->variant_id,
		.qty = -l->need,
	    },
	    &value);
	if (rc == ERR_STATE)
		return err_set(&s->err, ERR_STATE, "",
		    _("There is not enough %s %s in stock"), l->sku_code,
		    l->name);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_cost,
	    DB_ARGS(db_i(sh->p->order_id), db_i(l->line_no), db_i(-value)),
	    NULL);
}

static int
issue(struct session *s, struct txn *txn, struct shipment *sh)
{
	size_t i;
	int rc;

	rc = slip_open(s, txn,
	    &(struct slip){
		.kind = "ship",
		.warehouse_id = WAREHOUSE_MAIN,
		.order_id = sh->p->order_id,
	    },
	    &sh->slip_id);
	if (rc == 0)
		rc = stock_unreserve(s, txn, sh->p->order_id);
	for (i = 0; rc == 0 && i < sh->p->nlines; i++)
		rc = issue_line(s, txn, sh, &sh->p->lines[i]);
	return rc;
}

static const char sql_parcel[] =
    "INSERT INTO parcel (order_id, courier_id, waybill_no, weight, slip_id,"
    " packer_id, shipped_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/* The order's own waybill is its first parcel's. */
static const char sql_shipped[] =
    "UPDATE orders SET state = 4, held = 0, shipped_at = $2,"
    " waybill_no = CASE WHEN state = 3 AND waybill_no IS NOT NULL"
    " THEN waybill_no ELSE $3 END,"
    " courier_id = CASE WHEN state = 3 AND courier_id IS NOT NULL"
    " THEN courier_id ELSE $4 END, version = version + 1 WHERE id = $1";

static int
hand_over(struct session *s, struct txn *txn, struct shipment *sh,
    const struct order_now *now)
{
	struct figures f = { 0 };
	int rc;

	rc = db_insert(txn, sql_parcel,
	    DB_ARGS(db_i(now->id), db_i(sh->courier.id), db_t(sh->waybill_no),
		db_i(sh->weight), db_i(sh->slip_id), db_i(s->staff_id),
		db_i(sh->at)),
	    &sh->parcel_id);
	if (rc == 0)
		rc = db_exec(txn, sql_shipped,
		    DB_ARGS(db_i(now->id), db_i(sh->at), db_t(sh->waybill_no),
			db_i(sh->courier.id)),
		    NULL);
	if (rc < 0)
		return rc;
	figures_move(&f, now->state, now->held, ORDER_SHIPPED, 0);
	figures_shipped(&f, now->shop_id, s->staff_id, sh->at, 1);
	rc = figures_flush(s, txn, &f);
	figures_done(&f);
	return rc;
}

int
pack_ship(struct session *s, struct packing *p, const struct pack_close *close,
    char warning[200])
{
	struct shipment sh = { .p = p };
	struct order_now now;
	struct txn *txn;
	int rc;

	if ((rc = check_close(s, close, &sh)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_ship, &txn)) < 0)
		return rc;
	rc = order_now(s, txn, p->order_id, &now);
	if (rc == 0)
		rc = check_now(s, &sh, &now);
	if (rc == 0)
		rc = issue(s, txn, &sh);
	if (rc == 0)
		rc = hand_over(s, txn, &sh, &now);
	if (rc == 0)
		rc = op_commit(s, &op_ship, &txn, p->order_id,
		    "state %s -> shipped, %s %s, %" PRId64 " g",
		    order_state_name(now.state), sh.courier.name, sh.waybill_no,
		    sh.weight);
	op_abort(s, &txn);
	if (rc == 0) {
		copy_text(p->waybill_no, sizeof(p->waybill_no), sh.waybill_no);
		copy_text(p->courier, sizeof(p->courier), sh.courier.name);
	}
	if (rc == 0 && warning != NULL)
		warn_shape(&sh, warning);
	return rc;
}

const char *
pack_waybill(const struct packing *p)
{
	return p->waybill_no;
}

const char *
pack_courier(const struct packing *p)
{
	return p->courier;
}
