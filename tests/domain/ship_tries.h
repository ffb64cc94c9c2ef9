/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SHIP_TRIES_H
#define TESTS_SHIP_TRIES_H

#include <string.h>

#include "fixture.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/split.h"

/* What is done to parcels, for the test of every role at every operation. */

static int64_t
ship_try_order(struct session *s, char no[32])
{
	static unsigned n;

	snprintf(no, 32, "T-%u", n++);
	return fixture_order(s, no, 1, "PAN", NULL);
}

/* The goods weigh a kilogram; this parcel does not. */
static int
try_ship_force(struct session *s)
{
	struct pack_close close = {
		.courier = "YTO", .weight = 5, .force = true
	};
	struct packing *p;
	struct txn *txn;
	char no[32];
	int rc;

	if (db_begin(s->db, &txn) < 0 ||
	    db_exec(txn, "UPDATE variant SET weight = 1000 WHERE id = 1",
		DB_NOARGS, NULL) < 0 ||
	    db_commit(&txn) < 0)
		fail_msg("no weight");
	ship_try_order(s, no);
	snprintf(close.waybill_no, sizeof(close.waybill_no), "YT-%s", no);
	if ((rc = pack_open(s, no, &p)) < 0)
		return rc;
	rc = pack_scan(s, p, "PAN", NULL);
	if (rc == PACK_COMPLETE)
		rc = pack_ship(s, p, &close, NULL);
	pack_free(p);
	return rc;
}

static int
try_keep(struct session *s)
{
	struct pack_close close = { .courier = "YTO" };
	struct packing *p;
	char no[32];
	int rc;

	ship_try_order(s, no);
	snprintf(close.waybill_no, sizeof(close.waybill_no), "YT-%s", no);
	if ((rc = pack_open(s, no, &p)) < 0)
		return rc;
	rc = pack_scan(s, p, "PAN", NULL);
	if (rc == PACK_COMPLETE)
		rc = pack_keep(s, p, &close, NULL);
	pack_free(p);
	return rc;
}

static int
try_weigh(struct session *s)
{
	return pack_weigh(s, "no such parcel", 1000, false, NULL);
}

static int
try_unpack(struct session *s)
{
	return pack_unpack(s, "no such parcel");
}

static int
try_split(struct session *s)
{
	const struct split_piece piece = { 1, 2, 1, NULL };

	return order_split(s, 1, &piece, 1, NULL);
}

static int
try_merge(struct session *s)
{
	const int64_t ids[] = { 1, 2 };

	return order_merge(s, ids, 2);
}

static int
try_unmerge(struct session *s)
{
	return order_unmerge(s, 1);
}

static int
try_candidates(struct session *s)
{
	const struct merge_filter f = { .any_shop = false };
	struct page page = { 0 };
	int rc = merge_page(s, &f, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_group(struct session *s)
{
	struct page page = { 0 };
	int rc = order_group(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_unship(struct session *s)
{
	return pack_unship(s, "YT1", "wrong parcel");
}

static int
try_unsplit(struct session *s)
{
	return order_unsplit(s, 1);
}

static int
try_parts(struct session *s)
{
	struct page page = { 0 };
	int rc = order_parts(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_materials(struct session *s)
{
	struct page page = { 0 };
	int rc = material_page(s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_material_add(struct session *s)
{
	struct material_edit edit = { .code = "BOX-3", .name = "Box 3" };
	int64_t id;

	return material_add(s, &edit, &id);
}

static int
try_material_save(struct session *s)
{
	struct material_edit edit = { .code = "BOX-3", .name = "Box 3" };

	return material_save(s, 1, 1, &edit);
}

/* clang-format off */
#define SHIP_TRIES \
	{ "order-ship-force", PERM_PACK_FORCE, NULL, try_ship_force }, \
	{ "order-pack", PERM_ORDER_SHIP, NULL, try_keep }, \
	{ NULL, PERM_ORDER_SHIP, NULL, try_weigh }, \
	{ "order-unpack", PERM_ORDER_SHIP, NULL, try_unpack }, \
	{ "order-unship", PERM_PACK_FORCE, NULL, try_unship }, \
	{ "order-split", PERM_ORDER_EDIT, NULL, try_split }, \
	{ "order-unsplit", PERM_ORDER_EDIT, NULL, try_unsplit }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_parts }, \
	{ "order-merge", PERM_ORDER_EDIT, NULL, try_merge }, \
	{ "order-unmerge", PERM_ORDER_EDIT, NULL, try_unmerge }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_candidates }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_group }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_materials }, \
	{ "material-add", PERM_FREIGHT_EDIT, NULL, try_material_add }, \
	{ "material-save", PERM_FREIGHT_EDIT, NULL, try_material_save }
/* clang-format on */

#endif
