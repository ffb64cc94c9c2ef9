/* SPDX-License-Identifier: MIT */
#include "sorts_lib.h"

#include "fault.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/record.h"

/* Goods, parcels, listings and imports by their columns. */

static void
add_goods(void)
{
	static const char *const names[] = { "雪平锅", "菜刀", "Pan", "磨刀石",
		"不锈钢盆", "锅铲", "砧板" };
	struct txn *txn;
	int64_t i;

	exec("INSERT INTO product (name, created_at) VALUES ('all', 1)");
	must(db_begin(s->db, &txn));
	for (i = 1; i <= FEW; i++)
		must(db_exec(txn,
		    "INSERT INTO variant (product_id, sku_code, name, price,"
		    " created_at) VALUES (1, 'SKU-' || $1, $2, $1 % 9, 1)",
		    DB_ARGS(db_i(i * 7919 % 1000), db_t(names[i % 7])), NULL));
	must(db_commit(&txn));
	/* Some never had any stock. */
	exec(
	    "INSERT INTO stock (warehouse_id, variant_id, on_hand, reserved,"
	    " value, bin, low) SELECT 1, id, id % 6, id % 4,"
	    " id % 6 * (id % 5), 'B-' || (id % 8), id % 5 = 0 FROM variant WHERE id % 9 <> 0");
	exec("INSERT INTO listing (shop_id, title, attrs, sku_code, item_no,"
	     " variant_id) SELECT 1 + id % 2, name, 'a' || id, 'S' || (id % 7),"
	     " '', CASE WHEN id % 3 = 0 THEN NULL ELSE id END FROM variant");
}

static void
add_parcels(void)
{
	exec("INSERT INTO staff (login, name, password, created_at)"
	     " VALUES ('li', '小李', '', 1)");
	exec("INSERT INTO stock_slip (slip_no, kind, warehouse_id, reason,"
	     " staff_id, at) VALUES ('SH-1', 'ship', 1, '', 1, 1)");
	exec("INSERT INTO parcel (order_id, courier_id, waybill_no, weight,"
	     " slip_id, packer_id, shipped_at, exported_at)"
	     " SELECT id, 1 + id % 3, 'W' || (id * 7919 % 100000),"
	     " id % 7 * 100, 1, 1 + id % 2, 1000 + id % 40, id % 2"
	     " FROM orders WHERE id <= " VALUE(FEW));
	exec("INSERT INTO import_batch (kind, files, staff_id, at, new_n,"
	     " updated_n, unchanged_n, rejected_n, line_n, held_n)" NUMBERS(
		 VALUE(FEW)) " SELECT 'orders', '', 1, i / 3, 0, 0, 0, 0, 0, 0"
			     " FROM n");
}

static int
make_shop(void **state)
{
	(void)state;
	s = fixture_session("owner");
	exec("INSERT INTO shop (platform, name) VALUES ('taobao', 'one'),"
	     " ('jd', 'two')");
	exec("INSERT INTO orders (shop_id, order_no, source_hash, state, held,"
	     " created_at, paid_at, shipped_at, finished_at, total, postage,"
	     " paid, refund, settled)" NUMBERS(VALUE(
		 FEW)) " SELECT 1 + i % 2, 'no' || (i * 7 % 1000), 0, 4, 0,"
		       " i, i, i, 0, 0, 0, 0, 0, 0 FROM n");
	exec("INSERT INTO customer (identity, nick, name, phone, pinyin,"
	     " first_at, last_at, order_n, paid_n, paid) SELECT 'tel:' || id,"
	     " 'n' || (id % 9), '', '', '', 1, 1, 1, 1, id % 7 FROM orders");
	add_goods();
	add_parcels();
	return 0;
}

