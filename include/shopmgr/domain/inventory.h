/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_INVENTORY_H
#define SHOPMGR_DOMAIN_INVENTORY_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Stock (库存). Every change is a move in the ledger (明细账) behind a numbered
 * slip; on_hand is always the ledger's sum, and the value on the books that of
 * the moves' values, to the fen. Issues take their share of the value: moving
 * weighted average without drift. Slips are never edited; a counter-slip
 * reverses one, once. Rules §4.
 */

struct session;

/* @warehouse NULL or "": the main one. Costs and values are fen. */
struct stock_entry {
	char sku[64]; /* sku_code or barcode */
	int64_t qty;
	int64_t cost; /* each; receipts only */
	char warehouse[64];
	char bin[32]; /* "": as it is */
	char supplier[64];
	char reason[200];
};

/* 入库单: qty > 0, cost >= 0. */
int stock_receive(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
/* 出库单: qty > 0, with a reason. ERR_STATE when there is not that much. */
int stock_issue(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
/* qty is signed: the correction. What is added comes in at average cost. */
int stock_adjust(struct session *s, const struct stock_entry *e,
    int64_t *slip_id) MUST_CHECK;
/* Put a variant's stock in another bin (one bin a variant and warehouse for
 * now; it is a move of 0 pieces with a slip, so that it is on record). */
int stock_transfer(struct session *s, const struct stock_entry *e,
    const char *to_bin, int64_t *slip_id) MUST_CHECK;
/* The counter-slip; ERR_STATE when it was reversed already, is a counter-slip,
 * is a shipment's, or stock would fall below zero. */
int stock_reverse(struct session *s, int64_t slip_id, const char *reason,
    int64_t *counter_id) MUST_CHECK;

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
/* What was on hand at the end of @at. */
int stock_at(struct session *s, int64_t variant_id, int64_t at,
    int64_t *on_hand, int64_t *value) MUST_CHECK;

#endif
