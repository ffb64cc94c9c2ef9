/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_STR_H
#define SHOPMGR_BASE_STR_H

#include <stddef.h>

#include "shopmgr/base/err.h"

/*
 * A string being built. s is never NULL and always terminated, also in a
 * struct str that was only set to STR_INIT; len excludes the terminator.
 */

struct str {
	char *s;
	size_t len, cap;
};

extern char str_empty[];
#define STR_INIT \
	{ \
		.s = str_empty \
	}

void str_add(struct str *str, const char *s);
void str_addn(struct str *str, const char *s, size_t n);
void str_addc(struct str *str, char c);
void str_addf(struct str *str, const char *fmt, ...) PRINTF_LIKE(2, 3);
void str_cut(struct str *str, size_t len); /* to at most @len bytes */
/* The string, now the caller's to free(); @str is empty again. */
char *str_take(struct str *str);
void str_done(struct str *str);

#endif
