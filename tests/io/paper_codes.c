/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdf.h"
#include "shopmgr/io/paper.h"

/* Barcodes, read back as a scanner does. */

static struct err err;

static struct paper *
begin(const struct paper_format *format)
{
	struct paper *p;

	assert_int_equal(
	    paper_open(&p, tmp_path("codes.pdf"), format, &err), 0);
	return p;
}

static const char *
scanned(struct paper *p, int page)
{
	assert_int_equal(paper_finish(p), 0);
	paper_close(p);
	return pdf_codes(tmp_path("codes.pdf"), page);
}

static void
a_waybill_is_read_as_code_128(void **state)
{
	struct paper *p = begin(&paper_label);

	(void)state;
	paper_code(p, (struct paper_box){ 5, 20, 90, 20 }, PAPER_CODE128,
	    "SF1234567890123");
	assert_string_equal(scanned(p, 1), "CODE-128:SF1234567890123\n");
}

static void
code_128_takes_all_printable_ascii(void **state)
{
	struct paper *p = begin(&paper_a4);

	(void)state;
	paper_code(p, (struct paper_box){ 10, 20, 190, 15 }, PAPER_CODE128,
	    "jd-V0012/345 (a~z) #!");
	assert_string_equal(scanned(p, 1), "CODE-128:jd-V0012/345 (a~z) #!\n");
}

static void
chinese_is_read_in_a_qr_code(void **state)
{
	struct paper *p = begin(&paper_label);

	(void)state;
	paper_code(p, (struct paper_box){ 60, 120, 32, 32 }, PAPER_QR,
	    "订单 4119203366520877702，㛃㭎路 3 号");
	assert_string_equal(
	    scanned(p, 1), "QR-Code:订单 4119203366520877702，㛃㭎路 3 号\n");
}

static void
an_ean_13_stands_on_a_shelf_label_with_its_digits(void **state)
{
	struct paper *p = begin(&paper_bin);
	const char *text;

	(void)state;
	paper_code(p, (struct paper_box){ 3, 10, 54, 20 }, PAPER_EAN13,
	    "6901234567892");
	paper_page(p);
	paper_code(p, (struct paper_box){ 3, 10, 54, 20 }, PAPER_EAN13,
	    "690123456789"); /* without its check digit */
	assert_string_equal(scanned(p, 1), "EAN-13:6901234567892\n");
	assert_string_equal(
	    pdf_codes(tmp_path("codes.pdf"), 2), "EAN-13:6901234567892\n");
	text = pdf_text(tmp_path("codes.pdf"), 2);
	assert_non_null(strstr(text, "901234"));
	assert_non_null(strstr(text, "567892"));
}

static void
a_label_has_both(void **state)
{
	struct paper *p = begin(&paper_label);
	const char *said;

	(void)state;
	paper_code(p, (struct paper_box){ 5, 20, 90, 20 }, PAPER_CODE128,
	    "YT8812345678901");
	paper_code(p, (struct paper_box){ 65, 110, 30, 30 }, PAPER_QR,
	    "https://example.com/o/4119203366520877702");
	said = scanned(p, 1);
	assert_non_null(strstr(said, "CODE-128:YT8812345678901\n"));
	assert_non_null(strstr(
	    said, "QR-Code:https://example.com/o/4119203366520877702\n"));
}

/* A printed sheet of parcels is scanned at pick-up. */
static void
rows_of_a_table_carry_barcodes(void **state)
{
	static const struct paper_col cols[] = {
		{ .title = "Waybill", .width = 80, .flags = PAPER_BARS },
		{ .title = "City" },
	};
	struct paper *p = begin(&paper_a4);
	const char *said;

	(void)state;
	paper_title(p, "Manifest", "HM20261122-01");
	paper_table(p, cols, 2);
	paper_row(p, (const char *[]){ "SF0000000000001", "Shenzhen" });
	paper_row(p, (const char *[]){ "", "none yet" });
	paper_row(p, (const char *[]){ "SF0000000000002", "Beijing" });
	said = scanned(p, 1);
	assert_non_null(strstr(said, "CODE-128:HM20261122-01\n"));
	assert_non_null(strstr(said, "CODE-128:SF0000000000001\n"));
	assert_non_null(strstr(said, "CODE-128:SF0000000000002\n"));
}

static void
what_no_barcode_can_say_is_known_beforehand(void **state)
{
	static const struct {
		enum paper_symbol symbol;
		const char *text;
		double width;
		int rc;
	} tries[] = {
		{ PAPER_CODE128, "SF1234567890123", 90, 0 },
		{ PAPER_CODE128, "SF1234567890123", 25, ERR_INVALID },
		{ PAPER_CODE128, "", 90, ERR_INVALID },
		{ PAPER_CODE128, "顺丰123", 90, ERR_INVALID },
		{ PAPER_CODE128, "a\tb", 90, ERR_INVALID },
		{ PAPER_EAN13, "6901234567892", 54, 0 },
		{ PAPER_EAN13, "6901234567890", 54, ERR_INVALID },
		{ PAPER_EAN13, "69012345", 54, ERR_INVALID },
		{ PAPER_EAN13, "69012345678x2", 54, ERR_INVALID },
		{ PAPER_QR, "李四", 20, 0 },
		{ PAPER_QR, "", 20, ERR_INVALID },
		{ PAPER_QR, "\xff\xfe", 20, ERR_INVALID },
		{ PAPER_QR, "李四", 3, ERR_INVALID },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		err.text[0] = '\0';
		if (paper_encodes(tries[i].symbol, tries[i].text,
			tries[i].width, &err) != tries[i].rc)
			fail_msg("%s: %s", tries[i].text, err.text);
		assert_true(tries[i].rc == 0 || err.text[0] != '\0');
	}
}

static void
a_barcode_that_cannot_be_drawn_spoils_the_document(void **state)
{
	struct paper *p = begin(&paper_label);

	(void)state;
	unlink(tmp_path("codes.pdf"));
	paper_code(
	    p, (struct paper_box){ 5, 20, 90, 20 }, PAPER_CODE128, "顺丰123");
	paper_text(p, (struct paper_box){ 5, 50, 90, 20 }, NULL, "more");
	assert_int_equal(paper_finish(p), ERR_INVALID);
	assert_non_null(strstr(err.text, "顺丰123"));
	paper_close(p);
	assert_int_equal(access(tmp_path("codes.pdf"), F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_waybill_is_read_as_code_128),
		cmocka_unit_test(code_128_takes_all_printable_ascii),
		cmocka_unit_test(chinese_is_read_in_a_qr_code),
		cmocka_unit_test(
		    an_ean_13_stands_on_a_shelf_label_with_its_digits),
		cmocka_unit_test(a_label_has_both),
		cmocka_unit_test(rows_of_a_table_carry_barcodes),
		cmocka_unit_test(what_no_barcode_can_say_is_known_beforehand),
		cmocka_unit_test(
		    a_barcode_that_cannot_be_drawn_spoils_the_document),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
