/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../made/confirm_priv.h"
#include "../stock/stock_priv.h"
#include "merge_priv.h"
#include "order_edit_priv.h"
#include "order_priv.h"

static const struct op op_terms = { "order-terms", PERM_ORDER_EDIT, "order" };
static const struct op op_agent = { "order-agent", PERM_ORDER_EDIT, "order" };

int
edit_begin(struct session *s, struct txn *txn, int64_t id, int64_t version,
    struct order_now *now)
{
	int rc = order_now(s, txn, id, now);

	if (rc < 0)
		return rc;
	if (now->state == ORDER_SHIPPED)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is shipped: what stands on its parcel can no "
		      "longer be changed"),
		    now->order_no);
	if (now->state != ORDER_UNPAID && !order_can_hold(now->state))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s and can no longer be changed"),
		    now->order_no, order_state_text(now->state));
	if (now->version != version)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Order %s was changed by someone else meanwhile"),
		    now->order_no);
	return 0;
}

static const char sql_packed[] =
    "SELECT count(*) FROM (SELECT 1 FROM packed_line WHERE order_id = $1"
    " LIMIT 1) p";

int
edit_alone(struct session *s, const struct order_now *now)
{
	int64_t packed = 0;
	int rc;

	rc = db_get1(s->db, sql_packed, DB_ARGS(db_i(now->id)), &packed);
	if (rc < 0)
		return rc;
	if (packed > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is packed: open its parcel again first"),
		    now->order_no);
	if ((rc = group_any(s, now)) > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s goes in one parcel with others: undo the "
		      "merging first"),
		    now->order_no);
	return rc;
}

void
order_terms_from(struct order_terms *edit, const struct order *o)
{
	*edit = (struct order_terms){
		.delivery = o->delivery,
		.promised = o->promised_at != 0 ? time_day(o->promised_at) : 0,
	};
}

static const char sql_terms[] =
    "SELECT delivery, promised_at FROM orders WHERE id = $1";
static const char sql_terms_set[] =
    "UPDATE orders SET delivery = $2, promised_at = $3, version = version + 1"
    " WHERE id = $1";

struct terms_work {
	struct order_now now;
	int64_t delivery, promised_at;
};

