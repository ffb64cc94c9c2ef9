/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../goods/products_priv.h"
#include "../stock/stock_priv.h"
#include "purchase_priv.h"

/* What an order consists of, while it is being written and after. */

static const struct op op_line = { "purchase-line", PERM_PURCHASE_ORDER,
	"purchase" };

static const char sql_put[] =
    "INSERT INTO purchase_line (purchase_id, line_no, variant_id, qty, price)"
    " VALUES ($1, (SELECT coalesce(max(l.line_no), 0) + 1 FROM purchase_line l"
    " WHERE l.purchase_id = $1), $2, $3, $4)";

static const char sql_twice[] =
    "SELECT count(*) FROM purchase_line WHERE purchase_id = $1"
    " AND variant_id = $2";

int
purchase_line_put(struct session *s, struct txn *txn, int64_t id,
    int64_t variant_id, int64_t qty, int64_t price)
{
	int64_t n;
	int rc;

	if ((rc = purchase_buyable(s, txn, variant_id)) < 0 ||
	    (rc = db_get1(s->db, sql_twice, DB_ARGS(db_i(id), db_i(variant_id)),
		 &n)) < 0)
		return rc;
	if (n > 0)
		return err_set(&s->err, ERR_INVALID, "sku_code",
		    _("A product has one line in an order"));
	return db_exec(txn, sql_put,
	    DB_ARGS(db_i(id), db_i(variant_id), db_i(qty), db_i(price)), NULL);
}

static const char sql_line_now[] =
    "SELECT line_no, variant_id, qty, price, received, bad, returned, invoiced"
    " FROM purchase_line WHERE purchase_id = $1 AND line_no = $2";
static const char sql_line_of[] =
    "SELECT line_no, variant_id, qty, price, received, bad, returned, invoiced"
    " FROM purchase_line WHERE purchase_id = $1 AND variant_id = $2";

/* 1, or 0 when there is none. */
static int
read_line(struct session *s, const char *sql, int64_t id, int64_t which,
    struct purchase_line_now *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, DB_ARGS(db_i(id), db_i(which)), &rows);

	if (rc < 0)
		return rc;
	*out = (struct purchase_line_now){ .line_no = 0 };
	if ((rc = db_next(rows)) > 0)
		*out = (struct purchase_line_now){
			.line_no = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.qty = db_int(rows, 2),
			.price = db_int(rows, 3),
			.received = db_int(rows, 4),
			.bad = db_int(rows, 5),
			.returned = db_int(rows, 6),
			.invoiced = db_int(rows, 7),
		};
	db_done(rows);
	return rc;
}

int
purchase_line_now(struct session *s, int64_t id, int64_t line_no,
    struct purchase_line_now *out)
{
	int rc = read_line(s, sql_line_now, id, line_no, out);

	if (rc == 0)
		return err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such line of the order"));
	return rc < 0 ? rc : 0;
}

static const char sql_change[] =
    "INSERT INTO purchase_change (purchase_id, line_no, qty, price, reason,"
    " staff_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

int
purchase_entry(struct session *s, struct txn *txn, int64_t id,
    const struct purchase_entry *e)
{
	if (e->qty == 0)
		return 0;
	return db_exec(txn, sql_change,
	    DB_ARGS(db_i(id), db_i(e->line_no), db_i(e->qty), db_i(e->price),
		db_t(e->reason), db_i(s->staff_id), db_i(time_now())),
	    NULL);
}

static int64_t
open_of(int64_t qty, int64_t received)
{
	return qty > received ? qty - received : 0;
}

static const char sql_set[] = "UPDATE purchase_line SET qty = $3, price = $4"
			      " WHERE purchase_id = $1 AND line_no = $2";
static const char sql_drop[] =
    "DELETE FROM purchase_line WHERE purchase_id = $1 AND line_no = $2";

static int
set_line(
    struct txn *txn, int64_t id, int64_t line_no, int64_t qty, int64_t price)
{
	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(id), db_i(line_no), db_i(qty), db_i(price)), NULL);
}

int
purchase_line_more(struct session *s, struct txn *txn, int64_t id,
    int64_t variant_id, int64_t qty, int64_t price)
{
	struct purchase_line_now l;
	int rc = read_line(s, sql_line_of, id, variant_id, &l);

	if (rc <= 0)
		return rc < 0 ? rc
			      : purchase_line_put(
				    s, txn, id, variant_id, qty, price);
	if ((rc = edit_range(s, "qty", l.qty + qty, STOCK_QTY_MAX)) < 0)
		return rc;
	return set_line(txn, id, l.line_no, l.qty + qty, l.price);
}

