/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "import_lib.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/import_desk.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/shops.h"

/* What somebody at an import is told before it and after it. */

#define HEAD \
	"订单编号,买家会员名,买家应付货款,买家应付邮费,总金额," \
	"买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,宝贝总数量,订单备注\n"

static void
add_order(struct str *out, const char *no, const char *state, const char *paid,
    const char *memo)
{
	str_addf(out,
	    "%s,nick-%s,10.00,0.00,10.00,%s,%s,李小明,"
	    "浙江省 杭州市 西湖区 文三路 1 号,13812345678,"
	    "2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1,%s\n",
	    no, no, paid, state, memo);
}

#define PAID "买家已付款，等待卖家发货"
#define SENT "卖家已发货，等待买家确认"

static const char items[] =
    "子订单编号,主订单编号,标题,价格,购买数量,商品属性,订单状态,"
    "商家编码,买家应付货款,买家实际支付金额,退款状态,退款金额,"
    "订单创建时间\n"
    "1,4119203366520877701,锅,10.00,1,,\"" SENT "\",POT,10.00,10.00,"
    "没有申请退款,,2026-11-22 09:00:00\n"
    "2,4119203366520877702,锅,10.00,1,,\"" PAID "\",POT,10.00,10.00,"
    "没有申请退款,,2026-11-22 09:00:00\n";

/* Two orders, one to be shipped and one that is on its way. */
static void
two_orders(struct session *s)
{
	struct str text = STR_INIT;

	str_add(&text, HEAD);
	add_order(&text, "4119203366520877701", SENT, "10.00", "");
	add_order(&text, "4119203366520877702", PAID, "10.00", "红色");
	take(s, "orders", fixture_file("first.csv", text.s),
	    fixture_file("items.csv", items));
	str_done(&text);
}

/* One is done; the other's remark tells of 13912345678. */
static const char *
later_file(void)
{
	struct str text = STR_INIT;
	const char *path;

	str_add(&text, HEAD);
	add_order(&text, "4119203366520877701", "交易成功", "10.00", "");
	add_order(
	    &text, "4119203366520877702", PAID, "10.00", "蓝色 13912345678");
	path = fixture_file("later.csv", text.s);
	str_done(&text);
	return path;
}

static void
script(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_script(txn, sql), 0);
	assert_int_equal(db_commit(&txn), 0);
}

/* Where a file says that an order goes elsewhere, so do warehouse and courier
 * follow; and that is nothing that keeps the file from being taken back. */
static void
another_address_is_another_way(void **state)
{
	const struct stock_entry in = {
		.sku = "POT", .qty = 9, .cost = 100, .warehouse = "南仓"
	};
	struct session *s = fixture_session("owner");
	const char *first, *second;
	struct str text = STR_INIT;
	int64_t slip;
	char *at;

	(void)state;
	fixture_variant(s, "POT", 9, 100);
	script(s,
	    "INSERT INTO warehouse (name, province) VALUES ('南仓', '广东');"
	    "INSERT INTO review_rule (name, what, value, action, seq, active,"
	    " courier_id) SELECT 'south', 'place', '广东', 'courier', 1, 1, id"
	    " FROM courier WHERE code = 'SF'");
	assert_int_equal(stock_receive(s, &in, &slip), 0);
	str_add(&text, HEAD);
	add_order(&text, "4119203366520877702", PAID, "10.00", "");
	first = fixture_file("near.csv", text.s);
	take(s, "orders", first, fixture_file("goods.csv", items));
	let_go();
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE"
			   " warehouse_id IS NULL AND courier_id IS NULL"),
	    1);
	at = strstr(text.s, "浙江省 杭州市");
	assert_non_null(at);
	memcpy(at, "广东省 广州市", strlen("广东省 广州市"));
	second = fixture_file("far.csv", text.s);
	str_done(&text);
	take(s, "orders", second, NULL);
	let_go();
	assert_int_equal(fixture_int(s, "SELECT warehouse_id FROM orders"), 2);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders o JOIN courier c"
			   " ON c.id = o.courier_id WHERE c.code = 'SF'"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT reserved FROM stock"
					" WHERE warehouse_id = 2"),
	    1);
	fixture_end(s);
}

