/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "waves_priv.h"

/*
 * What was picked for nothing goes back to its bin. The books are right all the
 * while: goods leave them only in parcels. An entry that is done stays; of what
 * goes back in several times each time is one, and what is undone is one of as
 * many pieces below zero.
 */

static const struct op op_back = { "put-back", PERM_ORDER_SHIP, "order" };
static const struct op op_undo = { "put-back-undo", PERM_ORDER_SHIP, "order" };

static const char sql_add[] =
    "INSERT INTO put_back (wave_id, order_id, variant_id, bin, qty, at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

int
put_back_add(struct session *s, struct txn *txn, const struct put_back *row,
    int64_t wave_id, int64_t order_id, int64_t variant_id)
{
	(void)s;
	return db_exec(txn, sql_add,
	    DB_ARGS(db_id(wave_id), db_i(order_id), db_i(variant_id),
		db_t(row->bin), db_i(row->qty), db_i(time_now())),
	    NULL);
}

static void
take_row(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct put_back *b = out;

	b->id = db_int(rows, 0);
	b->wave_no = row_text(rows, 1, arena);
	b->order_no = row_text(rows, 2, arena);
	b->sku_code = row_text(rows, 3, arena);
	b->name = row_text(rows, 4, arena);
	b->bin = row_text(rows, 5, arena);
	b->qty = db_int(rows, 6);
	b->at = db_int(rows, 7);
}

#define SELECT \
	"SELECT b.id, w.wave_no, o.order_no, v.sku_code, v.name, b.bin," \
	" b.qty, b.at FROM put_back b JOIN orders o ON o.id = b.order_id" \
	" JOIN variant v ON v.id = b.variant_id" \
	" LEFT JOIN wave w ON w.id = b.wave_id"
/* Where it lies. */
#define WAREHOUSE "coalesce(w.warehouse_id, o.warehouse_id, 1)"

int
put_back_page(struct session *s, enum page_dir dir, const struct put_back *from,
    size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE b.done_at = 0");
	const struct query_key keys[] = {
		{ "b.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (s->floor != 0)
		query_and(&q, WAREHOUSE " =", db_i(s->floor));
	query_page(&q, keys, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct put_back), limit, take_row, out);
}

int
put_back_of(struct session *s, int64_t order_id, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE b.done_at = 0");
	const struct query_key key = { "b.id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "b.order_id =", db_i(order_id));
	query_page(&q, &key, 1, false, PAGE_FIRST, limit);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct put_back),
	    limit, take_row, out);
}

#define SINCE_MAX 1000

int
put_back_since(struct session *s, int64_t after, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE b.done_at = 0");
	const struct query_key key = { "b.id", db_i(0) };

	query_and(&q, "b.id >", db_i(after));
	query_page(&q, &key, 1, false, PAGE_FIRST, SINCE_MAX);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct put_back),
	    SINCE_MAX, take_row, out);
}

/* There are never many. */
static const char sql_count[] =
    "SELECT count(*) FROM put_back b JOIN orders o ON o.id = b.order_id"
    " LEFT JOIN wave w ON w.id = b.wave_id WHERE b.done_at = 0"
    " AND ($1 = 0 OR " WAREHOUSE " = $1) /*scan*/";

int
put_back_count(struct session *s, int64_t *n)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	return rc < 0 ? rc
		      : db_get1(s->db, sql_count, DB_ARGS(db_i(s->floor)), n);
}

static const char sql_oldest[] =
    "SELECT b.id, b.order_id, b.qty FROM put_back b"
    " JOIN orders o ON o.id = b.order_id LEFT JOIN wave w ON w.id = b.wave_id"
    " WHERE b.variant_id = $1 AND b.done_at = 0"
    " AND ($2 = 0 OR " WAREHOUSE " = $2) ORDER BY b.id LIMIT 1";
static const char sql_done[] =
    "UPDATE put_back SET done_at = $2, done_by = $3 WHERE id = $1";
static const char sql_less[] =
    "UPDATE put_back SET qty = qty - $2 WHERE id = $1";
