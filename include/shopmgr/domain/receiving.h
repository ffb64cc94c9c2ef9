/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_RECEIVING_H
#define SHOPMGR_DOMAIN_RECEIVING_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/domain/receipts.h"

/*
 * Goods at the door that are scanned and not received yet. Each scan is kept as
 * it comes, for all who are at the order: whatever happens to a terminal, they
 * go on from there. Then all of it is received by one slip, once; or thrown
 * away. Meanwhile the order cannot end.
 */

struct session;

enum receiving_state {
	RECEIVING_OPEN,
	RECEIVING_DONE,
	RECEIVING_DROPPED,
	RECEIVING_ALL /* of a list */
};
const char *receiving_state_name(int64_t state);
const char *receiving_state_text(int64_t state);
/* RECEIVING_ALL for a name there is none of. */
enum receiving_state receiving_state_by_name(const char *name);

struct receiving {
	int64_t id, version;
	int64_t purchase_id;
	const char *purchase_no, *company, *warehouse;
	int64_t state;
	int64_t line_no;     /* scanned last */
	int64_t pieces, bad; /* bad: of those */
	const char *staff;   /* who began */
	int64_t at;
	const char *last_by;
	int64_t last_at;
	const char *slip_no; /* "": not received */
};
/* Newest first; @purchase_id 0: of all orders. */
int receiving_page(struct session *s, enum receiving_state state,
    int64_t purchase_id, enum page_dir dir, const struct receiving *from,
    size_t limit, struct page *out) MUST_CHECK;
int receiving_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;

struct receiving_line {
	int64_t id; /* the line's number */
	const char *sku_code, *name;
	int64_t qty, bad;
	const char *staff; /* who scanned it last */
	int64_t at;
};
int receiving_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;

/* How it stands after a scan. */
struct receiving_now {
	int64_t id, version;
	int64_t qty, bad; /* of the line */
};
/* As receipt_scan(); kept, when it returns 0. More than may come is kept, too:
 * it is here. */
int receiving_scan(struct session *s, int64_t purchase_id, const char *text,
    struct receipt_scan *scan, struct receiving_now *now) MUST_CHECK;
/* One more of what was scanned of a line is defective. */
int receiving_bad(struct session *s, int64_t id, int64_t line_no,
    struct receiving_now *now) MUST_CHECK;
/* As receipt_post(), of what was scanned: @doc says freight, over and note.
 * ERR_CONFLICT unless it is at @version (0: whichever); ERR_STATE once it was
 * received, or thrown away. */
int receiving_post(struct session *s, int64_t id, int64_t version,
    const struct receipt_doc *doc, struct receipt_said *said) MUST_CHECK;
int receiving_drop(struct session *s, int64_t id, int64_t version) MUST_CHECK;

#endif
