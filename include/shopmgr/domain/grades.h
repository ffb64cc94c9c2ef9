/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_GRADES_H
#define SHOPMGR_DOMAIN_GRADES_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Grades of members (会员等级) and what they pay: a price of its own for a
 * product, else so many per mille of the list price. A grade is proposed by
 * what somebody has paid, and given by a person. Rules §5.
 */

struct session;

struct grade {
	int64_t id, version;
	const char *name;
	int64_t from_paid; /* fen: proposed from there on */
	int64_t permille;  /* of the list price; 1000: all of it */
	int64_t prices;    /* products that have one of their own */
};
struct grade_edit {
	char name[64];
	int64_t from_paid, permille;
};
/* All, the lowest first. Needs customer.view, as reading here does. */
int grade_page(struct session *s, struct page *out) MUST_CHECK;
int grade_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int grade_by_name(struct session *s, const char *name, int64_t *id) MUST_CHECK;
void grade_edit_from(struct grade_edit *e, const struct grade *g);
/* ERR_INVALID with the field; ERR_CONFLICT "name", or of the version. */
int grade_add(struct session *s, const struct grade_edit *e, int64_t *id)
    MUST_CHECK;
int grade_save(struct session *s, int64_t id, int64_t version,
    const struct grade_edit *e) MUST_CHECK;

/* A customer's: the one that was given, and the one that was paid for. */
struct customer_grade {
	char name[64], proposed[64]; /* "": none */
};
int customer_grade(struct session *s, int64_t customer_id,
    struct customer_grade *out) MUST_CHECK;
/* @grade "": none. What it is already is no change and leaves no record. */
int customer_grade_set(
    struct session *s, int64_t customer_id, const char *grade) MUST_CHECK;

/*
 * To all customers the highest grade that they have paid for, some hundred at a
 * time, between which others write; each has it in his history. Who has a
 * higher one than that, given by somebody, keeps it unless .lower.
 */
struct grade_counts {
	int64_t seen;
	int64_t raised;  /* a first or a higher one */
	int64_t lowered; /* a lower one or none; with .lower only they are */
	bool stopped;    /* by .goes_on */
};
struct grade_how {
	bool try_only; /* counts, and changes nothing */
	bool lower;
	bool (*goes_on)(void *arg, const struct grade_counts *so_far);
	void *arg;
};
int grade_apply(struct session *s, const struct grade_how *how,
    struct grade_counts *out) MUST_CHECK;

struct member_price {
	int64_t id; /* of the variant and the grade together */
	const char *sku_code, *name, *grade;
	int64_t price, list;
	int64_t variant_id, grade_id;
};
struct member_price_filter {
	int64_t grade_id, variant_id; /* 0: any */
};
int member_price_page(struct session *s,
    const struct member_price_filter *filter, enum page_dir dir,
    const struct member_price *from, size_t limit, struct page *out) MUST_CHECK;
int member_price_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
#define MEMBER_PRICE_NONE (-1) /* the grade's per mille again */
int member_price_set(struct session *s, const char *sku, const char *grade,
    int64_t price) MUST_CHECK;
/* A file with the columns sku_code, grade and price, as the list is written:
 * all of it, or ERR_INVALID that names the line. An empty price takes one away.
 */
struct member_price_taken {
	int64_t set, removed, same;
};
int member_price_take(struct session *s, const char *path,
    struct member_price_taken *out) MUST_CHECK;

/* What a buyer pays for a product. */
enum price_by { PRICE_LIST, PRICE_GRADE, PRICE_MEMBER };
struct sale_price {
	int64_t variant_id;
	char sku[64], name[NAME_ROOM];
	int64_t list, price;
	int64_t by; /* enum price_by */
	char grade[64];
	int64_t available; /* in the main warehouse */
};
/* By code or barcode, for a customer (0: nobody in particular). Needs
 * order.add; ERR_INVALID "sku". */
int sale_price(struct session *s, int64_t customer_id, const char *code,
    struct sale_price *out) MUST_CHECK;

#endif
