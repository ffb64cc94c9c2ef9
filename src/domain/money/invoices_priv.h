/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_INVOICES_PRIV_H
#define DOMAIN_INVOICES_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/invoices.h"

struct txn;

#define INVOICE_MAX 100000000000000LL /* fen */

/* An invoice inside the operation. ERR_NOTFOUND. */
struct invoice_now {
	int64_t id, state, total, paid, company_id, staff_id;
	char no[32];
};
int invoice_now(struct session *s, int64_t id, struct invoice_now *out)
    MUST_CHECK;

/* Its lines, with what differs; *@state: does it agree? Whoever asks. */
int invoice_match(
    struct session *s, int64_t id, struct page *out, int64_t *state) MUST_CHECK;

/* What lies with a supplier: whoever asks. */
int advance_left(struct session *s, int64_t company_id, int64_t *left)
    MUST_CHECK;

#endif
