/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"

/* Sums as people type them into fields. */

#define N(a)      (sizeof(a) / sizeof((a)[0]))
#define UNTOUCHED INT64_C(-424242)

struct want {
	const char *typed;
	int64_t v;
};

static void
amounts_are_added_up_to_the_fen(void **state)
{
	static const struct want good[] = { { "12.5", 1250 },
		{ "12.5+3*2", 1850 }, { "(19.9-5)*2", 2980 },
		{ "(19.9-5)×2", 2980 }, { "（１９．９－５）×２", 2980 },
		{ "１２。５", 1250 }, { " 3 * ( 4 + 5 ) ", 2700 },
		{ "-3", -300 }, { "+3", 300 }, { "3--2", 500 },
		{ "3*-2", -600 }, { "-(1+2)", -300 }, { "--", UNTOUCHED },
		{ "2+3*4", 1400 }, { "(2+3)*4", 2000 }, { "10-4-3", 300 },
		{ "199*0.85", 16915 }, { "19.9*0.5", 995 },
		{ "1.005*200", 20100 }, { "0.1+0.2", 30 }, { ".5", 50 },
		{ "5.", 500 }, { "1,299.00+1", 130000 }, { "1,299*2", 259800 },
		{ "¥12.5+¥3", 1550 }, { "3*¥4", 1200 }, { "￥5*2", 1000 },
		{ "12元+3元", 1500 }, { "12.5元*3", 3750 },
		{ "118.00元", 11800 }, { "AU $3,000.00", 300000 },
		{ "499.00（系统计算中…）", 49900 }, { "0", 0 }, { "-0", 0 },
		{ "1.230", 123 },
		{ "10000000000000", INT64_C(1000000000000000) },
		{ "9999999999999+1", INT64_C(1000000000000000) } };
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		int64_t fen = UNTOUCHED;
		int rc = money_sum(good[i].typed, &fen);

		if (rc != (good[i].v == UNTOUCHED ? ERR_INVALID : 0) ||
		    fen != good[i].v)
			fail_msg("%s: %d, %" PRId64, good[i].typed, rc, fen);
	}
}

static void
what_is_no_amount_is_refused(void **state)
{
	static const char *const bad[] = { "", " ", "+", "(", ")", "()", "3+",
		"*3", "3**2", "3 4", "(3", "3)", "((3)", "3(4+5)", "3（2）",
		"1.005", "0.333", "19.9*0.333", "¥3*¥4", "3元*4元",
		"(¥3+1)*(¥4)", "1,20+3", "1,2345", "3/2", "3÷2", "a", "3a",
		"1e3", "0x10", "12;", "12\n+3", "三", "½", "\xff", "3\xff",
		"10000000000000.01", "9999999999999+2",
		"9223372036854775807*9223372036854775807",
		"99999999999999999999", "0.0000000000001" };
	static const char open[] = "((((((((((((((((((((((((((((((((((((";
	static const char close[] = "))))))))))))))))))))))))))))))))))))";
	char deep[600];
	int64_t fen = UNTOUCHED;
	size_t i;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		if (money_sum(bad[i], &fen) != ERR_INVALID || fen != UNTOUCHED)
			fail_msg("%s: %" PRId64, bad[i], fen);
	}
	/* Brackets as deep as may be, and one more. */
	snprintf(deep, sizeof(deep), "%.*s1%.*s", 32, open, 32, close);
	assert_int_equal(money_sum(deep, &fen), 0);
	snprintf(deep, sizeof(deep), "%.*s1%.*s", 33, open, 33, close);
	assert_int_equal(money_sum(deep, &fen), ERR_INVALID);
	memset(deep, '(', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	assert_int_equal(money_sum(deep, &fen), ERR_INVALID);
	memset(deep, '-', sizeof(deep) - 1);
	assert_int_equal(money_sum(deep, &fen), ERR_INVALID);
}

