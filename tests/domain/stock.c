/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

static struct stock_entry
entry(const char *sku, int64_t qty, const char *reason)
{
	struct stock_entry e = { .qty = qty };

	copy_text(e.sku, sizeof(e.sku), sku);
	copy_text(e.reason, sizeof(e.reason), reason);
	return e;
}

static int
receive(struct session *s, const char *sku, int64_t qty, int64_t cost,
    int64_t *slip)
{
	struct stock_entry e = entry(sku, qty, "");

	e.cost = cost;
	return stock_receive(s, &e, slip);
}

static int
issue(struct session *s, const char *sku, int64_t qty, int64_t *slip)
{
	struct stock_entry e = entry(sku, qty, "broken");

	return stock_issue(s, &e, slip);
}

static int
adjust(struct session *s, const char *sku, int64_t qty, int64_t *slip)
{
	struct stock_entry e = entry(sku, qty, "counted");

	return stock_adjust(s, &e, slip);
}

static int64_t
on_books(struct session *s)
{
	return fixture_int(s, "SELECT sum(value) FROM stock");
}

static void
check_err(struct session *s, enum err_code code, const char *field)
{
	assert_int_equal(session_err(s)->code, code);
	assert_string_equal(session_err(s)->field, field);
	assert_true(session_err(s)->text[0] != '\0');
}

