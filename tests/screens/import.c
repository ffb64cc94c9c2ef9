/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
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
	till_sees(k, "The first rows, as understood");
	till_sees(k, "(1 of 2)");
	till_keys(k, "Enter");
	till_sees(k, "Proved; nothing is changed yet.");
	till_sees(k, "9  new");
	till_sees(k, "0  refused");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 0);
	till_keys(k, "Enter");
	till_sees(k, "Imported.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 9);
	/* The same again changes nothing. */
	till_keys(k, "Enter Space Space Enter Enter Enter");
	till_sees(k, "9  as they were");
	till_sees(k, "0  new");
	till_keys(k, "Enter l");
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
	till_keys(k, "F9 Enter Enter");
	till_sees(k, "1  refused");
	till_sees(k, "Line 3, 订单编号");
	till_keys(k, "x");
	till_sees(k, "The refused rows, each with its reason, are in");
	assert_true(till_has_file(k, "refused-20261122-1405"));
	till_keys(k, "q Esc"); /* back is back, by either key */
	till_sees(k, "Which files?");
	till_close(k);
}

static void
a_file_that_is_none_is_said_so(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "shopping.csv", "milk,bread\n1,2\n");
	till_keys(k, "F9");
	till_sees(k, "unknown");
	till_keys(k, "Enter");
	till_sees(k, "shopping.csv");
	till_sees(k, "The first rows, as they are in the file");
	till_sees(k, "milk");
	till_keys(k, "Enter");
	till_sees(k, "has no header that is known here");
	till_misses(k, "Proved");
	till_keys(k, "Esc");
	till_sees(k, "Which files?");
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
	till_keys(k, "F9 Enter Enter Esc");
	till_sees(k, "Stopped. Nothing was changed.");
	till_sees(k, "The first rows");
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
	till_keys(k, "F9 Home Enter Enter");
	till_sees(k, "2  new");
	till_keys(k, "Esc Esc Down Enter Enter");
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
	till_keys(k, "End Space Enter Enter"); /* the other of the pair too */
	till_sees(k, "9  new");
	till_sees(k, "items.csv");
	till_keys(k, "Esc Esc Home Space");
	till_misses(k, path);
	str_done(&keys);
	till_close(k);
}

/* Where nothing can come of it, it does not look as if something had. */
static void
nothing_imported_is_said_so(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);
	struct str s = STR_INIT;

	(void)state;
	str_addf(&s,
	    "%s4.11920E+18,b,1,0,1,1,买家已付款，等待卖家发货,乙,x,1,"
	    "2026-11-22 09:00:00,,锅,1\n",
	    head);
	till_file(k, "a.csv", s.s);
	till_file(k, "b.csv", head);
	str_done(&s);
	till_keys(k, "F9 Home Enter Enter");
	till_sees(k, "Not one row can be imported. Why stands below.");
	till_misses(k, "Proved");
	till_keys(k, "Enter");
	till_sees(k, "Nothing was imported. Why stands below.");
	till_misses(k, "Imported.");
	till_keys(k, "Esc End Enter Enter");
	till_sees(k, "There is nothing in it that could be imported.");
	till_close(k);
}

/* A name alone is one of the exchange folder; it is chosen for this look. */
static void
a_typed_name_is_a_file_of_the_folder(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	many_orders(k, "b.csv", 4119203366520881001, 5);
	till_keys(k, "F9 o 'b.csv' Enter");
	till_sees(k, "The first rows");
	till_keys(k, "Esc o 'a.csv' Enter Enter");
	till_misses(k, "b.csv");
	till_sees(k, "2  new");
	till_close(k);
}

/* What is imported is what was seen: a file written anew meanwhile is seen
 * once more first. */
static void
a_file_that_changes_is_tried_again(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	till_keys(k, "F9 Enter Enter");
	till_sees(k, "2  new");
	many_orders(k, "a.csv", 4119203366520871001, 5);
	till_keys(k, "Enter");
	till_sees(k, "a.csv has changed since it was looked at.");
	till_sees(k, "Proved; nothing is changed yet.");
	till_sees(k, "5  new");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 0);
	till_keys(k, "Enter");
	till_sees(k, "Imported.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 5);
	till_close(k);
}

