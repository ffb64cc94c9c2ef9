/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_CUSTOMERS_H
#define SHOPMGR_DOMAIN_CUSTOMERS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Customers (客户): the people behind the orders. They come into being by
 * import, one for each nick (or phone, where the platform names no buyer). The
 * figures are kept, never typed. Rules §5.
 */

struct session;

struct customer {
	int64_t id;
	int64_t version;
	const char *nick, *name, *phone;
	const char *platform; /* whose nick it is; "": known by the phone */
	const char *province, *city; /* of the newest receiver */
	int64_t first_at, last_at, order_n, paid_n, paid;
	int64_t average; /* paid / paid_n: average order value */
	const char *note;
};

/* LAST is served by an index; the others go up to SORT_MAX customers, see
 * order_sort. Of more, NICK still goes through all, by the characters instead
 * of by pinyin. */
enum customer_sort {
	CUSTOMER_SORT_OWN, /* by last order, newest first */
	CUSTOMER_SORT_NICK,
	CUSTOMER_SORT_NAME, /* by pinyin */
	CUSTOMER_SORT_PLACE,
	CUSTOMER_SORT_ORDERS, /* order_n */
	CUSTOMER_SORT_PAID,
	CUSTOMER_SORT_AVERAGE,
	CUSTOMER_SORT_FIRST,
	CUSTOMER_SORT_LAST,
	CUSTOMER_SORT_MAX
};
struct customer_filter {
	enum customer_sort sort;
	bool desc;
};

/* Needs customer.view. @filter NULL: all in their own order. */
int customer_list(struct session *s, const struct customer_filter *filter,
    enum page_dir dir, const struct customer *from, size_t limit,
    struct page *out) MUST_CHECK;
/* The same without a filter. */
int customer_page(struct session *s, enum page_dir dir,
    const struct customer *from, size_t limit, struct page *out) MUST_CHECK;
int customer_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By the whole nick, else by the whole phone number: the newest; ERR_NOTFOUND.
 */
int customer_by_name(struct session *s, const char *text, int64_t *id)
    MUST_CHECK;
/* Nick, name, pinyin initials, phone or its last four: beginnings. */
int customer_find(struct session *s, const char *text, size_t limit,
    struct page *out) MUST_CHECK;

#endif
