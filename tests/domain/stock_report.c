/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/stock_report.h"
#include "ship_lib.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"

/* Reports on the stock, by figures that were reckoned by hand. */

static int64_t
at(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return t;
}

static void
travel(const char *day, int hours)
{
	time_travel(at(day) + (int64_t)hours * 3600);
}

static int64_t
day_of(const char *text)
{
	return time_day(at(text));
}

static void
writes(struct session *s, enum stock_verb verb, const char *sku, int64_t qty,
    int64_t cost)
{
	struct stock_line l = { .qty = qty, .cost = cost };
	struct stock_doc d = {
		.reason = "why", .lines = &l, .n = 1, .new_bins = true
	};
	int64_t slip;

	copy_text(l.sku, sizeof(l.sku), sku);
	if (verb == STOCK_PUT)
		copy_text(l.to_bin, sizeof(l.to_bin), "A-01");
	if (stock_write(s, verb, &d, &slip) != 0)
		fail_msg("%s: %s", sku, s->err.text);
}

static void
sells(struct session *s, const char *order_no, int64_t qty, const char *sku)
{
	fixture_order(s, order_no, qty, sku, NULL);
	ships(s, order_no, (int)order_no[2]);
}

/* A: 10 at 1.00, 10 at 2.00, 3 sold, 2 at 3.00. B: 5 at 20.00, 1 given away. */
static struct session *
history(void)
{
	struct session *s;

	travel("2025-12-01", 9);
	s = fixture_session("owner");
	fixture_variant(s, "A", 0, 0);
	fixture_variant(s, "B", 0, 0);
	writes(s, STOCK_RECEIVE, "A", 10, 100);
	writes(s, STOCK_RECEIVE, "B", 5, 2000);
	travel("2026-04-10", 9);
	writes(s, STOCK_RECEIVE, "A", 10, 200);
	travel("2026-06-05", 9);
	sells(s, "o-1", 3, "A");
	travel("2026-06-20", 9);
	writes(s, STOCK_RECEIVE, "A", 2, 300);
	writes(s, STOCK_ISSUE, "B", 1, 0);
	travel("2026-06-30", 12);
	return s;
}

static void
ends(struct session *s)
{
	time_travel(0);
	fixture_end(s);
}

static struct stock_report
report(struct session *s, enum stock_report_kind kind, const char *from,
    const char *to)
{
	const struct stock_report_ask ask = {
		.kind = kind, .from = day_of(from), .to = day_of(to)
	};
	struct stock_report r;

	if (stock_report(s, &ask, &r) != 0)
		fail_msg("%d: %s", (int)kind, s->err.text);
	return r;
}

/* A product's row, all its figures. */
static void
row_is(const struct stock_report *r, const char *sku, size_t n, ...)
{
	va_list ap;
	size_t i, k;

	for (i = 0; i < r->n && strcmp(r->rows[i].sku_code, sku) != 0; i++)
		;
	if (i == r->n)
		fail_msg("no row of %s", sku);
	va_start(ap, n);
	for (k = 0; k < n; k++) {
		int64_t want = va_arg(ap, int);

		if (r->rows[i].n[k] != want)
			fail_msg("%s: figure %zu is %lld, not %lld", sku, k,
			    (long long)r->rows[i].n[k], (long long)want);
	}
	va_end(ap);
}

static void
the_value_of_any_day_is_that_of_the_books(void **state)
{
	struct session *s = history();
	struct stock_report r;

	(void)state;
	r = report(s, REPORT_VALUE, "2026-01-01", "2026-01-01");
	row_is(&r, "A", 3, 10, 1000, 100);
	row_is(&r, "B", 3, 5, 10000, 2000);
	assert_string_equal(r.rows[0].sku_code, "B");
	assert_int_equal(r.total.n[1], 11000);
	stock_report_free(&r);
	r = report(s, REPORT_VALUE, "2026-06-10", "2026-06-10");
	row_is(&r, "A", 3, 17, 2550, 150);
	stock_report_free(&r);
	r = report(s, REPORT_VALUE, "2025-11-30", "2025-11-30");
	assert_int_equal(r.n, 0);
	stock_report_free(&r);
	r = report(s, REPORT_VALUE, "2026-06-30", "2026-06-30");
	row_is(&r, "A", 2, 19, 3150);
	row_is(&r, "B", 2, 4, 8000);
	assert_int_equal(
	    r.total.n[1], fixture_int(s, "SELECT sum(value) FROM stock"));
	assert_int_equal(r.nspark, STOCK_REPORT_SPARK);
	assert_int_equal(r.spark[STOCK_REPORT_SPARK - 1], 11150);
	assert_int_equal(r.spark[STOCK_REPORT_SPARK - 2], 13000);
	assert_int_equal(r.spark[0], 0);
	stock_report_free(&r);
	ends(s);
}

