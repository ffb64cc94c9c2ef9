/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/grades.h"

/* To all customers the grade that they paid for. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

/* Plain from nothing on, silver from 100 yuan, gold from 1,000. */
static void
ladder(struct session *s)
{
	int64_t id;

	must(s, grade_add(s, &(struct grade_edit){ "gold", 100000, 850 }, &id));
	must(
	    s, grade_add(s, &(struct grade_edit){ "silver", 10000, 950 }, &id));
	exec(s, "DELETE FROM grade WHERE name NOT IN ('gold', 'silver')"
		" /*scan*/");
}

/* @n customers; the i-th has paid i * 100 yuan. */
static void
customers(struct session *s, int n)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i"
	    " WHERE n + 1 < %d) INSERT INTO customer (identity, nick, name,"
	    " phone, pinyin, first_at, last_at, order_n, paid_n, paid)"
	    " SELECT 'taobao:b' || n, 'b' || n, '', '', '', 0, 0, 0, 0,"
	    " n * 10000 FROM i /*scan*/",
	    n);
	exec(s, sql);
}

static int64_t
graded(struct session *s, const char *name)
{
	char sql[160];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM customer c JOIN grade g ON g.id = c.grade_id"
	    " WHERE g.name = '%s' /*scan*/",
	    name);
	return fixture_int(s, sql);
}

static void
first_it_is_counted_then_done(void **state)
{
	struct session *s = fixture_session("owner");
	struct grade_how how = { .try_only = true };
	struct grade_counts n;

	(void)state;
	ladder(s);
	customers(s, 20);
	must(s, grade_apply(s, &how, &n));
	assert_int_equal(n.seen, 20);
	assert_int_equal(n.raised, 19);
	assert_int_equal(n.lowered, 0);
	assert_int_equal(graded(s, "silver"), 0);
	assert_int_equal(fixture_audited(s, "grade-apply", 0), 0);
	how.try_only = false;
	must(s, grade_apply(s, &how, &n));
	assert_int_equal(n.raised, 19);
	assert_int_equal(graded(s, "silver"), 9);
	assert_int_equal(graded(s, "gold"), 10);
	/* Each has it in his history, all of it is one entry. */
	assert_int_equal(fixture_audited(s, "grade-apply", 2), 1);
	assert_int_equal(fixture_audited(s, "grade-apply", 1), 0);
	assert_int_equal(fixture_audited(s, "grade-apply", 0), 1);
	/* Once more there is nothing to do, nor to be recorded. */
	must(s, grade_apply(s, &how, &n));
	assert_int_equal(n.raised + n.lowered, 0);
	assert_int_equal(fixture_audited(s, "grade-apply", 0), 1);
	fixture_end(s);
}

static void
what_somebody_gave_is_kept_unless_asked(void **state)
{
	struct session *s = fixture_session("owner");
	struct grade_how how = { .lower = false };
	struct grade_counts n;

	(void)state;
	ladder(s);
	customers(s, 3);
	must(s, customer_grade_set(s, 1, "gold"));
	must(s, customer_grade_set(s, 2, "gold"));
	must(s, grade_apply(s, &how, &n));
	assert_int_equal(n.raised, 1);
	assert_int_equal(n.lowered, 2);
	assert_int_equal(graded(s, "gold"), 2);
	how.lower = true;
	must(s, grade_apply(s, &how, &n));
	assert_int_equal(n.lowered, 2);
	assert_int_equal(graded(s, "gold"), 0);
	/* Who has paid nothing has none. */
	assert_int_equal(graded(s, "silver"), 2);
	fixture_end(s);
}

static bool
once(void *arg, const struct grade_counts *so_far)
{
	int *times = arg;

	(void)so_far;
	return ++*times < 2;
}

/* Some hundred at a time, between which one may stop. */
static void
it_stops_between_two_steps(void **state)
{
	struct session *s = fixture_session("owner");
	int times = 0;
	const struct grade_how how = { .goes_on = once, .arg = &times };
	const struct grade_how rest = { .lower = false };
	struct grade_counts n;

	(void)state;
	ladder(s);
	customers(s, 1700);
	must(s, grade_apply(s, &how, &n));
	assert_true(n.stopped);
	assert_int_equal(n.seen, 1000);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"
					" WHERE grade_id IS NOT NULL /*scan*/"),
	    999);
	must(s, grade_apply(s, &rest, &n));
	assert_false(n.stopped);
	assert_int_equal(n.seen, 1700);
	assert_int_equal(n.raised, 700);
	fixture_end(s);
}

static void
who_may_not_changes_nothing(void **state)
{
	struct session *s = fixture_session("owner");
	const struct grade_how how = { .try_only = true };
	struct grade_counts n;

	(void)state;
	ladder(s);
	customers(s, 3);
	fixture_role(s, "clerk");
	assert_int_equal(grade_apply(s, &how, &n), ERR_DENIED);
	fixture_end(s);
}

static void
a_step_is_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		const struct grade_how how = { .lower = true };
		struct grade_counts n;
		int64_t done;

		ladder(s);
		customers(s, 3);
		fault_arm(&f);
		(void)!grade_apply(s, &how, &n);
		fault_disarm(&f);
		done = fixture_audited(s, "grade-apply", 0);
		assert_int_equal(graded(s, "silver"), 2 * done);
		assert_int_equal(fixture_audited(s, "grade-apply", 2), done);
		assert_int_equal(n.raised, 2 * done);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_it_is_counted_then_done),
		cmocka_unit_test(what_somebody_gave_is_kept_unless_asked),
		cmocka_unit_test(it_stops_between_two_steps),
		cmocka_unit_test(who_may_not_changes_nothing),
		cmocka_unit_test(a_step_is_whole_whatever_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
