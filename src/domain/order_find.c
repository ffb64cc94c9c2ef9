/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "order_priv.h"
#include "order_rows.h"
#include "refs_priv.h"
#include "row_priv.h"
#include "session_priv.h"

/*
 * Finding orders by what somebody knows of them. Each way leads over one index
 * to references, the ways are merged newest first, and only those that will be
 * shown are read. Nothing here may take longer for a bigger shop: a way that
 * many people share (a surname) takes the first BROAD of them, and the newest
 * RECENT orders are looked through for the others.
 */
#define BROAD  "400"
#define RECENT "1500"

struct finding {
	struct session *s;
	const char *text;
	size_t limit;
	struct refs refs;
};

static int
refs_by(struct finding *f, const char *sql)
{
	return refs_query(f->s, &f->refs, sql,
	    DB_ARGS(db_t(f->text), db_i((int64_t)f->limit)));
}

/* Numbers of one platform grow, so the highest are the newest. */
static const char sql_by_no[] =
    "SELECT created_at, id FROM orders"
    " WHERE order_no >= $1 AND order_no < $1 || '" PREFIX_END "'"
    " ORDER BY order_no DESC LIMIT $2";
static const char sql_by_waybill[] =
    "SELECT created_at, id FROM orders"
    " WHERE waybill_no >= $1 AND waybill_no < $1 || '" PREFIX_END "'"
    " ORDER BY waybill_no DESC LIMIT $2";
static const char sql_by_parcel[] =
    "SELECT o.created_at, o.id FROM parcel p"
    " JOIN orders o ON o.id = p.order_id WHERE p.waybill_no = $1 LIMIT $2";
static const char sql_by_tail[] =
    "SELECT o.created_at, o.id FROM receiver r"
    " JOIN orders o ON o.receiver_id = r.id"
    " WHERE r.phone_tail = $1 AND r.phone_tail <> ''"
    " ORDER BY o.created_at DESC, o.id DESC LIMIT $2 /*sort*/";
static const char sql_by_phone[] =
    "SELECT o.created_at, o.id FROM receiver r"
    " JOIN orders o ON o.receiver_id = r.id"
    " WHERE r.phone_tail = substr($1, 8) AND r.phone_tail <> ''"
    " AND r.phone = $1"
    " ORDER BY o.created_at DESC, o.id DESC LIMIT $2 /*sort*/";

/* By the beginning of a text that people share. */
#define BY_RECEIVER(column) \
	"SELECT o.created_at, o.id FROM (SELECT id FROM receiver WHERE " column \
	" >= $1 AND " column " < $1 || '" PREFIX_END "' AND " column \
	" <> '' ORDER BY " column ", id LIMIT " BROAD ") r" \
	" JOIN orders o ON o.receiver_id = r.id" \
	" ORDER BY o.created_at DESC, o.id DESC LIMIT $2 /*scan*/ /*sort*/"
#define RECENT_BY(test) \
	"SELECT o.created_at, o.id FROM (SELECT created_at, id, receiver_id" \
	" FROM orders ORDER BY created_at DESC, id DESC LIMIT " RECENT ") o" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id WHERE " test \
	" ORDER BY o.created_at DESC, o.id DESC LIMIT $2 /*scan*/ /*sort*/"
#define BEGINS(column) column " >= $1 AND " column " < $1 || '" PREFIX_END "'"

/* How many share it: more than BROAD, or just those. */
#define SHARED(table, column) \
	"SELECT count(*) FROM (SELECT 1 FROM " table \
	" WHERE " BEGINS(column) " AND " column " <> '' LIMIT " BROAD ") x"

static const char sql_by_name[] = BY_RECEIVER("name");
static const char sql_share_name[] = SHARED("receiver", "name");
static const char sql_by_pinyin[] = BY_RECEIVER("pinyin");
static const char sql_share_pinyin[] = SHARED("receiver", "pinyin");
static const char sql_by_pinyin2[] = BY_RECEIVER("pinyin2");
static const char sql_share_pinyin2[] = SHARED("receiver", "pinyin2");
static const char sql_by_nick[] =
    "SELECT o.created_at, o.id FROM (SELECT id FROM customer"
    " WHERE " BEGINS(
	"nick") " ORDER BY nick, id LIMIT " BROAD ") c"
		" JOIN receiver r ON r.customer_id = c.id"
		" JOIN orders o ON o.receiver_id = r.id"
		" ORDER BY o.created_at DESC, o.id DESC LIMIT $2 /*scan*/ /*sort*/";
static const char sql_share_nick[] = SHARED("customer", "nick");
static const char sql_recent_name[] = RECENT_BY(BEGINS("r.name"));
static const char sql_recent_pinyin[] = RECENT_BY(BEGINS("r.pinyin"));
static const char sql_recent_pinyin2[] = RECENT_BY(BEGINS("r.pinyin2"));
static const char sql_recent_nick[] = RECENT_BY(BEGINS("c.nick"));

/* A way over a text that many may share. */
struct way {
	const char *share, *by, *recent;
};
static const struct way by_name = { sql_share_name, sql_by_name,
	sql_recent_name };
static const struct way by_nick = { sql_share_nick, sql_by_nick,
	sql_recent_nick };
static const struct way by_pinyin = { sql_share_pinyin, sql_by_pinyin,
	sql_recent_pinyin };
static const struct way by_pinyin2 = { sql_share_pinyin2, sql_by_pinyin2,
	sql_recent_pinyin2 };

static int
refs_way(struct finding *f, const struct way *way)
{
	int64_t n;
	int rc;

	if ((rc = db_get1(f->s->db, way->share, DB_ARGS(db_t(f->text)), &n)) <
		0 ||
	    n == 0)
		return rc;
	rc = refs_by(f, way->by);
	if (rc == 0 && n >= atoi(BROAD))
		rc = refs_by(f, way->recent);
	return rc;
}

