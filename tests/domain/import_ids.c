/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "../../src/domain/import/import_priv.h"
#include "shopmgr/domain/import_desk.h"

/* Order numbers that end as a spreadsheet leaves them: the others of their
 * column tell whether it was one. */

#define HEAD  "订单号,商品名称,订购数量,下单时间,京东价,订单状态,订单金额\n"
#define ROUND "4119203366520870000"
#define OTHER "4119203366520877731"
#define THIRD "4119203366520990000"
#define ROW(no, amount) \
	no ",锅,1,2024-06-01 10:00:00,9.00,等待出库," amount "\n"

static const struct import_summary *
orders(struct session *s, const char *rows)
{
	return take(s, "orders", fixture_file("ids.csv", rows), NULL);
}

static int64_t
orders_of(struct session *s, const char *no)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM orders WHERE order_no = '%s'", no);
	return fixture_int(s, sql);
}

static void
a_column_with_digits_was_not_touched(void **state)
{
	static const char *const whole[] = {
		HEAD ROW(ROUND, "9") ROW(OTHER, "9"),
		HEAD ROW(OTHER, "9") ROW(ROUND, "9"),
		/* 17 digits are more than a spreadsheet keeps, too */
		HEAD ROW(ROUND, "9") ROW("35153131473293579", "9"),
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		struct session *s = fixture_session("owner");

		counts(orders(s, whole[i]), 2, 0, 0, 0);
		assert_int_equal(orders_of(s, ROUND), 1);
		/* Nor into a shop that has orders. */
		counts(orders(s, whole[i]), 0, 0, 2, 0);
		fixture_end(s);
	}
	let_go();
}

static void
a_column_without_any_was_damaged(void **state)
{
	static const struct {
		const char *rows;
		int64_t n;
	} cases[] = {
		{ HEAD ROW(ROUND, "9"), 1 },
		{ HEAD ROW(ROUND, "9") ROW(THIRD, "9"), 2 },
		/* What was protected tells nothing of the others. */
		{ HEAD ROW(ROUND, "9") ROW("=\"4119203366520877731\"", "9"),
		    1 },
		{ HEAD ROW(ROUND, "9") ROW("300000000001", "9"), 1 },
	};
	const struct import_reject *r;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct session *s = fixture_session("owner");

		assert_int_equal(
		    orders(s, cases[i].rows)->rejected_n, cases[i].n);
		assert_int_equal(orders_of(s, ROUND), 0);
		r = import_rejects(taken, &n);
		assert_string_equal(r[0].column, "订单号");
		assert_non_null(strstr(r[0].reason, "write ' in front"));
		fixture_end(s);
	}
	let_go();
}

/* Whoever knows better says so. */
static void
it_can_be_said_to_be_right(void **state)
{
	struct session *s = fixture_session("owner");
	const char *rows[] = { "'" ROUND
			       ",锅,1,2024-06-01 10:00:00,9,等待出库,9" };
	const size_t which[] = { 0 };
	struct import *again;

	(void)state;
	orders(s, HEAD ROW(ROUND, "9"));
	assert_int_equal(
	    import_retry(s, taken, which, rows, 1, NULL, &again), 0);
	counts(import_summary(again), 1, 0, 0, 0);
	import_free(again);
	assert_int_equal(orders_of(s, ROUND), 1);
	let_go();
	fixture_end(s);
}

/* Refused for something else and mended, it is still one of its file. */
static void
mended_rows_are_of_their_column(void **state)
{
	struct session *s = fixture_session("owner");
	const char *rows[] = { ROUND ",锅,1,2024-06-01 10:00:00,9,等待出库,9" };
	const size_t which[] = { 0 };
	struct import *again;

	(void)state;
	counts(orders(s, HEAD ROW(ROUND, "viel") ROW(OTHER, "9")), 1, 0, 0, 1);
	assert_int_equal(
	    import_retry(s, taken, which, rows, 1, NULL, &again), 0);
	counts(import_summary(again), 1, 0, 0, 0);
	import_free(again);
	let_go();
	fixture_end(s);
}

/* What was found is part of the plan. */
static void
an_interrupted_import_knows_it(void **state)
{
	const char *rows = HEAD ROW(ROUND, "9") ROW(OTHER, "9") ROW(THIRD, "9")
	    ROW("300000000002", "9");
	int finished = 0;

	(void)state;
	import_step_most = 1;
	FOR_EACH_FAULT(f)
	{
		struct session *s;
		const char *file;
		int64_t running;

		if (f.n > 20 && f.n % 29 != 0) {
			f.hit = true;
			continue;
		}
		s = fixture_faulty("owner");
		orders(s, HEAD ROW("300000000001", "9"));
		file = fixture_file("ids.csv", rows);
		let_go();
		fault_arm(&f);
		(void)!import_run(s, "orders", &file, 1, NULL, &taken);
		fault_disarm(&f);
		let_go();
		running = fixture_int(
		    s, "SELECT count(*) FROM import_batch WHERE state = 1");
		assert_int_equal(import_recover(s, NULL), 0);
		if (running > 0) {
			finished++;
			assert_int_equal(orders_of(s, ROUND), 1);
			assert_int_equal(orders_of(s, THIRD), 1);
			assert_int_equal(
			    fixture_int(s, "SELECT sum(rejected_n) FROM"
					   " import_batch /*scan*/"),
			    0);
		}
		fixture_end(s);
	}
	import_step_most = 64;
	assert_true(finished > 3);
}

/* Rows that are kept, and the screen before an import. */
static void
others_look_too(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("refunds.csv",
	    "订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,退款状态\n"
	    "1001," ROUND ",1,T恤,10.00,退款成功\n"
	    "1002," OTHER ",1,T恤,10.00,退款成功\n");
	struct import_look look;

	(void)state;
	counts(take(s, "refunds", file, NULL), 2, 0, 0, 0);
	assert_int_equal(import_look(s, file, NULL, &look), 0);
	assert_string_equal(look.read[1], ROUND);
	import_look_free(&look);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_with_digits_was_not_touched),
		cmocka_unit_test(a_column_without_any_was_damaged),
		cmocka_unit_test(it_can_be_said_to_be_right),
		cmocka_unit_test(mended_rows_are_of_their_column),
		cmocka_unit_test(an_interrupted_import_knows_it),
		cmocka_unit_test(others_look_too),
	};

	return cmocka_run_group_tests_name(
	    "domain/import_ids", tests, NULL, NULL);
}
