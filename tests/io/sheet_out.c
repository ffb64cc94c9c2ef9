/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "shopmgr/io/sheet_in.h"
#include "shopmgr/io/sheet_out.h"
#include "tmp.h"
#include "unzip.h"

static const enum sheet_col cols[] = { COL_ID, COL_TEXT, COL_COUNT, COL_MONEY,
	COL_TIME };
#define NCOLS (sizeof(cols) / sizeof(cols[0]))

static const char *const header[NCOLS] = { "order_no", "标题", "qty", "price",
	"at" };

static struct err err;

/* The header and @rows to @name; what finishing returned. */
static int
put(const char *name, const struct sheet_opts *opts,
    const char *const (*rows)[NCOLS], size_t n)
{
	struct sheet_out *so = NULL;
	int rc = sheet_out_open(&so, name, opts, cols, NCOLS, &err);

	if (rc != 0)
		return rc;
	rc = sheet_out_row(so, header);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = sheet_out_row(so, rows[i]);
	if (rc == 0)
		rc = sheet_out_finish(so);
	sheet_out_close(so);
	return rc;
}

static char *
slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *text = malloc(1 << 20);

	assert_non_null(f);
	*len = fread(text, 1, (1 << 20) - 1, f);
	text[*len] = '\0';
	fclose(f);
	return text;
}

