/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"
#include "till.h"

/* Goods at the door, and the invoices of those who sent them. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* PO-000001 has come in part and is invoiced, at another price; PO-000002 is on
 * its way. */
static void
trade(struct session *s)
{
	const struct company_edit co = { .name = "永康市厨具厂",
		.supplier = "yes",
		.carrier = "no",
		.buyer = "no",
		.lead_days = 7,
		.terms_days = 30 };
	const struct purchase_edit e = { .company = "永康市厨具厂",
		.freight = 4500 };
	const struct purchase_line_edit lines[] = {
		{ .sku_code = "GUO-24", .qty = 48, .price = 4050 },
		{ .sku_code = "GAI-24", .qty = 60, .price = 880 },
	};
	const struct receipt_line came[] = {
		{ .code = "GUO-24", .qty = 24, .bad = 2 },
		{ .code = "GAI-24", .qty = 60 },
	};
	struct receipt_doc doc = {
		.freight = RECEIPT_FREIGHT_KNOWN, .lines = came, .n = 2
	};
	const struct invoice_edit v = { .company = "永康市厨具厂",
		.invoice_no = "25312000" };
	struct invoice_entry billed[] = {
		{ .line_no = 1, .qty = 30, .price = 4050 },
		{ .line_no = 2, .qty = 60, .price = 880 },
	};
	struct receipt_said said;
	int64_t id;

	fixture_variant(s, "GUO-24", 6, 4200);
	fixture_variant(s, "GAI-24", 9, 900);
	fixture_variant(s, "DAO-8", 2, 3600);
	must(s, company_add(s, &co, &id));
	must(s, purchase_add(s, &e, lines, 2, &id));
	must(s, purchase_order(s, id));
	doc.purchase_id = billed[0].purchase_id = billed[1].purchase_id = id;
	must(s, receipt_post(s, &doc, &said));
	must(s, invoice_add(s, &v, billed, 2, &id));
	must(s, purchase_add(s, &e, lines, 2, &id));
	must(s, purchase_order(s, id));
}

static const struct {
	const char *lang;
	int h, w;
} sizes[] = {
	{ "zh_CN", 24, 80 },
	{ "en", 24, 80 },
	{ "zh_CN", 40, 120 },
	{ "en", 40, 120 },
};

static struct till *
open_till(const char *role, size_t i)
{
	struct till *k =
	    till_open("owner", sizes[i].lang, sizes[i].h, sizes[i].w);

	trade(k->s);
	fixture_role(k->s, role);
	return k;
}

