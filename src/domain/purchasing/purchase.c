/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/routing.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "../stock/stock_priv.h"
#include "purchase_priv.h"

/* An order to a supplier as a whole: written, copied; what others ask of it. */

static const struct op op_add = { "purchase-add", PERM_PURCHASE_ORDER,
	"purchase" };
static const struct op op_save = { "purchase-save", PERM_PURCHASE_ORDER,
	"purchase" };
static const struct op op_copy = { "purchase-copy", PERM_PURCHASE_ORDER,
	"purchase" };

#define DAYS_AHEAD 3660

static const char sql_now[] =
    "SELECT p.version, p.state, p.company_id, p.warehouse_id, p.freight,"
    " p.expected_at, c.lead_days, p.purchase_no, c.name FROM purchase p"
    " JOIN company c ON c.id = p.company_id WHERE p.id = $1";

int
purchase_now(
    struct session *s, int64_t id, int64_t version, struct purchase_now *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct purchase_now){ .id = id };
	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct purchase_now){
			.id = id,
			.version = db_int(rows, 0),
			.state = db_int(rows, 1),
			.company_id = db_int(rows, 2),
			.warehouse_id = db_int(rows, 3),
			.freight = db_int(rows, 4),
			.expected_at = db_int(rows, 5),
			.lead_days = db_int(rows, 6),
		};
		copy_text(out->no, sizeof(out->no), db_text(rows, 7));
		copy_text(out->company, sizeof(out->company), db_text(rows, 8));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such purchase order"));
	}
	db_done(rows);
	if (rc == 0 && version != 0 && version != out->version)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("Somebody else changed %s meanwhile"), out->no);
	return rc;
}

static const char sql_next[] = "SELECT coalesce(max(id), 0) + 1 FROM purchase";
static const char sql_insert[] =
    "INSERT INTO purchase (purchase_no, company_id, warehouse_id, request_id,"
    " staff_id, at) VALUES ($1, $2, $3, $4, $5, $6)";

