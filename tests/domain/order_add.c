/* SPDX-License-Identifier: MIT */
#include "sale_lib.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/gifts.h"

/* Orders that no platform brings. */

static const struct order_how by_hand;

static void
an_address_is_read_as_it_is_pasted(void **state)
{
	static const struct {
		const char *text, *name, *phone, *province, *city, *district,
		    *address;
	} pasted[] = {
		{ "张三 13800001111 浙江省杭州市西湖区文三路1号", "张三",
		    "13800001111", "浙江省", "杭州市", "西湖区", "文三路1号" },
		{ "浙江省 杭州市 西湖区 文三路1号 3幢，张三，13800001111",
		    "张三", "13800001111", "浙江省", "杭州市", "西湖区",
		    "文三路1号3幢" },
		{ "收货人：王小明\n手机号码：+86 13912345678\n所在地区："
		  "广东省深圳市南山区\n详细地址：科技园1栋",
		    "王小明", "13912345678", "广东省", "深圳市", "南山区",
		    "科技园1栋" },
		{ "李四0571-88888888北京市朝阳区建国路8号", "", "", "", "", "",
		    "李四0571-88888888北京市朝阳区建国路8号" },
		{ "李四 0571-88888888 北京市朝阳区建国路8号", "李四",
		    "0571-88888888", "北京市", "北京市", "朝阳区",
		    "建国路8号" },
		{ "赵六13700002222上海市浦东新区世纪大道2号", "赵六",
		    "13700002222", "上海市", "上海市", "浦东新区",
		    "世纪大道2号" },
	};
	struct order_address to;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pasted) / sizeof(pasted[0]); i++) {
		to = (struct order_address){ .name = "" };
		address_read(pasted[i].text, &to);
		assert_string_equal(to.name, pasted[i].name);
		assert_string_equal(to.phone, pasted[i].phone);
		assert_string_equal(to.province, pasted[i].province);
		assert_string_equal(to.city, pasted[i].city);
		assert_string_equal(to.district, pasted[i].district);
		assert_string_equal(to.address, pasted[i].address);
	}
	/* Where the name is known, words without a number are the place. */
	to = (struct order_address){ .name = "王五" };
	address_read("江苏省南京市玄武区 翡翠城", &to);
	assert_string_equal(to.name, "王五");
	assert_string_equal(to.address, "翡翠城");
}