static int
count_files(void)
{
	DIR *d = opendir(tmp_dir);
	const struct dirent *e;
	int n = 0;

	while ((e = readdir(d)) != NULL)
		n +=
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static void
assert_writes(const struct sheet_opts *opts, const char *const (*rows)[NCOLS],
    size_t n, const char *want)
{
	const char *path = tmp_path("out.csv");
	size_t len;
	char *got;

	assert_int_equal(put(path, opts, rows, n), 0);
	got = slurp(path, &len);
	assert_string_equal(got, want);
	assert_int_equal(len, strlen(want));
	free(got);
}

static void
a_table_becomes_csv(void **state)
{
	static const char *const rows[][NCOLS] = {
		{ "3120000000000000011", "张三", "2", "12.50",
		    "2024-05-28 09:12:33" },
		{ "", "a,\"b\"\nc", "-1", "-0.50", "" },
		{ "007", " x", "", "", "" },
		{ "", "x\r", "", "", "" },
	};

	(void)state;
	assert_writes(NULL, rows, 4,
	    "\xEF\xBB\xBForder_no,标题,qty,price,at\r\n"
	    "3120000000000000011,张三,2,12.50,2024-05-28 09:12:33\r\n"
	    ",\"a,\"\"b\"\"\nc\",-1,-0.50,\r\n"
	    "007,\" x\",,,\r\n"
	    ",\"x\r\",,,\r\n");
}

static void
formulas_are_defused_and_ids_protected(void **state)
{
	static const char *const rows[][NCOLS] = {
		{ "=1", "=cmd|' /C calc'!A0", "-3", "+1", "" },
		{ "+8613900000001", "-1", "-1+1", "@x", "\tx" },
		{ "-12", "+\"x\"", "=1", "", "\r" },
		{ "SF1", "@a,b", "", "", "" },
	};
	const struct sheet_opts plain = { .encoding = SHEET_UTF8 };
	const struct sheet_opts raw = { .encoding = SHEET_UTF8, .raw = true };
	const struct sheet_opts ids = { .encoding = SHEET_UTF8,
		.protect_ids = true };

	(void)state;
	assert_writes(&plain, rows, 4,
	    "order_no,标题,qty,price,at\r\n"
	    "'=1,'=cmd|' /C calc'!A0,-3,+1,\r\n"
	    "+8613900000001,'-1,'-1+1,'@x,\"'\tx\"\r\n"
	    "-12,\"'+\"\"x\"\"\",'=1,,\"'\r\"\r\n"
	    "SF1,\"'@a,b\",,,\r\n");
	assert_writes(&raw, rows, 1,
	    "order_no,标题,qty,price,at\r\n"
	    "=1,=cmd|' /C calc'!A0,-3,+1,\r\n");
	assert_writes(&ids, rows + 3, 1,
	    "order_no,标题,qty,price,at\r\n"
	    "SF1\t,\"'@a,b\",,,\r\n");
}

/* Each text, through a file and cleaned, is what it was. */
static void
assert_comes_back(const char *name, const char *const *texts, size_t n)
{
	static const enum sheet_col types[] = { COL_COUNT, COL_TEXT, COL_TEXT };
	static const char *const head[] = { "n", "text", "end" };
	const char *path = tmp_path(name);
	struct sheet_out *so;
	struct sheet_row row;
	struct sheet *in;
	char buf[256];

	assert_int_equal(sheet_out_open(&so, path, NULL, types, 3, &err), 0);
	assert_int_equal(sheet_out_row(so, head), 0);
	for (size_t i = 0; i < n; i++) {
		const char *const fields[] = { "1", texts[i], "x" };

		assert_int_equal(sheet_out_row(so, fields), 0);
	}
	assert_int_equal(sheet_out_finish(so), 0);
	sheet_out_close(so);
	assert_int_equal(sheet_open(&in, path, &err), 0);
	assert_int_equal(sheet_next(in, &row), 1);
	for (size_t i = 0; i < n; i++) {
		size_t len;

		assert_int_equal(sheet_next(in, &row), 1);
		len = row.lens[1];
		memcpy(buf, row.fields[1], len + 1);
		assert_string_equal(field_clean(buf, &len), texts[i]);
	}
	assert_int_equal(sheet_next(in, &row), 0);
	sheet_close(in);
}

static void
every_text_comes_back_as_it_was(void **state)
{
	static const char *const texts[] = { "=1+1", "'=1+1", "''=1+1", "@x",
		"-1", "+86 139", "'-1", "-", "--", "'-", "无", "'无", "\\N",
		"=\"12\"", "'=\"12\"", "\"=1\"", "'\"=1", "'12", "''12", "'tis",
		"'", "''", "'null", "''null", "＝1", "'＝1", "＋＠", "a\"b",
		"a,b", "a\nb", "\"", "\"\"", "null x", "_x0041_", "_x004",
		"<&>", "'x", "=", "+", "=\"", "无锡", "-a", "12\t34", "；",
		"\xF0\x9F\x98\x80" };

	(void)state;
	assert_comes_back("texts.csv", texts, sizeof(texts) / sizeof(*texts));
	assert_comes_back("texts.xlsx", texts, sizeof(texts) / sizeof(*texts));
}

/* The same of texts nobody would think of, from the marks that matter. */
static void
any_mixture_of_marks_comes_back(void **state)
{
	static const char *const marks[] = { "'", "\"", "=", "+", "-", "@", ",",
		"\n", "1", "a", "无", "＝", "null", "\\N", ";", "\t" };
	enum { TEXTS = 400, LONGEST = 6 };
	static char store[TEXTS][64];
	static const char *texts[TEXTS];
	unsigned seed = 7;

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		size_t n = 0;

		for (int k = 0; k < LONGEST; k++) {
			const char *m;

			seed = seed * 1103515245u + 12345u;
			m = marks[seed / 65536 %
				  (sizeof(marks) / sizeof(*marks))];
			/* Blanks at the ends are not kept. */
			if ((m[0] != '\n' && m[0] != '\t') || (k > 0 && k < 5))
				n += (size_t)snprintf(store[i] + n,
				    sizeof(store[i]) - n, "%s", m);
		}
		while (n > 0 && strchr("\n\t", store[i][n - 1]) != NULL)
			store[i][--n] = '\0';
		texts[i] = n > 0 && strchr("\n\t", store[i][0]) == NULL &&
				   strcmp(store[i], "null") != 0
			       ? store[i]
			       : "x";
	}
	assert_comes_back("mix.csv", texts, TEXTS);
	assert_comes_back("mix.xlsx", texts, TEXTS);
}

