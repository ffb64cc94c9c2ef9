/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/domain/waves.h"

/* Goods that are picked and not shipped yet, while the stock is counted. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
lay(struct session *s, const char *bin, int64_t qty)
{
	struct stock_entry e = { .sku = "PAN", .qty = qty, .cost = 1000 };

	copy_text(e.bin, sizeof(e.bin), bin);
	must(s, stock_receive(s, &e, NULL));
}

static int64_t
lies(struct session *s, const char *bin)
{
	return fixture_int(s,
	    strcmp(bin, "A-01") == 0
		? "SELECT coalesce(sum(l.qty), 0) FROM bin_stock l JOIN bin b"
		  " ON b.id = l.bin_id WHERE b.code = 'A-01' /*scan*/"
		: "SELECT coalesce(sum(l.qty), 0) FROM bin_stock l JOIN bin b"
		  " ON b.id = l.bin_id WHERE b.code = 'B-01' /*scan*/");
}

/* The shelf has @first and @second of the product; an order wants @qty. */
static struct session *
shop(struct session *s, int64_t first, int64_t second, int64_t qty)
{
	must(s, setting_save(s, "recount_over", "100000"));
	fixture_variant(s, "PAN", 0, 0);
	if (second > 0)
		lay(s, "B-01", second);
	lay(s, "A-01", first); /* its home bin, as what came last */
	fixture_order(s, "1", (int)qty, "PAN", NULL);
	return s;
}

static int64_t
counted(struct session *s, const char *bin, int64_t n, struct stocktake_line *l)
{
	struct stocktake_edit e = { .kind = "bin" };
	struct stocktake_filter f = { .which = LINES_ALL };
	struct stocktake_place place;
	struct stocktake_taken taken;
	struct page page;
	int64_t id, again;

	copy_text(e.codes, sizeof(e.codes), bin);
	must(s, stocktake_start(s, &e, &id));
	must(s, stocktake_bin(s, id, bin, &place));
	must(s, stocktake_take(
		    s, id, place.bin_id, "PAN", STOCKTAKE_EXACTLY, n, &taken));
	must(s, stocktake_close(s, id, false, &again));
	f.stocktake_id = id;
	must(s, stocktake_line_page(s, &f, PAGE_FIRST, NULL, 1, &page));
	*l = *(const struct stocktake_line *)page_row(&page, 0);
	page_free(&page);
	return id;
}

enum moment { BEFORE, PICKED, PACKED, SHIPPED, KICKED, BACK, MOMENTS };

/* One step on; what lies on the shelf changes by as much as is returned. */
static int64_t
go_to(struct session *s, int64_t wave, enum moment m, bool scale)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT0000000001" };
	struct wave_scan scan;
	struct packing *p;
	struct page page;

	switch (m) {
	case PICKED:
		must(s, wave_pick(s, wave, "PAN", 3, &scan));
		return -3;
	case PACKED:
		must(s, pack_open(s, "1", &p));
		while (pack_scan(s, p, "PAN", NULL) != PACK_COMPLETE)
			;
		must(s, scale ? pack_keep(s, p, &close, NULL)
			      : pack_ship(s, p, &close, NULL));
		pack_free(p);
		return 0;
	case SHIPPED:
		if (scale)
			must(
			    s, pack_weigh(s, "YT0000000001", 500, false, NULL));
		return 0;
	case KICKED:
		must(s, order_hold(s, 1, "manual", ""));
		return 0;
	case BACK:
		must(s, put_back_scan(s, "PAN", 0, &page));
		page_free(&page);
		return 3;
	case BEFORE:
	case MOMENTS:
		break;
	}
	return 0;
}

/* One piece is gone from the shelf; it is found out at moment @at of @path, and
 * posted when all is over. */
static void
found_out(const enum moment *path, size_t n, size_t at, bool scale)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_session("owner"), 10, 0, 3);
	struct stocktake_line l = { .id = 0 };
	int64_t shelf = 9, count = 0, wave, slip;
	size_t i;

	must(s, wave_make(s, &what, &wave));
	for (i = 0; i < n; i++) {
		shelf += go_to(s, wave, path[i], scale);
		if (i != at)
			continue;
		count = counted(s, "A-01", shelf, &l);
		assert_int_equal(l.off, -1);
		assert_int_equal(l.book - l.picked, shelf + 1);
	}
	must(s, stocktake_post(s, count, &slip));
	assert_int_equal(lies(s, "A-01"), shelf);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_picked_is_no_loss_whenever_it_is_counted(void **state)
{
	static const enum moment sent[] = { BEFORE, PICKED, PACKED, SHIPPED };
	static const enum moment stopped[] = { BEFORE, PICKED, KICKED, BACK };
	size_t at;

	(void)state;
	for (at = 0; at < 4; at++) {
		found_out(sent, 4, at, false);
		found_out(sent, 4, at, true);
		found_out(stopped, 4, at, false);
	}
}

