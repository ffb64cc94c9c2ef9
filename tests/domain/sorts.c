/* SPDX-License-Identifier: MIT */
#include "sorts_lib.h"

#include "shopmgr/base/pinyin.h"
#include "shopmgr/domain/customers.h"

/* Orders and customers by their columns; too many rows are refused, and what an
 * index serves is not. */

static const char *const people[] = { "张三丰", "单雄信", "李四", "阿强",
	"赵敏", "张无忌", "欧阳锋", "王五", "解缙", "周芷若" };
#define PEOPLE (sizeof(people) / sizeof(people[0]))

static void
add_people(void)
{
	static const char *const places[] = { "广东省", "浙江省", "上海" };
	char pinyin[64];
	struct txn *txn;
	size_t i;

	exec("INSERT INTO customer (identity, nick, name, phone, pinyin,"
	     " first_at, last_at, order_n, paid_n, paid)" NUMBERS(VALUE(
		 FEW)) " SELECT 'taobao:' || i, 'nick' || (i * 7 % 50), '', '',"
		       " '', 1000 + i % 9, 2000 + i % 11, i % 5, i % 4,"
		       " i % 7 * 1000 FROM n");
	must(db_begin(s->db, &txn));
	for (i = 1; i <= FEW; i++) {
		const char *name = people[i % PEOPLE];

		pinyin_initials(name, pinyin, sizeof(pinyin));
		must(db_exec(txn,
		    "INSERT INTO receiver (customer_id, name, pinyin, pinyin2,"
		    " phone, phone_tail, province, city, district, address)"
		    " VALUES ($1, $2, $3, '', '13812345678', '5678', $4,"
		    " 'city', '', '')",
		    DB_ARGS(db_i((int64_t)i), db_t(name), db_t(pinyin),
			db_t(places[i % 3])),
		    NULL));
		must(db_exec(txn,
		    "UPDATE customer SET name = $2, pinyin = $3 WHERE id = $1",
		    DB_ARGS(db_i((int64_t)i), db_t(name), db_t(pinyin)), NULL));
	}
	must(db_commit(&txn));
}

#define ORDER_INTO \
	"INSERT INTO orders (shop_id, order_no, source_hash, state, held," \
	" created_at, paid_at, shipped_at, finished_at, receiver_id, total," \
	" postage, paid, refund, settled, goods, waybill_no, courier_id)"
/* Some without receiver, waybill or courier; much of it equal. */
#define ORDER_ROWS(state, held, prefix, last) \
	ORDER_INTO NUMBERS(last) " SELECT 1, '" prefix \
				 "' || (i * 7919 % 100000), 0, " state \
				 ", " held ", 1700000000 + i % 60," \
				 " i % 13 * 60, i % 8 * 60, 0," \
				 " CASE WHEN i % 10 = 0 THEN NULL ELSE" \
				 " 1 + i * 31 % " VALUE( \
				     FEW) " END, i % 6 * 100, 0," \
					  " i % 5 * 100, 0, 0, 'goods'," \
					  " CASE WHEN i % 3 = 0 THEN NULL" \
					  " ELSE 'YT' || (i * 17 % 1000) END," \
					  " CASE WHEN i % 4 = 0 THEN NULL" \
					  " ELSE 1 + i % 4 END FROM n"

static void
add_orders(void)
{
	exec("INSERT INTO shop (platform, name) VALUES ('taobao', 'one'),"
	     " ('jd', 'two')");
	exec(ORDER_ROWS("2", "0", "1", VALUE(FEW)));
	exec(ORDER_ROWS("2", "1", "2", "150"));
	exec(ORDER_ROWS("3", "1", "3", "150"));
	exec(ORDER_ROWS("5", "0", "5", VALUE(DONE)));
	/* The same number in another shop. */
	exec(ORDER_INTO " SELECT 2, order_no, 0, 5, 0, created_at, 0, 0, 0,"
			" receiver_id, 0, 0, 0, 0, 0, 'goods', NULL, NULL"
			" FROM orders WHERE state = 2 AND held = 0");
}

static int
make_shop(void **state)
{
	(void)state;
	s = fixture_session("owner");
	add_people();
	add_orders();
	return 0;
}

static int
by_initials(const char *a, const char *b)
{
	char x[64], y[64];
	int c;

	pinyin_initials(a, x, sizeof(x));
	pinyin_initials(b, y, sizeof(y));
	c = strcmp(x, y);
	return c != 0 ? c : strcmp(a, b);
}

