/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "till.h"

/* A day at the desk: finding, holding, mapping, importing, exporting. */

static void
finds_as_one_types(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / 'zsf'"); /* pinyin initials */
	till_sees(k, "4119203366520877731");
	till_sees(k, "4119203366520877123");
	till_misses(k, "4119203366520877650");
	till_keys(k, "Ctrl-U '4321'"); /* the phone's tail */
	till_sees(k, "4119203366520877650");
	till_misses(k, "4119203366520877731");
	till_keys(k, "Ctrl-U 'SF1300000000022'"); /* a waybill */
	till_sees(k, "4119203366520877540");
	till_keys(k, "Ctrl-U '王芳'");
	till_sees(k, "4119203366520877695");
	till_keys(k, "Ctrl-U 'tb_zh'"); /* a nick's beginning */
	till_sees(k, "4119203366520877731");
	till_keys(k, "Ctrl-U 'nothing'");
	till_sees(k, "Nothing fits.");
	till_close(k);
}

static void
esc_comes_back_to_the_same_row(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / 'zsf' Down Enter");
	till_sees(k, "4119203366520877123  "); /* the card of the second */
	till_sees(k, "completed");
	till_keys(k, "Esc");
	till_sees(k, "▌    4119203366520877123");
	till_keys(k, "Esc");
	till_misses(k, "Find  zsf");
	till_close(k);
}

static void
a_scan_opens_what_it_is(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "scan:4119203366520877731");
	till_sees(k, " 4119203366520877731  paid");
	till_keys(k, "scan:SF1300000000022");
	till_sees(k, " 4119203366520877540  shipped");
	till_keys(k, "scan:6901234500062");
	till_sees(k, "DT-01");
	till_misses(k, "MD-1000");
	till_keys(k, "Esc F1 Esc scan:a-01-7"); /* a bin: what lies there */
	till_sees(k, "A-01-7 · 主仓");
	till_sees(k, "DT-01");
	till_keys(k, "Esc Esc F5 scan:nowhere");
	till_sees(k, "No order, parcel, product or bin has the code nowhere.");
	till_close(k);
}

static void
tabs_show_their_orders(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 2");
	till_sees(k, "[Unpaid 1]");
	till_sees(k, "4119203366520877801");
	till_misses(k, "4119203366520877702");
	till_keys(k, "Tab Tab");
	till_sees(k, "[On hold 1]");
	till_sees(k, "item not mapped");
	till_keys(k, "Shift-Tab Left Left Left");
	till_sees(k, "[Closed]");
	till_sees(k, "4119203366520877009");
	till_close(k);
}

static void
holds_and_releases(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 h 'address' Enter 'house number missing' Ctrl-S");
	till_sees(k, "Order 4119203366520877702 is on hold: address to be "
		     "checked.");
	till_sees(k, "On hold 2");
	till_keys(k, "4 Down Enter");
	till_sees(k, "! address to be checked: house number missing");
	till_sees(k, "r clears it");
	till_keys(k, "r 'asked the buyer' Enter");
	till_sees(k, "Order 4119203366520877702: the hold is cleared.");
	till_misses(k, "house number missing");
	till_keys(k, "3"); /* it stays on record */
	till_sees(k, "house number missing");
	fixture_verify(k->s);
	till_close(k);
}

static void
giving_up_changes_nothing(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 h Esc");
	till_sees(k, "On hold 1");
	till_keys(k, "h Enter Esc");
	till_sees(k, "On hold 1");
	till_keys(k, "Enter X Esc");
	till_keys(k, "X 'no' Enter Esc");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM audit WHERE op LIKE "
			      "'order-%'"),
	    0);
	till_close(k);
}

static void
remarks_with_a_flag(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 m '改发黑色刀套' Tab Right Ctrl-S");
	till_sees(k, "The remark on order 4119203366520877702 is saved.");
	till_sees(k, "⚑");
	till_keys(k, "Enter");
	till_sees(k, "⚑ red 改发黑色刀套");
	till_close(k);
}

static void
cancels_and_frees_the_stock(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter X 'buyer changed his mind' Enter Enter");
	till_sees(k, "Order 4119203366520877702 is cancelled.");
	assert_int_equal(
	    fixture_int(k->s,
		"SELECT count(*) FROM reservation JOIN orders ON orders.id = "
		"order_id WHERE order_no = '4119203366520877702'"),
	    0);
	fixture_verify(k->s);
	till_close(k);
}

