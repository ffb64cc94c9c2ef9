/* SPDX-License-Identifier: MIT */
#ifndef TESTS_GOODS_TRIES_H
#define TESTS_GOODS_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"

/* Products, categories and companies, for the test of every role at every
 * operation. */

static int
try_product_active(struct session *s)
{
	return variant_active(s, 1, false);
}

static int
try_categories(struct session *s)
{
	struct page page = { 0 };
	int rc = category_all(s, &page);

	page_free(&page);
	return rc;
}

static int
try_category_add(struct session *s)
{
	const struct category_edit e = { .name = "try" };
	int64_t id;

	return category_add(s, &e, &id);
}

static int
try_category_save(struct session *s)
{
	const struct category_edit e = { .name = "again" };

	return category_save(s, 1, 1, &e);
}

static int
try_category_drop(struct session *s)
{
	return category_drop(s, 1);
}

static int
try_companies(struct session *s)
{
	struct page page = { 0 };
	int rc = company_page(s, NULL, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_supplier_items(struct session *s)
{
	struct page page = { 0 };
	int rc = supplier_item_page(s, 0, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_company_add(struct session *s)
{
	const struct company_edit e = { .name = "try", .supplier = "yes" };
	int64_t id;

	return company_add(s, &e, &id);
}

static int
try_company_save(struct session *s)
{
	const struct company_edit e = { .name = "again", .supplier = "yes" };

	return company_save(s, 1, 1, &e);
}

static int
try_company_close(struct session *s)
{
	return company_close(s, 1);
}

static int
try_company_reopen(struct session *s)
{
	return company_reopen(s, 1);
}

static int
try_supplier_item_set(struct session *s)
{
	const struct supplier_item_edit e = { .sku_code = "PAN",
		.company = "try",
		.price = 100,
		.min_qty = 1,
		.pack_qty = 1 };

	return supplier_item_set(s, &e);
}

static int
try_supplier_item_drop(struct session *s)
{
	return supplier_item_drop(s, 1, 1);
}

/* clang-format off */
#define GOODS_TRIES \
	{ "product-active", PERM_PRODUCT_EDIT, NULL, try_product_active }, \
	{ NULL, PERM_PRODUCT_VIEW, NULL, try_categories }, \
	{ "category-add", PERM_PRODUCT_EDIT, NULL, try_category_add }, \
	{ "category-save", PERM_PRODUCT_EDIT, NULL, try_category_save }, \
	{ "category-drop", PERM_PRODUCT_EDIT, NULL, try_category_drop }, \
	{ NULL, PERM_COMPANY_VIEW, NULL, try_companies }, \
	{ NULL, PERM_COMPANY_VIEW, NULL, try_supplier_items }, \
	{ "company-add", PERM_COMPANY_EDIT, NULL, try_company_add }, \
	{ "company-save", PERM_COMPANY_EDIT, NULL, try_company_save }, \
	{ "company-close", PERM_COMPANY_EDIT, NULL, try_company_close }, \
	{ "company-reopen", PERM_COMPANY_EDIT, NULL, try_company_reopen }, \
	{ "supplier-item-set", PERM_COMPANY_EDIT, NULL, \
	    try_supplier_item_set }, \
	{ "supplier-item-drop", PERM_COMPANY_EDIT, NULL, \
	    try_supplier_item_drop }
/* clang-format on */

#endif
