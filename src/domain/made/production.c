/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../stock/inventory_priv.h"
#include "../stock/stock_priv.h"
#include "attrs_priv.h"
#include "production_priv.h"

static const struct op op_place = { "production-place", PERM_PRODUCTION_EDIT,
	"production" };
static const struct op op_made = { "production-made", PERM_PRODUCTION_EDIT,
	"production" };
static const struct op op_receive = { "production-receive",
	PERM_PRODUCTION_EDIT, "production" };
static const struct op op_cancel = { "production-cancel", PERM_PRODUCTION_EDIT,
	"production" };

/* A production order as it is, inside the operation. */
struct now {
	int64_t id, order_id, line_no, qty, state, variant_id, warehouse_id;
	int64_t due; /* of its order */
	char no[32], maker[NAME_ROOM];
	struct str content;
};

static const char sql_now[] =
    "SELECT p.order_id, p.line_no, p.qty, p.state, l.variant_id,"
    " coalesce(o.warehouse_id, 1), CASE WHEN o.promised_at > 0"
    " THEN o.promised_at ELSE o.paid_at + $2 END, p.production_no, p.maker,"
    " p.content FROM production p JOIN orders o ON o.id = p.order_id"
    " LEFT JOIN order_line l ON l.order_id = p.order_id"
    " AND l.line_no = p.line_no WHERE p.id = $1";

static int
now_read(struct session *s, int64_t id, struct now *out)
{
	struct db_rows *rows;
	int64_t hours;
	int rc;

	*out = (struct now){ .id = id, .content = STR_INIT };
	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0 ||
	    (rc = db_query(s->db, sql_now,
		 DB_ARGS(db_i(id), db_i(hours * 3600)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->order_id = db_int(rows, 0);
		out->line_no = db_int(rows, 1);
		out->qty = db_int(rows, 2);
		out->state = db_int(rows, 3);
		out->variant_id = db_int(rows, 4);
		out->warehouse_id = db_int(rows, 5);
		out->due = db_int(rows, 6);
		copy_text(out->no, sizeof(out->no), db_text(rows, 7));
		copy_text(out->maker, sizeof(out->maker), db_text(rows, 8));
		str_add(&out->content, row_text(rows, 9, NULL));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such production order"));
	}
	db_done(rows);
	return rc;
}

/* ERR_STATE unless it is in @one or @other of the states. */
static int
need_state(struct session *s, const struct now *now, int64_t one, int64_t other)
{
	if (now->state == one || now->state == other)
		return 0;
	return err_set(&s->err, ERR_STATE, "", _("%s is %s already"), now->no,
	    production_state_text(now->state));
}

static const char sql_place[] =
    "UPDATE production SET state = 1, maker = $2, due_at = $3, note = $4,"
    " content = $5, placed_at = $6, staff_id = $7, version = version + 1"
    " WHERE id = $1";

static int
place(struct session *s, struct txn *txn, struct now *now,
    const struct production_edit *e)
{
	struct str content = STR_INIT;
	struct order_now order;
	int64_t due = now->due;
	int rc;

	if ((rc = need_state(s, now, PRODUCTION_NEW, PRODUCTION_PLACED)) < 0 ||
	    (rc = order_now(s, txn, now->order_id, &order)) < 0)
		return rc;
	if (!order_can_hold(order.state))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: nothing is to be made for it"),
		    order.order_no, order_state_text(order.state));
	if ((rc = attrs_agreed(s, now->order_id, now->line_no)) < 0 ||
	    (rc = production_content(
		 s, now->order_id, now->line_no, &content)) < 0) {
		str_done(&content);
		return rc;
	}
	if (e->due != 0)
		due = day_start(e->due + 1) - 1;
	rc = db_exec(txn, sql_place,
	    DB_ARGS(db_i(now->id), db_t(e->maker), db_i(due), db_t(e->note),
		db_t(content.s), db_i(time_now()), db_i(s->staff_id)),
	    NULL);
	str_done(&now->content);
	now->content = content;
	return rc;
}

static int
check_place(struct session *s, struct production_edit *e)
{
	int rc;

	if ((rc = edit_text(s, "maker", e->maker, sizeof(e->maker))) < 0 ||
	    (rc = check_clean(s, "note", e->note)) < 0)
		return rc;
	if (e->maker[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "maker", _("Say who makes it"));
	if (e->due != 0 && e->due < time_day(time_now()))
		return err_set(&s->err, ERR_INVALID, "due",
		    _("The day on which it is due is over"));
	return 0;
}

/* The log has one line of it. */
static void
one_line(struct str *text)
{
	size_t i;

	for (i = 0; i < text->len; i++)
		if (text->s[i] == '\n')
			text->s[i] = i + 1 < text->len ? ' ' : '\0';
}

int
production_place(
    struct session *s, int64_t id, const struct production_edit *edit)
{
	struct production_edit e = *edit;
	struct now now = { .content = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = check_place(s, &e)) < 0 ||
	    (rc = op_begin(s, &op_place, &txn)) < 0)
		return rc;
	if ((rc = now_read(s, id, &now)) == 0)
		rc = place(s, txn, &now, &e);
	one_line(&now.content);
	if (rc == 0)
		rc = op_note(s, &op_place, txn, "order", now.order_id, "%s: %s",
		    now.no, e.maker);
	if (rc == 0)
		rc = op_commit(s, &op_place, &txn, id, "%s, %s: %s", now.no,
		    e.maker, now.content.s);
	op_abort(s, &txn);
	str_done(&now.content);
	return rc;
}

static const char sql_made[] =
    "UPDATE production SET state = 2, made_at = $2, version = version + 1"
    " WHERE id = $1";

int
production_made(struct session *s, int64_t id)
{
	struct now now = { .content = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_made, &txn)) < 0)
		return rc;
	if ((rc = now_read(s, id, &now)) == 0 &&
	    (rc = need_state(s, &now, PRODUCTION_PLACED, PRODUCTION_PLACED)) ==
		0)
		rc = db_exec(
		    txn, sql_made, DB_ARGS(db_i(id), db_i(time_now())), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_made, &txn, id, "%s", now.no);
	op_abort(s, &txn);
	str_done(&now.content);
	return rc;
}

