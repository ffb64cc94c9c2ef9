/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/staff.h"

/* Coming in: who is refused waits, and is locked out. */

#define START 1716858753 /* 2024-05-28 09:12:33 in Shanghai */

static int64_t now;

static void
wait_for(int64_t seconds)
{
	now += seconds;
	time_travel(now);
}

static int
reset_time(void **state)
{
	(void)state;
	now = START;
	time_travel(now);
	return 0;
}

static int
end_time(void **state)
{
	(void)state;
	time_travel(0);
	return 0;
}

static int
guess(struct session *s, const char *login)
{
	return session_login(s, login, "not it");
}

/* Refused, and told to come back in so many seconds. */
static void
must_wait(struct session *s, const char *login, const char *password,
    const char *how_long)
{
	assert_int_equal(session_login(s, login, password), ERR_BUSY);
	assert_string_equal(session_err(s)->field, "login");
	if (strstr(session_err(s)->text, how_long) == NULL)
		fail_msg("no %s in: %s", how_long, session_err(s)->text);
	assert_false(session_logged_in(s));
}

static int64_t
entries(struct session *s, const char *op)
{
	char sql[100];

	snprintf(
	    sql, sizeof(sql), "SELECT count(*) FROM audit WHERE op = '%s'", op);
	return fixture_int(s, sql);
}

/* Somebody's name and nobody's: no difference can be seen. */
static void
refusals_slow_down_and_lock(void **state)
{
	static const char *const logins[] = { "owner", "nobody", "",
		"一个很长的名字一个很长的名字一个很长的名字一个很长的名字" };
	static const char *const waits[] = { " 2 seconds", " 4 seconds",
		" 8 seconds", " 16 seconds", " 32 seconds", " 64 seconds",
		" 3 minutes" };
	static const int seconds[] = { 2, 4, 8, 16, 32, 64, 128 };
	size_t l, i;

	(void)state;
	for (l = 0; l < sizeof(logins) / sizeof(logins[0]); l++) {
		struct session *s = fixture_session("owner");

		session_logout(s);
		assert_int_equal(guess(s, logins[l]), ERR_DENIED);
		assert_int_equal(guess(s, logins[l]), ERR_DENIED);
		for (i = 0; i < 7; i++) {
			assert_int_equal(guess(s, logins[l]), ERR_DENIED);
			must_wait(s, logins[l], "owner-password", waits[i]);
			wait_for(seconds[i] - 1);
			must_wait(s, logins[l], "not it", "1 second");
			wait_for(1);
		}
		assert_int_equal(guess(s, logins[l]), ERR_DENIED);
		must_wait(s, logins[l], "owner-password", " 15 minutes");
		assert_int_equal(entries(s, "login-refused"), 9);
		assert_int_equal(entries(s, "login-locked"), 1);
		wait_for(15 * 60 - 1);
		must_wait(s, logins[l], "owner-password", " 1 minute");
		wait_for(1);
		/* One more guess, and it is locked again. */
		assert_int_equal(guess(s, logins[l]), ERR_DENIED);
		must_wait(s, logins[l], "owner-password", " 15 minutes");
		assert_int_equal(entries(s, "login-locked"), 2);
		/* Others are not concerned. */
		fixture_role(s, "clerk");
		assert_int_equal(
		    session_login(s, "clerk", "clerk-password"), 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
a_log_in_forgets_what_was_refused(void **state)
{
	struct session *s = fixture_session("owner");
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(guess(s, "owner"), ERR_DENIED);
	must_wait(s, "owner", "owner-password", " 2 seconds");
	wait_for(2);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	assert_string_equal(session_login_name(s), "owner");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM login_refused"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT last_login_at FROM staff WHERE id = 1"),
	    now);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	must_wait(s, "owner", "owner-password", " 2 seconds");
	fixture_end(s);
}

static void
refusals_count_at_every_terminal(void **state)
{
	const char *path = fixture_shop("terminals.db");
	struct session *a, *b;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&a, path, &err), 0);
	assert_int_equal(session_open(&b, path, &err), 0);
	assert_int_equal(guess(a, "owner"), ERR_DENIED);
	assert_int_equal(guess(b, "owner"), ERR_DENIED);
	session_close(a);
	assert_int_equal(guess(b, "owner"), ERR_DENIED);
	assert_int_equal(session_open(&a, path, &err), 0);
	must_wait(a, "owner", "owner-password", " 2 seconds");
	must_wait(b, "owner", "owner-password", " 2 seconds");
	session_close(a);
	fixture_end(b);
}

static void
a_clock_put_back_locks_nobody_out(void **state)
{
	struct session *s = fixture_session("owner");
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		assert_int_equal(guess(s, "owner"), ERR_DENIED);
		wait_for(200);
	}
	wait_for(-365 * 86400);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	fixture_end(s);
}

