/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

enum { RUN_NONE, RUN_TYPE, RUN_ERASE, RUN_OTHER };

#define DOT      0x2022u
#define UNDO_MAX 200

struct line_state {
	struct line_state *older;
	size_t at;
	char text[];
};

/* Invalid bytes go; whatever else came from the database stays. */
static void
repair(struct line *l)
{
	size_t from = 0, to = 0;

	while (from < l->len) {
		uint32_t cp;
		size_t n = utf8_decode(l->buf + from, l->len - from, &cp);
		bool bad = n == 1 && (unsigned char)l->buf[from] >= 0x80;

		if (!bad) {
			memmove(l->buf + to, l->buf + from, n);
			to += n;
		}
		from += n;
	}
	l->len = to;
	l->buf[to] = '\0';
}

void
line_init(struct line *l, char *buf, size_t size)
{
	*l = (struct line){ .buf = buf, .size = size };
	l->len = strnlen(buf, size - 1);
	buf[l->len] = '\0';
	repair(l);
	l->at = l->len;
}

/* A secret leaves no copies. */
static void
forget(const struct line *l, struct line_state **list)
{
	while (*list != NULL) {
		struct line_state *state = *list;

		*list = state->older;
		if (l->secret)
			explicit_bzero(state->text, strlen(state->text));
		free(state);
	}
}

void
line_done(struct line *l)
{
	forget(l, &l->undo);
	forget(l, &l->redo);
}

static void
keep(const struct line *l, struct line_state **list)
{
	struct line_state *state = xmalloc(sizeof(*state) + l->len + 1);
	struct line_state **last = list;
	int n;

	state->older = *list;
	state->at = l->at;
	memcpy(state->text, l->buf, l->len + 1);
	*list = state;
	for (n = 0; n < UNDO_MAX && *last != NULL; n++)
		last = &(*last)->older;
	forget(l, last);
}

/* Before a change; changes of one kind in a row are undone together. */
static void
remember(struct line *l, int run)
{
	if (run == l->run && run != RUN_OTHER)
		return;
	l->run = run;
	keep(l, &l->undo);
	forget(l, &l->redo);
}

void
line_set(struct line *l, const char *text)
{
	remember(l, RUN_OTHER);
	copy_text(l->buf, l->size, text);
	l->len = strlen(l->buf);
	repair(l);
	l->at = l->len;
	l->left = 0;
}

/* Back to what was before, or from there again. */
static void
bring_back(struct line *l, struct line_state **from, struct line_state **to)
{
	struct line_state *state;
	size_t left = 0;

	/* Keys that changed nothing are not worth a step. */
	while (*from != NULL && strcmp((*from)->text, l->buf) == 0) {
		state = *from;
		*from = state->older;
		state->older = NULL;
		forget(l, &state);
	}
	state = *from;
	if (state == NULL)
		return;
	keep(l, to);
	*from = state->older;
	state->older = NULL;
	l->run = RUN_NONE;
	copy_text(l->buf, l->size, state->text);
	l->len = strlen(l->buf);
	l->at = state->at <= l->len ? state->at : l->len;
	while (left < l->left && left < l->at)
		left = text_next(l->buf, l->len, left);
	l->left = left;
	forget(l, &state);
}

static void
cut(struct line *l, size_t from, size_t to, int run)
{
	if (from >= to)
		return;
	remember(l, run);
	memmove(l->buf + from, l->buf + to, l->len - to + 1);
	l->len -= to - from;
	l->at = from;
}

/* One character at the cursor, if there is room and it may be there. */
static bool
insert(struct line *l, uint32_t cp)
{
	char bytes[4];
	size_t n;

	bool feed = cp == '\n' && l->lines;

	if (!feed && (!cp_printable(cp) || cp == UTF8_BAD))
		return false;
	if (cp_width(cp) == 0 && (l->at == 0 || l->buf[l->at - 1] == '\n'))
		return false; /* a mark with nothing to stand on */
	n = utf8_encode(cp, bytes);
	l->full = l->len + n >= l->size;
	if (l->full)
		return false;
	memmove(l->buf + l->at + n, l->buf + l->at, l->len - l->at + 1);
	memcpy(l->buf + l->at, bytes, n);
	l->len += n;
	l->at += n;
	return true;
}

/* A tab is a blank, and where there is one line, so is a line's end. */
static uint32_t
pasted(const struct line *l, uint32_t cp)
{
	if (cp == '\r')
		cp = '\n';
	return cp == '\t' || (cp == '\n' && !l->lines) ? ' ' : cp;
}

/* What is white at the ends of a paste came with it by chance. */
static void
paste(struct line *l, const char *text)
{
	size_t i = strspn(text, "\r\n\t"), len = strlen(text);

	while (len > i && strchr("\r\n\t", text[len - 1]) != NULL)
		len--;
	remember(l, RUN_OTHER);
	while (i < len) {
		uint32_t cp;

		if (text[i] == '\r' && text[i + 1] == '\n')
			i++;
		i += utf8_decode(text + i, len - i, &cp);
		cp = pasted(l, cp);
		/* Stop where it is full, rather than leave holes. */
		if ((cp == '\n' || (cp_printable(cp) && cp != UTF8_BAD)) &&
		    !insert(l, cp) && cp_width(cp) > 0)
			break;
	}
}

