/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_CATEGORIES_H
#define SHOPMGR_DOMAIN_CATEGORIES_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Categories of goods (类目): a tree that the shop makes. One is known by its
 * path, the names from the top, NAME_CHARS at most: "厨具/锅具". A product is
 * in one or in none.
 */

struct session;

#define CATEGORY_PATH NAME_ROOM

struct category {
	int64_t id, version, parent_id, depth; /* 0: on top */
	const char *name, *path;
	int64_t products; /* in it, without those below */
};
struct category_edit {
	char name[NAME_ROOM];
	char parent[CATEGORY_PATH]; /* "": on top */
};

/* All, each behind the one above it. Needs product.view. */
int category_all(struct session *s, struct page *out) MUST_CHECK;
int category_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int category_by_path(struct session *s, const char *path, int64_t *id)
    MUST_CHECK;
void category_edit_from(struct category_edit *e, const struct category *c);
int category_add(struct session *s, const struct category_edit *e, int64_t *id)
    MUST_CHECK;
/* Another name or place; what is below goes with it. */
int category_save(struct session *s, int64_t id, int64_t version,
    const struct category_edit *e) MUST_CHECK;
/* One that is empty; ERR_STATE when products or categories are in it. */
int category_drop(struct session *s, int64_t id) MUST_CHECK;

#endif
