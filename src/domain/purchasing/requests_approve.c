/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../staff/staff_priv.h"
#include "purchase_priv.h"
#include "requests_priv.h"

/* From requests to orders: one for each supplier and warehouse. */

static const struct op op_approve = { "request-approve", PERM_PURCHASE_ORDER,
	"request" };

/* Others who may order decide. */
static int
check_own(struct session *s, const struct request_now *now)
{
	int64_t others;
	int rc;

	if (now->staff_id != s->staff_id)
		return 0;
	rc = staff_others(s, PERM_PURCHASE_ORDER, &others);
	if (rc == 0 && others > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("You asked for %s yourself: somebody else approves it"),
		    now->no);
	return rc;
}

struct wanted {
	int64_t line_no, variant_id, company_id, qty;
};
struct wants {
	struct wanted *v;
	size_t n, cap;
	int64_t left; /* without a supplier */
};
/* An order that is being written. */
struct target {
	int64_t company_id, warehouse_id, id;
	char no[32];
};
struct targets {
	struct target *v;
	size_t n, cap;
	bool join;
};

static const char sql_wanted[] =
    "SELECT line_no, variant_id, company_id, qty FROM purchase_request_line"
    " WHERE request_id = $1 AND purchase_id IS NULL"
    " ORDER BY company_id, line_no /*sort*/";

static int
read_wanted(struct session *s, int64_t id, struct wants *w)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_wanted, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (db_isnull(rows, 2)) {
			w->left++;
			continue;
		}
		if (w->n == w->cap) {
			w->cap = w->cap == 0 ? 16 : w->cap * 2;
			w->v = xreallocarray(w->v, w->cap, sizeof(w->v[0]));
		}
		w->v[w->n++] = (struct wanted){
			.line_no = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.company_id = db_int(rows, 2),
			.qty = db_int(rows, 3),
		};
	}
	db_done(rows);
	return rc;
}

/* By the index of those: there are few. */
static const char sql_draft[] =
    "SELECT id, purchase_no FROM purchase WHERE state = 0"
    " AND company_id + 0 = $1 AND warehouse_id = $2"
    " ORDER BY id DESC LIMIT 1";

/* 1, or 0 when none is being written. */
static int
find_draft(struct session *s, struct target *t)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_draft,
	    DB_ARGS(db_i(t->company_id), db_i(t->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		t->id = db_int(rows, 0);
		copy_text(t->no, sizeof(t->no), db_text(rows, 1));
	}
	db_done(rows);
	return rc;
}

static struct target *
known(const struct targets *all, int64_t company_id, int64_t warehouse_id)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i].company_id == company_id &&
		    all->v[i].warehouse_id == warehouse_id)
			return &all->v[i];
	return NULL;
}

static struct target *
add_target(struct targets *all, const struct target *t)
{
	if (all->n == all->cap) {
		all->cap = all->cap == 0 ? 8 : all->cap * 2;
		all->v = xreallocarray(all->v, all->cap, sizeof(all->v[0]));
	}
	all->v[all->n] = *t;
	return &all->v[all->n++];
}

/* The order of a supplier: one of these, one that is being written, or new. */
static int
target_of(struct session *s, struct txn *txn, const struct request_now *now,
    int64_t company_id, struct targets *all, struct target **out)
{
	struct target t = { .company_id = company_id,
		.warehouse_id = now->warehouse_id };
	int rc = 0;

	*out = known(all, company_id, now->warehouse_id);
	if (*out != NULL)
		return 0;
	if (all->join && (rc = find_draft(s, &t)) < 0)
		return rc;
	if (rc == 0)
		rc = purchase_insert(s, txn, company_id, now->warehouse_id,
		    now->id, &t.id, t.no);
	*out = add_target(all, &t);
	return rc < 0 ? rc : 0;
}

static const char sql_into[] =
    "UPDATE purchase_request_line SET purchase_id = $3"
    " WHERE request_id = $1 AND line_no = $2";

static int
into_order(struct session *s, struct txn *txn, const struct request_now *now,
    const struct wanted *w, int64_t purchase_id)
{
	int64_t price;
	int rc;

	if ((rc = purchase_price(s, w->variant_id, w->company_id, &price)) <
		0 ||
	    (rc = purchase_line_more(
		 s, txn, purchase_id, w->variant_id, w->qty, price)) < 0)
		return rc;
	return db_exec(txn, sql_into,
	    DB_ARGS(db_i(now->id), db_i(w->line_no), db_i(purchase_id)), NULL);
}

