/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../io/pdf.h"
#include "fault.h"
#include "fixture.h"
#include "made.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/shipping.h"

/* Goods made to order: what is typed twice, placed, made and received. */

static const struct attr_def width = { .name = "width",
	.title = "宽",
	.type = "length",
	.unit = "cm",
	.choices = "",
	.least = 10,
	.most = 20000 };

static void
parsed_as(const struct attr_def *d, const char *text, const char *value)
{
	struct session *s = fixture_session("owner");
	char got[ATTR_VALUE] = "";
	int rc = attr_parse(s, d, text, got);

	if (value == NULL)
		assert_int_equal(rc, ERR_INVALID);
	else if (rc != 0 || strcmp(got, value) != 0)
		fail_msg("%s: %d %s, not %s: %s", text, rc, got, value,
		    session_err(s)->text);
	if (value == NULL)
		assert_string_equal(session_err(s)->field, d->name);
	fixture_end(s);
}

static void
a_length_is_kept_in_millimetres_however_it_is_typed(void **state)
{
	static const char *const same[] = { "1.24m", "124cm", "1240mm",
		"1240 mm", "1米24", "1.24 米", "１.２４ｍ", "124", "124公分",
		"1m24cm", "1M24", "12.4dm" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		parsed_as(&width, same[i], "1240");
	parsed_as(&width, "4尺", "1333");
	parsed_as(&width, "3尺", "1000");
	parsed_as(&width, "1米2", "1200");
	parsed_as(&width, "1米05", "1050");
	parsed_as(&width, "1米8", "1800");
	parsed_as(&width, "24", "240");
}

static void
what_is_no_length_or_out_of_its_limits_is_refused(void **state)
{
	static const char *const wrong[] = { "", "m", "1.24.5m", "1.24x2",
		"-3m", "1.2345m", "abc", "1m2m3", "99999999999m", "0.1cm",
		"21m", "1,24m", "1.24m红", "." };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		parsed_as(&width, wrong[i], NULL);
}

static void
days_choices_and_numbers_have_one_form(void **state)
{
	const struct attr_def day = { .name = "ship_date",
		.title = "发货日期",
		.type = "day",
		.unit = "",
		.choices = "" };
	const struct attr_def choice = { .name = "colour",
		.title = "颜色",
		.type = "choice",
		.unit = "",
		.choices = ";红;深红;" };
	const struct attr_def number = { .name = "holes",
		.title = "孔数",
		.type = "number",
		.unit = "个",
		.choices = "",
		.least = 2,
		.most = 8 };
	char second[32];

	(void)state;
	snprintf(second, sizeof(second), "%lld",
	    (long long)day_start(time_day(time_now()) + 3));
	parsed_as(&day, "+3", second);
	parsed_as(&day, "2001-01-01", NULL);
	parsed_as(&day, "someday", NULL);
	parsed_as(&choice, "深红", "深红");
	parsed_as(&choice, " 红 ", "红");
	parsed_as(&choice, "红;深红", NULL);
	parsed_as(&choice, "蓝", NULL);
	parsed_as(&number, "4", "4");
	parsed_as(&number, "４个", "4");
	parsed_as(&number, "9", NULL);
	parsed_as(&number, "4.5", NULL);
}

static void
a_chinese_day_is_the_day_it_says(void **state)
{
	const struct attr_def day = { .name = "ship_date",
		.title = "发货日期",
		.type = "day",
		.unit = "",
		.choices = "" };
	int64_t at;
	char want[32];

	(void)state;
	assert_int_equal(time_parse("2099-11-20", &at), 0);
	snprintf(want, sizeof(want), "%lld", (long long)at);
	parsed_as(&day, "2099年11月20日", want);
	parsed_as(&day, "2099-11-20", want);
	assert_int_equal(time_parse("2099-11-02", &at), 0);
	snprintf(want, sizeof(want), "%lld", (long long)at);
	parsed_as(&day, "2099年11月2号", want);
}

static void
what_is_kept_is_told_in_words(void **state)
{
	char buf[64];

	(void)state;
	assert_string_equal(
	    attr_words("length", "cm", "1240", buf, sizeof(buf)),
	    "1.24 m (1240 mm)");
	assert_string_equal(
	    attr_words("length", "cm", "2000", buf, sizeof(buf)),
	    "2 m (2000 mm)");
	assert_string_equal(
	    attr_words("length", "cm", "350", buf, sizeof(buf)), "35 cm");
	assert_string_equal(
	    attr_words("length", "cm", "8", buf, sizeof(buf)), "8 mm");
	assert_string_equal(
	    attr_words("number", "个", "4", buf, sizeof(buf)), "4 个");
	assert_string_equal(attr_words("text", "", "", buf, sizeof(buf)), "");
}

/* 1.24 m x 2 m written as 1.42 x 2: nothing is placed until it is settled. */
static void
two_sizes_that_differ_block_the_production_order(void **state)
{
	struct session *s = fixture_session("owner");
	const struct production_edit maker = { .maker = "广告厂" };
	int64_t order = made_order(s), p = production_of(s, order);
	int differ = 0;

	(void)state;
	assert_int_equal(production_place(s, p, &maker), ERR_STATE);
	assert_string_equal(session_err(s)->field, "width");
	fixture_role(s, "agent");
	type_all(s, order, "1.24m", "2099-11-02");
	assert_int_equal(production_place(s, p, &maker), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "only once"));
	fixture_role(s, "supervisor");
	assert_int_equal(
	    type_one(s, order, ATTR_AGAIN, "width", "1.42m", NULL, &differ), 0);
	assert_int_equal(differ, 1);
	assert_int_equal(production_place(s, p, &maker), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "1.24 m (1240 mm)"));
	assert_non_null(strstr(session_err(s)->text, "1.42 m (1420 mm)"));
	/* It is settled with a reason, and who had it wrong is known. */
	assert_int_equal(
	    type_one(s, order, ATTR_FIRST, "width", "1.24m", "", NULL),
	    ERR_INVALID);
	assert_string_equal(session_err(s)->field, "reason");
	assert_int_equal(type_one(s, order, ATTR_FIRST, "width", "1.24m",
			     "asked the buyer", NULL),
	    0);
	assert_int_equal(fixture_int(s, "SELECT placed FROM correction"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM correction c JOIN staff st"
			   " ON st.id = c.typed_by WHERE st.login ="
			   " 'supervisor' AND c.name = 'width'"),
	    1);
	assert_int_equal(type_one(s, order, ATTR_AGAIN, "ship_date",
			     "2099-11-20", NULL, &differ),
	    0);
	assert_int_equal(differ, 1);
	assert_int_equal(production_place(s, p, &maker), ERR_STATE);
	assert_string_equal(session_err(s)->field, "length");
	fixture_verify(s);
	fixture_end(s);
}

