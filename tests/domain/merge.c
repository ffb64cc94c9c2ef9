/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"

#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"

/* Orders of one buyer that go in one parcel. */

struct three {
	int64_t a, b, c;
};

/* Three orders to the same hands: a pan, a stone, a pan. */
static struct session *
shop(struct three *o)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 9, 5000);
	fixture_variant(s, "STONE", 9, 700);
	o->a = fixture_order(s, "1001", 1, "PAN", NULL);
	o->b = fixture_order(s, "1002", 2, "STONE", NULL);
	o->c = fixture_order(s, "1003", 1, "PAN", NULL);
	return s;
}

static void
merged_orders_go_in_one_parcel(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	const struct pack_line *l;
	struct order_card card;
	struct packing *p;
	struct page page;
	size_t n;

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 3), 0);
	fixture_verify(s);
	assert_int_equal(order_group(s, o.b, &page), 0);
	assert_int_equal(page.n, 3);
	assert_int_equal(
	    ((const struct merge_order *)page_row(&page, 0))->id, o.a);
	page_free(&page);
	fixture_role(s, "clerk");
	/* A follower's number opens all of them. */
	p = opened(s, "1002");
	assert_int_equal(pack_order(p), o.a);
	pack_orders(p, &n);
	assert_int_equal(n, 3);
	l = pack_lines(p, &n);
	assert_int_equal(n, 3);
	assert_string_equal(l[1].order_no, "1002");
	assert_int_equal(l[1].need, 2);
	pack_free(p);
	ships(s, "1003", 1);
	fixture_verify(s);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"
					" WHERE state = 4 AND waybill_no ="
					" 'YT0000000000001'"),
	    3);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(shipped_n) FROM day_figure"), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(cost) FROM order_line"), 11400);
	assert_int_equal(fixture_audited(s, "order-ship", o.a), 1);
	assert_int_equal(fixture_audited(s, "order-ship", o.c), 1);
	refused(s, "1002", ERR_STATE, "already shipped by clerk");
	/* Each of them shows it. */
	assert_int_equal(order_card(s, o.b, &card), 0);
	assert_int_equal(card.parcels.n, 1);
	order_card_free(&card);
	assert_int_equal(parcel_find(s, "1003", 5, &page), 0);
	assert_int_equal(page.n, 1);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->also, "1002 1003");
	page_free(&page);
	fixture_end(s);
}

static int64_t
exported(struct session *s, const struct export_options *opt)
{
	int64_t rows = 0;

	if (export_run(s, "shipments", fixture_path("out.csv"), opt, &rows) !=
	    0)
		fail_msg("%s", s->err.text);
	return rows;
}

static void
the_platform_is_told_of_each(void **state)
{
	const struct export_options opt = { .platform = "taobao" };
	struct three o;
	struct session *s = shop(&o);

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 2), 0);
	ships(s, "1001", 1);
	assert_int_equal(exported(s, &opt), 2);
	assert_int_equal(exported(s, &opt), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel_also"
					" WHERE exported_at > 0"),
	    1);
	fixture_end(s);
}

