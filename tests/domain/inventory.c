/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/inventory.h"
#include "ship_lib.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

/* Bins, slips of several lines, and goods from one warehouse to another. */

static struct stock_line
line(const char *sku, int64_t qty, int64_t cost)
{
	struct stock_line l = { .qty = qty, .cost = cost };

	copy_text(l.sku, sizeof(l.sku), sku);
	return l;
}

static int
doc(struct session *s, enum stock_verb verb, struct stock_line l, int64_t *slip)
{
	struct stock_doc d = {
		.reason = "why", .lines = &l, .n = 1, .new_bins = true
	};

	return stock_write(s, verb, &d, slip);
}

static int
with_bins(struct session *s, enum stock_verb verb, const char *sku, int64_t qty,
    const char *from, const char *to)
{
	struct stock_line l = line(sku, qty, 0);
	int64_t slip;

	copy_text(l.bin, sizeof(l.bin), from);
	copy_text(l.to_bin, sizeof(l.to_bin), to);
	return doc(s, verb, l, &slip);
}

/* How many lie in the bin. */
static int64_t
lies(struct session *s, const char *sku, const char *bin)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(l.qty), 0) FROM bin_stock l JOIN bin b ON"
	    " b.id = l.bin_id JOIN variant v ON v.id = l.variant_id"
	    " WHERE v.sku_code = '%s' AND b.code = '%s'",
	    sku, bin);
	return fixture_int(s, sql);
}

static void
fails(struct session *s, int rc, enum err_code code, const char *field)
{
	assert_int_equal(rc, code);
	assert_string_equal(session_err(s)->field, field);
}

static void
warehouse_set(struct session *s, bool put_away, bool below_zero)
{
	struct warehouse_edit e;
	struct page page;
	int64_t version;

	assert_int_equal(warehouse_get(s, 1, &page), 0);
	warehouse_edit_from(&e, page_row(&page, 0));
	version = ((const struct warehouse *)page_row(&page, 0))->version;
	page_free(&page);
	e.put_away = put_away;
	e.below_zero = below_zero;
	assert_int_equal(warehouse_save(s, 1, version, &e), 0);
}

static int64_t
second_warehouse(struct session *s)
{
	const struct warehouse_edit e = { .name = "云仓", .active = true };
	int64_t id;

	assert_int_equal(warehouse_add(s, &e, &id), 0);
	return id;
}

static void
what_comes_in_waits_and_is_put_in_its_own_bin(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t v = fixture_variant(s, "A", 0, 0), slip, back;
	struct put_proposal where;
	const struct put_wait *w;
	struct page page;

	(void)state;
	warehouse_set(s, true, false);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 10, 100), &slip), 0);
	assert_int_equal(lies(s, "A", "DOCK"), 10);
	assert_int_equal(fixture_int(s, "SELECT to_put FROM stock"), 10);
	assert_int_equal(fixture_int(s, "SELECT available FROM stock"), 0);
	assert_int_equal(put_wait_page(s, 0, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	w = page_row(&page, 0);
	assert_int_equal(w->rest, 10);
	assert_string_equal(w->to, "");
	page_free(&page);
	/* Nobody knows where to: there is no bin yet. */
	fails(
	    s, with_bins(s, STOCK_PUT, "A", 0, "", ""), ERR_INVALID, "to_bin");
	assert_int_equal(with_bins(s, STOCK_PUT, "A", 4, "", "B-01"), 0);
	assert_int_equal(put_propose(s, "A", "", &where), 0);
	assert_int_equal(where.rest, 6);
	assert_string_equal(where.bin, "B-01");
	assert_int_equal(where.why, PUT_HOME);
	fails(s, with_bins(s, STOCK_PUT, "A", 7, "", ""), ERR_STATE, "qty");
	assert_int_equal(with_bins(s, STOCK_PUT, "A", 0, "", ""), 0);
	assert_int_equal(lies(s, "A", "B-01"), 10);
	assert_int_equal(put_propose(s, "A", "", &where), ERR_STATE);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM put_wait WHERE done_at > 0"),
	    1);
	fixture_verify(s);
	/* Taken back, it waits again. */
	assert_int_equal(stock_slip_by_no(s, "PUT-000003", &slip), 0);
	assert_int_equal(stock_reverse(s, slip, "wrong shelf", &back), 0);
	assert_int_equal(lies(s, "A", "DOCK"), 6);
	assert_int_equal(fixture_on_hand(s, v), 10);
	fixture_verify(s);
	fixture_end(s);
}

