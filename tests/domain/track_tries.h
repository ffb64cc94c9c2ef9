/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TRACK_TRIES_H
#define TESTS_TRACK_TRIES_H

#include "shopmgr/base/time.h"
#include "shopmgr/domain/tracking.h"

/* What is done about parcels on their way, for the test of every role at every
 * operation: refused before it is found that there is no such parcel. */

static int
try_track_take(struct session *s)
{
	struct track_taken n;

	return track_take(s, &n);
}

static int
try_track_add(struct session *s)
{
	return track_add(s, 1, TRACK_MOVING, time_now(), "");
}

static int
try_case_open(struct session *s)
{
	int64_t id;

	return track_case_open(s, 1, "still", "", &id);
}

static int
try_case_note(struct session *s)
{
	return track_case_note(s, 1, "called");
}

static int
try_case_close(struct session *s)
{
	return track_case_close(s, 1, "nothing", "");
}

static int
try_case_reopen(struct session *s)
{
	return track_case_reopen(s, 1);
}

static int
try_track_page(struct session *s)
{
	struct page page = { 0 };
	int rc = track_page(s, TRACK_LATE, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_track_events(struct session *s)
{
	struct page page = { 0 };
	int rc = track_events(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_ship_hours(struct session *s)
{
	struct page page = { 0 };
	int rc = ship_hours(s, 0, time_now(), &page);

	page_free(&page);
	return rc;
}

/* clang-format off */
#define TRACK_TRIES \
	{ "track-take", PERM_TRACK_EDIT, NULL, try_track_take }, \
	{ "track-add", PERM_TRACK_EDIT, NULL, try_track_add }, \
	{ "track-case-open", PERM_TRACK_EDIT, NULL, try_case_open }, \
	{ "track-case-note", PERM_TRACK_EDIT, NULL, try_case_note }, \
	{ "track-case-close", PERM_TRACK_EDIT, NULL, try_case_close }, \
	{ "track-case-reopen", PERM_TRACK_EDIT, NULL, try_case_reopen }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_track_page }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_track_events }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_ship_hours }
/* clang-format on */

#endif
