/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
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

#include "shopmgr/io/files.h"
#include "shopmgr/io/sheet_in.h"
#include "shopmgr/io/sheet_out.h"

/*
 * One folder, and no way out of it:
 *
 *	DIR/secret.csv
 *	DIR/in/orders.csv
 *	DIR/in/deep/more.csv
 *	DIR/in/link.csv -> ../secret.csv
 *	DIR/in/here.csv -> orders.csv
 *	DIR/in/out -> ..
 *	DIR/in/pipe.csv
 *	DIR/inside/secret.csv
 */

static char dir[64];

static const char *
at(const char *name)
{
	static char path[16][200];
	static int turn;

	turn = (turn + 1) % 16;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static void
put(const char *name)
{
	FILE *f = fopen(at(name), "w");

	assert_non_null(f);
	fputs("a,b\n1,2\n", f);
	fclose(f);
}

static int
lay_out(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/shopmgr-confine-XXXXXX");
	assert_non_null(mkdtemp(dir));
	mkdir(at("in"), 0700);
	mkdir(at("in/deep"), 0700);
	mkdir(at("inside"), 0700);
	put("secret.csv");
	put("inside/secret.csv");
	put("in/orders.csv");
	put("in/deep/more.csv");
	assert_int_equal(symlink("../secret.csv", at("in/link.csv")), 0);
	assert_int_equal(symlink("orders.csv", at("in/here.csv")), 0);
	assert_int_equal(symlink("..", at("in/out")), 0);
	assert_int_equal(mkfifo(at("in/pipe.csv"), 0600), 0);
	return 0;
}

static int
clear(void **state)
{
	struct err err;
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -r '%s'", dir);
	return files_confine(NULL, &err) < 0 || system(command) != 0;
}

static int
read_it(const char *path)
{
	struct sheet *sh;
	struct err err;
	int rc = sheet_open(&sh, path, &err);

	if (rc == 0)
		sheet_close(sh);
	return rc;
}

static int
write_it(const char *path)
{
	static const enum sheet_col cols[] = { COL_TEXT };
	const char *const row[] = { "title" };
	struct sheet_out *so;
	struct err err;
	int rc = sheet_out_open(&so, path, NULL, cols, 1, &err);

	if (rc < 0)
		return rc;
	rc = sheet_out_row(so, row);
	if (rc == 0)
		rc = sheet_out_finish(so);
	sheet_out_close(so);
	return rc;
}

static void
confine(void)
{
	struct err err;

	assert_int_equal(files_confine(at("in"), &err), 0);
}

static void
files_of_the_folder_are_read(void **state)
{
	(void)state;
	confine();
	assert_int_equal(read_it(at("in/orders.csv")), 0);
	assert_int_equal(read_it(at("in//orders.csv")), 0);
	assert_int_equal(read_it(at("in/./orders.csv")), 0);
	assert_int_equal(read_it(at("in/deep/more.csv")), 0);
	/* What has no path is in it. */
	assert_int_equal(read_it("orders.csv"), 0);
	assert_int_equal(read_it("deep/more.csv"), 0);
	assert_int_equal(read_it("none.csv"), ERR_NOTFOUND);
}

static void
no_others_are_read(void **state)
{
	const char *const ways[] = { at("secret.csv"), at("inside/secret.csv"),
		"/etc/passwd", "../secret.csv", "deep/../../secret.csv",
		"deep/../orders.csv", at("in"), "link.csv", "here.csv",
		"out/secret.csv", "out", "~/secret.csv", "", ".", "..",
		"pipe.csv", "/", "//etc/passwd", "/proc/self/environ" };
	size_t i;

	(void)state;
	confine();
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (read_it(ways[i]) >= 0)
			fail_msg("%s was read", ways[i]);
	assert_int_equal(read_it(at("secret.csv")), ERR_INVALID);
	assert_int_equal(read_it("../secret.csv"), ERR_INVALID);
	assert_int_equal(read_it("link.csv"), ERR_INVALID);
}

static void
files_are_written_in_the_folder_itself_alone(void **state)
{
	const char *const ways[] = { at("x.csv"), "../x.csv", "/tmp/x.csv",
		"deep/x.csv", "out/x.csv", "link.csv", "here.csv", "pipe.csv",
		"deep", "-", ".", "..", "", at("in/deep/x.csv"), at("inside/x"),
		"link.xlsx/x.xlsx", at("in/link.csv"), at("in/pipe.csv"),
		at("in/here.csv"), at("in/../x.csv"), "x.csv" };
	struct stat st;
	size_t i;

	(void)state;
	confine();
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		assert_int_equal(write_it(ways[i]), ERR_INVALID);
	assert_int_equal(write_it(at("in/new.csv")), 0);
	assert_int_equal(stat(at("in/new.csv"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(write_it(at("in/new.csv")), 0);
	assert_int_equal(write_it(at("in/new.xlsx")), 0);
	/* What the links lead to is as it was. */
	assert_int_equal(stat(at("secret.csv"), &st), 0);
	assert_int_equal(st.st_size, 8);
}

static void
the_folder_may_be_moved_and_stays_the_one(void **state)
{
	(void)state;
	confine();
	assert_int_equal(rename(at("in"), at("was-in")), 0);
	assert_int_equal(symlink(dir, at("in")), 0);
	assert_int_equal(read_it("secret.csv"), ERR_NOTFOUND);
	assert_int_equal(read_it(at("in/secret.csv")), ERR_NOTFOUND);
	assert_int_equal(read_it("orders.csv"), 0);
	assert_int_equal(unlink(at("in")), 0);
	assert_int_equal(rename(at("was-in"), at("in")), 0);
}

static void
a_folder_for_a_group_gives_it_the_files(void **state)
{
	struct stat st;

	(void)state;
	confine();
	if (chmod(at("in"), 02770) != 0)
		skip();
	assert_int_equal(write_it(at("in/shared.csv")), 0);
	assert_int_equal(stat(at("in/shared.csv"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(chmod(at("in"), 0700), 0);
}

static void
without_a_folder_any_file_is_open(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(files_confine(NULL, &err), 0);
	assert_int_equal(read_it(at("secret.csv")), 0);
	assert_int_equal(read_it(at("in/link.csv")), 0);
	assert_int_equal(write_it(at("in/deep/x.csv")), 0);
	assert_int_equal(files_confine(at("none"), &err), ERR_IO);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, lay_out, clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_of_the_folder_are_read),
		TEST(no_others_are_read),
		TEST(files_are_written_in_the_folder_itself_alone),
		TEST(the_folder_may_be_moved_and_stays_the_one),
		TEST(a_folder_for_a_group_gives_it_the_files),
		TEST(without_a_folder_any_file_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
