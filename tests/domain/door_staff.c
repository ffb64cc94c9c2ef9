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
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/staff.h"

/* Staff and roles: who may change whom, and that everybody notices. */

#define BIT(perm) (UINT64_C(1) << (perm))

static int64_t
staff_id(struct session *s, const char *login)
{
	char sql[100];

	snprintf(
	    sql, sizeof(sql), "SELECT id FROM staff WHERE login = '%s'", login);
	return fixture_int(s, sql);
}

/* As in the list. */
static struct staff
person(struct session *s, int64_t id)
{
	struct staff row;
	struct page page;

	assert_int_equal(staff_get(s, id, &page), 0);
	row = *(const struct staff *)page_row(&page, 0);
	row.login = row.name = row.roles = ""; /* belong to the page */
	page_free(&page);
	return row;
}

static struct role
role_named(struct session *s, const char *name)
{
	struct role row = { .id = 0 };
	const struct role *all;
	struct page page;
	size_t i;

	assert_int_equal(role_page(s, &page), 0);
	for (i = 0, all = page.rows; i < page.n; i++)
		if (strcmp(all[i].name, name) == 0)
			row = all[i];
	row.name = row.title = "";
	page_free(&page);
	return row;
}

static int
save(struct session *s, int64_t id, const char *name, const char *roles)
{
	struct staff_edit edit = { .login = "ignored" };

	snprintf(edit.name, sizeof(edit.name), "%s", name);
	snprintf(edit.roles, sizeof(edit.roles), "%s", roles);
	return staff_save(s, id, person(s, id).version, &edit);
}

static int
save_role(struct session *s, const char *name, uint64_t perms)
{
	struct role role = role_named(s, name);

	return role_save(s, role.id, role.version, perms);
}

