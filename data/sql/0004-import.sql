-- Imports that are written down before they are done, and can be taken back;
-- what they changed; rows for departments to come; layouts that were taught.

-- state: 0 being written down 1 written down, being done 2 done 3 being taken
-- back 4 taken back. audit_from: the newest entry of the log when it began; 0:
-- it was before there was a way to take it back.
ALTER TABLE import_batch ADD COLUMN state INTEGER NOT NULL DEFAULT 2;
ALTER TABLE import_batch ADD COLUMN audit_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN undone_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN undone_by INTEGER REFERENCES staff;
CREATE INDEX import_batch_open ON import_batch (id) WHERE state IN (0, 1, 3);

-- What an import is going to do, written down before any of it is done. seq 0
-- says what the files are, the others have some orders each: all rows of
-- theirs. An entry goes with the step that has done it.
CREATE TABLE import_journal (
	id INTEGER PRIMARY KEY,
	batch_id INTEGER NOT NULL REFERENCES import_batch,
	seq INTEGER NOT NULL,
	rows BLOB NOT NULL,
	UNIQUE (batch_id, seq)
) STRICT;

-- What an import made: the ids from first to last, but for those that others
-- made ('order', 'receiver', ...).
CREATE TABLE import_made (
	batch_id INTEGER NOT NULL REFERENCES import_batch,
	kind TEXT NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (batch_id, kind, first)
) STRICT, WITHOUT ROWID;

-- What an import changed in records that were there before. image: what it
-- was like; '' once it was put back.
CREATE TABLE import_change (
	id INTEGER PRIMARY KEY,
	batch_id INTEGER NOT NULL REFERENCES import_batch,
	kind TEXT NOT NULL,             -- 'order', 'variant', 'customer', 'staged'
	subject INTEGER NOT NULL,
	what TEXT NOT NULL,             -- 'state', 'refund', 'address', ...
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	calm INTEGER NOT NULL DEFAULT 1, -- 0: paid and not shipped, looked at first
	image TEXT NOT NULL
) STRICT;
CREATE INDEX import_change_batch ON import_change (batch_id, calm, id);
CREATE INDEX import_change_image ON import_change (batch_id, kind, subject, id)
	WHERE image <> '';

-- Names and phones of customers before a newer order brought others.
CREATE TABLE import_image (
	batch_id INTEGER NOT NULL REFERENCES import_batch,
	customer_id INTEGER NOT NULL REFERENCES customer,
	name TEXT NOT NULL,
	phone TEXT NOT NULL,
	pinyin TEXT NOT NULL,
	PRIMARY KEY (customer_id, batch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_image_batch ON import_image (batch_id, customer_id);

-- Rows that are understood and checked, for departments that are not there
-- yet. key tells a row from others of its kind; the newest file counts.
CREATE TABLE staged (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,             -- 'refunds', 'payments', 'tracking', ...
	key TEXT NOT NULL,
	batch_id INTEGER NOT NULL REFERENCES import_batch,
	line INTEGER NOT NULL,
	at INTEGER NOT NULL,
	order_no TEXT NOT NULL DEFAULT '',
	fields TEXT NOT NULL,           -- name=value, TABs between, \t \n \\ escaped
	UNIQUE (kind, key)
) STRICT;
CREATE INDEX staged_kind ON staged (kind, id);
CREATE INDEX staged_batch ON staged (batch_id, id);
CREATE INDEX staged_order ON staged (order_no, kind) WHERE order_no <> '';
CREATE TABLE staged_count (
	kind TEXT PRIMARY KEY,
	n INTEGER NOT NULL,
	last_at INTEGER NOT NULL
) STRICT;

-- Layouts that somebody taught, in the words of data/formats.
CREATE TABLE layout_taught (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	platform TEXT NOT NULL,
	text TEXT NOT NULL,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL
) STRICT;
