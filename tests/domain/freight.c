/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "freight_lib.h"

/* Prices: their arithmetic, templates, quotes, and what a parcel is stamped
 * with. */

/* As one counts it by hand: a step more until it is all paid for. */
static int64_t
by_hand(int64_t amount, int64_t first, int64_t first_fee, int64_t step,
    int64_t step_fee, int64_t least)
{
	int64_t fee = first_fee, paid_for = first;

	while (paid_for < amount) {
		paid_for += step;
		fee += step_fee;
	}
	return fee > least ? fee : least;
}

static uint64_t
dice(uint64_t *seed, uint64_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (*seed >> 33) % n;
}

static void
fees_are_those_counted_by_hand(void **state)
{
	uint64_t seed = 20261122;
	int i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		int64_t first = (int64_t)dice(&seed, 3000);
		int64_t step = 1 + (int64_t)dice(&seed, 1500);
		int64_t first_fee = (int64_t)dice(&seed, 3000);
		int64_t step_fee = (int64_t)dice(&seed, 1000);
		int64_t least = dice(&seed, 4) == 0 ? 500 : 0;
		/* Often right at a step. */
		int64_t amount = dice(&seed, 2) == 0
				     ? (int64_t)dice(&seed, 20000)
				     : first + step * (int64_t)dice(&seed, 9) +
					   (int64_t)dice(&seed, 3) - 1;

		assert_int_equal(freight_fee(amount, first, first_fee, step,
				     step_fee, least),
		    by_hand(amount, first, first_fee, step, step_fee, least));
	}
}

static void
a_fee_never_overflows(void **state)
{
	(void)state;
	assert_int_equal(
	    freight_fee(INT64_MAX, 0, 100, 1, INT64_MAX, 0), INT64_MAX);
	assert_int_equal(freight_fee(INT64_MAX, 1000, 100, 1000, 1, 0),
	    100 + (INT64_MAX - 1000 - 1) / 1000 + 1);
	assert_int_equal(freight_fee(-5, 1000, 300, 1000, 100, 0), 300);
	assert_int_equal(freight_charged(0, INT64_MAX, 6000), INT64_MAX);
}

static void
light_and_large_is_charged_by_its_volume(void **state)
{
	uint64_t seed = 7;
	int i;

	(void)state;
	assert_int_equal(freight_charged(800, 12000, 6000), 2000);
	assert_int_equal(freight_charged(800, 12001, 6000), 2001);
	assert_int_equal(freight_charged(2500, 12000, 6000), 2500);
	assert_int_equal(freight_charged(800, 12000, 0), 800);
	for (i = 0; i < 20000; i++) {
		int64_t grams = (int64_t)dice(&seed, 5000);
		int64_t cm3 = (int64_t)dice(&seed, 50000);
		int64_t divisor = 1 + (int64_t)dice(&seed, 12000);
		int64_t light =
		    cm3 * 1000 / divisor + (cm3 * 1000 % divisor != 0);

		assert_int_equal(freight_charged(grams, cm3, divisor),
		    grams > light ? grams : light);
	}
}

static void
a_template_is_made_changed_and_closed(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct freight_template_edit e = {
		.courier = "yto",
		.name = " 2026 ",
		.basis = "weight",
		.divisor = 8000,
		.active = true,
	};
	const struct freight_template *t;
	struct page page;
	int64_t id, found;

	(void)state;
	assert_int_equal(freight_template_add(s, &e, &id), 0);
	assert_int_equal(fixture_audited(s, "freight-add", id), 1);
	assert_int_equal(freight_template_add(s, &e, &found), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "name");
	assert_int_equal(freight_template_get(s, id, &page), 0);
	t = page_row(&page, 0);
	assert_string_equal(t->courier, "圆通速递");
	assert_string_equal(t->name, "2026");
	assert_int_equal(t->divisor, 8000);
	freight_template_edit_from(&e, t);
	page_free(&page);
	copy_text(e.basis, sizeof(e.basis), "stones");
	assert_int_equal(freight_template_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "basis");
	copy_text(e.basis, sizeof(e.basis), "piece");
	copy_text(e.warehouse, sizeof(e.warehouse), "月亮");
	assert_int_equal(freight_template_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "warehouse");
	e.warehouse[0] = '\0';
	e.active = false;
	assert_int_equal(freight_template_save(s, id, 1, &e), 0);
	assert_int_equal(freight_template_save(s, id, 1, &e), ERR_CONFLICT);
	assert_int_equal(freight_template_find(s, "圆通", "", &found), 0);
	assert_int_equal(found, id);
	assert_int_equal(
	    freight_template_find(s, "圆通", "2027", &found), ERR_NOTFOUND);
	fixture_role(s, "clerk");
	assert_int_equal(freight_template_add(s, &e, &id), ERR_DENIED);
	fixture_end(s);
}

