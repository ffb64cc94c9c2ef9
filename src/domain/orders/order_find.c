/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/filed_priv.h"
#include "order_rows.h"

/*
 * Finding orders by what somebody knows of them. Each way leads over one index
 * to references, the ways are merged newest first, and only those that will be
 * shown are read. Nothing here may take longer for a bigger shop: for what
 * many people share (a surname) the newest RECENT orders are looked through,
 * and only if they do not fill the list, the orders of BROAD such people.
 */
#define BROAD  "200"
#define RECENT "500"

struct finding {
	struct session *s;
	size_t limit;
	char typed[200]; /* without the blanks around it */
	char lower[200], upper[200];
	size_t len;
	bool digits;  /* nothing else */
	bool letters; /* ASCII letters and digits only: pinyin */
	bool number;  /* has a digit: an order number of some platform */
	struct refs refs;
};

static bool
look_at(struct finding *f, const char *text)
{
	size_t i;

	if (!trim_text(f->typed, sizeof(f->typed), text))
		return false;
	f->len = strlen(f->typed);
	f->digits = f->letters = true;
	for (i = 0; i <= f->len; i++) {
		unsigned char c = (unsigned char)f->typed[i];

		f->lower[i] = (char)tolower(c);
		f->upper[i] = (char)toupper(c);
		if (isdigit(c))
			f->number = true;
		else if (c != '\0')
			f->digits = false;
		if (c >= 0x80 || (!isalnum(c) && c != '\0'))
			f->letters = false;
	}
	return f->len > 0;
}

static int
refs_by(struct finding *f, const char *sql, const char *text)
{
	return refs_query(
	    f->s, &f->refs, sql, DB_ARGS(db_t(text), db_i((int64_t)f->limit)));
}

#define BEGINS(column, text) \
	column " >= " text " AND " column " < " text " || '" PREFIX_END "'"
#define NEWEST " ORDER BY o.created_at DESC, o.id DESC LIMIT $2"

/* Numbers of one platform grow, so the highest are the newest. */
static const char sql_by_no[] =
    "SELECT created_at, id FROM orders WHERE " BEGINS(
	"order_no", "$1") " ORDER BY order_no DESC LIMIT $2";
static const char sql_by_waybill[] =
    "SELECT created_at, id FROM orders WHERE " BEGINS(
	"waybill_no", "$1") " ORDER BY waybill_no DESC LIMIT $2";
static const char sql_by_parcel[] =
    "SELECT o.created_at, o.id FROM parcel p"
    " JOIN orders o ON o.id = p.order_id WHERE p.waybill_no = $1 LIMIT $2";
#define OF_RECEIVERS(those) \
	"SELECT o.created_at, o.id FROM (SELECT x.id FROM " RECEIVERS those \
	") r JOIN orders o ON o.receiver_id = r.id" NEWEST \
	" /*scan*/ /*sort*/"
static const char sql_by_tail[] =
    OF_RECEIVERS(" AND x.phone_tail = $1 AND x.phone_tail <> ''");
static const char sql_by_phone[] =
    OF_RECEIVERS(" AND x.phone_tail = substr($1, 8) AND x.phone_tail <> ''"
		 " AND x.phone = $1");

static int
find_numbers(struct finding *f)
{
	int rc = 0;

	if (f->number && f->len >= 4) {
		if ((rc = refs_by(f, sql_by_no, f->typed)) < 0 ||
		    (rc = refs_by(f, sql_by_waybill, f->upper)) < 0)
			return rc;
		rc = refs_by(f, sql_by_parcel, f->upper);
	}
	if (rc == 0 && f->digits && f->len == 4)
		rc = refs_by(f, sql_by_tail, f->typed);
	if (rc == 0 && f->digits && f->len == 11)
		rc = refs_by(f, sql_by_phone, f->typed);
	return rc;
}

/* By the beginning of a text that people share: how many do (BROAD or more, or
 * just those), and their orders. */
#define SHARE(those) \
	"SELECT count(*) FROM (SELECT 1 FROM " those " LIMIT " BROAD ") x"
