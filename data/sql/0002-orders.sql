-- Goods, stock, customers, orders and parcels.
-- Amounts are fen, weights grams, times seconds UTC (0: not yet).

CREATE TABLE shop (
	id INTEGER PRIMARY KEY,
	platform TEXT NOT NULL,         -- 'taobao', 'pdd', ..., 'manual'
	name TEXT NOT NULL,
	UNIQUE (platform, name)
) STRICT;

CREATE TABLE courier (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,      -- in full, as platforms want it
	code TEXT NOT NULL,             -- 'YTO': the platform's code, or ''
	aliases TEXT NOT NULL,          -- ';圆通;圆通快递;YTO;' for look-up
	waybill_shape TEXT NOT NULL,    -- POSIX ERE: warns, never blocks
	phone TEXT NOT NULL,
	active INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE warehouse (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	below_zero INTEGER NOT NULL DEFAULT 0   -- 1: stock may go below zero
) STRICT;

CREATE TABLE product (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX product_name ON product (name, id);

CREATE TABLE variant (
	id INTEGER PRIMARY KEY,
	product_id INTEGER NOT NULL REFERENCES product,
	sku_code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,             -- product and attributes, for lists
	price INTEGER NOT NULL DEFAULT 0,
	weight INTEGER NOT NULL DEFAULT 0,
	reorder_at INTEGER NOT NULL DEFAULT 0,
	target_level INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX variant_name ON variant (name, id);
CREATE INDEX variant_product ON variant (product_id);

CREATE TABLE barcode (
	code TEXT PRIMARY KEY,
	variant_id INTEGER NOT NULL REFERENCES variant
) STRICT;
CREATE INDEX barcode_variant ON barcode (variant_id);

-- One row a variant and warehouse. on_hand is the sum of its stock_move.qty,
-- reserved that of its reservation.qty, value that of its stock_move.value.
CREATE TABLE stock (
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	variant_id INTEGER NOT NULL REFERENCES variant,
	on_hand INTEGER NOT NULL DEFAULT 0,
	reserved INTEGER NOT NULL DEFAULT 0,
	value INTEGER NOT NULL DEFAULT 0,
	bin TEXT NOT NULL DEFAULT '',
	low INTEGER NOT NULL DEFAULT 0, -- 1: available <= variant.reorder_at > 0
	PRIMARY KEY (variant_id, warehouse_id)
) STRICT;
CREATE INDEX stock_warehouse ON stock (warehouse_id, variant_id);
CREATE INDEX stock_low ON stock (variant_id) WHERE low = 1;

-- A numbered paper behind every change of stock; never edited or deleted.
CREATE TABLE stock_slip (
	id INTEGER PRIMARY KEY,
	slip_no TEXT NOT NULL UNIQUE,   -- 'IN-000123'
	kind TEXT NOT NULL,             -- receipt, issue, adjust, transfer, ship
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	order_id INTEGER,               -- behind a ship slip
	supplier TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL,
	reverses_id INTEGER UNIQUE REFERENCES stock_slip,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_slip_order ON stock_slip (order_id) WHERE order_id IS NOT NULL;

-- The ledger. on_hand_after and value_after make any past balance one look-up.
CREATE TABLE stock_move (
	id INTEGER PRIMARY KEY,
	slip_id INTEGER NOT NULL REFERENCES stock_slip,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	variant_id INTEGER NOT NULL REFERENCES variant,
	bin TEXT NOT NULL DEFAULT '',
	qty INTEGER NOT NULL,
	value INTEGER NOT NULL,         -- signed, fen: what the move is worth
	on_hand_after INTEGER NOT NULL,
	value_after INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_move_variant ON stock_move (variant_id, warehouse_id, id);
CREATE INDEX stock_move_slip ON stock_move (slip_id);

CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move
BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END;

-- A platform's item as it was sold: the place where it is mapped to a variant.
CREATE TABLE listing (
	id INTEGER PRIMARY KEY,
	shop_id INTEGER NOT NULL REFERENCES shop,
	title TEXT NOT NULL,
	attrs TEXT NOT NULL,
	sku_code TEXT NOT NULL,         -- the merchant code on the platform, or ''
	item_no TEXT NOT NULL,          -- the platform's item id, or ''
	variant_id INTEGER REFERENCES variant,  -- NULL: unmapped
	UNIQUE (shop_id, title, attrs, sku_code)
) STRICT;
CREATE INDEX listing_unmapped ON listing (id) WHERE variant_id IS NULL;
CREATE INDEX listing_variant ON listing (variant_id);

CREATE TABLE customer (
	id INTEGER PRIMARY KEY,
	identity TEXT NOT NULL,         -- 'taobao:nick' or 'tel:139...'
	nick TEXT NOT NULL,
	name TEXT NOT NULL,
	phone TEXT NOT NULL,
	pinyin TEXT NOT NULL,           -- initials of the name
	note TEXT NOT NULL DEFAULT '',
	first_at INTEGER NOT NULL,      -- kept figures: of created_at
	last_at INTEGER NOT NULL,
	order_n INTEGER NOT NULL,       -- all orders
	paid_n INTEGER NOT NULL,        -- those that were paid
	paid INTEGER NOT NULL,          -- sum of paid - refund over them
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
-- A key of its own, so that a first import can leave it to the end.
CREATE UNIQUE INDEX customer_identity ON customer (identity);
CREATE INDEX customer_nick ON customer (nick, id);
CREATE INDEX customer_last ON customer (last_at, id);

-- Who a parcel goes to; orders to the same hands share one row.
CREATE TABLE receiver (
	id INTEGER PRIMARY KEY,
	customer_id INTEGER REFERENCES customer, -- NULL: the file names no buyer
	name TEXT NOT NULL,
	pinyin TEXT NOT NULL,           -- initials, surname reading
	pinyin2 TEXT NOT NULL,          -- plain reading if it differs, else ''
	phone TEXT NOT NULL,
	phone_tail TEXT NOT NULL,       -- last four digits, or ''
	province TEXT NOT NULL,
	city TEXT NOT NULL,
	district TEXT NOT NULL,
	address TEXT NOT NULL           -- the rest, with the postcode
) STRICT;
CREATE INDEX receiver_customer ON receiver (customer_id, id);
CREATE INDEX receiver_name ON receiver (name, id);
CREATE INDEX receiver_pinyin ON receiver (pinyin, id) WHERE pinyin <> '';
CREATE INDEX receiver_pinyin2 ON receiver (pinyin2, id) WHERE pinyin2 <> '';
CREATE INDEX receiver_tail ON receiver (phone_tail, id) WHERE phone_tail <> '';

CREATE TABLE import_batch (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	files TEXT NOT NULL,            -- names and hashes, a line each
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	new_n INTEGER NOT NULL,
	updated_n INTEGER NOT NULL,
	unchanged_n INTEGER NOT NULL,
	rejected_n INTEGER NOT NULL,
	line_n INTEGER NOT NULL,
	held_n INTEGER NOT NULL
) STRICT;

-- state: 1 unpaid 2 paid 3 part_shipped 4 shipped 5 done 6 closed.
-- held: 1 while a paid order has open order_hold rows; always 0 otherwise.
CREATE TABLE orders (
	id INTEGER PRIMARY KEY,
	shop_id INTEGER NOT NULL REFERENCES shop,
	order_no TEXT NOT NULL,
	source_hash INTEGER NOT NULL,   -- of the order file's row; 0: none yet
	state INTEGER NOT NULL,
	held INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	paid_at INTEGER NOT NULL,
	shipped_at INTEGER NOT NULL,
	finished_at INTEGER NOT NULL,
	receiver_id INTEGER REFERENCES receiver,
	total INTEGER NOT NULL,         -- asked for, with postage
	postage INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	refund INTEGER NOT NULL,
	settled INTEGER NOT NULL,       -- what the platform passed on
	flag INTEGER NOT NULL DEFAULT 0,
	goods TEXT,                     -- the file's title, while lines are missing
	buyer_note TEXT,
	memo TEXT,                      -- the seller's remark
	payment_no TEXT,
	waybill_no TEXT,                -- the first parcel's
	courier_id INTEGER REFERENCES courier,
	close_reason TEXT,
	batch_id INTEGER REFERENCES import_batch,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX orders_no ON orders (order_no, shop_id);
CREATE INDEX orders_state ON orders (state, held, created_at, id);
CREATE INDEX orders_created ON orders (created_at, id);
CREATE INDEX orders_receiver ON orders (receiver_id, created_at, id);
CREATE INDEX orders_waybill ON orders (waybill_no) WHERE waybill_no IS NOT NULL;

-- refund: 0 none 1 asked for 2 paid back 3 taken back by the buyer, or its
-- hold released by us.
CREATE TABLE order_line (
	order_id INTEGER NOT NULL REFERENCES orders,
	line_no INTEGER NOT NULL,
	sub_order_no TEXT NOT NULL,     -- '' where the platform gives none
	listing_id INTEGER NOT NULL REFERENCES listing,
	variant_id INTEGER REFERENCES variant,
	qty INTEGER NOT NULL,
	price INTEGER NOT NULL,         -- each
	paid INTEGER NOT NULL,          -- for the line
	refund_state INTEGER NOT NULL DEFAULT 0,
	refund INTEGER NOT NULL DEFAULT 0,
	cost INTEGER,                   -- stamped when shipped; NULL before
	PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;

-- Why an order must stop: a set, each cleared by somebody.
CREATE TABLE order_hold (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	reason TEXT NOT NULL,           -- unmapped refund address stock manual
	note TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL,
	staff_id INTEGER REFERENCES staff,
	cleared_at INTEGER NOT NULL DEFAULT 0,
	cleared_by INTEGER REFERENCES staff
) STRICT;
CREATE INDEX order_hold_order ON order_hold (order_id, id);
CREATE UNIQUE INDEX order_hold_open ON order_hold (reason, order_id)
	WHERE cleared_at = 0;

-- Stock promised to paid orders; the row goes when they ship or close.
CREATE TABLE reservation (
	order_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	PRIMARY KEY (order_id, line_no),
	FOREIGN KEY (order_id, line_no) REFERENCES order_line
) STRICT;
CREATE INDEX reservation_variant ON reservation (variant_id, order_id);

-- A box that this shop packed and handed to a courier.
CREATE TABLE parcel (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	courier_id INTEGER NOT NULL REFERENCES courier,
	waybill_no TEXT NOT NULL UNIQUE,
	weight INTEGER NOT NULL,
	slip_id INTEGER NOT NULL REFERENCES stock_slip,
	packer_id INTEGER NOT NULL REFERENCES staff,
	shipped_at INTEGER NOT NULL,
	exported_at INTEGER NOT NULL DEFAULT 0  -- in a shipping confirmation file
) STRICT;
CREATE INDEX parcel_order ON parcel (order_id);
CREATE INDEX parcel_time ON parcel (shipped_at, id);
CREATE INDEX parcel_unexported ON parcel (id) WHERE exported_at = 0;

-- Kept figures: what lists and the front screen would else have to count.
CREATE TABLE order_count (
	state INTEGER NOT NULL,
	held INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (state, held)
) STRICT;

CREATE TABLE day_figure (
	day INTEGER NOT NULL,           -- see time_day()
	shop_id INTEGER NOT NULL REFERENCES shop,
	created_n INTEGER NOT NULL,     -- orders by day of creation
	paid_n INTEGER NOT NULL,        -- and by day of payment
	paid INTEGER NOT NULL,
	shipped_n INTEGER NOT NULL,     -- parcels packed here
	PRIMARY KEY (day, shop_id)
) STRICT;

INSERT INTO order_count (state, held, n) VALUES
	(1, 0, 0), (2, 0, 0), (2, 1, 0), (3, 0, 0), (3, 1, 0),
	(4, 0, 0), (5, 0, 0), (6, 0, 0);
