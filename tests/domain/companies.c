/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/goods/companies_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

/* Companies, what they sell us; categories, and what is told of products. */

static int64_t
supplier(struct session *s, const char *name)
{
	struct company_edit e = {
		.supplier = "yes", .phone = "0579-5551234", .lead_days = 7
	};
	int64_t id;

	copy_text(e.name, sizeof(e.name), name);
	assert_int_equal(company_add(s, &e, &id), 0);
	return id;
}

static int
offer(struct session *s, const char *sku, const char *company, int64_t price,
    const char *first)
{
	struct supplier_item_edit e = {
		.price = price, .min_qty = 1, .pack_qty = 1
	};

	copy_text(e.sku_code, sizeof(e.sku_code), sku);
	copy_text(e.company, sizeof(e.company), company);
	copy_text(e.first, sizeof(e.first), first);
	return supplier_item_set(s, &e);
}

static void
read_company(struct session *s, int64_t id, struct page *page)
{
	assert_int_equal(company_get(s, id, page), 0);
}

static void
a_company_is_written_down_and_changed(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = supplier(s, "永康锅业");
	const struct company *c;
	struct company_edit e;
	struct page page;

	(void)state;
	read_company(s, id, &page);
	c = page_row(&page, 0);
	assert_string_equal(c->kinds, "supplier");
	assert_string_equal(c->pinyin, "ykgy");
	assert_int_equal(c->lead_days, 7);
	assert_int_equal(c->active, 1);
	company_edit_from(&e, c);
	assert_string_equal(e.supplier, "yes");
	assert_string_equal(e.buyer, "no");
	copy_text(e.contact, sizeof(e.contact), "王经理");
	e.min_total = 50000;
	assert_int_equal(company_save(s, id, c->version, &e), 0);
	assert_int_equal(company_save(s, id, c->version, &e), ERR_CONFLICT);
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op ="
			   " 'company-save' AND detail = 'contact \"\" -> "
			   "\"王经理\"; min_total 0.00 -> 500.00'"),
	    1);
	fixture_end(s);
}

static void
what_a_company_cannot_be(void **state)
{
	struct session *s = fixture_session("owner");
	const struct {
		struct company_edit e;
		int code;
		const char *field;
	} bad[] = {
		{ { .supplier = "yes" }, ERR_INVALID, "name" },
		{ { .name = "x" }, ERR_INVALID, "supplier" },
		{ { .name = "永康锅业", .supplier = "yes" }, ERR_CONFLICT,
		    "name" },
		{ { .name = "x", .supplier = "yes", .lead_days = -1 },
		    ERR_INVALID, "lead_days" },
		{ { .name = "x", .supplier = "yes", .courier = "圆通" },
		    ERR_INVALID, "courier" },
		{ { .name = "x", .carrier = "yes", .courier = "no such" },
		    ERR_INVALID, "courier" },
		{ { .name = "x", .buyer = "yes", .customer = "no such" },
		    ERR_INVALID, "customer" },
		{ { .name = "x", .supplier = "yes", .note = "a\nb" },
		    ERR_INVALID, "note" },
	};
	int64_t id = 7;
	size_t i;

	(void)state;
	supplier(s, "永康锅业");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(company_add(s, &bad[i].e, &id), bad[i].code);
		assert_string_equal(s->err.field, bad[i].field);
		assert_int_equal(id, 7);
	}
	fixture_end(s);
}

static void
a_courier_company_is_a_courier(void **state)
{
	struct session *s = fixture_session("owner");
	struct company_edit e = {
		.name = "圆通金华公司", .carrier = "yes", .courier = "YTO"
	};
	int64_t id, other;
	struct page page;

	(void)state;
	assert_int_equal(company_add(s, &e, &id), 0);
	read_company(s, id, &page);
	assert_string_equal(
	    ((const struct company *)page_row(&page, 0))->courier, "圆通速递");
	page_free(&page);
	copy_text(e.name, sizeof(e.name), "another");
	assert_int_equal(company_add(s, &e, &other), ERR_CONFLICT);
	assert_string_equal(s->err.field, "courier");
	fixture_end(s);
}

