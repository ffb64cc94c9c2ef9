/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_REVIEW_H
#define SHOPMGR_DOMAIN_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Review (审单): what a person would look at in a paid order before it goes is
 * looked at by rules, which are the owner's. What they find holds the order
 * (reason "review"), until somebody says that it may go; the others are let
 * through. Some minutes lie between payment and review, so that who takes a
 * purchase back at once is not sent anything. While the setting review is 1 no
 * order ships that was not reviewed. Rules §2.
 */

struct session;

enum review_what {
	REVIEW_NOTE,         /* the buyer's message; value: words, "": any */
	REVIEW_MEMO,         /* the seller's remark; the same */
	REVIEW_TITLE,        /* words in the title of an item */
	REVIEW_VAGUE,        /* "5;路;街": the shortest address there is, and
				words of which one stands in every address */
	REVIEW_MASKED,       /* who gets it is hidden, or one of these words */
	REVIEW_SAME_BUYER,   /* "3/24": so many orders in so many hours */
	REVIEW_AMOUNT_OVER,  /* yuan */
	REVIEW_AMOUNT_UNDER, /* yuan */
	REVIEW_COD,          /* cash on delivery */
	REVIEW_STOCK,        /* more is promised than there is */
	REVIEW_PLACE,        /* words in the address */
	REVIEW_UNMAPPED,     /* an item that has no product */
	REVIEW_GRAMS_OVER,   /* what its goods weigh */
	REVIEW_ANY,          /* every order */
	REVIEW_MAX
};
extern const char *const review_whats[];   /* "amount_over"; ends with NULL */
extern const char *const review_actions[]; /* "hold", "pass", "courier" */
extern const char *const review_what_texts[];       /* N_(), in that order */
extern const char *const review_action_texts[];     /* the same */
const char *review_what_text(const char *what);     /* translated */
const char *review_what_hint(const char *what);     /* what value is; "" */
const char *review_action_text(const char *action); /* translated */

/*
 * A rule. They are gone through by seq; "pass" ends it: what fits such a rule
 * goes, whatever those behind it say. "courier" says by whom an order goes that
 * has no courier yet: the first such rule that fits does.
 */
struct review_rule {
	int64_t id, version, seq, active;
	const char *name, *what, *value;
	const char *shop; /* "": all */
	const char *action;
	const char *courier; /* "": none */
};
struct review_rule_edit {
	char name[64];
	char what[16];
	char value[400];
	char shop[64]; /* its name; "": all */
	char action[8];
	char courier[64]; /* its name, alias or code */
	int64_t seq;      /* 0: behind the others */
	bool active;
};
/* Its name as people read it: of those a shop begins with, translated. */
const char *review_rule_text(const char *name);
/* All in their order; needs order.view. */
int review_rule_page(struct session *s, struct page *out) MUST_CHECK;
int review_rule_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int review_rule_by_name(struct session *s, const char *name, int64_t *id)
    MUST_CHECK;
void review_rule_edit_from(
    struct review_rule_edit *e, const struct review_rule *r);
/* ERR_INVALID with the field; ERR_CONFLICT "name". */
int review_rule_add(struct session *s, const struct review_rule_edit *e,
    int64_t *id) MUST_CHECK;
int review_rule_save(struct session *s, int64_t id, int64_t version,
    const struct review_rule_edit *e) MUST_CHECK;
int review_rule_active(struct session *s, int64_t id, bool active) MUST_CHECK;
/* One place towards the front (-1) or the end (1). */
int review_rule_move(struct session *s, int64_t id, int by) MUST_CHECK;
/* The rules of a new shop, for one that was there before them: those whose
 * names are not taken. *@added counts. */
int review_rule_defaults(struct session *s, int64_t *added) MUST_CHECK;

/* How many of the last orders each rule by itself would stop, or let pass. */
#define REVIEW_TRY 500
struct review_try {
	int64_t id; /* of the rule */
	int64_t n, of;
};
int review_try(struct session *s, struct page *out) MUST_CHECK;

struct review_counts {
	int64_t passed, held;
	bool stopped; /* by @goes_on */
};
struct review_goes_on {
	bool (*f)(void *arg, const struct review_counts *so_far);
	void *arg;
};
/* Look at the paid orders that no review has looked at, in steps of some
 * milliseconds between which others write. @goes_on may be NULL. */
int review_run(struct session *s, const struct review_goes_on *goes_on,
    struct review_counts *out) MUST_CHECK;
/* The same where it is the shop's way (setting review) and this person may, as
 * after an import; else nothing. */
int review_as_usual(struct session *s, struct review_counts *out) MUST_CHECK;

/* By whom the orders that wait go, by the rules as they are now, where nobody
 * else said so; *@changed counts those that go with another one. What a rule
 * looks at is looked at anew by itself when an order is confirmed, edited,
 * merged or split, and when it is packed. */
int review_couriers(struct session *s, int64_t *seen, int64_t *changed)
    MUST_CHECK;

/* An order that waits for somebody's word. */
struct review_item {
	int64_t id;   /* of the order */
	int64_t held; /* 1: a rule stopped it; 0: it was not reviewed yet */
	const char *order_no, *shop, *nick;
	int64_t paid, paid_at, ship_by;
	int64_t goes_at; /* since when it has to go: paid, or goes unpaid */
	const char *saw; /* the rule, and what it saw */
	const char *goods, *buyer_note, *memo;
	int64_t at; /* it was stopped */
};
/* @waiting: those not looked at yet instead of those that were stopped. */
int review_page(struct session *s, bool waiting, enum page_dir dir,
    const struct review_item *from, size_t limit, struct page *out) MUST_CHECK;
/* How many of each; "1000" means that many and more. */
#define REVIEW_COUNTED 1000
int review_count(struct session *s, int64_t *held, int64_t *waiting) MUST_CHECK;

/* Somebody looked: it may go. ERR_STATE unless it is paid. */
int review_pass(struct session *s, int64_t id, const char *note) MUST_CHECK;
/* Somebody looked: it must not, for that reason; see order_hold_until(). */
int review_hold(struct session *s, int64_t id, const char *reason,
    const char *note, int64_t until) MUST_CHECK;

#endif