static size_t
word_start(const struct line *l)
{
	size_t at = l->at;

	while (at > 0 && l->buf[at - 1] == ' ')
		at--;
	while (at > 0 && l->buf[at - 1] != ' ' && l->buf[at - 1] != '\n')
		at = text_prev(l->buf, l->len, at);
	return at < l->at || at == 0 ? at : at - 1;
}

/* Of the line that the cursor is on; where there is one, of all. */
static size_t
start(const struct line *l)
{
	size_t at = l->at;

	while (at > 0 && !(l->lines && l->buf[at - 1] == '\n'))
		at--;
	return at;
}

static size_t
end(const struct line *l)
{
	return l->lines ? l->at + strcspn(l->buf + l->at, "\n") : l->len;
}

static size_t
next(const struct line *l)
{
	return l->at < l->len ? text_next(l->buf, l->len, l->at) : l->len;
}

static size_t
prev(const struct line *l)
{
	return l->at > 0 ? text_prev(l->buf, l->len, l->at) : 0;
}

static int
go(struct line *l, size_t at)
{
	l->at = at;
	l->run = RUN_NONE;
	return 1;
}

static int
edit_key(struct line *l, uint32_t code)
{
	switch (code) {
	case KEY_BACK:
		cut(l, prev(l), l->at, RUN_ERASE);
		return 1;
	case KEY_DEL:
	case KEY_CTRL('d'):
		cut(l, l->at, next(l), RUN_ERASE);
		return 1;
	case KEY_CTRL('k'):
		cut(l, l->at, end(l) > l->at ? end(l) : next(l), RUN_OTHER);
		return 1;
	case KEY_CTRL('u'):
		cut(l, start(l), l->at, RUN_OTHER);
		return 1;
	case KEY_CTRL('w'):
		cut(l, word_start(l), l->at, RUN_OTHER);
		return 1;
	case KEY_CTRL('z'):
		bring_back(l, &l->undo, &l->redo);
		return 1;
	case KEY_CTRL('y'):
		bring_back(l, &l->redo, &l->undo);
		return 1;
	default:
		return 0;
	}
}

/* A new word of a note is a new thing to undo. */
static int
type(struct line *l, uint32_t cp)
{
	if (l->lines && (cp == '\n' || cp == ' '))
		l->run = RUN_NONE;
	remember(l, RUN_TYPE);
	insert(l, cp);
	return 1;
}

int
line_key(struct line *l, const struct key *k)
{
	l->full = false;
	switch (k->code) {
	case KEY_LEFT_:
	case KEY_CTRL('b'):
		return go(l, prev(l));
	case KEY_RIGHT_:
		return go(l, next(l));
	case KEY_HOME_:
	case KEY_CTRL('a'):
		return go(l, start(l));
	case KEY_END_:
	case KEY_CTRL('e'):
		return go(l, end(l));
	case KEY_PASTE:
	case KEY_SCAN:
		paste(l, k->text != NULL ? k->text : "");
		return 1;
	default:
		break;
	}
	if (k->code == KEY_ENTER_ && l->lines)
		return type(l, '\n');
	if (k->code >= KEY_BASE || k->code < ' ')
		return edit_key(l, k->code);
	return type(l, k->code);
}

/* Columns of a part of the line as it is shown. */
static int
columns(const struct line *l, size_t from, size_t to)
{
	int w = 0;

	while (from < to) {
		uint32_t cp;

		if (l->secret) {
			from = text_next(l->buf, l->len, from);
			w++;
		} else {
			from += utf8_decode(l->buf + from, to - from, &cp);
			w += cp_width(cp);
		}
	}
	return w;
}

/* Scroll so that the cursor and the whole character under it are in sight,
 * and no room is wasted at the end. */
static void
scroll(struct line *l, int w)
{
	size_t after = next(l);
	int under = after > l->at ? columns(l, l->at, after) : 1;

	if (l->left > l->len)
		l->left = l->len;
	if (under < 1)
		under = 1;
	if (l->at < l->left)
		l->left = l->at;
	while (l->left < l->at && columns(l, l->left, l->at) + under > w)
		l->left = text_next(l->buf, l->len, l->left);
	while (l->left > 0) {
		size_t more = text_prev(l->buf, l->len, l->left);

		if (columns(l, more, l->len) + 1 > w)
			break;
		l->left = more;
	}
}

static char *
dots(const struct line *l, size_t from, size_t to)
{
	char *out = xmalloc((to - from) * 4 + 1), *p = out;

	while (from < to) {
		p += utf8_encode(width_ambiguous == 2 ? '*' : DOT, p);
		from = text_next(l->buf, l->len, from);
	}
	*p = '\0';
	return out;
}

void
line_draw(struct line *l, struct canvas *c, int y, int x, int w, bool focus)
{
	size_t end;
	char *text;

	if (w <= 0)
		return;
	scroll(l, w);
	/* Whole characters only, so that nothing is cut with an ellipsis. */
	end = l->left;
	while (end < l->len) {
		size_t n = text_next(l->buf, l->len, end);

		if (columns(l, l->left, n) > w)
			break;
		end = n;
	}
	text = l->secret ? dots(l, l->left, end)
			 : xstrndup(l->buf + l->left, end - l->left);
	canvas_pad(c, y, x, w, STYLE_FIELD, text);
	free(text);
	if (focus)
		canvas_cursor(c, y, x + columns(l, l->left, l->at));
}
