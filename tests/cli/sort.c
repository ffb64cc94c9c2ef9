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

/* Lists in the order of a field. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 6);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static const char *
at(const char *part)
{
	const char *found = strstr(sh.out, part);

	if (found == NULL)
		fail_msg("no %s in:\n%s", part, sh.out);
	return found;
}

static void
either_way(void **state)
{
	(void)state;
	shop_must(&sh, "--format csv list orders --sort order_no");
	assert_true(at("871001") < at("871006"));
	shop_must(&sh, "--format csv list orders --sort -order_no");
	assert_true(at("871006") < at("871001"));
	shop_must(&sh, "--format csv list orders --sort=-nick --limit 2");
	assert_true(at("buyer05") < at("buyer04"));
	assert_null(strstr(sh.out, "buyer03"));
	shop_must(&sh,
	    "--format csv export orders --where sort=-order_no -o %s/o.csv",
	    sh.dir);
	shop_must(&sh,
	    "--format csv list orders --where tab=to_ship --sort -order_no"
	    " --where paid=118");
	assert_true(at("871006") < at("871001"));
}

static void
what_is_no_order_is_wrong_usage(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "list orders --sort colour"), 2);
	assert_non_null(strstr(sh.err, "waybill_no"));
	assert_int_equal(shop_do(&sh, "list audit --sort at"), 2);
	assert_int_equal(shop_do(&sh, "list orders --sort"), 2);
	/* What is hidden is not told by an order. */
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password list"
			     " stock --sort value",
			     sh.dir),
	    4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(either_way),
		cmocka_unit_test(what_is_no_order_is_wrong_usage),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
