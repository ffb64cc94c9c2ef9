/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "files.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/db/search.h"

static struct err err;

static struct search *
open_at(const char *file)
{
	struct search *x;

	if (search_open(&x, file, &err) < 0)
		fail_msg("%s", err.text);
	return x;
}

static void
add(struct search *x, unsigned list, int64_t id, const char *text)
{
	struct search_doc doc = { id, text };
	struct search_mark mark;

	assert_int_equal(search_begin(x, &mark), 0);
	assert_int_equal(search_add(x, list, &doc, 1), 0);
	assert_int_equal(search_commit(x, &mark), 0);
}

/* "9 4 1": the numbers found, in order. */
static const char *
found(struct search *x, unsigned list, const char *text, int64_t before)
{
	static char out[200];
	int64_t ids[20], next;
	size_t i, n, len = 0;

	out[0] = '\0';
	assert_int_equal(
	    search_query(x, list, text, before, 1000, ids, 20, &n, &next), 0);
	assert_int_equal(next, 0);
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len,
		    "%s%" PRId64, i > 0 ? " " : "", ids[i]);
	return out;
}

static void
chinese_is_found_wherever_it_stands(void **state)
{
	struct search *x = open_at(":memory:");

	(void)state;
	add(x, 0, 1, "请用顺丰，谢谢");
	add(x, 0, 2, "改发红色，送到楼下");
	add(x, 0, 3, "楼下有红色的门");
	assert_string_equal(found(x, 0, "楼", 0), "3 2");
	assert_string_equal(found(x, 0, "楼下", 0), "3 2");
	assert_string_equal(found(x, 0, "到楼下", 0), "2");
	assert_string_equal(found(x, 0, "谢谢", 0), "1");
	assert_string_equal(found(x, 0, "红色 楼下", 0), "3 2");
	assert_string_equal(found(x, 0, "红色 顺丰", 0), "");
	assert_string_equal(found(x, 0, "丰谢", 0), ""); /* a comma between */
	assert_string_equal(found(x, 0, "不在", 0), "");
	assert_string_equal(found(x, 1, "楼", 0), "");
	search_close(x);
}

static void
words_and_numbers_are_found_from_their_beginning(void **state)
{
	struct search *x = open_at(":memory:");

	(void)state;
	add(x, 0, 7, "Gift wrapping, please. 20cm");
	add(x, 0, 8, "改ＸＬ码 13800138000");
	assert_string_equal(found(x, 0, "gift", 0), "7");
	assert_string_equal(found(x, 0, "WRAP", 0), "7");
	assert_string_equal(found(x, 0, "please gift", 0), "7");
	assert_string_equal(found(x, 0, "ift", 0), "");
	assert_string_equal(found(x, 0, "20", 0), "7");
	assert_string_equal(found(x, 0, "cm", 0), "7");
	assert_string_equal(found(x, 0, "xl码", 0), "8");
	assert_string_equal(found(x, 0, "13800138000", 0), "8");
	assert_string_equal(found(x, 0, "1380", 0), "8");
	assert_string_equal(found(x, 0, "8000", 0), "");
	assert_string_equal(found(x, 0, "，。 --", 0), "");
	assert_string_equal(found(x, 0, "", 0), "");
	assert_string_equal(found(x, 0, "\"*\" OR gift)", 0), "");
	search_close(x);
}

static void
numbers_come_highest_first_and_in_pages(void **state)
{
	struct search *x = open_at(":memory:");
	int64_t ids[3], next, day = INT64_C(86400) * 40;
	size_t n;
	int i;

	(void)state;
	for (i = 30; i > 0; i--)
		add(x, 2, i * day, i % 10 == 3 ? "少见" : "常见");
	assert_int_equal(
	    search_query(x, 2, "常见", 0, 1000, ids, 3, &n, &next), 0);
	assert_int_equal(n, 3);
	assert_int_equal(ids[0], 30 * day);
	assert_int_equal(ids[2], 28 * day);
	assert_int_equal(
	    search_query(x, 2, "常见", ids[2], 1000, ids, 3, &n, &next), 0);
	assert_int_equal(ids[0], 27 * day);
	assert_int_equal(
	    search_query(x, 2, "少见", 0, 1000, ids, 3, &n, &next), 0);
	assert_int_equal(n, 3);
	assert_int_equal(ids[2], 3 * day);
	search_close(x);
}

