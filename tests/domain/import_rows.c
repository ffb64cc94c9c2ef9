/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "../../src/domain/import/import_priv.h"
#include "shopmgr/base/time.h"

/* Rows: what is cleaned, taken apart, and refused. */

#define HEAD \
	"订单编号,买家会员名,买家应付货款,买家应付邮费,总金额," \
	"买家实际支付金额,订单状态,收货人姓名,收货地址 ,联系手机," \
	"订单创建时间,订单付款时间 ,宝贝标题 ,物流单号 ,物流公司,订单备注\n"
#define ITEM_HEAD \
	"订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息," \
	"备注,订单状态,商家编码\n"
#define PAID "\"买家已付款，等待卖家发货\""

static void
clean_is(const char *raw, const char *want)
{
	struct arena a = { 0 };
	char *copy = strdup(raw);
	struct slice v = slice_clean(&a, copy, strlen(copy));

	if (!slice_same(v, want, strlen(want)))
		fail_msg("\"%s\" became \"%.*s\"", raw, (int)v.n, v.s);
	assert_string_equal(copy, raw); /* it is given back if refused */
	assert_int_equal(strlen(v.s) >= v.n, 1);
	free(copy);
	arena_done(&a);
}

static void
fields_are_cleaned(void **state)
{
	(void)state;
	clean_is("", "");
	clean_is("=\"3120000000000000011\"", "3120000000000000011");
	clean_is("=\"\"", "");
	clean_is("'13900000001", "13900000001");
	clean_is("'null", "");
	clean_is("null", "");
	clean_is("--", "");
	clean_is("无", "");
	clean_is("\\N", "");
	clean_is("无退款申请", "无退款申请");
	clean_is("\t 12.50 \t", "12.50");
	clean_is("\xC2\xA0南京市\xE3\x80\x80", "南京市");
	clean_is("\xE2\x80\x8B广东省 广州市\xEF\xBB\xBF", "广东省 广州市");
	clean_is("【顺丰包邮】原厂", "【顺丰包邮】原厂");
	clean_is("（原厂正品）", "（原厂正品）");
	clean_is("tb61*****", "tb61*****");
	clean_is("1******6198", "1******6198");
	clean_is("=\"=\"", "=");
}

static struct imp_receiver
receiver_of(const char *name, const char *phone, const char *address)
{
	static struct platform platform = { .name = "taobao" };
	static const struct layout layout = { .platform = &platform };
	struct imp_file file = { .layout = &layout };
	struct imp_row row;
	struct imp_receiver r;

	row_bind(&row, &file);
	row.f[F_RECEIVER] = slice_of(name);
	row.f[F_PHONE] = slice_of(phone);
	row.f[F_ADDRESS] = slice_of(address);
	receiver_read(NULL, &row, &r);
	return r;
}

static void
address_is(const char *address, const char *want)
{
	struct imp_receiver r = receiver_of("", "", address);
	char got[400];

	snprintf(got, sizeof(got), "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s",
	    (int)r.name.n, r.name.s, (int)r.phone.n, r.phone.s,
	    (int)r.province.n, r.province.s, (int)r.city.n, r.city.s,
	    (int)r.district.n, r.district.s, (int)r.address.n, r.address.s);
	assert_string_equal(got, want);
}

