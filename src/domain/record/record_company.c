/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"

#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "record_priv.h"

/* Categories, companies, what they sell us and for how much. */

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}

#define ROW struct category
static const struct rec_field category_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(path, N_("Category"), REC_TEXT),
	F(name, N_("Category name"), REC_TEXT),
	F(depth, N_("Depth"), REC_INT),
	F(products, N_("Products"), REC_INT),
	FIELD_END,
};
#undef ROW

/* What is behind the row with @from's id. */
static int
category_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct category *row = from;
	int rc = category_all(s, out);

	(void)arg;
	if (rc == 0)
		page_window(out, dir, row != NULL ? row->id : 0, limit);
	return rc;
}

static int
category_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { NULL };
	const struct rec_sift sift = { &rec_categories, filters, nfilters, done,
		category_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_categories = {
	.name = "categories",
	.fields = category_fields,
	.row_size = sizeof(struct category),
	.page = category_rec_page,
	.get = category_get,
};

#define ROW struct company
static const struct rec_field company_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Company"), REC_TEXT),
	F(kinds, N_("Company kinds"), REC_WORD),
	F(contact, N_("Contact person"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(address, N_("Address"), REC_TEXT),
	F(bank, N_("Bank"), REC_TEXT),
	F(account, N_("Bank account"), REC_TEXT),
	F(tax_no, N_("Tax no."), REC_TEXT),
	F(lead_days, N_("Lead days"), REC_INT),
	F(cycle_days, N_("Cycle days"), REC_INT),
	F(min_total, N_("Smallest order"), REC_MONEY),
	F(terms_days, N_("Terms days"), REC_INT),
	F(courier, N_("Courier"), REC_TEXT),
	F(customer, N_("Customer's nick"), REC_TEXT),
	F(note, N_("Company note"), REC_TEXT),
	F(active, N_("In use"), REC_BOOL),
	F(items, N_("Goods sold to us"), REC_INT),
	F(created_at, N_("Since when"), REC_TIME),
	FIELD_END,
};
#undef ROW
static const struct rec_field company_filters[] = {
	{ "kind", NULL, REC_TEXT, 0, NULL },
	{ "find", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

static int
company_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return company_page(s, arg, dir, from, limit, out);
}

static int
want_kind(struct session *s, const char *word, unsigned *kinds)
{
	static const char *const words[] = { "supplier", "courier",
		"customer" };
	size_t i;

	for (i = 0; word != NULL && i < 3; i++)
		if (strcmp(word, words[i]) == 0) {
			*kinds = 1U << i;
			return 0;
		}
	return word == NULL
		   ? 0
		   : err_set(&s->err, ERR_INVALID, "kind",
			 _("%s can have no such value: %.60s"), "kind", word);
}

static int
company_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "kind", "find", NULL };
	struct company_filter f = { .text =
					rec_want(filters, nfilters, "find") };
	const struct rec_sift sift = { &rec_companies, filters, nfilters, done,
		company_read, &f };
	int rc = want_kind(s, rec_want(filters, nfilters, "kind"), &f.kinds);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_companies = {
	.name = "companies",
	.fields = company_fields,
	.row_size = sizeof(struct company),
	.page = company_rec_page,
	.get = company_get,
	.filters = company_filters,
};

/* Of a product, of a company. */
struct whose {
	int64_t variant, company;
};

static int
want_whose(struct session *s, const struct rec_filter *filters, size_t nfilters,
    struct whose *w)
{
	const char *code = rec_want(filters, nfilters, "sku_code");
	const char *name = rec_want(filters, nfilters, "company");
	int rc = 0;

	*w = (struct whose){ 0 };
	if (code != NULL)
		rc = code_variant(s, code, &w->variant);
	if (rc == 0 && name != NULL)
		rc = company_by_name(s, name, &w->company);
	return rc;
}

static const char *const whose_done[] = { "sku_code", "company", NULL };

#define ROW struct supplier_item
static const struct rec_field item_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(company, N_("Supplier"), REC_TEXT),
	F(code, N_("Supplier's code"), REC_TEXT),
	F(price, N_("Purchase price"), REC_COST),
	F(min_qty, N_("Smallest quantity"), REC_INT),
	F(pack_qty, N_("Pack size"), REC_INT),
	F(first, N_("First choice"), REC_BOOL),
	F(priced_at, N_("Price since"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
item_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct whose *w = arg;

	return supplier_item_page(
	    s, w->variant, w->company, dir, from, limit, out);
}

static int
item_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct whose w;
	const struct rec_sift sift = { &rec_supplier_items, filters, nfilters,
		whose_done, item_read, &w };
	int rc = want_whose(s, filters, nfilters, &w);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_supplier_items = {
	.name = "supplier-items",
	.fields = item_fields,
	.row_size = sizeof(struct supplier_item),
	.page = item_rec_page,
	.get = supplier_item_get,
};

#define ROW struct supplier_price
static const struct rec_field price_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(company, N_("Supplier"), REC_TEXT),
	F(price, N_("Purchase price"), REC_COST),
	F(before, N_("Price before"), REC_COST),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
price_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct whose *w = arg;

	return supplier_price_page(
	    s, w->variant, w->company, dir, from, limit, out);
}

static int
price_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct whose w;
	const struct rec_sift sift = { &rec_supplier_prices, filters, nfilters,
		whose_done, price_read, &w };
	int rc = want_whose(s, filters, nfilters, &w);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
price_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct supplier_price above = { .id = id + 1 };
	int rc = supplier_price_page(s, 0, 0, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_supplier_prices = {
	.name = "supplier-prices",
	.fields = price_fields,
	.row_size = sizeof(struct supplier_price),
	.page = price_rec_page,
	.get = price_rec_get,
};
