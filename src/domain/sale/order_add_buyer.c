/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/op.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../customers/filed_priv.h"
#include "../import/import_read.h"
#include "../orders/order_edit_priv.h"
#include "../stock/stock_priv.h"
#include "order_add_priv.h"

/* A sale: what its words stand for. */

/* What orders by hand are of, as data. */
static const char hand_shop[] = "手工单";

#define QTY_MAX   100000
#define PRICE_MAX 10000000000LL

static const char sql_shop[] =
    "SELECT id, platform FROM shop WHERE name = $1 ORDER BY id LIMIT 1"
    " /*scan*/ /*sort*/";
static const char sql_shop_add[] =
    "INSERT INTO shop (platform, name) VALUES ('manual', $1)";

static int
find_shop(struct session *s, const char *name, struct sale_now *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_shop, DB_ARGS(db_t(name)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->shop_id = db_int(rows, 0);
		copy_text(
		    out->platform, sizeof(out->platform), db_text(rows, 1));
	}
	db_done(rows);
	return rc;
}

static int
look_up_shop(
    struct session *s, struct txn *txn, const char *name, struct sale_now *out)
{
	char typed[64];
	int rc;

	if (!trim_text(typed, sizeof(typed), name))
		typed[0] = '\0';
	rc = find_shop(s, typed[0] != '\0' ? typed : hand_shop, out);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	if (typed[0] != '\0')
		return err_set(&s->err, ERR_INVALID, "shop",
		    _("There is no shop called %s"), typed);
	copy_text(out->platform, sizeof(out->platform), "manual");
	return db_insert(
	    txn, sql_shop_add, DB_ARGS(db_t(hand_shop)), &out->shop_id);
}

/* Tmall's buyers are Taobao's. */
static const char *
whose_nick(const char *platform)
{
	return strcmp(platform, "tmall") == 0 ? "taobao" : platform;
}

static const char sql_known[] = "SELECT id FROM customer WHERE id = $1";
static const char sql_identity[] =
    "SELECT c.id FROM " CUSTOMERS " AND c.identity = $1";
static const char sql_nick[] =
    "SELECT id FROM customer WHERE nick = $1 ORDER BY nick DESC, id DESC"
    " LIMIT 1";
/* The newest of those whose phone it is. */
static const char sql_phone[] =
    "SELECT c.id FROM (SELECT DISTINCT x.customer_id FROM " RECEIVERS
    " AND x.phone_tail = substr($1, 8) AND x.phone_tail <> ''"
    " AND x.phone = $1) r JOIN customer c ON c.id = r.customer_id"
    " ORDER BY c.last_at DESC, c.id DESC LIMIT 1 /*scan*/ /*sort*/";
static const char sql_add[] =
    "INSERT INTO customer (identity, nick, name, phone, pinyin, first_at,"
    " last_at, order_n, paid_n, paid) VALUES ($1, $2, '', '', '', 0, 0, 0, 0,"
    " 0)";

/* One of these, as soon as there is one; *@id 0: there is none. */
static int
find_customer(struct session *s, const char *identity, const char *nick,
    const char *phone, int64_t *id)
{
	const struct {
		const char *sql, *text;
	} ways[] = { { sql_identity, identity }, { sql_nick, nick },
		{ sql_phone, phone } };
	size_t i;
	int rc;

	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (ways[i].text[0] == '\0')
			continue;
		rc = db_get1(
		    s->db, ways[i].sql, DB_ARGS(db_t(ways[i].text)), id);
		if (rc != ERR_NOTFOUND)
			return rc;
	}
	*id = 0;
	return 0;
}

/* By the nick, else by the phone, as imports know people. */
static int
customer_by_words(struct session *s, struct txn *txn, const char *nick,
    const char *phone, bool make, struct sale_now *out)
{
	char identity[NAME_ROOM + 64] = "";
	bool whole =
	    phone_is_whole((struct slice){ .s = phone, .n = strlen(phone) });
	int rc;

	if (nick[0] != '\0')
		snprintf(identity, sizeof(identity), "%s:%s",
		    whose_nick(out->platform), nick);
	else if (whole)
		snprintf(identity, sizeof(identity), "tel:%s", phone);
	else
		return 0;
	/* A nick tells who it is; somebody else's phone does not. */
	rc = find_customer(s, identity, nick,
	    nick[0] == '\0' && whole ? phone : "", &out->customer_id);
	if (rc < 0 || out->customer_id != 0 || !make)
		return rc;
	return db_insert(txn, sql_add, DB_ARGS(db_t(identity), db_t(nick)),
	    &out->customer_id);
}

static int
look_up_customer(struct session *s, struct txn *txn, const struct sale *sale,
    bool make, struct sale_now *out)
{
	char nick[NAME_ROOM], phone[32];
	int rc;

	out->customer_id = sale->customer_id;
	if (sale->customer_id != 0) {
		rc = db_get1(s->db, sql_known, DB_ARGS(db_i(sale->customer_id)),
		    &out->customer_id);
		if (rc == ERR_NOTFOUND)
			rc = err_set(&s->err, ERR_INVALID, "nick",
			    _("There is no such customer"));
		return rc;
	}
	if ((rc = edit_name(s, "nick", nick, sale->nick)) < 0)
		return rc;
	if (strchr(nick, '*') != NULL)
		return err_set(&s->err, ERR_INVALID, "nick",
		    _("A nick with stars in it tells nobody"));
	if (!trim_text(phone, sizeof(phone), sale->to.phone))
		phone[0] = '\0';
	return customer_by_words(s, txn, nick, phone, make, out);
}

