/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

#include "marks.h"
#include "ui_priv.h"
#include "wrap.h"

/* Questions and answers; picking is in pick.c, forms are in form.c. */

#define WIDE 60
#define MORE 8 /* columns of the mark, at least */

struct rect
dialog_box(struct canvas *c, struct rect r, int h, int w, const char *title)
{
	struct rect box;

	if (w > r.w - 4)
		w = r.w - 4;
	if (h > r.h - 2)
		h = r.h - 2;
	box.h = h + 2;
	box.w = w + 4;
	box.y = r.y + (r.h - box.h) / 3;
	box.x = r.x + (r.w - box.w) / 2;
	canvas_box(c, box, title);
	return (struct rect){ box.y + 1, box.x + 2, h, w };
}

int
dialog_top(int top, int sel, int shown, int n)
{
	if (top > n - shown)
		top = n - shown;
	if (top < 0)
		top = 0;
	if (sel < top)
		return sel;
	return sel >= top + shown ? sel - shown + 1 : top;
}

void
dialog_tell_full(struct ui *ui, const struct line *l)
{
	if (!l->full)
		return;
	ui_say(ui, "%s", _("There is no room for more here."));
	ui_bell(ui, 0);
}

static int
widest_line(const char *text, int max)
{
	int widest = 1;

	while (*text != '\0') {
		size_t skip, len = wrap_line(text, max, &skip);
		char *line = xstrndup(text, len);
		int w = text_width(line);

		free(line);
		if (w > widest)
			widest = w < max ? w : max;
		text += len + skip;
	}
	return widest;
}

/* Confirm */

static void
confirm_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	const char *text = d->state;
	int w = widest_line(text, WIDE), lines, x;
	const struct hint *h;
	struct rect in;

	for (x = 0, h = d->hints; h->key != NULL; h++)
		x += text_width(h->key) + text_width(h->label) + 4;
	if (w < x)
		w = x;
	lines = text_lines(text, w);
	in = dialog_box(c, r, lines + 4, w + 2, NULL);
	canvas_wrap(c, (struct rect){ in.y + 1, in.x + 1, in.h - 4, in.w - 2 },
	    STYLE_STRONG, text);
	x = in.x + 1;
	for (h = d->hints; h->key != NULL; h++) {
		int left = in.x + in.w - x;

		x += canvas_text(
			 c, in.y + in.h - 2, x, left, STYLE_KEY, h->key) +
		     1;
		left = in.x + in.w - x;
		x += canvas_text(
			 c, in.y + in.h - 2, x, left, STYLE_TEXT, h->label) +
		     3;
	}
}

static int
confirm_key(struct dialog *d, const struct key *k)
{
	if (k->code != KEY_ENTER_ && k->code != KEY_ESC_)
		return 0;
	dialog_end(d, k->code == KEY_ENTER_);
	return 1;
}

bool
ui_confirm(struct ui *ui, const char *verb, const char *fmt, ...)
{
	static const struct dialog_ops ops = { confirm_draw, confirm_key };
	const struct hint hints[] = { { "Enter", verb }, { "Esc", _("No") },
		{ NULL, NULL } };
	char text[1000];
	struct dialog d = { .ops = &ops, .state = text, .hints = hints };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return dialog_run(ui, &d, 0);
}

/* Text to read */

struct reading {
	const char *title, *text;
	int widest;
	const struct hint *scrolls, *fits;
	int top, lines, rows; /* as last drawn */
};

/* A line at the margin with an indented one beneath it. */
static bool
is_heading(const char *line, const char *beneath)
{
	return line[0] != ' ' && beneath[0] == ' ';
}

/* How far the rows that go on with a line are indented: to where its last
 * column begins, as that of the help page, or as the line is. */
static int
hanging(const char *s, int w)
{
	size_t n = strcspn(s, "\n"), i, at = strspn(s, " ");
	char *column;
	int indent;

	for (i = at; i + 1 < n; i++) {
		if (s[i] == ' ' && s[i - 1] == ' ' && s[i + 1] != ' ')
			at = i + 1;
	}
	column = xstrndup(s, at);
	indent = text_width(column);
	free(column);
	if (indent <= w / 2)
		return indent;
	indent = (int)strspn(s, " ");
	return indent <= w / 2 ? indent : 0;
}

/* The next row of a text, of which the last one has left *@indent. */
static size_t
text_row(const char *s, int w, int *indent, size_t *skip)
{
	size_t len = wrap_line(s, w - *indent, skip);

	if (*skip > 0)
		*indent = 0;
	else if (*indent == 0)
		*indent = hanging(s, w);
	return len;
}

static int
text_rows(const char *s, int w)
{
	int rows = 0, indent = 0;

	while (*s != '\0') {
		size_t skip, len = text_row(s, w, &indent, &skip);

		s += len + skip;
		rows++;
	}
	return rows;
}

