/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"

/* Bytes of the blank that [s, end) begins with, or 0. */
static size_t
blank_at(const char *s, const char *end)
{
	/* NBSP, zero-width space to joiner, word joiner, wide space, BOM */
	static const char *const blanks[] = { "\xC2\xA0", "\xE2\x80\x8B",
		"\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x81\xA0", "\xE3\x80\x80",
		"\xEF\xBB\xBF" };
	size_t n;

	if (s == end)
		return 0;
	if ((unsigned char)*s < 0x80)
		return *s == ' ' || (*s >= '\t' && *s <= '\r');
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		n = strlen(blanks[i]);
		if ((size_t)(end - s) >= n && memcmp(s, blanks[i], n) == 0)
			return n;
	}
	return 0;
}

/* The same at the end of [s, end). */
static size_t
blank_before(const char *s, const char *end)
{
	for (size_t n = 1; n <= 3 && (size_t)(end - s) >= n; n++)
		if (blank_at(end - n, end) == n)
			return n;
	return 0;
}

static void
trim(char **s, char **end)
{
	size_t n;

	while ((n = blank_at(*s, *end)) > 0)
		*s += n;
	while ((n = blank_before(*s, *end)) > 0)
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
	static const char *const words[] = { "-", "--", "\\N", "null", "无" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (n == strlen(words[i]) && memcmp(s, words[i], n) == 0)
			return true;
	return false;
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
