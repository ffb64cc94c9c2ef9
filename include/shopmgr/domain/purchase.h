/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PURCHASE_H
#define SHOPMGR_DOMAIN_PURCHASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Orders to suppliers (采购订单): being written, ordered, partly received,
 * received; or closed, though not all came; or cancelled. While it is being
 * written everything can be changed. Once it is ordered its pieces are in
 * transit to its warehouse, the prices are the supplier's from then on, and
 * what is changed is an entry more, with its reason, of what was ordered: never
 * below what has come already. Prices are 0 for those without cost.view.
 */

struct print_job;
struct print_said;
struct session;

enum purchase_state {
	PURCHASE_DRAFT,
	PURCHASE_ORDERED,
	PURCHASE_PART,
	PURCHASE_RECEIVED,
	PURCHASE_CLOSED,
	PURCHASE_CANCELLED,
	PURCHASE_ALL /* of a list */
};
const char *purchase_state_name(int64_t state); /* "draft": data */
const char *purchase_state_text(int64_t state); /* translated */
/* PURCHASE_ALL for a name there is none of. */
enum purchase_state purchase_state_by_name(const char *name);

struct purchase {
	int64_t id, version;
	const char *purchase_no; /* "PO-000123" */
	int64_t state;
	int64_t company_id;
	const char *company;
	int64_t warehouse_id;
	const char *warehouse;
	int64_t request_id;
	const char *request_no; /* "": none */
	int64_t freight, total; /* total: of its lines */
	int64_t least;          /* that the supplier wants of an order */
	const char *note, *reason, *staff;
	int64_t at;
	const char *ordered_by;
	int64_t ordered_at, expected_at, first_at, done_at;
	int64_t late; /* expected, and not all here */
	int64_t lines, pieces, received;
	int64_t scanned; /* pieces at the door, not received yet */
};

struct purchase_line {
	int64_t id; /* purchase_line_id() */
	int64_t purchase_id, line_no, variant_id;
	const char *purchase_no, *company;
	int64_t state; /* of the order */
	const char *sku_code, *name, *unit;
	const char *code; /* the supplier's */
	int64_t qty, price, amount;
	int64_t received, bad, returned, invoiced;
	int64_t open; /* still to come */
	int64_t expected_at;
	const char *request_no; /* that asked for it, "+1": and others */
};

#define PURCHASE_LINES 1000 /* in one */
static inline int64_t
purchase_line_id(int64_t purchase_id, int64_t line_no)
{
	return purchase_id << 16 | line_no;
}

struct purchase_filter {
	enum purchase_state state;
	int64_t company_id; /* 0: all */
};
/* Those under way by when they are expected, so that late ones are on top;
 * others, the newest first. */
int purchase_page(struct session *s, const struct purchase_filter *filter,
    enum page_dir dir, const struct purchase *from, size_t limit,
    struct page *out) MUST_CHECK;
int purchase_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int purchase_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* Of all orders, the newest first. */
int purchase_line_page(struct session *s, enum page_dir dir,
    const struct purchase_line *from, size_t limit, struct page *out)
    MUST_CHECK;
/* By its number, "PO-000123" or "123"; ERR_NOTFOUND. */
int purchase_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* How many are being written, ordered, partly received; of those two, late. */
int purchase_counts(
    struct session *s, int64_t n[PURCHASE_RECEIVED], int64_t *late) MUST_CHECK;

struct purchase_edit {
	char company[NAME_ROOM];
	char warehouse[NAME_ROOM]; /* "": the main one */
	int64_t freight;
	int64_t expected; /* a day; 0: as long as the supplier takes */
	char note[400];
};
void purchase_edit_from(struct purchase_edit *e, const struct purchase *p);
/* Once it is ordered, supplier and warehouse stay. @version 0: whichever there
 * is; here and below. */
int purchase_save(struct session *s, int64_t id, int64_t version,
    const struct purchase_edit *e) MUST_CHECK;

#define PURCHASE_PRICE_KNOWN (-1) /* as the supplier has it, or as it was */
struct purchase_line_edit {
	char sku_code[64]; /* or a barcode */
	int64_t qty;
	int64_t price;    /* each */
	char reason[200]; /* once it is ordered */
};
/* With these lines, or more later. */
int purchase_add(struct session *s, const struct purchase_edit *e,
    const struct purchase_line_edit *lines, size_t n, int64_t *id) MUST_CHECK;
/* A product's line, new or changed; 0 pieces take it away. */
int purchase_line_set(struct session *s, int64_t id, int64_t version,
    const struct purchase_line_edit *line) MUST_CHECK;

/* It was sent to the supplier. */
int purchase_order(struct session *s, int64_t id) MUST_CHECK;
/* What did not come will not come any more; or nothing of it will. */
int purchase_close(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;
int purchase_cancel(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;
/* The same once more, being written, at today's prices; *@left: lines that
 * cannot be ordered any more. */
int purchase_copy(struct session *s, int64_t id, int64_t *copy, int64_t *left)
    MUST_CHECK;

/* Those that are being written to one supplier for one warehouse become the
 * oldest of them; the others are cancelled, and say which it is. */
int purchase_join(
    struct session *s, const int64_t *ids, size_t n, int64_t *into) MUST_CHECK;

/* What was ordered of it, and what was changed, in that order. */
struct purchase_change {
	int64_t id, line_no;
	const char *sku_code, *name;
	int64_t qty, price;
	const char *reason, *staff;
	int64_t at;
};
int purchase_changes(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;

/* For the supplier; needs purchase.order. */
int print_purchase(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said) MUST_CHECK;

#endif
