/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/config.h"
#include "till.h"

/* The packing bench, by the hands of a clerk. */

#define ORDER "4119203366520877702" /* knife, 2 stones, sheath */
#define KNIFE "6901234500031"
#define STONE "6901234500048"
#define OTHER "6901234500055" /* a stone, but not this one */
#define COVER "6901234500062"

static void
set(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
packs_a_whole_order_by_scans(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER);
	till_sees(k, "Scan the goods");
	till_keys(k, "scan:" KNIFE " scan:" STONE " scan:" STONE);
	till_sees(k, "2 / 2");
	till_keys(k, "scan:" COVER);
	till_sees(k, "Complete. Nothing is missing.");
	till_keys(k, "'YTO' Enter");
	till_sees(k, "Scan the waybill");
	till_keys(k, "scan:YT7600000000123");
	till_sees(k, "Weight in grams");
	till_keys(k, "Enter");
	till_sees(k, "SHIPPED: " ORDER " with 圆通速递 YT7600000000123");
	till_sees(k, "Scan the order");
	till_sees(k, "today 1");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 1);
	assert_int_equal(
	    fixture_int(k->s, "SELECT state FROM orders WHERE order_no = "
			      "'" ORDER "'"),
	    4);
	assert_int_equal(
	    fixture_int(k->s, "SELECT on_hand FROM stock JOIN variant ON "
			      "variant.id = variant_id WHERE sku_code = "
			      "'MD-1000'"),
	    118);
	fixture_verify(k->s);
	till_close(k);
}

/* A code with Enter is as good as a scan; all is typed ahead at once. */
/* Nobody is asked for a courier that there is none of. */
static void
what_the_buyer_collects_needs_no_courier(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	set(k->s, "UPDATE orders SET delivery = 1 /*scan*/");
	till_keys(k, "F3 scan:" ORDER " scan:" KNIFE " scan:" STONE
		     " scan:" STONE " scan:" COVER);
	till_sees(k, "no courier");
	till_sees(k, "Weight in grams");
	till_keys(k, "Enter");
	till_sees(k, "HANDED OVER: " ORDER " as SELF-" ORDER);
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 1);
	fixture_verify(k->s);
	till_close(k);
}

static void
where_nobody_weighs_enter_hands_it_over(void **state)
{
	struct config *config;
	struct till *k;
	struct err err;

	(void)state;
	assert_int_equal(
	    config_load(&config,
		fixture_file("hand.ini", "[packing]\nweigh = no\n"), &err),
	    0);
	k = till_open_with(config, "clerk", "zh_CN", 24, 80);
	set(k->s, "UPDATE orders SET delivery = 1 /*scan*/");
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017");
	till_sees(k, "买家自提");
	till_keys(k, "'what' Enter");
	till_sees(k, "直接按回车");
	/* The next order is as good as Enter. */
	till_keys(k, "scan:" ORDER);
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 1);
	till_sees(k, "SELF-4119203366520877731");
	till_close(k);
	config_free(config);
}

/* Our people bring it, or a courier does: somebody says which. */
static void
what_we_bring_asks_who_does(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	set(k->s, "UPDATE orders SET delivery = 3 /*scan*/");
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017");
	till_sees(k, "we bring it ourselves");
	till_keys(k, "'-' Enter");
	till_sees(k, "no courier");
	/* Thought over. */
	till_keys(k, "F2 'YTO' Enter");
	till_sees(k, "Scan the waybill");
	till_keys(k, "F2 '-' Enter Enter");
	till_sees(k, "HANDED OVER: 4119203366520877731");
	fixture_verify(k->s);
	till_close(k);
}

static void
packs_by_typing_ahead(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 '" ORDER "' Enter '" KNIFE "' Enter 'MD-1000' Enter "
		     "'md-1000' Enter 'MD-1000' Enter '" COVER
		     "' Enter '圆通' Enter 'YT7600000000123' Enter Enter");
	till_sees(k, "SHIPPED: " ORDER);
	till_close(k);
}

static void
the_courier_is_remembered(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter");
	till_sees(k, "SHIPPED: 4119203366520877731");
	till_keys(k, "scan:4119203366520877650 scan:6901234500017 "
		     "scan:6901234500017");
	till_sees(k, "Enter: 圆通速递 again, or scan the waybill");
	till_keys(k, "scan:YT7600000000125 Enter");
	till_sees(k, "SHIPPED: 4119203366520877650 with 圆通速递 "
		     "YT7600000000125");
	till_sees(k, "today 2");
	/* Also after one was away from the bench. */
	till_keys(k, "Esc F3 scan:4119203366520877610 scan:6901234500079");
	till_sees(k, "Enter: 圆通速递 again, or scan the waybill");
	till_close(k);
}

