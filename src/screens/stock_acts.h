/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_STOCK_ACTS_H
#define SCREENS_STOCK_ACTS_H

/* What can be done to a product and its stock; 0 also when one gave up. */

struct screen;
struct variant;

int act_variant_new(struct screen *sc);
int act_variant_edit(struct screen *sc, const struct variant *v);
int act_receive(struct screen *sc, const struct variant *v); /* v: or NULL */
int act_adjust(struct screen *sc, const struct variant *v);
int act_issue(struct screen *sc, const struct variant *v);
int act_transfer(struct screen *sc, const struct variant *v);
/* To all that are selected in the list. */
int act_transfer_many(struct screen *sc);
int act_levels_many(struct screen *sc);

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
