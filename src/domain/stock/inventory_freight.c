/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/session_priv.h"
#include "../purchasing/purchase_priv.h"
#include "inventory_priv.h"

/* Freight that is billed after the goods came; levels of one warehouse. */

static const struct op op_freight = { "stock-freight", PERM_STOCK_ADJUST,
	"slip" };
static const struct op op_levels = { "stock-levels", PERM_PRODUCT_EDIT,
	"variant" };

/* What a receipt brought, by product, and how much of that is there now. */
struct brought {
	int64_t variant_id, qty, value, there;
};
struct load {
	struct brought *v;
	size_t n, cap;
	int64_t warehouse_id;
	char slip_no[SLIP_NO_SIZE], kind[16];
	int64_t reverses, reversed;
	int64_t company_id, purchase_id;
};

static const char sql_slip[] =
    "SELECT x.slip_no, x.kind, x.warehouse_id, x.reverses_id, y.id,"
    " x.company_id, x.purchase_id FROM stock_slip x"
    " LEFT JOIN stock_slip y ON y.reverses_id = x.id WHERE x.id = $1";

static int
read_slip(struct session *s, int64_t id, struct load *l)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_slip, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(l->slip_no, sizeof(l->slip_no), db_text(rows, 0));
		copy_text(l->kind, sizeof(l->kind), db_text(rows, 1));
		l->warehouse_id = db_int(rows, 2);
		l->reverses = db_int(rows, 3);
		l->reversed = db_int(rows, 4);
		l->company_id = db_int(rows, 5);
		l->purchase_id = db_int(rows, 6);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such slip"));
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (strcmp(l->kind, "receipt") != 0 || l->reverses != 0 ||
	    l->reversed != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is no receipt that stands: there is nothing "
		      "to add freight to"),
		    l->slip_no);
	return 0;
}

#define BROUGHT(from) \
	"SELECT m.variant_id, sum(m.qty), sum(m.value)," \
	" coalesce((SELECT s.on_hand FROM stock s" \
	" WHERE s.variant_id = m.variant_id AND s.warehouse_id = $2), 0)" \
	" FROM " from " AND m.qty > 0" \
	" GROUP BY m.variant_id ORDER BY m.variant_id /*sort*/"
static const char sql_brought[] = BROUGHT("stock_move m WHERE m.slip_id = $1");
static const char sql_brought_all[] =
    BROUGHT("stock_slip a JOIN stock_move m ON m.slip_id = a.id"
	    " WHERE a.purchase_id = $1 AND a.kind = 'receipt'"
	    " AND a.reverses_id IS NULL AND NOT EXISTS"
	    " (SELECT 1 FROM stock_slip b WHERE b.reverses_id = a.id)");

static int
read_brought(struct session *s, const char *sql, int64_t id, struct load *l)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    s->db, sql, DB_ARGS(db_i(id), db_i(l->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (l->n == l->cap) {
			l->cap = l->cap != 0 ? l->cap * 2 : 8;
			l->v = xreallocarray(l->v, l->cap, sizeof(*l->v));
		}
		l->v[l->n++] = (struct brought){ .variant_id = db_int(rows, 0),
			.qty = db_int(rows, 1),
			.value = db_int(rows, 2),
			.there = db_int(rows, 3) };
	}
	db_done(rows);
	return rc;
}

/* All that came of an order. */
static int
read_order(struct session *s, int64_t id, struct load *l)
{
	struct purchase_now now;
	int rc;

	if ((rc = purchase_now(s, id, 0, &now)) < 0)
		return rc;
	copy_text(l->slip_no, sizeof(l->slip_no), now.no);
	l->warehouse_id = now.warehouse_id;
	l->company_id = now.company_id;
	l->purchase_id = id;
	rc = read_brought(s, sql_brought_all, id, l);
	if (rc == 0 && l->n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Nothing that came of %s is there: there is nothing to "
		      "add freight to"),
		    now.no);
	return rc;
}

/* Each product its share by value, and of that what its pieces that are there
 * take; as many of those are taken to be of this receipt as can be. */