/* Who sees no customers neither reads that link nor breaks it. */
static void
a_business_customer_stays_linked(void **state)
{
	struct session *s = fixture_session("owner");
	struct company_edit e = {
		.name = "好味餐饮", .buyer = "yes", .customer = "nick-1001"
	};
	const struct company *c;
	struct page page;
	int64_t id;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	fixture_order(s, "1001", 1, "A", NULL);
	assert_int_equal(company_add(s, &e, &id), 0);
	fixture_role(s, "buyer");
	read_company(s, id, &page);
	c = page_row(&page, 0);
	assert_string_equal(c->customer, "");
	company_edit_from(&e, c);
	copy_text(e.note, sizeof(e.note), "seen");
	assert_int_equal(company_save(s, id, c->version, &e), 0);
	page_free(&page);
	fixture_role(s, "owner");
	read_company(s, id, &page);
	assert_string_equal(
	    ((const struct company *)page_row(&page, 0))->customer,
	    "nick-1001");
	page_free(&page);
	fixture_end(s);
}

static size_t
found(struct session *s, const char *text, unsigned kinds, bool open_only)
{
	const struct company_filter f = {
		.kinds = kinds, .open_only = open_only, .text = text
	};
	struct page page;
	size_t n;

	assert_int_equal(company_page(s, &f, PAGE_FIRST, NULL, 50, &page), 0);
	n = page.n;
	page_free(&page);
	return n;
}

static void
companies_are_found(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = supplier(s, "永康锅业"), got;
	struct company_edit e = { .name = "50%_off", .buyer = "yes" };

	(void)state;
	supplier(s, "章丘铁匠铺");
	assert_int_equal(company_add(s, &e, &got), 0);
	assert_int_equal(found(s, NULL, 0, false), 3);
	assert_int_equal(found(s, "锅", 0, false), 1);
	assert_int_equal(found(s, "ykg", 0, false), 1);
	assert_int_equal(found(s, "0579", 0, false), 2);
	assert_int_equal(found(s, "%_", 0, false), 1);
	assert_int_equal(found(s, NULL, COMPANY_SUPPLIER, false), 2);
	assert_int_equal(company_by_name(s, " 永康锅业 ", &got), 0);
	assert_int_equal(got, id);
	assert_int_equal(company_by_name(s, "YKGY", &got), 0);
	assert_int_equal(company_by_name(s, "ykg", &got), ERR_NOTFOUND);
	assert_int_equal(company_close(s, id), 0);
	assert_int_equal(company_close(s, id), ERR_STATE);
	assert_int_equal(found(s, NULL, COMPANY_SUPPLIER, true), 1);
	assert_int_equal(company_reopen(s, id), 0);
	assert_int_equal(company_reopen(s, id), ERR_STATE);
	fixture_end(s);
}

static int64_t
first_of(struct session *s)
{
	return fixture_int(s, "SELECT company_id FROM supplier_item"
			      " WHERE first = 1");
}

