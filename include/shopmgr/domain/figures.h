/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_FIGURES_H
#define SHOPMGR_DOMAIN_FIGURES_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* Kept figures for the front screen: reading them costs nothing. */

struct session;

struct day_figure {
	int64_t day;
	int64_t created_n, paid_n, paid, shipped_n;
};

/* The last @n days up to @day, oldest first, all shops summed; days without
 * trade are rows of zeros. Rows: struct day_figure. */
int figures_days(struct session *s, int64_t day, size_t n, struct page *out)
    MUST_CHECK;
/* Variants at or below their reorder point; orders packed today. */
int figures_low_stock(struct session *s, int64_t *n) MUST_CHECK;

#endif
