/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/figures.h"

#include "figures_priv.h"
#include "session_priv.h"

struct day_delta {
	int64_t day, shop_id;
	int64_t created_n, paid_n, paid, shipped_n;
};

void
figures_move(struct figures *f, int64_t from_state, int64_t from_held,
    int64_t to_state, int64_t to_held)
{
	assert(from_state >= 0 && from_state <= 6);
	assert(to_state >= 0 && to_state <= 6);
	if (from_state != 0)
		f->count[from_state][from_held != 0]--;
	if (to_state != 0)
		f->count[to_state][to_held != 0]++;
}

static struct day_delta *
delta(struct figures *f, int64_t shop_id, int64_t at)
{
	int64_t key[2] = { time_day(at), shop_id };
	int64_t *slot;
	bool fresh;

	slot = map_put(&f->days, key, sizeof(key), &fresh);
	if (fresh) {
		if (f->ndelta == f->cap) {
			f->cap = f->cap != 0 ? f->cap * 2 : 16;
			f->delta =
			    xreallocarray(f->delta, f->cap, sizeof(*f->delta));
		}
		*slot = (int64_t)f->ndelta;
		f->delta[f->ndelta++] =
		    (struct day_delta){ .day = key[0], .shop_id = shop_id };
	}
	return &f->delta[*slot];
}

void
figures_created(struct figures *f, int64_t shop_id, int64_t at, int64_t n)
{
	if (at != 0)
		delta(f, shop_id, at)->created_n += n;
}

void
figures_paid(
    struct figures *f, int64_t shop_id, int64_t at, int64_t n, int64_t fen)
{
	struct day_delta *d;

	if (at == 0)
		return;
	d = delta(f, shop_id, at);
	d->paid_n += n;
	d->paid += fen;
}

void
figures_shipped(struct figures *f, int64_t shop_id, int64_t at, int64_t n)
{
	if (at != 0)
		delta(f, shop_id, at)->shipped_n += n;
}

static const char sql_count[] =
    "INSERT INTO order_count (state, held, n) VALUES ($1, $2, $3) "
    "ON CONFLICT (state, held) DO UPDATE SET n = n + excluded.n";

static const char sql_day[] =
    "INSERT INTO day_figure "
    "(day, shop_id, created_n, paid_n, paid, shipped_n) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (day, shop_id) DO UPDATE SET "
    "created_n = created_n + excluded.created_n, "
    "paid_n = paid_n + excluded.paid_n, paid = paid + excluded.paid, "
    "shipped_n = shipped_n + excluded.shipped_n";

int
figures_flush(struct session *s, struct txn *txn, struct figures *f)
{
	const struct day_delta *d;
	int64_t state, held;
	size_t i;
	int rc = 0;

	(void)s;
	for (state = 1; rc == 0 && state <= 6; state++)
		for (held = 0; rc == 0 && held <= 1; held++)
			if (f->count[state][held] != 0)
				rc = db_exec(txn, sql_count,
				    DB_ARGS(db_i(state), db_i(held),
					db_i(f->count[state][held])),
				    NULL);
	for (i = 0; rc == 0 && i < f->ndelta; i++) {
		d = &f->delta[i];
		rc = db_exec(txn, sql_day,
		    DB_ARGS(db_i(d->day), db_i(d->shop_id), db_i(d->created_n),
			db_i(d->paid_n), db_i(d->paid), db_i(d->shipped_n)),
		    NULL);
	}
	if (rc == 0)
		figures_done(f);
	return rc;
}

void
figures_done(struct figures *f)
{
	map_done(&f->days);
	free(f->delta);
	*f = (struct figures){ 0 };
}

static const char sql_days[] =
    "SELECT day, created_n, paid_n, paid, shipped_n FROM day_figure "
    "WHERE day >= $1 AND day <= $2 ORDER BY day";

int
figures_days(struct session *s, int64_t day, size_t n, struct page *out)
{
	int64_t first = day - (int64_t)n + 1;
	struct day_figure *figure;
	struct db_rows *rows;
	struct page page;
	size_t i;
	int rc;

	rc = db_query(s->db, sql_days, DB_ARGS(db_i(first), db_i(day)), &rows);
	if (rc < 0)
		return rc;
	page_init(&page, sizeof(struct day_figure), n);
	for (i = 0; i < n; i++) {
		figure = page_add(&page);
		figure->day = first + (int64_t)i;
	}
	while ((rc = db_next(rows)) == 1) {
		figure = page.rows;
		figure += db_int(rows, 0) - first;
		figure->created_n += db_int(rows, 1);
		figure->paid_n += db_int(rows, 2);
		figure->paid += db_int(rows, 3);
		figure->shipped_n += db_int(rows, 4);
	}
	db_done(rows);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}

/* Through the partial index, which holds only these. */
static const char sql_low[] =
    "SELECT count(*) FROM stock WHERE low = 1 /*scan*/";

int
figures_low_stock(struct session *s, int64_t *n)
{
	return db_get1(s->db, sql_low, DB_NOARGS, n);
}
