/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"
#include "stock_priv.h"

/*
 * The rows of item files. Those of one order that stand together are a group,
 * which is compared with the lines that the order has.
 */

#define GROUP_MAX 1000 /* lines of one order */

struct line {
	struct slice sub_order_no;
	struct listing_ref listing;
	int64_t line_no, qty, price, paid, refund_state, refund;
	bool taken; /* a stored line that a row was matched with */
	bool changed;
};

struct lines {
	struct bulk *bulk;  /* when loading */
	struct arena arena; /* the group's */
	struct line *v;     /* of the group, as the file has them */
	size_t n, cap;
	struct line *old; /* of the order, as they are stored */
	size_t nold, cap_old;
	struct imp_row sum; /* what the group says of its order */
	struct imp_order order;
	int64_t shop;     /* that its listings belong to */
	bool open, known; /* known: the order is there */
	bool refused;     /* its rows are refused one and all */
	bool bad;         /* one of its rows was refused */
	int64_t refused_line;
};

#define LINE_COLUMNS \
	"order_id, line_no, sub_order_no, listing_id, variant_id, qty, price," \
	" paid, refund_state, refund"
#define NLINE_COLUMNS 10

struct lines *
lines_new(struct job *j)
{
	struct lines *l = xcalloc(1, sizeof(*l));

	if (j->load)
		l->bulk =
		    bulk_new(j->txn, "order_line", LINE_COLUMNS, NLINE_COLUMNS);
	return l;
}

void
lines_free(struct lines *l)
{
	if (l == NULL)
		return;
	bulk_free(l->bulk);
	arena_done(&l->arena);
	free(l->v);
	free(l->old);
	free(l);
}

int
lines_flush(struct job *j)
{
	return j->load ? bulk_flush(j->lines->bulk) : 0;
}

static const char sql_line_add[] =
    "INSERT INTO order_line (" LINE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6,"
    " $7, $8, $9, $10)";

