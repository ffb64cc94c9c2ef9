/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "till.h"

/* Items of the platforms get their products: proposed, accepted, picked. */

/* Items without a product in orders that wait for them. */
static struct till *
items(const char *lang, int w)
{
	struct till *k = till_open("manager", lang, 24, w);

	fixture_order(k->s, "4119203366520871001", 1,
	    "?日式不锈钢雪平锅18CM 家用奶锅", NULL);
	fixture_order(
	    k->s, "4119203366520871002", 1, "?三德刀F-503 厨房切菜刀", NULL);
	fixture_order(
	    k->s, "4119203366520871003", 1, "?三德刀F-503 厨房切菜刀", NULL);
	fixture_order(k->s, "4119203366520871004", 1, "?md1000", NULL);
	return k;
}

static void
looks(const char *name, const char *lang, int w)
{
	struct till *k = items(lang, w);
	char file[80];

	till_keys(k, "F8");
	snprintf(file, sizeof(file), "%s-%s-%d", name, lang, w);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
proposals_stand_in_the_list(void **state)
{
	(void)state;
	looks("screen-unmapped-proposals", "en", 80);
	looks("screen-unmapped-proposals", "en", 120);
	looks("screen-unmapped-proposals", "zh_CN", 80);
	looks("screen-unmapped-proposals", "zh_CN", 120);
}

static int64_t
unmapped(struct till *k)
{
	return fixture_int(
	    k->s, "SELECT count(*) FROM listing WHERE variant_id IS NULL");
}

static void
enter_accepts_a_proposal_after_a_question(void **state)
{
	struct till *k = items("en", 80);
	int64_t before = unmapped(k);

	(void)state;
	till_keys(k, "F8 / 'F-503' Tab Enter");
	till_sees(k, "is the product");
	till_sees(k, "SD-F503");
	till_keys(k, "Esc");
	assert_int_equal(unmapped(k), before);
	till_keys(k, "Enter Enter");
	till_sees(k, "Mapped. 2 orders can go now.");
	assert_int_equal(unmapped(k), before - 1);
	fixture_verify(k->s);
	till_close(k);
}

/* Each to its own; what has no proposal stays, and is told. */
static void
several_are_accepted_at_once(void **state)
{
	struct till *k = items("en", 80);

	(void)state;
	assert_int_equal(unmapped(k), 4);
	till_keys(k, "F8 * Enter");
	till_sees(k, "Map 4 items, each to the product proposed for it?");
	till_keys(k, "Enter");
	till_sees(k, "There is no proposal for it");
	till_keys(k, "Esc");
	till_sees(k, "3 items are mapped. Refused: 1, which stay selected.");
	assert_int_equal(unmapped(k), 1);
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM listing l JOIN variant v"
			      " ON v.id = l.variant_id"
			      " WHERE (l.title LIKE '日式%' AND v.sku_code ="
			      " 'XP-18') OR (l.title LIKE 'md%' AND"
			      " v.sku_code = 'MD-1000')"),
	    2);
	fixture_verify(k->s);
	till_close(k);
}

static void
the_picker_begins_with_proposals(void **state)
{
	struct till *k = items("en", 120);

	(void)state;
	till_keys(k, "F8 / '18CM' Tab u");
	till_sees(k, "proposals; another: type SKU or name, or scan");
	till_sees(k, "name, spec.");
	till_keys(k, "'DT'"); /* another one */
	till_sees(k, "DT-01");
	till_misses(k, "name, spec.");
	till_keys(k, "Enter Enter");
	till_sees(k, "Mapped. 1 order can go now.");
	/* And it is remembered: the same item of another order. */
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM listing l JOIN variant v"
			      " ON v.id = l.variant_id WHERE v.sku_code ="
			      " 'DT-01' AND l.title LIKE '%18CM%'"),
	    1);
	till_close(k);
}

/* What was mapped is a ground for what is not yet, without leaving the list. */
static void
a_mapping_is_learnt_from(void **state)
{
	struct till *k = till_open("manager", "en", 24, 120);

	(void)state;
	fixture_order(k->s, "4119203366520871001", 1, "?暗号!", NULL);
	fixture_order(k->s, "4119203366520871002", 1, "?暗号", NULL);
	till_keys(k, "F8");
	till_misses(k, "mapped before");
	till_keys(k, "Enter 'DT' Enter Enter");
	till_sees(k, "Mapped. 1 order can go now.");
	till_sees(k, "mapped before");
	till_keys(k, "Home Enter");
	till_sees(k, "is the product");
	till_sees(k, "DT-01");
	till_keys(k, "Esc");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proposals_stand_in_the_list),
		cmocka_unit_test(enter_accepts_a_proposal_after_a_question),
		cmocka_unit_test(several_are_accepted_at_once),
		cmocka_unit_test(the_picker_begins_with_proposals),
		cmocka_unit_test(a_mapping_is_learnt_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
