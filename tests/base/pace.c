/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shopmgr/base/pace.h"

#define S INT64_C(1000000000)

static void
nothing_is_told_of_the_first_second(void **state)
{
	struct pace p = { .since = 0 };
	struct pace_told t;

	(void)state;
	pace_take(&p, "reading", 0, 1000, 0, 5 * S);
	t = pace_take(&p, "reading", 300, 1000, 30, 5 * S + S / 2);
	assert_int_equal(t.rows, 30);
	assert_int_equal(t.speed, -1);
	assert_int_equal(t.left, -1);
	t = pace_take(&p, "reading", 500, 1000, 50, 7 * S);
	assert_int_equal(t.speed, 25);
	assert_int_equal(t.left, 2);
}

/* What was quick says nothing of what is slow, and a beginning nothing of the
 * whole. */
static void
each_phase_has_its_own_speed(void **state)
{
	struct pace p = { .since = 0 };
	struct pace_told t;

	(void)state;
	pace_take(&p, "reading", 0, 1000, 0, S);
	pace_take(&p, "reading", 1000, 1000, 100, 3 * S);
	t = pace_take(&p, "writing", 0, 1000, 100, 3 * S);
	assert_int_equal(t.rows, 0);
	assert_int_equal(t.left, -1);
	t = pace_take(&p, "writing", 1, 1000, 100, 5 * S);
	assert_int_equal(t.left, -1);
	t = pace_take(&p, "writing", 250, 1000, 100, 13 * S);
	assert_int_equal(t.rows, 25);
	assert_int_equal(t.speed, 2);
	assert_int_equal(t.left, 30);
}

/* It is counted anew within the phase, too; nothing is known of a whole of
 * nothing. */
static void
what_begins_again_is_measured_again(void **state)
{
	struct pace p = { .since = 0 };
	struct pace_told t;

	(void)state;
	pace_take(&p, "writing", 900, 1000, 100, S);
	t = pace_take(&p, "writing", 100, 1000, 100, 9 * S);
	assert_int_equal(t.left, -1);
	t = pace_take(&p, "writing", 550, 1000, 100, 10 * S);
	assert_int_equal(t.left, 1);
	/* Read once more, from its first row. */
	pace_take(&p, "writing", 900, 1000, 100, 11 * S);
	t = pace_take(&p, "writing", 50, 1000, 5, 12 * S);
	assert_int_equal(t.left, -1);
	t = pace_take(&p, "writing", 525, 1000, 52, 13 * S);
	assert_int_equal(t.left, 1);
	assert_int_equal(t.speed, 47);
	t = pace_take(&p, "looking", 0, 0, 7, 20 * S);
	t = pace_take(&p, "looking", 0, 0, 27, 24 * S);
	assert_int_equal(t.rows, 27);
	assert_int_equal(t.speed, 5);
	assert_int_equal(t.left, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_told_of_the_first_second),
		cmocka_unit_test(each_phase_has_its_own_speed),
		cmocka_unit_test(what_begins_again_is_measured_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
