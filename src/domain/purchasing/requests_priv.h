/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_REQUESTS_PRIV_H
#define DOMAIN_REQUESTS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/requests.h"

/* Purchase requests, inside an operation. */

struct session;
struct txn;

struct request_now {
	int64_t id, version, state, warehouse_id, staff_id;
	char no[32];
};
/* ERR_NOTFOUND; ERR_CONFLICT unless it is at @version (0: whichever). */
int request_now(struct session *s, int64_t id, int64_t version,
    struct request_now *out) MUST_CHECK;
/* A new one without lines. */
int request_insert(struct session *s, struct txn *txn, int64_t warehouse_id,
    const char *note, int64_t *id, char no[32]) MUST_CHECK;
/* A line of it; @company_id 0: nobody is known to sell it. */
struct request_put {
	int64_t line_no, variant_id, company_id, qty;
	const char *why;
};
int request_put(struct session *s, struct txn *txn, int64_t id,
    const struct request_put *line) MUST_CHECK;
/* Its number among the others, as far as there is room. */
void request_note_no(struct request_made *made, const char *no);
int request_decide(struct session *s, struct txn *txn, int64_t id,
    enum request_state state, const char *reason) MUST_CHECK;

#endif
