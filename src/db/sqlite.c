/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"

#include "sqlite_priv.h"
#include "vfs.h"
#include "vfs_behind.h"

#define MEMORY_KEPT (1 << 20) /* bytes */

/* Parameter i of SQLite's is $number[i - 1]. */
struct lite_stmt {
	sqlite3_stmt *st;
	int n, most;
	int number[];
};

static sqlite3 *
handle(struct db *db)
{
	return ((struct lite *)db->conn)->h;
}

/* The disk, the user's share of it, or the largest file allowed. */
static bool
no_room(int number)
{
	return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static int
fail_full(struct db *db)
{
	return err_set(
	    db->err, ERR_IO, "", _("The disk is full: nothing was changed"));
}

static int
fail_busy(struct db *db)
{
	struct lite *lite = db->conn;

	if (!lite->stopped)
		return db_busy(db);
	lite->stopped = false;
	return err_set(db->err, ERR_CANCELLED, "", _("Stopped"));
}

static int
fail(struct db *db, const char *sql)
{
	int number = errno;
	sqlite3 *h = handle(db);
	int code = sqlite3_extended_errcode(h);
	const char *why = sqlite3_errmsg(h);

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail_busy(db);
	case SQLITE_INTERRUPT:
		return err_set(db->err, ERR_CANCELLED, "", _("Stopped"));
	}
	log_msg("sqlite %d: %s%s%s", code, why, sql != NULL ? ": " : "",
	    sql != NULL ? sql : "");
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return err_set(db->err, ERR_CONFLICT, "",
		    _("This contradicts what the database already holds (%s)"),
		    why);
	case SQLITE_FULL:
		return fail_full(db);
	case SQLITE_IOERR:
		/* Of a commit SQLite does not keep the number. */
		if (no_room(sqlite3_system_errno(h)) || no_room(number))
			return fail_full(db);
		return err_set(db->err, ERR_IO, "",
		    _("The disk fails: %s could not be read or written (%s)"),
		    db->path, why);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return err_set(db->err, ERR_IO, "",
		    _("%s may not be read or written (%s)"), db->path, why);
	case SQLITE_NOTADB:
		return err_set(db->err, ERR_DB, "",
		    _("%s is not a shopmgr database"), db->path);
	case SQLITE_CORRUPT:
		return err_set(db->err, ERR_DB, "",
		    _("%s is damaged (%s); restore a backup"), db->path, why);
	case SQLITE_NOMEM:
		xmalloc(SIZE_MAX); /* which ends the program properly */
	}
	return err_set(
	    db->err, ERR_DB, "", _("The database refused a command (%s)"), why);
}

/*
 * SQLite's own waiting doubles its sleeps, and starves whoever has waited
 * longest; short random ones are fair enough behind the gate.
 */
static int
on_busy(void *arg, int times)
{
	struct db *db = arg;
	struct lite *lite = db->conn;

	lite->stopped = false;
	if (lite->patience == 0 || db->cache)
		return 0;
	if (times == 0)
		lite->busy_from = time_ticks();
	if (db->poll != NULL && db->poll(db->poll_arg) != 0) {
		lite->stopped = true;
		return 0;
	}
	if (time_ticks() - lite->busy_from > lite->patience * 1000000)
		return 0;
	lite->seed = lite->seed * 1664525 + 1013904223;
	/* Who waits a short while, does so in others' way. */
	usleep(lite->patience < DB_PATIENCE_MS
		   ? 100
		   : 500 + (lite->seed >> 8) % 2500);
	return 1;
}

static int
on_progress(void *arg)
{
	struct db *db = arg;

	return db->poll != NULL && db->poll(db->poll_arg) != 0;
}

static int
on_wal(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct db *db = arg;

	(void)h;
	(void)name;
	db->log_size = pages * ((struct lite *)db->conn)->page_size;
	return SQLITE_OK;
}

int
lite_script(struct db *db, const char *sql)
{
	return sqlite3_exec(handle(db), sql, NULL, NULL, NULL) == SQLITE_OK
		   ? 0
		   : fail(db, sql);
}

