/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/session.h"

static const char *
in(const char *dir, const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void
put(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("a,b\n", f);
	fclose(f);
}

/* A folder that is not there yet. */
static const char *
fresh(const char *name)
{
	static char dir[256];

	copy_text(dir, sizeof(dir), fixture_path(name));
	return dir;
}

static void
the_folder_is_made(void **state)
{
	struct session *s = fixture_session("manager");
	const char *dir = fresh("deep/down/exchange");
	struct page page;
	struct stat st;

	(void)state;
	assert_int_equal(exchange_files(s, dir, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 077, 0); /* for its owner's eyes */
	fixture_end(s);
}

static void
files_are_listed_and_no_way_leads_out(void **state)
{
	struct session *s = fixture_session("manager");
	const char *dir = fresh("listed");
	const struct exchange_file *file;
	struct page page;

	(void)state;
	assert_int_equal(mkdir(dir, 0700), 0);
	put(in(dir, "orders.csv"));
	put(in(dir, "notes.md"));
	assert_int_equal(mkdir(in(dir, "folder.csv"), 0700), 0);
	assert_int_equal(symlink("/etc/passwd", in(dir, "link.csv")), 0);
	assert_int_equal(exchange_files(s, dir, &page), 0);
	assert_int_equal(page.n, 1);
	file = page_row(&page, 0);
	assert_string_equal(file->name, "orders.csv");
	assert_string_equal(file->path, in(dir, "orders.csv"));
	assert_int_equal(file->id, 1);
	assert_int_equal(file->size, 4);
	page_free(&page);
	fixture_end(s);
}

static void
only_those_who_import_see_it(void **state)
{
	struct session *s = fixture_session("editor");
	struct page page;

	(void)state;
	assert_int_equal(exchange_files(s, fresh("unseen"), &page), ERR_DENIED);
	fixture_end(s);
}

static void
a_new_file_never_takes_the_place_of_another(void **state)
{
	struct session *s = fixture_session("manager");
	const char *dir = fresh("out");
	char path[512];
	int i;

	(void)state;
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	assert_int_equal(
	    exchange_path(s, dir, "orders", "csv", path, sizeof(path)), 0);
	assert_string_equal(path, in(dir, "orders-20261122-1405.csv"));
	put(path);
	assert_int_equal(
	    exchange_path(s, dir, "orders", "csv", path, sizeof(path)), 0);
	assert_string_equal(path, in(dir, "orders-20261122-1405-2.csv"));
	for (i = 2; i <= 1000; i++) {
		snprintf(path, sizeof(path), "%s/orders-20261122-1405-%d.csv",
		    dir, i);
		put(path);
	}
	assert_int_equal(
	    exchange_path(s, dir, "orders", "csv", path, sizeof(path)), ERR_IO);
	assert_int_equal(exchange_path(s, dir, "x", "csv", path, 8), ERR_IO);
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

static void
a_folder_that_cannot_be_is_told(void **state)
{
	struct session *s = fixture_session("manager");
	const char *file = fixture_file("plain", "no folder\n");
	struct page page;
	char path[512];

	(void)state;
	assert_int_equal(exchange_files(s, file, &page), ERR_IO);
	assert_non_null(strstr(session_err(s)->text, file));
	assert_int_equal(
	    exchange_path(s, in(file, "below"), "x", "csv", path, sizeof(path)),
	    ERR_IO);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_is_made),
		cmocka_unit_test(files_are_listed_and_no_way_leads_out),
		cmocka_unit_test(only_those_who_import_see_it),
		cmocka_unit_test(a_new_file_never_takes_the_place_of_another),
		cmocka_unit_test(a_folder_that_cannot_be_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
