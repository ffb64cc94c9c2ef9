/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_SIEVE_H
#define DOMAIN_ORDER_SIEVE_H

#include "shopmgr/db/query.h"
#include "shopmgr/domain/orders.h"

/* When an order has to be shipped, 0: not at all; as order_fill() has it. */
#define ORDER_SHIP_BY \
	"CASE WHEN o.state NOT IN (2, 3) THEN 0 WHEN o.promised_at <> 0 THEN" \
	" o.promised_at WHEN o.paid_at = 0 THEN 0 ELSE o.paid_at + 3600 *" \
	" coalesce((SELECT CAST(w.value AS BIGINT) FROM setting w" \
	" WHERE w.name = 'ship_hours'), 0) END"

/* What an index finds, of "orders o" alone; and what rows are looked at for, of
 * the row's joins too. The texts of @sieve are lent. */
void order_sieve_set(struct query *q, const struct order_sieve *sieve);
void order_sieve_rows(struct query *q, const struct order_sieve *sieve);

#endif
