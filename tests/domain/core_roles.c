/* SPDX-License-Identifier: MIT */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "count_tries.h"
#include "door_tries.h"
#include "fixture.h"
#include "freight_tries.h"
#include "goods_tries.h"
#include "kit_tries.h"
#include "made_tries.h"
#include "money_tries.h"
#include "print_tries.h"
#include "purchase_tries.h"
#include "receive_tries.h"
#include "review_tries.h"
#include "sale_tries.h"
#include "ship_tries.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/backup.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/shops.h"
#include "shopmgr/domain/staff.h"
#include "stock_tries.h"
#include "track_tries.h"
#include "wave_tries.h"

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
			     "role.edit       x . . . . . . . .\n"
			     "order.add       x x x x x . . . .\n"
			     "order.review    x x x x . x . . .\n"
			     "rule.edit       x x x . . . . . .\n"
			     "production.edit x x x x . x . x .\n"
			     "payment.view    x x x x x . . . .\n"
			     "payment.edit    x x x x . . . . .\n"
			     "payment.check   x x . . . . . . .\n"
			     "document.issue  x x x x . x . . .\n"
			     "wave.make       x x . . . x . . .\n"
			     "pack.force      x x . . . x . . .\n"
			     "freight.view    x x x . . x . . .\n"
			     "freight.edit    x x . . . x . . .\n"
			     "track.edit      x x x x x x . . .\n"
			     "stock.move      x x . . . x x . .\n"
			     "warehouse.edit  x x . . . x . . .\n"
			     "count           x x . . . x x . .\n"
			     "count.post      x x . . . x . . .\n"
			     "company.view    x x x . . x . x .\n"
			     "company.edit    x x . . . . . x .\n"
			     "purchase.view   x x . . . x x x .\n"
			     "purchase.ask    x x x . . x . x .\n"
			     "purchase.order  x x . . . . . x .\n"
			     "purchase.pay    x x . . . . . . .\n"
			     "sale.edit       x x x . . . . . .\n";

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
try_reopen(struct shop *t)
{
	/* Nobody has cancelled it. */
	int rc = order_reopen(t->s, t->order, "after all");

	return rc == ERR_STATE ? 0 : rc;
}

static int
try_address(struct shop *t)
{
	const struct order_address edit = {
		.name = "王", .phone = "13900001111", .address = "1"
	};
	int rc = order_address(t->s, t->order, 1, &edit);

	/* Who sees it masked may not change it. */
	return rc == ERR_DENIED && session_may(t->s, PERM_ORDER_EDIT) &&
		       !session_may(t->s, PERM_CONTACT_VIEW)
		   ? 0
		   : rc;
}

static int
try_money(struct shop *t)
{
	struct order_money edit = { .n = 0 };
	int rc = order_money(t->s, t->order, 1, &edit);

	/* It was paid on its platform. */
	return rc == ERR_STATE ? 0 : rc;
}

static int
try_terms(struct shop *t)
{
	const struct order_terms edit = { .delivery = DELIVERY_BUILDING };

	return order_terms(t->s, t->order, 1, &edit);
}

