/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FIND_PRIV_H
#define DOMAIN_FIND_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/str.h"

#include "../core/refs_priv.h"

/*
 * The parts of finding anything: find.c gathers and shows, find_index.c keeps
 * the index of words, find_words.c asks it.
 */

struct search;
struct session;

/* What the lists of the index hold, and by which numbers. */
enum find_list {
	LIST_REMARKS,  /* of orders; created_at, which several may share */
	LIST_NOTES,    /* of customers; id */
	LIST_VARIANTS, /* names and codes; id */
	LIST_LISTINGS, /* titles; id */
};

/* The index, opened when it is first needed; NULL when it cannot be had now,
 * which the log tells: words are then not found, all else is. */
struct search *find_search(struct session *s);
/* Bring it up to date if that is quickly done. */
int find_catch_up(struct session *s) MUST_CHECK;
/* A failure of the index: a damaged one goes, to be made anew. Never a reason
 * not to find the rest: returns 0, but a failure that is not the index's own.
 */
int find_search_failed(struct session *s, int rc);
void find_close(struct session *s);

/* What is asked for by words, and how long that may take. */
struct find_words {
	const char *text;
	size_t limit;  /* hits */
	int64_t until; /* time_ticks(); 0: as long as it takes */
	bool cut;      /* there was no time for all of it */
};

/* Orders whose remark or buyer's note fit, newest first. */
int find_words_orders(struct session *s, struct find_words *w, struct refs *out)
    MUST_CHECK;
/* Ids whose text, as it is now, fits, highest first: at most w->limit of them
 * in @ids. Of LIST_LISTINGS those of the variants behind them. */
int find_words_ids(struct session *s, struct find_words *w, enum find_list list,
    int64_t *ids, size_t *n) MUST_CHECK;
/* The piece of @text around the first hit, on one line. */
char *find_piece(struct arena *arena, const char *text, const char *query);

#endif