/* Each file is written in its own way, and stays so. */
static void
each_file_has_its_encoding(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "a.csv", till_order_file);
	till_file(k, "b.csv", till_item_file);
	till_keys(k, "F9 Space Space Enter e 'UTF-8' Enter Tab e Enter");
	till_sees(k, "b.csv (2 of 2)");
	till_keys(k, "Tab");
	till_sees(k, "a.csv (1 of 2)");
	till_keys(k, "e 'UTF-16 LE' Enter");
	till_sees(k, "has one column only");
	till_keys(k, "Tab");
	till_sees(k, "The first rows, as understood");
	till_keys(k, "Esc Enter");
	till_sees(k, "has one column only"); /* as it was said to be */
	till_keys(k, "e 'UTF-8' Enter Enter");
	till_sees(k, "9  new");
	till_close(k);
}

/* Of a pair, the orders say whose the items are. */
static void
items_go_where_their_orders_go(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "a.csv", till_order_file);
	till_file(k, "b.csv", till_item_file);
	till_keys(k, "F9 Space Space Enter");
	till_sees(k, "as the file says");
	till_keys(k, "Tab");
	till_sees(k, "as the file beside it says");
	till_keys(k, "Esc Home Space End Enter");
	till_sees(k, "the default");
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
	till_keys(k, "F9 Enter Enter");
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
	till_sees(k, " Enter Look  Space Mark  o Path");
	till_misses(k, "Write");
	till_keys(k, "Enter");
	till_sees(k, " Enter Check");
	till_misses(k, "Space Mark");
	till_misses(k, "t Teach");
	till_keys(k, "Space t r w"); /* nothing of that is of use here */
	till_sees(k, " Enter Check");
	till_keys(k, "Enter");
	till_sees(k, " Enter Import");
	till_misses(k, "Write");
	till_keys(k, "Enter");
	till_sees(k, " Enter Files");
	till_keys(k, "Enter Esc");
	till_sees(k, "TO DO");
	till_close(k);
}

static const char damaged[] =
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,"
    "买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,"
    "订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
    "4119203366520878001,a,10.00,0.00,10.00,10.00,"
    "买家已付款，等待卖家发货,甲,浙江省 杭州市 西湖区 1 号,"
    "13812345678,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n"
    "4.11920E+18,b,10.00,0.00,10.00,10.00,"
    "买家已付款，等待卖家发货,乙,浙江省 杭州市 西湖区 2 号,"
    "13812345679,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n"
    "4119203366520878003,c,ten,0.00,10.00,10.00,"
    "买家已付款，等待卖家发货,丙,\"浙江省 杭州市 \"\"西湖\"\"区,3 号\","
    "13812345670,2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n";

/* A refused row is opened with its reason, put right and tried again; what is
 * still wrong stays, and nothing else is touched. */
static void
refused_rows_are_mended_and_tried_again(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "damaged.csv", damaged);
	till_keys(k, "F9 Enter Enter Enter");
	till_sees(k, "2  refused");
	till_keys(k, "Enter");
	till_sees(k, "2 refused rows");
	till_sees(k, "damaged.csv");
	till_keys(k, "r");
	till_sees(k, "No row is mended yet");
	till_keys(k, "Enter");
	till_sees(k, "damaged.csv, line 3");
	till_sees(k, "Refused why");
	/* The cursor is in the field at fault. */
	till_keys(k, "Ctrl-U '4119203366520878002' Ctrl-S");
	till_sees(k, "1 is mended: r tries it again");
	till_keys(k, "Enter Ctrl-U 'eleven' Ctrl-S");
	till_sees(k, "2 are mended");
	till_keys(k, "r");
	till_sees(k, "Tried again: 1 new, 0 changed, 0 as they were, 1 still "
		     "refused.");
	till_sees(k, "1 refused row");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 2);
	till_keys(k, "Enter Ctrl-U '10.00' Ctrl-S r");
	till_sees(k, "Tried again: 1 new");
	till_sees(k, "No row is refused any more.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 3);
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM receiver WHERE address"
			      " LIKE '%\"西湖\"区,3 号%'"),
	    1);
	/* The file it went through is gone. */
	assert_false(till_has_file(k, "damaged-mended"));
	fixture_verify(k->s);
	till_close(k);
}

