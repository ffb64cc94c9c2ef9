/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/purchase.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/purchasing/purchase_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/staff.h"

/* From what is low to what is ordered. */

static int64_t req, order, copy; /* of the test of faults */

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
    int64_t min, int64_t pack)
{
	struct supplier_item_edit e = {
		.price = price, .min_qty = min, .pack_qty = pack, .first = "no"
	};

	copy_text(e.company, sizeof(e.company), name);
	copy_text(e.sku_code, sizeof(e.sku_code), sku);
	must(s, supplier_item_set(s, &e));
}

/* PAN (5 there, reorder at 10, target 40) is sold by 甲厂 in packs of 12,
 * KNIFE by 乙厂, of LID nobody knows who does. */
static void
fill(struct session *s)
{
	fixture_variant(s, "PAN", 5, 1000);
	fixture_variant(s, "KNIFE", 3, 2000);
	fixture_variant(s, "LID", 1, 300);
	run(s, "UPDATE variant SET reorder_at = 10, target_level = 40"
	       " WHERE sku_code = 'PAN'");
	run(s, "UPDATE stock SET low = 1 WHERE variant_id ="
	       " (SELECT id FROM variant WHERE sku_code = 'PAN')");
	supplier(s, "甲厂", 7);
	supplier(s, "乙厂", 3);
	sells(s, "甲厂", "PAN", 950, 24, 12);
	sells(s, "乙厂", "KNIFE", 1800, 1, 1);
}

