-- Goods, companies, bins, purchasing and stocktaking: from a supplier's offer
-- to a counted shelf.
-- Amounts are fen, weights grams, lengths mm, times seconds UTC (0: not yet).

-- Goods. path: the names from the top, '厨具/锅具'. guarantee_days: 0 none.
CREATE TABLE category (
	id INTEGER PRIMARY KEY,
	parent_id INTEGER REFERENCES category,
	name TEXT NOT NULL,
	path TEXT NOT NULL UNIQUE,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX category_parent ON category (parent_id, name);
ALTER TABLE product ADD COLUMN category_id INTEGER REFERENCES category;
ALTER TABLE product ADD COLUMN brand TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN guarantee_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN guarantee TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX product_category ON product (category_id, id)
	WHERE category_id IS NOT NULL;
CREATE TABLE product_image (
	product_id INTEGER NOT NULL REFERENCES product,
	seq INTEGER NOT NULL,
	path TEXT NOT NULL,
	PRIMARY KEY (product_id, seq)
) STRICT, WITHOUT ROWID;
-- kit: 1 when it is made up of others and has no stock itself. kit_sold: 1
-- when orders were taken apart by it: then it stays a kit.
ALTER TABLE variant ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN height INTEGER NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
ALTER TABLE variant ADD COLUMN kit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE variant ADD COLUMN kit_sold INTEGER NOT NULL DEFAULT 0;
CREATE TABLE kit_part (
	kit_id INTEGER NOT NULL REFERENCES variant,
	part_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	PRIMARY KEY (kit_id, part_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kit_part_part ON kit_part (part_id, kit_id);
-- kit: -1 a kit as it was sold, whose pieces stand in lines of their own;
-- n: a piece of the kit in line n, amount 0; 0: neither. Of a kit sent is how
-- many stand in lines of their own (all, while the order is to be shipped, so
-- that nothing of the kit itself waits), and cost the sum of its pieces'.
ALTER TABLE order_line ADD COLUMN kit INTEGER NOT NULL DEFAULT 0;

-- Companies (公司信息). kinds: bits 1 supplier 2 courier 4 business customer.
-- lead_days: from order to goods; cycle_days: how often is ordered there;
-- terms_days: until payment.
CREATE TABLE company (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	kinds INTEGER NOT NULL,
	pinyin TEXT NOT NULL DEFAULT '',
	contact TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	bank TEXT NOT NULL DEFAULT '',
	account TEXT NOT NULL DEFAULT '',
	tax_no TEXT NOT NULL DEFAULT '',
	lead_days INTEGER NOT NULL DEFAULT 0,
	cycle_days INTEGER NOT NULL DEFAULT 0,
	min_total INTEGER NOT NULL DEFAULT 0,
	terms_days INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',
	courier_id INTEGER UNIQUE REFERENCES courier,
	customer_id INTEGER REFERENCES customer,
	active INTEGER NOT NULL DEFAULT 1,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
-- What a supplier sells us, and for how much.
CREATE TABLE supplier_item (
	variant_id INTEGER NOT NULL REFERENCES variant,
	company_id INTEGER NOT NULL REFERENCES company,
	code TEXT NOT NULL DEFAULT '',  -- theirs
	price INTEGER NOT NULL,         -- each
	min_qty INTEGER NOT NULL DEFAULT 1,
	pack_qty INTEGER NOT NULL DEFAULT 1, -- ordered in multiples of it
	first INTEGER NOT NULL DEFAULT 0,    -- 1: bought there unless said
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (variant_id, company_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX supplier_item_company ON supplier_item (company_id, variant_id);
-- Every price there ever was; never edited.
CREATE TABLE supplier_price (
	id INTEGER PRIMARY KEY,
	variant_id INTEGER NOT NULL REFERENCES variant,
	company_id INTEGER NOT NULL REFERENCES company,
	price INTEGER NOT NULL,
	purchase_id INTEGER,            -- the order it was agreed in, or NULL
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX supplier_price_item ON supplier_price (variant_id, company_id, id);

-- Warehouses. kind: 0 real 1 virtual (goods that lie with a platform or a
-- supplier). put_away: 1 when what comes in waits to be put on a shelf.
ALTER TABLE warehouse ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE warehouse ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE warehouse ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- Bins (库位). kind: 0 picked from 1 reserve 2 defective goods 3 goods that
-- came in and are to be put away. code '': no bin in particular. walk: the
-- order in which one comes by.
CREATE TABLE bin (
	id INTEGER PRIMARY KEY,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	code TEXT NOT NULL,
	kind INTEGER NOT NULL DEFAULT 0,
	walk INTEGER NOT NULL DEFAULT 0,
	active INTEGER NOT NULL DEFAULT 1,
	note TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (warehouse_id, code)
) STRICT;
CREATE INDEX bin_walk ON bin (warehouse_id, walk, code);
INSERT INTO bin (warehouse_id, code) SELECT id, '' FROM warehouse;
INSERT INTO bin (warehouse_id, code)
	SELECT DISTINCT warehouse_id, bin FROM stock WHERE bin <> '';
-- Where the pieces lie; the sum over the bins of a warehouse is stock.on_hand,
-- over those of kind 2 stock.defective, over those of kind 3 stock.to_put.
CREATE TABLE bin_stock (
	variant_id INTEGER NOT NULL REFERENCES variant,
	bin_id INTEGER NOT NULL REFERENCES bin,
	qty INTEGER NOT NULL,
	PRIMARY KEY (variant_id, bin_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bin_stock_bin ON bin_stock (bin_id, variant_id);
INSERT INTO bin_stock (variant_id, bin_id, qty)
	SELECT s.variant_id, b.id, s.on_hand FROM stock s JOIN bin b
	ON b.warehouse_id = s.warehouse_id AND b.code = s.bin
	WHERE s.on_hand <> 0;
-- stock.bin is the bin it is picked from. in_transit: ordered or sent from
-- another warehouse and not here yet. reorder_here, target_here: NULL: as
-- the variant has them. available: what may still be promised.
ALTER TABLE stock ADD COLUMN defective INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock ADD COLUMN to_put INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock ADD COLUMN in_transit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock ADD COLUMN reorder_here INTEGER;
ALTER TABLE stock ADD COLUMN target_here INTEGER;
ALTER TABLE stock ADD COLUMN last_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock ADD COLUMN last_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stock ADD COLUMN available INTEGER GENERATED ALWAYS AS
	(on_hand - reserved - defective - to_put) VIRTUAL;
CREATE INDEX stock_below ON stock (variant_id, warehouse_id) WHERE on_hand < 0;
CREATE INDEX stock_to_put ON stock (variant_id, warehouse_id) WHERE to_put > 0;

-- kind grows by: put, move, defect, scrap, count, return, send, arrive,
-- supplier, cost. company_id: the supplier, for those who are known.
ALTER TABLE stock_slip ADD COLUMN company_id INTEGER REFERENCES company;
ALTER TABLE stock_slip ADD COLUMN purchase_id INTEGER;
ALTER TABLE stock_slip ADD COLUMN transfer_id INTEGER;
ALTER TABLE stock_slip ADD COLUMN count_id INTEGER;
ALTER TABLE stock_slip ADD COLUMN freight INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stock_slip_purchase ON stock_slip (purchase_id, id)
	WHERE purchase_id IS NOT NULL;
CREATE INDEX stock_slip_company ON stock_slip (company_id, id)
	WHERE company_id IS NOT NULL;
CREATE INDEX stock_slip_transfer ON stock_slip (transfer_id, id)
	WHERE transfer_id IS NOT NULL;
CREATE INDEX stock_slip_count ON stock_slip (count_id, id)
	WHERE count_id IS NOT NULL;
CREATE INDEX stock_slip_kind ON stock_slip (kind, id);
CREATE INDEX stock_move_at ON stock_move (warehouse_id, id);

-- What went out and came in by day: kept with every move. sold, cost: shipped
-- less taken back; came: receipts less their reversals.
CREATE TABLE stock_day (
	variant_id INTEGER NOT NULL REFERENCES variant,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	day INTEGER NOT NULL,           -- see time_day()
	sold INTEGER NOT NULL DEFAULT 0,
	cost INTEGER NOT NULL DEFAULT 0,
	came INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (variant_id, warehouse_id, day)
) STRICT, WITHOUT ROWID;

-- Those of moves from before go by the shop's clock, so the program adds them.
INSERT INTO setting (name, value) SELECT 'stock_days_due', '1'
	WHERE EXISTS (SELECT 1 FROM stock_move);
UPDATE stock SET
	last_in = coalesce((SELECT max(m.at) FROM stock_move m
		JOIN stock_slip x ON x.id = m.slip_id
		WHERE m.variant_id = stock.variant_id
		AND m.warehouse_id = stock.warehouse_id AND m.qty > 0
		AND x.kind = 'receipt' AND x.reverses_id IS NULL), 0),
	last_out = coalesce((SELECT max(m.at) FROM stock_move m
		JOIN stock_slip x ON x.id = m.slip_id
		WHERE m.variant_id = stock.variant_id
		AND m.warehouse_id = stock.warehouse_id AND m.qty < 0
		AND x.kind IN ('ship', 'issue') AND x.reverses_id IS NULL), 0);

-- Goods that came in, until they are on a shelf: rest counts down. What was
-- put away keeps its row, for the time it took.
CREATE TABLE put_wait (
	id INTEGER PRIMARY KEY,
	slip_id INTEGER NOT NULL REFERENCES stock_slip,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	rest INTEGER NOT NULL,
	at INTEGER NOT NULL,
	done_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX put_wait_open ON put_wait (warehouse_id, variant_id, id)
	WHERE rest > 0;
CREATE INDEX put_wait_slip ON put_wait (slip_id);
CREATE INDEX put_wait_done ON put_wait (done_at, id) WHERE done_at > 0;

-- From one warehouse to another (调拨). state: 0 being written 1 under way
-- 2 arrived 3 cancelled. sent, arrived: pieces; what never arrives is written
-- off by a slip.
CREATE TABLE transfer (
	id INTEGER PRIMARY KEY,
	transfer_no TEXT NOT NULL UNIQUE, -- 'TO-000123'
	from_id INTEGER NOT NULL REFERENCES warehouse,
	to_id INTEGER NOT NULL REFERENCES warehouse,
	state INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	sent_at INTEGER NOT NULL DEFAULT 0,
	arrived_at INTEGER NOT NULL DEFAULT 0,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX transfer_state ON transfer (state, id);
CREATE TABLE transfer_line (
	transfer_id INTEGER NOT NULL REFERENCES transfer,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	sent INTEGER NOT NULL DEFAULT 0,
	arrived INTEGER NOT NULL DEFAULT 0,
	lost INTEGER NOT NULL DEFAULT 0,
	value INTEGER NOT NULL DEFAULT 0, -- of what was sent and is under way
	PRIMARY KEY (transfer_id, variant_id)
) STRICT, WITHOUT ROWID;

-- Purchasing. A request: state 0 asked 1 approved 2 ordered 3 refused.
CREATE TABLE purchase_request (
	id INTEGER PRIMARY KEY,
	request_no TEXT NOT NULL UNIQUE, -- 'PR-000123'
	state INTEGER NOT NULL DEFAULT 0,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	note TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	decided_by INTEGER REFERENCES staff,
	decided_at INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL DEFAULT '', -- of a refusal
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX purchase_request_state ON purchase_request (state, id);
CREATE TABLE purchase_request_line (
	request_id INTEGER NOT NULL REFERENCES purchase_request,
	line_no INTEGER NOT NULL,
	variant_id INTEGER NOT NULL REFERENCES variant,
	company_id INTEGER REFERENCES company, -- NULL: not said
	qty INTEGER NOT NULL,
	why TEXT NOT NULL DEFAULT '',   -- in words
	purchase_id INTEGER,            -- the order it went into
	PRIMARY KEY (request_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_request_line_variant
	ON purchase_request_line (variant_id, request_id);
-- An order to a supplier. state: 0 being written 1 ordered 2 partly received
-- 3 received 4 closed, though not all came 5 cancelled. total: of its lines,
-- without freight.
CREATE TABLE purchase (
	id INTEGER PRIMARY KEY,
	purchase_no TEXT NOT NULL UNIQUE, -- 'PO-000123'
	state INTEGER NOT NULL DEFAULT 0,
	company_id INTEGER NOT NULL REFERENCES company,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	request_id INTEGER REFERENCES purchase_request,
	freight INTEGER NOT NULL DEFAULT 0,
	total INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	ordered_by INTEGER REFERENCES staff,
	ordered_at INTEGER NOT NULL DEFAULT 0,
	expected_at INTEGER NOT NULL DEFAULT 0,
	first_at INTEGER NOT NULL DEFAULT 0,  -- of its receipts
	done_at INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL DEFAULT '', -- why it was closed or cancelled
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX purchase_state ON purchase (state, id);
CREATE INDEX purchase_expected ON purchase (state, expected_at, id);
CREATE INDEX purchase_company ON purchase (company_id, id);
-- received: good and bad pieces; bad: of those; returned: sent back;
-- invoiced: pieces on approved invoices.
CREATE TABLE purchase_line (
	purchase_id INTEGER NOT NULL REFERENCES purchase,
	line_no INTEGER NOT NULL,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	price INTEGER NOT NULL,         -- each
	received INTEGER NOT NULL DEFAULT 0,
	bad INTEGER NOT NULL DEFAULT 0,
	returned INTEGER NOT NULL DEFAULT 0,
	invoiced INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (purchase_id, line_no),
	UNIQUE (purchase_id, variant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_line_variant ON purchase_line (variant_id, purchase_id);
-- What was ordered of a line, and every change of it since: pieces more or
-- less; their sum is what still stands of the order. Never edited.
CREATE TABLE purchase_change (
	id INTEGER PRIMARY KEY,
	purchase_id INTEGER NOT NULL REFERENCES purchase,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	price INTEGER NOT NULL,         -- each
	reason TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX purchase_change_line
	ON purchase_change (purchase_id, line_no, id);
CREATE TRIGGER purchase_change_no_update BEFORE UPDATE ON purchase_change
BEGIN SELECT raise(ABORT, 'what was ordered is never edited'); END;
CREATE TRIGGER purchase_change_no_delete BEFORE DELETE ON purchase_change
BEGIN SELECT raise(ABORT, 'what was ordered is never edited'); END;
-- What a receipt's slip brought of which line; negative: sent back.
CREATE TABLE purchase_slip_line (
	slip_id INTEGER NOT NULL REFERENCES stock_slip,
	purchase_id INTEGER NOT NULL REFERENCES purchase,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	bad INTEGER NOT NULL DEFAULT 0,
	value INTEGER NOT NULL,         -- with its share of the freight
	PRIMARY KEY (slip_id, purchase_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_slip_line_purchase
	ON purchase_slip_line (purchase_id, slip_id);
-- A supplier's invoice. state: 0 entered 1 agrees 2 differs 3 approved
-- 4 taken back. Below zero: for what was sent back. paid: by payments. reason:
-- why it was approved though it differs, or taken back.
CREATE TABLE purchase_invoice (
	id INTEGER PRIMARY KEY,
	entry_no TEXT NOT NULL UNIQUE,  -- ours: 'PI-000123'
	company_id INTEGER NOT NULL REFERENCES company,
	invoice_no TEXT NOT NULL,       -- theirs
	state INTEGER NOT NULL DEFAULT 0,
	total INTEGER NOT NULL,         -- with tax and freight
	freight INTEGER NOT NULL DEFAULT 0,
	tax INTEGER NOT NULL DEFAULT 0,
	paid INTEGER NOT NULL DEFAULT 0,
	dated INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	approved_by INTEGER REFERENCES staff,
	approved_at INTEGER NOT NULL DEFAULT 0,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX purchase_invoice_no
	ON purchase_invoice (company_id, invoice_no) WHERE state <> 4;
CREATE INDEX purchase_invoice_state ON purchase_invoice (state, id);
CREATE INDEX purchase_invoice_due ON purchase_invoice (due_at, id)
	WHERE approved_at > 0 AND paid < total;
CREATE TABLE purchase_invoice_line (
	invoice_id INTEGER NOT NULL REFERENCES purchase_invoice,
	purchase_id INTEGER NOT NULL REFERENCES purchase,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	price INTEGER NOT NULL,         -- each
	PRIMARY KEY (invoice_id, purchase_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_invoice_line_purchase
	ON purchase_invoice_line (purchase_id, invoice_id);
-- What was paid to a supplier; invoice_id NULL: in advance, or against what
-- was sent back. A counter-entry takes one back, once.
CREATE TABLE purchase_payment (
	id INTEGER PRIMARY KEY,
	payment_no TEXT NOT NULL UNIQUE, -- 'PP-000123'
	company_id INTEGER NOT NULL REFERENCES company,
	invoice_id INTEGER REFERENCES purchase_invoice,
	amount INTEGER NOT NULL,
	method TEXT NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	reverses_id INTEGER UNIQUE REFERENCES purchase_payment,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX purchase_payment_company ON purchase_payment (company_id, id);
CREATE INDEX purchase_payment_invoice ON purchase_payment (invoice_id, id)
	WHERE invoice_id IS NOT NULL;

-- Counting (盘点). kind: 1 all 2 some products 3 some bins 4 of the month 5 of
-- the year. state: 0 counting 1 counted 2 posted 3 cancelled. blind: 1 when
-- who counts does not see the books.
CREATE TABLE stocktake (
	id INTEGER PRIMARY KEY,
	count_no TEXT NOT NULL UNIQUE,  -- 'CT-000123'
	kind INTEGER NOT NULL,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	state INTEGER NOT NULL DEFAULT 0,
	blind INTEGER NOT NULL DEFAULT 1,
	note TEXT NOT NULL DEFAULT '',
	line_n INTEGER NOT NULL DEFAULT 0,     -- to be counted
	counted_n INTEGER NOT NULL DEFAULT 0,
	gain INTEGER NOT NULL DEFAULT 0,       -- of its lines, fen
	loss INTEGER NOT NULL DEFAULT 0,       -- the same, not below 0
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	counted_at INTEGER NOT NULL DEFAULT 0,
	posted_by INTEGER REFERENCES staff,
	posted_at INTEGER NOT NULL DEFAULT 0,
	slip_id INTEGER REFERENCES stock_slip,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX stocktake_state ON stocktake (state, id);
-- A product in a bin. book: what the books said in the moment it was counted,
-- so that sales before and after do no harm. state: 0 to be counted 1 counted
-- 2 to be counted again 3 counted again. first: the count before. staff_id:
-- who counted it last. reason: of the difference.
CREATE TABLE stocktake_line (
	id INTEGER PRIMARY KEY,
	stocktake_id INTEGER NOT NULL REFERENCES stocktake,
	bin_id INTEGER NOT NULL REFERENCES bin,
	variant_id INTEGER NOT NULL REFERENCES variant,
	state INTEGER NOT NULL DEFAULT 0,
	book INTEGER NOT NULL DEFAULT 0,
	counted INTEGER NOT NULL DEFAULT 0,
	first INTEGER NOT NULL DEFAULT 0,
	value INTEGER NOT NULL DEFAULT 0, -- what the difference is worth
	reason TEXT NOT NULL DEFAULT '',
	staff_id INTEGER REFERENCES staff,
	at INTEGER NOT NULL DEFAULT 0,
	-- What is furthest off comes first.
	weight INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN state = 0 THEN 0
		WHEN counted = book THEN 1 ELSE 2 + abs(value) END) STORED,
	UNIQUE (stocktake_id, bin_id, variant_id)
) STRICT;
CREATE INDEX stocktake_line_weight
	ON stocktake_line (stocktake_id, weight);
CREATE INDEX stocktake_line_id ON stocktake_line (stocktake_id);
CREATE INDEX stocktake_line_state
	ON stocktake_line (stocktake_id, state, bin_id, variant_id);
CREATE INDEX stocktake_line_variant
	ON stocktake_line (variant_id, stocktake_id);
-- The bins that one of some bins is of, also the empty ones; and who counted.
CREATE TABLE stocktake_bin (
	stocktake_id INTEGER NOT NULL REFERENCES stocktake,
	bin_id INTEGER NOT NULL REFERENCES bin,
	PRIMARY KEY (stocktake_id, bin_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE stocktake_staff (
	stocktake_id INTEGER NOT NULL REFERENCES stocktake,
	staff_id INTEGER NOT NULL REFERENCES staff,
	PRIMARY KEY (stocktake_id, staff_id)
) STRICT, WITHOUT ROWID;

-- Quotations: why one was lost; when it was sent, followed up, and ended.
ALTER TABLE quotation ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE quotation ADD COLUMN quoted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotation ADD COLUMN followed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotation ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX quotation_order ON quotation (order_id)
	WHERE order_id IS NOT NULL;
CREATE INDEX quotation_at ON quotation (at, id);
CREATE INDEX quotation_due ON quotation (state, valid_until, id);
-- Which file news of parcels and lines of statements came from; NULL: from none.
ALTER TABLE track_event ADD COLUMN batch_id INTEGER REFERENCES import_batch;
CREATE INDEX track_event_batch ON track_event (batch_id, id)
	WHERE batch_id IS NOT NULL;
ALTER TABLE statement_line ADD COLUMN batch_id INTEGER REFERENCES import_batch;
CREATE INDEX statement_line_batch ON statement_line (batch_id, id)
	WHERE batch_id IS NOT NULL;
-- It is not back after all: an entry of as many pieces below zero.
ALTER TABLE put_back ADD COLUMN undoes_id INTEGER REFERENCES put_back;
CREATE UNIQUE INDEX put_back_undoes ON put_back (undoes_id)
	WHERE undoes_id IS NOT NULL;
-- action 'courier': by whom the order goes.
ALTER TABLE review_rule ADD COLUMN courier_id INTEGER REFERENCES courier;

-- Permissions that came with these.
INSERT INTO role_perm (role_id, perm)
	SELECT r.id, p.perm FROM role r JOIN (
		SELECT 'owner' AS role, 'stock.move' AS perm
		UNION ALL SELECT 'manager', 'stock.move'
		UNION ALL SELECT 'warehouse', 'stock.move'
		UNION ALL SELECT 'clerk', 'stock.move'
		UNION ALL SELECT 'owner', 'warehouse.edit'
		UNION ALL SELECT 'manager', 'warehouse.edit'
		UNION ALL SELECT 'warehouse', 'warehouse.edit'
		UNION ALL SELECT 'owner', 'count'
		UNION ALL SELECT 'manager', 'count'
		UNION ALL SELECT 'warehouse', 'count'
		UNION ALL SELECT 'clerk', 'count'
		UNION ALL SELECT 'owner', 'count.post'
		UNION ALL SELECT 'manager', 'count.post'
		UNION ALL SELECT 'warehouse', 'count.post'
		UNION ALL SELECT 'owner', 'company.view'
		UNION ALL SELECT 'manager', 'company.view'
		UNION ALL SELECT 'supervisor', 'company.view'
		UNION ALL SELECT 'warehouse', 'company.view'
		UNION ALL SELECT 'buyer', 'company.view'
		UNION ALL SELECT 'owner', 'company.edit'
		UNION ALL SELECT 'manager', 'company.edit'
		UNION ALL SELECT 'buyer', 'company.edit'
		UNION ALL SELECT 'owner', 'purchase.view'
		UNION ALL SELECT 'manager', 'purchase.view'
		UNION ALL SELECT 'warehouse', 'purchase.view'
		UNION ALL SELECT 'clerk', 'purchase.view'
		UNION ALL SELECT 'buyer', 'purchase.view'
		UNION ALL SELECT 'owner', 'purchase.ask'
		UNION ALL SELECT 'manager', 'purchase.ask'
		UNION ALL SELECT 'supervisor', 'purchase.ask'
		UNION ALL SELECT 'warehouse', 'purchase.ask'
		UNION ALL SELECT 'buyer', 'purchase.ask'
		UNION ALL SELECT 'owner', 'purchase.order'
		UNION ALL SELECT 'manager', 'purchase.order'
		UNION ALL SELECT 'buyer', 'purchase.order'
		UNION ALL SELECT 'owner', 'purchase.pay'
		UNION ALL SELECT 'manager', 'purchase.pay'
		UNION ALL SELECT 'owner', 'sale.edit'
		UNION ALL SELECT 'manager', 'sale.edit'
		UNION ALL SELECT 'supervisor', 'sale.edit'
	) p ON p.role = r.name
	WHERE true
	ON CONFLICT DO NOTHING;

-- Every index ends with its row's key by itself: what said so once more was a
-- tenth of those of a large shop.
DROP INDEX orders_state;
CREATE INDEX orders_state ON orders (state, held, created_at);
DROP INDEX orders_created;
CREATE INDEX orders_created ON orders (created_at);
DROP INDEX orders_receiver;
CREATE INDEX orders_receiver ON orders (receiver_id, created_at);
DROP INDEX customer_nick;
CREATE INDEX customer_nick ON customer (nick);
DROP INDEX customer_last;
CREATE INDEX customer_last ON customer (last_at);
DROP INDEX receiver_customer;
CREATE INDEX receiver_customer ON receiver (customer_id);
DROP INDEX receiver_name;
CREATE INDEX receiver_name ON receiver (name);
DROP INDEX receiver_pinyin;
CREATE INDEX receiver_pinyin ON receiver (pinyin) WHERE pinyin <> '';
DROP INDEX receiver_pinyin2;
CREATE INDEX receiver_pinyin2 ON receiver (pinyin2) WHERE pinyin2 <> '';
DROP INDEX receiver_tail;
CREATE INDEX receiver_tail ON receiver (phone_tail) WHERE phone_tail <> '';
DROP INDEX audit_subject;
CREATE INDEX audit_subject ON audit (kind, subject);
DROP INDEX audit_staff;
CREATE INDEX audit_staff ON audit (staff_id);
DROP INDEX audit_op;
CREATE INDEX audit_op ON audit (op);
DROP INDEX audit_kind;
CREATE INDEX audit_kind ON audit (kind);
DROP INDEX audit_staff_op;
CREATE INDEX audit_staff_op ON audit (staff_id, op);
DROP INDEX audit_staff_kind;
CREATE INDEX audit_staff_kind ON audit (staff_id, kind);
DROP INDEX audit_at;
CREATE INDEX audit_at ON audit (at);
