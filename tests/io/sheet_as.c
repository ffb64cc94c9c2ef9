/* SPDX-License-Identifier: MIT */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "tmp.h"

/* Files that do not say, or say wrongly, how they are to be read. */

#define MIB      ((size_t)1 << 20)
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

/* UTF-8 in another encoding. */
static const char *
put_as(const char *text, const char *encoding)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	static char out[8192];
	char *from = (char *)(uintptr_t)text, *to = out;
	size_t nfrom = strlen(text), nto = sizeof(out);

	assert_true(cd != (iconv_t)-1);
	assert_int_equal(iconv(cd, &from, &nfrom, &to, &nto), 0);
	iconv_close(cd);
	return put(out, sizeof(out) - nto);
}

/* All rows: "LINE:field|field", '!' when it was bad. */
static char *
dump(struct sheet *sh)
{
	struct str out = STR_INIT;
	struct sheet_row row;
	int rc;

	while ((rc = sheet_next(sh, &row)) > 0) {
		str_addf(&out, "%lld%s:", (long long)row.line,
		    row.bad != NULL ? "!" : "");
		for (size_t i = 0; i < row.n; i++)
			str_addf(&out, "%s%s", i > 0 ? "|" : "", row.fields[i]);
		str_addc(&out, '\n');
	}
	assert_int_equal(rc, 0);
	return str_take(&out);
}

static void
assert_reads_as(
    const char *path, const struct sheet_in_opts *opts, const char *want)
{
	struct sheet *sh = NULL;
	char *got;

	if (sheet_open_as(&sh, path, opts, &err) != 0)
		fail_msg("%s", err.text);
	got = dump(sh);
	assert_string_equal(got, want);
	free(got);
	sheet_close(sh);
}

static void
assert_container(const char *text, const char *want)
{
	struct sheet *sh = NULL;

	assert_int_equal(sheet_open(&sh, put(text, strlen(text)), &err), 0);
	assert_string_equal(sheet_container(sh), want);
	sheet_close(sh);
}

static void
delimiters_are_told_by_the_rows_that_agree(void **state)
{
	(void)state;
	assert_container("a,b\n1,2\n", "CSV");
	assert_container("a;b\n1;2\n", "CSV ;");
	assert_container("a\tb\n1\t2\n", "TAB");
	assert_container("", "CSV");
	/* Lines above the header, as statements have them. */
	assert_container("#from 2024-01-01, to 2024-02-01, all, shops\n"
			 "a\tb\tc\n1\t2\t3\n4\t5\t6\n",
	    "TAB");
	/* Amounts with commas. */
	assert_container(
	    "a;b;c\n1;EUR 90,00;EUR 1,00\n2;EUR 9,00;EUR 2,00\n", "CSV ;");
	/* What is quoted does not count, also over lines. */
	assert_container(
	    "a,b\n1,\"x;y;z\nx;y;z\"\n2,\"x;y;z\nx;y;z\"\n", "CSV");
	/* A quote in the text that is none. */
	assert_container("a;b;c\n1;27\" x;2\n3;\"4;5\n6;7;8\n", "CSV ;");
	/* TABs that guard cells. */
	assert_container("a\t,b\t,c\t\n1\t,2\t,3\t\n", "CSV");
	/* Empty rows of delimiters. */
	assert_container(",,,,,\n\na;b;c\n,,,,,\n1;2;3\n", "CSV ;");
}

static void
the_delimiter_can_be_asked_for(void **state)
{
	const char *path = put(BYTES("a,b;c\n1,2;3\n"));

	(void)state;
	assert_reads_as(path, &(struct sheet_in_opts){ .delimiter = ';' },
	    "1:a,b|c\n2:1,2|3\n");
	assert_reads_as(path, &(struct sheet_in_opts){ .delimiter = ',' },
	    "1:a|b;c\n2:1|2;3\n");
}

static void
the_encoding_can_be_asked_for(void **state)
{
	static const char *const names[][2] = { { "BIG5-HKSCS", "big5" },
		{ "BIG5", "CP950" }, { "SJIS-WIN", "Shift-JIS" },
		{ "UTF-16LE", "utf-16le" }, { "UTF-16BE", "UTF_16BE" },
		{ "GBK", "gb2312" }, { "UTF-8", "utf8" } };
	struct sheet_in_opts opts = { 0 };
	struct sheet *sh;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		opts.encoding = names[i][1];
		assert_reads_as(put_as("編號,備考\n1,高雄\n", names[i][0]),
		    &opts, "1:編號|備考\n2:1|高雄\n");
	}
	opts.encoding = "windows-1252";
	assert_reads_as(put(BYTES("a;Gr\xF6\xDF"
				  "e\n1;\x80 5\n")),
	    &opts, "1:a|Größe\n2:1|€ 5\n");
	opts.encoding = "utf-16";
	assert_reads_as(put(BYTES("\xFE\xFF\0a\0,\0b\0\n")), &opts, "1:a|b\n");
	opts.encoding = "klingon";
	assert_int_equal(
	    sheet_open_as(&sh, put(BYTES("a")), &opts, &err), ERR_INVALID);
	assert_string_equal(err.field, "encoding");
	assert_non_null(strstr(err.text, "no encoding \"klingon\""));
}

