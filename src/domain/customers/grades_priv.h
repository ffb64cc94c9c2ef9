/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_GRADES_PRIV_H
#define DOMAIN_GRADES_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"

/* Grades and what members pay, inside the operations of others. */

struct grade_edit;
struct session;
struct txn;

/* What is typed of one, tidied in place, judged and written; *@id 0: a new one.
 * @version 0: whichever it is. */
int grade_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, struct grade_edit *e) MUST_CHECK;

/* What a grade pays for a product. */
struct member_price_now {
	int64_t variant_id, grade_id, was, is; /* MEMBER_PRICE_NONE: none */
};
/* All but .is; ERR_INVALID "sku", "grade". */
int member_price_now(struct session *s, const char *sku, const char *grade,
    struct member_price_now *p) MUST_CHECK;
/* As .is says; 1 when it is another now. ERR_INVALID "price". */
int member_price_write(struct session *s, struct txn *txn,
    const struct member_price_now *p) MUST_CHECK;

#endif
