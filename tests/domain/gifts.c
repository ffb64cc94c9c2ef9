/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/orders/gifts_priv.h"
#include "../../src/domain/orders/order_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* Something about an order is changed, and its gifts follow. */
static void
change(struct session *s, int64_t id, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	if (sql != NULL)
		must(s, db_exec(txn, sql, DB_ARGS(db_i(id)), NULL));
	must(s, stock_again(s, txn, id));
	must(s, gifts_again(s, txn, id));
	must(s, db_commit(&txn));
}

/* "spoon 2, towel 1": what the order is given, by product. */
static const char *
gifts(struct session *s, int64_t id)
{
	static char text[200];
	struct str out = STR_INIT;
	struct db_rows *rows;

	must(s, db_query(s->db,
		    "SELECT v.sku_code, l.qty FROM order_line l"
		    " JOIN variant v ON v.id = l.variant_id"
		    " WHERE l.order_id = $1 AND l.gift <> 0"
		    " ORDER BY l.gift, l.line_no /*sort*/",
		    DB_ARGS(db_i(id)), &rows));
	while (db_next(rows) > 0)
		str_addf(&out, "%s%s %" PRId64, out.len > 0 ? ", " : "",
		    db_text(rows, 0), db_int(rows, 1));
	db_done(rows);
	copy_text(text, sizeof(text), out.s);
	str_done(&out);
	return text;
}

static int64_t
rule(struct session *s, const struct gift_rule_edit *e)
{
	int64_t id;

	must(s, gift_rule_add(s, e, &id));
	return id;
}

/* A spoon for each 100 yuan; a towel for two pans. */
static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 500, 3000);
	fixture_variant(s, "POT", 500, 4000);
	fixture_variant(s, "SPOON", 100, 200);
	fixture_variant(s, "TOWEL", 100, 300);
	rule(s, &(struct gift_rule_edit){ .name = "100",
		    .min_paid = 10000,
		    .gift_sku = "SPOON",
		    .gift_qty = 1,
		    .each_time = true,
		    .active = true });
	rule(s, &(struct gift_rule_edit){ .name = "pans",
		    .sku = "PAN",
		    .min_qty = 2,
		    .gift_sku = "TOWEL",
		    .gift_qty = 1,
		    .active = true });
	return s;
}

static void
an_order_gets_what_its_money_and_goods_are_worth(void **state)
{
	struct session *s = shop();
	int64_t one = fixture_order(s, "1", 1, "PAN", NULL);
	int64_t two = fixture_order(s, "2", 2, "PAN", NULL);
	int64_t more = fixture_order(s, "3", 5, "POT", NULL);
	struct order_card card;

	(void)state;
	change(s, one, NULL);
	change(s, two, NULL);
	change(s, more, NULL);
	assert_string_equal(gifts(s, one), "");
	assert_string_equal(gifts(s, two), "SPOON 1, TOWEL 1");
	assert_string_equal(gifts(s, more), "SPOON 2");
	/* Stock is kept for them; they cost the buyer nothing. */
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock WHERE variant_id = 3"),
	    3);
	must(s, order_card(s, two, &card));
	assert_int_equal(card.lines.n, 3);
	assert_int_equal(card.order.paid, 10000);
	order_card_free(&card);
	assert_int_equal(fixture_audited(s, "order-gifts", two), 1);
	change(s, two, NULL); /* nothing new, nothing said */
	assert_int_equal(fixture_audited(s, "order-gifts", two), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_paid_back_is_given_for_no_more(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 2, "PAN", "POT", NULL);

	(void)state;
	change(s, id, NULL);
	assert_string_equal(gifts(s, id), "SPOON 2, TOWEL 1");
	change(s, id,
	    "UPDATE order_line SET refund_state = 2, refund = 10000"
	    " WHERE order_id = $1 AND line_no = 1");
	assert_string_equal(gifts(s, id), "SPOON 1");
	change(s, id, "UPDATE orders SET refund = 15000 WHERE id = $1");
	assert_string_equal(gifts(s, id), "");
	change(s, id, "UPDATE orders SET refund = 0 WHERE id = $1");
	assert_string_equal(gifts(s, id), "SPOON 1");
	fixture_verify(s);
	fixture_end(s);
}

/* Stock is kept for what is to be sent, and for nothing else. */
static void
promises_agree(struct session *s)
{
	assert_int_equal(
	    fixture_int(s,
		"SELECT count(*) FROM order_line l JOIN orders o"
		" ON o.id = l.order_id LEFT JOIN reservation r"
		" ON r.order_id = l.order_id AND r.line_no = l.line_no"
		" WHERE coalesce(r.qty, 0) <> CASE WHEN o.state IN (2, 3)"
		" AND l.refund_state <> 2 THEN l.qty - l.sent ELSE 0 END"
		" /*scan*/"),
	    0);
	assert_int_equal(
	    fixture_int(s, "SELECT (SELECT sum(reserved) FROM stock)"
			   " - (SELECT sum(qty) FROM reservation) /*scan*/"),
	    0);
}

