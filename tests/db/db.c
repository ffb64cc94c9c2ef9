/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/db/db.h"
#include "shopmgr/db/migrate.h"

#include "files.h"

static struct err err;

/* A database in memory with a table of @n rows: t(id, a, b, c). */
static struct db *
some_db(int n)
{
	struct db *db;
	struct txn *txn;
	int i;

	db_watch_fatal = true;
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn, "CREATE TABLE t (id INTEGER PRIMARY KEY, "
			   "a INTEGER, b TEXT UNIQUE, c INTEGER);"),
	    0);
	for (i = 1; i <= n; i++)
		assert_int_equal(
		    db_exec(txn,
			"INSERT INTO t (a, b, c) VALUES ($1, 'b' || $1, $2)",
			DB_ARGS(db_i(i), db_i(i % 7)), NULL),
		    0);
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

static int64_t
count(struct db *db)
{
	int64_t n = -1;

	assert_int_equal(
	    db_get1(db, "SELECT count(*) FROM t", DB_NOARGS, &n), 0);
	return n;
}

static void
parameters_go_by_name(void **state)
{
	struct db *db = some_db(0);
	struct db_rows *rows;

	(void)state;
	/* SQLite numbers them by where they first stand. */
	assert_int_equal(db_query(db, "SELECT $2, $1, $2, $3",
			     DB_ARGS(db_i(1), db_t("two"), db_t(NULL)), &rows),
	    0);
	assert_int_equal(db_next(rows), 1);
	assert_string_equal(db_text(rows, 0), "two");
	assert_int_equal(db_int(rows, 1), 1);
	assert_string_equal(db_text(rows, 2), "two");
	assert_int_equal(db_len(rows, 2), 3);
	assert_true(db_isnull(rows, 3));
	assert_null(db_text(rows, 3));
	assert_int_equal(db_int(rows, 3), 0);
	assert_int_equal(db_next(rows), 0);
	db_done(rows);
	db_close(db);
}

static void
texts_may_be_pieces(void **state)
{
	struct db_val piece = { .type = DB_TEXT, .len = 3, .t = "abcdef" };
	struct db *db = some_db(0);
	struct db_rows *rows;

	(void)state;
	assert_int_equal(db_query(db, "SELECT $1", DB_ARGS(piece), &rows), 0);
	assert_int_equal(db_next(rows), 1);
	assert_string_equal(db_text(rows, 0), "abc");
	db_done(rows);
	db_close(db);
}

static void
one_statement_read_twice_at_once(void **state)
{
	static const char sql[] = "SELECT id FROM t WHERE id >= $1 ORDER BY id";
	struct db *db = some_db(20);
	struct db_rows *a, *b;

	(void)state;
	assert_int_equal(db_query(db, sql, DB_ARGS(db_i(3)), &a), 0);
	assert_int_equal(db_next(a), 1);
	assert_int_equal(db_query(db, sql, DB_ARGS(db_i(10)), &b), 0);
	assert_int_equal(db_next(b), 1);
	assert_int_equal(db_int(b, 0), 10);
	assert_int_equal(db_next(a), 1);
	assert_int_equal(db_int(a, 0), 4);
	db_done(b);
	db_done(a);
	db_close(db);
}

static void
get1_says_when_there_is_nothing(void **state)
{
	struct db *db = some_db(1);
	int64_t n = 42;

	(void)state;
	assert_int_equal(
	    db_get1(db, "SELECT a FROM t WHERE id = $1", DB_ARGS(db_i(2)), &n),
	    ERR_NOTFOUND);
	assert_int_equal(n, 42);
	assert_int_equal(
	    db_get1(db, "SELECT a FROM t WHERE id = $1", DB_ARGS(db_i(1)), &n),
	    0);
	assert_int_equal(n, 1);
	db_close(db);
}

static void
rollback_takes_all_back(void **state)
{
	struct db *db = some_db(5);
	struct txn *txn;
	int64_t id, changed;

	(void)state;
	assert_int_equal(db_begin(db, &txn), 0);
	assert_true(db_in_txn(db));
	assert_int_equal(
	    db_insert(txn, "INSERT INTO t (b) VALUES ('x')", DB_NOARGS, &id),
	    0);
	assert_int_equal(id, 6);
	assert_int_equal(db_exec(txn, "DELETE FROM t WHERE id < $1",
			     DB_ARGS(db_i(4)), &changed),
	    0);
	assert_int_equal(changed, 3);
	assert_int_equal(count(db), 3);
	db_rollback(&txn);
	assert_null(txn);
	db_rollback(&txn); /* of nothing */
	assert_false(db_in_txn(db));
	assert_int_equal(count(db), 5);
	db_close(db);
}

