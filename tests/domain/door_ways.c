/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/staff.h"

/* One-time codes, badges, and what somebody else approves. */

#define START 1716858753

static int64_t now;

static void
wait_for(int64_t seconds)
{
	now += seconds;
	time_travel(now);
}

static int
reset_time(void **state)
{
	(void)state;
	now = START;
	time_travel(now);
	return 0;
}

static int
end_time(void **state)
{
	(void)state;
	time_travel(0);
	return 0;
}

static int64_t
staff_id(struct session *s, const char *login)
{
	char sql[100];

	snprintf(
	    sql, sizeof(sql), "SELECT id FROM staff WHERE login = '%s'", login);
	return fixture_int(s, sql);
}

/* The code that the authenticator of @setup shows. */
static const char *
shown(const struct otp_setup *setup)
{
	static char code[9];

	assert_true(otp_code(setup->secret, now, 6, code));
	return code;
}

static void
switch_on(struct session *s, struct otp_setup *setup)
{
	assert_int_equal(otp_begin(s, setup), 0);
	assert_int_equal(otp_confirm(s, setup, shown(setup)), 0);
	assert_true(otp_is_on(s));
}

static void
a_code_is_needed_once_it_is_set_up(void **state)
{
	struct session *s = fixture_session("clerk");
	struct otp_setup setup;

	(void)state;
	assert_false(otp_is_on(s));
	switch_on(s, &setup);
	assert_int_equal(
	    fixture_audited(s, "staff-otp-on", session_staff(s)), 1);
	/* The one that confirmed it is used up. */
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)),
	    ERR_DENIED);
	assert_string_equal(session_err(s)->field, "code");
	wait_for(30);
	assert_int_equal(
	    session_login(s, "clerk", "clerk-password"), ERR_STATE);
	assert_string_equal(session_err(s)->field, "code");
	assert_false(session_logged_in(s));
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)), 0);
	assert_true(otp_is_on(s));
	/* Once. */
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)),
	    ERR_DENIED);
	wait_for(30);
	/* Nor does it stand in for the password. */
	assert_int_equal(
	    session_login_code(s, "clerk", "wrong", shown(&setup)), ERR_DENIED);
	assert_string_equal(session_err(s)->field, "");
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)), 0);
	fixture_end(s);
}

/* Who knows the password does not guess the code. */
static void
wrong_codes_count(void **state)
{
	struct session *s = fixture_session("clerk");
	struct otp_setup setup;
	int i;

	(void)state;
	switch_on(s, &setup);
	wait_for(60);
	for (i = 0; i < 2; i++) {
		assert_int_equal(
		    session_login_code(s, "clerk", "clerk-password", "abc"),
		    ERR_DENIED);
		/* To be asked for one does not start anew. */
		assert_int_equal(
		    session_login(s, "clerk", "clerk-password"), ERR_STATE);
	}
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", "abc"),
	    ERR_DENIED);
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)),
	    ERR_BUSY);
	wait_for(2);
	assert_int_equal(
	    session_login_code(s, "clerk", "clerk-password", shown(&setup)), 0);
	fixture_end(s);
}

