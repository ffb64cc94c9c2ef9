/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SALE_TRIES_H
#define TESTS_SALE_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/quotations.h"

/* What comes before the order, for the test of every role at every operation.
 */

static int
try_order_add(struct session *s)
{
	const struct sale sale = { .n = 1,
		.line = { { .sku = "NONE", .qty = 1 } } };
	const struct order_how how = { .terms = 0 };
	int64_t id;

	return order_add(s, &sale, &how, &id);
}

static int
try_order_copy(struct session *s)
{
	int64_t id;

	return order_copy(s, 99, &id);
}

static int
try_order_reissue(struct session *s)
{
	int64_t id;

	return order_reissue(
	    s, 99, &(struct order_reissue){ .reason = "broken" }, &id);
}

static int
try_sale_price(struct session *s)
{
	struct sale_price p;

	return sale_price(s, 0, "NONE", &p);
}

static int
try_quote_add(struct session *s)
{
	struct quotation_edit e = { .valid_until = 0 };
	int64_t id;

	return quotation_add(s, &e, &id);
}

static int
try_quote_save(struct session *s)
{
	struct quotation_edit e = { .valid_until = 0 };

	return quotation_save(s, 99, 1, &e);
}

static int
try_quote_send(struct session *s)
{
	return quotation_send(s, 99);
}

static int
try_quote_follow(struct session *s)
{
	return quotation_follow(s, 99, "asked", 0);
}

static int
try_quote_lose(struct session *s)
{
	return quotation_lose(s, 99, "too dear");
}

static int
try_quote_reopen(struct session *s)
{
	return quotation_reopen(s, 99);
}

static int
try_quote_order(struct session *s)
{
	int64_t id;

	return quotation_order(s, 99, &id);
}

static int
try_quote_print(struct session *s)
{
	struct print_said said;

	return print_quotation(
	    s, 99, &(struct print_job){ .dir = "/nowhere" }, &said);
}

static int
try_quote_page(struct session *s)
{
	struct quotation_filter any = { .customer_id = 0 };
	struct page page = { 0 };
	int rc = quotation_page(s, &any, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_quote_figures(struct session *s)
{
	struct page page = { 0 };
	int rc = quotation_figures(s, 0, 0, &page);

	page_free(&page);
	return rc;
}

static int
try_grade_add(struct session *s)
{
	int64_t id;

	return grade_add(
	    s, &(struct grade_edit){ .name = "gold", .permille = 900 }, &id);
}

static int
try_grade_save(struct session *s)
{
	return grade_save(
	    s, 99, 1, &(struct grade_edit){ .name = "tin", .permille = 990 });
}

static int
try_grade_apply(struct session *s)
{
	const struct grade_how how = { .lower = true };
	struct grade_counts n;

	return grade_apply(s, &how, &n);
}

static int
try_customer_grade(struct session *s)
{
	return customer_grade_set(s, 99, "gold");
}

static int
try_member_price(struct session *s)
{
	return member_price_set(s, "NONE", "gold", 1);
}

static int
try_grade_page(struct session *s)
{
	struct page page = { 0 };
	int rc = grade_page(s, &page);

	page_free(&page);
	return rc;
}

static int
try_member_prices(struct session *s)
{
	struct member_price_filter any = { .grade_id = 0 };
	struct page page = { 0 };
	int rc = member_price_page(s, &any, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

/* clang-format off */
#define SALE_TRIES \
	{ "order-add", PERM_ORDER_ADD, NULL, try_order_add }, \
	{ "order-copy", PERM_ORDER_ADD, NULL, try_order_copy }, \
	{ "order-reissue", PERM_ORDER_ADD, NULL, try_order_reissue }, \
	{ NULL, PERM_ORDER_ADD, NULL, try_sale_price }, \
	{ "quote-add", PERM_ORDER_ADD, NULL, try_quote_add }, \
	{ "quote-save", PERM_ORDER_ADD, NULL, try_quote_save }, \
	{ "quote-send", PERM_ORDER_ADD, NULL, try_quote_send }, \
	{ "quote-follow", PERM_ORDER_ADD, NULL, try_quote_follow }, \
	{ "quote-lose", PERM_ORDER_ADD, NULL, try_quote_lose }, \
	{ "quote-reopen", PERM_ORDER_ADD, NULL, try_quote_reopen }, \
	{ "quote-order", PERM_ORDER_ADD, NULL, try_quote_order }, \
	{ "quote-print", PERM_ORDER_ADD, NULL, try_quote_print }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_quote_page }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_quote_figures }, \
	{ "grade-add", PERM_SALE_EDIT, NULL, try_grade_add }, \
	{ "grade-save", PERM_SALE_EDIT, NULL, try_grade_save }, \
	{ "grade-apply", PERM_SALE_EDIT, NULL, try_grade_apply }, \
	{ "customer-grade", PERM_SALE_EDIT, NULL, try_customer_grade }, \
	{ "member-price", PERM_SALE_EDIT, NULL, try_member_price }, \
	{ NULL, PERM_CUSTOMER_VIEW, NULL, try_grade_page }, \
	{ NULL, PERM_CUSTOMER_VIEW, NULL, try_member_prices }
/* clang-format on */

#endif
