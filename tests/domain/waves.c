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
#include "../../src/domain/floor/waves_priv.h"
#include "../../src/domain/orders/order_priv.h"
#include "../../src/domain/stock/bins_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/split.h"
#include "shopmgr/domain/waves.h"

static void
run(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

/* A warehouse manager's shop: two orders of one pan, one of two pans, one of a
 * pan and a stone, one of two knives. */
static struct session *
shop_of(struct session *s)
{
	fixture_variant(s, "PAN", 20, 5000);
	fixture_variant(s, "STONE", 5, 700);
	fixture_variant(s, "KNIFE", 9, 900);
	run(s, "UPDATE stock SET bin = CASE variant_id WHEN 1 THEN 'A-10'"
	       " WHEN 2 THEN 'A-2' ELSE 'A-2-1' END");
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	fixture_order(s, "3", 2, "PAN", NULL);
	fixture_order(s, "4", 1, "PAN", "STONE", NULL);
	fixture_order(s, "5", 2, "KNIFE", NULL);
	return s;
}

static struct session *
shop(void)
{
	return shop_of(fixture_session("warehouse"));
}

static int64_t
made(struct session *s, int64_t kind)
{
	const struct wave_what what = { .kind = kind };
	int64_t id = 0;

	assert_int_equal(wave_make(s, &what, &id), 0);
	return id;
}

static enum wave_said
picked(struct session *s, int64_t wave, const char *code, int64_t qty)
{
	struct wave_scan scan;

	assert_int_equal(wave_pick(s, wave, code, qty, &scan), 0);
	return scan.said;
}

/* Where a piece goes; 0 and less: what was said instead. */
static int64_t
sorted(struct session *s, int64_t wave, const char *code)
{
	struct wave_scan scan;

	assert_int_equal(wave_sort(s, wave, code, &scan), 0);
	return scan.slot != 0 ? scan.slot : -(int64_t)scan.said;
}

static int64_t
state_of(struct session *s, int64_t wave)
{
	struct page page;
	int64_t state;

	assert_int_equal(wave_get(s, wave, &page), 0);
	state = ((const struct wave *)page_row(&page, 0))->state;
	page_free(&page);
	return state;
}

/* "SKU xQTY BIN;..." of what goes back. */
static const char *
backs(struct session *s)
{
	static char text[400];
	const struct put_back *b;
	struct page page;
	size_t i, n = 0;

	text[0] = '\0';
	assert_int_equal(put_back_page(s, PAGE_FIRST, NULL, 50, &page), 0);
	for (i = 0; i < page.n; i++) {
		b = page_row(&page, i);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s x%d %s;",
		    b->sku_code, (int)b->qty, b->bin);
	}
	page_free(&page);
	return text;
}

static void
pack(struct session *s, const char *no, const char *waybill)
{
	struct pack_close close = { .courier = "YTO" };
	const struct pack_line *l;
	struct packing *p;
	size_t i, n;

	copy_text(close.waybill_no, sizeof(close.waybill_no), waybill);
	assert_int_equal(pack_open(s, no, &p), 0);
	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			assert_true(pack_scan(s, p, l[i].sku_code, NULL) >= 0);
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
}

static void
bins_stand_as_one_walks(void **state)
{
	(void)state;
	assert_true(bin_compare(0, "A-2", 0, "A-10") < 0);
	assert_true(bin_compare(0, "A-02", 0, "A-2") < 0);
	assert_true(bin_compare(0, "A-02", 0, "A-1") > 0);
	assert_true(bin_compare(0, "A-2", 0, "A-2-1") < 0);
	assert_true(bin_compare(0, "B-1", 0, "A-10") > 0);
	assert_true(bin_compare(0, "", 0, "A") < 0);
	assert_int_equal(bin_compare(0, "C-7", 0, "C-7"), 0);
	assert_true(bin_compare(20, "A-1", 10, "B-1") > 0);
	assert_true(bin_compare(10, "B-1", 20, "A-1") < 0);
}

