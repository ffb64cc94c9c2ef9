-- Who works here, what they may do, and what they did.

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	password TEXT NOT NULL,         -- Argon2id, see base/secret.h
	active INTEGER NOT NULL DEFAULT 1,
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE role (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE       -- 'owner': seeded from data/roles.tsv
) STRICT;

CREATE TABLE role_perm (
	role_id INTEGER NOT NULL REFERENCES role,
	perm TEXT NOT NULL,             -- 'order.ship': the names in op.c
	PRIMARY KEY (role_id, perm)
) STRICT;

CREATE TABLE staff_role (
	staff_id INTEGER NOT NULL REFERENCES staff,
	role_id INTEGER NOT NULL REFERENCES role,
	PRIMARY KEY (staff_id, role_id)
) STRICT;
CREATE INDEX staff_role_role ON staff_role (role_id);

-- Append-only. kind and subject say which record it is about ('order', id).
CREATE TABLE audit (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	staff_id INTEGER REFERENCES staff,   -- NULL: the program itself (init)
	op TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject INTEGER NOT NULL,
	detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (kind, subject, id);
CREATE INDEX audit_staff ON audit (staff_id, id);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