static void
looks(const char *name, const char *keys)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		k = open_till("owner", i);
		till_keys(k, keys);
		snprintf(file, sizeof(file), "receive-%s-%.2s-%dx%d", name,
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

#define GO(what) "Ctrl-P '" what "' Enter "

static void
they_look_as_approved(void **state)
{
	(void)state;
	looks("bench", GO("Receiving") "'PO-2' Enter '12*GUO-24' Enter F4");
	looks(
	    "under-way", GO("Receiving") "'PO-2' Enter '12*GUO-24' Enter Esc");
	looks("invoice", GO("Invoices of suppliers") "Tab Tab Enter");
	looks("returns", GO("Returns to suppliers"));
	looks("gone-back",
	    GO("Returns to suppliers") "Enter Enter '锅底变形' Enter Tab");
	looks("sending", GO("Returns to suppliers") "Enter");
	looks("payments",
	    GO("Payments to suppliers") "n Enter 'YKSCJC' Tab '300' Ctrl-S "
					"X 'wrong' Enter");
	looks("freight",
	    GO("Invoices of suppliers") "Tab Tab X 'no' Enter "
					"n '永康市厨具厂' Tab 'B7' Tab Tab Tab "
					"'60' Ctrl-S Enter A 'so' Enter Esc");
}

/* Two of them go from here to another warehouse. */
static void
send_some(struct session *s)
{
	const struct warehouse_edit e = {
		.name = "上海仓", .province = "上海", .active = true
	};
	struct transfer_piece two = { "GAI-24", 2 };
	const struct transfer_edit t = {
		.to = "上海仓", .lines = &two, .n = 1
	};
	int64_t id, slip;

	must(s, warehouse_add(s, &e, &id));
	must(s, transfer_add(s, &t, &id));
	must(s, transfer_send(s, id, &slip));
}

/* Whoever opens the bench sees what comes, and needs no number. */
static void
what_is_expected_is_chosen(void **state)
{
	struct till *k;
	char file[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		k = open_till("owner", i);
		send_some(k->s);
		till_keys(k, GO("Receiving"));
		snprintf(file, sizeof(file), "receive-expected-%.2s-%dx%d",
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_keys(k, "Down Enter '12*GUO-24' Enter Esc");
		till_sees(k, "PO-000002");
		till_keys(k, "Down Down Enter");
		till_sees(k, "主仓 → 上海仓");
		till_keys(k, "Esc 'TO-000001' Enter");
		till_sees(k, "主仓 → 上海仓");
		till_close(k);
	}
}

/* Who works in one warehouse is shown what comes there. */
static void
what_goes_elsewhere_is_not_expected(void **state)
{
	struct till *k = open_till("owner", 1);

	(void)state;
	send_some(k->s);
	must(k->s, floor_choose(k->s, 2));
	till_keys(k, GO("Receiving"));
	till_sees(k, "TO-000001");
	till_misses(k, "PO-000001");
	must(k->s, transfer_arrive(k->s, 1, NULL, 0, "", &(int64_t){ 0 }));
	till_keys(k, "Esc " GO("Receiving"));
	till_sees(k, "No order is under way. Which one did the goods come");
	till_close(k);
}

static void
goods_are_received_by_scanning(void **state)
{
	struct till *k = open_till("warehouse", 3);

	(void)state;
	till_keys(k, GO("Receiving") "F6");
	till_sees(k, "Nothing was received yet.");
	till_keys(k, "'PO-9' Enter");
	till_sees(k, "There is no purchase order PO-9");
	till_keys(k, "'po-2' Enter 'DAO-8' Enter");
	till_sees(k, "was not ordered");
	till_keys(k, "'GAI-24' Enter 'GAI-24' Enter F4");
	till_sees(k, "1 of them are defective.");
	till_keys(k, "'99*GUO-24' Enter");
	till_sees(k, "TOO MANY");
	till_keys(k, "'47*GUO-24' Enter 'GAI-24' Enter");
	assert_null(strstr(drive_text(k->d), "✔"));
	till_keys(k, "'2*GAI-24' Enter '48*GUO-24' Enter 'GAI-24' Enter");
	till_sees(k, "✔ GUO-24");
	till_keys(k, "'2*GAI-24' Enter F8 Enter");
	till_sees(k, "50 came; still to come: 58");
	till_keys(k, "F6");
	till_sees(k, "50 pages are in");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(received * 100 + bad) FROM"
			      " purchase_line WHERE purchase_id = 2"),
	    5001);
	till_close(k);
}

static void
scans_stay_until_they_are_received_or_thrown_away(void **state)
{
	struct till *k = open_till("warehouse", 3);

	(void)state;
	till_keys(k, GO("Receiving") "F7");
	till_sees(k, "Nothing was scanned yet.");
	till_keys(k, "'PO-2' Enter '12*GUO-24' Enter 'GAI-24' Enter Esc");
	till_sees(k, "PO-000002: 13 scanned pieces are kept.");
	till_sees(k, "Scanned and not received yet");
	till_keys(k, "Enter");
	till_sees(k, "PO-000002: 13 pieces were scanned before; go on.");
	till_keys(k, "F4");
	till_sees(k, "1 of them are defective.");
	till_keys(k, "F4");
	till_sees(k, "Scan the piece first, then say that it is bad");
	till_keys(k, "Esc Esc " GO("Purchase orders"));
	till_sees(k, "0 +13");
	till_keys(k, "Enter");
	till_sees(k, "13 pieces scanned, not received");
	till_keys(k, "R F7");
	till_sees(k, "Throw away the scans of 13 pieces of PO-000002?");
	till_keys(k, "Esc");
	till_sees(k, "13 pieces");
	till_keys(k, "F7 Enter");
	till_sees(k, "PO-000002: the scans are thrown away.");
	till_keys(k, "F8");
	till_sees(k, "Nothing was scanned yet.");
	till_keys(k, "Esc");
	till_sees(k, "Purchase order");
	fixture_verify(k->s);
	till_close(k);
}

