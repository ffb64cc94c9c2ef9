/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/logistics/freight_priv.h"
#include "fault.h"
#include "freight_lib.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/split.h"

/* From which warehouse an order goes; couriers as they are kept. */

static int64_t
warehouse(
    struct session *s, const char *name, const char *province, const char *hub)
{
	struct warehouse_edit e = { .active = true };
	int64_t id;

	copy_text(e.name, sizeof(e.name), name);
	copy_text(e.province, sizeof(e.province), province);
	copy_text(e.hub, sizeof(e.hub), hub);
	assert_int_equal(warehouse_add(s, &e, &id), 0);
	return id;
}

static void
put(struct session *s, const char *sku, int64_t qty, const char *place)
{
	struct stock_entry e = { .qty = qty, .cost = 100 };
	int64_t slip;

	copy_text(e.sku, sizeof(e.sku), sku);
	copy_text(e.warehouse, sizeof(e.warehouse), place);
	assert_int_equal(stock_receive(s, &e, &slip), 0);
}

#define WHERE(no) \
	"SELECT coalesce(warehouse_id, 1) FROM orders WHERE order_no = '" no "'"

static void
with_one_warehouse_there_is_nothing_to_do(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t seen, moved, version;

	(void)state;
	fixture_variant(s, "PAN", 5, 100);
	fixture_order(s, "1001", 1, "PAN", NULL);
	version = fixture_int(s, "SELECT sum(version) FROM orders");
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(seen + moved, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(version) FROM orders"), version);
	assert_int_equal(fixture_audited(s, "order-route", 0), 0);
	fixture_end(s);
}

static void
an_order_goes_from_where_all_of_it_is(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "广州仓", "广东", ""), seen, moved;

	(void)state;
	fixture_variant(s, "PAN", 1, 100);
	fixture_variant(s, "LID", 0, 100);
	put(s, "PAN", 5, "广州仓");
	put(s, "LID", 5, "广州仓");
	fixture_order(s, "1001", 1, "PAN", "LID", NULL);
	fixture_order(s, "1002", 9, "PAN", NULL);
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(moved, 1);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	/* Nowhere is enough: it stays. */
	assert_int_equal(fixture_int(s, WHERE("1002")), 1);
	/* Its promises went along. */
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"
					" WHERE warehouse_id = 2"),
	    2);
	fixture_verify(s);
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(moved, 0);
	/* Before a wave only those are asked that nobody has sent elsewhere. */
	must_exec(s, "UPDATE stock SET on_hand = 9 WHERE warehouse_id = 1");
	assert_int_equal(order_route_new(s), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	fixture_end(s);
}

static void
the_cheapest_to_the_address_is_taken(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_template_edit e = { .courier = "YTO",
		.name = "广州",
		.basis = "weight",
		.warehouse = "广州仓",
		.active = true };
	int64_t a = freight_of(s, "YTO", "a"), b, second, order;
	char best[NAME_ROOM];

	(void)state;
	second = warehouse(s, "广州仓", "广东", "");
	assert_int_equal(freight_template_add(s, &e, &b), 0);
	freight_to(s, a, "", 900, 100, 0);
	freight_to(s, b, "", 700, 100, 0);
	fixture_variant(s, "PAN", 5, 100);
	put(s, "PAN", 5, "广州仓");
	order = fixture_order(s, "1001", 1, "PAN", NULL);
	must_exec(s, "UPDATE variant SET weight = 500");
	must_exec(s, "UPDATE receiver SET province = '浙江省'");
	assert_int_equal(order_route_best(s, order, best), 1);
	assert_string_equal(best, "广州仓");
	assert_int_equal(fixture_audited(s, "order-route", order), 0);
	assert_int_equal(order_route(s, order, ""), 1);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	assert_int_equal(fixture_audited(s, "order-route", order), 1);
	assert_int_equal(order_route(s, order, ""), 0);
	freight_to(s, b, "浙江", 1200, 100, 0);
	assert_int_equal(order_route(s, order, ""), 1);
	assert_int_equal(fixture_int(s, WHERE("1001")), 1);
	/* Somebody knows better. */
	assert_int_equal(order_route(s, order, "广州仓"), 1);
	assert_int_equal(order_route(s, order, "月亮"), ERR_INVALID);
	fixture_verify(s);
	fixture_role(s, "clerk");
	assert_int_equal(order_route(s, order, ""), ERR_DENIED);
	fixture_end(s);
}

