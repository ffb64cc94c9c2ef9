/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_EDIT_PRIV_H
#define DOMAIN_ORDER_EDIT_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"

/* What all edits of an order begin with. */

struct order_address;
struct order_now;
struct session;
struct txn;

/* The order as it is, if it still is of that version and is not shipped.
 * ERR_CONFLICT, ERR_STATE. */
int edit_begin(struct session *s, struct txn *txn, int64_t id, int64_t version,
    struct order_now *now) MUST_CHECK;
/* Nothing of it is packed, and it goes in a parcel of its own. */
int edit_alone(struct session *s, const struct order_now *now) MUST_CHECK;
/* The receiver's row with this name, phone and address, of a customer (0: of
 * nobody that is known). ERR_INVALID as order_address(). */
int receiver_put(struct session *s, struct txn *txn, int64_t customer_id,
    const struct order_address *to, int64_t *id) MUST_CHECK;

#endif
