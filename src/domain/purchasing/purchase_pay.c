/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "../money/invoices_priv.h"
#include "../stock/inventory_priv.h"
#include "purchase_priv.h"

/* Money to suppliers. What is paid in advance, and what a credit comes to that
 * is set off, lies with the supplier until it pays an invoice. */

static const struct op op_pay = { "purchase-pay", PERM_PURCHASE_PAY,
	"purchase_payment" };
static const struct op op_unpay = { "purchase-unpay", PERM_PURCHASE_PAY,
	"purchase_payment" };

#define ADVANCE "advance"
const char *const supplier_pay_methods[] = { "bank", "alipay", "wechat", "cash",
	ADVANCE, NULL };
static const char *const words[] = { N_("bank transfer"), N_("Alipay"),
	N_("WeChat Pay"), N_("cash"), N_("out of the advance") };

const char *
supplier_pay_text(const char *method)
{
	size_t i;

	for (i = 0; supplier_pay_methods[i] != NULL; i++)
		if (strcmp(supplier_pay_methods[i], method) == 0)
			return _(words[i]);
	return method;
}

struct entry {
	int64_t company_id, invoice_id, amount, reverses_id;
	char method[16], no[32];
	const char *note;
};

static const char sql_advance[] =
    "SELECT coalesce(sum(CASE WHEN invoice_id IS NULL THEN amount"
    " WHEN method = 'advance' THEN -amount ELSE 0 END), 0)"
    " FROM purchase_payment WHERE company_id = $1";

int
advance_left(struct session *s, int64_t company_id, int64_t *left)
{
	return db_get1(s->db, sql_advance, DB_ARGS(db_i(company_id)), left);
}

int
supplier_advance(struct session *s, int64_t company_id, int64_t *left)
{
	int rc = session_need(s, PERM_PURCHASE_VIEW);

	*left = 0;
	if (rc < 0 || !session_may(s, PERM_COST_VIEW))
		return rc;
	return advance_left(s, company_id, left);
}

/* Nobody pays from an advance that is used up. */
static int
check_advance(struct session *s, const struct entry *e)
{
	char text[MONEY_SIZE];
	int64_t has, more = 0;
	int rc;

	if (e->invoice_id == 0)
		more = e->amount;
	else if (strcmp(e->method, ADVANCE) == 0)
		more = -e->amount;
	if (more >= 0)
		return 0;
	rc = advance_left(s, e->company_id, &has);
	if (rc < 0 || has + more >= 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "amount",
	    _("Of what was paid in advance only %s are left"),
	    money_show(has, text));
}

static const char sql_next[] =
    "SELECT coalesce(max(id), 0) + 1 FROM purchase_payment";
static const char sql_add[] =
    "INSERT INTO purchase_payment (payment_no, company_id, invoice_id, amount,"
    " method, note, reverses_id, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
static const char sql_paid[] =
    "UPDATE purchase_invoice SET paid = paid + $2, version = version + 1"
    " WHERE id = $1";

static int
insert(struct session *s, struct txn *txn, struct entry *e, int64_t *id)
{
	int64_t next;
	int rc;

	if ((rc = check_advance(s, e)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(e->no, sizeof(e->no), "PP-%06" PRId64, next);
	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_t(e->no), db_i(e->company_id), db_id(e->invoice_id),
		db_i(e->amount), db_t(e->method), db_t(e->note),
		db_id(e->reverses_id), db_i(s->staff_id), db_i(time_now())),
	    id);
	if (rc == 0 && e->invoice_id != 0)
		rc = db_exec(txn, sql_paid,
		    DB_ARGS(db_i(e->invoice_id), db_i(e->amount)), NULL);
	return rc;
}

/* Not more than is open of it; what is credited is paid below zero. */
static int
of_invoice(struct session *s, const char *no, struct entry *e)
{
	struct invoice_now now;
	char text[MONEY_SIZE];
	int64_t open;
	int rc;

	if ((rc = invoice_by_no(s, no, &e->invoice_id)) < 0 ||
	    (rc = invoice_now(s, e->invoice_id, &now)) < 0)
		return rc;
	if (now.state != INVOICE_APPROVED)
		return err_set(&s->err, ERR_STATE, "entry_no",
		    _("%s is %s: it is paid once it is approved"), now.no,
		    invoice_state_text(now.state));
	open = now.total - now.paid;
	if (open == 0)
		return err_set(&s->err, ERR_STATE, "entry_no",
		    _("%s is paid already"), now.no);
	if (e->amount == 0)
		e->amount = open;
	e->company_id = now.company_id;
	if (open > 0 ? e->amount > 0 && e->amount <= open
		     : e->amount < 0 && e->amount >= open)
		return 0;
	return err_set(&s->err, ERR_INVALID, "amount",
	    _("Only %s of %s are open"), money_show(open, text), now.no);
}

static int
in_advance(
    struct session *s, const struct supplier_pay_edit *edit, struct entry *e)
{
	if (e->amount == 0)
		return err_set(
		    &s->err, ERR_INVALID, "amount", _("Say how much it is"));
	if (strcmp(e->method, ADVANCE) == 0)
		return err_set(&s->err, ERR_INVALID, "method",
		    _("Say which invoice is paid out of the advance"));
	return company_by_name(s, edit->company, &e->company_id);
}

