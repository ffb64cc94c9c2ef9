/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* What goes back where: each scan puts one of them back. */

#define SHOWN 100

struct state {
	struct floor floor;
	int64_t n;
	int64_t last; /* that can be undone; 0: nothing */
	struct page rows;
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc;

	if ((rc = put_back_count(session_of(sc), &st->n)) < 0 ||
	    (rc = put_back_page(
		 session_of(sc), PAGE_FIRST, NULL, SHOWN, &page)) < 0)
		return rc;
	page_free(&st->rows);
	st->rows = page;
	return 0;
}

static int
take(struct screen *sc, const char *code)
{
	struct state *st = sc->state;
	const struct put_back *b;
	struct page page;
	int64_t qty = 0;
	int rc;

	if ((rc = floor_ask(sc, false)) < 0)
		return rc;
	code = floor_times(code, &qty);
	if (put_back_scan(session_of(sc), code, qty, &page) < 0)
		return floor_failed(sc);
	b = page_row(&page, 0);
	st->last = b->id;
	/* TRANSLATORS: how many, of what, the bin */
	floor_good(sc, _("%lld × %s  →  %s"), (long long)b->qty, b->name,
	    b->bin[0] != '\0' ? b->bin : _("no bin"));
	page_free(&page);
	return refresh(sc);
}

static int
cmd_undo(struct screen *sc)
{
	struct state *st = sc->state;
	const struct put_back *b;
	struct page page;

	if (st->last == 0) {
		ui_say(sc->ui, "%s", _("Nothing was put back yet."));
		return 0;
	}
	if (put_back_undo(session_of(sc), st->last, &page) < 0)
		return floor_failed(sc);
	st->last = 0;
	b = page_row(&page, 0);
	floor_good(sc, _("Undone: %lld × %s has to go back again."),
	    (long long)b->qty, b->name);
	page_free(&page);
	return refresh(sc);
}

static int
open_back(struct screen *sc, const void *arg)
{
	(void)arg;
	floor_open(sc, take);
	return refresh(sc);
}

static void
close_back(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->rows);
	floor_close(sc);
}

static void
draw_row(struct canvas *c, struct rect r, const struct put_back *b)
{
	char qty[32];

	snprintf(qty, sizeof(qty), "%" PRId64 " ×", b->qty);
	canvas_right(c, r.y, r.x, 7, STYLE_STRONG, qty);
	canvas_ends(c, r.y, r.x + 8, r.w - 46, STYLE_TEXT, b->name);
	canvas_text(c, r.y, r.x + r.w - 37, 14, STYLE_ACCENT, b->bin);
	canvas_right(c, r.y, r.x + r.w - 22, 22, STYLE_DIM, b->order_no);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char right[NAME_ROOM + 160], left[64], place[NAME_ROOM];
	size_t i;

	snprintf(left, sizeof(left),
	    ngettext(
		"%lld entry left", "%lld entries left", (unsigned long)st->n),
	    (long long)st->n);
	floor_place_name(sc, place);
	snprintf(right, sizeof(right), "%s%s%s", place,
	    place[0] != '\0' ? " · " : "", left);
	r = floor_draw(sc, c, r, _("Scan the goods"), right);
	if (st->rows.n == 0)
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_STRONG,
		    _("Nothing has to be put back."));
	for (i = 0; i < st->rows.n && (int)i < r.h; i++)
		draw_row(c, (struct rect){ r.y + (int)i, r.x, 1, r.w },
		    page_row(&st->rows, i));
}

static const struct cmd cmds[] = {
	{ "back-answer", "Enter", NULL, N_("Take the code that is typed"),
	    PERM_ORDER_SHIP, 0, cmd_floor_answer },
	{ "back-undo", "F8", N_("Undo"),
	    N_("What was put back last is not there after all"),
	    PERM_ORDER_SHIP, 0, cmd_undo },
	{ "back-place", "Ctrl-B", NULL, N_("In which warehouse you work"),
	    PERM_ORDER_SHIP, 0, cmd_floor_place },
	{ "back-leave", "Esc", N_("Back"),
	    N_("Leave; what was scanned is kept"), PERM_NONE, 0,
	    cmd_floor_leave },
	{ .name = NULL },
};

const struct screen_ops screen_put_back = {
	.name = "put-back",
	.title = N_("Goods to put back"),
	.go = "",
	.does = N_("Goods of stopped orders, back to the bins"),
	.perm = PERM_ORDER_SHIP,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_back,
	.close = close_back,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
};
