/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/session_priv.h"
#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "../stock/stock_priv.h"
#include "purchase_priv.h"
#include "requests_priv.h"

/* What is asked for, and changed until it is decided. */

static const struct op op_add = { "request-add", PERM_PURCHASE_REQUEST,
	"request" };
static const struct op op_save = { "request-save", PERM_PURCHASE_REQUEST,
	"request" };
static const struct op op_line = { "request-line", PERM_PURCHASE_REQUEST,
	"request" };

static const char sql_now[] =
    "SELECT version, state, warehouse_id, staff_id, request_no"
    " FROM purchase_request WHERE id = $1";

int
request_now(
    struct session *s, int64_t id, int64_t version, struct request_now *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct request_now){ .id = id };
	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct request_now){
			.id = id,
			.version = db_int(rows, 0),
			.state = db_int(rows, 1),
			.warehouse_id = db_int(rows, 2),
			.staff_id = db_int(rows, 3),
		};
		copy_text(out->no, sizeof(out->no), db_text(rows, 4));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such purchase request"));
	}
	db_done(rows);
	if (rc == 0 && version != 0 && version != out->version)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("Somebody else changed %s meanwhile"), out->no);
	return rc;
}

static const char sql_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM purchase_request";
static const char sql_insert[] =
    "INSERT INTO purchase_request (request_no, warehouse_id, note, staff_id,"
    " at) VALUES ($1, $2, $3, $4, $5)";

