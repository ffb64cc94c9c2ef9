/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "tmp.h"

#define MIB ((size_t)1 << 20)

/* A literal with its length: the bytes may be anything. */
#define BYTES(s) (s), sizeof(s) - 1

static struct err err;

static const char *
put(const char *bytes, size_t len)
{
	const char *path = tmp_path("in.csv");
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
	return path;
}

static struct sheet *
given(const char *bytes, size_t len)
{
	struct sheet *sh = NULL;

	assert_int_equal(sheet_open(&sh, put(bytes, len), &err), 0);
	return sh;
}

/* The rest of the file as text: "LINE:field|field", '!' when it was bad. */
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
	}
	assert_int_equal(rc, 0);
	return str_take(&out);
}

static void
assert_reads(const char *bytes, size_t len, const char *want)
{
	struct sheet *sh = given(bytes, len);
	char *got = dump(sh);

	assert_string_equal(got, want);
	free(got);
	sheet_close(sh);
}

/* The sentence of the first bad row. */
static void
assert_bad(const char *bytes, size_t len, const char *want)
{
	struct sheet *sh = given(bytes, len);
	struct sheet_row row;

	do
		assert_int_equal(sheet_next(sh, &row), 1);
	while (row.bad == NULL);
	assert_string_equal(row.bad, want);
	sheet_close(sh);
}

static void
rows_are_read_with_their_lines(void **state)
{
	(void)state;
	assert_reads(BYTES("a,b\n1,2\n3,4\n"), "1:a|b\n2:1|2\n3:3|4\n");
	assert_reads(BYTES("a,b\r\n1,2\r\n3,4"), "1:a|b\n2:1|2\n3:3|4\n");
	assert_reads(BYTES("a,b\r1,2\r3,4\r"), "1:a|b\n2:1|2\n3:3|4\n");
	assert_reads(BYTES("\n\na,b\n\n1,2\n\n"), "3:a|b\n5:1|2\n");
	assert_reads(
	    BYTES("a,b\n1,\"x\ny\"\n3,4\n"), "1:a|b\n2:1|x\ny\n4:3|4\n");
	assert_reads(
	    BYTES("a,b\r\n1,\"x\r\ny\"\r\n3,4"), "1:a|b\n2:1|x\r\ny\n4:3|4\n");
	assert_reads(BYTES("a,b\n,\n1\n1,2,3\n"), "1:a|b\n2:|\n3:1\n4:1|2|3\n");
	assert_reads(BYTES(""), "");
	assert_reads(BYTES("\n\r\n"), "");
}

static void
quotes_are_taken_as_platforms_write_them(void **state)
{
	(void)state;
	assert_reads(BYTES("=\"0012\",\"a \"\"b\"\"\",\"\",x\n"),
	    "1:=\"0012\"|a \"b\"||x\n");
	/* A data pack's unescaped quotes within a field. */
	assert_reads(BYTES("n\td\n1\t\"<h3 style=\"x\">y</h3>\"\n2\tz\n"),
	    "1:n|d\n2:1|<h3 style=\"x\">y</h3>\n3:2|z\n");
	assert_reads(
	    BYTES("n,d\n1, x \n2,\" x \"\n"), "1:n|d\n2:1|x\n3:2| x \n");
}

static void
the_header_tells_the_delimiter(void **state)
{
	(void)state;
	assert_reads(BYTES("a;b,c;d\n1;2;3\n"), "1:a|b,c|d\n2:1|2|3\n");
	assert_reads(BYTES("a\tb\tc\n1,2\t2\t3\n"), "1:a|b|c\n2:1,2|2|3\n");
	assert_reads(BYTES("\"a;b;c\",d\n1,2\n"), "1:a;b;c|d\n2:1|2\n");
	assert_reads(BYTES("version 1.00\nx\ty\tz\n1\t2,3\t4\n"),
	    "1:version 1.00\n2:x|y|z\n3:1|2,3|4\n");
	/* Cells that end in a TAB do not make the TAB a delimiter. */
	assert_reads(BYTES("a,b,c\n1\t,2\t,3\t\n"), "1:a|b|c\n2:1|2|3\n");
	assert_reads(BYTES("only\nx y\n"), "1:only\n2:x y\n");
}