static void
wrong_goods_stop_loudly(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " scan:" KNIFE);
	assert_int_equal(k->d->bells[0] + k->d->bells[1], 0);
	till_keys(k, "scan:" OTHER);
	till_sees(k, "WRONG ITEM: 磨刀石 3000# is not in this order.");
	till_sees(k, "Take 磨刀石 1000#  A-03-2");
	assert_int_equal(k->d->bells[0], 1);
	/* The band stays until something is right. */
	till_keys(k, "tick tick");
	till_sees(k, "WRONG ITEM");
	till_keys(k, "scan:" KNIFE);
	till_sees(k, "TOO MANY: there is enough of 三德刀 F-503 already.");
	till_keys(k, "scan:999");
	till_sees(k, "UNKNOWN CODE: no product has the code 999.");
	till_keys(k, "Enter");
	till_sees(k, "MISSING: take 磨刀石 1000#  A-03-2");
	assert_int_equal(k->d->bells[0], 4);
	till_keys(k, "scan:" STONE);
	till_misses(k, "MISSING");
	till_sees(k, "1 / 2");
	assert_int_equal(k->d->bells[0], 4);
	till_close(k);
}

static void
what_was_scanned_last_goes_back(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " F8");
	till_sees(k, "Nothing was scanned yet.");
	till_keys(k, "scan:" STONE " scan:" STONE);
	till_sees(k, "2 / 2");
	till_keys(k, "F8");
	till_sees(k, "1 / 2");
	till_keys(k, "F8");
	till_sees(k, "0 / 2");
	/* Also after the last piece: the parcel is open again. */
	till_keys(
	    k, "scan:" KNIFE " scan:" STONE " scan:" STONE " scan:" COVER);
	till_sees(k, "Complete");
	till_keys(k, "F8");
	till_sees(k, "Scan the goods");
	till_close(k);
}

static void
a_held_order_cannot_be_packed(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877695");
	till_sees(k, "item not mapped");
	till_sees(k, "Scan the order");
	assert_int_equal(k->d->bells[1], 1);
	till_keys(k, "scan:" KNIFE);
	till_sees(k, KNIFE " is a product, and no order waits");
	till_keys(k, "scan:nothing-like-that");
	assert_int_equal(k->d->bells[0] + k->d->bells[1] >= 3, 1);
	till_close(k);
}

static void
an_order_is_held_at_the_bench(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " scan:" KNIFE " F4");
	till_sees(k, "Why must it stop?");
	/* A scan is not taken for an answer, and not swallowed either. */
	till_keys(k, "scan:" STONE);
	till_sees(k, "First say why the order must stop");
	assert_int_equal(k->d->bells[1], 1);
	till_keys(k, "'1' Enter");
	till_sees(k, "ON HOLD: " ORDER ", stock missing.");
	till_sees(k, "Scan the order");
	assert_int_equal(
	    fixture_int(
		k->s, "SELECT held FROM orders WHERE order_no = '" ORDER "'"),
	    1);
	till_keys(k, "scan:" ORDER);
	till_sees(k, "stock missing");
	till_close(k);
}

static void
holding_can_be_thought_over(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " scan:" KNIFE " F4 Esc");
	till_sees(k, "Scan the goods");
	till_sees(k, "1 / 1");
	till_keys(k, "F4 'nine' Enter");
	till_sees(k, "First say why");
	till_close(k);
}

static void
leaving_asks_when_something_was_scanned(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " Esc");
	till_sees(k, "Scan the order"); /* nothing scanned: no question */
	till_keys(k, "scan:" ORDER " scan:" KNIFE " Esc");
	till_sees(k, "Leave this order?");
	till_keys(k, "Esc");
	till_sees(k, "1 / 1");
	/* A scan means that the work goes on. */
	till_keys(k, "Esc scan:" STONE);
	till_sees(k, "1 / 2");
	till_keys(k, "Esc Enter");
	till_sees(k, "Scan the order");
	till_misses(k, ORDER);
	till_keys(k, "Esc");
	till_sees(k, "TO DO");
	till_close(k);
}

