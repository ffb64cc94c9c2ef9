/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_QUOTATIONS_H
#define SCREENS_QUOTATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Quotations, and orders by hand: what their screens share. */

struct quotation;
struct screen;

/* "order-new": what is to be written. */
struct sheet_arg {
	bool quote;          /* an enquiry; else an order */
	int64_t quote_id;    /* this one is changed; 0: a new one */
	int64_t customer_id; /* 0: to be said */
};

/* Each asks what it must, does it and says so; 0 also when given up. */
int act_quote_follow(struct screen *sc, const struct quotation *q);
int act_quote_lose(struct screen *sc, const struct quotation *q);
int act_quote_figures(struct screen *sc);

/* Of an order: again, for nothing; or the same once more. */
int act_reissue(struct screen *sc, int64_t order_id, const char *order_no);
int act_copy(struct screen *sc, int64_t order_id);
/* The quotation that it was; says so when there is none. */
int act_order_quotation(struct screen *sc, int64_t order_id);
int act_customer_grade(struct screen *sc, int64_t customer_id);

char *show_day(char *buf, size_t size, int64_t t); /* "" for 0 */

#endif
