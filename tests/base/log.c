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

#include "shopmgr/base/log.h"

static char dir[] = "/tmp/shopmgr-log-XXXXXX", path[64];

static int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/log", dir);
	return 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static size_t
read_log(char *buf, size_t size)
{
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(buf, 1, size - 1, f);
	buf[n] = '\0';
	fclose(f);
	return n;
}

static void
lines_are_dated_appended_and_private(void **state)
{
	char text[4096];
	struct stat st;
	struct err err;
	int y, m, d;

	(void)state;
	assert_int_equal(log_open(path, &err), 0);
	log_msg("opened %s", "shop.db");
	assert_int_equal(log_open(NULL, &err), 0);
	log_msg("goes nowhere");
	assert_int_equal(log_open(path, &err), 0);
	log_msg("second");
	assert_int_equal(log_open(NULL, &err), 0);
	read_log(text, sizeof(text));
	assert_int_equal(sscanf(text, "%4d-%2d-%2dT", &y, &m, &d), 3);
	assert_non_null(strstr(text, " opened shop.db\n"));
	assert_null(strstr(text, "nowhere"));
	assert_non_null(strstr(text, " second\n"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
a_message_is_one_line_however_hostile(void **state)
{
	char text[8192], big[5000];
	struct err err;
	const char *s;
	int lines = 0;

	(void)state;
	unlink(path);
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_int_equal(log_open(path, &err), 0);
	log_msg("a\n2030-01-01 forged\x1b[2J\r%s", "b\nc");
	log_msg("%s", big);
	assert_int_equal(log_open(NULL, &err), 0);
	read_log(text, sizeof(text));
	for (s = text; *s != '\0'; s++) {
		lines += *s == '\n';
		assert_true(*s == '\n' || (unsigned char)*s >= 0x20);
	}
	assert_int_equal(lines, 2);
	assert_int_equal(s[-1], '\n');
}

static void
a_log_that_cannot_be_is_told_and_the_old_one_kept(void **state)
{
	char text[4096];
	struct err err;

	(void)state;
	unlink(path);
	assert_int_equal(log_open(path, &err), 0);
	assert_int_equal(log_open("/nowhere/at/all", &err), ERR_IO);
	assert_non_null(strstr(err.text, "/nowhere/at/all"));
	log_msg("still here");
	assert_int_equal(log_open(NULL, &err), 0);
	read_log(text, sizeof(text));
	assert_non_null(strstr(text, "still here"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_dated_appended_and_private),
		cmocka_unit_test(a_message_is_one_line_however_hostile),
		cmocka_unit_test(
		    a_log_that_cannot_be_is_told_and_the_old_one_kept),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
