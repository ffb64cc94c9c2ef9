/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "order_add_priv.h"

/* An order once more: paid for as the first one, or for nothing. */

static const struct op op_copy = { "order-copy", PERM_ORDER_ADD, "order" };
static const struct op op_reissue = { "order-reissue", PERM_ORDER_ADD,
	"order" };

struct again {
	struct order_now was;
	struct sale_now now;
	struct order_made made;
	const char *how; /* of the link */
	char note[500];
};

static const char sql_whole[] =
    "SELECT o.shop_id, coalesce(o.receiver_id, 0), coalesce(r.customer_id, 0),"
    " o.postage, o.buyer_note FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";

static int
read_whole(struct session *s, struct again *a)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_whole, DB_ARGS(db_i(a->was.id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		a->now.shop_id = db_int(rows, 0);
		a->now.receiver_id = db_int(rows, 1);
		a->now.customer_id = db_int(rows, 2);
		a->now.postage = a->now.total = db_int(rows, 3);
		copy_text(a->note, sizeof(a->note), row_text(rows, 4, NULL));
		a->now.note = a->note;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Pieces of kits stand behind the kit, and gifts come by themselves. */
static const char sql_lines[] =
    "SELECT l.line_no, coalesce(l.variant_id, 0), l.qty, l.price, l.gift,"
    " l.kit, coalesce(v.sku_code, '') FROM order_line l"
    " LEFT JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1"
    " ORDER BY l.line_no";

struct old_line {
	int64_t line_no, variant_id, qty, price, gift, kit;
	char sku[64];
};

/* How many pieces of a line are wanted; 0: none. */
static int64_t
wanted(const struct order_reissue *r, const struct old_line *l)
{
	size_t i;

	if (r == NULL)
		return l->gift == 0 && l->kit <= 0 ? l->qty : 0;
	if (r->n == 0)
		return l->kit <= 0 ? l->qty : 0;
	for (i = 0; i < r->n; i++)
		if (r->line[i].line_no == l->line_no)
			return r->line[i].qty;
	return 0;
}

static int
take_line(struct session *s, struct again *a, const struct order_reissue *r,
    const struct old_line *l, size_t *found)
{
	struct sale_item *item = &a->now.item[a->now.n];
	int64_t qty = wanted(r, l);

	*found += qty != 0;
	if (qty == 0)
		return 0;
	if (qty < 0 || qty > l->qty)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("Line %" PRId64 " of order %s has %" PRId64 " pieces"),
		    l->line_no, a->was.order_no, l->qty);
	if (l->variant_id == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Line %" PRId64 " of order %s has no product yet: map it "
		      "first"),
		    l->line_no, a->was.order_no);
	if (a->now.n == SALE_LINES)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("Say what is sold: 1 to %d lines"), SALE_LINES);
	*item = (struct sale_item){ .variant_id = l->variant_id,
		.qty = qty,
		.price = r == NULL ? l->price : 0,
		.note = "" };
	copy_text(item->sku, sizeof(item->sku), l->sku);
	a->now.total += item->price * qty;
	a->now.n++;
	return 0;
}

static int
take_lines(struct session *s, struct again *a, const struct order_reissue *r)
{
	struct db_rows *rows;
	struct old_line l;
	size_t found = 0;
	int rc;

	rc = db_query(s->db, sql_lines, DB_ARGS(db_i(a->was.id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		l = (struct old_line){ db_int(rows, 0), db_int(rows, 1),
			db_int(rows, 2), db_int(rows, 3), db_int(rows, 4),
			db_int(rows, 5), "" };
		copy_text(l.sku, sizeof(l.sku), db_text(rows, 6));
		if ((rc = take_line(s, a, r, &l, &found)) < 0)
			break;
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (r != NULL && found < r->n)
		return err_set(&s->err, ERR_INVALID, "line",
		    _("Order %s has no such line"), a->was.order_no);
	if (found == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("The goods of order %s are not known"), a->was.order_no);
	return 0;
}

static const char sql_link[] =
    "INSERT INTO order_link (order_id, other_id, how) VALUES ($1, $2, $3)";

/* The new one, and its link; the old one's log tells of it, too. */
static int
make(struct session *s, struct txn *txn, const struct op *op, struct again *a,
    int64_t *id)
{
	int rc;

	if ((rc = order_make(s, txn, &a->now, &a->made, id)) < 0)
		return rc;
	rc = db_exec(txn, sql_link,
	    DB_ARGS(db_i(*id), db_i(a->was.id), db_t(a->how)), NULL);
	if (rc == 0)
		rc = op_note(s, op, txn, "order", a->was.id, "%s -> %s",
		    a->was.order_no, a->made.order_no);
	return rc;
}

int
order_copy(struct session *s, int64_t id, int64_t *copy)
{
	struct again a = { .how = "copy", .made = { .origin = ORDER_MANUAL } };
	struct str words = STR_INIT;
	char total[MONEY_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_copy, &txn)) < 0)
		return rc;
	if ((rc = order_now(s, txn, id, &a.was)) == 0 &&
	    (rc = read_whole(s, &a)) == 0 &&
	    (rc = take_lines(s, &a, NULL)) == 0)
		rc = make(s, txn, &op_copy, &a, copy);
	if (rc == 0) {
		sale_say(&a.now, &words);
		rc = op_commit(s, &op_copy, &txn, *copy, "%s -> %s, %s: %s",
		    a.was.order_no, a.made.order_no,
		    money_plain(a.now.total, total), words.s);
	}
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static int
reissue(struct session *s, struct txn *txn, struct again *a,
    const struct order_reissue *r, int64_t *id)
{
	int rc;

	if (a->was.state == ORDER_UNPAID || a->was.state == ORDER_PAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: only what was sent can be sent again"),
		    a->was.order_no, order_state_text(a->was.state));
	if ((rc = read_whole(s, a)) < 0)
		return rc;
	a->now.postage = a->now.total = 0;
	rc = take_lines(s, a, r);
	return rc < 0 ? rc : make(s, txn, &op_reissue, a, id);
}

int
order_reissue(struct session *s, int64_t id, const struct order_reissue *r,
    int64_t *again)
{
	struct again a = { .how = "reissue",
		.made = { .origin = ORDER_REISSUE, .later = 1 } };
	struct str words = STR_INIT;
	char reason[200];
	struct txn *txn;
	int rc;

	if (!trim_text(reason, sizeof(reason), r->reason) || reason[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why it is sent again"));
	if ((rc = order_note_check(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_reissue, &txn)) < 0)
		return rc;
	a.made.memo = reason;
	rc = order_now(s, txn, id, &a.was);
	if (rc == 0)
		rc = reissue(s, txn, &a, r, again);
	if (rc == 0) {
		sale_say(&a.now, &words);
		rc = op_commit(s, &op_reissue, &txn, *again, "%s -> %s, %s: %s",
		    a.was.order_no, a.made.order_no, words.s, reason);
	}
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}
