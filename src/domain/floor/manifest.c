/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "manifest_priv.h"
#include "ship_priv.h"

static const struct op op_open = { "manifest-open", PERM_ORDER_SHIP,
	"manifest" };
static const struct op op_scan = { "manifest-scan", PERM_ORDER_SHIP,
	"manifest" };
static const struct op op_unscan = { "manifest-unscan", PERM_ORDER_SHIP,
	"manifest" };
static const struct op op_all = { "manifest-all", PERM_ORDER_SHIP, "manifest" };
static const struct op op_close = { "manifest-close", PERM_ORDER_SHIP,
	"manifest" };
static const struct op op_reopen = { "manifest-reopen", PERM_WAVE_MAKE,
	"manifest" };

static const char sql_now[] =
    "SELECT m.courier_id, m.closed_at, m.at, m.manifest_no, co.name, m.driver"
    " FROM manifest m JOIN courier co ON co.id = m.courier_id WHERE m.id = $1";

int
manifest_now(
    struct session *s, struct txn *txn, int64_t id, struct manifest_now *out)
{
	struct db_rows *rows;
	int rc;

	(void)txn;
	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct manifest_now){ .id = id,
			.courier_id = db_int(rows, 0),
			.closed_at = db_int(rows, 1),
			.at = db_int(rows, 2) };
		copy_text(out->manifest_no, sizeof(out->manifest_no),
		    db_text(rows, 3));
		copy_text(out->courier, sizeof(out->courier), db_text(rows, 4));
		copy_text(out->driver, sizeof(out->driver), db_text(rows, 5));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such manifest"));
	}
	db_done(rows);
	return rc;
}

int
manifest_now_open(
    struct session *s, struct txn *txn, int64_t id, struct manifest_now *out)
{
	int rc;

	if ((rc = manifest_now(s, txn, id, out)) < 0 || out->closed_at == 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "", _("Manifest %s is closed"),
	    out->manifest_no);
}

static const char sql_open_of[] = "SELECT coalesce(max(id), 0) FROM manifest"
				  " WHERE courier_id = $1 AND closed_at = 0";
/* There is one writer at a time, so this is the id it will get. */
static const char sql_next[] = "SELECT coalesce(max(id), 0) + 1 FROM manifest";
static const char sql_add[] =
    "INSERT INTO manifest (manifest_no, courier_id, staff_id, at)"
    " VALUES ($1, $2, $3, $4)";

