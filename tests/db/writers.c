/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/db/db.h"

#include "fault.h"
#include "files.h"

/* Several processes on one database. */

static struct err err;

static struct db *
open_file(const char *name)
{
	struct db *db;
	struct txn *txn;

	db_watch_fatal = true;
	assert_int_equal(db_open(&db, path(name), DB_CREATE, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn, "CREATE TABLE IF NOT EXISTS t "
			   "(id INTEGER PRIMARY KEY, n INTEGER NOT NULL);"
			   "INSERT INTO t VALUES (1, 0) "
			   "ON CONFLICT DO NOTHING;"),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

static int
add(struct db *db, int64_t n)
{
	struct txn *txn;
	int rc;

	if ((rc = db_begin(db, &txn)) < 0)
		return rc;
	rc = db_exec(txn, "UPDATE t SET n = n + $1 WHERE id = 1",
	    DB_ARGS(db_i(n)), NULL);
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
	    db_get1(db, "SELECT n FROM t WHERE id = 1", DB_NOARGS, &n), 0);
	return n;
}

static int
exit_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define WRITERS 4
#define TIMES   100

static void
nothing_is_lost_between_writers(void **state)
{
	pid_t pids[WRITERS];
	struct db *db = open_file("many.db");
	int i, times;

	(void)state;
	db_close(db); /* a connection does not cross fork() */
	fflush(NULL);
	for (i = 0; i < WRITERS; i++) {
		if ((pids[i] = fork()) != 0)
			continue;
		if (db_open(&db, path("many.db"), 0, &err) < 0)
			_exit(1);
		for (times = 0; times < TIMES; times++)
			if (add(db, 1) < 0)
				_exit(2);
		db_close(db);
		_exit(0);
	}
	for (i = 0; i < WRITERS; i++)
		assert_int_equal(exit_of(pids[i]), 0);
	db = open_file("many.db");
	assert_int_equal(sum(db), WRITERS * TIMES);
	db_close(db);
}

/* Someone is inside the gate until @release is closed by us. */
static pid_t
occupy(const char *gate, int *release)
{
	int in[2], ready[2], fd;
	pid_t pid;
	char c;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	if ((pid = fork()) == 0) {
		close(in[1]);
		fd = open(gate, O_RDWR);
		if (fd < 0 || flock(fd, LOCK_EX) < 0 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(in[0], &c, 1) == 0 ? 0 : 2);
	}
	close(in[0]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	*release = in[1];
	return pid;
}

static int
let_go(void *arg)
{
	int *release = arg;

	if (*release >= 0)
		close(*release);
	*release = -1;
	return 0;
}

static void
one_waits_for_ones_turn(void **state)
{
	struct db *db = open_file("turn.db");
	int release;
	pid_t pid;

	(void)state;
	pid = occupy(path("turn.db.gate"), &release);
	db_on_progress(db, let_go, &release); /* asked while waiting */
	assert_int_equal(add(db, 5), 0);
	assert_int_equal(release, -1);
	assert_int_equal(exit_of(pid), 0);
	assert_int_equal(sum(db), 5);
	db_close(db);
}

static int
give_up(void *arg)
{
	(void)arg;
	return 1;
}

static void
waiting_can_be_given_up(void **state)
{
	struct db *db = open_file("esc.db");
	int release;
	pid_t pid;

	(void)state;
	pid = occupy(path("esc.db.gate"), &release);
	db_on_progress(db, give_up, NULL);
	assert_int_equal(add(db, 5), ERR_CANCELLED);
	assert_false(db_in_txn(db));
	assert_int_equal(sum(db), 0); /* one reads meanwhile */
	close(release);
	assert_int_equal(exit_of(pid), 0);
	db_on_progress(db, NULL, NULL);
	/* The turn that was given up comes, and is passed on. */
	assert_int_equal(add(db, 6), 0);
	assert_int_equal(sum(db), 6);
	db_close(db);
}

/* Killed inside a transaction: no lock stays, nothing of it is seen. */
/* A program that knows no gate has the database: it is waited for, but not
 * longer than one likes. */
static void
a_stranger_can_be_given_up_too(void **state)
{
	struct db *db = open_file("stranger.db");
	int in[2], ready[2];
	struct txn *txn;
	pid_t pid;
	char c;

	(void)state;
	db_close(db);
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	if ((pid = fork()) == 0) {
		close(in[1]);
		if (db_open(&db, path("stranger.db"), 0, &err) < 0 ||
		    db_begin(db, &txn) < 0 ||
		    unlink(path("stranger.db.gate")) < 0 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(in[0], &c, 1) == 0 ? 0 : 2);
	}
	close(in[0]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(db_open(&db, path("stranger.db"), 0, &err), 0);
	db_on_progress(db, give_up, NULL);
	assert_int_equal(add(db, 1), ERR_CANCELLED);
	close(in[1]);
	assert_int_equal(exit_of(pid), 0);
	db_on_progress(db, NULL, NULL);
	assert_int_equal(add(db, 1), 0);
	assert_int_equal(sum(db), 1);
	db_close(db);
	close(ready[0]);
	close(ready[1]);
}

static void
the_dead_hold_no_gate(void **state)
{
	struct db *db = open_file("dead.db");
	struct txn *txn;
	int status;
	pid_t pid;

	(void)state;
	db_close(db);
	fflush(NULL);
	if ((pid = fork()) == 0) {
		if (db_open(&db, path("dead.db"), 0, &err) < 0 ||
		    db_begin(db, &txn) < 0 ||
		    db_exec(txn, "UPDATE t SET n = 99 WHERE id = 1", DB_NOARGS,
			NULL) < 0)
			_exit(1);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	db = open_file("dead.db");
	assert_int_equal(sum(db), 0);
	assert_int_equal(add(db, 1), 0);
	assert_int_equal(db_integrity(db), 0);
	db_close(db);
}

/* Either all of it or nothing, whatever fails. */
static void
faults_leave_old_or_new(void **state)
{
	int64_t before, after;

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct db *db;
		int rc;

		fault_install(true);
		db = open_file("faulty.db");
		fault_install(false);
		before = sum(db);
		fault_arm(&f);
		rc = add(db, 1);
		fault_disarm(&f);
		after = sum(db);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(after, rc == 0 ? before + 1 : before);
		assert_false(db_in_txn(db));
		assert_int_equal(add(db, 0), 0);
		db_close(db);
	}
}

static void
who_has_it_open_is_seen(void **state)
{
	struct db *db = open_file("open.db");
	int in[2], ready[2];
	pid_t pid;
	char c;

	(void)state;
	db_close(db);
	assert_false(db_in_use(path("open.db")));
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	if ((pid = fork()) == 0) {
		close(in[1]);
		if (db_open(&db, path("open.db"), 0, &err) < 0 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(in[0], &c, 1) == 0 ? 0 : 2);
	}
	close(in[0]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_true(db_in_use(path("open.db")));
	close(in[1]);
	assert_int_equal(exit_of(pid), 0);
	assert_false(db_in_use(path("open.db")));
	close(ready[0]);
	close(ready[1]);
}

/* Is the database one of the files in this program's memory? */
static bool
mapped(const char *name)
{
	FILE *f = fopen("/proc/self/maps", "r");
	char line[600];
	bool is = false;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		is = is ||
		     (strlen(line) > strlen(name) &&
			 strcmp(line + strlen(line) - strlen(name), name) == 0);
	}
	fclose(f);
	return is;
}

/* A mapping is thrown away at each commit of others. */
static void
the_file_is_mapped_by_one_alone(void **state)
{
	struct db *a = open_file("map.db"), *b;

	(void)state;
	assert_int_equal(add(a, 1), 0);
	db_checkpoint(a); /* into the file */
	assert_int_equal(sum(a), 1);
	assert_true(mapped("/map.db"));
	assert_int_equal(db_open(&b, path("map.db"), 0, &err), 0);
	assert_int_equal(add(a, 1), 0);
	assert_int_equal(add(b, 1), 0);
	assert_false(mapped("/map.db"));
	assert_int_equal(sum(b), 3);
	db_close(b);
	db_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_between_writers),
		cmocka_unit_test(one_waits_for_ones_turn),
		cmocka_unit_test(waiting_can_be_given_up),
		cmocka_unit_test(a_stranger_can_be_given_up_too),
		cmocka_unit_test(the_dead_hold_no_gate),
		cmocka_unit_test(faults_leave_old_or_new),
		cmocka_unit_test(who_has_it_open_is_seen),
		cmocka_unit_test(the_file_is_mapped_by_one_alone),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
