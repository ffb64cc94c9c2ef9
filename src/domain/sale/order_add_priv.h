/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ORDER_ADD_PRIV_H
#define DOMAIN_ORDER_ADD_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/str.h"
#include "shopmgr/domain/order_add.h"

/* Sales, inside the operations of orders and quotations. */

struct sale_price;
struct session;
struct txn;

/* A sale looked up: what it stands for in the database. */
struct sale_now {
	int64_t shop_id, customer_id, receiver_id; /* 0: none */
	char platform[32];
	int64_t postage, total; /* with postage */
	const char *note;
	size_t n;
	struct sale_item {
		int64_t variant_id, qty, price;
		char sku[64];
		const char *note;
	} item[SALE_LINES];
};
/* Shop, lines with their prices, and the customer, who is made when he is new,
 * if @make. ERR_INVALID with the field. */
int sale_look_up(struct session *s, struct txn *txn, const struct sale *sale,
    bool make, struct sale_now *out) MUST_CHECK;
/* Where it goes. */
int sale_receiver(struct session *s, struct txn *txn, const struct sale *sale,
    struct sale_now *out) MUST_CHECK;
/* "2 x PAN, 1 x POT" for the log. */
void sale_say(const struct sale_now *now, struct str *out);

/* The price of a variant for a customer, and why. */
int sale_price_of(struct session *s, int64_t customer_id, int64_t variant_id,
    struct sale_price *out) MUST_CHECK;

struct order_made {
	int64_t origin, cod;
	int64_t later; /* it goes though nothing was paid, */
	int64_t terms; /* and is due so many days from now; 0: not */
	const char *memo;
	char order_no[64]; /* out */
};
int order_make(struct session *s, struct txn *txn, const struct sale_now *now,
    struct order_made *made, int64_t *id) MUST_CHECK;

#endif