/* A slip of the pen makes no bin, and small letters none beside the one meant.
 */
static void
a_bin_is_made_only_when_it_is_said_to_be_new(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct stock_entry e = { .qty = 2, .sku = "A" };
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	fails(s, stock_transfer(s, &e, "B-01", &slip), ERR_NOTFOUND, "to_bin");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM bin WHERE code = 'B-01'"), 0);
	e.new_bin = true;
	assert_int_equal(stock_transfer(s, &e, "B-01", &slip), 0);
	e.new_bin = false;
	assert_int_equal(stock_transfer(s, &e, "b-01", &slip), 0);
	assert_int_equal(lies(s, "A", "B-01"), 4);
	assert_int_equal(lies(s, "A", "b-01"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
empty_bins_are_proposed_in_walking_order(void **state)
{
	struct session *s = fixture_session("owner");
	struct bin_edit e = { .active = true };
	struct put_proposal where;
	int64_t id, slip;

	(void)state;
	warehouse_set(s, true, false);
	fixture_variant(s, "A", 0, 0);
	copy_text(e.code, sizeof(e.code), "Z-1");
	copy_text(e.walk, sizeof(e.walk), "10");
	assert_int_equal(bin_add(s, &e, &id), 0);
	copy_text(e.code, sizeof(e.code), "A-1");
	copy_text(e.walk, sizeof(e.walk), "20");
	assert_int_equal(bin_add(s, &e, &id), 0);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 1, 1), &slip), 0);
	assert_int_equal(put_propose(s, "A", "", &where), 0);
	assert_string_equal(where.bin, "Z-1");
	assert_int_equal(where.why, PUT_EMPTY);
	assert_int_equal(with_bins(s, STOCK_PUT, "A", 0, "", ""), 0);
	assert_int_equal(lies(s, "A", "Z-1"), 1);
	fixture_verify(s);
	fixture_end(s);
}