static void
setting_up_needs_a_code_that_fits(void **state)
{
	struct session *s = fixture_session("clerk");
	struct otp_setup setup, second;
	const struct otp_setup broken = { .secret = "?" };

	(void)state;
	assert_int_equal(otp_begin(s, &setup), 0);
	assert_int_equal(strlen(setup.secret), 39);
	assert_int_equal(otp_confirm(s, &setup, "abcdef"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "code");
	assert_int_equal(otp_confirm(s, &broken, "123456"), ERR_INVALID);
	assert_false(otp_is_on(s));
	assert_int_equal(otp_begin(s, &second), 0);
	assert_string_not_equal(setup.secret, second.secret);
	assert_int_equal(otp_confirm(s, &second, shown(&second)), 0);
	assert_int_equal(otp_begin(s, &setup), ERR_STATE);
	assert_int_equal(otp_confirm(s, &second, shown(&second)), ERR_STATE);
	session_logout(s);
	assert_int_equal(otp_begin(s, &setup), ERR_DENIED);
	assert_int_equal(otp_confirm(s, &second, shown(&second)), ERR_DENIED);
	assert_false(otp_is_on(s));
	fixture_end(s);
}

static void
the_address_names_shop_and_person(void **state)
{
	struct session *s = fixture_session("owner");
	struct otp_setup setup;
	char secret[40];
	size_t n = 0, i;

	(void)state;
	snprintf(s->shop_name, sizeof(s->shop_name),
	    "小店 & Co 一二三四五六七八九十一二三四五");
	assert_int_equal(otp_begin(s, &setup), 0);
	for (i = 0; setup.secret[i] != '\0'; i++)
		if (setup.secret[i] != ' ')
			secret[n++] = setup.secret[i];
	secret[n] = '\0';
	assert_non_null(strstr(setup.uri, secret));
	/* Whole characters, and nothing that an address may not have. */
	assert_non_null(strstr(
	    setup.uri, "&issuer=%E5%B0%8F%E5%BA%97%20%26%20Co%20%E4%B8%80"));
	assert_int_equal(strncmp(setup.uri, "otpauth://totp/owner?secret=",
			     strlen("otpauth://totp/owner?secret=")),
	    0);
	assert_int_equal(setup.uri[strlen(setup.uri) - 9], '%');
	fixture_end(s);
}

static void
codes_end_by_oneself_or_the_owner(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t clerk = session_staff(s);
	struct otp_setup setup;

	(void)state;
	assert_int_equal(otp_end(s, "clerk-password"), ERR_STATE);
	switch_on(s, &setup);
	assert_int_equal(otp_end(s, "wrong"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "password");
	assert_int_equal(otp_end(s, "clerk-password"), 0);
	assert_int_equal(fixture_audited(s, "staff-otp-off", clerk), 1);
	assert_int_equal(session_login(s, "clerk", "clerk-password"), 0);
	switch_on(s, &setup);
	assert_int_equal(staff_otp_end(s, clerk), ERR_DENIED);
	fixture_role(s, "owner");
	assert_int_equal(staff_otp_end(s, clerk), 0);
	assert_int_equal(staff_otp_end(s, clerk), ERR_STATE);
	assert_int_equal(staff_otp_end(s, 99), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "staff-otp-end", clerk), 1);
	assert_int_equal(session_login(s, "clerk", "clerk-password"), 0);
	fixture_end(s);
}

static void
a_badge_says_who_one_is(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t clerk = session_staff(s);
	char code[STAFF_BADGE_SIZE] = "", second[STAFF_BADGE_SIZE];
	char login[SESSION_NAME], lower[STAFF_BADGE_SIZE];
	size_t i;

	(void)state;
	assert_int_equal(staff_badge_new(s, clerk, code), ERR_DENIED);
	assert_string_equal(code, "");
	fixture_role(s, "owner");
	assert_int_equal(staff_badge_new(s, clerk, code), 0);
	assert_int_equal(strncmp(code, STAFF_BADGE, strlen(STAFF_BADGE)), 0);
	assert_int_equal(strspn(code + strlen(STAFF_BADGE),
			     "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
	    20);
	assert_int_equal(strlen(code), strlen(STAFF_BADGE) + 20);
	session_logout(s);
	assert_int_equal(session_badge(s, code, login), 0);
	assert_string_equal(login, "clerk");
	assert_false(session_logged_in(s));
	for (i = 0; code[i] != '\0'; i++)
		lower[i] =
		    (char)(code[i] >= 'A' && code[i] <= 'Z' ? code[i] + 32
							    : code[i]);
	lower[i] = '\0';
	assert_int_equal(session_badge(s, lower, login), 0);
	assert_int_equal(session_badge(s, "SMB-", login), ERR_NOTFOUND);
	assert_int_equal(session_badge(s, "", login), ERR_NOTFOUND);
	/* The code itself is nowhere. */
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staff WHERE "
					"badge LIKE 'SMB%'"),
	    0);
	fixture_role(s, "owner");
	assert_int_equal(staff_badge_new(s, clerk, second), 0);
	assert_string_not_equal(code, second);
	assert_int_equal(session_badge(s, code, login), ERR_NOTFOUND);
	assert_int_equal(session_badge(s, second, login), 0);
	assert_int_equal(staff_badge_drop(s, clerk), 0);
	assert_int_equal(session_badge(s, second, login), ERR_NOTFOUND);
	assert_int_equal(staff_badge_drop(s, clerk), ERR_STATE);
	assert_int_equal(staff_badge_drop(s, 99), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "staff-badge", clerk), 2);
	assert_int_equal(fixture_audited(s, "staff-badge-drop", clerk), 1);
	/* Of who left it is nobody's. */
	assert_int_equal(staff_badge_new(s, clerk, code), 0);
	assert_int_equal(staff_set_active(s, clerk, false), 0);
	assert_int_equal(session_badge(s, code, login), ERR_NOTFOUND);
	fixture_end(s);
}

