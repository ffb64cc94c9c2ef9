/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "order edit" and "order reopen", and lists by what they say. */

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
what_is_named_is_changed(void **state)
{
	(void)state;
	shop_must(&sh,
	    "order edit %lld --receiver 王小红 --phone 13911112222"
	    " --delivery installed --promised +9 --remark '改发 红色'"
	    " --flag 3 --agent owner",
	    FIRST);
	shop_must(&sh, "--format json show order %lld", FIRST);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"receiver\":\"王小红\"");
	has(sh.out, "\"phone\":\"13911112222\"");
	has(sh.out, "\"delivery\":\"installed\"");
	has(sh.out, "\"remark\":\"改发 红色\"");
	has(sh.out, "\"flag\":3");
	has(sh.out, "\"agent\":\"");
	/* What it was before. */
	has(sh.out, "order-address");
	has(sh.out, "delivery courier -> installed");
	shop_must(&sh, "order edit %lld --promised ''", FIRST);
	shop_must(&sh, "--format json show order %lld", FIRST);
	has(sh.out, "\"promised_at\":null");
}

static void
what_is_refused_says_why(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order edit %lld", FIRST), 2);
	assert_int_equal(shop_do(&sh, "order edit"), 2);
	assert_int_equal(shop_do(&sh, "order edit %lld --price 45", FIRST), 2);
	has(sh.err, "LINE=YUAN");
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --price x=45", FIRST), 2);
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --promised someday", FIRST), 2);
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --price 1=45", FIRST), 1);
	has(sh.err, "is paid on its platform");
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --postage 5 --discount 1", FIRST), 1);
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --phone none", FIRST), 1);
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --delivery rocket", FIRST), 1);
	has(sh.err, "no such way of delivery");
	assert_int_equal(
	    shop_do(&sh, "order edit %lld --agent nobody", FIRST), 1);
	assert_int_equal(shop_do(&sh, "order edit 99 --flag 1"), 1);
	assert_int_equal(shop_do(&sh, "order reopen 99"), 1);
	assert_int_equal(
	    shop_run(&sh,
		"--user buyer --password-file %s/password order edit %lld"
		" --delivery collect",
		sh.dir, FIRST),
	    4);
}

static void
a_cancelled_order_is_reopened(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "order reopen %lld", FIRST + 1), 1);
	has(sh.err, "only a cancelled order");
	shop_must(&sh, "order cancel %lld --reason 'by mistake'", FIRST + 1);
	shop_must(
	    &sh, "--format json order reopen %lld --note sorry", FIRST + 1);
	has(sh.out, "\"state\":\"paid\"");
	shop_must(&sh, "verify");
}

static void
lists_are_filtered(void **state)
{
	(void)state;
	shop_must(&sh, "order hold %lld --reason address", FIRST + 2);
	shop_must(&sh, "--format csv list orders --where hold=address");
	has(sh.out, "4119203366520871003");
	assert_null(strstr(sh.out, "4119203366520871002"));
	shop_must(&sh, "--format csv list orders --where tab=to_ship"
		       " --where not=packed --where least=1 --where most=9999"
		       " --where late=yes --where sort=ship_by");
	has(sh.out, "4119203366520871002");
	shop_must(&sh, "--format csv list orders --where is='printed packed'");
	assert_null(strstr(sh.out, "4119203366520871002"));
	shop_must(&sh, "--format csv list orders --where agent=owner");
	shop_must(&sh, "--format csv list orders --where origin=platform");
	has(sh.out, "4119203366520871002");
	assert_int_equal(shop_do(&sh, "list orders --where is=sung"), 2);
	has(sh.err, "nothing that is done");
	assert_int_equal(shop_do(&sh, "list orders --where hold=whim"), 2);
	assert_int_equal(shop_do(&sh, "list orders --where least=much"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_named_is_changed),
		cmocka_unit_test(what_is_refused_says_why),
		cmocka_unit_test(a_cancelled_order_is_reopened),
		cmocka_unit_test(lists_are_filtered),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
