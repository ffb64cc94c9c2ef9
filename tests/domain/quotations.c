/* SPDX-License-Identifier: MIT */
#include "sale_lib.h"

#include <unistd.h>

#include "shopmgr/domain/print.h"

/* From an enquiry to an order; grades of members and what they pay. */

static struct quotation_edit
asked(const char *nick)
{
	return (struct quotation_edit){ .sale = wanted(nick),
		.channel = "wangwang" };
}

static int64_t
quote(struct session *s, const char *nick)
{
	const struct quotation_edit e = asked(nick);
	int64_t id;

	must(s, quotation_add(s, &e, &id));
	return id;
}

/* "Q-000001 quoted 135.90" */
static const char *
said(struct session *s, int64_t id)
{
	static char text[100];
	const struct quotation *q;
	struct page page;

	must(s, quotation_get(s, id, &page));
	q = page_row(&page, 0);
	snprintf(text, sizeof(text), "%s %s %lld%s", q->quote_no,
	    quotation_state_name(q->state), (long long)q->total,
	    q->expired ? " expired" : "");
	page_free(&page);
	return text;
}

static void
an_enquiry_becomes_an_order(void **state)
{
	struct session *s = store();
	int64_t id = quote(s, "小雨"), order, back;
	struct order_card card;

	(void)state;
	assert_string_equal(said(s, id), "Q-000001 enquiry 13590");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 0);
	must(s, quotation_send(s, id));
	assert_string_equal(said(s, id), "Q-000001 quoted 13590");
	fails(s, quotation_send(s, id), ERR_STATE, "");
	/* What it costs by then does not matter: this was agreed. */
	exec(s, "UPDATE variant SET price = 9900");
	must(s, quotation_order(s, id, &order));
	assert_string_equal(said(s, id), "Q-000001 ordered 13590");
	must(s, order_card(s, order, &card));
	assert_int_equal(card.order.origin, ORDER_QUOTED);
	assert_int_equal(card.order.state, ORDER_UNPAID);
	assert_int_equal(card.order.total, 13590);
	order_card_free(&card);
	must(s, quotation_of_order(s, order, &back));
	assert_int_equal(back, id);
	assert_int_equal(fixture_int(s, "SELECT count(DISTINCT kind) FROM audit"
					" WHERE op = 'quote-order'"),
	    2);
	fails(s, quotation_order(s, id, &order), ERR_STATE, "");
	fails(s, quotation_lose(s, id, "no"), ERR_STATE, "");
	must(s, pay(s, order, 13590));
	assert_int_equal(state_of(s, order), ORDER_PAID);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_has_run_out_is_followed_up(void **state)
{
	struct session *s = store();
	struct quotation_filter due = { .tab = QUOTE_TAB_DUE };
	int64_t id = quote(s, "a"), n[QUOTE_TAB_MAX], order;
	int64_t today = time_day(time_now());
	struct page page;

	(void)state;
	must(s, quotation_send(s, id));
	must(s, quotation_page(s, &due, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	exec(s, "UPDATE quotation SET valid_until = 1000");
	assert_string_equal(said(s, id), "Q-000001 quoted 13590 expired");
	must(s, quotation_page(s, &due, PAGE_FIRST, NULL, 5, &page));
	assert_int_equal(page.n, 1);
	page_free(&page);
	must(s, quotation_counts(s, n));
	assert_int_equal(n[QUOTE_TAB_DUE], 1);
	assert_int_equal(n[QUOTE_TAB_LOST], -1);
	fails(s, quotation_order(s, id, &order), ERR_STATE, "");
	fails(s, quotation_follow(s, id, "asked", today - 1), ERR_INVALID,
	    "valid_until");
	must(s, quotation_follow(s, id, "thinks about it", today + 3));
	assert_string_equal(said(s, id), "Q-000001 quoted 13590");
	must(s, quotation_order(s, id, &order));
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_lost_says_why_and_can_come_back(void **state)
{
	struct session *s = store();
	const struct quotation_figures *f;
	int64_t lost = quote(s, "a"), won = quote(s, "b"), order;
	struct quotation_edit e;
	struct page page;

	(void)state;
	fails(s, quotation_lose(s, lost, " "), ERR_INVALID, "reason");
	must(s, quotation_lose(s, lost, "too dear"));
	assert_string_equal(said(s, lost), "Q-000001 lost 13590");
	must(s, quotation_send(s, won));
	must(s, quotation_order(s, won, &order));
	must(s, quotation_figures(s, 0, 0, &page));
	assert_int_equal(page.n, 2);
	f = page_row(&page, 1);
	assert_int_equal(f->asked, 2);
	assert_int_equal(f->ordered, 1);
	assert_int_equal(f->lost, 1);
	assert_int_equal(f->amount, 13590);
	page_free(&page);
	must(s, quotation_edit_from(s, lost, &e));
	fails(s, quotation_save(s, lost, 2, &e), ERR_STATE, "");
	must(s, quotation_reopen(s, lost));
	assert_string_equal(said(s, lost), "Q-000001 enquiry 13590");
	fails(s, quotation_reopen(s, lost), ERR_STATE, "");
	fixture_verify(s);
	fixture_end(s);
}

static void
another_price_is_to_be_quoted_again(void **state)
{
	struct session *s = store();
	int64_t id = quote(s, "a"), order;
	struct quotation_edit e;

	(void)state;
	must(s, quotation_send(s, id));
	must(s, quotation_edit_from(s, id, &e));
	assert_int_equal(e.sale.n, 2);
	assert_int_equal(e.sale.line[0].price, 5900);
	e.sale.line[0].price = 5500;
	e.sale.n = 1;
	fails(s, quotation_save(s, id, 7, &e), ERR_CONFLICT, "");
	must(s, quotation_save(s, id, 2, &e));
	assert_string_equal(said(s, id), "Q-000001 enquiry 11800");
	e.valid_until = 1;
	fails(s, quotation_save(s, id, 3, &e), ERR_INVALID, "valid_until");
	/* Where it goes may come later, but an order needs it. */
	must(s, quotation_edit_from(s, id, &e));
	e.sale.to = (struct order_address){ .name = "" };
	must(s, quotation_save(s, id, 3, &e));
	fails(s, quotation_order(s, id, &order), ERR_INVALID, "name");
	e.sale.n = 0;
	must(s, quotation_save(s, id, 4, &e));
	fails(s, quotation_send(s, id), ERR_STATE, "");
	e = (struct quotation_edit){ .valid_until = 0 };
	fails(s, quotation_add(s, &e, &id), ERR_INVALID, "nick");
	copy_text(e.sale.nick, 64, "a");
	copy_text(e.channel, 16, "pigeon");
	fails(s, quotation_add(s, &e, &id), ERR_INVALID, "channel");
	fixture_verify(s);
	fixture_end(s);
}

static void
it_is_told_in_a_chat_and_on_paper(void **state)
{
	const char *path = fixture_path("quote.pdf");
	const struct print_job job = { .path = path };
	struct session *s = store();
	int64_t id = quote(s, "小雨");
	struct print_said out;
	char text[TEXT_SIZE];

	(void)state;
	must(s, quotation_send(s, id));
	must(s, quotation_text(s, id, 0, text));
	assert_non_null(strstr(text, "小雨"));
	assert_non_null(strstr(text, "Q-000001"));
	assert_non_null(strstr(text, "Pan×2 (118.00); Spoon×1 (9.90)"));
	assert_non_null(strstr(text, "135.90"));
	must(s, print_quotation(s, id, &job, &out));
	assert_int_equal(out.printed, 1);
	assert_int_equal(out.pages, 1);
	assert_string_equal(out.path, path);
	assert_int_equal(access(path, R_OK), 0);
	assert_int_equal(fixture_audited(s, "quote-print", id), 1);
	fixture_end(s);
}

static int64_t
price_for(struct session *s, int64_t customer, const char *code)
{
	struct sale_price p;

	must(s, sale_price(s, customer, code, &p));
	return p.price * 10 + p.by;
}

static void
members_pay_by_their_grade(void **state)
{
	const struct grade_edit gold = { "gold", 10000, 850 },
				vip = { "vip", 50000, 800 };
	struct session *s = store();
	struct customer_grade g;
	int64_t id, customer;
	struct sale sale = wanted("小雨");
	const struct order_how by_hand = { .terms = 0 };

	(void)state;
	must(s, grade_add(s, &gold, &id));
	must(s, grade_add(s, &vip, &id));
	fails(s, grade_add(s, &vip, &id), ERR_CONFLICT, "name");
	fails(s, grade_add(s, &(struct grade_edit){ "x", 0, 1001 }, &id),
	    ERR_INVALID, "permille");
	must(s, order_add(s, &sale, &by_hand, &id));
	must(s, pay(s, id, 13590));
	customer = fixture_int(s, "SELECT id FROM customer");
	must(s, customer_grade(s, customer, &g));
	assert_string_equal(g.name, "");
	assert_string_equal(g.proposed, "gold");
	assert_int_equal(
	    price_for(s, customer, "SPOON"), 990 * 10 + PRICE_LIST);
	fails(s, customer_grade_set(s, customer, "tin"), ERR_INVALID, "grade");
	must(s, customer_grade_set(s, customer, "gold"));
	must(s, customer_grade_set(s, customer, "gold"));
	assert_int_equal(fixture_audited(s, "customer-grade", customer), 1);
	/* 9.90 by 85 %: 8.415, rounded once. */
	assert_int_equal(
	    price_for(s, customer, "SPOON"), 842 * 10 + PRICE_GRADE);
	assert_int_equal(price_for(s, 0, "SPOON"), 990 * 10 + PRICE_LIST);
	must(s, member_price_set(s, "SPOON", "gold", 700));
	assert_int_equal(
	    price_for(s, customer, "SPOON"), 700 * 10 + PRICE_MEMBER);
	/* An order takes it by itself. */
	must(s, order_add(s, &sale, &by_hand, &id));
	assert_int_equal(of(s, id, "SELECT total FROM orders WHERE id = $1"),
	    2 * 5015 + 700 + 800);
	must(s, member_price_set(s, "SPOON", "gold", MEMBER_PRICE_NONE));
	assert_int_equal(
	    price_for(s, customer, "SPOON"), 842 * 10 + PRICE_GRADE);
	must(s, customer_grade_set(s, customer, ""));
	fixture_verify(s);
	fixture_end(s);
}

static void
prices_of_members_come_by_file_whole(void **state)
{
	const struct grade_edit gold = { "gold", 0, 850 };
	struct member_price_taken n;
	struct session *s = store();
	int64_t id;

	(void)state;
	must(s, grade_add(s, &gold, &id));
	must(s, member_price_take(s,
		    fixture_file("a.csv", "sku_code,grade,price\n"
					  "PAN,gold,49.00\nSPOON,gold,8\n"),
		    &n));
	assert_int_equal(n.set, 2);
	must(s, member_price_take(s,
		    fixture_file("b.csv", "商家编码,会员等级,会员价\n"
					  "PAN,gold,49.00\nSPOON,gold,\n"),
		    &n));
	assert_int_equal(n.same, 1);
	assert_int_equal(n.removed, 1);
	fails(s,
	    member_price_take(s,
		fixture_file("c.csv", "sku_code,grade,price\n"
				      "PAN,gold,1\nPOT,gold,8\n"),
		&n),
	    ERR_INVALID, "");
	assert_non_null(strstr(s->err.text, "Line 3"));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(price) FROM member_price"), 4900);
	fails(s,
	    member_price_take(
		s, fixture_file("d.csv", "sku_code,grade\nPAN,gold\n"), &n),
	    ERR_INVALID, "price");
	fixture_end(s);
}

static void
all_of_it_or_nothing(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		const struct quotation_edit e = asked("a");
		int64_t id = 0, order = 0;
		int add, send, made;

		fixture_variant(s, "PAN", 9, 3000);
		fixture_variant(s, "SPOON", 9, 300);
		fault_arm(&f);
		add = quotation_add(s, &e, &id);
		send = add == 0 ? quotation_send(s, id) : -1;
		made = send == 0 ? quotation_order(s, id, &order) : -1;
		fault_disarm(&f);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM quotation"), add == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM orders"), made == 0);
		assert_int_equal(
		    fixture_audited(s, "quote-send", id), send == 0);
		if (add == 0)
			assert_int_equal(
			    fixture_int(s, "SELECT state FROM quotation"),
			    (send == 0) + (made == 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_enquiry_becomes_an_order),
		cmocka_unit_test(what_has_run_out_is_followed_up),
		cmocka_unit_test(what_is_lost_says_why_and_can_come_back),
		cmocka_unit_test(another_price_is_to_be_quoted_again),
		cmocka_unit_test(it_is_told_in_a_chat_and_on_paper),
		cmocka_unit_test(members_pay_by_their_grade),
		cmocka_unit_test(prices_of_members_come_by_file_whole),
		cmocka_unit_test(all_of_it_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