static int
line_write(struct job *j, int64_t order_id, const struct line *l)
{
	const struct db_val vals[NLINE_COLUMNS] = { db_i(order_id),
		db_i(l->line_no), slice_val(l->sub_order_no),
		db_i(l->listing.id), db_id(l->listing.variant_id), db_i(l->qty),
		db_i(l->price), db_i(l->paid), db_i(l->refund_state),
		db_i(l->refund) };

	j->im->sum.lines_new++;
	if (j->load)
		return bulk_row(j->lines->bulk, vals);
	return db_exec(j->txn, sql_line_add, vals, NLINE_COLUMNS, NULL);
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
    " ORDER BY line_no";

static struct line *
line_add(struct line **v, size_t *n, size_t *cap)
{
	if (*n == *cap) {
		*cap = *cap != 0 ? *cap * 2 : 16;
		*v = xreallocarray(*v, *cap, sizeof(**v));
	}
	(*v)[*n] = (struct line){ 0 };
	return &(*v)[(*n)++];
}

static int
lines_read(struct job *j, int64_t order_id)
{
	struct lines *g = j->lines;
	struct db_rows *rows;
	struct line *l;
	size_t len;
	int rc;

	g->nold = 0;
	rc = db_query(j->s->db, sql_lines, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		l = line_add(&g->old, &g->nold, &g->cap_old);
		len = db_len(rows, 1);
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
	/* The same goods by another title, or in a shop named later. */
	if (old->listing.variant_id == 0 ||
	    old->listing.variant_id != l->listing.variant_id)
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
    " WHERE files LIKE $1 LIMIT 1 /*scan*/) b";

/* Was this very file imported before? Its hash is known at its end. */
static int
file_seen(struct job *j, struct imp_file *f)
{
	struct sheet *sheet;
	struct sheet_row row;
	int64_t n = 0;
	int rc;

	if (f->seen != SEEN_UNKNOWN)
		return 0;
	if ((rc = sheet_open(&sheet, f->path, &j->s->err)) < 0)
		return rc;
	while ((rc = sheet_next(sheet, &row)) > 0)
		if ((rc = job_tick(j, j->bytes)) < 0)
			break;
	if (rc == 0)
		rc = db_fetch1(j->txn, sql_seen,
		    DB_ARGS(db_t(arena_printf(&j->scratch,
			"%%\t%016" PRIx64 "%%", sheet_hash(sheet)))),
		    &n);
	sheet_close(sheet);
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

/* Put the group's rows to the lines that are stored. */
static int
lines_merge(struct job *j, bool ahead)
{
	struct lines *g = j->lines;
	uint64_t has = g->sum.file->has;
	size_t i, nstored, fresh = 0, changed = 0;
	int64_t last = 0;
	int rc;

	if ((rc = lines_flush(j)) < 0 || (rc = lines_read(j, g->order.id)) < 0)
		return rc;
	nstored = g->nold;
	for (i = 0; i < g->nold; i++)
		if (g->old[i].line_no > last)
			last = g->old[i].line_no;
	for (i = 0; i < g->n; i++) {
		struct line *old = match(g->old, g->nold, &g->v[i]);

		if (old != NULL) {
			line_merge(old, &g->v[i], has, ahead);
			rc = refund_again(j, old, &g->v[i], ahead);
			if (rc < 0)
				return rc;
			continue;
		}
		old = line_add(&g->old, &g->nold, &g->cap_old);
		*old = g->v[i];
		old->line_no = ++last;
		old->taken = true;
		fresh++;
	}
	for (i = 0; i < nstored; i++)
		changed += g->old[i].changed;
	if (fresh + changed > 0 && sift_differs(j))
		return 0;
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
static int
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

/* Columns in which a group may know more of its order than an order file. */
#define ORDER_FACTS \
	(BIT(F_NICK) | BIT(F_RECEIVER) | BIT(F_BUYER_NOTE) | BIT(F_MEMO) | \
	    BIT(F_PAYMENT_NO) | BIT(F_WAYBILL) | BIT(F_COURIER) | \
	    BIT(F_SHIPPED_AT))

static bool
says_more(const struct job *j, const struct lines *g)
{
	if ((g->sum.has & BIT(F_STATE)) && g->sum.n[F_STATE] > g->order.state)
		return true;
	return (g->sum.has & ORDER_FACTS & ~j->order_has) != 0 ||
	       !j->have_orders;
}

static int
group_order(struct job *j)
{
	struct lines *g = j->lines;

	if (!g->known) {
		if (!(g->sum.has & BIT(F_STATE))) {
			g->sum.n[F_STATE] = ORDER_PAID;
			g->sum.has |= BIT(F_STATE);
		}
		if (!(g->sum.has & BIT(F_CREATED_AT)))
			g->sum.n[F_CREATED_AT] = g->sum.n[F_PAID_AT];
		g->order = (struct imp_order){ .shop_id = g->shop };
		order_values(j, &g->sum);
		return order_create(j, &g->sum, 0, &g->order);
	}
	if (!says_more(j, g))
		return 0;
	order_values(j, &g->sum);
	return order_update(j, &g->order, &g->sum, 0, 0);
}

/* Not older than what is known of the order? */
static bool
group_ahead(const struct lines *g)
{
	return !g->known || !(g->sum.has & BIT(F_STATE)) ||
	       g->sum.n[F_STATE] >= g->order.state;
}

/* Would the group change anything? */
static int
group_sift(struct job *j)
{
	struct lines *g = j->lines;
	bool ahead = group_ahead(g);
	int rc = 0;

	if (g->refused || g->bad || !g->known || g->n == 0)
		(void)sift_differs(j);
	if (!j->differs)
		rc = group_order(j);
	if (rc == 0 && !j->differs)
		rc = lines_merge(j, ahead);
	if (rc == 0 && !j->differs)
		order_mark(j, &g->order, MARK_UNCHANGED);
	return rc < 0 ? rc : sift_decide(j, g->sum.file);
}

static int
group_end(struct job *j)
{
	struct lines *g = j->lines;
	bool ahead, had;
	int rc;

	if (!g->open)
		return 0;
	g->open = false;
	if (j->sift)
		return group_sift(j);
	if (g->n == 0 && !g->bad)
		return 0;
	if (g->n == 0 && !g->known)
		return 0;
	ahead = group_ahead(g);
	if (g->n > 0 && (rc = group_order(j)) < 0)
		return rc;
	if (g->bad && (g->order.state == ORDER_PAID ||
			  g->order.state == ORDER_PART_SHIPPED))
		order_touch(j, g->order.id, TOUCH_BAD);
	if (g->n == 0)
		return 0;
	had = order_has_lines(j, g->order.id);
	order_note_lines(j, g->order.id);
	if (g->order.fresh && !had) {
		orders_lined(j);
		return lines_all_new(j);
	}
	rc = lines_merge(j, ahead);
	if (rc == 0)
		order_mark(j, &g->order, MARK_UNCHANGED);
	return rc;
}

static void
forget_group(struct lines *g)
{
	arena_reset(&g->arena);
	g->n = 0;
	g->open = g->known = g->refused = g->bad = false;
	g->order = (struct imp_order){ 0 };
	g->shop = 0;
}

static int
group_begin(struct job *j, const struct imp_row *row)
{
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO];
	int64_t *line, shop = 0;
	int rc;

	forget_group(g);
	g->open = true;
	row_bind(&g->sum, row->file);
	g->sum.f[F_ORDER_NO] = (struct slice){
		.s = arena_strndup(&g->arena, no.s, no.n),
		.n = no.n,
	};
	if ((line = map_get(&j->refused, no.s, no.n)) != NULL) {
		g->refused = true;
		g->refused_line = *line;
		return 0;
	}
	if (row->f[F_SHOP].n > 0 &&
	    (rc = shop_find(j, row->f[F_SHOP], &shop)) < 0)
		return rc;
	if ((rc = order_seek(j, no, shop, &g->order, &g->known)) < 0)
		return rc;
	if (g->known) {
		g->shop = g->order.shop_id;
		return 0;
	}
	if (j->have_orders ||
	    !((row->has & BIT(F_STATE)) || row->file->id == LAYOUT_DISPATCH)) {
		g->refused = true;
		g->refused_line = 0;
		return 0;
	}
	return shop_find(j, row->f[F_SHOP], &g->shop);
}

/* Lines of one order may be in different states. */
static int64_t
joint_state(int64_t a, int64_t b)
{
	int64_t low = a < b ? a : b, high = a < b ? b : a;

	if (low == high || high == ORDER_CLOSED)
		return low;
	if (low <= ORDER_PAID && high >= ORDER_SHIPPED)
		return ORDER_PART_SHIPPED;
	return low;
}

/* Add up what the rows say of their order. */
static void
group_facts(struct lines *g, const struct imp_row *row)
{
	static const enum imp_field texts[] = { F_NICK, F_RECEIVER, F_PHONE,
		F_TEL, F_ADDRESS, F_BUYER_NOTE, F_MEMO, F_PAYMENT_NO, F_WAYBILL,
		F_COURIER, F_SHOP };
	static const enum imp_field times[] = { F_CREATED_AT, F_PAID_AT,
		F_SHIPPED_AT };
	struct imp_row *sum = &g->sum;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct slice v = row->f[texts[i]];

		if (v.n == 0 || sum->f[texts[i]].n != 0)
			continue;
		v.s = arena_strndup(&g->arena, v.s, v.n);
		sum->f[texts[i]] = v;
		sum->has |= BIT(texts[i]);
	}
	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		if (!(row->has & ~sum->has & BIT(times[i])))
			continue;
		sum->n[times[i]] = row->n[times[i]];
		sum->has |= BIT(times[i]);
	}
	if (row->has & BIT(F_STATE)) {
		sum->n[F_STATE] =
		    sum->has & BIT(F_STATE)
			? joint_state(sum->n[F_STATE], row->n[F_STATE])
			: row->n[F_STATE];
		sum->has |= BIT(F_STATE);
	}
	sum->n[F_TOTAL] += row->has & BIT(F_LINE_TOTAL)
			       ? row->n[F_LINE_TOTAL]
			       : row->n[F_PRICE] * row->n[F_QTY];
	sum->n[F_PAID] += row->n[F_LINE_PAID];
	if (row->n[F_REFUND_STATE] == 2)
		sum->n[F_REFUND] += row->n[F_LINE_REFUND];
	sum->has |= BIT(F_TOTAL) | BIT(F_PAID) | BIT(F_REFUND);
}

static int
group_add(struct job *j, const struct imp_row *row)
{
	struct lines *g = j->lines;
	struct slice sub = row->f[F_SUB_ORDER_NO];
	struct line *l;
	int rc;

	if (g->n == GROUP_MAX) {
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("An order has at most %d lines"), GROUP_MAX);
		g->bad = true;
		return 0;
	}
	group_facts(g, row);
	l = line_add(&g->v, &g->n, &g->cap);
	if ((rc = listing_find(j, row, g->shop, &l->listing)) < 0)
		return rc;
	l->sub_order_no = (struct slice){
		.s = arena_strndup(&g->arena, sub.s, sub.n),
		.n = sub.n,
	};
	l->qty = row->n[F_QTY];
	l->price = row->n[F_PRICE];
	l->paid = row->n[F_LINE_PAID];
	l->refund_state = row->n[F_REFUND_STATE];
	l->refund = row->n[F_LINE_REFUND];
	return 0;
}

static void
refuse_orphan(struct job *j, const struct imp_row *row)
{
	if (j->lines->refused_line != 0)
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order was refused (line %lld of the order file)"),
		    (long long)j->lines->refused_line);
	else
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order is neither in these files nor in the shop; "
		      "import it together with the order file"));
}

