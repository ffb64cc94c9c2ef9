/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/split.h"
#include "shopmgr/domain/waves.h"

/* The shelf holds less than the wave needs. */

static void
run(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("warehouse");

	fixture_variant(s, "PAN", 20, 5000);
	fixture_variant(s, "STONE", 5, 700);
	run(s, "UPDATE stock SET bin = CASE variant_id WHEN 1 THEN 'A-10'"
	       " ELSE 'A-2' END");
	return s;
}

static int64_t
made(struct session *s, int64_t kind)
{
	const struct wave_what what = { .kind = kind };
	int64_t id = 0;

	assert_int_equal(wave_make(s, &what, &id), 0);
	return id;
}

static void
picks(struct session *s, int64_t wave, const char *code, int64_t qty)
{
	struct wave_scan scan;

	assert_int_equal(wave_pick(s, wave, code, qty, &scan), 0);
	assert_true(scan.said <= WAVE_ALL);
}

static int64_t
sorts(struct session *s, int64_t wave, const char *code)
{
	struct wave_scan scan;

	assert_int_equal(wave_sort(s, wave, code, &scan), 0);
	return scan.slot;
}

/* "go on: NO NO; held: NO; back: SKU xQTY BIN" as it was told. */
static const char *
told(struct session *s, int64_t wave, const char *code)
{
	static char text[400];
	const struct wave_fate *f;
	const struct put_back *b;
	struct wave_lack lack;
	size_t i, n;
	int held;

	assert_int_equal(wave_short(s, wave, code, &lack), 0);
	n = (size_t)snprintf(text, sizeof(text), "go on:");
	for (held = 0; held < 2; held++) {
		if (held)
			n += (size_t)snprintf(
			    text + n, sizeof(text) - n, "; held:");
		for (i = 0; i < lack.fates.n; i++) {
			f = page_row(&lack.fates, i);
			if (f->goes_on != held)
				n += (size_t)snprintf(text + n,
				    sizeof(text) - n, " %s", f->order_no);
		}
	}
	for (i = 0; i < lack.backs.n; i++) {
		b = page_row(&lack.backs, i);
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "; back: %s x%d %s", b->sku_code, (int)b->qty, b->bin);
	}
	if (lack.again > 0)
		snprintf(
		    text + n, sizeof(text) - n, "; again: %d", (int)lack.again);
	wave_lack_free(&lack);
	return text;
}

static int64_t
held(struct session *s)
{
	return fixture_int(s, "SELECT coalesce(sum(held * id), 0) FROM orders"
			      " /*scan*/");
}

static int64_t
wave_state(struct session *s)
{
	return fixture_int(s, "SELECT state FROM wave WHERE id = 1");
}

static void
the_least_urgent_goes_without(void **state)
{
	struct session *s = shop();
	struct wave_lack lack;
	int64_t id;

	(void)state;
	fixture_order(s, "1", 2, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", "STONE", NULL);
	id = made(s, WAVE_SEVERAL);
	picks(s, id, "STONE", 1);
	picks(s, id, "PAN", 2);
	assert_string_equal(
	    told(s, id, "PAN"), "go on: 1; held: 2; back: STONE x1 A-2");
	assert_int_equal(held(s), 2);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_hold WHERE "
					"order_id = 2 AND reason = 'stock'"),
	    1);
	assert_int_equal(fixture_audited(s, "wave-short", 2), 1);
	assert_int_equal(wave_state(s), WAVE_PICKED);
	assert_int_equal(wave_short(s, id, "PAN", &lack), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

/* What does not suffice for the first does for one behind it. */
static void
what_is_there_is_not_wasted(void **state)
{
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 2, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", "STONE", NULL);
	fixture_order(s, "3", 1, "PAN", "STONE", NULL);
	id = made(s, WAVE_SEVERAL);
	picks(s, id, "STONE", 2);
	picks(s, id, "PAN", 1);
	assert_string_equal(
	    told(s, id, "PAN"), "go on: 2; held: 1 3; back: STONE x1 A-2");
	assert_int_equal(held(s), 1 + 3);
	assert_int_equal(wave_state(s), WAVE_PICKED);
	fixture_verify(s);
	fixture_end(s);
}

static void
the_first_deadline_goes_before_many_later_ones(void **state)
{
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 1, "PAN", "STONE", NULL);
	fixture_order(s, "2", 2, "PAN", NULL);
	fixture_order(s, "3", 1, "PAN", "STONE", NULL);
	run(s, "UPDATE reservation SET due = 100 WHERE order_id = 2");
	id = made(s, WAVE_SEVERAL);
	picks(s, id, "PAN", 2);
	assert_string_equal(told(s, id, "PAN"), "go on: 2; held: 1 3");
	fixture_verify(s);
	fixture_end(s);
}

static void
with_nothing_there_nobody_goes_on(void **state)
{
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	id = made(s, WAVE_ONE);
	assert_string_equal(told(s, id, "PAN"), "go on:; held: 1 2");
	assert_int_equal(wave_state(s), WAVE_DONE);
	fixture_verify(s);
	fixture_end(s);
}

/* Half an order lies in its slot: the piece is for the one it suffices for. */
static void
what_lies_in_a_slot_is_sorted_anew(void **state)
{
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 2, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", "STONE", NULL);
	id = made(s, WAVE_SEVERAL);
	picks(s, id, "STONE", 1);
	picks(s, id, "PAN", 1);
	assert_int_equal(sorts(s, id, "PAN"), 1);
	assert_string_equal(told(s, id, "PAN"), "go on: 2; held: 1; again: 1");
	assert_int_equal(sorts(s, id, "PAN"), 2);
	fixture_verify(s);
	fixture_end(s);
}

/* What nobody can use goes back, out of a slot too. */
static void
what_suffices_for_nobody_goes_back(void **state)
{
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 2, "PAN", NULL);
	fixture_order(s, "2", 3, "PAN", NULL);
	id = made(s, WAVE_SEVERAL);
	picks(s, id, "PAN", 1);
	assert_int_equal(sorts(s, id, "PAN"), 1);
	assert_string_equal(
	    told(s, id, "PAN"), "go on:; held: 1 2; back: PAN x1 A-10");
	fixture_verify(s);
	fixture_end(s);
}

/* A hold stops all parts of an order: they go on together, or not. */
static void
parts_of_an_order_stop_together(void **state)
{
	const struct split_piece piece = { .line_no = 1, .part = 2, .qty = 1 };
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_order(s, "1", 2, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	fixture_role(s, "owner");
	assert_int_equal(order_split(s, 1, &piece, 1, NULL), 0);
	id = made(s, WAVE_ONE);
	picks(s, id, "PAN", 1);
	assert_string_equal(told(s, id, "PAN"), "go on: 2; held: 1-1 1-2");
	assert_int_equal(held(s), 1);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_urgent_goes_without),
		cmocka_unit_test(what_is_there_is_not_wasted),
		cmocka_unit_test(
		    the_first_deadline_goes_before_many_later_ones),
		cmocka_unit_test(with_nothing_there_nobody_goes_on),
		cmocka_unit_test(what_lies_in_a_slot_is_sorted_anew),
		cmocka_unit_test(what_suffices_for_nobody_goes_back),
		cmocka_unit_test(parts_of_an_order_stop_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
