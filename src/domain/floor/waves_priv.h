/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_WAVES_PRIV_H
#define DOMAIN_WAVES_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/domain/waves.h"

/* Waves, inside the operations of others. What is in no wave costs no more than
 * a look at orders.done. */

struct order_now;
struct packing;
struct txn;

/* The order must stop (@why: a reason of a hold): its slot is kicked out, what
 * was picked of it goes back. */
int wave_stop(struct session *s, struct txn *txn, const struct order_now *now,
    const char *why) MUST_CHECK;
/* It ends without a parcel; before its promises are taken back. Also what waits
 * for the scale is opened. */
int wave_end(struct session *s, struct txn *txn, const struct order_now *now,
    const char *why) MUST_CHECK;
/* It went by way of the platform: what was picked for it did. */
int wave_gone(struct session *s, struct txn *txn, const struct order_now *now)
    MUST_CHECK;
/* Its goods, its parts, or what it is merged with may have changed. */
int wave_look_again(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* What was scanned of it is packed, and it is in nobody's hands any more. */
int wave_packed(struct session *s, struct txn *txn, const struct packing *p,
    int64_t order_id) MUST_CHECK;

/* A wave, read inside the transaction. */
struct wave_now {
	int64_t id, kind, state, warehouse_id, picker_id;
	char wave_no[32];
};
int wave_now(struct session *s, struct txn *txn, int64_t id,
    struct wave_now *out) MUST_CHECK;
/* ERR_STATE: it is picked, done or cancelled. */
int wave_not_open(struct session *s, const struct wave_now *w) MUST_CHECK;
/* The slot goes no further: wave_stop() of all that is in it. */
int wave_kick(struct session *s, struct txn *txn, int64_t wave_id, int64_t slot,
    const char *why) MUST_CHECK;
/* Is it picked now, or done? */
int wave_settle(struct session *s, struct txn *txn, int64_t id) MUST_CHECK;

/* wave_lines(), for those who may not see orders but pick them. */
int wave_lines_read(struct session *s, int64_t id, struct page *out) MUST_CHECK;

/* What has been added since entry @after. */
int put_back_since(struct session *s, int64_t after, struct page *out)
    MUST_CHECK;
int put_back_add(struct session *s, struct txn *txn, const struct put_back *row,
    int64_t wave_id, int64_t order_id, int64_t variant_id) MUST_CHECK;

#endif