static void
what_will_change_is_told_before(void **state)
{
	const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	const struct import_change *c;
	struct page page;

	(void)state;
	two_orders(s);
	assert_int_equal(try_import(s, &dry, "orders", later_file(), NULL), 0);
	assert_int_equal(import_coming(s, taken, 10, &page), 0);
	assert_int_equal(page.n, 2);
	c = page_row(&page, 0);
	assert_true(c->urgent);
	assert_string_equal(c->label, "4119203366520877702");
	assert_string_equal(c->what, "remark");
	assert_string_equal(c->before, "红色");
	assert_string_equal(c->after, "蓝色 13912345678");
	c = page_row(&page, 1);
	assert_false(c->urgent);
	assert_string_equal(c->label, "4119203366520877701");
	assert_string_equal(
	    c->after, order_state_text(order_state_by_name("done")));
	page_free(&page);
	/* No more than asked for; nothing was changed. */
	assert_int_equal(import_coming(s, taken, 1, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM import_change"
					" WHERE what = 'remark'"),
	    0);
	/* An import in earnest has its list, and needs none. */
	take(s, "orders", later_file(), NULL);
	assert_int_equal(import_coming(s, taken, 10, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	let_go();
	fixture_end(s);
}

/* One who may not read contacts sees no number in a remark. */
static void
what_will_change_is_masked(void **state)
{
	const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	const struct import_change *c;
	struct page page;

	(void)state;
	two_orders(s);
	assert_int_equal(try_import(s, &dry, "orders", later_file(), NULL), 0);
	fixture_role(s, "clerk");
	assert_int_equal(import_coming(s, taken, 10, &page), 0);
	c = page_row(&page, 0);
	assert_null(strstr(c->after, "13912345678"));
	page_free(&page);
	let_go();
	fixture_end(s);
}

static void
changed_orders_wait_until_they_are_released(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t batch = -1, n = -1;

	(void)state;
	assert_int_equal(import_waiting(s, 100, &batch, &n), 0);
	assert_int_equal(batch, 0);
	assert_int_equal(n, 0);
	fixture_variant(s, "POT", 5, 1000);
	two_orders(s);
	take(s, "orders", later_file(), NULL);
	assert_int_equal(import_waiting(s, 100, &batch, &n), 0);
	assert_int_equal(batch, import_summary(taken)->batch);
	assert_int_equal(n, 1);
	let_go();
	assert_int_equal(
	    order_release(s,
		fixture_int(s, "SELECT id FROM orders WHERE held = 1"), NULL,
		"seen"),
	    0);
	assert_int_equal(import_waiting(s, 100, &batch, &n), 0);
	assert_int_equal(n, 0);
	fixture_end(s);
}

/* Two rows that are wrong in a way each. */
static const char *
bad_file(void)
{
	struct str text = STR_INIT;
	const char *path;

	str_add(&text, HEAD);
	add_order(&text, "4119203366520877701", PAID, "10.00", "");
	add_order(&text, "4119203366520877702", PAID, "ten", "two");
	add_order(&text, "4119203366520877703", PAID, "many", "three");
	path = fixture_file("bad.csv", text.s);
	str_done(&text);
	return path;
}

static const char mended[] =
    "4119203366520877702,nick,10.00,0.00,10.00,10.00," PAID ",李小明,"
    "浙江省 杭州市 西湖区 文三路 1 号,13812345678,"
    "2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1,";

static char *
text_in(const char *path)
{
	static char buf[8000];
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(buf, 1, sizeof(buf) - 1, f);
	buf[n] = '\0';
	fclose(f);
	return buf;
}

/* How often @what is in @text. */
static int
times_in(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* The one mended is wrong still, the other was not touched. */
static void
only_what_is_still_refused_is_written(void **state)
{
	static const char wrong[] =
	    "4119203366520877702,nick,10.00,0.00,10.00,ten yuan," PAID
	    ",李小明,浙江省 杭州市 西湖区 文三路 1 号,13812345678,"
	    "2026-11-22 09:00:00,2026-11-22 09:01:00,锅,1,";
	struct session *s = fixture_session("owner");
	const char *rows[] = { wrong };
	const size_t which[] = { 0 };
	struct import_refused left[2];
	struct import *again;
	const char *path = fixture_path("left.csv"), *text;

	(void)state;
	assert_int_equal(try_import(s, NULL, "orders", bad_file(), NULL), 0);
	assert_int_equal(import_summary(taken)->rejected_n, 2);
	assert_int_equal(
	    import_retry(s, taken, which, rows, 1, NULL, &again), 0);
	assert_int_equal(import_summary(again)->rejected_n, 1);
	left[0] = (struct import_refused){ .im = taken, .which = 1 };
	left[1] = (struct import_refused){ .im = again, .which = 0 };
	assert_int_equal(import_refused_write(s, left, 2, path), 0);
	text = text_in(path);
	assert_int_equal(times_in(text, "订单编号"), 1);
	assert_int_equal(times_in(text, "4119203366520877702"), 1);
	assert_int_equal(times_in(text, "ten yuan"), 2); /* and the reason */
	assert_int_equal(times_in(text, ",three,"), 1);
	/* One put right and not tried yet goes as it is by now. */
	left[0] = (struct import_refused){ taken, 0, mended };
	assert_int_equal(import_refused_write(s, left, 1, path), 0);
	assert_int_equal(times_in(text_in(path), "nick,10.00,0.00"), 1);
	import_free(again);
	let_go();
	fixture_end(s);
}

static void
a_retry_survives_every_failure(void **state)
{
	const char *rows[] = { mended };
	const size_t which[] = { 0 };
	const char *path;

	(void)state;
	path = bad_file();
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct import *again = NULL;
		char *before;
		int rc;

		assert_int_equal(try_import(s, NULL, "orders", path, NULL), 0);
		before = everything(s);
		fault_arm(&f);
		rc = import_retry(s, taken, which, rows, 1, NULL, &again);
		fault_disarm(&f);
		if (rc < 0) {
			char *after = everything(s);

			assert_null(again);
			assert_string_equal(before, after);
			free(after);
		} else {
			assert_int_equal(import_summary(again)->new_n, 1);
			assert_int_equal(
			    fixture_int(s, "SELECT count(*) FROM orders"), 2);
		}
		/* The file it went through is gone, come what may. */
		assert_int_not_equal(
		    access(fixture_path("bad-mended.csv"), F_OK), 0);
		fixture_verify(s);
		import_free(again);
		free(before);
		let_go();
		fixture_end(s);
	}
}

/* What is read for the screen fails whole and says so, and can be asked again.
 */
static void
what_is_told_survives_every_failure(void **state)
{
	const struct import_options dry = { .dry_run = true };
	static const char *const header[] = { "订单编号", "付款金额" };
	const char *path;

	(void)state;
	path = later_file();
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct page page;
		int64_t at, batch, n;
		int rc;

		two_orders(s);
		take(s, "orders", path, NULL);
		let_go();
		assert_int_equal(try_import(s, &dry, "orders", path, NULL), 0);
		fault_arm(&f);
		if ((rc = import_coming(s, taken, 5, &page)) == 0)
			page_free(&page);
		if (rc == 0)
			rc = import_waiting(s, 5, &batch, &n);
		if (rc == 0)
			rc = import_seen(s, path, &at);
		if (rc == 0 && (rc = shop_page(s, &page)) == 0)
			page_free(&page);
		if (rc == 0 &&
		    (rc = import_guess(s, "orders", header, 2, &page)) == 0)
			page_free(&page);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		if (rc < 0)
			assert_true(session_err(s)->text[0] != '\0');
		assert_int_equal(import_seen(s, path, &at), 0);
		assert_true(at > 0);
		let_go();
		fixture_end(s);
	}
}

static void
platforms_have_their_names(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; platform_names[i] != NULL; i++)
		if (strcmp(platform_names[i], "1688") != 0)
			assert_string_not_equal(
			    platform_text(platform_names[i]),
			    platform_names[i]);
	assert_string_equal(platform_text("shopify"), "Shopify");
	assert_string_equal(platform_text("my-own"), "my-own");
}

