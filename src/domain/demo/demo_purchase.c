/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/requests.h"

#include "demo_priv.h"

/* What the demo shop has ordered: one order that should be here by now, one
 * that is on its way, and what the storeman asks for. */

#define LINES 2

/* The first goods of this maker. */
static size_t
goods_of(const struct demo_life *l, const char *supplier,
    struct purchase_line_edit lines[LINES])
{
	size_t i, n = 0;

	for (i = 0; n < LINES && i < l->d.ours; i++) {
		const struct demo_item *item = &l->d.items[i];

		if (strcmp(item->supplier, supplier) != 0)
			continue;
		lines[n] = (struct purchase_line_edit){ .qty = 30,
			.price = PURCHASE_PRICE_KNOWN };
		copy_text(
		    lines[n].sku_code, sizeof(lines[n].sku_code), item->sku);
		n++;
	}
	return n;
}

static int
order(struct demo_life *l, int64_t at, const char *supplier, int64_t freight)
{
	struct purchase_edit e = { .freight = freight };
	struct purchase_line_edit lines[LINES];
	size_t n = goods_of(l, supplier, lines);
	int64_t id;
	int rc;

	copy_text(e.company, sizeof(e.company), supplier);
	if ((rc = demo_at_work(l, at, MANAGER)) < 0 ||
	    (rc = purchase_add(l->s, &e, lines, n, &id)) < 0)
		return rc;
	return purchase_order(l->s, id);
}

static int
ask(struct demo_life *l, int64_t at)
{
	const struct request_edit e = { .note = "双十二备货" };
	struct purchase_line_edit goods[LINES];
	struct request_line_edit lines[LINES];
	size_t i, n = goods_of(l, "阳江刀剪", goods);
	int64_t id;
	int rc = demo_at_work(l, at, STORE);

	for (i = 0; i < n; i++) {
		lines[i] = (struct request_line_edit){ .qty = 24,
			.why = "近期卖得快" };
		copy_text(lines[i].sku_code, sizeof(lines[i].sku_code),
		    goods[i].sku_code);
	}
	return rc < 0 ? rc : request_add(l->s, &e, lines, n, &id);
}

int
demo_purchase(struct demo_life *l, int64_t day)
{
	int64_t at = l->d.first + day * DAY + 19 * HOUR;

	if (day == DEMO_DAYS - 8)
		return order(l, at, "永康锅业", 0);
	if (day == DEMO_DAYS - 3)
		return order(l, at, "阳江刀剪", 3800);
	return day == DEMO_DAYS - 2 ? ask(l, at) : 0;
}
