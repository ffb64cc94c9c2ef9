/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/orders/order_priv.h"
#include "../../src/domain/review/review_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/shipping.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

/* A shop with one rule, and an order. */
static struct session *
shop(const char *what, const char *value, int64_t *order)
{
	struct session *s = fixture_session("owner");
	struct review_rule_edit e = {
		.name = "R", .action = "hold", .active = true
	};
	int64_t id;

	exec(s, "DELETE FROM review_rule /*scan*/");
	copy_text(e.what, sizeof(e.what), what);
	copy_text(e.value, sizeof(e.value), value);
	must(s, review_rule_add(s, &e, &id));
	fixture_variant(s, "PAN", 9, 3000);
	*order = fixture_order(s, "1001", 1, "PAN", NULL);
	exec(s, "UPDATE receiver SET address = '文三路 478 号' WHERE id = 1");
	return s;
}

/* The open review hold's note; "": none. */
static const char *
saw(struct session *s, int64_t order)
{
	static char text[600];
	struct db_rows *rows;

	text[0] = '\0';
	must(s, db_query(s->db,
		    "SELECT note FROM order_hold WHERE order_id = $1"
		    " AND reason = 'review' AND cleared_at = 0",
		    DB_ARGS(db_i(order)), &rows));
	if (db_next(rows) > 0)
		copy_text(text, sizeof(text), db_text(rows, 0));
	db_done(rows);
	return text;
}

static struct review_counts
run(struct session *s)
{
	struct review_counts n;

	must(s, review_run(s, NULL, &n));
	return n;
}

