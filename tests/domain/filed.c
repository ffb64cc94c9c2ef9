/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/orders.h"

#include "../../src/domain/customers/filed_priv.h"

/* Customers and receivers of later imports stand apart in the indexes until
 * they are many; nobody notices. */

static const struct buyer {
	const char *nick, *name, *initials, *phone, *tail;
} buyers[] = {
	{ "early", "张三", "zs", "13800001111", "1111" },
	{ "later", "李四", "ls", "13900002222", "2222" },
	{ "newest", "赵五", "zw", "13700003333", "3333" },
};

static const char *
order_of(int number, const char *nick, const char *name, const char *phone)
{
	static char text[1000];

	snprintf(text, sizeof(text),
	    "订单编号,买家会员名,总金额,买家实际支付金额,订单创建时间,"
	    "订单付款时间,订单状态,收货人姓名,收货地址,联系手机\n"
	    "90%d,%s,60,60,2024-05-0%d 10:00:00,2024-05-01 10:05:00,"
	    "\"买家已付款，等待卖家发货\",%s,江苏省 南京市 鼓楼区 一路1号,"
	    "%s\n",
	    number, nick, number, name, phone);
	return fixture_file("order.csv", text);
}

static void
buys(struct session *s, int number, const struct buyer *b)
{
	take(s, "orders", order_of(number, b->nick, b->name, b->phone), NULL);
	let_go();
}

static void
orders_found(struct session *s, const char *text, size_t n)
{
	struct page page;

	assert_int_equal(order_find(s, text, 10, &page), 0);
	assert_int_equal(page.n, n);
	page_free(&page);
}

static void
customers_found(struct session *s, const char *text, const char *nick)
{
	const struct customer *c;
	struct page page;

	assert_int_equal(customer_find(s, text, 10, &page), 0);
	assert_int_equal(page.n, 1);
	c = page_row(&page, 0);
	assert_string_equal(c->nick, nick);
	page_free(&page);
}

/* By whatever is known of the buyer: one customer, and @n orders. */
static void
is_found(struct session *s, const struct buyer *b, size_t n)
{
	const char *const known[] = { b->nick, b->name, b->initials, b->phone,
		b->tail };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		orders_found(s, known[i], n);
		customers_found(s, known[i], b->nick);
	}
}

static int64_t
unfiled(struct session *s)
{
	return fixture_int(s, "SELECT (SELECT count(*) FROM customer WHERE "
			      "filed = 0) + (SELECT count(*) FROM receiver "
			      "WHERE filed = 0)");
}

static void
who_comes_later_is_found_like_the_others(void **state)
{
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	buys(s, 1, &buyers[0]);
	assert_int_equal(unfiled(s), 0); /* a first import files them all */
	buys(s, 2, &buyers[1]);
	assert_int_equal(unfiled(s), 2);
	for (i = 0; i < 2; i++)
		is_found(s, &buyers[i], 1);
	fixture_end(s);
}

static void
who_comes_again_is_the_same(void **state)
{
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		buys(s, (int)i + 1, &buyers[i]);
	for (i = 0; i < 3; i++)
		buys(s, (int)i + 4, &buyers[i]);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 3);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiver"), 3);
	for (i = 0; i < 3; i++)
		is_found(s, &buyers[i], 2);
	fixture_end(s);
}

static void
parcels_of_unknown_buyers_go_to_the_same_hands(void **state)
{
	static const struct buyer hidden[] = {
		{ "买***", "李**", NULL, "139****4444", NULL },
		{ "买***", "王**", NULL, "", NULL },
	};
	struct session *s = fixture_session("owner");
	int i;

	(void)state;
	buys(s, 1, &buyers[0]);
	for (i = 0; i < 4; i++)
		buys(s, i + 2, &hidden[i % 2]);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiver"), 3);
	fixture_end(s);
}

static void
many_are_filed_by_the_next_import(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	buys(s, 1, &buyers[0]);
	buys(s, 2, &buyers[1]);
	filed_worth = 3;
	buys(s, 3, &buyers[2]);
	assert_int_equal(unfiled(s), 4); /* it was not worth while */
	buys(s, 4, &buyers[1]);
	assert_int_equal(unfiled(s), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 3);
	is_found(s, &buyers[0], 1);
	is_found(s, &buyers[1], 2);
	is_found(s, &buyers[2], 1);
	filed_worth = 20000;
	fixture_end(s);
}

static void
trying_out_files_nothing(void **state)
{
	static const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	const struct buyer *b = &buyers[2];

	(void)state;
	buys(s, 1, &buyers[0]);
	buys(s, 2, &buyers[1]);
	filed_worth = 1;
	assert_int_equal(try_import(s, &dry, "orders",
			     order_of(3, b->nick, b->name, b->phone), NULL),
	    0);
	let_go();
	assert_int_equal(unfiled(s), 2);
	filed_worth = 20000;
	fixture_end(s);
}

static void
an_import_is_taken_back_filed_or_not(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t batch;

	(void)state;
	buys(s, 1, &buyers[0]);
	buys(s, 2, &buyers[1]);
	batch = fixture_int(s, "SELECT max(id) FROM import_batch");
	filed_worth = 1;
	buys(s, 3, &buyers[2]);
	filed_worth = 20000;
	assert_int_equal(import_undo(s, batch + 1, NULL), 0);
	assert_int_equal(import_undo(s, batch, NULL), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiver"), 1);
	is_found(s, &buyers[0], 1);
	orders_found(s, buyers[1].name, 0);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_later_is_found_like_the_others),
		cmocka_unit_test(who_comes_again_is_the_same),
		cmocka_unit_test(
		    parcels_of_unknown_buyers_go_to_the_same_hands),
		cmocka_unit_test(many_are_filed_by_the_next_import),
		cmocka_unit_test(trying_out_files_nothing),
		cmocka_unit_test(an_import_is_taken_back_filed_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
