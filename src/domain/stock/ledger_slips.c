/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"

/* Slips, and the stock of a product in every warehouse. */

static void
take_slip(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stock_slip *x = out;
	int c = 0;

	x->id = db_int(rows, c++);
	x->slip_no = row_text(rows, c++, arena);
	x->kind = row_text(rows, c++, arena);
	x->at = db_int(rows, c++);
	x->warehouse = row_text(rows, c++, arena);
	x->supplier = row_text(rows, c++, arena);
	x->reason = row_text(rows, c++, arena);
	x->staff = row_text(rows, c++, arena);
	x->order_no = row_text(rows, c++, arena);
	x->purchase_no = row_text(rows, c++, arena);
	x->transfer_no = row_text(rows, c++, arena);
	x->count_no = row_text(rows, c++, arena);
	x->reverses = row_text(rows, c++, arena);
	x->reversed = row_text(rows, c++, arena);
	x->lines = db_int(rows, c++);
	x->qty = db_int(rows, c++);
	x->value = db_int(rows, c++);
	x->freight = db_int(rows, c++);
	x->from = row_text(rows, c++, arena);
	x->to = row_text(rows, c++, arena);
}

/* Who delivered: the company it is known as, else what was typed. */
#define SLIP_SELECT \
	"SELECT x.id, x.slip_no, x.kind, x.at, w.name," \
	" coalesce(c.name, x.supplier), x.reason, st.name, o.order_no," \
	" pu.purchase_no, t.transfer_no, k.count_no, was.slip_no," \
	" back.slip_no, (SELECT count(*) FROM stock_move m" \
	" WHERE m.slip_id = x.id), (SELECT sum(m.qty) FROM stock_move m" \
	" WHERE m.slip_id = x.id), (SELECT sum(m.value) FROM stock_move m" \
	" WHERE m.slip_id = x.id), x.freight, tf.name, tt.name" \
	" FROM stock_slip x" \
	" JOIN warehouse w ON w.id = x.warehouse_id" \
	" JOIN staff st ON st.id = x.staff_id" \
	" LEFT JOIN company c ON c.id = x.company_id" \
	" LEFT JOIN orders o ON o.id = x.order_id" \
	" LEFT JOIN purchase pu ON pu.id = x.purchase_id" \
	" LEFT JOIN transfer t ON t.id = x.transfer_id" \
	" LEFT JOIN warehouse tf ON tf.id = t.from_id" \
	" LEFT JOIN warehouse tt ON tt.id = t.to_id" \
	" LEFT JOIN stocktake k ON k.id = x.count_id" \
	" LEFT JOIN stock_slip was ON was.id = x.reverses_id" \
	" LEFT JOIN stock_slip back ON back.reverses_id = x.id WHERE 1 = 1"

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct stock_slip *x;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct stock_slip), limit, take_slip, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (x = out->rows, i = 0; i < out->n; i++)
		x[i].value = x[i].freight = 0;
	return 0;
}

int
slip_page(struct session *s, const struct slip_filter *f, enum page_dir dir,
    const struct stock_slip *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SLIP_SELECT);
	const struct query_key key = { "x.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if (f->kind != NULL && f->kind[0] != '\0')
		query_and(&q, "x.kind =", db_t(f->kind));
	if (f->company_id != 0)
		query_and(&q, "x.company_id =", db_i(f->company_id));
	if (f->purchase_id != 0)
		query_and(&q, "x.purchase_id =", db_i(f->purchase_id));
	if (f->transfer_id != 0)
		query_and(&q, "x.transfer_id =", db_i(f->transfer_id));
	if (f->count_id != 0)
		query_and(&q, "x.count_id =", db_i(f->count_id));
	query_page(&q, &key, 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
slip_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SLIP_SELECT);
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "x.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	return page_one(s, rc, out, "slip_no", _("There is no such slip"));
}

static void
take_here(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stock_here *h = out;
	int c = 0;

	h->id = db_int(rows, c++);
	h->warehouse_id = db_int(rows, c++);
	h->sku_code = row_text(rows, c++, arena);
	h->name = row_text(rows, c++, arena);
	h->warehouse = row_text(rows, c++, arena);
	h->bin = row_text(rows, c++, arena);
	h->on_hand = db_int(rows, c++);
	h->available = db_int(rows, c++);
	h->reserved = db_int(rows, c++);
	h->to_put = db_int(rows, c++);
	h->defective = db_int(rows, c++);
	h->in_transit = db_int(rows, c++);
	h->value = db_int(rows, c++);
	h->reorder_here = db_int(rows, c++);
	h->target_here = db_int(rows, c++);
	h->low = db_int(rows, c++);
	h->last_in = db_int(rows, c++);
	h->last_out = db_int(rows, c++);
}

#define HERE_SELECT \
	"SELECT s.variant_id, s.warehouse_id, v.sku_code, v.name, w.name," \
	" s.bin, s.on_hand, s.available, s.reserved, s.to_put, s.defective," \
	" s.in_transit, s.value, coalesce(s.reorder_here, -1)," \
	" coalesce(s.target_here, -1), s.low, s.last_in, s.last_out" \
	" FROM stock s JOIN variant v ON v.id = s.variant_id" \
	" JOIN warehouse w ON w.id = s.warehouse_id WHERE 1 = 1"

static int
here(struct session *s, struct query *q, enum page_dir dir,
    const struct stock_here *from, size_t limit, struct page *out)
{
	const struct query_key keys[] = {
		{ "s.variant_id", db_i(from != NULL ? from->id : 0) },
		{ "s.warehouse_id",
		    db_i(from != NULL ? from->warehouse_id : 0) },
	};
	struct stock_here *h;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_page(q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, q, dir, sizeof(struct stock_here), limit, take_here, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (h = out->rows, i = 0; i < out->n; i++)
		h[i].value = 0;
	return 0;
}

#define WAREHOUSES_MAX 1000

int
stock_everywhere(struct session *s, int64_t variant_id, struct page *out)
{
	struct query q = QUERY(HERE_SELECT);

	query_and(&q, "s.variant_id =", db_i(variant_id));
	return here(s, &q, PAGE_FIRST, NULL, WAREHOUSES_MAX, out);
}

int
stock_below_page(struct session *s, enum page_dir dir,
    const struct stock_here *from, size_t limit, struct page *out)
{
	struct query q = QUERY(HERE_SELECT " AND s.on_hand < 0");

	return here(s, &q, dir, from, limit, out);
}
