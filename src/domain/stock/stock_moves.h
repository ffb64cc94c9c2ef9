/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STOCK_MOVES_H
#define DOMAIN_STOCK_MOVES_H

#include "bins_priv.h"

/* What stock_move.c and stock_bins.c share: the stock of one variant in one
 * warehouse, bin by bin, and how it is posted. */

struct stock_key {
	int64_t slip_id, warehouse_id, variant_id;
};

struct lying {
	int64_t bin_id, walk, qty;
	enum bin_kind kind;
	bool first; /* it is picked from there */
	char code[BIN_CODE];
};

struct stock_now {
	bool below_zero, put_away, kit; /* of warehouse and variant */
	bool counter;                   /* the slip takes another back */
	bool missing;                   /* there was no row yet */
	char kind[16];                  /* of the slip */
	char sku[64];
	char home[BIN_CODE];
	int64_t home_id, reorder;
	int64_t on_hand, value, reserved, defective, to_put;
	int64_t last_in, last_out;
	int64_t at; /* the time to be written */
	struct lying *v;
	size_t n;
};

/* Makes the row at need. ERR_STATE, field "sku", for a kit, unless
 * there is no slip. */
int stock_now(struct session *s, struct txn *txn, const struct stock_key *k,
    struct stock_now *now) MUST_CHECK;
void stock_now_done(struct stock_now *now);

/* A day's figures of a product in a warehouse: this much more. */
struct stock_figures {
	int64_t sold, cost, came, sales;
};
int stock_day_add(struct txn *txn, const struct stock_key *k, int64_t day,
    const struct stock_figures *f) MUST_CHECK;

/* What @qty pieces cost by the newest move, when there are none to average. */
int stock_last_cost(struct session *s, const struct stock_key *k, int64_t qty,
    int64_t *value) MUST_CHECK;

struct leg {
	int64_t bin_id, was, qty, value, sales;
	enum bin_kind kind;
	char code[BIN_CODE];
};
int stock_post(struct session *s, struct txn *txn, const struct stock_key *k,
    struct stock_now *now, const struct leg *legs, size_t n) MUST_CHECK;

#endif
