/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "shopmgr/io/sheet_out.h"
#include "tmp.h"

/* Workbooks as programs write them. */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
cells_stand_where_they_say(void **state)
{
	(void)state;
	assert_reads("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>订单编号"
		     "</t></is></c><c r=\"C1\" t=\"str\"><v>c</v></c></row>",
	    "1:订单编号||c\n");
	/* Without a place: beside the one before. Rows too. */
	assert_reads("<row><c><v>1</v></c><c><v>2</v></c></row>"
		     "<row><c r=\"B2\"><v>3</v></c><c><v>4</v></c></row>",
	    "1:1|2\n2:|3|4\n");
	/* What is blank at the end is not there; a blank row neither. */
	assert_reads("<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" "
		     "s=\"4\"/><c r=\"D3\" t=\"str\"><v></v></c></row>"
		     "<row r=\"4\"><c r=\"A4\"/></row><row r=\"9\">"
		     "<c r=\"AA9\"><v>2</v></c></row>",
	    "3:1\n9:||||||||||||||||||||||||||2\n");
	/* Out of order, and twice: the later one counts. */
	assert_reads("<row><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c>"
		     "<c r=\"C1\"><v>4</v></c></row>",
	    "1:1||4\n");
	assert_reads("<row r=\"5\"><c><v>1</v></c></row><row r=\"2\"><c><v>2"
		     "</v></c></row>",
	    "5:1\n6:2\n");
	assert_reads("<x:row xmlns:x=\"m\"><x:c t=\"inlineStr\"><x:is><x:t>"
		     "p</x:t></x:is></x:c></x:row>",
	    "1:p\n");
}

static void
each_type_of_cell_is_text(void **state)
{
	(void)state;
	assert_reads("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
		     "<c t=\"e\"><v>#N/A</v></c><c><f>A1+1</f><v>7</v></c>"
		     "<c t=\"str\"><f>X</f><v>y</v></c><c><f>1</f></c>"
		     "<c t=\"d\"><v>2024-05-30T01:02:03.5Z</v></c>"
		     "<c t=\"n\"><v>1.5</v></c></row>",
	    "1:TRUE|FALSE||7|y||2024-05-30 01:02:03|1.5\n");
}

static void
shared_texts_are_found(void **state)
{
	(void)state;
	assert_sheet(
	    put_sheet("<row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c>"
		      "<c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c>"
		      "<c t=\"s\"><v>1</v></c></row><row><c t=\"s\"><v>9</v>"
		      "</c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
		"<sst><si><t>张</t></si><si><r><t>富</t></r><r><rPr><b/></rPr>"
		"<t xml:space=\"preserve\"> 文本</t></r><rPh sb=\"0\" eb=\"1\">"
		"<t>フ</t></rPh><phoneticPr fontId=\"1\"/></si><si><t>a_x000D_"
		"\nb_x005F_x0041_ _xD83D__xDE00_</t></si><si/></sst>",
		NULL),
	    NULL, "1:富 文本|张|a\r\nb_x0041_ 😀||富 文本\n2!:|2\n3:3\n");
}

static void
numbers_are_as_people_see_them(void **state)
{
	static const char *const cases[][2] = {
		{ "1", "1" },
		{ "1.0", "1" },
		{ "12.50", "12.5" },
		{ "-0", "0" },
		{ "0.1", "0.1" },
		{ "0.30000000000000004", "0.3" },
		{ "1.3811111111E10", "13811111111" },
		{ "999999999999999", "999999999999999" },
		{ "123456789012345", "123456789012345" },
		{ "1E-3", "0.001" },
		{ "1.5E-5", "0.000015" },
		/* More digits than a number keeps: no order number. */
		{ "1234567890123456", "1.23456789012346E+15" },
		{ "3120000000000000011", "3.12E+18" },
		{ "3.12E+18", "3.12E+18" },
		{ "-4E+20", "-4E+20" },
		{ "abc", "abc" },
		{ "1E999", "1E999" },
	};
	struct str s = STR_INIT, want = STR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		str_addf(&s, "<row><c><v>%s</v></c></row>", cases[i][0]);
		str_addf(&want, "%zu:%s\n", i + 1, cases[i][1]);
	}
	assert_reads(s.s, want.s);
	str_done(&s);
	str_done(&want);
}

