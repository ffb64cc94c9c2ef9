/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/db/db.h"

#include "files.h"

/* What goes to the log: in few writes, whole or not at all. */

static struct err err;
static int writes;   /* since it was set to nought */
static int fails_at; /* the write that the disk refuses; 0: none */
static long torn;    /* bytes until the power fails; below 0: it stays */

/* In the place of the C library's, of which SQLite uses this one. */
ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	writes++;
	if (fails_at != 0 && writes == fails_at) {
		errno = ENOSPC;
		return -1;
	}
	if (torn >= 0 && (long)n > torn) {
		(void)syscall(SYS_pwrite64, fd, data, (size_t)torn, at);
		raise(SIGKILL);
	}
	if (torn >= 0)
		torn -= (long)n;
	return syscall(SYS_pwrite64, fd, data, n, at);
}

#define ROWS 200 /* of more than a page each two */

static struct db *
open_file(const char *name)
{
	struct db *db;

	assert_int_equal(db_open(&db, path(name), DB_CREATE, &err), 0);
	return db;
}

static struct db *
make(const char *name)
{
	struct db *db = open_file(name);
	struct txn *txn;
	int i;

	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, "CREATE TABLE t (id INTEGER "
					"PRIMARY KEY, n INTEGER NOT NULL, "
					"x TEXT)"),
	    0);
	for (i = 1; i <= ROWS; i++)
		assert_int_equal(
		    db_exec(txn,
			"INSERT INTO t VALUES ($1, 0, zeroblob(1500) || '')",
			DB_ARGS(db_i(i)), NULL),
		    0);
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

/* Each @step-th row, @times over. */
static int
add(struct db *db, int step, int times)
{
	struct txn *txn;
	int i, k, rc;

	if ((rc = db_begin(db, &txn)) < 0)
		return rc;
	for (k = 0; rc == 0 && k < times; k++)
		for (i = 1; rc == 0 && i <= ROWS; i += step)
			rc =
			    db_exec(txn, "UPDATE t SET n = n + 1 WHERE id = $1",
				DB_ARGS(db_i(i)), NULL);
	if (rc == 0)
		rc = db_commit(&txn);
	db_rollback(&txn);
	return rc;
}

static int64_t
sum(struct db *db)
{
	int64_t n = -1;

	assert_int_equal(
	    db_get1(db, "SELECT sum(n) FROM t /*scan*/", DB_NOARGS, &n), 0);
	return n;
}

/* So little that a transaction has to write pages early. */
static void
narrow(struct db *db)
{
	struct txn *txn;

	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, "PRAGMA cache_size = 10"), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
