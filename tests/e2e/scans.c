/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"

/*
 * A scanner and no mercy: codes of all kinds on whatever screen is open, at
 * fifty a second and as fast as the line takes them. Each has to be answered,
 * by what it opens or by a refusal that names it, one after the other. With
 * SCANS_FULL in the environment it is a thousand and five thousand of them.
 */

#define FIRST    4119203366520872001LL
#define ORDERS   60
#define GOODS    5
#define PACE     (20 * INT64_C(1000000))
#define ANSWER   16 /* ms, the goal */
#define MESSAGE  22 /* rows of the screen */
#define SCAN_MAX 5000

static struct shop sh;

static int
set_up(void **state)
{
	char sku[32], barcode[32];
	int i;

	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 500);
	shop_orders(&sh, "PAN-20", FIRST, ORDERS);
	for (i = 0; i < GOODS; i++) {
		snprintf(sku, sizeof(sku), "SKU-77%d", i);
		snprintf(barcode, sizeof(barcode), "69012345000%d%d", i, i);
		shop_goods(&sh, sku, barcode, 5);
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

struct scan {
	char keys[40];   /* what comes over the line */
	char answer[32]; /* what is then to be read */
	int row;
	int64_t sent, seen;
};

static struct feed {
	struct vt *vt;
	struct scan scans[SCAN_MAX];
	int n, sent, seen;
} feed;

/* What the i-th scan is of; now and then somebody changes the screen. */
static void
plan(struct scan *s, int i)
{
	static const char *const screens[] = { F2, F4, "\033[15~" };
	const char *key = i % 7 == 3 ? screens[i / 7 % 3] : "";
	char code[24];
	int good = i / 3 % GOODS;

	*s = (struct scan){ .row = 0 };
	switch (i % 3) {
	case 0: /* an order: its number stands on its card */
		snprintf(code, sizeof(code), "%lld",
		    FIRST + (int64_t)i * 7 % ORDERS);
		snprintf(s->answer, sizeof(s->answer), "%s", code);
		s->row = 2;
		break;
	case 1: /* nothing there is */
		snprintf(code, sizeof(code), "X%09d",
		    (int)((unsigned)i * 2654435761u % 1000000000));
		snprintf(s->answer, sizeof(s->answer), "%s.", code);
		s->row = MESSAGE;
		break;
	default: /* goods: the list stands on them */
		snprintf(code, sizeof(code), "69012345000%d%d", good, good);
		snprintf(s->answer, sizeof(s->answer), "Find  SKU-77%d", good);
		s->row = 2;
		break;
	}
	snprintf(s->keys, sizeof(s->keys), "%s%s\r", key, code);
}

/* Has the next one its answer? Perhaps several, one after the other. */
static void
look(void *arg)
{
	(void)arg;
	while (feed.seen < feed.sent) {
		struct scan *s = &feed.scans[feed.seen];

		if (strstr(vt_row(feed.vt, s->row), s->answer) == NULL)
			return;
		s->seen = time_ticks();
		feed.seen++;
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct scan *x = a, *y = b;
	int64_t t = x->seen - x->sent, u = y->seen - y->sent;

	return t < u ? -1 : t > u;
}

static void
open_desk(int n)
{
	int i;

	memset(&feed, 0, sizeof(feed));
	feed.n = n;
	for (i = 0; i < n; i++)
		plan(&feed.scans[i], i);
	feed.vt = desk_at_work(&sh, "en", "owner");
}

static void
all_are_answered(int64_t patience_ms)
{
	int64_t end = time_ticks() + patience_ms * 1000000;

	while (feed.seen < feed.n && time_ticks() < end)
		vt_watch(feed.vt, 20, look, NULL);
	if (feed.seen < feed.n)
		fail_msg("scan %d of %d, %s, was not answered by \"%s\":\n%s",
		    feed.seen, feed.n, feed.scans[feed.seen].keys,
		    feed.scans[feed.seen].answer, vt_text(feed.vt));
}

static void
at_fifty_a_second(void **state)
{
	int n = getenv("SCANS_FULL") != NULL ? 1000 : 100;
	int64_t due;

	(void)state;
	open_desk(n);
	due = time_ticks();
	while (feed.sent < n) {
		struct scan *s = &feed.scans[feed.sent];
		int64_t now = time_ticks();

		if (now < due) {
			vt_watch(
			    feed.vt, (int)((due - now) / 1000000), look, NULL);
			continue;
		}
		due += PACE;
		s->sent = now;
		feed.sent++;
		assert_int_equal(
		    vt_put(feed.vt, s->keys, strlen(s->keys)), strlen(s->keys));
	}
	all_are_answered(DESK_WAIT);
	qsort(feed.scans, (size_t)n, sizeof(feed.scans[0]), by_time);
	printf("%d scans at 50/s: answered after p50 %.1f, p99 %.1f, at most "
	       "%.1f ms (goal: p99 <= %d)\n",
	    n, (double)(feed.scans[n / 2].seen - feed.scans[n / 2].sent) / 1e6,
	    (double)(feed.scans[n * 99 / 100].seen -
		     feed.scans[n * 99 / 100].sent) /
		1e6,
	    (double)(feed.scans[n - 1].seen - feed.scans[n - 1].sent) / 1e6,
	    ANSWER);
	desk_leave(feed.vt);
}

static void
flat_out(void **state)
{
	int n = getenv("SCANS_FULL") != NULL ? 5000 : 600;
	struct str keys = STR_INIT;
	int64_t from;
	size_t at = 0;
	int i;

	(void)state;
	open_desk(n);
	for (i = 0; i < n; i++)
		str_add(&keys, feed.scans[i].keys);
	feed.sent = n;
	from = time_ticks();
	while (at < keys.len) {
		size_t some = vt_put(feed.vt, keys.s + at, keys.len - at);

		at += some;
		vt_watch(feed.vt, some > 0 ? 0 : 20, look, NULL);
	}
	all_are_answered(6 * DESK_WAIT);
	printf("%d scans flat out: %.1f s\n", n,
	    (double)(time_ticks() - from) / 1e9);
	str_done(&keys);
	desk_leave(feed.vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_fifty_a_second),
		cmocka_unit_test(flat_out),
	};

	return cmocka_run_group_tests_name(
	    "e2e/scans", tests, set_up, tear_down);
}
