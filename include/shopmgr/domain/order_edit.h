/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_ORDER_EDIT_H
#define SHOPMGR_DOMAIN_ORDER_EDIT_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"

/*
 * Changes to an order before it is shipped (改地址、改价、改运费): each needs
 * order.edit and the version that was read (ERR_CONFLICT when somebody else
 * changed the order since), and its record in the log says what it was before.
 * What is there already is no change and leaves no record.
 */

struct order;
struct session;

/*
 * Where the parcel goes. ERR_DENIED for those who see it masked; ERR_INVALID
 * names the field; ERR_STATE once it is shipped, packed, or goes in one parcel
 * with others. What the platform's file had is kept: the same file again
 * changes nothing, one with a third address holds the order.
 */
struct order_address {
	char name[NAME_ROOM], phone[32]; /* the longest that a file had, too */
	char province[64], city[64], district[64], address[400];
};
void order_address_from(struct order_address *edit, const struct order *o);
int order_address(struct session *s, int64_t id, int64_t version,
    const struct order_address *edit) MUST_CHECK;

/*
 * What is to be paid: the goods' prices and the postage, less a discount. Of a
 * platform's order until it is paid, and the platform's next file has the last
 * word; of others until they are shipped. One sent again costs nothing.
 */
#define ORDER_PRICES 50 /* lines that one form has */
struct order_money {
	size_t n;
	struct order_price {
		int64_t line_no, price; /* of a piece */
	} line[ORDER_PRICES];           /* those that are not named stay */
	int64_t postage, discount;
};
int order_money_read(struct session *s, int64_t id, struct order_money *out)
    MUST_CHECK;
int order_money(struct session *s, int64_t id, int64_t version,
    const struct order_money *edit) MUST_CHECK;

/* How and until when it is delivered. */
struct order_terms {
	int64_t delivery; /* enum order_delivery */
	int64_t promised; /* a day; 0: as the setting ship_hours has it */
};
void order_terms_from(struct order_terms *edit, const struct order *o);
int order_terms(struct session *s, int64_t id, int64_t version,
    const struct order_terms *edit) MUST_CHECK;

/*
 * By whom it goes, said beforehand: a courier's name, alias or code; "": nobody
 * says so any more, and the rules of review may (see review_couriers()). 1:
 * that is another one. ERR_STATE once it is packed.
 */
int order_courier(struct session *s, int64_t id, const char *courier)
    MUST_CHECK;

/* Whose sale it is: a log-in, "" for nobody's; also afterwards. */
int order_agent(struct session *s, int64_t id, const char *login) MUST_CHECK;

#endif
