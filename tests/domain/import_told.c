/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

/* What platforms tell of an order beside its goods and its money: till when it
 * has to go, its flag, another SKU, a refund. */

#define PDD_HEAD \
	"订单号,订单状态,订单成交时间,商品,商品总价(元),商品数量(件)," \
	"用户实付金额(元),商家编码-规格维度,商家备注,承诺发货时间\n"
#define PDD_ROW(due, memo) \
	"240601-100000000000001,待发货,2024-06-01 09:00:00,纸巾,29.90,1," \
	"29.90,ZJ-30," memo "," due "\n"

static const char sql_promised[] = "SELECT promised_at FROM orders";

static int64_t
moment(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return t;
}

static void
pdd(struct session *s, const char *row)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s%s", PDD_HEAD, row);
	take(s, "orders", fixture_file("pdd.csv", text.s), NULL);
	str_done(&text);
}

static const struct order_card *
the_order(struct session *s, struct order_card *card)
{
	assert_int_equal(
	    order_card(s, fixture_int(s, "SELECT max(id) FROM orders"), card),
	    0);
	return card;
}

static void
told(struct session *s, const char *what, const char *before, const char *after)
{
	const struct import_change_filter f = { .what = what };
	const struct import_change *c;
	struct page page;

	assert_int_equal(
	    import_change_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	c = page.rows;
	assert_string_equal(c->before, before);
	assert_string_equal(c->after, after);
	page_free(&page);
}

static void
the_platforms_time_is_the_promise(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	int64_t batch;

	(void)state;
	pdd(s, PDD_ROW("2024-06-03 09:00:00\t", ""));
	assert_int_equal(
	    fixture_int(s, sql_promised), moment("2024-06-03 09:00:00"));
	the_order(s, &card);
	assert_int_equal(card.order.ship_by, moment("2024-06-03 09:00:00"));
	order_card_free(&card);

	pdd(s, PDD_ROW("2024-06-04 12:00:00", ""));
	told(s, "ship_by", "2024-06-03 09:00:00", "2024-06-04 12:00:00");
	batch = import_summary(taken)->batch;
	assert_int_equal(import_undo(s, batch, NULL), 0);
	fixture_verify(s);
	assert_int_equal(
	    fixture_int(s, sql_promised), moment("2024-06-03 09:00:00"));
	/* A day is over when it ends; what is no time is none. */
	pdd(s, PDD_ROW("2024/6/5", ""));
	assert_int_equal(
	    fixture_int(s, sql_promised), moment("2024-06-05 23:59:59"));
	pdd(s, PDD_ROW("48小时内", "x"));
	counts(import_summary(taken), 0, 1, 0, 0);
	assert_int_equal(
	    fixture_int(s, sql_promised), moment("2024-06-05 23:59:59"));
	let_go();
	fixture_end(s);
}

static void
a_day_agreed_with_the_buyer_stands(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_terms terms = { .promised = time_day(time_now()) + 9 };
	struct order_card card;
	int64_t at;

	(void)state;
	pdd(s, PDD_ROW("2024-06-03 09:00:00", ""));
	the_order(s, &card);
	assert_int_equal(
	    order_terms(s, card.order.id, card.order.version, &terms), 0);
	order_card_free(&card);
	at = fixture_int(s, sql_promised);
	pdd(s, PDD_ROW("2024-06-04 09:00:00", ""));
	assert_int_equal(fixture_int(s, sql_promised), at);
	pdd(s, PDD_ROW("2024-06-04 09:00:00", "多送一个"));
	counts(import_summary(taken), 0, 1, 0, 0);
	assert_int_equal(fixture_int(s, sql_promised), at);
	let_go();
	fixture_end(s);
}

#define DY_HEAD \
	"主订单编号,子订单编号,选购商品,商品数量,商家编码,商品单价," \
	"订单应付金额,订单提交时间,旗帜颜色,商家备注,订单状态," \
	"承诺发货时间\n"
#define DY_ROW(flag) \
	"\"\t6917926768823643751\",\"\t6917926768823643751\",杯子,1,BZ,9," \
	"9,2024-06-01 09:00:00," flag ",-,待发货,2024-06-03 09:00:00\n"

static void
flags_have_colours(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_remark edit = { .flag = 3 };
	struct order_card card;

	(void)state;
	take(s, "orders", fixture_file("d.csv", DY_HEAD DY_ROW("红")), NULL);
	assert_int_equal(fixture_int(s, "SELECT flag FROM orders"), 1);
	assert_int_equal(
	    fixture_int(s, sql_promised), moment("2024-06-03 09:00:00"));
	take(s, "orders", fixture_file("d.csv", DY_HEAD DY_ROW("蓝色")), NULL);
	assert_int_equal(fixture_int(s, "SELECT flag FROM orders"), 4);
	told(s, "flag", "red", "blue");
	/* None takes none away, and what somebody set here stands. */
	take(s, "orders", fixture_file("d.csv", DY_HEAD DY_ROW("-")), NULL);
	assert_int_equal(fixture_int(s, "SELECT flag FROM orders"), 4);
	the_order(s, &card);
	assert_int_equal(
	    order_remark(s, card.order.id, card.order.version, &edit), 0);
	order_card_free(&card);
	take(s, "orders", fixture_file("d.csv", DY_HEAD DY_ROW("5")), NULL);
	assert_int_equal(fixture_int(s, "SELECT flag FROM orders"), 3);
	let_go();
	fixture_end(s);
}

#define TB_HEAD \
	"订单编号,买家会员名,总金额,买家应付货款,买家应付邮费," \
	"买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,修改后的sku\n"
#define TB_ROW(no, sku) \
	no ",tb" no ",20,20,0,20,\"买家已付款，等待卖家发货\",收件人," \
	   "广东省 广州市 越秀区 1号,13900000001,2024-05-01 10:00:00," \
	   "2024-05-01 10:01:00,毛巾," sku "\n"
#define TB_ITEMS "订单编号,标题,价格,购买数量,商品属性,订单状态,商家编码\n"
#define TB_ITEM(no, attrs, code) \
	no ",毛巾,20,1," attrs ",\"买家已付款，等待卖家发货\"," code "\n"

static const char sql_code[] =
    "SELECT v.sku_code FROM order_line l JOIN orders o ON o.id = l.order_id"
    " JOIN variant v ON v.id = l.variant_id WHERE o.order_no = '601'";
static const char sql_note[] =
    "SELECT h.note FROM order_hold h JOIN orders o ON o.id = h.order_id"
    " WHERE h.cleared_at = 0 AND h.reason = 'remark' AND o.order_no = '601'";

/* Order 601 is of the red one; 602 knows the white one. */
static void
towels(struct session *s, const char *sku)
{
	struct str text = STR_INIT;

	str_addf(&text, TB_HEAD TB_ROW("601", "%s") TB_ROW("602", ""), sku);
	take(s, "orders", fixture_file("o.csv", text.s),
	    fixture_file("i.csv",
		TB_ITEMS TB_ITEM("601", "颜色分类：红色", "MJ-R")
		    TB_ITEM("602", "颜色分类：白色", "MJ-W")));
	str_done(&text);
}

static void
another_sku_is_followed(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	const struct order_hold *h;

	(void)state;
	towels(s, "");
	assert_string_equal(text_of(s, sql_code), "MJ-R");
	towels(s, "颜色分类:白色");
	assert_string_equal(text_of(s, sql_code), "MJ-W");
	assert_string_equal(text_of(s, sql_note), "@sku 颜色分类:白色");
	told(s, "lines", "MJ-R", "MJ-W");
	assert_int_equal(order_card(s,
			     fixture_int(s, "SELECT id FROM orders WHERE"
					    " order_no = '601' /*scan*/"),
			     &card),
	    0);
	h = card.holds.rows;
	assert_string_equal(h->note,
	    "The buyer changed the SKU on the platform: 颜色分类:白色");
	/* Once seen to, the same file says nothing new. */
	assert_int_equal(order_release(s, card.order.id, "remark", ""), 0);
	order_card_free(&card);
	towels(s, "颜色分类:白色");
	counts(import_summary(taken), 0, 0, 2, 0);
	assert_string_equal(text_of(s, sql_code), "MJ-W");
	assert_string_equal(text_of(s, sql_note), "");
	let_go();
	fixture_end(s);
}

static void
another_sku_is_taken_back_with_its_import(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	towels(s, "");
	towels(s, "MJ-W");
	assert_string_equal(text_of(s, sql_code), "MJ-W");
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	fixture_verify(s);
	assert_string_equal(text_of(s, sql_code), "MJ-R");
	assert_string_equal(text_of(s, sql_note), "");
	let_go();
	fixture_end(s);
}

static void
a_sku_that_nobody_knows_is_told(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	towels(s, "颜色分类:绿色"); /* said of a new order, too */
	assert_string_equal(text_of(s, sql_code), "MJ-R");
	assert_string_equal(text_of(s, sql_note), "@sku-unknown 颜色分类:绿色");
	let_go();
	fixture_end(s);
}

static void
what_the_program_says_is_in_the_readers_language(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	const struct order_hold *h;

	(void)state;
	towels(s, "颜色分类:绿色");
	i18n_init("zh_CN");
	assert_int_equal(order_card(s,
			     fixture_int(s, "SELECT id FROM orders WHERE"
					    " order_no = '601' /*scan*/"),
			     &card),
	    0);
	i18n_init("en");
	h = card.holds.rows;
	assert_non_null(strstr(h->note, "买家在平台上改了规格"));
	order_card_free(&card);
	/* What was written before there were codes, or typed, stands. */
	assert_int_equal(
	    order_hold(s, 2, "address", "The address was changed"), 0);
	assert_int_equal(order_hold(s, 2, "stock", "@小王 看一下"), 0);
	assert_int_equal(order_card(s, 2, &card), 0);
	h = card.holds.rows;
	assert_string_equal(h[0].note, "The address was changed");
	assert_string_equal(h[1].note, "@小王 看一下");
	order_card_free(&card);
	let_go();
	fixture_end(s);
}

#define YZ_HEAD \
	"订单号,订单状态,订单创建时间,买家付款时间,商品金额合计,运费," \
	"应收订单金额,订单实付金额,全部商品名称,收货人/提货人," \
	"订单退款状态,订单已退款金额\n"
#define YZ_ROW(refund, amount) \
	"E20260525220543065306159,待发货,2026-05-25 22:05:43," \
	"2026-05-25 22:06:00,20,0,20,20,杯子(1件),李四," refund "," amount \
	"\n"

static int64_t
asked(struct session *s)
{
	return fixture_int(s, "SELECT count(*) FROM order_hold WHERE"
			      " reason = 'refund' AND cleared_at = 0 /*scan*/");
}

static void
youzan_says_a_refund_of_the_order(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", fixture_file("y.csv", YZ_HEAD YZ_ROW("", "0.00")),
	    NULL);
	assert_int_equal(asked(s), 0);
	take(s, "orders",
	    fixture_file("y.csv", YZ_HEAD YZ_ROW("退款中", "0.00")), NULL);
	assert_int_equal(asked(s), 1);
	take(s, "orders",
	    fixture_file("y.csv", YZ_HEAD YZ_ROW("退款关闭", "0.00")), NULL);
	assert_int_equal(asked(s), 0);
	/* A word that nobody knows refuses no order. */
	take(s, "orders", fixture_file("y.csv", YZ_HEAD YZ_ROW("？", "0.00")),
	    NULL);
	assert_int_equal(import_summary(taken)->rejected_n, 0);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_platforms_time_is_the_promise),
		cmocka_unit_test(a_day_agreed_with_the_buyer_stands),
		cmocka_unit_test(flags_have_colours),
		cmocka_unit_test(another_sku_is_followed),
		cmocka_unit_test(another_sku_is_taken_back_with_its_import),
		cmocka_unit_test(a_sku_that_nobody_knows_is_told),
		cmocka_unit_test(
		    what_the_program_says_is_in_the_readers_language),
		cmocka_unit_test(youzan_says_a_refund_of_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
