/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_SEARCH_H
#define SHOPMGR_DB_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * An index of words in texts, in a file beside the database, derived from it:
 * lost or damaged, it is made anew. It knows documents by numbers that only
 * grow, and hands them out newest first. A document is never changed or taken
 * out: a text that changes is added as another document, and whoever asks looks
 * whether a hit still is one.
 *
 * Texts are cut into pairs of characters that overlap, so that Chinese words
 * are found wherever they stand: from two characters on by pairs that follow
 * one another, a single one as the start of a pair. ASCII letters fit in either
 * case.
 */

struct search;

struct search_doc {
	int64_t id;
	const char *text;
};

/* @path; ":memory:" for a database that is there. */
int search_open(struct search **out, const char *path, struct err *err)
    MUST_CHECK;
void search_close(struct search *x);
/* The last document, 0 for none, and a number the caller keeps with it. */
int search_mark(struct search *x, int64_t *last, int64_t *mark) MUST_CHECK;
/* Adds documents in one go; ids grow. Only one program at a time adds: ERR_BUSY
 * while another does. */
int search_add(struct search *x, const struct search_doc *docs, size_t n,
    int64_t mark) MUST_CHECK;
/* At most @limit documents with numbers below @before (0: all) that hold @text,
 * highest first; *@n gets how many. */
int search_query(struct search *x, const char *text, int64_t before,
    int64_t *ids, size_t limit, size_t *n) MUST_CHECK;
/* Throw all of it away. */
int search_clear(struct search *x) MUST_CHECK;

#endif