static void
name_and_roles_are_changed(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t clerk = session_staff(s);
	struct staff_edit edit = { .name = "Wang", .roles = "clerk" };
	struct page page;
	const struct staff *row;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(save(s, clerk, "王小姐", "warehouse  buyer"), 0);
	assert_int_equal(staff_get(s, clerk, &page), 0);
	row = page_row(&page, 0);
	assert_string_equal(row->login, "clerk");
	assert_string_equal(row->name, "王小姐");
	assert_string_equal(row->roles, "warehouse buyer");
	assert_int_equal(row->version, 2);
	page_free(&page);
	assert_int_equal(fixture_audited(s, "staff-save", clerk), 1);
	/* What is there already is no change. */
	assert_int_equal(save(s, clerk, "王小姐", "buyer warehouse"), 0);
	assert_int_equal(fixture_audited(s, "staff-save", clerk), 1);
	assert_int_equal(person(s, clerk).version, 2);
	assert_int_equal(staff_save(s, clerk, 1, &edit), ERR_CONFLICT);
	assert_int_equal(save(s, clerk, "", "clerk"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "name");
	assert_int_equal(save(s, clerk, "Wang", ""), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "roles");
	assert_int_equal(save(s, clerk, "Wang", "king"), ERR_INVALID);
	assert_int_equal(staff_save(s, 99, 1, &edit), ERR_NOTFOUND);
	assert_int_equal(staff_get(s, 99, &page), ERR_NOTFOUND);
	assert_int_equal(person(s, clerk).version, 2);
	fixture_end(s);
}

static void
people_are_found_by_login(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = -1;

	(void)state;
	assert_int_equal(staff_by_login(s, "owner", &id), 0);
	assert_int_equal(id, 1);
	assert_int_equal(staff_by_login(s, "nobody", &id), ERR_NOTFOUND);
	assert_string_equal(session_err(s)->field, "login");
	fixture_role(s, "clerk");
	assert_int_equal(staff_by_login(s, "owner", &id), ERR_DENIED);
	fixture_end(s);
}

static void
who_leaves_is_out_at_once(void **state)
{
	const char *path = fixture_shop("leaves.db");
	struct session *boss, *clerk;
	struct page page;
	struct err err;
	int64_t id;

	(void)state;
	assert_int_equal(session_open(&boss, path, &err), 0);
	fixture_role(boss, "owner");
	assert_int_equal(session_open(&clerk, path, &err), 0);
	fixture_role(clerk, "supervisor");
	id = session_staff(clerk);
	assert_int_equal(staff_set_active(boss, id, false), 0);
	assert_int_equal(fixture_audited(boss, "staff-close", id), 1);
	assert_int_equal(staff_set_active(boss, id, false), 0);
	assert_int_equal(fixture_audited(boss, "staff-close", id), 1);
	/* Reading, too. */
	assert_int_equal(
	    staff_page(clerk, PAGE_FIRST, NULL, 5, &page), ERR_DENIED);
	assert_string_equal(
	    session_err(clerk)->text, "Your account was closed");
	assert_false(session_logged_in(clerk));
	assert_int_equal(
	    session_login(clerk, "supervisor", "supervisor-password"),
	    ERR_DENIED);
	assert_int_equal(staff_set_active(boss, id, true), 0);
	assert_int_equal(fixture_audited(boss, "staff-reopen", id), 1);
	assert_int_equal(
	    session_login(clerk, "supervisor", "supervisor-password"), 0);
	assert_int_equal(staff_set_active(boss, 1, false), ERR_STATE);
	assert_int_equal(staff_set_active(boss, 99, false), ERR_NOTFOUND);
	session_close(clerk);
	fixture_verify(boss);
	fixture_end(boss);
}

static const struct op op_ship = { "order-ship", PERM_ORDER_SHIP, "order" };

/* A change while the transaction was waited for counts as well. */
static void
a_change_counts_at_the_next_operation(void **state)
{
	const char *path = fixture_shop("notices.db");
	struct session *boss, *clerk;
	struct txn *txn;
	struct err err;
	uint64_t perms;

	(void)state;
	assert_int_equal(session_open(&boss, path, &err), 0);
	fixture_role(boss, "owner");
	assert_int_equal(session_open(&clerk, path, &err), 0);
	fixture_role(clerk, "clerk");
	perms = role_named(boss, "clerk").perms;
	assert_int_equal(
	    save_role(boss, "clerk", perms & ~BIT(PERM_ORDER_SHIP)), 0);
	assert_int_equal(op_begin(clerk, &op_ship, &txn), ERR_DENIED);
	assert_null(txn);
	assert_false(session_may(clerk, PERM_ORDER_SHIP));
	assert_int_equal(save_role(boss, "clerk", perms | BIT(PERM_BACKUP)), 0);
	assert_int_equal(session_need(clerk, PERM_BACKUP), 0);
	assert_int_equal(op_begin(clerk, &op_ship, &txn), 0);
	op_abort(clerk, &txn);
	/* As if it came between the look and the turn. */
	assert_int_equal(save_role(boss, "clerk", 0), 0);
	clerk->door_version = session_version(clerk);
	assert_int_equal(op_begin(clerk, &op_ship, &txn), ERR_DENIED);
	assert_null(txn);
	assert_false(db_in_txn(clerk->db));
	/* Another role of one's own. */
	assert_int_equal(
	    save(boss, session_staff(clerk), "clerk", "manager"), 0);
	assert_int_equal(session_need(clerk, PERM_BACKUP), 0);
	assert_string_equal(session_role(clerk), "manager");
	session_close(clerk);
	fixture_end(boss);
}

static void
a_given_password_must_be_changed(void **state)
{
	const char *path = fixture_shop("given.db");
	struct session *boss, *clerk;
	struct txn *txn;
	struct err err;
	int64_t id;

	(void)state;
	assert_int_equal(session_open(&boss, path, &err), 0);
	fixture_role(boss, "owner");
	assert_int_equal(session_open(&clerk, path, &err), 0);
	fixture_role(clerk, "clerk");
	id = session_staff(clerk);
	assert_int_equal(staff_reset(boss, id, "short"), ERR_INVALID);
	assert_string_equal(session_err(boss)->field, "password");
	assert_int_equal(staff_reset(boss, 1, "long enough"), ERR_STATE);
	assert_int_equal(staff_reset(boss, 99, "long enough"), ERR_NOTFOUND);
	assert_int_equal(staff_reset(boss, id, "given-password"), 0);
	assert_int_equal(fixture_audited(boss, "staff-reset", id), 1);
	assert_int_equal(person(boss, id).must_change, 1);
	/* Where that person was logged in, too. */
	assert_int_equal(op_begin(clerk, &op_ship, &txn), ERR_STATE);
	assert_int_equal(
	    session_login(clerk, "clerk", "clerk-password"), ERR_DENIED);
	assert_int_equal(session_login(clerk, "clerk", "given-password"), 0);
	assert_true(session_must_change(clerk));
	assert_int_equal(op_begin(clerk, &op_ship, &txn), ERR_STATE);
	assert_int_equal(
	    staff_password(clerk, "given-password", "given-password"),
	    ERR_INVALID);
	assert_int_equal(
	    staff_password(clerk, "given-password", "my-own-password"), 0);
	assert_false(session_must_change(clerk));
	assert_int_equal(op_begin(clerk, &op_ship, &txn), 0);
	op_abort(clerk, &txn);
	assert_int_equal(session_login(clerk, "clerk", "my-own-password"), 0);
	assert_false(session_must_change(clerk));
	session_close(clerk);
	fixture_end(boss);
}

static void
the_owner_unlocks(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t clerk = session_staff(s);
	int i;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(setting_save(s, "login_slow_after", "20"), 0);
	assert_int_equal(person(s, clerk).locked_until, 0);
	for (i = 0; i < 10; i++)
		assert_int_equal(
		    session_login(s, "clerk", "guess"), ERR_DENIED);
	assert_int_equal(session_login(s, "clerk", "clerk-password"), ERR_BUSY);
	fixture_role(s, "owner");
	assert_true(person(s, clerk).locked_until > 0);
	assert_int_equal(person(s, 1).locked_until, 0);
	assert_int_equal(staff_unlock(s, clerk), 0);
	assert_int_equal(staff_unlock(s, 99), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "staff-unlock", clerk), 1);
	assert_int_equal(person(s, clerk).locked_until, 0);
	assert_int_equal(session_login(s, "clerk", "clerk-password"), 0);
	fixture_end(s);
}

