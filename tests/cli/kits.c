/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "kit", and lists of kits out and in. */

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
	shop_goods(&sh, "POT", "6901234567892", 5);
	shop_goods(&sh, "CUP", "6901234567893", 20);
	shop_must(&sh, "product add SET --product 'Tea set' --price 99");
	shop_must(&sh, "product add BOX --product 'Gift box'");
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
a_kit_is_set_shown_and_cleared(void **state)
{
	(void)state;
	shop_must(&sh, "kit set SET POT=1 6901234567893=4");
	has(sh.out, "SET is a kit of 2 parts");
	shop_must(&sh, "--format json kit show SET");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"sku_code\":\"CUP\"");
	has(sh.out, "\"qty\":4");
	shop_must(&sh, "--format json show products 3");
	has(sh.out, "\"available\":5");
	assert_int_equal(shop_do(&sh, "kit set SET POT"), 2);
	has(sh.err, "PART=QTY");
	assert_int_equal(shop_do(&sh, "kit set SET POT=none"), 2);
	assert_int_equal(shop_do(&sh, "kit set SET NONE=1"), 1);
	has(sh.err, "NONE");
	assert_int_equal(shop_do(&sh, "kit set POT CUP=1"), 1);
	has(sh.err, "part of a kit");
	assert_int_equal(shop_do(&sh, "kit set SET"), 2);
	shop_must(&sh, "kit set BOX CUP=2");
	shop_must(&sh, "kit clear BOX");
	has(sh.out, "BOX is a single product");
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password kit set"
			     " SET CUP=1",
			     sh.dir),
	    4);
}

static void
a_list_goes_out_and_comes_in(void **state)
{
	char *first, *second;

	(void)state;
	shop_must(&sh, "kit set SET POT=1 CUP=4");
	shop_must(&sh, "kit set BOX CUP=2");
	shop_must(&sh, "export kits -o %s/kits.csv", sh.dir);
	shop_must(&sh, "--format json import kits %s/kits.csv", sh.dir);
	assert_int_equal(json_number(sh.out, "unchanged"), 3);
	shop_must(&sh, "kit clear BOX");
	shop_must(&sh, "kit set SET POT=2");
	shop_must(&sh, "--format json import kits %s/kits.csv", sh.dir);
	assert_int_equal(json_number(sh.out, "new"), 1);
	assert_int_equal(json_number(sh.out, "updated"), 2);
	shop_must(&sh, "export kits -o %s/again.csv", sh.dir);
	first = shop_read(&sh, "kits.csv");
	second = shop_read(&sh, "again.csv");
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void
a_list_is_taken_back_by_its_number(void **state)
{
	long long batch;
	const char *path = shop_file(&sh, "k.csv",
	    "kit_sku,part_sku,qty\nSET,POT,1\nBOX,CUP,x\nBOX,POT,1\n");

	(void)state;
	shop_must(&sh, "kit set SET POT=3");
	shop_must(&sh, "kit set BOX CUP=1");
	assert_int_equal(
	    shop_do(&sh,
		"--format json import kits %s --rejects %s/refused.csv", path,
		sh.dir),
	    1);
	assert_int_equal(json_number(sh.out, "rejected"), 2);
	batch = json_number(sh.out, "batch");
	has(sh.err, "Line 3 of the same kit");
	shop_must(&sh, "import undo %lld", batch);
	shop_must(&sh, "--format json kit show SET");
	has(sh.out, "\"qty\":3");
	assert_int_equal(shop_do(&sh, "import undo %lld", batch), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_kit_is_set_shown_and_cleared, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(
		    a_list_goes_out_and_comes_in, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(
		    a_list_is_taken_back_by_its_number, open_shop, close_shop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
