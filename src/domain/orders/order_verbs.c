/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../floor/waves_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "gifts_priv.h"
#include "merge_priv.h"
#include "order_priv.h"

const char *const order_flags[] = { N_("none"), N_("red"), N_("yellow"),
	N_("green"), N_("blue"), N_("purple"), NULL };

static const struct op op_release = { "order-release", PERM_ORDER_RELEASE,
	"order" };
static const struct op op_remark = { "order-remark", PERM_ORDER_EDIT, "order" };
static const struct op op_cancel = { "order-cancel", PERM_ORDER_CANCEL,
	"order" };
static const struct op op_reopen = { "order-reopen", PERM_ORDER_CANCEL,
	"order" };

#define NOTE_MAX 500

int
order_note_check(struct session *s, const char *field, const char *note)
{
	if (!utf8_valid(note, strlen(note)))
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is not valid UTF-8"));
	if (strlen(note) > NOTE_MAX)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is too long: %d bytes at most"), NOTE_MAX);
	return 0;
}

bool
hold_known(const char *reason)
{
	size_t i;

	for (i = 0; order_hold_reasons[i] != NULL; i++)
		if (strcmp(order_hold_reasons[i], reason) == 0)
			return true;
	return false;
}

/* Who releases the hold knows better than the file that the buyer still wants
 * the goods; a later file that says so again holds the order again. */
static const char sql_set_aside[] = "UPDATE order_line SET refund_state = 3"
				    " WHERE order_id = $1 AND refund_state = 1";

static const char sql_hold_open[] =
    "SELECT count(*) FROM order_hold"
    " WHERE order_id = $1 AND reason = $2 AND cleared_at = 0";

/* Clear @reason if it is open; *@n counts those cleared. */
static int
release_one(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason, int *n)
{
	int64_t open;
	int rc;

	rc = db_fetch1(
	    txn, sql_hold_open, DB_ARGS(db_i(now->id), db_t(reason)), &open);
	if (rc < 0 || open == 0)
		return rc;
	++*n;
	if (strcmp(reason, "refund") == 0) {
		rc = db_exec(txn, sql_set_aside, DB_ARGS(db_i(now->id)), NULL);
		if (rc < 0)
			return rc;
	}
	return hold_clear(s, txn, now, reason);
}

static int
release_apply(
    struct session *s, struct txn *txn, int64_t id, const char *reason)
{
	struct order_now now;
	size_t i;
	int n = 0, rc;

	rc = order_now(s, txn, id, &now);
	for (i = 0; rc == 0 && order_hold_reasons[i] != NULL; i++) {
		const char *each = order_hold_reasons[i];

		if (reason == NULL ? strcmp(each, "unmapped") != 0
				   : strcmp(each, reason) == 0)
			rc = release_one(s, txn, &now, each, &n);
	}
	if (rc == 0 && n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s has no hold that could be released"),
		    now.order_no);
	return rc;
}

int
order_release(
    struct session *s, int64_t id, const char *reason, const char *note)
{
	struct txn *txn;
	int rc;

	note = note != NULL ? note : "";
	if (reason != NULL && !hold_known(reason))
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("%s is no reason of a hold"), reason);
	if (reason != NULL && strcmp(reason, "unmapped") == 0)
		return err_set(&s->err, ERR_STATE, "reason",
		    _("Map the item to a product: that releases its orders"));
	if ((rc = order_note_check(s, "note", note)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_release, &txn)) < 0)
		return rc;
	rc = release_apply(s, txn, id, reason);
	if (rc == 0)
		rc = op_commit(s, &op_release, &txn, id, "%s%s%s",
		    reason != NULL ? reason : "all",
		    note[0] != '\0' ? ": " : "", note);
	op_abort(s, &txn);
	return rc;
}

static const char sql_remark[] =
    "UPDATE orders SET memo = $3, flag = $4, version = version + 1"
    " WHERE id = $1 AND version = $2";

static const char sql_old_remark[] =
    "SELECT flag, memo FROM orders WHERE id = $1";

/* What stood there before goes into the audit log. */
static int
old_remark(struct session *s, int64_t id, int64_t *flag, struct str *memo)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_old_remark, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*flag = db_int(rows, 0);
		if (!db_isnull(rows, 1))
			str_add(memo, db_text(rows, 1));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
remark_apply(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct order_remark *edit)
{
	struct order_now now;
	int64_t changed;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	rc = db_exec(txn, sql_remark,
	    DB_ARGS(db_i(id), db_i(version),
		db_t(edit->memo[0] != '\0' ? edit->memo : NULL),
		db_i(edit->flag)),
	    &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("Order %s was changed by someone else meanwhile"),
		    now.order_no);
	return rc;
}

