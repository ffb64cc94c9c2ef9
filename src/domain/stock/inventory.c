/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/session_priv.h"
#include "bins_priv.h"
#include "inventory_priv.h"

/* Slips of several lines: each verb checks its lines, then posts them. */

static const struct op op_receive = { "stock-receive", PERM_STOCK_RECEIVE,
	"variant" };
static const struct op op_issue = { "stock-issue", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_adjust = { "stock-adjust", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_scrap = { "stock-scrap", PERM_STOCK_ADJUST,
	"variant" };
static const struct op op_defect = { "stock-defect", PERM_STOCK_MOVE,
	"variant" };
static const struct op op_good = { "stock-good", PERM_STOCK_MOVE, "variant" };
static const struct op op_put = { "stock-put", PERM_STOCK_MOVE, "variant" };
static const struct op op_move = { "stock-move", PERM_STOCK_MOVE, "variant" };

int
check_clean(struct session *s, const char *field, const char *text)
{
	if (!utf8_valid(text, strlen(text)))
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is not valid UTF-8"));
	return 0;
}

int
check_reason(struct session *s, const char *reason)
{
	if (reason[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why: it is kept in the ledger"));
	return 0;
}

int
check_doc(struct session *s, const struct stock_doc *doc)
{
	size_t i;
	int rc;

	if (doc->n == 0)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("A slip has at least one line"));
	if ((rc = check_clean(s, "supplier", doc->supplier)) < 0 ||
	    (rc = check_clean(s, "reason", doc->reason)) < 0)
		return rc;
	for (i = 0; i < doc->n; i++)
		if ((rc = check_clean(s, "bin", doc->lines[i].bin)) < 0 ||
		    (rc = check_clean(s, "to_bin", doc->lines[i].to_bin)) < 0)
			return rc;
	return 0;
}

int
check_qty(struct session *s, int64_t qty)
{
	if (qty <= 0 || qty > STOCK_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("How many pieces? At least 1, at most %d"),
		    STOCK_QTY_MAX);
	return 0;
}

static int
find_line(struct session *s, const struct stock_line *l, struct postings *p,
    struct posting *out)
{
	struct bin_now b;
	int rc;

	*out = (struct posting){ .line = l, .qty = l->qty };
	rc = code_variant(s, l->sku, &out->variant_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("No product has the barcode or code %.60s"), l->sku);
	if (rc < 0 || l->bin[0] == '\0')
		return rc;
	rc = bin_find(s, p->warehouse_id, l->bin, &b);
	out->from_bin = b.id;
	/* What comes in makes its bin. */
	return rc == ERR_INVALID ? 0 : rc;
}

int
posting_of(struct session *s, const struct stock_doc *doc, size_t i, int rc)
{
	struct err was = s->err;

	if (rc >= 0 || doc->n == 1 ||
	    (rc != ERR_STATE && rc != ERR_INVALID && rc != ERR_NOTFOUND))
		return rc;
	return err_set(&s->err, (enum err_code)rc, was.field, _("%s: %s"),
	    doc->lines[i].sku, was.text);
}

int
postings_find(
    struct session *s, const struct stock_doc *doc, struct postings *p)
{
	size_t i;
	int rc;

	*p = (struct postings){ .new_bins = doc->new_bins,
		.v = xcalloc(doc->n, sizeof(*p->v)) };
	rc = warehouse_find(s, doc->warehouse, &p->warehouse_id);
	for (i = 0; rc == 0 && i < doc->n; i++)
		rc = posting_of(
		    s, doc, i, find_line(s, &doc->lines[i], p, &p->v[i]));
	return rc;
}

void
postings_done(struct postings *p)
{
	free(p->v);
}

/* Not what it is worth: who may not see costs may read this. */
#define DETAIL "%+" PRId64 " %s, %s%s%s"

int
postings_commit(struct session *s, const struct op *op, struct txn **txn,
    const struct stock_doc *doc, const struct postings *p, const char *kind)
{
	const char *colon = doc->reason[0] != '\0' ? ": " : "";
	char no[SLIP_NO_SIZE];
	size_t i;
	int rc = 0;

	slip_no(kind, p->slip_id, no);
	for (i = 1; rc == 0 && i < doc->n; i++)
		rc = op_note(s, op, *txn, op->kind, p->v[i].variant_id, DETAIL,
		    p->v[i].qty, doc->lines[i].sku, no, colon, doc->reason);
	if (rc < 0)
		return rc;
	return op_commit(s, op, txn, p->v[0].variant_id, DETAIL, p->v[0].qty,
	    doc->lines[0].sku, no, colon, doc->reason);
}

/* Of the bins it lies in, where the next pieces are taken from. */
static const char sql_good_source[] =
    "SELECT l.bin_id, l.qty FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $2 AND b.warehouse_id = $1 AND b.kind <> 2"
    " AND l.qty > 0 AND b.id <> $3 ORDER BY CASE WHEN b.code = (SELECT s.bin FROM stock s"
    " WHERE s.variant_id = $2 AND s.warehouse_id = $1) THEN -1 ELSE b.kind END,"
    " b.walk, b.along LIMIT 1 /*sort*/";
static const char sql_bad_source[] =
    "SELECT l.bin_id, l.qty FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $2 AND b.warehouse_id = $1 AND b.kind = 2"
    " AND l.qty > 0 AND b.id <> $3 ORDER BY b.walk, b.along LIMIT 1 /*sort*/";
static const char sql_put_source[] =
    "SELECT l.bin_id, l.qty FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $2 AND b.warehouse_id = $1 AND b.kind = 3"
    " AND l.qty > 0 AND b.id <> $3 ORDER BY b.walk, b.along LIMIT 1 /*sort*/";

/* 1 when there is one. */
static int
next_source(struct session *s, const char *sql, const struct postings *p,
    int64_t variant_id, int64_t not_from, int64_t *bin_id, int64_t *qty)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql,
	    DB_ARGS(db_i(p->warehouse_id), db_i(variant_id), db_i(not_from)),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*bin_id = db_int(rows, 0);
		*qty = db_int(rows, 1);
	}
	db_done(rows);
	return rc;
}

struct verb {
	const struct op *op;
	const char *kind;   /* of the slip */
	const char *source; /* of what moves within the warehouse */
	bool reason, all;   /* has to be said; qty 0 means all */
	int sign;           /* of its moves; 0: as it is said */
};
static const struct verb verbs[STOCK_VERBS] = {
	[STOCK_RECEIVE] = { &op_receive, "receipt", NULL, false, false, 1 },
	[STOCK_ISSUE] = { &op_issue, "issue", NULL, true, false, -1 },
	[STOCK_ADJUST] = { &op_adjust, "adjust", NULL, true, false, 0 },
	[STOCK_SCRAP] = { &op_scrap, "scrap", NULL, true, false, -1 },
	[STOCK_DEFECT] = { &op_defect, "defect", sql_good_source, true, false,
	    1 },
	[STOCK_GOOD] = { &op_good, "defect", sql_bad_source, true, false, 1 },
	[STOCK_PUT] = { &op_put, "put", sql_put_source, false, true, 1 },
	[STOCK_MOVE] = { &op_move, "move", sql_good_source, false, true, 1 },
};

/* Where it goes: *@to stays 0 when nobody can tell. */
static int
bin_to(struct session *s, struct txn *txn, enum stock_verb verb,
    const struct postings *p, const struct posting *v, struct bin_now *to)
{
	struct put_proposal where;
	int rc;

	if (v->line->to_bin[0] != '\0') {
		rc = bin_open(s, p->warehouse_id, v->line->to_bin, to);
		if (rc == ERR_NOTFOUND && p->new_bins)
			return bin_need(
			    s, txn, p->warehouse_id, v->line->to_bin, to);
		return rc;
	}
	if (verb == STOCK_DEFECT)
		return bin_of_kind(s, txn, p->warehouse_id, BIN_DEFECTIVE, to);
	rc = put_where(s, p->warehouse_id, v->variant_id, &where);
	if (rc < 0)
		return rc;
	if (verb == STOCK_MOVE || where.why == PUT_NOWHERE)
		return err_set(
		    &s->err, ERR_INVALID, "to_bin", _("To which bin?"));
	return bin_find(s, p->warehouse_id, where.bin, to);
}

static int
nothing_there(
    struct session *s, enum stock_verb verb, int64_t there, int64_t wanted)
{
	if (verb == STOCK_PUT)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("Only %" PRId64 " wait to be put away, %" PRId64
		      " are wanted"),
		    there, wanted);
	if (verb == STOCK_GOOD)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("Only %" PRId64 " are defective, %" PRId64 " are wanted"),
		    there, wanted);
	return err_set(&s->err, ERR_STATE, "qty",
	    _("There are only %" PRId64 " in stock, %" PRId64 " are wanted"),
	    there, wanted);
}

