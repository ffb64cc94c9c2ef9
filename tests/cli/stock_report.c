/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "report": printed in every format, and into files. */

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
	shop_must(&sh, "stock receive PAN-20 10 --cost 9.50");
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
every_report_is_printed_in_every_format(void **state)
{
	static const char *const names[] = { "stock-value", "stock-ledger",
		"stock-ageing", "stock-dead", "stock-turnover", "stock-abc",
		"stock-shelf" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		shop_must(&sh, "--format json report %s", names[i]);
		assert_true(json_valid(sh.out));
		shop_must(&sh, "report %s", names[i]);
		has(sh.out, "In all");
	}
	shop_must(&sh, "--format csv report stock-ledger");
	has(sh.out, "PAN-20");
	shop_must(&sh, "--format json report stock-value --by warehouse");
	assert_int_equal(json_number(sh.out, "on_hand"), 30);
	shop_must(&sh, "--format json report stock-value --at 2020-01-01");
	has(sh.out, "\"rows\":[]");
}

static void
a_report_is_written_by_the_name_of_its_file(void **state)
{
	char *text;

	(void)state;
	shop_must(&sh, "report stock-value -o %s/v.csv", sh.dir);
	text = shop_read(&sh, "v.csv");
	has(text, "PAN-20");
	free(text);
	shop_must(&sh, "report stock-ledger -o %s/l.pdf", sh.dir);
	text = shop_read(&sh, "l.pdf");
	has(text, "%PDF");
	free(text);
	shop_must(&sh, "report stock-abc --month 2026-02 -o %s/a.xlsx", sh.dir);
	assert_int_equal(
	    shop_do(&sh, "report stock-abc -o %s/a.ods", sh.dir), 1);
}

static void
what_makes_no_sense_is_misuse(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "report nonsense"), 2);
	assert_int_equal(shop_do(&sh, "report stock-abc --month 2026-13"), 2);
	assert_int_equal(shop_do(&sh, "report stock-abc --by warehouse"), 2);
	assert_int_equal(
	    shop_do(&sh, "report stock-abc --month 2026-01 --at today"), 2);
	assert_int_equal(shop_do(&sh, "report stock-abc --warehouse none"), 1);
	assert_int_equal(shop_do(&sh, "report stock-abc --from 2026-02-02 --to "
				      "2026-02-01"),
	    1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_report_is_printed_in_every_format),
		cmocka_unit_test(a_report_is_written_by_the_name_of_its_file),
		cmocka_unit_test(what_makes_no_sense_is_misuse),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
