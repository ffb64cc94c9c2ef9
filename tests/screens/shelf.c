/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"
#include "till.h"

/* Shelves, slips, and goods from one warehouse to another. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
bin(struct session *s, const char *code, const char *kind, const char *walk)
{
	struct bin_edit e = { .active = true };
	int64_t id;

	copy_text(e.code, sizeof(e.code), code);
	copy_text(e.kind, sizeof(e.kind), kind);
	copy_text(e.walk, sizeof(e.walk), walk);
	must(s, bin_add(s, &e, &id));
}

static void
warehouses(struct session *s)
{
	struct warehouse_edit e = {
		.name = "西仓", .province = "四川", .active = true
	};
	struct page page;
	int64_t id;

	must(s, warehouse_add(s, &e, &id));
	must(s, warehouse_get(s, 1, &page));
	warehouse_edit_from(&e, page_row(&page, 0));
	id = ((const struct warehouse *)page_row(&page, 0))->version;
	page_free(&page);
	e.put_away = true;
	must(s, warehouse_save(s, 1, id, &e));
}

/* Two deliveries wait to be put away, bins are there, a transfer is under way.
 */
static void
store(struct session *s)
{
	struct stock_line lines[] = {
		{ .sku = "WOK-30", .qty = 12, .cost = 4200 },
		{ .sku = "LID-30", .qty = 6, .cost = 900 },
	};
	const struct stock_doc doc = {
		.supplier = "永康市厨具厂", .lines = lines, .n = 2
	};
	struct transfer_piece piece = { "PAN-24", 5 };
	const struct transfer_edit t = {
		.to = "西仓", .note = "西部补货", .lines = &piece, .n = 1
	};
	int64_t id;

	fixture_variant(s, "WOK-30", 0, 0);
	fixture_variant(s, "LID-30", 0, 0);
	fixture_variant(s, "PAN-24", 40, 3600);
	bin(s, "A-01-1", "pick", "10");
	bin(s, "A-01-2", "pick", "20");
	bin(s, "R-09", "reserve", "900");
	warehouses(s);
	must(s, stock_write(s, STOCK_RECEIVE, &doc, &id));
	must(s, transfer_add(s, &t, &id));
	must(s, transfer_send(s, id, &id));
}

static const struct {
	const char *lang;
	int h, w;
} sizes[] = {
	{ "zh_CN", 24, 80 },
	{ "en", 24, 80 },
};

static struct till *
open_till(size_t i)
{
	struct till *k =
	    till_open("owner", sizes[i].lang, sizes[i].h, sizes[i].w);

	store(k->s);
	return k;
}