static void
same_hands(struct session *s)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s,
	    db_exec(txn, "UPDATE receiver SET address = '文三路 1 号' /*scan*/",
		DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

static void
orders_in_one_parcel_are_one_order_to_the_rules(void **state)
{
	struct session *s = shop();
	int64_t ids[] = { fixture_order(s, "1", 1, "PAN", NULL),
		fixture_order(s, "2", 1, "PAN", NULL) };

	(void)state;
	same_hands(s);
	change(s, ids[0], NULL);
	change(s, ids[1], NULL);
	assert_string_equal(gifts(s, ids[1]), "");
	must(s, order_merge(s, ids, 2));
	assert_string_equal(gifts(s, ids[0]), "SPOON 1, TOWEL 1");
	assert_string_equal(gifts(s, ids[1]), "");
	must(s, order_unmerge(s, ids[0]));
	assert_string_equal(gifts(s, ids[0]), "");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_was_sent_stays(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 2, "PAN", NULL);
	struct pack_close close = {
		.courier = "YTO", .waybill_no = "YT1234567890123", .more = true
	};
	struct packing *p;

	(void)state;
	change(s, id, NULL);
	assert_string_equal(gifts(s, id), "SPOON 1, TOWEL 1");
	must(s, pack_open(s, "1", &p));
	assert_true(pack_scan(s, p, "SPOON", NULL) >= 0);
	assert_true(pack_scan(s, p, "PAN", NULL) >= 0);
	must(s, pack_ship(s, p, &close, NULL));
	pack_free(p);
	change(s, id, "UPDATE orders SET refund = 10000 WHERE id = $1");
	/* The spoon is gone; the towel is not bought any more than before. */
	assert_string_equal(gifts(s, id), "SPOON 1, TOWEL 1");
	change(s, id,
	    "UPDATE order_line SET qty = 1 WHERE order_id = $1"
	    " AND line_no = 1");
	assert_string_equal(gifts(s, id), "SPOON 1");
	assert_int_equal(fixture_int(s, "SELECT cost FROM order_line"
					" WHERE gift = 1"),
	    200);
	promises_agree(s);
	fixture_end(s);
}

static void
rules_have_their_time_their_shop_and_their_order(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 4, "POT", NULL), n, day, last;
	struct gift_rule_edit e;
	struct page page;
	bool changed;

	(void)state;
	day = time_day(time_now() - 3600);
	last = rule(s, &(struct gift_rule_edit){ .name = "once",
			   .gift_sku = "TOWEL",
			   .gift_qty = 3,
			   .since = day + 1,
			   .alone = true,
			   .seq = 1,
			   .active = true });
	must(s, order_gifts(s, id, &changed));
	assert_true(changed);
	assert_string_equal(gifts(s, id), "SPOON 2");
	must(s, gift_rule_get(s, last, &page));
	gift_rule_edit_from(&e, page_row(&page, 0));
	page_free(&page);
	assert_int_equal(e.since, day + 1);
	e.since = e.until = day;
	must(s, gift_rule_save(s, last, 1, &e));
	must(s, order_gifts_all(s, &n));
	assert_int_equal(n, 1);
	assert_string_equal(gifts(s, id), "TOWEL 3");
	must(s, gift_rule_active(s, last, false));
	must(s, order_gifts(s, id, &changed));
	assert_string_equal(gifts(s, id), "SPOON 2");
	must(s, order_gifts(s, id, &changed));
	assert_false(changed);
	must(s, order_cancel(s, id, "not wanted"));
	assert_int_equal(order_gifts(s, id, &changed), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

/* Whatever happens in which order: the same gifts. */
static const char *const events[] = {
	"UPDATE orders SET paid = 42000, total = 42000 WHERE id = $1",
	"UPDATE order_line SET qty = 3 WHERE order_id = $1 AND line_no = 2",
	"UPDATE order_line SET refund_state = 2, refund = 5000"
	" WHERE order_id = $1 AND line_no = 1",
	"UPDATE orders SET refund = 7000 WHERE id = $1",
	"UPDATE order_line SET variant_id = 1 WHERE order_id = $1"
	" AND line_no = 2",
	NULL, /* merged with the other */
};
#define EVENTS (sizeof(events) / sizeof(events[0]))

static void
happen(const size_t *order, char *out, size_t size)
{
	struct session *s = shop();
	int64_t ids[] = { fixture_order(s, "1", 1, "PAN", "POT", NULL),
		fixture_order(s, "2", 2, "PAN", NULL) };
	size_t i;

	same_hands(s);
	change(s, ids[0], NULL);
	change(s, ids[1], NULL);
	for (i = 0; i < EVENTS; i++)
		if (events[order[i]] != NULL)
			change(s, ids[0], events[order[i]]);
		else
			must(s, order_merge(s, ids, 2));
	snprintf(out, size, "%s", gifts(s, ids[0]));
	snprintf(
	    out + strlen(out), size - strlen(out), " | %s", gifts(s, ids[1]));
	promises_agree(s);
	fixture_end(s);
}

static void
the_same_comes_of_it_whatever_came_first(void **state)
{
	size_t order[EVENTS] = { 0, 1, 2, 3, 4, 5 }, i, k, t;
	char first[200], other[200];
	uint64_t seed = 7;

	(void)state;
	happen(order, first, sizeof(first));
	assert_string_equal(first, "SPOON 4, TOWEL 1 | ");
	for (t = 0; t < 12; t++) {
		for (i = EVENTS - 1; i > 0; i--) {
			seed =
			    seed * 6364136223846793005u + 1442695040888963407u;
			k = (size_t)(seed >> 33) % (i + 1);
			size_t was = order[i];

			order[i] = order[k];
			order[k] = was;
		}
		happen(order, other, sizeof(other));
		assert_string_equal(other, first);
	}
}

static const char orders_csv[] =
    "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,"
    "联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n";

static void
imported(struct session *s, const char *row)
{
	char text[2000];
	const char *file;
	struct import *im;

	snprintf(text, sizeof(text), "%s%s", orders_csv, row);
	file = fixture_file("orders.csv", text);
	must(s, import_run(s, "orders", &file, 1, NULL, &im));
	import_free(im);
}

static void
files_leave_gifts_alone(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "4119203366520877702", 2, "PAN", NULL);
	int64_t lines;

	(void)state;
	change(s, id, NULL);
	lines = fixture_int(s, "SELECT count(*) FROM order_line");
	imported(s,
	    "4119203366520877702,nick-4119203366520877702,250.00,250.00,"
	    "\"买家已付款,等待卖家发货\",李小明,浙江省 杭州市 西湖区 文三路 1 "
	    "号,13812345678,2030-01-01 10:00:00,2030-01-01 10:01:00,PAN,2\n");
	assert_string_equal(gifts(s, id), "SPOON 2, TOWEL 1");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_line"), lines);
	fixture_verify(s);
	fixture_end(s);
}

static void
rules_are_judged(void **state)
{
	static const struct gift_rule_edit wrong[] = {
		{ .name = "", .gift_sku = "SPOON", .gift_qty = 1 },
		{ .name = "x", .gift_sku = "", .gift_qty = 1 },
		{ .name = "x", .gift_sku = "NONE", .gift_qty = 1 },
		{ .name = "x", .gift_sku = "SPOON", .gift_qty = 0 },
		{ .name = "x",
		    .gift_sku = "SPOON",
		    .gift_qty = 1,
		    .each_time = true },
		{ .name = "x",
		    .gift_sku = "SPOON",
		    .gift_qty = 1,
		    .since = 9,
		    .until = 8 },
		{ .name = "x",
		    .gift_sku = "SPOON",
		    .gift_qty = 1,
		    .min_paid = -1 },
		{ .name = "x", .sku = "?", .gift_sku = "SPOON", .gift_qty = 1 },
		{ .name = "x",
		    .gift_sku = "SPOON",
		    .gift_qty = 1,
		    .shop = "?" },
	};
	static const char *const fields[] = { "name", "gift_sku", "gift_sku",
		"gift_qty", "each_time", "until", "min_paid", "sku", "shop" };
	struct gift_rule_edit e = {
		.name = "pans", .gift_sku = "SPOON", .gift_qty = 1
	};
	struct session *s = shop();
	int64_t id;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(gift_rule_add(s, &wrong[i], &id), ERR_INVALID);
		assert_string_equal(s->err.field, fields[i]);
	}
	assert_int_equal(gift_rule_add(s, &e, &id), ERR_CONFLICT);
	must(s, gift_rule_by_name(s, "pans", &id));
	assert_int_equal(gift_rule_save(s, id, 9, &e), ERR_CONFLICT);
	assert_int_equal(gift_rule_by_name(s, "?", &id), ERR_NOTFOUND);
	fixture_end(s);
}

