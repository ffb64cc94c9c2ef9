/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import_desk.h"

#include "import_priv.h"
#include "propose_priv.h"
#include "staged_priv.h"

/*
 * What the columns of an unknown file may be: what one of this name is in any
 * layout that is known, or one whose name has most in common with it.
 */

#define LIKE_ENOUGH 49 /* percent: half of the pairs */

struct guess {
	const char *field; /* NULL: none yet */
	int64_t like;      /* percent */
};

/* How much two names have in common. */
static int64_t
likeness(const char *a, const char *b)
{
	struct name_parts x, y;
	size_t i = 0, j = 0, same = 0;

	name_read(&x, a, "");
	name_read(&y, b, "");
	while (i < x.npairs && j < y.npairs)
		if (x.pairs[i] == y.pairs[j]) {
			same++;
			i++;
			j++;
		} else if (x.pairs[i] < y.pairs[j])
			i++;
		else
			j++;
	return same > 0 ? (int64_t)(200 * same / (x.npairs + y.npairs)) : 0;
}

/* Of names that differ in blanks and signs only nobody doubts. */
static bool
same_name(const char *a, const char *b)
{
	struct str x = STR_INIT, y = STR_INIT;
	bool same;

	name_key(&x, a);
	name_key(&y, b);
	same = x.len > 0 && strcmp(x.s, y.s) == 0;
	str_done(&x);
	str_done(&y);
	return same;
}

/* @names: those a layout has for @field, some with * at their ends. */
static void
compare(struct guess *g, const char *const *header, size_t n, const char *field,
    char *const *names, struct arena *arena)
{
	int64_t like;
	size_t i, k;

	for (k = 0; names[k] != NULL; k++) {
		const char *name =
		    arena_strndup(arena, names[k], name_len(names[k]));

		for (i = 0; i < n; i++) {
			if (g[i].like == 100)
				continue;
			like = same_name(header[i], name)
				   ? 100
				   : likeness(header[i], name) - 1;
			if (like >= LIKE_ENOUGH && like > g[i].like)
				g[i] = (struct guess){ field, like };
		}
	}
}

/* Of two columns that may be the same, the likelier is it. */
static void
one_each(struct guess *g, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < n && g[i].field != NULL; j++)
			if (j != i && g[j].field != NULL &&
			    strcmp(g[i].field, g[j].field) == 0 &&
			    (g[j].like > g[i].like ||
				(j < i && g[j].like == g[i].like)))
				g[i].field = NULL;
}

static void
compare_all(struct job *j, const char *kind, struct guess *g,
    const char *const *header, size_t n)
{
	const struct layout *l;
	const struct kept_layout *k;
	size_t i, f;

	/* These are meant for it: they go first. */
	for (i = 0; strcmp(kind, "orders") == 0 && i < j->fmt.naliases; i++)
		compare(g, header, n, field_name(j->fmt.aliases[i].field),
		    j->fmt.aliases[i].names, &j->scratch);
	for (i = 0; i < j->fmt.nlayouts; i++) {
		l = j->fmt.layouts[i];
		for (f = 0; strcmp(l->kind, kind) == 0 && f < l->nfields; f++)
			compare(g, header, n, field_name(l->fields[f].field),
			    l->fields[f].names, &j->scratch);
	}
	for (i = 0; i < j->kept.n; i++) {
		k = &j->kept.layouts[i];
		if (k->instead != NULL)
			continue;
		for (f = 0; strcmp(k->kind, kind) == 0 && f < k->nfields; f++)
			compare(g, header, n, k->fields[f].name,
			    k->fields[f].names, &j->scratch);
	}
}

int
import_guess(struct session *s, const char *kind, const char *const *header,
    size_t n, struct page *out)
{
	struct import im = { .nfiles = 0 };
	struct job j = { .s = s, .im = &im };
	struct guess *g;
	struct import_guess *row;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	g = xcalloc(n + 1, sizeof(*g));
	if ((rc = formats_of(&j)) == 0) {
		compare_all(&j, kind, g, header, n);
		one_each(g, n);
		page_init(out, sizeof(*row), n);
		for (i = 0; i < n; i++) {
			row = page_add(out);
			row->id = (int64_t)i + 1;
			if (g[i].field != NULL)
				row->field =
				    arena_strdup(&out->arena, g[i].field);
		}
	}
	free(g);
	formats_done(&j.fmt);
	kept_done(&j.kept);
	arena_done(&j.arena);
	arena_done(&j.scratch);
	free(im.warnings);
	arena_done(&im.arena);
	return rc;
}
