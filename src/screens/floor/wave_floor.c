/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

#define BAND_H     3
#define MARGIN     3
#define PLACES_MAX 50
#define TALL       24 /* no higher than this: the eye stays where it is */

void
floor_open(struct screen *sc, int (*take)(struct screen *sc, const char *code))
{
	struct floor *f = sc->state;

	line_init(&f->line, f->text, sizeof(f->text));
	f->take = take;
}

void
floor_close(struct screen *sc)
{
	struct floor *f = sc->state;

	if (f->take != NULL)
		line_done(&f->line);
}

/* Without the blanks around it; what was typed before it belongs to it. */
static int
taken(struct screen *sc, const char *text)
{
	struct floor *f = sc->state;
	char code[128];
	size_t n;

	text += strspn(text, " \t\r\n");
	snprintf(code, sizeof(code), "%s", text);
	for (n = strlen(code); n > 0 && strchr(" \t\r\n", code[n - 1]); n--)
		code[n - 1] = '\0';
	line_set(&f->line, "");
	return code[0] != '\0' ? f->take(sc, code) : 0;
}

int
floor_key(struct screen *sc, const struct key *k)
{
	struct floor *f = sc->state;
	char whole[256];
	int rc;

	if (k->code != KEY_SCAN)
		return f->shut ? 0 : line_key(&f->line, k);
	snprintf(whole, sizeof(whole), "%s%s", f->text, k->text);
	rc = taken(sc, whole);
	return rc < 0 ? rc : 1;
}

bool
floor_typing(struct screen *sc)
{
	const struct floor *f = sc->state;

	return !f->shut;
}

const char *
floor_times(const char *text, int64_t *qty)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '*' || end[1] == '\0' || n < 1)
		return text;
	*qty = n;
	return end + 1;
}

const char *
floor_place_name(struct screen *sc, char name[NAME_ROOM])
{
	int64_t id = floor_place(session_of(sc));
	const struct floor_place *p;
	struct page page;
	size_t i;

	name[0] = '\0';
	if (id == 0 || floor_places(session_of(sc), &page) < 0)
		return name;
	for (i = 0; i < page.n; i++) {
		p = page_row(&page, i);
		if (p->id == id)
			copy_text(name, NAME_ROOM, p->name);
	}
	page_free(&page);
	return name;
}

int
floor_ask(struct screen *sc, bool anew)
{
	const char *names[PLACES_MAX];
	const struct floor_place *p;
	struct session *s = session_of(sc);
	struct app *app = sc->app;
	struct page page;
	int at, now = 0, rc;
	size_t i;

	if (!anew && (floor_place(s) != 0 || app->place_asked))
		return 0;
	app->place_asked = true;
	if ((rc = floor_places(s, &page)) < 0)
		return rc;
	for (i = 0; i < page.n && i < PLACES_MAX; i++) {
		p = page_row(&page, i);
		names[i] = p->name;
		if (p->id == floor_place(s))
			now = (int)i;
	}
	if (page.n < 2) {
		if (anew)
			ui_say(sc->ui, "%s",
			    _("There is one warehouse: all work in it."));
	} else if ((at = ui_pick_amid(sc->ui,
			_("In which warehouse do you work?"), names, i, now)) >=
		   0) {
		p = page_row(&page, (size_t)at);
		rc = floor_choose(s, p->id);
		if (rc == 0)
			ui_say(sc->ui, _("You work in %s."), p->name);
	}
	page_free(&page);
	return rc;
}

int
cmd_floor_place(struct screen *sc)
{
	int rc = floor_ask(sc, true);

	return rc < 0 ? rc : sc->ops->refresh(sc);
}

int
cmd_floor_answer(struct screen *sc)
{
	struct floor *f = sc->state;
	char text[128];

	copy_text(text, sizeof(text), f->text);
	return taken(sc, text);
}

int
cmd_floor_leave(struct screen *sc)
{
	struct floor *f = sc->state;

	if (f->text[0] != '\0')
		line_set(&f->line, "");
	else
		ui_close(sc->ui);
	return 0;
}

