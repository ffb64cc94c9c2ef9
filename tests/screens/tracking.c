/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/tracking.h"
#include "till.h"

/* Parcels on their way, seen to with the keyboard. */

#define DAY 86400

static int64_t
ship(struct session *s, const char *no, const char *code, const char *waybill)
{
	struct pack_close how = { .courier = "圆通", .weight = 900 };
	struct packing *p;
	int64_t id;

	copy_text(how.waybill_no, sizeof(how.waybill_no), waybill);
	assert_int_equal(pack_open(s, no, &p), 0);
	assert_int_equal(pack_scan(s, p, code, NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &how, NULL), 0);
	pack_free(p);
	assert_int_equal(track_parcel(s, waybill, &id), 0);
	return id;
}

/* Nine days later one has not moved, and nobody came for the other. */
static struct till *
busy(const char *lang, int h, int w)
{
	struct till *k;
	int64_t now, id;

	time_travel(0);
	k = till_open("manager", lang, h, w);
	now = time_now();

	id = ship(
	    k->s, "4119203366520877731", "6901234500017", "YT8812345678901");
	time_travel(now + 2 * DAY);
	assert_int_equal(
	    track_add(k->s, id, TRACK_COLLECTED, now + DAY, "【杭州】已揽收"),
	    0);
	assert_int_equal(track_add(k->s, id, TRACK_MOVING, now + 2 * DAY,
			     "【杭州转运中心】已发往【北京】"),
	    0);
	time_travel(now + 9 * DAY);
	return k;
}

static void
look(const char *name, const char *keys)
{
	static const struct {
		int h, w;
	} sizes[] = { { 24, 80 }, { 40, 120 } };
	static const char *const langs[] = { "en", "zh_CN" };
	char file[128];
	size_t i, l;

	for (i = 0; i < 2; i++) {
		for (l = 0; l < 2; l++) {
			struct till *k = busy(langs[l], sizes[i].h, sizes[i].w);

			till_keys(k, keys);
			snprintf(file, sizeof(file), "%s-%.2s-%dx%d", name,
			    langs[l], sizes[i].w, sizes[i].h);
			golden_check(file, drive_text(k->d));
			till_close(k);
		}
	}
}

static void
looks_as_approved(void **state)
{
	(void)state;
	look("screen-tracking", "Ctrl-G 'tracking' Enter");
	look("screen-tracking-events", "Ctrl-G 'tracking' Enter e");
	look("screen-tracking-cases",
	    "Ctrl-G 'tracking' Enter n Enter 'called 95554' Enter");
}

static void
a_case_from_its_opening_to_its_end(void **state)
{
	struct till *k = busy("en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-G 'tracking' Enter");
	till_sees(k, "[Not moving 1]");
	till_keys(k, "m");
	till_sees(k, "Nobody sees to it yet");
	till_keys(k, "n 'does not' Enter 'called 95554' Enter");
	till_sees(k, "It is in the list of cases.");
	till_sees(k, "Cases 1");
	till_keys(k, "n 'does not' Enter Enter");
	till_sees(k, "sees to that already");
	till_keys(k, "m 'they search' Enter");
	till_sees(k, "Noted; the case is yours.");
	till_keys(k, "t 'signed' Enter Enter");
	till_sees(k, "Kept with the parcel.");
	till_sees(k, "Cases 0");
	till_close(k);
}

/* Its goods are not in the books by that: who closes it is told. */
static void
what_is_brought_back_is_to_be_taken_in(void **state)
{
	struct till *k = busy("en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-G 'tracking' Enter");
	till_keys(k, "n 'stopped' Enter Enter");
	till_sees(k, "Cases 1");
	till_keys(k, "c 'brought' Enter Enter");
	till_sees(k, "The case is closed. Take goods in: stock return ORDER "
		     "SKU QTY --reason TEXT");
	till_close(k);
}

static void
an_empty_list_says_why(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-G 'tracking' Enter");
	till_sees(k, "Nobody sees to any parcel.");
	till_keys(k, "Tab");
	till_sees(k, "The couriers have collected every parcel.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_as_approved),
		cmocka_unit_test(a_case_from_its_opening_to_its_end),
		cmocka_unit_test(what_is_brought_back_is_to_be_taken_in),
		cmocka_unit_test(an_empty_list_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