/* Where the walk says otherwise, the codes say nothing. */
static void
a_wave_goes_by_the_walk(void **state)
{
	struct session *s = shop();
	struct bin_edit bin = { .code = "A-10", .walk = "5", .active = true };
	const struct wave_line *l;
	struct page lines;
	int64_t id;

	(void)state;
	assert_int_equal(bin_add(s, &bin, &id), 0);
	copy_text(bin.code, sizeof(bin.code), "A-2");
	copy_text(bin.walk, sizeof(bin.walk), "20");
	assert_int_equal(bin_add(s, &bin, &id), 0);
	copy_text(bin.code, sizeof(bin.code), "A-2-1");
	copy_text(bin.walk, sizeof(bin.walk), "10");
	assert_int_equal(bin_add(s, &bin, &id), 0);
	id = made(s, WAVE_SEVERAL);
	assert_int_equal(wave_lines(s, id, &lines), 0);
	l = lines.rows;
	assert_int_equal(lines.n, 3);
	assert_string_equal(l[0].bin, "A-10");
	assert_string_equal(l[1].bin, "A-2-1");
	assert_string_equal(l[2].bin, "A-2");
	page_free(&lines);
	fixture_end(s);
}

static void
a_preview_tells_what_each_kind_would_hold(void **state)
{
	const struct wave_what what = { .most = 100 };
	struct wave_preview would[WAVE_KINDS];
	struct session *s = shop();

	(void)state;
	assert_int_equal(wave_preview(s, &what, would), 0);
	assert_int_equal(would[WAVE_ONE].orders, 2);
	assert_int_equal(would[WAVE_ONE].pieces, 2);
	assert_int_equal(would[WAVE_SAME].orders, 3);
	assert_int_equal(would[WAVE_SAME].pieces, 4);
	assert_string_equal(would[WAVE_SAME].sku, "PAN");
	assert_int_equal(would[WAVE_SEVERAL].orders, 3);
	assert_int_equal(would[WAVE_SEVERAL].pieces, 6);
	assert_int_equal(would[WAVE_SEVERAL].skus, 3);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave"), 0);
	fixture_end(s);
}

