/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "shopmgr/base/time.h"

/* The files of each platform, as it hands them out. */

static const char sql_orders[] =
    "SELECT order_no || ' ' || state || ' ' || total || '/' || postage || '/' "
    "|| paid || '/' || refund || '/' || settled || ' ' || "
    "strftime('%m-%d %H:%M', created_at + 28800, 'unixepoch') || "
    "CASE WHEN paid_at = 0 THEN '' ELSE ' p' || strftime('%m-%d %H:%M', "
    "paid_at + 28800, 'unixepoch') END || "
    "CASE WHEN shipped_at = 0 THEN '' ELSE ' s' || strftime('%m-%d %H:%M', "
    "shipped_at + 28800, 'unixepoch') END || "
    "ifnull(' ' || c.name, '') || ifnull(' ' || waybill_no, '') "
    "FROM orders o LEFT JOIN courier c ON c.id = o.courier_id "
    "ORDER BY o.id";
static const char sql_receivers[] =
    "SELECT r.name || '|' || r.phone || '|' || province || '|' || city || "
    "'|' || district || '|' || address || '|' || ifnull(c.identity, '-') "
    "FROM orders o JOIN receiver r ON r.id = receiver_id LEFT JOIN customer c "
    "ON c.id = r.customer_id ORDER BY o.id";
static const char sql_lines[] =
    "SELECT title || '|' || attrs || '|' || i.sku_code || '|' || item_no || "
    "'|' || qty || 'x' || price || '=' || l.paid || CASE refund_state WHEN 0 "
    "THEN '' ELSE ' r' || refund_state || ':' || l.refund END "
    "FROM order_line l JOIN listing i ON i.id = listing_id "
    "ORDER BY order_id, line_no";

