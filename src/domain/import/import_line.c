/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"

#include "../stock/stock_priv.h"
#include "import_line.h"
#include "import_priv.h"

/* The lines of orders: what item files say of them, put to what is stored. */

#define LINE_COLUMNS \
	"order_id, line_no, sub_order_no, listing_id, variant_id, qty, price," \
	" paid, refund_state, refund, cost"
#define NLINE_COLUMNS 11

#define WALK_NEAR 16 /* lines of other orders to step over */

struct lines *
lines_new(struct job *j)
{
	(void)j;
	return xcalloc(1, sizeof(struct lines));
}

void
lines_free(struct lines *l)
{
	if (l == NULL)
		return;
	bulk_free(l->bulk);
	db_done(l->walk);
	arena_done(&l->arena);
	free(l->v);
	free(l->old);
	free(l);
}

int
lines_flush(struct job *j)
{
	return j->lines->bulk != NULL ? bulk_flush(j->lines->bulk) : 0;
}

static int
line_write(struct job *j, int64_t order_id, const struct line *l)
{
	const struct db_val vals[NLINE_COLUMNS] = { db_i(order_id),
		db_i(l->line_no), slice_val(l->sub_order_no),
		db_i(l->listing.id), db_id(l->listing.variant_id), db_i(l->qty),
		db_i(l->price), db_i(l->paid), db_i(l->refund_state),
		db_i(l->refund), db_id(l->cost) };

	j->im->sum.lines_new++;
	if (j->lines->bulk == NULL)
		j->lines->bulk =
		    bulk_new(j->txn, "order_line", LINE_COLUMNS, NLINE_COLUMNS);
	return bulk_row(j->lines->bulk, vals);
}

static const char sql_line_set[] =
    "UPDATE order_line SET sub_order_no = $3, listing_id = $4, variant_id = $5,"
    " qty = $6, price = $7, paid = $8, refund_state = $9, refund = $10"
    " WHERE order_id = $1 AND line_no = $2";

static int
line_set(struct job *j, int64_t order_id, const struct line *l)
{
	return db_exec(j->txn, sql_line_set,
	    DB_ARGS(db_i(order_id), db_i(l->line_no),
		slice_val(l->sub_order_no), db_i(l->listing.id),
		db_id(l->listing.variant_id), db_i(l->qty), db_i(l->price),
		db_i(l->paid), db_i(l->refund_state), db_i(l->refund)),
	    NULL);
}

static const char sql_lines[] =
    "SELECT line_no, sub_order_no, listing_id, variant_id, qty, price, paid,"
    " refund_state, refund FROM order_line WHERE order_id = $1"
    " AND gift = 0 AND kit <= 0 ORDER BY line_no";

struct line *
line_add(struct line **v, size_t *n, size_t *cap)
{
	if (*n == *cap) {
		*cap = *cap != 0 ? *cap * 2 : 16;
		*v = xreallocarray(*v, *cap, sizeof(**v));
	}
	(*v)[*n] = (struct line){ 0 };
	return &(*v)[(*n)++];
}

/* The line that @rows stands on. */
static void
line_take(struct lines *g, const struct db_rows *rows)
{
	struct line *l = line_add(&g->old, &g->nold, &g->cap_old);
	size_t len = db_len(rows, 1);

	l->line_no = db_int(rows, 0);
	l->sub_order_no = (struct slice){
		.s = arena_strndup(&g->arena, db_text(rows, 1), len),
		.n = len,
	};
	l->listing.id = db_int(rows, 2);
	l->listing.variant_id = db_int(rows, 3);
	l->qty = db_int(rows, 4);
	l->price = db_int(rows, 5);
	l->paid = db_int(rows, 6);
	l->refund_state = db_int(rows, 7);
	l->refund = db_int(rows, 8);
}

static const char sql_lines_from[] =
    "SELECT line_no, sub_order_no, listing_id, variant_id, qty, price, paid,"
    " refund_state, refund, order_id FROM order_line WHERE order_id >= $1"
    " AND gift = 0 AND kit <= 0 ORDER BY order_id, line_no";