static void
a_wave_takes_the_most_urgent_first(void **state)
{
	struct wave_what what = { .kind = WAVE_ONE, .most = 1 };
	struct session *s = shop();
	int64_t id;

	(void)state;
	run(s, "UPDATE reservation SET due = 100 WHERE order_id = 2");
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(fixture_int(s, "SELECT order_id FROM wave_order"), 2);
	assert_int_equal(fixture_audited(s, "wave-make", 2), 1);
	/* What is in a wave is in no other. */
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(wave_make(s, &what, &id), ERR_NOTFOUND);
	assert_string_equal(session_err(s)->field, "kind");
	what.until = 50;
	what.kind = WAVE_SEVERAL;
	assert_int_equal(wave_make(s, &what, &id), ERR_NOTFOUND);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_wave_is_of_what_it_is_asked_to_be(void **state)
{
	struct wave_what what = { .kind = WAVE_SAME };
	struct session *s = shop();
	int64_t id;

	(void)state;
	copy_text(what.courier, sizeof(what.courier), "nobody");
	assert_int_equal(wave_make(s, &what, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "courier");
	copy_text(what.courier, sizeof(what.courier), "YTO");
	assert_int_equal(wave_make(s, &what, &id), ERR_NOTFOUND);
	what.courier[0] = '\0';
	copy_text(what.shop, sizeof(what.shop), "no such shop");
	assert_int_equal(wave_make(s, &what, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "shop");
	what.shop[0] = '\0';
	copy_text(what.sku, sizeof(what.sku), "KNIFE");
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(fixture_int(s, "SELECT order_id FROM wave_order"), 5);
	what.kind = 9;
	assert_int_equal(wave_make(s, &what, &id), ERR_INVALID);
	what.kind = WAVE_ONE;
	what.warehouse_id = 77;
	assert_int_equal(wave_make(s, &what, &id), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "warehouse");
	fixture_end(s);
}

static void
only_what_is_free_to_go_and_there_is_taken(void **state)
{
	const struct wave_what what = { .kind = WAVE_ONE };
	struct wave_preview would[WAVE_KINDS];
	struct session *s = shop();
	int64_t id;

	(void)state;
	run(s, "UPDATE stock SET on_hand = 1 WHERE variant_id = 1");
	assert_int_equal(wave_preview(s, &what, would), 0);
	assert_int_equal(would[WAVE_ONE].waiting, 2);
	assert_int_equal(would[WAVE_ONE].orders, 1);
	assert_int_equal(would[WAVE_ONE].lacking, 1);
	run(s, "UPDATE stock SET on_hand = 20 WHERE variant_id = 1");
	assert_int_equal(order_hold(s, 1, "manual", ""), 0);
	fixture_role(s, "owner");
	assert_int_equal(setting_save(s, "review", "1"), 0);
	assert_int_equal(wave_make(s, &what, &id), ERR_NOTFOUND);
	run(s, "UPDATE orders SET done = done | 1");
	assert_int_equal(wave_make(s, &what, &id), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(order_id) FROM wave_order"), 2);
	/* The open wave has its hand on the stock. */
	assert_int_equal(order_release(s, 1, NULL, NULL), 0);
	run(s, "UPDATE stock SET on_hand = 1 WHERE variant_id = 1");
	assert_int_equal(wave_make(s, &what, &id), ERR_NOTFOUND);
	fixture_end(s);
}

static void
orders_that_go_together_have_one_slot(void **state)
{
	const int64_t both[] = { 1, 2 };
	struct session *s = shop();
	struct page orders;
	int64_t id;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(order_merge(s, both, 2), 0);
	assert_int_equal(order_hold(s, 2, "manual", ""), 0);
	assert_int_equal(
	    wave_make(
		s, &(struct wave_what){ .kind = WAVE_SAME, .sku = "PAN" }, &id),
	    0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave_order"), 1);
	assert_int_equal(order_release(s, 2, NULL, NULL), 0);
	id = made(s, WAVE_SEVERAL);
	assert_int_equal(wave_orders(s, id, &orders), 0);
	assert_int_equal(orders.n, 4); /* 1 and 2, 4, 5 */
	page_free(&orders);
	assert_int_equal(fixture_int(s, "SELECT count(DISTINCT slot) FROM "
					"wave_order WHERE wave_id = 2"),
	    3);
	/* A hold of one stops the parcel of both. */
	assert_int_equal(order_hold(s, 1, "refund", ""), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave_order "
					"WHERE state = 2"),
	    2);
	fixture_verify(s);
	fixture_end(s);
}

static void
parts_of_an_order_have_a_slot_each(void **state)
{
	const struct split_piece piece = { .line_no = 1, .part = 2, .qty = 1 };
	struct session *s = shop();
	int64_t id;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(order_split(s, 3, &piece, 1, NULL), 0);
	id = made(s, WAVE_ONE);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave_order"), 4);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM wave_order "
					"WHERE order_id = 3"),
	    2);
	assert_int_equal(picked(s, id, "PAN", 4), WAVE_ALL);
	pack(s, "3-2", "YT0000000032");
	assert_int_equal(fixture_int(s, "SELECT part FROM wave_order WHERE "
					"state = 1"),
	    2);
	assert_int_equal(order_hold(s, 3, "manual", ""), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;");
	fixture_verify(s);
	fixture_end(s);
}

static void
lines_are_picked_by_scan_along_the_bins(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL);
	struct wave_scan scan;
	struct page lines;
	const struct wave_line *l;

	(void)state;
	assert_int_equal(wave_lines(s, id, &lines), 0);
	assert_int_equal(lines.n, 3);
	l = page_row(&lines, 0);
	assert_string_equal(l->bin, "A-2");
	l = page_row(&lines, 2);
	assert_string_equal(l->bin, "A-10");
	assert_int_equal(l->need, 3);
	page_free(&lines);
	fixture_role(s, "clerk");
	assert_int_equal(wave_pick(s, id, "a-10", 1, &scan), 0);
	assert_int_equal(scan.said, WAVE_BIN);
	assert_string_equal(scan.sku, "PAN");
	assert_int_equal(scan.have, 0);
	assert_int_equal(wave_pick(s, id, "PAN\n", 2, &scan), 0);
	assert_int_equal(scan.said, WAVE_OK);
	assert_int_equal(scan.left, 4);
	assert_string_equal(scan.next_sku, "PAN");
	assert_int_equal(picked(s, id, "PAN", 2), WAVE_MANY);
	assert_int_equal(picked(s, id, "no such", 1), WAVE_UNKNOWN);
	assert_int_equal(wave_pick(s, id, "PAN", 1, &scan), 0);
	assert_string_equal(scan.next_bin, "A-2"); /* round again */
	assert_int_equal(picked(s, id, "A-10", 1), WAVE_EMPTY);
	assert_int_equal(picked(s, id, "STONE", 1), WAVE_OK);
	assert_int_equal(picked(s, id, "KNIFE", 2), WAVE_ALL);
	assert_int_equal(state_of(s, id), WAVE_PICKED);
	assert_int_equal(wave_pick(s, id, "PAN", 1, &scan), ERR_STATE);
	assert_int_equal(wave_pick(s, id, "PAN", 0, &scan), ERR_INVALID);
	assert_int_equal(fixture_audited(s, "wave-pick", id), 4);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE done & 8 <> 0"),
	    3);
	fixture_role(s, "warehouse");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_not_of_the_wave_is_refused(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);
	struct wave_scan scan;

	(void)state;
	assert_int_equal(wave_pick(s, id, "STONE", 1, &scan), 0);
	assert_int_equal(scan.said, WAVE_WRONG);
	assert_string_equal(scan.sku, "STONE");
	assert_string_equal(scan.next_sku, "PAN");
	assert_int_equal(
	    fixture_int(s, "SELECT sum(picked) FROM wave_line"), 0);
	assert_int_equal(wave_pick(s, 99, "PAN", 1, &scan), ERR_NOTFOUND);
	fixture_end(s);
}

static void
pieces_go_to_the_slot_that_needs_them_first(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL);
	struct wave_scan scan;

	(void)state;
	assert_int_equal(sorted(s, id, "PAN"), -WAVE_MANY); /* not picked */
	picked(s, id, "PAN", 3);
	picked(s, id, "STONE", 1);
	assert_int_equal(sorted(s, id, "PAN"), 1);
	assert_int_equal(wave_sort(s, id, "PAN", &scan), 0);
	assert_int_equal(scan.slot, 1);
	assert_int_equal(scan.said, WAVE_FULL);
	assert_int_equal(sorted(s, id, "PAN"), 2);
	assert_int_equal(sorted(s, id, "PAN"), -WAVE_MANY);
	assert_int_equal(sorted(s, id, "what"), -WAVE_UNKNOWN);
	assert_int_equal(sorted(s, id, "STONE"), 2);
	picked(s, id, "KNIFE", 2);
	assert_int_equal(sorted(s, id, "KNIFE"), 3);
	assert_int_equal(wave_sort(s, id, "KNIFE", &scan), 0);
	assert_int_equal(scan.said, WAVE_ALL);
	assert_int_equal(scan.left, 0);
	fixture_verify(s);
	id = made(s, WAVE_ONE);
	assert_int_equal(wave_sort(s, id, "PAN", &scan), ERR_STATE);
	fixture_end(s);
}