static void
a_hold_of_any_stops_all(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	struct pack_close c = by_yto(1);
	struct packing *p;

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 2), 0);
	p = packed(s, "1001");
	assert_int_equal(order_hold(s, o.b, "refund", ""), 0);
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_STATE);
	tells(s, "1002");
	pack_free(p);
	refused(s, "1001", ERR_STATE, "Order 1002 is on hold");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 0);
	assert_int_equal(order_release(s, o.b, NULL, ""), 0);
	ships(s, "1002", 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
not_merged(struct session *s, const int64_t *ids, const char *words)
{
	assert_int_equal(order_merge(s, ids, 2), ERR_STATE);
	tells(s, words);
}

static void
what_does_not_go_together_is_said(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	const int64_t twice[] = { o.a, o.a }, none[] = { o.a, 99 };
	struct pack_close c = by_yto(3);
	const struct split_piece half[] = { { 1, 2, 1, NULL } };
	struct packing *p;

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 1), ERR_INVALID);
	assert_int_equal(order_merge(s, twice, 2), ERR_INVALID);
	assert_int_equal(order_merge(s, none, 2), ERR_NOTFOUND);
	exec(s, "UPDATE orders SET cod = 1 WHERE id = 2");
	not_merged(s, &o.a, "1002 is cash on delivery");
	exec(s, "UPDATE orders SET cod = 0 WHERE id = 2;"
		"UPDATE receiver SET phone = '13999990000' WHERE id = 2");
	not_merged(s, &o.a, "different receivers");
	/* Whoever is masked may be anybody. */
	exec(s, "UPDATE receiver SET phone = '138****5678' WHERE id < 3");
	not_merged(s, &o.a, "different receivers");
	exec(s, "UPDATE receiver SET phone = '13812345678' WHERE id < 3;"
		"INSERT INTO shop (platform, name) VALUES ('pdd', 'B');"
		"UPDATE orders SET shop_id = 2 WHERE id = 2");
	not_merged(s, &o.a, "different platforms");
	exec(s, "UPDATE orders SET shop_id = 1 WHERE id = 2");
	assert_int_equal(order_split(s, o.b, half, 1, NULL), 0);
	not_merged(s, &o.a, "1002 is split");
	assert_int_equal(order_unsplit(s, o.b), 0);
	p = packed(s, "1002");
	assert_int_equal(pack_keep(s, p, &c, NULL), 0);
	pack_free(p);
	not_merged(s, &o.a, "1002 is packed already");
	assert_int_equal(pack_unpack(s, "1002"), 0);
	assert_int_equal(order_merge(s, &o.a, 2), 0);
	not_merged(s, &o.b, "1002 goes with order 1001 already");
	assert_int_equal(order_split(s, o.a, half, 1, NULL), ERR_STATE);
	tells(s, "merged with others");
	ships(s, "1001", 4);
	not_merged(s, &o.b, "already shipped");
	assert_int_equal(order_unmerge(s, o.b), ERR_STATE);
	assert_int_equal(order_unmerge(s, o.c), ERR_STATE);
	tells(s, "with no others");
	fixture_end(s);
}

static void
who_leads_others_goes_on_to(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	const int64_t later[] = { o.a, o.b };
	int64_t two[2];

	(void)state;
	assert_int_equal(order_merge(s, &o.b, 2), 0); /* 1002 leads */
	assert_int_equal(order_merge(s, later, 2), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE lead_id = 2"), 2);
	two[0] = fixture_order(s, "1004", 1, "PAN", NULL);
	two[1] = fixture_order(s, "1005", 1, "PAN", NULL);
	assert_int_equal(order_merge(s, two, 2), 0);
	two[1] = o.b;
	not_merged(s, two, "both have others");
	fixture_verify(s);
	fixture_end(s);
}

static void
merging_is_undone(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	struct packing *p;
	struct pack_close c = by_yto(1);
	size_t n;

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 3), 0);
	p = packed(s, "1001");
	assert_int_equal(order_unmerge(s, o.b), 0);
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	pack_free(p);
	fixture_verify(s);
	p = opened(s, "1002");
	pack_orders(p, &n);
	assert_int_equal(n, 1);
	pack_free(p);
	p = opened(s, "1003");
	pack_orders(p, &n);
	assert_int_equal(n, 2);
	pack_free(p);
	assert_int_equal(order_unmerge(s, o.a), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"
					" WHERE lead_id IS NOT NULL"),
	    0);
	assert_int_equal(fixture_audited(s, "order-unmerge", o.c), 1);
	fixture_verify(s);
	ships(s, "1001", 1);
	ships(s, "1002", 2);
	ships(s, "1003", 3);
	fixture_verify(s);
	fixture_end(s);
}

