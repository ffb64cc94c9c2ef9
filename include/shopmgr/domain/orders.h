/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_ORDERS_H
#define SHOPMGR_DOMAIN_ORDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Orders (订单): what a buyer on a platform asked for, and how far it is.
 * Three separate things, never one status: the state; what was done (parcels);
 * why it must stop (holds). Money is fen, times seconds UTC. Rules §2.
 */

struct session;

enum order_state {
	ORDER_UNPAID = 1,
	ORDER_PAID, /* paid, awaiting shipment */
	ORDER_PART_SHIPPED,
	ORDER_SHIPPED, /* awaiting the buyer's confirmation */
	ORDER_DONE,
	ORDER_CLOSED, /* never paid, or refunded in full */
};

/* Where it comes from. */
enum order_origin {
	ORDER_PLATFORM,
	ORDER_MANUAL,   /* typed in here */
	ORDER_BUSINESS, /* for a company, on account */
	ORDER_REISSUE,  /* sent again: amount 0, its cost counts */
	ORDER_QUOTED,   /* from a quotation */
};

/* What was done for it: bits, each independent of the others. A shop that
 * does not weigh just never sets that one. */
enum order_done {
	DONE_REVIEWED = 1,
	DONE_CONFIRMED = 2,
	DONE_PRINTED = 4,
	DONE_PICKED = 8,
	DONE_CHECKED = 16,
	DONE_WEIGHED = 32,
	DONE_PACKED = 64,
	DONE_HANDED = 128, /* to the courier */
};

enum order_delivery {
	DELIVERY_COURIER,
	DELIVERY_COLLECT, /* by the buyer */
	DELIVERY_BUILDING,
	DELIVERY_INSTALLED,
	DELIVERY_MAX
};

const char *order_state_name(int64_t state); /* "paid": data, commands */
const char *order_state_text(int64_t state); /* translated */
/* Of a line's refund_state: "asked", "back", "taken_back"; "" for none. */
const char *order_refund_name(int64_t state);
int order_state_by_name(const char *name); /* 0: none */

/* A row of a list; its text belongs to the page. */
struct order {
	int64_t id;
	int64_t version;
	const char *order_no;
	int64_t state;
	int64_t held;
	int64_t created_at, paid_at, shipped_at, finished_at;
	int64_t ship_by; /* the setting ship_hours after payment; 0: nothing is
			    to be shipped. Not in exports. */
	const char *platform, *shop;
	int64_t customer_id;
	const char *nick; /* "" when the platform names no buyer */
	const char *nick_platform; /* whose; "": the order's own */
	const char *receiver, *phone;
	const char *province, *city, *district, *address;
	const char *goods; /* first line's title, "+2" for further ones */
	int64_t qty;       /* pieces in all */
	int64_t line_n;    /* lines there are; 0: the items are not imported */
	int64_t total, postage, paid, refund, settled;
	int64_t flag;
	const char *buyer_note, *memo;
	const char *waybill_no, *courier;
	const char *payment_no, *close_reason;
	const char *holds; /* "unmapped refund": open reasons, for held rows */
};

struct order_line {
	int64_t line_no;
	const char *sub_order_no;
	int64_t listing_id;
	const char *title, *attrs, *listing_sku;
	int64_t variant_id; /* 0: unmapped */
	const char *sku_code, *variant_name, *barcode, *bin;
	int64_t qty, price, paid;
	int64_t refund_state, refund;
	int64_t on_hand, available; /* of the variant, in the main warehouse */
};

struct order_hold {
	int64_t id;
	const char *reason; /* "refund": see order_hold_text() */
	const char *note;
	int64_t at;
	const char *staff;
	int64_t cleared_at;
	const char *cleared_by;
};

struct order_parcel {
	int64_t id;
	const char *waybill_no, *courier;
	int64_t weight, shipped_at;
	const char *packer;
	const char *slip_no;
};

/* One order whole: rows of the structs above. order_card_free() frees it. */
struct order_card {
	struct order order;
	struct page lines, holds, parcels;
	struct page order_page; /* holds order's text */
};

