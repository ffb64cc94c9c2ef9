/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"
#include "till.h"

/* Find anything, and where a scan leads. */

static void
remark(struct till *k, const char *no, const char *memo)
{
	struct order_remark edit = { .flag = 0 };
	struct order_card card;
	int64_t id;

	assert_int_equal(order_by_no(k->s, no, &id), 0);
	assert_int_equal(order_card(k->s, id, &card), 0);
	snprintf(edit.memo, sizeof(edit.memo), "%s", memo);
	assert_int_equal(order_remark(k->s, id, card.order.version, &edit), 0);
	order_card_free(&card);
}

static void
it_looks_the_same_everywhere(void **state)
{
	static const struct {
		const char *lang;
		int h, w;
	} sizes[] = { { "en", 24, 80 }, { "zh_CN", 24, 80 }, { "en", 40, 120 },
		{ "zh_CN", 40, 120 } };
	char name[64];
	struct till *k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		k = till_open("owner", sizes[i].lang, sizes[i].h, sizes[i].w);
		remark(k, "4119203366520877702",
		    "客户要求周五前必须发出，改发红色大号，不锈钢的不要");
		till_keys(k, "Ctrl-F");
		snprintf(name, sizeof(name), "find-empty-%.2s-%dx%d",
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(name, drive_text(k->d));
		till_keys(k, "'不锈钢'");
		snprintf(name, sizeof(name), "find-%.2s-%dx%d", sizes[i].lang,
		    sizes[i].w, sizes[i].h);
		golden_check(name, drive_text(k->d));
		till_keys(k, "Ctrl-U '没有的东西'");
		snprintf(name, sizeof(name), "find-nothing-%.2s-%dx%d",
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(name, drive_text(k->d));
		till_close(k);
	}
}

static void
what_is_found_opens(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "/ '77702' Enter");
	till_sees(k, "Nothing fits");
	till_keys(k, "Ctrl-U '4119203366520877702' Enter");
	till_sees(k, " 4119203366520877702  paid");
	till_keys(k, "Ctrl-F 'SF13000' Enter");
	till_sees(k, " 4119203366520877540  shipped");
	till_keys(k, "Ctrl-F 'DT-01' Enter");
	till_sees(k, "shopmgr  Stock");
	till_sees(k, "DT-01");
	till_keys(k, "F2 Ctrl-F 'tb_zhan' Down Down");
	till_keys(k, "Ctrl-U 'owner' Enter");
	till_sees(k, "shopmgr  Staff");
	/* What was opened is offered again, the newest first. */
	till_keys(k, "Ctrl-F");
	till_sees(k, "▌ staff");
	till_keys(k, "Down Enter");
	till_sees(k, "shopmgr  Stock");
	till_close(k);
}

static void
words_of_remarks_are_found_as_soon_as_written(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-F '易碎'");
	till_sees(k, "Nothing fits");
	till_keys(k, "Esc");
	remark(k, "4119203366520877702", "易碎品，双层包装");
	till_keys(k, "Ctrl-F '双层 易碎'");
	till_sees(k, "order  4119203366520877702");
	till_sees(k, "remark");
	till_keys(k, "Enter");
	till_sees(k, " 4119203366520877702  paid");
	till_close(k);
}

static void
one_finds_above_a_form(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 n 'NEW-1' Ctrl-F '4119203366520877702' Enter");
	till_sees(k, " 4119203366520877702  paid");
	till_keys(k, "Esc");
	till_sees(k, "NEW-1");
	till_keys(k, "Ctrl-F Esc");
	till_sees(k, "NEW-1");
	till_close(k);
}

static void
who_may_not_see_it_does_not_find_it(void **state)
{
	struct till *k = till_open("buyer", "en", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-F '4119203366520877702'");
	till_sees(k, "Nothing fits");
	till_keys(k, "Ctrl-U 'DT-01'");
	till_sees(k, "product");
	till_close(k);
	/* Nor at the door. */
	k = till_door("en", 24, 80);
	till_keys(k, "Ctrl-F");
	till_misses(k, "Find anything");
	till_close(k);
}

static void
a_bin_shows_what_lies_in_it(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F5 scan:A-03-2");
	till_sees(k, "shopmgr  Bin  A-03-2");
	till_sees(k, "MD-1000");
	till_misses(k, "DT-01");
	/* Also on the list of the stock; and what is none is told. */
	till_keys(k, "F4 scan:a-03-2");
	till_sees(k, "shopmgr  Bin  A-03-2");
	till_keys(k, "scan:4119203366520877731");
	till_sees(k, " 4119203366520877731  paid");
	till_keys(k, "F4 scan:nowhere-at-all");
	till_sees(k, "No order, parcel, product or bin has the code");
	till_close(k);
}

static void
commands_of_all_screens_are_at_hand(void **state)
{
	struct till *k = till_open("owner", "zh_CN", 24, 80);

	(void)state;
	till_keys(k, "Ctrl-P 'kc' Enter");
	till_sees(k, "shopmgr  库存");
	till_keys(k, "Ctrl-P 'orders'");
	till_sees(k, "F2");
	till_keys(k, "Enter");
	till_sees(k, "shopmgr  订单");
	till_close(k);
	k = till_open("clerk", "en", 24, 80);
	till_keys(k, "Ctrl-P 'import'");
	till_sees(k, "not for your role");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_looks_the_same_everywhere),
		cmocka_unit_test(what_is_found_opens),
		cmocka_unit_test(words_of_remarks_are_found_as_soon_as_written),
		cmocka_unit_test(one_finds_above_a_form),
		cmocka_unit_test(who_may_not_see_it_does_not_find_it),
		cmocka_unit_test(a_bin_shows_what_lies_in_it),
		cmocka_unit_test(commands_of_all_screens_are_at_hand),
	};

	return cmocka_run_group_tests_name("screens/find", tests, NULL, NULL);
}
