/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "pack_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/ui.h"

/*
 * How a parcel leaves the bench, and how the next one comes: by its order, by
 * the one piece that it waits for, or by itself; shipped here, or at the scale.
 */

static const char *
why(struct screen *sc)
{
	return session_err(session_of(sc))->text;
}

int
bench_material(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;

	if (b->packing == NULL || code[0] == '\0' ||
	    pack_material(session_of(sc), b->packing, code) < 0)
		return 0;
	bench_good(b, _("Packed in: %s"), pack_material_name(b->packing));
	line_set(&b->line, "");
	return 1;
}

/* Where no template goes there, it stays with the last one. */
void
bench_propose(struct screen *sc)
{
	struct bench *b = sc->state;
	char name[64];

	b->hand = pack_by_hand(session_of(sc), b->packing);
	if (b->hand == HAND_ALWAYS) {
		b->cheapest = false;
		return;
	}
	b->cheapest = freight_propose(session_of(sc), pack_order(b->packing), 0,
			  name) == 0 &&
		      name[0] != '\0';
	if (b->cheapest)
		copy_text(b->courier, sizeof(b->courier), name);
}

bool
bench_by_hand(const struct bench *b)
{
	return b->hand == HAND_ALWAYS || b->own;
}

void
bench_complete(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->hand != HAND_ALWAYS)
		bench_ask(b, STAGE_COURIER);
	else
		bench_ask(b, b->weigh ? STAGE_WEIGHT : STAGE_HAND);
}

void
bench_let_go(struct bench *b, struct screen *sc)
{
	if (b->claimed)
		(void)!claim_drop(session_of(sc), 0, b->place);
	b->claimed = false;
}

bool
bench_by_goods(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;

	if (pack_next_by_goods(session_of(sc), code, b->place, &b->packing) < 0)
		return false;
	b->claimed = true;
	b->held[0] = '\0';
	bench_propose(sc);
	bench_good(
	    b, _("ONE PIECE: order %s, complete."), pack_order_no(b->packing));
	bench_complete(sc);
	return true;
}

int
bench_next(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct bench *b = sc->state;
	struct order_card card = { .order = { 0 } };
	char no[64];
	int64_t id = 0;
	int rc;

	rc = claim_next(s, 0, b->place, &id);
	if (rc == 0)
		rc = order_card(s, id, &card);
	if (rc < 0) {
		b->follow = false;
		bench_bad(sc, 0, "%s",
		    rc == ERR_NOTFOUND ? _("No order waits that is free to go.")
				       : why(sc));
		return 1;
	}
	copy_text(no, sizeof(no), card.order.order_no);
	order_card_free(&card);
	b->claimed = b->follow = true;
	return bench_order(sc, no);
}

int
bench_refused(struct screen *sc, int rc)
{
	struct bench *b = sc->state;
	const struct err *err = session_err(session_of(sc));

	bench_bad(sc, 1, "%s", err->text);
	if (strcmp(err->field, "courier") == 0)
		bench_ask(b, STAGE_COURIER);
	else if (strcmp(err->field, "waybill_no") == 0)
		bench_ask(b, STAGE_WAYBILL);
	else if (strcmp(err->field, "weight") == 0)
		bench_ask(b, STAGE_WEIGHT);
	else if (rc == ERR_STATE || rc == ERR_NOTFOUND)
		bench_put_away(b);
	return 1;
}

/* The next one comes by itself, under what was said of the last one. */
static void
follow(struct screen *sc)
{
	struct bench *b = sc->state;
	char said[sizeof(b->said)];

	bench_let_go(b, sc);
	if (!b->follow)
		return;
	copy_text(said, sizeof(said), b->said);
	bench_next(sc);
	if (b->packing != NULL)
		bench_good(b, "%s", said);
}

/* One parcel is gone, the goods that are missing go in the next. */
static void
go_on(struct bench *b)
{
	b->more = false;
	b->grams = 0;
	b->waybill[0] = '\0';
	b->last_sku[0] = '\0';
	bench_ask(b, STAGE_GOODS);
}

static void
fill_in(const struct bench *b, struct pack_close *how)
{
	if (!bench_by_hand(b)) {
		copy_text(how->courier, sizeof(how->courier), b->courier);
		copy_text(how->waybill_no, sizeof(how->waybill_no), b->waybill);
	}
	how->more = b->more;
}

