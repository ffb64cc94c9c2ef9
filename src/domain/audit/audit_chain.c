/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "audit_chain_priv.h"

#define NUMBER 8 /* bytes, lowest first */

static struct secret_part
number_part(int64_t n, unsigned char buf[NUMBER])
{
	size_t i;

	for (i = 0; i < NUMBER; i++)
		buf[i] = (unsigned char)((uint64_t)n >> 8 * i);
	return (struct secret_part){ buf, NUMBER };
}

/* Nobody is an empty part. */
static struct secret_part
staff_part(int64_t id, unsigned char buf[NUMBER])
{
	return id != 0 ? number_part(id, buf) : (struct secret_part){ "", 0 };
}

void
audit_hash(struct audit_entry *e, const char *before)
{
	unsigned char id[NUMBER], at[NUMBER], staff[NUMBER], subject[NUMBER],
	    approved[NUMBER];
	const struct secret_part parts[] = {
		{ before, strlen(before) },
		number_part(e->id, id),
		number_part(e->at, at),
		staff_part(e->staff_id, staff),
		e->op,
		e->kind,
		number_part(e->subject, subject),
		e->detail,
		staff_part(e->approved_by, approved),
	};

	secret_digest(parts, sizeof(parts) / sizeof(parts[0]), e->hash);
}

const char sql_audit_entries[] =
    "SELECT id, at, staff_id, op, kind, subject, detail, approved_by, hash "
    "FROM audit ORDER BY id /*scan*/";

static struct secret_part
text_part(const struct db_rows *rows, int col)
{
	return (struct secret_part){ db_text(rows, col), db_len(rows, col) };
}

void
audit_read(const struct db_rows *rows, struct audit_entry *e)
{
	e->id = db_int(rows, 0);
	e->at = db_int(rows, 1);
	e->staff_id = db_int(rows, 2);
	e->op = text_part(rows, 3);
	e->kind = text_part(rows, 4);
	e->subject = db_int(rows, 5);
	e->detail = text_part(rows, 6);
	e->approved_by = db_int(rows, 7);
	copy_text(e->hash, sizeof(e->hash), db_text(rows, 8));
}

static const char sql_end[] =
    "SELECT audit_id, hash FROM audit_head WHERE id = 1";

int
audit_end(struct db *db, struct audit_end *end)
{
	struct db_rows *rows;
	int rc;

	end->id = 0;
	end->hash[0] = '\0';
	if ((rc = db_query(db, sql_end, DB_NOARGS, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		end->id = db_int(rows, 0);
		copy_text(end->hash, sizeof(end->hash), db_text(rows, 1));
	}
	db_done(rows);
	return rc;
}

/*
 * Before the first entry that is chained: all there are, as if they were. Where
 * some are, the end was taken away, and entries with it perhaps: the next one
 * follows from nothing then, which shows.
 */
static int
old_entries(struct db *db, struct audit_end *end)
{
	struct audit_entry e;
	struct db_rows *rows;
	bool chained = false;
	int rc;

	if ((rc = db_query(db, sql_audit_entries, DB_NOARGS, &rows)) < 0)
		return rc;
	while (!chained && (rc = db_next(rows)) == 1) {
		audit_read(rows, &e);
		chained = e.hash[0] != '\0';
		audit_hash(&e, end->hash);
		memcpy(end->hash, e.hash, sizeof(end->hash));
	}
	db_done(rows);
	if (chained)
		end->hash[0] = '\0';
	return rc < 0 ? rc : 0;
}

static const char sql_last[] = "SELECT coalesce(max(id), 0) FROM audit";

static const char sql_first_end[] =
    "INSERT INTO audit_head (id, audit_id, hash) VALUES (1, $1, $2)";
static const char sql_next_end[] =
    "UPDATE audit_head SET audit_id = $1, hash = $2 WHERE id = 1";

static const char sql_add[] =
    "INSERT INTO audit (id, at, staff_id, op, kind, subject, detail, "
    "approved_by, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static struct db_val
text_val(const struct secret_part *part)
{
	struct db_val v = db_t(part->p);

	v.len = part->n;
	return v;
}

int
audit_append(struct txn *txn, struct audit_entry *e)
{
	struct db *db = txn_db(txn);
	struct audit_end end;
	int64_t last;
	int found, rc;

	if ((found = audit_end(db, &end)) < 0)
		return found;
	if ((rc = db_get1(db, sql_last, DB_NOARGS, &last)) < 0)
		return rc;
	if (found == 0 && (rc = old_entries(db, &end)) < 0)
		return rc;
	/* Where somebody cut off the log, or wrote behind its end, work goes
	 * on, with a number that shows it. */
	e->id = (last > end.id ? last : end.id) + 1;
	audit_hash(e, end.hash);
	rc = db_exec(txn, sql_add,
	    DB_ARGS(db_i(e->id), db_i(e->at), db_id(e->staff_id),
		text_val(&e->op), text_val(&e->kind), db_i(e->subject),
		text_val(&e->detail), db_id(e->approved_by), db_t(e->hash)),
	    NULL);
	if (rc == 0)
		rc = db_exec(txn, found ? sql_next_end : sql_first_end,
		    DB_ARGS(db_i(e->id), db_t(e->hash)), NULL);
	return rc;
}
