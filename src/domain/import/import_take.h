/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_TAKE_H
#define DOMAIN_IMPORT_TAKE_H

#include "import_read.h"

struct order_now;

/* What rows of orders become. */

/* import_dict.c */
struct dict *dict_new(struct job *j);
void dict_free(struct dict *d);
int dict_flush(struct job *j) MUST_CHECK;
int64_t dict_last_receiver(const struct job *j);
int shop_find(struct job *j, const struct platform *p, struct slice name,
    int64_t *id) MUST_CHECK;
/* The one that a row is of, as far as it says. */
int shop_of(struct job *j, const struct imp_row *row, int64_t *id) MUST_CHECK;
/* Is @shop_id a shop on @p? NULL: any. */
int shop_is_on(struct job *j, const struct platform *p, int64_t shop_id,
    bool *is) MUST_CHECK;
int courier_known(struct job *j, struct slice name, int64_t *id) MUST_CHECK;
struct listing_ref {
	int64_t id, variant_id;
};
int listing_find(struct job *j, const struct imp_row *row, int64_t shop_id,
    struct listing_ref *out) MUST_CHECK;
/* 0 when the row says nothing about who gets the parcel. *@customer: 0 when
 * the row does not know who buys. */
int receiver_find(struct job *j, const struct imp_row *row, int64_t *id,
    int64_t *customer) MUST_CHECK;

/* import_people.c */
struct people *people_new(struct job *j);
void people_free(struct people *p);
int person_find(struct job *j, const struct imp_receiver *r, int64_t *id)
    MUST_CHECK;
/* An order counts for a customer (@n 1) or no longer (-1). */
struct person_order {
	int64_t created_at, paid_at, net; /* paid - refund */
	struct slice name, phone;
};
int person_count(struct job *j, int64_t id, int n, const struct person_order *o)
    MUST_CHECK;
int people_flush(struct job *j) MUST_CHECK;
void people_ask_dates(struct job *j, int64_t id);
/* After the orders are written, and their indexes. */
int people_dates(struct job *j) MUST_CHECK;

/* import_find.c */
struct finder *finder_new(struct job *j);
void finder_free(struct finder *f);
void finder_look_again(struct finder *f);
struct finder *finder_sifted(struct job *j, struct finder *old);
void finder_forget(struct finder *f);
/* @shop_id 0: in any shop of @p; @p NULL, in a merge: on any. False in *@found
 * when there is none. */
int order_seek(struct job *j, const struct platform *p, struct slice no,
    int64_t shop_id, struct imp_order *out, bool *found) MUST_CHECK;
/* The shop that a row speaks of, 0 when it does not say and need not. */
int row_shop(struct job *j, const struct imp_row *row, int64_t *shop)
    MUST_CHECK;
void order_made(struct job *j, const struct platform *p, struct slice no,
    const struct imp_order *o);
void order_note_state(struct job *j, const struct imp_order *o);
void order_note_lines(struct job *j, int64_t id);
bool order_has_lines(struct job *j, int64_t id);
/* Counts each order once, by the most that happened to it. */
enum order_mark { MARK_NONE, MARK_UNCHANGED, MARK_UPDATED, MARK_NEW };
void order_mark(struct job *j, const struct imp_order *o, enum order_mark mark);
/* This import made it. */
bool order_is_fresh(struct job *j, int64_t id);
bool order_is_unchanged(struct job *j, int64_t id);
/* It was counted as unchanged before. */
void order_counted(struct job *j, int64_t id);

/* import_order.c */
struct orders_out *orders_new(struct job *j);
void orders_free(struct orders_out *o);
int orders_flush(struct job *j) MUST_CHECK;
int orders_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* Of all that is kept of the row; another layout's is another. Never 0. */
int64_t row_hash(const struct imp_row *row);
int order_create(struct job *j, struct imp_row *row, int64_t hash,
    struct imp_order *o) MUST_CHECK;
void order_values(struct job *j, struct imp_row *row);
void orders_lined(struct job *j);
int orders_goods(struct job *j) MUST_CHECK;
int orders_check(struct job *j) MUST_CHECK;

/* import_update.c: what a row says of an order that is there. @hash 0: it was
 * put together from item rows. @shop 0: it does not say which. */
int order_update(struct job *j, struct imp_order *o, struct imp_row *row,
    int64_t hash, int64_t shop) MUST_CHECK;

/* import_line.c */
struct lines *lines_new(struct job *j);
void lines_free(struct lines *l);
int lines_flush(struct job *j) MUST_CHECK;

/* import_group.c */
int items_file(struct job *j, struct imp_file *f) MUST_CHECK;

/* import_settle.c */
struct settle *settle_new(void);
void settle_free(struct settle *st);
#define TOUCH_NEW     1u /* of this import, or paid just now */
#define TOUCH_REFUND  2u /* what is known of refunds changed */
#define TOUCH_ADDRESS 4u
#define TOUCH_LEFT    8u   /* no longer paid: by way of another program */
#define TOUCH_BAD     16u  /* a line of it was refused */
#define TOUCH_REMARK  64u  /* the remark or the buyer's note */
#define TOUCH_MONEY   128u /* what was paid */
#define TOUCH_KEPT    32u  /* what is kept of its refunds changed */
#define TOUCH_ASKED   256u /* the order as a whole is to be refunded; or not */
#define TOUCH_UNASKED 512u
#define TOUCH_SKU     1024u /* see skus_wish() */
/* The holds of a new order, where the file has them all. */
void holds_said(struct job *j, const struct imp_row *row, int64_t id);
void order_touch(struct job *j, int64_t id, unsigned why);
/* What an order file says of a refund of the order as a whole, and of another
 * SKU that the buyer wants. */
unsigned touch_said(const struct imp_row *row, int64_t state);
int orders_settle(struct job *j) MUST_CHECK;
void settle_end(struct job *j); /* what has to be said of all of them */

/* import_sku.c: the buyer of an order wants another SKU, as the platform calls
 * it; and what follows once its lines are known. */
void skus_wish(struct job *j, int64_t order_id, struct slice text);
void skus_done(struct job *j);
/* *@note gets what is to be told of it, "" when the order has it already. */
int skus_follow(struct job *j, const struct order_now *now, const char **note)
    MUST_CHECK;

#endif