static void
without_prices_the_near_one_is_taken(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "杭州仓", "浙江省", ""), order;

	(void)state;
	fixture_variant(s, "PAN", 5, 100);
	put(s, "PAN", 5, "杭州仓");
	order = fixture_order(s, "1001", 1, "PAN", NULL);
	must_exec(s, "UPDATE receiver SET province = '浙江'");
	assert_int_equal(order_route(s, order, ""), 1);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	fixture_end(s);
}

static void
from_a_couriers_hub_only_that_courier_goes(void **state)
{
	struct session *s = fixture_session("owner");
	struct freight_goods g = {
		.province = "浙江", .grams = 500, .warehouse = "顺丰仓"
	};
	int64_t a = freight_of(s, "YTO", "a"), b = freight_of(s, "SF", "b");
	const struct freight_quote *q;
	struct page page;

	(void)state;
	warehouse(s, "顺丰仓", "广东", "顺丰");
	freight_to(s, a, "", 300, 100, 0);
	freight_to(s, b, "", 900, 100, 0);
	assert_int_equal(freight_quote(s, &g, &page), 0);
	assert_int_equal(page.n, 1);
	q = page_row(&page, 0);
	assert_string_equal(q->courier, "顺丰速运");
	page_free(&page);
	fixture_end(s);
}

static void
what_is_in_somebodys_hands_stays(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t order, seen, moved;

	(void)state;
	warehouse(s, "广州仓", "广东", "");
	fixture_variant(s, "PAN", 0, 100);
	put(s, "PAN", 5, "广州仓");
	order = fixture_order(s, "1001", 1, "PAN", NULL);
	must_exec(s, "UPDATE orders SET parts = 2");
	assert_int_equal(order_route(s, order, ""), ERR_STATE);
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(moved, 0);
	must_exec(s, "UPDATE orders SET parts = 0");
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(moved, 1);
	fixture_end(s);
}

#define PART(no, part) \
	"SELECT DISTINCT coalesce(p.warehouse_id, o.warehouse_id, 1)" \
	" FROM order_part p JOIN orders o ON o.id = p.order_id" \
	" WHERE o.order_no = '" no "' AND p.part = " #part

/* What is kept for orders in a warehouse. */
static int64_t
kept_in(struct session *s, int64_t warehouse_id)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(reserved), 0) FROM stock"
	    " WHERE warehouse_id = %" PRId64,
	    warehouse_id);
	return fixture_int(s, sql);
}

static void
merged_orders_go_from_where_all_of_them_is(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "广州仓", "广东", ""), ids[2], seen,
		moved;

	(void)state;
	fixture_variant(s, "PAN", 1, 100);
	fixture_variant(s, "LID", 1, 100);
	put(s, "PAN", 5, "广州仓");
	ids[0] = fixture_order(s, "1001", 1, "PAN", NULL);
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), 1);
	ids[1] = fixture_order(s, "1002", 2, "PAN", NULL);
	assert_int_equal(order_route(s, ids[1], ""), 1);
	assert_int_equal(fixture_int(s, WHERE("1002")), second);
	/* There are three of them in the second only. */
	assert_int_equal(order_merge(s, ids, 2), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	assert_int_equal(fixture_int(s, WHERE("1002")), second);
	assert_int_equal(kept_in(s, second), 3);
	assert_int_equal(kept_in(s, 1), 0);
	assert_int_equal(fixture_audited(s, "order-route", ids[0]), 1);
	fixture_verify(s);
	/* Sent elsewhere they all go, whoever of them is named. */
	put(s, "PAN", 5, "");
	assert_int_equal(order_route(s, ids[1], "Main"), ERR_INVALID);
	assert_int_equal(order_route(s, ids[1], ""), 1);
	assert_int_equal(kept_in(s, 1), 3);
	assert_int_equal(fixture_audited(s, "order-route", ids[0]), 2);
	fixture_verify(s);
	/* Each by itself again. */
	must_exec(s, "UPDATE stock SET on_hand = 1 WHERE warehouse_id = 1"
		     " AND variant_id = 1");
	assert_int_equal(order_unmerge(s, ids[1]), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), 1);
	assert_int_equal(fixture_int(s, WHERE("1002")), second);
	fixture_end(s);
}

