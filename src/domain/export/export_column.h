/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_EXPORT_COLUMN_H
#define DOMAIN_EXPORT_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"

/* What a row of a layout can tell of: a parcel, its order, its goods. */

/* Lines of the order, put together when there are several. */
struct export_goods {
	const char *sub_order_no, *title, *spec, *item_no;
	const char *all; /* "雪平锅 20cm×2；磨刀石×1" */
	int64_t qty, price, weight;
};

struct export_fact {
	int64_t parcel_id, order_id;
	const char *order_no, *platform, *shop, *nick;
	const char *courier, *courier_code, *courier_phone, *waybill_no;
	int64_t shipped_at, created_at, paid_at, paid, weight;
	const char *receiver, *phone, *province, *city, *district, *street;
	const char *memo, *buyer_note;
	struct export_goods goods;
};

/* The text of a layout's column, in @arena or of @fact. */
const char *export_cell(
    const char *column, const struct export_fact *fact, struct arena *arena);
/* Is there nobody to send it to: masked by a platform, or a placeholder? */
bool export_nobody(const struct export_fact *fact);

#endif
