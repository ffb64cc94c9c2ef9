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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop.h"

/*
 * kill -9 at random moments of a backup and of a rehearsal: whatever has the
 * name of a copy is one, the copies of before are all there, and what was left
 * half done goes with the next. KILL_ROUNDS says how often; KILL_SEED, printed
 * at the start, repeats a run.
 */

#define FIRST 4119203366520871001LL
#define MS    1000000L

static struct shop sh;
static unsigned long long dice;

static long
roll(long below)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (long)(dice % (unsigned long long)below);
}

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / MS;
}

/* How long it takes; killed after @ms unless that is negative. */
static long
run(const char *args, long ms)
{
	const char *build = getenv("BUILD");
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * MS };
	long start = now_ms();
	char cmd[600];
	int status;
	pid_t pid;

	/* exec, so that it is the program that is killed. */
	snprintf(cmd, sizeof(cmd),
	    "exec %s/shopmgr -d %s %s backup %s %s/kept > %s/out 2>&1",
	    build != NULL ? build : "build", sh.db, sh.who, args, sh.dir,
	    sh.dir);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", cmd, (char *)NULL);
		_exit(127);
	}
	if (ms >= 0) {
		nanosleep(&ts, NULL);
		kill(pid, SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (ms < 0)
		assert_int_equal(status, 0);
	return now_ms() - start;
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
	const char *text = getenv("KILL_ROUNDS"), *seed = getenv("KILL_SEED");
	long rounds = text != NULL ? strtol(text, NULL, 10) : 3;
	long keep_ms, try_ms;
	int all, before = 0, n;

	(void)state;
	dice = seed != NULL ? strtoull(seed, NULL, 10)
			    : (unsigned long long)time(NULL) ^
				  (unsigned long long)getpid() << 32;
	print_message("KILL_SEED=%llu\n", dice);
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 50);
	keep_ms = run("--keep", -1) + 5;
	try_ms = run("rehearse", -1) + 5;
	for (long i = 0; i < rounds; i++) {
		before = kept(&all);
		run("--keep", roll(keep_ms));
		n = kept(&all);
		/* The day's one takes the place of the one before. */
		assert_true(n >= 1 && n <= before + 1);
		run("rehearse", roll(try_ms));
		assert_int_equal(kept(&all), n);
		shop_must(&sh, "backup rehearse %s/kept", sh.dir);
		shop_must(&sh, "verify");
	}
	run("--keep", -1);
	run("rehearse", -1);
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
