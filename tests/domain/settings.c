/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/settings.h"

/* What the owner decides about the business. */

#define HOURS "SELECT value FROM setting WHERE name = 'ship_hours'"

static int64_t
ship_hours(struct session *s)
{
	int64_t hours = 0;

	assert_int_equal(setting_int(s, SETTING_SHIP_HOURS, &hours), 0);
	return hours;
}

/* Hours between payment and the deadline of the only order. */
static int64_t
hours_left_at_payment(struct session *s, int64_t id)
{
	struct order_card card;
	int64_t hours;

	assert_int_equal(order_card(s, id, &card), 0);
	hours = card.order.ship_by == 0
		    ? 0
		    : (card.order.ship_by - card.order.paid_at) / 3600;
	order_card_free(&card);
	return hours;
}

static void
a_shop_begins_with_the_defaults(void **state)
{
	struct session *s = fixture_session("owner");
	const struct setting *row;
	struct page all;

	(void)state;
	assert_int_equal(fixture_int(s, HOURS), 48); /* written down */
	assert_int_equal(ship_hours(s), 48);
	assert_int_equal(setting_page(s, &all), 0);
	assert_int_equal(all.n, SETTING_MAX);
	for (size_t i = 0; i < all.n; i++) {
		row = page_row(&all, i);
		assert_int_equal(row->id, i + 1);
		/* No folder is set by itself, and no rate. */
		assert_true(row->value[0] != '\0' || i == SETTING_BACKUP_DIR ||
			    i == SETTING_CURRENCY_RATES ||
			    i == SETTING_PRINT_QUEUE);
		assert_string_not_equal(row->meaning, "");
	}
	row = page_row(&all, SETTING_SHIP_HOURS);
	assert_string_equal(row->name, "ship_hours");
	assert_int_equal(row->min, 1);
	assert_int_equal(row->max, 720);
	page_free(&all);
	fixture_end(s);
}

static void
orders_are_due_when_the_setting_says(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	fixture_variant(s, "XP-20", 5, 1000);
	id = fixture_order(s, "7001", 1, "XP-20", NULL);
	assert_int_equal(hours_left_at_payment(s, id), 48);
	assert_int_equal(setting_save(s, "ship_hours", " 72 "), 0);
	assert_int_equal(hours_left_at_payment(s, id), 72);
	/* Nothing is due once there is nothing to ship. */
	assert_int_equal(order_cancel(s, id, "not wanted"), 0);
	assert_int_equal(hours_left_at_payment(s, id), 0);
	fixture_end(s);
}

static void
a_change_is_recorded_and_no_change_is_not(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(setting_save(s, "ship_hours", "48"), 0);
	assert_int_equal(fixture_audited(s, "setting-save", 2), 0);
	assert_int_equal(setting_save(s, "ship_hours", "24"), 0);
	assert_int_equal(fixture_audited(s, "setting-save", 2), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE detail = "
			   "'ship_hours: 48 -> 24'"),
	    1);
	assert_int_equal(setting_save(s, "shop_name", "  锅铺 "), 0);
	ship_hours(s);
	assert_string_equal(session_shop_name(s), "锅铺");
	assert_int_equal(
	    setting_save(s, "currency_rates", "USD=7.12，eur: 7.8"), 0);
	assert_int_equal(setting_save(s, "currency_rates", ""), 0);
	fixture_end(s);
}

static void
what_cannot_be_is_refused(void **state)
{
	static const struct {
		const char *name, *value;
		int rc;
	} bad[] = {
		{ "ship_hours", "0", ERR_INVALID },
		{ "ship_hours", "721", ERR_INVALID },
		{ "ship_hours", "-5", ERR_INVALID },
		{ "ship_hours", "", ERR_INVALID },
		{ "ship_hours", "two days", ERR_INVALID },
		{ "ship_hours", "1.5", ERR_INVALID },
		{ "shop_name", "   ", ERR_INVALID },
		{ "shop_name", "\xff", ERR_INVALID },
		{ "shop_name",
		    "a name that is far too long for any title line there is "
		    "anywhere",
		    ERR_INVALID },
		{ "currency_rates", "USD", ERR_INVALID },
		{ "currency_rates", "USD 7,12,5", ERR_INVALID },
		{ "currency_rates", "DOLLAR 7.12", ERR_INVALID },
		{ "currency_rates", "USD 0", ERR_INVALID },
		{ "currency_rates", "USD 7.12345", ERR_INVALID },
		{ "price_of_gold", "1", ERR_NOTFOUND },
	};
	struct session *s = fixture_session("owner");

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(
		    setting_save(s, bad[i].name, bad[i].value), bad[i].rc);
	assert_int_equal(
	    fixture_int(
		s, "SELECT count(*) FROM audit WHERE op = 'setting-save'"),
	    0);
	assert_int_equal(ship_hours(s), 48);
	fixture_role(s, "clerk");
	assert_int_equal(setting_save(s, "ship_hours", "24"), ERR_DENIED);
	assert_int_equal(ship_hours(s), 48);
	fixture_end(s);
}

/* The others see it with what they read next. */
static void
everybody_follows_a_change(void **state)
{
	const char *path = fixture_shop("settings.db");
	struct session *a, *b;
	struct err err;

	(void)state;
	assert_int_equal(session_open(&a, path, &err), 0);
	assert_int_equal(session_open(&b, path, &err), 0);
	assert_int_equal(session_login(a, "owner", "owner-password"), 0);
	assert_int_equal(ship_hours(b), 48);
	assert_int_equal(setting_save(a, "ship_hours", "24"), 0);
	assert_int_equal(ship_hours(a), 24);
	assert_int_equal(ship_hours(b), 24);
	session_close(b);
	fixture_end(a);
}

/* Saved and recorded, or neither. */
static void
faults_leave_old_or_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t n;
		int rc;

		fault_arm(&f);
		rc = setting_save(s, "ship_hours", "24");
		if (rc == 0)
			rc = setting_int(s, SETTING_SHIP_HOURS, &n);
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		n = fixture_int(s, HOURS);
		assert_true(n == 24 || (rc < 0 && n == 48));
		assert_int_equal(
		    fixture_audited(s, "setting-save", 2), n == 24);
		assert_int_equal(ship_hours(s), n);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shop_begins_with_the_defaults),
		cmocka_unit_test(orders_are_due_when_the_setting_says),
		cmocka_unit_test(a_change_is_recorded_and_no_change_is_not),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(everybody_follows_a_change),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