static void
gifts_are_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		const struct gift_rule_edit e = { .name = "all",
			.gift_sku = "SPOON",
			.gift_qty = 1,
			.active = true };
		int64_t order, id = 0;
		int add, give;
		bool changed;

		fixture_variant(s, "PAN", 9, 3000);
		fixture_variant(s, "SPOON", 9, 300);
		order = fixture_order(s, "1", 1, "PAN", NULL);
		fault_arm(&f);
		add = gift_rule_add(s, &e, &id);
		give = order_gifts(s, order, &changed);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_audited(s, "gift-rule-add", id), add == 0);
		assert_string_equal(
		    gifts(s, order), add == 0 && give == 0 ? "SPOON 1" : "");
		assert_int_equal(fixture_audited(s, "order-gifts", order),
		    add == 0 && give == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_order_gets_what_its_money_and_goods_are_worth),
		cmocka_unit_test(what_is_paid_back_is_given_for_no_more),
		cmocka_unit_test(
		    orders_in_one_parcel_are_one_order_to_the_rules),
		cmocka_unit_test(what_was_sent_stays),
		cmocka_unit_test(
		    rules_have_their_time_their_shop_and_their_order),
		cmocka_unit_test(the_same_comes_of_it_whatever_came_first),
		cmocka_unit_test(files_leave_gifts_alone),
		cmocka_unit_test(rules_are_judged),
		cmocka_unit_test(gifts_are_whole_whatever_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
