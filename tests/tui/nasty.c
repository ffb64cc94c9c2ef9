/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/tui/note.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/line.h"

/*
 * The one place that draws text, given what names and titles have been seen to
 * hold, at every width: nothing lands outside, no character is cut in half,
 * and what reaches the terminal is safe to send.
 */

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define W    30
#define H    5
#define X0   4

static const char *const nasty[] = {
	"",
	" ",
	"a",
	"张",
	"张三丰",
	"a张b三c",
	"“新品”…·×℃①Ⅲ→★■●※‰№é",
	/* Unicode 15, and beyond all planes in use */
	"𱍐𲎯🫨🩷",
	"\xf0\xaf\xbf\xbf",
	"\xf4\x8f\xbf\xbf",
	"🇨🇳",
	"👨‍👩‍👧",
	"👍🏽",
	"①️⃣",
	"\xf3\xa0\x80\xa0",
	/* controls, also C1, and what moves the cursor */
	"\033[31mred\033[0m",
	"\033]0;title\007",
	"a\tb\nc\rd\be\x7f",
	"\x01\x02",
	"\302\23331m",
	"\xc2\x85\xe2\x80\xa8\xe2\x80\xa9",
	/* bidi overrides and isolates, zero width, soft hyphen, joiners */
	"a\u202eb\u202cc",
	"\u2066x\u2067y\u2068z\u2069",
	"\u202a\u202b\u202d",
	"a\u200bb\u200cc\u200dd\ufeff",
	"a\u00adb\u2060c\u180ed",
	"\u061c\u200e",
	"\u115f\u1160\u3164\uffa0",
	"\ufff9\ufffa\ufffb\ufffc\ufffd",
	/* marks: at the start, too many, behind a wide one, alone */
	"\u0301",
	"\u0301a",
	"e\u0301",
	"张\u0301三",
	"a\u0300\u0301\u0302\u0303\u0304\u0305\u0306",
	"\u0301\u0301\u0301",
	"\u200b\u0301",
	"\n\u0301",
	"นี้",
	"한글",
	"हिन्दी",
	"Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
	/* invalid bytes: alone, cut off, overlong, surrogates, GBK */
	"\xff",
	"\xe5",
	"\xe5\xbc",
	"a\xe5\xbc",
	"\x80\x81",
	"\xc0\xaf",
	"\xe0\x80\xaf",
	"\xed\xa0\x80",
	"\xf8\x88\x80\x80\x80",
	"\xd5\xc5\xc8\xfd",
	"张\xe4\xb8三",
	"\xf4\x90\x80\x80",
	/* long */
	"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六",
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
	"不锈钢雪平锅 20cm 不粘 奶锅 家用 宝宝辅食锅 泡面锅 电磁炉通用，（加厚）。",
	"                                                  x",
	"，。、；：？！",
};

static void
fill(struct canvas *c)
{
	int y;

	for (y = 0; y < H; y++)
		canvas_text(
		    c, y, 0, W, STYLE_DIM, "##############################");
}

static void
cell_is_whole(const struct canvas *c, int y, int x)
{
	const struct cell *cell = canvas_cell(c, y, x);
	const struct cell *left = canvas_cell(c, y, x - 1);
	const struct cell *right = canvas_cell(c, y, x + 1);
	size_t i;

	if (cell->cp[0] == 0) {
		assert_non_null(left);
		assert_int_equal(cp_width(left->cp[0]), 2);
		return;
	}
	assert_true(cp_printable(cell->cp[0]));
	assert_in_range(cp_width(cell->cp[0]), 1, 2);
	if (cp_width(cell->cp[0]) == 2) {
		assert_non_null(right);
		assert_int_equal(right->cp[0], 0);
	}
	for (i = 1; i < N(cell->cp) && cell->cp[i] != 0; i++) {
		assert_true(cp_printable(cell->cp[i]));
		assert_int_equal(cp_width(cell->cp[i]), 0);
	}
}

/* Only what lies within the rectangle was touched, and all is whole. */
static void
within(const struct canvas *c, struct rect r, const char *what, const char *s)
{
	int y, x;

	for (y = 0; y < H; y++) {
		for (x = 0; x < W; x++) {
			const struct cell *cell = canvas_cell(c, y, x);
			bool in = y >= r.y && y < r.y + r.h && x >= r.x &&
				  x < r.x + r.w;

			cell_is_whole(c, y, x);
			if (!in && (cell->cp[0] != '#' || cell->cp[1] != 0 ||
				       cell->style != STYLE_DIM))
				fail_msg("%s of \"%s\" at width %d wrote at "
					 "%d, %d",
				    what, s, r.w, y, x);
		}
	}
}

typedef int draw_one(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);

static void
one_line(struct canvas *c, int w, const char *s)
{
	static const struct {
		const char *name;
		draw_one *draw;
	} kinds[] = { { "text", canvas_text }, { "pad", canvas_pad },
		{ "right", canvas_right }, { "center", canvas_center },
		{ "ends", canvas_ends } };
	size_t i;

	for (i = 0; i < N(kinds); i++) {
		int used;

		fill(c);
		used = kinds[i].draw(c, 1, X0, w, STYLE_TEXT, s);
		assert_in_range(used, 0, w);
		if (kinds[i].draw == canvas_text && text_width(s) <= w)
			assert_int_equal(used, text_width(s));
		within(c, (struct rect){ 1, X0, 1, w }, kinds[i].name, s);
	}
}

