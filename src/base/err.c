/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"

/* What "%.60s" cut in the middle of a character goes whole. */
static void
drop_halves(char *s)
{
	size_t len = strlen(s), at = utf8_check(s, len), to = at, n;
	uint32_t cp;

	for (; at < len; at += n) {
		n = utf8_decode(s + at, len - at, &cp);
		if (cp == UTF8_BAD && n == 1)
			continue;
		memmove(s + to, s + at, n);
		to += n;
	}
	s[to] = '\0';
}

int
err_set(struct err *err, enum err_code code, const char *field, const char *fmt,
    ...)
{
	char text[sizeof(err->text) * 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	drop_halves(text);
	err->code = code;
	copy_text(err->field, sizeof(err->field), field);
	copy_text(err->text, sizeof(err->text), text);
	return code;
}
