-- What buyers paid for what was shipped, less for what came back: of a move, and
-- kept by day. Of moves from before as far as parcels tell.
ALTER TABLE stock_move ADD COLUMN sales INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock_day ADD COLUMN sales INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER stock_move_no_update;
UPDATE stock_move SET sales = coalesce((SELECT sum(l.paid * b.qty / l.qty)
	FROM stock_slip x JOIN parcel p ON p.order_id = x.order_id
	AND p.slip_id = x.id JOIN parcel_line b ON b.parcel_id = p.id
	JOIN order_line l ON l.order_id = b.order_id AND l.line_no = b.line_no
	WHERE x.id = stock_move.slip_id
	AND l.variant_id = stock_move.variant_id), 0) * qty
	/ (SELECT sum(n.qty) FROM stock_move n
		WHERE n.slip_id = stock_move.slip_id
		AND n.variant_id = stock_move.variant_id)
	WHERE qty < 0 AND slip_id IN (SELECT id FROM stock_slip
		WHERE kind = 'ship');
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END;
INSERT INTO setting (name, value) SELECT 'stock_days_due', '1'
	WHERE EXISTS (SELECT 1 FROM stock_move)
	AND NOT EXISTS (SELECT 1 FROM setting WHERE name = 'stock_days_due');
