/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PURCHASE_TRIES_H
#define TESTS_PURCHASE_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/requests.h"

/* What is done to requests and orders to suppliers, for the test of every role
 * at every operation. */

static int
try_low_stock(struct session *s)
{
	struct page page = { 0 };
	int rc = low_stock_all(s, LOW_STOCK_NOW, &page);

	page_free(&page);
	return rc;
}

static int
try_requests(struct session *s)
{
	struct page page = { 0 };
	int rc = request_page(s, REQUEST_ALL, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_purchases(struct session *s)
{
	const struct purchase_filter all = { .state = PURCHASE_ALL };
	struct page page = { 0 };
	int rc = purchase_page(s, &all, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_request_add(struct session *s)
{
	const struct request_edit e = { .note = "" };
	const struct request_line_edit line = { .sku_code = "PAN", .qty = 1 };
	int64_t id;

	return request_add(s, &e, &line, 1, &id);
}

static int
try_request_low(struct session *s)
{
	struct request_made made;

	return request_propose(s, "", LOW_STOCK_NOW, "", &made);
}

static int
try_request_save(struct session *s)
{
	const struct request_edit e = { .note = "soon" };

	return request_save(s, 4711, 0, &e);
}

static int
try_request_line(struct session *s)
{
	const struct request_line_edit line = { .sku_code = "PAN", .qty = 1 };

	return request_line_set(s, 4711, 0, &line);
}

static int
try_request_approve(struct session *s)
{
	struct request_made made;

	return request_approve(s, 4711, &made);
}

static int
try_request_refuse(struct session *s)
{
	return request_refuse(s, 4711, "no money");
}

/* The own one: who may ask may take it back. */
static int
try_request_withdraw(struct session *s)
{
	const struct request_edit e = { .note = "" };
	int64_t id;
	int rc = request_add(s, &e, NULL, 0, &id);

	return rc < 0 ? rc : request_refuse(s, id, "not needed");
}

static int
try_purchase_add(struct session *s)
{
	const struct purchase_edit e = { .company = "nobody" };
	int64_t id;

	return purchase_add(s, &e, NULL, 0, &id);
}

static int
try_purchase_save(struct session *s)
{
	const struct purchase_edit e = { .company = "nobody" };

	return purchase_save(s, 4711, 0, &e);
}

static int
try_purchase_line(struct session *s)
{
	const struct purchase_line_edit e = { .sku_code = "PAN", .qty = 1 };

	return purchase_line_set(s, 4711, 0, &e);
}

static int
try_purchase_join(struct session *s)
{
	const int64_t ids[] = { 4711, 4712 };
	int64_t into;

	return purchase_join(s, ids, 2, &into);
}

static int
try_purchase_order(struct session *s)
{
	return purchase_order(s, 4711);
}

static int
try_purchase_close(struct session *s)
{
	return purchase_close(s, 4711, "gone");
}

static int
try_purchase_cancel(struct session *s)
{
	return purchase_cancel(s, 4711, "gone");
}

static int
try_purchase_copy(struct session *s)
{
	int64_t copy, left;

	return purchase_copy(s, 4711, &copy, &left);
}

static int
try_purchase_print(struct session *s)
{
	const struct print_job job = { .dir = "." };
	struct print_said said;

	return print_purchase(s, 4711, &job, &said);
}

/* clang-format off */
#define PURCHASE_TRIES \
	{ NULL, PERM_STOCK_VIEW, NULL, try_low_stock }, \
	{ NULL, PERM_PURCHASE_REQUEST, NULL, try_requests }, \
	{ NULL, PERM_PURCHASE_VIEW, NULL, try_purchases }, \
	{ "request-add", PERM_PURCHASE_REQUEST, NULL, try_request_add }, \
	{ "request-add", PERM_PURCHASE_REQUEST, NULL, try_request_low }, \
	{ "request-save", PERM_PURCHASE_REQUEST, NULL, try_request_save }, \
	{ "request-line", PERM_PURCHASE_REQUEST, NULL, try_request_line }, \
	{ "request-approve", PERM_PURCHASE_ORDER, NULL, \
	    try_request_approve }, \
	{ "request-refuse", PERM_PURCHASE_ORDER, NULL, try_request_refuse }, \
	{ "request-withdraw", PERM_PURCHASE_REQUEST, NULL, \
	    try_request_withdraw }, \
	{ "purchase-add", PERM_PURCHASE_ORDER, NULL, try_purchase_add }, \
	{ "purchase-save", PERM_PURCHASE_ORDER, NULL, try_purchase_save }, \
	{ "purchase-line", PERM_PURCHASE_ORDER, NULL, try_purchase_line }, \
	{ "purchase-join", PERM_PURCHASE_ORDER, NULL, try_purchase_join }, \
	{ "purchase-order", PERM_PURCHASE_ORDER, NULL, try_purchase_order }, \
	{ "purchase-close", PERM_PURCHASE_ORDER, NULL, try_purchase_close }, \
	{ "purchase-cancel", PERM_PURCHASE_ORDER, NULL, \
	    try_purchase_cancel }, \
	{ "purchase-copy", PERM_PURCHASE_ORDER, NULL, try_purchase_copy }, \
	{ NULL, PERM_PURCHASE_ORDER, NULL, try_purchase_print }
/* clang-format on */

#endif
