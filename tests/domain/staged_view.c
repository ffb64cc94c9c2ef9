/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/staged.h"

/* Kept rows as their departments read them; of two rows the newer is kept. */

struct seen {
	struct arena arena;
	struct str text;
	int64_t n, last;
};

static int
see_key(void *arg, const struct staged *t)
{
	struct seen *seen = arg;

	str_addf(&seen->text, "%s%s", seen->n++ > 0 ? " " : "", t->key);
	seen->last = t->id;
	return 0;
}

static void
forget(struct seen *seen)
{
	arena_done(&seen->arena);
	str_done(&seen->text);
	*seen = (struct seen){ .text = STR_INIT };
}

static int
see_freight(void *arg, const struct staged *t)
{
	struct seen *seen = arg;
	struct staged_freight f;

	assert_true(staged_freight(t, &seen->arena, &f));
	str_addf(&seen->text, "%s/%s/%s%s %d %d+%d %d+%d %d %d %d\n",
	    f.template, f.method, f.region, f.fallback ? "*" : "", (int)f.by,
	    (int)f.first, (int)f.more, (int)f.first_fee, (int)f.more_fee,
	    (int)f.least, (int)f.divisor, f.seller_pays);
	return 0;
}

static void
freight_is_by_piece_weight_or_volume(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };

	(void)state;
	take(s, "freight-templates",
	    fixture_file("rows.csv",
		"模板名称,计价方式,快递公司,地区,首重,首费,续重,续费,默认\n"
		"甲,按件数,中通,全国,1,6.00,1,2.50,\n"
		"甲,按重量,中通,新疆|西藏,1,20,0.5,9,否\n"
		"乙,按体积,德邦,浙江,0.1,30,0.1,5,是\n"),
	    NULL);
	take(s, "freight-templates",
	    fixture_file("list.csv",
		"name,assumer,valuation,template_types,template_dests,"
		"template_start_standards,template_start_fees,"
		"template_add_standards,template_add_fees\n"
		"包邮,1,1,express,\"1,310000|320000\",\"1,1\",\"8,0\",\"1,1\","
		"\"4,1.5\"\n"),
	    NULL);
	take(s, "freight-templates",
	    fixture_file("prices.csv",
		"快递公司,首重重量(KG),续重重量(KG),首重价格,续重价格,"
		"所辖地区,最低收费,计抛基数\n圆通,1,0.5,8,3,新疆,8,6000\n"),
	    NULL);
	assert_int_equal(
	    staged_each(s, "freight-templates", 0, see_freight, &seen), 0);
	assert_string_equal(seen.text.s,
	    "甲/中通/全国* 0 10000+10000 600+250 0 0 0\n"
	    "甲/中通/新疆|西藏 1 10000+5000 2000+900 0 0 0\n"
	    "乙/德邦/浙江* 2 1000+1000 3000+500 0 0 0\n"
	    "包邮/express/全国* 1 10000+10000 800+400 0 0 1\n"
	    "包邮/express/上海|江苏 1 10000+10000 0+150 0 0 1\n"
	    "圆通//新疆 1 10000+5000 800+300 800 6000 0\n");
	forget(&seen);
	let_go();
	fixture_end(s);
}

#define BILL "日期,运单号,快递公司,目的省份,计费重量(kg),快递费,订单编号,备注\n"

static int
see_bill(void *arg, const struct staged *t)
{
	struct seen *seen = arg;
	struct staged_bill b;
	char day[TIME_SIZE];

	assert_true(staged_bill(t, &seen->arena, &b));
	str_addf(&seen->text, "%s %s %s %s %d %d %s %s\n", b.waybill, b.courier,
	    b.order_no, b.province, (int)b.grams, (int)b.fee,
	    time_full(b.sent_on, day), b.note);
	return 0;
}

static void
a_bill_has_waybill_weight_and_amount(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };

	(void)state;
	take(s, "freight-bill",
	    fixture_file("bill.csv",
		BILL "2024/5/28,YT1,圆通,浙江,1.25kg,3.50元,1001,\"a\tb\"\n"
		     "20240529,YT10,圆通,江苏,0.3,3,,\n"),
	    NULL);
	assert_int_equal(
	    staged_of_waybill(s, "freight-bill", "YT1", see_bill, &seen), 0);
	assert_string_equal(seen.text.s,
	    "YT1 圆通 1001 浙江 1250 350 2024-05-28 00:00:00 a\tb\n");
	forget(&seen);
	assert_int_equal(
	    staged_of_waybill(s, "freight-bill", "YT", see_bill, &seen), 0);
	assert_int_equal(seen.text.len, 0);
	let_go();
	fixture_end(s);
}

static int
see_event(void *arg, const struct staged *t)
{
	struct seen *seen = arg;
	struct staged_event e;
	char at[TIME_SIZE];

	assert_true(staged_event(t, &seen->arena, &e));
	str_addf(&seen->text, "%s|%s|%s|%s|%s\n", e.state, time_full(e.at, at),
	    e.place, e.courier, e.order_no);
	return 0;
}

