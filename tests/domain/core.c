/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/staff.h"

/* An operation to try things with. */
static const struct op op_try = { "try", PERM_SETTING_EDIT, "setting" };

static int
try_op(struct session *s, const char *name)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_try, &txn)) < 0)
		return rc;
	rc = db_exec(txn, "INSERT INTO setting (name, value) VALUES ($1, 'x')",
	    DB_ARGS(db_t(name)), NULL);
	if (rc == 0)
		rc = op_note(s, &op_try, txn, "shop", 7, "beside %s", name);
	if (rc == 0)
		rc = op_commit(s, &op_try, &txn, 3, "set %s", name);
	op_abort(s, &txn);
	return rc;
}

static int64_t
settings(struct session *s)
{
	return fixture_int(
	    s, "SELECT count(*) FROM setting WHERE name = 'new'");
}

static void
op_writes_what_was_done(void **state)
{
	struct session *s = fixture_session("owner");
	const struct audit_row *row;
	struct page page;

	(void)state;
	assert_int_equal(try_op(s, "new"), 0);
	assert_int_equal(settings(s), 1);
	assert_int_equal(audit_list(s, NULL, PAGE_FIRST, NULL, 2, &page), 0);
	assert_int_equal(page.n, 2);
	row = page_row(&page, 0);
	assert_string_equal(row->op, "try");
	assert_string_equal(row->kind, "setting");
	assert_int_equal(row->subject, 3);
	assert_string_equal(row->detail, "set new");
	assert_string_equal(row->staff, "owner");
	row = page_row(&page, 1);
	assert_string_equal(row->kind, "shop");
	assert_string_equal(row->detail, "beside new");
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
op_needs_its_permission(void **state)
{
	struct session *s = fixture_session("clerk");

	(void)state;
	assert_false(session_may(s, PERM_SETTING_EDIT));
	assert_int_equal(try_op(s, "new"), ERR_DENIED);
	assert_non_null(strstr(session_err(s)->text, "changing settings"));
	assert_int_equal(settings(s), 0);
	assert_int_equal(fixture_audited(s, "try", 3), 0);
	session_logout(s);
	assert_int_equal(try_op(s, "new"), ERR_DENIED);
	assert_int_equal(session_need(s, PERM_NONE), ERR_DENIED);
	fixture_end(s);
}

static void
op_stands_or_falls_with_its_record(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		fault_arm(&f);
		rc = try_op(s, "new");
		fault_disarm(&f);
		assert_false(db_in_txn(s->db));
		assert_int_equal(settings(s), rc == 0);
		assert_int_equal(fixture_audited(s, "try", 3), rc == 0);
		assert_int_equal(fixture_audited(s, "try", 7), rc == 0);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(try_op(s, "other"), 0);
		fixture_end(s);
	}
}

static int
try_bulk(struct session *s)
{
	static const char *const tables[] = { "variant", "barcode", NULL };
	struct txn *txn;
	int rc;

	if ((rc = op_begin_bulk(s, &op_try, &txn)) < 0)
		return rc;
	rc = bulk_load_start(txn, tables, NULL);
	if (rc == 0)
		rc = db_exec(txn,
		    "INSERT INTO setting (name, value) VALUES ('new', 'x')",
		    DB_NOARGS, NULL);
	if (rc == 0)
		rc = bulk_load_finish(txn);
	if (rc == 0)
		rc = op_commit(s, &op_try, &txn, 3, "bulk");
	op_abort(s, &txn);
	return rc;
}

/* After a bulk load, done or not, all is as it was: keys, indexes. */
static void
bulk_op_leaves_no_trace(void **state)
{
	static const char sql_indexes[] =
	    "SELECT count(*) FROM sqlite_schema WHERE type = 'index'";
	int64_t before = 0;

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		before = fixture_int(s, sql_indexes);
		fault_arm(&f);
		rc = try_bulk(s);
		fault_disarm(&f);
		assert_int_equal(settings(s), rc == 0);
		assert_int_equal(fixture_int(s, sql_indexes), before);
		assert_int_equal(fixture_int(s, "SELECT foreign_keys FROM "
						"pragma_foreign_keys"),
		    1);
		fixture_end(s);
	}
}

static void
audit_is_append_only(void **state)
{
	static const char *const tries[] = {
		"DELETE FROM audit WHERE id = 1",
		"UPDATE audit SET detail = '' WHERE id = 1",
	};
	struct session *s = fixture_session("owner");
	struct txn *txn;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(db_begin(s->db, &txn), 0);
		assert_int_equal(
		    db_exec(txn, tries[i], DB_NOARGS, NULL), ERR_CONFLICT);
		db_rollback(&txn);
	}
	fixture_end(s);
}