static int
order_compare(int sort, const void *va, const void *vb)
{
	const struct order *a = va, *b = vb;

	switch ((enum order_sort)sort) {
	case ORDER_SORT_NO:
		return strcmp(a->order_no, b->order_no);
	case ORDER_SORT_CREATED:
		return of_two(a->created_at, b->created_at);
	case ORDER_SORT_PAID_AT:
		return of_two(a->paid_at, b->paid_at);
	case ORDER_SORT_SHIP_BY:
		return of_two(a->ship_by, b->ship_by);
	case ORDER_SORT_SHIPPED_AT:
		return of_two(a->shipped_at, b->shipped_at);
	case ORDER_SORT_PAID:
		return of_two(a->paid, b->paid);
	case ORDER_SORT_TOTAL:
		return of_two(a->total, b->total);
	case ORDER_SORT_NICK:
		return by_pinyin(a->nick, b->nick);
	case ORDER_SORT_RECEIVER:
		return by_initials(a->receiver, b->receiver);
	case ORDER_SORT_PLACE:
		return by_pinyin(a->province, b->province);
	case ORDER_SORT_COURIER:
		return by_pinyin(a->courier, b->courier);
	case ORDER_SORT_WAYBILL:
		return strcmp(a->waybill_no, b->waybill_no);
	case ORDER_SORT_OWN:
	case ORDER_SORT_MAX:
		break;
	}
	return 0;
}

static int
order_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	struct order_filter f = l->orders;

	f.sort = (enum order_sort)l->sort;
	f.desc = l->desc;
	return order_page(s, &f, dir, from, PAGE, out);
}

static struct list
order_list(enum order_tab tab)
{
	return (struct list){ .name = "orders",
		.page = order_rows,
		.compare = order_compare,
		.by_id = true,
		.orders = { .tab = tab } };
}

static void
orders_of_a_tab(void **state)
{
	struct list ready = order_list(TAB_TO_SHIP);
	struct list held = order_list(TAB_HELD); /* in two places */

	(void)state;
	check_list(&ready, ORDER_SORT_NO, ORDER_SORT_MAX, FEW);
	check_list(&held, ORDER_SORT_NO, ORDER_SORT_MAX, FEW);
}

static void
orders_of_a_customer_or_a_time(void **state)
{
	struct list l = order_list(TAB_ALL);
	size_t n;

	(void)state;
	l.orders.customer_id = 17;
	l.by_id = false; /* the same number twice */
	n = (size_t)fixture_int(s,
	    "SELECT count(*) FROM orders o JOIN receiver r"
	    " ON r.id = o.receiver_id WHERE r.customer_id = 17");
	assert_true(n > PAGE);
	check_list(&l, ORDER_SORT_NO, ORDER_SORT_MAX, n);
	l.orders.tab = TAB_TO_SHIP;
	n = (size_t)fixture_int(s,
	    "SELECT count(*) FROM orders o JOIN receiver r"
	    " ON r.id = o.receiver_id WHERE r.customer_id = 17"
	    " AND o.state = 2 AND o.held = 0");
	check_list(&l, ORDER_SORT_NO, ORDER_SORT_MAX, n);

	l = order_list(TAB_ALL);
	l.by_id = false;
	l.orders.since = 1700000007;
	l.orders.until = 1700000008;
	n = (size_t)fixture_int(
	    s, "SELECT count(*) FROM orders WHERE created_at = 1700000007");
	check_list(&l, ORDER_SORT_NO, ORDER_SORT_MAX, n);
}

/* A shop that is small enough to sort all there is. */
static void
orders_of_a_small_shop(void **state)
{
	struct session *big = s;
	struct list l = order_list(TAB_ALL);

	(void)state;
	s = fixture_session("owner");
	add_people();
	exec("INSERT INTO shop (platform, name) VALUES ('taobao', 'one')");
	exec(ORDER_ROWS("5", "0", "5", VALUE(FEW)));
	check_list(&l, ORDER_SORT_NO, ORDER_SORT_MAX, FEW);
	fixture_end(s);
	s = big;
}

