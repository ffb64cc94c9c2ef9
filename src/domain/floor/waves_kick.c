/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "claims_priv.h"
#include "ship_priv.h"
#include "waves_priv.h"

/* Orders leave their wave: packed, or kicked out with what goes back. */

static const struct op op_cancel = { "wave-cancel", PERM_WAVE_MAKE, "wave" };

#define SLOTS_MAX 64 /* parts of one order that are in waves at once */

struct slot {
	int64_t wave_id, slot, part;
};

static const char sql_slots[] =
    "SELECT wave_id, slot, part FROM wave_order"
    " WHERE order_id = $1 AND state = 0 ORDER BY part LIMIT 64";

static int
slots_of(struct session *s, int64_t order_id, struct slot v[SLOTS_MAX], int *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	rc = db_query(s->db, sql_slots, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	while (*n < SLOTS_MAX && (rc = db_next(rows)) > 0)
		v[(*n)++] = (struct slot){ db_int(rows, 0), db_int(rows, 1),
			db_int(rows, 2) };
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Pieces of one product in a slot that goes no further. */
struct item {
	int64_t variant_id, need, sorted, sent;
	int64_t all, picked; /* of the wave's line */
	char bin[NAME_ROOM];
};
struct items {
	struct item *v;
	size_t n;
};

static const char sql_items[] =
    "SELECT i.variant_id, i.need, i.sorted, i.sent, l.need, l.picked, l.bin"
    " FROM wave_item i JOIN wave_line l ON l.wave_id = i.wave_id"
    " AND l.variant_id = i.variant_id WHERE i.wave_id = $1 AND i.slot = $2";

static int
read_items(
    struct session *s, int64_t wave_id, int64_t slot, struct items *items)
{
	struct db_rows *rows;
	struct item *it;
	int rc;

	rc = db_query(
	    s->db, sql_items, DB_ARGS(db_i(wave_id), db_i(slot)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		items->v =
		    xreallocarray(items->v, items->n + 1, sizeof(items->v[0]));
		it = &items->v[items->n++];
		*it = (struct item){ .variant_id = db_int(rows, 0),
			.need = db_int(rows, 1),
			.sorted = db_int(rows, 2),
			.sent = db_int(rows, 3),
			.all = db_int(rows, 4),
			.picked = db_int(rows, 5) };
		copy_text(it->bin, sizeof(it->bin), db_text(rows, 6));
	}
	db_done(rows);
	return rc;
}

static const char sql_line_less[] =
    "UPDATE wave_line SET need = need - $3, picked = picked - $4,"
    " sorted = sorted - $5 WHERE wave_id = $1 AND variant_id = $2";

/*
 * What lies in its slot goes back, and so does what nobody else of the wave
 * needs then. What went in a parcel of it already did go.
 */
static int
drop_item(struct session *s, struct txn *txn, int64_t wave_id, int64_t order_id,
    const struct item *it)
{
	int64_t less = it->need - it->sent;
	int64_t here = it->sorted > it->sent ? it->sorted - it->sent : 0;
	int64_t over = it->picked - here - (it->all - less);
	struct put_back back = { .bin = it->bin,
		.qty = here + (over > 0 ? over : 0) };
	int rc;

	rc = db_exec(txn, sql_line_less,
	    DB_ARGS(db_i(wave_id), db_i(it->variant_id), db_i(less),
		db_i(back.qty), db_i(here)),
	    NULL);
	if (rc < 0 || back.qty == 0)
		return rc;
	return put_back_add(s, txn, &back, wave_id, order_id, it->variant_id);
}

static const char sql_slot_orders[] =
    "SELECT order_id FROM wave_order WHERE wave_id = $1 AND slot = $2"
    " AND state = 0 ORDER BY order_id";

/* All of them, whatever becomes of one; the first is the leading one's. */
static int
orders_of(
    struct session *s, int64_t wave_id, int64_t slot, int64_t **out, size_t *n)
{
	struct db_rows *rows;
	int rc;

	*out = NULL;
	*n = 0;
	rc = db_query(
	    s->db, sql_slot_orders, DB_ARGS(db_i(wave_id), db_i(slot)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		*out = xreallocarray(*out, *n + 1, sizeof(**out));
		(*out)[(*n)++] = db_int(rows, 0);
	}
	db_done(rows);
	return rc;
}

static const char sql_leave[] =
    "UPDATE wave_order SET state = $3, why = $4, at = $5"
    " WHERE wave_id = $1 AND slot = $2 AND state = 0";
static const char sql_still[] =
    "SELECT count(*) FROM wave_order WHERE order_id = $1 AND state = 0";

/* The slot's orders are in this wave no more. */
static int
leave(struct session *s, struct txn *txn, const struct slot *at, int64_t state,
    const char *why)
{
	int64_t *orders = NULL, left;
	size_t i, n;
	int rc;

	rc = orders_of(s, at->wave_id, at->slot, &orders, &n);
	if (rc == 0)
		rc = db_exec(txn, sql_leave,
		    DB_ARGS(db_i(at->wave_id), db_i(at->slot), db_i(state),
			db_t(why), db_i(time_now())),
		    NULL);
	for (i = 0; rc == 0 && i < n; i++) {
		rc = db_fetch1(txn, sql_still, DB_ARGS(db_i(orders[i])), &left);
		if (rc == 0)
			rc = order_did(s, txn, orders[i], 0,
			    (left == 0 ? DONE_WAVED : 0) |
				(state == 2 ? DONE_PICKED : 0));
	}
	free(orders);
	return rc;
}

static const char sql_first[] =
    "SELECT coalesce(min(x.order_id), 0) FROM wave_order x JOIN orders o"
    " ON o.id = x.order_id WHERE x.wave_id = $1 AND x.slot = $2"
    " AND o.lead_id IS NULL";

int
wave_kick(struct session *s, struct txn *txn, int64_t wave_id, int64_t slot,
    const char *why)
{
	const struct slot at = { .wave_id = wave_id, .slot = slot };
	struct items items = { 0 };
	int64_t lead = 0;
	size_t i;
	int rc;

	rc = db_fetch1(
	    txn, sql_first, DB_ARGS(db_i(wave_id), db_i(slot)), &lead);
	if (rc == 0)
		rc = read_items(s, wave_id, slot, &items);
	for (i = 0; rc == 0 && i < items.n; i++)
		rc = drop_item(s, txn, wave_id, lead, &items.v[i]);
	free(items.v);
	return rc < 0 ? rc : leave(s, txn, &at, 2, why);
}

/* Kicked out of all waves it is in; *@n: how many. */
static int
kick_order(
    struct session *s, struct txn *txn, int64_t id, const char *why, int *n)
{
	struct slot v[SLOTS_MAX];
	int i, rc;

	rc = slots_of(s, id, v, n);
	for (i = 0; rc == 0 && i < *n; i++) {
		rc = wave_kick(s, txn, v[i].wave_id, v[i].slot, why);
		if (rc == 0)
			rc = wave_settle(s, txn, v[i].wave_id);
	}
	return rc;
}

/* What was picked for it and lies somewhere between shelf and parcel. */
static const char sql_loose[] =
    "SELECT r.variant_id, sum(r.qty), coalesce(max(st.bin), '')"
    " FROM reservation r LEFT JOIN stock st ON st.variant_id = r.variant_id"
    " AND st.warehouse_id = r.warehouse_id WHERE r.order_id = $1"
    " AND NOT EXISTS (SELECT 1 FROM packed_line k WHERE k.order_id = $1)"
    " GROUP BY r.variant_id /*sort*/";
static const char sql_packed[] =
    "SELECT l.variant_id, sum(l.qty), coalesce(max(st.bin), '')"
    " FROM packed_line l JOIN packed k ON k.id = l.packed_id"
    " LEFT JOIN stock st ON st.variant_id = l.variant_id"
    " AND st.warehouse_id = k.warehouse_id WHERE l.order_id = $1"
    " GROUP BY l.variant_id /*sort*/";

static int
put_back_all(struct session *s, struct txn *txn, int64_t id, const char *sql)
{
	struct items items = { 0 };
	struct db_rows *rows;
	size_t i;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		items.v =
		    xreallocarray(items.v, items.n + 1, sizeof(items.v[0]));
		items.v[items.n] = (struct item){ .variant_id = db_int(rows, 0),
			.need = db_int(rows, 1) };
		copy_text(items.v[items.n].bin, sizeof(items.v[0].bin),
		    db_text(rows, 2));
		items.n++;
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < items.n; i++) {
		const struct put_back back = { .bin = items.v[i].bin,
			.qty = items.v[i].need };

		rc = put_back_add(s, txn, &back, 0, id, items.v[i].variant_id);
	}
	free(items.v);
	return rc;
}

static const char sql_kept[] =
    "SELECT coalesce(min(packed_id), 0) FROM packed_line WHERE order_id = $1";

/* Picked, and in no wave any more: its goods lie somewhere, as what is to be
 * sent in several parcels, or was unpacked. */
static int
stop_loose(struct session *s, struct txn *txn, const struct order_now *now)
{
	int64_t kept;
	int rc;

	if (!(now->done & DONE_PICKED) || now->parts != 0 ||
	    now->state == ORDER_PART_SHIPPED)
		return 0;
	rc = db_fetch1(txn, sql_kept, DB_ARGS(db_i(now->id)), &kept);
	if (rc < 0 || kept != 0) /* it waits for the scale, and does so on */
		return rc;
	rc = put_back_all(s, txn, now->id, sql_loose);
	return rc < 0 ? rc : order_did(s, txn, now->id, 0, DONE_PICKED);
}

int
wave_stop(struct session *s, struct txn *txn, const struct order_now *now,
    const char *why)
{
	int n = 0, rc = 0;

	if (now->done & DONE_WAVED)
		rc = kick_order(s, txn, now->id, why, &n);
	return rc < 0 || n > 0 ? rc : stop_loose(s, txn, now);
}

/* What waits for the scale is no parcel any more. */
static int
open_kept(struct session *s, struct txn *txn, int64_t id, bool back)
{
	int64_t kept = 0;
	int rc;

	rc = db_fetch1(txn, sql_kept, DB_ARGS(db_i(id)), &kept);
	if (rc == 0 && kept != 0 && back)
		rc = put_back_all(s, txn, id, sql_packed);
	while (rc == 0 && kept != 0)
		if ((rc = ship_drop_kept(txn, kept)) == 0)
			rc = db_fetch1(txn, sql_kept, DB_ARGS(db_i(id)), &kept);
	return rc;
}

int
wave_end(struct session *s, struct txn *txn, const struct order_now *now,
    const char *why)
{
	int rc = wave_stop(s, txn, now, why);

	return rc < 0 ? rc : open_kept(s, txn, now->id, true);
}

int
wave_gone(struct session *s, struct txn *txn, const struct order_now *now)
{
	struct slot v[SLOTS_MAX];
	struct wave_now w = { 0 };
	int i, n = 0, rc = 0;

	if (now->done & DONE_WAVED)
		rc = slots_of(s, now->id, v, &n);
	for (i = 0; rc == 0 && i < n; i++) {
		if ((rc = wave_now(s, txn, v[i].wave_id, &w)) < 0)
			break;
		rc = w.state == WAVE_PICKED ? leave(s, txn, &v[i], 1, "shipped")
					    : wave_kick(s, txn, v[i].wave_id,
						  v[i].slot, "shipped");
		if (rc == 0)
			rc = wave_settle(s, txn, v[i].wave_id);
	}
	return rc < 0 ? rc : open_kept(s, txn, now->id, false);
}

/* What its group has that the slot has not, or the other way round. */
static const char sql_differs[] =
    "SELECT (SELECT count(*) FROM orders o WHERE o.lead_id = $1"
    " AND o.state IN (2, 3) AND NOT EXISTS (SELECT 1 FROM wave_order x"
    " WHERE x.wave_id = $2 AND x.slot = $3 AND x.order_id = o.id))"
    " + (SELECT count(*) FROM wave_order x JOIN orders o ON o.id = x.order_id"
    " WHERE x.wave_id = $2 AND x.slot = $3 AND (coalesce(o.lead_id, o.id) <> $1"
    " OR (o.parts > 0) <> (x.part > 0)))"
    " + (SELECT count(*) FROM wave_item i WHERE i.wave_id = $2"
    " AND i.slot = $3 AND i.need - i.sent <> (SELECT coalesce(sum(r.qty), 0)"
    " FROM wave_order x JOIN reservation r ON r.order_id = x.order_id"
    " WHERE x.wave_id = $2 AND x.slot = $3 AND r.variant_id = i.variant_id))"
    " + (SELECT count(*) FROM wave_order x JOIN reservation r"
    " ON r.order_id = x.order_id WHERE x.wave_id = $2 AND x.slot = $3"
    " AND NOT EXISTS (SELECT 1 FROM wave_item i WHERE i.wave_id = $2"
    " AND i.slot = $3 AND i.variant_id = r.variant_id))";

int
wave_look_again(struct session *s, struct txn *txn, int64_t order_id)
{
	struct slot v[SLOTS_MAX];
	struct order_now now = { 0 };
	int64_t differs = 0;
	int i, n, rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0 ||
	    !(now.done & DONE_WAVED) || (rc = slots_of(s, order_id, v, &n)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++) {
		if (v[i].part > 0 || now.parts > 0)
			differs = 1;
		else
			rc = db_fetch1(txn, sql_differs,
			    DB_ARGS(
				db_i(now.lead_id != 0 ? now.lead_id : order_id),
				db_i(v[i].wave_id), db_i(v[i].slot)),
			    &differs);
		if (rc == 0 && differs > 0 &&
		    (rc = wave_kick(
			 s, txn, v[i].wave_id, v[i].slot, "changed")) == 0)
			rc = wave_settle(s, txn, v[i].wave_id);
	}
	return rc;
}

static const char sql_sent[] =
    "UPDATE wave_item SET sent = sent + $4"
    " WHERE wave_id = $1 AND slot = $2 AND variant_id = $3";
static const char sql_lacks[] =
    "SELECT count(*) FROM wave_item WHERE wave_id = $1 AND slot = $2"
    " AND sent < need";

static int
slot_packed(struct session *s, struct txn *txn, const struct packing *p,
    const struct slot *at, int64_t order_id)
{
	int64_t lacks = 0;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < p->nlines; i++)
		if (p->lines[i].order_id == order_id && p->lines[i].have > 0)
			rc = db_exec(txn, sql_sent,
			    DB_ARGS(db_i(at->wave_id), db_i(at->slot),
				db_i(p->lines[i].variant_id),
				db_i(p->lines[i].have)),
			    NULL);
	if (rc == 0)
		rc = db_fetch1(txn, sql_lacks,
		    DB_ARGS(db_i(at->wave_id), db_i(at->slot)), &lacks);
	if (rc < 0 || lacks > 0)
		return rc;
	rc = leave(s, txn, at, 1, "");
	return rc < 0 ? rc : wave_settle(s, txn, at->wave_id);
}

int
wave_packed(struct session *s, struct txn *txn, const struct packing *p,
    int64_t order_id)
{
	struct slot v[SLOTS_MAX];
	int i, n, rc;

	rc = slots_of(s, order_id, v, &n);
	for (i = 0; rc == 0 && i < n; i++)
		if (v[i].part == p->part)
			rc = slot_packed(s, txn, p, &v[i], order_id);
	return rc < 0 ? rc : claim_end(s, txn, order_id);
}

static const char sql_open_slot[] =
    "SELECT coalesce(min(slot), 0) FROM wave_order"
    " WHERE wave_id = $1 AND state = 0";
static const char sql_cancelled[] =
    "UPDATE wave SET state = 4, done_at = $2 WHERE id = $1";

static int
cancel(struct session *s, struct txn *txn, const struct wave_now *w)
{
	int64_t slot = 0;
	int rc;

	if (w->state != WAVE_OPEN && w->state != WAVE_PICKED)
		return err_set(&s->err, ERR_STATE, "", _("Wave %s is %s"),
		    w->wave_no, wave_state_text(w->state));
	while ((rc = db_fetch1(
		    txn, sql_open_slot, DB_ARGS(db_i(w->id)), &slot)) == 0 &&
	       slot != 0)
		if ((rc = wave_kick(s, txn, w->id, slot, "cancelled")) < 0)
			return rc;
	if (rc < 0)
		return rc;
	return db_exec(
	    txn, sql_cancelled, DB_ARGS(db_i(w->id), db_i(time_now())), NULL);
}

int
wave_cancel(struct session *s, int64_t id)
{
	struct wave_now w = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	if ((rc = wave_now(s, txn, id, &w)) == 0)
		rc = cancel(s, txn, &w);
	if (rc == 0)
		rc = op_commit(s, &op_cancel, &txn, id,
		    "%s, state %s ->"
		    " cancelled",
		    w.wave_no, wave_state_name(w.state));
	op_abort(s, &txn);
	return rc;
}
