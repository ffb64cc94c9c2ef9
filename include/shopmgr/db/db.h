/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_DB_H
#define SHOPMGR_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * The database, whichever it is. SQL is the subset that docs/architecture.md
 * calls portable; parameters are $1, $2, ... and mean the same in every
 * backend (bound by name). Statements are prepared on first use and kept,
 * keyed by their text. Failures fill in the struct err given to db_open().
 *
 * Every read is watched: a statement that scans, sorts, or builds an index of
 * its own without saying so in its text (a comment with the word scan or sort)
 * is logged, and ends a test program (db_watch_fatal).
 */

struct db;
struct db_rows; /* an open result, lent until db_done() */
struct txn;     /* the right to write */

struct db_val {
	enum { DB_NULL, DB_INT, DB_TEXT, DB_BLOB } type;
	size_t len; /* of a blob, or of a text when it is not 0 */
	union {
		int64_t i;
		const char *t;
		const void *b;
	};
};

static inline struct db_val
db_i(int64_t i)
{
	return (struct db_val){ .type = DB_INT, .i = i };
}

/* NULL for an id that is 0. */
static inline struct db_val
db_id(int64_t i)
{
	return (struct db_val){ .type = i != 0 ? DB_INT : DB_NULL, .i = i };
}

static inline struct db_val
db_t(const char *t)
{
	return (struct db_val){ .type = t != NULL ? DB_TEXT : DB_NULL, .t = t };
}

/* DB_ARGS(db_i(id), db_t(name)): the values of $1, $2, ... and their number. */
#define DB_ARGS(...) \
	(const struct db_val[]){ __VA_ARGS__ }, \
	    sizeof((const struct db_val[]){ __VA_ARGS__ }) / \
		sizeof(struct db_val)
#define DB_NOARGS NULL, 0

/*
 * @url is a file name, or ":memory:". DB_CREATE makes the file (0600) if it is
 * not there; without it a missing file is ERR_NOTFOUND. DB_READ never writes.
 * A file that is no shopmgr database, damaged, or newer than the program is
 * ERR_DB. @err must outlive the db.
 */
#define DB_CREATE 0x1
#define DB_READ   0x2
/* A file of the program's own that can be made again: another structure, no
 * gate, whoever finds it taken is told so at once, and the last commits need
 * not outlive the power. A file that is something else is ERR_DB. */
#define DB_CACHE 0x4
int db_open(struct db **out, const char *url, unsigned flags, struct err *err)
    MUST_CHECK;
void db_close(struct db *db);
const char *db_path(const struct db *db);

/* Reading. db_next() returns 1 for a row, 0 at the end, or a failure. */
int db_query(struct db *db, const char *sql, const struct db_val *args,
    size_t nargs, struct db_rows **out) MUST_CHECK;
int db_next(struct db_rows *rows) MUST_CHECK;
int64_t db_int(const struct db_rows *rows, int col); /* 0 for NULL */
/* Until db_next(); NULL for NULL. *@len may be NULL. */
const char *db_text(const struct db_rows *rows, int col);
size_t db_len(const struct db_rows *rows, int col);
bool db_isnull(const struct db_rows *rows, int col);
void db_done(struct db_rows *rows); /* NULL is fine */

/* One row, one integer; ERR_NOTFOUND when there is none. */
int db_get1(struct db *db, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *out) MUST_CHECK;

/* A set of reads that see one state of the database. Never held while waiting
 * for a key. Not needed inside a transaction. */
int db_snapshot(struct db *db) MUST_CHECK;
void db_snapshot_end(struct db *db);

/*
 * Writing needs a transaction; after any failure in one, roll it back. Only
 * op.c (and migrate.c) may call db_begin(). It waits its fair turn at the
 * writers' gate, ten seconds at most, then ERR_BUSY. Queries on the db inside
 * a transaction see its changes.
 */
int db_begin(struct db *db, struct txn **out) MUST_CHECK;
struct db *txn_db(struct txn *txn);
/* Did the database refuse something in it? Then it can only be rolled back. */
bool txn_failed(const struct txn *txn);
int db_exec(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *changed) MUST_CHECK; /* @changed may be NULL */
/* One row, one integer (RETURNING, or a look-up); ERR_NOTFOUND when none. */
int db_fetch1(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *out) MUST_CHECK;
/* An INSERT; *@id gets the new row's id. */
int db_insert(struct txn *txn, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *id) MUST_CHECK;
int db_commit(struct txn **txn) MUST_CHECK;
void db_rollback(struct txn **txn); /* nothing, if there is none */
/*
 * One program at a time does what @name says ("import") to this database; the
 * right ends with db_unclaim(), and with the program. 1, or 0 while another has
 * it. *@claim is -1 before and after.
 */
int db_claim(struct db *db, const char *name, int *claim) MUST_CHECK;
void db_unclaim(int *claim);
/* Has nobody else this database open who could write in it? */
bool db_alone(const struct db *db);

bool db_in_txn(const struct db *db);

/* Several statements without parameters, for migrations. */
int db_script(struct txn *txn, const char *sql) MUST_CHECK;

/* Make the statement that is running fail with ERR_CANCELLED. Signal-safe. */
void db_cancel(struct db *db);
/* Ask @poll every 10,000 steps whether to go on; non-zero cancels. */
void db_on_progress(struct db *db, int (*poll)(void *arg), void *arg);

/* A number that changes when another connection has committed. */
int64_t db_version(struct db *db);

/*
 * Do not wait for the disk at each commit: for filling a new database that is
 * thrown away when that fails. Off again makes all of it safe.
 */
int db_relax(struct db *db, bool on) MUST_CHECK;
/* From here on @db asks whom @other asks. */
void db_progress_like(struct db *db, const struct db *other);
/* A copy as it is, while others work, on the disk; @path must not exist. */
int db_copy(struct db *db, const char *path) MUST_CHECK;
/* The same, verified before it has its name. */
int db_backup(struct db *db, const char *path) MUST_CHECK;
/* Does any program have the file open? */
bool db_in_use(const char *path);
/* The file's own structure and its foreign keys; ERR_DB names what is wrong. */
int db_integrity(struct db *db) MUST_CHECK;
/* Does any row refer to row @id of @table, but for those of table @but? It goes
 * by what tables there are, and may have to look through all of each. */
int db_referred(struct db *db, const char *table, int64_t id, const char *but,
    bool *yes) MUST_CHECK;
/* Fold the write-ahead log into the file; for idle moments. */
void db_checkpoint(struct db *db);

/* In tests: a badly planned statement aborts the program. */
extern bool db_watch_fatal;
/* Bytes: a log grown larger is folded. */
extern int64_t db_log_max;

#endif
