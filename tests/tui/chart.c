/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/chart.h"

/* Pictures: what they look like, and what holds of all of them. */

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static char *
number(int64_t v, char *buf, size_t size)
{
	snprintf(buf, size, "%" PRId64, v);
	return buf;
}

/* Each golden picture twice: with blocks, and where there are none. */
static void
check_both(const char *name, void (*draw)(struct canvas *c))
{
	struct canvas *c = canvas_new(16, 60);
	char file[64], *text;
	int ascii;

	for (ascii = 0; ascii <= 1; ascii++) {
		chart_ascii = ascii == 1;
		canvas_fill(c, (struct rect){ 0, 0, 16, 60 }, STYLE_TEXT);
		draw(c);
		text = canvas_dump(c);
		snprintf(file, sizeof(file), "tui-chart-%s%s", name,
		    ascii ? "-ascii" : "");
		golden_check(file, text);
		free(text);
	}
	chart_ascii = false;
	canvas_free(c);
}

static const int64_t fortnight[] = { 31, 28, 40, 55, 61, 12, 9, 33, 35, 47, 58,
	70, 22, 18 };

static void
draw_sparks(struct canvas *c)
{
	static const int64_t same[] = { 7, 7, 7, 7 }, none[] = { 0, 0, 0 },
			     below[] = { -4, -2, 0, 2, 4 },
			     gap[] = { 1, CHART_GAP, 3 }, one[] = { 5 },
			     huge[] = { 0, INT64_MAX / 2, INT64_MAX },
			     wide[] = { INT64_MIN + 1, 0, INT64_MAX };
	static const struct {
		const int64_t *v;
		int n;
	} rows[] = { { fortnight, N(fortnight) }, { same, N(same) },
		{ none, N(none) }, { below, N(below) }, { gap, N(gap) },
		{ one, N(one) }, { huge, N(huge) }, { wide, N(wide) } };
	int i;

	for (i = 0; i < N(rows); i++)
		assert_int_equal(chart_spark(c, i, 2, 30, STYLE_ACCENT,
				     rows[i].v, (size_t)rows[i].n),
		    rows[i].n);
}

static void
sparklines(void **state)
{
	(void)state;
	check_both("spark", draw_sparks);
}

static void
a_sparkline_without_room_shows_the_last_values(void **state)
{
	struct canvas *c = canvas_new(1, 10);
	char *text;

	(void)state;
	assert_int_equal(
	    chart_spark(c, 0, 0, 4, STYLE_TEXT, fortnight, N(fortnight)), 4);
	text = canvas_dump(c);
	assert_string_equal(text, "▇█▃▃\n");
	free(text);
	assert_int_equal(chart_spark(c, 0, 0, 0, STYLE_TEXT, fortnight, 3), 0);
	assert_int_equal(chart_spark(c, 0, 0, 9, STYLE_TEXT, NULL, 0), 0);
	canvas_free(c);
}

static const struct chart_bar provinces[] = {
	{ "广东", 48000, "480.00", STYLE_ACCENT },
	{ "浙江", 31050, "310.50", STYLE_ACCENT },
	{ "内蒙古自治区", 950, "9.50", STYLE_ACCENT },
	{ "上海", 0, "0.00", STYLE_ACCENT },
};
static const struct chart_bar profits[] = {
	{ "Jan", 1200, "1,200", STYLE_GOOD },
	{ "Feb", -300, "-300", STYLE_BAD },
	{ "Mar", 0, "0", STYLE_GOOD },
	{ "Apr", -1, "-1", STYLE_BAD },
	{ "May", 600, "600", STYLE_GOOD },
};

static void
draw_bars(struct canvas *c)
{
	chart_bars(c, (struct rect){ 0, 1, 4, 50 }, provinces, 4);
	chart_bars(c, (struct rect){ 5, 1, 5, 50 }, profits, 5);
	chart_bars(c, (struct rect){ 11, 1, 2, 24 }, provinces, 4);
	chart_bars(c, (struct rect){ 14, 1, 1, 50 }, &profits[1], 1);
}

static void
lying_bars(void **state)
{
	(void)state;
	check_both("bars", draw_bars);
}

