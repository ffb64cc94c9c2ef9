/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#include "ui_priv.h"

/* What is the same on every screen: title, rule, message and help line. */

#define TOP          2 /* title and rule */
#define MESSAGE_ROWS 3 /* at most */
#define HINTS        40
#define BAR          20
#define BAR_LEAST    6

void
frame_clock(char *buf, size_t size)
{
	static const char *const days[] = { N_("Thu"), N_("Fri"), N_("Sat"),
		N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed") };
	int64_t now = time_now(), day = time_day(now);
	char full[TIME_SIZE];

	time_full(now, full);
	snprintf(buf, size, "%s %.5s", _(days[(day % 7 + 7) % 7]),
	    strlen(full) > 11 ? full + 11 : "");
}

static const char *
ask_host(const struct ui *ui, const char *(*ask)(void *app))
{
	const char *text = ask != NULL ? ask(ui->host.app) : NULL;

	return text != NULL ? text : "";
}

/* Shop, who and when, from the right; what finds no room is left out, the shop
 * first. Returns the first column used. */
static int
draw_right(struct ui *ui, struct canvas *c, int from)
{
	const char *part[3] = { ui->clock, ask_host(ui, ui->host.who),
		ask_host(ui, ui->host.shop) };
	int x = canvas_w(c) - 1, used = x, i;

	for (i = 0; i < 3; i++) {
		int w = text_width(part[i]);

		if (w == 0)
			continue;
		if (x - w < from)
			break;
		used = x - w;
		canvas_text(
		    c, 0, used, w, i == 0 ? STYLE_TITLE : STYLE_LABEL, part[i]);
		x = used - 3;
	}
	return used;
}

/* The program's own name is the first to go, where that makes room for who is
 * at work, or for all of what the screen is about. */
static int
draw_name(struct ui *ui, struct canvas *c, const char *title, const char *sub)
{
	static const char name[] = "shopmgr";
	int lead = text_width(name) + 2, room = canvas_w(c) - 1;
	int what = text_width(title) + 2 + text_width(sub) + 2 +
		   text_width(ui->clock) + 1;
	int all = what + text_width(ask_host(ui, ui->host.who)) + 3;

	if (sub[0] != '\0' && all + lead > room &&
	    (all <= room || what + lead > room))
		return 1;
	return 1 + canvas_text(c, 0, 1, room, STYLE_DIM, name) + 2;
}

static void
draw_title(struct ui *ui)
{
	struct canvas *c = ui->canvas;
	struct screen *sc = ui->locked ? NULL : ui_top(ui);
	const char *title = sc != NULL ? _(sc->ops->title) : "";
	const char *sub = NULL;
	int x, w = canvas_w(c), right;

	canvas_rule(c, 1, 0, w);
	if (ui->locked)
		title = _("Locked");
	if (sc != NULL && sc->ops->subtitle != NULL)
		sub = sc->ops->subtitle(sc);
	if (sub == NULL)
		sub = "";
	x = draw_name(ui, c, title, sub);
	if (title[0] != '\0')
		x += canvas_text(c, 0, x, w - x, STYLE_TITLE, title) + 2;
	right = draw_right(ui, c, x + text_width(sub) + 1);
	canvas_text(c, 0, x, right - 1 - x, STYLE_STRONG, sub);
}

static int
put_hint(struct canvas *c, int y, int x, const char *key, const char *label,
    bool grey)
{
	int w = canvas_w(c);

	x += canvas_text(c, y, x, w - x, grey ? STYLE_DIM : STYLE_KEY, key);
	x++;
	x += canvas_text(c, y, x, w - x, grey ? STYLE_DIM : STYLE_TEXT, label);
	return x + 2;
}

static int
hint_w(const struct cmd_hint *h)
{
	return text_width(h->key) + 1 + text_width(h->label) + 2;
}

static void
draw_help(struct ui *ui, int y)
{
	struct cmd_hint h[HINTS];
	int n = cmd_hints(ui, h, HINTS), keep = n < 2 ? n : 2, room, x = 1, i;

	room = canvas_w(ui->canvas) - x + 1;
	for (i = n - keep; i < n; i++)
		room -= hint_w(&h[i]);
	for (i = 0; i < n; i++) {
		if (i < n - keep) {
			if (hint_w(&h[i]) > room)
				continue;
			room -= hint_w(&h[i]);
		}
		x = put_hint(ui->canvas, y, x, h[i].key, h[i].label, h[i].grey);
	}
}

static int
dialog_hint_w(const struct hint *h)
{
	return text_width(h->key) + 1 + text_width(h->label) + 2;
}

/* As above; the last one is the way out, and has its room first. */
static void
draw_dialog_help(struct ui *ui, int y)
{
	const struct hint *h = ui->dialog->hints;
	int room = canvas_w(ui->canvas), x = 1, n = 0, i;

	while (h != NULL && h[n].key != NULL)
		n++;
	if (n > 0)
		room -= dialog_hint_w(&h[n - 1]);
	for (i = 0; i < n; i++) {
		if (i < n - 1 && dialog_hint_w(&h[i]) > room)
			continue;
		if (i < n - 1)
			room -= dialog_hint_w(&h[i]);
		x = put_hint(ui->canvas, y, x, h[i].key, h[i].label, false);
	}
}

/* From the lowest up, so that the newest covers the others. */
static void
draw_dialogs(struct dialog *d, struct canvas *c, struct rect r)
{
	if (d == NULL)
		return;
	draw_dialogs(d->below, c, r);
	canvas_cursor(c, -1, -1);
	d->ops->draw(d, c, r);
}

static void
draw_too_small(struct canvas *c)
{
	struct rect r = { 0, 0, canvas_h(c), canvas_w(c) };
	char text[200];

	snprintf(text, sizeof(text),
	    _("This window has %d lines of %d columns; shopmgr needs %d of "
	      "%d. Make it larger, or press q to leave."),
	    r.h, r.w, MIN_H, MIN_W);
	canvas_wrap(c, r, STYLE_TEXT, text);
}

/* A long message takes lines from the content, rather than be cut. */
static int
message_rows(const struct ui *ui)
{
	int rows = text_lines(ui->message, canvas_w(ui->canvas) - 2);

	return rows < 1 ? 1 : rows > MESSAGE_ROWS ? MESSAGE_ROWS : rows;
}

void
frame_draw(struct ui *ui)
{
	struct canvas *c = ui->canvas;
	struct screen *sc = ui_top(ui);
	int h = canvas_h(c), w = canvas_w(c), rows = message_rows(ui);
	struct rect all = { 0, 0, h, w };
	struct rect content = { TOP, 0, h - TOP - rows - 1, w };

	canvas_fill(c, all, STYLE_TEXT);
	canvas_cursor(c, -1, -1);
	if (ui_too_small(ui)) {
		draw_too_small(c);
		return;
	}
	if (sc != NULL && sc->ops->draw != NULL && !ui->locked)
		sc->ops->draw(sc, c, content);
	if (ui->dialog != NULL) {
		canvas_restyle(c, content, STYLE_DIM);
		draw_dialogs(ui->dialog, c, content);
	}
	/* Last, so that no screen can draw over them. */
	canvas_fill(c, (struct rect){ 0, 0, TOP, w }, STYLE_TEXT);
	canvas_fill(
	    c, (struct rect){ h - rows - 1, 0, rows + 1, w }, STYLE_TEXT);
	draw_title(ui);
	canvas_wrap(c, (struct rect){ h - rows - 1, 1, rows, w - 2 },
	    ui->bad ? STYLE_BAD : STYLE_TEXT, ui->message);
	if (ui->dialog != NULL)
		draw_dialog_help(ui, h - 1);
	else if (!ui->locked)
		draw_help(ui, h - 1);
}

/* As wide as what is told beside it leaves room for. */
static int
draw_bar(struct canvas *c, int y, int x, int room, int percent)
{
	const char *full = width_ambiguous == 2 ? "#" : "█";
	const char *rest = width_ambiguous == 2 ? "." : "░";
	int w = room > BAR ? BAR : room, i;

	for (i = 0; i < w; i++)
		canvas_text(c, y, x + i, 1,
		    i * 100 < percent * w ? STYLE_ACCENT : STYLE_DIM,
		    i * 100 < percent * w ? full : rest);
	return w;
}

void
frame_bar(
    struct ui *ui, const char *what, int64_t done, int64_t total, bool stops)
{
	struct canvas *c = ui->canvas;
	int y = canvas_h(c) - 2, w = canvas_w(c), x = 1, beside;
	int percent = 0;
	char text[32];

	if (total > 0) {
		percent = (int)(done >= total ? 100 : done * 100 / total);
		snprintf(text, sizeof(text), "%3d %%", percent);
	} else
		snprintf(text, sizeof(text), "%" PRId64, done);
	canvas_fill(c, (struct rect){ y, 0, 2, w }, STYLE_TEXT);
	beside = text_width(text) + (total > 0 ? BAR_LEAST + 1 : 0) + 4;
	x += canvas_text(c, y, x, w - beside, STYLE_TEXT, what) + 2;
	if (total > 0)
		x += draw_bar(c, y, x, w - x - text_width(text) - 2, percent) +
		     1;
	canvas_text(c, y, x, w - x, STYLE_TEXT, text);
	/* Nothing else can be done now. */
	if (stops)
		put_hint(c, y + 1, 1, "Esc", _("Stop"), false);
}
