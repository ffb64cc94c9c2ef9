/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "record_priv.h"

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}

/* Products and their stock: two views of the variants. */
#define ROW struct variant
static const struct rec_field product_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(product, N_("Product"), REC_TEXT),
	F(barcodes, N_("Barcodes"), REC_TEXT),
	F(price, N_("Selling price"), REC_MONEY),
	F(weight, N_("Weight"), REC_INT),
	F(on_hand, N_("On hand"), REC_INT),
	F(reserved, N_("Reserved"), REC_INT),
	F(available, N_("Available"), REC_INT),
	F(unit_cost, N_("Unit cost"), REC_COST),
	F(value, N_("Stock value"), REC_COST),
	F(reorder_at, N_("Reorder point"), REC_INT),
	F(target_level, N_("Target level"), REC_INT),
	F(low, N_("Low"), REC_BOOL),
	F(bin, N_("Bin"), REC_TEXT),
	F(category, N_("Category"), REC_TEXT),
	F(brand, N_("Brand"), REC_TEXT),
	F(unit, N_("Unit"), REC_TEXT),
	F(length, N_("Length (mm)"), REC_INT),
	F(width, N_("Width (mm)"), REC_INT),
	F(height, N_("Height (mm)"), REC_INT),
	F(guarantee_days, N_("Guarantee days"), REC_INT),
	F(guarantee, N_("Guarantee"), REC_TEXT),
	F(note, N_("Product note"), REC_TEXT),
	F(images, N_("Pictures"), REC_TEXT),
	F(made, N_("Made to order"), REC_BOOL),
	F(active, N_("In use"), REC_BOOL),
	F(supplier, N_("Supplier"), REC_TEXT),
	F(supplier_price, N_("Purchase price"), REC_COST),
	FIELD_END,
};
static const struct rec_field stock_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(product, N_("Product"), REC_TEXT),
	F(barcodes, N_("Barcodes"), REC_TEXT),
	F(bin, N_("Bin"), REC_TEXT),
	F(on_hand, N_("On hand"), REC_INT),
	F(reserved, N_("Reserved"), REC_INT),
	F(available, N_("Available"), REC_INT),
	F(unit_cost, N_("Unit cost"), REC_COST),
	F(value, N_("Stock value"), REC_COST),
	F(reorder_at, N_("Reorder point"), REC_INT),
	F(target_level, N_("Target level"), REC_INT),
	F(low, N_("Low"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
variant_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return variant_page(s, arg, dir, from, limit, out);
}

/* A code has at most one row, found without looking through the others. */
static int
coded(struct session *s, const struct rec_sift *sift, const char *code,
    enum page_dir dir, size_t limit, struct page *out)
{
	int64_t id;
	int rc;

	if ((rc = rec_check(s, sift)) < 0)
		return rc;
	rc = variant_by_code(s, code, &id);
	if (rc == 0 && limit > 0 && dir != PAGE_AFTER && dir != PAGE_BEFORE) {
		if ((rc = variant_get(s, id, out)) < 0)
			return rc;
		if (!rec_fits(sift, page_row(out, 0)))
			out->n = 0;
		return 0;
	}
	if (rc < 0 && rc != ERR_NOTFOUND)
		return rc;
	page_init(out, sizeof(struct variant), 1);
	return 0;
}

static const char *const stock_sorts[STOCK_SORT_MAX] = {
	[STOCK_SORT_SKU] = "sku_code",
	[STOCK_SORT_NAME] = "name",
	[STOCK_SORT_PRICE] = "price",
	[STOCK_SORT_ON_HAND] = "on_hand",
	[STOCK_SORT_RESERVED] = "reserved",
	[STOCK_SORT_AVAILABLE] = "available",
	[STOCK_SORT_COST] = "unit_cost",
	[STOCK_SORT_VALUE] = "value",
	[STOCK_SORT_BIN] = "bin",
};
static const struct rec_field sort_filter[] = {
	{ "sort", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};
static const struct rec_field product_filters[] = {
	{ "sort", NULL, REC_TEXT, 0, NULL },
	{ "below", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

static int
variants(struct session *s, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "low", "sort", "below", NULL };
	struct variant_filter f = { .order = VARIANT_BY_SKU,
		.category = rec_want(filters, nfilters, "below") };
	const struct rec_sift sift = { kind, filters, nfilters, done,
		variant_read, &f };
	const char *code = rec_want(filters, nfilters, "sku_code");
	int sort, rc;

	rc = rec_want_sort(
	    s, filters, nfilters, stock_sorts, STOCK_SORT_MAX, &sort, &f.desc);
	f.sort = (enum stock_sort)sort;
	if (rc == 0)
		rc = rec_want_yes(s, filters, nfilters, "low", &f.low_only);
	if (rc < 0)
		return rc;
	if (code != NULL)
		return coded(s, &sift, code, dir, limit, out);
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
product_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return variants(
	    s, &rec_products, filters, nfilters, dir, from, limit, out);
}

static int
stock_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return variants(
	    s, &rec_stock, filters, nfilters, dir, from, limit, out);
}

const struct rec_kind rec_products = {
	.name = "products",
	.fields = product_fields,
	.row_size = sizeof(struct variant),
	.page = product_rec_page,
	.get = variant_get,
	.filters = product_filters,
};
const struct rec_kind rec_stock = {
	.name = "stock",
	.fields = stock_fields,
	.row_size = sizeof(struct variant),
	.page = stock_rec_page,
	.get = variant_get,
	.filters = sort_filter,
};

/* Items of the platforms. */
#define ROW struct listing
static const struct rec_field listing_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(platform, N_("Platform"), REC_WORD),
	F(shop, N_("Shop"), REC_TEXT),
	F(title, N_("Title"), REC_TEXT),
	F(attrs, N_("Attributes"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(item_no, N_("Item no."), REC_TEXT),
	F(variant_sku, N_("Mapped to"), REC_TEXT),
	F(variant_name, N_("Variant"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
listing_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return listing_list(s, arg, dir, from, limit, out);
}

static const char *const listing_sorts[LISTING_SORT_MAX] = {
	[LISTING_SORT_SHOP] = "shop",
	[LISTING_SORT_TITLE] = "title",
	[LISTING_SORT_SKU] = "sku_code",
	[LISTING_SORT_MAPPED] = "variant_sku",
};

static int
listings(struct session *s, const struct rec_kind *kind, bool unmapped,
    const struct rec_filter *filters, size_t nfilters, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "sort", NULL };
	struct listing_filter f = { .unmapped_only = unmapped };
	const struct rec_sift sift = { kind, filters, nfilters, done,
		listing_read, &f };
	int sort, rc;

	rc = rec_want_sort(s, filters, nfilters, listing_sorts,
	    LISTING_SORT_MAX, &sort, &f.desc);
	if (rc < 0)
		return rc;
	f.sort = (enum listing_sort)sort;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
listing_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return listings(
	    s, &rec_listings, false, filters, nfilters, dir, from, limit, out);
}

static int
unmapped_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return listings(
	    s, &rec_unmapped, true, filters, nfilters, dir, from, limit, out);
}

/* The newest first list's row behind the id above it, if it is that id. */
static int
listing_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct listing above = { .id = id + 1 };
	int rc;

	rc = listing_page(s, false, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

static int
listing_rec_each(struct session *s, const struct rec_filter *filters,
    size_t nfilters, int (*row)(void *arg, const void *row), void *arg)
{
	return rec_each_back(s, &rec_listings, filters, nfilters, row, arg);
}

const struct rec_kind rec_listings = {
	.name = "listings",
	.fields = listing_fields,
	.row_size = sizeof(struct listing),
	.page = listing_rec_page,
	.get = listing_rec_get,
	.filters = sort_filter,
	.each = listing_rec_each,
};
const struct rec_kind rec_unmapped = {
	.name = "unmapped",
	.fields = listing_fields,
	.row_size = sizeof(struct listing),
	.page = unmapped_rec_page,
	.get = listing_rec_get,
	.filters = sort_filter,
};

/* The stock ledger. */
#define ROW struct stock_move
static const struct rec_field ledger_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(slip_no, N_("Slip no."), REC_TEXT),
	F(kind, N_("Kind"), REC_WORD),
	F(at, N_("Time"), REC_TIME),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(bin, N_("Bin"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(value, N_("Value"), REC_COST),
	F(on_hand_after, N_("On hand after"), REC_INT),
	F(value_after, N_("Value after"), REC_COST),
	F(order_no, N_("Order no."), REC_TEXT),
	F(reason, N_("Reason"), REC_TEXT),
	F(supplier, N_("Supplier"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	F(reversed, N_("Reversed"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
ledger_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *variant = arg;

	return ledger_page(s, *variant, dir, from, limit, out);
}

static int
ledger_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "sku_code", NULL };
	const char *code = rec_want(filters, nfilters, "sku_code");
	int64_t variant = 0;
	const struct rec_sift sift = { &rec_ledger, filters, nfilters, done,
		ledger_read, &variant };
	int rc;

	if (code != NULL && (rc = code_variant(s, code, &variant)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
ledger_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct stock_move above = { .id = id + 1 };
	int rc;

	rc = ledger_page(s, 0, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_ledger = {
	.name = "ledger",
	.fields = ledger_fields,
	.row_size = sizeof(struct stock_move),
	.page = ledger_rec_page,
	.get = ledger_rec_get,
};
