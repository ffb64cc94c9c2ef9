/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "freight_lib.h"

/* Couriers' bills against our parcels, and what parcels brought. */

#define HEAD "日期,运单号,目的省份,计费重量(kg),快递费,快递公司\n"

/* Three parcels with YTO to 浙江: 4.00 the first kg, 1.00 each further. */
static void
shop(struct session *s)
{
	int64_t id = freight_of(s, "YTO", "a");

	fixture_variant(s, "PAN", 99, 1000);
	fixture_order(s, "1001", 1, "PAN", NULL);
	fixture_order(s, "1002", 1, "PAN", NULL);
	fixture_order(s, "1003", 1, "PAN", NULL);
	must_exec(s, "UPDATE receiver SET province = '浙江省'");
	freight_to(s, id, "浙江", 400, 100, 0);
	ship(s, "1001", "YTO", "YT0000000000001", 900);
	ship(s, "1002", "YTO", "YT0000000000002", 1500);
	ship(s, "1003", "STO", "770000000000003", 800);
}

static void
import_bill(struct session *s, const char *name, const char *rows)
{
	char text[2000];
	const char *file;
	struct import *im;

	snprintf(text, sizeof(text), HEAD "%s", rows);
	file = fixture_file(name, text);
	assert_int_equal(import_run(s, "freight-bill", &file, 1,
			     &(struct import_options){ 0 }, &im),
	    0);
	assert_int_equal(import_summary(im)->rejected_n, 0);
	import_free(im);
}

/* "YT1 over 600/400 ": waybill, finding, billed, due. */
static void
lines_are(
    struct session *s, const struct freight_line_filter *f, const char *text)
{
	struct str got = STR_INIT;
	const struct freight_line *l;
	struct page page;
	size_t i;

	assert_int_equal(
	    freight_line_page(s, f, PAGE_FIRST, NULL, 50, &page), 0);
	for (i = 0; i < page.n; i++) {
		l = page_row(&page, i);
		str_addf(&got, "%s %s %" PRId64 "/", l->waybill_no,
		    freight_line_state_name(l->state), l->amount);
		if (l->rated)
			str_addf(&got, "%" PRId64, l->due);
		str_addc(&got, ' ');
	}
	assert_string_equal(got.s, text);
	str_done(&got);
	page_free(&page);
}

static void
a_bill_is_checked_line_by_line(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct freight_line_filter f = { .tab = LINE_ALL };
	const struct freight_bill *b;
	struct freight_totals sum;
	struct page page;
	int64_t id, again;

	(void)state;
	fixture_role(s, "owner");
	shop(s);
	fixture_role(s, "warehouse");
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &id), ERR_NOTFOUND);
	import_bill(s, "2026-10.csv",
	    "2026-10-01,YT0000000000001,浙江,1,4.40,\n"
	    "2026-10-01,YT0000000000002,浙江,3,6.00,圆通\n"
	    "2026-10-02,YT0000000000001,浙江,1,4.40,\n"
	    "2026-10-02,YT9999999999999,浙江,1,4.00,圆通速递\n"
	    "2026-10-02,770000000000003,浙江,1,4.00,\n"
	    "2026-10-02,770000000000003,浙江,1,4.00,申通\n");
	assert_int_equal(freight_bill_take(s, "圆通", "", 0, &id), 0);
	assert_int_equal(fixture_audited(s, "freight-bill-take", id), 1);
	f.bill_id = id;
	/* Up to 0.50 more agrees; what STO carried was none of YTO's. */
	lines_are(s, &f,
	    "YT0000000000001 agrees 440/400 YT0000000000002 over 600/500 "
	    "YT9999999999999 unknown 400/ 770000000000003 unknown 400/ "
	    "YT0000000000001 twice 440/0 ");
	assert_int_equal(freight_bill_get(s, id, &page), 0);
	b = page_row(&page, 0);
	assert_string_equal(b->bill_no, "2026-10");
	assert_int_equal(b->n, 5);
	assert_int_equal(b->amount, 440 + 600 + 440 + 400 + 400);
	assert_int_equal(b->wrong_n, 4);
	page_free(&page);
	f = (struct freight_line_filter){ .tab = LINE_OPEN };
	assert_int_equal(freight_line_totals(s, &f, &sum), 0);
	assert_int_equal(sum.n, 4);
	assert_int_equal(sum.amount, 1840);
	assert_int_equal(sum.due, 500);
	f.state = BILL_TWICE;
	lines_are(s, &f, "YT0000000000001 twice 440/0 ");
	assert_int_equal(
	    fixture_int(s, "SELECT billed FROM parcel WHERE id = 1"), 880);
	/* The same import is not taken twice, but by the other courier. */
	assert_int_equal(
	    freight_bill_take(s, "圆通", "again", 0, &again), ERR_NOTFOUND);
	assert_int_equal(
	    freight_bill_take(s, "圆通", "again", 1, &again), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "bill_no");
	assert_int_equal(freight_bill_take(s, "STO", "", 0, &again), 0);
	fixture_verify(s);
	fixture_role(s, "agent");
	assert_int_equal(freight_bill_get(s, id, &page), ERR_DENIED);
	fixture_end(s);
}

