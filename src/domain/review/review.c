/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "review_priv.h"

/* Reviewing: by the rules, many orders in short steps, and by hand. */

static const struct op op_run = { "review-run", PERM_ORDER_REVIEW, "review" };
static const struct op op_stop = { "review-stop", PERM_ORDER_REVIEW, "order" };
static const struct op op_pass = { "review-pass", PERM_ORDER_REVIEW, "order" };
static const struct op op_hold = { "review-hold", PERM_ORDER_REVIEW, "order" };

#define SLICE    INT64_C(10000000)  /* ns: how long others may wait */
#define ALONE    INT64_C(100000000) /* and while nobody does */
#define ORDERS   256                /* read at a time */
#define NOTE_MAX 400

struct review {
	struct session *s;
	struct review_tests tests;
	struct review_counts n;
	int64_t until;       /* paid by then */
	int64_t paid_at, id; /* how far it has come */
	bool end;            /* nothing is behind that */
	struct str saw;      /* by all rules, */
	struct str one;      /* and by one of them */
	int64_t courier_id;  /* by whom it goes; 0: nobody said so */
	struct arena arena;
	struct review_order orders[ORDERS];
	size_t norders;
};

/* What does not fit whole is left out. */
static void
add_seen(struct review *r, const char *rule)
{
	size_t from = r->saw.len;

	if (from > 0)
		str_add(&r->saw, _("; "));
	if (r->one.len > 0)
		str_addf(&r->saw, _("%s: %s"), rule, r->one.s);
	else
		str_add(&r->saw, rule);
	if (r->saw.len > NOTE_MAX)
		str_cut(&r->saw, from);
}

/* What the rules say of it, one after the other; *@stop: it is held. What they
 * saw is in r->saw. */
static int
judge(struct review *r, struct review_order *o, bool *stop)
{
	size_t i;
	int rc = 0;

	*stop = false;
	r->courier_id = o->by_rule ? 0 : o->courier_id;
	str_cut(&r->saw, 0);
	for (i = 0; rc == 0 && i < r->tests.n; i++) {
		const struct review_test *t = &r->tests.v[i];

		if (t->courier_id != 0 && r->courier_id != 0)
			continue;
		str_cut(&r->one, 0);
		rc = review_look(r->s, &r->tests, t, o, &r->arena, &r->one);
		if (rc <= 0)
			continue;
		rc = 0;
		if (t->courier_id != 0)
			r->courier_id = t->courier_id;
		if (t->pass)
			return 0;
		if (t->courier_id != 0)
			continue;
		add_seen(r, review_rule_text(t->name));
		*stop = true;
	}
	return rc;
}

static int
stop_order(struct review *r, struct txn *txn, int64_t id)
{
	struct order_now now;
	bool fresh;
	int rc;

	if ((rc = order_now(r->s, txn, id, &now)) < 0)
		return rc;
	rc = hold_open(r->s, txn, &now, "review", r->saw.s, &fresh);
	if (rc == 0 && fresh)
		rc = op_note(r->s, &op_stop, txn, "order", id, "%s", r->saw.s);
	return rc;
}

static const char sql_next[] = REVIEW_SELECT
    " WHERE o.state = 2 AND o.done & 1 = 0 AND (o.paid_at, o.id) > ($1, $2)"
    " AND o.paid_at <= $3 ORDER BY o.paid_at, o.id LIMIT $4";

static int
read_orders(struct review *r)
{
	struct db_rows *rows;
	int rc;

	arena_reset(&r->arena);
	r->norders = 0;
	rc = db_query(r->s->db, sql_next,
	    DB_ARGS(
		db_i(r->paid_at), db_i(r->id), db_i(r->until), db_i(ORDERS)),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		review_take(rows, &r->orders[r->norders++], &r->arena);
	db_done(rows);
	if (rc == 0 && r->tests.lines)
		rc = review_lines(r->s, r->orders, r->norders, &r->arena);
	return rc;
}

static bool
is_time(struct session *s, int64_t begun)
{
	int64_t took = time_ticks() - begun;

	return took > ALONE || (took > SLICE && bulk_others_wait(s->db));
}

/* Those that were read, as far as the time goes. */
static int
take_orders(struct review *r, struct txn *txn, int64_t begun)
{
	struct review_order *o;
	bool stop;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < r->norders; i++) {
		o = &r->orders[i];
		if ((rc = judge(r, o, &stop)) < 0)
			break;
		if (stop)
			rc = stop_order(r, txn, o->id);
		if (rc == 0 && r->courier_id != o->courier_id)
			rc = review_courier_put(txn, o->id, r->courier_id);
		if (rc < 0)
			break;
		r->n.held += stop;
		r->n.passed += !stop;
		r->paid_at = o->paid_at;
		r->id = o->id;
		if (is_time(r->s, begun))
			return 0;
	}
	r->end = r->norders < ORDERS;
	return rc;
}

