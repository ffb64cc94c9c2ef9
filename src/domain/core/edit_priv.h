/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_EDIT_PRIV_H
#define DOMAIN_EDIT_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"

/* What is typed into forms, judged; and what changed, as the log keeps it. */

struct session;
struct str;

/* What the log keeps of a change: "field was -> is", "; " between. */
void tell_text(
    struct str *words, const char *field, const char *was, const char *is);
void tell_number(struct str *words, const char *field, int64_t was, int64_t is);
void tell_money(struct str *words, const char *field, int64_t was, int64_t is);
/* A text of a form, trimmed in place; a number. ERR_INVALID with the field. */
int edit_text(struct session *s, const char *field, char *text, size_t size)
    MUST_CHECK;
/* A name of at most NAME_CHARS characters, trimmed. What edit_text() finds in
 * an array of NAME_ROOM is one, too. */
int edit_name(struct session *s, const char *field, char out[NAME_ROOM],
    const char *typed) MUST_CHECK;
int edit_range(struct session *s, const char *field, int64_t value, int64_t max)
    MUST_CHECK;

#endif
