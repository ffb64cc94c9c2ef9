/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "ship_lib.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/waves.h"

/* A kit from the platform's file to the shelf it comes back to. */

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间," \
	"宝贝标题\n"
#define ORDER(no, day) \
	no ",买家,240,0,240,\"买家已付款，等待卖家发货\",收," \
	   "广东省 广州市 越秀区 1号,13900001234,2024-05-" day " 10:00:00," \
	   "2024-05-" day " 10:01:00,东西\n"
#define ITEMS_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码,退款状态\n"
#define NO_REFUND "没有申请退款"

/* Two tea sets and a towel; a gift box that nobody has mapped; a tea set. */
static const char orders[] =
    HEAD ORDER("7701", "01") ORDER("7702", "02") ORDER("7703", "03");
static const char items[] = ITEMS_HEAD
    "71,7701,茶具,100,2,,SET," NO_REFUND "\n72,7701,毛巾,40,1,,TOWEL," NO_REFUND
    "\n73,7702,礼盒,240,1,,," NO_REFUND "\n74,7703,茶具,240,1,,SET," NO_REFUND
    "\n";
static const char refunded[] =
    ITEMS_HEAD "71,7701,茶具,100,2,,SET," NO_REFUND
	       "\n72,7701,毛巾,40,1,,TOWEL,退款成功\n";

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static int64_t
id_of(struct session *s, const char *sku)
{
	int64_t id = 0;

	must(s, variant_by_code(s, sku, &id));
	return id;
}

static int64_t
order_of(struct session *s, const char *no)
{
	char sql[80];

	snprintf(sql, sizeof(sql),
	    "SELECT id FROM orders WHERE order_no = '%s'"
	    " /*scan*/",
	    no);
	return fixture_int(s, sql);
}

static void
files(struct session *s, const char *o, const char *i)
{
	char one[4096];

	snprintf(one, sizeof(one), "%s", fixture_file("o.csv", o));
	take(s, "orders", one, fixture_file("i.csv", i));
}

/* "CUP 14, POT 3": what is promised. */
static const char *
promised(struct session *s)
{
	return text_of(s,
	    "SELECT group_concat(w, ', ') FROM (SELECT v.sku_code || ' ' ||"
	    " sum(r.qty) AS w FROM reservation r JOIN variant v ON v.id ="
	    " r.variant_id GROUP BY v.sku_code ORDER BY v.sku_code)");
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "POT", 50, 4000);
	fixture_variant(s, "CUP", 200, 500);
	fixture_variant(s, "TOWEL", 100, 300);
	fixture_variant(s, "SET", 0, 0);
	fixture_variant(s, "BOX", 0, 0);
	must(s, kit_put(s, id_of(s, "SET"), id_of(s, "POT"), 1));
	must(s, kit_put(s, id_of(s, "SET"), id_of(s, "CUP"), 4));
	must(s, kit_put(s, id_of(s, "BOX"), id_of(s, "CUP"), 2));
	must(s, kit_put(s, id_of(s, "BOX"), id_of(s, "TOWEL"), 1));
	files(s, orders, items);
	return s;
}

static void
picks(struct session *s, int64_t wave, const char *sku, int64_t qty)
{
	struct wave_scan scan;

	must(s, wave_pick(s, wave, sku, qty, &scan));
	if (scan.said > WAVE_ALL)
		fail_msg("%s: %d", sku, (int)scan.said);
}

static int64_t
a_wave(struct session *s)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	int64_t id = 0;

	must(s, wave_make(s, &what, &id));
	return id;
}

/* "CUP 8/8, POT 2/0": what a wave wants and has. */
static const char *
wanted(struct session *s, int64_t wave)
{
	static char text[200];
	const struct wave_line *l;
	struct page page;
	size_t i, n = 0;

	must(s, wave_lines(s, wave, &page));
	text[0] = '\0';
	for (i = 0; i < page.n; i++) {
		l = page_row(&page, i);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s %d/%d",
		    i > 0 ? ", " : "", l->sku_code, (int)l->need,
		    (int)l->picked);
	}
	page_free(&page);
	return text;
}

static void
parts_are_promised_from_the_file_on(void **state)
{
	struct session *s = shop();
	int64_t box;

	(void)state;
	assert_string_equal(promised(s), "CUP 12, POT 3, TOWEL 1");
	box = fixture_int(s, "SELECT id FROM listing WHERE title = '礼盒'"
			     " /*scan*/");
	must(s, listing_map(s, box, id_of(s, "BOX"), NULL));
	assert_string_equal(promised(s), "CUP 14, POT 3, TOWEL 2");
	/* Another recipe is for orders to come. */
	must(s, kit_put(s, id_of(s, "SET"), id_of(s, "CUP"), 6));
	files(s, HEAD ORDER("7704", "04"),
	    ITEMS_HEAD "75,7704,茶具,240,1,,SET," NO_REFUND "\n");
	assert_string_equal(promised(s), "CUP 20, POT 4, TOWEL 2");
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
a_part_that_is_missing_stops_the_kit(void **state)
{
	struct session *s = shop();
	struct stock_entry out = {
		.sku = "POT", .qty = 48, .reason = "broken"
	};
	struct wave_scan scan;
	struct wave_lack lack;
	int64_t wave, slip;

	(void)state;
	wave = a_wave(s);
	assert_string_equal(wanted(s, wave), "CUP 12/0, POT 3/0, TOWEL 1/0");
	picks(s, wave, "CUP", 12);
	picks(s, wave, "POT", 2);
	/* There are no more pots: the order that came last waits for one. */
	must(s, wave_short(s, wave, "POT", &lack));
	assert_int_equal(lack.kicked, 1);
	wave_lack_free(&lack);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_hold WHERE reason ="
			   " 'stock' AND cleared_at = 0"),
	    1);
	fixture_verify(s);
	must(s, wave_cancel(s, wave));
	/* No wave is made for what cannot be whole. */
	must(s, stock_issue(s, &out, &slip));
	must(s, order_release(s, order_of(s, "7703"), "stock", "there"));
	wave = a_wave(s);
	assert_string_equal(wanted(s, wave), "CUP 8/0, POT 2/0, TOWEL 1/0");
	picks(s, wave, "CUP", 8);
	picks(s, wave, "POT", 2);
	picks(s, wave, "TOWEL", 1);
	must(s, wave_sort(s, wave, "CUP", &scan));
	assert_int_equal(scan.slot, 1);
	ships(s, "7701", 1);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static int64_t
