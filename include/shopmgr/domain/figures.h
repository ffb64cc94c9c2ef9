/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_FIGURES_H
#define SHOPMGR_DOMAIN_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
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
/*
 * What the day of @at had come to by that time, from the kept hours: of the one
 * under way the part of it that had gone by, and what was paid at the day's
 * average. So a day that is not over is compared with the same part of another.
 */
int figures_then(struct session *s, int64_t at, struct day_figure *out)
    MUST_CHECK;
/* Variants at or below their reorder point. */
int figures_low_stock(struct session *s, int64_t *n) MUST_CHECK;

/* When orders come in: the hours of the last @n days up to @day in which there
 * were any, oldest first. Rows: struct hour_figure. */
struct hour_figure {
	int64_t day;
	int64_t hour; /* 0 to 23, by the shop's clock */
	int64_t created_n, paid_n;
};
int figures_hours(struct session *s, int64_t day, size_t n, struct page *out)
    MUST_CHECK;

/* Who sent parcels on that day, the most first, at most @limit. */
struct packer_figure {
	int64_t staff_id;
	const char *name;
	int64_t shipped_n;
	bool mine; /* of who is logged in */
};
int figures_packers(
    struct session *s, int64_t day, size_t limit, struct page *out) MUST_CHECK;

/* What the shops were paid in the last @n days up to @day, the most first. */
struct shop_figure {
	const char *platform, *shop;
	int64_t paid_n, paid;
};
int figures_shops(struct session *s, int64_t day, size_t n, size_t limit,
    struct page *out) MUST_CHECK;

#endif
