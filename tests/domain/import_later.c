/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

/* Files that come later: what they change, what they do not, what follows. */

#define UNPAID  "等待买家付款"
#define PAID    "\"买家已付款，等待卖家发货\""
#define PART    "卖家部分发货"
#define SHIPPED "\"卖家已发货，等待买家确认\""
#define DONE    "交易成功"
#define CLOSED  "交易关闭"

/* An order file with one row. */
static const char *
order(const char *state, const char *more)
{
	static char text[2000];

	/* more: waybill, courier, memo, refund, receiver, address, phone */
	snprintf(text, sizeof(text),
	    "订单编号,买家会员名,总金额,买家应付货款,买家应付邮费,"
	    "买家实际支付金额,订单创建时间,订单付款时间,宝贝标题,店铺名称,"
	    "订单状态,物流单号,物流公司,订单备注,退款金额,收货人姓名,"
	    "收货地址,联系手机\n"
	    "901,nick,60,50,10,%s,2024-05-01 10:00:00,%s,衬衫,店,%s,%s\n",
	    strcmp(state, UNPAID) == 0 ? "0" : "60",
	    strcmp(state, UNPAID) == 0 ? "" : "2024-05-01 10:05:00", state,
	    more);
	return fixture_file("order.csv", text);
}

#define TO_BOB ",,,0,鲍勃,江苏省 南京市 鼓楼区 一路1号,13900000009"

static const char *
items(const char *state, const char *refund)
{
	static char text[2000];

	snprintf(text, sizeof(text),
	    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,"
	    "商品属性,订单状态,商家编码,买家应付货款,买家实际支付金额,"
	    "退款状态,退款金额,订单创建时间\n"
	    "911,901,衬衫,20.00,2,,白,%s,SHIRT,40,40,%s,2024-05-01 "
	    "10:00:00\n"
	    "912,901,袜子,10.00,1,,,%s,SOCKS,10,10,没有申请退款,无退款申请,"
	    "2024-05-01 10:00:00\n",
	    state, refund, state);
	return fixture_file("items.csv", text);
}

#define NO_REFUND "没有申请退款,无退款申请"

static int64_t
state_of(struct session *s)
{
	return fixture_int(s, "SELECT state FROM orders");
}

static const char *
holds(struct session *s)
{
	return text_of(s, "SELECT ifnull(group_concat(reason, ' '), '') FROM "
			  "(SELECT reason FROM order_hold WHERE cleared_at = 0 "
			  "ORDER BY reason)");
}

static int64_t
promised(struct session *s)
{
	return fixture_int(s, "SELECT ifnull(sum(qty), 0) FROM reservation");
}

static void
states_only_move_forward(void **state)
{
	static const char *const states[] = { UNPAID, PAID, PART, SHIPPED, DONE,
		CLOSED };
	int from, to;

	(void)state;
	for (from = 0; from < 6; from++) {
		for (to = 0; to < 6; to++) {
			struct session *s = fixture_session("owner");
			const struct import_summary *sum;

			take(s, "orders", order(states[from], TO_BOB), NULL);
			sum =
			    take(s, "orders", order(states[to], TO_BOB), NULL);
			assert_int_equal(
			    state_of(s), (from > to ? from : to) + 1);
			/* Who paid when is news; what is past is not. */
			counts(sum, 0, to > from, to <= from, 0);
			let_go();
			fixture_end(s);
		}
	}
}

static void
what_changed_is_on_record(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", order(PAID, TO_BOB), items(PAID, NO_REFUND));
	counts(take(s, "orders",
		   order(SHIPPED, "YT7600000000011,圆通速递,小心轻放,5,鲍勃,"
				  "江苏省 南京市 鼓楼区 一路1号,13900000009"),
		   NULL),
	    0, 1, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT detail FROM audit WHERE kind = 'order'"),
	    "state paid -> shipped; refund 0.00 -> 5.00; memo \"小心轻放\"; "
	    "waybill \"YT7600000000011\"; courier 圆通速递");
	/* An empty field empties nothing. */
	counts(take(s, "orders",
		   order(SHIPPED, ",,,5,鲍勃,江苏省 南京市 鼓楼区 "
				  "一路1号,13900000009"),
		   NULL),
	    0, 0, 1, 0);
	assert_string_equal(text_of(s, "SELECT memo FROM orders"), "小心轻放");
	let_go();
	fixture_end(s);
}

static void
payment_promises_stock(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	fixture_variant(s, "SHIRT", 10, 1000);
	take(s, "orders", order(UNPAID, TO_BOB), items(UNPAID, NO_REFUND));
	assert_int_equal(promised(s), 0);
	take(s, "orders", order(PAID, TO_BOB), NULL);
	assert_int_equal(promised(s), 3);
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock JOIN variant v ON v.id "
			   "= variant_id WHERE sku_code = 'SHIRT'"),
	    2);
	assert_string_equal(holds(s), "");
	take(s, "orders", order(CLOSED, TO_BOB), NULL);
	assert_int_equal(promised(s), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"), 0);
	let_go();
	fixture_end(s);
}

