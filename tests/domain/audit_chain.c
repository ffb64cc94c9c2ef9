/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/audit/audit_chain_priv.h"
#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"

static const struct op op_try = { "order-ship", PERM_SETTING_EDIT, "setting" };

static int
try_op(struct session *s, const char *detail)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_try, &txn)) < 0)
		return rc;
	rc = op_note(s, &op_try, txn, "shop", 7, "beside %s", detail);
	if (rc == 0)
		rc = op_commit(s, &op_try, &txn, 3, "%s", detail);
	op_abort(s, &txn);
	return rc;
}

static struct secret_part
part(const char *text)
{
	return (struct secret_part){ text, strlen(text) };
}

/* The hashes of shops that there are must not change. */
static void
a_hash_stays_what_it_is(void **state)
{
	struct audit_entry first = { .id = 1,
		.at = 1700000000,
		.op = part("shop-init"),
		.kind = part("shop"),
		.subject = 1,
		.detail = part("boss") };
	struct audit_entry second = { .id = 2,
		.at = 1700000005,
		.staff_id = 3,
		.op = part("order-ship"),
		.kind = part("order"),
		.subject = 77,
		.detail = part("申通"),
		.approved_by = 4 };

	(void)state;
	audit_hash(&first, "");
	assert_string_equal(first.hash, "1f742dac3283b4d1eeae44e8ae735230"
					"e0b40f30fa5045ba3d58f9c74d2cffbc");
	audit_hash(&second, first.hash);
	assert_string_equal(second.hash, "9043668da20e6a29c034c4c48e75c402"
					 "b286112ab0c95a0dee11a87b362d3f8a");
}

/* A shop on a file with entries 1 to 7, and a second connection to it, which is
 * whoever has the file and another program. */
struct crime {
	struct session *s;
	struct db *other;
	struct err err;
	struct str told;
	int bad;
};

static void
open_crime(struct crime *c)
{
	const char *path = fixture_shop("crime.db");

	*c = (struct crime){ .told = STR_INIT };
	assert_int_equal(session_open(&c->s, path, &c->err), 0);
	fixture_role(c->s, "owner");
	while (fixture_int(c->s, "SELECT count(*) FROM audit") < 7)
		assert_int_equal(try_op(c->s, "one"), 0);
	assert_int_equal(db_open(&c->other, path, 0, &c->err), 0);
}

static void
close_crime(struct crime *c)
{
	db_close(c->other);
	str_done(&c->told);
	fixture_end(c->s);
}

static void
tamper(struct crime *c, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(c->other, &txn), 0);
	if (db_script(txn, "DROP TRIGGER IF EXISTS audit_no_update;"
			   "DROP TRIGGER IF EXISTS audit_no_delete;") < 0 ||
	    db_script(txn, sql) < 0)
		fail_msg("%s: %s", sql, c->err.text);
	assert_int_equal(db_commit(&txn), 0);
}

static void
tell(void *arg, bool bad, const char *text)
{
	struct crime *c = arg;

	c->bad += bad;
	if (bad)
		str_addf(&c->told, "%s\n", text);
}

static void
verify(struct crime *c)
{
	int rc;

	str_cut(&c->told, 0);
	c->bad = 0;
	rc = shopdb_verify(c->s, tell, c);
	assert_int_equal(rc, c->bad);
}

/* @n findings, this one among them. */
static void
expect_n(int n, const char *sql, const char *finding)
{
	struct crime c;

	open_crime(&c);
	verify(&c);
	if (c.bad != 0)
		fail_msg("before: %s", c.told.s);
	tamper(&c, sql);
	verify(&c);
	if (c.bad != n || strstr(c.told.s, finding) == NULL)
		fail_msg("%s\ngave: %s\nnot: %s", sql, c.told.s, finding);
	/* The shop goes on, and what was found does not go away. */
	assert_int_equal(try_op(c.s, "later"), 0);
	assert_int_equal(try_op(c.s, "later still"), 0);
	verify(&c);
	if (c.bad == 0)
		fail_msg("%s\nis forgotten", sql);
	close_crime(&c);
}

static void
expect(const char *sql, const char *finding)
{
	expect_n(1, sql, finding);
}

