/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "stock count", from the first scan to the slip. */

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
	shop_goods(&sh, "LID-20", "6901234567893", 5);
	shop_must(&sh, "stock move PAN-20 0 --to A-01 --new-bin");
	shop_must(&sh, "stock move LID-20 0 --to A-02 --new-bin");
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
clerk(const char *command)
{
	assert_int_equal(
	    shop_run(&sh, "--user clerk --password-file %s/password %s", sh.dir,
		command),
	    0);
}

static void
a_count_goes_from_scan_to_slip(void **state)
{
	(void)state;
	shop_must(&sh, "--format json stock count start --note autumn");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"count_no\":\"CT-000001\"");
	has(sh.out, "\"blind\":true");
	shop_must(&sh, "stock count scan CT-1 A-01 PAN-20 12*6901234567892");
	has(sh.out, "13 counted");
	shop_must(&sh, "stock count set 1 A-01 PAN-20 19");
	shop_must(&sh, "--format json stock count bin 1 A-01");
	has(sh.out, "\"next\":\"A-02\"");
	assert_int_equal(shop_do(&sh, "stock count scan 1 A-01 NONE"), 1);
	assert_int_equal(shop_do(&sh, "stock count scan 1 Z-99 PAN-20"), 1);
	shop_must(&sh, "--format csv stock count list 1 --open");
	has(sh.out, "LID-20");
	shop_must(&sh, "stock count sheet CT-1 -o %s/sheet.pdf", sh.dir);
	has(sh.out, "1 page is in");
	shop_must(&sh, "stock count close 1 --zero");
	/* What is to be counted again. */
	shop_must(&sh, "stock count sheet 1 -o %s/sheet.pdf", sh.dir);
	shop_must(&sh, "--format csv stock count list 1 --off");
	has(sh.out, "PAN-20");
	shop_must(&sh, "stock count recount 1 --over 0");
	assert_int_equal(shop_do(&sh, "stock count post 1"), 1);
	/* The owner counted, and a clerk is there. */
	assert_int_equal(shop_do(&sh, "stock count set 1 A-01 PAN-20 18"), 1);
	clerk("stock count set 1 A-01 PAN-20 18");
	clerk("stock count set 1 A-02 LID-20 5");
	shop_must(&sh, "stock count reason 1 broken");
	shop_must(&sh, "--format csv stock count report 1");
	has(sh.out, "broken,1,-2");
	shop_must(&sh, "--format json stock count post 1"); /* alone */
	assert_true(json_valid(sh.out));
	has(sh.out, "\"slip_no\":\"CNT-");
	shop_must(&sh, "--format csv list counts");
	has(sh.out, "posted");
	shop_must(&sh, "--format csv list count_lines --where count=CT-1");
	has(sh.out, "recounted");
}

static void
a_count_is_given_up(void **state)
{
	(void)state;
	shop_must(&sh, "stock count start --kind spot LID-20 --open");
	assert_int_equal(shop_do(&sh, "stock count cancel 2"), 1);
	shop_must(&sh, "stock count cancel 2 --reason tomorrow");
	assert_int_equal(shop_do(&sh, "stock count close 2"), 1);
	assert_int_equal(shop_do(&sh, "stock count start --kind half"), 1);
	assert_int_equal(shop_do(&sh, "stock count"), 2);
	assert_int_equal(shop_do(&sh, "stock count stop"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_count_goes_from_scan_to_slip),
		cmocka_unit_test(a_count_is_given_up),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
