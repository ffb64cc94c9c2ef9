/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"

/* Rows of a canvas, each between bars so that blanks at its end count. */
static void
shows(const struct canvas *c, const char *want)
{
	char *text = canvas_dump(c);

	assert_string_equal(text, want);
	free(text);
}

static void
text_is_cut_with_an_ellipsis(void **state)
{
	struct canvas *c = canvas_new(4, 10);

	(void)state;
	assert_int_equal(canvas_text(c, 0, 0, 5, STYLE_TEXT, "abcde"), 5);
	assert_int_equal(canvas_text(c, 1, 0, 5, STYLE_TEXT, "abcdef"), 5);
	assert_int_equal(canvas_text(c, 2, 0, 5, STYLE_TEXT, "张三丰"), 5);
	assert_int_equal(canvas_text(c, 3, 0, 4, STYLE_TEXT, "张三丰"), 3);
	shows(c, "abcde\nabcd…\n张三…\n张…\n");
	canvas_free(c);
}

static void
a_wide_ellipsis_takes_two_columns(void **state)
{
	struct canvas *c = canvas_new(2, 10);

	(void)state;
	width_ambiguous = 2;
	assert_int_equal(canvas_text(c, 0, 0, 5, STYLE_TEXT, "abcdef"), 5);
	assert_int_equal(canvas_text(c, 1, 0, 1, STYLE_TEXT, "abcdef"), 1);
	width_ambiguous = 1;
	shows(c, "abc…\n\n");
	canvas_free(c);
}

static void
half_of_a_wide_character_blanks_the_other(void **state)
{
	struct canvas *c = canvas_new(4, 8);
	int y;

	(void)state;
	for (y = 0; y < 4; y++)
		canvas_text(c, y, 0, 8, STYLE_TEXT, "张三丰|");
	canvas_text(c, 0, 1, 1, STYLE_TEXT, "x");
	canvas_text(c, 1, 2, 1, STYLE_TEXT, "y");
	canvas_text(c, 2, 1, 2, STYLE_TEXT, "李");
	canvas_fill(c, (struct rect){ 3, 3, 1, 2 }, STYLE_TEXT);
	shows(c, " x三丰|\n张y 丰|\n 李 丰|\n张    |\n");
	canvas_free(c);
}

static void
what_is_cut_by_the_edge_becomes_blank(void **state)
{
	struct canvas *c = canvas_new(2, 4);

	(void)state;
	canvas_text(c, 0, -1, 5, STYLE_TEXT, "张三");
	canvas_text(c, 1, 3, 2, STYLE_TEXT, "张");
	canvas_text(c, -1, 0, 4, STYLE_TEXT, "no");
	canvas_text(c, 2, 0, 4, STYLE_TEXT, "no");
	canvas_text(c, 0, 4, 4, STYLE_TEXT, "no");
	shows(c, " 三\n   …\n");
	canvas_free(c);
}

static void
marks_stand_on_their_base(void **state)
{
	struct canvas *c = canvas_new(1, 8);

	(void)state;
	/* More marks than a cell holds, and one with nothing under it. */
	canvas_text(c, 0, 0, 8, STYLE_TEXT,
	    "\xcc\x81"
	    "e\xcc\x81|a\xcc\x80\xcc\x81\xcc\x82\xcc\x83\xcc\x84|");
	shows(c, "e\xcc\x81|a\xcc\x80\xcc\x81\xcc\x82\xcc\x83|\n");
	canvas_free(c);
}

static void
what_moves_cursors_or_spoofs_is_made_harmless(void **state)
{
	struct canvas *c = canvas_new(3, 20);

	(void)state;
	canvas_text(c, 0, 0, 20, STYLE_TEXT, "a\033[31mb\xff|");
	canvas_text(c, 1, 0, 20, STYLE_TEXT,
	    "x\xe2\x80\xaey\xe2\x80\x8bz\xef\xbb\xbf|");
	canvas_text(c, 2, 0, 20, STYLE_TEXT, "one\ntwo\tthree");
	shows(c, "a\xef\xbf\xbd[31mb\xef\xbf\xbd|\n"
		 "x\xef\xbf\xbdy\xef\xbf\xbdz\xef\xbf\xbd|\n"
		 "one two three\n");
	canvas_free(c);
}

static void
alignment(void **state)
{
	struct canvas *c = canvas_new(4, 10);
	const struct cell *cell;

	(void)state;
	assert_int_equal(canvas_right(c, 0, 0, 10, STYLE_TEXT, "12.50"), 5);
	canvas_center(c, 1, 0, 10, STYLE_TEXT, "张三");
	canvas_right(c, 2, 0, 4, STYLE_TEXT, "12345");
	assert_int_equal(canvas_pad(c, 3, 1, 6, STYLE_FIELD, "ab"), 6);
	shows(c, "     12.50\n   张三\n123…\n ab\n");
	cell = canvas_cell(c, 3, 6);
	assert_int_equal(cell->style, STYLE_FIELD);
	assert_int_equal(canvas_cell(c, 3, 7)->style, STYLE_TEXT);
	canvas_free(c);
}

