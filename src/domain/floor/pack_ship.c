/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "../goods/kits_priv.h"
#include "../logistics/freight_priv.h"
#include "../orders/order_priv.h"
#include "../reports/figures_priv.h"
#include "../stock/stock_priv.h"
#include "ship_priv.h"
#include "waves_priv.h"

/* A parcel goes: stock, ledger, parcel, states, figures and log, at once. */

static const struct op op_ship = { "order-ship", PERM_ORDER_SHIP, "order" };
static const struct op op_force = { "order-ship-force", PERM_PACK_FORCE,
	"order" };

static const char sql_parcel[] =
    "INSERT INTO parcel (order_id, courier_id, waybill_no, weight, slip_id,"
    " packer_id, shipped_at, warehouse_id, material_id, expected, picker_id,"
    " checker_id, shipper_id, part, exported_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
    " $9, $10, (SELECT w.picker_id FROM wave_order x JOIN wave w"
    " ON w.id = x.wave_id WHERE x.order_id = $1 AND x.part = $12"
    " AND x.state <> 2 ORDER BY x.wave_id DESC LIMIT 1), $6, $11, $12,"
    " (SELECT CASE WHEN o.origin = 0 THEN 0 ELSE $7 END FROM orders o"
    " WHERE o.id = $1))";
static const char sql_also[] =
    "INSERT INTO parcel_also (parcel_id, order_id, exported_at)"
    " SELECT $1, id, CASE WHEN origin = 0 THEN 0 ELSE $3 END FROM orders"
    " WHERE id = $2";

/* The slip and the parcel of the first order that has something in it. */
static int
open_parcel(struct session *s, struct txn *txn, struct shipment *sh,
    const struct pack_order *o)
{
	const struct packing *p = sh->p;
	int64_t w = p->warehouse_id;
	int rc;

	rc = slip_open(s, txn,
	    &(struct slip){
		.kind = "ship",
		.warehouse_id = w,
		.order_id = o->id,
	    },
	    &sh->slip_id);
	if (rc < 0)
		return rc;
	return db_insert(txn, sql_parcel,
	    DB_ARGS(db_i(o->id), db_i(sh->courier.id), db_t(sh->waybill_no),
		db_i(sh->weight), db_i(sh->slip_id), db_i(sh->packer_id),
		db_i(sh->at), db_id(w == WAREHOUSE_MAIN ? 0 : w),
		db_id(p->material.id), db_i(sh->expected), db_i(s->staff_id),
		db_i(p->part)),
	    &sh->parcel_id);
}

static const char sql_line_sent[] =
    "UPDATE order_line SET sent = sent + $3, cost = coalesce(cost, 0) + $4"
    " WHERE order_id = $1 AND line_no = $2";
static const char sql_part_sent[] =
    "UPDATE order_part SET sent = sent + $4"
    " WHERE order_id = $1 AND part = $2 AND line_no = $3";
static const char sql_parcel_line[] =
    "INSERT INTO parcel_line (parcel_id, order_id, line_no, qty, cost)"
    " VALUES ($1, $2, $3, $4, $5)";

/* Take the goods out of stock, each line at what it cost. */
static int
send_line(struct session *s, struct txn *txn, const struct shipment *sh,
    const struct pack_line *l)
{
	struct db_val order = db_i(l->order_id), no = db_i(l->line_no);
	struct db_val qty = db_i(l->have);
	int64_t value, sales;
	int rc;

	rc = line_sales(s, l->order_id,
	    &(struct sold_line){ l->line_no, l->of_kit, l->paid, l->qty },
	    l->sent, l->have, &sales);
	if (rc < 0)
		return rc;
	rc = slip_move(s, txn,
	    &(struct slip_move){
		.slip_id = sh->slip_id,
		.warehouse_id = sh->p->warehouse_id,
		.variant_id = l->variant_id,
		.qty = -l->have,
		.sales = sales,
	    },
	    &value);
	if (rc == ERR_STATE)
		return err_set(&s->err, ERR_STATE, "",
		    _("There is not enough %s %s in stock"), l->sku_code,
		    l->name);
	if (rc == 0)
		rc = db_exec(txn, sql_line_sent,
		    DB_ARGS(order, no, qty, db_i(-value)), NULL);
	if (rc == 0 && sh->p->part != 0)
		rc = db_exec(txn, sql_part_sent,
		    DB_ARGS(order, db_i(sh->p->part), no, qty), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_parcel_line,
		    DB_ARGS(db_i(sh->parcel_id), order, no, qty, db_i(-value)),
		    NULL);
	return rc;
}

