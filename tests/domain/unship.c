/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/waves.h"

/* Shipped by mistake: the parcel is still here. */

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 20, 5000);
	fixture_variant(s, "STONE", 9, 700);
	fixture_order(s, "1", 2, "PAN", "STONE", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	return s;
}

static const char *
waybill(int n)
{
	static struct pack_close c;

	c = by_yto(n);
	return c.waybill_no;
}

static void
undone(struct session *s, int n)
{
	if (pack_unship(s, waybill(n), "wrong parcel") != 0)
		fail_msg("%s", session_err(s)->text);
	fixture_verify(s);
}

static int64_t
pieces(struct session *s, const char *table)
{
	char sql[100];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(qty), 0) FROM %s /*scan*/", table);
	return fixture_int(s, sql);
}

static void
all_is_as_before(void **state)
{
	struct session *s = shop();

	(void)state;
	ships(s, "1", 1);
	assert_int_equal(fixture_on_hand(s, 1), 18);
	undone(s, 1);
	assert_int_equal(state_of(s, 1), ORDER_PAID);
	assert_int_equal(fixture_on_hand(s, 1), 20);
	assert_int_equal(fixture_on_hand(s, 2), 7 + 2);
	assert_int_equal(pieces(s, "reservation"), 5);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(shipped_n) FROM day_figure"
					" /*scan*/"),
	    0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders WHERE"
					" waybill_no IS NULL AND"
					" shipped_at = 0 AND done = 8"
					" AND id = 1"),
	    1);
	assert_int_equal(fixture_audited(s, "order-unship", 1), 1);
	assert_int_equal(pack_unship(s, waybill(1), "once more"), ERR_NOTFOUND);
	/* The label is on the box yet. */
	ships(s, "1", 1);
	assert_int_equal(state_of(s, 1), ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_went_in_other_parcels_went(void **state)
{
	struct pack_close c = by_yto(1);
	struct session *s = shop();
	struct packing *p;

	(void)state;
	p = opened(s, "1");
	c.more = true;
	assert_true(scan(s, p, "PAN") >= 0);
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	ships(s, "1", 2);
	undone(s, 1);
	assert_int_equal(state_of(s, 1), ORDER_PART_SHIPPED);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders WHERE"
					" waybill_no = 'YT0000000000002'"),
	    1);
	assert_int_equal(pieces(s, "parcel_line"), 3);
	ships(s, "1", 3);
	assert_int_equal(state_of(s, 1), ORDER_SHIPPED);
	undone(s, 2);
	undone(s, 3);
	assert_int_equal(state_of(s, 1), ORDER_PAID);
	fixture_end(s);
}

static void
orders_that_went_together_wait_together(void **state)
{
	const int64_t both[] = { 1, 2 };
	struct session *s = shop();

	(void)state;
	assert_int_equal(order_merge(s, both, 2), 0);
	ships(s, "1", 1);
	assert_int_equal(state_of(s, 2), ORDER_SHIPPED);
	undone(s, 1);
	assert_int_equal(state_of(s, 1), ORDER_PAID);
	assert_int_equal(state_of(s, 2), ORDER_PAID);
	assert_int_equal(fixture_audited(s, "order-unship", 2), 1);
	ships(s, "2", 1);
	assert_int_equal(state_of(s, 1), ORDER_SHIPPED);
	fixture_end(s);
}

