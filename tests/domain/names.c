/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/routing.h"

/* A name has so many characters, Chinese or not, whatever it is of; one more is
 * refused by a sentence that says how many. */

#define SIGN "锅" /* three bytes */

static const char *
name_of(const char *sign, size_t n)
{
	static char name[4 * 2 * NAME_CHARS + 1];
	size_t len = strlen(sign), i;

	for (i = 0; i < n; i++)
		memcpy(name + i * len, sign, len);
	name[n * len] = '\0';
	return name;
}

static int
add_company(struct session *s, const char *name)
{
	struct company_edit e = { .supplier = "yes" };
	struct page page;
	int64_t id;
	int rc;

	copy_text(e.name, sizeof(e.name), name);
	if ((rc = company_add(s, &e, &id)) < 0)
		return rc;
	assert_int_equal(company_by_name(s, name, &id), 0);
	assert_int_equal(company_get(s, id, &page), 0);
	assert_string_equal(
	    ((const struct company *)page_row(&page, 0))->name, name);
	page_free(&page);
	return 0;
}

static int
add_contact(struct session *s, const char *name)
{
	struct company_edit e = { .name = "王记", .supplier = "yes" };
	int64_t id;

	copy_text(e.contact, sizeof(e.contact), name);
	return company_add(s, &e, &id);
}

static int
add_product(struct session *s, const char *name)
{
	struct variant_edit e = { .sku_code = "LONG" }, is;
	struct page page;
	int64_t id;
	int rc;

	copy_text(e.product, sizeof(e.product), name);
	if ((rc = variant_add(s, &e, &id)) < 0)
		return rc;
	assert_int_equal(variant_get(s, id, &page), 0);
	variant_edit_from(&is, page_row(&page, 0));
	assert_string_equal(is.product, name);
	assert_string_equal(is.name, name);
	page_free(&page);
	return 0;
}

static int
add_home(struct session *s, const char *name)
{
	struct variant_edit e = { .sku_code = "HOME", .product = "锅" };
	char bin[BIN_SIZE];
	int64_t id;
	int rc;

	copy_text(e.bin, sizeof(e.bin), name);
	if ((rc = variant_add(s, &e, &id)) < 0)
		return rc;
	assert_int_equal(bin_by_code(s, name, bin), 0);
	assert_string_equal(bin, name);
	return 0;
}

static int
add_category(struct session *s, const char *name)
{
	struct category_edit e = { .name = "" };
	int64_t id;
	int rc;

	copy_text(e.name, sizeof(e.name), name);
	if ((rc = category_add(s, &e, &id)) == 0)
		assert_int_equal(category_by_path(s, name, &id), 0);
	return rc;
}

static int
add_warehouse(struct session *s, const char *name)
{
	struct warehouse_edit e = { .active = true };
	int64_t id, found;
	int rc;

	copy_text(e.name, sizeof(e.name), name);
	if ((rc = warehouse_add(s, &e, &id)) < 0)
		return rc;
	assert_int_equal(warehouse_find(s, name, &found), 0);
	assert_int_equal(found, id);
	return 0;
}

static int
add_bin(struct session *s, const char *name)
{
	struct bin_edit e = { .active = true };
	int64_t id;

	copy_text(e.code, sizeof(e.code), name);
	return bin_add(s, &e, &id);
}

static int
add_buyer(struct session *s, const char *name)
{
	struct sale sale = {
		.to = { .name = "张三",
		    .phone = "13900001234",
		    .province = "浙江",
		    .city = "杭州",
		    .address = "文三路" },
		.n = 1,
		.line = { { .sku = "A", .qty = 1, .price = 100 } },
	};
	const struct order_how how = { 0 };
	int64_t id;
	int rc;

	copy_text(sale.nick, sizeof(sale.nick), name);
	if ((rc = order_add(s, &sale, &how, &id)) < 0)
		return rc;
	assert_int_equal(customer_by_name(s, name, &id), 0);
	return 0;
}

