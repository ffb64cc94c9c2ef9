/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

#include "refs_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "sort_priv.h"

int
sort_allowed(struct session *s, struct query *set)
{
	int64_t n;
	int rc;

	query_lit(set, " LIMIT ");
	query_add_val(set, db_i(SORT_MAX + 1));
	query_lit(set, ") x /*scan*/");
	rc = db_get1(s->db, set->sql, set->args, set->nargs, &n);
	if (rc == 0 && n > SORT_MAX)
		rc = err_set(&s->err, ERR_STATE, "sort",
		    _("Too many rows to sort by this: choose a tab or find "
		      "some first"));
	return rc;
}

static bool
backwards(enum page_dir dir)
{
	return dir == PAGE_BEFORE || dir == PAGE_LAST;
}

static size_t
count_keys(const struct sort_key *keys)
{
	size_t n = 0;

	while (n < SORT_KEYS && keys[n].column != NULL)
		n++;
	return n;
}

/* What the row to go on from is sorted by. */
static int
read_keys(struct session *s, const struct sorting *by, struct arena *arena,
    struct query_key *keys, size_t n)
{
	struct query q = QUERY("SELECT ");
	struct db_rows *rows;
	size_t i;
	int rc;

	for (i = 0; i < n; i++) {
		query_add_lit(&q, i > 0 ? ", " : "");
		query_add_lit(&q, by->keys[i].column);
	}
	query_add_lit(&q, by->row);
	query_lit(&q, " ");
	query_add_val(&q, db_i(by->from));
	if ((rc = db_query(s->db, q.sql, q.args, q.nargs, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		for (i = 0; i < n; i++)
			keys[i].from =
			    by->keys[i].number
				? db_i(db_int(rows, (int)i))
				: db_t(row_text(rows, (int)i, arena));
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such record"));
	return rc < 0 ? rc : 0;
}

static void
turn(struct ref *v, size_t n)
{
	struct ref swap;
	size_t i;

	for (i = 0; i < n / 2; i++) {
		swap = v[i];
		v[i] = v[n - 1 - i];
		v[n - 1 - i] = swap;
	}
}

int
sort_refs(struct session *s, struct query *q, const struct sorting *by,
    struct refs *refs)
{
	struct query_key keys[SORT_KEYS] = { { .column = NULL } };
	size_t i, n = count_keys(by->keys);
	struct arena texts = { 0 };
	struct db_rows *rows;
	int rc = 0;

	for (i = 0; i < n; i++)
		keys[i].column = by->keys[i].column;
	if (by->dir == PAGE_AFTER || by->dir == PAGE_BEFORE)
		rc = read_keys(s, by, &texts, keys, n);
	if (rc == 0) {
		query_page(q, keys, n, by->desc, by->dir, by->limit);
		rc = db_query(s->db, q->sql, q->args, q->nargs, &rows);
	}
	if (rc == 0) {
		while ((rc = db_next(rows)) > 0)
			refs_add(refs, 0, db_int(rows, 0));
		db_done(rows);
		if (backwards(by->dir))
			turn(refs->v, refs->n);
	}
	arena_done(&texts);
	return rc;
}

/* A name, and what it is sorted by. */
struct named {
	int64_t id;
	const char *pinyin, *name;
};
struct names {
	struct named *v;
	size_t n, cap;
	struct arena texts;
};

static int
by_pinyin(const void *va, const void *vb)
{
	const struct named *a = va, *b = vb;
	int c;

	if ((c = strcmp(a->pinyin, b->pinyin)) != 0 ||
	    (c = strcmp(a->name, b->name)) != 0)
		return c;
	return a->id < b->id ? -1 : a->id > b->id;
}

static int
by_pinyin_desc(const void *a, const void *b)
{
	return by_pinyin(b, a);
}

static struct named
named(int64_t id, const char *name, struct arena *texts)
{
	char pinyin[600];

	pinyin_full(name, pinyin, sizeof(pinyin));
	return (struct named){
		.id = id, .pinyin = arena_strdup(texts, pinyin), .name = name
	};
}

static int
names_read(struct session *s, const struct query *q, struct names *names)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, q->sql, q->args, q->nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (names->n == names->cap) {
			names->cap = names->cap == 0 ? 256 : names->cap * 2;
			names->v = xreallocarray(
			    names->v, names->cap, sizeof(*names->v));
		}
		names->v[names->n++] = named(db_int(rows, 0),
		    row_text(rows, 1, &names->texts), &names->texts);
	}
	db_done(rows);
	return rc;
}

/* The part of the sorted names that is the page, behind or before @from. */
static void
names_page(const struct names *names, const struct sorting *by,
    const struct named *from, struct refs *refs)
{
	size_t first = 0, end = names->n, i;
	int c;

	for (i = 0; from != NULL && i < names->n; i++) {
		c = by_pinyin(&names->v[i], from);
		c = by->desc ? -c : c;
		if (by->dir == PAGE_AFTER && c <= 0)
			first = i + 1;
		else if (by->dir == PAGE_BEFORE && c >= 0 && end > i)
			end = i;
	}
	if (end - first > by->limit) {
		if (backwards(by->dir))
			first = end - by->limit;
		else
			end = first + by->limit;
	}
	for (; first < end; first++)
		refs_add(refs, 0, names->v[first].id);
}

int
sort_refs_by_pinyin(struct session *s, const struct query *q,
    const struct sorting *by, struct refs *refs)
{
	bool on = by->dir == PAGE_AFTER || by->dir == PAGE_BEFORE;
	struct names names = { 0 };
	struct query_key key = { .from = db_t("") };
	struct named from;
	int rc = 0;

	/* The row to go on from may be elsewhere by now. */
	if (on && (rc = read_keys(s, by, &names.texts, &key, 1)) == 0)
		from = named(by->from, key.from.t, &names.texts);
	if (rc == 0)
		rc = names_read(s, q, &names);
	if (rc == 0 && names.n > 0) {
		qsort(names.v, names.n, sizeof(*names.v),
		    by->desc ? by_pinyin_desc : by_pinyin);
		names_page(&names, by, on ? &from : NULL, refs);
	}
	free(names.v);
	arena_done(&names.texts);
	return rc;
}