static void
a_waybill_is_never_used_twice(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter "
		     "scan:4119203366520877650 scan:6901234500017 "
		     "scan:6901234500017 Enter scan:YT7600000000124");
	till_sees(k, "YT7600000000124");
	till_sees(k, "Scan the waybill"); /* asked again, nothing is lost */
	assert_int_equal(k->d->bells[0] + k->d->bells[1], 1);
	till_keys(k, "scan:YT7600000000126 '820' Enter");
	till_sees(k, "SHIPPED: 4119203366520877650");
	till_close(k);
}

static void
goods_are_no_waybill(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k,
	    "F3 scan:4119203366520877731 scan:6901234500017 'YTO' Enter "
	    "scan:6901234500017");
	till_sees(k, "TOO MANY: the parcel is complete without 不锈钢雪平锅");
	till_keys(k, "Enter");
	till_sees(k, "Scan the waybill of the parcel.");
	till_keys(k, "F2");
	till_sees(k, "顺丰速运  圆通速递");
	till_keys(k, "'nobody' Enter");
	till_sees(k, "No courier is called nobody.");
	till_keys(k, "'SF' Enter scan:SF1300000000099 Enter");
	till_sees(k, "with 顺丰速运 SF1300000000099");
	till_close(k);
}

static void
the_weight_is_recorded(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124");
	till_sees(k, "Weight in grams");
	till_keys(k, "'heavy' Enter");
	till_sees(k, "heavy is no weight.");
	till_keys(k, "'1,240' Enter");
	till_sees(k, "SHIPPED: 4119203366520877731");
	assert_int_equal(fixture_int(k->s, "SELECT weight FROM parcel"), 1240);
	till_close(k);
}

static void
no_weight_is_asked_where_nobody_weighs(void **state)
{
	struct config *config;
	struct till *k;
	struct err err;

	(void)state;
	assert_int_equal(
	    config_load(&config,
		fixture_file("weigh.ini", "[packing]\nweigh = no\n"), &err),
	    0);
	k = till_open_with(config, "clerk", "en", 24, 80);
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124");
	till_sees(k, "SHIPPED: 4119203366520877731");
	assert_int_equal(fixture_int(k->s, "SELECT weight FROM parcel"), 0);
	till_close(k);
	config_free(config);
}

/* Who has no scale goes on with the next order: no key between two parcels. */
static void
the_next_order_stands_for_no_weight(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 scan:4119203366520877650");
	till_sees(k, "SHIPPED: 4119203366520877731");
	till_sees(k, "Scan the goods");
	assert_int_equal(fixture_int(k->s, "SELECT weight FROM parcel"), 0);
	till_keys(k, "scan:6901234500017");
	till_misses(k, "SHIPPED");
	till_sees(k, "1 / 2");
	/* Its own number is no weight and no other order. */
	till_keys(k, "scan:6901234500017 Enter scan:YT7600000000125 "
		     "scan:4119203366520877650");
	till_sees(k, "is no weight");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 1);
	till_close(k);
}

/* The courier reads capitals, so that is how it is kept and shown. */
static void
the_waybill_is_shown_as_it_is_kept(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "'yt7600000000124' Enter Enter");
	till_sees(k, "with 圆通速递 YT7600000000124");
	till_close(k);
}

/* Yesterday's courier is only a proposal: the label on the box decides. */
static void
the_label_tells_the_courier(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter "
		     "scan:4119203366520877650 scan:6901234500017 "
		     "scan:6901234500017");
	till_sees(k, "Enter: 圆通速递 again");
	till_keys(k, "scan:SF1300000000099");
	till_sees(k, "The label is one of 顺丰速运");
	till_keys(k, "Enter");
	till_sees(k, "with 顺丰速运 SF1300000000099");
	/* What was chosen by hand stands, and is only wondered at: while the
	 * parcel still lies here, too. */
	till_keys(k, "scan:4119203366520877610 scan:6901234500079 'YTO' Enter "
		     "scan:SF1300000000100");
	till_sees(k, "does not look like a waybill of 圆通速递");
	till_sees(k, "Weight in grams");
	till_keys(k, "Enter");
	till_sees(k, "with 圆通速递 SF1300000000100");
	till_sees(k, "does not look like a waybill of 圆通速递");
	till_close(k);
}

