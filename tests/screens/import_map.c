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

/* A file that no layout knows: its columns are named, once. */

static const char strange[] =
    "单据编号,下单日,成交价,买家昵称,收货人,手机号码,收货地址,状态,商品,数量\n"
    "9900000000000001,2026-11-20 10:00:00,25.00,mei,梅兰,13800001111,"
    "浙江省 杭州市 西湖区 1 号,买家已付款，等待卖家发货,砧板,1\n"
    "9900000000000002,2026-11-20 11:00:00,35.50,zhu,朱青,13800002222,"
    "浙江省 杭州市 西湖区 2 号,买家已付款，等待卖家发货,筷子,2\n";

/* Up to where its columns are seen. */
static struct till *
at_columns(const char *role)
{
	struct till *k = till_empty(role, "en", 24, 80);

	till_file(k, "strange-1.csv", strange);
	till_keys(k, "F9");
	till_sees(k, "unknown");
	till_keys(k, "Enter");
	till_sees(k, "The first rows, as they are in the file");
	till_sees(k, "单据编号");
	till_keys(k, "m");
	return k;
}

/* What the columns are called elsewhere is proposed; the rest is picked. */
static void
teach(struct till *k)
{
	till_sees(k, "Missing");
	till_sees(k, "Buyer's account");
	till_keys(k, "t 'strange' Enter"); /* not yet */
	till_sees(k, "Missing");
	till_misses(k, "recognised from now on");
	till_keys(k, "Home Enter 'Order number' Enter");
	till_keys(k, "Enter 'Ordered at' Enter");
	till_keys(k, "Enter");
	till_sees(k, "Paid for the line");
	till_keys(k, "'Paid' Enter"); /* the one that is called so */
	till_keys(k, "Up");
	till_sees(k, "25.00                    Paid");
	till_sees(k, "nothing: t teaches it");
	till_keys(k, "t Ctrl-U 'Little shop' Enter");
	till_sees(k, "Files with these columns are recognised from now on.");
	till_sees(k, "The first rows, as understood");
	till_sees(k, "Little shop");
}

static void
columns_are_named_once(void **state)
{
	struct till *k = at_columns("owner");

	(void)state;
	teach(k);
	till_keys(k, "Enter");
	till_sees(k, "2  new");
	till_keys(k, "Enter");
	till_sees(k, "Imported.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM orders WHERE order_no IN"
			      " ('9900000000000001', '9900000000000002')"),
	    2);
	fixture_verify(k->s);
	till_close(k);
}

/* Taught again under its name it is another; one name more is one more. */
static void
what_was_taught_can_be_changed(void **state)
{
	struct till *k = at_columns("owner");

	(void)state;
	teach(k);
	till_keys(k, "m End Del t");
	till_sees(k, "Little shop"); /* its name is proposed */
	till_keys(k, "Enter");
	till_sees(k, "recognised from now on");
	till_misses(k, "Quantity");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM layout_taught"), 1);
	till_keys(k, "m t Ctrl-U 'Other shop' Enter");
	till_sees(k, "Other shop");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM layout_taught"), 2);
	/* What the file is not known as is not changed. */
	till_keys(k, "m t Ctrl-U 'Little shop' Enter");
	till_sees(k, "There is a layout Little shop already");
	till_close(k);
}

static void
what_was_taught_can_be_forgotten(void **state)
{
	struct till *k = at_columns("owner");

	(void)state;
	teach(k);
	till_keys(k, "Esc");
	till_sees(k, "Little shop"); /* what the file is, in the list */
	till_keys(k, "T");
	till_sees(k, "Forget which layout?");
	till_keys(k, "Enter Enter tick");
	till_sees(k, "unknown");
	till_keys(k, "T");
	till_sees(k, "No layout was taught yet");
	till_close(k);
}

/* A column is not used twice; Del takes it out. */
static void
a_field_has_one_column(void **state)
{
	struct till *k = at_columns("owner");

	(void)state;
	till_keys(k, "Home Enter 'Order number' Enter");
	till_misses(k, "Missing   Order number");
	till_keys(k, "Enter 'Order number' Enter"); /* the next one now */
	till_keys(k, "Home Enter");
	till_sees(k, "(not used)");
	till_keys(k, "Esc Down Del");
	till_sees(k, "Order number, ");
	till_keys(k, "i 'stock' Enter");
	till_sees(k, "stock");
	till_keys(k, "p 'shopify' Enter");
	till_sees(k, "Platform  Shopify");
	till_keys(k, "resize:12x50 resize:24x80 Esc");
	till_sees(k, "The first rows, as they are in the file");
	till_close(k);
}

/* Who may import only, may not teach. */
static void
teaching_needs_the_right_to(void **state)
{
	struct till *k = at_columns("supervisor");

	(void)state;
	till_misses(k, "Missing");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_named_once),
		cmocka_unit_test(what_was_taught_can_be_changed),
		cmocka_unit_test(what_was_taught_can_be_forgotten),
		cmocka_unit_test(a_field_has_one_column),
		cmocka_unit_test(teaching_needs_the_right_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
