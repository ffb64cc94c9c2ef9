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
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

static const struct staff_edit wang = { .login = "wang",
	.name = "王师傅",
	.roles = "clerk  warehouse",
	.password = "wang-password" };

static void
somebody_new_can_work(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	assert_int_equal(staff_add(s, &wang, &id), 0);
	assert_int_equal(fixture_audited(s, "staff-add", id), 1);
	assert_int_equal(session_login(s, "wang", "wang-password"), 0);
	assert_string_equal(session_staff_name(s), "王师傅");
	assert_int_equal(session_staff(s), id);
	/* Both roles count. */
	assert_true(session_may(s, PERM_ORDER_SHIP));
	assert_true(session_may(s, PERM_STOCK_ADJUST));
	assert_false(session_may(s, PERM_STAFF_EDIT));
	fixture_end(s);
}

static void
refuse(struct session *s, struct staff_edit edit, int code, const char *field)
{
	int64_t id = -1, before;

	before = fixture_int(s, "SELECT count(*) FROM staff");
	assert_int_equal(staff_add(s, &edit, &id), code);
	assert_string_equal(session_err(s)->field, field);
	assert_int_equal(id, -1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM staff"), before);
}

static void
mistakes_name_their_field(void **state)
{
	struct session *s = fixture_session("owner");
	struct staff_edit edit;
	int64_t id;

	(void)state;
	edit = wang;
	edit.login[0] = '\0';
	refuse(s, edit, ERR_INVALID, "login");
	snprintf(edit.login, sizeof(edit.login), "a b");
	refuse(s, edit, ERR_INVALID, "login");
	edit = wang;
	edit.name[0] = '\0';
	refuse(s, edit, ERR_INVALID, "name");
	edit = wang;
	edit.password[7] = '\0';
	refuse(s, edit, ERR_INVALID, "password");
	edit = wang;
	snprintf(edit.roles, sizeof(edit.roles), "clerk king");
	refuse(s, edit, ERR_INVALID, "roles");
	snprintf(edit.roles, sizeof(edit.roles), "  ");
	refuse(s, edit, ERR_INVALID, "roles");
	assert_int_equal(staff_add(s, &wang, &id), 0);
	refuse(s, wang, ERR_CONFLICT, "login");
	fixture_role(s, "manager");
	edit = wang;
	edit.login[0] = 'x';
	refuse(s, edit, ERR_DENIED, "");
	fixture_end(s);
}

static void
pages_are_by_login(void **state)
{
	struct session *s = fixture_session("owner");
	const struct staff *row;
	struct page page, next;
	int64_t id;

	(void)state;
	assert_int_equal(staff_add(s, &wang, &id), 0);
	fixture_role(s, "manager");
	assert_int_equal(staff_page(s, PAGE_FIRST, NULL, 2, &page), 0);
	assert_int_equal(page.n, 2);
	row = page_row(&page, 1);
	assert_string_equal(row->login, "owner");
	assert_string_equal(row->roles, "owner");
	assert_int_equal(row->active, 1);
	assert_int_equal(staff_page(s, PAGE_AFTER, row, 2, &next), 0);
	assert_int_equal(next.n, 1);
	row = page_row(&next, 0);
	assert_string_equal(row->login, "wang");
	assert_string_equal(row->name, "王师傅");
	assert_string_equal(row->roles, "warehouse clerk");
	page_free(&next);
	page_free(&page);
	fixture_role(s, "clerk");
	assert_int_equal(staff_page(s, PAGE_FIRST, NULL, 2, &page), ERR_DENIED);
	fixture_end(s);
}

static void
ones_own_password(void **state)
{
	struct session *s = fixture_session("clerk");

	(void)state;
	assert_int_equal(
	    staff_password(s, "wrong-password", "new-password"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "old");
	assert_int_equal(
	    staff_password(s, "clerk-password", "short"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "password");
	assert_int_equal(
	    staff_password(s, "clerk-password", "密码八个字的密码"), 0);
	assert_int_equal(
	    fixture_audited(s, "staff-password", session_staff(s)), 1);
	assert_int_equal(
	    session_login(s, "clerk", "clerk-password"), ERR_DENIED);
	assert_int_equal(session_login(s, "clerk", "密码八个字的密码"), 0);
	session_logout(s);
	assert_int_equal(
	    staff_password(s, "密码八个字的密码", "new-password"), ERR_DENIED);
	fixture_end(s);
}

/* The database never holds a password as it was typed. */
static void
passwords_are_hashed(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM staff WHERE password NOT LIKE "
			   "'$argon2id$%' OR password LIKE '%password%'"),
	    0);
	fixture_end(s);
}

static void
adding_survives_every_fault(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t id = 0, staff;
		int rc;

		fault_arm(&f);
		rc = staff_add(s, &wang, &id);
		fault_disarm(&f);
		assert_int_equal(rc < 0, f.hit);
		staff = fixture_int(
		    s, "SELECT count(*) FROM staff WHERE login = 'wang'");
		assert_int_equal(staff, rc == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM staff_role"),
		    rc == 0 ? 3 : 1);
		assert_int_equal(fixture_audited(s, "staff-add", id), rc == 0);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_new_can_work),
		cmocka_unit_test(mistakes_name_their_field),
		cmocka_unit_test(pages_are_by_login),
		cmocka_unit_test(ones_own_password),
		cmocka_unit_test(passwords_are_hashed),
		cmocka_unit_test(adding_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
