/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "charset_step.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#define NO_ICONV ((iconv_t)-1)

/* GB18030's two-byte codes: lead 0x81-0xFE, trail 0x40-0xFE. An entry holds
 * the bytes of UTF-8, two at least, and zeros. */
#define LEADS  126
#define TRAILS 191
static unsigned char gb_table[LEADS * TRAILS][4];
static pthread_once_t gb_once = PTHREAD_ONCE_INIT;

void
decoder_init(struct decoder *d, enum charset cs)
{
	*d = (struct decoder){ .charset = cs, .iconv = NO_ICONV };
}

void
decoder_done(struct decoder *d)
{
	if (d->iconv != NO_ICONV)
		iconv_close(d->iconv);
	free(d->bad);
}

/* One byte that means nothing. */
static void
bad_byte(
    struct decoder *d, unsigned char byte, size_t in, char *text, size_t *at)
{
	if (d->nbad == d->cap_bad) {
		d->cap_bad = d->cap_bad ? d->cap_bad * 2 : 16;
		d->bad = xreallocarray(d->bad, d->cap_bad, sizeof(d->bad[0]));
	}
	d->bad[d->nbad++] = (struct decode_bad){
		.at = *at, .place = d->place + (int64_t)in, .byte = byte
	};
	memcpy(text + *at, "\xEF\xBF\xBD", 3);
	*at += 3;
}

static size_t
decode_utf8(struct decoder *d, const unsigned char *in, size_t len, bool last,
    char *text, size_t *at)
{
	size_t i = 0, from = 0;
	int n;

	for (;;) {
		if (i < len && in[i] < 0x80)
			i += ascii_run(in + i, len - i);
		n = i < len ? utf8_step(in + i, len - i) : -1;
		if (n > 1) {
			i += (size_t)n;
			continue;
		}
		memcpy(text + *at, in + from, i - from);
		*at += i - from;
		if (i == len || (n < 0 && !last))
			return i;
		bad_byte(d, in[i], i, text, at);
		from = ++i;
	}
}

static size_t
gb_bytes(const unsigned char *entry)
{
	return (size_t)2 + (entry[2] != 0) + (entry[3] != 0);
}

static void
gb_table_make(void)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	if (cd == NO_ICONV)
		return;
	for (int i = 0; i < LEADS * TRAILS; i++) {
		char code[2] = { (char)(0x81 + i / TRAILS),
			(char)(0x40 + i % TRAILS) };
		char utf8[8], *from = code, *to = utf8;
		size_t nfrom = sizeof(code), nto = sizeof(utf8);

		if ((unsigned char)code[1] == 0x7F ||
		    iconv(cd, &from, &nfrom, &to, &nto) == (size_t)-1) {
			iconv(cd, NULL, NULL, NULL, NULL);
			continue;
		}
		if (to - utf8 >= 2 && to - utf8 <= 4)
			memcpy(gb_table[i], utf8, (size_t)(to - utf8));
	}
	iconv_close(cd);
}

/* A four-byte code; returns the bytes of UTF-8, 0 when it means nothing. */
static size_t
gb_four(struct decoder *d, const unsigned char *s, char *text)
{
	char *from = (char *)(uintptr_t)s;
	size_t nfrom = 4, nto = 4;
	uint32_t n;

	if (s[0] >= 0x90 && s[0] <= 0xE3) { /* U+10000 and on */
		n = (uint32_t)(s[0] - 0x90) * 12600 +
		    (uint32_t)(s[1] - 0x30) * 1260 +
		    (uint32_t)(s[2] - 0x81) * 10 + (uint32_t)(s[3] - 0x30);
		return n < 0x100000 ? utf8_encode(0x10000 + n, text) : 0;
	}
	if (d->iconv == NO_ICONV)
		d->iconv = iconv_open("UTF-8", "GB18030");
	if (d->iconv == NO_ICONV ||
	    iconv(d->iconv, &from, &nfrom, &text, &nto) == (size_t)-1) {
		if (d->iconv != NO_ICONV)
			iconv(d->iconv, NULL, NULL, NULL, NULL);
		return 0;
	}
	return 4 - nto;
}

/*
 * The character at @s, not ASCII, to @text. Returns the bytes taken: 0 when it
 * is invalid, -1 when the end cuts it; *@out gets the bytes of UTF-8.
 */
