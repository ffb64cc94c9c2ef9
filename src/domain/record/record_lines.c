/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "record_priv.h"

/*
 * The lines of all orders, as they came in, kits whole: what the platforms call
 * the item file. A line has no id of its own, so one is made of the order's and
 * its number.
 */
#define LINES_MAX 100000 /* in one order */

struct line {
	int64_t id;
	const char *order_no, *platform, *shop, *sub_order_no;
	int64_t line_no;
	const char *title, *attrs, *item_no, *listing_sku, *sku_code;
	int64_t qty, price, paid, refund_state, refund, cost;
};

const char *
order_refund_name(int64_t state)
{
	static const char *const names[] = { "", "asked", "back",
		"taken_back" };

	return state >= 0 && state < 4 ? names[state] : "";
}

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(struct line, name), NULL \
	}
static const struct rec_field line_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(platform, N_("Platform"), REC_WORD),
	F(shop, N_("Shop"), REC_TEXT),
	F(line_no, N_("Line"), REC_INT),
	F(sub_order_no, N_("Sub-order no."), REC_TEXT),
	F(title, N_("Title"), REC_TEXT),
	F(attrs, N_("Attributes"), REC_TEXT),
	F(item_no, N_("Item no."), REC_TEXT),
	F(listing_sku, N_("Code on the platform"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(price, N_("Price"), REC_MONEY),
	F(paid, N_("Paid"), REC_MONEY),
	{ "refund_state", N_("Refund state"), REC_CODE,
	    offsetof(struct line, refund_state), order_refund_name },
	F(refund, N_("Refund"), REC_MONEY),
	F(cost, N_("Cost"), REC_COST),
	FIELD_END,
};
#undef F

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct line *l = out;

	l->line_no = db_int(rows, 1);
	l->id = db_int(rows, 0) * LINES_MAX + l->line_no;
	l->order_no = row_text(rows, 2, arena);
	l->sub_order_no = row_text(rows, 3, arena);
	l->title = row_text(rows, 4, arena);
	l->attrs = row_text(rows, 5, arena);
	l->listing_sku = row_text(rows, 6, arena);
	l->sku_code = row_text(rows, 7, arena);
	l->qty = db_int(rows, 8);
	l->price = db_int(rows, 9);
	l->paid = db_int(rows, 10);
	l->refund_state = db_int(rows, 11);
	l->refund = db_int(rows, 12);
	l->cost = db_int(rows, 13);
	l->platform = row_text(rows, 14, arena);
	l->shop = row_text(rows, 15, arena);
	l->item_no = row_text(rows, 16, arena);
}

#define LINE_SELECT \
	"SELECT l.order_id, l.line_no, o.order_no, l.sub_order_no, li.title," \
	" li.attrs, li.sku_code, v.sku_code, l.qty, l.price, l.paid," \
	" l.refund_state, l.refund, l.cost, sh.platform, sh.name, li.item_no"
#define LINE_JOINS \
	" LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN listing li ON li.id = l.listing_id" \
	" LEFT JOIN variant v ON v.id = l.variant_id WHERE 1 = 1"
#define LINE_LIST \
	LINE_SELECT " FROM order_line l LEFT JOIN orders o ON o.id =" \
		    " l.order_id" LINE_JOINS " AND l.kit <= 0"
/* Order by order, as an export of orders has them. */
#define LINE_WALK \
	LINE_SELECT " FROM orders o LEFT JOIN order_line l ON l.order_id =" \
		    " o.id AND l.kit <= 0" LINE_JOINS \
		    " ORDER BY o.created_at, o.id," \
		    " l.line_no /*scan*/"

static void
hide_costs(const struct session *s, struct page *page)
{
	struct line *l = page->rows;
	size_t i;

	if (!session_may(s, PERM_COST_VIEW))
		for (i = 0; i < page->n; i++)
			l[i].cost = 0;
}

static int
line_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct query q = QUERY(LINE_LIST);
	const struct line *f = from;
	const int64_t *order_id = arg;
	const struct query_key keys[] = {
		{ "l.order_id", db_i(f != NULL ? f->id / LINES_MAX : 0) },
		{ "l.line_no", db_i(f != NULL ? f->line_no : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (*order_id != 0)
		query_and(&q, "l.order_id =", db_i(*order_id));
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct line), limit, take_line, out);
	if (rc == 0)
		hide_costs(s, out);
	return rc;
}

static int
line_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "order_no", NULL };
	const char *no = rec_want(filters, nfilters, "order_no");
	int64_t order_id = 0;
	const struct rec_sift sift = { &rec_order_lines, filters, nfilters,
		done, line_read, &order_id };
	int rc;

	if (no != NULL && (rc = order_by_no(s, no, &order_id)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
line_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct line below = { .id = id / LINES_MAX * LINES_MAX,
		.line_no = id % LINES_MAX - 1 };
	const int64_t any = 0;
	int rc;

	rc = line_read(s, &any, PAGE_AFTER, &below, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

static const char sql_walk[] = LINE_WALK;

/* All there are; which ones are asked for is looked at row by row. */
static int
line_walk(struct session *s, const struct rec_sift *sift, bool sifting,
    int (*row)(void *arg, const void *row), void *arg)
{
	bool costs = session_may(s, PERM_COST_VIEW);
	struct arena arena = { 0 };
	struct db_rows *rows;
	struct line l;
	int rc, end = 0;

	if ((rc = db_query(s->db, sql_walk, DB_NOARGS, &rows)) < 0)
		return rc;
	while (end == 0 && (rc = db_next(rows)) > 0) {
		if (db_isnull(rows, 0)) /* an order without lines */
			continue;
		arena_reset(&arena);
		take_line(rows, &l, &arena);
		if (!costs)
			l.cost = 0;
		if (!sifting || rec_fits(sift, &l))
			end = row(arg, &l);
	}
	db_done(rows);
	arena_done(&arena);
	return end != 0 ? end : rc;
}

/* Those of one order. */
static int
line_rows(struct session *s, const struct rec_sift *sift,
    int (*row)(void *arg, const void *row), void *arg)
{
	struct page p = { 0 };
	size_t i;
	int rc;

	rc = rec_sift(s, sift, PAGE_FIRST, NULL, LINES_MAX, &p);
	for (i = 0; rc == 0 && i < p.n; i++)
		rc = row(arg, page_row(&p, i));
	page_free(&p);
	return rc;
}

static int
line_rec_each(struct session *s, const struct rec_filter *filters,
    size_t nfilters, int (*row)(void *arg, const void *row), void *arg)
{
	static const char *const done[] = { "order_no", NULL };
	const char *no = rec_want(filters, nfilters, "order_no");
	int64_t order_id = 0;
	const struct rec_sift sift = { &rec_order_lines, filters, nfilters,
		done, line_read, &order_id };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = rec_check(s, &sift)) < 0)
		return rc;
	if (no == NULL)
		return line_walk(s, &sift, rc > 0, row, arg);
	rc = order_by_no(s, no, &order_id);
	return rc < 0 ? rc : line_rows(s, &sift, row, arg);
}

const struct rec_kind rec_order_lines = {
	.name = "order_lines",
	.fields = line_fields,
	.row_size = sizeof(struct line),
	.page = line_rec_page,
	.get = line_rec_get,
	.each = line_rec_each,
};
