/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../floor/waves_priv.h"
#include "../reports/figures_priv.h"
#include "order_priv.h"

static const struct {
	const char *reason, *text;
} hold_texts[] = {
	{ "unmapped", N_("item not mapped") },
	{ "refund", N_("refund asked for") },
	{ "address", N_("address to be checked") },
	{ "remark", N_("remark to be read") },
	{ "stock", N_("stock missing") },
	{ "manual", N_("held by hand") },
	{ "review", N_("to be reviewed") },
	{ "confirm", N_("not confirmed with the buyer") },
	{ "production", N_("not made yet") },
	{ "payment", N_("not paid in full") },
};

const char *const order_hold_reasons[] = {
	"unmapped",
	"refund",
	"address",
	"remark",
	"stock",
	"manual",
	"review",
	"confirm",
	"production",
	"payment",
	NULL,
};

const char *
order_hold_text(const char *reason)
{
	size_t i;

	for (i = 0; i < sizeof(hold_texts) / sizeof(hold_texts[0]); i++)
		if (strcmp(hold_texts[i].reason, reason) == 0)
			return _(hold_texts[i].text);
	return reason;
}

bool
order_can_hold(int64_t state)
{
	return state == ORDER_PAID || state == ORDER_PART_SHIPPED;
}

static const char sql_now[] =
    "SELECT version, state, held, shop_id, order_no, lead_id,"
    " coalesce(warehouse_id, 1), parts, done, cod FROM orders WHERE id = $1";

int
order_now(struct session *s, struct txn *txn, int64_t id, struct order_now *out)
{
	struct db_rows *rows;
	int rc;

	(void)txn;
	rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct order_now){
			.id = id,
			.version = db_int(rows, 0),
			.state = db_int(rows, 1),
			.held = db_int(rows, 2),
			.shop_id = db_int(rows, 3),
			.lead_id = db_int(rows, 5),
			.warehouse_id = db_int(rows, 6),
			.parts = db_int(rows, 7),
			.done = db_int(rows, 8),
			.cod = db_int(rows, 9),
		};
		copy_text(
		    out->order_no, sizeof(out->order_no), db_text(rows, 4));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	}
	db_done(rows);
	return rc;
}

static const char sql_place[] =
    "UPDATE orders SET state = $2, held = $3, version = version + 1"
    " WHERE id = $1";

/* Put the order where it belongs, in its row and in the kept counts. */
static int
place(struct session *s, struct txn *txn, struct order_now *now, int64_t state,
    int64_t held)
{
	struct figures f = { 0 };
	int rc;

	rc = db_exec(txn, sql_place,
	    DB_ARGS(db_i(now->id), db_i(state), db_i(held)), NULL);
	if (rc == 0) {
		figures_move(&f, now->state, now->held, state, held);
		rc = figures_flush(s, txn, &f);
		figures_done(&f);
	}
	if (rc == 0) {
		now->state = state;
		now->held = held;
		now->version++;
	}
	return rc;
}

static const char sql_any_open[] =
    "SELECT count(*) FROM (SELECT 1 FROM order_hold"
    " WHERE order_id = $1 AND cleared_at = 0 LIMIT 1) h";

static int
any_open(struct txn *txn, int64_t order_id, int64_t *n)
{
	return db_fetch1(txn, sql_any_open, DB_ARGS(db_i(order_id)), n);
}

int
order_move(
    struct session *s, struct txn *txn, struct order_now *now, int64_t state)
{
	int64_t held = 0;
	int rc;

	if (order_can_hold(state) && (rc = any_open(txn, now->id, &held)) < 0)
		return rc;
	return place(s, txn, now, state, held);
}

static const char sql_hold_add[] =
    "INSERT INTO order_hold (order_id, reason, note, at, staff_id)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (reason, order_id) WHERE cleared_at = 0 DO NOTHING";

int
hold_open(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason, const char *note, bool *fresh)
{
	int64_t added;
	int rc;

	rc = db_exec(txn, sql_hold_add,
	    DB_ARGS(db_i(now->id), db_t(reason), db_t(note != NULL ? note : ""),
		db_i(time_now()), db_id(s->staff_id)),
	    &added);
	if (rc < 0)
		return rc;
	if (fresh != NULL)
		*fresh = added > 0;
	if (added == 0 || now->held || !order_can_hold(now->state))
		return 0;
	rc = place(s, txn, now, now->state, 1);
	return rc < 0 ? rc : wave_stop(s, txn, now, reason);
}

static const char sql_hold_clear[] =
    "UPDATE order_hold SET cleared_at = $3, cleared_by = $4"
    " WHERE order_id = $1 AND reason = $2 AND cleared_at = 0";

int
hold_clear(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason)
{
	return hold_clear_by(s, txn, now, reason, s->staff_id);
}

int
hold_clear_by(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason, int64_t staff_id)
{
	int64_t cleared, left;
	int rc;

	rc = db_exec(txn, sql_hold_clear,
	    DB_ARGS(
		db_i(now->id), db_t(reason), db_i(time_now()), db_id(staff_id)),
	    &cleared);
	if (rc < 0 || cleared == 0 || !now->held)
		return rc;
	if ((rc = any_open(txn, now->id, &left)) < 0)
		return rc;
	return left > 0 ? 0 : place(s, txn, now, now->state, 0);
}

static const char sql_open_reasons[] =
    "SELECT reason FROM order_hold WHERE order_id = $1 AND cleared_at = 0"
    " ORDER BY id";

/* The open reasons, as data or in words, with @sep between them. */
static int
reasons(struct session *s, int64_t order_id, bool words, const char *sep,
    char *buf, size_t size)
{
	struct db_rows *rows;
	size_t len = 0;
	int n, rc;

	buf[0] = '\0';
	rc = db_query(s->db, sql_open_reasons, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		const char *reason = db_text(rows, 0);

		n = snprintf(buf + len, size - len, "%s%s", len > 0 ? sep : "",
		    words ? order_hold_text(reason) : reason);
		if (n < 0 || (size_t)n >= size - len) {
			buf[len] = '\0';
			break;
		}
		len += (size_t)n;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
hold_words(struct session *s, int64_t order_id, char *buf, size_t size)
{
	/* TRANSLATORS: between the reasons of a hold */
	return reasons(s, order_id, true, _(", "), buf, size);
}

int
hold_names(struct session *s, int64_t order_id, char *buf, size_t size)
{
	return reasons(s, order_id, false, " ", buf, size);
}

static const char sql_done[] =
    "UPDATE orders SET done = (done | $2) & ~$3 WHERE id = $1";

int
order_did(
    struct session *s, struct txn *txn, int64_t id, int64_t set, int64_t clear)
{
	(void)s;
	return db_exec(
	    txn, sql_done, DB_ARGS(db_i(id), db_i(set), db_i(clear)), NULL);
}
