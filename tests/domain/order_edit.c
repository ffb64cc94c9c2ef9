/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

/* What agents change in an order before it is shipped. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static void
refused(struct session *s, int rc, int code, const char *field)
{
	assert_int_equal(rc, code);
	assert_string_equal(session_err(s)->field, field);
}

static struct order_card
card_of(struct session *s, int64_t id)
{
	struct order_card card = { .order = { .id = 0 } };

	must(s, order_card(s, id, &card));
	return card;
}

static int64_t
version_of(struct session *s, int64_t id)
{
	struct order_card card = card_of(s, id);
	int64_t version = card.order.version;

	order_card_free(&card);
	return version;
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

/* The newest entry of the log, in words. */
static void
logged(struct session *s, const char *words)
{
	struct page page;
	struct str out = STR_INIT;

	must(s, audit_page(s, "order", 1, PAGE_FIRST, NULL, 1, &page));
	audit_detail_text(page_row(&page, 0), &out);
	assert_string_equal(out.s, words);
	str_done(&out);
	page_free(&page);
}

static const struct order_address to_wang = {
	.name = " 王小红 ",
	.phone = "13912345678",
	.province = "浙江省",
	.city = "杭州市",
	.district = "西湖区",
	.address = "文三路 1 号",
};

static void
an_address_is_changed_and_the_log_says_what_it_was(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL), v;
	struct order_card card;

	(void)state;
	exec(s, "UPDATE orders SET done = 4");
	v = version_of(s, id);
	must(s, order_address(s, id, v, &to_wang));
	card = card_of(s, id);
	assert_string_equal(card.order.receiver, "王小红");
	assert_string_equal(card.order.phone, "13912345678");
	assert_string_equal(card.order.city, "杭州市");
	assert_string_equal(card.order.address, "文三路 1 号");
	assert_string_equal(card.order.nick, "nick-1001");
	/* A label that was printed says another. */
	assert_int_equal(card.order.done, 0);
	order_card_free(&card);
	refused(s, order_address(s, id, v, &to_wang), ERR_CONFLICT, "");
	/* The same again is no change. */
	must(s, order_address(s, id, v + 1, &to_wang));
	assert_int_equal(version_of(s, id), v + 1);
	assert_int_equal(fixture_audited(s, "order-address", id), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
					" WHERE detail LIKE '%李小明%王小红%'"),
	    1);
	fixture_verify(s);
	fixture_end(s);
}

/* What a form is filled with is saved again whole, whatever a file had. */
static void
the_longest_names_outlive_a_new_phone_number(void **state)
{
	const char *district = "积石山保安族东乡族撒拉族自治县";
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);
	struct order_address edit;
	struct order_card card;
	char name[160] = "";
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		memcpy(name + 3 * i, "明", 4);
	must(s, order_address(s, id, version_of(s, id), &to_wang));
	exec(s, "UPDATE receiver SET"
		" district = '积石山保安族东乡族撒拉族自治县',"
		" name = replace(hex(zeroblob(20)), '0', '明')");
	card = card_of(s, id);
	assert_string_equal(card.order.receiver, name);
	order_address_from(&edit, &card.order);
	order_card_free(&card);
	copy_text(edit.phone, sizeof(edit.phone), "13800000000");
	must(s, order_address(s, id, version_of(s, id), &edit));
	card = card_of(s, id);
	assert_string_equal(card.order.phone, "13800000000");
	assert_string_equal(card.order.receiver, name);
	assert_string_equal(card.order.district, district);
	order_card_free(&card);
	fixture_end(s);
}

