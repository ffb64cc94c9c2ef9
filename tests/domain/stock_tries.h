/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STOCK_TRIES_H
#define TESTS_STOCK_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"

/* What is done to the stock, for the test of every role at every operation. */

static int
try_write(struct session *s, enum stock_verb verb, const char *to)
{
	struct stock_line line = { .sku = "PAN", .qty = 1 };
	struct stock_doc doc = { .reason = "for trying",
		.lines = &line,
		.n = 1 };
	int64_t slip;

	snprintf(line.to_bin, sizeof(line.to_bin), "%s", to);
	return stock_write(s, verb, &doc, &slip);
}

static int
try_scrap(struct session *s)
{
	return try_write(s, STOCK_SCRAP, "");
}

static int
try_defect(struct session *s)
{
	return try_write(s, STOCK_DEFECT, "");
}

static int
try_good(struct session *s)
{
	return try_write(s, STOCK_GOOD, "A-01");
}

static int
try_put(struct session *s)
{
	return try_write(s, STOCK_PUT, "A-01");
}

static int
try_move(struct session *s)
{
	return try_write(s, STOCK_MOVE, "A-01");
}

static int
try_put_waits(struct session *s)
{
	struct page page = { 0 };
	int rc = put_wait_page(s, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

#define STOCK_TRIES \
	{ "stock-scrap", PERM_STOCK_ADJUST, NULL, try_scrap }, \
	    { "stock-defect", PERM_STOCK_MOVE, NULL, try_defect }, \
	    { "stock-good", PERM_STOCK_MOVE, NULL, try_good }, \
	    { "stock-put", PERM_STOCK_MOVE, NULL, try_put }, \
	    { "stock-move", PERM_STOCK_MOVE, NULL, try_move }, \
	{ \
		NULL, PERM_STOCK_VIEW, NULL, try_put_waits \
	}

#endif