/* Another courier is named by his label as well; the order scanned twice is
 * no wrong product. */
static void
a_label_or_an_order_scanned_early_is_understood(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:4119203366520877731");
	till_sees(k, "lies here: scan its goods.");
	assert_int_equal(k->d->bells[0] + k->d->bells[1], 0);
	till_keys(k, "scan:6901234500017 scan:YTO F2 scan:SF1300000000099");
	till_sees(k, "Weight in grams");
	till_keys(k, "Enter");
	till_sees(k, "with 顺丰速运 SF1300000000099");
	till_close(k);
}

/* Letters are answers here; the help line and page only know what works. */
static void
the_help_line_fits_the_question(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3");
	till_misses(k, "F8 Put back");
	till_misses(k, "F4 Hold");
	till_sees(k, "Ctrl-N Next order  Ctrl-R Scale");
	till_keys(k, "F4");
	till_sees(k, "Scan the order that is to be held.");
	till_keys(k, "scan:" ORDER);
	till_sees(k, " F4 Hold  F1 Help  Esc Back");
	till_keys(k, "scan:" KNIFE);
	till_sees(k, " F7 Add box  F8 Put back  F4 Hold  F1 Help  Esc Back");
	till_keys(k, "F2");
	till_sees(k, "The courier is asked for when the goods are complete.");
	till_keys(k, "F1");
	till_misses(k, " q ");
	till_keys(k, "PgDn");
	till_sees(k, "F3");
	till_keys(k, "Enter Esc");
	till_sees(k, "Leave this order?");
	till_keys(k, "q q");
	till_sees(k, "Leave this order?");
	till_close(k);
}

/* What somebody else did meanwhile is told, and the next order can come. */
static void
an_order_held_meanwhile_does_not_ship(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO");
	fixture_role(k->s, "agent");
	till_hold(k, "4119203366520877731", "refund");
	fixture_role(k->s, "clerk");
	till_keys(k, "scan:YT7600000000124 Enter");
	till_sees(k, "refund asked for");
	till_sees(k, "Scan the order");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 0);
	fixture_verify(k->s);
	till_close(k);
}

static void
from_the_list_straight_to_the_bench(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 p");
	till_sees(k, ORDER);
	till_sees(k, "Scan the goods");
	till_keys(k, "Esc Esc");
	till_sees(k, "[To ship");
	till_close(k);
}

/* One scan a parcel: the piece finds its order. */
static void
a_piece_finds_its_order(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:6901234500017");
	till_sees(k, "ONE PIECE: order 4119203366520877731, complete.");
	till_keys(k, "'YTO' Enter scan:YT7600000000123 Enter");
	till_sees(k, "SHIPPED: 4119203366520877731");
	/* The other one wants two of it. */
	till_keys(k, "scan:6901234500017");
	till_sees(k, "no order waits for one piece");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM claim"), 0);
	till_close(k);
}

static void
what_is_scanned_goes_in_a_parcel_of_its_own(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:" ORDER " F7");
	till_sees(k, "First scan what goes in this parcel.");
	till_keys(k, "scan:" KNIFE " F7");
	till_sees(k, "This goes now; the rest in another parcel.");
	till_keys(k, "'YTO' Enter scan:YT7600000000123 Enter");
	till_sees(k, "Now the rest.");
	till_sees(k, "0 / 2");
	till_keys(k, "scan:" STONE " scan:" STONE " scan:" COVER
		     " scan:YT7600000000124 Enter");
	till_sees(k, "SHIPPED: " ORDER " with 圆通速递 YT7600000000124");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 2);
	fixture_verify(k->s);
	till_close(k);
}

/* Orders come by themselves, the most urgent first, until none waits. */
static void
the_next_order_comes_by_itself(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 Ctrl-N");
	till_sees(k, ORDER);
	till_sees(k, "Scan the goods");
	till_keys(k, "scan:" KNIFE " scan:" STONE " scan:" STONE " scan:" COVER
		     " 'YTO' Enter scan:YT7600000000123 Enter");
	till_sees(k, "SHIPPED: " ORDER);
	till_sees(k, "4119203366520877650");
	till_keys(k, "Esc");
	till_sees(k, "Scan the order");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM claim"), 0);
	till_close(k);
}

