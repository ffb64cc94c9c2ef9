/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/time.h"

/* The sample files, every vintage of them: alone, in pairs, again. */

static void
a_pair_is_taken_whole(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;

	(void)state;
	sum = take(s, "orders", ITEMS_2021, ORDERS_2021);
	counts(sum, 8, 0, 0, 0);
	assert_int_equal(sum->rows, 17);
	assert_int_equal(sum->lines_new, 9);
	assert_int_equal(sum->customers_new, 7);
	assert_int_equal(sum->products_new, 8);
	assert_int_equal(sum->held, 0);
	assert_int_equal(sum->batch, 1);
	assert_non_null(strstr(import_file_text(taken, 0), "2021"));
	assert_non_null(strstr(import_file_text(taken, 1), "71"));
	assert_non_null(strstr(import_file_text(taken, 1), "GB18030"));
	assert_null(import_warning(taken, 0));
	assert_string_equal(
	    text_of(s, "SELECT group_concat(state, '') FROM (SELECT state FROM "
		       "orders ORDER BY order_no)"),
	    "54216653");
	assert_string_equal(text_of(s, "SELECT name FROM shop"), "测试小店");
	let_go();
	fixture_end(s);
}

static void
values_are_those_of_the_file(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "orders", ORDERS_2021, ITEMS_2021);
	assert_string_equal(
	    text_of(s, "SELECT total || ' ' || postage || ' ' || paid || ' ' "
		       "|| refund || ' ' || settled || ' ' || memo || ' ' || "
		       "waybill_no || ' ' || c.name || ' ' || payment_no FROM "
		       "orders JOIN courier c ON c.id = courier_id WHERE "
		       "order_no = '3120000000000000077'"),
	    "129900 0 129900 3000 126900 少配件，部分退款30 "
	    "JT0000000000077 极兔速递 2024052831200000000000000000");
	assert_int_equal(
	    fixture_int(s, "SELECT finished_at - created_at FROM orders WHERE "
			   "order_no = '3120000000000000011'"),
	    6 * 86400 + 47 * 60 + 27);
	/* "null" in all its forms is nothing; notes keep their lines. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE memo LIKE "
			   "'%null%' OR close_reason LIKE '%未关闭%'"),
	    0);
	assert_string_equal(
	    text_of(s, "SELECT buyer_note FROM orders WHERE order_no = "
		       "'3120000000000000033'"),
	    "第一行留言\n第二行留言");
	assert_string_equal(
	    text_of(s, "SELECT province || '/' || city || '/' || district || "
		       "'/' || address || '/' || phone_tail || '/' || pinyin "
		       "FROM receiver WHERE name = '吴测试'"),
	    "上海/上海市/闵行区/测试镇 测试路2号(201100)/0002/wcs");
	assert_string_equal(
	    text_of(s, "SELECT order_n || ' ' || paid_n || ' ' || paid FROM "
		       "customer WHERE nick = 'tb测试01'"),
	    "2 2 11800");
	/* A title with commas is one title; goods go when lines come. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM listing WHERE title = "
			   "'牛仔裤，高腰'"),
	    1);
	assert_int_equal(
	    fixture_int(
		s, "SELECT count(*) FROM orders WHERE goods IS NOT NULL"),
	    0);
	assert_string_equal(
	    text_of(s, "SELECT v.name FROM variant v WHERE sku_code = "
		       "'TS-001-B-M'"),
	    "T恤 纯棉 短袖 颜色分类：黑色；尺码：M");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM product"), 6);
	/* Only the paid order has stock promised. */
	assert_string_equal(
	    text_of(s, "SELECT order_no || ' ' || qty FROM reservation r JOIN "
		       "orders o ON o.id = order_id"),
	    "3120000000000000033 1");
	let_go();
	fixture_end(s);
}

