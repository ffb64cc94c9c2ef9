/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"
#include "till.h"

/* The product's card, categories and companies, by keys and in pictures. */

static void
some_companies(struct session *s)
{
	const struct company_edit pot = { .name = "永康锅业",
		.supplier = "yes",
		.contact = "王建军",
		.phone = "0579-87120001",
		.address = "浙江省金华市永康市五金科技工业园 18 号",
		.lead_days = 5,
		.min_total = 200000,
		.terms_days = 30 };
	const struct company_edit yto = {
		.name = "圆通义乌分部", .carrier = "yes", .courier = "YTO"
	};
	struct supplier_item_edit e = { .sku_code = "MD-1000",
		.company = "永康锅业",
		.code = "YK-77",
		.price = 1200,
		.min_qty = 10,
		.pack_qty = 5 };
	int64_t id;

	assert_int_equal(company_add(s, &pot, &id), 0);
	assert_int_equal(company_add(s, &yto, &id), 0);
	assert_int_equal(supplier_item_set(s, &e), 0);
	e.price = 1350;
	assert_int_equal(supplier_item_set(s, &e), 0);
}

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "product-suppliers", "F4 / 'MD-1000' Enter 2" },
	{ "companies", "Ctrl-P 'Companies' Enter" },
	{ "company", "Ctrl-P 'Companies' Enter Down Enter" },
};

static void
look(size_t i, const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	char file[128];

	some_companies(k->s);
	till_keys(k, looks[i].keys);
	snprintf(file, sizeof(file), "screen-%s-%.2s-%dx%d", looks[i].name,
	    lang, w, h);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
looks_as_approved(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		look(i, "zh_CN", 24, 80);
		look(i, "en", 24, 80);
		look(i, "zh_CN", 40, 120);
		look(i, "en", 40, 120);
	}
}

static void
a_card_is_walked(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	some_companies(k->s);
	till_keys(k, "F4 / 'MD-1000' Enter");
	till_sees(k, "On hand");
	till_sees(k, "永康锅业 · 13.50");
	till_keys(k, "Tab");
	till_sees(k, "YK-77");
	/* What it is an offer of is known: the supplier comes first. */
	till_keys(k, "o 'nobody' Ctrl-S");
	till_sees(k, "nobody");
	till_keys(k, "Ctrl-U 'ykgy' Tab Tab '13.60' Ctrl-S");
	till_sees(k, "MD-1000 from 永康锅业 is saved.");
	till_keys(k, "Tab");
	till_sees(k, "12.00");
	/* Another variant of the same product. */
	till_keys(k, "n 'MD-6000' Ctrl-S 6");
	till_sees(k, "MD-6000");
	till_keys(k, "d Enter");
	till_sees(k, "out of use");
	till_keys(k, "d");
	till_sees(k, "is in use again");
	till_close(k);
}

static void
a_category_shows_its_goods(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 c");
	till_sees(k, "No categories yet");
	till_keys(k, "n '刀具' Tab '厨具' Ctrl-S");
	till_sees(k, "厨具/刀具");
	till_keys(k, "Enter");
	till_sees(k, "[厨具]");
	till_sees(k, "Nothing is in this category");
	till_keys(k, "w");
	till_sees(k, "MD-1000");
	till_close(k);
}

static void
a_company_is_written_down_and_closed(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-P 'Companies' Enter");
	till_sees(k, "No companies here yet");
	till_keys(k, "n '永康锅业' Ctrl-S");
	till_sees(k, "永康锅业 is saved.");
	till_keys(k, "/ 'ykg' Enter");
	till_sees(k, "It sells us nothing that is known");
	till_keys(k, "o 'MD-1000' Tab Tab '12.50' Ctrl-S");
	till_sees(k, "12.50");
	till_keys(k, "d Enter");
	till_sees(k, "is closed.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_is_walked),
		cmocka_unit_test(a_category_shows_its_goods),
		cmocka_unit_test(a_company_is_written_down_and_closed),
		cmocka_unit_test(looks_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
