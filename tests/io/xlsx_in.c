/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "book.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "shopmgr/io/sheet_out.h"
#include "tmp.h"

#define MIB      ((size_t)1 << 20)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct err err;

static const char *
put_parts(const struct book_part *parts, size_t n)
{
	const char *path = tmp_path("in.xlsx");
	zipFile z = book_begin(path);

	for (size_t i = 0; i < n; i++)
		book_add(z, parts[i].name, parts[i].text);
	book_end(z);
	return path;
}

/* A workbook of one sheet with these rows; @styles and @shared may be NULL. */
static const char *
put_sheet(const char *rows, const char *shared, const char *styles)
{
	const char *path = tmp_path("in.xlsx");
	struct str s = STR_INIT;
	zipFile z = book_plain(path);

	str_addf(&s, BOOK_SHEET("%s"), rows);
	book_add(z, "xl/worksheets/sheet1.xml", s.s);
	if (shared != NULL)
		book_add(z, "xl/sharedStrings.xml", shared);
	if (styles != NULL)
		book_add(z, "xl/styles.xml", styles);
	book_end(z);
	str_done(&s);
	return path;
}

/* The rest of the sheet as text: "LINE:field|field", '!' when it was bad. */
static char *
dump(struct sheet *sh)
{
	struct str out = STR_INIT;
	struct sheet_row row;
	int rc;

	while ((rc = sheet_next(sh, &row)) > 0) {
		str_addf(&out, "%lld%s:", (long long)row.line,
		    row.bad != NULL ? "!" : "");
		for (size_t i = 0; i < row.n; i++) {
			assert_int_equal(strlen(row.fields[i]), row.lens[i]);
			str_addf(&out, "%s%s", i > 0 ? "|" : "", row.fields[i]);
		}
		str_addc(&out, '\n');
		assert_true(row.bytes <= sheet_size(sh));
	}
	assert_int_equal(rc, 0);
	return str_take(&out);
}

static void
assert_sheet(const char *path, const char *sheet, const char *want)
{
	struct sheet_in_opts opts = { .sheet = sheet };
	struct sheet *sh = NULL;
	char *got;

	if (sheet_open_as(&sh, path, &opts, &err) != 0)
		fail_msg("%s", err.text);
	got = dump(sh);
	assert_string_equal(got, want);
	free(got);
	sheet_close(sh);
}

static void
assert_reads(const char *rows, const char *want)
{
	assert_sheet(put_sheet(rows, NULL, NULL), NULL, want);
}

