/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "staged_priv.h"

/*
 * Of which day the figures of a file are, where no row says it: what stands
 * above its header, or in its name.
 */

/* The first "2024-05-28", "2024/5/28" or "20240528" from *@text on, which goes
 * behind it; false: there is none. */
static bool
day_from(const char **text, int64_t *day)
{
	char one[TIME_SIZE];
	size_t n, len;
	int64_t t;

	while (**text != '\0') {
		const char *s = *text;

		len = strspn(s, "0123456789");
		n = strspn(s, "0123456789-/");
		*text += len > 0 ? len : 1;
		if (len == 8)
			snprintf(one, sizeof(one), "%.4s-%.2s-%.2s", s, s + 4,
			    s + 6);
		else if (len == 4 && n >= 8 && n <= 10)
			snprintf(one, sizeof(one), "%.*s", (int)n, s);
		else
			continue;
		if (time_parse(one, &t) != 0 || t <= 0)
			continue;
		*text = s + n;
		*day = time_day(t);
		return true;
	}
	return false;
}

void
staged_day_above(struct job *j, struct imp_file *f, const struct sheet_row *row)
{
	char from[TIME_SIZE], until[TIME_SIZE];
	int64_t a, b;
	size_t i;

	for (i = 0; i < row->n && f->day == NULL; i++) {
		const char *text =
		    arena_strndup(&j->scratch, row->fields[i], row->lens[i]);

		if (!day_from(&text, &a))
			continue;
		(void)day_text(a, from);
		if (day_from(&text, &b) && b > a)
			f->day = arena_printf(
			    &j->im->arena, "%s..%s", from, day_text(b, until));
		else
			f->day = arena_strdup(&j->im->arena, from);
	}
}

void
staged_day(struct job *j, struct imp_file *f)
{
	const char *name = f->name;
	char text[TIME_SIZE];
	int64_t day;

	if (f->day == NULL && day_from(&name, &day))
		f->day = arena_strdup(&j->im->arena, day_text(day, text));
	if (f->day == NULL && f->kept_at[kept_at(f->kept, "day")] < 0)
		warn(j,
		    _("%s does not say of which day it is, nor does its name "
		      "(2024-05-28): the next such file takes its place"),
		    f->name);
}
