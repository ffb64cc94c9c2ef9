/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "order_priv.h"

static const char sql_no[] =
    "SELECT id, 0 FROM orders WHERE order_no = $1 ORDER BY shop_id LIMIT 2";
static const char sql_waybill[] =
    "SELECT id, 0 FROM orders WHERE waybill_no = $1 LIMIT 2";
static const char sql_parcel[] =
    "SELECT order_id, 0 FROM parcel WHERE waybill_no = $1";

/* Exactly one id by @sql; 1 when there is none. */
static int
only_one(struct session *s, const char *sql, const char *no, int64_t *id)
{
	struct db_rows *rows;
	int64_t first = 0;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_t(no)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		first = db_int(rows, 0);
		rc = db_next(rows);
		if (rc > 0)
			rc = err_set(&s->err, ERR_CONFLICT, "",
			    _("%s is in more than one shop: choose it in the "
			      "list"),
			    no);
		else if (rc == 0)
			*id = first;
	} else if (rc == 0) {
		rc = 1;
	}
	db_done(rows);
	return rc;
}

int
order_look_up(struct session *s, const char *no, int64_t *id)
{
	char typed[64], upper[64];
	size_t i;
	int rc;

	if (!trim_text(typed, sizeof(typed), no) || typed[0] == '\0')
		return err_set(&s->err, ERR_NOTFOUND, "order_no",
		    _("There is no order with that number"));
	for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)typed[i]);
	if ((rc = only_one(s, sql_no, typed, id)) > 0 &&
	    (rc = only_one(s, sql_parcel, upper, id)) > 0)
		rc = only_one(s, sql_waybill, upper, id);
	if (rc > 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "order_no",
		    _("There is no order with the number or waybill %s"),
		    typed);
	return rc;
}

int
order_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	return order_look_up(s, no, id);
}

static const char sql_shipped_by[] =
    "SELECT st.name, p.shipped_at, co.name, p.waybill_no FROM parcel p"
    " LEFT JOIN staff st ON st.id = p.packer_id"
    " LEFT JOIN courier co ON co.id = p.courier_id"
    " WHERE p.id = (SELECT max(s.parcel_id) FROM parcel_line s"
    " WHERE s.order_id = $1)";

int
order_shipped_error(struct session *s, int64_t id, const char *order_no)
{
	char when[TIME_SIZE];
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_shipped_by, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		/* TRANSLATORS: order number, who, when, courier, waybill */
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already shipped by %s (%s) with %s %s"),
		    order_no, db_text(rows, 0),
		    time_short(db_int(rows, 1), time_now(), when),
		    db_text(rows, 2), db_text(rows, 3));
	else if (rc == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already shipped on the platform"),
		    order_no);
	db_done(rows);
	return rc;
}
