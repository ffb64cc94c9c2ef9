/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "rows.h"

/*
 * What ends lines and fields, told by the first rows. The delimiter is the one
 * by which most of them have as many fields as one another.
 */

#define LOOK 20 /* rows */

struct look {
	const char *s;
	size_t n, at;
	char eol, delim;
};

/* Old Macs end lines with CR alone. */
unsigned char
rows_eol(const char *s, size_t n)
{
	size_t lf = 0, cr = 0;

	for (size_t i = 0; i < n; i++) {
		lf += s[i] == '\n';
		cr += s[i] == '\r' && i + 1 < n && s[i + 1] != '\n';
	}
	return cr > lf ? '\r' : '\n';
}

/* A TAB before another delimiter guards a cell and ends none. */
static bool
delimits(const struct look *l, size_t i)
{
	char next = i + 1 < l->n ? l->s[i + 1] : l->eol;

	if (l->s[i] != l->delim)
		return false;
	return l->delim != '\t' ||
	       (next != ',' && next != ';' && next != '\r' && next != '\n');
}

/* The end of a field in quotes that opens at l->at, or l->at itself when it
 * is not closed. */
static size_t
close_quote(const struct look *l)
{
	for (size_t i = l->at + 1; i < l->n; i++) {
		char next = i + 1 < l->n ? l->s[i + 1] : l->eol;

		if (l->s[i] != '"')
			continue;
		if (next == l->delim || next == '\r' || next == '\n')
			return i;
		if (next == '"')
			i++;
	}
	return l->at;
}

/* Fields of the next row; 0: there is nothing in it. */
static size_t
count_fields(struct look *l)
{
	size_t fields = 1;
	bool fresh = true, blank = true;

	for (; l->at < l->n && l->s[l->at] != l->eol; l->at++) {
		if (delimits(l, l->at)) {
			fields++;
			fresh = true;
			continue;
		}
		if (fresh && l->s[l->at] == '"')
			l->at = close_quote(l);
		fresh = false;
		if (l->s[l->at] > ' ' || l->s[l->at] < 0)
			blank = false;
	}
	l->at++;
	return blank ? 0 : fields;
}

/* How many rows agree on their fields, one more or less being forgiven; *@most
 * is what they agree on. */
static size_t
agreement(const size_t *fields, size_t rows, size_t *most)
{
	size_t best = 0, n;

	*most = 0;
	for (size_t i = 0; i < rows; i++) {
		n = 0;
		for (size_t k = 0; k < rows; k++)
			n += fields[k] - fields[i] < 2;
		if (fields[i] > 1 &&
		    (n > best || (n == best && fields[i] > *most))) {
			best = n;
			*most = fields[i];
		}
	}
	return best;
}

/* A quoted cell of several lines is one row or many, as the delimiter has it:
 * so it is the share of rows that agree which is compared. */
char
rows_delim(const char *s, size_t n)
{
	static const char marks[] = { ',', ';', '\t' };
	size_t fields[LOOK], rows, most, agree, f;
	size_t best = 0, best_rows = 1, best_most = 0;
	char delim = ',';

	for (size_t i = 0; i < sizeof(marks); i++) {
		struct look l = { s, n, 0, (char)rows_eol(s, n), marks[i] };

		rows = 0;
		while (rows < LOOK && l.at < n)
			if ((f = count_fields(&l)) > 0)
				fields[rows++] = f;
		agree = agreement(fields, rows, &most);
		if (agree * best_rows > best * rows ||
		    (agree * best_rows == best * rows && most > best_most)) {
			best = agree;
			best_rows = rows;
			best_most = most;
			delim = marks[i];
		}
	}
	return delim;
}
