/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "pack_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* What the bench makes of an answer, question by question. */

#define WEIGHT_MAX 1000000 /* grams: beyond that it is another code */

const char *const bench_reasons[] = { "stock", "address", "refund", "manual",
	NULL };

/* What the bench answers: over the full width, heard as well as seen. */
static void PRINTF_LIKE(3, 0)
    answer(struct bench *b, enum band band, const char *fmt, va_list ap)
{
	format_text(b->said, sizeof(b->said), fmt, ap);
	b->band = band;
}

void
bench_good(struct bench *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	answer(b, BAND_GOOD, fmt, ap);
	va_end(ap);
}

/* @bell: 0 that was wrong, 1 stop. */
void
bench_bad(struct screen *sc, int bell, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	answer(sc->state, BAND_BAD, fmt, ap);
	va_end(ap);
	ui_bell(sc->ui, bell);
}

void
bench_quiet(struct bench *b)
{
	b->band = BAND_NONE;
	b->said[0] = '\0';
}

void
bench_ask(struct bench *b, enum stage stage)
{
	b->stage = stage;
	line_set(&b->line, "");
}

/* Done with this order, one way or the other. */
void
bench_put_away(struct bench *b)
{
	pack_free(b->packing);
	b->packing = NULL;
	b->last_sku[0] = '\0';
	b->waybill[0] = '\0';
	b->chosen = b->own = false;
	b->hand = HAND_NEVER;
	b->more = false;
	b->grams = 0;
	bench_ask(b, b->scale ? STAGE_SCALE : STAGE_ORDER);
}

static const char *
why(struct screen *sc)
{
	return session_err(session_of(sc))->text;
}

/* Is it a hold that keeps @code from being packed? */
static void
note_hold(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;
	struct session *s = session_of(sc);
	struct order_card card;
	int64_t id;

	b->held[0] = '\0';
	if (order_by_no(s, code, &id) < 0 || order_card(s, id, &card) < 0)
		return;
	/* An item without a product is mapped, not released. */
	if (card.order.held && strcmp(card.order.holds, "unmapped") != 0)
		copy_text(b->held, sizeof(b->held), card.order.order_no);
	order_card_free(&card);
}

static const char *
how_released(struct screen *sc)
{
	return session_may(session_of(sc), PERM_ORDER_RELEASE)
		   ? _("F5 releases it.")
		   : _("F5 releases it, if somebody who may approves it here.");
}

int
bench_order(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;
	char text[400];
	int64_t id;

	b->held[0] = '\0';
	if (pack_open(session_of(sc), code, &b->packing) == 0) {
		bench_propose(sc);
		bench_quiet(b);
		if (pack_complete(b->packing))
			bench_complete(sc);
		else
			bench_ask(b, STAGE_GOODS);
		return 1;
	}
	copy_text(text, sizeof(text), why(sc));
	if (bench_by_goods(sc, code))
		return 1;
	note_hold(sc, code);
	bench_bad(sc, 1, "%s%s%s", text, b->held[0] != '\0' ? "\n" : "",
	    b->held[0] != '\0' ? how_released(sc) : "");
	if (variant_by_code(session_of(sc), code, &id) == 0)
		bench_bad(sc, 0,
		    _("%s is a product, and no order waits for one piece of "
		      "it. Scan the order."),
		    code);
	else
		bench_returns(sc, code);
	line_set(&b->line, "");
	return 1;
}

/* Counted: say of what, how many, and what comes next. */
static void
counted(struct screen *sc, const struct pack_line *l, enum pack_scan what)
{
	struct bench *b = sc->state;

	copy_text(b->last_sku, sizeof(b->last_sku), l->sku_code);
	if (what == PACK_COMPLETE) {
		bench_good(b, "%s", _("Complete. Nothing is missing."));
		bench_complete(sc);
	} else {
		bench_quiet(b);
	}
}

/* The product's name, or the code itself when nothing has it. */
static const char *
product_name(struct screen *sc, const char *code, char *buf, size_t size)
{
	struct session *s = session_of(sc);
	const struct variant *v;
	struct page page = { 0 };
	int64_t id;

	copy_text(buf, size, code);
	if (variant_by_code(s, code, &id) == 0 &&
	    variant_get(s, id, &page) == 0) {
		v = page_row(&page, 0);
		copy_text(buf, size, v->name);
		page_free(&page);
	}
	return buf;
}

static void
wrong_item(struct screen *sc, const char *code, const struct pack_line *next)
{
	char name[240];

	product_name(sc, code, name, sizeof(name));
	if (next != NULL)
		bench_bad(sc, 0,
		    _("WRONG ITEM: %s is not in this order.\nTake %s  %s"),
		    name, next->name, next->bin);
	else
		bench_bad(
		    sc, 0, _("WRONG ITEM: %s is not in this order."), name);
}

