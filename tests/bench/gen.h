/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_BENCH_GEN_H
#define SHOPMGR_TESTS_BENCH_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The generator of a shop's year: what it sells (gen_shop.c), as which files
 * (gen_layout.c, layouts.tsv). */

#define DAYS     366 /* of 2024 */
#define VARIANTS 5000
#define PER_ITEM 4 /* variants of a product */
#define MAX_LINE 5

enum state { UNPAID, PAID, PART, SHIPPED, DONE, CLOSED, STATES };

struct plan {
	int64_t n; /* orders of the year */
	uint64_t seed;
	int64_t from, count, changed;
	const char *layout, *encoding, *dir, *tag;
	bool bare;         /* as the sqlite3 shell reads it */
	bool newest;       /* first, as platforms list them */
	bool single;       /* one line an order */
	bool paid;         /* every one, and not sent */
	double upto[DAYS]; /* share of the year's orders */
};

struct line {
	int variant, qty;
	int64_t price;
};

struct order {
	int64_t i;
	uint64_t h; /* its own randomness */
	enum state state;
	int64_t buyer, at, paid_at, sent_at, done_at; /* 0: not yet */
	int64_t goods, postage, off, paid, refund;
	struct line lines[MAX_LINE];
	int nlines, pieces;
};

/* Everything is a function of a seed and a number. */
uint64_t mix(uint64_t x);
/* The @k-th number of the stream @h, below @n. */
int64_t pick(uint64_t h, unsigned k, int64_t n);
const char *word(uint64_t h, unsigned k, const char *const *words);

void plan_days(struct plan *p);
enum state state_of(const struct plan *p, int64_t i, uint64_t h);
void make_order(const struct plan *p, int64_t i, bool later, struct order *o);

/* A layout, which the program ends without; and its files, as planned. */
struct layout;
struct layout *layout_load(
    const char *layouts, const char *headers, const char *name);
void layout_write(struct layout *l, struct plan *p);

#endif
