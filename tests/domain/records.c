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
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/shipping.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

/* What no verb does. */
static void
must_exec(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

/* A shop with something of every kind. */
static struct session *
shop(void)
{
	const struct pack_close yto = { .courier = "YTO",
		.waybill_no = "YT8812345678901" };
	const struct material_edit box = {
		.code = "BOX", .name = "Box", .active = true
	};
	struct session *s = fixture_session("owner");
	struct packing *p;
	int64_t id;

	must(s, material_add(s, &box, &id));
	fixture_variant(s, "PAN", 5, 1250);
	fixture_variant(s, "STONE", 5, 700);
	fixture_order(s, "1001", 1, "PAN", NULL);
	fixture_order(s, "1002", 2, "PAN", "STONE", NULL);
	fixture_order(s, "1003", 1, "?what", NULL);
	must(s, pack_open(s, "1001", &p));
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	must(s, pack_ship(s, p, &yto, NULL));
	pack_free(p);
	return s;
}

/* The values of @field in a page, blanks between. */
static const char *
list(struct session *s, const char *kind, const char *field,
    const struct rec_filter *filters, size_t n)
{
	const struct rec_kind *k = record_kind(kind);
	static char got[1000];
	struct str text = STR_INIT;
	struct page page;
	size_t i;
	int rc;

	rc = k->page(s, filters, n, PAGE_FIRST, NULL, 50, &page);
	if (rc < 0)
		return session_err(s)->field;
	for (i = 0; i < page.n; i++) {
		str_add(&text, i > 0 ? " " : "");
		record_plain(record_field(k, field), page_row(&page, i), &text);
	}
	page_free(&page);
	snprintf(got, sizeof(got), "%s", text.s);
	str_done(&text);
	return got;
}

static const char *
where(struct session *s, const char *kind, const char *show, const char *field,
    const char *value)
{
	const struct rec_filter f = { field, value };

	return list(s, kind, show, &f, 1);
}

/* What this shop has; other kinds may well be empty. */
static bool
is_there(const char *kind)
{
	static const char *const kinds[] = { "orders", "order_lines",
		"customers", "products", "stock", "ledger", "parcels",
		"couriers", "warehouses", "listings", "unmapped", "staff",
		"roles", "audit" };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

static void
every_kind_lists_and_gets_its_rows(void **state)
{
	struct session *s = shop();
	size_t i, j;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++) {
		const struct rec_kind *k = record_kinds[i];
		const struct rec_field *f;
		struct page page, one;

		must(s, k->page(s, NULL, 0, PAGE_FIRST, NULL, 50, &page));
		if (page.n == 0 && is_there(k->name))
			fail_msg("no %s", k->name);
		for (j = 0; j < page.n; j++) {
			struct str a = STR_INIT, b = STR_INIT;
			int64_t id;

			memcpy(&id, page_row(&page, j), sizeof(id));
			must(s, k->get(s, id, &one));
			assert_int_equal(one.n, 1);
			for (f = k->fields; f->name != NULL; f++) {
				record_plain(f, page_row(&page, j), &a);
				record_plain(f, page_row(&one, 0), &b);
			}
			assert_string_equal(a.s, b.s);
			str_done(&a);
			str_done(&b);
			page_free(&one);
		}
		page_free(&page);
		assert_int_equal(k->get(s, 987654321, &one), ERR_NOTFOUND);
	}
	fixture_end(s);
}

static void
pages_of_every_kind_go_on(void **state)
{
	struct session *s = shop();
	size_t i, n;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++) {
		const struct rec_kind *k = record_kinds[i];
		struct page all, page, next;

		must(s, k->page(s, NULL, 0, PAGE_FIRST, NULL, 100, &all));
		must(s, k->page(s, NULL, 0, PAGE_FIRST, NULL, 1, &page));
		for (n = 0; page.n > 0; n++) {
			assert_memory_equal(page_row(&page, 0),
			    page_row(&all, n), sizeof(int64_t));
			must(s, k->page(s, NULL, 0, PAGE_AFTER,
				    page_row(&page, 0), 1, &next));
			page_free(&page);
			page = next;
		}
		assert_int_equal(n, all.n);
		page_free(&page);
		must(s, k->page(s, NULL, 0, PAGE_LAST, NULL, 1, &page));
		for (; page.n > 0; n--) {
			assert_memory_equal(page_row(&page, 0),
			    page_row(&all, n - 1), sizeof(int64_t));
			must(s, k->page(s, NULL, 0, PAGE_BEFORE,
				    page_row(&page, 0), 1, &next));
			page_free(&page);
			page = next;
		}
		assert_int_equal(n, 0);
		page_free(&page);
		page_free(&all);
	}
	fixture_end(s);
}