static void
maps_an_item_and_the_order_can_go(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F8");
	till_sees(k, "砧板 新款");
	till_keys(k, "Enter 'MD-3'");
	till_sees(k, "磨刀石 3000#");
	till_misses(k, "磨刀石 1000#");
	till_keys(k, "Enter"); /* not the same code: sure? */
	till_sees(k, "is the product");
	till_keys(k, "Enter");
	till_sees(k, "Mapped. 1 order can go now.");
	till_sees(k, "Every item of the platforms has its product.");
	till_keys(k, "F2");
	till_sees(k, "[To ship 5]");
	fixture_verify(k->s);
	till_close(k);
}

static void
maps_from_the_card_by_a_name(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 4 Enter u '刀' Enter Esc");
	till_sees(k, "Map item");
	till_keys(k, "Enter Enter");
	till_sees(k, "Mapped. 1 order can go now.");
	till_sees(k, "DT-01");
	till_misses(k, "not mapped");
	till_keys(k, "u");
	till_sees(k, "Every line has its product.");
	till_close(k);
}

/* As one types, and without asking what kind of thing that is. */
static void
finds_goods_by_code_or_name(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 / 'md-'"); /* small letters do */
	till_sees(k, "MD-1000");
	till_sees(k, "MD-3000");
	till_misses(k, "XP-20");
	till_keys(k, "Ctrl-U '刀'");
	till_sees(k, "DT-01");
	till_misses(k, "MD-1000");
	till_keys(k, "Ctrl-U 'nothing'");
	till_sees(k, "No SKU and no name begins like this.");
	till_keys(k, "Esc");
	till_sees(k, "XP-20");
	till_close(k);
}

static void
makes_a_product_and_receives_it(void **state)
{
	struct till *k = till_open("manager", "en", 24, 120);

	(void)state;
	till_keys(k,
	    "F4 n 'ZB-1' Tab '砧板' Tab Tab '690999' Tab 'D-01' Tab '88' "
	    "Ctrl-S");
	till_sees(k, "ZB-1 is in the catalogue.");
	till_keys(k, "o 'SKU' Enter End g G +"); /* by SKU; g is the first row
						    here too */
	till_keys(k, "Tab '12' Tab '30.5' Ctrl-S");
	till_sees(k, "ZB-1 砧板: +12 pieces are in the ledger.");
	till_sees(k, "366.00");
	fixture_verify(k->s);
	till_close(k);
}

static void
a_bad_form_says_what_is_wrong_and_keeps_the_rest(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 n 'XP-20' Tab '另一口锅' Ctrl-S");
	till_sees(k, "XP-20");
	till_sees(k, "另一口锅");
	till_sees(k, "New product"); /* still asking */
	till_keys(k, "Ctrl-A 'A' Ctrl-S");
	till_sees(k, "AXP-20 is in the catalogue.");
	till_close(k);
}

static void
corrects_and_takes_back(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 a '-3' Tab 'rusty' Ctrl-S");
	till_sees(k, "SD-F503 三德刀 F-503: -3 pieces are in the ledger.");
	till_keys(k, "l");
	till_sees(k, "rusty");
	till_keys(k, "R 'were not' Enter Enter");
	till_sees(k, "is taken back.");
	till_sees(k, "reversed");
	till_sees(k, "were not");              /* the counter-slip, on top */
	till_keys(k, "R 'again' Enter Enter"); /* the counter-slip itself */
	till_misses(k, "is taken back.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT on_hand FROM stock JOIN variant ON "
			      "variant.id = variant_id WHERE sku_code = "
			      "'SD-F503'"),
	    25);
	fixture_verify(k->s);
	till_close(k);
}

static void
issues_and_moves_to_another_bin(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 - '5' Tab 'shown at the fair' Ctrl-S");
	till_sees(k, "SD-F503 三德刀 F-503: -5 pieces are in the ledger.");
	till_keys(k, "- '500' Tab 'too many' Ctrl-S");
	till_sees(k, "Issue goods"); /* refused, nothing is lost */
	till_sees(k, "too many");
	till_keys(k, "Esc Enter t Ctrl-U 'Z-09-9' Enter Enter");
	till_sees(k, "SD-F503 lies in bin Z-09-9 now.");
	till_keys(k, "l");
	till_sees(k, "shown at the fair");
	till_sees(k, "Z-09-9");
	fixture_verify(k->s);
	till_close(k);
}

