/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static struct variant_edit
pan(void)
{
	return (struct variant_edit){
		.sku_code = " PAN-20 ",
		.product = "雪平锅",
		.name = "雪平锅 20cm",
		.barcodes = "6901234567892, 6901234567908",
		.bin = "A-03-2",
		.price = 12900,
		.weight = 850,
		.reorder_at = 5,
		.target_level = 20,
	};
}

static const struct variant *
get(struct session *s, int64_t id, struct page *page)
{
	must(s, variant_get(s, id, page));
	return page_row(page, 0);
}

static void
a_product_is_kept_as_it_was_typed(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_edit edit = pan(), back;
	const struct variant *v;
	struct page page;
	int64_t id, same;

	(void)state;
	must(s, variant_add(s, &edit, &id));
	v = get(s, id, &page);
	assert_string_equal(v->sku_code, "PAN-20");
	assert_string_equal(v->product, "雪平锅");
	assert_string_equal(v->name, "雪平锅 20cm");
	assert_string_equal(v->barcodes, "6901234567892 6901234567908");
	assert_string_equal(v->bin, "A-03-2");
	assert_int_equal(v->price, 12900);
	assert_int_equal(v->weight, 850);
	assert_int_equal(v->low, 1);
	variant_edit_from(&back, v);
	assert_int_equal(back.target_level, 20);
	assert_string_equal(back.barcodes, "6901234567892 6901234567908");
	page_free(&page);
	must(s, variant_by_code(s, "6901234567908", &same));
	assert_int_equal(same, id);
	must(s, variant_by_code(s, " PAN-20\r\n", &same));
	assert_int_equal(same, id);
	assert_int_equal(variant_by_code(s, "PAN", &same), ERR_NOTFOUND);
	assert_int_equal(variant_by_code(s, "", &same), ERR_NOTFOUND);
	assert_int_equal(variant_get(s, 99, &page), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "product-add", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
refused(struct session *s, const struct variant_edit *edit, enum err_code code,
    const char *field)
{
	int64_t id;

	assert_int_equal(variant_add(s, edit, &id), code);
	assert_string_equal(session_err(s)->field, field);
}

static void
mistakes_are_named_by_field(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_edit e;
	int64_t id;

	(void)state;
	e = pan();
	copy_text(e.sku_code, sizeof(e.sku_code), "  ");
	refused(s, &e, ERR_INVALID, "sku_code");
	e = pan();
	e.product[0] = '\0';
	refused(s, &e, ERR_INVALID, "product");
	e = pan();
	copy_text(e.product, sizeof(e.product), "a\nb");
	refused(s, &e, ERR_INVALID, "product");
	e = pan();
	memcpy(e.name, "\xff\xfe", 3);
	refused(s, &e, ERR_INVALID, "name");
	e = pan();
	e.price = -1;
	refused(s, &e, ERR_INVALID, "price");
	e = pan();
	e.weight = -1;
	refused(s, &e, ERR_INVALID, "weight");
	e = pan();
	e.reorder_at = -1;
	refused(s, &e, ERR_INVALID, "reorder_at");
	e = pan();
	e.target_level = 4;
	refused(s, &e, ERR_INVALID, "target_level");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM variant"), 0);

	e = pan();
	must(s, variant_add(s, &e, &id));
	refused(s, &e, ERR_CONFLICT, "sku_code");
	copy_text(e.sku_code, sizeof(e.sku_code), "OTHER");
	refused(s, &e, ERR_CONFLICT, "barcodes");
	copy_text(e.barcodes, sizeof(e.barcodes), "PAN-20");
	refused(s, &e, ERR_CONFLICT, "barcodes"); /* a code of another */
	e.barcodes[0] = '\0';
	copy_text(e.sku_code, sizeof(e.sku_code), "6901234567892");
	refused(s, &e, ERR_CONFLICT, "sku_code"); /* a barcode of another */
	copy_text(e.sku_code, sizeof(e.sku_code), "OTHER");
	must(s, variant_add(s, &e, &id));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM product"), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
of_two_who_save_the_second_is_told(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_edit e = pan();
	const struct variant *v;
	struct page page;
	int64_t id;

	(void)state;
	must(s, variant_add(s, &e, &id));
	e.price = 13900;
	e.name[0] = '\0';
	copy_text(e.product, sizeof(e.product), "不粘锅");
	copy_text(e.barcodes, sizeof(e.barcodes), "6901234567908");
	must(s, variant_save(s, id, 1, &e));
	assert_int_equal(variant_save(s, id, 1, &e), ERR_CONFLICT);
	v = get(s, id, &page);
	assert_int_equal(v->version, 2);
	assert_int_equal(v->price, 13900);
	assert_string_equal(v->name, "不粘锅");
	assert_string_equal(v->product, "不粘锅");
	assert_string_equal(v->barcodes, "6901234567908");
	page_free(&page);
	must(s, variant_save(s, id, 2, &e)); /* its own codes are no clash */
	assert_int_equal(variant_save(s, 99, 1, &e), ERR_NOTFOUND);
	fixture_verify(s);
	fixture_end(s);
}

#define MANY 6000

/* Names repeat, so that the id decides. */
static struct session *
many(void)
{
	struct session *s = fixture_session("owner");
	char sku[32], name[32];
	struct txn *txn;
	int64_t i, id;

	must(s, db_begin(s->db, &txn));
	must(s, db_insert(txn,
		    "INSERT INTO product (name, created_at) VALUES ('p', 1)",
		    DB_NOARGS, &id));
	for (i = 0; i < MANY; i++) {
		snprintf(sku, sizeof(sku), "S%05" PRId64, i * 7919 % MANY);
		snprintf(name, sizeof(name), "N%02" PRId64, i % 50);
		must(s, db_insert(txn,
			    "INSERT INTO variant (product_id, sku_code, name,"
			    " reorder_at, created_at)"
			    " VALUES (1, $1, $2, $3, 1)",
			    DB_ARGS(db_t(sku), db_t(name), db_i(i % 40 == 0)),
			    &id));
		must(s, db_insert(txn,
			    "INSERT INTO stock (warehouse_id, variant_id, low)"
			    " VALUES (1, $1, $2)",
			    DB_ARGS(db_i(id), db_i(i % 40 == 0)), &id));
	}
	must(s, db_commit(&txn));
	return s;
}

static void
walk(struct session *s, const struct variant_filter *f, const char *sql)
{
	struct page page, next;
	struct db_rows *rows;
	const struct variant *v;
	size_t i;

	must(s, db_query(s->db, sql, DB_NOARGS, &rows));
	must(s, variant_page(s, f, PAGE_FIRST, NULL, 97, &page));
	while (page.n > 0) {
		v = page.rows;
		for (i = 0; i < page.n; i++) {
			assert_int_equal(db_next(rows), 1);
			assert_int_equal(v[i].id, db_int(rows, 0));
		}
		must(s,
		    variant_page(s, f, PAGE_AFTER, &v[page.n - 1], 97, &next));
		page_free(&page);
		page = next;
	}
	page_free(&page);
	assert_int_equal(db_next(rows), 0);
	db_done(rows);
	must(s, variant_page(s, f, PAGE_LAST, NULL, 5, &page));
	v = page.rows;
	must(s, variant_page(s, f, PAGE_BEFORE, &v[4], 4, &next));
	for (i = 0; i < 4; i++)
		assert_int_equal(
		    ((const struct variant *)page_row(&next, i))->id, v[i].id);
	page_free(&page);
	page_free(&next);
}

static void
pages_agree_with_the_whole_list(void **state)
{
	struct session *s = many();

	(void)state;
	walk(s, &(struct variant_filter){ .order = VARIANT_BY_NAME },
	    "SELECT id FROM variant ORDER BY name, id /*scan*/");
	walk(s, &(struct variant_filter){ .order = VARIANT_BY_SKU },
	    "SELECT id FROM variant ORDER BY sku_code /*scan*/");
	walk(s,
	    &(struct variant_filter){
		.order = VARIANT_BY_NAME, .prefix = "N1" },
	    "SELECT id FROM variant WHERE name LIKE 'N1%'"
	    " ORDER BY name, id /*scan*/ /*sort*/");
	walk(s,
	    &(struct variant_filter){
		.order = VARIANT_BY_SKU, .prefix = "S00" },
	    "SELECT id FROM variant WHERE sku_code LIKE 'S00%'"
	    " ORDER BY sku_code /*scan*/ /*sort*/");
	walk(s,
	    &(struct variant_filter){
		.order = VARIANT_BY_NAME, .low_only = true },
	    "SELECT id FROM variant WHERE reorder_at > 0"
	    " ORDER BY name, id /*scan*/ /*sort*/");
	walk(s,
	    &(struct variant_filter){
		.order = VARIANT_BY_SKU, .low_only = true },
	    "SELECT id FROM variant WHERE reorder_at > 0"
	    " ORDER BY sku_code, id /*scan*/ /*sort*/");
	fixture_end(s);
}

static int64_t
listing(struct session *s, const char *title)
{
	const struct listing *l;
	struct page page;
	int64_t id = 0;
	size_t i;

	must(s, listing_page(s, false, PAGE_FIRST, NULL, 100, &page));
	for (l = page.rows, i = 0; i < page.n; i++)
		if (strcmp(l[i].title, title) == 0)
			id = l[i].id;
	page_free(&page);
	return id;
}

static void
mapping_an_item_frees_the_orders_that_waited(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "PAN", 9, 100), w;
	int64_t released = -1, held, n[TAB_MAX], gone;
	struct page page;

	(void)state;
	w = fixture_variant(s, "STONE", 9, 100);
	fixture_order(s, "1001", 2, "?pan", "STONE", NULL);
	fixture_order(s, "1002", 1, "?pan", "?stone", NULL);
	held = fixture_order(s, "1003", 1, "?pan", "?pan", NULL);
	gone = fixture_order(s, "1004", 1, "?pan", NULL);
	must(s, order_hold(s, held, "manual", ""));
	must(s, order_cancel(s, gone, "no"));
	must(s, listing_page(s, true, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 2);
	page_free(&page);
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"), 2);

	must(s, listing_map(s, listing(s, "pan"), v, &released));
	assert_int_equal(released, 1);
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_TO_SHIP], 1);
	assert_int_equal(n[TAB_HELD], 2);
	/* 2 of 1001, 1 of 1002, 2 of 1003; the cancelled one gets none. */
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock WHERE variant_id ="
			   " (SELECT id FROM variant"
			   " WHERE sku_code = 'PAN')"),
	    5);
	must(s, listing_map(s, listing(s, "stone"), w, &released));
	assert_int_equal(released, 1);
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_TO_SHIP], 2);
	assert_int_equal(
	    fixture_int(s, "SELECT held FROM orders WHERE order_no = '1002'"),
	    0);
	must(s, order_release(s, held, NULL, ""));
	must(s, listing_page(s, true, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(
	    fixture_audited(s, "listing-map", listing(s, "pan")), 1);
	assert_int_equal(listing_map(s, 99, v, NULL), ERR_NOTFOUND);
	assert_int_equal(
	    listing_map(s, listing(s, "pan"), 99, NULL), ERR_NOTFOUND);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_wrong_mapping_is_put_right(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t pan = fixture_variant(s, "PAN", 9, 100);
	int64_t wok = fixture_variant(s, "WOK", 9, 200), paid, held, n;
	const struct pack_close yto = { .courier = "YTO",
		.waybill_no = "YT8812345678901" };
	struct packing *p;

	(void)state;
	fixture_order(s, "1001", 1, "?round", NULL);
	must(s, listing_map(s, listing(s, "round"), pan, &n));
	must(s, pack_open(s, "1001", &p));
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	must(s, pack_ship(s, p, &yto, NULL));
	pack_free(p);
	paid = fixture_order(s, "1002", 2, "?round", NULL);
	held = fixture_order(s, "1003", 1, "?round", "PAN", NULL);
	must(s, order_hold(s, held, "manual", ""));
	must(s, listing_map(s, listing(s, "round"), pan, &n));
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock WHERE variant_id = 1"),
	    4);
	must(s, pack_open(s, "1002", &p));

	must(s, listing_map(s, listing(s, "round"), wok, &n));
	assert_int_equal(n, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock WHERE variant_id = 1"),
	    1);
	assert_int_equal(
	    fixture_int(s, "SELECT reserved FROM stock WHERE variant_id = 2"),
	    3);
	/* What was sent was sent. */
	assert_int_equal(fixture_int(s, "SELECT variant_id FROM order_line "
					"WHERE order_id = 1"),
	    pan);
	assert_int_equal(fixture_int(s, "SELECT sum(subject) FROM audit WHERE "
					"op = 'listing-map' AND kind = 'order' "
					"/*scan*/"),
	    paid + held);
	/* The box that is being packed holds the wrong goods. */
	assert_true(pack_scan(s, p, "PAN", NULL) >= 0);
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p,
			     &(struct pack_close){ .courier = "YTO",
				 .waybill_no = "YT8812345678902" },
			     NULL),
	    ERR_CONFLICT);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
