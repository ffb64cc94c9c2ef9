/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_QUOTATIONS_H
#define SHOPMGR_DOMAIN_QUOTATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/reminders.h"

/*
 * Enquiries (询价) and quotations (报价单), Q-000123: what somebody asked for,
 * for how much it was offered until when, and what came of it: an order, or
 * why none. Rules §2.
 */

struct session;
struct print_job;
struct print_said;

enum quotation_state {
	QUOTATION_ENQUIRY,
	QUOTATION_QUOTED,
	QUOTATION_ORDERED,
	QUOTATION_LOST,
	QUOTATION_STATES
};
const char *quotation_state_name(int64_t state); /* "quoted" */
const char *quotation_state_text(int64_t state);

struct quotation {
	int64_t id, version;
	const char *quote_no;
	int64_t state;
	const char *shop, *platform;
	int64_t customer_id;
	const char *nick, *name, *phone;
	const char *province, *city, *district, *address;
	const char *channel, *note, *reason;
	const char *goods; /* first line's product, "+2" for further ones */
	int64_t line_n, postage, total;
	int64_t valid_until; /* 0: not quoted yet, and no day was said */
	int64_t expired;     /* 1: quoted, and that is over */
	int64_t at, quoted_at, followed_at, ended_at;
	const char *staff;
	int64_t order_id;
	const char *order_no;
};
struct quotation_line {
	int64_t line_no, variant_id;
	const char *sku_code, *name, *note;
	int64_t qty, price, list, amount;
	int64_t available;
};

enum quotation_tab {
	QUOTE_TAB_ALL,
	QUOTE_TAB_ENQUIRY,
	QUOTE_TAB_QUOTED,
	QUOTE_TAB_DUE, /* quoted, and it has run out or does today */
	QUOTE_TAB_ORDERED,
	QUOTE_TAB_LOST,
	QUOTE_TAB_MAX
};
struct quotation_filter {
	enum quotation_tab tab;
	int64_t customer_id; /* 0: any */
};
/* The newest first; needs order.view. */
int quotation_page(struct session *s, const struct quotation_filter *filter,
    enum page_dir dir, const struct quotation *from, size_t limit,
    struct page *out) MUST_CHECK;
/* How many wait; of what is over -1, which is not counted. */
int quotation_counts(struct session *s, int64_t n[QUOTE_TAB_MAX]) MUST_CHECK;
int quotation_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int quotation_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* "q-123" will do; ERR_NOTFOUND. */
int quotation_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* The one that became this order; *@id 0: none. */
int quotation_of_order(struct session *s, int64_t order_id, int64_t *id)
    MUST_CHECK;

struct quotation_edit {
	struct sale sale;
	char channel[16];    /* one of reminder_channels, or "" */
	int64_t valid_until; /* a day; 0: as the setting quote_days has it */
};
int quotation_edit_from(struct session *s, int64_t id, struct quotation_edit *e)
    MUST_CHECK;
/* A new enquiry. All of these need order.add; ERR_INVALID as order_add(), and
 * "channel", "valid_until"; where it goes may come later. */
int quotation_add(
    struct session *s, const struct quotation_edit *e, int64_t *id) MUST_CHECK;
/* What was quoted and is changed is to be quoted again. ERR_STATE when it is
 * ordered or lost, ERR_CONFLICT. */
int quotation_save(struct session *s, int64_t id, int64_t version,
    const struct quotation_edit *e) MUST_CHECK;
/* It was told to the buyer: it holds from now on. */
int quotation_send(struct session *s, int64_t id) MUST_CHECK;
/* The buyer was asked; it holds until another day (0: the same). */
int quotation_follow(struct session *s, int64_t id, const char *note,
    int64_t valid_until) MUST_CHECK;
/* ERR_INVALID "reason" when there is none. */
int quotation_lose(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;
/* Lost, and the buyer is back. */
int quotation_reopen(struct session *s, int64_t id) MUST_CHECK;
/* The order it becomes, unpaid, at the prices that were quoted. ERR_STATE when
 * it ran out; ERR_INVALID with the field that is missing for an order. */
int quotation_order(struct session *s, int64_t id, int64_t *order_id)
    MUST_CHECK;

/* What enquiries of a period came to, by who took them; the last row is their
 * sum. */
struct quotation_figures {
	int64_t id;
	const char *name; /* "": all of them */
	int64_t asked, quoted, ordered, lost;
	int64_t amount; /* of what was ordered */
};
int quotation_figures(struct session *s, int64_t since, int64_t until,
    struct page *out) MUST_CHECK;

/* For a chat: the text of a template (0: the first of kind "quote"). */
int quotation_text(struct session *s, int64_t id, int64_t template_id,
    char out[TEXT_SIZE]) MUST_CHECK;
/* A4; the log says who printed it. */
int print_quotation(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said) MUST_CHECK;

#endif
