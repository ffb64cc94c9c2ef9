/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_FULL_H
#define DOMAIN_IMPORT_FULL_H

#include "import_priv.h"

/* An order with all that an import can change in it: what import_update.c
 * writes, import_note.c notes, and import_undo_order.c puts back. */

enum { O_CREATED, O_PAID_AT, O_SHIPPED, O_FINISHED, O_PROMISED, O_TIMES };
enum { O_TOTAL, O_POSTAGE, O_PAID, O_REFUND, O_SETTLED, O_AMOUNTS };
enum { O_BUYER_NOTE, O_MEMO, O_PAYMENT, O_WAYBILL, O_REASON, O_TEXTS };

struct full {
	int64_t shop_id, hash, courier, receiver, customer, held, flag;
	int state;
	int64_t time[O_TIMES], amount[O_AMOUNTS];
	struct slice text[O_TEXTS];
	struct imp_receiver r;
	struct slice told; /* the platform's, as somebody changed r here */
	bool ours;         /* there is a parcel of our own */
};

static inline bool
slices_same(struct slice a, struct slice b)
{
	return slice_same(a, b.s, b.n);
}

/* Texts are of j->scratch. */
int full_read(struct job *j, int64_t id, struct full *f) MUST_CHECK;
/* What differs from what it @was. */
int full_write(struct job *j, int64_t id, const struct full *was,
    const struct full *is) MUST_CHECK;
/* The kept figures follow; not those of the customers' dates. */
int full_recount(struct job *j, const struct full *was, const struct full *is)
    MUST_CHECK;

/* import_note.c: what was changed, for people and to put it back. */
int note_order(struct job *j, int64_t id, const struct full *was,
    const struct full *is) MUST_CHECK;

#endif