/* What there was no time for is gone on with. */
static void
a_search_that_is_over_time_says_where_it_stopped(void **state)
{
	struct search *x = open_at(":memory:");
	int64_t ids[3], next = 0, day = INT64_C(86400) * 40;
	size_t n = 0;
	int i, rounds = 0;

	(void)state;
	for (i = 1; i <= 30; i++)
		add(x, 0, i * day, i == 1 ? "很早以前" : "其他");
	do {
		assert_int_equal(
		    search_query(x, 0, "很早", next, -1, ids, 3, &n, &next), 0);
		rounds++;
	} while (n == 0 && next != 0);
	assert_int_equal(n, 1);
	assert_int_equal(ids[0], day);
	assert_true(rounds > 3);
	search_close(x);
}

static void
a_text_that_changes_is_found_by_its_new_words(void **state)
{
	struct search *x = open_at(":memory:");
	struct search_doc two[] = { { 5, "甲乙" }, { 5, "丙丁" } };
	struct search_mark mark;

	(void)state;
	add(x, 0, 4, "原来的话");
	add(x, 0, 4, "后来的话");
	add(x, 0, 4, "后来的话");
	assert_string_equal(found(x, 0, "后来", 0), "4");
	assert_int_equal(search_begin(x, &mark), 0);
	assert_int_equal(search_add(x, 0, two, 2), 0);
	assert_int_equal(search_commit(x, &mark), 0);
	assert_string_equal(found(x, 0, "甲乙", 0), "5");
	assert_string_equal(found(x, 0, "丙丁", 0), "5");
	assert_string_equal(found(x, 0, "乙丙", 0), "");
	search_close(x);
}

static bool
fits(const char *text, const char *query, const char *piece)
{
	size_t at, len;

	if (!search_fits(text, query, &at, &len))
		return false;
	assert_int_equal(len, strlen(piece));
	assert_memory_equal(text + at, piece, len);
	return true;
}

static void
a_text_tells_whether_and_where_it_fits(void **state)
{
	(void)state;
	assert_true(fits("改发红色", "红色", "红色"));
	assert_true(fits("改发红色 Gift", "GIFT 改发", "Gift"));
	assert_true(fits("ＸＬ码", "xl", "ＸＬ"));
	assert_true(fits("agift a gift", "gift", "gift"));
	assert_false(search_fits("agift", "gift", NULL, NULL));
	assert_false(search_fits("解放 放路", "解放路", NULL, NULL));
	assert_false(search_fits("红色", "红色 绿色", NULL, NULL));
	assert_false(search_fits("红色", "", NULL, NULL));
	assert_false(search_fits("", "红", NULL, NULL));
	assert_true(search_asks("红"));
	assert_true(search_asks("- 1"));
	assert_false(search_asks(" -，。"));
	assert_false(search_asks("\xff\x80"));
}