static int
walk_step(struct lines *g)
{
	int rc = db_next(g->walk);

	g->walk_order = rc > 0 ? db_int(g->walk, 9) : 0;
	return rc < 0 ? rc : 0;
}

/*
 * Files mostly have orders as they came in, so while nothing is written one
 * statement walks along with them. What is far ahead, or behind, is looked up.
 */
static int
lines_walk(struct job *j, int64_t order_id)
{
	struct lines *g = j->lines;
	int rc = 0, near = WALK_NEAR;

	while (rc == 0 && g->walk_order != 0 && g->walk_order < order_id &&
	       near-- > 0)
		rc = walk_step(g);
	if (rc == 0 && g->walk_order != order_id) {
		db_done(g->walk);
		g->walk = NULL;
		rc = db_query(j->s->db, sql_lines_from, DB_ARGS(db_i(order_id)),
		    &g->walk);
		if (rc == 0)
			rc = walk_step(g);
	}
	while (rc == 0 && g->walk_order == order_id) {
		line_take(g, g->walk);
		rc = walk_step(g);
	}
	return rc;
}

static int
lines_read(struct job *j, int64_t order_id)
{
	struct lines *g = j->lines;
	struct db_rows *rows;
	int rc;

	g->nold = 0;
	if (j->sift)
		return lines_walk(j, order_id);
	rc = db_query(j->s->db, sql_lines, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		line_take(g, rows);
	db_done(rows);
	return rc;
}

/* The stored line that @l is: by its number, else by what was bought. */
static struct line *
match(struct line *v, size_t n, const struct line *l)
{
	struct slice sub = l->sub_order_no;
	size_t i;

	for (i = 0; sub.n > 0 && i < n; i++)
		if (slice_same(sub, v[i].sub_order_no.s, v[i].sub_order_no.n))
			return &v[i];
	for (i = 0; i < n; i++)
		if (!v[i].taken && v[i].listing.id == l->listing.id &&
		    (sub.n == 0 || v[i].sub_order_no.n == 0))
			return &v[i];
	return NULL;
}

/*
 * A stored line that no row of the order is, and a row that is none of the
 * lines: the same item, whose merchant code came later or was changed, when
 * nothing else tells them apart. Else the order would grow by it.
 */
static struct line *
match_left(struct line *v, size_t n, const struct line *l)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!v[i].taken && v[i].qty == l->qty &&
		    v[i].price == l->price &&
		    (l->sub_order_no.n == 0 || v[i].sub_order_no.n == 0) &&
		    (l->listing.variant_id == 0 ||
			v[i].listing.variant_id == 0 ||
			v[i].listing.variant_id == l->listing.variant_id))
			return &v[i];
	return NULL;
}

enum { REFUND_ASKED = 1, REFUND_TAKEN_BACK = 3 };

/* How far a refund is: asked for, then taken back or paid. */
static int
refund_rank(int64_t state)
{
	static const int ranks[] = { 0, 1, 3, 2 };

	return ranks[state & 3];
}

static void
set(struct line *l, int64_t *to, int64_t v)
{
	if (*to == v)
		return;
	*to = v;
	l->changed = true;
}

/* What row @l says of the stored line @old; @ahead: it is not out of date. */
static void
line_merge(struct line *old, const struct line *l, uint64_t has, bool ahead)
{
	old->taken = true;
	if (old->sub_order_no.n == 0 && l->sub_order_no.n > 0) {
		old->sub_order_no = l->sub_order_no;
		old->changed = true;
	}
	if (old->listing.variant_id == 0)
		set(old, &old->listing.variant_id, l->listing.variant_id);
	if (refund_rank(l->refund_state) > refund_rank(old->refund_state)) {
		set(old, &old->refund_state, l->refund_state);
		set(old, &old->refund, l->refund);
	}
	if (!ahead)
		return;
	/* The same goods by another title, or in a shop named later; but what
	 * is known stays known. */
	if (old->listing.variant_id == 0 ||
	    (l->listing.variant_id != 0 &&
		old->listing.variant_id != l->listing.variant_id))
		set(old, &old->listing.id, l->listing.id);
	set(old, &old->qty, l->qty);
	if (has & BIT(F_PRICE))
		set(old, &old->price, l->price);
	if (has & BIT(F_LINE_PAID))
		set(old, &old->paid, l->paid);
	if (l->refund_state == old->refund_state && (has & BIT(F_LINE_REFUND)))
		set(old, &old->refund, l->refund);
}

