/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_REQUESTS_H
#define SHOPMGR_DOMAIN_REQUESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/low_stock.h"

/*
 * Purchase requests (采购申请): what somebody wants bought for a warehouse.
 * Until it is decided its lines can be changed. Approving it writes an order
 * for each supplier; lines without one stay, and are ordered by approving it
 * again once they have one. Who may ask may read them all.
 *
 * Nobody approves what he asked for himself, unless nobody else who works here
 * may order (purchase.order); taking the own request back is always possible.
 */

struct session;

enum request_state {
	REQUEST_ASKED,
	REQUEST_APPROVED, /* some lines have no supplier yet */
	REQUEST_ORDERED,
	REQUEST_REFUSED,
	REQUEST_ALL /* of a list */
};
const char *request_state_name(int64_t state); /* "asked": data */
const char *request_state_text(int64_t state); /* translated */

struct request {
	int64_t id, version;
	const char *request_no; /* "PR-000123" */
	int64_t state;
	int64_t warehouse_id;
	const char *warehouse, *note;
	int64_t staff_id;
	const char *staff;
	int64_t at;
	const char *decided_by;
	int64_t decided_at;
	const char *reason; /* of a refusal */
	int64_t lines, pieces;
	int64_t left; /* lines in no order yet */
};

struct request_line {
	int64_t id; /* line_no */
	int64_t request_id, line_no, variant_id;
	const char *sku_code, *name;
	int64_t company_id;
	const char *company; /* "": not said */
	int64_t qty;
	int64_t price; /* the supplier's, each; 0 without cost.view */
	const char *why;
	int64_t purchase_id;
	const char *purchase_no; /* "": none yet */
};

/* The newest first. */
int request_page(struct session *s, enum request_state state, enum page_dir dir,
    const struct request *from, size_t limit, struct page *out) MUST_CHECK;
int request_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int request_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By its number, "PR-000123" or "123"; ERR_NOTFOUND. */
int request_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* How many are asked, and approved and not all ordered. */
int request_counts(struct session *s, int64_t n[REQUEST_ORDERED]) MUST_CHECK;

struct request_edit {
	char warehouse[NAME_ROOM]; /* "": the main one */
	char note[400];
};
struct request_line_edit {
	char sku_code[64]; /* or a barcode */
	int64_t qty;
	char company[NAME_ROOM]; /* "": who sells it first, or cheapest */
	char why[200];
};
#define REQUEST_LINES 1000 /* in one */
int request_add(struct session *s, const struct request_edit *e,
    const struct request_line_edit *lines, size_t n, int64_t *id) MUST_CHECK;
/* @version 0: whichever there is; here and below. */
int request_save(struct session *s, int64_t id, int64_t version,
    const struct request_edit *e) MUST_CHECK;
/* A product's line, new or changed; 0 pieces take it away. Of an approved
 * request only who is to sell it, by those who may order. */
int request_line_set(struct session *s, int64_t id, int64_t version,
    const struct request_line_edit *line) MUST_CHECK;

/* From the list of what is low, one request a warehouse. Rows of which nothing
 * is proposed are left out. ERR_STATE when nothing is left. */
struct request_made {
	int64_t n, left; /* requests or orders; lines left out */
	char nos[200];   /* their numbers, those that fit */
};
int request_low(struct session *s, const int64_t *ids, size_t n,
    const char *note, struct request_made *made) MUST_CHECK;
/* All that is low (and what soon will be), in one warehouse or all (""). */
int request_propose(struct session *s, const char *warehouse,
    enum low_stock_kind upto, const char *note, struct request_made *made)
    MUST_CHECK;

/* Orders that are being written then, one a supplier; *@made: those. ERR_STATE
 * when no line has a supplier, or when it is one's own, see above. */
int request_approve(struct session *s, int64_t id, struct request_made *made)
    MUST_CHECK;
/* The same of several: what they want of one supplier for one warehouse is one
 * order. join: the one that is being written to him already, if there is. */
struct request_approval {
	const int64_t *ids;
	size_t n;
	bool join;
};
int request_approve_all(struct session *s, const struct request_approval *a,
    struct request_made *made) MUST_CHECK;
/* The orders that join would add to. */
int request_joins(struct session *s, const struct request_approval *a,
    struct request_made *out) MUST_CHECK;
int request_refuse(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;

#endif
