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
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/find.h"
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

#define MANY 3000

/* Customers who share times, names and beginnings of nicks. */
static struct session *
many(void)
{
	struct session *s = fixture_session("agent");
	char nick[32], phone[16];
	struct txn *txn;
	int64_t i, id;

	must(s, db_begin(s->db, &txn));
	for (i = 1; i <= MANY; i++) {
		snprintf(nick, sizeof(nick), "tb%06" PRId64, i);
		snprintf(phone, sizeof(phone), "138%08" PRId64, i);
		must(s, db_insert(txn,
			    "INSERT INTO customer (identity, nick, name,"
			    " phone, pinyin, first_at, last_at, order_n,"
			    " paid_n, paid) VALUES ($1, $1, $3, $2, '', 1,"
			    " $4, 3, 2, 10001)",
			    DB_ARGS(db_t(nick), db_t(phone),
				db_t(i == 77 ? "仇和" : "王五"),
				db_i(1700000000 + i * 7919 % 500)),
			    &id));
		must(s, db_insert(txn,
			    "INSERT INTO receiver (customer_id, name, pinyin,"
			    " pinyin2, phone, phone_tail, province, city,"
			    " district, address) VALUES ($1, $2, $3, $4, $5,"
			    " substr($5, 8), '江苏省', '南京市', '', '')",
			    DB_ARGS(db_i(id), db_t(i == 77 ? "仇和" : "王五"),
				db_t(i == 77 ? "qh" : "ww"),
				db_t(i == 77 ? "ch" : ""), db_t(phone)),
			    &id));
	}
	must(s, db_commit(&txn));
	return s;
}

static void
customers_are_paged_by_their_last_order(void **state)
{
	struct session *s = many();
	const struct customer *c;
	struct page page, next;
	struct db_rows *rows;
	size_t i, n = 0;

	(void)state;
	must(s, db_query(s->db,
		    "SELECT id FROM customer ORDER BY last_at DESC, id DESC"
		    " /*scan*/",
		    DB_NOARGS, &rows));
	must(s, customer_page(s, PAGE_FIRST, NULL, 71, &page));
	while (page.n > 0) {
		c = page.rows;
		for (i = 0; i < page.n; i++, n++) {
			assert_int_equal(db_next(rows), 1);
			assert_int_equal(c[i].id, db_int(rows, 0));
		}
		must(
		    s, customer_page(s, PAGE_AFTER, &c[page.n - 1], 71, &next));
		page_free(&page);
		page = next;
	}
	page_free(&page);
	db_done(rows);
	assert_int_equal(n, MANY);
	must(s, customer_page(s, PAGE_LAST, NULL, 9, &page));
	must(s, customer_page(s, PAGE_BEFORE, page_row(&page, 8), 8, &next));
	for (i = 0; i < 8; i++)
		assert_int_equal(
		    ((const struct customer *)page_row(&next, i))->id,
		    ((const struct customer *)page_row(&page, i))->id);
	page_free(&page);
	page_free(&next);
	fixture_end(s);
}

static void
a_customer_is_read_with_figures_and_place(void **state)
{
	struct session *s = many();
	const struct customer *c;
	struct page page;

	(void)state;
	must(s, customer_get(s, 5, &page));
	c = page_row(&page, 0);
	assert_string_equal(c->nick, "tb000005");
	assert_string_equal(c->city, "南京市");
	assert_int_equal(c->order_n, 3);
	assert_int_equal(c->average, 5000);
	page_free(&page);
	assert_int_equal(customer_get(s, MANY + 1, &page), ERR_NOTFOUND);
	fixture_end(s);
}

static size_t
customers(struct session *s, const char *text, int64_t first)
{
	struct page page;
	size_t n;

	must(s, customer_find(s, text, 20, &page));
	n = page.n;
	if (first != 0)
		assert_int_equal(
		    ((const struct customer *)page_row(&page, 0))->id, first);
	page_free(&page);
	return n;
}