static void
draw_columns(struct canvas *c)
{
	static char days[N(fortnight)][8], values[N(fortnight)][8];
	struct chart_bar bar[N(fortnight)];
	int i;

	for (i = 0; i < N(fortnight); i++) {
		snprintf(days[i], sizeof(days[i]), "11-%02d", 9 + i);
		number(fortnight[i], values[i], sizeof(values[i]));
		bar[i] = (struct chart_bar){ days[i], fortnight[i], values[i],
			STYLE_ACCENT };
	}
	chart_columns(c, (struct rect){ 0, 1, 7, 44 }, bar, N(fortnight));
	chart_columns(c, (struct rect){ 0, 47, 7, 11 }, bar, N(fortnight));
	chart_columns(c, (struct rect){ 8, 1, 8, 30 }, profits, 5);
	chart_columns(c, (struct rect){ 8, 36, 8, 4 }, provinces, 1);
	chart_columns(c, (struct rect){ 8, 44, 1, 14 }, bar, N(fortnight));
}

static void
standing_bars(void **state)
{
	(void)state;
	check_both("columns", draw_columns);
}

static void
draw_lines(struct canvas *c)
{
	static const int64_t other[] = { 10, 12, 11, 20, CHART_GAP, 30, 28, 25,
		20, 24, 26, 30, 31, 12 };
	static const char *const ticks[] = { "9", "10", "11", "12", "13", "14",
		"15", "16", "17", "18", "19", "20", "21", "22" };
	struct chart_line lines[] = {
		{ "Orders", fortnight, STYLE_ACCENT },
		{ "Parcels", other, STYLE_GOOD },
	};
	struct chart_axis axis = { number, ticks, true };

	chart_lines(
	    c, (struct rect){ 0, 1, 9, 58 }, lines, 2, N(fortnight), &axis);
	axis = (struct chart_axis){ number, NULL, false };
	chart_lines(
	    c, (struct rect){ 10, 1, 6, 24 }, lines, 1, N(fortnight), &axis);
	chart_lines(c, (struct rect){ 10, 30, 4, 16 }, lines, 1, 1, &axis);
	chart_lines(c, (struct rect){ 15, 30, 1, 16 }, lines, 1, N(fortnight),
	    &(struct chart_axis){ .text = NULL });
}

static void
lines_in_dots(void **state)
{
	(void)state;
	check_both("lines", draw_lines);
}

static const char *const weekdays[] = { "周一", "周二", "周三", "周四", "周五",
	"周六", "周日" };
static const char *const hours[] = { "0", "1", "2", "3", "4", "5", "6", "7",
	"8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
	"20", "21", "22", "23" };

static void
draw_heat(struct canvas *c)
{
	static const int64_t few[] = { 0, 1, 2, 1 };
	int64_t v[7 * 24];
	struct chart_heat h = { 7, 24, v, weekdays, hours, number };
	int i;

	for (i = 0; i < N(v); i++)
		v[i] = i % 24 < 8 ? i % 3 : (i * 37) % (i % 24 > 18 ? 97 : 50);
	chart_heat(c, (struct rect){ 0, 1, 9, 58 }, &h);
	h = (struct chart_heat){ 2, 2, few, weekdays, hours, number };
	chart_heat(c, (struct rect){ 10, 1, 4, 20 }, &h);
	h = (struct chart_heat){ 2, 2, few, weekdays, NULL, NULL };
	chart_heat(c, (struct rect){ 10, 30, 2, 5 }, &h);
}

static void
heat_map(void **state)
{
	(void)state;
	check_both("heat", draw_heat);
}

/* Nothing but what width_ambiguous allows: a block is two columns there. */
static void
wide_terminals_get_ascii(void **state)
{
	struct canvas *c = canvas_new(16, 60);
	uint32_t cp;
	int i;

	(void)state;
	width_ambiguous = 2;
	draw_bars(c);
	draw_sparks(c);
	draw_columns(c);
	draw_lines(c);
	draw_heat(c);
	width_ambiguous = 1;
	for (i = 0; i < 16 * 60; i++) {
		cp = canvas_cell(c, i / 60, i % 60)->cp[0];
		assert_false(cp >= 0x2500 && cp < 0x2900);
	}
	canvas_free(c);
}