/* Its lines come by supplier. */
static int
into_orders(struct session *s, struct txn *txn, const struct request_now *now,
    const struct wants *wants, struct targets *all)
{
	struct target *t = NULL;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < wants->n; i++) {
		const struct wanted *w = &wants->v[i];

		if (t == NULL || t->company_id != w->company_id) {
			rc = target_of(s, txn, now, w->company_id, all, &t);
			if (rc == 0)
				rc = op_note(s, &op_approve, txn, "purchase",
				    t->id, "%s: %s", t->no, now->no);
		}
		if (rc == 0)
			rc = into_order(s, txn, now, w, t->id);
	}
	return rc;
}

static int
check_state(
    struct session *s, const struct request_now *now, const struct wants *w)
{
	if (w->n > 0)
		return 0;
	return err_set(&s->err, ERR_STATE, "",
	    w->left > 0 ? _("No line of %s has a supplier yet")
			: _("%s has no lines yet"),
	    now->no);
}

static int
approve(struct session *s, struct txn *txn, int64_t id, struct targets *all,
    struct request_made *made)
{
	struct wants w = { .v = NULL };
	struct request_now now;
	int rc;

	if ((rc = request_now(s, id, 0, &now)) < 0)
		return rc;
	if (now.state > REQUEST_APPROVED)
		return err_set(
		    &s->err, ERR_STATE, "", _("%s is decided already"), now.no);
	if ((rc = check_own(s, &now)) == 0 &&
	    (rc = read_wanted(s, id, &w)) == 0 &&
	    (rc = check_state(s, &now, &w)) == 0)
		rc = into_orders(s, txn, &now, &w, all);
	made->left += w.left;
	if (rc == 0)
		rc = request_decide(s, txn, id,
		    w.left > 0 ? REQUEST_APPROVED : REQUEST_ORDERED, "");
	free(w.v);
	return rc;
}

static int
settle(struct session *s, struct txn *txn, const struct target *t)
{
	struct purchase_now now;
	int rc;

	if ((rc = purchase_now(s, t->id, 0, &now)) < 0 ||
	    (rc = purchase_whole(s, &now)) < 0)
		return rc;
	return purchase_settle(s, txn, t->id);
}

/* Each stands in the log; the last one ends the operation. */
static int
commit(struct session *s, struct txn **txn, const struct request_approval *a,
    const struct request_made *made)
{
	struct request_now now;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < a->n; i++) {
		if ((rc = request_now(s, a->ids[i], 0, &now)) < 0)
			break;
		rc = i + 1 < a->n ? op_note(s, &op_approve, *txn, "request",
					now.id, "%s: %s", now.no, made->nos)
				  : op_commit(s, &op_approve, txn, now.id,
					"%s: %s", now.no, made->nos);
	}
	return rc;
}

int
request_approve_all(struct session *s, const struct request_approval *a,
    struct request_made *made)
{
	struct targets all = { .join = a->join };
	struct request_made m = { .n = 0 };
	struct txn *txn;
	size_t i;
	int rc;

	if (a->n == 0)
		return err_set(
		    &s->err, ERR_INVALID, "", _("Say which requests"));
	if ((rc = op_begin(s, &op_approve, &txn)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < a->n; i++)
		rc = approve(s, txn, a->ids[i], &all, &m);
	for (i = 0; rc == 0 && i < all.n; i++) {
		rc = settle(s, txn, &all.v[i]);
		request_note_no(&m, all.v[i].no);
	}
	if (rc == 0)
		rc = commit(s, &txn, a, &m);
	op_abort(s, &txn);
	free(all.v);
	if (rc == 0)
		*made = m;
	return rc;
}

int
request_approve(struct session *s, int64_t id, struct request_made *made)
{
	const struct request_approval a = { .ids = &id, .n = 1 };

	return request_approve_all(s, &a, made);
}

/* The drafts that the lines of one request fit. */
static int
drafts_of(struct session *s, int64_t id, struct targets *all,
    struct request_made *out)
{
	struct wants w = { .v = NULL };
	struct request_now now;
	size_t i;
	int rc;

	if ((rc = request_now(s, id, 0, &now)) < 0)
		return rc;
	rc = read_wanted(s, id, &w);
	for (i = 0; rc >= 0 && i < w.n; i++) {
		struct target t = { .company_id = w.v[i].company_id,
			.warehouse_id = now.warehouse_id };

		if (known(all, t.company_id, t.warehouse_id) != NULL)
			continue;
		if ((rc = find_draft(s, &t)) > 0)
			request_note_no(out, t.no);
		add_target(all, &t);
	}
	free(w.v);
	return rc < 0 ? rc : 0;
}

int
request_joins(struct session *s, const struct request_approval *a,
    struct request_made *out)
{
	struct targets all = { .v = NULL };
	size_t i;
	int rc;

	*out = (struct request_made){ .n = 0 };
	rc = session_need(s, PERM_PURCHASE_ORDER);
	for (i = 0; rc == 0 && i < a->n; i++)
		rc = drafts_of(s, a->ids[i], &all, out);
	free(all.v);
	return rc;
}
