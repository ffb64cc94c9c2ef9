/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SHIP_PRIV_H
#define DOMAIN_SHIP_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/shipping.h"

struct order_now;
struct txn;

#define PARCEL_GRAMS_MAX 1000000 /* a ton */

#define SCANNED_ALONG ((size_t)1 << 30)

/* A packing under way: what was read when it was opened, and the scans. */

struct packing {
	struct pack_order *orders; /* the one in whose parcel they go first */
	size_t norders;
	int64_t part, warehouse_id;
	const char *label, *receiver, *place, *note;
	struct pack_line *lines; /* in the order of .orders and line_no */
	size_t nlines;
	/* The line each piece counted on, for undo; those that came by one
	 * scan, of a kit, but the first of them with SCANNED_ALONG. */
	size_t *scans;
	size_t nscans, cap;
	struct {
		int64_t id, weight;
		char name[128];
	} material;
	int64_t kept,
	    packer_id; /* it waits for the scale: packed.id, by whom */
	char waybill_no[64], courier[64]; /* when it is shipped */
	struct arena arena;
};

struct courier_now {
	int64_t id;
	char name[64];
	char shape[2000]; /* POSIX ERE of its waybills, or "" */
};
/* Active couriers by name, alias or code; ERR_INVALID "courier". */
int courier_look_up(
    struct session *s, const char *text, struct courier_now *out) MUST_CHECK;

/* Does the waybill look like those of this shape? Without one all do. */
bool waybill_fits(const char *shape, const char *waybill_no);

/* A parcel about to be: what was said of it, judged, and what came of it. */
struct shipment {
	struct packing *p;
	struct courier_now courier;
	char waybill_no[64];
	int64_t weight, expected, at;
	bool forced;  /* the weight does not fit, and need not */
	bool by_hand; /* no courier takes it, see pack_hand.c */
	int64_t packer_id, slip_id, parcel_id;
	int64_t order_id, was, state; /* the first that is in it */
};

/* 1: nobody but us hands it over: the buyer collects it, or no courier is told
 * for what our people may bring. */
int ship_by_hand(struct session *s, const struct packing *p,
    const struct pack_close *close) MUST_CHECK;
/* A number of its own instead of a waybill; inside the transaction the courier
 * that it stands under, and what is done with it already. */
int hand_number(struct session *s, struct shipment *sh) MUST_CHECK;
int hand_courier(struct session *s, struct txn *txn, struct shipment *sh)
    MUST_CHECK;
int hand_parcel(struct txn *txn, const struct shipment *sh) MUST_CHECK;
/* Is it the courier under which such parcels stand? */
bool courier_is_nobody(const char *name);
/* What can be judged without the transaction: see struct pack_close. */
int ship_check_close(struct session *s, const struct pack_close *close,
    struct shipment *sh) MUST_CHECK;
/* ERR_STATE "weight", unless it fits or @force; sets .expected and .forced. */
int ship_check_weight(struct session *s, struct shipment *sh, bool force)
    MUST_CHECK;
void ship_warn(const struct shipment *sh, char warning[200]);
/* Inside it: everything again that was looked at when the packing was opened.
 * @now: as they are, one for each of p->orders. */
int ship_check_now(struct session *s, struct txn *txn,
    const struct shipment *sh, struct order_now *now) MUST_CHECK;
/* ERR_CONFLICT when another order has this waybill. */
int ship_check_unused(struct session *s, const struct shipment *sh) MUST_CHECK;
/* Is anything of this order in the parcel? */
bool ship_has(const struct packing *p, const struct pack_order *o);
/* What a parcel took is done; the packing goes on with the rest. */
void pack_go_on(struct packing *p);
/* The weight, and then all of it in one transaction. */
int ship_parcel(struct session *s, struct shipment *sh, bool force) MUST_CHECK;
/* What waited for the scale does so no more. */
int ship_drop_kept(struct txn *txn, int64_t id) MUST_CHECK;

/* 0, or ERR_STATE with a sentence why the order as it is now must not ship. */
int pack_refused(struct session *s, const struct order_now *now) MUST_CHECK;
/* The same name, phone and address, told whole: 1, or 0. */
int same_hands(struct session *s, int64_t order_id, int64_t other_id)
    MUST_CHECK;
/* The packing of the order, for those that know its id. */
int pack_open_id(struct session *s, int64_t id, int64_t part,
    struct packing **out) MUST_CHECK;

/* What is typed of a material, tidied in place, judged and written; *@id 0: a
 * new one. @version 0: whichever it is. Costs are left by who sees none. */
struct material_edit;
int material_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, struct material_edit *e) MUST_CHECK;

#endif
