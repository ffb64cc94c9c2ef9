/* SPDX-License-Identifier: MIT */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/db/bulk.h"

#include "fault.h"
#include "files.h"

static struct err err;

static const char schema[] =
    "CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p, "
    "name TEXT NOT NULL, note TEXT, UNIQUE (name)) STRICT;"
    "CREATE INDEX t_p ON t (p, id);"
    "CREATE INDEX t_note ON t (note) WHERE note IS NOT NULL;"
    "INSERT INTO p VALUES (1), (2);";

static struct db *
some_db(void)
{
	struct db *db;
	struct txn *txn;

	db_watch_fatal = true;
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, schema), 0);
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

static int64_t
get(struct db *db, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	return n;
}

static int64_t
indexes(struct db *db)
{
	return get(db,
	    "SELECT count(*) FROM sqlite_schema WHERE type = 'index' /*scan*/");
}

static const char columns[] = "id, p, name, note";

/* Row @i; its text is gone when we return. */
static int
add(struct bulk *b, int i, int64_t p)
{
	struct db_val vals[4];
	char name[32];
	int rc;

	snprintf(name, sizeof(name), "name-%d-and-more", i);
	vals[0] = db_i(i);
	vals[1] = db_i(p);
	vals[2] = (struct db_val){ .type = DB_TEXT,
		.t = name,
		.len = strlen(name) - strlen("-and-more") };
	vals[3] = i % 3 == 0 ? db_t("") : db_t(NULL);
	rc = bulk_row(b, vals);
	memset(name, '#', sizeof(name));
	return rc;
}

/* Counts around full statements, where mistakes would be. */
static void
rows_arrive_whole_and_in_order(void **state)
{
	static const int counts[] = { 0, 1, 31, 32, 33, 64, 100 };
	struct db_rows *rows;
	struct txn *txn;
	struct bulk *b;
	char name[32];
	size_t k;
	int i;

	(void)state;
	for (k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		struct db *db = some_db();

		assert_int_equal(db_begin(db, &txn), 0);
		b = bulk_new(txn, "t", columns, 4);
		for (i = 1; i <= counts[k]; i++)
			assert_int_equal(add(b, i, 1 + i % 2), 0);
		assert_int_equal(bulk_flush(b), 0);
		assert_int_equal(bulk_flush(b), 0);
		bulk_free(b);
		assert_int_equal(db_commit(&txn), 0);
		assert_int_equal(
		    db_query(db, "SELECT p, name, note FROM t ORDER BY id",
			DB_NOARGS, &rows),
		    0);
		for (i = 1; i <= counts[k]; i++) {
			assert_int_equal(db_next(rows), 1);
			assert_int_equal(db_int(rows, 0), 1 + i % 2);
			snprintf(name, sizeof(name), "name-%d", i);
			assert_string_equal(db_text(rows, 1), name);
			assert_int_equal(db_isnull(rows, 2), i % 3 != 0);
		}
		assert_int_equal(db_next(rows), 0);
		db_done(rows);
		db_close(db);
	}
}

static void
what_is_not_flushed_is_dropped(void **state)
{
	struct db *db = some_db();
	struct txn *txn;
	struct bulk *b;

	(void)state;
	assert_int_equal(db_begin(db, &txn), 0);
	b = bulk_new(txn, "t", columns, 4);
	assert_int_equal(add(b, 1, 1), 0);
	bulk_free(b);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(get(db, "SELECT count(*) FROM t"), 0);
	db_close(db);
}

static const char *const tables[] = { "t", NULL };

static int
load(struct db *db, int n, int64_t p)
{
	struct txn *txn;
	struct bulk *b;
	int i, rc;

	if ((rc = bulk_load_begin(db, &txn)) < 0)
		return rc;
	rc = bulk_load_start(txn, tables, NULL);
	b = bulk_new(txn, "t", columns, 4);
	for (i = 1; rc == 0 && i <= n; i++)
		rc = add(b, i, p);
	if (rc == 0)
		rc = bulk_flush(b);
	if (rc == 0)
		rc = bulk_load_finish(txn);
	if (rc == 0)
		rc = db_commit(&txn);
	bulk_free(b);
	db_rollback(&txn);
	bulk_load_end(db);
	return rc;
}

static void
load_makes_indexes_again(void **state)
{
	struct db *db = some_db();
	int64_t before = indexes(db);

	(void)state;
	assert_int_equal(load(db, 1000, 2), 0);
	assert_int_equal(indexes(db), before);
	/* Fatal if it had to scan. */
	assert_int_equal(get(db, "SELECT count(*) FROM t WHERE p = 2"), 1000);
	assert_int_equal(
	    get(db, "SELECT foreign_keys FROM pragma_foreign_keys"), 1);
	assert_int_equal(db_integrity(db), 0);
	db_close(db);
}

static void
load_checks_what_refers_to_nothing(void **state)
{
	struct db *db = some_db();
	int64_t before = indexes(db);

	(void)state;
	assert_int_equal(load(db, 10, 3), ERR_DB);
	assert_non_null(strstr(err.text, "table t"));
	assert_int_equal(get(db, "SELECT count(*) FROM t"), 0);
	assert_int_equal(indexes(db), before);
	assert_int_equal(
	    get(db, "SELECT foreign_keys FROM pragma_foreign_keys"), 1);
	db_close(db);
}

static void
change(struct db *db, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, sql), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
load_checks_what_no_index_tells(void **state)
{
	struct db *db = some_db();

	(void)state;
	change(db, "DROP INDEX t_p");
	assert_int_equal(load(db, 10, 3), ERR_DB);
	assert_int_equal(load(db, 10, 2), 0);
	db_close(db);
}

