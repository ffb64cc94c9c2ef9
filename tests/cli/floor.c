/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* Waves, what goes back and hand-overs, as scripts run them. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 4);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
a_wave_from_the_first_scan_to_the_last(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "--format json wave make --dry-run"), 0);
	has(sh.out, "\"kind\":\"single\",\"orders\":4");
	assert_int_equal(shop_do(&sh, "wave make"), 2);
	assert_int_equal(shop_do(&sh, "wave make round"), 2);
	assert_int_equal(shop_do(&sh, "wave make several"), 1);
	assert_int_equal(
	    shop_do(&sh, "--format json wave make single --most 3"), 0);
	has(sh.out, "\"wave_no\":\"W-000001\"");
	assert_int_equal(shop_do(&sh, "wave pick W-000001 NO-SUCH"), 1);
	assert_int_equal(shop_do(&sh, "wave pick w-000001 PAN-20 --qty 9"), 1);
	has(sh.err, "too many");
	assert_int_equal(
	    shop_do(&sh, "wave pick W-000001 6901234567892 --qty 2"), 0);
	has(sh.out, "2 of 3");
	assert_int_equal(shop_do(&sh, "wave sort W-000001 PAN-20"), 1);
	assert_int_equal(shop_do(&sh, "wave pick W-000001 PAN-20 --short"), 0);
	has(sh.out, "On hold");
	assert_int_equal(shop_do(&sh, "wave show W-000001"), 0);
	has(sh.out, "kicked");
	assert_int_equal(shop_do(&sh, "--format csv wave list"), 0);
	has(sh.out, "W-000001,single,picked");
	assert_int_equal(shop_do(&sh, "wave cancel W-000001"), 0);
	assert_int_equal(shop_do(&sh, "wave cancel W-000001"), 1);
	assert_int_equal(shop_do(&sh, "wave show W-000009"), 1);
	assert_int_equal(shop_do(&sh, "put-back list"), 0);
	has(sh.out, "PAN-20");
	assert_int_equal(shop_do(&sh, "--format json put-back done PAN-20"), 0);
	has(sh.out, "\"qty\":1");
	assert_int_equal(shop_do(&sh, "put-back done PAN-20"), 0);
	assert_int_equal(shop_do(&sh, "put-back done PAN-20"), 1);
	/* By the printed list. */
	assert_int_equal(shop_do(&sh, "wave picked W-000001"), 1);
	shop_must(&sh, "wave make single --most 2");
	shop_must(&sh, "wave picked W-000002");
	has(sh.out, "2 pieces are picked.");
	assert_int_equal(shop_do(&sh, "wave picked W-000002"), 1);
	shop_must(&sh, "wave cancel W-000002");
	assert_int_equal(shop_do(&sh, "verify"), 0);
}

static void
parcels_are_handed_over(void **state)
{
	char line[160];

	(void)state;
	snprintf(line, sizeof(line),
	    "order ship %lld --courier YTO --waybill YT8812345678901 --scan PAN-20",
	    FIRST + 3);
	assert_int_equal(shop_do(&sh, "%s", line), 0);
	assert_int_equal(shop_do(&sh, "order unship YT8812345678901"), 1);
	assert_int_equal(
	    shop_do(&sh, "order unship YT8812345678901 --reason wrong"), 0);
	assert_int_equal(shop_do(&sh, "%s", line), 0);
	assert_int_equal(shop_do(&sh, "manifest open nobody"), 1);
	assert_int_equal(shop_do(&sh, "manifest open YTO"), 0);
	has(sh.out, "YT8812345678901"); /* not on it */
	assert_int_equal(shop_do(&sh, "manifest scan M-000001"), 2);
	assert_int_equal(shop_do(&sh, "manifest scan M-000001 YT404"), 1);
	assert_int_equal(shop_do(&sh, "manifest scan M-000001 --all"), 0);
	assert_int_equal(
	    shop_do(&sh, "manifest scan M-000001 YT8812345678901 --off"), 0);
	assert_int_equal(
	    shop_do(&sh, "manifest scan M-000001 YT8812345678901"), 0);
	assert_int_equal(shop_do(&sh, "manifest close M-000001"), 2);
	assert_int_equal(
	    shop_do(&sh, "manifest close M-000001 --driver Wang"), 0);
	assert_int_equal(shop_do(&sh, "--format csv manifest list"), 0);
	has(sh.out, "M-000001");
	has(sh.out, "Wang");
	assert_int_equal(
	    shop_do(&sh, "manifest close M-000001 --reopen 'wrong van'"), 0);
	assert_int_equal(
	    shop_do(&sh, "--format json manifest show m-000001"), 0);
	has(sh.out, "\"closed_at\":");
	assert_int_equal(shop_do(&sh, "verify"), 0);
}

static void
the_store_has_its_papers(void **state)
{
	(void)state;
	assert_int_equal(
	    shop_do(&sh, "--format json print bin-labels a-01-1 -o %s/b.pdf",
		sh.dir),
	    0);
	has(sh.out, "\"printed\":1");
	assert_int_equal(
	    shop_do(
		&sh, "--format json print labels PAN-20=3 -o %s/l.pdf", sh.dir),
	    0);
	has(sh.out, "\"pages\":3");
	assert_int_equal(
	    shop_do(&sh, "print stock-slip IN-000001 -o %s/s.pdf", sh.dir), 0);
	assert_int_equal(
	    shop_do(&sh, "print ledger 6901234567892 -o %s/g.pdf", sh.dir), 0);
	assert_int_equal(shop_do(&sh,
			     "print receipt-labels IN-000001"
			     " -o %s/r.pdf",
			     sh.dir),
	    0);
	has(sh.out, "10 pages");
	assert_int_equal(shop_do(&sh, "print labels PAN-20=x"), 2);
	assert_int_equal(shop_do(&sh, "print labels NO-SUCH"), 1);
	assert_int_equal(shop_do(&sh, "print labels PAN-20 --warehouse X"), 2);
	assert_int_equal(shop_do(&sh, "print bin-labels NO-SUCH"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wave_from_the_first_scan_to_the_last),
		cmocka_unit_test(parcels_are_handed_over),
		cmocka_unit_test(the_store_has_its_papers),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