static void
look_of(struct session *s, const char *text, struct import_look *look)
{
	assert_int_equal(
	    import_look(s, fixture_file("look.csv", text), NULL, look), 0);
}

/* What few columns say by chance, most of the others do not. */
static void
a_few_known_columns_make_no_list(void **state)
{
	static const char own[] = "单号,客人,品名,编码,件数,收件人,手机,地址\n"
				  "1,甲,锅,POT-1,1,乙,13812345678,杭州\n";
	struct session *s = fixture_session("owner");
	struct import_look look;

	(void)state;
	look_of(s, own, &look);
	assert_null(look.kind);
	assert_int_equal(look.ncols, 8);
	import_look_free(&look);
	/* But who says what it is is believed. */
	counts(take(s, "products", fixture_file("own.csv", own), NULL), 1, 0, 0,
	    0);
	let_go();
	/* And a short list is one. */
	look_of(s, "商家编码,产地\nPOT-2,永康\n", &look);
	assert_string_equal(look.kind, "products");
	import_look_free(&look);
	fixture_end(s);
}

static void
columns_have_words_and_sides(void **state)
{
	struct session *s = fixture_session("owner");
	struct import_look look;

	(void)state;
	look_of(s, "商家编码,名称,售价,产地\nPOT-1,锅,12,永康\n", &look);
	assert_string_equal(look.labels[0], "SKU code");
	assert_false(look.figures[0]);
	assert_string_equal(look.labels[2], "Price of one");
	assert_true(look.figures[2]);
	assert_null(look.labels[3]);
	import_look_free(&look);
	/* Kept rows, too, in the language of who reads them. */
	look_of(s, "快递公司,代码,别名\n圆通速递,YTO,圆通\n", &look);
	assert_string_equal(look.labels[0], "Name");
	import_look_free(&look);
	i18n_init("zh_CN");
	look_of(s, "快递公司,代码,别名\n圆通速递,YTO,圆通\n", &look);
	assert_string_equal(look.labels[0], "快递公司");
	import_look_free(&look);
	i18n_init("en");
	fixture_end(s);
}

