/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_QUERY_H
#define SHOPMGR_DB_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/db/db.h"

/*
 * A list query put together from string literals; values only ever travel as
 * parameters. User text cannot become SQL: the macros paste literals.
 *
 *	struct query q = QUERY("SELECT id, name FROM item WHERE 1 = 1");
 *	if (filter->category != 0)
 *		query_and(&q, "category =", db_i(filter->category));
 *	query_page(&q, "name", "id", dir, from, limit, desc);
 */

#define QUERY_SQL  4096
#define QUERY_ARGS 32

struct query {
	char sql[QUERY_SQL];
	size_t len;
	struct db_val args[QUERY_ARGS];
	size_t nargs;
};

#define QUERY(lit) \
	{ \
		.sql = "" lit, .len = sizeof(lit) - 1 \
	}

/* " AND <lit> $n" */
#define query_and(q, lit, v) query_add_and(q, " AND " lit " ", v)
/* The literal as it is. */
#define query_lit(q, lit) query_add_lit(q, "" lit)
/* A parameter on its own: "$n". */
void query_add_val(struct query *q, struct db_val v);
void query_add_and(struct query *q, const char *lit, struct db_val v);
void query_add_lit(struct query *q, const char *lit);

/*
 * The end of a keyset page: "AND (k1, k2, id) > ($a, $b, $c) ORDER BY ...
 * LIMIT $n", by row value with one direction, so that one index serves it.
 * @keys names the columns, ending in the unique one ("created_at, id");
 * @from are their values in the row to go on from (unused for PAGE_FIRST and
 * PAGE_LAST); @desc: the list runs downwards. Rows for PAGE_BEFORE and
 * PAGE_LAST come in reverse: see query_fetch().
 */
#define QUERY_KEYS 4
struct query_key {
	const char *column;
	struct db_val from;
};
void query_page(struct query *q, const struct query_key *keys, size_t nkeys,
    bool desc, enum page_dir dir, size_t limit);

/*
 * Run it and fill @out (initialised here): @row is called for each row, with
 * the rows, the page's new row and its arena for text. Puts the page in the
 * list's order whatever @dir was.
 */
int query_fetch(struct db *db, const struct query *q, enum page_dir dir,
    size_t row_size, size_t limit,
    void (*row)(const struct db_rows *rows, void *out, struct arena *arena),
    struct page *out) MUST_CHECK;

#endif
