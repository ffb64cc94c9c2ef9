/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"

#include "session_priv.h"
#include "stock_priv.h"

static const struct op op_receive = { "stock-receive", PERM_STOCK_RECEIVE,
	"variant" };
static const struct op op_issue = { "stock-issue", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_adjust = { "stock-adjust", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_transfer = { "stock-transfer", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_reverse = { "stock-reverse", PERM_STOCK_ADJUST,
	"slip" };

static const char sql_warehouse[] = "SELECT id FROM warehouse WHERE name = $1";

static int
find_warehouse(struct session *s, const char *name, int64_t *id)
{
	int rc;

	if (name == NULL || name[0] == '\0') {
		*id = WAREHOUSE_MAIN;
		return 0;
	}
	rc = db_get1(s->db, sql_warehouse, DB_ARGS(db_t(name)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "warehouse",
		    _("There is no warehouse %s"), name);
	return rc;
}

static int
check_clean(struct session *s, const char *field, const char *text)
{
	if (!utf8_valid(text, strlen(text)))
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is not valid UTF-8"));
	return 0;
}

static int
check_texts(struct session *s, const struct stock_entry *e)
{
	int rc;

	if ((rc = check_clean(s, "bin", e->bin)) < 0 ||
	    (rc = check_clean(s, "supplier", e->supplier)) < 0)
		return rc;
	return check_clean(s, "reason", e->reason);
}

static int
check_qty(struct session *s, const struct stock_entry *e)
{
	if (e->qty <= 0 || e->qty > STOCK_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("How many pieces? At least 1, at most %d"),
		    STOCK_QTY_MAX);
	return 0;
}

static int
check_reason(struct session *s, const char *reason)
{
	if (reason[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why: it is kept in the ledger"));
	return 0;
}

/* What the entry means: its product and its warehouse. */
struct posting {
	struct slip slip;
	struct slip_move move;
	int64_t slip_id, value;
};

static int
resolve(struct session *s, const struct stock_entry *e, struct posting *p)
{
	int rc;

	rc = code_variant(s, e->sku, &p->move.variant_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("No product has the barcode or code %.60s"), e->sku);
	if (rc == 0)
		rc = find_warehouse(s, e->warehouse, &p->move.warehouse_id);
	p->slip.warehouse_id = p->move.warehouse_id;
	p->slip.supplier = e->supplier;
	p->slip.reason = e->reason;
	p->move.bin = e->bin[0] != '\0' ? e->bin : NULL;
	p->move.qty = e->qty;
	return rc;
}

/* One slip with one move, in the operation @op. */
static int
post(struct session *s, const struct op *op, const struct stock_entry *e,
    struct posting *p, int64_t *slip_id)
{
	char no[SLIP_NO_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = resolve(s, e, p);
	if (rc == 0)
		rc = slip_open(s, txn, &p->slip, &p->slip_id);
	p->move.slip_id = p->slip_id;
	if (rc == 0)
		rc = slip_move(s, txn, &p->move, &p->value);
	/* Not what it is worth: who may not see costs may read this. */
	if (rc == 0)
		rc = op_commit(s, op, &txn, p->move.variant_id,
		    "%+" PRId64 " %s, %s%s%s", p->move.qty, e->sku,
		    slip_no(p->slip.kind, p->slip_id, no),
		    e->reason[0] != '\0' ? ": " : "", e->reason);
	op_abort(s, &txn);
	if (rc == 0 && slip_id != NULL)
		*slip_id = p->slip_id;
	return rc;
}

int
stock_receive(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	struct posting p = { .slip.kind = "receipt" };
	int rc;

	if ((rc = check_qty(s, e)) < 0 || (rc = check_texts(s, e)) < 0)
		return rc;
	if (e->cost < 0 || e->cost > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "cost",
		    _("The cost of a piece cannot be below zero or that "
		      "high"));
	p.move.priced = true;
	p.move.value = e->cost * e->qty;
	return post(s, &op_receive, e, &p, slip_id);
}

int
stock_issue(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	struct stock_entry out = *e;
	struct posting p = { .slip.kind = "issue" };
	int rc;

	if ((rc = check_qty(s, e)) < 0 || (rc = check_texts(s, e)) < 0 ||
	    (rc = check_reason(s, e->reason)) < 0)
		return rc;
	out.qty = -e->qty;
	return post(s, &op_issue, &out, &p, slip_id);
}

int
stock_adjust(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	struct posting p = { .slip.kind = "adjust" };
	int rc;

	if (e->qty == 0 || e->qty > STOCK_QTY_MAX || e->qty < -STOCK_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("By how many pieces? +3 or -3, say"));
	if ((rc = check_texts(s, e)) < 0 ||
	    (rc = check_reason(s, e->reason)) < 0)
		return rc;
	return post(s, &op_adjust, e, &p, slip_id);
}

static const char sql_bin[] = "SELECT on_hand, bin FROM stock"
			      " WHERE variant_id = $1 AND warehouse_id = $2";

/* All that is there must be meant, and meant to be where it is. */
static int
check_from(struct session *s, const struct stock_entry *e,
    const struct posting *p, const char *to_bin)
{
	struct db_rows *rows;
	int64_t on_hand = 0;
	char bin[32] = "";
	int rc;

	rc = db_query(s->db, sql_bin,
	    DB_ARGS(db_i(p->move.variant_id), db_i(p->move.warehouse_id)),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		on_hand = db_int(rows, 0);
		copy_text(bin, sizeof(bin), db_text(rows, 1));
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (e->bin[0] != '\0' && strcmp(e->bin, bin) != 0)
		return err_set(&s->err, ERR_STATE, "bin",
		    _("%s is in bin \"%s\", not in \"%s\""), e->sku, bin,
		    e->bin);
	if (e->qty != 0 && e->qty != on_hand)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("A product has one bin: all %" PRId64
		      " pieces move together"),
		    on_hand);
	if (strcmp(bin, to_bin) == 0)
		return err_set(&s->err, ERR_INVALID, "to_bin",
		    _("It is in bin %s already"), to_bin);
	return 0;
}

static int
transfer_apply(struct session *s, struct txn *txn, const struct stock_entry *e,
    const char *to_bin, struct posting *p)
{
	int rc;

	if ((rc = resolve(s, e, p)) < 0 ||
	    (rc = check_from(s, e, p, to_bin)) < 0 ||
	    (rc = slip_open(s, txn, &p->slip, &p->slip_id)) < 0)
		return rc;
	p->move.slip_id = p->slip_id;
	p->move.qty = 0;
	p->move.bin = to_bin;
	return slip_move(s, txn, &p->move, NULL);
}

int
stock_transfer(struct session *s, const struct stock_entry *e,
    const char *to_bin, int64_t *slip_id)
{
	struct posting p = { .slip.kind = "transfer" };
	char no[SLIP_NO_SIZE];
	struct txn *txn;
	int rc;

	if (to_bin == NULL || to_bin[0] == '\0' ||
	    strlen(to_bin) >= sizeof(e->bin))
		return err_set(
		    &s->err, ERR_INVALID, "to_bin", _("To which bin?"));
	if ((rc = check_texts(s, e)) < 0 ||
	    (rc = check_clean(s, "to_bin", to_bin)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_transfer, &txn)) < 0)
		return rc;
	rc = transfer_apply(s, txn, e, to_bin, &p);
	if (rc == 0)
		rc = op_commit(s, &op_transfer, &txn, p.move.variant_id,
		    "%s to bin %s, %s", e->sku, to_bin,
		    slip_no(p.slip.kind, p.slip_id, no));
	op_abort(s, &txn);
	if (rc == 0 && slip_id != NULL)
		*slip_id = p.slip_id;
	return rc;
}

struct old_slip {
	char kind[16], slip_no[32];
	int64_t warehouse_id, reverses_id, reversed;
};

static const char sql_slip[] =
    "SELECT a.kind, a.slip_no, a.warehouse_id, a.reverses_id, b.id"
    " FROM stock_slip a LEFT JOIN stock_slip b ON b.reverses_id = a.id"
    " WHERE a.id = $1";

static int
read_slip(struct session *s, int64_t id, struct old_slip *slip)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_slip, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(slip->kind, sizeof(slip->kind), db_text(rows, 0));
		copy_text(
		    slip->slip_no, sizeof(slip->slip_no), db_text(rows, 1));
		slip->warehouse_id = db_int(rows, 2);
		slip->reverses_id = db_int(rows, 3);
		slip->reversed = db_int(rows, 4);
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such slip"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
check_reversible(struct session *s, const struct old_slip *slip)
{
	if (slip->reversed != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s was reversed already"), slip->slip_no);
	if (slip->reverses_id != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is itself a reversal"), slip->slip_no);
	if (strcmp(slip->kind, "ship") == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s is a shipment's: goods come back by a return"),
		    slip->slip_no);
	if (strcmp(slip->kind, "transfer") == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Slip %s only changed the bin: transfer it back"),
		    slip->slip_no);
	return 0;
}

static const char sql_moves[] =
    "SELECT variant_id, qty, value FROM stock_move WHERE slip_id = $1"
    " ORDER BY id";

/* The same moves the other way round, at what they were worth then. */
static int
counter_moves(struct session *s, struct txn *txn, int64_t slip_id,
    const struct old_slip *slip, int64_t counter_id)
{
	struct slip_move *moves = NULL;
	struct db_rows *rows;
	size_t n = 0, i;
	int rc;

	rc = db_query(s->db, sql_moves, DB_ARGS(db_i(slip_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		moves = xreallocarray(moves, n + 1, sizeof(*moves));
		moves[n++] = (struct slip_move){
			.slip_id = counter_id,
			.warehouse_id = slip->warehouse_id,
			.variant_id = db_int(rows, 0),
			.qty = -db_int(rows, 1),
			.priced = true,
			.value = -db_int(rows, 2),
		};
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < n; i++)
		rc = slip_move(s, txn, &moves[i], NULL);
	free(moves);
	return rc;
}

static int
reverse_apply(struct session *s, struct txn *txn, int64_t slip_id,
    const char *reason, struct old_slip *old, int64_t *counter_id)
{
	struct slip slip = { .reason = reason, .reverses_id = slip_id };
	int rc;

	if ((rc = read_slip(s, slip_id, old)) < 0 ||
	    (rc = check_reversible(s, old)) < 0)
		return rc;
	slip.kind = old->kind;
	slip.warehouse_id = old->warehouse_id;
	if ((rc = slip_open(s, txn, &slip, counter_id)) < 0)
		return rc;
	return counter_moves(s, txn, slip_id, old, *counter_id);
}

int
stock_reverse(
    struct session *s, int64_t slip_id, const char *reason, int64_t *counter_id)
{
	struct old_slip old = { .kind = "" };
	char no[SLIP_NO_SIZE];
	struct txn *txn;
	int64_t counter;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_reverse, &txn)) < 0)
		return rc;
	rc = reverse_apply(s, txn, slip_id, reason, &old, &counter);
	if (rc == 0)
		rc = op_commit(s, &op_reverse, &txn, slip_id, "%s by %s: %s",
		    old.slip_no, slip_no(old.kind, counter, no), reason);
	op_abort(s, &txn);
	if (rc == 0 && counter_id != NULL)
		*counter_id = counter;
	return rc;
}
