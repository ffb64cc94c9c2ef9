/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_SEARCH_H
#define SHOPMGR_DB_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * An index of words in texts, in a file beside the database, derived from it:
 * lost or damaged, it is made anew. It keeps several lists; each knows texts by
 * numbers of the caller's choice and hands them out highest first, so numbers
 * that are times come newest first. Nothing is taken out: a text that changes
 * is added again under its number, and whoever asks looks whether a hit still
 * is one (search_fits()). Numbers that several texts share hold all of them.
 *
 * Chinese is found from one character on, wherever it stands; Latin words and
 * numbers from their beginning, in either case and width. A query of several
 * words, or of words and numbers in one, is found where all of them are.
 */

struct search;
struct str;

#define SEARCH_LISTS 4
#define SEARCH_MARKS 6

struct search_doc {
	int64_t id;
	const char *text;
};

/* How far it is, in the words of the caller, who keeps it here. All 0 and ""
 * in a new one. */
struct search_mark {
	int64_t at[SEARCH_MARKS];
	char text[120];
};

/* @path; ":memory:" for a database that is there. A file that is damaged, or
 * of another make, is made anew. */
int search_open(struct search **out, const char *path, struct err *err)
    MUST_CHECK;
void search_close(struct search *x);
/* The file, for one that turned out to be damaged (ERR_DB) and is closed. */
void search_remove(const char *path);
int search_mark(struct search *x, struct search_mark *mark) MUST_CHECK;

/* Adding: one program at a time, ERR_BUSY while another does. The same texts
 * twice do no harm. */
int search_begin(struct search *x, struct search_mark *mark) MUST_CHECK;
/* Sorts @docs. */
int search_add(struct search *x, unsigned list, struct search_doc *docs,
    size_t n) MUST_CHECK;
/* Throw all of it away. */
int search_clear(struct search *x) MUST_CHECK;
int search_commit(struct search *x, const struct search_mark *mark) MUST_CHECK;
void search_abort(struct search *x); /* after a commit: nothing */

/*
 * At most @limit numbers below @before (0: all) whose texts hold @text, highest
 * first; *@n gets how many. What takes longer than @ms is left off, and then
 * *@next is where to go on from; else it is 0.
 */
int search_query(struct search *x, unsigned list, const char *text,
    int64_t before, int ms, int64_t *ids, size_t limit, size_t *n,
    int64_t *next) MUST_CHECK;

/* Has @text what is asked for at all? Not blanks and signs only. */
bool search_asks(const char *text);
/*
 * Does @text hold all that @query asks for? *@at and *@len get where the first
 * of it stands, in bytes; both may be NULL.
 */
bool search_fits(const char *text, const char *query, size_t *at, size_t *len);

/* The parts of both, for search.c: words to be indexed with blanks between,
 * and an expression that asks for all words of a query. */
void search_words(const char *text, struct str *out);
void search_terms(const char *query, struct str *out);

#endif
