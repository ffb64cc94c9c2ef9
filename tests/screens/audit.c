/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/settings.h"
#include "staffed.h"
#include "till.h"

/* The log on the screen, a record's own history, and what is read of masked
 * contacts. */

#define ORDER "4119203366520877702"

/* A day on which different people did different things. */
static struct till *
busy_shop(const char *role, const char *lang, int h, int w)
{
	struct till *k = till_open("agent", lang, h, w);

	till_hold(k, ORDER, "address");
	fixture_role(k->s, "warehouse");
	till_hold(k, "4119203366520877650", "stock");
	setenv("SHOPMGR_NOW", "2026-11-24 09:00:00", 1);
	till_hold(k, "4119203366520877731", "manual");
	fixture_role(k->s, "owner");
	assert_int_equal(setting_save(k->s, "ship_hours", "48"), 0);
	fixture_role(k->s, role);
	return k;
}

static void
the_log_looks_as_approved(void **state)
{
	static const struct {
		const char *name, *keys;
	} looks[] = {
		{ "log", "F12" },
		{ "log-filter", "F12 /" },
		{ "log-filtered", "F12 / 'agent' Enter Ctrl-S" },
		{ "log-entry", "F12 i" },
		{ "history", "F2 scan:" ORDER " H" },
	};
	static const struct {
		const char *lang;
		int h, w;
	} sizes[] = {
		{ "zh_CN", 24, 80 },
		{ "en", 24, 80 },
		{ "zh_CN", 40, 120 },
		{ "en", 40, 120 },
	};
	struct till *k;
	char file[128];
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++)
		for (j = 0; j < sizeof(sizes) / sizeof(*sizes); j++) {
			k = busy_shop(
			    "owner", sizes[j].lang, sizes[j].h, sizes[j].w);
			till_keys(k, looks[i].keys);
			snprintf(file, sizeof(file), "%s-%.2s-%dx%d",
			    looks[i].name, sizes[j].lang, sizes[j].w,
			    sizes[j].h);
			golden_check(file, drive_text(k->d));
			till_close(k);
		}
}

static void
by_person(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F12 / 'warehouse' Enter Ctrl-S");
	till_sees(k, "4119203366520877650");
	till_sees(k, "4119203366520877731");
	till_misses(k, ORDER);
	till_misses(k, "agent ");
	till_keys(k, "0");
	till_sees(k, "the whole log");
	till_sees(k, ORDER);
	till_close(k);
}

static void
by_record(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F12 / Tab Tab 'nothing-of-this' Ctrl-S");
	till_sees(k, "No order, product or person is called nothing-of-this");
	till_keys(k, "Ctrl-U '" ORDER "' Ctrl-S");
	till_sees(k, "Filter:  " ORDER);
	till_misses(k, "4119203366520877650");
	till_keys(k, "Enter");
	till_sees(k, "On hold"); /* the order's card */
	till_keys(k, "Esc");
	till_sees(k, "Filter:  " ORDER);
	till_close(k);
}

static void
by_days(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F12 / Tab Tab Tab 'today' Ctrl-S");
	till_sees(k, "since 2026-11-24");
	till_sees(k, "4119203366520877731");
	till_misses(k, ORDER);
	/* What is shown beside the field is what is asked for. */
	till_keys(k, "0 / Tab Tab Tab 'fri' Tab");
	till_sees(k, "2026-11-20 Fri · 4 d ago");
	till_keys(k, "Ctrl-S");
	till_sees(k, "since 2026-11-20");
	till_keys(k, "0 / Tab Tab Tab '11-20' Tab '11-22' Ctrl-S");
	till_sees(k, "2026-11-20 to 2026-11-22");
	till_sees(k, ORDER);
	till_misses(k, "4119203366520877731");
	till_close(k);
}

static void
enter_opens_what_it_was_about(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F12 / Tab Tab 'XP-18' Ctrl-S Enter");
	till_sees(k, "Stock");
	till_sees(k, "▌ XP-18");
	till_keys(k, "F12 / Tab Tab Ctrl-U 'agent' Ctrl-S");
	till_sees(k, "Filter:  agent");
	till_close(k);
}

static void
each_record_has_its_history(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F2 scan:" ORDER " H");
	till_sees(k, "History");
	till_sees(k, "agent");
	till_keys(k, "Esc F4 H");
	till_sees(k, "History");
	till_keys(k, "Esc F5 Enter H");
	till_sees(k, "History");
	till_keys(k, "Esc F7 H");
	till_sees(k, "History");
	till_keys(k, "Esc F10 H");
	till_sees(k, "History");
	till_close(k);
}

static void
only_those_with_the_permission_see_the_log(void **state)
{
	struct till *k = busy_shop("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F12");
	till_sees(k, "Your role may not open \"Log\".");
	till_keys(k, "F2 scan:" ORDER " H"); /* an order's own is for all */
	till_sees(k, "agent");
	till_close(k);
	/* The warehouse manager does not see the staff, but the log. */
	k = busy_shop("warehouse", "en", 24, 80);
	till_keys(k, "F12 / 'warehouse' Enter Ctrl-S");
	till_sees(k, "Filter:  warehouse");
	till_close(k);
}

static int64_t
reveals(struct till *k)
{
	return fixture_int(k->s, "SELECT count(*) FROM audit WHERE op = "
				 "'contact-reveal'");
}

static void
masked_contacts_are_read_one_at_a_time_and_recorded(void **state)
{
	static const char *const langs[] = { "zh_CN", "en" };
	struct till *k;
	char file[64];
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		k = busy_shop("clerk", langs[i], 24, 80);
		till_keys(k, "F2 scan:" ORDER);
		till_misses(k, "13812345678");
		till_sees(k, i == 0 ? "v 查看号码" : "v Reveal");
		assert_int_equal(reveals(k), 0);
		till_keys(k, "v");
		till_sees(k, "13812345678");
		till_sees(k, "李小明");
		snprintf(file, sizeof(file), "reveal-%.2s", langs[i]);
		golden_check(file, drive_text(k->d));
		till_keys(k, "Enter");
		till_misses(k, "13812345678");
		assert_int_equal(reveals(k), 1);
		till_close(k);
	}
}

static void
who_sees_contacts_is_offered_no_reveal(void **state)
{
	struct till *k = busy_shop("manager", "en", 24, 120);

	(void)state;
	till_keys(k, "F2 scan:" ORDER);
	till_sees(k, "13812345678");
	till_misses(k, "v Reveal");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_log_looks_as_approved),
		cmocka_unit_test(by_person),
		cmocka_unit_test(by_record),
		cmocka_unit_test(by_days),
		cmocka_unit_test(enter_opens_what_it_was_about),
		cmocka_unit_test(each_record_has_its_history),
		cmocka_unit_test(only_those_with_the_permission_see_the_log),
		cmocka_unit_test(
		    masked_contacts_are_read_one_at_a_time_and_recorded),
		cmocka_unit_test(who_sees_contacts_is_offered_no_reveal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
