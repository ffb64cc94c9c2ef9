/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_FILTER_H
#define SCREENS_ORDER_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/orders.h"

/* Which orders of a tab are shown: a form, its words, and the filters that
 * somebody keeps by a name. */

struct screen;

struct order_view {
	struct order_sieve sieve;
	int64_t since, until; /* days on which they were ordered; 0: open */
	/* By name. */
	char shop[NAME_ROOM], courier[NAME_ROOM], agent[NAME_ROOM],
	    warehouse[NAME_ROOM];
};

bool order_view_is_open(const struct order_view *v);
/* What the domain is asked. */
void order_view_apply(const struct order_view *v, struct order_filter *f);
/* "浙江 · since 2026-11-20 · not packed"; "" when everything is shown. */
char *order_view_text(const struct order_view *v, char *buf, size_t size);
/* Ask for it: 1 when it was changed, 0 given up, or a failure. */
int order_view_ask(struct screen *sc, struct order_view *v);
/* Take one that was kept. */
int order_view_pick(struct screen *sc, struct order_view *v);

#endif