static const struct sample {
	const char *file, *with; /* with: the other one of a pair */
	const char *text, *platform;
	int64_t orders, lines;
	const char *all, *receivers, *goods;
} samples[] = {
	{ SAMPLES "pdd/orders_export_2026.utf8bom.csv", NULL,
	    "Pinduoduo orders (2026, 27 columns)", "pdd", 5, 5,
	    "240601-100000000000001 2 2990/0/2990/0/2990 06-01 09:00 p06-01 "
	    "09:00\n"
	    "240601-100000000000002 4 1980/0/1880/0/1880 06-01 09:00 p06-01 "
	    "09:00 s06-01 18:22 韵达快递 434000000000002\n"
	    "240530-100000000000003 5 990/0/990/0/990 05-30 09:00 p05-30 09:00 "
	    "s05-30 20:00 极兔速递 JT0000000000003\n"
	    "240529-100000000000004 6 1580/0/1580/1580/1580 05-29 09:00 p05-29 "
	    "09:00 s05-29 19:00 中通快递 78000000000004\n"
	    "240528-100000000000005 6 1580/0/0/0/0 05-28 09:00",
	    "",
	    "纸巾抽纸整箱30包|30包|ZJ-30|600000000000|1x2990=2990\n"
	    "手机壳 透明|iPhone15,透明|SJK-15|600000000001|2x990=1880\n"
	    "手机壳 透明|iPhone14,透明|SJK-14|600000000002|1x990=990\n"
	    "数据线|1米|SJX-1|600000000003|1x1580=1580 r2:1580\n"
	    "数据线|1米|SJX-1|600000000003|1x1580=0" },
	{ SAMPLES "jd/orders_2016_30col.gbk.csv", NULL,
	    "JD orders (2016, 30 columns)", "jd", 3, 4,
	    "300000000001 2 17800/0/15800/0/0 06-01 10:00 p06-01 10:01\n"
	    "300000000002 5 8900/0/8900/0/0 05-20 10:00 p05-20 10:01\n"
	    "300000000003 6 109700/0/93245/93245/0 05-31 23:19 p05-31 23:20",
	    "测试|1******0001|广东|深圳市|福田区|测试街道测试路1号|jd:jd_test01\n"
	    "测试|1******0001|广东|深圳市|福田区|测试街道测试路1号|jd:jd_test01\n"
	    "测试|1******0001|广东|深圳市|福田区|测试街道测试路1号|jd:jd_test01",
	    "保温杯 500ml||BWB-500|10000001|1x8900=7900\n"
	    "茶包 20袋||CB-20|10000002|2x4450=7900\n"
	    "保温杯 500ml||BWB-500|10000001|1x8900=8900\n"
	    "韩系护肤，\"套装\"||HF-1|10000003|1x75800=93245" },
	{ SAMPLES "douyin/orders_73col.utf8bom.csv", NULL,
	    "Douyin orders (2024, 73 columns)", "douyin", 3, 4,
	    "6900000000000000001 5 2890/0/2890/2890/0 06-01 00:54 p06-01 00:54 "
	    "s06-01 08:53\n"
	    "6900000000000000002 2 259800/0/259800/0/0 06-01 00:54 p06-01 "
	    "00:54\n"
	    "6900000000000000003 6 3990/0/3990/3990/0 06-01 00:54 p06-01 00:54",
	    "****|****|广东省|深圳市|南山区|测试街道****|-\n"
	    "****|****|广东省|深圳市|南山区|测试街道****|-\n"
	    "****|****|广东省|深圳市|南山区|测试街道****|-",
	    "辣丝丝|1袋|300400008|3000000000001|1x2890=2890 r2:2890\n"
	    "大米 5kg|5kg*2|300400008|3000000000001|2x129900=259800\n"
	    "大米 5kg|5kg|300400008|3000000000001|1x3990=3990 r3:0\n"
	    "赠品 杯子|个|300400008|3000000000001|1x0=0" },
	{ SAMPLES "1688/orders_43col.gbk.csv", NULL,
	    "1688 orders (2022, 43 columns)", "1688", 2, 3,
	    "2100000000000000001 4 57200/1200/57000/0/0 05-20 10:00 p05-20 "
	    "10:02 中通快递 78000000000001\n"
	    "2100000000000000002 6 10000/0/0/0/0 05-21 10:00",
	    "周测试|19900000001|浙江省|金华市|义乌市|测试路1号(322000)|"
	    "1688:test_buyer\n"
	    "||||||1688:test_buyer",
	    "T恤 白 L||TS-001||20x1400=27900\n"
	    "T恤 白 XL||TS-001||20x1400=27900\n"
	    "包装袋||||1000x10=0" },
	{ SAMPLES "shopify/orders_export.csv", NULL,
	    "Shopify orders (2024, 79 columns)", "shopify", 3, 4,
	    "1058 2 21007/0/21007/0/0 03-20 20:20 p04-02 08:18\n"
	    "1059 4 21007/0/21007/154/0 03-20 20:20 p04-02 08:18 s04-04 01:00\n"
	    "1060 6 21007/0/0/0/0 03-20 20:20",
	    "Ann Example|15550100|UT|Ogden||200 Test St, Unit 7, 84403, US|"
	    "shopify:ann@example.com\n"
	    "Ann Example|15550100|UT|Ogden||200 Test St, Unit 7, 84403, US|"
	    "shopify:bob@example.com\n"
	    "Ann Example|15550100|UT|Ogden||200 Test St, Unit 7, 84403, US|-",
	    "Community Pack - 12||CP-12||1x6480=6480\n"
	    "ShrimpSafe™ Net||||2x5998=11996\n"
	    "Community Pack - 12||CP-12||1x6480=6480\n"
	    "Community Pack - 12||CP-12||1x6480=6480" },
	{ SAMPLES "etsy/EtsySoldOrders2024-6.csv",
	    SAMPLES "etsy/EtsySoldOrderItems2024-6.csv",
	    "Etsy orders (2024, 36 columns)", "etsy", 1, 2,
	    "3150000001 4 5000/500/5000/0/4800 06-01 00:00 p06-01 00:00 "
	    "s06-03 00:00",
	    "Jane Doe||MA|Boston||1 Main St, 02108, United States|"
	    "etsy:janedoe1",
	    "Mug - Speckled, Stoneware|Style: Matte|FOX-01|1501|1x3000=2700\n"
	    "Sunset Fox | Sticker||FOX-ST|1502|1x2000=1800" },
	{ SAMPLES "ebay/eBay-OrdersReport.csv", NULL,
	    "eBay orders (2024, 51 columns)", "ebay", 2, 3,
	    "11-10000-00001 2 9799/0/9799/0/0 09-18 00:00 p09-18 00:00 "
	    "10000000000001\n"
	    "11-10000-00003 1 2955/0/0/0/0 08-25 00:00",
	    "Buyer One|||||United States|ebay:buyer_one\n"
	    "||||||ebay:buyer_four",
	    "Headphones, black||EP-PRO|220000000001|1x9000=9799\n"
	    "Cable 1m||SJX-1|220000000004|1x1400=0\n"
	    "Cable 2m||SJX-2|220000000005|1x1400=0" },
	{ SAMPLES "woocommerce/wc-orders-report-export.csv", NULL,
	    "WooCommerce orders (Analytics) (2024, 11 columns)", "woocommerce",
	    2, 0,
	    "1201 2 129900/0/129900/0/0 06-01 09:25 p06-01 09:25\n"
	    "1202 6 0/0/0/0/0 06-01 10:00",
	    "Ann Example||||||-", "" },
};

