/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/utf8.h"
#include "xlsx_cell.h"

#define DAY      86400
#define DAY_LAST 2958465 /* 9999-12-31 */

unsigned
number_kind_builtin(long id)
{
	if (id == 46)
		return NUMBER_ELAPSED;
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 ||
	    id == 47 || (id >= 50 && id <= 58))
		return NUMBER_DATE;
	return NUMBER_PLAIN;
}

/* [h], [mm], [ss]: time that elapsed. */
static bool
is_elapsed(const char *s, size_t n)
{
	int c = tolower((unsigned char)s[0]);

	if (n == 0 || (c != 'h' && c != 'm' && c != 's'))
		return false;
	for (size_t i = 1; i < n; i++)
		if (tolower((unsigned char)s[i]) != c)
			return false;
	return true;
}

/* Only what is for positive numbers counts, and of that what is not quoted. */
unsigned
number_kind_code(const char *code)
{
	size_t n = strspn(code, "0");
	const char *end;

	if (n > 1 && n <= 15 && (code[n] == '\0' || code[n] == ';'))
		return (unsigned)(NUMBER_ZEROS + n);
	if (strcasecmp(code, "General") == 0 ||
	    strcasecmp(code, "Standard") == 0)
		return NUMBER_PLAIN;
	for (const char *p = code; *p != '\0' && *p != ';'; p++) {
		switch (*p) {
		case '"':
			if ((p = strchr(p + 1, '"')) == NULL)
				return NUMBER_PLAIN;
			break;
		case '[':
			if ((end = strchr(p, ']')) == NULL)
				return NUMBER_PLAIN;
			if (is_elapsed(p + 1, (size_t)(end - p) - 1))
				return NUMBER_ELAPSED;
			p = end;
			break;
		case '\\':
		case '_':
		case '*':
			if (p[1] == '\0')
				return NUMBER_PLAIN;
			p++;
			break;
		default:
			if (strchr("ymdhsYMDHS", *p) != NULL)
				return NUMBER_DATE;
		}
	}
	return NUMBER_PLAIN;
}

static size_t
date_text(double x, bool epoch_1904, char out[NUMBER_SIZE])
{
	long long secs = (long long)(x * DAY + 0.5), day = secs / DAY;
	long long z, era, yoe, doy, mp, year;
	int clock = (int)(secs % DAY);

	if (day == 0)
		return (size_t)snprintf(out, NUMBER_SIZE, "%02d:%02d:%02d",
		    clock / 3600, clock / 60 % 60, clock % 60);
	/* Days since 0000-03-01. The first epoch counts a 29th of February
	 * 1900 that never was. */
	if (epoch_1904)
		z = day + 695361;
	else
		z = day + (day < 60 ? 693900 : 693899);
	era = z / 146097;
	z -= era * 146097;
	yoe = (z - z / 1460 + z / 36524 - z / 146096) / 365;
	doy = z - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	year = yoe + era * 400 + (mp >= 10);
	return (size_t)snprintf(out, NUMBER_SIZE,
	    "%04lld-%02lld-%02lld %02d:%02d:%02d", year,
	    mp < 10 ? mp + 3 : mp - 9, doy - (153 * mp + 2) / 5 + 1,
	    clock / 3600, clock / 60 % 60, clock % 60);
}

/* Digits, at most 15, with or without a point, as a program writes them. */
static bool
is_simple(const char *v, size_t n)
{
	size_t i = v[0] == '-', digits = i, points = 0;

	if (n - digits > 15 || n == digits)
		return false;
	/* No "007", no "-0", no ".5", no "1.50". */
	if (v[i] == '0' && n != i + 1 && v[i + 1] != '.')
		return false;
	if (v[i] == '.' || (n == 2 && v[0] == '-' && v[1] == '0'))
		return false;
	for (; i < n; i++) {
		points += v[i] == '.';
		if (v[i] != '.' && !isdigit((unsigned char)v[i]))
			return false;
	}
	return points == 0 ||
	       (points == 1 && v[n - 1] != '0' && v[n - 1] != '.');
}

