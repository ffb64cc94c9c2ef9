/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "../../src/domain/import/import_priv.h"
#include "shopmgr/domain/record.h"

/* Files that are kept row by row until their department is there. */

#define REFUNDS SAMPLES "taobao/refund_2021_43col.gbk.csv"
#define FREIGHT SAMPLES "freight/freight_template.utf8.csv"
#define SHOPIFY SAMPLES "shopify/customers_export.csv"
#define YOUZAN  SAMPLES "youzan/customers.utf8.csv"

static const char *
kept(struct session *s, const char *where)
{
	static char sql[400];

	snprintf(sql, sizeof(sql), "SELECT fields FROM staged WHERE %s", where);
	return text_of(s, sql);
}

/* A file of each layout: what it is, how many rows it gives, and a piece of
 * what is kept of the first. */
static const struct {
	const char *kind, *name, *text;
	int64_t n;
	const char *key, *piece;
} files[] = {
	{ "refunds", "douyin.csv",
	    "售后单号,订单号,商品单号,商品名称,商品ID,应付金额（元）,"
	    "商品运费（元）,支付优惠（元）,商品税费（元）,商品发货状态,"
	    "售后类型,退商品金额（元）,退运费金额（元）,退支付优惠（元）,"
	    "退税费金额（元）,售后状态,售后申请时间,退款方式,"
	    "是否已上传退款凭证,售后原因\n"
	    "7300001,6900001,6900001,T恤,88,59.00,0,0,0,未发货,仅退款,59.00,"
	    "0,0,0,待商家处理,2024-05-28 09:12:33,原路,-,不想要了\n"
	    "7300002,6900002,6900002,T恤,88,59.00,0,0,0,未发货,仅退款,59.00,"
	    "0,0,0,售后关闭,2024/5/28 9:12,原路,-,不想要了\n",
	    2, "douyin|7300001",
	    "\tstate=asked\tstate_text=待商家处理\tasked_at=2024-05-28 "
	    "09:12:33\t*退款方式=原路\t" },
	{ "payments", "money.csv",
	    "商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id,"
	    "入帐类型,收入金额(元),支出金额(元),业务描述,备注,收/付渠道,"
	    "数据创建时间,数据修改时间\n"
	    "小店,2024-05-28,09:12:33,2024052822001,3120000000000000066,"
	    "3120000000000000067,交易收款,99.00,0.00,,,支付宝,,\n"
	    "小店,2024-05-28,09:12:33,2024052822001,3120000000000000066,"
	    "3120000000000000067,服务费,0.00,4.95,,,支付宝,,\n",
	    2,
	    "taobao|2024052822001|3120000000000000066|3120000000000000067|"
	    "交易收款|in",
	    "\tincome=99.00\texpense=0.00\t" },
	{ "payments", "alipay.csv",
	    "#支付宝账务明细查询\n#账号：[2088]\n"
	    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,"
	    "收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,"
	    "业务类型,备注\n"
	    "123\t,456\t,T200P3120000000000000066\t,T恤\t,2024-05-28 "
	    "09:12:33,a***@b.cn\t,,-4.95,100.00,支付宝\t,收费\t,\t\n"
	    "#-----账务明细列表结束-----\n",
	    1, "alipay|123|收费|out",
	    "\torder_no=3120000000000000066\ttitle=T恤" },
	/* Entries that name no order of the merchant's name the platform's. */
	{ "payments", "alipay-2024.csv",
	    "序号,入账时间,支付宝交易号,支付宝流水号,商户订单号,账务类型,"
	    "收入（+元）,支出（-元）,账户余额（元）,服务费（元）,支付渠道,"
	    "签约产品,对方账户,对方名称,银行订单号,商品名称,备注,"
	    "业务基础订单号,业务订单号,业务账单来源,业务描述\n"
	    "1,2024-05-28 09:12:33,2024052822001,77001,"
	    "T10000P3120000000000000066,在线支付,99.00,,100.00,0,支付宝,,"
	    "a***@b.cn,张三,,T恤,,3120000000000000066,,天猫,交易收款\n"
	    "2,2024-05-28 09:12:34,2024052822001,77002,,其它,,-4.95,95.05,0,"
	    "支付宝,,a***@b.cn,天猫,,,,3120000000000000067,,天猫,佣金\n",
	    2, "alipay|77002|其它|out",
	    "name=天猫\torder_no=3120000000000000067\t*业务账单来源="
	    "天猫\tabout=佣金" },
	{ "freight-templates", "list.csv",
	    "name,assumer,valuation,template_types,template_dests,"
	    "template_start_standards,template_start_fees,"
	    "template_add_standards,template_add_fees\n"
	    "包邮,1,1,express;ems,\"1,310000|320000;1\",\"1,1;0.5\",\"8,0;20\","
	    "\"1,1;0.5\",\"4,1.5;10\"\n",
	    3, "taobao|包邮|express|上海|江苏",
	    "\tfirst=1\tfirst_fee=0.00\tmore=1\tmore_fee=1.50" },
	{ "freight-templates", "prices.csv",
	    "首重重量(KG),续重重量(KG),首重价格,续重价格,所辖地区,最低收费,"
	    "计抛基数\n1,0.5,8,3,新疆,8,6000\n",
	    1, "-|||新疆", "\tleast=8.00\tdivisor=6000" },
	{ "freight-bill", "bill.csv",
	    "日期,运单号,目的省份,计费重量(kg),快递费\n"
	    "2024/5/28,No:YT1234567890123,浙江,1.25kg,3.50元\n"
	    "20240529,YT1234567890124,江苏,0.3,3\n",
	    2, "-|YT1234567890123|bill.csv|2",
	    "sent_on=2024-05-28\twaybill_no=YT1234567890123\tprovince=浙江\t"
	    "weight=1250\tfee=3.50" },
	{ "freight-bill", "express.csv",
	    "运单号,扫描时间,计费重量,总金额,预付,应付,计费省份,目的地\n"
	    "YT1234567890123,2024-05-28 20:11:00,1.25,3.50,-1.00,2.50,浙江,"
	    "杭州\n",
	    1, "-|YT1234567890123|express.csv|2",
	    "weight=1250\t*总金额=3.50\t*预付=-1.00\tfee=2.50\tprovince=浙江" },
	{ "tracking", "youzan.csv",
	    "有赞订单号,快递公司,运单号,物流状态,发货时间,签收时间,"
	    "最新物流节点\nE20260525220543065306159,中通快递,"
	    "78123456789012,已签收,2026-05-26 10:00:00,2026-05-28 "
	    "11:00:00,已签收\n",
	    1, "youzan|78123456789012", "\tstate=已签收\t" },
	{ "tracking", "track.csv",
	    "waybill,time,status,place\n"
	    "SF1234567890123,2024-05-28 09:12:33,揽收,杭州\n"
	    "SF1234567890123,2024-05-29 09:12:33,到达,上海\n",
	    2, "-|SF1234567890123|2024-05-28 09:12:33|揽收", "\tplace=杭州" },
	{ "traffic", "traffic.csv",
	    "统计日期,访客数,浏览量,支付转化率,平均停留时长,支付金额\n"
	    "2024-05-28,\"1,234\",5678,2.5%,1分02秒,\"12,345.60\"\n",
	    1, "-|2024-05-28|||",
	    "visitors=1234\tviews=5678\trate=2.5\tstay=62\tpaid=12345.60" },
	{ "service-kpi", "taobao-service.csv",
	    "店铺ID,日期,旺旺昵称,咨询人数,有效接待人数,询单人数,下单人数,"
	    "下单金额,销售人数,销售额,销售量,订单量,个人销售额占比,"
	    "成功退款金额,净销售额\n"
	    "1,2024-05-01~2024-05-07,小店:小红,100,98,50,20,1000.00,18,900,"
	    "20,19,12.3%,50,850\n",
	    1, "taobao|2024-05-01..2024-05-07|小店:小红", "\tshare=12.3\t" },
	{ "service-kpi", "shop_20240528.csv",
	    "客服销售额,客服销售人数,客服销售占比,客服销售客单价,"
	    "成功退款金额,净销售额,咨询人数,接待人数,询单转化率,"
	    "平均响应时长（秒）,客户满意率\n"
	    "900,18,50%,50,0,900,100,98,36.00%,11.5,--\n",
	    1, "taobao|2024-05-28", "\tanswer_time=11.5\tday=2024-05-28" },
	{ "service-kpi", "douyin-2024-05-28.csv",
	    "客服昵称,客服在线天数,接待会话量,待回复会话量,已接待人数,"
	    "转出会话量,有效评价数,有效好评数,有效差评数,全天不满意率,"
	    "全天满意率,全天平响时长,全天首响时长,全天3分钟回复率,询单人数\n"
	    "店铺汇总值,-,120,0,118,1,9,8,1,10%,90%,2分30秒,11秒,95.5%,60\n"
	    "小红,7,120,0,118,1,9,8,1,10%,90%,7小时41分52秒,11秒,95.5%,60\n",
	    2, "douyin|2024-05-28|小红", "\tanswer_time=27712\t" },
	{ "service-kpi", "kuaishou.csv",
	    "日期,客服昵称,三分钟回复率（人维度）,三分钟回复率（会话）,"
	    "不服务率,咨询人数,咨询人次,人工会话量,人工平均回复时长\n"
	    "2024-05-28,小红,99%,98%,0%,10,12,12,11秒\n",
	    1, "kuaishou|2024-05-28|小红", "answered_3min=99\t" },
	{ "service-kpi", "jd.csv",
	    "客服,咨询量,接待量,30s应答率,平均响应时间\n说明,单位,,,\n"
	    "合计,人,,,\n小红,10,9,99%,00:01:02\n",
	    1, "jd||小红", "\tanswered_30s=99\tanswer_time=62" },
	{ "traffic", "jd-traffic.csv",
	    "日期,访客数,浏览量,人均浏览量,平均停留时间,跳失率,下单客户数,"
	    "成交客户数,成交金额,成交转化率\n"
	    "2024-06-28,100,250,2.5,61.5,40%,9,8,720.00,8%\n",
	    1, "-|2024-06-28|||",
	    "views_each=2.5\tstay=61.5\tbounce=40\tbuyers_ordered=9\t"
	    "buyers=8\tpaid=720.00\trate=8" },
	{ "service-kpi", "taobao-accounts.csv",
	    "日期,旺旺昵称,旺旺分组,有效接待人数,当日询单人数,销售人数,"
	    "净销售额,客单价,询单流失人数,首次响应时长（秒),"
	    "平均响应时长（秒),淘宝答问比,客户满意率,销售额,"
	    "询单最终付款转化率\n"
	    "2024-05-28,小店:小红,售前组,98,50,18,850,47.22,3,8.5,30,120%,"
	    "95%,900,36%\n",
	    1, "taobao|2024-05-28|小店:小红",
	    "first_answer=8.5\tanswer_time=30\t*淘宝答问比=120%\t"
	    "satisfied=95\tsold=900.00\trate=36" },
	{ "service-kpi", "jd-workload.csv",
	    "日期,客服,接待量,首次平均响应时间,平均响应时间,30s应答率\n"
	    "说明,,人,秒,秒,\n合计,,9,8.5,20,99%\n"
	    "2024-05-28,小红,9,8.5,20,99%\n",
	    1, "jd|2024-05-28|小红",
	    "served_n=9\tfirst_answer=8.5\tanswer_time=20\tanswered_30s=99" },
	{ "service-kpi", "pdd-2024-05-28.csv",
	    "客服账号,咨询人数,需要人工回复的咨询人数,"
	    "3分钟人工回复率(8-23点),30秒应答率(8-23点),平均人工响应时长,"
	    "询单人数,最终成团人数,询单转化率,客服销售额\n"
	    "小红,100,60,99.5%,88%,11秒,50,18,36%,900\n",
	    1, "pdd|2024-05-28|小红",
	    "answered_3min=99.5\tanswered_30s=88\tanswer_time=11" },
	{ "survey", "wjx.csv",
	    "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,"
	    "1、您的性别：,2、您多久网购一次？\n"
	    "1,2024/5/28 9:12:33,61秒,微信,N/A,1.2.3.4,女,每天\n",
	    1, "-|1|2024-05-28 09:12:33",
	    "took=61\tsource=微信\t*来源详情=N/A\t*来自IP=1.2.3.4\t"
	    "*1、您的性别：=女" },
	{ "survey", "survey.csv",
	    "编号,提交时间,订单编号,评分,意见\n"
	    "1,2024-05-28 09:12:33,3120000000000000066,4.5,\"快\n很好\"\n",
	    1, "-|1|2024-05-28 09:12:33|3120000000000000066|",
	    "score=4.5\tcomment=快\\n很好" },
};

