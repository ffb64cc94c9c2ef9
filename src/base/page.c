/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "shopmgr/base/page.h"

void
page_init(struct page *p, size_t row_size, size_t limit)
{
	*p = (struct page){ .row_size = row_size, .cap = limit };
	p->rows = arena_alloc(&p->arena, row_size * limit);
}

void *
page_add(struct page *p)
{
	assert(p->n < p->cap);
	return (char *)p->rows + p->row_size * p->n++;
}

const void *
page_row(const struct page *p, size_t i)
{
	assert(i < p->n);
	return (const char *)p->rows + p->row_size * i;
}

void
page_reverse(struct page *p)
{
	char *tmp = arena_alloc(&p->arena, p->row_size);
	char *rows = p->rows;
	size_t i, j;

	for (i = 0, j = p->n; i + 1 < j; i++) {
		j--;
		memcpy(tmp, rows + i * p->row_size, p->row_size);
		memcpy(rows + i * p->row_size, rows + j * p->row_size,
		    p->row_size);
		memcpy(rows + j * p->row_size, tmp, p->row_size);
	}
}

void
page_window(struct page *p, enum page_dir dir, int64_t from_id, size_t limit)
{
	size_t first = 0, n = p->n, i;

	if (dir == PAGE_AFTER || dir == PAGE_BEFORE) {
		for (i = 0; i < p->n; i++)
			if (*(const int64_t *)page_row(p, i) == from_id)
				break;
		if (i == p->n) { /* it went meanwhile */
			n = 0;
		} else if (dir == PAGE_AFTER) {
			first = i + 1;
			n = p->n - first;
		} else {
			n = i;
		}
	}
	if (n > limit) {
		if (dir == PAGE_BEFORE || dir == PAGE_LAST)
			first += n - limit;
		n = limit;
	}
	p->rows = (char *)p->rows + first * p->row_size;
	p->n = n;
	p->cap = n;
}

void
page_copy(struct page *out, const struct page *from, const size_t *texts,
    size_t ntexts)
{
	const char **text;
	char *row;
	size_t i, k;

	page_init(out, from->row_size, from->n);
	for (i = 0; i < from->n; i++) {
		row = page_add(out);
		memcpy(row, page_row(from, i), from->row_size);
		for (k = 0; k < ntexts; k++) {
			text = (const char **)(void *)(row + texts[k]);
			*text = arena_strdup(&out->arena, *text);
		}
	}
}

void
page_free(struct page *p)
{
	arena_done(&p->arena);
	*p = (struct page){ 0 };
}
