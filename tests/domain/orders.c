/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

/* A shop with many orders in every state, so that a scan would show. */
#define MANY      12000
#define CUSTOMERS 600

static uint64_t seed;
static int64_t
any(int64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)(seed >> 33) % n;
}

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

static void
add_people(struct session *s, struct txn *txn)
{
	char nick[32], phone[16];
	int64_t i, id;

	for (i = 1; i <= CUSTOMERS; i++) {
		snprintf(nick, sizeof(nick), "tb%06" PRId64, i * 37 % 1000);
		snprintf(phone, sizeof(phone), "139%08" PRId64, i * 7919);
		must(s, db_insert(txn,
			    "INSERT INTO customer (identity, nick, name,"
			    " phone, pinyin, first_at, last_at, order_n,"
			    " paid_n, paid) VALUES ($1, $1, '', $2, '',"
			    " $3, $3, 0, 0, 0)",
			    DB_ARGS(db_t(nick), db_t(phone), db_i(i)), &id));
		must(
		    s, db_insert(txn,
			   "INSERT INTO receiver (customer_id, name, pinyin,"
			   " pinyin2, phone, phone_tail, province, city,"
			   " district, address) VALUES ($1, $2, $3, '', $4,"
			   " substr($4, 8), '浙江省', '杭州市', '', '')",
			   DB_ARGS(db_i(id),
			       db_t(i % 300 == 1 ? "单雄信" : "王小二"),
			       db_t(i % 300 == 1 ? "sxx" : "wxe"), db_t(phone)),
			   &id));
	}
}

static void
add_orders(struct session *s, struct txn *txn)
{
	char no[32], waybill[32];
	int64_t i, id, state, held;

	for (i = 1; i <= MANY; i++) {
		snprintf(no, sizeof(no), "41%017" PRId64, i * 10);
		snprintf(waybill, sizeof(waybill), "YT%013" PRId64, i);
		state = 1 + any(6);
		held = (state == 2 || state == 3) && any(3) == 0;
		must(s, db_insert(txn,
			    "INSERT INTO orders (shop_id, order_no,"
			    " source_hash, state, held, created_at, paid_at,"
			    " shipped_at, finished_at, receiver_id, total,"
			    " postage, paid, refund, settled, goods,"
			    " waybill_no) VALUES (1, $1, 0, $2, $3, $4, 0, 0,"
			    " 0, $5, 0, 0, 0, 0, 0, 'goods', $6)",
			    DB_ARGS(db_t(no), db_i(state), db_i(held),
				/* Many share their second. */
				db_i(1700000000 + any(MANY / 4)),
				db_i(1 + any(CUSTOMERS)),
				db_t(state >= 4 ? waybill : NULL)),
			    &id));
		if (held)
			must(s, db_insert(txn,
				    "INSERT INTO order_hold (order_id,"
				    " reason, at) VALUES ($1, 'manual', 1)",
				    DB_ARGS(db_i(id)), &id));
	}
	must(s, db_exec(txn,
		    "UPDATE order_count SET n = (SELECT count(*) FROM orders o"
		    " WHERE o.state = order_count.state"
		    " AND o.held = order_count.held) /*scan*/",
		    DB_NOARGS, NULL));
}

static struct session *big;

static int
make_big(void **state)
{
	struct txn *txn;

	(void)state;
	big = fixture_session("owner");
	exec(big, "INSERT INTO shop (platform, name) VALUES ('taobao', 'S')");
	must(big, db_begin(big->db, &txn));
	add_people(big, txn);
	add_orders(big, txn);
	must(big, db_commit(&txn));
	return 0;
}

static int
end_big(void **state)
{
	(void)state;
	fixture_end(big);
	return 0;
}

/* The whole list by a plain query, to compare pages with. */
static size_t
plain(const struct order_filter *f, int64_t *ids)
{
	static const char *const where[TAB_MAX] = { "1 = 1", "o.state = 1",
		"o.state = 2 AND o.held = 0", "o.held = 1",
		"o.state = 3 AND o.held = 0", "o.state = 4", "o.state = 5",
		"o.state = 6" };
	bool up = f->tab == TAB_TO_SHIP || f->oldest_first;
	struct str sql = STR_INIT;
	struct db_rows *rows;
	size_t n = 0;

	str_addf(&sql,
	    "SELECT o.id FROM orders o JOIN receiver r"
	    " ON r.id = o.receiver_id WHERE %s",
	    where[f->tab]);
	if (f->customer_id != 0)
		str_addf(&sql, " AND r.customer_id = %" PRId64, f->customer_id);
	if (f->since != 0)
		str_addf(&sql, " AND o.created_at >= %" PRId64, f->since);
	if (f->until != 0)
		str_addf(&sql, " AND o.created_at < %" PRId64, f->until);
	str_addf(&sql, " ORDER BY o.created_at %s, o.id %s /*scan*/ /*sort*/",
	    up ? "" : "DESC", up ? "" : "DESC");
	must(big, db_query(big->db, sql.s, DB_NOARGS, &rows));
	while (db_next(rows) > 0)
		ids[n++] = db_int(rows, 0);
	db_done(rows);
	str_done(&sql);
	return n;
}

