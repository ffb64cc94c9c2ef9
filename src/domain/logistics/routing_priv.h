/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ROUTING_PRIV_H
#define DOMAIN_ROUTING_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/merge.h"

#include "../orders/order_priv.h"

/* What goes in one parcel: an order, those merged with it, or a part. */
struct sending {
	struct order_now v[MERGE_MAX]; /* the lead first */
	size_t n;
	int64_t part; /* 0: it is not split */
};

/* The warehouse that has all of it, where sending is cheapest, then quickest,
 * then near; *@id 0: none has all. */
int route_choose(struct session *s, const struct sending *se, int64_t *id,
    char name[NAME_ROOM]) MUST_CHECK;

#endif