int
order_remark(struct session *s, int64_t id, int64_t version,
    const struct order_remark *edit)
{
	struct order_remark whole = *edit;
	struct str before = STR_INIT;
	struct txn *txn;
	int64_t flag = 0;
	int rc;

	if (edit->flag < 0 || edit->flag > 5)
		return err_set(&s->err, ERR_INVALID, "flag",
		    _("A flag is 0 (none) or 1 to 5"));
	if (!utf8_valid(edit->memo, strlen(edit->memo)))
		return err_set(&s->err, ERR_INVALID, "memo",
		    _("The text is not valid UTF-8"));
	if ((rc = op_begin(s, &op_remark, &txn)) < 0)
		return rc;
	if ((rc = old_remark(s, id, &flag, &before)) == 0) {
		if (!contact_open(s))
			unmask_text(whole.memo, before.s);
		rc = remark_apply(s, txn, id, version, &whole);
	}
	if (rc == 0)
		rc = courier_again(s, txn, id);
	if (rc == 0)
		rc = op_commit(s, &op_remark, &txn, id,
		    "flag %" PRId64 " -> %" PRId64 ", \"%s\" -> \"%s\"", flag,
		    edit->flag, before.s, whole.memo);
	op_abort(s, &txn);
	str_done(&before);
	return rc;
}

static const char sql_close[] =
    "UPDATE orders SET close_reason = $2, finished_at = $3 WHERE id = $1";

/* *@was gets the state it had. */
static int
cancel_apply(struct session *s, struct txn *txn, int64_t id, const char *reason,
    int64_t *was)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	if (now.state == ORDER_CLOSED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is closed already"), now.order_no);
	if (now.state != ORDER_UNPAID && now.state != ORDER_PAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s and can no longer be cancelled"),
		    now.order_no, order_state_text(now.state));
	*was = now.state;
	if ((rc = wave_end(s, txn, &now, "closed")) < 0 ||
	    (rc = group_leave(s, txn, id)) < 0 ||
	    (rc = stock_unreserve(s, txn, id)) < 0)
		return rc;
	rc = db_exec(txn, sql_close,
	    DB_ARGS(db_i(id), db_t(reason), db_i(time_now())), NULL);
	if (rc < 0)
		return rc;
	return order_move(s, txn, &now, ORDER_CLOSED);
}

int
order_cancel(struct session *s, int64_t id, const char *reason)
{
	struct txn *txn;
	int64_t was = 0;
	int rc;

	if (reason == NULL || reason[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why the order is cancelled"));
	if ((rc = order_note_check(s, "reason", reason)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	rc = cancel_apply(s, txn, id, reason, &was);
	if (rc == 0)
		rc = op_commit(s, &op_cancel, &txn, id,
		    "state %s -> closed: %s", order_state_name(was), reason);
	op_abort(s, &txn);
	return rc;
}

/* How it was closed here, the last time. */
static const char sql_cancelled[] =
    "SELECT a.detail, o.close_reason FROM audit a JOIN orders o"
    " ON o.id = a.subject WHERE a.kind = 'order' AND a.subject = $1"
    " AND a.op = 'order-cancel' ORDER BY a.id DESC LIMIT 1";

/* The state that order_cancel() says it had; 0 when it was closed by others, or
 * for another reason since. */
static int
state_before(struct session *s, int64_t id, int64_t *was)
{
	const char *detail, *reason;
	struct db_rows *rows;
	char before[200];
	int rc;

	*was = 0;
	if ((rc = db_query(s->db, sql_cancelled, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		detail = row_text(rows, 0, NULL);
		reason = strstr(detail, ": ");
		if (reason != NULL &&
		    strcmp(reason + 2, row_text(rows, 1, NULL)) == 0 &&
		    sscanf(detail, "state %199s", before) == 1)
			*was = order_state_by_name(before);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_reopen[] =
    "UPDATE orders SET close_reason = NULL, finished_at = 0 WHERE id = $1";

static int
reopen_apply(struct session *s, struct txn *txn, int64_t id, int64_t *was)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	if (now.state != ORDER_CLOSED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: only a cancelled order can be reopened"),
		    now.order_no, order_state_text(now.state));
	if ((rc = state_before(s, id, was)) < 0)
		return rc;
	if (*was == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s was closed by its platform: it stays closed"),
		    now.order_no);
	if ((rc = db_exec(txn, sql_reopen, DB_ARGS(db_i(id)), NULL)) < 0 ||
	    (rc = order_move(s, txn, &now, *was)) < 0)
		return rc;
	if (*was != ORDER_PAID)
		return 0;
	if ((rc = stock_reserve(s, txn, id)) < 0)
		return rc;
	return gifts_again(s, txn, id);
}

int
order_reopen(struct session *s, int64_t id, const char *note)
{
	struct txn *txn;
	int64_t was = 0;
	int rc;

	note = note != NULL ? note : "";
	if ((rc = order_note_check(s, "note", note)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_reopen, &txn)) < 0)
		return rc;
	rc = reopen_apply(s, txn, id, &was);
	if (rc == 0)
		rc = op_commit(s, &op_reopen, &txn, id,
		    "state closed -> %s: %s", order_state_name(was), note);
	op_abort(s, &txn);
	return rc;
}

int
order_confirm(struct session *s, int64_t id, const char *note)
{
	return confirm_everything(s, id, "", note != NULL ? note : "");
}
