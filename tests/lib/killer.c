/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "killer.h"
#include "shopmgr/base/str.h"

#define MS 1000000L

static unsigned long long dice;
static long left;

long
killer_asked(long otherwise)
{
	const char *text = getenv("KILLS");

	return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

void
killer_begin(long kills)
{
	const char *seed = getenv("KILL_SEED");

	dice = seed != NULL ? strtoull(seed, NULL, 10)
			    : (unsigned long long)time(NULL) ^
				  (unsigned long long)getpid() << 32;
	print_message("KILL_SEED=%llu\n", dice);
	left = kills;
}

bool
killer_more(void)
{
	return left > 0;
}

long
killer_moment(long within)
{
	if (left <= 0)
		return KILLER_NEVER;
	left--;
	/* xorshift64* */
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (long)(((dice * 0x2545f4914f6cdd1dULL) >> 33) %
		      (unsigned long long)within);
}

long
killer_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / MS;
}

bool
killer_run(struct shop *sh, const char *args, long ms, int sig)
{
	const char *build = getenv("BUILD");
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * MS };
	struct str cmd = STR_INIT;
	int status;
	pid_t pid;

	shop_file(sh, "acks", "");
	/* exec, so that it is the program that is killed. */
	str_addf(&cmd,
	    "exec %s/shopmgr --lang en -d %s %s %s > %s/acks 2> %s/errors",
	    build != NULL ? build : "build", sh->db, sh->who, args, sh->dir,
	    sh->dir);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", cmd.s, (char *)NULL);
		_exit(127);
	}
	str_done(&cmd);
	if (ms != KILLER_NEVER) {
		nanosleep(&ts, NULL);
		kill(pid, sig);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
