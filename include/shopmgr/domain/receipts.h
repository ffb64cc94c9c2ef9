/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_RECEIPTS_H
#define SHOPMGR_DOMAIN_RECEIPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Goods at the door, against an order to a supplier, and back to the supplier.
 * A part is as good as all of it; somewhat more than was ordered is taken (see
 * the settings), much more only where who may order allows it; what was not
 * ordered is not. Defective pieces come in, too: into the bin for them.
 */

struct session;

/* An order that is scanned or typed: ERR_STATE unless goods of it can come. */
int receipt_order(struct session *s, const char *no, int64_t *purchase_id)
    MUST_CHECK;

/* A code that is scanned is a piece; "12*CODE" says 12. */
struct receipt_scan {
	int64_t line_no;
	int64_t qty;
	bool counted; /* it was said how many: that is how many there are */
	char sku_code[64], name[NAME_ROOM];
	int64_t ordered, received;
	int64_t open; /* to come */
	int64_t most; /* that may come without being allowed */
};
int receipt_scan(struct session *s, int64_t purchase_id, const char *text,
    struct receipt_scan *out) MUST_CHECK;

struct receipt_line {
	char code[64]; /* SKU code or barcode */
	int64_t qty;
	int64_t bad; /* of those */
};
#define RECEIPT_FREIGHT_KNOWN (-1) /* its share of what the order says */
struct receipt_doc {
	int64_t purchase_id;
	int64_t freight;
	bool over; /* more than may come is allowed */
	char note[200];
	const struct receipt_line *lines;
	size_t n;
};
struct receipt_said {
	int64_t slip_id;
	char slip_no[32];
	int64_t pieces, bad;
	int64_t open; /* of the order, still to come */
};
/* One slip at the order's prices, freight spread over its lines by value. Needs
 * stock.receive; over: purchase.order, too. */
int receipt_post(struct session *s, const struct receipt_doc *doc,
    struct receipt_said *said) MUST_CHECK;
/* To the supplier, at the order's prices; bad: of those, out of the bins of
 * defective goods. note says why. Needs purchase.order. */
int supplier_return(struct session *s, const struct receipt_doc *doc,
    struct receipt_said *said) MUST_CHECK;
/* What can go back: pieces of a line that came and did not go back yet. */
struct returnable {
	int64_t id; /* of the product in the warehouse: low_stock_id() */
	int64_t variant_id, warehouse_id;
	const char *sku_code, *name, *warehouse;
	int64_t defective, good;      /* of it there, whoever sold them */
	int64_t purchase_id, line_no; /* 0: no order is known */
	const char *purchase_no;
	int64_t company_id;
	const char *company;
	int64_t received, bad, returned; /* of the line */
	int64_t price, at;               /* each; when it was ordered */
};
/* All lines of an order of which something can. */
int returnable_lines(struct session *s, int64_t purchase_id, struct page *out)
    MUST_CHECK;
/* What is defective, each with the newest order it may have come with: of one
 * supplier or all (0). */
int returnable_bad(struct session *s, int64_t company_id, struct page *out)
    MUST_CHECK;
/* Takes either back, once. ERR_STATE when the pieces stand on an invoice that
 * was approved, or are not there any more. */
int receipt_reverse(struct session *s, int64_t slip_id, const char *reason,
    int64_t *counter_id) MUST_CHECK;

/* What came of which line, and went back (pieces below zero); newest first. */
struct receipt_row {
	int64_t id;
	int64_t slip_id, purchase_id, line_no;
	const char *slip_no, *kind;
	int64_t at;
	const char *purchase_no, *company, *warehouse, *sku_code, *name;
	int64_t qty, bad, value;
	const char *staff;
	int64_t reversed; /* 1: or is what takes one back */
};
int receipt_page(struct session *s, int64_t purchase_id, enum page_dir dir,
    const struct receipt_row *from, size_t limit, struct page *out) MUST_CHECK;

#endif
