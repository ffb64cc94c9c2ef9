/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../floor/wave_floor.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"

/* Putting away by scan: the goods, then the bin they are put in. */

#define WAITS 500 /* more does not lie on a dock */

struct state {
	struct floor floor;
	struct page waits;
	size_t at;                 /* the row one is on */
	struct put_proposal now;   /* variant_id 0: the goods come first */
	char warehouse[NAME_ROOM]; /* theirs */
	int64_t qty;
	int64_t left, late;
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	const struct put_wait *w;
	struct page page;
	size_t i;
	int rc;

	rc = put_wait_page(session_of(sc), floor_place(session_of(sc)),
	    PAGE_FIRST, NULL, WAITS, &page);
	if (rc < 0)
		return rc;
	page_free(&st->waits);
	st->waits = page;
	w = page.rows;
	for (st->left = st->late = 0, i = 0; i < page.n; i++) {
		st->left += w[i].rest;
		st->late += w[i].late;
	}
	if (st->at >= page.n)
		st->at = page.n > 0 ? page.n - 1 : 0;
	return 0;
}

/* These goods are in one's hand; @qty 0: all that waits. */
static int
choose(struct screen *sc, const char *code, const char *warehouse, int64_t qty)
{
	struct state *st = sc->state;
	struct put_proposal p;
	int rc = put_propose(session_of(sc), code, warehouse, &p);

	if (rc < 0)
		return rc;
	if (qty > p.rest) {
		floor_bad(sc, 0, _("TOO MANY: of %s only %lld wait."),
		    p.sku_code, (long long)p.rest);
		return 0;
	}
	st->now = p;
	st->qty = qty > 0 ? qty : p.rest;
	copy_text(st->warehouse, sizeof(st->warehouse), warehouse);
	floor_good(
	    sc, _("Put %lld × %s in a bin."), (long long)st->qty, p.name);
	return 0;
}

/* It could not be put there: somebody else may have put it away, or some. */
static int
not_put(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	struct put_proposal p;
	bool fewer = strcmp(session_err(s)->field, "qty") == 0;

	floor_failed(sc);
	if (!fewer)
		return 0;
	if (put_propose(s, st->now.sku_code, st->warehouse, &p) < 0) {
		st->now.variant_id = 0;
		floor_failed(sc);
	} else {
		st->now = p;
		st->qty = p.rest < st->qty ? p.rest : st->qty;
	}
	return refresh(sc);
}

static int
put(struct screen *sc, const char *bin)
{
	struct state *st = sc->state;
	struct stock_line line = { .qty = st->qty };
	struct stock_doc doc = { .lines = &line, .n = 1 };
	int64_t slip_id;

	copy_text(doc.warehouse, sizeof(doc.warehouse), st->warehouse);
	copy_text(line.sku, sizeof(line.sku), st->now.sku_code);
	copy_text(line.to_bin, sizeof(line.to_bin), bin);
	if (stock_write(session_of(sc), STOCK_PUT, &doc, &slip_id) < 0)
		return not_put(sc);
	floor_good(sc, "%s  %lld × %s", bin, (long long)st->qty, st->now.name);
	st->now.variant_id = 0;
	return refresh(sc);
}

/* A bin's code as it is written there; false: none has it. */
static bool
is_bin(struct screen *sc, int64_t warehouse_id, const char *code,
    char bin[BIN_CODE])
{
	struct session *s = session_of(sc);
	struct page page;
	int64_t id;

	if (bin_scan(s, warehouse_id, code, &id) < 0 ||
	    bin_get(s, id, &page) < 0)
		return false;
	copy_text(
	    bin, BIN_CODE, ((const struct bin *)page_row(&page, 0))->code);
	page_free(&page);
	return true;
}

/* 0: it is no number. */
static int64_t
pieces(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n > 0 && n < 7 && text[n] == '\0' ? strtoll(text, NULL, 10) : 0;
}

static int
take(struct screen *sc, const char *text)
{
	struct state *st = sc->state;
	char bin[BIN_CODE], place[NAME_ROOM], sku[64];
	const char *code;
	int64_t qty = 0;
	int rc;

	if (st->now.variant_id != 0 &&
	    is_bin(sc, st->now.warehouse_id, text, bin))
		return put(sc, bin);
	code = floor_times(text, &qty);
	rc = choose(sc, code, floor_place_name(sc, place), qty);
	if (rc == ERR_NOTFOUND && st->now.variant_id != 0 && pieces(text) > 0) {
		copy_text(sku, sizeof(sku), st->now.sku_code);
		copy_text(place, sizeof(place), st->warehouse);
		rc = choose(sc, sku, place, pieces(text));
	}
	if (rc != ERR_NOTFOUND)
		return rc < 0 ? floor_failed(sc) : 0;
	if (st->now.variant_id != 0)
		floor_bad(sc, 0,
		    _("UNKNOWN CODE: no bin and no product has the code %s."),
		    code);
	else if (is_bin(sc, floor_place(session_of(sc)), text, bin))
		floor_bad(
		    sc, 0, _("That is bin %s: scan the goods first."), bin);
	else
		floor_bad(sc, 0, _("UNKNOWN CODE: no product has the code %s."),
		    code);
	return 0;
}

static int
open_put(struct screen *sc, const void *arg)
{
	int rc;

	(void)arg;
	floor_open(sc, take);
	rc = floor_ask(sc, false);
	return rc < 0 ? rc : refresh(sc);
}

static void
close_put(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->waits);
	floor_close(sc);
}

