/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/orders.h"

#define SHIP_WITHIN (48 * 60 * 60)

int64_t
order_ship_by(const struct order *o)
{
	if (o->state != ORDER_PAID && o->state != ORDER_PART_SHIPPED)
		return 0;
	return o->paid_at != 0 ? o->paid_at + SHIP_WITHIN : 0;
}
