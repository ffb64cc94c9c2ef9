/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../goods/kits_priv.h"
#include "order_priv.h"

/* Everything of one order is on its card, so the parts have no pages. */
#define CARD_MAX 1000

typedef void take_fn(const struct db_rows *, void *, struct arena *);

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_line *l = out;

	l->line_no = db_int(rows, 0);
	l->sub_order_no = row_text(rows, 1, arena);
	l->listing_id = db_int(rows, 2);
	l->title = row_text(rows, 3, arena);
	l->attrs = row_text(rows, 4, arena);
	l->listing_sku = row_text(rows, 5, arena);
	l->variant_id = db_int(rows, 6);
	l->sku_code = row_text(rows, 7, arena);
	l->variant_name = row_text(rows, 8, arena);
	l->barcode = row_text(rows, 9, arena);
	l->bin = row_text(rows, 10, arena);
	l->qty = db_int(rows, 11);
	l->price = db_int(rows, 12);
	l->paid = db_int(rows, 13);
	l->refund_state = db_int(rows, 14);
	l->refund = db_int(rows, 15);
	l->on_hand = db_int(rows, 16);
	l->available = db_int(rows, 17);
	l->sent = db_int(rows, 18);
	l->gift = db_int(rows, 19);
	l->kit = db_int(rows, 20);
	if (l->kit != -1)
		return;
	l->sent = db_int(rows, 21);
	l->available = db_int(rows, 22);
}

static void
take_hold(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_hold *h = out;

	h->id = db_int(rows, 0);
	h->reason = row_text(rows, 1, arena);
	h->note = row_text(rows, 2, arena);
	h->at = db_int(rows, 3);
	h->staff = row_text(rows, 4, arena);
	h->cleared_at = db_int(rows, 5);
	h->cleared_by = row_text(rows, 6, arena);
	h->until_at = db_int(rows, 7);
}

static void
take_parcel(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_parcel *p = out;

	p->id = db_int(rows, 0);
	p->waybill_no = row_text(rows, 1, arena);
	p->courier = row_text(rows, 2, arena);
	p->weight = db_int(rows, 3);
	p->shipped_at = db_int(rows, 4);
	p->packer = row_text(rows, 5, arena);
	p->slip_no = row_text(rows, 6, arena);
	p->part = db_int(rows, 7);
	p->freight = db_int(rows, 8);
	p->handed_at = db_int(rows, 9);
	p->track = db_int(rows, 10);
	p->track_at = db_int(rows, 11);
	p->also = row_text(rows, 12, arena);
	p->picker = row_text(rows, 13, arena);
	p->checker = row_text(rows, 14, arena);
	p->shipper = row_text(rows, 15, arena);
}

static int
part(struct session *s, struct query *q, const char *key, size_t row_size,
    take_fn *take, struct page *out)
{
	const struct query_key keys[] = { { key, db_i(0) } };

	query_page(q, keys, 1, false, PAGE_FIRST, CARD_MAX);
	return query_fetch(s->db, q, PAGE_FIRST, row_size, CARD_MAX, take, out);
}

/* Parts stand behind their kits, whatever their numbers. */
static void
parts_behind(struct page *page)
{
	struct order_line *v = page->rows, one;
	size_t i, k;

	for (i = 0; i < page->n; i++) {
		if (v[i].kit <= 0)
			continue;
		one = v[i];
		for (k = i; k > 0; k--)
			if (v[k - 1].line_no == one.kit ||
			    v[k - 1].kit == one.kit)
				break;
		if (k == 0) /* its kit is not on the page */
			continue;
		memmove(&v[k + 1], &v[k], (i - k) * sizeof(one));
		v[k] = one;
	}
}

