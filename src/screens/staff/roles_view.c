/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "roles.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

/* The matrix on the screen: the heads of rows and columns stay in view. */

#define ROWS  (PERM_MAX - 1)
#define COL_W 12
#define HEAD  3 /* lines of a role's title */
#define TOP   (1 + HEAD + 1 + 1)

enum perm
matrix_perm(int row)
{
	return (enum perm)(row + 1);
}

static int
within(int at, int n)
{
	return at < 0 || n == 0 ? 0 : at < n ? at : n - 1;
}

int
matrix_move(struct matrix *m, int down, int right)
{
	m->row = within(m->row + down, ROWS);
	m->col = within(m->col + right, (int)m->n);
	return 1;
}

static void
scroll(int *top, int at, int room, int n)
{
	if (*top > n - room)
		*top = n - room > 0 ? n - room : 0;
	if (at < *top)
		*top = at;
	if (at >= *top + room)
		*top = at - room + 1;
}

static int
names_w(int w)
{
	int widest = 0, i;

	for (i = 0; i < ROWS; i++)
		if (text_width(perm_text(matrix_perm(i))) > widest)
			widest = text_width(perm_text(matrix_perm(i)));
	return widest + 2 < w * 2 / 5 ? widest + 2 : w * 2 / 5;
}

/* How much there is beyond the edges, and what is not saved. */
static void
draw_edges(const struct matrix *m, struct canvas *c, struct rect r)
{
	int right = (int)m->n - m->left - m->cols;
	size_t changes = matrix_changes(m);
	char text[160];

	if (changes > 0) {
		snprintf(text, sizeof(text),
		    ngettext("* %d change is not saved",
			"* %d changes are not saved", changes),
		    (int)changes);
		canvas_text(c, r.y, r.x, r.w, STYLE_WARN, text);
	}
	if (m->left == 0 && right <= 0)
		return;
	snprintf(text, sizeof(text), _("roles: < %d   %d >"), m->left,
	    right > 0 ? right : 0);
	canvas_right(c, r.y, r.x, r.w, STYLE_DIM, text);
}

/* A long word may be parted behind its hyphen. */
static char *
parted(char *buf, size_t size, const char *title)
{
	size_t n = 0;

	for (; *title != '\0' && n + 2 < size; title++) {
		buf[n++] = *title;
		if (*title == '-')
			buf[n++] = ' ';
	}
	buf[n] = '\0';
	return buf;
}

static void
draw_head(const struct matrix *m, int col, struct canvas *c, int y, int x)
{
	const struct matrix_role *role = &m->role[col];
	enum style style = col == m->col ? STYLE_ACCENT : STYLE_LABEL;
	char text[32], title[2 * sizeof(role->title)];
	int lines;

	parted(title, sizeof(title), role->title);
	lines = text_lines(title, COL_W - 2);
	if (lines > HEAD)
		lines = HEAD;
	canvas_wrap(c, (struct rect){ y + HEAD - lines, x, lines, COL_W - 2 },
	    style, title);
	snprintf(text, sizeof(text),
	    ngettext("%" PRId64 " person", "%" PRId64 " people",
		(unsigned long)role->staff_n),
	    role->staff_n);
	canvas_text(c, y + HEAD, x, COL_W - 2, STYLE_DIM, text);
}

static void
draw_cell(
    const struct matrix *m, int row, int col, struct canvas *c, int y, int x)
{
	const struct matrix_role *role = &m->role[col];
	uint64_t bit = UINT64_C(1) << matrix_perm(row);
	bool changed = ((role->was ^ role->is) & bit) != 0;
	enum style style = changed ? STYLE_WARN : STYLE_TEXT;
	const char *no = width_ambiguous == 2 ? "." : "·";
	char text[16];

	if (row == m->row && col == m->col)
		style = STYLE_SELECTED;
	else if (!(role->is & bit) && !changed)
		style = STYLE_DIM;
	snprintf(text, sizeof(text), "  %s%s", role->is & bit ? "✓" : no,
	    changed ? " *" : "");
	canvas_pad(c, y, x, COL_W - 2, style, text);
}

static void
draw_row(const struct matrix *m, int row, struct canvas *c, struct rect r,
    int y, int w)
{
	int i;

	canvas_text(c, y, r.x, w - 1, row == m->row ? STYLE_ACCENT : STYLE_TEXT,
	    perm_text(matrix_perm(row)));
	for (i = 0; i < m->cols && m->left + i < (int)m->n; i++)
		draw_cell(m, row, m->left + i, c, y, r.x + w + i * COL_W);
}

void
matrix_draw(struct matrix *m, struct canvas *c, struct rect r)
{
	struct rect in = { r.y, r.x + 1, r.h, r.w - 2 };
	int w = names_w(in.w), i;
	char text[64];

	matrix_move(m, 0, 0);
	m->rows = in.h - TOP > 1 ? in.h - TOP : 1;
	m->cols = (in.w - w) / COL_W > 1 ? (in.w - w) / COL_W : 1;
	scroll(&m->top, m->row, m->rows, ROWS);
	scroll(&m->left, m->col, m->cols, (int)m->n);
	draw_edges(m, c, in);
	snprintf(text, sizeof(text), "%d / %d", m->row + 1, (int)ROWS);
	canvas_text(c, in.y + HEAD, in.x, w - 1, STYLE_LABEL, _("May do"));
	canvas_text(c, in.y + HEAD + 1, in.x, w - 1, STYLE_DIM, text);
	for (i = 0; i < m->cols && m->left + i < (int)m->n; i++)
		draw_head(m, m->left + i, c, in.y + 1, in.x + w + i * COL_W);
	canvas_rule(c, in.y + TOP - 1, in.x, in.w);
	for (i = 0; i < m->rows && m->top + i < ROWS; i++)
		draw_row(m, m->top + i, c, in, in.y + TOP + i, w);
}
