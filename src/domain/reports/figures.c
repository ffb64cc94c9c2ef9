/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/figures.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "figures_priv.h"

#define HOUR 3600

/* Of a day, and the first two of an hour; a packer has one. */
enum { CREATED_N, PAID_N, PAID, SHIPPED_N };

static int64_t *
tally(struct tally *t, int64_t a, int64_t b)
{
	int64_t key[2] = { a, b };
	int64_t *slot;
	bool fresh;

	slot = map_put(&t->map, key, sizeof(key), &fresh);
	if (fresh) {
		if (t->n == t->cap) {
			t->cap = t->cap != 0 ? t->cap * 2 : 16;
			t->row = xreallocarray(t->row, t->cap, sizeof(*t->row));
		}
		*slot = (int64_t)t->n;
		t->row[t->n++] = (struct tally_row){ .key = { a, b } };
	}
	return t->row[*slot].n;
}

static void
tally_done(struct tally *t)
{
	map_done(&t->map);
	free(t->row);
}

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

void
figures_created(struct figures *f, int64_t shop_id, int64_t at, int64_t n)
{
	if (at == 0)
		return;
	tally(&f->days, time_day(at), shop_id)[CREATED_N] += n;
	tally(&f->hours, at / HOUR, 0)[CREATED_N] += n;
}

void
figures_paid(
    struct figures *f, int64_t shop_id, int64_t at, int64_t n, int64_t fen)
{
	int64_t *day;

	if (at == 0)
		return;
	day = tally(&f->days, time_day(at), shop_id);
	day[PAID_N] += n;
	day[PAID] += fen;
	tally(&f->hours, at / HOUR, 0)[PAID_N] += n;
}

void
figures_shipped(struct figures *f, int64_t shop_id, int64_t packer_id,
    int64_t at, int64_t n)
{
	if (at == 0)
		return;
	tally(&f->days, time_day(at), shop_id)[SHIPPED_N] += n;
	tally(&f->packers, at / HOUR, packer_id)[0] += n;
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

static const char sql_hour[] =
    "INSERT INTO hour_figure (hour, created_n, paid_n) VALUES ($1, $2, $3) "
    "ON CONFLICT (hour) DO UPDATE SET "
    "created_n = created_n + excluded.created_n, "
    "paid_n = paid_n + excluded.paid_n";

static const char sql_packer[] =
    "INSERT INTO packer_figure (hour, staff_id, shipped_n) "
    "VALUES ($1, $2, $3) ON CONFLICT (hour, staff_id) DO UPDATE SET "
    "shipped_n = shipped_n + excluded.shipped_n";

static int
flush_counts(struct txn *txn, const struct figures *f)
{
	int64_t state, held;
	int rc = 0;

	for (state = 1; rc == 0 && state <= 6; state++)
		for (held = 0; rc == 0 && held <= 1; held++)
			if (f->count[state][held] != 0)
				rc = db_exec(txn, sql_count,
				    DB_ARGS(db_i(state), db_i(held),
					db_i(f->count[state][held])),
				    NULL);
	return rc;
}

static int
flush_days(struct txn *txn, const struct tally *t)
{
	const struct tally_row *r;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < t->n; i++) {
		r = &t->row[i];
		rc = db_exec(txn, sql_day,
		    DB_ARGS(db_i(r->key[0]), db_i(r->key[1]),
			db_i(r->n[CREATED_N]), db_i(r->n[PAID_N]),
			db_i(r->n[PAID]), db_i(r->n[SHIPPED_N])),
		    NULL);
	}
	return rc;
}

static int
flush_hours(struct txn *txn, const struct figures *f)
{
	const struct tally_row *r;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < f->hours.n; i++) {
		r = &f->hours.row[i];
		rc = db_exec(txn, sql_hour,
		    DB_ARGS(db_i(r->key[0]), db_i(r->n[CREATED_N]),
			db_i(r->n[PAID_N])),
		    NULL);
	}
	for (i = 0; rc == 0 && i < f->packers.n; i++) {
		r = &f->packers.row[i];
		rc = db_exec(txn, sql_packer,
		    DB_ARGS(db_i(r->key[0]), db_i(r->key[1]), db_i(r->n[0])),
		    NULL);
	}
	return rc;
}

int
figures_flush(struct session *s, struct txn *txn, struct figures *f)
{
	int rc;

	(void)s;
	if ((rc = flush_counts(txn, f)) < 0 ||
	    (rc = flush_days(txn, &f->days)) < 0 ||
	    (rc = flush_hours(txn, f)) < 0)
		return rc;
	figures_done(f);
	return 0;
}