/* Where numbers have gaps, or keys are no numbers, each row is looked up. */
static void
load_looks_up_what_a_range_does_not_tell(void **state)
{
	static const char pairs[] =
	    "CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, "
	    "PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;"
	    "CREATE TABLE u (a INTEGER, b INTEGER, "
	    "FOREIGN KEY (a, b) REFERENCES pair) STRICT;"
	    "INSERT INTO pair VALUES (1, 2), (2, 1);"
	    "INSERT INTO u VALUES (1, 2), (NULL, 7);";
	struct db *db = some_db();

	(void)state;
	change(db, "INSERT INTO p VALUES (9)");
	assert_int_equal(load(db, 10, 5), ERR_DB);
	assert_int_equal(load(db, 10, 9), 0);
	assert_int_equal(load(db, 0, 1), 0);
	change(db, pairs);
	assert_int_equal(load(db, 0, 1), 0);
	change(db, "PRAGMA defer_foreign_keys = ON; DELETE FROM t;"
		   "DELETE FROM u; DELETE FROM p WHERE id = 9");
	assert_int_equal(load(db, 10, 2), 0);
	db_close(db);
}

/* In a file nobody else has open; with a reader beside it the log stays. */
static void
load_puts_the_log_back(void **state)
{
	struct db *db, *other;

	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *file = path(i == 0 ? "alone.db" : "beside.db");

		assert_int_equal(db_open(&db, file, DB_CREATE, &err), 0);
		change(db, schema);
		if (i == 1)
			assert_int_equal(db_open(&other, file, 0, &err), 0);
		assert_int_equal(load(db, 1000, 2), 0);
		assert_int_equal(get(db, "SELECT count(*) FROM "
					 "pragma_journal_mode "
					 "WHERE journal_mode = 'wal'"),
		    1);
		assert_int_equal(get(db, "SELECT count(*) FROM t"), 1000);
		if (i == 1) {
			assert_int_equal(
			    get(other, "SELECT count(*) FROM t"), 1000);
			db_close(other);
		}
		db_close(db);
	}
}

static bool
has_log(struct db *db)
{
	return get(db, "SELECT count(*) FROM pragma_journal_mode"
		       " WHERE journal_mode = 'wal'") != 0;
}

static void
sole_does_without_the_log(void **state)
{
	struct db *db, *other;
	struct txn *txn;
	int64_t version;

	(void)state;
	assert_int_equal(db_open(&db, path("sole.db"), DB_CREATE, &err), 0);
	change(db, schema);
	version = db_version(db);
	assert_int_equal(bulk_sole_begin(db, &txn), 0);
	assert_false(has_log(db));
	assert_true(db_version(db) == version); /* nobody else wrote */
	assert_int_equal(db_script(txn, "INSERT INTO p VALUES (3)"), 0);
	db_rollback(&txn);
	bulk_steps_tune(db);
	assert_true(has_log(db));
	assert_int_equal(get(db, "SELECT count(*) FROM p"), 2);
	/* Beside another it has the log all the time. */
	bulk_merge_tune(db, false);
	assert_int_equal(db_open(&other, path("sole.db"), 0, &err), 0);
	version = db_version(db);
	change(other, "INSERT INTO p VALUES (4)");
	assert_int_equal(bulk_sole_begin(db, &txn), 0);
	assert_true(has_log(db));
	assert_true(db_version(db) != version);
	assert_int_equal(db_commit(&txn), 0);
	bulk_merge_tune(db, false);
	db_close(other);
	db_close(db);
}

/* Another program, that wants to work there. */
static void
come(const char *file)
{
	struct db *db;
	int64_t n = 0;

	if (db_open(&db, file, 0, &err) < 0 ||
	    db_get1(db, "SELECT count(*) FROM p", DB_NOARGS, &n) < 0)
		_exit(1);
	db_close(db);
	_exit(n == 3 ? 0 : 2);
}

static void
sole_makes_way_for_whoever_comes(void **state)
{
	struct db *db;
	struct txn *txn;
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(db_open(&db, path("way.db"), DB_CREATE, &err), 0);
	change(db, schema);
	assert_int_equal(bulk_sole_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, "INSERT INTO p VALUES (3)"), 0);
	assert_true(db_alone(db));
	if ((pid = fork()) == 0)
		come(path("way.db"));
	while (db_alone(db) && waitpid(pid, &status, WNOHANG) == 0)
		sched_yield();
	assert_int_equal(db_commit(&txn), 0);
	bulk_steps_tune(db);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	bulk_merge_tune(db, false);
	db_close(db);
}

static void
load_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct db *db;
		int64_t before;
		int rc;

		fault_install(true);
		db = some_db();
		fault_install(false);
		before = indexes(db);
		fault_arm(&f);
		rc = load(db, 40, 1);
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(
		    get(db, "SELECT count(*) FROM t"), rc == 0 ? 40 : 0);
		assert_int_equal(indexes(db), before);
		assert_int_equal(
		    get(db, "SELECT foreign_keys FROM pragma_foreign_keys"), 1);
		db_close(db);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_arrive_whole_and_in_order),
		cmocka_unit_test(what_is_not_flushed_is_dropped),
		cmocka_unit_test(load_makes_indexes_again),
		cmocka_unit_test(load_checks_what_refers_to_nothing),
		cmocka_unit_test(load_checks_what_no_index_tells),
		cmocka_unit_test(load_looks_up_what_a_range_does_not_tell),
		cmocka_unit_test(load_puts_the_log_back),
		cmocka_unit_test(sole_does_without_the_log),
		cmocka_unit_test(sole_makes_way_for_whoever_comes),
		cmocka_unit_test(load_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
