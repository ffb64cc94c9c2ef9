/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../customers/filed_priv.h"

/* Which orders could go together, and which do. */

#define DAY INT64_C(86400)

/* The receivers of p that are r: the same row, or one of another nick whose
 * name, phone and address are told whole. */
#define SAME \
	" p.receiver_id IN (SELECT r.id UNION ALL SELECT x.id FROM " RECEIVERS \
	" AND x.phone_tail = r.phone_tail AND x.phone_tail <> ''" \
	" AND x.phone = r.phone AND x.name = r.name AND x.id <> r.id" \
	" AND x.province = r.province AND x.city = r.city" \
	" AND x.district = r.district AND x.address = r.address" \
	" AND r.name || r.phone || r.address NOT LIKE '%*%')" \
	" AND p.state = 2 AND p.cod = 0 AND p.parts = 0" \
	" AND p.lead_id IS NULL"
#define SELLER(shop) \
	"(SELECT CASE platform WHEN 'tmall' THEN 'taobao' ELSE platform END" \
	" FROM shop WHERE id = " shop ".shop_id)"
#define ONE_SHOP " AND p.shop_id = o.shop_id"
#define ANY_SHOP " AND " SELLER("p") " = " SELLER("o")
/* Somebody is known, and where. */
#define KNOWN \
	" AND r.address <> '' AND (r.customer_id IS NOT NULL" \
	" OR r.name || r.phone || r.address NOT LIKE '%*%')"

static void
take_candidate(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct merge_candidate *c = out;

	c->id = db_int(rows, 0);
	c->held = db_int(rows, 1);
	c->created_at = db_int(rows, 2);
	c->order_no = row_text(rows, 3, arena);
	c->shop = row_text(rows, 4, arena);
	c->receiver = row_text(rows, 5, arena);
	c->phone = row_text(rows, 6, arena);
	c->address = arena_printf(arena, "%s %s %s %s",
	    row_text(rows, 7, arena), row_text(rows, 8, arena),
	    row_text(rows, 9, arena), row_text(rows, 10, arena));
	c->others = "";
}

static int
find_candidates(struct session *s, bool any_shop, int64_t within,
    enum page_dir dir, const struct merge_candidate *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(
	    "SELECT o.id, o.held, o.created_at, o.order_no, sh.name, r.name,"
	    " r.phone, r.province, r.city, r.district, r.address FROM orders o"
	    " CROSS JOIN receiver r ON r.id = o.receiver_id"
	    " CROSS JOIN shop sh ON sh.id = o.shop_id"
	    " WHERE o.state = 2 AND o.cod = 0 AND o.parts = 0"
	    " AND o.lead_id IS NULL" KNOWN);
	const struct query_key keys[] = {
		{ "o.held", db_i(from != NULL ? from->held : 0) },
		{ "o.created_at", db_i(from != NULL ? from->created_at : 0) },
		{ "o.id", db_i(from != NULL ? from->id : 0) },
	};

	query_lit(&q, " AND EXISTS (SELECT 1 FROM orders p WHERE" SAME);
	if (any_shop)
		query_lit(&q, ANY_SHOP);
	else
		query_lit(&q, ONE_SHOP);
	query_lit(&q, " AND (p.created_at, p.id) > (o.created_at, o.id)");
	query_and(&q, "p.created_at <= o.created_at +", db_i(within));
	query_lit(&q, ") AND NOT EXISTS (SELECT 1 FROM orders p WHERE" SAME);
	if (any_shop)
		query_lit(&q, ANY_SHOP);
	else
		query_lit(&q, ONE_SHOP);
	query_lit(&q, " AND (p.created_at, p.id) < (o.created_at, o.id)");
	query_and(&q, "p.created_at >= o.created_at -", db_i(within));
	query_lit(&q, ")");
	query_page(&q, keys, 3, false, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct merge_candidate),
	    limit, take_candidate, out);
}

static const char sql_with_one[] =
    "SELECT p.id, p.order_no, p.paid, (SELECT coalesce(sum(l.qty), 0)"
    " FROM order_line l WHERE l.order_id = p.id AND l.kit <= 0) FROM orders o"
    " JOIN receiver r ON r.id = o.receiver_id JOIN orders p ON" SAME ONE_SHOP
    " WHERE o.id = $1 AND o.state = 2 AND o.cod = 0 AND o.parts = 0"
    " AND o.lead_id IS NULL AND (p.id = o.id OR (p.created_at BETWEEN"
    " o.created_at - $2 AND o.created_at + $2" KNOWN "))"
    " ORDER BY p.created_at, p.id LIMIT $3 /*sort*/";
