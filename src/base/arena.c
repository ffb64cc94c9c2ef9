/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"

#define ARENA_BLOCK 4096
#define ARENA_ALIGN 16

struct arena_block {
	struct arena_block *next;
	size_t size;
	_Alignas(ARENA_ALIGN) char mem[];
};

/* Unaligned, for text: a byte is enough. */
static char *
take(struct arena *a, size_t size)
{
	struct arena_block *b;
	size_t want;

	if (a->block == NULL || a->block->size - a->used < size) {
		want = a->block != NULL ? a->block->size * 2 : ARENA_BLOCK;
		if (want > 1024 * 1024)
			want = 1024 * 1024;
		if (want < size)
			want = size;
		b = xmalloc(sizeof(*b) + want);
		b->next = a->block;
		b->size = want;
		a->block = b;
		a->used = 0;
	}
	a->used += size;
	return a->block->mem + a->used - size;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	char *p;

	a->used = (a->used + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (a->block != NULL && a->used > a->block->size)
		a->used = a->block->size;
	p = take(a, size);
	memset(p, 0, size);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? arena_strndup(a, "", 0)
			 : arena_strndup(a, s, strlen(s));
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = take(a, n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = take(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

static void
free_blocks(struct arena_block *b)
{
	struct arena_block *next;

	for (; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
}

void
arena_reset(struct arena *a)
{
	if (a->block != NULL) {
		free_blocks(a->block->next);
		a->block->next = NULL;
	}
	a->used = 0;
}

void
arena_done(struct arena *a)
{
	free_blocks(a->block);
	*a = (struct arena){ 0 };
}
