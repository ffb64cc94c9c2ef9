/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "freight_priv.h"
#include "routing_priv.h"

/* From which warehouse an order goes. */

static const struct op op_route = { "order-route", PERM_WAVE_MAKE, "order" };

static const char sql_several[] =
    "SELECT count(*) FROM warehouse WHERE active = 1 /*scan*/";
static int
several(struct session *s, bool *yes)
{
	int64_t n;
	int rc = db_get1(s->db, sql_several, DB_NOARGS, &n);

	*yes = rc == 0 && n > 1;
	return rc;
}

static const char sql_followers[] =
    "SELECT id FROM orders WHERE lead_id = $1 ORDER BY id";

/* All that go in a parcel with it. */
static int
read_sending(
    struct session *s, struct txn *txn, int64_t order_id, struct sending *se)
{
	int64_t ids[MERGE_MAX];
	struct db_rows *rows;
	size_t i, n = 0;
	int rc;

	*se = (struct sending){ .n = 1 };
	rc = order_now(s, txn, order_id, &se->v[0]);
	if (rc == 0 && se->v[0].lead_id != 0)
		rc = order_now(s, txn, se->v[0].lead_id, &se->v[0]);
	if (rc < 0)
		return rc;
	rc = db_query(s->db, sql_followers, DB_ARGS(db_i(se->v[0].id)), &rows);
	if (rc < 0)
		return rc;
	while (n + 1 < MERGE_MAX && (rc = db_next(rows)) > 0)
		ids[n++] = db_int(rows, 0);
	db_done(rows);
	for (i = 0; rc >= 0 && i < n; i++)
		rc = order_now(s, txn, ids[i], &se->v[se->n++]);
	return rc < 0 ? rc : 0;
}

/* What is in somebody's hands stays. */
static const char sql_in_hands[] =
    "SELECT EXISTS (SELECT 1 FROM wave_order w WHERE w.order_id = $1"
    " AND w.state = 0)"
    " + EXISTS (SELECT 1 FROM packed_line k WHERE k.order_id = $1)";

static int
is_fixed(struct session *s, const struct sending *se, bool *fixed)
{
	int64_t n = 0;
	size_t i;
	int rc = 0;

	*fixed = false;
	for (i = 0; rc == 0 && !*fixed && i < se->n; i++) {
		if (se->v[i].state == ORDER_PAID)
			rc = db_get1(s->db, sql_in_hands,
			    DB_ARGS(db_i(se->v[i].id)), &n);
		*fixed = se->v[i].state != ORDER_PAID || n > 0;
	}
	return rc;
}

static bool
is_at(const struct sending *se, int64_t place)
{
	size_t i;

	for (i = 0; i < se->n; i++)
		if (se->v[i].warehouse_id != place)
			return false;
	return true;
}

static const char sql_route[] =
    "UPDATE orders SET warehouse_id = $2, version = version + 1"
    " WHERE id = $1";

/* The caller writes down what happened to @but. */
static int
move_to(struct session *s, struct txn *txn, const struct sending *se,
    int64_t id, const char *name, int64_t but)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < se->n; i++) {
		const struct order_now *now = &se->v[i];

		if (now->warehouse_id == id)
			continue;
		rc = db_exec(txn, sql_route,
		    DB_ARGS(
			db_i(now->id), db_id(id == WAREHOUSE_MAIN ? 0 : id)),
		    NULL);
		if (rc == 0)
			rc = stock_again(s, txn, now->id);
		if (rc == 0 && now->id != but)
			rc = op_note(
			    s, &op_route, txn, "order", now->id, "%s", name);
	}
	return rc;
}

