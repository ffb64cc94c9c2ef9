/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/payments.h"
#include "../../src/domain/money/payments_priv.h"
#include "../../src/domain/orders/order_priv.h"
#include "../../src/domain/reports/figures_priv.h"
#include "../../src/domain/stock/stock_priv.h"
#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

/* Money for orders, and statements against them. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* An order of @origin over 100.00 that nobody paid yet. */
static int64_t
unpaid(struct session *s, const char *no, int64_t origin)
{
	int64_t id = fixture_order(s, no, 2, "A", NULL);
	struct figures f = { 0 };
	struct payment_now was;
	struct order_now now;
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, order_now(s, txn, id, &now));
	must(s, payment_now(s, id, &was));
	must(s, stock_unreserve(s, txn, id));
	must(s, order_move(s, txn, &now, ORDER_UNPAID));
	figures_paid(&f, was.shop_id, was.paid_at, -1, -was.paid);
	must(s, figures_flush(s, txn, &f));
	figures_done(&f);
	must(s, db_exec(txn,
		    "UPDATE customer SET paid_n = 0, paid = 0 WHERE id ="
		    " (SELECT r.customer_id FROM orders o JOIN receiver r"
		    " ON r.id = o.receiver_id WHERE o.id = $1)",
		    DB_ARGS(db_i(id)), NULL));
	must(s, db_exec(txn,
		    "UPDATE orders SET origin = $2, paid = 0, paid_at = 0,"
		    " total = 10000 WHERE id = $1",
		    DB_ARGS(db_i(id), db_i(origin)), NULL));
	must(s, db_commit(&txn));
	return id;
}

static struct session *
shop(const char *role, int64_t *id)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "A", 50, 1000);
	*id = unpaid(s, "M-1", ORDER_MANUAL);
	fixture_role(s, role);
	return s;
}

static int
pay(struct session *s, int64_t order, int64_t fen, const char *ref,
    int64_t due_at, int64_t *id)
{
	struct payment_edit e = {
		.method = "alipay", .amount = fen, .due_at = due_at
	};

	copy_text(e.ref, sizeof(e.ref), ref);
	return payment_add(s, order, &e, id);
}

static int64_t
state_of(struct session *s, int64_t order)
{
	struct db_rows *rows;
	int64_t state;

	must(s, db_query(s->db,
		    "SELECT state * 10 + held FROM orders WHERE id = $1",
		    DB_ARGS(db_i(order)), &rows));
	assert_int_equal(db_next(rows), 1);
	state = db_int(rows, 0);
	db_done(rows);
	return state;
}

static void
the_last_payment_makes_it_paid(void **state)
{
	struct payment_sums sums;
	int64_t order, a, b;
	struct session *s = shop("agent", &order);

	(void)state;
	must(s, pay(s, order, 3000, "n1", 0, &a));
	assert_int_equal(state_of(s, order), ORDER_UNPAID * 10);
	must(s, payment_sums(s, order, &sums));
	assert_int_equal(sums.owed, 7000);
	must(s, pay(s, order, 7000, "n2", 0, &b));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10);
	assert_int_equal(fixture_int(s, "SELECT paid FROM orders"), 10000);
	assert_int_equal(fixture_int(s, "SELECT paid FROM customer"), 10000);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM reservation"), 1);
	assert_int_equal(fixture_audited(s, "payment-add", order), 2);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_missing_holds_it(void **state)
{
	int64_t order, id, counter;
	struct session *s = shop("agent", &order);

	(void)state;
	must(s, pay(s, order, 10000, "n1", 0, &id));
	must(s, payment_reverse(s, id, "bounced", &counter));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10 + 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM order_hold"
			   " WHERE reason = 'payment' AND cleared_at = 0"),
	    1);
	assert_int_equal(payment_reverse(s, id, "again", &counter), ERR_STATE);
	assert_int_equal(
	    payment_reverse(s, counter, "again", &counter), ERR_STATE);
	/* The number is free again, as the payment was none. */
	must(s, pay(s, order, 10000, "n1", 0, &id));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
