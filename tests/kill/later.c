/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
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
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"

/*
 * kill -9 at random moments of later imports, which go in many steps, and of
 * taking them back. After each the next command finds all of it or nothing, the
 * books prove, and in the end the shop is the same as one where nobody was
 * killed. KILL_ROUNDS says how often, KILL_SEED repeats a run.
 */

#define ORDERS   300 /* a round */
#define PER_SHOP 10  /* rounds */
#define FIRST    4119203366520871001LL
#define STEP     1000
#define MS       1000000L
#define WARM_UP  (-1)

static struct shop sh;
static unsigned long long dice;
/* What the kills hit, to see that they hit at all. */
static int none, finished, undone, kept;
static long import_ms = 400, undo_ms = 200; /* how long they take, about */

static unsigned long
roll(unsigned long below)
{
	/* xorshift64* */
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (unsigned long)((dice * 0x2545f4914f6cdd1dULL) >> 33) % below;
}

static long
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long)(ts.tv_sec * 1000 + ts.tv_nsec / MS);
}

/* Runs the program with @args; sends it @sig after a while, unless @ms is
 * WARM_UP. Its output goes to DIR/acks. Returns whether it ended well by
 * itself. */
static bool
run_and_kill(const char *args, long ms, int sig)
{
	const char *build = getenv("BUILD");
	struct str cmd = STR_INIT;
	char acks[200];
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * MS };
	int status;
	pid_t pid;

	/* exec, so that it is the program that is killed. */
	str_addf(&cmd,
	    "exec %s/shopmgr --lang en -d %s %s %s > %s/acks 2> %s/errors",
	    build != NULL ? build : "build", sh.db, sh.who, args, sh.dir,
	    sh.dir);
	snprintf(acks, sizeof(acks), "%s/acks", sh.dir);
	unlink(acks);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", cmd.s, (char *)NULL);
		_exit(127);
	}
	str_done(&cmd);
	if (ms != WARM_UP) {
		nanosleep(&ts, NULL);
		kill(pid, sig);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* How many of the round's orders there are. */
static int
count(long long first)
{
	char key[60];
	int n = 0;

	shop_must(&sh, "--format csv list orders --limit 0");
	for (int i = 0; i < ORDERS; i++) {
		snprintf(key, sizeof(key), ",%lld,", first + i);
		n += strstr(sh.out, key) != NULL;
	}
	return n;
}

/* All of it or nothing; 0, or the import that was made in the end. */
static long long
import_round(long long first, long ms)
{
	struct str args = STR_INIT;
	long long batch = 0;
	bool done;
	int n;

	shop_pair(&sh, "PAN-20", first, ORDERS);
	str_addf(
	    &args, "import orders %s/order.csv %s/item.csv", sh.dir, sh.dir);
	done = run_and_kill(args.s, ms, SIGKILL);
	/* The next one who comes finishes it. */
	shop_must(&sh, "verify");
	n = count(first);
	if (n != 0 && n != ORDERS)
		fail_msg("%d of %d orders after a kill", n, ORDERS);
	if (done)
		assert_int_equal(n, ORDERS);
	none += n == 0;
	finished += n != 0 && !done;
	shop_must(&sh, "--format json %s", args.s);
	assert_int_equal(
	    json_number(sh.out, n == 0 ? "new" : "unchanged"), ORDERS);
	if (n == 0)
		batch = json_number(sh.out, "batch");
	str_done(&args);
	return batch;
}

static void
undo_round(long long first, long long batch, long ms)
{
	struct str args = STR_INIT;
	int n;

	str_addf(&args, "import undo %lld", batch);
	(void)run_and_kill(args.s, ms, SIGKILL);
	shop_must(&sh, "verify");
	n = count(first);
	if (n != 0 && n != ORDERS)
		fail_msg("%d of %d orders after a kill", n, ORDERS);
	undone += n == 0;
	kept += n != 0;
	if (n != 0)
		shop_must(&sh, "%s", args.s);
	assert_int_equal(count(first), 0);
	str_done(&args);
}

/* What there is, for a comparison. */
static char *
lists(void)
{
	static const char *const kinds[] = { "orders", "customers", "stock" };
	struct str all = STR_INIT;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		shop_must(&sh, "--format csv list %s --limit 0", kinds[i]);
		str_add(&all, sh.out);
	}
	return str_take(&all);
}

static void
open_shop(void)
{
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", ORDERS);
	import_round(FIRST - STEP, WARM_UP);
}

/* The same files, and nobody is killed. */
static char *
twin(long rounds)
{
	char *all;
	long i;

	open_shop();
	for (i = 0; i < rounds; i++)
		import_round(FIRST + i * STEP, WARM_UP);
	all = lists();
	shop_free(&sh);
	return all;
}

static void
measure(void)
{
	long start, batch;

	open_shop();
	start = now_ms();
	import_round(FIRST, WARM_UP);
	import_ms = (now_ms() - start) / 3 + 5;
	shop_pair(&sh, "PAN-20", FIRST + STEP, ORDERS);
	shop_must(&sh, "--format json import orders %s/order.csv %s/item.csv",
	    sh.dir, sh.dir);
	batch = json_number(sh.out, "batch");
	start = now_ms();
	shop_must(&sh, "import undo %ld", batch);
	undo_ms = now_ms() - start + 5;
	shop_free(&sh);
}

static void
a_later_import_is_whole_or_never_was(void **state)
{
	const char *text = getenv("KILL_ROUNDS"), *seed = getenv("KILL_SEED");
	long rounds = text != NULL ? strtol(text, NULL, 10) : 4, i, n;
	char *expected, *all;

	(void)state;
	dice = seed != NULL ? strtoull(seed, NULL, 10)
			    : (unsigned long long)time(NULL) ^
				  (unsigned long long)getpid() << 32;
	print_message("KILL_SEED=%llu\n", dice);
	measure();
	n = rounds < PER_SHOP ? rounds : PER_SHOP;
	expected = twin(n);
	for (i = 0; i < rounds; i++) {
		long long first = FIRST + i % PER_SHOP * STEP, batch;

		if (i % PER_SHOP == 0)
			open_shop();
		batch =
		    import_round(first, (long)roll((unsigned long)import_ms));
		if (batch != 0) {
			undo_round(
			    first, batch, (long)roll((unsigned long)undo_ms));
			import_round(first, WARM_UP);
		}
		if (i % PER_SHOP != n - 1)
			continue;
		all = lists();
		assert_string_equal(all, expected);
		free(all);
		shop_free(&sh);
	}
	free(expected);
	print_message("kills: %d imports never were, %d were finished by the "
		      "next; %d undone, %d not begun\n",
	    none, finished, undone, kept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_later_import_is_whole_or_never_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
