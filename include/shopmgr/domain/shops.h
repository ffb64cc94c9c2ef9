/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SHOPS_H
#define SHOPMGR_DOMAIN_SHOPS_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* The shops that orders came from: an account on a platform each. Imports make
 * them, of what a file says or is named after. */

struct session;

struct shop_name {
	int64_t id;
	const char *platform, *name; /* "taobao": see platforms.h */
};

/* By platform and name; at most SHOPS_MOST. Needs import or setting.edit. */
#define SHOPS_MOST 500
int shop_page(struct session *s, struct page *out) MUST_CHECK;

/*
 * Puts right what a shop is called and where it is. What hangs on a platform,
 * order numbers and buyers' names, cannot go to another one: of a shop that has
 * orders or items only Taobao and Tmall, which are one to their files, can take
 * each other's place. Files that have its old name yet go on finding it.
 */
int shop_save(struct session *s, int64_t id, const char *platform,
    const char *name) MUST_CHECK;

#endif
