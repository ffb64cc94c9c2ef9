/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../floor/wave_floor.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/tui/ui.h"
#include "stocktake.h"

/* Counting by scan: a bin, then what lies there, a scan each piece. */

struct state {
	struct floor floor;
	int64_t id;
	char title[64];
	bool in_bin; /* else a bin is to be scanned */
	struct stocktake_place place;
	struct stocktake_taken last; /* variant_id 0: nothing in this bin yet */
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	return stocktake_place(
	    session_of(sc), st->id, st->place.bin_id, &st->place);
}

static const char *
bin_text(const char *code)
{
	return code[0] != '\0' ? code : _("no bin");
}

static int
enter_bin(struct screen *sc, const char *code)
{
	struct state *st = sc->state;
	struct stocktake_place place;

	if (stocktake_bin(session_of(sc), st->id, code, &place) < 0)
		return floor_failed(sc);
	st->place = place;
	st->in_bin = true;
	st->last = (struct stocktake_taken){ .variant_id = 0 };
	floor_good(sc, _("Bin %s: scan every piece."), bin_text(place.bin));
	return 0;
}

static int
count(struct screen *sc, const char *code, enum stocktake_how how, int64_t qty)
{
	struct state *st = sc->state;
	struct stocktake_taken taken;
	struct stocktake_place place;
	int rc;

	rc = stocktake_take(
	    session_of(sc), st->id, st->place.bin_id, code, how, qty, &taken);
	/* The next bin, scanned at once. */
	if (rc == ERR_NOTFOUND && how == STOCKTAKE_MORE && qty == 1) {
		const struct err was = *session_err(session_of(sc));

		if (stocktake_bin(session_of(sc), st->id, code, &place) == 0)
			return enter_bin(sc, code);
		floor_bad(sc, 1, "%s", was.text);
		return 0;
	}
	if (rc < 0)
		return floor_failed(sc);
	st->last = taken;
	floor_good(sc, "%s  %lld", taken.name, (long long)taken.counted);
	return refresh(sc);
}

static int
take(struct screen *sc, const char *text)
{
	const struct state *st = sc->state;
	const char *code;
	int64_t qty = 1;

	if (!st->in_bin)
		return enter_bin(sc, text);
	code = floor_times(text, &qty);
	return count(sc, code, STOCKTAKE_MORE, qty);
}

/* The bin is counted: where to go on. */
static int
leave_bin(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = refresh(sc);

	if (rc < 0)
		return rc;
	st->in_bin = false;
	floor_good(sc, _("Bin %s: %lld products, %lld pieces counted."),
	    bin_text(st->place.bin), (long long)st->place.done,
	    (long long)st->place.pieces);
	return 0;
}

#define QTY_DIGITS 6

/* A number typed is how many there are, of what was scanned last. */
static bool
is_quantity(const struct state *st)
{
	size_t n = strspn(st->floor.text, "0123456789");

	return st->in_bin && st->last.variant_id != 0 && n > 0 &&
	       n <= QTY_DIGITS && st->floor.text[n] == '\0';
}

static int
cmd_answer(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t qty;

	if (is_quantity(st)) {
		qty = strtoll(st->floor.text, NULL, 10);
		line_set(&st->floor.line, "");
		return count(sc, st->last.sku_code, STOCKTAKE_EXACTLY, qty);
	}
	if (st->floor.text[0] != '\0')
		return cmd_floor_answer(sc);
	if (st->in_bin)
		return leave_bin(sc);
	return st->place.bins > 0 ? enter_bin(sc, st->place.next) : 0;
}

static int
open_scan(struct screen *sc, const void *arg)
{
	const struct count_arg *a = arg;
	struct state *st = sc->state;
	struct page page;
	int rc;

	st->id = a->id;
	floor_open(sc, take);
	if ((rc = stocktake_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	copy_text(st->title, sizeof(st->title),
	    ((const struct stocktake *)page_row(&page, 0))->count_no);
	page_free(&page);
	return refresh(sc);
}

/* Where to go next, in large. */
static void
draw_next(const struct state *st, struct canvas *c, struct rect r)
{
	char text[100];

	if (st->place.bins == 0) {
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_STRONG,
		    _("No bin is left. Close the count on its card."));
		return;
	}
	snprintf(text, sizeof(text), _("Next: %s"), bin_text(st->place.next));
	canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_ACCENT, text);
	canvas_center(c, r.y + r.h / 3 + 2, r.x, r.w, STYLE_DIM,
	    _("Enter takes it; or scan another bin."));
}

static void
draw_bin(const struct state *st, struct canvas *c, struct rect r)
{
	char text[NAME_ROOM + 80];

	canvas_center(c, r.y, r.x, r.w, STYLE_ACCENT, bin_text(st->place.bin));
	if (st->last.variant_id != 0) {
		snprintf(text, sizeof(text), "%s  %s", st->last.sku_code,
		    st->last.name);
		canvas_center(c, r.y + 2, r.x, r.w, STYLE_STRONG, text);
		floor_big(c, r.y + 4, r.x, r.w, STYLE_STRONG, st->last.counted);
	}
	if (st->last.shown) {
		if (st->last.picked == 0)
			snprintf(text, sizeof(text), _("in the books: %lld"),
			    (long long)st->last.book);
		else
			snprintf(text, sizeof(text),
			    _("in the books: %lld, of them %lld picked"),
			    (long long)st->last.book,
			    (long long)st->last.picked);
		canvas_center(
		    c, r.y + 5 + FLOOR_BIG_H, r.x, r.w, STYLE_DIM, text);
	}
	snprintf(text, sizeof(text),
	    _("%lld products, %lld pieces · Enter: the bin is done"),
	    (long long)st->place.done, (long long)st->place.pieces);
	canvas_center(c, r.y + r.h - 1, r.x, r.w, STYLE_DIM, text);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char right[64];

	snprintf(right, sizeof(right),
	    ngettext("%lld bin left", "%lld bins left",
		(unsigned long)st->place.bins),
	    (long long)st->place.bins);
	r = floor_draw(sc, c, r,
	    st->in_bin ? _("Scan the goods, or type how many")
		       : _("Scan the bin"),
	    right);
	if (st->in_bin)
		draw_bin(st, c, r);
	else
		draw_next(st, c, r);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

static const struct cmd cmds[] = {
	{ "count-answer", "Enter", N_("Take"),
	    N_("Take what is typed; 12*CODE: twelve more; a number: so many in "
	       "all; nothing: the bin is done"),
	    PERM_COUNT, 0, cmd_answer },
	{ "count-leave", "Esc", N_("Back"),
	    N_("Leave; what was scanned is kept"), PERM_NONE, 0,
	    cmd_floor_leave },
	{ .name = NULL },
};

const struct screen_ops screen_count_scan = {
	.name = "count-scan",
	.title = N_("Counting"),
	.perm = PERM_COUNT,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_scan,
	.close = floor_close,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.subtitle = subtitle,
};
