/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drive.h"
#include "golden.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

/* Choosing one of several, and several of many. */

static struct err last;

static const struct err *
last_err(void *app)
{
	(void)app;
	return &last;
}

static const struct screen_ops plain = { .name = "plain", .title = "A toy" };
static const struct screen_ops *const all[] = { &plain, NULL };

static struct ui *
open_ui(struct drive *d)
{
	const struct ui_host host = { .err = last_err };
	struct ui *ui = ui_new(&host, &d->port, all, d->h, d->w);

	assert_int_equal(ui_open(ui, "plain", NULL), 0);
	return ui;
}

/* Several */

static const char *const roles[] = { "Owner", "Supervisor", "Agent", "Buyer",
	"Clerk", "Accountant" };
#define ROLES (sizeof(roles) / sizeof(*roles))

struct choosing {
	bool on[ROLES];
	int rc;
};

static void
many_body(struct drive *d, void *arg)
{
	struct choosing *c = arg;
	struct ui *ui = open_ui(d);

	c->rc = ui_pick_many(ui, "Roles", roles, ROLES, c->on);
	ui_free(ui);
}

static const char *
chosen(struct choosing *c, const char *keys)
{
	static char text[ROLES + 1];
	struct drive *d = drive_new(24, 80, many_body, c);
	size_t i;

	drive_keys(d, keys);
	assert_true(d->over);
	drive_free(d);
	for (i = 0; i < ROLES; i++)
		text[i] = c->on[i] ? 'x' : '-';
	return text;
}

static void
several_are_chosen_by_space(void **state)
{
	struct choosing c = { .on = { false, true } };

	(void)state;
	assert_string_equal(chosen(&c, "Enter"), "-x----");
	assert_int_equal(c.rc, 1);
	assert_string_equal(chosen(&c, "Space Down Space Enter"), "x-----");
	assert_string_equal(chosen(&c, "'cle' Space Enter"), "x---x-");
	/* All that are shown, and none of them. */
	assert_string_equal(chosen(&c, "'c' Ctrl-A Enter"), "x---xx");
	assert_string_equal(chosen(&c, "Ctrl-A Enter"), "xxxxxx");
	assert_string_equal(chosen(&c, "Ctrl-A Enter"), "------");
	assert_string_equal(chosen(&c, "'zz' Space Esc Enter"), "------");
}

static void
given_up_nothing_is_chosen(void **state)
{
	struct choosing c = { .on = { false, true } };

	(void)state;
	assert_string_equal(chosen(&c, "Space Ctrl-A 'cl' Esc Esc"), "-x----");
	assert_int_equal(c.rc, 0);
	assert_string_equal(chosen(&c, "Space hangup"), "-x----");
	assert_int_equal(c.rc, 0);
}

static void
what_is_chosen_is_seen_without_colour(void **state)
{
	struct choosing c = { .on = { false, true, false, true } };
	struct drive *d = drive_new(24, 80, many_body, &c);

	(void)state;
	drive_keys(d, "Down Down");
	golden_check("tui-pick-many", drive_text(d));
	drive_free(d);
}

/* One of very many */

#define MANY 5000

static void
crowd_body(struct drive *d, void *arg)
{
	static char words[MANY][24];
	const char *choices[MANY];
	struct ui *ui = open_ui(d);
	int i;

	for (i = 0; i < MANY; i++) {
		snprintf(words[i], sizeof(words[i]), "三德刀 F-%04d", i);
		choices[i] = words[i];
	}
	*(int *)arg = ui_pick(ui, "Goods", choices, MANY, 0);
	ui_free(ui);
}

/* Each key well within what a person notices, also on a busy machine. */
static void
thousands_are_no_burden(void **state)
{
	int at = -2;
	struct drive *d = drive_new(24, 80, crowd_body, &at);
	int64_t from = time_ticks();

	(void)state;
	drive_keys(d, "'sdd' Backspace Backspace Backspace 'F-4321'");
	assert_in_range((time_ticks() - from) / 1000000, 0, 12 * 100);
	drive_keys(d, "Enter");
	assert_int_equal(at, 4321);
	drive_free(d);
}

/* In the other language */

static void
words_body(struct drive *d, void *arg)
{
	const char *const words[] = { _("Stock"), _("Customers"), _("Orders") };
	struct ui *ui = open_ui(d);

	*(int *)arg = ui_pick(ui, "", words, 3, 0);
	ui_free(ui);
}

static int
word(const char *lang, const char *keys)
{
	int at = -2;
	struct drive *d;

	i18n_init(lang);
	d = drive_new(24, 80, words_body, &at);
	drive_keys(d, keys);
	assert_true(d->over);
	drive_free(d);
	i18n_init("en");
	return at;
}

static void
either_language_finds_it(void **state)
{
	(void)state;
	assert_int_equal(word("en", "'cust' Enter"), 1);
	assert_int_equal(word("en", "'订' Enter"), 2);
	assert_int_equal(word("zh_CN", "'订' Enter"), 2);
	assert_int_equal(word("zh_CN", "'dd' Enter"), 2);
	assert_int_equal(word("zh_CN", "'order' Enter"), 2);
	/* What begins with it comes first. */
	assert_int_equal(word("en", "'o' Enter"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_are_chosen_by_space),
		cmocka_unit_test(given_up_nothing_is_chosen),
		cmocka_unit_test(what_is_chosen_is_seen_without_colour),
		cmocka_unit_test(thousands_are_no_burden),
		cmocka_unit_test(either_language_finds_it),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