static void
returning_is_carried_out(void **state)
{
	struct db *db = some_db(1);
	struct txn *txn;
	int64_t n;

	(void)state;
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_fetch1(txn, "UPDATE t SET a = a + $2 WHERE id = $1 RETURNING a",
		DB_ARGS(db_i(1), db_i(9)), &n),
	    0);
	assert_int_equal(n, 10);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(
	    db_get1(db, "SELECT a FROM t WHERE id = 1", DB_NOARGS, &n), 0);
	assert_int_equal(n, 10);
	db_close(db);
}

static void
duplicate_is_a_conflict(void **state)
{
	struct db *db = some_db(3);
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO t (b) VALUES ('b2')", DB_NOARGS, NULL),
	    ERR_CONFLICT);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_string_not_equal(err.text, "");
	db_rollback(&txn);
	assert_int_equal(count(db), 3);
	db_close(db);
}

/* Does running @sql end the program? In a child, as it does just that. */
static bool
is_fatal(const char *sql, int rows)
{
	struct db *db;
	struct db_rows *r;
	int status;
	pid_t pid;

	fflush(NULL);
	if ((pid = fork()) == 0) {
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(9);
		signal(SIGABRT, SIG_DFL);
		db = some_db(rows);
		if (db_query(db, sql, DB_NOARGS, &r) < 0)
			_exit(8);
		while (db_next(r) == 1)
			continue;
		db_done(r);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
bad_plans_are_fatal_in_tests(void **state)
{
	(void)state;
	assert_true(is_fatal("SELECT id FROM t WHERE c = 3 AND a > 90", 100));
	assert_true(is_fatal("SELECT a FROM t WHERE id > 3 ORDER BY c", 100));
	assert_true(is_fatal("SELECT count(*) FROM t JOIN t u ON u.c = t.c "
			     "/*sort*/",
	    100));
	assert_false(
	    is_fatal("SELECT id FROM t WHERE c = 3 AND a > 90 /*scan*/", 100));
	assert_false(
	    is_fatal("SELECT a FROM t WHERE id > 3 ORDER BY c /*sort*/", 100));
	assert_false(is_fatal("SELECT a FROM t WHERE id > 3 ORDER BY id", 100));
	assert_false(is_fatal("SELECT a FROM t WHERE b = 'b7'", 100));
	/* All of a table is what it is. */
	assert_false(is_fatal("SELECT a FROM t", 100));
}

static int
stop(void *arg)
{
	++*(int *)arg;
	return 1;
}

static void
long_work_can_be_stopped(void **state)
{
	static const char sql[] =
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 100000000) SELECT count(*) FROM n /*scan*/";
	struct db *db = some_db(0);
	int asked = 0;
	int64_t n;

	(void)state;
	db_on_progress(db, stop, &asked);
	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), ERR_CANCELLED);
	assert_int_equal(asked, 1);
	db_on_progress(db, NULL, NULL);
	assert_int_equal(count(db), 0);
	db_close(db);
}

/* Hurrying with a new file must not outlast it. */
static void
relaxing_ends(void **state)
{
	static const char sql[] = "SELECT synchronous FROM pragma_synchronous";
	struct db *db;
	int64_t n;

	(void)state;
	assert_int_equal(db_open(&db, path("x.db"), DB_CREATE, &err), 0);
	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 1); /* NORMAL: and each commit is synced */
	assert_int_equal(db_relax(db, true), 0);
	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(db_relax(db, false), 0);
	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 1);
	db_close(db);
}

static void
missing_file_is_not_found(void **state)
{
	struct db *db;

	(void)state;
	assert_int_equal(db_open(&db, path("none.db"), 0, &err), ERR_NOTFOUND);
	assert_int_equal(
	    db_open(&db, path("none.db"), DB_READ, &err), ERR_NOTFOUND);
	assert_int_not_equal(access(path("none.db"), F_OK), 0);
}

