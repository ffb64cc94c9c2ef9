/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/reports/figures_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/shopdb.h"

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
	figures_shipped(&f, b, 1, START + 86400, 4); /* the day after */
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

static void
hours_are_those_of_the_shops_clock(void **state)
{
	struct session *s = fixture_session("clerk");
	const struct hour_figure *hour;
	struct figures f = { 0 };
	struct page page;
	int64_t shop;

	(void)state;
	shop = add_shop(s, "a");
	figures_created(&f, shop, START, 3); /* 0:00 */
	figures_created(&f, shop, START + 3599, 1);
	figures_paid(&f, shop, START + 3600, 1, 500);
	figures_created(&f, shop, START + 86399, 2); /* 23:59 */
	figures_created(&f, shop, START - 1, 7);     /* 23:59 before */
	figures_created(&f, shop, START + 86400, 9); /* the day after */
	figures_created(&f, shop, 0, 9);             /* not yet */
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(figures_hours(s, DAY, 1, &page), 0);
	assert_int_equal(page.n, 3);
	hour = page_row(&page, 0);
	assert_int_equal(hour->day, DAY);
	assert_int_equal(hour->hour, 0);
	assert_int_equal(hour->created_n, 4);
	hour = page_row(&page, 1);
	assert_int_equal(hour->hour, 1);
	assert_int_equal(hour->paid_n, 1);
	hour = page_row(&page, 2);
	assert_int_equal(hour->hour, 23);
	assert_int_equal(hour->created_n, 2);
	page_free(&page);
	assert_int_equal(figures_hours(s, DAY, 2, &page), 0);
	assert_int_equal(page.n, 4);
	hour = page_row(&page, 0);
	assert_int_equal(hour->day, DAY - 1);
	assert_int_equal(hour->created_n, 7);
	page_free(&page);
	fixture_end(s);
}

/* India's is half an hour off, and has its days all the same. */
/* Ten in the morning, 24 minutes of the hour gone by. */
static void
a_part_of_a_day_is_known_from_its_hours(void **state)
{
	struct session *s = fixture_session("clerk");
	const int64_t at = START + 10 * 3600 + 24 * 60;
	struct figures f = { 0 };
	struct day_figure d;
	int64_t a;

	(void)state;
	a = add_shop(s, "a");
	figures_created(&f, a, START - 1, 50); /* the day before */
	figures_created(&f, a, START, 3);
	figures_created(&f, a, START + 10 * 3600, 5);     /* 2 of them */
	figures_created(&f, a, START + 11 * 3600, 70);    /* later */
	figures_paid(&f, a, START + 9 * 3600, 4, 400);    /* at an average */
	figures_paid(&f, a, START + 20 * 3600, 4, 1200);  /* of 2.00 */
	figures_shipped(&f, a, 1, START + 10 * 3600, 10); /* 4 of them */
	figures_shipped(&f, a, 1, START + 12 * 3600, 10);
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(figures_then(s, at, &d), 0);
	assert_int_equal(d.day, DAY);
	assert_int_equal(d.created_n, 5);
	assert_int_equal(d.paid_n, 4);
	assert_int_equal(d.paid, 800);
	assert_int_equal(d.shipped_n, 4);
	/* A day on which nothing happened. */
	assert_int_equal(figures_then(s, at + 86400 * 5, &d), 0);
	assert_int_equal(d.paid + d.paid_n + d.created_n + d.shipped_n, 0);
	/* At midnight it has only begun. */
	assert_int_equal(figures_then(s, START, &d), 0);
	assert_int_equal(d.created_n, 0);
	fixture_end(s);
}