/* Those up to where it has come, which are those that it read. */
static const char sql_seen[] =
    "UPDATE orders SET done = done | 1 WHERE state = 2 AND done & 1 = 0"
    " AND (paid_at, id) > ($1, $2) AND (paid_at, id) <= ($3, $4)";

/* The next orders. */
static int
step(struct review *r, struct txn *txn, int64_t begun)
{
	const int64_t paid_at = r->paid_at, id = r->id;
	int rc;

	if ((rc = read_orders(r)) < 0 || (rc = take_orders(r, txn, begun)) < 0)
		return rc;
	return db_exec(txn, sql_seen,
	    DB_ARGS(db_i(paid_at), db_i(id), db_i(r->paid_at), db_i(r->id)),
	    NULL);
}

/* One transaction. What it did counts only when it is committed. */
static int
slice(struct review *r)
{
	const struct review_counts was = r->n;
	int64_t begun, paid_at = r->paid_at, id = r->id;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(r->s, &op_run, &txn)) < 0)
		return rc;
	begun = time_ticks();
	do
		rc = step(r, txn, begun);
	while (rc == 0 && !r->end && !is_time(r->s, begun));
	if (rc == 0 && (r->n.passed != was.passed || r->n.held != was.held)) {
		if (r->end)
			bulk_steps_last(r->s->db);
		rc = op_commit(r->s, &op_run, &txn, 0,
		    "passed %" PRId64 ", held %" PRId64,
		    r->n.passed - was.passed, r->n.held - was.held);
	}
	op_abort(r->s, &txn);
	if (rc < 0) {
		r->n = was;
		r->paid_at = paid_at;
		r->id = id;
	}
	return rc;
}

static const char sql_any[] =
    "SELECT count(*) FROM (SELECT 1 FROM orders WHERE state = 2"
    " AND done & 1 = 0 AND paid_at <= $1 LIMIT 1) o";

static int
run(struct review *r, const struct review_goes_on *goes_on)
{
	int64_t any;
	int rc;

	rc = db_get1(r->s->db, sql_any, DB_ARGS(db_i(r->until)), &any);
	if (rc < 0 || any == 0)
		return rc;
	if ((rc = review_tests_read(r->s, false, &r->tests)) < 0)
		return rc;
	bulk_steps_tune(r->s->db);
	while (rc == 0 && !r->end) {
		rc = slice(r);
		bulk_steps_between(r->s->db);
		if (rc == 0 && goes_on != NULL &&
		    !goes_on->f(goes_on->arg, &r->n)) {
			r->n.stopped = true;
			break;
		}
	}
	bulk_merge_tune(r->s->db, false);
	review_tests_done(&r->tests);
	return rc;
}

int
review_run(struct session *s, const struct review_goes_on *goes_on,
    struct review_counts *out)
{
	struct review *r;
	int64_t wait;
	int rc;

	*out = (struct review_counts){ .passed = 0 };
	if ((rc = session_need(s, PERM_ORDER_REVIEW)) < 0 ||
	    (rc = setting_int(s, SETTING_REVIEW_WAIT_MIN, &wait)) < 0 ||
	    (rc = hold_expire(s)) < 0)
		return rc;
	r = xcalloc(1, sizeof(*r));
	r->s = s;
	r->saw = r->one = (struct str)STR_INIT;
	r->until = time_now() - wait * 60;
	rc = run(r, goes_on);
	*out = r->n;
	str_done(&r->saw);
	str_done(&r->one);
	arena_done(&r->arena);
	free(r);
	return rc;
}

int
review_as_usual(struct session *s, struct review_counts *out)
{
	int64_t usual;
	int rc;

	*out = (struct review_counts){ .passed = 0 };
	rc = setting_int(s, SETTING_REVIEW, &usual);
	if (rc < 0 || usual == 0 || !session_may(s, PERM_ORDER_REVIEW))
		return rc;
	return review_run(s, NULL, out);
}