static void
the_second_typing_is_blind_and_by_somebody_else(void **state)
{
	struct session *s = fixture_session("owner");
	const struct line_attr *a;
	struct page page;
	int64_t order;

	(void)state;
	order = made_order(s);
	fixture_role(s, "agent");
	type_all(s, order, "1.24m", "2099-11-02");
	assert_int_equal(
	    type_one(s, order, ATTR_AGAIN, "width", "1.24m", NULL, NULL),
	    ERR_STATE);
	assert_int_equal(line_attrs(s, order, &page), 0);
	assert_string_equal(
	    ((const struct line_attr *)page_row(&page, 0))->value, "1240");
	page_free(&page);
	fixture_role(s, "supervisor");
	assert_int_equal(line_attrs(s, order, &page), 0);
	a = page_row(&page, 0);
	assert_string_equal(a->value, "");
	assert_string_equal(a->words, "");
	assert_int_equal(a->state, ATTR_ONCE);
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'attr-type'"
			   " AND detail LIKE '%1240%'"),
	    0);
	/* While the buyer confirms it, the same person may type it again. */
	fixture_role(s, "agent");
	assert_int_equal(
	    type_one(s, order, ATTR_CONFIRM, "width", "124", NULL, NULL), 0);
	assert_int_equal(
	    type_one(s, order, ATTR_CONFIRM, "width", "1.42m", NULL, NULL),
	    ERR_STATE);
	fixture_end(s);
}

static void
agreed(struct session *s, int64_t order)
{
	fixture_role(s, "agent");
	type_all(s, order, "1.24m", "2099-11-02");
	fixture_role(s, "supervisor");
	type_again(s, order, "1.24m", "2099-11-02");
}

