/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/receipts.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/purchase.h"

/* From the goods at the door to the paid invoice. */

static int64_t order, slip, bill, paid; /* of the test of faults */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* 20 PAN at 10.00 and 10 LID at 3.00 with 5.00 of freight, ordered from 甲厂,
 * who is paid after 30 days. */
static int64_t
ordered(struct session *s)
{
	static const struct purchase_line_edit lines[] = {
		{ .sku_code = "PAN", .qty = 20, .price = 1000 },
		{ .sku_code = "LID", .qty = 10, .price = 300 },
	};
	const struct purchase_edit e = { .company = "甲厂", .freight = 500 };
	int64_t id;

	must(s, purchase_add(s, &e, lines, 2, &id));
	must(s, purchase_order(s, id));
	return id;
}

static struct session *
fill(struct session *s)
{
	const struct company_edit e = { .name = "甲厂",
		.supplier = "yes",
		.carrier = "no",
		.buyer = "no",
		.lead_days = 7,
		.terms_days = 30 };
	int64_t id;

	fixture_variant(s, "PAN", 0, 0);
	fixture_variant(s, "LID", 0, 0);
	fixture_variant(s, "KNIFE", 3, 2000);
	must(s, company_add(s, &e, &id));
	order = ordered(s);
	return s;
}

static struct session *
shop(void)
{
	return fill(fixture_session("owner"));
}

static struct receipt_said said;

/* @pan and @lid pieces, of the pans @bad. */
static int
come(struct session *s, int64_t pan, int64_t bad, int64_t lid, bool over)
{
	const struct receipt_line lines[] = {
		{ .code = "PAN", .qty = pan, .bad = bad },
		{ .code = "LID", .qty = lid },
	};
	const struct receipt_doc doc = { .purchase_id = order,
		.freight = RECEIPT_FREIGHT_KNOWN,
		.over = over,
		.lines = pan > 0 ? lines : lines + 1,
		.n = pan > 0 && lid > 0 ? 2 : 1 };

	return receipt_post(s, &doc, &said);
}

static int
go_back(struct session *s, int64_t qty, int64_t bad)
{
	const struct receipt_line line = {
		.code = "PAN", .qty = qty, .bad = bad
	};
	const struct receipt_doc doc = {
		.purchase_id = order, .note = "dented", .lines = &line, .n = 1
	};

	return supplier_return(s, &doc, &said);
}

static int64_t
of(struct session *s, const char *what, const char *sku)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
	    "SELECT %s FROM stock WHERE variant_id ="
	    " (SELECT id FROM variant WHERE sku_code = '%s')",
	    what, sku);
	return fixture_int(s, sql);
}

static int64_t
state_of(struct session *s, const char *table, int64_t id)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "SELECT state FROM %s WHERE id = %lld",
	    table, (long long)id);
	return fixture_int(s, sql);
}

/* What came and is not invoiced, with @more on the first line and its price
 * @dearer. */
static int
invoice(struct session *s, const char *no, int64_t more, int64_t dearer)
{
	struct invoice_edit e = { .company = "甲厂" };
	struct invoice_entry lines[4];
	const struct invoice_line *l;
	struct page page;
	size_t i, n;

	must(s, invoice_propose(s, 1, 0, &page));
	n = page.n;
	for (i = 0; i < n; i++) {
		l = page_row(&page, i);
		lines[i] = (struct invoice_entry){ l->purchase_id, l->line_no,
			l->qty + (i == 0 ? more : 0),
			l->price + (i == 0 ? dearer : 0) };
	}
	page_free(&page);
	copy_text(e.invoice_no, sizeof(e.invoice_no), no);
	return invoice_add(s, &e, lines, n, &bill);
}