/* How one file, or a pair, comes out by itself. */
static const struct vintage {
	const char *orders, *items;
	const char *year;
	int64_t n, lines, customers, held;
} vintages[] = {
	{ ORDERS_2012, NULL, "2012, 30", 8, 0, 7, 2 },
	{ ORDERS_2017, ITEMS_2017, "2017, 46", 5, 5, 5, 0 },
	{ ORDERS_2021, ITEMS_2021, "2021, 71", 8, 9, 7, 0 },
	{ ORDERS_2026, ITEMS_2026, "2024, 22", 8, 9, 0, 0 },
	{ ITEMS_2017, NULL, "2017, 10", 5, 5, 0, 0 },
	{ ITEMS_2021, NULL, "2021, 18", 8, 9, 0, 0 },
	{ ITEMS_2026, NULL, "2024, 30", 8, 9, 0, 0 },
};
#define NVINTAGES (sizeof(vintages) / sizeof(vintages[0]))

static void
every_vintage_is_known_and_comes_once(void **state)
{
	const struct import_summary *sum;
	char *before;
	size_t i;

	(void)state;
	for (i = 0; i < NVINTAGES; i++) {
		const struct vintage *v = &vintages[i];
		struct session *s = fixture_session("owner");

		sum = take(s, "orders", v->orders, v->items);
		counts(sum, v->n, 0, 0, 0);
		assert_int_equal(sum->lines_new, v->lines);
		assert_int_equal(sum->customers_new, v->customers);
		assert_int_equal(sum->held, v->held);
		assert_non_null(strstr(import_file_text(taken, 0), v->year));
		before = knowledge(s);
		sum = take(s, "orders", v->orders, v->items);
		counts(sum, 0, 0, v->n, 0);
		assert_int_equal(sum->lines_new, 0);
		same_text(before, knowledge(s));
		let_go();
		fixture_end(s);
	}
}

/* Whichever way the two files come, the shop knows the same in the end. */
static void
order_of_files_does_not_matter(void **state)
{
	static const char *const ways[][4] = {
		{ ORDERS_2021, ITEMS_2021, NULL, NULL },
		{ ITEMS_2021, ORDERS_2021, NULL, NULL },
		{ ORDERS_2021, NULL, ITEMS_2021, NULL },
		{ ITEMS_2021, NULL, ORDERS_2021, NULL },
		{ ORDERS_2012, NULL, ORDERS_2021, ITEMS_2021 },
		{ ORDERS_2026, ITEMS_2026, ITEMS_2021, ORDERS_2021 },
		{ ORDERS_2021, ITEMS_2021, ORDERS_2012, NULL },
		{ ORDERS_2021, ITEMS_2021, ORDERS_2026, ITEMS_2026 },
	};
	char *first = NULL, *now;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct session *s = fixture_session("owner");

		take(s, "orders", ways[i][0], ways[i][1]);
		if (ways[i][2] != NULL)
			take(s, "orders", ways[i][2], ways[i][3]);
		now = knowledge(s);
		if (first == NULL)
			first = strdup(now);
		same_text(strdup(first), now);
		let_go();
		fixture_end(s);
	}
	free(first);
}

