/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "purchase", from what is low to what is cancelled. */

static struct shop sh;
static long long door; /* the order */

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, text);
}

static int
open_shop(void **state)
{
	const char *path;

	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 20);
	shop_goods(&sh, "LID-20", "6901234567893", 5);
	path = shop_file(&sh, "reorder.csv",
	    "sku_code,product,reorder_at,target_level\nPAN-20,Pan,30,60\n");
	shop_must(&sh, "import products %s", path);
	shop_must(&sh, "company add 甲厂 --lead-days 7");
	shop_must(&sh, "supplier price 甲厂 PAN-20 9.50 --pack-qty 12");
	return 0;
}

static int
close_shop(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
what_is_low_is_asked_for_and_ordered(void **state)
{
	(void)state;
	shop_must(&sh, "--format csv purchase low");
	has(sh.out, "PAN-20");
	has(sh.out, ",48"); /* 40 up to the target, in packs of 12 */
	shop_must(&sh, "--format json purchase propose --note autumn");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"requests\":\"PR-000001\"");
	assert_int_equal(shop_do(&sh, "purchase propose"), 1);
	/* The owner asked, and a buyer is there. */
	assert_int_equal(shop_do(&sh, "purchase approve PR-1"), 1);
	shop_must(&sh, "purchase line PR-1 LID-20 3 --why spare");
	shop_must(&sh, "--format json purchase show PR-1");
	assert_true(json_valid(sh.out));
	assert_int_equal(shop_run(&sh,
			     "--user buyer --password-file %s/password "
			     "--format json purchase approve PR-1",
			     sh.dir),
	    0);
	has(sh.out, "\"purchases\":\"PO-000001\"");
	has(sh.out, "\"left_out\":1");
	shop_must(&sh, "purchase order po-1");
	shop_must(&sh, "--format csv list purchase_lines");
	has(sh.out, "PO-000001,1,ordered,甲厂");
	shop_must(&sh, "purchase print PO-1 -o %s/po.pdf", sh.dir);
	shop_must(&sh, "--format csv purchase requests --state approved");
	has(sh.out, "PR-000001,approved");
}

static void
orders_are_written_changed_and_ended(void **state)
{
	(void)state;
	shop_must(&sh,
	    "--format json purchase add --supplier 甲厂 PAN-20 12 LID-20 4 "
	    "--freight 15 --expected 2030-01-01 --note 急");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"purchase_no\":\"PO-000002\"");
	assert_int_equal(shop_do(&sh, "purchase add PAN-20 1"), 2);
	assert_int_equal(
	    shop_do(&sh, "purchase add --supplier 乙厂 PAN-20 1"), 1);
	shop_must(&sh, "purchase line PO-2 LID-20 4 --price 3.20");
	shop_must(&sh, "purchase change PO-2 --freight 20");
	shop_must(&sh, "purchase order PO-2");
	assert_int_equal(shop_do(&sh, "purchase line PO-2 LID-20 6"), 1);
	shop_must(&sh, "purchase line PO-2 LID-20 6 --reason more");
	shop_must(&sh, "--format json purchase show PO-2");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"freight\":\"20.00\"");
	has(sh.out, "\"reason\":\"more\"");
	assert_int_equal(shop_do(&sh, "purchase close PO-2 --reason no"), 1);
	assert_int_equal(shop_do(&sh, "purchase cancel PO-2"), 2);
	shop_must(&sh, "purchase cancel PO-2 --reason 太贵");
	shop_must(&sh, "--format csv purchase list --state cancelled");
	has(sh.out, "PO-000002,cancelled");
	shop_must(&sh, "purchase copy PO-2");
	shop_must(&sh, "purchase ask PAN-20 5");
	shop_must(&sh, "purchase refuse PR-2 --reason 不急");
	assert_int_equal(shop_do(&sh, "purchase show PO-99"), 1);
	assert_int_equal(shop_do(&sh, "purchase list --state lost"), 1);
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password "
			     "purchase order PO-3",
			     sh.dir),
	    4);
	shop_must(&sh, "verify");
}

