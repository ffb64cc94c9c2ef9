/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../core/show.h"
#include "pack_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "wave_floor.h"

#define BAND_H 3
#define MARGIN 3

size_t
bench_couriers(
    const struct bench *b, const char *typed, const char **out, size_t max)
{
	const struct courier *co;
	size_t i, n = 0, len = strlen(typed);

	for (i = 0; i < b->couriers.n && n < max; i++) {
		co = page_row(&b->couriers, i);
		if (strncmp(co->name, typed, len) == 0 ||
		    strncasecmp(co->code, typed, len) == 0)
			out[n++] = co->name;
	}
	return n;
}

/* Whose parcel it is; returns the lines used. */
static int
draw_parcel(const struct bench *b, struct canvas *c, struct rect r)
{
	const struct packing *p = b->packing;
	int x = r.x, end = r.x + r.w, used = 1;

	x += canvas_text(c, r.y, x, end - x, STYLE_LABEL, _("Order")) + 1;
	x +=
	    canvas_text(c, r.y, x, end - x, STYLE_STRONG, pack_order_no(p)) + 3;
	x += canvas_text(c, r.y, x, end - x, STYLE_TEXT, pack_receiver(p)) + 3;
	x += canvas_text(c, r.y, x, end - x, STYLE_TEXT, pack_place(p)) + 3;
	if (bench_by_hand(b))
		canvas_text(c, r.y, x, end - x, STYLE_ACCENT, _("no courier"));
	else if (b->stage == STAGE_WAYBILL || b->stage == STAGE_WEIGHT)
		canvas_text(c, r.y, x, end - x, STYLE_ACCENT, b->courier);
	if (pack_note(p)[0] != '\0')
		used += canvas_wrap(c, (struct rect){ r.y + 1, r.x, 2, r.w },
		    STYLE_WARN, pack_note(p));
	return used;
}

/* The line to be seen: the one counted last if it wants more, else the first
 * that does. */
static size_t
line_next(const struct bench *b, const struct pack_line *lines, size_t n)
{
	size_t i, first = n;

	for (i = 0; i < n; i++) {
		if (lines[i].have >= lines[i].need)
			continue;
		if (strcmp(lines[i].sku_code, b->last_sku) == 0)
			return i;
		if (first == n)
			first = i;
	}
	return first < n ? first : n - 1;
}

static void
draw_line(struct canvas *c, int y, struct rect r, const struct pack_line *l,
    bool next)
{
	char count[64], have[MONEY_SIZE], need[MONEY_SIZE], where[64];
	bool done = l->have >= l->need;
	enum style style = done ? STYLE_GOOD : next ? STYLE_STRONG : STYLE_TEXT;
	int name_w = (r.w < 90 ? r.w : 90) - 30, kit_w = 0;

	canvas_text(c, y, r.x, 1, style, "┃");
	if (l->kit[0] != '\0') /* what it was sold as, where there is room */
		kit_w = name_w - text_width(l->name) - 1;
	canvas_ends(c, y, r.x + 2, name_w, style, l->name);
	if (kit_w > 3) {
		snprintf(where, sizeof(where), "(%s)", l->kit);
		canvas_ends(
		    c, y, r.x + 2 + name_w - kit_w, kit_w, STYLE_DIM, where);
	}
	snprintf(count, sizeof(count), "%s / %s", count_show(l->have, have),
	    count_show(l->need, need));
	canvas_right(c, y, r.x + 2 + name_w, 12, style, count);
	if (done)
		snprintf(where, sizeof(where), "✔");
	else
		snprintf(where, sizeof(where), "%s%s",
		    l->bin[0] != '\0' ? "← " : "", l->bin);
	canvas_text(c, y, r.x + name_w + 17, 13, style, where);
	if (r.w > 90 + 16)
		canvas_text(c, y, r.x + 92, 16, STYLE_DIM, l->sku_code);
}

