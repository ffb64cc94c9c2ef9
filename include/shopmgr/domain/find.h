/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_FIND_H
#define SHOPMGR_DOMAIN_FIND_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* Anything by what is known of it: the command `find` and the key `/`. */

struct session;

struct found {
	const char *kind;  /* "order", "customer", "product", "parcel" */
	int64_t id;        /* of that kind */
	const char *label; /* order number, nick, sku_code, waybill */
	const char *what;  /* a line about it */
};

int find_any(struct session *s, const char *text, size_t limit,
    struct page *out) MUST_CHECK;

#endif
