/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STOCKTAKE_PRIV_H
#define DOMAIN_STOCKTAKE_PRIV_H

#include "shopmgr/domain/stocktake.h"

/* What stocktake*.c share. */

struct txn;

struct stocktake_now {
	int64_t id, kind, warehouse_id, line_n, counted_n;
	enum stocktake_state state;
	bool blind;
	char no[32];
};
int stocktake_read(struct session *s, int64_t id, struct stocktake_now *t)
    MUST_CHECK;
/* ERR_STATE in another state. */
int stocktake_need(struct session *s, const struct stocktake_now *t,
    enum stocktake_state state) MUST_CHECK;

struct stocktake_line_now {
	int64_t id, bin_id, variant_id; /* id 0: it is not there yet */
	enum stocktake_line_state state;
	int64_t book, picked, counted, first, value, staff_id;
};
/* The books of it, from now on, less what was picked. ERR_STATE while another
 * count that is under way has counted it: the difference would be posted twice.
 */
int stocktake_freeze(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l) MUST_CHECK;
/* What of the bin's goods is picked and not shipped. */
int stocktake_picked(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l) MUST_CHECK;
/* What the difference is worth, and the line as it is now. */
int stocktake_put(struct session *s, struct txn *txn,
    const struct stocktake_now *t, struct stocktake_line_now *l) MUST_CHECK;
/* Keeps what is kept of its lines. */
int stocktake_sums(struct txn *txn, int64_t id) MUST_CHECK;
/* Who counted cannot let it pass. */
int stocktake_counted_by(struct txn *txn, int64_t id, int64_t staff_id)
    MUST_CHECK;
/* Somebody else who may do this, and has not counted here when @fresh. */
int stocktake_others(struct session *s, int64_t id, const char *perm,
    bool fresh, int64_t *n) MUST_CHECK;

#endif
