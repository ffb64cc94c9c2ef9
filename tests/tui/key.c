/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/tui/key.h"
#include "shopmgr/tui/theme.h"

static void
names_are_read_and_written(void **state)
{
	static const struct {
		const char *name;
		uint32_t code;
	} keys[] = {
		{ "F1", KEY_F0 + 1 },
		{ "F12", KEY_F0 + 12 },
		{ "Enter", KEY_ENTER_ },
		{ "Esc", KEY_ESC_ },
		{ "Tab", KEY_TAB_ },
		{ "Shift-Tab", KEY_BACKTAB },
		{ "PgDn", KEY_PGDN },
		{ "Space", ' ' },
		{ "Ctrl-R", KEY_CTRL('r') },
		{ "h", 'h' },
		{ "H", 'H' },
		{ "/", '/' },
		{ "F", 'F' },
		{ "锅", 0x9505 },
	};
	char buf[24];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_int_equal(key_parse(keys[i].name), keys[i].code);
		assert_string_equal(
		    key_label(keys[i].code, buf, sizeof(buf)), keys[i].name);
	}
	assert_int_equal(key_parse("enter"), KEY_ENTER_);
	assert_int_equal(key_parse("ctrl-r"), KEY_CTRL('r'));
	assert_int_equal(key_parse("f4"), KEY_F0 + 4);
}

static void
what_no_keyboard_can_send_is_no_name(void **state)
{
	/* Ctrl-I, -M and -H are Tab, Enter and Backspace on a terminal. */
	static const char *const bad[] = { "", "F0", "F13", "F01", "F1x", "hh",
		"Ctrl-", "Ctrl-1", "Ctrl-I", "Ctrl-M", "Ctrl-H", "Ctrl-C",
		"Ctrl-RR", "\t", "\xff", "\xcc\x81", "Enter " };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(key_parse(bad[i]), 0);
}

static void
names_are_cut_to_the_buffer(void **state)
{
	char buf[4];

	(void)state;
	assert_string_equal(key_label(KEY_BACKTAB, buf, sizeof(buf)), "Shi");
	assert_string_equal(key_label(KEY_TICK, buf, sizeof(buf)), "?");
}

/* Without any colour each of these must still differ from plain text. */
static void
looks_do_not_need_colour(void **state)
{
	static const enum style must[] = { STYLE_SELECTED, STYLE_FIELD,
		STYLE_BAD, STYLE_BAND_GOOD, STYLE_BAND_BAD, STYLE_KEY };
	struct look look;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(must) / sizeof(must[0]); i++) {
		theme_look("dark", 0, must[i], &look);
		assert_int_equal(look.fg, -1);
		assert_int_equal(look.bg, -1);
		assert_int_not_equal(look.attr, 0);
	}
}

static void
eight_colours_are_eight(void **state)
{
	static const char *const names[] = { "dark", "light" };
	struct look look;
	int i, s;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_true(theme_exists(names[i]));
		for (s = 0; s < STYLE_MAX; s++) {
			theme_look(names[i], 8, (enum style)s, &look);
			assert_in_range(look.fg + 1, 0, 8);
			assert_in_range(look.bg + 1, 0, 8);
		}
	}
	assert_false(theme_exists("mauve"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_and_written),
		cmocka_unit_test(what_no_keyboard_can_send_is_no_name),
		cmocka_unit_test(names_are_cut_to_the_buffer),
		cmocka_unit_test(looks_do_not_need_colour),
		cmocka_unit_test(eight_colours_are_eight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
