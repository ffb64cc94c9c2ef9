/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_QUOTATIONS_PRIV_H
#define DOMAIN_QUOTATIONS_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/quotations.h"

struct txn;

/* What decides about a quotation, read inside the transaction. */
struct quotation_now {
	int64_t id, version, state, valid_until;
	char quote_no[32];
};
int quotation_now(struct session *s, struct txn *txn, int64_t id,
    struct quotation_now *out) MUST_CHECK;
/* ERR_STATE unless it is an enquiry or quoted. */
int quotation_is_open(struct session *s, const struct quotation_now *now)
    MUST_CHECK;
/* As it stands, whoever asks. */
int quotation_read(struct session *s, int64_t id, struct quotation_edit *e)
    MUST_CHECK;
/* The end of the day on which it ends; @day 0: as the setting has it. */
int quotation_valid(struct session *s, int64_t day, int64_t *until) MUST_CHECK;

#endif
