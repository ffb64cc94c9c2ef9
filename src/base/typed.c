/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/utf8.h"

#include "typed_priv.h"

static uint32_t
plain(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xff01 - '!';
	switch (cp) {
	case 0x3000: /* ideographic blank */
	case 0xa0:   /* no-break blank */
	case '\t':
		return ' ';
	case 0x2212: /* minus sign */
		return '-';
	case 0xd7: /* multiplication sign */
		return '*';
	case 0x3002: /* ideographic full stop: the key of the decimal point */
		return '.';
	default:
		return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
	}
}

bool
typed_plain(const char *s, char *buf, size_t size)
{
	size_t len = strlen(s), at = 0, n = 0;

	while (at < len) {
		uint32_t cp;

		at += utf8_decode(s + at, len - at, &cp);
		if (n + 4 >= size)
			return false;
		n += utf8_encode(plain(cp), buf + n);
	}
	buf[n] = '\0';
	return true;
}