static int
add_shares(struct session *s, struct txn *txn, const struct load *l,
    int64_t slip_id, int64_t amount, int64_t *added)
{
	const int64_t sign = amount < 0 ? -1 : 1;
	int64_t *weight = xcalloc(l->n + 1, sizeof(*weight));
	int64_t *share = xcalloc(l->n + 1, sizeof(*share));
	int64_t worth = 0, n, value;
	size_t i;
	int rc = 0;

	for (i = 0; i < l->n; i++)
		worth += l->v[i].value;
	for (i = 0; i < l->n; i++)
		weight[i] = worth != 0 ? l->v[i].value : l->v[i].qty;
	share_out(sign * amount, weight, l->n, share);
	for (i = 0; rc == 0 && i < l->n; i++) {
		n = l->v[i].there < l->v[i].qty ? l->v[i].there : l->v[i].qty;
		if (n <= 0 || share[i] == 0)
			continue;
		rc = slip_move(s, txn,
		    &(struct slip_move){ .slip_id = slip_id,
			.warehouse_id = l->warehouse_id,
			.variant_id = l->v[i].variant_id,
			.priced = true,
			.value = sign * share_of(share[i], n, l->v[i].qty) },
		    &value);
		if (rc == 0)
			*added += value;
	}
	free(weight);
	free(share);
	return rc;
}

static int
apply(
    struct session *s, struct txn *txn, struct load *l, struct late_freight *f)
{
	struct slip slip = {
		.kind = "cost", .reason = f->reason, .freight = f->amount
	};
	int rc;

	if (f->receipt_id == 0)
		rc = read_order(s, f->purchase_id, l);
	else if ((rc = read_slip(s, f->receipt_id, l)) == 0)
		rc = read_brought(s, sql_brought, f->receipt_id, l);
	if (rc < 0)
		return rc;
	copy_text(f->of, sizeof(f->of), l->slip_no);
	slip.warehouse_id = l->warehouse_id;
	slip.company_id = l->company_id;
	slip.purchase_id = l->purchase_id;
	if ((rc = slip_open(s, txn, &slip, &f->slip_id)) < 0)
		return rc;
	return add_shares(s, txn, l, f->slip_id, f->amount, &f->added);
}

int
stock_freight_late(struct session *s, struct txn *txn, struct late_freight *f)
{
	struct load l = { .v = NULL };
	int rc = apply(s, txn, &l, f);

	free(l.v);
	return rc;
}

int
stock_freight(struct session *s, int64_t receipt_id, int64_t amount,
    const char *reason, int64_t *slip_id, int64_t *expense)
{
	struct late_freight f = {
		.receipt_id = receipt_id, .amount = amount, .reason = reason
	};
	char no[SLIP_NO_SIZE];
	struct txn *txn;
	int rc;

	if (amount <= 0 || amount > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "freight",
		    _("How much was the freight?"));
	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_freight, &txn)) < 0)
		return rc;
	rc = stock_freight_late(s, txn, &f);
	if (rc == 0)
		rc = op_commit(s, &op_freight, &txn, receipt_id, "%s, %s: %s",
		    f.of, slip_no("cost", f.slip_id, no), reason);
	op_abort(s, &txn);
	if (rc < 0)
		return rc;
	if (slip_id != NULL)
		*slip_id = f.slip_id;
	if (expense != NULL)
		*expense = amount - f.added;
	return 0;
}

static const char sql_row[] =
    "INSERT INTO stock (warehouse_id, variant_id) VALUES ($2, $1)"
    " ON CONFLICT (variant_id, warehouse_id) DO NOTHING";
static const char sql_levels[] =
    "UPDATE stock SET reorder_here = $3, target_here = $4"
    " WHERE variant_id = $1 AND warehouse_id = $2";

static struct db_val
level(int64_t n)
{
	if (n < 0)
		return (struct db_val){ .type = DB_NULL };
	return db_i(n);
}

int
stock_levels(struct session *s, const char *sku, const char *warehouse,
    int64_t reorder_at, int64_t target_level)
{
	int64_t variant, where = 0;
	struct txn *txn;
	int rc;

	if (reorder_at > STOCK_QTY_MAX || target_level > STOCK_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "reorder_at",
		    _("How many pieces? At least 1, at most %d"),
		    STOCK_QTY_MAX);
	if ((rc = op_begin(s, &op_levels, &txn)) < 0)
		return rc;
	rc = code_variant(s, sku, &variant);
	if (rc == 0)
		rc = warehouse_find(s, warehouse, &where);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_row, DB_ARGS(db_i(variant), db_i(where)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_levels,
		    DB_ARGS(db_i(variant), db_i(where), level(reorder_at),
			level(target_level)),
		    NULL);
	if (rc == 0)
		rc = stock_low(s, txn, variant);
	if (rc == 0)
		rc = op_commit(s, &op_levels, &txn, variant,
		    "%s: reorder %" PRId64 ", target %" PRId64, sku, reorder_at,
		    target_level);
	op_abort(s, &txn);
	return rc;
}