/* Every piece of it that is still to be sent is in this parcel. */
static bool
goes_whole(const struct packing *p, const struct pack_order *o)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		if (p->lines[i].order_id == o->id &&
		    p->lines[i].have < p->lines[i].need)
			return false;
	return !o->rest && p->kept == 0;
}

static int
send_lines(struct session *s, struct txn *txn, const struct shipment *sh,
    const struct pack_order *o, bool whole)
{
	const struct packing *p = sh->p;
	size_t i;
	int rc = 0;

	if (whole)
		rc = stock_unreserve(s, txn, o->id);
	for (i = 0; rc == 0 && i < p->nlines; i++) {
		const struct pack_line *l = &p->lines[i];

		if (l->order_id != o->id || l->have == 0)
			continue;
		if (!whole)
			rc = stock_promise_kept(s, txn, o->id, l->line_no,
			    p->warehouse_id, l->have);
		if (rc == 0)
			rc = send_line(s, txn, sh, l);
	}
	return rc;
}

static const char sql_left[] =
    "SELECT count(*) FROM order_line WHERE order_id = $1"
    " AND refund_state <> 2 AND qty > sent";
/* The order's own waybill is its first parcel's. */
static const char sql_shipped[] =
    "UPDATE orders SET state = $5, held = 0,"
    " shipped_at = CASE WHEN $5 = 4 THEN $2 ELSE shipped_at END,"
    " waybill_no = CASE WHEN state = 3 AND waybill_no IS NOT NULL"
    " THEN waybill_no ELSE $3 END,"
    " courier_id = CASE WHEN state = 3 AND courier_id IS NOT NULL"
    " THEN courier_id ELSE $4 END, done = done | $6,"
    " version = version + 1 WHERE id = $1";

/* *@state gets the one it comes to. */
static int
send_order(struct session *s, struct txn *txn, const struct shipment *sh,
    const struct pack_order *o, int64_t *state)
{
	bool whole = goes_whole(sh->p, o);
	int64_t done = 0, left = 0;
	int rc;

	if ((rc = send_lines(s, txn, sh, o, whole)) < 0 ||
	    (rc = kits_cost(s, txn, o->id)) < 0)
		return rc;
	if (!whole) {
		rc = db_fetch1(txn, sql_left, DB_ARGS(db_i(o->id)), &left);
		if (rc == 0 && left == 0)
			rc = stock_unreserve(s, txn, o->id);
	}
	if (rc < 0)
		return rc;
	*state = left == 0 ? ORDER_SHIPPED : ORDER_PART_SHIPPED;
	if (left == 0)
		done = DONE_PICKED | DONE_CHECKED | DONE_PACKED |
		       (sh->weight > 0 ? DONE_WEIGHED : 0);
	return db_exec(txn, sql_shipped,
	    DB_ARGS(db_i(o->id), db_i(sh->at), db_t(sh->waybill_no),
		db_i(sh->courier.id), db_i(*state), db_i(done)),
	    NULL);
}

static const char sql_kept_lines[] =
    "DELETE FROM packed_line WHERE packed_id = $1";
static const char sql_kept[] = "DELETE FROM packed WHERE id = $1";

int
ship_drop_kept(struct txn *txn, int64_t id)
{
	int rc = db_exec(txn, sql_kept_lines, DB_ARGS(db_i(id)), NULL);

	return rc < 0 ? rc : db_exec(txn, sql_kept, DB_ARGS(db_i(id)), NULL);
}

#define SHIPPED "state %s -> %s, %s %s, %" PRId64 " g"