static const char sql_seen[] =
    "SELECT count(*) FROM (SELECT 1 FROM import_batch"
    " WHERE files LIKE $1 AND id <> $2 AND state <> 4 LIMIT 1 /*scan*/) b";

/* Known when it was sifted; else by reading it once more. */
static int
file_hash(struct job *j, struct imp_file *f)
{
	const struct sheet_in_opts how = { .encoding = file_encoding(j, f),
		.sheet = f->page };
	struct sheet *sheet;
	struct sheet_row row;
	int rc;

	if (f->hash != 0)
		return 0;
	if ((rc = sheet_open_as(&sheet, f->path, &how, &j->s->err)) < 0)
		return rc;
	while ((rc = sheet_next(sheet, &row)) > 0)
		if ((rc = job_tick(j, j->bytes)) < 0)
			break;
	f->hash = sheet_hash(sheet);
	sheet_close(sheet);
	return rc;
}

/* Was this very file imported before? */
static int
file_seen(struct job *j, struct imp_file *f)
{
	int64_t n = 0;
	int rc;

	if (f->seen != SEEN_UNKNOWN)
		return 0;
	rc = file_hash(j, f);
	if (rc == 0)
		rc = db_fetch1(j->txn, sql_seen,
		    DB_ARGS(db_t(arena_printf(
				&j->scratch, "%%\t%016" PRIx64 "%%", f->hash)),
			db_i(j->batch)),
		    &n);
	f->seen = n > 0 ? SEEN_BEFORE : SEEN_NOT;
	return rc;
}

/*
 * Asked for again after the buyer took it back, or after somebody released the
 * hold: better stopped than sent. The same file once more says nothing new.
 */
static int
refund_again(struct job *j, struct line *old, const struct line *l, bool ahead)
{
	struct imp_file *f = j->lines->sum.file;
	int rc;

	if (!ahead || old->refund_state != REFUND_TAKEN_BACK ||
	    l->refund_state != REFUND_ASKED)
		return 0;
	if (sift_differs(j))
		return 0;
	rc = file_seen(j, f);
	if (rc < 0 || f->seen != SEEN_NOT)
		return rc;
	set(old, &old->refund_state, REFUND_ASKED);
	set(old, &old->refund, l->refund);
	return 0;
}

static const char sql_no_goods[] =
    "UPDATE orders SET goods = NULL, version = version + 1"
    " WHERE id = $1 AND goods IS NOT NULL";

/* The lines of the order changed: so did the order. */
static int
order_changed(struct job *j, size_t fresh, size_t changed)
{
	struct lines *g = j->lines;
	int rc = 0;

	if (g->order.state == ORDER_PAID ||
	    g->order.state == ORDER_PART_SHIPPED)
		order_touch(j, g->order.id, TOUCH_REFUND | TOUCH_NEW);
	if (fresh > 0 && !g->order.fresh)
		rc = db_exec(
		    j->txn, sql_no_goods, DB_ARGS(db_i(g->order.id)), NULL);
	if (rc == 0 && !g->order.fresh)
		rc = op_note(j->s, &op_import, j->txn, "order", g->order.id,
		    "lines: %zu new, %zu changed", fresh, changed);
	order_mark(j, &g->order, MARK_UPDATED);
	return rc;
}

static int
row_merge(struct job *j, struct line *old, struct line *l, bool ahead)
{
	l->taken = true;
	line_merge(old, l, j->lines->sum.file->has, ahead);
	return refund_again(j, old, l, ahead);
}

