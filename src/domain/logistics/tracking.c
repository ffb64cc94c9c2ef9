/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/tracking.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/tsv_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "../reports/figures_priv.h"
#include "track_priv.h"

/* What couriers tell of a parcel, and what becomes of it by that. */

static const struct op op_add = { "track-add", PERM_TRACK_EDIT, "parcel" };

static const struct {
	const char *name, *text;
} states[TRACK_MAX] = {
	[TRACK_NONE] = { "none", N_("no news") },
	[TRACK_COLLECTED] = { "collected", N_("collected") },
	[TRACK_MOVING] = { "moving", N_("on its way") },
	[TRACK_DELIVERING] = { "delivering", N_("out for delivery") },
	[TRACK_SIGNED] = { "signed", N_("signed for") },
	[TRACK_REFUSED] = { "refused", N_("refused by the buyer") },
	[TRACK_RETURNING] = { "returning", N_("on its way back") },
	[TRACK_RETURNED] = { "returned", N_("back") },
	[TRACK_TROUBLE] = { "trouble", N_("in trouble") },
	[TRACK_LOST] = { "lost", N_("lost") },
};

const char *
track_name(int64_t state)
{
	return state >= 0 && state < TRACK_MAX ? states[state].name : "";
}

const char *
track_text(int64_t state)
{
	return state >= 0 && state < TRACK_MAX ? _(states[state].text) : "";
}

enum track_state
track_by_name(const char *name)
{
	unsigned i;

	for (i = 0; i < TRACK_MAX; i++)
		if (strcmp(states[i].name, name) == 0)
			return (enum track_state)i;
	return TRACK_MAX;
}

/* The first line whose word is in them: the data has the special ones first. */
enum track_state
track_by_words(const char *words)
{
	enum track_state state = TRACK_MOVING;
	struct tsv t;

	tsv_open(&t, "track-states.tsv");
	while (tsv_next(&t)) {
		if (strcasestr(words, tsv_get(&t, "word")) == NULL)
			continue;
		state = track_by_name(tsv_get(&t, "state"));
		assert(state != TRACK_MAX);
		break;
	}
	tsv_done(&t);
	return state;
}

static void
take_event(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct track_event *e = out;

	e->id = db_int(rows, 0);
	e->at = db_int(rows, 1);
	e->state = db_int(rows, 2);
	e->place = row_text(rows, 3, arena);
	e->text = row_text(rows, 4, arena);
}

#define EVENTS_MAX 500 /* of one parcel: couriers tell some dozens */

int
track_events(struct session *s, int64_t parcel_id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT id, at, state, place, text FROM track_event WHERE 1 = 1");
	const struct query_key keys[] = {
		{ .column = "at" },
		{ .column = "text" },
	};
	struct track_event *e;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "parcel_id =", db_i(parcel_id));
	query_page(&q, keys, 2, true, PAGE_FIRST, EVENTS_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct track_event),
	    EVENTS_MAX, take_event, out);
	e = out->rows;
	for (i = 0; rc == 0 && i < out->n; i++)
		e[i].text = contact_hide_text(s, e[i].text, &out->arena);
	return rc;
}

static const char sql_by_waybill[] =
    "SELECT id FROM parcel WHERE waybill_no = $1";

