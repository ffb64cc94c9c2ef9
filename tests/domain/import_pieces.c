/* SPDX-License-Identifier: MIT */
#include "../../src/domain/import/import_priv.h"
#include "import_lib.h"
#include "shopmgr/base/time.h"

/* Lists, and rows that are kept, go in by pieces: what comes of it is the same,
 * others have their turn in between, and it is all there or nothing. */

#define BILLS \
	"日期,运单号,省份,重量,运费\n" \
	"2024-05-28,W1,浙江,1,3\n2024-05-28,W2,浙江,1,3\n" \
	"2024-05-28,W3,浙江,1,3\n2024-05-28,W1,浙江,1,4\n" \
	"2024-05-28,W4,浙江,x,3\n2024-05-28,W5,浙江,1,3\n" \
	"2024-05-28,W6,浙江,1,3\n"

#define GOODS \
	"sku_code,name,product,barcodes,price,reorder_at,bin\n" \
	"A,甲,盘,111,1,5,A-1\nB,乙,盘,222,1,,\nC,丙,盘,111,1,,\n" \
	"D,丁,碗,,1,,\nA,甲,盘,,2,,\nE,戊,碗,,1,,\n"

#define OPENING "sku_code,qty,cost,bin\nA,3,1.00,A-1\nB,4,2,\nD,5,3,\nX,1,1,\n"

#define PEOPLE \
	"nick,name,phone\n甲,王一,13900000001\n乙,王二,13900000002\n" \
	"丙,王三,13900000003\n甲,王一一,13900000001\n"

#define REFUNDS \
	"订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,退款状态\n" \
	"1001,9001,1,T,10.00,等待卖家同意\n" \
	"1002,9002,1,T,10.00,等待卖家同意\n" \
	"1001,9003,1,T,10.00,退款关闭\n"

static const struct {
	const char *kind, *text;
} files[] = {
	{ "freight-bill", BILLS },
	{ "products", GOODS },
	{ "stock", OPENING },
	{ "customers", PEOPLE },
	{ "refunds", REFUNDS },
};

#define NFILES (sizeof(files) / sizeof(files[0]))

static const char *
file_of(size_t i)
{
	char name[40];

	snprintf(name, sizeof(name), "%s.csv", files[i].kind);
	return fixture_file(name, files[i].text);
}

static void
begin(struct session *s)
{
	fixture_variant(s, "PAN", 5, 100);
	fixture_order(s, "1001", 1, "PAN", NULL);
}

/* What the shop has of them, whatever ids there are. */
static char *
told(struct session *s)
{
	struct str out = STR_INIT;
	char *known = knowledge(s);

	str_add(&out, known);
	free(known);
	add_query(s, &out,
	    "SELECT kind || ' ' || key || ' ' || line || ' ' || order_no || "
	    "' ' || fields FROM staged ORDER BY kind, key /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT kind || ' ' || n FROM staged_count ORDER BY kind "
	    "/*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT sku_code || '|' || v.name || '|' || p.name || '|' || price "
	    "|| '|' || reorder_at FROM variant v JOIN product p ON p.id = "
	    "product_id ORDER BY 1 /*scan*/ /*sort*/");
	add_query(
	    s, &out, "SELECT code FROM barcode ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT kind || '|' || reason || '|' || (SELECT count(*) FROM "
	    "stock_move WHERE slip_id = s.id) FROM stock_slip s ORDER BY id "
	    "/*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT kind || '|' || state || '|' || ifnull(undone_by, 0) || "
	    "'|' || new_n || '|' || updated_n || '|' || unchanged_n || '|' || "
	    "rejected_n FROM import_batch ORDER BY id /*scan*/ /*sort*/");
	return str_take(&out);
}

static char *
take_all(size_t most)
{
	struct session *s = fixture_session("owner");
	char *is;
	size_t i;

	begin(s);
	import_piece_rows = most;
	for (i = 0; i < NFILES; i++)
		take(s, files[i].kind, file_of(i), NULL);
	import_piece_rows = SIZE_MAX;
	is = told(s);
	let_go();
	fixture_end(s);
	return is;
}

static void
pieces_come_to_the_same(void **state)
{
	size_t most;

	(void)state;
	for (most = 1; most <= 4; most++)
		same_text(take_all(SIZE_MAX), take_all(most));
}

