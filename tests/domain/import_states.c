/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Every word that a platform has for a state, and every way in which amounts,
 * days and numbers were seen to be written. */

#define UNPAID  "1"
#define PAID    "2"
#define PART    "3"
#define SHIPPED "4"
#define DONE    "5"
#define CLOSED  "6"

/* A platform's file: its header, and a row of it with %d for the number and %s
 * for the state. */
static const struct platform_file {
	const char *header, *row;
	const char *states[64]; /* text and state, in turn */
} files[] = {
	{ "订单编号,总金额,买家应付货款,买家实际支付金额,订单状态,订单创建时间,"
	  "订单付款时间\n",
	    "41192033665208770%02d,9,9,9,\"%s\",2024-06-01 10:00:00,\n",
	    { "等待买家付款", UNPAID, "WAIT_BUYER_PAY", UNPAID,
		"TRADE_NO_CREATE_PAY", UNPAID, "PAY_PENDING", UNPAID,
		"WAIT_PRE_AUTH_CONFIRM", UNPAID, "买家已付款，等待卖家发货",
		PAID, "买家已付款,等待卖家发货", PAID, "买家已付款", PAID,
		"WAIT_SELLER_SEND_GOODS", PAID, "卖家部分发货", PART,
		"SELLER_CONSIGNED_PART", PART, "卖家已发货，等待买家确认",
		SHIPPED, "卖家已发货,等待买家确认", SHIPPED,
		"WAIT_BUYER_CONFIRM_GOODS", SHIPPED, "买家已签收", SHIPPED,
		"TRADE_BUYER_SIGNED", SHIPPED, "交易成功", DONE,
		"TRADE_FINISHED", DONE, "交易关闭", CLOSED, "TRADE_CLOSED",
		CLOSED, "TRADE_CLOSED_BY_TAOBAO", CLOSED } },
	{ "商品,订单号,订单状态,商品总价(元),商品数量(件),订单成交时间\n",
	    "锅\t,240601-1000000000000%02d\t,%s\t,9.00,1,2024-06-01 "
	    "10:00:00\n",
	    { "待支付", UNPAID, "待发货", PAID, "已发货，待签收", SHIPPED,
		"已签收", SHIPPED, "已收货", DONE, "未发货，退款成功", CLOSED,
		"已发货，退款成功", CLOSED, "已取消", CLOSED,
		"已取消，退款成功", CLOSED } },
	{ "订单号,商品名称,订购数量,下单时间,京东价,订单状态\n",
	    "3000000000%02d,锅,1,2024-06-01 10:00:00,9.00,%s\n",
	    { "等待付款", UNPAID, "等待付款确认", UNPAID, "未付款", UNPAID,
		"等待出库", PAID, "等待确认收货", SHIPPED, "完成", DONE,
		"已取消", CLOSED, "(删除)等待付款", CLOSED,
		"(删除)等待付款确认", CLOSED, "(删除)未付款", CLOSED,
		"(删除)等待出库", CLOSED, "(删除)等待确认收货", CLOSED,
		"(删除)完成", CLOSED, "(删除)已取消", CLOSED, "(锁定)等待付款",
		UNPAID, "(锁定)等待付款确认", UNPAID, "(锁定)未付款", UNPAID,
		"(锁定)等待出库", PAID, "(锁定)等待确认收货", SHIPPED,
		"(锁定)完成", DONE, "(锁定)已取消", CLOSED } },
	{ "主订单编号,子订单编号,选购商品,商品数量,商品单价,订单提交时间,"
	  "订单状态\n",
	    "69012345678901234%1$02d,69012345678901234%1$02d,\"\t锅\",1,9.00,"
	    "2024-06-01 10:00:00,%2$s\n",
	    { "待支付", UNPAID, "待发货/备货中", PAID, "待发货", PAID, "备货中",
		PAID, "已发货", SHIPPED, "已完成", DONE, "已关闭", CLOSED } },
	{ "订单编号,订单状态,订单创建时间,货品标题,单价(元),数量\n",
	    "21234567890123456%02d,%s,2024-06-01 10:00:00,锅,9.00,1\n",
	    { "等待买家付款", UNPAID, "待付款", UNPAID, "待发货", PAID,
		"待收货", SHIPPED, "已收货", DONE, "交易成功", DONE, "已退换货",
		CLOSED, "交易关闭", CLOSED } },
	{ "订单号,订单状态,订单创建时间,全部商品名称,商品金额合计\n",
	    "E202605252205430653061%02d,%s,2024-06-01 10:00:00,锅(1件),9.00\n",
	    { "待发货", PAID, "已发货", SHIPPED, "交易完成", DONE, "交易关闭",
		CLOSED } },
	{ "Name,Financial Status,Fulfillment Status,Created at,Lineitem name,"
	  "Lineitem price,Lineitem quantity\n",
	    "#10%02d,%s,2024-06-01 10:00:00 +0800,Pan,9.00,1\n",
	    { "pending,unfulfilled", UNPAID, "authorized,unfulfilled", UNPAID,
		"paid,unfulfilled", PAID, "partially_paid,unfulfilled", PAID,
		"partially_refunded,unfulfilled", PAID, "paid,partial", PART,
		"paid,fulfilled", SHIPPED, "partially_refunded,fulfilled",
		SHIPPED, "refunded,fulfilled", CLOSED, "voided,unfulfilled",
		CLOSED, "paid,", PAID } },
	{ "Date,Order #,Status,Product(s),N. Revenue\n",
	    "2024-06-01 10:00:00,11%02d,%s,1x Pan,9.00\n",
	    { "pending", UNPAID, "on-hold", UNPAID, "processing", PAID,
		"completed", DONE, "refunded", CLOSED, "failed", CLOSED,
		"cancelled", CLOSED } },
};

