/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"

static const struct pack_close yto = {
	.courier = "圆通", .waybill_no = "YT8812345678901", .weight = 1520
};

static struct pack_close
with(const char *courier, const char *waybill, int64_t weight)
{
	struct pack_close c = { .weight = weight };

	copy_text(c.courier, sizeof(c.courier), courier);
	copy_text(c.waybill_no, sizeof(c.waybill_no), waybill);
	return c;
}

static void
barcode(struct session *s, int64_t variant, const char *code)
{
	struct variant_edit edit;
	struct page page;

	fixture_role(s, "owner");
	assert_int_equal(variant_get(s, variant, &page), 0);
	variant_edit_from(&edit, page_row(&page, 0));
	copy_text(edit.barcodes, sizeof(edit.barcodes), code);
	assert_int_equal(
	    variant_save(s, variant,
		((const struct variant *)page_row(&page, 0))->version, &edit),
	    0);
	page_free(&page);
	fixture_role(s, "clerk");
}

static int
scan(struct session *s, struct packing *p, const char *code)
{
	return pack_scan(s, p, code, NULL);
}

/* A clerk's shop with two pans and three stones, and an order of each. */
static struct session *
shop(void)
{
	struct session *s = fixture_session("clerk");
	int64_t pan = fixture_variant(s, "PAN", 2, 5000);

	fixture_variant(s, "STONE", 3, 700);
	barcode(s, pan, "6901234567892");
	fixture_order(s, "4119203366520877702", 1, "PAN", "STONE", NULL);
	return s;
}

static struct packing *
opened(struct session *s, const char *code)
{
	struct packing *p = NULL;

	assert_int_equal(pack_open(s, code, &p), 0);
	return p;
}

static struct packing *
packed(struct session *s, const char *code)
{
	struct packing *p = opened(s, code);
	const struct pack_line *l;
	size_t n, i;

	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			assert_true(scan(s, p, l[i].sku_code) >= 0);
	return p;
}

static void
an_order_is_packed_by_scans_and_shipped_whole(void **state)
{
	struct session *s = shop();
	struct packing *p = opened(s, "4119203366520877702");
	struct order_card card;
	char warning[200];
	int64_t id = pack_order(p), today, hour, n[TAB_MAX];

	(void)state;
	assert_string_equal(pack_order_no(p), "4119203366520877702");
	assert_string_equal(pack_receiver(p), "李**");
	assert_string_equal(pack_place(p), "浙江省 杭州市");
	assert_string_equal(pack_note(p), "");
	assert_false(pack_complete(p));
	assert_int_equal(pack_ship(s, p, &yto, warning), ERR_STATE);
	assert_int_equal(scan(s, p, "6901234567892"), PACK_OK);
	assert_int_equal(scan(s, p, "STONE\n"), PACK_COMPLETE);
	assert_true(pack_complete(p));
	assert_int_equal(pack_ship(s, p, &yto, warning), 0);
	assert_string_equal(warning, "");
	pack_free(p);

	fixture_role(s, "owner");
	assert_int_equal(order_card(s, id, &card), 0);
	assert_int_equal(card.order.state, ORDER_SHIPPED);
	assert_string_equal(card.order.waybill_no, "YT8812345678901");
	assert_string_equal(card.order.courier, "圆通速递");
	assert_true(card.order.shipped_at > 0);
	assert_int_equal(card.parcels.n, 1);
	const struct order_parcel *parcel = page_row(&card.parcels, 0);
	assert_string_equal(parcel->packer, "clerk");
	assert_int_equal(parcel->weight, 1520);
	assert_int_equal(parcel->shipped_at, card.order.shipped_at);
	order_card_free(&card);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(cost) FROM order_line"), 5700);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM reservation"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 3);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(shipped_n) FROM day_figure"), 1);
	assert_int_equal(order_counts(s, n), 0);
	assert_int_equal(n[TAB_SHIPPED], 1);
	assert_int_equal(n[TAB_TO_SHIP], 0);
	assert_int_equal(fixture_audited(s, "order-ship", id), 1);
	fixture_role(s, "clerk");
	assert_int_equal(pack_tally(s, &today, &hour), 0);
	assert_int_equal(today, 1);
	assert_int_equal(hour, 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
wrong_scans_are_told_apart(void **state)
{
	struct session *s = shop();
	struct packing *p = opened(s, "4119203366520877702");
	const struct pack_line *line;

	(void)state;
	fixture_variant(s, "KNIFE", 9, 100);
	assert_int_equal(pack_scan(s, p, "KNIFE", &line), PACK_WRONG);
	assert_string_equal(line->sku_code, "PAN"); /* take this next */
	assert_int_equal(pack_scan(s, p, "PAN", &line), PACK_OK);
	assert_int_equal(line->have, 1);
	assert_int_equal(pack_scan(s, p, "PAN", &line), PACK_TOO_MANY);
	assert_string_equal(line->sku_code, "PAN");
	assert_int_equal(pack_scan(s, p, "KNIFE", &line), PACK_WRONG);
	assert_string_equal(line->sku_code, "STONE");
	assert_int_equal(pack_scan(s, p, "no such code", &line), PACK_UNKNOWN);
	assert_null(line);
	assert_int_equal(pack_scan(s, p, "", &line), PACK_UNKNOWN);
	/* An order's own number is no product. */
	assert_int_equal(
	    pack_scan(s, p, "4119203366520877702", &line), PACK_UNKNOWN);
	pack_free(p);
	fixture_end(s);
}

static void
lines_of_one_product_are_filled_one_after_the_other(void **state)
{
	struct session *s = fixture_session("clerk");
	const struct pack_line *line;
	struct packing *p;

	(void)state;
	fixture_variant(s, "A", 9, 100);
	fixture_order(s, "7001", 2, "A", "A", NULL);
	p = opened(s, "7001");
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_OK);
	assert_int_equal(line->line_no, 1);
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_OK);
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_OK);
	assert_int_equal(line->line_no, 2);
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_COMPLETE);
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_TOO_MANY);
	assert_int_equal(pack_undo(p), 1);
	assert_int_equal(line->have, 1);
	assert_false(pack_complete(p));
	assert_int_equal(pack_scan(s, p, "A", &line), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 5);
	fixture_verify(s);
	fixture_end(s);
}