on_account_nothing_is_held(void **state)
{
	int64_t order, id, counter, company;
	struct session *s = shop("owner", &order);

	(void)state;
	company = unpaid(s, "B-1", ORDER_BUSINESS);
	must(s, pay(s, company, 10000, "", 0, &id));
	must(s, payment_reverse(s, id, "bounced", &counter));
	assert_int_equal(state_of(s, company), ORDER_PAID * 10);
	fixture_verify(s);
	fixture_end(s);
}

/* The price follows what was agreed; so does what is left to pay. */
static void
another_price_settles_it(void **state)
{
	struct order_money price;
	int64_t order, id;
	struct session *s = shop("owner", &order);

	(void)state;
	must(s, pay(s, order, 9000, "", 0, &id));
	must(s, order_money_read(s, order, &price));
	price.discount += 1000;
	must(s, order_money(s, order,
		    fixture_int(s, "SELECT version FROM orders"), &price));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10);
	price.discount -= 500;
	must(s, order_money(s, order,
		    fixture_int(s, "SELECT version FROM orders"), &price));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10 + 1);
	must(s, pay(s, order, 500, "", 0, &id));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10);
	fixture_verify(s);
	fixture_end(s);
}

static void
instalments_come_later(void **state)
{
	struct payment_filter due = { .due = true };
	int64_t order, a, b, c, counter, now = time_now();
	struct session *s = shop("agent", &order);
	struct payment_sums sums;
	struct page page;

	(void)state;
	must(s, pay(s, order, 4000, "", 0, &a));
	must(s, pay(s, order, 3000, "", now + 20 * 86400, &b));
	must(s, pay(s, order, 3000, "", now + 10 * 86400, &c));
	must(s, payment_page(s, &due, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 2);
	assert_int_equal(((const struct payment *)page_row(&page, 0))->id, c);
	page_free(&page);
	due.until = now + 15 * 86400;
	must(s, payment_page(s, &due, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 1);
	page_free(&page);
	/* All of it is agreed on. */
	assert_int_equal(pay(s, order, 1, "", 0, &counter), ERR_INVALID);
	assert_string_equal(s->err.field, "amount");
	must(s, payment_receive(s, c, 0, "n7"));
	assert_int_equal(payment_receive(s, c, 0, ""), ERR_STATE);
	must(s, payment_reverse(s, b, "paid in cash", &counter));
	must(s, payment_sums(s, order, &sums));
	assert_int_equal(sums.due, 0);
	assert_int_equal(sums.owed, 3000);
	assert_int_equal(state_of(s, order), ORDER_UNPAID * 10);
	must(s, pay(s, order, 3000, "", 0, &a));
	assert_int_equal(state_of(s, order), ORDER_PAID * 10);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
wrong_payments_are_refused(void **state)
{
	struct payment_edit e = { .method = "shells", .amount = 100 };
	int64_t order, id, other;
	struct session *s = shop("owner", &order);

	(void)state;
	other = unpaid(s, "M-2", ORDER_MANUAL);
	assert_int_equal(payment_add(s, order, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "method");
	assert_int_equal(pay(s, order, 0, "", 0, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "amount");
	assert_int_equal(pay(s, order, 10001, "", 0, &id), ERR_INVALID);
	assert_int_equal(pay(s, order, -1, "", 0, &id), ERR_INVALID);
	must(s, pay(s, order, 5000, "n1", 0, &id));
	/* One number, one payment: also on another order and over other
	 * money. */
	assert_int_equal(pay(s, other, 4000, " n1 ", 0, &id), ERR_CONFLICT);
	assert_string_equal(s->err.field, "ref");
	assert_non_null(strstr(s->err.text, "M-1"));
	assert_int_equal(payment_reverse(s, id, " ", &id), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	assert_int_equal(payment_receive(s, 99, 0, ""), ERR_NOTFOUND);
	fixture_verify(s);
	fixture_end(s);
}

#define DAY "2024-05-28"
static const char statement[] =
    "商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id,"
    "入帐类型,收入金额(元),支出金额(元),业务描述\n"
    "小店," DAY ",09:12:33,201,66,67,交易收款,100.00,0.00,\n"
    "小店," DAY ",09:12:33,202,66,67,服务费,0.00,4.95,\n"
    "小店," DAY ",10:00:00,203,999,,交易收款,50.00,0.00,\n";

static void
accepted(struct session *s, int64_t lines, int64_t matched)
{
	struct statement_taken n;

	must(s, statement_take(s, &n));
	assert_int_equal(n.lines, lines);
	assert_int_equal(n.matched, matched);
}

static const struct statement_line *
line(struct session *s, bool open, size_t n, struct page *page)
{
	must(s, statement_page(s, open, PAGE_FIRST, NULL, 10, page));
	assert_int_equal(page->n, n);
	return n > 0 ? page_row(page, 0) : NULL;
}

static struct session *
with_statement(void)
{
	struct session *s = fixture_session("owner");
	int64_t then;

	must(s, time_parse(DAY " 08:00:00", &then));
	fixture_variant(s, "A", 50, 1000);
	time_travel(then);
	fixture_order(s, "66", 2, "A", NULL);
	fixture_order(s, "77", 1, "A", NULL);
	time_travel(0);
	take(s, "payments", fixture_file("money.csv", statement), NULL);
	let_go();
	return s;
}

#define NEWEST "SELECT max(id) FROM import_batch"

/* A statement can be taken back until somebody settled a line of it. */
static void
a_statement_is_taken_back_whole(void **state)
{
	struct session *s = with_statement();
	struct import_options opt = { 0 };
	const struct import_stands *stands;
	struct page page;
	int64_t id, batch = fixture_int(s, NEWEST);

	(void)state;
	accepted(s, 3, 2);
	id = line(s, true, 1, &page)->id;
	page_free(&page);
	must(s, statement_explain(s, id, "另一家店的"));
	assert_int_equal(import_undo(s, batch, &opt), ERR_STATE);
	must(s, import_standing(s, batch, 10, &page));
	assert_int_equal(page.n, 1);
	stands = page_row(&page, 0);
	assert_string_equal(stands->kind, "statement");
	page_free(&page);
	must(s, statement_reopen(s, id));
	must(s, import_undo(s, batch, &opt));
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM statement_line"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
lines_find_their_orders(void **state)
{
	struct session *s = with_statement();
	const struct statement_line *l;
	struct page page;

	(void)state;
	accepted(s, 3, 2);
	accepted(s, 0, 0);
	l = line(s, true, 1, &page);
	assert_int_equal(l->amount, 5000);
	assert_string_equal(l->said_no, "999");
	page_free(&page);
	/* The same file again brings nothing. */
	take(s, "payments", fixture_file("again.csv", statement), NULL);
	let_go();
	accepted(s, 0, 0);
	line(s, false, 3, &page);
	page_free(&page);
	fixture_verify(s);
	fixture_end(s);
}

static void
by_hand_and_back(void **state)
{
	struct session *s = with_statement();
	const struct statement_order *o;
	struct page page;
	int64_t id, order;

	(void)state;
	accepted(s, 3, 2);
	id = line(s, true, 1, &page)->id;
	page_free(&page);
	must(s, statement_propose(s, id, &page));
	assert_int_equal(page.n, 1);
	o = page_row(&page, 0);
	assert_string_equal(o->order_no, "77");
	order = o->order_id;
	page_free(&page);
	must(s, statement_match(s, id, order));
	assert_int_equal(statement_match(s, id, order), ERR_STATE);
	must(s, statement_reopen(s, id));
	assert_int_equal(statement_reopen(s, id), ERR_STATE);
	assert_int_equal(statement_explain(s, id, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "note");
	must(s, statement_explain(s, id, "a supplier's mistake"));
	line(s, true, 0, &page);
	page_free(&page);
	assert_int_equal(statement_match(s, 99, order), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "statement-match", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

/* Order numbers of a list. */
static const char *
orders(struct session *s, enum statement_orders which)
{
	static struct str text;
	struct statement_period all = { .since = 1, .until = time_now() };
	struct page page;
	size_t i;

	str_cut(&text, 0);
	str_add(&text, "");
	must(s, statement_orders(s, which, &all, PAGE_FIRST, NULL, 10, &page));
	for (i = 0; i < page.n; i++) {
		const struct statement_order *o = page_row(&page, i);

		str_addf(&text, "%s ", o->order_no);
	}
	page_free(&page);
	return text.s;
}

/* Past the operations, as files of platforms change orders. */
static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_script(txn, sql));
	must(s, db_commit(&txn));
}

static void
what_does_not_fit_is_listed_both_ways(void **state)
{
	struct session *s = with_statement();
	struct page page;

	(void)state;
	accepted(s, 3, 2);
	assert_string_equal(orders(s, STATEMENT_DIFFERS), "");
	assert_string_equal(orders(s, STATEMENT_MISSING), "");
	exec(s, "UPDATE orders SET state = 4");
	must(s, statement_held(s, &page));
	assert_int_equal(page.n, 1);
	assert_int_equal(
	    ((const struct statement_held *)page_row(&page, 0))->amount, 5000);
	page_free(&page);
	exec(s, "UPDATE orders SET state = 5, paid = paid + 100");
	assert_string_equal(orders(s, STATEMENT_DIFFERS), "66 ");
	assert_string_equal(orders(s, STATEMENT_MISSING), "77 ");
	fixture_end(s);
}

static void
faults_leave_old_or_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t order, a = 0, b = 0;
		int rc[3];

		fixture_variant(s, "A", 50, 1000);
		order = unpaid(s, "M-1", ORDER_MANUAL);
		fault_arm(&f);
		rc[0] = pay(s, order, 4000, "", time_now() + 86400, &a);
		rc[1] = rc[0] == 0 ? payment_receive(s, a, 0, "n1") : rc[0];
		rc[2] = pay(s, order, 6000, "n2", 0, &b);
		fault_disarm(&f);
		assert_true(f.hit || (rc[0] | rc[1] | rc[2]) == 0);
		assert_int_equal(fixture_int(s, "SELECT paid FROM orders"),
		    (rc[1] == 0 ? 4000 : 0) + (rc[2] == 0 ? 6000 : 0));
		assert_int_equal(state_of(s, order), rc[1] == 0 && rc[2] == 0
							 ? ORDER_PAID * 10
							 : ORDER_UNPAID * 10);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
faults_leave_statements_whole(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct statement_taken n;
		int rc;

		fixture_variant(s, "A", 50, 1000);
		fixture_order(s, "66", 2, "A", NULL);
		take(s, "payments", fixture_file("money.csv", statement), NULL);
		let_go();
		fault_arm(&f);
		rc = statement_take(s, &n);
		fault_disarm(&f);
		assert_true(f.hit || rc == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM statement_line"),
		    rc == 0 ? 3 : 0);
		must(s, statement_take(s, &n));
		assert_int_equal(n.lines, rc == 0 ? 0 : 3);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_payment_makes_it_paid),
		cmocka_unit_test(what_is_missing_holds_it),
		cmocka_unit_test(on_account_nothing_is_held),
		cmocka_unit_test(another_price_settles_it),
		cmocka_unit_test(instalments_come_later),
		cmocka_unit_test(wrong_payments_are_refused),
		cmocka_unit_test(a_statement_is_taken_back_whole),
		cmocka_unit_test(lines_find_their_orders),
		cmocka_unit_test(by_hand_and_back),
		cmocka_unit_test(what_does_not_fit_is_listed_both_ways),
		cmocka_unit_test(faults_leave_old_or_new),
		cmocka_unit_test(faults_leave_statements_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