mapping_goes_by_the_orders_that_wait(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "PAN", 9, 100), released;
	char no[16];
	int i;

	/* Were all orders or lines gone through, the watch would tell. */
	(void)state;
	for (i = 0; i < 300; i++) {
		snprintf(no, sizeof(no), "%d", 5000 + i);
		fixture_order(s, no, 1, i % 10 == 0 ? "?new" : "PAN", NULL);
	}
	must(s, listing_map(s, listing(s, "new"), v, &released));
	assert_int_equal(released, 30);
	fixture_verify(s);
	fixture_end(s);
}

static void
roles_are_held_to(void **state)
{
	struct session *s = fixture_session("clerk");
	struct variant_edit e = pan();
	struct variant_filter f = { .prefix = NULL };
	struct page page;
	int64_t id, v = fixture_variant(s, "A", 1, 1);

	(void)state;
	fixture_order(s, "1001", 1, "?x", NULL);
	assert_int_equal(variant_add(s, &e, &id), ERR_DENIED);
	assert_int_equal(variant_save(s, v, 1, &e), ERR_DENIED);
	assert_int_equal(listing_map(s, 1, v, NULL), ERR_DENIED);
	must(s, variant_page(s, &f, PAGE_FIRST, NULL, 1, &page));
	page_free(&page);
	must(s, session_become(s, 1));
	session_logout(s);
	assert_int_equal(
	    variant_page(s, &f, PAGE_FIRST, NULL, 1, &page), ERR_DENIED);
	assert_int_equal(variant_get(s, v, &page), ERR_DENIED);
	assert_int_equal(variant_by_code(s, "A", &id), ERR_DENIED);
	assert_int_equal(
	    listing_page(s, false, PAGE_FIRST, NULL, 1, &page), ERR_DENIED);
	fixture_end(s);
}