static void
an_order_by_hand_is_unpaid_until_it_is_paid(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("小雨");
	struct order_card card;
	int64_t id;

	(void)state;
	must(s, order_add(s, &sale, &by_hand, &id));
	must(s, order_card(s, id, &card));
	assert_string_equal(card.order.order_no, "SO-000001");
	assert_int_equal(card.order.state, ORDER_UNPAID);
	assert_int_equal(card.order.origin, ORDER_MANUAL);
	assert_int_equal(card.order.total, 2 * 5900 + 990 + 800);
	assert_string_equal(card.order.nick, "小雨");
	assert_string_equal(card.order.province, "浙江省");
	assert_int_equal(card.lines.n, 2);
	assert_int_equal(card.order.agent_id, 1);
	order_card_free(&card);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM reservation"), 0);
	assert_int_equal(fixture_int(s, "SELECT order_n FROM customer"), 1);
	must(s, pay(s, id, 13590));
	assert_int_equal(state_of(s, id), ORDER_PAID);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 3);
	assert_int_equal(fixture_int(s, "SELECT paid FROM customer"), 13590);
	assert_int_equal(fixture_audited(s, "order-add", id), 1);
	/* The next one is of the same customer, and goes to the same hands. */
	sale.to = (struct order_address){ .name = "" };
	must(s, order_add(s, &sale, &by_hand, &id));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiver"), 1);
	/* Without a nick he is known by the phone. */
	sale = wanted("");
	must(s, order_add(s, &sale, &by_hand, &id));
	assert_int_equal(fixture_int(s, "SELECT order_n FROM customer"), 3);
	must(s, order_cancel(s, id, "does not want it"));
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_wrong_is_told_by_its_field(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("a");
	int64_t id, n = fixture_int(s, "SELECT count(*) FROM audit");
	struct order_how how = { .terms = 30 };

	(void)state;
	sale.n = 0;
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "sku");
	sale = wanted("a");
	copy_text(sale.line[1].sku, 64, "NONE");
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "sku");
	sale = wanted("a");
	sale.line[0].qty = 0;
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "qty");
	sale = wanted("a");
	sale.line[0].price = -2;
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "price");
	sale = wanted("a");
	sale.postage = -1;
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "postage");
	sale = wanted("a");
	copy_text(sale.shop, 64, "nowhere");
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "shop");
	sale = wanted("张**");
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "nick");
	sale = wanted("a");
	sale.to.name[0] = '\0';
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "name");
	sale = wanted("a");
	sale.to.phone[0] = '\0';
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "phone");
	sale = wanted("a");
	sale.to.address[0] = '\0';
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "address");
	sale = wanted("a");
	fails(s, order_add(s, &sale, &how, &id), ERR_INVALID, "terms");
	exec(s, "UPDATE variant SET active = 0 WHERE id = 2");
	fails(s, order_add(s, &sale, &by_hand, &id), ERR_INVALID, "sku");
	/* Nothing came of any of them. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"), n);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 0);
	fixture_end(s);
}

static int64_t
paid_at(struct session *s, int64_t id)
{
	struct order_card card;
	int64_t at;

	must(s, order_card(s, id, &card));
	at = card.order.paid_at;
	assert_true(card.order.ship_by != 0);
	order_card_free(&card);
	return at;
}

/* Paid at the door, or later: it goes at once. */
static void
what_is_paid_later_goes_at_once(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("a");
	struct order_how how = { .cod = true };
	int64_t cod, firm, id;

	(void)state;
	must(s, order_add(s, &sale, &how, &cod));
	assert_int_equal(state_of(s, cod), ORDER_PAID);
	assert_int_equal(
	    of(s, cod, "SELECT paid FROM orders WHERE id = $1"), 0);
	assert_int_equal(paid_at(s, cod), 0);
	must(s, pay(s, cod, 13590));
	assert_int_equal(
	    paid_at(s, cod), fixture_int(s, "SELECT at FROM payment"));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(paid) FROM day_figure"), 13590);
	exec(s, "INSERT INTO company (name, kinds, terms_days, created_at)"
		" VALUES ('宏达公司', 4, 30, 0)");
	how = (struct order_how){ .business = true, .terms = TERMS_COMPANY };
	sale = wanted("宏达公司");
	must(s, order_add(s, &sale, &how, &firm));
	assert_int_equal(state_of(s, firm), ORDER_PAID);
	assert_int_equal(of(s, firm,
			     "SELECT amount FROM payment WHERE"
			     " state = 0 AND order_id = $1"),
	    13590);
	assert_int_equal(paid_at(s, firm), 0);
	id = of(s, firm, "SELECT id FROM payment WHERE order_id = $1");
	must(s, payment_receive(s, id, 0, "B-1"));
	assert_int_equal(
	    of(s, firm, "SELECT paid FROM orders WHERE id = $1"), 13590);
	/* One without terms is paid first. */
	sale = wanted("新公司");
	must(s, order_add(s, &sale, &how, &id));
	assert_int_equal(state_of(s, id), ORDER_UNPAID);
	fixture_verify(s);
	fixture_end(s);
}

/* Scan it, close it. */
static void
ship(struct session *s, int64_t id, const char *waybill)
{
	struct pack_close close = { .courier = "YTO" };
	struct packing *p;
	char no[32];

	copy_text(close.waybill_no, sizeof(close.waybill_no), waybill);
	snprintf(no, sizeof(no), "%s-%06d",
	    of(s, id, "SELECT origin FROM orders WHERE id = $1") ==
		    ORDER_REISSUE
		? "RO"
		: "SO",
	    (int)id);
	p = opened(s, no);
	scan_all(s, p);
	must(s, pack_ship(s, p, &close, NULL));
	pack_free(p);
}

