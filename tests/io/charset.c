/* SPDX-License-Identifier: MIT */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/io/charset.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

static size_t
by_iconv(iconv_t cd, const char *in, size_t len, char *out, size_t size)
{
	char *from = (char *)(uintptr_t)in, *to = out;
	size_t left = size;

	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &from, &len, &to, &left) == (size_t)-1)
		return 0;
	return size - left;
}

/* Every two-byte code, and many of four, as iconv takes them. */
static void
gb18030_is_decoded_as_iconv_does(void **state)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	unsigned char in[4];
	char text[16], want[8];
	struct decoder d;
	size_t at, n, took;

	(void)state;
	decoder_init(&d, CHARSET_GB18030);
	for (int a = 0x81; a <= 0xFE; a++)
		for (int b = 0x40; b <= 0xFE; b++) {
			in[0] = (unsigned char)a;
			in[1] = (unsigned char)b;
			d.nbad = at = 0;
			n = by_iconv(cd, (char *)in, 2, want, sizeof(want));
			took = decode(&d, in, 2, true, text, &at);
			assert_int_equal(took, 2);
			assert_int_equal(d.nbad == 0, n > 0);
			if (n == 0)
				continue;
			assert_int_equal(at, n);
			assert_memory_equal(text, want, n);
		}
	for (int i = 0; i < 126 * 10 * 126 * 10; i += 7) {
		in[0] = (unsigned char)(0x81 + i / 12600);
		in[1] = (unsigned char)(0x30 + i / 1260 % 10);
		in[2] = (unsigned char)(0x81 + i / 10 % 126);
		in[3] = (unsigned char)(0x30 + i % 10);
		d.nbad = at = 0;
		n = by_iconv(cd, (char *)in, 4, want, sizeof(want));
		took = decode(&d, in, 4, true, text, &at);
		assert_int_equal(took, 4);
		assert_int_equal(d.nbad == 0, n > 0);
		if (n > 0)
			assert_memory_equal(text, want, n);
	}
	decoder_done(&d);
	iconv_close(cd);
}

static void
every_character_goes_to_gb18030_and_back(void **state)
{
	struct str coded = STR_INIT;
	struct decoder d;
	char utf8[4], text[64];
	size_t n, at;

	(void)state;
	decoder_init(&d, CHARSET_GB18030);
	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x11000 ? 1 : 97) {
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		n = utf8_encode(cp, utf8);
		str_cut(&coded, 0);
		if (encode_gb18030(&coded, utf8, n) > 0) {
			/* glibc's table has a few gaps in private use. */
			assert_true(cp >= 0xE000 && cp < 0xF900);
			continue;
		}
		at = 0;
		decode(&d, (const unsigned char *)coded.s, coded.len, true,
		    text, &at);
		assert_int_equal(d.nbad, 0);
		assert_int_equal(at, n);
		assert_memory_equal(text, utf8, n);
	}
	str_cut(&coded, 0);
	assert_int_equal(encode_gb18030(&coded, "a\xFF\xE5\xBC张", 7), 3);
	assert_string_equal(coded.s, "a???\xD5\xC5");
	str_done(&coded);
	decoder_done(&d);
}

/* However the file is cut into blocks, the text and what is bad is the same. */
static void
cuts_do_not_show(void **state)
{
	static const struct {
		enum charset cs;
		const char *bytes;
		size_t len;
	} cases[] = {
		{ CHARSET_UTF8, "a张\xE5x😀\xF0\x9F\x98y\xC3", 15 },
		{ CHARSET_GB18030,
		    "a\xD5\xC5\x80\xFF\x94\x39\xFC\x36"
		    "b\x81\x30\xD5z\x81\x30\x81",
		    17 },
		{ CHARSET_UTF16LE,
		    "\x20\x5F\x3D\xD8\x00\xDE\x3D\xD8"
		    "a\0\0\xDC,",
		    13 },
		{ CHARSET_BIG5, "a\xB0\xAA\xFF\x88\x62z\xF9\xD6\xB0", 10 },
		{ CHARSET_SHIFT_JIS, "\x8D\x82\xB1x\xFF\x82", 6 },
	};
	char whole[64], parts[64];
	struct decoder a, b;
	size_t na, nb, used;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const unsigned char *in = (const unsigned char *)cases[i].bytes;

		decoder_init(&a, cases[i].cs);
		na = 0;
		assert_int_equal(decode(&a, in, cases[i].len, true, whole, &na),
		    cases[i].len);
		assert_true(a.nbad > 0);
		for (size_t cut = 0; cut <= cases[i].len; cut++) {
			decoder_init(&b, cases[i].cs);
			nb = 0;
			used = decode(&b, in, cut, false, parts, &nb);
			assert_true(cut - used < 4);
			decode(&b, in + used, cases[i].len - used, true, parts,
			    &nb);
			assert_int_equal(na, nb);
			assert_memory_equal(whole, parts, na);
			assert_int_equal(a.nbad, b.nbad);
			for (size_t k = 0; k < a.nbad; k++) {
				assert_int_equal(a.bad[k].at, b.bad[k].at);
				assert_int_equal(
				    a.bad[k].place, b.bad[k].place);
				assert_int_equal(a.bad[k].byte, b.bad[k].byte);
			}
			decoder_done(&b);
		}
		decoder_done(&a);
	}
}

static void
assert_guess(const char *bytes, enum charset want)
{
	assert_int_equal(charset_guess(bytes, strlen(bytes), true), want);
}

static void
the_encoding_is_guessed(void **state)
{
	(void)state;
	assert_guess("", CHARSET_UTF8);
	assert_guess("a,b\n1,2", CHARSET_UTF8);
	assert_guess("\xEF\xBB\xBF", CHARSET_UTF8_BOM);
	assert_guess("张,三", CHARSET_UTF8);
	assert_guess("\xD5\xC5,\xC8\xFD", CHARSET_GB18030);
	/* The end of the first part of a file may cut a character. */
	assert_int_equal(charset_guess("张三\xE5\xBC", 8, false), CHARSET_UTF8);
	/* One damaged byte in much text. */
	assert_guess(
	    "订单编号,收货人姓名,收货地址\n1,张\xE4,江苏省\n", CHARSET_UTF8);
	assert_guess(
	    "\xB6\xA9\xB5\xA5\xB1\xE0\xBA\xC5,\xFF\n", CHARSET_GB18030);
	/* Overlong forms and surrogates are no UTF-8. */
	assert_guess("\xC0\xAF", CHARSET_GB18030);
	assert_guess("\xED\xA0\x80", CHARSET_GB18030);
	assert_guess("\xE0\x80\xAF", CHARSET_GB18030);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gb18030_is_decoded_as_iconv_does),
		cmocka_unit_test(every_character_goes_to_gb18030_and_back),
		cmocka_unit_test(cuts_do_not_show),
		cmocka_unit_test(the_encoding_is_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
