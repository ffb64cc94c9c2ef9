/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/str.h"
#include "till.h"

/* The platforms' files, taken in at the screen. */

static void
imports_a_pair_of_files(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "orders.csv", till_order_file);
	till_file(k, "items.csv", till_item_file);
	till_keys(k, "F9 Space Space Enter");
	till_sees(k, "Proved; nothing is changed yet.");
	till_sees(k, "9  new");
	till_sees(k, "0  refused");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 0);
	till_keys(k, "Enter");
	till_sees(k, "Imported.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 9);
	/* The same again changes nothing. */
	till_keys(k, "Enter Space Space Enter Enter");
	till_sees(k, "9  as they were");
	till_sees(k, "0  new");
	till_keys(k, "l");
	till_sees(k, "items.csv");
	fixture_verify(k->s);
	till_close(k);
}

static void
refused_rows_are_told_and_written(void **state)
{
	static const char bad[] =
	    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,"
	    "买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,"
	    "订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
	    "4119203366520878001,a,10.00,0.00,10.00,10.00,"
	    "买家已付款，等待卖家发货,甲,浙江省 杭州市 西湖区 1 号,"
	    "13812345678,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n"
	    "4.11920E+18,b,10.00,0.00,10.00,10.00,"
	    "买家已付款，等待卖家发货,乙,浙江省 杭州市 西湖区 2 号,"
	    "13812345679,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n";
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "damaged.csv", bad);
	till_keys(k, "F9 Enter");
	till_sees(k, "1  refused");
	till_sees(k, "damaged.csv, line 3");
	till_keys(k, "x");
	till_sees(k, "The refused rows, each with its reason, are in");
	assert_true(till_has_file(k, "refused-20261122-1405"));
	till_keys(k, "q"); /* back is back, by either key */
	till_sees(k, "Which files?");
	till_close(k);
}

static void
a_file_that_is_none_is_said_so(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "shopping.csv", "milk,bread\n1,2\n");
	till_keys(k, "F9 Enter");
	till_sees(k, "shopping.csv");
	till_sees(k, "Which files?");
	till_misses(k, "Proved");
	till_keys(k, "o '/nowhere/at-all.csv' Enter");
	till_sees(k, "/nowhere/at-all.csv");
	till_misses(k, "Proved");
	till_close(k);
}

static const char head[] =
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,"
    "订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,"
    "宝贝标题,宝贝总数量\n";

/* A file of @n paid orders, from this number on. */
static void
many_orders(struct till *k, const char *name, long long from, int n)
{
	struct str s = STR_INIT;
	int i;

	str_add(&s, head);
	for (i = 0; i < n; i++)
		str_addf(&s,
		    "%lld,nick-%d,10.00,0.00,10.00,10.00,"
		    "买家已付款，等待卖家发货,甲,浙江省 杭州市 西湖区 1 号,"
		    "13812345678,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,"
		    "1\n",
		    from + i, i);
	till_file(k, name, s.s);
	str_done(&s);
}

/* Whatever Esc comes upon, nothing of the file is in the shop. */
static void
esc_stops_an_import(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	many_orders(k, "many.csv", 4119203366520871001, 3000);
	till_keys(k, "F9 Enter Esc");
	till_sees(k, "Stopped. Nothing was changed.");
	till_sees(k, "Which files?");
	till_keys(k, "Enter");
	till_sees(k, "3,000  new");
	till_keys(k, "Enter Esc");
	till_sees(k, "Stopped. Nothing was changed.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 0);
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM import_batch"), 0);
	till_keys(k, "Enter"); /* and it can be done again */
	till_sees(k, "Imported.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM orders"), 3000);
	fixture_verify(k->s);
	till_close(k);
}

/* Enter on a file takes that file, not the one looked at before. */
static void
what_was_only_looked_at_is_not_marked(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	many_orders(k, "b.csv", 4119203366520881001, 5);
	till_keys(k, "F9 Home Enter");
	till_sees(k, "2  new");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "5  new");
	till_misses(k, "a.csv");
	till_close(k);
}

/* What is marked is seen, also when it lies in another folder. */
static void
a_typed_path_stays_in_sight(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 120);
	struct str keys = STR_INIT;
	const char *path = fixture_file("items.csv", till_item_file);

	(void)state;
	till_file(k, "orders.csv", till_order_file);
	str_addf(&keys, "F9 o '%s' Enter", path);
	till_keys(k, keys.s);
	till_keys(k, "Esc");
	till_sees(k, path);
	till_sees(k, "✓");
	till_keys(k, "End Space Enter"); /* the other of the pair too */
	till_sees(k, "9  new");
	till_sees(k, "items.csv");
	till_keys(k, "Esc Home Space");
	till_misses(k, path);
	str_done(&keys);
	till_close(k);
}

/* The reason of a refusal is what one needs: it wraps, and is never cut. */
static void
reasons_are_whole(void **state)
{
	struct till *k = till_empty("manager", "zh_CN", 24, 80);

	(void)state;
	till_file(k, "damaged-by-a-spreadsheet-somewhere.csv",
	    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,"
	    "买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,"
	    "订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
	    "4.11920E+18,b,10.00,0.00,10.00,10.00,"
	    "买家已付款，等待卖家发货,乙,浙江省 杭州市 西湖区 2 号,"
	    "13812345679,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n");
	till_keys(k, "F9 Enter");
	till_sees(k, "1  拒绝");
	till_sees(k, "damaged-by-a-spreadsheet-somewhere.csv");
	till_misses(k, "…");
	till_close(k);
}

static void
each_step_offers_its_own_keys(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	till_keys(k, "F9");
	till_sees(k, " Enter Check  Space Mark  Tab Kind  o Path  l Imports");
	till_misses(k, "x Export");
	till_keys(k, "Enter");
	till_sees(k, " Enter Import");
	till_misses(k, "Space Mark");
	till_misses(k, "x Export");
	till_keys(k, "Enter");
	till_sees(k, " Enter Files");
	till_keys(k, "Enter Esc");
	till_sees(k, "TO DO");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(imports_a_pair_of_files),
		cmocka_unit_test(refused_rows_are_told_and_written),
		cmocka_unit_test(a_file_that_is_none_is_said_so),
		cmocka_unit_test(esc_stops_an_import),
		cmocka_unit_test(what_was_only_looked_at_is_not_marked),
		cmocka_unit_test(a_typed_path_stays_in_sight),
		cmocka_unit_test(reasons_are_whole),
		cmocka_unit_test(each_step_offers_its_own_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
