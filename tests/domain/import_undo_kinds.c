/* SPDX-License-Identifier: MIT */
#include "../../src/domain/goods/companies_priv.h"
#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/grades.h"

/* An import of each kind: what it made and what it changed is as it was once it
 * is taken back. */

/* What tells of the past stays: the log, slips and what was noted. */
static const char *
tables_of(struct session *s)
{
	return text_of(s,
	    "SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type ="
	    " 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'import%'"
	    " AND name NOT LIKE 'audit%' AND name NOT LIKE 'stock_slip%'"
	    " AND name NOT IN ('setting', 'stock_move', 'stock_day',"
	    " 'day_figure', 'staged_count', 'order_count')");
}

static char *
as_it_is(struct session *s)
{
	char *tables = strdup(tables_of(s)), *name, *rest;
	struct str sql = STR_INIT, out = STR_INIT;

	for (name = strtok_r(tables, " ", &rest); name != NULL;
	     name = strtok_r(NULL, " ", &rest)) {
		str_cut(&sql, 0);
		str_addf(&sql,
		    "SELECT group_concat('quote(\"' || name || '\")',"
		    " '||''|''||') FROM pragma_table_info('%s')"
		    " WHERE name NOT IN ('version', 'last_in')",
		    name);
		const char *cols = text_of(s, sql.s);

		str_cut(&sql, 0);
		/* That for goods without a bin comes and stays. */
		str_addf(&sql,
		    "SELECT '%s: ' || %s FROM %s%s ORDER BY 1"
		    " /*scan*/ /*sort*/",
		    name, cols, name,
		    strcmp(name, "bin") == 0 ? " WHERE code <> ''" : "");
		add_query(s, &out, sql.s);
	}
	add_query(s, &out,
	    "SELECT name || ' ' || value FROM setting"
	    " WHERE name IN ('ship_hours', 'shop_name') ORDER BY name");
	free(tables);
	str_done(&sql);
	return str_take(&out);
}

#define ORDERS \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"买家应付货款,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,订单备注\n"
#define ORDER(no, state, memo) \
	no ",甲,20,0,20,20," state ",收,广东省 广州市 越秀区 1号," \
	   "13900000001,2024-05-01 10:00:00,2024-05-01 11:00:00,锅," memo "\n"
#define PAID "\"买家已付款,等待卖家发货\""
#define PRODUCTS \
	"sku_code,name,product,barcodes,price,weight,reorder_at," \
	"target_level,bin,category,brand,unit,length,guarantee_days,note," \
	"images,made,supplier,supplier_price\n"
#define REFUNDS \
	"订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,退款状态\n"
#define MONEY \
	"商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id," \
	"入帐类型,收入金额(元),支出金额(元),业务描述,备注,收/付渠道\n"
#define PACK_KEYS \
	"title\tprice\tnum\tskuProps\touter_id\tpropAlias\tnum_id\t" \
	"barcode\titem_weight\n"

