/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Item files without sub-order numbers: which row is which line. */

#define HEAD "订单编号,标题,价格,购买数量,商家编码,订单状态,创建时间\n"
#define ROW(no, title, qty, code) \
	no "," title ",10.00," qty "," code \
	   ",\"买家已付款,等待卖家发货\",2024-05-01 10:00:00\n"

static const char *
lines(struct session *s)
{
	return text_of(s,
	    "SELECT group_concat(title || ' ' || ifnull(v.sku_code, '?') || "
	    "' ' || qty, ';') FROM order_line l JOIN listing i ON i.id = "
	    "listing_id LEFT JOIN variant v ON v.id = l.variant_id ORDER BY "
	    "order_id, line_no");
}

static const struct import_summary *
items(struct session *s, const char *rows)
{
	return take(s, "orders", fixture_file("items.csv", rows), NULL);
}

static void
a_code_that_comes_later_is_the_same_line(void **state)
{
	struct session *s = fixture_session("owner");
	const char *before =
	    HEAD ROW("901", "锅", "2", "") ROW("901", "盖", "2", "");
	const char *after =
	    HEAD ROW("901", "锅", "2", "PAN") ROW("901", "盖", "2", "LID");
	const struct import_summary *sum;

	(void)state;
	assert_int_equal(items(s, before)->held, 1);
	assert_string_equal(lines(s), "锅 ? 2;盖 ? 2");
	sum = items(s, after);
	counts(sum, 0, 1, 0, 0);
	assert_int_equal(sum->lines_new, 0);
	assert_string_equal(lines(s), "锅 PAN 2;盖 LID 2");
	assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 4);
	counts(items(s, after), 0, 0, 1, 0);
	/* What is known stays known. */
	counts(items(s, before), 0, 0, 1, 0);
	assert_string_equal(lines(s), "锅 PAN 2;盖 LID 2");
	let_go();
	fixture_end(s);
}

static void
other_goods_are_another_line(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	items(s, HEAD ROW("901", "锅", "2", "PAN"));
	items(
	    s, HEAD ROW("901", "锅", "2", "PAN") ROW("901", "盖", "2", "LID"));
	assert_string_equal(lines(s), "锅 PAN 2;盖 LID 2");
	items(s, HEAD ROW("901", "碗", "3", ""));
	assert_string_equal(lines(s), "锅 PAN 2;盖 LID 2;碗 ? 3");
	let_go();
	fixture_end(s);
}

/* An order's rows need not stand together: none takes another's line. */
static void
rows_that_stand_apart_are_lines_each(void **state)
{
	const char *apart = HEAD ROW("901", "锅", "2", "") ROW("902", "锅", "1",
	    "PAN") ROW("901", "盖", "2", "") ROW("902", "盖", "1", "");
	struct session *s = fixture_session("owner");

	(void)state;
	fixture_variant(s, "PAN", 9, 100);
	assert_int_equal(items(s, apart)->lines_new, 4);
	assert_string_equal(lines(s), "锅 ? 2;盖 ? 2;锅 PAN 1;盖 ? 1");
	counts(items(s, apart), 0, 0, 2, 0);
	fixture_end(s);

	/* Nor into a shop that has other orders. */
	s = fixture_session("owner");
	items(s, HEAD ROW("800", "锅", "1", "PAN"));
	assert_int_equal(items(s, apart)->lines_new, 4);
	assert_string_equal(lines(s), "锅 PAN 1;锅 ? 2;盖 ? 2;锅 PAN 1;盖 ? 1");
	counts(items(s, apart), 0, 0, 2, 0);
	let_go();
	fixture_end(s);
}

/* Sums of what one types into a spreadsheet by mistake stay sums. */
static void
amounts_that_cannot_be_are_refused(void **state)
{
	static const char text[] =
	    "订单编号,标题,价格,购买数量,商家编码,订单状态,创建时间\n"
	    "901,锅,99999999999,100000000,PAN,交易成功,2024-05-01 10:00:00\n"
	    "902,锅,9999999999,100000000,PAN,交易成功,2024-05-01 10:00:00\n"
	    "903,锅,99.99,100000000,PAN,交易成功,2024-05-01 10:00:00\n";
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	size_t n;

	(void)state;
	counts(items(s, text), 1, 0, 0, 2);
	r = import_rejects(taken, &n);
	assert_int_equal(n, 2);
	assert_string_equal(r[0].column, "价格");
	assert_string_equal(r[1].column, "价格");
	assert_int_equal(
	    fixture_int(s, "SELECT total FROM orders"), 999900000000);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_that_comes_later_is_the_same_line),
		cmocka_unit_test(other_goods_are_another_line),
		cmocka_unit_test(rows_that_stand_apart_are_lines_each),
		cmocka_unit_test(amounts_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests_name(
	    "domain/import_same", tests, NULL, NULL);
}
