/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import_desk.h"

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
	{ "创建时间", "2024-06-01 10:00:00" },
	{ "订单实付金额", "29.90" },
	{ "商品数量*售价", "2*14.95" },
	{ "Bestellnummer", "11-10000-00001" },
	{ "Artikelnummer", "220000000001" },
	{ "Angebotstitel", "锅" },
	{ "Anzahl", "2" },
	{ "Verkauft für", "EUR 14,95" },
	{ "Gesamtpreis", "EUR 29,90" },
	{ "Verkauft am", "01-Jun-24" },
	{ "Bezahlt am", "01-Jun-24" },
	{ "Numéro de commande", "11-10000-00001" },
	{ "Numéro de l'objet", "220000000001" },
	{ "Titre de l'objet", "锅" },
	{ "Quantité", "2" },
	{ "Vendu pour", "14,95 EUR" },
	{ "Prix total", "29,90 EUR" },
	{ "Date de vente", "01-Jun-24" },
	{ "Date du paiement", "01-Jun-24" },
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
file_of(const char *name, const char *text, const char *header)
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
	path = fixture_file(name, out.s);
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
check_header(const char *text, const char *header, const char *with)
{
	struct session *s = fixture_session("owner");
	const char *file = file_of("header.csv", text, header), *is;
	const char *beside =
	    with != NULL ? file_of("orders.csv", "", with) : NULL;
	char want[200];
	bool items = strstr(text, "items") != NULL;
	bool lines = items || strstr(text, "Taobao/Tmall orders") == NULL;
	bool bare = strstr(text, "Youzan") != NULL ||
		    strstr(text, "main orders") != NULL ||
		    strstr(text, "Analytics") != NULL ||
		    strstr(text, "Etsy orders") != NULL;

	printf("# %s\n", text);
	at_par(s);
	counts(take(s, NULL, file, beside), 1, 0, 0, 0);
	assert_string_equal(import_kind(taken), "orders");
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
	counts(take(s, "orders", file, beside), 0, 0, 1, 0);
	let_go();
	fixture_end(s);
}

/* The lines of a table of samples, their cells cut apart: how many. */
static size_t
each_line(const char *path, void (*check)(char *const *cells))
{
	FILE *f = fopen(path, "r");
	char line[4096], *cells[3], *at;
	size_t n = 0, i;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#')
			continue;
		for (at = line, i = 0; i < 3; i++) {
			cells[i] = at;
			at += strcspn(at, "\t");
			if (*at == '\t')
				*at++ = '\0';
		}
		check(cells);
		n++;
	}
	fclose(f);
	return n;
}

/* The first of them is of orders; old files of items lack times, and go with
 * it. */
static void
check_orders(char *const *cells)
{
	static char orders[4096];

	if (orders[0] == '\0')
		copy_text(orders, sizeof(orders), cells[1]);
	check_header(cells[0], cells[1],
	    strstr(cells[0], "items (201") != NULL ? orders : NULL);
}

static void
every_header_is_known(void **state)
{
	(void)state;
	assert_int_equal(each_line(SAMPLES "headers.tsv", check_orders), 38);
}

/* Nobody says of which kind it is. */
static void
check_kept(char *const *cells)
{
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	struct import_look look;

	str_addf(&text, "%s\n", cells[2]);
	if (import_look(s, fixture_file("kept.csv", text.s), NULL, &look) < 0)
		fail_msg("%s", s->err.text);
	if (look.kind == NULL || strcmp(look.kind, cells[0]) != 0 ||
	    strncmp(look.text, cells[1], strlen(cells[1])) != 0)
		fail_msg("%s: taken for %s", cells[1], look.text);
	import_look_free(&look);
	str_done(&text);
	fixture_end(s);
}

static void
every_header_of_other_kinds_is_known(void **state)
{
	(void)state;
	assert_int_equal(each_line(SAMPLES "headers_kept.tsv", check_kept), 24);
}

/* What a column is taken for, by the name that the table of aliases has for it;
 * some say one thing in a platform's file and another elsewhere. */
static const struct {
	const char *alias, *fields;
} meanings[] = {
	{ "order_no", "order_no payment_no" },
	{ "sub_order_no", "sub_order_no payment_no" },
	{ "buyer_nick", "nick" },
	{ "receiver", "receiver" },
	{ "phone", "phone tel" },
	{ "address", "address new_address" },
	{ "province", "province" },
	{ "city", "city" },
	{ "district", "district" },
	{ "status", "state ship_state" },
	{ "refund_status", "refund_state" },
	{ "created_at", "created_at paid_at" },
	{ "paid_at", "paid_at" },
	{ "shipped_at", "shipped_at" },
	{ "finished_at", "finished_at" },
	{ "goods_total", "goods_total total line_total" },
	{ "postage", "postage" },
	{ "total", "total line_total paid" },
	{ "paid", "paid line_paid" },
	{ "received", "settled" },
	{ "refund", "refund line_refund" },
	{ "title", "title" },
	{ "sku", "sku sku2" },
	{ "attrs", "attrs" },
	{ "qty", "qty" },
	{ "price", "price" },
	{ "courier", "courier receiver" },
	{ "waybill", "waybill" },
	{ "buyer_note", "buyer_note memo" },
	{ "seller_memo", "memo memo2 buyer_note" },
	{ "shop", "shop" },
	{ "close_reason", "close_reason" },
	{ "payment_no", "payment_no" },
};

static size_t unknown;

static void
check_alias(struct session *s, const char *name, const char *fields)
{
	const struct import_guess *g;
	struct page page;

	assert_int_equal(import_guess(s, "orders", &name, 1, &page), 0);
	g = page_row(&page, 0);
	if (g->field == NULL || strstr(fields, g->field) == NULL) {
		printf("# %s: %s, not %s\n", name,
		    g->field != NULL ? g->field : "nothing", fields);
		unknown++;
	}
	page_free(&page);
}

/* "订单备注(京东)": a remark of the table, no part of the header. */
static void
check_aliases(char *const *cells)
{
	struct session *s;
	char *name, *rest, *remark;
	size_t i;

	if (strcmp(cells[0], "field") == 0)
		return;
	for (i = 0; strcmp(meanings[i].alias, cells[0]) != 0; i++)
		assert_true(i + 1 < sizeof(meanings) / sizeof(meanings[0]));
	s = fixture_session("owner");
	for (name = strtok_r(cells[1], ";", &rest); name != NULL;
	     name = strtok_r(NULL, ";", &rest)) {
		remark = strstr(name, "订单备注(");
		if (remark != NULL)
			remark[strlen("订单备注")] = '\0';
		check_alias(s, name, meanings[i].fields);
	}
	fixture_end(s);
}

/* In a file that nobody knows, the mapper proposes what they are. */
static void
every_alias_is_proposed(void **state)
{
	(void)state;
	unknown = 0;
	assert_int_equal(
	    each_line(SAMPLES "header_aliases.tsv", check_aliases), 34);
	assert_int_equal(unknown, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_header_is_known),
		cmocka_unit_test(every_header_of_other_kinds_is_known),
		cmocka_unit_test(every_alias_is_proposed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
