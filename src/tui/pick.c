/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

#include "marks.h"
#include "ui_priv.h"

/* One of several; what is typed narrows them down, by words of the choice or
 * by the initials of its pinyin. */

#define ROWS  12
#define WIDTH 28 /* at least */

struct picking {
	const char *title;
	const char *const *choices;
	size_t n;
	int *shown; /* indices of choices */
	int nshown;
	int sel, top; /* in shown */
	int rows;
	struct line line;
	char text[64];
};

static bool
matches(const char *choice, const char *typed)
{
	char initials[64];

	if (typed[0] == '\0' || strcasestr(choice, typed) != NULL)
		return true;
	pinyin_initials(choice, initials, sizeof(initials));
	return strncasecmp(initials, typed, strlen(typed)) == 0;
}

/* What is selected stays so while it is shown. */
static void
narrow(struct picking *p)
{
	int was = p->nshown > 0 ? p->shown[p->sel] : -1;
	size_t i;

	p->nshown = p->sel = p->top = 0;
	for (i = 0; i < p->n; i++) {
		if (!matches(p->choices[i], p->text))
			continue;
		if ((int)i == was)
			p->sel = p->nshown;
		p->shown[p->nshown++] = (int)i;
	}
}

static int
width(const struct picking *p)
{
	int w = text_width(p->title) + 4;
	size_t i;

	if (w < WIDTH)
		w = WIDTH;
	for (i = 0; i < p->n; i++) {
		int need = text_width(p->choices[i]) + 3;

		if (need > w)
			w = need;
	}
	return w;
}

static void
draw_choice(
    const struct picking *p, int i, struct canvas *c, int y, struct rect in)
{
	bool on = i == p->sel;
	enum style style = on ? STYLE_SELECTED : STYLE_TEXT;

	canvas_pad(c, y, in.x, 2, style, on ? mark_row() : " ");
	canvas_pad(c, y, in.x + 2, in.w - 2, style, p->choices[p->shown[i]]);
}

static void
pick_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct picking *p = d->state;
	int want = p->n < ROWS ? (int)p->n : ROWS, y;
	struct rect in = dialog_box(c, r, want + 2, width(p), p->title);

	p->rows = in.h - 2 > 1 ? in.h - 2 : 1;
	if (p->sel < p->top)
		p->top = p->sel;
	if (p->sel >= p->top + p->rows)
		p->top = p->sel - p->rows + 1;
	line_draw(&p->line, c, in.y, in.x, in.w, true);
	if (p->text[0] == '\0')
		canvas_text(c, in.y, in.x, in.w, STYLE_DIM, _("Type to find"));
	for (y = 0; y < p->rows && p->top + y < p->nshown; y++)
		draw_choice(p, p->top + y, c, in.y + 2 + y, in);
	if (p->nshown == 0)
		canvas_text(
		    c, in.y + 2, in.x + 2, in.w - 2, STYLE_DIM, _("None fits"));
	if (p->top > 0)
		canvas_right(
		    c, in.y + 1, in.x, in.w, STYLE_DIM, mark_arrow(true));
	if (p->top + p->rows < p->nshown)
		canvas_right(
		    c, in.y + in.h, in.x, in.w, STYLE_DIM, mark_arrow(false));
}

static int
select_at(struct picking *p, int at)
{
	if (at >= p->nshown)
		at = p->nshown - 1;
	p->sel = at > 0 ? at : 0;
	return 1;
}

static int
pick_key(struct dialog *d, const struct key *k)
{
	struct picking *p = d->state;

	switch (k->code) {
	case KEY_UP_:
		return select_at(p, p->sel - 1);
	case KEY_DOWN_:
		return select_at(p, p->sel + 1);
	case KEY_PGUP:
		return select_at(p, p->sel - p->rows);
	case KEY_PGDN:
		return select_at(p, p->sel + p->rows);
	case KEY_HOME_:
		return select_at(p, 0);
	case KEY_END_:
		return select_at(p, p->nshown);
	case KEY_ENTER_:
		if (p->nshown == 0)
			return 0;
		dialog_end(d, p->shown[p->sel]);
		return 1;
	case KEY_ESC_:
		if (p->text[0] == '\0')
			dialog_end(d, -1);
		line_set(&p->line, "");
		narrow(p);
		return 1;
	default:
		break;
	}
	if (!line_key(&p->line, k))
		return 0;
	narrow(p);
	return 1;
}

int
ui_pick(struct ui *ui, const char *title, const char *const *choices, size_t n,
    int selected)
{
	static const struct dialog_ops ops = { pick_draw, pick_key };
	const struct hint hints[] = { { "Enter", _("Choose") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	struct picking p = { .title = title, .choices = choices, .n = n };
	struct dialog d = { .ops = &ops, .state = &p, .hints = hints };
	int chosen;

	p.shown = xreallocarray(NULL, n + 1, sizeof(*p.shown));
	line_init(&p.line, p.text, sizeof(p.text));
	narrow(&p);
	select_at(&p, selected);
	chosen = dialog_run(ui, &d, -1);
	line_done(&p.line);
	free(p.shown);
	return chosen;
}