/* From the home bin, other pick bins, reserve; never from defective ones. */
static void
goods_are_taken_bin_by_bin_and_lose_no_fen(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t slip;
	struct bin_edit e = {
		.code = "R-1", .kind = "reserve", .active = true
	};
	struct page page;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	assert_int_equal(bin_add(s, &e, &slip), 0);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 10, 33), &slip), 0);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 1, 34), &slip), 0);
	assert_int_equal(with_bins(s, STOCK_MOVE, "A", 4, "", "R-1"), 0);
	assert_int_equal(with_bins(s, STOCK_MOVE, "A", 3, "", "H-1"), 0);
	assert_int_equal(with_bins(s, STOCK_DEFECT, "A", 1, "R-1", ""), 0);
	assert_int_equal(lies(s, "A", "DEFECT"), 1);
	assert_int_equal(fixture_int(s, "SELECT available FROM stock"), 10);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 9, 0), &slip), 0);
	assert_int_equal(slip_moves(s, slip, &page), 0);
	assert_int_equal(page.n, 3);
	page_free(&page);
	assert_int_equal(lies(s, "A", "R-1"), 1);
	fails(s, doc(s, STOCK_ISSUE, line("A", 2, 0), &slip), ERR_STATE, "qty");
	assert_int_equal(with_bins(s, STOCK_SCRAP, "A", 1, "DEFECT", ""), 0);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 1, 0), &slip), 0);
	assert_int_equal(fixture_int(s, "SELECT value FROM stock"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
defective_goods_are_good_again_only_by_somebody(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t slip, back;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	assert_int_equal(doc(s, STOCK_DEFECT, line("A", 2, 0), &slip), 0);
	assert_int_equal(fixture_int(s, "SELECT defective FROM stock"), 2);
	fails(s, with_bins(s, STOCK_GOOD, "A", 3, "", "B-1"), ERR_STATE, "qty");
	fails(s, with_bins(s, STOCK_GOOD, "A", 1, "", "DEFECT"), ERR_STATE,
	    "to_bin");
	assert_int_equal(with_bins(s, STOCK_GOOD, "A", 1, "", "B-1"), 0);
	assert_int_equal(lies(s, "A", "B-1"), 1);
	fixture_role(s, "warehouse");
	fails(s, stock_reverse(s, slip, "no", &back), ERR_STATE, "qty");
	assert_int_equal(doc(s, STOCK_DEFECT, line("A", 1, 0), &slip), 0);
	assert_int_equal(stock_reverse(s, slip, "no", &back), 0);
	assert_int_equal(fixture_int(s, "SELECT defective FROM stock"), 1);
	assert_int_equal(fixture_audited(s, "stock-defect", 1), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
freight_is_spread_over_a_receipt_to_the_fen(void **state)
{
	struct session *s = fixture_session("owner");
	struct stock_line lines[] = { line("A", 3, 1000), line("B", 1, 500),
		line("C", 2, 0) };
	struct stock_doc d = { .lines = lines, .n = 3, .freight = 1001 };
	int64_t slip, cost, expense;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	fixture_variant(s, "B", 0, 0);
	fixture_variant(s, "C", 0, 0);
	assert_int_equal(stock_write(s, STOCK_RECEIVE, &d, &slip), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM stock"), 3500 + 1001);
	assert_int_equal(
	    fixture_int(s, "SELECT value FROM stock WHERE variant_id = 1"),
	    3000 + 858);
	assert_int_equal(
	    fixture_int(s, "SELECT value FROM stock WHERE variant_id = 3"), 0);
	/* Later, when two of the three pans are gone. */
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 2, 0), &cost), 0);
	assert_int_equal(
	    stock_freight(s, slip, 701, "late bill", &cost, &expense), 0);
	assert_int_equal(expense, 401);
	assert_int_equal(fixture_int(s, "SELECT sum(value) FROM stock_move"
					" WHERE qty = 0"),
	    300);
	fails(s, stock_freight(s, cost, 1, "of what?", &cost, &expense),
	    ERR_STATE, "");
	fails(s, stock_freight(s, slip, 0, "none", &cost, &expense),
	    ERR_INVALID, "freight");
	fixture_verify(s);
	fixture_end(s);
}

/* Of its one product, what is still with the buyer. */
static int64_t
with_buyer(struct session *s, int64_t order)
{
	struct page page;
	int64_t n;

	assert_int_equal(stock_returnable(s, order, &page), 0);
	n = page.n > 0 ? ((const struct stock_out *)page_row(&page, 0))->qty
		       : 0;
	page_free(&page);
	return n;
}

static void
what_was_shipped_comes_back_at_its_cost_and_no_more_than_that(void **state)
{
	struct session *s = fixture_session("owner");
	struct stock_line l = line("A", 1, 0);
	struct stock_doc d = { .reason = "7天无理由", .lines = &l, .n = 1 };
	int64_t order, slip, back, v = fixture_variant(s, "A", 3, 100);

	(void)state;
	order = fixture_order(s, "1001", 3, "A", NULL);
	assert_int_equal(with_buyer(s, order), 0);
	ships(s, "1001", 1);
	assert_int_equal(with_buyer(s, order), 3);
	assert_int_equal(
	    fixture_int(s, "SELECT sold FROM stock_day WHERE sold <> 0"), 3);
	/* What comes in meanwhile costs more. */
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 4, 900), &slip), 0);
	assert_int_equal(stock_return(s, order, &d, &slip), 0);
	assert_int_equal(fixture_int(s, "SELECT value FROM stock"), 3700);
	assert_int_equal(with_buyer(s, order), 2);
	l.qty = 3;
	fails(s, stock_return(s, order, &d, &back), ERR_STATE, "qty");
	l.qty = 2;
	l.bad = true;
	assert_int_equal(stock_return(s, order, &d, &back), 0);
	assert_int_equal(with_buyer(s, order), 0);
	assert_int_equal(lies(s, "A", "DEFECT"), 2);
	assert_int_equal(fixture_int(s, "SELECT value FROM stock"), 3900);
	assert_int_equal(fixture_int(s, "SELECT sum(sold) FROM stock_day"), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(cost) FROM stock_day"), 0);
	/* A return that was none. */
	assert_int_equal(stock_reverse(s, slip, "of another", &back), 0);
	assert_int_equal(fixture_on_hand(s, v), 6);
	assert_int_equal(with_buyer(s, order), 1);
	l.qty = 1;
	l.bad = false;
	assert_int_equal(stock_return(s, order, &d, &back), 0);
	fails(s, stock_return(s, order, &d, &back), ERR_STATE, "qty");
	fails(s, stock_return(s, 99, &d, &back), ERR_NOTFOUND, "order");
	fixture_verify(s);
	fixture_end(s);
}