/* One of those that go together, if anything of it is in the parcel. */
static int
apply_order(struct session *s, struct txn *txn, const struct op *op,
    struct shipment *sh, const struct pack_order *o,
    const struct order_now *now, struct figures *f)
{
	bool first = sh->parcel_id == 0;
	int64_t state = 0;
	int rc;

	if (!ship_has(sh->p, o))
		return 0;
	if (first)
		rc = open_parcel(s, txn, sh, o);
	else
		rc = db_exec(txn, sql_also,
		    DB_ARGS(db_i(sh->parcel_id), db_i(o->id), db_i(sh->at)),
		    NULL);
	if (rc == 0)
		rc = send_order(s, txn, sh, o, &state);
	if (rc == 0 && sh->p->kept == 0)
		rc = wave_packed(s, txn, sh->p, o->id);
	if (rc < 0)
		return rc;
	figures_move(f, now->state, now->held, state, 0);
	if (!first)
		return op_note(s, op, txn, "order", o->id, SHIPPED,
		    order_state_name(now->state), order_state_name(state),
		    sh->courier.name, sh->waybill_no, sh->weight);
	figures_shipped(f, now->shop_id, sh->packer_id, sh->at, 1);
	sh->order_id = o->id;
	sh->was = now->state;
	sh->state = state;
	return 0;
}

static int
apply(struct session *s, struct txn *txn, const struct op *op,
    struct shipment *sh, const struct order_now *now)
{
	const struct packing *p = sh->p;
	struct figures f = { 0 };
	size_t i;
	int rc = 0;

	sh->packer_id = p->kept != 0 ? p->packer_id : s->staff_id;
	if (p->kept != 0)
		rc = ship_drop_kept(txn, p->kept);
	for (i = 0; rc == 0 && i < p->norders; i++)
		rc = apply_order(s, txn, op, sh, &p->orders[i], &now[i], &f);
	if (rc == 0)
		rc = sh->by_hand ? hand_parcel(txn, sh)
				 : freight_stamp(s, txn, sh->parcel_id);
	if (rc == 0)
		rc = figures_flush(s, txn, &f);
	figures_done(&f);
	return rc;
}

/* Those of which nothing is left go no further; the last stays for its name. */
static void
leave_orders(struct packing *p)
{
	size_t i, k, n = 0;

	for (i = 0; i < p->norders && p->nlines > 0; i++)
		for (k = 0; k < p->nlines; k++)
			if (p->lines[k].order_id == p->orders[i].id) {
				p->orders[n++] = p->orders[i];
				break;
			}
	p->norders = n > 0 ? n : 1;
}

void
pack_go_on(struct packing *p)
{
	size_t i, n = 0;

	for (i = 0; i < p->norders; i++)
		p->orders[i].version += ship_has(p, &p->orders[i]);
	for (i = 0; i < p->nlines; i++) {
		struct pack_line l = p->lines[i];

		l.need -= l.have;
		l.sent += l.have;
		l.have = 0;
		if (l.need > 0)
			p->lines[n++] = l;
	}
	p->nlines = n;
	p->nscans = 0;
	p->material.id = p->material.weight = 0;
	p->material.name[0] = '\0';
	leave_orders(p);
}

static int
ship(struct session *s, struct shipment *sh, const struct op *op)
{
	struct packing *p = sh->p;
	struct order_now *now = xcalloc(p->norders, sizeof(*now));
	struct txn *txn;
	int rc;

	rc = op_begin(s, op, &txn);
	if (rc == 0 && op != &op_ship)
		rc = session_need(s, op_ship.perm);
	if (rc == 0)
		rc = ship_check_now(s, txn, sh, now);
	if (rc == 0)
		rc = hand_courier(s, txn, sh);
	if (rc == 0)
		rc = apply(s, txn, op, sh, now);
	if (rc == 0)
		rc = op_commit(s, op, &txn, sh->order_id, SHIPPED,
		    order_state_name(sh->was), order_state_name(sh->state),
		    sh->courier.name, sh->waybill_no, sh->weight);
	op_abort(s, &txn);
	free(now);
	if (rc < 0)
		return rc;
	copy_text(p->waybill_no, sizeof(p->waybill_no), sh->waybill_no);
	copy_text(p->courier, sizeof(p->courier), sh->courier.name);
	return 0;
}

int
ship_parcel(struct session *s, struct shipment *sh, bool force)
{
	int rc = ship_check_weight(s, sh, force);

	return rc < 0 ? rc : ship(s, sh, sh->forced ? &op_force : &op_ship);
}

int
pack_ship(struct session *s, struct packing *p, const struct pack_close *close,
    char warning[200])
{
	struct shipment sh = { .p = p };
	int rc;

	if ((rc = ship_check_close(s, close, &sh)) < 0 ||
	    (rc = ship_parcel(s, &sh, close->force)) < 0)
		return rc;
	if (warning != NULL)
		ship_warn(&sh, warning);
	if (close->more)
		pack_go_on(p);
	return 0;
}
