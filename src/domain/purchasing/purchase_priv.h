/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PURCHASE_PRIV_H
#define DOMAIN_PURCHASE_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/purchase.h"

/* Orders to suppliers, inside the operations of others. */

struct session;
struct txn;

/* An order as it is, inside the operation. */
struct purchase_now {
	int64_t id, version, state, company_id, warehouse_id;
	int64_t freight, expected_at, lead_days;
	char no[32], company[NAME_ROOM];
};
/* ERR_NOTFOUND; ERR_CONFLICT unless it is at @version (0: whichever). */
int purchase_now(struct session *s, int64_t id, int64_t version,
    struct purchase_now *out) MUST_CHECK;

struct purchase_line_now {
	int64_t line_no, variant_id, qty, price, received, bad, returned,
	    invoiced;
};
/* ERR_NOTFOUND. */
int purchase_line_now(struct session *s, int64_t id, int64_t line_no,
    struct purchase_line_now *out) MUST_CHECK;

/*
 * @qty pieces of a line came, @bad of them; less than nothing: a receipt is
 * taken back. Keeps what is in transit, the order's state and when it was first
 * and last received. More than was ordered is taken: how much more may come is
 * for the caller to say. ERR_STATE unless it is under way or received; what is
 * taken back may be of a closed order, too.
 */
int purchase_received(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty, int64_t bad) MUST_CHECK;
/* @qty pieces went back to the supplier, or not after all; and stand on an
 * approved invoice. ERR_STATE when that is more than came, or than nothing. */
int purchase_returned(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty) MUST_CHECK;
int purchase_invoiced(struct session *s, struct txn *txn, int64_t id,
    int64_t line_no, int64_t qty) MUST_CHECK;

/* ERR_STATE while goods of it are scanned that are not received yet. */
int receiving_none(struct session *s, const struct purchase_now *order)
    MUST_CHECK;

/* What is still to come: of one order, or of a variant to a warehouse (0:
 * any), what is expected first on top. Rows are struct purchase_line. */
struct purchase_open {
	int64_t purchase_id, company_id, warehouse_id, variant_id;
};
int purchase_open_lines(struct session *s, const struct purchase_open *of,
    struct page *out) MUST_CHECK;

/* A new order being written. */
int purchase_insert(struct session *s, struct txn *txn, int64_t company_id,
    int64_t warehouse_id, int64_t request_id, int64_t *id, char no[32])
    MUST_CHECK;
/* A line more of an order being written; the total is the caller's. */
int purchase_line_put(struct session *s, struct txn *txn, int64_t id,
    int64_t variant_id, int64_t qty, int64_t price) MUST_CHECK;
/* The same, or as many more of the line that there is. */
int purchase_line_more(struct session *s, struct txn *txn, int64_t id,
    int64_t variant_id, int64_t qty, int64_t price) MUST_CHECK;
/* An order has not too many lines, and one that was ordered is of something. */
int purchase_whole(struct session *s, const struct purchase_now *now)
    MUST_CHECK;
/* Its total, its state and its times by its lines; one version more. */
int purchase_settle(struct session *s, struct txn *txn, int64_t id) MUST_CHECK;

struct purchase_entry {
	int64_t line_no, qty, price;
	const char *reason;
};
/* One more of what was ordered of a line; nothing for 0 pieces. */
int purchase_entry(struct session *s, struct txn *txn, int64_t id,
    const struct purchase_entry *e) MUST_CHECK;

/* Can it be bought? ERR_STATE "sku_code": it is out of use, or a kit. */
int purchase_buyable(struct session *s, struct txn *txn, int64_t variant_id)
    MUST_CHECK;
/* Who sells it: the first choice, else the cheapest; 0: nobody. */
int purchase_supplier(
    struct session *s, int64_t variant_id, int64_t *company_id) MUST_CHECK;
/* What it costs there; 0: not known. */
int purchase_price(struct session *s, int64_t variant_id, int64_t company_id,
    int64_t *price) MUST_CHECK;
/* The variant of a code. ERR_INVALID "sku_code". */
int purchase_variant(struct session *s, const char *code, int64_t *id)
    MUST_CHECK;
/* "PO-000123", "po-123" and "123" are one number: @sql finds it. */
int purchase_number(struct session *s, const char *sql, const char *prefix,
    const char *no, int64_t *id) MUST_CHECK;
/* A reason, trimmed. ERR_INVALID "reason". */
int purchase_reason(
    struct session *s, const char *typed, char *out, size_t size) MUST_CHECK;

#endif
