/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
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
#include "tmp.h"

/* Workbooks that are broken, or made to hurt. */

#define MIB      ((size_t)1 << 20)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

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

/* The file of the test before, and a disk that is full. */
static void
texts_that_find_no_room_are_told(void **state)
{
	struct rlimit old, less = { 4 * MIB, 4 * MIB };
	struct sheet *sh = NULL;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	less.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	assert_int_equal(sheet_open(&sh, tmp_path("texts.xlsx"), &err), ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_null(sh);
	assert_non_null(strstr(err.text, "cannot be kept in a temporary file"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_cells_cost_their_row_alone),
		cmocka_unit_test(rows_before_the_damage_are_kept),
		cmocka_unit_test(damaged_files_do_no_harm),
		cmocka_unit_test(archives_that_are_no_workbooks_are_refused),
		cmocka_unit_test(relations_in_a_circle_end),
		cmocka_unit_test(a_locked_part_is_refused),
		cmocka_unit_test(bombs_do_not_go_off),
		cmocka_unit_test(an_archive_of_too_many_parts_is_refused),
		cmocka_unit_test(many_texts_take_little_memory),
		cmocka_unit_test(texts_that_find_no_room_are_told),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
