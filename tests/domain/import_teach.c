/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Files before they are imported, and layouts that somebody taught. */

static const char wild[] = "\n"
			   "our list of orders\n"
			   "Bestell-Nr,am,wer,was,wieviel,je\n"
			   "W-1,2026-11-01 10:00:00,王小明,锅,2,12.50\n"
			   ",,,盖,1,3\n"
			   "W-2,2026-11-02 10:00:00,李四,锅,1,12.50\n";

static struct import_look look;

static void
look_at(struct session *s, const char *path)
{
	import_look_free(&look);
	if (import_look(s, path, NULL, &look) < 0)
		fail_msg("look: %s", s->err.text);
}

static const char *
cell(const char *const *cells, size_t row, const char *header)
{
	size_t i;

	for (i = 0; i < look.ncols; i++)
		if (strcmp(look.header[i], header) == 0)
			return cells[row * look.ncols + i];
	fail_msg("no column %s", header);
	return "";
}

static void
a_known_file_is_shown_as_it_is_understood(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	look_at(s, SAMPLES "pdd/orders_export_2026.utf8bom.csv");
	assert_string_equal(look.name, "orders_export_2026.utf8bom.csv");
	assert_string_equal(look.kind, "orders");
	assert_non_null(strstr(look.text, "Pinduoduo orders"));
	assert_int_equal(look.header_line, 1);
	assert_int_equal(look.ncols, 27);
	assert_int_equal(look.nrows, 5);
	assert_string_equal(look.fields[0], "title");
	assert_null(look.fields[24]);
	assert_string_equal(cell(look.raw, 1, "订单状态"), "已发货，待签收");
	assert_string_equal(cell(look.read, 1, "订单状态"), "shipped");
	assert_string_equal(
	    cell(look.read, 0, "订单号"), "240601-100000000000001");
	assert_string_equal(cell(look.read, 0, "用户实付金额(元)"), "29.90");
	assert_string_equal(
	    cell(look.read, 1, "发货时间"), "2024-06-01 18:22:10");
	import_look_free(&look);
	fixture_end(s);
}

static void
an_unknown_file_is_shown_with_its_header(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	look_at(s, fixture_file("wild.csv", wild));
	assert_null(look.kind);
	assert_non_null(strstr(look.text, "wild.csv"));
	assert_int_equal(look.header_line, 3);
	assert_int_equal(look.ncols, 6);
	assert_string_equal(look.header[0], "Bestell-Nr");
	assert_int_equal(look.nrows, 3);
	assert_string_equal(cell(look.raw, 1, "was"), "盖");
	import_look_free(&look);
	fixture_end(s);
}

static const char *const all[] = { "order_no", "created_at", "receiver",
	"title", "qty", "price" };