#define SUCH(column)        " AND " BEGINS(column, "$1") " AND " column " <> ''"
#define BY_RECEIVER(column) OF_RECEIVERS(SUCH(column) " LIMIT " BROAD)
#define BY_CUSTOMER(column) \
	"SELECT o.created_at, o.id FROM (SELECT id FROM customer" \
	" WHERE " BEGINS( \
	    column, "$1") " ORDER BY " column ", id LIMIT " BROAD ") c" \
			  " JOIN receiver r ON r.customer_id = c.id" \
			  " JOIN orders o ON o.receiver_id = r.id" NEWEST \
			  " /*scan*/ /*sort*/"

static const struct way {
	const char *share, *by;
	bool pinyin;
} ways[] = {
	{ SHARE(RECEIVERS SUCH("x.name")), BY_RECEIVER("x.name"), false },
	{ SHARE("customer WHERE " BEGINS("nick", "$1")), BY_CUSTOMER("nick"),
	    false },
	{ SHARE(RECEIVERS SUCH("x.pinyin")), BY_RECEIVER("x.pinyin"), true },
	{ SHARE(RECEIVERS SUCH("x.pinyin2")), BY_RECEIVER("x.pinyin2"), true },
};
#define NWAYS (sizeof(ways) / sizeof(ways[0]))

/* From when on the orders are the newest RECENT. */
static const char sql_since[] =
    "SELECT coalesce(min(created_at), 0) FROM (SELECT created_at FROM orders"
    " ORDER BY created_at DESC, id DESC LIMIT " RECENT ") x /*scan*/";
static const char sql_recent[] =
    "SELECT o.created_at, o.id FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id"
    " LEFT JOIN customer c ON c.id = r.customer_id"
    " WHERE o.created_at >= $4 AND ((" BEGINS("r.name", "$1") ") OR (" BEGINS(
	"c.nick", "$1") ") OR (" BEGINS("r.pinyin",
	"$3") ") OR (" BEGINS("r.pinyin2", "$3") "))" NEWEST;

static int
refs_recent(struct finding *f)
{
	int64_t since;
	int rc;

	if ((rc = db_get1(f->s->db, sql_since, DB_NOARGS, &since)) < 0)
		return rc;
	return refs_query(f->s, &f->refs, sql_recent,
	    DB_ARGS(db_t(f->typed), db_i((int64_t)f->limit), db_t(f->lower),
		db_i(since)));
}

static int
find_people(struct finding *f)
{
	bool broad[NWAYS] = { false }, any = false;
	size_t i, before;
	int64_t n;
	int rc;

	for (i = 0; i < NWAYS; i++) {
		const char *text = ways[i].pinyin ? f->lower : f->typed;

		if (ways[i].pinyin && (!f->letters || f->digits))
			continue;
		rc = db_get1(f->s->db, ways[i].share, DB_ARGS(db_t(text)), &n);
		if (rc == 0 && n > 0 && n < atoi(BROAD))
			rc = refs_by(f, ways[i].by, text);
		if (rc < 0)
			return rc;
		broad[i] = n >= atoi(BROAD);
		any = any || broad[i];
	}
	if (!any)
		return 0;
	before = f->refs.n;
	if ((rc = refs_recent(f)) < 0 || f->refs.n - before >= f->limit)
		return rc;
	for (i = 0; rc == 0 && i < NWAYS; i++)
		if (broad[i])
			rc = refs_by(f, ways[i].by,
			    ways[i].pinyin ? f->lower : f->typed);
	return rc;
}

int
order_find_refs(
    struct session *s, const char *text, size_t limit, struct refs *out)
{
	struct finding f = { .s = s, .limit = limit };
	int rc = 0;

	if (look_at(&f, text)) {
		rc = find_numbers(&f);
		if (rc == 0)
			rc = find_people(&f);
		refs_settle(&f.refs, true, limit);
	}
	*out = f.refs;
	return rc;
}

int
order_find(struct session *s, const char *text, size_t limit, struct page *out)
{
	struct refs refs = { 0 };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = order_find_refs(s, text, limit, &refs);
	if (rc == 0)
		rc = order_load(s, &refs, out);
	refs_done(&refs);
	return rc;
}
