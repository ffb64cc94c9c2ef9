/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"

#include "marks.h"
#include "note.h"
#include "wrap.h"

/* A row as it is seen: a part of the text. */
struct row {
	size_t from, to; /* what is shown of it; blanks at its end, too */
	size_t next;     /* where the next row begins */
	bool last;
};

void
note_init(struct note *n, struct line *line)
{
	char *from, *to;

	line->lines = true;
	*n = (struct note){ .line = line, .w = 2, .h = 1, .goal = -1 };
	for (from = to = line->buf; *from != '\0'; from++) {
		if (*from != '\r')
			*to++ = *from;
	}
	*to = '\0';
	line->len = line->at = (size_t)(to - line->buf);
}

/* One column is left for the cursor behind the last character. */
static struct row
row_from(const struct note *n, size_t from)
{
	const struct line *l = n->line;
	size_t skip, len = wrap_line(l->buf + from, n->w - 1, &skip);
	struct row r = { from, from + len, from + len + skip, false };

	/* Behind a line feed at the end there is an empty row. */
	r.last = r.next == l->len && skip == 0;
	return r;
}

static struct row
row_nth(const struct note *n, int i)
{
	struct row r = row_from(n, 0);

	while (i-- > 0 && !r.last)
		r = row_from(n, r.next);
	return r;
}

static int
row_of_cursor(const struct note *n, struct row *out)
{
	struct row r = row_from(n, 0);
	int i;

	for (i = 0; !r.last && n->line->at >= r.next; i++)
		r = row_from(n, r.next);
	*out = r;
	return i;
}

static int
columns(const struct note *n, size_t from, size_t to)
{
	int w = 0;

	while (from < to) {
		uint32_t cp;

		from += utf8_decode(n->line->buf + from, to - from, &cp);
		w += cp_width(cp);
	}
	return w;
}

/* The last place of the cursor that is seen in this row. */
static size_t
row_end(const struct note *n, const struct row *r)
{
	if (r->to == r->next && !r->last && r->to > r->from)
		return text_prev(n->line->buf, n->line->len, r->to);
	return r->to;
}

/* To the column that it came from, or as near as the row goes. */
static void
go_to_row(struct note *n, int i)
{
	struct row r = row_nth(n, i);
	size_t at = r.from, end = row_end(n, &r);

	while (at < end) {
		size_t next = text_next(n->line->buf, n->line->len, at);

		if (next > end || columns(n, r.from, next) > n->goal)
			break;
		at = next;
	}
	n->line->at = at;
	n->line->run = 0;
}

static int
move(struct note *n, int by)
{
	struct row r;
	int i = row_of_cursor(n, &r);

	if ((by < 0 && i == 0) || (by > 0 && r.last))
		return 0;
	if (n->goal < 0)
		n->goal = columns(n, r.from, n->line->at);
	go_to_row(n, i + by > 0 ? i + by : 0);
	return 1;
}

static int
edge(struct note *n, bool end)
{
	struct row r;

	row_of_cursor(n, &r);
	n->line->at = end ? row_end(n, &r) : r.from;
	n->line->run = 0;
	return 1;
}

int
note_key(struct note *n, const struct key *k)
{
	const struct key enter = { .code = KEY_ENTER_ };

	switch (k->code) {
	case KEY_UP_:
		return move(n, -1);
	case KEY_DOWN_:
		return move(n, 1);
	case KEY_PGUP:
		return move(n, -n->h) || 1;
	case KEY_PGDN:
		return move(n, n->h) || 1;
	default:
		break;
	}
	n->goal = -1;
	if (k->code == KEY_HOME_ || k->code == KEY_END_)
		return edge(n, k->code == KEY_END_);
	if (!line_key(n->line, k))
		return 0;
	/* What came as fast as a scanner had an Enter behind it. */
	if (k->code == KEY_SCAN)
		line_key(n->line, &enter);
	return 1;
}

static void
scroll(struct note *n, int rows, int at)
{
	if (n->top > rows - n->h)
		n->top = rows - n->h;
	if (at < n->top)
		n->top = at;
	if (at >= n->top + n->h)
		n->top = at - n->h + 1;
	if (n->top < 0)
		n->top = 0;
}

static void
draw_row(
    const struct note *n, const struct row *r, struct canvas *c, int y, int x)
{
	char *text = xstrndup(n->line->buf + r->from, r->to - r->from);
	int used;

	/* Blanks beyond the edge are not worth an ellipsis. */
	text[text_fit(text, n->w, &used)] = '\0';
	canvas_pad(c, y, x, n->w, STYLE_FIELD, text);
	free(text);
}

void
note_draw(struct note *n, struct canvas *c, struct rect r, struct rect clip,
    bool focus)
{
	struct row row;
	int at, rows, i, x;

	n->w = r.w > 3 ? r.w : 3;
	n->h = r.h > 1 ? r.h : 1;
	at = row_of_cursor(n, &row);
	x = columns(n, row.from, n->line->at);
	for (rows = at + 1; !row.last; rows++)
		row = row_from(n, row.next);
	scroll(n, rows, at);
	row = row_nth(n, n->top);
	for (i = 0; i < n->h; i++) {
		int y = r.y + i;

		if (y < clip.y || y >= clip.y + clip.h)
			continue;
		if (n->top + i < rows)
			draw_row(n, &row, c, y, r.x);
		else
			canvas_pad(c, y, r.x, n->w, STYLE_FIELD, "");
		if ((i == 0 && n->top > 0) ||
		    (i == n->h - 1 && n->top + n->h < rows))
			canvas_text(
			    c, y, r.x + n->w, 1, STYLE_DIM, mark_arrow(i == 0));
		row = row_from(n, row.next);
	}
	if (focus)
		canvas_cursor(
		    c, r.y + at - n->top, r.x + (x < n->w ? x : n->w - 1));
}
