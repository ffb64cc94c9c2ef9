/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_FIND_H
#define SHOPMGR_DOMAIN_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Anything by what is known of it: the command `find` and the key Ctrl-F. Over
 * the whole history: order number, waybill, phone or its tail, nick, name or
 * pinyin initials, product name or code, barcode, and words of remarks and
 * notes (Chinese too, from one character on), newest first. What the role may
 * not see is not found, and contacts are masked as everywhere (contact.h).
 */

struct session;

struct found {
	const char
	    *kind;  /* "order", "customer", "product", "parcel", "staff" */
	int64_t id; /* of that kind */
	const char *label; /* order number, nick, sku_code, waybill */
	const char *what;  /* a line about it */
	const char *where; /* what fitted: "remark", "phone"; translated; "" for
			      what the label shows anyway */
};

int find_any(struct session *s, const char *text, size_t limit,
    struct page *out) MUST_CHECK;
/* The same for each key typed: what words would take longer than @ms is left
 * off, and then it returns 1. */
int find_quick(struct session *s, const char *text, size_t limit, int ms,
    struct page *out) MUST_CHECK;

/*
 * Words in remarks are found through an index in a file of its own beside the
 * shop's (PATH.search), which is derived: made, brought up to date and mended
 * as needed. This brings it up to date, for a quiet moment, about @ms long (0:
 * to the end); *@left gets how many records are left to be looked at, about; 0
 * when it is up to date. While another program is at it, nothing is done. A
 * find by itself catches up with what little has changed since.
 */
int find_index(struct session *s, int ms, int64_t *left) MUST_CHECK;
/* Throw the index away; find_index() makes it anew. ERR_BUSY while another
 * program is adding to it. */
int find_forget(struct session *s) MUST_CHECK;

#endif