enum order_tab {
	TAB_ALL,
	TAB_UNPAID,
	TAB_TO_SHIP, /* paid and free to go; oldest first */
	TAB_HELD,
	TAB_PART,
	TAB_SHIPPED,
	TAB_DONE,
	TAB_CLOSED,
	TAB_MAX
};

/*
 * The orders a list can be in. What an index serves goes through any number of
 * orders: CREATED everywhere, NO with all orders. The others sort what the tab,
 * the customer and the period leave, up to SORT_MAX rows; where there are more,
 * order_page() refuses with ERR_STATE, field "sort", and a sentence that says
 * what to do. Receivers go by the initials of their pinyin, then by name; other
 * words in Chinese by their whole pinyin.
 */
enum order_sort {
	ORDER_SORT_OWN, /* as the tab has it; see oldest_first */
	ORDER_SORT_NO,
	ORDER_SORT_CREATED,
	ORDER_SORT_PAID_AT,
	ORDER_SORT_SHIP_BY, /* the deadline; those without one are first */
	ORDER_SORT_SHIPPED_AT,
	ORDER_SORT_PAID,
	ORDER_SORT_TOTAL,
	ORDER_SORT_NICK,
	ORDER_SORT_RECEIVER,
	ORDER_SORT_PLACE, /* province, city, district */
	ORDER_SORT_COURIER,
	ORDER_SORT_WAYBILL,
	ORDER_SORT_MAX
};
#define SORT_MAX 20000

struct order_filter {
	enum order_tab tab;
	bool oldest_first; /* newest first is the default, but in TAB_TO_SHIP */
	int64_t customer_id;  /* 0: any */
	int64_t since, until; /* created_at; 0: open */
	enum order_sort sort;
	bool desc; /* of sort; without meaning for ORDER_SORT_OWN */
};

/* Needs order.view, as all the reading here does. */
int order_page(struct session *s, const struct order_filter *filter,
    enum page_dir dir, const struct order *from, size_t limit, struct page *out)
    MUST_CHECK;
/* How many are in each tab; kept figures, so it costs nothing. */
int order_counts(struct session *s, int64_t n[TAB_MAX]) MUST_CHECK;
/*
 * Orders that fit @text, newest first, at most @limit: order number or waybill
 * (whole, or 4 and more of its beginning), phone or its last four digits, nick,
 * receiver's name or pinyin initials (beginnings). Of a beginning that hundreds
 * share, the newest orders and some of the others. Rows: struct order.
 */
int order_find(struct session *s, const char *text, size_t limit,
    struct page *out) MUST_CHECK;
/* By order number or waybill number; ERR_NOTFOUND. ERR_CONFLICT when two shops
 * have that number. */
int order_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
int order_card(struct session *s, int64_t id, struct order_card *out)
    MUST_CHECK;
void order_card_free(struct order_card *card);

/* The platform's flags of a remark, N_(), by their number; ends with NULL. */
#define ORDER_FLAGS 6
extern const char *const order_flags[];

/* Why an order must not ship, in words: "refund" -> 退款中. */
const char *order_hold_text(const char *reason);
extern const char *const order_hold_reasons[]; /* ends with NULL */

/* @reason of order_hold_reasons; ERR_STATE unless the order is paid or partly
 * shipped; a reason already open is ERR_CONFLICT. */
int order_hold(struct session *s, int64_t id, const char *reason,
    const char *note) MUST_CHECK;
/* Clear one reason, or all that a person may clear when @reason is NULL.
 * "unmapped" goes only by mapping (ERR_STATE). */
int order_release(struct session *s, int64_t id, const char *reason,
    const char *note) MUST_CHECK;
/* The seller's remark and its flag (0 none, 1-5 red yellow green blue purple);
 * @version as read, ERR_CONFLICT if the order changed since. */
struct order_remark {
	char memo[1000];
	int64_t flag;
};
int order_remark(struct session *s, int64_t id, int64_t version,
    const struct order_remark *edit) MUST_CHECK;
/* Close an order that was not shipped: releases its stock. */
int order_cancel(struct session *s, int64_t id, const char *reason) MUST_CHECK;
/* The agent's word that all was confirmed with the buyer; recorded. */
int order_confirm(struct session *s, int64_t id, const char *note) MUST_CHECK;

#endif
