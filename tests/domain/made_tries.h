/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MADE_TRIES_H
#define TESTS_MADE_TRIES_H

#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/production.h"

/* What is done to made goods, for the test of every role at every operation.
 */

static int
try_attr_add(struct session *s)
{
	const struct attr_def_edit e = {
		.name = "depth", .title = "深", .type = "length", .active = true
	};
	int64_t id;

	return attr_def_add(s, &e, &id);
}

static int
try_attr_save(struct session *s)
{
	const struct attr_def_edit e = {
		.name = "depth", .title = "深", .type = "length", .active = true
	};

	return attr_def_save(s, 1, 1, &e);
}

static int
try_attr_defs(struct session *s)
{
	struct page page = { 0 };
	int rc = attr_def_page(s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_attrs_type(struct session *s)
{
	const struct attr_entry e = { 1, "width", "1m" };
	const struct attr_typing t = { .entries = &e, .n = 1 };

	return attrs_type(s, 1, &t, NULL);
}

static int
try_line_attrs(struct session *s)
{
	struct page page = { 0 };
	int rc = line_attrs(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_facts(struct session *s)
{
	struct page page = { 0 };
	int rc = confirm_facts(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_corrections(struct session *s)
{
	const struct correction_filter all = { .order_id = 0 };
	struct page page = { 0 };
	int rc = correction_page(s, &all, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_productions(struct session *s)
{
	struct page page = { 0 };
	int rc = production_page(s, PRODUCTION_ALL, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_production_place(struct session *s)
{
	const struct production_edit e = { .maker = "广告厂" };

	return production_place(s, 4711, &e);
}

static int
try_production_made(struct session *s)
{
	return production_made(s, 4711);
}

static int
try_production_receive(struct session *s)
{
	return production_receive(s, 4711, 100);
}

static int
try_production_cancel(struct session *s)
{
	return production_cancel(s, 4711, "not wanted");
}

static int
try_handover(struct session *s)
{
	struct page page = { 0 };
	int rc = handover_page(
	    s, 0, time_day(time_now()), PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_handover_done(struct session *s)
{
	int64_t n, left;

	return handover_done(s, 0, time_day(time_now()), &n, &left);
}

/* clang-format off */
#define MADE_TRIES \
	{ "attr-add", PERM_RULE_EDIT, NULL, try_attr_add }, \
	{ "attr-save", PERM_RULE_EDIT, NULL, try_attr_save }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_attr_defs }, \
	{ "attr-type", PERM_ORDER_EDIT, NULL, try_attrs_type }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_line_attrs }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_facts }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_corrections }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_productions }, \
	{ "production-place", PERM_PRODUCTION_EDIT, NULL, \
	    try_production_place }, \
	{ "production-made", PERM_PRODUCTION_EDIT, NULL, \
	    try_production_made }, \
	{ "production-receive", PERM_PRODUCTION_EDIT, NULL, \
	    try_production_receive }, \
	{ "production-cancel", PERM_PRODUCTION_EDIT, NULL, \
	    try_production_cancel }, \
	{ NULL, PERM_ORDER_VIEW, NULL, try_handover }, \
	{ "handover-done", PERM_ORDER_EDIT, NULL, try_handover_done }
/* clang-format on */

#endif