static int
stop_at_once(void *arg, const struct staged *t)
{
	(void)t;
	(*(int *)arg)++;
	return 7;
}

#define YOUZAN_TRACK \
	"有赞订单号,快递公司,运单号,物流状态,发货时间,签收时间,最新物流节点\n"

static void
events_of_a_parcel_are_found_by_its_waybill(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };
	int stopped = 0;

	(void)state;
	take(s, "tracking",
	    fixture_file("track.csv", "waybill,time,status,place\n"
				      "781,2024-05-29 09:12:33,到达,上海\n"
				      "781,2024-05-28 09:12:33,揽收,杭州\n"
				      "7812,2024-05-28 09:12:33,揽收,杭州\n"),
	    NULL);
	take(s, "tracking",
	    fixture_file("youzan.csv",
		YOUZAN_TRACK "E2,中通快递,781,已签收,2024-05-28 "
			     "10:00:00,2024-05-30 11:00:00,本人签收\n"),
	    NULL);
	assert_int_equal(
	    staged_of_waybill(s, "tracking", "781", see_event, &seen), 0);
	assert_string_equal(seen.text.s,
	    "揽收|2024-05-28 09:12:33|杭州||\n"
	    "到达|2024-05-29 09:12:33|上海||\n"
	    "已签收|2024-05-30 11:00:00|本人签收|中通快递|E2\n");
	assert_int_equal(
	    staged_of_waybill(s, "tracking", "781", stop_at_once, &stopped), 7);
	assert_int_equal(stopped, 1);
	forget(&seen);
	let_go();
	fixture_end(s);
}

static int
see_payment(void *arg, const struct staged *t)
{
	struct seen *seen = arg;
	struct staged_payment p;
	char at[TIME_SIZE];

	assert_true(staged_payment(t, &seen->arena, &p));
	str_addf(&seen->text, "%s %s %s %s %s %d-%d\n", p.platform,
	    p.payment_no, p.order_no, p.type, time_full(p.at, at),
	    (int)p.income, (int)p.expense);
	return 0;
}

static void
a_statement_has_orders_amounts_types_and_times(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };

	(void)state;
	take(s, "payments",
	    fixture_file("money.csv",
		"商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id,"
		"入帐类型,收入金额(元),支出金额(元),业务描述\n"
		"小店,2024-05-28,09:12:33,201,66,67,交易收款,99.00,0.00,\n"
		"小店,2024-05-28,,202,66,67,服务费,0.00,4.95,\n"),
	    NULL);
	take(s, "payments",
	    fixture_file("alipay.csv",
		"账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,"
		"收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型\n"
		"123\t,456\t,T200P66\t,T恤\t,2024-05-28 "
		"09:12:33,a***@b.cn\t,,-4.95,100.00,收费\t\n"),
	    NULL);
	assert_int_equal(staged_each(s, "payments", 0, see_payment, &seen), 0);
	assert_string_equal(seen.text.s,
	    "taobao 201 66 交易收款 2024-05-28 09:12:33 9900-0\n"
	    "taobao 202 66 服务费 2024-05-28 00:00:00 0-495\n"
	    "alipay 123 66 收费 2024-05-28 09:12:33 0-495\n");
	forget(&seen);
	let_go();
	fixture_end(s);
}

/* By pages, and on from where somebody stopped. */
static void
all_of_a_kind_are_gone_over(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };
	struct str text = STR_INIT;
	int64_t half;
	int i;

	(void)state;
	str_add(&text, BILL);
	for (i = 0; i < 1200; i++)
		str_addf(&text, "2024-05-28,W%d,圆通,浙江,1,3,,\n", i);
	take(s, "freight-bill", fixture_file("b.csv", text.s), NULL);
	assert_int_equal(staged_each(s, "freight-bill", 0, see_key, &seen), 0);
	assert_int_equal(seen.n, 1200);
	half = seen.last - 1;
	forget(&seen);
	assert_int_equal(
	    staged_each(s, "freight-bill", half, see_key, &seen), 0);
	assert_string_equal(seen.text.s, "-|W1199|b.csv|1201");
	forget(&seen);
	str_done(&text);
	fixture_role(s, "warehouse-clerk");
	assert_int_equal(
	    staged_each(s, "freight-bill", 0, see_key, &seen), ERR_DENIED);
	assert_int_equal(
	    staged_of_waybill(s, "freight-bill", "W1", see_key, &seen),
	    ERR_DENIED);
	let_go();
	fixture_end(s);
}

/* What a courier asks for twice is two rows; the same file again is none. */
static void
what_is_billed_twice_is_kept_twice(void **state)
{
	struct session *s = fixture_session("owner");
	struct seen seen = { .text = STR_INIT };
	const char *a =
	    fixture_file("a.csv", BILL "2024-05-28,W1,圆通,浙江,1,3,,\n"
				       "2024-05-28,W1,圆通,浙江,1,3,,\n");
	const char *b =
	    fixture_file("b.csv", BILL "2024-05-28,W1,圆通,浙江,1,3,,\n");

	(void)state;
	counts(take(s, "freight-bill", a, NULL), 2, 0, 0, 0);
	counts(take(s, "freight-bill", b, NULL), 1, 0, 0, 0);
	counts(take(s, "freight-bill", a, NULL), 0, 0, 2, 0);
	assert_int_equal(
	    staged_of_waybill(s, "freight-bill", "W1", see_key, &seen), 0);
	assert_string_equal(
	    seen.text.s, "-|W1|a.csv|2 -|W1|a.csv|3 -|W1|b.csv|2");
	forget(&seen);
	let_go();
	fixture_end(s);
}