static int
variant_compare(int sort, const void *va, const void *vb)
{
	const struct variant *a = va, *b = vb;

	switch ((enum stock_sort)sort) {
	case STOCK_SORT_SKU:
		return strcmp(a->sku_code, b->sku_code);
	case STOCK_SORT_NAME:
		return by_pinyin(a->name, b->name);
	case STOCK_SORT_PRICE:
		return of_two(a->price, b->price);
	case STOCK_SORT_ON_HAND:
		return of_two(a->on_hand, b->on_hand);
	case STOCK_SORT_RESERVED:
		return of_two(a->reserved, b->reserved);
	case STOCK_SORT_AVAILABLE:
		return of_two(a->available, b->available);
	case STOCK_SORT_COST:
		return of_two(a->unit_cost, b->unit_cost);
	case STOCK_SORT_VALUE:
		return of_two(a->value, b->value);
	case STOCK_SORT_BIN:
		return strcmp(a->bin, b->bin);
	case STOCK_SORT_OWN:
	case STOCK_SORT_MAX:
		break;
	}
	return 0;
}

static int
variant_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	const struct variant_filter f = { .low_only = l->few,
		.sort = (enum stock_sort)l->sort,
		.desc = l->desc };

	return variant_page(s, &f, dir, from, PAGE, out);
}

static void
goods(void **state)
{
	struct list l = { .name = "variants",
		.page = variant_rows,
		.compare = variant_compare,
		.by_id = true };

	(void)state;
	check_list(&l, STOCK_SORT_SKU, STOCK_SORT_MAX, FEW);
	l.few = true;
	check_list(&l, STOCK_SORT_SKU, STOCK_SORT_MAX,
	    (size_t)fixture_int(s, "SELECT count(*) FROM stock WHERE low = 1"));
}

/* The order of what is hidden would tell what it is. */
static void
nobody_sorts_by_costs_that_are_hidden(void **state)
{
	struct list l = { .name = "variants", .page = variant_rows };
	struct page page;

	(void)state;
	fixture_role(s, "clerk");
	l.sort = STOCK_SORT_COST;
	assert_int_equal(variant_rows(&l, PAGE_FIRST, NULL, &page), ERR_DENIED);
	l.sort = STOCK_SORT_VALUE;
	assert_int_equal(variant_rows(&l, PAGE_FIRST, NULL, &page), ERR_DENIED);
	l.sort = STOCK_SORT_ON_HAND;
	must(variant_rows(&l, PAGE_FIRST, NULL, &page));
	page_free(&page);
	fixture_role(s, "owner");
}

static int
listing_compare(int sort, const void *va, const void *vb)
{
	const struct listing *a = va, *b = vb;
	int c;

	switch ((enum listing_sort)sort) {
	case LISTING_SORT_SHOP:
		c = strcmp(a->platform, b->platform);
		return c != 0 ? c : strcmp(a->shop, b->shop);
	case LISTING_SORT_TITLE:
		return by_pinyin(a->title, b->title);
	case LISTING_SORT_SKU:
		return strcmp(a->sku_code, b->sku_code);
	case LISTING_SORT_MAPPED:
		return strcmp(a->variant_sku, b->variant_sku);
	case LISTING_SORT_OWN:
	case LISTING_SORT_MAX:
		break;
	}
	return 0;
}

static int
listing_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	const struct listing_filter f = { l->few, (enum listing_sort)l->sort,
		l->desc, 0 };

	return listing_list(s, &f, dir, from, PAGE, out);
}

static void
listings(void **state)
{
	struct list l = { .name = "listings",
		.page = listing_rows,
		.compare = listing_compare,
		.by_id = true };

	(void)state;
	check_list(&l, LISTING_SORT_SHOP, LISTING_SORT_MAX, FEW);
	l.few = true;
	check_list(&l, LISTING_SORT_SHOP, LISTING_SORT_MAX, FEW / 3);
}

