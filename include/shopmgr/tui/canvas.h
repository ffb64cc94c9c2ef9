/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_CANVAS_H
#define SHOPMGR_TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A grid of cells in memory, which is all that a widget or a screen ever draws
 * on. term.c puts a canvas on the terminal; tests read one as text. Rows and
 * columns that lie outside are left out; a character of two columns that would
 * be cut becomes a blank. The one place that measures and cleans text: what it
 * holds is safe to send (see base/utf8.h).
 */

struct rect {
	int y, x, h, w;
};

enum style {
	STYLE_TEXT,
	STYLE_TITLE, /* the line on top */
	STYLE_RULE,  /* thin lines */
	STYLE_DIM,   /* what is known anyway */
	STYLE_LABEL, /* names of fields and columns */
	STYLE_STRONG,
	STYLE_ACCENT,    /* the one accent colour: the tab one is on */
	STYLE_SELECTED,  /* the row one is on */
	STYLE_FIELD,     /* where one types */
	STYLE_KEY,       /* a key in the help line */
	STYLE_GOOD,      /* done, right */
	STYLE_WARN,      /* late or short */
	STYLE_BAD,       /* what stops work */
	STYLE_BAND_GOOD, /* full-width bands at the packing bench */
	STYLE_BAND_BAD,
	STYLE_MAX
};

struct cell {
	uint32_t cp[5]; /* base and combining marks, 0 ends; cp[0] 0: the right
			   half of the cell before */
	uint8_t style;
};

struct canvas;

struct canvas *canvas_new(int h, int w);
void canvas_resize(struct canvas *c, int h, int w); /* and clears */
void canvas_free(struct canvas *c);
int canvas_h(const struct canvas *c);
int canvas_w(const struct canvas *c);
void canvas_fill(struct canvas *c, struct rect r, enum style style);

/*
 * Put UTF-8 text in at most @w columns; what is cut off ends in an ellipsis.
 * Returns the columns used. _right aligns it to the right edge; _pad fills the
 * rest with blanks of the style.
 */
int canvas_text(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);
int canvas_pad(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);
int canvas_right(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);
int canvas_center(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);
/* The same as canvas_text(), but what is too long loses its middle: names of
 * goods end in what tells them apart. */
int canvas_ends(
    struct canvas *c, int y, int x, int w, enum style style, const char *s);
/* Text over several lines, broken at blanks or between Chinese characters, at
 * most @h; returns the lines used. */
int canvas_wrap(
    struct canvas *c, struct rect r, enum style style, const char *s);
/* The same from line @skip of it on; all but the first stand @hang columns
 * further to the right. */
int canvas_wrap_from(struct canvas *c, struct rect r, int skip, int hang,
    enum style style, const char *s);
/* Lines there would be. */
int text_lines(const char *s, int w);
void canvas_rule(struct canvas *c, int y, int x, int w);
void canvas_box(struct canvas *c, struct rect r, const char *title);
/* Another style for cells that are there. */
void canvas_restyle(struct canvas *c, struct rect r, enum style style);
/* Where the cursor stands; y < 0 hides it. */
void canvas_cursor(struct canvas *c, int y, int x);
void canvas_cursor_get(const struct canvas *c, int *y, int *x);
const struct cell *canvas_cell(const struct canvas *c, int y, int x);

/* The canvas as lines of text, trailing blanks gone; the caller frees it. */
char *canvas_dump(const struct canvas *c);
/* The same with a second block that shows the styles, a letter a cell. */
char *canvas_dump_styles(const struct canvas *c);

#endif
