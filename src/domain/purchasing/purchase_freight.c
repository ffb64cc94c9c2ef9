/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../money/invoices_priv.h"
#include "../stock/stock_priv.h"
#include "receipts_priv.h"

/* Freight that an invoice asks for and no receipt carried, or the other way
 * round: it goes to the goods that came. */

static const struct op op_freight = { "invoice-freight", PERM_PURCHASE_PAY,
	"purchase_invoice" };

#define ORDERS \
	" IN (SELECT l.purchase_id FROM purchase_invoice_line l" \
	" WHERE l.invoice_id = $1)"
static const char sql_asked[] =
    "SELECT coalesce(sum(i.freight), 0) FROM purchase_invoice i"
    " WHERE i.state = 3 AND i.id IN (SELECT o.invoice_id"
    " FROM purchase_invoice_line o WHERE o.purchase_id" ORDERS ")";
static const char sql_carried[] =
    "SELECT coalesce(sum(a.freight), 0) FROM stock_slip a"
    " WHERE a.purchase_id" ORDERS " AND " CARRIES_FREIGHT;
/* What is still to come, or came and is on no invoice, may be what the rest was
 * carried for. */
static const char sql_waiting[] =
    "SELECT count(*) FROM purchase p WHERE p.id" ORDERS
    " AND (p.state < 3 OR EXISTS (SELECT 1 FROM purchase_line x"
    " WHERE x.purchase_id = p.id AND x.received - x.returned > x.invoiced))";

static int
compare(struct session *s, int64_t id, struct invoice_freight *out)
{
	struct invoice_now now;
	int64_t waiting;
	int rc;

	*out = (struct invoice_freight){ .open = 0 };
	if ((rc = invoice_now(s, id, &now)) < 0 ||
	    now.state != INVOICE_APPROVED)
		return rc;
	if ((rc = db_get1(s->db, sql_asked, DB_ARGS(db_i(id)), &out->asked)) <
		0 ||
	    (rc = db_get1(
		 s->db, sql_carried, DB_ARGS(db_i(id)), &out->carried)) < 0 ||
	    (rc = db_get1(s->db, sql_waiting, DB_ARGS(db_i(id)), &waiting)) < 0)
		return rc;
	out->open = out->asked - out->carried;
	if (out->open < 0 && (waiting > 0 || out->asked == 0))
		out->open = 0;
	return 0;
}

int
invoice_freight(struct session *s, int64_t id, struct invoice_freight *out)
{
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0 ||
	    (rc = compare(s, id, out)) < 0)
		return rc;
	if (!session_may(s, PERM_COST_VIEW))
		*out = (struct invoice_freight){ .open = 0 };
	return 0;
}

struct share {
	int64_t purchase_id, worth;
};
struct shares {
	struct share *v;
	size_t n, cap;
};

static const char sql_worth[] =
    "SELECT p.purchase_id, sum(p.received * p.price) FROM purchase_line p"
    " WHERE p.purchase_id" ORDERS " AND p.received > 0"
    " GROUP BY p.purchase_id ORDER BY p.purchase_id";

/* The orders that it is of, as far as something of them came. */
static int
read_orders(struct session *s, int64_t id, struct shares *w)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_worth, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (w->n == w->cap) {
			w->cap = w->cap == 0 ? 8 : w->cap * 2;
			w->v = xreallocarray(w->v, w->cap, sizeof(w->v[0]));
		}
		w->v[w->n++] = (struct share){ .purchase_id = db_int(rows, 0),
			.worth = db_int(rows, 1) };
	}
	db_done(rows);
	if (rc == 0 && w->n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Nothing of those orders came: there is nothing to add "
		      "freight to"));
	return rc;
}

static const char sql_keep[] =
    "INSERT INTO purchase_slip_line (slip_id, purchase_id, line_no, qty, value)"
    " SELECT $1, l.purchase_id, l.line_no, 0, sum(m.value) FROM stock_move m"
    " JOIN purchase_line l ON l.purchase_id = $2"
    " AND l.variant_id = m.variant_id WHERE m.slip_id = $1"
    " GROUP BY l.purchase_id, l.line_no /*sort*/";
/* Nothing is there any more: all of it is an expense, of the first line. */
static const char sql_keep_none[] =
    "INSERT INTO purchase_slip_line (slip_id, purchase_id, line_no, qty, value)"
    " SELECT $1, $2, min(line_no), 0, 0 FROM purchase_line"
    " WHERE purchase_id = $2";

static int
post_one(struct session *s, struct txn *txn, const char *reason,
    const struct share *o, int64_t amount, struct invoice_freight_said *said)
{
	struct late_freight f = { .purchase_id = o->purchase_id,
		.amount = amount,
		.reason = reason };
	char no[SLIP_NO_SIZE];
	size_t len = strlen(said->nos);
	int64_t n;
	int rc;

	if (amount == 0)
		return 0;
	if ((rc = stock_freight_late(s, txn, &f)) < 0 ||
	    (rc = db_exec(txn, sql_keep,
		 DB_ARGS(db_i(f.slip_id), db_i(o->purchase_id)), &n)) < 0)
		return rc;
	if (n == 0)
		rc = db_exec(txn, sql_keep_none,
		    DB_ARGS(db_i(f.slip_id), db_i(o->purchase_id)), NULL);
	said->slip_id = f.slip_id;
	said->expense += amount - f.added;
	snprintf(said->nos + len, sizeof(said->nos) - len, "%s%s",
	    len > 0 ? ", " : "", slip_no("cost", f.slip_id, no));
	return rc;
}

/* A slip for each order, its share by what came of it. */
static int
post(struct session *s, struct txn *txn, const char *reason,
    const struct shares *w, struct invoice_freight_said *said)
{
	const int64_t sign = said->amount < 0 ? -1 : 1;
	int64_t *weight = xcalloc(w->n, sizeof(*weight));
	int64_t *share = xcalloc(w->n, sizeof(*share));
	size_t i;
	int rc = 0;

	for (i = 0; i < w->n; i++)
		weight[i] = w->v[i].worth;
	share_out(sign * said->amount, weight, w->n, share);
	for (i = 0; rc == 0 && i < w->n; i++)
		rc = post_one(s, txn, reason, &w->v[i], sign * share[i], said);
	free(weight);
	free(share);
	return rc;
}

static int
settle(struct session *s, struct txn *txn, int64_t id, struct invoice_now *now,
    struct invoice_freight_said *said)
{
	struct shares w = { .v = NULL };
	struct invoice_freight f;
	char reason[80];
	int rc;

	if ((rc = invoice_now(s, id, now)) < 0 || (rc = compare(s, id, &f)) < 0)
		return rc;
	if (f.open == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("There is no freight of %s to be posted"), now->no);
	said->amount = f.open;
	snprintf(reason, sizeof(reason), _("freight of %s"), now->no);
	if ((rc = read_orders(s, id, &w)) == 0)
		rc = post(s, txn, reason, &w, said);
	free(w.v);
	return rc;
}

int
invoice_freight_post(
    struct session *s, int64_t id, struct invoice_freight_said *said)
{
	struct invoice_freight_said out = { .amount = 0 };
	struct invoice_now now = { .id = 0 };
	char a[MONEY_SIZE], b[MONEY_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_freight, &txn)) < 0)
		return rc;
	if ((rc = settle(s, txn, id, &now, &out)) == 0)
		rc = op_commit(s, &op_freight, &txn, id,
		    "%s: %s, %s, expense %s", now.no, out.nos,
		    money_plain(out.amount, a), money_plain(out.expense, b));
	op_abort(s, &txn);
	if (rc == 0)
		*said = out;
	return rc;
}