static void
same(const struct page *page, const int64_t *ids, size_t n)
{
	size_t i;

	assert_int_equal(page->n, n);
	for (i = 0; i < n; i++)
		assert_int_equal(
		    ((const struct order *)page_row(page, i))->id, ids[i]);
}

/* Wander through a list by pages, back and forth, and lose no row. */
static void
wander(const struct order_filter *f)
{
	static int64_t ids[MANY];
	size_t n = plain(f, ids), limit = 1 + (size_t)any(60), at, len;
	struct page page, next;
	int step;

	must(big, order_page(big, f, PAGE_LAST, NULL, limit, &page));
	at = n > limit ? n - limit : 0;
	same(&page, ids + at, n - at);
	page_free(&page);
	must(big, order_page(big, f, PAGE_FIRST, NULL, limit, &page));
	at = 0;
	len = n < limit ? n : limit;
	same(&page, ids, len);
	for (step = 0; step < 40 && page.n > 0; step++) {
		bool on = any(5) > 1;
		size_t pick = (size_t)any((int64_t)page.n);
		size_t from = at + pick;

		must(big, order_page(big, f, on ? PAGE_AFTER : PAGE_BEFORE,
			      page_row(&page, pick), limit, &next));
		page_free(&page);
		page = next;
		if (on) {
			at = from + 1;
			len = n - at < limit ? n - at : limit;
		} else {
			len = from < limit ? from : limit;
			at = from - len;
		}
		same(&page, ids + at, len);
	}
	page_free(&page);
}

static void
pages_agree_with_the_whole_list(void **state)
{
	int t, customer, period;

	(void)state;
	for (t = 0; t < TAB_MAX; t++)
		for (customer = 0; customer < 2; customer++)
			for (period = 0; period < 4; period++)
				wander(&(struct order_filter){
				    .tab = (enum order_tab)t,
				    .oldest_first = any(2) != 0,
				    .customer_id =
					customer ? 1 + any(CUSTOMERS) : 0,
				    .since = period & 1 ? 1700000800 : 0,
				    .until = period & 2 ? 1700002500 : 0,
				});
}

static void
tabs_count_what_they_list(void **state)
{
	static int64_t ids[MANY];
	int64_t n[TAB_MAX], sum = 0;
	int t;

	(void)state;
	must(big, order_counts(big, n));
	for (t = 0; t < TAB_MAX; t++) {
		struct order_filter f = { .tab = (enum order_tab)t };

		assert_int_equal(plain(&f, ids), n[t]);
		sum += t != TAB_ALL ? n[t] : 0;
	}
	assert_int_equal(n[TAB_ALL], MANY);
	assert_int_equal(sum, MANY);
}

/* Finds @n orders, newest first, of which the first has @id (0: any). */
static void
finds(const char *text, size_t n, int64_t id)
{
	const struct order *o;
	struct page page;
	size_t i;

	must(big, order_find(big, text, 50, &page));
	if (page.n != n)
		fail_msg("\"%s\": %zu orders, not %zu", text, page.n, n);
	o = page.rows;
	for (i = 1; i < page.n; i++)
		assert_true(o[i - 1].created_at > o[i].created_at ||
			    (o[i - 1].created_at == o[i].created_at &&
				o[i - 1].id > o[i].id));
	if (id != 0)
		assert_int_equal(o[0].id, id);
	page_free(&page);
}

static int64_t
number(const char *sql)
{
	return fixture_int(big, sql);
}

static size_t
at_most_50(int64_t n)
{
	return n < 50 ? (size_t)n : 50;
}

