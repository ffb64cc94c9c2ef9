/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "../../src/db/behind.h"
#include "files.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/bulk.h"

static struct err err;

/* A file in memory, and how it was written. */
#define SIZE (4u << 20)
struct memory {
	unsigned char data[SIZE];
	int writes, syncs;
	int fails; /* the write that does, from 1 */
};

static struct memory files[BEHIND_FILES];

static int
memory_write(void *file, const void *data, size_t n, int64_t at)
{
	struct memory *m = file;

	if (++m->writes == m->fails) {
		errno = ENOSPC;
		return -7;
	}
	memcpy(m->data + at, data, n);
	return 0;
}

static int
memory_sync(void *file)
{
	((struct memory *)file)->syncs++;
	return 0;
}

static const struct behind_ops ops = { .write = memory_write,
	.sync = memory_sync };

static struct behind *
begin(void)
{
	struct behind *b;

	memset(files, 0, sizeof(files));
	b = behind_new(&ops);
	assert_non_null(b);
	behind_open(b, BEHIND_DATABASE, &files[BEHIND_DATABASE]);
	behind_open(b, BEHIND_JOURNAL, &files[BEHIND_JOURNAL]);
	return b;
}

static uint32_t
any(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Whatever is written where, and read when: it is as if there was no thread. */
static void
reads_what_was_written(void **state)
{
	static unsigned char shadow[SIZE];
	struct behind *b = begin();
	unsigned char page[4096];
	uint32_t seed = 8;
	int64_t at;
	int i;

	(void)state;
	memset(shadow, 0, sizeof(shadow));
	for (i = 0; i < 20000; i++) {
		/* Some pages are met again and again. */
		at = (int64_t)(any(&seed) % (i % 3 != 0 ? 1024 : 8)) * 4096;
		if (any(&seed) % 4 == 0) {
			assert_int_equal(
			    behind_meet(b, BEHIND_DATABASE, 4096, at), 0);
			assert_memory_equal(files[BEHIND_DATABASE].data + at,
			    shadow + at, 4096);
			continue;
		}
		memset(page, (int)any(&seed), sizeof(page));
		memcpy(shadow + at, page, sizeof(page));
		assert_int_equal(
		    behind_write(b, BEHIND_DATABASE, page, 4096, at), 0);
	}
	assert_int_equal(behind_drain(b), 0);
	assert_memory_equal(files[BEHIND_DATABASE].data, shadow, SIZE);
	assert_true(files[BEHIND_DATABASE].syncs > 0);
	behind_free(b);
}

/* What follows each other in a file is one write, whatever goes to the other.
 */
static void
neighbours_are_one_write(void **state)
{
	struct behind *b = begin();
	unsigned char page[4096] = { 1 };
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		assert_int_equal(
		    behind_write(b, BEHIND_JOURNAL, page, 4, i * 4100), 0);
		assert_int_equal(
		    behind_write(b, BEHIND_DATABASE, page, 4096, i * 8192), 0);
		assert_int_equal(
		    behind_write(b, BEHIND_JOURNAL, page, 4096, i * 4100 + 4),
		    0);
	}
	assert_int_equal(behind_drain(b), 0);
	assert_int_equal(files[BEHIND_JOURNAL].writes, 1);
	assert_int_equal(files[BEHIND_DATABASE].writes, 20);
	assert_int_equal(files[BEHIND_JOURNAL].data[19 * 4100], 1);
	behind_free(b);
}

static void
failure_is_told_until_forgotten(void **state)
{
	struct behind *b = begin();
	unsigned char page[4096] = { 1 };
	int i;

	(void)state;
	files[BEHIND_DATABASE].fails = 2;
	for (i = 0; i < 3; i++)
		assert_int_equal(
		    behind_write(b, BEHIND_DATABASE, page, 4096, i * 8192), 0);
	errno = 0;
	assert_int_equal(behind_drain(b), -7);
	assert_int_equal(errno, ENOSPC);
	assert_int_equal(files[BEHIND_DATABASE].data[0], 1);
	assert_int_equal(files[BEHIND_DATABASE].data[2 * 8192], 0);
	/* Of either file, and what is written from here on is not. */
	assert_int_equal(behind_meet(b, BEHIND_DATABASE, 4096, 0), -7);
	assert_int_equal(behind_meet(b, BEHIND_JOURNAL, 4096, 0), -7);
	assert_int_equal(behind_write(b, BEHIND_JOURNAL, page, 4096, 0), -7);
	assert_int_equal(behind_drain(b), -7);
	assert_int_equal(files[BEHIND_JOURNAL].writes, 0);
	behind_forget(b);
	assert_int_equal(behind_write(b, BEHIND_JOURNAL, page, 4096, 0), 0);
	assert_int_equal(behind_drain(b), 0);
	assert_int_equal(files[BEHIND_JOURNAL].data[0], 1);
	behind_free(b);
}