static void
undo_stops_at_the_first_scan(void **state)
{
	struct session *s = shop();
	struct packing *p = opened(s, "4119203366520877702");
	size_t n;
	int i;

	(void)state;
	assert_int_equal(pack_undo(p), 0);
	for (i = 0; i < 40; i++) {
		assert_int_equal(scan(s, p, "STONE"), PACK_OK);
		assert_int_equal(pack_undo(p), 1);
	}
	assert_int_equal(pack_undo(p), 0);
	assert_int_equal(pack_lines(p, &n)[0].have, 0);
	assert_int_equal(n, 2);
	pack_free(p);
	fixture_end(s);
}

static void
what_closes_a_parcel_is_checked_by_field(void **state)
{
	static const struct {
		const char *courier, *waybill;
		int64_t weight;
		const char *field;
	} bad[] = {
		{ "", "YT1234567890123", 0, "courier" },
		{ "Pony Express", "YT1234567890123", 0, "courier" },
		{ ";", "YT1234567890123", 0, "courier" },
		{ "YTO", "", 0, "waybill_no" },
		{ "YTO", "  ", 0, "waybill_no" },
		{ "YTO", "123", 0, "waybill_no" },
		{ "YTO", "12345678901234567890123456789012345678901", 0,
		    "waybill_no" },
		{ "YTO", "YT123 456", 0, "waybill_no" },
		{ "YTO", "运单1234", 0, "waybill_no" },
		{ "YTO", "YT123456;--", 0, "waybill_no" },
		{ "YTO", "YT1234567890123", -1, "weight" },
		{ "YTO", "YT1234567890123", 1000001, "weight" },
	};
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct pack_close c =
		    with(bad[i].courier, bad[i].waybill, bad[i].weight);

		assert_int_equal(pack_ship(s, p, &c, NULL), ERR_INVALID);
		assert_string_equal(session_err(s)->field, bad[i].field);
	}
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_odd_waybill_is_only_worth_a_word(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	struct pack_close c = with(" yto ", " abc-1234 ", 0);
	char warning[200];

	(void)state;
	assert_int_equal(pack_ship(s, p, &c, warning), 0);
	assert_non_null(strstr(warning, "ABC-1234"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"
					" WHERE waybill_no = 'ABC-1234'"),
	    1);
	pack_free(p);
	fixture_end(s);
}

static void
a_waybill_is_never_used_twice(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	struct pack_close c = with("YTO", "yt8812345678901", 0);
	struct txn *txn;
	int64_t id;

	(void)state;
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	fixture_order(s, "5002", 1, "PAN", NULL);
	p = packed(s, "5002");
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "waybill_no");
	assert_non_null(strstr(session_err(s)->text, "4119203366520877702"));
	/* Nor one that the platform's file gave to another order. */
	id = fixture_order(s, "5003", 1, "STONE", NULL);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn,
			     "UPDATE orders SET waybill_no = 'SF1234567890123'"
			     " WHERE id = $1",
			     DB_ARGS(db_i(id)), NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	c = with("SF", "SF1234567890123", 0);
	assert_int_equal(pack_ship(s, p, &c, NULL), ERR_CONFLICT);
	pack_free(p);
	/* The order itself keeps its own, and is found by it. */
	p = packed(s, "sf1234567890123");
	assert_int_equal(pack_order(p), id);
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
refused(
    struct session *s, const char *code, enum err_code rc, const char *words)
{
	struct packing *p = NULL;

