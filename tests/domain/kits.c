/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"

#include "../../src/domain/goods/kits_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"

/* Kits: sold as one, kept, picked and sent as their parts. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static int64_t
id_of(struct session *s, const char *sku)
{
	int64_t id = 0;

	must(s, variant_by_code(s, sku, &id));
	return id;
}

static int
put(struct session *s, const char *kit, const char *part, int64_t qty)
{
	return kit_put(s, id_of(s, kit), id_of(s, part), qty);
}

/* A tea set: a pot and four cups; a gift box: two cups and a towel. */
static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "POT", 50, 4000);
	fixture_variant(s, "CUP", 200, 500);
	fixture_variant(s, "TOWEL", 100, 300);
	fixture_variant(s, "SET", 0, 0);
	fixture_variant(s, "BOX", 0, 0);
	must(s, put(s, "SET", "POT", 1));
	must(s, put(s, "SET", "CUP", 4));
	must(s, put(s, "BOX", "CUP", 2));
	must(s, put(s, "BOX", "TOWEL", 1));
	return s;
}

/* "SET 2k, POT 2/1, CUP 8": lines by product; k a kit, /n a part of line n, -n
 * the state of a refund. */
static const char *
lines(struct session *s, int64_t id)
{
	static char text[400];
	struct order_card card;
	struct str out = STR_INIT;
	size_t i;

	must(s, order_card(s, id, &card));
	for (i = 0; i < card.lines.n; i++) {
		const struct order_line *l = page_row(&card.lines, i);

		str_addf(&out, "%s%s %d", out.len > 0 ? ", " : "", l->sku_code,
		    (int)l->qty);
		if (l->kit == -1)
			str_add(&out, "k");
		if (l->kit > 0)
			str_addf(&out, "/%d", (int)l->kit);
		if (l->refund_state != 0)
			str_addf(&out, "-%d", (int)l->refund_state);
		if (l->kit > 0)
			assert_int_equal(l->price + l->paid, 0);
	}
	order_card_free(&card);
	copy_text(text, sizeof(text), out.s);
	str_done(&out);
	return text;
}

static int64_t
promised(struct session *s, const char *sku)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(s.reserved), 0) FROM stock s JOIN variant v"
	    " ON v.id = s.variant_id WHERE v.sku_code = '%s'",
	    sku);
	return fixture_int(s, sql);
}

/* Something is changed behind everybody's back, as an import would. */
static void
change(struct session *s, int64_t id, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, stock_unreserve(s, txn, id));
	must(s, db_exec(txn, sql, DB_ARGS(db_i(id)), NULL));
	must(s, stock_again(s, txn, id));
	must(s, db_commit(&txn));
}

static void
an_order_of_a_kit_keeps_stock_of_its_parts(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 2, "SET", "CUP", "BOX", NULL);
	struct order_card card;

	(void)state;
	assert_string_equal(lines(s, id),
	    "SET 2k, POT 2/1, CUP 8/1, CUP 2, BOX 2k, CUP 4/3, TOWEL 2/3");
	assert_int_equal(promised(s, "CUP"), 14);
	assert_int_equal(promised(s, "POT"), 2);
	assert_int_equal(promised(s, "SET"), 0);
	/* Counted as sold. */
	must(s, order_card(s, id, &card));
	assert_int_equal(card.order.line_n, 3);
	assert_int_equal(card.order.qty, 6);
	order_card_free(&card);
	fixture_verify(s);
	/* The bench knows the parts alone, and says whose they are. */
	ships(s, "1", 1);
	assert_int_equal(fixture_on_hand(s, id_of(s, "CUP")), 186);
	assert_int_equal(fixture_int(s, "SELECT cost FROM order_line"
					" WHERE line_no = 1"),
	    2 * 4000 + 8 * 500);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(cost) FROM order_line WHERE kit <= 0"),
	    -fixture_int(s, "SELECT sum(value) FROM stock_move"
			    " WHERE qty < 0"));
	fixture_verify(s);
	fixture_end(s);
}

static void
the_bench_packs_the_parts_and_names_the_kit(void **state)
{
	struct session *s = shop();
	const struct pack_line *l;
	struct packing *p;
	size_t n;

	(void)state;
	fixture_order(s, "1", 1, "SET", "TOWEL", NULL);
	p = opened(s, "1");
	l = pack_lines(p, &n);
	assert_int_equal(n, 3);
	assert_string_equal(l[0].sku_code, "TOWEL");
	assert_string_equal(l[0].kit, "");
	assert_string_equal(l[1].sku_code, "POT");
	assert_string_equal(l[1].kit, "Product SET");
	assert_int_equal(l[2].need, 4);
	assert_int_equal(scan(s, p, "BOX"), PACK_WRONG);
	pack_free(p);
	fixture_end(s);
}

