/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>
#include <wchar.h>

#include "shopmgr/base/utf8.h"

#include "widths_priv.h"

int width_ambiguous = 1;

static bool
is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

static size_t
bad(uint32_t *cp)
{
	*cp = UTF8_BAD;
	return 1;
}

size_t
utf8_decode(const char *text, size_t len, uint32_t *cp)
{
	const unsigned char *s = (const unsigned char *)text;
	uint32_t c = s[0];

	assert(len > 0);
	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	if (c < 0xc2 || c > 0xf4 || len < 2 || !is_tail(s[1]))
		return bad(cp);
	if (c < 0xe0) {
		*cp = (c & 0x1f) << 6 | (s[1] & 0x3f);
		return 2;
	}
	if (len < 3 || !is_tail(s[2]))
		return bad(cp);
	if (c < 0xf0) {
		c = (c & 0x0f) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3f);
		if (c < 0x800 || (c >= 0xd800 && c < 0xe000))
			return bad(cp);
		*cp = c;
		return 3;
	}
	if (len < 4 || !is_tail(s[3]))
		return bad(cp);
	c = (c & 0x07) << 18 | (s[1] & 0x3fu) << 12 | (s[2] & 0x3fu) << 6 |
	    (s[3] & 0x3f);
	if (c < 0x10000 || c > 0x10ffff)
		return bad(cp);
	*cp = c;
	return 4;
}

size_t
utf8_encode(uint32_t cp, char buf[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = UTF8_BAD;
	if (cp < 0x80) {
		buf[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		buf[0] = (char)(0xc0 | cp >> 6);
		buf[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		buf[0] = (char)(0xe0 | cp >> 12);
		buf[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		buf[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	buf[0] = (char)(0xf0 | cp >> 18);
	buf[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	buf[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	buf[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t
utf8_check(const char *s, size_t len)
{
	uint64_t word;
	uint32_t cp;
	size_t i = 0, n;

	while (i < len) {
		/* Eight at a time where all is ASCII. */
		for (; len - i >= sizeof(word); i += sizeof(word)) {
			memcpy(&word, s + i, sizeof(word));
			if ((word & 0x8080808080808080u) != 0)
				break;
		}
		if (i == len)
			break;
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 1 && (unsigned char)s[i] >= 0x80)
			return i;
		i += n;
	}
	return len;
}

bool
utf8_valid(const char *s, size_t len)
{
	return utf8_check(s, len) == len;
}

static enum width_kind
kind_of(uint32_t cp)
{
	const struct width_range *r;
	unsigned lo = 0, hi = width_nranges, mid;

	if (cp < 0x7f)
		return cp < 0x20 ? WIDTH_BAD : WIDTH_ONE;
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return WIDTH_WIDE;
	while (lo < hi) {
		mid = (lo + hi) / 2;
		r = &width_ranges[mid];
		if (cp > r->last)
			lo = mid + 1;
		else if (cp < r->first)
			hi = mid;
		else
			return r->kind;
	}
	return cp <= 0x10ffff ? WIDTH_ONE : WIDTH_BAD;
}

static int
columns(enum width_kind kind)
{
	switch (kind) {
	case WIDTH_MARK:
		return 0;
	case WIDTH_BAD: /* what is drawn instead is one column wide */
	case WIDTH_ONE:
		return 1;
	case WIDTH_WIDE:
		return 2;
	case WIDTH_AMBIGUOUS:
		break;
	}
	return width_ambiguous;
}

bool
cp_printable(uint32_t cp)
{
	return kind_of(cp) != WIDTH_BAD;
}

int
cp_width(uint32_t cp)
{
	return columns(kind_of(cp));
}

/*
 * In place of the C library's, so that ncurses counts columns as we do: it
 * knows neither Unicode 15 nor terminals that draw ambiguous characters wide.
 */
int
wcwidth(wchar_t c)
{
	enum width_kind kind = kind_of((uint32_t)c);

	if (c == L'\0')
		return 0;
	return kind == WIDTH_BAD ? -1 : columns(kind);
}

size_t
text_chars(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += !is_tail((unsigned char)*s);
	return n;
}

int
text_width(const char *s)
{
	size_t len = strlen(s);
	uint32_t cp;
	int w = 0;

	while (len > 0) {
		size_t n = utf8_decode(s, len, &cp);

		w += cp_width(cp);
		s += n;
		len -= n;
	}
	return w;
}

size_t
text_fit(const char *s, int w, int *used)
{
	size_t len = strlen(s), i = 0, n;
	uint32_t cp;
	int have = 0, cols;

	while (i < len) {
		n = utf8_decode(s + i, len - i, &cp);
		cols = cp_width(cp);
		if (cols > w - have)
			break;
		have += cols;
		i += n;
	}
	*used = have;
	return i;
}

size_t
text_next(const char *s, size_t len, size_t at)
{
	uint32_t cp;
	size_t n;

	if (at >= len)
		return len;
	at += utf8_decode(s + at, len - at, &cp);
	while (at < len) {
		n = utf8_decode(s + at, len - at, &cp);
		if (cp_width(cp) != 0)
			break;
		at += n;
	}
	return at;
}

/* Where the character that ends at @at begins. */
static size_t
back(const char *s, size_t at, uint32_t *cp)
{
	size_t n;

	for (n = 2; n <= 4 && n <= at && is_tail((unsigned char)s[at - n + 1]);
	     n++)
		if (utf8_decode(s + at - n, n, cp) == n)
			return at - n;
	utf8_decode(s + at - 1, 1, cp);
	return at - 1;
}

size_t
text_prev(const char *s, size_t len, size_t at)
{
	uint32_t cp;

	if (at > len)
		at = len;
	while (at > 0) {
		at = back(s, at, &cp);
		if (cp_width(cp) != 0)
			break;
	}
	return at;
}