int
route_order(struct session *s, struct txn *txn, int64_t order_id, bool *moved)
{
	struct sending se;
	char name[NAME_ROOM] = "";
	bool yes, fixed;
	int64_t id;
	int rc;

	if (moved != NULL)
		*moved = false;
	if ((rc = several(s, &yes)) < 0 || !yes ||
	    (rc = read_sending(s, txn, order_id, &se)) < 0 ||
	    (rc = is_fixed(s, &se, &fixed)) < 0 || fixed ||
	    se.v[0].parts != 0 || (rc = route_choose(s, &se, &id, name)) < 0)
		return rc;
	if (id == 0 || is_at(&se, id))
		return 0;
	rc = move_to(s, txn, &se, id, name, 0);
	if (rc == 0 && moved != NULL)
		*moved = true;
	return rc;
}

static const char sql_part_at[] =
    "SELECT coalesce(max(warehouse_id), 0) FROM order_part"
    " WHERE order_id = $1 AND part = $2 AND qty > sent";
static const char sql_part_route[] =
    "UPDATE order_part SET warehouse_id = $3 WHERE order_id = $1 AND part = $2";

/* One part; @again: also where somebody, or a routing before, said from where.
 */
static int
route_part(struct session *s, struct txn *txn, const struct sending *se,
    bool again, bool *moved)
{
	const struct order_now *now = &se->v[0];
	const struct db_val of[] = { db_i(now->id), db_i(se->part) };
	char name[NAME_ROOM] = "";
	int64_t at = 0, id;
	int rc;

	rc = db_get1(s->db, sql_part_at, of, 2, &at);
	if (rc < 0 || (at != 0 && !again) ||
	    (rc = route_choose(s, se, &id, name)) < 0)
		return rc;
	if (id == 0 || id == (at != 0 ? at : now->warehouse_id))
		return 0;
	*moved = true;
	rc =
	    db_exec(txn, sql_part_route, DB_ARGS(of[0], of[1], db_i(id)), NULL);
	return rc < 0 ? rc
		      : op_note(s, &op_route, txn, "order", now->id,
			    "part %" PRId64 ": %s", se->part, name);
}

int
route_parts(struct session *s, struct txn *txn, int64_t order_id, bool again)
{
	struct sending se = { .n = 1 };
	bool yes, fixed, moved = false;
	int rc;

	if ((rc = several(s, &yes)) < 0 || !yes ||
	    (rc = order_now(s, txn, order_id, &se.v[0])) < 0 ||
	    (rc = is_fixed(s, &se, &fixed)) < 0 || fixed)
		return rc;
	for (se.part = 1; rc == 0 && se.part <= se.v[0].parts; se.part++)
		rc = route_part(s, txn, &se, again, &moved);
	return rc < 0 || !moved ? rc : stock_again(s, txn, order_id);
}

int
route_again(struct session *s, struct txn *txn, int64_t order_id)
{
	struct order_now now;
	int rc = order_now(s, txn, order_id, &now);

	if (rc < 0)
		return rc;
	return now.parts != 0 ? route_parts(s, txn, order_id, true)
			      : route_order(s, txn, order_id, NULL);
}

/* To the one that is named, or the best; *@id is 0 when it stays. */
static int
route_to(struct session *s, struct txn *txn, int64_t order_id,
    const char *warehouse, int64_t *id, char name[NAME_ROOM])
{
	struct sending se;
	bool fixed;
	int rc;

	if ((rc = read_sending(s, txn, order_id, &se)) < 0 ||
	    (rc = is_fixed(s, &se, &fixed)) < 0)
		return rc;
	if (fixed || se.v[0].parts != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not paid, or it is split, picked or packed: "
		      "its warehouse stays"),
		    se.v[0].order_no);
	if (warehouse[0] != '\0') {
		copy_text(name, NAME_ROOM, warehouse);
		rc = warehouse_find(s, warehouse, id);
	} else {
		rc = route_choose(s, &se, id, name);
	}
	if (rc < 0)
		return rc;
	if (is_at(&se, *id))
		*id = 0;
	return *id == 0 ? 0 : move_to(s, txn, &se, *id, name, order_id);
}

