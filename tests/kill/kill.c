/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "killer.h"
#include "shopmgr/base/str.h"

/*
 * kill -9 at random moments of importing and of shipping. After each the books
 * prove, an import has happened whole or not at all, what was acknowledged is
 * there, and the same command again brings the rest. See killer.h for how
 * often.
 */

#define ORDERS   60 /* a round */
#define PER_SHOP 20 /* rounds; a shop that grows makes the rounds slow */
#define FIRST    4119203366520871001LL
#define STEP     1000

static struct shop sh;
/* What the kills hit, to see that they hit at all. */
static int none, whole, part;
static long import_ms = 200, ship_ms = 200; /* how long they take, about */

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
	done = killer_run(&sh, args.s, ms, sig);
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
	char *text = shop_read(&sh, "acks"), *line, *save = NULL;
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
	done = killer_run(&sh, args.s, ms, sig);
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
	start = killer_clock();
	import_round(FIRST - STEP, KILLER_NEVER, 0);
	import_ms = (killer_clock() - start) / 2 + 5;
	start = killer_clock();
	ship_round(FIRST - STEP, KILLER_NEVER, 0);
	ship_ms = (killer_clock() - start) / 2 + 5;
}

static void
nothing_acknowledged_is_lost(void **state)
{
	long long first;

	(void)state;
	killer_begin(killer_asked(8));
	for (int i = 0; killer_more(); i++) {
		if (i % PER_SHOP == 0) {
			if (i > 0)
				shop_free(&sh);
			open_shop();
		}
		first = FIRST + i % PER_SHOP * STEP;
		import_round(first, killer_moment(import_ms), SIGKILL);
		ship_round(first, killer_moment(ship_ms), SIGKILL);
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
	killer_begin(6);
	open_shop();
	for (; killer_more(); first += STEP) {
		import_round(first, killer_moment(import_ms), SIGINT);
		ship_round(first, killer_moment(ship_ms), SIGINT);
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