static void
wrapping_breaks_at_blanks_and_between_chinese(void **state)
{
	struct canvas *c = canvas_new(6, 12);
	struct rect r = { 0, 0, 6, 10 };

	(void)state;
	assert_int_equal(
	    canvas_wrap(c, r, STYLE_TEXT, "take the order back"), 2);
	shows(c, "take the\norder back\n\n\n\n\n");
	canvas_fill(c, (struct rect){ 0, 0, 6, 12 }, STYLE_TEXT);
	/* The comma clings to what it closes. */
	assert_int_equal(
	    canvas_wrap(c, r, STYLE_TEXT, "不锈钢雪锅，二十cm"), 2);
	shows(c, "不锈钢雪\n锅，二十cm\n\n\n\n\n");
	assert_int_equal(text_lines("one\n\ntwo", 10), 3);
	assert_int_equal(text_lines("", 10), 0);
	assert_int_equal(text_lines("abcdefghijklmno", 5), 3);
	canvas_free(c);
}

static void
wrapping_that_finds_no_room_is_cut(void **state)
{
	struct canvas *c = canvas_new(2, 10);

	(void)state;
	assert_int_equal(canvas_wrap(c, (struct rect){ 0, 0, 2, 10 },
			     STYLE_TEXT, "one two three four five six"),
	    2);
	shows(c, "one two\nthree fou…\n");
	canvas_free(c);
}

static void
a_box_has_its_title_in_the_frame(void **state)
{
	struct canvas *c = canvas_new(3, 14);

	(void)state;
	canvas_box(c, (struct rect){ 0, 0, 3, 14 }, "帮助");
	shows(c, "┌─ 帮助 ─────┐\n│            │\n└────────────┘\n");
	width_ambiguous = 2;
	canvas_box(c, (struct rect){ 0, 0, 3, 14 }, "帮助");
	width_ambiguous = 1;
	shows(c, "+- 帮助 -----+\n|            |\n+------------+\n");
	canvas_free(c);
}

static void
the_cursor_is_hidden_outside(void **state)
{
	struct canvas *c = canvas_new(2, 2);
	int y, x;

	(void)state;
	canvas_cursor(c, 1, 1);
	canvas_cursor_get(c, &y, &x);
	assert_int_equal(y, 1);
	assert_int_equal(x, 1);
	canvas_cursor(c, 1, 2);
	canvas_cursor_get(c, &y, &x);
	assert_int_equal(y, -1);
	canvas_free(c);
}

/* Whatever is put wherever: no half of a wide character is ever alone. */
static void
no_halves_are_left(void **state)
{
	static const char *const texts[] = { "张三丰", "a张b", "x", "e\xcc\x81",
		"李", "" };
	struct canvas *c = canvas_new(5, 9);
	unsigned seed = 1;
	int i, y, x;

	(void)state;
	for (i = 0; i < 20000; i++) {
		seed = seed * 1103515245u + 12345u;
		y = (int)(seed >> 8 & 7) - 1;
		x = (int)(seed >> 12 & 15) - 3;
		if ((seed >> 28) == 0)
			canvas_fill(c, (struct rect){ y, x, 2, 3 }, STYLE_DIM);
		else
			canvas_text(c, y, x, (int)(seed >> 16 & 7), STYLE_TEXT,
			    texts[(seed >> 20) % 6]);
		for (y = 0; y < 5; y++) {
			for (x = 0; x < 9; x++) {
				const struct cell *cell = canvas_cell(c, y, x);
				bool wide = cp_width(cell->cp[0]) == 2;
				const struct cell *to = x < 8 ? cell + 1 : NULL;

				if (cell->cp[0] == 0)
					continue;
				assert_int_equal(
				    wide, to != NULL && to->cp[0] == 0);
			}
		}
	}
	canvas_free(c);
}

/* The ends of a name tell it from its neighbours. */
static void
a_long_name_keeps_both_its_ends(void **state)
{
	struct canvas *c = canvas_new(4, 30);
	char *text;

	(void)state;
	assert_int_equal(
	    canvas_ends(c, 0, 0, 30, STYLE_TEXT, "雪平锅 18cm"), 11);
	assert_true(canvas_ends(c, 1, 0, 20, STYLE_TEXT,
			"雪平锅 麦饭石不粘 加厚 18cm") <= 20);
	assert_true(canvas_ends(c, 2, 0, 20, STYLE_TEXT,
			"锅锅锅锅锅锅锅锅锅锅锅锅锅锅锅锅") <= 20);
	assert_true(canvas_ends(c, 3, 0, 5, STYLE_TEXT, "abcdefgh") <= 5);
	text = canvas_dump(c);
	assert_string_equal(text, "雪平锅 18cm\n"
				  "雪平锅 麦…加厚 18cm\n"
				  "锅锅锅锅锅锅…锅锅锅\n"
				  "abcd…\n");
	free(text);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_name_keeps_both_its_ends),
		cmocka_unit_test(text_is_cut_with_an_ellipsis),
		cmocka_unit_test(a_wide_ellipsis_takes_two_columns),
		cmocka_unit_test(half_of_a_wide_character_blanks_the_other),
		cmocka_unit_test(what_is_cut_by_the_edge_becomes_blank),
		cmocka_unit_test(marks_stand_on_their_base),
		cmocka_unit_test(what_moves_cursors_or_spoofs_is_made_harmless),
		cmocka_unit_test(alignment),
		cmocka_unit_test(wrapping_breaks_at_blanks_and_between_chinese),
		cmocka_unit_test(wrapping_that_finds_no_room_is_cut),
		cmocka_unit_test(a_box_has_its_title_in_the_frame),
		cmocka_unit_test(the_cursor_is_hidden_outside),
		cmocka_unit_test(no_halves_are_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
