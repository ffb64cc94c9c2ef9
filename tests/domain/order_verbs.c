/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_NOARGS, NULL));
	must(s, db_commit(&txn));
}

static void
a_number_in_two_shops_must_be_chosen(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	fixture_order(s, "1234", 1, "?a", NULL);
	exec(s, "INSERT INTO shop (platform, name) VALUES ('pdd', 'other')");
	exec(s, "INSERT INTO orders (shop_id, order_no, source_hash, state,"
		" created_at, paid_at, shipped_at, finished_at, total,"
		" postage, paid, refund, settled)"
		" VALUES (2, '1234', 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0)");
	assert_int_equal(order_by_no(s, "1234", &id), ERR_CONFLICT);
	fixture_end(s);
}

static struct order_card
card_of(struct session *s, int64_t id)
{
	struct order_card card = { .order = { .id = 0 } };

	must(s, order_card(s, id, &card));
	return card;
}

static void
a_card_has_all_of_an_order(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	const struct order_line *l;
	int64_t id;

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	id = fixture_order(s, "1001", 2, "PAN", "?mystery", "PAN", NULL);
	card = card_of(s, id);
	assert_string_equal(card.order.order_no, "1001");
	assert_string_equal(card.order.nick, "nick-1001");
	assert_string_equal(card.order.receiver, "李小明");
	assert_string_equal(card.order.goods, "PAN +2");
	assert_int_equal(card.order.qty, 6);
	assert_int_equal(card.order.line_n, 3);
	assert_int_equal(card.order.held, 1);
	assert_string_equal(card.order.holds, "unmapped");
	assert_string_equal(card.order.waybill_no, "");
	assert_int_equal(card.lines.n, 3);
	l = page_row(&card.lines, 0);
	assert_string_equal(l->sku_code, "PAN");
	assert_int_equal(l->on_hand, 5);
	assert_int_equal(l->available, 1);
	l = page_row(&card.lines, 1);
	assert_string_equal(l->title, "mystery");
	assert_int_equal(l->variant_id, 0);
	assert_string_equal(l->sku_code, "");
	assert_int_equal(card.holds.n, 1);
	assert_int_equal(card.parcels.n, 0);
	order_card_free(&card);
	assert_int_equal(order_card(s, 99, &card), ERR_NOTFOUND);
	fixture_end(s);
}

static void
holds_are_a_set(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	int64_t id, n[TAB_MAX];
	char note[600];

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	id = fixture_order(s, "1001", 1, "PAN", NULL);
	must(s, order_hold(s, id, "refund", "buyer called"));
	assert_int_equal(order_hold(s, id, "refund", ""), ERR_CONFLICT);
	assert_string_equal(session_err(s)->field, "reason");
	must(s, order_hold(s, id, "manual", ""));
	assert_int_equal(order_hold(s, id, "whim", ""), ERR_INVALID);
	assert_int_equal(order_hold(s, id, "unmapped", ""), ERR_INVALID);
	assert_int_equal(order_hold(s, id, "manual", "\xff"), ERR_INVALID);
	memset(note, 'x', sizeof(note) - 1);
	note[sizeof(note) - 1] = '\0';
	assert_int_equal(order_hold(s, id, "manual", note), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "note");
	assert_int_equal(order_release(s, id, NULL, note), ERR_INVALID);
	assert_int_equal(order_cancel(s, id, note), ERR_INVALID);
	assert_int_equal(order_confirm(s, id, note), ERR_INVALID);
	assert_int_equal(order_hold(s, 99, "manual", ""), ERR_NOTFOUND);
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_HELD], 1);
	assert_int_equal(n[TAB_TO_SHIP], 0);
	card = card_of(s, id);
	assert_string_equal(card.order.holds, "refund manual");
	order_card_free(&card);
	must(s, order_release(s, id, "refund", "sorry, no"));
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_HELD], 1);
	assert_int_equal(order_release(s, id, "refund", ""), ERR_STATE);
	assert_int_equal(order_release(s, id, "unmapped", ""), ERR_STATE);
	assert_int_equal(order_release(s, id, "whim", ""), ERR_INVALID);
	must(s, order_release(s, id, NULL, NULL));
	assert_int_equal(order_release(s, id, NULL, ""), ERR_STATE);
	card = card_of(s, id);
	assert_int_equal(card.order.held, 0);
	assert_int_equal(card.holds.n, 2);
	const struct order_hold *h = page_row(&card.holds, 0);
	assert_string_equal(h->note, "buyer called");
	assert_string_equal(h->cleared_by, "owner");
	assert_true(h->cleared_at > 0);
	order_card_free(&card);
	must(s, order_hold(s, id, "refund", "again"));
	fixture_verify(s);
	fixture_end(s);
}

