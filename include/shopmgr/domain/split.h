/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SPLIT_H
#define SHOPMGR_DOMAIN_SPLIT_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Splitting an order (拆单): its pieces go in parts, each packed and shipped
 * for itself, from a warehouse of its own if need be. At the bench the second
 * part of NO is "NO-2". The order is partly shipped until all of them are sent.
 */

struct session;

#define SPLIT_PARTS 20

/* @qty pieces of a line go in part @part, 2 upwards; what is not named stays in
 * part 1. */
struct split_piece {
	int64_t line_no, part, qty;
	const char *warehouse; /* of the part; NULL or "": the order's own */
};
/*
 * ERR_INVALID: no such line, or more than there is of it (field "qty"), a part
 * that stays empty (field "part"), no such warehouse (field "warehouse").
 * ERR_STATE: it is not paid, split or merged already, packed, being picked, or
 * something was sent. *@warning, if not NULL, gets "" or a sentence: what the
 * platform makes of it.
 */
int order_split(struct session *s, int64_t id, const struct split_piece *pieces,
    size_t n, char warning[200]) MUST_CHECK;
/* Until something is sent or packed. */
int order_unsplit(struct session *s, int64_t id) MUST_CHECK;

/* A line of a part; its text belongs to the page. */
struct order_part {
	int64_t part, line_no;
	const char *sku_code, *name;
	int64_t qty, sent;
	int64_t warehouse_id;
	const char *warehouse;
};
/* All of an order that is split; none, if it is not. Needs order.view. */
int order_parts(struct session *s, int64_t id, struct page *out) MUST_CHECK;

#endif
