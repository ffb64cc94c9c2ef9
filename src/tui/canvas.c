/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"

struct canvas {
	int h, w;
	int cy, cx;
	struct cell *cells;
};

#define MARKS    (sizeof(((struct cell *)0)->cp) / sizeof(uint32_t))
#define ELLIPSIS 0x2026u
#define ENDS_MIN 8 /* below that only the beginning is seen */

static const char style_letters[STYLE_MAX + 1] = ".trdlsaSFkgwbGB";

struct canvas *
canvas_new(int h, int w)
{
	struct canvas *c = xcalloc(1, sizeof(*c));

	canvas_resize(c, h, w);
	return c;
}

void
canvas_resize(struct canvas *c, int h, int w)
{
	c->h = h > 0 ? h : 0;
	c->w = w > 0 ? w : 0;
	free(c->cells);
	c->cells = xcalloc((size_t)c->h * (size_t)c->w + 1, sizeof(*c->cells));
	c->cy = c->cx = -1;
	canvas_fill(c, (struct rect){ 0, 0, c->h, c->w }, STYLE_TEXT);
}

void
canvas_free(struct canvas *c)
{
	if (c == NULL)
		return;
	free(c->cells);
	free(c);
}

int
canvas_h(const struct canvas *c)
{
	return c->h;
}

int
canvas_w(const struct canvas *c)
{
	return c->w;
}

static struct cell *
cell_at(const struct canvas *c, int y, int x)
{
	if (y < 0 || y >= c->h || x < 0 || x >= c->w)
		return NULL;
	return &c->cells[(size_t)y * (size_t)c->w + (size_t)x];
}

const struct cell *
canvas_cell(const struct canvas *c, int y, int x)
{
	return cell_at(c, y, x);
}

static void
set(struct cell *cell, uint32_t cp, enum style style)
{
	memset(cell, 0, sizeof(*cell));
	cell->cp[0] = cp;
	cell->style = (uint8_t)style;
}

/* Before columns [x, x + w) are written: characters of two columns that reach
 * across either edge lose both halves. */
static void
split(struct canvas *c, int y, int x, int w)
{
	struct cell *at = cell_at(c, y, x);
	struct cell *after = cell_at(c, y, x + w);

	if (at != NULL && at->cp[0] == 0) {
		struct cell *left = cell_at(c, y, x - 1);

		if (left != NULL)
			set(left, ' ', left->style);
		set(at, ' ', at->style);
	}
	if (after != NULL && after->cp[0] == 0)
		set(after, ' ', after->style);
}

static void
put(struct canvas *c, int y, int x, uint32_t cp, int w, enum style style)
{
	struct cell *left, *right;

	split(c, y, x, w);
	left = cell_at(c, y, x);
	right = w == 2 ? cell_at(c, y, x + 1) : NULL;
	if (w == 2 && (left == NULL || right == NULL))
		cp = ' ';
	if (left != NULL)
		set(left, cp, style);
	if (right != NULL)
		set(right, left != NULL ? 0 : ' ', style);
}

static void
put_mark(struct canvas *c, int y, int x, uint32_t mark)
{
	struct cell *cell = cell_at(c, y, x);
	size_t i;

	if (cell == NULL)
		return;
	for (i = 1; i < MARKS; i++) {
		if (cell->cp[i] == 0) {
			cell->cp[i] = mark;
			return;
		}
	}
}

/* What is shown for a character, and its columns, which are those that
 * text_width() counts for it. */
static int
clean(uint32_t *cp)
{
	if (*cp == '\t' || *cp == '\n' || *cp == '\r') {
		*cp = ' ';
		return 1;
	}
	if (!cp_printable(*cp)) {
		*cp = cp_width(UTF8_BAD) == 1 ? UTF8_BAD : '?';
		return 1;
	}
	return cp_width(*cp);
}

/* Puts @len bytes that fit; returns the columns. */
static int
run(struct canvas *c, int y, int x, enum style style, const char *s, size_t len)
{
	int at = x, base = x - 1;
	size_t i = 0;

	while (i < len) {
		uint32_t cp;
		int w;

		i += utf8_decode(s + i, len - i, &cp);
		w = clean(&cp);
		if (w == 0) {
			/* A mark with nothing to stand on is left out. */
			if (base >= x)
				put_mark(c, y, base, cp);
			continue;
		}
		put(c, y, at, cp, w, style);
		base = at;
		at += w;
	}
	return at - x;
}

void
canvas_fill(struct canvas *c, struct rect r, enum style style)
{
	int y, x;

	for (y = r.y; y < r.y + r.h; y++) {
		if (y < 0 || y >= c->h)
			continue;
		split(c, y, r.x, r.w);
		for (x = r.x; x < r.x + r.w && x < c->w; x++) {
			if (x >= 0)
				set(cell_at(c, y, x), ' ', style);
		}
	}
}

void
canvas_restyle(struct canvas *c, struct rect r, enum style style)
{
	int y, x;

	for (y = r.y; y < r.y + r.h; y++) {
		for (x = r.x; x < r.x + r.w; x++) {
			struct cell *cell = cell_at(c, y, x);

			if (cell != NULL)
				cell->style = (uint8_t)style;
		}
	}
}

int
canvas_text(
    struct canvas *c, int y, int x, int w, enum style style, const char *s)
{
	int ellipsis = cp_width(ELLIPSIS), used;
	size_t len;

	if (w > c->w - x)
		w = c->w - x;
	if (w <= 0)
		return 0;
	len = text_fit(s, w, &used);
	if (s[len] == '\0')
		return run(c, y, x, style, s, len);
	if (w < ellipsis)
		return run(c, y, x, style, " ", 1);
	len = text_fit(s, w - ellipsis, &used);
	used = run(c, y, x, style, s, len);
	put(c, y, x + used, ELLIPSIS, ellipsis, style);
	return used + ellipsis;
}