static int
terms_read(struct session *s, struct terms_work *w)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_terms, DB_ARGS(db_i(w->now.id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		w->delivery = db_int(rows, 0);
		w->promised_at = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* By the end of the day. */
static int64_t
promise(int64_t day)
{
	return day != 0 ? day_start(day + 1) - 1 : 0;
}

/* What the buyer had confirmed of it no longer is. */
static int
unconfirm(struct session *s, struct txn *txn, const struct terms_work *w,
    const struct order_terms *edit, int64_t at)
{
	char was[TIME_SIZE] = "", is[TIME_SIZE] = "";
	int rc = 0;

	if (edit->delivery != w->delivery)
		rc = confirm_changed(s, txn, w->now.id, CONFIRM_DELIVERY,
		    order_delivery_name(w->delivery),
		    order_delivery_name(edit->delivery));
	if (rc < 0 || at == w->promised_at)
		return rc;
	if (w->promised_at != 0)
		day_text(time_day(w->promised_at), was);
	if (at != 0)
		day_text(time_day(at), is);
	return confirm_changed(s, txn, w->now.id, CONFIRM_SHIP_DATE, was, is);
}

/* 1: something was changed. */
static int
terms_apply(struct session *s, struct txn *txn, struct terms_work *w,
    int64_t version, const struct order_terms *edit)
{
	int64_t at = promise(edit->promised);
	int rc;

	if ((rc = edit_begin(s, txn, w->now.id, version, &w->now)) < 0 ||
	    (rc = terms_read(s, w)) < 0)
		return rc;
	/* The very moment, where somebody agreed on one. */
	if (w->promised_at != 0 && edit->promised == time_day(w->promised_at))
		at = w->promised_at;
	if (at == w->promised_at && edit->delivery == w->delivery)
		return 0;
	rc = db_exec(txn, sql_terms_set,
	    DB_ARGS(db_i(w->now.id), db_i(edit->delivery), db_i(at)), NULL);
	if (rc == 0 && order_can_hold(w->now.state))
		rc = stock_again(s, txn, w->now.id);
	if (rc == 0)
		rc = unconfirm(s, txn, w, edit, at);
	return rc < 0 ? rc : 1;
}

static const char *
day_or_none(int64_t day, char buf[TIME_SIZE])
{
	return day != 0 ? day_text(day, buf) : "\"\"";
}

int
order_terms(struct session *s, int64_t id, int64_t version,
    const struct order_terms *edit)
{
	struct terms_work w = { .now = { .id = id } };
	char was[TIME_SIZE], is[TIME_SIZE];
	struct txn *txn;
	int rc;

	if (edit->delivery < 0 || edit->delivery >= DELIVERY_MAX)
		return err_set(&s->err, ERR_INVALID, "delivery",
		    _("There is no such way of delivery: courier, collect, "
		      "building or installed"));
	if (edit->promised != 0 && edit->promised < time_day(time_now()))
		return err_set(&s->err, ERR_INVALID, "promised",
		    _("The promised day is over already"));
	if ((rc = op_begin(s, &op_terms, &txn)) < 0)
		return rc;
	rc = terms_apply(s, txn, &w, version, edit);
	if (rc > 0)
		rc = op_commit(s, &op_terms, &txn, id,
		    "delivery %s -> %s; promised %s -> %s",
		    order_delivery_name(w.delivery),
		    order_delivery_name(edit->delivery),
		    day_or_none(
			w.promised_at != 0 ? time_day(w.promised_at) : 0, was),
		    day_or_none(edit->promised, is));
	op_abort(s, &txn);
	return rc;
}

static const char sql_login[] =
    "SELECT id FROM staff WHERE login = $1 AND active = 1";
static const char sql_agent[] =
    "SELECT coalesce(o.agent_id, 0), coalesce(st.name, '') FROM orders o"
    " LEFT JOIN staff st ON st.id = o.agent_id WHERE o.id = $1";
static const char sql_agent_name[] = "SELECT id, name FROM staff WHERE id = $1";
static const char sql_agent_set[] =
    "UPDATE orders SET agent_id = $2, version = version + 1 WHERE id = $1";

/* An id and a name, of the only row there is. */
static int
named(
    struct session *s, const char *sql, int64_t by, int64_t *id, char name[64])
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, DB_ARGS(db_i(by)), &rows);

	name[0] = '\0';
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		copy_text(name, 64, db_text(rows, 1));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
find_agent(struct session *s, const char *login, int64_t *id)
{
	int rc;

	*id = 0;
	if (login[0] == '\0')
		return 0;
	rc = db_get1(s->db, sql_login, DB_ARGS(db_t(login)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "agent",
		    _("Nobody who works here has the log-in %s"), login);
	return rc;
}

int
order_agent(struct session *s, int64_t id, const char *login)
{
	char was[64], is[64];
	int64_t old = 0, agent = 0;
	struct order_now now;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_agent, &txn)) < 0)
		return rc;
	if ((rc = order_now(s, txn, id, &now)) == 0 &&
	    (rc = find_agent(s, login, &agent)) == 0 &&
	    (rc = named(s, sql_agent, id, &old, was)) == 0 && old != agent &&
	    (rc = named(s, sql_agent_name, agent, &agent, is)) == 0)
		rc = db_exec(
		    txn, sql_agent_set, DB_ARGS(db_i(id), db_id(agent)), NULL);
	if (rc == 0 && old != agent)
		rc = op_commit(
		    s, &op_agent, &txn, id, "agent \"%s\" -> \"%s\"", was, is);
	op_abort(s, &txn);
	return rc;
}
