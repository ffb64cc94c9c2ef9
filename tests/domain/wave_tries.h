/* SPDX-License-Identifier: MIT */
#ifndef TESTS_WAVE_TRIES_H
#define TESTS_WAVE_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/waves.h"

/* What is done on the floor, for the test of every role at every operation. */

static int
try_wave_preview(struct session *s)
{
	const struct wave_what what = { .most = 1 };
	struct wave_preview would[WAVE_KINDS];

	return wave_preview(s, &what, would);
}

static int
try_wave_make(struct session *s)
{
	const struct wave_what what = { .kind = WAVE_ONE };
	int64_t id;

	return wave_make(s, &what, &id);
}

static int
try_wave_cancel(struct session *s)
{
	return wave_cancel(s, 1);
}

static int
try_wave_pick(struct session *s)
{
	struct wave_scan scan;

	return wave_pick(s, 1, "PAN", 1, &scan);
}

static int
try_wave_picked(struct session *s)
{
	int64_t pieces;

	return wave_picked(s, 1, &pieces);
}

static int
try_wave_short(struct session *s)
{
	struct wave_lack lack;
	int rc = wave_short(s, 1, "PAN", &lack);

	if (rc == 0)
		wave_lack_free(&lack);
	return rc;
}

static int
try_wave_sort(struct session *s)
{
	struct wave_scan scan;

	return wave_sort(s, 1, "PAN", &scan);
}

static int
try_waves(struct session *s)
{
	struct page page = { 0 };
	int rc = wave_page(s, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_put_back(struct session *s)
{
	struct page page = { 0 };
	int rc = put_back_scan(s, "PAN", 0, &page);

	page_free(&page);
	return rc;
}

static int
try_put_back_undo(struct session *s)
{
	struct page page = { 0 };
	int rc = put_back_undo(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_put_backs(struct session *s)
{
	int64_t n;

	return put_back_count(s, &n);
}

static int
try_claim(struct session *s)
{
	int64_t id;

	return claim_next(s, 0, "bench 1", &id);
}

static int
try_unclaim(struct session *s)
{
	return claim_drop(s, 0, "bench 1");
}

static int
try_manifest_open(struct session *s)
{
	int64_t id;

	return manifest_open(s, "YTO", &id);
}

static int
try_manifest_scan(struct session *s)
{
	return manifest_scan(s, 1, "YT1");
}

static int
try_manifest_unscan(struct session *s)
{
	return manifest_unscan(s, 1, "YT1");
}

static int
try_manifest_all(struct session *s)
{
	int64_t n, left;

	return manifest_all(s, 1, &n, &left);
}

static int
try_manifest_close(struct session *s)
{
	return manifest_close(s, 1, "老王");
}

static int
try_manifest_reopen(struct session *s)
{
	return manifest_reopen(s, 1, "wrong driver");
}

static int
try_manifests(struct session *s)
{
	struct page page = { 0 };
	int rc = manifest_page(s, true, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

/* clang-format off */
#define WAVE_TRIES \
	{ NULL, PERM_WAVE_MAKE, NULL, try_wave_preview }, \
	{ "wave-couriers", PERM_WAVE_MAKE, NULL, try_wave_make }, \
	{ "wave-make", PERM_WAVE_MAKE, NULL, try_wave_make }, \
	{ "wave-pick", PERM_ORDER_SHIP, NULL, try_wave_pick }, \
	{ "wave-picked", PERM_ORDER_SHIP, NULL, try_wave_picked }, \
	{ "wave-short", PERM_ORDER_SHIP, NULL, try_wave_short }, \
	{ "wave-sort", PERM_ORDER_SHIP, NULL, try_wave_sort }, \
	{ "wave-cancel", PERM_WAVE_MAKE, NULL, try_wave_cancel }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_waves }, \
	{ "put-back", PERM_ORDER_SHIP, NULL, try_put_back }, \
	{ "put-back-undo", PERM_ORDER_SHIP, NULL, try_put_back_undo }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_put_backs }, \
	{ "order-claim", PERM_ORDER_SHIP, NULL, try_claim }, \
	{ "order-unclaim", PERM_ORDER_SHIP, NULL, try_unclaim }, \
	{ "manifest-open", PERM_ORDER_SHIP, NULL, try_manifest_open }, \
	{ "manifest-scan", PERM_ORDER_SHIP, NULL, try_manifest_scan }, \
	{ "manifest-unscan", PERM_ORDER_SHIP, NULL, try_manifest_unscan }, \
	{ "manifest-all", PERM_ORDER_SHIP, NULL, try_manifest_all }, \
	{ "manifest-close", PERM_ORDER_SHIP, NULL, try_manifest_close }, \
	{ "manifest-reopen", PERM_WAVE_MAKE, NULL, try_manifest_reopen }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_manifests }
/* clang-format on */

#endif