static void
what_was_taught_is_known_from_then_on(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("wild.csv", wild);
	const struct import_taught *t;
	struct page page;
	int64_t id;

	(void)state;
	look_at(s, file);
	assert_int_equal(
	    import_teach(s, &look, "orders", "ownshop", "Our list", all), 0);
	assert_string_equal(
	    text_of(s, "SELECT op || ' ' || detail FROM audit ORDER BY id DESC "
		       "LIMIT 1"),
	    "layout-teach Our list (orders, ownshop)");
	counts(take(s, "orders", file, NULL), 2, 0, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, 3);
	assert_non_null(strstr(import_file_text(taken, 0), "Our list"));
	assert_string_equal(text_of(s, "SELECT platform FROM shop"), "ownshop");
	assert_string_equal(
	    text_of(s, "SELECT order_no || ' ' || state || ' ' || total FROM "
		       "orders ORDER BY id"),
	    "W-1 2 2800\nW-2 2 1250");
	counts(take(s, "orders", file, NULL), 0, 0, 2, 0);

	assert_int_equal(import_taught_page(s, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	t = page_row(&page, 0);
	assert_string_equal(t->name, "Our list");
	assert_string_equal(
	    t->columns, "Bestell-Nr, am, wer, was, wieviel, je");
	id = t->id;
	page_free(&page);
	assert_int_equal(import_teach(s, &look, "orders", "x", "Our list", all),
	    ERR_CONFLICT);
	assert_int_equal(import_unteach(s, id), 0);
	assert_int_equal(import_unteach(s, id), ERR_NOTFOUND);
	assert_int_equal(
	    try_import(s, NULL, "orders", file, NULL), ERR_INVALID);
	let_go();
	import_look_free(&look);
	fixture_end(s);
}

static void
what_is_missing_or_there_twice_is_said(void **state)
{
	static const char *const no_number[] = { NULL, "created_at", NULL,
		"title", "qty", "price" };
	static const char *const twice[] = { "order_no", "created_at", "title",
		"title", "qty", "price" };
	static const char *const no_goods[] = { "order_no", "created_at", NULL,
		NULL, "qty", NULL };
	static const char *const no_qty[] = { "order_no", "created_at", NULL,
		"title", NULL, "price" };
	static const char *const strange[] = { "order_no", "created_at", NULL,
		"weather", NULL, NULL };
	struct session *s = fixture_session("owner");
	struct page page;

	(void)state;
	look_at(s, fixture_file("wild.csv", wild));
	assert_int_equal(import_teach(s, &look, "orders", NULL, "a", no_number),
	    ERR_INVALID);
	assert_string_equal(s->err.field, "order_no");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", twice), ERR_INVALID);
	assert_string_equal(s->err.field, "title");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", no_goods), ERR_INVALID);
	assert_string_equal(s->err.field, "title");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", no_qty), ERR_INVALID);
	assert_string_equal(s->err.field, "qty");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", strange), ERR_INVALID);
	assert_string_equal(s->err.field, "weather");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "", all), ERR_INVALID);
	assert_string_equal(s->err.field, "name");
	assert_int_equal(
	    import_teach(s, &look, "orders", "a b", "a", all), ERR_INVALID);
	assert_string_equal(s->err.field, "platform");
	assert_int_equal(
	    import_teach(s, &look, "goods", NULL, "a", all), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	assert_int_equal(import_field_page(s, "stock", &page), 0);
	assert_int_equal(page.n, 5);
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM layout_taught"), 0);
	import_look_free(&look);
	fixture_end(s);
}

/* Whose header could be that of a list of ours, too. */
static void
a_file_is_of_the_kind_that_fits_best(void **state)
{
	static const char *const files[][2] = {
		{ "tests/samples/shopify/orders_export.csv", "orders" },
		{ "tests/samples/shopify/customers_export.csv", "customers" },
	};
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		look_at(s, files[i][0]);
		assert_string_equal(look.kind, files[i][1]);
	}
	import_look_free(&look);
	look = (struct import_look){ 0 };
	fixture_end(s);
}

/* Files that are kept for a department are learned, too. */
static void
a_kept_file_can_be_taught(void **state)
{
	static const char text[] = "退货单,原单,进度,退多少,备注\n"
				   "R-1,4119203366520877701,退款成功,12.50,坏\n"
				   "R-2,4119203366520877702,待处理,3,\n";
	const char *fields[] = { "refund_no", "order_no", NULL, "refund",
		NULL };
	struct session *s = fixture_session("owner");
	struct page page;
	const struct staged *row;
	const char *path = fixture_file("ours.csv", text);

	(void)state;
	assert_int_equal(import_field_page(s, "refunds", &page), 0);
	assert_true(page.n > 10);
	page_free(&page);
	look_at(s, path);
	assert_null(look.kind);
	assert_int_equal(
	    import_teach(s, &look, "refunds", "taobao", "ours", fields),
	    ERR_INVALID);
	assert_string_equal(s->err.field, "state");
	fields[2] = "no_such";
	assert_int_equal(
	    import_teach(s, &look, "refunds", "taobao", "ours", fields),
	    ERR_INVALID);
	fields[2] = "refund_no";
	assert_int_equal(
	    import_teach(s, &look, "refunds", "taobao", "ours", fields),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "Two columns"));
	fields[2] = "state";
	assert_int_equal(
	    import_teach(s, &look, "refunds", "taobao", "ours", fields), 0);
	look_at(s, path);
	assert_string_equal(look.kind, "refunds");
	assert_non_null(strstr(look.text, "ours"));
	assert_string_equal(cell(look.read, 0, "退多少"), "12.50");
	import_look_free(&look);
	assert_int_equal(try_import(s, NULL, NULL, path, NULL), 0);
	assert_int_equal(import_summary(taken)->staged, 2);
	assert_int_equal(
	    staged_page(s, "refunds", PAGE_FIRST, NULL, 10, &page), 0);
	row = page_row(&page, 1);
	assert_string_equal(row->order_no, "4119203366520877701");
	assert_non_null(strstr(row->fields, "refund=12.50"));
	assert_non_null(strstr(row->fields, "state=back"));
	page_free(&page);
	/* The same again changes nothing; and it can be forgotten. */
	assert_int_equal(try_import(s, NULL, "refunds", path, NULL), 0);
	assert_int_equal(import_summary(taken)->staged, 0);
	assert_int_equal(import_taught_page(s, PAGE_FIRST, NULL, 10, &page), 0);
	assert_string_equal(
	    ((struct import_taught *)page_row(&page, 0))->columns,
	    "原单, 退货单, 进度, 退多少");
	assert_int_equal(
	    import_unteach(s, ((struct import_taught *)page_row(&page, 0))->id),
	    0);
	page_free(&page);
	look_at(s, path);
	assert_null(look.kind);
	import_look_free(&look);
	let_go();
	fixture_end(s);
}

