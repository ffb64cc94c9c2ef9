/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_REVIEW_PRIV_H
#define DOMAIN_REVIEW_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/map.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/review.h"

/* Review, inside the operations of others. */

struct db_rows;
struct order_now;
struct txn;

/* Must it be reviewed before it ships? 1, or 0. */
int review_needed(struct session *s, const struct order_now *now) MUST_CHECK;
/* What a review had looked at is no more: it is to be looked at again. */
int review_again(
    struct session *s, struct txn *txn, const struct order_now *now) MUST_CHECK;
/* What is typed of a rule or a text, judged and written; *@id 0: a new one.
 * @version 0: whichever it is. */
int review_rule_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct review_rule_edit *e) MUST_CHECK;
struct text_template_edit;
int text_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    const struct text_template_edit *e) MUST_CHECK;
/* The rules and texts of data/ into an empty shop. */
int review_seed(struct txn *txn) MUST_CHECK;
int texts_seed(struct txn *txn) MUST_CHECK;
/* A text of this kind with @values in its places, in the order of its words:
 * see texts.c. @out: TEXT_SIZE. */
int text_put(struct session *s, int64_t id, const char *kind,
    const char *const *values, char *out) MUST_CHECK;

/* By whom an order goes, as the rules have it, after something that they look
 * at changed; no more than a look where no rule names a courier. What somebody,
 * or the platform, said stands. */
int courier_again(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* The same without writing it down; "": no rule says so. */
int courier_by_rule(struct session *s, int64_t order_id, char name[64])
    MUST_CHECK;
/* Those that wait and have none yet, before a wave of one courier is made. */
int courier_rules_new(struct session *s) MUST_CHECK;

/* The shop of this name, "": 0; ERR_INVALID "shop". */
int rule_shop(struct session *s, const char *name, int64_t *id) MUST_CHECK;

/* A rule, ready to look at orders. */
struct review_test {
	int64_t id, shop_id; /* 0: all */
	const char *name;
	enum review_what what;
	bool pass;
	int64_t courier_id; /* by whom it goes then; 0: no such rule */
	int64_t a, b;       /* the numbers in its value */
	const char **words;
	size_t nwords;
};
struct review_tests {
	struct review_test *v;
	size_t n;
	bool lines; /* one of them looks at what was bought */
	/* What is known of goods: review_goods.c. */
	struct map index;
	struct review_known *known;
	size_t nknown, known_cap;
	struct arena arena;
};
/* Cut @value up; false: it is not what this kind of rule wants. */
bool review_value(enum review_what what, const char *value, struct arena *arena,
    struct review_test *out);
enum review_what review_what_by_name(const char *name); /* or REVIEW_MAX */
int review_tests_read(struct session *s, bool all, struct review_tests *out)
    MUST_CHECK;
void review_tests_done(struct review_tests *t);

struct review_line {
	int64_t listing_id, variant_id, qty;
};
struct review_order {
	int64_t id, shop_id, created_at, paid_at, amount, cod, customer_id;
	int64_t warehouse_id, courier_id;
	int64_t grams; /* of its parcel, where that is not just its lines */
	bool by_rule;  /* the courier is what a rule said */
	const char *memo, *note, *name, *phone;
	const char *province, *city, *district, *address;
	bool read; /* its lines are */
	struct review_line *lines;
	size_t nlines;
};
/* Its columns, and what they become. */
#define REVIEW_SELECT \
	"SELECT o.id, o.shop_id, o.created_at, o.paid_at," \
	" CASE WHEN o.paid > 0 THEN o.paid ELSE o.total END, o.cod," \
	" coalesce(r.customer_id, 0), coalesce(o.warehouse_id, 1), o.memo," \
	" o.buyer_note, r.name, r.phone, r.province, r.city, r.district," \
	" r.address, coalesce(o.courier_id, 0), o.done & 512 FROM orders o LEFT JOIN receiver r ON r.id = o.receiver_id"
void review_take(
    const struct db_rows *rows, struct review_order *o, struct arena *arena);
/* The lines of @n orders at once. */
int review_lines(struct session *s, struct review_order *orders, size_t n,
    struct arena *arena) MUST_CHECK;
/* Each is asked for once as long as there is @all. */
int review_title(struct session *s, struct review_tests *all,
    int64_t listing_id, const char **title) MUST_CHECK;
int review_grams(struct session *s, struct review_tests *all,
    int64_t variant_id, int64_t *grams) MUST_CHECK;
/* How much more is promised to @o and to those before it than is there; 0, or
 * less than 0: none. */
int review_missing(struct session *s, struct review_tests *all,
    const struct review_order *o, int64_t variant_id, int64_t *n) MUST_CHECK;
void review_known_done(struct review_tests *all);
bool review_wants_lines(enum review_what what);
/* 1, and what it saw is added to @saw; 0: nothing. */
int review_look(struct session *s, struct review_tests *all,
    const struct review_test *t, struct review_order *o, struct arena *arena,
    struct str *saw) MUST_CHECK;
/* The courier of the first rule that fits; 0: none does. */
int review_courier(struct session *s, struct review_tests *all,
    struct review_order *o, struct arena *arena, int64_t *courier_id)
    MUST_CHECK;
/* Write it down as what a rule said. */
int review_courier_put(struct txn *txn, int64_t order_id, int64_t courier_id)
    MUST_CHECK;

#endif