static void
what_is_nowhere_together_is_not_merged(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t ids[2], seen, moved;

	(void)state;
	(void)warehouse(s, "广州仓", "广东", "");
	fixture_variant(s, "PAN", 1, 100);
	fixture_variant(s, "LID", 0, 100);
	put(s, "LID", 5, "广州仓");
	ids[0] = fixture_order(s, "1001", 1, "PAN", NULL);
	ids[1] = fixture_order(s, "1002", 1, "LID", NULL);
	assert_int_equal(order_route_all(s, &seen, &moved), 0);
	assert_int_equal(moved, 1);
	assert_int_equal(order_merge(s, ids, 2), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "different warehouses"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"
					" WHERE lead_id IS NOT NULL"),
	    0);
	fixture_verify(s);
	fixture_end(s);
}

static void
each_part_goes_from_where_it_is(void **state)
{
	const struct split_piece cut[] = {
		{ .line_no = 2, .part = 2, .qty = 1 }
	};
	const struct split_piece said[] = {
		{ .line_no = 2, .part = 2, .qty = 1, .warehouse = "杭州仓" }
	};
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "广州仓", "广东", ""), order;
	int64_t third = warehouse(s, "杭州仓", "浙江", "");
	char warning[200];

	(void)state;
	fixture_variant(s, "PAN", 1, 100);
	fixture_variant(s, "LID", 0, 100);
	put(s, "LID", 5, "广州仓");
	order = fixture_order(s, "1001", 1, "PAN", "LID", NULL);
	assert_int_equal(order_split(s, order, cut, 1, warning), 0);
	assert_int_equal(fixture_int(s, PART("1001", 1)), 1);
	assert_int_equal(fixture_int(s, PART("1001", 2)), second);
	assert_int_equal(kept_in(s, second), 1);
	assert_int_equal(fixture_audited(s, "order-route", order), 1);
	fixture_verify(s);
	/* Whole again, it goes from where there is all of it. */
	put(s, "PAN", 5, "广州仓");
	assert_int_equal(order_unsplit(s, order), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	assert_int_equal(kept_in(s, second), 2);
	fixture_verify(s);
	/* What somebody said stays. */
	assert_int_equal(order_split(s, order, said, 1, warning), 0);
	assert_int_equal(fixture_int(s, PART("1001", 2)), third);
	fixture_verify(s);
	fixture_end(s);
}

