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
#include "shopmgr/base/config.h"
#include "shopmgr/domain/session.h"
#include "staffed.h"
#include "till.h"

/* A terminal that was left alone, with work on it. */

static struct till *
left_after(struct config **config, const char *seconds)
{
	char lines[64];
	struct err err;

	snprintf(lines, sizeof(lines), "[ui]\nidle_s = %s\n", seconds);
	assert_int_equal(
	    config_load(config, fixture_file("idle.ini", lines), &err), 0);
	return till_open_with(*config, "clerk", "en", 24, 80);
}

static void
left_alone_it_locks_and_keeps_the_work(void **state)
{
	struct config *config;
	struct till *k = left_after(&config, "5");

	(void)state;
	till_keys(k, "F2 tick tick tick j tick tick tick tick");
	till_sees(k, "[To ship");
	till_keys(k, "tick");
	till_sees(k, "Locked since 14:05");
	till_misses(k, "4119203366520877702");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "[To ship");
	till_close(k);
	config_free(config);
}

static void
nothing_is_seen_or_done_beneath(void **state)
{
	static const char *const langs[] = { "zh_CN", "en" };
	struct till *k;
	char name[64];
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		k = till_open("clerk", langs[i], 24, 80);
		till_keys(k, "F3 scan:4119203366520877702 scan:6901234500031 "
			     "Ctrl-X");
		snprintf(name, sizeof(name), "lock-%.2s", langs[i]);
		golden_check(name, drive_text(k->d));
		till_keys(k, "resize:40x120");
		snprintf(name, sizeof(name), "lock-large-%.2s", langs[i]);
		golden_check(name, drive_text(k->d));
		till_keys(k, "scan:6901234500048 paste:'a b' F2 Esc F4 Ctrl-U "
			     "resize:24x80");
		till_misses(k, "4119203366520877702");
		till_keys(k, "Ctrl-U 'clerk-password' Enter");
		till_sees(k, "三德刀 F-503");
		till_sees(k, "1 / 1");
		till_sees(k, "0 / 2"); /* the scan counted nowhere */
		till_close(k);
	}
}

static void
a_half_filled_form_waits(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter m 'half a rem'");
	till_sees(k, "half a rem");
	till_keys(k, "Ctrl-X");
	till_misses(k, "half a rem");
	till_misses(k, "4119203366520877702");
	till_keys(k, "'manager-password' Enter 'ark' Ctrl-S");
	till_keys(k, "tick");
	till_sees(k, "half a remark");
	till_close(k);
}

static void
refusals_count_at_the_lock_too(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-X 'a' Enter 'b' Enter 'c' Enter 'd' Enter");
	till_sees(k, "try again in");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "Locked");
	setenv("SHOPMGR_NOW", "2026-11-22 14:09:00", 1);
	till_keys(k, "tick");
	till_misses(k, "try again in");
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
somebody_else_ends_the_session_by_a_choice(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877702 scan:6901234500031 Ctrl-X "
		     "F7");
	till_sees(k, "Log clerk out?");
	till_sees(k, "An order is half packed.");
	golden_check("lock-somebody-else-en", drive_text(k->d));
	till_keys(k, "Esc");
	till_sees(k, "Locked since");
	till_keys(k, "F7 Enter");
	till_sees(k, "Please log in");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM audit WHERE "
					   "op = 'logout'"),
	    1);
	till_keys(k, "'clerk' Enter 'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
badges_at_a_locked_terminal(void **state)
{
	char mine[STAFF_BADGE_SIZE], other[STAFF_BADGE_SIZE], script[200];
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	staffed_badge(k->s, "agent", other);
	staffed_badge(k->s, "clerk", mine);
	snprintf(script, sizeof(script), "F2 Ctrl-X scan:%s", mine);
	till_keys(k, script);
	till_sees(k, "Locked since"); /* a badge is no password */
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "[To ship");
	snprintf(script, sizeof(script), "Ctrl-X scan:%s", other);
	till_keys(k, script);
	till_sees(k, "Log clerk out?");
	till_keys(k, "Enter");
	till_sees(k, "Please log in");
	till_keys(k, "'agent-password' Enter"); /* the name is there already */
	till_sees(k, "sales agent");
	till_close(k);
}

static void
a_hangup_while_locked_ends_cleanly(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter m 'half' Ctrl-X hangup");
	assert_true(k->d->over);
	assert_false(session_logged_in(k->s));
	till_close(k);
}

static void
help_tells_of_the_lock(void **state)
{
	struct till *k = till_open("clerk", "en", 40, 120);

	(void)state;
	till_keys(k, "F1");
	till_sees(k, "Ctrl-X");
	till_sees(k, "Lock the terminal");
	till_close(k);
	k = till_door("en", 24, 80);
	till_keys(k, "Ctrl-X");
	till_sees(k, "Please log in");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(left_alone_it_locks_and_keeps_the_work),
		cmocka_unit_test(nothing_is_seen_or_done_beneath),
		cmocka_unit_test(a_half_filled_form_waits),
		cmocka_unit_test(refusals_count_at_the_lock_too),
		cmocka_unit_test(somebody_else_ends_the_session_by_a_choice),
		cmocka_unit_test(badges_at_a_locked_terminal),
		cmocka_unit_test(a_hangup_while_locked_ends_cleanly),
		cmocka_unit_test(help_tells_of_the_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
