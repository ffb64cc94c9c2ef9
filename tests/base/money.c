/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/money.h"

static void
amounts_are_read_as_platforms_write_them(void **state)
{
	static const struct {
		const char *text;
		int64_t fen;
	} cases[] = {
		{ "0", 0 },
		{ "12", 1200 },
		{ "12.5", 1250 },
		{ "12.50", 1250 },
		{ "12.340", 1234 },
		{ "201.12", 20112 },
		{ ".5", 50 },
		{ "7.", 700 },
		{ "007", 700 },
		{ " 12.5\t", 1250 },
		{ "\xe3\x80\x80"
		  "3\xc2\xa0",
		    300 },
		{ "¥1,299.00", 129900 },
		{ "￥ 18", 1800 },
		{ "$3", 300 },
		{ "AU $3,000.00", 300000 },
		{ "CNY 5", 500 },
		{ "RMB5", 500 },
		{ "118.00元", 11800 },
		{ "0元", 0 },
		{ "¥118.00 元", 11800 },
		{ "499.00（系统计算中，该值仅供参考）", 49900 },
		{ "499.00(note)", 49900 },
		{ "499元 （参考） ", 49900 },
		{ "-3", -300 },
		{ "+3", 300 },
		{ "−0.01", -1 },
		{ "－2", -200 },
		{ "-¥3.5", -350 },
		{ "¥-3.5", -350 },
		{ "-0", 0 },
		{ "1,234,567.89", 123456789 },
		{ "10000000000000", INT64_C(1000000000000000) },
		{ "-10,000,000,000,000.00", INT64_C(-1000000000000000) },
	};
	int64_t fen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fen = -77;
		if (money_parse(cases[i].text, &fen) != 0 ||
		    fen != cases[i].fen)
			fail_msg("\"%s\" is read as %lld", cases[i].text,
			    (long long)fen);
	}
}

static void
what_is_no_amount_is_refused(void **state)
{
	static const char *const cases[] = { "", " ", "-", ".", "¥", "元",
		"abc", "1a", "1.2.3", "12.345", "0.001", "1e3", "0x10", "3,50",
		"1,29", "1,2345", ",123", "1234,567", "1,,234", "1,234,",
		"12,34,567", "--3", "-¥-3", "3-", "3 4", "无退款申请", "(3)",
		"5（note", "5（a）b", "元5", "5元元", "nan", "inf", "1\xff",
		"10000000000000.01", "-10000000000000.01",
		"99999999999999999999999999", "１２", "$$3" };
	int64_t fen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fen = -77;
		if (money_parse(cases[i], &fen) != ERR_INVALID || fen != -77)
			fail_msg(
			    "\"%s\" is read as %lld", cases[i], (long long)fen);
	}
}

static void
amounts_are_written_plain_and_for_people(void **state)
{
	char buf[MONEY_SIZE];

	(void)state;
	assert_string_equal(money_plain(0, buf), "0.00");
	assert_string_equal(money_plain(5, buf), "0.05");
	assert_string_equal(money_plain(-5, buf), "-0.05");
	assert_string_equal(money_plain(123450, buf), "1234.50");
	assert_string_equal(money_show(123450, buf), "1,234.50");
	assert_string_equal(money_show(99999, buf), "999.99");
	assert_string_equal(money_show(-100000000, buf), "-1,000,000.00");
	assert_string_equal(
	    money_plain(INT64_MIN, buf), "-92233720368547758.08");
	assert_string_equal(
	    money_show(INT64_MIN, buf), "-92,233,720,368,547,758.08");
	assert_ptr_equal(money_show(1, buf), buf);
}

static void
what_is_written_is_read_back(void **state)
{
	int64_t fen = 1, back;
	char buf[MONEY_SIZE];
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		fen = (fen * 4827 + i) % INT64_C(1000000000000000);
		assert_int_equal(money_parse(money_plain(fen, buf), &back), 0);
		assert_int_equal(back, fen);
		assert_int_equal(money_parse(money_show(-fen, buf), &back), 0);
		assert_int_equal(back, -fen);
		assert_int_equal(count_parse(count_show(fen, buf), &back), 0);
		assert_int_equal(back, fen);
	}
}

static void
counts_are_whole_numbers(void **state)
{
	static const char *const wrong[] = { "", "-", "1.0", "1.5", "3件",
		"1 2", "1,2", "1e3", "99999999999999999999",
		"9223372036854775808", "+-1" };
	char buf[MONEY_SIZE];
	int64_t n = 0;
	size_t i;

	(void)state;
	assert_int_equal(count_parse("3", &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(count_parse("-2", &n), 0);
	assert_int_equal(n, -2);
	assert_int_equal(count_parse(" +4 ", &n), 0);
	assert_int_equal(n, 4);
	assert_int_equal(count_parse("1,200", &n), 0);
	assert_int_equal(n, 1200);
	assert_int_equal(count_parse("9223372036854775807", &n), 0);
	assert_int_equal(n, INT64_MAX);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		n = 77;
		assert_int_equal(count_parse(wrong[i], &n), ERR_INVALID);
		assert_int_equal(n, 77);
	}
	assert_string_equal(count_show(0, buf), "0");
	assert_string_equal(count_show(12345, buf), "12,345");
	assert_string_equal(count_show(-999, buf), "-999");
	assert_string_equal(
	    count_show(INT64_MIN, buf), "-9,223,372,036,854,775,808");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_as_platforms_write_them),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(amounts_are_written_plain_and_for_people),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(counts_are_whole_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
