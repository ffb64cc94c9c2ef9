/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* Parcels by command: split and merged orders, materials, the scale. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN", "6901234567892", 50);
	shop_orders(&sh, "PAN", FIRST, 4);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
materials_are_added_changed_and_listed(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "material add BOX"), 2);
	shop_must(&sh, "material add BOX --name Box --weight 100 --cost 1.60");
	shop_must(&sh, "material change BOX --weight 120 --unused");
	assert_int_equal(shop_do(&sh, "material add PAN --name Pan"), 1);
	shop_must(&sh, "material list --format json");
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "weight"), 120);
	has(sh.out, "\"cost\":\"1.60\"");
	has(sh.out, "\"active\":false");
	shop_must(&sh, "material change BOX --used");
	assert_int_equal(shop_do(&sh, "material change BAG --used"), 1);
}

static void
packed_and_weighed_in_two_steps(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order weigh %lld 500", FIRST), 1);
	has(sh.err, "not packed yet");
	shop_must(&sh,
	    "order pack %lld --courier YTO --waybill YT7600000000001"
	    " --scan PAN",
	    FIRST);
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill"
			     " YT7600000000009 --scan PAN",
			     FIRST),
	    1);
	has(sh.err, "waits for the scale");
	shop_must(&sh, "order unpack YT7600000000001");
	assert_int_equal(shop_do(&sh, "order unpack YT7600000000001"), 1);
	shop_must(&sh,
	    "order pack %lld --courier YTO --waybill YT7600000000001"
	    " --scan PAN",
	    FIRST);
	assert_int_equal(shop_do(&sh, "order weigh YT7600000000001"), 2);
	shop_must(&sh, "order weigh YT7600000000001 500 --format json");
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "weight"), 500);
	shop_must(&sh, "verify");
}

static void
what_splits_nothing_is_refused(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order split %lld", FIRST + 1), 2);
	assert_int_equal(
	    shop_do(&sh, "order split %lld --move 1", FIRST + 1), 2);
	assert_int_equal(
	    shop_do(&sh, "order split %lld --move 1:1", FIRST + 1), 1);
	has(sh.err, "would be empty");
	assert_int_equal(shop_do(&sh, "order unsplit %lld", FIRST + 1), 1);
}

static void
merging_needs_two_orders_that_fit(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order merge %lld", FIRST + 1), 2);
	assert_int_equal(
	    shop_do(&sh, "order merge %lld %lld", FIRST, FIRST + 1), 1);
	has(sh.err, "already shipped");
	assert_int_equal(shop_do(&sh, "order unmerge %lld", FIRST + 1), 1);
	has(sh.err, "with no others");
	shop_must(&sh, "list merge-candidates --format json");
	assert_true(json_valid(sh.out));
	shop_must(&sh, "list merge-candidates --where any_shop=yes");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(materials_are_added_changed_and_listed),
		cmocka_unit_test(packed_and_weighed_in_two_steps),
		cmocka_unit_test(what_splits_nothing_is_refused),
		cmocka_unit_test(merging_needs_two_orders_that_fit),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
