/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/db/migrate.h"

#include "fault.h"
#include "files.h"

static struct err err;

static int64_t
get(struct db *db, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(db_get1(db, sql, DB_NOARGS, &n), 0);
	return n;
}

static int64_t
version(struct db *db)
{
	return get(db, "SELECT version FROM schema_version");
}

static const char sql_head[] = "SELECT user_version FROM pragma_user_version";

static void
new_database_gets_all_steps(void **state)
{
	struct db *db;

	(void)state;
	db_watch_fatal = true;
	assert_int_equal(db_open(&db, path("new.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(version(db), migrate_latest());
	assert_int_equal(get(db, sql_head), migrate_latest());
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(db_integrity(db), 0);
	db_close(db);
	/* Nothing was there, so nothing is kept. */
	assert_int_not_equal(access(path("new.db.before-v1"), F_OK), 0);
}

/* A database as the program of step 1 left it. */
static struct db *
old_db(const char *name)
{
	struct txn *txn;
	struct db *db;

	assert_int_equal(db_open(&db, path(name), DB_CREATE, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn,
		"CREATE TABLE schema_version (version INTEGER NOT NULL);"
		"INSERT INTO schema_version VALUES (1);"
		"PRAGMA user_version = 1;"),
	    0);
	assert_int_equal(db_script(txn, embed_text("sql/0001-base.sql")), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO setting (name, value) VALUES ('a', 'b')",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

static void
old_database_is_kept_and_brought_up(void **state)
{
	struct db *db = old_db("old.db");

	(void)state;
	assert_true(migrate_latest() > 1);
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(version(db), migrate_latest());
	assert_int_equal(
	    get(db, "SELECT count(*) FROM setting WHERE name = 'a'"), 1);
	assert_int_equal(get(db, "SELECT count(*) FROM orders"), 0);
	db_close(db);
	assert_int_equal(
	    db_open(&db, path("old.db.before-v2"), DB_READ, &err), 0);
	assert_int_equal(version(db), 1);
	assert_int_equal(
	    get(db, "SELECT count(*) FROM setting WHERE name = 'a'"), 1);
	db_close(db);
	/* Another one of that name later does not take its place. */
	unlink(path("old.db"));
	db = old_db("old.db");
	assert_int_equal(migrate(db, &err), 0);
	db_close(db);
	assert_int_equal(access(path("old.db.before-v2.2"), F_OK), 0);
}

static void
newer_database_is_refused(void **state)
{
	struct txn *txn;
	struct db *db;

	(void)state;
	assert_int_equal(db_open(&db, path("newer.db"), DB_CREATE, &err), 0);
	assert_int_equal(migrate(db, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_script(txn, "PRAGMA user_version = 999"), 0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(migrate(db, &err), ERR_DB);
	db_close(db);
	assert_int_equal(db_open(&db, path("newer.db"), 0, &err), ERR_DB);
	assert_non_null(strstr(err.text, "newer"));
	assert_int_equal(db_open(&db, path("newer.db"), DB_READ, &err), ERR_DB);
}

/* A step is taken whole or not at all, and can be taken again. */
static void
steps_survive_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct db *db;
		int64_t at;
		int rc;

		fault_install(true);
		assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &err), 0);
		fault_install(false);
		fault_arm(&f);
		rc = migrate(db, &err);
		fault_disarm(&f);
		at = get(db, sql_head);
		assert_int_equal(rc == 0, at == migrate_latest());
		assert_int_equal(
		    get(db, "SELECT count(*) FROM sqlite_schema WHERE name = "
			    "'setting' /*scan*/"),
		    at >= 1);
		assert_int_equal(
		    get(db, "SELECT count(*) FROM sqlite_schema WHERE name = "
			    "'orders' /*scan*/"),
		    at >= 2);
		assert_int_equal(migrate(db, &err), 0);
		assert_int_equal(version(db), migrate_latest());
		db_close(db);
	}
}

#define MANY 6

/* They open it at the same moment: one brings it up, the others wait. */
static void
many_come_at_once(void **state)
{
	int go[2], status, i;
	pid_t pids[MANY];
	struct db *db;
	char c;

	(void)state;
	db_close(old_db("many.db"));
	assert_int_equal(pipe(go), 0);
	fflush(NULL);
	for (i = 0; i < MANY; i++) {
		if ((pids[i] = fork()) != 0)
			continue;
		close(go[1]);
		if (read(go[0], &c, 1) != 0 ||
		    db_open(&db, path("many.db"), 0, &err) < 0)
			_exit(1);
		if (migrate(db, &err) < 0)
			_exit(2);
		_exit(version(db) == migrate_latest() ? 0 : 3);
	}
	close(go[0]);
	close(go[1]);
	for (i = 0; i < MANY; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(db_open(&db, path("many.db"), 0, &err), 0);
	assert_int_equal(db_integrity(db), 0);
	assert_int_equal(
	    get(db, "SELECT count(*) FROM schema_version /*scan*/"), 1);
	db_close(db);
	assert_int_equal(access(path("many.db.before-v2"), F_OK), 0);
	assert_int_not_equal(access(path("many.db.before-v2.2"), F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_database_gets_all_steps),
		cmocka_unit_test(old_database_is_kept_and_brought_up),
		cmocka_unit_test(newer_database_is_refused),
		cmocka_unit_test(steps_survive_every_fault),
		cmocka_unit_test(many_come_at_once),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
