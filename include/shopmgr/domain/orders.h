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
	DONE_WAVED = 256,  /* it is in a pick wave that is not done */
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
/* "manual", "sent to the door": of the other kinds of word there are. */
const char *order_origin_name(int64_t origin);
const char *order_origin_text(int64_t origin);
int order_origin_by_name(const char *name); /* -1: none */
const char *order_delivery_name(int64_t delivery);
const char *order_delivery_text(int64_t delivery);
int order_delivery_by_name(const char *name); /* -1: none */
extern const char *const order_deliveries[];  /* N_(), by number; ends NULL */
/* Of one bit of enum order_done; 0 and NULL: none. */
const char *order_done_name(int64_t bit);
const char *order_done_text(int64_t bit);
int64_t order_done_by_name(const char *name);
#define DONE_ALL 511
/* "reviewed packed" of several. */
char *order_done_names(int64_t done, char *buf, size_t size);

/* A row of a list; its text belongs to the page. */
struct order {
	int64_t id;
	int64_t version;
	const char *order_no;
	int64_t state;
	int64_t held;
	int64_t created_at, paid_at, shipped_at, finished_at;
	int64_t goes_at; /* since when it has to go: paid, or goes unpaid */
	int64_t
	    ship_by; /* promised_at, else the setting ship_hours after
			goes_at; 0: nothing is to be shipped. Not in exports. */
	const char *platform, *shop;
	int64_t customer_id;
	const char *nick;          /* "" when the platform names no buyer */
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
	int64_t origin, done; /* enum order_origin, bits of order_done */
	int64_t lead_id;      /* in whose parcel it goes; 0: in its own */
	const char *lead_no;
	int64_t followers; /* orders that go in its parcel */
	int64_t parts;     /* 0: not split */
	int64_t warehouse_id;
	const char *warehouse; /* "": the main one */
	int64_t delivery, promised_at, cod;
	int64_t agent_id; /* whose sale it is; 0: nobody's */
	const char *agent;
	const char *done_names; /* "reviewed packed" */
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
	int64_t on_hand,
	    available;      /* of the variant, in the order's warehouse */
	int64_t sent, gift; /* pieces handed over; given by a rule */
	int64_t kit; /* -1: a kit, its parts behind it; n: a part of line n */
};

struct order_hold {
	int64_t id;
	const char *reason; /* "refund": see order_hold_text() */
	const char *note;
	int64_t at;
	const char *staff;
	int64_t cleared_at;
	const char *cleared_by;
	int64_t until_at; /* it goes by itself then; 0: somebody clears it */
};

struct order_parcel {
	int64_t id;
	const char *waybill_no, *courier;
	int64_t weight, shipped_at;
	const char *picker, *checker, *packer, *shipper; /* "": not known */
	const char *slip_no;
	int64_t part;    /* of a split order; 0: not of one */
	int64_t freight; /* fen, as the template says; 0: none applies */
	int64_t handed_at, track, track_at; /* see domain/tracking.h */
	const char *also; /* its order, when that is another one */
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

/*
 * What else is asked of them; 0 and "" ask nothing. The tab and the period are
 * looked through for it, up to SORT_MAX orders; where there are more,
 * order_page() refuses with ERR_STATE, field "sort". Those of an agent, or of
 * another origin than a platform, are found at any size.
 */
struct order_sieve {
	int64_t shop_id, courier_id, agent_id, warehouse_id;
	char province[32];    /* as it begins: 浙江 */
	int64_t least, most;  /* to pay, fen */
	char hold[32];        /* one of order_hold_reasons, open */
	int64_t origin;       /* enum order_origin + 1 */
	int64_t done, undone; /* bits that are set, and not set */
	int64_t flag;         /* its number + 1 */
	bool remarked;        /* with a remark of the seller's */
	bool noted;           /* with one of the buyer's */
	bool nobody;          /* nobody's sale */
	bool late;            /* past the deadline */
};
bool order_sieve_is_open(const struct order_sieve *sieve);

struct order_filter {
	enum order_tab tab;
	bool oldest_first; /* newest first is the default, but in TAB_TO_SHIP */
	int64_t customer_id;  /* 0: any */
	int64_t since, until; /* created_at; 0: open */
	enum order_sort sort;
	bool desc; /* of sort; without meaning for ORDER_SORT_OWN */
	struct order_sieve sieve;
};

/* Needs order.view, as all the reading here does. */
int order_page(struct session *s, const struct order_filter *filter,
    enum page_dir dir, const struct order *from, size_t limit, struct page *out)
    MUST_CHECK;
/* What an order can have for a shop, a courier, an agent, a warehouse: for
 * choosing. Agents are those who work here. */
enum order_choice {
	CHOICE_SHOP,
	CHOICE_COURIER,
	CHOICE_AGENT,
	CHOICE_WAREHOUSE,
	CHOICE_MAX
};
struct order_name {
	int64_t id;
	const char *name, *login; /* login: of agents, else "" */
};
int order_names(struct session *s, enum order_choice what, struct page *out)
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

/* Another order that has to do with this one. */
struct order_link {
	int64_t id;      /* of the other order */
	const char *how; /* "merged", "reissued_as", "reissue_of", "copied_as",
			    "copy_of": see order_link_text() */
	const char *order_no;
	int64_t state, held, qty, paid;
};
const char *order_link_text(const char *how);
/* Money for the order, or a paper about it, whose number is @ref. */
struct order_entry {
	int64_t id;
	const char *kind; /* "alipay"; "invoice" */
	int64_t at, amount;
	const char *ref, *note, *staff;
	int64_t state; /* money: 0 due, 1 received; a paper: 1, 0 cancelled */
};
struct order_more {
	struct page links, payments, documents;
};
/* What only the card asks for. Without payment.view there are none. */
int order_more(struct session *s, int64_t id, struct order_more *out)
    MUST_CHECK;
void order_more_free(struct order_more *more);

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
/* The same until a time; 0: until somebody clears it. A hold that is open for
 * this reason gets the other end. ERR_INVALID "until" for a time that is past,
 * "reason" for one that time does not settle ("refund"). */
int order_hold_until(struct session *s, int64_t id, const char *reason,
    const char *note, int64_t until) MUST_CHECK;
/* Read when: "+2h", "+30min", "14:00", "明天", "周五 9:00", "2026-11-30 14:00",
 * and "promised": when the order @id (0: none) has to be shipped. "" is 0. */
int order_hold_when(
    struct session *s, int64_t id, const char *text, int64_t *until) MUST_CHECK;
/* Holds whose time has come go: when lists are read again, before review, by
 * cron. Costs a look at an index. */
int order_holds_end(struct session *s) MUST_CHECK;
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
/* The order as it was before order_cancel(). ERR_STATE when it was the platform
 * that closed it. */
int order_reopen(struct session *s, int64_t id, const char *note) MUST_CHECK;
/* The agent's word that all was confirmed with the buyer; recorded. */
int order_confirm(struct session *s, int64_t id, const char *note) MUST_CHECK;

#endif