static const char *
file_text(struct till *k, const char *name)
{
	static char text[20000];
	char path[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", k->app.exchange, name);
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void
exports_what_the_platform_wants(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter Esc F6");
	till_sees(k, "YT7600000000124");
	till_sees(k, "not yet");
	till_keys(k, "x");
	till_sees(k, "Taobao · 留样店: 1 parcel");
	till_keys(k, "Enter");
	till_sees(k, "Layout of the file");
	till_sees(k, "Taobao: sub-orders, courier codes");
	till_keys(k, "Enter"); /* that of its name is proposed */
	till_sees(k, "1 row written to");
	till_misses(k, "not yet");
	assert_true(till_has_file(k, "shipments-taobao-20261122-1405"));
	till_keys(k, "Tab");
	till_sees(k, "The platforms know of every parcel.");
	till_keys(k, "Tab x");
	till_sees(k, "The platforms know of every parcel."); /* no question */
	till_close(k);
}

/* A shop's back office takes no other shop's parcels. */
static void
each_shop_gets_its_own_file(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	fixture_order(k->s, "7001", 1, "XP-20", NULL); /* of another shop */
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter '7001' Enter "
		     "scan:6901234500017 scan:YT7600000000125 Enter Esc F6 x");
	till_sees(k, "Taobao · 留样店: 1 parcel");
	till_keys(k, "'测试店' Enter Down Enter");
	till_sees(k, "1 row written to");
	till_sees(k, "not yet");
	till_keys(k, "x Enter Enter"); /* as the one before */
	till_sees(k, "1 row written to");
	till_misses(k, "not yet");
	assert_true(till_has_file(k, "shipments-taobao-codes-20261122-1405"));
	assert_true(
	    till_has_file(k, "shipments-taobao-codes-20261122-1405-2.csv"));
	till_close(k);
}

/* How somebody likes lists is no matter of a platform: it wants bare numbers,
 * in the encoding of its layout. */
static void
a_platform_gets_bare_numbers(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 x Enter Tab Tab Space Down Down Enter Tab "
		     "Space Down Down Enter Ctrl-S");
	till_sees(k, "4 rows written to");
	till_keys(k, "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		     "scan:YT7600000000124 Enter Esc F6 x Enter Enter");
	till_sees(k, "1 row written to");
	assert_string_equal(file_text(k, "shipments-taobao-20261122-1405.csv"),
	    "\xEF\xBB\xBF订单编号,物流公司,运单号\r\n"
	    "4119203366520877731,圆通速递,YT7600000000124\r\n");
	assert_non_null(
	    strstr(file_text(k, "orders-20261122-1405.csv"), "=\"4119"));
	till_close(k);
}

static void
exports_the_orders_of_a_tab(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 x Enter");
	till_sees(k, "Write this list to a file");
	till_keys(k, "Ctrl-S");
	till_sees(k, "4 rows written to");
	assert_true(till_has_file(k, "orders-20261122-1405.csv"));
	till_keys(k, "1 x Enter Ctrl-S"); /* within the minute: another name */
	till_sees(k, "9 rows written to");
	assert_true(till_has_file(k, "orders-20261122-1405-2.csv"));
	till_keys(k, "F5 x Ctrl-S");
	till_sees(k, "8 rows written to");
	/* Two platforms' buyers may have one nick: so it says whose it is. */
	assert_non_null(strstr(file_text(k, "customers-20261122-1405.csv"),
	    "nick,platform,name,phone,"));
	/* What import knows these lists by. */
	till_keys(k, "Ctrl-P 'Categories' Enter x Ctrl-S");
	assert_non_null(strstr(file_text(k, "categories-20261122-1405.csv"),
	    "name,products,path,depth\r\n"));
	till_keys(k, "Ctrl-P 'Gifts' Enter x Ctrl-S");
	assert_non_null(strstr(file_text(k, "gift-rules-20261122-1405.csv"),
	    ",gift,gift_sku,gift_qty,"));
	till_close(k);
}

/* What is on the screen is what is in the file: rows, order and columns. */
static void
a_file_is_as_the_screen(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);
	const char *text;

	(void)state;
	till_keys(k, "F2 x Enter Tab Tab Tab Tab Ctrl-U 'mine' Ctrl-S");
	till_sees(k, "4 rows written to");
	text = file_text(k, "mine.csv");
	assert_non_null(strstr(text,
	    "held,flag,order_no,nick,province,city,goods,paid,ship_by\r\n"));
	/* Two that are selected, and all that is known of them. */
	till_keys(k, "Space Space x Enter");
	till_sees(k, "Write 2 selected rows to a file");
	till_keys(k, "Space 'all' Enter Tab Tab Tab Tab Ctrl-U 'two' Ctrl-S");
	till_sees(k, "2 rows written to");
	assert_non_null(strstr(file_text(k, "two.csv"), "payment_no"));
	/* How is remembered, a name that is taken is not. */
	till_keys(k, "x Enter Tab Tab Tab Tab Ctrl-U 'two' Ctrl-S");
	till_sees(k, "already: choose another name");
	till_keys(k, "Ctrl-U '../two' Ctrl-S");
	till_sees(k, "A name without a folder");
	till_keys(k, "Ctrl-U 'three' Ctrl-S");
	assert_non_null(strstr(file_text(k, "three.csv"), "payment_no"));
	till_close(k);
}