/* There is always somebody who can let others in. */
static void
the_last_owner_stays(void **state)
{
	struct session *s = fixture_session("owner");
	uint64_t all = role_named(s, "owner").perms;

	(void)state;
	assert_int_equal(all, BIT(PERM_MAX) - 2);
	assert_int_equal(save(s, 1, "owner", "clerk"), ERR_STATE);
	assert_int_equal(
	    save_role(s, "owner", all & ~BIT(PERM_STAFF_EDIT)), ERR_STATE);
	assert_int_equal(
	    save_role(s, "owner", all & ~BIT(PERM_ROLE_EDIT)), ERR_STATE);
	assert_int_equal(save_role(s, "owner", 0), ERR_STATE);
	assert_int_equal(role_named(s, "owner").perms, all);
	assert_int_equal(fixture_audited(s, "role-save", 1), 0);
	/* Nor when there is another one: not oneself. */
	fixture_role(s, "manager");
	fixture_role(s, "owner");
	assert_int_equal(
	    save(s, staff_id(s, "manager"), "manager", "owner"), 0);
	assert_int_equal(save(s, 1, "owner", "clerk"), ERR_STATE);
	assert_int_equal(
	    save_role(s, "owner", all & ~BIT(PERM_STAFF_EDIT)), ERR_STATE);
	/* The other one may. */
	assert_int_equal(session_login(s, "manager", "manager-password"), 0);
	assert_int_equal(save(s, 1, "owner", "clerk"), 0);
	assert_int_equal(
	    staff_set_active(s, session_staff(s), false), ERR_STATE);
	assert_int_equal(staff_set_active(s, 1, false), 0);
	fixture_end(s);
}