/* What is wrong with its first line that differs. */
static void
differs(struct session *s, const char *words)
{
	const struct invoice_line *l = NULL;
	struct page page;
	size_t i;

	assert_int_equal(
	    state_of(s, "purchase_invoice", bill), INVOICE_DIFFERS);
	must(s, invoice_lines(s, bill, &page));
	for (i = 0; i < page.n; i++) {
		l = page_row(&page, i);
		if (l->differs[0] != '\0')
			break;
	}
	assert_non_null(l);
	assert_string_equal(l->differs, words);
	page_free(&page);
}

static int
pay(struct session *s, const char *entry, const char *method, int64_t amount)
{
	struct supplier_pay_edit e = { .amount = amount };

	copy_text(e.method, sizeof(e.method), method);
	copy_text(e.entry_no, sizeof(e.entry_no), entry);
	if (entry[0] == '\0')
		copy_text(e.company, sizeof(e.company), "甲厂");
	return supplier_pay(s, &e, &paid);
}

static void
a_scan_is_a_piece_or_says_how_many(void **state)
{
	struct session *s = shop();
	struct receipt_scan scan;
	int64_t id;

	(void)state;
	must(s, receipt_order(s, "po-1", &id));
	assert_int_equal(id, order);
	must(s, receipt_scan(s, order, " PAN", &scan));
	assert_int_equal(scan.qty, 1);
	assert_false(scan.counted);
	assert_int_equal(scan.open, 20);
	must(s, receipt_scan(s, order, "12*PAN", &scan));
	assert_int_equal(scan.qty, 12);
	assert_true(scan.counted);
	assert_string_equal(scan.sku_code, "PAN");
	assert_int_equal(receipt_scan(s, order, "KNIFE", &scan), ERR_INVALID);
	assert_non_null(strstr(s->err.text, "was not ordered"));
	assert_int_equal(receipt_scan(s, order, "nothing", &scan), ERR_INVALID);
	fixture_end(s);
}