int
purchase_insert(struct session *s, struct txn *txn, int64_t company_id,
    int64_t warehouse_id, int64_t request_id, int64_t *id, char no[32])
{
	int64_t next;
	int rc;

	if ((rc = company_usable(s, txn, company_id, COMPANY_SUPPLIER)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, 32, "PO-%06" PRId64, next);
	return db_insert(txn, sql_insert,
	    DB_ARGS(db_t(no), db_i(company_id), db_i(warehouse_id),
		db_id(request_id), db_i(s->staff_id), db_i(time_now())),
	    id);
}

static const char sql_is_kit[] = "SELECT kit FROM variant WHERE id = $1";

int
purchase_buyable(struct session *s, struct txn *txn, int64_t variant_id)
{
	int64_t kit;
	int rc;

	if ((rc = variant_usable(s, txn, variant_id)) < 0 ||
	    (rc = db_get1(s->db, sql_is_kit, DB_ARGS(db_i(variant_id)), &kit)) <
		0)
		return rc;
	if (kit == 0)
		return 0;
	return err_set(&s->err, ERR_STATE, "sku_code",
	    _("A kit is not bought itself: buy its parts"));
}

static const char sql_supplier[] =
    "SELECT i.company_id FROM supplier_item i"
    " JOIN company c ON c.id = i.company_id"
    " WHERE i.variant_id = $1 AND c.active = 1"
    " ORDER BY i.first DESC, i.price, i.company_id LIMIT 1 /*sort*/";

int
purchase_supplier(struct session *s, int64_t variant_id, int64_t *company_id)
{
	int rc =
	    db_get1(s->db, sql_supplier, DB_ARGS(db_i(variant_id)), company_id);

	if (rc == ERR_NOTFOUND) {
		*company_id = 0;
		rc = 0;
	}
	return rc;
}

static const char sql_price[] =
    "SELECT price FROM supplier_item WHERE variant_id = $1 AND company_id = $2";

int
purchase_price(
    struct session *s, int64_t variant_id, int64_t company_id, int64_t *price)
{
	int rc = db_get1(s->db, sql_price,
	    DB_ARGS(db_i(variant_id), db_i(company_id)), price);

	if (rc == ERR_NOTFOUND) {
		*price = 0;
		rc = 0;
	}
	return rc;
}

int
purchase_variant(struct session *s, const char *code, int64_t *id)
{
	int rc;

	if (code[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "sku_code", _("Say which product"));
	rc = code_variant(s, code, id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_INVALID, "sku_code",
		    _("No product has the code %s"), code);
	return rc;
}

int
purchase_reason(struct session *s, const char *typed, char *out, size_t size)
{
	if (!trim_text(out, size, typed) || !utf8_valid(typed, strlen(typed)))
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("The text is not valid UTF-8, or too long"));
	if (out[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason", _("Say why"));
	return 0;
}

/* What can be judged without the database; texts are trimmed. @kept: the day
 * that an order has may be over. */
static int
check_edit(struct session *s, struct purchase_edit *e, int64_t kept)
{
	int64_t today = time_day(time_now());
	int rc;

	if ((rc = edit_text(s, "company", e->company, sizeof(e->company))) <
		0 ||
	    (rc = edit_text(s, "note", e->note, sizeof(e->note))) < 0 ||
	    (rc = edit_range(s, "freight", e->freight, STOCK_COST_MAX)) < 0)
		return rc;
	if (e->company[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "company",
		    _("Say from which supplier"));
	if (e->expected < 0 || e->expected > today + DAYS_AHEAD)
		return err_set(&s->err, ERR_INVALID, "expected",
		    _("Say on which day it is expected"));
	if (e->expected != 0 && e->expected < today && e->expected != kept)
		return err_set(&s->err, ERR_INVALID, "expected",
		    _("The day on which it is expected is over"));
	/* Prices are shown as nothing, and would be saved so. */
	return session_need(s, PERM_COST_VIEW);
}

/* The ids of what was typed. */
static int
find_both(struct session *s, const struct purchase_edit *e, int64_t *company_id,
    int64_t *warehouse_id)
{
	int rc = company_by_name(s, e->company, company_id);

	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_INVALID, "company",
		    _("There is no supplier %s"), e->company);
	return rc < 0 ? rc : warehouse_find(s, e->warehouse, warehouse_id);
}

/* To the end of that day it is not late. */
static int64_t
end_of(int64_t day)
{
	return day != 0 ? day_start(day + 1) - 1 : 0;
}

static const char sql_set[] =
    "UPDATE purchase SET company_id = $2, warehouse_id = $3, freight = $4,"
    " expected_at = $5, note = $6, version = version + 1 WHERE id = $1";

static int
set(struct txn *txn, int64_t id, int64_t company_id, int64_t warehouse_id,
    const struct purchase_edit *e)
{
	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(id), db_i(company_id), db_i(warehouse_id),
		db_i(e->freight), db_i(end_of(e->expected)), db_t(e->note)),
	    NULL);
}

/* As typed; the price as the supplier has it unless it is said. */
static int
add_line(struct session *s, struct txn *txn, int64_t id, int64_t company_id,
    const struct purchase_line_edit *l)
{
	int64_t variant_id = 0, price = l->price;
	int rc;

	if ((rc = edit_range(s, "qty", l->qty, STOCK_QTY_MAX)) < 0 ||
	    (rc = purchase_variant(s, l->sku_code, &variant_id)) < 0)
		return rc;
	if (l->qty == 0)
		return err_set(
		    &s->err, ERR_INVALID, "qty", _("Say how many pieces"));
	if (price == PURCHASE_PRICE_KNOWN)
		rc = purchase_price(s, variant_id, company_id, &price);
	else
		rc = edit_range(s, "price", price, STOCK_COST_MAX);
	return rc < 0
		   ? rc
		   : purchase_line_put(s, txn, id, variant_id, l->qty, price);
}

int
purchase_add(struct session *s, const struct purchase_edit *edit,
    const struct purchase_line_edit *lines, size_t n, int64_t *id)
{
	struct purchase_edit e = *edit;
	int64_t company_id = 0, warehouse_id = 0, made = 0;
	struct txn *txn;
	char no[32] = "";
	size_t i;
	int rc;

	if (n > PURCHASE_LINES)
		return err_set(&s->err, ERR_INVALID, "sku_code",
		    _("An order has at most %d lines"), PURCHASE_LINES);
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	if ((rc = check_edit(s, &e, 0)) == 0 &&
	    (rc = find_both(s, &e, &company_id, &warehouse_id)) == 0)
		rc = purchase_insert(
		    s, txn, company_id, warehouse_id, 0, &made, no);
	if (rc == 0)
		rc = set(txn, made, company_id, warehouse_id, &e);
	for (i = 0; rc == 0 && i < n; i++)
		rc = add_line(s, txn, made, company_id, &lines[i]);
	if (rc == 0)
		rc = purchase_settle(s, txn, made);
	if (rc == 0)
		rc = op_commit(
		    s, &op_add, &txn, made, "%s: %s, %zu", no, e.company, n);
	op_abort(s, &txn);
	if (rc == 0)
		*id = made;
	return rc;
}

static const char sql_was[] =
    "SELECT c.name, w.name, p.note FROM purchase p"
    " JOIN company c ON c.id = p.company_id"
    " JOIN warehouse w ON w.id = p.warehouse_id WHERE p.id = $1";

static int
names_now(struct session *s, int64_t id, struct purchase_edit *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_was, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(out->company, sizeof(out->company), db_text(rows, 0));
		copy_text(
		    out->warehouse, sizeof(out->warehouse), db_text(rows, 1));
		copy_text(out->note, sizeof(out->note), db_text(rows, 2));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static void
tell_day(struct str *words, const char *field, int64_t was, int64_t is)
{
	char a[TIME_SIZE], b[TIME_SIZE];

	tell_text(words, field, was != 0 ? day_text(was, a) : "",
	    is != 0 ? day_text(is, b) : "");
}

/* Before and after of each field, with the names it has now. */
static int
tell_edit(struct session *s, const struct purchase_now *now,
    const struct purchase_edit *was, struct str *words)
{
	struct purchase_edit is = { .freight = 0 };
	struct purchase_now after = { .id = 0 };
	int rc;

	if ((rc = purchase_now(s, now->id, 0, &after)) < 0 ||
	    (rc = names_now(s, now->id, &is)) < 0)
		return rc;
	tell_text(words, "company", was->company, is.company);
	tell_text(words, "warehouse", was->warehouse, is.warehouse);
	tell_money(words, "freight", now->freight, after.freight);
	tell_day(words, "expected",
	    now->expected_at != 0 ? time_day(now->expected_at) : 0,
	    after.expected_at != 0 ? time_day(after.expected_at) : 0);
	tell_text(words, "note", was->note, is.note);
	return 0;
}

static int
save(struct session *s, struct txn *txn, const struct purchase_now *now,
    const struct purchase_edit *e)
{
	int64_t company_id = 0, warehouse_id = 0;
	int rc;

	if (now->state >= PURCHASE_RECEIVED)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, purchase_state_text(now->state));
	if ((rc = find_both(s, e, &company_id, &warehouse_id)) < 0)
		return rc;
	if (now->state != PURCHASE_DRAFT && company_id != now->company_id)
		return err_set(&s->err, ERR_STATE, "company",
		    _("%s is ordered: the supplier stays"), now->no);
	if (now->state != PURCHASE_DRAFT && warehouse_id != now->warehouse_id)
		return err_set(&s->err, ERR_STATE, "warehouse",
		    _("%s is ordered: the warehouse stays"), now->no);
	if (now->state != PURCHASE_DRAFT && e->expected == 0)
		return err_set(&s->err, ERR_INVALID, "expected",
		    _("Say on which day it is expected"));
	if (company_id != now->company_id &&
	    (rc = company_usable(s, txn, company_id, COMPANY_SUPPLIER)) < 0)
		return rc;
	return set(txn, now->id, company_id, warehouse_id, e);
}

int
purchase_save(struct session *s, int64_t id, int64_t version,
    const struct purchase_edit *edit)
{
	struct purchase_edit e = *edit, was = { .freight = 0 };
	struct str words = STR_INIT;
	struct purchase_now now = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = purchase_now(s, id, version, &now)) == 0 &&
	    (rc = check_edit(s, &e, time_day(now.expected_at))) == 0)
		rc = names_now(s, id, &was);
	if (rc == 0)
		rc = save(s, txn, &now, &e);
	if (rc == 0)
		rc = tell_edit(s, &now, &was, &words);
	if (rc == 0 && words.len > 0)
		rc =
		    op_commit(s, &op_save, &txn, id, "%s: %s", now.no, words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_copy_lines[] =
    "INSERT INTO purchase_line (purchase_id, line_no, variant_id, qty, price)"
    " SELECT $2, l.line_no, l.variant_id, l.qty,"
    " coalesce(i.price, l.price) FROM purchase_line l"
    " JOIN purchase p ON p.id = l.purchase_id"
    " JOIN variant v ON v.id = l.variant_id"
    " LEFT JOIN supplier_item i ON i.variant_id = l.variant_id"
    " AND i.company_id = p.company_id WHERE l.purchase_id = $1"
    " AND l.qty > 0 AND v.active = 1 AND v.kit = 0";
static const char sql_lines[] =
    "SELECT count(*) FROM purchase_line WHERE purchase_id = $1 AND qty > 0";

int
purchase_copy(struct session *s, int64_t id, int64_t *copy, int64_t *left)
{
	struct purchase_now now = { .id = 0 };
	int64_t lines = 0, copied = 0, made = 0;
	struct txn *txn;
	char no[32] = "";
	int rc;

	if ((rc = op_begin(s, &op_copy, &txn)) < 0)
		return rc;
	if ((rc = purchase_now(s, id, 0, &now)) == 0 &&
	    (rc = db_get1(s->db, sql_lines, DB_ARGS(db_i(id)), &lines)) == 0)
		rc = purchase_insert(
		    s, txn, now.company_id, now.warehouse_id, 0, &made, no);
	if (rc == 0)
		rc = db_exec(txn, sql_copy_lines, DB_ARGS(db_i(id), db_i(made)),
		    &copied);
	if (rc == 0 && copied == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Nothing of %s can be ordered any more"), now.no);
	if (rc == 0)
		rc = purchase_settle(s, txn, made);
	if (rc == 0)
		rc = op_commit(s, &op_copy, &txn, made, "%s: %s", no, now.no);
	op_abort(s, &txn);
	if (rc == 0) {
		*copy = made;
		*left = lines - copied;
	}
	return rc;
}
