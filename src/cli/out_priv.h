/* SPDX-License-Identifier: MIT */
#ifndef OUT_PRIV_H
#define OUT_PRIV_H

#include "cli_priv.h"

/* One value as the formats write it; out.c makes records and lists of them. */

/* @s and blanks up to @width columns, before it or behind. */
void add_cell(struct str *out, const char *s, int width, bool right);
void csv_cell(struct str *out, const char *s);
/* A field as text, in place of what @out holds: for people, or exact; nothing
 * of what @s may not see. */
void value_text(const struct session *s, const struct rec_field *f,
    const void *row, bool people, struct str *out);
void json_value(const struct session *s, struct str *out,
    const struct rec_field *f, const void *row);

#endif