static void
addresses_are_taken_apart(void **state)
{
	(void)state;
	address_is("广东省 广州市 越秀区 黄花岗街道 测试路1号(510180)",
	    "||广东省|广州市|越秀区|黄花岗街道 测试路1号(510180)");
	address_is("上海 上海市 闵行区 莘庄镇2号(201100)",
	    "||上海|上海市|闵行区|莘庄镇2号(201100)");
	address_is("四川省 成都市 其它区 测试路3号(610041)",
	    "||四川省|成都市|其它区|测试路3号(610041)");
	/* no district: two blanks, or none at all */
	address_is("广东省 东莞市  长安镇测试路1号(523000)",
	    "||广东省|东莞市||长安镇测试路1号(523000)");
	address_is("广东省 东莞市 长安镇测试路1号",
	    "||广东省|东莞市||长安镇测试路1号");
	address_is("火星 一号坑 二区 三路", "|||||火星 一号坑 二区 三路");
	address_is("广东深圳市福田区一号", "|||||广东深圳市福田区一号");
	address_is("", "|||||");
	address_is("广东省", "|||||广东省");
	/* the newer form of Tmall */
	address_is("张三，86-13912345678，江苏省 扬州市 广陵区 文昌路1号 ，",
	    "张三|13912345678|江苏省|扬州市|广陵区|文昌路1号");
	address_is("张*，86-139********，江苏省 扬州市 广陵区 文昌路1号，",
	    "张*|139********|江苏省|扬州市|广陵区|文昌路1号");
	/* commas alone do not make it that form */
	address_is("江苏省 扬州市 广陵区 一路，二号，三单元",
	    "||江苏省|扬州市|广陵区|一路，二号，三单元");
}

