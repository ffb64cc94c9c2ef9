/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/db.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "review_priv.h"

/*
 * What the rules ask of goods. Of thousands of orders many hold the same: so
 * titles, weights, and what is there and to whom it is promised are asked for
 * once, and lines are read for many orders at a time.
 */

enum about { A_TITLE, A_WEIGHT, A_STOCK };

struct promise {
	int64_t order_id, sum; /* promised to this order and those before it */
};
/* One of them; of a variant in a warehouse as it was at one time. */
struct review_known {
	const char *title;
	int64_t grams;
	int64_t there; /* and fit to be sent */
	bool over;     /* more than that is promised: to whom is below */
	int64_t upto;  /* the newest order at that time */
	struct promise *v;
	size_t n, cap;
};

static struct review_known *
known(struct review_tests *all, enum about about, int64_t id, int64_t warehouse,
    bool *fresh)
{
	const int64_t key[3] = { about, id, warehouse };
	int64_t *at = map_put(&all->index, key, sizeof(key), fresh);

	if (*fresh) {
		if (all->nknown == all->known_cap) {
			all->known_cap = all->known_cap * 2 + 64;
			all->known = xreallocarray(
			    all->known, all->known_cap, sizeof(*all->known));
		}
		*at = (int64_t)all->nknown;
		all->known[all->nknown++] =
		    (struct review_known){ .title = "" };
	}
	return &all->known[*at];
}

void
review_known_done(struct review_tests *all)
{
	size_t i;

	for (i = 0; i < all->nknown; i++)
		free(all->known[i].v);
	free(all->known);
	map_done(&all->index);
}

static const char sql_title[] = "SELECT title FROM listing WHERE id = $1";

int
review_title(struct session *s, struct review_tests *all, int64_t listing_id,
    const char **title)
{
	struct review_known *k;
	struct db_rows *rows;
	bool fresh;
	int rc = 0;

	k = known(all, A_TITLE, listing_id, 0, &fresh);
	if (fresh) {
		rc = db_query(
		    s->db, sql_title, DB_ARGS(db_i(listing_id)), &rows);
		if (rc < 0)
			return rc;
		if ((rc = db_next(rows)) > 0)
			k->title = row_text(rows, 0, &all->arena);
		db_done(rows);
	}
	*title = k->title;
	return rc < 0 ? rc : 0;
}

static const char sql_grams[] =
    "SELECT coalesce(sum(weight), 0) FROM variant WHERE id = $1";

int
review_grams(struct session *s, struct review_tests *all, int64_t variant_id,
    int64_t *grams)
{
	struct review_known *k;
	bool fresh;
	int rc = 0;

	k = known(all, A_WEIGHT, variant_id, 0, &fresh);
	if (fresh)
		rc = db_get1(
		    s->db, sql_grams, DB_ARGS(db_i(variant_id)), &k->grams);
	*grams = k->grams;
	return rc;
}

static const char sql_there[] =
    "SELECT available + reserved, available, (SELECT max(id) FROM orders)"
    " FROM stock WHERE variant_id = $1 AND warehouse_id = $2";
static const char sql_promised[] =
    "SELECT order_id, CASE WHEN warehouse_id = $2 THEN qty ELSE 0 END"
    " FROM reservation WHERE variant_id = $1 ORDER BY order_id";