static void
files_are_known_and_kept(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	char where[300];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const char *path = fixture_file(files[i].name, files[i].text);

		sum = take(s, files[i].kind, path, NULL);
		if (sum->rejected_n > 0)
			fail_msg("%s: %s", files[i].name,
			    import_rejects(taken, &(size_t){ 0 })->reason);
		assert_int_equal(sum->new_n, files[i].n);
		assert_int_equal(sum->staged, files[i].n);
		snprintf(where, sizeof(where), "key = '%s'", files[i].key);
		if (strstr(kept(s, where), files[i].piece) == NULL)
			fail_msg("%s: %s", files[i].name, kept(s, where));
		/* Again, and nobody says what it is. */
		sum = take(s, NULL, path, NULL);
		assert_string_equal(import_kind(taken), files[i].kind);
		counts(sum, 0, 0, files[i].n, 0);
		assert_int_equal(sum->staged, 0);
	}
	let_go();
	fixture_end(s);
}

/* What looks like one of them and is not is refused with what is. */
static void
what_is_to_be_taken_instead_is_told(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,"
		  "完成时间,订单金额（元）,商家实收（元）,服务费（元）\n"
		  "1,T200P1,交易,T恤,2024-05-28,2024-05-28,9,9,0\n",
		    "账务明细" },
		{ "交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态\n"
		  "2024-05-28,日用,张三,T恤,支出,9,交易成功\n",
		    "private accounts" },
	};
	static const char *const kinds[] = { NULL, "payments" };
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		const char *file = fixture_file("other.csv", cases[i / 2].text);

		assert_int_equal(
		    try_import(s, NULL, kinds[i % 2], file, NULL), ERR_INVALID);
		if (strstr(s->err.text, cases[i / 2].why) == NULL)
			fail_msg("%s", s->err.text);
	}
	fixture_end(s);
}

