/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "shopmgr/base/time.h"

/* The bench at the door, and the power cord. */

#define PAN    "6901234567892"
#define LID    "6901234567893"
#define CTRL_P "\020"
#define F8     "\033[19~"
#define SCANS  100
#define ANSWER 16 /* ms, the goal */

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", PAN, 5);
	shop_goods(&sh, "LID-20", LID, 5);
	shop_must(&sh, "company add 甲厂");
	shop_must(&sh, "purchase add --supplier 甲厂 PAN-20 500 LID-20 20");
	shop_must(&sh, "purchase order PO-1");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static struct vt *
at_the_bench(void)
{
	struct vt *vt = desk_at_work(&sh, "en", "owner");

	vt_type(vt, CTRL_P);
	vt_wait(vt, "Go to", DESK_WAIT);
	vt_type(vt, "receiving");
	vt_wait(vt, "Scan what a supplier delivers", DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, "Scan or type the order's number", DESK_WAIT);
	return vt;
}

static void
scan(struct vt *vt, const char *code, const char *answer)
{
	vt_type(vt, code);
	vt_type(vt, "\r");
	vt_wait(vt, answer, DESK_WAIT);
}

/* What was answered is there when somebody begins again. */
static void
a_killed_terminal_loses_no_scan(void **state)
{
	struct vt *vt = at_the_bench();

	(void)state;
	scan(vt, "PO-000001", "scan what came");
	scan(vt, PAN, "1 / 500");
	scan(vt, PAN, "2 / 500");
	scan(vt, "7*" LID, "7 / 20");
	vt_kill(vt, SIGKILL);
	assert_int_equal(vt_end(vt, DESK_WAIT), 128 + SIGKILL);
	vt_free(vt);
	shop_must(&sh, "verify");
	vt = at_the_bench();
	vt_wait(vt, "Scanned and not received yet", DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, "PO-000001: 9 pieces were scanned before", DESK_WAIT);
	vt_wait(vt, "7 / 20", DESK_WAIT);
	scan(vt, PAN, "3 / 500");
	/* In the very moment of receiving: all of it, or nothing. */
	vt_type(vt, F8);
	vt_wait(vt, "Receive 10 pieces of PO-000001?", DESK_WAIT);
	vt_enter(vt);
	vt_kill(vt, SIGKILL);
	assert_int_equal(vt_end(vt, DESK_WAIT), 128 + SIGKILL);
	vt_free(vt);
	shop_must(&sh, "verify");
	if (shop_do(&sh, "purchase receive PO-1 --scanned") != 0)
		assert_non_null(strstr(sh.err, "Nothing of PO-1 is scanned"));
	shop_must(&sh, "--format json list receipts");
	assert_non_null(strstr(sh.out, "\"qty\":3"));
	assert_non_null(strstr(sh.out, "\"qty\":7"));
	assert_int_equal(shop_do(&sh, "purchase receive PO-1 --scanned"), 1);
	shop_must(&sh, "verify");
}

static int
by_size(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
scans_are_answered_at_once(void **state)
{
	struct vt *vt = at_the_bench();
	int64_t took[SCANS];
	char answer[32];
	int i;

	(void)state;
	scan(vt, "PO-1", "what came");
	for (i = 0; i < SCANS; i++) {
		snprintf(answer, sizeof(answer), "%d / 497", i + 1);
		took[i] = time_ticks();
		scan(vt, PAN, answer);
		took[i] = time_ticks() - took[i];
	}
	desk_leave(vt);
	qsort(took, SCANS, sizeof(took[0]), by_size);
	printf("%d scans at the door: answered after p50 %.1f, p99 %.1f ms "
	       "(goal: p99 <= %d)\n",
	    SCANS, (double)took[SCANS / 2] / 1e6,
	    (double)took[SCANS * 99 / 100] / 1e6, ANSWER);
	shop_must(&sh, "--format json list receivings --where state=open");
	assert_int_equal(json_number(sh.out, "pieces"), SCANS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_killed_terminal_loses_no_scan),
		cmocka_unit_test(scans_are_answered_at_once),
	};

	return cmocka_run_group_tests_name(
	    "e2e/receiving", tests, set_up, tear_down);
}
