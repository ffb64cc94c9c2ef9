/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Every header that was ever seen is known, and a row below it is taken. */

static const struct {
	const char *header, *value;
} values[] = {
	/* what it is known by, in the words of all platforms */
	{ "订单编号", "240601-100000000000001" },
	{ "主订单编号", "240601-100000000000001" },
	{ "子订单编号", "240601-100000000000001" },
	{ "订单号", "240601-100000000000001" },
	{ "Name", "#1001" },
	{ "Order ID", "1001" },
	{ "Order Number", "1001" },
	{ "Order #", "1001" },
	{ "order_id", "1001" },
	{ "order_number", "1001" },
	{ "订单状态", "待发货" },
	{ "Financial Status", "paid" },
	{ "Fulfillment Status", "unfulfilled" },
	{ "Status", "processing" },
	{ "status", "processing" },
	{ "Order Status", "processing" },
	{ "订单创建时间", "2024-06-01 10:00:00" },
	{ "订单付款时间", "2024-06-01 10:01:00" },
	{ "订单成交时间", "2024-06-01 10:00:00" },
	{ "拼单成功时间", "2024-06-01 10:00:00" },
	{ "支付时间", "2024-06-01 10:01:00" },
	{ "付款时间", "2024-06-01 10:01:00" },
	{ "下单时间", "2024-06-01 10:00:00" },
	{ "付款确认时间", "2024-06-01 10:01:00" },
	{ "订单提交时间", "2024-06-01 10:00:00" },
	{ "支付完成时间", "2024-06-01 10:01:00" },
	{ "买家付款时间", "2024-06-01 10:01:00" },
	{ "Created at", "2024-06-01 10:00:00 +0800" },
	{ "Paid at", "2024-06-01 10:01:00 +0800" },
	{ "Sale Date", "06/01/24" },
	{ "Paid On Date", "Jun-01-24" },
	{ "Date Paid", "06/01/2024" },
	{ "Date", "2024-06-01 10:00:00" },
	{ "order_date", "2024-06-01 10:00:00" },
	{ "paid_date", "2024-06-01 10:01:00" },
	{ "Order Date", "2024-06-01 10:00:00" },
	{ "总金额", "29.90" },
	{ "买家应付货款", "29.90" },
	{ "买家实际支付金额", "29.90" },
	{ "买家实付金额", "29.90" },
	{ "商品总价(元)", "29.90" },
	{ "用户实付金额(元)", "29.90" },
	{ "订单金额", "29.90" },
	{ "结算金额", "29.90" },
	{ "订单应付金额", "29.90" },
	{ "货品总价(元)", "29.90" },
	{ "实付款(元)", "29.90" },
	{ "商品金额合计", "29.90" },
	{ "应收订单金额", "29.90" },
	{ "订单实付金额", "29.90" },
	{ "Total", "29.90" },
	{ "Order Total", "29.90" },
	{ "Total Price", "EUR 29,90" },
	{ "N. Revenue", "29.9" },
	{ "N. Revenue (formatted)", "$29.90" },
	{ "order_total", "29.90" },
	{ "Order Total Amount", "29.90" },
	{ "价格", "14.95" },
	{ "商品价格", "14.95" },
	{ "商品单价", "14.95" },
	{ "京东价", "14.95" },
	{ "单价(元)", "14.95" },
	{ "Lineitem price", "14.95" },
	{ "Price", "14.95" },
	{ "Sold For", "EUR 14,95" },
	{ "Item Cost", "14.95" },
	{ "购买数量", "2" },
	{ "商品数量", "2" },
	{ "商品数量(件)", "2" },
	{ "订购数量", "2" },
	{ "数量", "2" },
	{ "Lineitem quantity", "2" },
	{ "Quantity", "2" },
	{ "宝贝标题", "锅" },
	{ "标题", "锅" },
	{ "商品标题", "锅" },
	{ "商品", "锅" },
	{ "商品名称", "锅" },
	{ "选购商品", "锅" },
	{ "货品标题", "锅" },
	{ "全部商品名称", "锅(2件)" },
	{ "Lineitem name", "锅" },
	{ "Item Name", "锅" },
	{ "Item Title", "锅" },
	{ "Product(s)", "2x 锅" },
	{ "商品商家编码", "PAN" },
	{ "line_item_1",
	    "name:锅|product_id:7|sku:PAN|quantity:2|total:29.90|sub_total:29.90" },
	{ "收件人姓名", "张三" },
	{ "收件人详细地址", "浙江省 杭州市 西湖区 路1号" },
	{ "Item Number", "220000000001" },
};