static void
samples_are_kept(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "refunds", REFUNDS, NULL), 2, 0, 0, 0);
	assert_non_null(strstr(
	    kept(s, "order_no = '3120000000000000077'"), "refund=30.00"));
	counts(take(s, "freight-templates", FREIGHT, NULL), 4, 0, 0, 0);
	assert_non_null(
	    strstr(kept(s, "key LIKE '%新疆%'"), "more=0.5\tmore_fee=9.00"));
	counts(take(s, "customers", SHOPIFY, NULL), 1, 0, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT identity || '/' || name || '/' || phone || '/' "
		       "|| note FROM customer"),
	    "shopify:ann@example.com/Ann Example/+923000000000/"
	    "[Bronze VIP, loyal-app_new]");
	counts(take(s, "customers", YOUZAN, NULL), 1, 0, 0, 1);
	counts(take(s, "customers", YOUZAN, NULL), 0, 0, 1, 1);
	let_go();
	fixture_end(s);
}

#define TB "订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,退款状态\n"

static void
a_newer_row_takes_the_place(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;

	(void)state;
	take(s, "refunds",
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,等待卖家同意\n"),
	    NULL);
	sum = take(s, "refunds",
	    fixture_file("b.csv", TB "1001,9001,1,T恤,10.00,退款成功\n"
				     "1002,9002,1,T恤,¥5,退款关闭\n"),
	    NULL);
	counts(sum, 1, 1, 0, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT n FROM staged_count WHERE kind = 'refunds'"),
	    2);
	assert_non_null(strstr(kept(s, "order_no = '1001'"), "state=back"));
	assert_string_equal(
	    text_of(s, "SELECT before || ' ' || after FROM import_change"),
	    "state=asked state=back");
	let_go();
	fixture_end(s);
}

