/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_PAGE_H
#define SHOPMGR_BASE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"

/*
 * Some rows of a list, with all the text they point to. Rows are of one type,
 * all of one size, always in the list's own order, whichever way they were
 * asked for. A row is the cursor: the next page is asked for "beyond" it.
 */

enum page_dir {
	PAGE_FIRST,  /* from the start */
	PAGE_AFTER,  /* the rows behind a row */
	PAGE_BEFORE, /* the rows in front of a row */
	PAGE_LAST,   /* up to the end */
};

struct page {
	void *rows; /* in the arena */
	size_t n, cap;
	size_t row_size;
	struct arena arena;
};

/* An empty page for at most @limit rows of @row_size. */
void page_init(struct page *p, size_t row_size, size_t limit);
/* The next row, zeroed; at most @limit times. */
void *page_add(struct page *p);
const void *page_row(const struct page *p, size_t i);
/* Rows that were fetched against the list's order. */
void page_reverse(struct page *p);
/*
 * A whole list in @p, cut to the window that a table asks for: rows begin with
 * their id, @from_id is the id of the row to go on from.
 */
void page_window(
    struct page *p, enum page_dir dir, int64_t from_id, size_t limit);
/* All rows of @from and what they point to: @texts are where in a row its texts
 * (const char *) are. */
void page_copy(struct page *out, const struct page *from, const size_t *texts,
    size_t ntexts);
void page_free(struct page *p); /* { 0 } is fine */

#endif
