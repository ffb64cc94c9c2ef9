/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/chart.h"

#include "chart_priv.h"

bool chart_ascii;

bool
chart_plain(void)
{
	return chart_ascii || width_ambiguous == 2;
}

bool
chart_room(const struct rect *r)
{
	return r->h > 0 && r->w > 0;
}

uint64_t
chart_above(int64_t v, int64_t lo)
{
	assert(v >= lo);
	return (uint64_t)v - (uint64_t)lo;
}

int64_t
chart_at(int64_t lo, uint64_t above)
{
	uint64_t sum = (uint64_t)lo + above;

	/* The conversion back, spelled out for values below zero. */
	return sum <= INT64_MAX ? (int64_t)sum
				: -(int64_t)(UINT64_MAX - sum) - 1;
}

int
chart_steps(uint64_t part, uint64_t whole, int steps, bool least)
{
	uint64_t n = (uint64_t)(steps > 0 ? steps : 0), got;
	bool some = part > 0;

	if (whole == 0 || n == 0)
		return 0;
	if (part >= whole)
		return (int)n;
	/* A part of 2^64 keeps its first 32 digits; no picture shows more. */
	while (whole > UINT32_MAX) {
		whole >>= 1;
		part >>= 1;
	}
	got = (part * n + whole / 2) / whole;
	return got == 0 && some && least ? 1 : (int)got;
}

/* Where a text of @tw columns around @at begins, within the line. */
static int
label_x(int at, int tw, int x, int w)
{
	int from = at - tw / 2;

	if (from + tw > x + w)
		from = x + w - tw;
	return from < x ? x : from;
}

static bool
labels_fit(
    int x, int w, const char *const *text, const int *at, size_t n, size_t step)
{
	int free_until = x + w + 1, tw, from;
	size_t i;

	for (i = n; i > 0; i -= i > step ? step : i) {
		if (text[i - 1] == NULL)
			continue;
		tw = text_width(text[i - 1]);
		from = label_x(at[i - 1], tw, x, w);
		if (tw > w || from + tw >= free_until)
			return false;
		free_until = from;
	}
	return true;
}

void
chart_labels(struct canvas *c, int y, int x, int w, const char *const *text,
    const int *at, size_t n)
{
	size_t step = 1, i;
	int tw;

	while (step < n && !labels_fit(x, w, text, at, n, step))
		step++;
	if (n == 0 || !labels_fit(x, w, text, at, n, step))
		return;
	for (i = n; i > 0; i -= i > step ? step : i) {
		if (text[i - 1] == NULL)
			continue;
		tw = text_width(text[i - 1]);
		canvas_text(c, y, label_x(at[i - 1], tw, x, w), tw, STYLE_DIM,
		    text[i - 1]);
	}
}

int
chart_spark(struct canvas *c, int y, int x, int w, enum style style,
    const int64_t *v, size_t n)
{
	static const char *const block[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇",
		"█" };
	static const char *const ascii[] = { "_", ".", "-", "~", "=", "+", "*",
		"#" };
	const char *const *sign = chart_plain() ? ascii : block;
	int64_t lo = 0, hi = 0;
	size_t i;
	int step;

	if (w <= 0)
		return 0;
	if (n > (size_t)w) {
		v += n - (size_t)w;
		n = (size_t)w;
	}
	for (i = 0; i < n; i++) {
		if (v[i] == CHART_GAP)
			continue;
		lo = v[i] < lo ? v[i] : lo;
		hi = v[i] > hi ? v[i] : hi;
	}
	for (i = 0; i < n; i++) {
		if (v[i] == CHART_GAP) {
			canvas_text(c, y, x + (int)i, 1, style, " ");
			continue;
		}
		step = chart_steps(
		    chart_above(v[i], lo), chart_above(hi, lo), 7, true);
		canvas_text(c, y, x + (int)i, 1, style, sign[step]);
	}
	return (int)n;
}

/* A codeset that the locale names and that is not UTF-8; none is no answer. */
static bool
other_codeset(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *locale = NULL, *dot;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		locale = getenv(names[i]);
		if (locale != NULL && locale[0] != '\0')
			break;
	}
	dot = locale != NULL ? strchr(locale, '.') : NULL;
	return dot != NULL && strncasecmp(dot, ".utf-8", 6) != 0 &&
	       strncasecmp(dot, ".utf8", 5) != 0;
}

bool
chart_terminal_is_plain(void)
{
	const char *name = getenv("TERM");

	/* The console's fonts have few blocks, terminals of old none. */
	if (name != NULL &&
	    (strncmp(name, "linux", 5) == 0 || strncmp(name, "vt", 2) == 0))
		return true;
	return other_codeset();
}
