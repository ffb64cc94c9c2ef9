/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/db.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "waves_pool.h"

/* Of what waits, what a wave of some kind takes: the most urgent for which
 * there are goods. */

#define KEY(n) &(n), sizeof(n)

/* Unit by unit, as they are wanted. */
struct choice {
	const struct pool *pool;
	size_t *v;
	size_t n;
	struct map free; /* variant -> pieces that are left */
};

static bool
fits(const struct pool *p, const struct unit *u, int64_t kind)
{
	if (u->stopped || u->pieces == 0 || !u->there ||
	    (p->courier_id != 0 && u->courier_id != p->courier_id) ||
	    (p->shop_id != 0 && u->shop_id != p->shop_id) ||
	    (p->until != 0 && u->due >= p->until))
		return false;
	if (kind == WAVE_ONE)
		return u->pieces == 1;
	if (kind == WAVE_SAME)
		return u->items_end - u->items == 1 &&
		       (p->sku_id == 0 ||
			   p->items[u->items].variant_id == p->sku_id);
	return u->pieces > 1;
}

struct urgency {
	int64_t due, lead, part;
	size_t unit;
};

static int
by_urgency(const void *a, const void *b)
{
	const struct urgency *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	if (x->lead != y->lead)
		return x->lead < y->lead ? -1 : 1;
	return x->part < y->part ? -1 : x->part > y->part;
}

static void
line_up(struct choice *c, int64_t kind)
{
	const struct pool *p = c->pool;
	struct urgency *all = xcalloc(p->nunits + 1, sizeof(*all));
	size_t i;

	for (i = 0; i < p->nunits; i++)
		if (fits(p, &p->units[i], kind))
			all[c->n++] = (struct urgency){ p->units[i].due,
				p->units[i].lead, p->units[i].part, i };
	if (c->n > 1)
		qsort(all, c->n, sizeof(*all), by_urgency);
	c->v = xcalloc(c->n + 1, sizeof(*c->v));
	for (i = 0; i < c->n; i++)
		c->v[i] = all[i].unit;
	free(all);
}

/* Only those of the product that most of them are of; alone is no wave. */
static void
keep_most_wanted(struct choice *c)
{
	const struct pool *p = c->pool;
	struct map counts = { 0 };
	int64_t most = 1, wanted = 0, *n;
	size_t i, k = 0;
	bool fresh;

	for (i = 0; i < c->n; i++) {
		int64_t v = p->items[p->units[c->v[i]].items].variant_id;

		n = map_put(&counts, KEY(v), &fresh);
		++*n;
	}
	for (i = 0; i < c->n; i++) {
		int64_t v = p->items[p->units[c->v[i]].items].variant_id;

		n = map_get(&counts, KEY(v));
		if (n != NULL && *n > most) {
			most = *n;
			wanted = v;
		}
	}
	for (i = 0; i < c->n; i++)
		if (p->items[p->units[c->v[i]].items].variant_id == wanted)
			c->v[k++] = c->v[i];
	c->n = k;
	map_done(&counts);
}

static const char sql_on_hand[] =
    "SELECT coalesce((SELECT available + reserved FROM stock"
    " WHERE variant_id = $1 AND warehouse_id = $2), 0)";

/* Pieces that no open wave wants; *@left is in c->free. */
static int
left_of(struct session *s, struct choice *c, int64_t variant_id, int64_t **left)
{
	const struct pool *p = c->pool;
	const int64_t *taken;
	bool fresh;
	int rc;

	*left = map_put(&c->free, KEY(variant_id), &fresh);
	if (!fresh)
		return 0;
	rc = db_get1(s->db, sql_on_hand,
	    DB_ARGS(db_i(variant_id), db_i(p->warehouse_id)), *left);
	taken = map_get(&p->taken, KEY(variant_id));
	if (taken != NULL)
		**left -= *taken;
	return rc;
}

/* Are there goods for all of it? Then they are its own: 1. */
static int
take_goods(struct session *s, struct choice *c, const struct unit *u)
{
	const struct pool_item *items = c->pool->items;
	int64_t *left;
	size_t i;
	int rc;

	if (c->pool->any_stock)
		return 1;
	for (i = u->items; i < u->items_end; i++) {
		if ((rc = left_of(s, c, items[i].variant_id, &left)) < 0)
			return rc;
		if (*left < items[i].qty)
			return 0;
	}
	for (i = u->items; i < u->items_end; i++)
		*map_get(&c->free, KEY(items[i].variant_id)) -= items[i].qty;
	return 1;
}

static const char sql_sku[] = "SELECT sku_code FROM variant WHERE id = $1";

static int
read_sku(struct session *s, int64_t variant_id, char sku[64])
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_sku, DB_ARGS(db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(sku, 64, row_text(rows, 0, NULL));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static void
count_unit(const struct pool *p, const struct unit *u, struct map *skus,
    struct wave_preview *would)
{
	bool fresh;
	size_t i;

	if (would->orders++ == 0)
		would->due = u->due;
	would->pieces += u->pieces;
	for (i = u->items; i < u->items_end; i++) {
		*map_put(skus, KEY(p->items[i].variant_id), &fresh) = 1;
		would->skus += fresh;
	}
}

static int
choose(struct session *s, struct pool *p, struct choice *c, size_t most,
    struct wave_preview *would)
{
	struct map skus = { 0 };
	size_t i;
	int rc = 0;

	p->nchosen = 0;
	for (i = 0; rc >= 0 && i < c->n && p->nchosen < most; i++) {
		const struct unit *u = &p->units[c->v[i]];

		rc = take_goods(s, c, u);
		if (rc > 0) {
			p->chosen[p->nchosen++] = c->v[i];
			count_unit(p, u, &skus, would);
		} else if (rc == 0) {
			would->lacking++;
		}
	}
	map_done(&skus);
	return rc < 0 ? rc : 0;
}

int
pool_choose(
    struct session *s, struct pool *p, int64_t kind, struct wave_preview *would)
{
	struct choice c = { .pool = p };
	int64_t most = p->most;
	int rc;

	if (kind == WAVE_SEVERAL && p->slots < most)
		most = p->slots;
	line_up(&c, kind);
	if (kind == WAVE_SAME && p->sku_id == 0)
		keep_most_wanted(&c);
	would->waiting = (int64_t)c.n;
	free(p->chosen);
	p->chosen = xcalloc((size_t)most + 1, sizeof(*p->chosen));
	rc = choose(s, p, &c, (size_t)most, would);
	if (rc == 0 && kind == WAVE_SAME && p->nchosen > 0)
		rc = read_sku(s,
		    p->items[p->units[p->chosen[0]].items].variant_id,
		    would->sku);
	free(c.v);
	map_done(&c.free);
	return rc;
}
