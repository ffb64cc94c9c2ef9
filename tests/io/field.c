/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/io/sheet_in.h"

static void
assert_cleans(const char *text, const char *want)
{
	char buf[128];
	size_t len = strlen(text);
	char *got;

	memcpy(buf, text, len + 1);
	got = field_clean(buf, &len);
	assert_string_equal(got, want);
	assert_int_equal(len, strlen(want));
}

static void
blanks_go_from_both_ends_alone(void **state)
{
	static const char *const blanks[] = { " ", "\t", "\n", "\u00A0",
		"\u200B", "\u200C", "\u200D", "\u2060", "\u3000", "\uFEFF",
		"\r\n\t \u3000\u00A0" };
	char buf[64], want[64];

	(void)state;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		const char *b = blanks[i];

		snprintf(buf, sizeof(buf), "%s张%s三%s", b, b, b);
		snprintf(want, sizeof(want), "张%s三", b);
		assert_cleans(buf, want);
		assert_cleans(b, "");
	}
	/* Their last bytes end other characters too. */
	assert_cleans("à", "à");
	assert_cleans("一", "一");
	assert_cleans("→", "→");
	assert_cleans("\xA0", "\xA0");
	assert_cleans("", "");
}

static void
guards_are_unwrapped(void **state)
{
	(void)state;
	assert_cleans("=\"0012\"", "0012");
	assert_cleans("=\"\"", "");
	assert_cleans("=\" 12\t\"", "12");
	assert_cleans(" =\"'139\" ", "139");
	assert_cleans("'13900000001", "13900000001");
	assert_cleans("'+86 139", "+86 139");
	assert_cleans("'=1+1", "=1+1");
	assert_cleans("'null", "");
	assert_cleans("'tis", "'tis");
	assert_cleans("'", "'");
	assert_cleans("=\"", "=\"");
	assert_cleans("=1+1", "=1+1");
	assert_cleans("\t6900000000012", "6900000000012");
}

static void
words_for_nothing_are_nothing(void **state)
{
	static const char *const words[] = { "-", "--", "\\N", "null", "无",
		" - ", "=\"-\"", "'null", "\tnull" };
	static const char *const other[] = { "---", "N", "nul", "NULL", "无锡",
		"-1", "a-" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_cleans(words[i], "");
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		assert_cleans(other[i], other[i]);
}

static void
masks_are_left_alone(void **state)
{
	static const char *const masks[] = { "tb61*****", "1******6198",
		"##abc", "$$x", "姓名[6797]", "15781115734-0319", "********" };

	(void)state;
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
		assert_cleans(masks[i], masks[i]);
	assert_cleans("'139********", "139********");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_go_from_both_ends_alone),
		cmocka_unit_test(guards_are_unwrapped),
		cmocka_unit_test(words_for_nothing_are_nothing),
		cmocka_unit_test(masks_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