static void
an_order_held_is_kicked_out_and_its_goods_go_back(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL);
	struct page page;

	(void)state;
	picked(s, id, "PAN", 3);
	picked(s, id, "STONE", 1);
	assert_int_equal(sorted(s, id, "PAN"), 1);
	assert_int_equal(order_hold(s, 4, "refund", ""), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;STONE x1 A-2;");
	assert_int_equal(
	    fixture_int(s, "SELECT done & 264 FROM orders WHERE id = 4"), 0);
	assert_int_equal(wave_orders(s, id, &page), 0);
	assert_string_equal(
	    ((const struct wave_order *)page_row(&page, 1))->why,
	    order_hold_text("refund"));
	page_free(&page);
	/* What lies in its slot goes back, and is picked anew for others. */
	assert_int_equal(order_hold(s, 3, "manual", ""), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;STONE x1 A-2;PAN x2 A-10;");
	assert_int_equal(state_of(s, id), WAVE_OPEN);
	picked(s, id, "KNIFE", 2);
	assert_int_equal(state_of(s, id), WAVE_PICKED);
	fixture_verify(s);
	/* Each scan puts one of them back. */
	assert_int_equal(put_back_scan(s, "PAN", 0, &page), 0);
	assert_string_equal(
	    ((const struct put_back *)page_row(&page, 0))->bin, "A-10");
	page_free(&page);
	assert_string_equal(backs(s), "STONE x1 A-2;PAN x2 A-10;");
	assert_int_equal(put_back_scan(s, "KNIFE", 0, &page), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "put-back", 4), 1);
	fixture_end(s);
}