/* Where the end of a name begins that is to be seen within @w columns: its last
 * words, if they take no more than half; else a third of the room. */
static size_t
name_end(const char *s, int w)
{
	size_t len = strlen(s), at = 0;

	for (; at < len && text_width(s + at) > w / 3;
	     at = text_next(s, len, at))
		if (at > 0 && s[at - 1] == ' ' && text_width(s + at) <= w / 2)
			break;
	return at;
}

int
canvas_ends(
    struct canvas *c, int y, int x, int w, enum style style, const char *s)
{
	int ellipsis = cp_width(ELLIPSIS), used;
	size_t len, tail;

	if (w > c->w - x)
		w = c->w - x;
	if (text_width(s) <= w || w < ENDS_MIN)
		return canvas_text(c, y, x, w, style, s);
	tail = name_end(s, w);
	len = text_fit(s, w - ellipsis - text_width(s + tail), &used);
	used = run(c, y, x, style, s, len);
	put(c, y, x + used, ELLIPSIS, ellipsis, style);
	used += ellipsis;
	return used + canvas_text(c, y, x + used, w - used, style, s + tail);
}

int
canvas_pad(
    struct canvas *c, int y, int x, int w, enum style style, const char *s)
{
	int used = canvas_text(c, y, x, w, style, s);

	if (used < w)
		canvas_fill(
		    c, (struct rect){ y, x + used, 1, w - used }, style);
	return w;
}

/* The columns that are free when the text is in. */
static int
spare(const struct canvas *c, int x, int w, const char *s)
{
	int need = text_width(s);

	if (w > c->w - x)
		w = c->w - x;
	return need < w ? w - need : 0;
}

int
canvas_right(
    struct canvas *c, int y, int x, int w, enum style style, const char *s)
{
	int skip = spare(c, x, w, s);

	return canvas_text(c, y, x + skip, w - skip, style, s);
}

int
canvas_center(
    struct canvas *c, int y, int x, int w, enum style style, const char *s)
{
	int skip = spare(c, x, w, s) / 2;

	return canvas_text(c, y, x + skip, w - skip, style, s);
}

void
canvas_rule(struct canvas *c, int y, int x, int w)
{
	uint32_t line = width_ambiguous == 2 ? '-' : 0x2500;
	int i;

	for (i = 0; i < w; i++)
		put(c, y, x + i, line, 1, STYLE_RULE);
}

void
canvas_box(struct canvas *c, struct rect r, const char *title)
{
	static const uint32_t thin[] = { 0x250c, 0x2510, 0x2514, 0x2518,
		0x2502 };
	static const uint32_t plain[] = { '+', '+', '+', '+', '|' };
	const uint32_t *b = width_ambiguous == 2 ? plain : thin;
	int bottom = r.y + r.h - 1, right = r.x + r.w - 1, y;

	canvas_fill(c, r, STYLE_TEXT);
	canvas_rule(c, r.y, r.x, r.w);
	canvas_rule(c, bottom, r.x, r.w);
	for (y = r.y + 1; y < bottom; y++) {
		put(c, y, r.x, b[4], 1, STYLE_RULE);
		put(c, y, right, b[4], 1, STYLE_RULE);
	}
	put(c, r.y, r.x, b[0], 1, STYLE_RULE);
	put(c, r.y, right, b[1], 1, STYLE_RULE);
	put(c, bottom, r.x, b[2], 1, STYLE_RULE);
	put(c, bottom, right, b[3], 1, STYLE_RULE);
	if (title != NULL && title[0] != '\0' && r.w > 6) {
		int used =
		    canvas_text(c, r.y, r.x + 3, r.w - 6, STYLE_STRONG, title);

		put(c, r.y, r.x + 2, ' ', 1, STYLE_RULE);
		put(c, r.y, r.x + 3 + used, ' ', 1, STYLE_RULE);
	}
}

void
canvas_cursor(struct canvas *c, int y, int x)
{
	c->cy = y;
	c->cx = x;
}

void
canvas_cursor_get(const struct canvas *c, int *y, int *x)
{
	bool in = c->cy >= 0 && c->cy < c->h && c->cx >= 0 && c->cx < c->w;

	*y = in ? c->cy : -1;
	*x = in ? c->cx : -1;
}

static void
add_cell(struct str *out, const struct cell *cell)
{
	size_t i;

	for (i = 0; i < MARKS && cell->cp[i] != 0; i++) {
		char buf[4];

		str_addn(out, buf, utf8_encode(cell->cp[i], buf));
	}
}

static void
trim(struct str *out, size_t start)
{
	size_t len = out->len;

	while (len > start && out->s[len - 1] == ' ')
		len--;
	str_cut(out, len);
}

static void
dump(const struct canvas *c, struct str *out)
{
	int y, x;

	for (y = 0; y < c->h; y++) {
		size_t start = out->len;

		for (x = 0; x < c->w; x++)
			add_cell(out, cell_at(c, y, x));
		trim(out, start);
		str_addc(out, '\n');
	}
}

char *
canvas_dump(const struct canvas *c)
{
	struct str out = STR_INIT;

	dump(c, &out);
	return str_take(&out);
}

char *
canvas_dump_styles(const struct canvas *c)
{
	struct str out = STR_INIT;
	int y, x;

	dump(c, &out);
	str_add(&out, "---\n");
	for (y = 0; y < c->h; y++) {
		for (x = 0; x < c->w; x++)
			str_addc(&out, style_letters[cell_at(c, y, x)->style]);
		str_addc(&out, '\n');
	}
	return str_take(&out);
}
