/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "bins_priv.h"
#include "inventory_priv.h"

/* What was shipped comes back at what it cost when it went. */

static const struct op op_return = { "stock-return", PERM_STOCK_RECEIVE,
	"variant" };

/* Sent with the order, by parcels or by the platform, and what of it has come
 * back; a counter-slip of a return counts against it. */
static const char sql_out[] =
    "SELECT coalesce(sum(l.sent), 0), coalesce(sum(l.cost), 0), 0"
    " FROM order_line l WHERE l.order_id = $1 AND l.variant_id = $2"
    " AND l.kit >= 0";
static const char sql_back[] =
    "SELECT coalesce(sum(m.qty), 0), coalesce(sum(m.value), 0),"
    " coalesce(sum(m.sales), 0) FROM stock_slip x JOIN stock_move m ON m.slip_id = x.id"
    " WHERE x.order_id = $1 AND x.kind = 'return' AND m.variant_id = $2";

static const char sql_returnable[] =
    "SELECT l.variant_id, v.sku_code, v.name, CAST(sum(l.sent) AS BIGINT)"
    " - coalesce((SELECT CAST(sum(m.qty) AS BIGINT) FROM stock_slip x"
    " JOIN stock_move m ON m.slip_id = x.id WHERE x.order_id = $1"
    " AND x.kind = 'return' AND m.variant_id = l.variant_id), 0)"
    " FROM order_line l JOIN variant v ON v.id = l.variant_id"
    " WHERE l.order_id = $1 AND l.kit >= 0 AND l.sent > 0"
    " GROUP BY l.variant_id, v.sku_code, v.name"
    " ORDER BY min(l.line_no) LIMIT $2 /*sort*/";
#define RETURNABLE_MAX 1000

int
stock_returnable(struct session *s, int64_t order_id, struct page *out)
{
	struct stock_out *o;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = db_query(s->db, sql_returnable,
		 DB_ARGS(db_i(order_id), db_i(RETURNABLE_MAX)), &rows)) < 0)
		return rc;
	page_init(out, sizeof(*o), RETURNABLE_MAX);
	while ((rc = db_next(rows)) > 0) {
		if (db_int(rows, 3) <= 0)
			continue;
		o = page_add(out);
		o->id = db_int(rows, 0);
		o->sku_code = row_text(rows, 1, &out->arena);
		o->name = row_text(rows, 2, &out->arena);
		o->qty = db_int(rows, 3);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc;
}