static int
open_new(struct session *s, struct txn **txn, const struct courier_now *co,
    int64_t *id)
{
	int64_t next;
	char no[32];
	int rc;

	if ((rc = db_fetch1(*txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, sizeof(no), "M-%06" PRId64, next);
	rc = db_insert(*txn, sql_add,
	    DB_ARGS(
		db_t(no), db_i(co->id), db_i(s->staff_id), db_i(time_now())),
	    id);
	if (rc == 0)
		rc = op_commit(s, &op_open, txn, *id, "%s %s", no, co->name);
	return rc;
}

int
manifest_open(struct session *s, const char *courier, int64_t *id)
{
	struct courier_now co = { 0 };
	struct txn *txn;
	int64_t open;
	int rc;

	if ((rc = courier_look_up(s, courier, &co)) < 0 ||
	    (rc = op_begin(s, &op_open, &txn)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_open_of, DB_ARGS(db_i(co.id)), &open);
	if (rc == 0 && open != 0)
		*id = open;
	else if (rc == 0)
		rc = open_new(s, &txn, &co, id);
	op_abort(s, &txn);
	return rc;
}

static const char sql_put[] =
    "UPDATE parcel SET manifest_id = $2 WHERE id = $1";

int
manifest_scan(struct session *s, int64_t id, const char *waybill_no)
{
	struct manifest_now m = { 0 };
	struct parcel_now p = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_scan, &txn)) < 0)
		return rc;
	if ((rc = manifest_now_open(s, txn, id, &m)) == 0 &&
	    (rc = manifest_parcel(s, waybill_no, &p)) == 0 &&
	    (rc = manifest_check(s, &m, &p)) == 0)
		rc = db_exec(txn, sql_put, DB_ARGS(db_i(p.id), db_i(id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_scan, &txn, id, "%s %s", m.manifest_no,
		    p.waybill_no);
	op_abort(s, &txn);
	return rc;
}

int
manifest_unscan(struct session *s, int64_t id, const char *waybill_no)
{
	struct manifest_now m = { 0 };
	struct parcel_now p = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_unscan, &txn)) < 0)
		return rc;
	if ((rc = manifest_now_open(s, txn, id, &m)) == 0 &&
	    (rc = manifest_parcel(s, waybill_no, &p)) == 0) {
		if (p.manifest_id != id)
			rc = err_set(&s->err, ERR_STATE, "waybill_no",
			    _("%s is not on manifest %s"), p.waybill_no,
			    m.manifest_no);
		else
			rc = db_exec(
			    txn, sql_put, DB_ARGS(db_i(p.id), db_id(0)), NULL);
	}
	if (rc == 0)
		rc = op_commit(s, &op_unscan, &txn, id, "%s %s", m.manifest_no,
		    p.waybill_no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_waiting[] =
    "SELECT id, waybill_no FROM parcel WHERE courier_id = $1"
    " AND handed_at = 0 AND manifest_id IS NULL"
    " AND ($2 = 0 OR coalesce(warehouse_id, 1) = $2) ORDER BY id";
static const char sql_of[] =
    "SELECT id, waybill_no FROM parcel WHERE manifest_id = $1 ORDER BY id";

struct parcels {
	struct parcel_now *v;
	size_t n, cap;
};

/* The parcels that @sql finds, whatever becomes of them then. */
static int
read_parcels(struct session *s, const char *sql, const struct manifest_now *m,
    const struct db_val *args, size_t nargs, struct parcels *out)
{
	struct db_rows *rows;
	struct parcel_now *p;
	int rc;

	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (out->n == out->cap) {
			out->cap = out->cap == 0 ? 256 : out->cap * 2;
			out->v =
			    xreallocarray(out->v, out->cap, sizeof(out->v[0]));
		}
		p = &out->v[out->n++];
		*p = (struct parcel_now){ .id = db_int(rows, 0),
			.courier_id = m->courier_id };
		copy_text(
		    p->waybill_no, sizeof(p->waybill_no), db_text(rows, 1));
	}
	db_done(rows);
	return rc;
}

static int
put_all(struct session *s, struct txn *txn, const struct manifest_now *m,
    int64_t *n, int64_t *left)
{
	struct parcels all = { 0 };
	size_t i;
	int rc;

	rc = read_parcels(s, sql_waiting, m,
	    DB_ARGS(db_i(m->courier_id), db_i(s->floor)), &all);
	for (i = 0; rc == 0 && i < all.n; i++) {
		rc = manifest_check(s, m, &all.v[i]);
		if (rc == ERR_STATE) {
			++*left;
			rc = 0;
			continue;
		}
		if (rc == 0)
			rc = db_exec(txn, sql_put,
			    DB_ARGS(db_i(all.v[i].id), db_i(m->id)), NULL);
		*n += rc == 0;
	}
	free(all.v);
	return rc;
}

int
manifest_all(struct session *s, int64_t id, int64_t *n, int64_t *left)
{
	struct manifest_now m = { 0 };
	struct txn *txn;
	int rc;

	*n = *left = 0;
	if ((rc = op_begin(s, &op_all, &txn)) < 0)
		return rc;
	if ((rc = manifest_now_open(s, txn, id, &m)) == 0)
		rc = put_all(s, txn, &m, n, left);
	if (rc == 0)
		rc = op_commit(s, &op_all, &txn, id,
		    "%s, parcels: %" PRId64 ", left: %" PRId64, m.manifest_no,
		    *n, *left);
	op_abort(s, &txn);
	return rc;
}

/* An order is handed over when all of it is. */
static const char sql_orders_handed[] =
    "UPDATE orders SET done = done | $2 WHERE state IN (4, 5) AND id IN"
    " (SELECT l.order_id FROM parcel_line l WHERE l.parcel_id = $1)"
    " AND NOT EXISTS (SELECT 1 FROM parcel_line q JOIN parcel p"
    " ON p.id = q.parcel_id WHERE q.order_id = orders.id"
    " AND p.handed_at = 0)";
static const char sql_orders_here[] =
    "UPDATE orders SET done = done & ~$2 WHERE id IN"
    " (SELECT l.order_id FROM parcel_line l WHERE l.parcel_id = $1)";
static const char sql_handed[] =
    "UPDATE parcel SET handed_at = $2 WHERE manifest_id = $1";