static void
the_terminal_says_what_it_shows(void **state)
{
	static const struct {
		const char *term, *lang;
		bool plain;
	} cases[] = {
		{ "xterm-256color", "zh_CN.UTF-8", false },
		{ "tmux-256color", "C.utf8", false },
		{ "screen", "", false },
		{ "xterm", "C", false },
		{ "xterm", "zh_CN.GBK", true },
		{ "xterm", "zh_CN.GB18030", true },
		{ "linux", "zh_CN.UTF-8", true },
		{ "vt100", "C.UTF-8", true },
	};
	int i;

	(void)state;
	unsetenv("LC_ALL");
	unsetenv("LC_CTYPE");
	for (i = 0; i < N(cases); i++) {
		setenv("TERM", cases[i].term, 1);
		setenv("LANG", cases[i].lang, 1);
		assert_int_equal(chart_terminal_is_plain(), cases[i].plain);
	}
}

/* What holds of every picture of every values in every rectangle. */

static uint64_t seed;

static uint64_t
dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int64_t
any_value(void)
{
	static const int64_t odd[] = { 0, 1, -1, INT64_MAX, INT64_MIN + 1,
		CHART_GAP, INT64_MAX - 1, 1000000, INT64_MAX / 2 };

	switch (dice() % 4) {
	case 0:
		return odd[dice() % (sizeof(odd) / sizeof(*odd))];
	case 1:
		return (int64_t)(dice() >> (1 + dice() % 62));
	case 2:
		return -(int64_t)(dice() >> (1 + dice() % 62));
	default:
		return (int64_t)(dice() % 100);
	}
}

#define VALUES 70

struct scene {
	struct rect r;
	int64_t v[VALUES];
	struct chart_bar bar[VALUES];
	const char *words[VALUES];
	int64_t two[2][VALUES];
	size_t n;
	int kind;
};

static void
set_scene(struct scene *s)
{
	static const char *const words[] = { "", "a", "广东", "1,234.50",
		"很长很长很长很长的一个名字", NULL };
	size_t i;

	s->r = (struct rect){ (int)(dice() % 6) + 1, (int)(dice() % 10) + 1,
		(int)(dice() % 14) - 1, (int)(dice() % 45) - 1 };
	s->n = dice() % VALUES;
	s->kind = (int)(dice() % 5);
	for (i = 0; i < VALUES; i++) {
		s->v[i] = any_value();
		s->words[i] = words[dice() % 6];
		s->bar[i] = (struct chart_bar){ words[dice() % 6], s->v[i],
			words[dice() % 6], STYLE_ACCENT };
		s->two[0][i] = any_value();
		s->two[1][i] = any_value();
	}
}

static void
play(const struct scene *s, struct canvas *c)
{
	struct chart_line lines[] = { { "one", s->two[0], STYLE_ACCENT },
		{ "二", s->two[1], STYLE_GOOD } };
	struct chart_axis axis = { s->n % 3 ? number : NULL,
		s->n % 2 ? s->words : NULL, s->n % 5 == 0 };
	struct chart_heat heat = { s->n / 8, 8, s->v, s->words, s->words,
		s->n % 2 ? number : NULL };

	switch (s->kind) {
	case 0:
		chart_spark(
		    c, s->r.y, s->r.x, s->r.w, STYLE_ACCENT, s->v, s->n);
		break;
	case 1:
		chart_bars(c, s->r, s->bar, s->n);
		break;
	case 2:
		chart_columns(c, s->r, s->bar, s->n);
		break;
	case 3:
		chart_lines(c, s->r, lines, 1 + s->n % 2, s->n, &axis);
		break;
	default:
		chart_heat(c, s->r, &heat);
		break;
	}
}

static bool
inside(const struct scene *s, int y, int x)
{
	int h = s->kind == 0 ? 1 : s->r.h; /* a sparkline is one line */

	return y >= s->r.y && y < s->r.y + h && x >= s->r.x &&
	       x < s->r.x + s->r.w;
}