static void
a_production_order_goes_from_placed_to_received_and_shipped(void **state)
{
	struct session *s = fixture_session("owner");
	const struct production_edit maker = { .maker = " 广告厂 " };
	int64_t order = made_order(s), p = production_of(s, order), n[3];
	struct production_sheet sheet;
	const struct production *row;

	(void)state;
	assert_int_equal(held_for(s, order, "production"), 1);
	assert_int_equal(held_for(s, order, "confirm"), 1);
	agreed(s, order);
	assert_int_equal(production_made(s, p), ERR_STATE);
	assert_int_equal(
	    production_place(s, p, &(struct production_edit){ .maker = " " }),
	    ERR_INVALID);
	assert_string_equal(session_err(s)->field, "maker");
	must(s, production_place(s, p, &maker));
	must(s, production_sheet(s, p, &sheet));
	row = page_row(&sheet.own, 0);
	assert_string_equal(row->production_no, "P-000001");
	assert_string_equal(row->maker, "广告厂");
	assert_non_null(strstr(row->content, "width=1240\n"));
	assert_int_equal(row->state, PRODUCTION_PLACED);
	assert_int_equal(sheet.attrs.n, 6);
	assert_false(sheet.changed);
	production_sheet_free(&sheet);
	must(s, production_counts(s, n));
	assert_int_equal(n[PRODUCTION_PLACED], 1);
	must(s, production_made(s, p));
	assert_int_equal(held_for(s, order, "production"), 1);
	must(s, production_receive(s, p, 3500));
	assert_int_equal(held_for(s, order, "production"), 0);
	assert_int_equal(fixture_int(s, "SELECT on_hand FROM stock"), 2);
	assert_int_equal(fixture_int(s, "SELECT value FROM stock"), 7000);
	assert_int_equal(production_cancel(s, p, "late"), ERR_STATE);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op ="
			   " 'production-receive' AND kind = 'production'"),
	    1);
	must(s, confirm_everything(s, order, "wangwang", ""));
	assert_int_equal(fixture_int(s, "SELECT held FROM orders"), 0);
	assert_int_equal(fixture_int(s, "SELECT done & 2 FROM orders"), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_correction_remembers_whether_the_maker_had_it(void **state)
{
	struct session *s = fixture_session("owner");
	const struct production_edit maker = { .maker = "广告厂" };
	const struct correction_filter all = { .order_id = 0 };
	int64_t order = made_order(s), p = production_of(s, order);
	struct production_sheet sheet;
	struct attr_entry e = { 1, "宽", "1.42m" };
	const struct attr_typing t = { .entries = &e,
		.n = 1,
		.reason = "the buyer measured again",
		.loss = 60000 };
	const struct correction *c;
	struct page page;

	(void)state;
	agreed(s, order);
	must(s, confirm_everything(s, order, "phone", ""));
	must(s, production_place(s, p, &maker));
	must(s, attrs_type(s, order, &t, NULL));
	must(s, correction_page(s, &all, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 1);
	c = page_row(&page, 0);
	assert_int_equal(c->placed, 1);
	assert_int_equal(c->loss, 60000);
	assert_string_equal(c->before, "1.24 m (1240 mm)");
	assert_string_equal(c->after, "1.42 m (1420 mm)");
	assert_string_equal(c->name, "width");
	page_free(&page);
	/* Neither confirmed nor what was placed is true any more. */
	assert_int_equal(held_for(s, order, "confirm"), 1);
	must(s, production_sheet(s, p, &sheet));
	assert_true(sheet.changed);
	production_sheet_free(&sheet);
	assert_int_equal(production_receive(s, p, 100), ERR_STATE);
	must(s, type_one(s, order, ATTR_CONFIRM, "width", "142", NULL, NULL));
	assert_int_equal(production_receive(s, p, 100), ERR_STATE);
	must(s, production_place(s, p, &maker));
	must(s, production_receive(s, p, 100));
	fixture_end(s);
}

static void
a_cancelled_production_order_is_to_be_placed_anew(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t order = made_order(s), p = production_of(s, order), n;

	(void)state;
	assert_int_equal(production_cancel(s, p, ""), ERR_INVALID);
	must(s, production_cancel(s, p, "the maker is ill"));
	must(s, production_open(s, &n));
	assert_int_equal(n, 1);
	assert_int_not_equal(production_of(s, order), p);
	/* Nobody wants it any more. */
	must(s, order_cancel(s, order, "not wanted"));
	must(s, production_open(s, &n));
	assert_int_equal(n, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM production WHERE state <> 4"),
	    0);
	fixture_verify(s);
	fixture_end(s);
}

static void
confirming_is_fact_by_fact_and_a_change_takes_its_fact_back(void **state)
{
	struct session *s = fixture_session("owner");
	struct confirm_entry e = { CONFIRM_NAME | CONFIRM_PHONE, "phone", "" };
	int64_t order, needed, confirmed;

	(void)state;
	order = made_order(s);
	fixture_role(s, "agent");
	must(s, confirm_save(s, order, &e));
	must(s, confirm_stands(s, order, &needed, &confirmed));
	assert_int_equal(needed, CONFIRM_ALL);
	assert_int_equal(confirmed, CONFIRM_NAME | CONFIRM_PHONE);
	e.what = CONFIRM_ATTRS;
	assert_int_equal(confirm_save(s, order, &e), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "is missing"));
	e.what = 64;
	assert_int_equal(confirm_save(s, order, &e), ERR_INVALID);
	e = (struct confirm_entry){ CONFIRM_NAME, "pigeon", "" };
	assert_int_equal(confirm_save(s, order, &e), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "channel");
	agreed(s, order);
	fixture_role(s, "agent");
	must(s, confirm_everything(s, order, "wangwang", "seen the proof"));
	assert_int_equal(held_for(s, order, "confirm"), 0);
	changed(s, order, CONFIRM_SHIP_DATE, "2099-11-02", "2099-11-20");
	must(s, confirm_stands(s, order, &needed, &confirmed));
	assert_int_equal(confirmed, CONFIRM_ALL & ~CONFIRM_SHIP_DATE);
	assert_int_equal(held_for(s, order, "confirm"), 1);
	assert_int_equal(fixture_int(s, "SELECT done & 2 FROM orders"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM correction WHERE name ="
			   " 'ship_date' AND line_no = 0"),
	    1);
	/* Whoever spoke with the buyer first has the sale. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders o JOIN staff st"
			   " ON st.id = o.agent_id WHERE st.login = 'agent'"),
	    1);
	fixture_end(s);
}

static void
goods_from_the_shelf_need_it_only_where_the_owner_says_so(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t a, b, n, needed, confirmed;

	(void)state;
	fixture_variant(s, "PAN", 9, 1000);
	a = fixture_order(s, "2001", 1, "PAN", NULL);
	must(s, production_open(s, &n));
	assert_int_equal(held_for(s, a, "confirm"), 0);
	must(s, setting_save(s, "confirm_need", "1"));
	b = fixture_order(s, "2002", 1, "PAN", NULL);
	must(s, production_open(s, &n));
	assert_int_equal(held_for(s, a, "confirm"), 1);
	assert_int_equal(held_for(s, b, "confirm"), 1);
	must(s, confirm_stands(s, a, &needed, &confirmed));
	assert_int_equal(needed, CONFIRM_ALL & ~CONFIRM_ATTRS);
	must(s, confirm_everything(s, a, "", ""));
	assert_int_equal(held_for(s, a, "confirm"), 0);
	/* Who answers for clearing it has the last word. */
	must(s, order_release(s, b, "confirm", "known for years"));
	must(s, production_open(s, &n));
	assert_int_equal(held_for(s, b, "confirm"), 0);
	fixture_end(s);
}

static int
ship(struct session *s, const char *no, const char *waybill)
{
	struct pack_close close = { .courier = "YTO" };
	struct packing *p;
	int rc;

	snprintf(close.waybill_no, sizeof(close.waybill_no), "%s", waybill);
	if ((rc = pack_open(s, no, &p)) < 0)
		return rc;
	rc = pack_scan(s, p, "PAN", NULL);
	if (rc == PACK_COMPLETE)
		rc = pack_ship(s, p, &close, NULL);
	pack_free(p);
	return rc;
}

/* Between the payment and the hold that follows it nothing slips through. */
static void
what_must_be_confirmed_does_not_ship_before(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	fixture_variant(s, "PAN", 9, 1000);
	must(s, setting_save(s, "confirm_need", "1"));
	id = fixture_order(s, "2001", 1, "PAN", NULL);
	assert_int_equal(ship(s, "2001", "YT1234567890123"), ERR_STATE);
	assert_string_equal(
	    session_err(s)->text, "Order 2001 is not confirmed with the buyer");
	must(s, confirm_everything(s, id, "phone", ""));
	must(s, ship(s, "2001", "YT1234567890123"));
	make_to_order(s, "PAN");
	id = fixture_order(s, "2002", 1, "PAN", NULL);
	must(s, setting_save(s, "confirm_need", "0"));
	assert_int_equal(ship(s, "2002", "YT1234567890124"), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
the_days_sales_are_handed_over_and_late_ones_known(void **state)
{
	struct session *s = fixture_session("owner");
	const struct handover_row *h;
	int64_t order, day = time_day(time_now() - 3600), n, left;
	struct page page;

	(void)state;
	order = made_order(s);
	fixture_role(s, "agent");
	type_all(s, order, "1.24m", "2099-11-02");
	must(s, handover_page(s, 0, day, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 1);
	h = page_row(&page, 0);
	assert_string_equal(h->goods, "Product BANNER ×2");
	assert_non_null(strstr(h->spec, "宽 1.24 m"));
	assert_non_null(strstr(h->missing, "to be typed again"));
	assert_int_equal(h->handed_at, 0);
	page_free(&page);
	assert_int_equal(handover_done(s, 0, day, &n, &left), ERR_STATE);
	agreed_again(s, order);
	fixture_role(s, "agent");
	must(s, confirm_everything(s, order, "wangwang", ""));
	must(s, handover_done(s, 0, day, &n, &left));
	assert_int_equal(n, 1);
	assert_int_equal(left, 0);
	must(s, handover_page(s, 0, day, PAGE_FIRST, NULL, 10, &page));
	h = page_row(&page, 0);
	assert_int_equal(h->handed_at, time_now());
	assert_int_equal(h->late, time_now() > h->due_at);
	page_free(&page);
	assert_int_equal(handover_done(s, 0, day, &n, &left), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
misses(const char *text, const char *secret)
{
	if (strstr(text, secret) != NULL)
		fail_msg("%s is in %s", secret, text);
}

/* Who may not see where parcels go does not see it here either. */
static void
what_is_masked_stays_masked(void **state)
{
	static const char *const secrets[] = { "李小明", "13812345678",
		"旧街12号" };
	const struct correction_filter all = { .order_id = 0 };
	struct session *s = fixture_session("owner");
	const struct confirm_fact *f;
	const struct correction *c;
	int64_t order = made_order(s);
	struct page page;
	size_t i, k;

	(void)state;
	agreed(s, order);
	must(s, confirm_everything(s, order, "phone", ""));
	changed(s, order, CONFIRM_NAME, "李小明", "李小明2");
	changed(s, order, CONFIRM_ADDRESS, "旧街12号", "旧街12号2");
	fixture_role(s, "clerk");
	must(s, confirm_facts(s, order, &page));
	for (i = 0; i < page.n; i++)
		for (k = 0; k < 3; k++) {
			f = page_row(&page, i);
			misses(f->value, secrets[k]);
		}
	page_free(&page);
	must(s, correction_page(s, &all, PAGE_FIRST, NULL, 10, &page));
	assert_int_equal(page.n, 2);
	for (i = 0; i < page.n; i++)
		for (k = 0; k < 3; k++) {
			c = page_row(&page, i);
			misses(c->before, secrets[k]);
			misses(c->after, secrets[k]);
		}
	page_free(&page);
	fixture_end(s);
}

/* Whatever of the database fails: all of a verb is done, or nothing. */
static void
verbs_are_whole_or_not_at_all(void **state)
{
	const struct production_edit maker = { .maker = "广告厂" };
	int64_t order, p, n, left;
	int step, rc;

	(void)state;
	for (step = 0; step < 5; step++)
		FOR_EACH_FAULT(f)
		{
			struct session *s = fixture_faulty("owner");
			int64_t before, agent;

			order = made_order(s);
			p = production_of(s, order);
			type_all(s, order, "1.24m", "2099-11-02");
			fixture_role(s, "supervisor");
			if (step > 0)
				type_again(s, order, "1.24m", "2099-11-02");
			if (step > 1)
				must(s, production_place(s, p, &maker));
			if (step == 4)
				must(s, confirm_everything(s, order, "", ""));
			agent = made_agent(s);
			before = fixture_int(s, "SELECT max(id) FROM audit");
			fault_arm(&f);
			rc = step == 0 ? type_one(s, order, ATTR_AGAIN, "width",
					     "9m", NULL, NULL)
			     : step == 1 ? production_place(s, p, &maker)
			     : step == 2 ? production_receive(s, p, 100)
			     : step == 3
				 ? confirm_everything(s, order, "sms", "")
				 : handover_done(s, agent,
				       time_day(time_now() - 3600), &n, &left);
			fault_disarm(&f);
			assert_true(rc == 0 || f.hit);
			assert_int_equal(
			    fixture_int(s, "SELECT max(id) FROM audit") >
				before,
			    rc == 0);
			fixture_verify(s);
			fixture_end(s);
		}
}

static int64_t
written(struct session *s, const char *op)
{
	int64_t n;

	must(s,
	    db_get1(s->db, "SELECT count(*) FROM audit WHERE op = $1 /*scan*/",
		DB_ARGS(db_t(op)), &n));
	return n;
}

/* Tried until they succeed, in one shop. */
static void
production_is_opened_and_made_whole_or_not_at_all(void **state)
{
	const struct production_edit maker = { .maker = "广告厂" };
	struct session *s = fixture_faulty("owner");
	int64_t order, p;
	int rc = -1;

	(void)state;
	fixture_variant(s, "BANNER", 0, 0);
	make_to_order(s, "BANNER");
	order = fixture_order(s, "1001", 2, "BANNER", NULL);
	FOR_EACH_FAULT(f)
	{
		fault_arm(&f);
		rc = production_open(s, NULL);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		/* It may fail once more when all is done. */
		p = fixture_int(s, "SELECT count(*) FROM production");
		assert_true(p == 1 || (p == 0 && rc < 0));
		assert_int_equal(written(s, "production-open") > 0, p);
		fixture_verify(s);
		if (rc == 0)
			break;
	}
	assert_int_equal(rc, 0);
	p = production_of(s, order);
	type_all(s, order, "1.24m", "2099-11-02");
	agreed_again(s, order);
	must(s, production_place(s, p, &maker));
	rc = -1;
	FOR_EACH_FAULT(f)
	{
		fault_arm(&f);
		rc = production_made(s, p);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(fixture_int(s, "SELECT state FROM production"),
		    rc == 0 ? PRODUCTION_MADE : PRODUCTION_PLACED);
		assert_int_equal(written(s, "production-made"), rc == 0);
		if (rc == 0)
			break;
	}
	assert_int_equal(rc, 0);
	fixture_verify(s);
	fixture_end(s);
}

/* What the maker gets in his hands, read back from it. */
static void
the_sheet_says_what_is_to_be_made(void **state)
{
	const struct print_job job = { .path = tmp_path("sheet.pdf") };
	struct session *s = fixture_session("owner");
	int64_t order = made_order(s), id = production_of(s, order);
	struct print_said said;
	const char *text;

	(void)state;
	must(s, type_one(s, order, ATTR_FIRST, "width", "1.24m", NULL, NULL));
	must(s, print_production(s, id, &job, &said));
	assert_int_equal(said.printed, 1);
	assert_string_equal(said.warning, "");
	text = pdf_text(job.path, 1);
	assert_non_null(strstr(text, "P-000001"));
	assert_non_null(strstr(text, "to be placed"));
	assert_non_null(strstr(text, "1001"));
	assert_non_null(strstr(text, "1.24 m (1240 mm)"));
	assert_non_null(strstr(text, "to be typed again"));
	assert_non_null(strstr(pdf_codes(job.path, 1), "CODE-128:P-000001"));
	assert_int_equal(print_production(s, 99, &job, &said), ERR_NOTFOUND);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sheet_says_what_is_to_be_made),
		cmocka_unit_test(
		    a_length_is_kept_in_millimetres_however_it_is_typed),
		cmocka_unit_test(
		    what_is_no_length_or_out_of_its_limits_is_refused),
		cmocka_unit_test(days_choices_and_numbers_have_one_form),
		cmocka_unit_test(a_chinese_day_is_the_day_it_says),
		cmocka_unit_test(what_is_kept_is_told_in_words),
		cmocka_unit_test(
		    two_sizes_that_differ_block_the_production_order),
		cmocka_unit_test(
		    the_second_typing_is_blind_and_by_somebody_else),
		cmocka_unit_test(
		    a_production_order_goes_from_placed_to_received_and_shipped),
		cmocka_unit_test(
		    a_correction_remembers_whether_the_maker_had_it),
		cmocka_unit_test(
		    a_cancelled_production_order_is_to_be_placed_anew),
		cmocka_unit_test(
		    confirming_is_fact_by_fact_and_a_change_takes_its_fact_back),
		cmocka_unit_test(
		    goods_from_the_shelf_need_it_only_where_the_owner_says_so),
		cmocka_unit_test(what_must_be_confirmed_does_not_ship_before),
		cmocka_unit_test(
		    the_days_sales_are_handed_over_and_late_ones_known),
		cmocka_unit_test(what_is_masked_stays_masked),
		cmocka_unit_test(verbs_are_whole_or_not_at_all),
		cmocka_unit_test(
		    production_is_opened_and_made_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
