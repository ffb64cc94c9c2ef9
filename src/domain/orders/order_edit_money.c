/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../money/payments_priv.h"
#include "../review/review_priv.h"
#include "order_edit_priv.h"
#include "order_priv.h"

static const struct op op_money = { "order-money", PERM_ORDER_EDIT, "order" };

#define PRICE_MAX 10000000000LL /* of a piece, and of postage and discount */

static const char sql_lines[] =
    "SELECT l.line_no, l.price, l.qty, coalesce(v.sku_code, li.title, '')"
    " FROM order_line l LEFT JOIN variant v ON v.id = l.variant_id"
    " LEFT JOIN listing li ON li.id = l.listing_id WHERE l.order_id = $1"
    " AND l.kit <= 0 ORDER BY l.line_no";
static const char sql_whole[] =
    "SELECT total, postage, origin FROM orders WHERE id = $1";

struct work {
	struct order_now now;
	int64_t total, postage, origin;
	int64_t goods, after; /* what they come to, before and after */
	struct str words;
};

static int
read_whole(struct session *s, int64_t id, struct work *w)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_whole, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		w->total = db_int(rows, 0);
		w->postage = db_int(rows, 1);
		w->origin = db_int(rows, 2);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const struct order_price *
price_of(const struct order_money *edit, int64_t line_no)
{
	size_t i;

	for (i = 0; i < edit->n; i++)
		if (edit->line[i].line_no == line_no)
			return &edit->line[i];
	return NULL;
}

static void
say(struct work *w, const char *what, int64_t was, int64_t is)
{
	char a[MONEY_SIZE], b[MONEY_SIZE];

	if (was != is)
		str_addf(&w->words, "%s%s %s -> %s",
		    w->words.len > 0 ? "; " : "", what, money_plain(was, a),
		    money_plain(is, b));
}

int
order_money_read(struct session *s, int64_t id, struct order_money *out)
{
	struct order_money m = { .n = 0 };
	struct work w = { .total = 0 };
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = read_whole(s, id, &w)) < 0 ||
	    (rc = db_query(s->db, sql_lines, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (m.n < ORDER_PRICES)
			m.line[m.n++] = (struct order_price){
				.line_no = db_int(rows, 0),
				.price = db_int(rows, 1),
			};
		w.goods += db_int(rows, 1) * db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	m.postage = w.postage;
	m.discount = w.goods + w.postage - w.total;
	*out = m;
	return 0;
}

/* What is to be paid for the line goes along until it is paid. */
static const char sql_price[] =
    "UPDATE order_line SET price = $3, paid = CASE WHEN $4 = 1 AND paid > 0"
    " AND paid + ($3 - price) * qty > 0 THEN paid + ($3 - price) * qty"
    " WHEN $4 = 1 THEN 0 ELSE paid END"
    " WHERE order_id = $1 AND line_no = $2 AND price <> $3";

/* The prices that become others; what is shown of them and their sums. */
static int
lines(struct session *s, struct txn *txn, struct work *w,
    const struct order_money *edit)
{
	char was[MONEY_SIZE], is[MONEY_SIZE];
	struct db_rows *rows;
	size_t found = 0;
	int rc;

	rc = db_query(s->db, sql_lines, DB_ARGS(db_i(w->now.id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		int64_t price = db_int(rows, 1), qty = db_int(rows, 2);
		const struct order_price *p = price_of(edit, db_int(rows, 0));

		w->goods += price * qty;
		found += p != NULL;
		w->after += (p != NULL ? p->price : price) * qty;
		if (p == NULL || p->price == price)
			continue;
		str_addf(&w->words, "%sprice %s -> %s (%s)",
		    w->words.len > 0 ? "; " : "", money_plain(price, was),
		    money_plain(p->price, is), row_text(rows, 3, NULL));
	}
	db_done(rows);
	if (rc == 0 && found != edit->n)
		rc = err_set(&s->err, ERR_INVALID, "price",
		    _("Order %s has no such line"), w->now.order_no);
	for (size_t i = 0; rc == 0 && i < edit->n; i++)
		rc = db_exec(txn, sql_price,
		    DB_ARGS(db_i(w->now.id), db_i(edit->line[i].line_no),
			db_i(edit->line[i].price), db_i(w->now.state)),
		    NULL);
	return rc;
}

/* What was paid to a platform is the platform's to change. */
static int
check_state(struct session *s, const struct work *w)
{
	if (w->origin == ORDER_REISSUE)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is sent again: it costs the buyer nothing"),
		    w->now.order_no);
	if (w->origin == ORDER_PLATFORM && w->now.state != ORDER_UNPAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is paid on its platform: pay the difference "
		      "back there, the next file brings it"),
		    w->now.order_no);
	if (w->now.state == ORDER_PART_SHIPPED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is partly shipped: its prices can no longer be "
		      "changed"),
		    w->now.order_no);
	return 0;
}

static const char sql_set[] =
    "UPDATE orders SET total = $2, postage = $3, version = version + 1"
    " WHERE id = $1";

static int
apply(struct session *s, struct txn *txn, struct work *w, int64_t version,
    const struct order_money *edit)
{
	int64_t total;
	int rc;

	if ((rc = edit_begin(s, txn, w->now.id, version, &w->now)) < 0 ||
	    (rc = read_whole(s, w->now.id, w)) < 0 ||
	    (rc = check_state(s, w)) < 0 || (rc = lines(s, txn, w, edit)) < 0)
		return rc;
	total = w->after + edit->postage - edit->discount;
	if (total < 0)
		return err_set(&s->err, ERR_INVALID, "discount",
		    _("The discount is more than there is to pay"));
	say(w, "postage", w->postage, edit->postage);
	say(w, "discount", w->goods + w->postage - w->total, edit->discount);
	say(w, "total", w->total, total);
	if (w->words.len == 0)
		return 0;
	rc = db_exec(txn, sql_set,
	    DB_ARGS(db_i(w->now.id), db_i(total), db_i(edit->postage)), NULL);
	if (rc == 0)
		rc = payment_settle(s, txn, w->now.id, time_now());
	if (rc == 0)
		rc = courier_again(s, txn, w->now.id);
	return rc < 0 ? rc : 1;
}

static int
check(struct session *s, const struct order_money *edit)
{
	size_t i;

	for (i = 0; i < edit->n; i++)
		if (edit->line[i].price < 0 || edit->line[i].price > PRICE_MAX)
			return err_set(&s->err, ERR_INVALID, "price",
			    _("A price cannot be less than nothing, nor so "
			      "much"));
	if (edit->postage < 0 || edit->postage > PRICE_MAX)
		return err_set(&s->err, ERR_INVALID, "postage",
		    _("Postage cannot be less than nothing, nor so much"));
	/* Less than nothing is more to pay: a platform's fees, say. */
	if (edit->discount < -PRICE_MAX || edit->discount > PRICE_MAX)
		return err_set(&s->err, ERR_INVALID, "discount",
		    _("The discount is more than there is to pay"));
	return 0;
}

int
order_money(struct session *s, int64_t id, int64_t version,
    const struct order_money *edit)
{
	struct work w = { .now = { .id = id }, .words = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = check(s, edit)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_money, &txn)) < 0)
		return rc;
	rc = apply(s, txn, &w, version, edit);
	if (rc > 0)
		rc = op_commit(s, &op_money, &txn, id, "%s", w.words.s);
	op_abort(s, &txn);
	str_done(&w.words);
	return rc;
}