#define FIELDS "at, staff_id, op, kind, subject, detail, approved_by, hash"

static void
an_altered_entry_is_named(void **state)
{
	static const char *const changes[] = {
		"at = at + 1",
		"staff_id = NULL",
		"op = 'order-shipp'",
		"kind = 'settings'",
		"subject = -subject",
		"detail = 'two'",
		"detail = ''",
		"detail = detail || char(0)",
		"approved_by = 1",
		"hash = ''",
		"hash = upper(hash)",
		/* What one field loses the next one gets. */
		"op = 'order-shipset', kind = 'ting'",
	};
	char sql[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		snprintf(sql, sizeof(sql), "UPDATE audit SET %s WHERE id = 5",
		    changes[i]);
		/* With another hash the next one does not follow. */
		expect_n(strncmp(changes[i], "hash", 4) == 0 ? 2 : 1, sql,
		    "Audit entry 5 (");
	}
	expect(
	    "UPDATE audit SET detail = 'two' WHERE id = 1", "Audit entry 1 (");
	expect(
	    "UPDATE audit SET detail = 'two' WHERE id = 7", "Audit entry 7 (");
	/* Time and operation are those that the log has now. */
	expect("UPDATE audit SET at = 1700000000, op = 'order-hold' "
	       "WHERE id = 5",
	    "Audit entry 5 (2023-11-15 06:13:20, order held)");
}

static void
a_removed_entry_is_named(void **state)
{
	(void)state;
	expect("DELETE FROM audit WHERE id = 5",
	    "Audit entry 5 is missing before number 6 (");
	expect("DELETE FROM audit WHERE id IN (3, 4, 5)",
	    "Audit entries 3 to 5 are missing before number 6 (");
	expect("DELETE FROM audit WHERE id = 1",
	    "Audit entry 1 is missing before number 2 (");
	/* The gap closed by other numbers. */
	expect_n(2,
	    "DELETE FROM audit WHERE id = 6;"
	    "UPDATE audit SET id = 6 WHERE id = 7;",
	    "Audit entry 6 (");
}

static void
an_end_cut_off_is_named(void **state)
{
	(void)state;
	expect("DELETE FROM audit WHERE id = 7",
	    "The audit log ends with number 6 (");
	expect("DELETE FROM audit WHERE id > 4", "it went up to number 7");
	expect("DELETE FROM audit",
	    "The audit log is empty, but it went up to number 7");
	expect("UPDATE audit_head SET audit_id = 6, "
	       "hash = (SELECT hash FROM audit WHERE audit.id = 6)",
	    "Audit entry 7 (");
	expect("UPDATE audit_head SET hash = ''",
	    "is not the one that the log ended with");
	expect("DELETE FROM audit_head",
	    "The end of the audit log is not kept any more");
	expect("DELETE FROM audit WHERE id > 1; DELETE FROM audit_head",
	    "The end of the audit log is not kept any more");
	expect("DELETE FROM audit WHERE id > 4; DELETE FROM audit_head",
	    "The end of the audit log is not kept any more");
}

static void
an_entry_put_in_is_named(void **state)
{
	(void)state;
	expect("INSERT INTO audit (id, " FIELDS ") "
	       "SELECT 8, " FIELDS " FROM audit WHERE id = 3",
	    "Audit entry 8 (");
	expect("INSERT INTO audit (id, " FIELDS ") "
	       "SELECT 0, " FIELDS " FROM audit WHERE id = 3",
	    "was put in before the first");
	/* Between 3 and 4, and those behind it moved on. */
	expect_n(5,
	    "UPDATE audit SET id = id + 101 WHERE id > 3;"
	    "UPDATE audit SET id = id - 100 WHERE id > 100;"
	    "INSERT INTO audit (id, " FIELDS ") "
	    "SELECT 4, " FIELDS " FROM audit WHERE id = 3;"
	    "UPDATE audit_head SET audit_id = 8",
	    "Audit entry 4 (");
}