/* Both rights in one hand, of somebody who works here. */
static void
two_halves_are_no_owner(void **state)
{
	struct session *s = fixture_session("owner");
	struct role role;
	int64_t id;

	(void)state;
	assert_int_equal(role_add(s, "hr", "人事", &id), 0);
	assert_int_equal(
	    role_save(s, id, 1, BIT(PERM_STAFF_EDIT) | BIT(PERM_STAFF_VIEW)),
	    0);
	fixture_role(s, "manager");
	fixture_role(s, "clerk");
	fixture_role(s, "owner");
	assert_int_equal(save(s, staff_id(s, "manager"), "manager", "hr"), 0);
	role = role_named(s, "manager");
	assert_int_equal(role_save(s, role.id, role.version,
			     role.perms | BIT(PERM_ROLE_EDIT)),
	    0);
	assert_int_equal(save(s, staff_id(s, "clerk"), "clerk", "manager"), 0);
	/* hr may change staff, but nobody who may more, and nobody to more. */
	assert_int_equal(session_login(s, "manager", "manager-password"), 0);
	assert_int_equal(save(s, 1, "owner", "clerk"), ERR_DENIED);
	assert_int_equal(staff_set_active(s, 1, false), ERR_DENIED);
	assert_int_equal(staff_reset(s, 1, "long enough"), ERR_DENIED);
	assert_int_equal(staff_unlock(s, 1), ERR_DENIED);
	assert_int_equal(staff_badge_drop(s, 1), ERR_DENIED);
	assert_int_equal(staff_otp_end(s, 1), ERR_DENIED);
	assert_int_equal(
	    save(s, session_staff(s), "manager", "hr owner"), ERR_DENIED);
	assert_string_equal(session_role(s), "hr");
	/* And who may change roles does not end the only owner. */
	assert_int_equal(session_login(s, "clerk", "clerk-password"), 0);
	role = role_named(s, "owner");
	assert_int_equal(
	    role_save(s, role.id, role.version, BIT(PERM_STAFF_EDIT)),
	    ERR_STATE);
	assert_int_equal(role_named(s, "owner").perms, role.perms);
	fixture_end(s);
}

static void
roles_are_listed_as_they_are(void **state)
{
	struct session *s = fixture_session("clerk");
	const struct role *role;
	struct page page;

	(void)state;
	fixture_role(s, "owner");
	assert_int_equal(role_page(s, &page), 0);
	assert_int_equal(page.n, 9);
	role = page_row(&page, 0);
	assert_string_equal(role->name, "owner");
	assert_string_equal(role->title, "shop owner");
	assert_int_equal(role->staff_n, 1);
	role = page_row(&page, 6);
	assert_string_equal(role->name, "clerk");
	assert_int_equal(role->staff_n, 1);
	page_free(&page);
	/* Who left is in no role. */
	assert_int_equal(staff_set_active(s, staff_id(s, "clerk"), false), 0);
	assert_int_equal(role_named(s, "clerk").staff_n, 0);
	fixture_role(s, "buyer");
	assert_int_equal(role_page(s, &page), ERR_DENIED);
	fixture_end(s);
}

static void
refuse_role(struct session *s, const char *name, const char *title, int code,
    const char *field)
{
	int64_t id = -1;

	assert_int_equal(role_add(s, name, title, &id), code);
	assert_string_equal(session_err(s)->field, field);
	assert_int_equal(id, -1);
}

