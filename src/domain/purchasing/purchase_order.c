/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../goods/companies_priv.h"
#include "../stock/stock_priv.h"
#include "purchase_priv.h"

/* An order is sent to the supplier, and ends. */

static const struct op op_order = { "purchase-order", PERM_PURCHASE_ORDER,
	"purchase" };
static const struct op op_close = { "purchase-close", PERM_PURCHASE_ORDER,
	"purchase" };
static const struct op op_cancel = { "purchase-cancel", PERM_PURCHASE_ORDER,
	"purchase" };

static const char sql_sums[] =
    "SELECT coalesce(sum(qty * price), 0), coalesce(sum(received), 0),"
    " coalesce(sum(CASE WHEN received < qty THEN 1 ELSE 0 END), 0)"
    " FROM purchase_line WHERE purchase_id = $1";
static const char sql_settle[] =
    "UPDATE purchase SET total = $2, state = $3,"
    " first_at = CASE WHEN $4 = 0 THEN 0 WHEN first_at = 0 THEN $5"
    " ELSE first_at END,"
    " done_at = CASE WHEN $3 < 3 THEN 0 WHEN done_at = 0 THEN $5"
    " ELSE done_at END, version = version + 1 WHERE id = $1";

int
purchase_settle(struct session *s, struct txn *txn, int64_t id)
{
	int64_t total, came, open, state;
	struct purchase_now now = { .id = 0 };
	struct db_rows *rows;
	int rc;

	if ((rc = purchase_now(s, id, 0, &now)) < 0 ||
	    (rc = db_query(s->db, sql_sums, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	rc = db_next(rows);
	total = db_int(rows, 0);
	came = db_int(rows, 1);
	open = db_int(rows, 2);
	db_done(rows);
	if (rc < 0)
		return rc;
	state = now.state;
	if (state >= PURCHASE_ORDERED && state <= PURCHASE_RECEIVED)
		state = came == 0  ? PURCHASE_ORDERED
			: open > 0 ? PURCHASE_PART
				   : PURCHASE_RECEIVED;
	return db_exec(txn, sql_settle,
	    DB_ARGS(db_i(id), db_i(total), db_i(state), db_i(came),
		db_i(time_now())),
	    NULL);
}

struct lines {
	struct purchase_line_now *v;
	size_t n, cap;
};

static const char sql_lines[] =
    "SELECT line_no, variant_id, qty, price, received FROM purchase_line"
    " WHERE purchase_id = $1 ORDER BY line_no";

static int
read_lines(struct session *s, int64_t id, struct lines *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_lines, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (out->n == out->cap) {
			out->cap = out->cap == 0 ? 16 : out->cap * 2;
			out->v =
			    xreallocarray(out->v, out->cap, sizeof(out->v[0]));
		}
		out->v[out->n++] = (struct purchase_line_now){
			.line_no = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.qty = db_int(rows, 2),
			.price = db_int(rows, 3),
			.received = db_int(rows, 4),
		};
	}
	db_done(rows);
	return rc;
}

/* The pieces are on their way from now on, at a price that is kept; 0 is none
 * yet, or a gift. */
static int
order_line(struct session *s, struct txn *txn, const struct purchase_now *now,
    const struct purchase_line_now *l)
{
	const struct purchase_entry e = {
		.line_no = l->line_no,
		.qty = l->qty,
		.price = l->price,
		.reason = "",
	};
	int rc;

	if ((rc = purchase_buyable(s, txn, l->variant_id)) < 0 ||
	    (rc = purchase_entry(s, txn, now->id, &e)) < 0 ||
	    (l->price > 0 && (rc = supplier_price_keep(s, txn, l->variant_id,
				  now->company_id, l->price, now->id)) < 0))
		return rc;
	return stock_in_transit(
	    s, txn, now->warehouse_id, l->variant_id, l->qty);
}

static const char sql_ordered[] =
    "UPDATE purchase SET state = 1, ordered_by = $2, ordered_at = $3,"
    " expected_at = $4 WHERE id = $1";

static int
order(struct session *s, struct txn *txn, const struct purchase_now *now,
    const struct lines *lines)
{
	int64_t day = time_day(time_now()) + now->lead_days;
	int64_t expected = now->expected_at;
	size_t i;
	int rc;

	if (now->state != PURCHASE_DRAFT)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, purchase_state_text(now->state));
	if (lines->n == 0)
		return err_set(
		    &s->err, ERR_STATE, "", _("%s has no lines yet"), now->no);
	rc = company_usable(s, txn, now->company_id, COMPANY_SUPPLIER);
	for (i = 0; rc == 0 && i < lines->n; i++)
		rc = order_line(s, txn, now, &lines->v[i]);
	if (expected == 0)
		expected = day_start(day + 1) - 1;
	if (rc == 0)
		rc = db_exec(txn, sql_ordered,
		    DB_ARGS(db_i(now->id), db_i(s->staff_id), db_i(time_now()),
			db_i(expected)),
		    NULL);
	return rc < 0 ? rc : purchase_settle(s, txn, now->id);
}

static const char sql_total[] = "SELECT total FROM purchase WHERE id = $1";

int
purchase_order(struct session *s, int64_t id)
{
	struct lines lines = { .v = NULL };
	char money[MONEY_SIZE];
	struct purchase_now now = { .id = 0 };
	int64_t total = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_order, &txn)) < 0)
		return rc;
	if ((rc = purchase_now(s, id, 0, &now)) == 0 &&
	    (rc = read_lines(s, id, &lines)) == 0 &&
	    (rc = order(s, txn, &now, &lines)) == 0)
		rc = db_get1(s->db, sql_total, DB_ARGS(db_i(id)), &total);
	if (rc == 0)
		rc = op_commit(s, &op_order, &txn, id, "%s: %s, %zu, %s",
		    now.no, now.company, lines.n,
		    money_plain(total + now.freight, money));
	op_abort(s, &txn);
	free(lines.v);
	return rc;
}