/* A header once more is no row: here in the words of a machine. */
static void
a_second_header_is_not_shown(void **state)
{
	struct session *s = fixture_session("owner");
	struct import_look look;

	(void)state;
	look_of(s,
	    "订单号,快递公司,快递单号\norder_sn,shipping_name,shipping_sn\n"
	    "240601-1,圆通速递,YT7600000000001\n",
	    &look);
	assert_string_equal(look.kind, "tracking");
	assert_int_equal(look.nrows, 1);
	assert_string_equal(look.read[2], "YT7600000000001");
	import_look_free(&look);
	fixture_end(s);
}

/* However they were found: the one without a number only when the others were
 * read. */
static void
refused_rows_come_as_they_stand(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	struct str text = STR_INIT;
	size_t n, i;

	(void)state;
	str_add(&text, HEAD);
	add_order(&text, "4119203366520877701", PAID, "x", "");
	add_order(&text, "", PAID, "10.00", "");
	add_order(&text, "4119203366520877702", "gone", "10.00", "");
	add_order(&text, "4119203366520877703", PAID, "y", "");
	assert_int_equal(try_import(s, NULL, "orders",
			     fixture_file("bad.csv", text.s), NULL),
	    0);
	r = import_rejects(taken, &n);
	assert_int_equal(n, 4);
	for (i = 0; i < n; i++)
		assert_int_equal(r[i].line, i + 2);
	let_go();
	str_done(&text);
	fixture_end(s);
}

/* Waiting for a product is one reason of several. */
static void
what_waits_for_its_product_is_counted(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;

	(void)state;
	two_orders(s);
	sum = import_summary(taken);
	assert_true(sum->unmapped <= sum->held);
	let_go();
	sum = take(s, "orders", later_file(), NULL);
	assert_int_equal(sum->unmapped, 0);
	let_go();
	fixture_end(s);
}

/* One file in Big5, the other in GB18030: each is read as it is written. */
static void
each_file_is_read_in_its_own_encoding(void **state)
{
	/* 商家编码,名称 / A-1,锅; 商家編碼 is not asked for. */
	static const char gb[] = "sku_code,name\nA-1,\xb9\xf8\n";
	static const char big5[] = "sku_code,name\nB-1,\xc1\xe7\n";
	struct session *s = fixture_session("owner");
	const char *files[] = { fixture_file("gb.csv", gb),
		fixture_file("big5.csv", big5) };
	const char *encodings[] = { "gb18030", "big5" };
	const struct import_options opt = { .encodings = encodings };
	struct import *im;

	(void)state;
	assert_int_equal(import_run(s, "products", files, 2, &opt, &im), 0);
	assert_int_equal(import_summary(im)->new_n, 2);
	assert_string_equal(
	    text_of(s, "SELECT name FROM variant WHERE sku_code = 'A-1'"),
	    "锅");
	assert_string_equal(
	    text_of(s, "SELECT name FROM variant WHERE sku_code = 'B-1'"),
	    "鍋");
	import_free(im);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_address_is_another_way),
		cmocka_unit_test(what_will_change_is_told_before),
		cmocka_unit_test(what_will_change_is_masked),
		cmocka_unit_test(changed_orders_wait_until_they_are_released),
		cmocka_unit_test(only_what_is_still_refused_is_written),
		cmocka_unit_test(a_retry_survives_every_failure),
		cmocka_unit_test(what_is_told_survives_every_failure),
		cmocka_unit_test(platforms_have_their_names),
		cmocka_unit_test(a_few_known_columns_make_no_list),
		cmocka_unit_test(columns_have_words_and_sides),
		cmocka_unit_test(a_second_header_is_not_shown),
		cmocka_unit_test(refused_rows_come_as_they_stand),
		cmocka_unit_test(what_waits_for_its_product_is_counted),
		cmocka_unit_test(each_file_is_read_in_its_own_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