static const char sql_with_any[] =
    "SELECT p.id, p.order_no, p.paid, (SELECT coalesce(sum(l.qty), 0)"
    " FROM order_line l WHERE l.order_id = p.id AND l.kit <= 0) FROM orders o"
    " JOIN receiver r ON r.id = o.receiver_id JOIN orders p ON" SAME ANY_SHOP
    " WHERE o.id = $1 AND o.state = 2 AND o.cod = 0 AND o.parts = 0"
    " AND o.lead_id IS NULL AND (p.id = o.id OR (p.created_at BETWEEN"
    " o.created_at - $2 AND o.created_at + $2" KNOWN "))"
    " ORDER BY p.created_at, p.id LIMIT $3 /*sort*/";

static int
query_with(struct session *s, int64_t id, bool any_shop, int64_t within,
    struct db_rows **rows)
{
	return db_query(s->db, any_shop ? sql_with_any : sql_with_one,
	    DB_ARGS(db_i(id), db_i(within), db_i(MERGE_MAX)), rows);
}

/* What they are together. */
static int
sum_up(struct session *s, bool any_shop, int64_t within,
    struct merge_candidate *c, struct arena *arena)
{
	struct str others = STR_INIT;
	struct db_rows *rows;
	int rc;

	if ((rc = query_with(s, c->id, any_shop, within, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		c->n++;
		c->paid += db_int(rows, 2);
		c->qty += db_int(rows, 3);
		if (db_int(rows, 0) != c->id)
			str_addf(&others, "%s%s", others.len > 0 ? " " : "",
			    db_text(rows, 1));
	}
	db_done(rows);
	if (others.len > 0)
		c->others = arena_strdup(arena, others.s);
	str_done(&others);
	return rc;
}

static void
hide(const struct session *s, struct merge_candidate *c, struct arena *arena)
{
	if (contact_open(s))
		return;
	c->receiver = mask_name(arena, c->receiver);
	c->phone = mask_phone(arena, c->phone);
	c->address = mask_address(c->address);
}

static int
read_within(struct session *s, int64_t *within)
{
	int rc = setting_int(s, SETTING_MERGE_DAYS, within);

	*within *= DAY;
	return rc;
}

int
merge_page(struct session *s, const struct merge_filter *filter,
    enum page_dir dir, const struct merge_candidate *from, size_t limit,
    struct page *out)
{
	struct merge_candidate *c;
	int64_t within;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = read_within(s, &within)) < 0 || (rc = db_snapshot(s->db)) < 0)
		return rc;
	rc =
	    find_candidates(s, filter->any_shop, within, dir, from, limit, out);
	if (rc == 0) {
		for (i = 0, c = out->rows; rc == 0 && i < out->n; i++) {
			rc = sum_up(
			    s, filter->any_shop, within, &c[i], &out->arena);
			hide(s, &c[i], &out->arena);
		}
		if (rc < 0)
			page_free(out);
	}
	db_snapshot_end(s->db);
	return rc;
}

int
merge_with(struct session *s, int64_t id, bool any_shop, int64_t ids[MERGE_MAX],
    size_t *n)
{
	struct db_rows *rows;
	int64_t within;
	int rc;

	*n = 0;
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = read_within(s, &within)) < 0 ||
	    (rc = query_with(s, id, any_shop, within, &rows)) < 0)
		return rc;
	while (*n < MERGE_MAX && (rc = db_next(rows)) > 0)
		ids[(*n)++] = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_group[] =
    "SELECT o.id, o.order_no, sh.name, o.state, o.held, o.paid,"
    " (SELECT coalesce(sum(l.qty), 0) FROM order_line l"
    " WHERE l.order_id = o.id AND l.kit <= 0) FROM orders o"
    " JOIN shop sh ON sh.id = o.shop_id"
    " WHERE o.id IN (SELECT coalesce(m.lead_id, m.id) FROM orders m"
    " WHERE m.id = $1 UNION ALL SELECT f.id FROM orders f WHERE f.lead_id ="
    " (SELECT coalesce(m.lead_id, m.id) FROM orders m WHERE m.id = $1))"
    " ORDER BY CASE WHEN o.lead_id IS NULL THEN 0 ELSE 1 END, o.id /*sort*/";

int
order_group(struct session *s, int64_t id, struct page *out)
{
	struct merge_order *m;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if ((rc = db_query(s->db, sql_group, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	page_init(out, sizeof(*m), MERGE_MAX);
	while (out->n < MERGE_MAX && (rc = db_next(rows)) > 0) {
		m = page_add(out);
		m->id = db_int(rows, 0);
		m->order_no = row_text(rows, 1, &out->arena);
		m->shop = row_text(rows, 2, &out->arena);
		m->state = db_int(rows, 3);
		m->held = db_int(rows, 4);
		m->paid = db_int(rows, 5);
		m->qty = db_int(rows, 6);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	else if (out->n == 1)
		out->n = 0;
	return rc < 0 ? rc : 0;
}