/* Enter alone while goods are missing: the parcel must not be closed. */
static int
missing(struct screen *sc)
{
	struct bench *b = sc->state;
	const struct pack_line *lines;
	size_t i, n;

	lines = pack_lines(b->packing, &n);
	for (i = 0; i < n; i++)
		if (lines[i].have < lines[i].need)
			break;
	if (i < n)
		bench_bad(sc, 0, _("MISSING: take %s  %s"), lines[i].name,
		    lines[i].bin);
	return 1;
}

static int
take_goods(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;
	const struct pack_line *l = NULL;
	int rc;

	line_set(&b->line, "");
	if (code[0] == '\0')
		return missing(sc);
	rc = pack_scan(session_of(sc), b->packing, code, &l);
	if (rc < 0) {
		bench_bad(sc, 1, "%s", why(sc));
		return 1;
	}
	switch ((enum pack_scan)rc) {
	case PACK_OK:
	case PACK_COMPLETE:
		counted(sc, l, (enum pack_scan)rc);
		break;
	case PACK_WRONG:
		wrong_item(sc, code, l);
		break;
	case PACK_TOO_MANY:
		bench_bad(sc, 0, _("TOO MANY: there is enough of %s already."),
		    l != NULL ? l->name : code);
		break;
	case PACK_UNKNOWN:
		if (bench_material(sc, code))
			break;
		if (strcmp(code, pack_order_no(b->packing)) == 0)
			bench_good(
			    b, _("Order %s lies here: scan its goods."), code);
		else
			bench_bad(sc, 0,
			    _("UNKNOWN CODE: no product has the code %s."),
			    code);
		break;
	}
	return 1;
}

/* What was typed, to a courier's full name; false: none, or not clear. */
static bool
which_courier(struct screen *sc, const char *text)
{
	struct bench *b = sc->state;
	const struct courier *co;
	const char *fits[2];
	int64_t id;
	size_t i;

	if (courier_find(session_of(sc), text, &id) == 0) {
		for (i = 0; i < b->couriers.n; i++) {
			co = page_row(&b->couriers, i);
			if (co->id == id)
				copy_text(
				    b->courier, sizeof(b->courier), co->name);
		}
		return true;
	}
	if (bench_couriers(b, text, fits, 2) != 1)
		return false;
	copy_text(b->courier, sizeof(b->courier), fits[0]);
	return true;
}

static int take_waybill(struct screen *sc, const char *text);

static int
take_courier(struct screen *sc, const char *text, bool scanned)
{
	struct bench *b = sc->state;
	char name[64];

	if (b->hand == HAND_MAY && strcmp(text, "-") == 0) {
		b->own = true;
		bench_quiet(b);
		bench_ask(b, b->weigh ? STAGE_WEIGHT : STAGE_HAND);
		return 1;
	}
	if (text[0] == '\0' && b->courier[0] == '\0') {
		bench_bad(
		    sc, 0, "%s", _("Which courier? Type the name or code."));
		return 1;
	}
	if (text[0] == '\0' || which_courier(sc, text)) {
		b->chosen = text[0] != '\0';
		bench_quiet(b);
		bench_ask(b, STAGE_WAYBILL);
		return 1;
	}
	if (bench_material(sc, text))
		return 1;
	/* Courier as the last time: the waybill may come at once. Digits are
	 * in no courier's name. */
	if (b->courier[0] != '\0' &&
	    (scanned || strpbrk(text, "0123456789") != NULL)) {
		bench_ask(b, STAGE_WAYBILL);
		return take_waybill(sc, text);
	}
	if (courier_by_waybill(session_of(sc), text, "", name) > 0 &&
	    name[0] != '\0') {
		copy_text(b->courier, sizeof(b->courier), name);
		return take_waybill(sc, text);
	}
	bench_bad(sc, 0, _("No courier is called %s."), text);
	line_set(&b->line, "");
	return 1;
}

/* The courier was only proposed: the label on the parcel knows better. Where
 * one was chosen, or it is nobody's label, one is warned before it goes. */
static void
follow_label(struct screen *sc)
{
	struct bench *b = sc->state;
	char name[64];

	if (courier_by_waybill(session_of(sc), b->waybill, b->courier, name) <=
	    0)
		return;
	if (b->chosen || name[0] == '\0') {
		bench_bad(sc, 0, _("%s does not look like a waybill of %s"),
		    b->waybill, b->courier);
		return;
	}
	copy_text(b->courier, sizeof(b->courier), name);
	bench_good(b, _("The label is one of %s: that is the courier now."),
	    b->courier);
}

