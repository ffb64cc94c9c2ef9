/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"

static struct session *
demo_at(const char *now)
{
	struct session *s;
	char *logins;

	setenv("SHOPMGR_NOW", now, 1);
	s = fixture_session("owner");
	if (shopdb_demo(s, &logins) < 0)
		fail_msg("%s: %s", now, session_err(s)->text);
	assert_non_null(strstr(logins, "clerk demo-shop clerk\n"));
	free(logins);
	return s;
}

static void
it_is_alive(struct session *s)
{
	int64_t n[TAB_MAX], low;
	int tab;

	fixture_verify(s);
	assert_int_equal(order_counts(s, n), 0);
	assert_in_range(n[TAB_ALL], 300, 450);
	for (tab = 0; tab < TAB_MAX; tab++)
		assert_true(n[tab] > 0);
	assert_true(n[TAB_TO_SHIP] >= 8);
	assert_true(n[TAB_HELD] >= 4);
	assert_int_equal(figures_low_stock(s, &low), 0);
	assert_in_range(low, 2, 8);
	assert_true(fixture_int(s, "SELECT count(*) FROM parcel") > 200);
	assert_true(fixture_int(s, "SELECT count(*) FROM parcel "
				   "WHERE exported_at = 0") > 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(DISTINCT platform) FROM shop"), 3);
	assert_true(fixture_int(s, "SELECT count(DISTINCT reason) FROM "
				   "order_hold WHERE cleared_at = 0") >= 4);
	assert_true(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE flag > 0") > 5);
	assert_true(fixture_int(s, "SELECT count(*) FROM production") > 0);
	/* Nothing comes from the future. */
	assert_true(fixture_int(s, "SELECT max(at) FROM audit") <= time_now());
	assert_true(
	    fixture_int(s, "SELECT max(shipped_at) FROM parcel") <= time_now());
}

/* Whatever the hour, there is something to do. */
static void
a_month_of_trade(void **state)
{
	static const char *const times[] = { "2024-05-28 00:10:00",
		"2024-05-28 10:40:00", "2024-06-01 16:00:00",
		"2025-02-17 23:50:00", "2026-11-23 04:31:00" };
	struct session *s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		s = demo_at(times[i]);
		it_is_alive(s);
		fixture_end(s);
	}
}

static int
open_demo(void **state)
{
	*state = demo_at("2024-05-28 15:00:00");
	return 0;
}

static int
close_demo(void **state)
{
	fixture_end(*state);
	return 0;
}

static void
visitors_can_work(void **state)
{
	struct session *s = *state;
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	const struct order *row;
	struct packing *p;
	struct page page;

	assert_int_equal(session_login(s, "clerk", "demo-shop"), 0);
	assert_string_equal(session_shop_name(s), "留样店");
	assert_int_equal(order_page(s, &filter, PAGE_FIRST, NULL, 1, &page), 0);
	assert_int_equal(page.n, 1);
	row = page_row(&page, 0);
	assert_int_equal(pack_open(s, row->order_no, &p), 0);
	pack_free(p);
	page_free(&page);
}

static void
only_a_new_shop_becomes_one(void **state)
{
	struct session *s = fixture_session("clerk");
	char *logins = NULL;

	(void)state;
	assert_int_equal(shopdb_demo(s, &logins), ERR_DENIED);
	fixture_role(s, "owner");
	fixture_variant(s, "PAN", 1, 100);
	assert_int_equal(shopdb_demo(s, &logins), ERR_STATE);
	assert_null(logins);
	fixture_verify(s);
	fixture_end(s);
}

/* The sum of the money in the first rows of @kind, as this person reads it. */
static int64_t
money_in(
    struct session *s, const struct rec_kind *kind, const struct rec_field *f)
{
	int64_t sum = 0, n;
	struct page page;
	size_t i;
	int rc;

	rc = kind->page(s, NULL, 0, PAGE_FIRST, NULL, 200, &page);
	if (rc == ERR_DENIED)
		return 0;
	if (rc < 0)
		fail_msg("%s: %s", kind->name, session_err(s)->text);
	for (i = 0; i < page.n; i++) {
		memcpy(&n, (const char *)page_row(&page, i) + f->offset,
		    sizeof(n));
		sum += n;
	}
	page_free(&page);
	return sum;
}

/* What cost.view hides is of the type that is empty then, and nothing else. */
static void
what_is_hidden_is_a_cost(void **state)
{
	struct session *s = *state;
	const uint64_t all = s->perms;
	const struct rec_field *f;
	int64_t open, hidden;
	size_t i;

	for (i = 0; record_kinds[i] != NULL; i++)
		for (f = record_kinds[i]->fields; f->name != NULL; f++) {
			if (f->type != REC_MONEY && f->type != REC_COST)
				continue;
			s->perms = all;
			assert_false(record_hidden(s, f));
			open = money_in(s, record_kinds[i], f);
			s->perms = all & ~((uint64_t)1 << PERM_COST_VIEW);
			hidden = money_in(s, record_kinds[i], f);
			assert_int_equal(
			    record_hidden(s, f), f->type == REC_COST);
			if (f->type == REC_COST ? hidden != 0 : hidden != open)
				fail_msg(
				    "%s of %s", f->name, record_kinds[i]->name);
		}
	s->perms = all;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_of_trade),
		cmocka_unit_test(only_a_new_shop_becomes_one),
	};

	const struct CMUnitTest in_one[] = {
		cmocka_unit_test(what_is_hidden_is_a_cost),
		cmocka_unit_test(visitors_can_work),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return failed + cmocka_run_group_tests(in_one, open_demo, close_demo);
}