/* Out of one bin: the one that was named, or the home bin. */
static int
move_from(struct session *s, struct txn *txn, const struct postings *p,
    struct posting *v, int64_t to)
{
	int64_t there;
	int rc;

	if ((rc = bin_holds(s, v->from_bin, v->variant_id, &there)) < 0)
		return rc;
	if (v->qty == 0)
		v->qty = there;
	return bin_move(s, txn, p->slip_id, p->warehouse_id, v->variant_id,
	    v->from_bin, to, v->qty);
}

/* Out of as many bins as it needs. */
static int
move_within(struct session *s, struct txn *txn, enum stock_verb verb,
    const struct postings *p, struct posting *v)
{
	int64_t rest, done = 0, from = 0, there = 0, n;
	struct bin_now to;
	int rc;

	if ((rc = bin_to(s, txn, verb, p, v, &to)) < 0)
		return rc;
	if ((verb == STOCK_PUT || verb == STOCK_GOOD) &&
	    to.kind >= BIN_DEFECTIVE)
		return err_set(&s->err, ERR_STATE, "to_bin",
		    _("Bin %s is not for goods that are sold"), to.code);
	if (verb == STOCK_DEFECT && to.kind != BIN_DEFECTIVE)
		return err_set(&s->err, ERR_STATE, "to_bin",
		    _("Bin %s is not for defective goods"), to.code);
	if (v->from_bin != 0)
		return move_from(s, txn, p, v, to.id);
	while (v->qty == 0 || done < v->qty) {
		rc = next_source(s, verbs[verb].source, p, v->variant_id, to.id,
		    &from, &there);
		if (rc < 0)
			return rc;
		if (rc == 0)
			break;
		rest = v->qty - done;
		n = v->qty == 0 || there < rest ? there : rest;
		rc = bin_move(s, txn, p->slip_id, p->warehouse_id,
		    v->variant_id, from, to.id, n);
		if (rc < 0)
			return rc;
		done += n;
		if (verb == STOCK_MOVE && v->qty == 0) /* all of one bin */
			break;
	}
	if (done == 0 && (rc = bin_holds(s, to.id, v->variant_id, &there)) < 0)
		return rc;
	if (done == 0 && verb == STOCK_MOVE && there > 0)
		return err_set(&s->err, ERR_INVALID, "to_bin",
		    _("It is in bin %s already"), to.code);
	if (done < v->qty || done == 0)
		return nothing_there(s, verb, done, v->qty);
	v->qty = done;
	return 0;
}

