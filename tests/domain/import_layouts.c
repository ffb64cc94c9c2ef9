/* SPDX-License-Identifier: MIT */
#include <sys/stat.h>

#include "../../src/domain/import/import_priv.h"
#include "import_lib.h"
#include "shopmgr/base/time.h"

/* Layouts that users write, and what they may write wrongly; files that come
 * near to one; amounts and days of abroad. */

#define PLATFORM "platform\tmyshop\t我的店\n"
#define LAYOUT   "layout\tmine\torders\tMy own list\trows\n"
#define FIELDS \
	"field\torder_no\tmust\tnumber\n" \
	"field\tstate\tmust\thow\n" \
	"field\tcreated_at\tmust\twhen\n" \
	"field\ttitle\tmust\twhat\n" \
	"field\tqty\tmust\tn\n" \
	"field\tprice\tmust\teach\n" \
	"field\ttotal\tmay\tall;sum*\n"

#define MINE \
	"number,how,when,what,n,each,the sum of it\n" \
	"M-1,ready,30.11.2026,锅,2,\"EUR 1.234,50\",\"€ 2.469,00\"\n"

/* A folder with one file in it. */
static void
folder(const char *text)
{
	const char *path = fixture_path("formats");
	char file[300];
	FILE *f;

	mkdir(path, 0700);
	snprintf(file, sizeof(file), "%s/mine.tsv", path);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	import_formats_folder(path);
}

static void
layouts_of_the_user_are_known(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("m.csv", MINE);

	(void)state;
	folder("# mine\r\n" PLATFORM LAYOUT FIELDS
	       "option\tcurrency\tEUR\noption\tdates\tdmy\n"
	       "option\tpaid\twhen-made\n"
	       "state\tpaid\tready\nrate\tEUR\t7.5\n");
	counts(take(s, "orders", file, NULL), 1, 0, 0, 0);
	assert_non_null(strstr(import_file_text(taken, 0), "My own list"));
	assert_string_equal(import_warning(taken, 0),
	    "Amounts in EUR were counted at 7.5000 yuan");
	assert_null(import_warning(taken, 1));
	assert_string_equal(
	    text_of(s, "SELECT s.platform || ' ' || s.name || ' ' || total || "
		       "' ' || strftime('%Y-%m-%d', paid_at + 28800, "
		       "'unixepoch') || ' ' || l.price FROM orders o JOIN shop "
		       "s ON s.id = shop_id JOIN order_line l ON l.order_id = "
		       "o.id"),
	    "myshop 我的店 1851750 2026-11-30 925875");
	counts(take(s, "orders", file, NULL), 0, 0, 1, 0);
	import_formats_folder(NULL);
	assert_int_equal(
	    try_import(s, NULL, "orders", file, NULL), ERR_INVALID);
	let_go();
	fixture_end(s);
}

static const char *
first_reason(void)
{
	size_t n;
	const struct import_reject *r = import_rejects(taken, &n);

	return n > 0 ? r->reason : "";
}

