/* SPDX-License-Identifier: MIT */
#include "../../src/domain/orders/order_priv.h"
#include "ship_lib.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/waves.h"

/* The floor: what goes back piece by piece, who works in which warehouse, by
 * whom an order goes; and claims, when the database fails. */

/* A wave of three pans, picked and then cancelled: they go back. */
static int64_t
cancelled(struct session *s)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct wave_scan said;
	int64_t id = 0;

	fixture_variant(s, "PAN", 20, 5000);
	fixture_order(s, "1", 3, "PAN", NULL);
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(wave_pick(s, id, "PAN", 3, &said), 0);
	assert_int_equal(wave_cancel(s, id), 0);
	return id;
}

/* What has to go back, in all. */
static int64_t
left(struct session *s)
{
	return fixture_int(
	    s, "SELECT coalesce(sum(qty), 0) FROM put_back WHERE done_at = 0");
}

static void
goods_go_back_piece_by_piece(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct page page;
	int64_t n;

	(void)state;
	cancelled(s);
	assert_int_equal(put_back_of(s, 1, 9, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	assert_int_equal(put_back_scan(s, "PAN", 4, &page), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "qty");
	assert_int_equal(put_back_scan(s, "PAN", 2, &page), 0);
	assert_int_equal(((const struct put_back *)page_row(&page, 0))->qty, 2);
	page_free(&page);
	assert_int_equal(left(s), 1);
	assert_int_equal(put_back_scan(s, "PAN", 0, &page), 0);
	assert_int_equal(((const struct put_back *)page_row(&page, 0))->qty, 1);
	page_free(&page);
	assert_int_equal(put_back_count(s, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(put_back_scan(s, "PAN", 0, &page), ERR_NOTFOUND);
	fixture_end(s);
}

static void
what_was_put_back_is_undone_once(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct page page;
	int64_t id;

	(void)state;
	cancelled(s);
	assert_int_equal(put_back_scan(s, "PAN", 2, &page), 0);
	id = ((const struct put_back *)page_row(&page, 0))->id;
	page_free(&page);
	assert_int_equal(put_back_undo(s, id, &page), 0);
	assert_int_equal(((const struct put_back *)page_row(&page, 0))->qty, 2);
	page_free(&page);
	assert_int_equal(left(s), 3);
	assert_int_equal(put_back_undo(s, id, &page), ERR_STATE);
	/* Nothing is forgotten: what was done, and what against it. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) * 10 + sum(qty) FROM put_back"
			   " WHERE done_at > 0"),
	    20);
	/* What is not back cannot be undone. */
	assert_int_equal(put_back_undo(s,
			     fixture_int(s, "SELECT min(id) FROM put_back"
					    " WHERE done_at = 0"),
			     &page),
	    ERR_STATE);
	assert_int_equal(fixture_audited(s, "put-back-undo", 1), 1);
	fixture_end(s);
}

/* Two warehouses; of orders 1, 2 of a pan each the second goes from Shanghai,
 * and 3 in two parts, from one each. */
static struct session *
two_places(void)
{
	const struct warehouse_edit e = {
		.name = "上海仓", .province = "上海", .active = true
	};
	const struct split_piece piece = {
		.line_no = 1, .part = 2, .qty = 1, .warehouse = "上海仓"
	};
	struct session *s = fixture_session("owner");
	int64_t id;

	fixture_variant(s, "PAN", 20, 5000);
	assert_int_equal(warehouse_add(s, &e, &id), 0);
	assert_int_equal(id, 2);
	exec(s, "UPDATE warehouse SET below_zero = 1 WHERE id = 2");
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	fixture_order(s, "3", 2, "PAN", NULL);
	assert_int_equal(order_route(s, 2, "上海仓"), 1);
	assert_int_equal(order_split(s, 3, &piece, 1, NULL), 0);
	fixture_role(s, "warehouse");
	return s;
}

static void
who_works_in_a_warehouse_packs_what_goes_from_there(void **state)
{
	struct session *s = two_places();
	struct packing *p = NULL;
	struct page page;
	int64_t order;

	(void)state;
	assert_int_equal(floor_places(s, &page), 0);
	assert_int_equal(page.n, 2);
	page_free(&page);
	assert_int_equal(floor_choose(s, 7), ERR_STATE);
	assert_int_equal(floor_choose(s, 2), 0);
	assert_int_equal(floor_place(s), 2);
	assert_int_equal(pack_open(s, "1", &p), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "and not from here"));
	/* Of what was split, the part from here. */
	assert_int_equal(pack_open(s, "3", &p), 0);
	assert_string_equal(pack_order_no(p), "3-2");
	pack_free(p);
	assert_int_equal(pack_next_by_goods(s, "PAN", "bench:0", &p), 0);
	assert_string_equal(pack_order_no(p), "2");
	pack_free(p);
	assert_int_equal(claim_drop(s, 0, "bench:0"), 0);
	assert_int_equal(claim_next(s, 0, "bench:0", &order), 0);
	assert_int_equal(order, 2);
	fixture_role(s, "clerk");
	assert_int_equal(claim_next(s, 0, "bench:1", &order), 0);
	assert_int_equal(order, 3);
	fixture_role(s, "owner");
	assert_int_equal(floor_choose(s, 1), 0);
	assert_int_equal(pack_next_by_goods(s, "PAN", "bench:2", &p), 0);
	assert_string_equal(pack_order_no(p), "1");
	pack_free(p);
	fixture_end(s);
}

static void
waves_and_parcels_are_those_of_the_warehouse(void **state)
{
	const struct wave_what what = { .kind = WAVE_ONE };
	struct pack_close how = { .courier = "YTO", .waybill_no = "YT0001" };
	struct session *s = two_places();
	int64_t id = 0, n[WAVE_STATES], back, manifest, here, more;
	struct packing *p;
	struct page page;

	(void)state;
	assert_int_equal(floor_choose(s, 2), 0);
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(order_id) * 10 + count(*)"
					" FROM wave_order"),
	    52); /* the second, and the part of the third */
	assert_int_equal(wave_counts(s, n), 0);
	assert_int_equal(n[WAVE_OPEN], 1);
	assert_int_equal(wave_cancel(s, id), 0);
	p = opened(s, "2");
	scan_all(s, p);
	assert_int_equal(pack_ship(s, p, &how, NULL), 0);
	pack_free(p);
	assert_int_equal(floor_choose(s, 1), 0);
	assert_int_equal(wave_page(s, 0, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	assert_int_equal(put_back_count(s, &back), 0);
	assert_int_equal(back, 0);
	assert_int_equal(manifest_open(s, "YTO", &manifest), 0);
	assert_int_equal(manifest_all(s, manifest, &here, &more), 0);
	assert_int_equal(here, 0);
	assert_int_equal(floor_choose(s, 2), 0);
	assert_int_equal(manifest_all(s, manifest, &here, &more), 0);
	assert_int_equal(here, 1);
	fixture_end(s);
}

static void
a_wave_can_be_of_a_province(void **state)
{
	struct wave_what what = { .kind = WAVE_ONE };
	struct session *s = fixture_session("owner");
	struct wave_preview would[WAVE_KINDS];
	int64_t id = 0;

	(void)state;
	fixture_variant(s, "PAN", 20, 5000);
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	exec(s, "UPDATE receiver SET province = '新疆维吾尔自治区' WHERE id ="
		" (SELECT receiver_id FROM orders WHERE id = 2)");
	copy_text(what.province, sizeof(what.province), "乌有");
	assert_int_equal(wave_preview(s, &what, would), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "province");
	copy_text(what.province, sizeof(what.province), "新疆");
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(order_id) FROM wave_order"), 2);
	fixture_end(s);
}

/* A rule of review that names a courier. */
static void
rule(
    struct session *s, const char *what, const char *value, const char *courier)
{
	struct review_rule_edit e = { .action = "courier", .active = true };
	int64_t id;

	snprintf(e.name, sizeof(e.name), "%s %s", what, courier);
	copy_text(e.what, sizeof(e.what), what);
	copy_text(e.value, sizeof(e.value), value);
	copy_text(e.courier, sizeof(e.courier), courier);
	if (review_rule_add(s, &e, &id) != 0)
		fail_msg("%s", session_err(s)->text);
}

static void
a_rule_says_by_whom_an_order_goes(void **state)
{
	struct session *s = fixture_session("owner");
	struct review_rule_edit wrong = { .name = "x",
		.what = "any",
		.action = "courier",
		.courier = "nobody" };
	struct review_counts n;
	char name[64];
	int64_t id;

	(void)state;
	exec(s, "UPDATE review_rule SET active = 0");
	exec(s, "UPDATE setting SET value = '0' WHERE name ="
		" 'review_wait_min'");
	fixture_variant(s, "PAN", 20, 5000);
	exec(s, "UPDATE variant SET weight = 900");
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 4, "PAN", NULL);
	fixture_order(s, "3", 1, "PAN", NULL);
	fixture_order(s, "4", 4, "PAN", NULL);
	exec(s, "UPDATE orders SET memo = '发顺丰' WHERE id IN (1, 4)");
	exec(s, "UPDATE orders SET courier_id = (SELECT id FROM courier WHERE"
		" code = 'ZTO') WHERE id = 4");
	assert_int_equal(review_rule_add(s, &wrong, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "courier");
	rule(s, "memo", "顺丰;SF", "SF");
	rule(s, "grams_over", "3000", "YTO");
	rule(s, "any", "", "STO");
	assert_int_equal(review_run(s, NULL, &n), 0);
	assert_int_equal(n.passed, 4);
	assert_int_equal(n.held, 0);
	assert_int_equal(freight_propose(s, 1, 0, name), 0);
	assert_string_equal(name, "顺丰速运");
	assert_int_equal(freight_propose(s, 2, 0, name), 0);
	assert_string_equal(name, "圆通速递");
	assert_int_equal(freight_propose(s, 3, 0, name), 0);
	assert_string_equal(name, "申通快递");
	/* Who was chosen stays. */
	assert_int_equal(freight_propose(s, 4, 0, name), 0);
	assert_string_equal(name, "中通快递");
	fixture_verify(s);
	fixture_end(s);
}

/* Old or new: nobody has an order that the database did not give him. */
static void
claims_are_kept_or_not(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		FOR_EACH_FAULT(f)
		{
			struct session *s = fixture_faulty("warehouse");
			struct packing *p = NULL;
			int64_t id = 0, was, now;
			int rc;

			fixture_variant(s, "PAN", 20, 5000);
			fixture_order(s, "1", 1, "PAN", NULL);
			if (i > 1)
				assert_int_equal(
				    claim_next(s, 0, "bench:0", &id), 0);
			exec(s, "UPDATE claim SET seen_at = seen_at - 5");
			was = fixture_int(s,
			    "SELECT count(*) * 100 +"
			    " coalesce(sum(at - seen_at), 0) FROM claim");
			fault_arm(&f);
			rc = i == 0 ? claim_next(s, 0, "bench:0", &id)
			     : i == 1
				 ? pack_next_by_goods(s, "PAN", "bench:0", &p)
			     : i == 2 ? claim_touch(s, 1, "bench:0")
				      : claim_drop(s, 0, "bench:0");
			fault_disarm(&f);
			now = fixture_int(s,
			    "SELECT count(*) * 100 +"
			    " coalesce(sum(at - seen_at), 0) FROM claim");
			assert_int_equal(now == was, rc < 0);
			if (i < 2 && rc < 0)
				assert_null(p);
			pack_free(p);
			/* And the order can be had in the next moment. */
			if (i < 3)
				assert_int_equal(
				    claim_next(s, 0, "bench:0", &id), 0);
			fixture_end(s);
		}
	}
}

/* The same for what goes back in parts, and (@i) not after all. */
static void
putting_back_happens_or_not(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		FOR_EACH_FAULT(f)
		{
			struct session *s = fixture_faulty("warehouse");
			struct page page = { 0 };
			int64_t id = 0;
			int rc;

			cancelled(s);
			if (i == 1) {
				assert_int_equal(
				    put_back_scan(s, "PAN", 2, &page), 0);
				id = *(const int64_t *)page_row(&page, 0);
				page_free(&page);
			}
			fault_arm(&f);
			rc = i == 0 ? put_back_scan(s, "PAN", 2, &page)
				    : put_back_undo(s, id, &page);
			fault_disarm(&f);
			page_free(&page);
			assert_int_equal(left(s), (rc < 0) == (i == 0) ? 3 : 1);
			fixture_end(s);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goods_go_back_piece_by_piece),
		cmocka_unit_test(what_was_put_back_is_undone_once),
		cmocka_unit_test(
		    who_works_in_a_warehouse_packs_what_goes_from_there),
		cmocka_unit_test(waves_and_parcels_are_those_of_the_warehouse),
		cmocka_unit_test(a_wave_can_be_of_a_province),
		cmocka_unit_test(a_rule_says_by_whom_an_order_goes),
		cmocka_unit_test(claims_are_kept_or_not),
		cmocka_unit_test(putting_back_happens_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