static void
the_value_is_summed_by_warehouse_and_category(void **state)
{
	struct session *s = history();
	struct stock_report_ask ask = { .kind = REPORT_VALUE,
		.from = day_of("2026-06-30"),
		.to = day_of("2026-06-30"),
		.by = REPORT_BY_CATEGORY };
	struct stock_report r;

	(void)state;
	exec(s, "INSERT INTO category (id, name, path) VALUES (1, 'x', 'x/y');"
		" UPDATE product SET category_id = 1 WHERE id = (SELECT"
		" product_id FROM variant WHERE sku_code = 'A')");
	assert_int_equal(stock_report(s, &ask, &r), 0);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.rows[0].n[1], 8000);
	assert_string_equal(r.rows[1].name, "x/y");
	assert_int_equal(r.rows[1].n[1], 3150);
	assert_string_equal(r.fields[0].name, "name");
	stock_report_free(&r);
	ask.by = REPORT_BY_WAREHOUSE;
	assert_int_equal(stock_report(s, &ask, &r), 0);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.rows[0].n[0], 23);
	assert_int_equal(r.rows[0].n[1], 11150);
	stock_report_free(&r);
	ask.warehouse_id = 99;
	assert_int_equal(stock_report(s, &ask, &r), 0);
	assert_int_equal(r.n, 0);
	stock_report_free(&r);
	ends(s);
}

/* closing = opening + in - out, of each product, in pieces and in fen. */
static void
balances(const struct stock_report *r)
{
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		const int64_t *n = r->rows[i].n;
		int64_t sum = n[0];

		for (k = 1; k <= 10; k++)
			sum += k < 5 ? n[k] : -n[k];
		assert_int_equal(sum, n[11]);
		assert_int_equal(n[12] + n[13] - n[14], n[15]);
	}
}

static void
a_ledger_opens_with_what_was_there_and_closes_with_what_is(void **state)
{
	struct session *s = history();
	struct stock_report r;
	int64_t slip, counter;

	(void)state;
	r = report(s, REPORT_LEDGER, "2026-06-01", "2026-06-30");
	row_is(&r, "A", 16, 20, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 19, 3000, 600,
	    450, 3150);
	row_is(&r, "B", 16, 5, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 4, 10000, 0, 2000,
	    8000);
	balances(&r);
	stock_report_free(&r);
	writes(s, STOCK_ADJUST, "A", 3, 0);
	writes(s, STOCK_ADJUST, "B", -2, 0);
	writes(s, STOCK_DEFECT, "A", 4, 0);
	writes(s, STOCK_SCRAP, "A", 1, 0);
	assert_int_equal(
	    stock_slip_by_no(s, "ISS-000005", &slip), ERR_NOTFOUND);
	slip = fixture_int(s, "SELECT id FROM stock_slip WHERE kind = 'issue'");
	assert_int_equal(stock_reverse(s, slip, "why", &counter), 0);
	r = report(s, REPORT_LEDGER, "2026-06-01", "2026-06-30");
	row_is(&r, "A", 12, 20, 2, 0, 0, 3, 3, 0, 0, 0, 1, 0, 21);
	row_is(&r, "B", 12, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3);
	balances(&r);
	assert_int_equal(
	    r.total.n[11], fixture_int(s, "SELECT sum(on_hand) FROM stock"));
	assert_int_equal(
	    r.total.n[15], fixture_int(s, "SELECT sum(value) FROM stock"));
	stock_report_free(&r);
	ends(s);
}

static void
goods_are_as_old_as_the_receipts_they_are_left_of(void **state)
{
	struct session *s = history();
	struct stock_report r;

	(void)state;
	/* 2 of ten days ago, 10 of April, 7 of December. */
	r = report(s, REPORT_AGEING, "2026-06-30", "2026-06-30");
	row_is(&r, "A", 12, 19, 2, 0, 10, 0, 7, 3150, 332, 0, 1658, 0, 1160);
	row_is(&r, "B", 12, 4, 0, 0, 0, 0, 4, 8000, 0, 0, 0, 0, 8000);
	assert_int_equal(r.total.n[11], 9160);
	assert_int_equal(r.bars[4].value, 9160);
	stock_report_free(&r);
	/* What only was corrected is as old as that. */
	travel("2026-05-20", 9);
	fixture_variant(s, "C", 0, 0);
	time_travel(at("2026-06-20") + 10 * 3600);
	writes(s, STOCK_ADJUST, "C", 6, 0);
	travel("2026-07-30", 9);
	r = report(s, REPORT_AGEING, "2026-06-30", "2026-06-30");
	row_is(&r, "C", 6, 6, 0, 6, 0, 0, 0);
	stock_report_free(&r);
	ends(s);
}