static void
counts_are_whole(void **state)
{
	static const struct want good[] = { { "3*12+5", 41 },
		{ "３＊１２", 36 }, { "1,200", 1200 }, { "-4", -4 },
		{ "+4", 4 }, { "(2+3)*4", 20 }, { "2*(3+(4-1))", 12 },
		{ " 7 ", 7 }, { "9223372036854775807", INT64_MAX },
		{ "0-9223372036854775807-1", INT64_MIN },
		{ "3037000499*3037000499", INT64_C(9223372030926249001) } };
	static const char *const bad[] = { "", "1.5", "3.0", "1.5*2", "¥3",
		"3元", "9223372036854775808", "9223372036854775807+1",
		"3037000500*3037000500", "-9223372036854775807-2",
		"-(0-9223372036854775807-1)", "3 4", "3,5", "3kg" };
	int64_t n;
	size_t i;

	(void)state;
	for (i = 0; i < N(good); i++) {
		n = UNTOUCHED;
		if (count_sum(good[i].typed, &n) != 0 || n != good[i].v)
			fail_msg("%s: %" PRId64, good[i].typed, n);
	}
	for (i = 0; i < N(bad); i++) {
		n = UNTOUCHED;
		if (count_sum(bad[i], &n) != ERR_INVALID || n != UNTOUCHED)
			fail_msg("%s: %" PRId64, bad[i], n);
	}
}

/* Random sums, beside the same with 64 bits of mantissa: exact as long as each
 * step fits an integer, as it must to be taken. */

static unsigned
dice(unsigned n)
{
	return (unsigned)rand() % n;
}

static long double
random_sum(struct str *out, int depth)
{
	long double v, next;
	unsigned op = dice(depth > 0 ? 5 : 1);

	if (op == 0) {
		int n = (int)dice(2) ? (int)dice(100) : (int)dice(1000000);

		str_addf(out, "%d", n);
		return n;
	}
	str_addc(out, '(');
	v = random_sum(out, depth - 1);
	str_add(out, op == 1 ? " + " : op == 2 ? "-" : op == 3 ? "×" : "＊");
	next = random_sum(out, depth - 1);
	str_addc(out, ')');
	return op == 1 ? v + next : op == 2 ? v - next : v * next;
}

static void
random_sums_are_right_or_refused(void **state)
{
	int i, taken = 0;

	(void)state;
	/* valgrind works out a long double with the digits of a double. */
	if (getenv("VALGRIND") != NULL)
		skip();
	srand(20261122);
	for (i = 0; i < 20000; i++) {
		struct str text = STR_INIT;
		long double want = random_sum(&text, 3);
		int64_t n = UNTOUCHED;
		bool fits = want > -9.3e18L && want < 9.3e18L;

		if (count_sum(text.s, &n) == 0) {
			taken++;
			if (!fits || n != (int64_t)want)
				fail_msg("%s: %" PRId64, text.s, n);
		} else if (text.len < 200 && want < 1000000 &&
			   want > -1000000 && strstr(text.s, "×") == NULL &&
			   strstr(text.s, "＊") == NULL)
			fail_msg("%s was refused", text.s);
		str_done(&text);
	}
	assert_true(taken > 15000);
}

/* What is shown can be typed again. */
static void
an_amount_as_shown_is_itself(void **state)
{
	int i;

	(void)state;
	srand(7);
	for (i = 0; i < 20000; i++) {
		int64_t fen = ((int64_t)rand() << 18 ^ rand()) %
			      INT64_C(1000000000000000);
		char buf[MONEY_SIZE];
		int64_t again = UNTOUCHED;

		fen = dice(2) ? fen : -fen;
		assert_int_equal(money_sum(money_show(fen, buf), &again), 0);
		assert_int_equal(again, fen);
		assert_int_equal(money_sum(money_plain(fen, buf), &again), 0);
		assert_int_equal(again, fen);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_added_up_to_the_fen),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(counts_are_whole),
		cmocka_unit_test(random_sums_are_right_or_refused),
		cmocka_unit_test(an_amount_as_shown_is_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
