/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

/* A refund asked for, the hold it opens, and what a person decides. */

#define NONE   "没有申请退款"
#define ASKED  "退款中"
#define CLOSED "退款关闭"
#define BACK   "退款成功"

/* Both files of an order of a shirt and two socks; @n tells files apart. */
static const struct import_summary *
come(struct session *s, const char *refund, int n)
{
	char order[1000], items[1000];

	snprintf(order, sizeof(order),
	    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,"
	    "订单创建时间,订单付款时间,宝贝标题\n"
	    "901,nick,40,40,\"买家已付款,等待卖家发货\",2024-05-01 10:00:00,"
	    "2024-05-01 10:05:00,衬衫\n");
	snprintf(items, sizeof(items),
	    "订单编号,标题,价格,购买数量,商家编码,退款状态,备注\n"
	    "901,衬衫,20.00,1,SHIRT,%s,%d\n"
	    "901,袜子,10.00,2,SOCKS," NONE ",\n",
	    refund, n);
	return take(s, "orders", fixture_file("orders.csv", order),
	    fixture_file("items.csv", items));
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "SHIRT", 9, 1000);
	fixture_variant(s, "SOCKS", 9, 300);
	return s;
}

static const char *
open_holds(struct session *s)
{
	return text_of(s, "SELECT ifnull(group_concat(reason, ' '), '') "
			  "FROM order_hold WHERE cleared_at = 0");
}

static int
ship(struct session *s, const char *waybill)
{
	struct pack_close close = { .courier = "YTO" };
	static const char *const scans[] = { "SHIRT", "SOCKS", "SOCKS" };
	struct packing *p;
	int rc;

	snprintf(close.waybill_no, sizeof(close.waybill_no), "%s", waybill);
	if ((rc = pack_open(s, "901", &p)) < 0)
		return rc;
	for (size_t i = 0; i < 3; i++)
		assert_true(pack_scan(s, p, scans[i], NULL) >= 0);
	rc = pack_ship(s, p, &close, NULL);
	pack_free(p);
	return rc;
}

static void
a_released_order_ships(void **state)
{
	struct session *s = shop();

	(void)state;
	come(s, NONE, 1);
	come(s, ASKED, 2);
	assert_string_equal(open_holds(s), "refund");
	assert_int_equal(ship(s, "YT1234567890123"), ERR_STATE);
	assert_int_equal(order_release(s, 1, "refund", "he wants it"), 0);
	assert_int_equal(fixture_audited(s, "order-release", 1), 1);
	assert_int_equal(ship(s, "YT1234567890123"), 0);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
the_same_file_does_not_hold_again(void **state)
{
	struct session *s = shop();

	(void)state;
	come(s, ASKED, 1);
	assert_int_equal(order_release(s, 1, NULL, ""), 0);
	counts(come(s, ASKED, 1), 0, 0, 1, 0);
	assert_string_equal(open_holds(s), "");
	assert_int_equal(ship(s, "YT1234567890123"), 0);
	let_go();
	fixture_end(s);
}

static void
a_later_file_holds_again(void **state)
{
	struct session *s = shop();
	const struct import_summary *sum;

	(void)state;
	come(s, ASKED, 1);
	assert_int_equal(order_release(s, 1, "refund", ""), 0);
	sum = come(s, ASKED, 2);
	counts(sum, 0, 1, 0, 0);
	assert_int_equal(sum->held, 1);
	assert_string_equal(open_holds(s), "refund");
	assert_int_equal(ship(s, "YT1234567890123"), ERR_STATE);
	let_go();
	fixture_end(s);
}

static void
a_later_file_decides(void **state)
{
	struct session *s = shop();

	(void)state;
	come(s, ASKED, 1);
	assert_int_equal(order_release(s, 1, "refund", ""), 0);
	/* Files older than that change nothing. */
	counts(come(s, NONE, 2), 0, 0, 1, 0);
	come(s, CLOSED, 3);
	assert_int_equal(
	    fixture_int(s, "SELECT max(refund_state) FROM order_line"), 3);
	assert_string_equal(open_holds(s), "");
	/* Nor does a file that was here before. */
	counts(come(s, ASKED, 1), 0, 0, 1, 0);
	assert_string_equal(open_holds(s), "");
	come(s, BACK, 5);
	assert_string_equal(open_holds(s), "refund");
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 2);
	let_go();
	fixture_end(s);
}

static void
other_reasons_leave_the_refund_alone(void **state)
{
	struct session *s = shop();

	(void)state;
	come(s, ASKED, 1);
	assert_int_equal(order_hold(s, 1, "manual", ""), 0);
	assert_int_equal(order_release(s, 1, "manual", ""), 0);
	assert_string_equal(open_holds(s), "refund");
	assert_int_equal(
	    fixture_int(s, "SELECT max(refund_state) FROM order_line"), 1);
	assert_int_equal(ship(s, "YT1234567890123"), ERR_STATE);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_released_order_ships),
		cmocka_unit_test(the_same_file_does_not_hold_again),
		cmocka_unit_test(a_later_file_holds_again),
		cmocka_unit_test(a_later_file_decides),
		cmocka_unit_test(other_reasons_leave_the_refund_alone),
	};

	return cmocka_run_group_tests_name("domain/refunds", tests, NULL, NULL);
}
