/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "shopmgr/io/files.h"
#include "tmp.h"

static struct err err;

static void
put(const char *name, const char *text, time_t mtime)
{
	struct timespec times[2] = { { .tv_sec = mtime }, { .tv_sec = mtime } };
	const char *path = tmp_path(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void
tables_are_listed_newest_first(void **state)
{
	static const char *const want[] = { "new.XLSX", "b.txt", "c.txt",
		"old.csv", "older.xls" };
	const struct file_row *row;
	char path[128];
	struct page page;

	(void)state;
	put("old.csv", "abc", 1000);
	put("new.XLSX", "", 3000);
	put("older.xls", "abc", 1000);
	put("c.txt", "", 2000);
	put("b.txt", "", 2000);
	put("photo.jpg", "", 4000);
	put(".hidden.csv", "", 4000);
	put(".csv", "", 4000);
	put("csv", "", 4000);
	assert_int_equal(mkdir(tmp_path("folder.csv"), 0700), 0);
	assert_int_equal(symlink("/etc/passwd", tmp_path("out.csv")), 0);
	assert_int_equal(mkfifo(tmp_path("pipe.csv"), 0600), 0);

	assert_int_equal(files_list(tmp_dir, &page, &err), 0);
	assert_int_equal(page.n, 5);
	for (size_t i = 0; i < 5; i++) {
		row = page_row(&page, i);
		assert_string_equal(row->name, want[i]);
		snprintf(path, sizeof(path), "%s/%s", tmp_dir, want[i]);
		assert_string_equal(row->path, path);
	}
	assert_int_equal(row->size, 3);
	assert_int_equal(row->mtime, 1000);
	page_free(&page);
}

static void
an_empty_folder_is_an_empty_list(void **state)
{
	struct page page;

	(void)state;
	assert_int_equal(mkdir(tmp_path("empty"), 0700), 0);
	assert_int_equal(files_list(tmp_path("empty"), &page, &err), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
}

static void
a_folder_that_is_not_there_is_said(void **state)
{
	struct page page;

	(void)state;
	assert_int_equal(
	    files_list(tmp_path("none"), &page, &err), ERR_NOTFOUND);
	assert_non_null(strstr(err.text, "No such file or directory"));
	assert_int_equal(files_list("/dev/null", &page, &err), ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_listed_newest_first),
		cmocka_unit_test(an_empty_folder_is_an_empty_list),
		cmocka_unit_test(a_folder_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
