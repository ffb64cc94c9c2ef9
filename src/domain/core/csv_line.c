/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "csv_line.h"

size_t
csv_split(char *line, const char **fields, size_t most)
{
	size_t n = 0;
	char *to;

	for (;;) {
		bool quoted = *line == '"';

		if (n < most)
			fields[n] = line;
		n++;
		to = line;
		if (quoted)
			line++;
		while (*line != '\0' && (quoted || *line != ',')) {
			if (*line == '"' && quoted && *++line != '"') {
				quoted = false;
				continue;
			}
			*to++ = *line++;
		}
		if (*line == '\0') {
			*to = '\0';
			return n < most ? n : most;
		}
		*to = '\0';
		line++;
	}
}

size_t
csv_count(const char *csv)
{
	size_t n = 1;
	bool quoted = false;

	for (; *csv != '\0'; csv++) {
		if (*csv == '"')
			quoted = !quoted;
		else if (*csv == ',' && !quoted)
			n++;
	}
	return n;
}

void
csv_field(struct str *out, const char *value)
{
	const char *p;

	if (out->len > 0)
		str_addc(out, ',');
	str_addc(out, '"');
	for (p = value; *p != '\0'; p++) {
		if (*p == '"')
			str_addc(out, '"');
		str_addc(out, *p);
	}
	str_addc(out, '"');
}
