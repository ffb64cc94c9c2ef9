/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"

#include "../audit/audit_chain_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "order_priv.h"

/* Holding an order, for good or until a time. */

static const struct op op_hold = { "order-hold", PERM_ORDER_HOLD, "order" };
static const struct op op_end = { "order-hold-end", PERM_NONE, "order" };

#define MINUTE  60
#define HOUR    (60 * MINUTE)
#define DAY     (24 * HOUR)
#define LONGEST (366 * DAY)
#define AT_ONCE 100 /* holds that end in one transaction */

/* Time settles neither that money is wanted back nor what is to be sent. */
static bool
may_end(const char *reason)
{
	return strcmp(reason, "refund") != 0 && strcmp(reason, "unmapped") != 0;
}

int
hold_check(struct session *s, const struct hold_for *h)
{
	int64_t now = time_now();
	int rc;

	if (!hold_known(h->reason) || strcmp(h->reason, "unmapped") == 0)
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("%s is no reason to hold an order: refund, address, "
		      "stock or manual"),
		    h->reason);
	if ((rc = order_note_check(s, "note", h->note)) < 0 || h->until == 0)
		return rc;
	if (!may_end(h->reason))
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("A hold for this reason does not end by itself: %s"),
		    order_hold_text(h->reason));
	if (h->until <= now || h->until > now + LONGEST)
		return err_set(&s->err, ERR_INVALID, "until",
		    _("A time to come is wanted, within a year"));
	return 0;
}

static const char sql_until[] =
    "UPDATE order_hold SET until_at = $3, note = CASE WHEN $4 <> '' THEN $4"
    " ELSE note END WHERE order_id = $1 AND reason = $2 AND cleared_at = 0"
    " AND until_at <> $3";

int
hold_put(struct session *s, struct txn *txn, struct order_now *now,
    const struct hold_for *h)
{
	int64_t changed = 0;
	bool fresh;
	int rc;

	if ((rc = hold_open(s, txn, now, h->reason, h->note, &fresh)) < 0)
		return rc;
	if (!fresh || h->until != 0)
		rc = db_exec(txn, sql_until,
		    DB_ARGS(db_i(now->id), db_t(h->reason), db_i(h->until),
			db_t(h->note)),
		    &changed);
	if (rc == 0 && !fresh && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "reason",
		    _("Order %s is held for that reason already: %s"),
		    now->order_no, order_hold_text(h->reason));
	return rc;
}

int
hold_commit(struct session *s, const struct op *op, struct txn **txn,
    int64_t id, const struct hold_for *h)
{
	char when[TIME_SIZE];

	if (h->until != 0)
		return op_commit(s, op, txn, id, "%s until %s%s%s", h->reason,
		    time_full(h->until, when), h->note[0] != '\0' ? ": " : "",
		    h->note);
	return op_commit(s, op, txn, id, "%s%s%s", h->reason,
	    h->note[0] != '\0' ? ": " : "", h->note);
}

static int
hold_apply(
    struct session *s, struct txn *txn, int64_t id, const struct hold_for *h)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	if (!order_can_hold(now.state))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: only paid orders can be held"),
		    now.order_no, order_state_text(now.state));
	return hold_put(s, txn, &now, h);
}

int
order_hold_until(struct session *s, int64_t id, const char *reason,
    const char *note, int64_t until)
{
	const struct hold_for h = { reason, note != NULL ? note : "", until };
	struct txn *txn;
	int rc;

	if ((rc = hold_check(s, &h)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_hold, &txn)) < 0)
		return rc;
	rc = hold_apply(s, txn, id, &h);
	if (rc == 0)
		rc = hold_commit(s, &op_hold, &txn, id, &h);
	op_abort(s, &txn);
	return rc;
}

int
order_hold(struct session *s, int64_t id, const char *reason, const char *note)
{
	return order_hold_until(s, id, reason, note, 0);
}

/* A hold whose time has come. */
struct due {
	int64_t order_id, staff_id;
	char reason[32];
};

static const char sql_due[] =
    "SELECT h.order_id, coalesce(h.staff_id, 0), h.reason FROM order_hold h"
    " WHERE h.cleared_at = 0 AND h.until_at > 0 AND h.until_at <= $1"
    " ORDER BY h.until_at, h.id LIMIT $2";