static void
draw_goods(const struct bench *b, struct canvas *c, struct rect r)
{
	const struct pack_line *lines;
	size_t n, i, at, top = 0, h = (size_t)(r.h > 0 ? r.h : 0);
	char more[96], left[MONEY_SIZE];

	lines = pack_lines(b->packing, &n);
	if (n == 0 || h == 0)
		return;
	at = line_next(b, lines, n);
	if (n > h) {
		h--; /* the last line says how many are not seen */
		if (at + 1 > h)
			top = at + 1 - h;
	}
	for (i = top; i < n && i < top + h; i++)
		draw_line(c, r.y + (int)(i - top), r, &lines[i], i == at);
	if (n > h) {
		snprintf(more, sizeof(more),
		    ngettext("▲▼ %s more line", "▲▼ %s more lines", n - h),
		    count_show((int64_t)(n - h), left));
		canvas_text(c, r.y + (int)h, r.x + 2, r.w - 2, STYLE_DIM, more);
	}
}

/* How many pieces are still to be scanned, to be read from far: where the lines
 * leave room for it. */
static void
draw_left(const struct bench *b, struct canvas *c, struct rect r)
{
	const struct pack_line *lines;
	int64_t left = 0;
	size_t i, n;
	int y, h;

	lines = pack_lines(b->packing, &n);
	for (i = 0; i < n; i++)
		if (lines[i].have < lines[i].need)
			left += lines[i].need - lines[i].have;
	h = r.h - (n < 100 ? (int)n : 100) - 1;
	if (b->stage != STAGE_GOODS || left == 0 || h < FLOOR_BIG_H)
		return;
	y = r.y + r.h - FLOOR_BIG_H - (h > FLOOR_BIG_H);
	floor_big(c, y, r.x, r.w, STYLE_STRONG, left);
	if (h > FLOOR_BIG_H)
		canvas_center(c, y + FLOOR_BIG_H, r.x, r.w, STYLE_DIM,
		    _("still to be scanned"));
}

static void
draw_band(const struct bench *b, struct canvas *c, struct rect r)
{
	enum style style =
	    b->band == BAND_GOOD ? STYLE_BAND_GOOD : STYLE_BAND_BAD;
	struct rect words = { r.y + 1, r.x + MARGIN, r.h - 1,
		r.w - 2 * MARGIN };

	if (b->band == BAND_NONE)
		return;
	if (text_lines(b->said, words.w) > 1)
		words = (struct rect){ r.y, words.x, r.h, words.w };
	canvas_fill(c, r, style);
	canvas_wrap(c, words, style, b->said);
}

static const char *
question(const struct bench *b)
{
	switch (b->stage) {
	case STAGE_ORDER:
		return _("Scan the order");
	case STAGE_GOODS:
		return _("Scan the goods");
	case STAGE_COURIER:
		return _("Courier");
	case STAGE_WAYBILL:
		return _("Scan the waybill");
	case STAGE_HAND:
		return _("Hand it over");
	case STAGE_WEIGHT:
		return _("Weight in grams");
	case STAGE_SCALE:
		return _("Scan the parcel");
	case STAGE_HOLD:
		return _("Why must it stop?");
	case STAGE_LEAVE:
		return _("Leave this order? What was scanned is forgotten.");
	}
	return "";
}

static void
hint_weight(const struct bench *b, char *text, size_t size)
{
	int64_t expected = pack_expected(b->packing);
	char grams[MONEY_SIZE];

	if (expected > 0)
		snprintf(text, size,
		    _("%s g are expected. Enter alone ships without a weight"),
		    count_show(expected, grams));
	else
		snprintf(
		    text, size, "%s", _("Enter alone ships without a weight"));
}

static void
hint_courier(const struct bench *b, char *text, size_t size)
{
	bool typed = b->text[0] != '\0';
	const char *fits[8];
	size_t i, n, len = 0;

	if (b->hand == HAND_MAY && !typed)
		len = (size_t)snprintf(
		    text, size, "%s   ", _("-: we bring it ourselves"));
	if (!typed && b->courier[0] != '\0') {
		snprintf(text + len, size - len,
		    b->cheapest ? _("Enter: %s, the cheapest in time; or scan "
				    "the waybill")
				: _("Enter: %s again, or scan the waybill"),
		    b->courier);
		return;
	}
	n = bench_couriers(b, b->text, fits, 8);
	for (i = 0; i < n && len < size; i++)
		len += (size_t)snprintf(
		    text + len, size - len, "%s%s", i > 0 ? "  " : "", fits[i]);
}

