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
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/requests.h"
#include "till.h"

/* What is low, requests, and orders to suppliers. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
run(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

static void
supplier(struct session *s, const char *name, int64_t lead_days)
{
	struct company_edit e = { .supplier = "yes",
		.carrier = "no",
		.buyer = "no",
		.lead_days = lead_days };
	int64_t id;

	copy_text(e.name, sizeof(e.name), name);
	must(s, company_add(s, &e, &id));
}

static void
sells(struct session *s, const char *name, const char *sku, int64_t price,
    int64_t pack)
{
	struct supplier_item_edit e = {
		.price = price, .min_qty = 1, .pack_qty = pack, .first = "no"
	};

	copy_text(e.company, sizeof(e.company), name);
	copy_text(e.sku_code, sizeof(e.sku_code), sku);
	must(s, supplier_item_set(s, &e));
}

/* Three products are low; a month of sales; an order that is late, one that is
 * being written, and what a storeman asked for. */
static void
trade(struct session *s)
{
	const struct purchase_edit e = {
		.company = "永康市厨具厂", .freight = 4500, .note = "送到后门"
	};
	const struct purchase_line_edit lines[] = {
		{ .sku_code = "GUO-24", .qty = 48, .price = -1 },
		{ .sku_code = "GAI-24", .qty = 60, .price = -1 },
	};
	const struct request_edit q = { .note = "双十二前" };
	const struct request_line_edit asked[] = {
		{ .sku_code = "DAO-8", .qty = 20, .why = "快卖完了" },
		{ .sku_code = "SHI-1", .qty = 5 },
	};
	int64_t id;

	fixture_variant(s, "GUO-24", 6, 4200);
	fixture_variant(s, "GAI-24", 9, 900);
	fixture_variant(s, "DAO-8", 2, 3600);
	fixture_variant(s, "SHI-1", 0, 1200);
	run(s, "UPDATE variant SET reorder_at = 10, target_level = 60"
	       " WHERE sku_code IN ('GUO-24', 'GAI-24', 'DAO-8') /*scan*/");
	run(s, "UPDATE stock SET low = 1 WHERE variant_id IN (SELECT id FROM"
	       " variant WHERE sku_code IN ('GUO-24', 'GAI-24', 'DAO-8'))"
	       " /*scan*/");
	run(s, "INSERT INTO stock_day (variant_id, warehouse_id, day, sold)"
	       " SELECT id, 1, 20770, 3 * length(sku_code)"
	       " FROM variant WHERE sku_code IN ('GUO-24', 'DAO-8') /*scan*/");
	supplier(s, "永康市厨具厂", 7);
	supplier(s, "阳江刀剪", 3);
	sells(s, "永康市厨具厂", "GUO-24", 4050, 12);
	sells(s, "永康市厨具厂", "GAI-24", 880, 20);
	sells(s, "阳江刀剪", "DAO-8", 3550, 1);
	must(s, purchase_add(s, &e, lines, 2, &id));
	must(s, purchase_order(s, id));
	run(s, "UPDATE purchase SET expected_at = expected_at - 864000");
	must(s, purchase_add(s, &e, lines + 1, 1, &id));
	fixture_role(s, "warehouse");
	must(s, request_add(s, &q, asked, 2, &id));
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
		k = open_till("buyer", i);
		till_keys(k, keys);
		snprintf(file, sizeof(file), "purchase-%s-%.2s-%dx%d", name,
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
	looks("low", GO("To be bought"));
	looks("list", GO("Purchase orders") "Tab");
	looks("card", GO("Purchase orders") "Tab Enter");
	looks("request", GO("Purchase requests") "Enter");
}

static void
chosen_rows_become_a_request(void **state)
{
	struct till *k = open_till("warehouse", 3);

	(void)state;
	till_keys(k, GO("To be bought") "Space Space r");
	till_sees(k, "Asked for: PR-000002");
	till_keys(k, "R");
	till_sees(k, "PR-000002");
	till_keys(k, "Enter");
	till_sees(k, "available 2, in transit");
	till_close(k);
}

static void
a_request_goes_all_the_way(void **state)
{
	struct till *k = open_till("buyer", 3);

	(void)state;
	till_keys(k, GO("Purchase requests") "Enter A Enter");
	till_sees(k, "PR-000001 is in PO-000003; lines without a supplier: 1.");
	till_keys(k, "Down e Tab Tab '阳江' Ctrl-S");
	till_sees(k, "There is no supplier 阳江");
	till_keys(k, "'刀剪' Ctrl-S A");
	till_sees(k, "Add to what is being written to the same supplier: PO-0");
	till_keys(k, "Up Enter");
	till_sees(k, "PR-000001 is in PO-000004.");
	till_keys(k, "Down v");
	till_sees(k, "to order");
	till_keys(k, "Enter Tab '12.50' Ctrl-S");
	till_sees(k, "62.50");
	till_keys(k, "O Enter");
	till_sees(k, "PO-000004 is ordered");
	till_keys(k, "e Ctrl-U '8' Tab Tab 'more' Ctrl-S Tab");
	till_sees(k, "+3");
	till_keys(k, "X 'too dear' Enter");
	till_sees(k, "PO-000004: cancelled");
	till_close(k);
}

static void
several_are_approved_and_joined_at_once(void **state)
{
	const struct request_edit e = { .note = "" };
	const struct request_line_edit line = { .sku_code = "DAO-8", .qty = 6 };
	struct till *k = open_till("warehouse", 3);
	int64_t id;

	(void)state;
	must(k->s, request_add(k->s, &e, &line, 1, &id));
	fixture_role(k->s, "buyer");
	till_keys(k, GO("Purchase requests") "Space Space A");
	till_sees(k, "Approve 2 requests, and write one order for each");
	till_keys(k, "Enter");
	till_sees(k, "They are in PO-000003; lines without a supplier: 1.");
	till_keys(k, GO("Purchase orders") "n 'YJDJ' Ctrl-S Esc");
	till_keys(k, "Space Space J");
	till_sees(k, "Make one order of 2 orders?");
	till_keys(k, "Enter");
	till_sees(k, "All of it is in PO-000003 now.");
	till_keys(k, "J");
	till_sees(k, "Select 2 to 50 orders");
	till_close(k);
}

static void
an_order_is_written_by_hand(void **state)
{
	struct till *k = open_till("buyer", 3);

	(void)state;
	till_keys(k, GO("Purchase orders") "n 'YJDJ' Tab Tab Tab '8' Ctrl-S");
	till_sees(k, "阳江刀剪");
	till_sees(k, "No lines yet.");
	till_keys(k, "a 'DAO-8' Tab Ctrl-U '4' Ctrl-S");
	till_sees(k, "142.00");
	till_keys(k, "P");
	till_sees(k, "page is in");
	till_keys(k, "y");
	till_sees(k, "PO-000004");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chosen_rows_become_a_request),
		cmocka_unit_test(a_request_goes_all_the_way),
		cmocka_unit_test(several_are_approved_and_joined_at_once),
		cmocka_unit_test(an_order_is_written_by_hand),
		cmocka_unit_test(they_look_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
