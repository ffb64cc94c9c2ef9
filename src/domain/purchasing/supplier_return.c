/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../stock/inventory_priv.h"
#include "receipts_priv.h"

/* Goods go back to who sold them; and receipts are taken back. */

static const struct op op_return = { "purchase-return", PERM_PURCHASE_ORDER,
	"purchase" };
static const struct op op_back = { "purchase-slip-back", PERM_STOCK_ADJUST,
	"purchase" };

static const char sql_bad_bin[] =
    "SELECT b.id, l.qty FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $1 AND b.warehouse_id = $2 AND b.kind = 2"
    " AND l.qty > 0 ORDER BY l.qty DESC, b.id LIMIT 1 /*sort*/";

/* The bin of defective goods with the most of it; @there 0: there is none. */
static int
bad_bin(
    struct session *s, const struct slip_move *m, int64_t *id, int64_t *there)
{
	struct db_rows *rows;
	int rc;

	*id = *there = 0;
	rc = db_query(s->db, sql_bad_bin,
	    DB_ARGS(db_i(m->variant_id), db_i(m->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		*there = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* @qty pieces out at the order's price; *@value grows by what they took. */
static int
send(struct session *s, struct txn *txn, struct slip_move m, int64_t qty,
    int64_t price, int64_t *value)
{
	int64_t took = 0;
	int rc;

	m.qty = -qty;
	m.value = -qty * price;
	rc = slip_move(s, txn, &m, &took);
	*value -= took;
	return rc;
}

static int
send_bad(struct session *s, struct txn *txn, struct slip_move m,
    const struct coming *c, int64_t *value)
{
	int64_t rest, there, n;
	int rc = 0;

	for (rest = c->bad; rest > 0; rest -= n) {
		if ((rc = bad_bin(s, &m, &m.bin_id, &there)) < 0)
			return rc;
		if (there == 0)
			return err_set(&s->err, ERR_STATE, "bad",
			    _("Only %" PRId64 " are defective, %" PRId64
			      " are wanted"),
			    c->bad - rest, c->bad);
		n = there < rest ? there : rest;
		if ((rc = send(s, txn, m, n, c->line.price, value)) < 0)
			return rc;
	}
	return 0;
}

static int
send_line(struct session *s, struct txn *txn, int64_t slip_id,
    const struct arrival *a, struct coming *c)
{
	const struct slip_move m = { .slip_id = slip_id,
		.warehouse_id = a->order.warehouse_id,
		.variant_id = c->line.variant_id,
		.priced = true };
	int rc;

	if ((rc = purchase_returned(
		 s, txn, a->order.id, c->line.line_no, c->qty)) < 0 ||
	    (rc = send_bad(s, txn, m, c, &c->value)) < 0)
		return rc;
	if (c->qty > c->bad)
		rc = send(s, txn, m, c->qty - c->bad, c->line.price, &c->value);
	return rc < 0 ? rc : arrival_keep(txn, slip_id, a, c, -1);
}

static int
send_all(struct session *s, struct txn *txn, const struct receipt_doc *doc,
    struct arrival *a, int64_t *slip_id)
{
	const struct slip slip = { .kind = "supplier",
		.warehouse_id = a->order.warehouse_id,
		.supplier = a->order.company,
		.reason = doc->note,
		.company_id = a->order.company_id,
		.purchase_id = a->order.id };
	size_t i;
	int rc;

	if ((rc = slip_open(s, txn, &slip, slip_id)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < a->n; i++)
		rc = arrival_of(s, &a->v[i], a->n,
		    send_line(s, txn, *slip_id, a, &a->v[i]));
	return rc < 0 ? rc : invoices_rematch(s, txn, a->order.id);
}

int
supplier_return(
    struct session *s, const struct receipt_doc *doc, struct receipt_said *said)
{
	struct receipt_said out = { .slip_id = 0 };
	struct arrival a = { .v = NULL };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_return, &txn)) < 0)
		return rc;
	if ((rc = check_reason(s, doc->note)) == 0 &&
	    (rc = arrival_read(s, doc, &a)) == 0)
		rc = send_all(s, txn, doc, &a, &out.slip_id);
	slip_no("supplier", out.slip_id, out.slip_no);
	out.pieces = a.pieces;
	out.bad = a.bad;
	if (rc == 0)
		rc = op_commit(s, &op_return, &txn, a.order.id,
		    "%s: %s, %" PRId64 ", defective %" PRId64 ": %s",
		    a.order.no, out.slip_no, a.pieces, a.bad, doc->note);
	op_abort(s, &txn);
	arrival_done(&a);
	if (rc == 0)
		*said = out;
	return rc;
}

static const char sql_lines[] =
    "SELECT purchase_id, line_no, qty, bad, value FROM purchase_slip_line"
    " WHERE slip_id = $1 ORDER BY purchase_id, line_no";

/* The lines of a slip; an order has no more of them. */
static int
read_slip(struct session *s, int64_t slip_id, struct arrival *a)
{
	struct db_rows *rows;
	int64_t purchase_id = 0;
	struct coming *c;
	int rc = db_query(s->db, sql_lines, DB_ARGS(db_i(slip_id)), &rows);

	if (rc < 0)
		return rc;
	a->v = xcalloc(PURCHASE_LINES, sizeof(*a->v));
	while (a->n < PURCHASE_LINES && (rc = db_next(rows)) > 0) {
		c = &a->v[a->n++];
		purchase_id = db_int(rows, 0);
		c->line.line_no = db_int(rows, 1);
		c->qty = db_int(rows, 2);
		c->bad = db_int(rows, 3);
		c->value = db_int(rows, 4);
	}
	db_done(rows);
	if (rc >= 0 && a->n == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("That slip is not of an order to a supplier"));
	return rc < 0 ? rc : purchase_now(s, purchase_id, 0, &a->order);
}

static int
undo_line(struct session *s, struct txn *txn, const struct purchase_now *order,
    const struct coming *c)
{
	struct purchase_line_now l;
	int rc;

	if (c->qty < 0)
		return purchase_returned(
		    s, txn, order->id, c->line.line_no, c->qty);
	if ((rc = purchase_line_now(s, order->id, c->line.line_no, &l)) < 0)
		return rc;
	if (l.invoiced > 0 && l.received - l.returned - c->qty < l.invoiced)
		return err_set(&s->err, ERR_STATE, "",
		    _("They stand on an invoice that was approved: take that "
		      "back first"));
	return purchase_received(
	    s, txn, order->id, c->line.line_no, -c->qty, -c->bad);
}

static int
undo(struct session *s, struct txn *txn, int64_t slip_id, const char *reason,
    struct arrival *a, int64_t *counter)
{
	size_t i;
	int rc;

	if ((rc = read_slip(s, slip_id, a)) < 0 ||
	    (rc = slip_reverse(s, txn, slip_id, reason, counter)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < a->n; i++)
		if ((rc = undo_line(s, txn, &a->order, &a->v[i])) == 0)
			rc = arrival_keep(txn, *counter, a, &a->v[i], -1);
	return rc < 0 ? rc : invoices_rematch(s, txn, a->order.id);
}

int
receipt_reverse(
    struct session *s, int64_t slip_id, const char *reason, int64_t *counter_id)
{
	struct arrival a = { .v = NULL };
	char no[SLIP_NO_SIZE], by[SLIP_NO_SIZE];
	const char *kind;
	int64_t counter = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_back, &txn)) < 0)
		return rc;
	if ((rc = check_reason(s, reason)) == 0 &&
	    (rc = check_clean(s, "reason", reason)) == 0)
		rc = undo(s, txn, slip_id, reason, &a, &counter);
	kind = rc == 0 && a.v[0].qty < 0 ? "supplier" : "receipt";
	if (rc == 0)
		rc = op_commit(s, &op_back, &txn, a.order.id,
		    "%s: %s by %s: %s", a.order.no, slip_no(kind, slip_id, no),
		    slip_no(kind, counter, by), reason);
	op_abort(s, &txn);
	arrival_done(&a);
	if (rc == 0 && counter_id != NULL)
		*counter_id = counter;
	return rc;
}