static void
dates_are_told_by_their_format(void **state)
{
	static const struct {
		const char *v;
		int style;
		const char *want;
	} cases[] = {
		{ "45442", 0, "45442" },
		{ "45442", 1, "2024-05-30 00:00:00" },
		{ "45442.501412037", 2, "2024-05-30 12:02:02" },
		{ "45442.9999999999", 2, "2024-05-31 00:00:00" },
		{ "1", 3, "1900-01-01 00:00:00" },
		{ "59", 3, "1900-02-28 00:00:00" },
		{ "61", 3, "1900-03-01 00:00:00" },
		{ "36585", 3, "2000-02-29 00:00:00" },
		{ "2958465", 3, "9999-12-31 00:00:00" },
		{ "2958466", 3, "2958466" },
		{ "-1", 3, "-1" },
		{ "0.5", 2, "12:00:00" },
		{ "45442", 4, "45442" },
		{ "1.25", 5, "30:00:00" },
		{ "1234", 6, "01234" },
		{ "1234567", 6, "1234567" },
		{ "2.5", 7, "2.5" },
		{ "45442", 8, "45442" },
		{ "45442", 9, "2024-05-30 00:00:00" },
		{ "45442", 99, "45442" },
	};
	struct str s = STR_INIT, want = STR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		str_addf(&s, "<row><c s=\"%d\"><v>%s</v></c></row>",
		    cases[i].style, cases[i].v);
		str_addf(&want, "%zu:%s\n", i + 1, cases[i].want);
	}
	assert_sheet(put_sheet(s.s, NULL, FORMATS), NULL, want.s);
	str_done(&s);
	str_done(&want);
}

static void
the_epoch_of_1904_is_known(void **state)
{
	static const struct book_part parts[] = { BOOK_ROOT, BOOK_LINKS,
		{ "xl/workbook.xml",
		    "<workbook><workbookPr date1904=\"1\"/><sheets><sheet "
		    "name=\"a\" r:id=\"rId1\" xmlns:r=\"r\"/></sheets>"
		    "</workbook>" },
		{ "xl/styles.xml", FORMATS },
		{ "xl/worksheets/sheet1.xml",
		    BOOK_SHEET("<row><c s=\"1\"><v>43980</v></c></row>") } };

	(void)state;
	assert_sheet(
	    put_parts(parts, COUNT(parts)), NULL, "1:2024-05-30 00:00:00\n");
}

#define ONE(s) BOOK_SHEET("<row><c t=\"str\"><v>" s "</v></c></row>")

/* Sheets are in the workbook's order, wherever their parts are. */
static const struct book_part several[] = { { "_rels/.rels", BOOK_RELS
						"<Relationship Id=\"x\" "
						"Type=\"t/officeDocument\" "
						"Target=\"/book/main.xml\"/>"
						"</Relationships>" },
	{ "book/main.xml",
	    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"藏\" state=\"hidden\""
	    " r:id=\"d\"/><sheet name=\"空\" r:id=\"a\"/><sheet name=\"图\" "
	    "r:id=\"z\"/><sheet name=\"export\" r:id=\"c\"/><sheet "
	    "name=\"Second\" r:id=\"b\"/></sheets></workbook>" },
	{ "book/_rels/main.xml.rels", BOOK_RELS
	    "<Relationship Id=\"b\" Type=\"t/worksheet\" "
	    "Target=\"/book/two.xml\"/><Relationship Id=\"a\" "
	    "Type=\"t/worksheet\" Target=\"empty.xml\"/><Relationship "
	    "Id=\"c\" Type=\"t/worksheet\" Target=\"../sheets/./one.xml\"/>"
	    "<Relationship Id=\"d\" Type=\"t/worksheet\" Target=\"hid.xml\"/>"
	    "<Relationship Id=\"z\" Type=\"t/chartsheet\" Target=\"one.xml\"/>"
	    "</Relationships>" },
	{ "book/hid.xml", ONE("hidden") },
	{ "book/empty.xml",
	    BOOK_SHEET("<row><c r=\"A1\"/><c t=\"str\"><v> </v></c></row>") },
	{ "sheets\\ONE.xml", ONE("one") }, { "/book/two.xml", ONE("two") } };

static void
the_sheet_is_the_first_with_rows_or_by_name(void **state)
{
	const char *path = put_parts(several, COUNT(several));
	struct sheet_in_opts opts = { .sheet = "none" };
	struct sheet *sh;

	(void)state;
	assert_sheet(path, NULL, "1:one\n");
	assert_sheet(path, "second", "1:two\n");
	assert_sheet(path, "藏", "1:hidden\n");
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	assert_string_equal(sheet_container(sh), "xlsx (export)");
	assert_string_equal(sheet_encoding(sh), "");
	assert_false(sheet_doubtful(sh));
	sheet_close(sh);
	assert_int_equal(sheet_open_as(&sh, path, &opts, &err), ERR_INVALID);
	assert_string_equal(err.field, "sheet");
	assert_string_equal(err.text,
	    "There is no sheet \"none\" in it; there is: 藏, 空, 图, export, "
	    "Second");
	/* None but the hidden one has rows. */
	assert_sheet(put_parts(several, 5), NULL, "1:hidden\n");
}

/* Those that nobody sees, and those without rows, are not counted. */
static void
sheets_are_turned(void **state)
{
	const char *path = put_parts(several, COUNT(several));
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	assert_int_equal(sheet_count(sh), 2);
	assert_string_equal(sheet_name(sh), "export");
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_int_equal(sheet_turn(sh), 0);
	assert_string_equal(sheet_container(sh), "xlsx (Second)");
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_string_equal(row.fields[0], "two");
	assert_int_equal(sheet_turn(sh), 0);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_string_equal(row.fields[0], "one");
	sheet_close(sh);
}

