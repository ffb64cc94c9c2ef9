/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "import_header.h"

/* Headers of two rows. A cell merged with the one below it stands in the upper
 * row and leaves the lower one empty; a title over several columns stands over
 * the first of them. */

void
header_above(struct header_pair *h, const struct sheet_row *row)
{
	size_t i;

	arena_reset(&h->arena);
	h->n = row->n;
	h->above = arena_alloc(&h->arena, (row->n + 1) * sizeof(*h->above));
	for (i = 0; i < row->n; i++)
		h->above[i] =
		    arena_strndup(&h->arena, row->fields[i], row->lens[i]);
}

void
header_pair_done(struct header_pair *h)
{
	arena_done(&h->arena);
	*h = (struct header_pair){ .n = 0 };
}

/* "收货人" over "姓名" and "电话": the title goes in front of each. */
static char *
titled(struct arena *arena, const char *title, const struct sheet_row *row,
    size_t i)
{
	return arena_printf(
	    arena, "%s%.*s", title, (int)row->lens[i], row->fields[i]);
}

bool
header_join(struct header_pair *h, const struct sheet_row *row, bool titles,
    struct arena *arena, struct sheet_row *out)
{
	size_t n = h->n > row->n ? h->n : row->n, i;
	const char *title = "", *above;
	bool filled = false, below = false;
	const char **fields;
	size_t *lens;

	fields = arena_alloc(arena, (n + 1) * sizeof(*fields));
	lens = arena_alloc(arena, (n + 1) * sizeof(*lens));
	for (i = 0; i < n; i++) {
		above = i < h->n ? h->above[i] : "";
		if (above[0] != '\0')
			title = above;
		if (i < row->n && row->lens[i] > 0) {
			fields[i] = titled(arena, titles ? title : "", row, i);
			below = true;
		} else {
			fields[i] = arena_strdup(arena, above);
			filled |= above[0] != '\0';
		}
		lens[i] = strlen(fields[i]);
	}
	*out = *row;
	out->fields = fields;
	out->lens = lens;
	out->n = n;
	return below && (filled || (titles && title[0] != '\0'));
}