static void
a_shop_has_roles_of_its_own(void **state)
{
	struct session *s = fixture_session("owner");
	const struct role *role;
	struct page page;
	int64_t id = 0;
	char name[32];
	int i;

	(void)state;
	refuse_role(s, "", "", ERR_INVALID, "name");
	refuse_role(s, "Packer", "", ERR_INVALID, "name");
	refuse_role(s, "a b", "", ERR_INVALID, "name");
	refuse_role(
	    s, "a-name-that-is-longer-than-fits-x", "", ERR_INVALID, "name");
	refuse_role(s, "packer",
	    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
	    ERR_INVALID, "title");
	refuse_role(s, "clerk", "", ERR_CONFLICT, "name");
	assert_int_equal(role_add(s, "packer", " 打包员 ", &id), 0);
	assert_int_equal(fixture_audited(s, "role-add", id), 1);
	assert_int_equal(role_save(s, id, 2, 0), ERR_CONFLICT);
	assert_int_equal(role_save(s, 99, 1, 0), ERR_NOTFOUND);
	assert_int_equal(
	    role_save(s, id, 1, BIT(PERM_ORDER_VIEW) | BIT(PERM_ORDER_SHIP)),
	    0);
	assert_int_equal(fixture_audited(s, "role-save", id), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'role-save' "
			   "AND detail = 'packer: +order.view +order.ship'"),
	    1);
	/* The same again is no change. */
	assert_int_equal(
	    role_save(s, id, 2, BIT(PERM_ORDER_VIEW) | BIT(PERM_ORDER_SHIP)),
	    0);
	assert_int_equal(role_save(s, id, 2, BIT(PERM_ORDER_VIEW)), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'role-save' "
			   "AND detail = 'packer: -order.ship'"),
	    1);
	assert_int_equal(role_page(s, &page), 0);
	role = page_row(&page, page.n - 1);
	assert_string_equal(role->title, "打包员");
	assert_int_equal(role->perms, BIT(PERM_ORDER_VIEW));
	page_free(&page);
	fixture_role(s, "packer");
	assert_true(session_may(s, PERM_ORDER_VIEW));
	assert_false(session_may(s, PERM_ORDER_SHIP));
	refuse_role(s, "mine", "", ERR_DENIED, "");
	fixture_role(s, "owner");
	for (i = 10; i < 100; i++) {
		snprintf(name, sizeof(name), "r%d", i);
		assert_int_equal(role_add(s, name, "", &id), 0);
	}
	id = -1;
	refuse_role(s, "one-too-many", "", ERR_STATE, "");
	fixture_end(s);
}

/* What each verb of the owner's leaves behind when the database fails. */

static int64_t clerk_id, packer_id;

static int
do_save(struct session *s)
{
	struct staff_edit edit = { .name = "Wang", .roles = "buyer" };

	return staff_save(s, clerk_id, 1, &edit);
}

static int
do_close(struct session *s)
{
	return staff_set_active(s, clerk_id, false);
}

static int
do_reset(struct session *s)
{
	return staff_reset(s, clerk_id, "given-password");
}

static int
do_unlock(struct session *s)
{
	return staff_unlock(s, clerk_id);
}

static int
do_badge_drop(struct session *s)
{
	return staff_badge_drop(s, clerk_id);
}

static int
do_otp_end(struct session *s)
{
	return staff_otp_end(s, clerk_id);
}

static int
do_password(struct session *s)
{
	return staff_password(s, "owner-password", "another-password");
}

static int
do_role_add(struct session *s)
{
	int64_t id;

	return role_add(s, "editor-2", "", &id);
}

static int
do_role_save(struct session *s)
{
	return role_save(s, packer_id, 1, BIT(PERM_ORDER_VIEW));
}

static const struct {
	const char *op;
	int (*run)(struct session *s);
	const char *sql; /* 1 when it was done, 0 when not */
} verbs[] = {
	{ "staff-save", do_save,
	    "SELECT count(*) FROM staff JOIN staff_role ON staff_id = staff.id "
	    "WHERE staff.name = 'Wang' AND role_id = 8" },
	{ "staff-close", do_close,
	    "SELECT count(*) FROM staff WHERE active = 0" },
	{ "staff-reset", do_reset,
	    "SELECT count(*) FROM staff WHERE must_change = 1" },
	{ "staff-unlock", do_unlock, "SELECT 1 - count(*) FROM login_refused" },
	{ "staff-badge-drop", do_badge_drop,
	    "SELECT 1 - count(*) FROM staff WHERE badge <> ''" },
	{ "staff-otp-end", do_otp_end,
	    "SELECT 1 - count(*) FROM staff WHERE otp_secret <> ''" },
	{ "staff-password", do_password,
	    "SELECT version - 1 FROM staff WHERE id = 1" },
	{ "role-add", do_role_add,
	    "SELECT count(*) FROM role WHERE name = 'editor-2'" },
	{ "role-save", do_role_save,
	    "SELECT count(*) FROM role JOIN role_perm ON role_id = role.id "
	    "WHERE name = 'packer' AND version = 2" },
};

