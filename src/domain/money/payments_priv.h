/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PAYMENTS_PRIV_H
#define DOMAIN_PAYMENTS_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/payments.h"

struct txn;

/* An order's money, read inside the transaction. */
struct payment_now {
	int64_t origin, shop_id, paid, paid_at;
	int64_t n; /* payments there are */
	struct payment_sums sums;
};
int payment_now(struct session *s, int64_t order_id, struct payment_now *out)
    MUST_CHECK;
/*
 * After its payments or its total changed: orders.paid is what was received,
 * with the figures that follow; all of it makes an unpaid order paid at @at,
 * and what is missing of one that is paid holds it, unless it is paid at the
 * door or on account. Orders of platforms, and those without a payment, are
 * left alone.
 */
int payment_settle(struct session *s, struct txn *txn, int64_t order_id,
    int64_t at) MUST_CHECK;
/* An unpaid order goes at @at though nothing came: it is paid at the door, on
 * account, or costs nothing. */
int payment_later(struct session *s, struct txn *txn, int64_t order_id,
    int64_t at) MUST_CHECK;

#endif
