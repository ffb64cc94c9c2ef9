/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "order_add_priv.h"
#include "quotations_priv.h"

/* How far a quotation is. */

static const struct op op_send = { "quote-send", PERM_ORDER_ADD, "quotation" };
static const struct op op_follow = { "quote-follow", PERM_ORDER_ADD,
	"quotation" };
static const struct op op_lose = { "quote-lose", PERM_ORDER_ADD, "quotation" };
static const struct op op_reopen = { "quote-reopen", PERM_ORDER_ADD,
	"quotation" };
static const struct op op_order = { "quote-order", PERM_ORDER_ADD,
	"quotation" };

static const char sql_lines[] =
    "SELECT count(*) FROM quotation_line WHERE quotation_id = $1";
static const char sql_send[] =
    "UPDATE quotation SET state = 1, quoted_at = $2, valid_until = $3,"
    " version = version + 1 WHERE id = $1";

static int
send(struct session *s, struct txn *txn, struct quotation_now *now)
{
	int64_t n;
	int rc;

	if ((rc = quotation_is_open(s, now)) < 0)
		return rc;
	if (now->state == QUOTATION_QUOTED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s was sent already"), now->quote_no);
	if ((rc = db_get1(s->db, sql_lines, DB_ARGS(db_i(now->id)), &n)) < 0)
		return rc;
	if (n == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s has no goods yet"), now->quote_no);
	/* A day that was said and is over says nothing. */
	if (now->valid_until <= time_now() &&
	    (rc = quotation_valid(s, 0, &now->valid_until)) < 0)
		return rc;
	return db_exec(txn, sql_send,
	    DB_ARGS(db_i(now->id), db_i(time_now()), db_i(now->valid_until)),
	    NULL);
}

int
quotation_send(struct session *s, int64_t id)
{
	struct quotation_now now;
	char day[TIME_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_send, &txn)) < 0)
		return rc;
	rc = quotation_now(s, txn, id, &now);
	if (rc == 0)
		rc = send(s, txn, &now);
	if (rc == 0)
		rc = op_commit(s, &op_send, &txn, id, "%s until %s",
		    now.quote_no, day_text(time_day(now.valid_until), day));
	op_abort(s, &txn);
	return rc;
}

static const char sql_follow[] =
    "UPDATE quotation SET followed_at = $2, valid_until = $3,"
    " version = version + 1 WHERE id = $1";

int
quotation_follow(
    struct session *s, int64_t id, const char *note, int64_t valid_until)
{
	struct quotation_now now;
	char day[TIME_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = order_note_check(s, "note", note)) < 0 ||
	    (rc = op_begin(s, &op_follow, &txn)) < 0)
		return rc;
	rc = quotation_now(s, txn, id, &now);
	if (rc == 0 && now.state != QUOTATION_QUOTED)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s is %s: only what is quoted is followed up"),
		    now.quote_no, quotation_state_text(now.state));
	if (rc == 0 && valid_until != 0)
		rc = quotation_valid(s, valid_until, &now.valid_until);
	if (rc == 0)
		rc = db_exec(txn, sql_follow,
		    DB_ARGS(db_i(id), db_i(time_now()), db_i(now.valid_until)),
		    NULL);
	if (rc == 0)
		rc = op_commit(s, &op_follow, &txn, id, "%s until %s%s%s",
		    now.quote_no, day_text(time_day(now.valid_until), day),
		    note[0] != '\0' ? ": " : "", note);
	op_abort(s, &txn);
	return rc;
}

static const char sql_end[] =
    "UPDATE quotation SET state = $2, reason = $3, ended_at = $4,"
    " order_id = $5, version = version + 1 WHERE id = $1";

int
quotation_lose(struct session *s, int64_t id, const char *reason)
{
	struct quotation_now now;
	struct txn *txn;
	char why[500];
	int rc;

	if (!trim_text(why, sizeof(why), reason) || why[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why nothing came of it"));
	if ((rc = order_note_check(s, "reason", why)) < 0 ||
	    (rc = op_begin(s, &op_lose, &txn)) < 0)
		return rc;
	rc = quotation_now(s, txn, id, &now);
	if (rc == 0)
		rc = quotation_is_open(s, &now);
	if (rc == 0)
		rc = db_exec(txn, sql_end,
		    DB_ARGS(db_i(id), db_i(QUOTATION_LOST), db_t(why),
			db_i(time_now()), db_id(0)),
		    NULL);
	if (rc == 0)
		rc = op_commit(
		    s, &op_lose, &txn, id, "%s: %s", now.quote_no, why);
	op_abort(s, &txn);
	return rc;
}

int
quotation_reopen(struct session *s, int64_t id)
{
	struct quotation_now now;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_reopen, &txn)) < 0)
		return rc;
	rc = quotation_now(s, txn, id, &now);
	if (rc == 0 && now.state != QUOTATION_LOST)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s is %s: only what was lost can be reopened"),
		    now.quote_no, quotation_state_text(now.state));
	if (rc == 0)
		rc = db_exec(txn, sql_end,
		    DB_ARGS(db_i(id), db_i(QUOTATION_ENQUIRY), db_t(""),
			db_i(0), db_id(0)),
		    NULL);
	if (rc == 0)
		rc = op_commit(s, &op_reopen, &txn, id, "%s", now.quote_no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_customer[] =
    "UPDATE quotation SET customer_id = $2 WHERE id = $1";

/* As an order by hand, at the prices that were quoted. */
static int
make_order(struct session *s, struct txn *txn, const struct quotation_now *q,
    struct order_made *made, int64_t *order_id)
{
	struct quotation_edit e;
	struct sale_now now;
	int rc;

	if ((rc = quotation_is_open(s, q)) < 0)
		return rc;
	if (q->state == QUOTATION_QUOTED && q->valid_until < time_now())
		return err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s has run out: say until when it holds, or "
		      "quote anew"),
		    q->quote_no);
	if ((rc = quotation_read(s, q->id, &e)) < 0)
		return rc;
	if (e.sale.n == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Quotation %s has no goods yet"), q->quote_no);
	if ((rc = sale_look_up(s, txn, &e.sale, true, &now)) < 0 ||
	    (rc = sale_receiver(s, txn, &e.sale, &now)) < 0)
		return rc;
	rc = db_exec(txn, sql_customer,
	    DB_ARGS(db_i(q->id), db_id(now.customer_id)), NULL);
	return rc < 0 ? rc : order_make(s, txn, &now, made, order_id);
}

int
quotation_order(struct session *s, int64_t id, int64_t *order_id)
{
	struct order_made made = { .origin = ORDER_QUOTED };
	struct quotation_now now;
	struct txn *txn;
	int64_t order = 0;
	int rc;

	if ((rc = op_begin(s, &op_order, &txn)) < 0)
		return rc;
	rc = quotation_now(s, txn, id, &now);
	if (rc == 0)
		rc = make_order(s, txn, &now, &made, &order);
	if (rc == 0)
		rc = db_exec(txn, sql_end,
		    DB_ARGS(db_i(id), db_i(QUOTATION_ORDERED), db_t(""),
			db_i(time_now()), db_id(order)),
		    NULL);
	if (rc == 0)
		rc = op_note(s, &op_order, txn, "order", order, "%s -> %s",
		    now.quote_no, made.order_no);
	if (rc == 0)
		rc = op_commit(s, &op_order, &txn, id, "%s -> %s", now.quote_no,
		    made.order_no);
	op_abort(s, &txn);
	if (rc == 0)
		*order_id = order;
	return rc;
}