/* A list of our own under somebody's own headers: its values may be called what
 * they are called in our files. */
static void
a_list_of_ours_can_be_taught(void **state)
{
	static const char text[] = "起名,看什么,写着,怎么办,第几个\n"
				   "加急,卖家备注,急;快,拦下,5\n"
				   "甲规则,天气,,拦下,6\n";
	static const char *const fields[] = { "name", "what", "value", "action",
		"seq" };
	struct session *s = fixture_session("owner");
	const char *path = fixture_file("rules.csv", text);
	const struct import_summary *sum;

	(void)state;
	look_at(s, path);
	assert_null(look.kind);
	assert_int_equal(
	    import_teach(s, &look, "review-rules", "own", "mine", fields), 0);
	assert_int_equal(try_import(s, NULL, NULL, path, NULL), 0);
	sum = import_summary(taken);
	assert_int_equal(sum->new_n, 1);
	assert_int_equal(sum->rejected_n, 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM review_rule WHERE seq = 5"
			   " AND what = 'memo' AND action = 'hold'"
			   " AND value = '急;快' AND active = 1"),
	    1);
	import_look_free(&look);
	look = (struct import_look){ 0 };
	let_go();
	fixture_end(s);
}

/* All kinds but data packs and kept rows, which are in nobody's own words. */
static void
all_kinds_that_have_columns_can_be_taught(void **state)
{
	struct session *s = fixture_session("owner");
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; import_kinds[i] != NULL; i++)
		if (strcmp(import_kinds[i], "goods") == 0 ||
		    strcmp(import_kinds[i], "staged") == 0) {
			assert_int_equal(
			    import_field_page(s, import_kinds[i], &page),
			    ERR_INVALID);
		} else {
			assert_int_equal(
			    import_field_page(s, import_kinds[i], &page), 0);
			assert_true(page.n > 1);
			page_free(&page);
		}
	fixture_end(s);
}

/* Merged cells leave the lower row of a header empty where the upper one speaks
 * for both, and the upper one where a title stands over several. */
