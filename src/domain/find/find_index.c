/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/search.h"
#include "shopmgr/domain/find.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "find_priv.h"

/*
 * The index follows the shop from outside: no verb writes into it, so none is
 * slower for it or waits at its lock, and none can forget it. New records are
 * told by their ids, which grow; records that changed, by the log, in which
 * every operation writes what it was about. How far both were read is kept with
 * the index, in the same commit as the words, so that it may stop anywhere.
 *
 * The last entry of the log that was read is kept whole: where the shop has
 * another one in its place, it is another shop, or one put back from a backup,
 * and the index begins again.
 */

enum { AT_AUDIT, AT_ORDER, AT_CUSTOMER, AT_VARIANT, AT_LISTING };

#define MS          INT64_C(1000000)
#define BATCH       2000  /* records between two looks at the clock */
#define COMMIT      50000 /* records of a transaction */
#define CATCH_UP    1000  /* records that are worth waiting for before a find */
#define CATCH_UP_MS 10
#define SEARCH_AS   ".search"

struct search *
find_search(struct session *s)
{
	struct str path = STR_INIT;
	const char *shop = db_path(s->db);
	int rc;

	if (s->search != NULL)
		return s->search;
	if (strcmp(shop, ":memory:") == 0)
		str_add(&path, shop);
	else
		str_addf(&path, "%s" SEARCH_AS, shop);
	rc = search_open(&s->search, path.s, &s->search_err);
	if (rc < 0) {
		if (rc != ERR_BUSY)
			log_msg("no index of words: %s", s->search_err.text);
		s->search = NULL;
	}
	str_done(&path);
	return s->search;
}

void
find_close(struct session *s)
{
	search_close(s->search);
	s->search = NULL;
}

int
find_search_failed(struct session *s, int rc)
{
	struct str path = STR_INIT;

	search_abort(s->search);
	if (rc == ERR_BUSY || rc >= 0)
		return 0;
	log_msg("index of words: %s", s->search_err.text);
	find_close(s);
	if (rc == ERR_DB && strcmp(db_path(s->db), ":memory:") != 0) {
		str_addf(&path, "%s" SEARCH_AS, db_path(s->db));
		search_remove(path.s);
		str_done(&path);
	}
	return 0;
}

/* What is to be added, list by list; its texts are the arena's. */
struct batch {
	struct session *s;
	struct search *x;
	struct search_mark mark;
	struct arena arena;
	struct docs {
		struct search_doc *v;
		size_t n, cap;
	} docs[SEARCH_LISTS];
	int64_t until;  /* 0: to the end */
	size_t records; /* looked at since the last commit */
	bool all;       /* nothing is left */
};

static void
add_doc(struct batch *b, enum find_list list, int64_t id, const char *text)
{
	struct docs *d = &b->docs[list];

	if (d->n == d->cap) {
		d->cap = d->cap == 0 ? 256 : d->cap * 2;
		d->v = xreallocarray(d->v, d->cap, sizeof(*d->v));
	}
	d->v[d->n++] = (struct search_doc){ id, text };
}

/*
 * Records: a number to be known by, and up to three texts. $1: behind this id,
 * at most $2 of them; or only this one.
 */
#define COLUMNS_ORDER    "id, created_at, buyer_note, memo, NULL FROM orders"
#define COLUMNS_CUSTOMER "id, id, note, NULL, NULL FROM customer"
#define COLUMNS_VARIANT \
	"v.id, v.id, v.sku_code, v.name, p.name FROM variant v" \
	" LEFT JOIN product p ON p.id = v.product_id"
#define COLUMNS_LISTING "id, id, title, attrs, NULL FROM listing"
#define NEW(columns, id) \
	"SELECT " columns " WHERE " id " > $1 ORDER BY " id " LIMIT $2"
#define ONE(columns, id) "SELECT " columns " WHERE " id " = $1 LIMIT $2"

static const struct source {
	const char *kind; /* as the log has it */
	enum find_list list;
	int at;
	const char *sql_new, *sql_one;
} sources[] = {
	{ "order", LIST_REMARKS, AT_ORDER, NEW(COLUMNS_ORDER, "id"),
	    ONE(COLUMNS_ORDER, "id") },
	{ "customer", LIST_NOTES, AT_CUSTOMER, NEW(COLUMNS_CUSTOMER, "id"),
	    ONE(COLUMNS_CUSTOMER, "id") },
	{ "variant", LIST_VARIANTS, AT_VARIANT, NEW(COLUMNS_VARIANT, "v.id"),
	    ONE(COLUMNS_VARIANT, "v.id") },
	{ "listing", LIST_LISTINGS, AT_LISTING, NEW(COLUMNS_LISTING, "id"),
	    ONE(COLUMNS_LISTING, "id") },
};
#define SOURCES (sizeof(sources) / sizeof(sources[0]))

