/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../stock/inventory_priv.h"
#include "receipts_priv.h"

/* Goods at the door, a scan a write. */

static const struct op op_scan = { "purchase-scan", PERM_STOCK_RECEIVE,
	"purchase" };
static const struct op op_drop = { "purchase-scan-drop", PERM_STOCK_RECEIVE,
	"purchase" };

static const char sql_read[] =
    "SELECT r.id, r.version, r.purchase_id, r.state, p.purchase_no,"
    " coalesce(x.slip_no, '') FROM receiving r"
    " JOIN purchase p ON p.id = r.purchase_id"
    " LEFT JOIN stock_slip x ON x.id = r.slip_id WHERE r.id = $1";
static const char sql_of_order[] =
    "SELECT r.id, r.version, r.purchase_id, r.state, p.purchase_no, ''"
    " FROM receiving r JOIN purchase p ON p.id = r.purchase_id"
    " WHERE r.purchase_id = $1 AND r.state = 0";

/* ERR_NOTFOUND, without words, when there is none. */
static int
read_one(struct session *s, const char *sql, int64_t id, struct scanned *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->id = db_int(rows, 0);
		out->version = db_int(rows, 1);
		out->purchase_id = db_int(rows, 2);
		out->state = db_int(rows, 3);
		copy_text(out->no, sizeof(out->no), db_text(rows, 4));
		copy_text(out->slip_no, sizeof(out->slip_no), db_text(rows, 5));
	}
	db_done(rows);
	return rc == 0 ? ERR_NOTFOUND : rc < 0 ? rc : 0;
}

int
receiving_read(
    struct session *s, int64_t id, int64_t version, struct scanned *out)
{
	int rc = read_one(s, sql_read, id, out);

	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, rc, "", _("Nothing is scanned under this number"));
	if (rc < 0)
		return rc;
	if (out->state == RECEIVING_DONE)
		return err_set(&s->err, ERR_STATE, "",
		    _("What was scanned of %s was received as %s already"),
		    out->no, out->slip_no);
	if (out->state == RECEIVING_DROPPED)
		return err_set(&s->err, ERR_STATE, "",
		    _("What was scanned of %s was thrown away"), out->no);
	if (version != 0 && version != out->version)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("More of %s was scanned meanwhile: look at it again"),
		    out->no);
	return 0;
}

int
receiving_none(struct session *s, const struct purchase_now *order)
{
	struct scanned open;
	int rc = read_one(s, sql_of_order, order->id, &open);

	if (rc == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Goods of %s are scanned and not received: receive them, "
		      "or throw the scans away"),
		    order->no);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static const char sql_begin[] =
    "INSERT INTO receiving (purchase_id, staff_id, at, last_by, last_at)"
    " VALUES ($1, $2, $3, $2, $3)";

/* The one of the order, begun when there is none. */
static int
need(struct session *s, struct txn *txn, int64_t purchase_id,
    struct receiving_now *now)
{
	struct scanned open = { .id = 0 };
	int rc = read_one(s, sql_of_order, purchase_id, &open);

	now->id = open.id;
	now->version = open.version;
	if (rc != ERR_NOTFOUND)
		return rc;
	now->version = 1;
	return db_insert(txn, sql_begin,
	    DB_ARGS(db_i(purchase_id), db_i(s->staff_id), db_i(time_now())),
	    &now->id);
}

static const char sql_line[] =
    "SELECT qty, bad FROM receiving_line WHERE receiving_id = $1"
    " AND line_no = $2";

static int
read_line(struct session *s, int64_t line_no, struct receiving_now *now)
{
	struct db_rows *rows;
	int rc = db_query(
	    s->db, sql_line, DB_ARGS(db_i(now->id), db_i(line_no)), &rows);

	now->qty = now->bad = 0;
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		now->qty = db_int(rows, 0);
		now->bad = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_put[] =
    "INSERT INTO receiving_line (receiving_id, line_no, qty, bad, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (receiving_id, line_no) DO UPDATE SET qty = excluded.qty,"
    " bad = excluded.bad, staff_id = excluded.staff_id, at = excluded.at";
static const char sql_last[] =
    "UPDATE receiving SET line_no = $2, last_by = $3, last_at = $4,"
    " version = $5 WHERE id = $1";

static int
put_line(struct session *s, struct txn *txn, int64_t line_no,
    struct receiving_now *now)
{
	const int64_t at = time_now();
	int rc = db_exec(txn, sql_put,
	    DB_ARGS(db_i(now->id), db_i(line_no), db_i(now->qty),
		db_i(now->bad), db_i(s->staff_id), db_i(at)),
	    NULL);

	now->version++;
	return rc < 0
		   ? rc
		   : db_exec(txn, sql_last,
			 DB_ARGS(db_i(now->id), db_i(line_no),
			     db_i(s->staff_id), db_i(at), db_i(now->version)),
			 NULL);
}

static int
add(struct session *s, struct txn *txn, int64_t purchase_id,
    const struct receipt_scan *scan, struct receiving_now *now)
{
	int rc;

	if ((rc = need(s, txn, purchase_id, now)) < 0 ||
	    (rc = read_line(s, scan->line_no, now)) < 0)
		return rc;
	now->qty = scan->counted ? scan->qty : now->qty + scan->qty;
	if (now->qty > 0 && (rc = check_qty(s, now->qty)) < 0)
		return rc;
	if (now->bad > now->qty)
		now->bad = now->qty;
	return put_line(s, txn, scan->line_no, now);
}

int
receiving_scan(struct session *s, int64_t purchase_id, const char *text,
    struct receipt_scan *scan, struct receiving_now *now)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_scan, &txn)) < 0)
		return rc;
	if ((rc = receipt_scan(s, purchase_id, text, scan)) == 0)
		rc = add(s, txn, purchase_id, scan, now);
	if (rc == 0)
		rc = op_commit(s, &op_scan, &txn, purchase_id, "%s %" PRId64,
		    scan->sku_code, now->qty);
	op_abort(s, &txn);
	return rc;
}