static int
read_sums(struct session *s, const char *sql, int64_t order_id,
    int64_t variant_id, int64_t sums[3])
{
	struct db_rows *rows;
	int rc;

	sums[0] = sums[1] = sums[2] = 0;
	rc = db_query(
	    s->db, sql, DB_ARGS(db_i(order_id), db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		sums[0] = db_int(rows, 0);
		sums[1] = db_int(rows, 1);
		sums[2] = db_int(rows, 2);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
take_back(struct session *s, struct txn *txn, int64_t order_id,
    const struct postings *p, struct posting *v)
{
	struct slip_move m = { .slip_id = p->slip_id,
		.warehouse_id = p->warehouse_id,
		.variant_id = v->variant_id,
		.qty = v->qty,
		.priced = true,
		.bin_id = v->from_bin };
	int64_t out[3], back[3];
	struct bin_now bad;
	int rc;

	if ((rc = read_sums(s, sql_out, order_id, v->variant_id, out)) < 0 ||
	    (rc = read_sums(s, sql_back, order_id, v->variant_id, back)) < 0 ||
	    (rc = order_sales(s, order_id, v->variant_id, &out[2])) < 0)
		return rc;
	if (v->qty > out[0] - back[0])
		return err_set(&s->err, ERR_STATE, "qty",
		    _("%" PRId64 " were shipped and %" PRId64
		      " have come back: %" PRId64 " cannot"),
		    out[0], back[0], v->qty);
	/* Nothing is lost over several returns: the last has the rest. */
	m.value = share_of(out[1] - back[1], v->qty, out[0] - back[0]);
	m.sales = -share_of(out[2] + back[2], v->qty, out[0] - back[0]);
	if (v->line->bad) {
		rc = bin_of_kind(s, txn, p->warehouse_id, BIN_DEFECTIVE, &bad);
		m.bin_id = bad.id;
	} else if (v->line->bin[0] != '\0') {
		m.bin = v->line->bin;
	}
	return rc < 0 ? rc : slip_move(s, txn, &m, NULL);
}

static const char sql_order[] = "SELECT count(*) FROM orders WHERE id = $1";

static int
apply(struct session *s, struct txn *txn, int64_t order_id,
    const struct stock_doc *doc, struct postings *p)
{
	const struct slip slip = { .kind = "return",
		.warehouse_id = p->warehouse_id,
		.order_id = order_id,
		.reason = doc->reason };
	int64_t n;
	size_t i;
	int rc;

	if ((rc = db_fetch1(txn, sql_order, DB_ARGS(db_i(order_id)), &n)) < 0)
		return rc;
	if (n == 0)
		return err_set(&s->err, ERR_NOTFOUND, "order",
		    _("There is no such order"));
	if ((rc = slip_open(s, txn, &slip, &p->slip_id)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < doc->n; i++)
		rc = posting_of(
		    s, doc, i, take_back(s, txn, order_id, p, &p->v[i]));
	return rc;
}

/* What a kit of the order was made up of when it was sold. */
static const char sql_parts[] =
    "SELECT v.sku_code, p.qty / k.qty FROM order_line k JOIN order_line p"
    " ON p.order_id = k.order_id AND p.kit = k.line_no"
    " JOIN variant v ON v.id = p.variant_id WHERE k.order_id = $1"
    " AND k.line_no = (SELECT min(m.line_no) FROM order_line m"
    " WHERE m.order_id = $1 AND m.kit = -1 AND m.variant_id = $2"
    " AND m.qty > 0) ORDER BY p.line_no";

static struct stock_line *
add_line(struct stock_doc *doc, const struct stock_line *like)
{
	doc->lines =
	    xreallocarray(doc->lines, doc->n + 1, sizeof(doc->lines[0]));
	doc->lines[doc->n] = *like;
	return &doc->lines[doc->n++];
}

/* A line as the stock knows it: of a kit, one for each of its parts. */
static int
add_parts(struct session *s, int64_t order_id, const struct stock_line *line,
    struct stock_doc *out)
{
	struct stock_line *one;
	struct db_rows *rows;
	size_t before = out->n;
	int64_t variant;
	int rc;

	if ((rc = check_qty(s, line->qty)) < 0)
		return rc;
	if ((rc = code_variant(s, line->sku, &variant)) == 0 &&
	    (rc = db_query(s->db, sql_parts,
		 DB_ARGS(db_i(order_id), db_i(variant)), &rows)) == 0) {
		while ((rc = db_next(rows)) > 0) {
			one = add_line(out, line);
			copy_text(one->sku, sizeof(one->sku), db_text(rows, 0));
			one->qty = line->qty * db_int(rows, 1);
		}
		db_done(rows);
	}
	/* What no product has is told with the others. */
	if ((rc == 0 && out->n == before) || rc == ERR_NOTFOUND)
		add_line(out, line);
	return rc < 0 && rc != ERR_NOTFOUND ? rc : 0;
}

static int
take_doc(struct session *s, int64_t order_id, const struct stock_doc *doc,
    int64_t *slip_id)
{
	struct postings p = { .v = NULL };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_return, &txn)) < 0)
		return rc;
	rc = postings_find(s, doc, &p);
	if (rc == 0)
		rc = apply(s, txn, order_id, doc, &p);
	if (rc == 0)
		rc = postings_commit(s, &op_return, &txn, doc, &p, "return");
	op_abort(s, &txn);
	if (rc == 0 && slip_id != NULL)
		*slip_id = p.slip_id;
	postings_done(&p);
	return rc;
}

int
stock_return(struct session *s, int64_t order_id, const struct stock_doc *doc,
    int64_t *slip_id)
{
	struct stock_doc whole = *doc;
	size_t i;
	int rc;

	if ((rc = check_doc(s, doc)) < 0 ||
	    (rc = check_reason(s, doc->reason)) < 0 ||
	    (rc = session_need(s, op_return.perm)) < 0)
		return rc;
	whole.lines = NULL;
	whole.n = 0;
	for (i = 0; rc == 0 && i < doc->n; i++)
		rc = add_parts(s, order_id, &doc->lines[i], &whole);
	if (rc == 0)
		rc = take_doc(s, order_id, &whole, slip_id);
	free(whole.lines);
	return rc;
}
