/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/op.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"
#include "contact_priv.h"
#include "filed_priv.h"

/* Ids of receivers grow, so the newest has the highest. */
#define CUSTOMER_SELECT \
	"SELECT c.id, c.version, c.nick, c.name, c.phone, r.province," \
	" r.city, c.first_at, c.last_at, c.order_n, c.paid_n, c.paid, c.note," \
	" c.identity" \
	" FROM customer c LEFT JOIN receiver r ON r.id =" \
	" (SELECT max(x.id) FROM receiver x WHERE x.customer_id = c.id)"

/* "taobao:nick", "tel:13800138000". */
static const char *
platform_of(const char *identity, struct arena *arena)
{
	size_t n = strcspn(identity, ":");

	return strncmp(identity, "tel:", 4) == 0
		   ? ""
		   : arena_strndup(arena, identity, n);
}

static void
take_customer(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct customer *c = out;

	c->id = db_int(rows, 0);
	c->version = db_int(rows, 1);
	c->nick = row_text(rows, 2, arena);
	c->name = row_text(rows, 3, arena);
	c->phone = row_text(rows, 4, arena);
	c->province = row_text(rows, 5, arena);
	c->city = row_text(rows, 6, arena);
	c->first_at = db_int(rows, 7);
	c->last_at = db_int(rows, 8);
	c->order_n = db_int(rows, 9);
	c->paid_n = db_int(rows, 10);
	c->paid = db_int(rows, 11);
	c->average = c->paid_n > 0 ? c->paid / c->paid_n : 0;
	c->note = row_text(rows, 12, arena);
	c->platform = platform_of(db_text(rows, 13), arena);
}

