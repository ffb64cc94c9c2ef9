/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/split.h"
#include "shopmgr/domain/waves.h"

/* By whom an order goes, by the rules, as what they look at changes. */

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

static int64_t
rule(struct session *s, const char *what, const char *value, const char *by)
{
	struct review_rule_edit e = { .action = "courier", .active = true };
	int64_t id;

	copy_text(e.what, sizeof(e.what), what);
	copy_text(e.value, sizeof(e.value), value);
	copy_text(e.courier, sizeof(e.courier), by);
	snprintf(e.name, sizeof(e.name), "%s %s", what, by);
	must(s, review_rule_add(s, &e, &id));
	return id;
}

/* A pan of 4 kg; what is heavier than 10 goes with DBKD, to Tibet with EMS. */
static int64_t
fill(struct session *s)
{
	int64_t order;

	exec(s, "DELETE FROM review_rule /*scan*/");
	rule(s, "place", "西藏", "EMS");
	rule(s, "grams_over", "10000", "DBKD");
	fixture_variant(s, "PAN", 99, 3000);
	exec(s, "UPDATE variant SET weight = 4000 /*scan*/");
	order = fixture_order(s, "1001", 1, "PAN", NULL);
	exec(s,
	    "UPDATE receiver SET province = '浙江', address = '文三路 478 号'"
	    " WHERE id = 1");
	return order;
}

static struct session *
shop(int64_t *order)
{
	struct session *s = fixture_session("owner");

	*order = fill(s);
	return s;
}

static void
goes_with(struct session *s, const char *no, const char *code)
{
	char sql[256];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM orders o LEFT JOIN courier c ON c.id ="
	    " o.courier_id WHERE o.order_no = '%s' AND coalesce(c.code, '')"
	    " = '%s'",
	    no, code);
	if (fixture_int(s, sql) != 1)
		fail_msg("%s does not go with \"%s\"", no, code);
}

static int64_t
version(struct session *s, int64_t id)
{
	char sql[96];

	snprintf(sql, sizeof(sql),
	    "SELECT version FROM orders WHERE id = %" PRId64, id);
	return fixture_int(s, sql);
}

static void
move_to(struct session *s, int64_t id, const char *province)
{
	struct order_address to = { .name = "张三",
		.phone = "13800138000",
		.address = "体育东路 1 号" };

	copy_text(to.province, sizeof(to.province), province);
	must(s, order_address(s, id, version(s, id), &to));
}