/* What helps to answer, in small. */
static void
draw_hint(const struct bench *b, struct canvas *c, struct rect r)
{
	char text[600] = "";
	size_t i, len = 0;

	if (b->stage == STAGE_COURIER) {
		hint_courier(b, text, sizeof(text));
	} else if (b->stage == STAGE_HAND) {
		snprintf(text, sizeof(text), "%s",
		    b->own ? _("We bring it ourselves: Enter when it leaves")
			   : _("The buyer collects it: Enter when it is "
			       "handed over"));
	} else if (b->stage == STAGE_HOLD) {
		for (i = 0; bench_reasons[i] != NULL && len < sizeof(text); i++)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    "%s%zu %s", i > 0 ? "   " : "", i + 1,
			    order_hold_text(bench_reasons[i]));
	} else if (b->stage == STAGE_WEIGHT && b->packing != NULL) {
		hint_weight(b, text, sizeof(text));
	} else if (b->stage == STAGE_LEAVE) {
		snprintf(
		    text, sizeof(text), "%s", _("Enter: leave   Esc: stay"));
	}
	canvas_text(c, r.y, r.x, r.w, STYLE_DIM, text);
}

static void
draw_question(struct bench *b, struct canvas *c, struct rect r)
{
	char tally[NAME_ROOM + 120], today[MONEY_SIZE], hour[MONEY_SIZE];
	const char *words = question(b);
	int x = r.x, w, tally_w;

	snprintf(tally, sizeof(tally), "%s%s", b->here,
	    b->here[0] != '\0' ? " · " : "");
	tally_w = (int)strlen(tally);
	snprintf(tally + tally_w, sizeof(tally) - (size_t)tally_w,
	    _("today %s · last hour %s"), count_show(b->today, today),
	    count_show(b->hour, hour));
	tally_w = text_width(tally);
	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, words) + 2;
	w = r.x + r.w - x - tally_w - 2;
	if (b->stage == STAGE_LEAVE)
		return;
	if (w > 40)
		w = 40;
	line_draw(&b->line, c, r.y, x, w, true);
	canvas_right(c, r.y, r.x + r.w - tally_w, tally_w, STYLE_DIM, tally);
}

/* On a tall terminal the question stays near the goods, but where it is does
 * not change while an order is packed. */
static int
bench_height(const struct bench *b, int h)
{
	size_t lines = 0;
	int want = 20;

	if (b->packing != NULL)
		pack_lines(b->packing, &lines);
	if (lines > 9)
		want += (int)(lines < 200 ? lines : 200) - 9;
	return want < h ? want : h;
}

void
draw_bench(struct bench *b, struct canvas *c, struct rect r)
{
	int h = bench_height(b, r.h);
	int x = r.x + MARGIN, w = r.w - 2 * MARGIN;
	int ask_y = r.y + h - 3, band_y = ask_y - BAND_H - 1, y = r.y + 1;

	if (b->packing != NULL) {
		y += draw_parcel(b, c, (struct rect){ y, x, 3, w }) + 1;
		draw_goods(b, c, (struct rect){ y, x, band_y - y, w });
		draw_left(b, c, (struct rect){ y, x, band_y - y, w });
	} else if (b->scale) {
		canvas_center(c, r.y + h / 3, r.x, r.w, STYLE_STRONG,
		    b->waybill[0] != '\0' ? b->waybill
					  : _("THE SCALE: scan the parcel"));
	} else {
		canvas_center(c, r.y + h / 3, r.x, r.w, STYLE_STRONG,
		    _("Scan the order or its waybill"));
		canvas_center(c, r.y + h / 3 + 2, r.x, r.w, STYLE_DIM,
		    _("or a product: the order that waits for just one piece "
		      "of it"));
	}
	draw_band(b, c, (struct rect){ band_y, r.x, BAND_H, r.w });
	draw_question(b, c, (struct rect){ ask_y, x, 1, w });
	draw_hint(b, c, (struct rect){ ask_y + 1, x, 1, w });
}
