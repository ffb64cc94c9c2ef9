/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"
#include "../goods/kits_priv.h"
#include "../goods/products_priv.h"
#include "../orders/gifts_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"

static const struct op op_map = { "listing-map", PERM_PRODUCT_EDIT, "listing" };

static void
take_listing(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct listing *l = out;

	l->id = db_int(rows, 0);
	l->platform = row_text(rows, 1, arena);
	l->shop = row_text(rows, 2, arena);
	l->title = row_text(rows, 3, arena);
	l->attrs = row_text(rows, 4, arena);
	l->sku_code = row_text(rows, 5, arena);
	l->item_no = row_text(rows, 6, arena);
	l->variant_id = db_int(rows, 7);
	l->variant_sku = row_text(rows, 8, arena);
	l->variant_name = row_text(rows, 9, arena);
}

#define LISTINGS \
	" FROM listing l LEFT JOIN shop sh ON sh.id = l.shop_id" \
	" LEFT JOIN variant v ON v.id = l.variant_id"
#define LISTING_SELECT \
	"SELECT l.id, sh.platform, sh.name, l.title, l.attrs, l.sku_code," \
	" l.item_no, l.variant_id, v.sku_code, v.name" LISTINGS

static void
add_filter(struct query *q, const struct listing_filter *f)
{
	if (f->unmapped_only)
		query_lit(q, " AND l.variant_id IS NULL");
	if (f->variant_id != 0)
		query_and(q, "l.variant_id =", db_i(f->variant_id));
}

static int
by_age(struct session *s, const struct listing_filter *f, enum page_dir dir,
    const struct listing *from, size_t limit, struct page *out)
{
	struct query q = QUERY(LISTING_SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "l.id", db_i(from != NULL ? from->id : 0) },
	};

	add_filter(&q, f);
	query_page(&q, keys, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct listing), limit, take_listing, out);
}

static const char sql_by_id[] = LISTING_SELECT " WHERE l.id = $1";

static int
load(struct session *s, const struct refs *refs, struct page *out)
{
	return refs_load(
	    s, refs, sql_by_id, sizeof(struct listing), take_listing, out);
}

#define ID SORT_NUMBER("l.id")

static const struct sort_key sorts[LISTING_SORT_MAX][SORT_KEYS] = {
	[LISTING_SORT_SHOP] = { SORT_TEXT("coalesce(sh.platform, '')"),
	    SORT_TEXT("coalesce(sh.name, '')"), ID },
	[LISTING_SORT_TITLE] = { SORT_TEXT("l.title"), ID },
	[LISTING_SORT_SKU] = { SORT_TEXT("l.sku_code"), ID },
	[LISTING_SORT_MAPPED] = { SORT_TEXT("coalesce(v.sku_code, '')"), ID },
};

static int
by_column(struct session *s, const struct listing_filter *f, enum page_dir dir,
    const struct listing *from, size_t limit, struct page *out)
{
	struct query set = QUERY("SELECT count(*) FROM (SELECT 1"
				 " FROM listing l WHERE 1 = 1");
	struct query titles = QUERY("SELECT l.id, l.title FROM listing l"
				    " WHERE 1 = 1 /*scan*/");
	struct query q =
	    QUERY("SELECT l.id" LISTINGS " WHERE 1 = 1 /*scan*/ /*sort*/");
	const struct sorting by = { .keys = sorts[f->sort],
		.row = LISTINGS " WHERE l.id =",
		.from = from != NULL ? from->id : 0,
		.desc = f->desc,
		.dir = dir,
		.limit = limit };
	bool title = f->sort == LISTING_SORT_TITLE;
	struct refs refs = { 0 };
	int rc;

	assert(f->sort > LISTING_SORT_OWN && f->sort < LISTING_SORT_MAX);
	add_filter(&set, f);
	add_filter(title ? &titles : &q, f);
	if ((rc = sort_allowed(s, &set)) == 0)
		rc = title ? sort_refs_by_pinyin(s, &titles, &by, &refs)
			   : sort_refs(s, &q, &by, &refs);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}