static void
every_encoding_is_read(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *name, *want;
	} cases[] = {
		{ BYTES("\xEF\xBB\xBF\"张\",b\n1,😀\n"), "UTF-8 BOM",
		    "1:张|b\n2:1|😀\n" },
		{ BYTES("张,b\n1,2\n"), "UTF-8", "1:张|b\n2:1|2\n" },
		{ BYTES("a,b\n1,2\n"), "UTF-8", "1:a|b\n2:1|2\n" },
		/* two bytes; CP936's euro; four bytes, for emoji and others */
		{ BYTES("\xD5\xC5,b\n\x80"
			"9,\x94\x39\xFC\x36\x81\x30\x85\x33\n"),
		    "GB18030", "1:张|b\n2:€9|😀®\n" },
		{ BYTES("\xFF\xFE\x20\x5F,\0b\0\n\0\x31\0,\0\x3D\xD8\x00\xDE"
			"\n\0"),
		    "UTF-16 LE", "1:张|b\n2:1|😀\n" },
		{ BYTES("\xFE\xFF\x5F\x20\0,\0b\0\n\0\x31\0,\xD8\x3D\xDE\x00\0"
			"\n"),
		    "UTF-16 BE", "1:张|b\n2:1|😀\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sheet *sh = given(cases[i].bytes, cases[i].len);

		assert_string_equal(sheet_encoding(sh), cases[i].name);
		sheet_close(sh);
		assert_reads(cases[i].bytes, cases[i].len, cases[i].want);
	}
}

static void
bad_bytes_cost_their_row_alone(void **state)
{
	(void)state;
	/* "张三\n" in GB18030 within UTF-8 */
	assert_reads(
	    BYTES("订单编号,收货人姓名\n1,王\n2,\xD5\xC5\xC8\xFD\n3,李\n"),
	    "1:订单编号|收货人姓名\n2:1|王\n3!:2|\uFFFD\uFFFD\uFFFD\uFFFD\n"
	    "4:3|李\n");
	assert_bad(BYTES("\xD5\xC5,b\n1,\xD5,\n"),
	    "Byte D5 in column 2 (position 7 of the file) is not GB18030 text");
	assert_bad(BYTES("\xD5\xC5,\xC8\xFD\n1,\xC8"),
	    "Byte C8 in column 2 (position 8 of the file) is not GB18030 text");
	assert_bad(BYTES("a,b\n1,\0\n"),
	    "There is a zero byte in column 2 (position 6 of the file)");
	assert_reads(
	    BYTES("a,b\n1,x\0y\n3,4\n"), "1:a|b\n2!:1|x\uFFFDy\n3:3|4\n");
	/* A surrogate without its other half. */
	assert_reads(BYTES("\xFF\xFE\x20\x5F,\0b\0\n\0\x3D\xD8,\0c\0\n\0"),
	    "1:张|b\n2!:\uFFFD|c\n");
}

/* One row of @n fields "x". */
static void
add_wide(struct str *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_add(s, i > 0 ? ",x" : "x");
	str_addc(s, '\n');
}

static void
a_row_of_too_many_columns_is_refused(void **state)
{
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	add_wide(&s, 1000);
	add_wide(&s, 10000);
	add_wide(&s, 3);
	sh = given(s.s, s.len);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_null(row.bad);
	assert_int_equal(row.n, 1000);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_string_equal(
	    row.bad, "The row has 10000 columns; at most 1000 are read");
	assert_int_equal(row.n, 1000);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_null(row.bad);
	assert_int_equal(row.n, 3);
	sheet_close(sh);
	str_done(&s);
}

