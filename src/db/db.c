/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/db/migrate.h"

#include "db_priv.h"

bool db_watch_fatal;
const struct db_ops *db_backend = &db_sqlite;

int
db_busy(struct db *db)
{
	return err_set(db->err, ERR_BUSY, "",
	    _("The database is in use by someone else; try again"));
}

int
db_open(struct db **out, const char *url, unsigned flags, struct err *err)
{
	struct db *db = xcalloc(1, sizeof(*db));
	int64_t version;
	int rc;

	db->ops = db_backend;
	db->err = err;
	db->path = xstrdup(url);
	db->memory = strcmp(url, ":memory:") == 0;
	db->cache = (flags & DB_CACHE) != 0;
	db->gate_fd = db->here_fd = -1;
	db->txn.db = db;
	/* Whoever has it for himself makes way when he sees us. */
	if (!db->memory && !db->cache && access(url, F_OK) == 0)
		gate_attend(db, !(flags & DB_READ));
	rc = db->ops->open(db, url, flags);
	if (rc == 0)
		rc = db->ops->schema_get(db, &version);
	if (rc == 0 && !db->cache && version > migrate_latest())
		rc = err_set(err, ERR_DB, "",
		    _("%s was made by a newer shopmgr (version %d; this one "
		      "knows %d)"),
		    url, (int)version, migrate_latest());
	if (rc < 0) {
		db_close(db);
		return rc;
	}
	if (!db->memory && !db->cache && !(flags & DB_READ))
		gate_attend(db, true);
	*out = db;
	return 0;
}

static void
rows_free(struct db_rows *rows)
{
	rows->db->ops->finalize(rows->db, rows->stmt);
	free((char *)rows->sql);
	free(rows);
}

void
db_close(struct db *db)
{
	struct txn *txn;
	size_t i;

	if (db == NULL)
		return;
	if (db->in_txn) {
		txn = &db->txn;
		db_rollback(&txn);
	}
	fold_end(db);
	for (i = 0; i < db->nkept; i++)
		rows_free(db->kept[i]);
	free(db->kept);
	map_done(&db->texts);
	db->ops->close(db);
	gate_leave(db);
	gate_depart(db);
	free(db->path);
	free(db);
}

const char *
db_path(const struct db *db)
{
	return db->path;
}

static int
rows_new(struct db *db, const char *sql, struct db_rows **out)
{
	struct db_rows *rows;
	void *stmt;
	int rc;

	if ((rc = db->ops->prepare(db, sql, &stmt)) < 0)
		return rc;
	rows = xcalloc(1, sizeof(*rows));
	rows->db = db;
	rows->sql = xstrdup(sql);
	rows->stmt = stmt;
	rows->scan = strstr(sql, "/*scan*/") != NULL;
	rows->sort = strstr(sql, "/*sort*/") != NULL;
	*out = rows;
	return 0;
}

/* Most texts are literals: the same one stands at the same place. */
static struct db_rows **
recent(struct db *db, const char *sql)
{
	uintptr_t at = (uintptr_t)sql;

	return &db->recent[(at >> 3 ^ at >> 11) % DB_RECENT];
}

static bool
is_free(const struct db_rows *rows, const char *sql)
{
	return rows != NULL && !rows->busy && strcmp(rows->sql, sql) == 0;
}

/* The statement of this text, free to be run. */
static int
find(struct db *db, const char *sql, struct db_rows **out)
{
	struct db_rows **near = recent(db, sql);
	size_t len;
	int64_t *at;
	bool fresh;
	int rc;

	if (is_free(*near, sql)) {
		*out = *near;
		return 0;
	}
	len = strlen(sql);
	at = map_get(&db->texts, sql, len);
	if (at != NULL && !db->kept[*at]->busy) {
		*out = *near = db->kept[*at];
		return 0;
	}
	if ((rc = rows_new(db, sql, out)) < 0 || at != NULL)
		return rc; /* a second one, while the first is being read */
	if (db->nkept == db->cap) {
		db->cap = db->cap != 0 ? db->cap * 2 : 64;
		db->kept =
		    xreallocarray(db->kept, db->cap, sizeof(struct db_rows *));
	}
	*map_put(&db->texts, sql, len, &fresh) = (int64_t)db->nkept;
	db->kept[db->nkept++] = *near = *out;
	(*out)->kept = true;
	return 0;
}

