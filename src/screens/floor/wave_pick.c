/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* Picking by scan: the next bin in large, and what comes after it. */

struct state {
	struct floor floor;
	int64_t id, kind;
	char title[64];
	struct page lines; /* as one walks */
	char sku[64];      /* stood before last */
	int64_t left;
	bool over;    /* nothing of it is left to sort or to pack */
	bool lacking; /* what was found missing is told until the next scan */
	struct wave_lack lack;
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	const struct wave_line *l;
	const struct wave *w;
	struct page page;
	size_t i;
	int rc;

	if ((rc = wave_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	w = page_row(&page, 0);
	copy_text(st->title, sizeof(st->title), w->wave_no);
	st->kind = w->kind;
	st->over = w->state > WAVE_PICKED;
	page_free(&page);
	if ((rc = wave_lines(session_of(sc), st->id, &page)) < 0)
		return rc;
	page_free(&st->lines);
	st->lines = page;
	l = page.rows;
	for (st->left = 0, i = 0; i < page.n; i++)
		st->left += l[i].need - l[i].picked;
	return 0;
}

static void
lack_seen(struct state *st)
{
	if (st->lacking)
		wave_lack_free(&st->lack);
	st->lacking = false;
}

/* Where to go on: from where one stood last, and round again. */
static const struct wave_line *
next_line(const struct state *st)
{
	const struct wave_line *l = st->lines.rows;
	size_t i, at = 0, n = st->lines.n;

	for (i = 0; i < n; i++)
		if (strcmp(l[i].sku_code, st->sku) == 0)
			at = i;
	for (i = 0; i < n; i++)
		if (l[(at + i) % n].picked < l[(at + i) % n].need)
			return &l[(at + i) % n];
	return NULL;
}

static void
refused(struct screen *sc, const struct wave_scan *scan, const char *code)
{
	switch (scan->said) {
	case WAVE_WRONG:
		floor_bad(sc, 0,
		    _("WRONG ITEM: %s is not in this wave.\nTake %s  %s"),
		    scan->name, scan->next_name, scan->next_bin);
		break;
	case WAVE_MANY:
		floor_bad(sc, 0,
		    _("TOO MANY: of %s there are %lld, %lld are needed."),
		    scan->name, (long long)scan->have, (long long)scan->need);
		break;
	case WAVE_EMPTY:
		floor_bad(sc, 0, _("Nothing more is taken from %s. Go to %s"),
		    scan->bin, scan->next_bin);
		break;
	case WAVE_UNKNOWN:
	case WAVE_OK:
	case WAVE_BIN:
	case WAVE_FULL:
	case WAVE_ALL:
		floor_bad(sc, 0,
		    _("UNKNOWN CODE: no product and no bin of this wave has "
		      "the code %s."),
		    code);
		break;
	}
}

static int
said(struct screen *sc, const struct wave_scan *scan, const char *code)
{
	struct state *st = sc->state;

	switch (scan->said) {
	case WAVE_OK:
	case WAVE_FULL:
		floor_good(sc, "%s  %lld / %lld", scan->name,
		    (long long)scan->have, (long long)scan->need);
		break;
	case WAVE_ALL:
		floor_good(sc, "%s", _("PICKED: nothing is missing."));
		break;
	case WAVE_BIN:
		floor_good(sc, _("%s: take %lld × %s"), scan->bin,
		    (long long)(scan->need - scan->have), scan->name);
		break;
	case WAVE_WRONG:
	case WAVE_MANY:
	case WAVE_UNKNOWN:
	case WAVE_EMPTY:
		refused(sc, scan, code);
		return 0;
	}
	copy_text(st->sku, sizeof(st->sku), scan->sku);
	return refresh(sc);
}

static int
take(struct screen *sc, const char *text)
{
	struct state *st = sc->state;
	struct wave_scan scan;
	const char *code;
	int64_t qty = 1;

	lack_seen(st);
	code = floor_times(text, &qty);
	if (wave_pick(session_of(sc), st->id, code, qty, &scan) < 0)
		return floor_failed(sc);
	return said(sc, &scan, code);
}

static int
open_pick(struct screen *sc, const void *arg)
{
	const struct wave_arg *a = arg;
	struct state *st = sc->state;

	st->id = a->id;
	floor_open(sc, take);
	return refresh(sc);
}

static void
close_pick(struct screen *sc)
{
	struct state *st = sc->state;

	lack_seen(st);
	page_free(&st->lines);
	floor_close(sc);
}

static void
draw_line(struct canvas *c, struct rect r, const struct wave_line *l, bool next)
{
	enum style style = l->picked >= l->need ? STYLE_GOOD
			   : next               ? STYLE_STRONG
						: STYLE_TEXT;
	char count[64];

	canvas_text(c, r.y, r.x, 1, style, next ? "▶" : "┃");
	canvas_text(c, r.y, r.x + 2, 12, style, l->bin);
	canvas_ends(c, r.y, r.x + 15, r.w - 33, style, l->name);
	snprintf(count, sizeof(count), "%" PRId64 " / %" PRId64 "%s", l->picked,
	    l->need, l->picked >= l->need ? " ✔" : "");
	canvas_right(c, r.y, r.x + r.w - 16, 16, style, count);
}

/* The bin and how many, to be read while one walks up to it; the lines used. */
static int
draw_bin(const struct wave_line *l, struct canvas *c, struct rect r)
{
	char text[300];

	snprintf(
	    text, sizeof(text), "%s *%" PRId64, l->bin, l->need - l->picked);
	if (l->bin[0] != '\0' && r.h > FLOOR_BIG_H + 3 &&
	    floor_big_text(c, r.y, r.x, r.w, STYLE_ACCENT, text))
		return FLOOR_BIG_H;
	snprintf(text, sizeof(text), "%s    × %" PRId64,
	    l->bin[0] != '\0' ? l->bin : _("no bin"), l->need - l->picked);
	canvas_center(c, r.y, r.x, r.w, STYLE_ACCENT, text);
	return 1;
}

/* The bin in large; then the lines about it. */
static void
draw_lines(const struct state *st, struct canvas *c, struct rect r)
{
	const struct wave_line *l = st->lines.rows, *next = next_line(st);
	size_t at = next != NULL ? (size_t)(next - l) : 0, top, i, h;
	char text[300];
	int used;

	if (next == NULL) {
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_STRONG,
		    st->over ? _("Nothing of this wave is left to be packed.")
			     : _("All of this wave is picked."));
		return;
	}
	used = draw_bin(next, c, r);
	snprintf(text, sizeof(text), "%s  %s", next->sku_code, next->name);
	canvas_center(c, r.y + used, r.x, r.w, STYLE_STRONG, text);
	used += 2;
	h = (size_t)(r.h > used ? r.h - used : 0);
	top = at > h / 2 ? at - h / 2 : 0;
	if (top + h > st->lines.n)
		top = st->lines.n > h ? st->lines.n - h : 0;
	for (i = top; i < st->lines.n && i - top < h; i++)
		draw_line(c,
		    (struct rect){ r.y + used + (int)(i - top), r.x, 1, r.w },
		    &l[i], &l[i] == next);
}

/* A line of what is told, where there is room for it; the last one is for how
 * many there are more. */
static void
draw_told(struct canvas *c, struct rect *r, enum style style, const char *what,
    const char *where, const char *which)
{
	int x = r->x + 12;

	if (r->h-- <= 1)
		return;
	canvas_text(c, r->y, r->x, 11, style, what);
	canvas_text(c, r->y, x, 20, style, where);
	canvas_ends(c, r->y, x + 21, r->w - 33, style, which);
	r->y++;
}

static void
draw_fates(const struct wave_lack *lack, struct canvas *c, struct rect *r,
    bool goes_on)
{
	const struct wave_fate *f = lack->fates.rows;
	char which[64];
	size_t i;

	for (i = 0; i < lack->fates.n; i++) {
		if ((f[i].goes_on != 0) != goes_on)
			continue;
		snprintf(which, sizeof(which), _("slot %lld  × %lld"),
		    (long long)f[i].slot, (long long)f[i].need);
		draw_told(c, r, goes_on ? STYLE_GOOD : STYLE_BAD,
		    goes_on ? _("Goes on") : _("On hold"), f[i].order_no,
		    which);
	}
}

/* Who goes without, what goes back where, who gets what there is. */
static void
draw_lack(const struct wave_lack *lack, struct canvas *c, struct rect r)
{
	const struct put_back *b = lack->backs.rows;
	char text[300], more[MONEY_SIZE];
	size_t i;
	int used;

	if (lack->again > 0) {
		snprintf(text, sizeof(text),
		    ngettext("%lld piece lies in a slot that is on hold: take "
			     "it out and sort it once more.",
			"%lld pieces lie in slots that are on hold: take them "
			"out and sort them once more.",
			(unsigned long)lack->again),
		    (long long)lack->again);
		used = canvas_wrap(c, (struct rect){ r.y, r.x, 2, r.w },
			   STYLE_WARN, text) +
		       1;
		r.y += used;
		r.h -= used;
	}
	draw_fates(lack, c, &r, false);
	for (i = 0; i < lack->backs.n; i++) {
		snprintf(text, sizeof(text), "%lld × %s  %s",
		    (long long)b[i].qty, b[i].sku_code, b[i].name);
		draw_told(c, &r, STYLE_STRONG, _("Goes back"),
		    b[i].bin[0] != '\0' ? b[i].bin : _("no bin"), text);
	}
	draw_fates(lack, c, &r, true);
	if (r.h > 0)
		return;
	snprintf(text, sizeof(text),
	    ngettext("▲▼ %s more line", "▲▼ %s more lines",
		(unsigned long)(1 - r.h)),
	    count_show(1 - r.h, more));
	canvas_text(c, r.y, r.x, r.w, STYLE_DIM, text);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char right[64];

	snprintf(right, sizeof(right),
	    ngettext(
		"%lld piece left", "%lld pieces left", (unsigned long)st->left),
	    (long long)st->left);
	r = floor_draw(sc, c, r, _("Scan the bin or the goods"), right);
	if (st->lacking)
		draw_lack(&st->lack, c, r);
	else
		draw_lines(st, c, r);
}

/* With everything picked, Enter alone goes on to what comes next, if anything
 * does. */
static int
cmd_answer(struct screen *sc)
{
	struct state *st = sc->state;
	const struct wave_arg arg = { .id = st->id };

	if (st->floor.text[0] == '\0' && st->lacking) {
		lack_seen(st);
		return 0;
	}
	if (st->floor.text[0] != '\0' || next_line(st) != NULL)
		return cmd_floor_answer(sc);
	if (st->over)
		return cmd_floor_leave(sc);
	if (st->kind == WAVE_SEVERAL)
		return ui_open(sc->ui, "wave-sort", &arg);
	return ui_open(sc->ui, "pack", NULL);
}

/* There is no more of what is to be taken next. */
static int
cmd_short(struct screen *sc)
{
	struct state *st = sc->state;
	const struct wave_line *next = next_line(st);
	char sku[64];

	if (next == NULL)
		return 0;
	copy_text(sku, sizeof(sku), next->sku_code);
	if (!ui_confirm(sc->ui, _("No more"),
		_("Is there no more of %s? The orders that it does not "
		  "suffice for are held and leave the wave."),
		next->name))
		return 0;
	lack_seen(st);
	if (wave_short(session_of(sc), st->id, sku, &st->lack) < 0)
		return floor_failed(sc);
	st->lacking = true;
	floor_bad(sc, 1, _("MISSING %s: %lld on hold, %lld go on."),
	    st->lack.name, (long long)st->lack.kicked,
	    (long long)st->lack.go_on);
	return refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_answer && st->lacking)
		return N_("Next");
	if (cmd->run == cmd_short && next_line(st) == NULL)
		return NULL;
	if (cmd->run != cmd_answer || next_line(st) != NULL)
		return cmd->label;
	if (st->over)
		return N_("Back");
	return st->kind == WAVE_SEVERAL ? N_("Sort goods") : N_("Packing");
}

static int
cmd_back(struct screen *sc)
{
	return ui_open(sc->ui, "put-back", NULL);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

static const struct cmd cmds[] = {
	{ "pick-answer", "Enter", NULL,
	    N_("Take what is typed; 3*CODE: three pieces"), PERM_ORDER_SHIP, 0,
	    cmd_answer },
	{ "pick-short", "F4", N_("No more"),
	    N_("There is no more of what is to be taken next"), PERM_ORDER_SHIP,
	    0, cmd_short },
	{ "pick-back", "F8", N_("Returns"), N_("See what goes back where"),
	    PERM_ORDER_SHIP, 0, cmd_back },
	{ "pick-leave", "Esc", N_("Back"),
	    N_("Leave; what was scanned is kept"), PERM_NONE, 0,
	    cmd_floor_leave },
	{ .name = NULL },
};

const struct screen_ops screen_wave_pick = {
	.name = "wave-pick",
	.title = N_("Picking"),
	.perm = PERM_ORDER_SHIP,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_pick,
	.close = close_pick,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.subtitle = subtitle,
	.label = label,
};
