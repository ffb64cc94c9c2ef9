/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/staff.h"

/*
 * Every operation tried by every role. The matrix is the agreement; that it is
 * the same as data/roles.tsv is one test, that each operation asks for its
 * permission is another.
 */

static const char *const roles[] = { "owner", "manager", "supervisor", "agent",
	"aftersales", "warehouse", "clerk", "buyer", "editor" };
#define ROLES (sizeof(roles) / sizeof(roles[0]))

static const char matrix[] = "                owner\n"
			     "                | manager\n"
			     "                | | supervisor\n"
			     "                | | | agent\n"
			     "                | | | | aftersales\n"
			     "                | | | | | warehouse\n"
			     "                | | | | | | clerk\n"
			     "                | | | | | | | buyer\n"
			     "                | | | | | | | | editor\n"
			     "order.view      x x x x x x x . .\n"
			     "order.edit      x x x x x . . . .\n"
			     "order.hold      x x x x x x x . .\n"
			     "order.release   x x x x x x . . .\n"
			     "order.ship      x x . . . x x . .\n"
			     "order.cancel    x x x x . . . . .\n"
			     "import          x x x . . x . . .\n"
			     "export          x x x . . x x . .\n"
			     "customer.view   x x x x x . . . .\n"
			     "customer.edit   x x x x x . . . .\n"
			     "product.view    x x x x x x x x x\n"
			     "product.edit    x x . . . x . x x\n"
			     "stock.view      x x x x x x x x x\n"
			     "stock.receive   x x . . . x x x .\n"
			     "stock.adjust    x x . . . x . . .\n"
			     "cost.view       x x . . . x . x .\n"
			     "staff.view      x x x . . . . . .\n"
			     "staff.edit      x . . . . . . . .\n"
			     "setting.edit    x x . . . . . . .\n"
			     "audit.view      x x x . . x . . .\n"
			     "backup          x x . . . . . . .\n"
			     "contact.view    x x x x x . . . .\n"
			     "contact.reveal  x x x x x x x . .\n"
			     "approve         x x x . . x . . .\n"
			     "role.edit       x . . . . . . . .\n";

static void
roles_are_as_agreed(void **state)
{
	struct session *s = fixture_session("owner");
	struct str text = STR_INIT;
	unsigned p;
	size_t r;

	(void)state;
	for (r = 0; r < ROLES; r++) {
		str_addf(&text, "%16s", "");
		for (p = 0; p < r; p++)
			str_add(&text, "| ");
		str_addf(&text, "%s\n", roles[r]);
	}
	for (p = PERM_NONE + 1; p < PERM_MAX; p++) {
		str_addf(&text, "%-15s", perm_name((enum perm)p));
		for (r = 0; r < ROLES; r++) {
			fixture_role(s, roles[r]);
			str_add(
			    &text, session_may(s, (enum perm)p) ? " x" : " .");
		}
		str_addc(&text, '\n');
	}
	assert_string_equal(text.s, matrix);
	str_done(&text);
	fixture_end(s);
}