static void
several_lines(struct canvas *c, int w, const char *s)
{
	int skip, used;

	for (skip = 0; skip < 3; skip++) {
		fill(c);
		used = canvas_wrap_from(
		    c, (struct rect){ 1, X0, 2, w }, skip, skip, STYLE_TEXT, s);
		assert_in_range(used, 0, 2);
		within(c, (struct rect){ 1, X0, 2, w }, "wrap", s);
	}
	if (w > 0)
		assert_in_range(text_lines(s, w), s[0] != '\0', strlen(s));
}

static void
typed(struct canvas *c, int w, const char *s)
{
	char text[400], note[400];
	struct line l, several;
	struct note n;
	int y, x;

	copy_text(text, sizeof(text), s);
	copy_text(note, sizeof(note), s);
	line_init(&l, text, sizeof(text));
	line_init(&several, note, sizeof(note));
	note_init(&n, &several);
	assert_true(utf8_valid(text, strlen(text)));
	for (;;) {
		fill(c);
		canvas_cursor(c, -1, -1);
		line_draw(&l, c, 1, X0, w, true);
		within(c, (struct rect){ 1, X0, 1, w }, "line", s);
		canvas_cursor_get(c, &y, &x);
		if (w > 0)
			assert_in_range(x, X0, X0 + w - 1);
		if (l.at == 0)
			break;
		l.at = text_prev(l.buf, l.len, l.at);
	}
	for (several.at = 0; w >= 3;) {
		const struct rect r = { 1, X0, 3, w };
		/* its marks are beside it */
		const struct rect with_marks = { 1, X0, 3, w + 1 };

		fill(c);
		note_draw(&n, c, r, r, true);
		within(c, with_marks, "note", s);
		canvas_cursor_get(c, &y, &x);
		assert_in_range(y, 1, 3);
		assert_in_range(x, X0, X0 + w - 1);
		if (several.at >= several.len)
			break;
		several.at = text_next(several.buf, several.len, several.at);
	}
	line_done(&l);
	line_done(&several);
}

static void
nothing_lands_outside_at_any_width(void **state)
{
	struct canvas *c = canvas_new(H, W);
	size_t i;
	int w;

	(void)state;
	for (width_ambiguous = 1; width_ambiguous <= 2; width_ambiguous++) {
		for (i = 0; i < N(nasty); i++) {
			for (w = 0; w <= 20; w++) {
				one_line(c, w, nasty[i]);
				several_lines(c, w, nasty[i]);
				typed(c, w, nasty[i]);
			}
		}
	}
	width_ambiguous = 1;
	canvas_free(c);
}

/* Also beyond the edges of the canvas itself. */
static void
edges_of_the_canvas_cut_whole_characters(void **state)
{
	struct canvas *c = canvas_new(H, W);
	size_t i;
	int x, y;

	(void)state;
	for (i = 0; i < N(nasty); i++) {
		for (x = -8; x < W + 4; x++) {
			fill(c);
			for (y = -1; y <= H; y++)
				canvas_text(c, y, x, 12, STYLE_TEXT, nasty[i]);
			within(
			    c, (struct rect){ 0, 0, H, W }, "edge", nasty[i]);
			fill(c);
			canvas_box(c, (struct rect){ -1, x, 4, 14 }, nasty[i]);
			within(c, (struct rect){ 0, 0, H, W }, "box", nasty[i]);
		}
	}
	canvas_free(c);
}

/* Each character there is takes the columns that were counted for it. */
static void
each_character_takes_its_columns(void **state)
{
	struct canvas *c = canvas_new(1, 6);
	uint32_t cp;

	(void)state;
	for (width_ambiguous = 1; width_ambiguous <= 2; width_ambiguous++) {
		for (cp = 1; cp <= 0x10ffff; cp++) {
			char text[8] = "a";
			size_t n;
			int want;

			/* Rare planes by samples. */
			if (cp > 0x32000 && cp % 61 != 0)
				continue;
			n = 1 + utf8_encode(cp, text + 1);
			text[n] = 'b';
			text[n + 1] = '\0';
			want = text_width(text);
			canvas_fill(c, (struct rect){ 0, 0, 1, 6 }, STYLE_TEXT);
			if (canvas_text(c, 0, 0, 6, STYLE_TEXT, text) != want ||
			    want < 2 || want > 4 ||
			    canvas_cell(c, 0, want - 1)->cp[0] != 'b')
				fail_msg("U+%04X", (unsigned)cp);
		}
	}
	width_ambiguous = 1;
	canvas_free(c);
}

/* Any bytes at all. */
static void
noise_is_drawn_safely(void **state)
{
	struct canvas *c = canvas_new(H, W);
	int round;

	(void)state;
	srand(4);
	for (round = 0; round < 4000; round++) {
		char s[48];
		size_t n = (size_t)rand() % (sizeof(s) - 1), i;
		int w = rand() % 21;

		for (i = 0; i < n; i++)
			s[i] = (char)(1 + rand() % 255);
		s[n] = '\0';
		width_ambiguous = 1 + round % 2;
		one_line(c, w, s);
		several_lines(c, w, s);
		typed(c, w, s);
	}
	width_ambiguous = 1;
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_lands_outside_at_any_width),
		cmocka_unit_test(edges_of_the_canvas_cut_whole_characters),
		cmocka_unit_test(each_character_takes_its_columns),
		cmocka_unit_test(noise_is_drawn_safely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
