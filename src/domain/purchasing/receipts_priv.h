/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_RECEIPTS_PRIV_H
#define DOMAIN_RECEIPTS_PRIV_H

#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/receiving.h"

#include "purchase_priv.h"

/* What receipts, returns and invoices of suppliers share. */

/* Slips "a" that carry freight of an order: receipts, and what an invoice was
 * later found to have more or less of. */
#define CARRIES_FREIGHT \
	"(a.kind = 'receipt' OR (a.kind = 'cost' AND EXISTS (SELECT 1" \
	" FROM purchase_slip_line c" \
	" WHERE c.slip_id = coalesce(a.reverses_id, a.id))))"

struct txn;

/* The lines of a document, one a line of the order. */
struct coming {
	struct purchase_line_now line;
	const char *code;
	int64_t qty, bad, value;
};
struct arrival {
	struct purchase_now order;
	struct coming *v;
	size_t n;
	int64_t pieces, bad;
	struct arena words;
};
int arrival_read(struct session *s, const struct receipt_doc *doc,
    struct arrival *out) MUST_CHECK;
void arrival_done(struct arrival *a);
/* What a slip did for a line of the order. */
int arrival_keep(struct txn *txn, int64_t slip_id, const struct arrival *a,
    const struct coming *c, int sign) MUST_CHECK;
/* Returns @rc; the error then says of which of several lines. */
int arrival_of(struct session *s, const struct coming *c, size_t n, int rc)
    MUST_CHECK;

/* What is scanned and not received yet, inside an operation. */
struct scanned {
	int64_t id, version, purchase_id, state;
	char no[32], slip_no[32];
};
/* Refuses as receiving_post() does. */
int receiving_read(struct session *s, int64_t id, int64_t version,
    struct scanned *out) MUST_CHECK;
/* As a document; arrival_done() in any case. */
int receiving_arrival(struct session *s, const struct scanned *open,
    struct arrival *out) MUST_CHECK;
int receiving_end(struct txn *txn, int64_t id, enum receiving_state state,
    int64_t slip_id) MUST_CHECK;

/* Do its invoices that wait for approval agree with what came? */
int invoices_rematch(struct session *s, struct txn *txn, int64_t purchase_id)
    MUST_CHECK;

#endif
