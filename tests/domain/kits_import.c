/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"

/* Lists of kits: taken in, given out, and taken back. */

#define HEAD "kit_sku,part_sku,qty\n"

/* Three single products, two that are to be kits, and one that is. */
static struct session *
shop(void)
{
	static const char *const skus[] = { "POT", "CUP", "TOWEL", "SET", "BOX",
		"OLD" };
	struct session *s = fixture_session("owner");
	int i;

	for (i = 0; i < 6; i++)
		fixture_variant(s, skus[i], i < 3 ? 50 : 0, 100);
	assert_int_equal(kit_put(s, 6, 1, 2), 0);
	return s;
}

/* "BOX 2 CUP, OLD 2 POT": what all kits are made up of. */
static const char *
kits(struct session *s)
{
	return text_of(s,
	    "SELECT group_concat(w, ', ') FROM (SELECT v.sku_code || ' ' ||"
	    " k.qty || ' ' || p.sku_code AS w FROM kit_part k"
	    " JOIN variant v ON v.id = k.kit_id AND v.kit = 1"
	    " JOIN variant p ON p.id = k.part_id ORDER BY v.sku_code,"
	    " p.sku_code)");
}

static int64_t
take_list(struct session *s, const char *text, int64_t new_n, int64_t updated,
    int64_t unchanged, int64_t rejected)
{
	const struct import_summary *sum =
	    take(s, NULL, fixture_file("kits.csv", text), NULL);

	assert_string_equal(import_kind(taken), "kits");
	counts(sum, new_n, updated, unchanged, rejected);
	return sum->batch;
}

static void
a_list_says_what_kits_are_made_up_of(void **state)
{
	struct session *s = shop();
	const char *text = HEAD "SET,POT,1\nOLD,CUP,3\nBOX,CUP,2\nSET,CUP,4\n";

	(void)state;
	take_list(s, text, 3, 1, 0, 0);
	assert_string_equal(
	    kits(s), "BOX 2 CUP, OLD 3 CUP, SET 4 CUP, SET 1 POT");
	/* The same says nothing new, in Chinese and by barcode, too. */
	take(s, "products",
	    fixture_file("p.csv", "sku_code,barcodes\nCUP,6901 6902\n"), NULL);
	take_list(s, "组合装编码,配件编码,数量\nBOX,6901,2\n", 0, 0, 1, 0);
	/* The rows of a kit are all it is made up of. */
	take_list(s, HEAD "SET,TOWEL,5\n", 0, 1, 0, 0);
	assert_string_equal(kits(s), "BOX 2 CUP, OLD 3 CUP, SET 5 TOWEL");
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'import'"
			   " AND kind = 'variant' AND subject = 4"),
	    2);
	let_go();
	fixture_end(s);
}

static void
refused_with(const char *word)
{
	const struct import_reject *r;
	size_t i, n;

	r = import_rejects(taken, &n);
	for (i = 0; i < n; i++)
		if (strstr(r[i].reason, word) != NULL)
			return;
	fail_msg("nothing is refused with %s", word);
}

