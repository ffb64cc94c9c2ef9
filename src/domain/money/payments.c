/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "payments_priv.h"

static const struct op op_add = { "payment-add", PERM_PAYMENT_EDIT, "order" };
static const struct op op_receive = { "payment-receive", PERM_PAYMENT_EDIT,
	"order" };
static const struct op op_reverse = { "payment-reverse", PERM_PAYMENT_EDIT,
	"order" };

#define AMOUNT_MAX 100000000000000LL /* fen, of one payment */
#define CLOCK_SLIP 86400
#define LATEST     (20 * 366 * 86400LL) /* an instalment, from now */

const char *const payment_methods[] = { "alipay", "bank", "credit_card",
	"huabei", "instalments", "cash", "cod", "balance", NULL };
const char *const payment_method_words[] = { N_("Alipay"), N_("bank card"),
	N_("credit card"), N_("Huabei"), N_("instalments"), N_("cash"),
	N_("cash on delivery"), N_("member balance"), NULL };

const char *
payment_method_text(const char *method)
{
	size_t i;

	for (i = 0; payment_methods[i] != NULL; i++)
		if (strcmp(payment_methods[i], method) == 0)
			return _(payment_method_words[i]);
	return method;
}

const char *
payment_state_name(int64_t state)
{
	return state != 0 ? "received" : "due";
}

const char *
payment_state_text(int64_t state)
{
	return state != 0 ? C_("payment", "received") : C_("payment", "due");
}

static bool
method_known(const char *method)
{
	size_t i;

	for (i = 0; payment_methods[i] != NULL; i++)
		if (strcmp(payment_methods[i], method) == 0)
			return true;
	return false;
}

/* What can be judged without the database. */
static int
check_edit(struct session *s, const struct payment_edit *e)
{
	int64_t now = time_now();

	if (!method_known(e->method))
		return err_set(&s->err, ERR_INVALID, "method",
		    _("%s is no way to pay"), e->method);
	if (e->amount == 0 || e->amount > AMOUNT_MAX || e->amount < -AMOUNT_MAX)
		return err_set(
		    &s->err, ERR_INVALID, "amount", _("Say how much it is"));
	if (e->at < 0 || e->at > now + CLOCK_SLIP)
		return err_set(&s->err, ERR_INVALID, "at",
		    _("Money cannot have come later than now"));
	if (e->due_at != 0 && e->amount < 0)
		return err_set(&s->err, ERR_INVALID, "amount",
		    _("What is to come later is more than nothing"));
	if (e->due_at < 0 || e->due_at > now + LATEST)
		return err_set(&s->err, ERR_INVALID, "due_at",
		    _("Say when it is to be paid"));
	if (!utf8_valid(e->ref, strlen(e->ref)))
		return err_set(&s->err, ERR_INVALID, "ref",
		    _("The text is not valid UTF-8"));
	return order_note_check(s, "note", e->note);
}

static const char sql_ref[] =
    "SELECT o.order_no FROM payment p JOIN orders o ON o.id = p.order_id"
    " WHERE p.ref = $1 AND p.method = $2 AND p.ref <> '' AND p.undone = 0"
    " LIMIT 1";

/* 0, or ERR_CONFLICT that names the order which has the number. */
static int
check_ref(struct session *s, const char *method, const char *ref)
{
	struct db_rows *rows;
	int rc;

	if (ref[0] == '\0')
		return 0;
	rc = db_query(s->db, sql_ref, DB_ARGS(db_t(ref), db_t(method)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "ref",
		    _("Order %s has the payment %s already"), db_text(rows, 0),
		    ref);
	db_done(rows);
	return rc;
}

/* Nothing goes back that did not come; an order made here does not take more
 * than it costs. */
static int
check_sums(struct session *s, const struct order_now *order,
    const struct payment_now *now, int64_t amount)
{
	const struct payment_sums *sums = &now->sums;
	char text[MONEY_SIZE];
	int64_t open = sums->owed - sums->due;

	if (amount < 0)
		return sums->received + amount >= 0
			   ? 0
			   : err_set(&s->err, ERR_INVALID, "amount",
				 _("Order %s received only %s"),
				 order->order_no,
				 money_show(sums->received, text));
	if (order->state == ORDER_CLOSED)
		return err_set(&s->err, ERR_STATE, "", _("Order %s is closed"),
		    order->order_no);
	if (now->origin == ORDER_PLATFORM || amount <= open)
		return 0;
	if (open <= 0)
		return err_set(&s->err, ERR_INVALID, "amount",
		    _("Nothing of order %s is left to pay"), order->order_no);
	return err_set(&s->err, ERR_INVALID, "amount",
	    _("Only %s of order %s are left to pay"), money_show(open, text),
	    order->order_no);
}

static const char sql_add[] =
    "INSERT INTO payment (order_id, method, amount, at, ref, due_at, state,"
    " note, staff_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static int
add(struct session *s, struct txn *txn, struct order_now *order,
    const struct payment_edit *e, int64_t *id)
{
	int64_t at = e->at != 0 ? e->at : time_now();
	struct payment_now now = { .n = 0 };
	int rc;

	if ((rc = payment_now(s, order->id, &now)) < 0 ||
	    (rc = check_sums(s, order, &now, e->amount)) < 0 ||
	    (rc = check_ref(s, e->method, e->ref)) < 0)
		return rc;
	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_i(order->id), db_t(e->method), db_i(e->amount), db_i(at),
		db_t(e->ref), db_i(e->due_at), db_i(e->due_at == 0),
		db_t(e->note), db_i(s->staff_id)),
	    id);
	return rc < 0 ? rc : payment_settle(s, txn, order->id, at);
}