/* Somebody else is at the same order. */
static void
two_benches_scan_one_delivery(void **state)
{
	struct till *k = open_till("warehouse", 3);
	const struct receipt_doc doc = { .freight = RECEIPT_FREIGHT_KNOWN };
	struct receiving_now now;
	struct receipt_scan scan;
	struct receipt_said said;

	(void)state;
	till_keys(k, GO("Receiving") "'PO-2' Enter '2*GUO-24' Enter");
	must(k->s, receiving_scan(k->s, 2, "5*GAI-24", &scan, &now));
	till_keys(k, "'GUO-24' Enter");
	till_sees(k, "8 pieces");
	must(k->s, receiving_scan(k->s, 2, "GAI-24", &scan, &now));
	/* What one was not shown is not received. */
	till_keys(k, "F8 Enter");
	till_sees(k, "More of PO-000002 was scanned meanwhile");
	till_sees(k, "9 pieces");
	must(k->s, receiving_post(k->s, now.id, 0, &doc, &said));
	till_keys(k, "F8 Enter");
	till_sees(k, "was received as IN-");
	till_keys(k, "'GUO-24' Enter");
	till_sees(k, "1 piece");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(received) FROM purchase_line"
			      " WHERE purchase_id = 2"),
	    9);
	fixture_verify(k->s);
	till_close(k);
}

static void
the_card_of_an_order_leads_there(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Purchase orders") "Enter R");
	till_sees(k, "scan what came");
	till_keys(k, "Esc");
	till_sees(k, "Purchase order");
	till_close(k);
}

static void
an_invoice_is_entered_approved_and_paid(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Invoices of suppliers") "Tab Tab A Enter");
	till_sees(k, "differs: say why it is paid");
	till_keys(k, "A 'short, they will send it' Enter Tab");
	till_sees(k, "PI-000001");
	till_keys(k, "p Enter Ctrl-U '500' Ctrl-S");
	till_sees(k, "Paid: PI-000001.");
	till_sees(k, "1,243.00");
	till_close(k);
}

/* What came of one order is proposed, and whose it is stands. */
static void
the_card_of_an_order_leads_to_its_invoice(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Invoices of suppliers") "Tab Tab X 'no' Enter");
	/* Who buys enters it, too; another approves it. */
	fixture_role(k->s, "buyer");
	till_keys(k, "Esc " GO("Purchase orders") "Tab Enter");
	till_sees(k, "PO-000001");
	till_keys(k, "i 'B8' Ctrl-S");
	till_sees(k, "PO-000001");
	till_keys(k, "Enter");
	till_sees(k, "PI-000002 is entered.");
	till_keys(k, "Esc");
	till_sees(k, "PO-000001");
	fixture_role(k->s, "owner");
	fixture_verify(k->s);
	till_close(k);
}

/* Nothing is typed that would be refused. */
static void
lines_of_a_closed_order_stay(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Purchase orders") "Tab Enter c 'enough' Enter");
	till_keys(k, "Enter");
	till_sees(k, "PO-000001 is closed short already");
	till_close(k);
}

static void
defective_pieces_go_back_and_come_again(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Returns to suppliers"));
	till_sees(k, "GUO-24");
	till_keys(k, "Enter");
	till_sees(k, "Send back: 2 pieces, 2 of them defective");
	/* More than is defective is refused, and nothing typed is lost. */
	till_keys(k, "Down Enter Ctrl-U '5' Tab Ctrl-U '4' Ctrl-S Up Enter");
	till_keys(k, "'dented' Enter");
	till_sees(k, "Only 2 are defective, 4 are wanted");
	till_keys(k, "Down Enter Tab Ctrl-U '2' Ctrl-S Up Enter");
	till_keys(k, "'dented' Enter");
	till_sees(k, "5 go back, 2 of them defective.");
	till_sees(k, "Nothing defective is here.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT returned FROM purchase_line"
			      " WHERE purchase_id = 1 AND line_no = 1"),
	    5);
	till_keys(k, "Tab R 'kept' Enter Enter");
	till_sees(k, "is taken back.");
	till_keys(k, "n 'PO-2' Enter");
	till_sees(k, "nothing is here that could go back");
	till_keys(k, "Enter n 'IN-000004' Enter Esc");
	till_sees(k, "Gone back");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(returned) FROM purchase_line"), 0);
	fixture_verify(k->s);
	till_close(k);
}

static void
a_receipts_slip_sends_back_and_is_taken_back(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Stock slips") "Tab Enter");
	till_sees(k, "Purchase order  PO-000001");
	till_keys(k, "b Enter 'dented' Enter");
	till_sees(k, "2 go back, 2 of them defective.");
	till_keys(k, "R 'all of it' Enter Enter");
	till_sees(k, "There are only 0 in stock, 2 are wanted");
	till_close(k);
}

