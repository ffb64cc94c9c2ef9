-- From an enquiry to a content buyer: how orders come to be, what is agreed
-- before they ship, review, waves, parcels, paper, freight, money, tracking.
-- Amounts are fen, weights grams, times seconds UTC (0: not yet).

-- origin: 0 from a platform 1 by hand 2 business 3 sent again 4 a quotation's.
-- done: what was done, bits, see domain/orders.h. lead_id: the order whose
-- parcel this one goes in (merged), NULL: in its own; a lead has none itself.
-- warehouse_id: NULL is the main one. delivery: 0 courier 1 collected by the
-- buyer 2 to the building 3 delivered and installed. promised_at: to be shipped
-- by; 0: as the setting has it. parts: 0, or into how many it was split.
ALTER TABLE orders ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN lead_id INTEGER REFERENCES orders;
ALTER TABLE orders ADD COLUMN warehouse_id INTEGER REFERENCES warehouse;
ALTER TABLE orders ADD COLUMN delivery INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN promised_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN cod INTEGER NOT NULL DEFAULT 0; -- 1: paid at the door
ALTER TABLE orders ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN agent_id INTEGER REFERENCES staff; -- whose sale it is
-- told: the receiver as the platform's file has it, once it was changed here.
ALTER TABLE orders ADD COLUMN told TEXT;
CREATE INDEX orders_lead ON orders (lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX orders_origin ON orders (origin, id) WHERE origin <> 0;
CREATE INDEX orders_agent ON orders (agent_id, created_at, id)
	WHERE agent_id IS NOT NULL;

-- until_at: the hold goes by itself then; 0: somebody clears it.
ALTER TABLE order_hold ADD COLUMN until_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX order_hold_until ON order_hold (until_at, id)
	WHERE cleared_at = 0 AND until_at > 0;

-- sent: pieces handed over here; cost: what they cost so far. gift: the rule
-- that gave it, 0: sold.
ALTER TABLE order_line ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN gift INTEGER NOT NULL DEFAULT 0;
UPDATE order_line SET sent = qty WHERE cost IS NOT NULL;

-- How orders belong together ('reissue': other_id is what was sent again).
CREATE TABLE order_link (
	order_id INTEGER NOT NULL REFERENCES orders,
	other_id INTEGER NOT NULL REFERENCES orders,
	how TEXT NOT NULL,              -- 'reissue', 'copy'
	PRIMARY KEY (order_id, other_id, how)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_link_other ON order_link (other_id, order_id);

-- A promise goes by warehouse, as the parts of an order may. alone: 1 when it is
-- one piece, and all that its order waits for; due: to be shipped by.
CREATE TABLE promise (
	order_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	alone INTEGER NOT NULL DEFAULT 0,
	due INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (order_id, line_no, warehouse_id),
	FOREIGN KEY (order_id, line_no) REFERENCES order_line
) STRICT;
INSERT INTO promise (order_id, line_no, warehouse_id, variant_id, qty, alone,
	due) SELECT r.order_id, r.line_no, r.warehouse_id, r.variant_id, r.qty,
	CASE WHEN r.qty = 1 AND o.state = 2 AND (SELECT count(*)
	FROM order_line l WHERE l.order_id = r.order_id AND l.cost IS NULL
	AND l.refund_state <> 2) = 1 THEN 1 ELSE 0 END, o.paid_at
	FROM reservation r JOIN orders o ON o.id = r.order_id;
DROP TABLE reservation;
ALTER TABLE promise RENAME TO reservation;
CREATE INDEX reservation_variant ON reservation (variant_id, order_id);
CREATE INDEX reservation_alone ON reservation (variant_id, warehouse_id, due,
	order_id) WHERE alone = 1;

-- The parts of a split order: which pieces go in which, part 1 upwards. Each
-- is packed for itself.
CREATE TABLE order_part (
	order_id INTEGER NOT NULL REFERENCES orders,
	part INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	sent INTEGER NOT NULL DEFAULT 0,
	warehouse_id INTEGER REFERENCES warehouse,
	PRIMARY KEY (order_id, part, line_no)
) STRICT, WITHOUT ROWID;

-- Before the order. state: 0 enquiry 1 quoted 2 ordered 3 lost.
CREATE TABLE quotation (
	id INTEGER PRIMARY KEY,
	quote_no TEXT NOT NULL UNIQUE,  -- 'Q-000123'
	state INTEGER NOT NULL DEFAULT 0,
	shop_id INTEGER NOT NULL REFERENCES shop,
	customer_id INTEGER REFERENCES customer,
	nick TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	province TEXT NOT NULL DEFAULT '',
	city TEXT NOT NULL DEFAULT '',
	district TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '', -- 'wangwang', 'phone', ...
	note TEXT NOT NULL DEFAULT '',
	postage INTEGER NOT NULL DEFAULT 0,
	total INTEGER NOT NULL DEFAULT 0, -- with postage: the sum of its lines
	valid_until INTEGER NOT NULL DEFAULT 0,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	order_id INTEGER REFERENCES orders,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX quotation_state ON quotation (state, id);
CREATE INDEX quotation_customer ON quotation (customer_id, id);
CREATE TABLE quotation_line (
	quotation_id INTEGER NOT NULL REFERENCES quotation,
	line_no INTEGER NOT NULL,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	price INTEGER NOT NULL,         -- each
	note TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (quotation_id, line_no)
) STRICT, WITHOUT ROWID;

-- Grades of members (rules §5): per mille of the price they pay; a price of
-- its own for a product goes before that.
CREATE TABLE grade (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	from_paid INTEGER NOT NULL,     -- fen; proposed from there on
	permille INTEGER NOT NULL DEFAULT 1000,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
ALTER TABLE customer ADD COLUMN grade_id INTEGER REFERENCES grade;
CREATE TABLE member_price (
	variant_id INTEGER NOT NULL REFERENCES variant,
	grade_id INTEGER NOT NULL REFERENCES grade,
	price INTEGER NOT NULL,
	PRIMARY KEY (variant_id, grade_id)
) STRICT, WITHOUT ROWID;

-- A gift for orders that reach what the rule asks for; 0, '' and NULL: any.
CREATE TABLE gift_rule (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	active INTEGER NOT NULL DEFAULT 1,
	seq INTEGER NOT NULL DEFAULT 0,
	shop_id INTEGER REFERENCES shop,
	since INTEGER NOT NULL DEFAULT 0,   -- of the payment
	until INTEGER NOT NULL DEFAULT 0,
	min_paid INTEGER NOT NULL DEFAULT 0,
	variant_id INTEGER REFERENCES variant, -- bought
	min_qty INTEGER NOT NULL DEFAULT 0,
	gift_id INTEGER NOT NULL REFERENCES variant,
	gift_qty INTEGER NOT NULL DEFAULT 1,
	each_time INTEGER NOT NULL DEFAULT 0, -- 1: again for each further min_paid or min_qty
	alone INTEGER NOT NULL DEFAULT 0, -- 1: no further rule after it
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Texts for reminders and other messages; {nick} {order_no} ... are filled in.
CREATE TABLE text_template (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,             -- 'unpaid', ...
	name TEXT NOT NULL,
	text TEXT NOT NULL,
	active INTEGER NOT NULL DEFAULT 1,
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (kind, name)
) STRICT;

-- Reminders of unpaid orders. result: '' none yet, 'paid', 'later', 'dear',
-- 'elsewhere', 'no_answer', 'refused'.
CREATE TABLE reminder (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	channel TEXT NOT NULL,
	text TEXT NOT NULL,
	result TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	result_at INTEGER NOT NULL DEFAULT 0,
	template_id INTEGER REFERENCES text_template, -- NULL: own words
	next_at INTEGER NOT NULL DEFAULT 0  -- the next one not before
) STRICT;
CREATE INDEX reminder_order ON reminder (order_id, id);
CREATE INDEX reminder_at ON reminder (at, id);
CREATE INDEX reminder_staff ON reminder (staff_id, id);

-- What was confirmed with the buyer, by whom and when; what: bits, see
-- domain/confirm.h.
CREATE TABLE confirmation (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	channel TEXT NOT NULL DEFAULT '',
	what INTEGER NOT NULL,
	note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX confirmation_order ON confirmation (order_id, id);

-- Goods made to order: what has to be known of each line before they are made.
-- made: 1 for such products.
ALTER TABLE product ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
CREATE INDEX product_made ON product (id) WHERE made = 1;
CREATE TABLE attr_def (
	id INTEGER PRIMARY KEY,
	product_id INTEGER REFERENCES product, -- NULL: all that are made to order
	name TEXT NOT NULL,             -- 'width'
	title TEXT NOT NULL,            -- 宽
	type TEXT NOT NULL,             -- length, number, day, choice, text
	unit TEXT NOT NULL DEFAULT '',  -- what is typed without one: 'cm'
	choices TEXT NOT NULL DEFAULT '', -- ';红;蓝;'
	least INTEGER NOT NULL DEFAULT 0, -- mm for lengths
	most INTEGER NOT NULL DEFAULT 0,
	critical INTEGER NOT NULL DEFAULT 1, -- 1: typed twice
	seq INTEGER NOT NULL DEFAULT 0,
	active INTEGER NOT NULL DEFAULT 1,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX attr_def_name ON attr_def (coalesce(product_id, 0), name);
-- value: in one form (mm, seconds UTC of the day, the choice, the text).
CREATE TABLE line_attr (
	order_id INTEGER NOT NULL REFERENCES orders,
	line_no INTEGER NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	typed_by INTEGER NOT NULL REFERENCES staff,
	typed_at INTEGER NOT NULL,
	again TEXT NOT NULL DEFAULT '', -- the second time
	again_by INTEGER REFERENCES staff,
	again_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (order_id, line_no, name)
) STRICT, WITHOUT ROWID;
-- state: 0 to be placed 1 placed 2 made 3 received 4 cancelled. content: as it
-- was placed, name=value lines.
CREATE TABLE production (
	id INTEGER PRIMARY KEY,
	production_no TEXT NOT NULL UNIQUE, -- 'P-000123'
	order_id INTEGER NOT NULL REFERENCES orders,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	maker TEXT NOT NULL DEFAULT '',
	state INTEGER NOT NULL DEFAULT 0,
	due_at INTEGER NOT NULL DEFAULT 0,
	content TEXT NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	placed_at INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL DEFAULT 0,
	ended_at INTEGER NOT NULL DEFAULT 0,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX production_state ON production (state, due_at, id);
CREATE INDEX production_order ON production (order_id, line_no, id);
-- Each correction of what had been agreed, and whether the factory had it by
-- then: penalties are proposed from it (rules §7).
CREATE TABLE correction (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	line_no INTEGER NOT NULL,       -- 0: of the whole order
	name TEXT NOT NULL,
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	typed_by INTEGER REFERENCES staff, -- who had it wrong
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	placed INTEGER NOT NULL,        -- 1: the production order stood
	loss INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX correction_order ON correction (order_id, id);
CREATE INDEX correction_typed ON correction (typed_by, id);
-- An agent's sales as they were handed to production, late or not.
CREATE TABLE handover (
	id INTEGER PRIMARY KEY,
	agent_id INTEGER NOT NULL REFERENCES staff,
	day INTEGER NOT NULL,           -- of the sales; days since 1970
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	n INTEGER NOT NULL,             -- orders in it: kept figures
	late_n INTEGER NOT NULL
) STRICT;
CREATE INDEX handover_agent ON handover (agent_id, day, id);
CREATE TABLE handover_order (
	order_id INTEGER PRIMARY KEY REFERENCES orders,
	handover_id INTEGER NOT NULL REFERENCES handover,
	late INTEGER NOT NULL           -- 1: after the hour of its day
) STRICT;
CREATE INDEX handover_order_of ON handover_order (handover_id, order_id);

-- Review: what: see domain/review.h. action: 'hold' or 'pass'.
CREATE TABLE review_rule (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	active INTEGER NOT NULL DEFAULT 1,
	seq INTEGER NOT NULL DEFAULT 0,
	what TEXT NOT NULL,             -- 'memo', 'amount_over', 'vague', ...
	value TEXT NOT NULL DEFAULT '',
	shop_id INTEGER REFERENCES shop, -- NULL: all
	action TEXT NOT NULL DEFAULT 'hold',
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
-- Paid orders that no review has looked at: a row goes with the review.
CREATE INDEX orders_unreviewed ON orders (state, paid_at, id)
	WHERE state = 2 AND done & 1 = 0;

-- Money for an order, several each; method: see domain/payments.h. amount is
-- negative when it went back. A wrong one is cancelled by a counter-entry.
CREATE TABLE payment (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	method TEXT NOT NULL,
	amount INTEGER NOT NULL,
	at INTEGER NOT NULL,
	ref TEXT NOT NULL DEFAULT '',   -- number of the method's own
	due_at INTEGER NOT NULL DEFAULT 0, -- of an instalment that is still to come
	state INTEGER NOT NULL DEFAULT 1,  -- 0 due 1 received
	reverses_id INTEGER UNIQUE REFERENCES payment,
	undone INTEGER NOT NULL DEFAULT 0, -- 1: a counter-entry, or has one
	note TEXT NOT NULL DEFAULT '',
	staff_id INTEGER NOT NULL REFERENCES staff
) STRICT;
CREATE INDEX payment_order ON payment (order_id, id);
CREATE INDEX payment_due ON payment (due_at, id) WHERE state = 0 AND undone = 0;
CREATE UNIQUE INDEX payment_ref ON payment (ref, method, amount)
	WHERE ref <> '' AND undone = 0;

-- A line of somebody's statement (Alipay, the platform, the bank). how: ''
-- open, 'order' matched with one, 'known' explained without one.
CREATE TABLE statement_line (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,           -- 'alipay', 'taobao', 'bank', ...
	ref TEXT NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,             -- as the statement has it
	amount INTEGER NOT NULL,        -- what came (+) or went (-)
	order_no TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	order_id INTEGER REFERENCES orders,
	how TEXT NOT NULL DEFAULT '',
	matched_by INTEGER REFERENCES staff,
	matched_at INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',  -- what explains it
	UNIQUE (source, ref, kind, amount)
) STRICT;
CREATE INDEX statement_line_at ON statement_line (at, id);
CREATE INDEX statement_line_open ON statement_line (id) WHERE how = '';
CREATE INDEX statement_line_order ON statement_line (order_id, id)
	WHERE order_id IS NOT NULL;

-- Numbered papers: what stood on them stays. kind: 'delivery' notice, sales
-- 'invoice', ... cancelled, never deleted.
CREATE TABLE document (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	doc_no TEXT NOT NULL UNIQUE,    -- 'DN-000123', 'SI-000123'
	order_id INTEGER REFERENCES orders,
	subject INTEGER NOT NULL DEFAULT 0, -- id of what else it is about
	at INTEGER NOT NULL,
	staff_id INTEGER NOT NULL REFERENCES staff,
	total INTEGER NOT NULL DEFAULT 0,
	title TEXT NOT NULL DEFAULT '', -- to whom an invoice is made out
	tax_no TEXT NOT NULL DEFAULT '',
	body TEXT NOT NULL,
	cancelled_at INTEGER NOT NULL DEFAULT 0,
	cancelled_by INTEGER REFERENCES staff,
	reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX document_order ON document (order_id, id);
CREATE INDEX document_kind ON document (kind, id);

-- Picking. kind: 1 one piece each 2 one product, many orders 3 several, sorted
-- into slots. state: 1 open 2 picked 3 done 4 cancelled.
CREATE TABLE wave (
	id INTEGER PRIMARY KEY,
	wave_no TEXT NOT NULL UNIQUE,   -- 'W-000123'
	kind INTEGER NOT NULL,
	state INTEGER NOT NULL DEFAULT 1,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	picker_id INTEGER REFERENCES staff,
	picked_at INTEGER NOT NULL DEFAULT 0,
	done_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX wave_state ON wave (state, id);
-- state: 0 open 1 done 2 kicked out. Orders that go together share a slot, the
-- parts of a split order have one each.
CREATE TABLE wave_order (
	wave_id INTEGER NOT NULL REFERENCES wave,
	order_id INTEGER NOT NULL REFERENCES orders,
	part INTEGER NOT NULL DEFAULT 0,
	slot INTEGER NOT NULL,          -- 1 upwards
	state INTEGER NOT NULL DEFAULT 0,
	why TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (wave_id, slot, order_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX wave_order_open ON wave_order (order_id, part)
	WHERE state = 0;
CREATE INDEX wave_order_order ON wave_order (order_id, wave_id);
-- What each slot is to get; sorted: in it; sent: gone from it in a parcel.
CREATE TABLE wave_item (
	wave_id INTEGER NOT NULL REFERENCES wave,
	slot INTEGER NOT NULL,
	variant_id INTEGER NOT NULL REFERENCES variant,
	need INTEGER NOT NULL,
	sorted INTEGER NOT NULL DEFAULT 0,
	sent INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (wave_id, slot, variant_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE wave_line (
	wave_id INTEGER NOT NULL REFERENCES wave,
	variant_id INTEGER NOT NULL REFERENCES variant,
	bin TEXT NOT NULL,
	need INTEGER NOT NULL,
	picked INTEGER NOT NULL DEFAULT 0,
	sorted INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (wave_id, variant_id)
) STRICT, WITHOUT ROWID;
-- Goods of orders that were stopped after picking: what goes back where.
CREATE TABLE put_back (
	id INTEGER PRIMARY KEY,
	wave_id INTEGER REFERENCES wave,
	order_id INTEGER NOT NULL REFERENCES orders,
	variant_id INTEGER NOT NULL REFERENCES variant,
	bin TEXT NOT NULL,
	qty INTEGER NOT NULL,
	at INTEGER NOT NULL,
	done_at INTEGER NOT NULL DEFAULT 0,
	done_by INTEGER REFERENCES staff
) STRICT;
CREATE INDEX put_back_open ON put_back (id) WHERE done_at = 0;
CREATE INDEX put_back_goods ON put_back (variant_id, id) WHERE done_at = 0;
CREATE INDEX put_back_order ON put_back (order_id, id);
-- Who is at an order just now: not a lock, it goes when idle.
CREATE TABLE claim (
	order_id INTEGER PRIMARY KEY REFERENCES orders,
	staff_id INTEGER NOT NULL REFERENCES staff,
	place TEXT NOT NULL,            -- the terminal
	at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_staff ON claim (staff_id, order_id);

-- Parcels: how they were packed, what they weigh, cost and carry.
CREATE TABLE material (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,      -- scanned
	name TEXT NOT NULL,
	weight INTEGER NOT NULL DEFAULT 0,
	cost INTEGER NOT NULL DEFAULT 0,
	active INTEGER NOT NULL DEFAULT 1,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE manifest (
	id INTEGER PRIMARY KEY,
	manifest_no TEXT NOT NULL UNIQUE, -- 'M-000123'
	courier_id INTEGER NOT NULL REFERENCES courier,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	closed_at INTEGER NOT NULL DEFAULT 0,
	closed_by INTEGER REFERENCES staff,
	driver TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX manifest_open ON manifest (courier_id)
	WHERE closed_at = 0;
-- packer_id is the packer. expected: grams that were expected. freight: what
-- the template says, NULL: none applies. track: see domain/tracking.h;
-- track_at: its newest event. watch: 1 while it must arrive yet.
ALTER TABLE parcel ADD COLUMN warehouse_id INTEGER REFERENCES warehouse;
ALTER TABLE parcel ADD COLUMN material_id INTEGER REFERENCES material;
ALTER TABLE parcel ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcel ADD COLUMN picker_id INTEGER REFERENCES staff;
ALTER TABLE parcel ADD COLUMN checker_id INTEGER REFERENCES staff;
ALTER TABLE parcel ADD COLUMN shipper_id INTEGER REFERENCES staff;
ALTER TABLE parcel ADD COLUMN freight INTEGER;
ALTER TABLE parcel ADD COLUMN billed INTEGER;   -- by the courier; NULL: not yet
ALTER TABLE parcel ADD COLUMN manifest_id INTEGER REFERENCES manifest;
ALTER TABLE parcel ADD COLUMN handed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcel ADD COLUMN track INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcel ADD COLUMN track_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcel ADD COLUMN watch INTEGER NOT NULL DEFAULT 1;
CREATE INDEX parcel_watch ON parcel (track, track_at, id) WHERE watch = 1;
CREATE INDEX parcel_late ON parcel (shipped_at, id) WHERE watch = 1;
CREATE INDEX parcel_unhanded ON parcel (courier_id, id)
	WHERE handed_at = 0 AND manifest_id IS NULL;
CREATE INDEX parcel_manifest ON parcel (manifest_id, id)
	WHERE manifest_id IS NOT NULL;
ALTER TABLE parcel ADD COLUMN part INTEGER NOT NULL DEFAULT 0; -- of its order
-- What is in a parcel; several orders when they were merged.
CREATE TABLE parcel_line (
	parcel_id INTEGER NOT NULL REFERENCES parcel,
	order_id INTEGER NOT NULL REFERENCES orders,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	cost INTEGER,                   -- what they cost; NULL: from before
	PRIMARY KEY (parcel_id, order_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_line_order ON parcel_line (order_id, parcel_id);
INSERT INTO parcel_line (parcel_id, order_id, line_no, qty)
	SELECT p.id, p.order_id, l.line_no, l.qty FROM parcel p
	JOIN order_line l ON l.order_id = p.order_id
	WHERE l.cost IS NOT NULL AND p.id =
	(SELECT max(q.id) FROM parcel q WHERE q.order_id = p.order_id);
UPDATE parcel SET handed_at = shipped_at;
-- The other orders in a parcel, each with its own line in the platform's file.
CREATE TABLE parcel_also (
	parcel_id INTEGER NOT NULL REFERENCES parcel,
	order_id INTEGER NOT NULL REFERENCES orders,
	exported_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (parcel_id, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_also_order ON parcel_also (order_id, parcel_id);

-- Packed at the bench, with its waybill, and not yet on the scale: the row goes
-- with the shipment. order_id: the first that has goods in it.
CREATE TABLE packed (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders,
	part INTEGER NOT NULL DEFAULT 0,
	warehouse_id INTEGER NOT NULL REFERENCES warehouse,
	courier_id INTEGER NOT NULL REFERENCES courier,
	waybill_no TEXT NOT NULL UNIQUE,
	material_id INTEGER REFERENCES material,
	packer_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
CREATE TABLE packed_line (
	order_id INTEGER NOT NULL REFERENCES orders,
	part INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	packed_id INTEGER NOT NULL REFERENCES packed,
	variant_id INTEGER NOT NULL REFERENCES variant,
	qty INTEGER NOT NULL,
	PRIMARY KEY (order_id, part, line_no, packed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX packed_line_packed ON packed_line (packed_id);

-- Freight: basis 0 piece 1 weight (g) 2 volume (cm3). divisor: cm3 that count as
-- a kilogram, 0: none. est_days: NULL none said. since: of the shipments that it
-- is for; the newest one counts.
ALTER TABLE courier ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- province: where it stands. courier_id: whose hub it is that holds our stock,
-- so that only that courier takes parcels there; NULL: our own.
ALTER TABLE warehouse ADD COLUMN province TEXT NOT NULL DEFAULT '';
ALTER TABLE warehouse ADD COLUMN courier_id INTEGER REFERENCES courier;
ALTER TABLE warehouse ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
ALTER TABLE warehouse ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE TABLE freight_template (
	id INTEGER PRIMARY KEY,
	courier_id INTEGER NOT NULL REFERENCES courier,
	warehouse_id INTEGER REFERENCES warehouse, -- NULL: any
	name TEXT NOT NULL,
	basis INTEGER NOT NULL DEFAULT 1,
	divisor INTEGER NOT NULL DEFAULT 0,
	active INTEGER NOT NULL DEFAULT 1,
	since INTEGER NOT NULL DEFAULT 0,
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (courier_id, name)
) STRICT;
CREATE TABLE freight_zone (
	template_id INTEGER NOT NULL REFERENCES freight_template,
	province TEXT NOT NULL,         -- 浙江, in short; '': everywhere else
	first INTEGER NOT NULL,         -- pieces, grams, cm3
	first_fee INTEGER NOT NULL,
	step INTEGER NOT NULL,
	step_fee INTEGER NOT NULL,
	least_fee INTEGER NOT NULL DEFAULT 0,
	est_days INTEGER,
	served INTEGER NOT NULL DEFAULT 1, -- 0: does not go there
	PRIMARY KEY (template_id, province)
) STRICT, WITHOUT ROWID;
ALTER TABLE variant ADD COLUMN volume INTEGER NOT NULL DEFAULT 0; -- cm3
-- A courier's bill. state of a line: 0 agrees 1 too much 2 unknown waybill 3
-- billed twice 4 too little; settled: '' open, 'paid', 'disputed', 'credited'.
CREATE TABLE freight_bill (
	id INTEGER PRIMARY KEY,
	courier_id INTEGER NOT NULL REFERENCES courier,
	bill_no TEXT NOT NULL,          -- its file or month
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	n INTEGER NOT NULL,             -- kept figures of its lines:
	amount INTEGER NOT NULL,
	due INTEGER NOT NULL DEFAULT 0,
	wrong_n INTEGER NOT NULL DEFAULT 0, -- state <> 0
	open_n INTEGER NOT NULL DEFAULT 0,  -- and not settled
	batch_id INTEGER REFERENCES import_batch, -- whose rows they were
	UNIQUE (courier_id, bill_no)
) STRICT;
CREATE TABLE freight_bill_line (
	id INTEGER PRIMARY KEY,
	bill_id INTEGER NOT NULL REFERENCES freight_bill,
	waybill_no TEXT NOT NULL,
	weight INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	province TEXT NOT NULL DEFAULT '',
	parcel_id INTEGER REFERENCES parcel,
	due INTEGER,                    -- by our template; NULL: none applies
	state INTEGER NOT NULL,
	settled TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX freight_bill_line_bill ON freight_bill_line (bill_id, state, id);
CREATE INDEX freight_bill_line_waybill ON freight_bill_line (waybill_no, id);
CREATE INDEX freight_bill_line_open ON freight_bill_line (state, id)
	WHERE state <> 0 AND settled = '';
CREATE INDEX freight_bill_line_settled ON freight_bill_line (settled, id)
	WHERE settled <> '';

-- Tracking.
CREATE TABLE track_event (
	id INTEGER PRIMARY KEY,
	parcel_id INTEGER NOT NULL REFERENCES parcel,
	at INTEGER NOT NULL,
	state INTEGER NOT NULL,
	place TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL,
	UNIQUE (parcel_id, at, text)
) STRICT;
-- A parcel that somebody sees to. kind: 'not_collected', 'still', 'refused',
-- 'returned', 'not_received', 'late', 'intercept', 'lost'.
CREATE TABLE track_case (
	id INTEGER PRIMARY KEY,
	parcel_id INTEGER NOT NULL REFERENCES parcel,
	kind TEXT NOT NULL,
	at INTEGER NOT NULL,
	staff_id INTEGER REFERENCES staff, -- who sees to it
	note TEXT NOT NULL DEFAULT '',
	closed_at INTEGER NOT NULL DEFAULT 0,
	closed_by INTEGER REFERENCES staff,
	outcome TEXT NOT NULL DEFAULT '', -- 'arrived', 'stopped', 'too_late', ...
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX track_case_parcel ON track_case (parcel_id, id);
CREATE UNIQUE INDEX track_case_open ON track_case (parcel_id, kind)
	WHERE closed_at = 0;
CREATE INDEX track_case_all ON track_case (id) WHERE closed_at = 0;

-- What a shop was called before: files may call it so yet.
CREATE TABLE shop_alias (
	platform TEXT NOT NULL,
	name TEXT NOT NULL,
	shop_id INTEGER NOT NULL REFERENCES shop,
	PRIMARY KEY (platform, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX shop_alias_shop ON shop_alias (shop_id);

-- Permissions that came with these.
INSERT INTO role_perm (role_id, perm)
	SELECT r.id, p.perm FROM role r JOIN (
		SELECT 'owner' AS role, 'order.add' AS perm
		UNION ALL SELECT 'manager', 'order.add'
		UNION ALL SELECT 'supervisor', 'order.add'
		UNION ALL SELECT 'agent', 'order.add'
		UNION ALL SELECT 'aftersales', 'order.add'
		UNION ALL SELECT 'owner', 'order.review'
		UNION ALL SELECT 'manager', 'order.review'
		UNION ALL SELECT 'supervisor', 'order.review'
		UNION ALL SELECT 'agent', 'order.review'
		UNION ALL SELECT 'warehouse', 'order.review'
		UNION ALL SELECT 'owner', 'rule.edit'
		UNION ALL SELECT 'manager', 'rule.edit'
		UNION ALL SELECT 'supervisor', 'rule.edit'
		UNION ALL SELECT 'owner', 'production.edit'
		UNION ALL SELECT 'manager', 'production.edit'
		UNION ALL SELECT 'supervisor', 'production.edit'
		UNION ALL SELECT 'agent', 'production.edit'
		UNION ALL SELECT 'warehouse', 'production.edit'
		UNION ALL SELECT 'buyer', 'production.edit'
		UNION ALL SELECT 'owner', 'payment.view'
		UNION ALL SELECT 'manager', 'payment.view'
		UNION ALL SELECT 'supervisor', 'payment.view'
		UNION ALL SELECT 'agent', 'payment.view'
		UNION ALL SELECT 'aftersales', 'payment.view'
		UNION ALL SELECT 'owner', 'payment.edit'
		UNION ALL SELECT 'manager', 'payment.edit'
		UNION ALL SELECT 'supervisor', 'payment.edit'
		UNION ALL SELECT 'agent', 'payment.edit'
		UNION ALL SELECT 'owner', 'payment.check'
		UNION ALL SELECT 'manager', 'payment.check'
		UNION ALL SELECT 'owner', 'document.issue'
		UNION ALL SELECT 'manager', 'document.issue'
		UNION ALL SELECT 'supervisor', 'document.issue'
		UNION ALL SELECT 'agent', 'document.issue'
		UNION ALL SELECT 'warehouse', 'document.issue'
		UNION ALL SELECT 'owner', 'wave.make'
		UNION ALL SELECT 'manager', 'wave.make'
		UNION ALL SELECT 'warehouse', 'wave.make'
		UNION ALL SELECT 'owner', 'pack.force'
		UNION ALL SELECT 'manager', 'pack.force'
		UNION ALL SELECT 'warehouse', 'pack.force'
		UNION ALL SELECT 'owner', 'freight.view'
		UNION ALL SELECT 'manager', 'freight.view'
		UNION ALL SELECT 'supervisor', 'freight.view'
		UNION ALL SELECT 'warehouse', 'freight.view'
		UNION ALL SELECT 'owner', 'freight.edit'
		UNION ALL SELECT 'manager', 'freight.edit'
		UNION ALL SELECT 'warehouse', 'freight.edit'
		UNION ALL SELECT 'owner', 'track.edit'
		UNION ALL SELECT 'manager', 'track.edit'
		UNION ALL SELECT 'supervisor', 'track.edit'
		UNION ALL SELECT 'agent', 'track.edit'
		UNION ALL SELECT 'aftersales', 'track.edit'
		UNION ALL SELECT 'warehouse', 'track.edit'
	) p ON p.role = r.name
	WHERE true
	ON CONFLICT DO NOTHING;