static void
same_rows(struct session *s, const char *sql, const char *want)
{
	const char *is = text_of(s, sql);

	if (strcmp(is, want) != 0)
		fail_msg("is\n%s\nnot\n%s", is, want);
}

static void
check_sample(const struct sample *p)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	char *before, *after;

	at_par(s);
	counts(take(s, "orders", p->file, p->with), p->orders, 0, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, p->lines);
	assert_non_null(strstr(import_file_text(taken, 0), p->text));
	assert_string_equal(
	    text_of(s, "SELECT platform FROM shop"), p->platform);
	same_rows(s, sql_orders, p->all);
	same_rows(s, sql_receivers, p->receivers);
	same_rows(s, sql_lines, p->goods);
	/* Once more changes nothing. */
	before = knowledge(s);
	sum = take(s, "orders", p->file, p->with);
	counts(sum, 0, 0, p->orders, 0);
	assert_int_equal(sum->lines_new, 0);
	after = knowledge(s);
	assert_string_equal(after, before);
	free(before);
	free(after);
	let_go();
	fixture_end(s);
}

static void
samples_are_taken_to_the_fen(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		printf("# %s\n", samples[i].file);
		check_sample(&samples[i]);
	}
}

/* Into a shop that has all of them already, beside each other. */
static void
platforms_live_beside_each_other(void **state)
{
	struct session *s = fixture_session("owner");
	const struct sample *p;
	size_t i, n = sizeof(samples) / sizeof(samples[0]);

	(void)state;
	at_par(s);
	for (i = 0; i < n; i++) {
		p = &samples[i];
		counts(take(s, "orders", p->file, p->with), p->orders, 0, 0, 0);
	}
	for (i = 0; i < n; i++) {
		p = &samples[i];
		counts(take(s, "orders", p->file, p->with), 0, 0, p->orders, 0);
	}
	assert_int_equal(
	    fixture_int(s, "SELECT count(DISTINCT platform) FROM shop"), 8);
	let_go();
	fixture_end(s);
}

#define JD \
	"订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,结算金额," \
	"订单状态,下单帐号,客户姓名,客户地址,联系电话,运费金额,付款确认时间,货号\n"
#define JD_ROW(no, item, qty, price, sum, state) \
	no "," item "," item "," qty ",2024-06-01 10:00:00," price "," sum \
	   "," sum "," state \
	   ",jd1,张三,北京朝阳区三环到四环之间幸福路2号,13912345678,0.00," \
	   "2024-06-01 10:01:00," item "\n"

static void
the_same_number_elsewhere_is_another_order(void **state)
{
	struct session *s = fixture_session("owner");
	const char *jd = fixture_file("jd.csv",
	    JD JD_ROW("240601", "锅", "1", "9.00", "9.00", "等待出库"));
	const char *pdd = fixture_file("pdd.csv",
	    "商品,订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商品数量(件),"
	    "商品规格,订单成交时间\n"
	    "盖,240601,待发货,5.00,1.00,6.00,1,大,2024-06-02 10:00:00\n");

	(void)state;
	counts(take(s, "orders", jd, NULL), 1, 0, 0, 0);
	counts(take(s, "orders", pdd, NULL), 1, 0, 0, 0);
	counts(take(s, "orders", jd, NULL), 0, 0, 1, 0);
	counts(take(s, "orders", pdd, NULL), 0, 0, 1, 0);
	same_rows(s,
	    "SELECT platform || ' ' || total FROM orders o JOIN shop s ON s.id = "
	    "o.shop_id ORDER BY o.id",
	    "jd 900\npdd 600");
	same_rows(s, sql_receivers,
	    "张三|13912345678|北京|北京市|朝阳区|三环到四环之间幸福路2号|jd:jd1");
	let_go();
	fixture_end(s);
	/* Also when both come at once into an empty shop. */
	s = fixture_session("owner");
	counts(take(s, "orders", jd, pdd), 2, 0, 0, 0);
	counts(take(s, "orders", jd, pdd), 0, 0, 2, 0);
	let_go();
	fixture_end(s);
}

