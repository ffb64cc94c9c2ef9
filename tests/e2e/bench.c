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

/* The packing bench when it is busy: two at one order, and scans at speed. */

#define FIRST  4119203366520872001LL
#define ORDERS 340

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", ORDERS);
	shop_orders(&sh, "PAN-20", FIRST, ORDERS);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* Until the parcel only needs its waybill. */
static struct vt *
packed(long long no)
{
	struct vt *vt = desk_at_work(&sh, "en", "clerk");
	char scan[40];

	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	snprintf(scan, sizeof(scan), "%lld" ENTER, no);
	vt_type(vt, scan);
	vt_wait(vt, "Scan the goods", DESK_WAIT);
	vt_type(vt, "6901234567892" ENTER);
	vt_wait(vt, "Complete.", DESK_WAIT);
	vt_type(vt, "YTO");
	vt_enter(vt);
	vt_gone(vt, "Complete.", DESK_WAIT);
	return vt;
}

static void
one_of_two_ships(void **state)
{
	struct vt *a = packed(FIRST), *b = packed(FIRST);
	struct vt *won, *lost;

	(void)state;
	vt_type(a, "YT7600000000901" ENTER);
	vt_type(b, "YT7600000000902" ENTER);
	vt_wait(a, "Weight in grams", DESK_WAIT);
	vt_wait(b, "Weight in grams", DESK_WAIT);
	vt_type(a, ENTER);
	vt_type(b, ENTER);
	/* Whoever was first: one has shipped, the other is told so. */
	won = vt_sees(a, "SHIPPED: ", DESK_WAIT / 4) ? a : b;
	lost = won == a ? b : a;
	vt_wait(won, "SHIPPED: 4119203366520872001", DESK_WAIT);
	vt_wait(lost, "shipped", DESK_WAIT);
	vt_wait(lost, "clerk", DESK_WAIT);
	assert_null(strstr(vt_text(lost), "SHIPPED: "));
	vt_free(a);
	vt_free(b);
	shop_must(&sh, "--format json show order %lld", FIRST);
	assert_non_null(strstr(sh.out, "\"state\":\"shipped\""));
	assert_non_null(
	    strstr(sh.out, won == a ? "YT7600000000901" : "YT7600000000902"));
	assert_null(
	    strstr(sh.out, won == a ? "YT7600000000902" : "YT7600000000901"));
	shop_must(&sh, "verify");
}

/* The bells that come before @text is on the screen. */
static long
rings(struct vt *vt, const char *keys, const char *text)
{
	long was = vt_bells(vt);

	vt_type(vt, keys);
	vt_wait(vt, text, DESK_WAIT);
	/* The sound follows the picture. */
	vt_read(vt, 300);
	return vt_bells(vt) - was;
}

/* Right is quiet, wrong rings, a stop rings twice, over the full width; and how
 * much is left is read from far. */
static void
it_is_heard_and_seen_from_far(struct vt *vt, long long no)
{
	char scan[40];

	snprintf(scan, sizeof(scan), "%lld" ENTER, no);
	assert_int_equal(rings(vt, scan, "Scan the goods"), 0);
	vt_wait(vt, "still to be scanned", DESK_WAIT);
	/* A large 1. */
	vt_wait(vt, "████", DESK_WAIT);
	assert_int_equal(rings(vt, "NOTHING" ENTER, "UNKNOWN CODE"), 1);
	assert_int_equal(rings(vt, "6901234567892" ENTER, "Complete."), 0);
	vt_gone(vt, "still to be scanned", DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, "Leave this order?", DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, "Scan the order", DESK_WAIT);
}

static void
a_stop_is_heard(void **state)
{
	struct vt *vt = desk_at_work(&sh, "en", "clerk");
	char scan[40];

	(void)state;
	shop_must(&sh, "order hold %lld --reason manual --note why",
	    FIRST + ORDERS - 1);
	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	it_is_heard_and_seen_from_far(vt, FIRST + ORDERS - 2);
	vt_resize(vt, 40, 120);
	it_is_heard_and_seen_from_far(vt, FIRST + ORDERS - 2);
	snprintf(scan, sizeof(scan), "%lld" ENTER, FIRST + ORDERS - 1);
	assert_int_equal(rings(vt, scan, "is on hold"), 2);
	vt_free(vt);
	shop_must(&sh, "order release %lld", FIRST + ORDERS - 1);
}

/* A thousand scans and more, as fast as the line takes them: none is lost and
 * each is taken for what it is. */
static void
no_scan_is_lost(void **state)
{
	struct vt *vt = packed(FIRST + 1);
	struct str s = STR_INIT;
	char last[60];
	int n = 0;

	(void)state;
	str_add(&s, "YT7600000001001" ENTER);
	for (int i = 2; i < ORDERS; i++) {
		str_addf(&s,
		    "%lld" ENTER "6901234567892" ENTER "YT760000000%04d" ENTER,
		    FIRST + i, 1000 + i);
		n += 3;
	}
	assert_true(n > 1000);
	str_add(&s, "820" ENTER); /* the next order stands for no weight */
	vt_type(vt, s.s);
	str_done(&s);
	snprintf(last, sizeof(last), "SHIPPED: %lld", FIRST + ORDERS - 1);
	vt_wait(vt, last, 6 * DESK_WAIT);
	desk_leave(vt);
	shop_must(&sh, "--format json list parcels --limit 0");
	for (int i = 1; i < ORDERS; i++) {
		const char *p;

		snprintf(last, sizeof(last), "\"YT760000000%04d\"", 1000 + i);
		p = strstr(sh.out, last);
		if (p == NULL)
			fail_msg("%s is lost", last);
		/* The parcel's row names its order in front. */
		while (p > sh.out && *p != '{')
			p--;
		snprintf(last, sizeof(last), "\"%lld\"", FIRST + i);
		if (strstr(p, last) == NULL || strstr(p, last) > strchr(p, '}'))
			fail_msg("order %s has another parcel", last);
	}
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_two_ships),
		cmocka_unit_test(a_stop_is_heard),
		cmocka_unit_test(no_scan_is_lost),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