/* What was corrected since has to be placed before it can be received. */
static int
check_content(struct session *s, const struct now *now)
{
	struct str agreed = STR_INIT;
	int rc;

	if ((rc = attrs_agreed(s, now->order_id, now->line_no)) == 0)
		rc =
		    production_content(s, now->order_id, now->line_no, &agreed);
	if (rc == 0 && strcmp(agreed.s, now->content.s) != 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("%s was corrected after it was placed: place it anew, or "
		      "cancel it"),
		    now->no);
	str_done(&agreed);
	return rc;
}

static const char sql_received[] =
    "UPDATE production SET state = 3, ended_at = $2,"
    " made_at = CASE WHEN made_at = 0 THEN $2 ELSE made_at END,"
    " version = version + 1 WHERE id = $1";

static int
receive(struct session *s, struct txn *txn, const struct now *now, int64_t cost,
    char slip[SLIP_NO_SIZE])
{
	struct slip_move m = { .warehouse_id = now->warehouse_id,
		.variant_id = now->variant_id,
		.qty = now->qty,
		.priced = true,
		.value = now->qty * cost };
	int rc;

	if ((rc = need_state(s, now, PRODUCTION_PLACED, PRODUCTION_MADE)) < 0 ||
	    (rc = check_content(s, now)) < 0)
		return rc;
	if (now->variant_id == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("The line of %s has no product any more"), now->no);
	rc = slip_open(s, txn,
	    &(struct slip){
		.kind = "receipt",
		.warehouse_id = now->warehouse_id,
		.supplier = now->maker,
		.reason = now->no,
	    },
	    &m.slip_id);
	if (rc == 0)
		rc = slip_move(s, txn, &m, NULL);
	if (rc == 0)
		rc = stock_low(s, txn, now->variant_id);
	if (rc == 0)
		rc = db_exec(txn, sql_received,
		    DB_ARGS(db_i(now->id), db_i(time_now())), NULL);
	if (rc == 0)
		slip_no("receipt", m.slip_id, slip);
	return rc < 0 ? rc : production_settle(s, txn, now->order_id);
}

int
production_receive(struct session *s, int64_t id, int64_t cost)
{
	struct now now = { .content = STR_INIT };
	char money[MONEY_SIZE], slip[SLIP_NO_SIZE];
	struct txn *txn;
	int rc;

	if (cost < 0 || cost > STOCK_COST_MAX)
		return err_set(&s->err, ERR_INVALID, "cost",
		    _("A cost is an amount from 0 upwards"));
	if ((rc = op_begin(s, &op_receive, &txn)) < 0)
		return rc;
	if ((rc = now_read(s, id, &now)) == 0)
		rc = receive(s, txn, &now, cost, slip);
	if (rc == 0)
		rc = op_note(s, &op_receive, txn, "order", now.order_id,
		    "%s: %s", now.no, slip);
	if (rc == 0)
		rc = op_commit(s, &op_receive, &txn, id,
		    "%s: %" PRId64 " for %s each, %s", now.no, now.qty,
		    money_plain(cost, money), slip);
	op_abort(s, &txn);
	str_done(&now.content);
	return rc;
}

static const char sql_cancel[] =
    "UPDATE production SET state = 4, ended_at = $2, note = $3,"
    " version = version + 1 WHERE id = $1";

int
production_cancel(struct session *s, int64_t id, const char *reason)
{
	struct now now = { .content = STR_INIT };
	struct txn *txn;
	int rc;

	if (reason == NULL || reason[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why it is cancelled"));
	if (strlen(reason) > 400 || !utf8_valid(reason, strlen(reason)))
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("The text is not valid UTF-8, or too long"));
	if ((rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	if ((rc = now_read(s, id, &now)) == 0 &&
	    (now.state == PRODUCTION_MADE ||
		(rc = need_state(s, &now, PRODUCTION_NEW, PRODUCTION_PLACED)) ==
		    0))
		rc = db_exec(txn, sql_cancel,
		    DB_ARGS(db_i(id), db_i(time_now()), db_t(reason)), NULL);
	if (rc == 0)
		rc = op_note(s, &op_cancel, txn, "order", now.order_id,
		    "%s: %s", now.no, reason);
	if (rc == 0)
		rc = op_commit(
		    s, &op_cancel, &txn, id, "%s: %s", now.no, reason);
	op_abort(s, &txn);
	str_done(&now.content);
	return rc;
}