/* An amount nobody can count in yuan is none: its order waits for a rate. */
static void
amounts_without_a_rate_are_refused(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = SAMPLES "shopify/orders_export.csv";

	(void)state;
	counts(take(s, "orders", file, NULL), 0, 0, 0, 4);
	assert_non_null(strstr(first_reason(), "one CAD is worth"));
	assert_non_null(strstr(first_reason(), "currency_rates"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 0);
	assert_int_equal(
	    setting_save(s, "currency_rates", "USD 7.12，cad=5.2"), 0);
	counts(take(s, "orders", file, NULL), 3, 0, 0, 0);
	assert_string_equal(import_warning(taken, 0),
	    "Amounts in CAD were counted at 5.2000 yuan");
	assert_null(import_warning(taken, 1));
	/* 210.07 CAD */
	assert_int_equal(fixture_int(s, "SELECT min(total) FROM orders"),
	    (21007 * 52 + 5) / 10);
	let_go();
	fixture_end(s);
}

/* What needs no rate is taken, what does is refused; the setting goes before
 * what a file of layouts says. */
static void
only_what_needs_a_rate_is_refused(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("mixed.csv",
	    "Name,Email,Financial Status,Fulfillment Status,Currency,Total,"
	    "Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
	    "#1,a@b.cn,paid,unfulfilled,CNY,8.00,2024-06-01 10:00:00 +0800,1,"
	    "Mug,8.00\n"
	    "#2,a@b.cn,paid,unfulfilled,EUR,8.00,2024-06-01 10:00:00 +0800,1,"
	    "Mug,8.00\n"
	    "#3,a@b.cn,paid,unfulfilled,JPY,0.00,2024-06-01 10:00:00 +0800,1,"
	    "Mug,0.00\n");

	(void)state;
	counts(take(s, "orders", file, NULL), 2, 0, 0, 1);
	folder(PLATFORM "rate\tEUR\t7.5\n");
	counts(take(s, "orders", file, NULL), 1, 0, 2, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT total FROM orders WHERE order_no = '2'"),
	    6000);
	assert_int_equal(setting_save(s, "currency_rates", "EUR 8"), 0);
	take(s, "orders", file, NULL);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 3);
	import_formats_folder(NULL);
	let_go();
	fixture_end(s);
}

static const struct {
	const char *text, *warning;
} wrong[] = {
	{ LAYOUT FIELDS, "line 1: no line \"platform\" stands above it" },
	{ PLATFORM "field\torder_no\tmust\tx\n",
	    "line 2: no line \"layout\" stands above it" },
	{ PLATFORM "layuot\ta\n", "line 2: \"layuot\" is no word of a layout" },
	{ PLATFORM "layout\ta\torders\tA\tround\n",
	    "line 2: \"round\" is no shape of a layout" },
	{ PLATFORM "layout\t\torders\n",
	    "line 2: a layout needs a name and a kind" },
	{ PLATFORM LAYOUT FIELDS "field\tcolour\tmay\tx\n",
	    "line 10: \"colour\" is no field" },
	{ PLATFORM LAYOUT FIELDS "field\tpaid\tmay\n",
	    "line 10: the field paid has no headers" },
	{ PLATFORM LAYOUT FIELDS "option\tdates\tydm\n",
	    "line 10: there is no option dates ydm" },
	{ PLATFORM LAYOUT FIELDS "option\tstate\tasleep\n",
	    "line 10: there is no option state asleep" },
	{ PLATFORM LAYOUT FIELDS "option\tbelow\t-\n",
	    "line 10: there is no option below -" },
	{ PLATFORM "state\tasleep\tx\n", "line 2: \"asleep \" is no state" },
	{ PLATFORM "state\tpaid\tx\tmaybe\n",
	    "line 2: \"paid maybe\" is no state" },
	{ PLATFORM "head\tasleep\tx\n", "line 2: \"asleep \" is no state" },
	{ PLATFORM "refund\tmaybe\tx\n",
	    "line 2: \"maybe\" is no state of a refund" },
	{ "rate\tEUR\t7,5\n", "line 1: \"EUR 7,5\" is no rate" },
	{ "rate\tEURO\t7\n", "line 1: \"EURO 7\" is no rate" },
	{ "platform\n", "line 1: the platform has no name" },
	{ PLATFORM "layout\ta\torders\tA\trows\nfield\tpaid\tmay\tx\n",
	    "the layout a has no field that must be there" },
};

static void
what_is_wrong_is_warned_of(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file(
	    "skus.csv", "sku_code,product,price\nSPOON,Spoon,3.00\n");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		folder(wrong[i].text);
		take(s, "products", file, NULL);
		if (import_warning(taken, 0) == NULL)
			fail_msg("%s: no warning", wrong[i].warning);
		if (strstr(import_warning(taken, 0), wrong[i].warning) == NULL)
			fail_msg("\"%s\", not \"%s\"", import_warning(taken, 0),
			    wrong[i].warning);
		assert_non_null(strstr(import_warning(taken, 0), "mine.tsv"));
	}
	import_formats_folder(NULL);
	let_go();
	fixture_end(s);
}