static int
gb_step(struct decoder *d, const unsigned char *s, size_t len, char *text,
    size_t *out)
{
	const unsigned char *t;

	if (s[0] == 0x80) { /* CP936's euro */
		memcpy(text, "\xE2\x82\xAC", 3);
		*out = 3;
		return 1;
	}
	if (s[0] == 0 || s[0] == 0xFF)
		return 0;
	if (len < 2)
		return -1;
	if (s[1] >= 0x40 && s[1] != 0xFF) {
		t = gb_table[(s[0] - 0x81) * TRAILS + (s[1] - 0x40)];
		if (t[0] == 0)
			return 0;
		*out = gb_bytes(t);
		memcpy(text, t, 4);
		return 2;
	}
	if (s[1] < 0x30 || s[1] > 0x39)
		return 0;
	if (len > 2 && (s[2] < 0x81 || s[2] == 0xFF))
		return 0;
	if (len > 3 && (s[3] < 0x30 || s[3] > 0x39))
		return 0;
	if (len < 4)
		return -1;
	*out = gb_four(d, s, text);
	return *out > 0 ? 4 : 0;
}

static size_t
decode_gb18030(struct decoder *d, const unsigned char *in, size_t len,
    bool last, char *text, size_t *at)
{
	size_t i = 0, n, out;
	const unsigned char *t;
	int took;

	pthread_once(&gb_once, gb_table_make);
	while (i < len) {
		if (in[i] < 0x80) {
			n = ascii_run(in + i, len - i);
			memcpy(text + *at, in + i, n);
			*at += n;
			i += n;
		}
		/* The common case, by itself: a run of two-byte codes. */
		while (i + 1 < len && in[i] > 0x80 && in[i] != 0xFF &&
		       in[i + 1] >= 0x40 && in[i + 1] != 0xFF) {
			t = gb_table[(in[i] - 0x81) * TRAILS +
				     (in[i + 1] - 0x40)];
			if (t[0] == 0)
				break;
			memcpy(text + *at, t, 4);
			*at += gb_bytes(t);
			i += 2;
		}
		if (i == len || (in[i] < 0x80 && in[i] != 0))
			continue;
		took = gb_step(d, in + i, len - i, text + *at, &out);
		if (took < 0 && !last)
			break;
		if (took > 0) {
			*at += out;
			i += (size_t)took;
		} else {
			bad_byte(d, in[i], i, text, at);
			i++;
		}
	}
	return i;
}

static size_t
decode_utf16(struct decoder *d, const unsigned char *in, size_t len, bool last,
    char *text, size_t *at)
{
	int hi = d->charset == CHARSET_UTF16BE ? 0 : 1;
	size_t i = 0;
	uint32_t c, low;

	while (i < len) {
		if (i + 1 == len) {
			if (!last)
				break;
			bad_byte(d, in[i], i, text, at);
			i++;
			continue;
		}
		c = (uint32_t)in[i + (size_t)hi] << 8 | in[i + 1 - (size_t)hi];
		if (c >= 0xD800 && c < 0xDC00 && len - i < 4 && !last)
			break;
		if (c >= 0xD800 && c < 0xDC00 && len - i >= 4) {
			low = (uint32_t)in[i + 2 + (size_t)hi] << 8 |
			      in[i + 3 - (size_t)hi];
			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) +
				    (low - 0xDC00);
				i += 2;
			}
		}
		if (c == 0 || (c >= 0xD800 && c < 0xE000))
			bad_byte(d, in[i], i, text, at);
		else
			*at += utf8_encode(c, text + *at);
		i += 2;
	}
	return i;
}

static const char *const iconv_names[] = { [CHARSET_BIG5] = "BIG5-HKSCS",
	[CHARSET_SHIFT_JIS] = "SJIS-WIN",
	[CHARSET_EUC_KR] = "CP949",
	[CHARSET_CP1252] = "CP1252" };

