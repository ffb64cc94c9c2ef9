/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/orders.h"
#include "till.h"

/* An agent at the keyboard, while the buyer waits. */

#define LATE "4119203366520877702"

static void
the_address_is_changed_on_the_card(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter a");
	till_sees(k, "Address of order " LATE);
	till_keys(k, "Ctrl-U '王小红' Tab Ctrl-U 'nonsense' Ctrl-S");
	till_sees(k, "The courier needs a phone number, of digits");
	till_keys(k, "Ctrl-U '13911112222' Ctrl-S");
	till_sees(k, "The address of order " LATE " is changed.");
	till_sees(k, "王小红");
	till_sees(k, "13911112222");
	till_keys(k, "4");
	till_sees(k, "address changed h");
	till_keys(k, "a Ctrl-S"); /* as it is */
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM audit"
					   " WHERE op = 'order-address'"),
	    1);
	fixture_verify(k->s);
	till_close(k);
}

static void
it_is_held_until_tomorrow_and_released(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter h 'hand' Enter 'asks his wife' Tab 'never' "
		     "Ctrl-S");
	till_sees(k, "A time to come is wanted");
	till_keys(k, "Ctrl-U 'tomorrow' Ctrl-S");
	till_sees(k, "is on hold until");
	till_sees(k, "asks his wife");
	till_sees(k, "· until");
	till_keys(k, "r 'she agrees' Enter");
	till_sees(k, "the hold is cleared");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM order_hold"
					   " WHERE until_at > 0"
					   " AND cleared_at > 0"),
	    1);
	fixture_verify(k->s);
	till_close(k);
}

static void
delivery_is_agreed_and_is_the_deadline(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter d Space 'install' Enter Tab '+9' Ctrl-S");
	till_sees(k, "The delivery of order " LATE " is agreed.");
	till_sees(k, "delivered and installed");
	till_sees(k, "2026-12-01");
	till_sees(k, "left");
	till_keys(k, "s 'agent' Enter");
	till_sees(k, "The agent of order " LATE " is set.");
	till_close(k);
}

static void
prices_are_changed_before_the_payment(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 2 Enter y");
	till_sees(k, "Prices of order");
	till_keys(k, "Ctrl-U '1.5' Ctrl-S");
	till_sees(k, "are changed.");
	till_keys(k, "4");
	till_sees(k, "→ 1.50");
	/* Of a paid one there is nothing to be changed here. */
	till_keys(k, "Esc 3 Enter y");
	till_sees(k, "is paid on its platform");
	till_close(k);
}

static void
what_was_cancelled_is_open_again(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter X 'by mistake' Enter Enter");
	till_sees(k, "is cancelled.");
	till_keys(k, "R 'sorry' Enter");
	till_sees(k, "is open again.");
	till_sees(k, "paid, to ship");
	fixture_verify(k->s);
	till_close(k);
}

static void
orders_are_filtered_and_the_filter_is_kept(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 1");
	till_sees(k, "4119203366520877650");
	till_keys(k,
	    "f Tab '广东' Enter Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab "
	    "Tab Tab Tab Tab 'south' Ctrl-S");
	till_sees(k, "filter: 广东 · Esc shows all");
	till_sees(k, LATE);
	till_misses(k, "4119203366520877650");
	/* It holds in each tab, and sorted. */
	till_keys(k, "3 o 'Paid' Enter");
	till_sees(k, LATE);
	till_misses(k, "4119203366520877650");
	till_keys(k, "4");
	till_sees(k, "No order here fits the filter.");
	till_keys(k, "Esc");
	till_misses(k, "filter:");
	till_keys(k, "1 F 'south' Enter");
	till_sees(k, "filter: 广东");
	till_keys(k, "F Enter");
	till_misses(k, "filter:");
	till_sees(k, "4119203366520877650");
	till_close(k);
}

static void
agents_and_warehouses_are_set_for_many(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Space Space s 'manager' Enter");
	till_sees(k, "The agent of 2 orders is set.");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"
					   " WHERE agent_id IS NOT NULL"),
	    2);
	till_keys(k, "Space Space w");
	till_sees(k, "stays where it is");
	till_keys(k, "Enter");
	till_sees(k, "All of them stay");
	till_close(k);
}

static void
what_cannot_go_together_is_refused(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 M");
	till_sees(k, "No other order could go in a parcel with");
	till_keys(k, "Space Space M");
	till_sees(k, "Send 2 orders in one parcel?");
	till_keys(k, "Enter");
	till_sees(k, "2 selected");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM orders"
					   " WHERE lead_id IS NOT NULL"),
	    0);
	till_close(k);
}

static void
orders_of_one_buyer_go_together(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(k->s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn,
		"UPDATE orders SET receiver_id = (SELECT receiver_id FROM"
		" orders WHERE order_no = '" LATE "')"
		" WHERE order_no = '4119203366520877650'",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	till_keys(k, "F2 M");
	till_sees(k, "Send 2 orders in one parcel?");
	till_keys(k, "Enter");
	till_sees(k, "2 orders go in one parcel.");
	till_sees(k, "[M]");
	till_keys(k, "Home Enter");
	till_sees(k, "Linked 1");
	till_keys(k, "7 Enter");
	till_sees(k, "Linked 1");
	till_keys(k, "U Enter");
	till_sees(k, "goes in a parcel of its own.");
	till_sees(k, "Linked 0");
	till_close(k);
}

/* Nobody knows every code: words of the name do, and one of many is chosen. */
static void
an_item_is_typed_by_words_of_its_name(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 n + '雪平锅' Ctrl-S");
	till_sees(k, "Which product?");
	till_sees(k, "XP-18");
	till_keys(k, "'XP-20' Enter");
	till_sees(k, "so far 1 for");
	till_keys(k, "'DT-01' Ctrl-S"); /* a code is not looked for */
	till_sees(k, "so far 2 for");
	till_keys(k, "'nothing' Ctrl-S");
	till_sees(k, "nothing");
	till_misses(k, "Which product?");
	till_misses(k, "so far 3 for");
	till_keys(k, "Esc Enter");
	till_sees(k, "XP-20");
	till_sees(k, "DT-01");
	till_close(k);
}

static void
an_order_goes_in_two_parcels_and_in_one_again(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "scan:4119203366520877702 T '9' Ctrl-S");
	till_sees(k, "What of 4119203366520877702 goes in a second parcel?");
	till_keys(k, "Backspace '1' Ctrl-S");
	till_sees(k, "counts the whole order as shipped with the first");
	till_sees(k, "in 2 parts");
	till_keys(k, "T Enter");
	till_sees(k, "Order 4119203366520877702 goes in one parcel.");
	till_misses(k, "in 2 parts");
	fixture_verify(k->s);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_address_is_changed_on_the_card),
		cmocka_unit_test(it_is_held_until_tomorrow_and_released),
		cmocka_unit_test(delivery_is_agreed_and_is_the_deadline),
		cmocka_unit_test(prices_are_changed_before_the_payment),
		cmocka_unit_test(what_was_cancelled_is_open_again),
		cmocka_unit_test(orders_are_filtered_and_the_filter_is_kept),
		cmocka_unit_test(agents_and_warehouses_are_set_for_many),
		cmocka_unit_test(what_cannot_go_together_is_refused),
		cmocka_unit_test(orders_of_one_buyer_go_together),
		cmocka_unit_test(an_order_goes_in_two_parcels_and_in_one_again),
		cmocka_unit_test(an_item_is_typed_by_words_of_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