/* Each row goes to its line; *@fresh gets how many have none. */
static int
rows_match(struct job *j, bool ahead, size_t *fresh)
{
	struct lines *g = j->lines;
	size_t i, nstored = g->nold;
	struct line *old;
	int64_t last = 0;
	int rc = 0;

	for (i = 0; i < nstored; i++)
		if (g->old[i].line_no > last)
			last = g->old[i].line_no;
	for (i = 0; rc == 0 && i < g->n; i++)
		if ((old = match(g->old, nstored, &g->v[i])) != NULL)
			rc = row_merge(j, old, &g->v[i], ahead);
	/* A line may be a row that was refused, or one that stands elsewhere in
	 * the file. */
	for (i = 0; rc == 0 && !g->bad && !g->again && i < g->n; i++)
		if (!g->v[i].taken &&
		    (old = match_left(g->old, nstored, &g->v[i])) != NULL)
			rc = row_merge(j, old, &g->v[i], ahead);
	for (i = 0; rc == 0 && i < g->n; i++) {
		if (g->v[i].taken)
			continue;
		old = g->nold > nstored
			  ? match(g->old + nstored, g->nold - nstored, &g->v[i])
			  : NULL;
		if (old != NULL) {
			rc = row_merge(j, old, &g->v[i], true);
			continue;
		}
		old = line_add(&g->old, &g->nold, &g->cap_old);
		*old = g->v[i];
		old->line_no = ++last;
		old->taken = true;
		++*fresh;
	}
	return rc;
}

/* Put the group's rows to the lines that are stored. */
int
lines_merge(struct job *j, bool ahead)
{
	struct lines *g = j->lines;
	size_t i, nstored, fresh = 0, changed = 0;
	struct line *was;
	int rc;

	if ((rc = lines_flush(j)) < 0 || (rc = lines_read(j, g->order.id)) < 0)
		return rc;
	nstored = g->nold;
	was = arena_alloc(&g->arena, (nstored + 1) * sizeof(*was));
	if (nstored > 0)
		memcpy(was, g->old, nstored * sizeof(*was));
	if ((rc = rows_match(j, ahead, &fresh)) < 0)
		return rc;
	for (i = 0; i < nstored; i++)
		changed += g->old[i].changed;
	if (fresh + changed > 0 && sift_differs(j))
		return 0;
	if (fresh + changed > 0 && !g->order.fresh &&
	    (rc = note_lines(j, was, nstored)) < 0)
		return rc;
	/* Promises are made anew by the lines as they become. */
	if (changed > 0 && !g->order.fresh)
		rc = stock_unreserve(j->s, j->txn, g->order.id);
	for (i = 0; rc == 0 && i < nstored; i++)
		if (g->old[i].changed)
			rc = line_set(j, g->order.id, &g->old[i]);
	for (; rc == 0 && i < g->nold; i++)
		rc = line_write(j, g->order.id, &g->old[i]);
	if (rc == 0 && fresh + changed > 0)
		rc = order_changed(j, fresh, changed);
	return rc;
}

/* An order that has no lines yet: they need not be compared. */
int
lines_all_new(struct job *j)
{
	struct lines *g = j->lines;
	uint64_t has = g->sum.file->has;
	struct line *twin;
	size_t i;
	int rc = 0;

	g->nold = 0;
	for (i = 0; i < g->n; i++) {
		struct line *l = &g->v[i];

		twin = l->sub_order_no.n > 0 && i > 0
			   ? match(g->old, g->nold, l)
			   : NULL;
		if (twin != NULL) {
			line_merge(twin, l, has, true);
			continue;
		}
		twin = line_add(&g->old, &g->nold, &g->cap_old);
		*twin = *l;
		twin->line_no = (int64_t)g->nold;
		twin->taken = true;
	}
	for (i = 0; rc == 0 && i < g->nold; i++)
		rc = line_write(j, g->order.id, &g->old[i]);
	return rc;
}