static void
an_unclosed_quote_costs_its_row_alone(void **state)
{
	(void)state;
	assert_reads(BYTES("a,b,c\n1,2,\"x\n3,4,5\n6,7,8\n"),
	    "1:a|b|c\n2!:1|2\n3:3|4|5\n4:6|7|8\n");
	assert_bad(BYTES("a,b,c\n1,2,\"x\n3,4,5\n6,7,8\n"),
	    "The quote that opens on line 2 is not closed; reading goes on "
	    "with the next line");
	/* The next line's quotes seem to close it. */
	assert_reads(
	    BYTES("a,b,c\n1,\"x,y\n\"4\",\"5\",\"6\"\n\"7\",\"8\",\"9\"\n"),
	    "1:a|b|c\n2!:1|x,y\n\"4|5|6\n3:4|5|6\n4:7|8|9\n");
	/* In the first column, so that the number of columns fits. */
	assert_reads(BYTES("a,b\n\"1\n\"2\",3\n4,5\n"),
	    "1:a|b\n2!:1\n\"2|3\n3:2|3\n4:4|5\n");
	/* Behind a field of two lines, which is none of it. */
	assert_reads(BYTES("a,b,c\n1,\"x\ny\",\"z\n4,5,6\n"),
	    "1:a|b|c\n2!:1|x\ny\n4:4|5|6\n");
	/* In the last line. */
	assert_reads(BYTES("a,b\n1,\"x"), "1:a|b\n2!:1\n");
}

static void
a_line_without_an_end_is_not_kept(void **state)
{
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	str_add(&s, "a,b\n1,");
	for (size_t i = 0; i < 20 * MIB; i++)
		str_addc(&s, 'x');
	str_add(&s, "\n3,4\n");
	sh = given(s.s, s.len);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_string_equal(row.bad, "The line is longer than 1048576 bytes");
	assert_int_equal(row.line, 2);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_null(row.bad);
	assert_int_equal(row.line, 3);
	assert_string_equal(row.fields[1], "4");
	assert_int_equal(sheet_next(sh, &row), 0);
	sheet_close(sh);
	str_done(&s);
}

static void
a_field_just_under_the_limit_is_read(void **state)
{
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	str_add(&s, "a,b\n1,\"");
	for (size_t i = 0; i < MIB - 100; i++)
		str_addc(&s, i % 100 == 0 ? '\n' : 'x');
	str_add(&s, "\"\n3,4\n");
	sh = given(s.s, s.len);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_null(row.bad);
	assert_int_equal(row.lens[1], MIB - 100);
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_int_equal(row.line, 3 + (int64_t)(MIB - 100 + 99) / 100);
	sheet_close(sh);
	str_done(&s);
}

/* Lines that each open a quote must not be read again and again. */
static void
many_unclosed_quotes_end_in_time(void **state)
{
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;
	int64_t last = 0, rows = 0;
	bool lost = false;
	int rc;

	(void)state;
	str_add(&s, "a,b\n");
	for (int i = 0; i < 1000000; i++)
		str_add(&s, "1,\"x\n");
	str_add(&s, "3,4\n");
	sh = given(s.s, s.len);
	while ((rc = sheet_next(sh, &row)) > 0) {
		assert_true(row.line > last);
		last = row.line;
		rows++;
		if (row.bad != NULL && strstr(row.bad, "are lost") != NULL)
			lost = true;
	}
	assert_int_equal(rc, 0);
	assert_true(lost);
	assert_true(rows > 10 && rows < 1000);
	sheet_close(sh);
	str_done(&s);
}