static void
what_was_added_and_how_far_stays(void **state)
{
	const char *file = path("stays.search");
	struct search *x = open_at(file);
	struct search_mark mark;
	struct search_doc doc = { 3, "红色" };
	struct stat st;

	(void)state;
	assert_int_equal(search_begin(x, &mark), 0);
	assert_int_equal(mark.at[0], 0);
	assert_string_equal(mark.text, "");
	mark.at[0] = 17;
	mark.at[SEARCH_MARKS - 1] = 4;
	copy_text(mark.text, sizeof(mark.text), "here");
	assert_int_equal(search_add(x, 1, &doc, 1), 0);
	assert_int_equal(search_commit(x, &mark), 0);
	search_close(x);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	x = open_at(file);
	assert_int_equal(search_mark(x, &mark), 0);
	assert_int_equal(mark.at[0], 17);
	assert_int_equal(mark.at[SEARCH_MARKS - 1], 4);
	assert_string_equal(mark.text, "here");
	assert_string_equal(found(x, 1, "红", 0), "3");
	/* What is not committed has not happened. */
	doc.id = 9;
	assert_int_equal(search_begin(x, &mark), 0);
	assert_int_equal(search_add(x, 1, &doc, 1), 0);
	search_abort(x);
	assert_string_equal(found(x, 1, "红", 0), "3");
	assert_int_equal(search_begin(x, &mark), 0);
	assert_int_equal(search_clear(x), 0);
	assert_int_equal(
	    search_commit(x, &(struct search_mark){ .text = "" }), 0);
	assert_string_equal(found(x, 1, "红", 0), "");
	search_close(x);
}

static void
a_damaged_file_is_made_anew(void **state)
{
	const char *file = path("damaged.search");
	struct search *x = open_at(file);
	FILE *f;

	(void)state;
	add(x, 0, 1, "红色");
	search_close(x);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs("this is no database at all, but a text of some length", f);
	fclose(f);
	x = open_at(file);
	assert_string_equal(found(x, 0, "红色", 0), "");
	add(x, 0, 1, "红色");
	assert_string_equal(found(x, 0, "红色", 0), "1");
	search_close(x);
}

static void
one_adds_at_a_time_while_others_look(void **state)
{
	const char *file = path("shared.search");
	struct search *a = open_at(file), *b = open_at(file);
	struct search_mark mark;
	struct search_doc doc = { 2, "二" };

	(void)state;
	add(a, 0, 1, "一");
	assert_int_equal(search_begin(a, &mark), 0);
	assert_int_equal(search_add(a, 0, &doc, 1), 0);
	assert_int_equal(search_begin(b, &mark), ERR_BUSY);
	assert_string_equal(found(b, 0, "一", 0), "1");
	assert_string_equal(found(b, 0, "二", 0), "");
	assert_int_equal(search_commit(a, &mark), 0);
	assert_string_equal(found(b, 0, "二", 0), "2");
	search_close(a);
	search_close(b);
}

/* Many open a file that is not there yet, all at once: it ends up whole. */
static void
who_comes_at_the_same_time_disturbs_nobody(void **state)
{
	const char *file = path("race.search");
	struct search *x;
	int i, status, late = 0;

	(void)state;
	for (i = 0; i < 8; i++) {
		if (fork() == 0) {
			int rc = search_open(&x, file, &err);

			_exit(rc == 0 ? 0 : rc == ERR_BUSY ? 1 : 2);
		}
	}
	for (i = 0; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
		late += WEXITSTATUS(status);
	}
	assert_true(late < 8);
	x = open_at(file);
	add(x, 0, 1, "一");
	assert_string_equal(found(x, 0, "一", 0), "1");
	search_close(x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chinese_is_found_wherever_it_stands),
		cmocka_unit_test(
		    words_and_numbers_are_found_from_their_beginning),
		cmocka_unit_test(numbers_come_highest_first_and_in_pages),
		cmocka_unit_test(
		    a_search_that_is_over_time_says_where_it_stopped),
		cmocka_unit_test(a_text_that_changes_is_found_by_its_new_words),
		cmocka_unit_test(a_text_tells_whether_and_where_it_fits),
		cmocka_unit_test(what_was_added_and_how_far_stays),
		cmocka_unit_test(a_damaged_file_is_made_anew),
		cmocka_unit_test(one_adds_at_a_time_while_others_look),
		cmocka_unit_test(who_comes_at_the_same_time_disturbs_nobody),
	};

	return cmocka_run_group_tests_name(
	    "db/search", tests, make_dir, remove_dir);
}