/* What the typed text may be. */
struct looks {
	bool digits;  /* nothing else */
	bool letters; /* ASCII letters and digits only: pinyin, waybill */
	bool number;  /* has a digit: an order number of some platform */
	size_t len;
};

static struct looks
look_at(const char *text)
{
	struct looks l = { .digits = true, .letters = true };

	for (; text[l.len] != '\0'; l.len++) {
		unsigned char c = (unsigned char)text[l.len];

		if (isdigit(c))
			l.number = true;
		else
			l.digits = false;
		if (c >= 0x80 || !isalnum(c))
			l.letters = false;
	}
	return l;
}

static int
find_numbers(struct finding *f, const struct looks *l)
{
	int rc = 0;

	if (l->number && l->len >= 4)
		rc = refs_by(f, sql_by_no);
	if (rc == 0 && l->digits && l->len == 4)
		rc = refs_by(f, sql_by_tail);
	if (rc == 0 && l->digits && l->len == 11)
		rc = refs_by(f, sql_by_phone);
	return rc;
}

static int
find_waybill(struct finding *f, const struct looks *l)
{
	char upper[64];
	size_t i;
	int rc;

	if (!l->number || l->len < 4 || l->len >= sizeof(upper))
		return 0;
	for (i = 0; i <= l->len; i++)
		upper[i] = (char)toupper((unsigned char)f->text[i]);
	f->text = upper;
	rc = refs_by(f, sql_by_waybill);
	return rc < 0 ? rc : refs_by(f, sql_by_parcel);
}

static int
find_pinyin(struct finding *f, const struct looks *l)
{
	char lower[64];
	size_t i;
	int rc;

	if (!l->letters || l->digits || l->len >= sizeof(lower))
		return 0;
	for (i = 0; i <= l->len; i++)
		lower[i] = (char)tolower((unsigned char)f->text[i]);
	f->text = lower;
	rc = refs_way(f, &by_pinyin);
	return rc < 0 ? rc : refs_way(f, &by_pinyin2);
}

int
order_find(struct session *s, const char *text, size_t limit, struct page *out)
{
	struct finding f = { .s = s, .limit = limit };
	char typed[200];
	struct looks l;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (!trim_text(typed, sizeof(typed), text) || typed[0] == '\0')
		return order_load(s, &f.refs, out);
	l = look_at(typed);
	f.text = typed;
	rc = find_numbers(&f, &l);
	if (rc == 0 && !l.digits)
		rc = refs_way(&f, &by_name);
	if (rc == 0)
		rc = refs_way(&f, &by_nick);
	if (rc == 0)
		rc = find_waybill(&f, &l);
	f.text = typed;
	if (rc == 0)
		rc = find_pinyin(&f, &l);
	if (rc == 0) {
		refs_settle(&f.refs, true, limit);
		rc = order_load(s, &f.refs, out);
	}
	refs_done(&f.refs);
	return rc;
}

static const char sql_no[] =
    "SELECT id, 0 FROM orders WHERE order_no = $1 ORDER BY shop_id LIMIT 2";
static const char sql_waybill[] =
    "SELECT id, 0 FROM orders WHERE waybill_no = $1 LIMIT 2";
static const char sql_parcel[] =
    "SELECT order_id, 0 FROM parcel WHERE waybill_no = $1";

/* Exactly one id by @sql; 1 when there is none. */
static int
only_one(struct session *s, const char *sql, const char *no, int64_t *id)
{
	struct db_rows *rows;
	int64_t first = 0;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_t(no)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		first = db_int(rows, 0);
		rc = db_next(rows);
		if (rc > 0)
			rc = err_set(&s->err, ERR_CONFLICT, "",
			    _("%s is in more than one shop: choose it in the "
			      "list"),
			    no);
		else if (rc == 0)
			*id = first;
	} else if (rc == 0) {
		rc = 1;
	}
	db_done(rows);
	return rc;
}

int
order_look_up(struct session *s, const char *no, int64_t *id)
{
	char typed[64], upper[64];
	size_t i;
	int rc;

	if (!trim_text(typed, sizeof(typed), no) || typed[0] == '\0')
		return err_set(&s->err, ERR_NOTFOUND, "order_no",
		    _("There is no order with that number"));
	for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)typed[i]);
	if ((rc = only_one(s, sql_no, typed, id)) > 0 &&
	    (rc = only_one(s, sql_parcel, upper, id)) > 0)
		rc = only_one(s, sql_waybill, upper, id);
	if (rc > 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "order_no",
		    _("There is no order with the number or waybill %s"),
		    typed);
	return rc;
}

int
order_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	return order_look_up(s, no, id);
}

static const char sql_shipped_by[] =
    "SELECT st.name, p.shipped_at, co.name, p.waybill_no FROM parcel p"
    " LEFT JOIN staff st ON st.id = p.packer_id"
    " LEFT JOIN courier co ON co.id = p.courier_id"
    " WHERE p.order_id = $1 ORDER BY p.id DESC LIMIT 1";

int
order_shipped_error(struct session *s, int64_t id, const char *order_no)
{
	char when[TIME_SIZE];
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_shipped_by, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		/* TRANSLATORS: order number, who, when, courier, waybill */
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already shipped by %s (%s) with %s %s"),
		    order_no, db_text(rows, 0),
		    time_short(db_int(rows, 1), time_now(), when),
		    db_text(rows, 2), db_text(rows, 3));
	else if (rc == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already shipped on the platform"),
		    order_no);
	db_done(rows);
	return rc;
}