int
review_needed(struct session *s, const struct order_now *now)
{
	int64_t usual;
	int rc;

	if (now->state != ORDER_PAID || (now->done & DONE_REVIEWED))
		return 0;
	rc = setting_int(s, SETTING_REVIEW, &usual);
	return rc < 0 ? rc : usual != 0;
}

int
review_again(struct session *s, struct txn *txn, const struct order_now *now)
{
	return now->done & DONE_REVIEWED
		   ? order_did(s, txn, now->id, 0, DONE_REVIEWED)
		   : 0;
}

static int
check_paid(struct session *s, const struct order_now *now)
{
	if (order_can_hold(now->state))
		return 0;
	return err_set(&s->err, ERR_STATE, "",
	    _("Order %s is %s: only paid orders are reviewed"), now->order_no,
	    order_state_text(now->state));
}

int
review_pass(struct session *s, int64_t id, const char *note)
{
	struct order_now now;
	struct txn *txn;
	int rc;

	note = note != NULL ? note : "";
	if ((rc = order_note_check(s, "note", note)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_pass, &txn)) < 0)
		return rc;
	rc = order_now(s, txn, id, &now);
	if (rc == 0)
		rc = check_paid(s, &now);
	if (rc == 0)
		rc = hold_clear(s, txn, &now, "review");
	if (rc == 0)
		rc = order_did(s, txn, id, DONE_REVIEWED, 0);
	if (rc == 0)
		rc = op_commit(s, &op_pass, &txn, id, "%s", note);
	op_abort(s, &txn);
	return rc;
}

static int
hold_apply(
    struct session *s, struct txn *txn, int64_t id, const struct hold_for *h)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0 ||
	    (rc = check_paid(s, &now)) < 0 ||
	    (rc = hold_put(s, txn, &now, h)) < 0)
		return rc;
	/* It is somebody's word now, and no more a rule's. */
	if (strcmp(h->reason, "review") != 0 &&
	    (rc = hold_clear(s, txn, &now, "review")) < 0)
		return rc;
	return order_did(s, txn, id, DONE_REVIEWED, 0);
}

int
review_hold(struct session *s, int64_t id, const char *reason, const char *note,
    int64_t until)
{
	const struct hold_for h = { reason, note != NULL ? note : "", until };
	struct txn *txn;
	int rc;

	if ((rc = hold_check(s, &h)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_hold, &txn)) < 0)
		return rc;
	rc = hold_apply(s, txn, id, &h);
	if (rc == 0)
		rc = hold_commit(s, &op_hold, &txn, id, &h);
	op_abort(s, &txn);
	return rc;
}

#define RULES 500 /* more than anybody keeps */

static const char sql_tests[] =
    "SELECT r.id, r.name, r.what, r.value, coalesce(r.shop_id, 0), r.action,"
    " coalesce(r.courier_id, 0) FROM review_rule r WHERE r.active = 1"
    " OR $1 <> 0 ORDER BY r.seq, r.id /*scan*/ /*sort*/";

int
review_tests_read(struct session *s, bool all, struct review_tests *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct review_tests){ .n = 0 };
	if ((rc = db_query(s->db, sql_tests, DB_ARGS(db_i(all)), &rows)) < 0)
		return rc;
	out->v = arena_alloc(&out->arena, RULES * sizeof(*out->v));
	while (out->n < RULES && (rc = db_next(rows)) > 0) {
		struct review_test t = { .id = db_int(rows, 0) };

		t.name = row_text(rows, 1, &out->arena);
		t.what = review_what_by_name(db_text(rows, 2));
		t.shop_id = db_int(rows, 4);
		t.pass = strcmp(db_text(rows, 5), "pass") == 0;
		t.courier_id = db_int(rows, 6);
		if (review_value(t.what, row_text(rows, 3, &out->arena),
			&out->arena, &t)) {
			out->lines |= review_wants_lines(t.what);
			out->v[out->n++] = t;
		}
	}
	db_done(rows);
	if (rc < 0)
		review_tests_done(out);
	return rc < 0 ? rc : 0;
}

void
review_tests_done(struct review_tests *t)
{
	review_known_done(t);
	arena_done(&t->arena);
	t->n = 0;
}