/* iconv() by itself would let a zero pass, which no text holds. */
static size_t
decode_iconv(struct decoder *d, const unsigned char *in, size_t len, bool last,
    char *text, size_t *at)
{
	size_t i = 0, nfrom, nto;
	const unsigned char *zero;
	char *from, *to;

	if (d->iconv == NO_ICONV)
		d->iconv = iconv_open("UTF-8", iconv_names[d->charset]);
	while (i < len) {
		zero = memchr(in + i, 0, len - i);
		from = (char *)(uintptr_t)(in + i);
		nfrom = zero != NULL ? (size_t)(zero - in) - i : len - i;
		to = text + *at;
		nto = 3 * nfrom;
		errno = EILSEQ;
		if (d->iconv != NO_ICONV)
			iconv(d->iconv, &from, &nfrom, &to, &nto);
		i = (size_t)(from - (char *)(uintptr_t)in);
		*at = (size_t)(to - text);
		if (i == len ||
		    (nfrom > 0 && errno == EINVAL && zero == NULL && !last))
			break;
		/* Where the reading stopped: at a bad byte, or at the zero. */
		bad_byte(d, in[i], i, text, at);
		i++;
		if (d->iconv != NO_ICONV)
			iconv(d->iconv, NULL, NULL, NULL, NULL);
	}
	return i;
}

size_t
decode(struct decoder *d, const unsigned char *in, size_t len, bool last,
    char *text, size_t *at)
{
	size_t n = 0;

	switch (d->charset) {
	case CHARSET_UTF8:
	case CHARSET_UTF8_BOM:
		n = decode_utf8(d, in, len, last, text, at);
		break;
	case CHARSET_GB18030:
		n = decode_gb18030(d, in, len, last, text, at);
		break;
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		n = decode_utf16(d, in, len, last, text, at);
		break;
	case CHARSET_BIG5:
	case CHARSET_SHIFT_JIS:
	case CHARSET_EUC_KR:
	case CHARSET_CP1252:
		n = decode_iconv(d, in, len, last, text, at);
		break;
	}
	d->place += (int64_t)n;
	return n;
}

/* The two-byte codes by character: lead and trail, or 0. */
static uint16_t gb_codes[0x10000];
static pthread_once_t gb_codes_once = PTHREAD_ONCE_INIT;

static void
gb_codes_make(void)
{
	uint32_t cp;

	pthread_once(&gb_once, gb_table_make);
	for (int i = 0; i < LEADS * TRAILS; i++) {
		const unsigned char *t = gb_table[i];

		if (t[0] == 0 || t[3] != 0)
			continue;
		utf8_decode((const char *)t, gb_bytes(t), &cp);
		gb_codes[cp] =
		    (uint16_t)((0x81 + i / TRAILS) << 8 | (0x40 + i % TRAILS));
	}
}

/* A character of four bytes; false when there is none. */
static bool
add_four(struct str *out, iconv_t *cd, uint32_t cp, const char *s, size_t len)
{
	char *from = (char *)(uintptr_t)s, code[4], *to = code;
	size_t nto = sizeof(code);
	uint32_t n;

	if (cp >= 0x10000) {
		n = cp - 0x10000;
		code[0] = (char)(0x90 + n / 12600);
		code[1] = (char)(0x30 + n / 1260 % 10);
		code[2] = (char)(0x81 + n / 10 % 126);
		code[3] = (char)(0x30 + n % 10);
		str_addn(out, code, sizeof(code));
		return true;
	}
	if (*cd == NO_ICONV)
		*cd = iconv_open("GB18030", "UTF-8");
	if (*cd == NO_ICONV || iconv(*cd, &from, &len, &to, &nto) == (size_t)-1)
		return false;
	str_addn(out, code, sizeof(code) - nto);
	return true;
}

size_t
encode_gb18030(struct str *out, const char *s, size_t len)
{
	iconv_t cd = NO_ICONV;
	size_t lost = 0, n;
	uint32_t cp;

	pthread_once(&gb_codes_once, gb_codes_make);
	for (size_t i = 0; i < len; i += n) {
		n = ascii_run((const unsigned char *)s + i, len - i);
		if (n > 0) {
			str_addn(out, s + i, n);
			continue;
		}
		n = utf8_decode(s + i, len - i, &cp);
		if (cp < 0x10000 && gb_codes[cp] != 0) {
			str_addc(out, (char)(gb_codes[cp] >> 8));
			str_addc(out, (char)gb_codes[cp]);
		} else if ((cp == UTF8_BAD && n == 1) ||
			   !add_four(out, &cd, cp, s + i, n)) {
			str_addc(out, '?');
			lost++;
		}
	}
	if (cd != NO_ICONV)
		iconv_close(cd);
	return lost;
}
