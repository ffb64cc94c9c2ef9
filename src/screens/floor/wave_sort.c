/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* The sorting wall: a piece is scanned, and the number of its slot stands
 * there, to be read from across the room. */

struct state {
	struct floor floor;
	int64_t id, slot; /* where the last piece went; 0: nowhere */
	bool full;
	char title[64];
	struct page orders;
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc;

	if ((rc = wave_orders(session_of(sc), st->id, &page)) < 0)
		return rc;
	page_free(&st->orders);
	st->orders = page;
	return 0;
}

static int
take(struct screen *sc, const char *code)
{
	struct state *st = sc->state;
	struct wave_scan scan;

	if (wave_sort(session_of(sc), st->id, code, &scan) < 0)
		return floor_failed(sc);
	st->slot = scan.slot;
	st->full = scan.said == WAVE_FULL || scan.said == WAVE_ALL;
	switch (scan.said) {
	case WAVE_FULL:
		floor_good(sc, _("SLOT %lld IS COMPLETE. %s"),
		    (long long)scan.slot, scan.name);
		break;
	case WAVE_ALL:
		floor_good(sc, _("SLOT %lld IS COMPLETE, and so is the wave."),
		    (long long)scan.slot);
		break;
	case WAVE_OK:
		floor_good(sc, _("Slot %lld: %lld / %lld. %s"),
		    (long long)scan.slot, (long long)scan.have,
		    (long long)scan.need, scan.name);
		break;
	case WAVE_WRONG:
		floor_bad(
		    sc, 0, _("WRONG ITEM: %s is not in this wave."), scan.name);
		break;
	case WAVE_MANY:
		floor_bad(sc, 0,
		    _("TOO MANY: no slot needs %s, or it was not picked."),
		    scan.name);
		break;
	case WAVE_UNKNOWN:
	case WAVE_BIN:
	case WAVE_EMPTY:
		floor_bad(sc, 0, _("UNKNOWN CODE: no product has the code %s."),
		    code);
		break;
	}
	return refresh(sc);
}

static int
open_sort(struct screen *sc, const void *arg)
{
	const struct wave_arg *a = arg;
	struct state *st = sc->state;
	struct page page;
	int rc;

	st->id = a->id;
	floor_open(sc, take);
	if ((rc = wave_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	copy_text(st->title, sizeof(st->title),
	    ((const struct wave *)page_row(&page, 0))->wave_no);
	page_free(&page);
	return refresh(sc);
}

static void
close_sort(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->orders);
	floor_close(sc);
}

#define SLOT_W 12

/* Each slot with how full it is; of orders that go together one is enough. */
static void
draw_slots(const struct state *st, struct canvas *c, struct rect r)
{
	const struct wave_order *o = st->orders.rows;
	int per = r.w / SLOT_W, at = 0, y;
	enum style style;
	char text[48];
	size_t i;

	for (i = 0; i < st->orders.n; i++) {
		if (i > 0 && o[i].slot == o[i - 1].slot)
			continue;
		y = r.y + at / per;
		if (y >= r.y + r.h)
			return;
		style = o[i].state == 2            ? STYLE_BAD
			: o[i].state == 1          ? STYLE_DIM
			: o[i].sorted >= o[i].need ? STYLE_GOOD
			: o[i].sorted > 0          ? STYLE_STRONG
						   : STYLE_TEXT;
		snprintf(text, sizeof(text),
		    "%2" PRId64 "  %" PRId64 "/%" PRId64 " %s", o[i].slot,
		    o[i].sorted, o[i].need,
		    o[i].state == 2            ? "✘"
		    : o[i].sorted >= o[i].need ? "✔"
					       : "");
		canvas_text(
		    c, y, r.x + at % per * SLOT_W, SLOT_W - 1, style, text);
		at++;
	}
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;

	r = floor_draw(sc, c, r, _("Scan the goods"), "");
	if (st->slot != 0)
		floor_big(c, r.y, r.x, r.w,
		    st->full ? STYLE_GOOD : STYLE_ACCENT, st->slot);
	else
		canvas_center(c, r.y + 2, r.x, r.w, STYLE_STRONG,
		    _("Scan a piece: its slot stands here"));
	r.y += FLOOR_BIG_H + 1;
	r.h -= FLOOR_BIG_H + 1;
	draw_slots(st, c, r);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

static bool
all_sorted(const struct state *st)
{
	const struct wave_order *o = st->orders.rows;
	size_t i;

	for (i = 0; i < st->orders.n; i++)
		if (o[i].state == 0 && o[i].sorted < o[i].need)
			return false;
	return true;
}

/* With everything in its slot, Enter alone goes on to the bench. */
static int
cmd_answer(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->floor.text[0] != '\0' || !all_sorted(st))
		return cmd_floor_answer(sc);
	return ui_open(sc->ui, "pack", NULL);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return cmd->run == cmd_answer && all_sorted(sc->state) ? N_("Packing")
							       : cmd->label;
}

static const struct cmd cmds[] = {
	{ "sort-answer", "Enter", NULL, N_("Take the code that is typed"),
	    PERM_ORDER_SHIP, 0, cmd_answer },
	{ "sort-leave", "Esc", N_("Back"),
	    N_("Leave; what was scanned is kept"), PERM_NONE, 0,
	    cmd_floor_leave },
	{ .name = NULL },
};

const struct screen_ops screen_wave_sort = {
	.name = "wave-sort",
	.title = N_("Sorting"),
	.perm = PERM_ORDER_SHIP,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_sort,
	.close = close_sort,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.subtitle = subtitle,
	.label = label,
};
