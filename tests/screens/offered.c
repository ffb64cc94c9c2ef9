/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "till.h"

/* What is offered to whom, and when; the rest is refused in words. */

static void
costs_are_only_for_those_who_may(void **state)
{
	struct till *k = till_open("manager", "en", 40, 120);

	(void)state;
	till_keys(k, "F4");
	till_sees(k, "2,250.00");
	till_close(k);
	k = till_open("agent", "en", 40, 120);
	till_keys(k, "F4");
	till_sees(k, "SD-F503");
	till_misses(k, "2,250.00");
	till_misses(k, "Cost");
	till_close(k);
}

static void
a_role_sees_only_its_own_work(void **state)
{
	struct till *k = till_open("buyer", "en", 24, 80);

	(void)state;
	till_sees(k, "Low stock");
	till_misses(k, "To ship");
	till_misses(k, "F2");
	till_keys(k, "F2"); /* not offered, and refused in words */
	till_sees(k, "Your role may not open \"Orders\".");
	till_sees(k, "TO DO");
	till_close(k);
	k = till_open("clerk", "en", 24, 80);
	till_misses(k, "Unpaid");
	till_keys(k, "F2"); /* a clerk packs, others write remarks */
	till_misses(k, "m Remark");
	till_keys(k, "m Esc"); /* nor does anybody approve it */
	till_sees(k, "Your role does not allow this: Remark.");
	till_keys(k, "4 r Esc");
	till_sees(k, "Your role does not allow this: Release.");
	till_keys(k, "Enter");
	till_sees(k, "the warehouse manager maps the item");
	till_close(k);
}

/* What an order is past is not offered; the key still says why. */
static void
only_what_the_order_allows_is_offered(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2");
	till_sees(k, "p Pack  h Hold");
	till_misses(k, "r Release");
	till_misses(k, "u Map");
	till_keys(k, "4"); /* held: by an item without a product */
	till_sees(k, "h Hold  u Map");
	till_misses(k, "p Pack");
	till_keys(k, "6");
	till_sees(k, "4119203366520877540");
	till_misses(k, "h Hold");
	till_keys(k, "h Enter Ctrl-S");
	till_sees(k, "only paid orders can be held");
	till_keys(k, "Esc");
	till_misses(k, "p Pack");
	till_sees(k, "m Remark");
	till_close(k);
}

static void
finding_offers_what_can_be_done_while_typing(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / 'zsf'");
	till_sees(
	    k, " Enter Open  Tab To rows  Ins Select  F1 Help  Esc All rows");
	till_keys(k, "F1");
	till_misses(k, " p  ");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(costs_are_only_for_those_who_may),
		cmocka_unit_test(a_role_sees_only_its_own_work),
		cmocka_unit_test(only_what_the_order_allows_is_offered),
		cmocka_unit_test(finding_offers_what_can_be_done_while_typing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