static const struct {
	const char *kind, *head, *before, *after;
} kinds[] = {
	{ "orders", ORDERS, ORDER("101", PAID, "") ORDER("102", PAID, ""),
	    ORDER("101", "交易成功", "急") ORDER("103", PAID, "") },
	{ "products", PRODUCTS,
	    "PAN,大,锅,690001,10.00,500,3,9,A-1,厨房,甲牌,个,10,30,好,a.jpg,"
	    "no,一厂,5.00\n",
	    "PAN,小,锅,690001 690002,11.00,600,4,8,A-2,厨房 > 锅,乙牌,只,20,"
	    "60,不好,b.jpg,no,二厂,6.00\n"
	    "LID,盖,盖,690003,3.00,50,1,2,A-3,厨房,甲牌,个,,,,,no,一厂,1.00\n" },
	{ "stock", "sku_code,qty,cost,bin\n", "S-1,5,2.00,B-1\n",
	    "S-2,7,3.00,B-2\n" },
	{ "customers", "nick,name,phone,note\n", "乙,乙一,13900000002,老\n",
	    "乙,乙二,13900000003,新\n丙,丙一,13900000004,\n" },
	{ "listings",
	    "platform,shop,title,variant_sku,attrs,sku_code,item_no\n",
	    "taobao,小店,锅,PAN,大,P,77\n", "taobao,小店,盖,LID,,L,78\n" },
	{ "goods", "version 1.00\n" PACK_KEYS "标题\t\t\t\t\t\t\t\t\n",
	    "壶\t30.00\t1\t\tPOT\t\t900\t690009\t0.5\n",
	    "壶\t31.00\t1\t\tPOT\t\t900\t690009\t0.6\n"
	    "杯\t9.00\t1\t\tCUP\t\t901\t\t0.2\n" },
	{ "companies",
	    "name,kinds,contact,phone,address,bank,account,tax_no,lead_days,"
	    "cycle_days,min_total,terms_days,note,active\n",
	    "一厂,supplier,张,13900000005,义乌,工行,1,2,3,7,100,30,好,yes\n",
	    "一厂,supplier customer,李,13900000006,杭州,农行,3,4,5,14,200,60,"
	    "换人,no\n三厂,supplier,王,,,,,,,,,,,\n" },
	{ "couriers", "name,code,aliases,shape,phone,active\n",
	    "甲快递,JIA,甲;一,,1,yes\n",
	    "甲快递,JIA2,甲,^J,2,no\n乙快递,YI,,,,yes\n" },
	{ "bins", "bin,kind,walk,note,active\n", "T-1,pick,1,,yes\n",
	    "T-1,reserve,2,x,no\nT-2,pick,3,,yes\n" },
	{ "kits", "kit_sku,part_sku,qty\n", "SET,PAN,1\nSET,LID,1\n",
	    "SET,PAN,2\nSET,LID,1\nSET2,PAN,1\nSET2,LID,1\n" },
	{ "warehouses",
	    "name,province,hub,below_zero,virtual,put_away,address,active\n",
	    "Main warehouse,,,no,no,no,,yes\n二仓,浙江,,no,no,yes,义乌,yes\n",
	    "总仓,上海,,yes,no,yes,路,yes\n二仓,广东,YTO,yes,yes,no,,no\n"
	    "三仓,北京,,no,no,no,,yes\n" },
	{ "materials", "code,name,weight,cost,active\n",
	    "BOX,纸箱,250,3.20,yes\n",
	    "BOX,大纸箱,300,4.00,no\nBAG,气泡袋,25,0.45,yes\n" },
	{ "categories", "path,depth\n", "厨房/锅,1\n",
	    "厨房/锅/平底锅,2\n文具,0\n" },
	{ "supplier-items",
	    "sku_code,company,code,price,min_qty,pack_qty,first\n",
	    "PAN,一厂,G-1,5.00,10,5,yes\nLID,一厂,,2.00,1,1,yes\n",
	    "PAN,一厂,\"G,2\",6.00,20,10,no\nLID,二厂,L,1.00,5,5,yes\n" },
	{ "grades", "name,from_paid,permille\n", "普通,0.00,1000\n",
	    "普通,1.00,990\n高级,500.00,980\n" },
	{ "member-prices", "sku_code,grade,price\n", "PAN,银卡,9.00\n",
	    "PAN,银卡,8.00\nLID,银卡,2.00\n" },
	{ "review-rules", "seq,active,name,what,value,shop,action,courier\n",
	    "500,yes,甲规则,memo,急;快,,hold,\n",
	    "510,no,甲规则,any,,小店,courier,YTO\n"
	    "520,yes,乙规则,amount_over,99.00,,pass,\n" },
	{ "gift-rules",
	    "seq,active,name,shop,since,until,min_paid,sku,min_qty,gift_sku,"
	    "gift_qty,each_time,alone\n",
	    "10,yes,满赠,,,,99.00,,0,LID,1,no,no\n",
	    "20,no,满赠,小店,2026-01-01,2026-02-01 00:00:00,0.00,PAN,2,S-1,"
	    "2,yes,yes\n30,yes,买赠,,,,0.00,PAN,1,LID,1,no,no\n" },
	{ "texts", "kind,name,text,active\n", "unpaid,甲,{nick}您好,yes\n",
	    "unpaid,甲,{nick}在吗,no\nquote,乙,{quote_no},yes\n" },
	{ "attrs",
	    "name,title,product,type,unit,choices,least,most,critical,seq,"
	    "active\n",
	    "width,宽,锅,length,cm,,1,20,yes,5,yes\n",
	    "width,阔,锅,length,mm,,2,30,no,6,no\n"
	    "paint,漆,,choice,,;红;蓝;,0,0,yes,7,yes\n" },
	{ "settings", "name,value,unit\n", "ship_hours,47,小时\n",
	    "ship_hours,24,\nshop_name,新店,\n" },
	{ "refunds", REFUNDS, "101,9001,1,锅,1.00,等待卖家同意\n",
	    "101,9001,1,锅,1.00,退款关闭\n103,9002,1,锅,2.00,等待卖家同意\n" },
	{ "payments", MONEY,
	    "小店,2024-05-28,09:12:33,7001,101,101,交易收款,20.00,0.00,,,\n",
	    "小店,2024-05-28,09:12:33,7001,101,101,交易收款,20.00,0.00,改,,\n"
	    "小店,2024-05-28,09:12:34,7002,103,103,交易收款,20.00,0.00,,,\n" },
	{ "freight-templates",
	    "模板名称,计价方式,快递公司,地区,首重(kg),首费(元),续重(kg),"
	    "续费(元)\n",
	    "包邮,按重量,中通快递,全国,1,8.00,1,4.00\n",
	    "包邮,按重量,中通快递,全国,1,9.00,1,5.00\n"
	    "包邮,按重量,中通快递,新疆,1,20.00,1,9.00\n" },
	{ "freight-bill", "运单号,日期,省份,重量,运费\n",
	    "YT1,2024-05-28,浙江,1,3.00\n", "YT1,2024-05-28,浙江,1,4.00\n" },
	{ "tracking", "waybill,time,status,place\n",
	    "SF1,2024-05-28 09:12:33,揽收,杭州\n",
	    "SF1,2024-05-28 09:12:33,揽收,上海\n"
	    "SF1,2024-05-29 09:12:33,签收,上海\n" },
	{ "traffic", "日期,访客数,浏览量\n", "2024-05-28,10,20\n",
	    "2024-05-28,11,20\n2024-05-29,12,20\n" },
	{ "service-kpi", "日期,客服昵称,三分钟回复率（人维度）,咨询人数\n",
	    "2024-05-28,小红,99%,10\n",
	    "2024-05-28,小红,98%,10\n2024-05-29,小红,97%,10\n" },
	{ "survey", "编号,提交时间,评分,意见\n", "1,2024-05-28 09:12:33,4,好\n",
	    "1,2024-05-28 09:12:33,3,不好\n2,2024-05-28 09:12:34,5,\n" },
	{ "staged", "kind,key,order_no,line,at,fields\n",
	    "traffic,-|2024-05-28|||,,2,2024-05-29 10:00:00,visitors=10\n",
	    "traffic,-|2024-05-28|||,,2,2024-05-29 10:00:00,visitors=11\n"
	    "refunds,taobao|9003,103,2,2024-05-29 10:00:00,state=asked\n" },
};
#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

