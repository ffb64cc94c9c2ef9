/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_WAVES_POOL_H
#define DOMAIN_WAVES_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/map.h"
#include "shopmgr/domain/waves.h"

/* What waits to be picked in a warehouse, read in one pass over the orders that
 * are paid, and what of it a wave takes. */

struct session;

/* What goes in one parcel. */
struct unit {
	int64_t lead, part, due, pieces;
	int64_t courier_id, shop_id;
	bool there;                  /* goes to the province that is wanted */
	size_t items, items_end;     /* in pool.items */
	size_t members, members_end; /* in pool.members */
	bool stopped; /* one of it is not free to go, or not wanted */
};
struct pool_item {
	size_t unit;
	int64_t variant_id, qty;
};
struct pool_member {
	size_t unit;
	int64_t order_id;
};
struct pool {
	int64_t warehouse_id, courier_id, shop_id, sku_id, until;
	int64_t most, slots, reviewed;
	char province[32]; /* in short; "": any */
	bool any_stock;    /* the warehouse may be below zero */
	struct unit *units;
	size_t nunits, cap_units;
	struct pool_item *items;
	size_t nitems, cap_items;
	struct pool_member *members;
	size_t nmembers, cap_members;
	struct map by_order; /* lead -> unit + 1 */
	struct map packed;   /* orders of which something waits for the scale */
	struct map taken;    /* variant -> pieces that open waves want */
	size_t *chosen;      /* units, the most urgent first */
	size_t nchosen;
};

int pool_read(struct session *s, const struct wave_what *what, struct pool *out)
    MUST_CHECK;
/* Fills .chosen; *@would tells of it. */
int pool_choose(struct session *s, struct pool *pool, int64_t kind,
    struct wave_preview *would) MUST_CHECK;
void pool_done(struct pool *pool);

#endif
