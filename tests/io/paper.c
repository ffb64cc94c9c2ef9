/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdf.h"
#include "shopmgr/io/paper.h"

/* What is on the pages, as pdftotext reads it. */

#define MM (72 / 25.4)

static struct err err;

static struct paper *
begin(const struct paper_format *format)
{
	struct paper *p;

	assert_int_equal(
	    paper_open(&p, tmp_path("paper.pdf"), format, &err), 0);
	return p;
}

static int
end(struct paper *p)
{
	int pages;

	assert_int_equal(paper_finish(p), 0);
	pages = paper_pages(p);
	paper_close(p);
	return pages;
}

static const char *
page(int n)
{
	return pdf_text(tmp_path("paper.pdf"), n);
}

static bool
has(int n, const char *text)
{
	return strstr(page(n), text) != NULL;
}

static int
count(const char *in, const char *text)
{
	int n = 0;

	while ((in = strstr(in, text)) != NULL) {
		in += strlen(text);
		n++;
	}
	return n;
}

/* "n / m"; on a page with little on it pdftotext leaves the blanks out. */
static bool
is_numbered(const char *text, int n, int of)
{
	char wide[32], narrow[32];

	snprintf(wide, sizeof(wide), " %d / %d\n", n, of);
	snprintf(narrow, sizeof(narrow), " %d/%d\n", n, of);
	return count(text, wide) + count(text, narrow) == 1;
}

static void
a_form_is_read_back(void **state)
{
	static const struct paper_col cols[] = {
		{ .title = "货号", .width = 40 },
		{ .title = "商品" },
		{ .title = "数量", .width = 20, .align = PAPER_RIGHT },
	};
	struct paper *p = begin(&paper_a4);

	(void)state;
	paper_section(p, NULL, "三木刀具旗舰店");
	paper_title(p, "送货单", "DN-0001");
	paper_facts(p, 2);
	paper_fact(p, "收货人", "欧阳建国");
	paper_fact(p, "电话", "138 0013 8000");
	paper_fact_wide(p, "地址", "广东省深圳市南山区高新南七道 2 号");
	paper_heading(p, "商品清单");
	paper_table(p, cols, 3);
	paper_row(p, (const char *[]){ "KN-1", "磨刀石 1000#", "2" });
	paper_total(p, (const char *[]){ NULL, "合计", "2" });
	paper_rule(p);
	paper_note(p, NULL, "收货后请当场检查。");
	paper_blanks(p, (const char *[]){ "签字", "日期" }, 2);
	assert_int_equal(end(p), 1);

	assert_true(has(1, "送货单"));
	assert_true(has(1, "DN-0001"));
	assert_true(has(1, "收货人"));
	assert_true(has(1, "欧阳建国"));
	assert_true(has(1, "广东省深圳市南山区高新南七道 2 号"));
	assert_true(has(1, "商品清单"));
	assert_true(has(1, "磨刀石 1000#"));
	assert_true(has(1, "合计"));
	assert_true(has(1, "收货后请当场检查。"));
	assert_true(has(1, "签字"));
	assert_true(has(1, "三木刀具旗舰店"));
	assert_true(is_numbered(page(1), 1, 1));
}

/* Every word is within the paper and on the side of the column it is in. */
static void
a_long_name_wraps_inside_its_cell(void **state)
{
	static const struct paper_col cols[] = {
		{ .title = "Left", .width = 60 },
		{ .title = "Middle", .width = 40 },
		{ .title = "Right" },
	};
	static const char name[] =
	    "家用双面磨刀石一千目三千目油石送底座和修平石大号加厚款"
	    "适用于厨房刀具剪刀木工凿子";
	struct paper *p = begin(&paper_a4);
	double left = 75 * MM, right = 115 * MM, x1, x2;
	const char *at;
	int lines = 0;

	(void)state;
	assert_int_equal(strlen(name), 40 * 3);
	paper_table(p, cols, 3);
	paper_row(p, (const char *[]){ "a", name, "b" });
	assert_int_equal(end(p), 1);
	at = pdf_boxes(tmp_path("paper.pdf"), 1);
	while ((at = strstr(at, "<word ")) != NULL) {
		assert_int_equal(sscanf(at,
				     "<word xMin=\"%lf\" yMin=\"%*f\" "
				     "xMax=\"%lf\"",
				     &x1, &x2),
		    2);
		at = strchr(at, '>') + 1;
		if ((unsigned char)*at < 0x80)
			continue;
		assert_true(x1 >= left && x2 <= right);
		lines++;
	}
	assert_in_range(lines, 4, 6);
	assert_true(has(1, "家用双面"));
	assert_true(has(1, "工凿子"));
}