static struct session *
shop(const char *role)
{
	struct session *s = fixture_session("owner");

	fill(s);
	fixture_role(s, role);
	return s;
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

static void
read_low(struct session *s, enum low_stock_kind kind, struct page *page)
{
	must(s, low_stock_all(s, kind, page));
}

static void
what_is_low_is_proposed_in_whole_packs(void **state)
{
	struct session *s = shop("buyer");
	const struct low_stock *l;
	struct page page;

	(void)state;
	read_low(s, LOW_STOCK_NOW, &page);
	assert_int_equal(page.n, 1);
	l = page_row(&page, 0);
	assert_string_equal(l->sku_code, "PAN");
	assert_string_equal(l->company, "甲厂");
	assert_int_equal(l->cover, LOW_STOCK_FOREVER);
	assert_int_equal(l->propose, 36); /* 35 up to the target */
	page_free(&page);
	run(s, "UPDATE variant SET target_level = 20 WHERE sku_code = 'PAN'");
	read_low(s, LOW_STOCK_NOW, &page);
	l = page_row(&page, 0);
	assert_int_equal(l->propose, 24); /* no less than is sold */
	page_free(&page);
	fixture_end(s);
}

static void
sales_say_how_long_it_lasts(void **state)
{
	struct session *s = shop("buyer");
	const struct low_stock *l;
	struct page page;
	char sql[300];

	(void)state;
	snprintf(sql, sizeof(sql),
	    "INSERT INTO stock_day (variant_id, warehouse_id, day, sold)"
	    " SELECT v.id, 1, %lld - d.n, 30 FROM variant v, (SELECT 1 AS n"
	    " UNION ALL SELECT 29 UNION ALL SELECT 30) d"
	    " WHERE v.sku_code IN ('PAN', 'KNIFE')",
	    (long long)time_day(time_now()));
	run(s, sql);
	read_low(s, LOW_STOCK_NOW, &page);
	l = page_row(&page, 0);
	assert_int_equal(l->sold, 60); /* the 31st day is over */
	assert_int_equal(l->cover, 2);
	page_free(&page);
	/* KNIFE is not low, but gone after a day; it takes three. */
	read_low(s, LOW_STOCK_SOON, &page);
	assert_int_equal(page.n, 1);
	l = page_row(&page, 0);
	assert_string_equal(l->sku_code, "KNIFE");
	assert_int_equal(l->cover, 1);
	assert_string_equal(l->days, "1");
	assert_int_equal(l->propose,
	    60 *
		    (fixture_int(s, "SELECT CAST(value AS INTEGER) FROM setting"
				    " WHERE name = 'cover_days'") +
			3) /
		    30 -
		3);
	page_free(&page);
	fixture_end(s);
}

static void
what_is_asked_for_is_not_proposed_twice(void **state)
{
	struct session *s = shop("warehouse");
	struct request_made made;
	const struct low_stock *l;
	struct page page;
	int64_t id;

	(void)state;
	must(s, request_propose(s, "", LOW_STOCK_NOW, "for autumn", &made));
	assert_int_equal(made.n, 1);
	assert_string_equal(made.nos, "PR-000001");
	read_low(s, LOW_STOCK_NOW, &page);
	l = page_row(&page, 0);
	assert_int_equal(l->asked, 36);
	assert_int_equal(l->propose, 0);
	id = l->id;
	page_free(&page);
	assert_int_equal(request_low(s, &id, 1, "", &made), ERR_STATE);
	assert_int_equal(fixture_audited(s, "request-add", 1), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static int64_t
ask(struct session *s)
{
	const struct request_edit e = { .note = "before the holidays" };
	const struct request_line_edit lines[] = {
		{ .sku_code = "PAN", .qty = 24 },
		{ .sku_code = "KNIFE", .qty = 5, .why = "gone soon" },
		{ .sku_code = "LID", .qty = 7 },
	};
	int64_t id;

	must(s, request_add(s, &e, lines, 3, &id));
	return id;
}

static void
approving_writes_an_order_for_each_supplier(void **state)
{
	struct session *s = shop("warehouse");
	const struct request_line_edit who = {
		.sku_code = "LID", .qty = 7, .company = "乙厂"
	};
	struct request_line_edit more = who;
	struct request_made made;
	int64_t id = ask(s);

	(void)state;
	fixture_role(s, "buyer");
	must(s, request_approve(s, id, &made));
	assert_int_equal(made.n, 2);
	assert_int_equal(made.left, 1);
	assert_string_equal(made.nos, "PO-000001, PO-000002");
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM purchase_request"), 1);
	assert_int_equal(fixture_int(s, "SELECT sum(total) FROM purchase"),
	    24 * 950 + 5 * 1800);
	assert_int_equal(request_approve(s, id, &made), ERR_STATE);
	more.qty = 8; /* it is approved: only who sells it */
	assert_int_equal(request_line_set(s, id, 0, &more), ERR_STATE);
	must(s, request_line_set(s, id, 0, &who));
	must(s, request_approve(s, id, &made));
	assert_int_equal(made.n, 1);
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM purchase_request"), 2);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE kind = 'request'"
			   " AND op = 'request-approve'"),
	    2);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

/* Of one supplier, for one warehouse. */
static int64_t
ask_one(struct session *s, const char *sku, int64_t qty)
{
	const struct request_edit e = { .note = "" };
	struct request_line_edit line = { .qty = qty };
	int64_t id;

	copy_text(line.sku_code, sizeof(line.sku_code), sku);
	must(s, request_add(s, &e, &line, 1, &id));
	return id;
}

static void
several_requests_are_one_order(void **state)
{
	struct session *s = shop("warehouse");
	struct request_made made;
	const struct purchase_line *l;
	struct request_approval a = { .n = 3 };
	int64_t ids[] = { ask(s), ask_one(s, "PAN", 12), ask_one(s, "PAN", 6) };
	struct page page;

	(void)state;
	a.ids = ids;
	fixture_role(s, "buyer");
	must(s, request_joins(s, &a, &made));
	assert_int_equal(made.n, 0);
	must(s, request_approve_all(s, &a, &made));
	assert_string_equal(made.nos, "PO-000001, PO-000002");
	must(s, purchase_lines(s, 1, &page));
	assert_int_equal(page.n, 1);
	l = page_row(&page, 0);
	assert_int_equal(l->qty, 24 + 12 + 6);
	assert_string_equal(l->request_no, "PR-000001 +2");
	page_free(&page);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
					" WHERE kind = 'request'"
					" AND op = 'request-approve'"),
	    3);
	assert_int_equal(request_approve_all(s, &a, &made), ERR_STATE);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_request_joins_what_is_being_written(void **state)
{
	struct session *s = shop("warehouse");
	struct request_approval a = { .n = 1, .join = true };
	struct request_made made;
	int64_t first = ask_one(s, "PAN", 24), ids[] = { ask(s) };

	(void)state;
	a.ids = ids;
	fixture_role(s, "buyer");
	must(s, request_approve(s, first, &made));
	must(s, request_joins(s, &a, &made));
	assert_string_equal(made.nos, "PO-000001");
	must(s, request_approve_all(s, &a, &made));
	assert_string_equal(made.nos, "PO-000001, PO-000002");
	assert_int_equal(made.left, 1);
	assert_int_equal(
	    fixture_int(s, "SELECT total FROM purchase WHERE id = 1"),
	    48 * 950);
	/* What is ordered is added to no more. */
	must(s, purchase_order(s, 1));
	fixture_role(s, "warehouse");
	ids[0] = ask_one(s, "PAN", 12);
	fixture_role(s, "buyer");
	must(s, request_joins(s, &a, &made));
	assert_int_equal(made.n, 0);
	must(s, request_approve_all(s, &a, &made));
	assert_string_equal(made.nos, "PO-000003");
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
orders_that_are_written_become_one(void **state)
{
	struct session *s = shop("warehouse");
	int64_t a = ask_one(s, "PAN", 24), b = ask_one(s, "PAN", 12), into;
	int64_t ids[] = { 2, 1 };
	struct request_made made;
	const struct purchase_line *l;
	struct page page;

	(void)state;
	fixture_role(s, "buyer");
	must(s, request_approve(s, a, &made));
	must(s, request_approve(s, b, &made));
	assert_string_equal(made.nos, "PO-000002");
	assert_int_equal(purchase_join(s, ids, 1, &into), ERR_INVALID);
	ids[1] = 2;
	assert_int_equal(purchase_join(s, ids, 2, &into), ERR_INVALID);
	ids[1] = 1;
	must(s, purchase_join(s, ids, 2, &into));
	assert_int_equal(into, 1);
	must(s, purchase_lines(s, 1, &page));
	assert_int_equal(page.n, 1);
	l = page_row(&page, 0);
	assert_int_equal(l->qty, 36);
	assert_string_equal(l->request_no, "PR-000001 +1");
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM purchase WHERE id = 2"),
	    PURCHASE_CANCELLED);
	assert_int_equal(purchase_join(s, ids, 2, &into), ERR_STATE);
	must(s, purchase_order(s, 1));
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
nobody_approves_the_own_request(void **state)
{
	struct session *s = shop("buyer");
	struct request_made made;
	int64_t id = ask(s);

	(void)state;
	assert_int_equal(request_approve(s, id, &made), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM purchase"), 0);
	/* Unless there is nobody else. */
	run(s, "UPDATE staff SET active = 0 WHERE login <> 'buyer'");
	must(s, request_approve(s, id, &made));
	fixture_end(s);
}

static void
requests_are_changed_until_they_are_decided(void **state)
{
	struct session *s = shop("warehouse");
	struct request_line_edit l = { .sku_code = "PAN", .qty = 12 };
	struct request_edit e = { .note = "at once" };
	int64_t id = ask(s);

	(void)state;
	must(s, request_line_set(s, id, 1, &l));
	assert_int_equal(request_line_set(s, id, 1, &l), ERR_CONFLICT);
	l.qty = 0;
	must(s, request_line_set(s, id, 0, &l));
	must(s, request_save(s, id, 0, &e));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(qty) FROM purchase_request_line"), 12);
	assert_int_equal(request_refuse(s, id, " "), ERR_INVALID);
	fixture_role(s, "supervisor"); /* may ask, not decide for others */
	assert_int_equal(request_refuse(s, id, "no money"), ERR_DENIED);
	fixture_role(s, "buyer");
	must(s, request_refuse(s, id, "no money"));
	l.qty = 3;
	assert_int_equal(request_line_set(s, id, 0, &l), ERR_STATE);
	assert_int_equal(request_save(s, id, 0, &e), ERR_STATE);
	assert_int_equal(fixture_audited(s, "request-refuse", id), 1);
	id = ask(s);
	must(s, request_refuse(s, id, "not needed after all"));
	assert_int_equal(fixture_audited(s, "request-withdraw", id), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static int64_t
draft(struct session *s)
{
	const struct purchase_edit e = { .company = "甲厂", .freight = 1500 };
	const struct purchase_line_edit lines[] = {
		{ .sku_code = "PAN", .qty = 24, .price = PURCHASE_PRICE_KNOWN },
		{ .sku_code = "LID", .qty = 10, .price = 250 },
	};
	int64_t id;

	must(s, purchase_add(s, &e, lines, 2, &id));
	return id;
}

static void
ordering_puts_it_in_transit_and_keeps_the_prices(void **state)
{
	struct session *s = shop("buyer");
	const struct purchase *p;
	struct page page;
	int64_t id = draft(s);

	(void)state;
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	must(s, purchase_order(s, id));
	assert_int_equal(of(s, "in_transit", "PAN"), 24);
	assert_int_equal(of(s, "in_transit", "LID"), 10);
	must(s, purchase_get(s, id, &page));
	p = page_row(&page, 0);
	assert_int_equal(p->state, PURCHASE_ORDERED);
	assert_int_equal(p->total, 24 * 950 + 10 * 250);
	assert_int_equal(time_day(p->expected_at), time_day(time_now()) + 7);
	page_free(&page);
	/* LID is sold by 甲厂 from now on, as this order says. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM supplier_price"
			   " WHERE purchase_id = 1 AND price = 250"),
	    1);
	assert_int_equal(purchase_order(s, id), ERR_STATE);
	assert_int_equal(fixture_audited(s, "purchase-order", id), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static int
change(struct session *s, int64_t id, const char *sku, int64_t qty,
    int64_t price, const char *reason)
{
	struct purchase_line_edit e = { .qty = qty, .price = price };

	copy_text(e.sku_code, sizeof(e.sku_code), sku);
	copy_text(e.reason, sizeof(e.reason), reason);
	return purchase_line_set(s, id, 0, &e);
}

/* A gift with an order does not make its supplier the cheapest. */
static void
what_costs_nothing_leaves_the_price(void **state)
{
	struct session *s = shop("buyer");
	int64_t id = draft(s), prices, sold;

	(void)state;
	must(s, change(s, id, "LID", 4, 0, ""));
	prices = fixture_int(s, "SELECT count(*) FROM supplier_price"
				" WHERE price = 0 /*scan*/");
	sold = fixture_int(s, "SELECT count(*) FROM supplier_item"
			      " WHERE price = 0 /*scan*/");
	must(s, purchase_order(s, id));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM supplier_price"
					" WHERE price = 0 /*scan*/"),
	    prices);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM supplier_item"
					" WHERE price = 0 /*scan*/"),
	    sold);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static int
receive(struct session *s, int64_t id, int64_t line, int64_t qty, int64_t bad)
{
	const struct slip slip = { .kind = "receipt", .warehouse_id = 1 };
	int64_t slip_id;
	struct txn *txn;
	int rc;

	must(s, db_begin(s->db, &txn));
	rc = purchase_received(s, txn, id, line, qty, bad);
	if (rc < 0) {
		db_rollback(&txn);
		return rc;
	}
	must(s, slip_open(s, txn, &slip, &slip_id));
	must(s,
	    db_exec(txn,
		"INSERT INTO purchase_slip_line VALUES ($1, $2, $3, $4, $5, 0)",
		DB_ARGS(
		    db_i(slip_id), db_i(id), db_i(line), db_i(qty), db_i(bad)),
		NULL));
	must(s, db_commit(&txn));
	return 0;
}

/* Where there never was any of it, none is what there is. */
static void
a_warehouse_that_never_had_it_is_low_of_it(void **state)
{
	const struct warehouse_edit w = { .name = "云仓", .active = true };
	const struct purchase_edit e = { .company = "甲厂",
		.warehouse = "云仓" };
	const struct purchase_line_edit line = {
		.sku_code = "PAN", .qty = 12, .price = 950
	};
	struct session *s = shop("owner");
	int64_t id;

	(void)state;
	must(s, warehouse_add(s, &w, &id));
	must(s, purchase_add(s, &e, &line, 1, &id));
	must(s, purchase_order(s, id));
	assert_int_equal(
	    fixture_int(s, "SELECT low * 100 + in_transit FROM stock"
			   " WHERE warehouse_id = 2"),
	    112);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_changed_afterwards_is_an_entry_more(void **state)
{
	struct session *s = shop("buyer");
	int64_t id = draft(s);

	(void)state;
	must(s, purchase_order(s, id));
	assert_int_equal(change(s, id, "PAN", 30, -1, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	must(s, change(s, id, "PAN", 30, -1, "more are sold"));
	must(s, change(s, id, "LID", 10, 260, "dearer"));
	must(s, change(s, id, "KNIFE", 2, 1700, "with it"));
	assert_int_equal(of(s, "in_transit", "PAN"), 30);
	assert_int_equal(of(s, "in_transit", "KNIFE"), 2);
	/* 24 + 6; 10 - 10 + 10; 2 */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM purchase_change"), 6);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(qty * price) FROM purchase_change"),
	    30 * 950 + 10 * 260 + 2 * 1700);
	must(s, receive(s, id, 1, 20, 2));
	assert_int_equal(of(s, "in_transit", "PAN"), 10);
	assert_int_equal(change(s, id, "PAN", 19, -1, "fewer"), ERR_STATE);
	assert_int_equal(change(s, id, "PAN", 20, 900, "cheaper"), ERR_STATE);
	must(s, change(s, id, "PAN", 20, -1, "enough"));
	must(s, change(s, id, "LID", 0, -1, "not made any more"));
	must(s, change(s, id, "KNIFE", 0, -1, "not made any more"));
	/* All that is left of it has come. */
	assert_int_equal(fixture_int(s, "SELECT state FROM purchase"), 3);
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	assert_int_equal(of(s, "in_transit", "LID"), 0);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
receipts_move_it_on_and_back(void **state)
{
	struct session *s = shop("buyer");
	struct purchase_open open = { 0 };
	struct page page;
	int64_t id = draft(s);

	(void)state;
	assert_int_equal(receive(s, id, 1, 5, 0), ERR_STATE);
	must(s, purchase_order(s, id));
	must(s, receive(s, id, 1, 24, 0));
	assert_int_equal(fixture_int(s, "SELECT state FROM purchase"), 2);
	open.variant_id =
	    fixture_int(s, "SELECT id FROM variant WHERE sku_code = 'LID'");
	must(s, purchase_open_lines(s, &open, &page));
	assert_int_equal(page.n, 1);
	assert_int_equal(
	    ((const struct purchase_line *)page_row(&page, 0))->open, 10);
	page_free(&page);
	must(s, receive(s, id, 2, 12, 1)); /* two too many */
	assert_int_equal(fixture_int(s, "SELECT state FROM purchase"), 3);
	assert_int_equal(of(s, "in_transit", "LID"), 0);
	open = (struct purchase_open){ .purchase_id = id };
	must(s, purchase_open_lines(s, &open, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	must(s, receive(s, id, 2, -12, -1));
	must(s, receive(s, id, 1, -24, 0));
	assert_int_equal(fixture_int(s, "SELECT state FROM purchase"), 1);
	assert_int_equal(fixture_int(s, "SELECT first_at FROM purchase"), 0);
	assert_int_equal(of(s, "in_transit", "LID"), 10);
	assert_int_equal(receive(s, id, 2, -1, 0), ERR_STATE);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_ends_short_is_awaited_no_more(void **state)
{
	struct session *s = shop("buyer");
	int64_t id = draft(s), again, left;

	(void)state;
	must(s, purchase_order(s, id));
	assert_int_equal(purchase_close(s, id, "gone"), ERR_STATE);
	must(s, receive(s, id, 1, 10, 0));
	assert_int_equal(purchase_cancel(s, id, "gone"), ERR_STATE);
	must(s, purchase_close(s, id, "the maker is gone"));
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	assert_int_equal(of(s, "in_transit", "LID"), 0);
	assert_int_equal(receive(s, id, 1, 1, 0), ERR_STATE);
	must(s, receive(s, id, 1, -4, 0)); /* that receipt was wrong */
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	fixture_verify(s);
	run(s, "UPDATE variant SET active = 0 WHERE sku_code = 'LID'");
	must(s, purchase_copy(s, id, &again, &left));
	assert_int_equal(left, 1);
	assert_int_equal(
	    fixture_int(s, "SELECT total FROM purchase WHERE id = 2"),
	    24 * 950);
	must(s, purchase_order(s, again));
	must(s, purchase_cancel(s, again, "dearer than elsewhere"));
	assert_int_equal(of(s, "in_transit", "PAN"), 0);
	assert_int_equal(fixture_audited(s, "purchase-cancel", again), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_cannot_be_bought_is_refused(void **state)
{
	struct session *s = shop("buyer");
	const struct purchase_edit nobody = { .company = "丙厂" };
	struct purchase_edit e = { .company = "甲厂" };
	int64_t id = draft(s), other;

	(void)state;
	assert_int_equal(
	    purchase_add(s, &nobody, NULL, 0, &other), ERR_INVALID);
	assert_string_equal(s->err.field, "company");
	assert_int_equal(change(s, id, "NONE", 1, 0, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "sku_code");
	assert_int_equal(change(s, id, "KNIFE", -1, 0, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "qty");
	run(s, "UPDATE variant SET kit = 1 WHERE sku_code = 'KNIFE'");
	assert_int_equal(change(s, id, "KNIFE", 1, 0, ""), ERR_STATE);
	run(s, "UPDATE variant SET active = 0 WHERE sku_code = 'PAN'");
	assert_int_equal(purchase_order(s, id), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT state FROM purchase"), 0);
	must(s, purchase_add(s, &e, NULL, 0, &other));
	assert_int_equal(purchase_order(s, other), ERR_STATE); /* no lines */
	e.freight = 900;
	e.expected = time_day(time_now()) + 2;
	must(s, purchase_save(s, other, 0, &e));
	assert_int_equal(purchase_save(s, other, 1, &e), ERR_CONFLICT);
	assert_int_equal(fixture_audited(s, "purchase-save", other), 1);
	/* A day that is over can stay, but none is agreed any more. */
	e.expected = time_day(time_now()) - 3;
	assert_int_equal(purchase_save(s, other, 0, &e), ERR_INVALID);
	assert_string_equal(s->err.field, "expected");
	assert_int_equal(purchase_add(s, &e, NULL, 0, &other), ERR_INVALID);
	run(s, "UPDATE purchase SET expected_at = expected_at - 5 * 86400");
	e.note[0] = 'x';
	must(s, purchase_save(s, other, 0, &e));
	fixture_end(s);
}

static void
prices_are_for_those_who_may_see_costs(void **state)
{
	struct session *s = shop("buyer");
	const struct purchase_filter all = { .state = PURCHASE_ALL };
	struct page page;
	int64_t id = draft(s);

	(void)state;
	fixture_role(s, "clerk");
	must(s, purchase_page(s, &all, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(
	    ((const struct purchase *)page_row(&page, 0))->total, 0);
	page_free(&page);
	must(s, purchase_lines(s, id, &page));
	assert_int_equal(
	    ((const struct purchase_line *)page_row(&page, 0))->price, 0);
	page_free(&page);
	fixture_end(s);
}

static int
try_approve(struct session *s)
{
	struct request_made made;

	return request_approve(s, req, &made);
}

/* The draft, and what was approved for the same supplier. */
static int
try_join(struct session *s)
{
	const int64_t ids[] = { order, order + 1 };
	int64_t into;

	return purchase_join(s, ids, 2, &into);
}

static int
try_order(struct session *s)
{
	return purchase_order(s, order);
}

static int
try_change(struct session *s)
{
	return change(s, order, "PAN", 36, -1, "more");
}

static int
try_copy(struct session *s)
{
	int64_t left;

	return purchase_copy(s, order, &copy, &left);
}

static int
try_cancel(struct session *s)
{
	return purchase_cancel(s, order, "no");
}

static int
try_close(struct session *s)
{
	return purchase_close(s, copy, "no");
}

static int
try_propose(struct session *s)
{
	struct request_made made;

	return request_propose(s, "", LOW_STOCK_SOON, "", &made);
}

static int
try_refuse(struct session *s)
{
	return request_refuse(s, req, "no");
}

/* Everything there is, in one figure. */
static int64_t
whole(struct session *s)
{
	return fixture_int(s,
	    "SELECT (SELECT coalesce(sum(id * 7 + state * 3 + version), 0)"
	    " FROM purchase) + (SELECT coalesce(sum(id * 11 + state * 5 +"
	    " version), 0) FROM purchase_request) +"
	    " (SELECT coalesce(sum(in_transit), 0) FROM stock) +"
	    " (SELECT coalesce(sum(id * qty), 0) FROM purchase_change) +"
	    " (SELECT count(*) * 1000 FROM audit)");
}

/* Fails at each of its calls, and each time nothing has happened. */
static void
fails_whole(struct session *s, int (*verb)(struct session *s))
{
	int64_t before = whole(s);
	int rc = -1;

	FOR_EACH_FAULT(f)
	{
		fault_arm(&f);
		rc = verb(s);
		fault_disarm(&f);
		if (rc == 0)
			break;
		assert_true(f.hit);
		assert_int_equal(whole(s), before);
	}
	must(s, rc);
}

static void
faults_leave_old_or_new(void **state)
{
	static int (*const verbs[])(struct session * s) = { try_order,
		try_change, try_copy, try_cancel };
	struct session *s = fixture_faulty("owner");
	size_t i;

	(void)state;
	fill(s);
	fixture_role(s, "warehouse");
	req = ask(s);
	fixture_role(s, "owner");
	order = draft(s);
	fails_whole(s, try_approve);
	fails_whole(s, try_join);
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		fails_whole(s, verbs[i]);
	must(s, purchase_order(s, copy));
	must(s, receive(s, copy, 1, 4, 0));
	fails_whole(s, try_close);
	fails_whole(s, try_propose);
	req = ask(s);
	fails_whole(s, try_refuse);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(in_transit) FROM stock"), 0);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_low_is_proposed_in_whole_packs),
		cmocka_unit_test(sales_say_how_long_it_lasts),
		cmocka_unit_test(what_is_asked_for_is_not_proposed_twice),
		cmocka_unit_test(approving_writes_an_order_for_each_supplier),
		cmocka_unit_test(several_requests_are_one_order),
		cmocka_unit_test(a_request_joins_what_is_being_written),
		cmocka_unit_test(orders_that_are_written_become_one),
		cmocka_unit_test(nobody_approves_the_own_request),
		cmocka_unit_test(requests_are_changed_until_they_are_decided),
		cmocka_unit_test(
		    ordering_puts_it_in_transit_and_keeps_the_prices),
		cmocka_unit_test(a_warehouse_that_never_had_it_is_low_of_it),
		cmocka_unit_test(what_costs_nothing_leaves_the_price),
		cmocka_unit_test(what_is_changed_afterwards_is_an_entry_more),
		cmocka_unit_test(receipts_move_it_on_and_back),
		cmocka_unit_test(what_ends_short_is_awaited_no_more),
		cmocka_unit_test(what_cannot_be_bought_is_refused),
		cmocka_unit_test(prices_are_for_those_who_may_see_costs),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
