/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_FIGURES_PRIV_H
#define DOMAIN_FIGURES_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/map.h"

/*
 * The kept figures (order_count, day_figure, hour_figure, packer_figure),
 * gathered in memory while an operation works and written once at its end.
 * Nothing else writes them.
 */

struct session;
struct txn;

#define TALLY_N 4

/* Changes by two keys. */
struct tally {
	struct map map; /* keys -> index */
	struct tally_row {
		int64_t key[2];
		int64_t n[TALLY_N];
	} * row;
	size_t n, cap;
};

struct figures {
	int64_t count[7][2];  /* by state and held: the change */
	struct tally days;    /* day and shop */
	struct tally hours;   /* hour since 1970, whatever the clock */
	struct tally packers; /* hour and packer */
};

/* An order goes from one place to another; state 0: it did not exist. */
void figures_move(struct figures *f, int64_t from_state, int64_t from_held,
    int64_t to_state, int64_t to_held);
/* Add to the figures of a day and an hour; @at seconds, 0 is ignored. */
void figures_created(struct figures *f, int64_t shop_id, int64_t at, int64_t n);
void figures_paid(
    struct figures *f, int64_t shop_id, int64_t at, int64_t n, int64_t fen);
void figures_shipped(struct figures *f, int64_t shop_id, int64_t packer_id,
    int64_t at, int64_t n);
int figures_flush(struct session *s, struct txn *txn, struct figures *f)
    MUST_CHECK;
void figures_done(struct figures *f);

#endif
