-- What `export orders` writes, for the sqlite3 shell to write.
SELECT o.order_no, o.state, o.held, '',
	datetime(o.created_at, 'unixepoch', '+8 hours'),
	CASE WHEN o.paid_at > 0
		THEN datetime(o.paid_at, 'unixepoch', '+8 hours') END,
	CASE WHEN o.shipped_at > 0
		THEN datetime(o.shipped_at, 'unixepoch', '+8 hours') END,
	CASE WHEN o.finished_at > 0
		THEN datetime(o.finished_at, 'unixepoch', '+8 hours') END,
	sh.platform, sh.name, c.nick, r.name, r.phone, r.province, r.city,
	r.district, r.address,
	(SELECT li.title FROM order_line l JOIN listing li
		ON li.id = l.listing_id WHERE l.order_id = o.id
		ORDER BY l.line_no LIMIT 1),
	(SELECT sum(l.qty) FROM order_line l WHERE l.order_id = o.id),
	o.total / 100.0, o.postage / 100.0, o.paid / 100.0, o.refund / 100.0,
	o.settled / 100.0, o.flag, o.buyer_note, o.memo, o.waybill_no, co.name,
	o.payment_no, o.close_reason
FROM orders o LEFT JOIN shop sh ON sh.id = o.shop_id
	LEFT JOIN receiver r ON r.id = o.receiver_id
	LEFT JOIN customer c ON c.id = r.customer_id
	LEFT JOIN courier co ON co.id = o.courier_id
ORDER BY o.created_at, o.id;