static void
what_comes_is_invoiced_paid_and_sent_back(void **state)
{
	(void)state;
	shop_must(&sh, "purchase add --supplier 甲厂 PAN-20 12 --freight 6");
	shop_must(&sh, "purchase line PO-4 LID-20 4 --price 3.00");
	shop_must(&sh, "purchase order PO-4");
	assert_int_equal(shop_do(&sh, "purchase receive PO-4"), 2);
	assert_int_equal(
	    shop_do(&sh, "purchase receive PO-4 --line PAN-20=99"), 1);
	shop_must(&sh, "--format json purchase receive PO-4 --scan 5*PAN-20 "
		       "--scan 6901234567892 --line LID-20=4:1");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"purchase_no\":\"PO-000004\"");
	has(sh.out, "\"quantity\":10");
	shop_must(&sh, "--format csv list receipts --where purchase_no=PO-4");
	has(sh.out, ",PAN-20,");
	shop_must(&sh, "purchase return PO-4 --line LID-20=1:1 --reason 裂");
	shop_must(&sh, "--format json purchase invoice add 甲厂 --no A1");
	has(sh.out, "\"state\":\"agrees\",\"total\":\"66.00\"");
	assert_int_equal(
	    shop_do(&sh, "purchase invoice add 甲厂 --no A2 --order PO-4 "
			 "--line PAN-20=1@9 --total 8"),
	    1);
	shop_must(&sh, "purchase invoice add 甲厂 --no A2 --order PO-4 "
		       "--line PAN-20=1@19 --dated 2024-05-01");
	shop_must(&sh, "--format json purchase invoice show PI-2");
	has(sh.out, "ordered at 9.50, invoiced at 19.00");
	assert_int_equal(shop_do(&sh, "purchase invoice approve PI-2"), 1);
	shop_must(&sh, "purchase invoice back PI-2 --reason 错");
	shop_must(&sh, "purchase invoice approve PI-1");
	shop_must(&sh, "purchase pay --advance 甲厂 --amount 50");
	shop_must(&sh, "purchase pay PI-1 --amount 20 --method advance");
	shop_must(&sh, "--format csv purchase pay PI-1");
	has(sh.out, "payment_no,PP-000003\n");
	has(sh.out, "amount,46.00\nmethod,bank\n");
	shop_must(&sh, "purchase unpay PP-3 --reason 退票");
	shop_must(&sh, "--format csv list purchase-invoice --where state=due");
	has(sh.out, ",66.00,0.00,0.00,20.00,46.00,");
	shop_must(&sh, "verify");
}

/* As the buyer: the owner asked, and enters invoices. */
static int
as_buyer(const char *command)
{
	return shop_run(&sh,
	    "--user buyer --password-file %s/password --format json %s", sh.dir,
	    command);
}

static void
several_requests_make_one_order(void **state)
{
	(void)state;
	shop_must(&sh, "purchase ask PAN-20 12");
	shop_must(&sh, "purchase ask PAN-20 24");
	shop_must(&sh, "purchase ask PAN-20 6");
	assert_int_equal(as_buyer("purchase approve PR-3 PR-4"), 0);
	has(sh.out, "\"n\":1,");
	has(sh.out, "\"purchases\":\"PO-000005\"");
	assert_int_equal(as_buyer("purchase approve PR-5 --join"), 0);
	has(sh.out, "\"purchases\":\"PO-000005\"");
	shop_must(&sh, "--format csv list purchase_lines --where "
		       "purchase_no=PO-5");
	has(sh.out, ",PR-000003 +2\n");
	assert_int_equal(as_buyer("purchase approve"), 2);
	assert_int_equal(as_buyer("purchase approve PR-5 PR-99"), 1);
	shop_must(&sh, "purchase add --supplier 甲厂 LID-20 2");
	shop_must(&sh, "--format json purchase join PO-6 PO-5");
	has(sh.out, "\"purchase_no\":\"PO-000005\"");
	has(sh.out, "\"pieces\":44");
	assert_int_equal(shop_do(&sh, "purchase join PO-5"), 2);
	assert_int_equal(shop_do(&sh, "purchase join PO-5 PO-6"), 1);
	shop_must(&sh, "purchase cancel PO-5 --reason 改期");
	shop_must(&sh, "verify");
}

