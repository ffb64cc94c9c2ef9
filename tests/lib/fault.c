/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "../../src/db/db_priv.h"
#include "fault.h"

/*
 * All that a database can refuse: preparing, a step, a transaction's begin and
 * end, a script, a copy. What was refused has not happened.
 */

enum { FAULT_BUSY, FAULT_IO, FAULT_CONFLICT, FAULT_KINDS };

static struct fault *armed;
static int calls;

void
fault_arm(struct fault *f)
{
	armed = f;
	calls = 0;
}

void
fault_disarm(struct fault *f)
{
	(void)f;
	armed = NULL;
}

bool
fault_armed(void)
{
	return armed != NULL;
}

int
fault_calls(void)
{
	return calls;
}

bool
fault_next(struct fault *f)
{
	armed = NULL;
	if (!f->hit)
		return false;
	f->hit = false;
	if (++f->kind == FAULT_KINDS) {
		f->kind = 0;
		f->n++;
	}
	return true;
}

/* 0, or the failure that is due. */
static int
due(struct db *db)
{
	if (armed == NULL || ++calls != armed->n)
		return 0;
	armed->hit = true;
	switch (armed->kind) {
	case FAULT_BUSY:
		return db_busy(db);
	case FAULT_IO:
		/* A full disk takes the transaction with it. */
		if (db->in_txn)
			db_sqlite.rollback(db);
		return err_set(db->err, ERR_IO, "", "The disk is full");
	default:
		return err_set(db->err, ERR_CONFLICT, "", "A constraint");
	}
}

static int
faulty_prepare(struct db *db, const char *sql, void **stmt)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.prepare(db, sql, stmt);
}

static int
faulty_step(struct db *db, void *stmt)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.step(db, stmt);
}

static int
faulty_begin(struct db *db)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.begin(db);
}

static int
faulty_commit(struct db *db)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.commit(db);
}

static int
faulty_script(struct db *db, const char *sql)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.script(db, sql);
}

static int
faulty_copy(struct db *db, const char *path)
{
	int rc = due(db);

	return rc < 0 ? rc : db_sqlite.copy(db, path);
}

void
fault_install(bool on)
{
	static struct db_ops faulty;

	faulty = db_sqlite;
	faulty.prepare = faulty_prepare;
	faulty.step = faulty_step;
	faulty.begin = faulty_begin;
	faulty.commit = faulty_commit;
	faulty.script = faulty_script;
	faulty.copy = faulty_copy;
	db_backend = on ? &faulty : &db_sqlite;
	armed = NULL;
}
