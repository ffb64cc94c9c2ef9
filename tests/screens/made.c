/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"
#include "till.h"

/* The whole way of something made to order, by keys, and how it looks. */

#define ORDER "4119203366520877731"

static void
must(struct till *k, int rc)
{
	if (rc < 0)
		fail_msg("%s", session_err(k->s)->text);
}

/* The goods of one order are made to order. */
static void
make_to_order(struct till *k)
{
	struct variant_edit e;
	struct order_card card;
	struct page page;
	int64_t id, order, version;

	must(k, order_by_no(k->s, ORDER, &order));
	must(k, order_card(k->s, order, &card));
	id = ((const struct order_line *)page_row(&card.lines, 0))->variant_id;
	order_card_free(&card);
	must(k, variant_get(k->s, id, &page));
	variant_edit_from(&e, page_row(&page, 0));
	version = ((const struct variant *)page_row(&page, 0))->version;
	page_free(&page);
	memcpy(e.made, "yes", 4);
	must(k, variant_save(k->s, id, version, &e));
	must(k, production_open(k->s, NULL));
}

static const struct {
	const char *name, *keys;
} steps[] = {
	{ "production", "Ctrl-P 'Production orders' Enter" },
	{ "confirm", "Esc scan:" ORDER " c" },
	{ "attrs-type",
	    "Down Down Down Down Down t '1.24m' Tab '2m' Tab Tab '红' Tab '福' Tab "
	    "'2026-11-30'" },
	{ "attrs-typed", "Ctrl-S" },
	{ "attrs-again", "a '1.42m' Tab '2m' Tab '红' Tab '福' Tab "
			 "'2026-11-30' Ctrl-S" },
	{ "attrs-settle", "e '1.24m' Tab 'asked' Ctrl-S" },
	{ "confirm-all", "A Enter Enter" },
	{ "production-place", "p 'MAKER' Ctrl-S" },
	{ "production-order",
	    "Esc Esc Esc Ctrl-P 'Production orders' Enter Tab Enter" },
	{ "production-received", "r '35' Ctrl-S" },
	{ "handover", "Esc Esc Ctrl-P 'Hand-over to' Enter h Enter" },
	{ "attrs", "Esc Ctrl-P 'Attributes of' Enter" },
};

static void
walk(const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	char file[128];
	size_t i;

	make_to_order(k);
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		till_keys(k, steps[i].keys);
		snprintf(file, sizeof(file), "made-%s-%.2s-%dx%d",
		    steps[i].name, lang, w, h);
		golden_check(file, drive_text(k->d));
	}
	till_close(k);
}

static void
each_step_looks_as_approved(void **state)
{
	(void)state;
	walk("zh_CN", 24, 80);
	walk("en", 24, 80);
	walk("zh_CN", 40, 120);
	walk("en", 40, 120);
}

static void
what_differs_is_told_and_blocks_the_maker(void **state)
{
	struct till *k = till_open("manager", "en", 40, 120);
	size_t i;

	(void)state;
	make_to_order(k);
	for (i = 0; i < 5; i++)
		till_keys(k, steps[i].keys);
	till_sees(k, "1 differs from the first time");
	till_sees(k, "1.24 m (1240 mm)…1.42 m (1420 mm)");
	till_keys(k, "p 'MAKER' Ctrl-S");
	till_sees(k, "was typed as 1.24 m (1240 mm) and as 1.42 m (1420 mm)");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_differs_is_told_and_blocks_the_maker),
		cmocka_unit_test(each_step_looks_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
