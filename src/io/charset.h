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
};

const char *charset_name(enum charset cs);
/* By the mark at the start, else the first of UTF-8 and GB18030 that fits.
 * @whole: these are all the bytes there are. */
enum charset charset_guess(const void *p, size_t len, bool whole);
size_t charset_bom(enum charset cs); /* bytes of the mark */

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
	void *iconv; /* for rare four-byte codes; opened when met */
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