static const char sql_state[] =
    "SELECT state FROM orders ORDER BY id LIMIT 1 OFFSET ";

static void
check_states(const struct platform_file *p)
{
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	char row[400];
	int64_t i, n = 0;
	size_t refused;

	at_par(s);
	str_add(&text, p->header);
	for (; p->states[2 * n] != NULL; n++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(row, sizeof(row), p->row, (int)n, p->states[2 * n]);
#pragma GCC diagnostic pop
		str_add(&text, row);
	}
	take(s, NULL, fixture_file("states.csv", text.s), NULL);
	if (import_summary(taken)->rejected_n > 0)
		fail_msg("%s", import_rejects(taken, &refused)->reason);
	counts(import_summary(taken), n, 0, 0, 0);
	for (i = 0; i < n; i++) {
		snprintf(row, sizeof(row), "%s%d", sql_state, (int)i);
		if (strcmp(text_of(s, row), p->states[2 * i + 1]) != 0)
			fail_msg("%s: %s, not %s", p->states[2 * i],
			    text_of(s, row), p->states[2 * i + 1]);
	}
	str_done(&text);
	let_go();
	fixture_end(s);
}

static void
every_state_is_known(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		check_states(&files[i]);
}

/* The states of refunds: in rows of orders, and in reports of refunds. */
static const struct {
	const char *text;
	const char *line, *kept; /* NULL: not said there */
} refunds[] = {
	{ "没有申请退款", "0", NULL },
	{ "无退款申请", "0", NULL },
	{ "等待卖家同意", "1", "asked" },
	{ "等待买家退货", "1", "asked" },
	{ "等待卖家确认收货", "1", "asked" },
	{ "卖家拒绝退款", "1", "asked" },
	{ "退款成功", "2", "back" },
	{ "退款关闭", "3", "taken_back" },
	{ "WAIT_SELLER_AGREE", "1", "asked" },
	{ "WAIT_BUYER_RETURN_GOODS", "1", "asked" },
	{ "WAIT_SELLER_CONFIRM_GOODS", "1", "asked" },
	{ "SELLER_REFUSE_BUYER", "1", "asked" },
	{ "SUCCESS", "2", "back" },
	{ "CLOSED", "3", "taken_back" },
};

static void
every_refund_is_known(void **state)
{
	struct session *s;
	char text[800];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refunds) / sizeof(refunds[0]); i++) {
		s = fixture_session("owner");
		snprintf(text, sizeof(text),
		    "子订单编号,主订单编号,标题,价格,购买数量,订单状态,"
		    "买家应付货款,买家实际支付金额,退款状态,退款金额,"
		    "订单创建时间,订单付款时间\n"
		    "4119203366520877701,4119203366520877701,锅,9.00,1,交易成功,"
		    "9.00,9.00,%s,%s,2024-06-01 10:00:00,2024-06-01 10:00:00\n",
		    refunds[i].text,
		    refunds[i].line[0] == '0' ? "无退款申请" : "1.00");
		counts(take(s, NULL, fixture_file("items.csv", text), NULL), 1,
		    0, 0, 0);
		assert_string_equal(
		    text_of(s, "SELECT refund_state FROM order_line"),
		    refunds[i].line);
		if (refunds[i].kept != NULL) {
			snprintf(text, sizeof(text),
			    "订单编号,退款编号,退款状态,买家退款金额\n"
			    "4119203366520877701,900001,%s,1.00\n",
			    refunds[i].text);
			take(s, NULL, fixture_file("refunds.csv", text), NULL);
			snprintf(text, sizeof(text), "\tstate=%s\t",
			    refunds[i].kept);
			if (strstr(text_of(s, "SELECT fields || char(9) FROM "
					      "staged"),
				text) == NULL)
				fail_msg("%s is not %s", refunds[i].text,
				    refunds[i].kept);
		}
		let_go();
		fixture_end(s);
	}
}