static void
orders_to_the_same_hands_share_a_receiver(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t a = fixture_order(s, "1001", 1, "?a", NULL), n;

	(void)state;
	must(s, order_address(s, a, version_of(s, a), &to_wang));
	n = fixture_int(s, "SELECT count(*) FROM receiver");
	exec(s, "UPDATE orders SET receiver_id = 1, told = NULL");
	must(s, order_address(s, a, version_of(s, a), &to_wang));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiver"), n);
	/* Nobody's, too. */
	exec(s, "UPDATE orders SET receiver_id = NULL");
	must(s, order_address(s, a, version_of(s, a), &to_wang));
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM receiver"
			   " WHERE customer_id IS NULL"
			   " AND phone_tail = '5678' AND pinyin = 'wxh'"),
	    1);
	fixture_end(s);
}

static void
an_address_is_whole_or_refused_at_its_field(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);
	int64_t v = version_of(s, id);
	struct order_address e = to_wang;

	(void)state;
	e.name[0] = '\0';
	refused(s, order_address(s, id, v, &e), ERR_INVALID, "name");
	e = to_wang;
	copy_text(e.phone, sizeof(e.phone), "none");
	refused(s, order_address(s, id, v, &e), ERR_INVALID, "phone");
	copy_text(e.phone, sizeof(e.phone), "139****5678");
	refused(s, order_address(s, id, v, &e), ERR_INVALID, "phone");
	e = to_wang;
	e.address[0] = '\0';
	refused(s, order_address(s, id, v, &e), ERR_INVALID, "address");
	memcpy(e.address, "\xff", 2);
	refused(s, order_address(s, id, v, &e), ERR_INVALID, "address");
	refused(s, order_address(s, 99, v, &to_wang), ERR_NOTFOUND, "");
	/* Whoever sees stars would write them. */
	fixture_role(s, "manager");
	exec(s, "DELETE FROM role_perm WHERE perm = 'contact.view'"
		" /*scan*/");
	exec(s, "UPDATE setting SET value = value + 1"
		" WHERE name = 'door_epoch'");
	refused(s, order_address(s, id, v, &to_wang), ERR_DENIED, "");
	assert_int_equal(fixture_audited(s, "order-address", id), 0);
	fixture_end(s);
}

static void
what_is_on_its_way_stays_as_it_is(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);
	int64_t other = fixture_order(s, "1002", 1, "?a", NULL);
	int64_t v = version_of(s, id);
	const struct order_terms terms = { .delivery = DELIVERY_BUILDING };

	(void)state;
	exec(s, "UPDATE orders SET lead_id = 1 WHERE id = 2");
	refused(s, order_address(s, id, v, &to_wang), ERR_STATE, "");
	refused(s, order_address(s, other, version_of(s, other), &to_wang),
	    ERR_STATE, "");
	exec(s, "UPDATE orders SET lead_id = NULL");
	exec(s, "UPDATE orders SET state = 4");
	refused(s, order_address(s, id, v, &to_wang), ERR_STATE, "");
	refused(s, order_terms(s, id, v, &terms), ERR_STATE, "");
	exec(s, "UPDATE orders SET state = 6");
	refused(s, order_address(s, id, v, &to_wang), ERR_STATE, "");
	fixture_end(s);
}

static struct order_money
money_of(struct session *s, int64_t id)
{
	struct order_money m;

	must(s, order_money_read(s, id, &m));
	return m;
}

static void
a_price_is_changed_before_it_is_paid(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id, v;
	struct order_money m;
	struct order_card card;
	const struct order_line *l;

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	id = fixture_order(s, "1001", 2, "PAN", "?lid", NULL);
	exec(s, "UPDATE orders SET state = 1, paid = 0, paid_at = 0");
	m = money_of(s, id);
	assert_int_equal(m.n, 2);
	assert_int_equal(m.line[0].price, 5000);
	m.line[0].price = 4500;
	m.line[1].price = 5000;
	m.postage = 800;
	m.discount += 100;
	v = version_of(s, id);
	must(s, order_money(s, id, v, &m));
	card = card_of(s, id);
	l = page_row(&card.lines, 0);
	assert_int_equal(l->price, 4500);
	assert_int_equal(card.order.postage, 800);
	order_card_free(&card);
	m = money_of(s, id);
	assert_int_equal(m.postage, 800);
	logged(s, "Price: 50.00 → 45.00 (PAN); Postage: 0.00 → 8.00; "
		  "Discount: 0.00 → 1.00; Total: 200.00 → 197.00");
	refused(s, order_money(s, id, v, &m), ERR_CONFLICT, "");
	/* Nothing changed. */
	must(s, order_money(s, id, v + 1, &m));
	assert_int_equal(fixture_audited(s, "order-money", id), 1);
	fixture_end(s);
}