/* How often @what is in the file of refused rows. */
static int
refused_file_has(struct till *k, const char *what)
{
	char path[400], buf[8000], *at = buf;
	FILE *f;
	int n = 0;

	snprintf(
	    path, sizeof(path), "%s/refused-20261122-1405.csv", k->exchange);
	f = fopen(path, "r");
	assert_non_null(f);
	buf[fread(buf, 1, sizeof(buf) - 1, f)] = '\0';
	fclose(f);
	for (; (at = strstr(at, what)) != NULL; at++)
		n++;
	return n;
}

/* What was taken meanwhile is refused no more. */
static void
only_what_is_still_refused_is_written(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "damaged.csv", damaged);
	till_keys(k, "F9 Enter Enter Enter Enter");
	till_keys(k, "Enter Ctrl-U '4119203366520878002' Ctrl-S r w");
	till_sees(k, "The refused rows, each with its reason, are in");
	assert_int_equal(refused_file_has(k, "4.11920E+18"), 0);
	assert_int_equal(refused_file_has(k, "4119203366520878002"), 0);
	assert_int_equal(refused_file_has(k, "is not an amount of money"), 1);
	till_keys(k, "Enter Ctrl-U '10.00' Ctrl-S r w");
	till_sees(k, "No row was refused.");
	till_close(k);
}

/* What was mended is not lost by a slip of the finger. */
static void
mended_rows_are_not_lost_unasked(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "damaged.csv", damaged);
	till_keys(k, "F9 Enter Enter Enter Enter Enter");
	till_keys(k, "Ctrl-U '4119203366520878002' Ctrl-S Esc Esc");
	till_sees(k, "Give up the rows that are mended?");
	till_keys(k, "Esc");
	till_sees(k, "Imported.");
	till_keys(k, "Enter r");
	till_sees(k, "Tried again: 1 new");
	till_close(k);
}

/* Does the line that begins with @name go on with @text? */
static bool
line_has(struct till *k, const char *name, const char *text)
{
	const char *line = strstr(drive_text(k->d), name), *at;

	assert_non_null(line);
	at = strstr(line, text);
	return at != NULL && at < strchr(line, '\n');
}

static void
a_file_imported_before_says_when(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 120);

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	till_keys(k, "F9");
	assert_false(line_has(k, "a.csv", " 14:05"));
	till_keys(k, "Enter Enter Enter Enter tick");
	/* The same bytes under another name, too. */
	many_orders(k, "b.csv", 4119203366520871001, 2);
	many_orders(k, "c.csv", 4119203366520871001, 3);
	till_keys(k, "Esc F9 tick");
	assert_true(line_has(k, "a.csv", " 14:05"));
	assert_true(line_has(k, "b.csv", " 14:05"));
	assert_false(line_has(k, "c.csv", " 14:05"));
	till_close(k);
}

static void
files_that_go_are_told_and_forgotten(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);
	char path[512];

	(void)state;
	many_orders(k, "a.csv", 4119203366520871001, 2);
	many_orders(k, "b.csv", 4119203366520881001, 2);
	till_keys(k, "F9 Home");
	snprintf(path, sizeof(path), "%s/a.csv", k->exchange);
	assert_int_equal(remove(path), 0);
	till_keys(k, "Enter");
	till_sees(k, "There is no file");
	till_sees(k, "Which files?");
	till_sees(k, "b.csv");
	/* And between looking and importing. */
	till_keys(k, "Home Enter");
	till_sees(k, "The first rows");
	snprintf(path, sizeof(path), "%s/b.csv", k->exchange);
	assert_int_equal(remove(path), 0);
	till_keys(k, "Enter");
	till_sees(k, "There is no file");
	till_keys(k, "Esc");
	till_sees(k, "The exchange folder is empty.");
	till_keys(k, "resize:10x40 tick resize:24x80 Enter Space m t v e");
	till_sees(k, "The exchange folder is empty.");
	till_close(k);
}

