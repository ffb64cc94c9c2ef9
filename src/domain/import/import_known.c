/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "import_priv.h"
#include "staged_priv.h"

/* What a file is. */

/* Of no layout: is it one of those that are kept, after all? */
static int
second_look(struct job *j, struct imp_file *f)
{
	struct import *im = j->im;
	struct err why = j->s->err;
	char kind[sizeof(im->kind)];
	bool found = false;
	int rc;

	copy_text(kind, sizeof(kind), im->kind);
	im->kind[0] = '\0';
	if ((rc = sheet_rewind(f->sheet)) == 0)
		rc = staged_find(j, f, kind[0] == '\0', &found);
	copy_text(im->kind, sizeof(im->kind), kind);
	if (rc < 0 || (found && kind[0] == '\0'))
		return rc;
	if (found)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s is a list of another kind (%s): import it as \"%s\""),
		    f->name, _(f->kept->text), f->kept->kind);
	j->s->err = why;
	return why.code;
}

/* What @f is: kept whole, or one of the others. */
static int
find_here(struct job *j, struct imp_file *f)
{
	bool found;
	int rc;

	if ((rc = staged_find(j, f, false, &found)) == 0 && !found) {
		rc = layout_find(j, f);
		if (rc == ERR_INVALID)
			rc = second_look(j, f);
	}
	if (rc == 0 && f->kept != NULL && f->kept->instead != NULL) {
		rc = err_set(&j->s->err, ERR_INVALID, "file", _("%s: %s"),
		    f->name, _(f->kept->instead));
		f->kept = NULL;
	}
	return rc;
}

/* Of a workbook, the first sheet that is known to anybody; the others are not
 * read, which is said. */
int
file_find(struct job *j, struct imp_file *f)
{
	size_t n = sheet_count(f->sheet), left = n;
	int rc = find_here(j, f);
	struct err why = j->s->err;

	/* The last turn leads back to where it began. */
	while (rc == ERR_INVALID && n > 1 && left-- > 0)
		if ((rc = sheet_turn(f->sheet)) == 0)
			rc = left > 0 ? find_here(j, f) : ERR_INVALID;
	if (rc == ERR_INVALID)
		j->s->err = why;
	if (rc < 0)
		return rc;
	if (n > 1) {
		f->page = arena_strdup(&j->im->arena, sheet_name(f->sheet));
		warn(j,
		    _("%s has several sheets: \"%s\" alone is read; save the "
		      "others as files of their own"),
		    f->name, f->page);
	}
	ids_begin(j, f);
	return 0;
}

const char *
file_kind(const struct imp_file *f)
{
	return f->kept != NULL ? f->kept->kind : f->layout->kind;
}

/* What breaks off ends within a row, as files do that are not there whole. A
 * row of one column is a remark. */
void
file_ended(struct job *j, struct imp_file *f)
{
	if (f->last_n > 1 && f->last_n < f->nheader &&
	    sheet_ends_open(f->sheet))
		warn(j,
		    _("%s ends within its last row: if it was not fetched "
		      "whole, fetch it again and import it once more"),
		    f->name);
	f->last_n = 0;
}
