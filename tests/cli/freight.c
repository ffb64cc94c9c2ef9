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

/* Couriers, prices, quotes, bills and routing by commands. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 3);
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
couriers_are_added_and_changed(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "courier add"), 2);
	assert_int_equal(
	    shop_do(&sh, "courier add 蜗牛快递 --shape '^WN[0-9]{4}$' "
			 "--sample WN12"),
	    1);
	shop_must(&sh, "courier add 蜗牛快递 --code WN --aliases '蜗牛;snail' "
		       "--shape '^WN[0-9]{4}$' --sample wn1234");
	shop_must(&sh, "courier edit snail --phone 95000 --close");
	assert_int_equal(shop_do(&sh, "courier edit snail --open"), 1);
	shop_must(&sh, "courier edit 蜗牛快递 --open");
	shop_must(&sh,
	    "--format json courier list --where code=WN --where phone=95000");
	assert_true(json_valid(sh.out));
	assert_non_null(strstr(sh.out, ";蜗牛;snail;"));
	assert_int_equal(shop_run(&sh,
			     "--user buyer --password-file %s/password "
			     "courier edit YTO --close",
			     sh.dir),
	    4);
}

static void
prices_are_set_and_asked_for(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "freight zone YTO --fee 5"), 1);
	shop_must(&sh, "freight template YTO --divisor 6000");
	shop_must(&sh, "freight template STO --by piece --name 2026");
	assert_int_equal(shop_do(&sh, "freight zone YTO 浙江"), 2);
	shop_must(&sh, "freight zone YTO --fee 8 --step-fee 4 --days 4");
	shop_must(&sh,
	    "freight zone YTO 浙江,江苏 --fee 4 --step 500 --step-fee 1.50");
	shop_must(
	    &sh, "freight zone STO --fee 6 --first 1 --step 1 --step-fee 5");
	shop_must(&sh, "freight zone STO 西藏 --not-served");
	assert_int_equal(shop_do(&sh, "freight zone YTO 月亮 --fee 4"), 1);
	shop_must(&sh, "--format csv freight zones YTO");
	assert_non_null(strstr(sh.out, "江苏,1000,4.00,500,1.50,0.00,0,true"));
	shop_must(
	    &sh, "--format csv freight quote --province 浙江省 --weight 1200");
	assert_non_null(strstr(sh.out, "圆通速递,5.50,0,true,1200,standard"));
	assert_true(strstr(sh.out, "圆通") < strstr(sh.out, "申通"));
	shop_must(&sh, "--format csv freight quote --province 西藏");
	assert_null(strstr(sh.out, "申通"));
	assert_int_equal(shop_do(&sh, "freight quote"), 2);
	assert_int_equal(shop_do(&sh, "freight quote --province 月亮"), 1);
	shop_must(&sh, "--format json freight quote %lld", FIRST);
	assert_true(json_valid(sh.out));
	shop_must(&sh, "freight zone YTO 江苏 --drop");
	shop_must(&sh, "list freight_templates");
	assert_non_null(strstr(sh.out, "2026"));
}

static void
a_bill_is_taken_and_settled(void **state)
{
	const char *file;
	long long bill;

	(void)state;
	shop_must(&sh,
	    "order ship %lld --courier YTO --waybill YT0000000000001 "
	    "--weight 900 --scan PAN-20",
	    FIRST);
	assert_int_equal(shop_do(&sh, "freight bill YTO"), 1);
	file = shop_file(&sh, "oct.csv",
	    "日期,运单号,目的省份,计费重量(kg),快递费\n"
	    "2026-10-01,YT0000000000001,浙江,9,40.00\n"
	    "2026-10-01,YT9999999999999,浙江,1,4.00\n");
	shop_must(&sh, "import freight-bill %s", file);
	shop_must(&sh, "--format json freight bill YTO");
	bill = json_number(sh.out, "id");
	assert_int_equal(json_number(sh.out, "wrong_n"), 2);
	assert_non_null(strstr(sh.out, "\"oct\""));
	shop_must(
	    &sh, "--format csv list freight_lines --where bill=%lld", bill);
	assert_non_null(strstr(sh.out, "over"));
	assert_non_null(strstr(sh.out, "unknown"));
	shop_must(&sh, "freight settle 1 disputed --note 'it weighs 900 g'");
	assert_int_equal(shop_do(&sh, "freight settle 1 disputed"), 1);
	assert_int_equal(shop_do(&sh, "freight settle 1 eaten"), 1);
	shop_must(&sh, "--format csv list freight_lines --where tab=disputed");
	assert_non_null(strstr(sh.out, "it weighs 900 g"));
	assert_int_equal(shop_do(&sh, "freight bill YTO --bill oct --drop"), 1);
	shop_must(&sh, "freight settle 1 open");
	shop_must(&sh, "freight bill YTO --bill oct --drop");
	shop_must(&sh, "freight bill YTO --bill again");
	shop_must(&sh, "verify");
	shop_must(&sh, "export freight_lines --encoding utf-8");
	assert_non_null(strstr(sh.out, "YT0000000000001"));
}

static void
what_is_left_over_is_summed_up(void **state)
{
	(void)state;
	shop_must(&sh, "--format csv freight profit --since 2020-01-01");
	assert_non_null(strstr(sh.out, "圆通速递,1,"));
	shop_must(&sh, "--format csv freight profit --by day");
	assert_int_equal(shop_do(&sh, "freight profit --by moon"), 2);
	assert_int_equal(shop_do(&sh, "freight profit --since moon"), 2);
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password "
			     "freight profit",
			     sh.dir),
	    4);
}

static void
orders_are_routed(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order route"), 2);
	shop_must(&sh, "--format json order route --all");
	assert_int_equal(json_number(sh.out, "seen"), 0);
	shop_must(&sh, "warehouse add 广州仓 --province 广东");
	assert_int_equal(shop_do(&sh, "warehouse add 广州仓"), 1);
	shop_must(&sh, "warehouse edit 广州仓 --below-zero");
	shop_must(&sh, "stock receive PAN-20 5 --cost 1 --warehouse 广州仓");
	shop_must(&sh, "--format json order route %lld --warehouse 广州仓",
	    FIRST + 1);
	assert_int_equal(json_number(sh.out, "moved"), 1);
	shop_must(&sh, "--format json order route --all");
	assert_int_equal(json_number(sh.out, "seen"), 2);
	assert_int_equal(
	    shop_do(&sh, "order route %lld --warehouse 月亮", FIRST + 1), 1);
	shop_must(&sh, "warehouse list");
	assert_non_null(strstr(sh.out, "广州仓"));
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(couriers_are_added_and_changed),
		cmocka_unit_test(prices_are_set_and_asked_for),
		cmocka_unit_test(a_bill_is_taken_and_settled),
		cmocka_unit_test(what_is_left_over_is_summed_up),
		cmocka_unit_test(orders_are_routed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
