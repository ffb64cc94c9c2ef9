/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/embed.h"

#include "tsv_priv.h"

static size_t
split_line(struct tsv *t, const char **cells)
{
	size_t len = strcspn(t->at, "\n"), n = 0;
	char *s = arena_strndup(&t->arena, t->at, len);

	t->at += len;
	t->at += *t->at == '\n';
	for (;;) {
		assert(n < TSV_COLUMNS);
		cells[n++] = s;
		if ((s = strchr(s, '\t')) == NULL)
			return n;
		*s++ = '\0';
	}
}

void
tsv_open(struct tsv *t, const char *embed_name)
{
	*t = (struct tsv){ .at = embed_text(embed_name) };
	t->n = split_line(t, t->names);
}

int
tsv_next(struct tsv *t)
{
	size_t n;

	if (*t->at == '\0')
		return 0;
	n = split_line(t, t->cells);
	assert(n == t->n);
	return 1;
}

const char *
tsv_get(const struct tsv *t, const char *column)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->names[i], column) == 0)
			return t->cells[i];
	assert(false && "no such column");
	return "";
}

void
tsv_done(struct tsv *t)
{
	arena_done(&t->arena);
}