/* As the entry $1, but of $2 pieces; done at $3, or (0) to be done. */
static const char sql_copy[] =
    "INSERT INTO put_back (wave_id, order_id, variant_id, bin, qty, at,"
    " done_at, done_by, undoes_id) SELECT wave_id, order_id, variant_id, bin,"
    " $2, at, $3, $4, CASE WHEN $2 < 0 THEN $1 END FROM put_back WHERE id = $1";

static int
copy(struct session *s, struct txn *txn, int64_t of, int64_t qty, bool done,
    int64_t *id)
{
	return db_insert(txn, sql_copy,
	    DB_ARGS(db_i(of), db_i(qty), db_i(done ? time_now() : 0),
		db_id(done ? s->staff_id : 0)),
	    id);
}

static int
read_one(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");

	query_and(&q, "b.id =", db_i(id));
	return query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct put_back), 1, take_row, out);
}

struct entry {
	int64_t id, order_id, qty;
};

static int
find_oldest(struct session *s, const char *code, struct entry *e)
{
	struct db_rows *rows;
	int64_t variant;
	int rc;

	if ((rc = code_variant(s, code, &variant)) < 0)
		return rc;
	rc = db_query(
	    s->db, sql_oldest, DB_ARGS(db_i(variant), db_i(s->floor)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*e = (struct entry){ db_int(rows, 0), db_int(rows, 1),
			db_int(rows, 2) };
	else if (rc == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "code",
		    _("Nothing of %s has to be put back"), code);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* All of it, or some: then the rest stays where it stands in the list. */
static int
put_back(struct session *s, struct txn *txn, const char *code, int64_t qty,
    int64_t *order, struct page *out)
{
	struct entry e = { 0 };
	int rc;

	if ((rc = find_oldest(s, code, &e)) < 0)
		return rc;
	if (qty < 0 || qty > e.qty)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("Of %s %" PRId64 " have to go back here, not %" PRId64),
		    code, e.qty, qty);
	*order = e.order_id;
	if (qty == 0 || qty == e.qty) {
		rc = db_exec(txn, sql_done,
		    DB_ARGS(db_i(e.id), db_i(time_now()), db_i(s->staff_id)),
		    NULL);
	} else {
		rc = db_exec(
		    txn, sql_less, DB_ARGS(db_i(e.id), db_i(qty)), NULL);
		if (rc == 0)
			rc = copy(s, txn, e.id, qty, true, &e.id);
	}
	return rc < 0 ? rc : read_one(s, e.id, out);
}

static int
told(struct session *s, const struct op *op, struct txn **txn, int64_t order,
    const struct page *page)
{
	const struct put_back *b = page_row(page, 0);

	return op_commit(s, op, txn, order, "%s x %" PRId64 " %s", b->sku_code,
	    b->qty, b->bin);
}

int
put_back_scan(
    struct session *s, const char *code, int64_t qty, struct page *out)
{
	struct page page = { 0 };
	int64_t order = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_back, &txn)) < 0)
		return rc;
	rc = put_back(s, txn, code, qty, &order, &page);
	if (rc == 0)
		rc = told(s, &op_back, &txn, order, &page);
	op_abort(s, &txn);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}

static const char sql_back[] =
    "SELECT b.order_id, b.qty FROM put_back b WHERE b.id = $1"
    " AND b.done_at > 0 AND b.qty > 0 AND NOT EXISTS (SELECT 1 FROM put_back u"
    " WHERE u.undoes_id = b.id)";

static int
undo(struct session *s, struct txn *txn, struct entry *e)
{
	struct db_rows *rows;
	int64_t id;
	int rc;

	if ((rc = db_query(s->db, sql_back, DB_ARGS(db_i(e->id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		e->order_id = db_int(rows, 0);
		e->qty = db_int(rows, 1);
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_STATE, "",
		    _("This is not back, or it was undone already"));
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	rc = copy(s, txn, e->id, -e->qty, true, &id);
	return rc < 0 ? rc : copy(s, txn, e->id, e->qty, false, &e->id);
}

int
put_back_undo(struct session *s, int64_t id, struct page *out)
{
	struct entry e = { .id = id };
	struct page page = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_undo, &txn)) < 0)
		return rc;
	rc = undo(s, txn, &e);
	if (rc == 0)
		rc = read_one(s, e.id, &page);
	if (rc == 0)
		rc = told(s, &op_undo, &txn, e.order_id, &page);
	op_abort(s, &txn);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}
