/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/db/query.h"

void
query_add_lit(struct query *q, const char *lit)
{
	size_t n = strlen(lit);

	assert(q->len + n < sizeof(q->sql));
	memcpy(q->sql + q->len, lit, n + 1);
	q->len += n;
}

void
query_add_val(struct query *q, struct db_val v)
{
	char name[8];

	assert(q->nargs < QUERY_ARGS);
	q->args[q->nargs++] = v;
	snprintf(name, sizeof(name), "$%zu", q->nargs);
	query_add_lit(q, name);
}

void
query_add_and(struct query *q, const char *lit, struct db_val v)
{
	query_add_lit(q, lit);
	query_add_val(q, v);
}

static void
beyond(struct query *q, const struct query_key *keys, size_t nkeys, bool down)
{
	size_t i;

	query_add_lit(q, " AND (");
	for (i = 0; i < nkeys; i++) {
		query_add_lit(q, i > 0 ? ", " : "");
		query_add_lit(q, keys[i].column);
	}
	query_add_lit(q, down ? ") < (" : ") > (");
	for (i = 0; i < nkeys; i++) {
		query_add_lit(q, i > 0 ? ", " : "");
		query_add_val(q, keys[i].from);
	}
	query_add_lit(q, ")");
}

static bool
backwards(enum page_dir dir)
{
	return dir == PAGE_BEFORE || dir == PAGE_LAST;
}

void
query_page(struct query *q, const struct query_key *keys, size_t nkeys,
    bool desc, enum page_dir dir, size_t limit)
{
	bool down = desc != backwards(dir);
	size_t i;

	assert(nkeys > 0 && nkeys <= QUERY_KEYS);
	if (dir == PAGE_AFTER || dir == PAGE_BEFORE)
		beyond(q, keys, nkeys, down);
	for (i = 0; i < nkeys; i++) {
		query_add_lit(q, i > 0 ? ", " : " ORDER BY ");
		query_add_lit(q, keys[i].column);
		query_add_lit(q, down ? " DESC" : "");
	}
	query_add_lit(q, " LIMIT ");
	query_add_val(q, db_i((int64_t)limit));
}

int
query_fetch(struct db *db, const struct query *q, enum page_dir dir,
    size_t row_size, size_t limit,
    void (*row)(const struct db_rows *rows, void *out, struct arena *arena),
    struct page *out)
{
	struct db_rows *rows;
	struct page page;
	int rc;

	if ((rc = db_query(db, q->sql, q->args, q->nargs, &rows)) < 0)
		return rc;
	page_init(&page, row_size, limit);
	while (page.n < limit && (rc = db_next(rows)) == 1)
		row(rows, page_add(&page), &page.arena);
	db_done(rows);
	if (rc < 0) {
		page_free(&page);
		return rc;
	}
	if (backwards(dir))
		page_reverse(&page);
	*out = page;
	return 0;
}
