/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "till.h"

/* The reports on the stock. */

static void
writes(struct session *s, const char *at, enum stock_verb verb, const char *sku,
    int64_t qty, int64_t cost)
{
	struct stock_line l = { .qty = qty, .cost = cost };
	struct stock_doc d = { .reason = "拍照用", .lines = &l, .n = 1 };
	int64_t slip, t;

	assert_int_equal(time_parse(at, &t), 0);
	time_travel(t);
	copy_text(l.sku, sizeof(l.sku), sku);
	if (stock_write(s, verb, &d, &slip) != 0)
		fail_msg("%s: %s", sku, s->err.text);
}

static struct till *
open_till(const char *lang, int h, int w)
{
	struct till *k = till_empty("owner", lang, h, w);
	struct session *s = k->s;

	fixture_variant(s, "GUO-24", 0, 4200);
	fixture_variant(s, "GAI-24", 0, 900);
	fixture_variant(s, "DAO-8", 0, 3600);
	writes(s, "2026-03-02 09:00:00", STOCK_RECEIVE, "GAI-24", 40, 900);
	writes(s, "2026-03-02 09:00:00", STOCK_RECEIVE, "DAO-8", 6, 3600);
	writes(s, "2026-09-01 09:00:00", STOCK_RECEIVE, "GUO-24", 24, 4200);
	writes(s, "2026-10-20 09:00:00", STOCK_ISSUE, "GUO-24", 9, 0);
	writes(s, "2026-11-05 09:00:00", STOCK_RECEIVE, "GUO-24", 12, 4350);
	writes(s, "2026-11-10 09:00:00", STOCK_ISSUE, "GAI-24", 3, 0);
	writes(s, "2026-11-11 09:00:00", STOCK_SCRAP, "DAO-8", 1, 0);
	time_travel(0);
	return k;
}

#define GO "Ctrl-P 'Stock reports' Enter "

static void
they_look_as_approved(void **state)
{
	static const struct {
		const char *name, *lang;
		int h, w;
		const char *keys;
	} looks[] = {
		{ "report-value-zh-80x24", "zh_CN", 24, 80, GO },
		{ "report-value-en-80x24", "en", 24, 80, GO },
		{ "report-ledger-zh-120x40", "zh_CN", 40, 120, GO "Tab" },
		{ "report-ledger-en-120x40", "en", 40, 120, GO "Tab" },
	};
	struct till *k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		k = open_till(looks[i].lang, looks[i].h, looks[i].w);
		till_keys(k, looks[i].keys);
		golden_check(looks[i].name, drive_text(k->d));
		till_close(k);
	}
}

static void
reports_are_of_the_days_and_places_that_are_chosen(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, GO);
	till_sees(k, "1,665.00");
	till_keys(k, "p Ctrl-U '2026-09-15' Enter");
	till_sees(k, "2026-09-15");
	till_sees(k, "1,008.00");
	till_keys(k, "b");
	till_sees(k, "1,584.00");
	till_keys(k, "Enter");
	till_sees(k, "This row is of several products.");
	till_keys(k, "w Down Enter");
	till_sees(k, "2026-09-15 · 主仓");
	till_keys(k, "p Ctrl-U 'never' Enter");
	till_sees(k, "There is no day never");
	till_close(k);
}

static void
every_report_is_there_and_its_rows_open(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, GO "Tab");
	till_sees(k, "Closing value");
	till_keys(k, "Tab");
	till_sees(k, "61–90 d");
	till_keys(k, "Tab");
	till_sees(k, "DAO-8");
	till_misses(k, "GUO-24");
	till_keys(k, "Tab");
	till_sees(k, "Days of stock");
	till_keys(k, "Tab");
	till_sees(k, "There is nothing to report.");
	till_keys(k, "Tab");
	till_sees(k, "Not put away yet");
	till_keys(k, "Tab / 'DAO' Enter");
	till_sees(k, "SCR-000007");
	till_close(k);
}

static void
a_report_goes_to_a_file_and_to_paper(void **state)
{
	struct till *k = open_till("en", 24, 80);

	(void)state;
	till_keys(k, GO "x Down Enter");
	till_sees(k, "Stock value is in");
	assert_true(till_has_file(k, "stock-value"));
	till_keys(k, "Tab P");
	assert_true(till_has_file(k, "stock-ledger"));
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_look_as_approved),
		cmocka_unit_test(
		    reports_are_of_the_days_and_places_that_are_chosen),
		cmocka_unit_test(every_report_is_there_and_its_rows_open),
		cmocka_unit_test(a_report_goes_to_a_file_and_to_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
