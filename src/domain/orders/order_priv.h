/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_PRIV_H
#define DOMAIN_ORDER_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Orders, inside the operations of others (import, shipping, mapping). */

struct arena;
struct page;
struct session;
struct txn;

/* What decides about an order, read inside the transaction. */
struct order_now {
	int64_t id, version, state, held, shop_id;
	int64_t lead_id;      /* in whose parcel it goes; 0: in its own */
	int64_t warehouse_id; /* never 0 */
	int64_t parts, done, cod;
	char order_no[64];
};
int order_now(struct session *s, struct txn *txn, int64_t id,
    struct order_now *out) MUST_CHECK;
/* Move to @state; holds no longer matter unless it is paid or partly shipped
 * then. Keeps version and order_count; @now is brought up to date. */
int order_move(struct session *s, struct txn *txn, struct order_now *now,
    int64_t state) MUST_CHECK;
/* Add a reason (a reason that is open already is left alone: *@fresh false),
 * or clear one (0 also when it was not open). Keep orders.held. */
int hold_open(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason, const char *note, bool *fresh) MUST_CHECK;
int hold_clear(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason) MUST_CHECK;
/* The same by somebody else; 0: the program itself. */
int hold_clear_by(struct session *s, struct txn *txn, struct order_now *now,
    const char *reason, int64_t staff_id) MUST_CHECK;
/* A hold as somebody asks for it; until 0: somebody clears it. */
struct hold_for {
	const char *reason, *note;
	int64_t until;
};
bool hold_known(const char *reason);
/* What can be judged without the order: ERR_INVALID with the field. */
int hold_check(struct session *s, const struct hold_for *h) MUST_CHECK;
/* Open it, or give one that is open another end; ERR_CONFLICT "reason" when it
 * is open just so. */
int hold_put(struct session *s, struct txn *txn, struct order_now *now,
    const struct hold_for *h) MUST_CHECK;
struct op;
/* op_commit() with what it was in the log. */
int hold_commit(struct session *s, const struct op *op, struct txn **txn,
    int64_t id, const struct hold_for *h) MUST_CHECK;
/* said.c: notes of the program itself, in the reader's language; any other as
 * it stands. */
#define SAID_ADDRESS     "@address"
#define SAID_REMARK      "@remark"
#define SAID_BAD_LINE    "@bad-line"
#define SAID_SKU         "@sku"
#define SAID_SKU_UNKNOWN "@sku-unknown"
const char *said_text(struct arena *arena, const char *note);
/* Release what is held up to now; 0 also when somebody else writes just then.
 */
int hold_expire(struct session *s) MUST_CHECK;
/* Some words of a person: ERR_INVALID @field when they are too many. */
int order_note_check(struct session *s, const char *field, const char *note)
    MUST_CHECK;
/* The open reasons in words, "退款中、商品未匹配", and as data, "refund
 * unmapped"; what @buf does not hold is left out. */
int hold_words(struct session *s, int64_t order_id, char *buf, size_t size)
    MUST_CHECK;
int hold_names(struct session *s, int64_t order_id, char *buf, size_t size)
    MUST_CHECK;
/* Set and clear bits of orders.done (enum order_done); no change of version. */
int order_did(struct session *s, struct txn *txn, int64_t id, int64_t set,
    int64_t clear) MUST_CHECK;
/* The courier is what a rule said, in orders.done as well; no word of it. */
#define DONE_COURIER_RULE 512
/* Paid or partly shipped: the states in which holds matter. */
bool order_can_hold(int64_t state);

/* One order's row by its id as a page of one; ERR_NOTFOUND. */
int order_row(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* The order with this number, or else this waybill; for those who may not see
 * all orders but have this one before them. See order_by_no(). */
int order_look_up(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* "Order 1 was already shipped by ... " into the session's error; ERR_STATE. */
int order_shipped_error(struct session *s, int64_t id, const char *order_no)
    MUST_CHECK;

#endif
