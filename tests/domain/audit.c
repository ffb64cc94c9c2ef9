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
#include "fixture.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/shopdb.h"

/* A month of trade in a shop that was made before. */
static struct session *
lively(void)
{
	struct session *s;
	char *logins;

	time_travel(time_now() - 400 * 86400);
	s = fixture_session("owner");
	time_travel(0);
	assert_int_equal(shopdb_demo(s, &logins), 0);
	free(logins);
	return s;
}

/* The entries that fit, counted page by page, which go down by number. */
static int64_t
count(struct session *s, const struct audit_filter *f)
{
	struct page pages[2] = { { 0 }, { 0 } };
	const struct audit_row *from = NULL, *row;
	int64_t n = 0, last = INT64_MAX;
	int now = 0;
	size_t i;

	do {
		page_free(&pages[now]);
		if (audit_list(s, f, from != NULL ? PAGE_AFTER : PAGE_FIRST,
			from, 7, &pages[now]) < 0)
			fail_msg("%s", s->err.text);
		for (i = 0; i < pages[now].n; i++) {
			row = page_row(&pages[now], i);
			assert_true(row->id < last);
			last = row->id;
		}
		n += (int64_t)pages[now].n;
		if (pages[now].n > 0)
			from = page_row(&pages[now], pages[now].n - 1);
		now = !now;
	} while (pages[!now].n == 7);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return n;
}

/* As SQL has it that thinks of no index. */
static int64_t
count_plain(struct session *s, const struct audit_filter *f)
{
	struct str sql = STR_INIT;
	int64_t n;

	str_add(&sql, "SELECT count(*) FROM audit WHERE 1 = 1");
	if (f->staff_id != 0)
		str_addf(&sql, " AND staff_id = %" PRId64, f->staff_id);
	if (f->op != NULL)
		str_addf(&sql, " AND op = '%s'", f->op);
	if (f->kind != NULL)
		str_addf(&sql, " AND kind = '%s'", f->kind);
	if (f->subject != 0)
		str_addf(&sql, " AND subject = %" PRId64, f->subject);
	if (f->since != 0)
		str_addf(&sql, " AND at >= %" PRId64, f->since);
	if (f->until != 0)
		str_addf(&sql, " AND at < %" PRId64, f->until);
	n = fixture_int(s, sql.s);
	str_done(&sql);
	return n;
}

/* Every combination of the six filters. */
#define COMBINATIONS 64

static struct audit_filter
combine(int bits, const struct audit_filter *of)
{
	return (struct audit_filter){
		.staff_id = bits & 1 ? of->staff_id : 0,
		.op = bits & 2 ? of->op : NULL,
		.kind = bits & (4 | 8) ? of->kind : NULL,
		.subject = bits & 8 ? of->subject : 0,
		.since = bits & 16 ? of->since : 0,
		.until = bits & 32 ? of->until : 0,
	};
}

static void
filters_find_what_fits(void **state)
{
	struct session *s = lively();
	int64_t first = fixture_int(s, "SELECT min(at) FROM audit");
	int64_t last = fixture_int(s, "SELECT max(at) FROM audit");
	struct audit_filter of = { .op = "order-ship", .kind = "order" }, f;
	int i, some = 0;

	(void)state;
	of.staff_id = fixture_int(
	    s, "SELECT staff_id FROM audit WHERE op = 'order-ship' LIMIT 1");
	of.subject = fixture_int(
	    s, "SELECT subject FROM audit WHERE op = 'order-ship' LIMIT 1");
	of.since = first + (last - first) / 4;
	of.until = first + (last - first) * 3 / 4;
	for (i = 0; i < COMBINATIONS; i++) {
		f = combine(i, &of);
		if (count(s, &f) != count_plain(s, &f))
			fail_msg("combination %d: %" PRId64
				 ", should be %" PRId64,
			    i, count(s, &f), count_plain(s, &f));
		some += count(s, &f) > 0;
	}
	assert_true(some > COMBINATIONS / 2);
	f = (struct audit_filter){ .since = last + 1 };
	assert_int_equal(count(s, &f), 0);
	f = (struct audit_filter){ .until = first };
	assert_int_equal(count(s, &f), 0);
	f = (struct audit_filter){ .since = last, .until = last + 1 };
	assert_int_equal(count(s, &f), count_plain(s, &f));
	fixture_end(s);
}

