/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "../money/invoices_priv.h"
#include "../staff/staff_priv.h"
#include "../stock/inventory_priv.h"
#include "../stock/stock_priv.h"
#include "receipts_priv.h"

/* Suppliers' invoices are entered, approved, and taken back. */

static const struct op op_add = { "invoice-add", PERM_PURCHASE_ORDER,
	"purchase_invoice" };
static const struct op op_approve = { "invoice-approve", PERM_PURCHASE_PAY,
	"purchase_invoice" };
static const struct op op_back = { "invoice-back", PERM_PURCHASE_PAY,
	"purchase_invoice" };
static const struct op op_withdraw = { "invoice-withdraw", PERM_PURCHASE_ORDER,
	"purchase_invoice" };

static const char sql_now[] =
    "SELECT state, total, paid, company_id, staff_id, entry_no"
    " FROM purchase_invoice WHERE id = $1";

int
invoice_now(struct session *s, int64_t id, struct invoice_now *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows);

	*out = (struct invoice_now){ .id = id };
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->state = db_int(rows, 0);
		out->total = db_int(rows, 1);
		out->paid = db_int(rows, 2);
		out->company_id = db_int(rows, 3);
		out->staff_id = db_int(rows, 4);
		copy_text(out->no, sizeof(out->no), db_text(rows, 5));
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such supplier's invoice"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_state[] =
    "UPDATE purchase_invoice SET state = $2, version = version + 1"
    " WHERE id = $1 AND state <> $2";

static int
rematch(struct session *s, struct txn *txn, int64_t id)
{
	struct page page;
	int64_t state;
	int rc = invoice_match(s, id, &page, &state);

	if (rc < 0)
		return rc;
	page_free(&page);
	return db_exec(txn, sql_state, DB_ARGS(db_i(id), db_i(state)), NULL);
}

static const char sql_waiting[] =
    "SELECT coalesce(min(i.id), 0) FROM purchase_invoice i"
    " JOIN purchase_invoice_line l ON l.invoice_id = i.id"
    " WHERE l.purchase_id = $1 AND i.id > $2 AND i.state < 3";

int
invoices_rematch(struct session *s, struct txn *txn, int64_t purchase_id)
{
	int64_t id = 0;
	int rc;

	for (;;) {
		rc = db_get1(s->db, sql_waiting,
		    DB_ARGS(db_i(purchase_id), db_i(id)), &id);
		if (rc < 0 || id == 0)
			return rc;
		if ((rc = rematch(s, txn, id)) < 0)
			return rc;
	}
}

