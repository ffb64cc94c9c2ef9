/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"

#include "freight_priv.h"
#include "order_priv.h"
#include "session_priv.h"
#include "stock_priv.h"

/* From which warehouse an order goes. */

static const struct op op_route = { "order-route", PERM_WAVE_MAKE, "order" };

#define PLACES_MAX 50
#define GOODS_MAX  100

struct place {
	int64_t id, hub; /* the courier whose it is */
	char province[32];
	char name[64];
	bool lacks; /* some of the goods */
	int64_t fee, days;
};

struct choice {
	struct place v[PLACES_MAX];
	size_t n;
	char province[32]; /* the buyer's */
	struct freight_load load;
};

static const char sql_several[] =
    "SELECT count(*) FROM warehouse WHERE active = 1 /*scan*/";
static const char sql_places[] =
    "SELECT id, coalesce(courier_id, 0), province, name FROM warehouse"
    " WHERE active = 1 ORDER BY id LIMIT 50 /*scan*/";

static int
several(struct session *s, bool *yes)
{
	int64_t n;
	int rc = db_get1(s->db, sql_several, DB_NOARGS, &n);

	*yes = rc == 0 && n > 1;
	return rc;
}

static int
read_places(struct session *s, struct choice *ch)
{
	struct db_rows *rows;
	struct place *p;
	int rc;

	if ((rc = db_query(s->db, sql_places, DB_NOARGS, &rows)) < 0)
		return rc;
	while (ch->n < PLACES_MAX && (rc = db_next(rows)) > 0) {
		p = &ch->v[ch->n++];
		*p = (struct place){
			.id = db_int(rows, 0),
			.hub = db_int(rows, 1),
		};
		(void)province_brief(db_text(rows, 2), p->province);
		copy_text(p->name, sizeof(p->name), db_text(rows, 3));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_to[] =
    "SELECT coalesce(r.province, '') FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";
static const char sql_needs[] =
    "SELECT l.variant_id, sum(l.qty - l.sent),"
    " sum((l.qty - l.sent) * v.weight), sum((l.qty - l.sent) * v.volume)"
    " FROM order_line l JOIN variant v ON v.id = l.variant_id"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.qty > l.sent"
    " GROUP BY l.variant_id ORDER BY l.variant_id LIMIT 100 /*sort*/";
/* What this very order has promised itself is there for it. */
static const char sql_there[] =
    "SELECT coalesce((SELECT s.available FROM stock s"
    " WHERE s.variant_id = $2 AND s.warehouse_id = $3), 0)"
    " + coalesce((SELECT sum(r.qty) FROM reservation r WHERE r.order_id = $1"
    " AND r.warehouse_id = $3 AND r.variant_id = $2), 0)";

struct need {
	int64_t variant_id, qty;
};

static int
read_needs(struct session *s, int64_t order_id, struct choice *ch,
    struct need needs[GOODS_MAX], size_t *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	if ((rc = db_query(s->db, sql_to, DB_ARGS(db_i(order_id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		(void)province_brief(db_text(rows, 0), ch->province);
	db_done(rows);
	if (rc < 0 || (rc = db_query(s->db, sql_needs, DB_ARGS(db_i(order_id)),
			   &rows)) < 0)
		return rc;
	while (*n < GOODS_MAX && (rc = db_next(rows)) > 0) {
		needs[(*n)++] =
		    (struct need){ db_int(rows, 0), db_int(rows, 1) };
		ch->load.pieces += db_int(rows, 1);
		ch->load.grams += db_int(rows, 2);
		ch->load.cm3 += db_int(rows, 3);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
look_at_stock(struct session *s, int64_t order_id, struct choice *ch,
    const struct need *needs, size_t n)
{
	int64_t there;
	size_t i, k;
	int rc;

	for (i = 0; i < ch->n; i++)
		for (k = 0; k < n && !ch->v[i].lacks; k++) {
			rc = db_get1(s->db, sql_there,
			    DB_ARGS(db_i(order_id), db_i(needs[k].variant_id),
				db_i(ch->v[i].id)),
			    &there);
			if (rc < 0)
				return rc;
			ch->v[i].lacks = there < needs[k].qty;
		}
	return 0;
}

static int
look_at_cost(struct session *s, struct choice *ch)
{
	struct freight_rates rates;
	size_t i;
	int rc;

	if ((rc = freight_rates_read(s, 0, ch->province, &rates)) < 0)
		return rc;
	/* A parcel of unknown weight still costs the first fee. */
	if (ch->load.grams == 0)
		ch->load.grams = 1;
	for (i = 0; i < ch->n; i++) {
		const struct freight_from from = {
			.warehouse_id = ch->v[i].id,
			.courier_id = ch->v[i].hub,
			.province = ch->province,
			.load = ch->load,
		};

		(void)freight_cheapest(
		    &rates, &from, &ch->v[i].fee, &ch->v[i].days);
	}
	freight_rates_done(&rates);
	return 0;
}

static bool
is_better(const struct choice *ch, const struct place *a, const struct place *b)
{
	bool near_a = strcmp(a->province, ch->province) == 0;
	bool near_b = strcmp(b->province, ch->province) == 0;

	if (a->fee != b->fee)
		return a->fee < b->fee;
	if (a->days != b->days)
		return a->days < b->days;
	if (near_a != near_b)
		return near_a;
	return a->id < b->id;
}

/* NULL: none has all of it. */
static const struct place *
best(const struct choice *ch)
{
	const struct place *p = NULL;
	size_t i;

	for (i = 0; i < ch->n; i++)
		if (!ch->v[i].lacks &&
		    (p == NULL || is_better(ch, &ch->v[i], p)))
			p = &ch->v[i];
	return p;
}

static int
choose(struct session *s, int64_t order_id, int64_t *id, char name[64])
{
	struct choice ch = { .n = 0 };
	struct need needs[GOODS_MAX];
	const struct place *p;
	size_t n;
	int rc;

	*id = 0;
	if ((rc = read_places(s, &ch)) < 0 ||
	    (rc = read_needs(s, order_id, &ch, needs, &n)) < 0 || n == 0 ||
	    (rc = look_at_stock(s, order_id, &ch, needs, n)) < 0 ||
	    (rc = look_at_cost(s, &ch)) < 0)
		return rc;
	if ((p = best(&ch)) != NULL) {
		*id = p->id;
		copy_text(name, 64, p->name);
	}
	return 0;
}

/* What goes with others, in parts, or is in somebody's hands stays. */
static const char sql_fixed[] =
    "SELECT (o.lead_id IS NOT NULL) + (o.parts > 0)"
    " + EXISTS (SELECT 1 FROM orders f WHERE f.lead_id = o.id)"
    " + EXISTS (SELECT 1 FROM wave_order w WHERE w.order_id = o.id"
    " AND w.state = 0)"
    " + EXISTS (SELECT 1 FROM packed_line k WHERE k.order_id = o.id)"
    " FROM orders o WHERE o.id = $1";

static int
is_fixed(struct session *s, const struct order_now *now, bool *fixed)
{
	int64_t n = 0;
	int rc = 0;

	if (now->state == ORDER_PAID)
		rc = db_get1(s->db, sql_fixed, DB_ARGS(db_i(now->id)), &n);
	*fixed = now->state != ORDER_PAID || n > 0;
	return rc;
}

static const char sql_route[] =
    "UPDATE orders SET warehouse_id = $2, version = version + 1"
    " WHERE id = $1";

static int
move_to(struct session *s, struct txn *txn, int64_t order_id, int64_t id)
{
	int rc = db_exec(txn, sql_route,
	    DB_ARGS(db_i(order_id), db_id(id == WAREHOUSE_MAIN ? 0 : id)),
	    NULL);

	return rc < 0 ? rc : stock_again(s, txn, order_id);
}

int
route_order(struct session *s, struct txn *txn, int64_t order_id, bool *moved)
{
	struct order_now now;
	char name[64] = "";
	bool yes, fixed;
	int64_t id;
	int rc;

	if (moved != NULL)
		*moved = false;
	if ((rc = several(s, &yes)) < 0 || !yes ||
	    (rc = order_now(s, txn, order_id, &now)) < 0 ||
	    (rc = is_fixed(s, &now, &fixed)) < 0 || fixed ||
	    (rc = choose(s, order_id, &id, name)) < 0)
		return rc;
	if (id == 0 || id == now.warehouse_id)
		return 0;
	rc = move_to(s, txn, order_id, id);
	if (rc == 0)
		rc = op_note(s, &op_route, txn, "order", order_id, "%s", name);
	if (rc == 0 && moved != NULL)
		*moved = true;
	return rc;
}

/* To the one that is named, or the best; *@id is 0 when it stays. */
static int
route_to(struct session *s, struct txn *txn, int64_t order_id,
    const char *warehouse, int64_t *id, char name[64])
{
	struct order_now now;
	bool fixed;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0 ||
	    (rc = is_fixed(s, &now, &fixed)) < 0)
		return rc;
	if (fixed)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not paid, or it is merged, split, picked or "
		      "packed: its warehouse stays"),
		    now.order_no);
	if (warehouse[0] != '\0') {
		copy_text(name, 64, warehouse);
		rc = warehouse_find(s, warehouse, id);
	} else {
		rc = choose(s, order_id, id, name);
	}
	if (rc < 0)
		return rc;
	if (*id == now.warehouse_id)
		*id = 0;
	return *id == 0 ? 0 : move_to(s, txn, order_id, *id);
}

int
order_route(struct session *s, int64_t order_id, const char *warehouse)
{
	char name[64] = "";
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
order_route_best(struct session *s, int64_t order_id, char name[64])
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
