/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"

/* The less usual: files that lack something, know more, or repeat themselves.
 */

#define HEAD \
	"订单编号,买家会员名,买家应付货款,买家应付邮费," \
	"买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,物流公司,订单备注,退款金额\n"
#define ITEMS \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,订单状态,商家编码\n"
#define PLAIN "订单编号,标题,价格,购买数量,商品属性,商家编码\n"
#define PAID  "\"买家已付款，等待卖家发货\""
#define SENT  "\"卖家已发货，等待买家确认\""
#define AT    "2024-05-01 10:00:00,2024-05-01 10:05:00"

static const char *
row_of(const char *no, const char *nick, const char *rest)
{
	static char text[1000];

	snprintf(text, sizeof(text),
	    HEAD "%s,%s,50,10,60," PAID ",张三,江苏省 南京市 鼓楼区 1号,"
		 "13900000001,%s\n",
	    no, nick, rest);
	return fixture_file("o.csv", text);
}

static void
orders_without_items_keep_their_title(void **state)
{
	const char *orders = fixture_file("o.csv",
	    HEAD "1,n,50,10,60," PAID ",a,b,1," AT ",甲,,,0\n"
		 "2,n,50,10,60," PAID ",a,b,1," AT ",乙,,,0\n"
		 "x y,n,50,10,60," PAID ",a,b,1," AT ",坏,,,0\n");
	const char *items = fixture_file("i.csv", PLAIN "1,甲,50,1,,A\n");
	int round;

	(void)state;
	/* Into an empty shop, and into one that is not. */
	for (round = 0; round < 2; round++) {
		struct session *t = fixture_session("owner");

		if (round == 1)
			take(t, "orders", ORDERS_2017, ITEMS_2017);
		counts(take(t, "orders", orders, items), 2, 0, 0, 1);
		assert_string_equal(
		    text_of(t, "SELECT ifnull(goods, '-') || total FROM orders "
			       "WHERE order_no = '1'"),
		    "-6000");
		assert_string_equal(
		    text_of(t, "SELECT goods FROM orders WHERE order_no = '2'"),
		    "乙");
		/* Nobody knows what to send. */
		assert_string_equal(
		    text_of(t, "SELECT reason || order_no FROM order_hold JOIN "
			       "orders o ON o.id = order_id"),
		    "unmapped2");
		let_go();
		fixture_end(t);
	}
}

static void
a_line_gets_its_number_later(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", row_of("1", "n", AT ",甲,,,0"),
	    fixture_file("i.csv", PLAIN "1,甲,20,1,红,\n1,甲,20,2,蓝,\n"));
	counts(
	    take(s, "orders",
		fixture_file("j.csv", ITEMS "11,1,甲,20,1,红," PAID
					    ",\n12,1,甲,20,3,蓝," PAID ",\n"),
		NULL),
	    0, 1, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, 0);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(sub_order_no || ':' || qty, ' ') "
		       "FROM (SELECT * FROM order_line ORDER BY line_no)"),
	    "11:1 12:3");
	/* The code comes last of all: it maps the line, and lifts the hold. */
	assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 1);
	take(s, "orders",
	    fixture_file("k.csv", ITEMS "11,1,甲,20,1,红," PAID
					",R\n12,1,甲,20,3,蓝," PAID ",B\n"),
	    NULL);
	assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 4);
	let_go();
	fixture_end(s);
}

static void
lines_in_two_states_are_partly_shipped(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders",
	    fixture_file("i.csv",
		ITEMS "11,1,甲,20,1,," PAID ",A\n12,1,乙,20,1,," SENT ",B\n"
		      "21,2,甲,20,1,,交易关闭,A\n"
		      "22,2,乙,20,1,,交易成功,B\n"
		      "31,3,甲,20,1,," SENT ",A\n"
		      "32,3,乙,20,1,,交易成功,B\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(state, '') FROM (SELECT * FROM "
		       "orders ORDER BY order_no)"),
	    "354");
	let_go();
	fixture_end(s);
}

static void
a_row_said_twice_is_one_line(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders",
	    fixture_file("i.csv",
		ITEMS "11,1,甲,20,1,," PAID ",A\n11,1,甲,20,1,," PAID ",A\n"
		      "21,2,甲,20,1,," PAID ",A\n"
		      "11,1,甲,20,2,," PAID ",A\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(order_id || ':' || qty, ' ') FROM "
		       "order_line"),
	    "1:2 2:1");
	let_go();
	fixture_end(s);
}

static void
an_order_moves_to_its_buyer(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", row_of("1", "n*", AT ",甲,,,0"), NULL);
	take(s, "orders", row_of("2", "n*", AT ",甲,,,0"), NULL);
	assert_string_equal(
	    text_of(s, "SELECT identity || order_n FROM customer"),
	    "tel:139000000012");
	take(s, "orders", row_of("1", "真名", AT ",甲,,,0"), NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(identity || order_n, ' ') FROM "
		       "customer"),
	    "tel:139000000011 taobao:真名1");
	let_go();
	fixture_end(s);
}