static void
orders_are_found_by_what_is_known_of_them(void **state)
{
	int64_t shipped =
	    number("SELECT max(id) FROM orders WHERE waybill_no IS NOT NULL");
	char text[64];

	(void)state;
	finds("", 0, 0);
	finds("   ", 0, 0);
	finds("nobody at all", 0, 0);
	finds("4100000000000070000", 1, 7000);
	finds("  4100000000000070000 ", 1, 7000);
	finds("4100000000000070001", 0, 0);
	finds("410000000000007", 50, 0);
	finds("41000000000000700", 10, 0); /* 70000 to 70090 */
	snprintf(text, sizeof(text), "YT%013" PRId64, shipped);
	finds(text, 1, shipped);
	snprintf(text, sizeof(text), "yt%013" PRId64, shipped);
	finds(text, 1, shipped);
	finds("13900000007", 0, 0); /* too short a phone */
	finds("13900791900",
	    at_most_50(number("SELECT count(*) FROM orders"
			      " WHERE receiver_id = 100")),
	    number("SELECT id FROM orders WHERE receiver_id = 100"
		   " ORDER BY created_at DESC, id DESC LIMIT 1"));
	finds("1900",
	    at_most_50(
		number("SELECT count(*) FROM orders o JOIN receiver r"
		       " ON r.id = o.receiver_id WHERE r.phone_tail = '1900'")),
	    0);
	finds("单雄",
	    at_most_50(number("SELECT count(*) FROM orders o"
			      " JOIN receiver r ON r.id = o.receiver_id"
			      " WHERE r.name = '单雄信'")),
	    0);
	finds("SXX",
	    at_most_50(number("SELECT count(*) FROM orders o"
			      " JOIN receiver r ON r.id = o.receiver_id"
			      " WHERE r.pinyin = 'sxx'")),
	    0);
	finds("tb000037",
	    at_most_50(number("SELECT count(*) FROM orders"
			      " WHERE receiver_id = 1")),
	    0);
	finds("%", 0, 0);
	finds("_", 0, 0);
}

static void
what_many_share_gives_the_newest(void **state)
{
	int64_t newest =
	    number("SELECT o.id FROM orders o JOIN receiver r"
		   " ON r.id = o.receiver_id WHERE r.name = '王小二'"
		   " ORDER BY o.created_at DESC, o.id DESC LIMIT 1");

	(void)state;
	finds("王", 50, newest);
	finds("w", 50, newest);
	finds("wx", 50, newest);
	newest = number("SELECT id FROM orders"
			" ORDER BY created_at DESC, id DESC LIMIT 1");
	finds("tb", 50, newest);
}

static void
numbers_lead_to_one_order(void **state)
{
	int64_t id, shipped = number(
			"SELECT id FROM orders WHERE waybill_no IS NOT NULL"
			" ORDER BY id LIMIT 1");
	char text[64];

	(void)state;
	must(big, order_by_no(big, "4100000000000070000", &id));
	assert_int_equal(id, 7000);
	snprintf(text, sizeof(text), " yt%013" PRId64, shipped);
	must(big, order_by_no(big, text, &id));
	assert_int_equal(id, shipped);
	assert_int_equal(order_by_no(big, "41", &id), ERR_NOTFOUND);
	assert_int_equal(order_by_no(big, "", &id), ERR_NOTFOUND);
	memset(text, '4', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(order_by_no(big, text, &id), ERR_NOTFOUND);
}

static struct order_card
card_of(struct session *s, int64_t id)
{
	struct order_card card = { .order = { .id = 0 } };

	must(s, order_card(s, id, &card));
	return card;
}

static void
goods_stand_in_while_lines_are_missing(void **state)
{
	struct order_card card;

	(void)state;
	card = card_of(big, 1);
	assert_string_equal(card.order.goods, "goods");
	assert_int_equal(card.order.line_n, 0);
	order_card_free(&card);
}

/* Many of a name, of whom none has bought lately. */
static void
old_orders_of_many_are_found_too(void **state)
{
	struct txn *txn;
	int64_t i, id;

	(void)state;
	must(big, db_begin(big->db, &txn));
	for (i = 0; i < 500; i++) {
		must(big, db_insert(txn,
			      "INSERT INTO receiver (name, pinyin, pinyin2,"
			      " phone, phone_tail, province, city, district,"
			      " address) VALUES ('赵四', 'zs', '', '', '',"
			      " '', '', '', '')",
			      DB_NOARGS, &id));
		must(big, db_insert(txn,
			      "INSERT INTO orders (shop_id, order_no,"
			      " source_hash, state, created_at, paid_at,"
			      " shipped_at, finished_at, receiver_id, total,"
			      " postage, paid, refund, settled) VALUES"
			      " (1, 'z' || $1, 0, 6, $1, 0, 0, 0, $2, 0, 0,"
			      " 0, 0, 0)",
			      DB_ARGS(db_i(i + 1), db_i(id)), &id));
	}
	must(big, db_commit(&txn));
	finds("赵", 50, 0);
	finds("zs", 50, 0);
}

static void
what_cannot_be_typed_finds_nothing(void **state)
{
	char text[300];

	(void)state;
	memset(text, 'w', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	finds(text, 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_agree_with_the_whole_list),
		cmocka_unit_test(tabs_count_what_they_list),
		cmocka_unit_test(orders_are_found_by_what_is_known_of_them),
		cmocka_unit_test(what_many_share_gives_the_newest),
		cmocka_unit_test(numbers_lead_to_one_order),
		cmocka_unit_test(goods_stand_in_while_lines_are_missing),
		cmocka_unit_test(old_orders_of_many_are_found_too),
		cmocka_unit_test(what_cannot_be_typed_finds_nothing),
	};

	return cmocka_run_group_tests(tests, make_big, end_big);
}
