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
 * kill -9 at random moments of later imports, which go in many steps, and of
 * taking them back. After each the next command finds all of it or nothing, the
 * books prove, and in the end the shop is the same as one where nobody was
 * killed. See killer.h for how often.
 */

#define ORDERS   300 /* a round */
#define PER_SHOP 10  /* rounds */
#define FIRST    4119203366520871001LL
#define STEP     1000

static struct shop sh;
/* What the kills hit, to see that they hit at all. */
static int none, finished, undone, kept;
static long import_ms = 400, undo_ms = 200; /* how long they take, about */

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
	done = killer_run(&sh, args.s, ms, SIGKILL);
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
	(void)killer_run(&sh, args.s, ms, SIGKILL);
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
	import_round(FIRST - STEP, KILLER_NEVER);
}

/* The same files, and nobody is killed. */
static char *
twin(long rounds)
{
	char *all;
	long i;

	open_shop();
	for (i = 0; i < rounds; i++)
		import_round(FIRST + i * STEP, KILLER_NEVER);
	all = lists();
	shop_free(&sh);
	return all;
}

static void
measure(void)
{
	long start, batch;

	open_shop();
	start = killer_clock();
	import_round(FIRST, KILLER_NEVER);
	import_ms = (killer_clock() - start) / 3 + 5;
	shop_pair(&sh, "PAN-20", FIRST + STEP, ORDERS);
	shop_must(&sh, "--format json import orders %s/order.csv %s/item.csv",
	    sh.dir, sh.dir);
	batch = json_number(sh.out, "batch");
	start = killer_clock();
	shop_must(&sh, "import undo %ld", batch);
	undo_ms = killer_clock() - start + 5;
	shop_free(&sh);
}

/* One shop's rounds, killed as long as there are kills to be made. */
static char *
killed(long rounds)
{
	long long first = FIRST, batch;
	char *all;

	open_shop();
	for (long i = 0; i < rounds; i++, first += STEP) {
		batch = import_round(first, killer_moment(import_ms));
		if (batch == 0 || !killer_more())
			continue;
		undo_round(first, batch, killer_moment(undo_ms));
		import_round(first, KILLER_NEVER);
	}
	all = lists();
	shop_free(&sh);
	return all;
}

static void
a_later_import_is_whole_or_never_was(void **state)
{
	long asked = killer_asked(6);
	long rounds = asked < PER_SHOP ? asked : PER_SHOP;
	char *expected, *all;

	(void)state;
	measure();
	expected = twin(rounds);
	killer_begin(asked);
	while (killer_more()) {
		all = killed(rounds);
		assert_string_equal(all, expected);
		free(all);
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