/* Those found are the file, in the order they were found. */
static void
what_is_found_becomes_a_file(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 / 'XP' Tab x Tab Tab Tab Tab Ctrl-U 'found' "
		     "Ctrl-S");
	till_sees(k, "written to");
	assert_non_null(strstr(file_text(k, "found.csv"), "XP-18"));
	assert_null(strstr(file_text(k, "found.csv"), "SD-F503"));
	till_keys(k, "Esc Esc F4 l x Ctrl-S");
	till_sees(k, "written to");
	till_close(k);
}

static void
couriers_get_their_lists(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 x Down Down Enter");
	till_sees(k, "Qianniu: address list");
	till_keys(k, "Enter");
	till_sees(k, "rows written to");
	assert_non_null(strstr(file_text(k, "labels-qianniu-20261122-1405.csv"),
	    "收件人,手机号,收货地址,平台订单号"));
	till_close(k);
}

static void
every_figure_opens_its_list(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "Enter");
	till_sees(k, "[To ship 4]");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "[On hold 1]");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "砧板 新款");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "[To be reordered 2]");
	till_sees(k, "XP-18");
	till_misses(k, "SD-F503");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "[Unpaid 1]");
	till_keys(k, "Esc Down Enter");
	till_sees(k, "[Not exported]");
	till_keys(k, "Esc End Enter");
	till_sees(k, " 4119203366520877731  paid");
	till_keys(k, "Esc");
	till_sees(k, "▌ 10:03");
	till_close(k);
}

static void
hires_somebody_who_can_log_in(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 n 'clerk' Space Enter 'lina' Tab '李娜' Tab "
		     "'secret-word' Tab 'secret-word' Ctrl-S");
	till_sees(k, "李娜 can log in now as lina.");
	till_sees(k, "warehouse clerk");
	till_keys(k, "n 'clerk' Space Enter 'lina' Tab '李娜' Tab "
		     "'secret-word' Tab 'secret-word' Ctrl-S");
	till_sees(k, "New member of the staff"); /* refused: taken */
	till_close(k);
}

static void
changes_the_password(void **state)
{
	struct till *k = till_open("clerk", "en", 24, 80);

	(void)state;
	till_keys(k,
	    "P 'clerk-password' Tab 'new-password' Tab 'now-password' Ctrl-S");
	till_sees(k, "The new password was not the same both times");
	till_keys(k, "Esc Enter");
	till_keys(k,
	    "P 'clerk-password' Tab 'new-password' Tab 'new-password' Ctrl-S");
	till_sees(k, "The password is changed.");
	till_close(k);
}

static void
the_door_opens_to_the_right_word(void **state)
{
	struct till *k = till_door("en", 24, 80);

	(void)state;
	till_sees(k, "Please log in");
	till_keys(k, "'clerk' Tab 'sesame' Enter");
	till_sees(k, "Please log in");
	assert_int_equal(k->d->bells[0], 1);
	till_misses(k, "sesame"); /* never in clear */
	till_keys(k, "'clerk-password' Enter");
	till_sees(k, "TO DO");
	till_sees(k, "warehouse clerk");
	till_close(k);
}

static void
esc_at_the_door_ends(void **state)
{
	struct till *k = till_door("en", 24, 80);

	(void)state;
	till_keys(k, "'clerk' Esc");
	assert_true(k->d->over);
	till_close(k);
}

static void
the_language_changes_while_running(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 5");
	till_sees(k, "No order is partly shipped.");
	till_keys(k, "Ctrl-T");
	till_sees(k, "没有部分发货的订单。");
	till_sees(k, "返回");
	till_keys(k, "Esc");
	till_sees(k, "待办");
	till_close(k);
}

/* A line that is sent at once looks like a scan: it is still what is sought. */
static void
a_burst_while_finding_is_looked_for(void **state)
{
	struct till *k = till_open("agent", "en", 24, 80);

	(void)state;
	till_keys(k, "F2 / scan:zhang_0731");
	till_sees(k, "Find  zhang_0731");
	till_keys(k, "scan:tb_zhang_0731");
	till_sees(k, "Find  tb_zhang_0731");
	till_sees(k, "4119203366520877731");
	till_keys(k, "scan:SF1300000000022"); /* a real one is opened */
	till_sees(k, "4119203366520877540  shipped");
	till_close(k);
}