static int
sends(struct session *s, int64_t qty, int64_t *id)
{
	struct transfer_piece piece = { .sku = "A", .qty = qty };
	const struct transfer_edit e = {
		.to = "云仓", .note = "备货", .lines = &piece, .n = 1
	};
	int rc = transfer_add(s, &e, id);

	return rc < 0 ? rc : transfer_send(s, *id, NULL);
}

static void
goods_under_way_arrive_in_parts_and_are_lost(void **state)
{
	struct session *s = fixture_session("owner");
	struct transfer_piece some = { .sku = "A", .qty = 3 };
	const struct transfer *t;
	struct page page;
	int64_t id, slip;

	(void)state;
	fixture_variant(s, "A", 10, 33);
	second_warehouse(s);
	assert_int_equal(sends(s, 7, &id), 0);
	assert_int_equal(fixture_int(s, "SELECT in_transit FROM stock"
					" WHERE warehouse_id = 2"),
	    7);
	fixture_verify(s);
	assert_int_equal(transfer_arrive(s, id, &some, 1, "C-1", &slip), 0);
	assert_int_equal(lies(s, "A", "C-1"), 3);
	fails(s, transfer_cancel(s, id, "no"), ERR_STATE, "");
	some.qty = 5;
	fails(s, transfer_arrive(s, id, &some, 1, "", &slip), ERR_STATE, "qty");
	fixture_verify(s);
	assert_int_equal(transfer_lose(s, id, "fell off", &slip), 0);
	fails(s, stock_reverse(s, slip, "found", &slip), ERR_STATE, "");
	assert_int_equal(transfer_get(s, id, &page), 0);
	t = page_row(&page, 0);
	assert_int_equal(t->state, TRANSFER_ARRIVED);
	assert_int_equal(t->open, 0);
	assert_int_equal(t->value, 0);
	page_free(&page);
	fails(s, transfer_arrive(s, id, NULL, 0, "", &slip), ERR_STATE, "");
	assert_int_equal(
	    fixture_int(s, "SELECT sum(value) FROM stock"), 330 - 132);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(in_transit) FROM stock"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_transfer_that_is_cancelled_is_back_whole(void **state)
{
	struct session *s = fixture_session("owner");
	struct transfer_piece piece = { .sku = "A", .qty = 2 };
	struct transfer_edit e = { .to = "云仓", .lines = &piece, .n = 1 };
	int64_t id, v = fixture_variant(s, "A", 10, 33);

	(void)state;
	second_warehouse(s);
	fails(s, sends(s, 11, &id), ERR_STATE, "qty");
	assert_int_equal(transfer_save(s, id, 1, &e), 0);
	assert_int_equal(transfer_save(s, id, 1, &e), ERR_CONFLICT);
	assert_int_equal(transfer_send(s, id, NULL), 0);
	fails(s, transfer_save(s, id, 2, &e), ERR_STATE, "");
	assert_int_equal(transfer_cancel(s, id, "not needed"), 0);
	assert_int_equal(fixture_on_hand(s, v), 10);
	assert_int_equal(fixture_int(s, "SELECT sum(value) FROM stock"), 330);
	fails(s, transfer_send(s, id, NULL), ERR_STATE, "");
	copy_text(e.to, sizeof(e.to), "");
	fails(s, transfer_add(s, &e, &id), ERR_INVALID, "to");
	fails(s, transfer_by_no(s, "TO-9", &id), ERR_NOTFOUND, "transfer_no");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_below_zero_is_allowed_where_it_is_and_listed(void **state)
{
	struct session *s = fixture_session("owner");
	struct page page;
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 2, 100);
	fixture_variant(s, "B", 2, 100);
	fails(s, doc(s, STOCK_ISSUE, line("A", 5, 0), &slip), ERR_STATE, "qty");
	warehouse_set(s, false, true);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 5, 0), &slip), 0);
	assert_int_equal(stock_below_page(s, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	assert_int_equal(
	    ((const struct stock_here *)page_row(&page, 0))->on_hand, -3);
	page_free(&page);
	fixture_verify(s);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 4, 90), &slip), 0);
	assert_int_equal(stock_below_page(s, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_bin_in_use_keeps_its_kind(void **state)
{
	struct session *s = fixture_session("owner");
	struct bin_edit e = { .code = "A-1", .active = true };
	const struct bin_filter f = { .kind = -1, .code = "A" };
	const struct bin *b;
	struct page page;
	int64_t id, slip;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	assert_int_equal(bin_add(s, &e, &id), 0);
	fails(s, bin_add(s, &e, &slip), ERR_CONFLICT, "code");
	copy_text(e.walk, sizeof(e.walk), "first");
	fails(s, bin_add(s, &e, &slip), ERR_INVALID, "walk");
	copy_text(e.walk, sizeof(e.walk), "7");
	copy_text(e.kind, sizeof(e.kind), "magic");
	fails(s, bin_add(s, &e, &slip), ERR_INVALID, "kind");
	copy_text(e.kind, sizeof(e.kind), "defective");
	assert_int_equal(bin_save(s, id, 1, &e), 0);
	assert_int_equal(bin_save(s, id, 1, &e), ERR_CONFLICT);
	e.kind[0] = '\0';
	assert_int_equal(bin_save(s, id, 2, &e), 0);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 1, 1), &slip), 0);
	assert_int_equal(with_bins(s, STOCK_MOVE, "A", 0, "", "A-1"), 0);
	copy_text(e.kind, sizeof(e.kind), "to_put");
	fails(s, bin_save(s, id, 3, &e), ERR_STATE, "");
	e.kind[0] = '\0';
	e.active = false;
	fails(s, bin_save(s, id, 3, &e), ERR_STATE, "");
	e.active = true;
	copy_text(e.code, sizeof(e.code), "A-2");
	assert_int_equal(bin_save(s, id, 3, &e), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM stock WHERE bin = 'A-2'"), 1);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 1, 0), &slip), 0);
	e.active = false;
	fails(s, bin_save(s, id, 4, &e), ERR_STATE, ""); /* its home */
	assert_int_equal(bin_page(s, &f, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	b = page_row(&page, 0);
	assert_string_equal(b->code, "A-2");
	assert_int_equal(b->walk, 7);
	page_free(&page);
	assert_int_equal(bin_scan(s, 0, " a-2 ", &slip), 0);
	assert_int_equal(slip, id);
	assert_int_equal(bin_scan(s, 0, "A-9", &slip), ERR_NOTFOUND);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_list_of_bins_is_taken_in_whole_or_not_at_all(void **state)
{
	struct session *s = fixture_session("warehouse");
	struct bin_import sum;
	const char *path = fixture_file(
	    "bins.csv", "库位,类型,顺序,备注\nA-1,,10,门口\nA-2,reserve,20,\n");

	(void)state;
	assert_int_equal(bins_import(s, path, &sum), 0);
	assert_int_equal(sum.added, 2);
	path = fixture_file(
	    "bins.csv", "库位,类型,顺序,备注\nA-1,,10,门口\nA-2,reserve,30,\n");
	assert_int_equal(bins_import(s, path, &sum), 0);
	assert_int_equal(sum.same, 1);
	assert_int_equal(sum.changed, 1);
	path = fixture_file("bins.csv", "bin,kind\nA-3,\nA-4,magic\n");
	fails(s, bins_import(s, path, &sum), ERR_INVALID, "kind");
	assert_non_null(strstr(session_err(s)->text, "Line 3"));
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM bin WHERE code LIKE 'A-%'"),
	    2);
	path = fixture_file("bins.csv", "shelf\nA-3\n");
	fails(s, bins_import(s, path, &sum), ERR_INVALID, "bin");
	fixture_end(s);
}

static void
a_kit_has_no_stock(void **state)
{
	struct session *s = fixture_session("owner");
	struct transfer_piece piece = { .sku = "A", .qty = 1 };
	const struct transfer_edit e = {
		.to = "云仓", .lines = &piece, .n = 1
	};
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 0, 0);
	second_warehouse(s);
	exec(s, "UPDATE variant SET kit = 1");
	fails(
	    s, doc(s, STOCK_RECEIVE, line("A", 1, 1), &slip), ERR_STATE, "sku");
	fails(s, transfer_add(s, &e, &slip), ERR_STATE, "sku");
	fixture_end(s);
}

static void
a_warehouse_may_have_levels_of_its_own(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	fixture_variant(s, "A", 5, 100);
	assert_int_equal(fixture_int(s, "SELECT low FROM stock"), 0);
	assert_int_equal(stock_levels(s, "A", "", 5, 9), 0);
	assert_int_equal(fixture_int(s, "SELECT low FROM stock"), 1);
	assert_int_equal(fixture_int(s, "SELECT target_here FROM stock"), 9);
	fixture_verify(s);
	assert_int_equal(stock_levels(s, "A", "", -1, -1), 0);
	assert_int_equal(fixture_int(s, "SELECT low FROM stock"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_line_that_is_wrong_is_named_and_nothing_is_done(void **state)
{
	struct session *s = fixture_session("owner");
	struct stock_line lines[] = { line("A", 1, 0), line("B", 9, 0) };
	struct stock_doc d = { .reason = "why", .lines = lines, .n = 2 };
	int64_t slip;

	(void)state;
	fixture_variant(s, "A", 5, 100);
	fixture_variant(s, "B", 5, 100);
	fails(s, stock_write(s, STOCK_ISSUE, &d, &slip), ERR_STATE, "qty");
	assert_non_null(strstr(session_err(s)->text, "B: "));
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 10);
	lines[1].qty = 2;
	assert_int_equal(stock_write(s, STOCK_ISSUE, &d, &slip), 0);
	assert_int_equal(fixture_audited(s, "stock-issue", 1), 1);
	assert_int_equal(fixture_audited(s, "stock-issue", 2), 1);
	d.n = 0;
	fails(s, stock_write(s, STOCK_ISSUE, &d, &slip), ERR_INVALID, "sku");
	fixture_end(s);
}

static void
past_balances_are_read_by_pages_and_never_go_back(void **state)
{
	struct session *s = fixture_session("owner");
	const struct stock_past *p;
	struct page page, next;
	int64_t slip, at, n, value;

	(void)state;
	setenv("SHOPMGR_NOW", "2027-01-02 10:00:00", 1);
	fixture_variant(s, "A", 5, 100);
	fixture_variant(s, "B", 7, 100);
	at = time_now();
	/* A clock that was put back. */
	setenv("SHOPMGR_NOW", "2027-01-01 10:00:00", 1);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 2, 0), &slip), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT max(at) - min(at) FROM stock_move"), 0);
	setenv("SHOPMGR_NOW", "2027-01-03 10:00:00", 1);
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 2, 0), &slip), 0);
	assert_int_equal(stock_at(s, 1, at, &n, &value), 0);
	assert_int_equal(n, 3);
	assert_int_equal(
	    stock_past_page(s, at, 0, PAGE_FIRST, NULL, 1, &page), 0);
	p = page_row(&page, 0);
	assert_int_equal(p->on_hand, 3);
	assert_int_equal(p->value, 300);
	assert_int_equal(stock_past_page(s, at, 1, PAGE_AFTER, p, 5, &next), 0);
	assert_int_equal(next.n, 1);
	assert_int_equal(
	    ((const struct stock_past *)page_row(&next, 0))->on_hand, 7);
	page_free(&next);
	page_free(&page);
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

