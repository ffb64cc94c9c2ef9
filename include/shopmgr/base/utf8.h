/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_UTF8_H
#define SHOPMGR_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * UTF-8 and the width of text on a terminal. Text that comes from outside may
 * hold anything; what these functions hand to the screen never does: control
 * characters, bidi overrides, zero-width characters and invalid bytes become
 * U+FFFD (see libraries: they move the cursor or spoof names).
 */

#define UTF8_BAD 0xFFFDu

/* Decode one character of at most @len bytes; returns the bytes taken, >= 1.
 * Invalid input (also overlong, surrogates) gives UTF8_BAD and takes 1. */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);
/* At most 4 bytes, not terminated; returns how many. */
size_t utf8_encode(uint32_t cp, char buf[4]);
bool utf8_valid(const char *s, size_t len);
/* Where the first invalid byte is; @len if there is none. */
size_t utf8_check(const char *s, size_t len);

/* May this be shown as it is? False: show UTF8_BAD. */
bool cp_printable(uint32_t cp);
/* Columns: 0 combining, 1, 2. What is not printable counts 1, for a sign that
 * is one column wide is drawn in its place (U+FFFD, or else "?"). Ambiguous
 * characters (quotes, arrows, box drawing, U+FFFD too) count width_ambiguous.
 */
int cp_width(uint32_t cp);
extern int width_ambiguous; /* 1, or 2 on terminals that draw them wide */

/*
 * A name that people give, of a company, a product, a warehouse, a bin, a
 * buyer: so many characters of whatever language, in so many bytes. There is
 * room for one character more, so that who takes it can say it is too long.
 */
#define NAME_CHARS 200
#define NAME_ROOM  (4 * (NAME_CHARS + 1) + 1)
/* Characters of a whole string. */
size_t text_chars(const char *s);

/* Columns of a whole string. */
int text_width(const char *s);
/* Bytes of @s that fit in @w columns, whole characters with their marks;
 * *@used gets the columns. */
size_t text_fit(const char *s, int w, int *used);
/* Next / previous character boundary (a base with its combining marks). */
size_t text_next(const char *s, size_t len, size_t at);
size_t text_prev(const char *s, size_t len, size_t at);

#endif