int
order_route(struct session *s, int64_t order_id, const char *warehouse)
{
	char name[NAME_ROOM] = "";
	struct txn *txn;
	int64_t id = 0;
	int rc;

	if ((rc = op_begin(s, &op_route, &txn)) < 0)
		return rc;
	rc = route_to(s, txn, order_id, warehouse, &id, name);
	if (rc == 0 && id != 0)
		rc = op_commit(s, &op_route, &txn, order_id, "%s", name);
	op_abort(s, &txn);
	return rc < 0 ? rc : id != 0;
}

/* It is done, looked at and not kept. */
int
order_route_best(struct session *s, int64_t order_id, char name[NAME_ROOM])
{
	struct txn *txn;
	int64_t id = 0;
	int rc;

	name[0] = '\0';
	if ((rc = op_begin(s, &op_route, &txn)) < 0)
		return rc;
	rc = route_to(s, txn, order_id, "", &id, name);
	op_abort(s, &txn);
	return rc < 0 ? rc : id != 0;
}

#define AT_ONCE 200

static const char sql_waiting[] =
    "SELECT o.id, o.created_at FROM orders o WHERE o.state = 2"
    " AND o.held = $1 AND (o.created_at, o.id) > ($2, $3)"
    " ORDER BY o.created_at, o.id LIMIT $4";

/* Where nobody, and no routing before, has said from where. */
static const char sql_new[] =
    "SELECT o.id, o.created_at FROM orders o WHERE o.state = 2"
    " AND o.held = $1 AND (o.created_at, o.id) > ($2, $3)"
    " AND o.warehouse_id IS NULL ORDER BY o.created_at, o.id LIMIT $4";

/* The next of them, by their creation. */
struct waiting {
	bool fresh; /* only those that are in the main one */
	int64_t held, created_at, id;
	int64_t ids[AT_ONCE];
	size_t n;
};

static int
read_waiting(struct session *s, struct waiting *w)
{
	struct db_rows *rows;
	int rc;

	w->n = 0;
	rc = db_query(s->db, w->fresh ? sql_new : sql_waiting,
	    DB_ARGS(
		db_i(w->held), db_i(w->created_at), db_i(w->id), db_i(AT_ONCE)),
	    &rows);
	if (rc < 0)
		return rc;
	while (w->n < AT_ONCE && (rc = db_next(rows)) > 0) {
		w->ids[w->n++] = w->id = db_int(rows, 0);
		w->created_at = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
route_some(struct session *s, const struct waiting *w, int64_t *moved)
{
	struct txn *txn;
	int64_t n = 0;
	size_t i;
	bool one;
	int rc;

	if ((rc = op_begin(s, &op_route, &txn)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < w->n; i++) {
		rc = route_order(s, txn, w->ids[i], &one);
		n += one;
	}
	/* Nothing moved: nothing is to be recorded. */
	if (rc == 0 && n > 0)
		rc = op_commit(s, &op_route, &txn, 0, "%" PRId64, n);
	op_abort(s, &txn);
	if (rc == 0)
		*moved += n;
	return rc;
}

static int
route_them(struct session *s, bool fresh, int64_t *seen, int64_t *moved)
{
	struct waiting w = { .fresh = fresh };
	bool yes;
	int rc;

	*seen = *moved = 0;
	if ((rc = session_need(s, op_route.perm)) < 0 ||
	    (rc = several(s, &yes)) < 0 || !yes)
		return rc;
	for (; w.held <= 1; w.held++) {
		w.created_at = w.id = INT64_MIN;
		do {
			if ((rc = read_waiting(s, &w)) < 0 ||
			    (rc = route_some(s, &w, moved)) < 0)
				return rc;
			*seen += (int64_t)w.n;
		} while (w.n == AT_ONCE);
	}
	return 0;
}

int
order_route_all(struct session *s, int64_t *seen, int64_t *moved)
{
	return route_them(s, false, seen, moved);
}

int
order_route_new(struct session *s)
{
	int64_t seen, moved;

	return route_them(s, true, &seen, &moved);
}