static int
start(struct db *db, const char *sql, const struct db_val *args, size_t nargs,
    bool lent, struct db_rows **out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = find(db, sql, &rows)) < 0) {
		db->failed = true;
		return rc;
	}
	rows->busy = true;
	rows->nrows = 0;
	if ((rc = db->ops->bind(db, rows->stmt, args, nargs, lent)) < 0) {
		db->failed = true;
		db_done(rows);
		return rc;
	}
	*out = rows;
	return 0;
}

/* Did it take more work than its rows are worth? */
static void
watch(const struct db_rows *rows, const struct db_effort *e)
{
	bool scanned = e->steps > 4 * (rows->nrows + 1) || e->indexes > 0;
	bool sorted = e->sorts > 0;

	if ((!scanned || rows->scan) && (!sorted || rows->sort))
		return;
	log_msg("badly planned (%lld steps, %lld sorts, %lld indexes for %lld "
		"rows): %s",
	    (long long)e->steps, (long long)e->sorts, (long long)e->indexes,
	    (long long)rows->nrows, rows->sql);
	if (db_watch_fatal) {
		fprintf(stderr,
		    "badly planned: %lld steps, %lld sorts, %lld indexes for "
		    "%lld rows:\n%s\n",
		    (long long)e->steps, (long long)e->sorts,
		    (long long)e->indexes, (long long)rows->nrows, rows->sql);
		abort();
	}
}

void
db_done(struct db_rows *rows)
{
	struct db_effort effort = { 0 };

	if (rows == NULL)
		return;
	rows->db->ops->reset(rows->db, rows->stmt, &effort);
	watch(rows, &effort);
	rows->busy = false;
	if (!rows->kept)
		rows_free(rows);
}

int
db_query(struct db *db, const char *sql, const struct db_val *args,
    size_t nargs, struct db_rows **out)
{
	return start(db, sql, args, nargs, false, out);
}

int
db_next(struct db_rows *rows)
{
	int rc = rows->db->ops->step(rows->db, rows->stmt);

	if (rc < 0)
		rows->db->failed = true;
	rows->nrows += rc == 1;
	return rc;
}

int64_t
db_int(const struct db_rows *rows, int col)
{
	return rows->db->ops->col_int(rows->stmt, col);
}

const char *
db_text(const struct db_rows *rows, int col)
{
	return rows->db->ops->col_text(rows->stmt, col);
}

size_t
db_len(const struct db_rows *rows, int col)
{
	return rows->db->ops->col_len(rows->stmt, col);
}

bool
db_isnull(const struct db_rows *rows, int col)
{
	return rows->db->ops->col_isnull(rows->stmt, col);
}

