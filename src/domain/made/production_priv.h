/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PRODUCTION_PRIV_H
#define DOMAIN_PRODUCTION_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/production.h"

struct session;
struct str;
struct txn;

/* Bring the hold "production" in line with what is made and here. */
int production_settle(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* For shipping: ERR_STATE while something of it is still to be made, unless
 * somebody answered for clearing the hold. */
int production_guard(struct session *s, int64_t order_id) MUST_CHECK;
/* "width=1240\n..." of a line, as agreed. */
int production_content(struct session *s, int64_t order_id, int64_t line_no,
    struct str *out) MUST_CHECK;

#endif
