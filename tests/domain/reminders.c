/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/settings.h"

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

/* An order of an hour ago that nobody has paid for. */
static int64_t
unpaid(struct session *s, const char *no)
{
	int64_t id = fixture_order(s, no, 2, "PAN", NULL);

	exec(s, "UPDATE orders SET state = 1, paid = 0, paid_at = 0 /*scan*/");
	return id;
}

static struct session *
shop(const char *role)
{
	struct session *s = fixture_session(role);

	fixture_variant(s, "PAN", 900, 3000);
	return s;
}

static size_t
listed(struct session *s, bool due)
{
	struct page page;
	size_t n;

	must(s, unpaid_page(s, due, PAGE_FIRST, NULL, 50, &page));
	n = page.n;
	page_free(&page);
	return n;
}

static const struct reminder_edit chat = { .channel = "wangwang",
	.text = "please pay" };

static void
unpaid_orders_are_listed_while_it_is_worth_it(void **state)
{
	struct session *s = shop("agent");
	const struct unpaid *u;
	struct page page;

	(void)state;
	unpaid(s, "1001");
	unpaid(s, "1002");
	must(s, unpaid_page(s, false, PAGE_FIRST, NULL, 1, &page));
	u = page_row(&page, 0);
	assert_string_equal(u->order_no, "1001");
	assert_string_equal(u->nick, "nick-1001");
	assert_string_equal(u->goods, "PAN");
	assert_int_equal(u->total, 10000);
	assert_int_equal(u->reminded, 0);
	page_free(&page);
	assert_int_equal(listed(s, false), 2);
	fixture_role(s, "owner");
	must(s, setting_save(s, "remind_after_min", "61"));
	assert_int_equal(listed(s, false), 0);
	must(s, setting_save(s, "remind_after_min", "59"));
	assert_int_equal(listed(s, false), 2);
	exec(s, "UPDATE orders SET created_at = created_at - 80 * 3600"
		" WHERE id = 1");
	assert_int_equal(listed(s, false), 1);
	exec(s, "UPDATE orders SET state = 2 WHERE id = 2");
	assert_int_equal(listed(s, false), 0);
	fixture_end(s);
}

