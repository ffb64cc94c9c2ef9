/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

#include "marks.h"
#include "pick.h"
#include "ui_priv.h"

/* One of several, or some of them, in a window of their own or right at the
 * field that they are the choices of. */

#define ROWS  12
#define WIDTH 28 /* at least */
#define HEAD  2  /* what is typed, and a blank line */
#define MARK  2  /* columns of the sign of the row one is on */
#define BOX   4  /* and of "[x] " */
#define COUNT 20 /* and of how many are chosen */

struct picking {
	const struct pick *p;
	struct choices choices;
	bool *on; /* as it is going to be */
	int sel, top;
	int rows, w;
	struct line line;
	char text[64];
};

static int
widest(const struct picking *p)
{
	int extra = MARK + 1 + (p->on != NULL ? BOX : 0);
	int w = p->p->title != NULL ? text_width(p->p->title) + 4 : 0;
	size_t i;

	if (w < WIDTH)
		w = WIDTH;
	for (i = 0; i < p->p->n; i++) {
		int need = text_width(p->p->words[i]) + extra;

		if (need > w)
			w = need;
	}
	return w;
}

/* The best fit is gone to, as soon as something is typed. */
static void
narrow(struct picking *p)
{
	int was = p->choices.nfit > 0 ? p->choices.fit[p->sel] : -1;
	size_t i;

	choices_narrow(&p->choices, p->text);
	p->sel = p->top = 0;
	if (p->text[0] != '\0')
		return;
	for (i = 0; i < p->choices.nfit; i++) {
		if (p->choices.fit[i] == was)
			p->sel = (int)i;
	}
}

static void
draw_choice(
    const struct picking *p, int i, struct canvas *c, int y, struct rect in)
{
	bool sel = i == p->sel;
	enum style style = sel ? STYLE_SELECTED : STYLE_TEXT;
	int at = p->choices.fit[i], x = in.x;

	x += canvas_pad(c, y, x, MARK, style, sel ? mark_row() : " ");
	if (p->on != NULL)
		x += canvas_pad(c, y, x, BOX, style, p->on[at] ? "[x]" : "[ ]");
	canvas_pad(c, y, x, in.x + in.w - x, style, p->p->words[at]);
}

/* Beneath the field, or above where there is more room. */
static struct rect
beside(struct picking *p, struct canvas *c, struct rect r, int lines)
{
	struct rect at = p->p->at, box;
	int below = r.y + r.h - (at.y + at.h), above = at.y - r.y;
	bool under = below >= lines + 2 || below >= above;
	int room = under ? below : above;

	box.h = lines + 2 < room ? lines + 2 : room;
	box.w = p->w + 4 < r.w ? p->w + 4 : r.w;
	box.y = under ? at.y + at.h : at.y - box.h;
	box.x = at.x - 2 + box.w > r.x + r.w ? r.x + r.w - box.w : at.x - 2;
	if (box.x < r.x)
		box.x = r.x;
	canvas_box(c, box, NULL);
	return (struct rect){ box.y + 1, box.x + 2, box.h - 2, box.w - 4 };
}

static void
draw_count(const struct picking *p, struct canvas *c, struct rect in)
{
	char text[64];
	int n = 0;
	size_t i;

	for (i = 0; i < p->p->n; i++)
		n += p->on[i];
	/* TRANSLATORS: how many of a list are chosen, in its corner */
	snprintf(text, sizeof(text), _("%d of %d chosen"), n, (int)p->p->n);
	canvas_right(c, in.y + 1, in.x, in.w, STYLE_DIM, text);
}

static void
draw_head(struct picking *p, struct canvas *c, struct rect in)
{
	line_draw(&p->line, c, in.y, in.x, in.w, true);
	if (p->text[0] == '\0')
		canvas_text(c, in.y, in.x, in.w, STYLE_DIM, _("Type to find"));
	if (p->on != NULL)
		draw_count(p, c, in);
	if (p->top > 0)
		canvas_right(c, in.y + 1, in.x,
		    in.w - (p->on != NULL ? COUNT : 0), STYLE_DIM,
		    mark_arrow(true));
}

static void
pick_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct picking *p = d->state;
	int want = p->p->n < ROWS ? (int)p->p->n : ROWS, n, y;
	struct rect in;

	if (want < 1)
		want = 1;
	n = (int)p->choices.nfit;
	in = p->p->at.h > 0 ? beside(p, c, r, want + HEAD)
			    : dialog_box(c, r, want + HEAD, p->w, p->p->title);
	p->rows = in.h - HEAD > 1 ? in.h - HEAD : 1;
	p->top = dialog_top(p->top, p->sel, p->rows, n);
	draw_head(p, c, in);
	for (y = 0; y < p->rows && p->top + y < n; y++)
		draw_choice(p, p->top + y, c, in.y + HEAD + y, in);
	if (n == 0)
		canvas_text(c, in.y + HEAD, in.x + MARK, in.w - MARK, STYLE_DIM,
		    _("None fits"));
	if (p->top + p->rows < n)
		canvas_right(
		    c, in.y + in.h, in.x, in.w, STYLE_DIM, mark_arrow(false));
}

