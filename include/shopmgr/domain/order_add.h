/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_ORDER_ADD_H
#define SHOPMGR_DOMAIN_ORDER_ADD_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/order_edit.h"

/*
 * Orders that no platform brings: by hand (手工单), of companies on account
 * (企业单), copied, and sent again for nothing (补发). From then on they are
 * orders like any other, but for the files of platforms, which they are not in.
 */

struct session;

#define SALE_LINES 50
#define SALE_PRICE (-1) /* what the buyer pays, see grades.h */

/* What somebody wants, and who it is: of an order, and of a quotation. */
struct sale {
	char shop[64];       /* "": the one of orders by hand */
	int64_t customer_id; /* 0: found by nick or phone, else made */
	char nick[NAME_ROOM];
	struct order_address to; /* all empty: where the customer's last went */
	int64_t postage;
	char note[500]; /* the buyer's */
	size_t n;
	struct sale_line {
		char sku[64]; /* or a barcode */
		int64_t qty, price;
		char note[100];
	} line[SALE_LINES];
};

/* Number, price and note of a line: ERR_INVALID with the field. */
int sale_line_check(struct session *s, const struct sale_line *l) MUST_CHECK;

/*
 * Name, phone and address as they come in a chat, in any order: "张三 1390...
 * 浙江省杭州市西湖区文三路1号". What is not found stays as it is in @to.
 */
void address_read(const char *text, struct order_address *to);
/* Who a customer is and where the last parcel went; nothing for those who read
 * it masked. */
int sale_from_customer(struct session *s, int64_t customer_id, struct sale *out)
    MUST_CHECK;

/* How it is paid. */
#define TERMS_COMPANY (-1)
struct order_how {
	bool business;
	bool cod;      /* paid at the door: it goes at once */
	int64_t terms; /* business: days until it is paid, so it goes at once;
			  0: it is paid first; TERMS_COMPANY: as the company of
			  this name has them */
};
/* ERR_INVALID with the field: "sku", "qty", "price", "postage", "shop", "nick",
 * "name", "phone", "address", "terms". */
int order_add(struct session *s, const struct sale *sale,
    const struct order_how *how, int64_t *id) MUST_CHECK;

/* The same goods to the same hands once more, unpaid; without its gifts. */
int order_copy(struct session *s, int64_t id, int64_t *copy) MUST_CHECK;

/* Sent again: it costs the buyer nothing, goes at once, and is no sale in any
 * figure; what it costs counts. */
struct order_reissue {
	size_t n; /* 0: all of it */
	struct {
		int64_t line_no, qty;
	} line[SALE_LINES];
	char reason[200];
};
int order_reissue(struct session *s, int64_t id, const struct order_reissue *r,
    int64_t *again) MUST_CHECK;

#endif
