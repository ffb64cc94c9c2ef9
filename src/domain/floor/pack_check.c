/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../made/confirm_priv.h"
#include "../made/production_priv.h"
#include "../orders/order_priv.h"
#include "ship_priv.h"

/* Whether a parcel may go as it is said to: once before the transaction, and
 * all that others may have changed once more inside it. */

#define WAYBILL_MIN 4
#define WAYBILL_MAX 40

static int
check_waybill(struct session *s, const char *typed, char *out, size_t size)
{
	size_t i, len;

	if (!trim_text(out, size, typed) || out[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "waybill_no",
		    _("The waybill number is missing"));
	len = strlen(out);
	if (len < WAYBILL_MIN || len > WAYBILL_MAX)
		return err_set(&s->err, ERR_INVALID, "waybill_no",
		    _("A waybill number has %d to %d characters"), WAYBILL_MIN,
		    WAYBILL_MAX);
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)out[i];

		if (c >= 0x80 || (!isalnum(c) && c != '-'))
			return err_set(&s->err, ERR_INVALID, "waybill_no",
			    _("A waybill number has only letters, digits "
			      "and -"));
		out[i] = (char)toupper(c);
	}
	return 0;
}

/* An odd waybill is only worth a word: the shapes change. */
void
ship_warn(const struct shipment *sh, char warning[200])
{
	warning[0] = '\0';
	if (!waybill_fits(sh->courier.shape, sh->waybill_no))
		snprintf(warning, 200,
		    _("%s does not look like a waybill of %s"), sh->waybill_no,
		    sh->courier.name);
}

/* Everything is there; or, when more parcels follow, something is. */
static int
check_scans(struct session *s, const struct packing *p, bool more)
{
	if (!more && !pack_complete(p))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not complete: scan what is missing"),
		    p->label);
	if (p->nscans == 0 && p->kept == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s: nothing is scanned yet"), p->label);
	return 0;
}

int
ship_check_close(
    struct session *s, const struct pack_close *close, struct shipment *sh)
{
	int rc;

	if ((rc = check_scans(s, sh->p, close->more)) < 0 ||
	    (rc = ship_by_hand(s, sh->p, close)) < 0)
		return rc;
	if (rc > 0)
		rc = hand_number(s, sh);
	else if ((rc = courier_look_up(s, close->courier, &sh->courier)) == 0)
		rc = check_waybill(s, close->waybill_no, sh->waybill_no,
		    sizeof(sh->waybill_no));
	if (rc < 0)
		return rc;
	if (close->weight < 0 || close->weight > PARCEL_GRAMS_MAX)
		return err_set(&s->err, ERR_INVALID, "weight",
		    _("The weight is between 0 and %d grams"),
		    PARCEL_GRAMS_MAX);
	if (close->material[0] != '\0' &&
	    (rc = pack_material(s, sh->p, close->material)) < 0)
		return rc == ERR_NOTFOUND
			   ? err_set(&s->err, ERR_INVALID, "material",
				 _("No packing material has the code %s"),
				 close->material)
			   : rc;
	sh->weight = close->weight;
	sh->at = time_now();
	return 0;
}

int
pack_too_far(struct session *s, const struct packing *p, int64_t grams)
{
	int64_t expected = pack_expected(p), least, percent, off;
	int rc;

	if (expected == 0 || grams == 0)
		return 0;
	if ((rc = setting_int(s, SETTING_WEIGH_GRAMS, &least)) < 0 ||
	    (rc = setting_int(s, SETTING_WEIGH_PERCENT, &percent)) < 0)
		return rc;
	off = grams > expected ? grams - expected : expected - grams;
	return off > least && off * 100 > expected * percent;
}

int
ship_check_weight(struct session *s, struct shipment *sh, bool force)
{
	int rc = pack_too_far(s, sh->p, sh->weight);

	sh->expected = pack_expected(sh->p);
	sh->forced = rc > 0 && force;
	if (rc <= 0 || force)
		return rc < 0 ? rc : 0;
	return err_set(&s->err, ERR_STATE, "weight",
	    _("Order %s: %" PRId64 " g are expected, it weighs %" PRId64
	      " g: look into the parcel"),
	    sh->p->label, sh->expected, sh->weight);
}

static int
changed(struct session *s, const char *order_no)
{
	return err_set(&s->err, ERR_CONFLICT, "",
	    _("Order %s was changed meanwhile: scan it again"), order_no);
}

/* As what a packing begins with, see pack_open.c. */
#define LEFT(of) \
	of ".qty - " of ".sent - coalesce((SELECT sum(k.qty)" \
	   " FROM packed_line k WHERE k.order_id = l.order_id" \
	   " AND k.part = $2 AND k.line_no = l.line_no), 0)"
