/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_MERGE_PRIV_H
#define DOMAIN_MERGE_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"

/* Merged and split orders, inside the operations of others. */

struct order_now;
struct session;
struct txn;

/* 0, or ERR_STATE: somebody picks it, it is packed, or something was sent of
 * it, so that what goes in which parcel stays as it is. */
int parcel_open_to_change(struct session *s, const struct order_now *now)
    MUST_CHECK;

/* The order goes no further with others: it was closed, or it goes elsewhere.
 * Where it led, the oldest of the others does. Nothing, if it goes alone. */
int group_leave(struct session *s, struct txn *txn, int64_t id) MUST_CHECK;
/* Does it lead others, or follow? */
int group_any(struct session *s, const struct order_now *now) MUST_CHECK;

/* Lines of a split order changed: so do its parts. Before stock_again(). */
int parts_follow(struct session *s, struct txn *txn, int64_t id) MUST_CHECK;

#endif
