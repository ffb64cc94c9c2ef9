/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../src/domain/figures_priv.h"
#include "../../src/domain/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/figures.h"

/* 2024-05-28 in Shanghai: from 16:00 UTC the day before. */
#define DAY   19871
#define START (INT64_C(19871) * 86400 - 8 * 3600)

static int64_t
add_shop(struct session *s, const char *name)
{
	struct txn *txn;
	int64_t id;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_insert(txn,
		"INSERT INTO shop (platform, name) VALUES ('taobao', $1)",
		DB_ARGS(db_t(name)), &id),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	return id;
}

static int
flush(struct session *s, struct figures *f)
{
	struct txn *txn;
	int rc;

	if ((rc = db_begin(s->db, &txn)) < 0)
		return rc;
	rc = figures_flush(s, txn, f);
	if (rc == 0)
		rc = db_commit(&txn);
	db_rollback(&txn);
	return rc;
}

static void
days_are_the_shops_own_and_summed(void **state)
{
	struct session *s = fixture_session("clerk");
	struct figures f = { 0 };
	const struct day_figure *day;
	struct page page;
	int64_t a, b;

	(void)state;
	a = add_shop(s, "a");
	b = add_shop(s, "b");
	figures_created(&f, a, START, 3);
	figures_created(&f, b, START + 86399, 2);
	figures_created(&f, a, START - 1, 1); /* the day before */
	figures_created(&f, a, 0, 9);         /* not yet */
	figures_paid(&f, a, START + 5, 2, 1250);
	figures_paid(&f, a, START + 6, -1, -250);
	figures_shipped(&f, b, START + 86400, 4); /* the day after */
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(figures_days(s, DAY + 1, 4, &page), 0);
	assert_int_equal(page.n, 4);
	day = page_row(&page, 0);
	assert_int_equal(day->day, DAY - 2);
	assert_int_equal(day->created_n, 0);
	day = page_row(&page, 1);
	assert_int_equal(day->created_n, 1);
	day = page_row(&page, 2);
	assert_int_equal(day->day, DAY);
	assert_int_equal(day->created_n, 5);
	assert_int_equal(day->paid_n, 1);
	assert_int_equal(day->paid, 1000);
	assert_int_equal(day->shipped_n, 0);
	day = page_row(&page, 3);
	assert_int_equal(day->shipped_n, 4);
	page_free(&page);
	fixture_end(s);
}

static int64_t
kept(struct session *s, const char *where)
{
	char sql[200];

	snprintf(
	    sql, sizeof(sql), "SELECT sum(n) FROM order_count WHERE %s", where);
	return fixture_int(s, sql);
}

static void
moves_keep_the_counts(void **state)
{
	struct session *s = fixture_session("clerk");
	struct figures f = { 0 };

	(void)state;
	figures_move(&f, 0, 0, 2, 0);
	figures_move(&f, 0, 0, 2, 0);
	figures_move(&f, 2, 0, 2, 1); /* held */
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(kept(s, "state = 2 AND held = 0"), 1);
	assert_int_equal(kept(s, "state = 2 AND held = 1"), 1);
	/* Flushed is forgotten. */
	figures_move(&f, 2, 0, 4, 0);
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(kept(s, "state = 2 AND held = 0"), 0);
	assert_int_equal(kept(s, "state = 4 AND held = 0"), 1);
	assert_int_equal(kept(s, "1 = 1"), 2);
	figures_done(&f);
	fixture_end(s);
}

static void
flush_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(fault)
	{
		struct session *s = fixture_faulty("clerk");
		struct figures f = { 0 };
		int64_t shop = add_shop(s, "a");
		int rc;

		figures_move(&f, 0, 0, 1, 0);
		figures_move(&f, 0, 0, 2, 0);
		figures_created(&f, shop, START, 2);
		fault_arm(&fault);
		rc = flush(s, &f);
		fault_disarm(&fault);
		assert_int_equal(rc < 0, fault.hit);
		assert_int_equal(kept(s, "1 = 1"), rc == 0 ? 2 : 0);
		assert_int_equal(
		    fixture_int(s, "SELECT sum(created_n) FROM day_figure"),
		    rc == 0 ? 2 : 0);
		figures_done(&f);
		fixture_end(s);
	}
}

static void
low_stock_is_counted(void **state)
{
	struct session *s = fixture_session("clerk");
	struct txn *txn;
	int64_t n;

	(void)state;
	fixture_variant(s, "A", 3, 100);
	fixture_variant(s, "B", 3, 100);
	assert_int_equal(figures_low_stock(s, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_script(txn, "UPDATE stock SET low = 1 WHERE variant_id = 2"), 0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(figures_low_stock(s, &n), 0);
	assert_int_equal(n, 1);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_the_shops_own_and_summed),
		cmocka_unit_test(moves_keep_the_counts),
		cmocka_unit_test(flush_survives_every_fault),
		cmocka_unit_test(low_stock_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