int
receiving_bad(
    struct session *s, int64_t id, int64_t line_no, struct receiving_now *now)
{
	struct scanned open = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_scan, &txn)) < 0)
		return rc;
	if ((rc = receiving_read(s, id, 0, &open)) == 0) {
		*now = (struct receiving_now){ id, open.version, 0, 0 };
		rc = read_line(s, line_no, now);
	}
	if (rc == 0 && now->bad >= now->qty)
		rc = err_set(&s->err, ERR_STATE, "bad",
		    _("Scan the piece first, then say that it is bad"));
	if (rc == 0) {
		now->bad++;
		rc = put_line(s, txn, line_no, now);
	}
	if (rc == 0)
		rc = op_commit(s, &op_scan, &txn, open.purchase_id,
		    "line %" PRId64 ", defective %" PRId64, line_no, now->bad);
	op_abort(s, &txn);
	return rc;
}

static const char sql_pieces[] =
    "SELECT coalesce(sum(qty), 0) FROM receiving_line WHERE receiving_id = $1";
static const char sql_end[] =
    "UPDATE receiving SET state = $2, slip_id = $3, version = version + 1"
    " WHERE id = $1";

int
receiving_end(
    struct txn *txn, int64_t id, enum receiving_state state, int64_t slip_id)
{
	return db_exec(
	    txn, sql_end, DB_ARGS(db_i(id), db_i(state), db_id(slip_id)), NULL);
}

int
receiving_drop(struct session *s, int64_t id, int64_t version)
{
	struct scanned open = { .id = 0 };
	int64_t pieces = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_drop, &txn)) < 0)
		return rc;
	if ((rc = receiving_read(s, id, version, &open)) == 0 &&
	    (rc = db_get1(s->db, sql_pieces, DB_ARGS(db_i(id)), &pieces)) == 0)
		rc = receiving_end(txn, id, RECEIVING_DROPPED, 0);
	if (rc == 0)
		rc = op_commit(s, &op_drop, &txn, open.purchase_id,
		    "%s: %" PRId64, open.no, pieces);
	op_abort(s, &txn);
	return rc;
}

static const char sql_scanned[] =
    "SELECT v.sku_code, l.line_no, l.qty, l.bad FROM receiving_line l"
    " JOIN purchase_line p ON p.purchase_id = $2 AND p.line_no = l.line_no"
    " JOIN variant v ON v.id = p.variant_id"
    " WHERE l.receiving_id = $1 AND l.qty > 0 ORDER BY l.line_no";

static int
take_lines(struct session *s, const struct scanned *open, struct arrival *a)
{
	struct db_rows *rows;
	struct coming *c;
	int rc = db_query(s->db, sql_scanned,
	    DB_ARGS(db_i(open->id), db_i(open->purchase_id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		a->v = xreallocarray(a->v, a->n + 1, sizeof(*a->v));
		c = &a->v[a->n++];
		*c = (struct coming){
			.code = arena_strdup(&a->words, db_text(rows, 0)),
			.line.line_no = db_int(rows, 1),
			.qty = db_int(rows, 2),
			.bad = db_int(rows, 3),
		};
		a->pieces += c->qty;
		a->bad += c->bad;
	}
	db_done(rows);
	return rc;
}

int
receiving_arrival(
    struct session *s, const struct scanned *open, struct arrival *a)
{
	size_t i;
	int rc;

	*a = (struct arrival){ .v = NULL };
	if ((rc = purchase_now(s, open->purchase_id, 0, &a->order)) < 0 ||
	    (rc = take_lines(s, open, a)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < a->n; i++)
		rc = purchase_line_now(
		    s, a->order.id, a->v[i].line.line_no, &a->v[i].line);
	if (rc == 0 && a->n == 0)
		rc = err_set(
		    &s->err, ERR_STATE, "", _("Nothing was scanned yet"));
	return rc;
}