static void
it_is_shipped_as_every_other_order(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("a");
	const struct order_link *l;
	struct order_more more;
	struct order_reissue again = {
		.n = 1, .line[0] = { 1, 1 }, .reason = "broken on its way"
	};
	int64_t paid, id, re;

	(void)state;
	must(s, order_add(s, &sale, &by_hand, &id));
	fails(s, order_reissue(s, id, &again, &re), ERR_STATE, "");
	must(s, pay(s, id, 13590));
	ship(s, id, "YT0000000000001");
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	assert_int_equal(fixture_on_hand(s, 1), 48);
	/* Sent again: one pan, for nothing. */
	paid = fixture_int(s, "SELECT sum(paid_n) FROM day_figure");
	must(s, order_reissue(s, id, &again, &re));
	assert_int_equal(state_of(s, re), ORDER_PAID);
	assert_int_equal(
	    of(s, re, "SELECT total + paid FROM orders WHERE id = $1"), 0);
	assert_int_equal(
	    of(s, re, "SELECT sum(qty) FROM reservation WHERE order_id = $1"),
	    1);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(paid_n) FROM day_figure"), paid);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(created_n) FROM day_figure"), 1);
	assert_int_equal(fixture_int(s, "SELECT order_n FROM customer"), 1);
	must(s, order_more(s, re, &more));
	assert_int_equal(more.links.n, 1);
	l = page_row(&more.links, 0);
	assert_string_equal(l->how, "reissue_of");
	assert_int_equal(l->id, id);
	order_more_free(&more);
	must(s, order_more(s, id, &more));
	l = page_row(&more.links, 0);
	assert_string_equal(l->how, "reissued_as");
	order_more_free(&more);
	ship(s, re, "YT0000000000002");
	assert_int_equal(fixture_on_hand(s, 1), 47);
	assert_int_equal(
	    of(s, re, "SELECT cost FROM order_line WHERE order_id = $1"), 3000);
	assert_int_equal(fixture_audited(s, "order-reissue", re), 1);
	assert_int_equal(fixture_audited(s, "order-reissue", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
only_what_was_sent_is_sent_again(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("a");
	struct order_reissue again = { .n = 1, .line[0] = { 1, 3 } };
	int64_t id, re;

	(void)state;
	must(s, order_add(s, &sale, &by_hand, &id));
	must(s, pay(s, id, 13590));
	ship(s, id, "YT0000000000001");
	fails(s, order_reissue(s, id, &again, &re), ERR_INVALID, "reason");
	copy_text(again.reason, sizeof(again.reason), "lost");
	fails(s, order_reissue(s, id, &again, &re), ERR_INVALID, "qty");
	again.line[0].line_no = 9;
	fails(s, order_reissue(s, id, &again, &re), ERR_INVALID, "line");
	again.n = 0;
	must(s, order_reissue(s, id, &again, &re));
	assert_int_equal(
	    of(s, re, "SELECT sum(qty) FROM order_line WHERE order_id = $1"),
	    3);
	fails(s, pay(s, re, 100), ERR_INVALID, "amount");
	must(s, order_cancel(s, re, "it was found"));
	fixture_verify(s);
	fixture_end(s);
}

static void
a_gift_is_given_once(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("a");
	struct order_reissue again = { .reason = "lost" };
	int64_t id, other;

	(void)state;
	must(s, gift_rule_add(s,
		    &(struct gift_rule_edit){ .name = "each",
			.sku = "PAN",
			.gift_sku = "SPOON",
			.gift_qty = 1,
			.active = true },
		    &id));
	must(s, order_add(s, &sale, &by_hand, &id));
	must(s, pay(s, id, 13590));
	assert_int_equal(
	    of(s, id, "SELECT count(*) FROM order_line WHERE order_id = $1"),
	    3);
	ship(s, id, "YT0000000000001");
	/* It goes again as it went, and nothing is given for that. */
	must(s, order_reissue(s, id, &again, &other));
	assert_int_equal(
	    of(s, other, "SELECT count(*) FROM order_line WHERE order_id = $1"),
	    3);
	assert_int_equal(of(s, other,
			     "SELECT count(*) FROM order_line WHERE"
			     " gift <> 0 AND order_id = $1"),
	    0);
	/* A copy is given its own when it is paid. */
	must(s, order_copy(s, id, &other));
	assert_int_equal(state_of(s, other), ORDER_UNPAID);
	assert_int_equal(
	    of(s, other, "SELECT count(*) FROM order_line WHERE order_id = $1"),
	    2);
	must(s, pay(s, other, 13590));
	assert_int_equal(
	    of(s, other, "SELECT count(*) FROM order_line WHERE order_id = $1"),
	    3);
	fixture_verify(s);
	fixture_end(s);
}

/* In a shop of a platform: its files neither get it nor take it away. */
static void
platforms_do_not_hear_of_it(void **state)
{
	struct session *s = store();
	const struct export_options opt = { .all = true };
	const char *out = fixture_path("ship.csv");
	struct sale sale = wanted("a");
	int64_t theirs, id, rows = 0;
	struct packing *p;

	(void)state;
	theirs = fixture_order(s, "1001", 1, "PAN", NULL);
	exec(s, "UPDATE shop SET name = 'Corner'");
	copy_text(sale.shop, sizeof(sale.shop), "Corner");
	must(s, order_add(s, &sale, &by_hand, &id));
	assert_int_equal(of(s, id, "SELECT shop_id FROM orders WHERE id = $1"),
	    of(s, theirs, "SELECT shop_id FROM orders WHERE id = $1"));
	must(s, pay(s, id, 13590));
	ship(s, id, "YT0000000000001");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"
					" WHERE exported_at = 0"),
	    0);
	p = opened(s, "1001");
	scan_all(s, p);
	must(s, pack_ship(s, p,
		    &(struct pack_close){
			.courier = "YTO", .waybill_no = "YT0000000000002" },
		    NULL));
	pack_free(p);
	must(s, export_run(s, "shipments", out, &opt, &rows));
	assert_int_equal(rows, 1);
	fixture_verify(s);
	fixture_end(s);
}