static void
ids_can_be_wrapped_as_formulas(void **state)
{
	static const char *const rows[][NCOLS] = {
		{ "0012", "x", "1", "", "" },
		{ "a\"b", "x", "1", "", "" },
		{ "", "x", "1", "", "" },
	};
	const struct sheet_opts opts = { .encoding = SHEET_UTF8,
		.protect_equals = true };

	(void)state;
	assert_writes(&opts, rows, 3,
	    "order_no,标题,qty,price,at\r\n"
	    "=\"0012\",x,1,,\r\n\"a\"\"b\",x,1,,\r\n,x,1,,\r\n");
}

static void
gb18030_is_written(void **state)
{
	static const char *const rows[][NCOLS] = {
		{ "1", "张€😀", "", "", "" },
		{ "2", "a\xFF", "", "", "" },
	};
	const struct sheet_opts opts = { .encoding = SHEET_GB18030 };
	struct sheet_out *so;

	(void)state;
	assert_writes(&opts, rows, 1,
	    "order_no,\xB1\xEA\xCC\xE2,qty,price,at\r\n"
	    "1,\xD5\xC5\xA2\xE3\x94\x39\xFC\x36,,,\r\n");
	assert_int_equal(
	    sheet_out_open(&so, tmp_path("out.csv"), &opts, cols, NCOLS, &err),
	    0);
	assert_int_equal(sheet_out_row(so, header), 0);
	assert_int_equal(sheet_out_row(so, rows[1]), 0);
	assert_int_equal(sheet_out_finish(so), 0);
	assert_int_equal(sheet_out_lost(so), 1);
	sheet_out_close(so);
}

/* Texts that have given trouble before, and long ones. */
static void
what_is_written_is_read_back(void **state)
{
	static const char *const texts[] = { "", "plain", "a,b", "\"", "\"\"",
		"a\"b\"", "x\ny", "x\r\ny", " both ", "\"quoted\"", ";\t;",
		"张三，“李四”", "=\"0012\"", "\n", "'", ",,,", "😀\n\"😀\"" };
	const struct sheet_opts opts[] = { { .encoding = SHEET_UTF8_BOM,
					       .raw = true },
		{ .encoding = SHEET_UTF8, .raw = true },
		{ .encoding = SHEET_GB18030, .raw = true } };
	const size_t n = sizeof(texts) / sizeof(texts[0]);
	const char *path = tmp_path("back.csv");
	struct sheet_out *so;
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	for (size_t o = 0; o < 3; o++) {
		assert_int_equal(
		    sheet_out_open(&so, path, &opts[o], cols, NCOLS, &err), 0);
		assert_int_equal(sheet_out_row(so, header), 0);
		for (size_t i = 0; i < 20000; i++) {
			const char *const r[NCOLS] = { "id", texts[i % n],
				texts[i / n % n], texts[i / n / n % n], "t" };

			assert_int_equal(sheet_out_row(so, r), 0);
		}
		assert_int_equal(sheet_out_finish(so), 0);
		assert_int_equal(sheet_out_lost(so), 0);
		sheet_out_close(so);

		assert_int_equal(sheet_open(&sh, path, &err), 0);
		assert_int_equal(sheet_next(sh, &row), 1);
		for (size_t i = 0; i < 20000; i++) {
			assert_int_equal(sheet_next(sh, &row), 1);
			assert_null(row.bad);
			assert_int_equal(row.n, NCOLS);
			assert_string_equal(row.fields[1], texts[i % n]);
			assert_string_equal(row.fields[2], texts[i / n % n]);
			assert_string_equal(
			    row.fields[3], texts[i / n / n % n]);
		}
		assert_int_equal(sheet_next(sh, &row), 0);
		sheet_close(sh);
	}
}

