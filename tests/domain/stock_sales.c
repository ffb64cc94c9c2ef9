/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"

#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/stock_report.h"

/* What buyers paid for goods, kept by day with what was shipped. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static int64_t
sales(struct session *s, const char *sku)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(d.sales), 0) FROM stock_day d JOIN variant v"
	    " ON v.id = d.variant_id WHERE v.sku_code = '%s' /*scan*/",
	    sku);
	return fixture_int(s, sql);
}

static int
comes_back(struct session *s, int64_t order, const char *sku, int64_t qty,
    int64_t *slip)
{
	struct stock_line line = { .qty = qty };
	struct stock_doc doc = { .reason = "back", .lines = &line, .n = 1 };

	copy_text(line.sku, sizeof(line.sku), sku);
	return stock_return(s, order, &doc, slip);
}

static void
several_parcels_make_what_was_paid(void **state)
{
	struct session *s = fixture_session("owner");
	struct pack_close close = by_yto(1);
	struct packing *p;
	int i;

	(void)state;
	fixture_variant(s, "PAN", 9, 1000);
	fixture_order(s, "1", 3, "PAN", NULL);
	exec(s, "UPDATE order_line SET paid = 10000");
	p = opened(s, "1");
	for (i = 1; i <= 3; i++) {
		close = by_yto(i);
		close.more = i < 3;
		assert_true(scan(s, p, "PAN") >= 0);
		must(s, pack_ship(s, p, &close, NULL));
		assert_int_equal(sales(s, "PAN"), (10000 * i + 1) / 3);
	}
	pack_free(p);
	assert_int_equal(sales(s, "PAN"), 10000);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_waits_for_the_scale_is_sold_when_it_goes(void **state)
{
	struct session *s = fixture_session("owner");
	const struct pack_close close = by_yto(1);
	struct packing *p;

	(void)state;
	fixture_variant(s, "PAN", 9, 1000);
	fixture_order(s, "1", 2, "PAN", NULL);
	p = packed(s, "1");
	must(s, pack_keep(s, p, &close, NULL));
	pack_free(p);
	assert_int_equal(sales(s, "PAN"), 0);
	must(s, pack_weigh(s, close.waybill_no, 500, true, NULL));
	assert_int_equal(sales(s, "PAN"), 10000);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_comes_back_is_not_sold(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t order, slip, counter;

	(void)state;
	fixture_variant(s, "PAN", 9, 1000);
	order = fixture_order(s, "1", 3, "PAN", NULL);
	exec(s, "UPDATE order_line SET paid = 10000");
	ships(s, "1", 1);
	must(s, comes_back(s, order, "PAN", 1, &slip));
	assert_int_equal(sales(s, "PAN"), 6667);
	must(s, stock_reverse(s, slip, "it did not", &counter));
	assert_int_equal(sales(s, "PAN"), 10000);
	must(s, comes_back(s, order, "PAN", 2, &slip));
	must(s, comes_back(s, order, "PAN", 1, &slip));
	assert_int_equal(sales(s, "PAN"), 0);
	fixture_verify(s);
	fixture_end(s);
}

/* The pieces of a kit share by their prices what was paid for it. */
static void
a_kit_is_paid_for_by_its_pieces(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t set, pot, cup, order, slip;

	(void)state;
	pot = fixture_variant(s, "POT", 9, 1000);
	cup = fixture_variant(s, "CUP", 9, 100);
	set = fixture_variant(s, "SET", 0, 0);
	exec(s, "UPDATE variant SET price = CASE sku_code WHEN 'POT' THEN 6000"
		" WHEN 'CUP' THEN 1000 ELSE 8888 END");
	must(s, kit_put(s, set, pot, 1));
	must(s, kit_put(s, set, cup, 4));
	order = fixture_order(s, "1", 1, "SET", NULL); /* at 5000 */
	ships(s, "1", 1);
	assert_int_equal(sales(s, "POT"), 3000);
	assert_int_equal(sales(s, "CUP"), 2000);
	must(s, comes_back(s, order, "CUP", 1, &slip));
	assert_int_equal(sales(s, "CUP"), 1500);
	fixture_verify(s);
	fixture_end(s);
}

static void
classes_are_by_what_was_paid(void **state)
{
	struct session *s = fixture_session("owner");
	struct stock_report_ask ask = { .kind = REPORT_ABC };
	struct stock_report r;

	(void)state;
	fixture_variant(s, "CHEAP", 9, 5000);
	fixture_variant(s, "DEAR", 9, 1000);
	fixture_order(s, "1", 1, "CHEAP", "DEAR", NULL);
	exec(s, "UPDATE order_line SET paid = CASE variant_id WHEN 1 THEN 2000"
		" ELSE 8000 END");
	ships(s, "1", 1);
	ask.from = ask.to = time_day(time_now());
	must(s, stock_report(s, &ask, &r));
	assert_string_equal(r.rows[0].sku_code, "DEAR");
	assert_int_equal(r.rows[0].n[1], 8000);
	assert_string_equal(r.rows[0].text[1], "80.0");
	stock_report_free(&r);
	ask.measure = REPORT_BY_COST;
	must(s, stock_report(s, &ask, &r));
	assert_string_equal(r.rows[0].sku_code, "CHEAP");
	stock_report_free(&r);
	fixture_end(s);
}

/* A shop of before that was kept: its ledger tells the days. */
static void
days_are_added_up_anew(void **state)
{
	const char *path = fixture_shop("days.db");
	struct session *s;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	fixture_variant(s, "PAN", 9, 1000);
	fixture_order(s, "1", 2, "PAN", NULL);
	ships(s, "1", 1);
	exec(s, "UPDATE stock_day SET sales = 0, sold = 7;"
		"INSERT INTO setting (name, value)"
		" VALUES ('stock_days_due', '1')");
	session_close(s);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(sales(s, "PAN"), 10000);
	fixture_verify(s);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_parcels_make_what_was_paid),
		cmocka_unit_test(what_waits_for_the_scale_is_sold_when_it_goes),
		cmocka_unit_test(what_comes_back_is_not_sold),
		cmocka_unit_test(a_kit_is_paid_for_by_its_pieces),
		cmocka_unit_test(classes_are_by_what_was_paid),
		cmocka_unit_test(days_are_added_up_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
