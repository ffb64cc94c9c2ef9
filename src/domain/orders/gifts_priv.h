/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_GIFTS_PRIV_H
#define DOMAIN_GIFTS_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Gifts, inside the operations of others. */

struct gift_rule_edit;
struct session;
struct txn;

/* What is typed of a rule, judged and written; *@id 0: a new one. @version 0:
 * whichever it is. */
int gift_rule_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct gift_rule_edit *e) MUST_CHECK;

/*
 * What the rules give to this order, and to those that go in a parcel with it,
 * is worked out anew, and its stock is kept: after it is paid, imported, merged
 * or not merged any more, after a change of its lines or a refund. Where there
 * is no rule it costs nothing. Orders that are not to be shipped are left.
 */
int gifts_again(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* The same for one that nothing can go with yet, as while an empty shop is
 * filled. */
int gifts_new(struct session *s, struct txn *txn, int64_t order_id) MUST_CHECK;
/* The item that stands for a product which is given away. */
int gift_listing(struct session *s, struct txn *txn, int64_t variant_id,
    int64_t *listing_id) MUST_CHECK;

/* A rule as it is applied. */
struct gift_give {
	int64_t id, shop_id, since, until, min_paid, variant_id, min_qty;
	int64_t gift_id, gift_qty, each_time, alone;
	char name[64], sku[64];
};
/* Those in force, in their order; free() it. */
int gift_gives(struct session *s, struct gift_give **out, size_t *n) MUST_CHECK;

#endif