/* Of a kit as many are sent, or can be, as of the part that is fewest. */
static int
lines(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT l.line_no, l.sub_order_no, l.listing_id, li.title,"
		  " li.attrs, li.sku_code, v.id, v.sku_code, v.name,"
		  " (SELECT min(b.code) FROM barcode b"
		  " WHERE b.variant_id = v.id),"
		  " st.bin, l.qty, l.price, l.paid, l.refund_state, l.refund,"
		  " st.on_hand, st.available, l.sent, l.gift, l.kit,"
		  " CASE WHEN l.kit = -1 THEN (SELECT min(p.sent * l.qty"
		  " / p.qty) FROM order_line p WHERE p.order_id = l.order_id"
		  " AND p.kit = l.line_no AND p.qty > 0) ELSE 0 END,"
		  " CASE WHEN l.kit = -1 THEN " KIT_AVAILABLE " ELSE 0 END"
		  " FROM order_line l JOIN orders o ON o.id = l.order_id"
		  " LEFT JOIN listing li ON li.id = l.listing_id"
		  " LEFT JOIN variant v ON v.id = l.variant_id"
		  " LEFT JOIN stock st ON st.variant_id = v.id"
		  " AND st.warehouse_id = coalesce(o.warehouse_id, 1)"
		  " WHERE 1 = 1");
	int rc;

	query_and(&q, "l.order_id =", db_i(id));
	rc =
	    part(s, &q, "l.line_no", sizeof(struct order_line), take_line, out);
	if (rc == 0)
		parts_behind(out);
	return rc;
}

static int
holds(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT h.id, h.reason, h.note, h.at, a.name, h.cleared_at,"
		  " b.name, h.until_at FROM order_hold h"
		  " LEFT JOIN staff a ON a.id = h.staff_id"
		  " LEFT JOIN staff b ON b.id = h.cleared_by WHERE 1 = 1");
	struct order_hold *h;
	size_t i;
	int rc;

	query_and(&q, "h.order_id =", db_i(id));
	rc = part(s, &q, "h.id", sizeof(struct order_hold), take_hold, out);
	for (i = 0, h = out->rows; rc == 0 && i < out->n; i++)
		h[i].note = contact_hide_text(
		    s, said_text(&out->arena, h[i].note), &out->arena);
	return rc;
}

static int
parcels(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT p.id, p.waybill_no, co.name, p.weight, p.shipped_at,"
		  " st.name, sl.slip_no, p.part, p.freight, p.handed_at,"
		  " p.track, p.track_at, CASE WHEN p.order_id <> me.id"
		  " THEN po.order_no ELSE '' END, pi.name, ch.name, sp.name"
		  " FROM orders me"
		  " JOIN parcel p ON p.id IN (SELECT x.id FROM parcel x"
		  " WHERE x.order_id = me.id UNION ALL SELECT a.parcel_id"
		  " FROM parcel_also a WHERE a.order_id = me.id)"
		  " JOIN orders po ON po.id = p.order_id"
		  " LEFT JOIN courier co ON co.id = p.courier_id"
		  " LEFT JOIN staff st ON st.id = p.packer_id"
		  " LEFT JOIN staff pi ON pi.id = p.picker_id"
		  " LEFT JOIN staff ch ON ch.id = p.checker_id"
		  " LEFT JOIN staff sp ON sp.id = p.shipper_id"
		  " LEFT JOIN stock_slip sl ON sl.id = p.slip_id"
		  " WHERE 1 = 1");

	query_and(&q, "me.id =", db_i(id));
	return part(
	    s, &q, "p.id", sizeof(struct order_parcel), take_parcel, out);
}

int
order_card(struct session *s, int64_t id, struct order_card *out)
{
	struct order_card card = { .order = { .id = 0 } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	if ((rc = order_row(s, id, &card.order_page)) == 0)
		rc = lines(s, id, &card.lines);
	if (rc == 0)
		rc = holds(s, id, &card.holds);
	if (rc == 0)
		rc = parcels(s, id, &card.parcels);
	db_snapshot_end(s->db);
	if (rc < 0) {
		order_card_free(&card);
		return rc;
	}
	card.order = *(const struct order *)page_row(&card.order_page, 0);
	*out = card;
	return 0;
}

void
order_card_free(struct order_card *card)
{
	page_free(&card->order_page);
	page_free(&card->lines);
	page_free(&card->holds);
	page_free(&card->parcels);
}
