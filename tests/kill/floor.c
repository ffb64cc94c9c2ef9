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
 * kill -9 at random moments of a wave's making, picking and sorting, and of a
 * manifest's scans and its closing. After each the books prove, what was
 * acknowledged is there, and the work goes on where it was. See killer.h for
 * how often.
 */

#define ORDERS   12 /* a round, of two pieces each */
#define PER_SHOP 10 /* rounds; a shop that grows makes the rounds slow */
#define FIRST    4119203366520871001LL
#define STEP     1000
#define SKU      "PAN-20"

static struct shop sh;
static int before, within, after; /* kills before the first commit, ... */
static long work_ms = 150;        /* how long a batch takes, about */

/* How many lines of the last batch say that they are done. */
static int
acknowledged(void)
{
	char *text = shop_read(&sh, "acks"), *line, *save = NULL;
	int n = 0;

	for (line = strtok_r(text, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		n += strstr(line, " ok") != NULL &&
		     strspn(line, "0123456789") > 0;
	free(text);
	return n;
}

/* The field of the wave's or the manifest's record. */
static long long
told(const char *what, const char *no, const char *field)
{
	shop_must(&sh, "--format json %s show %s", what, no);
	return json_number(sh.out, field);
}

static void
tally(int done, int all)
{
	before += done == 0;
	within += done > 0 && done < all;
	after += done == all;
}

/* Lines of a batch, killed; the books prove. How many were acknowledged. */
static int
killed(const struct str *lines, long ms)
{
	struct str args = STR_INIT;
	int n;

	shop_file(&sh, "lines", lines->s);
	str_addf(&args, "batch %s/lines", sh.dir);
	(void)killer_run(&sh, args.s, ms, SIGKILL);
	n = acknowledged();
	shop_must(&sh, "verify");
	str_done(&args);
	return n;
}

/* The newest wave; "" when there is none that is to be worked at. */
static void
open_wave(char no[32])
{
	const char *p;

	shop_must(&sh, "--format csv list waves --limit 1");
	p = strstr(sh.out, "W-");
	no[0] = '\0';
	if (p != NULL && (strstr(p, ",open,") || strstr(p, ",picked,")))
		snprintf(no, 32, "%.8s", p);
}

/* A wave is there with all its orders, or not at all. */
static void
make_round(char no[32])
{
	struct str lines = STR_INIT;
	int n;

	str_add(&lines, "wave make several\n");
	n = killed(&lines, killer_moment(work_ms / 2));
	open_wave(no);
	assert_true(n == 0 || no[0] != '\0');
	tally(no[0] != '\0', 1);
	if (no[0] == '\0') {
		shop_must(&sh, "wave make several");
		open_wave(no);
	}
	assert_int_equal(told("wave", no, "slots"), ORDERS);
	assert_int_equal(told("wave", no, "need"), 2 * ORDERS);
	str_done(&lines);
}

/* Scans of a wave by @verb; each that was told of counts, in @field. */
static void
scan_round(const char *no, const char *verb, const char *field)
{
	struct str lines = STR_INIT;
	long long have;
	int i, n;

	for (i = 0; i < 2 * ORDERS; i++)
		str_addf(&lines, "wave %s %s " SKU "\n", verb, no);
	n = killed(&lines, killer_moment(work_ms));
	have = told("wave", no, field);
	/* One may be committed and not yet told. */
	assert_in_range(have, n, n + 1);
	tally((int)have, 2 * ORDERS);
	while (have < 2 * ORDERS) {
		shop_must(&sh, "wave %s %s " SKU, verb, no);
		have++;
	}
	assert_int_equal(told("wave", no, field), 2 * ORDERS);
	str_done(&lines);
}

static void
ship_all(long long first)
{
	struct str lines = STR_INIT;
	int i;

	for (i = 0; i < ORDERS; i++)
		str_addf(&lines,
		    "order ship %lld --courier YTO --waybill YT%013lld "
		    "--scan " SKU " --scan " SKU "\n",
		    first + i, (first + i) % 10000000000000LL);
	shop_file(&sh, "lines", lines.s);
	shop_must(&sh, "batch %s/lines", sh.dir);
	str_done(&lines);
}

static bool
is_closed(const char *no)
{
	shop_must(&sh, "--format json manifest show %s", no);
	return strstr(sh.out, "\"driver\":\"Wang\"") != NULL;
}

/* Handed over are all of the manifest or none. */
static void
manifest_round(long long first, int round)
{
	struct str lines = STR_INIT;
	char no[32];
	int i, n, all = ORDERS + 1;
	long long have;

	snprintf(no, sizeof(no), "M-%06d", round + 1);
	shop_must(&sh, "manifest open YTO");
	for (i = 0; i < ORDERS; i++)
		str_addf(&lines, "manifest scan %s YT%013lld\n", no,
		    (first + i) % 10000000000000LL);
	str_addf(&lines, "manifest close %s --driver Wang\n", no);
	n = killed(&lines, killer_moment(work_ms / 2));
	have = told("manifest", no, "parcels");
	assert_in_range(have, n < ORDERS ? n : ORDERS, n + 1);
	assert_true(n < all || is_closed(no));
	tally(n, all);
	if (!is_closed(no)) {
		shop_must(&sh, "manifest scan %s --all", no);
		shop_must(&sh, "manifest close %s --driver Wang", no);
	}
	assert_int_equal(told("manifest", no, "parcels"), ORDERS);
	shop_must(&sh, "verify");
	str_done(&lines);
}

/* Paid orders of two pieces each. */
static void
two_each(long long first)
{
	char *items, *p;

	shop_pair(&sh, SKU, first, ORDERS);
	items = shop_read(&sh, "item.csv");
	for (p = items; (p = strstr(p, ",118.00,1,")) != NULL; p++)
		p[8] = '2';
	shop_file(&sh, "item.csv", items);
	free(items);
	shop_must(
	    &sh, "import orders %s/order.csv %s/item.csv", sh.dir, sh.dir);
}

static void
round_of(int i)
{
	long long first = FIRST + (long long)i * STEP;
	char no[32];
	long start;

	two_each(first);
	make_round(no);
	scan_round(no, "pick", "picked");
	scan_round(no, "sort", "sorted");
	start = killer_clock();
	ship_all(first);
	work_ms = killer_clock() - start + 5; /* as long as scans, about */
	assert_int_equal(told("wave", no, "done"), ORDERS);
	manifest_round(first, i);
}

static void
nothing_scanned_on_the_floor_is_lost(void **state)
{
	int i;

	(void)state;
	killer_begin(killer_asked(8));
	for (i = 0; killer_more(); i++) {
		if (i % PER_SHOP == 0) {
			if (i > 0)
				shop_free(&sh);
			shop_new(&sh);
			shop_goods(
			    &sh, SKU, "6901234567892", 2 * ORDERS * PER_SHOP);
		}
		round_of(i % PER_SHOP);
	}
	shop_free(&sh);
	print_message("kills: %d before the first commit, %d within, %d after "
		      "the last\n",
	    before, within, after);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_scanned_on_the_floor_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