static int
parcel_compare(int sort, const void *va, const void *vb)
{
	const struct parcel *a = va, *b = vb;

	switch ((enum parcel_sort)sort) {
	case PARCEL_SORT_SHIPPED_AT:
		return of_two(a->shipped_at, b->shipped_at);
	case PARCEL_SORT_WAYBILL:
		return strcmp(a->waybill_no, b->waybill_no);
	case PARCEL_SORT_NO:
		return strcmp(a->order_no, b->order_no);
	case PARCEL_SORT_COURIER:
		return by_pinyin(a->courier, b->courier);
	case PARCEL_SORT_WEIGHT:
		return of_two(a->weight, b->weight);
	case PARCEL_SORT_PACKER:
		return by_pinyin(a->packer, b->packer);
	case PARCEL_SORT_OWN:
	case PARCEL_SORT_MAX:
		break;
	}
	return 0;
}

static int
parcel_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	struct parcel_filter f = l->parcels;

	f.sort = (enum parcel_sort)l->sort;
	f.desc = l->desc;
	return parcel_page(s, &f, dir, from, PAGE, out);
}

static void
parcels(void **state)
{
	struct list l = { .name = "parcels",
		.page = parcel_rows,
		.compare = parcel_compare,
		.by_id = true };

	(void)state;
	check_list(&l, PARCEL_SORT_SHIPPED_AT, PARCEL_SORT_MAX, FEW);
	l.parcels.platform = "jd";
	check_list(&l, PARCEL_SORT_SHIPPED_AT, PARCEL_SORT_MAX, FEW / 2);
	l.parcels = (struct parcel_filter){ .since = 1010, .until = 1020 };
	check_list(&l, PARCEL_SORT_SHIPPED_AT, PARCEL_SORT_MAX,
	    (size_t)fixture_int(s,
		"SELECT count(*) FROM parcel"
		" WHERE shipped_at >= 1010 AND shipped_at < 1020"));
	/* Those are in the order of their ids, as they come in. */
	l.parcels = (struct parcel_filter){ .unexported = true };
	check_list(&l, PARCEL_SORT_WAYBILL, PARCEL_SORT_MAX, FEW / 2);
	l.parcels = (struct parcel_filter){ .exported = true };
	check_list(&l, PARCEL_SORT_SHIPPED_AT, PARCEL_SORT_MAX, FEW / 2);
}

static int
batch_compare(int sort, const void *va, const void *vb)
{
	const struct import_batch *a = va, *b = vb;

	(void)sort;
	return of_two(a->at, b->at);
}

static int
batch_rows(
    const struct list *l, enum page_dir dir, const void *from, struct page *out)
{
	return import_batch_list(s, !l->desc, dir, from, PAGE, out);
}

static void
imports(void **state)
{
	struct list l = { .name = "imports",
		.page = batch_rows,
		.compare = batch_compare,
		.by_id = true };

	(void)state;
	check_list(&l, 1, 2, FEW);
}

/* The commands' lists by the names of their fields. */
static void
records_by_the_names_of_fields(void **state)
{
	static const struct {
		const char *kind, *field;
	} sorts[] = {
		{ "orders", "order_no" },
		{ "orders", "total" },
		{ "customers", "nick" },
		{ "customers", "paid" },
		{ "products", "name" },
		{ "stock", "available" },
		{ "parcels", "weight" },
		{ "listings", "title" },
		{ "unmapped", "shop" },
	};
	struct page up, down, more;
	char value[32];
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
		const struct rec_kind *kind = record_kind(sorts[i].kind);
		struct rec_filter f = { "sort", sorts[i].field };

		assert_non_null(record_field(kind, "sort"));
		must(kind->page(s, &f, 1, PAGE_FIRST, NULL, 20, &up));
		f.value = value;
		snprintf(value, sizeof(value), "-%s", sorts[i].field);
		must(kind->page(s, &f, 1, PAGE_LAST, NULL, 20, &down));
		assert_true(up.n > 0 && up.n == down.n);
		for (j = 0; j < up.n; j++)
			assert_int_equal(id_of(page_row(&up, j)),
			    id_of(page_row(&down, up.n - 1 - j)));
		/* A row by itself is enough to go on from. */
		f.value = sorts[i].field;
		page_free(&down);
		must(kind->get(s, id_of(page_row(&up, 3)), &down));
		must(kind->page(
		    s, &f, 1, PAGE_AFTER, page_row(&down, 0), 5, &more));
		assert_int_equal(
		    id_of(page_row(&more, 0)), id_of(page_row(&up, 4)));
		page_free(&up);
		page_free(&down);
		page_free(&more);
		f.value = "-nonsense";
		assert_int_equal(
		    kind->page(s, &f, 1, PAGE_FIRST, NULL, 20, &up),
		    ERR_INVALID);
		assert_string_equal(session_err(s)->field, "sort");
	}
	assert_null(record_field(record_kind("audit"), "sort"));
}

