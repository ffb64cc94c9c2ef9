/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_CHARSET_H
#define SHOPMGR_IO_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The encodings that platforms write, to and from UTF-8. What cannot be
 * decoded becomes U+FFFD and is remembered with its place, so that a reader
 * can refuse the row it stands in and go on.
 */

enum charset {
	CHARSET_UTF8,
	CHARSET_UTF8_BOM,
	CHARSET_GB18030,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	/* Never guessed, only asked for. */
	CHARSET_BIG5,
	CHARSET_SHIFT_JIS,
	CHARSET_EUC_KR,
	CHARSET_CP1252,
};

const char *charset_name(enum charset cs);
/* "big5", "GBK", "utf-16le", ...: however it is spelt; false: not known. */
bool charset_find(const char *name, enum charset *out);
/* By the mark at the start, or the zeros of UTF-16, else the first of UTF-8
 * and GB18030 that fits. @whole: these are all the bytes there are. */
enum charset charset_guess(const void *p, size_t len, bool whole);
/* UTF-16 without a mark: the zeros of digits and delimiters are in every other
 * place, and nearly all the rest is what tables hold. */
bool charset_looks_utf16(const void *p, size_t len, enum charset *out);
/* Is it a bold guess that this is GB18030? */
bool charset_doubtful(const void *p, size_t len);
/* Bytes of the mark that the text begins with. */
size_t charset_mark(enum charset cs, const void *p, size_t len);

struct decode_bad {
	size_t at;     /* in the text */
	int64_t place; /* in the file */
	unsigned char byte;
};

struct decoder {
	enum charset charset;
	int64_t place; /* of the next byte in the file */
	struct decode_bad *bad;
	size_t nbad, cap_bad;
	void *iconv; /* for what has no table here; opened when met */
};

void decoder_init(struct decoder *d, enum charset cs);
void decoder_done(struct decoder *d);
/*
 * Decode @in to @text + @at, which has room for three times @len; *@at moves
 * on. Returns the bytes taken: all but an unfinished character at the end,
 * unless these are the @last.
 */
size_t decode(struct decoder *d, const unsigned char *in, size_t len, bool last,
    char *text, size_t *at);

struct str;
/* Append UTF-8 to @out as GB18030; returns how many characters became '?'. */
size_t encode_gb18030(struct str *out, const char *s, size_t len);

#endif