static void
what_was_not_picked_yet_needs_not_go_back(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL);

	(void)state;
	picked(s, id, "PAN", 1);
	fixture_role(s, "owner");
	assert_int_equal(order_cancel(s, 3, "sold out"), 0);
	assert_string_equal(backs(s), "");
	assert_int_equal(fixture_int(s, "SELECT need - picked FROM wave_line "
					"WHERE variant_id = 1"),
	    0);
	assert_int_equal(order_cancel(s, 4, "sold out"), 0);
	assert_int_equal(order_cancel(s, 5, "sold out"), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;");
	assert_int_equal(state_of(s, id), WAVE_DONE);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_wave_is_done_when_its_orders_went(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);

	(void)state;
	assert_int_equal(picked(s, id, "PAN", 2), WAVE_ALL);
	pack(s, "1", "YT0000000001");
	assert_int_equal(state_of(s, id), WAVE_PICKED);
	pack(s, "2", "YT0000000002");
	assert_int_equal(state_of(s, id), WAVE_DONE);
	assert_string_equal(backs(s), "");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel WHERE "
					"picker_id IS NOT NULL"),
	    2);
	assert_int_equal(
	    fixture_int(s, "SELECT max(done & 256) FROM orders"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_parcel_that_waits_for_the_scale_is_out_of_its_wave(void **state)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT0000000001" };
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);
	struct packing *p;

	(void)state;
	picked(s, id, "PAN", 2);
	assert_int_equal(pack_open(s, "1", &p), 0);
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	assert_int_equal(pack_keep(s, p, &close, NULL), 0);
	pack_free(p);
	assert_int_equal(
	    fixture_int(s, "SELECT order_id FROM wave_order WHERE state = 1"),
	    1);
	/* A hold leaves it at the scale; the end of the order does not. */
	assert_int_equal(order_hold(s, 1, "manual", ""), 0);
	assert_string_equal(backs(s), "");
	fixture_role(s, "owner");
	assert_int_equal(order_cancel(s, 1, "not wanted"), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM packed"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
several_parcels_leave_what_is_not_packed_in_the_wave(void **state)
{
	struct pack_close close = {
		.courier = "YTO", .waybill_no = "YT0000000001", .more = true
	};
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL);
	struct packing *p;

	(void)state;
	picked(s, id, "PAN", 3);
	picked(s, id, "STONE", 1);
	picked(s, id, "KNIFE", 2);
	assert_int_equal(pack_open(s, "4", &p), 0);
	assert_true(pack_scan(s, p, "PAN", NULL) >= 0);
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
	assert_int_equal(state_of(s, id), WAVE_PICKED);
	fixture_verify(s);
	assert_int_equal(order_hold(s, 4, "manual", ""), 0);
	assert_string_equal(backs(s), "STONE x1 A-2;");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_wave_cancelled_gives_its_orders_back(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);

	(void)state;
	picked(s, id, "PAN", 1);
	assert_int_equal(wave_cancel(s, id), 0);
	assert_int_equal(state_of(s, id), WAVE_CANCELLED);
	assert_string_equal(backs(s), "PAN x1 A-10;");
	assert_int_equal(wave_cancel(s, id), ERR_STATE);
	assert_int_not_equal(made(s, WAVE_ONE), id);
	fixture_verify(s);
	fixture_end(s);
}

/* What an import does when the platform says that order 1 is shipped. */
static void
what_went_by_way_of_the_platform_needs_not_go_back(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);
	struct order_now now;
	struct txn *txn;

	(void)state;
	picked(s, id, "PAN", 2);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(order_now(s, txn, 1, &now), 0);
	assert_int_equal(wave_gone(s, txn, &now), 0);
	assert_int_equal(db_commit(&txn), 0);
	assert_string_equal(backs(s), "");
	assert_int_equal(
	    fixture_int(s, "SELECT order_id FROM wave_order WHERE state = 1"),
	    1);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_order_with_other_goods_is_kicked_out(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_ONE);
	struct txn *txn;

	(void)state;
	picked(s, id, "PAN", 2);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(stock_again(s, txn, 1), 0); /* nothing is other */
	assert_int_equal(
	    db_exec(txn, "UPDATE order_line SET qty = 2 WHERE order_id = 2",
		DB_NOARGS, NULL),
	    0);
	assert_int_equal(stock_again(s, txn, 2), 0);
	assert_int_equal(db_commit(&txn), 0);
	assert_string_equal(backs(s), "PAN x1 A-10;");
	assert_int_equal(
	    fixture_int(s, "SELECT order_id FROM wave_order WHERE state = 2 "
			   "AND why = 'changed'"),
	    2);
	fixture_verify(s);
	fixture_end(s);
}

#define SUMS \
	"SELECT (SELECT count(*) FROM wave) * 10000" \
	" + (SELECT coalesce(sum(picked + sorted), 0) FROM wave_line) * 100" \
	" + (SELECT count(*) FROM put_back) * 10" \
	" + (SELECT count(*) FROM order_hold)"

