/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_ARENA_H
#define SHOPMGR_BASE_ARENA_H

#include <stddef.h>

#include "shopmgr/base/err.h"

/*
 * Memory that is freed all at once. What is allocated lives until arena_done()
 * or arena_reset(), and is never freed by itself. { 0 } is an empty arena.
 */

struct arena {
	struct arena_block *block;
	size_t used;
};

void *arena_alloc(struct arena *a, size_t size);    /* aligned, zeroed */
char *arena_strdup(struct arena *a, const char *s); /* NULL becomes "" */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
void arena_reset(struct arena *a); /* keeps the newest block for reuse */
void arena_done(struct arena *a);

#endif
