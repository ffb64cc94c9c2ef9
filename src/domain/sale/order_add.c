/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../money/payments_priv.h"
#include "../reports/figures_priv.h"
#include "order_add_priv.h"

static const struct op op_add = { "order-add", PERM_ORDER_ADD, "order" };

#define TERMS_MAX 3650
#define DAY       86400

static const char sql_listing[] =
    "SELECT coalesce(min(id), 0) FROM listing WHERE variant_id = $1"
    " AND shop_id = $2";
static const char sql_listing_same[] =
    "SELECT l.id FROM listing l JOIN variant v ON v.id = $1"
    " WHERE l.shop_id = $2 AND l.title = v.name AND l.attrs = ''"
    " AND l.sku_code = v.sku_code";
static const char sql_listing_add[] =
    "INSERT INTO listing (shop_id, title, attrs, sku_code, item_no, variant_id)"
    " SELECT $2, name, '', sku_code, '', id FROM variant WHERE id = $1"
    " ON CONFLICT (shop_id, title, attrs, sku_code) DO NOTHING";

/* What the shop calls it; the same words for something else do no harm, as the
 * line has its product. */
static int
listing_of(struct txn *txn, int64_t variant_id, int64_t shop_id, int64_t *id)
{
	const struct db_val args[] = { db_i(variant_id), db_i(shop_id) };
	int rc;

	rc = db_fetch1(txn, sql_listing, args, 2, id);
	if (rc < 0 || *id != 0)
		return rc;
	if ((rc = db_exec(txn, sql_listing_add, args, 2, NULL)) < 0)
		return rc;
	return db_fetch1(txn, sql_listing_same, args, 2, id);
}

static const char sql_line[] =
    "INSERT INTO order_line (order_id, line_no, sub_order_no, listing_id,"
    " variant_id, qty, price, paid) VALUES ($1, $2, '', $3, $4, $5, $6, 0)";

static int
add_lines(struct txn *txn, const struct sale_now *now, int64_t id)
{
	int64_t listing = 0;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < now->n; i++) {
		const struct sale_item *item = &now->item[i];

		rc = listing_of(txn, item->variant_id, now->shop_id, &listing);
		if (rc == 0)
			rc = db_exec(txn, sql_line,
			    DB_ARGS(db_i(id), db_i((int64_t)i + 1),
				db_i(listing), db_i(item->variant_id),
				db_i(item->qty), db_i(item->price)),
			    NULL);
	}
	return rc;
}

static const char sql_add[] =
    "INSERT INTO orders (shop_id, order_no, source_hash, state, created_at,"
    " paid_at, shipped_at, finished_at, receiver_id, total, postage, paid,"
    " refund, settled, buyer_note, memo, origin, cod, agent_id)"
    " VALUES ($1, '', 0, 1, $2, 0, 0, 0, $3, $4, $5, 0, 0, 0, $6, $7, $8, $9,"
    " $10)";
static const char sql_number[] =
    "UPDATE orders SET order_no = $2 WHERE id = $1";
static const char sql_customer[] =
    "UPDATE customer SET order_n = order_n + 1,"
    " first_at = CASE WHEN first_at = 0 OR first_at > $2 THEN $2"
    " ELSE first_at END,"
    " name = CASE WHEN last_at <= $2 AND $3 <> '' THEN $3 ELSE name END,"
    " pinyin = CASE WHEN last_at <= $2 AND $3 <> '' THEN $4 ELSE pinyin END,"
    " phone = CASE WHEN last_at <= $2 AND $5 <> '' THEN $5 ELSE phone END,"
    " last_at = CASE WHEN last_at < $2 THEN $2 ELSE last_at END"
    " WHERE id = $1";
static const char sql_receiver[] =
    "SELECT name, phone FROM receiver WHERE id = $1";

/* As imports have it: the newest order says what somebody is called. */
static int
count_customer(
    struct session *s, struct txn *txn, const struct sale_now *now, int64_t at)
{
	char name[NAME_ROOM] = "", phone[32] = "", pinyin[64];
	struct db_rows *rows;
	int rc;