/* Of an order's last record: who approved it. */
static const char *
approved_by(struct session *s, int64_t order)
{
	static char name[64];
	const struct audit_row *row;
	struct page page;

	assert_int_equal(
	    audit_page(s, "order", order, PAGE_FIRST, NULL, 1, &page), 0);
	row = page_row(&page, 0);
	snprintf(name, sizeof(name), "%s", row->approved);
	page_free(&page);
	return name;
}

static int
cancel(struct session *s, int64_t order)
{
	return order_cancel(s, order, "no longer wanted");
}

static void
what_is_approved_holds_once(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t a, b;

	(void)state;
	fixture_variant(s, "PAN", 9, 3000);
	a = fixture_order(s, "1001", 1, "PAN", NULL);
	b = fixture_order(s, "1002", 1, "PAN", NULL);
	fixture_role(s, "supervisor");
	fixture_role(s, "clerk");
	assert_int_equal(cancel(s, a), ERR_DENIED);
	assert_int_equal(session_approve(s, PERM_ORDER_CANCEL, "supervisor",
			     "supervisor-password"),
	    0);
	/* The person and the greying stay as they are. */
	assert_string_equal(session_login_name(s), "clerk");
	assert_false(session_may(s, PERM_ORDER_CANCEL));
	assert_int_equal(session_need(s, PERM_ORDER_CANCEL), 0);
	/* What one may oneself does not use it up. */
	assert_int_equal(order_hold(s, b, "manual", "wait"), 0);
	assert_string_equal(approved_by(s, b), "");
	/* Nor does a refusal. */
	assert_int_equal(cancel(s, 99), ERR_NOTFOUND);
	assert_int_equal(cancel(s, a), 0);
	assert_string_equal(approved_by(s, a), "supervisor");
	assert_int_equal(cancel(s, b), ERR_DENIED);
	assert_int_equal(session_need(s, PERM_ORDER_CANCEL), ERR_DENIED);
	/* It ends when it is ended, and with the person. */
	assert_int_equal(session_approve(s, PERM_ORDER_CANCEL, "supervisor",
			     "supervisor-password"),
	    0);
	session_approval_end(s);
	assert_int_equal(cancel(s, b), ERR_DENIED);
	assert_int_equal(session_approve(s, PERM_ORDER_CANCEL, "supervisor",
			     "supervisor-password"),
	    0);
	fixture_role(s, "clerk");
	assert_int_equal(cancel(s, b), ERR_DENIED);
	fixture_verify(s);
	fixture_end(s);
}

static void
refuse_approval(struct session *s, enum perm perm, const char *login,
    const char *password, int code, const char *field)
{
	assert_int_equal(session_approve(s, perm, login, password), code);
	assert_string_equal(session_err(s)->field, field);
	assert_int_equal(session_need(s, perm), ERR_DENIED);
}

static void
not_everybody_approves_everything(void **state)
{
	struct session *s = fixture_session("owner");
	char code[STAFF_BADGE_SIZE];
	int i;

	(void)state;
	fixture_role(s, "warehouse");
	fixture_role(s, "agent");
	fixture_role(s, "owner");
	assert_int_equal(staff_badge_new(s, staff_id(s, "warehouse"), code), 0);
	fixture_role(s, "clerk");
	/* May not oneself; lacks "approve"; is the same person. */
	refuse_approval(s, PERM_ORDER_CANCEL, "warehouse", "warehouse-password",
	    ERR_INVALID, "login");
	refuse_approval(s, PERM_ORDER_CANCEL, "agent", "agent-password",
	    ERR_INVALID, "login");
	refuse_approval(s, PERM_ORDER_CANCEL, "clerk", "clerk-password",
	    ERR_INVALID, "login");
	refuse_approval(
	    s, PERM_STAFF_EDIT, "owner", "owner-password", ERR_DENIED, "");
	refuse_approval(s, PERM_STOCK_ADJUST, "SMB-0", "warehouse-password",
	    ERR_NOTFOUND, "login");
	/* By the badge as well. */
	assert_int_equal(
	    session_approve(s, PERM_STOCK_ADJUST, code, "warehouse-password"),
	    0);
	session_approval_end(s);
	/* Wrong passwords count against the approver. */
	for (i = 0; i < 3; i++)
		refuse_approval(
		    s, PERM_STOCK_ADJUST, code, "guess", ERR_DENIED, "");
	refuse_approval(s, PERM_STOCK_ADJUST, "warehouse", "warehouse-password",
	    ERR_BUSY, "login");
	session_logout(s);
	refuse_approval(
	    s, PERM_STOCK_ADJUST, "owner", "owner-password", ERR_DENIED, "");
	fixture_end(s);
}

