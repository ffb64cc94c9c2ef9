/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../io/pdf.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/stocktake.h"

/* The papers of the store, read back. */

static const char *
path(void)
{
	return tmp_path("store.pdf");
}

static int64_t
received(struct session *s)
{
	struct stock_line lines[] = {
		{ .sku = "WOK-30", .qty = 3, .cost = 4200 },
		{ .sku = "LID-30", .qty = 2, .cost = 900 },
	};
	const struct stock_doc doc = {
		.supplier = "永康市厨具厂", .lines = lines, .n = 2
	};
	int64_t id;

	fixture_variant(s, "WOK-30", 0, 0);
	fixture_variant(s, "LID-30", 0, 0);
	assert_int_equal(stock_write(s, STOCK_RECEIVE, &doc, &id), 0);
	return id;
}

static void
a_slip_is_to_be_signed(void **state)
{
	const struct print_job job = { .path = path() };
	struct session *s = fixture_session("owner");
	struct print_said said;
	int64_t id = received(s);
	char code[64];
	const char *text;

	(void)state;
	assert_int_equal(print_stock_slip(s, id, &job, &said), 0);
	assert_int_equal(said.pages, 1);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "Goods receipt"));
	assert_non_null(strstr(text, "永康市厨具厂"));
	assert_non_null(strstr(text, "WOK-30"));
	assert_non_null(strstr(text, "144.00"));
	assert_non_null(strstr(text, "Storekeeper"));
	snprintf(code, sizeof(code), "CODE-128:IN-%06d\n", (int)id);
	assert_string_equal(pdf_codes(path(), 1), code);
	/* What it is worth is not for everybody. */
	fixture_role(s, "clerk");
	assert_int_equal(print_stock_slip(s, id, &job, &said), 0);
	assert_null(strstr(pdf_text(path(), 1), "144.00"));
	assert_int_equal(print_stock_slip(s, 99, &job, &said), ERR_NOTFOUND);
	fixture_end(s);
}

static void
a_ledger_has_every_move(void **state)
{
	const struct print_job job = { .path = path() };
	const struct stock_entry out = {
		.sku = "WOK-30", .qty = 1, .reason = "样品"
	};
	struct session *s = fixture_session("owner");
	struct print_said said;
	int64_t id;
	const char *text;

	(void)state;
	received(s);
	assert_int_equal(stock_issue(s, &out, &id), 0);
	assert_int_equal(print_ledger(s, 1, &job, &said), 0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "样品"));
	assert_non_null(strstr(text, "IN-0000"));
	assert_non_null(strstr(text, "OUT-0000"));
	assert_non_null(strstr(text, "Main warehouse 2")); /* what is there */
	/* A paper that is an issue by its name has no minus. */
	assert_int_equal(print_stock_slip(s, id, &job, &said), 0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "42.00"));
	assert_null(strstr(text, "-42.00"));
	assert_int_equal(print_ledger(s, 99, &job, &said), ERR_NOTFOUND);
	fixture_end(s);
}

static void
labels_are_read_by_the_scanner(void **state)
{
	const struct print_job job = { .path = path() };
	struct print_goods goods[] = { { 1, 2 }, { 2, 1 } };
	struct session *s = fixture_session("owner");
	struct print_said said;
	int64_t id = received(s);

	(void)state;
	assert_int_equal(print_goods_labels(s, goods, 2, &job, &said), 0);
	assert_int_equal(said.pages, 3);
	assert_string_equal(said.warning, "");
	assert_string_equal(pdf_codes(path(), 2), "CODE-128:WOK-30\n");
	assert_string_equal(pdf_codes(path(), 3), "CODE-128:LID-30\n");
	assert_non_null(strstr(pdf_text(path(), 1), "WOK-30"));
	/* As many as came. */
	assert_int_equal(print_receipt_labels(s, id, &job, &said), 0);
	assert_int_equal(said.pages, 5);
	goods[0].labels = 0;
	assert_int_equal(
	    print_goods_labels(s, goods, 2, &job, &said), ERR_INVALID);
	assert_string_equal(s->err.field, "labels");
	goods[0].labels = 5000;
	assert_int_equal(
	    print_goods_labels(s, goods, 2, &job, &said), ERR_INVALID);
	fixture_end(s);
}

/* A code that is too long for bars, or is not in their alphabet. */
static void
what_is_no_bars_becomes_a_square(void **state)
{
	const struct print_job job = { .path = path() };
	const struct print_goods goods[] = { { 1, 1 }, { 2, 1 } };
	struct session *s = fixture_session("owner");
	struct print_said said;

	(void)state;
	fixture_variant(s, "ZHANGQIU-WOK-30CM-BLACK-WITH-LID-2026", 0, 0);
	fixture_variant(s, "铁锅30", 0, 0);
	assert_int_equal(print_goods_labels(s, goods, 2, &job, &said), 0);
	assert_string_equal(pdf_codes(path(), 1),
	    "QR-Code:ZHANGQIU-WOK-30CM-BLACK-WITH-LID-2026\n");
	assert_string_equal(pdf_codes(path(), 2), "QR-Code:铁锅30\n");
	fixture_end(s);
}

