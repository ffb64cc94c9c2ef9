/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MONEY_TRIES_H
#define TESTS_MONEY_TRIES_H

#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/print.h"

/* Payments, statements and numbered papers, for the test of every role at every
 * operation. */

static int
try_payment_add(struct session *s)
{
	int64_t id;

	return payment_add(s, 99,
	    &(struct payment_edit){ .method = "cash", .amount = 1 }, &id);
}

static int
try_payment_receive(struct session *s)
{
	return payment_receive(s, 99, 0, "");
}

static int
try_payment_reverse(struct session *s)
{
	int64_t id;

	return payment_reverse(s, 99, "wrong", &id);
}

static int
try_payment_page(struct session *s)
{
	struct payment_filter any = { .order_id = 0 };
	struct page page = { 0 };
	int rc = payment_page(s, &any, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_payment_sums(struct session *s)
{
	struct payment_sums sums;

	return payment_sums(s, 99, &sums);
}

/* Nothing to take in is nothing written: the right is asked for all the same.
 */
static int
try_statement_take(struct session *s)
{
	struct statement_taken n;

	return statement_take(s, &n);
}

static int
try_statement_match(struct session *s)
{
	return statement_match(s, 99, 99);
}

static int
try_statement_explain(struct session *s)
{
	return statement_explain(s, 99, "fee");
}

static int
try_statement_reopen(struct session *s)
{
	return statement_reopen(s, 99);
}

static int
try_statement_page(struct session *s)
{
	struct page page = { 0 };
	int rc = statement_page(s, true, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_statement_orders(struct session *s)
{
	struct statement_period day = { 1, 86401 };
	struct page page = { 0 };
	int rc = statement_orders(
	    s, STATEMENT_MISSING, &day, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_statement_held(struct session *s)
{
	struct page page = { 0 };
	int rc = statement_held(s, &page);

	page_free(&page);
	return rc;
}

static int
try_statement_propose(struct session *s)
{
	struct page page = { 0 };
	int rc = statement_propose(s, 99, &page);

	page_free(&page);
	return rc;
}

static int
try_document_issue(struct session *s)
{
	int64_t id;

	return document_issue(
	    s, 99, &(struct document_edit){ .kind = "delivery" }, &id);
}

static int
try_document_cancel(struct session *s)
{
	return document_cancel(s, 99, "wrong");
}

static int
try_document_print(struct session *s)
{
	struct print_said said;

	return print_document(
	    s, 99, &(struct print_job){ .dir = "/nowhere" }, &said);
}

static int
try_document_page(struct session *s)
{
	struct document_filter any = { .kind = NULL };
	struct page page = { 0 };
	int rc = document_page(s, &any, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

/* clang-format off */
#define MONEY_TRIES \
	{ "payment-add", PERM_PAYMENT_EDIT, NULL, try_payment_add }, \
	{ "payment-receive", PERM_PAYMENT_EDIT, NULL, try_payment_receive }, \
	{ "payment-reverse", PERM_PAYMENT_EDIT, NULL, try_payment_reverse }, \
	{ NULL, PERM_PAYMENT_VIEW, NULL, try_payment_page }, \
	{ NULL, PERM_PAYMENT_VIEW, NULL, try_payment_sums }, \
	{ "statement-take", PERM_PAYMENT_CHECK, NULL, try_statement_take }, \
	{ "statement-match", PERM_PAYMENT_CHECK, NULL, try_statement_match }, \
	{ "statement-explain", PERM_PAYMENT_CHECK, NULL, \
	    try_statement_explain }, \
	{ "statement-reopen", PERM_PAYMENT_CHECK, NULL, \
	    try_statement_reopen }, \
	{ NULL, PERM_PAYMENT_CHECK, NULL, try_statement_page }, \
	{ NULL, PERM_PAYMENT_CHECK, NULL, try_statement_orders }, \
	{ NULL, PERM_PAYMENT_CHECK, NULL, try_statement_propose }, \
	{ NULL, PERM_PAYMENT_CHECK, NULL, try_statement_held }, \
	{ "document-issue", PERM_DOCUMENT_ISSUE, NULL, try_document_issue }, \
	{ "document-cancel", PERM_DOCUMENT_ISSUE, NULL, \
	    try_document_cancel }, \
	{ "document-print", PERM_DOCUMENT_ISSUE, NULL, try_document_print }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_document_page }
/* clang-format on */

#endif
