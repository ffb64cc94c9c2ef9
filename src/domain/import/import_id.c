/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "import_priv.h"

/*
 * Numbers that a spreadsheet took for amounts. It keeps 15 digits of those, so
 * that a number of 19 ends in 0000 afterwards; but so does one in ten thousand
 * by nature. A spreadsheet does that to a whole column: as long as it has
 * another number with digits there, those with none are what they say. The
 * first rows are looked at for it, once, when such a number comes.
 */

#define DIGITS_KEPT 15
#define LOOK_ROWS   1000

void
ids_begin(struct job *j, struct imp_file *f)
{
	size_t n = f->nheader + 1;

	/* Nor of what stands in no column. */
	f->whole = arena_alloc(&j->im->arena, n * sizeof(*f->whole));
	memset(f->whole, 0, n * sizeof(*f->whole));
}

bool
all_digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return n > 0;
}

/* Did it stand as ="digits" or 'digits, which a spreadsheet leaves alone? */
static bool
is_kept(const struct sheet_row *raw, struct slice v)
{
	size_t i;

	for (i = 0; i < raw->n; i++)
		if (v.s > raw->fields[i] &&
		    v.s + v.n <= raw->fields[i] + raw->lens[i])
			return true;
	return false;
}

/* "3.12E+18" */
static bool
is_amount(struct slice v)
{
	size_t i = 0;

	while (i < v.n && (isdigit((unsigned char)v.s[i]) || v.s[i] == '.'))
		i++;
	if (i == 0 || i + 1 >= v.n || (v.s[i] != 'E' && v.s[i] != 'e'))
		return false;
	i += v.s[i + 1] == '+' ? 2 : 1;
	return all_digits(v.s + i, v.n - i);
}

static bool
ends_in_noughts(const char *s, size_t n)
{
	size_t i = DIGITS_KEPT;

	while (i < n && s[i] == '0')
		i++;
	return i == n;
}

/* Has @column, as it stands in the file, a number that no spreadsheet wrote? */
static bool
look_for_whole(const struct imp_file *f, struct sheet *sheet, size_t column)
{
	struct sheet_row row;
	struct slice v;
	bool whole = false;
	int n = 0;

	while (n < LOOK_ROWS && sheet_next(sheet, &row) > 0) {
		if (row.line <= f->header_line || column >= row.n)
			continue;
		n++;
		v = (struct slice){ row.fields[column], row.lens[column] };
		while (v.n > 0 && v.s[v.n - 1] == ' ')
			v.n--;
		/* Of one that it did touch, nothing is known. */
		if (is_amount(v))
			return false;
		whole |= v.n > DIGITS_KEPT && all_digits(v.s, v.n) &&
			 !ends_in_noughts(v.s, v.n);
	}
	return whole;
}

/* Of rows that were put right: what their file was found to be. */
static bool
was_whole(const struct job *j, const char *header)
{
	const struct import *im = j->mends;
	size_t i, k;

	for (i = 0; im != NULL && i < im->nfiles; i++)
		for (k = 0; k < im->files[i].nheader; k++)
			if (im->files[i].whole[k] == WHOLE_YES &&
			    strcmp(im->files[i].header[k], header) == 0)
				return true;
	return false;
}

static bool
is_whole(struct job *j, const struct imp_file *f, size_t column)
{
	const struct sheet_in_opts how = { .encoding = file_encoding(j, f),
		.sheet = f->page };
	struct sheet *sheet;
	struct err ignored;
	bool whole;

	if (f->whole[column] == WHOLE_UNKNOWN && f->sheet != NULL) {
		whole = was_whole(j, f->header[column]);
		if (!whole &&
		    sheet_open_as(&sheet, f->path, &how, &ignored) == 0) {
			whole = look_for_whole(f, sheet, column);
			sheet_close(sheet);
		}
		f->whole[column] = whole ? WHOLE_YES : WHOLE_NO;
	}
	return f->whole[column] == WHOLE_YES;
}

const char *
id_is_amount(struct job *j, struct slice v)
{
	if (!is_amount(v))
		return NULL;
	return arena_printf(&j->scratch,
	    _("\"%s\" was damaged by a spreadsheet, which took it "
	      "for an amount: its last digits are lost; export the "
	      "file again and do not save it from there"),
	    shown_short(j, v));
}

const char *
id_damage(struct job *j, const struct imp_file *f, const struct sheet_row *raw,
    size_t column, struct slice v)
{
	const char *why = id_is_amount(j, v);

	if (why != NULL)
		return why;
	if (v.n < 19 || !all_digits(v.s, v.n) || !ends_in_noughts(v.s, v.n) ||
	    is_kept(raw, v) || is_whole(j, f, column))
		return NULL;
	return arena_printf(&j->scratch,
	    _("\"%s\" seems to have lost its last digits to a spreadsheet: "
	      "export the file again and do not save it from there; if it is "
	      "right as it is, write ' in front of it"),
	    shown_short(j, v));
}