static void
what_comes_near_is_told(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(
	    try_import(s, NULL, "orders",
		fixture_file("near.csv",
		    "订单号,商品ID,商品名称,订购数量,支付方式,京东价,订单金额,"
		    "结算金额,客户姓名,客户地址\n1,2,锅,1,在线,9,9,9,张三,x\n"),
		NULL),
	    ERR_INVALID);
	assert_string_equal(s->err.text,
	    "near.csv looks like JD orders, but these columns are missing: "
	    "订单状态, 下单时间");
	/* The header of one and the rows of another. */
	counts(take(s, "orders",
		   fixture_file("mixed.csv",
		       "订单号,商品名称,订购数量,下单时间,京东价,订单状态\n"
		       "240601-1,待发货,29.90,0.00,29.90,1\n"
		       "300000000001,锅,1,2024-06-01 10:00:00,9.00,等待出库\n"),
		   NULL),
	    1, 0, 0, 1);
	let_go();
	fixture_end(s);
}

static void
a_row_of_cells_has_lines(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("woo.csv",
	    "order_number,order_date,status,order_total,shipping_total,"
	    "order_currency,billing_first_name,billing_last_name,line_item_1,"
	    "line_item_2,line_item_3\n"
	    "7,2024-06-01 10:00:00,processing,35.00,5.00,CNY,Ann,Example,"
	    "name:Mug|sku:M-1|quantity:2|sub_total:20.00|total:18.00,"
	    "name:Fox: a sticker|quantity:1|total:12.00,\n"
	    "8,2024-06-01 10:00:00,processing,9.00,0,CNY,Ann,Example,"
	    "name:Mug|quantity:x|total:9.00,,\n"
	    "9,2024-06-01 10:00:00,completed,9.00,0,CNY,,Example,"
	    "name:Mug|sku:M-1|quantity:1|total:9.00\n");

	(void)state;
	counts(take(s, "orders", file, NULL), 2, 0, 0, 1);
	assert_string_equal(
	    text_of(s,
		"SELECT order_no || ' ' || title || ' ' || qty || 'x' || "
		"price || '=' || l.paid FROM orders o JOIN order_line l "
		"ON l.order_id = o.id JOIN listing i ON i.id = "
		"listing_id ORDER BY o.id, line_no"),
	    "7 Mug 2x1000=1800\n7 Fox: a sticker 1x1200=1200\n9 Mug 1x900=900");
	assert_string_equal(text_of(s, "SELECT name FROM receiver ORDER BY id"),
	    "Ann Example\nExample");
	counts(take(s, "orders", file, NULL), 0, 0, 2, 1);
	let_go();
	fixture_end(s);
}

static const struct {
	const char *text;
	bool comma;
	int64_t amount; /* -1: it is none */
	const char *code;
} amounts[] = {
	{ "$90.00", false, 9000, "XXX" },
	{ "AU $3,000.00", false, 300000, "AUD" },
	{ "EUR 90,00", false, 9000, "EUR" },
	{ "90,00 €", false, 9000, "EUR" },
	{ "1.299,5", false, 129950, "XXX" },
	{ "1,299", false, 129900, "XXX" },
	{ "1,299", true, -1, "XXX" }, /* three decimals */
	{ "12,5", true, 1250, "XXX" },
	{ "1.234.567,89", true, 123456789, "XXX" },
	{ "£0.99", false, 99, "GBP" },
	{ "-$5.00", false, -500, "XXX" },
	{ "C $12", false, 1200, "CAD" },
	{ "1,2,3.00", false, -1, "XXX" },
	{ "", false, -1, "XXX" },
	{ "$", false, -1, "XXX" },
	{ "12 pounds", false, -1, "XXX" },
	{ "9999999999999999999999999999999999.00", false, -1, "XXX" },
};