	if (now->customer_id == 0)
		return 0;
	rc = db_query(
	    s->db, sql_receiver, DB_ARGS(db_i(now->receiver_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(name, sizeof(name), db_text(rows, 0));
		copy_text(phone, sizeof(phone), db_text(rows, 1));
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	pinyin_initials(name, pinyin, sizeof(pinyin));
	return db_exec(txn, sql_customer,
	    DB_ARGS(db_i(now->customer_id), db_i(at), db_t(name), db_t(pinyin),
		db_t(phone)),
	    NULL);
}

/* What is sent again is an order to be done, but none that somebody made. */
static int
count(struct session *s, struct txn *txn, const struct sale_now *now,
    const struct order_made *made, int64_t at)
{
	struct figures f = { 0 };
	int rc = 0;

	figures_move(&f, 0, 0, ORDER_UNPAID, 0);
	if (made->origin != ORDER_REISSUE) {
		figures_created(&f, now->shop_id, at, 1);
		rc = count_customer(s, txn, now, at);
	}
	if (rc == 0)
		rc = figures_flush(s, txn, &f);
	figures_done(&f);
	return rc;
}

static const char sql_due[] =
    "INSERT INTO payment (order_id, method, amount, at, ref, due_at, state,"
    " note, staff_id) VALUES ($1, 'bank', $2, $3, '', $4, 0, '', $5)";

static const char *
text_or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

int
order_make(struct session *s, struct txn *txn, const struct sale_now *now,
    struct order_made *made, int64_t *id)
{
	int64_t at = time_now();
	int rc;

	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_i(now->shop_id), db_i(at), db_id(now->receiver_id),
		db_i(now->total), db_i(now->postage),
		db_t(text_or_null(now->note)), db_t(text_or_null(made->memo)),
		db_i(made->origin), db_i(made->cod), db_i(s->staff_id)),
	    id);
	if (rc < 0)
		return rc;
	snprintf(made->order_no, sizeof(made->order_no), "%s-%06" PRId64,
	    made->origin == ORDER_REISSUE ? "RO" : "SO", *id);
	rc = db_exec(
	    txn, sql_number, DB_ARGS(db_i(*id), db_t(made->order_no)), NULL);
	if (rc == 0)
		rc = add_lines(txn, now, *id);
	if (rc == 0)
		rc = count(s, txn, now, made, at);
	if (rc == 0 && made->terms > 0 && now->total > 0)
		rc = db_exec(txn, sql_due,
		    DB_ARGS(db_i(*id), db_i(now->total), db_i(at),
			db_i(at + made->terms * DAY), db_i(s->staff_id)),
		    NULL);
	if (rc == 0 && made->later)
		rc = payment_later(s, txn, *id, at);
	return rc;
}

static const char sql_terms[] =
    "SELECT terms_days FROM company WHERE (name = $1 OR customer_id = $2)"
    " AND kinds & 4 <> 0 AND active = 1 ORDER BY id LIMIT 1 /*scan*/ /*sort*/";

static int
terms_of(struct session *s, const struct sale *sale, const struct sale_now *now,
    int64_t asked, int64_t *terms)
{
	int rc;

	*terms = asked;
	if (asked != TERMS_COMPANY)
		return 0;
	rc = db_get1(s->db, sql_terms,
	    DB_ARGS(db_t(sale->nick), db_i(now->customer_id)), terms);
	if (rc == ERR_NOTFOUND) {
		*terms = 0;
		rc = 0;
	}
	return rc;
}

static int
check(struct session *s, const struct sale *sale, const struct order_how *how)
{
	if (sale->n == 0 || sale->n > SALE_LINES)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("Say what is sold: 1 to %d lines"), SALE_LINES);
	if (how->terms < TERMS_COMPANY || how->terms > TERMS_MAX)
		return err_set(&s->err, ERR_INVALID, "terms",
		    _("Payment is due after 0 to %d days"), TERMS_MAX);
	if (!how->business && how->terms > 0)
		return err_set(&s->err, ERR_INVALID, "terms",
		    _("Only business orders are paid later"));
	return 0;
}

static int
add(struct session *s, struct txn *txn, const struct sale *sale,
    const struct order_how *how, struct sale_now *now, struct order_made *made,
    int64_t *id)
{
	int rc;

	made->origin = how->business ? ORDER_BUSINESS : ORDER_MANUAL;
	made->cod = how->cod;
	if ((rc = sale_look_up(s, txn, sale, true, now)) < 0 ||
	    (rc = sale_receiver(s, txn, sale, now)) < 0)
		return rc;
	if (how->business)
		rc = terms_of(s, sale, now, how->terms, &made->terms);
	if (rc < 0)
		return rc;
	made->later = how->cod || made->terms > 0;
	if (how->cod)
		made->terms = 0;
	return order_make(s, txn, now, made, id);
}

int
order_add(struct session *s, const struct sale *sale,
    const struct order_how *how, int64_t *id)
{
	struct order_made made = { .origin = ORDER_MANUAL };
	struct str words = STR_INIT;
	char total[MONEY_SIZE];
	struct sale_now now;
	struct txn *txn;
	int rc;

	if ((rc = check(s, sale, how)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = add(s, txn, sale, how, &now, &made, id);
	if (rc == 0) {
		sale_say(&now, &words);
		rc = op_commit(s, &op_add, &txn, *id, "%s %s, %s%s: %s",
		    order_origin_name(made.origin), made.order_no,
		    money_plain(now.total, total), made.cod ? ", cod" : "",
		    words.s);
	}
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}
