/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/staged.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../import/staged_mark_priv.h"

/*
 * From the kept rows of statements to lines that are matched with orders. How
 * far that went is a setting of its own, "batch:row", as it is for tracking.
 */

static const struct op op_take = { "statement-take", PERM_PAYMENT_CHECK,
	"import" };

#define SLICE 200 /* rows a transaction: a few milliseconds */

static const char mark_name[] = "statement_mark";

struct line {
	struct staged_payment p;
	const char *ref, *order_no;
	int64_t batch;
};
struct slice {
	struct line lines[SLICE];
	size_t n;
	struct staged_mark mark;
	bool more;
	struct arena arena;
};

/* Rows of files that are still being taken in wait. */
static const char sql_rows[] =
    "SELECT t.id, t.kind, t.batch_id, t.at, t.order_no, t.fields, t.key"
    " FROM staged t"
    " WHERE (t.batch_id, t.id) > ($1, $2) AND t.batch_id < coalesce("
    "(SELECT min(b.id) FROM import_batch b WHERE b.state IN (0, 1, 3)),"
    " 9223372036854775807) ORDER BY t.batch_id, t.id LIMIT $3";

static void
read_row(struct slice *sl, const struct db_rows *rows)
{
	struct line *l = &sl->lines[sl->n];
	struct staged t = {
		.id = db_int(rows, 0),
		.kind = "payments",
		.batch = db_int(rows, 2),
		.at = db_int(rows, 3),
		.order_no = row_text(rows, 4, &sl->arena),
		.fields = row_text(rows, 5, &sl->arena),
		.key = row_text(rows, 6, &sl->arena),
	};

	if (!staged_payment(&t, &sl->arena, &l->p) ||
	    l->p.income == l->p.expense)
		return;
	/* A line without a number of its own has the file's key. */
	l->ref = l->p.payment_no[0] != '\0' ? l->p.payment_no : t.key;
	l->order_no = l->p.order_no[0] != '\0' ? l->p.order_no : t.order_no;
	if (l->p.at == 0)
		l->p.at = t.at;
	l->batch = sl->mark.batch;
	sl->n++;
}

/* 1: there were rows. */
static int
read_slice(struct session *s, struct slice *sl)
{
	struct db_rows *rows;
	int64_t n = 0;
	int rc;

	rc = db_query(s->db, sql_rows,
	    DB_ARGS(db_i(sl->mark.batch), db_i(sl->mark.row), db_i(SLICE)),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		n++;
		sl->mark.row = db_int(rows, 0);
		sl->mark.batch = db_int(rows, 2);
		if (strcmp(db_text(rows, 1), "payments") == 0)
			read_row(sl, rows);
	}
	db_done(rows);
	sl->more = n == SLICE;
	return rc < 0 ? rc : (int)(n > 0);
}

/* By the order's number where one order has it; else by the payment that has
 * the number of the line. */
static const char sql_by_no[] =
    "SELECT CASE WHEN count(*) = 1 THEN max(o.id) ELSE 0 END FROM orders o"
    " WHERE o.order_no = $1";
static const char sql_by_ref[] =
    "SELECT CASE WHEN count(DISTINCT p.order_id) = 1 THEN max(p.order_id)"
    " ELSE 0 END FROM payment p WHERE p.ref = $1 AND p.ref <> ''"
    " AND p.undone = 0 /*sort*/";

static int
find_order(struct session *s, const struct line *l, int64_t *id)
{
	int rc = 0;

	*id = 0;
	if (l->order_no[0] != '\0')
		rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(l->order_no)), id);
	if (rc == 0 && *id == 0 && l->p.payment_no[0] != '\0')
		rc = db_get1(
		    s->db, sql_by_ref, DB_ARGS(db_t(l->p.payment_no)), id);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO statement_line (source, ref, at, kind, amount, order_no, text,"
    " order_id, how, matched_by, matched_at, batch_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (source, ref, kind, amount) DO NOTHING";

static int
write_slice(struct session *s, struct txn *txn, const struct slice *sl,
    struct statement_taken *out)
{
	int64_t order_id, added;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sl->n; i++) {
		const struct line *l = &sl->lines[i];

		if ((rc = find_order(s, l, &order_id)) < 0)
			break;
		rc = db_exec(txn, sql_add,
		    DB_ARGS(db_t(l->p.platform), db_t(l->ref), db_i(l->p.at),
			db_t(l->p.type), db_i(l->p.income - l->p.expense),
			db_t(l->order_no), db_t(l->p.about), db_id(order_id),
			db_t(order_id != 0 ? "order" : ""), db_id(0),
			db_i(order_id != 0 ? time_now() : 0), db_i(l->batch)),
		    &added);
		out->lines += rc == 0 && added > 0;
		out->matched += rc == 0 && added > 0 && order_id != 0;
	}
	return rc < 0 ? rc : staged_mark_set(txn, mark_name, &sl->mark);
}

