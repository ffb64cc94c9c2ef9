/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/page.h"

#include "refs_priv.h"
#include "session_priv.h"

void
refs_add(struct refs *refs, int64_t at, int64_t id)
{
	if (refs->n == refs->cap) {
		refs->cap = refs->cap == 0 ? 64 : refs->cap * 2;
		refs->v = xreallocarray(refs->v, refs->cap, sizeof(*refs->v));
	}
	refs->v[refs->n++] = (struct ref){ at, id };
}

int
refs_query(struct session *s, struct refs *refs, const char *sql,
    const struct db_val *args, size_t nargs)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		refs_add(refs, db_int(rows, 0), db_int(rows, 1));
	db_done(rows);
	return rc;
}

static int
by_time(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int
by_time_desc(const void *a, const void *b)
{
	return by_time(b, a);
}

void
refs_settle(struct refs *refs, bool desc, size_t limit)
{
	size_t i, n = 0;

	if (refs->n > 0)
		qsort(refs->v, refs->n, sizeof(*refs->v),
		    desc ? by_time_desc : by_time);
	for (i = 0; i < refs->n && n < limit; i++)
		if (n == 0 || by_time(&refs->v[n - 1], &refs->v[i]) != 0)
			refs->v[n++] = refs->v[i];
	refs->n = n;
}

int
refs_load(struct session *s, const struct refs *refs, const char *sql,
    size_t row_size,
    void (*row)(const struct db_rows *rows, void *out, struct arena *arena),
    struct page *out)
{
	struct db_rows *rows;
	size_t i;
	int rc = 0;

	page_init(out, row_size, refs->n);
	for (i = 0; rc >= 0 && i < refs->n; i++) {
		rc = db_query(s->db, sql, DB_ARGS(db_i(refs->v[i].id)), &rows);
		if (rc < 0)
			break;
		if ((rc = db_next(rows)) > 0)
			row(rows, page_add(out), &out->arena);
		db_done(rows);
	}
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

void
refs_done(struct refs *refs)
{
	free(refs->v);
	*refs = (struct refs){ 0 };
}