	assert_int_equal(pack_open(s, code, &p), rc);
	assert_null(p);
	if (strstr(session_err(s)->text, words) == NULL)
		fail_msg("%s: no %s", session_err(s)->text, words);
}

static void
set_state(struct session *s, int64_t id, int64_t state)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE orders SET state = $2 WHERE id = $1",
		DB_ARGS(db_i(id), db_i(state)), NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
only_what_may_go_can_be_opened(void **state)
{
	struct session *s = shop();
	struct packing *p;
	int64_t id;

	(void)state;
	refused(s, "", ERR_NOTFOUND, "");
	refused(s, "0000", ERR_NOTFOUND, "0000");
	fixture_order(s, "6001", 1, "?mystery", NULL);
	refused(s, "6001", ERR_STATE, "not mapped");
	id = fixture_order(s, "6002", 1, "PAN", NULL);
	fixture_role(s, "owner");
	assert_int_equal(order_hold(s, id, "refund", ""), 0);
	assert_int_equal(order_hold(s, id, "address", ""), 0);
	fixture_role(s, "clerk");
	refused(s, "6002", ERR_STATE, "refund asked for, address");
	id = fixture_order(s, "6003", 1, "PAN", NULL);
	set_state(s, id, ORDER_UNPAID);
	refused(s, "6003", ERR_STATE, "not paid");
	set_state(s, id, ORDER_CLOSED);
	refused(s, "6003", ERR_STATE, "closed");
	set_state(s, id, ORDER_SHIPPED);
	refused(s, "6003", ERR_STATE, "on the platform");
	p = packed(s, "4119203366520877702");
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	refused(s, "4119203366520877702", ERR_STATE, "shipped by clerk");
	refused(s, "YT8812345678901", ERR_STATE, "YT8812345678901");
	fixture_role(s, "agent");
	refused(s, "6002", ERR_DENIED, "");
	fixture_end(s);
}

static void
a_refund_asked_for_stops_the_parcel(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn,
			     "UPDATE order_line SET refund_state = 1"
			     " WHERE order_id = $1 AND line_no = 2",
			     DB_ARGS(db_i(pack_order(p))), NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "refund"));
	refused(s, "4119203366520877702", ERR_STATE, "refund");
	pack_free(p);
	fixture_end(s);
}