static void
the_shop_decides_how_soon(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(setting_save(s, "login_slow_after", "1"), 0);
	assert_int_equal(setting_save(s, "login_lock_after", "3"), 0);
	assert_int_equal(setting_save(s, "login_lock_min", "1"), 0);
	assert_int_equal(setting_save(s, "login_lock_after", "0"), ERR_INVALID);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	must_wait(s, "owner", "owner-password", " 2 seconds");
	wait_for(2);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	must_wait(s, "owner", "owner-password", " 4 seconds");
	wait_for(4);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	must_wait(s, "owner", "owner-password", " 1 minute");
	wait_for(60);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	fixture_end(s);
}

/* Who was here, who tried: by the program where nobody was logged in. */
static void
the_log_tells_who_came(void **state)
{
	struct session *s = fixture_session("owner");
	const struct audit_row *row;
	struct page page;

	(void)state;
	session_logout(s);
	assert_int_equal(guess(s, "owner"), ERR_DENIED);
	assert_int_equal(guess(s, "my password"), ERR_DENIED);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	assert_int_equal(audit_list(s, NULL, PAGE_FIRST, NULL, 4, &page), 0);
	assert_int_equal(page.n, 4);
	row = page_row(&page, 0);
	assert_string_equal(row->op, "login");
	assert_string_equal(row->staff, "owner");
	assert_string_equal(row->kind, "staff");
	assert_int_equal(row->subject, 1);
	/* What was typed may have been a password. */
	row = page_row(&page, 1);
	assert_string_equal(row->op, "login-refused");
	assert_string_equal(row->staff, "");
	assert_int_equal(row->subject, 0);
	assert_null(strstr(row->detail, "my password"));
	row = page_row(&page, 2);
	assert_string_equal(row->op, "login-refused");
	assert_string_equal(row->staff, "");
	assert_int_equal(row->subject, 1);
	assert_string_equal(row->detail, "owner, 1 in a row");
	row = page_row(&page, 3);
	assert_string_equal(row->op, "logout");
	assert_string_equal(row->staff, "owner");
	page_free(&page);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM login_refused "
					"WHERE login LIKE '%password%'"),
	    0);
	fixture_end(s);
}

/* Who can only knock does not fill the disk, nor knock a lock away. */
static void
names_of_nobody_are_bounded(void **state)
{
	struct session *s = fixture_session("owner");
	char name[32];
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		assert_int_equal(guess(s, "owner"), ERR_DENIED);
		wait_for(200);
	}
	for (i = 0; i < 1200; i++) {
		snprintf(name, sizeof(name), "nobody-%d", i);
		assert_int_equal(guess(s, name), ERR_DENIED);
	}
	assert_in_range(
	    fixture_int(s, "SELECT count(*) FROM login_refused"), 900, 1002);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit "
					"WHERE op = 'login-refused' AND "
					"subject = 0"),
	    200);
	must_wait(s, "owner", "owner-password", "minutes");
	/* In another hour they are written down again. */
	wait_for(3600);
	assert_int_equal(guess(s, "nobody"), ERR_DENIED);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit "
					"WHERE op = 'login-refused' AND "
					"subject = 0"),
	    201);
	fixture_end(s);
}

static void
the_idle_terminal_opens_to_its_person_alone(void **state)
{
	struct session *s = fixture_session("clerk");
	struct otp_setup setup;
	char code[9];

	(void)state;
	assert_int_equal(otp_begin(s, &setup), 0);
	assert_true(otp_code(setup.secret, now, 6, code));
	assert_int_equal(otp_confirm(s, &setup, code), 0);
	/* No code is asked for. */
	assert_int_equal(session_unlock(s, "clerk-password"), 0);
	assert_int_equal(session_unlock(s, "owner-password"), ERR_DENIED);
	assert_int_equal(session_unlock(s, ""), ERR_DENIED);
	assert_int_equal(session_unlock(s, "clerk"), ERR_DENIED);
	assert_true(session_logged_in(s));
	/* It counts as a log-in does. */
	assert_int_equal(session_unlock(s, "clerk-password"), ERR_BUSY);
	wait_for(2);
	assert_int_equal(session_unlock(s, "clerk-password"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM login_refused"), 0);
	session_logout(s);
	assert_int_equal(session_unlock(s, "clerk-password"), ERR_DENIED);
	fixture_end(s);
}

/* Guesses of one's own password at an open terminal count, too. */
static void
old_passwords_are_not_guessed(void **state)
{
	struct session *s = fixture_session("clerk");
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(
		    staff_password(s, "guess", "new-password"), ERR_INVALID);
	assert_int_equal(
	    staff_password(s, "clerk-password", "new-password"), ERR_BUSY);
	wait_for(2);
	assert_int_equal(
	    staff_password(s, "clerk-password", "clerk-password"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "password");
	assert_int_equal(
	    staff_password(s, "clerk-password", "new-password"), 0);
	fixture_end(s);
}

static int64_t
refused_of(struct session *s)
{
	return fixture_int(s, "SELECT n FROM login_refused "
			      "WHERE login = 'owner'");
}

/* A terminal that was just switched on: everything is read for the first time.
 */
static struct session *
fresh(void)
{
	struct session *s;
	struct err err;

	fault_install(true);
	assert_int_equal(session_open(&s, fixture_shop("fresh.db"), &err), 0);
	fault_install(false);
	return s;
}

static void
each_refusal_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fresh();
		int rc;

		fault_arm(&f);
		rc = guess(s, "owner");
		fault_disarm(&f);
		assert_true(rc < 0);
		assert_false(session_logged_in(s));
		assert_false(db_in_txn(s->db));
		/* What is said to be refused was counted and recorded. */
		assert_int_equal(rc == ERR_DENIED, refused_of(s) == 1);
		assert_int_equal(entries(s, "login-refused"), refused_of(s));
		fixture_verify(s);
		fixture_end(s);
	}
}

/* One guess before the lock, long ago. */
static void
nearly_locked(struct session *s)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn,
		"INSERT INTO login_refused (login, n, last_at) SELECT 'owner',"
		" CAST(value AS INTEGER) - 1, 1 FROM setting"
		" WHERE name = 'login_lock_after'",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
}

