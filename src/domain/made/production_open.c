/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "confirm_priv.h"
#include "production_priv.h"

/* Orders of what is made to order come in; their holds. */

static const struct op op_open = { "production-open", PERM_NONE, "order" };

/* Lines that wait for goods made to order without anybody making them: over the
 * promises of stock, so that what was shipped long ago is never looked at. */
#define WAITING \
	" FROM product p CROSS JOIN variant v ON v.product_id = p.id" \
	" CROSS JOIN reservation r ON r.variant_id = v.id WHERE p.made = 1" \
	" AND NOT EXISTS (SELECT 1 FROM production d" \
	" WHERE d.order_id = r.order_id AND d.line_no = r.line_no" \
	" AND d.state <> 4)"
static const char sql_lines[] =
    "SELECT r.order_id, r.line_no, r.qty" WAITING " LIMIT $1";
/* To be placed, and no longer wanted. */
static const char sql_gone[] =
    "SELECT d.id, d.order_id FROM production d JOIN orders o"
    " ON o.id = d.order_id WHERE d.state = 0 AND (o.state NOT IN (2, 3)"
    " OR NOT EXISTS (SELECT 1 FROM reservation r"
    " WHERE r.order_id = d.order_id AND r.line_no = d.line_no)) LIMIT $1";
/* Where the owner wants everything confirmed. */
static const char sql_unconfirmed[] =
    "SELECT o.id, 0 FROM orders o WHERE o.state = 2 AND o.held = 0"
    " AND o.done & 2 = 0 AND NOT EXISTS (SELECT 1 FROM order_hold h"
    " WHERE h.order_id = o.id AND h.reason = 'confirm') LIMIT $1";

#define AT_ONCE 200

struct found {
	int64_t order_id, line_no, qty, id;
};
struct finds {
	struct found lines[AT_ONCE], gone[AT_ONCE], bare[AT_ONCE];
	size_t nlines, ngone, nbare;
};

static int
find(struct session *s, const char *sql, bool gone, struct found *v, size_t *n)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, DB_ARGS(db_i(AT_ONCE)), &rows);

	if (rc < 0)
		return rc;
	for (*n = 0; *n < AT_ONCE && (rc = db_next(rows)) > 0; ++*n)
		v[*n] = gone ? (struct found){ .id = db_int(rows, 0),
			.order_id = db_int(rows, 1) }
			     : (struct found){ .order_id = db_int(rows, 0),
				       .line_no = db_int(rows, 1),
				       .qty = db_int(rows, 2) };
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
find_all(struct session *s, struct finds *f)
{
	int64_t need = 0;
	int rc;

	f->nbare = 0;
	if ((rc = find(s, sql_lines, false, f->lines, &f->nlines)) < 0 ||
	    (rc = find(s, sql_gone, true, f->gone, &f->ngone)) < 0 ||
	    (rc = setting_int(s, SETTING_CONFIRM_NEED, &need)) < 0)
		return rc;
	return need != 0 ? find(s, sql_unconfirmed, false, f->bare, &f->nbare)
			 : 0;
}

static const char sql_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM production";
static const char sql_add[] =
    "INSERT INTO production (production_no, order_id, line_no, qty, content,"
    " due_at, staff_id, at) VALUES ($1, $2, $3, $4, '', (SELECT CASE"
    " WHEN o.promised_at > 0 THEN o.promised_at ELSE o.paid_at + $5 END"
    " FROM orders o WHERE o.id = $2), $6, $7)";

static int
add(struct session *s, struct txn *txn, const struct found *f)
{
	int64_t next, id, hours;
	char no[32];
	int rc;

	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, sizeof(no), "P-%06" PRId64, next);
	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_t(no), db_i(f->order_id), db_i(f->line_no), db_i(f->qty),
		db_i(hours * 3600), db_i(s->staff_id), db_i(time_now())),
	    &id);
	if (rc == 0)
		rc = op_note(s, &op_open, txn, "order", f->order_id,
		    "%s: line %" PRId64, no, f->line_no);
	if (rc == 0)
		rc = confirm_settle(s, txn, f->order_id);
	return rc < 0 ? rc : production_settle(s, txn, f->order_id);
}

static const char sql_gone_set[] =
    "UPDATE production SET state = 4, ended_at = $2, version = version + 1"
    " WHERE id = $1 AND state = 0";

static int
apply(struct session *s, struct txn *txn, const struct finds *f)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < f->nlines; i++)
		rc = add(s, txn, &f->lines[i]);
	for (i = 0; rc == 0 && i < f->ngone; i++) {
		rc = db_exec(txn, sql_gone_set,
		    DB_ARGS(db_i(f->gone[i].id), db_i(time_now())), NULL);
		if (rc == 0)
			rc = production_settle(s, txn, f->gone[i].order_id);
	}
	for (i = 0; rc == 0 && i < f->nbare; i++)
		rc = confirm_settle(s, txn, f->bare[i].order_id);
	return rc;
}

int
production_open(struct session *s, int64_t *n)
{
	struct finds f;
	struct txn *txn;
	int64_t sum = 0;
	int rc;

	for (;;) {
		if ((rc = find_all(s, &f)) < 0 ||
		    f.nlines + f.ngone + f.nbare == 0)
			break;
		if ((rc = op_begin(s, &op_open, &txn)) < 0)
			break;
		/* Found again: others may have been first. */
		if ((rc = find_all(s, &f)) == 0 &&
		    (rc = apply(s, txn, &f)) == 0)
			rc = op_commit(s, &op_open, &txn, 0, "%zu", f.nlines);
		op_abort(s, &txn);
		if (rc < 0)
			break;
		sum += (int64_t)f.nlines;
	}
	if (rc == 0 && n != NULL)
		*n = sum;
	return rc;
}

/* Lines made to order, still to be sent, that are not here yet. */
static const char sql_unmade[] =
    "SELECT count(*) FROM order_line l JOIN variant v ON v.id = l.variant_id"
    " JOIN product p ON p.id = v.product_id WHERE l.order_id = $1"
    " AND p.made = 1 AND l.refund_state <> 2 AND l.qty > l.sent"
    " AND NOT EXISTS (SELECT 1 FROM production d WHERE d.order_id = l.order_id"
    " AND d.line_no = l.line_no AND d.state = 3)";

int
production_settle(struct session *s, struct txn *txn, int64_t order_id)
{
	struct order_now now;
	int64_t unmade;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0 ||
	    (rc = db_get1(
		 s->db, sql_unmade, DB_ARGS(db_i(order_id)), &unmade)) < 0)
		return rc;
	if (unmade == 0)
		return hold_clear(s, txn, &now, "production");
	return order_can_hold(now.state)
		   ? hold_open(s, txn, &now, "production", "", NULL)
		   : 0;
}

static const char sql_held[] =
    "SELECT count(*) FROM order_hold WHERE order_id = $1"
    " AND reason = 'production'";

int
production_guard(struct session *s, int64_t order_id)
{
	struct order_now now;
	int64_t unmade, held;
	int rc;

	rc = db_get1(s->db, sql_unmade, DB_ARGS(db_i(order_id)), &unmade);
	if (rc < 0 || unmade == 0)
		return rc;
	rc = db_get1(s->db, sql_held, DB_ARGS(db_i(order_id)), &held);
	if (rc < 0 || held > 0)
		return rc;
	if ((rc = order_now(s, NULL, order_id, &now)) < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "",
	    _("Order %s: what is made to order is not here yet"), now.order_no);
}