static const char sql_last[] =
    "SELECT coalesce(max(id), 0) FROM receiver WHERE customer_id = $1";

int
sale_receiver(struct session *s, struct txn *txn, const struct sale *sale,
    struct sale_now *out)
{
	const struct order_address *to = &sale->to;
	int rc;

	if (to->name[0] == '\0' && to->phone[0] == '\0' &&
	    to->address[0] == '\0' && out->customer_id != 0) {
		rc = db_fetch1(txn, sql_last, DB_ARGS(db_i(out->customer_id)),
		    &out->receiver_id);
		if (rc < 0 || out->receiver_id != 0)
			return rc;
	}
	return receiver_put(s, txn, out->customer_id, to, &out->receiver_id);
}

int
sale_line_check(struct session *s, const struct sale_line *l)
{
	if (l->qty < 1 || l->qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("A number of pieces from 1 to %d is wanted"), QTY_MAX);
	if (l->price != SALE_PRICE && (l->price < 0 || l->price > PRICE_MAX))
		return err_set(&s->err, ERR_INVALID, "price",
		    _("A price cannot be less than nothing, nor so much"));
	if (!utf8_valid(l->note, strlen(l->note)))
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is not valid UTF-8"));
	return 0;
}

static int
line_look_up(struct session *s, const struct sale_line *l, size_t i,
    struct sale_now *out)
{
	struct sale_item *item = &out->item[out->n];
	struct sale_price p;
	int rc;

	if ((rc = sale_line_check(s, l)) < 0)
		return rc;
	rc = code_variant(s, l->sku, &item->variant_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("Line %zu: there is no product with the code %.60s"),
		    i + 1, l->sku);
	if (rc < 0 ||
	    (rc = sale_price_of(s, out->customer_id, item->variant_id, &p)) < 0)
		return rc;
	item->qty = l->qty;
	item->price = l->price == SALE_PRICE ? p.price : l->price;
	item->note = l->note;
	copy_text(item->sku, sizeof(item->sku), p.sku);
	out->total += item->price * item->qty;
	out->n++;
	return 0;
}

int
sale_look_up(struct session *s, struct txn *txn, const struct sale *sale,
    bool make, struct sale_now *out)
{
	size_t i;
	int rc;

	*out = (struct sale_now){ .postage = sale->postage,
		.total = sale->postage,
		.note = sale->note };
	if (sale->postage < 0 || sale->postage > PRICE_MAX)
		return err_set(&s->err, ERR_INVALID, "postage",
		    _("Postage cannot be less than nothing, nor so much"));
	if (!utf8_valid(sale->note, strlen(sale->note)))
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is not valid UTF-8"));
	if ((rc = look_up_shop(s, txn, sale->shop, out)) < 0 ||
	    (rc = look_up_customer(s, txn, sale, make, out)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < sale->n && i < SALE_LINES; i++)
		rc = line_look_up(s, &sale->line[i], i, out);
	return rc;
}

void
sale_say(const struct sale_now *now, struct str *out)
{
	size_t i;

	for (i = 0; i < now->n; i++)
		str_addf(out, "%s%" PRId64 " x %s", i > 0 ? ", " : "",
		    now->item[i].qty, now->item[i].sku);
}

static const char sql_customer[] =
    "SELECT c.nick, r.name, r.phone, r.province, r.city, r.district, r.address"
    " FROM customer c LEFT JOIN receiver r ON r.id = (SELECT max(x.id)"
    " FROM receiver x WHERE x.customer_id = c.id) WHERE c.id = $1";

static void
take_address(const struct db_rows *rows, int c, struct order_address *to)
{
	copy_text(to->name, sizeof(to->name), row_text(rows, c, NULL));
	copy_text(to->phone, sizeof(to->phone), row_text(rows, c + 1, NULL));
	copy_text(
	    to->province, sizeof(to->province), row_text(rows, c + 2, NULL));
	copy_text(to->city, sizeof(to->city), row_text(rows, c + 3, NULL));
	copy_text(
	    to->district, sizeof(to->district), row_text(rows, c + 4, NULL));
	copy_text(
	    to->address, sizeof(to->address), row_text(rows, c + 5, NULL));
}

int
sale_from_customer(struct session *s, int64_t customer_id, struct sale *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0 ||
	    (rc = db_query(
		 s->db, sql_customer, DB_ARGS(db_i(customer_id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->customer_id = customer_id;
		copy_text(
		    out->nick, sizeof(out->nick), row_text(rows, 0, NULL));
		if (contact_open(s))
			take_address(rows, 1, &out->to);
		else
			out->nick[0] = '\0';
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such customer"));
	}
	db_done(rows);
	return rc;
}
