/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"

#include "../core/session_priv.h"
#include "demo_priv.h"

/* The demo shop's goods: what it sells, what it was sent, what went wrong. */

static int
add_product(struct demo_life *l, const struct demo_item *item)
{
	struct variant_edit edit = { .price = item->price,
		.weight = item->weight,
		.reorder_at = item->reorder,
		.target_level = item->target };
	int64_t id;

	copy_text(edit.sku_code, sizeof(edit.sku_code), item->sku);
	copy_text(edit.product, sizeof(edit.product), item->product);
	copy_text(edit.name, sizeof(edit.name), item->name);
	copy_text(edit.barcodes, sizeof(edit.barcodes), item->barcode);
	copy_text(edit.bin, sizeof(edit.bin), item->bin);
	return variant_add(l->s, &edit, &id);
}

/* Pieces of @item that were paid for until @until, and are to be sent. */
static int64_t
demand(const struct demo_life *l, const struct demo_item *item, int64_t until)
{
	const struct demo_order *o;
	int64_t n = 0;
	size_t i, k;

	for (i = 0; i < l->d.norders; i++) {
		o = &l->d.orders[i];
		if (o->paid_at == 0 || o->paid_at > until ||
		    (o->refund_at != 0 && o->closed_at < l->d.now))
			continue;
		for (k = 0; k < o->nlines; k++)
			if (o->lines[k].item == item ||
			    o->lines[k].item->means == item)
				n += o->lines[k].qty;
	}
	return n;
}

static struct stock_entry
entry(const struct demo_item *item, int64_t qty)
{
	struct stock_entry e = { .qty = qty, .cost = item->cost };

	copy_text(e.sku, sizeof(e.sku), item->sku);
	copy_text(e.supplier, sizeof(e.supplier), item->supplier);
	copy_text(e.bin, sizeof(e.bin), item->bin);
	return e;
}

/* Two deliveries; after the second there is what is to be left in the end. */
#define SECOND_DELIVERY 16

static int
deliver(struct demo_life *l, bool second)
{
	int64_t until = l->d.first + (SECOND_DELIVERY + 1) * DAY;
	int64_t first, all, slip;
	struct stock_entry e;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < l->d.ours; i++) {
		const struct demo_item *item = &l->d.items[i];

		all = demand(l, item, l->d.now) + item->spare;
		first = demand(l, item, until) + 3;
		if (first > all)
			first = all;
		e = entry(item, second ? all - first : first);
		if (second) /* the price has gone up a little */
			e.cost += e.cost * (int64_t)(i % 4) / 100;
		if (e.qty > 0)
			rc = stock_receive(l->s, &e, &slip);
		time_travel(l->clock += 240);
	}
	return rc;
}

int
demo_open(struct demo_life *l)
{
	size_t i;
	int rc;

	if ((rc = demo_at_work(l, l->d.first - 8 * HOUR, MANAGER)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < l->d.ours; i++) {
		rc = add_product(l, &l->d.items[i]);
		time_travel(l->clock += 45);
	}
	if (rc == 0)
		rc = demo_at_work(l, l->d.first - 5 * HOUR, STORE);
	return rc < 0 ? rc : deliver(l, false);
}

/* To a lower shelf, all there is of it. */
static int
move_down(struct demo_life *l, const struct demo_item *item)
{
	struct stock_entry e = entry(item, 0);
	struct page page;
	int64_t id, slip;
	int rc;

	if ((rc = variant_by_code(l->s, item->sku, &id)) < 0 ||
	    (rc = variant_get(l->s, id, &page)) < 0)
		return rc;
	e.qty = ((const struct variant *)page_row(&page, 0))->on_hand;
	page_free(&page);
	copy_text(e.reason, sizeof(e.reason), "换到下层，便于拣货");
	e.new_bin = true;
	return stock_transfer(l->s, &e, "A-02-5", &slip);
}

/* In the first weeks some things went wrong, and were put right. */
int
demo_put_right(struct demo_life *l, int64_t day)
{
	struct stock_entry e = entry(&l->d.items[0], 1);
	int64_t slip, counter;
	int rc;

	if ((rc = demo_at_work(l, l->d.first + day * DAY + 8 * HOUR, STORE)) <
	    0)
		return rc;
	switch (day) {
	case 5:
		copy_text(e.reason, sizeof(e.reason), "门店样品");
		return stock_issue(l->s, &e, &slip);
	case 9:
		e = entry(&l->d.items[2], -1);
		copy_text(e.reason, sizeof(e.reason), "搬运时磕碰报损");
		return stock_adjust(l->s, &e, &slip);
	case 12:
		e = entry(&l->d.items[3], 2);
		rc = stock_receive(l->s, &e, &slip);
		return rc < 0 ? rc
			      : stock_reverse(
				    l->s, slip, "重复入库，红冲", &counter);
	case 20:
		return move_down(l, &l->d.items[4]);
	case SECOND_DELIVERY:
		return deliver(l, true);
	}
	return 0;
}

/* The set that was sold under a name of its own turns out to be a pan. */
int
demo_map_stranger(struct demo_life *l, int64_t at)
{
	struct page page;
	int64_t pan;
	size_t i;
	int rc;

	if ((rc = demo_at_work(l, at, MANAGER)) < 0 ||
	    (rc = variant_by_code(l->s, "CG-32", &pan)) < 0 ||
	    (rc = listing_page(l->s, true, PAGE_FIRST, NULL, 20, &page)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		const struct listing *row = page_row(&page, i);

		rc = listing_map(l->s, row->id, pan, NULL);
	}
	page_free(&page);
	return rc;
}
