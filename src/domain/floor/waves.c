/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "waves_priv.h"

/* Waves as they are read, and what they are called. */

static const struct {
	const char *name, *text;
} kinds[WAVE_KINDS] = {
	[WAVE_ONE] = { "single", N_("One piece each") },
	[WAVE_SAME] = { "same", N_("One product") },
	[WAVE_SEVERAL] = { "several", N_("Several, sorted") },
};
static const struct {
	const char *name, *text;
} states[WAVE_STATES] = {
	[WAVE_OPEN] = { "open", N_("to be picked") },
	[WAVE_PICKED] = { "picked", N_("picked") },
	[WAVE_DONE] = { "done", N_("done") },
	[WAVE_CANCELLED] = { "cancelled", N_("cancelled") },
};

const char *
wave_kind_name(int64_t kind)
{
	return kind > 0 && kind < WAVE_KINDS ? kinds[kind].name : "";
}

const char *
wave_kind_text(int64_t kind)
{
	return kind > 0 && kind < WAVE_KINDS ? _(kinds[kind].text) : "";
}

int
wave_kind_by_name(const char *name)
{
	int kind;

	for (kind = WAVE_ONE; kind < WAVE_KINDS; kind++)
		if (strcmp(kinds[kind].name, name) == 0)
			return kind;
	return 0;
}

const char *
wave_state_name(int64_t state)
{
	return state > 0 && state < WAVE_STATES ? states[state].name : "";
}

const char *
wave_state_text(int64_t state)
{
	return state > 0 && state < WAVE_STATES ? _(states[state].text) : "";
}

static const struct code slots_v[] = {
	{ "open", N_("to be packed") },
	{ "done", N_("packed") },
	{ "kicked", N_("kicked out") },
};
static const struct codes slots = CODES(slots_v);

const char *
wave_slot_name(int64_t state)
{
	return code_name(&slots, state);
}

const char *
wave_slot_text(int64_t state)
{
	return code_text(&slots, state);
}

static const char sql_now[] =
    "SELECT kind, state, warehouse_id, picker_id, wave_no FROM wave"
    " WHERE id = $1";

int
wave_now(struct session *s, struct txn *txn, int64_t id, struct wave_now *out)
{
	struct db_rows *rows;
	int rc;

	(void)txn;
	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct wave_now){ .id = id,
			.kind = db_int(rows, 0),
			.state = db_int(rows, 1),
			.warehouse_id = db_int(rows, 2),
			.picker_id = db_int(rows, 3) };
		copy_text(out->wave_no, sizeof(out->wave_no), db_text(rows, 4));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such wave"));
	}
	db_done(rows);
	return rc;
}

static const char sql_open_orders[] =
    "SELECT count(*) FROM wave_order WHERE wave_id = $1 AND state = 0";
static const char sql_missing[] =
    "SELECT count(*) FROM wave_line WHERE wave_id = $1 AND picked < need";
static const char sql_done[] =
    "UPDATE wave SET state = 3, done_at = $2 WHERE id = $1";
static const char sql_picked[] =
    "UPDATE wave SET state = 2, picked_at = $2 WHERE id = $1";
static const char sql_bits[] =
    "UPDATE orders SET done = done | $2 WHERE id IN (SELECT x.order_id"
    " FROM wave_order x WHERE x.wave_id = $1 AND x.state = 0)";

int
wave_settle(struct session *s, struct txn *txn, int64_t id)
{
	const struct db_val at = db_i(time_now());
	struct wave_now w = { 0 };
	int64_t open, missing;
	int rc;

	if ((rc = wave_now(s, txn, id, &w)) < 0 || w.state > WAVE_PICKED ||
	    (rc = db_fetch1(txn, sql_open_orders, DB_ARGS(db_i(id)), &open)) <
		0)
		return rc;
	if (open == 0)
		return db_exec(txn, sql_done, DB_ARGS(db_i(id), at), NULL);
	if (w.state != WAVE_OPEN)
		return 0;
	rc = db_fetch1(txn, sql_missing, DB_ARGS(db_i(id)), &missing);
	if (rc < 0 || missing > 0)
		return rc;
	rc = db_exec(txn, sql_picked, DB_ARGS(db_i(id), at), NULL);
	if (rc < 0)
		return rc;
	return db_exec(
	    txn, sql_bits, DB_ARGS(db_i(id), db_i(DONE_PICKED)), NULL);
}

#define SLOTS_IN(state) \
	", (SELECT count(DISTINCT x.slot) FROM wave_order x" \
	" WHERE x.wave_id = w.id AND x.state = " state ")"
#define SUM(column) \
	", coalesce((SELECT sum(l." column ") FROM wave_line l" \
	" WHERE l.wave_id = w.id), 0)"
#define WAVE_SELECT \
	"SELECT w.id, w.wave_no, w.kind, w.state, wh.name, st.name, pi.name," \
	" w.at, w.picked_at, w.done_at" SLOTS_IN("0") SLOTS_IN("1") \
	    SLOTS_IN("2") SUM("need") SUM("picked") SUM( \
		"sorted") " FROM wave w JOIN warehouse wh ON wh.id = w.warehouse_id" \
			  " JOIN staff st ON st.id = w.staff_id" \
			  " LEFT JOIN staff pi ON pi.id = w.picker_id"

static void
take_wave(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct wave *w = out;

	w->id = db_int(rows, 0);
	w->wave_no = row_text(rows, 1, arena);
	w->kind = db_int(rows, 2);
	w->state = db_int(rows, 3);
	w->warehouse = row_text(rows, 4, arena);
	w->staff = row_text(rows, 5, arena);
	w->picker = row_text(rows, 6, arena);
	w->at = db_int(rows, 7);
	w->picked_at = db_int(rows, 8);
	w->done_at = db_int(rows, 9);
	w->open = db_int(rows, 10);
	w->done = db_int(rows, 11);
	w->kicked = db_int(rows, 12);
	w->slots = w->open + w->done + w->kicked;
	w->need = db_int(rows, 13);
	w->picked = db_int(rows, 14);
	w->sorted = db_int(rows, 15);
}

int
wave_page(struct session *s, int64_t state, enum page_dir dir,
    const struct wave *from, size_t limit, struct page *out)
{
	struct query q = QUERY(WAVE_SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "w.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (state != 0)
		query_and(&q, "w.state =", db_i(state));
	if (s->floor != 0)
		query_and(&q, "w.warehouse_id =", db_i(s->floor));
	query_page(&q, keys, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct wave), limit, take_wave, out);
}

int
wave_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(WAVE_SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "w.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct wave), 1, take_wave, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such wave"));
	}
	return rc;
}

static const char sql_by_no[] = "SELECT id FROM wave WHERE wave_no = $1";

int
wave_by_no(struct session *s, const char *no, int64_t *id)
{
	char typed[32];
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	trim_number(typed, sizeof(typed), no);
	rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "wave_no",
		    _("There is no wave %s"), typed);
	return rc;
}

static const char sql_count[] = "SELECT count(*) FROM wave WHERE state = $1"
				" AND ($2 = 0 OR warehouse_id = $2)";

int
wave_counts(struct session *s, int64_t n[WAVE_STATES])
{
	int rc;

	memset(n, 0, WAVE_STATES * sizeof(n[0]));
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_count, DB_ARGS(db_i(WAVE_OPEN), db_i(s->floor)),
	    &n[WAVE_OPEN]);
	if (rc == 0)
		rc = db_get1(s->db, sql_count,
		    DB_ARGS(db_i(WAVE_PICKED), db_i(s->floor)),
		    &n[WAVE_PICKED]);
	return rc;
}