int
listing_list(struct session *s, const struct listing_filter *filter,
    enum page_dir dir, const struct listing *from, size_t limit,
    struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	if (filter->sort == LISTING_SORT_OWN)
		return by_age(s, filter, dir, from, limit, out);
	return by_column(s, filter, dir, from, limit, out);
}

int
listing_page(struct session *s, bool unmapped_only, enum page_dir dir,
    const struct listing *from, size_t limit, struct page *out)
{
	const struct listing_filter f = { .unmapped_only = unmapped_only };

	return listing_list(s, &f, dir, from, limit, out);
}

int
listing_get(struct session *s, int64_t id, struct page *out)
{
	struct ref one = { .id = id };
	const struct refs refs = { .v = &one, .n = 1 };
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0 ||
	    (rc = load(s, &refs, out)) < 0 || out->n > 0)
		return rc;
	page_free(out);
	return err_set(&s->err, ERR_NOTFOUND, "", _("There is no such item"));
}

static const char sql_listing[] =
    "SELECT coalesce(variant_id, 0) FROM listing WHERE id = $1";
static const char sql_variant[] = "SELECT sku_code FROM variant WHERE id = $1";

static int
variant_code(struct session *s, int64_t id, char *code, size_t size)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_variant, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(code, size, db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such product"));
	return rc < 0 ? rc : 0;
}

/* An item that was mapped wrongly: what of it is not sent yet. */
static const char sql_mistaken[] =
    "SELECT o.id FROM orders o WHERE o.state IN (2, 3)"
    " AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id"
    " AND l.listing_id = $1 AND l.variant_id = $2 AND l.cost IS NULL"
    " AND (l.sent = 0 OR (l.kit = -1 AND NOT EXISTS (SELECT 1"
    " FROM order_line p WHERE p.order_id = o.id AND p.kit = l.line_no"
    " AND p.sent > 0))))"
    " ORDER BY o.id /*scan*/ /*sort*/";
/* Held orders are few, so they are gone through for those with the item. */
static const char sql_waiting[] =
    "SELECT h.order_id FROM order_hold h"
    " WHERE h.reason = 'unmapped' AND h.cleared_at = 0"
    " AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = h.order_id"
    " AND l.listing_id = $1 AND l.variant_id IS NULL) ORDER BY h.order_id";

struct waiting {
	int64_t *v;
	size_t n, cap;
};

static int
waiting_read(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, struct waiting *w)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (w->n == w->cap) {
			w->cap = w->cap == 0 ? 32 : w->cap * 2;
			w->v = xreallocarray(w->v, w->cap, sizeof(w->v[0]));
		}
		w->v[w->n++] = db_int(rows, 0);
	}
	db_done(rows);
	return rc;
}

static const char sql_stamp[] =
    "UPDATE order_line SET variant_id = $3"
    " WHERE order_id = $1 AND listing_id = $2 AND variant_id IS NULL";
static const char sql_touch[] =
    "UPDATE orders SET version = version + 1 WHERE id = $1";
static const char sql_unmapped[] =
    "SELECT count(*) FROM order_line"
    " WHERE order_id = $1 AND variant_id IS NULL";

/* The order gets its product and the stock for it; *@free counts it when
 * nothing else holds it. */
static int
order_map(struct session *s, struct txn *txn, int64_t order_id,
    int64_t listing_id, int64_t variant_id, int64_t *free_n)
{
	struct order_now now;
	int64_t left = 0;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0)
		return rc;
	rc = db_exec(txn, sql_stamp,
	    DB_ARGS(db_i(order_id), db_i(listing_id), db_i(variant_id)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_touch, DB_ARGS(db_i(order_id)), NULL);
	if (rc == 0 && order_can_hold(now.state))
		rc = stock_reserve(s, txn, order_id);
	if (rc == 0)
		rc = gifts_again(s, txn, order_id);
	if (rc == 0)
		rc = db_fetch1(
		    txn, sql_unmapped, DB_ARGS(db_i(order_id)), &left);
	if (rc < 0 || left > 0)
		return rc;
	if ((rc = hold_clear(s, txn, &now, "unmapped")) == 0 &&
	    order_can_hold(now.state) && !now.held)
		++*free_n;
	return rc;
}