static void
the_preview_shows_both_sides(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 120);

	(void)state;
	till_file(k, "orders.csv", till_order_file);
	till_keys(k, "F9 Enter");
	till_sees(k, "The first rows, as understood");
	till_misses(k, "订单编号");
	till_keys(k, "v");
	till_sees(k, "订单编号");
	till_sees(k, "4119203366520877702");
	till_keys(k, "Right Right");
	till_misses(k, "订单编号");
	till_keys(k, "Home");
	till_sees(k, "订单编号");
	till_keys(k, "v s");
	till_sees(k, "Shop, where a file does not say");
	till_keys(k, "Esc e");
	till_sees(k, "How the text is written");
	till_keys(k, "'utf-8' Enter");
	till_sees(k, "The first rows, as understood");
	till_close(k);
}

/* Orders, their items and refunds marked in any order: what belongs together
 * goes together, the rest has its turn. */
static void
files_of_several_kinds_go_one_after_the_other(void **state)
{
	static const char refunds[] =
	    "订单编号,退款编号,退款状态,买家退款金额\n"
	    "4119203366520877702,7001,退款成功,5.00\n";
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "a.csv", refunds);
	till_file(k, "b.csv", till_item_file);
	till_file(k, "c.csv", till_order_file);
	till_keys(k, "F9 Home Space Space Space Enter Enter");
	till_sees(k, "9  new");
	till_sees(k, "1 file of another kind comes afterwards");
	till_keys(k, "Enter");
	till_sees(k, "Imported.");
	till_sees(k, "Enter Next file");
	till_keys(k, "Enter");
	till_sees(k, "Taobao/Tmall refunds");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 9);
	till_keys(k, "Enter Enter");
	till_sees(k, "Imported.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM staged"), 1);
	till_keys(k, "Esc");
	till_sees(k, "Which files?");
	till_misses(k, "✓");
	fixture_verify(k->s);
	till_close(k);
}

/* What one sees at each step. */
static void
steps_look_like_this(void **state)
{
	static const struct {
		const char *name, *file, *keys;
	} steps[] = {
		{ "look", "orders.csv", "F9 Enter" },
		{ "raw", "orders.csv", "F9 Enter v" },
		{ "unknown", "strange.csv", "F9 Enter" },
		{ "map", "strange.csv", "F9 Enter m" },
		{ "proved", "damaged.csv", "F9 Enter Enter" },
		{ "done", "damaged.csv", "F9 Enter Enter Enter" },
		{ "refused", "damaged.csv", "F9 Enter Enter Enter Enter" },
		{ "mend", "damaged.csv", "F9 Enter Enter Enter Enter Enter" },
	};
	static const char *const langs[] = { "en", "zh_CN" };
	static const struct {
		int h, w;
	} sizes[] = { { 24, 80 }, { 40, 120 } };
	struct till *k;
	char name[100];
	size_t i, l, z;

	(void)state;
	for (i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		for (l = 0; l < 2; l++)
			for (z = 0; z < 2; z++) {
				k = till_empty(
				    "owner", langs[l], sizes[z].h, sizes[z].w);
				till_file(k, steps[i].file,
				    i < 2 ? till_order_file
				    : i < 4 ? "单据编号,收货人,手机号码,数量\n"
					      "9900000000000001,梅兰,"
					      "13800001111,2\n"
					    : damaged);
				till_keys(k, steps[i].keys);
				snprintf(name, sizeof(name),
				    "screen-import-%s-%.2s-%dx%d",
				    steps[i].name, langs[l], sizes[z].w,
				    sizes[z].h);
				golden_check(name, drive_text(k->d));
				till_close(k);
			}
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
		cmocka_unit_test(nothing_imported_is_said_so),
		cmocka_unit_test(a_typed_name_is_a_file_of_the_folder),
		cmocka_unit_test(a_file_that_changes_is_tried_again),
		cmocka_unit_test(each_file_has_its_encoding),
		cmocka_unit_test(items_go_where_their_orders_go),
		cmocka_unit_test(reasons_are_whole),
		cmocka_unit_test(each_step_offers_its_own_keys),
		cmocka_unit_test(refused_rows_are_mended_and_tried_again),
		cmocka_unit_test(only_what_is_still_refused_is_written),
		cmocka_unit_test(mended_rows_are_not_lost_unasked),
		cmocka_unit_test(a_file_imported_before_says_when),
		cmocka_unit_test(files_that_go_are_told_and_forgotten),
		cmocka_unit_test(the_preview_shows_both_sides),
		cmocka_unit_test(files_of_several_kinds_go_one_after_the_other),
		cmocka_unit_test(steps_look_like_this),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