static void
foreign_amounts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
		char code[4] = "XXX";
		int64_t n = 0;
		bool ok =
		    foreign_money(amounts[i].text, amounts[i].comma, &n, code);

		if (ok != (amounts[i].amount != -1) ||
		    (ok && n != amounts[i].amount))
			fail_msg("%s: %lld", amounts[i].text, (long long)n);
		if (ok)
			assert_string_equal(code, amounts[i].code);
	}
}

static const struct {
	const char *text;
	enum date_order order;
	const char *is; /* NULL: it is none */
} days[] = {
	{ "06/01/24", DATES_MDY, "2024-06-01 00:00:00" },
	{ "06/01/24", DATES_DMY, "2024-01-06 00:00:00" },
	{ "12/31/2023", DATES_MDY, "2023-12-31 00:00:00" },
	{ "Sep-18-26", DATES_MDY, "2026-09-18 00:00:00" },
	{ "26-May-26", DATES_MDY, "2026-05-26 00:00:00" },
	{ "26-Mai-2026", DATES_MDY, "2026-05-26 00:00:00" },
	{ "30.11.2026 14:05", DATES_DMY, "2026-11-30 14:05:00" },
	{ "Jun 1, 2024", DATES_MDY, NULL },
	{ "31/12/2023", DATES_MDY, NULL },
	{ "06/01", DATES_MDY, NULL },
	{ "2024-06", DATES_MDY, NULL },
	{ "soon", DATES_MDY, NULL },
	{ "1-2-May", DATES_MDY, NULL },
};

static void
foreign_days(void **state)
{
	char buf[TIME_SIZE];
	size_t i;

	(void)state;
	assert_int_equal(time_zone_set("Asia/Shanghai"), 0);
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		int64_t t = 0;
		bool ok = foreign_time(days[i].text, days[i].order, &t);

		if (ok != (days[i].is != NULL))
			fail_msg("%s: %d", days[i].text, ok);
		if (ok)
			assert_string_equal(time_full(t, buf), days[i].is);
	}
}

static const struct {
	const char *text, *parts;
} places[] = {
	{ "广东深圳市福田区测试街道1号", "广东|深圳市|福田区|测试街道1号" },
	{ "广东省深圳市福田区1号", "广东省|深圳市|福田区|1号" },
	{ "北京朝阳区三环路1号", "北京|北京市|朝阳区|三环路1号" },
	{ "上海市上海市浦东新区路1号", "上海市|上海市|浦东新区|路1号" },
	{ "新疆维吾尔自治区伊犁哈萨克自治州伊宁市路1号",
	    "新疆维吾尔自治区|伊犁哈萨克自治州|伊宁市|路1号" },
	{ "江苏苏州市昆山市路1号", "江苏|苏州市|昆山市|路1号" },
	{ "广东某地", "广东|||某地" },
	{ "路1号", "|||" },
};

static void
places_without_blanks(void **state)
{
	char is[300];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const struct slice none = { .s = "" };
		struct imp_receiver r = { .province = none,
			.city = none,
			.district = none,
			.address = none };

		place_split(slice_of(places[i].text), &r);
		snprintf(is, sizeof(is), "%.*s|%.*s|%.*s|%.*s",
		    (int)r.province.n, r.province.s, (int)r.city.n, r.city.s,
		    (int)r.district.n, r.district.s, (int)r.address.n,
		    r.address.s);
		assert_string_equal(is, places[i].parts);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts_of_the_user_are_known),
		cmocka_unit_test(amounts_without_a_rate_are_refused),
		cmocka_unit_test(only_what_needs_a_rate_is_refused),
		cmocka_unit_test(what_is_wrong_is_warned_of),
		cmocka_unit_test(what_comes_near_is_told),
		cmocka_unit_test(a_row_of_cells_has_lines),
		cmocka_unit_test(foreign_amounts),
		cmocka_unit_test(foreign_days),
		cmocka_unit_test(places_without_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