static void
files_are_private(void **state)
{
	const char *const names[] = { "p.db", "p.db-wal", "p.db-shm",
		"p.db.gate" };
	struct stat st;
	struct txn *txn;
	struct db *db;
	mode_t old = umask(0);
	size_t i;

	(void)state;
	assert_int_equal(db_open(&db, path("p.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(stat(path(names[i]), &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	db_rollback(&txn);
	db_close(db);
	umask(old);
}

static void
foreign_files_are_refused(void **state)
{
	static const char words[] =
	    "Not a database, but long enough to look like one could be in "
	    "here; SQLite wants a hundred bytes before it says so, at least.";
	struct db *db;
	FILE *f;

	(void)state;
	assert_non_null(f = fopen(path("words"), "w"));
	fputs(words, f);
	fclose(f);
	assert_int_equal(db_open(&db, path("words"), 0, &err), ERR_DB);
	assert_non_null(strstr(err.text, "not a shopmgr database"));
	assert_int_equal(db_open(&db, path("words"), DB_CREATE, &err), ERR_DB);
	/* An empty file is no shop, but may become one. */
	assert_non_null(f = fopen(path("empty"), "w"));
	fclose(f);
	assert_int_equal(db_open(&db, path("empty"), 0, &err), ERR_DB);
	assert_int_equal(db_open(&db, path("empty"), DB_CREATE, &err), 0);
	db_close(db);
	assert_int_equal(db_open(&db, path("empty"), 0, &err), 0);
	db_close(db);
}

static void
reading_only_does_not_write(void **state)
{
	struct txn *txn;
	struct db *db;
	int rc;

	(void)state;
	assert_int_equal(db_open(&db, path("r.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	db_close(db);
	assert_int_equal(db_open(&db, path("r.db"), DB_READ, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	rc = db_exec(txn, "DELETE FROM setting", DB_NOARGS, NULL);
	assert_int_equal(rc, ERR_IO);
	db_rollback(&txn);
	db_close(db);
}

static void
others_changes_change_the_version(void **state)
{
	struct db *a, *b;
	struct txn *txn;
	int64_t before;

	(void)state;
	assert_int_equal(db_open(&a, path("v.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(a, &err), 0);
	assert_int_equal(db_open(&b, path("v.db"), 0, &err), 0);
	before = db_version(b);
	assert_int_equal(db_version(b), before);
	assert_int_equal(db_begin(a, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO setting (name, value) VALUES ('a', 'b')",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_version(b), before);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_not_equal(db_version(b), before);
	db_close(a);
	db_close(b);
}

static void
snapshot_sees_one_state(void **state)
{
	static const char sql[] =
	    "SELECT count(*) FROM setting WHERE name = 'a'";
	struct db *a, *b;
	struct txn *txn;
	int64_t n;

	(void)state;
	assert_int_equal(db_open(&a, path("s.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(a, &err), 0);
	assert_int_equal(db_open(&b, path("s.db"), 0, &err), 0);
	assert_int_equal(db_snapshot(b), 0);
	assert_int_equal(db_get1(b, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(db_begin(a, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO setting (name, value) VALUES ('a', 'b')",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(db_get1(b, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 0);
	db_snapshot_end(b);
	assert_int_equal(db_get1(b, sql, DB_NOARGS, &n), 0);
	assert_int_equal(n, 1);
	db_close(a);
	db_close(b);
}

static void
backup_is_whole_and_private(void **state)
{
	struct stat st;
	struct db *db, *copy;
	struct txn *txn;
	int64_t n;

	(void)state;
	assert_int_equal(db_open(&db, path("b.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO setting (name, value) VALUES ('a', 'b')",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(db_backup(db, path("b.copy")), 0);
	assert_int_equal(db_backup(db, path("b.copy")), ERR_CONFLICT);
	assert_int_equal(db_backup(db, path("no/where")), ERR_IO);
	assert_int_equal(stat(path("b.copy"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_not_equal(access(path("b.copy.part"), F_OK), 0);
	assert_int_equal(db_open(&copy, path("b.copy"), 0, &err), 0);
	assert_int_equal(db_integrity(copy), 0);
	assert_int_equal(
	    db_get1(copy, "SELECT count(*) FROM setting WHERE name = 'a'",
		DB_NOARGS, &n),
	    0);
	assert_int_equal(n, 1);
	db_close(copy);
	db_close(db);
}

static void
damage_is_named(void **state)
{
	char junk[512];
	struct db *db;
	FILE *f;
	int rc;

	(void)state;
	assert_int_equal(db_open(&db, path("d.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	db_close(db);
	memset(junk, 0x5a, sizeof(junk));
	assert_non_null(f = fopen(path("d.db"), "r+"));
	fseek(f, 8192 * 3, SEEK_SET);
	fwrite(junk, 1, sizeof(junk), f);
	fclose(f);
	rc = db_open(&db, path("d.db"), 0, &err);
	if (rc == 0) {
		rc = db_integrity(db);
		db_close(db);
	}
	assert_int_equal(rc, ERR_DB);
	assert_non_null(strstr(err.text, "damaged"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_go_by_name),
		cmocka_unit_test(texts_may_be_pieces),
		cmocka_unit_test(one_statement_read_twice_at_once),
		cmocka_unit_test(get1_says_when_there_is_nothing),
		cmocka_unit_test(rollback_takes_all_back),
		cmocka_unit_test(returning_is_carried_out),
		cmocka_unit_test(duplicate_is_a_conflict),
		cmocka_unit_test(bad_plans_are_fatal_in_tests),
		cmocka_unit_test(long_work_can_be_stopped),
		cmocka_unit_test(relaxing_ends),
		cmocka_unit_test(missing_file_is_not_found),
		cmocka_unit_test(files_are_private),
		cmocka_unit_test(foreign_files_are_refused),
		cmocka_unit_test(reading_only_does_not_write),
		cmocka_unit_test(others_changes_change_the_version),
		cmocka_unit_test(snapshot_sees_one_state),
		cmocka_unit_test(backup_is_whole_and_private),
		cmocka_unit_test(damage_is_named),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