static void
a_receipt_is_a_numbered_slip_and_a_line_in_the_ledger(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "PAN-20", 0, 0), slip;
	struct stock_entry e = entry("PAN-20", 10, "");
	const struct stock_move *m;
	struct page page;

	(void)state;
	e.cost = 1250;
	copy_text(e.bin, sizeof(e.bin), "A-03-2");
	copy_text(e.supplier, sizeof(e.supplier), "永康五金");
	assert_int_equal(stock_receive(s, &e, &slip), 0);
	assert_int_equal(fixture_on_hand(s, v), 10);
	assert_int_equal(on_books(s), 12500);
	assert_int_equal(ledger_page(s, v, PAGE_FIRST, NULL, 10, &page), 0);
	assert_int_equal(page.n, 1);
	m = page_row(&page, 0);
	assert_int_equal(m->slip_id, slip);
	assert_string_equal(m->slip_no, "IN-000001");
	assert_string_equal(m->kind, "receipt");
	assert_string_equal(m->sku_code, "PAN-20");
	assert_string_equal(m->bin, "A-03-2");
	assert_string_equal(m->supplier, "永康五金");
	assert_string_equal(m->staff, "warehouse");
	assert_int_equal(m->qty, 10);
	assert_int_equal(m->value, 12500);
	assert_int_equal(m->on_hand_after, 10);
	assert_int_equal(m->value_after, 12500);
	assert_int_equal(m->reversed, 0);
	page_free(&page);
	assert_int_equal(fixture_audited(s, "stock-receive", v), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_slip_tells_its_moves_and_the_log_no_costs(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t slip, later, back;
	struct page page;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	fixture_variant(s, "B", 0, 0);
	assert_int_equal(receive(s, "A", 3, 777, &slip), 0);
	assert_int_equal(receive(s, "B", 1, 100, &later), 0);
	assert_int_equal(slip_moves(s, slip, &page), 0);
	assert_int_equal(page.n, 1);
	const struct stock_move *m = page_row(&page, 0);
	assert_string_equal(m->sku_code, "A");
	assert_int_equal(m->value, 2331);
	page_free(&page);
	assert_int_equal(slip_moves(s, 99, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(stock_reverse(s, slip, "wrong", &back), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE detail LIKE "
			   "'%2331%' OR detail LIKE '%7.77%' /*scan*/"),
	    0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE detail IN ("
			   "'+3 A, IN-000001', 'IN-000001 by IN-000003: "
			   "wrong') /*scan*/"),
	    2);
	fixture_role(s, "clerk");
	assert_int_equal(slip_moves(s, slip, &page), 0);
	m = page_row(&page, 0);
	assert_int_equal(m->value, 0);
	page_free(&page);
	fixture_end(s);
}

/* Whatever is typed: no sum ever leaves 64 bits. */
static void
the_ledger_has_an_end(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "A", 0, 0), slip;
	int i;

	(void)state;
	assert_int_equal(
	    receive(s, "A", 100000000, 10000000000, &slip), ERR_STATE);
	check_err(s, ERR_STATE, "qty");
	for (i = 0; i < 10; i++)
		assert_int_equal(
		    receive(s, "A", 100000000, 100000000, &slip), 0);
	assert_int_equal(receive(s, "A", 1, 0, &slip), ERR_STATE);
	assert_int_equal(fixture_on_hand(s, v), 1000000000);
	assert_int_equal(issue(s, "A", 99999999, &slip), 0);
	assert_int_equal(on_books(s), (1000000000LL - 99999999) * 100000000);
	fixture_verify(s);
	fixture_end(s);
}

static void
issues_take_their_share_and_the_last_piece_takes_the_rest(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "A", 0, 0), slip;

	(void)state;
	assert_int_equal(receive(s, "A", 2, 50, &slip), 0);
	assert_int_equal(receive(s, "A", 1, 101, &slip), 0); /* 201 over 3 */
	assert_int_equal(issue(s, "A", 1, &slip), 0);        /* 67 */
	assert_int_equal(on_books(s), 134);
	assert_int_equal(receive(s, "A", 1, 67, &slip), 0);
	assert_int_equal(issue(s, "A", 2, &slip), 0); /* 134 of 201 */
	assert_int_equal(on_books(s), 67);
	assert_int_equal(issue(s, "A", 1, &slip), 0);
	assert_int_equal(on_books(s), 0);
	assert_int_equal(fixture_on_hand(s, v), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
halves_round_up(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	assert_int_equal(receive(s, "A", 1, 1, &slip), 0);
	assert_int_equal(receive(s, "A", 1, 0, &slip), 0);
	assert_int_equal(issue(s, "A", 1, &slip), 0); /* half a fen of one */
	assert_int_equal(on_books(s), 0);
	fixture_end(s);
}

static void
there_is_never_less_than_nothing_unless_the_warehouse_allows_it(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "A", 3, 100), slip;
	struct txn *txn;

	(void)state;
	assert_int_equal(issue(s, "A", 4, &slip), ERR_STATE);
	check_err(s, ERR_STATE, "qty");
	assert_int_equal(adjust(s, "A", -4, &slip), ERR_STATE);
	assert_int_equal(fixture_on_hand(s, v), 3);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM stock_slip"), 1);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE warehouse SET below_zero = 1 /*scan*/",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(issue(s, "A", 5, &slip), 0);
	assert_int_equal(fixture_on_hand(s, v), -2);
	assert_int_equal(on_books(s), -200);
	assert_int_equal(adjust(s, "A", 2, &slip), 0);
	assert_int_equal(on_books(s), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_adjustment_adds_at_average_or_at_the_last_cost(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 4, 250);
	assert_int_equal(adjust(s, "A", 2, &slip), 0);
	assert_int_equal(on_books(s), 1500);
	assert_int_equal(adjust(s, "A", -6, &slip), 0);
	assert_int_equal(on_books(s), 0);
	assert_int_equal(adjust(s, "A", 1, &slip), 0);
	assert_int_equal(on_books(s), 250);
	fixture_variant(s, "NEW", 0, 0);
	assert_int_equal(adjust(s, "NEW", 7, &slip), 0);
	assert_int_equal(on_books(s), 250);
	fixture_verify(s);
	fixture_end(s);
}

static void
entries_are_checked_by_field(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct stock_entry e;
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 1, 1);
	assert_int_equal(receive(s, "NONE", 1, 1, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "sku");
	assert_int_equal(receive(s, "A", 0, 1, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "qty");
	assert_int_equal(receive(s, "A", -1, 1, &slip), ERR_INVALID);
	assert_int_equal(receive(s, "A", INT64_MAX, 1, &slip), ERR_INVALID);
	assert_int_equal(receive(s, "A", 1, -1, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "cost");
	assert_int_equal(receive(s, "A", 1, INT64_MAX, &slip), ERR_INVALID);
	e = entry("A", 1, "");
	assert_int_equal(stock_issue(s, &e, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "reason");
	assert_int_equal(stock_adjust(s, &e, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "reason");
	assert_int_equal(adjust(s, "A", 0, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "qty");
	copy_text(e.warehouse, sizeof(e.warehouse), "Mars");
	assert_int_equal(stock_receive(s, &e, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "warehouse");
	e = entry("A", 1, "caf\xe9");
	assert_int_equal(stock_issue(s, &e, &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "reason");
	fixture_verify(s);
	fixture_end(s);
}

static void
goods_move_to_another_bin_and_have_their_home_there(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "A", 5, 100), slip, back;
	struct stock_entry e = entry("A", 0, "");
	struct page page;

	(void)state;
	e.new_bin = true;
	assert_int_equal(stock_transfer(s, &e, "B-01", &slip), 0);
	assert_int_equal(stock_transfer(s, &e, "B-01", &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "to_bin");
	copy_text(e.bin, sizeof(e.bin), "C-09");
	assert_int_equal(stock_transfer(s, &e, "B-02", &slip), ERR_INVALID);
	check_err(s, ERR_INVALID, "bin");
	copy_text(e.bin, sizeof(e.bin), "B-01");
	e.qty = 6;
	assert_int_equal(stock_transfer(s, &e, "B-02", &slip), ERR_STATE);
	check_err(s, ERR_STATE, "qty");
	e.qty = 5;
	assert_int_equal(stock_transfer(s, &e, "B-02", &slip), 0);
	assert_int_equal(stock_transfer(s, &e, "", &slip), ERR_INVALID);
	assert_int_equal(variant_get(s, v, &page), 0);
	assert_string_equal(
	    ((const struct variant *)page_row(&page, 0))->bin, "B-02");
	page_free(&page);
	assert_int_equal(fixture_on_hand(s, v), 5);
	assert_int_equal(on_books(s), 500);
	assert_int_equal(stock_reverse(s, slip, "oh", &back), 0);
	assert_int_equal(variant_get(s, v, &page), 0);
	assert_string_equal(
	    ((const struct variant *)page_row(&page, 0))->bin, "B-01");
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_slip_is_reversed_once_at_what_it_was_worth(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "A", 10, 100), slip, wrong, back, id;
	const struct stock_move *m;
	struct page page;

	(void)state;
	assert_int_equal(receive(s, "A", 10, 300, &wrong), 0);
	assert_int_equal(stock_reverse(s, wrong, "", &back), ERR_INVALID);
	check_err(s, ERR_INVALID, "reason");
	assert_int_equal(stock_reverse(s, wrong, "typed twice", &back), 0);
	assert_int_equal(on_books(s), 1000);
	assert_int_equal(fixture_on_hand(s, v), 10);
	assert_int_equal(stock_reverse(s, wrong, "again", &id), ERR_STATE);
	assert_int_equal(stock_reverse(s, back, "back", &id), ERR_STATE);
	assert_int_equal(stock_reverse(s, 999, "none", &id), ERR_NOTFOUND);
	assert_int_equal(issue(s, "A", 4, &slip), 0);
	assert_int_equal(stock_reverse(s, slip, "found again", &back), 0);
	assert_int_equal(on_books(s), 1000);
	assert_int_equal(ledger_page(s, v, PAGE_FIRST, NULL, 10, &page), 0);
	assert_int_equal(page.n, 5);
	m = page_row(&page, 0);
	assert_int_equal(m->qty, 4);
	assert_int_equal(m->reversed, 0);
	m = page_row(&page, 1);
	assert_int_equal(m->reversed, 1);
	page_free(&page);
	assert_int_equal(issue(s, "A", 8, &slip), 0);
	assert_int_equal(fixture_int(s, "SELECT min(id) FROM stock_slip"), 1);
	assert_int_equal(stock_reverse(s, 1, "too late", &id), ERR_STATE);
	check_err(s, ERR_STATE, "qty");
	fixture_verify(s);
	fixture_end(s);
}

static void
slips_are_found_by_number(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t slip, id;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	assert_int_equal(receive(s, "A", 1, 1, &slip), 0);
	assert_int_equal(stock_slip_by_no(s, " IN-000001 ", &id), 0);
	assert_int_equal(id, slip);
	assert_int_equal(stock_slip_by_no(s, "IN-9", &id), ERR_NOTFOUND);
	fixture_end(s);
}

/* A small generator of our own, so that a failure can be seen again. */
static uint64_t seed;
static int64_t
any(int64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)(seed >> 33) % n;
}

static void
books_hold_after_any_history(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t slips[400], n = 0, slip, lost;
	int i, rc;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	fixture_variant(s, "B", 0, 0);
	for (i = 0; i < 400; i++) {
		const char *sku = any(2) ? "A" : "B";

		switch (any(5)) {
		case 0:
		case 1:
			rc = receive(s, sku, 1 + any(9), any(1000), &slip);
			break;
		case 2:
			rc = issue(s, sku, 1 + any(12), &slip);
			break;
		case 3:
			rc = adjust(
			    s, sku, any(2) ? 1 + any(3) : -1 - any(3), &slip);
			break;
		default:
			rc = n == 0
				 ? ERR_STATE
				 : stock_reverse(s, slips[any(n)], "no", &slip);
			break;
		}
		if (rc == 0)
			slips[n++] = slip;
		else
			assert_int_equal(rc, ERR_STATE);
		assert_int_equal(on_books(s),
		    fixture_int(s, "SELECT sum(value) FROM stock_move"));
		lost = fixture_int(s,
		    "SELECT count(*) FROM stock WHERE on_hand < 0 OR value < 0"
		    " OR (on_hand = 0 AND value <> 0)");
		assert_int_equal(lost, 0);
	}
	assert_true(n > 200);
	fixture_verify(s);
	fixture_end(s);
}

static void
low_stock_is_kept(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_edit edit = {
		.sku_code = "A", .product = "Pan", .reorder_at = 3
	};
	struct variant_filter low = { .low_only = true };
	struct page page;
	int64_t v, slip;

	(void)state;
	assert_int_equal(variant_add(s, &edit, &v), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(low) FROM stock"), 1);
	assert_int_equal(receive(s, "A", 4, 1, &slip), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(low) FROM stock"), 0);
	fixture_order(s, "1001", 1, "A", NULL); /* one promised: 3 available */
	assert_int_equal(variant_page(s, &low, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	assert_int_equal(
	    ((const struct variant *)page_row(&page, 0))->available, 3);
	page_free(&page);
	edit.reorder_at = 2;
	assert_int_equal(variant_save(s, v, 1, &edit), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(low) FROM stock"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_past_balance_is_known(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v, w, slip, n, value;

	(void)state;
	setenv("SHOPMGR_NOW", "2026-11-01 10:00:00", 1);
	v = fixture_variant(s, "A", 0, 0);
	w = fixture_variant(s, "B", 9, 9);
	assert_int_equal(receive(s, "A", 5, 100, &slip), 0);
	setenv("SHOPMGR_NOW", "2026-11-02 10:00:00", 1);
	assert_int_equal(issue(s, "A", 2, &slip), 0);
	setenv("SHOPMGR_NOW", "2026-11-03 10:00:00", 1);
	assert_int_equal(receive(s, "A", 1, 100, &slip), 0);
	assert_int_equal(stock_at(s, v, time_now() - 3 * 86400, &n, &value), 0);
	assert_int_equal(n, 0);
	assert_int_equal(stock_at(s, v, time_now() - 2 * 86400, &n, &value), 0);
	assert_int_equal(n, 5);
	assert_int_equal(value, 500);
	assert_int_equal(stock_at(s, v, time_now() - 1, &n, &value), 0);
	assert_int_equal(n, 3);
	assert_int_equal(stock_at(s, v, time_now(), &n, &value), 0);
	assert_int_equal(n, 4);
	assert_int_equal(value, 400);
	assert_int_equal(stock_at(s, w, time_now(), &n, &value), 0);
	assert_int_equal(n, 9);
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

static void
costs_are_for_those_who_may_see_them(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t v = fixture_variant(s, "A", 4, 100), n, value;
	const struct stock_move *m;
	struct page page;

	(void)state;
	assert_int_equal(ledger_page(s, v, PAGE_FIRST, NULL, 1, &page), 0);
	m = page_row(&page, 0);
	assert_int_equal(m->qty, 4);
	assert_int_equal(m->value, 0);
	assert_int_equal(m->value_after, 0);
	page_free(&page);
	assert_int_equal(stock_at(s, v, time_now(), &n, &value), 0);
	assert_int_equal(n, 4);
	assert_int_equal(value, 0);
	assert_int_equal(variant_get(s, v, &page), 0);
	assert_int_equal(
	    ((const struct variant *)page_row(&page, 0))->unit_cost, 0);
	page_free(&page);
	fixture_end(s);
}

static void
roles_are_held_to(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t slip, id;

	(void)state;
	fixture_variant(s, "A", 4, 100);
	assert_int_equal(receive(s, "A", 1, 1, &slip), 0);
	assert_int_equal(issue(s, "A", 1, &id), ERR_DENIED);
	assert_int_equal(adjust(s, "A", 1, &id), ERR_DENIED);
	assert_int_equal(stock_reverse(s, slip, "no", &id), ERR_DENIED);
	fixture_role(s, "agent");
	assert_int_equal(
	    stock_transfer(s, &(struct stock_entry){ .sku = "A" }, "B", &id),
	    ERR_DENIED);
	assert_int_equal(receive(s, "A", 1, 1, &id), ERR_DENIED);
	fixture_verify(s);
	fixture_end(s);
}

/* Under any failure a verb is done whole or not at all. */
typedef int verb_fn(struct session *s, int64_t receipt);

static int
do_receive(struct session *s, int64_t receipt)
{
	int64_t slip;

	(void)receipt;
	return receive(s, "A", 2, 100, &slip);
}

static int
do_issue(struct session *s, int64_t receipt)
{
	int64_t slip;

	(void)receipt;
	return issue(s, "A", 2, &slip);
}

static int
do_transfer(struct session *s, int64_t receipt)
{
	struct stock_entry e = entry("A", 0, "");
	int64_t slip;

	(void)receipt;
	e.new_bin = true;
	return stock_transfer(s, &e, "Z-9", &slip);
}

static int
do_reverse(struct session *s, int64_t receipt)
{
	int64_t slip;

	return stock_reverse(s, receipt, "wrong", &slip);
}

static void
under_faults(verb_fn *verb, const char *op, int64_t change)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("warehouse");
		int64_t v = fixture_variant(s, "A", 5, 100), receipt;
		int rc;

		assert_int_equal(receive(s, "A", 3, 90, &receipt), 0);
		fault_arm(&f);
		rc = verb(s, receipt);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_on_hand(s, v), rc == 0 ? 8 + change : 8);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM stock_slip"),
		    rc == 0 ? 3 : 2);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM stock_move"),
		    rc != 0       ? 2
		    : change != 0 ? 3
				  : 4);
		assert_int_equal(
		    fixture_audited(
			s, op, strcmp(op, "stock-reverse") == 0 ? receipt : v),
		    (rc == 0) + (strcmp(op, "stock-receive") == 0 ? 2 : 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	(void)state;
	under_faults(do_receive, "stock-receive", 2);
	under_faults(do_issue, "stock-issue", -2);
	under_faults(do_transfer, "stock-move", 0);
	under_faults(do_reverse, "stock-reverse", -3);
}

static void
a_variant_s_ledger_is_paged_over_all_warehouses(void **state)
{
	struct session *s = fixture_session("warehouse");
	int64_t v = fixture_variant(s, "A", 0, 0), slip;
	struct stock_entry e = entry("A", 1, "");
	struct page all, page;
	struct txn *txn;
	int i;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "INSERT INTO warehouse (name) VALUES ('云仓')",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	for (i = 0; i < 9; i++) {
		/* The second one has no stock row until now. */
		copy_text(
		    e.warehouse, sizeof(e.warehouse), i % 3 == 1 ? "云仓" : "");
		assert_int_equal(stock_receive(s, &e, &slip), 0);
	}
	assert_int_equal(ledger_page(s, v, PAGE_FIRST, NULL, 20, &all), 0);
	assert_int_equal(all.n, 9);
	for (i = 0; i < 8; i++) {
		assert_int_equal(ledger_page(s, v, PAGE_AFTER,
				     page_row(&all, (size_t)i), 1, &page),
		    0);
		assert_int_equal(*(const int64_t *)page_row(&page, 0),
		    *(const int64_t *)page_row(&all, (size_t)i + 1));
		page_free(&page);
		assert_int_equal(ledger_page(s, v, PAGE_BEFORE,
				     page_row(&all, (size_t)i + 1), 1, &page),
		    0);
		assert_int_equal(*(const int64_t *)page_row(&page, 0),
		    *(const int64_t *)page_row(&all, (size_t)i));
		page_free(&page);
	}
	assert_int_equal(ledger_page(s, v, PAGE_LAST, NULL, 2, &page), 0);
	assert_int_equal(*(const int64_t *)page_row(&page, 1),
	    *(const int64_t *)page_row(&all, 8));
	page_free(&page);
	page_free(&all);
	fixture_verify(s);
	fixture_end(s);
}

static void
kinds_of_slips_have_words(void **state)
{
	(void)state;
	assert_string_equal(stock_kind_text("ship"), "shipment");
	assert_string_equal(stock_kind_text("receipt"), "receipt");
	assert_string_equal(stock_kind_text("magic"), "magic");
}

static void
reading_survives_every_failure(void **state)
{
	int64_t n, value, id;
	struct page page;
	int rc;

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t v = fixture_variant(s, "A", 5, 100);

		fault_arm(&f);
		rc = ledger_page(s, v, PAGE_FIRST, NULL, 5, &page);
		if (rc == 0) {
			page_free(&page);
			rc = ledger_page(s, 0, PAGE_FIRST, NULL, 5, &page);
		}
		if (rc == 0) {
			page_free(&page);
			rc = stock_at(s, v, time_now(), &n, &value);
		}
		if (rc == 0)
			rc = stock_slip_by_no(s, "IN-000001", &id);
		if (rc == 0)
			rc = variant_get(s, v, &page);
		if (rc == 0) {
			page_free(&page);
			rc = variant_by_code(s, "A", &id);
		}
		fault_disarm(&f);
		assert_true((rc == 0) != f.hit);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_receipt_is_a_numbered_slip_and_a_line_in_the_ledger),
		cmocka_unit_test(the_ledger_has_an_end),
		cmocka_unit_test(a_slip_tells_its_moves_and_the_log_no_costs),
		cmocka_unit_test(
		    issues_take_their_share_and_the_last_piece_takes_the_rest),
		cmocka_unit_test(halves_round_up),
		cmocka_unit_test(
		    there_is_never_less_than_nothing_unless_the_warehouse_allows_it),
		cmocka_unit_test(
		    an_adjustment_adds_at_average_or_at_the_last_cost),
		cmocka_unit_test(entries_are_checked_by_field),
		cmocka_unit_test(
		    goods_move_to_another_bin_and_have_their_home_there),
		cmocka_unit_test(a_slip_is_reversed_once_at_what_it_was_worth),
		cmocka_unit_test(slips_are_found_by_number),
		cmocka_unit_test(books_hold_after_any_history),
		cmocka_unit_test(low_stock_is_kept),
		cmocka_unit_test(a_past_balance_is_known),
		cmocka_unit_test(costs_are_for_those_who_may_see_them),
		cmocka_unit_test(roles_are_held_to),
		cmocka_unit_test(verbs_survive_every_failure),
		cmocka_unit_test(
		    a_variant_s_ledger_is_paged_over_all_warehouses),
		cmocka_unit_test(kinds_of_slips_have_words),
		cmocka_unit_test(reading_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
