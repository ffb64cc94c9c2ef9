/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PACK_PRIV_H
#define SCREENS_PACK_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/line.h"

/*
 * The packing bench: what it is about to ask, and what it said last. There are
 * no dialogs here: a scan always reaches the bench, and the question that
 * stands decides what it means.
 */

struct packing;
struct screen;

enum stage {
	STAGE_ORDER,   /* which order? */
	STAGE_GOODS,   /* which piece? */
	STAGE_COURIER, /* who takes it? */
	STAGE_WAYBILL,
	STAGE_HAND, /* no courier: is it handed over? */
	STAGE_WEIGHT,
	STAGE_SCALE, /* which parcel lies on the scale? */
	STAGE_HOLD,  /* why must it stop? */
	STAGE_LEAVE, /* really? */
};

enum band { BAND_NONE, BAND_GOOD, BAND_BAD };

struct bench {
	enum stage stage, before; /* before: that HOLD or LEAVE came from */
	struct packing *packing;
	struct line line; /* the one place where one types */
	char text[128];

	enum band band; /* stays until the next good scan */
	char said[600];
	char last_sku[64]; /* counted last, to be seen in the list */

	char held[64]; /* the order last refused, if a hold was why */
	char courier[64], waybill[64];
	int hand;      /* enum pack_hand: does it go without a courier? */
	bool own;      /* we bring this one ourselves */
	bool chosen;   /* the courier, by hand, for this parcel */
	bool cheapest; /* or proposed: the cheapest that arrives in time */
	struct page couriers;
	int64_t today, hour;
	bool weigh;
	bool more;     /* what is missing goes in another parcel */
	bool follow;   /* the next order comes by itself */
	bool claimed;  /* this one is kept from others */
	bool scale;    /* this bench only weighs and ships */
	int64_t grams; /* what was refused as too far off; 0: nothing was */
	char place[64];
	char here[NAME_ROOM]; /* the warehouse, where there is a choice */
};

/* What the bench answers: over the full width, heard as well as seen; or it is
 * quiet again. @bell: 0 that was wrong, 1 stop. */
void bench_good(struct bench *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void bench_bad(struct screen *sc, int bell, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void bench_quiet(struct bench *b);
void bench_ask(struct bench *b, enum stage stage);
/* Take an order by its number, or say why not. 1. */
int bench_order(struct screen *sc, const char *code);
/* Done with this order, one way or the other. */
void bench_put_away(struct bench *b);
/* An answer to the question that stands: scanned, or typed with Enter. 1. */
int bench_take(struct screen *sc, const char *text, bool scanned);

/* Is it what parcels are packed in? Then it is taken for that: 1. */
int bench_material(struct screen *sc, const char *code);
/* The order that waits for just this piece. False: none does, or it is no
 * product. */
bool bench_by_goods(struct screen *sc, const char *code);
/* By whom it best goes, as the templates have it, if a courier takes it. */
void bench_propose(struct screen *sc);
/* The goods are there: who takes them? Nobody is asked for where the buyer
 * does, nor where we do and no courier was named. */
void bench_complete(struct screen *sc);
/* The order goes without a courier. */
bool bench_by_hand(const struct bench *b);
/* The next order that waits, in nobody else's hands. 1. */
int bench_next(struct screen *sc);
/* Nobody is kept from it any more. */
void bench_let_go(struct bench *b, struct screen *sc);
/* What goes back where of an order that was refused, beneath what was said. */
void bench_returns(struct screen *sc, const char *code);
/* At the scale: a parcel, then what it weighs. 1. */
int bench_scale(struct screen *sc, const char *code);
int bench_weigh(struct screen *sc, int64_t grams, bool force);
/* Ship what lies here. 1. */
int bench_ship(struct screen *sc, int64_t grams, bool force);
/* It waits for the scale. 1. */
int bench_keep(struct screen *sc);
/* The answer was refused: back to the question it was of. 1. */
int bench_refused(struct screen *sc, int rc);

/* Reasons that one may give at the bench, ends with NULL. */
extern const char *const bench_reasons[];
/* Couriers that begin with what is typed; returns how many, at most @max. */
size_t bench_couriers(
    const struct bench *b, const char *typed, const char **out, size_t max);

void draw_bench(struct bench *b, struct canvas *c, struct rect r);

#endif