static void
rows_that_are_wrong_are_refused(void **state)
{
	static const struct {
		const char *kind, *text, *column;
	} bad[] = {
		{ "refunds", TB "1001,1.28E+18,1,T,1,退款成功\n", "退款编号" },
		{ "refunds", TB "1001,,1,T,1,退款成功\n", "退款编号" },
		{ "refunds", TB "1001,9001,1,T,很多,退款成功\n",
		    "买家退款金额" },
		{ "refunds", TB "1001,9001,1,T,1,天知道\n", "退款状态" },
		{ "freight-bill",
		    "日期,运单号,省份,重量,运费\n昨日,1,浙江,1,1\n", "日期" },
		{ "freight-bill",
		    "日期,运单号,省份,重量,运费\n2024-05-28,1,浙江,重,1\n",
		    "重量" },
		{ "traffic", "日期,访客数,转化率\n2024-05-28,1.5,\n",
		    "访客数" },
		{ "traffic", "日期,访客数,转化率\n2024-05-28,1,高\n",
		    "转化率" },
		{ "traffic", "日期,访客数,平均停留时长\n2024-05-28,1,3秒2分\n",
		    "平均停留时长" },
		{ "survey", "提交时间,评分\n2024-05-28,好\n", "评分" },
	};
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		counts(take(s, bad[i].kind, fixture_file("f.csv", bad[i].text),
			   NULL),
		    0, 0, 0, 1);
		r = import_rejects(taken, &n);
		assert_int_equal(n, 1);
		assert_int_equal(r->line, 2);
		assert_string_equal(r->column, bad[i].column);
	}
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"), 0);
	let_go();
	fixture_end(s);
}