static void
slips_and_places_are_listed(void **state)
{
	struct session *s = fixture_session("owner");
	struct slip_filter f = { .kind = "receipt" };
	int64_t v = fixture_variant(s, "A", 5, 100), slip;
	const struct stock_slip *x;
	struct page page;

	(void)state;
	assert_int_equal(doc(s, STOCK_ISSUE, line("A", 2, 0), &slip), 0);
	assert_int_equal(slip_page(s, &f, PAGE_FIRST, NULL, 5, &page), 0);
	assert_int_equal(page.n, 1);
	x = page_row(&page, 0);
	assert_int_equal(x->qty, 5);
	assert_int_equal(x->value, 500);
	assert_int_equal(x->lines, 1);
	page_free(&page);
	assert_int_equal(slip_get(s, slip, &page), 0);
	page_free(&page);
	assert_int_equal(slip_get(s, 99, &page), ERR_NOTFOUND);
	assert_int_equal(variant_bins(s, v, 0, &page), 0);
	assert_int_equal(page.n, 1);
	assert_int_equal(
	    ((const struct bin_goods *)page_row(&page, 0))->qty, 3);
	assert_int_equal(
	    ((const struct bin_goods *)page_row(&page, 0))->home, 1);
	page_free(&page);
	assert_int_equal(stock_everywhere(s, v, &page), 0);
	assert_int_equal(page.n, 1);
	page_free(&page);
	fixture_end(s);
}