static void
customers_are_found_by_beginnings(void **state)
{
	struct session *s = many();

	(void)state;
	assert_int_equal(customers(s, "tb000042", 42), 1);
	assert_int_equal(customers(s, "tb00004", 0), 10);
	assert_int_equal(customers(s, "仇", 77), 1);
	assert_int_equal(customers(s, "QH", 77), 1);
	assert_int_equal(customers(s, "ch", 77), 1); /* plain reading */
	assert_int_equal(customers(s, "王", 0), 20);
	assert_int_equal(customers(s, "0077", 77), 1);
	assert_int_equal(customers(s, "13800000077", 77), 1);
	assert_int_equal(customers(s, "13800000", 0), 0);
	assert_int_equal(customers(s, "", 0), 0);
	assert_int_equal(customers(s, "nobody", 0), 0);
	fixture_end(s);
}

static struct session *
shop(void)
{
	const struct pack_close yto = { .courier = "YTO",
		.waybill_no = "YT8812345678901" };
	struct session *s = fixture_session("owner");
	struct packing *p;

	fixture_variant(s, "PAN-20", 5, 100);
	fixture_variant(s, "PAN-24", 5, 100);
	fixture_order(s, "41190001", 1, "PAN-20", NULL);
	fixture_order(s, "41190002", 1, "PAN-24", NULL);
	must(s, pack_open(s, "41190001", &p));
	assert_int_equal(pack_scan(s, p, "PAN-20", NULL), PACK_COMPLETE);
	must(s, pack_ship(s, p, &yto, NULL));
	pack_free(p);
	return s;
}

/* "order:41190002 product:PAN-20": what is found, in order. */
static void
finds(struct session *s, const char *text, const char *want)
{
	const struct found *f;
	char got[400] = "";
	struct page page;
	size_t i;

	must(s, find_any(s, text, 20, &page));
	for (f = page.rows, i = 0; i < page.n; i++) {
		snprintf(got + strlen(got), sizeof(got) - strlen(got),
		    "%s%s:%s", i > 0 ? " " : "", f[i].kind, f[i].label);
		assert_true(f[i].id > 0);
		assert_true(f[i].what[0] != '\0');
	}
	page_free(&page);
	assert_string_equal(got, want);
}

static void
anything_is_found_by_what_is_known(void **state)
{
	struct session *s = shop();

	(void)state;
	finds(s, "41190002", "order:41190002");
	finds(s, "PAN-2", "product:PAN-20 product:PAN-24");
	finds(s, "PAN-24", "product:PAN-24");
	finds(s, "Product PAN-2", "product:PAN-20 product:PAN-24");
	finds(s, "yt8812345678901", "order:41190001 parcel:YT8812345678901");
	finds(s, "nick-41190002", "order:41190002 customer:nick-41190002");
	finds(s, "5678",
	    "order:41190002 order:41190001 customer:nick-41190002"
	    " customer:nick-41190001");
	finds(s, "", "");
	finds(s, "nothing of the kind", "");
	fixture_end(s);
}

static void
nobody_finds_what_he_may_not_see(void **state)
{
	struct session *s = shop();
	struct page page;

	(void)state;
	fixture_role(s, "buyer");
	finds(s, "41190002", "");
	finds(s, "PAN-24", "product:PAN-24");
	fixture_role(s, "clerk");
	finds(s, "nick-41190002", "order:41190002");
	assert_int_equal(
	    customer_page(s, PAGE_FIRST, NULL, 1, &page), ERR_DENIED);
	assert_int_equal(customer_get(s, 1, &page), ERR_DENIED);
	assert_int_equal(customer_find(s, "x", 1, &page), ERR_DENIED);
	session_logout(s);
	assert_int_equal(find_any(s, "x", 5, &page), ERR_DENIED);
	fixture_end(s);
}

static void
no_kind_takes_all_of_the_room(void **state)
{
	struct session *s = shop();
	struct page page;
	char no[16];
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		snprintf(no, sizeof(no), "9%03d", i);
		fixture_order(s, no, 1, "PAN-20", NULL);
	}
	/* Half for orders, the rest shared; and what is left is used. */
	must(s, find_any(s, "5678", 8, &page));
	assert_int_equal(page.n, 8);
	for (i = 0; i < 8; i++)
		assert_string_equal(
		    ((const struct found *)page_row(&page, (size_t)i))->kind,
		    i < 6 ? "order" : "customer");
	page_free(&page);
	fixture_end(s);
}

/* An order with this remark, by a verb. */
static int64_t
remarked(struct session *s, const char *no, const char *memo)
{
	struct order_remark edit = { .flag = 0 };
	int64_t id = fixture_order(s, no, 1, "PAN-20", NULL);
	struct order_card card;

	copy_text(edit.memo, sizeof(edit.memo), memo);
	must(s, order_card(s, id, &card));
	must(s, order_remark(s, id, card.order.version, &edit));
	order_card_free(&card);
	return id;
}

