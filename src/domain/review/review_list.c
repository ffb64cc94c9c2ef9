/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_rows.h"
#include "review_priv.h"

/* What waits for review, and what the rules would do. */

#define HOUR 3600

#define COLUMNS \
	" o.order_no, sh.name, c.nick, o.paid, o.paid_at, " ORDER_PAID_AT \
	", o.promised_at," \
	" coalesce(o.goods, (SELECT li.title FROM order_line l JOIN listing li" \
	" ON li.id = l.listing_id WHERE l.order_id = o.id" \
	" ORDER BY l.line_no LIMIT 1))," \
	" o.buyer_note, o.memo, r.name"
#define JOINS \
	" LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id"

static void
take_item(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct review_item *it = out;

	it->id = db_int(rows, 0);
	it->held = db_int(rows, 1);
	it->saw = row_text(rows, 2, arena);
	it->at = db_int(rows, 3);
	it->order_no = row_text(rows, 4, arena);
	it->shop = row_text(rows, 5, arena);
	it->nick = mask_nick(
	    arena, row_text(rows, 6, arena), row_text(rows, 14, arena));
	it->paid = db_int(rows, 7);
	it->goes_at = db_int(rows, 8);
	it->paid_at = db_int(rows, 9);
	it->ship_by = db_int(rows, 10);
	it->goods = row_text(rows, 11, arena);
	it->buyer_note = row_text(rows, 12, arena);
	it->memo = row_text(rows, 13, arena);
}

/* When they have to ship; what somebody wrote, as this person may read it. */
static int
fill(struct session *s, struct page *page)
{
	struct review_item *it = page->rows;
	int64_t hours;
	size_t i;
	int rc;

	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0) {
		page_free(page);
		return rc;
	}
	for (i = 0; i < page->n; i++) {
		if (it[i].ship_by == 0)
			it[i].ship_by = it[i].goes_at + hours * HOUR;
		it[i].buyer_note =
		    contact_hide_text(s, it[i].buyer_note, &page->arena);
		it[i].memo = contact_hide_text(s, it[i].memo, &page->arena);
	}
	return 0;
}

int
review_page(struct session *s, bool waiting, enum page_dir dir,
    const struct review_item *from, size_t limit, struct page *out)
{
	struct query held =
	    QUERY("SELECT h.order_id, 1, h.note, h.at," COLUMNS
		  " FROM order_hold h JOIN orders o ON o.id = h.order_id" JOINS
		  " WHERE h.reason = 'review' AND h.cleared_at = 0");
	struct query wait =
	    QUERY("SELECT o.id, 0, '', 0," COLUMNS " FROM orders o" JOINS
		  " WHERE o.state = 2 AND o.done & 1 = 0");
	struct query_key by_order = { .column = "h.order_id" };
	struct query_key by_paid[] = { { .column = "o.paid_at" },
		{ .column = "o.id" } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (from != NULL) {
		by_order.from = by_paid[1].from = db_i(from->id);
		by_paid[0].from = db_i(from->goes_at);
	}
	if (waiting)
		query_page(&wait, by_paid, 2, false, dir, limit);
	else
		query_page(&held, &by_order, 1, false, dir, limit);
	rc = query_fetch(s->db, waiting ? &wait : &held, dir,
	    sizeof(struct review_item), limit, take_item, out);
	return rc < 0 ? rc : fill(s, out);
}

static const char sql_held[] =
    "SELECT count(*) FROM (SELECT 1 FROM order_hold WHERE reason = 'review'"
    " AND cleared_at = 0 LIMIT $1) h";
static const char sql_waiting[] =
    "SELECT count(*) FROM (SELECT 1 FROM orders WHERE state = 2"
    " AND done & 1 = 0 AND paid_at >= 0 LIMIT $1) o";

int
review_count(struct session *s, int64_t *held, int64_t *waiting)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_held, DB_ARGS(db_i(REVIEW_COUNTED)), held);
	if (rc == 0)
		rc = db_get1(
		    s->db, sql_waiting, DB_ARGS(db_i(REVIEW_COUNTED)), waiting);
	return rc;
}

static const char sql_last[] =
    REVIEW_SELECT " WHERE o.paid_at > 0 ORDER BY o.id DESC LIMIT $1";

/* Each rule at each of the last orders. */
static int
try_all(struct session *s, struct review_tests *tests, struct page *out)
{
	struct review_try *row = out->rows;
	struct arena of_order = { 0 }, arena = { 0 };
	struct str saw = STR_INIT;
	struct review_order o;
	struct db_rows *rows;
	size_t i;
	int rc;

	rc = db_query(s->db, sql_last, DB_ARGS(db_i(REVIEW_TRY)), &rows);
	while (rc == 0 && (rc = db_next(rows)) > 0) {
		arena_reset(&of_order);
		review_take(rows, &o, &of_order);
		for (i = 0, rc = 0; rc >= 0 && i < tests->n; i++) {
			str_cut(&saw, 0);
			rc = review_look(
			    s, tests, &tests->v[i], &o, &of_order, &saw);
			row[i].n += rc > 0;
			row[i].of++;
		}
		rc = rc < 0 ? rc : 0;
	}
	if (rc >= 0)
		db_done(rows);
	str_done(&saw);
	arena_done(&of_order);
	arena_done(&arena);
	return rc;
}

int
review_try(struct session *s, struct page *out)
{
	struct review_tests tests;
	struct review_try *row;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = review_tests_read(s, true, &tests)) < 0)
		return rc;
	page_init(out, sizeof(*row), tests.n);
	for (i = 0; i < tests.n; i++) {
		row = page_add(out);
		row->id = tests.v[i].id;
	}
	rc = try_all(s, &tests, out);
	if (rc < 0)
		page_free(out);
	review_tests_done(&tests);
	return rc;
}
