-- Goods at the door, scanned and not received yet: each scan is kept as it
-- comes. state: 0 under way 1 received 2 thrown away; of an order one is under
-- way at a time. line_no: scanned last, by last_by. version: counts the scans.
CREATE TABLE receiving (
	id INTEGER PRIMARY KEY,
	purchase_id INTEGER NOT NULL REFERENCES purchase,
	state INTEGER NOT NULL DEFAULT 0,
	line_no INTEGER NOT NULL DEFAULT 0,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	last_by INTEGER NOT NULL REFERENCES staff,
	last_at INTEGER NOT NULL,
	slip_id INTEGER UNIQUE REFERENCES stock_slip,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX receiving_open ON receiving (purchase_id) WHERE state = 0;
CREATE INDEX receiving_purchase ON receiving (purchase_id, id);
CREATE INDEX receiving_state ON receiving (state, id);
-- qty: good and bad pieces; bad: of those. staff_id: who scanned it last.
CREATE TABLE receiving_line (
	receiving_id INTEGER NOT NULL REFERENCES receiving,
	line_no INTEGER NOT NULL,
	qty INTEGER NOT NULL,
	bad INTEGER NOT NULL DEFAULT 0,
	staff_id INTEGER NOT NULL REFERENCES staff,
	at INTEGER NOT NULL,
	PRIMARY KEY (receiving_id, line_no)
) STRICT, WITHOUT ROWID;

-- along: the code so written that one comes by in its order, A-2 before A-10.
-- The program writes it: see bin_along().
ALTER TABLE bin ADD COLUMN along TEXT NOT NULL DEFAULT '';
DROP INDEX bin_walk;
CREATE INDEX bin_walk ON bin (warehouse_id, walk, along);
INSERT INTO setting (name, value) VALUES ('bins_along_due', '1');