static void PRINTF_LIKE(3, 0)
    say(struct floor *f, enum floor_band band, const char *fmt, va_list ap)
{
	format_text(f->said, sizeof(f->said), fmt, ap);
	f->band = band;
}

void
floor_good(struct screen *sc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(sc->state, FLOOR_GOOD, fmt, ap);
	va_end(ap);
}

void
floor_bad(struct screen *sc, int bell, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(sc->state, FLOOR_BAD, fmt, ap);
	va_end(ap);
	ui_bell(sc->ui, bell);
}

int
floor_failed(struct screen *sc)
{
	floor_bad(sc, 1, "%s", session_err(session_of(sc))->text);
	return 0;
}

static void
draw_band(const struct floor *f, struct canvas *c, struct rect r)
{
	enum style style =
	    f->band == FLOOR_GOOD ? STYLE_BAND_GOOD : STYLE_BAND_BAD;
	struct rect words = { r.y + 1, r.x + MARGIN, r.h - 1,
		r.w - 2 * MARGIN };

	if (f->band == FLOOR_QUIET)
		return;
	if (text_lines(f->said, words.w) > 1)
		words = (struct rect){ r.y, words.x, r.h, words.w };
	canvas_fill(c, r, style);
	canvas_wrap(c, words, style, f->said);
}

struct rect
floor_draw(struct screen *sc, struct canvas *c, struct rect r,
    const char *question, const char *right)
{
	struct floor *f = sc->state;
	int h = r.h < TALL ? r.h : TALL, right_w = text_width(right);
	int ask = r.y + h - 2, band = ask - BAND_H - 1;
	int x = r.x + MARGIN, end = r.x + r.w - MARGIN, w;

	draw_band(f, c, (struct rect){ band, r.x, BAND_H, r.w });
	x += canvas_text(c, ask, x, end - x, STYLE_STRONG, question) + 2;
	w = end - right_w - 2 - x;
	if (!f->shut)
		line_draw(&f->line, c, ask, x, w < 40 ? w : 40, true);
	canvas_right(c, ask, end - right_w, right_w, STYLE_DIM, right);
	return (struct rect){ r.y + 1, r.x + MARGIN, band - r.y - 2,
		r.w - 2 * MARGIN };
}

/* Faces of 3 by 5, a bit each, the top line first; '*' is drawn as "times". */
static const char faced[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./_* ";
static const unsigned short faces[] = { 075557, 026227, 071747, 071717, 055711,
	074717, 074757, 071111, 075757, 075717, 025755, 065656, 034443, 065556,
	074647, 074644, 034553, 055755, 072227, 011152, 055655, 044447, 057755,
	065555, 025552, 065644, 025573, 065655, 034216, 072222, 055557, 055552,
	055775, 055255, 055222, 071247, 000700, 000002, 011244, 000007, 005250,
	000000 };

static void
draw_face(struct canvas *c, int y, int x, int dot, enum style style, char ch)
{
	unsigned short face = faces[strchr(faced, ch) - faced];
	int row, bit;

	for (row = 0; row < FLOOR_BIG_H; row++)
		for (bit = 0; bit < 3; bit++)
			if (face >> ((4 - row) * 3 + 2 - bit) & 1)
				canvas_text(c, y + row, x + bit * dot, dot,
				    style, dot == 2 ? "██" : "█");
}

bool
floor_big_text(
    struct canvas *c, int y, int x, int w, enum style style, const char *text)
{
	char shown[64];
	size_t i, n = strlen(text);
	int dot, step;

	dot = n <= (size_t)(w + 2) / 8 ? 2 : 1;
	step = 4 * dot;
	if (n >= sizeof(shown) || n > (size_t)(w + dot) / (size_t)step)
		return false;
	for (i = 0; i < n; i++) {
		shown[i] = (char)toupper((unsigned char)text[i]);
		if (strchr(faced, shown[i]) == NULL)
			return false;
	}
	x += (w - (int)n * step + dot) / 2;
	for (i = 0; i < n; i++)
		draw_face(c, y, x + (int)i * step, dot, style, shown[i]);
	return true;
}

void
floor_big(
    struct canvas *c, int y, int x, int w, enum style style, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	floor_big_text(c, y, x, w, style, text);
}