static void
what_was_paid_back_is_not_packed(void **state)
{
	struct session *s = shop();
	struct packing *p;
	struct txn *txn;
	size_t n;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn,
			     "UPDATE order_line SET refund_state = 2"
			     " WHERE order_id = 1 AND line_no = 2",
			     DB_NOARGS, NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	p = packed(s, "4119203366520877702");
	pack_lines(p, &n);
	assert_int_equal(n, 1);
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(qty) FROM stock_move WHERE qty < 0"),
	    -1);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_changed_meanwhile_is_looked_at_again(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	struct order_remark remark = { .memo = "改发红色", .flag = 1 };
	struct order_card card;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(order_card(s, pack_order(p), &card), 0);
	assert_int_equal(
	    order_remark(s, card.order.id, card.order.version, &remark), 0);
	order_card_free(&card);
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_CONFLICT);
	assert_int_equal(order_hold(s, pack_order(p), "manual", "wait"), 0);
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "hold"));
	assert_int_equal(order_release(s, pack_order(p), NULL, ""), 0);
	pack_free(p);
	p = packed(s, "4119203366520877702");
	assert_non_null(strstr(pack_note(p), "改发红色"));
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
missing_stock_stops_the_parcel(void **state)
{
	struct session *s = shop();
	int64_t id;
	struct packing *p;

	(void)state;
	id = fixture_order(s, "8001", 5, "PAN", NULL);
	p = packed(s, "8001");
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "PAN"));
	assert_int_equal(fixture_audited(s, "order-ship", id), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(qty) FROM reservation"), 7);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
couriers_are_known_by_any_of_their_names(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t id, same;
	struct page page;

	(void)state;
	assert_int_equal(courier_find(s, "圆通速递", &id), 0);
	assert_int_equal(courier_find(s, "圆通", &same), 0);
	assert_int_equal(same, id);
	assert_int_equal(courier_find(s, "yto", &same), 0);
	assert_int_equal(same, id);
	assert_int_equal(courier_find(s, "圆", &same), ERR_INVALID);
	assert_int_equal(courier_all(s, &page), 0);
	assert_true(page.n > 10);
	page_free(&page);
	fixture_end(s);
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
an_order_without_its_items_cannot_be_packed(void **state)
{
	struct session *s = shop();

	(void)state;
	exec(
	    s, "UPDATE order_line SET cost = 1, sent = qty WHERE order_id = 1");
	refused(s, "4119203366520877702", ERR_STATE, "nothing to pack");
	exec(s, "UPDATE order_line SET cost = NULL, sent = 0,"
		" variant_id = NULL"
		" WHERE order_id = 1");
	refused(s, "4119203366520877702", ERR_STATE, "not mapped");
	fixture_end(s);
}

static void
lines_that_changed_are_scanned_again(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");

	(void)state;
	exec(s, "UPDATE order_line SET qty = 2 WHERE order_id = 1");
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_CONFLICT);
	exec(s, "UPDATE order_line SET qty = 1 WHERE order_id = 1");
	exec(s, "DELETE FROM reservation WHERE line_no = 2 /*scan*/");
	exec(s, "DELETE FROM order_line WHERE order_id = 1 AND line_no = 2");
	assert_int_equal(pack_ship(s, p, &yto, NULL), ERR_CONFLICT);
	pack_free(p);
	fixture_end(s);
}

static void
the_buyer_s_note_and_ours_are_shown(void **state)
{
	struct session *s = shop();
	struct packing *p;

	(void)state;
	exec(s, "UPDATE orders SET buyer_note = 'gift' WHERE id = 1");
	p = opened(s, "4119203366520877702");
	assert_string_equal(pack_note(p), "gift");
	pack_free(p);
	exec(s, "UPDATE orders SET memo = 'red' WHERE id = 1");
	p = opened(s, "4119203366520877702");
	assert_string_equal(pack_note(p), "gift / red");
	pack_free(p);
	fixture_end(s);
}

static void
a_shipment_s_slip_is_not_reversed(void **state)
{
	struct session *s = shop();
	struct packing *p = packed(s, "4119203366520877702");
	int64_t slip, back;

	(void)state;
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	fixture_role(s, "warehouse");
	assert_int_equal(stock_slip_by_no(s, "SH-000003", &slip), 0);
	assert_int_equal(stock_reverse(s, slip, "came back", &back), ERR_STATE);
	fixture_end(s);
}

static void
the_rest_of_a_part_shipped_order_keeps_the_first_waybill(void **state)
{
	struct session *s = shop();
	struct packing *p;
	size_t n;

	(void)state;
	exec(s, "UPDATE orders SET state = 3, waybill_no = 'FIRST-1',"
		" courier_id = 1 WHERE id = 1");
	exec(s, "UPDATE order_count SET n = n + CASE state WHEN 3 THEN 1"
		" ELSE -1 END WHERE held = 0 AND state IN (2, 3) /*scan*/");
	exec(s, "UPDATE order_line SET cost = 5, sent = qty"
		" WHERE order_id = 1 AND line_no = 1");
	p = packed(s, "4119203366520877702");
	pack_lines(p, &n);
	assert_int_equal(n, 1);
	assert_int_equal(pack_ship(s, p, &yto, NULL), 0);
	pack_free(p);
	assert_int_equal(
	    fixture_int(
		s, "SELECT count(*) FROM orders WHERE waybill_no = 'FIRST-1'"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
deliver_by(struct session *s, int64_t delivery)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE orders SET delivery = $1 /*scan*/",
		DB_ARGS(db_i(delivery)), NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
}

/* The only row of the file for @platform, in small; "": there is none. */
static const char *
told(struct session *s, const char *platform, struct export_result *r,
    char out[400])
{
	const struct export_options opt = {
		.platform = platform, .encoding = "utf-8", .result = r
	};
	const char *path = fixture_path("told.csv");
	char text[400] = "";
	int64_t rows;
	char *at;
	FILE *f;

	assert_int_equal(export_run(s, "shipments", path, &opt, &rows), 0);
	f = fopen(path, "r");
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	at = strchr(text, '\n');
	assert_non_null(at);
	snprintf(out, 400, "%.*s", (int)strcspn(at + 1, "\r\n"), at + 1);
	return out;
}

/* Of what no courier took a platform is told in its own word; where none is
 * known of its file, a person is. */
static void
the_platform_is_told_of_what_was_collected(void **state)
{
	struct pack_close nothing = with("", "", 0);
	struct export_result r = { 0 };
	struct session *s = shop();
	struct packing *p;
	char row[400];

	(void)state;
	deliver_by(s, DELIVERY_COLLECT);
	p = packed(s, "4119203366520877702");
	assert_int_equal(pack_ship(s, p, &nothing, NULL), 0);
	pack_free(p);
	assert_string_equal(told(s, "taobao", &r, row), "");
	assert_int_equal(r.by_hand, 1);
	assert_string_equal(r.hand_names, "4119203366520877702");
	/* Once. */
	r = (struct export_result){ 0 };
	assert_string_equal(told(s, "taobao", &r, row), "");
	assert_int_equal(r.by_hand, 0);
	exec(s, "UPDATE parcel SET exported_at = 0 /*scan*/");
	exec(s, "UPDATE shop SET platform = 'jd' /*scan*/");
	assert_string_equal(
	    told(s, "jd", &r, row), "4119203366520877702,厂家自送,");
	assert_int_equal(r.by_hand, 0);
	assert_string_equal(told(s, "jd", &r, row), "");
	fixture_end(s);
}

/* No courier takes it, nobody waits for news of it; the platform is told. */
static void
what_the_buyer_collects_ships_without_a_waybill(void **state)
{
	struct pack_close nothing = with("", "", 0);
	const struct parcel_filter unexported = { .unexported = true };
	struct session *s = shop();
	struct packing *p;
	struct page page;

	(void)state;
	deliver_by(s, DELIVERY_COLLECT);
	p = packed(s, "4119203366520877702");
	assert_int_equal(pack_by_hand(s, p), HAND_ALWAYS);
	assert_int_equal(pack_keep(s, p, &nothing, NULL), ERR_STATE);
	assert_int_equal(pack_ship(s, p, &nothing, NULL), 0);
	assert_string_equal(pack_waybill(p), "SELF-4119203366520877702");
	pack_free(p);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE state = 4"), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE watch = 0"
			   " AND handed_at = shipped_at /*scan*/"),
	    1);
	assert_int_equal(
	    parcel_page(s, &unexported, PAGE_FIRST, NULL, 10, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_we_bring_may_go_without_a_courier(void **state)
{
	struct pack_close nothing = with("", "", 0);
	struct session *s = shop();
	struct packing *p;

	(void)state;
	p = packed(s, "4119203366520877702");
	assert_int_equal(pack_by_hand(s, p), HAND_NEVER);
	assert_int_equal(pack_ship(s, p, &nothing, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "courier");
	pack_free(p);
	deliver_by(s, DELIVERY_INSTALLED);
	p = packed(s, "4119203366520877702");
	assert_int_equal(pack_by_hand(s, p), HAND_MAY);
	nothing = with("圆通", "", 0);
	assert_int_equal(pack_ship(s, p, &nothing, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "waybill_no");
	nothing = with("", "", 0);
	assert_int_equal(pack_ship(s, p, &nothing, NULL), 0);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_the_buyer_collects_ships_without_a_waybill),
		cmocka_unit_test(the_platform_is_told_of_what_was_collected),
		cmocka_unit_test(what_we_bring_may_go_without_a_courier),
		cmocka_unit_test(an_order_is_packed_by_scans_and_shipped_whole),
		cmocka_unit_test(wrong_scans_are_told_apart),
		cmocka_unit_test(
		    lines_of_one_product_are_filled_one_after_the_other),
		cmocka_unit_test(undo_stops_at_the_first_scan),
		cmocka_unit_test(what_closes_a_parcel_is_checked_by_field),
		cmocka_unit_test(an_odd_waybill_is_only_worth_a_word),
		cmocka_unit_test(a_waybill_is_never_used_twice),
		cmocka_unit_test(only_what_may_go_can_be_opened),
		cmocka_unit_test(a_refund_asked_for_stops_the_parcel),
		cmocka_unit_test(what_was_paid_back_is_not_packed),
		cmocka_unit_test(what_changed_meanwhile_is_looked_at_again),
		cmocka_unit_test(missing_stock_stops_the_parcel),
		cmocka_unit_test(couriers_are_known_by_any_of_their_names),
		cmocka_unit_test(an_order_without_its_items_cannot_be_packed),
		cmocka_unit_test(lines_that_changed_are_scanned_again),
		cmocka_unit_test(the_buyer_s_note_and_ours_are_shown),
		cmocka_unit_test(a_shipment_s_slip_is_not_reversed),
		cmocka_unit_test(
		    the_rest_of_a_part_shipped_order_keeps_the_first_waybill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