static void
parts_come_with_their_share_of_the_freight(void **state)
{
	struct session *s = shop();

	(void)state;
	fixture_role(s, "clerk");
	must(s, come(s, 10, 2, 0, false));
	assert_string_equal(said.slip_no, "IN-000002");
	assert_int_equal(said.open, 20);
	assert_int_equal(of(s, "on_hand", "PAN"), 10);
	assert_int_equal(of(s, "defective", "PAN"), 2);
	assert_int_equal(of(s, "in_transit", "PAN"), 10);
	/* 100.00 of 230.00 worth came: 2.17 of 5.00. */
	assert_int_equal(of(s, "value", "PAN"), 10217);
	assert_int_equal(state_of(s, "purchase", order), PURCHASE_PART);
	must(s, come(s, 10, 0, 10, false));
	assert_int_equal(state_of(s, "purchase", order), PURCHASE_RECEIVED);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM purchase_slip_line"), 23500);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(in_transit) FROM stock"), 0);
	assert_int_equal(fixture_audited(s, "purchase-receive", order), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
too_many_come_only_when_it_is_allowed(void **state)
{
	struct session *s = shop();

	(void)state;
	must(s, setting_save(s, "over_receipt_percent", "10"));
	fixture_role(s, "warehouse");
	assert_int_equal(come(s, 23, 0, 0, false), ERR_STATE);
	assert_string_equal(s->err.field, "qty");
	assert_int_equal(come(s, 23, 0, 0, true), ERR_DENIED);
	must(s, come(s, 22, 0, 0, false));
	fixture_role(s, "buyer");
	must(s, come(s, 1, 0, 0, true));
	assert_int_equal(of(s, "on_hand", "PAN"), 23);
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_cannot_come_is_refused_whole(void **state)
{
	static const struct receipt_line lines[] = {
		{ .code = "PAN", .qty = 2 },
		{ .code = "KNIFE", .qty = 1 },
		{ .code = "PAN", .qty = 1, .bad = 2 },
	};
	struct receipt_doc doc = {
		.purchase_id = order, .lines = lines, .n = 2
	};
	struct session *s = shop();

	(void)state;
	doc.purchase_id = order;
	assert_int_equal(receipt_post(s, &doc, &said), ERR_INVALID);
	assert_non_null(strstr(s->err.text, "KNIFE: "));
	doc.lines = &lines[2];
	doc.n = 1;
	assert_int_equal(receipt_post(s, &doc, &said), ERR_INVALID);
	assert_string_equal(s->err.field, "bad");
	doc.n = 0;
	assert_int_equal(receipt_post(s, &doc, &said), ERR_INVALID);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM purchase_slip_line"), 0);
	must(s, purchase_cancel(s, order, "no"));
	assert_int_equal(come(s, 1, 0, 0, false), ERR_STATE);
	fixture_end(s);
}

static void
a_receipt_is_taken_back_once(void **state)
{
	struct session *s = shop();
	int64_t counter;

	(void)state;
	must(s, come(s, 10, 2, 5, false));
	slip = said.slip_id;
	assert_int_equal(stock_reverse(s, slip, "no", &counter), ERR_STATE);
	assert_int_equal(receipt_reverse(s, slip, "", &counter), ERR_INVALID);
	must(s, receipt_reverse(s, slip, "another's", &counter));
	assert_int_equal(of(s, "on_hand", "PAN"), 0);
	assert_int_equal(of(s, "value", "PAN"), 0);
	assert_int_equal(of(s, "defective", "PAN"), 0);
	assert_int_equal(of(s, "in_transit", "PAN"), 20);
	assert_int_equal(state_of(s, "purchase", order), PURCHASE_ORDERED);
	assert_int_equal(receipt_reverse(s, slip, "no", &counter), ERR_STATE);
	/* All of the freight is there again for what comes. */
	must(s, come(s, 20, 0, 10, false));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM stock"), 6000 + 23500);
	fixture_verify(s);
	fixture_end(s);
}

static void
goods_go_back_at_what_they_were_bought_for(void **state)
{
	struct session *s = shop();
	int64_t counter;

	(void)state;
	must(s, come(s, 20, 3, 10, false));
	assert_int_equal(go_back(s, 4, 4), ERR_STATE);
	assert_int_equal(go_back(s, 21, 0), ERR_STATE);
	must(s, go_back(s, 5, 3));
	assert_memory_equal(said.slip_no, "SR-", 3);
	assert_int_equal(of(s, "on_hand", "PAN"), 15);
	assert_int_equal(of(s, "defective", "PAN"), 0);
	assert_int_equal(of(s, "value", "PAN"), 20435 - 5000);
	fixture_verify(s);
	must(s, receipt_reverse(s, said.slip_id, "kept", &counter));
	assert_int_equal(of(s, "defective", "PAN"), 3);
	assert_int_equal(of(s, "value", "PAN"), 20435);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_invoice_agrees_with_what_was_ordered_and_came(void **state)
{
	struct session *s = shop();

	(void)state;
	must(s, come(s, 20, 0, 10, false));
	must(s, invoice(s, "FP-1", 0, 0));
	assert_int_equal(state_of(s, "purchase_invoice", bill), INVOICE_AGREES);
	assert_int_equal(invoice(s, "FP-1", 0, 0), ERR_INVALID); /* no lines */
	fixture_role(s, "buyer");
	assert_int_equal(invoice_approve(s, bill, ""), ERR_DENIED);
	fixture_role(s, "manager");
	must(s, invoice_approve(s, bill, ""));
	assert_int_equal(invoice_approve(s, bill, ""), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT invoiced FROM purchase_line"
					" WHERE line_no = 1"),
	    20);
	assert_int_equal(fixture_int(s, "SELECT (due_at - dated) / 86400"
					" FROM purchase_invoice"),
	    30);
	assert_int_equal(
	    receipt_reverse(s, said.slip_id, "no", NULL), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
each_difference_is_told_in_words(void **state)
{
	struct session *s = shop();
	int64_t first;

	(void)state;
	must(s, setting_save(s, "invoice_over_percent", "2"));
	must(s, come(s, 10, 0, 0, false));
	must(s, invoice(s, "FP-1", 0, 20));
	assert_int_equal(state_of(s, "purchase_invoice", bill), INVOICE_AGREES);
	must(s, invoice_back(s, bill, "wrong"));
	must(s, invoice(s, "FP-1", 0, 21));
	differs(s, "ordered at 10.00, invoiced at 10.21");
	assert_int_equal(invoice_approve(s, bill, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	must(s, invoice_approve(s, bill, "steel is dearer"));
	first = bill;
	must(s, come(s, 0, 0, 10, false));
	must(s, invoice(s, "FP-2", 5, 0));
	differs(s, "15 on the invoice, of those that came 10 are to be paid");
	must(s, invoice_back(s, first, "cancelled by them"));
	assert_int_equal(state_of(s, "purchase_invoice", first), INVOICE_BACK);
	assert_int_equal(invoice_back(s, first, "again"), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

/* The pieces of all that is proposed for an invoice. */
static int64_t
proposed(struct session *s)
{
	struct page page;
	int64_t n = 0;
	size_t i;

	must(s, invoice_propose(s, 1, 0, &page));
	for (i = 0; i < page.n; i++)
		n += ((const struct invoice_line *)page_row(&page, i))->qty;
	page_free(&page);
	return n;
}

static void
what_comes_later_settles_a_difference(void **state)
{
	struct session *s = shop();

	(void)state;
	must(s, come(s, 10, 0, 0, false));
	must(s, invoice(s, "FP-1", 10, 0));
	differs(s, "20 on the invoice, of those that came 10 are to be paid");
	assert_int_equal(proposed(s), 0);
	must(s, come(s, 10, 0, 0, false));
	assert_int_equal(state_of(s, "purchase_invoice", bill), INVOICE_AGREES);
	must(s, go_back(s, 1, 0));
	assert_int_equal(
	    state_of(s, "purchase_invoice", bill), INVOICE_DIFFERS);
	/* Of what it has too much only what went back is to be credited. */
	assert_int_equal(proposed(s), -1);
	assert_int_equal(
	    invoice_add(s,
		&(struct invoice_edit){
		    .company = "甲厂", .invoice_no = " FP-1" },
		&(struct invoice_entry){ order, 1, 1, 1 }, 1, &bill),
	    ERR_CONFLICT);
	assert_int_equal(invoice_add(s,
			     &(struct invoice_edit){
				 .company = "甲厂", .invoice_no = "FP-2" },
			     NULL, 0, &bill),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "nothing to invoice"));
	fixture_verify(s);
	fixture_end(s);
}

static void
paid_in_parts_from_the_advance_and_back(void **state)
{
	struct session *s = shop();
	struct supplier_card card;
	int64_t part, advance, counter;

	(void)state;
	must(s, come(s, 20, 0, 10, false));
	must(s, invoice(s, "FP-1", 0, 0));
	assert_int_equal(pay(s, "PI-1", "bank", 100), ERR_STATE);
	must(s, invoice_approve(s, bill, ""));
	must(s, pay(s, "", "bank", 5000));
	advance = paid;
	assert_int_equal(pay(s, "PI-1", "bank", 23001), ERR_INVALID);
	assert_int_equal(pay(s, "PI-1", "gold", 1), ERR_INVALID);
	assert_int_equal(pay(s, "PI-1", "advance", 5001), ERR_STATE);
	must(s, pay(s, "PI-1", "advance", 4000));
	assert_int_equal(supplier_unpay(s, advance, "no", &counter), ERR_STATE);
	must(s, pay(s, "PI-1", "bank", 9000));
	part = paid;
	assert_int_equal(invoice_back(s, bill, "no"), ERR_STATE);
	must(s, supplier_card(s, 1, &card));
	assert_int_equal(card.owed, 10000);
	assert_int_equal(card.advance, 1000);
	must(s, pay(s, "PI-1", "bank", 0));
	assert_int_equal(pay(s, "PI-1", "bank", 0), ERR_STATE);
	must(s, supplier_unpay(s, part, "bounced", &counter));
	assert_int_equal(supplier_unpay(s, part, "again", &counter), ERR_STATE);
	assert_int_equal(
	    supplier_unpay(s, counter, "again", &counter), ERR_STATE);
	assert_int_equal(
	    fixture_int(s, "SELECT total - paid FROM purchase_invoice"), 9000);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_credit_for_what_was_sent_back_pays_the_next(void **state)
{
	struct session *s = shop();
	struct supplier_card card;

	(void)state;
	must(s, come(s, 20, 0, 10, false));
	must(s, invoice(s, "FP-1", 0, 0));
	must(s, invoice_approve(s, bill, ""));
	must(s, go_back(s, 2, 0));
	must(s, supplier_card(s, 1, &card));
	assert_int_equal(card.credit, 2000);
	assert_int_equal(card.returned, 2);
	assert_int_equal(card.done, 1);
	assert_int_equal(card.on_time, 1);
	must(s, invoice(s, "CR-1", 0, 0)); /* -2, as it is proposed */
	assert_int_equal(state_of(s, "purchase_invoice", bill), INVOICE_AGREES);
	must(s, invoice_approve(s, bill, ""));
	must(s, pay(s, "PI-2", "advance", 0));
	must(s, pay(s, "PI-1", "advance", 2000));
	must(s, supplier_card(s, 1, &card));
	assert_int_equal(card.credit, 0);
	assert_int_equal(card.owed, 21000);
	fixture_verify(s);
	fixture_end(s);
}

static void
who_entered_an_invoice_does_not_approve_it(void **state)
{
	struct session *s = shop();

	(void)state;
	must(s, come(s, 20, 0, 10, false));
	fixture_role(s, "manager");
	must(s, invoice(s, "FP-1", 0, 0));
	assert_int_equal(invoice_approve(s, bill, ""), ERR_STATE);
	assert_non_null(strstr(s->err.text, "PI-000001 yourself"));
	fixture_role(s, "buyer");
	assert_int_equal(invoice_back(s, bill, "not mine"), ERR_DENIED);
	fixture_role(s, "owner");
	must(s, invoice_approve(s, bill, ""));
	/* The own one goes back while nobody approved it. */
	fixture_role(s, "buyer");
	assert_int_equal(invoice_back(s, bill, "no"), ERR_DENIED);
	must(s, come(s, 0, 0, 1, true));
	must(s, invoice(s, "FP-2", 0, 0));
	must(s, invoice_back(s, bill, "mistyped"));
	assert_int_equal(fixture_audited(s, "invoice-withdraw", bill), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

/* An approved invoice of all that came, with @freight. */
static void
bill_freight(struct session *s, const char *no, int64_t freight)
{
	struct invoice_edit e = { .company = "甲厂", .freight = freight };
	struct invoice_entry lines[4];
	const struct invoice_line *l;
	struct page page;
	size_t i, n;

	must(s, invoice_propose(s, 1, 0, &page));
	n = page.n;
	for (i = 0; i < n; i++) {
		l = page_row(&page, i);
		lines[i] = (struct invoice_entry){ l->purchase_id, l->line_no,
			l->qty, l->price };
	}
	page_free(&page);
	copy_text(e.invoice_no, sizeof(e.invoice_no), no);
	must(s, invoice_add(s, &e, lines, n, &bill));
	must(s, invoice_approve(s, bill, "as it is"));
}

static int64_t
open_freight(struct session *s)
{
	struct invoice_freight f;

	must(s, invoice_freight(s, bill, &f));
	return f.open;
}

static void
more_freight_than_was_carried_goes_to_the_goods(void **state)
{
	struct session *s = shop();
	struct invoice_freight_said f;

	(void)state;
	must(s, come(s, 20, 0, 10, false));
	bill_freight(s, "FP-1", 1000);
	assert_int_equal(open_freight(s), 500);
	fixture_role(s, "buyer");
	assert_int_equal(invoice_freight_post(s, bill, &f), ERR_DENIED);
	fixture_role(s, "owner");
	must(s, invoice_freight_post(s, bill, &f));
	assert_memory_equal(f.nos, "CST-", 4);
	assert_int_equal(f.amount, 500);
	assert_int_equal(f.expense, 0);
	assert_int_equal(of(s, "value", "PAN"), 20435 + 435);
	assert_int_equal(of(s, "value", "LID"), 3065 + 65);
	assert_int_equal(open_freight(s), 0);
	assert_int_equal(invoice_freight_post(s, bill, &f), ERR_STATE);
	fixture_verify(s);
	/* Once more the other way round. */
	must(s, stock_reverse(s, f.slip_id, "not ours", NULL));
	assert_int_equal(of(s, "value", "PAN"), 20435);
	assert_int_equal(open_freight(s), 500);
	fixture_verify(s);
	fixture_end(s);
}

static void
freight_that_came_with_the_first_part_is_carried_once(void **state)
{
	struct session *s = shop();
	struct invoice_freight_said f;

	(void)state;
	must(s, come(s, 10, 0, 0, false));
	bill_freight(s, "FP-1", 500);
	assert_int_equal(open_freight(s), 283);
	must(s, invoice_freight_post(s, bill, &f));
	must(s, come(s, 10, 0, 10, false));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM stock"), 6000 + 23500);
	bill_freight(s, "FP-2", 0);
	assert_int_equal(open_freight(s), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
less_freight_comes_off_the_goods_once_all_is_invoiced(void **state)
{
	const struct stock_entry out = {
		.sku = "PAN", .qty = 20, .reason = "sold"
	};
	struct session *s = shop();
	struct invoice_freight_said f;

	(void)state;
	must(s, come(s, 10, 0, 0, false));
	bill_freight(s, "FP-1", 100);
	must(s, come(s, 10, 0, 10, false));
	assert_int_equal(open_freight(s), 0); /* the rest may ask for it */
	bill_freight(s, "FP-2", 100);
	assert_int_equal(open_freight(s), -300);
	/* Of what is gone it is no cost of goods any more. */
	must(s, stock_issue(s, &out, NULL));
	must(s, invoice_freight_post(s, bill, &f));
	assert_int_equal(f.expense, -261);
	assert_int_equal(of(s, "value", "LID"), 3065 - 39);
	assert_int_equal(of(s, "value", "PAN"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
due_ones_stand_first_due_first(void **state)
{
	const struct invoice_filter due = { .state = INVOICE_DUE };
	struct invoice_edit e = { .company = "甲厂" };
	struct invoice_entry line = { .line_no = 1, .qty = 1, .price = 1000 };
	struct session *s = shop();
	const struct invoice *v;
	struct page page;
	int i;

	(void)state;
	line.purchase_id = order;
	must(s, come(s, 20, 0, 0, false));
	for (i = 0; i < 2; i++) {
		snprintf(e.invoice_no, sizeof(e.invoice_no), "FP-%d", i);
		e.dated = time_day(time_now()) - 40 * i;
		must(s, invoice_add(s, &e, &line, 1, &bill));
		must(s, invoice_approve(s, bill, ""));
	}
	must(s, invoice_page(s, &due, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(page.n, 2);
	v = page_row(&page, 0);
	assert_string_equal(v->invoice_no, "FP-1");
	assert_true(v->overdue);
	v = page_row(&page, 1);
	assert_false(v->overdue);
	assert_int_equal(v->open, 1000);
	page_free(&page);
	must(s, pay(s, "PI-2", "cash", 0));
	fixture_role(s, "clerk");
	must(s, invoice_page(s, &due, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(page.n, 1);
	v = page_row(&page, 0);
	assert_int_equal(v->total, 0); /* no costs for a clerk */
	page_free(&page);
	fixture_end(s);
}

static int
try_come(struct session *s)
{
	int rc = come(s, 10, 2, 5, false);

	slip = said.slip_id;
	return rc;
}

static int
try_go_back(struct session *s)
{
	return go_back(s, 3, 2);
}

static int
try_undo(struct session *s)
{
	return receipt_reverse(s, said.slip_id, "kept", NULL);
}

static int
try_invoice(struct session *s)
{
	return invoice_add(s,
	    &(struct invoice_edit){
		.company = "甲厂", .invoice_no = "FP-1", .freight = 480 },
	    &(struct invoice_entry){ order, 1, 8, 1000 }, 1, &bill);
}

static int
try_approve(struct session *s)
{
	return invoice_approve(s, bill, "");
}

static int
try_freight(struct session *s)
{
	struct invoice_freight_said f;

	return invoice_freight_post(s, bill, &f);
}

static int
try_pay(struct session *s)
{
	return pay(s, "PI-1", "bank", 500);
}

static int
try_unpay(struct session *s)
{
	int64_t counter;

	return supplier_unpay(s, paid, "bounced", &counter);
}

static int
try_back(struct session *s)
{
	return invoice_back(s, bill, "wrong");
}

/* Everything there is, in one figure. */
static int64_t
whole(struct session *s)
{
	return fixture_int(s,
	    "SELECT (SELECT coalesce(sum(state * 3 + version), 0)"
	    " FROM purchase) + (SELECT sum(received * 3 + returned * 5 +"
	    " invoiced * 7) FROM purchase_line) +"
	    " (SELECT coalesce(sum(on_hand * 13 + value + in_transit), 0)"
	    " FROM stock) + (SELECT count(*) * 17 FROM purchase_slip_line) +"
	    " (SELECT coalesce(sum(state * 19 + paid + version), 0)"
	    " FROM purchase_invoice) +"
	    " (SELECT count(*) * 23 FROM purchase_payment) +"
	    " (SELECT count(*) * 1000 FROM audit)");
}

static void
faults_leave_old_or_new(void **state)
{
	static int (*const verbs[])(struct session * s) = { try_come,
		try_go_back, try_undo, try_invoice, try_approve, try_freight,
		try_pay, try_unpay, try_back };
	struct session *s = fill(fixture_faulty("owner"));
	int64_t before;
	size_t i;
	int rc = -1;

	(void)state;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		before = whole(s);
		FOR_EACH_FAULT(f)
		{
			fault_arm(&f);
			rc = verbs[i](s);
			fault_disarm(&f);
			if (rc == 0)
				break;
			assert_true(f.hit);
			assert_int_equal(whole(s), before);
		}
		must(s, rc);
	}
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scan_is_a_piece_or_says_how_many),
		cmocka_unit_test(parts_come_with_their_share_of_the_freight),
		cmocka_unit_test(too_many_come_only_when_it_is_allowed),
		cmocka_unit_test(what_cannot_come_is_refused_whole),
		cmocka_unit_test(a_receipt_is_taken_back_once),
		cmocka_unit_test(goods_go_back_at_what_they_were_bought_for),
		cmocka_unit_test(
		    an_invoice_agrees_with_what_was_ordered_and_came),
		cmocka_unit_test(each_difference_is_told_in_words),
		cmocka_unit_test(what_comes_later_settles_a_difference),
		cmocka_unit_test(paid_in_parts_from_the_advance_and_back),
		cmocka_unit_test(a_credit_for_what_was_sent_back_pays_the_next),
		cmocka_unit_test(who_entered_an_invoice_does_not_approve_it),
		cmocka_unit_test(
		    more_freight_than_was_carried_goes_to_the_goods),
		cmocka_unit_test(
		    freight_that_came_with_the_first_part_is_carried_once),
		cmocka_unit_test(
		    less_freight_comes_off_the_goods_once_all_is_invoiced),
		cmocka_unit_test(due_ones_stand_first_due_first),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