static void
amounts_have_bounds(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL), v;
	struct order_money m;

	(void)state;
	exec(s, "UPDATE orders SET state = 1");
	v = version_of(s, id);
	m = money_of(s, id);
	m.line[0].price = -1;
	refused(s, order_money(s, id, v, &m), ERR_INVALID, "price");
	m = money_of(s, id);
	m.line[0].line_no = 7;
	refused(s, order_money(s, id, v, &m), ERR_INVALID, "price");
	m = money_of(s, id);
	m.postage = -1;
	refused(s, order_money(s, id, v, &m), ERR_INVALID, "postage");
	m = money_of(s, id);
	m.discount = 1000000;
	refused(s, order_money(s, id, v, &m), ERR_INVALID, "discount");
	m.discount = INT64_MIN;
	refused(s, order_money(s, id, v, &m), ERR_INVALID, "discount");
	refused(s, order_money_read(s, 99, &m), ERR_NOTFOUND, "");
	fixture_end(s);
}

static void
what_a_platform_was_paid_is_the_platforms(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);
	int64_t v = version_of(s, id);
	struct order_money m = money_of(s, id);

	(void)state;
	m.line[0].price = 100;
	refused(s, order_money(s, id, v, &m), ERR_STATE, "");
	exec(s, "UPDATE orders SET origin = 3");
	refused(s, order_money(s, id, v, &m), ERR_STATE, "");
	exec(s, "UPDATE orders SET origin = 1, state = 3");
	refused(s, order_money(s, id, v, &m), ERR_STATE, "");
	exec(s, "UPDATE orders SET state = 2");
	must(s, order_money(s, id, v, &m));
	fixture_end(s);
}

static void
a_promised_day_is_the_deadline(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL), day, v;
	struct order_terms e = { .delivery = DELIVERY_INSTALLED };
	struct order_card card;
	char words[200], text[TIME_SIZE];

	(void)state;
	day = time_day(time_now()) + 9;
	e.promised = day;
	v = version_of(s, id);
	must(s, order_terms(s, id, v, &e));
	card = card_of(s, id);
	assert_int_equal(card.order.delivery, DELIVERY_INSTALLED);
	assert_int_equal(card.order.ship_by, day_start(day + 1) - 1);
	order_terms_from(&e, &card.order);
	assert_int_equal(e.promised, day);
	order_card_free(&card);
	snprintf(words, sizeof(words),
	    "Delivery: ordinary courier → delivered and installed; To be "
	    "shipped by: none → %s",
	    day_text(day, text));
	logged(s, words);
	must(s, order_terms(s, id, v + 1, &e));
	assert_int_equal(version_of(s, id), v + 1);
	e.promised = day - 10;
	refused(s, order_terms(s, id, v + 1, &e), ERR_INVALID, "promised");
	e.delivery = DELIVERY_MAX;
	refused(s, order_terms(s, id, v + 1, &e), ERR_INVALID, "delivery");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_sale_is_somebodys(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);
	struct order_card card;

	(void)state;
	must(s, order_agent(s, id, "owner"));
	must(s, order_agent(s, id, "owner"));
	assert_int_equal(fixture_audited(s, "order-agent", id), 1);
	card = card_of(s, id);
	assert_int_equal(card.order.agent_id, session_staff(s));
	assert_string_equal(card.order.agent, "owner");
	order_card_free(&card);
	logged(s, "Agent: none → “owner”");
	refused(s, order_agent(s, id, "nobody"), ERR_INVALID, "agent");
	refused(s, order_agent(s, 99, "owner"), ERR_NOTFOUND, "");
	must(s, order_agent(s, id, ""));
	assert_int_equal(
	    fixture_int(s, "SELECT agent_id IS NULL FROM orders"), 1);
	fixture_end(s);
}