static int
due_read(struct session *s, struct due v[AT_ONCE], size_t *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	rc = db_query(
	    s->db, sql_due, DB_ARGS(db_i(time_now()), db_i(AT_ONCE)), &rows);
	if (rc < 0)
		return rc;
	for (; *n < AT_ONCE && (rc = db_next(rows)) > 0; ++*n) {
		v[*n] = (struct due){ .order_id = db_int(rows, 0),
			.staff_id = db_int(rows, 1) };
		(void)trim_text(
		    v[*n].reason, sizeof(v[*n].reason), db_text(rows, 2));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Nobody is there who does it: whoever held it wanted it so. */
static int
end_one(struct session *s, struct txn *txn, const struct due *d)
{
	struct audit_entry e = { .at = time_now(),
		.staff_id = d->staff_id,
		.op = { op_end.name, strlen(op_end.name) },
		.kind = { op_end.kind, strlen(op_end.kind) },
		.subject = d->order_id,
		.detail = { d->reason, strlen(d->reason) } };
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, d->order_id, &now)) < 0 ||
	    (rc = hold_clear_by(s, txn, &now, d->reason, 0)) < 0)
		return rc;
	return audit_append(txn, &e);
}

/* As many as there are up to AT_ONCE; *@n says how many those were. */
static int
end_some(struct session *s, size_t *n)
{
	struct due v[AT_ONCE];
	struct txn *txn;
	size_t i;
	int rc;

	/* Read twice: mostly there is none, and then nobody is kept waiting. */
	if ((rc = due_read(s, v, n)) < 0 || *n == 0)
		return rc;
	if ((rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	rc = due_read(s, v, n);
	for (i = 0; rc == 0 && i < *n; i++)
		rc = end_one(s, txn, &v[i]);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
}

int
hold_expire(struct session *s)
{
	size_t n;
	int rc;

	do {
		rc = end_some(s, &n);
	} while (rc == 0 && n == AT_ONCE);
	return rc == ERR_BUSY ? 0 : rc;
}

int
order_holds_end(struct session *s)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	return rc < 0 ? rc : hold_expire(s);
}

/* "2h", "30min", "2小时", "30分钟": seconds, or 0. */
static int64_t
span(const char *text)
{
	static const struct {
		const char *unit;
		int64_t seconds;
	} units[] = { { "h", HOUR }, { "小时", HOUR }, { "小时后", HOUR },
		{ "min", MINUTE }, { "m", MINUTE }, { "分", MINUTE },
		{ "分钟", MINUTE }, { "分钟后", MINUTE } };
	char *end;
	long n;
	size_t i;

	if (*text == '+')
		text++;
	n = strtol(text, &end, 10);
	if (end == text || n <= 0 || n > LONGEST / MINUTE)
		return 0;
	end += strspn(end, " ");
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(end, units[i].unit) == 0)
			return n * units[i].seconds;
	return 0;
}

/* "9:00", "14:30": seconds of the day, or -1. */
static int64_t
clock_of(const char *text)
{
	char *end;
	long h = strtol(text, &end, 10), m;

	if (end == text || *end != ':' || h < 0 || h > 23)
		return -1;
	text = end + 1;
	m = strtol(text, &end, 10);
	if (end != text + 2 || *end != '\0' || m < 0 || m > 59)
		return -1;
	return h * HOUR + m * MINUTE;
}

static int
when(const char *text, int64_t now, int64_t *until)
{
	const char *blank = strrchr(text, ' ');
	int64_t today = time_day(now), at, day;
	char part[64];

	if ((at = span(text)) > 0)
		return *until = now + at, 0;
	if ((at = clock_of(text)) >= 0) {
		*until = day_start(today) + at;
		if (*until <= now)
			*until = day_start(today + 1) + at;
		return 0;
	}
	at = blank != NULL ? clock_of(blank + 1) : -1;
	(void)trim_text(part, sizeof(part), text);
	if (at >= 0)
		part[blank - text] = '\0';
	if (day_parse(part, today, &day) < 0)
		return -1;
	*until = day_start(day) + (at >= 0 ? at : 0);
	return 0;
}

static const char sql_promised[] =
    "SELECT CASE WHEN promised_at > 0 THEN promised_at WHEN paid_at > 0"
    " THEN paid_at + $2 ELSE 0 END FROM orders WHERE id = $1";

int
order_hold_when(struct session *s, int64_t id, const char *text, int64_t *until)
{
	char typed[64] = "";
	int64_t hours, at = 0;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (!trim_text(typed, sizeof(typed), text))
		typed[0] = '?', typed[1] = '\0';
	if (typed[0] == '\0')
		return *until = 0, 0;
	if (strcmp(typed, "promised") == 0 || strcmp(typed, "承诺") == 0) {
		rc = setting_int(s, SETTING_SHIP_HOURS, &hours);
		if (rc == 0)
			rc = db_get1(s->db, sql_promised,
			    DB_ARGS(db_i(id), db_i(hours * HOUR)), &at);
		if (rc < 0)
			return rc;
	} else if (when(typed, time_now(), &at) < 0) {
		at = 0;
	}
	if (at <= time_now())
		return err_set(&s->err, ERR_INVALID, "until",
		    _("A time to come is wanted: +2h, 14:00, tomorrow, "
		      "2026-11-30 14:00, promised"));
	*until = at;
	return 0;
}