static void
audit_of_one_record(void **state)
{
	struct session *s = fixture_session("owner");
	const struct audit_row *row;
	struct page page, next;

	(void)state;
	assert_int_equal(try_op(s, "a"), 0);
	assert_int_equal(try_op(s, "b"), 0);
	assert_int_equal(try_op(s, "c"), 0);
	assert_int_equal(
	    audit_page(s, "setting", 3, PAGE_FIRST, NULL, 2, &page), 0);
	assert_int_equal(page.n, 2);
	row = page_row(&page, 1);
	assert_string_equal(row->detail, "set b");
	assert_int_equal(
	    audit_page(s, "setting", 3, PAGE_AFTER, row, 2, &next), 0);
	assert_int_equal(next.n, 1);
	row = page_row(&next, 0);
	assert_string_equal(row->detail, "set a");
	page_free(&next);
	page_free(&page);
	fixture_role(s, "agent"); /* who sees an order sees its history */
	assert_int_equal(
	    audit_page(s, "setting", 3, PAGE_FIRST, NULL, 2, &page), 0);
	page_free(&page);
	assert_int_equal(
	    audit_list(s, NULL, PAGE_FIRST, NULL, 2, &page), ERR_DENIED);
	fixture_end(s);
}

static void
login_by_name_and_password(void **state)
{
	struct session *s = fixture_session("clerk");
	struct err unknown;

	(void)state;
	session_logout(s);
	assert_int_equal(
	    session_login(s, "nobody", "clerk-password"), ERR_DENIED);
	unknown = *session_err(s);
	assert_int_equal(
	    session_login(s, "clerk", "owner-password"), ERR_DENIED);
	/* Nor does the sentence tell which of them was wrong. */
	assert_string_equal(session_err(s)->text, unknown.text);
	assert_false(session_logged_in(s));
	assert_int_equal(session_login(s, "clerk", "clerk-password"), 0);
	assert_true(session_logged_in(s));
	assert_string_equal(session_role(s), "clerk");
	assert_string_equal(session_staff_name(s), "clerk");
	assert_true(session_may(s, PERM_ORDER_SHIP));
	assert_int_equal(session_login(s, "owner", ""), ERR_DENIED);
	assert_false(session_logged_in(s));
	assert_false(session_may(s, PERM_ORDER_SHIP));
	fixture_end(s);
}

static void
who_left_cannot_log_in(void **state)
{
	struct session *s = fixture_session("clerk");
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE staff SET active = 0 WHERE login = 'clerk'",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(
	    session_login(s, "clerk", "clerk-password"), ERR_DENIED);
	fixture_end(s);
}

static void
init_makes_a_shop(void **state)
{
	const char *path = fixture_shop("init.db");
	struct session *s;
	struct err err;

	(void)state;
	assert_int_equal(
	    shopdb_init(path, "boss", "long-enough", &err), ERR_CONFLICT);
	unlink(path);
	assert_int_equal(shopdb_init(path, "boss", "short", &err), ERR_INVALID);
	assert_string_equal(err.field, "password");
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(session_open(&s, path, &err), ERR_NOTFOUND);
	assert_int_equal(shopdb_init(path, "boss", "long-enough", &err), 0);
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_login(s, "boss", "long-enough"), 0);
	assert_string_equal(session_role(s), "owner");
	assert_true(session_may(s, PERM_STAFF_EDIT));
	assert_string_not_equal(session_shop_name(s), "");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM courier") > 10, 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
backup_and_restore(void **state)
{
	const char *path = fixture_shop("live.db");
	const char *copy = fixture_path("copy.db");
	struct session *s;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(shopdb_backup(s, copy), ERR_DENIED);
	fixture_role(s, "owner");
	assert_int_equal(try_op(s, "new"), 0);
	assert_int_equal(shopdb_backup(s, copy), 0);
	assert_int_equal(shopdb_backup(s, copy), ERR_CONFLICT);
	assert_int_equal(try_op(s, "later"), 0);
	assert_int_equal(shopdb_restore(copy, path, &err), ERR_BUSY);
	session_close(s);

	assert_int_equal(shopdb_restore(copy, path, &err), 0);
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(settings(s), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM setting WHERE name = 'later'"),
	    0);
	assert_int_equal(fixture_audited(s, "restore", 0), 1);
	session_close(s);
	/* What was there is still there. */
	assert_int_equal(
	    session_open(&s, fixture_path("live.db.before-restore"), &err), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM setting WHERE name = 'later'"),
	    1);
	session_close(s);
}

static void
restore_refuses_what_does_not_hold(void **state)
{
	const char *path = fixture_shop("live2.db");
	const char *copy = fixture_shop("wrong.db");
	struct session *s;
	struct txn *txn;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&s, copy, &err), 0);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn,
		"UPDATE order_count SET n = 5 WHERE state = 2 AND held = 0",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	session_close(s);
	assert_int_equal(shopdb_restore(copy, path, &err), ERR_STATE);
	assert_int_equal(
	    shopdb_restore(fixture_path("none.db"), path, &err), ERR_NOTFOUND);
	assert_int_equal(
	    shopdb_restore(fixture_file("text", "no database"), path, &err),
	    ERR_DB);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_verify(s);
	session_close(s);
	assert_int_not_equal(
	    access(fixture_path("live2.db.before-restore"), F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(op_writes_what_was_done),
		cmocka_unit_test(op_needs_its_permission),
		cmocka_unit_test(op_stands_or_falls_with_its_record),
		cmocka_unit_test(bulk_op_leaves_no_trace),
		cmocka_unit_test(audit_is_append_only),
		cmocka_unit_test(audit_of_one_record),
		cmocka_unit_test(login_by_name_and_password),
		cmocka_unit_test(who_left_cannot_log_in),
		cmocka_unit_test(init_makes_a_shop),
		cmocka_unit_test(backup_and_restore),
		cmocka_unit_test(restore_refuses_what_does_not_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