static void
pieces_are_taken_back_as_a_whole(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t batch[NFILES];
	char *before;
	size_t i;

	(void)state;
	begin(s);
	before = knowledge(s);
	import_piece_rows = 2;
	for (i = 0; i < NFILES; i++)
		batch[i] = take(s, files[i].kind, file_of(i), NULL)->batch;
	import_step_most = 2;
	for (i = NFILES; i-- > 0;) {
		assert_int_equal(import_undo(s, batch[i], NULL), 0);
		fixture_verify(s);
	}
	import_step_most = 64;
	import_piece_rows = SIZE_MAX;
	same_text(before, knowledge(s));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(n) FROM staged_count /*scan*/"), 0);
	/* The ledger, which only grows, has three of them besides the pan. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM variant"), 4);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 1);
	let_go();
	fixture_end(s);
}

/* Between two pieces there is no transaction open. */
struct turns {
	struct session *self, *other;
	int calls, stop_at, worked;
	char value[16];
};

static int
have_a_turn(void *arg, const struct import_progress *p)
{
	struct turns *t = arg;

	(void)p;
	if (++t->calls == t->stop_at)
		return 1;
	if (t->other == NULL || db_in_txn(t->self->db) || t->worked == 3)
		return 0;
	snprintf(t->value, sizeof(t->value), "%d", 10 + t->calls);
	t->worked += setting_save(t->other, "ship_hours", t->value) == 0;
	return 0;
}

static void
others_have_their_turn_between_two(void **state)
{
	const char *path = fixture_shop("pieces.db");
	struct turns turns = { 0 };
	const struct import_options opt = { .progress = have_a_turn,
		.arg = &turns };
	struct session *s;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_open(&turns.other, path, &err), 0);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	assert_int_equal(
	    session_login(turns.other, "owner", "owner-password"), 0);
	turns.self = s;
	import_piece_rows = 2;
	assert_int_equal(
	    try_import(s, &opt, "freight-bill", file_of(0), NULL), 0);
	import_piece_rows = SIZE_MAX;
	counts(import_summary(taken), 6, 0, 0, 1);
	assert_int_equal(turns.worked, 3);
	assert_int_equal(fixture_int(s, "SELECT state FROM import_batch"), 2);
	fixture_verify(s);
	let_go();
	session_close(turns.other);
	fixture_end(s);
}

static void
what_is_stopped_goes_again(void **state)
{
	size_t i;
	int at, rc;

	(void)state;
	for (i = 0; i < NFILES; i++) {
		struct session *s = fixture_session("owner");
		char *before;

		begin(s);
		if (strcmp(files[i].kind, "stock") == 0)
			take(s, "products", file_of(1), NULL);
		before = knowledge(s);
		import_piece_rows = 1;
		for (at = 1, rc = ERR_CANCELLED; rc != 0; at++) {
			struct turns turns = { .stop_at = at };
			const struct import_options opt = {
				.progress = have_a_turn, .arg = &turns
			};
			char *after;

			rc = try_import(
			    s, &opt, files[i].kind, file_of(i), NULL);
			if (rc == 0)
				break;
			assert_int_equal(rc, ERR_CANCELLED);
			assert_non_null(strstr(s->err.text, "nothing"));
			after = knowledge(s);
			assert_string_equal(after, before);
			free(after);
			assert_int_equal(
			    fixture_int(s, "SELECT count(*) FROM staged"), 0);
			fixture_verify(s);
		}
		import_piece_rows = SIZE_MAX;
		assert_true(at > 4);
		free(before);
		let_go();
		fixture_end(s);
	}
}

/* Whatever call fails, and if nothing works any more after it. */
static void
it_is_all_there_or_nothing(void **state)
{
	(void)state;
	import_piece_rows = 2;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int rc;

		fault_arm(&f);
		rc = try_import(s, NULL, "freight-bill", file_of(0), NULL);
		fault_disarm(&f);
		assert_int_equal(import_recover(s, NULL), 0);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM staged"),
		    rc == 0 ? 6 : 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM import_batch "
				   "WHERE state = 3 /*scan*/"),
		    0);
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
	import_piece_rows = SIZE_MAX;
}

static void
a_trial_in_pieces_changes_nothing(void **state)
{
	static const struct import_options dry = { .dry_run = true };
	struct import_summary one;
	struct session *s;
	char *before;
	size_t i;

	(void)state;
	for (i = 0; i < NFILES; i++) {
		s = fixture_session("owner");
		begin(s);
		if (strcmp(files[i].kind, "stock") == 0)
			take(s, "products", file_of(1), NULL);
		before = everything(s);
		assert_int_equal(
		    try_import(s, &dry, files[i].kind, file_of(i), NULL), 0);
		one = *import_summary(taken);
		import_piece_rows = 3;
		assert_int_equal(
		    try_import(s, &dry, files[i].kind, file_of(i), NULL), 0);
		import_piece_rows = SIZE_MAX;
		/* A clash between two pieces is not seen. */
		if (strcmp(files[i].kind, "products") != 0)
			counts(import_summary(taken), one.new_n, one.updated_n,
			    one.unchanged_n, one.rejected_n);
		same_text(before, everything(s));
		let_go();
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_come_to_the_same),
		cmocka_unit_test(pieces_are_taken_back_as_a_whole),
		cmocka_unit_test(others_have_their_turn_between_two),
		cmocka_unit_test(what_is_stopped_goes_again),
		cmocka_unit_test(it_is_all_there_or_nothing),
		cmocka_unit_test(a_trial_in_pieces_changes_nothing),
	};

	time_travel(1717200000);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