static void
looks(const char *name, const char *keys)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		k = open_till(i);
		till_keys(k, keys);
		snprintf(file, sizeof(file), "shelf-%s-%.2s-%dx%d", name,
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

#define GO(what) "Ctrl-P '" what "' Enter "
#define MAIN     GO("Put away") "Home Enter "

static void
they_look_as_approved(void **state)
{
	(void)state;
	looks("put-away", MAIN);
	looks("put-bin", MAIN "'WOK-30' Enter");
	looks("bins", GO("Bins"));
	looks("slip", GO("Stock slips") "Tab Enter");
	looks("transfer", GO("Transfers") "Enter");
}

static void
goods_then_bin_puts_them_away(void **state)
{
	struct till *k = open_till(1);

	(void)state;
	till_keys(k, MAIN);
	till_sees(k, "18 pieces wait");
	till_keys(k, "'A-01-1' Enter");
	till_sees(k, "scan the goods first");
	till_keys(k, "'13*WOK-30' Enter");
	till_sees(k, "only 12 wait");
	till_keys(k, "'4*WOK-30' Enter");
	till_sees(k, "Scan the bin");
	till_sees(k, "A-01-1");
	till_keys(k, "'X-9' Enter");
	till_sees(k, "UNKNOWN CODE");
	till_keys(k, "'13' Enter"); /* not so many */
	till_sees(k, "only 12 wait");
	till_keys(k, "'4' Enter 'a-01-2' Enter");
	till_sees(k, "14 pieces wait");
	assert_int_equal(
	    fixture_int(k->s, "SELECT l.qty FROM bin_stock l JOIN bin b"
			      " ON b.id = l.bin_id WHERE b.code = 'A-01-2'"
			      " /*scan*/"),
	    4);
	/* The row one is on, by Enter; Esc puts it down again. */
	till_keys(k, "Down Enter");
	till_sees(k, "LID-30");
	till_sees(k, "Scan the bin");
	till_keys(k, "Esc");
	till_sees(k, "Scan the goods");
	till_keys(k, "Enter 'A-01-1' Enter");
	till_sees(k, "8 pieces wait");
	till_close(k);
}

/* Another one has put them on the shelf, or some, while they were in hand. */
static void
what_others_put_away_is_told(void **state)
{
	struct stock_line line = {
		.sku = "WOK-30", .qty = 10, .to_bin = "A-01-1"
	};
	const struct stock_doc doc = { .lines = &line, .n = 1 };
	struct till *k = open_till(1);
	int64_t slip;

	(void)state;
	till_keys(k, MAIN "'WOK-30' Enter");
	must(k->s, stock_write(k->s, STOCK_PUT, &doc, &slip));
	till_keys(k, "'A-01-1' Enter");
	till_sees(k, "Only 2 wait to be put away, 12 are wanted");
	till_sees(k, "Scan the bin");
	line.qty = 2;
	must(k->s, stock_write(k->s, STOCK_PUT, &doc, &slip));
	till_keys(k, "'A-01-1' Enter");
	till_sees(k, "Nothing of WOK-30 waits to be put away");
	till_sees(k, "Scan the goods");
	till_close(k);
}

/* Longer than the settings have it. */
static void
what_waits_too_long_is_late(void **state)
{
	struct till *k = open_till(1);
	struct txn *txn;

	(void)state;
	till_keys(k, MAIN);
	till_misses(k, "late");
	must(k->s, db_begin(k->s->db, &txn));
	must(k->s,
	    db_exec(txn,
		"UPDATE put_wait SET at = at - 864000 WHERE qty = 12 /*scan*/",
		DB_NOARGS, NULL));
	must(k->s, db_commit(&txn));
	till_keys(k, "Esc " MAIN);
	till_sees(k, "1 late");
	till_close(k);
}

static void
pieces_go_to_another_bin(void **state)
{
	struct till *k = open_till(1);

	(void)state;
	till_keys(k, MAIN "'WOK-30' Enter 'A-01-1' Enter Esc");
	till_keys(k, GO("Bins") "/ 'A-01-1' Enter");
	till_sees(k, "WOK-30");
	till_keys(k, "t Ctrl-U '5' Tab 'R-08' Ctrl-S");
	till_sees(k, "There is no bin R-08. Make one, and put the goods");
	till_keys(k, "Esc");
	till_sees(k, "To another bin");
	assert_int_equal(
	    fixture_int(k->s, "SELECT count(*) FROM bin WHERE code = 'R-08'"
			      " /*scan*/"),
	    0);
	till_keys(k, "Ctrl-S Enter");
	till_sees(k, "lies in bin R-08 now");
	till_keys(k, "Space t 'R-08' Enter");
	till_sees(k, "Nothing lies here.");
	till_keys(k, "Esc Esc F4 / 'WOK-30' Esc t 'R-10' Enter");
	till_sees(k, "There is no bin R-10.");
	till_keys(k, "Esc t Ctrl-U 'R-10' Enter Enter");
	till_sees(k, "LID-30 lies in bin R-10 now");
	till_keys(k, "Space t 'R-11' Enter Enter");
	till_sees(k, "1 product has another bin now.");
	till_keys(k, GO("Bins"));
	till_keys(k, "a 'B-02' Tab Tab '30' Ctrl-S");
	till_sees(k, "B-02 is saved.");
	till_keys(k, "/ 'B-02' Tab d");
	till_sees(k, "not used");
	till_keys(k, "L");
	till_sees(k, "1 page is in");
	till_close(k);
}

static void
a_slip_is_taken_back(void **state)
{
	struct till *k = open_till(1);

	(void)state;
	till_keys(k, GO("Stock slips") "Tab Enter");
	till_sees(k, "WOK-30");
	till_keys(k, "L");
	till_sees(k, "18 pages are in");
	till_keys(k, "P");
	till_sees(k, "1 page is in");
	till_keys(k, "F '0' Tab 'late bill' Ctrl-S");
	till_sees(k, "How much was the freight?");
	till_keys(k, "Ctrl-U '3.60' Ctrl-S");
	till_sees(k, "freight of 3.60 is on the goods.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(m.value) FROM stock_move m"
			      " JOIN stock_slip x ON x.id = m.slip_id"
			      " WHERE x.kind = 'cost' /*scan*/"),
	    360);
	till_keys(k, "R 'wrong goods' Enter Enter");
	till_sees(k, "is taken back.");
	till_sees(k, "Taken back by");
	till_misses(k, "F Freight");
	till_close(k);
}