static int
read_promises(struct session *s, struct review_known *st, int64_t variant,
    int64_t warehouse)
{
	struct db_rows *rows;
	int64_t sum = 0;
	int rc;

	rc = db_query(s->db, sql_promised,
	    DB_ARGS(db_i(variant), db_i(warehouse)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (st->n == st->cap) {
			st->cap = st->cap * 2 + 16;
			st->v = xreallocarray(st->v, st->cap, sizeof(*st->v));
		}
		sum += db_int(rows, 1);
		st->v[st->n++] = (struct promise){ db_int(rows, 0), sum };
	}
	db_done(rows);
	return rc;
}

/* Where nothing was ever kept, nobody is promised anything either. */
static int
read_stock(struct session *s, struct review_known *st, int64_t variant,
    int64_t warehouse)
{
	struct db_rows *rows;
	int rc;

	st->there = 0;
	st->over = true;
	st->n = 0;
	st->upto = INT64_MAX;
	rc = db_query(
	    s->db, sql_there, DB_ARGS(db_i(variant), db_i(warehouse)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		st->there = db_int(rows, 0);
		st->over = db_int(rows, 1) < 0;
		st->upto = db_int(rows, 2);
	}
	db_done(rows);
	return rc <= 0 || !st->over ? rc
				    : read_promises(s, st, variant, warehouse);
}

/* The last that is not behind this order. */
static int64_t
promised_upto(const struct review_known *st, int64_t order_id)
{
	size_t from = 0, to = st->n, mid;

	while (from < to) {
		mid = from + (to - from) / 2;
		if (st->v[mid].order_id <= order_id)
			from = mid + 1;
		else
			to = mid;
	}
	return from == 0 ? 0 : st->v[from - 1].sum;
}

int
review_missing(struct session *s, struct review_tests *all,
    const struct review_order *o, int64_t variant_id, int64_t *n)
{
	struct review_known *st;
	bool fresh;
	int rc = 0;

	*n = 0;
	st = known(all, A_STOCK, variant_id, o->warehouse_id, &fresh);
	if (fresh || o->id > st->upto)
		rc = read_stock(s, st, variant_id, o->warehouse_id);
	if (rc == 0 && st->over)
		*n = promised_upto(st, o->id) - st->there;
	return rc;
}

/* So many orders at a time; of an order no more lines than these are looked
 * at. */
#define AT_ONCE   16
#define LINES_MAX 200

static const char sql_lines[] =
    "SELECT order_id, listing_id, coalesce(variant_id, 0), qty - sent"
    " FROM order_line WHERE order_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
    " $10, $11, $12, $13, $14, $15, $16) AND gift = 0 AND refund_state <> 2"
    " ORDER BY order_id, line_no";

struct lines {
	struct review_order *o; /* @n of them */
	size_t n, at;           /* the one of the row before */
	struct arena *arena;
};

static void
take_line(struct lines *to, const struct db_rows *rows)
{
	int64_t id = db_int(rows, 0);
	struct review_order *o;
	size_t i;

	for (i = 0; to->o[to->at].id != id && i < to->n; i++)
		to->at = (to->at + 1) % to->n;
	o = &to->o[to->at];
	if (o->nlines == LINES_MAX)
		return;
	if ((o->nlines & (o->nlines - 1)) == 0) {
		struct review_line *was = o->lines;

		o->lines = arena_alloc(to->arena,
		    (o->nlines == 0 ? 1 : o->nlines * 2) * sizeof(*was));
		if (o->nlines > 0)
			memcpy(o->lines, was, o->nlines * sizeof(*was));
	}
	o->lines[o->nlines++] = (struct review_line){ db_int(rows, 1),
		db_int(rows, 2), db_int(rows, 3) };
}

int
review_lines(struct session *s, struct review_order *orders, size_t n,
    struct arena *arena)
{
	struct lines to = { .arena = arena };
	struct db_val ids[AT_ONCE];
	struct db_rows *rows;
	size_t i, from;
	int rc;

	for (from = 0; from < n; from += AT_ONCE) {
		to.o = orders + from;
		to.n = n - from < AT_ONCE ? n - from : AT_ONCE;
		to.at = 0;
		for (i = 0; i < AT_ONCE; i++) /* the last one again and again */
			ids[i] = db_i(to.o[i < to.n ? i : to.n - 1].id);
		rc = db_query(s->db, sql_lines, ids, AT_ONCE, &rows);
		if (rc < 0)
			return rc;
		while ((rc = db_next(rows)) > 0)
			take_line(&to, rows);
		db_done(rows);
		if (rc < 0)
			return rc;
		for (i = 0; i < to.n; i++)
			to.o[i].read = true;
	}
	return 0;
}
