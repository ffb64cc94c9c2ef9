/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_LOW_STOCK_H
#define SHOPMGR_DOMAIN_LOW_STOCK_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * What should be bought (缺货清单): each product in each warehouse that is at
 * or below its reorder point, and those that will be before a new delivery
 * could be here. How long it lasts is what is available and on its way, by the
 * sales of the last LOW_STOCK_DAYS days. What is proposed reaches the target
 * level, and for the days that the setting cover_days says, and those until
 * the supplier delivers; in whole packs, and no less than he sells. Kits and
 * what is out of use are never bought. Rules §4.
 */

struct session;

#define LOW_STOCK_DAYS    30
#define LOW_STOCK_FOREVER (-1)

enum low_stock_kind {
	LOW_STOCK_NOW, /* at or below the reorder point */
	LOW_STOCK_SOON /* above it, but gone before the supplier could deliver
			*/
};

struct low_stock {
	int64_t id; /* low_stock_id() */
	int64_t variant_id, warehouse_id;
	const char *sku_code, *name, *warehouse;
	int64_t available, in_transit;
	int64_t asked; /* in requests, and in orders that are being written */
	int64_t reorder_at, target_level; /* in this warehouse */
	int64_t sold;                     /* in the last LOW_STOCK_DAYS days */
	int64_t cover;       /* days, or LOW_STOCK_FOREVER: nothing is sold */
	const char *days;    /* the same in figures; "": forever */
	int64_t company_id;  /* who sells it: the first choice, else the */
	const char *company; /* cheapest; 0, "": nobody that is known */
	int64_t lead_days;
	int64_t price; /* his, each; 0 without cost.view */
	int64_t min_qty, pack_qty;
	int64_t propose; /* pieces to buy; 0: enough is on its way */
};

/* One number for a product in a warehouse. */
static inline int64_t
low_stock_id(int64_t variant_id, int64_t warehouse_id)
{
	return variant_id << 16 | warehouse_id;
}

/* All of them, what is gone first on top. */
int low_stock_all(struct session *s, enum low_stock_kind kind, struct page *out)
    MUST_CHECK;

#endif