static void
who_is_cancelled_leaves_the_others(void **state)
{
	struct three o;
	struct session *s = shop(&o);
	struct packing *p;
	size_t n;

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 3), 0);
	assert_int_equal(order_cancel(s, o.a, "wrong"), 0);
	fixture_verify(s);
	p = opened(s, "1003");
	assert_int_equal(pack_order(p), o.b); /* leads now */
	pack_orders(p, &n);
	assert_int_equal(n, 2);
	pack_free(p);
	refused(s, "1001", ERR_STATE, "closed");
	fixture_end(s);
}

/* What the platform's file says of 1002. */
static void
import(struct session *s, const char *what, const char *address)
{
	static char text[1000];
	const struct import_options opt = { .shop = "测试店" };
	const char *file;
	struct import *im = NULL;

	snprintf(text, sizeof(text),
	    "订单编号,买家会员名,总金额,买家应付货款,买家应付邮费,"
	    "买家实际支付金额,订单创建时间,订单付款时间,店铺名称,"
	    "订单状态,收货人姓名,收货地址,联系手机\n"
	    "1002,nick-1002,100,100,0,100,2024-05-01 10:00:00,"
	    "2024-05-01 10:05:00,测试店,%s,李小明,%s,13812345678\n",
	    what, address);
	file = fixture_file("later.csv", text);
	if (import_run(s, "orders", &file, 1, &opt, &im) < 0)
		fail_msg("%s", s->err.text);
	import_free(im);
	fixture_verify(s);
}

#define PAID "\"买家已付款，等待卖家发货\""