/* A scan is a field's whole answer: nothing is stuck to what was proposed. */
static void
a_scan_takes_the_place_of_what_was_proposed(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 + scan:6901234500048 '6' Tab '18.5' Ctrl-S");
	till_sees(k, "MD-1000 磨刀石 1000#: +6 pieces are in the ledger.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT on_hand FROM stock JOIN variant ON "
			      "variant.id = variant_id WHERE sku_code = "
			      "'MD-1000'"),
	    126);
	/* One more barcode for a product is only added to the others. */
	till_keys(k, "e Tab Tab Tab scan:6909999999999 Ctrl-S");
	till_sees(k, "is saved.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM barcode b JOIN variant v "
			      "ON v.id = b.variant_id WHERE v.id = (SELECT "
			      "variant_id FROM barcode WHERE code = "
			      "'6909999999999')"),
	    2);
	till_close(k);
}

/* The whole address, whatever its length: the parcel goes there. */
static void
a_long_address_is_not_cut(void **state)
{
	struct till *k = till_open("manager", "zh_CN", 24, 80);

	(void)state;
	till_keys(k, "F2 Enter");
	till_sees(k, "广东省 广州市 天河区 石牌街道 天河路 85 号 1203 室");
	till_close(k);
}

static void
hostile_text_stays_in_its_cell(void **state)
{
	struct till *k = till_empty("manager", "en", 24, 80);

	(void)state;
	fixture_order(k->s, "7001", 1,
	    "?\033[2J\033]0;x\007 \xe2\x80\xae"
	    "abc \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9 "
	    "e\xcc\x81\xcc\x81\xcc\x81 \xff\xfe",
	    NULL);
	till_keys(k, "F2 4");
	till_sees(k, "7001");
	till_misses(k, "\033");
	till_misses(k, "\xe2\x80\xae");
	till_keys(k, "Enter");
	till_misses(k, "\033");
	till_sees(k, "not mapped");
	till_close(k);
}

static void
a_small_terminal_and_back(void **state)
{
	struct till *k = till_open("manager", "en", 40, 120);

	(void)state;
	till_keys(k, "F2 resize:24x80 Down resize:40x120 resize:10x30 "
		     "resize:60x200");
	till_sees(k, "▌    4119203366520877650");
	till_sees(k, "江东中路"); /* the pane beside it */
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_as_one_types),
		cmocka_unit_test(esc_comes_back_to_the_same_row),
		cmocka_unit_test(a_scan_opens_what_it_is),
		cmocka_unit_test(tabs_show_their_orders),
		cmocka_unit_test(holds_and_releases),
		cmocka_unit_test(giving_up_changes_nothing),
		cmocka_unit_test(remarks_with_a_flag),
		cmocka_unit_test(cancels_and_frees_the_stock),
		cmocka_unit_test(maps_an_item_and_the_order_can_go),
		cmocka_unit_test(maps_from_the_card_by_a_name),
		cmocka_unit_test(finds_goods_by_code_or_name),
		cmocka_unit_test(makes_a_product_and_receives_it),
		cmocka_unit_test(
		    a_bad_form_says_what_is_wrong_and_keeps_the_rest),
		cmocka_unit_test(corrects_and_takes_back),
		cmocka_unit_test(issues_and_moves_to_another_bin),
		cmocka_unit_test(exports_what_the_platform_wants),
		cmocka_unit_test(each_shop_gets_its_own_file),
		cmocka_unit_test(a_platform_gets_bare_numbers),
		cmocka_unit_test(exports_the_orders_of_a_tab),
		cmocka_unit_test(a_file_is_as_the_screen),
		cmocka_unit_test(what_is_found_becomes_a_file),
		cmocka_unit_test(couriers_get_their_lists),
		cmocka_unit_test(every_figure_opens_its_list),
		cmocka_unit_test(hires_somebody_who_can_log_in),
		cmocka_unit_test(changes_the_password),
		cmocka_unit_test(the_door_opens_to_the_right_word),
		cmocka_unit_test(esc_at_the_door_ends),
		cmocka_unit_test(the_language_changes_while_running),
		cmocka_unit_test(a_burst_while_finding_is_looked_for),
		cmocka_unit_test(a_scan_takes_the_place_of_what_was_proposed),
		cmocka_unit_test(a_long_address_is_not_cut),
		cmocka_unit_test(hostile_text_stays_in_its_cell),
		cmocka_unit_test(a_small_terminal_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
