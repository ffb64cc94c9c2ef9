/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "row_priv.h"
#include "session_priv.h"
#include "stock_priv.h"
#include "waves_priv.h"

/* What was picked for nothing goes back to its bin. The books are right all the
 * while: goods leave them only in parcels. */

static const struct op op_back = { "put-back", PERM_ORDER_SHIP, "order" };

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
	query_page(&q, keys, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct put_back), limit, take_row, out);
}

/* There are never many. */
static const char sql_count[] =
    "SELECT count(*) FROM put_back WHERE done_at = 0 /*scan*/";

int
put_back_count(struct session *s, int64_t *n)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	return rc < 0 ? rc : db_get1(s->db, sql_count, DB_NOARGS, n);
}

static const char sql_oldest[] = "SELECT coalesce(min(id), 0) FROM put_back"
				 " WHERE variant_id = $1 AND done_at = 0";
static const char sql_order[] = "SELECT order_id FROM put_back WHERE id = $1";
static const char sql_done[] =
    "UPDATE put_back SET done_at = $2, done_by = $3 WHERE id = $1";

static int
read_one(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");

	query_and(&q, "b.id =", db_i(id));
	return query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct put_back), 1, take_row, out);
}

static int
put_back(struct session *s, struct txn *txn, const char *code, int64_t *order,
    struct page *out)
{
	int64_t variant, id;
	int rc;

	if ((rc = code_variant(s, code, &variant)) < 0 ||
	    (rc = db_fetch1(txn, sql_oldest, DB_ARGS(db_i(variant)), &id)) < 0)
		return rc;
	if (id == 0)
		return err_set(&s->err, ERR_NOTFOUND, "code",
		    _("Nothing of %s has to be put back"), code);
	if ((rc = db_fetch1(txn, sql_order, DB_ARGS(db_i(id)), order)) < 0 ||
	    (rc = db_exec(txn, sql_done,
		 DB_ARGS(db_i(id), db_i(time_now()), db_i(s->staff_id)),
		 NULL)) < 0)
		return rc;
	return read_one(s, id, out);
}

int
put_back_scan(struct session *s, const char *code, struct page *out)
{
	const struct put_back *b;
	struct page page = { 0 };
	int64_t order = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_back, &txn)) < 0)
		return rc;
	rc = put_back(s, txn, code, &order, &page);
	if (rc == 0) {
		b = page_row(&page, 0);
		rc = op_commit(s, &op_back, &txn, order, "%s x %" PRId64 " %s",
		    b->sku_code, b->qty, b->bin);
	}
	op_abort(s, &txn);
	if (rc < 0)
		page_free(&page);
	else
		*out = page;
	return rc;
}