/* What came first is newer by its own times: it stays. */
static const struct {
	const char *kind, *header, *newer, *older, *piece;
} ages[] = {
	{ "refunds",
	    "订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,退款状态,"
	    "退款的申请时间,退款完结时间\n",
	    "1,9,1,T,10.00,退款成功,2024-05-28 09:00:00,2024-05-30 09:00:00\n",
	    "1,9,1,T,10.00,等待卖家同意,2024-05-28 09:00:00,\n", "state=back" },
	{ "refunds",
	    "售后单号,订单号,售后类型,售后状态,售后申请时间,商家退款时间\n",
	    "9,1,仅退款,退款成功,2024-05-28 09:00:00,2024-05-30 09:00:00\n",
	    "9,1,仅退款,待商家处理,2024-05-28 09:00:00,-\n", "state=back" },
	{ "tracking", YOUZAN_TRACK,
	    "E1,中通,781,已签收,2024-05-28 10:00:00,2024-05-30 11:00:00,x\n",
	    "E1,中通,781,运输中,2024-05-28 10:00:00,,y\n", "state=已签收" },
	{ "payments",
	    "入帐日期,支付流水号,主订单id,入帐类型,收入金额(元),"
	    "支出金额(元),数据创建时间,数据修改时间\n",
	    "2024-05-28,201,66,交易收款,99.00,,2024-05-28 "
	    "09:00:00,2024-05-29 09:00:00\n",
	    "2024-05-28,201,66,交易收款,98.00,,2024-05-28 09:00:00,\n",
	    "income=99.00" },
};

static void
of_two_rows_the_newer_is_kept(void **state)
{
	char text[2][1000], name[40];
	const char *file[2];
	struct session *s;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		s = fixture_session("owner");
		for (k = 0; k < 2; k++) {
			snprintf(text[k], sizeof(text[k]), "%s%s",
			    ages[i].header,
			    k == 0 ? ages[i].newer : ages[i].older);
			snprintf(name, sizeof(name), "age%zu.csv", k);
			file[k] = fixture_file(name, text[k]);
		}
		counts(take(s, ages[i].kind, file[0], NULL), 1, 0, 0, 0);
		counts(take(s, ages[i].kind, file[1], NULL), 0, 0, 1, 0);
		assert_non_null(strstr(import_warning(taken, 0), "1 rows are"));
		if (strstr(text_of(s, "SELECT fields FROM staged"),
			ages[i].piece) == NULL)
			fail_msg("%s: %s", ages[i].kind,
			    text_of(s, "SELECT fields FROM staged"));
		let_go();
		fixture_end(s);
		/* The other way round it takes the place. */
		s = fixture_session("owner");
		counts(take(s, ages[i].kind, file[1], NULL), 1, 0, 0, 0);
		counts(take(s, ages[i].kind, file[0], NULL), 0, 1, 0, 0);
		assert_null(import_warning(taken, 0));
		assert_non_null(strstr(
		    text_of(s, "SELECT fields FROM staged"), ages[i].piece));
		let_go();
		fixture_end(s);
	}
}

/* Figures of a day say nothing of when they were drawn up: the last file
 * counts, for its own days alone, and what it replaced comes back with it. */
static void
figures_of_other_days_stay(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "traffic",
	    fixture_file("t1.csv", "统计日期,访客数\n2024-05-28,10\n"
				   "2024-05-29,20\n"),
	    NULL);
	counts(take(s, "traffic",
		   fixture_file("t2.csv", "统计日期,访客数\n2024-05-27,5\n"
					  "2024-05-28,11\n"),
		   NULL),
	    1, 1, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT fields FROM staged ORDER BY key"),
	    "day=2024-05-27\tvisitors=5\nday=2024-05-28\tvisitors=11\n"
	    "day=2024-05-29\tvisitors=20");
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	assert_string_equal(
	    text_of(s, "SELECT fields FROM staged ORDER BY key"),
	    "day=2024-05-28\tvisitors=10\nday=2024-05-29\tvisitors=20");
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(freight_is_by_piece_weight_or_volume),
		cmocka_unit_test(a_bill_has_waybill_weight_and_amount),
		cmocka_unit_test(events_of_a_parcel_are_found_by_its_waybill),
		cmocka_unit_test(
		    a_statement_has_orders_amounts_types_and_times),
		cmocka_unit_test(all_of_a_kind_are_gone_over),
		cmocka_unit_test(what_is_billed_twice_is_kept_twice),
		cmocka_unit_test(of_two_rows_the_newer_is_kept),
		cmocka_unit_test(figures_of_other_days_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
