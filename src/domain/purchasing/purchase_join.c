/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "purchase_priv.h"

/* Orders to one supplier that are being written become one. */

static const struct op op_join = { "purchase-join", PERM_PURCHASE_ORDER,
	"purchase" };

static int
check_draft(struct session *s, const struct purchase_now *now,
    const struct purchase_now *into)
{
	if (now->state != PURCHASE_DRAFT)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, purchase_state_text(now->state));
	if (now->id == into->id)
		return err_set(&s->err, ERR_INVALID, "",
		    _("Say two orders or more, each once"));
	if (now->company_id != into->company_id ||
	    now->warehouse_id != into->warehouse_id)
		return err_set(&s->err, ERR_STATE, "",
		    _("%s and %s are not to one supplier for one warehouse"),
		    into->no, now->no);
	return 0;
}

static const char sql_lines[] =
    "SELECT variant_id, qty, price FROM purchase_line WHERE purchase_id = $1"
    " ORDER BY line_no";
static const char sql_requests[] =
    "UPDATE purchase_request_line SET purchase_id = $3"
    " WHERE variant_id = $1 AND purchase_id = $2";

struct moved {
	int64_t variant_id, qty, price;
};

static int
move_line(struct session *s, struct txn *txn, const struct moved *m,
    int64_t from, int64_t into)
{
	int rc =
	    purchase_line_more(s, txn, into, m->variant_id, m->qty, m->price);

	return rc < 0
		   ? rc
		   : db_exec(txn, sql_requests,
			 DB_ARGS(db_i(m->variant_id), db_i(from), db_i(into)),
			 NULL);
}

static int
move_lines(struct session *s, struct txn *txn, int64_t from, int64_t into)
{
	struct moved *v = xcalloc(PURCHASE_LINES, sizeof(*v));
	struct db_rows *rows;
	size_t n = 0, i;
	int rc = db_query(s->db, sql_lines, DB_ARGS(db_i(from)), &rows);

	if (rc == 0) {
		while (n < PURCHASE_LINES && (rc = db_next(rows)) > 0)
			v[n++] = (struct moved){ db_int(rows, 0),
				db_int(rows, 1), db_int(rows, 2) };
		db_done(rows);
		rc = rc < 0 ? rc : 0;
	}
	for (i = 0; rc == 0 && i < n; i++)
		rc = move_line(s, txn, &v[i], from, into);
	free(v);
	return rc;
}

static const char sql_freight[] =
    "UPDATE purchase SET freight = freight + $2 WHERE id = $1";
static const char sql_end[] =
    "UPDATE purchase SET state = 5, reason = $2 WHERE id = $1";

static int
join_one(struct session *s, struct txn *txn, int64_t id,
    const struct purchase_now *into)
{
	struct purchase_now now;
	int rc;

	if ((rc = purchase_now(s, id, 0, &now)) < 0 ||
	    (rc = check_draft(s, &now, into)) < 0 ||
	    (rc = move_lines(s, txn, id, into->id)) < 0 ||
	    (rc = db_exec(txn, sql_freight,
		 DB_ARGS(db_i(into->id), db_i(now.freight)), NULL)) < 0 ||
	    (rc = db_exec(
		 txn, sql_end, DB_ARGS(db_i(id), db_t(into->no)), NULL)) < 0 ||
	    (rc = purchase_settle(s, txn, id)) < 0)
		return rc;
	return op_note(
	    s, &op_join, txn, "purchase", id, "%s: %s", now.no, into->no);
}

static int
join(struct session *s, struct txn *txn, const int64_t *ids, size_t n,
    struct purchase_now *into)
{
	const struct purchase_now none = { .company_id = 0 };
	size_t i, first = 0;
	int rc;

	for (i = 0; i < n; i++)
		if (ids[i] < ids[first])
			first = i;
	if (n < 2)
		return check_draft(s, &none, &none);
	if ((rc = purchase_now(s, ids[first], 0, into)) < 0)
		return rc;
	if (into->state != PURCHASE_DRAFT)
		return check_draft(s, into, &none);
	for (i = 0; rc == 0 && i < n; i++)
		if (i != first)
			rc = join_one(s, txn, ids[i], into);
	if (rc == 0)
		rc = purchase_whole(s, into);
	return rc < 0 ? rc : purchase_settle(s, txn, into->id);
}

int
purchase_join(struct session *s, const int64_t *ids, size_t n, int64_t *into)
{
	struct purchase_now now = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_join, &txn)) < 0)
		return rc;
	if ((rc = join(s, txn, ids, n, &now)) == 0)
		rc = op_commit(s, &op_join, &txn, now.id, "%s: %zu", now.no, n);
	op_abort(s, &txn);
	if (rc == 0)
		*into = now.id;
	return rc;
}