/* A clerk with all that can be taken from one. */
static struct session *
shop_to_change(void)
{
	struct session *s = fixture_faulty("clerk");
	struct otp_setup setup;
	char code[9], badge[STAFF_BADGE_SIZE];

	clerk_id = session_staff(s);
	assert_int_equal(session_unlock(s, "guess"), ERR_DENIED);
	assert_int_equal(otp_begin(s, &setup), 0);
	assert_true(otp_code(setup.secret, time_now(), 6, code));
	assert_int_equal(otp_confirm(s, &setup, code), 0);
	fixture_role(s, "owner");
	assert_int_equal(staff_badge_new(s, clerk_id, badge), 0);
	assert_int_equal(role_add(s, "packer", "", &packer_id), 0);
	return s;
}

static void
each_verb_survives_every_fault(void **state)
{
	char sql[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		int64_t records = 0;

		FOR_EACH_FAULT(f)
		{
			struct session *s = shop_to_change();
			int rc;

			snprintf(sql, sizeof(sql),
			    "SELECT count(*) FROM audit WHERE op = '%s'",
			    verbs[i].op);
			records = fixture_int(s, sql);
			fault_arm(&f);
			rc = verbs[i].run(s);
			fault_disarm(&f);
			if ((rc < 0) != f.hit ||
			    fixture_int(s, verbs[i].sql) != (rc == 0) ||
			    fixture_int(s, sql) - records != (rc == 0))
				fail_msg(
				    "%s: %d, call %d", verbs[i].op, rc, f.n);
			assert_false(db_in_txn(s->db));
			assert_true(session_logged_in(s));
			fixture_verify(s);
			fixture_end(s);
		}
	}
}

static int
read_page(struct session *s)
{
	struct page page = { 0 };
	int rc = staff_page(s, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
read_by_login(struct session *s)
{
	int64_t id;

	return staff_by_login(s, "owner", &id);
}

static int
read_roles(struct session *s)
{
	struct page page = { 0 };
	int rc = role_page(s, &page);

	page_free(&page);
	return rc;
}

static int
read_badge(struct session *s)
{
	char login[SESSION_NAME];
	int rc = session_badge(s, "SMB-1", login);

	return rc == ERR_NOTFOUND ? 0 : rc;
}

static int
read_setup(struct session *s)
{
	struct otp_setup setup;

	return otp_begin(s, &setup);
}

static int
read_approval(struct session *s)
{
	int rc = session_approve(s, PERM_ORDER_SHIP, "clerk", "clerk-password");

	/* Who may not approve is refused last. */
	return rc == ERR_INVALID ? 0 : rc;
}

static int
read_taken_role(struct session *s)
{
	int64_t id;
	int rc = role_add(s, "clerk", "", &id);

	return rc == ERR_CONFLICT && session_err(s)->field[0] != '\0' ? 0 : rc;
}

static int
read_no_role(struct session *s)
{
	struct staff_edit edit = { .name = "Wang", .roles = "king" };
	int rc = staff_save(s, 1, 1, &edit);

	return rc == ERR_INVALID ? 0 : rc;
}

static void
each_read_survives_every_fault(void **state)
{
	static int (*const reads[])(struct session * s) = { read_page,
		read_by_login, read_roles, read_badge, read_setup,
		read_approval, read_taken_role, read_no_role };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		FOR_EACH_FAULT(f)
		{
			struct session *s = fixture_faulty("clerk");
			int rc;

			fixture_role(s, "owner");
			fault_arm(&f);
			rc = reads[i](s);
			fault_disarm(&f);
			assert_int_equal(rc < 0, f.hit);
			assert_true(session_logged_in(s));
			assert_false(db_in_txn(s->db));
			fixture_end(s);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_and_roles_are_changed),
		cmocka_unit_test(people_are_found_by_login),
		cmocka_unit_test(who_leaves_is_out_at_once),
		cmocka_unit_test(a_change_counts_at_the_next_operation),
		cmocka_unit_test(a_given_password_must_be_changed),
		cmocka_unit_test(the_owner_unlocks),
		cmocka_unit_test(the_last_owner_stays),
		cmocka_unit_test(two_halves_are_no_owner),
		cmocka_unit_test(roles_are_listed_as_they_are),
		cmocka_unit_test(a_shop_has_roles_of_its_own),
		cmocka_unit_test(each_verb_survives_every_fault),
		cmocka_unit_test(each_read_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