static void
a_header_of_two_rows_is_one(void **state)
{
	static const char known[] =
	    "我的订单,,,,,,,,,,,\n"
	    "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货信息,,,"
	    "订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
	    ",,,,,收货人姓名,收货地址,联系手机,,,,\n"
	    "4119203366520877701,甲,10.00,10.00,交易成功,李小明,"
	    "浙江省 杭州市 西湖区 文三路 1 号,13812345678,"
	    "2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1\n";
	static const char titled[] = "退款,,原单,\n号,额,号,态\n"
				     "R-1,3.00,4119203366520877701,退款成功\n";
	static const char strange[] = "Nr,Kunde,,Summe\n,Wer,Ort,\n"
				      "1,Anna,Ulm,3.00\n2,Otto,Bonn,4.00\n";
	const char *fields[] = { "refund_no", "refund", "order_no", "state" };
	struct session *s = fixture_session("owner");

	(void)state;
	look_at(s, fixture_file("two.csv", known));
	assert_string_equal(look.kind, "orders");
	assert_int_equal(look.header_line, 3);
	assert_int_equal(look.ncols, 12);
	assert_string_equal(look.header[0], "订单编号");
	assert_string_equal(look.header[6], "收货地址");
	assert_string_equal(cell(look.read, 0, "收货人姓名"), "李小明");
	import_look_free(&look);
	counts(take(s, "orders", fixture_path("two.csv"), NULL), 1, 0, 0, 0);
	/* One that nobody knows can be named, each column by its own name. */
	look_at(s, fixture_file("strange.csv", strange));
	assert_null(look.kind);
	assert_int_equal(look.header_line, 2);
	assert_string_equal(look.header[0], "Nr");
	assert_string_equal(look.header[2], "Ort");
	assert_string_equal(look.header[3], "Summe");
	assert_int_equal(look.nrows, 2);
	/* Where two are called alike, their titles tell them apart. */
	look_at(s, fixture_file("single.csv",
		       "退款号,退款额,原单号,原单态\n"
		       "R-1,3.00,4119203366520877701,退款成功\n"));
	assert_null(look.kind);
	assert_int_equal(
	    import_teach(s, &look, "refunds", "taobao", "ours", fields), 0);
	look_at(s, fixture_file("titled.csv", titled));
	assert_string_equal(look.kind, "refunds");
	assert_string_equal(look.header[0], "退款号");
	assert_string_equal(look.header[2], "原单号");
	import_look_free(&look);
	counts(
	    take(s, "refunds", fixture_path("titled.csv"), NULL), 1, 0, 0, 0);
	let_go();
	fixture_end(s);
}

/* Whoever asks what a file is, the folder, the preview, the import, is told the
 * same. */
static void
all_agree_on_what_a_file_is(void **state)
{
	static const char *const files[] = { ORDERS_2012, ORDERS_2021,
		ITEMS_2021, ORDERS_2026, ITEMS_2026, ORDERS_2017, ITEMS_2017,
		SAMPLES "1688/orders_43col.gbk.csv",
		SAMPLES "douyin/orders_73col.utf8bom.csv",
		SAMPLES "ebay/eBay-OrdersReport.csv",
		SAMPLES "etsy/EtsySoldOrderItems2024-6.csv",
		SAMPLES "etsy/EtsySoldOrders2024-6.csv",
		SAMPLES "freight/freight_template.utf8.csv",
		SAMPLES "jd/orders_2016_30col.gbk.csv",
		SAMPLES "pdd/orders_export_2026.utf8bom.csv",
		SAMPLES "shopify/customers_export.csv",
		SAMPLES "shopify/orders_export.csv",
		SAMPLES "taobao/goods_pack.utf16le.csv",
		SAMPLES "taobao/refund_2021_43col.gbk.csv",
		SAMPLES "woocommerce/wc-orders-report-export.csv",
		SAMPLES "youzan/customers.utf8.csv" };
	const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		look_at(s, files[i]);
		assert_non_null(look.kind);
		if (try_import(s, &dry, NULL, files[i], NULL) < 0)
			fail_msg("%s: %s", files[i], s->err.text);
		assert_string_equal(import_kind(taken), look.kind);
		assert_string_equal(import_file_text(taken, 0), look.text);
		/* Said to be of that kind, it is the same. */
		if (try_import(s, &dry, look.kind, files[i], NULL) < 0)
			fail_msg("%s: %s", files[i], s->err.text);
		assert_string_equal(import_file_text(taken, 0), look.text);
	}
	import_look_free(&look);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_of_the_kind_that_fits_best),
		cmocka_unit_test(a_kept_file_can_be_taught),
		cmocka_unit_test(a_list_of_ours_can_be_taught),
		cmocka_unit_test(all_kinds_that_have_columns_can_be_taught),
		cmocka_unit_test(a_header_of_two_rows_is_one),
		cmocka_unit_test(all_agree_on_what_a_file_is),
		cmocka_unit_test(a_known_file_is_shown_as_it_is_understood),
		cmocka_unit_test(an_unknown_file_is_shown_with_its_header),
		cmocka_unit_test(what_was_taught_is_known_from_then_on),
		cmocka_unit_test(what_is_missing_or_there_twice_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