static void
assert_refused(const char *bytes, size_t len, const char *why)
{
	struct sheet *sh = NULL;

	assert_int_equal(sheet_open(&sh, put(bytes, len), &err), ERR_INVALID);
	assert_null(sh);
	if (strstr(err.text, why) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", why, err.text);
}

static void
other_containers_are_refused_in_words(void **state)
{
	struct sheet *sh = NULL;

	(void)state;
	assert_refused(BYTES("PK\3\4\24\0\6\0[Content_Types].xml"),
	    "is cut off or damaged: fetch it again");
	assert_refused(BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
	    "old Excel workbook (.xls)");
	assert_refused(BYTES("\xEF\xBB\xBF\r\n <HTML><table>"), "web page");
	assert_refused(BYTES("<table border=1>"), "web page");
	assert_refused(BYTES("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:"
			     "schemas-microsoft-com:office:spreadsheet\">"),
	    "XML spreadsheet");
	assert_refused(BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
			     "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a"),
	    "is locked with a password");
	assert_refused(BYTES("%PDF-1.7\n"), "not a table of text");
	assert_refused(BYTES("Rar!\x1a\x07"), "unpack it first");
	assert_refused(BYTES("\x1f\x8b\x08"), "unpack it first");
	assert_refused(BYTES("a\0\0\0b\0\0\0,\0"), "not a table of text");
	assert_int_equal(sheet_open(&sh, tmp_dir, &err), ERR_INVALID);
	assert_non_null(strstr(err.text, "is a folder"));
	assert_int_equal(sheet_open(&sh, "/dev/null", &err), ERR_INVALID);
	assert_non_null(strstr(err.text, "is not an ordinary file"));
	assert_int_equal(mkfifo(tmp_path("pipe"), 0600), 0);
	assert_int_equal(sheet_open(&sh, tmp_path("pipe"), &err), ERR_INVALID);
	assert_int_equal(
	    sheet_open(&sh, tmp_path("none.csv"), &err), ERR_NOTFOUND);
	assert_non_null(strstr(err.text, "There is no file"));
	/* Ordinary to look at, and cannot be read. */
	assert_int_equal(sheet_open(&sh, "/proc/self/mem", &err), ERR_IO);
	assert_null(sh);
}

/* A file of @n rows: i, "name i", a note that runs over two lines. */
static void
put_rows(struct str *s, int n)
{
	str_add(s, "no,name,note\n");
	for (int i = 0; i < n; i++)
		str_addf(s, "%d,姓名%d,\"一\n二\"\n", i, i);
}

static void
reading_can_stop_and_begin_again_anywhere(void **state)
{
	static const int stops[] = { 0, 1, 2, 1000, 20000, 49999 };
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;
	uint64_t hash;
	int n = 0;

	(void)state;
	put_rows(&s, 50000);
	sh = given(s.s, s.len);
	while (sheet_next(sh, &row) > 0)
		n++;
	assert_int_equal(n, 50001);
	assert_int_equal(sheet_next(sh, &row), 0);
	assert_int_equal(sheet_size(sh), s.len);
	hash = sheet_hash(sh);
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		assert_int_equal(sheet_rewind(sh), 0);
		for (n = 0; n < stops[i]; n++)
			assert_int_equal(sheet_next(sh, &row), 1);
		if (n > 1) {
			assert_int_equal(row.line, 2 * n - 2);
			assert_int_equal(atoi(row.fields[0]), n - 2);
			assert_true(row.bytes > 0);
		}
	}
	assert_int_equal(sheet_rewind(sh), 0);
	while (sheet_next(sh, &row) > 0)
		;
	assert_true(sheet_hash(sh) == hash);
	assert_int_equal(row.bytes, s.len);
	sheet_close(sh);
	/* Closed in the middle, with the thread ahead and waiting. */
	sh = given(s.s, s.len);
	assert_int_equal(sheet_next(sh, &row), 1);
	sheet_close(sh);
	s.s[s.len - 3] ^= 1;
	sh = given(s.s, s.len);
	while (sheet_next(sh, &row) > 0)
		;
	assert_true(sheet_hash(sh) != hash);
	sheet_close(sh);
	str_done(&s);
}

static void
memory_does_not_grow_with_the_file(void **state)
{
	struct rusage before, after;
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;
	const char *path = tmp_path("in.csv");
	FILE *f = fopen(path, "wb");
	int64_t rows = 0;

	(void)state;
	put_rows(&s, 10000);
	for (int i = 0; i < 200; i++)
		assert_int_equal(fwrite(s.s, 1, s.len, f), s.len);
	assert_int_equal(fclose(f), 0);
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	assert_true(sheet_size(sh) > 40 * (int64_t)MIB);
	while (sheet_next(sh, &row) > 0)
		rows++;
	assert_int_equal(rows, 200 * 10001);
	sheet_close(sh);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
	str_done(&s);
}

