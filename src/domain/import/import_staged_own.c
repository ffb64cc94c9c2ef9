/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "staged_priv.h"

/* Kept rows that an export of ours has: each says itself what it is kept as,
 * and is taken as it stands. */

/* Is it a kind of which rows are kept whole? */
static bool
is_kept(const struct job *j, const char *kind)
{
	const struct kept_layout *l = j->kept.layouts;
	size_t i;

	for (i = 0; i < j->kept.n; i++, l++)
		if (strcmp(l->kind, kind) == 0 &&
		    (l->shape < SHAPE_GOODS || l->shape == SHAPE_BILL))
			return true;
	return false;
}

/* "name=value", and so on with TABs between. */
static bool
are_fields(const char *s)
{
	size_t n, name;

	do {
		n = strcspn(s, "\t");
		name = strcspn(s, "=");
		if (name == 0 || name >= n || memchr(s, '\n', n) != NULL)
			return false;
		s += n;
	} while (*s++ == '\t');
	return true;
}

int
staged_own_row(struct job *j, struct kept_row *row)
{
	const struct kept_layout *l = row->layout;
	struct kept_as as = {
		.kind = slice_text(&j->scratch, kept_value(row, "kind")),
		.key = slice_text(&j->scratch, kept_value(row, "key")),
		.fields = slice_text(&j->scratch, kept_value(row, "fields")),
		.order_no = kept_value(row, "order_no"),
		.line = row->n[kept_at(l, "line")],
		.at = row->n[kept_at(l, "at")],
	};

	if (!is_kept(j, as.kind)) {
		kept_refuse(j, row, kept_at(l, "kind"),
		    _("Of \"%s\" no rows are kept"), as.kind);
		return 0;
	}
	/* Nothing: all of it is hidden from whoever wrote the file. */
	if (as.fields[0] != '\0' && !are_fields(as.fields)) {
		kept_refuse(j, row, kept_at(l, "fields"),
		    _("Write name=value, with tabs between"));
		return 0;
	}
	if (as.at == 0)
		as.at = j->now;
	return staged_put_as(j, row, &as);
}