static int
post_one(struct session *s, struct txn *txn, enum stock_verb verb,
    const struct postings *p, struct posting *v)
{
	struct slip_move m = { .slip_id = p->slip_id,
		.warehouse_id = p->warehouse_id,
		.variant_id = v->variant_id };

	if (v->line->bin[0] != '\0' && v->from_bin == 0 &&
	    verb != STOCK_RECEIVE && !(verb == STOCK_ADJUST && v->qty > 0))
		return err_set(&s->err, ERR_INVALID, "bin",
		    _("There is no bin %s"), v->line->bin);
	if (verbs[verb].source != NULL)
		return move_within(s, txn, verb, p, v);
	if (verbs[verb].sign < 0)
		v->qty = -v->qty;
	m.qty = v->qty;
	m.bin = v->line->bin[0] != '\0' ? v->line->bin : NULL;
	m.priced = verb == STOCK_RECEIVE;
	m.value = v->value;
	return slip_move(s, txn, &m, NULL);
}

/* Each line at its price, and its share of the freight. */
static void
price(const struct stock_doc *doc, struct postings *p)
{
	int64_t *weight = xcalloc(doc->n, sizeof(*weight));
	int64_t *share = xcalloc(doc->n, sizeof(*share));
	int64_t worth = 0;
	size_t i;

	for (i = 0; i < doc->n; i++) {
		p->v[i].value = doc->lines[i].cost * doc->lines[i].qty;
		worth += p->v[i].value;
	}
	for (i = 0; i < doc->n; i++)
		weight[i] = worth != 0 ? p->v[i].value : doc->lines[i].qty;
	share_out(doc->freight, weight, doc->n, share);
	for (i = 0; i < doc->n; i++)
		p->v[i].value += share[i];
	free(weight);
	free(share);
}

static int
check_cost(struct session *s, int64_t cost)
{
	if (cost < 0 || cost > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "cost",
		    _("The cost of a piece cannot be below zero or that "
		      "high"));
	return 0;
}