/* It is gone: whose, and by whom. */
static void
say_shipped(struct bench *b, const char *no, const char *waybill, bool more)
{
	bool hand = bench_by_hand(b);

	if (hand && more)
		bench_good(
		    b, _("HANDED OVER: %s as %s. Now the rest."), no, waybill);
	else if (hand)
		bench_good(b, _("HANDED OVER: %s as %s"), no, waybill);
	else if (more)
		bench_good(b, _("SHIPPED: %s with %s %s. Now the rest."), no,
		    b->courier, waybill);
	else
		bench_good(
		    b, _("SHIPPED: %s with %s %s"), no, b->courier, waybill);
}

int
bench_ship(struct screen *sc, int64_t grams, bool force)
{
	struct bench *b = sc->state;
	struct pack_close how = { .weight = grams, .force = force };
	char warning[200] = "", no[64], waybill[64];
	bool more = b->more;
	int rc;

	fill_in(b, &how);
	copy_text(no, sizeof(no), pack_order_no(b->packing));
	rc = pack_ship(session_of(sc), b->packing, &how, warning);
	b->grams = rc < 0 ? grams : 0;
	if (rc < 0)
		return bench_refused(sc, rc);
	if (pack_tally(session_of(sc), &b->today, &b->hour) < 0)
		b->today++;
	copy_text(waybill, sizeof(waybill), pack_waybill(b->packing));
	say_shipped(b, no, waybill, more);
	if (more) {
		go_on(b);
	} else {
		bench_put_away(b);
		follow(sc);
	}
	if (warning[0] != '\0')
		ui_complain(sc->ui, "%s", warning);
	return 1;
}

int
bench_keep(struct screen *sc)
{
	struct bench *b = sc->state;
	struct pack_close how = { .weight = 0 };
	char warning[200] = "", no[64];
	int rc;

	fill_in(b, &how);
	copy_text(no, sizeof(no), pack_order_no(b->packing));
	rc = pack_keep(session_of(sc), b->packing, &how, warning);
	if (rc < 0)
		return bench_refused(sc, rc);
	bench_good(b, _("PACKED: %s with %s %s waits for the scale."), no,
	    b->courier, b->waybill);
	bench_put_away(b);
	follow(sc);
	if (warning[0] != '\0')
		ui_complain(sc->ui, "%s", warning);
	return 1;
}

#define RETURNS 2 /* that there is room for */

void
bench_returns(struct screen *sc, const char *code)
{
	struct session *s = session_of(sc);
	struct bench *b = sc->state;
	const struct put_back *back;
	struct page page;
	int64_t id;
	size_t i, len;

	if (order_by_no(s, code, &id) < 0 ||
	    put_back_of(s, id, RETURNS, &page) < 0)
		return;
	for (i = 0; i < page.n; i++) {
		back = page_row(&page, i);
		len = strlen(b->said);
		/* TRANSLATORS: how many, of what, the bin */
		snprintf(b->said + len, sizeof(b->said) - len,
		    _("%sGoes back: %lld × %s → %s"), i == 0 ? "\n" : "  ",
		    (long long)back->qty, back->sku_code,
		    back->bin[0] != '\0' ? back->bin : _("no bin"));
	}
	page_free(&page);
}

/* What it is becomes known with its weight: a parcel takes two scans. */
int
bench_scale(struct screen *sc, const char *code)
{
	struct bench *b = sc->state;

	copy_text(b->waybill, sizeof(b->waybill), code);
	bench_quiet(b);
	bench_ask(b, STAGE_WEIGHT);
	return 1;
}

int
bench_weigh(struct screen *sc, int64_t grams, bool force)
{
	struct bench *b = sc->state;
	char waybill[64], weight[MONEY_SIZE];
	int rc;

	if (grams == 0) {
		bench_bad(sc, 0, "%s", _("What does it weigh, in grams?"));
		return 1;
	}
	copy_text(waybill, sizeof(waybill), b->waybill);
	rc = pack_weigh(session_of(sc), waybill, grams, force, NULL);
	b->grams = 0;
	if (rc < 0) {
		bool far =
		    strcmp(session_err(session_of(sc))->field, "weight") == 0;

		bench_bad(sc, 1, far ? "%s" : _("%s\nPut the parcel aside."),
		    why(sc));
		b->grams = far ? grams : 0;
		if (!far) {
			bench_returns(sc, waybill);
			b->waybill[0] = '\0';
		}
		bench_ask(b, far ? STAGE_WEIGHT : STAGE_SCALE);
		return 1;
	}
	if (pack_tally(session_of(sc), &b->today, &b->hour) < 0)
		b->today++;
	bench_good(
	    b, _("SHIPPED: %s, %s g"), waybill, count_show(grams, weight));
	b->waybill[0] = '\0';
	bench_ask(b, STAGE_SCALE);
	return 1;
}