static void
nothing_is_drawn_outside_and_always_the_same(void **state)
{
	struct canvas *c = canvas_new(22, 60), *again = canvas_new(22, 60);
	char *one, *two;
	struct scene s;
	int round, y, x;

	(void)state;
	seed = 20261122;
	for (round = 0; round < 20000; round++) {
		set_scene(&s);
		chart_ascii = round % 2 == 1;
		canvas_resize(c, 22, 60);
		canvas_resize(again, 22, 60);
		play(&s, c);
		play(&s, again);
		for (y = 0; y < 22; y++)
			for (x = 0; x < 60; x++)
				if (!inside(&s, y, x) &&
				    canvas_cell(c, y, x)->cp[0] != ' ')
					fail_msg("round %d, kind %d: %d, %d",
					    round, s.kind, y, x);
		one = canvas_dump_styles(c);
		two = canvas_dump_styles(again);
		assert_string_equal(one, two);
		free(one);
		free(two);
	}
	chart_ascii = false;
	canvas_free(c);
	canvas_free(again);
}

/* Steps of ink in a row, eight a full block; what is not a block counts not. */
static int
ink(const struct canvas *c, int y, int x, int w)
{
	int sum = 0, i;

	for (i = 0; i < w; i++) {
		uint32_t cp = canvas_cell(c, y, x + i)->cp[0];

		if (cp == '#')
			sum += 8;
		else if (cp >= 0x2588 && cp <= 0x258f)
			sum += (int)(0x2590 - cp);
	}
	return sum;
}

static int
by_value(const void *a, const void *b)
{
	const struct chart_bar *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

static void
a_larger_value_never_has_a_shorter_bar(void **state)
{
	struct canvas *c = canvas_new(12, 60);
	struct chart_bar bar[12];
	int round, i, before, now;

	(void)state;
	seed = 4711;
	for (round = 0; round < 3000; round++) {
		for (i = 0; i < 12; i++) {
			bar[i] = (struct chart_bar){ .value = any_value(),
				.style = STYLE_ACCENT };
			if (bar[i].value < 0)
				bar[i].value = -(bar[i].value + 1);
		}
		qsort(bar, 12, sizeof(*bar), by_value);
		chart_ascii = round % 2 == 1;
		canvas_resize(c, 12, 60);
		chart_bars(c, (struct rect){ 0, 0, 12, 60 }, bar, 12);
		before = 0;
		for (i = 0; i < 12; i++) {
			now = ink(c, i, 0, 60);
			assert_true(now >= before);
			/* Something is not nothing. */
			assert_int_equal(now > 0, bar[i].value > 0);
			before = now;
		}
		if (bar[11].value > 0)
			assert_int_equal(before, 60 * 8);
	}
	chart_ascii = false;
	canvas_free(c);
}

static int
shade_of(const struct canvas *c, int x)
{
	static const uint32_t shades[] = { ' ', 0x2591, 0x2592, 0x2593,
		0x2588 };
	int i;

	for (i = 0; i < N(shades); i++)
		if (canvas_cell(c, 0, x)->cp[0] == shades[i])
			return i;
	return -1;
}

static int
by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
a_larger_value_is_never_lighter(void **state)
{
	struct canvas *c = canvas_new(1, 60);
	struct chart_heat h = { .rows = 1, .cols = 30 };
	int64_t v[30];
	int round, i;

	(void)state;
	h.v = v;
	seed = 99;
	for (round = 0; round < 3000; round++) {
		for (i = 0; i < 30; i++)
			do
				v[i] = any_value();
			while (v[i] == CHART_GAP);
		qsort(v, 30, sizeof(*v), by_size);
		canvas_resize(c, 1, 60);
		chart_heat(c, (struct rect){ 0, 0, 1, 60 }, &h);
		for (i = 0; i < 30; i++) {
			assert_true(shade_of(c, 2 * i) >= 0);
			assert_true(i == 0 || shade_of(c, 2 * i) >=
						  shade_of(c, 2 * i - 2));
		}
		if (v[29] > 0)
			assert_int_equal(shade_of(c, 58), 4);
	}
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sparklines),
		cmocka_unit_test(
		    a_sparkline_without_room_shows_the_last_values),
		cmocka_unit_test(lying_bars),
		cmocka_unit_test(standing_bars),
		cmocka_unit_test(lines_in_dots),
		cmocka_unit_test(heat_map),
		cmocka_unit_test(wide_terminals_get_ascii),
		cmocka_unit_test(the_terminal_says_what_it_shows),
		cmocka_unit_test(nothing_is_drawn_outside_and_always_the_same),
		cmocka_unit_test(a_larger_value_never_has_a_shorter_bar),
		cmocka_unit_test(a_larger_value_is_never_lighter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