static void
orders_are_filtered(void **state)
{
	struct session *s = shop();
	const struct rec_filter two[] = { { "state", "paid" },
		{ "held", "0" } };

	(void)state;
	assert_string_equal(
	    where(s, "orders", "order_no", "state", "shipped"), "1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "state", "paid"), "1003 1002");
	assert_string_equal(list(s, "orders", "order_no", two, 2), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "tab", "to_ship"), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "tab", "held"), "1003");
	assert_string_equal(
	    where(s, "orders", "holds", "order_no", "1003"), "unmapped");
	assert_string_equal(
	    where(s, "orders", "order_no", "order_no", "99"), "");
	assert_string_equal(
	    where(s, "orders", "order_no", "customer", "nick-1002"), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "courier", "圆通速递"), "1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "total", "200.00"), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "since", "2020-01-01"),
	    "1003 1002 1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "until", "2020-01-01"), "");
	/* Mistakes name the field. */
	assert_string_equal(
	    where(s, "orders", "order_no", "state", "lost"), "state");
	assert_string_equal(where(s, "orders", "order_no", "tab", "x"), "tab");
	assert_string_equal(
	    where(s, "orders", "order_no", "since", "soon"), "since");
	assert_string_equal(
	    where(s, "orders", "order_no", "customer", "me"), "customer");
	assert_string_equal(
	    where(s, "orders", "order_no", "colour", "red"), "colour");
	fixture_end(s);
}

/* Files have 浙江 and 浙江省, people write either. */
static void
orders_are_found_by_province(void **state)
{
	struct session *s = shop();
	const struct rec_filter other[] = { { "province", "广东" },
		{ "order_no", "1002" } };
	const struct rec_filter same[] = { { "province", "浙江" },
		{ "order_no", "1002" } };

	(void)state;
	must_exec(s, "UPDATE receiver SET province = '浙江省'");
	must_exec(s, "UPDATE receiver SET province = '浙江' WHERE id ="
		     " (SELECT max(id) FROM receiver)");
	must_exec(s, "UPDATE receiver SET province = '' WHERE id ="
		     " (SELECT min(id) FROM receiver)");
	assert_string_equal(
	    where(s, "orders", "order_no", "province", "浙江"), "1003 1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "province", "浙江省"), "1003 1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "province", "广东"), "");
	assert_string_equal(
	    where(s, "orders", "order_no", "province", ""), "1001");
	assert_string_equal(list(s, "orders", "order_no", other, 2), "");
	assert_string_equal(list(s, "orders", "order_no", same, 2), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "province", "月球"), "province");
	fixture_end(s);
}

