/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop.h"

/* Importing, as scripts and cron do it. */

#define FIRST 4119203366520871001LL
#define REFUNDS \
	"订单编号,退款编号,宝贝标题,买家退款金额,退款状态\n" \
	"4119203366520871001,9001,T恤,10.00,等待卖家同意\n" \
	"4119203366520871002,9002,T恤,很多,退款成功\n"

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* Is there DIR/NAME? */
static bool
there(const char *name)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/%s", sh.dir, name);
	return access(path, F_OK) == 0;
}

/* A file of the folder "in" that nobody writes to any more. */
static void
drop(const char *name, const char *text)
{
	const struct timespec then[2] = { { .tv_sec = 1000000000 },
		{ .tv_sec = 1000000000 } };
	char path[100];

	snprintf(path, sizeof(path), "%s/in", sh.dir);
	(void)mkdir(path, 0700);
	snprintf(path, sizeof(path), "in/%s", name);
	assert_int_equal(
	    utimensat(AT_FDCWD, shop_file(&sh, path, text), then, 0), 0);
}

static void
kinds_are_named_and_kept(void **state)
{
	const char *path;

	(void)state;
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 2);
	path = shop_file(&sh, "refunds.csv", REFUNDS);
	assert_int_equal(
	    shop_do(&sh, "--format json import refunds %s", path), 1);
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "staged"), 1);
	assert_int_equal(json_number(sh.out, "held"), 1);
	assert_int_equal(json_number(sh.out, "rejected"), 1);
	has(sh.err, "买家退款金额");
	shop_must(&sh, "--format json list staged --where kind=refunds");
	has(sh.out, "refund_no=9001");
	shop_must(&sh, "--format csv import history");
	has(sh.out, "refunds.csv");
	assert_int_equal(shop_do(&sh, "import moons %s", path), 2);
	assert_int_equal(shop_do(&sh, "import orders %s", path), 1);
	has(sh.err, "refunds");
}

static void
a_look_says_what_a_file_is(void **state)
{
	const char *path = shop_file(&sh, "refunds.csv", REFUNDS);

	(void)state;
	shop_must(&sh, "--format json import look %s", path);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"kind\":\"refunds\"");
	has(sh.out, "\"field\":\"refund_no\"");
	has(sh.out, "\"read\":\"asked\"");
	path = shop_file(&sh, "x.csv", "a,b\n1,2\n");
	assert_int_equal(shop_do(&sh, "import look %s", path), 1);
	assert_int_equal(shop_do(&sh, "import look"), 2);
	assert_int_equal(shop_do(&sh, "import look %s/none.csv", sh.dir), 1);
}

static void
an_encoding_is_believed(void **state)
{
	const char *path = shop_file(
	    &sh, "products.csv", "sku_code,name\nA,\xC4\xE3\xBA\xC3\n");

	(void)state;
	shop_must(&sh, "import products %s --encoding gb18030", path);
	shop_must(&sh, "--format json show product A");
	has(sh.out, "你好");
	assert_int_equal(
	    shop_do(&sh, "import products %s --encoding moon", path), 1);
}

static void
a_folder_is_taken_in(void **state)
{
	(void)state;
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	drop("refunds.csv", REFUNDS);
	drop("new.csv", "sku_code,name,price\nNEW-1,新品,9.90\n");
	drop("broken.csv", "a,b\n1,2\n");
	drop(".hidden", "x");
	drop("half.csv.part", "x");
	assert_int_equal(
	    shop_do(&sh, "--format json import auto %s/in", sh.dir), 1);
	assert_true(json_valid(sh.out));
	has(sh.err, "broken.csv");
	assert_true(there("in/done/refunds.csv"));
	assert_true(there("in/done/refunds.csv.rejects.csv"));
	assert_true(there("in/done/new.csv"));
	assert_false(there("in/done/new.csv.rejects.csv"));
	assert_true(there("in/failed/broken.csv"));
	assert_true(there("in/failed/broken.csv.error.txt"));
	assert_true(there("in/.hidden"));
	assert_true(there("in/half.csv.part"));
	/* The same name again does not take its place. */
	drop("new.csv", "sku_code,name,price\nNEW-2,新品,9.90\n");
	shop_must(&sh, "import auto %s/in", sh.dir);
	assert_true(there("in/done/new-2.csv"));
	shop_must(&sh, "import auto %s/in", sh.dir);
	assert_string_equal(sh.out, "");
	shop_must(&sh, "show product NEW-2");
}