/* The same files come again, and an older one of the buyer's. */
static void
imports_leave_it_alone(void **state)
{
	struct session *s = store();
	struct sale sale = wanted("nick-1001");
	struct order_card card;
	int64_t id;

	(void)state;
	fixture_order(s, "1001", 1, "PAN", NULL);
	exec(s, "UPDATE shop SET name = 'Corner'");
	copy_text(sale.shop, sizeof(sale.shop), "Corner");
	must(s, order_add(s, &sale, &by_hand, &id));
	/* The platform's buyer is the same person. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 1);
	fixture_order(s, "1002", 1, "PAN", NULL);
	must(s, order_card(s, id, &card));
	assert_int_equal(card.order.state, ORDER_UNPAID);
	assert_int_equal(card.lines.n, 2);
	order_card_free(&card);
	fixture_verify(s);
	fixture_end(s);
}

static void
all_of_it_or_nothing(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		const struct order_how how = { .cod = true };
		struct order_reissue again = { .reason = "lost" };
		struct sale sale = wanted("a");
		int64_t id = 0, copy = 0, re = 0;
		int add, dup, anew;

		fixture_variant(s, "PAN", 9, 3000);
		fixture_variant(s, "SPOON", 9, 300);
		fault_arm(&f);
		add = order_add(s, &sale, &how, &id);
		dup = add == 0 ? order_copy(s, id, &copy) : -1;
		fault_disarm(&f);
		anew = add == 0 ? order_reissue(s, id, &again, &re) : -1;
		assert_int_equal(anew, add == 0 ? ERR_STATE : -1);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"),
		    (add == 0) + (dup == 0));
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM order_link"),
		    dup == 0);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
						" WHERE op = 'order-add'"),
		    add == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_read_as_it_is_pasted),
		cmocka_unit_test(an_order_by_hand_is_unpaid_until_it_is_paid),
		cmocka_unit_test(what_is_wrong_is_told_by_its_field),
		cmocka_unit_test(what_is_paid_later_goes_at_once),
		cmocka_unit_test(it_is_shipped_as_every_other_order),
		cmocka_unit_test(only_what_was_sent_is_sent_again),
		cmocka_unit_test(a_gift_is_given_once),
		cmocka_unit_test(platforms_do_not_hear_of_it),
		cmocka_unit_test(imports_leave_it_alone),
		cmocka_unit_test(all_of_it_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