static int
check_line(struct session *s, enum stock_verb verb, const struct stock_line *l)
{
	int rc;

	if (verbs[verb].sign == 0) {
		if (l->qty == 0 || l->qty > STOCK_QTY_MAX ||
		    l->qty < -STOCK_QTY_MAX)
			return err_set(&s->err, ERR_INVALID, "qty",
			    _("By how many pieces? +3 or -3, say"));
		return 0;
	}
	if (!(verbs[verb].all && l->qty == 0) &&
	    (rc = check_qty(s, l->qty)) < 0)
		return rc;
	if (verb == STOCK_RECEIVE)
		return check_cost(s, l->cost);
	return 0;
}

static int
check_lines(
    struct session *s, enum stock_verb verb, const struct stock_doc *doc)
{
	int64_t all = 0;
	size_t i;
	int rc;

	for (i = 0; i < doc->n; i++) {
		rc = posting_of(s, doc, i, check_line(s, verb, &doc->lines[i]));
		if (rc < 0)
			return rc;
		if (verb == STOCK_RECEIVE)
			all += doc->lines[i].cost * doc->lines[i].qty;
		if (all > STOCK_WORTH_MAX * 10)
			return err_set(&s->err, ERR_INVALID, "cost",
			    _("A slip cannot be worth that much"));
	}
	if (doc->freight < 0 || doc->freight > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "freight",
		    _("Freight cannot be below zero or that high"));
	return 0;
}

static int
apply(struct session *s, struct txn *txn, enum stock_verb verb,
    const struct stock_doc *doc, struct postings *p)
{
	const struct slip slip = { .kind = verbs[verb].kind,
		.warehouse_id = p->warehouse_id,
		.supplier = doc->supplier,
		.reason = doc->reason,
		.freight = verb == STOCK_RECEIVE ? doc->freight : 0 };
	size_t i;
	int rc;

	if ((rc = slip_open(s, txn, &slip, &p->slip_id)) < 0)
		return rc;
	if (verb == STOCK_RECEIVE)
		price(doc, p);
	for (i = 0; rc == 0 && i < doc->n; i++)
		rc = posting_of(s, doc, i, post_one(s, txn, verb, p, &p->v[i]));
	return rc;
}

int
stock_write(struct session *s, enum stock_verb verb,
    const struct stock_doc *doc, int64_t *slip_id)
{
	const struct op *op = verbs[verb].op;
	struct postings p = { .v = NULL };
	struct txn *txn;
	int rc;

	assert(verb < STOCK_VERBS);
	if ((rc = check_doc(s, doc)) < 0 ||
	    (rc = check_lines(s, verb, doc)) < 0 ||
	    (verbs[verb].reason && (rc = check_reason(s, doc->reason)) < 0) ||
	    (rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = postings_find(s, doc, &p);
	if (rc == 0)
		rc = apply(s, txn, verb, doc, &p);
	if (rc == 0)
		rc = postings_commit(s, op, &txn, doc, &p, verbs[verb].kind);
	op_abort(s, &txn);
	if (rc == 0 && slip_id != NULL)
		*slip_id = p.slip_id;
	postings_done(&p);
	return rc;
}

/* One line. */
static int
write_one(struct session *s, enum stock_verb verb, const struct stock_entry *e,
    const char *to_bin, int64_t *slip_id)
{
	struct stock_line line = { .qty = e->qty, .cost = e->cost };
	struct stock_doc doc = { .lines = &line, .n = 1 };

	copy_text(line.sku, sizeof(line.sku), e->sku);
	copy_text(line.bin, sizeof(line.bin), e->bin);
	copy_text(line.to_bin, sizeof(line.to_bin), to_bin);
	copy_text(doc.warehouse, sizeof(doc.warehouse), e->warehouse);
	copy_text(doc.supplier, sizeof(doc.supplier), e->supplier);
	copy_text(doc.reason, sizeof(doc.reason), e->reason);
	doc.new_bins = e->new_bin;
	return stock_write(s, verb, &doc, slip_id);
}

int
stock_receive(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	return write_one(s, STOCK_RECEIVE, e, "", slip_id);
}

int
stock_issue(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	return write_one(s, STOCK_ISSUE, e, "", slip_id);
}

int
stock_adjust(struct session *s, const struct stock_entry *e, int64_t *slip_id)
{
	return write_one(s, STOCK_ADJUST, e, "", slip_id);
}

int
stock_transfer(struct session *s, const struct stock_entry *e,
    const char *to_bin, int64_t *slip_id)
{
	if (to_bin == NULL || to_bin[0] == '\0' ||
	    strlen(to_bin) >= sizeof(e->bin))
		return err_set(
		    &s->err, ERR_INVALID, "to_bin", _("To which bin?"));
	return write_one(s, STOCK_MOVE, e, to_bin, slip_id);
}
