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
#include "shopmgr/base/str.h"
#include "till.h"

/* What an import changed, and the history of imports. */

/* The order file with @was written as @is. */
static void
file_with(struct till *k, const char *name, const char *was, const char *is)
{
	const char *at = strstr(till_order_file, was);
	struct str s = STR_INIT;

	assert_non_null(at);
	str_addn(&s, till_order_file, (size_t)(at - till_order_file));
	str_add(&s, is);
	str_add(&s, at + strlen(was));
	till_file(k, name, s.s);
	str_done(&s);
}

#define REMARKED "4119203366520877650"

/* A remark on an order that is still to be shipped comes first of all. */
static void
what_is_urgent_is_offered_first(void **state)
{
	struct till *k = till_open("manager", "en", 24, 120);

	(void)state;
	file_with(k, "later.csv", "改发红色", "改发蓝色");
	till_keys(k, "F9 Enter Enter Enter");
	till_sees(k, "Orders still to be shipped have changed");
	till_sees(k, " Enter Changes");
	till_keys(k, "Enter");
	till_sees(k, REMARKED);
	till_sees(k, "改发红色");
	till_sees(k, "改发蓝色");
	till_keys(k, "Enter");
	till_sees(k, "赵");
	till_keys(k, "Esc");
	till_sees(k, REMARKED);
	till_keys(k, "Tab");
	till_sees(k, "[To ship]");
	till_sees(k, REMARKED);
	till_keys(k, "f 'refund' Enter");
	till_sees(k, "Nothing that is still to be shipped has changed.");
	till_keys(k, "f Home Enter");
	till_sees(k, REMARKED);
	till_keys(k, "Esc");
	till_sees(k, "Imported.");
	till_sees(k, " Enter Files");
	till_sees(k, "c Changes");
	till_close(k);
}

/* Another province is another address, also where the street is the same: the
 * list has all of it below, the order's card where it says who did what. */
static void
an_address_is_told_whole(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	file_with(k, "later.csv", "江苏省 南京市", "湖北省 武汉市");
	till_keys(k, "F9 Enter Enter Enter Enter");
	till_sees(k, "address changed");
	till_sees(k, "江苏省 南京市");
	till_sees(k, "湖北省 武汉市");
	till_keys(k, "Enter Right Right");
	till_sees(k, "[Holds 1]");
	till_keys(k, "Enter");
	till_sees(k, "The address was changed on the platform");
	till_keys(k, "Esc Right");
	till_sees(k, "Enter Entry");
	till_keys(k, "Enter");
	till_sees(k, "湖北省");
	till_sees(k, "江苏省");
	till_close(k);
}

/* Before anything is done, what it would do is told, the urgent first. */
static void
what_will_change_is_seen_before(void **state)
{
	static const char *const langs[] = { "en", "zh_CN" };
	static const struct {
		int h, w;
	} sizes[] = { { 24, 80 }, { 40, 120 } };
	struct till *k;
	char name[80];
	size_t l, z;

	(void)state;
	for (l = 0; l < 2; l++)
		for (z = 0; z < 2; z++) {
			k = till_open(
			    "manager", langs[l], sizes[z].h, sizes[z].w);
			file_with(k, "later.csv", "改发红色", "改发蓝色");
			till_keys(k, "F9 Enter Enter");
			till_sees(k, "! " REMARKED);
			till_sees(k, "改发红色 → 改发蓝色");
			snprintf(name, sizeof(name),
			    "screen-import-coming-%.2s-%dx%d", langs[l],
			    sizes[z].w, sizes[z].h);
			golden_check(name, drive_text(k->d));
			till_close(k);
		}
}

/* Whoever was not there when it was imported finds it on the front screen. */
static void
the_front_tells_what_an_import_changed(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_misses(k, "Have changed");
	file_with(k, "later.csv", "改发红色", "改发蓝色");
	till_keys(k, "F9 Enter Enter Enter Esc Esc");
	till_sees(k, "Have changed      1  by import");
	till_keys(k, "Home Down Down Enter");
	till_sees(k, "[To ship]");
	till_sees(k, REMARKED);
	till_keys(k, "Esc");
	till_sees(k, "Have changed");
	till_close(k);
}

static void
an_import_that_changes_nothing_offers_nothing(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_file(k, "again.csv", till_order_file);
	till_keys(k, "F9 Enter Enter Enter");
	till_sees(k, "Imported.");
	till_misses(k, "Changes");
	till_keys(k, "c");
	till_sees(k, "Nothing that was there before has changed.");
	till_close(k);
}

static void
the_history_opens_what_each_changed(void **state)
{
	struct till *k = till_open("manager", "en", 24, 120);

	(void)state;
	file_with(k, "later.csv", "改发红色", "改发蓝色");
	till_keys(k, "F9 Enter Enter Enter");
	till_keys(k, "Esc l");
	till_sees(k, "later.csv");
	till_sees(k, "ExportOrder");
	till_keys(k, "Home Enter");
	till_sees(k, "改发蓝色");
	till_keys(k, "Esc End Enter");
	till_sees(k, "Nothing that was there before has changed.");
	till_keys(k, "Esc f");
	till_sees(k, "Files and their fingerprints");
	till_sees(k, "ExportOrderDetailList20261122.csv");
	till_close(k);
}

static void
a_whole_import_is_undone_after_a_question(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "orders.csv", till_order_file);
	till_keys(k, "F9 Enter Enter Enter");
	till_keys(k, "Esc l u");
	till_sees(k, "Undo the import of orders.csv?");
	till_sees(k, "Gone afterwards: 9 new");
	till_keys(k, "Esc");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 9);
	till_keys(k, "u Enter");
	till_sees(k, "The import is undone.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 0);
	till_sees(k, "undone");
	till_keys(k, "u");
	till_sees(k, "It is undone already.");
	till_keys(k, "f");
	till_sees(k, "Undone");
	fixture_verify(k->s);
	till_close(k);
}

static void
what_stands_on_an_import_is_told(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	till_file(k, "orders.csv", till_order_file);
	till_keys(k, "F9 Enter Enter Enter");
	till_hold(k, "4119203366520877702", "manual");
	till_keys(k, "Esc l u");
	till_keys(k, "Enter");
	till_sees(k, "It cannot be undone");
	till_sees(k, "4119203366520877702");
	till_keys(k, "Esc");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"), 9);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_urgent_is_offered_first),
		cmocka_unit_test(an_address_is_told_whole),
		cmocka_unit_test(what_will_change_is_seen_before),
		cmocka_unit_test(the_front_tells_what_an_import_changed),
		cmocka_unit_test(an_import_that_changes_nothing_offers_nothing),
		cmocka_unit_test(the_history_opens_what_each_changed),
		cmocka_unit_test(a_whole_import_is_undone_after_a_question),
		cmocka_unit_test(what_stands_on_an_import_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