static void
a_transfer_arrives_in_parts(void **state)
{
	struct till *k = open_till(1);

	(void)state;
	till_keys(k, GO("Transfers") "Enter");
	till_sees(k, "PAN-24");
	till_keys(k, "r Tab Ctrl-U '2' Ctrl-S");
	till_sees(k, "PAN-24: 2 there.");
	till_keys(k, "A Enter");
	till_sees(k, "TO-000001 has arrived.");
	till_keys(k, "Esc n Tab '西仓' Tab Tab 'PAN-24' Tab Ctrl-U '7' Ctrl-S");
	till_sees(k, "TO-000002");
	till_keys(k, "e Tab Ctrl-U '3' Ctrl-S a 'PAN-24' Ctrl-S");
	till_keys(k, "O Enter");
	till_sees(k, "TO-000002 is under way.");
	till_keys(k, "l 'fell off' Enter");
	till_sees(k, "what was lost is written off.");
	till_close(k);
}

static void
goods_are_set_aside_by_one_slip(void **state)
{
	struct till *k = open_till(1);

	(void)state;
	till_keys(k, "F4 / 'PAN-24' Esc b Enter");
	till_sees(k, "Set aside as defective");
	till_keys(k, "'dented' Tab Tab '2' Ctrl-S");
	till_sees(k, "2 pieces are in the ledger.");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(defective) FROM stock /*scan*/"), 2);
	till_keys(k, "L Ctrl-U '3' Enter");
	till_sees(k, "3 pages are in");
	till_keys(k, GO("Below zero"));
	till_sees(k, "Nothing is below zero.");
	till_close(k);
}

/* However narrow it is, where there are several; one needs no column. */
static void
warehouses_are_told_apart_at_any_width(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 l");
	till_sees(k, "Order or reason");
	till_misses(k, "Warehouse");
	till_close(k);
	k = open_till(1);
	must(k->s, transfer_arrive(k->s, 1, NULL, 0, "", &(int64_t){ 0 }));
	till_keys(k, "F4 Down l");
	till_sees(k, "Warehouse");
	till_sees(k, "西仓");
	till_keys(k, "Esc " GO("Stock reports") "Tab End");
	till_sees(k, "Warehouse");
	till_sees(k, "西仓");
	till_keys(k, "Tab Tab Tab");
	till_sees(k, "Days of stock");
	till_sees(k, "Warehouse");
	till_close(k);
}

/* A name of twenty columns has its room. */
static void
a_long_warehouse_is_read_whole(void **state)
{
	const struct warehouse_edit e = { .name = "华东区域一号中心仓库",
		.province = "浙江",
		.active = true };
	struct till *k = open_till(0);
	int64_t id;

	(void)state;
	must(k->s, warehouse_add(k->s, &e, &id));
	till_keys(k, GO("仓库"));
	till_sees(k, e.name);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_look_as_approved),
		cmocka_unit_test(goods_then_bin_puts_them_away),
		cmocka_unit_test(what_others_put_away_is_told),
		cmocka_unit_test(what_waits_too_long_is_late),
		cmocka_unit_test(pieces_go_to_another_bin),
		cmocka_unit_test(a_slip_is_taken_back),
		cmocka_unit_test(a_transfer_arrives_in_parts),
		cmocka_unit_test(goods_are_set_aside_by_one_slip),
		cmocka_unit_test(warehouses_are_told_apart_at_any_width),
		cmocka_unit_test(a_long_warehouse_is_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