typedef int verb_fn(struct session *s, int64_t variant);

static int
do_add(struct session *s, int64_t variant)
{
	struct variant_edit e = pan();
	int64_t id;

	(void)variant;
	return variant_add(s, &e, &id);
}

static int
do_save(struct session *s, int64_t variant)
{
	struct variant_edit e = pan();

	return variant_save(s, variant, 1, &e);
}

static int
do_map(struct session *s, int64_t variant)
{
	return listing_map(s, 1, variant, NULL);
}

/* @sql tells 1 for the new state and 0 for the old one. */
static void
under_faults(verb_fn *verb, const char *sql)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t v = fixture_variant(s, "A", 5, 100), n;
		int rc;

		fixture_order(s, "1001", 2, "?x", "A", NULL);
		n = fixture_int(s, "SELECT count(*) FROM audit");
		fault_arm(&f);
		rc = verb(s, v);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, sql), rc == 0);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"),
		    n + (rc == 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	(void)state;
	under_faults(
	    do_add, "SELECT count(*) FROM variant WHERE sku_code = 'PAN-20'");
	under_faults(do_save,
	    "SELECT count(*) FROM barcode WHERE code = '6901234567908'");
	under_faults(do_map,
	    "SELECT count(*) FROM orders o WHERE held = 0 AND 4 ="
	    " (SELECT sum(qty) FROM reservation r WHERE r.order_id = o.id)");
}