void
figures_done(struct figures *f)
{
	tally_done(&f->days);
	tally_done(&f->hours);
	tally_done(&f->packers);
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

static const char sql_then[] =
    "SELECT hour, created_n, paid_n, 0 FROM hour_figure"
    " WHERE hour >= $1 AND hour <= $2 UNION ALL"
    " SELECT hour, 0, 0, shipped_n FROM packer_figure"
    " WHERE hour >= $1 AND hour <= $2";
static const char sql_average[] =
    "SELECT coalesce(CAST(sum(paid) AS INTEGER) / nullif(CAST(sum(paid_n)"
    " AS INTEGER), 0), 0) FROM day_figure WHERE day = $1";

/* Hours are kept whole: of the one that was under way its part counts. */
static void
add_hour(int64_t v[3], const struct db_rows *rows, int64_t at)
{
	int64_t part = db_int(rows, 0) == at / HOUR ? at % HOUR : HOUR;
	int i;

	for (i = 0; i < 3; i++)
		v[i] += db_int(rows, i + 1) * part;
}

int
figures_then(struct session *s, int64_t at, struct day_figure *out)
{
	int64_t v[3] = { HOUR / 2, HOUR / 2, HOUR / 2 }, average = 0;
	int64_t day = time_day(at);
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_then,
	    DB_ARGS(db_i(day_start(day) / HOUR), db_i(at / HOUR)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		add_hour(v, rows, at);
	db_done(rows);
	if (rc == 0)
		rc = db_get1(s->db, sql_average, DB_ARGS(db_i(day)), &average);
	if (rc < 0)
		return rc;
	*out = (struct day_figure){ .day = day,
		.created_n = v[0] / HOUR,
		.paid_n = v[1] / HOUR,
		.paid = v[1] / HOUR * average,
		.shipped_n = v[2] / HOUR };
	return 0;
}

/* Through the partial index, which holds only these. */
static const char sql_low[] =
    "SELECT count(*) FROM stock WHERE low = 1 /*scan*/";

int
figures_low_stock(struct session *s, int64_t *n)
{
	return db_get1(s->db, sql_low, DB_NOARGS, n);
}

static const char sql_hours[] =
    "SELECT hour, created_n, paid_n FROM hour_figure "
    "WHERE hour >= $1 AND hour < $2 ORDER BY hour";

int
figures_hours(struct session *s, int64_t day, size_t n, struct page *out)
{
	int64_t first = day_start(day - (int64_t)n + 1) / HOUR;
	int64_t end = (day_start(day + 1) + HOUR - 1) / HOUR, at;
	struct hour_figure *figure;
	struct db_rows *rows;
	struct page page;
	int rc;

	rc = db_query(s->db, sql_hours, DB_ARGS(db_i(first), db_i(end)), &rows);
	if (rc < 0)
		return rc;
	page_init(&page, sizeof(*figure), (n + 1) * 25);
	while ((rc = db_next(rows)) == 1) {
		at = db_int(rows, 0) * HOUR;
		if (time_day(at) > day || time_day(at) <= day - (int64_t)n)
			continue; /* clocks that are not whole hours off */
		figure = page_add(&page);
		figure->day = time_day(at);
		figure->hour = (at - day_start(figure->day)) / HOUR;
		figure->created_n = db_int(rows, 1);
		figure->paid_n = db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}

static const char sql_packers[] =
    "SELECT p.staff_id, st.name, CAST(sum(p.shipped_n) AS INTEGER) AS n "
    "FROM packer_figure p JOIN staff st ON st.id = p.staff_id "
    "WHERE p.hour >= $1 AND p.hour < $2 "
    "GROUP BY p.staff_id, st.name ORDER BY n DESC, p.staff_id LIMIT $3 "
    "/*sort*/";

int
figures_packers(struct session *s, int64_t day, size_t limit, struct page *out)
{
	struct packer_figure *figure;
	struct db_rows *rows;
	struct page page;
	int rc;

	rc = db_query(s->db, sql_packers,
	    DB_ARGS(db_i(day_start(day) / HOUR),
		db_i(day_start(day + 1) / HOUR), db_i((int64_t)limit)),
	    &rows);
	if (rc < 0)
		return rc;
	page_init(&page, sizeof(*figure), limit);
	while ((rc = db_next(rows)) == 1) {
		figure = page_add(&page);
		figure->staff_id = db_int(rows, 0);
		figure->mine = figure->staff_id == s->staff_id;
		figure->name = row_text(rows, 1, &page.arena);
		figure->shipped_n = db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}

static const char sql_shops[] =
    "SELECT sh.platform, sh.name, CAST(sum(d.paid_n) AS INTEGER), "
    "CAST(sum(d.paid) AS INTEGER) AS paid "
    "FROM day_figure d JOIN shop sh ON sh.id = d.shop_id "
    "WHERE d.day >= $1 AND d.day <= $2 "
    "GROUP BY d.shop_id, sh.platform, sh.name "
    "ORDER BY paid DESC, d.shop_id LIMIT $3 /*sort*/";

int
figures_shops(
    struct session *s, int64_t day, size_t n, size_t limit, struct page *out)
{
	struct shop_figure *figure;
	struct db_rows *rows;
	struct page page;
	int rc;

	rc = db_query(s->db, sql_shops,
	    DB_ARGS(
		db_i(day - (int64_t)n + 1), db_i(day), db_i((int64_t)limit)),
	    &rows);
	if (rc < 0)
		return rc;
	page_init(&page, sizeof(*figure), limit);
	while ((rc = db_next(rows)) == 1) {
		figure = page_add(&page);
		figure->platform = row_text(rows, 0, &page.arena);
		figure->shop = row_text(rows, 1, &page.arena);
		figure->paid_n = db_int(rows, 2);
		figure->paid = db_int(rows, 3);
	}
	db_done(rows);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}
