/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STOCK_PRIV_H
#define DOMAIN_STOCK_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Stock, inside the operations of others. Nothing else writes stock,
 * bin_stock, stock_slip, stock_move, stock_day, put_wait or reservation. */

struct session;
struct txn;

#define WAREHOUSE_MAIN 1
#define STOCK_QTY_MAX  100000000     /* pieces in one line of a slip */
#define STOCK_COST_MAX 10000000000LL /* fen for one piece */
/* Of one product in one warehouse; shares of it still fit 64 bits. */
#define STOCK_ON_HAND_MAX 1000000000LL
#define STOCK_WORTH_MAX   100000000000000000LL

struct slip {
	/* receipt issue adjust transfer ship put move defect scrap count
	 * return send arrive supplier cost */
	const char *kind;
	int64_t warehouse_id;
	int64_t order_id; /* of ship and return */
	const char *supplier, *reason;
	int64_t reverses_id;
	int64_t company_id, purchase_id, transfer_id, count_id; /* 0: none */
	int64_t freight; /* what its moves carry of it, or were to carry */
};
/* A slip's number: "IN-000123". */
#define SLIP_NO_SIZE 32
char *slip_no(const char *kind, int64_t id, char buf[SLIP_NO_SIZE]);
/* Writes the slip; its number is made from kind and id. */
int slip_open(struct session *s, struct txn *txn, const struct slip *slip,
    int64_t *id) MUST_CHECK;

/*
 * bin, bin_id: neither given, what comes in goes to the warehouse's bin for
 * what is to be put away when it has that and the slip is a receipt, arrive or
 * return, else to the home bin (stock.bin); what goes out is taken from the
 * home bin, then from other pick bins in walking order, from reserve bins, from
 * what is to be put away; never from defective ones.
 */
struct slip_move {
	int64_t slip_id, warehouse_id, variant_id;
	const char *bin; /* by its code; what comes in makes it at need, and the
			    home bin, too */
	int64_t bin_id;
	int64_t qty;
	bool priced;   /* value is given (a receipt, a reversal); else the
			  average cost is taken */
	int64_t value; /* signed like qty, fen; what goes out never takes more
			  than is on the books, and all with the last piece;
			  of 0 pieces: a cost that came later */
	int64_t sales; /* what buyers paid for them, fen; below 0 when they
			  come back */
};
/* Posts one line, a row of the ledger for each bin, and keeps what is kept of
 * the stock. ERR_STATE, field "qty", when that takes more than there is and the
 * warehouse does not allow it; field "sku" for a kit, which has no stock.
 * *@value (may be NULL): what the move was worth. */
int slip_move(struct session *s, struct txn *txn, const struct slip_move *m,
    int64_t *value) MUST_CHECK;
/* From one bin to another of the warehouse, in two rows that make nothing. It
 * has a new home when all that was in the home bin moved to a pick bin. */
int bin_move(struct session *s, struct txn *txn, int64_t slip_id,
    int64_t warehouse_id, int64_t variant_id, int64_t from_bin, int64_t to_bin,
    int64_t qty) MUST_CHECK;
/* Freight that comes later, or less of it (below zero), on what is still there
 * of a receipt's goods, or of all that came of an order: a slip "cost".
 * *@added: what it changed the books by. ERR_STATE when nothing came, or it was
 * taken back. */
struct late_freight {
	int64_t receipt_id, purchase_id; /* one of them */
	int64_t amount;
	const char *reason;
	int64_t slip_id, added;
	char of[32]; /* the receipt's number, or the order's */
};
int stock_freight_late(
    struct session *s, struct txn *txn, struct late_freight *f) MUST_CHECK;
/* The counter-slip of one whose rules are its department's: no question asked
 * but whether it was reversed already. */
int slip_reverse(struct session *s, struct txn *txn, int64_t slip_id,
    const char *reason, int64_t *counter_id) MUST_CHECK;
/* @delta pieces more that are ordered or under way to it. */
int stock_in_transit(struct session *s, struct txn *txn, int64_t warehouse_id,
    int64_t variant_id, int64_t delta) MUST_CHECK;

/* What the buyer paid for @qty pieces of an order's line of which @sent were
 * sent before: nothing is lost over several parcels. A piece of a kit has its
 * share, by price, of what the kit's line says. */
struct sold_line {
	int64_t line_no, of_kit, paid, qty;
};
int line_sales(struct session *s, int64_t order_id, const struct sold_line *l,
    int64_t sent, int64_t qty, int64_t *sales) MUST_CHECK;
/* All that was sent to the order of a product. */
int order_sales(struct session *s, int64_t order_id, int64_t variant_id,
    int64_t *sales) MUST_CHECK;

/* value * q / n, rounded half up, without leaving 64 bits on the way. */
int64_t share_of(int64_t value, int64_t q, int64_t n);
/* @total in parts like @weight (none below 0; all 0: alike), nothing lost: the
 * largest remainders get what is left. */
void share_out(int64_t total, const int64_t *weight, size_t n, int64_t *out);

/* Promise what is still to be sent of every line of a paid order, or of one
 * that was partly shipped here, that has a variant and no reservation yet, from
 * its warehouse. More may be promised than there is: available < 0 shows. */
int stock_reserve(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* Take all promises of the order back. */
int stock_unreserve(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* Both: after a change of its lines, its parts, its warehouse, its deadline, or
 * of what it is merged with. */
int stock_again(struct session *s, struct txn *txn, int64_t order_id)
    MUST_CHECK;
/* @qty pieces of a line are sent: nothing has to be kept for them any more. */
int stock_promise_kept(struct session *s, struct txn *txn, int64_t order_id,
    int64_t line_no, int64_t warehouse_id, int64_t qty) MUST_CHECK;
/* Keep stock.low right after variant.reorder_at changed, in all warehouses;
 * the main one gets a row if there is none yet. */
int stock_low(struct session *s, struct txn *txn, int64_t variant_id)
    MUST_CHECK;
/* Another home bin, without a slip: for the product form. What lay in the one
 * before lies in this one now. ERR_STATE, field "bin", for a bin of defective
 * goods or of those to be put away. */
int stock_bin(struct session *s, struct txn *txn, int64_t variant_id,
    const char *bin) MUST_CHECK;

/* What came and went by day before that was kept: when a shop is opened. */
int stock_days_due(struct session *s) MUST_CHECK;
/* The same of bin.along. */
int bins_along_due(struct session *s) MUST_CHECK;

/* The variant with this barcode or sku_code, blanks around ignored; for those
 * who scan. ERR_NOTFOUND. */
int code_variant(struct session *s, const char *code, int64_t *id) MUST_CHECK;

#endif
