/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_RECEIPTS_PRIV_H
#define DOMAIN_RECEIPTS_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/receipts.h"

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

/* Do its invoices that wait for approval agree with what came? */
int invoices_rematch(struct session *s, struct txn *txn, int64_t purchase_id)
    MUST_CHECK;

#endif