static void
shipped_elsewhere_takes_the_stock(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t shirt = fixture_variant(s, "SHIRT", 10, 1000);
	int64_t socks = fixture_variant(s, "SOCKS", 4, 100);

	(void)state;
	take(s, "orders", order(PAID, TO_BOB), items(PAID, NO_REFUND));
	take(s, "orders", order(SHIPPED, "YT76,圆通,,0,鲍勃,x,1"), NULL);
	assert_int_equal(promised(s), 0);
	assert_int_equal(fixture_on_hand(s, shirt), 8);
	assert_int_equal(fixture_on_hand(s, socks), 3);
	assert_string_equal(
	    text_of(s, "SELECT kind || ' ' || reason FROM stock_slip ORDER BY "
		       "id DESC LIMIT 1"),
	    "ship Order 901, shipped by way of the platform");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(cost, ' ') FROM order_line"),
	    "2000 100");
	assert_null(import_warning(taken, 0));
	let_go();
	fixture_end(s);
}

static void
shipped_elsewhere_without_stock_is_told(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t shirt = fixture_variant(s, "SHIRT", 10, 1000);

	(void)state;
	take(s, "orders", order(PAID, TO_BOB), items(PAID, NO_REFUND));
	take(s, "orders", order(DONE, TO_BOB), NULL);
	assert_int_equal(promised(s), 0);
	assert_int_equal(fixture_on_hand(s, shirt), 10);
	assert_non_null(import_warning(taken, 0));
	assert_non_null(strstr(import_warning(taken, 0), "901"));
	let_go();
	fixture_end(s);
}

/* What left our own bench is not moved by a file that does not know yet. */
static void
our_own_shipment_stands(void **state)
{
	struct session *s = fixture_session("owner");
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT7600000000123" };
	const char *order_file, *item_file;
	struct packing *p;
	char warning[200];
	char *before;

	(void)state;
	fixture_variant(s, "SHIRT", 10, 1000);
	fixture_variant(s, "SOCKS", 10, 100);
	order_file = order(PAID, TO_BOB);
	item_file = items(PAID, NO_REFUND);
	take(s, "orders", order_file, item_file);
	assert_int_equal(pack_open(s, "901", &p), 0);
	assert_int_equal(pack_scan(s, p, "SHIRT", NULL), PACK_OK);
	assert_int_equal(pack_scan(s, p, "SHIRT", NULL), PACK_OK);
	assert_int_equal(pack_scan(s, p, "SOCKS", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &close, warning), 0);
	pack_free(p);
	before = knowledge(s);
	counts(take(s, "orders", order_file, item_file), 0, 0, 1, 0);
	same_text(before, knowledge(s));
	/* The platform catches up; its waybill is not ours, ours stays. */
	take(s, "orders",
	    order(DONE, "OTHER1,申通快递,,0,鲍勃,江苏省 南京市 鼓楼区 "
			"一路1号,13900000009"),
	    NULL);
	assert_int_equal(state_of(s), ORDER_DONE);
	assert_string_equal(
	    text_of(s, "SELECT waybill_no FROM orders"), "YT7600000000123");
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 17);
	let_go();
	fixture_end(s);
}

static void
refunds_hold_until_taken_back(void **state)
{
	static const char *const asked[] = {
		"买家已经申请退款，等待卖家同意,40",
		"退款中,40",
		"退款成功,40",
		"WAIT_SELLER_AGREE,40",
	};
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct session *s = fixture_session("owner");
		const struct import_summary *sum;

		take(s, "orders", order(PAID, TO_BOB), items(PAID, NO_REFUND));
		assert_string_equal(holds(s), "");
		sum = take(s, "orders", items(PAID, asked[i]), NULL);
		counts(sum, 0, 1, 0, 0);
		assert_int_equal(sum->held, 1);
		assert_string_equal(holds(s), "refund");
		assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 1);
		/* An older file does not lift it. */
		counts(take(s, "orders", items(PAID, NO_REFUND), NULL), 0, 0, 1,
		    0);
		assert_string_equal(holds(s), "refund");
		take(s, "orders", items(PAID, "退款关闭,0"), NULL);
		assert_string_equal(holds(s), i == 2 ? "refund" : "");
		let_go();
		fixture_end(s);
	}
}

