/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/money.h"

#define MONEY_MAX INT64_C(1000000000000000) /* fen */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is @word next? Then step over it. */
static bool
take(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

static bool
take_any(const char **s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (take(s, *words))
			return true;
	return false;
}

static void
skip_blanks(const char **s)
{
	/* Also the no-break and the ideographic blank. */
	static const char *const wide[] = { "\u00a0", "\u3000", NULL };

	for (;;) {
		while (**s == ' ' || (**s >= '\t' && **s <= '\r'))
			(*s)++;
		if ((unsigned char)**s < 0x80 || !take_any(s, wide))
			return;
	}
}

static int
take_sign(const char **s)
{
	static const char *const minus[] = { "\u2212", "\uff0d", NULL };

	if (**s == '+') {
		(*s)++;
		return 1;
	}
	if (**s == '-') {
		(*s)++;
		return -1;
	}
	if ((unsigned char)**s >= 0x80 && take_any(s, minus))
		return -1;
	return 0;
}

/*
 * Digits, with commas only where thousands end: "3,50" is not 350.
 * Returns how many digits there were, or -1.
 */
static int
take_whole(const char **s, int64_t max, int64_t *out)
{
	int n = 0, group = -1; /* digits since the last comma */
	int64_t v = 0;

	for (;; (*s)++) {
		if (is_digit(**s)) {
			if (v > (max - (**s - '0')) / 10)
				return -1;
			v = v * 10 + (**s - '0');
			n++;
			if (group >= 0)
				group++;
		} else if (**s == ',' && n > 0 &&
			   (group == 3 || (group < 0 && n <= 3))) {
			group = 0;
		} else {
			break;
		}
	}
	if (group >= 0 && group != 3)
		return -1;
	*out = v;
	return n;
}

/* ".5": what is behind the point, in hundredths. Returns digits, or -1. */
static int
take_hundredths(const char **s, int64_t *out)
{
	int64_t v = 0;
	int n = 0;

	if (**s == '.') {
		for ((*s)++; is_digit(**s); (*s)++, n++) {
			if (n < 2)
				v = v * 10 + (**s - '0');
			else if (**s != '0')
				return -1;
		}
		if (n == 1)
			v *= 10;
	}
	*out = v;
	return n;
}

/* "（系统计算中…）": to the end, and nothing behind it. */
static bool
take_note(const char **s)
{
	static const char *const open[] = { "(", "（", NULL };
	static const char *const close[] = { ")", "）", NULL };

	if (!take_any(s, open))
		return true;
	while (**s != '\0')
		if (take_any(s, close))
			return true;
		else
			(*s)++;
	return false;
}

static void
take_currency(const char **s)
{
	static const char *const names[] = { "CNY", "RMB", "AU", NULL };
	static const char *const signs[] = { "¥", "￥", "$", NULL };

	if (take_any(s, names))
		skip_blanks(s);
	if (take_any(s, signs))
		skip_blanks(s);
}

int
money_parse(const char *s, int64_t *fen)
{
	int64_t yuan, rest;
	int sign, whole, part;

	skip_blanks(&s);
	sign = take_sign(&s);
	if (!is_digit(*s)) {
		skip_blanks(&s);
		take_currency(&s);
		if (sign == 0)
			sign = take_sign(&s);
	}
	whole = take_whole(&s, MONEY_MAX / 100, &yuan);
	if (whole < 0)
		return ERR_INVALID;
	part = take_hundredths(&s, &rest);
	if (part < 0 || whole + part == 0)
		return ERR_INVALID;
	if (*s != '\0') {
		skip_blanks(&s);
		take(&s, "元");
		skip_blanks(&s);
		if (!take_note(&s))
			return ERR_INVALID;
		skip_blanks(&s);
	}
	yuan = yuan * 100 + rest;
	if (*s != '\0' || yuan > MONEY_MAX)
		return ERR_INVALID;
	*fen = sign < 0 ? -yuan : yuan;
	return 0;
}

int
count_parse(const char *s, int64_t *n)
{
	int64_t v;
	int sign;

	skip_blanks(&s);
	sign = take_sign(&s);
	if (take_whole(&s, INT64_MAX, &v) <= 0)
		return ERR_INVALID;
	skip_blanks(&s);
	if (*s != '\0')
		return ERR_INVALID;
	*n = sign < 0 ? -v : v;
	return 0;
}

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* Write @n in front of @p, with commas every three digits if @commas. */
static char *
digits_before(char *p, uint64_t n, bool commas)
{
	int i = 0;

	do {
		if (commas && i > 0 && i % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + n % 10);
		n /= 10;
		i++;
	} while (n != 0);
	return p;
}

static char *
finish(char buf[MONEY_SIZE], const char *from, const char *end)
{
	size_t n = (size_t)(end - from);

	memmove(buf, from, n);
	buf[n] = '\0';
	return buf;
}

static char *
write_money(int64_t fen, bool commas, char buf[MONEY_SIZE])
{
	uint64_t n = magnitude(fen);
	char *end = buf + MONEY_SIZE - 1, *p = end;

	*--p = (char)('0' + n % 10);
	*--p = (char)('0' + n / 10 % 10);
	*--p = '.';
	p = digits_before(p, n / 100, commas);
	if (fen < 0)
		*--p = '-';
	return finish(buf, p, end);
}

char *
money_plain(int64_t fen, char buf[MONEY_SIZE])
{
	return write_money(fen, false, buf);
}

char *
money_show(int64_t fen, char buf[MONEY_SIZE])
{
	return write_money(fen, true, buf);
}

char *
count_show(int64_t n, char buf[MONEY_SIZE])
{
	char *end = buf + MONEY_SIZE - 1;
	char *p = digits_before(end, magnitude(n), true);

	if (n < 0)
		*--p = '-';
	return finish(buf, p, end);
}