static int64_t
take_in(struct session *s, size_t i, const char *rows)
{
	const struct import_summary *sum;
	struct str text = STR_INIT;

	str_addf(&text, "%s%s", kinds[i].head, rows);
	sum = take(s, kinds[i].kind, fixture_file("kind.csv", text.s), NULL);
	str_done(&text);
	if (sum->rejected_n > 0)
		fail_msg("%s: %s", kinds[i].kind,
		    import_rejects(taken, &(size_t){ 0 })->reason);
	return sum->batch;
}

/* What the files name. */
static struct session *
shop(void)
{
	static const char *const skus[] = { "LID", "SET", "SET2", "S-1",
		"S-2" };
	const struct company_edit maker = { .name = "二厂", .supplier = "yes" };
	const struct grade_edit silver = { .name = "银卡", .permille = 950 };
	struct session *s = fixture_session("owner");
	int64_t id;
	size_t i;

	for (i = 0; i < sizeof(skus) / sizeof(skus[0]); i++)
		fixture_variant(s, skus[i], 0, 0);
	take_in(s, 1, kinds[1].before);
	take_in(s, 0, kinds[0].before);
	take_in(s, 4, kinds[4].before);
	assert_int_equal(company_add(s, &maker, &id), 0);
	assert_int_equal(grade_add(s, &silver, &id), 0);
	return s;
}

static void
each_kind_is_taken_back(void **state)
{
	char *before, *after;
	struct session *s;
	int64_t batch;
	size_t i, k;

	(void)state;
	for (i = 0; import_kinds[i] != NULL; i++) {
		for (k = 0; k < NKINDS; k++)
			if (strcmp(kinds[k].kind, import_kinds[i]) == 0)
				break;
		if (k == NKINDS)
			fail_msg("%s is not tried", import_kinds[i]);
		s = shop();
		if (k > 1)
			take_in(s, k, kinds[k].before);
		before = as_it_is(s);
		batch = take_in(s, k, kinds[k].after);
		after = as_it_is(s);
		if (strcmp(before, after) == 0)
			fail_msg("%s changes nothing", kinds[k].kind);
		free(after);
		printf("# %s\n", kinds[k].kind);
		if (import_undo(s, batch, NULL) < 0)
			fail_msg("%s: %s", kinds[k].kind, s->err.text);
		fixture_verify(s);
		same_text(as_it_is(s), before);
		fixture_end(s);
	}
	let_go();
}