static void
a_cancelled_order_is_reopened_as_it_was(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id, other;

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	id = fixture_order(s, "1001", 2, "PAN", NULL);
	other = fixture_order(s, "1002", 2, "PAN", NULL);
	must(s, order_hold(s, id, "manual", ""));
	must(s, order_cancel(s, id, "buyer: changed his mind"));
	must(s, order_reopen(s, id, "he wants it after all"));
	assert_int_equal(fixture_int(s, "SELECT state * 10 + held FROM orders"
					" WHERE id = 1 AND close_reason IS NULL"
					" AND finished_at = 0"),
	    21);
	assert_int_equal(fixture_int(s, "SELECT reserved FROM stock"), 4);
	logged(s, "closed → paid, to ship: he wants it after all");
	fixture_verify(s);
	refused(s, order_reopen(s, id, ""), ERR_STATE, "");
	/* The platform has closed it. */
	exec(s, "UPDATE orders SET state = 6, held = 0, close_reason = 'late'"
		" WHERE id = 2");
	refused(s, order_reopen(s, other, ""), ERR_STATE, "");
	must(s, order_cancel(s, id, "no"));
	exec(s, "UPDATE orders SET close_reason = 'refunded' WHERE id = 1");
	refused(s, order_reopen(s, id, ""), ERR_STATE, "");
	fixture_end(s);
}

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付货款,买家应付邮费," \
	"买家实际支付金额,订单创建时间,订单付款时间,宝贝标题,店铺名称," \
	"订单状态,订单备注,收货人姓名,收货地址,联系手机\n"

static const char *
file_to(const char *memo, const char *street)
{
	static char text[2000];

	snprintf(text, sizeof(text),
	    HEAD "901,nick,60,50,10,60,2024-05-01 10:00:00,2024-05-01 "
		 "10:05:00,衬衫,店,\"买家已付款，等待卖家发货\",%s,鲍勃,"
		 "江苏省 南京市 鼓楼区 %s,13900000009\n",
	    memo, street);
	return fixture_file("order.csv", text);
}

static int64_t
held_for_address(struct session *s)
{
	return fixture_int(s, "SELECT count(*) FROM order_hold"
			      " WHERE reason = 'address' AND cleared_at = 0");
}

static void
an_address_of_ours_is_not_overwritten_by_the_next_file(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", file_to("", "一路1号"), NULL);
	must(s, order_address(s, 1, version_of(s, 1), &to_wang));
	/* The old one again, in a row with something new. */
	take(s, "orders", file_to("快点", "一路1号"), NULL);
	assert_string_equal(text_of(s, "SELECT name FROM receiver r JOIN"
				       " orders o ON o.receiver_id = r.id"),
	    "王小红");
	assert_string_equal(text_of(s, "SELECT memo FROM orders"), "快点");
	assert_int_equal(held_for_address(s), 0);
	/* A third one: somebody looks at it. */
	take(s, "orders", file_to("快点", "三路3号"), NULL);
	assert_string_equal(text_of(s, "SELECT name FROM receiver r JOIN"
				       " orders o ON o.receiver_id = r.id"),
	    "王小红");
	assert_int_equal(held_for_address(s), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM import_change"
					" WHERE what = 'address' AND calm = 0"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
					" WHERE op = 'import' AND detail LIKE"
					" 'address said%一路1号%三路3号%'"),
	    1);
	must(s, order_release(s, 1, "address", "ours is right"));
	/* Which is known from then on. */
	take(s, "orders", file_to("快点！", "三路3号"), NULL);
	assert_int_equal(held_for_address(s), 0);
	let_go();
	fixture_end(s);
}

