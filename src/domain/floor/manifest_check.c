/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "manifest_priv.h"

/* Whether a parcel may be handed over: the last moment to stop it. */

static const char sql_parcel[] =
    "SELECT p.id, p.courier_id, coalesce(p.manifest_id, 0), p.handed_at,"
    " p.waybill_no, co.name FROM parcel p"
    " JOIN courier co ON co.id = p.courier_id WHERE p.waybill_no = $1";
static const char sql_packed[] =
    "SELECT count(*) FROM packed WHERE waybill_no = $1";

static int
no_parcel(struct session *s, const char *waybill_no)
{
	int64_t n;
	int rc;

	rc = db_get1(s->db, sql_packed, DB_ARGS(db_t(waybill_no)), &n);
	if (rc < 0)
		return rc;
	if (n > 0)
		return err_set(&s->err, ERR_STATE, "waybill_no",
		    _("%s waits for the scale: it is not shipped yet"),
		    waybill_no);
	return err_set(&s->err, ERR_NOTFOUND, "waybill_no",
	    _("No parcel has the waybill %s"), waybill_no);
}

int
manifest_parcel(
    struct session *s, const char *waybill_no, struct parcel_now *out)
{
	struct db_rows *rows;
	char no[64];
	size_t i;
	int rc;

	if (!trim_text(no, sizeof(no), waybill_no))
		no[0] = '\0';
	for (i = 0; no[i] != '\0'; i++)
		no[i] = (char)toupper((unsigned char)no[i]);
	if ((rc = db_query(s->db, sql_parcel, DB_ARGS(db_t(no)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct parcel_now){ .id = db_int(rows, 0),
			.courier_id = db_int(rows, 1),
			.manifest_id = db_int(rows, 2),
			.handed_at = db_int(rows, 3) };
		copy_text(
		    out->waybill_no, sizeof(out->waybill_no), db_text(rows, 4));
		copy_text(out->courier, sizeof(out->courier), db_text(rows, 5));
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	return rc > 0 ? 0 : no_parcel(s, no);
}

static const char sql_handed_by[] =
    "SELECT m.manifest_no, coalesce(st.name, ''), m.closed_at FROM manifest m"
    " LEFT JOIN staff st ON st.id = m.closed_by WHERE m.id = $1";

static int
already(
    struct session *s, const struct manifest_now *m, const struct parcel_now *p)
{
	char when[TIME_SIZE];
	struct db_rows *rows;
	int rc;

	if (p->manifest_id == m->id)
		return err_set(&s->err, ERR_CONFLICT, "waybill_no",
		    _("%s is on this manifest already"), p->waybill_no);
	rc = db_query(
	    s->db, sql_handed_by, DB_ARGS(db_i(p->manifest_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0 && db_int(rows, 2) > 0)
		/* TRANSLATORS: waybill, who, when, manifest number */
		rc = err_set(&s->err, ERR_STATE, "waybill_no",
		    _("%s was already handed over by %s (%s), on %s"),
		    p->waybill_no, db_text(rows, 1),
		    time_short(db_int(rows, 2), time_now(), when),
		    db_text(rows, 0));
	else if (rc > 0)
		rc = err_set(&s->err, ERR_STATE, "waybill_no",
		    _("%s is on the open manifest %s"), p->waybill_no,
		    db_text(rows, 0));
	else if (rc == 0)
		rc = err_set(&s->err, ERR_STATE, "waybill_no",
		    _("%s was already handed over (%s)"), p->waybill_no,
		    time_short(p->handed_at, time_now(), when));
	db_done(rows);
	return rc;
}

/* Why it must not go, of all orders that are in it: the newest word of a person
 * or a file. what: 1 a hold 2 closed 3 a refund 4 somebody wants it back. */
static const char sql_stop[] =
    "SELECT 1, h.reason, o.order_no, coalesce(st.name, ''), h.at"
    " FROM parcel_line l JOIN orders o ON o.id = l.order_id"
    " JOIN order_hold h ON h.order_id = o.id AND h.cleared_at = 0"
    " LEFT JOIN staff st ON st.id = h.staff_id WHERE l.parcel_id = $1"
    " UNION ALL SELECT 2, coalesce(o.close_reason, ''), o.order_no, '',"
    " coalesce(o.finished_at, 0) FROM parcel_line l"
    " JOIN orders o ON o.id = l.order_id"
    " WHERE l.parcel_id = $1 AND o.state = 6"
    " UNION ALL SELECT 3, '', o.order_no, '', 0 FROM parcel_line l"
    " JOIN orders o ON o.id = l.order_id JOIN order_line q"
    " ON q.order_id = l.order_id AND q.line_no = l.line_no"
    " LEFT JOIN order_line k ON k.order_id = q.order_id AND k.line_no = q.kit"
    " WHERE l.parcel_id = $1"
    " AND coalesce(k.refund_state, q.refund_state) IN (1, 2)"
    " UNION ALL SELECT 4, '', '', coalesce(st.name, ''), c.at"
    " FROM track_case c LEFT JOIN staff st ON st.id = c.staff_id"
    " WHERE c.parcel_id = $1 AND c.kind = 'intercept' AND c.closed_at = 0"
    " LIMIT 1";

/* "who, when" of what is known of it. */
static const char *
whom(const struct db_rows *rows, char *buf, size_t size)
{
	const char *who = db_text(rows, 3);
	int64_t at = db_int(rows, 4);
	char when[TIME_SIZE] = "";

	if (at > 0)
		time_short(at, time_now(), when);
	snprintf(buf, size, "%s%s%s", who,
	    who[0] != '\0' && at > 0 ? _(", ") : "", when);
	return buf;
}

static int
stopped(struct session *s, const struct parcel_now *p, struct db_rows *rows)
{
	char by[160];

	whom(rows, by, sizeof(by));
	switch (db_int(rows, 0)) {
	case 1:
		/* TRANSLATORS: waybill, order, reason, who and when */
		return err_set(&s->err, ERR_STATE, "waybill_no",
		    _("STOP %s: order %s is on hold, %s (%s)"), p->waybill_no,
		    db_text(rows, 2), order_hold_text(db_text(rows, 1)), by);
	case 2:
		return err_set(&s->err, ERR_STATE, "waybill_no",
		    _("STOP %s: order %s is closed (%s)"), p->waybill_no,
		    db_text(rows, 2), by);
	case 3:
		return err_set(&s->err, ERR_STATE, "waybill_no",
		    _("STOP %s: the buyer of order %s wants the money back"),
		    p->waybill_no, db_text(rows, 2));
	default:
		break;
	}
	return err_set(&s->err, ERR_STATE, "waybill_no",
	    _("STOP %s: it is to be intercepted (%s)"), p->waybill_no, by);
}

int
manifest_check(
    struct session *s, const struct manifest_now *m, const struct parcel_now *p)
{
	struct db_rows *rows;
	int rc;

	if (p->manifest_id != 0 || p->handed_at != 0)
		return already(s, m, p);
	if (p->courier_id != m->courier_id)
		return err_set(&s->err, ERR_STATE, "waybill_no",
		    _("%s goes with %s, not with %s"), p->waybill_no,
		    p->courier, m->courier);
	if ((rc = db_query(s->db, sql_stop, DB_ARGS(db_i(p->id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = stopped(s, p, rows);
	db_done(rows);
	return rc;
}