static void
dead_is_what_nobody_bought_for_so_long(void **state)
{
	struct session *s = history();
	struct stock_report r;

	(void)state;
	r = report(s, REPORT_DEAD, "2026-06-30", "2026-06-30");
	assert_int_equal(r.n, 1);
	row_is(&r, "B", 2, 4, 8000);
	assert_int_equal(r.rows[0].n[3], 0);
	assert_int_equal(r.rows[0].n[4], 211);
	stock_report_free(&r);
	sells(s, "o-2", 1, "B");
	r = report(s, REPORT_DEAD, "2026-06-30", "2026-06-30");
	assert_int_equal(r.n, 0);
	stock_report_free(&r);
	ends(s);
}

static void
turnover_is_cost_of_sales_by_average_value(void **state)
{
	struct session *s = history();
	struct stock_report r;

	(void)state;
	r = report(s, REPORT_TURNOVER, "2026-06-01", "2026-06-30");
	row_is(&r, "A", 5, 3, 450, 3000, 3150, 3075);
	assert_string_equal(r.rows[0].sku_code, "A");
	assert_string_equal(r.rows[0].text[0], "0.15");
	assert_string_equal(r.rows[0].text[1], "205");
	row_is(&r, "B", 5, 0, 0, 10000, 8000, 9000);
	assert_string_equal(r.rows[1].text[1], "");
	assert_string_equal(r.facts[1].value, "805");
	stock_report_free(&r);
	ends(s);
}

static void
classes_are_filled_from_the_best_product_on(void **state)
{
	struct session *s = fixture_session("owner");
	struct stock_report_ask ask = { .kind = REPORT_ABC,
		.from = 20000,
		.to = 20010,
		.measure = REPORT_BY_COST };
	static const char *const classes[] = { "A", "A", "B", "C" };
	struct stock_report r;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		fixture_variant(
		    s, (const char *const[]){ "D", "C", "B", "A" }[i], 1, 100);
	exec(s, "INSERT INTO stock_day (variant_id, warehouse_id, day, sold,"
		" cost) SELECT v.id, 1, d.day, d.sold, d.cost FROM variant v"
		" JOIN (SELECT 'A' AS sku, 20000 AS day, 1 AS sold,"
		" 500 AS cost UNION ALL SELECT 'A', 20010, 1, 200"
		" UNION ALL SELECT 'A', 20011, 9, 900"
		" UNION ALL SELECT 'B', 20005, 5, 200"
		" UNION ALL SELECT 'C', 20005, 50, 60"
		" UNION ALL SELECT 'D', 20001, 4, 40) d"
		" ON d.sku = v.sku_code");
	assert_int_equal(stock_report(s, &ask, &r), 0);
	assert_int_equal(r.n, 4);
	for (i = 0; i < 4; i++)
		assert_string_equal(r.rows[i].text[0], classes[i]);
	row_is(&r, "A", 4, 2, 0, 700, 70);
	row_is(&r, "B", 4, 5, 0, 200, 90);
	assert_string_equal(r.rows[2].text[1], "6.0");
	assert_int_equal(r.bars[0].value, 900);
	stock_report_free(&r);
	ask.measure = REPORT_BY_PIECES;
	assert_int_equal(stock_report(s, &ask, &r), 0);
	assert_string_equal(r.rows[0].sku_code, "C");
	stock_report_free(&r);
	ask.from = 20011;
	assert_int_equal(stock_report(s, &ask, &r), ERR_INVALID);
	stock_report_free(&r);
	fixture_end(s);
}