static void
entries_in_another_order_are_named(void **state)
{
	(void)state;
	/* With their hashes, and without. */
	expect_n(3,
	    "UPDATE audit SET id = 100 WHERE id = 4;"
	    "UPDATE audit SET id = 4 WHERE id = 5;"
	    "UPDATE audit SET id = 5 WHERE id = 100;",
	    "Audit entry 4 (");
	expect_n(2,
	    "UPDATE audit SET detail = 'beside', subject = 3, "
	    "kind = 'setting' WHERE id = 4;"
	    "UPDATE audit SET detail = 'one', subject = 7, kind = 'shop' "
	    "WHERE id = 5;",
	    "Audit entry 5 (");
}

/* As a shop comes out of the version before. */
#define UNCHAIN "UPDATE audit SET hash = ''; DELETE FROM audit_head;"

static void
entries_from_before_the_chain_are_guarded_too(void **state)
{
	static const struct {
		const char *sql, *finding;
	} deeds[] = {
		{ "UPDATE audit SET detail = 'two' WHERE id = 2",
		    "Audit entry 8 (" },
		{ "UPDATE audit SET detail = 'two' WHERE id = 7",
		    "it, or one of numbers 1 to 7, was altered" },
		{ "DELETE FROM audit WHERE id = 2",
		    "Audit entry 2 is missing" },
		{ "DELETE FROM audit WHERE id = 7",
		    "Audit entry 7 is missing before number 8 (" },
		{ "UPDATE audit SET hash = '', subject = 8 WHERE id = 8",
		    "of numbers 1 to 8, was altered" },
	};
	struct crime c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		open_crime(&c);
		tamper(&c, UNCHAIN);
		verify(&c);
		assert_int_equal(c.bad, 0);
		assert_int_equal(try_op(c.s, "the first in the chain"), 0);
		assert_int_equal(
		    fixture_int(
			c.s, "SELECT count(*) FROM audit WHERE hash <> ''"),
		    2);
		verify(&c);
		assert_int_equal(c.bad, 0);
		tamper(&c, deeds[i].sql);
		verify(&c);
		if (c.bad != 1 || strstr(c.told.s, deeds[i].finding) == NULL)
			fail_msg("%s\ngave: %s\nnot: %s", deeds[i].sql,
			    c.told.s, deeds[i].finding);
		close_crime(&c);
	}
}

static void
two_at_work_make_one_chain(void **state)
{
	struct session *second;
	struct crime c;
	int i;

	(void)state;
	open_crime(&c);
	assert_int_equal(session_open(&second, db_path(c.s->db), &c.err), 0);
	fixture_role(second, "owner");
	for (i = 0; i < 5; i++) {
		assert_int_equal(try_op(c.s, "one"), 0);
		assert_int_equal(try_op(second, "the other"), 0);
	}
	verify(&c);
	assert_int_equal(c.bad, 0);
	session_close(second);
	close_crime(&c);
}

static void
what_is_given_up_leaves_no_gap(void **state)
{
	struct session *s = fixture_session("owner");
	struct txn *txn;

	(void)state;
	assert_int_equal(op_begin(s, &op_try, &txn), 0);
	assert_int_equal(op_note(s, &op_try, txn, "shop", 7, "never"), 0);
	op_abort(s, &txn);
	assert_int_equal(try_op(s, "but this"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
the_chain_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t n = fixture_int(s, "SELECT count(*) FROM audit");
		int rc;

		fault_arm(&f);
		rc = try_op(s, "one");
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"),
		    rc == 0 ? n + 2 : n);
		assert_int_equal(
		    fixture_int(s, "SELECT audit_id FROM audit_head"),
		    rc == 0 ? n + 2 : n);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hash_stays_what_it_is),
		cmocka_unit_test(an_altered_entry_is_named),
		cmocka_unit_test(a_removed_entry_is_named),
		cmocka_unit_test(an_end_cut_off_is_named),
		cmocka_unit_test(an_entry_put_in_is_named),
		cmocka_unit_test(entries_in_another_order_are_named),
		cmocka_unit_test(entries_from_before_the_chain_are_guarded_too),
		cmocka_unit_test(two_at_work_make_one_chain),
		cmocka_unit_test(what_is_given_up_leaves_no_gap),
		cmocka_unit_test(the_chain_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
