/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"

char str_empty[1] = "";

static void
grow(struct str *str, size_t more)
{
	size_t cap = str->cap;

	if (str->len + more + 1 <= cap)
		return;
	cap = cap < 64 ? 64 : cap * 2;
	if (cap < str->len + more + 1)
		cap = str->len + more + 1;
	str->s = xrealloc(str->cap != 0 ? str->s : NULL, cap);
	str->cap = cap;
	str->s[str->len] = '\0';
}

void
str_addn(struct str *str, const char *s, size_t n)
{
	grow(str, n);
	memcpy(str->s + str->len, s, n);
	str->len += n;
	str->s[str->len] = '\0';
}

void
str_add(struct str *str, const char *s)
{
	str_addn(str, s, strlen(s));
}

void
str_addc(struct str *str, char c)
{
	grow(str, 1);
	str->s[str->len++] = c;
	str->s[str->len] = '\0';
}

void
str_addf(struct str *str, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	grow(str, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(str->s + str->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	str->len += (size_t)n;
}

void
str_cut(struct str *str, size_t len)
{
	if (len >= str->len)
		return;
	str->len = len;
	str->s[len] = '\0';
}

char *
str_take(struct str *str)
{
	char *s = str->cap != 0 ? str->s : xstrdup("");

	*str = (struct str)STR_INIT;
	return s;
}

void
str_done(struct str *str)
{
	if (str->cap != 0)
		free(str->s);
	*str = (struct str)STR_INIT;
}
