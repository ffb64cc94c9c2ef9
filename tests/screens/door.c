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
#include "shopmgr/base/otp.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/ui.h"
#include "staffed.h"
#include "till.h"

/* Coming in, going out, and one after the other. */

static void
a_wrong_password_keeps_the_name(void **state)
{
	struct till *k = till_door("en", 24, 80);

	(void)state;
	till_keys(k, "'clerk' Enter 'wrong' Enter");
	till_sees(k, "clerk");
	till_sees(k, "is wrong");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_close(k);
}

/* Seconds go by on the screen, and then one may try again. */
static void
waiting_is_counted_down(void **state)
{
	struct till *k = till_door("en", 24, 80);

	(void)state;
	till_keys(k, "'clerk' Enter 'a' Enter 'b' Enter 'c' Enter 'd' Enter "
		     "'e' Enter");
	till_sees(k, "try again in");
	golden_check("door-wait-en", drive_text(k->d));
	till_keys(k, "'clerk-password' Enter"); /* not even looked at */
	till_sees(k, "Please log in");
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:01", 1);
	till_keys(k, "tick");
	till_sees(k, "1 second");
	setenv("SHOPMGR_NOW", "2026-11-22 15:05:00", 1);
	till_keys(k, "tick");
	till_misses(k, "try again");
	till_sees(k, "clerk");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
a_code_is_asked_for_when_it_is_wanted(void **state)
{
	char script[64], code[9];
	struct otp_setup setup;
	struct till *k;

	(void)state;
	k = till_door("en", 24, 80);
	staffed_code(k->s, "clerk", &setup);
	till_keys(k, "'clerk' Enter 'clerk-password' Enter");
	till_sees(k, "One-time code");
	golden_check("door-code-en", drive_text(k->d));
	till_keys(k, "'000000' Enter");
	till_sees(k, "The code is wrong");
	till_sees(k, "clerk");
	setenv("SHOPMGR_NOW", "2026-11-22 14:06:10", 1);
	staffed_code_now(&setup, code);
	snprintf(script, sizeof(script), "'%s' Enter", code);
	till_keys(k, script);
	till_sees(k, "TO DO");
	till_close(k);
}

static void
a_badge_says_who_and_the_password_lets_in(void **state)
{
	struct till *k = till_door("en", 24, 80);
	char script[128], badge[STAFF_BADGE_SIZE];

	(void)state;
	staffed_badge(k->s, "clerk", badge);
	snprintf(script, sizeof(script), "scan:%s", badge);
	till_keys(k, script);
	till_sees(k, "clerk");
	till_misses(k, badge);
	till_sees(k, "Please log in");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_close(k);
	k = till_door("en", 24, 80);
	till_keys(k, "'agent' scan:SMB-00000000000000000000");
	till_sees(k, "This badge is nobody's");
	till_sees(k, "agent");
	till_close(k);
}

static void
a_given_password_is_changed_before_anything_else(void **state)
{
	struct till *k = till_door("en", 24, 80);

	(void)state;
	staffed_reset(k->s, "clerk", "given-by-boss");
	till_keys(k, "'clerk' Enter 'given-by-boss' Enter");
	till_sees(k, "choose one of your own");
	golden_check("door-new-password-en", drive_text(k->d));
	till_keys(k, "F2 F11 'short' Enter 'short' Enter");
	till_sees(k, "at least 8 characters");
	till_keys(k, "'my-own-word' Enter 'my-own-ward' Enter");
	till_sees(k, "not the same both times");
	till_keys(k, "Esc"); /* not let in without */
	till_sees(k, "Please log in");
	assert_false(session_logged_in(k->s));
	till_keys(k, "'given-by-boss' Enter 'my-own-word' Enter "
		     "'my-own-word' Enter");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
the_door_looks_the_same_in_chinese(void **state)
{
	struct till *k = till_door("zh_CN", 40, 120);

	(void)state;
	staffed_reset(k->s, "clerk", "given-by-boss");
	till_keys(k, "'clerk' Enter 'given-by-boss' Enter");
	golden_check("door-new-password-zh", drive_text(k->d));
	till_close(k);
}

/* Scan, password, Enter: the bench goes on with somebody else at it. */
static void
a_badge_changes_who_is_at_the_bench(void **state)
{
	char script[128], badge[STAFF_BADGE_SIZE];
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	staffed_badge(k->s, "warehouse", badge);
	snprintf(script, sizeof(script), "F3 scan:%s", badge);
	till_keys(k, script);
	till_sees(k, "Change to warehouse? clerk is logged out.");
	golden_check("door-change-en", drive_text(k->d));
	till_keys(k, "'wrong' Enter");
	till_sees(k, "is wrong");
	assert_string_equal(session_login_name(k->s), "clerk");
	till_keys(k, "'warehouse-password' Enter");
	assert_string_equal(session_login_name(k->s), "warehouse");
	till_sees(k, "Packing");
	till_sees(k, "warehouse manager");
	till_keys(k, "Esc");
	till_sees(k, "TO DO");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM audit JOIN "
					   "staff ON staff.id = staff_id "
					   "WHERE op = 'logout' AND login = "
					   "'clerk'"),
	    1);
	till_close(k);
}