static void
a_pair_in_a_folder_is_one_import(void **state)
{
	char cmd[600];

	(void)state;
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_pair(&sh, "PAN-20", FIRST, 3);
	snprintf(cmd, sizeof(cmd),
	    "mkdir %s/in && mv %s/order.csv %s/item.csv %s/in && "
	    "touch -d 2001-01-01 %s/in/*",
	    sh.dir, sh.dir, sh.dir, sh.dir, sh.dir);
	assert_int_equal(system(cmd), 0);
	shop_must(&sh, "--format json import auto %s/in", sh.dir);
	assert_int_equal(json_number(sh.out, "new"), 3);
	shop_must(&sh, "--format csv list order_lines");
	has(sh.out, "PAN-20");
	assert_true(there("in/done/order.csv"));
	assert_true(there("in/done/item.csv"));
}

static void
a_folder_is_taken_in_by_one_at_a_time(void **state)
{
	char path[200];
	int fd;

	(void)state;
	drop("new.csv", "sku_code,name,price\nNEW-1,新品,9.90\n");
	snprintf(path, sizeof(path), "%s/in/.shopmgr.lock", sh.dir);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(shop_do(&sh, "import auto %s/in", sh.dir), 1);
	assert_true(there("in/new.csv"));
	close(fd);
	/* Neither is what somebody is writing still. */
	snprintf(path, sizeof(path), "%s/in/new.csv", sh.dir);
	fd = open(path, O_WRONLY | O_APPEND);
	shop_must(&sh, "import auto %s/in", sh.dir);
	assert_true(there("in/new.csv"));
	close(fd);
	shop_must(&sh, "import auto %s/in", sh.dir);
	assert_true(there("in/done/new.csv"));
	assert_int_equal(shop_do(&sh, "import auto %s/none", sh.dir), 1);
}

#define MONEY \
	"入帐日期,支付流水号,主订单id,入帐类型,收入金额(元),支出金额(元)\n"

/* Cron needs no second command for what has a department. */
static void
statements_arrive_with_their_file(void **state)
{
	const char *path;

	(void)state;
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 1);
	path = shop_file(&sh, "m.csv",
	    MONEY "2024-05-28,201,4119203366520871001,交易收款,50.00,\n");
	shop_must(&sh, "import payments %s", path);
	has(sh.err, "1 new lines, 1 of them matched");
	drop("m2.csv", MONEY "2024-05-29,202,9,交易收款,50.00,\n");
	shop_must(&sh, "import auto %s/in", sh.dir);
	has(sh.err, "1 new lines, 0 of them matched");
	shop_must(&sh, "--format csv statement list all");
	has(sh.out, "201,");
	has(sh.out, "202,");
}

/* Orders first, whatever the files are called. */
static void
what_names_orders_comes_after_them(void **state)
{
	(void)state;
	drop("a.csv", MONEY "2024-05-28,201,77,交易收款,50.00,\n");
	drop("b.csv",
	    "订单编号,买家应付货款,买家实付金额,订单状态,订单创建时间,"
	    "订单付款时间\n77,50,50,交易成功,2024-05-01 10:00:00,\n");
	shop_must(&sh, "import auto %s/in", sh.dir);
	has(sh.err, "1 new lines, 1 of them matched");
}

/* What is odd is said, whoever puts the file there. */
static void
a_folder_tells_what_was_odd(void **state)
{
	(void)state;
	drop("p.csv", "sku_code,name,price,mood\nNEW-1,新品,9.90,calm\n");
	shop_must(&sh, "import auto %s/in", sh.dir);
	has(sh.err, "mood");
}

/* More than are kept to be shown. */
static void
all_that_was_refused_is_counted(void **state)
{
	const int n = 50025;
	char *text = malloc((size_t)n * 4 + 40), *at = text;
	const char *path;
	int i;

	(void)state;
	at = stpcpy(at, "sku_code,name,price\n");
	for (i = 0; i < n; i++, at += 4)
		memcpy(at, ",a,\n", 4);
	*at = '\0';
	path = shop_file(&sh, "bad.csv", text);
	assert_int_equal(shop_do(&sh, "import products %s --dry-run", path), 1);
	has(sh.err, "50005 rows more were refused");
	free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kinds_are_named_and_kept),
		TEST(a_look_says_what_a_file_is),
		TEST(an_encoding_is_believed),
		TEST(a_folder_is_taken_in),
		TEST(a_pair_in_a_folder_is_one_import),
		TEST(a_folder_is_taken_in_by_one_at_a_time),
		TEST(statements_arrive_with_their_file),
		TEST(what_names_orders_comes_after_them),
		TEST(a_folder_tells_what_was_odd),
		TEST(all_that_was_refused_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