static void
zones_are_set_for_several_provinces_at_once(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = freight_of(s, "YTO", "a");
	struct freight_zone_edit e = {
		.province = "浙江省、江苏 上海市",
		.first = 1000,
		.first_fee = 300,
		.step = 1000,
		.step_fee = 100,
		.served = true,
	};
	const struct freight_zone *z;
	struct page page;

	(void)state;
	assert_int_equal(freight_zone_set(s, id, version_of(s, id), &e), 0);
	assert_int_equal(freight_zones(s, id, &page), 0);
	assert_int_equal(page.n, 4);
	z = page_row(&page, 0);
	assert_string_equal(z->province, "");
	assert_int_equal(z->id, 0);
	z = page_row(&page, 1);
	assert_string_equal(z->province, "上海");
	assert_int_equal(z->id, 310000);
	page_free(&page);
	assert_int_equal(freight_zone_set(s, id, 1, &e), ERR_CONFLICT);
	copy_text(e.province, sizeof(e.province), "月亮省");
	assert_int_equal(
	    freight_zone_set(s, id, version_of(s, id), &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "province");
	e.province[0] = '\0';
	e.step = 0;
	assert_int_equal(
	    freight_zone_set(s, id, version_of(s, id), &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "step");
	assert_int_equal(
	    freight_zone_drop(s, id, version_of(s, id), "江苏省"), 0);
	assert_int_equal(fixture_audited(s, "freight-zone-drop", id), 1);
	assert_int_equal(
	    freight_zone_drop(s, id, version_of(s, id), "江苏"), ERR_NOTFOUND);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM freight_zone"), 3);
	fixture_verify(s);
	fixture_end(s);
}

/* The couriers that are proposed, cheapest first: "申通快递 300 圆通速递 500 ".
 */
static void
quotes_are(struct session *s, const struct freight_goods *g, const char *text)
{
	struct str got = STR_INIT;
	const struct freight_quote *q;
	struct page page;
	size_t i;

	assert_int_equal(freight_quote(s, g, &page), 0);
	for (i = 0; i < page.n; i++) {
		q = page_row(&page, i);
		str_addf(&got, "%s %" PRId64 "%s ", q->courier, q->fee,
		    q->keeps ? "" : "!");
	}
	assert_string_equal(got.s, text);
	str_done(&got);
	page_free(&page);
}

static void
the_cheapest_that_goes_there_is_proposed(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_goods g = { .province = "浙江省", .grams = 1200 };
	int64_t a = freight_of(s, "YTO", "a"), b = freight_of(s, "STO", "b");
	int64_t c = freight_of(s, "SF", "c");

	(void)state;
	freight_to(s, a, "", 800, 200, 0);
	freight_to(s, a, "浙江", 400, 100, 3);
	freight_to(s, b, "", 300, 150, 5);
	freight_to(s, c, "", 1200, 500, 1);
	quotes_are(s, &g, "申通快递 450 圆通速递 500 顺丰速运 1700 ");
	g.grams = 3001;
	quotes_are(s, &g, "圆通速递 700 申通快递 750 顺丰速运 2700 ");
	/* In time comes before cheap. */
	g.by = time_now() + 2 * 86400;
	quotes_are(s, &g, "顺丰速运 2700 圆通速递 700! 申通快递 750! ");
	g.by = 0;
	freight_not_to(s, b, "西藏");
	copy_text(g.province, sizeof(g.province), "西藏自治区");
	g.grams = 500;
	quotes_are(s, &g, "圆通速递 800 顺丰速运 1200 ");
	copy_text(g.province, sizeof(g.province), "月亮");
	assert_int_equal(
	    freight_quote(s, &g, &(struct page){ 0 }), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "province");
	fixture_end(s);
}

static void
the_newest_template_that_has_begun_holds(void **state)
{
	struct session *s = fixture_session("owner");
	const struct freight_goods g = { .province = "浙江", .grams = 900 };
	int64_t old = freight_of(s, "YTO", "old"), id;
	struct freight_template_edit e = { .courier = "YTO",
		.name = "new",
		.basis = "weight",
		.active = true };

	(void)state;
	freight_to(s, old, "", 500, 100, 0);
	e.since = time_day(time_now()) - 1;
	assert_int_equal(freight_template_add(s, &e, &id), 0);
	freight_to(s, id, "", 600, 100, 0);
	quotes_are(s, &g, "圆通速递 600 ");
	e.since = time_day(time_now()) + 5;
	assert_int_equal(freight_template_save(s, id, 2, &e), 0);
	quotes_are(s, &g, "圆通速递 500 ");
	fixture_end(s);
}

static void
an_order_is_quoted_by_its_goods_and_address(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = freight_of(s, "YTO", "a"), order;
	struct freight_goods g = { 0 };
	char name[64];

	(void)state;
	freight_to(s, id, "", 900, 100, 0);
	fixture_variant(s, "PAN", 9, 1000);
	order = fixture_order(s, "1001", 3, "PAN", NULL);
	must_exec(s, "UPDATE variant SET weight = 700");
	must_exec(s, "UPDATE receiver SET province = '浙江省'");
	freight_to(s, id, "浙江", 400, 100, 0);
	g.order_id = order;
	/* 2100 g: the first kilogram and two begun ones. */
	quotes_are(s, &g, "圆通速递 600 ");
	assert_int_equal(freight_propose(s, order, 900, name), 0);
	assert_string_equal(name, "圆通速递");
	fixture_role(s, "clerk");
	assert_int_equal(freight_propose(s, order, 0, name), 0);
	g.order_id = 0;
	assert_int_equal(freight_quote(s, &g, &(struct page){ 0 }), ERR_DENIED);
	fixture_end(s);
}

static void
a_parcel_is_stamped_with_its_freight(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = freight_of(s, "YTO", "a");

	(void)state;
	freight_to(s, id, "", 900, 100, 0);
	fixture_variant(s, "PAN", 9, 1000);
	fixture_order(s, "1001", 1, "PAN", NULL);
	fixture_order(s, "1002", 1, "PAN", NULL);
	must_exec(s, "UPDATE receiver SET province = '浙江省'");
	freight_to(s, id, "浙江", 400, 100, 0);
	ship(s, "1001", "YTO", "YT0000000000001", 1001);
	assert_int_equal(
	    fixture_int(s, "SELECT freight FROM parcel WHERE id = 1"), 500);
	/* No template, no figure. */
	ship(s, "1002", "STO", "770000000000001", 1001);
	assert_int_equal(
	    fixture_int(s,
		"SELECT count(*) FROM parcel WHERE id = 2 AND freight IS NULL"),
	    1);
	fixture_verify(s);
	fixture_end(s);
}

static void
templates_come_out_of_files(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_goods g = { .province = "新疆", .grams = 1200 };
	struct freight_taken taken;
	const char *file;
	struct import *im;

	(void)state;
	assert_int_equal(freight_import(s, "", &taken), ERR_NOTFOUND);
	file = fixture_file("prices.csv",
	    "快递公司,首重重量(KG),续重重量(KG),首重价格,续重价格,"
	    "所辖地区,最低收费,计抛基数\n"
	    "圆通,1,0.5,8,3,全国,8,6000\n圆通,1,0.5,15,9,新疆|西藏,,\n"
	    "圆通,1,1,3,1,月亮,,\n");
	assert_int_equal(import_run(s, "freight-templates", &file, 1,
			     &(struct import_options){ 0 }, &im),
	    0);
	import_free(im);
	file = fixture_file("shop.csv",
	    "模板名称,计价方式,快递公司,地区,首重,首费,续重,续费\n"
	    "包邮,按件数,,全国,1,6.00,1,2.50\n");
	assert_int_equal(import_run(s, "freight-templates", &file, 1,
			     &(struct import_options){ 0 }, &im),
	    0);
	import_free(im);
	assert_int_equal(freight_import(s, "", &taken), 0);
	assert_int_equal(taken.templates, 1);
	assert_int_equal(taken.zones, 3);
	assert_int_equal(taken.unknown, 1);
	assert_int_equal(taken.places, 1);
	quotes_are(s, &g, "圆通速递 2400 ");
	g.cm3 = 9000; /* 1.5 kg by volume */
	quotes_are(s, &g, "圆通速递 2400 ");
	g.cm3 = 9001;
	quotes_are(s, &g, "圆通速递 3300 ");
	/* Again: the same, not twice. */
	assert_int_equal(freight_import(s, "STO", &taken), 0);
	assert_int_equal(taken.templates, 2);
	assert_int_equal(freight_import(s, "", &taken), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM freight_template"), 3);
	fixture_verify(s);
	fixture_end(s);
}

/* Each verb, failing at each call of the database. */
static int
do_template(struct session *s, int64_t id)
{
	const struct freight_template_edit e = {
		.courier = "STO", .name = "n", .basis = "weight", .active = true
	};

	(void)id;
	return freight_template_add(s, &e, &id);
}

static int
do_template_save(struct session *s, int64_t id)
{
	const struct freight_template_edit e = {
		.courier = "STO", .name = "n", .basis = "weight", .active = true
	};

	return freight_template_save(s, id, 3, &e);
}

static int
do_zones(struct session *s, int64_t id)
{
	const struct freight_zone_edit e = {
		.province = "浙江 江苏", .first = 1, .step = 1, .served = true
	};

	return freight_zone_set(s, id, 3, &e);
}

static int
do_zone_drop(struct session *s, int64_t id)
{
	return freight_zone_drop(s, id, 3, "");
}

static void
under_faults(int (*verb)(struct session *, int64_t), const char *sql,
    int64_t was, int64_t is)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id = freight_of(s, "YTO", "a"), n;
		int rc;

		freight_to(s, id, "", 900, 100, 0);
		n = fixture_int(s, "SELECT count(*) FROM audit");
		fault_arm(&f);
		rc = verb(s, id);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, sql), rc == 0 ? is : was);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"),
		    n + (rc == 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	(void)state;
	under_faults(
	    do_template, "SELECT count(*) FROM freight_template", 1, 2);
	under_faults(do_template_save,
	    "SELECT count(*) FROM freight_template WHERE name = 'n'", 0, 1);
	under_faults(do_zones, "SELECT count(*) FROM freight_zone", 1, 3);
	under_faults(do_zone_drop, "SELECT count(*) FROM freight_zone", 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fees_are_those_counted_by_hand),
		cmocka_unit_test(a_fee_never_overflows),
		cmocka_unit_test(light_and_large_is_charged_by_its_volume),
		cmocka_unit_test(a_template_is_made_changed_and_closed),
		cmocka_unit_test(zones_are_set_for_several_provinces_at_once),
		cmocka_unit_test(the_cheapest_that_goes_there_is_proposed),
		cmocka_unit_test(the_newest_template_that_has_begun_holds),
		cmocka_unit_test(an_order_is_quoted_by_its_goods_and_address),
		cmocka_unit_test(a_parcel_is_stamped_with_its_freight),
		cmocka_unit_test(templates_come_out_of_files),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
