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
 * kill -9 at random moments of importing and of shipping. After each the books
 * prove, an import has happened whole or not at all, what was acknowledged is
 * there, and the same command again brings the rest. KILL_ROUNDS says how
 * often, KILL_SEED repeats a run.
 */

#define ORDERS   60 /* a round */
#define PER_SHOP 20 /* rounds; a shop that grows makes the rounds slow */
#define FIRST    4119203366520871001LL
#define STEP     1000
#define MS       1000000L
#define WARM_UP  (-1)

static struct shop sh;
static unsigned long long dice;
/* What the kills hit, to see that they hit at all. */
static int none, whole, part;
static long import_ms = 200, ship_ms = 200; /* how long they take, about */

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

static char *
acknowledgements(void)
{
	char path[200];
	struct str s = STR_INIT;
	char buf[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/acks", sh.dir);
	f = fopen(path, "r");
	if (f == NULL)
		return xstrdup(""); /* killed before it began */
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&s, buf, n);
	fclose(f);
	return str_take(&s);
}

/* How many of the round's orders there are; with @shipped, how many parcels. */
static int
count(long long first, bool shipped)
{
	char key[60];
	int n = 0;

	shop_must(&sh, "--format csv list %s --limit 0",
	    shipped ? "parcels" : "orders");
	for (int i = 0; i < ORDERS; i++) {
		snprintf(key, sizeof(key), ",%lld,", first + i);
		n += strstr(sh.out, key) != NULL;
	}
	return n;
}

static void
import_round(long long first, long ms, int sig)
{
	struct str args = STR_INIT;
	bool done;
	int n;

	shop_pair(&sh, "PAN-20", first, ORDERS);
	str_addf(
	    &args, "import orders %s/order.csv %s/item.csv", sh.dir, sh.dir);
	done = run_and_kill(args.s, ms, sig);
	shop_must(&sh, "verify");
	n = count(first, false);
	if (n != 0 && n != ORDERS)
		fail_msg("%d of %d orders after a kill", n, ORDERS);
	if (done)
		assert_int_equal(n, ORDERS);
	none += n == 0;
	whole += n != 0;
	shop_must(&sh, "--format json %s", args.s);
	assert_int_equal(
	    json_number(sh.out, n == 0 ? "new" : "unchanged"), ORDERS);
	str_done(&args);
}

/* Every line that says "ok" is a parcel with its waybill. */
static int
check_acks(long long first)
{
	char *text = acknowledgements(), *line, *save = NULL;
	char key[100];
	long long no;
	int n = 0, at;

	shop_must(&sh, "--format csv list parcels --limit 0");
	for (line = strtok_r(text, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		if (strstr(line, " refused ") != NULL)
			break; /* what an interrupt fell into */
		if (sscanf(line, "%d ok Order %lld is shipped", &at, &no) != 2)
			fail_msg("not an acknowledgement: %s", line);
		assert_int_equal(no, first + at - 1);
		snprintf(key, sizeof(key), ",%lld,", no);
		if (strstr(sh.out, key) == NULL)
			fail_msg("acknowledged and lost: %s", line);
		n++;
	}
	free(text);
	return n;
}

static void
ship_round(long long first, long ms, int sig)
{
	struct str s = STR_INIT, args = STR_INIT;
	int acknowledged, shipped;
	bool done;

	for (int i = 0; i < ORDERS; i++)
		str_addf(&s,
		    "order ship %lld --courier YTO --waybill YT%013lld "
		    "--scan 6901234567892\n",
		    first + i, (first + i) % 10000000000000LL);
	shop_file(&sh, "ships", s.s);
	str_addf(&args, "batch %s/ships", sh.dir);
	done = run_and_kill(args.s, ms, sig);
	shop_must(&sh, "verify");
	acknowledged = check_acks(first);
	shipped = count(first, true);
	/* A line is written at once, so none is cut; one may be committed and
	 * not yet told. */
	if (shipped != acknowledged && shipped != acknowledged + 1)
		fail_msg("%d shipped, %d acknowledged", shipped, acknowledged);
	if (done)
		assert_int_equal(acknowledged, ORDERS);
	none += shipped == 0;
	part += shipped > 0 && shipped < ORDERS;
	whole += shipped == ORDERS;
	(void)shop_do(&sh, "%s --keep-going", args.s);
	assert_int_equal(count(first, true), ORDERS);
	str_done(&s);
	str_done(&args);
}

/* Measures how long it takes when nobody kills it. */
static void
open_shop(void)
{
	long start;

	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", ORDERS * (PER_SHOP + 2));
	start = now_ms();
	import_round(FIRST - STEP, WARM_UP, 0);
	import_ms = (now_ms() - start) / 2 + 5;
	start = now_ms();
	ship_round(FIRST - STEP, WARM_UP, 0);
	ship_ms = (now_ms() - start) / 2 + 5;
}

static void
nothing_acknowledged_is_lost(void **state)
{
	const char *text = getenv("KILL_ROUNDS"), *seed = getenv("KILL_SEED");
	long rounds = text != NULL ? strtol(text, NULL, 10) : 4;
	long long first = FIRST;

	(void)state;
	dice = seed != NULL ? strtoull(seed, NULL, 10)
			    : (unsigned long long)time(NULL) ^
				  (unsigned long long)getpid() << 32;
	print_message("KILL_SEED=%llu\n", dice);
	for (long i = 0; i < rounds; i++, first += STEP) {
		if (i % PER_SHOP == 0) {
			if (i > 0)
				shop_free(&sh);
			open_shop();
			first = FIRST;
		}
		import_round(
		    first, (long)roll((unsigned long)import_ms), SIGKILL);
		ship_round(first, (long)roll((unsigned long)ship_ms), SIGKILL);
	}
	shop_must(&sh, "verify");
	shop_free(&sh);
	print_message("kills: %d before the first commit, %d within, %d after "
		      "the last\n",
	    none, part, whole);
}

/* Ctrl-C cancels: what was not acknowledged did not happen. */
static void
interrupts_leave_nothing_half_done(void **state)
{
	long long first = FIRST;

	(void)state;
	open_shop();
	for (int i = 0; i < 3; i++, first += STEP) {
		import_round(
		    first, (long)roll((unsigned long)import_ms), SIGINT);
		ship_round(first, (long)roll((unsigned long)ship_ms), SIGINT);
	}
	shop_free(&sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_acknowledged_is_lost),
		cmocka_unit_test(interrupts_leave_nothing_half_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
