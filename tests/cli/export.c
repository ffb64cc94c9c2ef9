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

/* Lists and layouts to files. */

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

static int
as_clerk(const char *command)
{
	return shop_run(&sh, "--user clerk --password-file %s/password %s",
	    sh.dir, command);
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
columns_come_as_they_are_asked_for(void **state)
{
	(void)state;
	shop_must(&sh,
	    "--lang en export orders --encoding utf-8 --columns qty,order_no "
	    "--sort -order_no");
	assert_string_equal(sh.out,
	    "qty,order_no\r\n1,4119203366520871003\r\n"
	    "1,4119203366520871002\r\n1,4119203366520871001\r\n");
	shop_must(&sh,
	    "--lang en export orders --encoding utf-8 --columns order_no "
	    "--where order_no=4119203366520871002");
	assert_string_equal(sh.out, "order_no\r\n4119203366520871002\r\n");
	assert_int_equal(
	    shop_do(&sh, "export orders --columns order_no,colour"), 1);
	assert_non_null(strstr(sh.err, "colour"));
	assert_int_equal(shop_do(&sh, "export orders --columns ''"), 1);
}

static void
ids_are_protected_by_either_way(void **state)
{
	(void)state;
	shop_must(&sh,
	    "--lang en export orders --encoding utf-8 --columns order_no "
	    "--sort order_no --protect-ids");
	assert_non_null(strstr(sh.out, "\n4119203366520871001\t\r\n"));
	shop_must(&sh,
	    "--lang en export orders --encoding utf-8 --columns order_no "
	    "--sort order_no --protect-equals");
	assert_non_null(strstr(sh.out, "\n=\"4119203366520871001\"\r\n"));
	assert_int_equal(
	    shop_do(&sh, "export orders --protect-ids --protect-equals"), 2);
}

static void
layouts_are_chosen_by_name(void **state)
{
	(void)state;
	shop_must(&sh, "export labels --for courier --encoding utf-8");
	assert_non_null(strstr(sh.out, "订单编号,收件人,手机,省,市,区"));
	assert_non_null(strstr(sh.out, "4119203366520871001,"));
	shop_must(&sh, "export label --encoding utf-8");
	assert_non_null(strstr(sh.out, "收件人,手机号,收货地址,平台订单号"));
	shop_must(&sh, "export shipments --for pdd-plain --encoding utf-8");
	assert_string_equal(sh.out, "订单号,快递公司,快递单号\r\n");
	assert_int_equal(shop_do(&sh, "export labels --for nobody"), 1);
	assert_int_equal(shop_do(&sh, "export labels --columns phone"), 2);
	assert_int_equal(shop_do(&sh, "export orders --for taobao"), 2);
}

static void
what_came_of_it_is_told(void **state)
{
	(void)state;
	shop_must(&sh, "--format json export orders -o %s/orders.csv", sh.dir);
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "rows"), 3);
	assert_int_equal(json_number(sh.out, "files"), 1);
	assert_int_equal(json_number(sh.out, "left_out"), 0);
}

/* What the clerk may not see is left empty, and is not zero. */
static void
hidden_costs_are_empty(void **state)
{
	static const char *const ways[] = {
		("--lang en export products --encoding utf-8 "
		 "--columns price,unit_cost,sku_code"),
		"--format csv list stock",
		"--format json list stock",
	};
	static const char *const seen[][2] = {
		{ "\r\n0.00,31.50,PAN-20\r\n", "\r\n0.00,,PAN-20\r\n" },
		{ ",31.50,315.00,", ",,," },
		{ "\"unit_cost\":\"31.50\"", "\"unit_cost\":null" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		shop_must(&sh, "%s", ways[i]);
		has(sh.out, seen[i][0]);
		assert_int_equal(as_clerk(ways[i]), 0);
		has(sh.out, seen[i][1]);
	}
	assert_int_equal(as_clerk("list stock --where unit_cost=0"), 4);
	assert_int_equal(as_clerk("--lang en show stock PAN-20"), 0);
	assert_null(strstr(sh.out, "Unit cost"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_as_they_are_asked_for),
		cmocka_unit_test(ids_are_protected_by_either_way),
		cmocka_unit_test(layouts_are_chosen_by_name),
		cmocka_unit_test(what_came_of_it_is_told),
		cmocka_unit_test(hidden_costs_are_empty),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
