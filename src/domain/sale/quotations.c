/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../stock/stock_priv.h"
#include "quotations_priv.h"

/* Enquiries and quotations as they are read. */

static const struct code states_v[] = {
	{ "enquiry", N_("enquiry") },
	{ "quoted", N_("quoted") },
	{ "ordered", N_("ordered") },
	{ "lost", N_("not sold") },
};
static const struct codes states = CODES(states_v);

const char *
quotation_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
quotation_state_text(int64_t state)
{
	return code_text(&states, state);
}

#define SELECT \
	"SELECT q.id, q.version, q.quote_no, q.state, sh.name, sh.platform," \
	" coalesce(q.customer_id, 0), q.nick, q.name, q.phone, q.province," \
	" q.city, q.district, q.address, q.channel, q.note, q.reason," \
	" (SELECT v.name FROM quotation_line l JOIN variant v" \
	" ON v.id = l.variant_id WHERE l.quotation_id = q.id" \
	" ORDER BY l.line_no LIMIT 1)," \
	" (SELECT count(*) FROM quotation_line l WHERE l.quotation_id = q.id)," \
	" q.postage, q.total, q.valid_until, q.at, q.quoted_at," \
	" q.followed_at, q.ended_at, st.name, coalesce(q.order_id, 0)," \
	" o.order_no FROM quotation q LEFT JOIN shop sh ON sh.id = q.shop_id" \
	" LEFT JOIN staff st ON st.id = q.staff_id" \
	" LEFT JOIN orders o ON o.id = q.order_id WHERE 1 = 1"

static const char *
goods_of(const struct db_rows *rows, int c, struct arena *arena)
{
	int64_t n = db_int(rows, c + 1);

	return n > 1 ? arena_printf(arena, "%s +%d", row_text(rows, c, NULL),
			   (int)(n - 1))
		     : row_text(rows, c, arena);
}

static void
take_quotation(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct quotation *q = out;

	*q = (struct quotation){
		.id = db_int(rows, 0),
		.version = db_int(rows, 1),
		.quote_no = row_text(rows, 2, arena),
		.state = db_int(rows, 3),
		.shop = row_text(rows, 4, arena),
		.platform = row_text(rows, 5, arena),
		.customer_id = db_int(rows, 6),
		.nick = row_text(rows, 7, arena),
		.name = row_text(rows, 8, arena),
		.phone = row_text(rows, 9, arena),
		.province = row_text(rows, 10, arena),
		.city = row_text(rows, 11, arena),
		.district = row_text(rows, 12, arena),
		.address = row_text(rows, 13, arena),
		.channel = row_text(rows, 14, arena),
		.note = row_text(rows, 15, arena),
		.reason = row_text(rows, 16, arena),
		.goods = goods_of(rows, 17, arena),
		.line_n = db_int(rows, 18),
		.postage = db_int(rows, 19),
		.total = db_int(rows, 20),
		.valid_until = db_int(rows, 21),
		.at = db_int(rows, 22),
		.quoted_at = db_int(rows, 23),
		.followed_at = db_int(rows, 24),
		.ended_at = db_int(rows, 25),
		.staff = row_text(rows, 26, arena),
		.order_id = db_int(rows, 27),
		.order_no = row_text(rows, 28, arena),
	};
	q->expired = q->state == QUOTATION_QUOTED && q->valid_until != 0 &&
		     q->valid_until < time_now();
}

static void
hide(const struct session *s, struct page *page)
{
	struct arena *arena = &page->arena;
	struct quotation *q = page->rows;
	size_t i;

	if (contact_open(s))
		return;
	for (i = 0; i < page->n; i++, q++) {
		q->nick = mask_nick(arena, q->nick, q->name);
		q->name = mask_name(arena, q->name);
		q->phone = mask_phone(arena, q->phone);
		q->province = mask_place(q->province);
		q->city = mask_place(q->city);
		q->district = mask_place(q->district);
		q->address = mask_address(q->address);
		q->note = mask_text(arena, q->note);
		q->reason = mask_text(arena, q->reason);
	}
}

/* What ends by the end of today. */
static int64_t
soon(void)
{
	return day_start(time_day(time_now()) + 1);
}

static void
add_filter(struct query *q, const struct quotation_filter *f)
{
	static const int64_t state[QUOTE_TAB_MAX] = {
		[QUOTE_TAB_ENQUIRY] = QUOTATION_ENQUIRY,
		[QUOTE_TAB_QUOTED] = QUOTATION_QUOTED,
		[QUOTE_TAB_ORDERED] = QUOTATION_ORDERED,
		[QUOTE_TAB_LOST] = QUOTATION_LOST,
	};

	if (f->tab == QUOTE_TAB_DUE) {
		query_lit(q, " AND q.state = 1");
		query_and(q, "q.valid_until <", db_i(soon()));
	} else if (f->tab != QUOTE_TAB_ALL) {
		query_and(q, "q.state =", db_i(state[f->tab]));
	}
	if (f->customer_id != 0)
		query_and(q, "q.customer_id =", db_i(f->customer_id));
}

