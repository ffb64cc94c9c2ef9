/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "import_header.h"
#include "staged_priv.h"

/* The kinds that are kept, and what the headers of their files are. */

bool
staged_kind(struct job *j, const char *kind)
{
	size_t i;

	for (i = 0; i < j->kept.n; i++)
		if (strcmp(j->kept.layouts[i].kind, kind) == 0)
			return true;
	return false;
}

/* The headers that its layouts must have, for a sentence. */
static const char *
expected(struct job *j, const char *kind)
{
	struct str text = STR_INIT;
	const char *kept;
	size_t i, k;

	for (i = 0; i < j->kept.n; i++) {
		const struct kept_layout *l = &j->kept.layouts[i];
		const char *sep = "";

		if (strcmp(l->kind, kind) != 0 || l->instead != NULL)
			continue;
		str_addf(&text, "%s%s: ", text.len > 0 ? "; " : "", _(l->text));
		for (k = 0; k < l->nfields; k++) {
			if (!l->fields[k].head)
				continue;
			str_addf(&text, "%s%s", sep, l->fields[k].names[0]);
			sep = ", ";
		}
	}
	kept = arena_strdup(&j->scratch, text.s);
	str_done(&text);
	return kept;
}

int
staged_unknown(struct job *j, const struct imp_file *f)
{
	return err_set(&j->s->err, ERR_INVALID, "file",
	    _("%s is not known: none of its first %d rows is the header of "
	      "such a file (%s)"),
	    f->name, HEADER_ROWS, expected(j, j->im->kind));
}