static void
what_an_earlier_bill_had_is_billed_twice(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_line_filter f = { .tab = LINE_OPEN };
	int64_t first, second;

	(void)state;
	shop(s);
	import_bill(s, "a.csv", "2026-10-01,YT0000000000001,浙江,1,4.00,\n");
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &first), 0);
	lines_are(s, &f, "");
	/* To the letter the same row, in another file. */
	import_bill(s, "b.csv",
	    "2026-10-01,YT0000000000001,浙江,1,4.00,\n"
	    "2026-10-01,YT0000000000002,浙江,1,3.00,\n");
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &second), 0);
	lines_are(s, &f,
	    "YT0000000000001 twice 400/0 YT0000000000002 under 300/500 ");
	fixture_verify(s);
	/* Only the newest can go; then it can be taken again. */
	assert_int_equal(freight_bill_drop(s, first), ERR_STATE);
	assert_int_equal(freight_bill_drop(s, second), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT billed FROM parcel WHERE id = 1"), 400);
	assert_int_equal(
	    fixture_int(s,
		"SELECT count(*) FROM parcel WHERE id = 2 AND billed IS NULL"),
	    1);
	fixture_verify(s);
	assert_int_equal(freight_bill_take(s, "YTO", "b2", 0, &second), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
lines_are_settled_and_opened_again(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_line_filter f = { .tab = LINE_DISPUTED };
	int64_t id;

	(void)state;
	shop(s);
	import_bill(s, "a.csv",
	    "2026-10-01,YT0000000000001,浙江,1,4.00,\n"
	    "2026-10-01,YT0000000000001,浙江,1,4.00,\n"
	    "2026-10-01,YT0000000000002,浙江,1,9.00,\n");
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &id), 0);
	assert_int_equal(freight_line_settle(s, 1, "disputed", ""), ERR_STATE);
	assert_int_equal(freight_line_settle(s, 3, "eaten", ""), ERR_INVALID);
	assert_int_equal(freight_line_settle(s, 99, "paid", ""), ERR_NOTFOUND);
	assert_int_equal(
	    freight_line_settle(s, 3, "disputed", "it weighs 1.5 kg"), 0);
	assert_int_equal(fixture_audited(s, "freight-line-settle", 3), 1);
	lines_are(s, &f, "YT0000000000002 over 900/500 ");
	assert_int_equal(fixture_int(s, "SELECT open_n FROM freight_bill"), 1);
	/* What was credited is not paid. */
	assert_int_equal(freight_line_settle(s, 3, "credited", "CN-7"), 0);
	assert_int_equal(freight_line_settle(s, 2, "credited", ""), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT billed FROM parcel WHERE id = 1"), 400);
	assert_int_equal(
	    fixture_int(s, "SELECT billed FROM parcel WHERE id = 2"), 500);
	fixture_verify(s);
	assert_int_equal(freight_line_settle(s, 2, "credited", ""), ERR_STATE);
	assert_int_equal(freight_bill_drop(s, id), ERR_STATE);
	assert_int_equal(freight_line_settle(s, 2, "", ""), 0);
	assert_int_equal(freight_line_settle(s, 3, "", ""), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT billed FROM parcel WHERE id = 2"), 900);
	assert_int_equal(fixture_int(s, "SELECT open_n FROM freight_bill"), 2);
	fixture_verify(s);
	assert_int_equal(freight_bill_drop(s, id), 0);
	fixture_role(s, "supervisor");
	assert_int_equal(freight_line_settle(s, 2, "paid", ""), ERR_DENIED);
	fixture_end(s);
}

/* In any order of reading, every line once. */
static void
lines_go_by_pages_both_ways(void **state)
{
	const struct freight_line_filter f = { .tab = LINE_OPEN };
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	const struct freight_line *l;
	struct page page, next;
	int64_t id;
	int i, n;

	(void)state;
	shop(s);
	for (i = 0; i < 25; i++)
		str_addf(&text, "2026-10-01,X%02d,浙江,1,4.00,\n", i % 20);
	import_bill(s, "a.csv", text.s);
	str_done(&text);
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &id), 0);
	assert_int_equal(
	    freight_line_page(s, &f, PAGE_FIRST, NULL, 4, &page), 0);
	for (n = 0; page.n > 0; page = next) {
		n += (int)page.n;
		l = page_row(&page, page.n - 1);
		assert_int_equal(
		    freight_line_page(s, &f, PAGE_AFTER, l, 4, &next), 0);
		page_free(&page);
	}
	page_free(&page);
	assert_int_equal(n, 25);
	assert_int_equal(
	    freight_line_page(s, &f, PAGE_LAST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 5);
	l = page_row(&page, 4);
	assert_int_equal(l->state, BILL_TWICE);
	page_free(&page);
	fixture_end(s);
}

static void
a_parcel_brings_its_postage_less_what_it_costs(void **state)
{
	const struct freight_profit_filter all = { .since = 0 };
	struct freight_profit_filter f = { .loss = true };
	struct session *s = fixture_session("owner");
	const struct freight_profit *p;
	const struct freight_sum *sum;
	struct page page;
	int64_t id;

	(void)state;
	shop(s);
	must_exec(s, "UPDATE orders SET postage = 600 WHERE order_no = '1001'");
	import_bill(s, "a.csv", "2026-10-01,YT0000000000001,浙江,1,4.40,\n");
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &id), 0);
	assert_int_equal(
	    freight_profit_page(s, &all, PAGE_LAST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 3);
	p = page_row(&page, 2);
	assert_string_equal(p->waybill_no, "YT0000000000001");
	assert_string_equal(p->province, "浙江");
	assert_int_equal(p->postage, 600);
	assert_int_equal(p->freight, 440);
	assert_int_equal(p->billed, 1);
	assert_int_equal(p->profit, 160);
	p = page_row(&page, 0);
	assert_int_equal(p->known, 0);
	page_free(&page);
	assert_int_equal(
	    freight_profit_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	p = page_row(&page, 0);
	assert_string_equal(p->waybill_no, "YT0000000000002");
	page_free(&page);
	assert_int_equal(
	    freight_sums(s, &all, GROUP_COURIER, &page), ERR_INVALID);
	f = (struct freight_profit_filter){ .since = time_now() - 86400 };
	assert_int_equal(freight_sums(s, &f, GROUP_COURIER, &page), 0);
	assert_int_equal(page.n, 2);
	sum = page_row(&page, 0);
	assert_string_equal(sum->name, "圆通速递");
	assert_int_equal(sum->n, 2);
	assert_int_equal(sum->freight, 940);
	assert_int_equal(sum->profit, -340);
	sum = page_row(&page, 1);
	assert_int_equal(sum->unknown, 1);
	page_free(&page);
	assert_int_equal(freight_sums(s, &f, GROUP_PROVINCE, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	assert_int_equal(freight_sums(s, &f, GROUP_DAY, &page), 0);
	assert_in_range(page.n, 1, 2);
	page_free(&page);
	fixture_role(s, "clerk");
	assert_int_equal(
	    freight_profit_page(s, &all, PAGE_FIRST, NULL, 9, &page),
	    ERR_DENIED);
	fixture_end(s);
}

/* 6.00 over two parcels and 1.01 of the one that shares the second. */
static void
postage_is_shared_to_the_fen(void **state)
{
	const struct freight_profit_filter all = { .since = 0 };
	struct session *s = fixture_session("owner");
	const struct freight_profit *p;
	struct page page;
	int64_t sum = 0;
	size_t i;

	(void)state;
	shop(s);
	must_exec(s, "UPDATE orders SET postage = 601 WHERE id = 1");
	must_exec(s, "UPDATE orders SET postage = 101 WHERE id = 2");
	must_exec(s, "UPDATE parcel SET order_id = 1 WHERE id = 3");
	must_exec(s, "INSERT INTO parcel_also (parcel_id, order_id)"
		     " VALUES (3, 2)");
	assert_int_equal(
	    freight_profit_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	for (i = 0; i < page.n; i++) {
		p = page_row(&page, i);
		sum += p->postage;
		if (p->id == 1)
			assert_int_equal(p->postage, 301);
		if (p->id == 3)
			assert_int_equal(p->postage, 300 + 50);
	}
	assert_int_equal(sum, 702);
	page_free(&page);
	fixture_end(s);
}

/* Each verb, failing at each call of the database. */
static int
do_take(struct session *s)
{
	int64_t id;

	return freight_bill_take(s, "YTO", "b", 0, &id);
}

static int
do_drop(struct session *s)
{
	return freight_bill_drop(s, 1);
}

static int
do_settle(struct session *s)
{
	return freight_line_settle(s, 2, "credited", "CN-1");
}

static void
under_faults(int (*verb)(struct session *), bool taken, const char *sql,
    int64_t was, int64_t is)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t n;
		int rc;

		shop(s);
		import_bill(s, "a.csv",
		    "2026-10-01,YT0000000000001,浙江,1,4.00,\n"
		    "2026-10-01,YT0000000000002,浙江,1,9.00,\n");
		if (taken)
			assert_int_equal(do_take(s), 0);
		n = fixture_int(s, "SELECT count(*) FROM audit");
		fault_arm(&f);
		rc = verb(s);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, sql), rc == 0 ? is : was);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"),
		    n + (rc == 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	(void)state;
	under_faults(do_take, false,
	    "SELECT coalesce(sum(billed), 0) FROM parcel", 0, 1300);
	under_faults(do_drop, true,
	    "SELECT coalesce(sum(billed), 0) FROM parcel", 1300, 0);
	under_faults(do_settle, true,
	    "SELECT coalesce(sum(billed), 0) FROM parcel", 1300, 900);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bill_is_checked_line_by_line),
		cmocka_unit_test(what_an_earlier_bill_had_is_billed_twice),
		cmocka_unit_test(lines_are_settled_and_opened_again),
		cmocka_unit_test(lines_go_by_pages_both_ways),
		cmocka_unit_test(
		    a_parcel_brings_its_postage_less_what_it_costs),
		cmocka_unit_test(postage_is_shared_to_the_fen),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