static int64_t
order_version(struct session *s, int64_t id)
{
	struct order_card card;
	int64_t version;

	must(s, order_card(s, id, &card));
	version = card.order.version;
	order_card_free(&card);
	return version;
}

static void
remarks_are_found_by_their_words(void **state)
{
	struct session *s = shop();
	const struct found *f;
	struct page page;
	int64_t id;

	(void)state;
	remarked(s, "501", "改发红色，送到楼下");
	id = remarked(s, "502", "Gift wrapping, 红色的盒子");
	finds(s, "红色", "order:502 order:501");
	finds(s, "楼", "order:501");
	finds(s, "红色 gift", "order:502");
	finds(s, "红色 没有", "");
	must(s, find_any(s, "红色的", 5, &page));
	f = page_row(&page, 0);
	assert_int_equal(f->id, id);
	assert_string_equal(f->where, "remark");
	assert_non_null(strstr(f->what, "红色的盒子"));
	page_free(&page);
	/* What is no longer there is not found any more. */
	must(s, order_remark(s, id, order_version(s, id),
		    &(struct order_remark){ .memo = "蓝色" }));
	finds(s, "红色", "order:501");
	finds(s, "蓝色", "order:502");
	fixture_role(s, "buyer");
	finds(s, "红色", "");
	fixture_end(s);
}

static void
goods_are_found_in_the_middle_of_their_names(void **state)
{
	struct variant_edit edit = { .sku_code = "F-503",
		.product = "三德刀",
		.name = "三德刀 大马士革钢 18cm" };
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	must(s, variant_add(s, &edit, &id));
	finds(s, "大马士革", "product:F-503");
	finds(s, "18cm 三德", "product:F-503");
	finds(s, "503", "product:F-503");
	copy_text(edit.name, sizeof(edit.name), "三德刀 白钢");
	must(s, variant_save(s, id, 1, &edit));
	finds(s, "大马士革", "");
	finds(s, "白钢", "product:F-503");
	fixture_end(s);
}

static int64_t
left(struct session *s, int ms)
{
	int64_t n;

	must(s, find_index(s, ms, &n));
	return n;
}

static void
people_are_found_by_name_initials_and_note(void **state)
{
	struct session *s = many();
	struct txn *txn;

	(void)state;
	fixture_role(s, "owner");
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE customer SET note = '喜欢蓝色，送货前打电话'"
		    " WHERE id = 42",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	/* Too much to do it on the way. */
	assert_int_equal(left(s, 0), 0);
	finds(s, "qh", "customer:tb000077");
	finds(s, "CH", "customer:tb000077");
	finds(s, "仇", "customer:tb000077");
	finds(s, "蓝色", "customer:tb000042");
	finds(s, "owner", "staff:owner");
	fixture_role(s, "agent");
	finds(s, "owner", "");
	fixture_end(s);
}

static void
each_hit_says_what_fitted(void **state)
{
	static const char *const want[][2] = {
		{ "41190001", "" },
		{ "yt8812", "waybill" },
		{ "nick-41190001", "nick" },
		{ "李小", "name" },
		{ "lxm", "pinyin initials" },
		{ "5678", "phone" },
	};
	struct session *s = shop();
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		must(s, find_any(s, want[i][0], 5, &page));
		assert_string_equal(
		    ((const struct found *)page_row(&page, 0))->where,
		    want[i][1]);
		page_free(&page);
	}
	fixture_end(s);
}

/* The shop's database as another shop's under the same name. */
static void
the_index_notices_another_shop(void **state)
{
	const char *path = fixture_shop("mine.db");
	const char *other = fixture_shop("other.db");
	struct session *s;
	struct err err;
	char search[400];

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	must(s, session_login(s, "owner", "owner-password"));
	fixture_variant(s, "PAN-20", 9, 100);
	remarked(s, "501", "红色");
	finds(s, "红色", "order:501");
	session_close(s);
	snprintf(search, sizeof(search), "%s.search", other);
	assert_int_equal(session_open(&s, other, &err), 0);
	must(s, session_login(s, "owner", "owner-password"));
	fixture_variant(s, "PAN-20", 9, 100);
	remarked(s, "601", "绿色");
	finds(s, "绿色", "order:601");
	session_close(s);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(session_open(&s, path, &err), 0);
	must(s, session_login(s, "owner", "owner-password"));
	assert_int_equal(left(s, 0), 0);
	finds(s, "绿色", "order:601");
	finds(s, "红色", "");
	session_close(s);
}

