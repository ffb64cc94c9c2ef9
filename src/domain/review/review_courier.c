/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "review_priv.h"

/*
 * By whom an order goes: somebody, or the platform, says so, else the first of
 * the rules of review that names a courier and fits. What a rule said is a
 * rule's to change, whenever what it looks at does.
 */

static const struct op op_courier = { "order-courier", PERM_ORDER_EDIT,
	"order" };
static const struct op op_rule = { "order-courier-rule", PERM_ORDER_EDIT,
	"order" };
static const struct op op_all = { "review-couriers", PERM_ORDER_REVIEW,
	"review" };
static const struct op op_wave = { "wave-couriers", PERM_WAVE_MAKE, "review" };

static const char sql_any[] =
    "SELECT count(*) FROM (SELECT 1 FROM review_rule WHERE active = 1"
    " AND courier_id IS NOT NULL LIMIT 1 /*scan*/) r";

static int
any_rule(struct session *s)
{
	return session_any(s, &s->courier_rules, sql_any);
}

int
review_courier(struct session *s, struct review_tests *all,
    struct review_order *o, struct arena *arena, int64_t *courier_id)
{
	struct str saw = STR_INIT;
	size_t i;
	int rc = 0;

	*courier_id = 0;
	for (i = 0; rc >= 0 && *courier_id == 0 && i < all->n; i++) {
		const struct review_test *t = &all->v[i];

		if (t->courier_id == 0 && !t->pass)
			continue;
		rc = review_look(s, all, t, o, arena, &saw);
		if (rc > 0 && t->pass)
			break;
		if (rc > 0)
			*courier_id = t->courier_id;
	}
	str_done(&saw);
	return rc < 0 ? rc : 0;
}

static const char sql_put[] =
    "UPDATE orders SET courier_id = $2,"
    " done = CASE WHEN $3 <> 0 THEN done | 512 ELSE done & ~512 END,"
    " version = version + $4 WHERE id = $1";

int
review_courier_put(struct txn *txn, int64_t order_id, int64_t courier_id)
{
	return db_exec(txn, sql_put,
	    DB_ARGS(db_i(order_id), db_id(courier_id), db_i(courier_id != 0),
		db_i(0)),
	    NULL);
}

static const char sql_one[] = REVIEW_SELECT " WHERE o.id = $1";
/* What goes in one parcel weighs. */
static const char sql_group_grams[] =
    "SELECT coalesce(sum((l.qty - l.sent) * v.weight), 0) FROM order_line l"
    " JOIN variant v ON v.id = l.variant_id WHERE l.order_id IN"
    " (SELECT $1 UNION ALL SELECT f.id FROM orders f WHERE f.lead_id = $1)"
    " AND l.refund_state <> 2 AND l.gift = 0 AND l.qty > l.sent";
static const char sql_part_grams[] =
    "SELECT coalesce(max(x.g), 0) FROM (SELECT sum((q.qty - q.sent)"
    " * v.weight) AS g FROM order_part q JOIN order_line l"
    " ON l.order_id = q.order_id AND l.line_no = q.line_no"
    " JOIN variant v ON v.id = l.variant_id WHERE q.order_id = $1"
    " AND q.qty > q.sent GROUP BY q.part) x";

/* The order as rules see it: what is merged with it counts as its own, and of
 * its parts the heaviest one. */
