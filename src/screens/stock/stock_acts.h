/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_STOCK_ACTS_H
#define SCREENS_STOCK_ACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What can be done to a product and its stock; 0 also when one gave up. */

struct screen;
struct variant;

/* product_acts.c */
int act_variant_new(struct screen *sc);
int act_variant_edit(struct screen *sc, const struct variant *v);
/* One more variant of its product. */
int act_variant_another(struct screen *sc, const struct variant *v);
int act_variant_turn(struct screen *sc, const struct variant *v);
/* A supplier's offer: of a product, of a company, one that there is; or NULL.
 */
struct supplier_item;
int act_offer(struct screen *sc, const char *sku_code, const char *company,
    const struct supplier_item *i);
int act_offer_drop(struct screen *sc, const struct supplier_item *i);
int act_receive(struct screen *sc, const struct variant *v); /* v: or NULL */
int act_adjust(struct screen *sc, const struct variant *v);
int act_issue(struct screen *sc, const struct variant *v);
int act_transfer(struct screen *sc, const struct variant *v);
/* Is there such a bin (@warehouse_id 0: in the main one)? Asks whether one is
 * to be made, *@make, when there is none; false: it is not. */
bool act_bin_wanted(
    struct screen *sc, int64_t warehouse_id, const char *bin, bool *make);
/* One receipt of several, without an order; 1 when there is one. */
int act_receive_many(struct screen *sc, const int64_t *ids, size_t n);
/* To all that are selected in the list. */
int act_transfer_many(struct screen *sc);
int act_levels_many(struct screen *sc);
/* Set aside, scrapped or issued: those that are selected, or else this one, by
 * one slip. 1 when there is one. */
int act_bad(struct screen *sc, int64_t variant_id);

/*
 * Narrow a list of variants by what is typed: the beginning of a code, in small
 * letters too, or else of a name. Nothing typed: all of them.
 */
struct variant_filter;
struct narrowing {
	char prefix[64]; /* what the filter's points to */
};
struct table;
int narrow_variants(struct table *t, struct variant_filter *filter,
    struct narrowing *n, const char *typed);

#endif
