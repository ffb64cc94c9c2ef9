/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "waves_priv.h"

/* Sorting (播种): what was picked for all goes to the slots, piece by piece. */

static const struct op op_sort = { "wave-sort", PERM_ORDER_SHIP, "wave" };

static const char sql_line[] =
    "SELECT v.sku_code, v.name, l.picked, l.sorted FROM variant v"
    " LEFT JOIN wave_line l ON l.variant_id = v.id AND l.wave_id = $1"
    " WHERE v.id = $2";

/* Is there a piece of it to be sorted? Else *@out says why not. */
static int
look_at_line(struct session *s, int64_t wave_id, int64_t variant_id,
    struct wave_scan *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    s->db, sql_line, DB_ARGS(db_i(wave_id), db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(out->sku, sizeof(out->sku), row_text(rows, 0, NULL));
		copy_text(
		    out->name, sizeof(out->name), row_text(rows, 1, NULL));
		out->said = db_isnull(rows, 2) ? WAVE_WRONG : WAVE_MANY;
		out->have = db_int(rows, 3);
		out->need = db_int(rows, 2);
		rc = out->have < out->need;
	}
	db_done(rows);
	return rc;
}

static const char sql_slot[] =
    "SELECT coalesce(min(i.slot), 0) FROM wave_item i WHERE i.wave_id = $1"
    " AND i.variant_id = $2 AND i.sorted < i.need AND EXISTS (SELECT 1"
    " FROM wave_order x WHERE x.wave_id = i.wave_id AND x.slot = i.slot"
    " AND x.state = 0)";
static const char sql_into[] =
    "UPDATE wave_item SET sorted = sorted + 1"
    " WHERE wave_id = $1 AND slot = $2 AND variant_id = $3";
static const char sql_sorted[] = "UPDATE wave_line SET sorted = sorted + 1"
				 " WHERE wave_id = $1 AND variant_id = $2";
static const char sql_in_slot[] = "SELECT sum(sorted), sum(need) FROM wave_item"
				  " WHERE wave_id = $1 AND slot = $2";
static const char sql_left[] =
    "SELECT coalesce(sum(i.need - i.sorted), 0) FROM wave_item i"
    " WHERE i.wave_id = $1 AND EXISTS (SELECT 1 FROM wave_order x"
    " WHERE x.wave_id = i.wave_id AND x.slot = i.slot AND x.state = 0)";

/* How full the slot is now, and the wave. */
static int
tell_slot(
    struct session *s, struct txn *txn, int64_t wave_id, struct wave_scan *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    s->db, sql_in_slot, DB_ARGS(db_i(wave_id), db_i(out->slot)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->have = db_int(rows, 0);
		out->need = db_int(rows, 1);
	}
	db_done(rows);
	if (rc >= 0)
		rc = db_fetch1(
		    txn, sql_left, DB_ARGS(db_i(wave_id)), &out->left);
	if (rc < 0)
		return rc;
	out->said = out->left == 0           ? WAVE_ALL
		    : out->have == out->need ? WAVE_FULL
					     : WAVE_OK;
	return 0;
}

/* 1 when it has a slot. */
static int
sort_piece(struct session *s, struct txn *txn, int64_t wave_id,
    const char *code, struct wave_scan *out)
{
	struct db_val wave = db_i(wave_id);
	int64_t variant;
	int rc;

	if ((rc = code_variant(s, code, &variant)) == ERR_NOTFOUND)
		return 0;
	if (rc < 0 || (rc = look_at_line(s, wave_id, variant, out)) <= 0)
		return rc;
	rc = db_fetch1(txn, sql_slot, DB_ARGS(wave, db_i(variant)), &out->slot);
	if (rc < 0 || out->slot == 0)
		return rc;
	rc = db_exec(
	    txn, sql_into, DB_ARGS(wave, db_i(out->slot), db_i(variant)), NULL);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_sorted, DB_ARGS(wave, db_i(variant)), NULL);
	if (rc == 0)
		rc = tell_slot(s, txn, wave_id, out);
	return rc < 0 ? rc : 1;
}

static int
check_wave(struct session *s, const struct wave_now *w)
{
	if (w->kind != WAVE_SEVERAL)
		return err_set(&s->err, ERR_STATE, "",
		    _("Wave %s is not sorted: each piece is for any order"),
		    w->wave_no);
	if (w->state != WAVE_OPEN && w->state != WAVE_PICKED)
		return err_set(&s->err, ERR_STATE, "", _("Wave %s is %s"),
		    w->wave_no, wave_state_text(w->state));
	return 0;
}

int
wave_sort(
    struct session *s, int64_t id, const char *code, struct wave_scan *out)
{
	struct wave_now w = { 0 };
	struct txn *txn;
	int rc;

	*out = (struct wave_scan){ .said = WAVE_UNKNOWN };
	if ((rc = op_begin(s, &op_sort, &txn)) < 0)
		return rc;
	if ((rc = wave_now(s, txn, id, &w)) == 0 &&
	    (rc = check_wave(s, &w)) == 0)
		rc = sort_piece(s, txn, id, code, out);
	if (rc > 0)
		rc = op_commit(s, &op_sort, &txn, id, "%s %s -> %" PRId64,
		    w.wave_no, out->sku, out->slot);
	op_abort(s, &txn);
	return rc;
}