/* What we write is what we read, by any container. */
static void
our_own_files_come_back(void **state)
{
	static const enum sheet_col cols[] = { COL_ID, COL_TEXT, COL_MONEY,
		COL_TIME, COL_COUNT };
	static const char *const rows[][5] = {
		{ "订单编号", "备注", "金额", "时间", "数量" },
		{ "3120000000000000011", "a\"b,c\nd  e", "12.50",
		    "2024-11-11 00:00:01", "3" },
		{ "007", "", "-0.01", "", "0" },
	};
	const char *path = tmp_path("out.xlsx");
	struct sheet_out *so;

	(void)state;
	assert_int_equal(
	    sheet_out_open(&so, path, &(struct sheet_opts){ 0 }, cols, 5, &err),
	    0);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(sheet_out_row(so, rows[i]), 0);
	assert_int_equal(sheet_out_finish(so), 0);
	sheet_out_close(so);
	assert_sheet(path, NULL,
	    "1:订单编号|备注|金额|时间|数量\n"
	    "2:3120000000000000011|a\"b,c\nd  e|12.5|2024-11-11 00:00:01|3\n"
	    "3:007||-0.01||0\n");
}

/* But for the blanks around, and zeros behind a number's point. */
static void
assert_same(const struct sheet_row *a, const struct sheet_row *b, size_t k)
{
	size_t na = a->lens[k], nb = b->lens[k];
	const char *x = field_clean((char *)(uintptr_t)a->fields[k], &na);
	const char *y = field_clean((char *)(uintptr_t)b->fields[k], &nb);

	if (strchr(y, '.') != NULL)
		assert_true(atof(x) == atof(y));
	else
		assert_string_equal(x, y);
}

/* As the platform hands them out, beside the same saved as CSV. */
static void
the_platforms_workbooks_are_read(void **state)
{
	static const char *const files[][2] = {
		{ "ExportOrderList20376666815.xlsx",
		    "orders_2026_xlsx_saved_as.utf8bom.csv" },
		{ "ExportOrderDetailList20376666816.xlsx",
		    "items_2026_xlsx_saved_as.gbk.csv" },
	};
	struct sheet *book, *text;
	struct sheet_row a, b;
	char path[128];
	int rows, rc;

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		snprintf(
		    path, sizeof(path), "tests/samples/taobao/%s", files[i][0]);
		assert_int_equal(sheet_open(&book, path, &err), 0);
		assert_string_equal(sheet_container(book), "xlsx (export)");
		snprintf(
		    path, sizeof(path), "tests/samples/taobao/%s", files[i][1]);
		assert_int_equal(sheet_open(&text, path, &err), 0);
		for (rows = 0; (rc = sheet_next(text, &b)) > 0; rows++) {
			assert_int_equal(sheet_next(book, &a), 1);
			assert_null(a.bad);
			assert_int_equal(a.line, rows + 1);
			for (size_t k = 0; k < a.n; k++)
				assert_same(&a, &b, k);
		}
		assert_int_equal(rc, 0);
		assert_true(rows > 8);
		assert_int_equal(sheet_next(book, &a), 0);
		sheet_close(book);
		sheet_close(text);
	}
}

static void
reading_begins_again(void **state)
{
	struct str rows = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;
	const char *path;
	uint64_t hash;
	char *all, *again;

	(void)state;
	for (int i = 0; i < 20000; i++)
		str_addf(&rows,
		    "<row><c><v>%d</v></c><c t=\"inlineStr\"><is>"
		    "<t>姓名%d</t></is></c></row>",
		    i, i * 7);
	path = put_sheet(rows.s, NULL, NULL);
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	all = dump(sh);
	hash = sheet_hash(sh);
	assert_true(hash != 0);
	for (int stop = 0; stop < 20000; stop += 6000) {
		assert_int_equal(sheet_rewind(sh), 0);
		for (int i = 0; i <= stop; i++)
			assert_int_equal(sheet_next(sh, &row), 1);
		assert_int_equal(row.line, stop + 1);
	}
	assert_int_equal(sheet_rewind(sh), 0);
	again = dump(sh);
	assert_string_equal(all, again);
	assert_true(sheet_hash(sh) == hash);
	sheet_close(sh);
	free(all);
	free(again);
	str_done(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_stand_where_they_say),
		cmocka_unit_test(each_type_of_cell_is_text),
		cmocka_unit_test(shared_texts_are_found),
		cmocka_unit_test(numbers_are_as_people_see_them),
		cmocka_unit_test(dates_are_told_by_their_format),
		cmocka_unit_test(the_epoch_of_1904_is_known),
		cmocka_unit_test(the_sheet_is_the_first_with_rows_or_by_name),
		cmocka_unit_test(sheets_are_turned),
		cmocka_unit_test(our_own_files_come_back),
		cmocka_unit_test(the_platforms_workbooks_are_read),
		cmocka_unit_test(reading_begins_again),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