int
quotation_page(struct session *s, const struct quotation_filter *filter,
    enum page_dir dir, const struct quotation *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT);
	/* What runs out first is the first. */
	bool due = filter->tab == QUOTE_TAB_DUE;
	struct query_key keys[] = { { .column = "q.valid_until" },
		{ .column = "q.id" } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (from != NULL) {
		keys[0].from = db_i(from->valid_until);
		keys[1].from = db_i(from->id);
	}
	add_filter(&q, filter);
	query_page(&q, due ? keys : keys + 1, due ? 2 : 1, !due, dir, limit);
	rc = query_fetch(s->db, &q, dir, sizeof(struct quotation), limit,
	    take_quotation, out);
	if (rc == 0)
		hide(s, out);
	return rc;
}

static const char sql_open[] =
    "SELECT count(*) FROM quotation WHERE state = $1";
static const char sql_due[] =
    "SELECT count(*) FROM quotation WHERE state = 1 AND valid_until < $1";

int
quotation_counts(struct session *s, int64_t n[QUOTE_TAB_MAX])
{
	size_t i;
	int rc;

	for (i = 0; i < QUOTE_TAB_MAX; i++)
		n[i] = -1;
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = db_get1(s->db, sql_open, DB_ARGS(db_i(QUOTATION_ENQUIRY)),
		 &n[QUOTE_TAB_ENQUIRY])) < 0 ||
	    (rc = db_get1(s->db, sql_open, DB_ARGS(db_i(QUOTATION_QUOTED)),
		 &n[QUOTE_TAB_QUOTED])) < 0)
		return rc;
	return db_get1(
	    s->db, sql_due, DB_ARGS(db_i(soon())), &n[QUOTE_TAB_DUE]);
}

static int
missing(struct session *s)
{
	return err_set(
	    &s->err, ERR_NOTFOUND, "", _("There is no such quotation"));
}

int
quotation_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "q.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct quotation), 1,
	    take_quotation, out);
	if (rc < 0)
		return rc;
	if (out->n == 0) {
		page_free(out);
		return missing(s);
	}
	hide(s, out);
	return 0;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct quotation_line *l = out;

	l->line_no = db_int(rows, 0);
	l->variant_id = db_int(rows, 1);
	l->sku_code = row_text(rows, 2, arena);
	l->name = row_text(rows, 3, arena);
	l->note = row_text(rows, 4, arena);
	l->qty = db_int(rows, 5);
	l->price = db_int(rows, 6);
	l->list = db_int(rows, 7);
	l->amount = l->qty * l->price;
	l->available = db_int(rows, 8);
}

int
quotation_lines(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT l.line_no, l.variant_id, v.sku_code, v.name, l.note, l.qty,"
	    " l.price, v.price, coalesce(st.available, 0) FROM quotation_line l"
	    " LEFT JOIN variant v ON v.id = l.variant_id"
	    " LEFT JOIN stock st ON st.variant_id = l.variant_id"
	    " AND st.warehouse_id = 1 WHERE 1 = 1");
	struct quotation_line *l;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "l.quotation_id =", db_i(id));
	query_lit(&q, " ORDER BY l.line_no");
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct quotation_line),
	    SALE_LINES, take_line, out);
	l = out->rows;
	for (i = 0; rc == 0 && i < out->n; i++)
		l[i].note = contact_hide_text(s, l[i].note, &out->arena);
	return rc;
}

static const char sql_by_no[] = "SELECT id FROM quotation WHERE quote_no = $1";

int
quotation_by_no(struct session *s, const char *no, int64_t *id)
{
	char typed[32];
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	trim_number(typed, sizeof(typed), no);
	rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "quote_no",
		    _("There is no quotation %s"), typed);
	return rc;
}

static const char sql_of_order[] =
    "SELECT id FROM quotation WHERE order_id = $1";

int
quotation_of_order(struct session *s, int64_t order_id, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_of_order, DB_ARGS(db_i(order_id)), id);
	if (rc == ERR_NOTFOUND) {
		*id = 0;
		rc = 0;
	}
	return rc;
}

static const char sql_now[] =
    "SELECT version, state, valid_until, quote_no FROM quotation WHERE id = $1";

int
quotation_now(
    struct session *s, struct txn *txn, int64_t id, struct quotation_now *out)
{
	struct db_rows *rows;
	int rc;

	(void)txn;
	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct quotation_now){ .id = id,
			.version = db_int(rows, 0),
			.state = db_int(rows, 1),
			.valid_until = db_int(rows, 2) };
		(void)trim_text(
		    out->quote_no, sizeof(out->quote_no), db_text(rows, 3));
		rc = 0;
	} else if (rc == 0) {
		rc = missing(s);
	}
	db_done(rows);
	return rc;
}

int
quotation_is_open(struct session *s, const struct quotation_now *now)
{
	if (now->state == QUOTATION_ENQUIRY || now->state == QUOTATION_QUOTED)
		return 0;
	return err_set(&s->err, ERR_STATE, "",
	    _("Quotation %s is %s and can no longer be changed"), now->quote_no,
	    quotation_state_text(now->state));
}