/* A line of an order that is being written. */
static int
edit_draft(struct session *s, struct txn *txn, const struct purchase_now *now,
    const struct purchase_line_now *was, const struct purchase_line_now *is)
{
	if (is->qty == 0)
		return db_exec(txn, sql_drop,
		    DB_ARGS(db_i(now->id), db_i(was->line_no)), NULL);
	if (was->line_no == 0)
		return purchase_line_put(
		    s, txn, now->id, is->variant_id, is->qty, is->price);
	return set_line(txn, now->id, was->line_no, is->qty, is->price);
}

static int
check_change(struct session *s, const struct purchase_now *now,
    const struct purchase_line_now *was, const struct purchase_line_now *is)
{
	if (is->qty < was->received)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("%" PRId64 " have come already"), was->received);
	if (is->price != was->price && was->received + was->invoiced > 0)
		return err_set(&s->err, ERR_STATE, "price",
		    _("Some have come already: their price stays"));
	if (now->state != PURCHASE_ORDERED && now->state != PURCHASE_PART)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, purchase_state_text(now->state));
	return 0;
}

/* One that was ordered: what it was is taken out, what it is put in. */
static int
edit_ordered(struct session *s, struct txn *txn, const struct purchase_now *now,
    const struct purchase_line_now *was, const struct purchase_line_now *is,
    const char *reason)
{
	struct purchase_line_now line = *was;
	struct purchase_entry more = {
		.qty = is->qty - was->qty, .price = is->price, .reason = reason
	};
	struct purchase_entry less = { .price = was->price, .reason = reason };
	int rc;

	if ((rc = check_change(s, now, was, is)) < 0)
		return rc;
	if (was->line_no == 0) {
		rc = purchase_line_put(
		    s, txn, now->id, is->variant_id, is->qty, is->price);
		if (rc == 0)
			rc = read_line(
			    s, sql_line_of, now->id, is->variant_id, &line);
	} else {
		rc = set_line(txn, now->id, was->line_no, is->qty, is->price);
	}
	if (rc < 0)
		return rc;
	more.line_no = less.line_no = line.line_no;
	if (is->price != was->price && was->line_no != 0) {
		less.qty = -was->qty;
		more.qty = is->qty;
	}
	if ((rc = purchase_entry(s, txn, now->id, &less)) == 0)
		rc = purchase_entry(s, txn, now->id, &more);
	if (rc == 0)
		rc = stock_in_transit(s, txn, now->warehouse_id, is->variant_id,
		    open_of(is->qty, was->received) -
			open_of(was->qty, was->received));
	return rc;
}

static const char sql_pieces[] =
    "SELECT coalesce(sum(qty), 0) FROM purchase_line WHERE purchase_id = $1";
static const char sql_n[] =
    "SELECT count(*) FROM purchase_line WHERE purchase_id = $1";

/* An order of nothing is cancelled instead. */
int
purchase_whole(struct session *s, const struct purchase_now *now)
{
	int64_t pieces, n;
	int rc;

	if ((rc = db_get1(s->db, sql_pieces, DB_ARGS(db_i(now->id)), &pieces)) <
		0 ||
	    (rc = db_get1(s->db, sql_n, DB_ARGS(db_i(now->id)), &n)) < 0)
		return rc;
	if (n > PURCHASE_LINES)
		return err_set(&s->err, ERR_STATE, "sku_code",
		    _("An order has at most %d lines"), PURCHASE_LINES);
	if (pieces == 0 && now->state != PURCHASE_DRAFT)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("Nothing would be left of it: cancel the order"));
	return 0;
}

/* What was typed, as the line will be. */
static int
wanted(struct session *s, const struct purchase_now *now,
    const struct purchase_line_edit *e, const struct purchase_line_now *was,
    struct purchase_line_now *is)
{
	int rc;

	*is = *was;
	if ((rc = purchase_variant(s, e->sku_code, &is->variant_id)) < 0)
		return rc;
	is->qty = e->qty;
	if (e->price != PURCHASE_PRICE_KNOWN)
		is->price = e->price;
	else if (was->line_no == 0)
		rc = purchase_price(
		    s, is->variant_id, now->company_id, &is->price);
	if (rc == 0 && was->line_no == 0 && is->qty == 0)
		rc = err_set(
		    &s->err, ERR_INVALID, "qty", _("Say how many pieces"));
	return rc;
}

struct edited {
	struct purchase_now now;
	struct purchase_line_now was, is;
};

static int
edit_line(struct session *s, struct txn *txn,
    const struct purchase_line_edit *e, struct edited *d)
{
	int64_t variant_id;
	int rc;

	if ((rc = purchase_variant(s, e->sku_code, &variant_id)) < 0 ||
	    (rc = read_line(s, sql_line_of, d->now.id, variant_id, &d->was)) <
		0 ||
	    (rc = wanted(s, &d->now, e, &d->was, &d->is)) < 0)
		return rc;
	if (d->now.state == PURCHASE_DRAFT) {
		rc = edit_draft(s, txn, &d->now, &d->was, &d->is);
	} else {
		char reason[200];

		if ((rc = purchase_reason(
			 s, e->reason, reason, sizeof(reason))) == 0)
			rc = edit_ordered(
			    s, txn, &d->now, &d->was, &d->is, reason);
	}
	if (rc == 0)
		rc = purchase_whole(s, &d->now);
	return rc < 0 ? rc : purchase_settle(s, txn, d->now.id);
}

