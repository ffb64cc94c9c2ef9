/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "payment", "statement" and "document". */

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
	shop_orders(&sh, "PAN-20", FIRST, 2);
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
payments_are_kept(void **state)
{
	(void)state;
	shop_must(
	    &sh, "--format json payment add %lld alipay 12.50 --ref A1", FIRST);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"received\":\"12.50\"");
	assert_int_equal(
	    shop_do(&sh, "payment add %lld alipay 1 --ref A1", FIRST), 1);
	has(sh.err, "A1");
	assert_int_equal(shop_do(&sh, "payment add %lld alipay", FIRST), 2);
	shop_must(&sh, "payment add %lld cash 3 --due 2030-01-01", FIRST + 1);
	shop_must(&sh, "--format csv payment due");
	has(sh.out, "cash,3.00,due");
	shop_must(&sh, "payment receive 2 --ref A2");
	shop_must(&sh, "payment reverse 1 --reason 打错了");
	shop_must(&sh, "--format csv payment list %lld", FIRST);
	has(sh.out, "alipay,-12.50,received");
	has(sh.out, "打错了");
}

static void
statements_are_settled(void **state)
{
	(void)state;
	shop_must(&sh, "--format json statement take");
	has(sh.out, "\"lines\":0");
	shop_must(&sh, "statement list open");
	shop_must(&sh, "statement list held");
	shop_must(&sh, "statement list missing --days 30");
	assert_int_equal(shop_do(&sh, "statement list lost"), 2);
	has(sh.err, "lost");
	assert_int_equal(shop_do(&sh, "statement explain 7 fee"), 1);
	assert_int_equal(shop_do(&sh, "statement match 7 --undo"), 1);
}

static void
papers_are_numbered(void **state)
{
	(void)state;
	shop_must(&sh, "document issue %lld invoice --title 某公司", FIRST);
	has(sh.out, "SI-000001");
	assert_int_equal(shop_do(&sh, "document issue %lld invoice", FIRST), 1);
	assert_int_equal(shop_do(&sh, "document cancel SI-000001"), 1);
	shop_must(&sh, "document cancel si-1 --reason 抬头错了");
	shop_must(&sh, "--format json document list");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"reason\":\"抬头错了\"");
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(payments_are_kept),
		cmocka_unit_test(statements_are_settled),
		cmocka_unit_test(papers_are_numbered),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