static void
an_unmapped_item_is_not_released_by_hand(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?what", NULL), n[TAB_MAX];

	(void)state;
	must(s, order_hold(s, id, "manual", ""));
	must(s, order_release(s, id, NULL, ""));
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_HELD], 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_remark_keeps_who_wrote_first(void **state)
{
	struct session *s = fixture_session("agent");
	struct order_remark edit = { .memo = "改发红色", .flag = 2 };
	int64_t id = fixture_order(s, "1001", 1, "?what", NULL);
	struct order_card card = card_of(s, id);
	int64_t version = card.order.version;

	(void)state;
	order_card_free(&card);
	must(s, order_remark(s, id, version, &edit));
	assert_int_equal(order_remark(s, id, version, &edit), ERR_CONFLICT);
	assert_int_equal(order_remark(s, 99, 1, &edit), ERR_NOTFOUND);
	edit.flag = 6;
	assert_int_equal(order_remark(s, id, version + 1, &edit), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "flag");
	memcpy(edit.memo, "\xff", 2);
	edit.flag = 1;
	assert_int_equal(order_remark(s, id, version + 1, &edit), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "memo");
	card = card_of(s, id);
	assert_string_equal(card.order.memo, "改发红色");
	assert_int_equal(card.order.flag, 2);
	order_card_free(&card);
	edit = (struct order_remark){ .memo = "" };
	must(s, order_remark(s, id, version + 1, &edit));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
					" WHERE detail LIKE '%改发红色%'"),
	    2);
	fixture_end(s);
}

static void
a_cancelled_order_gives_its_stock_back(void **state)
{
	struct session *s = fixture_session("owner");
	struct order_card card;
	int64_t id, n[TAB_MAX];

	(void)state;
	fixture_variant(s, "PAN", 5, 1000);
	id = fixture_order(s, "1001", 2, "PAN", NULL);
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"), 2);
	must(s, order_hold(s, id, "manual", ""));
	assert_int_equal(order_cancel(s, id, ""), ERR_INVALID);
	assert_int_equal(order_cancel(s, 99, "x"), ERR_NOTFOUND);
	must(s, order_cancel(s, id, "buyer changed his mind"));
	assert_int_equal(fixture_int(s, "SELECT sum(reserved) FROM stock"), 0);
	assert_int_equal(order_cancel(s, id, "again"), ERR_STATE);
	assert_int_equal(order_hold(s, id, "manual", ""), ERR_STATE);
	assert_int_equal(order_confirm(s, id, ""), ERR_STATE);
	card = card_of(s, id);
	assert_int_equal(card.order.state, ORDER_CLOSED);
	assert_int_equal(card.order.held, 0);
	assert_string_equal(card.order.close_reason, "buyer changed his mind");
	order_card_free(&card);
	must(s, order_counts(s, n));
	assert_int_equal(n[TAB_CLOSED], 1);
	assert_int_equal(n[TAB_HELD], 0);
	fixture_verify(s);
	exec(s, "UPDATE orders SET state = 4 WHERE id = 1");
	assert_int_equal(order_cancel(s, id, "too late"), ERR_STATE);
	fixture_end(s);
}

static void
a_confirmation_is_recorded(void **state)
{
	struct session *s = fixture_session("agent");
	int64_t id = fixture_order(s, "1001", 1, "?what", NULL);

	(void)state;
	must(s, order_confirm(s, id, "尺寸 1.24 × 2 m"));
	assert_int_equal(fixture_audited(s, "order-confirm", id), 1);
	assert_int_equal(order_confirm(s, 99, ""), ERR_NOTFOUND);
	fixture_end(s);
}

static void
roles_are_held_to(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t id = fixture_order(s, "1001", 1, "?what", NULL), n[TAB_MAX];
	struct order_filter f = { .tab = TAB_ALL };
	struct order_remark edit = { .memo = "" };
	struct order_card card;
	struct page page;

	(void)state;
	/* Who packs may stop an order; to let it go is for others. */
	must(s, order_hold(s, id, "manual", "盒子破了"));
	assert_int_equal(order_release(s, id, NULL, ""), ERR_DENIED);
	assert_int_equal(order_remark(s, id, 1, &edit), ERR_DENIED);
	assert_int_equal(order_cancel(s, id, "no"), ERR_DENIED);
	assert_int_equal(order_confirm(s, id, ""), ERR_DENIED);
	fixture_role(s, "buyer");
	assert_int_equal(
	    order_page(s, &f, PAGE_FIRST, NULL, 1, &page), ERR_DENIED);
	assert_int_equal(order_find(s, "1001", 1, &page), ERR_DENIED);
	assert_int_equal(order_by_no(s, "1001", &id), ERR_DENIED);
	assert_int_equal(order_card(s, id, &card), ERR_DENIED);
	assert_int_equal(order_counts(s, n), ERR_DENIED);
	fixture_end(s);
}

