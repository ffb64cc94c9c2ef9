/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CLAIMS_PRIV_H
#define DOMAIN_CLAIMS_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"

/* Who is at an order just now, inside the operations of others; see waves.h. */

struct session;
struct txn;

/* The order is in this clerk's hands from now on, at @place: 1, or 0 when it is
 * in somebody else's. */
int claim_take(struct session *s, struct txn *txn, int64_t order_id,
    const char *place) MUST_CHECK;
/* Nobody is at it any more, whoever was. */
int claim_end(struct session *s, struct txn *txn, int64_t order_id) MUST_CHECK;

#endif
