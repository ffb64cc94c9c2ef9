/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "waves_pool.h"
#include "waves_priv.h"

/* A new wave, of what waits.c has found. */

static const struct op op_make = { "wave-make", PERM_WAVE_MAKE, "wave" };

static int
check_what(struct session *s, const struct wave_what *what)
{
	if (what->kind < 0 || what->kind >= WAVE_KINDS)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("There is no such kind of wave"));
	if (what->most < 0)
		return err_set(&s->err, ERR_INVALID, "most",
		    _("How many orders at most? A number above zero"));
	return 0;
}

int
wave_preview(struct session *s, const struct wave_what *what,
    struct wave_preview out[WAVE_KINDS])
{
	struct pool pool = { 0 };
	int64_t kind;
	int rc;

	memset(out, 0, WAVE_KINDS * sizeof(out[0]));
	if ((rc = session_need(s, PERM_WAVE_MAKE)) < 0 ||
	    (rc = check_what(s, what)) < 0 || (rc = db_snapshot(s->db)) < 0)
		return rc;
	rc = pool_read(s, what, &pool);
	for (kind = WAVE_ONE; rc == 0 && kind < WAVE_KINDS; kind++)
		rc = pool_choose(s, &pool, kind, &out[kind]);
	db_snapshot_end(s->db);
	pool_done(&pool);
	return rc;
}

/* There is one writer at a time, so this is the id the wave will get. */
static const char sql_next[] = "SELECT coalesce(max(id), 0) + 1 FROM wave";
static const char sql_wave[] =
    "INSERT INTO wave (wave_no, kind, warehouse_id, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5)";
static const char sql_order[] =
    "INSERT INTO wave_order (wave_id, order_id, part, slot)"
    " VALUES ($1, $2, $3, $4)";
static const char sql_item[] =
    "INSERT INTO wave_item (wave_id, slot, variant_id, need)"
    " VALUES ($1, $2, $3, $4)";
/* Where it lies is as of now: what is moved meanwhile, the picker finds. */
static const char sql_lines[] =
    "INSERT INTO wave_line (wave_id, variant_id, bin, need)"
    " SELECT i.wave_id, i.variant_id, coalesce((SELECT st.bin FROM stock st"
    " WHERE st.variant_id = i.variant_id AND st.warehouse_id = $2), ''),"
    " sum(i.need) FROM wave_item i WHERE i.wave_id = $1"
    " GROUP BY i.wave_id, i.variant_id /*sort*/";

/* The wave stands in the history of each of its orders, and so on its import.
 */
static int
write_slot(struct session *s, struct txn *txn, const struct pool *pool,
    const char *no, int64_t id, int64_t slot)
{
	const struct unit *u = &pool->units[pool->chosen[slot - 1]];
	size_t i;
	int rc = 0;

	for (i = u->members; rc == 0 && i < u->members_end; i++) {
		int64_t order = pool->members[i].order_id;

		rc = db_exec(txn, sql_order,
		    DB_ARGS(db_i(id), db_i(order), db_i(u->part), db_i(slot)),
		    NULL);
		if (rc == 0)
			rc = order_did(s, txn, order, DONE_WAVED, 0);
		if (rc == 0)
			rc = op_note(s, &op_make, txn, "order", order,
			    "%s, slot: %" PRId64, no, slot);
	}
	for (i = u->items; rc == 0 && i < u->items_end; i++)
		rc = db_exec(txn, sql_item,
		    DB_ARGS(db_i(id), db_i(slot),
			db_i(pool->items[i].variant_id),
			db_i(pool->items[i].qty)),
		    NULL);
	return rc;
}

static int
write_wave(struct session *s, struct txn *txn, const struct pool *pool,
    int64_t kind, char no[32], int64_t *id)
{
	int64_t next, slot;
	int rc;

	if ((rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, 32, "W-%06" PRId64, next);
	rc = db_insert(txn, sql_wave,
	    DB_ARGS(db_t(no), db_i(kind), db_i(pool->warehouse_id),
		db_i(s->staff_id), db_i(time_now())),
	    id);
	for (slot = 1; rc == 0 && slot <= (int64_t)pool->nchosen; slot++)
		rc = write_slot(s, txn, pool, no, *id, slot);
	if (rc == 0)
		rc = db_exec(txn, sql_lines,
		    DB_ARGS(db_i(*id), db_i(pool->warehouse_id)), NULL);
	return rc;
}

static int
none(struct session *s, const struct wave_preview *would)
{
	if (would->lacking > 0)
		return err_set(&s->err, ERR_NOTFOUND, "kind",
		    _("%" PRId64 " orders fit such a wave, but stock is "
		      "missing for each"),
		    would->lacking);
	return err_set(&s->err, ERR_NOTFOUND, "kind",
	    _("No order that is free to go fits such a wave"));
}

int
wave_make(struct session *s, const struct wave_what *what, int64_t *id)
{
	struct wave_preview would = { 0 };
	struct pool pool = { 0 };
	struct txn *txn;
	char no[32];
	int rc;

	if ((rc = check_what(s, what)) < 0)
		return rc;
	if (what->kind == 0)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("Which kind of wave is it to be?"));
	if ((rc = order_route_new(s)) < 0 ||
	    (what->courier[0] != '\0' && (rc = courier_rules_new(s)) < 0) ||
	    (rc = op_begin(s, &op_make, &txn)) < 0)
		return rc;
	if ((rc = pool_read(s, what, &pool)) == 0)
		rc = pool_choose(s, &pool, what->kind, &would);
	if (rc == 0 && pool.nchosen == 0)
		rc = none(s, &would);
	if (rc == 0)
		rc = write_wave(s, txn, &pool, what->kind, no, id);
	if (rc == 0)
		rc = op_commit(s, &op_make, &txn, *id,
		    "%s %s, orders: %zu, pieces: %" PRId64, no,
		    wave_kind_name(what->kind), pool.nchosen, would.pieces);
	op_abort(s, &txn);
	pool_done(&pool);
	return rc;
}