static void
a_file_appears_whole_or_not_at_all(void **state)
{
	static const char *const row[NCOLS] = { "1", "x", "1", "1", "" };
	static const char *const names[] = { "part.csv", "part.xlsx" };
	struct sheet_out *so;
	struct stat st;
	size_t len;
	char *text;
	int before = count_files();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *path = tmp_path(names[i]);

		assert_int_equal(
		    sheet_out_open(&so, path, NULL, cols, NCOLS, &err), 0);
		assert_int_equal(sheet_out_row(so, header), 0);
		assert_int_equal(sheet_out_row(so, row), 0);
		assert_int_not_equal(access(path, F_OK), 0);
		sheet_out_close(so);
		assert_int_equal(count_files(), before);

		assert_int_equal(put(path, NULL, &row, 1), 0);
		assert_int_equal(count_files(), before + 1);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		/* The old file stands until the new one is whole. */
		assert_int_equal(
		    sheet_out_open(&so, path, NULL, cols, NCOLS, &err), 0);
		assert_int_equal(sheet_out_row(so, header), 0);
		text = slurp(path, &len);
		assert_int_equal(len, st.st_size);
		free(text);
		sheet_out_close(so);
		assert_int_equal(unlink(path), 0);
	}
}

/* A disk that is full after 64 kB. */
static void
a_full_disk_is_said_and_leaves_nothing(void **state)
{
	static const char *const row[NCOLS] = { "1", "a text of some length",
		"1", "1", "2024-05-28 09:12:33" };
	static const char *const names[] = { "full.csv", "full.xlsx" };
	struct rlimit old, small;
	struct sheet_out *so;
	int before = count_files();

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = (struct rlimit){ .rlim_cur = 65536, .rlim_max = old.rlim_max };
	for (size_t i = 0; i < 2; i++) {
		const char *path = tmp_path(names[i]);
		int rc = 0;

		setrlimit(RLIMIT_FSIZE, &small);
		assert_int_equal(
		    sheet_out_open(&so, path, NULL, cols, NCOLS, &err), 0);
		for (int k = 0; k < 20000 && rc == 0; k++)
			rc = sheet_out_row(so, k == 0 ? header : row);
		if (rc == 0)
			rc = sheet_out_finish(so);
		sheet_out_close(so);
		setrlimit(RLIMIT_FSIZE, &old);
		assert_int_equal(rc, ERR_IO);
		assert_int_equal(err.code, ERR_IO);
		assert_non_null(strstr(err.text, "cannot be written"));
		assert_int_equal(count_files(), before);
	}
	assert_int_equal(put("/dev/full", NULL, &row, 1), ERR_IO);
	assert_string_equal(
	    err.text, "/dev/full cannot be written: No space left on device");
	assert_int_equal(put("/nowhere/x.csv", NULL, &row, 1), ERR_IO);
	assert_string_equal(err.text,
	    "/nowhere/x.csv cannot be written: No such file or directory");
	assert_int_equal(put("/dev/null/x.xlsx", NULL, &row, 1), ERR_IO);
}

static void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("%s is not in %.4000s", part, text);
}

static void
a_table_becomes_a_workbook(void **state)
{
	static const char *const rows[][NCOLS] = {
		{ "0012345678901234567", "=cmd|' /C calc'!A0", "-3", "12.50",
		    "2024-05-28 09:12:33" },
		{ "+86139", "a<b>&\x01\xFF张😀\n2", "n/a", "99999999999999.99",
		    "2024-05-28" },
		{ "", "", "", "", "soon" },
	};
	const char *path = tmp_path("book.XLSX");
	char *xml;

	(void)state;
	assert_int_equal(put(path, NULL, rows, 3), 0);
	xml = unzip(path, "xl/worksheets/sheet1.xml");
	assert_non_null(xml);
	assert_has(xml, "state=\"frozen\"");
	assert_has(xml, "<is><t>标题</t></is>");
	/* Identifiers and formulas are texts. */
	assert_has(xml, "t=\"inlineStr\"><is><t>0012345678901234567</t>");
	assert_has(xml, "t=\"inlineStr\"><is><t>=cmd|' /C calc'!A0</t>");
	assert_null(strstr(xml, "<f>"));
	assert_has(xml, "<v>-3</v>");
	assert_has(xml, "<v>12.50</v>");
	assert_has(xml, "<v>45440.38371527"); /* the time as a serial */
	/* Nothing that makes the file unreadable. */
	assert_has(xml, "<t>a&lt;b&gt;&amp;\uFFFD张😀\n2</t>");
	assert_null(strchr(xml, '\x01'));
	/* What is no number of 15 digits, or no date, stays text. */
	assert_has(xml, "<t>n/a</t>");
	assert_has(xml, "<t>99999999999999.99</t>");
	assert_has(xml, "<v>45440</v>");
	assert_has(xml, "<t>soon</t></is></c></row></sheetData>");
	assert_null(strstr(strstr(xml, "soon") + 1, "soon"));
	free(xml);
	xml = unzip(path, "xl/styles.xml");
	assert_has(xml, "yyyy-mm-dd hh:mm:ss");
	assert_has(xml, "<b/>");
	free(xml);
}

