/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/session.h"
#include "till.h"

/* Payments, statements and papers by keys, and how they look. */

#define ORDER "4119203366520877731"
#define LATER "2026-11-22,"

/* One line finds its order, one is of an order unknown here, one went. */
#define STATEMENT \
	"商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id," \
	"入帐类型,收入金额(元),支出金额(元),业务描述\n" \
	"小店," LATER "09:12:33,201," ORDER ",,交易收款,201.12,0.00,\n" \
	"小店," LATER "09:40:00,202,,,交易收款,201.12,0.00,货款\n" \
	"小店," LATER "10:00:00,203,,,服务费,0.00,4.95,技术服务费\n"

static void
must(struct till *k, int rc)
{
	if (rc < 0)
		fail_msg("%s", session_err(k->s)->text);
}

static void
pay(struct till *k, const char *method, int64_t fen, const char *ref,
    int64_t due_at)
{
	struct payment_edit e = { .amount = fen, .due_at = due_at };
	int64_t order, id;

	snprintf(e.method, sizeof(e.method), "%s", method);
	snprintf(e.ref, sizeof(e.ref), "%s", ref);
	must(k, order_by_no(k->s, ORDER, &order));
	must(k, payment_add(k->s, order, &e, &id));
}

static struct till *
open_till(const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	const char *file = fixture_file("money.csv", STATEMENT);
	int64_t now = fixture_int(k->s, "SELECT max(at) FROM audit");
	struct import *im;

	pay(k, "bank", 10112, "6217001", 0);
	pay(k, "cod", 10000, "", now + 3 * 86400);
	must(k, import_run(k->s, "payments", &file, 1,
		    &(struct import_options){ 0 }, &im));
	import_free(im);
	return k;
}

#define GO(what)    "Ctrl-P '" what "' Enter "
#define PAYMENTS    GO("Payments of")
#define STATEMENTS  GO("Statements")
#define DOCUMENTS   GO("Numbered")
#define CORRECTIONS GO("Corrections")

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "payments", PAYMENTS },
	{ "payment-new", PAYMENTS "n" },
	{ "statements", STATEMENTS },
	{ "statement-match", STATEMENTS "Down m" },
	{ "statements-missing", STATEMENTS "Tab Tab" },
	{ "held", STATEMENTS "Shift-Tab" },
	{ "order-money", "scan:" ORDER " 5" },
	{ "order-paper", "scan:" ORDER " i" },
	{ "documents", "scan:" ORDER " i Enter Esc " DOCUMENTS },
	{ "corrections", CORRECTIONS },
	{ "corrections-filter", CORRECTIONS "f" },
};

static void
looks_as_approved(const char *lang, int h, int w)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		k = open_till(lang, h, w);
		till_keys(k, looks[i].keys);
		snprintf(file, sizeof(file), "money-%s-%.2s-%dx%d",
		    looks[i].name, lang, w, h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

static void
each_looks_as_approved(void **state)
{
	(void)state;
	looks_as_approved("zh_CN", 24, 80);
	looks_as_approved("en", 24, 80);
	looks_as_approved("zh_CN", 40, 120);
	looks_as_approved("en", 40, 120);
}

static void
a_payment_is_written_down_received_and_taken_back(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, "scan:" ORDER " t");
	till_sees(k, "101.12 came");
	till_keys(k, "Tab '50' Tab Tab Tab 'X-1' Ctrl-S");
	till_sees(k, "The payment is kept: 151.12 came");
	till_keys(k, PAYMENTS "Tab");
	till_sees(k, "cash on delivery");
	till_keys(k, "r 'COD-7' Enter");
	till_sees(k, "The payment came.");
	till_sees(k, "Nothing is still to come.");
	till_keys(k, "Tab Tab");
	till_sees(k, "100.00");
	till_keys(k, "Down Del 'twice' Enter");
	till_sees(k, "cancelled by a counter-entry");
	till_misses(k, "100.00");
	fixture_verify(k->s);
	till_close(k);
}

/* Its time of payment is only when it was let go: no money came yet. */
static void
an_order_paid_at_the_door_says_no_time_of_payment(void **state)
{
	const struct order_how how = { .cod = true };
	struct till *k = till_open("manager", "en", 24, 80);
	struct sale sale = { .nick = "door", .n = 1 };
	char keys[40];
	int64_t id;

	(void)state;
	address_read("张三 13800138000 浙江省杭州市西湖区文一路1号", &sale.to);
	sale.line[0].qty = 1;
	copy_text(sale.line[0].sku, sizeof(sale.line[0].sku), "MD-1000");
	must(k, order_add(k->s, &sale, &how, &id));
	snprintf(keys, sizeof(keys), "scan:SO-%06lld", (long long)id);
	till_keys(k, keys);
	till_sees(k, "cash on delivery");
	till_sees(k, "Cleared at");
	till_misses(k, "Paid at");
	till_close(k);
}

static void
a_line_finds_its_order_and_goes_back(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, STATEMENTS);
	till_sees(k, "3 new lines, 1 of them matched with orders");
	till_keys(k, "e 'fee' Enter");
	till_sees(k, "The line is explained.");
	till_keys(k, "m End Enter '4119203366520877702' Enter");
	till_sees(k, "The line has its order.");
	till_sees(k, "All money that came is for an order");
	till_keys(k, "Tab u");
	till_sees(k, "The line is open again.");
	till_keys(k, "x Ctrl-S");
	assert_true(till_has_file(k, "statements"));
	fixture_verify(k->s);
	till_close(k);
}

static void
a_paper_is_issued_printed_again_and_cancelled(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, "scan:" ORDER " i Down Enter 'ACME' Ctrl-S");
	till_sees(k, "1 page is in");
	assert_true(till_has_file(k, "invoice"));
	till_keys(k, "6");
	till_sees(k, "SI-000001");
	till_keys(k, "Del 'wrong name' Enter");
	till_sees(k, "SI-000001 is cancelled.");
	till_keys(k, DOCUMENTS "P");
	till_sees(k, "1 page is in");
	till_sees(k, "wrong name");
	till_close(k);
}

/* Rows of other lists are no lines. */
static void
what_a_platform_holds_is_no_line_to_match(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, STATEMENTS "Shift-Tab m");
	till_sees(k, "Only lines of statements are matched or explained");
	till_keys(k, "Esc " STATEMENTS "Shift-Tab e");
	till_sees(k, "Only lines of statements are matched or explained");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_platform_holds_is_no_line_to_match),
		cmocka_unit_test(each_looks_as_approved),
		cmocka_unit_test(
		    a_payment_is_written_down_received_and_taken_back),
		cmocka_unit_test(
		    an_order_paid_at_the_door_says_no_time_of_payment),
		cmocka_unit_test(a_line_finds_its_order_and_goes_back),
		cmocka_unit_test(a_paper_is_issued_printed_again_and_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