static int
check_typed(struct session *s, const struct purchase_line_edit *e)
{
	int rc = edit_range(s, "qty", e->qty, STOCK_QTY_MAX);

	if (rc == 0 && e->price != PURCHASE_PRICE_KNOWN)
		rc = edit_range(s, "price", e->price, STOCK_COST_MAX);
	/* Prices are shown as nothing, and would be saved so. */
	return rc < 0 ? rc : session_need(s, PERM_COST_VIEW);
}

int
purchase_line_set(struct session *s, int64_t id, int64_t version,
    const struct purchase_line_edit *e)
{
	char a[MONEY_SIZE], b[MONEY_SIZE];
	struct edited d;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_line, &txn)) < 0)
		return rc;
	if ((rc = check_typed(s, e)) == 0 &&
	    (rc = purchase_now(s, id, version, &d.now)) == 0)
		rc = edit_line(s, txn, e, &d);
	if (rc == 0 && (d.was.qty != d.is.qty || d.was.price != d.is.price))
		rc = op_commit(s, &op_line, &txn, id,
		    "%s: %s %" PRId64 " × %s -> %" PRId64 " × %s%s%s", d.now.no,
		    e->sku_code, d.was.qty, money_plain(d.was.price, a),
		    d.is.qty, money_plain(d.is.price, b),
		    e->reason[0] != '\0' ? ": " : "", e->reason);
	op_abort(s, &txn);
	return rc;
}

static const char sql_received[] =
    "UPDATE purchase_line SET received = received + $3, bad = bad + $4"
    " WHERE purchase_id = $1 AND line_no = $2";

/* Of a closed order nothing is awaited: what comes off goes from what was
 * ordered, too. */
static int
take_back_closed(struct session *s, struct txn *txn,
    const struct purchase_now *now, const struct purchase_line_now *l,
    int64_t qty)
{
	const struct purchase_entry e = { .line_no = l->line_no,
		.qty = open_of(l->qty, l->received) -
		       open_of(l->qty, l->received + qty),
		.price = l->price,
		.reason = "" };

	return purchase_entry(s, txn, now->id, &e);
}

int
purchase_received(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty, int64_t bad)
{
	struct purchase_now now;
	struct purchase_line_now l;
	int rc;

	if ((rc = purchase_now(s, id, 0, &now)) < 0 ||
	    (rc = purchase_line_now(s, id, line_no, &l)) < 0)
		return rc;
	if (now.state == PURCHASE_DRAFT || now.state == PURCHASE_CANCELLED ||
	    (now.state == PURCHASE_CLOSED && qty > 0))
		return err_set(&s->err, ERR_STATE, "",
		    _("%s is %s: nothing of it is received"), now.no,
		    purchase_state_text(now.state));
	if (l.received + qty < l.returned || l.bad + bad < 0 ||
	    l.bad + bad > l.received + qty)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("Of %s not that many have come"), now.no);
	rc = db_exec(txn, sql_received,
	    DB_ARGS(db_i(id), db_i(line_no), db_i(qty), db_i(bad)), NULL);
	if (rc == 0 && now.state == PURCHASE_CLOSED)
		rc = take_back_closed(s, txn, &now, &l, qty);
	else if (rc == 0)
		rc = stock_in_transit(s, txn, now.warehouse_id, l.variant_id,
		    open_of(l.qty, l.received + qty) -
			open_of(l.qty, l.received));
	return rc < 0 ? rc : purchase_settle(s, txn, id);
}

static const char sql_returned[] =
    "UPDATE purchase_line SET returned = returned + $3"
    " WHERE purchase_id = $1 AND line_no = $2"
    " AND returned + $3 BETWEEN 0 AND received";
static const char sql_invoiced[] =
    "UPDATE purchase_line SET invoiced = invoiced + $3"
    " WHERE purchase_id = $1 AND line_no = $2 AND invoiced + $3 >= 0";

static int
count_on(struct session *s, struct txn *txn, const char *sql, int64_t id,
    int64_t line_no, int64_t qty)
{
	int64_t n;
	int rc =
	    db_exec(txn, sql, DB_ARGS(db_i(id), db_i(line_no), db_i(qty)), &n);

	if (rc == 0 && n == 0)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("Of that order not that many have come"));
	return rc < 0 ? rc : purchase_settle(s, txn, id);
}

int
purchase_returned(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty)
{
	return count_on(s, txn, sql_returned, id, line_no, qty);
}

int
purchase_invoiced(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty)
{
	return count_on(s, txn, sql_invoiced, id, line_no, qty);
}