/* The guess that locks is counted and recorded, or neither. */
static void
each_lock_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fresh();
		int64_t before;
		int rc;

		nearly_locked(s);
		before = refused_of(s);
		assert_true(before > 0);
		fault_arm(&f);
		rc = guess(s, "owner");
		fault_disarm(&f);
		assert_true(rc < 0);
		assert_false(session_logged_in(s));
		assert_false(db_in_txn(s->db));
		assert_int_equal(refused_of(s), before + (rc == ERR_DENIED));
		assert_int_equal(entries(s, "login-locked"), rc == ERR_DENIED);
		if (rc == ERR_DENIED)
			assert_int_equal(
			    session_login(s, "owner", "owner-password"),
			    ERR_BUSY);
		fixture_verify(s);
		fixture_end(s);
	}
}

/* Nobody who was refused before comes in without a record of it; others do,
 * while somebody else writes for long. */
static void
each_log_in_survives_every_fault(void **state)
{
	int before;

	(void)state;
	for (before = 0; before < 2; before++) {
		FOR_EACH_FAULT(f)
		{
			struct session *s = fresh();
			int rc;

			if (before > 0)
				assert_int_equal(guess(s, "owner"), ERR_DENIED);
			fault_arm(&f);
			rc = session_login(s, "owner", "owner-password");
			fault_disarm(&f);
			assert_int_equal(session_logged_in(s), rc == 0);
			assert_int_equal(
			    session_may(s, PERM_STAFF_EDIT), rc == 0);
			assert_false(db_in_txn(s->db));
			if (rc == 0 && before > 0)
				assert_int_equal(entries(s, "login"), 1);
			if (entries(s, "login") == 1) {
				assert_int_equal(rc, 0);
				assert_int_equal(refused_of(s), 0);
			}
			fixture_verify(s);
			fixture_end(s);
		}
	}
}

static void
each_unlock_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		assert_int_equal(session_unlock(s, "not it"), ERR_DENIED);
		fault_arm(&f);
		rc = session_unlock(s, "owner-password");
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_true(session_logged_in(s));
		assert_false(db_in_txn(s->db));
		assert_in_range(refused_of(s), 0, 1);
		fixture_verify(s);
		fixture_end(s);
	}
}

/* Nobody's name as well, and one whose log is full. */
static void
each_stranger_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fresh();
		int rc;

		fault_arm(&f);
		rc = guess(s, "nobody");
		fault_disarm(&f);
		assert_int_equal(rc == ERR_DENIED,
		    fixture_int(s, "SELECT count(*) FROM login_refused") == 2);
		assert_int_equal(entries(s, "login-refused"), rc == ERR_DENIED);
		fixture_end(s);
	}
}

static void
each_log_out_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");

		fault_arm(&f);
		session_logout(s);
		fault_disarm(&f);
		assert_false(session_logged_in(s));
		assert_false(session_may(s, PERM_NONE));
		assert_false(db_in_txn(s->db));
		assert_int_equal(entries(s, "logout"), !f.hit);
		session_logout(s); /* nobody */
		assert_int_equal(entries(s, "logout"), !f.hit);
		fixture_end(s);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, reset_time, end_time)
	const struct CMUnitTest tests[] = {
		TEST(refusals_slow_down_and_lock),
		TEST(a_log_in_forgets_what_was_refused),
		TEST(refusals_count_at_every_terminal),
		TEST(a_clock_put_back_locks_nobody_out),
		TEST(the_shop_decides_how_soon),
		TEST(the_log_tells_who_came),
		TEST(names_of_nobody_are_bounded),
		TEST(the_idle_terminal_opens_to_its_person_alone),
		TEST(old_passwords_are_not_guessed),
		TEST(each_refusal_survives_every_fault),
		TEST(each_lock_survives_every_fault),
		TEST(each_stranger_survives_every_fault),
		TEST(each_log_in_survives_every_fault),
		TEST(each_log_out_survives_every_fault),
		TEST(each_unlock_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
