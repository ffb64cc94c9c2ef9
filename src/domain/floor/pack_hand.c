/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/tracking.h"

#include "../core/session_priv.h"
#include "ship_priv.h"

/*
 * What no courier takes: the buyer collects it, or people of ours bring it.
 * Such a parcel has a number of its own, "SELF-NO", and stands under a courier
 * that no list of couriers shows. It is handed over as it ships, no driver
 * signs for it, and nobody waits for news of it.
 */

static const char sql_delivery[] = "SELECT delivery FROM orders WHERE id = $1";

static int
delivery_of(struct session *s, const struct packing *p, int64_t *delivery)
{
	return db_get1(
	    s->db, sql_delivery, DB_ARGS(db_i(p->orders[0].id)), delivery);
}

int
pack_by_hand(struct session *s, const struct packing *p)
{
	int64_t delivery;
	int rc = delivery_of(s, p, &delivery);

	if (rc < 0 || delivery == DELIVERY_COURIER)
		return rc < 0 ? rc : HAND_NEVER;
	return delivery_has_waybill(delivery) ? HAND_MAY : HAND_ALWAYS;
}

int
ship_by_hand(
    struct session *s, const struct packing *p, const struct pack_close *close)
{
	int64_t delivery;
	int rc = delivery_of(s, p, &delivery);

	if (rc < 0)
		return rc;
	if (!delivery_has_waybill(delivery))
		return 1;
	return delivery != DELIVERY_COURIER && close->courier[0] == '\0' &&
	       close->waybill_no[0] == '\0';
}

static const char sql_parcels[] =
    "SELECT count(*) FROM parcel WHERE order_id = $1";
static const char sql_used[] =
    "SELECT count(*) FROM parcel WHERE waybill_no = $1";

int
hand_number(struct session *s, struct shipment *sh)
{
	int64_t n, used;
	int rc =
	    db_get1(s->db, sql_parcels, DB_ARGS(db_i(sh->p->orders[0].id)), &n);

	if (rc < 0)
		return rc;
	sh->by_hand = true;
	snprintf(
	    sh->waybill_no, sizeof(sh->waybill_no), "SELF-%.50s", sh->p->label);
	/* The number after them may be taken, where one was taken back. */
	for (used = n; used > 0 && sh->p->part == 0;) {
		snprintf(sh->waybill_no, sizeof(sh->waybill_no),
		    "SELF-%.38s-%d", sh->p->label, (int)++n);
		rc = db_get1(
		    s->db, sql_used, DB_ARGS(db_t(sh->waybill_no)), &used);
		if (rc < 0)
			return rc;
	}
	copy_text(sh->courier.name, sizeof(sh->courier.name), _("no courier"));
	return 0;
}

#define BY_HAND "自提自送"

static const char sql_courier[] = "SELECT id FROM courier WHERE name = $1";
static const char sql_add[] =
    "INSERT INTO courier (name, code, aliases, waybill_shape, phone, active)"
    " VALUES ($1, '', '', '', '', 0)";

int
hand_courier(struct session *s, struct txn *txn, struct shipment *sh)
{
	int rc;

	if (!sh->by_hand)
		return 0;
	rc = db_get1(
	    s->db, sql_courier, DB_ARGS(db_t(BY_HAND)), &sh->courier.id);
	return rc == ERR_NOTFOUND ? db_insert(txn, sql_add,
					DB_ARGS(db_t(BY_HAND)), &sh->courier.id)
				  : rc;
}

static const char sql_handed[] =
    "UPDATE parcel SET handed_at = $2, watch = 0, track = $3, track_at = $2"
    " WHERE id = $1";

int
hand_parcel(struct txn *txn, const struct shipment *sh)
{
	if (!sh->by_hand)
		return 0;
	return db_exec(txn, sql_handed,
	    DB_ARGS(db_i(sh->parcel_id), db_i(sh->at), db_i(TRACK_SIGNED)),
	    NULL);
}

bool
courier_is_nobody(const char *name)
{
	return strcmp(name, BY_HAND) == 0;
}