static void
the_same_thing_is_not_taken_twice_for_two_parts(void **state)
{
	const struct split_piece cut[] = {
		{ .line_no = 1, .part = 2, .qty = 2 }
	};
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "广州仓", "广东", ""), order;
	char warning[200];

	(void)state;
	fixture_variant(s, "PAN", 2, 100);
	put(s, "PAN", 2, "广州仓");
	order = fixture_order(s, "1001", 4, "PAN", NULL);
	assert_int_equal(order_split(s, order, cut, 1, warning), 0);
	assert_int_equal(kept_in(s, 1), 2);
	assert_int_equal(kept_in(s, second), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
another_address_may_be_another_warehouse(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t second = warehouse(s, "广州仓", "广东", ""), order;
	struct order_address to = { .name = "张三",
		.phone = "13800138000",
		.province = "广东省",
		.city = "广州市",
		.address = "体育东路1号" };
	int64_t version;

	(void)state;
	fixture_variant(s, "PAN", 5, 100);
	put(s, "PAN", 5, "广州仓");
	order = fixture_order(s, "1001", 1, "PAN", NULL);
	assert_int_equal(fixture_int(s, WHERE("1001")), 1);
	version = fixture_int(s, "SELECT version FROM orders");
	assert_int_equal(order_address(s, order, version, &to), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	assert_int_equal(kept_in(s, second), 1);
	fixture_verify(s);
	/* In somebody's hands it stays. */
	must_exec(s,
	    "INSERT INTO wave (wave_no, kind, warehouse_id, staff_id, at)"
	    " VALUES ('W', 1, 2, 1, 1)");
	must_exec(s, "INSERT INTO wave_order (wave_id, order_id, part, slot)"
		     " VALUES (1, 1, 0, 1)");
	copy_text(to.province, sizeof(to.province), "北京");
	version = fixture_int(s, "SELECT version FROM orders");
	put(s, "PAN", 5, "");
	must_exec(s, "UPDATE stock SET on_hand = 0 WHERE warehouse_id = 2");
	assert_int_equal(order_address(s, order, version, &to), 0);
	assert_int_equal(fixture_int(s, WHERE("1001")), second);
	fixture_end(s);
}

static void
a_warehouse_is_kept(void **state)
{
	struct session *s = fixture_session("manager");
	struct warehouse_edit e = {
		.name = "广州仓", .province = "广东省", .active = true
	};
	const struct warehouse *w;
	struct page page;
	int64_t id, found;

	(void)state;
	assert_int_equal(warehouse_add(s, &e, &id), 0);
	assert_int_equal(fixture_audited(s, "warehouse-add", id), 1);
	assert_int_equal(warehouse_add(s, &e, &found), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "name");
	copy_text(e.hub, sizeof(e.hub), "nobody");
	assert_int_equal(warehouse_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "hub");
	copy_text(e.hub, sizeof(e.hub), "SF");
	e.active = false;
	assert_int_equal(warehouse_save(s, id, 1, &e), 0);
	assert_int_equal(warehouse_save(s, id, 1, &e), ERR_CONFLICT);
	assert_int_equal(warehouse_get(s, id, &page), 0);
	w = page_row(&page, 0);
	assert_string_equal(w->province, "广东");
	assert_string_equal(w->hub, "顺丰速运");
	page_free(&page);
	/* The main one stays. */
	assert_int_equal(warehouse_find(s, "", &found), 0);
	assert_int_equal(found, 1);
	assert_int_equal(warehouse_get(s, 1, &page), 0);
	warehouse_edit_from(&e, page_row(&page, 0));
	page_free(&page);
	e.active = false;
	assert_int_equal(warehouse_save(s, 1, 1, &e), ERR_STATE);
	fixture_role(s, "clerk");
	assert_int_equal(warehouse_add(s, &e, &id), ERR_DENIED);
	fixture_end(s);
}

static void
a_courier_is_kept(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct courier_edit e = { .name = "蜗牛快递",
		.code = "WN",
		.aliases = "蜗牛、SNAIL； slow post",
		.shape = "^WN[0-9]{8}$",
		.sample = "wn1234567",
		.active = true };
	const struct courier_card *c;
	struct page page;
	int64_t id, found;

	(void)state;
	assert_int_equal(courier_add(s, &e, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "sample");
	copy_text(e.sample, sizeof(e.sample), "wn12345678");
	assert_int_equal(courier_add(s, &e, &id), 0);
	assert_int_equal(fixture_audited(s, "courier-add", id), 1);
	assert_int_equal(courier_find(s, "slow post", &found), 0);
	assert_int_equal(found, id);
	assert_int_equal(courier_card(s, id, &page), 0);
	c = page_row(&page, 0);
	assert_string_equal(c->aliases, ";蜗牛;SNAIL;slow post;");
	courier_edit_from(&e, c);
	assert_string_equal(e.aliases, "蜗牛;SNAIL;slow post");
	page_free(&page);
	copy_text(e.shape, sizeof(e.shape), "^WN[0-9{8}$");
	assert_int_equal(courier_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "shape");
	e.shape[0] = '\0';
	copy_text(e.aliases, sizeof(e.aliases), "蜗牛;yto");
	assert_int_equal(courier_save(s, id, 1, &e), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "aliases");
	copy_text(e.aliases, sizeof(e.aliases), "蜗牛");
	e.active = false;
	assert_int_equal(courier_save(s, id, 1, &e), 0);
	assert_int_equal(courier_find(s, "蜗牛", &found), ERR_INVALID);
	assert_int_equal(courier_save(s, id, 1, &e), ERR_CONFLICT);
	fixture_role(s, "agent");
	assert_int_equal(courier_save(s, id, 2, &e), ERR_DENIED);
	fixture_end(s);
}

static int
do_route(struct session *s)
{
	int rc = order_route(s, 1, "");

	return rc < 0 ? rc : 0;
}

static int
do_courier(struct session *s)
{
	const struct courier_edit e = { .name = "蜗牛", .active = true };
	int64_t id;

	return courier_add(s, &e, &id);
}

static int
do_courier_save(struct session *s)
{
	const struct courier_edit e = { .name = "蜗牛", .active = true };

	return courier_save(s, 1, 1, &e);
}

static int
do_warehouse(struct session *s)
{
	const struct warehouse_edit e = { .name = "新仓", .active = true };
	int64_t id;

	return warehouse_add(s, &e, &id);
}

static int
do_warehouse_save(struct session *s)
{
	const struct warehouse_edit e = { .name = "新仓", .active = true };

	return warehouse_save(s, 2, 1, &e);
}

static void
under_faults(
    int (*verb)(struct session *), const char *sql, int64_t was, int64_t is)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t n;
		int rc;

		warehouse(s, "广州仓", "广东", "");
		fixture_variant(s, "PAN", 0, 100);
		put(s, "PAN", 5, "广州仓");
		fixture_order(s, "1001", 1, "PAN", NULL);
		n = fixture_int(s, "SELECT count(*) FROM audit");
		fault_arm(&f);
		rc = verb(s);
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
	under_faults(do_route, WHERE("1001"), 1, 2);
	under_faults(do_courier,
	    "SELECT count(*) FROM courier WHERE name = '蜗牛'", 0, 1);
	under_faults(do_courier_save,
	    "SELECT count(*) FROM courier WHERE name = '蜗牛'", 0, 1);
	under_faults(do_warehouse, "SELECT count(*) FROM warehouse", 2, 3);
	under_faults(do_warehouse_save,
	    "SELECT count(*) FROM warehouse WHERE name = '新仓'", 0, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(with_one_warehouse_there_is_nothing_to_do),
		cmocka_unit_test(an_order_goes_from_where_all_of_it_is),
		cmocka_unit_test(the_cheapest_to_the_address_is_taken),
		cmocka_unit_test(without_prices_the_near_one_is_taken),
		cmocka_unit_test(from_a_couriers_hub_only_that_courier_goes),
		cmocka_unit_test(what_is_in_somebodys_hands_stays),
		cmocka_unit_test(merged_orders_go_from_where_all_of_them_is),
		cmocka_unit_test(what_is_nowhere_together_is_not_merged),
		cmocka_unit_test(each_part_goes_from_where_it_is),
		cmocka_unit_test(
		    the_same_thing_is_not_taken_twice_for_two_parts),
		cmocka_unit_test(another_address_may_be_another_warehouse),
		cmocka_unit_test(a_warehouse_is_kept),
		cmocka_unit_test(a_courier_is_kept),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
