/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "till.h"

/*
 * The front screen of each role: its own work first, its own figures. Those of
 * manager, clerk and buyer stand among the looks.
 */

static void
check(const char *name, struct till *k, const char *lang)
{
	char file[80];

	snprintf(file, sizeof(file), "screen-%s-%s-%dx%d", name,
	    strcmp(lang, "en") == 0 ? "en" : "zh", k->w, k->h);
	golden_check(file, drive_text(k->d));
}

static const struct {
	const char *lang;
	int h, w;
} sizes[] = { { "en", 24, 80 }, { "zh_CN", 24, 80 }, { "en", 40, 120 },
	{ "zh_CN", 40, 120 } };
#define NSIZES (sizeof(sizes) / sizeof(*sizes))

static void
each_role_has_its_own_work(void **state)
{
	static const char *const roles[] = { "owner", "supervisor", "agent",
		"aftersales", "warehouse", "editor" };
	char name[40];
	struct till *k;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		for (n = 0; n < NSIZES; n++) {
			k = till_open(
			    roles[i], sizes[n].lang, sizes[n].h, sizes[n].w);
			snprintf(name, sizeof(name), "front-%s", roles[i]);
			check(name, k, sizes[n].lang);
			till_close(k);
		}
	}
}

static void
run_sql(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

/* A day's work: three shops, a month of trade, packers at the bench. */
static void
trade(struct session *s)
{
	static const char *const shops[] = { "留样店", "留样店二店",
		"厨具优选" };
	char sql[300];
	int day, i;

	for (i = 1; i < 3; i++) {
		snprintf(sql, sizeof(sql),
		    "INSERT INTO shop (platform, name) VALUES ('tmall', '%s')",
		    shops[i]);
		run_sql(s, sql);
	}
	for (day = 0; day < 30; day++)
		for (i = 1; i <= 3; i++) {
			int n = 20 + (day * 7 + i * 13) % 41 - day % 7 * 2;

			snprintf(sql, sizeof(sql),
			    "INSERT INTO day_figure VALUES (%d, %d, %d, %d, "
			    "%d, %d) ON CONFLICT DO NOTHING",
			    20779 - day, i, n, n - 2, n * 9870 / i, n - 4);
			run_sql(s, sql);
		}
	for (day = 0; day < 28; day++)
		for (i = 8; i < 24; i++) {
			snprintf(sql, sizeof(sql),
			    "INSERT INTO hour_figure VALUES (%d, %d, %d) "
			    "ON CONFLICT DO NOTHING",
			    (20779 - day) * 24 + i - 8,
			    (i > 18 ? 9 : 4) + (day % 7 + i) % 5,
			    (day * i) % 5);
			run_sql(s, sql);
		}
	run_sql(s,
	    "INSERT INTO packer_figure SELECT 20779 * 24 + 2, id, 40 - 9 * id "
	    "FROM staff WHERE id < 5");
}

static void
with_much_to_show_the_pictures_are_calm(void **state)
{
	static const struct {
		const char *role;
		int h, w;
	} cases[] = { { "owner", 40, 120 }, { "owner", 50, 160 },
		{ "owner", 24, 120 }, { "owner", 40, 80 }, { "owner", 24, 80 },
		{ "agent", 40, 120 }, { "clerk", 40, 120 },
		{ "clerk", 24, 80 } };
	struct till *k;
	char name[40];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		k = till_open("warehouse", "zh_CN", cases[i].h, cases[i].w);
		fixture_role(k->s, cases[i].role);
		trade(k->s);
		till_keys(k, "F2 Esc"); /* reads again */
		snprintf(name, sizeof(name), "front-busy-%s", cases[i].role);
		check(name, k, "zh_CN");
		till_close(k);
	}
}

static void
roles_that_see_little_have_a_front_too(void **state)
{
	struct till *k = till_open("editor", "en", 24, 80);

	(void)state;
	till_sees(k, "TITLES WITHOUT A PRODUCT");
	till_misses(k, "TODAY");
	till_misses(k, "4119203366520877702");
	till_keys(k, "Down Enter");
	till_sees(k, "砧板 新款");
	till_close(k);
	/* A role of the owner's own that may do nothing at all. */
	k = till_open("owner", "en", 24, 80);
	till_keys(k, "F2");
	k->s->perms = 0;
	till_keys(k, "Esc");
	till_sees(k, "TO DO");
	till_misses(k, "TODAY");
	till_close(k);
}

static void
enter_opens_what_the_line_is_about(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	/* What is on hold is the agents' to settle. */
	till_sees(k, "ON HOLD, OLDEST FIRST");
	till_keys(k, "End Enter");
	till_sees(k, "4119203366520877695");
	till_sees(k, "On hold");
	till_close(k);
	k = till_open("buyer", "en", 24, 80);
	till_sees(k, "TO BUY AGAIN");
	till_keys(k, "Down Down Enter");
	till_sees(k, "Stock");
	till_close(k);
}

/* Keys that are typed ahead find the row they meant. */
static void
the_cursor_stays_on_its_row_when_others_work(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	const char *row;

	(void)state;
	till_keys(k, "End Up");
	row = strstr(drive_text(k->d), "▌");
	assert_non_null(row);
	assert_non_null(strstr(row, "4119203366520877610"));
	till_hold(k, "4119203366520877702", "manual");
	till_keys(k, "F2 Esc");
	till_misses(k, "4119203366520877702");
	row = strstr(drive_text(k->d), "▌");
	assert_non_null(row);
	assert_non_null(strstr(row, "4119203366520877610"));
	till_close(k);
}

static void
what_is_below_zero_is_to_be_put_right(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_misses(k, "Below zero");
	run_sql(k->s, "UPDATE stock SET on_hand = -2, value = -200"
		      " WHERE variant_id = (SELECT min(variant_id) FROM stock)"
		      " AND warehouse_id = 1 /*scan*/");
	till_keys(k, "F2 Esc");
	till_sees(k, "Below zero");
	till_keys(k, "Down Down Down Down Enter");
	till_sees(k, "On hand");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_role_has_its_own_work),
		cmocka_unit_test(with_much_to_show_the_pictures_are_calm),
		cmocka_unit_test(roles_that_see_little_have_a_front_too),
		cmocka_unit_test(enter_opens_what_the_line_is_about),
		cmocka_unit_test(what_is_below_zero_is_to_be_put_right),
		cmocka_unit_test(the_cursor_stays_on_its_row_when_others_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
