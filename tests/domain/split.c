/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"

/* Two pans and three stones, of which one stone goes in part 2. */
static struct session *
shop(int64_t *order)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 9, 5000);
	fixture_variant(s, "STONE", 9, 700);
	*order = fixture_order(s, "1001", 3, "PAN", "STONE", NULL);
	return s;
}

static const struct split_piece one_stone[] = { { 2, 2, 1, NULL } };

static void
parts_are_shipped_one_by_one(void **state)
{
	struct page parts;
	int64_t id;
	struct session *s = shop(&id);
	struct packing *p;
	char warning[200];
	size_t n;

	(void)state;
	assert_int_equal(order_split(s, id, one_stone, 1, warning), 0);
	/* Taobao's file has a row an order. */
	assert_non_null(strstr(warning, "first waybill"));
	assert_int_equal(order_parts(s, id, &parts), 0);
	assert_int_equal(parts.n, 3);
	page_free(&parts);
	fixture_verify(s);

	fixture_role(s, "clerk");
	p = opened(s, "1001-2");
	assert_string_equal(pack_order_no(p), "1001-2");
	assert_int_equal(pack_part(p), 2);
	assert_int_equal(pack_lines(p, &n)[0].need, 1);
	assert_int_equal(n, 1);
	pack_free(p);
	ships(s, "1001-2", 1);
	assert_int_equal(state_of(s, id), ORDER_PART_SHIPPED);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 5);
	fixture_verify(s);
	refused(s, "1001-2", ERR_STATE, "already shipped by clerk");
	refused(s, "1001-3", ERR_NOTFOUND, "1001-3");

	/* The number alone is the first part that is not sent. */
	p = opened(s, "1001");
	assert_int_equal(pack_part(p), 1);
	assert_int_equal(pack_lines(p, &n)[1].need, 2);
	pack_free(p);
	ships(s, "1001", 2);
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM reservation"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(sent) FROM order_line"), 6);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(cost) FROM order_line"), 17100);
	assert_int_equal(fixture_audited(s, "order-ship", id), 2);
	refused(s, "1001", ERR_STATE, "already shipped by clerk");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_part_comes_from_its_warehouse(void **state)
{
	int64_t id;
	struct session *s = shop(&id);
	const struct split_piece piece = { 2, 2, 1, "保税仓" };
	const struct split_piece nowhere = { 2, 2, 1, "没有仓" };

	(void)state;
	assert_int_equal(order_split(s, id, &nowhere, 1, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "warehouse");
	exec(s, "INSERT INTO warehouse (name, below_zero) VALUES"
		" ('保税仓', 1)");
	assert_int_equal(order_split(s, id, &piece, 1, NULL), 0);
	assert_int_equal(fixture_int(s, "SELECT qty FROM reservation"
					" WHERE warehouse_id = 2"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"
					" WHERE warehouse_id = 1"),
	    5);
	fixture_verify(s);
	ships(s, "1001-2", 1);
	assert_int_equal(fixture_int(s, "SELECT on_hand FROM stock"
					" WHERE warehouse_id = 2"),
	    -1);
	assert_int_equal(fixture_int(s, "SELECT warehouse_id FROM parcel"), 2);
	fixture_verify(s);
	ships(s, "1001-1", 2);
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_cannot_be_split_is_said(void **state)
{
	static const struct {
		struct split_piece piece;
		const char *field;
	} bad[] = {
		{ { 3, 2, 1, NULL }, "line_no" },
		{ { 1, 2, 0, NULL }, "qty" },
		{ { 1, 2, 4, NULL }, "qty" },
		{ { 1, 3, 1, NULL }, "part" }, /* no part 2 */
		{ { 1, 21, 1, NULL }, "part" },
		{ { 1, 1, 1, NULL }, "part" },
	};
	const struct split_piece all[] = { { 1, 2, 3, NULL },
		{ 2, 2, 3, NULL } };
	struct pack_close c = by_yto(7);
	struct packing *p;
	int64_t id;
	struct session *s = shop(&id);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
		    order_split(s, id, &bad[i].piece, 1, NULL), ERR_INVALID);
		assert_string_equal(session_err(s)->field, bad[i].field);
	}
	/* Nothing would be left in part 1. */
	assert_int_equal(order_split(s, id, all, 2, NULL), ERR_INVALID);
	assert_int_equal(order_unsplit(s, id), ERR_STATE);
	assert_int_equal(order_split(s, 99, one_stone, 1, NULL), ERR_NOTFOUND);
	assert_int_equal(order_split(s, id, one_stone, 1, NULL), 0);
	assert_int_equal(order_split(s, id, one_stone, 1, NULL), ERR_STATE);
	tells(s, "split already");
	p = packed(s, "1001-1");
	assert_int_equal(pack_keep(s, p, &c, NULL), 0);
	pack_free(p);
	assert_int_equal(order_unsplit(s, id), ERR_STATE);
	tells(s, "packed already");
	assert_int_equal(pack_unpack(s, c.waybill_no), 0);
	ships(s, "1001-2", 1);
	assert_int_equal(order_unsplit(s, id), ERR_STATE);
	tells(s, "already shipped by owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_split_can_be_undone(void **state)
{
	int64_t id;
	struct session *s = shop(&id);
	struct packing *p;
	struct pack_close c = by_yto(1);
	size_t n;

	(void)state;
	assert_int_equal(order_split(s, id, one_stone, 1, NULL), 0);
	p = packed(s, "1001-1");
	assert_int_equal(order_unsplit(s, id), 0);
	/* Who packed meanwhile begins again. */
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	pack_free(p);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_part"), 0);
	fixture_verify(s);
	p = opened(s, "1001");
	assert_int_equal(pack_part(p), 0);
	assert_int_equal(pack_lines(p, &n)[1].need, 3);
	pack_free(p);
	ships(s, "1001", 1);
	assert_int_equal(fixture_audited(s, "order-unsplit", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
splitting_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id;
		int rc;

		fixture_variant(s, "PAN", 9, 5000);
		id = fixture_order(s, "1001", 2, "PAN", "PAN", NULL);
		fault_arm(&f);
		rc = order_split(s, id, one_stone, 1, NULL);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM order_part"),
		    rc == 0 ? 3 : 0);
		assert_int_equal(
		    fixture_audited(s, "order-split", id), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
undoing_it_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id;
		int rc;

		fixture_variant(s, "PAN", 9, 5000);
		id = fixture_order(s, "1001", 2, "PAN", "PAN", NULL);
		assert_int_equal(order_split(s, id, one_stone, 1, NULL), 0);
		fault_arm(&f);
		rc = order_unsplit(s, id);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM order_part"),
		    rc == 0 ? 0 : 3);
		assert_int_equal(
		    fixture_audited(s, "order-unsplit", id), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
shipping_a_part_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct pack_close c = by_yto(1);
		struct packing *p;
		int64_t id;
		int rc;

		fixture_variant(s, "PAN", 9, 5000);
		id = fixture_order(s, "1001", 2, "PAN", "PAN", NULL);
		assert_int_equal(order_split(s, id, one_stone, 1, NULL), 0);
		p = packed(s, "1001-2");
		fault_arm(&f);
		rc = pack_ship(s, p, &c, NULL);
		fault_disarm(&f);
		pack_free(p);
		assert_int_equal(
		    state_of(s, id), rc == 0 ? ORDER_PART_SHIPPED : ORDER_PAID);
		assert_int_equal(
		    fixture_int(s, "SELECT sum(qty) FROM reservation"),
		    rc == 0 ? 3 : 4);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_shipped_one_by_one),
		cmocka_unit_test(a_part_comes_from_its_warehouse),
		cmocka_unit_test(what_cannot_be_split_is_said),
		cmocka_unit_test(a_split_can_be_undone),
		cmocka_unit_test(splitting_survives_every_failure),
		cmocka_unit_test(undoing_it_survives_every_failure),
		cmocka_unit_test(shipping_a_part_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