static const char sql_end[] =
    "UPDATE purchase SET state = $2, reason = $3 WHERE id = $1";

/* What has not come is awaited no more. */
static int
end(struct session *s, struct txn *txn, const struct purchase_now *now,
    enum purchase_state state, const char *reason)
{
	struct lines lines = { .v = NULL };
	size_t i;
	int rc = receiving_none(s, now);

	if (rc == 0 && now->state != PURCHASE_DRAFT)
		rc = read_lines(s, now->id, &lines);
	for (i = 0; rc == 0 && i < lines.n; i++) {
		const struct purchase_line_now *l = &lines.v[i];
		const struct purchase_entry e = {
			.line_no = l->line_no,
			.qty = l->received - l->qty,
			.price = l->price,
			.reason = reason,
		};

		if (l->qty <= l->received)
			continue;
		rc = purchase_entry(s, txn, now->id, &e);
		if (rc == 0)
			rc = stock_in_transit(
			    s, txn, now->warehouse_id, l->variant_id, e.qty);
	}
	free(lines.v);
	if (rc == 0)
		rc = db_exec(txn, sql_end,
		    DB_ARGS(db_i(now->id), db_i(state), db_t(reason)), NULL);
	return rc < 0 ? rc : purchase_settle(s, txn, now->id);
}

static int
close_it(struct session *s, struct txn *txn, const struct purchase_now *now,
    const char *why)
{
	if (now->state == PURCHASE_PART)
		return end(s, txn, now, PURCHASE_CLOSED, why);
	if (now->state < PURCHASE_PART)
		return err_set(&s->err, ERR_STATE, "",
		    _("Nothing of %s has come yet: cancel it"), now->no);
	return err_set(&s->err, ERR_STATE, "", _("%s is %s already"), now->no,
	    purchase_state_text(now->state));
}

static int
cancel_it(struct session *s, struct txn *txn, const struct purchase_now *now,
    const char *why)
{
	if (now->state <= PURCHASE_ORDERED)
		return end(s, txn, now, PURCHASE_CANCELLED, why);
	if (now->state == PURCHASE_PART)
		return err_set(&s->err, ERR_STATE, "",
		    _("A part of %s has come already: close it"), now->no);
	return err_set(&s->err, ERR_STATE, "", _("%s is %s already"), now->no,
	    purchase_state_text(now->state));
}

static int
finish(struct session *s, const struct op *op, int64_t id, const char *reason,
    int (*how)(struct session *s, struct txn *txn,
	const struct purchase_now *now, const char *why))
{
	struct purchase_now now = { .id = 0 };
	char why[200];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	if ((rc = purchase_reason(s, reason, why, sizeof(why))) == 0 &&
	    (rc = purchase_now(s, id, 0, &now)) == 0)
		rc = how(s, txn, &now, why);
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s: %s", now.no, why);
	op_abort(s, &txn);
	return rc;
}

int
purchase_close(struct session *s, int64_t id, const char *reason)
{
	return finish(s, &op_close, id, reason, close_it);
}

int
purchase_cancel(struct session *s, int64_t id, const char *reason)
{
	return finish(s, &op_cancel, id, reason, cancel_it);
}