static const char *
value_of(const char *header, size_t n)
{
	size_t i;

	n -= n > 0 && header[n - 1] == ' ';
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (strlen(values[i].header) == n &&
		    memcmp(values[i].header, header, n) == 0)
			return values[i].value;
	return "";
}

/* The plug-in's "Name" is the item's. */
static const char *
value_in(const char *text, const char *header, size_t n)
{
	if (strstr(text, "a row an item") != NULL && n == 4 &&
	    memcmp(header, "Name", 4) == 0)
		return "锅";
	return value_of(header, n);
}

static const char *
file_of(const char *text, const char *header)
{
	struct str out = STR_INIT;
	const char *path;
	size_t n;

	str_addf(&out, "%s\n", header);
	for (; *header != '\0'; header += n + (header[n] == ',')) {
		n = strcspn(header, ",");
		str_addf(&out, "\"%s\"%s", value_in(text, header, n),
		    header[n] == ',' ? "," : "");
	}
	str_addc(&out, '\n');
	path = fixture_file("header.csv", out.s);
	str_done(&out);
	return path;
}

static const char *
what_is_known(struct session *s)
{
	return text_of(s,
	    "SELECT state || ' ' || total || ' ' || paid || ' ' || "
	    "(SELECT count(*) FROM order_line) || ' ' || ifnull((SELECT qty || "
	    "'x' || price FROM order_line), '') || ' ' || ifnull(goods, '') || "
	    "strftime(' %m-%d', created_at + 28800, 'unixepoch') || "
	    "strftime(' %m-%d', paid_at + 28800, 'unixepoch') FROM orders");
}

/* A row of it says what the others do: a paid order of two pans. */
static void
check_header(const char *text, const char *header)
{
	struct session *s = fixture_session("owner");
	const char *file = file_of(text, header), *is;
	char want[200];
	bool items = strstr(text, "items") != NULL;
	bool lines = items || strstr(text, "Taobao/Tmall orders") == NULL;
	bool bare = strstr(text, "Youzan") != NULL ||
		    strstr(text, "Analytics") != NULL ||
		    strstr(text, "Etsy orders") != NULL;

	printf("# %s\n", text);
	at_par(s);
	counts(take(s, "orders", file, NULL), 1, 0, 0, 0);
	if (strstr(import_file_text(taken, 0), text) == NULL)
		fail_msg("taken for %s", import_file_text(taken, 0));
	is = what_is_known(s);
	if (strstr(text, "parcels to send") != NULL)
		snprintf(want, sizeof(want), "2 0 0 1 2x0  06-01 06-01");
	else if (items)
		snprintf(
		    want, sizeof(want), "2 2990 2990 1 2x1495  06-01 06-01");
	else if (lines && !bare)
		snprintf(
		    want, sizeof(want), "2 2990 2990 1 2x1495  06-01 06-01");
	else
		snprintf(want, sizeof(want), "2 2990 2990 0  %s 06-01 06-01",
		    strstr(text, "Youzan") != NULL      ? "锅(2件)"
		    : strstr(text, "Analytics") != NULL ? "2x 锅"
		    : strstr(text, "Etsy") != NULL      ? ""
							: "锅");
	if (strcmp(is, want) != 0)
		fail_msg("is \"%s\", not \"%s\"", is, want);
	counts(take(s, "orders", file, NULL), 0, 0, 1, 0);
	let_go();
	fixture_end(s);
}

static void
every_header_is_known(void **state)
{
	FILE *f = fopen(SAMPLES "headers.tsv", "r");
	char line[4096], *tab;
	size_t n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || (tab = strchr(line, '\t')) == NULL)
			continue;
		*tab = '\0';
		check_header(line, tab + 1);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 23);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_header_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
