/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/waves.h"
#include "till.h"

/* Waves, the sorting wall, what goes back and hand-overs, by the hands of those
 * on the floor: how they look, and that a scanner and Enter are enough. */

#define WAVES    "Ctrl-P 'pick waves' Enter "
#define SEVERAL  WAVES "n Down Down Enter "
#define PICKED   SEVERAL "p scan:6901234500031 scan:6901234500048 "
#define MANIFEST "Ctrl-P 'manifests' Enter n '圆通' Enter "

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "waves-empty", WAVES },
	{ "wave-new", WAVES "n" },
	{ "wave", SEVERAL },
	{ "wave-orders", SEVERAL "Tab" },
	{ "waves", SEVERAL "Esc" },
	{ "wave-pick", SEVERAL "p" },
	{ "wave-picked", PICKED },
	{ "wave-wrong", SEVERAL "p scan:6901234500055" },
	{ "wave-missing", PICKED "F4" },
	{ "wave-short", PICKED "F4 Enter" },
	{ "wave-sort", PICKED "Esc s scan:6901234500031" },
	{ "put-back", PICKED "Esc Esc d Enter b" },
	{ "put-back-done", PICKED "Esc Esc d Enter b scan:6901234500031" },
	{ "manifests", MANIFEST "Esc" },
	{ "manifest", MANIFEST },
	{ "manifest-unknown", MANIFEST "scan:YT404" },
};

static void
look(size_t i, const char *lang, int h, int w)
{
	struct till *k = till_open("warehouse", lang, h, w);
	char file[128];

	till_keys(k, looks[i].keys);
	snprintf(file, sizeof(file), "floor-%s-%.2s-%dx%d", looks[i].name, lang,
	    w, h);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
the_floor_looks_as_approved(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		look(i, "zh_CN", 24, 80);
		look(i, "en", 24, 80);
		look(i, "zh_CN", 40, 120);
		look(i, "en", 40, 120);
	}
}

static void
a_wave_is_picked_and_sorted_by_scans_alone(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, PICKED);
	till_sees(k, "left");
	till_keys(k, "scan:6901234500031");
	till_keys(k, "scan:XX-404");
	till_sees(k, "UNKNOWN CODE");
	till_keys(k, "Esc s scan:6901234500031");
	till_sees(k, "██");
	till_close(k);
}

/* Where nothing is left of a wave, nothing more is asked of who picked it. */
static void
a_wave_that_lacks_everything_is_over(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);
	int i;

	(void)state;
	till_keys(k, SEVERAL "p");
	for (i = 0;
	     i < 10 &&
	     fixture_int(k->s, "SELECT count(*) FROM wave WHERE state < 3") > 0;
	     i++)
		till_keys(k, "F4 Enter Enter");
	till_sees(k, "Nothing of this wave is left to be packed.");
	till_misses(k, "Sort goods");
	till_misses(k, "No more");
	till_keys(k, "Enter");
	till_sees(k, "Goods to pick");
	till_close(k);
}

/* Without a scanner: the list is printed, and somebody says he has it all. */
static void
a_wave_is_picked_by_its_list(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, SEVERAL "K");
	till_sees(k, "Is all of the list picked");
	till_keys(k, "Esc");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(picked) FROM wave_line"), 0);
	till_keys(k, "K Enter");
	till_sees(k, "picked.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM wave WHERE state = 2"), 1);
	till_close(k);
}

/* From the parcels' list or the order's card, by one slip. */
static void
what_comes_back_is_taken_in(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877650 scan:6901234500017 "
		     "scan:6901234500017 scan:YTO scan:YT7600000000124 Enter");
	till_sees(k, "SHIPPED");
	till_keys(k, "Esc F6 B");
	till_sees(k, "What came back of 4119203366520877650");
	till_sees(k, "of 2: ");
	till_keys(k, "'refused' Tab Tab Tab Ctrl-U '3' Ctrl-S");
	till_sees(k, "of 4119203366520877650");
	till_misses(k, "back in stock");
	till_keys(k, "Ctrl-U '1' Ctrl-S");
	till_sees(k, "4119203366520877650: 1 piece is back in stock.");
	till_keys(k, "Enter B");
	till_sees(k, "of 1: ");
	till_keys(k, "'broken' Tab Right Ctrl-S");
	till_sees(k, "1 piece is back in stock.");
	till_keys(k, "B");
	till_sees(k, "Nothing of 4119203366520877650 is with the buyer");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM stock_slip"
					   " WHERE kind = 'return' /*scan*/"),
	    2);
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(defective) FROM stock /*scan*/"), 1);
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM audit"
			      " WHERE op = 'stock-return' /*scan*/"),
	    2);
	fixture_verify(k->s);
	till_close(k);
}

/* Not everybody's: who only talks to buyers receives nothing. */
static void
who_does_not_receive_takes_nothing_back(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 1 Enter");
	till_misses(k, "Came back");
	till_keys(k, "B");
	till_misses(k, "What came back");
	till_close(k);
}

/* What the driver has is only looked at: nothing is asked any more. */
static void
a_manifest_that_is_handed_over_asks_for_nothing(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 '820' Enter");
	till_sees(k, "SHIPPED");
	till_keys(k, "Esc " MANIFEST "scan:YT7600000000124");
	till_sees(k, "1 parcel is on the manifest.");
	till_sees(k, "Scan the waybill");
	till_keys(k, "F2 'Wang' Enter");
	till_sees(k, "HANDED OVER");
	till_sees(k, "Handed over 2026-11-22 14:05:00 to Wang.");
	till_misses(k, "Scan the waybill");
	till_misses(k, "F4 Take all");
	till_keys(k, "scan:YT7600000000124");
	till_sees(k, "Manifest M-000001 is closed");
	till_close(k);
}