copy_file(const char *from, const char *to)
{
	FILE *in = fopen(path(from), "rb"), *out = fopen(path(to), "wb");
	char buf[65536];
	size_t n;

	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		assert_int_equal(fwrite(buf, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

/* What a database has in its two files alone, as after the power failed. */
static int64_t
sum_of_files(const char *name)
{
	char log[100];
	struct db *db;
	int64_t n;

	snprintf(log, sizeof(log), "%s-wal", name);
	copy_file(name, "copy.db");
	copy_file(log, "copy.db-wal");
	db = open_file("copy.db");
	n = sum(db);
	assert_int_equal(db_integrity(db), 0);
	db_close(db);
	unlink(path("copy.db"));
	return n;
}

/* 13 leaves and what is above them: a head and a page were a write each. */
static void
a_transaction_is_few_writes(void **state)
{
	struct db *db = make("few.db");

	(void)state;
	writes = 0;
	assert_int_equal(add(db, ROWS / 10, 1), 0);
	assert_in_range(writes, 1, 2);
	assert_int_equal(sum_of_files("few.db"), 10);
	db_close(db);
}

/* Others see it, and it is in the files: also what was written early, read
 * again and written over. */
static void
what_was_written_early_is_whole(void **state)
{
	struct db *db = make("early.db"), *other = open_file("early.db");

	(void)state;
	narrow(db);
	assert_int_equal(add(db, 1, 3), 0);
	assert_int_equal(sum_of_files("early.db"), 3 * ROWS);
	assert_int_equal(sum(other), 3 * ROWS);
	assert_int_equal(add(other, 1, 1), 0);
	assert_int_equal(sum_of_files("early.db"), 4 * ROWS);
	assert_int_equal(sum(db), 4 * ROWS);
	db_close(other);
	db_close(db);
}

/* What one gave up is nowhere, and the next writes in its place. */
static void
what_was_given_up_is_not_there(void **state)
{
	struct db *db = make("given.db");
	struct txn *txn;

	(void)state;
	narrow(db);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn,
		"UPDATE t SET n = n + 1;"
		"SAVEPOINT a; UPDATE t SET n = n + 1; ROLLBACK TO a"),
	    0);
	db_rollback(&txn);
	assert_int_equal(sum(db), 0);
	assert_int_equal(sum_of_files("given.db"), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn, "UPDATE t SET n = n + 1;"
			   "SAVEPOINT a; UPDATE t SET n = n + 1; ROLLBACK TO a;"
			   "UPDATE t SET n = n + 2"),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(sum(db), 3 * ROWS);
	assert_int_equal(sum_of_files("given.db"), 3 * ROWS);
	db_close(db);
}

/* Whichever write the disk refuses: old or new, and it goes on. */
static void
refuse(const char *name, bool narrowly)
{
	struct db *db = make(name);
	bool hit = true;
	int64_t before;
	int n, rc;

	if (narrowly)
		narrow(db);
	for (n = 1; hit; n += n / 4 + 1) {
		before = sum(db);
		writes = 0;
		fails_at = n;
		rc = add(db, 1, 2);
		fails_at = 0;
		hit = writes >= n;
		assert_int_equal(rc, hit ? ERR_IO : 0);
		assert_int_equal(sum(db), before + (hit ? 0 : 2 * ROWS));
		assert_int_equal(sum_of_files(name), sum(db));
		assert_int_equal(add(db, ROWS, 1), 0);
		assert_int_equal(sum(db), sum_of_files(name));
	}
	assert_true(n > 2);
	db_close(db);
}

static void
a_full_disk_is_told(void **state)
{
	(void)state;
	refuse("full.db", false);
}

static void
a_disk_full_early_is_told(void **state)
{
	(void)state;
	refuse("full2.db", true);
}

static pid_t
killed_after(const char *name, long bytes, bool narrowly)
{
	struct db *db;
	pid_t pid;

	fflush(NULL);
	if ((pid = fork()) == 0) {
		if (db_open(&db, path(name), 0, &err) < 0)
			_exit(1);
		if (narrowly)
			narrow(db);
		torn = bytes;
		_exit(add(db, 4, 2) == 0 ? 0 : 2);
	}
	return pid;
}

/* The program ends in the middle of a write: old or new. */
static void
tear(const char *name, bool narrowly)
{
	struct db *db = make(name);
	bool done = false;
	int64_t n = 0;
	int status;
	long cut;

	db_close(db);
	for (cut = 0; !done; cut += cut < 64 ? 31 : 30011) {
		pid_t pid = killed_after(name, cut, narrowly);

		assert_int_equal(waitpid(pid, &status, 0), pid);
		done = WIFEXITED(status);
		assert_true(done ? WEXITSTATUS(status) == 0
				 : WTERMSIG(status) == SIGKILL);
		if (done)
			n += ROWS / 2;
		db = open_file(name);
		assert_int_equal(sum(db), n);
		assert_int_equal(db_integrity(db), 0);
		assert_int_equal(add(db, ROWS, 1), 0);
		assert_int_equal(sum(db), ++n);
		db_close(db);
	}
	assert_true(cut > 60000);
}

static void
a_torn_write_is_nothing(void **state)
{
	(void)state;
	tear("torn.db", false);
}

static void
a_torn_early_write_is_nothing(void **state)
{
	(void)state;
	tear("torn2.db", true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transaction_is_few_writes),
		cmocka_unit_test(what_was_written_early_is_whole),
		cmocka_unit_test(what_was_given_up_is_not_there),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(a_disk_full_early_is_told),
		cmocka_unit_test(a_torn_write_is_nothing),
		cmocka_unit_test(a_torn_early_write_is_nothing),
	};

	torn = -1;
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
