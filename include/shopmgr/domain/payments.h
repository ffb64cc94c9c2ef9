/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PAYMENTS_H
#define SHOPMGR_DOMAIN_PAYMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Money (收款): payments for orders, several each, some of them due later; and
 * the lines of statements (对账), which are matched with orders. Nothing is
 * ever deleted: what was wrong has a counter-entry. Fen, seconds UTC.
 */

struct session;

/* "alipay", "bank", ...: as data, ends with NULL; and their words. */
extern const char *const payment_methods[];
extern const char *const payment_method_words[]; /* N_(), in the same order */
const char *payment_method_text(const char *method);
/* "due", "received": data, commands; and translated. */
const char *payment_state_name(int64_t state);
const char *payment_state_text(int64_t state);

struct payment {
	int64_t id, order_id;
	const char *order_no, *method;
	int64_t amount; /* below 0: it went back */
	int64_t at, due_at;
	int64_t state;  /* 0 due, 1 received */
	int64_t undone; /* 1: a counter-entry, or has one */
	const char *ref, *note, *staff;
};

struct payment_edit {
	char method[24];
	int64_t amount;
	int64_t at;     /* 0: now */
	int64_t due_at; /* an instalment that is still to come; 0: received */
	char ref[64];   /* the method's own number: there is one each */
	char note[500];
};
/*
 * ERR_INVALID with the field. ERR_CONFLICT "ref" when the method's number is
 * known already. An order made here takes no more than it costs; the one that
 * pays all of it makes it paid, and ends the hold "payment".
 */
int payment_add(struct session *s, int64_t order_id,
    const struct payment_edit *edit, int64_t *id) MUST_CHECK;
/* A due one came; @at 0: now. */
int payment_receive(struct session *s, int64_t id, int64_t at, const char *ref)
    MUST_CHECK;
/* The counter-entry: of what was received, or of what was to come. */
int payment_reverse(struct session *s, int64_t id, const char *reason,
    int64_t *counter) MUST_CHECK;

struct payment_filter {
	int64_t order_id; /* 0: any */
	bool due;         /* what is still to come, the earliest first */
	int64_t until;    /* due up to then; 0: whenever */
	bool received;    /* what came, and was not cancelled */
	bool unmatched;   /* the same, where a statement should tell of it and
			     none has a line for the order */
};
/* Needs payment.view, as all the reading of payments does. The newest are the
 * first, but for what is due. */
int payment_page(struct session *s, const struct payment_filter *filter,
    enum page_dir dir, const struct payment *from, size_t limit,
    struct page *out) MUST_CHECK;

/* How an order stands. For an order of a platform nothing is owed: its file
 * says what was paid. */
struct payment_sums {
	int64_t total, received, due; /* due: agreed on, still to come */
	int64_t owed;                 /* total - received */
};
int payment_sums(struct session *s, int64_t order_id, struct payment_sums *out)
    MUST_CHECK;

/* A line of a statement. */
struct statement_line {
	int64_t id, at;
	const char *source, *ref, *kind;
	int64_t amount;             /* below 0: it went */
	const char *said_no, *text; /* the order's number as the line has it */
	const char *how; /* "" open, "order" matched, "known" explained */
	int64_t order_id;
	const char *order_no, *note, *staff;
};

/* Translated: whether it is settled; whose statement it is. */
const char *statement_how_text(const char *how);
const char *statement_source_text(const char *source);

struct statement_taken {
	int64_t lines, matched; /* new ones; those that found their order */
	int64_t late;           /* old ones whose order has come since */
};
/* Take in the rows of imported statements that were not yet, and find what has
 * come for those that were; needs payment.check, as all of this does. */
int statement_take(struct session *s, struct statement_taken *out) MUST_CHECK;
/* The newest first; @open: only money that belongs to no order yet. */
int statement_page(struct session *s, bool open, enum page_dir dir,
    const struct statement_line *from, size_t limit, struct page *out)
    MUST_CHECK;
/* A page of one. */
int statement_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* Say which order a line is for, or why it has none; and back to open.
 * ERR_STATE when it is not open, or is. */
int statement_match(struct session *s, int64_t id, int64_t order_id) MUST_CHECK;
int statement_explain(struct session *s, int64_t id, const char *note)
    MUST_CHECK;
int statement_reopen(struct session *s, int64_t id) MUST_CHECK;

/* An order against its lines. */
struct statement_order {
	int64_t order_id, created_at, paid_at, shipped_at, state;
	const char *order_no, *shop;
	int64_t paid, refund;
	int64_t came, went; /* by the lines */
};
enum statement_orders {
	STATEMENT_MISSING, /* shipped or done, and no money came */
	STATEMENT_DIFFERS, /* other money came than was paid */
};
/* Of the orders that platforms say were paid, and that were made in the period:
 * it is looked through. */
struct statement_period {
	int64_t since, until;
};
int statement_orders(struct session *s, enum statement_orders which,
    const struct statement_period *period, enum page_dir dir,
    const struct statement_order *from, size_t limit, struct page *out)
    MUST_CHECK;
/* A page of one, whichever it is; ERR_NOTFOUND for what no platform says was
 * paid. */
int statement_order_get(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;
/* Orders that an open line may be for: as much money, made in the weeks before,
 * no line of their own; those that were paid on its day first. */
int statement_propose(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
/* What platforms still hold: shipped, and no money came yet; a row each shop.
 */
struct statement_held {
	int64_t shop_id;
	const char *shop, *platform;
	int64_t orders, amount;
};
int statement_held(struct session *s, struct page *out) MUST_CHECK;

#endif