int
track_parcel(struct session *s, const char *waybill_no, int64_t *id)
{
	char text[64];
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	trim_number(text, sizeof(text), waybill_no);
	rc = db_get1(s->db, sql_by_waybill, DB_ARGS(db_t(text)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "waybill_no",
		    _("No parcel has the waybill %s"), text);
	return rc;
}

static const char sql_event[] =
    "INSERT INTO track_event (parcel_id, at, state, place, text, batch_id)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (parcel_id, at, text) DO NOTHING";
/* Older news change nothing; what arrived or came back for good is watched no
 * more. */
static const char sql_parcel[] = "UPDATE parcel SET track = $3, track_at = $2,"
				 " watch = CASE WHEN $3 = 4 THEN 0 ELSE 1 END"
				 " WHERE id = $1 AND track_at <= $2";
static const char sql_arrived[] =
    "UPDATE track_case SET closed_at = $2, closed_by = $3,"
    " outcome = 'arrived', version = version + 1"
    " WHERE parcel_id = $1 AND closed_at = 0"
    " AND kind NOT IN ('intercept', 'not_received', 'other')";

/* An order of our own has nobody else who would say that it is done. */
static const char sql_own_done[] =
    "SELECT o.id FROM parcel p JOIN orders o ON o.id = p.order_id"
    " WHERE p.id = $1 AND o.origin <> 0 AND o.state = 4 AND NOT EXISTS"
    " (SELECT 1 FROM parcel q WHERE q.order_id = o.id AND q.track <> 4)";
static const char sql_finished[] =
    "UPDATE orders SET finished_at = $2 WHERE id = $1";

static int
finish_own(struct session *s, struct txn *txn, int64_t parcel_id, int64_t at)
{
	struct order_now now;
	struct db_rows *rows;
	int64_t order_id = 0;
	int rc;

	rc = db_query(s->db, sql_own_done, DB_ARGS(db_i(parcel_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		order_id = db_int(rows, 0);
	db_done(rows);
	if (rc <= 0)
		return rc;
	if ((rc = order_now(s, txn, order_id, &now)) == 0)
		rc = order_move(s, txn, &now, ORDER_DONE);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_finished, DB_ARGS(db_i(order_id), db_i(at)), NULL);
	return rc;
}

int
track_tell(struct session *s, struct txn *txn, const struct track_told *told,
    bool *fresh)
{
	int64_t added, moved = 0;
	int rc;

	rc = db_exec(txn, sql_event,
	    DB_ARGS(db_i(told->parcel_id), db_i(told->at), db_i(told->state),
		db_t(told->place), db_t(told->text), db_id(told->batch_id)),
	    &added);
	*fresh = rc == 0 && added > 0;
	if (rc < 0 || added == 0)
		return rc;
	rc = db_exec(txn, sql_parcel,
	    DB_ARGS(db_i(told->parcel_id), db_i(told->at), db_i(told->state)),
	    &moved);
	if (rc < 0 || moved == 0 || told->state != TRACK_SIGNED)
		return rc;
	rc = db_exec(txn, sql_arrived,
	    DB_ARGS(
		db_i(told->parcel_id), db_i(time_now()), db_id(s->staff_id)),
	    NULL);
	return rc < 0 ? rc : finish_own(s, txn, told->parcel_id, told->at);
}

static const char sql_shipped_at[] =
    "SELECT shipped_at FROM parcel WHERE id = $1";

#define TEXT_MAX   500
#define CLOCK_SLIP 86400 /* couriers' clocks, and days told without a zone */

static int
check_add(struct session *s, int64_t parcel_id, enum track_state state,
    int64_t at, const char *text)
{
	int64_t shipped_at;
	int rc;

	if (state <= TRACK_NONE || state >= TRACK_MAX)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("Say how the parcel is: collected, moving, signed, …"));
	if (!utf8_valid(text, strlen(text)) || strlen(text) > TEXT_MAX)
		return err_set(&s->err, ERR_INVALID, "text",
		    _("The text is too long: %d bytes at most"), TEXT_MAX);
	rc = db_get1(
	    s->db, sql_shipped_at, DB_ARGS(db_i(parcel_id)), &shipped_at);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such parcel"));
	if (rc == 0 &&
	    (at > time_now() + CLOCK_SLIP || at < shipped_at - CLOCK_SLIP))
		return err_set(&s->err, ERR_INVALID, "at",
		    _("The time lies between the shipment and now"));
	return rc;
}

int
track_add(struct session *s, int64_t parcel_id, enum track_state state,
    int64_t at, const char *text)
{
	const struct track_told told = { .parcel_id = parcel_id,
		.at = at,
		.state = state,
		.place = "",
		.text = text[0] != '\0' ? text : track_name(state) };
	struct txn *txn;
	bool fresh;
	int rc;

	if ((rc = session_need(s, PERM_TRACK_EDIT)) < 0 ||
	    (rc = check_add(s, parcel_id, state, at, text)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = track_tell(s, txn, &told, &fresh);
	if (rc == 0 && !fresh)
		rc = err_set(&s->err, ERR_CONFLICT, "at",
		    _("That is known of the parcel already"));
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, parcel_id, "%s: %s",
		    track_name(state), text);
	op_abort(s, &txn);
	return rc;
}
