/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STOCK_PRIV_H
#define DOMAIN_STOCK_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Stock, inside the operations of others. Nothing else writes stock,
 * stock_slip, stock_move or reservation. */

struct session;
struct txn;

#define WAREHOUSE_MAIN 1
#define STOCK_QTY_MAX  100000000     /* pieces in one line of a slip */
#define STOCK_COST_MAX 10000000000LL /* fen for one piece */
/* Of one product in one warehouse; shares of it still fit 64 bits. */
#define STOCK_ON_HAND_MAX 1000000000LL
#define STOCK_WORTH_MAX   100000000000000000LL

struct slip {
	const char *kind; /* receipt issue adjust transfer ship */
	int64_t warehouse_id;
	int64_t order_id; /* 0 but for ship */
	const char *supplier, *reason;
	int64_t reverses_id;
};
/* A slip's number: "IN-000123". */
#define SLIP_NO_SIZE 32
char *slip_no(const char *kind, int64_t id, char buf[SLIP_NO_SIZE]);
/* Writes the slip; its number is made from kind and id. */
int slip_open(struct session *s, struct txn *txn, const struct slip *slip,
    int64_t *id) MUST_CHECK;

struct slip_move {
	int64_t slip_id, warehouse_id, variant_id;
	const char *bin; /* NULL: as it is; else becomes the stock's bin */
	int64_t qty;
	bool priced;   /* value is given (a receipt, a reversal); else the
			  average cost is taken */
	int64_t value; /* signed like qty, fen; what goes out never takes more
			  than is on the books, and all with the last piece */
};
/* Posts one ledger line and keeps the stock row. ERR_STATE, field "qty", when
 * that leaves less than nothing and the warehouse does not allow it.
 * *@value (may be NULL): what the move was worth. */
int slip_move(struct session *s, struct txn *txn, const struct slip_move *m,
    int64_t *value) MUST_CHECK;

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
/* Another bin, without a slip: for the product form. */
int stock_bin(struct session *s, struct txn *txn, int64_t variant_id,
    const char *bin) MUST_CHECK;

/* The variant with this barcode or sku_code, blanks around ignored; for those
 * who scan. ERR_NOTFOUND. */
int code_variant(struct session *s, const char *code, int64_t *id) MUST_CHECK;

#endif
