/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include <minizip/zip.h>

#include "shopmgr/domain/export.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/payments.h"

/* Files as they really come: damaged, packed into other shapes, half said. */

#define HEAD \
	"订单编号,买家应付货款,买家实付金额,订单状态,订单创建时间," \
	"订单付款时间,支付单号,物流单号\n"
#define ROW(no, made, payment, waybill) \
	no ",50,50,交易成功," made ",," payment "," waybill "\n"
#define AT "2024-05-01 10:00:00"

static const char *
reason(size_t i)
{
	size_t n;
	const struct import_reject *r = import_rejects(taken, &n);

	assert_true(i < n);
	return r[i].reason;
}

static void
columns_parted_otherwise_are_no_layout(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(try_import(s, NULL, "orders",
			     fixture_file("p.csv",
				 "订单编号|订单状态|订单创建时间|买家应付货款|"
				 "买家实际支付金额|订单付款时间\n1|交易成功|" AT
				 "|1|1|" AT "\n"),
			     NULL),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "one column only"));
	fixture_end(s);
}

static void
numbers_of_parcels_and_payments_are_whole(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "orders",
		   fixture_file("o.csv",
		       HEAD ROW("1001", AT, "2.02405E+27", "YT1234567890123")
			   ROW("1002", AT, "2024050822001", "7.8E+13")
			       ROW("1003", AT, "2024050822002", "78E12")),
		   NULL),
	    1, 0, 0, 2);
	assert_non_null(strstr(reason(0), "2.02405E+27"));
	assert_non_null(strstr(reason(1), "7.8E+13"));
	assert_string_equal(
	    text_of(s, "SELECT waybill_no FROM orders"), "78E12");
	let_go();
	fixture_end(s);
}

/* One cell that a spreadsheet wrote: it had the whole column. */
static void
a_damaged_cell_tells_of_its_column(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "orders",
		   fixture_file("o.csv",
		       HEAD ROW("3120000000000011234", AT, "", "")
			   ROW("3120000000000010000", AT, "", "")
			       ROW("3.12E+18", AT, "", "")),
		   NULL),
	    1, 0, 0, 2);
	assert_non_null(strstr(reason(0), "3120000000000010000"));
	let_go();
	fixture_end(s);
}

static void
times_are_read_however_they_are_written(void **state)
{
	static const char *const same[] = { "20240501100000",
		"2024-05-01T10:00:00+08:00", "2024/5/1 10:00", "45413.4166667",
		"2024年5月1日 10:00", AT };
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	size_t i, n = sizeof(same) / sizeof(same[0]);

	(void)state;
	str_add(&text, HEAD);
	for (i = 0; i < n; i++)
		str_addf(&text,
		    "10%zu,50,50,交易成功,%s,0000-00-00 00:00:00,,\n", i,
		    same[i]);
	str_add(&text, ROW("200", "20240501", "", ""));
	str_add(&text, ROW("201", "0000-00-00", "", ""));
	str_add(&text, ROW("202", "5/1/2024", "", ""));
	counts(take(s, "orders", fixture_file("o.csv", text.s), NULL),
	    (int64_t)n + 1, 0, 0, 2);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(DISTINCT created_at % 86400) ||"
		       " ' ' || sum(paid_at) FROM orders"),
	    "7200,57600 0");
	assert_string_equal(reason(0), "This is empty");
	assert_non_null(strstr(reason(1), "as in 2026-11-30"));
	str_done(&text);
	let_go();
	fixture_end(s);
}