int
payment_add(struct session *s, int64_t order_id,
    const struct payment_edit *edit, int64_t *id)
{
	char amount[MONEY_SIZE], when[TIME_SIZE];
	struct payment_edit e = *edit;
	struct order_now order = { .id = 0 };
	struct txn *txn;
	int rc;

	if (!trim_text(e.ref, sizeof(e.ref), edit->ref))
		e.ref[0] = '\0';
	if ((rc = check_edit(s, &e)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = order_now(s, txn, order_id, &order);
	if (rc == 0)
		rc = add(s, txn, &order, &e, id);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, order_id, "%s %s%s%s%s%s",
		    e.method, money_plain(e.amount, amount),
		    e.ref[0] != '\0' ? " " : "", e.ref,
		    e.due_at != 0 ? ", due " : "",
		    e.due_at != 0 ? day_text(time_day(e.due_at), when) : "");
	op_abort(s, &txn);
	return rc;
}

struct entry {
	int64_t id, order_id, amount, state, undone;
	char method[24], ref[64];
};

static const char sql_entry[] =
    "SELECT order_id, amount, state, undone, method, ref FROM payment"
    " WHERE id = $1";

static int
read_entry(struct session *s, int64_t id, struct entry *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_entry, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct entry){ .id = id,
			.order_id = db_int(rows, 0),
			.amount = db_int(rows, 1),
			.state = db_int(rows, 2),
			.undone = db_int(rows, 3) };
		copy_text(out->method, sizeof(out->method), db_text(rows, 4));
		copy_text(out->ref, sizeof(out->ref), db_text(rows, 5));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such payment"));
	}
	db_done(rows);
	if (rc == 0 && out->undone != 0)
		rc = err_set(
		    &s->err, ERR_STATE, "", _("That payment was cancelled"));
	return rc;
}

static const char sql_receive[] =
    "UPDATE payment SET state = 1, at = $2, ref = $3 WHERE id = $1";

static int
receive(struct session *s, struct txn *txn, const struct entry *e, int64_t at,
    const char *ref)
{
	struct order_now order = { .id = 0 };
	int rc;

	if (e->state != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("That payment was received already"));
	if ((rc = order_now(s, txn, e->order_id, &order)) < 0)
		return rc;
	if (order.state == ORDER_CLOSED)
		return err_set(&s->err, ERR_STATE, "", _("Order %s is closed"),
		    order.order_no);
	if (strcmp(ref, e->ref) != 0 && (rc = check_ref(s, e->method, ref)) < 0)
		return rc;
	rc = db_exec(
	    txn, sql_receive, DB_ARGS(db_i(e->id), db_i(at), db_t(ref)), NULL);
	return rc < 0 ? rc : payment_settle(s, txn, e->order_id, at);
}