static void
the_platforms_files_are_read(void **state)
{
	static const struct {
		const char *path, *encoding;
		int rows;
		size_t cols;
		const char *first; /* cell of the second row, cleaned */
	} files[] = {
		{ "masked/ExportOrderList201707080100.csv", "GB18030", 6, 46,
		    "35153131473293579" },
		{ "masked/ExportOrderDetailList201707080100.csv", "GB18030", 6,
		    11, "35153131473293579" },
		{ "pdd/orders_export_2026.utf8bom.csv", "UTF-8 BOM", 6, 27,
		    "纸巾抽纸整箱30包" },
		{ "pdd/batch_ship_import.csv", "UTF-8 BOM", 3, 3, "order_sn" },
		{ "taobao/ExportOrderList_2012_30col.gbk.csv", "GB18030", 9, 30,
		    "3120000000000000011" },
		{ "taobao/ExportOrderList_2021_71col.gbk.csv", "GB18030", 9, 71,
		    "3120000000000000011" },
		{ "taobao/ExportOrderDetailList_2021_18col.gbk.csv", "GB18030",
		    10, 18, "3120000000000000011" },
		{ "taobao/items_2026_xlsx_saved_as.gbk.csv", "GB18030", 10, 30,
		    "3120000000000000011" },
		{ "taobao/orders_2026_xlsx_saved_as.utf8bom.csv", "UTF-8 BOM",
		    9, 22, "3120000000000000011" },
		{ "taobao/refund_2021_43col.gbk.csv", "GB18030", 3, 43,
		    "3120000000000000066" },
	};
	struct sheet_row row;
	struct sheet *sh;
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int n = 0;

		snprintf(path, sizeof(path), "tests/samples/%s", files[i].path);
		assert_int_equal(sheet_open(&sh, path, &err), 0);
		assert_string_equal(sheet_encoding(sh), files[i].encoding);
		while (sheet_next(sh, &row) > 0) {
			assert_null(row.bad);
			if (++n != 2)
				continue;
			assert_int_equal(row.n, files[i].cols);
			assert_string_equal(field_clean((char *)row.fields[0],
						&(size_t){ row.lens[0] }),
			    files[i].first);
		}
		assert_int_equal(n, files[i].rows);
		sheet_close(sh);
	}
}

static void
a_row_becomes_one_csv_line_again(void **state)
{
	struct str out = STR_INIT;
	struct sheet_row row;
	struct sheet *sh = given(
	    BYTES("=\"01\",\"a,b\",\"say \"\"x\"\"\",\" y\",\"1\n2\",,z\n"));

	(void)state;
	assert_int_equal(sheet_next(sh, &row), 1);
	row_csv(&row, &out);
	assert_string_equal(out.s,
	    "\"=\"\"01\"\"\",\"a,b\",\"say \"\"x\"\"\",\" y\",\"1\n2\",,z");
	str_done(&out);
	sheet_close(sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read_with_their_lines),
		cmocka_unit_test(quotes_are_taken_as_platforms_write_them),
		cmocka_unit_test(the_header_tells_the_delimiter),
		cmocka_unit_test(every_encoding_is_read),
		cmocka_unit_test(bad_bytes_cost_their_row_alone),
		cmocka_unit_test(a_row_of_too_many_columns_is_refused),
		cmocka_unit_test(an_unclosed_quote_costs_its_row_alone),
		cmocka_unit_test(a_line_without_an_end_is_not_kept),
		cmocka_unit_test(a_field_just_under_the_limit_is_read),
		cmocka_unit_test(many_unclosed_quotes_end_in_time),
		cmocka_unit_test(other_containers_are_refused_in_words),
		cmocka_unit_test(reading_can_stop_and_begin_again_anywhere),
		cmocka_unit_test(memory_does_not_grow_with_the_file),
		cmocka_unit_test(the_platforms_files_are_read),
		cmocka_unit_test(a_row_becomes_one_csv_line_again),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