/* One order of three pans. */
static struct session *
small(struct session *s)
{
	fixture_variant(s, "PAN", 20, 5000);
	fixture_order(s, "1", 3, "PAN", NULL);
	return s;
}

/* Old or new, and the log agrees: each verb in its turn. */
static void
nothing_is_left_half_done(void **state)
{
	static const char *const ops[] = { "wave-make", "wave-pick",
		"wave-short", "wave-sort", "wave-cancel", "put-back" };
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	char sql[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM audit WHERE op = '%s'", ops[i]);
		FOR_EACH_FAULT(f)
		{
			struct session *s = small(fixture_faulty("warehouse"));
			struct page page = { 0 };
			struct wave_lack lack = { 0 };
			struct wave_scan scan;
			int64_t id = 0, was, before;
			int rc = 0;

			if (i > 0)
				id = made(s, WAVE_SEVERAL);
			if (i > 1)
				picked(s, id, "PAN", 2);
			if (i == 5)
				assert_int_equal(wave_cancel(s, id), 0);
			was = fixture_int(s, SUMS);
			before = fixture_int(s, sql);
			fault_arm(&f);
			rc = i == 0   ? wave_make(s, &what, &id)
			     : i == 1 ? wave_pick(s, id, "PAN", 1, &scan)
			     : i == 2 ? wave_short(s, id, "PAN", &lack)
			     : i == 3 ? wave_sort(s, id, "PAN", &scan)
			     : i == 4 ? wave_cancel(s, id)
				      : put_back_scan(s, "PAN", 0, &page);
			fault_disarm(&f);
			page_free(&page);
			wave_lack_free(&lack);
			if (i < 5)
				assert_int_equal(
				    fixture_int(s, SUMS) == was, rc < 0);
			assert_int_equal(fixture_int(s, sql) == before, rc < 0);
			fixture_end(s);
		}
	}
}

static void
a_clerk_is_handed_the_next_order_and_nobody_else_is(void **state)
{
	struct session *s = shop();
	int64_t mine, other;

	(void)state;
	assert_int_equal(claim_next(s, 0, "bench:0", &mine), 0);
	assert_int_equal(mine, 1);
	/* The same clerk at the same bench, after a crash. */
	assert_int_equal(claim_next(s, 0, "bench:0", &other), 0);
	assert_int_equal(other, mine);
	fixture_role(s, "clerk");
	assert_int_equal(claim_next(s, 0, "bench 2:0", &other), 0);
	assert_int_equal(other, 2);
	assert_int_equal(claim_touch(s, 2, "bench 2:0"), 1);
	assert_int_equal(claim_touch(s, 1, "bench 2:0"), 0);
	assert_int_equal(claim_drop(s, 0, "bench 2:0"), 0);
	assert_int_equal(claim_touch(s, 2, "bench 2:0"), 0);
	/* The terminal of the first one is gone, or nobody was there. */
	run(s, "UPDATE claim SET place = 'bench:2147483647'");
	assert_int_equal(claim_next(s, 0, "bench 2:0", &other), 0);
	assert_int_equal(other, 1);
	fixture_role(s, "warehouse");
	assert_int_equal(claim_next(s, 0, "bench:0", &mine), 0);
	assert_int_equal(mine, 2);
	fixture_role(s, "clerk");
	assert_int_equal(claim_drop(s, 0, "bench 2:0"), 0);
	run(s, "UPDATE claim SET seen_at = 0");
	run(s, "UPDATE orders SET held = 1, state = 2 WHERE id = 1");
	assert_int_equal(claim_next(s, 0, "bench 2:0", &other), 0);
	assert_int_equal(other, 2);
	fixture_end(s);
}