static void
draw_wait(struct canvas *c, struct rect r, const struct put_wait *w, bool here)
{
	enum style style = w->late ? STYLE_BAD : STYLE_TEXT;
	char text[64];

	canvas_text(c, r.y, r.x, 2, STYLE_ACCENT, here ? cursor_mark() : "");
	canvas_text(c, r.y, r.x + 2, 14, style, w->sku_code);
	canvas_ends(c, r.y, r.x + 17, r.w - 49, style, w->name);
	canvas_right(c, r.y, r.x + r.w - 31, 7, style,
	    show_count(text, sizeof(text), w->rest));
	canvas_text(c, r.y, r.x + r.w - 22, 11,
	    w->to[0] != '\0' ? style : STYLE_DIM,
	    w->to[0] != '\0' ? w->to : _("no bin"));
	canvas_right(c, r.y, r.x + r.w - 11, 11, style,
	    show_when(text, sizeof(text), w->at));
}

static void
draw_waits(const struct state *st, struct canvas *c, struct rect r)
{
	const struct put_wait *w = st->waits.rows;
	size_t h = (size_t)(r.h > 0 ? r.h : 0), top, i;

	if (st->waits.n == 0) {
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_STRONG,
		    _("All that came in is on its shelf."));
		return;
	}
	top = st->at >= h ? st->at - h + 1 : 0;
	for (i = top; i < st->waits.n && i - top < h; i++)
		draw_wait(c, (struct rect){ r.y + (int)(i - top), r.x, 1, r.w },
		    &w[i], i == st->at);
}

static const char *
why_there(enum put_why why)
{
	switch (why) {
	case PUT_HOME:
		return _("It is picked from there.");
	case PUT_BESIDE:
		return _("The same lies there already.");
	case PUT_EMPTY:
		return _("That bin is empty.");
	case PUT_NOWHERE:
		break;
	}
	return _("Choose any bin: its label is scanned.");
}

/* The bin and how many, in large. */
static void
draw_now(const struct state *st, struct canvas *c, struct rect r)
{
	const struct put_proposal *p = &st->now;
	char text[NAME_ROOM + 80];

	snprintf(text, sizeof(text), "%s  %s", p->sku_code, p->name);
	canvas_center(c, r.y, r.x, r.w, STYLE_STRONG, text);
	floor_big(c, r.y + 2, r.x, r.w, STYLE_TEXT, st->qty);
	if (p->bin[0] != '\0')
		snprintf(text, sizeof(text), "→  %s", p->bin);
	else
		copy_text(text, sizeof(text), _("no bin"));
	canvas_center(c, r.y + 3 + FLOOR_BIG_H, r.x, r.w, STYLE_ACCENT, text);
	canvas_center(
	    c, r.y + 4 + FLOOR_BIG_H, r.x, r.w, STYLE_DIM, why_there(p->why));
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	bool now = st->now.variant_id != 0;
	char right[64];

	snprintf(right, sizeof(right),
	    ngettext("%lld piece waits", "%lld pieces wait",
		(unsigned long)st->left),
	    (long long)st->left);
	r = floor_draw(sc, c, r,
	    now ? _("Scan the bin, or type how many") : _("Scan the goods"),
	    right);
	if (now)
		draw_now(st, c, r);
	else
		draw_waits(st, c, r);
}

/* Enter alone takes the row one is on. */
static int
cmd_answer(struct screen *sc)
{
	struct state *st = sc->state;
	const struct put_wait *w;
	char place[64], sku[64];

	if (st->floor.text[0] != '\0')
		return cmd_floor_answer(sc);
	if (st->now.variant_id != 0 || st->waits.n == 0)
		return 0;
	w = page_row(&st->waits, st->at);
	copy_text(place, sizeof(place), w->warehouse);
	copy_text(sku, sizeof(sku), w->sku_code);
	return choose(sc, sku, place, 0) < 0 ? floor_failed(sc) : 0;
}

static int
cmd_up(struct screen *sc)
{
	struct state *st = sc->state;

	st->at -= st->at > 0;
	return 0;
}

static int
cmd_down(struct screen *sc)
{
	struct state *st = sc->state;

	st->at += st->at + 1 < st->waits.n;
	return 0;
}

/* First what is typed, then what is in one's hand, then the screen. */
static int
cmd_leave(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->floor.text[0] != '\0' || st->now.variant_id == 0)
		return cmd_floor_leave(sc);
	st->now.variant_id = 0;
	st->floor.band = FLOOR_QUIET;
	return 0;
}

static const char *
subtitle(struct screen *sc)
{
	static char text[64];
	const struct state *st = sc->state;

	text[0] = '\0';
	if (st->late > 0)
		snprintf(
		    text, sizeof(text), _("%lld late"), (long long)st->late);
	return text;
}

static const struct cmd cmds[] = {
	{ "put-answer", "Enter", N_("Take"),
	    N_("Take what is typed, 12*CODE: twelve pieces; or this row"),
	    PERM_STOCK_MOVE, 0, cmd_answer },
	{ "put-up", "Up", NULL, N_("The row above"), PERM_NONE, 0, cmd_up },
	{ "put-down", "Down", NULL, N_("The row below"), PERM_NONE, 0,
	    cmd_down },
	{ "put-place", "F8", N_("Warehouse"),
	    N_("Choose the warehouse where you work"), PERM_NONE, 0,
	    cmd_floor_place },
	{ "put-leave", "Esc", N_("Back"), N_("Put the goods down, then leave"),
	    PERM_NONE, 0, cmd_leave },
	{ .name = NULL },
};

const struct screen_ops screen_put_away = {
	.name = "put-away",
	.title = N_("Put away"),
	.go = "",
	.does = N_("Scan received goods into their bins"),
	.perm = PERM_STOCK_MOVE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_put,
	.close = close_put,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.subtitle = subtitle,
};