static int64_t
get(struct db *db, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	return n;
}

static void
change(struct db *db, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, sql), 0);
	assert_int_equal(db_commit(&txn), 0);
}

#define ROWS 5000
#define SUM  "SELECT sum(n) FROM t /*scan*/"

/* A shop's worth of rows, and no more memory than for a few of them. */
static struct db *
some_db(const char *name)
{
	struct db *db;

	assert_int_equal(db_open(&db, path(name), DB_CREATE, &err), 0);
	change(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL,"
		   " x TEXT NOT NULL) STRICT;"
		   "CREATE INDEX t_n ON t (n, x);"
		   "WITH RECURSIVE i (i) AS (SELECT 1 UNION ALL SELECT i + 1"
		   " FROM i LIMIT 5000) INSERT INTO t SELECT i, 1,"
		   " printf('%0600d', i) FROM i;");
	return db;
}

static int
work(struct txn *txn, int turns)
{
	char sql[200];
	int i, rc = db_script(txn, "PRAGMA cache_size = 40");

	for (i = 0; rc == 0 && i < turns; i++) {
		snprintf(sql, sizeof(sql),
		    "UPDATE t SET n = n + 1 WHERE id %% 50 = %d", i % 50);
		rc = db_script(txn, sql);
	}
	return rc;
}

static void
sole_is_done_or_not(void **state)
{
	struct db *db = some_db("sole.db");
	struct txn *txn;

	(void)state;
	assert_int_equal(bulk_sole_begin(db, &txn), 0);
	assert_int_equal(work(txn, 50), 0);
	assert_int_equal(get(db, SUM), 2 * ROWS); /* read while it is written */
	db_rollback(&txn);
	assert_int_equal(get(db, SUM), ROWS);
	assert_int_equal(bulk_sole_begin(db, &txn), 0);
	assert_int_equal(work(txn, 50), 0);
	assert_int_equal(db_commit(&txn), 0);
	bulk_merge_tune(db, false);
	assert_int_equal(get(db, SUM), 2 * ROWS);
	assert_int_equal(db_integrity(db), 0);
	db_close(db);
}

static void
most_bytes(rlim_t n)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = n;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The journal finds no room, sooner or later: in the middle, or at the end. */
static void
full_disk_leaves_what_was(void **state)
{
	struct db *db = some_db("full.db");
	struct txn *txn;
	rlim_t most;
	int rc;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	for (most = 100000; most <= 3200000; most *= 2) {
		assert_int_equal(bulk_sole_begin(db, &txn), 0);
		most_bytes(most);
		rc = work(txn, 50);
		if (rc == 0)
			rc = db_commit(&txn);
		else
			db_rollback(&txn);
		most_bytes(RLIM_INFINITY);
		assert_int_equal(rc, ERR_IO);
		assert_string_equal(
		    err.text, "The disk is full: nothing was changed");
		bulk_merge_tune(db, false);
		assert_int_equal(get(db, SUM), ROWS);
	}
	assert_int_equal(db_integrity(db), 0);
	change(db, "UPDATE t SET n = 2 WHERE id = 1");
	db_close(db);
}

/* Ended in the middle, as it is by a signal: what was there is there again. */
static void
killed_leaves_what_was(void **state)
{
	struct db *db;
	struct txn *txn;
	int i, status;
	pid_t pid;

	(void)state;
	db_close(some_db("killed.db"));
	for (i = 1; i <= 46; i += 15) {
		if ((pid = fork()) == 0) {
			if (db_open(&db, path("killed.db"), 0, &err) < 0 ||
			    bulk_sole_begin(db, &txn) < 0 || work(txn, i) < 0)
				_exit(1);
			raise(SIGKILL);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(db_open(&db, path("killed.db"), 0, &err), 0);
		assert_int_equal(get(db, SUM), ROWS);
		assert_int_equal(db_integrity(db), 0);
		db_close(db);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_was_written),
		cmocka_unit_test(neighbours_are_one_write),
		cmocka_unit_test(failure_is_told_until_forgotten),
		cmocka_unit_test(sole_is_done_or_not),
		cmocka_unit_test(full_disk_leaves_what_was),
		cmocka_unit_test(killed_leaves_what_was),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