/* One rule, and an order changed by @sql (NULL: as it is). */
static void
sees(const char *what, const char *value, const char *sql, const char *want)
{
	int64_t order;
	struct session *s = shop(what, value, &order);
	struct review_counts n;

	if (sql != NULL)
		exec(s, sql);
	n = run(s);
	assert_int_equal(n.held + n.passed, 1);
	assert_int_equal(n.held, want[0] != '\0');
	assert_string_equal(saw(s, order), want);
	assert_int_equal(
	    fixture_int(s, "SELECT done & 1 FROM orders WHERE id = 1"), 1);
	/* It is looked at once. */
	n = run(s);
	assert_int_equal(n.held + n.passed, 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
each_kind_of_rule_sees_what_it_is_for(void **state)
{
	(void)state;
	sees("note", "", NULL, "");
	sees("note", "", "UPDATE orders SET buyer_note = '要红色'",
	    "R: the buyer left a message");
	sees("note", "红; 蓝", "UPDATE orders SET buyer_note = '要红色'",
	    "R: 红");
	sees("note", "绿；黄", "UPDATE orders SET buyer_note = '要红色'", "");
	sees("memo", "", "UPDATE orders SET memo = '  '", "");
	sees("memo", "勿发", "UPDATE orders SET memo = '先勿发，等电话'",
	    "R: 勿发");
	sees("title", "预售", NULL, "");
	sees("title", "预售", "UPDATE listing SET title = '【预售】平底锅'",
	    "R: 预售");
	sees("amount_over", "49.99", NULL, "R: 50.00");
	sees("amount_over", "50", NULL, "");
	sees("amount_under", "50.01", NULL, "R: 50.00");
	sees("amount_under", "50", NULL, "");
	sees("cod", "", NULL, "");
	sees("cod", "", "UPDATE orders SET cod = 1", "R");
	sees("place", "新疆;西藏", NULL, "");
	sees("place", "新疆;浙江", NULL, "R: 浙江");
	sees("unmapped", "", NULL, "");
}

static void
items_without_a_product_are_seen(void **state)
{
	int64_t order;
	struct session *s = shop("unmapped", "", &order);

	(void)state;
	order = fixture_order(s, "1002", 1, "?mystery", NULL);
	assert_int_equal(run(s).held, 1);
	assert_string_equal(saw(s, order), "R: mystery");
	fixture_verify(s);
	fixture_end(s);
}

static void
vague_addresses_are_seen(void **state)
{
	static const char value[] = "5;路;街";

	(void)state;
	sees("vague", value, NULL, "");
	sees("vague", value, "UPDATE receiver SET address = '老地方'",
	    "R: the address is short, no number, no street");
	sees("vague", value, "UPDATE receiver SET address = '文三路上那一家'",
	    "");
	sees("vague", value, "UPDATE receiver SET address = '幸福人家小店旁'",
	    "R: no number, no street");
	sees("vague", value, "UPDATE receiver SET address = '长江街１２'", "");
	/* What is hidden is not vague; what is foreign has other streets. */
	sees("vague", value, "UPDATE receiver SET address = '文***'", "");
	sees("vague", value, "UPDATE receiver SET address = '12 Baker Street'",
	    "");
	sees("masked", "测试", NULL, "");
	sees("masked", "测试", "UPDATE receiver SET name = '李**'",
	    "R: name, phone or address is hidden");
	sees(
	    "masked", "测试", "UPDATE receiver SET name = '测试员'", "R: 测试");
	sees("masked", "", "UPDATE receiver SET phone = ''",
	    "R: name or phone is missing");
}

static void
the_same_buyer_again_is_seen(void **state)
{
	int64_t order;
	struct session *s = shop("same_buyer", "3/24", &order);
	struct review_counts n;

	(void)state;
	fixture_order(s, "1002", 1, "PAN", NULL);
	fixture_order(s, "1003", 1, "PAN", NULL);
	fixture_order(s, "1004", 1, "PAN", NULL);
	exec(s, "UPDATE receiver SET customer_id = 1 WHERE id < 4");
	/* Two days before: another purchase. */
	exec(s, "UPDATE orders SET created_at = created_at - 172800"
		" WHERE id = 3");
	n = run(s);
	assert_int_equal(n.held, 0);
	assert_int_equal(n.passed, 4);
	exec(s, "UPDATE orders SET done = 0, created_at = (SELECT"
		" x.created_at FROM orders x WHERE x.id = 1) /*scan*/");
	n = run(s);
	assert_int_equal(n.held, 3);
	assert_string_equal(saw(s, order), "R: 3 orders in 24 h");
	fixture_end(s);
}

static void
stock_is_short_for_those_who_came_last(void **state)
{
	int64_t order, i;
	struct session *s = shop("stock", "", &order);
	struct review_counts n;
	char no[16];

	(void)state;
	/* Nine pans; the tenth and the eleventh have none. */
	for (i = 2; i <= 11; i++) {
		snprintf(no, sizeof(no), "10%02" PRId64, i);
		order = fixture_order(s, no, 1, "PAN", NULL);
	}
	n = run(s);
	assert_int_equal(n.passed, 9);
	assert_int_equal(n.held, 2);
	assert_string_equal(saw(s, order), "R: PAN: 1 missing");
	assert_string_equal(saw(s, 9), "");
	fixture_end(s);
}

static void
rules_go_in_their_order_and_a_pass_ends_it(void **state)
{
	int64_t order, id;
	struct session *s = shop("place", "杭州", &order);
	struct review_rule_edit pass = { .name = "old friends",
		.what = "memo",
		.value = "老客户",
		.action = "pass",
		.active = true };
	struct review_rule_edit second = { .name = "big",
		.what = "amount_over",
		.value = "10",
		.action = "hold",
		.active = true };
	struct review_counts n;

	(void)state;
	must(s, review_rule_add(s, &second, &id));
	must(s, review_rule_add(s, &pass, &id));
	exec(s, "UPDATE orders SET memo = '老客户'");
	/* What was seen before the pass stays seen. */
	n = run(s);
	assert_int_equal(n.held, 1);
	assert_string_equal(saw(s, order), "R: 杭州; big: 50.00");
	must(s, review_pass(s, order, "it is fine"));
	exec(s, "UPDATE orders SET done = 0");
	must(s, review_rule_move(s, id, -1));
	must(s, review_rule_move(s, id, -1));
	assert_int_equal(review_rule_move(s, id, -1), ERR_STATE);
	n = run(s);
	assert_int_equal(n.passed, 1);
	/* Those that are switched off say nothing. */
	exec(s, "UPDATE orders SET done = 0");
	must(s, review_rule_active(s, id, false));
	n = run(s);
	assert_int_equal(n.held, 1);
	fixture_end(s);
}

static void
review_waits_a_while_after_the_payment(void **state)
{
	int64_t order;
	struct session *s = shop("note", "", &order);
	struct review_counts n;
	int64_t held, waiting;

	(void)state;
	must(s, setting_save(s, "review_wait_min", "90"));
	n = run(s); /* paid an hour ago */
	assert_int_equal(n.passed + n.held, 0);
	must(s, review_count(s, &held, &waiting));
	assert_int_equal(held, 0);
	assert_int_equal(waiting, 1);
	must(s, setting_save(s, "review_wait_min", "10"));
	n = run(s);
	assert_int_equal(n.passed, 1);
	fixture_end(s);
}

static int
open_pack(struct session *s)
{
	struct packing *p = NULL;
	int rc = pack_open(s, "1001", &p);

	pack_free(p);
	return rc;
}

static void
what_was_not_reviewed_does_not_ship(void **state)
{
	int64_t order;
	struct session *s = shop("note", "", &order);
	struct review_counts n;

	(void)state;
	assert_int_equal(open_pack(s), 0);
	must(s, review_as_usual(s, &n)); /* it is not usual here */
	assert_int_equal(n.passed + n.held, 0);
	must(s, setting_save(s, "review", "1"));
	assert_int_equal(open_pack(s), ERR_STATE);
	assert_string_equal(s->err.text, "Order 1001 is not reviewed yet");
	must(s, review_as_usual(s, &n));
	assert_int_equal(n.passed, 1);
	assert_int_equal(open_pack(s), 0);
	fixture_end(s);
}

static void
somebody_passes_or_holds(void **state)
{
	int64_t order, held, waiting;
	struct session *s = shop("place", "杭州", &order);
	const struct review_item *it;
	struct page page;

	(void)state;
	run(s);
	must(s, review_page(s, false, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 1);
	it = page_row(&page, 0);
	assert_string_equal(it->order_no, "1001");
	assert_string_equal(it->saw, "R: 杭州");
	assert_string_equal(it->goods, "PAN");
	page_free(&page);
	assert_int_equal(open_pack(s), ERR_STATE);
	must(s, review_pass(s, order, "they live there"));
	assert_int_equal(fixture_audited(s, "review-pass", order), 1);
	assert_int_equal(open_pack(s), 0);
	/* Or it must not go, for a reason of one's own. */
	exec(s, "UPDATE orders SET done = 0");
	run(s);
	must(s, review_hold(s, order, "address", "ask", time_now() + 60));
	must(s, review_count(s, &held, &waiting));
	assert_int_equal(held, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_hold WHERE"
			   " cleared_at = 0 AND reason = 'address'"),
	    1);
	assert_int_equal(review_hold(s, order, "nonsense", "", 0), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	must(s, order_release(s, order, NULL, ""));
	exec(s, "UPDATE orders SET state = 4");
	assert_int_equal(review_pass(s, order, ""), ERR_STATE);
	assert_int_equal(review_hold(s, order, "address", "", 0), ERR_STATE);
	fixture_end(s);
}

static void
what_changed_is_reviewed_again(void **state)
{
	int64_t order;
	struct session *s = shop("note", "", &order);
	struct order_now now;
	struct txn *txn;

	(void)state;
	run(s);
	must(s, db_begin(s->db, &txn));
	must(s, order_now(s, txn, order, &now));
	must(s, review_again(s, txn, &now));
	must(s, db_commit(&txn));
	exec(s, "UPDATE orders SET buyer_note = 'red'");
	assert_int_equal(run(s).held, 1);
	fixture_end(s);
}

static void
rules_are_tried_before_they_count(void **state)
{
	int64_t order;
	struct session *s = shop("place", "杭州", &order);
	const struct review_try *t;
	struct page page;

	(void)state;
	fixture_order(s, "1002", 1, "PAN", NULL);
	exec(s, "UPDATE receiver SET city = '宁波市' WHERE id = 2");
	must(s, review_try(s, &page));
	assert_int_equal(page.n, 1);
	t = page_row(&page, 0);
	assert_int_equal(t->n, 1);
	assert_int_equal(t->of, 2);
	page_free(&page);
	assert_string_equal(saw(s, order), "");
	fixture_end(s);
}

static void
rules_are_judged(void **state)
{
	static const struct {
		const char *what, *value, *field;
	} wrong[] = { { "colour", "", "what" }, { "title", "", "value" },
		{ "title", " ; ", "value" }, { "amount_over", "much", "value" },
		{ "vague", "路;街", "value" }, { "same_buyer", "3", "value" },
		{ "same_buyer", "1/24", "value" }, { "cod", "1", "value" } };
	int64_t order, id;
	struct session *s = shop("note", "", &order);
	struct review_rule_edit e = {
		.name = "X", .what = "note", .action = "hold"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		copy_text(e.what, sizeof(e.what), wrong[i].what);
		copy_text(e.value, sizeof(e.value), wrong[i].value);
		assert_int_equal(review_rule_add(s, &e, &id), ERR_INVALID);
		assert_string_equal(s->err.field, wrong[i].field);
	}
	e = (struct review_rule_edit){
		.name = "R", .what = "note", .action = "hold"
	};
	assert_int_equal(review_rule_add(s, &e, &id), ERR_CONFLICT);
	copy_text(e.name, sizeof(e.name), " ");
	assert_int_equal(review_rule_add(s, &e, &id), ERR_INVALID);
	copy_text(e.name, sizeof(e.name), "Y");
	copy_text(e.action, sizeof(e.action), "burn");
	assert_int_equal(review_rule_add(s, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "action");
	copy_text(e.action, sizeof(e.action), "hold");
	copy_text(e.shop, sizeof(e.shop), "no such shop");
	assert_int_equal(review_rule_add(s, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "shop");
	copy_text(e.shop, sizeof(e.shop), "");
	must(s, review_rule_add(s, &e, &id));
	assert_int_equal(review_rule_save(s, id, 7, &e), ERR_CONFLICT);
	must(s, review_rule_save(s, id, 1, &e));
	assert_int_equal(
	    review_rule_get(s, 4711, &(struct page){ 0 }), ERR_NOTFOUND);
	fixture_end(s);
}

static void
old_shops_get_the_rules_of_new_ones(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t n, all = fixture_int(s, "SELECT count(*) FROM review_rule");

	(void)state;
	assert_true(all >= 10);
	must(s, review_rule_defaults(s, &n));
	assert_int_equal(n, 0);
	exec(s, "DELETE FROM review_rule WHERE what <> 'note' /*scan*/");
	must(s, review_rule_defaults(s, &n));
	assert_int_equal(n, all - 1);
	/* Each of them is one that can be saved as it is. */
	assert_int_equal(fixture_audited(s, "review-rule-add", 0), 1);
	fixture_end(s);
}

static void
every_rule_of_a_new_shop_holds_together(void **state)
{
	struct session *s = fixture_session("owner");
	struct review_tests tests;

	(void)state;
	must(s, review_tests_read(s, true, &tests));
	assert_int_equal(
	    tests.n, fixture_int(s, "SELECT count(*) FROM review_rule"));
	review_tests_done(&tests);
	fixture_end(s);
}

static void
a_run_is_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct review_counts n;
		int64_t order, done, held;
		int rc;

		fixture_variant(s, "PAN", 9, 3000);
		order = fixture_order(s, "1001", 1, "PAN", NULL);
		exec(s, "UPDATE orders SET buyer_note = 'red'");
		fault_arm(&f);
		rc = review_run(s, NULL, &n);
		fault_disarm(&f);
		done = fixture_int(s, "SELECT done & 1 FROM orders");
		held = fixture_int(s, "SELECT held FROM orders");
		if (rc == 0)
			assert_int_equal(done, n.held);
		assert_int_equal(done, held);
		assert_int_equal(
		    fixture_audited(s, "review-stop", order), done);
		assert_int_equal(fixture_audited(s, "review-run", 0), done);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
words_at_review_are_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct review_counts n;
		int64_t order, open;
		int pass, hold;

		fixture_variant(s, "PAN", 9, 3000);
		order = fixture_order(s, "1001", 1, "PAN", NULL);
		exec(s, "UPDATE orders SET buyer_note = 'red'");
		must(s, review_run(s, NULL, &n));
		fault_arm(&f);
		hold = review_hold(s, order, "address", "", 0);
		pass = review_pass(s, order, "");
		fault_disarm(&f);
		open = fixture_int(s, "SELECT count(*) FROM order_hold"
				      " WHERE cleared_at = 0");
		assert_int_equal(open, hold == 0 || pass < 0);
		assert_int_equal(
		    fixture_audited(s, "review-hold", order), hold == 0);
		assert_int_equal(
		    fixture_audited(s, "review-pass", order), pass == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
rules_are_kept_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct review_rule_edit e = { .name = "X",
			.what = "note",
			.action = "hold",
			.active = true };
		int64_t id = 0, was;
		int add, save, move;

		was = fixture_int(s, "SELECT count(*) FROM review_rule");
		fault_arm(&f);
		add = review_rule_add(s, &e, &id);
		save = add == 0 ? review_rule_active(s, id, false) : -1;
		move = add == 0 ? review_rule_move(s, id, -1) : -1;
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM review_rule"),
		    was + (add == 0));
		assert_int_equal(
		    fixture_audited(s, "review-rule-add", id), add == 0);
		assert_int_equal(fixture_audited(s, "review-rule-save", id),
		    (add == 0) * ((save == 0) + (move == 0)));
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_rule_sees_what_it_is_for),
		cmocka_unit_test(items_without_a_product_are_seen),
		cmocka_unit_test(vague_addresses_are_seen),
		cmocka_unit_test(the_same_buyer_again_is_seen),
		cmocka_unit_test(stock_is_short_for_those_who_came_last),
		cmocka_unit_test(rules_go_in_their_order_and_a_pass_ends_it),
		cmocka_unit_test(review_waits_a_while_after_the_payment),
		cmocka_unit_test(what_was_not_reviewed_does_not_ship),
		cmocka_unit_test(somebody_passes_or_holds),
		cmocka_unit_test(what_changed_is_reviewed_again),
		cmocka_unit_test(rules_are_tried_before_they_count),
		cmocka_unit_test(rules_are_judged),
		cmocka_unit_test(old_shops_get_the_rules_of_new_ones),
		cmocka_unit_test(every_rule_of_a_new_shop_holds_together),
		cmocka_unit_test(a_run_is_whole_whatever_fails),
		cmocka_unit_test(words_at_review_are_whole_whatever_fails),
		cmocka_unit_test(rules_are_kept_whole_whatever_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