int
lite_pragma(struct db *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *st;
	int rc = 0;

	if (sqlite3_prepare_v2(handle(db), sql, -1, &st, NULL) != SQLITE_OK)
		return fail(db, sql);
	if (sqlite3_step(st) == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	else
		rc = fail(db, sql);
	sqlite3_finalize(st);
	return rc;
}

static int
lite_version(struct db *db, int64_t *out)
{
	struct lite *lite = db->conn;
	int rc = 0;

	if (lite->version == NULL &&
	    sqlite3_prepare_v3(lite->h, "PRAGMA data_version", -1,
		SQLITE_PREPARE_PERSISTENT, &lite->version, NULL) != SQLITE_OK)
		return fail(db, NULL);
	if (sqlite3_step(lite->version) == SQLITE_ROW)
		*out = sqlite3_column_int64(lite->version, 0) - lite->missed;
	else
		rc = fail(db, NULL);
	sqlite3_reset(lite->version);
	return rc;
}

static int
lite_open(struct db *db, const char *path, unsigned flags)
{
	int mode =
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
	    (flags & DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	struct lite *lite;
	int rc;

	if (!db->memory && (rc = lite_make_file(db, path, flags)) < 0)
		return rc;
	/* Counting memory takes a lock. No matter where that is refused. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* What the cache has is kept, though others' commits empty it. */
	(void)mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	(void)mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	lite = db->conn = xcalloc(1, sizeof(*lite));
	lite->patience = DB_PATIENCE_MS;
	lite->seed = (uint32_t)getpid() * 2654435761u;
	if (sqlite3_open_v2(path, &lite->h, mode, vfs_name()) != SQLITE_OK)
		return fail(db, NULL);
	sqlite3_busy_handler(lite->h, on_busy, db);
	sqlite3_progress_handler(lite->h, 10000, on_progress, db);
	sqlite3_wal_hook(lite->h, on_wal, db); /* and no auto-checkpoint */
	return lite_set_up(db, flags);
}

static void
lite_close(struct db *db)
{
	struct lite *lite = db->conn;
	int rc;

	if (lite == NULL)
		return;
	sqlite3_finalize(lite->version);
	rc = sqlite3_close(lite->h);
	assert(rc == SQLITE_OK); /* else a statement was not given back */
	free(lite);
	db->conn = NULL;
}

/*
 * $3 is a name to SQLite, numbered by where it first stands; so each parameter
 * is looked up by its name.
 */
static int
lite_prepare(struct db *db, const char *sql, void **out)
{
	struct lite_stmt *s;
	sqlite3_stmt *st;
	const char *name;
	int i, n;

	if (sqlite3_prepare_v3(handle(db), sql, -1, SQLITE_PREPARE_PERSISTENT,
		&st, NULL) != SQLITE_OK)
		return fail(db, sql);
	n = sqlite3_bind_parameter_count(st);
	s = xcalloc(1, sizeof(*s) + (size_t)n * sizeof(s->number[0]));
	s->st = st;
	s->n = n;
	for (i = 0; i < n; i++) {
		name = sqlite3_bind_parameter_name(st, i + 1);
		assert(name != NULL && name[0] == '$');
		s->number[i] = atoi(name + 1);
		assert(s->number[i] > 0);
		if (s->number[i] > s->most)
			s->most = s->number[i];
	}
	*out = s;
	return 0;
}

static void
lite_finalize(struct db *db, void *stmt)
{
	struct lite_stmt *s = stmt;

	(void)db;
	sqlite3_finalize(s->st);
	free(s);
}

static int
bind1(sqlite3_stmt *st, int i, const struct db_val *v, bool lent)
{
	sqlite3_destructor_type keep = lent ? SQLITE_STATIC : SQLITE_TRANSIENT;

	switch (v->type) {
	case DB_NULL:
		return sqlite3_bind_null(st, i);
	case DB_INT:
		return sqlite3_bind_int64(st, i, v->i);
	case DB_TEXT:
		return sqlite3_bind_text(
		    st, i, v->t, v->len != 0 ? (int)v->len : -1, keep);
	case DB_BLOB:
		return sqlite3_bind_blob(st, i, v->b, (int)v->len, keep);
	}
	assert(false && "no such type");
	return SQLITE_MISUSE;
}

static int
lite_bind(struct db *db, void *stmt, const struct db_val *args, size_t nargs,
    bool lent)
{
	struct lite_stmt *s = stmt;
	int i;

	if ((size_t)s->most != nargs) {
		fprintf(stderr, "%zu values for $1 to $%d of: %s\n", nargs,
		    s->most, sqlite3_sql(s->st));
		abort();
	}
	for (i = 0; i < s->n; i++)
		if (bind1(s->st, i + 1, &args[s->number[i] - 1], lent) !=
		    SQLITE_OK)
			return fail(db, sqlite3_sql(s->st));
	return 0;
}

static int
lite_step(struct db *db, void *stmt)
{
	struct lite_stmt *s = stmt;

	switch (sqlite3_step(s->st)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return fail(db, sqlite3_sql(s->st));
	}
}

static void
lite_reset(struct db *db, void *stmt, struct db_effort *effort)
{
	sqlite3_stmt *st = ((struct lite_stmt *)stmt)->st;

	(void)db;
	sqlite3_reset(st);
	effort->steps =
	    sqlite3_stmt_status(st, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
	effort->sorts = sqlite3_stmt_status(st, SQLITE_STMTSTATUS_SORT, 1);
	effort->indexes =
	    sqlite3_stmt_status(st, SQLITE_STMTSTATUS_AUTOINDEX, 1);
}

static int64_t
lite_col_int(void *stmt, int col)
{
	return sqlite3_column_int64(((struct lite_stmt *)stmt)->st, col);
}

static const char *
lite_col_text(void *stmt, int col)
{
	struct lite_stmt *s = stmt;

	return (const char *)sqlite3_column_text(s->st, col);
}

static size_t
lite_col_len(void *stmt, int col)
{
	return (size_t)sqlite3_column_bytes(
	    ((struct lite_stmt *)stmt)->st, col);
}

static bool
lite_col_isnull(void *stmt, int col)
{
	return sqlite3_column_type(((struct lite_stmt *)stmt)->st, col) ==
	       SQLITE_NULL;
}

/* IMMEDIATE: a reader that turns writer would be refused at once. */
static int
lite_begin(struct db *db)
{
	return lite_script(db, "BEGIN IMMEDIATE");
}

static int
lite_commit(struct db *db)
{
	return lite_script(db, "COMMIT");
}

/* A commit is in the log; this has it on the disk. */
static int
lite_sync(struct db *db)
{
	struct lite *lite = db->conn;

	if (!lite->durable || vfs_sync(lite->h, true))
		return 0;
	log_msg("sync of the log: %s", strerror(errno));
	return err_set(db->err, ERR_IO, "",
	    _("The disk fails: what was just written to %s may be lost"),
	    db->path);
}

/* After a full disk SQLite has rolled back by itself. */
static void
lite_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(handle(db)) &&
	    lite_script(db, "ROLLBACK") < 0)
		log_msg("rollback: %s", db->err->text);
}

static int64_t
lite_changes(struct db *db)
{
	return sqlite3_changes64(handle(db));
}

static int64_t
lite_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(handle(db));
}

