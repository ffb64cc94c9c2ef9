/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FREIGHT_TRIES_H
#define TESTS_FREIGHT_TRIES_H

#include <stdio.h>

#include "fixture.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/routing.h"

/* What is done to couriers, prices, bills and warehouses, for the test of every
 * role at every operation. Where there is no such thing, who may is told so. */

static int
freight_none(int rc)
{
	return rc == ERR_NOTFOUND || rc == ERR_CONFLICT || rc == ERR_STATE ||
		       rc == ERR_INVALID
		   ? 0
		   : rc;
}

static int
try_courier_add(struct session *s)
{
	const struct courier_edit e = { .name = "蜗牛", .active = true };
	int64_t id;

	return freight_none(courier_add(s, &e, &id));
}

static int
try_courier_save(struct session *s)
{
	const struct courier_edit e = { .name = "蜗牛", .active = true };

	return freight_none(courier_save(s, 1, 99, &e));
}

static const struct freight_template_edit freight_tried = {
	.courier = "YTO", .name = "a", .basis = "weight", .active = true
};

static int
try_freight_add(struct session *s)
{
	int64_t id;

	return freight_none(freight_template_add(s, &freight_tried, &id));
}

static int
try_freight_save(struct session *s)
{
	return freight_none(freight_template_save(s, 1, 99, &freight_tried));
}

static int
try_freight_page(struct session *s)
{
	struct page page = { 0 };
	int rc = freight_template_page(s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_zone_set(struct session *s)
{
	const struct freight_zone_edit e = { .step = 1 };

	return freight_none(freight_zone_set(s, 1, 99, &e));
}

static int
try_zone_drop(struct session *s)
{
	return freight_none(freight_zone_drop(s, 1, 99, ""));
}

static int
try_freight_import(struct session *s)
{
	struct freight_taken taken;

	return freight_none(freight_import(s, "", &taken));
}

static int
try_bill_take(struct session *s)
{
	int64_t id;

	return freight_none(freight_bill_take(s, "YTO", "", 0, &id));
}

static int
try_bill_drop(struct session *s)
{
	return freight_none(freight_bill_drop(s, 1));
}

static int
try_line_settle(struct session *s)
{
	return freight_none(freight_line_settle(s, 1, "paid", ""));
}

static int
try_profit(struct session *s)
{
	const struct freight_profit_filter all = { .since = 0 };
	struct page page = { 0 };
	int rc = freight_profit_page(s, &all, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_warehouse_add(struct session *s)
{
	const struct warehouse_edit e = { .name = "主仓2" };
	int64_t id;

	return freight_none(warehouse_add(s, &e, &id));
}

static int
try_warehouse_save(struct session *s)
{
	const struct warehouse_edit e = { .name = "x", .active = true };

	return freight_none(warehouse_save(s, 1, 99, &e));
}

static int
try_route(struct session *s)
{
	int rc = freight_none(order_route(s, 1, ""));

	return rc < 0 ? rc : 0;
}

/* clang-format off */
#define FREIGHT_TRIES \
	{ "courier-add", PERM_FREIGHT_EDIT, NULL, try_courier_add }, \
	{ "courier-save", PERM_FREIGHT_EDIT, NULL, try_courier_save }, \
	{ "freight-add", PERM_FREIGHT_EDIT, NULL, try_freight_add }, \
	{ "freight-save", PERM_FREIGHT_EDIT, NULL, try_freight_save }, \
	{ NULL, PERM_FREIGHT_VIEW, NULL, try_freight_page }, \
	{ "freight-zone-set", PERM_FREIGHT_EDIT, NULL, try_zone_set }, \
	{ "freight-zone-drop", PERM_FREIGHT_EDIT, NULL, try_zone_drop }, \
	{ "freight-import", PERM_FREIGHT_EDIT, NULL, try_freight_import }, \
	{ "freight-bill-take", PERM_FREIGHT_EDIT, NULL, try_bill_take }, \
	{ "freight-bill-drop", PERM_FREIGHT_EDIT, NULL, try_bill_drop }, \
	{ "freight-line-settle", PERM_FREIGHT_EDIT, NULL, try_line_settle }, \
	{ NULL, PERM_FREIGHT_VIEW, NULL, try_profit }, \
	{ "warehouse-add", PERM_WAREHOUSE_EDIT, NULL, try_warehouse_add }, \
	{ "warehouse-save", PERM_WAREHOUSE_EDIT, NULL, try_warehouse_save }, \
	{ "order-route", PERM_WAVE_MAKE, NULL, try_route }
/* clang-format on */

#endif
