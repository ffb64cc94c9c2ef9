/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_GIFTS_H
#define SHOPMGR_DOMAIN_GIFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Gifts by rule (赠品): orders that are paid, and reach what a rule asks for,
 * get a line of what it gives, for nothing; its stock is kept for them and its
 * cost counts. It is worked out anew whenever their lines, their money, or what
 * goes in their parcel changes, so that it is the same whatever came first.
 * Orders that go in one parcel are one order to the rules: the gifts are with
 * the first of them. What was sent stays. Rules §2.
 */

struct session;

struct gift_rule {
	int64_t id, version, seq, active;
	const char *name;
	const char *shop;     /* "": all */
	int64_t since, until; /* of the payment, until exclusive; 0: open */
	int64_t min_paid;     /* fen; 0: any */
	const char *sku;      /* that is bought; "": anything */
	const char *bought;   /* its name */
	int64_t min_qty;
	const char *gift_sku, *gift;
	int64_t gift_qty;
	int64_t each_time; /* 1: again for each further min_paid or min_qty */
	int64_t alone;     /* 1: no further rule after it */
};
struct gift_rule_edit {
	char name[64], shop[64];
	int64_t since, until; /* days, both inclusive; 0: open */
	int64_t min_paid;
	char sku[64];
	int64_t min_qty;
	char gift_sku[64];
	int64_t gift_qty;
	bool each_time, alone, active;
	int64_t seq; /* 0: behind the others */
};
/* All, in the order in which they are gone through. */
int gift_rule_page(struct session *s, struct page *out) MUST_CHECK;
int gift_rule_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int gift_rule_by_name(struct session *s, const char *name, int64_t *id)
    MUST_CHECK;
void gift_rule_edit_from(struct gift_rule_edit *e, const struct gift_rule *r);
int gift_rule_add(
    struct session *s, const struct gift_rule_edit *e, int64_t *id) MUST_CHECK;
int gift_rule_save(struct session *s, int64_t id, int64_t version,
    const struct gift_rule_edit *e) MUST_CHECK;
int gift_rule_active(struct session *s, int64_t id, bool active) MUST_CHECK;

/* Work an order's gifts out anew, as after a change of the rules. *@changed:
 * they are others now. */
int order_gifts(struct session *s, int64_t id, bool *changed) MUST_CHECK;
/* The same for all that are paid and not sent, each by itself; *@n counts those
 * that changed. */
int order_gifts_all(struct session *s, int64_t *n) MUST_CHECK;

#endif
