/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PRODUCTS_PRIV_H
#define DOMAIN_PRODUCTS_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

#include "../core/edit_priv.h"

/* Products and categories, inside the operations of others. */

struct session;
struct txn;

/* Is it still bought and sold? ERR_STATE, field "sku_code", when it is not. */
int variant_usable(struct session *s, struct txn *txn, int64_t id) MUST_CHECK;
/* The category of this path, made with all above it where they are missing;
 * "" is 0. */
int category_make(struct session *s, struct txn *txn, const char *path,
    int64_t *id) MUST_CHECK;
/* The path with blanks and empty names taken out, in place. False: a name in it
 * is too long. */
bool category_tidy(char *path);
/* ERR_INVALID, with how long a path may be. */
int category_too_long(struct session *s, const char *field) MUST_CHECK;
/* The paths of the pictures, ";" between, become the product's. */
int product_images_set(struct session *s, struct txn *txn, int64_t product_id,
    const char *images) MUST_CHECK;

#endif
