/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "review", "gift", "reminder", and holds until a time. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, text);
}

static int
open_shop(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 20);
	shop_goods(&sh, "SPOON", "6901234567899", 20);
	shop_orders(&sh, "PAN-20", FIRST, 3);
	return 0;
}

static int
close_shop(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
orders_are_reviewed(void **state)
{
	(void)state;
	shop_must(
	    &sh, "review rule all --what amount_over --value 0.01 --place 1");
	shop_must(&sh, "--format json review try");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"all\"");
	shop_must(&sh, "setting review_wait_min 0");
	shop_must(&sh, "--format json review run");
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "held"), 3);
	shop_must(&sh, "list review");
	has(sh.out, "all: ");
	shop_must(&sh, "review pass %lld --note fine", FIRST);
	has(sh.out, "may go now");
	shop_must(&sh,
	    "review hold %lld --reason address --until +2h --note ask",
	    FIRST + 1);
	shop_must(&sh, "--format json show order %lld", FIRST + 1);
	has(sh.out, "review-hold");
	shop_must(&sh, "review rule all --off");
	shop_must(&sh, "review defaults");
	shop_must(&sh, "verify");
}

static void
what_is_refused_says_why(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "review rule x --what colour"), 1);
	has(sh.err, "colour");
	assert_int_equal(
	    shop_do(&sh, "order hold %lld --until yesterday", FIRST), 1);
	has(sh.err, "A time to come is wanted");
	assert_int_equal(shop_do(&sh, "gift again"), 2);
	assert_int_equal(shop_do(&sh, "gift rule x --gift NONE"), 1);
	assert_int_equal(shop_do(&sh, "gift rule x --since never"), 2);
	assert_int_equal(shop_do(&sh, "review pass 17"), 1);
	assert_int_equal(shop_do(&sh, "reminder figures --by colour"), 2);
	assert_int_equal(
	    shop_do(&sh, "reminder add %lld --words pay", FIRST), 1);
	has(sh.err, "nothing is to be reminded of");
}

static void
gifts_are_given(void **state)
{
	(void)state;
	shop_must(&sh, "gift rule spoons --gift SPOON --qty 2 --sku PAN-20");
	shop_must(&sh, "--format json gift again --all");
	assert_int_equal(json_number(sh.out, "changed"), 3);
	shop_must(&sh, "--format json show order %lld", FIRST);
	has(sh.out, "\"SPOON\"");
	shop_must(&sh, "gift again %lld", FIRST);
	has(sh.out, "The gifts of 0 orders");
	shop_must(&sh, "gift rule spoons --off");
	shop_must(&sh, "--format json gift again --all");
	assert_int_equal(json_number(sh.out, "changed"), 3);
	shop_must(&sh, "list gift-rules");
	has(sh.out, "spoons");
	shop_must(&sh, "verify");
}

static void
holds_have_an_end(void **state)
{
	(void)state;
	shop_must(&sh, "order hold %lld --until +2h", FIRST + 2);
	assert_int_equal(
	    shop_do(&sh, "order hold %lld --reason refund --until +2h", FIRST),
	    1);
	shop_must(&sh, "order release %lld", FIRST + 2);
}

static void
texts_are_kept(void **state)
{
	(void)state;
	shop_must(&sh, "reminder template mine --text 'Dear {nick}'");
	shop_must(&sh, "reminder template mine --off");
	assert_int_equal(
	    shop_do(&sh, "reminder template mine --text 'Dear {name}'"), 1);
	has(sh.err, "{name}");
	shop_must(&sh, "list texts");
	has(sh.out, "Dear {nick}");
	shop_must(&sh, "reminder text %lld --text mine", FIRST);
	shop_must(&sh, "--format csv reminder figures");
	shop_must(&sh, "reminder defaults");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_are_reviewed),
		cmocka_unit_test(what_is_refused_says_why),
		cmocka_unit_test(gifts_are_given),
		cmocka_unit_test(holds_have_an_end),
		cmocka_unit_test(texts_are_kept),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
