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
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/stocktake.h"
#include "till.h"

/* Counting the stock: the list, the card, and by scan. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
lay(struct session *s, const char *sku, const char *bin, int64_t qty)
{
	struct stock_entry e = { .qty = qty, .cost = 4200 };

	fixture_variant(s, sku, 0, 0);
	copy_text(e.sku, sizeof(e.sku), sku);
	copy_text(e.bin, sizeof(e.bin), bin);
	must(s, stock_receive(s, &e, NULL));
}

static void
counted(
    struct session *s, int64_t id, const char *bin, const char *sku, int64_t n)
{
	struct stocktake_place place;
	struct stocktake_taken taken;

	must(s, stocktake_bin(s, id, bin, &place));
	must(s, stocktake_take(
		    s, id, place.bin_id, sku, STOCKTAKE_EXACTLY, n, &taken));
}

/* One count is all counted, one begun. */
static void
stock(struct session *s)
{
	const struct stocktake_edit e = { .kind = "month", .note = "十一月" };
	const struct stocktake_edit spot = {
		.kind = "spot", .codes = "SHI-1 XP-20", .blind = "no"
	};
	int64_t id, again;

	lay(s, "GUO-24", "A-01", 12);
	lay(s, "GAI-24", "A-01", 8);
	lay(s, "DAO-8", "A-02", 5);
	lay(s, "SHI-1", "B-01", 30);
	must(s, stocktake_start(s, &e, &id));
	counted(s, id, "A-01", "GUO-24", 9);
	counted(s, id, "A-01", "GAI-24", 9);
	counted(s, id, "A-02", "DAO-8", 5);
	must(s, stocktake_close(s, id, false, &again));
	must(s, stocktake_start(s, &spot, &id));
}

static const struct {
	const char *lang;
	int h, w;
} sizes[] = {
	{ "zh_CN", 24, 80 },
	{ "en", 24, 80 },
	{ "zh_CN", 40, 120 },
	{ "en", 40, 120 },
};

static struct till *
open_till(size_t i)
{
	struct till *k =
	    till_open("owner", sizes[i].lang, sizes[i].h, sizes[i].w);

	stock(k->s);
	fixture_role(k->s, "warehouse");
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
		snprintf(file, sizeof(file), "stocktake-%s-%.2s-%dx%d", name,
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

#define GO "Ctrl-P 'Stocktakes' Enter "

static void
they_look_as_approved(void **state)
{
	(void)state;
	looks("list", GO);
	looks("card", GO "Tab Enter");
	looks("scan", GO "s scan:B-01 scan:SHI-1 '12' Enter");
	looks("report", GO "Tab Enter v");
}

static void
a_bin_is_counted_by_scan(void **state)
{
	struct till *k = open_till(3);

	(void)state;
	till_keys(k, GO "s");
	till_sees(k, "Next: A-03-2");
	till_keys(k, "Enter");
	till_sees(k, "Bin A-03-2: scan every piece.");
	till_keys(k, "scan:B-01 scan:SHI-1 scan:SHI-1 scan:XX-404");
	till_sees(k, "No product has the barcode or code XX-404");
	till_keys(k, "'5*SHI-1' Enter");
	till_sees(k, "1 products, 7 pieces");
	till_keys(k, "'6' Enter Enter");
	till_sees(k, "Bin B-01: 1 products, 6 pieces counted.");
	till_keys(k, "Enter");
	till_sees(k, "Bin A-03-2: scan every piece.");
	till_keys(k, "scan:XP-20 scan:B-01");
	till_sees(k, "Bin B-01: scan every piece.");
	till_keys(k, "Enter Esc");
	till_sees(k, "CT-000002");
	till_close(k);
}

/* Written down with a pen, and typed in line by line. */
static void
a_sheet_is_typed_in(void **state)
{
	struct till *k = open_till(3);

	(void)state;
	till_keys(k, GO "n Tab Tab Tab Tab 'paper' Ctrl-S p");
	till_sees(k, "1 page is in");
	till_keys(k, "t");
	till_sees(k, "A-01 · GAI-24");
	till_keys(k, "Esc Down Down t '7' Enter");
	till_sees(k, "A-02 · DAO-8");
	till_keys(k, "'many' Enter");
	till_sees(k, "many is no number of pieces.");
	/* Nothing typed: not counted yet; then the next one. */
	till_keys(k, "t Enter '0' Enter");
	till_sees(k, "A-03-2 · MD-1000");
	till_keys(k, "Esc");
	assert_int_equal(
	    fixture_int(k->s, "SELECT sum(counted * 100 + 1) FROM"
			      " stocktake_line WHERE stocktake_id = 3"
			      " AND state = 1"),
	    702);
	till_close(k);
}

static void
a_count_is_closed_and_posted(void **state)
{
	struct till *k = open_till(3);

	(void)state;
	till_keys(k, GO "n Tab Tab Tab Tab 'again' Ctrl-S");
	till_sees(k, "CT-000003");
	till_keys(k, "X 'a mistake' Enter");
	till_sees(k, "The count is cancelled.");
	till_keys(k, "Esc Tab Enter P");
	till_sees(k, "CT-000001");
	till_keys(k, "s scan:A-01 scan:GUO-24");
	till_sees(k, "1 products, 1 pieces");
	till_keys(k, "'12' Enter Enter Esc P Enter");
	till_sees(k, "Posted: the books say what is there.");
	till_keys(k, "v");
	till_sees(k, "no reason given");
	till_keys(k, "Esc B 'wrong bin' Enter");
	till_sees(k, "The books are as they were before the count.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bin_is_counted_by_scan),
		cmocka_unit_test(a_sheet_is_typed_in),
		cmocka_unit_test(a_count_is_closed_and_posted),
		cmocka_unit_test(they_look_as_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
