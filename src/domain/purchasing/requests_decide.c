/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/session_priv.h"
#include "../goods/products_priv.h"
#include "purchase_priv.h"
#include "requests_priv.h"

/* From what is low to a request; and requests that are refused. */

static const struct op op_add = { "request-add", PERM_PURCHASE_REQUEST,
	"request" };
static const struct op op_refuse = { "request-refuse", PERM_PURCHASE_ORDER,
	"request" };
static const struct op op_withdraw = { "request-withdraw",
	PERM_PURCHASE_REQUEST, "request" };

void
request_note_no(struct request_made *made, const char *no)
{
	size_t len = strlen(made->nos);

	made->n++;
	if (len + strlen(no) + 3 < sizeof(made->nos))
		snprintf(made->nos + len, sizeof(made->nos) - len, "%s%s",
		    len > 0 ? ", " : "", no);
}

static int
by_warehouse(const void *a, const void *b)
{
	const struct low_stock *l = *(const struct low_stock *const *)a;
	const struct low_stock *m = *(const struct low_stock *const *)b;

	if (l->warehouse_id != m->warehouse_id)
		return l->warehouse_id < m->warehouse_id ? -1 : 1;
	return strcmp(l->sku_code, m->sku_code);
}

/* Why it is asked for, in figures: "3 + 10, 45 / 30, 2". */
static void
tell_why(const struct low_stock *l, char *buf, size_t size)
{
	snprintf(buf, size,
	    _("available %lld, in transit %lld, %lld sold in %d days"),
	    (long long)l->available, (long long)l->in_transit,
	    (long long)l->sold, LOW_STOCK_DAYS);
}

/* @v: what is proposed, a warehouse after the other. */
static int
ask_for(struct session *s, struct txn *txn, const struct low_stock **v,
    size_t n, const char *note, struct request_made *made, int64_t *first)
{
	struct request_put put = { .line_no = 0 };
	int64_t id = 0, warehouse = 0;
	char no[32], why[200];
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++) {
		if (v[i]->warehouse_id != warehouse ||
		    put.line_no == REQUEST_LINES) {
			warehouse = v[i]->warehouse_id;
			rc = request_insert(s, txn, warehouse, note, &id, no);
			if (rc < 0)
				break;
			put.line_no = 0;
			if (*first == 0)
				*first = id;
			else
				rc = op_note(
				    s, &op_add, txn, "request", id, "%s", no);
			request_note_no(made, no);
		}
		tell_why(v[i], why, sizeof(why));
		put.line_no++;
		put.variant_id = v[i]->variant_id;
		put.company_id = v[i]->company_id;
		put.qty = v[i]->propose;
		put.why = why;
		if (rc == 0)
			rc = request_put(s, txn, id, &put);
	}
	return rc;
}

/* Rows of the list that were chosen: by id, by warehouse, or all. */
struct choice {
	const int64_t *ids;
	size_t n;
	int64_t warehouse_id;
};

static bool
is_chosen(const struct choice *c, const struct low_stock *l)
{
	size_t i;

	if (c->ids == NULL)
		return c->warehouse_id == 0 ||
		       c->warehouse_id == l->warehouse_id;
	for (i = 0; i < c->n; i++)
		if (c->ids[i] == l->id)
			return true;
	return false;
}

static size_t
choose(const struct choice *c, const struct page *page,
    const struct low_stock **v, int64_t *left)
{
	const struct low_stock *l;
	size_t i, n = 0;

	for (i = 0; i < page->n; i++) {
		l = page_row(page, i);
		if (!is_chosen(c, l))
			continue;
		if (l->propose > 0)
			v[n++] = l;
		else
			++*left;
	}
	return n;
}

static int
ask(struct session *s, struct txn *txn, const struct choice *c,
    enum low_stock_kind upto, const char *note, struct request_made *made,
    int64_t *first)
{
	struct page now = { 0 }, soon = { 0 };
	const struct low_stock **v;
	size_t n;
	int rc;

	if ((rc = low_stock_all(s, LOW_STOCK_NOW, &now)) < 0)
		return rc;
	if (upto == LOW_STOCK_SOON &&
	    (rc = low_stock_all(s, LOW_STOCK_SOON, &soon)) < 0) {
		page_free(&now);
		return rc;
	}
	v = xcalloc(now.n + soon.n + 1, sizeof(*v));
	n = choose(c, &now, v, &made->left);
	n += choose(c, &soon, v + n, &made->left);
	if (n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Nothing is to be bought: enough is there or on its "
		      "way"));
	qsort(v, n, sizeof(*v), by_warehouse);
	if (rc == 0)
		rc = ask_for(s, txn, v, n, note, made, first);
	free(v);
	page_free(&now);
	page_free(&soon);
	return rc;
}

static int
ask_as(struct session *s, const struct choice *c, enum low_stock_kind upto,
    const char *note, struct request_made *made)
{
	struct request_made m = { .n = 0 };
	char text[400];
	int64_t first = 0;
	struct txn *txn;
	int rc;

	copy_text(text, sizeof(text), note != NULL ? note : "");
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	if ((rc = edit_text(s, "note", text, sizeof(text))) == 0)
		rc = ask(s, txn, c, upto, text, &m, &first);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, first, "%s", m.nos);
	op_abort(s, &txn);
	if (rc == 0)
		*made = m;
	return rc;
}

int
request_low(struct session *s, const int64_t *ids, size_t n, const char *note,
    struct request_made *made)
{
	const struct choice c = { .ids = ids, .n = n };

	return ask_as(s, &c, LOW_STOCK_SOON, note, made);
}

int
request_propose(struct session *s, const char *warehouse,
    enum low_stock_kind upto, const char *note, struct request_made *made)
{
	struct choice c = { .ids = NULL };
	int rc = 0;

	if (warehouse[0] != '\0')
		rc = warehouse_find(s, warehouse, &c.warehouse_id);
	return rc < 0 ? rc : ask_as(s, &c, upto, note, made);
}

static const char sql_decide[] =
    "UPDATE purchase_request SET state = $2, decided_by = $3, decided_at = $4,"
    " reason = $5, version = version + 1 WHERE id = $1";

int
request_decide(struct session *s, struct txn *txn, int64_t id,
    enum request_state state, const char *reason)
{
	return db_exec(txn, sql_decide,
	    DB_ARGS(db_i(id), db_i(state), db_i(s->staff_id), db_i(time_now()),
		db_t(reason)),
	    NULL);
}

static const char sql_staff[] =
    "SELECT staff_id FROM purchase_request WHERE id = $1";

int
request_refuse(struct session *s, int64_t id, const char *reason)
{
	const struct op *op = &op_refuse;
	struct request_now now = { .id = 0 };
	int64_t staff = 0;
	struct txn *txn;
	char why[200];
	int rc;

	rc = db_get1(s->db, sql_staff, DB_ARGS(db_i(id)), &staff);
	if (rc < 0 && rc != ERR_NOTFOUND)
		return rc;
	if (staff == s->staff_id)
		op = &op_withdraw;
	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	if ((rc = purchase_reason(s, reason, why, sizeof(why))) == 0 &&
	    (rc = request_now(s, id, 0, &now)) == 0) {
		if (now.state == REQUEST_ASKED)
			rc = request_decide(s, txn, id, REQUEST_REFUSED, why);
		else
			rc = err_set(&s->err, ERR_STATE, "",
			    _("%s is decided already"), now.no);
	}
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s: %s", now.no, why);
	op_abort(s, &txn);
	return rc;
}