static void
every_price_is_kept(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t pot = supplier(s, "永康锅业");
	const struct supplier_price *p;
	struct page page;
	int64_t v;

	(void)state;
	v = fixture_variant(s, "A", 0, 0);
	supplier(s, "章丘铁匠铺");
	assert_int_equal(offer(s, "A", "永康锅业", 1000, "no"), 0);
	assert_int_equal(offer(s, "A", "永康锅业", 1100, "no"), 0);
	assert_int_equal(offer(s, "A", "永康锅业", 1100, "no"), 0);
	assert_int_equal(
	    supplier_price_page(s, v, pot, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 2);
	p = page_row(&page, 0);
	assert_int_equal(p->price, 1100);
	assert_int_equal(p->before, 1000);
	page_free(&page);
	/* The log says that it is another, not how much. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit WHERE op ="
					" 'supplier-item-set' AND detail LIKE"
					" '%11.00%'"),
	    0);
	fixture_end(s);
}

static void
one_supplier_is_the_first_choice(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t pot = supplier(s, "永康锅业"), smith;
	int64_t v = fixture_variant(s, "A", 0, 0);

	(void)state;
	smith = supplier(s, "章丘铁匠铺");
	assert_int_equal(offer(s, "A", "永康锅业", 1000, "no"), 0);
	assert_int_equal(first_of(s), pot);
	assert_int_equal(offer(s, "A", "章丘铁匠铺", 900, "yes"), 0);
	assert_int_equal(first_of(s), smith);
	assert_int_equal(supplier_item_drop(s, v, smith), 0);
	assert_int_equal(first_of(s), pot);
	assert_int_equal(supplier_item_drop(s, v, smith), ERR_NOTFOUND);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM supplier_price"), 2);
	fixture_end(s);
}

static void
what_cannot_be_offered(void **state)
{
	struct session *s = fixture_session("owner");
	struct supplier_item_edit e = { .sku_code = "A",
		.company = "永康锅业",
		.price = 100,
		.min_qty = 0,
		.pack_qty = 1 };
	int64_t pot = supplier(s, "永康锅业");
	int64_t v = fixture_variant(s, "A", 0, 0);

	(void)state;
	assert_int_equal(supplier_item_set(s, &e), ERR_INVALID);
	assert_string_equal(s->err.field, "min_qty");
	assert_int_equal(offer(s, "B", "永康锅业", 1, "no"), ERR_INVALID);
	assert_string_equal(s->err.field, "sku_code");
	assert_int_equal(offer(s, "A", "nobody", 1, "no"), ERR_NOTFOUND);
	assert_string_equal(s->err.field, "company");
	assert_int_equal(variant_active(s, v, false), 0);
	assert_int_equal(offer(s, "A", "永康锅业", 1, "no"), ERR_STATE);
	assert_string_equal(s->err.field, "sku_code");
	assert_int_equal(variant_active(s, v, true), 0);
	assert_int_equal(company_close(s, pot), 0);
	assert_int_equal(offer(s, "A", "永康锅业", 1, "no"), ERR_STATE);
	assert_string_equal(s->err.field, "company");
	fixture_end(s);
}

/* Prices are costs: who may not see those reads none, and sets none. */
static void
prices_are_for_those_who_may_know(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "A", 0, 0);
	struct page page;

	(void)state;
	supplier(s, "永康锅业");
	assert_int_equal(offer(s, "A", "永康锅业", 1234, "no"), 0);
	fixture_role(s, "supervisor");
	assert_int_equal(
	    supplier_item_page(s, v, 0, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(
	    ((const struct supplier_item *)page_row(&page, 0))->price, 0);
	page_free(&page);
	assert_int_equal(
	    supplier_price_page(s, v, 0, PAGE_FIRST, NULL, 5, &page),
	    ERR_DENIED);
	assert_int_equal(variant_get(s, v, &page), 0);
	assert_int_equal(
	    ((const struct variant *)page_row(&page, 0))->supplier_price, 0);
	page_free(&page);
	fixture_role(s, "agent");
	assert_int_equal(variant_get(s, v, &page), 0);
	assert_string_equal(
	    ((const struct variant *)page_row(&page, 0))->supplier, "");
	page_free(&page);
	fixture_end(s);
}

static void
paths(struct session *s, char *out, size_t size)
{
	struct page page;
	size_t i;

	out[0] = '\0';
	assert_int_equal(category_all(s, &page), 0);
	for (i = 0; i < page.n; i++) {
		const struct category *c = page_row(&page, i);

		snprintf(out + strlen(out), size - strlen(out), "%s%s",
		    i > 0 ? ";" : "", c->path);
	}
	page_free(&page);
}

static void
categories_are_a_tree(void **state)
{
	struct session *s = fixture_session("owner");
	struct category_edit e = { .name = "锅具", .parent = " 厨具 / 器皿 " };
	char text[400];
	int64_t id, top;

	(void)state;
	assert_int_equal(category_add(s, &e, &id), 0);
	e = (struct category_edit){ .name = "厨具 小件" };
	assert_int_equal(category_add(s, &e, &top), 0);
	paths(s, text, sizeof(text));
	assert_string_equal(text, "厨具;厨具/器皿;厨具/器皿/锅具;厨具 小件");
	/* What is below goes with it. */
	assert_int_equal(category_by_path(s, "厨具/器皿", &id), 0);
	e = (struct category_edit){ .name = "餐具", .parent = "厨具 小件" };
	assert_int_equal(category_save(s, id, 1, &e), 0);
	paths(s, text, sizeof(text));
	assert_string_equal(
	    text, "厨具;厨具 小件;厨具 小件/餐具;厨具 小件/餐具/锅具");
	e = (struct category_edit){ .name = "x", .parent = "厨具 小件/餐具" };
	assert_int_equal(category_save(s, top, 1, &e), ERR_INVALID);
	assert_string_equal(s->err.field, "parent");
	e = (struct category_edit){ .name = "厨具" };
	assert_int_equal(category_add(s, &e, &id), ERR_CONFLICT);
	e = (struct category_edit){ .name = "a/b" };
	assert_int_equal(category_add(s, &e, &id), ERR_INVALID);
	assert_int_equal(category_drop(s, top), ERR_STATE);
	assert_int_equal(category_by_path(s, "厨具", &id), 0);
	assert_int_equal(category_drop(s, id), 0);
	fixture_end(s);
}

static const struct variant_edit pan = { .sku_code = "PAN-20",
	.product = "雪平锅",
	.name = "雪平锅 20cm",
	.barcodes = "6901 6902",
	.length = 380,
	.width = 210,
	.height = 95,
	.category = "厨具/锅具",
	.brand = "留样",
	.unit = "只",
	.guarantee = "一年内换新",
	.note = "易碎",
	.guarantee_days = 365,
	.images = "img/a.jpg; img/b.jpg" };

static void
a_product_is_told_whole(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_edit e = pan;
	const struct variant *v;
	struct page page;
	int64_t id, other;

	(void)state;
	assert_int_equal(variant_add(s, &e, &id), 0);
	/* One more variant keeps what the product has. */
	e = (struct variant_edit){ .sku_code = "PAN-18", .product = "雪平锅" };
	assert_int_equal(variant_add(s, &e, &other), 0);
	assert_int_equal(variant_get(s, other, &page), 0);
	v = page_row(&page, 0);
	assert_string_equal(v->category, "厨具/锅具");
	assert_string_equal(v->brand, "留样");
	assert_string_equal(v->images, "img/a.jpg;img/b.jpg");
	assert_int_equal(v->guarantee_days, 365);
	/* What is changed of one is changed of all. */
	variant_edit_from(&e, v);
	copy_text(e.brand, sizeof(e.brand), "老铺");
	e.images[0] = '\0';
	assert_int_equal(variant_save(s, other, v->version, &e), 0);
	page_free(&page);
	assert_int_equal(variant_get(s, id, &page), 0);
	v = page_row(&page, 0);
	assert_string_equal(v->brand, "老铺");
	assert_string_equal(v->images, "");
	assert_int_equal(variant_volume(v), 7581);
	page_free(&page);
	assert_int_equal(product_variants(s, 1, &page), 0);
	assert_int_equal(page.n, 2);
	page_free(&page);
	fixture_end(s);
}

static void
goods_are_seen_by_category(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_filter f = { .category = "厨具" };
	struct variant_edit e = pan;
	struct page page;
	int64_t id;

	(void)state;
	assert_int_equal(variant_add(s, &e, &id), 0);
	fixture_variant(s, "OTHER", 1, 1);
	assert_int_equal(variant_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	f.sort = STOCK_SORT_NAME;
	assert_int_equal(variant_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	f.category = "厨";
	assert_int_equal(variant_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	fixture_end(s);
}

static void
what_is_out_of_use_is_not_mapped(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "A", 5, 100), item;

	(void)state;
	fixture_order(s, "1001", 1, "?x", NULL);
	item = fixture_int(s, "SELECT min(id) FROM listing"
			      " WHERE variant_id IS NULL");
	assert_int_equal(variant_active(s, v, false), 0);
	assert_int_equal(variant_active(s, v, false), ERR_STATE);
	assert_int_equal(listing_map(s, item, v, NULL), ERR_STATE);
	assert_int_equal(variant_active(s, v, true), 0);
	assert_int_equal(listing_map(s, item, v, NULL), 0);
	fixture_end(s);
}

static void
take(struct session *s, const char *kind, const char *text,
    const struct import_summary *want)
{
	const char *path = fixture_file("list.csv", text);
	const struct import_options opt = { 0 };
	const struct import_summary *sum;
	struct import *im;

	if (import_run(s, kind, &path, 1, &opt, &im) != 0)
		fail_msg("%s", s->err.text);
	sum = import_summary(im);
	assert_int_equal(sum->new_n, want->new_n);
	assert_int_equal(sum->updated_n, want->updated_n);
	assert_int_equal(sum->unchanged_n, want->unchanged_n);
	assert_int_equal(sum->rejected_n, want->rejected_n);
	import_free(im);
}

static void
companies_come_by_file(void **state)
{
	static const char text[] =
	    "单位名称,单位类型,联系人,到货天数,起订金额\n"
	    "永康锅业,供应商,王经理,5,2000.00\n"
	    "圆通义乌,快递公司 供应商,,,\n"
	    "无名,神仙,,,\n"
	    "空白,,,,\n";
	struct session *s = fixture_session("owner");
	const struct company *c;
	struct page page;
	int64_t id;

	(void)state;
	take(s, "companies", text,
	    &(struct import_summary){ .new_n = 2, .rejected_n = 2 });
	take(s, "companies", text,
	    &(struct import_summary){ .unchanged_n = 2, .rejected_n = 2 });
	take(s, "companies", "name,kinds,phone\n永康锅业,,0579-1\n",
	    &(struct import_summary){ .updated_n = 1 });
	assert_int_equal(company_by_name(s, "永康锅业", &id), 0);
	read_company(s, id, &page);
	c = page_row(&page, 0);
	assert_string_equal(c->kinds, "supplier");
	assert_string_equal(c->contact, "王经理");
	assert_string_equal(c->phone, "0579-1");
	assert_int_equal(c->min_total, 200000);
	page_free(&page);
	fixture_end(s);
}

static void
a_list_of_products_tells_all_of_them(void **state)
{
	static const char text[] =
	    "商家编码,商品,名称,条码,类目,品牌,单位,长（毫米）,宽（毫米）,"
	    "高（毫米）,保修天数,保修说明,图片,启用,供应商,采购价\n"
	    "PAN-20,雪平锅,雪平锅 20cm,6901 6902,厨具/锅具,留样,只,380,210,95,"
	    "365,换新,a.jpg;b.jpg,是,永康锅业,12.50\n"
	    "PAN-18,雪平锅,,,,,,x,,,,,,,,\n"
	    "PAN-16,雪平锅,,,,,,,,,,,,也许,,\n";
	struct session *s = fixture_session("owner");
	const struct variant *v;
	struct page page;
	int64_t id;

	(void)state;
	take(s, "products", text,
	    &(struct import_summary){ .new_n = 1, .rejected_n = 2 });
	take(s, "products", text,
	    &(struct import_summary){ .unchanged_n = 1, .rejected_n = 2 });
	assert_int_equal(variant_by_code(s, "6902", &id), 0);
	assert_int_equal(variant_get(s, id, &page), 0);
	v = page_row(&page, 0);
	assert_string_equal(v->category, "厨具/锅具");
	assert_string_equal(v->brand, "留样");
	assert_string_equal(v->images, "a.jpg;b.jpg");
	assert_string_equal(v->supplier, "永康锅业");
	assert_int_equal(v->supplier_price, 1250);
	assert_int_equal(v->width, 210);
	page_free(&page);
	take(s, "products",
	    "sku_code,brand,supplier,supplier_price\n"
	    "PAN-20,老铺,永康锅业,13.00\n",
	    &(struct import_summary){ .updated_n = 1 });
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM supplier_price"), 2);
	/* Taken back, the product is as it was. */
	assert_int_equal(
	    import_undo(s, fixture_int(s, "SELECT max(id) FROM import_batch"),
		&(struct import_options){ 0 }),
	    0);
	assert_int_equal(variant_get(s, id, &page), 0);
	assert_string_equal(
	    ((const struct variant *)page_row(&page, 0))->brand, "留样");
	page_free(&page);
	fixture_end(s);
}

static int
do_company(struct session *s)
{
	const struct company_edit e = { .name = "new", .supplier = "yes" };
	int64_t id;

	return company_add(s, &e, &id);
}

static int
do_offer(struct session *s)
{
	return offer(s, "A", "永康锅业", 777, "yes");
}

static int
do_category(struct session *s)
{
	const struct category_edit e = { .name = "b", .parent = "new" };
	int64_t id;

	return category_add(s, &e, &id);
}

static int
do_product(struct session *s)
{
	int64_t id;

	return variant_add(s, &pan, &id);
}

/* Old or new, never between; and nothing without its word in the log. */
static void
verbs_survive_every_failure(void **state)
{
	static const struct {
		int (*verb)(struct session *s);
		const char *sql;
		int64_t whole;
	} verbs[] = {
		{ do_company, "SELECT count(*) FROM company", 2 },
		{ do_offer,
		    "SELECT (SELECT count(*) FROM supplier_item)"
		    " + (SELECT count(*) FROM supplier_price) - 1",
		    1 },
		{ do_category, "SELECT count(*) FROM category", 2 },
		{ do_product,
		    "SELECT (SELECT count(*) FROM category)"
		    " + (SELECT count(*) FROM product_image)"
		    " + (SELECT count(*) FROM barcode)",
		    6 },
	};
	static const int64_t before[] = { 1, -1, 0, 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		FOR_EACH_FAULT(f)
		{
			struct session *s = fixture_faulty("owner");
			int64_t n;
			int rc;

			fixture_variant(s, "A", 5, 100);
			supplier(s, "永康锅业");
			n = fixture_int(s, "SELECT count(*) FROM audit");
			fault_arm(&f);
			rc = verbs[i].verb(s);
			fault_disarm(&f);
			assert_true(rc == 0 || f.hit);
			assert_int_equal(fixture_int(s, verbs[i].sql),
			    rc == 0 ? verbs[i].whole : before[i]);
			assert_true(
			    (fixture_int(s, "SELECT count(*) FROM audit") >
				n) == (rc == 0));
			fixture_end(s);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_company_is_written_down_and_changed),
		cmocka_unit_test(what_a_company_cannot_be),
		cmocka_unit_test(a_courier_company_is_a_courier),
		cmocka_unit_test(a_business_customer_stays_linked),
		cmocka_unit_test(companies_are_found),
		cmocka_unit_test(every_price_is_kept),
		cmocka_unit_test(one_supplier_is_the_first_choice),
		cmocka_unit_test(what_cannot_be_offered),
		cmocka_unit_test(prices_are_for_those_who_may_know),
		cmocka_unit_test(categories_are_a_tree),
		cmocka_unit_test(a_product_is_told_whole),
		cmocka_unit_test(goods_are_seen_by_category),
		cmocka_unit_test(what_is_out_of_use_is_not_mapped),
		cmocka_unit_test(companies_come_by_file),
		cmocka_unit_test(a_list_of_products_tells_all_of_them),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
