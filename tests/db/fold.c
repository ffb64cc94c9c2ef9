/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/db/db.h"

#include "files.h"

/* The log: when it is on the disk, and when it begins anew. */

static struct err err;
static char gate[300];
static int syncs, syncs_inside;
static const char *kept; /* a file's name: its syncs, before the gate is shut */
static int kept_before, kept_inside;
static bool disk_fails;

static bool
is_kept(int fd)
{
	char link[40], name[300];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (kept == NULL || (n = readlink(link, name, sizeof(name) - 1)) < 0)
		return false;
	name[n] = '\0';
	return strcmp(strrchr(name, '/') + 1, kept) == 0;
}

/* In the place of the C library's. */
int
fdatasync(int fd)
{
	int at_gate = gate[0] != '\0' ? open(gate, O_RDWR) : -1;
	bool inside = false;

	syncs++;
	if (at_gate >= 0) {
		inside = flock(at_gate, LOCK_EX | LOCK_NB) < 0;
		syncs_inside += inside;
		close(at_gate);
	}
	if (is_kept(fd)) {
		kept_inside += inside;
		kept_before += !inside && kept_inside == 0;
	}
	if (disk_fails) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static struct db *
open_file(const char *name)
{
	struct db *db;

	assert_int_equal(db_open(&db, path(name), DB_CREATE, &err), 0);
	return db;
}

static int
add(struct db *db, int n, int size)
{
	struct txn *txn;
	int rc;

	if ((rc = db_begin(db, &txn)) < 0)
		return rc;
	rc = db_script(txn, "CREATE TABLE IF NOT EXISTS t (x TEXT)");
	while (rc == 0 && n-- > 0)
		rc = db_exec(txn, "INSERT INTO t VALUES (zeroblob($1) || '')",
		    DB_ARGS(db_i(size)), NULL);
	if (rc == 0)
		rc = db_commit(&txn);
	db_rollback(&txn);
	return rc;
}

static int64_t
rows(struct db *db)
{
	int64_t n = -1;

	assert_int_equal(
	    db_get1(db, "SELECT count(*) FROM t /*scan*/", DB_NOARGS, &n), 0);
	return n;
}

/* What is told to be done has been given to the disk, and the next may be in
 * the gate meanwhile. */
static void
commits_are_kept_outside_the_gate(void **state)
{
	struct db *db = open_file("sync.db");

	(void)state;
	assert_int_equal(add(db, 1, 10), 0);
	snprintf(gate, sizeof(gate), "%s", path("sync.db.gate"));
	syncs = syncs_inside = 0;
	assert_int_equal(add(db, 1, 10), 0);
	assert_int_equal(syncs, 1);
	assert_int_equal(syncs_inside, 0);
	gate[0] = '\0';
	db_close(db);
}

static void
what_the_disk_did_not_keep_is_not_done(void **state)
{
	struct db *db = open_file("fails.db");

	(void)state;
	assert_int_equal(add(db, 1, 10), 0);
	disk_fails = true;
	assert_int_equal(add(db, 1, 10), ERR_IO);
	disk_fails = false;
	assert_non_null(strstr(err.text, "may be lost"));
	assert_false(db_in_txn(db));
	assert_int_equal(add(db, 1, 10), 0);
	assert_int_equal(rows(db), 3);
	db_close(db);
}

/* Hurrying does without. */
static void
relaxed_commits_are_not_waited_for(void **state)
{
	struct db *db = open_file("relaxed.db");

	(void)state;
	assert_int_equal(add(db, 1, 10), 0);
	assert_int_equal(db_relax(db, true), 0);
	syncs = 0;
	assert_int_equal(add(db, 1, 10), 0);
	assert_int_equal(syncs, 0);
	assert_int_equal(db_relax(db, false), 0);
	syncs = 0;
	assert_int_equal(add(db, 1, 10), 0);
	assert_true(syncs >= 1);
	db_close(db);
}

/* How often the log of the database has begun anew. */
static unsigned
times_anew(const char *name)
{
	char log[300];
	unsigned char at[16];
	FILE *f;

	snprintf(log, sizeof(log), "%s-wal", path(name));
	assert_non_null(f = fopen(log, "rb"));
	assert_int_equal(fread(at, sizeof(at), 1, f), 1);
	fclose(f);
	return (unsigned)at[12] << 24 | (unsigned)at[13] << 16 |
	       (unsigned)at[14] << 8 | at[15];
}

#define LARGE 300, 1000 /* more than the log may hold */

static void
a_large_log_begins_anew(void **state)
{
	struct db *a = open_file("large.db"), *b = open_file("large.db");
	unsigned before;

	(void)state;
	assert_int_equal(add(a, 1, 10), 0);
	before = times_anew("large.db");
	assert_int_equal(add(a, LARGE), 0);
	db_close(a); /* it waits for its thread */
	assert_int_equal(times_anew("large.db"), before);
	assert_int_equal(add(b, 1, 10), 0);
	assert_true(times_anew("large.db") > before);
	assert_int_equal(rows(b), 302);
	assert_int_equal(db_integrity(b), 0);
	db_close(b);
}

/* The gate is for what was added since. */
static void
the_file_is_kept_before_the_gate(void **state)
{
	struct db *db = open_file("before.db");

	(void)state;
	assert_int_equal(add(db, 1, 10), 0);
	snprintf(gate, sizeof(gate), "%s", path("before.db.gate"));
	kept = "before.db";
	assert_int_equal(add(db, LARGE), 0);
	db_close(db);
	kept = NULL;
	gate[0] = '\0';
	assert_true(kept_before > 0);
}

/* Who reads what was is not disturbed; the log goes on until he has done. */
static void
a_reader_keeps_the_log(void **state)
{
	struct db *a = open_file("read.db"), *b = open_file("read.db");
	struct db *c = open_file("read.db");
	unsigned before;

	(void)state;
	assert_int_equal(add(a, 1, 10), 0);
	assert_int_equal(db_snapshot(b), 0);
	assert_int_equal(rows(b), 1);
	before = times_anew("read.db");
	assert_int_equal(add(a, LARGE), 0);
	db_close(a);
	assert_int_equal(add(c, LARGE), 0);
	assert_int_equal(times_anew("read.db"), before);
	assert_int_equal(rows(b), 1);
	db_snapshot_end(b);
	assert_int_equal(rows(b), 601);
	db_close(c); /* and its thread, which may be at it */
	db_checkpoint(b);
	assert_int_equal(add(b, 1, 10), 0);
	assert_true(times_anew("read.db") > before);
	db_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commits_are_kept_outside_the_gate),
		cmocka_unit_test(what_the_disk_did_not_keep_is_not_done),
		cmocka_unit_test(relaxed_commits_are_not_waited_for),
		cmocka_unit_test(a_large_log_begins_anew),
		cmocka_unit_test(the_file_is_kept_before_the_gate),
		cmocka_unit_test(a_reader_keeps_the_log),
	};

	db_log_max = 200000;
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