/* Under any failure a verb is done whole or not at all. */
struct trial {
	const char *op, *kind;
	int (*verb)(struct session *s);
};

static int
do_write(struct session *s, enum stock_verb verb, int64_t qty, const char *to)
{
	return with_bins(s, verb, "A", qty, "", to);
}

static int
do_scrap(struct session *s)
{
	return do_write(s, STOCK_SCRAP, 2, "");
}

static int
do_defect(struct session *s)
{
	return do_write(s, STOCK_DEFECT, 2, "");
}

static int
do_good(struct session *s)
{
	return do_write(s, STOCK_GOOD, 1, "G-1");
}

static int
do_put(struct session *s)
{
	return do_write(s, STOCK_PUT, 2, "P-1");
}

static int
do_return(struct session *s)
{
	struct stock_line l = line("A", 1, 0);
	struct stock_doc d = { .reason = "why", .lines = &l, .n = 1 };
	int64_t slip;

	return stock_return(s, 1, &d, &slip);
}

static int
do_freight(struct session *s)
{
	int64_t slip, expense;

	return stock_freight(s, 1, 77, "late", &slip, &expense);
}

static int
do_send(struct session *s)
{
	return transfer_send(s, 2, NULL);
}

static int
do_arrive(struct session *s)
{
	return transfer_arrive(s, 1, NULL, 0, "", NULL);
}

