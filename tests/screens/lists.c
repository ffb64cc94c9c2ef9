/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/view.h"
#include "till.h"

/* What all lists do the same way: sorting, columns, finding, and one command
 * for all that are selected. */

static void
looks(struct till *k, const char *name)
{
	golden_check(name, drive_text(k->d));
}

/* Does @a stand above @b? */
static bool
above(struct till *k, const char *a, const char *b)
{
	const char *x = strstr(drive_text(k->d), a);
	const char *y = strstr(drive_text(k->d), b);

	return x != NULL && y != NULL && x < y;
}

static int64_t
order_id(struct till *k, const char *no)
{
	int64_t id;

	assert_int_equal(order_by_no(k->s, no, &id), 0);
	return id;
}

static void
a_list_is_sorted_and_stays_so(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	struct str view = STR_INIT;

	(void)state;
	till_keys(k, "F2");
	assert_true(above(k, "4119203366520877702", "4119203366520877610"));
	till_keys(k, "o 'Paid' Enter");
	till_sees(k, "sorted by Paid ▼");
	till_sees(k, "▌    4119203366520877610"); /* 1,299.00 */
	till_keys(k, "o Enter");                  /* the same once more */
	till_sees(k, "sorted by Paid ▲");
	till_sees(k, "▌    4119203366520877731"); /* 201.12 */
	till_keys(k, "Enter Esc");                /* to a card and back */
	till_sees(k, "sorted by Paid ▲");
	till_keys(k, "1"); /* each tab as it is wanted there */
	till_misses(k, "sorted by");
	till_keys(k, "3");
	till_sees(k, "sorted by Paid ▲");
	till_keys(k, "Ctrl-T");
	till_sees(k, "按实付排序 ▲");
	assert_int_equal(view_get(k->s, "orders.to-ship", &view), 0);
	assert_string_equal(view.s, "sort=Paid");
	till_keys(k, "Ctrl-T o Home Enter");
	till_misses(k, "sorted by");
	assert_true(above(k, "4119203366520877702", "4119203366520877610"));
	assert_int_equal(view_get(k->s, "orders.to-ship", &view), 0);
	assert_string_equal(view.s, "");
	str_done(&view);
	till_close(k);
}

static void
columns_are_chosen_and_kept(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	struct str view = STR_INIT;

	(void)state;
	till_keys(k, "F4 C");
	looks(k, "screen-lists-columns");
	/* The SKU behind the name; what is on hand out; the price in. */
	till_keys(k, "] j Space");
	till_keys(k, "Enter");
	till_misses(k, "On hand");
	assert_true(above(k, "Product name", "SKU"));
	assert_int_equal(view_get(k->s, "stock", &view), 0);
	assert_non_null(strstr(view.s, "Product name;SKU;-On hand;"));
	till_keys(k, "C Space j Space Esc"); /* given up */
	till_misses(k, "On hand");
	till_keys(k, "F2 Esc F4");
	till_misses(k, "On hand");
	till_keys(k, "C r Enter");
	till_sees(k, "On hand");
	assert_true(above(k, "SKU", "Product name"));
	assert_int_equal(view_get(k->s, "stock", &view), 0);
	assert_string_equal(view.s, "");
	str_done(&view);
	till_close(k);
}

static void
a_column_can_be_made_wider_but_not_vanish(void **state)
{
	struct till *k = till_open("manager", "en", 24, 120);
	int i;

	(void)state;
	till_keys(k, "F8 C Right Right Right");
	till_sees(k, "Platform item");
	for (i = 0; i < 120; i++)
		till_keys(k, "Left");
	till_keys(k, "Space j Space j Space j Space");
	assert_int_equal(k->d->bells[0] > 0, true); /* no narrower */
	till_keys(k, "j Space j Space");            /* the last one stays */
	till_sees(k, "[x] Because of");
	till_keys(k, "Enter");
	till_sees(k, "Because of");
	till_misses(k, "Platform item");
	till_close(k);
}

static void
many_orders_are_held_at_once(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Space Space");
	till_sees(k, "2 selected");
	till_sees(k, "✓     4119203366520877702");
	looks(k, "screen-lists-selected");
	till_keys(k, "h Enter");
	till_sees(k, "Hold 2 orders: refund asked for");
	till_keys(k, "'call first' Enter Enter");
	till_sees(k, "2 orders are on hold now.");
	till_sees(k, "[To ship 2]");
	till_misses(k, "selected");
	assert_int_equal(fixture_audited(k->s, "order-hold",
			     order_id(k, "4119203366520877702")),
	    1);
	assert_int_equal(fixture_audited(k->s, "order-hold",
			     order_id(k, "4119203366520877650")),
	    1);
	fixture_verify(k->s);
	till_close(k);
}