static void
the_way_to_the_shelf_is_timed(void **state)
{
	struct session *s;
	struct stock_report r;

	(void)state;
	travel("2026-06-01", 8);
	s = fixture_session("owner");
	fixture_variant(s, "A", 0, 0);
	fixture_variant(s, "B", 0, 0);
	exec(s, "UPDATE warehouse SET put_away = 1");
	writes(s, STOCK_RECEIVE, "A", 5, 100);
	travel("2026-06-01", 10);
	writes(s, STOCK_PUT, "A", 0, 0);
	writes(s, STOCK_RECEIVE, "A", 5, 100);
	travel("2026-06-03", 22);
	writes(s, STOCK_PUT, "A", 0, 0);
	writes(s, STOCK_RECEIVE, "B", 7, 100);
	travel("2026-06-03", 23);
	r = report(s, REPORT_SHELF, "2026-06-01", "2026-06-30");
	assert_int_equal(r.n, 3);
	/* What waits on top; 2 hours, 60 hours. */
	assert_string_equal(r.rows[0].sku_code, "B");
	row_is(&r, "B", 2, 7, 7);
	assert_int_equal(r.rows[1].n[4], 60);
	assert_int_equal(r.rows[1].n[5], 1);
	assert_int_equal(r.rows[2].n[4], 2);
	assert_int_equal(r.rows[2].n[5], 0);
	assert_string_equal(r.facts[0].value, "2");
	assert_string_equal(r.facts[1].value, "2.0");
	assert_string_equal(r.facts[2].value, "60.0");
	assert_string_equal(r.facts[4].value, "1");
	assert_string_equal(r.facts[5].value, "1");
	stock_report_free(&r);
	r = report(s, REPORT_SHELF, "2026-06-02", "2026-06-02");
	assert_int_equal(r.n, 0);
	stock_report_free(&r);
	ends(s);
}

static void
who_may_not_see_cost_has_pieces_only(void **state)
{
	struct session *s = history();
	const struct rec_field *f;
	struct stock_report r;
	size_t i, k;
	int kind;

	(void)state;
	fixture_role(s, "clerk");
	for (kind = 0; kind < REPORT_KINDS; kind++) {
		r = report(s, (enum stock_report_kind)kind, "2026-06-01",
		    "2026-06-30");
		for (f = r.fields; f->name != NULL; f++)
			assert_int_not_equal(f->type, REC_MONEY);
		assert_false(r.money);
		assert_int_equal(r.nspark, 0);
		for (i = 0; kind != REPORT_SHELF && i < r.n; i++)
			for (k = 0; k < STOCK_REPORT_N; k++)
				assert_true(r.rows[i].n[k] < 400 ||
					    kind == REPORT_DEAD);
		stock_report_free(&r);
	}
	ends(s);
}

static void
a_report_is_a_file_and_a_paper(void **state)
{
	struct session *s = history();
	const char *path = fixture_path("value.csv");
	struct stock_report r;
	struct print_said said;
	char text[400] = "";
	FILE *f;

	(void)state;
	r = report(s, REPORT_VALUE, "2026-06-30", "2026-06-30");
	assert_int_equal(stock_report_file(s, &r, path, true), 0);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	fclose(f);
	assert_non_null(strstr(text, "sku_code,name,warehouse,category,on_hand,"
				     "value,average\r\nB,"));
	assert_non_null(strstr(text, ",19,31.50,1.66\r\n"));
	assert_int_equal(fixture_audited(s, "export", 0), 1);
	assert_int_equal(
	    stock_report_file(s, &r, fixture_path("v.ods"), true), ERR_INVALID);
	assert_int_equal(
	    stock_report_file(s, &r, fixture_path("v.xlsx"), false), 0);
	stock_report_free(&r);
	r = report(s, REPORT_LEDGER, "2026-06-01", "2026-06-30");
	path = fixture_path("ledger.pdf");
	assert_int_equal(
	    print_report(s, &r, &(struct print_job){ .path = path }, &said), 0);
	assert_int_equal(said.pages, 1);
	assert_string_equal(said.warning, "");
	stock_report_free(&r);
	ends(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_value_of_any_day_is_that_of_the_books),
		cmocka_unit_test(the_value_is_summed_by_warehouse_and_category),
		cmocka_unit_test(
		    a_ledger_opens_with_what_was_there_and_closes_with_what_is),
		cmocka_unit_test(
		    goods_are_as_old_as_the_receipts_they_are_left_of),
		cmocka_unit_test(dead_is_what_nobody_bought_for_so_long),
		cmocka_unit_test(turnover_is_cost_of_sales_by_average_value),
		cmocka_unit_test(classes_are_filled_from_the_best_product_on),
		cmocka_unit_test(the_way_to_the_shelf_is_timed),
		cmocka_unit_test(who_may_not_see_cost_has_pieces_only),
		cmocka_unit_test(a_report_is_a_file_and_a_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