/* It stands in the first row; the money is that of all of them. */
static void
what_the_state_pays_back_is_the_order(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders",
	    fixture_file("b.csv",
		"订单编号,订单状态,订单创建时间,订单付款时间,货品标题,"
		"单价(元),数量,货品总价(元),运费(元),实付款(元)\n"
		"77,已退换货," AT "," AT ",甲,5,2,30,6,36\n"
		",,,,乙,10,2,,,\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT o.paid || ' ' || o.refund || ' ' ||"
		       " sum(l.refund) || ' ' || min(l.refund_state) FROM"
		       " orders o JOIN order_line l ON l.order_id = o.id"),
	    "3600 3600 3000 2");
	at_par(s);
	take(s, "orders",
	    fixture_file("w.csv",
		"order_number,order_date,paid_date,status,order_total,"
		"order_currency,line_item_1,line_item_2\n"
		"88," AT ",,refunded,30,USD,name:A|quantity:1|total:10,"
		"name:B|quantity:1|total:20\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT state || ' ' || paid || ' ' || refund FROM"
		       " orders WHERE order_no = '88'"),
	    "6 3000 3000");
	let_go();
	fixture_end(s);
}

#define BOUGHT(seller) \
	"订单编号,卖家会员名,订单状态,订单创建时间,货品标题,单价(元),数量," \
	"货品总价(元),运费(元),实付款(元)\n" \
	"77,甲厂,交易成功," AT ",锅,5,2,10,0,10\n,,,,盖,0,1,,,\n" \
	"78," seller ",交易成功," AT ",碗,5,2,10,0,10\n"

/* Orders of a shop are from one seller. */
static void
what_was_bought_is_not_taken_as_sold(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(try_import(s, NULL, "orders",
			     fixture_file("b.csv", BOUGHT("乙厂")), NULL),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "甲厂, 乙厂"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 0);
	counts(take(s, "orders", fixture_file("b.csv", BOUGHT("甲厂")), NULL),
	    2, 0, 0, 0);
	let_go();
	fixture_end(s);
}

/* By any of its names and codes, and none becomes a courier of its own. */
static void
couriers_are_known_by_their_codes(void **state)
{
	static const char *const names[] = { "圆通速递", "圆通", "YTO", "yto",
		"yuantong", "jtexpress", "JTSD", "YZPY", "POSTB", "ZJS" };
	struct session *s = fixture_session("owner");
	int64_t before = fixture_int(s, "SELECT count(*) FROM courier");
	struct str text = STR_INIT;
	size_t i;

	(void)state;
	str_add(&text,
	    "订单编号,买家应付货款,买家实付金额,订单状态,订单创建时间,"
	    "订单付款时间,物流单号,物流公司\n");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		str_addf(&text, "10%zu,5,5,交易成功," AT ",,YT12345678%zu,%s\n",
		    i, i, names[i]);
	take(s, "orders", fixture_file("o.csv", text.s), NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(name, ' ') FROM (SELECT c.name FROM"
		       " orders o JOIN courier c ON c.id = courier_id ORDER BY"
		       " o.order_no)"),
	    "圆通速递 圆通速递 圆通速递 圆通速递 圆通速递 极兔速递 极兔速递"
	    " 邮政快递包裹 邮政快递包裹 宅急送");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM courier"), before);
	str_done(&text);
	let_go();
	fixture_end(s);
}

/* Other goods went out: no money came back. */
static void
an_exchange_is_no_refund(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders",
	    fixture_file("d.csv",
		"主订单编号,子订单编号,选购商品,商品数量,商品单价,"
		"订单应付金额,订单提交时间,支付完成时间,订单状态,售后状态\n"
		"1,1,锅,1,50,50," AT "," AT ",已完成,换货成功\n"),
	    NULL);
	assert_int_equal(fixture_int(s, "SELECT refund FROM orders"), 0);
	take(s, "refunds",
	    fixture_file("r.csv",
		"售后单号,订单号,售后类型,售后状态\n9,1,换货,换货成功\n"),
	    NULL);
	assert_non_null(strstr(
	    text_of(s, "SELECT fields FROM staged"), "state=taken_back"));
	let_go();
	fixture_end(s);
}

