/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONFIRM_PRIV_H
#define DOMAIN_CONFIRM_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/confirm.h"

/* Confirmation, inside the operations of others. */

struct session;
struct txn;

/*
 * These facts (bits) of the order have changed: as far as they were confirmed
 * they no longer are, with a word on why, and the order waits again if it needs
 * them. To be called by whoever changes them. Nothing, where none was
 * confirmed.
 */
int confirm_take_back(struct session *s, struct txn *txn, int64_t order_id,
    int64_t bits, const char *why) MUST_CHECK;
/* The same of one fact, with what it was: a correction, if it was confirmed. */
int confirm_changed(struct session *s, struct txn *txn, int64_t order_id,
    int64_t bit, const char *before, const char *after) MUST_CHECK;
/* Bring DONE_CONFIRMED and the hold "confirm" in line with what stands. */
int confirm_settle(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* Record @bits as confirmed, inside an operation. */
int confirm_add(struct session *s, struct txn *txn, int64_t order_id,
    int64_t bits, const char *channel, const char *note) MUST_CHECK;
/* Who speaks with the buyer first has the sale, if nobody had it. */
int confirm_agent(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* What a verb of another may do only with a confirmed order: ERR_STATE, and the
 * sentence says what is missing. For shipping. */
int confirm_guard(struct session *s, int64_t order_id) MUST_CHECK;
/* Lines of it that are made to order and still to be sent. */
int made_lines(struct session *s, int64_t order_id, int64_t *n) MUST_CHECK;

#endif