static void
what_is_half_packed_is_told_before_the_change(void **state)
{
	char script[200], badge[STAFF_BADGE_SIZE];
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	staffed_badge(k->s, "warehouse", badge);
	snprintf(script, sizeof(script),
	    "F3 scan:4119203366520877702 scan:6901234500031 scan:%s", badge);
	till_keys(k, script);
	till_sees(k, "An order is half packed.");
	till_keys(k, "Esc"); /* and it still is */
	till_sees(k, "三德刀 F-503");
	till_sees(k, "1 / 1");
	assert_string_equal(session_login_name(k->s), "clerk");
	till_close(k);
}

static void
ones_own_badge_locks(void **state)
{
	char script[128], badge[STAFF_BADGE_SIZE];
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	staffed_badge(k->s, "clerk", badge);
	snprintf(script, sizeof(script), "F2 scan:%s", badge);
	till_keys(k, script);
	till_sees(k, "Locked since");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "[To ship");
	till_keys(k, "scan:SMB-00000000000000000000");
	till_sees(k, "This badge is nobody's");
	till_keys(k, "'clerk-password' Enter"); /* reaches nothing */
	till_sees(k, "[To ship");
	till_close(k);
}

/* The secret that stands on the screen, over lines and boxes. */
static void
read_secret(struct till *k, char secret[OTP_SECRET_SIZE])
{
	const char *at = strstr(drive_text(k->d), "secret=");
	size_t n = 0;

	assert_non_null(at);
	for (at += strlen("secret="); *at != '&' && n < OTP_SECRET_SIZE - 1;
	     at++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", *at) != NULL)
			secret[n++] = *at;
	secret[n] = '\0';
}

static void
a_code_that_fits_switches_it_on(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);
	char secret[OTP_SECRET_SIZE], code[9], script[64];

	(void)state;
	till_keys(k, "F11 o");
	read_secret(k, secret);
	assert_true(otp_code(secret, time_now(), OTP_DIGITS, code));
	snprintf(script, sizeof(script), "'%s' Enter", code);
	till_keys(k, script);
	till_sees(k, "From now on a code is wanted when you log in.");
	till_sees(k, "wanted at each log-in");
	till_misses(k, "otpauth");
	assert_true(otp_is_on(k->s));
	till_close(k);
}

static void
my_account_switches_the_code_on_and_off(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);
	struct otp_setup setup;

	(void)state;
	till_keys(k, "F11");
	till_sees(k, "not wanted");
	till_sees(k, "shipping orders");
	till_misses(k, "changing the staff");
	golden_check("me-en", drive_text(k->d));
	till_keys(k, "o");
	till_sees(k, "otpauth://totp/clerk");
	till_keys(k, "'000000' Enter");
	till_sees(k, "This code does not fit");
	till_sees(k, "otpauth://totp/clerk"); /* still the same secret */
	till_keys(k, "Esc");
	till_sees(k, "not wanted");
	staffed_code(k->s, "clerk", &setup);
	till_keys(k, "Esc F11");
	till_sees(k, "wanted at each log-in");
	till_keys(k, "o 'wrong' Enter");
	till_sees(k, "The password is wrong");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "not wanted");
	till_close(k);
	k = till_open("owner", "zh_CN", 40, 120);
	till_keys(k, "F11");
	golden_check("me-zh", drive_text(k->d));
	till_close(k);
}

static void
leaving_is_recorded(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-Q");
	assert_true(k->d->over);
	assert_false(session_logged_in(k->s));
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM audit WHERE "
					   "op = 'logout'"),
	    1);
	till_close(k);
}

/* Whose account is closed meanwhile stands in front of the door again. */
static void
a_closed_account_is_shown_the_door(void **state)
{
	struct staff_edit lina = { "lina", "李娜", "owner", "lina-password" };
	struct session *other;
	struct till *k = till_shared("en", 24, 80, &other);
	int64_t id;

	(void)state;
	assert_int_equal(staff_add(other, &lina, &id), 0);
	till_keys(k, "Ctrl-X F7 Enter 'lina' Enter 'lina-password' Enter");
	till_sees(k, "TO DO");
	till_keys(k, "F2 tick");
	assert_int_equal(staff_set_active(other, id, false), 0);
	till_keys(k, "tick tick");
	till_sees(k, "Please log in");
	session_close(other);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_password_keeps_the_name),
		cmocka_unit_test(waiting_is_counted_down),
		cmocka_unit_test(a_code_is_asked_for_when_it_is_wanted),
		cmocka_unit_test(a_badge_says_who_and_the_password_lets_in),
		cmocka_unit_test(
		    a_given_password_is_changed_before_anything_else),
		cmocka_unit_test(the_door_looks_the_same_in_chinese),
		cmocka_unit_test(a_badge_changes_who_is_at_the_bench),
		cmocka_unit_test(what_is_half_packed_is_told_before_the_change),
		cmocka_unit_test(ones_own_badge_locks),
		cmocka_unit_test(a_code_that_fits_switches_it_on),
		cmocka_unit_test(my_account_switches_the_code_on_and_off),
		cmocka_unit_test(leaving_is_recorded),
		cmocka_unit_test(a_closed_account_is_shown_the_door),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
