/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"

#include "../core/session_priv.h"
#include "demo_priv.h"

/* Whom the demo shop buys from and ships with, what kinds of goods it has, and
 * which of them it sells together. */

static const struct {
	struct company_edit e;
	int64_t minimum, pack; /* of what it sells */
} companies[] = {
	{ { .name = "永康锅业",
	      .supplier = "yes",
	      .contact = "王建军",
	      .phone = "0579-87120001",
	      .address = "浙江省金华市永康市五金科技工业园 18 号",
	      .bank = "永康农商银行",
	      .account = "6230910100018881",
	      .tax_no = "91330784MA29TEST01",
	      .note = "满 2000 元包邮",
	      .lead_days = 5,
	      .cycle_days = 14,
	      .min_total = 200000,
	      .terms_days = 30 },
	    10, 5 },
	{ { .name = "阳江刀剪",
	      .supplier = "yes",
	      .contact = "林志伟",
	      .phone = "0662-3320002",
	      .address = "广东省阳江市江城区刀剪大道 6 号",
	      .lead_days = 7,
	      .cycle_days = 30,
	      .terms_days = 15 },
	    6, 6 },
	{ { .name = "圆通速递义乌分部",
	      .carrier = "yes",
	      .contact = "周师傅",
	      .phone = "0579-85550003",
	      .courier = "YTO",
	      .terms_days = 30 },
	    0, 0 },
};
#define COMPANIES (sizeof(companies) / sizeof(companies[0]))

/* By who makes them. */
static const struct {
	const char *supplier, *category, *unit;
	int64_t guarantee_days;
} kinds[] = {
	{ "永康锅业", "厨具/锅具", "口", 365 },
	{ "章丘铁匠铺", "厨具/锅具", "口", 730 },
	{ "潮州陶瓷", "厨具/锅具", "口", 0 },
	{ "阳江刀剪", "厨具/刀具", "把", 365 },
	{ "安吉竹艺", "厨具/竹木", "件", 0 },
	{ "义乌日用", "厨具/小件", "件", 0 },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static int
offer(struct demo_life *l, const struct demo_item *item, size_t company)
{
	struct supplier_item_edit e = { .price = item->cost,
		.min_qty = companies[company].minimum,
		.pack_qty = companies[company].pack,
		.first = "yes" };

	copy_text(e.sku_code, sizeof(e.sku_code), item->sku);
	copy_text(e.company, sizeof(e.company), companies[company].e.name);
	return supplier_item_set(l->s, &e);
}

static int
describe(struct demo_life *l, const struct demo_item *item, size_t kind)
{
	const struct variant *v;
	struct variant_edit e;
	struct page page;
	int64_t id, version;
	int rc;

	if ((rc = variant_by_code(l->s, item->sku, &id)) < 0 ||
	    (rc = variant_get(l->s, id, &page)) < 0)
		return rc;
	v = page_row(&page, 0);
	version = v->version;
	variant_edit_from(&e, v);
	page_free(&page);
	copy_text(e.category, sizeof(e.category), kinds[kind].category);
	copy_text(e.unit, sizeof(e.unit), kinds[kind].unit);
	e.guarantee_days = kinds[kind].guarantee_days;
	if (e.guarantee_days > 0)
		copy_text(
		    e.guarantee, sizeof(e.guarantee), "非人为损坏免费换新");
	return variant_save(l->s, id, version, &e);
}

/* Both stones at once, for a little less. */
static int
add_kit(struct demo_life *l)
{
	static const char *const parts[] = { "MD-1000", "MD-3000" };
	struct variant_edit e = { .sku_code = "TZ-MD2",
		.product = "磨刀石套装",
		.name = "磨刀石套装 1000# + 3000#",
		.barcodes = "6900001238423",
		.price = 9800,
		.category = "厨具/刀具",
		.unit = "套",
		.guarantee_days = 365 };
	int64_t kit, part;
	size_t i;
	int rc = variant_add(l->s, &e, &kit);

	for (i = 0; rc == 0 && i < 2; i++) {
		rc = variant_by_code(l->s, parts[i], &part);
		if (rc == 0)
			rc = kit_put(l->s, kit, part, 1);
	}
	return rc;
}

int
demo_companies(struct demo_life *l)
{
	const struct demo_item *item;
	size_t i, k;
	int64_t id;
	int rc = demo_at_work(l, l->d.first - 7 * HOUR, MANAGER);

	for (k = 0; rc == 0 && k < COMPANIES; k++)
		rc = company_add(l->s, &companies[k].e, &id);
	for (i = 0; rc == 0 && i < l->d.ours; i++) {
		item = &l->d.items[i];
		for (k = 0; rc == 0 && k < KINDS; k++)
			if (strcmp(item->supplier, kinds[k].supplier) == 0)
				rc = describe(l, item, k);
		for (k = 0; rc == 0 && k < COMPANIES; k++)
			if (strcmp(item->supplier, companies[k].e.name) == 0)
				rc = offer(l, item, k);
		time_travel(l->clock += 20);
	}
	return rc < 0 ? rc : add_kit(l);
}