#define FR "模板名称,计价方式,快递公司,地区,首重,首费,续重,续费\n"

static void
freight_has_its_limits(void **state)
{
	static const char *const bad[] = { "甲,按件数,中通,全国,1.5,6,1,2",
		"甲,按件数,中通,全国,0,6,1,2", "甲,按重量,中通,全国,0.05,6,1,2",
		"甲,按重量,中通,全国,10000,6,1,2",
		"甲,按体积,中通,全国,1000,6,1,2", "甲,按天,中通,全国,1,6,1,2",
		"甲,按重量,中通,全国,1,1000,1,2", "甲,按重量,中通,全国,1,6,1,7",
		"一二三四五六七八九十一二三四五六七八,按重量,,全国,1,6,1,2" };
	static const char *const lists[] = {
		"包邮,1,1,express,\"1,310000\",1,8,1,4",
		"包邮,1,1,express;ems,1,1,8,1,4",
		"包邮,1,1,express,310000,1,8,1,4",
		"包邮,1,1,express,1,x,8,1,4",
	};
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	size_t i;

	(void)state;
	str_add(&text, FR "甲,按重量,中通,全国,1,0.00,1,7\n");
	for (i = 0; i < 9; i++)
		str_addf(&text, "%s\n", bad[i]);
	counts(
	    take(s, "freight-templates", fixture_file("f.csv", text.s), NULL),
	    1, 0, 0, 9);
	str_cut(&text, 0);
	str_add(&text, "name,assumer,valuation,types,dests,start_standards,"
		       "start_fees,add_standards,add_fees\n");
	for (i = 0; i < 4; i++)
		str_addf(&text, "%s\n", lists[i]);
	counts(
	    take(s, "freight-templates", fixture_file("l.csv", text.s), NULL),
	    0, 0, 0, 4);
	str_done(&text);
	let_go();
	fixture_end(s);
}