int
db_get1(struct db *db, const char *sql, const struct db_val *args, size_t nargs,
    int64_t *out)
{
	struct db_rows *rows;
	int64_t value = 0;
	int rc;

	if ((rc = start(db, sql, args, nargs, true, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		value = db_int(rows, 0);
		/* To its end: INSERT ... RETURNING is only then done. */
		while ((rc = db_next(rows)) == 1)
			continue;
		if (rc == 0)
			*out = value;
	} else if (rc == 0) {
		rc = err_set(db->err, ERR_NOTFOUND, "", _("No such record"));
	}
	db_done(rows);
	return rc;
}

int
db_snapshot(struct db *db)
{
	int rc = 0;

	if (!db->in_txn && db->snapshots == 0)
		rc = db->ops->script(db, "BEGIN");
	db->snapshots += rc == 0;
	return rc;
}

void
db_snapshot_end(struct db *db)
{
	assert(db->snapshots > 0);
	if (--db->snapshots == 0 && !db->in_txn)
		db->ops->rollback(db);
}

int
db_begin_inside(struct db *db, struct txn **out)
{
	int rc;

	assert(!db->in_txn && db->snapshots == 0);
	if ((rc = db->ops->begin(db)) < 0) {
		gate_leave(db);
		return rc;
	}
	db->in_txn = true;
	db->failed = false;
	*out = &db->txn;
	return 0;
}

/*
 * What others commit makes a mapping of the file worthless: it would be made
 * anew for every transaction, which costs more than reading does.
 */
static void
look_round(struct db *db)
{
	if (db->memory || db->cache || db->shared || db_alone(db))
		return;
	db->shared = true;
	if (db->ops->tune(db, DB_TUNE_SHARED) < 0)
		log_msg("the database was not tuned: %s", db->err->text);
}

int
db_begin(struct db *db, struct txn **out)
{
	int rc = gate_enter(db);

	if (rc < 0)
		return rc;
	look_round(db);
	return db_begin_inside(db, out);
}

/*
 * After a failure the database may have rolled back by itself, and what is
 * written then would stand alone. PostgreSQL refuses it; here it is misuse.
 */
static void
check_txn(const struct txn *txn)
{
	assert(txn->db->in_txn && !txn->db->failed);
}

bool
txn_failed(const struct txn *txn)
{
	return txn->db->failed;
}

struct db *
txn_db(struct txn *txn)
{
	return txn->db;
}

int
db_exec(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *changed)
{
	struct db *db = txn->db;
	struct db_rows *rows;
	int rc;

	check_txn(txn);
	if ((rc = start(db, sql, args, nargs, true, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		continue;
	if (rc == 0) {
		rows->nrows += db->ops->changes(db);
		if (changed != NULL)
			*changed = db->ops->changes(db);
	}
	db_done(rows);
	return rc;
}

int
db_fetch1(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *out)
{
	check_txn(txn);
	return db_get1(txn->db, sql, args, nargs, out);
}

int
db_insert(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *id)
{
	int rc = db_exec(txn, sql, args, nargs, NULL);

	if (rc == 0)
		*id = txn->db->ops->last_id(txn->db);
	return rc;
}

int
db_commit(struct txn **txn)
{
	struct db *db = (*txn)->db;
	int rc;

	check_txn(*txn);
	assert(!bulk_load_pending(db)); /* or the indexes would be lost */
	if ((rc = db->ops->commit(db)) < 0) {
		db->failed = true;
		return rc;
	}
	db->in_txn = false;
	*txn = NULL;
	/* The next may come in; the disk can keep several's work at once. */
	gate_leave(db);
	rc = db->ops->sync(db);
	fold_later(db);
	return rc;
}

void
db_rollback(struct txn **txn)
{
	struct db *db;

	if (*txn == NULL)
		return;
	db = (*txn)->db;
	db->ops->rollback(db);
	db->in_txn = false;
	*txn = NULL;
	gate_leave(db);
}

bool
db_in_txn(const struct db *db)
{
	return db->in_txn;
}

int
db_script(struct txn *txn, const char *sql)
{
	int rc;

	check_txn(txn);
	rc = txn->db->ops->script(txn->db, sql);
	if (rc < 0)
		txn->db->failed = true;
	return rc;
}

void
db_cancel(struct db *db)
{
	db->ops->cancel(db);
}

void
db_on_progress(struct db *db, int (*poll)(void *arg), void *arg)
{
	db->poll = poll;
	db->poll_arg = arg;
}

void
db_progress_like(struct db *db, const struct db *other)
{
	db_on_progress(db, other->poll, other->poll_arg);
}

int64_t
db_version(struct db *db)
{
	int64_t version;

	return db->ops->version(db, &version) == 0 ? version : -1;
}

int
db_schema(struct db *db, int64_t *version)
{
	return db->ops->schema_get(db, version);
}

int
db_integrity(struct db *db)
{
	int rc = db->ops->integrity(db);

	return rc < 0 ? rc : db->ops->foreign_keys(db, NULL);
}

void
db_checkpoint(struct db *db)
{
	if (!db->in_txn && db->snapshots == 0)
		fold_now(db);
}

int
db_relax(struct db *db, bool on)
{
	int rc = db->ops->tune(db, on ? DB_TUNE_RELAX : DB_TUNE_NORMAL);

	if (rc == 0 && !on)
		db_checkpoint(db);
	return rc;
}
