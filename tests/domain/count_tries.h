/* SPDX-License-Identifier: MIT */
#ifndef TESTS_COUNT_TRIES_H
#define TESTS_COUNT_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/stocktake.h"

/* What is done to counts of the stock, for the test of every role at every
 * operation. */

static int
try_counts(struct session *s)
{
	struct page page = { 0 };
	int rc = stocktake_page(s, STOCKTAKE_ALL, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_count_lines(struct session *s)
{
	const struct stocktake_filter all = { .which = LINES_ALL };
	struct page page = { 0 };
	int rc = stocktake_line_page(s, &all, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_count_report(struct session *s)
{
	struct page page = { 0 };
	int rc = stocktake_report(s, 4711, &page);

	page_free(&page);
	return rc;
}

static int
try_count_start(struct session *s)
{
	const struct stocktake_edit e = { .kind = "spot", .codes = "PAN" };
	int64_t id;

	return stocktake_start(s, &e, &id);
}

static int
try_count_bin(struct session *s)
{
	struct stocktake_place place;

	return stocktake_bin(s, 4711, "", &place);
}

static int
try_count_take(struct session *s)
{
	struct stocktake_taken taken;

	return stocktake_take(s, 4711, 1, "PAN", STOCKTAKE_MORE, 1, &taken);
}

static int
try_count_close(struct session *s)
{
	int64_t again;

	return stocktake_close(s, 4711, true, &again);
}

static int
try_count_recount(struct session *s)
{
	int64_t again;

	return stocktake_recount(s, 4711, 0, &again);
}

static int
try_count_recount_line(struct session *s)
{
	return stocktake_recount_line(s, 4711);
}

static int
try_count_reason(struct session *s)
{
	return stocktake_reason(s, 4711, "broken");
}

static int
try_count_post(struct session *s)
{
	return stocktake_post(s, 4711, NULL);
}

static int
try_count_cancel(struct session *s)
{
	return stocktake_cancel(s, 4711, "a mistake");
}

/* clang-format off */
#define COUNT_TRIES \
	{ NULL, PERM_COUNT, NULL, try_counts }, \
	{ NULL, PERM_COUNT, NULL, try_count_lines }, \
	{ NULL, PERM_COUNT, NULL, try_count_report }, \
	{ NULL, PERM_COUNT, NULL, try_count_bin }, \
	{ "count-start", PERM_COUNT, NULL, try_count_start }, \
	{ "count-take", PERM_COUNT, NULL, try_count_take }, \
	{ "count-close", PERM_COUNT, NULL, try_count_close }, \
	{ "count-recount", PERM_COUNT, NULL, try_count_recount }, \
	{ "count-recount", PERM_COUNT, NULL, try_count_recount_line }, \
	{ "count-reason", PERM_COUNT, NULL, try_count_reason }, \
	{ "count-post", PERM_COUNT_POST, NULL, try_count_post }, \
	{ "count-cancel", PERM_COUNT_POST, NULL, try_count_cancel }
/* clang-format on */

#endif