static int
check_edit(struct session *s, const struct supplier_pay_edit *e)
{
	size_t i = 0;

	while (supplier_pay_methods[i] != NULL &&
	       strcmp(supplier_pay_methods[i], e->method) != 0)
		i++;
	if (supplier_pay_methods[i] == NULL)
		return err_set(&s->err, ERR_INVALID, "method",
		    _("%s is no way to pay"), e->method);
	if (e->amount > INVOICE_MAX || e->amount < -INVOICE_MAX)
		return err_set(
		    &s->err, ERR_INVALID, "amount", _("Say how much it is"));
	return check_clean(s, "note", e->note);
}

int
supplier_pay(
    struct session *s, const struct supplier_pay_edit *edit, int64_t *id)
{
	struct entry e = { .amount = edit->amount, .note = edit->note };
	char money[MONEY_SIZE];
	struct txn *txn;
	int rc;

	copy_text(e.method, sizeof(e.method), edit->method);
	if ((rc = check_edit(s, edit)) < 0 ||
	    (rc = op_begin(s, &op_pay, &txn)) < 0)
		return rc;
	rc = edit->entry_no[0] != '\0' ? of_invoice(s, edit->entry_no, &e)
				       : in_advance(s, edit, &e);
	if (rc == 0)
		rc = insert(s, txn, &e, id);
	if (rc == 0)
		rc = op_commit(s, &op_pay, &txn, *id, "%s: %s %s %s", e.no,
		    edit->entry_no[0] != '\0' ? edit->entry_no : edit->company,
		    e.method, money_plain(e.amount, money));
	op_abort(s, &txn);
	return rc;
}

static const char sql_entry[] =
    "SELECT p.company_id, p.invoice_id, p.amount, p.reverses_id, p.method,"
    " p.payment_no, r.payment_no FROM purchase_payment p"
    " LEFT JOIN purchase_payment r ON r.reverses_id = p.id WHERE p.id = $1";

/* What takes @id back. */
static int
counter_of(struct session *s, int64_t id, struct entry *e, char was[32])
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_entry, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		e->company_id = db_int(rows, 0);
		e->invoice_id = db_int(rows, 1);
		e->amount = -db_int(rows, 2);
		e->reverses_id = id;
		copy_text(e->method, sizeof(e->method), db_text(rows, 4));
		copy_text(was, 32, db_text(rows, 5));
		rc = 0;
		if (!db_isnull(rows, 3))
			rc = err_set(&s->err, ERR_STATE, "",
			    _("%s takes a payment back itself"), was);
		else if (!db_isnull(rows, 6))
			rc = err_set(&s->err, ERR_STATE, "",
			    _("%s was taken back already by %s"), was,
			    db_text(rows, 6));
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such payment"));
	}
	db_done(rows);
	return rc;
}

int
supplier_unpay(
    struct session *s, int64_t id, const char *reason, int64_t *counter_id)
{
	struct entry e = { .note = reason };
	char was[32] = "";
	struct txn *txn;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_unpay, &txn)) < 0)
		return rc;
	if ((rc = counter_of(s, id, &e, was)) == 0)
		rc = insert(s, txn, &e, counter_id);
	if (rc == 0)
		rc = op_commit(
		    s, &op_unpay, &txn, id, "%s by %s: %s", was, e.no, reason);
	op_abort(s, &txn);
	return rc;
}

static const char sql_by_no[] =
    "SELECT id FROM purchase_payment WHERE payment_no = $1";

int
supplier_payment_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc = session_need(s, PERM_PURCHASE_VIEW);

	if (rc == 0)
		rc = purchase_number(s, sql_by_no, "PP", no, id);
	return rc != ERR_NOTFOUND ? rc
				  : err_set(&s->err, ERR_NOTFOUND, "",
					_("There is no such payment"));
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct supplier_payment *p = out;

	p->id = db_int(rows, 0);
	p->payment_no = row_text(rows, 1, arena);
	p->company_id = db_int(rows, 2);
	p->company = row_text(rows, 3, arena);
	p->entry_no = row_text(rows, 4, arena);
	p->amount = db_int(rows, 5);
	p->method = row_text(rows, 6, arena);
	p->note = row_text(rows, 7, arena);
	p->reverses = row_text(rows, 8, arena);
	p->reversed = row_text(rows, 9, arena);
	p->staff = row_text(rows, 10, arena);
	p->at = db_int(rows, 11);
	p->invoice_id = db_int(rows, 12);
}

int
supplier_payment_page(struct session *s, const struct supplier_pay_filter *f,
    enum page_dir dir, const struct supplier_payment *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(
	    "SELECT p.id, p.payment_no, p.company_id, c.name, i.entry_no,"
	    " p.amount, p.method, p.note, a.payment_no, b.payment_no, st.name,"
	    " p.at, p.invoice_id FROM purchase_payment p"
	    " JOIN company c ON c.id = p.company_id"
	    " JOIN staff st ON st.id = p.staff_id"
	    " LEFT JOIN purchase_invoice i ON i.id = p.invoice_id"
	    " LEFT JOIN purchase_payment a ON a.id = p.reverses_id"
	    " LEFT JOIN purchase_payment b ON b.reverses_id = p.id"
	    " WHERE 1 = 1");
	const struct query_key keys[] = { { "p.id",
	    db_i(from != NULL ? from->id : 0) } };
	struct supplier_payment *p;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	if (f->company_id != 0)
		query_and(&q, "p.company_id =", db_i(f->company_id));
	if (f->invoice_id != 0)
		query_and(&q, "p.invoice_id =", db_i(f->invoice_id));
	if (f->advance)
		query_lit(&q, " AND p.invoice_id IS NULL");
	query_page(&q, keys, 1, true, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct supplier_payment), limit, take, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, p = out->rows; i < out->n; i++)
		p[i].amount = 0;
	return 0;
}
