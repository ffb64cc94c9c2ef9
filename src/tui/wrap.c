/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"

#include "wrap.h"

/* Text over several lines. */

/* Never first on a line: closing marks, as Chinese setting has it. */
static bool
clings(uint32_t cp)
{
	static const char closing[] = "，。、；：？！）】》」』”’…·,.;:?!)]}";
	size_t i = 0;

	while (i < sizeof(closing) - 1) {
		uint32_t c;

		i += utf8_decode(closing + i, sizeof(closing) - 1 - i, &c);
		if (c == cp)
			return true;
	}
	return false;
}

/* May a line end between these two? */
static bool
breaks(uint32_t before, uint32_t after)
{
	if (before == ' ')
		return true;
	if (clings(after))
		return false;
	return cp_width(before) == 2 || cp_width(after) == 2;
}

size_t
wrap_line(const char *s, int w, size_t *skip)
{
	size_t n = strcspn(s, "\n"), at = 0, good = 0;
	uint32_t before = 0, cp;
	int used = 0;

	*skip = s[n] == '\n' ? 1 : 0;
	while (at < n) {
		size_t next = text_next(s, n, at);

		utf8_decode(s + at, n - at, &cp);
		if (at > 0 && cp != ' ' && breaks(before, cp))
			good = at;
		used += cp_printable(cp) ? cp_width(cp) : 1;
		if (used > w && cp != ' ')
			break;
		before = cp;
		at = next;
	}
	if (at == n)
		return n;
	*skip = 0;
	if (good > 0)
		return good;
	/* One long word; always take something. */
	return at > 0 ? at : text_next(s, n, 0);
}

int
text_lines(const char *s, int w)
{
	int lines = 0;

	if (w < 1)
		w = 1;
	while (*s != '\0') {
		size_t skip, len = wrap_line(s, w, &skip);

		s += len + skip;
		lines++;
	}
	return lines;
}

int
canvas_wrap(struct canvas *c, struct rect r, enum style style, const char *s)
{
	return canvas_wrap_from(c, r, 0, 0, style, s);
}

int
canvas_wrap_from(struct canvas *c, struct rect r, int skip, int hang,
    enum style style, const char *s)
{
	int y = 0, first = skip > 0 ? -1 : 0;

	r.w -= hang;
	if (r.w < 1)
		return 0;
	for (; *s != '\0' && skip > 0; skip--) {
		size_t unseen, len = wrap_line(s, r.w, &unseen);

		s += len + unseen;
	}
	while (*s != '\0' && y < r.h) {
		size_t over, len = wrap_line(s, r.w, &over);
		size_t shown = len;
		char *line;

		while (shown > 0 && s[shown - 1] == ' ')
			shown--;
		/* The last line there is room for carries the rest, cut. */
		if (y == r.h - 1 && s[len + over] != '\0')
			line = xstrdup(s);
		else
			line = xstrndup(s, shown);
		canvas_text(c, r.y + y, y == first ? r.x : r.x + hang, r.w,
		    style, line);
		free(line);
		s += len + over;
		y++;
	}
	return y;
}