static void
long_cells_are_cut_to_what_a_workbook_takes(void **state)
{
	char *big = malloc(3 * 40000 + 1), *xml, *p;
	const char *row[NCOLS] = { "1", big, "", "", "" };
	const char *const *rows = row;
	struct sheet_out *so;
	size_t chars = 0;

	(void)state;
	for (int i = 0; i < 40000; i++)
		memcpy(big + 3 * i, "张", 4);
	assert_int_equal(
	    sheet_out_open(&so, tmp_path("long.xlsx"), NULL, cols, NCOLS, &err),
	    0);
	assert_int_equal(sheet_out_row(so, header), 0);
	assert_int_equal(sheet_out_row(so, rows), 0);
	assert_int_equal(sheet_out_finish(so), 0);
	sheet_out_close(so);
	xml = unzip(tmp_path("long.xlsx"), "xl/worksheets/sheet1.xml");
	for (p = xml; (p = strstr(p, "张")) != NULL; p += 3)
		chars++;
	assert_int_equal(chars, 32767);
	free(xml);
	free(big);
}

/* Packing takes most of the time there is: the archive says how hard it was
 * tried. */
static void
a_workbook_is_packed_quickly(void **state)
{
	const char *const rows[][NCOLS] = { { "a", "b", "c", "d", "e" } };
	unsigned char head[8] = { 0 };
	FILE *f;

	(void)state;
	assert_int_equal(put(tmp_path("quick.xlsx"), NULL, rows, 1), 0);
	f = fopen(tmp_path("quick.xlsx"), "rb");
	assert_non_null(f);
	assert_int_equal(fread(head, 1, sizeof(head), f), sizeof(head));
	fclose(f);
	assert_memory_equal(head, "PK\3\4", 4);
	assert_int_equal(head[6] & 6, 4); /* "fast" */
}

static void
a_workbook_takes_a_million_rows_and_says_so(void **state)
{
	static const enum sheet_col one[] = { COL_COUNT };
	static const char *const row[] = { "1" };
	struct sheet_out *so;
	int rc = 0;
	int n = 0, before = count_files();

	(void)state;
	assert_int_equal(
	    sheet_out_open(&so, tmp_path("rows.xlsx"), NULL, one, 1, &err), 0);
	while (n < 1048577 && (rc = sheet_out_row(so, row)) == 0)
		n++;
	assert_int_equal(n, 1048576);
	assert_int_equal(rc, ERR_INVALID);
	assert_non_null(strstr(err.text, "no more than 1048576 rows"));
	assert_int_equal(sheet_out_finish(so), ERR_INVALID);
	sheet_out_close(so);
	assert_int_equal(count_files(), before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_becomes_csv),
		cmocka_unit_test(formulas_are_defused_and_ids_protected),
		cmocka_unit_test(every_text_comes_back_as_it_was),
		cmocka_unit_test(any_mixture_of_marks_comes_back),
		cmocka_unit_test(ids_can_be_wrapped_as_formulas),
		cmocka_unit_test(gb18030_is_written),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(a_file_appears_whole_or_not_at_all),
		cmocka_unit_test(a_full_disk_is_said_and_leaves_nothing),
		cmocka_unit_test(a_table_becomes_a_workbook),
		cmocka_unit_test(long_cells_are_cut_to_what_a_workbook_takes),
		cmocka_unit_test(a_workbook_is_packed_quickly),
		cmocka_unit_test(a_workbook_takes_a_million_rows_and_says_so),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
