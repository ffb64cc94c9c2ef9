/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_STAGED_H
#define SHOPMGR_DOMAIN_STAGED_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/import.h"

/*
 * What kept rows say, typed, for the departments that work with them: a view
 * each of the kinds that belong to orders and parcels. A department goes over
 * the rows of a kind once, with staged_each(), or asks for those of one waybill
 * or one order.
 *
 * Money is in fen, weights in grams, times in seconds. Texts that the file does
 * not have are "", numbers 0. Texts live as long as @arena.
 */

struct session;

/* One value by its name ("refund_no"), as it is kept; "" when there is none. */
const char *staged_value(
    const struct staged *t, const char *name, struct arena *arena);

/* The same as a number; false when it is not there, or is none. */
bool staged_fen(const struct staged *t, const char *name, int64_t *fen);
bool staged_int(const struct staged *t, const char *name, int64_t *n);
/* "1.25" of ten-thousandths: shares, kilograms of freight, hours. */
bool staged_decimal(const struct staged *t, const char *name, int64_t *n);
/* A time, or the beginning of a day or of a period. */
bool staged_time(const struct staged *t, const char *name, int64_t *at);

/* kind "freight-templates": a rule, of one template, method and region. */
enum freight_by { FREIGHT_PIECE, FREIGHT_WEIGHT, FREIGHT_VOLUME };
struct staged_freight {
	const char *template, *method; /* method: "express", a courier, "" */
	const char *region; /* "全国", or provinces with | between */
	bool fallback;      /* for every region that no other rule names */
	enum freight_by by;
	int64_t first, more; /* pieces, kg or m3, in ten-thousandths */
	int64_t first_fee, more_fee;
	int64_t least;   /* what a parcel costs at least; 0: not said */
	int64_t divisor; /* cm3 a kg; 0: volume does not count */
	bool seller_pays;
};
bool staged_freight(
    const struct staged *t, struct arena *arena, struct staged_freight *out);

/* kind "freight-bill": what a courier asks for a parcel. */
struct staged_bill {
	const char *waybill, *courier, *order_no, *province, *note;
	int64_t sent_on; /* the beginning of the day, or 0 */
	int64_t grams, fee;
};
bool staged_bill(
    const struct staged *t, struct arena *arena, struct staged_bill *out);

/* kind "tracking": what happened to a parcel, or where it stands now. */
struct staged_event {
	const char *waybill, *courier, *order_no, *state, *place;
	int64_t at; /* 0: not said */
	int64_t sent_at, signed_at;
};
bool staged_event(
    const struct staged *t, struct arena *arena, struct staged_event *out);

/* kind "payments": a line of a statement. */
struct staged_payment {
	const char *platform; /* "taobao", "alipay" */
	const char *payment_no, *order_no, *sub_order_no;
	const char *type; /* as the file calls it: "交易收款" */
	const char *about;
	int64_t at, income, expense; /* neither is below 0 but by corrections */
};
bool staged_payment(
    const struct staged *t, struct arena *arena, struct staged_payment *out);

/*
 * The rows of a kind behind @after (an id; 0: from the first), in the order in
 * which they came, till @take gives something other than 0. By pages: others
 * may write in between. Needs import; contacts are as they were kept, so a
 * department masks what it shows.
 */
typedef int staged_take(void *arg, const struct staged *t);
int staged_each(struct session *s, const char *kind, int64_t after,
    staged_take *take, void *arg) MUST_CHECK;
/* Those of one parcel: kind "tracking" or "freight-bill", the earliest of each
 * file first. */
int staged_of_waybill(struct session *s, const char *kind, const char *waybill,
    staged_take *take, void *arg) MUST_CHECK;

#endif