static void
another_address_leaves_the_others(void **state)
{
	struct three o;
	struct session *s = shop(&o);

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 3), 0);
	import(s, PAID, "江苏省 南京市 鼓楼区 一路1号");
	refused(s, "1002", ERR_STATE, "on hold");
	ships(s, "1001", 1);
	assert_int_equal(state_of(s, o.b), ORDER_PAID);
	assert_int_equal(state_of(s, o.c), ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_the_platform_closed_leaves_the_others(void **state)
{
	struct three o;
	struct session *s = shop(&o);

	(void)state;
	assert_int_equal(order_merge(s, &o.a, 3), 0);
	import(s, "交易关闭", "浙江省 杭州市 西湖区 文三路 1 号");
	assert_int_equal(state_of(s, o.b), ORDER_CLOSED);
	ships(s, "1003", 1);
	assert_int_equal(state_of(s, o.a), ORDER_SHIPPED);
	assert_int_equal(state_of(s, o.b), ORDER_CLOSED);
	fixture_verify(s);
	fixture_end(s);
}

/* The platform counts all of it as shipped; we know what is not. */
static void
what_is_left_of_an_order_stays_to_be_sent(void **state)
{
	const struct split_piece one[] = { { 1, 2, 1, NULL } };
	struct three o;
	struct session *s = shop(&o);

	(void)state;
	assert_int_equal(order_split(s, o.b, one, 1, NULL), 0);
	ships(s, "1002-1", 1);
	import(s, "\"卖家已发货，等待买家确认\"",
	    "浙江省 杭州市 西湖区 文三路 1 号");
	assert_int_equal(state_of(s, o.b), ORDER_PART_SHIPPED);
	ships(s, "1002-2", 2);
	assert_int_equal(state_of(s, o.b), ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

static void
candidates_are_found(void **state)
{
	const struct merge_filter one = { .any_shop = false };
	const struct merge_filter any = { .any_shop = true };
	const struct merge_candidate *m;
	struct three o;
	struct session *s = shop(&o);
	int64_t ids[MERGE_MAX];
	struct page page, next;
	size_t n;

	(void)state;
	fixture_order(s, "2001", 1, "PAN", NULL);
	fixture_order(s, "2002", 1, "PAN", NULL);
	/* Another buyer; of two orders the younger came too late. */
	exec(s, "UPDATE receiver SET name = '王五' WHERE id IN (4, 5);"
		"UPDATE orders SET created_at = created_at + 8 * 86400"
		" WHERE id = 5");
	assert_int_equal(merge_page(s, &one, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	m = page_row(&page, 0);
	assert_int_equal(m->id, o.a);
	assert_int_equal(m->n, 3);
	assert_int_equal(m->qty, 4);
	assert_int_equal(m->paid, 20000);
	assert_string_equal(m->others, "1002 1003");
	assert_string_equal(m->receiver, "李小明");
	assert_int_equal(
	    merge_page(s, &one, PAGE_AFTER, page_row(&page, 0), 9, &next), 0);
	assert_int_equal(next.n, 0);
	page_free(&next);
	page_free(&page);
	assert_int_equal(merge_with(s, o.b, false, ids, &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(order_merge(s, ids, n), 0);
	assert_int_equal(merge_page(s, &one, PAGE_LAST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(order_unmerge(s, o.a), 0);
	/* Cash on delivery and other shops do not come in. */
	exec(s, "UPDATE orders SET cod = 1 WHERE id = 3;"
		"INSERT INTO shop (platform, name) VALUES ('tmall', 'B');"
		"UPDATE orders SET shop_id = 2 WHERE id = 2");
	assert_int_equal(merge_page(s, &one, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(merge_page(s, &any, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_role(s, "clerk");
	assert_int_equal(merge_page(s, &any, PAGE_FIRST, NULL, 9, &page), 0);
	m = page_row(&page, 0);
	assert_string_equal(m->receiver, "李**");
	assert_null(strstr(m->phone, "1234"));
	assert_null(strstr(m->address, "文三路"));
	page_free(&page);
	fixture_end(s);
}

static void
merging_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t ids[2];
		int rc;

		fixture_variant(s, "A", 9, 5000);
		ids[0] = fixture_order(s, "1001", 1, "A", NULL);
		ids[1] = fixture_order(s, "1002", 1, "A", NULL);
		fault_arm(&f);
		rc = order_merge(s, ids, 2);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT coalesce(max(lead_id), 0)"
				   " FROM orders"),
		    rc == 0 ? ids[0] : 0);
		assert_int_equal(
		    fixture_audited(s, "order-merge", ids[1]), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
undoing_it_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t ids[2];
		int rc;

		fixture_variant(s, "A", 9, 5000);
		ids[0] = fixture_order(s, "1001", 1, "A", NULL);
		ids[1] = fixture_order(s, "1002", 1, "A", NULL);
		assert_int_equal(order_merge(s, ids, 2), 0);
		fault_arm(&f);
		rc = order_unmerge(s, ids[0]);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT coalesce(max(lead_id), 0)"
				   " FROM orders"),
		    rc == 0 ? 0 : ids[0]);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
shipping_them_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct pack_close c = by_yto(1);
		struct packing *p;
		int64_t ids[2];
		int rc;

		fixture_variant(s, "A", 9, 5000);
		ids[0] = fixture_order(s, "1001", 1, "A", NULL);
		ids[1] = fixture_order(s, "1002", 1, "A", NULL);
		assert_int_equal(order_merge(s, ids, 2), 0);
		p = packed(s, "1002");
		fault_arm(&f);
		rc = pack_ship(s, p, &c, NULL);
		fault_disarm(&f);
		pack_free(p);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"
						" WHERE state = 4"),
		    rc == 0 ? 2 : 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merged_orders_go_in_one_parcel),
		cmocka_unit_test(the_platform_is_told_of_each),
		cmocka_unit_test(a_hold_of_any_stops_all),
		cmocka_unit_test(what_does_not_go_together_is_said),
		cmocka_unit_test(who_leads_others_goes_on_to),
		cmocka_unit_test(merging_is_undone),
		cmocka_unit_test(who_is_cancelled_leaves_the_others),
		cmocka_unit_test(another_address_leaves_the_others),
		cmocka_unit_test(what_the_platform_closed_leaves_the_others),
		cmocka_unit_test(what_is_left_of_an_order_stays_to_be_sent),
		cmocka_unit_test(candidates_are_found),
		cmocka_unit_test(merging_survives_every_failure),
		cmocka_unit_test(undoing_it_survives_every_failure),
		cmocka_unit_test(shipping_them_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