/* *@last gets the id of the last record; unchanged if there was none. */
static int
gather(struct batch *b, const struct source *src, const char *sql, int64_t from,
    int64_t limit, int64_t *last, size_t *n)
{
	struct str text = STR_INIT;
	struct db_rows *rows;
	int col, rc;

	*n = 0;
	rc = db_query(b->s->db, sql, DB_ARGS(db_i(from), db_i(limit)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		(*n)++;
		*last = db_int(rows, 0);
		str_cut(&text, 0);
		for (col = 2; col <= 4; col++) {
			const char *part = db_text(rows, col);

			if (part != NULL && part[0] != '\0')
				str_addf(&text, "\n%s", part);
		}
		if (text.len > 0)
			add_doc(b, src->list, db_int(rows, 1),
			    arena_strndup(&b->arena, text.s, text.len));
	}
	db_done(rows);
	str_done(&text);
	return rc;
}

static int
gather_new(struct batch *b, const struct source *src, size_t *n)
{
	return gather(b, src, src->sql_new, b->mark.at[src->at], BATCH,
	    &b->mark.at[src->at], n);
}

/* Operations on orders that leave their texts alone; of any other it is not
 * known. */
static bool
keeps_texts(const char *op)
{
	static const char *const names[] = { "order-ship", "order-hold",
		"order-release", "order-cancel", "order-confirm",
		"listing-map" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(op, names[i]) == 0)
			return true;
	return false;
}

static const char sql_log[] =
    "SELECT id, op, kind, subject FROM audit WHERE id > $1 ORDER BY id"
    " LIMIT $2";

/* The records that the log names. Those that are new come by themselves. */
static int
gather_changed(struct batch *b, size_t *n)
{
	struct db_rows *rows;
	size_t i, one;
	int64_t id;
	int rc;

	*n = 0;
	rc = db_query(b->s->db, sql_log,
	    DB_ARGS(db_i(b->mark.at[AT_AUDIT]), db_i(BATCH)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		b->mark.at[AT_AUDIT] = db_int(rows, 0);
		(*n)++;
		for (i = 0; i < SOURCES; i++)
			if (strcmp(sources[i].kind, db_text(rows, 2)) == 0)
				break;
		/* Ids from there on were free again for others. */
		if (i < SOURCES &&
		    strcmp(db_text(rows, 1), "import-undo") == 0) {
			if (db_int(rows, 3) <= b->mark.at[sources[i].at])
				b->mark.at[sources[i].at] = db_int(rows, 3) - 1;
			continue;
		}
		if (i == SOURCES || keeps_texts(db_text(rows, 1)) ||
		    db_int(rows, 3) > b->mark.at[sources[i].at])
			continue;
		rc = gather(b, &sources[i], sources[i].sql_one, db_int(rows, 3),
		    1, &id, &one);
		if (rc < 0)
			break;
	}
	db_done(rows);
	return rc;
}

static const char sql_entry[] =
    "SELECT CAST(at AS TEXT) || ' ' || op || ' ' || CAST(subject AS TEXT)"
    " || ' ' || hash FROM audit WHERE id = $1";
static const char sql_log_end[] = "SELECT coalesce(max(id), 0) FROM audit";

/* The entry of the log, as it is kept with the index. */
static int
read_entry(struct session *s, int64_t id, char *buf, size_t size)
{
	struct db_rows *rows;
	int rc;

	buf[0] = '\0';
	rc = db_query(s->db, sql_entry, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(buf, size, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Is it of this shop, as far as it goes? */
static int
is_ours(struct session *s, const struct search_mark *mark, bool *ours)
{
	char entry[sizeof(mark->text)];
	int rc = read_entry(s, mark->at[AT_AUDIT], entry, sizeof(entry));

	*ours = rc == 0 && strcmp(entry, mark->text) == 0;
	return rc;
}

static int
add_all(struct batch *b)
{
	unsigned list;
	int rc = 0;

	for (list = 0; rc == 0 && list < SEARCH_LISTS; list++) {
		rc = search_add(b->x, list, b->docs[list].v, b->docs[list].n);
		b->docs[list].n = 0;
	}
	arena_reset(&b->arena);
	return rc;
}

/* One batch of everything. Below zero is a failure of the shop's database;
 * *@index gets one of the index. */
static int
step(struct batch *b, int *index)
{
	size_t i, n, most;
	int rc;

	if ((rc = gather_changed(b, &n)) < 0)
		return rc;
	most = n;
	b->records += n;
	for (i = 0; i < SOURCES; i++) {
		if ((rc = gather_new(b, &sources[i], &n)) < 0)
			return rc;
		most = n > most ? n : most;
		b->records += n;
	}
	b->all = most < BATCH;
	*index = add_all(b);
	return 0;
}

static bool
is_over(const struct batch *b)
{
	return b->all || (b->until != 0 && time_ticks() >= b->until);
}

static bool
is_new(const struct search_mark *mark)
{
	int i;

	for (i = 0; i < SEARCH_MARKS; i++)
		if (mark->at[i] != 0)
			return false;
	return true;
}

/* A transaction of the index: until it is large, the time is over, or there is
 * nothing left. */
static int
run(struct batch *b, int *index)
{
	bool ours;
	int rc = 0;

	if ((*index = search_begin(b->x, &b->mark)) < 0)
		return 0;
	if ((rc = is_ours(b->s, &b->mark, &ours)) < 0)
		return rc;
	if (!ours) {
		b->mark = (struct search_mark){ .text = "" };
		*index = search_clear(b->x);
	}
	/* Whatever happens from now on is told by the log. */
	if (is_new(&b->mark))
		rc = db_get1(
		    b->s->db, sql_log_end, DB_NOARGS, &b->mark.at[AT_AUDIT]);
	b->records = 0;
	do {
		if (rc < 0 || *index < 0)
			return rc;
		rc = step(b, index);
	} while (b->records < COMMIT && !is_over(b));
	if (rc == 0 && *index == 0)
		rc = read_entry(b->s, b->mark.at[AT_AUDIT], b->mark.text,
		    sizeof(b->mark.text));
	if (rc == 0 && *index == 0)
		*index = search_commit(b->x, &b->mark);
	return rc;
}

static const char sql_ends[] =
    "SELECT (SELECT coalesce(max(id), 0) FROM audit),"
    " (SELECT coalesce(max(id), 0) FROM orders),"
    " (SELECT coalesce(max(id), 0) FROM customer),"
    " (SELECT coalesce(max(id), 0) FROM variant),"
    " (SELECT coalesce(max(id), 0) FROM listing)";

/* How many records it is behind, about; a number beyond all when it is not of
 * this shop. */
static int
behind(struct session *s, const struct search_mark *mark, int64_t *n)
{
	struct db_rows *rows;
	bool ours;
	int i, rc;

	if ((rc = is_ours(s, mark, &ours)) < 0)
		return rc;
	*n = ours ? 0 : INT64_MAX;
	if (!ours)
		return 0;
	if ((rc = db_query(s->db, sql_ends, DB_NOARGS, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		for (i = AT_AUDIT; i <= AT_LISTING; i++)
			*n += db_int(rows, i) - mark->at[i];
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Transactions until the time is over. */
static int
run_until(struct session *s, int ms)
{
	struct batch b = { .s = s, .x = s->search };
	int rc = 0, index = 0;
	size_t i;

	b.until = ms > 0 ? time_ticks() + ms * MS : 0;
	do
		rc = run(&b, &index);
	while (rc == 0 && index == 0 && !is_over(&b));
	arena_done(&b.arena);
	for (i = 0; i < SEARCH_LISTS; i++)
		free(b.docs[i].v);
	if (rc < 0)
		search_abort(s->search);
	return rc < 0 ? rc : find_search_failed(s, index);
}

/* Of the index; the failure of a shop's own database is the session's. */
static int
tell(struct session *s)
{
	if (s->search_err.code == ERR_BUSY)
		return 0;
	s->err = s->search_err;
	return (int)s->err.code;
}

static int
how_far(struct session *s, int64_t *left)
{
	struct search_mark mark;
	int rc;

	*left = INT64_MAX;
	if (find_search(s) == NULL)
		return 1;
	if ((rc = search_mark(s->search, &mark)) < 0)
		return find_search_failed(s, rc) < 0 ? rc : 1;
	return behind(s, &mark, left);
}

/* Much of a shop is read without having all of it in memory. */
static int
run_lean(struct session *s, int ms, int64_t left)
{
	bool lean = left > CATCH_UP && !db_in_txn(s->db);
	int rc;

	if (lean)
		bulk_merge_tune(s->db, true);
	rc = run_until(s, ms);
	if (lean)
		bulk_merge_tune(s->db, false);
	return rc;
}

int
find_index(struct session *s, int ms, int64_t *left)
{
	int rc;

	if ((rc = how_far(s, left)) == 0 && *left > 0 &&
	    (rc = run_lean(s, ms, *left)) == 0)
		rc = s->search != NULL ? how_far(s, left) : 1;
	return rc > 0 ? tell(s) : rc;
}

int
find_catch_up(struct session *s)
{
	int64_t left;
	int rc;

	rc = how_far(s, &left);
	if (rc == 0 && left > 0 && left <= CATCH_UP)
		rc = run_until(s, CATCH_UP_MS);
	return rc < 0 ? rc : 0;
}

int
find_forget(struct session *s)
{
	struct search_mark mark;
	int rc;

	if (find_search(s) == NULL)
		return tell(s);
	rc = search_begin(s->search, &mark);
	if (rc == 0)
		rc = search_clear(s->search);
	mark = (struct search_mark){ .text = "" };
	if (rc == 0)
		rc = search_commit(s->search, &mark);
	if (rc < 0) {
		s->err = s->search_err;
		find_search_failed(s, rc);
	}
	return rc;
}