static void
what_is_refused_stays_selected_with_its_reason(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 1 *");
	till_keys(k, "h Enter Enter Enter");
	till_sees(k, "Refused");
	till_sees(k, "only paid orders can be held");
	looks(k, "screen-lists-refused");
	till_keys(k, "Enter");
	till_sees(k, "which stay selected.");
	till_sees(k, "✓");
	till_keys(k, "Esc");
	till_misses(k, "✓");
	till_sees(k, "[All"); /* still there */
	till_keys(k, "Esc");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
remarks_are_added_and_flags_set(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	struct order_card card;
	char *memo;

	(void)state;
	assert_int_equal(
	    order_card(k->s, order_id(k, "4119203366520877650"), &card), 0);
	memo = strdup(card.order.memo);
	order_card_free(&card);
	till_keys(k, "F2 Space Space m");
	till_sees(k, "Remark on 2 orders");
	till_keys(k, "'gift' Ctrl-S");
	till_sees(k, "The remarks on 2 orders are saved.");
	assert_int_equal(
	    order_card(k->s, order_id(k, "4119203366520877650"), &card), 0);
	assert_memory_equal(card.order.memo, memo, strlen(memo));
	assert_non_null(strstr(card.order.memo, "gift"));
	order_card_free(&card);
	free(memo);
	till_close(k);
}

static void
many_are_cancelled_confirmed_and_released(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Space c 'by phone' Enter");
	till_sees(k, "1 order is confirmed with the buyer.");
	till_keys(
	    k, "Home Space Space h Enter Enter Enter 4 * r 'settled' Enter");
	till_sees(k, "has no hold that could be released");
	till_keys(k, "Enter");
	till_sees(k, "The holds of 2 orders are cleared. Refused: 1,");
	till_keys(k, "Esc 3 Space Space X 'sold out' Enter");
	till_sees(k, "Cancel 2 orders? Their stock becomes free again.");
	till_keys(k, "Enter");
	till_sees(k, "2 orders are cancelled.");
	till_sees(k, "[To ship 2]");
	fixture_verify(k->s);
	till_close(k);
}

/* Esc stops between two; what is done is done. */
static void
esc_stops_between_two(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 * h Enter 'x' Enter Enter Esc");
	till_sees(k, "Stopped, not done: 4");
	till_sees(k, "4 selected");
	till_sees(k, "[To ship 4]");
	fixture_verify(k->s);
	till_close(k);
}

static void
what_is_selected_is_written(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Space Space x Enter Ctrl-S");
	till_sees(k, "2 rows written to");
	assert_true(till_has_file(k, "orders"));
	till_keys(k, "F5 Space x Ctrl-S");
	till_sees(k, "1 row written to");
	assert_true(till_has_file(k, "customers"));
	till_keys(k, "F4 * x Ctrl-S");
	till_sees(k, "7 rows written to");
	assert_true(till_has_file(k, "products"));
	till_close(k);
}

static void
products_get_levels_and_bins_together(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 Space Space f");
	till_sees(k, "Levels of 2 products");
	till_keys(k, "'7' Ctrl-S"); /* the other level stays */
	till_sees(k, "The levels of 2 products are saved.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM variant WHERE"
			      " reorder_at = 7 AND target_level > 0"),
	    2);
	till_keys(k, "Home Space f 'many' Ctrl-S");
	till_sees(k, "A whole number is wanted here");
	till_keys(k, "Enter Esc");
	till_keys(k, "Home Space Space t 'Z-9' Enter Enter");
	till_sees(k, "2 products have another bin now.");
	till_sees(k, "Z-9");
	till_keys(k, "Home f");
	till_sees(k, "Reorder at");
	till_sees(k, "Weight"); /* of one: all of it */
	fixture_verify(k->s);
	till_close(k);
}

static void
many_items_are_mapped_to_one_product(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F8 Space u");
	till_sees(k, "Which product is 1 item?");
	till_keys(k, "Ctrl-U 'nothing like it' Enter");
	till_sees(k, "No SKU and no name begins like this.");
	till_keys(k, "u Ctrl-U 'md' Enter");
	till_sees(k, "MD-1000");
	till_sees(k, "MD-3000");
	till_keys(k, "Enter");
	till_sees(k, "1 item is mapped.");
	till_sees(k, "Every item of the platforms has its product.");
	fixture_verify(k->s);
	till_close(k);
}

/* The same key looks in every list, and Esc shows everything again. */
static void
every_list_is_filtered(void **state)
{
	static const struct {
		const char *open, *typed, *shown, *gone;
	} lists[] = {
		{ "F2 1", "zsf", "4119203366520877731", "4119203366520877702" },
		{ "F4", "md", "MD-1000", "XP-20" },
		{ "F4 l", "阳江", "receipt", NULL },
		{ "F5", "tb_zhan", "tb_zhang", "爱做饭" },
		{ "F6", "411", NULL, NULL },
		{ "F8 Tab", "刀", "刀", "雪平锅" },
		{ "F9 l", "order", ".csv", NULL },
	};
	struct till *k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		char keys[200];

		k = till_open("owner", "en", 24, 120);
		till_keys(k, lists[i].open);
		snprintf(keys, sizeof(keys), "/ '%s'", lists[i].typed);
		till_keys(k, keys);
		till_sees(k, "Find  ");
		till_sees(k, lists[i].typed);
		if (lists[i].shown != NULL)
			till_sees(k, lists[i].shown);
		if (lists[i].gone != NULL)
			till_misses(k, lists[i].gone);
		till_keys(k, "Ctrl-U 'no such thing'");
		if (lists[i].shown != NULL)
			till_misses(k, lists[i].shown);
		till_keys(k, "Esc");
		till_misses(k, "no such thing");
		if (lists[i].shown != NULL)
			till_sees(k, lists[i].shown);
		till_close(k);
	}
}

