/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REVIEW_TRIES_H
#define TESTS_REVIEW_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/review.h"

/* Review, gifts and reminders, for the test of every role at every operation.
 */

static int
try_review_page(struct session *s)
{
	struct page page = { 0 };
	int rc = review_page(s, false, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_review_run(struct session *s)
{
	struct review_counts n;

	return review_run(s, NULL, &n);
}

static int
try_review_couriers(struct session *s)
{
	int64_t seen, changed;

	return review_couriers(s, &seen, &changed);
}

static int
try_order_courier(struct session *s)
{
	int rc = order_courier(s, 1, "YTO");

	return rc < 0 ? rc : 0;
}

static int
try_review_pass(struct session *s)
{
	return review_pass(s, 1, "");
}

static int
try_review_hold(struct session *s)
{
	return review_hold(s, 1, "address", "", 0);
}

static int
try_review_rule_add(struct session *s)
{
	const struct review_rule_edit e = {
		.name = "try", .what = "cod", .action = "hold"
	};
	int64_t id;

	return review_rule_add(s, &e, &id);
}

static int
try_review_rule_save(struct session *s)
{
	return review_rule_active(s, 1, false);
}

static int
try_gift_rules(struct session *s)
{
	struct page page = { 0 };
	int rc = gift_rule_page(s, &page);

	page_free(&page);
	return rc;
}

static int
try_gift_rule_add(struct session *s)
{
	const struct gift_rule_edit e = {
		.name = "try", .gift_sku = "PAN", .gift_qty = 1
	};
	int64_t id;

	return gift_rule_add(s, &e, &id);
}

static int
try_gift_rule_save(struct session *s)
{
	return gift_rule_active(s, 1, false);
}

static int
try_gifts(struct session *s)
{
	bool changed;

	return order_gifts(s, 1, &changed);
}

static int
try_unpaid(struct session *s)
{
	struct page page = { 0 };
	int rc = unpaid_page(s, false, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_remind(struct session *s)
{
	const struct reminder_edit e = { .channel = "phone", .text = "pay" };
	int64_t id;

	return reminder_add(s, 1, &e, &id);
}

static int
try_reminder_result(struct session *s)
{
	return reminder_result(s, 1, "later", "", 0);
}

static int
try_text_add(struct session *s)
{
	const struct text_template_edit e = {
		.kind = "unpaid", .name = "try", .text = "pay"
	};
	int64_t id;

	return text_add(s, &e, &id);
}

static int
try_text_save(struct session *s)
{
	const struct text_template_edit e = {
		.kind = "unpaid", .name = "saved", .text = "pay"
	};

	return text_save(s, 1, 1, &e);
}

/* clang-format off */
#define REVIEW_TRIES \
	{ NULL, PERM_ORDER_VIEW, NULL, try_review_page }, \
	{ "review-run", PERM_ORDER_REVIEW, NULL, try_review_run }, \
	{ "review-couriers", PERM_ORDER_REVIEW, NULL, try_review_couriers }, \
	{ "order-courier", PERM_ORDER_EDIT, NULL, try_order_courier }, \
	{ "order-courier-rule", PERM_ORDER_EDIT, NULL, try_order_courier }, \
	{ "review-stop", PERM_ORDER_REVIEW, NULL, try_review_run }, \
	{ "review-pass", PERM_ORDER_REVIEW, NULL, try_review_pass }, \
	{ "review-hold", PERM_ORDER_REVIEW, NULL, try_review_hold }, \
	{ "review-rule-add", PERM_RULE_EDIT, NULL, try_review_rule_add }, \
	{ "review-rule-save", PERM_RULE_EDIT, NULL, try_review_rule_save }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_gift_rules }, \
	{ "gift-rule-add", PERM_RULE_EDIT, NULL, try_gift_rule_add }, \
	{ "gift-rule-save", PERM_RULE_EDIT, NULL, try_gift_rule_save }, \
	{ "order-gifts", PERM_ORDER_EDIT, NULL, try_gifts }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_unpaid }, \
	{ "order-remind", PERM_ORDER_EDIT, NULL, try_remind }, \
	{ "reminder-result", PERM_ORDER_EDIT, NULL, try_reminder_result }, \
	{ "text-add", PERM_RULE_EDIT, NULL, try_text_add }, \
	{ "text-save", PERM_RULE_EDIT, NULL, try_text_save }
/* clang-format on */

#endif