static size_t
plain_text(double x, char out[NUMBER_SIZE])
{
	int n;
	char *e;

	if (x == 0)
		x = 0; /* and not -0 */
	n = snprintf(out, NUMBER_SIZE, "%.15g", x);
	if (fabs(x) >= 1e15) { /* %g would write 16 digits out from here on */
		snprintf(out, NUMBER_SIZE, "%.14E", x);
		for (e = strchr(out, 'E'); e > out && e[-1] == '0'; e--)
			memmove(e - 1, e, strlen(e) + 1);
		if (e > out && e[-1] == '.')
			memmove(e - 1, e, strlen(e) + 1);
		return strlen(out);
	}
	if (strchr(out, 'e') != NULL && fabs(x) > 1e-16) {
		n = snprintf(out, NUMBER_SIZE, "%.20f", x);
		while (out[n - 1] == '0')
			n--;
		out[n] = '\0';
	}
	return (size_t)n;
}

static size_t
copy_number(const char *v, size_t n, char out[NUMBER_SIZE])
{
	if (n >= NUMBER_SIZE)
		n = NUMBER_SIZE - 1;
	memcpy(out, v, n);
	out[n] = '\0';
	return n;
}

size_t
number_text(const char *v, size_t n, unsigned kind, bool epoch_1904,
    char out[NUMBER_SIZE])
{
	char *end;
	double x;

	if (kind == NUMBER_PLAIN && n < NUMBER_SIZE && is_simple(v, n))
		return copy_number(v, n, out);
	x = strtod(v, &end);
	if (end != v + n || !isfinite(x))
		return copy_number(v, n, out);
	if (kind == NUMBER_DATE && x >= 0 && x < DAY_LAST + 1)
		return date_text(x, epoch_1904, out);
	if (kind == NUMBER_ELAPSED && fabs(x) < DAY_LAST) {
		long long secs = (long long)(fabs(x) * DAY + 0.5);

		return (size_t)snprintf(out, NUMBER_SIZE,
		    "%s%lld:%02lld:%02lld", x < 0 ? "-" : "", secs / 3600,
		    secs / 60 % 60, secs % 60);
	}
	if (kind > NUMBER_ZEROS && x >= 0 && x < 1e15 &&
	    x == (double)(long long)x)
		return (size_t)snprintf(out, NUMBER_SIZE, "%0*lld",
		    (int)(kind - NUMBER_ZEROS), (long long)x);
	return plain_text(x, out);
}

size_t
iso_text(char *s, size_t n)
{
	char *point;

	if (n > 10 && s[10] == 'T')
		s[10] = ' ';
	if (n > 0 && s[n - 1] == 'Z')
		s[--n] = '\0';
	if ((point = memchr(s, '.', n)) != NULL) {
		*point = '\0';
		n = (size_t)(point - s);
	}
	return n;
}

/* The character that s[0..n) escapes, or -1. */
static int32_t
escaped(const char *s, size_t n)
{
	uint32_t c = 0;

	if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return -1;
		c = c * 16 + (uint32_t)(isdigit((unsigned char)s[i])
					    ? s[i] - '0'
					    : tolower(s[i]) - 'a' + 10);
	}
	return (int32_t)c;
}

size_t
unescape(char *s, size_t n)
{
	size_t at = 0, i = 0;
	int32_t c, low;

	if (memmem(s, n, "_x", 2) == NULL)
		return n;
	while (i < n) {
		if ((c = escaped(s + i, n - i)) < 0) {
			s[at++] = s[i++];
			continue;
		}
		i += 7;
		low = c >= 0xD800 && c < 0xDC00 ? escaped(s + i, n - i) : -1;
		if (low >= 0xDC00 && low < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			i += 7;
		}
		if (c == 0)
			continue;
		if (c >= 0xD800 && c < 0xE000)
			c = UTF8_BAD;
		at += utf8_encode((uint32_t)c, s + at);
	}
	s[at] = '\0';
	return at;
}

size_t
cell_column(const char *ref, int64_t *row)
{
	size_t col = 0;
	int i = 0;

	*row = 0;
	for (; i < 4 && isalpha((unsigned char)ref[i]); i++)
		col = col * 26 +
		      (size_t)(toupper((unsigned char)ref[i]) - 'A' + 1);
	if (i == 0 || i == 4 || col > 16384)
		return 0;
	for (; isdigit((unsigned char)ref[i]) && *row < 10000000; i++)
		*row = *row * 10 + (ref[i] - '0');
	return ref[i] == '\0' ? col : 0;
}
