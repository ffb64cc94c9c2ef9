/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_TRANSFERS_H
#define SHOPMGR_DOMAIN_TRANSFERS_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * From one warehouse to another (调拨): written, then sent, by which the goods
 * leave with what they are worth; in transit until they arrive, all at once or
 * in parts. What never does is written off.
 */

struct session;

enum transfer_state {
	TRANSFER_WRITTEN,
	TRANSFER_SENT,
	TRANSFER_ARRIVED,
	TRANSFER_CANCELLED,
	TRANSFER_STATES
};
const char *transfer_state_name(int64_t state); /* "sent", for scripts */
const char *transfer_state_text(int64_t state); /* translated */

struct transfer {
	int64_t id, version;
	const char *transfer_no;
	int64_t from_id, to_id, state;
	const char *from, *to, *note, *staff;
	int64_t at, sent_at, arrived_at;
	int64_t lines, qty, open; /* products, pieces, and those under way */
	int64_t value;            /* of what is under way */
};
struct transfer_filter {
	int state;            /* enum transfer_state; -1: all */
	int64_t warehouse_id; /* from or to it; 0: all */
};
/* Newest first. */
int transfer_page(struct session *s, const struct transfer_filter *f,
    enum page_dir dir, const struct transfer *from, size_t limit,
    struct page *out) MUST_CHECK;
int transfer_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* "TO-000123", blanks around ignored. ERR_NOTFOUND. */
int transfer_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;

struct transfer_line {
	int64_t id;                        /* of the variant */
	const char *sku_code, *name, *bin; /* where it is picked from */
	int64_t qty, sent, arrived, lost, open, value;
};
int transfer_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;

struct transfer_piece {
	char sku[64];
	int64_t qty;
};
struct transfer_edit {
	char from[NAME_ROOM], to[NAME_ROOM]; /* "" from: the main one */
	char note[200];
	struct transfer_piece *lines;
	size_t n;
};
int transfer_add(struct session *s, const struct transfer_edit *e, int64_t *id)
    MUST_CHECK;
/* While it is being written; the lines become these. */
int transfer_save(struct session *s, int64_t id, int64_t version,
    const struct transfer_edit *e) MUST_CHECK;
/* Everything leaves, or nothing does. */
int transfer_send(struct session *s, int64_t id, int64_t *slip_id) MUST_CHECK;
/* @n 0: all that is under way. @bin "": of itself. */
int transfer_arrive(struct session *s, int64_t id,
    const struct transfer_piece *lines, size_t n, const char *bin,
    int64_t *slip_id) MUST_CHECK;
/* What has not arrived never will. */
int transfer_lose(struct session *s, int64_t id, const char *reason,
    int64_t *slip_id) MUST_CHECK;
/* Goods under way are back where they came from; ERR_STATE once some of them
 * arrived. */
int transfer_cancel(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;

#endif
