/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../domain/freight_lib.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/couriers.h"
#include "till.h"

/* Couriers, prices, bills and what parcels bring. */

static const struct {
	const char *lang;
	int h, w;
} sizes[] = {
	{ "zh_CN", 24, 80 },
	{ "en", 24, 80 },
	{ "zh_CN", 40, 120 },
	{ "en", 40, 120 },
};

#define BILL \
	"日期,运单号,目的省份,计费重量(kg),快递费,快递公司\n" \
	"2026-11-20,YT0000000000001,浙江,1,3.60,\n" \
	"2026-11-20,YT0000000000001,浙江,1,3.60,\n" \
	"2026-11-20,YT0000000000002,浙江,4,9.00,\n" \
	"2026-11-20,YT9999999999999,浙江,1,4.00,\n"

/* Prices of two couriers, two parcels, and a bill of theirs. */
static void
trade(struct session *s)
{
	const char *file = fixture_file("yto-10.csv", BILL);
	int64_t a = freight_of(s, "圆通", "2026"), b, bill;
	struct import *im;

	b = freight_of(s, "申通", "协议价");
	freight_to(s, a, "", 600, 400, 4);
	freight_to(s, a, "浙江 上海 江苏", 320, 100, 2);
	freight_not_to(s, a, "西藏");
	freight_to(s, b, "", 550, 350, 5);
	fixture_variant(s, "BOX", 9, 1000);
	fixture_order(s, "B1", 1, "BOX", NULL);
	fixture_order(s, "B2", 1, "BOX", NULL);
	must_exec(s, "UPDATE receiver SET province = '浙江省'"
		     " WHERE id IN (SELECT receiver_id FROM orders"
		     " WHERE order_no IN ('B1', 'B2')) /*scan*/");
	must_exec(s, "UPDATE orders SET postage = 500 WHERE order_no = 'B1'");
	ship(s, "B1", "YTO", "YT0000000000001", 900);
	ship(s, "B2", "YTO", "YT0000000000002", 1500);
	assert_int_equal(import_run(s, "freight-bill", &file, 1,
			     &(struct import_options){ 0 }, &im),
	    0);
	import_free(im);
	assert_int_equal(freight_bill_take(s, "YTO", "", 0, &bill), 0);
}

static void
looks(const char *name, const char *role, const char *keys)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		k = till_open("owner", sizes[i].lang, sizes[i].h, sizes[i].w);
		trade(k->s);
		fixture_role(k->s, role);
		till_keys(k, keys);
		snprintf(file, sizeof(file), "freight-%s-%.2s-%dx%d", name,
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

#define GO(what)  "Ctrl-P '" what "' Enter "
#define COURIERS  GO("Couriers")
#define TEMPLATES GO("Freight templates")
#define BILLS     GO("bills")
#define PROFIT    GO("Freight of parcels")
#define PLACES    GO("Warehouses")

static void
they_look_as_approved(void **state)
{
	(void)state;
	looks("couriers", "manager", COURIERS);
	looks("courier-edit", "manager", COURIERS "j Enter");
	looks("templates", "manager", TEMPLATES);
	looks("zones", "manager", TEMPLATES "Enter");
	looks("bills", "manager", BILLS);
	looks("lines", "manager", BILLS "Enter");
	looks("profit", "manager", PROFIT);
	looks("sums", "manager", PROFIT "Tab Tab");
	looks("warehouses", "manager", PLACES);
}

static void
a_couriers_shape_is_tried_before_it_is_kept(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, COURIERS "a 'Snail' Tab 'SN' Tab Tab Tab "
			      "'^SN[0-9]{4}$' Tab 'sn12' Ctrl-S");
	till_sees(k, "does not fit the shape");
	till_keys(k, "'34' Ctrl-S");
	till_sees(k, "Snail is saved.");
	assert_int_equal(
	    fixture_int(
		k->s, "SELECT count(*) FROM courier WHERE name = 'Snail'"),
	    1);
	till_keys(k, "/ 'Snail' Enter");
	till_close(k);
}

static void
a_parcel_is_worked_out(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	trade(k->s);
	till_keys(k, TEMPLATES "End Enter = '浙江' Tab '1500' Ctrl-S");
	till_sees(k, "浙江 1,500 g: 圆通速递 4.20 (2 days)");
	till_sees(k, "申通快递 9.00");
	till_keys(k, "= Ctrl-S");
	till_sees(k, "浙江 1,500 g");
	till_close(k);
}

static void
zones_are_added_and_taken_away(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);
	const char *sql = "SELECT count(*) FROM freight_zone";
	int64_t n;

	(void)state;
	trade(k->s);
	n = fixture_int(k->s, sql);
	till_keys(k, TEMPLATES "End Enter a '新疆 海南' Tab Tab '15' Tab "
			       "Tab '12' Ctrl-S");
	till_sees(k, "The prices are saved.");
	assert_int_equal(fixture_int(k->s, sql), n + 2);
	till_keys(k, "End Del Enter");
	assert_int_equal(fixture_int(k->s, sql), n + 1);
	till_close(k);
}

static void
wrong_lines_are_disputed_credited_and_opened_again(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	trade(k->s);
	till_keys(k, BILLS "w");
	till_sees(k, "too much");
	till_sees(k, "billed 16.60, due 4.20, difference 12.40");
	till_keys(k, "d 'it weighs 1.5 kg' Enter");
	till_sees(k, "billed 7.60, due 0.00, difference 7.60");
	till_keys(k, "Tab");
	till_sees(k, "YT0000000000002");
	till_keys(k, "c 'CN-1' Enter Tab");
	till_sees(k, "credited");
	assert_int_equal(fixture_int(k->s, "SELECT billed FROM parcel WHERE"
					   " waybill_no = 'YT0000000000002'"),
	    420);
	till_keys(k, "u Shift-Tab Shift-Tab");
	till_sees(k, "too much");
	till_keys(k, "Space Space p");
	till_sees(k, "2 lines are settled.");
	fixture_verify(k->s);
	till_close(k);
}

static void
the_dispute_list_is_written_to_a_file(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	trade(k->s);
	till_keys(k, BILLS "w x Ctrl-S");
	assert_true(till_has_file(k, "freight_lines"));
	till_close(k);
}

static void
the_newest_bill_goes_and_comes(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	trade(k->s);
	till_keys(k, BILLS "Del Enter");
	till_sees(k, "is taken away.");
	till_keys(k, "a 'yto' Ctrl-S");
	till_sees(k, "too much");
	fixture_verify(k->s);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_look_as_approved),
		cmocka_unit_test(a_couriers_shape_is_tried_before_it_is_kept),
		cmocka_unit_test(a_parcel_is_worked_out),
		cmocka_unit_test(zones_are_added_and_taken_away),
		cmocka_unit_test(
		    wrong_lines_are_disputed_credited_and_opened_again),
		cmocka_unit_test(the_dispute_list_is_written_to_a_file),
		cmocka_unit_test(the_newest_bill_goes_and_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