static int
in_order(void *arg, const void *row)
{
	const struct order *o = row;
	int64_t *last = arg;

	assert_true(o->paid_at <= *last);
	*last = o->paid_at;
	return 0;
}

static void
exports_come_sorted(void **state)
{
	const struct rec_filter f = { "sort", "-paid_at" };
	int64_t last = INT64_MAX;

	(void)state;
	must(record_kind("orders")->each(s, &f, 1, in_order, &last));
	assert_int_equal(last, 1);
}

/* What fails on the way leaves nothing behind. */
static void
reading_fails_whole(void **state)
{
	const struct order_filter orders = { .tab = TAB_TO_SHIP,
		.sort = ORDER_SORT_PAID };
	const struct variant_filter goods = { .sort = STOCK_SORT_NAME };
	const struct variant gone = { .id = 999999 };
	const struct variant_filter bins = { .sort = STOCK_SORT_BIN };
	struct session *big = s;
	struct page page;

	(void)state;
	assert_int_equal(
	    variant_page(s, &bins, PAGE_AFTER, &gone, 9, &page), ERR_NOTFOUND);
	FOR_EACH_FAULT(f)
	{
		struct page got = { 0 };
		int rc;

		s = fixture_faulty("owner");
		fixture_variant(s, "PAN", 1, 100);
		fixture_order(s, "1001", 1, "PAN", NULL);
		fault_arm(&f);
		rc = order_page(s, &orders, PAGE_FIRST, NULL, 9, &got);
		if (rc == 0) {
			page_free(&got);
			rc = variant_page(s, &goods, PAGE_FIRST, NULL, 9, &got);
		}
		fault_disarm(&f);
		if (rc == 0) {
			assert_int_equal(got.n, 1);
			page_free(&got);
		}
		fixture_end(s);
	}
	s = big;
}

/* A shop with more products than are sorted. */
static void
too_many_goods_are_not_sorted(void **state)
{
	struct list l = { .name = "variants", .page = variant_rows };
	struct page page;

	(void)state;
	exec(
	    "INSERT INTO variant (product_id, sku_code, name, created_at)" NUMBERS(
		VALUE(DONE)) " SELECT 1, 'X' || i, 'x', 1 FROM n");
	exec(
	    "INSERT INTO listing (shop_id, title, attrs, sku_code, item_no)" NUMBERS(
		VALUE(DONE)) " SELECT 1, 'x' || i, '', '', '' FROM n");
	for (l.sort = STOCK_SORT_NAME; l.sort < STOCK_SORT_MAX; l.sort++)
		refused(variant_rows(&l, PAGE_FIRST, NULL, &page));
	for (l.sort = LISTING_SORT_SHOP; l.sort < LISTING_SORT_MAX; l.sort++)
		refused(listing_rows(&l, PAGE_FIRST, NULL, &page));
	l.sort = STOCK_SORT_SKU;
	must(variant_rows(&l, PAGE_LAST, NULL, &page));
	page_free(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goods),
		cmocka_unit_test(nobody_sorts_by_costs_that_are_hidden),
		cmocka_unit_test(listings),
		cmocka_unit_test(parcels),
		cmocka_unit_test(imports),
		cmocka_unit_test(records_by_the_names_of_fields),
		cmocka_unit_test(exports_come_sorted),
		cmocka_unit_test(reading_fails_whole),
		cmocka_unit_test(too_many_goods_are_not_sorted),
	};

	return cmocka_run_group_tests(tests, make_shop, end_shop);
}
