/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"

/* A shop with an order in each of the places that matter. */
static struct session *
some_shop(void)
{
	struct session *s = fixture_session("owner");
	struct pack_close close = {
		.courier = "YTO", .waybill_no = "YT1234567890123", .weight = 500
	};
	struct packing *p;

	fixture_variant(s, "PAN", 10, 3000);
	fixture_variant(s, "KNIFE", 5, 2000);
	fixture_order(s, "1001", 2, "PAN", NULL);
	fixture_order(s, "1002", 1, "PAN", "KNIFE", NULL);
	fixture_order(s, "1003", 1, "?盘子", NULL);
	assert_int_equal(pack_open(s, "1002", &p), 0);
	assert_true(pack_scan(s, p, "PAN", NULL) >= 0);
	assert_int_equal(pack_scan(s, p, "KNIFE", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
	return s;
}

static void
true_books_hold(void **state)
{
	struct session *s = some_shop();

	(void)state;
	fixture_verify(s);
	fixture_end(s);
}

struct told {
	int bad, good;
	struct str text;
};

static void
tell(void *arg, bool bad, const char *text)
{
	struct told *told = arg;

	told->bad += bad;
	told->good += !bad;
	if (bad)
		str_addf(&told->text, "%s\n", text);
}

/* What verify says about the shop after somebody did @sql behind our back. */
static void
expect(const char *sql, const char *finding)
{
	struct told told = { .text = STR_INIT };
	struct session *s = some_shop();
	struct txn *txn;
	int rc;

	assert_int_equal(shopdb_verify(s, tell, &told), 0);
	assert_int_equal(told.bad, 0);
	assert_true(told.good > 5);
	assert_int_equal(db_begin(s->db, &txn), 0);
	if (db_script(txn, sql) < 0)
		fail_msg("%s: %s", sql, s->err.text);
	assert_int_equal(db_commit(&txn), 0);
	rc = shopdb_verify(s, tell, &told);
	if (rc <= 0)
		fail_msg("not found: %s", sql);
	assert_int_equal(rc, told.bad);
	if (strstr(told.text.s, finding) == NULL)
		fail_msg("%s\ngave: %s\nnot: %s", sql, told.text.s, finding);
	str_done(&told.text);
	fixture_end(s);
}

static void
planted_faults_are_found(void **state)
{
	(void)state;
	expect("UPDATE stock SET on_hand = on_hand + 1 WHERE variant_id = 1",
	    "PAN: 10 are on hand, the moves make 9");
	expect("UPDATE stock SET value = value - 1 WHERE variant_id = 1",
	    "PAN: the stock is worth 26999 fen, the moves make 27000");
	expect("UPDATE stock SET reserved = 0 WHERE variant_id = 1",
	    "PAN: 0 are reserved, the orders' promises make 2");
	expect("UPDATE stock SET low = 1 WHERE variant_id = 2",
	    "KNIFE: the low-stock mark is wrong");
	expect("DELETE FROM stock WHERE variant_id = 2",
	    "Variant 2 has moves or promises, but no stock");
	expect("DROP TRIGGER stock_move_no_update;"
	       "UPDATE stock_move SET on_hand_after = 11 WHERE id = 1",
	    "Stock move 1 says that 11 were left, the moves up to it make 10");
	expect("UPDATE order_count SET n = n + 1 WHERE state = 4",
	    "state 4 (held: 0) is 1 off");
	expect("UPDATE orders SET state = 3 WHERE order_no = '1001'",
	    "state 3 (held: 0) is -1 off");
	expect("UPDATE day_figure SET paid = paid + 7", "payments of 7 fen");
	expect("UPDATE day_figure SET shipped_n = 0", "-1 parcels");
	expect("DELETE FROM day_figure", "-3 orders");
	expect("UPDATE customer SET order_n = 2 WHERE id = 1",
	    "customer 1 are off: 1 orders");
	expect("UPDATE customer SET last_at = last_at + 1 WHERE id = 1",
	    "customer 1 are off");
	expect(
	    "INSERT INTO customer (filed, identity, nick, name, phone, pinyin,"
	    " first_at, last_at, order_n, paid_n, paid) SELECT 0, identity,"
	    " nick, name, phone, pinyin, 0, 0, 0, 0, 0 FROM customer"
	    " WHERE id = 1",
	    "is the identity of customers 1 and 4");
	expect("UPDATE orders SET held = 1 WHERE order_no = '1001';",
	    "Order 1001 is held, but has no open reason");
	expect("UPDATE orders SET held = 0 WHERE order_no = '1003';",
	    "Order 1003 is not held, but the reason \"unmapped\" is open");
	expect("UPDATE orders SET state = 5 WHERE order_no = '1001';",
	    "Order 1001 holds 2 of PAN");
	expect("UPDATE order_line SET qty = 3 WHERE order_id = 1",
	    "Order 1001, line 1: 2 are promised, 3 are ordered");
	expect("DELETE FROM reservation WHERE order_id = 1;"
	       "UPDATE stock SET reserved = 0 WHERE variant_id = 1",
	    "Order 1001, line 1: nothing is promised");
	expect("UPDATE order_line SET cost = cost - 1 WHERE order_id = 2 "
	       "AND line_no = 2",
	    "Order 1002, line 2: 1 are in parcels, 1 are sent, or the cost");
	expect("UPDATE parcel_line SET cost = cost - 1 WHERE line_no = 2",
	    "slip SH-000003 took goods worth 5000 fen, its lines say 4999");
	expect("UPDATE parcel_line SET qty = 2 WHERE line_no = 2",
	    "Parcel YT1234567890123 holds 3 pieces, its slip took 2");
	expect("UPDATE order_line SET sent = 1 WHERE order_id = 1",
	    "Order 1001, line 1: 1 are sent, but in no parcel");
	expect("UPDATE reservation SET alone = 1 WHERE order_id = 1",
	    "Order 1001: the promise of line 1 says otherwise");
	expect("UPDATE order_line SET cost = cost + 1 WHERE order_id = 2 "
	       "AND line_no = 2",
	    "Order 1002, line 2: 1 are in parcels");
	expect("UPDATE orders SET state = 2 WHERE order_no = '1002';",
	    "Parcel YT1234567890123 was shipped, but its order 1002");
	expect("UPDATE parcel SET order_id = 1",
	    "Parcel YT1234567890123 of order 1001 has no shipping slip");
	expect("DELETE FROM parcel_line; DELETE FROM parcel",
	    "took goods for a parcel that is not there");
	expect("DROP TRIGGER audit_no_delete;"
	       "DELETE FROM audit WHERE id = 2",
	    "Audit entry 2 is missing before number 3");
}

/* What a load without checks could leave behind. */
static void
references_to_nothing_are_found(void **state)
{
	struct told told = { .text = STR_INIT };
	struct session *s = some_shop();
	struct txn *txn;

	(void)state;
	assert_int_equal(bulk_load_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn,
		"INSERT INTO barcode (code, variant_id) VALUES ('690', 99)",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	bulk_load_end(s->db);
	assert_int_equal(shopdb_verify(s, tell, &told), 1);
	assert_non_null(strstr(told.text.s, "table barcode"));
	str_done(&told.text);
	fixture_end(s);
}

static void
many_findings_are_summed_up(void **state)
{
	struct told told = { .text = STR_INIT };
	struct session *s = fixture_session("owner");
	struct txn *txn;
	char sku[16];
	int i;

	(void)state;
	for (i = 0; i < 30; i++) {
		snprintf(sku, sizeof(sku), "S%d", i);
		fixture_variant(s, sku, 1, 100);
	}
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_script(txn, "UPDATE stock SET value = 2"), 0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(shopdb_verify(s, tell, &told), 30);
	assert_int_equal(told.bad, 21);
	assert_non_null(strstr(told.text.s, "10 more findings"));
	str_done(&told.text);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(true_books_hold),
		cmocka_unit_test(planted_faults_are_found),
		cmocka_unit_test(references_to_nothing_are_found),
		cmocka_unit_test(many_findings_are_summed_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
