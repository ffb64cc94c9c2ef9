/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"
#include "till.h"

/* Kits: what they are made up of, on their own screen and on the cards of both,
 * by keys and in pictures. */

#define STONE "6901234500048" /* MD-1000 */

static int64_t
id_of(struct session *s, const char *code)
{
	int64_t id;

	assert_int_equal(variant_by_code(s, code, &id), 0);
	return id;
}

static void
make_kit(struct session *s, bool parts)
{
	const struct variant_edit e = { .sku_code = "TZ-1",
		.product = "磨刀套装",
		.name = "磨刀石套装 1000# + 3000#",
		.price = 9800 };
	int64_t kit;

	assert_int_equal(variant_add(s, &e, &kit), 0);
	if (!parts)
		return;
	assert_int_equal(kit_put(s, kit, id_of(s, "MD-1000"), 1), 0);
	assert_int_equal(kit_put(s, kit, id_of(s, "MD-3000"), 2), 0);
}

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "kit", "F4 / 'TZ-1' Tab K" },
	{ "kit-card", "F4 / 'TZ-1' Enter" },
	{ "kit-part", "F4 / 'MD-1000' Enter 5" },
	{ "kits", "Ctrl-P 'Kits' Enter" },
};

static void
look(size_t i, const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	char file[128];

	make_kit(k->s, true);
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
a_kit_is_made_by_keys_and_scans(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	make_kit(k->s, false);
	till_keys(k, "F4 / 'TZ-1' Tab K");
	till_sees(k, "It is one product, not a kit.");
	till_keys(k, "+ 'nope' Ctrl-S");
	till_sees(k, "No product has the barcode or code nope");
	till_keys(k, "Esc Enter + 'MD-3000' Tab Backspace '2' Ctrl-S");
	till_sees(k, "MD-3000");
	/* A scan puts one in; and one more. */
	till_keys(k, "scan:" STONE " scan:" STONE);
	till_sees(k, "MD-1000");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(qty) FROM kit_part /*scan*/"), 4);
	till_keys(k, "scan:4711");
	till_sees(k, "No product has the barcode or code 4711");
	till_keys(k, "End Enter Backspace '3' Ctrl-S");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(qty) FROM kit_part /*scan*/"), 5);
	till_keys(k, "d");
	till_sees(k, "Take 磨刀石 3000# out of the kit?");
	till_keys(k, "Enter");
	till_misses(k, "MD-3000");
	till_sees(k, "can be made of what there is");
	till_close(k);
}

static void
the_cards_lead_to_each_other(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	make_kit(k->s, true);
	till_keys(k, "F4 / 'MD-1000' Enter 5");
	till_sees(k, "[In kits]");
	till_sees(k, "TZ-1");
	till_keys(k, "Enter");
	/* Of a kit its parts come first. */
	till_sees(k, "[Kit]");
	till_sees(k, "can be made of what there is");
	till_keys(k, "K");
	till_sees(k, "Makes kits");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "6901234500055");
	till_keys(k, "K + 'XP-20' Ctrl-S");
	till_sees(k, "MD-3000 is part of a kit itself");
	till_close(k);
	/* All of them: found by what is in them, too. */
	k = till_open("manager", "en", 24, 80);
	till_keys(k, "Ctrl-P 'Kits' Enter");
	till_sees(k, "No kits yet");
	make_kit(k->s, true);
	till_keys(k, "Esc Ctrl-P 'Kits' Enter / 'md-3'");
	till_sees(k, "TZ-1");
	till_misses(k, "MD-1000");
	till_keys(k, "Enter");
	till_sees(k, "Makes kits");
	till_close(k);
}

/* A row that is put right takes those of its kit along. */
static void
refused_rows_of_a_kit_are_tried_again_together(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	make_kit(k->s, false);
	till_file(k, "kits.csv",
	    "kit_sku,part_sku,qty\nTZ-1,MD-1000,many\nTZ-1,MD-3000,2\n");
	till_keys(k, "F9 Enter Enter Enter Enter");
	till_sees(k, "2 refused rows");
	till_sees(k, "That is no number of pieces");
	till_keys(k, "Enter");
	till_sees(k, "Refused why");
	till_keys(k, "Ctrl-U '3' Ctrl-S r");
	till_sees(k, "Tried again: 2 new");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(qty) FROM kit_part /*scan*/"), 5);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kit_is_made_by_keys_and_scans),
		cmocka_unit_test(the_cards_lead_to_each_other),
		cmocka_unit_test(
		    refused_rows_of_a_kit_are_tried_again_together),
		cmocka_unit_test(looks_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
