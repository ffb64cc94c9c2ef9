/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

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

/* A ' in front of what a spreadsheet would not leave alone. */
static bool
is_guarded(const char *s, size_t n)
{
	if (n < 2 || s[0] != '\'')
		return false;
	return isdigit((unsigned char)s[1]) ||
	       memchr("+-=@", s[1], 4) != NULL ||
	       (n == 5 && memcmp(s + 1, "null", 4) == 0);
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

char *
field_clean(char *s, size_t *len)
{
	char *end = s + *len;

	trim(&s, &end);
	if (end - s >= 3 && s[0] == '=' && s[1] == '"' && end[-1] == '"') {
		s += 2;
		end--;
		trim(&s, &end);
	}
	if (is_guarded(s, (size_t)(end - s))) {
		s++;
		trim(&s, &end);
	}
	if (is_nothing(s, (size_t)(end - s)))
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