/* 1: there may be more. */
static int
take_slice(struct session *s, struct slice *sl, struct statement_taken *out)
{
	struct statement_taken now = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_take, &txn)) < 0)
		return rc;
	if ((rc = staged_mark_get(s, mark_name, &sl->mark)) == 0)
		rc = read_slice(s, sl);
	if (rc <= 0) {
		op_abort(s, &txn);
		return rc;
	}
	rc = write_slice(s, txn, sl, &now);
	if (rc == 0)
		rc = op_commit(s, &op_take, &txn, sl->mark.batch,
		    "%" PRId64 " lines, %" PRId64 " of orders", now.lines,
		    now.matched);
	op_abort(s, &txn);
	if (rc < 0)
		return rc;
	out->lines += now.lines;
	out->matched += now.matched;
	return sl->more;
}

/* Lines that came before their orders did. Each import is looked at once:
 * whoever opens a line again knows better. */
#define LATE_AMONG "20000" /* the newest */
static const char late_name[] = "statement_late";
static const char sql_newest[] =
    "SELECT coalesce(max(b.id), 0) FROM import_batch b"
    " WHERE b.id < coalesce((SELECT min(r.id) FROM import_batch r"
    " WHERE r.state IN (0, 1, 3)), 9223372036854775807)";
static const char sql_late[] =
    "SELECT l.id, o.id FROM statement_line l JOIN orders o"
    " ON o.order_no = l.order_no AND o.batch_id > l.batch_id"
    " AND o.batch_id > $2 AND o.batch_id <= $3 WHERE l.how = ''"
    " AND l.order_no <> '' AND l.id > (SELECT max(m.id) FROM statement_line m)"
    " - " LATE_AMONG " AND (SELECT count(*) FROM orders x"
    " WHERE x.order_no = l.order_no) = 1 ORDER BY l.id LIMIT $1";
static const char sql_found[] =
    "UPDATE statement_line SET order_id = $2, how = 'order', matched_at = $3"
    " WHERE id = $1 AND how = ''";

struct late {
	int64_t line_id, order_id;
};

static int
read_late(struct session *s, int64_t newest, struct late *v, size_t *n)
{
	struct staged_mark mark;
	struct db_rows *rows;
	int rc;

	if ((rc = staged_mark_get(s, late_name, &mark)) < 0 ||
	    newest <= mark.batch)
		return rc;
	rc = db_query(s->db, sql_late,
	    DB_ARGS(db_i(SLICE), db_i(mark.batch), db_i(newest)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		v[(*n)++] = (struct late){ db_int(rows, 0), db_int(rows, 1) };
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* 1: there may be more. */
static int
take_late(struct session *s, struct statement_taken *out)
{
	struct staged_mark mark = { .row = 0 };
	struct late v[SLICE];
	int64_t found = 0, one;
	struct txn *txn;
	size_t n = 0, i;
	int rc = db_get1(s->db, sql_newest, DB_NOARGS, &mark.batch);

	if (rc == 0)
		rc = read_late(s, mark.batch, v, &n);
	if (rc < 0 || n == 0 || (rc = op_begin(s, &op_take, &txn)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++) {
		rc = db_exec(txn, sql_found,
		    DB_ARGS(db_i(v[i].line_id), db_i(v[i].order_id),
			db_i(time_now())),
		    &one);
		found += rc == 0 ? one : 0;
	}
	if (rc == 0 && n < SLICE)
		rc = staged_mark_set(txn, late_name, &mark);
	if (rc == 0)
		rc = op_commit(s, &op_take, &txn, 0,
		    "%" PRId64 " lines found their orders", found);
	op_abort(s, &txn);
	if (rc < 0)
		return rc;
	out->late += found;
	return found > 0 && n == SLICE;
}

int
statement_take(struct session *s, struct statement_taken *out)
{
	struct slice *sl;
	int64_t waits;
	int rc;

	*out = (struct statement_taken){ 0 };
	/* Nothing new is found without asking for the right to write. */
	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	while ((rc = take_late(s, out)) > 0)
		continue;
	if (rc < 0 || (rc = staged_mark_waits(s, mark_name, &waits)) < 0 ||
	    waits == 0)
		return rc;
	sl = xcalloc(1, sizeof(*sl));
	do {
		sl->n = 0;
		rc = take_slice(s, sl, out);
		arena_done(&sl->arena);
		sl->arena = (struct arena){ 0 };
	} while (rc > 0);
	free(sl);
	return rc;
}
