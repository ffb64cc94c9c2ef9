/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_INVENTORY_H
#define SHOPMGR_DOMAIN_INVENTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Stock (库存). Every change is a move in the ledger (明细账) behind a numbered
 * slip; on_hand is always the ledger's sum, and the value on the books that of
 * the moves' values, to the fen. Issues take their share of the value: moving
 * weighted average without drift. Slips are never edited; a counter-slip
 * reverses one, once. On hand = available + reserved + to be put away +
 * defective; what is in transit comes on top. Rules §4.
 */

struct session;

/* A slip to be written. @warehouse "": the main one. Costs are fen. */
struct stock_line {
	char sku[64]; /* sku_code or barcode */
	int64_t qty;
	int64_t cost;           /* each; receipts only */
	char bin[NAME_ROOM];    /* where it lies, or comes to; "": of itself */
	char to_bin[NAME_ROOM]; /* where it is put; "": as is proposed */
	bool bad;               /* what came back is defective */
};
struct stock_doc {
	char warehouse[NAME_ROOM], supplier[NAME_ROOM], reason[200];
	int64_t freight; /* receipts: spread over the lines by value */
	struct stock_line *lines;
	size_t n;
	bool new_bins; /* bins to put in that are not there are made */
};

enum stock_verb {
	STOCK_RECEIVE, /* 入库: qty > 0, cost >= 0 */
	STOCK_ISSUE,  /* 出库: qty > 0, with a reason, as all below to GOOD */
	STOCK_ADJUST, /* qty is the correction; more comes in at average */
	STOCK_SCRAP,  /* 报损: qty > 0; bin: that of defective goods, say */
	STOCK_DEFECT, /* 转不良: to the bin of defective goods */
	STOCK_GOOD,   /* 转良: from there; to_bin "": home */
	STOCK_PUT,    /* 上架: qty 0: all that waits */
	STOCK_MOVE,   /* 移位: qty 0: all there is; bin "": home */
	STOCK_VERBS
};
/* Writes one slip with all lines, or nothing. The field of an error is the
 * line's. ERR_NOTFOUND, field "to_bin": there is none, and it was not said that
 * it is new. */
int stock_write(struct session *s, enum stock_verb verb,
    const struct stock_doc *doc, int64_t *slip_id) MUST_CHECK;

/* What was shipped of an order comes back, good or bad, at its original cost;
 * of a kit, all its parts. ERR_STATE, field "qty", for more than was shipped
 * and has not come back. */
int stock_return(struct session *s, int64_t order_id,
    const struct stock_doc *doc, int64_t *slip_id) MUST_CHECK;
/* What was shipped of an order and has not come back, in the order of its
 * lines. */
struct stock_out {
	int64_t id; /* the variant */
	const char *sku_code, *name;
	int64_t qty;
};
int stock_returnable(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;
/* Freight of a receipt that was billed later: what is still there of its goods
 * gets its share; *@expense is what is not in the stock's value. */
int stock_freight(struct session *s, int64_t receipt_id, int64_t amount,
    const char *reason, int64_t *slip_id, int64_t *expense) MUST_CHECK;
/* The counter-slip; ERR_STATE when it was reversed already, is a counter-slip,
 * is a shipment's, a transfer's or a purchase's, or the goods are not there any
 * more. */
int stock_reverse(struct session *s, int64_t slip_id, const char *reason,
    int64_t *counter_id) MUST_CHECK;
/* Reorder point and target level of one warehouse; -1: as the product says. */
int stock_levels(struct session *s, const char *sku, const char *warehouse,
    int64_t reorder_at, int64_t target_level) MUST_CHECK;

/* The same for one line. */
struct stock_entry {
	char sku[64]; /* sku_code or barcode */
	int64_t qty;
	int64_t cost; /* each; receipts only */
	char warehouse[NAME_ROOM];
	char bin[NAME_ROOM]; /* "": as it is */
	char supplier[NAME_ROOM];
	char reason[200];
	bool new_bin; /* to_bin is made when it is not there */
};
int stock_receive(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
int stock_issue(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
int stock_adjust(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
/* To another bin. */
int stock_transfer(struct session *s, const struct stock_entry *e,
    const char *to_bin, int64_t *slip_id) MUST_CHECK;

/* A slip by its number, "IN-000123"; ERR_NOTFOUND. */
int stock_slip_by_no(struct session *s, const char *slip_no, int64_t *id)
    MUST_CHECK;

struct stock_move {
	int64_t id;
	int64_t slip_id;
	const char *slip_no, *kind;
	int64_t at;
	const char *sku_code, *name, *warehouse, *bin;
	int64_t qty, value, on_hand_after, value_after;
	const char *order_no; /* "" unless a shipment */
	const char *reason, *supplier, *staff;
	int64_t reversed; /* 1: a counter-slip took it back */
};

/* A variant's ledger, newest first; @variant_id 0: all moves. */
int ledger_page(struct session *s, int64_t variant_id, enum page_dir dir,
    const struct stock_move *from, size_t limit, struct page *out) MUST_CHECK;
/* The moves of one slip, in the order they were posted. */
int slip_moves(struct session *s, int64_t slip_id, struct page *out) MUST_CHECK;
const char *stock_kind_text(const char *kind); /* "receipt" -> 入库 */

/* Slips, newest first. */
struct stock_slip {
	int64_t id;
	const char *slip_no, *kind;
	int64_t at;
	const char *warehouse, *supplier, *reason, *staff;
	const char *order_no, *purchase_no, *transfer_no, *count_no;
	const char *from, *to;           /* the warehouses of the transfer */
	const char *reverses, *reversed; /* the other slip's number */
	int64_t lines, qty, value;       /* of its moves */
	int64_t freight;
};
struct slip_filter {
	const char *kind; /* NULL or "": all */
	int64_t company_id, purchase_id, transfer_id, count_id; /* 0: all */
};
int slip_page(struct session *s, const struct slip_filter *f, enum page_dir dir,
    const struct stock_slip *from, size_t limit, struct page *out) MUST_CHECK;
int slip_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;

/* Stock by variant and warehouse. */
struct stock_here {
	int64_t id; /* of the variant */
	int64_t warehouse_id;
	const char *sku_code, *name, *warehouse, *bin;
	int64_t on_hand, available, reserved, to_put, defective, in_transit;
	int64_t value;
	int64_t reorder_here, target_here; /* -1: as the product says */
	int64_t low, last_in, last_out;
};
/* A variant's, in every warehouse that has or had it. */
int stock_everywhere(struct session *s, int64_t variant_id, struct page *out)
    MUST_CHECK;
/* What is below zero: to be put right. */
int stock_below_page(struct session *s, enum page_dir dir,
    const struct stock_here *from, size_t limit, struct page *out) MUST_CHECK;

/* What was on hand at the end of @at. */
int stock_at(struct session *s, int64_t variant_id, int64_t at,
    int64_t *on_hand, int64_t *value) MUST_CHECK;
/* The same of everything, by product and warehouse; @warehouse_id 0: all. */
struct stock_past {
	int64_t id; /* of the variant */
	int64_t warehouse_id;
	const char *sku_code, *name, *warehouse;
	int64_t on_hand, value;
};
int stock_past_page(struct session *s, int64_t at, int64_t warehouse_id,
    enum page_dir dir, const struct stock_past *from, size_t limit,
    struct page *out) MUST_CHECK;

#endif
