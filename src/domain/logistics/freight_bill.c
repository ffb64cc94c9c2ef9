/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staged.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "freight_priv.h"

/*
 * A courier's bill: each of its lines against the parcel with that waybill, at
 * our weight and by our template. What was billed is kept with the parcel.
 */

static const struct op op_take = { "freight-bill-take", PERM_FREIGHT_EDIT,
	"freight-bill" };
static const struct op op_drop = { "freight-bill-drop", PERM_FREIGHT_EDIT,
	"freight-bill" };

/* The bill that is being made. */
struct taking {
	struct session *s;
	struct txn *txn;
	int64_t courier_id, batch, id, over;
	char bill_no[64];
	struct freight_rates rates;
	struct arena arena;
	int64_t n, amount, due, wrong_n;
};

/* The newest import of bills that this courier has no bill of. */
static const char sql_batch[] =
    "SELECT b.id, b.files FROM import_batch b WHERE b.kind IN"
    " ('freight-bill', 'staged')"
    " AND b.state = 2 AND ($1 = 0 OR b.id = $1) AND ($1 <> 0"
    " OR NOT EXISTS (SELECT 1 FROM freight_bill f WHERE f.courier_id = $2"
    " AND f.batch_id = b.id /*scan*/)) AND EXISTS (SELECT 1 FROM staged t"
    " WHERE t.batch_id = b.id AND t.kind = 'freight-bill') ORDER BY b.id DESC LIMIT 1";

/* "bill-2026-10.csv TAB hash": the bill is called as its file is. */
static void
name_by_file(struct taking *t, const char *files)
{
	size_t n = strcspn(files, "\t\n"), i;

	for (i = n; i > 0 && files[i - 1] != '.'; i--)
		;
	if (i > 1)
		n = i - 1;
	copy_text(
	    t->bill_no, sizeof(t->bill_no), arena_strndup(&t->arena, files, n));
}

