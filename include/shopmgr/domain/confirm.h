/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_CONFIRM_H
#define SHOPMGR_DOMAIN_CONFIRM_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Confirmation before shipment (发货前核对). After the payment the agent checks
 * with the buyer: recipient, what is made to order, the day it ships and the
 * way it is delivered, leaving nothing open to two readings; what was confirmed
 * is the evidence in a later dispute. It is recorded by whom, when and by which
 * channel, fact by fact, and never edited: what changes afterwards takes its
 * fact back by an entry of its own, and is to be confirmed anew. Rules §2;
 * 淘宝客服职责与管理规定, 收货人信息与发货方式.
 */

struct session;

enum confirm_what {
	CONFIRM_NAME = 1, /* the recipient's real, exact one */
	CONFIRM_PHONE = 2,
	CONFIRM_ADDRESS = 4,
	CONFIRM_ATTRS = 8, /* of what is made to order */
	CONFIRM_SHIP_DATE = 16,
	CONFIRM_DELIVERY = 32,
	CONFIRM_ALL = 63
};
/* "name", "phone", ...: data, commands; by a name, 0 for none. */
const char *confirm_name(int64_t bit);
int64_t confirm_by_name(const char *name);
const char *confirm_text(int64_t bit); /* translated */
/* Collected by the buyer: nothing is handed to a courier. */
bool delivery_has_waybill(int64_t delivery);
extern const char *const confirm_channels[];      /* "wangwang", ...; NULL */
extern const char *const confirm_channel_texts[]; /* N_(), likewise */

/* One fact of an order, as it stands. */
struct confirm_fact {
	int64_t id; /* the bit; of an attribute, line_attr.id */
	int64_t bit;
	int64_t needed;    /* 0: this order does not need it */
	int64_t confirmed; /* 0: not, or no longer */
	const char *name;  /* of an attribute; else confirm_name() */
	const char *title; /* what people call it */
	const char *value; /* in words; masked where it must be */
	const char *again; /* what it was typed as the second time */
	int64_t line_no;   /* 0: of the order */
	int64_t attr;      /* enum attr_state */
	int64_t at;        /* of the last entry on it; 0: none */
	const char *staff, *channel, *note;
};
/* Recipient, delivery, day, then what is made to order, line by line. */
int confirm_facts(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;

/* What the buyer confirmed, and how. */
struct confirm_entry {
	int64_t what;        /* bits */
	const char *channel; /* of confirm_channels; "": not said */
	const char *note;
};
/*
 * ERR_STATE when the order is past that, or attributes are to be confirmed that
 * are missing or were not typed twice the same. The order is confirmed
 * (DONE_CONFIRMED, and the hold "confirm" goes) once every fact that it needs
 * is. What is wrong is put right before: by order_address(), order_terms() and
 * attrs_type().
 */
int confirm_save(struct session *s, int64_t order_id,
    const struct confirm_entry *e) MUST_CHECK;
/* Everything that the order needs, as it stands. */
int confirm_everything(struct session *s, int64_t order_id, const char *channel,
    const char *note) MUST_CHECK;

/* The entries, newest first. */
struct confirmation {
	int64_t id, at;
	int64_t what; /* bits; below 0: these were taken back */
	const char *staff, *channel, *note;
};
int confirmations(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;
/* What it needs, and which of that stands confirmed. */
int confirm_stands(struct session *s, int64_t order_id, int64_t *needed,
    int64_t *confirmed) MUST_CHECK;

#endif
