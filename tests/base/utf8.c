/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "shopmgr/base/utf8.h"

static void
every_character_survives_the_round_trip(void **state)
{
	uint32_t cp, back;
	char buf[4];
	size_t n;

	(void)state;
	for (cp = 0; cp <= 0x10ffff; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		n = utf8_encode(cp, buf);
		assert_int_equal(utf8_decode(buf, n, &back), n);
		assert_int_equal(back, cp);
		assert_int_equal(n, cp < 0x80      ? 1
				    : cp < 0x800   ? 2
				    : cp < 0x10000 ? 3
						   : 4);
	}
}

static void
what_is_no_character_is_encoded_as_bad(void **state)
{
	static const uint32_t wrong[] = { 0xd800, 0xdfff, 0x110000,
		UINT32_MAX };
	uint32_t cp;
	char buf[4];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(utf8_encode(wrong[i], buf), 3);
		utf8_decode(buf, 3, &cp);
		assert_int_equal(cp, UTF8_BAD);
	}
}

static void
invalid_bytes_are_taken_one_at_a_time(void **state)
{
	static const char *const wrong[] = {
		"\x80",             /* a tail alone */
		"\xc0\xaf",         /* overlong / */
		"\xc1\xbf",         /* overlong DEL */
		"\xe0\x80\x80",     /* overlong NUL */
		"\xe0\x9f\xbf",     /* overlong U+07FF */
		"\xf0\x8f\xbf\xbf", /* overlong U+FFFF */
		"\xed\xa0\x80",     /* a surrogate */
		"\xed\xbf\xbf",     /* another */
		"\xf4\x90\x80\x80", /* beyond the last */
		"\xf8\x88\x80\x80", /* five bytes, once */
		"\xff",             /* never */
		"\xe4\xb8",         /* cut off */
		"\xe4",             /* cut off */
		"\xf0\x9f\x98",     /* cut off */
		("\xe4"
		 "A\xb8"), /* interrupted */
	};
	uint32_t cp;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		cp = 0;
		assert_int_equal(
		    utf8_decode(wrong[i], strlen(wrong[i]), &cp), 1);
		assert_int_equal(cp, UTF8_BAD);
		assert_int_equal(utf8_check(wrong[i], strlen(wrong[i])), 0);
	}
}

static void
decoding_never_reads_beyond_the_length(void **state)
{
	uint32_t cp;

	(void)state;
	assert_int_equal(utf8_decode("中", 2, &cp), 1);
	assert_int_equal(cp, UTF8_BAD);
	assert_int_equal(utf8_decode("中", 3, &cp), 3);
	assert_int_equal(cp, 0x4e2d);
}

static void
check_says_where_the_first_bad_byte_is(void **state)
{
	char text[64];
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(text); at++) {
		memset(text, 'a', sizeof(text));
		text[at] = (char)0xff;
		assert_int_equal(utf8_check(text, sizeof(text)), at);
		assert_false(utf8_valid(text, sizeof(text)));
	}
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("订单 12345678 abcdefgh 元", 28));
	assert_int_equal(utf8_check("中文中文\xe4\xb8", 14), 12);
	assert_true(utf8_valid("a\0b", 3));
}

/* The plain way to say what utf8_check() says fast. */
static size_t
slow_check(const char *s, size_t len)
{
	uint32_t cp;
	size_t i, n;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp == UTF8_BAD && n == 1)
			return i;
	}
	return len;
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Bytes of the kinds that matter, more often than chance would have them. */
static void
make_noise(uint32_t *seed, char *buf, size_t n)
{
	static const char bytes[] = "aZ \x80\xbf\xc2\xe0\xe4\xb8\xad\xed\xa0"
				    "\xef\xbf\xbd\xf0\x9f\xf4\x90\xff\xcc\x81";
	size_t i;

	for (i = 0; i < n; i++)
		buf[i] = bytes[next_random(seed) % (sizeof(bytes) - 1)];
}

static void
check_agrees_with_decoding_on_noise(void **state)
{
	uint32_t seed = 1;
	char buf[40];
	int round;
	size_t n;

	(void)state;
	for (round = 0; round < 20000; round++) {
		n = next_random(&seed) % (sizeof(buf) + 1);
		make_noise(&seed, buf, n);
		assert_int_equal(utf8_check(buf, n), slow_check(buf, n));
	}
}

static void
going_back_stops_where_going_forward_did(void **state)
{
	size_t stops[64], n, at, i;
	uint32_t seed = 7;
	char buf[40];
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		n = next_random(&seed) % (sizeof(buf) + 1);
		make_noise(&seed, buf, n);
		i = 0;
		for (at = 0; at < n; at = text_next(buf, n, at))
			stops[i++] = at;
		assert_int_equal(at, n);
		while (i > 0) {
			at = text_prev(buf, n, at);
			assert_int_equal(at, stops[--i]);
		}
		assert_int_equal(text_prev(buf, n, 0), 0);
		assert_int_equal(text_next(buf, n, n), n);
	}
}

static void
widths_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(cp_width('a'), 1);
	assert_int_equal(cp_width(0x4e2d), 2);  /* 中 */
	assert_int_equal(cp_width(0xff0c), 2);  /* ， */
	assert_int_equal(cp_width(0x3000), 2);  /* the ideographic blank */
	assert_int_equal(cp_width(0xac00), 2);  /* 가 */
	assert_int_equal(cp_width(0x1f600), 2); /* an emoji */
	assert_int_equal(cp_width(0x1fae8), 2); /* one of Unicode 15 */
	assert_int_equal(cp_width(0x31350), 2); /* Extension H */
	assert_int_equal(cp_width(0x2cb4e), 2); /* Extension E, in names */
	assert_int_equal(cp_width(0x0301), 0);  /* an accent above */
	assert_int_equal(cp_width(0xfe0f), 0);  /* a variation selector */
	assert_int_equal(text_width("张三丰"), 6);
	assert_int_equal(text_width("e\xcc\x81"), 1);
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("\xff\x1b["), 3);
}