static void
assert_refused(const char *path, const char *why)
{
	struct sheet *sh = NULL;

	assert_int_equal(sheet_open(&sh, path, &err), ERR_INVALID);
	assert_null(sh);
	if (strstr(err.text, why) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", why, err.text);
}

/* The sentence of the last row, which is bad. */
static void
assert_breaks_off(const char *path, int rows, const char *why)
{
	struct sheet *sh = NULL;
	struct sheet_row row;

	assert_int_equal(sheet_open(&sh, path, &err), 0);
	for (int i = 0; i < rows; i++) {
		assert_int_equal(sheet_next(sh, &row), 1);
		assert_null(row.bad);
	}
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_non_null(row.bad);
	if (strstr(row.bad, why) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", why, row.bad);
	assert_int_equal(sheet_next(sh, &row), 0);
	sheet_close(sh);
}

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

#define FORMATS \
	"<styleSheet><numFmts><numFmt numFmtId=\"164\" " \
	"formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d\"/><numFmt " \
	"numFmtId=\"165\" formatCode=\"[Red]#,##0.00 &quot;days&quot;\"/>" \
	"<numFmt numFmtId=\"166\" formatCode=\"[h]:mm:ss\"/><numFmt " \
	"numFmtId=\"167\" formatCode=\"00000\"/><numFmt numFmtId=\"168\" " \
	"formatCode=\"0.00_);\\(0.00\\)\"/></numFmts><cellStyleXfs><xf " \
	"numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf " \
	"numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf " \
	"numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf " \
	"numFmtId=\"168\"/><xf numFmtId=\"49\"/><xf numFmtId=\"57\"/>" \
	"</cellXfs></styleSheet>"

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

static void
bad_cells_cost_their_row_alone(void **state)
{
	struct str s = STR_INIT, want = STR_INIT;

	(void)state;
	assert_reads("<row><c r=\"A1\"><v>1</v></c></row><row><c "
		     "r=\"ZZZZZZ99999999\"><v>2</v></c></row><row><c "
		     "r=\"7\"><v>3</v></c></row><row><c r=\"XFE4\"><v>4</v>"
		     "</c></row><row><c r=\"A\"><v>5</v></c></row>",
	    "1:1\n2!:2\n3!:3\n4!:4\n5:5\n");
	/* Too many columns; the last that a sheet can have. */
	str_add(&s, "<row><c r=\"XFD1\"><v>1</v></c></row><row>");
	for (int i = 0; i < 10000; i++)
		str_add(&s, "<c><v>1</v></c>");
	str_add(&s, "</row><row><c><v>2</v></c></row>");
	str_add(&want, "1!:");
	for (int i = 1; i < 1000; i++)
		str_addc(&want, '|');
	str_add(&want, "\n2!:1");
	for (int i = 1; i < 1000; i++)
		str_add(&want, "|1");
	str_add(&want, "\n3:2\n");
	assert_reads(s.s, want.s);
	str_cut(&s, 0);
	/* A text that is too long. */
	str_add(&s, "<row><c><v>1</v></c><c t=\"str\"><v>");
	for (size_t i = 0; i < 2 * MIB; i++)
		str_addc(&s, "abcdefghijklmnop"[i * i / 7 % 16]);
	str_add(&s, "</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>");
	assert_reads(s.s, "1!:1||3\n2:4\n");
	str_done(&s);
	str_done(&want);
}

static void
rows_before_the_damage_are_kept(void **state)
{
	const char *path;

	(void)state;
	path = put_sheet(
	    "<row><c><v>1</v></c></row><row><c><v>2</c></row>", NULL, NULL);
	assert_breaks_off(path, 1, "What follows line 2 was not read");
	path = put_sheet("<row><c><v>1</v></c></row>&nbsp;", NULL, NULL);
	assert_breaks_off(path, 1, "undefined entity");
	path = put_sheet("<row r=\"1048576\"><c><v>1</v></c></row>"
			 "<row><c><v>2</v></c></row>",
	    NULL, NULL);
	assert_breaks_off(path, 1, "no more than 1048576 rows");
}

/* Cut off anywhere, and with a byte wrong anywhere. */
static void
damaged_files_do_no_harm(void **state)
{
	const char *path = put_sheet("<row><c t=\"s\"><v>0</v></c></row><row>"
				     "<c s=\"1\"><v>2</v></c></row>",
	    "<sst><si><t>张</t></si></sst>", FORMATS);
	FILE *f = fopen(path, "rb");
	const char *to = tmp_path("cut.xlsx");
	char buf[16384];
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(buf, 1, sizeof(buf), f);
	fclose(f);
	for (size_t i = 0; i < 2 * n; i += 5) {
		struct sheet *sh = NULL;
		struct sheet_row row;
		int rc, rows = 0;

		f = fopen(to, "wb");
		if (i >= n)
			buf[i - n] ^= 0x15;
		assert_int_equal(
		    fwrite(buf, 1, i < n ? i : n, f), i < n ? i : n);
		fclose(f);
		if (i >= n)
			buf[i - n] ^= 0x15;
		rc = sheet_open(&sh, to, &err);
		if (rc < 0) {
			assert_int_equal(rc, ERR_INVALID);
			assert_true(err.text[0] != '\0');
			continue;
		}
		while ((rc = sheet_next(sh, &row)) > 0)
			rows++;
		assert_int_equal(rc, 0);
		/* The last bytes are the length of a remark. */
		if (i >= 4 && i + 4 < n)
			fail_msg("%zu of %zu bytes were enough", i, n);
		sheet_close(sh);
	}
}

static void
archives_that_are_no_workbooks_are_refused(void **state)
{
	static const struct {
		struct book_part parts[4];
		const char *why;
	} cases[] = {
		{ { { "a.csv", "1,2" } }, "is a zip archive: unpack it" },
		{ { { "../../etc/passwd", "x" }, { "/etc/passwd", "x" } },
		    "is a zip archive: unpack it" },
		{ { { "content.xml", "" }, { "mimetype", "" } },
		    "OpenDocument file (.ods)" },
		{ { { "xl/workbook.bin", "" }, { "[Content_Types].xml", "" } },
		    "binary Excel workbook (.xlsb)" },
		{ { { "[Content_Types].xml", "<x/>" } },
		    "is damaged (workbook.xml)" },
		/* Empty parts, missing parts, relations to nowhere. */
		{ { BOOK_ROOT, { "xl/workbook.xml", "" } },
		    "xl/workbook.xml:1:0: no element found" },
		{ { BOOK_ROOT, BOOK_WORKBOOK }, "is damaged (workbook.xml)" },
		{ { BOOK_ROOT, BOOK_WORKBOOK,
		      { "xl/_rels/workbook.xml.rels",
			  "<a><Relationship Id=\"rId1\" Type=\"/worksheet\" "
			  "Target=\"" } },
		    "workbook.xml.rels:1:3: unclosed token" },
		{ { BOOK_ROOT, BOOK_WORKBOOK, BOOK_LINKS,
		      { "xl/sharedStrings.xml",
			  "<!DOCTYPE a [<!ENTITY a \"aaaaaaaa\"><!ENTITY b "
			  "\"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>" } },
		    "xl/sharedStrings.xml: DOCTYPE" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = 0;

		while (n < 4 && cases[i].parts[n].name != NULL)
			n++;
		assert_refused(put_parts(cases[i].parts, n), cases[i].why);
	}
}

/* A sheet that is the workbook, whose relations are its own. */
static void
relations_in_a_circle_end(void **state)
{
	static const struct book_part parts[] = { BOOK_ROOT, BOOK_WORKBOOK,
		{ "xl/_rels/workbook.xml.rels",
		    BOOK_RELS "<Relationship Id=\"rId1\" Type=\"/worksheet\" "
			      "Target=\"../../../xl/workbook.xml\"/>"
			      "<Relationship Id=\"rId2\" Type=\"/styles\" "
			      "Target=\"workbook.xml\"/><Relationship "
			      "Id=\"rId3\" Type=\"/sharedStrings\" "
			      "Target=\"_rels/workbook.xml.rels\"/>"
			      "</Relationships>" } };

	(void)state;
	assert_sheet(put_parts(parts, COUNT(parts)), NULL, "");
}

static void
a_locked_part_is_refused(void **state)
{
	const char *path = put_sheet("<row/>", NULL, NULL);
	char buf[8192];
	FILE *f = fopen(path, "r+b");
	size_t n = fread(buf, 1, sizeof(buf), f);

	(void)state;
	for (size_t i = 0; i + 8 < n; i++) {
		if (memcmp(buf + i, "PK\1\2", 4) == 0)
			buf[i + 8] |= 1;
		else if (memcmp(buf + i, "PK\3\4", 4) == 0)
			buf[i + 6] |= 1;
	}
	rewind(f);
	assert_int_equal(fwrite(buf, 1, n, f), n);
	fclose(f);
	assert_refused(path, "is locked with a password");
}

/* What the process has grown by at most, in MiB, since the last call. */
static long
grown(void)
{
	static long before;
	struct rusage now;
	long n;

	getrusage(RUSAGE_SELF, &now);
	n = now.ru_maxrss / 1024 - before;
	before = now.ru_maxrss / 1024;
	return n;
}

static void
fill(zipFile z, const char *text, size_t n, size_t mib)
{
	char *block = xmalloc(MIB);

	for (size_t i = 0; i + n <= MIB; i += n)
		memcpy(block + i, text, n);
	memset(block + MIB - MIB % n, ' ', MIB % n);
	while (mib-- > 0)
		book_write(z, block, MIB);
	free(block);
}

static void
bombs_do_not_go_off(void **state)
{
	static const struct {
		const char *part, *head, *body;
		const char *why;
		bool opens;
	} cases[] = {
		{ "xl/worksheets/sheet1.xml",
		    "<worksheet><sheetData><row><c><v>1</v></c></row><row>",
		    "<c><v>0</v></c>", "unpacks to far too much", true },
		{ "xl/worksheets/sheet1.xml",
		    "<worksheet><sheetData><row><c><v>1</v></c></row><row><c "
		    "t=\"inlineStr\"><is><t>",
		    "x", "unpacks to far too much", true },
		/* A tag, a comment and a depth without end. */
		{ "xl/worksheets/sheet1.xml",
		    "<worksheet><sheetData><row><c><v>1</v></c></row><row x=\"",
		    "y", "out of memory", true },
		{ "xl/worksheets/sheet1.xml",
		    "<worksheet><sheetData><row><c><v>1</v></c></row><!-- ",
		    "z", "out of memory", true },
		{ "xl/worksheets/sheet1.xml",
		    "<worksheet><sheetData><row><c><v>1</v></c></row>", "<a>",
		    "out of memory", true },
		{ "xl/sharedStrings.xml", "<sst>", "<si><t>aaaa</t></si>",
		    "unpacks to far too much", false },
		{ "xl/sharedStrings.xml", "<sst>", "<si/>",
		    "unpacks to far too much", false },
		{ "xl/styles.xml", "<styleSheet><cellXfs>",
		    "<xf numFmtId=\"14\"/>", "unpacks to far too much", false },
	};
	const char *path = tmp_path("bomb.xlsx");

	(void)state;
	grown();
	for (size_t i = 0; i < COUNT(cases); i++) {
		zipFile z = book_plain(path);

		if (strstr(cases[i].part, "sheet1") == NULL)
			book_add(z, "xl/worksheets/sheet1.xml",
			    BOOK_SHEET("<row><c><v>1</v></c></row>"));
		book_part(z, cases[i].part);
		book_write(z, cases[i].head, strlen(cases[i].head));
		fill(z, cases[i].body, strlen(cases[i].body), 18);
		zipCloseFileInZip(z);
		book_end(z);
		if (cases[i].opens)
			assert_breaks_off(path, 1, cases[i].why);
		else
			assert_refused(path, cases[i].why);
	}
	assert_in_range(grown() + 1, 0, 64);
}

static void
an_archive_of_too_many_parts_is_refused(void **state)
{
	const char *path = tmp_path("many.xlsx");
	zipFile z = book_plain(path);
	char name[32];

	(void)state;
	for (int i = 0; i < 10001; i++) {
		snprintf(name, sizeof(name), "%d", i);
		book_add(z, name, "");
	}
	book_end(z);
	assert_refused(path, "more than 10000 parts");
}

/* Texts beyond what is kept in memory, asked for in order and at random. */
static void
many_texts_take_little_memory(void **state)
{
	enum { TEXTS = 250000, CELLS = 100000 };
	const char *path = tmp_path("texts.xlsx");
	struct sheet_row row;
	struct sheet *sh;
	struct str s = STR_INIT;
	char want[128];
	zipFile z;

	(void)state;
	grown();
	z = book_plain(path);
	book_part(z, "xl/sharedStrings.xml");
	book_write(z, "<sst>", 5);
	for (int i = 0; i < TEXTS; i++) {
		str_cut(&s, 0);
		str_addf(&s, "<si><t>%d-%0*d</t></si>", i, 80 + i % 7, i * 31);
		book_write(z, s.s, s.len);
	}
	book_write(z, "</sst>", 6);
	zipCloseFileInZip(z);
	book_part(z, "xl/worksheets/sheet1.xml");
	book_write(z, "<worksheet><sheetData>", 22);
	for (int i = 0; i < CELLS; i++) {
		str_cut(&s, 0);
		str_addf(&s,
		    "<row><c t=\"s\"><v>%d</v></c><c t=\"s\"><v>%d</v></c>"
		    "</row>",
		    i, (int)((int64_t)i * 7919 % TEXTS));
		book_write(z, s.s, s.len);
	}
	book_write(z, "</sheetData></worksheet>", 24);
	zipCloseFileInZip(z);
	book_end(z);
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	for (int i = 0; i < CELLS; i++) {
		int k = (int)((int64_t)i * 7919 % TEXTS);

		assert_int_equal(sheet_next(sh, &row), 1);
		snprintf(want, sizeof(want), "%d-%0*d", i, 80 + i % 7, i * 31);
		assert_string_equal(row.fields[0], want);
		snprintf(want, sizeof(want), "%d-%0*d", k, 80 + k % 7, k * 31);
		assert_string_equal(row.fields[1], want);
	}
	assert_int_equal(sheet_next(sh, &row), 0);
	sheet_close(sh);
	assert_in_range(grown() + 1, 0, 40);
	str_done(&s);
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
		cmocka_unit_test(our_own_files_come_back),
		cmocka_unit_test(the_platforms_workbooks_are_read),
		cmocka_unit_test(reading_begins_again),
		cmocka_unit_test(bad_cells_cost_their_row_alone),
		cmocka_unit_test(rows_before_the_damage_are_kept),
		cmocka_unit_test(damaged_files_do_no_harm),
		cmocka_unit_test(archives_that_are_no_workbooks_are_refused),
		cmocka_unit_test(relations_in_a_circle_end),
		cmocka_unit_test(a_locked_part_is_refused),
		cmocka_unit_test(bombs_do_not_go_off),
		cmocka_unit_test(an_archive_of_too_many_parts_is_refused),
		cmocka_unit_test(many_texts_take_little_memory),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
