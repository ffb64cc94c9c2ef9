/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "charset.h"
#include "charset_step.h"

/* The names of encodings, and which one a file is probably in. */

static const struct {
	const char *name, *mark;
} charsets[] = {
	[CHARSET_UTF8] = { "UTF-8", "\xEF\xBB\xBF" },
	[CHARSET_UTF8_BOM] = { "UTF-8 BOM", "\xEF\xBB\xBF" },
	[CHARSET_GB18030] = { "GB18030", "" },
	[CHARSET_UTF16LE] = { "UTF-16 LE", "\xFF\xFE" },
	[CHARSET_UTF16BE] = { "UTF-16 BE", "\xFE\xFF" },
	[CHARSET_BIG5] = { "Big5", "" },
	[CHARSET_SHIFT_JIS] = { "Shift-JIS", "" },
	[CHARSET_EUC_KR] = { "EUC-KR", "" },
	[CHARSET_CP1252] = { "Windows-1252", "" },
};

const char *
charset_name(enum charset cs)
{
	return charsets[cs].name;
}

/* Letters and digits alone; true when they are those of @b. */
static bool
same_name(const char *a, const char *b)
{
	for (;;) {
		while (*a == '-' || *a == '_' || *a == ' ')
			a++;
		if (tolower((unsigned char)*a) != *b)
			return false;
		if (*b == '\0')
			return true;
		a++;
		b++;
	}
}

bool
charset_find(const char *name, enum charset *out)
{
	static const struct {
		const char *name;
		enum charset cs;
	} names[] = {
		{ "utf8", CHARSET_UTF8 },
		{ "utf8bom", CHARSET_UTF8 },
		{ "gb18030", CHARSET_GB18030 },
		{ "gbk", CHARSET_GB18030 },
		{ "gb2312", CHARSET_GB18030 },
		{ "cp936", CHARSET_GB18030 },
		{ "utf16", CHARSET_UTF16LE },
		{ "utf16le", CHARSET_UTF16LE },
		{ "utf16be", CHARSET_UTF16BE },
		{ "big5", CHARSET_BIG5 },
		{ "big5hkscs", CHARSET_BIG5 },
		{ "cp950", CHARSET_BIG5 },
		{ "shiftjis", CHARSET_SHIFT_JIS },
		{ "sjis", CHARSET_SHIFT_JIS },
		{ "cp932", CHARSET_SHIFT_JIS },
		{ "euckr", CHARSET_EUC_KR },
		{ "cp949", CHARSET_EUC_KR },
		{ "windows1252", CHARSET_CP1252 },
		{ "cp1252", CHARSET_CP1252 },
		{ "iso88591", CHARSET_CP1252 },
		{ "latin1", CHARSET_CP1252 },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (same_name(name, names[i].name)) {
			*out = names[i].cs;
			return true;
		}
	return false;
}

size_t
charset_mark(enum charset cs, const void *p, size_t len)
{
	size_t n = strlen(charsets[cs].mark);

	return len >= n && memcmp(p, charsets[cs].mark, n) == 0 ? n : 0;
}

/* Bytes that do not fit GB18030's pattern. */
static size_t
gb_misfits(const unsigned char *s, size_t len)
{
	size_t bad = 0, i = 0;

	for (;;) {
		i += ascii_run(s + i, len - i);
		if (i + 1 >= len)
			return bad;
		if (s[i] <= 0x80) {
			i++;
		} else if (s[i] != 0xFF && s[i + 1] >= 0x40 &&
			   s[i + 1] != 0x7F && s[i + 1] != 0xFF) {
			i += 2;
		} else if (s[i] != 0xFF && i + 3 < len &&
			   s[i + 1] - 0x30u < 10 && s[i + 2] > 0x80 &&
			   s[i + 3] - 0x30u < 10) {
			i += 4;
		} else {
			bad++;
			i++;
		}
	}
}

/* What a table in UTF-16 is made of, as far as that can be told. */
static bool
is_usual(uint32_t c)
{
	return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r' ||
	       (c >= 0xA0 && c < 0x250) || (c >= 0x2010 && c < 0x2040) ||
	       (c >= 0x3000 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000) ||
	       (c >= 0xD800 && c < 0xE000) || (c >= 0xFF00 && c < 0xFFF0);
}

bool
charset_looks_utf16(const void *p, size_t len, enum charset *out)
{
	const unsigned char *s = p;
	size_t zeros[2] = { 0 }, usual = 0, n, hi;

	if (len > 4096)
		len = 4096;
	n = len / 2;
	for (size_t i = 0; i < 2 * n; i++)
		zeros[i & 1] += s[i] == 0;
	hi = zeros[1] > zeros[0];
	for (size_t i = 0; i < n; i++)
		usual +=
		    is_usual((uint32_t)s[2 * i + hi] << 8 | s[2 * i + 1 - hi]);
	*out = hi ? CHARSET_UTF16LE : CHARSET_UTF16BE;
	/* U+4E00 is 一. */
	return n > 2 && zeros[hi] * 20 > n && zeros[!hi] * 8 <= zeros[hi] &&
	       usual * 20 > n * 19;
}

/*
 * Nearly all that is written in simplified Chinese are the 3,755 characters of
 * GB 2312's first level and its signs, whose second bytes begin at A1. In Big5
 * half of the second bytes are lower, and the most frequent characters are
 * where GB 2312 has Greek and kana. So text of which less than three quarters
 * is in those places is something else, Big5 more likely than not; and a
 * handful of characters proves nothing.
 */
bool
charset_doubtful(const void *p, size_t len)
{
	const unsigned char *s = p;
	size_t codes = 0, common = 0, i = 0;

	while (i < len) {
		i += ascii_run(s + i, len - i);
		if (i + 1 >= len)
			break;
		if (s[i] <= 0x80) {
			i++;
			continue;
		}
		codes++;
		common +=
		    s[i + 1] >= 0xA1 && ((s[i] >= 0xB0 && s[i] <= 0xD7) ||
					    (s[i] >= 0xA1 && s[i] <= 0xA3));
		i += s[i + 1] < 0x40 ? 4 : 2;
	}
	return codes < 8 || common * 4 < codes * 3;
}

enum charset
charset_guess(const void *p, size_t len, bool whole)
{
	const unsigned char *s = p;
	size_t good = 0, bad = 0, i = 0;
	enum charset wide;
	int n;

	if (charset_mark(CHARSET_UTF8, s, len) > 0)
		return CHARSET_UTF8_BOM;
	if (charset_mark(CHARSET_UTF16LE, s, len) > 0)
		return CHARSET_UTF16LE;
	if (charset_mark(CHARSET_UTF16BE, s, len) > 0)
		return CHARSET_UTF16BE;
	if (charset_looks_utf16(s, len, &wide))
		return wide;
	while (i < len) {
		i += ascii_run(s + i, len - i);
		if (i == len)
			break;
		n = utf8_step(s + i, len - i);
		if (n < 0 && !whole)
			break;
		if (n > 1)
			good++;
		else if (s[i] != 0)
			bad++;
		i += n > 0 ? (size_t)n : 1;
	}
	/* A damaged byte here and there does not make UTF-8 into GB18030, whose
	 * text hardly ever looks like UTF-8 for two characters running. */
	if (bad == 0 || good > 8 * bad ||
	    (good > bad && gb_misfits(s, len) > 0))
		return CHARSET_UTF8;
	return CHARSET_GB18030;
}