static void
an_address_put_back_is_the_platforms_again(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_address was;
	struct order_card card;

	(void)state;
	take(s, "orders", file_to("", "一路1号"), NULL);
	card = card_of(s, 1);
	order_address_from(&was, &card.order);
	order_card_free(&card);
	must(s, order_address(s, 1, version_of(s, 1), &to_wang));
	must(s, order_address(s, 1, version_of(s, 1), &was));
	assert_int_equal(fixture_int(s, "SELECT told IS NULL FROM orders"), 1);
	take(s, "orders", file_to("", "三路3号"), NULL);
	assert_string_equal(text_of(s, "SELECT address FROM receiver r JOIN"
				       " orders o ON o.receiver_id = r.id"),
	    "三路3号");
	assert_int_equal(held_for_address(s), 1);
	let_go();
	fixture_end(s);
}

/* How many orders @v leaves of a tab, by each of two orders. */
static size_t
left(struct session *s, enum order_tab tab, const struct order_sieve *v)
{
	struct order_filter f = {
		.tab = tab, .since = 1, .until = time_now() + 1, .sieve = *v
	};
	const struct order first = { .id = 1 };
	struct page page;
	size_t n, sort;

	must(s, order_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	n = page.n;
	page_free(&page);
	for (sort = ORDER_SORT_NO; sort < ORDER_SORT_MAX; sort++) {
		f.sort = (enum order_sort)sort;
		must(s, order_page(s, &f, PAGE_LAST, NULL, 50, &page));
		assert_int_equal(page.n, n);
		page_free(&page);
		must(s, order_page(s, &f, PAGE_AFTER, &first, 50, &page));
		assert_true(page.n <= n);
		page_free(&page);
	}
	return n;
}

static const struct {
	struct order_sieve sieve;
	size_t all, to_ship;
} sieves[] = {
	{ { .shop_id = 1 }, 5, 4 },
	{ { .shop_id = 2 }, 0, 0 },
	{ { .courier_id = 1 }, 1, 1 },
	{ { .agent_id = 1 }, 2, 2 },
	{ { .nobody = true }, 3, 2 },
	{ { .warehouse_id = 1 }, 5, 4 },
	{ { .warehouse_id = 2 }, 0, 0 },
	{ { .province = "浙" }, 5, 4 },
	{ { .province = "江" }, 0, 0 },
	{ { .least = 5001 }, 1, 1 },
	{ { .most = 5000 }, 4, 3 },
	{ { .least = 5000, .most = 5000 }, 4, 3 },
	{ { .hold = "manual" }, 1, 0 },
	{ { .hold = "refund" }, 0, 0 },
	{ { .origin = ORDER_MANUAL + 1 }, 1, 1 },
	{ { .origin = ORDER_PLATFORM + 1 }, 4, 3 },
	{ { .done = DONE_PACKED | DONE_PRINTED }, 1, 1 },
	{ { .undone = DONE_PRINTED }, 3, 2 },
	{ { .done = DONE_PRINTED, .undone = DONE_PACKED }, 1, 1 },
	{ { .flag = 1 }, 4, 3 },
	{ { .flag = 3 }, 1, 1 },
	{ { .remarked = true }, 1, 1 },
	{ { .noted = true }, 1, 0 },
	{ { .late = true }, 1, 1 },
	/* All at once. */
	{ { .shop_id = 1,
	      .courier_id = 1,
	      .agent_id = 1,
	      .warehouse_id = 1,
	      .province = "浙江",
	      .least = 1,
	      .most = 99999,
	      .hold = "manual",
	      .origin = ORDER_MANUAL + 1,
	      .done = DONE_PACKED,
	      .undone = DONE_HANDED,
	      .flag = 1,
	      .remarked = true,
	      .noted = true,
	      .nobody = true,
	      .late = true },
	    0, 0 },
};

static void
orders_are_sieved_in_each_tab_and_order(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_filter f = { .tab = TAB_ALL };
	struct page page;
	char no[8];
	size_t i;

	(void)state;
	fixture_variant(s, "A", 50, 100);
	for (i = 0; i < 5; i++) {
		snprintf(no, sizeof(no), "100%zu", i);
		fixture_order(s, no, i == 0 ? 2 : 1, "A", NULL);
	}
	exec(s, "UPDATE receiver SET province = '浙江省' /*scan*/");
	exec(s, "UPDATE orders SET courier_id = 1, agent_id = 1, origin = 1,"
		" done = 68, memo = 'gift' WHERE id = 1");
	exec(s, "UPDATE orders SET agent_id = 1, done = 4, flag = 2"
		" WHERE id = 2");
	exec(s, "UPDATE orders SET promised_at = 1 WHERE id = 3");
	exec(s, "UPDATE orders SET buyer_note = 'quick' WHERE id = 4");
	must(s, order_hold(s, 4, "manual", ""));
	for (i = 0; i < sizeof(sieves) / sizeof(sieves[0]); i++) {
		assert_false(order_sieve_is_open(&sieves[i].sieve));
		if (left(s, TAB_ALL, &sieves[i].sieve) != sieves[i].all ||
		    left(s, TAB_TO_SHIP, &sieves[i].sieve) != sieves[i].to_ship)
			fail_msg("sieve %zu: %zu, %zu", i,
			    left(s, TAB_ALL, &sieves[i].sieve),
			    left(s, TAB_TO_SHIP, &sieves[i].sieve));
	}
	/* Of a customer, and by pages. */
	f.customer_id = 2;
	f.sieve.least = 1;
	f.since = 1;
	f.until = time_now() + 1;
	must(s, order_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_end(s);
}

static void
names_to_choose_from(void **state)
{
	struct session *s = fixture_session("owner");
	const struct order_name *n;
	struct page page;
	size_t i;

	(void)state;
	fixture_order(s, "1001", 1, "?a", NULL);
	for (i = 0; i < CHOICE_MAX; i++) {
		must(s, order_names(s, (enum order_choice)i, &page));
		assert_true(page.n > 0);
		n = page_row(&page, 0);
		assert_true(n->name[0] != '\0');
		if (i == CHOICE_AGENT)
			assert_string_equal(n->login, "owner");
		page_free(&page);
	}
	fixture_end(s);
}

static void
what_belongs_together_is_on_the_card(void **state)
{
	struct session *s = fixture_session("owner");
	const struct order_entry *e;
	const struct order_link *l;
	struct order_more more;
	int64_t id = fixture_order(s, "1001", 1, "?a", NULL);

	(void)state;
	fixture_order(s, "1002", 1, "?a", NULL);
	fixture_order(s, "1003", 1, "?a", NULL);
	exec(s, "UPDATE orders SET lead_id = 1 WHERE id = 2");
	exec(s, "INSERT INTO order_link VALUES (3, 1, 'reissue')");
	exec(s, "INSERT INTO payment (order_id, method, amount, at, staff_id,"
		" note) VALUES (1, 'alipay', 500, 7, 1, 'of 13812345678')");
	exec(s, "INSERT INTO document (kind, doc_no, order_id, at, staff_id,"
		" body) VALUES ('invoice', 'SI-000001', 1, 9, 1, '')");
	must(s, order_more(s, id, &more));
	assert_int_equal(more.links.n, 2);
	l = page_row(&more.links, 0);
	assert_string_equal(l->how, "merged");
	assert_string_equal(l->order_no, "1002");
	l = page_row(&more.links, 1);
	assert_string_equal(l->how, "reissued_as");
	e = page_row(&more.payments, 0);
	assert_int_equal(e->amount, 500);
	assert_string_equal(e->kind, "alipay");
	e = page_row(&more.documents, 0);
	assert_string_equal(e->ref, "SI-000001");
	order_more_free(&more);
	must(s, order_more(s, 2, &more));
	l = page_row(&more.links, 0);
	assert_int_equal(l->id, 1);
	order_more_free(&more);
	/* Who may not see payments sees none. */
	fixture_role(s, "editor");
	if (session_may(s, PERM_ORDER_VIEW)) {
		must(s, order_more(s, id, &more));
		assert_int_equal(more.payments.n, 0);
		order_more_free(&more);
	}
	fixture_end(s);
}

static int
do_address(struct session *s, int64_t id)
{
	return order_address(s, id, 1, &to_wang);
}

static int
do_money(struct session *s, int64_t id)
{
	struct order_money m = { .n = 1, .line = { { 1, 1 } } };

	return order_money(s, id, 1, &m);
}

static int
do_terms(struct session *s, int64_t id)
{
	const struct order_terms e = { .delivery = DELIVERY_COLLECT };

	return order_terms(s, id, 1, &e);
}

static int
do_agent(struct session *s, int64_t id)
{
	return order_agent(s, id, "owner");
}

static int
do_reopen(struct session *s, int64_t id)
{
	return order_reopen(s, id, "");
}

static void
under_faults(int (*verb)(struct session *, int64_t), const char *op,
    const char *before, const char *sql)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id;
		int rc;

		fixture_variant(s, "A", 5, 100);
		id = fixture_order(s, "1001", 2, "A", NULL);
		exec(s, before);
		if (verb == do_reopen)
			must(s, order_cancel(s, id, "no"));
		fault_arm(&f);
		rc = verb(s, id);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, sql), rc == 0);
		assert_int_equal(fixture_audited(s, op, id), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
edits_survive_every_failure(void **state)
{
	static const char none[] = "UPDATE orders SET flag = 0";

	(void)state;
	under_faults(do_address, "order-address", none,
	    "SELECT receiver_id <> 1 AND told IS NOT NULL FROM orders");
	under_faults(do_money, "order-money", "UPDATE orders SET origin = 1",
	    "SELECT count(*) FROM order_line WHERE price = 1");
	under_faults(
	    do_terms, "order-terms", none, "SELECT delivery FROM orders");
	under_faults(do_agent, "order-agent", none,
	    "SELECT agent_id IS NOT NULL FROM orders");
	under_faults(do_reopen, "order-reopen", none,
	    "SELECT state = 2 AND EXISTS (SELECT 1 FROM reservation)"
	    " FROM orders");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_address_is_changed_and_the_log_says_what_it_was),
		cmocka_unit_test(the_longest_names_outlive_a_new_phone_number),
		cmocka_unit_test(orders_to_the_same_hands_share_a_receiver),
		cmocka_unit_test(an_address_is_whole_or_refused_at_its_field),
		cmocka_unit_test(what_is_on_its_way_stays_as_it_is),
		cmocka_unit_test(a_price_is_changed_before_it_is_paid),
		cmocka_unit_test(amounts_have_bounds),
		cmocka_unit_test(what_a_platform_was_paid_is_the_platforms),
		cmocka_unit_test(a_promised_day_is_the_deadline),
		cmocka_unit_test(a_sale_is_somebodys),
		cmocka_unit_test(a_cancelled_order_is_reopened_as_it_was),
		cmocka_unit_test(
		    an_address_of_ours_is_not_overwritten_by_the_next_file),
		cmocka_unit_test(an_address_put_back_is_the_platforms_again),
		cmocka_unit_test(orders_are_sieved_in_each_tab_and_order),
		cmocka_unit_test(names_to_choose_from),
		cmocka_unit_test(what_belongs_together_is_on_the_card),
		cmocka_unit_test(edits_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
