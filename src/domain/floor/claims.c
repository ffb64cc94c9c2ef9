/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/waves.h"

#include "../core/session_priv.h"
#include "claims_priv.h"

/*
 * Claim the next instead of locks: who writes has the database alone, so that
 * no two get the same order. What a claim says is looked at by whoever comes
 * next, nothing has to be cleaned up.
 */

static const struct op op_claim = { "order-claim", PERM_ORDER_SHIP, "order" };
static const struct op op_unclaim = { "order-unclaim", PERM_ORDER_SHIP,
	"order" };

char *
claim_place(char buf[CLAIM_PLACE])
{
	const char *tty = isatty(STDIN_FILENO) ? ttyname(STDIN_FILENO) : NULL;

	snprintf(buf, CLAIM_PLACE, "%.40s:%ld", tty != NULL ? tty : "",
	    (long)getpid());
	return buf;
}

/* Has the program that claimed it ended? */
static bool
place_gone(const char *place)
{
	const char *colon = strrchr(place, ':');
	long pid = colon != NULL ? strtol(colon + 1, NULL, 10) : 0;

	return pid > 0 && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* A claim, as it is read beside its order; staff_id 0: there is none. */
struct claim {
	int64_t staff_id, seen_at;
	char place[CLAIM_PLACE];
};

static void
take_claim(const struct db_rows *rows, int col, struct claim *c)
{
	*c = (struct claim){ .staff_id = db_int(rows, col),
		.seen_at = db_int(rows, col + 2) };
	if (c->staff_id != 0)
		copy_text(c->place, sizeof(c->place), db_text(rows, col + 1));
}

/* May @place of this clerk have what @c says? */
static bool
is_free(const struct session *s, const struct claim *c, const char *place,
    int64_t idle)
{
	return c->staff_id == 0 || c->seen_at < idle || place_gone(c->place) ||
	       (c->staff_id == s->staff_id && strcmp(c->place, place) == 0);
}

/* Claims that were not heard of since then count no more. */
static int
idle_since(struct session *s, int64_t *idle)
{
	int64_t minutes;
	int rc = setting_int(s, SETTING_CLAIM_MIN, &minutes);

	*idle = time_now() - minutes * 60;
	return rc;
}

static const char sql_put[] =
    "INSERT INTO claim (order_id, staff_id, place, at, seen_at)"
    " VALUES ($1, $2, $3, $4, $4) ON CONFLICT (order_id) DO UPDATE"
    " SET staff_id = $2, place = $3, seen_at = $4, at = CASE WHEN"
    " claim.staff_id = $2 THEN claim.at ELSE $4 END";

static int
put(struct session *s, struct txn *txn, int64_t order_id, const char *place)
{
	return db_exec(txn, sql_put,
	    DB_ARGS(db_i(order_id), db_i(s->staff_id), db_t(place),
		db_i(time_now())),
	    NULL);
}

static const char sql_claim[] =
    "SELECT staff_id, place, seen_at FROM claim WHERE order_id = $1";

int
claim_take(
    struct session *s, struct txn *txn, int64_t order_id, const char *place)
{
	struct claim c = { 0 };
	struct db_rows *rows;
	int64_t idle;
	int rc;

	if ((rc = idle_since(s, &idle)) < 0)
		return rc;
	rc = db_query(s->db, sql_claim, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		take_claim(rows, 0, &c);
	db_done(rows);
	if (rc < 0 || !is_free(s, &c, place, idle))
		return rc < 0 ? rc : 0;
	rc = put(s, txn, order_id, place);
	return rc < 0 ? rc : 1;
}

static const char sql_end[] = "DELETE FROM claim WHERE order_id = $1";

int
claim_end(struct session *s, struct txn *txn, int64_t order_id)
{
	(void)s;
	return db_exec(txn, sql_end, DB_ARGS(db_i(order_id)), NULL);
}

struct seek {
	const char *place;
	int64_t wave_id, idle, reviewed;
	int64_t id; /* what was found; 0: nothing */
};

/* The first of these orders that is in nobody's hands: 1, or 0. */
static int
first_free(struct session *s, struct seek *k, const char *sql,
    const struct db_val *args, size_t nargs)
{
	struct db_rows *rows;
	struct claim c;
	int rc;

	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		take_claim(rows, 1, &c);
		if (is_free(s, &c, k->place, k->idle))
			break;
	}
	if (rc > 0)
		k->id = db_int(rows, 0);
	db_done(rows);
	return rc;
}

/* What can be packed: the order by itself, or the first of those merged. */
#define GOES  " o.state IN (2, 3) AND o.held = 0 AND o.lead_id IS NULL"
#define CLAIM " LEFT JOIN claim c ON c.order_id = o.id"
/* Of the warehouse @at, or 0; of what was split, a part. */
#define HERE(at) \
	" AND (" at " = 0 OR CASE WHEN o.parts = 0" \
	" THEN coalesce(o.warehouse_id, 1) = " at " ELSE EXISTS (SELECT 1" \
	" FROM order_part q WHERE q.order_id = o.id AND q.qty > q.sent" \
	" AND coalesce(q.warehouse_id, o.warehouse_id, 1) = " at ") END)"
static const char sql_mine[] =
    "SELECT o.id, c.staff_id, c.place, c.seen_at FROM claim c"
    " JOIN orders o ON o.id = c.order_id WHERE c.staff_id = $1 AND" GOES
    " AND ($2 = 0 OR EXISTS (SELECT 1 FROM wave_order x"
    " WHERE x.wave_id = $2 AND x.order_id = o.id AND x.state = 0))" HERE(
	"$3") " ORDER BY c.order_id";
static const char sql_of_wave[] =
    "SELECT o.id, c.staff_id, c.place, c.seen_at FROM wave_order x"
    " JOIN orders o ON o.id = x.order_id" CLAIM
    " WHERE x.wave_id = $1 AND x.state = 0 AND" GOES
    " ORDER BY x.slot /*sort*/";
/* Those in a wave that is being picked come when it is; see DONE_WAVED. */
static const char sql_waiting[] =
    "SELECT o.id, c.staff_id, c.place, c.seen_at FROM orders o" CLAIM
    " WHERE o.state = 2 AND o.held = 0 AND o.lead_id IS NULL"
    " AND o.done & $1 = $2 AND NOT EXISTS (SELECT 1 FROM packed_line k"
    " WHERE k.order_id = o.id)" HERE("$3") " ORDER BY o.created_at, o.id";
static const char sql_picked[] =
    "SELECT id FROM wave WHERE state = 2 AND ($1 = 0 OR warehouse_id = $1)"
    " ORDER BY id LIMIT 1000";

static int
of_wave(struct session *s, struct seek *k, int64_t wave_id)
{
	return first_free(s, k, sql_of_wave, DB_ARGS(db_i(wave_id)));
}

static int
of_picked_waves(struct session *s, struct seek *k)
{
	struct db_rows *rows;
	int rc, found = 0;

	rc = db_query(s->db, sql_picked, DB_ARGS(db_i(s->floor)), &rows);
	if (rc < 0)
		return rc;
	while (found == 0 && (rc = db_next(rows)) > 0)
		found = of_wave(s, k, db_int(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : found;
}

/* Begun and not ended comes first, then what is picked, then the oldest. */
static int
seek(struct session *s, struct seek *k)
{
	int64_t bits = DONE_WAVED | (k->reviewed ? DONE_REVIEWED : 0);
	int rc;

	rc = first_free(s, k, sql_mine,
	    DB_ARGS(db_i(s->staff_id), db_i(k->wave_id), db_i(s->floor)));
	if (rc != 0)
		return rc;
	if (k->wave_id != 0)
		return of_wave(s, k, k->wave_id);
	if ((rc = of_picked_waves(s, k)) != 0)
		return rc;
	return first_free(s, k, sql_waiting,
	    DB_ARGS(db_i(bits), db_i(k->reviewed ? DONE_REVIEWED : 0),
		db_i(s->floor)));
}

int
claim_next(
    struct session *s, int64_t wave_id, const char *place, int64_t *order_id)
{
	struct seek k = { .place = place, .wave_id = wave_id };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_claim, &txn)) < 0)
		return rc;
	if ((rc = idle_since(s, &k.idle)) == 0 &&
	    (rc = setting_int(s, SETTING_REVIEW, &k.reviewed)) == 0)
		rc = seek(s, &k);
	if (rc == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("No order waits for somebody to take it"));
	if (rc > 0)
		rc = put(s, txn, k.id, place);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	if (rc == 0)
		*order_id = k.id;
	return rc;
}

static const char sql_touch[] = "UPDATE claim SET seen_at = $4"
				" WHERE order_id = $1 AND staff_id = $2"
				" AND place = $3";

int
claim_touch(struct session *s, int64_t order_id, const char *place)
{
	struct txn *txn;
	int64_t changed = 0;
	int rc;

	if ((rc = op_begin(s, &op_claim, &txn)) < 0)
		return rc;
	rc = db_exec(txn, sql_touch,
	    DB_ARGS(db_i(order_id), db_i(s->staff_id), db_t(place),
		db_i(time_now())),
	    &changed);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc < 0 ? rc : changed > 0;
}

static const char sql_drop[] =
    "DELETE FROM claim WHERE staff_id = $1 AND place = $2"
    " AND ($3 = 0 OR order_id = $3)";

int
claim_drop(struct session *s, int64_t order_id, const char *place)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_unclaim, &txn)) < 0)
		return rc;
	rc = db_exec(txn, sql_drop,
	    DB_ARGS(db_i(s->staff_id), db_t(place), db_i(order_id)), NULL);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
}