static void
a_part_waits_again(void **state)
{
	const struct split_piece piece = { .line_no = 1, .part = 2, .qty = 1 };
	struct session *s = shop();

	(void)state;
	assert_int_equal(order_split(s, 1, &piece, 1, NULL), 0);
	ships(s, "1-1", 1);
	ships(s, "1-2", 2);
	assert_int_equal(state_of(s, 1), ORDER_SHIPPED);
	undone(s, 2);
	assert_int_equal(state_of(s, 1), ORDER_PART_SHIPPED);
	assert_int_equal(fixture_int(s, "SELECT sum(sent) FROM order_part"
					" WHERE part = 2 /*scan*/"),
	    0);
	ships(s, "1", 2);
	assert_int_equal(state_of(s, 1), ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

/* A refund was asked for since: its goods go back at once. */
static void
what_is_held_meanwhile_goes_back(void **state)
{
	struct session *s = shop();
	struct page page;

	(void)state;
	ships(s, "2", 1);
	exec(s, "INSERT INTO order_hold (order_id, reason, note, at)"
		" VALUES (2, 'refund', '', 1)");
	undone(s, 1);
	assert_int_equal(
	    fixture_int(s, "SELECT held FROM orders WHERE id = 2"), 1);
	assert_int_equal(put_back_of(s, 2, 5, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_end(s);
}

static void
what_the_buyer_did_not_take_waits(void **state)
{
	struct pack_close nothing = { .weight = 0 };
	struct pack_close more = { .more = true };
	struct session *s = shop();
	struct packing *p;

	(void)state;
	exec(s, "UPDATE orders SET delivery = 1 WHERE id = 1");
	p = opened(s, "1");
	assert_true(scan(s, p, "PAN") >= 0);
	assert_int_equal(pack_ship(s, p, &more, NULL), 0);
	scan_all(s, p);
	assert_int_equal(pack_ship(s, p, &nothing, NULL), 0);
	assert_string_equal(pack_waybill(p), "SELF-1-2");
	pack_free(p);
	assert_int_equal(pack_unship(s, "SELF-1", "not here"), 0);
	fixture_verify(s);
	p = packed(s, "1");
	assert_int_equal(pack_ship(s, p, &nothing, NULL), 0);
	assert_string_equal(pack_waybill(p), "SELF-1-3");
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
stays(struct session *s, const char *words)
{
	assert_int_equal(pack_unship(s, waybill(1), "wrong"), ERR_STATE);
	tells(s, words);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
}

static void
what_is_gone_is_gone(void **state)
{
	struct stock_line line = { .sku = "PAN", .qty = 1 };
	const struct stock_doc doc = {
		.reason = "7 days", .lines = &line, .n = 1
	};
	struct session *s = shop();
	int64_t manifest;

	(void)state;
	ships(s, "2", 1);
	assert_int_equal(pack_unship(s, waybill(1), " "), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "reason");
	assert_int_equal(pack_unship(s, "YT404", "wrong"), ERR_NOTFOUND);
	assert_int_equal(manifest_open(s, "YTO", &manifest), 0);
	assert_int_equal(manifest_scan(s, manifest, waybill(1)), 0);
	stays(s, "manifest");
	assert_int_equal(manifest_unscan(s, manifest, waybill(1)), 0);
	exec(s, "UPDATE parcel SET exported_at = 1");
	stays(s, "platform");
	exec(s, "UPDATE parcel SET exported_at = 0");
	exec(s, "INSERT INTO track_event (parcel_id, at, state, text)"
		" VALUES (1, 1, 1, 'taken')");
	stays(s, "courier");
	exec(s, "DELETE FROM track_event");
	exec(s, "UPDATE orders SET state = 5 WHERE id = 2");
	stays(s, "completed");
	exec(s, "UPDATE orders SET state = 4 WHERE id = 2");
	assert_int_equal(stock_return(s, 2, &doc, NULL), 0);
	stays(s, "came back");
	fixture_end(s);
}

static void
it_is_undone_or_not(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_order(s, "1", 1, "A", NULL);
		ships(s, "1", 1);
		fault_arm(&f);
		rc = pack_unship(s, waybill(1), "wrong");
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM parcel"), rc != 0);
		assert_int_equal(fixture_on_hand(s, 1), rc == 0 ? 5 : 4);
		assert_int_equal(
		    fixture_audited(s, "order-unship", 1), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_as_before),
		cmocka_unit_test(what_went_in_other_parcels_went),
		cmocka_unit_test(orders_that_went_together_wait_together),
		cmocka_unit_test(a_part_waits_again),
		cmocka_unit_test(what_is_held_meanwhile_goes_back),
		cmocka_unit_test(what_the_buyer_did_not_take_waits),
		cmocka_unit_test(what_is_gone_is_gone),
		cmocka_unit_test(it_is_undone_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
