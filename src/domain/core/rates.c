/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "rates_priv.h"

#define PLACES 4 /* decimals of a rate: RATE_UNITS */

int64_t
rate_parse(const char *s, size_t n)
{
	int64_t v = 0;
	int places = -1;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '.' && places < 0) {
			places = 0;
		} else if (s[i] >= '0' && s[i] <= '9' && v < 1000000000) {
			v = v * 10 + (s[i] - '0');
			places += places >= 0;
		} else {
			return 0;
		}
		if (places > PLACES)
			return 0;
	}
	for (places = places < 0 ? 0 : places; places < PLACES; places++)
		v *= 10;
	return v;
}

/* Blanks, "=" and ":" stand between a currency and its rate; commas, also
 * those of full width, between two of them. */
static const char *
over(const char *s)
{
	static const char *const wide[] = { "，", "；", "、", "：", "＝" };
	size_t i = 0;

	while (i < sizeof(wide) / sizeof(wide[0])) {
		size_t n = strlen(wide[i]), plain = strspn(s, " \t,;=:");

		s += plain;
		if (strncmp(s, wide[i], n) == 0) {
			s += n;
			i = 0;
		} else {
			i++;
		}
	}
	return s;
}

int
rates_next(const char **at, char code[4], int64_t *yuan)
{
	const char *s = over(*at);
	size_t i, n;

	*at = s;
	if (*s == '\0')
		return 0;
	for (i = 0; i < 3; i++) {
		if (!isalpha((unsigned char)s[i]))
			return -1;
		code[i] = (char)toupper((unsigned char)s[i]);
	}
	code[3] = '\0';
	s = over(s + 3);
	n = strspn(s, "0123456789.");
	*yuan = rate_parse(s, n);
	*at = s + n;
	return *yuan > 0 ? 1 : -1;
}
