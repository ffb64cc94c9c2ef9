/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STOCK_TRIES_H
#define TESTS_STOCK_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/transfers.h"

/* What is done to the stock, for the test of every role at every operation. */

static int
try_write(struct session *s, enum stock_verb verb, const char *to)
{
	struct stock_line line = { .sku = "PAN", .qty = 1 };
	struct stock_doc doc = {
		.reason = "for trying", .lines = &line, .n = 1, .new_bins = true
	};
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

static int
try_return(struct session *s)
{
	struct stock_line line = { .sku = "PAN", .qty = 1 };
	struct stock_doc doc = {
		.reason = "for trying", .lines = &line, .n = 1
	};
	int64_t slip;

	return stock_return(s, 1, &doc, &slip);
}

static int
try_freight(struct session *s)
{
	int64_t slip, expense;

	return stock_freight(s, 1, 100, "for trying", &slip, &expense);
}

static int
try_levels(struct session *s)
{
	return stock_levels(s, "PAN", "", 3, 9);
}

static int
try_bin_add(struct session *s)
{
	const struct bin_edit e = { .code = "T-1", .active = true };
	int64_t id;

	return bin_add(s, &e, &id);
}

static int
try_bin_save(struct session *s)
{
	const struct bin_edit e = { .code = "T-2", .active = true };

	return bin_save(s, 4711, 1, &e);
}

static int
try_bin_import(struct session *s)
{
	struct bin_import sum;

	return bins_import(s, fixture_file("bins.csv", "bin\nT-3\n"), &sum);
}

static int
try_bins(struct session *s)
{
	const struct bin_filter f = { .kind = -1 };
	struct page page = { 0 };
	int rc = bin_page(s, &f, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_slips(struct session *s)
{
	const struct slip_filter f = { .kind = NULL };
	struct page page = { 0 };
	int rc = slip_page(s, &f, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_transfers(struct session *s)
{
	const struct transfer_filter f = { .state = -1 };
	struct page page = { 0 };
	int rc = transfer_page(s, &f, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_transfer_add(struct session *s)
{
	struct transfer_piece piece = { .sku = "PAN", .qty = 1 };
	const struct transfer_edit e = {
		.to = "nowhere", .lines = &piece, .n = 1
	};
	int64_t id;

	return transfer_add(s, &e, &id);
}

static int
try_transfer_save(struct session *s)
{
	struct transfer_piece piece = { .sku = "PAN", .qty = 1 };
	const struct transfer_edit e = {
		.to = "nowhere", .lines = &piece, .n = 1
	};

	return transfer_save(s, 4711, 1, &e);
}

static int
try_transfer_send(struct session *s)
{
	return transfer_send(s, 4711, NULL);
}

static int
try_transfer_arrive(struct session *s)
{
	return transfer_arrive(s, 4711, NULL, 0, "", NULL);
}

static int
try_transfer_lose(struct session *s)
{
	return transfer_lose(s, 4711, "gone", NULL);
}

static int
try_transfer_cancel(struct session *s)
{
	return transfer_cancel(s, 4711, "for trying");
}

#define STOCK_TRIES \
	{ "stock-scrap", PERM_STOCK_ADJUST, NULL, try_scrap }, \
	    { "stock-defect", PERM_STOCK_MOVE, NULL, try_defect }, \
	    { "stock-good", PERM_STOCK_MOVE, NULL, try_good }, \
	    { "stock-put", PERM_STOCK_MOVE, NULL, try_put }, \
	    { "stock-move", PERM_STOCK_MOVE, NULL, try_move }, \
	    { "stock-return", PERM_STOCK_RECEIVE, NULL, try_return }, \
	    { "stock-freight", PERM_STOCK_ADJUST, NULL, try_freight }, \
	    { "stock-levels", PERM_PRODUCT_EDIT, NULL, try_levels }, \
	    { "bin-add", PERM_WAREHOUSE_EDIT, NULL, try_bin_add }, \
	    { "bin-save", PERM_WAREHOUSE_EDIT, NULL, try_bin_save }, \
	    { "bin-import", PERM_WAREHOUSE_EDIT, NULL, try_bin_import }, \
	    { "transfer-add", PERM_STOCK_MOVE, NULL, try_transfer_add }, \
	    { "transfer-save", PERM_STOCK_MOVE, NULL, try_transfer_save }, \
	    { "transfer-send", PERM_STOCK_MOVE, NULL, try_transfer_send }, \
	    { "transfer-arrive", PERM_STOCK_MOVE, NULL, try_transfer_arrive }, \
	    { "transfer-lose", PERM_STOCK_ADJUST, NULL, try_transfer_lose }, \
	    { "transfer-cancel", PERM_STOCK_MOVE, NULL, try_transfer_cancel }, \
	    { NULL, PERM_STOCK_VIEW, NULL, try_bins }, \
	    { NULL, PERM_STOCK_VIEW, NULL, try_slips }, \
	    { NULL, PERM_STOCK_VIEW, NULL, try_transfers }, \
	{ \
		NULL, PERM_STOCK_VIEW, NULL, try_put_waits \
	}

#endif
