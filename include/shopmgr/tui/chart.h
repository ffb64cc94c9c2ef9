/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_CHART_H
#define SHOPMGR_TUI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/tui/canvas.h"

/*
 * Figures as pictures, drawn on a canvas. Values are whole numbers (fen,
 * pieces); what they mean, and how they are written, the caller says. Blocks
 * and braille where the terminal shows them one column wide, else ASCII
 * (width_ambiguous). Each picture can be read without colour. Negative values
 * and values that are all the same, none at all, and the largest int64_t are
 * drawn, too. Nothing is drawn outside the rectangle, and what is drawn depends
 * on nothing but what is given and the terminal.
 */

/* The terminal shows no blocks and no braille: set when it is started. */
extern bool chart_ascii;
/* Does a terminal of this TERM, with the locale that the environment asks for,
 * show them? */
bool chart_terminal_is_plain(void);

#define CHART_GAP INT64_MIN /* there is no value */

/* One column a value: "▂▃▅█", from 0 or the least up; the last ones where there
 * is no room for all. Returns the columns used. */
int chart_spark(struct canvas *c, int y, int x, int w, enum style style,
    const int64_t *v, size_t n);

struct chart_bar {
	const char *label; /* translated */
	int64_t value;
	const char *text; /* the value as written */
	enum style style;
};
/* Lying bars, a row each: label, bar, text; the labels and the texts aligned.
 * Bars below zero go to the left of a common line. */
void chart_bars(
    struct canvas *c, struct rect r, const struct chart_bar *bar, size_t n);
/* Standing bars, @n of them over the whole width (the last ones where there are
 * more), their labels beneath where there is room, every so many; above them
 * their texts, or that of the largest. */
void chart_columns(
    struct canvas *c, struct rect r, const struct chart_bar *bar, size_t n);

struct chart_line {
	const char *label;
	const int64_t *v; /* n of them; CHART_GAP where there is none */
	enum style style;
};
struct chart_axis {
	/* The value as it is written at the side. */
	char *(*text)(int64_t value, char *buf, size_t size);
	const char *const *ticks; /* n texts beneath; NULL: none */
	bool from_zero;
};
/* Lines over the same n places, in braille dots (ASCII: one sign a line), with
 * an axis of round values; a legend when there are several, which are dashed in
 * ways of their own. */
void chart_lines(struct canvas *c, struct rect r, const struct chart_line *line,
    size_t nlines, size_t n, const struct chart_axis *axis);

/*
 * A field of @rows times @cols values, the larger the darker: five steps by
 * shade (" ░▒▓█", ASCII " .:*#"), each two columns wide or more. With the names
 * of rows at the left and of columns on top where there is room, and the scale
 * beneath.
 */
struct chart_heat {
	size_t rows, cols;
	const int64_t *v; /* row after row */
	const char *const *row_labels, *const *col_labels;
	char *(*text)(int64_t value, char *buf, size_t size); /* of the scale */
};
void chart_heat(struct canvas *c, struct rect r, const struct chart_heat *h);

#endif