static void
packed_here_and_shipped_at_the_scale(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:6901234500017 'YTO' Enter "
		     "scan:YT7600000000123 Ctrl-O");
	till_sees(k, "waits for");
	assert_int_equal(
	    fixture_int(k->s, "SELECT state FROM orders WHERE order_no ="
			      " '4119203366520877731'"),
	    2);
	till_keys(k, "Ctrl-R");
	till_sees(k, "THE SCALE");
	till_keys(k, "scan:YT7600000000123 '1480' Enter");
	till_sees(k, "SHIPPED: YT7600000000123, 1,480 g");
	till_sees(k, "THE SCALE");
	till_keys(k, "scan:YT7600000000123 '1480' Enter");
	till_sees(k, "already shipped");
	till_keys(k, "Esc");
	till_sees(k, "Scan the order or its waybill");
	fixture_verify(k->s);
	till_close(k);
}

/* A parcel that weighs what it should not stops; some may let it go. */
static void
a_weight_that_does_not_fit_stops(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	set(k->s, "UPDATE variant SET weight = 1400 /*scan*/");
	till_keys(k, "F3 scan:6901234500017 'YTO' Enter "
		     "scan:YT7600000000123");
	till_sees(k, "1,400 g are expected");
	till_keys(k, "'300' Enter");
	till_sees(k, "Weight in grams");
	till_sees(k, "F10 Force");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM parcel"), 0);
	till_keys(k, "F10");
	till_sees(k, "SHIPPED: 4119203366520877731");
	till_close(k);
}

/* The courier that costs least there and arrives in time is proposed. */
static void
the_cheapest_courier_is_proposed(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	set(k->s, "UPDATE variant SET weight = 500 /*scan*/");
	set(k->s, "INSERT INTO freight_template (courier_id, name)"
		  " SELECT id, 'prices' FROM courier WHERE code IN ('YTO',"
		  " 'ZTO') /*scan*/");
	set(k->s, "INSERT INTO freight_zone (template_id, province, first,"
		  " first_fee, step, step_fee) SELECT t.id, '', 1000,"
		  " CASE c.code WHEN 'YTO' THEN 900 ELSE 700 END, 1000, 100"
		  " FROM freight_template t JOIN courier c"
		  " ON c.id = t.courier_id /*scan*/");
	till_keys(k, "F3 scan:6901234500017");
	till_sees(k, "Enter: 中通快递, the cheapest in time");
	till_keys(k, "Enter scan:76500000001234 Enter");
	till_sees(k, "SHIPPED: 4119203366520877731 with 中通快递");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_a_whole_order_by_scans),
		cmocka_unit_test(packs_by_typing_ahead),
		cmocka_unit_test(what_the_buyer_collects_needs_no_courier),
		cmocka_unit_test(where_nobody_weighs_enter_hands_it_over),
		cmocka_unit_test(what_we_bring_asks_who_does),
		cmocka_unit_test(the_courier_is_remembered),
		cmocka_unit_test(wrong_goods_stop_loudly),
		cmocka_unit_test(what_was_scanned_last_goes_back),
		cmocka_unit_test(a_held_order_cannot_be_packed),
		cmocka_unit_test(an_order_is_held_at_the_bench),
		cmocka_unit_test(holding_can_be_thought_over),
		cmocka_unit_test(leaving_asks_when_something_was_scanned),
		cmocka_unit_test(a_waybill_is_never_used_twice),
		cmocka_unit_test(goods_are_no_waybill),
		cmocka_unit_test(the_weight_is_recorded),
		cmocka_unit_test(no_weight_is_asked_where_nobody_weighs),
		cmocka_unit_test(the_next_order_stands_for_no_weight),
		cmocka_unit_test(the_waybill_is_shown_as_it_is_kept),
		cmocka_unit_test(
		    a_label_or_an_order_scanned_early_is_understood),
		cmocka_unit_test(the_label_tells_the_courier),
		cmocka_unit_test(the_help_line_fits_the_question),
		cmocka_unit_test(an_order_held_meanwhile_does_not_ship),
		cmocka_unit_test(from_the_list_straight_to_the_bench),
		cmocka_unit_test(a_piece_finds_its_order),
		cmocka_unit_test(what_is_scanned_goes_in_a_parcel_of_its_own),
		cmocka_unit_test(the_next_order_comes_by_itself),
		cmocka_unit_test(packed_here_and_shipped_at_the_scale),
		cmocka_unit_test(a_weight_that_does_not_fit_stops),
		cmocka_unit_test(the_cheapest_courier_is_proposed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