static void
phones_tell_who_they_are(void **state)
{
	static const struct {
		const char *phone, *plain, *tail;
		bool whole;
	} phones[] = {
		{ "13912345678", "13912345678", "5678", true },
		{ "86-13912345678", "13912345678", "5678", true },
		{ "+8613912345678", "13912345678", "5678", true },
		{ "1******6198", "1******6198", "6198", false },
		{ "139********", "139********", "", false },
		{ "15781115734-0319", "15781115734-0319", "5734", false },
		{ "0571-88886666", "0571-88886666", "6666", false },
		{ "12", "12", "", false },
		{ "", "", "", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		struct imp_receiver r = receiver_of("a", phones[i].phone, "");
		struct slice tail = phone_tail(r.phone);

		assert_true(slice_same(
		    r.phone, phones[i].plain, strlen(phones[i].plain)));
		assert_true(
		    slice_same(tail, phones[i].tail, strlen(phones[i].tail)));
		assert_int_equal(phone_is_whole(r.phone), phones[i].whole);
	}
}

/* Rows of an order file, each wrong in its own way. */
static const struct wrong {
	const char *row, *column, *reason;
} wrongs[] = {
	{ "3.12E+18,n,1,0,1,1,交易成功,a,b,1,2024-05-01 10:00:00,,t,,,",
	    "订单编号", "spreadsheet" },
	{ "3120000000000000000,n,1,0,1,1,交易成功,a,b,1,2024-05-01 "
	  "10:00:00,,t,,,",
	    "订单编号", "spreadsheet" },
	{ ",n,1,0,1,1,交易成功,a,b,1,2024-05-01 10:00:00,,t,,,", "订单编号",
	    "empty" },
	{ "12 34,n,1,0,1,1,交易成功,a,b,1,2024-05-01 10:00:00,,t,,,",
	    "订单编号", "not an order number" },
	{ "101,n,1,0,一元,1,交易成功,a,b,1,2024-05-01 10:00:00,,t,,,", "总金额",
	    "not an amount" },
	{ "102,n,1,0,1,-5,交易成功,a,b,1,2024-05-01 10:00:00,,t,,,",
	    "买家实际支付金额", "not an amount" },
	{ "103,n,1,0,1,1,天知道,a,b,1,2024-05-01 10:00:00,,t,,,", "订单状态",
	    "no state" },
	{ "104,n,1,0,1,1,,a,b,1,2024-05-01 10:00:00,,t,,,", "订单状态",
	    "empty" },
	{ "105,n,1,0,1,1,交易成功,a,b,1,2024-13-45 10:00:00,,t,,,",
	    "订单创建时间", "not a time" },
	{ "106,n,1,0,1,1,交易成功,a,b,1,,,t,,,", "订单创建时间", "empty" },
	{ "107,n,1,0,1,1,交易成功,a,b,1,2024-05-01 10:00:00,昨天,t,,,",
	    "订单付款时间", "not a time" },
	{ "108,n,1", "订单状态", "empty" },
};
#define NWRONGS (sizeof(wrongs) / sizeof(wrongs[0]))

/* All faults in one pass, each with its line, column, reason and row. */
static void
wrong_rows_are_all_refused_at_once(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	const struct import_reject *r;
	struct str text = STR_INIT;
	size_t i, n;

	(void)state;
	str_add(&text, HEAD);
	for (i = 0; i < NWRONGS; i++)
		str_addf(&text, "%s\n", wrongs[i].row);
	str_add(&text,
	    "200,n,1,0,1,1," PAID ",a,b,1,2024-05-01 10:00:00,,\"t\nu\",,,\n"
	    "201,n,x,0,1,1," PAID ",a,b,1,2024-05-01 10:00:00,,t,,,\n");
	sum = take(s, "orders", fixture_file("wrong.csv", text.s), NULL);
	counts(sum, 1, 0, 0, (int64_t)NWRONGS + 1);
	assert_int_equal(sum->rows, (int64_t)NWRONGS + 2);
	r = import_rejects(taken, &n);
	assert_int_equal(n, NWRONGS + 1);
	for (i = 0; i < NWRONGS; i++) {
		assert_string_equal(r[i].file, "wrong.csv");
		assert_int_equal(r[i].line, (int64_t)i + 2);
		assert_string_equal(r[i].column, wrongs[i].column);
		if (strstr(r[i].reason, wrongs[i].reason) == NULL)
			fail_msg("%s: %s", wrongs[i].row, r[i].reason);
		assert_string_equal(r[i].row, wrongs[i].row);
	}
	/* A row before it ran over two lines. */
	assert_int_equal(r[NWRONGS].line, (int64_t)NWRONGS + 4);
	str_done(&text);
	let_go();
	fixture_end(s);
}

/* What stands as ="digits" was never taken for an amount. */
static void
a_protected_number_may_end_in_zeros(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;

	(void)state;
	sum = take(s, "orders",
	    fixture_file("zeros.csv",
		HEAD "\"=\"\"3120000000000000000\"\"\",n,1,0,1,1," PAID
		     ",a,b,1,2024-05-01 10:00:00,,t,,,\n"
		     "'3120000000000010000,n,1,0,1,1," PAID
		     ",a,b,1,2024-05-01 10:00:00,,t,,,\n"),
	    NULL);
	counts(sum, 2, 0, 0, 0);
	let_go();
	fixture_end(s);
}

static void
refused_rows_come_back_as_a_file(void **state)
{
	struct session *s = fixture_session("owner");
	const char *path = fixture_path("rejects.csv");
	char line[2000];
	FILE *f;

	(void)state;
	take(s, "orders",
	    fixture_file("bad.csv",
		HEAD "=\"101\",\"n,\"\"x\",1,0,zwei,1," PAID
		     ",a,b,'139,2024-05-01 10:00:00,,t,,,\n"),
	    NULL);
	assert_int_equal(import_rejects_write(s, taken, path), 0);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_memory_equal(line, "\xEF\xBB\xBF订单编号", 15);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_non_null(strstr(line, "101"));
	assert_non_null(strstr(line, "n,\"\"x"));
	assert_non_null(strstr(line, "'139"));
	assert_non_null(strstr(line, "zwei"));
	assert_non_null(strstr(line, "not an amount"));
	fclose(f);
	/* Put right, it can be imported as it is. */
	counts(take(s, "orders", path, NULL), 0, 0, 0, 1);
	let_go();
	fixture_end(s);
}

static void
item_rows_go_with_their_order(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	size_t n;

	(void)state;
	counts(take(s, "orders",
		   fixture_file("o.csv", HEAD
		       "101,n,1,0,1,1,什么,a,b,1,2024-05-01 10:00:00,,t,,,\n"
		       "102,n,1,0,1,1," PAID
		       ",a,b,1,2024-05-01 10:00:00,2024-05-01 10:01:00,t,,"
		       ",\n"),
		   fixture_file("i.csv",
		       ITEM_HEAD "101,t,1.00,1,A,,,,交易成功,A,\n"
				 "102,t,1.00,1,A,,,," PAID ",A,\n"
				 "102,u,1.00,零,B,,,," PAID ",B,\n"
				 "103,t,1.00,1,A,,,,交易成功,A,\n")),
	    1, 0, 0, 4);
	r = import_rejects(taken, &n);
	assert_int_equal(n, 4);
	assert_string_equal(r[0].file, "o.csv");
	assert_string_equal(r[1].file, "i.csv");
	assert_int_equal(r[1].line, 2);
	assert_non_null(strstr(r[1].reason, "line 2"));
	assert_int_equal(r[2].line, 4);
	assert_string_equal(r[2].column, "购买数量");
	assert_int_equal(r[3].line, 5);
	assert_non_null(strstr(r[3].reason, "neither"));
	/* Half an order must not be packed. */
	assert_string_equal(
	    text_of(s, "SELECT reason FROM order_hold"), "manual");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_line"), 1);
	let_go();
	fixture_end(s);
}

static void
odd_shapes_are_read(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	/* A header further down, in other places, with more around it; Excel's
	 * dates; commas of either width; amounts with words around. */
	counts(take(s, "orders",
		   fixture_file("odd.csv",
		       "导出报表\n\n店铺,测试\n"
		       "总金额,订单状态,订单编号（必填）,买家应付货款,"
		       "买家实付金额,订单创建时间,订单付款时间,随便\n"
		       "\"¥1,299.00\",\"买家已付款,等待卖家发货\",301,1299,"
		       "1299.00元,2016/5/23 22:02,2016/5/23 22:03,x,多余\n"
		       "1,卖家已发货， 等待买家确认,302,1,1,2024/5/30,,\n"),
		   NULL),
	    2, 0, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(order_no || ' ' || state || ' ' || "
		       "total, ';') FROM (SELECT * FROM orders ORDER BY id)"),
	    "301 2 129900;302 4 100");
	let_go();
	fixture_end(s);
}

static void
hidden_buyers_are_taken_as_they_are(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders",
	    fixture_file("masks.csv", HEAD
		"1,tb6*****,1,0,1,1,交易成功,张*,b,139********,2024-05-01 "
		"10:00:00,,t,No:7700000000001,申通快递,\n"
		"2,tb6*****,1,0,1,1,交易成功,张三,b,13912345678,2024-05-02 "
		"10:00:00,,t,No：7700000000002,申通,\n"
		"3,,1,0,1,1,交易成功,张三,c,86-13912345678,2024-05-03 "
		"10:00:00,,t,,,\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(identity || ' ' || order_n, ';') "
		       "FROM customer"),
	    "tel:13912345678 2");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(waybill_no, ' ') FROM (SELECT * "
		       "FROM orders WHERE waybill_no IS NOT NULL ORDER BY id)"),
	    "7700000000001 7700000000002");
	/* 申通 is 申通快递. */
	assert_int_equal(fixture_int(s, "SELECT count(DISTINCT courier_id) "
					"FROM orders"),
	    1);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_cleaned),
		cmocka_unit_test(addresses_are_taken_apart),
		cmocka_unit_test(phones_tell_who_they_are),
		cmocka_unit_test(wrong_rows_are_all_refused_at_once),
		cmocka_unit_test(a_protected_number_may_end_in_zeros),
		cmocka_unit_test(refused_rows_come_back_as_a_file),
		cmocka_unit_test(item_rows_go_with_their_order),
		cmocka_unit_test(odd_shapes_are_read),
		cmocka_unit_test(hidden_buyers_are_taken_as_they_are),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