static int
find_batch(struct taking *t, int64_t batch)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(t->s->db, sql_batch,
	    DB_ARGS(db_i(batch), db_i(t->courier_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		t->batch = db_int(rows, 0);
		if (t->bill_no[0] == '\0')
			name_by_file(t, db_text(rows, 1));
	} else if (rc == 0) {
		rc = err_set(&t->s->err, ERR_NOTFOUND, "batch",
		    _("There is no imported bill that this courier has not "
		      "been settled with: import freight-bill first"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_named[] =
    "SELECT count(*) FROM freight_bill WHERE courier_id = $1"
    " AND (bill_no = $2 OR batch_id = $3)";
static const char sql_open[] =
    "INSERT INTO freight_bill (courier_id, bill_no, staff_id, at, n, amount,"
    " batch_id) VALUES ($1, $2, $3, $4, 0, 0, $5)";

static int
open_bill(struct taking *t)
{
	int64_t n;
	int rc;

	rc = db_fetch1(t->txn, sql_named,
	    DB_ARGS(db_i(t->courier_id), db_t(t->bill_no), db_i(t->batch)), &n);
	if (rc == 0 && n > 0)
		return err_set(&t->s->err, ERR_CONFLICT, "bill_no",
		    _("The bill %s of this courier is taken already"),
		    t->bill_no);
	if (rc < 0)
		return rc;
	return db_insert(t->txn, sql_open,
	    DB_ARGS(db_i(t->courier_id), db_t(t->bill_no), db_i(t->s->staff_id),
		db_i(time_now()), db_i(t->batch)),
	    &t->id);
}

static const char sql_parcel[] =
    "SELECT p.id, p.courier_id, coalesce(p.warehouse_id, 1), p.shipped_at,"
    " CASE WHEN p.weight > 0 THEN p.weight ELSE p.expected END,"
    " coalesce(r.province, '') FROM parcel p JOIN orders o"
    " ON o.id = p.order_id LEFT JOIN receiver r ON r.id = o.receiver_id"
    " WHERE p.waybill_no = $1";
static const char sql_before[] =
    "SELECT count(*) FROM freight_bill_line WHERE waybill_no = $1";

/* A line, and what we know of it. */
struct line {
	struct staged_bill b;
	int64_t parcel_id, state, due;
	bool rated;
};

/* What it should cost; at the courier's weight when we have none. */
static int
rate_line(struct taking *t, struct line *l, int64_t warehouse_id, int64_t at,
    int64_t grams, const char *place)
{
	struct freight_load load = { .grams = grams > 0 ? grams : l->b.grams };
	const struct freight_rate *r;
	char province[32];
	int rc = 0;

	(void)province_brief(place, province);
	r = freight_rate_find(
	    &t->rates, t->courier_id, warehouse_id, province, at);
	if (r == NULL)
		return 0;
	if (r->basis != BASIS_WEIGHT || r->divisor > 0)
		rc = freight_parcel_goods(t->s, l->parcel_id, &load);
	l->rated = rc == 0 && freight_rate_fee(r, &load, &l->due, NULL);
	return rc;
}

static int
match_line(struct taking *t, struct line *l)
{
	struct db_rows *rows;
	int64_t warehouse_id = 0, at = 0, grams = 0;
	char place[64] = "";
	int rc;

	rc = db_query(t->s->db, sql_parcel, DB_ARGS(db_t(l->b.waybill)), &rows);
	if (rc < 0)
		return rc;
	/* Somebody else's parcel is none that this one carried. */
	if ((rc = db_next(rows)) > 0 && db_int(rows, 1) == t->courier_id) {
		l->parcel_id = db_int(rows, 0);
		warehouse_id = db_int(rows, 2);
		at = db_int(rows, 3);
		grams = db_int(rows, 4);
		copy_text(place, sizeof(place), db_text(rows, 5));
	}
	db_done(rows);
	if (rc < 0 || l->parcel_id == 0)
		return rc < 0 ? rc : 0;
	return rate_line(t, l, warehouse_id, at, grams, place);
}

static int
judge_line(struct taking *t, struct line *l)
{
	int64_t before;
	int rc;

	rc =
	    db_fetch1(t->txn, sql_before, DB_ARGS(db_t(l->b.waybill)), &before);
	if (rc == 0)
		rc = match_line(t, l);
	if (rc < 0)
		return rc;
	if (before > 0) {
		l->state = BILL_TWICE;
		l->due = 0;
		l->rated = true;
	} else if (l->parcel_id == 0) {
		l->state = BILL_UNKNOWN;
	} else if (l->rated && l->b.fee > l->due + t->over) {
		l->state = BILL_OVER;
	} else if (l->rated && l->b.fee < l->due - t->over) {
		l->state = BILL_UNDER;
	} else {
		l->state = BILL_AGREES;
	}
	return 0;
}

static const char sql_line[] =
    "INSERT INTO freight_bill_line (bill_id, waybill_no, weight, amount,"
    " province, parcel_id, due, state, note)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
static const char sql_billed[] =
    "UPDATE parcel SET billed = coalesce(billed, 0) + $2 WHERE id = $1";

static int
put_line(struct taking *t, const struct line *l)
{
	const struct db_val none = { .type = DB_NULL };
	char province[32];
	int rc;

	(void)province_brief(l->b.province, province);
	rc = db_exec(t->txn, sql_line,
	    DB_ARGS(db_i(t->id), db_t(l->b.waybill), db_i(l->b.grams),
		db_i(l->b.fee), db_t(province), db_id(l->parcel_id),
		l->rated ? db_i(l->due) : none, db_i(l->state),
		db_t(l->b.note)),
	    NULL);
	if (rc == 0 && l->parcel_id != 0)
		rc = db_exec(t->txn, sql_billed,
		    DB_ARGS(db_i(l->parcel_id), db_i(l->b.fee)), NULL);
	t->n++;
	t->amount += l->b.fee;
	t->due += l->rated ? l->due : 0;
	t->wrong_n += l->state != BILL_AGREES;
	return rc;
}

static const char sql_rows[] =
    "SELECT id, fields FROM staged WHERE batch_id = $1 AND id > $2"
    " AND kind = 'freight-bill' ORDER BY id LIMIT 500";

/* Rows of another courier, in a file of several, are for its own bill. */
static int
is_theirs(struct taking *t, const struct staged_bill *b, bool *yes)
{
	struct err was = t->s->err;
	int64_t id = 0;
	int rc;

	*yes = true;
	if (b->courier[0] == '\0')
		return 0;
	rc = courier_find(t->s, b->courier, &id);
	if (rc < 0 && rc != ERR_INVALID)
		return rc;
	t->s->err = was;
	*yes = rc < 0 || id == t->courier_id;
	return 0;
}

static int
take_row(struct taking *t, const char *fields)
{
	const struct staged row = { .kind = "freight-bill", .fields = fields };
	struct line l = { .state = BILL_AGREES };
	bool theirs;
	int rc;

	if (!staged_bill(&row, &t->arena, &l.b))
		return 0;
	if ((rc = is_theirs(t, &l.b, &theirs)) < 0 || !theirs)
		return rc;
	rc = judge_line(t, &l);
	return rc < 0 ? rc : put_line(t, &l);
}

/* As many as fit a page, so that nothing is written under an open read. */
static int
take_some(struct taking *t, int64_t *after, size_t *n)
{
	const char *fields[500];
	struct db_rows *rows;
	size_t i;
	int rc;

	*n = 0;
	arena_reset(&t->arena);
	rc = db_query(
	    t->s->db, sql_rows, DB_ARGS(db_i(t->batch), db_i(*after)), &rows);
	if (rc < 0)
		return rc;
	while (*n < 500 && (rc = db_next(rows)) > 0) {
		*after = db_int(rows, 0);
		fields[(*n)++] = row_text(rows, 1, &t->arena);
	}
	db_done(rows);
	for (i = 0; rc >= 0 && i < *n; i++)
		rc = take_row(t, fields[i]);
	return rc < 0 ? rc : 0;
}

static const char sql_sums[] =
    "UPDATE freight_bill SET n = $2, amount = $3, due = $4, wrong_n = $5,"
    " open_n = $5 WHERE id = $1";

static int
take_all(struct taking *t)
{
	int64_t after = 0;
	size_t n;
	int rc;

	do
		rc = take_some(t, &after, &n);
	while (rc == 0 && n > 0);
	if (rc == 0 && t->n == 0)
		rc = err_set(&t->s->err, ERR_NOTFOUND, "courier",
		    _("The imported bill has no line of this courier"));
	if (rc < 0)
		return rc;
	return db_exec(t->txn, sql_sums,
	    DB_ARGS(db_i(t->id), db_i(t->n), db_i(t->amount), db_i(t->due),
		db_i(t->wrong_n)),
	    NULL);
}

/* Inside the operation: the bill with all its lines. */
static int
take_bill(struct taking *t, int64_t batch)
{
	int rc;

	if ((rc = find_batch(t, batch)) < 0 || (rc = open_bill(t)) < 0 ||
	    (rc = freight_rates_read(t->s, t->courier_id, NULL, &t->rates)) < 0)
		return rc;
	rc = take_all(t);
	freight_rates_done(&t->rates);
	return rc;
}

int
freight_bill_take(struct session *s, const char *courier, const char *bill_no,
    int64_t batch, int64_t *id)
{
	struct taking t = { .s = s };
	int rc;

	if ((rc = courier_find(s, courier, &t.courier_id)) < 0 ||
	    (rc = setting_int(s, SETTING_FREIGHT_OVER, &t.over)) < 0)
		return rc;
	if (!trim_text(t.bill_no, sizeof(t.bill_no), bill_no) ||
	    !utf8_valid(t.bill_no, strlen(t.bill_no)))
		return err_set(&s->err, ERR_INVALID, "bill_no",
		    _("The bill's number is too long"));
	if ((rc = op_begin_merge(s, &op_take, &t.txn)) < 0)
		return rc;
	rc = take_bill(&t, batch);
	if (rc == 0)
		rc = op_commit(s, &op_take, &t.txn, t.id,
		    "%s %s, %" PRId64 " lines, %" PRId64 " fen, %" PRId64
		    " wrong",
		    courier, t.bill_no, t.n, t.amount, t.wrong_n);
	op_abort(s, &t.txn);
	arena_done(&t.arena);
	if (rc == 0)
		*id = t.id;
	return rc;
}

static const char sql_newest[] =
    "SELECT coalesce(max(id), 0) FROM freight_bill";
static const char sql_settled[] =
    "SELECT count(*) FROM freight_bill_line WHERE bill_id = $1"
    " AND settled <> ''";
/* With it gone the parcels are as billed as the bills before have it. */
static const char sql_unbilled[] =
    "UPDATE parcel SET billed = (SELECT sum(CASE WHEN f.settled <> 'credited'"
    " THEN f.amount WHEN f.state = 3 THEN 0 ELSE coalesce(f.due, f.amount)"
    " END) FROM freight_bill_line f WHERE f.waybill_no = parcel.waybill_no"
    " AND f.parcel_id = parcel.id AND f.bill_id <> $1) WHERE id IN"
    " (SELECT l.parcel_id FROM freight_bill_line l WHERE l.bill_id = $1)";
static const char sql_lines_gone[] =
    "DELETE FROM freight_bill_line WHERE bill_id = $1";
static const char sql_gone[] = "DELETE FROM freight_bill WHERE id = $1";

static int
drop_bill(struct session *s, struct txn *txn, int64_t id)
{
	const struct db_val of = db_i(id);
	int64_t newest, n;
	int rc;

	if ((rc = db_fetch1(txn, sql_newest, DB_NOARGS, &newest)) < 0)
		return rc;
	/* Those behind it were compared with it. */
	if (newest != id)
		return err_set(&s->err, ERR_STATE, "",
		    _("Only the newest bill can be taken away"));
	if ((rc = db_fetch1(txn, sql_settled, DB_ARGS(of), &n)) < 0)
		return rc;
	if (n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Lines of this bill are settled: open them again first"));
	if ((rc = db_exec(txn, sql_unbilled, DB_ARGS(of), NULL)) < 0 ||
	    (rc = db_exec(txn, sql_lines_gone, DB_ARGS(of), NULL)) < 0)
		return rc;
	return db_exec(txn, sql_gone, DB_ARGS(of), NULL);
}

int
freight_bill_drop(struct session *s, int64_t id)
{
	const struct freight_bill *b;
	struct page page;
	struct txn *txn;
	int rc;

	if ((rc = op_begin_merge(s, &op_drop, &txn)) < 0)
		return rc;
	if ((rc = freight_bill_get(s, id, &page)) == 0) {
		b = page_row(&page, 0);
		rc = drop_bill(s, txn, id);
		if (rc == 0)
			rc = op_commit(s, &op_drop, &txn, id,
			    "%s %s, %" PRId64 " lines", b->courier, b->bill_no,
			    b->n);
		page_free(&page);
	}
	op_abort(s, &txn);
	return rc;
}
