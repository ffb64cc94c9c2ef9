/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_CHARSET_STEP_H
#define SHOPMGR_IO_CHARSET_STEP_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The innermost steps of decoding and guessing, to be inlined. */

#define ONES  0x0101010101010101u
#define HIGHS 0x8080808080808080u

/* Bytes of the character at @s: 1-4; 0: invalid; -1: the end cuts it. */
static inline int
utf8_step(const unsigned char *s, size_t len)
{
	static const unsigned char least[] = { 0, 0, 0x80, 0xA0, 0x90 };
	unsigned char c = s[0];
	int n = c < 0x80   ? 1
		: c < 0xC2 ? 0
		: c < 0xE0 ? 2
		: c < 0xF0 ? 3
		: c < 0xF5 ? 4
			   : 0;

	if (n < 2)
		return n;
	if (len > 1) {
		if ((c == 0xE0 || c == 0xF0) && s[1] < least[n])
			return 0;
		if ((c == 0xED && s[1] > 0x9F) || (c == 0xF4 && s[1] > 0x8F))
			return 0;
	}
	for (int i = 1; i < n; i++) {
		if ((size_t)i == len)
			return -1;
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	}
	return n;
}

/* Text beginning with @s that holds neither a NUL nor a byte over 0x7F. */
static inline size_t
ascii_run(const unsigned char *s, size_t len)
{
	size_t i = 0;
	uint64_t w;

	for (; i + 8 <= len; i += 8) {
		memcpy(&w, s + i, 8);
		if (((w | (w - ONES)) & HIGHS) != 0)
			break;
	}
	while (i < len && s[i] != 0 && s[i] < 0x80)
		i++;
	return i;
}

#endif
