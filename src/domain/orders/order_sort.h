/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_SORT_H
#define DOMAIN_ORDER_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/domain/orders.h"

/* A tab is one or two places, each in order by orders_state; none: all. */
struct order_place {
	int64_t state, held;
};

/* A page by a column that no index of theirs has in order. */
int order_sorted(struct session *s, const struct order_filter *f,
    const struct order_place *places, size_t nplaces, enum page_dir dir,
    const struct order *from, size_t limit, struct page *out) MUST_CHECK;

#endif
