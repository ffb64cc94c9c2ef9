/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_MERGE_H
#define SHOPMGR_DOMAIN_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Merging orders (合单): several of one buyer go in one parcel. Each stays what
 * it is, with its lines, its money and its reasons to stop; one of them leads,
 * the others follow. They are packed and shipped at once, and a hold of any
 * stops all. Cash on delivery is never merged.
 */

struct session;

#define MERGE_MAX 50 /* orders that go together, at most */

/* A paid order that could go with others, which are younger. */
struct merge_candidate {
	int64_t id, held, created_at;
	const char *order_no, *shop;
	const char *receiver, *phone, *address; /* masked, where that is due */
	const char *others;                     /* "NO NO" */
	int64_t n;                              /* orders in all */
	int64_t qty, paid;                      /* of all */
};
struct merge_filter {
	bool any_shop; /* of shops of one platform, too */
};
/* Those that are free to go first, then held ones; oldest first. */
int merge_page(struct session *s, const struct merge_filter *filter,
    enum page_dir dir, const struct merge_candidate *from, size_t limit,
    struct page *out) MUST_CHECK;
/* The orders that could go with this one, and itself, oldest first; *@n of
 * them, at most MERGE_MAX. Just itself: none could. */
int merge_with(struct session *s, int64_t id, bool any_shop,
    int64_t ids[MERGE_MAX], size_t *n) MUST_CHECK;

/*
 * The one of @ids that leads others already goes on to, else the oldest does.
 * Held orders may be merged: the parcel waits for them. ERR_STATE with the
 * order and the reason: not paid, shipped or partly so, packed, being picked,
 * split, merged already, cash on delivery, another receiver, another warehouse,
 * a shop of another platform.
 */
int order_merge(struct session *s, const int64_t *ids, size_t n) MUST_CHECK;
/* A follower leaves; of the one that leads, all do. Until something of them is
 * sent or packed. */
int order_unmerge(struct session *s, int64_t id) MUST_CHECK;

/* Those that go together. */
struct merge_order {
	int64_t id;
	const char *order_no, *shop;
	int64_t state, held, qty, paid;
};
/* All with which this order goes, and itself, the leading one first; none, if
 * it goes alone. */
int order_group(struct session *s, int64_t id, struct page *out) MUST_CHECK;

#endif