static void
rows_of_an_order_may_stand_apart(void **state)
{
	struct session *s = fixture_session("owner");
	const char *apart = fixture_file("apart.csv",
	    JD JD_ROW("1", "锅", "1", "9.00", "14.00", "等待出库")
		JD_ROW("2", "锅", "1", "9.00", "9.00", "等待出库")
		    JD_ROW("3", "盖", "1", "5.00", "9.00", "等待出库")
			JD_ROW("1", "盖", "1", "5.00", "14.00", "等待出库")
			    JD_ROW("3", "杯", "2", "2.00", "9.00", "等待出库"));
	const char *together = fixture_file("together.csv",
	    JD JD_ROW("1", "锅", "1", "9.00", "14.00", "等待出库")
		JD_ROW("1", "盖", "1", "5.00", "14.00", "等待出库")
		    JD_ROW("2", "锅", "1", "9.00", "9.00", "等待出库")
			JD_ROW("3", "盖", "1", "5.00", "9.00", "等待出库")
			    JD_ROW("3", "杯", "2", "2.00", "9.00", "等待出库"));
	char *known;

	(void)state;
	counts(take(s, "orders", apart, NULL), 3, 0, 0, 0);
	assert_int_equal(import_summary(taken)->rows, 5);
	assert_int_equal(import_summary(taken)->lines_new, 5);
	known = knowledge(s);
	counts(take(s, "orders", apart, NULL), 0, 0, 3, 0);
	counts(take(s, "orders", together, NULL), 0, 0, 3, 0);
	same_text(known, knowledge(s));
	let_go();
	fixture_end(s);
	/* Merged into a shop that has others, it is the same. */
	s = fixture_session("owner");
	fixture_order(s, "99", 1, "PAN", NULL);
	counts(take(s, "orders", apart, NULL), 3, 0, 0, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_line l JOIN orders o "
			   "ON o.id = order_id WHERE order_no IN ('1', '3')"),
	    4);
	counts(take(s, "orders", together, NULL), 0, 0, 3, 0);
	let_go();
	fixture_end(s);
}

static void
states_move_forward(void **state)
{
	struct session *s = fixture_session("owner");
	const char *paid = fixture_file(
	    "a.csv", JD JD_ROW("1", "锅", "1", "9.00", "9.00", "等待出库"));
	const char *locked = fixture_file("b.csv",
	    JD JD_ROW("1", "锅", "1", "9.00", "9.00", "(锁定)等待出库"));
	const char *sent = fixture_file(
	    "c.csv", JD JD_ROW("1", "锅", "1", "9.00", "9.00", "等待确认收货"));
	const char *split = fixture_file("d.csv",
	    JD JD_ROW("2", "锅", "1", "9.00", "9.00", "（删除）等待出库"));

	(void)state;
	take(s, "orders", paid, NULL);
	same_rows(s, sql_orders, "1 2 900/0/900/0/0 06-01 10:00 p06-01 10:01");
	counts(take(s, "orders", locked, NULL), 0, 1, 0, 0);
	assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 1);
	same_rows(s,
	    "SELECT reason FROM order_hold WHERE cleared_at = 0 "
	    "ORDER BY reason",
	    "refund");
	counts(take(s, "orders", sent, NULL), 0, 1, 0, 0);
	assert_int_equal(fixture_int(s, "SELECT state FROM orders"), 4);
	counts(take(s, "orders", paid, NULL), 0, 0, 1, 0);
	assert_int_equal(fixture_int(s, "SELECT state FROM orders"), 4);
	/* Split into others, it counts for nothing. */
	take(s, "orders", split, NULL);
	same_rows(s,
	    "SELECT state || ' ' || (paid - refund) FROM orders WHERE order_no = "
	    "'2'",
	    "6 0");
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_are_taken_to_the_fen),
		cmocka_unit_test(platforms_live_beside_each_other),
		cmocka_unit_test(the_same_number_elsewhere_is_another_order),
		cmocka_unit_test(rows_of_an_order_may_stand_apart),
		cmocka_unit_test(states_move_forward),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
