-- The door and the log: badges, one-time codes, refused log-ins; a log whose
-- entries are chained; how each person likes the lists.

ALTER TABLE staff ADD COLUMN badge TEXT NOT NULL DEFAULT '';      -- digest of the code on it; '': none
ALTER TABLE staff ADD COLUMN otp_secret TEXT NOT NULL DEFAULT ''; -- base32; '': no one-time code
ALTER TABLE staff ADD COLUMN otp_step INTEGER NOT NULL DEFAULT 0; -- last one used: a code counts once
ALTER TABLE staff ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0; -- 1: the password is not one's own yet
ALTER TABLE staff ADD COLUMN last_login_at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX staff_badge ON staff (badge) WHERE badge <> '';

-- What a role is called where it is not one of ours: the owner's own.
ALTER TABLE role ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Refused log-ins in a row, by what was typed: also names of nobody, so that
-- nothing tells which names there are.
CREATE TABLE login_refused (
	login TEXT PRIMARY KEY,
	n INTEGER NOT NULL,
	last_at INTEGER NOT NULL
) STRICT;

-- approved_by: the supervisor who allowed it at somebody else's terminal.
-- hash: of the entry before and of this one, see domain/audit_chain.c; '' in
-- entries from before there was a chain.
ALTER TABLE audit ADD COLUMN approved_by INTEGER REFERENCES staff;
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_op ON audit (op, id);
CREATE INDEX audit_kind ON audit (kind, id);
CREATE INDEX audit_staff_op ON audit (staff_id, op, id);
CREATE INDEX audit_staff_kind ON audit (staff_id, kind, id);
CREATE INDEX audit_at ON audit (at, id);

-- The end of the chain, so that entries missing at its end are noticed.
CREATE TABLE audit_head (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	audit_id INTEGER NOT NULL,
	hash TEXT NOT NULL
) STRICT;

-- Columns, widths and order of a list, as somebody has set them.
CREATE TABLE view (
	staff_id INTEGER NOT NULL REFERENCES staff,
	name TEXT NOT NULL,             -- 'orders.to-ship'
	value TEXT NOT NULL,
	PRIMARY KEY (staff_id, name)
) STRICT;

-- Grows when staff, roles or their permissions change: whoever is logged in
-- reads the own permissions again.
INSERT INTO setting (name, value) VALUES ('door_epoch', '1')
	ON CONFLICT DO NOTHING;

-- Permissions that came after the first shops. A new shop has no roles yet:
-- it gets its own from data/roles.tsv.
INSERT INTO role_perm (role_id, perm)
	SELECT id, 'order.release' FROM role WHERE name IN
	('owner', 'manager', 'supervisor', 'agent', 'aftersales', 'warehouse')
	ON CONFLICT DO NOTHING;
INSERT INTO role_perm (role_id, perm)
	SELECT id, 'contact.view' FROM role WHERE name IN
	('owner', 'manager', 'supervisor', 'agent', 'aftersales')
	ON CONFLICT DO NOTHING;
INSERT INTO role_perm (role_id, perm)
	SELECT id, 'contact.reveal' FROM role WHERE name IN
	('owner', 'manager', 'supervisor', 'agent', 'aftersales', 'warehouse',
	'clerk')
	ON CONFLICT DO NOTHING;
INSERT INTO role_perm (role_id, perm)
	SELECT id, 'approve' FROM role WHERE name IN
	('owner', 'manager', 'supervisor', 'warehouse')
	ON CONFLICT DO NOTHING;
INSERT INTO role_perm (role_id, perm)
	SELECT id, 'role.edit' FROM role WHERE name = 'owner'
	ON CONFLICT DO NOTHING;

-- When orders come in, and who sends parcels: by the hour since 1970, which is
-- the same hour whatever the shop's clock.
CREATE TABLE hour_figure (
	hour INTEGER PRIMARY KEY,
	created_n INTEGER NOT NULL,
	paid_n INTEGER NOT NULL
) STRICT;
CREATE TABLE packer_figure (
	hour INTEGER NOT NULL,
	staff_id INTEGER NOT NULL REFERENCES staff,
	shipped_n INTEGER NOT NULL,     -- parcels
	PRIMARY KEY (hour, staff_id)
) STRICT;
INSERT INTO hour_figure (hour, created_n, paid_n)
	SELECT hour, CAST(sum(created) AS INTEGER), CAST(sum(paid) AS INTEGER)
	FROM (
		SELECT created_at / 3600 AS hour, 1 AS created, 0 AS paid
			FROM orders WHERE created_at <> 0
		UNION ALL
		SELECT paid_at / 3600, 0, 1 FROM orders WHERE paid_at <> 0
	) AS moments GROUP BY hour;
INSERT INTO packer_figure (hour, staff_id, shipped_n)
	SELECT shipped_at / 3600, packer_id, count(*) FROM parcel
	GROUP BY shipped_at / 3600, packer_id;

-- What lies in a bin whose code was scanned.
CREATE INDEX stock_bin ON stock (bin, variant_id) WHERE bin <> '';
