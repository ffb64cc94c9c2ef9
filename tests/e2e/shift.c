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

/*
 * A shift at the packing bench: thirty parcels, and nothing is touched but the
 * scanner and Enter. What a scale types is digits and Enter, too.
 */

#define ONES    4119203366520871001LL /* orders of one piece, */
#define TWOS    4119203366520872001LL /* and of two */
#define EACH    15
#define SKU     "PAN-20"
#define PAN     "6901234567892"
#define COURIER "YTO" /* a card that hangs at the bench */

static struct shop sh;
static struct vt *vt;
static int parcels;

/* Paid orders of @pieces pieces each. */
static void
orders(long long first, int n, char pieces)
{
	char *items, *p;

	shop_pair(&sh, SKU, first, n);
	items = shop_read(&sh, "item.csv");
	for (p = items; (p = strstr(p, ",118.00,1,")) != NULL; p++)
		p[8] = pieces;
	shop_file(&sh, "item.csv", items);
	free(items);
	shop_must(
	    &sh, "import orders %s/order.csv %s/item.csv", sh.dir, sh.dir);
}

static void
scan(const char *code, const char *seen)
{
	char keys[80];

	snprintf(keys, sizeof(keys), "%s" ENTER, code);
	vt_type(vt, keys);
	vt_wait(vt, seen, DESK_WAIT);
}

static void
scan_order(long long no, const char *seen)
{
	char code[32];

	snprintf(code, sizeof(code), "%lld", no);
	scan(code, seen);
}

/* Its waybill, and what the scale says or (NULL) Enter alone. */
static void
away(const char *grams)
{
	char waybill[32], shipped[60];

	snprintf(waybill, sizeof(waybill), "YT%013d", ++parcels);
	scan(waybill, "Weight in grams");
	snprintf(shipped, sizeof(shipped), "with 圆通速递 %s", waybill);
	scan(grams != NULL ? grams : "", shipped);
}

static void
thirty_parcels_by_scanner_and_enter(void **state)
{
	int i;

	(void)state;
	shop_new(&sh);
	shop_goods(&sh, SKU, PAN, 4 * EACH);
	shop_goods(&sh, "OTHER-1", "6901234500017", 1);
	orders(ONES, EACH + 1, '1');
	orders(TWOS, EACH, '2');
	shop_must(&sh, "order hold %lld --reason manual", ONES);
	vt = desk_at_work(&sh, "en", "clerk");
	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	/* Held: it is told, and the next scan goes on. */
	scan_order(ONES, "is on hold");
	for (i = 0; i < EACH; i++) {
		scan(PAN, "ONE PIECE");
		if (i == 0)
			scan(COURIER, "Scan the waybill");
		away(i % 3 != 0 ? "820" : NULL);
	}
	scan(PAN, "no order waits for one piece of it");
	for (i = 0; i < EACH; i++) {
		scan_order(TWOS + i, "0 / 2");
		if (i == 3) /* refused, and then right */
			scan("6901234500017", "WRONG ITEM");
		scan(PAN, "1 / 2");
		scan(PAN, "Complete.");
		away(i % 2 != 0 ? "1640" : NULL);
	}
	scan_order(TWOS, "already shipped");
	desk_leave(vt);
	shop_must(&sh, "--format json list parcels --limit 0");
	assert_non_null(strstr(sh.out, "\"YT0000000000030\""));
	shop_must(&sh, "--format json show order %lld", ONES);
	assert_non_null(strstr(sh.out, "\"state\":\"paid\""));
	shop_must(&sh, "verify");
	shop_free(&sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thirty_parcels_by_scanner_and_enter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
