/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SORT_PRIV_H
#define DOMAIN_SORT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/db/query.h"

/*
 * Lists in another order than their own: the ids of a page are found first, in
 * that order, and then its rows read. A row to go on from is known by its id;
 * what it is sorted by is read again, as the row itself may show it masked.
 */

struct refs;
struct session;

/* One of the columns a list is sorted by. The last of an order tells rows
 * apart; column NULL ends it. */
struct sort_key {
	const char *column;
	bool number;
};
#define SORT_KEYS 4
#define SORT_TEXT(column) \
	{ \
		column, false \
	}
#define SORT_NUMBER(column) \
	{ \
		column, true \
	}

/* How many rows @set has, "SELECT count(*) FROM (SELECT 1 FROM ...": ERR_STATE
 * when they are too many to be sorted. */
int sort_allowed(struct session *s, struct query *set) MUST_CHECK;

struct sorting {
	const struct sort_key *keys;
	const char *row; /* " FROM orders o ... WHERE o.id =": one row */
	int64_t from;    /* id of the row to go on from */
	bool desc;
	enum page_dir dir;
	size_t limit;
};
/*
 * The ids of the page @by of @q, "SELECT id FROM ... WHERE ...", added to
 * @refs in the list's order. What scans or sorts says so in @q's text.
 */
int sort_refs(struct session *s, struct query *q, const struct sorting *by,
    struct refs *refs) MUST_CHECK;
/* The same for names in Chinese: @q has an id and a name a row, all of those
 * that are to be sorted; the name is the first of the keys. */
int sort_refs_by_pinyin(struct session *s, const struct query *q,
    const struct sorting *by, struct refs *refs) MUST_CHECK;

#endif