/* What can be judged without the database. */
static int
check_edit(struct session *s, struct invoice_edit *e)
{
	int64_t today = time_day(time_now());
	int rc;

	if ((rc = edit_text(s, "company", e->company, sizeof(e->company))) <
		0 ||
	    (rc = edit_text(
		 s, "invoice_no", e->invoice_no, sizeof(e->invoice_no))) < 0 ||
	    (rc = edit_text(s, "note", e->note, sizeof(e->note))) < 0)
		return rc;
	if (e->invoice_no[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "invoice_no",
		    _("Say the number that stands on the invoice"));
	if (e->dated == 0)
		e->dated = today;
	if (e->dated < 0 || e->dated > today + 31)
		return err_set(&s->err, ERR_INVALID, "dated",
		    _("Say the day of the invoice"));
	if (e->due != 0 && (e->due < e->dated || e->due > e->dated + 3660))
		return err_set(&s->err, ERR_INVALID, "due",
		    _("Say when it is to be paid"));
	/* What was sent back may bring some of either back. */
	if (e->freight < -STOCK_COST_MAX || e->freight > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "freight",
		    _("Freight cannot be that high"));
	if (e->tax < -INVOICE_MAX || e->tax > INVOICE_MAX)
		return err_set(
		    &s->err, ERR_INVALID, "tax", _("Tax cannot be that high"));
	return 0;
}

static const char sql_there[] =
    "SELECT entry_no FROM purchase_invoice WHERE company_id = $1"
    " AND invoice_no = $2 AND state <> 4";

static int
check_once(struct session *s, int64_t company_id, const char *no)
{
	struct db_rows *rows;
	int rc = db_query(
	    s->db, sql_there, DB_ARGS(db_i(company_id), db_t(no)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "invoice_no",
		    _("%s was entered already: %s"), no, db_text(rows, 0));
	db_done(rows);
	return rc;
}

static int
check_line(struct session *s, int64_t company_id,
    const struct invoice_entry *lines, size_t at)
{
	const struct invoice_entry *l = &lines[at];
	struct purchase_line_now line;
	struct purchase_now now;
	size_t i;
	int rc;

	if ((rc = purchase_now(s, l->purchase_id, 0, &now)) < 0 ||
	    (rc = purchase_line_now(s, now.id, l->line_no, &line)) < 0)
		return rc;
	if (now.company_id != company_id)
		return err_set(&s->err, ERR_INVALID, "company",
		    _("%s was ordered from %s"), now.no, now.company);
	if (now.state == PURCHASE_DRAFT || now.state == PURCHASE_CANCELLED)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s"), now.no,
		    purchase_state_text(now.state));
	if (l->qty == 0 || l->qty > STOCK_QTY_MAX || l->qty < -STOCK_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("Say how many pieces; below zero: credited"));
	if ((rc = edit_range(s, "price", l->price, STOCK_COST_MAX)) < 0)
		return rc;
	for (i = 0; i < at; i++)
		if (lines[i].purchase_id == l->purchase_id &&
		    lines[i].line_no == l->line_no)
			return err_set(&s->err, ERR_INVALID, "sku_code",
			    _("A line of an order stands on an invoice once"));
	return 0;
}

/* Lines, freight and tax; what was said must be that. */
static int
sum_up(struct session *s, const struct invoice_edit *e,
    const struct invoice_entry *lines, size_t n, int64_t *total)
{
	int64_t sum = e->freight + e->tax;
	char text[MONEY_SIZE];
	size_t i;

	for (i = 0; i < n && sum <= INVOICE_MAX && sum >= -INVOICE_MAX; i++)
		sum += lines[i].qty * lines[i].price;
	if (sum > INVOICE_MAX || sum < -INVOICE_MAX)
		return err_set(&s->err, ERR_INVALID, "total",
		    _("An invoice cannot come to that much"));
	if (e->total != 0 && e->total != sum)
		return err_set(&s->err, ERR_INVALID, "total",
		    _("Its lines, freight and tax come to %s"),
		    money_show(sum, text));
	*total = sum;
	return 0;
}

static const char sql_terms[] = "SELECT terms_days FROM company WHERE id = $1";
static const char sql_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM purchase_invoice";
static const char sql_add[] =
    "INSERT INTO purchase_invoice (entry_no, company_id, invoice_no, total,"
    " freight, tax, dated, due_at, note, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
static const char sql_line[] =
    "INSERT INTO purchase_invoice_line (invoice_id, purchase_id, line_no, qty,"
    " price) VALUES ($1, $2, $3, $4, $5)";

static int
insert(struct session *s, struct txn *txn, int64_t company_id,
    const struct invoice_edit *e, int64_t total, struct invoice_now *out)
{
	int64_t next, due = e->due, terms = 0;
	int rc;

	if ((rc = db_get1(
		 s->db, sql_terms, DB_ARGS(db_i(company_id)), &terms)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	if (due == 0)
		due = e->dated + terms;
	*out = (struct invoice_now){ .total = total };
	snprintf(out->no, sizeof(out->no), "PI-%06" PRId64, next);
	return db_insert(txn, sql_add,
	    DB_ARGS(db_t(out->no), db_i(company_id), db_t(e->invoice_no),
		db_i(total), db_i(e->freight), db_i(e->tax),
		db_i(day_start(e->dated)), db_i(day_start(due + 1) - 1),
		db_t(e->note), db_i(s->staff_id), db_i(time_now())),
	    &out->id);
}

static int
add(struct session *s, struct txn *txn, const struct invoice_edit *e,
    const struct invoice_entry *lines, size_t n, struct invoice_now *out)
{
	int64_t company_id, total = 0;
	size_t i;
	int rc;

	if (n == 0)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("There is nothing to invoice: nothing came that is not "
		      "invoiced already"));
	if (n > PURCHASE_LINES)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("An invoice has 1 to %d lines"), PURCHASE_LINES);
	if ((rc = company_by_name(s, e->company, &company_id)) < 0 ||
	    (rc = check_once(s, company_id, e->invoice_no)) < 0)
		return rc;
	for (i = 0; i < n; i++)
		if ((rc = check_line(s, company_id, lines, i)) < 0)
			return rc;
	if ((rc = sum_up(s, e, lines, n, &total)) < 0 ||
	    (rc = insert(s, txn, company_id, e, total, out)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		rc = db_exec(txn, sql_line,
		    DB_ARGS(db_i(out->id), db_i(lines[i].purchase_id),
			db_i(lines[i].line_no), db_i(lines[i].qty),
			db_i(lines[i].price)),
		    NULL);
	return rc < 0 ? rc : rematch(s, txn, out->id);
}

int
invoice_add(struct session *s, const struct invoice_edit *edit,
    const struct invoice_entry *lines, size_t n, int64_t *id)
{
	struct invoice_edit e = *edit;
	char money[MONEY_SIZE];
	struct invoice_now now = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	/* Who does not see prices cannot say them. */
	if ((rc = session_need(s, PERM_COST_VIEW)) == 0 &&
	    (rc = check_edit(s, &e)) == 0)
		rc = add(s, txn, &e, lines, n, &now);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, now.id, "%s: %s, %s, %s",
		    now.no, e.company, e.invoice_no,
		    money_plain(now.total, money));
	op_abort(s, &txn);
	if (rc == 0)
		*id = now.id;
	return rc;
}

/* Its lines count as invoiced from now on, or no more; what waits is looked at
 * again by that. */
static int
count(struct session *s, struct txn *txn, const struct page *page, int sign)
{
	const struct invoice_line *l;
	int64_t last = 0;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < page->n; i++) {
		l = page_row(page, i);
		if (l->line_no != 0)
			rc = purchase_invoiced(
			    s, txn, l->purchase_id, l->line_no, sign * l->qty);
	}
	for (i = 0; rc == 0 && i < page->n; i++) {
		l = page_row(page, i);
		if (l->line_no != 0 && l->purchase_id != last)
			rc = invoices_rematch(s, txn, l->purchase_id);
		last = l->purchase_id;
	}
	return rc;
}

/* Who entered it does not let it be paid, too. */
static int
check_own(struct session *s, const struct invoice_now *now)
{
	int64_t others = 0;
	int rc = 0;

	if (now->staff_id == s->staff_id)
		rc = staff_others(s, PERM_PURCHASE_PAY, &others);
	if (rc == 0 && others > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("You entered %s yourself: somebody else approves it"),
		    now->no);
	return rc;
}

static const char sql_approve[] =
    "UPDATE purchase_invoice SET state = 3, reason = $2, approved_by = $3,"
    " approved_at = $4, version = version + 1 WHERE id = $1";

static int
approve(struct session *s, struct txn *txn, const struct invoice_now *now,
    const char *reason)
{
	struct page page;
	int64_t state;
	int rc;

	if (now->state >= INVOICE_APPROVED)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, invoice_state_text(now->state));
	if ((rc = check_own(s, now)) < 0 ||
	    (rc = invoice_match(s, now->id, &page, &state)) < 0)
		return rc;
	if (state == INVOICE_DIFFERS && reason[0] == '\0')
		rc = err_set(&s->err, ERR_INVALID, "reason",
		    _("%s differs: say why it is paid all the same"), now->no);
	if (rc == 0)
		rc = db_exec(txn, sql_approve,
		    DB_ARGS(db_i(now->id), db_t(reason), db_i(s->staff_id),
			db_i(time_now())),
		    NULL);
	if (rc == 0)
		rc = count(s, txn, &page, 1);
	page_free(&page);
	return rc;
}