static void
a_kit_put_together_before_is_packed_by_its_own_code(void **state)
{
	struct session *s = shop();
	const struct split_piece pot = {
		.line_no = 20001, .part = 2, .qty = 1
	};
	int64_t split = fixture_order(s, "2", 1, "TOWEL", "SET", NULL);
	const struct pack_line *l;
	struct packing *p;
	size_t n;

	(void)state;
	fixture_order(s, "1", 2, "SET", "TOWEL", NULL);
	p = opened(s, "1");
	l = pack_lines(p, &n);
	assert_int_equal(scan(s, p, "SET"), PACK_OK);
	assert_int_equal(l[1].have, 1);
	assert_int_equal(l[2].have, 4);
	assert_int_equal(scan(s, p, "POT"), PACK_OK);
	/* The second kit is begun with its parts: so it goes on. */
	assert_int_equal(scan(s, p, "SET"), PACK_TOO_MANY);
	assert_int_equal(l[2].have, 4);
	assert_int_equal(pack_undo(p), 1);
	assert_int_equal(scan(s, p, "SET"), PACK_OK);
	assert_int_equal(l[1].have + l[2].have, 10);
	/* Back as it came, at once. */
	assert_int_equal(pack_undo(p), 1);
	assert_int_equal(l[1].have + l[2].have, 5);
	assert_int_equal(pack_undo(p), 1);
	assert_int_equal(pack_undo(p), 0);
	assert_int_equal(scan(s, p, "TOWEL"), PACK_OK);
	assert_int_equal(scan(s, p, "TOWEL"), PACK_OK);
	assert_int_equal(scan(s, p, "SET"), PACK_OK);
	assert_int_equal(scan(s, p, "SET"), PACK_COMPLETE);
	pack_free(p);
	/* Whole, or not at all. */
	must(s, order_split(s, split, &pot, 1, NULL));
	p = opened(s, "2-1");
	assert_int_equal(scan(s, p, "SET"), PACK_WRONG);
	pack_free(p);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_refunded_or_ordered_in_other_numbers_takes_its_parts_along(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 2, "SET", "SET", NULL);

	(void)state;
	change(s, id,
	    "UPDATE order_line SET refund_state = 2 WHERE order_id = $1"
	    " AND line_no = 2");
	assert_string_equal(lines(s, id),
	    "SET 2k, POT 2/1, CUP 8/1, SET 2k-2, POT 2/2-2, CUP 8/2-2");
	assert_int_equal(promised(s, "CUP"), 8);
	change(s, id,
	    "UPDATE order_line SET qty = 5 WHERE order_id = $1"
	    " AND line_no = 1");
	assert_int_equal(promised(s, "CUP"), 20);
	assert_int_equal(promised(s, "POT"), 5);
	change(s, id,
	    "UPDATE order_line SET refund_state = 1 WHERE order_id = $1"
	    " AND line_no = 1");
	refused(s, "1", ERR_STATE, "refund");
	fixture_verify(s);
	fixture_end(s);
}

static void
orders_keep_the_parts_that_they_had(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 1, "SET", NULL), other;

	(void)state;
	must(s, put(s, "SET", "CUP", 6));
	must(s, put(s, "SET", "TOWEL", 1));
	must(s, put(s, "SET", "POT", 0));
	change(s, id,
	    "UPDATE order_line SET qty = 3 WHERE order_id = $1"
	    " AND line_no = 1");
	assert_string_equal(lines(s, id), "SET 3k, POT 3/1, CUP 12/1");
	other = fixture_order(s, "2", 1, "SET", NULL);
	assert_string_equal(lines(s, other), "SET 1k, CUP 6/1, TOWEL 1/1");
	assert_int_equal(fixture_audited(s, "product-kit", id_of(s, "SET")), 5);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_item_that_is_mapped_to_a_kit_brings_its_parts(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 2, "?茶具", NULL), item, freed = 0;

	(void)state;
	item = fixture_int(s, "SELECT listing_id FROM order_line");
	must(s, listing_map(s, item, id_of(s, "SET"), &freed));
	assert_int_equal(freed, 1);
	assert_string_equal(lines(s, id), "SET 2k, POT 2/1, CUP 8/1");
	/* It was another one. */
	must(s, listing_map(s, item, id_of(s, "BOX"), NULL));
	assert_string_equal(lines(s, id), "BOX 2k, CUP 4/1, TOWEL 2/1");
	assert_int_equal(promised(s, "POT"), 0);
	must(s, listing_map(s, item, id_of(s, "TOWEL"), NULL));
	assert_string_equal(lines(s, id), "TOWEL 2");
	must(s, listing_map(s, item, id_of(s, "BOX"), NULL));
	fixture_verify(s);
	/* What was sent stays what it was. */
	ships(s, "1", 1);
	must(s, listing_map(s, item, id_of(s, "SET"), NULL));
	assert_string_equal(lines(s, id), "BOX 2k, CUP 4/1, TOWEL 2/1");
	fixture_verify(s);
	fixture_end(s);
}

