/* SPDX-License-Identifier: MIT */
#include "table_priv.h"

size_t
table_shown(const struct table *t, int *cols, size_t max)
{
	size_t n = 0;
	int i;

	for (i = 0; i < t->columns.n && n < max; i++)
		if (t->columns.at[i].on)
			cols[n++] = t->columns.at[i].col;
	return n;
}

int
table_rows(struct table *t, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return t->model.src->fetch(t->model.arg, dir, from, limit, out);
}