static void
states_have_names(void **state)
{
	int64_t st;

	(void)state;
	for (st = ORDER_UNPAID; st <= ORDER_CLOSED; st++) {
		assert_int_equal(order_state_by_name(order_state_name(st)), st);
		assert_true(order_state_text(st)[0] != '\0');
	}
	assert_int_equal(order_state_by_name("lost"), 0);
	assert_string_equal(order_state_name(0), "");
	assert_string_equal(order_state_name(7), "");
	assert_string_equal(order_state_text(-1), "");
	assert_string_equal(order_hold_text("whim"), "whim");
}

typedef int verb_fn(struct session *s, int64_t id);

static int
do_hold(struct session *s, int64_t id)
{
	return order_hold(s, id, "address", "moved");
}

static int
do_release(struct session *s, int64_t id)
{
	return order_release(s, id, NULL, "");
}

static int
do_cancel(struct session *s, int64_t id)
{
	return order_cancel(s, id, "no money");
}

static int
do_remark(struct session *s, int64_t id)
{
	struct order_remark edit = { .memo = "new", .flag = 1 };

	return order_remark(s, id, 2, &edit);
}

static int
do_confirm(struct session *s, int64_t id)
{
	return order_confirm(s, id, "all right");
}

/* @sql tells 1 for the new state and 0 for the old one. */
static void
under_faults(verb_fn *verb, const char *op, const char *sql)
{
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id;
		int rc;

		fixture_variant(s, "A", 5, 100);
		id = fixture_order(s, "1001", 2, "A", NULL);
		must(s, order_hold(s, id, "manual", ""));
		fault_arm(&f);
		rc = verb(s, id);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, sql), rc == 0);
		assert_int_equal(fixture_audited(s, op, id),
		    (rc == 0) + (strcmp(op, "order-hold") == 0));
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
verbs_survive_every_failure(void **state)
{
	(void)state;
	under_faults(do_hold, "order-hold",
	    "SELECT count(*) FROM order_hold WHERE reason = 'address'");
	under_faults(
	    do_release, "order-release", "SELECT 1 - held FROM orders");
	under_faults(do_cancel, "order-cancel",
	    "SELECT count(*) FROM orders WHERE state = 6");
	under_faults(do_remark, "order-remark",
	    "SELECT count(*) FROM orders WHERE memo = 'new'");
	under_faults(do_confirm, "order-confirm",
	    "SELECT count(*) FROM audit WHERE op = 'order-confirm'");
}

static void
reading_survives_every_failure(void **state)
{
	struct order_filter f = { .tab = TAB_HELD };
	struct order_card card;
	struct page page;
	int64_t n[TAB_MAX];
	int rc;

	(void)state;
	FOR_EACH_FAULT(fault)
	{
		struct session *s = fixture_faulty("owner");

		fixture_order(s, "1001", 2, "?A", NULL);
		fault_arm(&fault);
		rc = order_page(s, &f, PAGE_LAST, NULL, 10, &page);
		if (rc == 0)
			page_free(&page);
		if (rc == 0 && (rc = order_card(s, 1, &card)) == 0)
			order_card_free(&card);
		if (rc == 0 && (rc = order_find(s, "1001", 5, &page)) == 0)
			page_free(&page);
		if (rc == 0 && (rc = order_find(s, "李", 5, &page)) == 0)
			page_free(&page);
		if (rc == 0)
			rc = order_counts(s, n);
		fault_disarm(&fault);
		assert_true((rc == 0) != fault.hit);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_in_two_shops_must_be_chosen),
		cmocka_unit_test(a_card_has_all_of_an_order),
		cmocka_unit_test(holds_are_a_set),
		cmocka_unit_test(an_unmapped_item_is_not_released_by_hand),
		cmocka_unit_test(a_remark_keeps_who_wrote_first),
		cmocka_unit_test(a_cancelled_order_gives_its_stock_back),
		cmocka_unit_test(a_confirmation_is_recorded),
		cmocka_unit_test(roles_are_held_to),
		cmocka_unit_test(states_have_names),
		cmocka_unit_test(verbs_survive_every_failure),
		cmocka_unit_test(reading_survives_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