static void
too_many_orders_are_not_sorted(void **state)
{
	static const enum order_tab tabs[] = { TAB_ALL, TAB_DONE };
	struct list l = order_list(TAB_ALL);
	struct page page;
	const struct order *o;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++)
		for (l.sort = ORDER_SORT_NO; l.sort < ORDER_SORT_MAX;
		     l.sort++) {
			l.orders.tab = tabs[i];
			if (l.sort == ORDER_SORT_CREATED ||
			    (l.sort == ORDER_SORT_NO && i == 0))
				continue;
			refused(order_rows(&l, PAGE_FIRST, NULL, &page));
		}
	/* By number all of them, without looking at more than the page. */
	l = order_list(TAB_ALL);
	l.sort = ORDER_SORT_NO;
	l.desc = true;
	must(order_rows(&l, PAGE_FIRST, NULL, &page));
	o = page_row(&page, 0);
	assert_int_equal(strtoll(o->order_no, NULL, 10),
	    fixture_int(
		s, "SELECT CAST(max(order_no) AS INTEGER) FROM orders"));
	page_free(&page);
}

static int
unordered(int sort, const void *a, const void *b)
{
	(void)sort;
	(void)a;
	(void)b;
	return 0;
}

/* What a clerk reads is masked, but not out of order. */
static void
masked_rows_are_in_the_same_order(void **state)
{
	static int64_t open[FEW], masked[FEW];
	struct list l = order_list(TAB_TO_SHIP);
	struct page page;
	const struct order *o;

	(void)state;
	l.sort = ORDER_SORT_RECEIVER;
	assert_int_equal(walk(&l, false, open, FEW), FEW);
	fixture_role(s, "clerk");
	l.by_id = false;
	l.compare = unordered;
	must(order_rows(&l, PAGE_LAST, NULL, &page));
	o = page_row(&page, 0);
	assert_non_null(strstr(o->receiver, "**"));
	page_free(&page);
	assert_int_equal(walk(&l, true, masked, FEW), FEW);
	for (size_t i = 0; i < FEW; i++)
		assert_int_equal(open[i], masked[FEW - 1 - i]);
	fixture_role(s, "owner");
}

static int
customer_compare(int sort, const void *va, const void *vb)
{
	const struct customer *a = va, *b = vb;

	switch ((enum customer_sort)sort) {
	case CUSTOMER_SORT_NICK:
		return by_pinyin(a->nick, b->nick);
	case CUSTOMER_SORT_NAME:
		return by_initials(a->name, b->name);
	case CUSTOMER_SORT_PLACE:
		return by_pinyin(a->province, b->province);
	case CUSTOMER_SORT_ORDERS:
		return of_two(a->order_n, b->order_n);
	case CUSTOMER_SORT_PAID:
		return of_two(a->paid, b->paid);
	case CUSTOMER_SORT_AVERAGE:
		return of_two(a->average, b->average);
	case CUSTOMER_SORT_FIRST:
		return of_two(a->first_at, b->first_at);
	case CUSTOMER_SORT_LAST:
		return of_two(a->last_at, b->last_at);
	case CUSTOMER_SORT_OWN:
	case CUSTOMER_SORT_MAX:
		break;
	}
	return 0;
}

static int
customer_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	const struct customer_filter f = { (enum customer_sort)l->sort,
		l->desc };

	return customer_list(s, &f, dir, from, PAGE, out);
}

static void
customers(void **state)
{
	struct list l = { .name = "customers",
		.page = customer_rows,
		.compare = customer_compare,
		.by_id = true };
	struct page page;

	(void)state;
	check_list(&l, CUSTOMER_SORT_NICK, CUSTOMER_SORT_MAX, FEW);
	exec("INSERT INTO customer (identity, nick, name, phone, pinyin,"
	     " first_at, last_at, order_n, paid_n, paid)" NUMBERS(VALUE(
		 DONE)) " SELECT 'tel:' || i, 'n' || i, '', '', '', i, i, 0,"
			" 0, 0 FROM n");
	for (l.sort = CUSTOMER_SORT_NICK; l.sort < CUSTOMER_SORT_MAX; l.sort++)
		if (l.sort != CUSTOMER_SORT_NICK &&
		    l.sort != CUSTOMER_SORT_LAST)
			refused(customer_rows(&l, PAGE_FIRST, NULL, &page));
	l.sort = CUSTOMER_SORT_NICK;
	must(customer_rows(&l, PAGE_LAST, NULL, &page));
	page_free(&page);
	exec("DELETE FROM customer WHERE id > " VALUE(FEW));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_of_a_tab),
		cmocka_unit_test(orders_of_a_customer_or_a_time),
		cmocka_unit_test(orders_of_a_small_shop),
		cmocka_unit_test(too_many_orders_are_not_sorted),
		cmocka_unit_test(masked_rows_are_in_the_same_order),
		cmocka_unit_test(customers),
	};

	return cmocka_run_group_tests(tests, make_shop, end_shop);
}