static void
the_index_is_mended(void **state)
{
	const char *path = fixture_shop("mended.db");
	char search[400];
	struct session *s;
	struct err err;
	FILE *f;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	must(s, session_login(s, "owner", "owner-password"));
	fixture_variant(s, "PAN-20", 9, 100);
	remarked(s, "501", "红色");
	finds(s, "红色", "order:501");
	must(s, find_forget(s));
	assert_true(left(s, 0) == 0);
	finds(s, "红色", "order:501");
	session_close(s);
	snprintf(search, sizeof(search), "%s.search", path);
	assert_non_null(f = fopen(search, "r+"));
	assert_int_equal(fseek(f, 8192, SEEK_SET), 0);
	while (ftell(f) < 40000)
		fputs("nothing that was there before ", f);
	fclose(f);
	assert_int_equal(session_open(&s, path, &err), 0);
	must(s, session_login(s, "owner", "owner-password"));
	finds(s, "nick-501", "order:501 customer:nick-501");
	assert_int_equal(left(s, 0), 0);
	finds(s, "红色", "order:501");
	session_close(s);
}

/* Two terminals of one shop, one of which changes a remark. */
static void
what_another_terminal_remarks_is_found(void **state)
{
	const char *path = fixture_shop("two.db");
	struct session *a, *b;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&a, path, &err), 0);
	must(a, session_login(a, "owner", "owner-password"));
	assert_int_equal(session_open(&b, path, &err), 0);
	must(b, session_login(b, "owner", "owner-password"));
	fixture_variant(a, "PAN-20", 9, 100);
	finds(b, "红色", "");
	remarked(a, "501", "红色");
	finds(b, "红色", "order:501");
	finds(a, "红色", "order:501");
	remarked(b, "502", "红色");
	finds(a, "红色", "order:502 order:501");
	session_close(a);
	session_close(b);
}

/* Without its index all but words is found. */
static void
an_index_that_fails_keeps_nothing_else_from_being_found(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct page page;
		int rc;

		fixture_variant(s, "A", 1, 1);
		fixture_order(s, "4119", 1, "A", NULL);
		fault_install(true);
		fault_arm(&f);
		rc = find_any(s, "4119", 20, &page);
		fault_disarm(&f);
		if (rc == 0) {
			assert_int_equal(page.n, 1);
			page_free(&page);
		} else
			assert_true(f.hit);
		fault_install(false);
		must(s, find_any(s, "4119", 20, &page));
		assert_int_equal(page.n, 1);
		page_free(&page);
		fixture_end(s);
	}
}

static void
finding_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct page page;
		int rc;

		fixture_variant(s, "A", 1, 1);
		fixture_order(s, "4119", 1, "A", NULL);
		fault_arm(&f);
		rc = find_any(s, "4119", 20, &page);
		if (rc == 0) {
			page_free(&page);
			rc = find_any(s, "lx", 20, &page);
		}
		if (rc == 0)
			page_free(&page);
		fault_disarm(&f);
		assert_true((rc == 0) != f.hit);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(customers_are_paged_by_their_last_order),
		cmocka_unit_test(a_customer_is_read_with_figures_and_place),
		cmocka_unit_test(customers_are_found_by_beginnings),
		cmocka_unit_test(anything_is_found_by_what_is_known),
		cmocka_unit_test(nobody_finds_what_he_may_not_see),
		cmocka_unit_test(no_kind_takes_all_of_the_room),
		cmocka_unit_test(remarks_are_found_by_their_words),
		cmocka_unit_test(goods_are_found_in_the_middle_of_their_names),
		cmocka_unit_test(people_are_found_by_name_initials_and_note),
		cmocka_unit_test(each_hit_says_what_fitted),
		cmocka_unit_test(the_index_notices_another_shop),
		cmocka_unit_test(the_index_is_mended),
		cmocka_unit_test(what_another_terminal_remarks_is_found),
		cmocka_unit_test(
		    an_index_that_fails_keeps_nothing_else_from_being_found),
		cmocka_unit_test(finding_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
