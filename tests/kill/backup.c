/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "killer.h"
#include "shopmgr/base/str.h"

/*
 * kill -9 at random moments of a backup and of a rehearsal: whatever has the
 * name of a copy is one, the copies of before are all there, and what was left
 * half done goes with the next. See killer.h for how often.
 */

#define FIRST 4119203366520871001LL

static struct shop sh;

/* How long it takes; killed after @ms. */
static long
run(const char *what, long ms)
{
	long start = killer_clock();
	struct str args = STR_INIT;
	bool done;

	str_addf(&args, "backup %s %s/kept", what, sh.dir);
	done = killer_run(&sh, args.s, ms, SIGKILL);
	str_done(&args);
	if (ms == KILLER_NEVER)
		assert_true(done);
	return killer_clock() - start;
}

/* How many there are with such a name, and of any. */
static int
kept(int *all)
{
	char path[200];
	const struct dirent *e;
	int n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/kept", sh.dir);
	assert_non_null(d = opendir(path));
	for (*all = 0; (e = readdir(d)) != NULL; *all += e->d_name[0] != '.')
		n += strlen(e->d_name) == 23 &&
		     strcmp(e->d_name + 20, ".db") == 0;
	closedir(d);
	return n;
}

static void
killed_backups_leave_no_half_copy(void **state)
{
	long keep_ms, try_ms;
	int all, before = 0, n;

	(void)state;
	killer_begin(killer_asked(6));
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 50);
	keep_ms = run("--keep", KILLER_NEVER) + 5;
	try_ms = run("rehearse", KILLER_NEVER) + 5;
	while (killer_more()) {
		before = kept(&all);
		run("--keep", killer_moment(keep_ms));
		n = kept(&all);
		/* The day's one takes the place of the one before. */
		assert_true(n >= 1 && n <= before + 1);
		run("rehearse", killer_moment(try_ms));
		assert_int_equal(kept(&all), n);
		shop_must(&sh, "backup rehearse %s/kept", sh.dir);
		shop_must(&sh, "verify");
	}
	run("--keep", KILLER_NEVER);
	run("rehearse", KILLER_NEVER);
	assert_int_equal(kept(&all), 1);
	assert_int_equal(all, 1);
	shop_free(&sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_backups_leave_no_half_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
