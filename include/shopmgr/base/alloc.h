/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_ALLOC_H
#define SHOPMGR_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>

#include "shopmgr/base/err.h"

/*
 * Memory that never fails: when there is none, the program restores the
 * terminal (the hook), says one line on stderr and ends. A transaction that
 * was open is rolled back by the database at the next start.
 */

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

/* Called before the last words; term.c restores the terminal with it. */
extern void (*alloc_die_hook)(void);
/* The last words, translated while there was memory; NULL: plain ones. */
extern const char *alloc_die_words;

/* Copy @src into the array @dst of @size, cut at a whole character. */
void copy_text(char *dst, size_t size, const char *src);
/* vsnprintf(), cut at a whole character. */
void format_text(char *dst, size_t size, const char *fmt, va_list ap)
    PRINTF_LIKE(3, 0);

#endif