static void
clocks_off_by_half_an_hour_have_hours_too(void **state)
{
	struct session *s = fixture_session("clerk");
	struct figures f = { 0 };
	struct page page;
	int64_t shop = add_shop(s, "a");

	(void)state;
	figures_created(&f, shop, START + 12 * 3600, 3);
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(time_zone_set("Asia/Kolkata"), 0);
	assert_int_equal(figures_hours(s, DAY, 1, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	assert_int_equal(time_zone_set("Asia/Shanghai"), 0);
	fixture_end(s);
}

static void
packers_are_ranked_by_the_parcels_of_the_day(void **state)
{
	struct session *s = fixture_session("owner");
	const struct packer_figure *packer;
	struct figures f = { 0 };
	struct page page;
	int64_t shop = add_shop(s, "a");

	(void)state;
	fixture_role(s, "clerk");
	figures_shipped(&f, shop, 1, START, 2);
	figures_shipped(&f, shop, s->staff_id, START + 7200, 3);
	figures_shipped(&f, shop, s->staff_id, START + 86399, 1);
	figures_shipped(&f, shop, 1, START - 1, 50);
	figures_shipped(&f, shop, 1, START + 86400, 50);
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(figures_packers(s, DAY, 9, &page), 0);
	assert_int_equal(page.n, 2);
	packer = page_row(&page, 0);
	assert_int_equal(packer->staff_id, s->staff_id);
	assert_true(packer->mine);
	assert_int_equal(packer->shipped_n, 4);
	packer = page_row(&page, 1);
	assert_false(packer->mine);
	assert_int_equal(packer->shipped_n, 2);
	page_free(&page);
	assert_int_equal(figures_packers(s, DAY, 1, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_end(s);
}

static void
shops_are_ranked_by_what_they_were_paid(void **state)
{
	struct session *s = fixture_session("clerk");
	const struct shop_figure *shop;
	struct figures f = { 0 };
	struct page page;
	int64_t a, b;

	(void)state;
	a = add_shop(s, "a");
	b = add_shop(s, "b");
	figures_paid(&f, a, START, 1, 1000);
	figures_paid(&f, b, START, 1, 700);
	figures_paid(&f, b, START - 5 * 86400, 1, 700);
	figures_paid(&f, a, START - 6 * 86400, 1, 9000);
	assert_int_equal(flush(s, &f), 0);
	assert_int_equal(figures_shops(s, DAY, 6, 5, &page), 0);
	assert_int_equal(page.n, 2);
	shop = page_row(&page, 0);
	assert_string_equal(shop->shop, "b");
	assert_string_equal(shop->platform, "taobao");
	assert_int_equal(shop->paid_n, 2);
	assert_int_equal(shop->paid, 1400);
	page_free(&page);
	assert_int_equal(figures_shops(s, DAY, 7, 1, &page), 0);
	assert_int_equal(page.n, 1);
	shop = page_row(&page, 0);
	assert_int_equal(shop->paid, 10000);
	page_free(&page);
	fixture_end(s);
}

struct said {
	int bad;
	char last[300];
};

static void
tell(void *arg, bool bad, const char *text)
{
	struct said *said = arg;

	said->bad += bad;
	if (bad)
		snprintf(said->last, sizeof(said->last), "%s", text);
}

static void
spoil(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
verify_proves_the_hours(void **state)
{
	static const struct {
		const char *spoil, *mend, *words;
	} cases[] = {
		{ "UPDATE hour_figure SET created_n = created_n + 3",
		    "UPDATE hour_figure SET created_n = created_n - 3",
		    "hour from" },
		{ "UPDATE hour_figure SET paid_n = paid_n - 1",
		    "UPDATE hour_figure SET paid_n = paid_n + 1", "hour from" },
		{ "INSERT INTO packer_figure VALUES (5, 1, 2)",
		    "DELETE FROM packer_figure WHERE hour = 5", "packer 1" },
	};
	struct session *s = fixture_session("owner");
	struct said said;
	size_t i;

	(void)state;
	fixture_variant(s, "SKU-1", 5, 1000);
	fixture_order(s, "4000000000000000001", 1, "SKU-1", NULL);
	fixture_verify(s);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		spoil(s, cases[i].spoil);
		said = (struct said){ 0 };
		assert_true(shopdb_verify(s, tell, &said) > 0);
		assert_non_null(strstr(said.last, cases[i].words));
		spoil(s, cases[i].mend);
		fixture_verify(s);
	}
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
		cmocka_unit_test(hours_are_those_of_the_shops_clock),
		cmocka_unit_test(a_part_of_a_day_is_known_from_its_hours),
		cmocka_unit_test(clocks_off_by_half_an_hour_have_hours_too),
		cmocka_unit_test(packers_are_ranked_by_the_parcels_of_the_day),
		cmocka_unit_test(shops_are_ranked_by_what_they_were_paid),
		cmocka_unit_test(verify_proves_the_hours),
		cmocka_unit_test(moves_keep_the_counts),
		cmocka_unit_test(flush_survives_every_fault),
		cmocka_unit_test(low_stock_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