static void
parts_go_in_parcels_of_their_own(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 1, "SET", "TOWEL", NULL);
	struct split_piece cups = { .line_no = 20002, .part = 2, .qty = 4 };
	const struct split_piece kit = { .line_no = 1, .part = 2, .qty = 1 };
	struct order_card card;

	(void)state;
	assert_int_equal(order_split(s, id, &kit, 1, NULL), ERR_INVALID);
	must(s, order_split(s, id, &cups, 1, NULL));
	fixture_verify(s);
	/* More of the kit goes in the last part. */
	change(s, id,
	    "UPDATE order_line SET qty = 2 WHERE order_id = $1"
	    " AND line_no = 1");
	fixture_verify(s);
	ships(s, "1-1", 1);
	assert_int_equal(state_of(s, id), ORDER_PART_SHIPPED);
	must(s, order_card(s, id, &card));
	assert_int_equal(
	    ((const struct order_line *)page_row(&card.lines, 0))->sent, 0);
	order_card_free(&card);
	fixture_verify(s);
	ships(s, "1-2", 2);
	assert_int_equal(state_of(s, id), ORDER_SHIPPED);
	must(s, order_card(s, id, &card));
	assert_int_equal(
	    ((const struct order_line *)page_row(&card.lines, 0))->sent, 2);
	order_card_free(&card);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_kit_is_given_away_as_well(void **state)
{
	struct session *s = shop();
	int64_t id = fixture_order(s, "1", 4, "CUP", NULL), rule;
	struct gift_rule_edit e = { .name = "cups",
		.sku = "CUP",
		.min_qty = 4,
		.gift_sku = "BOX",
		.gift_qty = 1,
		.active = true };
	bool changed;

	(void)state;
	must(s, gift_rule_add(s, &e, &rule));
	must(s, order_gifts(s, id, &changed));
	assert_string_equal(
	    lines(s, id), "CUP 4, BOX 1k, CUP 2/10001, TOWEL 1/10001");
	/* Its cups were not bought, and it is not given twice. */
	must(s, order_gifts(s, id, &changed));
	assert_false(changed);
	fixture_verify(s);
	must(s, gift_rule_active(s, rule, false));
	must(s, order_gifts(s, id, &changed));
	assert_string_equal(lines(s, id), "CUP 4");
	fixture_verify(s);
	fixture_end(s);
}

static void
refuses(struct session *s, int rc, enum err_code code, const char *field,
    const char *words)
{
	assert_int_equal(rc, code);
	assert_string_equal(s->err.field, field);
	tells(s, words);
}