static void
freight_of_an_invoice_is_posted_and_taken_back(void **state)
{
	char no[16];

	(void)state;
	shop_must(&sh, "purchase add --supplier 甲厂 PAN-20 12 --freight 6");
	shop_must(&sh, "purchase order PO-7");
	shop_must(&sh, "purchase receive PO-7 --line PAN-20=12:2");
	shop_must(&sh, "--format csv list defects");
	has(sh.out, ",PAN-20,");
	has(sh.out, ",PO-000007,");
	shop_must(&sh, "purchase invoice add 甲厂 --no F1 --order PO-7 "
		       "--freight 9");
	assert_int_equal(shop_do(&sh, "purchase invoice freight PI-3"), 1);
	shop_must(&sh, "purchase invoice approve PI-3 --reason 涨价");
	shop_must(&sh, "--format json purchase invoice freight PI-3");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"slip_no\":\"CST-");
	has(sh.out, "\"freight\":\"3.00\"");
	assert_int_equal(shop_do(&sh, "purchase invoice freight PI-3"), 1);
	shop_must(&sh, "--format csv list slips --where kind=cost");
	has(sh.out, "CST-");
	snprintf(no, sizeof(no), "%.10s", strstr(sh.out, "CST-"));
	shop_must(&sh, "stock reverse %s --reason 不付", no);
	shop_must(&sh, "purchase invoice freight PI-3");
	shop_must(&sh, "verify");
}

static void
scans_at_the_door_are_kept_until_they_are_received(void **state)
{
	(void)state;
	shop_must(&sh, "--format json purchase add --supplier 甲厂 LID-20 9");
	shop_must(&sh, "purchase order PO-%lld", json_number(sh.out, "id"));
	shop_must(&sh, "--format json list purchases --limit 1");
	door = json_number(sh.out, "id");
	assert_int_equal(shop_do(&sh, "purchase scan PO-%lld", door), 2);
	assert_int_equal(shop_do(&sh, "purchase scan PO-%lld PAN-20", door), 1);
	shop_must(&sh,
	    "--format json purchase scan PO-%lld LID-20 6901234567893"
	    " --bad LID-20",
	    door);
	assert_int_equal(json_number(sh.out, "pieces"), 3);
	assert_int_equal(json_number(sh.out, "bad"), 1);
	shop_must(&sh, "--format csv list receivings --where state=open");
	has(sh.out, "甲厂");
	assert_int_equal(
	    shop_do(&sh, "purchase cancel PO-%lld --reason no", door), 1);
	has(sh.err, "scanned and not received");
	assert_int_equal(
	    shop_do(
		&sh, "purchase receive PO-%lld --scanned --scan LID-20", door),
	    2);
	shop_must(&sh, "purchase receive PO-%lld --scanned", door);
	has(sh.out, "3 came, 1 of them defective; still to come: 6");
	assert_int_equal(
	    shop_do(&sh, "purchase receive PO-%lld --scanned", door), 1);
	shop_must(&sh, "purchase scan PO-%lld '6*LID-20'", door);
	shop_must(&sh, "purchase unscan PO-%lld", door);
	assert_int_equal(shop_do(&sh, "purchase unscan PO-%lld", door), 1);
	shop_must(&sh, "list receivings --where state=dropped");
	has(sh.out, "thrown away");
	assert_int_equal(shop_do(&sh, "list receivings --where state=what"), 2);
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_low_is_asked_for_and_ordered),
		cmocka_unit_test(orders_are_written_changed_and_ended),
		cmocka_unit_test(what_comes_is_invoiced_paid_and_sent_back),
		cmocka_unit_test(several_requests_make_one_order),
		cmocka_unit_test(
		    freight_of_an_invoice_is_posted_and_taken_back),
		cmocka_unit_test(
		    scans_at_the_door_are_kept_until_they_are_received),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