static void
a_subject_is_of_a_kind(void **state)
{
	const struct audit_filter f = { .subject = 3 };
	struct session *s = fixture_session("owner");
	struct page page;

	(void)state;
	assert_int_equal(
	    audit_list(s, &f, PAGE_FIRST, NULL, 5, &page), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "kind");
	fixture_end(s);
}

static int polls;

static int
count_poll(void *arg)
{
	(void)arg;
	polls++;
	return 0;
}

/*
 * 200,000 entries of two people, of which the newest 100,000 fit no filter. A
 * page that reads all of them asks twenty times whether to go on.
 */
static void
no_filter_reads_the_whole_log(void **state)
{
	static const char sql_many[] =
	    "INSERT INTO audit (at, staff_id, op, kind, subject, detail) "
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 200000) SELECT 1700000000 + i, 1 + (i > 100000), "
	    "CASE WHEN i > 100000 THEN 'order-hold' ELSE 'order-ship' END, "
	    "CASE WHEN i > 100000 THEN 'order' ELSE 'parcel' END, "
	    "i / 10, '' FROM n";
	const struct audit_filter of = { .staff_id = 1,
		.op = "order-ship",
		.kind = "parcel",
		.subject = 77,
		.since = 1700000000 + 500,
		.until = 1700000000 + 60000 };
	struct session *s = fixture_session("owner");
	struct audit_filter f;
	struct txn *txn;
	struct page page;
	int i;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_script(txn,
		"INSERT INTO staff (id, login, name, password, created_at) "
		"VALUES (2, 'b', 'B', '', 0)"),
	    0);
	assert_int_equal(db_script(txn, sql_many), 0);
	assert_int_equal(db_commit(&txn), 0);
	session_on_progress(s, count_poll, NULL);
	for (i = 0; i < COMBINATIONS; i++) {
		f = combine(i, &of);
		polls = 0;
		assert_int_equal(
		    audit_list(s, &f, PAGE_FIRST, NULL, 50, &page), 0);
		if (polls > 1)
			fail_msg("combination %d asks %d times", i, polls);
		assert_true(page.n > 0);
		page_free(&page);
		assert_int_equal(
		    audit_list(s, &f, PAGE_LAST, NULL, 50, &page), 0);
		assert_true(polls <= 2);
		page_free(&page);
	}
	/* Nothing of both. */
	f = (struct audit_filter){ .staff_id = 1, .kind = "order" };
	polls = 0;
	assert_int_equal(audit_list(s, &f, PAGE_FIRST, NULL, 50, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	f = (struct audit_filter){ .staff_id = 2, .op = "order-ship" };
	assert_int_equal(audit_list(s, &f, PAGE_FIRST, NULL, 50, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_true(polls <= 2);
	session_on_progress(s, NULL, NULL);
	fixture_end(s);
}

static void
entries_say_what_they_are_about(void **state)
{
	static const struct {
		const char *kind, *sql;
	} about[] = {
		{ "order", "SELECT id FROM orders WHERE order_no = '1001'" },
		{ "variant", "SELECT id FROM variant WHERE sku_code = 'PAN'" },
		{ "staff", "SELECT id FROM staff WHERE login = 'owner'" },
		{ "role", "SELECT id FROM role WHERE name = 'clerk'" },
		{ "customer", "SELECT max(id) FROM customer" },
		{ "order", "SELECT 99" },
		{ "shop", "SELECT 1" },
	};
	static const char *const names[] = { "1001", "PAN", "owner", "clerk",
		"nick-1001", "", "" };
	struct session *s = fixture_session("owner");
	struct audit_row row;
	char name[64];
	size_t i;

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	fixture_order(s, "1001", 1, "PAN", NULL);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		row = (struct audit_row){ .kind = about[i].kind,
			.subject = fixture_int(s, about[i].sql) };
		assert_int_equal(audit_subject(s, &row, name, sizeof(name)), 0);
		assert_string_equal(name, names[i]);
	}
	session_logout(s);
	assert_int_equal(
	    audit_subject(s, &row, name, sizeof(name)), ERR_DENIED);
	fixture_end(s);
}

static void
the_head_is_the_last_entry(void **state)
{
	struct session *s = fixture_session("owner");
	char hash[65], before[65];
	int64_t id, n;

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	assert_int_equal(audit_head(s, &id, before), 0);
	assert_int_equal(id, fixture_int(s, "SELECT max(id) FROM audit"));
	assert_int_equal(strlen(before), 64);
	fixture_variant(s, "POT", 5, 1000);
	assert_int_equal(audit_head(s, &n, hash), 0);
	assert_true(n > id);
	assert_string_not_equal(hash, before);
	fixture_role(s, "clerk");
	assert_int_equal(audit_head(s, &id, hash), ERR_DENIED);
	fixture_end(s);
}

static void
operations_have_words(void **state)
{
	struct session *s = lively();
	struct db_rows *rows;
	size_t i;

	(void)state;
	for (i = 0; audit_ops[i] != NULL; i++) {
		assert_string_not_equal(
		    audit_op_text(audit_ops[i]), audit_ops[i]);
		assert_true(
		    i == 0 || strcmp(audit_ops[i - 1], audit_ops[i]) < 0);
	}
	assert_string_equal(audit_op_text("order-ship"), "order shipped");
	assert_string_equal(audit_op_text("never-heard"), "never-heard");
	assert_int_equal(
	    db_query(s->db, "SELECT DISTINCT op FROM audit /*scan*/ /*sort*/",
		DB_NOARGS, &rows),
	    0);
	while (db_next(rows) == 1)
		assert_string_not_equal(
		    audit_op_text(db_text(rows, 0)), db_text(rows, 0));
	db_done(rows);
	fixture_end(s);
}

/* What the log keeps, and how a person reads it. */
static void
assert_reads(
    const char *op, const char *kind, const char *stored, const char *words)
{
	struct audit_row row = { .op = op, .kind = kind, .detail = stored };
	struct str text = STR_INIT;

	audit_detail_text(&row, &text);
	assert_string_equal(text.len > 0 ? text.s : "", words);
	str_done(&text);
}

static void
details_are_read_in_words(void **state)
{
	(void)state;
	i18n_init("en");
	assert_reads("order-hold", "order", "manual: on Friday: not before",
	    "held by hand: on Friday: not before");
	assert_reads("order-hold", "order", "stock", "stock missing");
	assert_reads(
	    "order-release", "order", "all: paid", "every reason: paid");
	assert_reads("order-cancel", "order", "state paid -> closed: too late",
	    "paid, to ship → closed: too late");
	assert_reads("order-ship", "order",
	    "state paid -> shipped, 顺丰 SF1, 9 g",
	    "paid, to ship → shipped, 顺丰 SF1, 9 g");
	assert_reads("import", "import",
	    "orders: 1 new, 2 updated, 3 unchanged, 4 rejected",
	    "Orders: 1 new, 2 updated, 3 unchanged, 4 rejected");
	assert_reads("payment-add", "order", "bank 47.40 T-1, due 2026-11-30",
	    "bank card 47.40 T-1, due 2026-11-30");
	assert_reads("payment-add", "order", "bank 47.40", "bank card 47.40");
	assert_reads("count-start", "stocktake", "CT-000001 spot",
	    "CT-000001 spot check");
	assert_reads("freight-bill-take", "freight_bill",
	    "圆通速递 11 月, 82 lines, 53940 fen, 6 wrong",
	    "圆通速递 11 月, 82 lines, 6 wrong");
	assert_reads("role-save", "role", "clerk: +order.ship -x.y",
	    "warehouse clerk: +shipping orders, -x.y");
	assert_reads("staff-add", "staff", "wang (王强): clerk agent",
	    "wang (王强): warehouse clerk, sales agent");
	assert_reads("login-refused", "staff", "wang, 3 in a row",
	    "refused 3 times in a row");
	assert_reads("contact-reveal", "order", "name phone", "name, phone");
	assert_reads(
	    "backup-rehearse", "shop", "/x/y: 0", "/x/y: everything fits");
}

/* Every field that became another one; a sign in a text divides nothing. */
static void
changes_are_read_by_their_fields(void **state)
{
	(void)state;
	i18n_init("en");
	assert_reads("order-remark", "order", "flag 0 -> 5, \"\" -> \"a, b\"",
	    "Flag: none → purple; Remark: none → “a, b”");
	assert_reads("order-remark", "order", "flag 1 -> 1, \"a\" -> \"b\"",
	    "Remark: “a” → “b”");
	assert_reads("import", "order",
	    "state unpaid -> paid; paid at 2026-11-22 10:00:00; "
	    "buyer note \"x; y -> z\"; shop",
	    "State: awaiting payment → paid, to ship; Paid at: 2026-11-22 10:00:00; "
	    "Buyer's note: “x; y -> z”; shop");
	assert_reads("import", "order", "lines: 0 new, 1 changed",
	    "items: 0 new, 1 changed");
	assert_reads("product-save", "variant",
	    "name \"a\" -> \"b\"; price 9.90 -> 12.00; reorder_at 1 -> 2",
	    "Name: “a” → “b”; Price: 9.90 → 12.00; Reorder at: 1 → 2");
}

/* By another version of the program, or by hand. */
static void
unknown_details_stand_as_they_are(void **state)
{
	(void)state;
	i18n_init("en");
	assert_reads(
	    "never-heard", "x", "state paid -> {1}", "state paid -> {1}");
	assert_reads("order-ship", "order", "state paid", "state paid");
	assert_reads("order-hold", "order", "", "");
	assert_reads("order-hold", "order", "mood: %s {2}", "mood: %s {2}");
	assert_reads("order-remark", "order", "\"", "Remark: \"");
	assert_reads("order-remark", "order", "flag x -> 9, ", "Flag: x → 9");
}

/* list audit --where ... */
static int64_t
listed(struct session *s, size_t n, const struct rec_filter *filters)
{
	const struct rec_kind *kind = record_kind("audit");
	struct page page = { 0 };
	int64_t found;

	if (kind->page(s, filters, n, PAGE_FIRST, NULL, 1000, &page) < 0)
		return -1;
	found = (int64_t)page.n;
	page_free(&page);
	return found;
}

static void
lists_take_the_filters(void **state)
{
	struct session *s = lively();
	struct audit_filter f;
	char subject[24], since[TIME_SIZE];

	(void)state;
	f = (struct audit_filter){ .op = "order-hold" };
	assert_int_equal(
	    listed(s, 1, &(struct rec_filter){ "op", "order-hold" }),
	    count(s, &f));
	f = (struct audit_filter){ .staff_id = 1 };
	assert_int_equal(listed(s, 1, &(struct rec_filter){ "staff", "owner" }),
	    count(s, &f) < 1000 ? count(s, &f) : 1000);
	assert_int_equal(
	    listed(s, 1, &(struct rec_filter){ "staff", "nobody" }), 0);
	f = (struct audit_filter){ .kind = "order" };
	f.subject = fixture_int(
	    s, "SELECT subject FROM audit WHERE op = 'order-hold' LIMIT 1");
	snprintf(subject, sizeof(subject), "%" PRId64, f.subject);
	assert_int_equal(listed(s, 2,
			     (const struct rec_filter[]){
				 { "kind", "order" }, { "subject", subject } }),
	    count(s, &f));
	/* Of no kind it is looked for row by row. */
	assert_true(listed(s, 1, &(struct rec_filter){ "subject", subject }) >=
		    count(s, &f));
	f = (struct audit_filter){ .since = fixture_int(
				       s, "SELECT max(at) FROM audit") };
	time_full(f.since, since);
	assert_int_equal(
	    listed(s, 1, &(struct rec_filter){ "since", since }), count(s, &f));
	assert_int_equal(
	    listed(s, 1, &(struct rec_filter){ "since", "soon" }), -1);
	assert_string_equal(session_err(s)->field, "since");
	assert_int_equal(
	    listed(s, 1, &(struct rec_filter){ "subject", "x" }), -1);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_find_what_fits),
		cmocka_unit_test(a_subject_is_of_a_kind),
		cmocka_unit_test(no_filter_reads_the_whole_log),
		cmocka_unit_test(entries_say_what_they_are_about),
		cmocka_unit_test(the_head_is_the_last_entry),
		cmocka_unit_test(operations_have_words),
		cmocka_unit_test(details_are_read_in_words),
		cmocka_unit_test(changes_are_read_by_their_fields),
		cmocka_unit_test(unknown_details_stand_as_they_are),
		cmocka_unit_test(lists_take_the_filters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
