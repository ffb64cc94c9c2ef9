/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/view.h"

/* How each person likes a list. */

static void
liked(struct session *s, const char *name, const char *value)
{
	struct str out = STR_INIT;

	str_add(&out, "what was there before");
	assert_int_equal(view_get(s, name, &out), 0);
	assert_string_equal(out.s, value);
	str_done(&out);
}

static void
everybody_has_their_own(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t audits = fixture_int(s, "SELECT count(*) FROM audit");

	(void)state;
	liked(s, "orders", "");
	assert_int_equal(view_set(s, "orders", "no:20 宝贝:30"), 0);
	assert_int_equal(view_set(s, "stock", "sku:10"), 0);
	liked(s, "orders", "no:20 宝贝:30");
	fixture_role(s, "buyer");
	liked(s, "orders", "");
	assert_int_equal(view_set(s, "orders", "no:5"), 0);
	fixture_role(s, "clerk");
	assert_int_equal(view_set(s, "orders", "no:21"), 0);
	liked(s, "orders", "no:21");
	liked(s, "stock", "sku:10");
	assert_int_equal(view_set(s, "orders", ""), 0);
	liked(s, "orders", "");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM view"), 2);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"), audits);
	fixture_end(s);
}

static void
it_is_no_place_for_anything(void **state)
{
	struct session *s = fixture_session("clerk");
	struct str out = STR_INIT;
	char big[2002];

	(void)state;
	memset(big, 'x', sizeof(big));
	big[2001] = '\0';
	assert_int_equal(view_set(s, "orders", big), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "value");
	big[2000] = '\0';
	assert_int_equal(view_set(s, "orders", big), 0);
	liked(s, "orders", big);
	assert_int_equal(view_set(s, "orders", "\xff"), ERR_INVALID);
	assert_int_equal(view_set(s, "", "x"), ERR_INVALID);
	assert_int_equal(view_set(s, big, "x"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "name");
	session_logout(s);
	assert_int_equal(view_set(s, "orders", "x"), ERR_DENIED);
	assert_int_equal(view_get(s, "orders", &out), ERR_DENIED);
	str_done(&out);
	fixture_end(s);
}

static void
it_is_the_old_or_the_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		int rc;

		assert_int_equal(view_set(s, "orders", "old"), 0);
		fault_arm(&f);
		rc = view_set(s, "orders", "new");
		fault_disarm(&f);
		liked(s, "orders", rc == 0 ? "new" : "old");
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_has_their_own),
		cmocka_unit_test(it_is_no_place_for_anything),
		cmocka_unit_test(it_is_the_old_or_the_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
