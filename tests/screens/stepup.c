/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/session.h"
#include "staffed.h"
#include "till.h"

/* What one may not, a supervisor approves at the same terminal, once. */

#define ORDER "4119203366520877702"

static int64_t
approvals(struct till *k)
{
	return fixture_int(k->s,
	    "SELECT count(*) FROM audit JOIN staff boss ON boss.id = "
	    "approved_by JOIN staff ON staff.id = staff_id WHERE "
	    "boss.login = 'warehouse' AND staff.login = 'clerk' AND "
	    "op = 'order-release'");
}

static struct till *
bench(const char *lang)
{
	struct till *k = till_open("warehouse", lang, 24, 80);

	fixture_role(k->s, "clerk");
	till_hold(k, ORDER, "address");
	till_keys(k, "F3 scan:" ORDER);
	return k;
}

static void
the_clerk_releases_with_the_managers_approval(void **state)
{
	struct till *k = bench("en");

	(void)state;
	till_sees(k, "F5 releases it, if somebody who may approves it here.");
	till_keys(k, "F5");
	till_sees(k, "clerk asks: Release.");
	golden_check("stepup-en", drive_text(k->d));
	till_keys(k, "'warehouse' Enter 'warehouse-password' Enter");
	till_sees(k, "address to be checked. How was it");
	till_keys(k, "'asked on the phone' Enter");
	till_sees(k, "0 / 1"); /* to be packed, at once */
	assert_string_equal(session_login_name(k->s), "clerk");
	assert_int_equal(approvals(k), 1);
	till_keys(k, "Esc Esc");
	fixture_role(k->s, "owner");
	till_keys(k, "F12 resize:24x120");
	till_sees(k, "Approver");
	till_sees(k, "warehouse");
	till_close(k);
}

static void
the_approval_is_for_once(void **state)
{
	struct till *k = bench("en");

	(void)state;
	till_keys(k, "F5 'warehouse' Enter 'warehouse-password' Enter "
		     "'asked' Enter Esc");
	till_hold(k, ORDER, "stock");
	till_keys(k, "scan:" ORDER " F5");
	till_sees(k, "Approval");
	till_keys(k, "Esc");
	till_sees(k, "Your role does not allow this: Release.");
	assert_int_equal(approvals(k), 1);
	till_close(k);
}

static void
given_up_it_is_not_kept(void **state)
{
	struct till *k = bench("en");

	(void)state;
	till_keys(k, "F5 'warehouse' Enter 'warehouse-password' Enter Esc");
	till_keys(k, "F5");
	till_sees(k, "Approval"); /* asked again */
	till_keys(k, "Esc");
	assert_int_equal(approvals(k), 0);
	till_close(k);
}

static void
who_may_not_approve_is_told_at_the_field(void **state)
{
	struct till *k = bench("zh_CN");

	(void)state;
	staffed_reset(k->s, "buyer", "buyer-password");
	till_keys(k, "F5 'buyer' Enter 'buyer-password' Enter");
	golden_check("stepup-refused-zh", drive_text(k->d));
	till_keys(k, "Ctrl-U 'clerk' Enter 'clerk-password' Enter");
	golden_check("stepup-self-zh", drive_text(k->d));
	till_keys(k, "Ctrl-U 'warehouse' Enter 'nonsense' Enter");
	till_sees(k, "warehouse"); /* the name stays */
	till_keys(k, "'warehouse-password' Enter '问过了' Enter");
	assert_int_equal(approvals(k), 1);
	till_close(k);
}

static void
a_badge_names_the_supervisor(void **state)
{
	char badge[STAFF_BADGE_SIZE], script[128];
	struct till *k = bench("en");

	(void)state;
	staffed_badge(k->s, "warehouse", badge);
	snprintf(script, sizeof(script), "F5 scan:%s", badge);
	till_keys(k, script);
	till_sees(k, "warehouse");
	till_sees(k, "Approval");
	till_keys(k, "'warehouse-password' Enter 'asked' Enter");
	assert_int_equal(approvals(k), 1);
	assert_string_equal(session_login_name(k->s), "clerk");
	till_close(k);
}

static void
from_the_card_too(void **state)
{
	struct till *k = bench("en");

	(void)state;
	till_keys(k, "Esc F2 scan:" ORDER);
	till_keys(k, "r 'warehouse' Enter 'warehouse-password' Enter "
		     "'asked' Enter");
	assert_int_equal(approvals(k), 1);
	till_keys(k, "H resize:24x120");
	till_sees(k, "Approver");
	till_close(k);
}

static void
what_nobody_can_approve_is_refused_at_once(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 n");
	till_sees(k, "Your role does not allow this: New.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clerk_releases_with_the_managers_approval),
		cmocka_unit_test(the_approval_is_for_once),
		cmocka_unit_test(given_up_it_is_not_kept),
		cmocka_unit_test(who_may_not_approve_is_told_at_the_field),
		cmocka_unit_test(a_badge_names_the_supervisor),
		cmocka_unit_test(from_the_card_too),
		cmocka_unit_test(what_nobody_can_approve_is_refused_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