int
payment_receive(struct session *s, int64_t id, int64_t at, const char *ref)
{
	char amount[MONEY_SIZE], no[64];
	struct entry e = { .id = 0 };
	struct txn *txn;
	int rc;

	if (at < 0 || at > time_now() + CLOCK_SLIP)
		return err_set(&s->err, ERR_INVALID, "at",
		    _("Money cannot have come later than now"));
	if (!utf8_valid(ref, strlen(ref)) || !trim_text(no, sizeof(no), ref))
		return err_set(
		    &s->err, ERR_INVALID, "ref", _("The number is too long"));
	if ((rc = op_begin(s, &op_receive, &txn)) < 0)
		return rc;
	if ((rc = read_entry(s, id, &e)) == 0) {
		if (no[0] == '\0')
			copy_text(no, sizeof(no), e.ref);
		rc = receive(s, txn, &e, at != 0 ? at : time_now(), no);
	}
	if (rc == 0)
		rc = op_commit(s, &op_receive, &txn, e.order_id, "%s %s%s%s",
		    e.method, money_plain(e.amount, amount),
		    no[0] != '\0' ? " " : "", no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_undo[] = "UPDATE payment SET undone = 1 WHERE id = $1";
static const char sql_counter[] =
    "INSERT INTO payment (order_id, method, amount, at, ref, due_at, state,"
    " reverses_id, undone, note, staff_id) SELECT order_id, method, -amount,"
    " $2, ref, due_at, state, id, 1, $3, $4 FROM payment WHERE id = $1";

static int
reverse(struct session *s, struct txn *txn, const struct entry *e,
    const char *why, int64_t *counter)
{
	struct order_now order = { .id = 0 };
	struct payment_now now = { .n = 0 };
	int rc;

	if ((rc = order_now(s, txn, e->order_id, &order)) < 0 ||
	    (rc = payment_now(s, e->order_id, &now)) < 0)
		return rc;
	/* What went back cannot come again by it when all is paid. */
	if (e->state != 0 || e->amount < 0)
		rc = check_sums(s, &order, &now, -e->amount);
	if (rc == 0)
		rc = db_exec(txn, sql_undo, DB_ARGS(db_i(e->id)), NULL);
	if (rc == 0)
		rc = db_insert(txn, sql_counter,
		    DB_ARGS(db_i(e->id), db_i(time_now()), db_t(why),
			db_i(s->staff_id)),
		    counter);
	return rc < 0 ? rc : payment_settle(s, txn, e->order_id, time_now());
}

int
payment_reverse(
    struct session *s, int64_t id, const char *reason, int64_t *counter)
{
	char amount[MONEY_SIZE], why[500];
	struct entry e = { .id = 0 };
	struct txn *txn;
	int rc;

	if (!trim_text(why, sizeof(why), reason) || why[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why the payment is cancelled"));
	if ((rc = order_note_check(s, "reason", why)) < 0 ||
	    (rc = op_begin(s, &op_reverse, &txn)) < 0)
		return rc;
	if ((rc = read_entry(s, id, &e)) == 0)
		rc = reverse(s, txn, &e, why, counter);
	if (rc == 0)
		rc = op_commit(s, &op_reverse, &txn, e.order_id, "%s %s: %s",
		    e.method, money_plain(e.amount, amount), why);
	op_abort(s, &txn);
	return rc;
}

static void
take_payment(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct payment *p = out;

	p->id = db_int(rows, 0);
	p->order_id = db_int(rows, 1);
	p->order_no = row_text(rows, 2, arena);
	p->method = row_text(rows, 3, arena);
	p->amount = db_int(rows, 4);
	p->at = db_int(rows, 5);
	p->due_at = db_int(rows, 6);
	p->state = db_int(rows, 7);
	p->undone = db_int(rows, 8);
	p->ref = row_text(rows, 9, arena);
	p->note = row_text(rows, 10, arena);
	p->staff = row_text(rows, 11, arena);
}

/* Payments that people wrote down are looked through, back from the newest.
 * No statement tells of cash, nor of what stood to the member's credit. */
#define RECEIVED " AND p.state = 1 AND p.undone = 0 /*scan*/"
#define UNMATCHED \
	" AND p.amount > 0 AND p.method NOT IN ('cash', 'balance')" \
	" AND NOT EXISTS (SELECT 1 FROM statement_line l" \
	" WHERE l.order_id = p.order_id)"

static void
add_filter(struct query *q, const struct payment_filter *f)
{
	if (f->received || f->unmatched)
		query_add_lit(q, RECEIVED);
	if (f->unmatched)
		query_add_lit(q, UNMATCHED);
	if (f->order_id != 0)
		query_and(q, "p.order_id =", db_i(f->order_id));
	if (f->due)
		query_add_lit(q, " AND p.state = 0 AND p.undone = 0");
	if (f->due && f->until != 0)
		query_and(q, "p.due_at <=", db_i(f->until));
}

int
payment_page(struct session *s, const struct payment_filter *filter,
    enum page_dir dir, const struct payment *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(
	    "SELECT p.id, p.order_id, o.order_no, p.method, p.amount, p.at,"
	    " p.due_at, p.state, p.undone, p.ref, p.note, st.name"
	    " FROM payment p LEFT JOIN orders o ON o.id = p.order_id"
	    " LEFT JOIN staff st ON st.id = p.staff_id WHERE 1 = 1");
	struct query_key keys[] = { { .column = "p.due_at" },
		{ .column = "p.id" } };
	struct payment *p;
	size_t i, skip = filter->due && filter->order_id == 0 ? 0 : 1;
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_VIEW)) < 0)
		return rc;
	if (from != NULL) {
		keys[0].from = db_i(from->due_at);
		keys[1].from = db_i(from->id);
	}
	add_filter(&q, filter);
	query_page(&q, keys + skip, 2 - skip, skip != 0, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct payment), limit, take_payment, out);
	for (i = 0, p = out->rows; rc == 0 && i < out->n; i++)
		p[i].note = contact_hide_text(s, p[i].note, &out->arena);
	return rc;
}