static int
take_waybill(struct screen *sc, const char *text)
{
	struct bench *b = sc->state;
	char name[240];
	int64_t id;

	if (text[0] == '\0') {
		bench_bad(sc, 0, "%s", _("Scan the waybill of the parcel."));
		return 1;
	}
	if (bench_material(sc, text))
		return 1;
	if (variant_by_code(session_of(sc), text, &id) == 0) {
		bench_bad(sc, 0,
		    _("TOO MANY: the parcel is complete without %s.\n"
		      "Scan the waybill."),
		    product_name(sc, text, name, sizeof(name)));
		line_set(&b->line, "");
		return 1;
	}
	/* An order scanned too early, or a waybill that is in use. */
	if (order_by_no(session_of(sc), text, &id) == 0 &&
	    (id != pack_order(b->packing) ||
		strcmp(text, pack_order_no(b->packing)) == 0)) {
		bench_bad(sc, 0,
		    _("%s is the number of an order or of its parcel. Scan the "
		      "waybill of this one."),
		    text);
		line_set(&b->line, "");
		return 1;
	}
	copy_text(b->waybill, sizeof(b->waybill), text);
	bench_quiet(b);
	follow_label(sc);
	if (!b->weigh)
		return bench_ship(sc, 0, false);
	bench_ask(b, STAGE_WEIGHT);
	return 1;
}

/* The next order, scanned in the place of the weight: as after Enter alone. */
static int
ship_and_take(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;
	char said[sizeof(b->said)];

	bench_ship(sc, 0, false);
	if (b->packing != NULL || b->band != BAND_GOOD)
		return 1;
	copy_text(said, sizeof(said), b->said);
	bench_order(sc, code);
	if (b->packing != NULL)
		bench_good(b, "%s", said);
	return 1;
}

/* Another order, scanned in the place of Enter. */
static bool
is_next(struct screen *sc, const char *text)
{
	const struct bench *b = sc->state;
	int64_t id;

	return !b->scale && order_by_no(session_of(sc), text, &id) == 0 &&
	       id != pack_order(b->packing);
}

static int
take_hand(struct screen *sc, const char *text)
{
	if (text[0] == '\0')
		return bench_ship(sc, 0, false);
	if (bench_material(sc, text))
		return 1;
	if (is_next(sc, text))
		return ship_and_take(sc, text);
	bench_bad(sc, 0, "%s", _("Enter alone hands it over."));
	line_set(&((struct bench *)sc->state)->line, "");
	return 1;
}

static int
take_weight(struct screen *sc, const char *text)
{
	struct bench *b = sc->state;
	int64_t grams = 0;

	if (text[0] == '\0' || (count_parse(text, &grams) == 0 && grams >= 0 &&
				   grams <= WEIGHT_MAX))
		return b->scale ? bench_weigh(sc, grams, false)
				: bench_ship(sc, grams, false);
	if (is_next(sc, text))
		return ship_and_take(sc, text);
	if (bench_material(sc, text))
		return 1;
	bench_bad(
	    sc, 0, _("%s is no weight. Type grams, or Enter alone."), text);
	line_set(&b->line, "");
	return 1;
}

/* Hold the order that lies here, for the reason with this number. */
static int
take_reason(struct screen *sc, const char *text)
{
	struct bench *b = sc->state;
	size_t n = sizeof(bench_reasons) / sizeof(*bench_reasons) - 1;
	int64_t at;
	char no[64];

	if (count_parse(text, &at) < 0 || at < 1 || at > (int64_t)n) {
		bench_bad(sc, 1, "%s",
		    _("First say why the order must stop: type its number. "
		      "Esc goes back."));
		line_set(&b->line, "");
		return 1;
	}
	copy_text(no, sizeof(no), pack_order_no(b->packing));
	if (order_hold(session_of(sc), pack_order(b->packing),
		bench_reasons[at - 1], _("at the packing bench")) < 0) {
		bench_bad(sc, 1, "%s", why(sc));
		b->stage = b->before;
		line_set(&b->line, "");
		return 1;
	}
	bench_good(b, _("ON HOLD: %s, %s. Put its goods back."), no,
	    order_hold_text(bench_reasons[at - 1]));
	bench_put_away(b);
	return 1;
}

int
bench_take(struct screen *sc, const char *text, bool scanned)
{
	struct bench *b = sc->state;
	char own[128]; /* @text may be the line, which is emptied */

	copy_text(own, sizeof(own), text);
	if (b->stage == STAGE_ORDER && own[0] != '\0' &&
	    floor_ask(sc, false) < 0)
		return 1;
	floor_place_name(sc, b->here);
	if (b->stage == STAGE_LEAVE) { /* work goes on: one stays */
		if (!scanned) {
			bench_put_away(b);
			return 1;
		}
		b->stage = b->before;
	}
	switch (b->stage) {
	case STAGE_ORDER:
		return own[0] != '\0' ? bench_order(sc, own) : 1;
	case STAGE_GOODS:
		return take_goods(sc, own);
	case STAGE_COURIER:
		return take_courier(sc, own, scanned);
	case STAGE_WAYBILL:
		return take_waybill(sc, own);
	case STAGE_HAND:
		return take_hand(sc, own);
	case STAGE_WEIGHT:
		return take_weight(sc, own);
	case STAGE_SCALE:
		return own[0] != '\0' ? bench_scale(sc, own) : 1;
	case STAGE_HOLD:
		return take_reason(sc, own);
	case STAGE_LEAVE:
		break;
	}
	return 1;
}