static void
unmapped_items_hold(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;

	(void)state;
	sum = take(s, "orders", order(PAID, TO_BOB),
	    fixture_file("plain.csv", "订单编号,标题,价格,购买数量\n"
				      "901,衬衫,20.00,2\n"));
	assert_int_equal(sum->held, 1);
	assert_int_equal(sum->products_new, 0);
	assert_string_equal(holds(s), "unmapped");
	/* A later file knows the code: another line of the order. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM listing WHERE variant_id IS "
			   "NULL"),
	    1);
	let_go();
	fixture_end(s);
}

static void
a_new_address_holds_a_paid_order(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", order(PAID, TO_BOB), items(PAID, NO_REFUND));
	/* Hidden is not new. */
	counts(take(s, "orders",
		   order(PAID, ",,,0,鲍*,江苏省 南京市 鼓楼区 "
			       "***,139****0009"),
		   NULL),
	    0, 0, 1, 0);
	assert_string_equal(holds(s), "");
	counts(take(s, "orders",
		   order(PAID, ",,,0,鲍勃,江苏省 南京市 玄武区 "
			       "二路2号,13900000009"),
		   NULL),
	    0, 1, 0, 0);
	assert_string_equal(holds(s), "address");
	assert_string_equal(
	    text_of(s, "SELECT district FROM orders JOIN receiver r ON r.id = "
		       "receiver_id"),
	    "玄武区");
	assert_non_null(
	    strstr(text_of(s, "SELECT detail FROM audit WHERE kind = 'order'"),
		"一路1号"));
	let_go();
	fixture_end(s);
}

static void
the_nick_comes_later(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", items(PAID, NO_REFUND), NULL);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 0);
	assert_string_equal(
	    text_of(s, "SELECT s.name || ' ' || total FROM orders JOIN shop s "
		       "ON s.id = shop_id"),
	    "淘宝 5000");
	counts(take(s, "orders", order(PAID, TO_BOB), NULL), 0, 1, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT identity || ' ' || name || ' ' || paid FROM "
		       "customer"),
	    "taobao:nick 鲍勃 6000");
	assert_string_equal(
	    text_of(s, "SELECT s.name || ' ' || total FROM orders JOIN shop s "
		       "ON s.id = shop_id"),
	    "店 6000");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 1);
	let_go();
	fixture_end(s);
}

static void
two_shops_may_have_one_number(void **state)
{
	struct session *s = fixture_session("owner");
	static const char text[] =
	    "订单编号,总金额,买家应付货款,买家实际支付金额,订单创建时间,"
	    "订单付款时间,订单状态,店铺名称\n"
	    "901,9,9,9,2024-05-02 10:00:00,2024-05-02 10:00:00,交易成功,另\n";

	(void)state;
	take(s, "orders", order(PAID, TO_BOB), NULL);
	counts(take(s, "orders", fixture_file("other.csv", text), NULL), 1, 0,
	    0, 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 2);
	counts(take(s, "orders", fixture_file("other.csv", text), NULL), 0, 0,
	    1, 0);
	let_go();
	fixture_end(s);
}

static void
the_parcels_to_send_become_paid_orders(void **state)
{
	struct session *s = fixture_session("owner");
	static const char text[] =
	    "店铺名称,订单编号,子订单编号,买家昵称,收件人姓名,"
	    "收件人手机号,收件人详细地址,付款时间,买家留言,卖家备注,"
	    "商品商家编码,商品规格,商品数量\n"
	    "店,801,811,甲,甲一,13900000001,江苏省 南京市 鼓楼区 一路1号,"
	    "2024-05-01 10:00:00,快点,好,CASE-1,iPhone|透明[厚],2\n"
	    "店,801,812,甲,甲一,13900000001,江苏省 南京市 鼓楼区 一路1号,"
	    "2024-05-01 10:00:00,快点,好,CASE-2,iPhone|黑[薄],1\n";

	(void)state;
	counts(take(s, "orders", fixture_file("send.csv", text), NULL), 1, 0, 0,
	    0);
	assert_int_equal(state_of(s), ORDER_PAID);
	assert_int_equal(promised(s), 3);
	assert_string_equal(
	    text_of(s, "SELECT u.nick || r.city || buyer_note || memo FROM "
		       "orders JOIN receiver r ON r.id = receiver_id JOIN "
		       "customer u ON u.id = customer_id"),
	    "甲南京市快点好");
	counts(take(s, "orders", fixture_file("send.csv", text), NULL), 0, 0, 1,
	    0);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_only_move_forward),
		cmocka_unit_test(what_changed_is_on_record),
		cmocka_unit_test(payment_promises_stock),
		cmocka_unit_test(shipped_elsewhere_takes_the_stock),
		cmocka_unit_test(shipped_elsewhere_without_stock_is_told),
		cmocka_unit_test(our_own_shipment_stands),
		cmocka_unit_test(refunds_hold_until_taken_back),
		cmocka_unit_test(unmapped_items_hold),
		cmocka_unit_test(a_new_address_holds_a_paid_order),
		cmocka_unit_test(the_nick_comes_later),
		cmocka_unit_test(two_shops_may_have_one_number),
		cmocka_unit_test(the_parcels_to_send_become_paid_orders),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