static void
a_table_of_300_rows_has_its_header_on_each_page(void **state)
{
	static const struct paper_col cols[] = {
		{ .title = "Bin", .width = 30 },
		{ .title = "Product" },
	};
	struct paper *p = begin(&paper_a4);
	char bin[16];
	int pages, row = 0, i;

	(void)state;
	paper_title(p, "Pick list", NULL);
	paper_table(p, cols, 2);
	for (i = 0; i < 300; i++) {
		snprintf(bin, sizeof(bin), "R%03d.", i);
		paper_row(p, (const char *[]){ bin,
				 i % 7 == 0 ? "磨刀石\n第二行" : "磨刀石" });
	}
	pages = end(p);
	assert_in_range(pages, 8, 12);
	for (i = 1; i <= pages; i++) {
		const char *text = page(i);

		assert_int_equal(count(text, "Product"), 1);
		assert_true(is_numbered(text, i, pages));
		snprintf(bin, sizeof(bin), "R%03d.", row);
		assert_non_null(strstr(text, bin));
		while (row < 300 && strstr(text, bin) != NULL)
			snprintf(bin, sizeof(bin), "R%03d.", ++row);
	}
	assert_int_equal(row, 300);
}

/* However many rows there are. */
static void
a_total_and_a_group_are_never_alone(void **state)
{
	static const struct paper_col cols[] = { { .title = "Head" } };
	struct paper *p;
	int rows, pages, i;

	(void)state;
	for (rows = 16; rows < 34; rows++) {
		p = begin(&paper_a5);
		paper_table(p, cols, 1);
		for (i = 0; i < rows; i++)
			paper_row(p, (const char *[]){ "row" });
		paper_total(p, (const char *[]){ "sum" });
		paper_group(p, "group");
		paper_row(p, (const char *[]){ "row" });
		pages = end(p);
		assert_in_range(pages, 1, 3);
		for (i = 1; i <= pages; i++) {
			const char *text = page(i), *at;

			at = strstr(text, "sum");
			if (at != NULL)
				assert_true(strstr(text, "row") < at);
			at = strstr(text, "group");
			if (at != NULL)
				assert_non_null(strstr(at, "row"));
		}
	}
}

static void
a_row_that_no_page_holds_is_continued(void **state)
{
	static const struct paper_col cols[] = {
		{ .title = "No", .width = 15 },
		{ .title = "Remark", .width = 40 },
	};
	struct paper *p = begin(&paper_a5);
	char remark[4000] = "", word[16];
	int pages, found = 0, i;

	(void)state;
	for (i = 0; i < 400; i++) {
		snprintf(word, sizeof(word), "w%03d ", i);
		strncat(remark, word, sizeof(remark) - strlen(remark) - 1);
	}
	paper_table(p, cols, 2);
	paper_row(p, (const char *[]){ "1", "short" });
	paper_row(p, (const char *[]){ "2", remark });
	paper_row(p, (const char *[]){ "3", "last" });
	pages = end(p);
	assert_in_range(pages, 3, 8);
	for (i = 1; i <= pages; i++) {
		const char *text = page(i);

		assert_non_null(strstr(text, "Remark"));
		snprintf(word, sizeof(word), "w%03d", found);
		while (strstr(text, word) != NULL)
			snprintf(word, sizeof(word), "w%03d", ++found);
	}
	assert_int_equal(found, 400);
	assert_true(has(pages, "last"));
}

static void
sections_are_numbered_by_themselves(void **state)
{
	struct paper *p = begin(&paper_a4);

	(void)state;
	paper_section(p, NULL, "first");
	paper_note(p, NULL, "a");
	paper_page(p);
	paper_note(p, NULL, "b");
	paper_section(p, &paper_a5, "second");
	paper_note(p, NULL, "c");
	paper_section(p, &paper_label, NULL);
	paper_page(p);
	paper_text(p, (struct paper_box){ 5, 5, 90, 10 }, NULL, "d");
	assert_int_equal(end(p), 4);
	assert_true(is_numbered(page(1), 1, 2) && has(1, "first"));
	assert_true(is_numbered(page(2), 2, 2) && has(2, "b"));
	assert_true(is_numbered(page(3), 1, 1) && has(3, "second"));
	assert_true(has(4, "d") && !has(4, "/"));
}

