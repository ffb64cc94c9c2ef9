/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"

/* One person after the other in the same session. */

static int64_t
logouts(struct session *s, const char *login)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM audit JOIN staff ON staff.id = staff_id "
	    "WHERE op = 'logout' AND login = '%s'",
	    login);
	return fixture_int(s, sql);
}

static void
one_takes_over_from_the_other(void **state)
{
	struct session *s = fixture_session("agent");

	(void)state;
	fixture_role(s, "clerk");
	assert_int_equal(session_change(s, "agent", "agent-password", ""), 0);
	assert_string_equal(session_login_name(s), "agent");
	assert_true(session_may(s, PERM_ORDER_EDIT));
	assert_false(session_may(s, PERM_ORDER_SHIP));
	assert_int_equal(logouts(s, "clerk"), 1);
	fixture_end(s);
}

static void
refused_it_stays_with_who_has_it(void **state)
{
	struct session *s = fixture_session("agent");

	(void)state;
	fixture_role(s, "clerk");
	assert_int_equal(session_change(s, "agent", "sesame", ""), ERR_DENIED);
	assert_int_equal(session_err(s)->code, ERR_DENIED);
	assert_string_equal(session_login_name(s), "clerk");
	assert_true(session_may(s, PERM_ORDER_SHIP));
	assert_int_equal(logouts(s, "clerk"), 0);
	fixture_end(s);
}

static void
changes_survive_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		int rc;

		fixture_role(s, "agent");
		fixture_role(s, "clerk");
		fault_arm(&f);
		rc = session_change(s, "agent", "agent-password", "");
		fault_disarm(&f);
		/* Somebody is in, or nobody when who it was cannot be read. */
		if (rc == 0)
			assert_string_equal(session_login_name(s), "agent");
		else
			assert_string_not_equal(session_login_name(s), "agent");
		fixture_end(s);
	}
}

static void
a_name_behind_a_login(void **state)
{
	struct session *s = fixture_session("clerk");
	char name[SESSION_NAME] = "";

	(void)state;
	assert_int_equal(session_name_of(s, "clerk", name), 0);
	assert_string_equal(name, "clerk");
	assert_int_equal(session_name_of(s, "nobody", name), ERR_NOTFOUND);
	assert_string_equal(session_err(s)->field, "login");
	fixture_end(s);
}

/* The sentence of a wait, and nothing of the session is touched. */
static void
waiting_is_told_without_a_trace(void **state)
{
	struct session *s = fixture_session("clerk");
	char text[200] = "", name[SESSION_NAME];
	int i;

	(void)state;
	i18n_init("en");
	assert_false(session_waits(s, "clerk", text, sizeof(text)));
	for (i = 0; i < 5; i++)
		assert_true(session_unlock(s, "sesame") < 0);
	assert_int_equal(session_name_of(s, "nobody", name), ERR_NOTFOUND);
	assert_true(session_waits(s, "clerk", text, sizeof(text)));
	assert_non_null(strstr(text, "try again in"));
	assert_int_equal(session_err(s)->code, ERR_NOTFOUND);
	assert_string_equal(session_login_name(s), "clerk");
	fixture_end(s);
}

static void
ones_own_roles_in_words(void **state)
{
	struct session *s = fixture_session("owner");
	struct staff_edit wang = { "wang", "王强", "clerk quality",
		"wang-password" };
	struct str roles = STR_INIT;
	int64_t id, since = -1;

	(void)state;
	i18n_init("en");
	assert_int_equal(role_add(s, "quality", "质检", &id), 0);
	assert_int_equal(staff_add(s, &wang, &id), 0);
	assert_int_equal(session_login(s, "wang", "wang-password"), 0);
	assert_int_equal(session_me(s, &since, &roles), 0);
	assert_string_equal(roles.s, "warehouse clerk, 质检");
	assert_true(since > 0);
	str_done(&roles);
	session_logout(s);
	assert_int_equal(session_me(s, &since, &roles), ERR_DENIED);
	fixture_end(s);
}

static void
a_password_is_typed_twice(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(password_twice(s, "a", "a"), 0);
	assert_int_equal(password_twice(s, "a", "b"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "again");
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_takes_over_from_the_other),
		cmocka_unit_test(refused_it_stays_with_who_has_it),
		cmocka_unit_test(changes_survive_every_failure),
		cmocka_unit_test(a_name_behind_a_login),
		cmocka_unit_test(waiting_is_told_without_a_trace),
		cmocka_unit_test(ones_own_roles_in_words),
		cmocka_unit_test(a_password_is_typed_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