static void
a_bin_is_known_by_its_code(void **state)
{
	struct session *s = fixture_session("owner");
	struct variant_filter filter = { .bin = "A-03-2" };
	char bin[BIN_SIZE] = "";
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct variant_edit edit = {
			.sku_code = "A", .product = "锅", .bin = "A-03-2"
		};
		int64_t id;

		edit.sku_code[0] = (char)('A' + i);
		assert_int_equal(variant_add(s, &edit, &id), 0);
	}
	fixture_variant(s, "C", 5, 100);
	assert_int_equal(bin_by_code(s, " a-03-2", bin), 0);
	assert_string_equal(bin, "A-03-2");
	assert_int_equal(bin_by_code(s, "A-03", bin), ERR_NOTFOUND);
	assert_string_equal(session_err(s)->field, "bin");
	assert_int_equal(bin_by_code(s, "", bin), ERR_NOTFOUND);
	assert_int_equal(
	    variant_page(s, &filter, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 2);
	assert_string_equal(
	    ((const struct variant *)page_row(&page, 1))->sku_code, "B");
	page_free(&page);
	filter.sort = STOCK_SORT_ON_HAND;
	assert_int_equal(
	    variant_page(s, &filter, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 2);
	page_free(&page);
	session_logout(s);
	assert_int_equal(bin_by_code(s, "A-03-2", bin), ERR_DENIED);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_product_is_kept_as_it_was_typed),
		cmocka_unit_test(mistakes_are_named_by_field),
		cmocka_unit_test(of_two_who_save_the_second_is_told),
		cmocka_unit_test(pages_agree_with_the_whole_list),
		cmocka_unit_test(mapping_an_item_frees_the_orders_that_waited),
		cmocka_unit_test(a_wrong_mapping_is_put_right),
		cmocka_unit_test(mapping_goes_by_the_orders_that_wait),
		cmocka_unit_test(roles_are_held_to),
		cmocka_unit_test(a_bin_is_known_by_its_code),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