/* A file that says less than the shop knows changes nothing at all. */
static void
an_older_layout_changes_nothing(void **state)
{
	static const char *const less[][2] = { { ORDERS_2012, NULL },
		{ ITEMS_2021, NULL }, { ORDERS_2026, NULL },
		{ ITEMS_2021, ORDERS_2012 }, { ORDERS_2026, ITEMS_2026 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(less) / sizeof(less[0]); i++) {
		struct session *s = fixture_session("owner");
		char *before;

		take(s, "orders", ORDERS_2021, ITEMS_2021);
		before = knowledge(s);
		counts(take(s, "orders", less[i][0], less[i][1]), 0, 0, 8, 0);
		same_text(before, knowledge(s));
		assert_int_equal(fixture_int(s, "SELECT sum(version) FROM "
						"orders"),
		    8);
		let_go();
		fixture_end(s);
	}
}

static void
a_dry_run_changes_nothing(void **state)
{
	static const struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	char *before = everything(s);

	(void)state;
	assert_int_equal(
	    try_import(s, &dry, "orders", ORDERS_2021, ITEMS_2021), 0);
	counts(import_summary(taken), 8, 0, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, 9);
	assert_int_equal(import_summary(taken)->batch, 0);
	same_text(before, everything(s));

	take(s, "orders", ORDERS_2021, NULL);
	before = everything(s);
	assert_int_equal(
	    try_import(s, &dry, "orders", ORDERS_2021, ITEMS_2021), 0);
	counts(import_summary(taken), 0, 8, 0, 0);
	same_text(before, everything(s));
	let_go();
	fixture_end(s);
}

static void
unknown_files_are_refused_with_a_word(void **state)
{
	struct session *s = fixture_session("owner");
	char *before = everything(s);

	(void)state;
	assert_int_equal(try_import(s, NULL, "orders",
			     SAMPLES "pdd/batch_ship_import.csv", ORDERS_2021),
	    ERR_INVALID);
	assert_non_null(strstr(s->err.text, "batch_ship_import"));
	assert_non_null(strstr(s->err.text, "names its columns once"));
	assert_int_equal(try_import(s, NULL, "orders",
			     SAMPLES "taobao/refund_2021_43col.gbk.csv", NULL),
	    ERR_INVALID);
	assert_int_equal(
	    try_import(s, NULL, "products", ORDERS_2021, NULL), ERR_INVALID);
	assert_non_null(strstr(s->err.text, "\"orders\""));
	assert_int_equal(
	    try_import(s, NULL, "orders", SAMPLES "no-such.csv", NULL),
	    ERR_NOTFOUND);
	assert_int_equal(
	    try_import(s, NULL, "weather", ORDERS_2021, NULL), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	same_text(before, everything(s));
	let_go();
	fixture_end(s);
}

static void
an_import_needs_its_permission(void **state)
{
	struct session *s = fixture_session("owner");
	char *before;

	(void)state;
	fixture_role(s, "designer");
	before = everything(s);
	assert_int_equal(
	    try_import(s, NULL, "orders", ORDERS_2021, NULL), ERR_DENIED);
	same_text(before, everything(s));
	let_go();
	fixture_end(s);
}

static void
batches_are_remembered(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_batch *b;
	struct page page;

	(void)state;
	take(s, "orders", ORDERS_2021, ITEMS_2021);
	take(s, "orders", ORDERS_2012, NULL);
	assert_int_equal(import_batch_page(s, PAGE_FIRST, NULL, 10, &page), 0);
	assert_int_equal(page.n, 2);
	b = page_row(&page, 0);
	assert_int_equal(b->id, 2);
	assert_int_equal(b->unchanged_n, 8);
	assert_non_null(strstr(b->files, "ExportOrderList_2012"));
	b = page_row(&page, 1);
	assert_int_equal(b->new_n, 8);
	assert_int_equal(b->line_n, 9);
	assert_string_equal(b->kind, "orders");
	page_free(&page);
	assert_int_equal(fixture_audited(s, "import", 1), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE batch_id = 1"),
	    8);
	let_go();
	fixture_end(s);
}

/* Stops at the n-th time that it is asked. */
static int
stop_at(void *arg, const struct import_progress *p)
{
	int *left = arg;

	assert_true(p->done <= p->total);
	assert_non_null(p->phase);
	return --*left == 0;
}

static void
stopped_at_any_time_nothing_changed(void **state)
{
	struct session *s;
	char *before;
	int i, left, rc;

	(void)state;
	for (i = 1, rc = ERR_CANCELLED; rc < 0; i++) {
		struct import_options opt = { .progress = stop_at,
			.arg = &left };

		s = fixture_session("owner");
		before = everything(s);
		left = i;
		rc = try_import(s, &opt, "orders", ORDERS_2021, ITEMS_2021);
		if (rc < 0) {
			assert_int_equal(rc, ERR_CANCELLED);
			same_text(before, everything(s));
		} else {
			free(before);
		}
		let_go();
		fixture_end(s);
	}
	assert_true(i > 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_is_taken_whole),
		cmocka_unit_test(values_are_those_of_the_file),
		cmocka_unit_test(every_vintage_is_known_and_comes_once),
		cmocka_unit_test(order_of_files_does_not_matter),
		cmocka_unit_test(an_older_layout_changes_nothing),
		cmocka_unit_test(a_dry_run_changes_nothing),
		cmocka_unit_test(unknown_files_are_refused_with_a_word),
		cmocka_unit_test(an_import_needs_its_permission),
		cmocka_unit_test(batches_are_remembered),
		cmocka_unit_test(stopped_at_any_time_nothing_changed),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