static void
bins_have_labels(void **state)
{
	const struct print_job job = { .path = path() };
	struct bin_edit e = {
		.code = "A-01-1", .kind = "pick", .active = true
	};
	struct session *s = fixture_session("owner");
	struct print_said said;
	int64_t ids[2];

	(void)state;
	fixture_variant(s, "WOK-30", 1, 4200); /* in no bin in particular */
	ids[0] = fixture_int(s, "SELECT id FROM bin WHERE code = '' /*scan*/");
	assert_int_equal(bin_add(s, &e, &ids[1]), 0);
	assert_int_equal(print_bin_labels(s, ids, 2, &job, &said), 0);
	assert_int_equal(said.printed, 1);
	assert_int_equal(said.left_out, 1);
	assert_non_null(strstr(pdf_text(path(), 1), "A-01-1"));
	assert_string_equal(pdf_codes(path(), 1), "CODE-128:A-01-1\n");
	/* One without a code has none. */
	assert_int_equal(print_bin_labels(s, ids, 1, &job, &said), ERR_STATE);
	fixture_end(s);
}

/* Bin by bin with their barcodes; blind, the books are nobody's business. */
static void
a_count_has_a_sheet_to_write_on(void **state)
{
	const struct print_job job = { .path = path() };
	struct stocktake_edit e = { .kind = "full", .blind = "no" };
	struct session *s = fixture_session("owner");
	struct stocktake_place place;
	struct stocktake_taken taken;
	struct print_said said;
	struct stock_line l = { .sku = "WOK-30", .qty = 4711, .cost = 1 };
	const struct stock_doc doc = { .lines = &l, .n = 1 };
	const char *text;
	int64_t id;

	(void)state;
	fixture_variant(s, "WOK-30", 0, 0);
	fixture_variant(s, "LID-30", 0, 0);
	copy_text(l.bin, sizeof(l.bin), "A-10");
	assert_int_equal(stock_write(s, STOCK_RECEIVE, &doc, &id), 0);
	copy_text(l.bin, sizeof(l.bin), "A-2");
	copy_text(l.sku, sizeof(l.sku), "LID-30");
	assert_int_equal(stock_write(s, STOCK_RECEIVE, &doc, &id), 0);
	assert_int_equal(stocktake_start(s, &e, &id), 0);
	assert_int_equal(print_count_sheet(s, id, &job, &said), 0);
	assert_int_equal(said.pages, 1);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "Count sheet"));
	assert_non_null(strstr(text, "4711"));
	assert_true(strstr(text, "A-2") < strstr(text, "A-10"));
	text = pdf_codes(path(), 1);
	assert_non_null(strstr(text, "CT-000001"));
	assert_non_null(strstr(text, "A-2"));
	assert_non_null(strstr(text, "A-10"));
	/* What is counted is not on it; and then there is no sheet. */
	assert_int_equal(stocktake_bin(s, id, "A-2", &place), 0);
	assert_int_equal(stocktake_take(s, id, place.bin_id, "LID-30",
			     STOCKTAKE_EXACTLY, 4711, &taken),
	    0);
	assert_int_equal(print_count_sheet(s, id, &job, &said), 0);
	assert_null(strstr(pdf_text(path(), 1), "LID-30"));
	assert_int_equal(stocktake_bin(s, id, "A-10", &place), 0);
	assert_int_equal(stocktake_take(s, id, place.bin_id, "WOK-30",
			     STOCKTAKE_EXACTLY, 4711, &taken),
	    0);
	assert_int_equal(print_count_sheet(s, id, &job, &said), ERR_STATE);
	assert_int_equal(said.printed, 0);
	assert_int_equal(stocktake_cancel(s, id, "again, blind"), 0);
	copy_text(e.blind, sizeof(e.blind), "yes");
	assert_int_equal(stocktake_start(s, &e, &id), 0);
	assert_int_equal(print_count_sheet(s, id, &job, &said), 0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "WOK-30"));
	assert_null(strstr(text, "4711"));
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_is_to_be_signed),
		cmocka_unit_test(a_ledger_has_every_move),
		cmocka_unit_test(labels_are_read_by_the_scanner),
		cmocka_unit_test(what_is_no_bars_becomes_a_square),
		cmocka_unit_test(bins_have_labels),
		cmocka_unit_test(a_count_has_a_sheet_to_write_on),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