/* One value, written in all ways that were seen. */
static const struct {
	const char *header, *cell, *sql, *is;
} values[] = {
	{ "订单编号", "=\"4119203366520877701\"", "order_no",
	    "4119203366520877701" },
	{ "订单编号", "'4119203366520877701", "order_no",
	    "4119203366520877701" },
	{ "订单编号", "\"\t4119203366520877701\"", "order_no",
	    "4119203366520877701" },
	{ "订单编号", "4119203366520877701\t", "order_no",
	    "4119203366520877701" },
	{ "订单编号", "0012345", "order_no", "0012345" },
	{ "总金额", "¥1,299.00", "total", "129900" },
	{ "总金额", "\"￥1,299.00\"", "total", "129900" },
	{ "总金额", "1299元", "total", "129900" },
	{ "总金额", "1299.00（系统计算中，该值仅供参考）", "total", "129900" },
	{ "总金额", "$1299", "total", "129900" },
	{ "打款商家金额", "118.00元", "settled", "11800" },
	{ "退款金额", "无退款申请", "refund", "0" },
	{ "订单创建时间", "2016/5/23 22:02", "created_at", "1464012120" },
	{ "订单创建时间", "2024/5/30", "created_at", "1716998400" },
	{ "订单创建时间", "43272.94", "created_at", "1529591616" },
	{ "订单备注", "null", "ifnull(memo, '-')", "-" },
	{ "订单备注", "'null", "ifnull(memo, '-')", "-" },
	{ "订单备注", "--", "ifnull(memo, '-')", "-" },
	{ "订单备注", "\\N", "ifnull(memo, '-')", "-" },
	{ "订单备注", "无", "ifnull(memo, '-')", "-" },
	{ "订单备注", "\"他说\"\"好\"\",\n行\"", "memo", "他说\"好\",\n行" },
	{ "物流单号 ", "No:78000000000001", "waybill_no", "78000000000001" },
	{ "订单关闭原因", "订单未关闭", "ifnull(close_reason, '-')", "-" },
	{ "宝贝标题 ", "锅，盖,勺", "goods", "锅，盖,勺" },
};

/* "总金额" with and without what Taobao has for it besides. */
static void
add_cell(struct str *head, struct str *row, const char *name, const char *value)
{
	str_addf(head, "%s%s", head->len > 0 ? "," : "", name);
	str_addf(row, "%s%s", row->len > 0 ? "," : "", value);
}

static void
check_value(
    const char *header, const char *cell, const char *sql, const char *want)
{
	static const char *const all[][2] = { { "订单编号", "1234567" },
		{ "总金额", "9.00" }, { "买家应付货款", "9.00" },
		{ "买家实际支付金额", "9.00" }, { "订单状态", "交易成功" },
		{ "订单创建时间", "2024-06-01 10:00:00" },
		{ "订单付款时间 ", "2024-06-01 10:01:00" } };
	struct session *s = fixture_session("owner");
	struct str head = STR_INIT, row = STR_INIT;
	bool there = false;
	char query[200];
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		bool it = strcmp(all[i][0], header) == 0;

		/* An amount with a comma in it is quoted. */
		add_cell(&head, &row, all[i][0], it ? "" : all[i][1]);
		if (it && strchr(cell, ',') != NULL && cell[0] != '"')
			str_addf(&row, "\"%s\"", cell);
		else if (it)
			str_add(&row, cell);
		there |= it;
	}
	if (!there)
		add_cell(&head, &row, header, "");
	if (!there && strchr(cell, ',') != NULL && cell[0] != '"')
		str_addf(&row, "\"%s\"", cell);
	else if (!there)
		str_add(&row, cell);
	str_addf(&head, "\r\n%s\r\n", row.s);
	counts(
	    take(s, NULL, fixture_file("one.csv", head.s), NULL), 1, 0, 0, 0);
	snprintf(query, sizeof(query), "SELECT %s FROM orders", sql);
	if (strcmp(text_of(s, query), want) != 0)
		fail_msg(
		    "%s %s: %s, not %s", header, cell, text_of(s, query), want);
	str_done(&head);
	str_done(&row);
	let_go();
	fixture_end(s);
}

static void
every_way_of_writing_is_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		check_value(values[i].header, values[i].cell, values[i].sql,
		    values[i].is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_is_known),
		cmocka_unit_test(every_refund_is_known),
		cmocka_unit_test(every_way_of_writing_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