/* What a mapping does: item @id was @was (0: nothing) and is @is from now. */
struct mapping {
	int64_t id, was, is;
	char code[64]; /* of @is */
	int64_t freed; /* orders that can go now */
};

static const char sql_correct[] =
    "UPDATE order_line SET variant_id = $4 WHERE order_id = $1"
    " AND listing_id = $2 AND variant_id = $3 AND sent = 0"
    " AND cost IS NULL";

static const char sql_kits[] =
    "SELECT line_no FROM order_line WHERE order_id = $1 AND listing_id = $2"
    " AND variant_id = $3 AND kit = -1 ORDER BY line_no";

/* What the item is not is no kit either. */
static int
fold_lines(struct session *s, struct txn *txn, int64_t order_id,
    const struct mapping *m)
{
	struct waiting w = { 0 };
	size_t i;
	int rc;

	rc = waiting_read(s, sql_kits,
	    DB_ARGS(db_i(order_id), db_i(m->id), db_i(m->was)), &w);
	for (i = 0; rc == 0 && i < w.n; i++)
		rc = kits_fold(s, txn, order_id, w.v[i], m->is);
	free(w.v);
	return rc;
}

/* The order's goods are others than was thought, and so is the stock. */
static int
order_correct(struct session *s, struct txn *txn, int64_t order_id,
    const struct mapping *m)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0 ||
	    (rc = stock_unreserve(s, txn, order_id)) < 0 ||
	    (rc = fold_lines(s, txn, order_id, m)) < 0)
		return rc;
	rc = db_exec(txn, sql_correct,
	    DB_ARGS(db_i(order_id), db_i(m->id), db_i(m->was), db_i(m->is)),
	    NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_touch, DB_ARGS(db_i(order_id)), NULL);
	if (rc == 0 && order_can_hold(now.state))
		rc = stock_reserve(s, txn, order_id);
	if (rc == 0)
		rc = gifts_again(s, txn, order_id);
	if (rc == 0)
		rc = op_note(s, &op_map, txn, "order", order_id, "%s", m->code);
	return rc;
}

static const char sql_map[] =
    "UPDATE listing SET variant_id = $2 WHERE id = $1";

static int
map_apply(struct session *s, struct txn *txn, struct mapping *m)
{
	struct waiting wrong = { 0 }, w = { 0 };
	size_t i;
	int rc;

	rc = db_fetch1(txn, sql_listing, DB_ARGS(db_i(m->id)), &m->was);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such item"));
	if (rc < 0 ||
	    (rc = variant_code(s, m->is, m->code, sizeof(m->code))) < 0 ||
	    (m->was != m->is && (rc = variant_usable(s, txn, m->is)) < 0))
		return rc;
	rc = db_exec(txn, sql_map, DB_ARGS(db_i(m->id), db_i(m->is)), NULL);
	if (rc == 0 && m->was != 0 && m->was != m->is)
		rc = waiting_read(s, sql_mistaken,
		    DB_ARGS(db_i(m->id), db_i(m->was)), &wrong);
	for (i = 0; rc == 0 && i < wrong.n; i++)
		rc = order_correct(s, txn, wrong.v[i], m);
	if (rc == 0)
		rc = waiting_read(s, sql_waiting, DB_ARGS(db_i(m->id)), &w);
	for (i = 0; rc == 0 && i < w.n; i++)
		rc = order_map(s, txn, w.v[i], m->id, m->is, &m->freed);
	free(wrong.v);
	free(w.v);
	return rc;
}

int
listing_map(
    struct session *s, int64_t id, int64_t variant_id, int64_t *released)
{
	struct mapping m = { .id = id, .is = variant_id };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_map, &txn)) < 0)
		return rc;
	rc = map_apply(s, txn, &m);
	if (rc == 0)
		rc = op_commit(s, &op_map, &txn, id,
		    "%s, %" PRId64 " orders released", m.code, m.freed);
	op_abort(s, &txn);
	if (rc == 0 && released != NULL)
		*released = m.freed;
	return rc;
}