static int
select_at(struct picking *p, int at)
{
	if (at >= (int)p->choices.nfit)
		at = (int)p->choices.nfit - 1;
	p->sel = at > 0 ? at : 0;
	return 1;
}

/* All that are shown; none of them when all are. */
static int
toggle_all(struct picking *p)
{
	bool all = true;
	size_t i;

	for (i = 0; i < p->choices.nfit; i++)
		all = all && p->on[p->choices.fit[i]];
	for (i = 0; i < p->choices.nfit; i++)
		p->on[p->choices.fit[i]] = !all;
	return 1;
}

static int
many_key(struct picking *p, uint32_t code)
{
	if (p->on == NULL || (code != ' ' && code != KEY_CTRL('a')))
		return 0;
	if (code == KEY_CTRL('a'))
		return toggle_all(p);
	if (p->choices.nfit > 0) {
		int at = p->choices.fit[p->sel];

		p->on[at] = !p->on[at];
	}
	return 1;
}

static int
move_key(struct picking *p, uint32_t code)
{
	switch (code) {
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
		return select_at(p, (int)p->choices.nfit);
	default:
		return 0;
	}
}

static int
pick_key(struct dialog *d, const struct key *k)
{
	struct picking *p = d->state;

	switch (k->code) {
	case KEY_ENTER_:
		if (p->on != NULL)
			dialog_end(d, 0);
		else if (p->choices.nfit == 0)
			return 0;
		else
			dialog_end(d, p->choices.fit[p->sel]);
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
	if (move_key(p, k->code) || many_key(p, k->code))
		return 1;
	if (!line_key(&p->line, k))
		return 0;
	narrow(p);
	return 1;
}

int
pick_run(struct ui *ui, const struct pick *pick)
{
	static const struct dialog_ops ops = { pick_draw, pick_key };
	const struct hint one[] = { { "Enter", _("Choose") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	const struct hint many[] = { { "Space", _("Choose") },
		{ "Ctrl-A", _("All") }, { "Enter", _("Done") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	struct picking p = { .p = pick };
	struct dialog d = { .ops = &ops, .state = &p, .amid = pick->amid };
	size_t size = pick->n * sizeof(*p.on);
	bool *on = pick->on;
	int chosen;

	choices_init(&p.choices, pick->words, pick->others, pick->n);
	if (on != NULL) {
		p.on = xmalloc(size + 1);
		memcpy(p.on, on, size);
	}
	d.hints = on != NULL ? many : one;
	p.w = widest(&p);
	select_at(&p, pick->selected);
	if (pick->typed != NULL)
		copy_text(p.text, sizeof(p.text), pick->typed);
	line_init(&p.line, p.text, sizeof(p.text));
	if (p.text[0] != '\0')
		narrow(&p);
	chosen = dialog_run(ui, &d, -1);
	if (chosen >= 0 && on != NULL)
		memcpy(on, p.on, size);
	line_done(&p.line);
	choices_done(&p.choices);
	free(p.on);
	return chosen;
}

/* Words in the other language, where they are words of the program's. */
static const char **
others_of(const char *const *words, size_t n)
{
	const char **others = xreallocarray(NULL, n + 1, sizeof(*others));
	size_t i;

	for (i = 0; i < n; i++)
		others[i] = i18n_other(words[i]);
	return others;
}

static int
pick_among(struct ui *ui, struct pick *p)
{
	const char **others = others_of(p->words, p->n);
	int chosen;

	p->others = others;
	chosen = pick_run(ui, p);
	free(others);
	return chosen;
}

int
ui_pick(struct ui *ui, const char *title, const char *const *choices, size_t n,
    int selected)
{
	struct pick p = {
		.title = title, .words = choices, .n = n, .selected = selected
	};

	return pick_among(ui, &p);
}

int
ui_pick_amid(struct ui *ui, const char *title, const char *const *choices,
    size_t n, int selected)
{
	struct pick p = { .title = title,
		.words = choices,
		.n = n,
		.selected = selected,
		.amid = true };

	return pick_among(ui, &p);
}

bool
ui_pick_many(struct ui *ui, const char *title, const char *const *choices,
    size_t n, bool *on)
{
	struct pick p = { .title = title, .words = choices, .n = n, .on = on };

	return pick_among(ui, &p) >= 0;
}
