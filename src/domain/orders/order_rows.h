/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_ROWS_H
#define DOMAIN_ORDER_ROWS_H

#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

/*
 * An order's row as every list reads it: the columns, the joins, and the
 * function that takes them over. The joins are outer ones, also where there
 * always is a row, so that orders stays the table that is walked.
 */

/*
 * When it was paid, 0: not yet. What goes before its money came (at the door,
 * on account) is by its payments, what is sent again is never; orders.paid_at
 * is since when they have to go.
 */
#define ORDER_PAID_AT \
	"CASE WHEN o.cod = 0 AND o.origin < 2 THEN o.paid_at" \
	" WHEN o.origin = 3 OR o.paid < o.total THEN 0 ELSE" \
	" coalesce((SELECT max(pay.at) FROM payment pay" \
	" WHERE pay.order_id = o.id AND pay.state = 1 AND pay.undone = 0)," \
	" 0) END"

#define ORDER_SELECT \
	"SELECT o.id, o.version, o.order_no, o.state, o.held, o.created_at," \
	" o.paid_at, " ORDER_PAID_AT ", o.shipped_at, o.finished_at," \
	" sh.platform, sh.name," \
	" c.id, c.nick, r.name, r.phone, r.province, r.city, r.district," \
	" r.address, o.total, o.postage, o.paid, o.refund, o.settled, o.flag," \
	" o.buyer_note, o.memo, o.waybill_no, co.name, o.payment_no," \
	" o.close_reason, o.goods," \
	" (SELECT li.title FROM order_line l JOIN listing li" \
	" ON li.id = l.listing_id WHERE l.order_id = o.id" \
	" ORDER BY l.line_no LIMIT 1)," \
	" (SELECT count(*) FROM order_line l WHERE l.order_id = o.id" \
	" AND l.kit <= 0)," \
	" (SELECT CAST(sum(l.qty) AS BIGINT) FROM order_line l" \
	" WHERE l.order_id = o.id AND l.kit <= 0), c.identity, o.origin, o.done, o.lead_id," \
	" ld.order_no, (SELECT count(*) FROM orders f WHERE f.lead_id = o.id)," \
	" o.parts, o.warehouse_id, wh.name, o.delivery, o.promised_at, o.cod," \
	" o.agent_id, ag.name" \
	" FROM orders o LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id" \
	" LEFT JOIN courier co ON co.id = o.courier_id" \
	" LEFT JOIN orders ld ON ld.id = o.lead_id" \
	" LEFT JOIN warehouse wh ON wh.id = o.warehouse_id" \
	" LEFT JOIN staff ag ON ag.id = o.agent_id"

struct arena;
struct refs;

/* For query_fetch(); @out is a struct order. Its holds stay "". Without an
 * arena its texts are the row's own, and goods only the first title. */
void order_take(const struct db_rows *rows, void *out, struct arena *arena);
/* The orders of @refs, one after the other, as a page of struct order. */
int order_load(struct session *s, const struct refs *refs, struct page *out)
    MUST_CHECK;
/* Fill in what does not stand in @page's rows themselves, struct orders: when
 * they have to ship, and the holds of those that are held. What not everybody
 * may read of the buyers is masked. A failure frees the page. */
int order_fill(struct session *s, struct page *page) MUST_CHECK;

#endif