static void
values_are_compared_by_what_they_mean(void **state)
{
	struct session *s;

	(void)state;
	setenv("SHOPMGR_NOW", "2026-11-02 23:30:00", 1);
	s = shop(); /* orders created 22:30, paid 22:30 */
	assert_string_equal(
	    where(s, "orders", "order_no", "total", "200"), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "total", "￥200.0"), "1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "held", "true"), "1003");
	assert_string_equal(
	    where(s, "orders", "order_no", "held", "yes"), "1003");
	assert_string_equal(
	    where(s, "orders", "order_no", "held", "no"), "1002 1001");
	assert_string_equal(where(s, "orders", "order_no", "created_at",
				"2026-11-02T14:30:00+00:00"),
	    "1003 1002 1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "created_at", "2026-11-02"),
	    "1003 1002 1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "created_at", "2026-11-03"), "");
	assert_string_equal(
	    where(s, "orders", "order_no", "shipped_at", ""), "1003 1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "shipped_at", "2026-11-02"), "1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "waybill_no", ""), "1003 1002");
	assert_string_equal(
	    where(s, "orders", "order_no", "total", "dear"), "total");
	assert_string_equal(
	    where(s, "orders", "order_no", "qty", "many"), "qty");
	assert_string_equal(
	    where(s, "orders", "order_no", "created_at", "soon"), "created_at");
	assert_string_equal(
	    where(s, "orders", "order_no", "held", "perhaps"), "held");
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

/* How people are told @field of the first row that fits. */
static const char *
words(struct session *s, const char *kind, const char *field, const char *by,
    const char *value)
{
	const struct rec_kind *k = record_kind(kind);
	const struct rec_filter f = { by, value };
	static char got[200];
	struct str text = STR_INIT;
	struct page page;

	must(s, k->page(s, &f, 1, PAGE_FIRST, NULL, 1, &page));
	assert_int_equal(page.n, 1);
	record_words(record_field(k, field), page_row(&page, 0), &text);
	page_free(&page);
	snprintf(got, sizeof(got), "%s", text.s);
	str_done(&text);
	return got;
}

#define CODES_MAX 8 /* of a kind, as far as they are looked at */

/* Whatever list a code is in, people read it in their language. */
static void
no_code_is_told_as_it_is(void **state)
{
	const struct rec_field *f;
	struct str text = STR_INIT;
	char row[4096] = "";
	int64_t value;
	size_t i;

	(void)state;
	i18n_init("zh_CN");
	for (i = 0; record_kinds[i] != NULL; i++)
		for (f = record_kinds[i]->fields; f->name != NULL; f++) {
			if (f->type != REC_CODE)
				continue;
			assert_true(record_kinds[i]->row_size <= sizeof(row));
			for (value = 0; value < CODES_MAX; value++) {
				memcpy(row + f->offset, &value, sizeof(value));
				str_cut(&text, 0);
				record_words(f, row, &text);
				if (text.len > 0 &&
				    strcmp(text.s, f->code(value)) == 0)
					fail_msg("%s of %s: %s", f->name,
					    record_kinds[i]->name, text.s);
			}
		}
	str_done(&text);
	i18n_init("en");
}

static void
codes_are_told_in_words(void **state)
{
	struct session *s = shop();

	(void)state;
	must(s, order_hold(s, 3, "address", ""));
	assert_string_equal(
	    words(s, "orders", "state", "order_no", "1002"), "paid, to ship");
	assert_string_equal(words(s, "orders", "holds", "order_no", "1003"),
	    "item not mapped, address to be checked");
	assert_string_equal(
	    words(s, "orders", "holds", "order_no", "1001"), "");
	assert_string_equal(
	    words(s, "orders", "held", "order_no", "1003"), "yes");
	assert_string_equal(
	    words(s, "orders", "held", "order_no", "1002"), "no");
	assert_string_equal(
	    words(s, "ledger", "kind", "order_no", "1001"), "shipment");
	assert_string_equal(
	    words(s, "ledger", "reversed", "order_no", "1001"), "no");
	assert_string_equal(
	    words(s, "audit", "op", "op", "order-hold"), "order held");
	assert_string_equal(
	    words(s, "audit", "kind", "op", "order-hold"), "order");
	assert_string_equal(
	    words(s, "staff", "roles", "login", "owner"), "shop owner");
	assert_string_equal(
	    words(s, "order_lines", "refund_state", "order_no", "1002"), "");
	fixture_end(s);
}

static void
a_day_ends_at_midnight(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	setenv("SHOPMGR_NOW", "2026-11-02 23:30:00", 1);
	fixture_order(s, "1001", 1, "?x", NULL); /* created 22:30 */
	assert_string_equal(
	    where(s, "orders", "order_no", "until", "2026-11-02"), "1001");
	assert_string_equal(
	    where(s, "orders", "order_no", "until", "2026-11-01"), "");
	assert_string_equal(
	    where(s, "orders", "order_no", "until", "2026-11-02 22:00:00"), "");
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

static void
other_kinds_are_filtered(void **state)
{
	struct session *s = shop();

	(void)state;
	assert_string_equal(
	    where(s, "products", "sku_code", "sku_code", "PAN"), "PAN");
	assert_string_equal(
	    where(s, "products", "sku_code", "sku_code", "none"), "");
	assert_string_equal(
	    where(s, "stock", "on_hand", "sku_code", "PAN"), "4");
	assert_string_equal(where(s, "products", "sku_code", "low", "yes"), "");
	assert_string_equal(
	    where(s, "products", "sku_code", "low", "maybe"), "low");
	assert_string_equal(
	    where(s, "products", "sku_code", "available", "2"), "PAN");
	assert_string_equal(
	    where(s, "ledger", "qty", "sku_code", "PAN"), "-1 5");
	assert_string_equal(
	    where(s, "ledger", "sku_code", "kind", "ship"), "PAN");
	assert_string_equal(
	    where(s, "ledger", "value", "order_no", "1001"), "-12.50");
	assert_string_equal(
	    where(s, "order_lines", "sku_code", "order_no", "1002"),
	    "PAN STONE");
	assert_string_equal(
	    where(s, "order_lines", "cost", "cost", "12.50"), "12.50");
	assert_string_equal(
	    where(s, "parcels", "order_no", "platform", "taobao"), "1001");
	assert_string_equal(
	    where(s, "parcels", "order_no", "platform", "pdd"), "");
	assert_string_equal(
	    where(s, "parcels", "order_no", "exported", "no"), "1001");
	assert_string_equal(
	    where(s, "parcels", "order_no", "exported", "yes"), "");
	assert_string_equal(
	    where(s, "couriers", "code", "name", "圆通速递"), "YTO");
	assert_string_equal(list(s, "unmapped", "title", NULL, 0), "what");
	assert_string_equal(
	    where(s, "listings", "title", "variant_sku", "PAN"), "PAN");
	assert_string_equal(
	    where(s, "customers", "nick", "nick", "nick-1002"), "nick-1002");
	assert_string_equal(
	    where(s, "staff", "roles", "login", "owner"), "owner");
	assert_string_equal(where(s, "audit", "detail", "op", "order-ship"),
	    "state paid -> shipped, 圆通速递 YT8812345678901, 0 g");
	fixture_end(s);
}

static void
kinds_have_more_than_one_name(void **state)
{
	(void)state;
	assert_ptr_equal(record_kind("moves"), record_kind("ledger"));
	assert_ptr_equal(record_kind("variants"), record_kind("products"));
	assert_null(record_kind("shipments"));
	assert_non_null(record_field(record_kind("orders"), "tab"));
	assert_null(record_field(record_kind("orders"), "colour"));
}

static void
long_lists_are_sifted_through(void **state)
{
	struct session *s = fixture_session("owner");
	const struct rec_kind *k = record_kind("orders");
	const struct rec_filter red = { "remark", "red" };
	struct page page;
	struct txn *txn;
	char no[16];
	int i;

	(void)state;
	for (i = 0; i < 450; i++) {
		snprintf(no, sizeof(no), "%d", 1000 + i);
		fixture_order(s, no, 1, "?x", NULL);
	}
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE orders SET memo = 'red'"
		    " WHERE id IN (5, 230, 449)",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	assert_string_equal(list(s, "orders", "id", &red, 1), "449 230 5");
	must(s, k->page(s, &red, 1, PAGE_LAST, NULL, 2, &page));
	assert_int_equal(page.n, 2);
	assert_int_equal(*(const int64_t *)page_row(&page, 0), 230);
	assert_int_equal(*(const int64_t *)page_row(&page, 1), 5);
	page_free(&page);
	fixture_end(s);
}

static void
sifting_survives_every_failure(void **state)
{
	const struct rec_filter f[] = { { "goods", "A" } };
	const struct rec_kind *k = record_kind("orders");

	(void)state;
	FOR_EACH_FAULT(fault)
	{
		struct session *s = fixture_faulty("owner");
		struct page page;
		int rc;

		fixture_order(s, "1", 1, "?A", NULL);
		fixture_order(s, "2", 1, "?B", NULL);
		fault_arm(&fault);
		rc = k->page(s, f, 1, PAGE_FIRST, NULL, 5, &page);
		fault_disarm(&fault);
		assert_true((rc == 0) != fault.hit);
		if (rc == 0) {
			assert_int_equal(page.n, 1);
			page_free(&page);
		}
		fixture_end(s);
	}
}

static void
costs_are_for_those_who_may_see_them(void **state)
{
	struct session *s = shop();

	(void)state;
	fixture_role(s, "clerk");
	assert_string_equal(
	    where(s, "order_lines", "cost", "order_no", "1001"), "0.00");
	assert_string_equal(
	    where(s, "products", "unit_cost", "sku_code", "PAN"), "0.00");
	fixture_end(s);
}

static void
a_number_and_another_filter_must_both_fit(void **state)
{
	struct session *s = shop();
	const struct rec_filter f[] = { { "order_no", "1001" },
		{ "nick", "nick-1002" } };
	const struct rec_filter p[] = { { "sku_code", "PAN" },
		{ "price", "1.00" } };
	const struct rec_kind *k = record_kind("orders");
	struct page page, next;

	(void)state;
	assert_string_equal(list(s, "orders", "order_no", f, 2), "");
	assert_string_equal(list(s, "products", "sku_code", p, 2), "");
	must(s, k->page(s, f, 1, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(page.n, 1);
	must(s, k->page(s, f, 1, PAGE_AFTER, page_row(&page, 0), 5, &next));
	assert_int_equal(next.n, 0);
	page_free(&page);
	page_free(&next);
	fixture_end(s);
}

/* Pages, filtered pages and single rows of every kind. */
static int
read_all(struct session *s)
{
	const struct rec_filter no = { "order_no", "1001" };
	const struct rec_filter sku = { "sku_code", "PAN" };
	struct page page;
	size_t i;
	int rc;

	for (i = 0; record_kinds[i] != NULL; i++) {
		const struct rec_kind *k = record_kinds[i];
		int64_t id = 0;

		rc = k->page(s, NULL, 0, PAGE_FIRST, NULL, 5, &page);
		if (rc < 0)
			return rc;
		if (page.n > 0)
			id = *(const int64_t *)page_row(&page, 0);
		page_free(&page);
		if (id != 0 && (rc = k->get(s, id, &page)) < 0)
			return rc;
		if (id != 0)
			page_free(&page);
		if (record_field(k, "order_no") != NULL) {
			rc = k->page(s, &no, 1, PAGE_FIRST, NULL, 5, &page);
			if (rc < 0)
				return rc;
			page_free(&page);
		}
		if (record_field(k, "sku_code") != NULL) {
			rc = k->page(s, &sku, 1, PAGE_FIRST, NULL, 5, &page);
			if (rc < 0)
				return rc;
			page_free(&page);
		}
	}
	return 0;
}

static void
reading_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		fixture_variant(s, "PAN", 5, 100);
		fixture_order(s, "1001", 1, "PAN", "?x", NULL);
		fault_arm(&f);
		rc = read_all(s);
		fault_disarm(&f);
		assert_true((rc == 0) != f.hit);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_lists_and_gets_its_rows),
		cmocka_unit_test(pages_of_every_kind_go_on),
		cmocka_unit_test(orders_are_filtered),
		cmocka_unit_test(orders_are_found_by_province),
		cmocka_unit_test(values_are_compared_by_what_they_mean),
		cmocka_unit_test(no_code_is_told_as_it_is),
		cmocka_unit_test(codes_are_told_in_words),
		cmocka_unit_test(a_day_ends_at_midnight),
		cmocka_unit_test(other_kinds_are_filtered),
		cmocka_unit_test(kinds_have_more_than_one_name),
		cmocka_unit_test(long_lists_are_sifted_through),
		cmocka_unit_test(sifting_survives_every_failure),
		cmocka_unit_test(costs_are_for_those_who_may_see_them),
		cmocka_unit_test(a_number_and_another_filter_must_both_fit),
		cmocka_unit_test(reading_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