static void
paid_in_advance_used_up_and_back(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Payments to suppliers"));
	till_sees(k, "Nothing was paid yet.");
	till_keys(k, "n Enter 'YKSCJC' Tab '300' Ctrl-S");
	till_sees(k, "Paid in advance: ");
	till_sees(k, "PP-000001");
	till_keys(k, GO("Invoices of suppliers") "Tab Tab Enter A 'so' Enter");
	till_sees(k, "PI-000001 is approved.");
	till_keys(k, "p");
	till_sees(k, "out of the advance, of which 300.00 are left");
	till_keys(k, "Enter Ctrl-S");
	till_sees(k, "paid 300.00, open 1,443.00");
	till_keys(k, "Tab");
	till_sees(k, "PP-000002");
	till_keys(k, "u 'bounced' Enter");
	till_sees(k, "PP-000002 is taken back by PP-000003.");
	till_sees(k, "paid 0.00, open 1,743.00");
	till_keys(k, "Esc " GO("Payments to suppliers") "Tab");
	till_sees(k, "PP-000001");
	till_keys(k, "X 'back' Enter");
	till_sees(k, "PP-000001 is taken back by PP-000004.");
	fixture_verify(k->s);
	till_close(k);
}

static void
freight_is_put_on_the_goods_after_a_question(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Invoices of suppliers") "Tab Tab X 'no' Enter");
	till_keys(k, "n '永康市厨具厂' Tab 'B7' Tab Tab Tab '60' Ctrl-S");
	till_keys(k, "Enter");
	till_sees(k, "PI-000002 is entered.");
	till_keys(k, "A 'dearer' Enter");
	till_sees(k, "more on the goods that came?");
	till_keys(k, "Esc");
	till_sees(k, "are not on the goods yet; F puts them there");
	till_keys(k, "F Enter");
	till_sees(k, "is on the goods.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM stock_slip"
			      " WHERE kind = 'cost' AND purchase_id = 1"),
	    1);
	fixture_verify(k->s);
	till_close(k);
}

static void
nobody_approves_what_he_entered(void **state)
{
	struct till *k = open_till("manager", 3);

	(void)state;
	fixture_role(k->s, "owner");
	till_keys(k, GO("Invoices of suppliers") "Tab Tab A 'so' Enter");
	till_sees(k, "You entered PI-000001 yourself");
	till_keys(k, "Enter X 'mistyped' Enter");
	till_sees(k, "PI-000001 is taken back.");
	till_close(k);
}

static void
what_was_selected_comes_without_an_order(void **state)
{
	struct till *k = open_till("warehouse", 3);

	(void)state;
	till_keys(k, "F4 Space Space +");
	till_sees(k, "Take in: 0 pieces for 0.00");
	till_keys(k, "Up Enter");
	till_sees(k, "Nothing came yet");
	till_keys(k, "Enter Down Enter '7' Tab Ctrl-U '0' Ctrl-S Up Enter");
	till_keys(k, "'永康市厨具厂' Tab Tab Tab 'gift' Ctrl-S");
	till_sees(k, "7 pieces are in the ledger; L prints their labels.");
	till_sees(k, "gift");
	till_keys(k, "L");
	till_sees(k, "7 pages are in");
	fixture_verify(k->s);
	till_close(k);
}

static void
a_suppliers_figures_lead_to_what_is_behind_them(void **state)
{
	struct till *k = open_till("owner", 3);

	(void)state;
	till_keys(k, GO("Companies") "Enter Tab Tab Enter");
	till_sees(k, "Purchase orders  永康市厨具厂");
	till_keys(k, "Esc End Enter");
	till_sees(k, "Returns to suppliers  永康市厨具厂");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_expected_is_chosen),
		cmocka_unit_test(what_goes_elsewhere_is_not_expected),
		cmocka_unit_test(goods_are_received_by_scanning),
		cmocka_unit_test(
		    scans_stay_until_they_are_received_or_thrown_away),
		cmocka_unit_test(two_benches_scan_one_delivery),
		cmocka_unit_test(the_card_of_an_order_leads_there),
		cmocka_unit_test(an_invoice_is_entered_approved_and_paid),
		cmocka_unit_test(the_card_of_an_order_leads_to_its_invoice),
		cmocka_unit_test(lines_of_a_closed_order_stay),
		cmocka_unit_test(defective_pieces_go_back_and_come_again),
		cmocka_unit_test(a_receipts_slip_sends_back_and_is_taken_back),
		cmocka_unit_test(paid_in_advance_used_up_and_back),
		cmocka_unit_test(freight_is_put_on_the_goods_after_a_question),
		cmocka_unit_test(nobody_approves_what_he_entered),
		cmocka_unit_test(what_was_selected_comes_without_an_order),
		cmocka_unit_test(
		    a_suppliers_figures_lead_to_what_is_behind_them),
		cmocka_unit_test(they_look_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