static int64_t
open_refunds(struct session *s)
{
	return fixture_int(s,
	    "SELECT count(*) FROM order_hold WHERE reason = 'refund'"
	    " AND cleared_at = 0");
}

static void
a_refund_stops_an_order_that_is_not_shipped(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	struct page p = { 0 };
	int64_t id;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	id = fixture_order(s, "1001", 1, "A", NULL);
	sum = take(s, "refunds",
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,等待卖家同意\n"
				     "7777,9002,1,T恤,10.00,等待卖家同意\n"),
	    NULL);
	counts(sum, 2, 0, 0, 0);
	assert_int_equal(sum->held, 1);
	assert_int_equal(open_refunds(s), 1);
	assert_int_equal(
	    staged_page(s, "refunds", PAGE_FIRST, NULL, 10, &p), 0);
	assert_int_equal(p.n, 2);
	assert_int_equal(
	    ((const struct staged *)page_row(&p, 1))->order_id, id);
	assert_int_equal(((const struct staged *)page_row(&p, 0))->order_id, 0);
	page_free(&p);
	assert_int_equal(
	    staged_of_order(s, "1001", PAGE_FIRST, NULL, 9, &p), 0);
	assert_int_equal(p.n, 1);
	page_free(&p);
	/* Two of them: one that is taken back is not all. */
	take(s, "refunds",
	    fixture_file("b.csv", TB "1001,9003,1,T恤,10.00,等待卖家同意\n"
				     "1001,9001,1,T恤,10.00,退款关闭\n"),
	    NULL);
	assert_int_equal(open_refunds(s), 1);
	take(s, "refunds",
	    fixture_file("c.csv", TB "1001,9003,1,T恤,10.00,退款关闭\n"), NULL);
	assert_int_equal(open_refunds(s), 0);
	let_go();
	fixture_end(s);
}

static void
a_refund_waits_for_its_order(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "refunds",
	    fixture_file("a.csv", TB "5001,9001,1,T恤,10.00,等待卖家同意\n"),
	    NULL);
	take(s, "orders",
	    fixture_file("o.csv",
		"订单编号,买家会员名,总金额,买家实际支付金额,订单状态,"
		"收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,"
		"宝贝标题,宝贝总数量\n"
		"5001,甲,10,10,买家已付款，等待卖家发货,王,浙江省 杭州市 "
		"西湖区 1号,13900000000,2024-05-28 09:00:00,2024-05-28 "
		"09:01:00,T恤,1\n"),
	    NULL);
	assert_int_equal(open_refunds(s), 1);
	let_go();
	fixture_end(s);
}

#define PACK \
	"version 1.00\n" \
	"title\tprice\tnum\tskuProps\touter_id\tpropAlias\tnum_id\t" \
	"item_weight\tbarcode\tsku_barcode\n" \
	"宝贝名称\t宝贝价格\t宝贝数量\t销售属性组合\t商家编码\t销售属性别名\t" \
	"数字ID\t物流重量\t商品条形码\tsku 条形码\n"

