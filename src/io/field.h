/* SPDX-License-Identifier: MIT */
#ifndef IO_FIELD_H
#define IO_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Texts that spreadsheets would calculate, and how they get through files: with
 * a ' in front, which field_clean() takes away again. A text that begins like a
 * defused one gets a ' as well, so that each comes back as it was.
 */

/* Would a spreadsheet calculate s[0..n)? */
bool field_is_formula(const char *s, size_t n);
/* Would field_clean() make something else of it, that a ' in front keeps? */
bool field_is_altered(const char *s, size_t n);

#endif