static void
a_kit_is_taken_whole_or_not_at_all(void **state)
{
	struct session *s = shop();
	const struct import_reject *r;
	const char *rows[3];
	struct import *again;
	size_t n, which[] = { 0, 1, 2 };

	(void)state;
	take_list(s,
	    HEAD "SET,POT,1\nBOX,CUP,2\nSET,CUP,many\nSET,TOWEL,1\n"
		 "NONE,CUP,1\n",
	    1, 0, 0, 4);
	assert_string_equal(kits(s), "BOX 2 CUP, OLD 2 POT");
	r = import_rejects(taken, &n);
	assert_int_equal(n, 4);
	assert_string_equal(r[0].column, ""); /* it is the kit's fourth line */
	assert_true(import_rows_together(taken));
	assert_string_equal(r[1].column, "qty");
	refused_with("no number of pieces");
	refused_with("Line 4 of the same kit");
	refused_with("code NONE");
	/* Put right, with the rows that were refused along with it. */
	rows[0] = "SET,POT,1";
	rows[1] = "SET,CUP,4";
	rows[2] = "SET,TOWEL,1";
	assert_int_equal(
	    import_retry(s, taken, which, rows, 3, NULL, &again), 0);
	counts(import_summary(again), 3, 0, 0, 0);
	import_free(again);
	assert_string_equal(
	    kits(s), "BOX 2 CUP, OLD 2 POT, SET 4 CUP, SET 1 POT, SET 1 TOWEL");
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
what_cannot_be_a_kit_is_refused_by_the_row(void **state)
{
	struct session *s = shop();

	(void)state;
	take_list(s, HEAD "SET,OLD,1\n", 0, 0, 0, 1);
	refused_with("OLD is a kit");
	take_list(s, HEAD "SET,SET,1\n", 0, 0, 0, 1);
	refused_with("part of itself");
	take_list(s, HEAD "CUP,TOWEL,1\n", 0, 0, 0, 1);
	refused_with("has stock");
	take_list(s, HEAD "POT,TOWEL,1\n", 0, 0, 0, 1);
	refused_with("part of a kit itself");
	take_list(s, HEAD "SET,CUP,1\nSET,CUP,2\n", 0, 0, 0, 2);
	refused_with("named twice");
	take_list(s, HEAD "SET,CUP,0\n", 0, 0, 0, 1);
	refused_with("from 1 to");
	assert_string_equal(kits(s), "OLD 2 POT");
	let_go();
	fixture_end(s);
}

static void
trying_out_changes_nothing(void **state)
{
	const struct import_options dry = { .dry_run = true };
	struct session *s = shop();

	(void)state;
	assert_int_equal(
	    try_import(s, &dry, "kits",
		fixture_file("kits.csv", HEAD "SET,CUP,4\nOLD,CUP,1\n"), NULL),
	    0);
	counts(import_summary(taken), 1, 1, 0, 0);
	assert_string_equal(kits(s), "OLD 2 POT");
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

/* What @batch did is gone, and nothing else. */
static void
a_list_is_taken_back(void **state)
{
	struct session *s = shop();
	struct import_change_filter of = { .what = "kit" };
	const struct import_change *c;
	struct page page;
	int64_t batch, later;

	(void)state;
	batch =
	    take_list(s, HEAD "SET,POT,1\nSET,CUP,4\nOLD,CUP,1\n", 2, 1, 0, 0);
	of.batch = batch;
	assert_int_equal(
	    import_change_page(s, &of, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 2);
	c = page_row(&page, 0);
	assert_string_equal(c->label, "SET");
	assert_string_equal(c->before, "single");
	assert_string_equal(c->after, "1 x POT, 4 x CUP");
	page_free(&page);
	/* A later list stands on it; and goes. */
	later = take_list(s, HEAD "SET,TOWEL,1\n", 0, 1, 0, 0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_int_equal(import_undo(s, later, NULL), 0);
	assert_string_equal(kits(s), "OLD 1 CUP, SET 4 CUP, SET 1 POT");
	assert_int_equal(import_undo(s, batch, NULL), 0);
	assert_string_equal(kits(s), "OLD 2 POT");
	fixture_verify(s);
	/* The last kit of the shop goes as well, and orders know. */
	assert_int_equal(kit_set(s, 6, NULL, 0), 0);
	batch = take_list(s, HEAD "SET,POT,1\n", 1, 0, 0, 0);
	assert_int_equal(import_undo(s, batch, NULL), 0);
	fixture_order(s, "1", 1, "SET", NULL);
	assert_int_equal(fixture_int(s, "SELECT max(kit) FROM order_line"), 0);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
what_people_or_orders_did_stands_on_a_list(void **state)
{
	struct session *s = shop();
	int64_t batch = take_list(s, HEAD "SET,POT,1\n", 1, 0, 0, 0);

	(void)state;
	fixture_order(s, "1", 1, "SET", NULL);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_non_null(strstr(s->err.text, "sold as a kit"));
	batch = take_list(s, HEAD "BOX,POT,1\n", 1, 0, 0, 0);
	assert_int_equal(kit_put(s, 5, 2, 1), 0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	fixture_verify(s);
	/* A kit of other parts goes back though it was sold: orders keep what
	 * they have. */
	batch = take_list(s, HEAD "SET,POT,1\nSET,CUP,9\n", 0, 2, 0, 0);
	fixture_order(s, "2", 1, "SET", NULL);
	assert_int_equal(import_undo(s, batch, NULL), 0);
	assert_string_equal(
	    kits(s), "BOX 1 CUP, BOX 1 POT, OLD 2 POT, SET 1 POT");
	assert_int_equal(
	    fixture_int(s, "SELECT sum(reserved) FROM stock /*scan*/"), 11);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

/* What it was made up of before cannot be any more: it stays. */
static void
a_part_that_is_a_kit_by_now_does_not_come_back(void **state)
{
	struct session *s = shop();
	int64_t batch;

	(void)state;
	assert_int_equal(kit_put(s, 4, 5, 1), 0);
	batch = take_list(s, HEAD "SET,POT,1\n", 0, 1, 0, 0);
	assert_int_equal(kit_put(s, 5, 2, 2), 0);
	assert_int_equal(import_undo(s, batch, NULL), 0);
	assert_string_equal(kits(s), "BOX 2 CUP, OLD 2 POT, SET 1 POT");
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

static void
every_fault_leaves_the_kits_old_or_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		const char *path =
		    fixture_file("kits.csv", HEAD "SET,CUP,2\nBOX,CUP,3\n");
		int64_t n;
		int rc;

		fixture_variant(s, "CUP", 9, 100);
		fixture_variant(s, "SET", 0, 0);
		fixture_variant(s, "BOX", 0, 0);
		fault_arm(&f);
		rc = try_import(s, NULL, "kits", path, NULL);
		fault_disarm(&f);
		n = fixture_int(s, "SELECT count(*) FROM kit_part /*scan*/");
		assert_int_equal(n, rc == 0 ? 2 : 0);
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_says_what_kits_are_made_up_of),
		cmocka_unit_test(a_kit_is_taken_whole_or_not_at_all),
		cmocka_unit_test(what_cannot_be_a_kit_is_refused_by_the_row),
		cmocka_unit_test(trying_out_changes_nothing),
		cmocka_unit_test(a_list_is_taken_back),
		cmocka_unit_test(what_people_or_orders_did_stands_on_a_list),
		cmocka_unit_test(
		    a_part_that_is_a_kit_by_now_does_not_come_back),
		cmocka_unit_test(every_fault_leaves_the_kits_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
