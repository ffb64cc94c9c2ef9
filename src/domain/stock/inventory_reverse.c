/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "bins_priv.h"
#include "inventory_priv.h"
#include "stock_priv.h"

/* Counter-slips. */

static const struct op op_reverse = { "stock-reverse", PERM_STOCK_ADJUST,
	"slip" };

struct old_slip {
	char kind[16], slip_no[SLIP_NO_SIZE];
	int64_t warehouse_id, reverses_id, reversed;
	int64_t order_id, company_id, purchase_id, transfer_id, count_id;
	int64_t freight;
};

static const char sql_slip[] =
    "SELECT a.kind, a.slip_no, a.warehouse_id, a.reverses_id, b.id, a.order_id,"
    " a.company_id, a.purchase_id, a.transfer_id, a.count_id, a.freight"
    " FROM stock_slip a LEFT JOIN stock_slip b ON b.reverses_id = a.id"
    " WHERE a.id = $1";

static int
read_slip(struct session *s, int64_t id, struct old_slip *slip)
{
	struct db_rows *rows;
	int rc;

	*slip = (struct old_slip){ .kind = "" };
	if ((rc = db_query(s->db, sql_slip, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(slip->kind, sizeof(slip->kind), db_text(rows, 0));
		copy_text(
		    slip->slip_no, sizeof(slip->slip_no), db_text(rows, 1));
		slip->warehouse_id = db_int(rows, 2);
		slip->reverses_id = db_int(rows, 3);
		slip->reversed = db_int(rows, 4);
		slip->order_id = db_int(rows, 5);
		slip->company_id = db_int(rows, 6);
		slip->purchase_id = db_int(rows, 7);
		slip->transfer_id = db_int(rows, 8);
		slip->count_id = db_int(rows, 9);
		slip->freight = db_int(rows, 10);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such slip"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
check_once(struct session *s, const struct old_slip *slip)
{
	if (slip->reversed != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s was reversed already"), slip->slip_no);
	if (slip->reverses_id != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is itself a reversal"), slip->slip_no);
	return 0;
}

static bool
is_kind(const struct old_slip *slip, const char *kind)
{
	return strcmp(slip->kind, kind) == 0;
}

/* What belongs to more than the stock is taken back where it was done. */
static int
check_reversible(struct session *s, const struct old_slip *slip)
{
	int rc;

	if ((rc = check_once(s, slip)) < 0)
		return rc;
	if (is_kind(slip, "ship"))
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is a shipment's: goods come back by a return"),
		    slip->slip_no);
	if (is_kind(slip, "transfer"))
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s only changed the bin: transfer it back"),
		    slip->slip_no);
	if (slip->transfer_id != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is a transfer's: cancel the transfer, or send "
		      "the goods back by another"),
		    slip->slip_no);
	if (is_kind(slip, "cost"))
		return 0; /* only what goods are worth, whoever sold them */
	if (slip->purchase_id != 0 || is_kind(slip, "supplier"))
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is a purchase's: take it back there"),
		    slip->slip_no);
	return 0;
}

/* A row of the ledger. */
struct row {
	int64_t variant_id, qty, value, sales;
	char bin[BIN_CODE];
};
struct moves {
	struct row *v;
	size_t n, cap;
};

static const char sql_moves[] =
    "SELECT variant_id, qty, value, bin, sales FROM stock_move"
    " WHERE slip_id = $1"
    " ORDER BY id";

static int
read_moves(struct session *s, int64_t slip_id, struct moves *m)
{
	struct db_rows *rows;
	struct row *r;
	int rc;

	rc = db_query(s->db, sql_moves, DB_ARGS(db_i(slip_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (m->n == m->cap) {
			m->cap = m->cap != 0 ? m->cap * 2 : 8;
			m->v = xreallocarray(m->v, m->cap, sizeof(*m->v));
		}
		r = &m->v[m->n++];
		*r = (struct row){ .variant_id = db_int(rows, 0),
			.qty = db_int(rows, 1),
			.value = db_int(rows, 2),
			.sales = db_int(rows, 4) };
		copy_text(r->bin, sizeof(r->bin), db_text(rows, 3));
	}
	db_done(rows);
	return rc;
}

/* From bin to bin, back: the rows are pairs. */
static int
counter_bins(struct session *s, struct txn *txn, const struct old_slip *old,
    const struct moves *m, int64_t counter_id)
{
	struct bin_now from, to;
	size_t i;
	int rc = 0;

	for (i = m->n; rc == 0 && i >= 2; i -= 2) {
		const struct row *out = &m->v[i - 2], *in = &m->v[i - 1];

		if ((rc = bin_find(s, old->warehouse_id, in->bin, &from)) < 0 ||
		    (rc = bin_find(s, old->warehouse_id, out->bin, &to)) < 0)
			return rc;
		rc = bin_move(s, txn, counter_id, old->warehouse_id,
		    in->variant_id, from.id, to.id, in->qty);
	}
	return rc;
}

/* What came in goes out again: what is left of it in its bin first. Defective
 * goods are not made up for by good ones. */
static int
counter_in(struct session *s, struct txn *txn, struct slip_move move,
    const struct bin_now *b)
{
	int64_t qty = -move.qty, value = -move.value, sales = move.sales;
	int64_t there = 0;
	int rc;

	if (b->id != 0 &&
	    (rc = bin_holds(s, b->id, move.variant_id, &there)) < 0)
		return rc;
	if (b->id != 0 && (there >= qty || b->kind == BIN_DEFECTIVE))
		there = qty;
	if (there > 0) {
		move.bin_id = b->id;
		move.qty = -there;
		move.value = -share_of(value, there, qty);
		move.sales = share_of(sales, there, qty);
		if ((rc = slip_move(s, txn, &move, NULL)) < 0 || there == qty)
			return rc;
		value += move.value;
		sales -= move.sales;
		qty -= there;
	}
	move.bin_id = 0;
	move.qty = -qty;
	move.value = -value;
	move.sales = sales;
	return slip_move(s, txn, &move, NULL);
}

static int
counter_move(struct session *s, struct txn *txn, const struct old_slip *old,
    const struct row *r, int64_t counter_id)
{
	struct slip_move move = { .slip_id = counter_id,
		.warehouse_id = old->warehouse_id,
		.variant_id = r->variant_id,
		.qty = -r->qty,
		.priced = true,
		.value = -r->value,
		.sales = -r->sales };
	struct bin_now b;
	int rc;

	rc = bin_find(s, old->warehouse_id, r->bin, &b);
	if (rc < 0 && rc != ERR_INVALID) /* it may have another code now */
		return rc;
	if (r->qty > 0)
		return counter_in(s, txn, move, &b);
	move.bin_id = b.active ? b.id : 0;
	return slip_move(s, txn, &move, NULL);
}

static int
reverse(struct session *s, struct txn *txn, int64_t slip_id,
    const struct old_slip *old, const char *reason, int64_t *counter_id)
{
	const struct slip slip = { .kind = old->kind,
		.warehouse_id = old->warehouse_id,
		.order_id = old->order_id,
		.reason = reason,
		.reverses_id = slip_id,
		.company_id = old->company_id,
		.purchase_id = old->purchase_id,
		.transfer_id = old->transfer_id,
		.count_id = old->count_id,
		.freight = -old->freight };
	struct moves m = { .n = 0 };
	size_t i;
	int rc;

	if ((rc = slip_open(s, txn, &slip, counter_id)) < 0)
		return rc;
	/* The same moves the other way round, at what they were worth then. */
	rc = read_moves(s, slip_id, &m);
	if (rc == 0 && (is_kind(old, "put") || is_kind(old, "move") ||
			   is_kind(old, "defect")))
		rc = counter_bins(s, txn, old, &m, *counter_id);
	else
		for (i = 0; rc == 0 && i < m.n; i++)
			rc = counter_move(s, txn, old, &m.v[i], *counter_id);
	free(m.v);
	return rc;
}

int
slip_reverse(struct session *s, struct txn *txn, int64_t slip_id,
    const char *reason, int64_t *counter_id)
{
	struct old_slip old;
	int rc;

	if ((rc = read_slip(s, slip_id, &old)) < 0 ||
	    (rc = check_once(s, &old)) < 0)
		return rc;
	return reverse(s, txn, slip_id, &old, reason, counter_id);
}

int
stock_reverse(
    struct session *s, int64_t slip_id, const char *reason, int64_t *counter_id)
{
	struct old_slip old;
	char no[SLIP_NO_SIZE];
	struct txn *txn;
	int64_t counter = 0;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_reverse, &txn)) < 0)
		return rc;
	if ((rc = read_slip(s, slip_id, &old)) == 0 &&
	    (rc = check_reversible(s, &old)) == 0)
		rc = reverse(s, txn, slip_id, &old, reason, &counter);
	if (rc == 0)
		rc = op_commit(s, &op_reverse, &txn, slip_id, "%s by %s: %s",
		    old.slip_no, slip_no(old.kind, counter, no), reason);
	op_abort(s, &txn);
	if (rc == 0 && counter_id != NULL)
		*counter_id = counter;
	return rc;
}
