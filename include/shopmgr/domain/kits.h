/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_KITS_H
#define SHOPMGR_DOMAIN_KITS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Kits (组合装): a product that is sold as one and sent as several. It has no
 * stock itself: as many can be sold as its parts make up, and an order of it
 * gets a line of each part, for which stock is kept, and which is picked,
 * packed and sent. What was sold is the kit; it cost what its parts did.
 * Orders that have their parts keep them when the kit's are changed.
 */

struct session;

#define KIT_PARTS_MAX 50
#define KIT_QTY_MAX   1000 /* of one part */

struct kit_part {
	int64_t id; /* the part's variant */
	const char *sku_code, *name;
	int64_t qty;       /* in one kit */
	int64_t available; /* pieces of it, in the main warehouse */
	int64_t weight;    /* of a piece, grams; 0: not known */
	int64_t unit_cost; /* of a piece, fen; 0 without cost.view */
};
/* What it is made up of; nothing, when it is no kit. */
int kit_parts(struct session *s, int64_t kit_id, struct page *out) MUST_CHECK;
/* Kits that this product is a part of, as struct kit_part: @qty of it in each,
 * and as many @available as can be made. */
int kits_with(struct session *s, int64_t part_id, struct page *out) MUST_CHECK;

/* The same as rows of a list: of all kits, or of one. */
struct kit_row {
	int64_t id; /* made of both ids */
	int64_t kit_id, part_id;
	const char *kit_sku, *kit, *part_sku, *part;
	int64_t qty, available, weight, unit_cost; /* as of struct kit_part */
};
int kit_rows(struct session *s, int64_t kit_id, enum page_dir dir,
    const struct kit_row *from, size_t limit, struct page *out) MUST_CHECK;

struct kit_piece {
	int64_t part_id, qty;
};
/*
 * It is made up of these from now on; with none it is a product by itself
 * again. Orders that were taken apart already stay as they are. ERR_STATE when
 * it has stock, or is to be single though it was sold; ERR_INVALID, field
 * "part" or "qty", for parts that cannot be.
 */
int kit_set(struct session *s, int64_t kit_id, const struct kit_piece *v,
    size_t n) MUST_CHECK;
/* @qty of one part, as it is scanned; 0: it is none any more. What was no kit
 * becomes one by its first part. */
int kit_put(struct session *s, int64_t kit_id, int64_t part_id, int64_t qty)
    MUST_CHECK;

#endif
