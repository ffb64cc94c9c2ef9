/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PRODUCTS_H
#define SHOPMGR_DOMAIN_PRODUCTS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Goods (商品) and their variants (规格, SKU). Stock is kept per variant. A
 * platform's item (listing, 宝贝) is mapped to a variant; while it is not, the
 * orders that hold it are on hold. Price is fen, weight grams.
 */

struct session;

struct variant {
	int64_t id;
	int64_t version;
	int64_t product_id;
	const char *sku_code, *name, *product;
	const char *barcodes; /* separated by blanks */
	int64_t price, weight;
	int64_t own_weight; /* 0: a kit weighs what its parts do */
	/* In the main warehouse: on hand is available, reserved, to put away
	 * and defective; in transit are those that are not here yet. */
	int64_t on_hand, reserved, available, to_put, defective, in_transit;
	int64_t value;     /* of what is on hand, fen; 0 without cost.view */
	int64_t unit_cost; /* value / on_hand, fen; likewise */
	int64_t reorder_at, target_level;
	int64_t low;
	const char *bin;
	int64_t made; /* 1: its product is made to order, see attrs.h */
	int64_t length, width, height; /* mm; 0: not known */
	int64_t active; /* 0: neither bought nor newly mapped any more */
	int64_t kit;    /* 1: made up of others, has no stock itself */
	/* Of its product: */
	const char *category; /* path; "": none */
	const char *brand, *unit, *guarantee, *note;
	int64_t guarantee_days;
	const char *images; /* paths, ";" between */
	/* Where it is bought first; "" and 0 for those who may not know. */
	const char *supplier;
	int64_t supplier_price;
};

struct variant_edit {
	char sku_code[64];
	char product[NAME_ROOM];
	char name[NAME_ROOM]; /* "": as the product */
	char barcodes[400];   /* separated by blanks or commas */
	char bin[NAME_ROOM];
	int64_t price, weight, reorder_at, target_level;
	char made[8]; /* "yes", "no" */
	int64_t length, width, height;
	/* Of the product, and so of all its variants: */
	char category[NAME_ROOM]; /* path; made if it is not there */
	char brand[64], unit[16], guarantee[200], note[400];
	int64_t guarantee_days;
	char images[1000];
};
extern const char *const variant_made[]; /* N_("no"), N_("yes"), NULL */

enum variant_order { VARIANT_BY_NAME, VARIANT_BY_SKU };

/* Of products and their stock. SKU goes through any number of variants; the
 * others up to SORT_MAX, see order_sort. VALUE and COST need cost.view. */
enum stock_sort {
	STOCK_SORT_OWN, /* by variant_filter.order */
	STOCK_SORT_SKU,
	STOCK_SORT_NAME, /* by pinyin */
	STOCK_SORT_PRICE,
	STOCK_SORT_ON_HAND,
	STOCK_SORT_RESERVED,
	STOCK_SORT_AVAILABLE,
	STOCK_SORT_COST, /* of a piece */
	STOCK_SORT_VALUE,
	STOCK_SORT_BIN,
	STOCK_SORT_MAX
};

struct variant_filter {
	enum variant_order order;
	const char *prefix;   /* of name or sku_code, by order; NULL: all */
	bool low_only;        /* only what should be bought again */
	const char *bin;      /* only what lies there; NULL: anywhere */
	const char *category; /* only what is in it or below; NULL: all */
	enum stock_sort sort;
	bool desc; /* of sort; without meaning for STOCK_SORT_OWN */
};

int variant_page(struct session *s, const struct variant_filter *filter,
    enum page_dir dir, const struct variant *from, size_t limit,
    struct page *out) MUST_CHECK;
int variant_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By barcode or sku_code; ERR_NOTFOUND. */
int variant_by_code(struct session *s, const char *code, int64_t *id)
    MUST_CHECK;
/* Is there a bin of this name with goods in it, in the main warehouse? Its name
 * as it is kept, in @bin; ERR_NOTFOUND. */
#define BIN_SIZE NAME_ROOM
int bin_by_code(struct session *s, const char *code, char bin[BIN_SIZE])
    MUST_CHECK;
/* ERR_INVALID names the field; a sku_code or barcode in use is ERR_CONFLICT
 * with the field. */
int variant_add(struct session *s, const struct variant_edit *edit, int64_t *id)
    MUST_CHECK;
int variant_save(struct session *s, int64_t id, int64_t version,
    const struct variant_edit *edit) MUST_CHECK;
void variant_edit_from(struct variant_edit *edit, const struct variant *v);
/* Take it out of use, or back: one that is out is neither bought nor newly
 * mapped; what there is of it is still sold. */
int variant_active(struct session *s, int64_t id, bool active) MUST_CHECK;
/* The size, in cubic centimetres, rounded; 0: not known. */
int64_t variant_volume(const struct variant *v);

/* The parts of a product's card. All variants of the product; where the pieces
 * are: a row a warehouse (bin ""), behind it one for each of its bins. */
int product_variants(struct session *s, int64_t product_id, struct page *out)
    MUST_CHECK;
struct variant_place {
	int64_t id;
	const char *warehouse, *bin;
	int64_t bin_kind;
	int64_t whole; /* 1: the warehouse, with all figures */
	int64_t on_hand, available, reserved, to_put, defective, in_transit;
};
int variant_places(struct session *s, int64_t id, struct page *out) MUST_CHECK;

/* A platform's item. */
struct listing {
	int64_t id;
	const char *platform, *shop;
	const char *title, *attrs, *sku_code, *item_no;
	int64_t variant_id;
	const char *variant_sku, *variant_name;
};
/* Up to SORT_MAX items, see order_sort; texts by pinyin. */
enum listing_sort {
	LISTING_SORT_OWN, /* newest first */
	LISTING_SORT_SHOP,
	LISTING_SORT_TITLE,
	LISTING_SORT_SKU,    /* the code on the platform */
	LISTING_SORT_MAPPED, /* the variant's code; unmapped ones are first */
	LISTING_SORT_MAX
};
struct listing_filter {
	bool unmapped_only;
	enum listing_sort sort;
	bool desc;
	int64_t variant_id; /* only those mapped to it; 0: all */
};
int listing_list(struct session *s, const struct listing_filter *filter,
    enum page_dir dir, const struct listing *from, size_t limit,
    struct page *out) MUST_CHECK;
/* The same in its own order. */
int listing_page(struct session *s, bool unmapped_only, enum page_dir dir,
    const struct listing *from, size_t limit, struct page *out) MUST_CHECK;
/* One item; ERR_NOTFOUND. */
int listing_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* Map it; the open orders that waited for it get their lines, their stock, and
 * lose the hold. Those that were mapped to another product get this one, as far
 * as they are not sent. *@released (may be NULL): how many orders can go now.
 */
int listing_map(struct session *s, int64_t id, int64_t variant_id,
    int64_t *released) MUST_CHECK;

#endif
