/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#define ELLIPSIS "\xE2\x80\xA6"

/* What is not for people to see is left out; 0. What is only for typesetters
 * becomes what it looks like. */
static uint32_t
plain(uint32_t cp)
{
	switch (cp) {
	case '\n':
		return '\n';
	case '\t':
	case 0xA0:   /* no-break space */
	case 0x202F: /* a narrow one */
	case 0x2028: /* line and paragraph separators */
	case 0x2029:
		return ' ';
	case 0x2010: /* hyphens */
	case 0x2011:
		return '-';
	case 0xAD: /* soft hyphen */
		return 0;
	case UTF8_BAD:
		return UTF8_BAD;
	default:
		break;
	}
	if (cp >= 0x2000 && cp <= 0x200A)
		return ' ';
	if (cp >= 0xFE00 && cp <= 0xFE0F) /* variation selectors */
		return 0;
	return cp_printable(cp) ? cp : 0;
}

static void
note_missing(struct paper *p, uint32_t cp, const char *text)
{
	if (p->missing != 0)
		return;
	p->missing = cp;
	p->missing_in = xstrdup(text);
}

const char *
paper_clean(struct paper *p, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0, at, n;
	/* Nothing grows: what becomes □ had 2 bytes or more, or is no UTF-8. */
	char *out = arena_alloc(&p->arena, 3 * len + 1), *to = out;
	uint32_t cp;

	for (at = 0; at < len; at += n) {
		n = utf8_decode(text + at, len - at, &cp);
		cp = plain(cp);
		if (cp == 0)
			continue;
		if (cp != '\n' && !fonts_have(cp)) {
			note_missing(p, cp, text);
			memcpy(to, LEFT_OUT, 3);
			to += 3;
		} else {
			to += utf8_encode(cp, to);
		}
	}
	while (to > out && (to[-1] == '\n' || to[-1] == ' '))
		to--;
	*to = '\0';
	return out;
}

uint32_t
paper_lacks(const char *text)
{
	size_t len = strlen(text), at, n;
	struct err err;
	uint32_t cp;

	if (fonts_open(&err) < 0)
		return 0; /* paper_open() will say so */
	for (at = 0; at < len; at += n) {
		n = utf8_decode(text + at, len - at, &cp);
		cp = plain(cp);
		if (cp != 0 && cp != '\n' && !fonts_have(cp))
			return cp;
	}
	return 0;
}

double
paper_measure(const struct type *t, const char *s, size_t len)
{
	double w = 0;
	uint32_t cp;
	size_t n;

	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &cp);
		w += fonts_advance(cp, t->bold);
	}
	return w * t->size;
}

static bool
in_set(uint32_t cp, const uint32_t *set)
{
	while (*set != 0)
		if (*set++ == cp)
			return true;
	return false;
}

/* Chinese breaks anywhere, Latin words and numbers only between them. */
static bool
is_word(uint32_t cp)
{
	return cp > ' ' && cp < 0x2E80 && !(cp >= 0x2010 && cp <= 0x206F);
}

/* May a line end between these two? */
static bool
may_break(uint32_t before, uint32_t after)
{
	/* Not at the beginning of a line, and not at its end. */
	static const uint32_t closing[] = { ',', '.', ':', ';', '!', '?', ')',
		']', '}', '%', 0x2026, 0x2014, 0x201D, 0x2019, 0x3001, 0x3002,
		0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF01, 0xFF05,
		0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D,
		0xB7, 0x2103, 0 };
	static const uint32_t opening[] = { '(', '[', '{', 0x2018, 0x201C,
		0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0xFF3B,
		0xFF5B, 0xA5, 0xFFE5, '$', '#', 0 };

	if (after == ' ')
		return false; /* blanks hang at the end of the line */
	if (before == ' ')
		return true;
	if (in_set(after, closing) || in_set(before, opening))
		return false;
	return !is_word(before) || !is_word(after);
}

static void
add_line(struct lines *lines, const char *s, size_t len, double w)
{
	if (lines->n == lines->cap) {
		lines->cap = lines->cap * 2 + 64;
		lines->v =
		    xreallocarray(lines->v, lines->cap, sizeof(*lines->v));
	}
	lines->v[lines->n++] = (struct line){ s, len, w };
}

static size_t
no_blanks(const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == ' ')
		len--;
	return len;
}

/* The bytes of the next line, of at most @width: at least one character. */
static size_t
one_line(const struct type *t, const char *s, size_t len, double width)
{
	double most = width / t->size + 1e-6, w = 0;
	size_t at, n, fits = 0;
	uint32_t cp, before = 0;

	for (at = 0; at < len; at += n) {
		n = utf8_decode(s + at, len - at, &cp);
		if (at > 0 && may_break(before, cp))
			fits = at;
		w += fonts_advance(cp, t->bold);
		if (w > most && at > 0 && cp != ' ')
			return fits > 0 ? fits : at;
		before = cp;
	}
	return len;
}

size_t
paper_wrap(struct paper *p, const struct type *t, const char *s, double width)
{
	size_t had = p->lines.n, rest, n, shown;
	const char *end;

	for (;; s = end + 1) {
		end = strchrnul(s, '\n');
		rest = (size_t)(end - s);
		do {
			n = one_line(t, s, rest, width);
			shown = no_blanks(s, n);
			add_line(
			    &p->lines, s, shown, paper_measure(t, s, shown));
			s += n;
			rest -= n;
		} while (rest > 0);
		if (*end == '\0')
			return p->lines.n - had;
	}
}

bool
paper_cut_line(struct paper *p, const struct type *t, const char *s, size_t len,
    double width, struct line *out)
{
	double room = width - paper_measure(t, ELLIPSIS, 3) + 1e-6, w = 0, one;
	size_t at = 0, n;
	uint32_t cp;
	char *cut;

	*out = (struct line){ s, len, paper_measure(t, s, len) };
	if (out->w <= width + 1e-6 && memchr(s, '\n', len) == NULL)
		return false;
	for (; at < len && s[at] != '\n'; at += n) {
		n = utf8_decode(s + at, len - at, &cp);
		one = fonts_advance(cp, t->bold) * t->size;
		if (w + one > room)
			break;
		w += one;
	}
	at = no_blanks(s, at);
	cut = arena_alloc(&p->arena, at + 4);
	memcpy(cut, s, at);
	memcpy(cut + at, ELLIPSIS, 4);
	*out = (struct line){ cut, at + 3, paper_measure(t, cut, at + 3) };
	return true;
}