static int
read_one(struct session *s, const struct order_now *now, struct review_order *o,
    struct arena *arena)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_one, DB_ARGS(db_i(now->id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		review_take(rows, o, arena);
	db_done(rows);
	return rc < 0 ? rc
		      : db_get1(s->db,
			    now->parts != 0 ? sql_part_grams : sql_group_grams,
			    DB_ARGS(db_i(now->id)), &o->grams);
}

/* What the rules say of @now; its courier is in *@o. */
static int
decide(struct session *s, struct review_tests *tests,
    const struct order_now *now, struct review_order *o, int64_t *courier_id)
{
	struct arena arena = { 0 };
	int rc;

	*o = (struct review_order){ 0 };
	rc = read_one(s, now, o, &arena);
	if (rc == 0)
		rc = review_courier(s, tests, o, &arena, courier_id);
	arena_done(&arena);
	return rc;
}

/* Somebody's word, or the platform's, stands. */
static bool
is_said(const struct review_order *o)
{
	return o->courier_id != 0 && !o->by_rule;
}

static const char sql_name[] = "SELECT name FROM courier WHERE id = $1";

static int
courier_name(struct session *s, int64_t id, char name[64])
{
	struct db_rows *rows;
	int rc;

	name[0] = '\0';
	if ((rc = db_query(s->db, sql_name, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(name, 64, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* 1: another one, which is written down. */
static int
again(struct session *s, struct txn *txn, struct review_tests *tests,
    const struct order_now *now)
{
	struct review_order o;
	char was[64], is[64];
	int64_t id = 0;
	int rc;

	if (now->state != ORDER_PAID || (now->done & DONE_PACKED) != 0)
		return 0;
	if ((rc = decide(s, tests, now, &o, &id)) < 0)
		return rc;
	if (is_said(&o) || id == o.courier_id)
		return 0;
	rc = review_courier_put(txn, now->id, id);
	if (rc == 0)
		rc = courier_name(s, o.courier_id, was);
	if (rc == 0)
		rc = courier_name(s, id, is);
	if (rc == 0)
		rc = op_note(s, &op_rule, txn, "order", now->id,
		    "courier \"%s\" -> \"%s\"", was, is);
	return rc < 0 ? rc : 1;
}

int
courier_again(struct session *s, struct txn *txn, int64_t order_id)
{
	struct review_tests tests;
	struct order_now now;
	int rc;

	if ((rc = any_rule(s)) <= 0)
		return rc;
	rc = order_now(s, txn, order_id, &now);
	if (rc == 0 && now.lead_id != 0)
		rc = order_now(s, txn, now.lead_id, &now);
	if (rc < 0 || (rc = review_tests_read(s, false, &tests)) < 0)
		return rc;
	rc = again(s, txn, &tests, &now);
	review_tests_done(&tests);
	return rc < 0 ? rc : 0;
}

int
courier_by_rule(struct session *s, int64_t order_id, char name[64])
{
	struct review_tests tests;
	struct review_order o;
	struct order_now now;
	int64_t id = 0;
	int rc;

	name[0] = '\0';
	if ((rc = any_rule(s)) <= 0 ||
	    (rc = order_now(s, NULL, order_id, &now)) < 0 ||
	    (rc = review_tests_read(s, false, &tests)) < 0)
		return rc;
	rc = decide(s, &tests, &now, &o, &id);
	review_tests_done(&tests);
	return rc < 0 || id == 0 ? rc : courier_name(s, id, name);
}

static int
say(struct session *s, struct txn *txn, int64_t order_id, int64_t courier_id,
    char was[64])
{
	struct review_order o;
	struct order_now now;
	struct arena arena = { 0 };
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0)
		return rc;
	if (now.state != ORDER_UNPAID && now.state != ORDER_PAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s and can no longer be changed"),
		    now.order_no, order_state_text(now.state));
	if ((now.done & DONE_PACKED) != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is packed: open its parcel again first"),
		    now.order_no);
	rc = read_one(s, &now, &o, &arena);
	arena_done(&arena);
	if (rc < 0 || (rc = courier_name(s, o.courier_id, was)) < 0)
		return rc;
	if (courier_id == o.courier_id && (courier_id == 0 || !o.by_rule))
		return 0;
	rc = db_exec(txn, sql_put,
	    DB_ARGS(db_i(order_id), db_id(courier_id), db_i(0), db_i(1)), NULL);
	return rc < 0 ? rc : 1;
}

int
order_courier(struct session *s, int64_t id, const char *courier)
{
	char was[64] = "", is[64] = "";
	int64_t courier_id = 0;
	struct txn *txn;
	int rc, changed;

	if (courier[0] != '\0' &&
	    ((rc = courier_find(s, courier, &courier_id)) < 0 ||
		(rc = courier_name(s, courier_id, is)) < 0))
		return rc;
	if ((rc = op_begin(s, &op_courier, &txn)) < 0)
		return rc;
	rc = changed = say(s, txn, id, courier_id, was);
	/* Nobody says so any more: the rules may. */
	if (rc > 0)
		rc = courier_id == 0 ? courier_again(s, txn, id) : 0;
	if (rc == 0 && changed > 0)
		rc = op_commit(s, &op_courier, &txn, id,
		    "courier \"%s\" -> \"%s\"", was, is);
	op_abort(s, &txn);
	return rc < 0 ? rc : changed;
}

#define AT_ONCE 200

static const char sql_waiting[] =
    "SELECT o.id, o.created_at FROM orders o WHERE o.state = 2"
    " AND o.held = $1 AND (o.created_at, o.id) > ($2, $3)"
    " AND o.lead_id IS NULL AND (o.courier_id IS NULL OR ($5 = 0"
    " AND o.done & 512 <> 0)) ORDER BY o.created_at, o.id LIMIT $4";

/* The next of them, by their creation. */
struct walk {
	bool fresh; /* those that have no courier yet */
	int64_t held, created_at, id;
	int64_t ids[AT_ONCE];
	size_t n;
};

static int
walk_read(struct session *s, struct walk *w)
{
	struct db_rows *rows;
	int rc;

	w->n = 0;
	rc = db_query(s->db, sql_waiting,
	    DB_ARGS(db_i(w->held), db_i(w->created_at), db_i(w->id),
		db_i(AT_ONCE), db_i(w->fresh)),
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
walk_step(struct session *s, const struct op *op, struct review_tests *tests,
    const struct walk *w, int64_t *changed)
{
	struct order_now now;
	struct txn *txn;
	int64_t n = 0;
	size_t i;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	for (i = 0; rc >= 0 && i < w->n; i++) {
		rc = order_now(s, txn, w->ids[i], &now);
		if (rc == 0)
			rc = again(s, txn, tests, &now);
		n += rc > 0;
	}
	/* Nothing changed: nothing is to be recorded. */
	if (rc >= 0)
		rc = n == 0 ? 0 : op_commit(s, op, &txn, 0, "%" PRId64, n);
	op_abort(s, &txn);
	if (rc == 0)
		*changed += n;
	return rc;
}

static int
walk_all(struct session *s, const struct op *op, bool fresh, int64_t *seen,
    int64_t *changed)
{
	struct walk w = { .fresh = fresh };
	struct review_tests tests;
	int rc;

	*seen = *changed = 0;
	if ((rc = session_need(s, op->perm)) < 0 ||
	    (rc = review_tests_read(s, false, &tests)) < 0)
		return rc;
	for (; rc == 0 && w.held <= 1; w.held++) {
		w.created_at = w.id = INT64_MIN;
		do {
			if ((rc = walk_read(s, &w)) == 0)
				rc = walk_step(s, op, &tests, &w, changed);
			*seen += rc == 0 ? (int64_t)w.n : 0;
			bulk_steps_between(s->db);
		} while (rc == 0 && w.n == AT_ONCE);
	}
	review_tests_done(&tests);
	return rc;
}

int
review_couriers(struct session *s, int64_t *seen, int64_t *changed)
{
	return walk_all(s, &op_all, false, seen, changed);
}

int
courier_rules_new(struct session *s)
{
	int64_t seen, changed;
	int rc = any_rule(s);

	return rc <= 0 ? rc : walk_all(s, &op_wave, true, &seen, &changed);
}
