/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/orders.h"

/* Nicks that the platform hides: they tell nobody apart, but are shown. */

static const char *
two_of_one_mask(void)
{
	return fixture_file("masks.csv",
	    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,"
	    "订单创建时间,订单付款时间,收货人姓名,收货地址,联系手机,"
	    "宝贝标题\n"
	    "901,tb61*****,40,40,交易成功,2024-05-01 10:00:00,"
	    "2024-05-01 10:05:00,张三,江苏省 南京市 一路1号,13900000001,锅\n"
	    "902,tb61*****,40,40,交易成功,2024-05-02 10:00:00,"
	    "2024-05-02 10:05:00,李四,江苏省 南京市 二路2号,13900000002,锅\n"
	    "903,tb61*****,40,40,交易成功,2024-05-03 10:00:00,"
	    "2024-05-03 10:05:00,张三,江苏省 南京市 一路1号,13900000001,锅\n");
}

static void
check(struct session *s)
{
	struct order_card card;
	struct page found;
	int64_t id;

	assert_string_equal(
	    text_of(s, "SELECT group_concat(identity || ' ' || nick || ' ' || "
		       "order_n, ';') FROM (SELECT * FROM customer ORDER BY "
		       "identity)"),
	    "tel:13900000001 tb61***** 2;tel:13900000002 tb61***** 1");
	assert_int_equal(order_by_no(s, "901", &id), 0);
	assert_int_equal(order_card(s, id, &card), 0);
	assert_string_equal(card.order.nick, "tb61*****");
	order_card_free(&card);
	assert_int_equal(customer_find(s, "tb61", 10, &found), 0);
	assert_int_equal(found.n, 2);
	page_free(&found);
}

static void
a_hidden_nick_is_shown_and_no_identity(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "orders", two_of_one_mask(), NULL), 3, 0, 0, 0);
	check(s);
	counts(take(s, "orders", two_of_one_mask(), NULL), 0, 0, 3, 0);
	let_go();
	fixture_end(s);
}

static void
a_whole_nick_or_phone_is_one_customer(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id, i;
	char no[16];

	(void)state;
	for (i = 10; i < 30; i++) {
		snprintf(no, sizeof(no), "1%d", (int)i);
		fixture_order(s, no, 1, "?what", NULL);
	}
	fixture_order(s, "1", 1, "?what", NULL);
	/* Others begin so too, and came later. */
	fixture_order(s, "130", 1, "?what", NULL);
	assert_int_equal(customer_by_name(s, "nick-1", &id), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT id FROM customer WHERE nick = 'nick-1'"),
	    id);
	assert_int_equal(customer_by_name(s, "nick-", &id), ERR_NOTFOUND);
	assert_int_equal(customer_by_name(s, "", &id), ERR_NOTFOUND);
	take(s, "orders", two_of_one_mask(), NULL);
	assert_int_equal(customer_by_name(s, "13900000002", &id), 0);
	assert_int_equal(
	    fixture_int(s,
		"SELECT id FROM customer WHERE identity = 'tel:13900000002'"),
	    id);
	fixture_role(s, "clerk");
	assert_int_equal(customer_by_name(s, "nick-1", &id), ERR_DENIED);
	let_go();
	fixture_end(s);
}

/* The same into a shop that has orders: rows go another way. */
static void
so_it_is_in_a_later_file(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	fixture_order(s, "800", 1, "?what", NULL);
	counts(take(s, "orders", two_of_one_mask(), NULL), 3, 0, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(identity || ' ' || nick, ';') FROM "
		       "(SELECT * FROM customer WHERE identity LIKE 'tel:%' "
		       "ORDER BY identity)"),
	    "tel:13900000001 tb61*****;tel:13900000002 tb61*****");
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hidden_nick_is_shown_and_no_identity),
		cmocka_unit_test(so_it_is_in_a_later_file),
		cmocka_unit_test(a_whole_nick_or_phone_is_one_customer),
	};

	return cmocka_run_group_tests_name("domain/masks", tests, NULL, NULL);
}