static void
texts_are_filled_in(void **state)
{
	struct session *s = shop("owner");
	int64_t order = unpaid(s, "1001"), id;
	struct text_template_edit e = { .kind = "unpaid",
		.name = "short",
		.text = "{nick}: {order_no}, {goods}, {amount}, {minutes} {",
		.active = true };
	char text[TEXT_SIZE];

	(void)state;
	assert_int_equal(text_add(s, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "text");
	copy_text(e.text, sizeof(e.text), "Dear {name}");
	assert_int_equal(text_add(s, &e, &id), ERR_INVALID);
	copy_text(e.text, sizeof(e.text),
	    "{nick}: {order_no}, {goods}, {amount}, {minutes} min, {ago}.");
	must(s, text_add(s, &e, &id));
	must(s, text_fill(s, id, order, text));
	assert_string_equal(
	    text, "nick-1001: 1001, PAN, 100.00, 60 min, 60 minutes.");
	assert_int_equal(text_add(s, &e, &id), ERR_CONFLICT);
	assert_int_equal(text_save(s, id, 9, &e), ERR_CONFLICT);
	copy_text(e.name, sizeof(e.name), "");
	assert_int_equal(text_save(s, id, 1, &e), ERR_INVALID);
	assert_string_equal(s->err.field, "name");
	assert_int_equal(text_fill(s, 4711, order, text), ERR_NOTFOUND);
	/* Of several goods the buyer reads words. */
	fixture_variant(s, "LID", 900, 3000);
	order = fixture_order(s, "1002", 2, "PAN", "LID", NULL);
	must(s, text_fill(s, id, order, text));
	assert_non_null(strstr(text, ", PAN and 1 more, "));
	fixture_end(s);
}

static void
new_shops_have_texts_and_old_ones_get_them(void **state)
{
	struct session *s = shop("owner");
	int64_t order = unpaid(s, "1001"), n;
	char text[TEXT_SIZE];
	struct page page;
	size_t i;

	(void)state;
	must(s, text_page(s, "unpaid", &page));
	assert_true(page.n >= 3);
	for (i = 0; i < page.n; i++) {
		const struct text_template *t = page_row(&page, i);

		must(s, text_fill(s, t->id, order, text));
		assert_null(strchr(text, '{'));
	}
	page_free(&page);
	exec(s, "DELETE FROM text_template /*scan*/");
	must(s, text_defaults(s, &n));
	assert_int_equal(n, 4);
	must(s, text_defaults(s, &n));
	assert_int_equal(n, 0);
	fixture_end(s);
}

static void
what_was_written_and_answered_is_kept(void **state)
{
	struct session *s = shop("agent");
	int64_t order = unpaid(s, "1001"), id, now = time_now();
	struct reminder_edit e = chat;
	const struct reminder *m;
	struct page page;

	(void)state;
	e.next_at = now + 3600;
	must(s, reminder_add(s, order, &e, &id));
	assert_int_equal(fixture_audited(s, "order-remind", order), 1);
	assert_int_equal(listed(s, false), 1);
	assert_int_equal(listed(s, true), 0);
	assert_int_equal(reminder_add(s, order, &chat, &id), ERR_STATE);
	assert_string_equal(s->err.field, "next_at");
	must(s, reminder_result(s, id, "later", "payday", 0));
	must(s, reminder_add(s, order, &chat, &id));
	must(s, order_cancel(s, order, "never paid"));
	must(s, reminder_page(s, order, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 2);
	m = page_row(&page, 1);
	assert_string_equal(m->result, "later");
	assert_string_equal(m->note, "payday");
	assert_string_equal(m->text, "please pay");
	assert_string_equal(m->staff, "agent");
	assert_int_equal(m->state, ORDER_CLOSED);
	page_free(&page);
	fixture_end(s);
}

static void
reminders_are_judged(void **state)
{
	struct session *s = shop("agent");
	int64_t order = unpaid(s, "1001"), id, now = time_now();
	struct reminder_edit e = chat;

	(void)state;
	copy_text(e.channel, sizeof(e.channel), "pigeon");
	assert_int_equal(reminder_add(s, order, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "channel");
	e = chat;
	e.text[0] = '\0';
	assert_int_equal(reminder_add(s, order, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "text");
	e = chat;
	copy_text(e.result, sizeof(e.result), "angry");
	assert_int_equal(reminder_add(s, order, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "result");
	e = chat;
	e.next_at = now - 10;
	assert_int_equal(reminder_add(s, order, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "next_at");
	assert_int_equal(
	    reminder_result(s, 4711, "later", "", 0), ERR_NOTFOUND);
	exec(s, "UPDATE orders SET state = 2 /*scan*/");
	assert_int_equal(reminder_add(s, order, &chat, &id), ERR_STATE);
	fixture_end(s);
}

static void
what_reminding_brought_is_counted_once(void **state)
{
	struct session *s = shop("agent");
	const struct reminder_figures *f;
	int64_t a, b, c, id, now = time_now(), text;
	struct reminder_edit e = chat;
	struct page page;

	(void)state;
	a = fixture_order(s, "1", 1, "PAN", NULL);
	b = fixture_order(s, "2", 1, "PAN", NULL);
	c = unpaid(s, "3");
	must(s, text_by_name(s, "unpaid", "温馨提醒", &text));
	must(s, reminder_add(s, a, &chat, &id));
	fixture_role(s, "owner");
	e.template_id = text;
	must(s, reminder_add(s, a, &e, &id));
	must(s, reminder_add(s, b, &e, &id));
	must(s, reminder_add(s, c, &e, &id));
	/* One is paid at once, one in two days, one not at all. */
	exec(s, "UPDATE orders SET paid_at = (SELECT max(at) + 60"
		" FROM reminder), paid = 5000 WHERE id = 1 /*scan*/");
	exec(s, "UPDATE orders SET paid_at = (SELECT max(at) + 180000"
		" FROM reminder), paid = 5000 WHERE id = 2 /*scan*/");
	must(s,
	    reminder_figures(s, REMINDER_BY_STAFF, now - 60, now + 60, &page));
	assert_int_equal(page.n, 1);
	f = page_row(&page, 0);
	assert_string_equal(f->name, "owner");
	assert_int_equal(f->orders, 3);
	assert_int_equal(f->paid_n, 1);
	assert_int_equal(f->paid, 5000);
	page_free(&page);
	must(s,
	    reminder_figures(s, REMINDER_BY_TEXT, now - 60, now + 60, &page));
	assert_int_equal(page.n, 1);
	f = page_row(&page, 0);
	assert_string_equal(f->name, "温馨提醒");
	page_free(&page);
	must(s,
	    reminder_figures(s, REMINDER_BY_TEXT, now - 600, now - 60, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	fixture_end(s);
}

static void
reminders_are_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct text_template_edit e = {
			.kind = "unpaid", .name = "x", .text = "{nick}"
		};
		int64_t order, id = 0, text = 0, n;
		int add, answer, save;

		fixture_variant(s, "PAN", 9, 3000);
		order = unpaid(s, "1");
		fault_arm(&f);
		add = reminder_add(s, order, &chat, &id);
		answer = add == 0 ? reminder_result(s, id, "later", "", 0) : -1;
		save = text_add(s, &e, &text);
		if (save == 0)
			save = text_save(s, text, 1, &e) == 0 ? 2 : 1;
		fault_disarm(&f);
		n = fixture_int(s, "SELECT count(*) FROM reminder");
		assert_int_equal(n, add == 0);
		assert_int_equal(fixture_audited(s, "order-remind", order), n);
		assert_int_equal(
		    fixture_audited(s, "reminder-result", order), answer == 0);
		assert_int_equal(
		    fixture_audited(s, "text-add", text), save > 0);
		assert_int_equal(
		    fixture_audited(s, "text-save", text), save == 2);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpaid_orders_are_listed_while_it_is_worth_it),
		cmocka_unit_test(texts_are_filled_in),
		cmocka_unit_test(new_shops_have_texts_and_old_ones_get_them),
		cmocka_unit_test(what_was_written_and_answered_is_kept),
		cmocka_unit_test(reminders_are_judged),
		cmocka_unit_test(what_reminding_brought_is_counted_once),
		cmocka_unit_test(reminders_are_whole_whatever_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
