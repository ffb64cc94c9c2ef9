/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

/* Random histories: whatever happens, the books are the ledger's sum. */

#define STEPS 300
#define DRIFT \
	"SELECT count(*) FROM stock s WHERE s.on_hand <> coalesce((SELECT" \
	" sum(m.qty) FROM stock_move m WHERE m.variant_id = s.variant_id AND" \
	" m.warehouse_id = s.warehouse_id), 0) OR s.value <> coalesce((SELECT" \
	" sum(m.value) FROM stock_move m WHERE m.variant_id = s.variant_id" \
	" AND m.warehouse_id = s.warehouse_id), 0) OR s.on_hand <> s.available" \
	" + s.reserved + s.to_put + s.defective OR s.on_hand <> coalesce(" \
	"(SELECT sum(l.qty) FROM bin_stock l JOIN bin b ON b.id = l.bin_id" \
	" WHERE l.variant_id = s.variant_id AND b.warehouse_id =" \
	" s.warehouse_id), 0) OR (s.on_hand = 0 AND s.value <> 0)"

static uint64_t seed;

static int64_t
any(int64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((seed >> 33) % (uint64_t)n);
}

struct history {
	struct session *s;
	int64_t slips[STEPS], orders[STEPS], transfers[STEPS];
	int64_t nslips, norders, ntransfers;
};

static int
writes(struct history *h, enum stock_verb verb)
{
	static const char *const bins[] = { "", "", "A-1", "A-2" };
	struct stock_line l[2] = { { .qty = 1 + any(9), .cost = any(2000) },
		{ .qty = 1 + any(4), .cost = any(300) } };
	struct stock_doc d = { .reason = "why",
		.lines = l,
		.n = 1 + (size_t)any(2),
		.new_bins = true };
	int64_t slip;
	int rc;

	copy_text(l[0].sku, sizeof(l[0].sku), any(2) != 0 ? "A" : "B");
	copy_text(l[1].sku, sizeof(l[1].sku), "C");
	copy_text(l[0].to_bin, sizeof(l[0].to_bin),
	    verb == STOCK_DEFECT ? "" : bins[2 + any(2)]);
	copy_text(l[1].to_bin, sizeof(l[1].to_bin), l[0].to_bin);
	if (verb == STOCK_RECEIVE)
		copy_text(l[0].bin, sizeof(l[0].bin), bins[any(4)]);
	if (verb == STOCK_RECEIVE && any(3) == 0)
		d.freight = any(1000);
	if (verb == STOCK_ADJUST && any(2) != 0)
		l[0].qty = -l[0].qty;
	if (any(4) == 0)
		copy_text(d.warehouse, sizeof(d.warehouse), "云仓");
	rc = stock_write(h->s, verb, &d, &slip);
	if (rc == 0)
		h->slips[h->nslips++] = slip;
	return rc;
}

static int
sells(struct history *h, int i)
{
	struct pack_close c = by_yto(i);
	struct packing *p;
	char no[16];
	int64_t id;
	int rc;

	snprintf(no, sizeof(no), "9%05d", i);
	id = fixture_order(h->s, no, 1 + any(3), any(2) ? "A" : "B", NULL);
	p = packed(h->s, no);
	rc = pack_ship(h->s, p, &c, NULL);
	pack_free(p);
	if (rc == 0)
		h->orders[h->norders++] = id;
	return rc;
}

static int
takes_back(struct history *h)
{
	struct stock_line l = { .qty = 1 + any(3), .bad = any(3) == 0 };
	struct stock_doc d = { .reason = "back", .lines = &l, .n = 1 };
	int64_t slip;
	int rc;

	if (h->norders == 0)
		return ERR_STATE;
	copy_text(l.sku, sizeof(l.sku), any(2) ? "A" : "B");
	rc = stock_return(h->s, h->orders[any(h->norders)], &d, &slip);
	if (rc == 0)
		h->slips[h->nslips++] = slip;
	return rc;
}

static int
goes(struct history *h)
{
	struct transfer_piece piece = { .sku = "A", .qty = 1 + any(5) };
	const struct transfer_edit e = {
		.to = "云仓", .lines = &piece, .n = 1
	};
	struct session *s = h->s;
	int64_t id;
	int rc;

	if (h->ntransfers == 0 || any(2) != 0) {
		if ((rc = transfer_add(s, &e, &id)) == 0)
			h->transfers[h->ntransfers++] = id;
		return rc < 0 ? rc : transfer_send(s, id, NULL);
	}
	id = h->transfers[any(h->ntransfers)];
	piece.qty = 1;
	switch (any(4)) {
	case 0:
		return transfer_arrive(s, id, NULL, 0, "", NULL);
	case 1:
		return transfer_lose(s, id, "lost", NULL);
	case 2:
		return transfer_cancel(s, id, "no");
	default:
		return transfer_arrive(s, id, &piece, 1, "", NULL);
	}
}

static int
step(struct history *h, int i)
{
	int64_t slip, expense;

	switch (any(11)) {
	case 0:
	case 1:
	case 2:
		return writes(h, STOCK_RECEIVE);
	case 3:
		return sells(h, i);
	case 4:
		return takes_back(h);
	case 5:
		return goes(h);
	case 6:
		return h->nslips == 0
			   ? ERR_STATE
			   : stock_reverse(
				 h->s, h->slips[any(h->nslips)], "no", &slip);
	case 7:
		return h->nslips == 0
			   ? ERR_STATE
			   : stock_freight(h->s, h->slips[any(h->nslips)],
				 1 + any(500), "late", &slip, &expense);
	default:
		return writes(
		    h, (enum stock_verb)(STOCK_ISSUE + any(STOCK_VERBS - 1)));
	}
}

static void
history(uint64_t from, bool put_away, bool below_zero)
{
	struct history h = { .s = fixture_session("owner") };
	struct warehouse_edit e = { .name = "云仓", .active = true };
	int64_t id;
	int i, rc;

	seed = from;
	fixture_variant(h.s, "A", 20, 333);
	fixture_variant(h.s, "B", 20, 1);
	fixture_variant(h.s, "C", 0, 0);
	e.below_zero = below_zero;
	e.put_away = put_away;
	assert_int_equal(warehouse_add(h.s, &e, &id), 0);
	if (put_away)
		exec(h.s, "UPDATE warehouse SET put_away = 1");
	if (below_zero)
		exec(h.s, "UPDATE warehouse SET below_zero = 1");
	for (i = 0; i < STEPS; i++) {
		rc = step(&h, i);
		if (rc != 0 && rc != ERR_STATE && rc != ERR_INVALID)
			fail_msg("seed %d, step %d: %d %s", (int)from, i, rc,
			    session_err(h.s)->text);
		if (fixture_int(h.s, DRIFT) != 0)
			fail_msg("seed %d, step %d drifts", (int)from, i);
		if (i % 50 == 49)
			fixture_verify(h.s);
	}
	assert_true(h.nslips > 60);
	fixture_end(h.s);
}

static void
books_are_the_sum_of_the_ledger_whatever_happens(void **state)
{
	const char *more = getenv("HISTORIES");
	int i, n = more != NULL ? atoi(more) : 1;

	(void)state;
	for (i = 0; i < n; i++) {
		history((uint64_t)i * 4 + 1, false, false);
		history((uint64_t)i * 4 + 2, true, false);
		history((uint64_t)i * 4 + 3, true, true);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    books_are_the_sum_of_the_ledger_whatever_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