static void
hours_may_be_words(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "service-kpi",
	    fixture_file("s.csv",
		"日期,客服销售额,咨询人数,平均响应时长（秒）,"
		"仅退款自主完结时长（小时）,退货退款完结时长（小时）\n"
		"2024-05-30,100,9,11秒,1.5,7小时41分52秒\n"),
	    NULL);
	assert_non_null(strstr(text_of(s, "SELECT fields FROM staged"),
	    "answer_time=11\trefund_hours=1.5\treturn_hours=7.6978"));
	let_go();
	fixture_end(s);
}

/* A title with a day, or with two, is of all rows below. */
static void
the_day_may_stand_above_the_header(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "service-kpi",
	    fixture_file("jd.csv", "客服绩效\n统计时间：2024/5/1~2024-05-31\n"
				   "客服,接待量,30秒应答率\n小王,9,98%\n"),
	    NULL);
	assert_null(import_warning(taken, 0));
	take(s, "service-kpi",
	    fixture_file("dy 2024-06-02.csv",
		"20240601\n客服,已接待人数,全天3分钟回复率\n小李,9,98%\n"),
	    NULL);
	take(s, "service-kpi",
	    fixture_file("dy 2024-06-03.csv",
		"客服,已接待人数,全天3分钟回复率\n小李,9,98%\n"),
	    NULL);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(key, ' ') FROM (SELECT key FROM"
		       " staged ORDER BY id)"),
	    "jd|2024-05-01..2024-05-31|小王 douyin|2024-06-01|小李"
	    " douyin|2024-06-03|小李");
	let_go();
	fixture_end(s);
}

static void
freight_goes_by_provinces_there_are(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	counts(take(s, "freight-templates",
		   fixture_file("f.csv",
		       "模板名称,计价方式,地区,首重(kg),首费(元),续重(kg),"
		       "续费(元)\n"
		       "甲,按重量,全国,1,8,1,4\n"
		       "甲,按重量,310000|330000,1,8,1,4\n"
		       "甲,按重量,310000|330100,1,8,1,4\n"),
		   NULL),
	    2, 0, 0, 1);
	assert_non_null(strstr(reason(0), "\"330100\""));
	let_go();
	fixture_end(s);
}

#define MONEY \
	"入帐日期,支付流水号,主订单id,入帐类型,收入金额(元),支出金额(元)\n" \
	"2024-05-28,201,1001,交易收款,50.00,\n" \
	"2024-05-28,202,9,服务费,,4.95\n"
#define EVENTS \
	"运单号,时间,状态\nYT1234567890123," AT ",已签收\nYT9," AT ",已签收\n"

static bool
was_told(const char *what)
{
	size_t i;

	for (i = 0; import_warning(taken, i) != NULL; i++)
		if (strstr(import_warning(taken, i), what) != NULL)
			return true;
	return false;
}

static void
go_on(struct session *s, const char *kind, const char *text)
{
	take(s, kind, fixture_file("kept.csv", text), NULL);
	import_arrive(s, taken);
	fixture_verify(s);
}

/* What there is a department for is not left lying. */
static void
kept_rows_go_on_to_their_departments(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", fixture_file("o.csv", HEAD ROW("1001", AT, "", "")),
	    NULL);
	go_on(s, "payments", MONEY);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM statement_line"), 2);
	assert_true(was_told("2 new lines, 1 of them matched"));
	go_on(s, "tracking", EVENTS);
	assert_true(was_told("2 rows of parcels"));
	go_on(s, "freight-bill",
	    "运单号,日期,省份,重量,运费\nA1,2024-05-28,浙江,1,3\n");
	assert_true(was_told("freight bill"));
	/* Whoever may not check payments leaves them to who may. */
	s->perms &= ~((uint64_t)1 << PERM_PAYMENT_CHECK);
	go_on(s, "payments",
	    "入帐日期,支付流水号,主订单id,入帐类型,收入金额(元),支出金额(元)\n"
	    "2024-05-28,301,1001,交易收款,50.00,\n");
	assert_null(import_warning(taken, 0));
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM statement_line"), 2);
	let_go();
	fixture_end(s);
}

