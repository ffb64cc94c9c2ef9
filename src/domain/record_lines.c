/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "record_priv.h"
#include "row_priv.h"
#include "session_priv.h"

/*
 * The lines of all orders, as they came in: what the platforms call the item
 * file. A line has no id of its own, so one is made of the order's and its
 * number.
 */
#define LINES_MAX 100000 /* in one order */

struct line {
	int64_t id;
	const char *order_no, *sub_order_no;
	int64_t line_no;
	const char *title, *attrs, *listing_sku, *sku_code;
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
	F(line_no, N_("Line"), REC_INT),
	F(sub_order_no, N_("Sub-order no."), REC_TEXT),
	F(title, N_("Title"), REC_TEXT),
	F(attrs, N_("Attributes"), REC_TEXT),
	F(listing_sku, N_("Code on the platform"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(price, N_("Price"), REC_MONEY),
	F(paid, N_("Paid"), REC_MONEY),
	{ "refund_state", N_("Refund state"), REC_CODE,
	    offsetof(struct line, refund_state), order_refund_name },
	F(refund, N_("Refund"), REC_MONEY),
	F(cost, N_("Cost"), REC_MONEY),
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
}

#define LINE_SELECT \
	"SELECT l.order_id, l.line_no, o.order_no, l.sub_order_no, li.title," \
	" li.attrs, li.sku_code, v.sku_code, l.qty, l.price, l.paid," \
	" l.refund_state, l.refund, l.cost FROM order_line l" \
	" LEFT JOIN orders o ON o.id = l.order_id" \
	" LEFT JOIN listing li ON li.id = l.listing_id" \
	" LEFT JOIN variant v ON v.id = l.variant_id WHERE 1 = 1"

static void
hide_costs(struct session *s, struct page *page)
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
	struct query q = QUERY(LINE_SELECT);
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

const struct rec_kind rec_order_lines = {
	.name = "order_lines",
	.fields = line_fields,
	.row_size = sizeof(struct line),
	.page = line_rec_page,
	.get = line_rec_get,
};
