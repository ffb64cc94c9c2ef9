/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receipts.h"
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
	looks("invoice", GO("Invoices of suppliers") "Tab Tab Enter");
}

static void
goods_are_received_by_scanning(void **state)
{
	struct till *k = open_till("warehouse", 3);

	(void)state;
	till_keys(k, GO("Receiving") "'PO-9' Enter");
	till_sees(k, "There is no purchase order PO-9");
	till_keys(k, "'po-2' Enter 'DAO-8' Enter");
	till_sees(k, "was not ordered");
	till_keys(k, "'GAI-24' Enter 'GAI-24' Enter F4");
	till_sees(k, "1 of them are defective.");
	till_keys(k, "'99*GUO-24' Enter");
	till_sees(k, "TOO MANY");
	till_keys(k, "'48*GUO-24' Enter F8 Enter");
	till_sees(k, "50 came; still to come: 58");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(received * 100 + bad) FROM"
			      " purchase_line WHERE purchase_id = 2"),
	    5001);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goods_are_received_by_scanning),
		cmocka_unit_test(the_card_of_an_order_leads_there),
		cmocka_unit_test(an_invoice_is_entered_approved_and_paid),
		cmocka_unit_test(they_look_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