static const char sql_back[] =
    "UPDATE purchase_invoice SET state = 4, reason = $2, version = version + 1"
    " WHERE id = $1";

static int
back(struct session *s, struct txn *txn, const struct invoice_now *now,
    const char *reason)
{
	struct page page;
	int64_t state;
	int rc;

	if ((rc = check_reason(s, reason)) < 0)
		return rc;
	if (now->state == INVOICE_BACK)
		return err_set(&s->err, ERR_STATE, "", _("%s is %s already"),
		    now->no, invoice_state_text(now->state));
	if (now->paid != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Some of %s is paid: take the payments back first"),
		    now->no);
	if ((rc = invoice_match(s, now->id, &page, &state)) < 0)
		return rc;
	rc = db_exec(txn, sql_back, DB_ARGS(db_i(now->id), db_t(reason)), NULL);
	if (rc == 0 && now->state == INVOICE_APPROVED)
		rc = count(s, txn, &page, -1);
	page_free(&page);
	return rc;
}

static int
decide(struct session *s, const struct op *op, int64_t id, const char *reason,
    int (*how)(struct session *s, struct txn *txn,
	const struct invoice_now *now, const char *reason))
{
	struct invoice_now now;
	struct txn *txn;
	int rc;

	if ((rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, op, &txn)) < 0)
		return rc;
	if ((rc = invoice_now(s, id, &now)) == 0)
		rc = how(s, txn, &now, reason);
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s%s%s", now.no,
		    reason[0] != '\0' ? ": " : "", reason);
	op_abort(s, &txn);
	return rc;
}

int
invoice_approve(struct session *s, int64_t id, const char *reason)
{
	return decide(s, &op_approve, id, reason, approve);
}

int
invoice_back(struct session *s, int64_t id, const char *reason)
{
	struct invoice_now now;
	int rc = invoice_now(s, id, &now);

	if (rc < 0 && rc != ERR_NOTFOUND)
		return rc;
	return decide(s,
	    rc == 0 && now.staff_id == s->staff_id &&
		    now.state < INVOICE_APPROVED
		? &op_withdraw
		: &op_back,
	    id, reason, back);
}