static void
bad_bytes_of_any_encoding_cost_their_row(void **state)
{
	(void)state;
	assert_reads_as(put(BYTES("a,b\n1,\xB0\xAA\n2,\xFF\n3,\0\n4,\xB0")),
	    &(struct sheet_in_opts){ .encoding = "big5" },
	    "1:a|b\n2:1|高\n3!:2|\uFFFD\n4!:3|\uFFFD\n5!:4|\uFFFD\n");
	/* Several encodings in one file. */
	assert_reads_as(
	    put(BYTES("订单编号,收货人\n1,张三\n2,\xD5\xC5\xC8\xFD\n"
		      "3,\xB1\x69\xA4\x54\n4,李四\n")),
	    &(struct sheet_in_opts){ 0 },
	    "1:订单编号|收货人\n2:1|张三\n3!:2|\uFFFD\uFFFD\uFFFD\uFFFD\n"
	    "4!:3|\uFFFDi\uFFFDT\n5:4|李四\n");
}

static void
utf16_needs_no_mark(void **state)
{
	/* 一 ends in a zero byte, where letters begin with one. */
	static const char text[] = "订单编号\t收货人姓名\t金额\r\n"
				   "315000000000000011\t张一\t12.50\r\n";
	static const char want[] = "1:订单编号|收货人姓名|金额\n"
				   "2:315000000000000011|张一|12.50\n";
	struct sheet_in_opts opts = { 0 };
	struct sheet *sh;

	(void)state;
	assert_reads_as(put_as(text, "UTF-16LE"), &opts, want);
	assert_reads_as(put_as(text, "UTF-16BE"), &opts, want);
	assert_int_equal(sheet_open(&sh, put_as(text, "UTF-16BE"), &err), 0);
	assert_string_equal(sheet_encoding(sh), "UTF-16 BE");
	sheet_close(sh);
}

static void
assert_doubtful(const char *path, const char *encoding, bool want)
{
	struct sheet *sh = NULL;

	assert_int_equal(sheet_open(&sh, path, &err), 0);
	assert_string_equal(sheet_encoding(sh), encoding);
	assert_int_equal(sheet_doubtful(sh), want);
	sheet_close(sh);
}

static void
bold_guesses_are_told(void **state)
{
	static const char hans[] =
	    "订单编号,买家会员名,收货人姓名,收货地址,宝贝标题\n"
	    "1,张三,李四,浙江省杭州市西湖区文三路,夏季新款连衣裙\n";
	static const char hant[] =
	    "訂單編號,買家會員名稱,收貨人姓名,收貨地址,商品標題\n"
	    "1,張三,李四,臺北市中正區重慶南路一段,夏季新款連衣裙\n";

	(void)state;
	assert_doubtful(put_as(hans, "GB18030"), "GB18030", false);
	assert_doubtful(put_as(hant, "BIG5"), "GB18030", true);
	assert_doubtful(put_as(hant, "UTF-8"), "UTF-8", false);
	/* A handful of characters proves nothing. */
	assert_doubtful(put_as("id,name\n1,张三\n", "GBK"), "GB18030", true);
	assert_doubtful(put(BYTES("a,b\n1,2\n")), "UTF-8", false);
}

/* What comes after a long English beginning decides. */
static void
the_encoding_shows_late(void **state)
{
	struct str s = STR_INIT;
	struct sheet *sh;

	(void)state;
	for (size_t i = 0; i < 3 * MIB / 8; i++)
		str_add(&s, "abc,def\n");
	str_add(&s, "\xD5\xC5\xC8\xFD,1\n");
	assert_int_equal(sheet_open(&sh, put(s.s, s.len), &err), 0);
	assert_string_equal(sheet_encoding(sh), "GB18030");
	sheet_close(sh);
	str_done(&s);
}

