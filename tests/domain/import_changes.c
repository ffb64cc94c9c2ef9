/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"

/* What people are told of what a file changed. */

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"退款金额,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,物流单号,物流公司,订单备注\n"
#define ROW(no, state, refund, street, waybill, memo) \
	no ",买家" no ",20,0,20," refund "," state \
	   ",收件人,广东省 广州市 越秀区 " street \
	   ",13900000001,2024-05-01 10:00:00,2024-05-01 10:01:00,东西," waybill \
	   ",," memo "\n"
#define PAID "\"买家已付款，等待卖家发货\""
#define SENT "\"卖家已发货，等待买家确认\""

static const struct import_change *
changes(struct session *s, struct page *page, const char *what, bool urgent)
{
	struct import_change_filter f = { .what = what, .urgent_only = urgent };

	assert_int_equal(
	    import_change_page(s, &f, PAGE_FIRST, NULL, 50, page), 0);
	return page->rows;
}

/* Two orders, one of which is paid in the first file; then all changes. */
static void
prepare(struct session *s)
{
	take(s, "orders",
	    fixture_file("a.csv", HEAD ROW("501", PAID, "0", "1号", "", "")
				      ROW("502", PAID, "0", "1号", "", "")
					  ROW("503", PAID, "0", "1号", "", "")),
	    NULL);
	take(s, "orders",
	    fixture_file("b.csv",
		HEAD ROW("501", PAID, "0", "9号", "", "先打电话13800001111")
		    ROW("502", SENT, "0", "1号", "No:7712345", "")
			ROW("503", PAID, "5", "1号", "", "")
			    ROW("504", PAID, "0", "1号", "", "")),
	    NULL);
}

static void
changes_are_told_the_urgent_ones_first(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_change *c;
	struct page page;
	size_t i;

	(void)state;
	prepare(s);
	c = changes(s, &page, NULL, false);
	assert_int_equal(page.n, 5);
	for (i = 0; i < page.n; i++)
		assert_int_equal(c[i].urgent, i < 3);
	page_free(&page);
	c = changes(s, &page, "address", false);
	assert_int_equal(page.n, 1);
	assert_string_equal(c->label, "501");
	assert_non_null(strstr(c->before, "1号"));
	assert_non_null(strstr(c->after, "9号"));
	page_free(&page);
	c = changes(s, &page, "state", false);
	assert_int_equal(page.n, 1);
	assert_string_equal(c->before, order_state_text(ORDER_PAID));
	assert_string_equal(c->after, order_state_text(ORDER_SHIPPED));
	page_free(&page);
	c = changes(s, &page, NULL, true);
	assert_int_equal(page.n, 3);
	page_free(&page);
	let_go();
	fixture_end(s);
}

static void
a_changed_remark_holds_the_order(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	prepare(s);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_hold h"
			   " JOIN orders o ON o.id = h.order_id"
			   " WHERE o.order_no = '501' AND reason = 'remark'"
			   " AND cleared_at = 0 /*scan*/"),
	    1);
	let_go();
	fixture_end(s);

	s = fixture_session("owner");
	assert_int_equal(setting_save(s, "import_hold_remark", "0"), 0);
	prepare(s);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_hold"
					" WHERE reason = 'remark' /*scan*/"),
	    0);
	let_go();
	fixture_end(s);
}

static void
who_may_not_see_contacts_reads_them_masked(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_change *c;
	struct page page;

	(void)state;
	prepare(s);
	fixture_role(s, "clerk");
	c = changes(s, &page, "address", false);
	assert_int_equal(page.n, 1);
	assert_null(strstr(c->after, "收件人"));
	assert_null(strstr(c->after, "9号"));
	page_free(&page);
	c = changes(s, &page, "remark", false);
	assert_null(strstr(c->after, "13800001111"));
	page_free(&page);
	let_go();
	fixture_end(s);
}

static void
a_first_import_changes_nothing(void **state)
{
	struct session *s = fixture_session("owner");
	struct page page;

	(void)state;
	take(s, "orders",
	    fixture_file("a.csv", HEAD ROW("501", PAID, "0", "1号", "", "")),
	    NULL);
	changes(s, &page, NULL, false);
	assert_int_equal(page.n, 0);
	page_free(&page);
	let_go();
	fixture_end(s);
}

/* Lists, too: what a list of products changed is told, and goes back. */
static void
lists_are_taken_back(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_change *c;
	struct page page;
	int64_t batch, stock;

	(void)state;
	take(s, "products",
	    fixture_file("p.csv",
		"sku_code,product,price,brand,category,guarantee_days\n"
		"A-1,甲,10.00,丙,丁/戊,365\n"),
	    NULL);
	batch = take(s, "products",
	    fixture_file("q.csv",
		"sku_code,product,price,barcodes\nA-1,甲,12.00,6901\n"
		"B-1,乙,5.00,6902\n"),
	    NULL)
		    ->batch;
	c = changes(s, &page, "price", false);
	assert_int_equal(page.n, 1);
	assert_string_equal(c->before, "10.00");
	assert_string_equal(c->after, "12.00");
	page_free(&page);
	stock = take(s, "stock",
	    fixture_file("s.csv", "sku_code,quantity,unit_cost\nA-1,7,1.00\n"),
	    NULL)
		    ->batch;
	assert_int_equal(import_undo(s, stock, NULL), 0);
	fixture_verify(s);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(on_hand) FROM stock /*scan*/"), 0);
	counts(take(s, "stock",
		   fixture_file(
		       "s.csv", "sku_code,quantity,unit_cost\nA-1,7,1.00\n"),
		   NULL),
	    1, 0, 0, 0);
	assert_int_equal(import_undo(s, batch, NULL), 0);
	fixture_verify(s);
	assert_int_equal(
	    fixture_int(s, "SELECT price FROM variant WHERE sku_code = 'A-1'"),
	    1000);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM variant /*scan*/"), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM barcode /*scan*/"), 0);
	/* What it said nothing of stays. */
	assert_string_equal(
	    text_of(s, "SELECT p.brand || '|' || c.path || '|' ||"
		       " p.guarantee_days FROM product p"
		       " JOIN category c ON c.id = p.category_id"),
	    "丙|丁/戊|365");
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_told_the_urgent_ones_first),
		cmocka_unit_test(a_changed_remark_holds_the_order),
		cmocka_unit_test(who_may_not_see_contacts_reads_them_masked),
		cmocka_unit_test(a_first_import_changes_nothing),
		cmocka_unit_test(lists_are_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