static void
not_everything_is_a_kit(void **state)
{
	struct session *s = shop();
	int64_t set = id_of(s, "SET");
	struct kit_piece twice[2] = { { id_of(s, "CUP"), 1 },
		{ id_of(s, "CUP"), 2 } };
	struct page page;

	(void)state;
	fixture_variant(s, "NEW", 0, 0);
	refuses(s, put(s, "POT", "CUP", 1), ERR_STATE, "part", "part of a kit");
	refuses(s, put(s, "NEW", "SET", 1), ERR_INVALID, "part", "is a kit");
	refuses(s, put(s, "SET", "SET", 1), ERR_INVALID, "part", "itself");
	refuses(s, put(s, "SET", "TOWEL", -1), ERR_INVALID, "qty", "1 to");
	refuses(s, put(s, "SET", "TOWEL", 0), ERR_NOTFOUND, "part", "no part");
	refuses(s, kit_set(s, set, twice, 2), ERR_INVALID, "part", "twice");
	refuses(s, kit_set(s, 999, twice, 1), ERR_NOTFOUND, "", "no such");
	fixture_variant(s, "PAN", 5, 100);
	refuses(s, put(s, "PAN", "CUP", 1), ERR_STATE, "part", "stock");
	/* What orders wait for has no stock, and is promised all the same. */
	fixture_order(s, "1", 1, "NEW", NULL);
	refuses(s, put(s, "NEW", "CUP", 1), ERR_STATE, "part", "wait");
	exec(s, "UPDATE product SET made = 1 WHERE id ="
		" (SELECT product_id FROM variant WHERE sku_code = 'BOX')");
	refuses(s, put(s, "BOX", "CUP", 3), ERR_STATE, "part", "made to order");
	/* Single again, while it was not sold. */
	must(s, kit_set(s, set, NULL, 0));
	must(s, kit_parts(s, set, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	must(s, put(s, "SET", "CUP", 4));
	fixture_order(s, "2", 1, "SET", NULL);
	refuses(s, kit_set(s, set, NULL, 0), ERR_STATE, "part", "sold");
	refuses(s, put(s, "SET", "CUP", 0), ERR_STATE, "part", "sold");
	fixture_role(s, "clerk");
	assert_int_equal(kit_set(s, set, twice, 1), ERR_DENIED);
	fixture_end(s);
}

static void
parts_are_read_with_what_there_is(void **state)
{
	struct session *s = shop();
	const struct kit_part *p;
	struct page page;

	(void)state;
	must(s, kit_parts(s, id_of(s, "SET"), &page));
	assert_int_equal(page.n, 2);
	p = page_row(&page, 1);
	assert_string_equal(p->sku_code, "CUP");
	assert_int_equal(p->qty, 4);
	assert_int_equal(p->available, 200);
	assert_int_equal(p->unit_cost, 500);
	page_free(&page);
	must(s, kits_with(s, id_of(s, "CUP"), &page));
	assert_int_equal(page.n, 2);
	assert_int_equal(((const struct kit_part *)page_row(&page, 1))->qty, 2);
	page_free(&page);
	fixture_role(s, "clerk");
	must(s, kit_parts(s, id_of(s, "SET"), &page));
	assert_int_equal(
	    ((const struct kit_part *)page_row(&page, 1))->unit_cost, 0);
	page_free(&page);
	fixture_end(s);
}

static void
set_is(struct session *s, int64_t weight, int64_t available)
{
	const struct variant *v;
	struct page page;

	must(s, variant_get(s, id_of(s, "SET"), &page));
	v = page_row(&page, 0);
	assert_int_equal(v->weight, weight);
	assert_int_equal(v->available, available);
	page_free(&page);
}

static void
a_kit_weighs_what_its_parts_do_and_is_never_short_itself(void **state)
{
	struct session *s = shop();
	int64_t set = id_of(s, "SET"), version;
	struct variant_edit e;
	struct page page;

	(void)state;
	exec(s, "UPDATE variant SET weight = 100 WHERE sku_code IN ('POT',"
		" 'CUP') /*scan*/");
	set_is(s, 500, 50);
	/* Another price is no weight of its own. */
	must(s, variant_get(s, set, &page));
	variant_edit_from(&e, page_row(&page, 0));
	version = ((const struct variant *)page_row(&page, 0))->version;
	page_free(&page);
	e.price = 7700;
	must(s, variant_save(s, set, version, &e));
	exec(s, "UPDATE variant SET weight = 300 WHERE sku_code = 'POT'");
	set_is(s, 700, 50);
	/* One that somebody says is. */
	e.weight = 900;
	must(s, variant_save(s, set, version + 1, &e));
	set_is(s, 900, 50);
	fixture_order(s, "1", 53, "POT", NULL);
	set_is(s, 900, 0);
	must(s, kits_with(s, id_of(s, "POT"), &page));
	assert_int_equal(
	    ((const struct kit_part *)page_row(&page, 0))->available, 0);
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_kit_is_changed_whole_or_not_at_all(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t cup = fixture_variant(s, "CUP", 9, 100);
		int64_t set = fixture_variant(s, "SET", 0, 0);
		int64_t n;
		int rc;

		fault_arm(&f);
		rc = kit_put(s, set, cup, 2);
		fault_disarm(&f);
		n = fixture_int(s, "SELECT count(*) FROM kit_part /*scan*/");
		assert_int_equal(n, rc == 0);
		assert_int_equal(fixture_audited(s, "product-kit", set), n);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_order_of_a_kit_keeps_stock_of_its_parts),
		cmocka_unit_test(the_bench_packs_the_parts_and_names_the_kit),
		cmocka_unit_test(
		    a_kit_put_together_before_is_packed_by_its_own_code),
		cmocka_unit_test(
		    what_is_refunded_or_ordered_in_other_numbers_takes_its_parts_along),
		cmocka_unit_test(orders_keep_the_parts_that_they_had),
		cmocka_unit_test(
		    an_item_that_is_mapped_to_a_kit_brings_its_parts),
		cmocka_unit_test(parts_go_in_parcels_of_their_own),
		cmocka_unit_test(a_kit_is_given_away_as_well),
		cmocka_unit_test(not_everything_is_a_kit),
		cmocka_unit_test(parts_are_read_with_what_there_is),
		cmocka_unit_test(
		    a_kit_weighs_what_its_parts_do_and_is_never_short_itself),
		cmocka_unit_test(a_kit_is_changed_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