static void
quotes_in_tab_files_need_no_doubling(void **state)
{
	struct sheet_in_opts opts = { 0 };

	(void)state;
	assert_reads_as(
	    put(BYTES("n\td\te\n1\t\"<img alt=\"\" x=\"y\">\"\tz\n"
		      "2\t\"27\"\"\t\"a\"\"b\"\n3\t\"27\"\"\"\t\"\"\n")),
	    &opts,
	    "1:n|d|e\n2:1|<img alt=\"\" x=\"y\">|z\n3:2|27\"|a\"b\n"
	    "4:3|27\"|\n");
	/* A cell of several lines, or with a TAB, as spreadsheets write it. */
	assert_reads_as(put(BYTES("n\td\n1\t\"a\n\"\"b\"\"\"\n2\t\"c\td\"\n")),
	    &opts, "1:n|d\n2:1|a\n\"b\"\n4:2|c\td\n");
	/* In other files they do. */
	assert_reads_as(put(BYTES("n,d\n1,\"27\"\"\"\n2,\"a\"\"b\"\n")), &opts,
	    "1:n|d\n2:1|27\"\n3:2|a\"b\n");
}

static void
a_goods_data_pack_has_63_fields(void **state)
{
	struct sheet_row row;
	struct sheet *sh;

	(void)state;
	assert_int_equal(
	    sheet_open(
		&sh, "tests/samples/taobao/goods_pack.utf16le.csv", &err),
	    0);
	assert_string_equal(sheet_encoding(sh), "UTF-16 LE");
	assert_string_equal(sheet_container(sh), "TAB");
	assert_int_equal(sheet_next(sh, &row), 1);
	assert_string_equal(row.fields[0], "version 1.00");
	for (int i = 2; i <= 6; i++) {
		assert_int_equal(sheet_next(sh, &row), 1);
		assert_null(row.bad);
		assert_int_equal(row.n, 63);
		assert_int_equal(row.line, i);
		if (i == 4)
			assert_string_equal(row.fields[20],
			    "<h3 style=\"background:#fff;color:red\">尺码表"
			    "</h3><img alt=\"\" src=\"http://img.example/1.jpg"
			    "\"><p>面料：<b class=\"x\">棉</b></p>");
		if (i == 5)
			assert_string_equal(row.fields[0], "显示器支架 27\"");
	}
	assert_int_equal(sheet_next(sh, &row), 0);
	sheet_close(sh);
}

/* A file with a hole: what is in it are zeros. */
static void
a_gigantic_field_costs_its_row_alone(void **state)
{
	const char *path = tmp_path("sparse.csv");
	FILE *f = fopen(path, "wb");
	struct rusage before, after;
	struct sheet_row row;
	struct sheet *sh;
	int rows = 0, bad = 0;

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 3000; i++)
		fputs("a,b\n", f);
	fputs("1,\"x", f);
	assert_int_equal(fseek(f, 32 * (long)MIB, SEEK_CUR), 0);
	fputs("\"\n3,4\n", f);
	fclose(f);
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(sheet_open(&sh, path, &err), 0);
	while (sheet_next(sh, &row) > 0) {
		rows++;
		bad += row.bad != NULL;
	}
	assert_int_equal(rows, 3002);
	assert_int_equal(bad, 1);
	assert_int_equal(row.line, 3002);
	assert_string_equal(row.fields[0], "3");
	sheet_close(sh);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 * 1024);
}

/* Each row must not be looked at again for each bad byte before it. */
static void
many_bad_bytes_end_in_time(void **state)
{
	struct str s = STR_INIT;
	struct sheet_row row;
	struct sheet *sh;
	int bad = 0;

	(void)state;
	str_add(&s, "订单编号,收货人姓名\n");
	for (int i = 0; i < 500000; i++)
		str_add(&s, "\xFF\n");
	assert_int_equal(
	    sheet_open_as(&sh, put(s.s, s.len),
		&(struct sheet_in_opts){ .encoding = "utf-8" }, &err),
	    0);
	while (sheet_next(sh, &row) > 0)
		bad += row.bad != NULL;
	assert_int_equal(bad, 500000);
	sheet_close(sh);
	str_done(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(delimiters_are_told_by_the_rows_that_agree),
		cmocka_unit_test(the_delimiter_can_be_asked_for),
		cmocka_unit_test(the_encoding_can_be_asked_for),
		cmocka_unit_test(bad_bytes_of_any_encoding_cost_their_row),
		cmocka_unit_test(utf16_needs_no_mark),
		cmocka_unit_test(bold_guesses_are_told),
		cmocka_unit_test(the_encoding_shows_late),
		cmocka_unit_test(quotes_in_tab_files_need_no_doubling),
		cmocka_unit_test(a_goods_data_pack_has_63_fields),
		cmocka_unit_test(a_gigantic_field_costs_its_row_alone),
		cmocka_unit_test(many_bad_bytes_end_in_time),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
