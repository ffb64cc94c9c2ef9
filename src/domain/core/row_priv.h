/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ROW_PRIV_H
#define DOMAIN_ROW_PRIV_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/db/db.h"

/* Small things that every department does with rows and typed text. */

/* A column's text, kept by the page, or until the next row when there is no
 * arena; NULL becomes "". */
static inline const char *
row_text(const struct db_rows *rows, int col, struct arena *arena)
{
	const char *text = db_text(rows, col);

	if (text == NULL)
		return "";
	return arena == NULL ? text
			     : arena_strndup(arena, text, db_len(rows, col));
}

/*
 * The end of the range of all texts that begin with some prefix is the prefix
 * with the last character there is behind it: name >= $1 AND name < $1 || this.
 */
#define PREFIX_END "\xf4\x8f\xbf\xbf"

/* @text, which may be @buf, without the blanks around it; false when it does
 * not fit @size. */
static inline bool
trim_text(char *buf, size_t size, const char *text)
{
	size_t len;

	while (isspace((unsigned char)*text))
		text++;
	len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		len--;
	if (len >= size)
		return false;
	memmove(buf, text, len);
	buf[len] = '\0';
	return true;
}

/* The number of a paper, a wave, a parcel, as it is kept: without blanks, in
 * capitals. One that does not fit is none: "". */
static inline void
trim_number(char *buf, size_t size, const char *typed)
{
	if (!trim_text(buf, size, typed))
		buf[0] = '\0';
	for (; *buf != '\0'; buf++)
		*buf = (char)toupper((unsigned char)*buf);
}

#endif