static void
what_is_no_character_is_not_printed(void **state)
{
	struct paper *p = begin(&paper_a4);
	const char *in;

	(void)state;
	paper_note(p, NULL,
	    "a\xE2\x80\xAE"
	    "b\xE2\x80\x8B"
	    "c\x1b[31m\x07"
	    "d\tE\xC2\xA0"
	    "F\xEF\xBB\xBFg");
	assert_int_equal(paper_missing(p, &in), 0);
	end(p);
	assert_true(has(1, "abc[31md E Fg"));
}

static void
a_character_that_no_font_has_is_reported(void **state)
{
	struct paper *p = begin(&paper_label);
	const char *in;

	(void)state;
	paper_text(p, (struct paper_box){ 5, 5, 90, 10 }, NULL, "㛃㭎䶮");
	assert_int_equal(paper_missing(p, &in), 0);
	paper_text(
	    p, (struct paper_box){ 5, 20, 90, 10 }, NULL, "李\U000F1234四");
	paper_text(p, (struct paper_box){ 5, 30, 90, 10 }, NULL, "\xff");
	/* A private-use character: no font of ours has one there. */
	assert_int_equal(paper_missing(p, &in), 0xF1234);
	assert_string_equal(in, "李\U000F1234四");
	end(p);
	assert_true(has(1, "李□四"));
	assert_int_equal(paper_lacks("李四 €5 ×2 …"), 0);
	assert_int_equal(paper_lacks("a\U000F1234"), 0xF1234);
}

static void
lines_break_where_chinese_lines_may(void **state)
{
	/* Ten characters of 9 pt to a line. */
	const struct paper_box box = { 5, 5, 10 * 9 / MM + 0.1, 0 };
	struct paper *p = begin(&paper_label);

	(void)state;
	/* No full stop begins a line, no bracket ends one. */
	paper_text(p, box, NULL, "一二三四五六七八九十。后面");
	paper_page(p);
	paper_text(p, box, NULL, "一二三四五六七八九（十）后面");
	paper_page(p);
	/* Words and numbers stay whole if they can. */
	paper_text(p, box, NULL, "电话是零五七一 13800138000 转");
	paper_page(p);
	paper_text(p, box, NULL, "12345678901234567890123456789");
	end(p);
	assert_true(has(1, "一二三四五六七八九\n"));
	assert_true(has(1, "十。后面"));
	assert_true(has(2, "一二三四五六七八九\n"));
	assert_true(has(2, "（十）后面"));
	assert_true(has(3, "电话是零五七一\n"));
	assert_true(has(3, "13800138000"));
	assert_int_equal(count(page(4), "\n"), 2);
}

static void
what_does_not_fit_its_box_is_made_smaller_then_cut(void **state)
{
	const struct paper_box box = { 5, 5, 40, 6 };
	const struct paper_style fixed = { .pt = 12 };
	const struct paper_style flexible = { .pt = 12, .min_pt = 6 };
	const struct paper_style line = { .pt = 12, .one_line = true };
	static const char text[] = "广东省深圳市南山区粤海街道科技园";
	struct paper *p = begin(&paper_label);

	(void)state;
	paper_text(p, box, &line, text); /* asked for: not worth a warning */
	assert_null(paper_cut(p));
	paper_page(p);
	assert_true(paper_text(p, box, &flexible, text) <= 6);
	assert_null(paper_cut(p));
	paper_page(p);
	paper_text(p, box, &fixed, text);
	assert_string_equal(paper_cut(p), text);
	end(p);
	assert_true(has(1, "…"));
	assert_true(has(2, "科技园"));
	assert_true(has(3, "…"));
	assert_false(has(3, "园"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_read_back),
		cmocka_unit_test(a_long_name_wraps_inside_its_cell),
		cmocka_unit_test(
		    a_table_of_300_rows_has_its_header_on_each_page),
		cmocka_unit_test(a_total_and_a_group_are_never_alone),
		cmocka_unit_test(a_row_that_no_page_holds_is_continued),
		cmocka_unit_test(sections_are_numbered_by_themselves),
		cmocka_unit_test(what_is_no_character_is_not_printed),
		cmocka_unit_test(a_character_that_no_font_has_is_reported),
		cmocka_unit_test(lines_break_where_chinese_lines_may),
		cmocka_unit_test(
		    what_does_not_fit_its_box_is_made_smaller_then_cut),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