static void
draw_rows(
    const struct reading *t, struct canvas *c, struct rect in, int rows, int w)
{
	const char *s = t->text;
	int indent = 0, i;

	for (i = 0; *s != '\0' && i < t->top + rows; i++) {
		int x = in.x + 1 + indent, room = w - indent;
		size_t skip, len = text_row(s, w, &indent, &skip), seen = len;
		char *line;

		while (seen > 0 && s[seen - 1] == ' ')
			seen--;
		line = xstrndup(s, seen);
		if (i >= t->top)
			canvas_text(c, in.y + i - t->top, x, room,
			    skip > 0 && is_heading(s, s + len + skip)
				? STYLE_STRONG
				: STYLE_TEXT,
			    line);
		free(line);
		s += len + skip;
	}
}

static void
draw_more(struct canvas *c, int y, struct rect in, bool above)
{
	int w = text_width(_("more")) + 2;

	if (w < MORE)
		w = MORE;
	mark_more(c, y, in.x + in.w - w, w, above);
}

static void
text_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct reading *t = d->state;
	int w = widest_line(t->text, t->widest < r.w - 6 ? t->widest : r.w - 6);
	struct rect in;

	if (w < text_width(t->title) + 2)
		w = text_width(t->title) + 2;
	if (w > r.w - 6)
		w = r.w - 6;
	t->lines = text_rows(t->text, w);
	in = dialog_box(c, r, t->lines, w + 2, t->title);
	t->rows = in.h;
	d->hints = t->lines > t->rows ? t->scrolls : t->fits;
	if (t->top > t->lines - t->rows)
		t->top = t->lines - t->rows;
	if (t->top < 0)
		t->top = 0;
	draw_rows(t, c, in, t->rows, w);
	if (t->top > 0)
		draw_more(c, in.y - 1, in, true);
	if (t->top + t->rows < t->lines)
		draw_more(c, in.y + in.h, in, false);
}

static int
text_key(struct dialog *d, const struct key *k)
{
	struct reading *t = d->state;

	switch (k->code) {
	case KEY_ENTER_:
	case KEY_ESC_:
	case 'q':
	case KEY_F0 + 1:
		dialog_end(d, 0);
		return 1;
	case KEY_UP_:
	case 'k':
		t->top--;
		return 1;
	case KEY_DOWN_:
	case 'j':
		t->top++;
		return 1;
	case KEY_PGUP:
		t->top -= t->rows - 1;
		return 1;
	case KEY_PGDN:
	case ' ':
		t->top += t->rows - 1;
		return 1;
	case KEY_HOME_:
	case 'g':
		t->top = 0;
		return 1;
	case KEY_END_:
	case 'G':
		t->top = t->lines;
		return 1;
	default:
		return 0;
	}
}

static void
read_text(struct ui *ui, const char *title, const char *text, int widest)
{
	static const struct dialog_ops ops = { text_draw, text_key };
	const struct hint scrolls[] = { { "Enter", _("Close") },
		{ "PgDn", _("Page") }, { NULL, NULL } };
	const struct hint fits[] = { { "Enter", _("Close") }, { NULL, NULL } };
	struct reading t = { .title = title != NULL ? title : "",
		.text = text,
		.widest = widest,
		.scrolls = scrolls,
		.fits = fits };
	struct dialog d = { .ops = &ops, .state = &t };

	dialog_run(ui, &d, 0);
}

void
ui_tell(struct ui *ui, const char *title, const char *text)
{
	read_text(ui, title, text, WIDE);
}

void
ui_text(struct ui *ui, const char *title, const char *text)
{
	read_text(ui, title, text, 200);
}

/* One line to type */

struct asking {
	struct ui *ui;
	const char *label;
	struct line line;
};

static void
ask_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct asking *a = d->state;
	int lines = text_lines(a->label, WIDE);
	struct rect in = dialog_box(c, r, lines + 2, WIDE, NULL);

	canvas_wrap(c, (struct rect){ in.y, in.x, lines, in.w }, STYLE_STRONG,
	    a->label);
	line_draw(&a->line, c, in.y + lines + 1, in.x, in.w, true);
}

static int
ask_key(struct dialog *d, const struct key *k)
{
	struct asking *a = d->state;

	bool done = k->code == KEY_ENTER_ || k->code == KEY_CTRL('s');

	if (done || k->code == KEY_ESC_) {
		dialog_end(d, done);
		return 1;
	}
	if (!line_key(&a->line, k))
		return 0;
	dialog_tell_full(a->ui, &a->line);
	return 1;
}

bool
ui_ask(struct ui *ui, const char *label, char *buf, size_t size)
{
	static const struct dialog_ops ops = { ask_draw, ask_key };
	const struct hint hints[] = { { "Enter", _("Done") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	struct asking a = { .ui = ui, .label = label };
	struct dialog d = { .ops = &ops, .state = &a, .hints = hints };
	char *text = xmalloc(size);
	bool yes;

	copy_text(text, size, buf);
	line_init(&a.line, text, size);
	yes = dialog_run(ui, &d, 0);
	if (yes)
		copy_text(buf, size, text);
	line_done(&a.line);
	free(text);
	return yes;
}