static int
item_row(struct job *j, const struct imp_row *row, bool fine)
{
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO], now = g->sum.f[F_ORDER_NO];
	int rc;

	if (no.n == 0)
		return 0;
	if (!g->open || !slice_same(no, now.s, now.n)) {
		if ((rc = group_end(j)) < 0 || (rc = group_begin(j, row)) < 0)
			return rc;
	}
	if (!fine) {
		g->bad = true;
		return 0;
	}
	if (g->refused) {
		refuse_orphan(j, row);
		return 0;
	}
	if (row->f[F_TITLE].n == 0 && row->f[F_ATTRS].n == 0 &&
	    row->f[F_SKU].n == 0 && row->f[F_SKU2].n == 0) {
		reject(j, row->file, row->raw, F_TITLE,
		    _("The row does not say what was bought"));
		g->bad = true;
		return 0;
	}
	return group_add(j, row);
}

/* A row without a number belongs to no group. */
static int
item_put_aside(struct job *j, const struct imp_row *row)
{
	struct imp_file *f = row->file;

	if (row->f[F_ORDER_NO].n > 0) {
		spool_hold(f->spool, row->raw);
		return 0;
	}
	if (j->lines->open)
		j->lines->bad = true;
	else
		(void)sift_differs(j);
	spool_hold(f->spool, row->raw);
	return j->lines->open ? 0 : sift_decide(j, f);
}

int
items_file(struct job *j, struct imp_file *f)
{
	struct sheet_row raw;
	struct imp_row row;
	bool fine;
	int rc;

	forget_group(j->lines);
	row_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		fine = row_read(j, &row, &raw);
		rc = item_row(j, &row, fine);
		if (rc == 0 && j->sift)
			rc = item_put_aside(j, &row);
		if (rc < 0)
			break;
	}
	return rc < 0 ? rc : group_end(j);
}