static int
do_lose(struct session *s)
{
	return transfer_lose(s, 1, "gone", NULL);
}

static int
do_cancel(struct session *s)
{
	return transfer_cancel(s, 1, "no");
}

/* Something of everything to begin with. */
static void
furnish(struct session *s)
{
	struct transfer_piece piece = { .sku = "A", .qty = 1 };
	const struct transfer_edit e = {
		.to = "云仓", .lines = &piece, .n = 1
	};
	int64_t id;

	fixture_variant(s, "A", 9, 100);
	second_warehouse(s);
	fixture_order(s, "1001", 1, "A", NULL);
	ships(s, "1001", 1);
	assert_int_equal(do_write(s, STOCK_DEFECT, 1, ""), 0);
	warehouse_set(s, true, false);
	assert_int_equal(doc(s, STOCK_RECEIVE, line("A", 3, 50), &id), 0);
	assert_int_equal(sends(s, 2, &id), 0);
	assert_int_equal(transfer_add(s, &e, &id), 0);
}

static void
copy_shop(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char buf[16384];
	size_t n;

	assert_true(in != NULL && out != NULL);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		fwrite(buf, 1, n, out);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

/* A copy of a shop that was furnished once. */
static struct session *
furnished(void)
{
	static const char *model;
	struct session *s;
	struct err err;

	if (model == NULL) {
		model = fixture_shop("furnished.db");
		assert_int_equal(session_open(&s, model, &err), 0);
		fixture_role(s, "owner");
		furnish(s);
		session_close(s);
	}
	copy_shop(model, fixture_path("faulty.db"));
	fault_install(true);
	assert_int_equal(session_open(&s, fixture_path("faulty.db"), &err), 0);
	fault_install(false);
	fixture_role(s, "owner");
	return s;
}

static void
under_faults(const struct trial *t)
{
	int64_t slips, moves, audits;
	int rc;

	FOR_EACH_FAULT(f)
	{
		struct session *s = furnished();

		slips = fixture_int(s, "SELECT count(*) FROM stock_slip");
		moves = fixture_int(s, "SELECT count(*) FROM stock_move");
		audits = fixture_int(s, "SELECT count(*) FROM audit");
		fault_arm(&f);
		rc = t->verb(s);
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM stock_slip") - slips,
		    rc == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM stock_move") > moves,
		    rc == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM audit") - audits,
		    rc == 0);
		if (rc == 0)
			fixture_verify(s);
		fixture_end(s);
		assert_true((rc == 0) != f.hit);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	static const struct trial trials[] = {
		{ "stock-scrap", "scrap", do_scrap },
		{ "stock-defect", "defect", do_defect },
		{ "stock-good", "defect", do_good },
		{ "stock-put", "put", do_put },
		{ "stock-return", "return", do_return },
		{ "stock-freight", "cost", do_freight },
		{ "transfer-send", "send", do_send },
		{ "transfer-arrive", "arrive", do_arrive },
		{ "transfer-lose", "scrap", do_lose },
		{ "transfer-cancel", "send", do_cancel },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		under_faults(&trials[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_in_waits_and_is_put_in_its_own_bin),
		cmocka_unit_test(a_bin_is_made_only_when_it_is_said_to_be_new),
		cmocka_unit_test(empty_bins_are_proposed_in_walking_order),
		cmocka_unit_test(goods_are_taken_bin_by_bin_and_lose_no_fen),
		cmocka_unit_test(
		    defective_goods_are_good_again_only_by_somebody),
		cmocka_unit_test(freight_is_spread_over_a_receipt_to_the_fen),
		cmocka_unit_test(
		    what_was_shipped_comes_back_at_its_cost_and_no_more_than_that),
		cmocka_unit_test(goods_under_way_arrive_in_parts_and_are_lost),
		cmocka_unit_test(a_transfer_that_is_cancelled_is_back_whole),
		cmocka_unit_test(
		    what_is_below_zero_is_allowed_where_it_is_and_listed),
		cmocka_unit_test(a_bin_in_use_keeps_its_kind),
		cmocka_unit_test(
		    a_list_of_bins_is_taken_in_whole_or_not_at_all),
		cmocka_unit_test(a_kit_has_no_stock),
		cmocka_unit_test(a_warehouse_may_have_levels_of_its_own),
		cmocka_unit_test(
		    a_line_that_is_wrong_is_named_and_nothing_is_done),
		cmocka_unit_test(
		    past_balances_are_read_by_pages_and_never_go_back),
		cmocka_unit_test(slips_and_places_are_listed),
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