static void
another_address_is_another_courier(void **state)
{
	int64_t id;
	struct session *s = shop(&id);

	(void)state;
	goes_with(s, "1001", "");
	move_to(s, id, "西藏");
	goes_with(s, "1001", "EMS");
	assert_int_equal(fixture_audited(s, "order-courier-rule", id), 1);
	/* What a rule said is a rule's to take back. */
	move_to(s, id, "广东");
	goes_with(s, "1001", "");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_somebody_said_stands(void **state)
{
	int64_t id;
	struct session *s = shop(&id);

	(void)state;
	assert_int_equal(order_courier(s, id, "moon"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "courier");
	assert_int_equal(order_courier(s, id, "顺丰"), 1);
	assert_int_equal(order_courier(s, id, "SF"), 0);
	assert_int_equal(fixture_audited(s, "order-courier", id), 1);
	move_to(s, id, "西藏");
	goes_with(s, "1001", "SF");
	assert_int_equal(order_courier(s, id, ""), 1);
	goes_with(s, "1001", "EMS");
	fixture_role(s, "clerk");
	assert_int_equal(order_courier(s, id, "SF"), ERR_DENIED);
	fixture_end(s);
}

static void
what_goes_in_one_parcel_is_weighed_together(void **state)
{
	const struct split_piece cut[] = {
		{ .line_no = 1, .part = 2, .qty = 2 }
	};
	int64_t ids[2];
	struct session *s = shop(&ids[0]);
	int64_t third;

	(void)state;
	ids[1] = fixture_order(s, "1002", 2, "PAN", NULL);
	exec(s,
	    "UPDATE receiver SET province = '浙江', address = '文三路 478 号'"
	    " /*scan*/");
	must(s, order_merge(s, ids, 2));
	goes_with(s, "1001", "DBKD");
	must(s, order_unmerge(s, ids[1]));
	goes_with(s, "1001", "");
	/* Of parts the heaviest one counts. */
	third = fixture_order(s, "1003", 4, "PAN", NULL);
	must(s, order_confirm(s, third, ""));
	goes_with(s, "1003", "DBKD");
	must(s, order_split(s, third, cut, 1, NULL));
	goes_with(s, "1003", "");
	must(s, order_unsplit(s, third));
	goes_with(s, "1003", "DBKD");
	fixture_verify(s);
	fixture_end(s);
}

static void
a_remark_may_name_it(void **state)
{
	const struct order_remark wish = { .memo = "发顺丰" },
				  none = { .flag = 0 };
	int64_t id;
	struct session *s = shop(&id);

	(void)state;
	rule(s, "memo", "顺丰", "SF");
	must(s, order_remark(s, id, version(s, id), &wish));
	goes_with(s, "1001", "SF");
	must(s, order_remark(s, id, version(s, id), &none));
	goes_with(s, "1001", "");
	fixture_end(s);
}

static void
other_rules_are_for_those_that_wait(void **state)
{
	int64_t id, seen, changed, ems;
	struct session *s = shop(&id);

	(void)state;
	(void)fixture_order(s, "1002", 3, "PAN", NULL);
	assert_int_equal(review_couriers(s, &seen, &changed), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(changed, 1);
	goes_with(s, "1002", "DBKD");
	goes_with(s, "1001", "");
	ems = rule(s, "any", "", "EMS");
	must(s, order_courier(s, id, "SF"));
	assert_int_equal(review_couriers(s, &seen, &changed), 0);
	assert_int_equal(changed, 0);
	must(s, order_courier(s, id, ""));
	goes_with(s, "1001", "EMS");
	/* A rule that lets pass ends it, as in a review. */
	exec(s, "UPDATE review_rule SET action = 'pass', courier_id = NULL"
		" WHERE what = 'grams_over'");
	assert_int_equal(review_couriers(s, &seen, &changed), 0);
	assert_int_equal(changed, 1);
	goes_with(s, "1002", "");
	must(s, review_rule_active(s, ems, false));
	assert_int_equal(review_couriers(s, &seen, &changed), 0);
	assert_int_equal(changed, 1);
	assert_int_equal(fixture_audited(s, "review-couriers", 0), 3);
	fixture_role(s, "clerk");
	assert_int_equal(review_couriers(s, &seen, &changed), ERR_DENIED);
	fixture_end(s);
}

/* Where no review is usual: who packs is told, and a wave of one courier finds
 * those of the rules. */
static void
without_a_review_they_count_at_the_floor(void **state)
{
	const struct wave_what what = { .kind = WAVE_ONE, .courier = "EMS" };
	int64_t id, wave;
	struct session *s = shop(&id);
	char name[64];

	(void)state;
	rule(s, "any", "", "EMS");
	must(s, freight_propose(s, id, 0, name));
	assert_string_equal(name, "EMS");
	goes_with(s, "1001", "");
	must(s, wave_make(s, &what, &wave));
	goes_with(s, "1001", "EMS");
	assert_int_equal(fixture_audited(s, "wave-couriers", 0), 1);
	fixture_end(s);
}

static void
a_review_says_it_anew(void **state)
{
	struct review_counts n;
	int64_t id;
	struct session *s = shop(&id);

	(void)state;
	exec(s, "UPDATE receiver SET province = '西藏' WHERE id = 1");
	must(s, review_run(s, NULL, &n));
	goes_with(s, "1001", "EMS");
	/* Looked at once more, after its file had another address. */
	exec(s, "UPDATE receiver SET province = '浙江' WHERE id = 1");
	exec(s, "UPDATE orders SET done = done & ~1 /*scan*/");
	must(s, review_run(s, NULL, &n));
	goes_with(s, "1001", "");
	fixture_end(s);
}

static void
with_a_failure_nothing_is_half_done(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id, seen, changed = 0;
		int64_t done;
		int said;

		id = fill(s);
		rule(s, "any", "", "EMS");
		fault_arm(&f);
		(void)!review_couriers(s, &seen, &changed);
		said = order_courier(s, id, "SF");
		fault_disarm(&f);
		done = fixture_audited(s, "review-couriers", 0);
		goes_with(s, "1001", said > 0 ? "SF" : done > 0 ? "EMS" : "");
		assert_int_equal(
		    fixture_audited(s, "order-courier-rule", id), done);
		assert_int_equal(
		    fixture_audited(s, "order-courier", id), said > 0);
		fixture_end(s);
	}
}

/* First what the rules say, then the wave; what is done stays done. */
static void
a_wave_and_what_its_rules_say_are_each_whole(void **state)
{
	const struct wave_what what = { .kind = WAVE_ONE, .courier = "EMS" };
	struct session *s = fixture_faulty("owner");
	int64_t said = 0, wave;
	int rc = -1;

	(void)state;
	fill(s);
	rule(s, "any", "", "EMS");
	FOR_EACH_FAULT(f)
	{
		if (rc == 0)
			break;
		fault_arm(&f);
		rc = wave_make(s, &what, &wave);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_true(fixture_audited(s, "wave-couriers", 0) >= said);
		said = fixture_audited(s, "wave-couriers", 0);
		goes_with(s, "1001", said == 1 ? "EMS" : "");
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM wave_order"), rc == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM audit"
				   " WHERE op = 'wave-make' /*scan*/") > 0,
		    rc == 0);
	}
	assert_int_equal(rc, 0);
	assert_int_equal(said, 1);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_address_is_another_courier),
		cmocka_unit_test(what_somebody_said_stands),
		cmocka_unit_test(what_goes_in_one_parcel_is_weighed_together),
		cmocka_unit_test(a_remark_may_name_it),
		cmocka_unit_test(other_rules_are_for_those_that_wait),
		cmocka_unit_test(without_a_review_they_count_at_the_floor),
		cmocka_unit_test(a_review_says_it_anew),
		cmocka_unit_test(with_a_failure_nothing_is_half_done),
		cmocka_unit_test(a_wave_and_what_its_rules_say_are_each_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
