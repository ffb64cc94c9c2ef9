/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static struct session *
shop(int64_t *order)
{
	struct session *s = fixture_session("agent");

	fixture_variant(s, "PAN", 9, 3000);
	*order = fixture_order(s, "1001", 1, "PAN", NULL);
	return s;
}

static const char sql_held[] = "SELECT held FROM orders WHERE id = 1";

static void
a_hold_ends_by_itself_when_its_time_has_come(void **state)
{
	int64_t order, now = time_now();
	struct session *s = shop(&order);
	struct order_card card;
	const struct order_hold *h;

	(void)state;
	must(s, order_hold_until(s, order, "manual", "payday", now + 7200));
	assert_int_equal(fixture_int(s, sql_held), 1);
	must(s, order_holds_end(s));
	assert_int_equal(fixture_int(s, sql_held), 1);
	must(s, order_card(s, order, &card));
	h = page_row(&card.holds, 0);
	assert_int_equal(h->until_at, now + 7200);
	order_card_free(&card);
	/* Whoever is there then; the log has it of the one who wanted it. */
	fixture_role(s, "clerk");
	time_travel(now + 7201);
	must(s, order_holds_end(s));
	time_travel(0);
	assert_int_equal(fixture_int(s, sql_held), 0);
	assert_int_equal(fixture_audited(s, "order-hold-end", order), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit a JOIN staff t"
			   " ON t.id = a.staff_id WHERE a.op = 'order-hold-end'"
			   " AND t.login = 'agent' AND a.detail = 'manual'"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_hold"
					" WHERE cleared_by IS NULL"
					" AND cleared_at > 0"),
	    1);
	fixture_verify(s);
	fixture_end(s);
}

static void
other_reasons_go_on(void **state)
{
	int64_t order, now = time_now();
	struct session *s = shop(&order);

	(void)state;
	must(s, order_hold_until(s, order, "manual", "", now + 60));
	must(s, order_hold(s, order, "address", ""));
	time_travel(now + 61);
	must(s, order_holds_end(s));
	time_travel(0);
	assert_int_equal(fixture_int(s, sql_held), 1);
	must(s, order_release(s, order, NULL, ""));
	assert_int_equal(fixture_int(s, sql_held), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
the_end_of_a_hold_can_be_put_off(void **state)
{
	int64_t order, now = time_now();
	struct session *s = shop(&order);

	(void)state;
	must(s, order_hold_until(s, order, "manual", "first", now + 60));
	assert_int_equal(
	    order_hold_until(s, order, "manual", "", now + 60), ERR_CONFLICT);
	must(s, order_hold_until(s, order, "manual", "", now + 600));
	time_travel(now + 61);
	must(s, order_holds_end(s));
	assert_int_equal(fixture_int(s, sql_held), 1);
	time_travel(0);
	must(s, order_hold_until(s, order, "manual", "for good", 0));
	assert_int_equal(fixture_int(s, "SELECT until_at FROM order_hold"), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM order_hold"
					" WHERE note = 'for good'"),
	    1);
	assert_int_equal(order_hold(s, order, "manual", "again"), ERR_CONFLICT);
	fixture_end(s);
}

static void
what_time_does_not_settle_is_refused(void **state)
{
	int64_t order, now = time_now();
	struct session *s = shop(&order);

	(void)state;
	assert_int_equal(
	    order_hold_until(s, order, "refund", "", now + 60), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	assert_int_equal(
	    order_hold_until(s, order, "manual", "", now - 1), ERR_INVALID);
	assert_string_equal(s->err.field, "until");
	assert_int_equal(
	    order_hold_until(s, order, "manual", "", now + 500 * 86400),
	    ERR_INVALID);
	fixture_end(s);
}

/* At 2026-03-04 10:00, a Wednesday. */
static int64_t
when(struct session *s, const char *text)
{
	int64_t at = 0;
	int rc = order_hold_when(s, 1, text, &at);

	return rc < 0 ? rc : at;
}

static int64_t
the(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return t;
}

static void
times_are_read_as_people_say_them(void **state)
{
	int64_t order, now = the("2026-03-04 10:00:00");
	struct session *s = shop(&order);
	struct txn *txn;

	(void)state;
	time_travel(now);
	assert_int_equal(when(s, ""), 0);
	assert_int_equal(when(s, "+2h"), now + 7200);
	assert_int_equal(when(s, " 30min"), now + 1800);
	assert_int_equal(when(s, "2小时"), now + 7200);
	assert_int_equal(when(s, "90分钟后"), now + 5400);
	assert_int_equal(when(s, "14:00"), the("2026-03-04 14:00:00"));
	assert_int_equal(when(s, "9:00"), the("2026-03-05 09:00:00"));
	assert_int_equal(when(s, "明天"), the("2026-03-05 00:00:00"));
	assert_int_equal(when(s, "明天 9:30"), the("2026-03-05 09:30:00"));
	assert_int_equal(when(s, "tomorrow"), the("2026-03-05 00:00:00"));
	assert_int_equal(when(s, "周五 8:00"), the("2026-03-06 08:00:00"));
	assert_int_equal(when(s, "+3"), the("2026-03-07 00:00:00"));
	assert_int_equal(
	    when(s, "2026-03-30 14:00"), the("2026-03-30 14:00:00"));
	assert_int_equal(when(s, "yesterday"), ERR_INVALID);
	assert_int_equal(when(s, "25:00"), ERR_INVALID);
	assert_int_equal(when(s, "soon"), ERR_INVALID);
	assert_int_equal(when(s, "+2x"), ERR_INVALID);
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, "UPDATE orders SET paid_at = $1",
		    DB_ARGS(db_i(now - 3600)), NULL));
	must(s, db_commit(&txn));
	assert_int_equal(when(s, "promised"), now - 3600 + 48 * 3600);
	assert_int_equal(when(s, "承诺"), now - 3600 + 48 * 3600);
	time_travel(0);
	fixture_end(s);
}

static void
holds_are_whole_whatever_fails(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("agent");
		int64_t order, now = time_now(), open, ended;
		int hold, end;

		fixture_variant(s, "PAN", 9, 3000);
		order = fixture_order(s, "1001", 1, "PAN", NULL);
		fault_arm(&f);
		hold = order_hold_until(s, order, "manual", "", now + 60);
		time_travel(now + 61);
		end = order_holds_end(s);
		fault_disarm(&f);
		time_travel(0);
		open = fixture_int(s, "SELECT count(*) FROM order_hold"
				      " WHERE cleared_at = 0");
		ended = fixture_audited(s, "order-hold-end", order);
		assert_int_equal(
		    fixture_audited(s, "order-hold", order), hold == 0);
		assert_int_equal(open + ended, hold == 0);
		if (end < 0)
			assert_int_equal(ended, 0);
		assert_int_equal(fixture_int(s, sql_held), open);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hold_ends_by_itself_when_its_time_has_come),
		cmocka_unit_test(other_reasons_go_on),
		cmocka_unit_test(the_end_of_a_hold_can_be_put_off),
		cmocka_unit_test(what_time_does_not_settle_is_refused),
		cmocka_unit_test(times_are_read_as_people_say_them),
		cmocka_unit_test(holds_are_whole_whatever_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