static int
add_receiver(struct session *s, const char *name)
{
	struct order_address to = { .phone = "13900001234",
		.province = "浙江",
		.city = "杭州",
		.address = "文三路" };
	int64_t id = fixture_int(s, "SELECT min(id) FROM orders");

	copy_text(to.name, sizeof(to.name), name);
	return order_address(s, id,
	    fixture_int(s, "SELECT version FROM orders ORDER BY id"), &to);
}

static const struct {
	int (*add)(struct session *s, const char *name);
	const char *field;
} kinds[] = {
	{ add_company, "name" },
	{ add_contact, "contact" },
	{ add_product, "product" },
	{ add_home, "bin" },
	{ add_category, "name" },
	{ add_warehouse, "name" },
	{ add_bin, "code" },
	{ add_buyer, "nick" },
	{ add_receiver, "name" },
};

static void
a_name_has_so_many_characters(void **state)
{
	static const char *const signs[] = { "n", SIGN, "𠮷" };
	char most[16];
	size_t i, k;

	(void)state;
	snprintf(most, sizeof(most), " %d ", NAME_CHARS);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (k = 0; k < sizeof(signs) / sizeof(signs[0]); k++) {
			struct session *s = fixture_session("owner");

			fixture_variant(s, "A", 5, 100);
			fixture_order(s, "1", 1, "A", NULL);
			assert_int_equal(
			    kinds[i].add(s, name_of(signs[k], NAME_CHARS + 1)),
			    ERR_INVALID);
			assert_string_equal(s->err.field, kinds[i].field);
			assert_non_null(strstr(s->err.text, most));
			if (kinds[i].add(s, name_of(signs[k], NAME_CHARS)) < 0)
				fail_msg("%s: %s", kinds[i].field, s->err.text);
			fixture_verify(s);
			fixture_end(s);
		}
}

/* What is not there is not taken for the main one. */
static void
no_warehouse_has_too_long_a_name(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	assert_int_equal(
	    warehouse_find(s, name_of(SIGN, NAME_CHARS + 1), &id), ERR_INVALID);
	fixture_end(s);
}

static void
take(struct session *s, const char *kind, const char *header, const char *name,
    const char *rest, int64_t refused)
{
	struct str text = STR_INIT;
	const struct import_options opt = { .dry_run = refused != 0 };
	const struct import_summary *sum;
	const char *path;
	struct import *im;

	str_addf(&text, "%s\nX%s,%s\n", header, rest, name);
	path = fixture_file("names.csv", text.s);
	if (import_run(s, kind, &path, 1, &opt, &im) != 0)
		fail_msg("%s", s->err.text);
	sum = import_summary(im);
	assert_int_equal(sum->rejected_n, refused);
	assert_int_equal(sum->new_n, refused == 0);
	import_free(im);
	str_done(&text);
}

static void
names_come_by_file(void **state)
{
	static const struct {
		const char *kind, *header, *rest;
	} lists[] = {
		{ "companies", "bank,kinds,name", ",supplier" },
		{ "products", "sku_code,product", "" },
		{ "products", "sku_code,product,supplier", ",锅" },
		{ "products", "sku_code,product,bin", ",锅" },
		{ "products", "sku_code,product,category", ",锅" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct session *s = fixture_session("owner");

		take(s, lists[i].kind, lists[i].header,
		    name_of(SIGN, NAME_CHARS + 1), lists[i].rest, 1);
		take(s, lists[i].kind, lists[i].header,
		    name_of(SIGN, 2 * NAME_CHARS), lists[i].rest, 1);
		take(s, lists[i].kind, lists[i].header,
		    name_of(SIGN, NAME_CHARS), lists[i].rest, 0);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_has_so_many_characters),
		cmocka_unit_test(no_warehouse_has_too_long_a_name),
		cmocka_unit_test(names_come_by_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