static void
what_can_be_approved_is_agreed(void **state)
{
	static const char agreed[] =
	    " order.view order.edit order.hold order.release order.ship"
	    " order.cancel import export customer.edit product.edit stock.view"
	    " stock.receive stock.adjust contact.reveal order.add order.review"
	    " production.edit payment.edit document.issue wave.make pack.force"
	    " track.edit stock.move purchase.ask purchase.order";
	char text[500] = "";
	size_t n = 0;
	unsigned p;

	(void)state;
	for (p = PERM_NONE; p < PERM_MAX; p++)
		if (perm_approvable((enum perm)p))
			n += (size_t)snprintf(text + n, sizeof(text) - n, " %s",
			    perm_name((enum perm)p));
	assert_string_equal(text, agreed);
}

static void
each_code_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct otp_setup setup;
		int rc;

		assert_int_equal(otp_begin(s, &setup), 0);
		fault_arm(&f);
		rc = otp_confirm(s, &setup, shown(&setup));
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(otp_is_on(s), rc == 0);
		assert_int_equal(
		    fixture_audited(s, "staff-otp-on", session_staff(s)),
		    rc == 0);
		fixture_end(s);
	}
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct otp_setup setup;
		int rc;

		switch_on(s, &setup);
		fault_arm(&f);
		rc = otp_end(s, "clerk-password");
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(otp_is_on(s), rc < 0);
		assert_int_equal(
		    fixture_audited(s, "staff-otp-off", session_staff(s)),
		    rc == 0);
		fixture_end(s);
	}
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct otp_setup setup;

		switch_on(s, &setup);
		fault_arm(&f);
		assert_true(session_login(s, "clerk", "clerk-password") < 0);
		fault_disarm(&f);
		assert_false(session_logged_in(s));
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM login_refused"), 0);
		fixture_end(s);
	}
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct otp_setup setup;
		int rc;

		switch_on(s, &setup);
		wait_for(60);
		fault_arm(&f);
		rc = session_login_code(
		    s, "clerk", "clerk-password", shown(&setup));
		fault_disarm(&f);
		assert_int_equal(session_logged_in(s), rc == 0);
		assert_int_equal(rc < 0, f.hit);
		/* A code that let somebody in is used. */
		if (rc == 0)
			assert_int_equal(session_login_code(s, "clerk",
					     "clerk-password", shown(&setup)),
			    ERR_DENIED);
		else
			assert_int_equal(session_login_code(s, "clerk",
					     "clerk-password", shown(&setup)),
			    0);
		fixture_end(s);
	}
}

static void
each_approval_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t order;
		int rc;

		fixture_variant(s, "PAN", 9, 3000);
		order = fixture_order(s, "1001", 1, "PAN", NULL);
		fixture_role(s, "clerk");
		assert_int_equal(session_approve(s, PERM_ORDER_CANCEL, "owner",
				     "owner-password"),
		    0);
		fault_arm(&f);
		rc = cancel(s, order);
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(
		    fixture_audited(s, "order-cancel", order), rc == 0);
		if (rc < 0) /* it still holds */
			assert_int_equal(cancel(s, order), 0);
		assert_string_equal(approved_by(s, order), "owner");
		assert_int_equal(cancel(s, order), ERR_DENIED);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
each_badge_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		char code[STAFF_BADGE_SIZE] = "", login[SESSION_NAME];
		int rc, found;

		fault_arm(&f);
		rc = staff_badge_new(s, 1, code);
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		found = session_badge(s, code, login);
		assert_int_equal(found, rc == 0 ? 0 : ERR_NOTFOUND);
		assert_int_equal(fixture_audited(s, "staff-badge", 1), rc == 0);
		fixture_end(s);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, reset_time, end_time)
	const struct CMUnitTest tests[] = {
		TEST(a_code_is_needed_once_it_is_set_up),
		TEST(wrong_codes_count),
		TEST(setting_up_needs_a_code_that_fits),
		TEST(the_address_names_shop_and_person),
		TEST(codes_end_by_oneself_or_the_owner),
		TEST(a_badge_says_who_one_is),
		TEST(what_is_approved_holds_once),
		TEST(not_everybody_approves_everything),
		TEST(what_can_be_approved_is_agreed),
		TEST(each_code_survives_every_fault),
		TEST(each_approval_survives_every_fault),
		TEST(each_badge_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