/* What no number leads to is looked for in the words of the newest. */
static void
orders_are_found_by_their_goods(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / '雪平锅'");
	till_sees(k, "4119203366520877650");
	till_sees(k, "4119203366520877731");
	till_misses(k, "4119203366520877702");
	till_keys(k, "Ctrl-U '雪平锅 杭州'");
	till_sees(k, "4119203366520877731");
	till_misses(k, "4119203366520877650");
	till_keys(k, "Ctrl-U '铁锅'");
	till_sees(k, "Nothing fits.");
	till_close(k);
}

/* What is typed holds while the keys are the list's. */
static void
what_is_found_is_worked_on(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / '4119203366520877' Tab");
	till_sees(k, "Esc shows all rows");
	till_keys(k, "j j Space");
	till_sees(k, "1 selected");
	till_keys(k, "m 'found' Ctrl-S");
	till_sees(k, "The remark on 1 order is saved.");
	till_sees(k, "4119203366520877");
	till_keys(k, "/ '702'"); /* typing goes on */
	till_sees(k, "4119203366520877702");
	till_keys(k, "Tab Esc");
	till_sees(k, "[To ship 4]");
	till_keys(k, "o");
	till_sees(k, "Sort by");
	till_close(k);
}

static void
keys_of_lists_can_be_others(void **state)
{
	struct config *config;
	struct err err = { .code = 0 };
	struct till *k;

	(void)state;
	assert_int_equal(
	    config_load(&config,
		fixture_file("lists.ini", "[keys.list]\nlist-sort = S\n"
					  "list-mark = F11\n"),
		&err),
	    0);
	k = till_open_with(config, "manager", "en", 24, 80);
	till_keys(k, "F2 F11");
	till_sees(k, "1 selected");
	till_keys(k, "S");
	till_sees(k, "Sort by");
	till_keys(k, "Esc F1 PgDn");
	till_sees(k, "F11");
	till_close(k);
	config_free(config);
}

/* Marks and the row one is on stay when others work. */
static void
marks_stay_when_others_work(void **state)
{
	struct session *other;
	struct till *k = till_shared("en", 24, 80, &other);
	int64_t id;

	(void)state;
	till_keys(k, "F2 j Space");
	till_sees(k, "✓     4119203366520877650");
	assert_int_equal(order_by_no(other, "4119203366520877702", &id), 0);
	assert_int_equal(order_hold(other, id, "manual", ""), 0);
	till_keys(k, "tick tick");
	till_sees(k, "[To ship 3]");
	till_sees(k, "✓     4119203366520877650");
	till_sees(k, "▌    4119203366520877610");
	assert_int_equal(order_release(other, id, NULL, ""), 0);
	till_keys(k, "tick tick");
	till_sees(k, "[To ship 4]");
	till_sees(k, "▲ 1 new"); /* it is the most urgent one */
	till_sees(k, "▌    4119203366520877610");
	till_misses(k, "4119203366520877702");
	till_keys(k, "g");
	till_misses(k, " new");
	till_sees(k, "▌    4119203366520877702");
	till_sees(k, "1 selected");
	session_close(other);
	till_close(k);
}

static void
panes_stand_beside_lists(void **state)
{
	static const char *const keys[][2] = {
		{ "stock", "F4" },
		{ "customers", "F5" },
		{ "parcels", "F6" },
		{ "orders", "F2" },
	};
	char name[64];
	struct till *k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		k = till_open("manager", "en", 30, 160);
		till_keys(k, keys[i][1]);
		snprintf(
		    name, sizeof(name), "screen-lists-pane-%s", keys[i][0]);
		looks(k, name);
		till_close(k);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_sorted_and_stays_so),
		cmocka_unit_test(columns_are_chosen_and_kept),
		cmocka_unit_test(a_column_can_be_made_wider_but_not_vanish),
		cmocka_unit_test(many_orders_are_held_at_once),
		cmocka_unit_test(
		    what_is_refused_stays_selected_with_its_reason),
		cmocka_unit_test(remarks_are_added_and_flags_set),
		cmocka_unit_test(many_are_cancelled_confirmed_and_released),
		cmocka_unit_test(esc_stops_between_two),
		cmocka_unit_test(what_is_selected_is_written),
		cmocka_unit_test(products_get_levels_and_bins_together),
		cmocka_unit_test(many_items_are_mapped_to_one_product),
		cmocka_unit_test(every_list_is_filtered),
		cmocka_unit_test(orders_are_found_by_their_goods),
		cmocka_unit_test(what_is_found_is_worked_on),
		cmocka_unit_test(keys_of_lists_can_be_others),
		cmocka_unit_test(marks_stay_when_others_work),
		cmocka_unit_test(panes_stand_beside_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
