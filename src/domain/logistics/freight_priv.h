/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FREIGHT_PRIV_H
#define DOMAIN_FREIGHT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Freight and warehouses, inside the operations of others. */

struct courier_edit;
struct freight_template_edit;
struct freight_zone_edit;
struct session;
struct txn;
struct warehouse_edit;

/* A line of a template that is in force, with what it is a line of. */
struct freight_rate {
	int64_t courier_id, warehouse_id, template_id, since;
	int64_t basis, divisor;
	char province[32]; /* in short; "": everywhere else */
	int64_t first, first_fee, step, step_fee, least_fee, days, served;
};
struct freight_rates {
	struct freight_rate *v;
	size_t n, cap;
};
/* Those of a courier (0: of all), for one place (NULL: for all). */
int freight_rates_read(struct session *s, int64_t courier_id,
    const char *province, struct freight_rates *out) MUST_CHECK;
void freight_rates_done(struct freight_rates *rates);
/*
 * The line that holds for a parcel sent at @at, or NULL: of the template for
 * that very warehouse rather than any, the newest, the province itself rather
 * than everywhere else.
 */
const struct freight_rate *freight_rate_find(const struct freight_rates *rates,
    int64_t courier_id, int64_t warehouse_id, const char *province, int64_t at);
struct freight_load {
	int64_t grams, cm3, pieces;
};
/* False: what it goes by is not known. *@charged may be NULL. */
bool freight_rate_fee(const struct freight_rate *r,
    const struct freight_load *load, int64_t *fee, int64_t *charged);

/* The least that a parcel costs from there, and how long that takes; false:
 * nobody says. */
struct freight_from {
	int64_t warehouse_id;
	int64_t courier_id;   /* whose hub it is; 0: nobody's */
	const char *province; /* to where, in short */
	struct freight_load load;
};
bool freight_cheapest(const struct freight_rates *rates,
    const struct freight_from *from, int64_t *fee, int64_t *days);
/* Volume and pieces of what is in a parcel. */
int freight_parcel_goods(
    struct session *s, int64_t parcel_id, struct freight_load *load) MUST_CHECK;

/* What is typed of one, judged and written; *@id 0: a new one. @version 0:
 * whichever it is. ERR_CONFLICT, ERR_INVALID with the field. */
int courier_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct courier_edit *edit) MUST_CHECK;
/* It is tidied in place. */
int warehouse_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, struct warehouse_edit *e) MUST_CHECK;
int freight_template_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct freight_template_edit *e) MUST_CHECK;
/* The same price for each province that is named. */
int freight_zone_write(struct session *s, struct txn *txn, int64_t template_id,
    const struct freight_zone_edit *e) MUST_CHECK;

/* A line of a template, in place of what there is; @province in short. */
int freight_zone_put(struct txn *txn, int64_t template_id, const char *province,
    const struct freight_zone_edit *e) MUST_CHECK;

/* 浙江省 or 浙江 -> 浙江, its gb code; 0: it is no province, and out is "". */
int64_t province_brief(const char *text, char out[32]);

/* parcel.freight by the template; left NULL where none applies. */
int freight_stamp(struct session *s, struct txn *txn, int64_t parcel_id)
    MUST_CHECK;

/* orders.warehouse_id by stock, cost and distance, with its promises; *@moved
 * (may be NULL). Those that go in one parcel go from one place. An order that
 * cannot be moved stays, and so does one that is split. One warehouse: no work.
 */
int route_order(struct session *s, struct txn *txn, int64_t order_id,
    bool *moved) MUST_CHECK;
/* The same for each part of a split one, by itself; @again: also for those that
 * have a place of their own already. */
int route_parts(struct session *s, struct txn *txn, int64_t order_id,
    bool again) MUST_CHECK;
/* Either: it goes elsewhere, with others, or not with them any more. */
int route_again(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;

#endif