static void
memos_refunds_and_couriers_change(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", row_of("1", "n", AT ",甲,没听说过快递,旧话,0"), NULL);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM courier WHERE "
					"name = '没听说过快递'"),
	    1);
	take(s, "orders", row_of("1", "n", AT ",甲,,新话,5"), NULL);
	assert_string_equal(
	    text_of(s, "SELECT detail FROM audit WHERE kind = 'order'"),
	    "refund 0.00 -> 5.00; memo \"旧话\" -> \"新话\"");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_hold WHERE reason = "
			   "'refund' AND cleared_at = 0"),
	    1);
	let_go();
	fixture_end(s);
}

static void
more_that_is_refused(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	struct str many = STR_INIT;
	size_t n;
	int i;

	(void)state;
	counts(take(s, "orders",
		   fixture_file("i.csv",
		       "主订单编号,标题,价格,购买数量,订单状态,退款状态\n"
		       "1,甲,20,0," PAID ",\n2,甲,20,1," PAID ",不好说\n"
		       "3,,20,1," PAID ",\n4,\xff\xfe甲,20,1," PAID ",\n"
		       "AB-5,甲,20,1," PAID ",\n6,甲,20,1,,\n"),
		   NULL),
	    1, 0, 0, 5);
	r = import_rejects(taken, &n);
	assert_int_equal(n, 5);
	assert_string_equal(r[0].column, "购买数量");
	assert_string_equal(r[1].column, "退款状态");
	assert_string_equal(r[2].column, "标题");
	assert_string_equal(r[3].column, "");
	assert_int_equal(r[4].line, 7);

	str_add(&many, ITEMS);
	for (i = 0; i < 1002; i++)
		str_addf(&many, "9%d,7,甲,1,1,," PAID ",A\n", i);
	counts(
	    take(s, "orders", fixture_file("m.csv", many.s), NULL), 1, 0, 0, 2);
	assert_int_equal(import_summary(taken)->lines_new, 1000);
	/* Half an order must not be packed. */
	assert_int_equal(
	    fixture_int(s, "SELECT held FROM orders WHERE order_no = '7'"), 1);
	str_done(&many);

	assert_int_equal(
	    try_import(s, NULL, "stock", ORDERS_2021, NULL), ERR_INVALID);
	assert_int_equal(try_import(s, NULL, "stock",
			     fixture_file("n.csv", "甲,乙\n1,2\n"), NULL),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "sku_code"));
	let_go();
	fixture_end(s);
}

/* No more than can be read is kept of a file that is all wrong. */
static void
refused_rows_are_counted_beyond_the_list(void **state)
{
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	size_t n;
	int i;

	(void)state;
	str_add(&text, PLAIN);
	for (i = 0; i < 50010; i++)
		str_addf(&text, "%d,甲,1,1,,A\n", i + 1);
	counts(take(s, "orders", fixture_file("bad.csv", text.s), NULL), 0, 0,
	    0, 50010);
	import_rejects(taken, &n);
	assert_int_equal(n, 50000);
	assert_non_null(strstr(import_warning(taken, 0), "10"));
	str_done(&text);
	let_go();
	fixture_end(s);
}

static int
count_calls(void *arg, const struct import_progress *p)
{
	(void)p;
	++*(int *)arg;
	return 0;
}

static void
batches_come_by_pages(void **state)
{
	struct session *s = fixture_session("owner");
	struct import_options opt = { .progress = count_calls };
	const struct import_batch *b;
	struct page page, next;
	int calls = 0;

	(void)state;
	opt.arg = &calls;
	opt.shop = "门店";
	assert_int_equal(try_import(s, &opt, "orders", ITEMS_2021, NULL), 0);
	assert_true(calls >= 4);
	assert_string_equal(text_of(s, "SELECT name FROM shop"), "门店");
	take(s, "orders", ITEMS_2021, NULL);
	assert_int_equal(import_batch_page(s, PAGE_FIRST, NULL, 1, &page), 0);
	b = page_row(&page, 0);
	assert_int_equal(b->id, 2);
	assert_int_equal(import_batch_page(s, PAGE_AFTER, b, 1, &next), 0);
	assert_int_equal(
	    ((const struct import_batch *)page_row(&next, 0))->id, 1);
	page_free(&page);
	page_free(&next);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_without_items_keep_their_title),
		cmocka_unit_test(a_line_gets_its_number_later),
		cmocka_unit_test(lines_in_two_states_are_partly_shipped),
		cmocka_unit_test(a_row_said_twice_is_one_line),
		cmocka_unit_test(an_order_moves_to_its_buyer),
		cmocka_unit_test(memos_refunds_and_couriers_change),
		cmocka_unit_test(more_that_is_refused),
		cmocka_unit_test(refused_rows_are_counted_beyond_the_list),
		cmocka_unit_test(batches_come_by_pages),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