static void
it_is_shown_apart(void **state)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_session("owner"), 10, 0, 3);
	struct stocktake_line l;
	int64_t wave, id, slip = 7;

	(void)state;
	must(s, wave_make(s, &what, &wave));
	go_to(s, wave, PICKED, false);
	id = counted(s, "A-01", 7, &l);
	assert_int_equal(l.book, 10);
	assert_int_equal(l.picked, 3);
	assert_int_equal(l.counted, 7);
	assert_int_equal(l.off, 0);
	assert_int_equal(l.value, 0);
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(slip, 0);
	fixture_end(s);
}

/* What is shipped is taken from the home bin first: so is what is picked. */
static void
each_bin_gives_what_the_books_will_take_from_it(void **state)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_session("owner"), 2, 4, 3);
	struct stocktake_line l;
	int64_t wave, id, other, slip;

	(void)state;
	must(s, wave_make(s, &what, &wave));
	go_to(s, wave, PICKED, false);
	id = counted(s, "A-01", 0, &l);
	assert_int_equal(l.picked, 2);
	assert_int_equal(l.off, 0);
	other = counted(s, "B-01", 3, &l);
	assert_int_equal(l.picked, 1);
	assert_int_equal(l.off, 0);
	go_to(s, wave, PACKED, false);
	must(s, stocktake_post(s, id, &slip));
	must(s, stocktake_post(s, other, &slip));
	assert_int_equal(lies(s, "A-01"), 0);
	assert_int_equal(lies(s, "B-01"), 3);
	fixture_verify(s);
	fixture_end(s);
}

/* More was there than the books knew: it was picked, the rest is counted. */
static void
what_the_books_do_not_have_is_found(void **state)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_session("owner"), 3, 0, 3);
	struct stock_entry e = { .sku = "PAN", .qty = 2, .reason = "typed" };
	struct stocktake_line l;
	int64_t wave, id, slip;

	(void)state;
	must(s, wave_make(s, &what, &wave));
	go_to(s, wave, PICKED, false);
	must(s, stock_issue(s, &e, NULL));
	id = counted(s, "A-01", 4, &l);
	assert_int_equal(l.book, 1);
	assert_int_equal(l.picked, 3);
	assert_int_equal(l.off, 6);
	must(s, stocktake_post(s, id, &slip));
	go_to(s, wave, PACKED, false);
	assert_int_equal(lies(s, "A-01"), 4);
	fixture_verify(s);
	fixture_end(s);
}

/* What nobody counted is not there; what is on a trolley is. */
static void
what_nobody_counted_is_picked_or_lost(void **state)
{
	const struct stocktake_edit e = { .kind = "full" };
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_session("owner"), 10, 0, 3);
	int64_t wave, id, again, slip;

	(void)state;
	must(s, wave_make(s, &what, &wave));
	go_to(s, wave, PICKED, false);
	must(s, stocktake_start(s, &e, &id));
	must(s, stocktake_close(s, id, true, &again));
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(lies(s, "A-01"), 3);
	fixture_verify(s);
	fixture_end(s);
}

/* By the printed list: nobody scans, somebody says that he has it all. */
static void
what_was_picked_by_the_list_is_no_loss(void **state)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct session *s = shop(fixture_faulty("owner"), 10, 0, 3);
	struct stocktake_line l = { .id = 0 };
	int64_t wave, pieces = 0;
	struct page page;
	int rc = -1;

	(void)state;
	must(s, wave_make(s, &what, &wave));
	FOR_EACH_FAULT(f)
	{
		fault_arm(&f);
		rc = wave_picked(s, wave, &pieces);
		fault_disarm(&f);
		if (rc == 0)
			break;
		assert_true(f.hit);
		assert_int_equal(
		    fixture_int(s, "SELECT sum(picked) FROM wave_line"), 0);
	}
	must(s, rc);
	assert_int_equal(pieces, 3);
	must(s, wave_get(s, wave, &page));
	assert_int_equal(
	    ((const struct wave *)page_row(&page, 0))->state, WAVE_PICKED);
	page_free(&page);
	assert_int_equal(wave_picked(s, wave, &pieces), ERR_STATE);
	counted(s, "A-01", 7, &l);
	assert_int_equal(l.picked, 3);
	assert_int_equal(l.off, 0);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_picked_is_no_loss_whenever_it_is_counted),
		cmocka_unit_test(it_is_shown_apart),
		cmocka_unit_test(
		    each_bin_gives_what_the_books_will_take_from_it),
		cmocka_unit_test(what_the_books_do_not_have_is_found),
		cmocka_unit_test(what_nobody_counted_is_picked_or_lost),
		cmocka_unit_test(what_was_picked_by_the_list_is_no_loss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