/* In a signal handler: sqlite3_interrupt() only sets a flag. */
static void
lite_cancel(struct db *db)
{
	sqlite3_interrupt(handle(db));
}

static int
lite_integrity(struct db *db)
{
	sqlite3_stmt *st;
	const char *text = "?";
	int rc = 0;

	if (sqlite3_prepare_v2(handle(db), "PRAGMA integrity_check(1)", -1, &st,
		NULL) != SQLITE_OK)
		return fail(db, NULL);
	if (sqlite3_step(st) == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(st, 0);
	else
		rc = fail(db, NULL);
	if (rc == 0 && strcmp(text, "ok") != 0)
		rc = err_set(db->err, ERR_DB, "",
		    _("%s is damaged (%s); restore a backup"), db->path, text);
	sqlite3_finalize(st);
	return rc;
}

static int
lite_foreign_keys(struct db *db, const char *table)
{
	char sql[128] = "PRAGMA foreign_key_check";
	sqlite3_stmt *st;
	int rc = 0;

	if (table != NULL)
		snprintf(
		    sql, sizeof(sql), "PRAGMA foreign_key_check(%s)", table);
	if (sqlite3_prepare_v2(handle(db), sql, -1, &st, NULL) != SQLITE_OK)
		return fail(db, NULL);
	switch (sqlite3_step(st)) {
	case SQLITE_DONE:
		break;
	case SQLITE_ROW:
		rc = err_set(db->err, ERR_DB, "",
		    _("Row %lld of table %s refers to a row of %s that is not "
		      "there"),
		    (long long)sqlite3_column_int64(st, 1),
		    (const char *)sqlite3_column_text(st, 0),
		    (const char *)sqlite3_column_text(st, 2));
		break;
	default:
		rc = fail(db, NULL);
	}
	sqlite3_finalize(st);
	return rc;
}

static int
lite_fold(struct db *db, enum db_fold how, int patience_ms, int64_t *left)
{
	struct lite *lite = db->conn;
	int pages = 0, folded = 0, rc;
	bool again = how == FOLD_WHOLE;

	vfs_pace(lite->h, how == FOLD_BESIDE);
	lite->patience = patience_ms;
	rc = sqlite3_wal_checkpoint_v2(lite->h, "main",
	    again ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
	    &pages, &folded);
	lite->patience = DB_PATIENCE_MS;
	*left = (pages - folded) * lite->page_size;
	if (rc != SQLITE_OK)
		return ERR_BUSY;
	db->log_size = pages * lite->page_size;
	/* SQLite does so only where nothing was added to the log meanwhile. */
	return again || vfs_sync(lite->h, false) ? 0 : ERR_BUSY;
}

static bool
lite_spilled(struct db *db)
{
	const struct lite *lite = db->conn;
	int n = 0, most = 0;

	sqlite3_db_status(
	    handle(db), SQLITE_DBSTATUS_CACHE_SPILL, &n, &most, 1);
	return n > 0 && !lite->no_log;
}

/*
 * Where nobody else has the file open, a lot of work does without the log: a
 * page is written to its place, new ones once, others after they were copied to
 * a journal. Whoever is inside the gate sees the same version behind it.
 */
void
lite_leave_wal(struct db *db)
{
	struct lite *lite = db->conn;
	int64_t was = 0, is = 0;

	if (lite_version(db, &was) < 0)
		return;
	lite->patience = 0;
	if (sqlite3_exec(lite->h,
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL", NULL,
		NULL, NULL) != SQLITE_OK)
		log_msg("load beside others: %s", sqlite3_errmsg(lite->h));
	else
		vfs_behind(lite->h, lite->no_log = true);
	lite->patience = DB_PATIENCE_MS;
	if (lite_version(db, &is) == 0)
		lite->missed += is - was;
}

static int
lite_copy(struct db *db, const char *path)
{
	sqlite3_stmt *st;
	int rc = 0;

	if (sqlite3_prepare_v2(handle(db), "VACUUM INTO $1", -1, &st, NULL) !=
	    SQLITE_OK)
		return fail(db, NULL);
	sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		rc = fail(db, NULL);
	sqlite3_finalize(st);
	return rc;
}

const struct db_ops db_sqlite = {
	.open = lite_open,
	.close = lite_close,
	.prepare = lite_prepare,
	.finalize = lite_finalize,
	.bind = lite_bind,
	.step = lite_step,
	.reset = lite_reset,
	.col_int = lite_col_int,
	.col_text = lite_col_text,
	.col_len = lite_col_len,
	.col_isnull = lite_col_isnull,
	.begin = lite_begin,
	.commit = lite_commit,
	.sync = lite_sync,
	.rollback = lite_rollback,
	.changes = lite_changes,
	.last_id = lite_last_id,
	.script = lite_script,
	.cancel = lite_cancel,
	.version = lite_version,
	.schema_get = lite_schema_get,
	.schema_set = lite_schema_set,
	.copy = lite_copy,
	.integrity = lite_integrity,
	.foreign_keys = lite_foreign_keys,
	.in_use = lite_in_use,
	.fold = lite_fold,
	.spilled = lite_spilled,
	.tune = lite_tune,
	.leave_log = lite_leave_wal,
	.sql_indexes = "SELECT name, sql FROM sqlite_schema WHERE "
		       "type = 'index' AND tbl_name = $1 AND sql IS NOT NULL "
		       "ORDER BY rowid /*scan*/",
	.sql_references =
	    "SELECT m.name, f.\"from\", f.\"table\", EXISTS (SELECT 1 FROM "
	    "pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c "
	    "WHERE c.seqno = 0 AND c.name = f.\"from\") FROM sqlite_schema m "
	    "JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' "
	    "ORDER BY m.name /*scan*/ /*sort*/",
	.sql_numbered = "SELECT count(*) FROM pragma_table_info($1) "
			"WHERE name = 'id' AND pk = 1 AND type = 'INTEGER'",
};
