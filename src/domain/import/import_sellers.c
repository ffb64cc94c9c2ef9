/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "import_header.h"
#include "import_priv.h"

/*
 * Some places hand out what one sold there and what one bought there as the
 * same file. Orders of a shop have one seller; where there are several, the one
 * who asked for the file is the buyer.
 */

#define LOOK_ROWS 1000

static int
column_of(const struct imp_file *f, char *const *names)
{
	size_t i;

	for (; *names != NULL; names++)
		for (i = 0; i < f->nheader; i++)
			if (strcmp(f->header[i], *names) == 0)
				return (int)i;
	return -1;
}

/* 1: there is another than *@first. */
static int
look(struct job *j, const struct imp_file *f, size_t at, struct slice *first,
    struct slice *other)
{
	struct sheet_row row;
	struct slice v;
	int rc = 1, i;

	for (i = 0; i < LOOK_ROWS && (rc = sheet_next(f->sheet, &row)) > 0;
	     i++) {
		if (row.line <= f->header_line || at >= row.n)
			continue;
		v = slice_clean(&j->scratch, row.fields[at], row.lens[at]);
		if (v.n == 0 || slice_same(v, first->s, first->n))
			continue;
		v.s = arena_strndup(&j->scratch, v.s, v.n);
		if (first->n > 0) {
			*other = v;
			return 1;
		}
		*first = v;
	}
	return rc < 0 ? rc : 0;
}

int
one_seller(struct job *j, const struct imp_file *f)
{
	struct slice first = { .s = "" }, other = { .s = "" };
	int at = -1, rc;

	if (f->layout->seller != NULL)
		at = column_of(f, f->layout->seller);
	if (at < 0)
		return 0;
	if ((rc = look(j, f, (size_t)at, &first, &other)) < 0)
		return rc;
	if (rc > 0)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s is what was bought from %.40s, %.40s and others, not "
		      "what was sold: write it in Purchasing, by purchase add"),
		    f->name, slice_text(&j->scratch, first),
		    slice_text(&j->scratch, other));
	return sheet_rewind(f->sheet);
}
