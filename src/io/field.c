/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "field.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"

/* Bytes of the blank that s[0..n) begins with, or 0. */
static size_t
blank_at(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (n == 0)
		return 0;
	if (u[0] < 0x80)
		return u[0] == ' ' || (u[0] >= '\t' && u[0] <= '\r');
	if (u[0] == 0xC2 && n >= 2) /* no-break space */
		return u[1] == 0xA0 ? 2 : 0;
	if (n < 3)
		return 0;
	if ((u[0] == 0xE2 && u[1] == 0x80 && u[2] >= 0x8B && u[2] <= 0x8D) ||
	    (u[0] == 0xE2 && u[1] == 0x81 && u[2] == 0xA0) || /* zero width */
	    (u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80) || /* full width */
	    (u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF))   /* BOM */
		return 3;
	return 0;
}

/* The same at the end. */
static size_t
blank_before(const char *s, size_t n)
{
	if (n == 0)
		return 0;
	if ((unsigned char)s[n - 1] < 0x80)
		return blank_at(s + n - 1, 1);
	if (n >= 3 && blank_at(s + n - 3, 3) == 3)
		return 3;
	return n >= 2 && blank_at(s + n - 2, 2) == 2 ? 2 : 0;
}

static void
trim(char **s, char **end)
{
	size_t n;

	while ((n = blank_at(*s, (size_t)(*end - *s))) > 0)
		*s += n;
	while ((n = blank_before(*s, (size_t)(*end - *s))) > 0)
		*end -= n;
}

/* Bytes of the mark that s[0..n) begins with, of those that begin a formula. */
static size_t
formula_at(const char *s, size_t n)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	size_t i;

	if (n == 0)
		return 0;
	if (memchr("=+-@\t\r", s[0], 6) != NULL)
		return 1;
	for (i = 0; n >= 3 && i < sizeof(wide) / sizeof(wide[0]); i++)
		if (memcmp(s, wide[i], 3) == 0)
			return 3;
	return 0;
}

static bool
is_nothing(const char *s, size_t n)
{
	switch (n) {
	case 1:
		return s[0] == '-';
	case 2:
		return memcmp(s, "--", 2) == 0 || memcmp(s, "\\N", 2) == 0;
	case 3:
		return memcmp(s, "无", 3) == 0;
	case 4:
		return memcmp(s, "null", 4) == 0;
	default:
		return false;
	}
}

static bool
is_null(const char *s, size_t n)
{
	return n == 4 && memcmp(s, "null", 4) == 0;
}

bool
field_is_formula(const char *s, size_t n)
{
	while (n > 0 && *s == '"') {
		s++;
		n--;
	}
	return formula_at(s, n) > 0;
}

/* A ' in front of what a spreadsheet would not leave alone; of several, the
 * first is. */
static bool
is_guarded(const char *s, size_t n)
{
	if (n < 2 || s[0] != '\'')
		return false;
	while (n > 0 && s[0] == '\'') {
		s++;
		n--;
	}
	return (n > 0 && isdigit((unsigned char)s[0])) || is_nothing(s, n) ||
	       field_is_formula(s, n);
}

static bool
is_wrapped(const char *s, size_t n)
{
	return n >= 3 && s[0] == '=' && s[1] == '"' && s[n - 1] == '"';
}

bool
field_is_altered(const char *s, size_t n)
{
	return is_wrapped(s, n) || is_guarded(s, n) ||
	       (is_nothing(s, n) && !is_null(s, n));
}

char *
field_clean(char *s, size_t *len)
{
	char *end = s + *len;
	bool guarded;
	size_t n;

	trim(&s, &end);
	if (is_wrapped(s, (size_t)(end - s))) {
		s += 2;
		end--;
		trim(&s, &end);
	}
	guarded = is_guarded(s, (size_t)(end - s));
	if (guarded)
		s++;
	n = (size_t)(end - s);
	if (guarded ? is_null(s, n) : is_nothing(s, n))
		end = s;
	*end = '\0';
	*len = (size_t)(end - s);
	return s;
}

void
row_csv(const struct sheet_row *row, struct str *out)
{
	for (size_t i = 0; i < row->n; i++) {
		const char *s = row->fields[i];
		size_t n = row->lens[i];

		if (i > 0)
			str_addc(out, ',');
		if (strpbrk(s, ",\"\r\n\t;") == NULL &&
		    (n == 0 || (s[0] != ' ' && s[n - 1] != ' '))) {
			str_addn(out, s, n);
			continue;
		}
		str_addc(out, '"');
		for (const char *q; (q = strchr(s, '"')) != NULL; s = q + 1) {
			str_addn(out, s, (size_t)(q - s) + 1);
			str_addc(out, '"');
		}
		str_add(out, s);
		str_addc(out, '"');
	}
}
