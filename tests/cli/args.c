/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/cli/cli_priv.h"

/* Words of a batch line, and JSON strings. */

static void
words_are(const char *line, const char *joined)
{
	struct arena arena = { 0 };
	struct str s = STR_INIT;
	char **argv;
	int n = words_split(&arena, line, &argv);

	assert_true(n >= 0);
	for (int i = 0; i < n; i++)
		str_addf(&s, "[%s]", argv[i]);
	assert_string_equal(s.s, joined);
	assert_null(argv[n]);
	str_done(&s);
	arena_done(&arena);
}

static void
splits_at_blanks(void **state)
{
	(void)state;
	words_are("", "");
	words_are("  \t\r\n", "");
	words_are("list orders", "[list][orders]");
	words_are("  list\torders \r\n", "[list][orders]");
	words_are("a b c d e f g", "[a][b][c][d][e][f][g]");
}

static void
quotes_keep_blanks(void **state)
{
	(void)state;
	words_are("--memo '改发 红色'", "[--memo][改发 红色]");
	words_are("\"a \\\"b\\\" c\"", "[a \"b\" c]");
	words_are("'it''s'", "[its]");
	words_are("'a\\b'", "[a\\b]");
	words_are("a\\ b", "[a b]");
	words_are("'' x", "[][x]");
	words_are("--memo=''", "[--memo=]");
}

static void
remarks_are_left_out(void **state)
{
	(void)state;
	words_are("# nothing here", "");
	words_are("find x # and this", "[find][x]");
	words_are("find a#b", "[find][a#b]");
}

static void
open_quotes_are_told(void **state)
{
	static const char *const lines[] = { "'", "a \"b", "a 'b \\' \"c" };
	struct arena arena = { 0 };
	char **argv;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(words_split(&arena, lines[i], &argv), -1);
	arena_done(&arena);
}

static void
json_is(const char *s, const char *json)
{
	struct str out = STR_INIT;

	json_string(&out, s);
	assert_string_equal(out.s, json);
	str_done(&out);
}

static void
json_escapes(void **state)
{
	(void)state;
	json_is("", "\"\"");
	json_is("订单", "\"订单\"");
	json_is("a\"b\\c", "\"a\\\"b\\\\c\"");
	json_is("a\nb\tc\x01\x7f", "\"a\\nb\\u0009c\\u0001\\u007f\"");
	/* Bytes that are no UTF-8 become the replacement character. */
	json_is("a\xff", "\"a\xef\xbf\xbd\"");
	json_is("\xe8\xae", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_at_blanks),
		cmocka_unit_test(quotes_keep_blanks),
		cmocka_unit_test(remarks_are_left_out),
		cmocka_unit_test(open_quotes_are_told),
		cmocka_unit_test(json_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
