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

/* What is made to order, as scripts do it. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "BANNER", "6901234567892", 0);
	shop_must(&sh, "product change BANNER --made yes");
	shop_orders(&sh, "BANNER", FIRST, 2);
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
has(const char *part)
{
	if (strstr(sh.out, part) == NULL && strstr(sh.err, part) == NULL)
		fail_msg("no %s in:\n%s%s", part, sh.out, sh.err);
}

#define TYPED "length=2m colour=红 text=福 ship_date=2099-11-02"

static void
from_the_order_to_the_goods(void **state)
{
	(void)state;
	shop_must(&sh, "production list --state new --format csv");
	has("P-000001");
	assert_int_equal(
	    shop_do(&sh, "production place P-000001 --maker A"), 1);
	has("is missing");
	shop_must(&sh, "order attr %lld 1 width=1.24m " TYPED, FIRST);
	assert_int_equal(
	    shop_do(&sh, "order attr %lld 1 width=1.24m --again", FIRST), 1);
	assert_int_equal(
	    shop_do(&sh, "order attr %lld 1 width=1.42m --confirm", FIRST), 1);
	assert_int_equal(
	    shop_do(&sh, "production place P-000001 --maker A"), 1);
	has("1.42 m (1420 mm)");
	assert_int_equal(
	    shop_do(&sh, "order attr %lld 1 width=1.24m", FIRST), 1);
	shop_must(&sh,
	    "order attr %lld 1 width=1.24m --reason asked --loss 600", FIRST);
	shop_must(&sh, "order attr %lld 1 " TYPED " --confirm", FIRST);
	shop_must(&sh, "production place 1 --maker A --due +3");
	shop_must(&sh, "production made 1");
	shop_must(&sh, "production receive 1 --cost 35");
	shop_must(
	    &sh, "order confirm %lld --what name,phone --channel phone", FIRST);
	has("something is left");
	shop_must(&sh, "order confirm %lld --channel wangwang", FIRST);
	shop_must(&sh, "show order %lld --format json", FIRST);
	has("\"held\":false");
	shop_must(&sh, "list corrections --format json");
	has("\"loss\":\"600.00\"");
	has("\"title\":\"宽\"");
	shop_must(&sh, "production show 1 --format json");
	assert_true(json_valid(sh.out));
	has("\"production_no\":\"P-000001\"");
	shop_must(&sh, "verify");
}

static void
what_is_wrong_is_told(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "production place 2"), 2);
	assert_int_equal(shop_do(&sh, "production made 4711"), 1);
	assert_int_equal(shop_do(&sh, "production list --state lost"), 1);
	assert_int_equal(
	    shop_do(&sh, "order confirm %lld --what colour", FIRST + 1), 2);
	assert_int_equal(shop_do(&sh, "order attr %lld 1", FIRST + 1), 2);
	assert_int_equal(shop_do(&sh, "order attr %lld 1 width", FIRST + 1), 2);
	assert_int_equal(
	    shop_do(&sh, "order attr %lld 9 width=1m", FIRST + 1), 1);
	assert_int_equal(shop_do(&sh, "handover done --agent nobody"), 1);
	shop_must(&sh, "production cancel 2 --reason wrong");
	shop_must(&sh, "production list --state new --format csv");
	has("P-000003");
}

static void
definitions_and_hand_overs(void **state)
{
	(void)state;
	shop_must(&sh, "attr add holes --title 孔数 --type number --unit 个 "
		       "--least 2 --most 8 --critical no");
	shop_must(&sh, "list attrs --format csv");
	has("holes");
	assert_int_equal(
	    shop_do(&sh, "attr add holes --title x --type number"), 1);
	shop_must(&sh, "attr change 7 --active no");
	shop_must(&sh, "handover list --format json");
	assert_true(json_valid(sh.out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_order_to_the_goods),
		cmocka_unit_test(what_is_wrong_is_told),
		cmocka_unit_test(definitions_and_hand_overs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