static void
names_go_both_ways(void **state)
{
	struct session *s = fixture_session("owner");
	unsigned p;

	(void)state;
	for (p = PERM_NONE + 1; p < PERM_MAX; p++)
		assert_int_equal(perm_by_name(perm_name((enum perm)p)), p);
	assert_int_equal(perm_by_name("no.such"), PERM_NONE);
	/* The data names none that the program does not know. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM role_perm WHERE role_id = 1"),
	    PERM_MAX - 1);
	fixture_end(s);
}

/* What there is to try things on. */
struct shop {
	struct session *s;
	int64_t order, variant, slip;
};

static int
try_order_page(struct shop *t)
{
	struct order_filter filter = { .tab = TAB_ALL };
	struct page page = { 0 };
	int rc = order_page(t->s, &filter, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_order_card(struct shop *t)
{
	struct order_card card;
	int rc = order_card(t->s, t->order, &card);

	if (rc == 0)
		order_card_free(&card);
	return rc;
}

static int
try_order_find(struct shop *t)
{
	struct page page = { 0 };
	int rc = order_find(t->s, "1001", 5, &page);

	page_free(&page);
	return rc;
}

static int
try_hold(struct shop *t)
{
	return order_hold(t->s, t->order, "manual", "wait");
}

static int
try_release(struct shop *t)
{
	return order_release(t->s, t->order, NULL, "go");
}

static int
try_remark(struct shop *t)
{
	struct order_remark edit = { .memo = "call first", .flag = 1 };

	return order_remark(t->s, t->order, 1, &edit);
}

static int
try_cancel(struct shop *t)
{
	return order_cancel(t->s, t->order, "no longer wanted");
}

static int
try_confirm(struct shop *t)
{
	return order_confirm(t->s, t->order, "by phone");
}

static int
try_pack(struct shop *t)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT1234567890123" };
	struct packing *p;
	int rc;

	if ((rc = pack_open(t->s, "1001", &p)) < 0)
		return rc;
	rc = pack_scan(t->s, p, "PAN", NULL);
	if (rc == PACK_COMPLETE)
		rc = pack_ship(t->s, p, &close, NULL);
	pack_free(p);
	return rc;
}

static int
try_customers(struct shop *t)
{
	struct page page = { 0 };
	int rc = customer_page(t->s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_variants(struct shop *t)
{
	struct variant_filter filter = { .order = VARIANT_BY_SKU };
	struct page page = { 0 };
	int rc = variant_page(t->s, &filter, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_variant_add(struct shop *t)
{
	struct variant_edit edit = { .sku_code = "NEW", .product = "New" };
	int64_t id;

	return variant_add(t->s, &edit, &id);
}

static int
try_variant_save(struct shop *t)
{
	struct variant_edit edit = { .sku_code = "PAN", .product = "Pan" };

	return variant_save(t->s, t->variant, 1, &edit);
}

static int
try_map(struct shop *t)
{
	return listing_map(t->s, 1, t->variant, NULL);
}

static const struct stock_entry pans = {
	.sku = "PAN", .qty = 1, .cost = 100, .reason = "for trying"
};

static int
try_receive(struct shop *t)
{
	return stock_receive(t->s, &pans, &t->slip);
}

static int
try_issue(struct shop *t)
{
	return stock_issue(t->s, &pans, &t->slip);
}

static int
try_adjust(struct shop *t)
{
	return stock_adjust(t->s, &pans, &t->slip);
}

static int
try_transfer(struct shop *t)
{
	return stock_transfer(t->s, &pans, "B-02", &t->slip);
}

static int
try_reverse(struct shop *t)
{
	int64_t counter;

	return stock_reverse(t->s, 1, "wrong", &counter);
}

static int
try_ledger(struct shop *t)
{
	struct page page = { 0 };
	int rc = ledger_page(t->s, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_import(struct shop *t)
{
	const char *file = fixture_file(
	    "skus.csv", "sku_code,product,price\nSPOON,Spoon,3.00\n");
	struct import_options opt = { .dry_run = true };
	struct import *im;
	int rc = import_run(t->s, "products", &file, 1, &opt, &im);

	if (rc == 0)
		import_free(im);
	return rc;
}

static int
try_export(struct shop *t)
{
	struct export_options opt = { 0 };
	int64_t rows;

	return export_run(t->s, "orders", fixture_path("out.csv"), &opt, &rows);
}

static int
try_staff(struct shop *t)
{
	struct page page = { 0 };
	int rc = staff_page(t->s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_staff_add(struct shop *t)
{
	struct staff_edit edit = { .login = "new",
		.name = "New",
		.roles = "clerk",
		.password = "long enough" };
	int64_t id;

	return staff_add(t->s, &edit, &id);
}

static int
try_audit(struct shop *t)
{
	struct page page = { 0 };
	int rc = audit_list(t->s, NULL, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_reveal(struct shop *t)
{
	struct page page = { 0 };
	int rc = contact_reveal(t->s, "order", t->order, &page);

	page_free(&page);
	return rc;
}

static int
try_backup(struct shop *t)
{
	static unsigned n;
	char name[32];

	snprintf(name, sizeof(name), "backup-%u", n++);
	return shopdb_backup(t->s, fixture_path(name));
}

/* A second permission only where an operation needs one beside. */
static const struct {
	const char *what;
	enum perm perm;
	int (*try)(struct shop *t);
} tries[] = {
	{ "order_page", PERM_ORDER_VIEW, try_order_page },
	{ "order_card", PERM_ORDER_VIEW, try_order_card },
	{ "order_find", PERM_ORDER_VIEW, try_order_find },
	{ "order_hold", PERM_ORDER_HOLD, try_hold },
	{ "order_release", PERM_ORDER_RELEASE, try_release },
	{ "order_remark", PERM_ORDER_EDIT, try_remark },
	{ "order_cancel", PERM_ORDER_CANCEL, try_cancel },
	{ "order_confirm", PERM_ORDER_EDIT, try_confirm },
	{ "pack_ship", PERM_ORDER_SHIP, try_pack },
	{ "customer_page", PERM_CUSTOMER_VIEW, try_customers },
	{ "variant_page", PERM_PRODUCT_VIEW, try_variants },
	{ "variant_add", PERM_PRODUCT_EDIT, try_variant_add },
	{ "variant_save", PERM_PRODUCT_EDIT, try_variant_save },
	{ "listing_map", PERM_PRODUCT_EDIT, try_map },
	{ "stock_receive", PERM_STOCK_RECEIVE, try_receive },
	{ "stock_issue", PERM_STOCK_ADJUST, try_issue },
	{ "stock_adjust", PERM_STOCK_ADJUST, try_adjust },
	{ "stock_transfer", PERM_STOCK_ADJUST, try_transfer },
	{ "stock_reverse", PERM_STOCK_ADJUST, try_reverse },
	{ "ledger_page", PERM_STOCK_VIEW, try_ledger },
	{ "import_run", PERM_IMPORT, try_import },
	{ "export_run", PERM_EXPORT, try_export },
	{ "staff_page", PERM_STAFF_VIEW, try_staff },
	{ "staff_add", PERM_STAFF_EDIT, try_staff_add },
	{ "audit_list", PERM_AUDIT_VIEW, try_audit },
	{ "backup", PERM_BACKUP, try_backup },
	{ "contact_reveal", PERM_CONTACT_REVEAL, try_reveal },
};

/* Refused to those who may not, and only to those; nothing is then done. */
static void
each_operation_asks(void **state)
{
	static const char sql_audits[] = "SELECT count(*) FROM audit";
	struct shop t = { 0 };
	int64_t audits;
	bool denied;
	size_t i, r;

	(void)state;
	for (r = 0; r < ROLES; r++) {
		t.s = fixture_session("owner");
		t.variant = fixture_variant(t.s, "PAN", 9, 3000);
		t.order = fixture_order(t.s, "1001", 1, "PAN", NULL);
		for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
			fixture_role(t.s, roles[r]);
			audits = fixture_int(t.s, sql_audits);
			denied = tries[i].try(&t) == ERR_DENIED;
			if (denied == session_may(t.s, tries[i].perm))
				fail_msg("%s, %s: %s", tries[i].what, roles[r],
				    denied ? t.s->err.text : "not refused");
			if (denied)
				assert_int_equal(
				    fixture_int(t.s, sql_audits), audits);
		}
		fixture_end(t.s);
	}
}

static void
nobody_may_do_nothing(void **state)
{
	struct shop t = { .s = fixture_session("owner") };
	size_t i;

	(void)state;
	t.variant = fixture_variant(t.s, "PAN", 9, 3000);
	t.order = fixture_order(t.s, "1001", 1, "PAN", NULL);
	session_logout(t.s);
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (tries[i].try(&t) != ERR_DENIED)
			fail_msg("%s: not refused", tries[i].what);
	fixture_end(t.s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_are_as_agreed),
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(each_operation_asks),
		cmocka_unit_test(nobody_may_do_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
