/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/seek.h"

#include "marks.h"
#include "ui_priv.h"

#define HEAD    2 /* what is typed, and a blank line */
#define FOOT    1 /* about the rest */
#define WIDE    114
#define MARK    2  /* columns of the sign of the row one is on */
#define LABEL_W 26 /* at most, on a narrow window */
#define NOTE_W  34
#define GAP     2

struct seeking {
	const struct seek *def;
	struct ui *ui;
	struct dialog *d;
	struct line line;
	struct seek_row rows[SEEK_ROWS];
	int n, sel, top;
	int shown; /* rows there is room for, as last drawn */
	const char *more;
};

static void
look(struct seeking *s)
{
	int n;

	s->more = NULL;
	n = s->def->look(
	    s->def->arg, s->def->text, s->rows, SEEK_ROWS, &s->more);
	if (n == ERR_CANCELLED)
		dialog_end(s->d, -1);
	if (n < 0)
		ui_failed(s->ui, n);
	s->n = n > 0 ? n : 0;
	s->sel = s->top = 0;
	/* One that can be chosen, if there is any. */
	while (s->sel + 1 < s->n && s->rows[s->sel].grey)
		s->sel++;
	if (s->n > 0 && s->rows[s->sel].grey)
		s->sel = 0;
}

/* How wide the columns are: as their widest text, up to a limit. */
struct widths {
	int tag, label, note;
};

static void
widen(int *w, const char *text, int most)
{
	int need = text_width(text);

	if (need > most)
		need = most;
	if (need > *w)
		*w = need;
}

static struct widths
measure(const struct seeking *s, int w)
{
	struct widths ws = { 0 };
	int i, most = w >= 90 ? LABEL_W + 10 : LABEL_W;

	for (i = 0; i < s->n; i++) {
		widen(&ws.tag, s->rows[i].tag, 12);
		/* Where nothing follows it has all of the line. */
		if (s->rows[i].what[0] != '\0')
			widen(&ws.label, s->rows[i].label, most);
		widen(&ws.note, s->rows[i].note, NOTE_W);
	}
	return ws;
}

static void
draw_row(const struct seeking *s, int i, struct canvas *c, int y,
    struct rect in, const struct widths *ws)
{
	const struct seek_row *row = &s->rows[i];
	bool on = i == s->sel;
	enum style plain = on          ? STYLE_SELECTED
			   : row->grey ? STYLE_DIM
				       : STYLE_TEXT;
	enum style dim = on ? STYLE_SELECTED : STYLE_DIM;
	int x = in.x, end = in.x + in.w, note = text_width(row->note);

	canvas_pad(c, y, x, in.w, plain, "");
	x += canvas_pad(c, y, x, MARK, plain, on ? mark_row() : " ");
	canvas_text(c, y, x, ws->tag, dim, row->tag);
	x += ws->tag + (ws->tag > 0 ? GAP : 0);
	if (note > ws->note)
		note = ws->note;
	if (note > 0) {
		canvas_text(c, y, end - note, note, dim, row->note);
		end -= note + GAP;
	}
	if (row->what[0] == '\0') {
		canvas_text(c, y, x, end - x, plain, row->label);
		return;
	}
	canvas_text(c, y, x, ws->label, plain, row->label);
	x += ws->label + GAP;
	canvas_text(c, y, x, end - x, plain, row->what);
}

static void
draw_rows(struct seeking *s, struct canvas *c, struct rect in)
{
	struct widths ws = measure(s, in.w);
	int y;

	s->shown = in.h - HEAD - FOOT > 1 ? in.h - HEAD - FOOT : 1;
	s->top = dialog_top(s->top, s->sel, s->shown, s->n);
	for (y = 0; y < s->shown && s->top + y < s->n; y++)
		draw_row(s, s->top + y, c, in.y + HEAD + y, in, &ws);
	if (s->top > 0)
		canvas_right(
		    c, in.y + 1, in.x, in.w, STYLE_DIM, mark_arrow(true));
	if (s->top + s->shown < s->n)
		canvas_right(c, in.y + in.h - 1, in.x, in.w, STYLE_DIM,
		    mark_arrow(false));
	if (s->more != NULL)
		canvas_text(c, in.y + in.h - 1, in.x + MARK, in.w - MARK - GAP,
		    STYLE_DIM, s->more);
}

/* Always as large, so that nothing jumps while one types. */
static void
draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct seeking *s = d->state;
	int w = r.w - 6 < WIDE ? r.w - 6 : WIDE;
	struct rect in = dialog_box(c, r, r.h - 2, w, s->def->title);
	struct rect text = { in.y + HEAD, in.x + MARK, in.h - HEAD - FOOT,
		in.w - MARK };
	bool empty = s->def->text[0] == '\0';
	const char *say = empty ? s->def->hint : s->def->none;

	line_draw(&s->line, c, in.y, in.x, in.w, true);
	if (empty)
		canvas_text(c, in.y, in.x, in.w, STYLE_DIM, _("Type to find"));
	if (s->n > 0)
		draw_rows(s, c, in);
	else if (say != NULL)
		canvas_wrap(c, text, STYLE_DIM, say);
}

static int
select_at(struct seeking *s, int at)
{
	if (at >= s->n)
		at = s->n - 1;
	s->sel = at > 0 ? at : 0;
	return 1;
}

static int
choose(struct dialog *d)
{
	struct seeking *s = d->state;

	if (s->n == 0)
		return 0;
	if (s->rows[s->sel].grey) {
		ui_say(s->ui, "%s", s->rows[s->sel].note);
		return 0;
	}
	dialog_end(d, s->sel);
	return 1;
}

static int
key(struct dialog *d, const struct key *k)
{
	struct seeking *s = d->state;

	switch (k->code) {
	case KEY_UP_:
		return select_at(s, s->sel - 1);
	case KEY_DOWN_:
	case KEY_TAB_:
		return select_at(s, s->sel + 1);
	case KEY_PGUP:
		return select_at(s, s->sel - s->shown);
	case KEY_PGDN:
		return select_at(s, s->sel + s->shown);
	case KEY_ENTER_:
		return choose(d);
	case KEY_ESC_:
		dialog_end(d, -1);
		return 1;
	case KEY_SCAN:
		/* What was typed before has nothing to do with it. */
		line_set(&s->line, k->text);
		look(s);
		return 1;
	default:
		break;
	}
	if (!line_key(&s->line, k))
		return 0;
	look(s);
	return 1;
}

int
ui_seek(struct ui *ui, const struct seek *seek)
{
	static const struct dialog_ops ops = { draw, key };
	const struct hint hints[] = { { "Enter", seek->choose },
		{ "Up Down", _("Select") }, { "Esc", _("Back") },
		{ NULL, NULL } };
	struct seeking s = { .def = seek, .ui = ui };
	struct dialog d = {
		.ops = &ops, .state = &s, .hints = hints, .seeks = true
	};
	int chosen, busy = 0;

	s.d = &d;
	line_init(&s.line, seek->text, seek->size);
	dialog_push(ui, &d);
	look(&s);
	while (!d.done && ui_step(ui, busy > 0 ? 0 : TICK_MS)) {
		bool fresh = false;

		if (d.done || seek->idle == NULL)
			continue;
		if ((busy = seek->idle(seek->arg, &fresh)) == ERR_CANCELLED)
			dialog_end(&d, -1);
		if (fresh && s.sel == 0 && !d.done) {
			look(&s);
			ui->dirty = true;
		}
	}
	chosen = dialog_pop(ui, &d, -1);
	line_done(&s.line);
	return chosen;
}