static const char sql_lines_now[] = "SELECT l.line_no, l.variant_id, " LEFT(
    "l") ", l.refund_state"
	 " FROM order_line l WHERE l.order_id = $1 AND l.refund_state <> 2"
	 " AND l.qty > l.sent ORDER BY l.line_no";
static const char sql_part_now[] = "SELECT l.line_no, l.variant_id, " LEFT(
    "q") ", l.refund_state"
	 " FROM order_part q JOIN order_line l ON l.order_id = q.order_id"
	 " AND l.line_no = q.line_no WHERE q.order_id = $1 AND q.part = $2"
	 " AND l.refund_state <> 2 AND q.qty > q.sent ORDER BY q.line_no";
/* What waits for the scale: as it was packed, and as the order is. */
static const char sql_kept_now[] =
    "SELECT k.line_no, CASE WHEN l.refund_state <> 2 AND"
    " l.qty - l.sent >= k.qty THEN l.variant_id ELSE 0 END, k.qty,"
    " l.refund_state FROM packed_line k JOIN order_line l"
    " ON l.order_id = k.order_id AND l.line_no = k.line_no"
    " WHERE k.order_id = $1 AND k.part = $2 AND k.packed_id = $3"
    " ORDER BY k.line_no";

static int
query_lines(struct session *s, const struct packing *p, int64_t order_id,
    struct db_rows **rows)
{
	const struct db_val args[] = { db_i(order_id), db_i(p->part),
		db_i(p->kept) };

	if (p->kept != 0)
		return db_query(s->db, sql_kept_now, args, 3, rows);
	return db_query(
	    s->db, p->part != 0 ? sql_part_now : sql_lines_now, args, 2, rows);
}

/* Is the line at @at of the packing still what the row says? */
static bool
same_line(const struct packing *p, const struct pack_order *o, size_t at,
    const struct db_rows *rows)
{
	const struct pack_line *l;

	if (at >= p->nlines)
		return false;
	l = &p->lines[at];
	return l->order_id == o->id && l->line_no == db_int(rows, 0) &&
	       l->variant_id == db_int(rows, 1) && l->need == db_int(rows, 2);
}

/* The lines must still be those that were scanned; they begin at *@at. */
static int
check_lines(struct session *s, const struct packing *p,
    const struct pack_order *o, size_t *at)
{
	struct db_rows *rows;
	bool same = true, refund = false;
	int rc;

	if ((rc = query_lines(s, p, o->id, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (db_int(rows, 3) == 1)
			refund = true;
		if (db_int(rows, 2) <= 0)
			continue;
		same = same && same_line(p, o, *at, rows);
		++*at;
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (refund)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s: the buyer asks for a refund"), o->order_no);
	if (*at < p->nlines && p->lines[*at].order_id == o->id)
		same = false;
	if (!same)
		return changed(s, o->order_no);
	if ((rc = confirm_guard(s, o->id)) < 0)
		return rc;
	return production_guard(s, o->id);
}

/* Never twice: not in a parcel, not on one that waits for the scale ($3: but
 * this one), not by what the platform's file says of another order. */
static const char sql_used[] =
    "SELECT o.order_no FROM parcel p JOIN orders o ON o.id = p.order_id"
    " WHERE p.waybill_no = $1"
    " UNION ALL SELECT o.order_no FROM packed k JOIN orders o"
    " ON o.id = k.order_id WHERE k.waybill_no = $1 AND k.id <> $3"
    " UNION ALL SELECT o.order_no FROM orders o WHERE o.waybill_no = $1"
    " AND o.id <> $2 AND coalesce(o.lead_id, 0) <> $2 LIMIT 1";

int
ship_check_unused(struct session *s, const struct shipment *sh)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_used,
	    DB_ARGS(db_t(sh->waybill_no), db_i(sh->p->orders[0].id),
		db_i(sh->p->kept)),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "waybill_no",
		    _("Waybill %s was used already, for order %s"),
		    sh->waybill_no, db_text(rows, 0));
	db_done(rows);
	return rc;
}

int
ship_check_now(struct session *s, struct txn *txn, const struct shipment *sh,
    struct order_now *now)
{
	const struct packing *p = sh->p;
	size_t i, at = 0;
	int rc = 0;

	for (i = 0; rc == 0 && i < p->norders; i++)
		if ((rc = order_now(s, txn, p->orders[i].id, &now[i])) == 0)
			rc = pack_refused(s, &now[i]);
	for (i = 0; rc == 0 && i < p->norders; i++)
		rc = check_lines(s, p, &p->orders[i], &at);
	for (i = 0; rc == 0 && i < p->norders; i++)
		if (now[i].version != p->orders[i].version)
			rc = changed(s, now[i].order_no);
	return rc < 0 ? rc : ship_check_unused(s, sh);
}

bool
ship_has(const struct packing *p, const struct pack_order *o)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		if (p->lines[i].order_id == o->id && p->lines[i].have > 0)
			return true;
	return false;
}