/* In whatever order the files come. What somebody opened again waits for him.
 */
static void
money_may_come_before_its_order(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	go_on(s, "payments", MONEY);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM statement_line"
					" WHERE order_id IS NOT NULL"),
	    0);
	go_on(s, "orders", HEAD ROW("1001", AT, "", ""));
	assert_true(was_told("1 earlier line has found its order"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM statement_line"
					" WHERE order_id IS NOT NULL"),
	    1);
	id = fixture_int(s, "SELECT id FROM statement_line WHERE ref = '201'");
	assert_int_equal(statement_reopen(s, id), 0);
	go_on(s, "orders", HEAD ROW("1002", AT, "", ""));
	assert_null(import_warning(taken, 0));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM statement_line"
					" WHERE order_id IS NOT NULL"),
	    0);
	let_go();
	fixture_end(s);
}

static void
faults_leave_late_money_open(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct statement_taken n;
		int64_t found;
		int rc;

		take(s, "payments", fixture_file("m.csv", MONEY), NULL);
		assert_int_equal(statement_take(s, &n), 0);
		take(s, "orders",
		    fixture_file("o.csv", HEAD ROW("1001", AT, "", "")), NULL);
		let_go();
		fault_arm(&f);
		rc = statement_take(s, &n);
		fault_disarm(&f);
		assert_true(f.hit || rc == 0);
		/* What follows it may have failed alone. */
		found = fixture_int(s, "SELECT count(*) FROM statement_line"
				       " WHERE order_id IS NOT NULL");
		assert_true(found == 1 || rc != 0);
		assert_int_equal(statement_take(s, &n), 0);
		assert_int_equal(n.late, 1 - found);
		fixture_verify(s);
		fixture_end(s);
	}
}

/* A dry run leaves nothing anywhere; what was told before is not told again. */
static void
what_was_not_taken_does_not_go_on(void **state)
{
	const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	const char *path = fixture_file("m.csv", MONEY);

	(void)state;
	assert_int_equal(try_import(s, &dry, "payments", path, NULL), 0);
	import_arrive(s, taken);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM statement_line"), 0);
	go_on(s, "payments", MONEY);
	go_on(s, "payments", MONEY);
	assert_null(import_warning(taken, 0));
	let_go();
	fixture_end(s);
}

/* Files that were not fetched whole, and those that end in a remark. */
static void
a_file_that_breaks_off_is_told(void **state)
{
	struct session *s = fixture_session("owner");
	int round;

	(void)state;
	/* Into an empty shop, and into one that is not. */
	for (round = 0; round < 2; round++) {
		take(s, "orders",
		    fixture_file("o.csv",
			HEAD ROW("1001", AT, "",
			    "") "1002,50,50,交易成功,2024-05-01 10:00:00"),
		    NULL);
		assert_true(was_told("ends within its last row"));
		assert_null(import_warning(taken, 1));
	}
	take(s, "orders",
	    fixture_file("o.csv", HEAD "1003,50,50,交易成功," AT "\n"), NULL);
	assert_null(import_warning(taken, 0));
	take(s, "orders",
	    fixture_file("o.csv", HEAD "1004,50,50,交易成功," AT ",,,"), NULL);
	assert_null(import_warning(taken, 0));
	take(s, "payments", fixture_file("m.csv", MONEY "# 合计"), NULL);
	assert_null(import_warning(taken, 0));
	let_go();
	fixture_end(s);
}

static void
a_workbook_is_said_to_be_one(void **state)
{
	const struct export_options opt = { .english = true };
	const char *path = fixture_path("products.xlsx");
	struct session *s = fixture_session("owner");

	(void)state;
	fixture_variant(s, "SKU-1", 1, 100);
	assert_int_equal(export_run(s, "products", path, &opt, NULL), 0);
	take(s, "products", path, NULL);
	assert_non_null(strstr(import_file_text(taken, 0), ", xlsx ("));
	let_go();
	fixture_end(s);
}