static size_t
kind_of(const char *kind)
{
	size_t k = 0;

	while (strcmp(kinds[k].kind, kind) != 0)
		k++;
	return k;
}

/* It is refused, and @what is said of @label. */
static void
stands(struct session *s, int64_t batch, const char *label, const char *what)
{
	const struct import_stands *one;
	struct page page;

	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_int_equal(import_standing(s, batch, 10, &page), 0);
	assert_true(page.n > 0);
	one = page_row(&page, 0);
	assert_string_equal(one->label, label);
	if (strstr(one->what, what) == NULL)
		fail_msg("%s", one->what);
	page_free(&page);
}

static void
what_is_used_since_stands_on_it(void **state)
{
	struct session *s = shop();
	size_t k = kind_of("companies");
	struct company_edit e;
	int64_t id, bill;

	(void)state;
	/* A later list, and somebody who puts something right. */
	(void)take_in(s, k, kinds[k].before);
	(void)take_in(s, k, kinds[k].after);
	id = take_in(s, k, kinds[k].before);
	stands(s, id - 1, "一厂", "a later import changed it");
	assert_int_equal(company_by_name(s, "一厂", &bill), 0);
	assert_int_equal(company_edit_now(s, bill, &e), 0);
	copy_text(e.note, sizeof(e.note), "von Hand");
	assert_int_equal(company_save(s, bill,
			     fixture_int(s, "SELECT version FROM company"
					    " WHERE name = '一厂'"),
			     &e),
	    0);
	stands(s, id, "一厂", "by");
	/* A bill was made of it. */
	k = kind_of("freight-bill");
	id = take_in(s, k, kinds[k].before);
	assert_int_equal(freight_bill_take(s, "YTO", "5月", id, &bill), 0);
	stands(s, id, "5月", "a courier's bill");
	assert_int_equal(freight_bill_drop(s, bill), 0);
	assert_int_equal(import_undo(s, id, NULL), 0);
	let_go();
	fixture_end(s);
}

/* Of what suppliers sell, in several tables. */
static char *
offers(struct session *s)
{
	struct str out = STR_INIT;

	add_query(s, &out,
	    "SELECT i.variant_id || '|' || code || '|' || i.price || '|' ||"
	    " first || '|' || (SELECT count(*) FROM supplier_price p"
	    " WHERE p.variant_id = i.variant_id)"
	    " FROM supplier_item i ORDER BY 1 /*scan*/ /*sort*/");
	return str_take(&out);
}

static void
a_list_survives_every_failure(void **state)
{
	const struct company_edit maker = { .name = "一厂", .supplier = "yes" };
	const struct supplier_item_edit pan = { .sku_code = "PAN",
		.company = "一厂",
		.price = 500,
		.min_qty = 1,
		.pack_qty = 1 };
	const char *path =
	    fixture_file("f.csv", "sku_code,company,code,price,first\n"
				  "PAN,一厂,G-2,6.00,yes\n"
				  "LID,一厂,,2.00,yes\n");
	struct session *s;
	char *before;
	int64_t id;
	int rc;

	(void)state;
	s = fixture_faulty("owner");
	fixture_variant(s, "PAN", 0, 0);
	fixture_variant(s, "LID", 0, 0);
	assert_int_equal(company_add(s, &maker, &id), 0);
	assert_int_equal(supplier_item_set(s, &pan), 0);
	FOR_EACH_FAULT(f)
	{
		before = offers(s);
		fault_arm(&f);
		rc = try_import(s, NULL, "supplier-items", path, NULL);
		fault_disarm(&f);
		if (rc >= 0) {
			counts(import_summary(taken), 1, 1, 0, 0);
			id = import_summary(taken)->batch;
			assert_int_equal(import_undo(s, id, NULL), 0);
		}
		same_text(before, offers(s));
	}
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_taken_back),
		cmocka_unit_test(what_is_used_since_stands_on_it),
		cmocka_unit_test(a_list_survives_every_failure),
	};

	return cmocka_run_group_tests_name(
	    "domain/import_undo_kinds", tests, NULL, NULL);
}