cost_of(struct session *s, const char *no, int64_t line)
{
	char sql[160];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(cost, -1) FROM order_line WHERE order_id = %d"
	    " AND line_no = %d",
	    (int)order_of(s, no), (int)line);
	return fixture_int(s, sql);
}

static int
comes_back(struct session *s, const char *no, const char *sku, int64_t qty)
{
	struct stock_line line = { .qty = qty };
	const struct stock_doc doc = {
		.reason = "7 days", .lines = &line, .n = 1
	};

	copy_text(line.sku, sizeof(line.sku), sku);
	return stock_return(s, order_of(s, no), &doc, NULL);
}

static void
it_goes_as_parts_and_comes_back_at_what_they_cost(void **state)
{
	struct session *s = shop();
	int64_t value = fixture_int(s, "SELECT sum(value) FROM stock /*scan*/");
	struct pack_close close = by_yto(1);
	struct stock_entry dear = { .sku = "CUP", .qty = 100, .cost = 900 };
	struct packing *p;
	int64_t slip;

	(void)state;
	/* The towel is paid back before it goes. */
	files(s, HEAD ORDER("7701", "01"), refunded);
	assert_string_equal(promised(s), "CUP 12, POT 3");
	must(s, order_release(s, order_of(s, "7701"), "refund", "paid back"));
	p = opened(s, "7701");
	assert_int_equal(scan(s, p, "SET"), PACK_OK);
	assert_int_equal(scan(s, p, "SET"), PACK_COMPLETE);
	must(s, pack_ship(s, p, &close, NULL));
	pack_free(p);
	/* Sold as two kits, that cost what went into them. */
	assert_int_equal(cost_of(s, "7701", 1), 2 * 4000 + 8 * 500);
	assert_int_equal(fixture_on_hand(s, id_of(s, "CUP")), 192);
	fixture_verify(s);
	/* A kit comes back; of the other one cup; then what is left of it. */
	must(s, stock_receive(s, &dear, &slip));
	value += 100 * 900;
	must(s, comes_back(s, "7701", "SET", 1));
	assert_int_equal(fixture_on_hand(s, id_of(s, "CUP")), 296);
	assert_int_equal(fixture_on_hand(s, id_of(s, "POT")), 49);
	must(s, comes_back(s, "7701", "CUP", 1));
	assert_int_equal(comes_back(s, "7701", "SET", 1), ERR_STATE);
	assert_non_null(strstr(s->err.text, "CUP"));
	assert_int_equal(fixture_on_hand(s, id_of(s, "POT")), 49);
	must(s, comes_back(s, "7701", "CUP", 3));
	must(s, comes_back(s, "7701", "POT", 1));
	assert_int_equal(comes_back(s, "7701", "TOWEL", 1), ERR_STATE);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM stock /*scan*/"), value);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
it_goes_in_two_parcels_or_with_others(void **state)
{
	struct session *s = shop();
	const struct split_piece cups = {
		.line_no = 20002, .part = 2, .qty = 4
	};
	int64_t ids[2], box;

	(void)state;
	must(s, order_split(s, order_of(s, "7703"), &cups, 1, NULL));
	ships(s, "7703-2", 2);
	assert_int_equal(state_of(s, order_of(s, "7703")), ORDER_PART_SHIPPED);
	assert_int_equal(cost_of(s, "7703", 1), 4 * 500);
	ships(s, "7703-1", 3);
	assert_int_equal(state_of(s, order_of(s, "7703")), ORDER_SHIPPED);
	assert_int_equal(cost_of(s, "7703", 1), 4000 + 4 * 500);
	fixture_verify(s);
	/* The same buyer's tea sets and gift box. */
	box = fixture_int(s, "SELECT id FROM listing WHERE title = '礼盒'"
			     " /*scan*/");
	must(s, listing_map(s, box, id_of(s, "BOX"), NULL));
	ids[0] = order_of(s, "7701");
	ids[1] = order_of(s, "7702");
	must(s, order_merge(s, ids, 2));
	ships(s, "7702", 4);
	assert_int_equal(state_of(s, ids[0]), ORDER_SHIPPED);
	assert_int_equal(cost_of(s, "7702", 1), 2 * 500 + 300);
	assert_string_equal(promised(s), "NULL");
	fixture_verify(s);
	must(s, comes_back(s, "7702", "BOX", 1));
	assert_int_equal(fixture_on_hand(s, id_of(s, "CUP")), 188);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_promised_from_the_file_on),
		cmocka_unit_test(a_part_that_is_missing_stops_the_kit),
		cmocka_unit_test(
		    it_goes_as_parts_and_comes_back_at_what_they_cost),
		cmocka_unit_test(it_goes_in_two_parcels_or_with_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