static void
a_data_pack_brings_goods(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	const char *path;

	(void)state;
	fixture_variant(s, "TS-S", 5, 1000);
	assert_int_equal(
	    fixture_int(s, "SELECT price FROM variant WHERE sku_code = 'TS-S'"),
	    2000);
	path = fixture_file("pack.csv",
	    PACK "T恤 \"春\"\t59\t9\t59:5:TS-S:20509:28381;1627207:-1001;"
		 "60:4:TS-M:20509:28382;1627207:-1001;\tTS\t"
		 "20509:28381:S;20509:28382:M;1627207:-1001:白色;\t700\t0.25\t"
		 "\t6901;6902\n"
		 "袜子\t9.90\t9\t\tWZ\t\t701\t\t6903\t\n"
		 "坏的\t9.90\t9\tx:y\tWZ2\t\t702\t\t\t\n"
		 "撞的\t9.90\t9\t\tWZ3\t\t703\t\t6903\t\n");
	sum = take(s, "goods", path, NULL);
	counts(sum, 2, 0, 0, 2);
	assert_int_equal(sum->products_new, 2);
	assert_int_equal(fixture_int(s, "SELECT weight FROM variant"
					" WHERE sku_code = 'TS-M'"),
	    250);
	assert_int_equal(fixture_int(s, "SELECT price FROM variant"
					" WHERE sku_code = 'TS-S'"),
	    2000);
	assert_string_equal(
	    text_of(s, "SELECT attrs || ' ' || item_no FROM listing"
		       " WHERE sku_code = 'TS-M'"),
	    "尺码：M；颜色分类：白色 700");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM barcode WHERE code IN"
			   " ('6901', '6902', '6903')"),
	    3);
	counts(take(s, "goods", path, NULL), 0, 0, 2, 2);
	/* All of it goes again, and what was there is as it was. */
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	assert_int_equal(
	    import_undo(s, import_summary(taken)->batch - 1, NULL), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM variant"), 1);
	assert_int_equal(fixture_int(s, "SELECT weight FROM variant"), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM barcode"), 0);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

/* Where the pack has no name of a category, its number keeps goods of a kind
 * together. */
static void
a_data_pack_tells_categories(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "goods", SAMPLES "taobao/goods_pack.utf16le.csv", NULL),
	    3, 0, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT v.sku_code || ' ' || coalesce(c.path, '-')"
		       " FROM variant v JOIN product p ON p.id = v.product_id"
		       " LEFT JOIN category c ON c.id = p.category_id"
		       " ORDER BY v.sku_code"),
	    "CASE-1 taobao/50010850\nDR-02 taobao/50010850\n"
	    "HOLD-27 taobao/50010850");
	counts(take(s, "goods", SAMPLES "taobao/goods_pack.utf16le.csv", NULL),
	    0, 0, 3, 0);
	let_go();
	fixture_end(s);
}