static int
by_last(struct session *s, bool desc, enum page_dir dir,
    const struct customer *from, size_t limit, struct page *out)
{
	struct query q = QUERY(CUSTOMER_SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "c.last_at", db_i(from != NULL ? from->last_at : 0) },
		{ "c.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	query_page(&q, keys, 2, desc, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct customer), limit, take_customer, out);
	if (rc == 0)
		contact_hide_customers(s, out);
	return rc;
}

static const char sql_by_id[] = CUSTOMER_SELECT " WHERE c.id = $1";

static int
row_add(struct session *s, int64_t id, struct page *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_by_id, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		take_customer(rows, page_add(out), &out->arena);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* The customers of @refs, one after the other. */
static int
load(struct session *s, const struct refs *refs, struct page *out)
{
	size_t i;
	int rc = 0;

	page_init(out, sizeof(struct customer), refs->n);
	for (i = 0; rc == 0 && i < refs->n; i++)
		rc = row_add(s, refs->v[i].id, out);
	if (rc < 0)
		page_free(out);
	else
		contact_hide_customers(s, out);
	return rc;
}

#define ID SORT_NUMBER("c.id")

static const struct sort_key sorts[CUSTOMER_SORT_MAX][SORT_KEYS] = {
	[CUSTOMER_SORT_NICK] = { SORT_TEXT("c.nick"), ID },
	[CUSTOMER_SORT_NAME] = { SORT_TEXT("c.pinyin"), SORT_TEXT("c.name"),
	    ID },
	[CUSTOMER_SORT_PLACE] = { SORT_TEXT("coalesce(r.province || ' ' ||"
					    " r.city, '')"),
	    ID },
	[CUSTOMER_SORT_ORDERS] = { SORT_NUMBER("c.order_n"), ID },
	[CUSTOMER_SORT_PAID] = { SORT_NUMBER("c.paid"), ID },
	[CUSTOMER_SORT_AVERAGE] = { SORT_NUMBER("CASE WHEN c.paid_n > 0"
						" THEN c.paid / c.paid_n"
						" ELSE 0 END"),
	    ID },
	[CUSTOMER_SORT_FIRST] = { SORT_NUMBER("c.first_at"), ID },
};

#define NEWEST_PLACE \
	" FROM customer c LEFT JOIN receiver r ON r.id =" \
	" (SELECT max(x.id) FROM receiver x WHERE x.customer_id = c.id)"

/* All of them are sorted while the shop is small; later nicks alone, which have
 * an index, as they are written. */
static int
by_column(struct session *s, const struct customer_filter *f, enum page_dir dir,
    const struct customer *from, size_t limit, struct page *out)
{
	struct query set = QUERY("SELECT count(*) FROM (SELECT 1"
				 " FROM customer c WHERE 1 = 1");
	struct query walk = QUERY("SELECT c.id FROM customer c WHERE 1 = 1");
	struct query all = QUERY("SELECT c.id, ");
	const struct sorting by = { .keys = sorts[f->sort],
		.row = NEWEST_PLACE " WHERE c.id =",
		.from = from != NULL ? from->id : 0,
		.desc = f->desc,
		.dir = dir,
		.limit = limit };
	bool nick = f->sort == CUSTOMER_SORT_NICK;
	bool pinyin = nick || f->sort == CUSTOMER_SORT_PLACE;
	struct refs refs = { 0 };
	int rc;

	assert(f->sort > CUSTOMER_SORT_OWN && f->sort < CUSTOMER_SORT_MAX);
	query_add_lit(&all, by.keys[0].column);
	query_lit(&all, NEWEST_PLACE " WHERE 1 = 1 /*scan*/ /*sort*/");
	rc = sort_allowed(s, &set);
	if (rc == ERR_STATE && nick)
		rc = sort_refs(s, &walk, &by, &refs);
	else if (rc == 0)
		rc = pinyin ? sort_refs_by_pinyin(s, &all, &by, &refs)
			    : sort_refs(s, &all, &by, &refs);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}

int
customer_list(struct session *s, const struct customer_filter *filter,
    enum page_dir dir, const struct customer *from, size_t limit,
    struct page *out)
{
	static const struct customer_filter own;
	const struct customer_filter *f = filter != NULL ? filter : &own;
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	if (f->sort == CUSTOMER_SORT_OWN)
		return by_last(s, true, dir, from, limit, out);
	if (f->sort == CUSTOMER_SORT_LAST)
		return by_last(s, f->desc, dir, from, limit, out);
	return by_column(s, f, dir, from, limit, out);
}

int
customer_page(struct session *s, enum page_dir dir, const struct customer *from,
    size_t limit, struct page *out)
{
	return customer_list(s, NULL, dir, from, limit, out);
}

int
customer_get(struct session *s, int64_t id, struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	page_init(out, sizeof(struct customer), 1);
	rc = row_add(s, id, out);
	if (rc == 0 && out->n == 0)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such customer"));
	if (rc < 0)
		page_free(out);
	else
		contact_hide_customers(s, out);
	return rc;
}

static const char sql_nicked[] =
    "SELECT id FROM customer WHERE nick = $1 ORDER BY nick DESC, id DESC"
    " LIMIT 1";
/* The newest of those whose phone it is. */
static const char sql_phoned[] =
    "SELECT c.id FROM (SELECT DISTINCT x.customer_id FROM " RECEIVERS
    " AND x.phone_tail = substr($1, 8) AND x.phone_tail <> ''"
    " AND x.phone = $1) r"
    " JOIN customer c ON c.id = r.customer_id AND c.phone = $1"
    " ORDER BY c.last_at DESC, c.id DESC LIMIT 1 /*scan*/ /*sort*/";

int
customer_by_name(struct session *s, const char *text, int64_t *id)
{
	char typed[NAME_ROOM];
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(typed, sizeof(typed), text) && typed[0] != '\0') {
		rc = db_get1(s->db, sql_nicked, DB_ARGS(db_t(typed)), id);
		if (rc == ERR_NOTFOUND)
			rc = db_get1(
			    s->db, sql_phoned, DB_ARGS(db_t(typed)), id);
	}
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no customer %.60s"), text);
	return rc;
}

/*
 * Finding is done as in order_find.c: for what many share, the newest are
 * looked through first, and only if those do not fill the list, some hundreds
 * of the others.
 */
#define BROAD  "200"
#define RECENT "500"
#define BEGINS(column, text) \
	column " >= " text " AND " column " < " text " || '" PREFIX_END "'"
#define NEWEST " ORDER BY c.last_at DESC, c.id DESC LIMIT $2"
#define OF_RECEIVERS(those) \
	"SELECT c.last_at, c.id FROM (SELECT DISTINCT customer_id FROM" \
	" (SELECT x.customer_id FROM " RECEIVERS those ") y) r" \
	" JOIN customer c ON c.id = r.customer_id" NEWEST " /*scan*/ /*sort*/"
#define BY_RECEIVER(column) \
	OF_RECEIVERS( \
	    " AND " BEGINS(column, "$1") " AND " column " <> '' LIMIT " BROAD)

static const char sql_by_nick[] =
    "SELECT c.last_at, c.id FROM (SELECT last_at, id FROM customer"
    " WHERE " BEGINS("nick", "$1") " ORDER BY nick, id LIMIT " BROAD
				   ") c" NEWEST " /*scan*/ /*sort*/";
static const char sql_by_name[] = BY_RECEIVER("x.name");
static const char sql_by_pinyin[] = BY_RECEIVER("x.pinyin");
static const char sql_by_pinyin2[] = BY_RECEIVER("x.pinyin2");
static const char sql_by_tail[] =
    OF_RECEIVERS(" AND x.phone_tail = $1 AND x.phone_tail <> ''");
static const char sql_by_phone[] =
    OF_RECEIVERS(" AND x.phone_tail = substr($1, 8) AND x.phone_tail <> ''"
		 " AND x.phone = $1");
static const char sql_recent[] =
    "SELECT c.last_at, c.id FROM (SELECT last_at, id, nick, name, pinyin"
    " FROM customer ORDER BY last_at DESC, id DESC LIMIT " RECENT ") c"
    " WHERE (" BEGINS("c.nick", "$1") ") OR (" BEGINS("c.name",
	"$1") ") OR (" BEGINS("c.pinyin", "$3") ")" NEWEST " /*scan*/ /*sort*/";

/* The ways that fit the text; @lower is it in lower case. */
static int
find_refs(struct session *s, const char *text, const char *lower, size_t limit,
    struct refs *refs)
{
	size_t digits = strspn(text, "0123456789"), len = strlen(text);
	const struct {
		bool fits;
		const char *sql, *text;
	} ways[] = {
		{ true, sql_by_nick, text },
		{ digits == len && len == 4, sql_by_tail, text },
		{ digits == len && len == 11, sql_by_phone, text },
		{ digits < len, sql_by_name, text },
		{ digits < len, sql_by_pinyin, lower },
		{ digits < len, sql_by_pinyin2, lower },
	};
	size_t i;
	int rc;

	rc = refs_query(s, refs, sql_recent,
	    DB_ARGS(db_t(text), db_i((int64_t)limit), db_t(lower)));
	if (rc < 0 || refs->n >= limit)
		return rc;
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (rc == 0 && ways[i].fits)
			rc = refs_query(s, refs, ways[i].sql,
			    DB_ARGS(db_t(ways[i].text), db_i((int64_t)limit)));
	return rc;
}

int
customer_find(
    struct session *s, const char *text, size_t limit, struct page *out)
{
	struct refs refs = { 0 };
	char typed[NAME_ROOM], lower[NAME_ROOM];
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	if (trim_text(typed, sizeof(typed), text) && typed[0] != '\0') {
		for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
			lower[i] = (char)tolower((unsigned char)typed[i]);
		rc = find_refs(s, typed, lower, limit, &refs);
	}
	refs_settle(&refs, true, limit);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}