#define RELS(what, to) \
	"<Relationship Id=\"" to "\" Type=\"x/" what "\" Target=\"/" to "\"/>"
#define CELL(at, text) "<c r=\"" at "1\" t=\"str\"><v>" text "</v></c>"
#define SHEET(cells)   "<worksheet><sheetData><row r=\"1\">" cells "</row>"

/* A sheet that explains, one with an order, one with something else. */
static const char *
book_of_three(void)
{
	static const char *const parts[][2] = {
		{ "_rels/.rels", "<Relationships>" RELS("officeDocument",
				     "b") "</Relationships>" },
		{ "b", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"说明\""
		       " r:id=\"1\"/><sheet name=\"订单\" r:id=\"2\"/>"
		       "<sheet name=\"空\" r:id=\"3\"/></sheets></workbook>" },
		{ "_rels/b.rels",
		    "<Relationships>" RELS("worksheet", "1") RELS("worksheet",
			"2") RELS("worksheet", "3") "</Relationships>" },
		{ "1", SHEET(CELL("A", "怎么填") CELL(
			   "B", "一行一个商品")) "</sheetData></worksheet>" },
		{ "2",
		    SHEET(CELL("A", "sku_code") CELL("B",
			"name")) "<row>"
				 "<c t=\"str\"><v>A</v></c><c t=\"str\"><v>锅</v></c>"
				 "</row></sheetData></worksheet>" },
		{ "3", SHEET("") "</sheetData></worksheet>" },
	};
	const char *path = fixture_path("three.xlsx");
	zip_fileinfo info = { 0 };
	zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *text = parts[i][1];

		assert_int_equal(zipOpenNewFileInZip64(z, parts[i][0], &info,
				     NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6, 0),
		    ZIP_OK);
		assert_int_equal(
		    zipWriteInFileInZip(z, text, (unsigned)strlen(text)),
		    ZIP_OK);
		zipCloseFileInZip(z);
	}
	assert_int_equal(zipClose(z, NULL), ZIP_OK);
	return path;
}

/* And that the others are not read is told. */
static void
the_sheet_that_is_known_is_read(void **state)
{
	struct session *s = fixture_session("owner");
	const char *path = book_of_three();
	struct import_look look;

	(void)state;
	assert_int_equal(import_look(s, path, NULL, &look), 0);
	assert_string_equal(look.kind, "products");
	assert_string_equal(look.container, "xlsx (订单)");
	import_look_free(&look);
	counts(take(s, "products", path, NULL), 1, 0, 0, 0);
	assert_true(was_told("\"订单\" alone is read"));
	counts(take(s, "products", path, NULL), 0, 0, 1, 0);
	assert_int_equal(
	    try_import(s, NULL, "orders", path, NULL), ERR_INVALID);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_parted_otherwise_are_no_layout),
		cmocka_unit_test(numbers_of_parcels_and_payments_are_whole),
		cmocka_unit_test(a_damaged_cell_tells_of_its_column),
		cmocka_unit_test(times_are_read_however_they_are_written),
		cmocka_unit_test(what_the_state_pays_back_is_the_order),
		cmocka_unit_test(what_was_bought_is_not_taken_as_sold),
		cmocka_unit_test(couriers_are_known_by_their_codes),
		cmocka_unit_test(an_exchange_is_no_refund),
		cmocka_unit_test(hours_may_be_words),
		cmocka_unit_test(the_day_may_stand_above_the_header),
		cmocka_unit_test(freight_goes_by_provinces_there_are),
		cmocka_unit_test(kept_rows_go_on_to_their_departments),
		cmocka_unit_test(money_may_come_before_its_order),
		cmocka_unit_test(faults_leave_late_money_open),
		cmocka_unit_test(what_was_not_taken_does_not_go_on),
		cmocka_unit_test(a_file_that_breaks_off_is_told),
		cmocka_unit_test(a_workbook_is_said_to_be_one),
		cmocka_unit_test(the_sheet_that_is_known_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