static int
try_agent(struct shop *t)
{
	return order_agent(t->s, t->order, "owner");
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

static const struct stock_entry pans = { .sku = "PAN",
	.qty = 1,
	.cost = 100,
	.reason = "for trying",
	.new_bin = true };

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

/* There is none with that number: who may, gets as far as to be told. */
static int
try_import_undo(struct shop *t)
{
	int rc = import_undo(t->s, 4711, NULL);

	return rc == ERR_NOTFOUND ? 0 : rc;
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
try_teach(struct shop *t)
{
	static const char *const header[] = { "no", "at" };
	static const char *const fields[] = { "order_no", "created_at" };
	const struct import_look look = { .ncols = 2, .header = header };

	return import_teach(t->s, &look, "orders", "", "Mine", fields);
}

static int
try_unteach(struct shop *t)
{
	return import_unteach(t->s, 1);
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

static int
try_backup_keep(struct shop *t)
{
	struct str path = STR_INIT;
	int rc = backup_keep(t->s, fixture_path("kept"), &path);

	str_done(&path);
	return rc;
}

static int
try_backup_list(struct shop *t)
{
	struct page page = { 0 };
	int rc = backup_list(t->s, fixture_path("."), &page);

	page_free(&page);
	return rc;
}

static int
try_audit_head(struct shop *t)
{
	char hash[65];
	int64_t id;

	return audit_head(t->s, &id, hash);
}

static int
try_rehearse(struct shop *t)
{
	return backup_rehearse(t->s, fixture_path("no such copy"), NULL, NULL);
}

static int
try_shop_save(struct shop *t)
{
	return shop_save(t->s, 999, "taobao", "A");
}

/* The operations that are recorded, each with its permission, and the reads. */
static const struct {
	const char *op; /* NULL: reads */
	enum perm perm;
	int (*try)(struct shop *t);
	int (*door)(struct session *s); /* instead */
} tries[] = {
	{ NULL, PERM_ORDER_VIEW, try_order_page, NULL },
	{ NULL, PERM_ORDER_VIEW, try_order_card, NULL },
	{ NULL, PERM_ORDER_VIEW, try_order_find, NULL },
	{ "order-hold", PERM_ORDER_HOLD, try_hold, NULL },
	{ "order-release", PERM_ORDER_RELEASE, try_release, NULL },
	{ "order-remark", PERM_ORDER_EDIT, try_remark, NULL },
	{ "order-cancel", PERM_ORDER_CANCEL, try_cancel, NULL },
	{ "order-confirm", PERM_ORDER_EDIT, try_confirm, NULL },
	{ "order-reopen", PERM_ORDER_CANCEL, try_reopen, NULL },
	{ "order-address", PERM_ORDER_EDIT, try_address, NULL },
	{ "order-money", PERM_ORDER_EDIT, try_money, NULL },
	{ "order-terms", PERM_ORDER_EDIT, try_terms, NULL },
	{ "order-agent", PERM_ORDER_EDIT, try_agent, NULL },
	{ "order-ship", PERM_ORDER_SHIP, try_pack, NULL },
	{ NULL, PERM_CUSTOMER_VIEW, try_customers, NULL },
	{ NULL, PERM_PRODUCT_VIEW, try_variants, NULL },
	{ "product-add", PERM_PRODUCT_EDIT, try_variant_add, NULL },
	{ "product-save", PERM_PRODUCT_EDIT, try_variant_save, NULL },
	{ "listing-map", PERM_PRODUCT_EDIT, try_map, NULL },
	{ "stock-receive", PERM_STOCK_RECEIVE, try_receive, NULL },
	{ "stock-issue", PERM_STOCK_ADJUST, try_issue, NULL },
	{ "stock-adjust", PERM_STOCK_ADJUST, try_adjust, NULL },
	{ "stock-move", PERM_STOCK_MOVE, try_transfer, NULL },
	{ "stock-reverse", PERM_STOCK_ADJUST, try_reverse, NULL },
	{ NULL, PERM_STOCK_VIEW, try_ledger, NULL },
	{ "import", PERM_IMPORT, try_import, NULL },
	{ "import-undo", PERM_IMPORT, try_import_undo, NULL },
	{ "layout-teach", PERM_SETTING_EDIT, try_teach, NULL },
	{ "layout-unteach", PERM_SETTING_EDIT, try_unteach, NULL },
	{ "shop-save", PERM_SETTING_EDIT, try_shop_save, NULL },
	{ "export", PERM_EXPORT, try_export, NULL },
	{ NULL, PERM_STAFF_VIEW, try_staff, NULL },
	{ "staff-add", PERM_STAFF_EDIT, try_staff_add, NULL },
	{ NULL, PERM_AUDIT_VIEW, try_audit, NULL },
	{ NULL, PERM_AUDIT_VIEW, try_audit_head, NULL },
	{ "backup", PERM_BACKUP, try_backup, NULL },
	{ "backup", PERM_BACKUP, try_backup_keep, NULL },
	{ NULL, PERM_BACKUP, try_backup_list, NULL },
	{ "backup-rehearse", PERM_BACKUP, try_rehearse, NULL },
	{ "contact-reveal", PERM_CONTACT_REVEAL, try_reveal, NULL },
	{ NULL, PERM_STAFF_VIEW, NULL, try_staff_get },
	{ NULL, PERM_STAFF_VIEW, NULL, try_staff_by_login },
	{ "staff-save", PERM_STAFF_EDIT, NULL, try_staff_save },
	{ "staff-close", PERM_STAFF_EDIT, NULL, try_staff_close },
	{ "staff-reopen", PERM_STAFF_EDIT, NULL, try_staff_reopen },
	{ "staff-reset", PERM_STAFF_EDIT, NULL, try_staff_reset },
	{ "staff-unlock", PERM_STAFF_EDIT, NULL, try_staff_unlock },
	{ "staff-badge", PERM_STAFF_EDIT, NULL, try_badge },
	{ "staff-badge-drop", PERM_STAFF_EDIT, NULL, try_badge_drop },
	{ "staff-otp-end", PERM_STAFF_EDIT, NULL, try_otp_end },
	{ NULL, PERM_STAFF_VIEW, NULL, try_roles },
	{ "role-add", PERM_ROLE_EDIT, NULL, try_role_add },
	{ "role-save", PERM_ROLE_EDIT, NULL, try_role_save },
	{ NULL, PERM_SETTING_EDIT, NULL, try_settings },
	{ "setting-save", PERM_SETTING_EDIT, NULL, try_setting_save },
	SHIP_TRIES,
	REVIEW_TRIES,
	GOODS_TRIES,
	KIT_TRIES,
	FREIGHT_TRIES,
	STOCK_TRIES,
	WAVE_TRIES,
	MADE_TRIES,
	PURCHASE_TRIES,
	RECEIVE_TRIES,
	COUNT_TRIES,
	MONEY_TRIES,
	TRACK_TRIES,
	PRINT_TRIES,
	SALE_TRIES,
};
#define TRIES (sizeof(tries) / sizeof(tries[0]))

static int
try_one(struct shop *t, size_t i)
{
	return tries[i].try != NULL ? tries[i].try(t) : tries[i].door(t->s);
}

static const char *
what(size_t i)
{
	static char text[64];

	snprintf(text, sizeof(text), "%s (%s, row %zu)",
	    tries[i].op != NULL ? tries[i].op : "reading",
	    perm_name(tries[i].perm), i);
	return text;
}

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
		fixture_role(t.s, "editor"); /* somebody to change */
		for (i = 0; i < TRIES; i++) {
			fixture_role(t.s, roles[r]);
			audits = fixture_int(t.s, sql_audits);
			denied = try_one(&t, i) == ERR_DENIED;
			if (denied == session_may(t.s, tries[i].perm))
				fail_msg("%s, %s: %s", what(i), roles[r],
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
	for (i = 0; i < TRIES; i++)
		if (try_one(&t, i) != ERR_DENIED)
			fail_msg("%s: not refused", what(i));
	fixture_end(t.s);
}

/* Done to nobody's account but one's own, or by the program itself. */
static bool
is_exempt(const char *op, const char *perm)
{
	return strcmp(perm, "PERM_NONE") == 0 ||
	       strcmp(op, "shop-demo") == 0; /* only a shop that is empty */
}

static bool
is_tried(const char *op)
{
	for (size_t i = 0; i < TRIES; i++)
		if (tries[i].op != NULL && strcmp(tries[i].op, op) == 0)
			return true;
	return false;
}

/* Whether the fault injector's roster says something of it. */
static bool
is_faulted(const char *roster, const char *op)
{
	char line[80];

	snprintf(line, sizeof(line), "\n%s ", op);
	return strstr(roster, line) != NULL;
}

/* Each "struct op op_x = { "name", PERM_X, ..." of the file. */
static size_t
check_ops_of(const char *text, const char *roster)
{
	char op[64], perm[64];
	size_t n = 0;

	while ((text = strstr(text, "struct op op_")) != NULL) {
		text += strlen("struct op op_");
		if (sscanf(text, "%*[a-z_] = { \"%63[a-z-]\", %63[A-Z_]", op,
			perm) != 2)
			continue;
		n++;
		if (!is_exempt(op, perm) && !is_tried(op))
			fail_msg("%s has no row in tries[]", op);
		if (strcmp(audit_op_text(op), op) == 0)
			fail_msg("%s has no words in audit_op_text()", op);
		if (!is_faulted(roster, op))
			fail_msg("%s has no line in faulted.txt", op);
	}
	return n;
}

static char *
slurp(const char *path)
{
	struct str text = STR_INIT;
	char buf[4096];
	FILE *f;
	size_t n;

	f = fopen(path, "r");
	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&text, buf, n);
	fclose(f);
	return str_take(&text);
}

/* Who writes a verb writes its row: the sources say which there are. */
static void
no_operation_is_forgotten(void **state)
{
	glob_t found;
	char *text, *roster = slurp("tests/domain/faulted.txt");
	size_t i, n = 0;

	(void)state;
	assert_int_equal(glob("src/domain/*/*.c", 0, NULL, &found), 0);
	for (i = 0; i < found.gl_pathc; i++) {
		text = slurp(found.gl_pathv[i]);
		n += check_ops_of(text, roster);
		free(text);
	}
	free(roster);
	globfree(&found);
	assert_true(n >= 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_are_as_agreed),
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(each_operation_asks),
		cmocka_unit_test(nobody_may_do_nothing),
		cmocka_unit_test(no_operation_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
