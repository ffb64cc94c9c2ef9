/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PRODUCTS_PRIV_H
#define DOMAIN_PRODUCTS_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Products and categories, inside the operations of others. */

struct session;
struct str;
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
/* The paths of the pictures, ";" between, become the product's. */
int product_images_set(struct session *s, struct txn *txn, int64_t product_id,
    const char *images) MUST_CHECK;

/* What the log keeps of a change: "field was -> is", "; " between. */
void tell_text(
    struct str *words, const char *field, const char *was, const char *is);
void tell_number(struct str *words, const char *field, int64_t was, int64_t is);
void tell_money(struct str *words, const char *field, int64_t was, int64_t is);
/* A text of a form, trimmed in place; a number. ERR_INVALID with the field. */
int edit_text(struct session *s, const char *field, char *text, size_t size)
    MUST_CHECK;
int edit_range(struct session *s, const char *field, int64_t value, int64_t max)
    MUST_CHECK;

#endif