static void
what_was_kept_is_taken_back(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t first, second, by;

	(void)state;
	first = take(s, "refunds",
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,等待卖家同意\n"),
	    NULL)
		    ->batch;
	second = take(s, "refunds",
	    fixture_file("b.csv", TB "1001,9001,1,T恤,12.00,退款成功\n"
				     "1002,9002,1,T恤,5,退款关闭\n"),
	    NULL)
		     ->batch;
	assert_int_equal(staged_replaced(s, first, &by), 0);
	assert_int_equal(by, second);
	assert_int_equal(staged_replaced(s, second, &by), 0);
	assert_int_equal(by, 0);
	assert_int_equal(import_undo(s, first, NULL), ERR_STATE);
	assert_int_equal(import_undo(s, second, NULL), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"), 1);
	assert_non_null(strstr(kept(s, "id > 0"), "refund=10.00\tstate=asked"));
	assert_int_equal(fixture_int(s, "SELECT batch_id FROM staged"), first);
	fixture_verify(s);
	assert_int_equal(import_undo(s, first, NULL), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(n) FROM staged_count"), 0);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
people_are_masked_where_they_are_read(void **state)
{
	struct session *s = fixture_session("owner");
	const struct staged *t;
	struct page p = { 0 };

	(void)state;
	take(s, "refunds",
	    fixture_file("a.csv",
		"订单编号,退款编号,买家会员名称,卖家手机,买家退款说明,"
		"退款状态\n1001,9001,13912345678,13800000000,打 13912345678,"
		"退款成功\n"),
	    NULL);
	s->perms &= ~(UINT64_C(1) << PERM_CONTACT_VIEW);
	assert_int_equal(staged_page(s, NULL, PAGE_FIRST, NULL, 9, &p), 0);
	t = page_row(&p, 0);
	assert_null(strstr(t->fields, "13912345678"));
	assert_null(strstr(t->fields, "13800000000"));
	assert_non_null(strstr(t->fields, "refund_no=9001"));
	page_free(&p);
	let_go();
	fixture_end(s);
}

static void
a_file_of_another_kind_says_what_it_is(void **state)
{
	struct session *s = fixture_session("owner");
	const char *path =
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,退款成功\n");

	(void)state;
	assert_int_equal(
	    try_import(s, NULL, "orders", path, NULL), ERR_INVALID);
	assert_non_null(strstr(s->err.text, "\"refunds\""));
	assert_int_equal(
	    try_import(s, NULL, "tracking", path, NULL), ERR_INVALID);
	assert_int_equal(try_import(s, NULL, "moons", path, NULL), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	assert_int_equal(
	    try_import(s, NULL, NULL, fixture_file("x.csv", "a,b\n"), NULL),
	    ERR_INVALID);
	assert_int_equal(
	    try_import(s, NULL, NULL, path, ORDERS_2012), ERR_INVALID);
	let_go();
	fixture_end(s);
}

static void
kept_rows_are_a_list(void **state)
{
	struct session *s = fixture_session("owner");
	const struct rec_kind *k = record_kind("staged");
	const struct rec_filter by[] = { { "kind", "refunds" },
		{ "order_no", "1001" }, { "line", "3" } };
	struct page p = { 0 }, one = { 0 };
	size_t i;

	(void)state;
	take(s, "refunds",
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,退款成功\n"
				     "1001,9002,1,T恤,10.00,退款成功\n"
				     "1002,9003,1,T恤,10.00,退款成功\n"),
	    NULL);
	for (i = 0; i < 3; i++) {
		assert_int_equal(
		    k->page(s, &by[i], 1, PAGE_FIRST, NULL, 50, &p), 0);
		assert_int_equal(p.n, 3 - i);
		page_free(&p);
	}
	assert_int_equal(k->page(s, NULL, 0, PAGE_FIRST, NULL, 1, &p), 0);
	assert_int_equal(
	    k->get(s, ((const struct staged *)page_row(&p, 0))->id, &one), 0);
	assert_string_equal(
	    ((const struct staged *)page_row(&one, 0))->key, "taobao|9003");
	page_free(&p);
	page_free(&one);
	assert_int_equal(staged_counts(s, &p), 0);
	assert_int_equal(p.n, 1);
	assert_int_equal(((const struct staged_count *)page_row(&p, 0))->n, 3);
	page_free(&p);
	let_go();
	fixture_end(s);
}

static void
a_dry_run_keeps_nothing(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_options dry = { .dry_run = true };

	(void)state;
	assert_int_equal(try_import(s, &dry, "refunds", REFUNDS, NULL), 0);
	counts(import_summary(taken), 2, 0, 0, 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM import_batch"), 0);
	let_go();
	fixture_end(s);
}

static void
a_kept_file_is_whole_or_not_at_all(void **state)
{
	const char *path =
	    fixture_file("a.csv", TB "1001,9001,1,T恤,10.00,等待卖家同意\n"
				     "1002,9002,1,T恤,10.00,退款成功\n");

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		fault_arm(&f);
		rc = try_import(s, NULL, "refunds", path, NULL);
		fault_disarm(&f);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"),
		    rc == 0 ? 2 : 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM import_batch"),
		    rc == 0 ? 1 : 0);
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_known_and_kept),
		cmocka_unit_test(what_is_to_be_taken_instead_is_told),
		cmocka_unit_test(samples_are_kept),
		cmocka_unit_test(a_newer_row_takes_the_place),
		cmocka_unit_test(rows_that_are_wrong_are_refused),
		cmocka_unit_test(freight_has_its_limits),
		cmocka_unit_test(a_refund_stops_an_order_that_is_not_shipped),
		cmocka_unit_test(a_refund_waits_for_its_order),
		cmocka_unit_test(a_data_pack_brings_goods),
		cmocka_unit_test(a_data_pack_tells_categories),
		cmocka_unit_test(what_was_kept_is_taken_back),
		cmocka_unit_test(people_are_masked_where_they_are_read),
		cmocka_unit_test(a_file_of_another_kind_says_what_it_is),
		cmocka_unit_test(kept_rows_are_a_list),
		cmocka_unit_test(a_dry_run_keeps_nothing),
		cmocka_unit_test(a_kept_file_is_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
