/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Files before they are imported, and layouts that somebody taught. */

static const char wild[] = "\n"
			   "our list of orders\n"
			   "Bestell-Nr,am,wer,was,wieviel,je\n"
			   "W-1,2026-11-01 10:00:00,王小明,锅,2,12.50\n"
			   ",,,盖,1,3\n"
			   "W-2,2026-11-02 10:00:00,李四,锅,1,12.50\n";

static struct import_look look;

static void
look_at(struct session *s, const char *path)
{
	import_look_free(&look);
	if (import_look(s, path, NULL, &look) < 0)
		fail_msg("look: %s", s->err.text);
}

static const char *
cell(const char *const *cells, size_t row, const char *header)
{
	size_t i;

	for (i = 0; i < look.ncols; i++)
		if (strcmp(look.header[i], header) == 0)
			return cells[row * look.ncols + i];
	fail_msg("no column %s", header);
	return "";
}

static void
a_known_file_is_shown_as_it_is_understood(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	look_at(s, SAMPLES "pdd/orders_export_2026.utf8bom.csv");
	assert_string_equal(look.name, "orders_export_2026.utf8bom.csv");
	assert_string_equal(look.kind, "orders");
	assert_non_null(strstr(look.text, "Pinduoduo orders"));
	assert_int_equal(look.header_line, 1);
	assert_int_equal(look.ncols, 27);
	assert_int_equal(look.nrows, 5);
	assert_string_equal(look.fields[0], "title");
	assert_null(look.fields[24]);
	assert_string_equal(cell(look.raw, 1, "订单状态"), "已发货，待签收");
	assert_string_equal(cell(look.read, 1, "订单状态"), "shipped");
	assert_string_equal(
	    cell(look.read, 0, "订单号"), "240601-100000000000001");
	assert_string_equal(cell(look.read, 0, "用户实付金额(元)"), "29.90");
	assert_string_equal(
	    cell(look.read, 1, "发货时间"), "2024-06-01 18:22:10");
	import_look_free(&look);
	fixture_end(s);
}

static void
an_unknown_file_is_shown_with_its_header(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	look_at(s, fixture_file("wild.csv", wild));
	assert_null(look.kind);
	assert_non_null(strstr(look.text, "wild.csv"));
	assert_int_equal(look.header_line, 3);
	assert_int_equal(look.ncols, 6);
	assert_string_equal(look.header[0], "Bestell-Nr");
	assert_int_equal(look.nrows, 3);
	assert_string_equal(cell(look.raw, 1, "was"), "盖");
	import_look_free(&look);
	fixture_end(s);
}

static const char *const all[] = { "order_no", "created_at", "receiver",
	"title", "qty", "price" };

static void
what_was_taught_is_known_from_then_on(void **state)
{
	struct session *s = fixture_session("owner");
	const char *file = fixture_file("wild.csv", wild);
	const struct import_taught *t;
	struct page page;
	int64_t id;

	(void)state;
	look_at(s, file);
	assert_int_equal(
	    import_teach(s, &look, "orders", "ownshop", "Our list", all), 0);
	assert_string_equal(
	    text_of(s, "SELECT op || ' ' || detail FROM audit ORDER BY id DESC "
		       "LIMIT 1"),
	    "layout-teach Our list (orders, ownshop)");
	counts(take(s, "orders", file, NULL), 2, 0, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, 3);
	assert_non_null(strstr(import_file_text(taken, 0), "Our list"));
	assert_string_equal(text_of(s, "SELECT platform FROM shop"), "ownshop");
	assert_string_equal(
	    text_of(s, "SELECT order_no || ' ' || state || ' ' || total FROM "
		       "orders ORDER BY id"),
	    "W-1 2 2800\nW-2 2 1250");
	counts(take(s, "orders", file, NULL), 0, 0, 2, 0);

	assert_int_equal(import_taught_page(s, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	t = page_row(&page, 0);
	assert_string_equal(t->name, "Our list");
	assert_string_equal(
	    t->columns, "Bestell-Nr, am, wer, was, wieviel, je");
	id = t->id;
	page_free(&page);
	assert_int_equal(import_teach(s, &look, "orders", "x", "Our list", all),
	    ERR_CONFLICT);
	assert_int_equal(import_unteach(s, id), 0);
	assert_int_equal(import_unteach(s, id), ERR_NOTFOUND);
	assert_int_equal(
	    try_import(s, NULL, "orders", file, NULL), ERR_INVALID);
	let_go();
	import_look_free(&look);
	fixture_end(s);
}

static void
what_is_missing_or_there_twice_is_said(void **state)
{
	static const char *const no_number[] = { NULL, "created_at", NULL,
		"title", "qty", "price" };
	static const char *const twice[] = { "order_no", "created_at", "title",
		"title", "qty", "price" };
	static const char *const no_goods[] = { "order_no", "created_at", NULL,
		NULL, "qty", NULL };
	static const char *const no_qty[] = { "order_no", "created_at", NULL,
		"title", NULL, "price" };
	static const char *const strange[] = { "order_no", "created_at", NULL,
		"weather", NULL, NULL };
	struct session *s = fixture_session("owner");
	struct page page;

	(void)state;
	look_at(s, fixture_file("wild.csv", wild));
	assert_int_equal(import_teach(s, &look, "orders", NULL, "a", no_number),
	    ERR_INVALID);
	assert_string_equal(s->err.field, "order_no");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", twice), ERR_INVALID);
	assert_string_equal(s->err.field, "title");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", no_goods), ERR_INVALID);
	assert_string_equal(s->err.field, "title");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", no_qty), ERR_INVALID);
	assert_string_equal(s->err.field, "qty");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "a", strange), ERR_INVALID);
	assert_string_equal(s->err.field, "weather");
	assert_int_equal(
	    import_teach(s, &look, "orders", NULL, "", all), ERR_INVALID);
	assert_string_equal(s->err.field, "name");
	assert_int_equal(
	    import_teach(s, &look, "orders", "a b", "a", all), ERR_INVALID);
	assert_string_equal(s->err.field, "platform");
	assert_int_equal(
	    import_teach(s, &look, "refunds", NULL, "a", all), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	assert_int_equal(import_field_page(s, "stock", &page), 0);
	assert_int_equal(page.n, 5);
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM layout_taught"), 0);
	import_look_free(&look);
	fixture_end(s);
}

/* Whose header could be that of a list of ours, too. */
static void
a_file_is_of_the_kind_that_fits_best(void **state)
{
	static const char *const files[][2] = {
		{ "tests/samples/shopify/orders_export.csv", "orders" },
		{ "tests/samples/shopify/customers_export.csv", "customers" },
	};
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		look_at(s, files[i][0]);
		assert_string_equal(look.kind, files[i][1]);
	}
	import_look_free(&look);
	look = (struct import_look){ 0 };
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_of_the_kind_that_fits_best),
		cmocka_unit_test(a_known_file_is_shown_as_it_is_understood),
		cmocka_unit_test(an_unknown_file_is_shown_with_its_header),
		cmocka_unit_test(what_was_taught_is_known_from_then_on),
		cmocka_unit_test(what_is_missing_or_there_twice_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