static void
orders_of_waves_come_when_they_are_picked(void **state)
{
	struct session *s = shop();
	int64_t id = made(s, WAVE_SEVERAL), order;

	(void)state;
	assert_int_equal(claim_next(s, 0, "bench:0", &order), 0);
	assert_int_equal(order, 1);
	assert_int_equal(claim_drop(s, order, "bench:0"), 0);
	picked(s, id, "PAN", 3);
	picked(s, id, "STONE", 1);
	picked(s, id, "KNIFE", 2);
	assert_int_equal(claim_next(s, 0, "bench:0", &order), 0);
	assert_int_equal(order, 3);
	assert_int_equal(claim_drop(s, order, "bench:0"), 0);
	assert_int_equal(claim_next(s, id, "bench:0", &order), 0);
	assert_int_equal(order, 3);
	pack(s, "3", "YT0000000003");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM claim"), 0);
	assert_int_equal(claim_next(s, id, "bench:0", &order), 0);
	assert_int_equal(order, 4);
	assert_int_equal(order_hold(s, 4, "manual", ""), 0);
	assert_int_equal(claim_next(s, id, "bench:0", &order), 0);
	assert_int_equal(order, 5);
	pack(s, "5", "YT0000000005");
	assert_int_equal(claim_next(s, id, "bench:0", &order), ERR_NOTFOUND);
	fixture_end(s);
}

#define CLERKS  8
#define WAITING 200

/* Takes orders until there are none, each at a bench of its own; writes their
 * ids. */
static _Noreturn void
clerk(const char *path, int out, int number)
{
	struct err err = { 0 };
	struct session *s;
	char place[32];
	int64_t id;
	int rc, n = 0;

	if (session_open(&s, path, &err) < 0 ||
	    session_login(s, "owner", "owner-password") < 0)
		_exit(2);
	do {
		snprintf(place, sizeof(place), "bench %d-%d:0", number, n++);
		rc = claim_next(s, 0, place, &id);
		if (rc == 0 && write(out, &id, sizeof(id)) != sizeof(id))
			_exit(3);
	} while (rc == 0);
	_exit(rc == ERR_NOTFOUND ? 0 : 1);
}

static void
no_two_of_eight_get_the_same_order(void **state)
{
	const char *path = fixture_shop("claims");
	char no[32], taken[WAITING + 1] = "";
	struct err err = { 0 };
	struct session *s;
	int pipes[2], i, status;
	int64_t id;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	fixture_variant(s, "PAN", 1000, 5000);
	for (i = 0; i < WAITING; i++) {
		snprintf(no, sizeof(no), "%d", i + 1);
		fixture_order(s, no, 1, "PAN", NULL);
	}
	session_close(s);
	assert_int_equal(pipe(pipes), 0);
	for (i = 0; i < CLERKS; i++)
		if (fork() == 0)
			clerk(path, pipes[1], i);
	close(pipes[1]);
	for (i = 0; read(pipes[0], &id, sizeof(id)) == sizeof(id); i++) {
		assert_in_range(id, 1, WAITING);
		assert_int_equal(taken[id], 0);
		taken[id] = 1;
	}
	assert_int_equal(i, WAITING);
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	close(pipes[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bins_stand_as_one_walks),
		cmocka_unit_test(a_wave_goes_by_the_walk),
		cmocka_unit_test(a_preview_tells_what_each_kind_would_hold),
		cmocka_unit_test(a_wave_takes_the_most_urgent_first),
		cmocka_unit_test(a_wave_is_of_what_it_is_asked_to_be),
		cmocka_unit_test(only_what_is_free_to_go_and_there_is_taken),
		cmocka_unit_test(orders_that_go_together_have_one_slot),
		cmocka_unit_test(parts_of_an_order_have_a_slot_each),
		cmocka_unit_test(lines_are_picked_by_scan_along_the_bins),
		cmocka_unit_test(what_is_not_of_the_wave_is_refused),
		cmocka_unit_test(pieces_go_to_the_slot_that_needs_them_first),
		cmocka_unit_test(
		    an_order_held_is_kicked_out_and_its_goods_go_back),
		cmocka_unit_test(what_was_not_picked_yet_needs_not_go_back),
		cmocka_unit_test(a_wave_is_done_when_its_orders_went),
		cmocka_unit_test(
		    a_parcel_that_waits_for_the_scale_is_out_of_its_wave),
		cmocka_unit_test(
		    several_parcels_leave_what_is_not_packed_in_the_wave),
		cmocka_unit_test(a_wave_cancelled_gives_its_orders_back),
		cmocka_unit_test(
		    what_went_by_way_of_the_platform_needs_not_go_back),
		cmocka_unit_test(an_order_with_other_goods_is_kicked_out),
		cmocka_unit_test(nothing_is_left_half_done),
		cmocka_unit_test(
		    a_clerk_is_handed_the_next_order_and_nobody_else_is),
		cmocka_unit_test(orders_of_waves_come_when_they_are_picked),
		cmocka_unit_test(no_two_of_eight_get_the_same_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