/* Where there are two warehouses: asked once, and shown from then on. */
static void
who_works_where_is_asked_once(void **state)
{
	const struct warehouse_edit e = {
		.name = "上海仓", .province = "上海", .active = true
	};
	struct till *k = till_open("owner", "en", 24, 80);
	int64_t id;

	(void)state;
	assert_int_equal(warehouse_add(k->s, &e, &id), 0);
	till_keys(k, "F3 scan:6901234500031");
	till_sees(k, "In which warehouse do you work?");
	till_keys(k, "Down Enter");
	till_sees(k, "上海仓 · today");
	till_keys(k, "scan:6901234500031");
	till_sees(k, "上海仓 · today");
	till_keys(k, "Esc " WAVES);
	till_sees(k, "上海仓");
	till_keys(k, "n");
	till_sees(k, "What is the wave to hold?");
	till_keys(k, "Esc Ctrl-B Up Enter");
	assert_int_equal(floor_place(k->s), 1);
	till_close(k);
}

/* Who scans on blindly loses nothing, and it is taken in the right order. */
static void
what_is_scanned_meanwhile_is_taken_after_it(void **state)
{
	const struct warehouse_edit e = {
		.name = "上海仓", .province = "上海", .active = true
	};
	struct till *k = till_open("owner", "en", 24, 80);
	int64_t id;

	(void)state;
	assert_int_equal(warehouse_add(k->s, &e, &id), 0);
	till_keys(k, "F3 scan:4119203366520877702 scan:6901234500031");
	till_sees(k, "Answer this first: 1 scanned code waits.");
	till_keys(k, "scan:NOT-OF-IT");
	till_sees(k, "Answer this first: 2 scanned codes wait.");
	till_keys(k, "Enter");
	till_sees(k, "Order 4119203366520877702");
	till_sees(k, "1 / 1");
	till_sees(k, "NOT-OF-IT");
	till_close(k);
}

/* The list is that warehouse's from then on, whether a wave is made or not. */
static void
the_waves_are_of_the_place_that_is_chosen(void **state)
{
	const struct warehouse_edit e = {
		.name = "上海仓", .province = "上海", .active = true
	};
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct till *k = till_open("owner", "en", 24, 80);
	int64_t id;

	(void)state;
	assert_int_equal(warehouse_add(k->s, &e, &id), 0);
	assert_int_equal(wave_make(k->s, &what, &id), 0);
	till_keys(k, WAVES);
	till_sees(k, "W-000001");
	till_keys(k, "n Down Enter Esc");
	till_sees(k, "上海仓");
	till_misses(k, "W-000001");
	till_close(k);
}

static void
a_wave_of_some_orders_only(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, WAVES "n Down Down Down Enter");
	till_sees(k, "Only some orders");
	till_keys(k, "'nobody' F10");
	till_sees(k, "nobody");
	till_sees(k, "Only some orders");
	till_close(k);
}

/* What lies in one's hands goes back piece by piece, and not after all. */
static void
some_of_it_goes_back(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, PICKED "Esc Esc d Enter b '9*6901234500031' Enter");
	till_sees(k, "not 9");
	till_keys(k, "'1*6901234500031' Enter");
	till_sees(k, "1 ×");
	till_keys(k, "F8");
	till_sees(k, "Undone: 1 ×");
	till_keys(k, "F8");
	till_sees(k, "Nothing was put back yet.");
	till_close(k);
}

/* One may, or somebody approves it; the reason is asked for. */
static void
a_shipment_by_mistake_is_taken_back(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877702 scan:6901234500031"
		     " scan:6901234500048 scan:6901234500048 scan:6901234500062"
		     " 'YTO' Enter scan:YT7600000000123 Enter");
	till_sees(k, "SHIPPED");
	till_keys(k, "Esc F6 u");
	till_sees(k, "Why does the parcel not go?");
	till_keys(k, "Enter");
	till_sees(k, "Say why the parcel does not go");
	till_keys(k, "u 'wrong box' Enter");
	till_sees(k, "YT7600000000123 is not shipped after all");
	till_sees(k, "No parcels yet");
	till_keys(k, "F3 scan:4119203366520877702");
	till_sees(k, "Scan the goods");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_floor_looks_as_approved),
		cmocka_unit_test(a_wave_is_picked_and_sorted_by_scans_alone),
		cmocka_unit_test(a_wave_that_lacks_everything_is_over),
		cmocka_unit_test(a_wave_is_picked_by_its_list),
		cmocka_unit_test(
		    a_manifest_that_is_handed_over_asks_for_nothing),
		cmocka_unit_test(what_comes_back_is_taken_in),
		cmocka_unit_test(who_does_not_receive_takes_nothing_back),
		cmocka_unit_test(who_works_where_is_asked_once),
		cmocka_unit_test(what_is_scanned_meanwhile_is_taken_after_it),
		cmocka_unit_test(the_waves_are_of_the_place_that_is_chosen),
		cmocka_unit_test(a_wave_of_some_orders_only),
		cmocka_unit_test(some_of_it_goes_back),
		cmocka_unit_test(a_shipment_by_mistake_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