static void
ambiguous_characters_follow_the_terminal(void **state)
{
	static const char *const set[] = { "“", "”", "‘", "’", "…", "—", "·",
		"×", "÷", "°", "℃", "①", "Ⅲ", "→", "★", "■", "●", "※", "‰", "№",
		"é", "─", "│", "┌", "█", "▌", "▏", "\xef\xbf\xbd" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
		width_ambiguous = 1;
		assert_int_equal(text_width(set[i]), 1);
		width_ambiguous = 2;
		assert_int_equal(text_width(set[i]), 2);
	}
	/* What is not printable is drawn as a sign of one column. */
	assert_int_equal(cp_width(0x202e), 1);
	assert_int_equal(text_width("a中\n"), 4);
	width_ambiguous = 1;
}

static void
what_moves_the_cursor_or_spoofs_is_not_printable(void **state)
{
	static const uint32_t wrong[] = { 0, '\t', '\n', '\r', 0x1b, 0x7f, 0x80,
		0x9b, 0xad, 0x061c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f,
		0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060,
		0x2066, 0x2067, 0x2068, 0x2069, 0x3164, 0xfeff, 0xffa0, 0xfff9,
		0xd800, 0xdfff, 0xe0001, 0xe0041, 0xfffe, 0xffff, 0x10ffff,
		0x110000, UINT32_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(cp_printable(wrong[i]));
		assert_int_equal(cp_width(wrong[i]), 1);
	}
	assert_true(cp_printable(' '));
	assert_true(cp_printable('~'));
	assert_true(cp_printable(0xa0));
	assert_true(cp_printable(0x4e2d));
	assert_true(cp_printable(0x0301));
	assert_true(cp_printable(UTF8_BAD));
}

static void
ncurses_is_told_the_same(void **state)
{
	uint32_t cp;

	(void)state;
	assert_int_equal(wcwidth(L'\0'), 0);
	for (cp = 1; cp <= 0x10ffff; cp++)
		assert_int_equal(
		    wcwidth((wchar_t)cp), cp_printable(cp) ? cp_width(cp) : -1);
}

static void
fitting_text_keeps_characters_whole(void **state)
{
	int used = -1;

	(void)state;
	assert_int_equal(text_fit("张三丰", 5, &used), 6);
	assert_int_equal(used, 4);
	assert_int_equal(text_fit("张三丰", 6, &used), 9);
	assert_int_equal(used, 6);
	assert_int_equal(text_fit("张三丰", 100, &used), 9);
	assert_int_equal(text_fit("张", 1, &used), 0);
	assert_int_equal(used, 0);
	assert_int_equal(text_fit("", 3, &used), 0);
	/* A mark goes with its base, also in the last column. */
	assert_int_equal(text_fit("e\xcc\x81x", 1, &used), 3);
	assert_int_equal(used, 1);
}

static void
fitting_is_right_for_every_width_on_noise(void **state)
{
	uint32_t seed = 3;
	char buf[33], cut[33];
	int round, w, used;
	size_t n;

	(void)state;
	for (round = 0; round < 5000; round++) {
		make_noise(&seed, buf, sizeof(buf) - 1);
		buf[sizeof(buf) - 1] = '\0';
		for (w = 0; w < 40; w++) {
			n = text_fit(buf, w, &used);
			assert_in_range(used, 0, w);
			memcpy(cut, buf, n);
			cut[n] = '\0';
			assert_int_equal(text_width(cut), used);
			if (buf[n] != '\0')
				assert_true(used >= w - 1);
		}
	}
}

static void
marks_move_with_their_base(void **state)
{
	static const char text[] = "a\xcc\x81\xcc\x82中b";
	size_t len = sizeof(text) - 1;

	(void)state;
	assert_int_equal(text_next(text, len, 0), 5);
	assert_int_equal(text_next(text, len, 5), 8);
	assert_int_equal(text_next(text, len, 8), 9);
	assert_int_equal(text_prev(text, len, 9), 8);
	assert_int_equal(text_prev(text, len, 8), 5);
	assert_int_equal(text_prev(text, len, 5), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_survives_the_round_trip),
		cmocka_unit_test(what_is_no_character_is_encoded_as_bad),
		cmocka_unit_test(invalid_bytes_are_taken_one_at_a_time),
		cmocka_unit_test(decoding_never_reads_beyond_the_length),
		cmocka_unit_test(check_says_where_the_first_bad_byte_is),
		cmocka_unit_test(check_agrees_with_decoding_on_noise),
		cmocka_unit_test(going_back_stops_where_going_forward_did),
		cmocka_unit_test(widths_are_those_of_a_terminal),
		cmocka_unit_test(ambiguous_characters_follow_the_terminal),
		cmocka_unit_test(
		    what_moves_the_cursor_or_spoofs_is_not_printable),
		cmocka_unit_test(ncurses_is_told_the_same),
		cmocka_unit_test(fitting_text_keeps_characters_whole),
		cmocka_unit_test(fitting_is_right_for_every_width_on_noise),
		cmocka_unit_test(marks_move_with_their_base),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