static const char sql_close[] =
    "UPDATE manifest SET closed_at = $2, closed_by = $3, driver = $4"
    " WHERE id = $1";

/* @at 0: they are here again. */
static int
hand_over(struct session *s, struct txn *txn, const struct manifest_now *m,
    int64_t at, size_t *n)
{
	struct parcels all = { 0 };
	size_t i;
	int rc;

	rc = read_parcels(s, sql_of, m, DB_ARGS(db_i(m->id)), &all);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_handed, DB_ARGS(db_i(m->id), db_i(at)), NULL);
	for (i = 0; rc == 0 && i < all.n; i++)
		rc = db_exec(txn, at != 0 ? sql_orders_handed : sql_orders_here,
		    DB_ARGS(db_i(all.v[i].id), db_i(DONE_HANDED)), NULL);
	*n = all.n;
	free(all.v);
	return rc;
}

/* What was held since it was scanned stops here. */
static int
check_all(struct session *s, const struct manifest_now *m)
{
	struct parcels all = { 0 };
	size_t i;
	int rc;

	rc = read_parcels(s, sql_of, m, DB_ARGS(db_i(m->id)), &all);
	if (rc == 0 && all.n == 0)
		rc = err_set(&s->err, ERR_STATE, "", _("Manifest %s is empty"),
		    m->manifest_no);
	for (i = 0; rc == 0 && i < all.n; i++)
		rc = manifest_check(s, m, &all.v[i]);
	free(all.v);
	return rc;
}

int
manifest_close(struct session *s, int64_t id, const char *driver)
{
	struct manifest_now m = { 0 };
	struct txn *txn;
	char name[64];
	size_t n;
	int rc;

	if (!utf8_valid(driver, strlen(driver)) ||
	    !trim_text(name, sizeof(name), driver) || name[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "driver",
		    _("Who takes the parcels? Give the driver's name"));
	if ((rc = op_begin(s, &op_close, &txn)) < 0)
		return rc;
	if ((rc = manifest_now_open(s, txn, id, &m)) == 0 &&
	    (rc = check_all(s, &m)) == 0 &&
	    (rc = hand_over(s, txn, &m, time_now(), &n)) == 0)
		rc = db_exec(txn, sql_close,
		    DB_ARGS(db_i(id), db_i(time_now()), db_i(s->staff_id),
			db_t(name)),
		    NULL);
	if (rc == 0)
		rc = op_commit(s, &op_close, &txn, id,
		    "%s, parcels: %zu, driver: %s", m.manifest_no, n, name);
	op_abort(s, &txn);
	return rc;
}

static const char sql_reopen[] =
    "UPDATE manifest SET closed_at = 0, closed_by = NULL, driver = ''"
    " WHERE id = $1";

static int
reopen(struct session *s, struct txn *txn, struct manifest_now *m)
{
	int64_t open;
	size_t n;
	int rc;

	if (m->closed_at == 0)
		return err_set(&s->err, ERR_STATE, "", _("Manifest %s is open"),
		    m->manifest_no);
	rc = db_fetch1(txn, sql_open_of, DB_ARGS(db_i(m->courier_id)), &open);
	if (rc == 0 && open != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("%s has another manifest open: close that one first"),
		    m->courier);
	if (rc == 0)
		rc = hand_over(s, txn, m, 0, &n);
	if (rc == 0)
		rc = db_exec(txn, sql_reopen, DB_ARGS(db_i(m->id)), NULL);
	return rc;
}

int
manifest_reopen(struct session *s, int64_t id, const char *reason)
{
	struct manifest_now m = { 0 };
	char when[TIME_SIZE], why[200];
	struct txn *txn;
	int rc;

	if (!utf8_valid(reason, strlen(reason)) ||
	    !trim_text(why, sizeof(why), reason) || why[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "reason",
		    _("Say why the manifest is opened again"));
	if ((rc = op_begin(s, &op_reopen, &txn)) < 0)
		return rc;
	if ((rc = manifest_now(s, txn, id, &m)) == 0)
		rc = reopen(s, txn, &m);
	if (rc == 0)
		rc = op_commit(s, &op_reopen, &txn, id,
		    "%s, closed: %s, driver: %s: %s", m.manifest_no,
		    time_full(m.closed_at, when), m.driver, why);
	op_abort(s, &txn);
	return rc;
}