int
request_insert(struct session *s, struct txn *txn, int64_t warehouse_id,
    const char *note, int64_t *id, char no[32])
{
	int64_t next;
	int rc;

	if ((rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, 32, "PR-%06" PRId64, next);
	return db_insert(txn, sql_insert,
	    DB_ARGS(db_t(no), db_i(warehouse_id), db_t(note), db_i(s->staff_id),
		db_i(time_now())),
	    id);
}

static const char sql_put[] =
    "INSERT INTO purchase_request_line (request_id, line_no, variant_id,"
    " company_id, qty, why) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (request_id, line_no) DO UPDATE SET"
    " company_id = excluded.company_id, qty = excluded.qty,"
    " why = excluded.why";

int
request_put(struct session *s, struct txn *txn, int64_t id,
    const struct request_put *line)
{
	int rc = purchase_buyable(s, txn, line->variant_id);

	if (rc == 0 && line->company_id != 0)
		rc = company_usable(s, txn, line->company_id, COMPANY_SUPPLIER);
	return rc < 0 ? rc
		      : db_exec(txn, sql_put,
			    DB_ARGS(db_i(id), db_i(line->line_no),
				db_i(line->variant_id), db_id(line->company_id),
				db_i(line->qty), db_t(line->why)),
			    NULL);
}

/* Who is to sell it: as typed, or as is usual. */
static int
find_company(struct session *s, const char *name, int64_t variant_id,
    int64_t *company_id)
{
	int rc;

	if (name[0] == '\0')
		return purchase_supplier(s, variant_id, company_id);
	rc = company_by_name(s, name, company_id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_INVALID, "company",
		    _("There is no supplier %s"), name);
	return rc;
}

static int
check_line(struct session *s, struct request_line_edit *e)
{
	int rc;

	if ((rc = edit_text(s, "company", e->company, sizeof(e->company))) <
		0 ||
	    (rc = edit_text(s, "why", e->why, sizeof(e->why))) < 0)
		return rc;
	return edit_range(s, "qty", e->qty, STOCK_QTY_MAX);
}

static const char sql_line_of[] =
    "SELECT line_no, company_id, qty, purchase_id, why"
    " FROM purchase_request_line WHERE request_id = $1 AND variant_id = $2";
static const char sql_line_last[] =
    "SELECT coalesce(max(line_no), 0) FROM purchase_request_line"
    " WHERE request_id = $1";

struct was {
	int64_t line_no, company_id, qty, purchase_id;
	char why[200];
};

static int
read_was(struct session *s, int64_t id, int64_t variant_id, struct was *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct was){ .line_no = 0 };
	rc = db_query(
	    s->db, sql_line_of, DB_ARGS(db_i(id), db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->line_no = db_int(rows, 0);
		out->company_id = db_int(rows, 1);
		out->qty = db_int(rows, 2);
		out->purchase_id = db_int(rows, 3);
		copy_text(out->why, sizeof(out->why), db_text(rows, 4));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
add_line(struct session *s, struct txn *txn, int64_t id,
    const struct request_line_edit *edit)
{
	struct request_line_edit e = *edit;
	struct request_put put = { .qty = e.qty };
	struct was was;
	int rc;

	if ((rc = check_line(s, &e)) < 0 ||
	    (rc = purchase_variant(s, e.sku_code, &put.variant_id)) < 0 ||
	    (rc = read_was(s, id, put.variant_id, &was)) < 0)
		return rc;
	if (was.line_no != 0)
		return err_set(&s->err, ERR_INVALID, "sku_code",
		    _("%s is asked for twice"), e.sku_code);
	if (e.qty == 0)
		return err_set(
		    &s->err, ERR_INVALID, "qty", _("Say how many pieces"));
	put.why = e.why;
	if ((rc = find_company(s, e.company, put.variant_id, &put.company_id)) <
		0 ||
	    (rc = db_get1(
		 s->db, sql_line_last, DB_ARGS(db_i(id)), &put.line_no)) < 0)
		return rc;
	put.line_no++;
	return request_put(s, txn, id, &put);
}

static int
check_edit(struct session *s, struct request_edit *e, int64_t *warehouse_id)
{
	int rc = edit_text(s, "note", e->note, sizeof(e->note));

	return rc < 0 ? rc : warehouse_find(s, e->warehouse, warehouse_id);
}

int
request_add(struct session *s, const struct request_edit *edit,
    const struct request_line_edit *lines, size_t n, int64_t *id)
{
	struct request_edit e = *edit;
	int64_t warehouse_id = 0, made = 0;
	struct txn *txn;
	char no[32] = "";
	size_t i;
	int rc;

	if (n > REQUEST_LINES)
		return err_set(&s->err, ERR_INVALID, "sku_code",
		    _("A request has at most %d lines"), REQUEST_LINES);
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	if ((rc = check_edit(s, &e, &warehouse_id)) == 0)
		rc = request_insert(s, txn, warehouse_id, e.note, &made, no);
	for (i = 0; rc == 0 && i < n; i++)
		rc = add_line(s, txn, made, &lines[i]);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, made, "%s: %zu", no, n);
	op_abort(s, &txn);
	if (rc == 0)
		*id = made;
	return rc;
}

static int
need_asked(struct session *s, const struct request_now *now)
{
	if (now->state == REQUEST_ASKED)
		return 0;
	return err_set(
	    &s->err, ERR_STATE, "", _("%s is decided already"), now->no);
}

static const char sql_was[] =
    "SELECT w.name, r.note FROM purchase_request r"
    " JOIN warehouse w ON w.id = r.warehouse_id WHERE r.id = $1";

static int
names_now(struct session *s, int64_t id, struct request_edit *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_was, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(
		    out->warehouse, sizeof(out->warehouse), db_text(rows, 0));
		copy_text(out->note, sizeof(out->note), db_text(rows, 1));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_save[] =
    "UPDATE purchase_request SET warehouse_id = $2, note = $3,"
    " version = version + 1 WHERE id = $1";

int
request_save(struct session *s, int64_t id, int64_t version,
    const struct request_edit *edit)
{
	struct request_edit e = *edit, was = { .note = "" },
			    is = { .note = "" };
	struct str words = STR_INIT;
	struct request_now now = { .id = 0 };
	int64_t warehouse_id = 0;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = check_edit(s, &e, &warehouse_id)) == 0 &&
	    (rc = request_now(s, id, version, &now)) == 0 &&
	    (rc = need_asked(s, &now)) == 0 &&
	    (rc = names_now(s, id, &was)) == 0)
		rc = db_exec(txn, sql_save,
		    DB_ARGS(db_i(id), db_i(warehouse_id), db_t(e.note)), NULL);
	if (rc == 0 && (rc = names_now(s, id, &is)) == 0) {
		tell_text(&words, "warehouse", was.warehouse, is.warehouse);
		tell_text(&words, "note", was.note, is.note);
	}
	if (rc == 0 && words.len > 0)
		rc =
		    op_commit(s, &op_save, &txn, id, "%s: %s", now.no, words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_drop[] =
    "DELETE FROM purchase_request_line WHERE request_id = $1"
    " AND line_no = $2";
static const char sql_touch[] =
    "UPDATE purchase_request SET version = version + 1 WHERE id = $1";

/* An approved one waits for suppliers: nothing else is changed any more. */
static int
check_decided(struct session *s, const struct request_now *now,
    const struct was *was, const struct request_line_edit *e)
{
	if (now->state == REQUEST_ASKED)
		return 0;
	if (now->state != REQUEST_APPROVED || was->line_no == 0 ||
	    was->purchase_id != 0)
		return need_asked(s, now);
	if (e->qty != was->qty)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("%s is approved: only the supplier can be said"),
		    now->no);
	return session_need(s, PERM_PURCHASE_ORDER);
}

struct edited {
	struct request_now now;
	struct was was;
	struct request_put put;
};

static int
set_line(struct session *s, struct txn *txn, const struct request_line_edit *e,
    struct edited *d)
{
	int64_t id = d->now.id;
	int rc;

	if ((rc = check_decided(s, &d->now, &d->was, e)) < 0)
		return rc;
	if (e->qty == 0) {
		if (d->was.line_no == 0)
			return err_set(&s->err, ERR_INVALID, "qty",
			    _("Say how many pieces"));
		return db_exec(txn, sql_drop,
		    DB_ARGS(db_i(id), db_i(d->was.line_no)), NULL);
	}
	d->put.line_no = d->was.line_no;
	if (d->put.line_no == 0) {
		rc = db_get1(
		    s->db, sql_line_last, DB_ARGS(db_i(id)), &d->put.line_no);
		if (rc < 0)
			return rc;
		if (++d->put.line_no > REQUEST_LINES)
			return err_set(&s->err, ERR_STATE, "sku_code",
			    _("A request has at most %d lines"), REQUEST_LINES);
	}
	rc = find_company(s, e->company, d->put.variant_id, &d->put.company_id);
	return rc < 0 ? rc : request_put(s, txn, id, &d->put);
}

int
request_line_set(struct session *s, int64_t id, int64_t version,
    const struct request_line_edit *edit)
{
	struct request_line_edit e = *edit;
	struct edited d = { .put = { .qty = e.qty, .why = e.why } };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_line, &txn)) < 0)
		return rc;
	if ((rc = check_line(s, &e)) == 0 &&
	    (rc = request_now(s, id, version, &d.now)) == 0 &&
	    (rc = purchase_variant(s, e.sku_code, &d.put.variant_id)) == 0 &&
	    (rc = read_was(s, id, d.put.variant_id, &d.was)) == 0)
		rc = set_line(s, txn, &e, &d);
	if (rc == 0)
		rc = db_exec(txn, sql_touch, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_line, &txn, id,
		    "%s: %s %" PRId64 " -> %" PRId64 "%s%s", d.now.no,
		    e.sku_code, d.was.qty, e.qty,
		    e.company[0] != '\0' ? ", " : "", e.company);
	op_abort(s, &txn);
	return rc;
}
