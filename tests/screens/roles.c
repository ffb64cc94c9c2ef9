/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/session.h"
#include "staffed.h"
#include "till.h"

/* Who works here, and what a role may do. */

static const struct {
	const char *lang;
	int h, w;
} sizes[] = {
	{ "zh_CN", 24, 80 },
	{ "en", 24, 80 },
	{ "zh_CN", 40, 120 },
	{ "en", 40, 120 },
};

/* A shop with people in every state. */
static struct till *
busy_shop(const char *role, const char *lang, int h, int w)
{
	struct till *k = till_open("agent", lang, h, w);
	struct otp_setup setup;
	char badge[STAFF_BADGE_SIZE];
	int i;

	fixture_role(k->s, "warehouse");
	staffed_badge(k->s, "clerk", badge);
	staffed_reset(k->s, "agent", "given-by-boss");
	staffed_code(k->s, "warehouse", &setup);
	session_logout(k->s);
	/* So often, each a while after the other, that the name is locked. */
	for (i = 0; i < 10; i++) {
		char now[32];

		snprintf(now, sizeof(now), "2026-11-22 13:%02d:00", 30 + 3 * i);
		setenv("SHOPMGR_NOW", now, 1);
		assert_true(session_login(k->s, "clerk", "nonsense") < 0);
	}
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	fixture_role(k->s, role);
	return k;
}

static void
looks(const char *name, const char *role, const char *keys)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		k = busy_shop(role, sizes[i].lang, sizes[i].h, sizes[i].w);
		till_keys(k, keys);
		snprintf(file, sizeof(file), "%s-%.2s-%dx%d", name,
		    sizes[i].lang, sizes[i].w, sizes[i].h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

static void
the_staff_looks_as_approved(void **state)
{
	(void)state;
	looks("staff-list", "owner", "F7");
	looks("staff-roles", "owner", "F7 r");
	looks("roles", "owner", "F7 m");
	looks("roles-changed", "owner",
	    "F7 m Down Down Right Right Right Right Right Right Space");
}

static int64_t
has(struct till *k, const char *sql)
{
	return fixture_int(k->s, sql);
}

static void
roles_are_several_and_change(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F7 Home r 'purch' Space Enter");
	till_sees(k, "sales agent, purchaser");
	assert_int_equal(has(k, "SELECT count(*) FROM staff_role JOIN staff ON "
				"staff.id = staff_id WHERE login = 'agent'"),
	    2);
	till_keys(k, "r 'purch' Space Ctrl-U 'sales' Space Enter");
	till_sees(k, "At least one role is needed");
	till_keys(k, "Enter Ctrl-U '李娜' Ctrl-S");
	till_sees(k, "李娜 is saved.");
	till_sees(k, "sales agent, purchaser");
	till_close(k);
}

static void
a_new_password_is_typed_twice_and_never_shown(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 Home w 'first-word' Tab 'other-word' Ctrl-S");
	till_sees(k, "not the same both times");
	till_misses(k, "first-word");
	till_keys(k, "Ctrl-U 'first-word' Ctrl-S");
	till_sees(k, "agent has to choose an own password at the next log-in.");
	till_sees(k, "new password");
	till_close(k);
}

static void
an_account_is_closed_and_opened_again(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 Home c");
	till_sees(k, "Close the account of agent?");
	till_keys(k, "Esc");
	till_misses(k, "left");
	till_keys(k, "c Enter");
	till_sees(k, "agent cannot log in any more.");
	till_sees(k, "left");
	till_sees(k, "c Reopen");
	till_keys(k, "c");
	till_sees(k, "agent can log in again.");
	till_keys(k, "End k c Enter"); /* whoever closes oneself */
	till_close(k);
}

static void
a_lock_is_ended(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 Home j");
	till_sees(k, "u Unlock");
	till_keys(k, "u");
	till_sees(k, "clerk can try to log in again at once.");
	till_misses(k, "u Unlock");
	till_close(k);
}

/* The code of a badge is seen once; it opens the door, its successor ends it.
 */
static void
a_badge_is_shown_once(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);
	char code[STAFF_BADGE_SIZE], login[SESSION_NAME];
	const char *at;

	(void)state;
	till_keys(k, "F7 Home b Down Enter");
	till_sees(k, "The badge of agent");
	till_sees(k, "S M B -");
	at = strstr(drive_text(k->d), STAFF_BADGE);
	assert_non_null(at);
	snprintf(code, sizeof(code), "%.24s", at);
	till_keys(k, "Enter");
	till_misses(k, code);
	assert_int_equal(session_badge(k->s, code, login), 0);
	assert_string_equal(login, "agent");
	till_keys(k, "b");
	till_sees(k, "Make a new badge for agent?");
	till_keys(k, "Enter Enter");
	till_sees(k, "1 page is in");
	assert_true(till_has_file(k, "badge"));
	assert_int_equal(session_badge(k->s, code, login), ERR_NOTFOUND);
	till_keys(k, "B Enter");
	till_sees(k, "agent has no badge any more.");
	till_close(k);
}

static void
a_lost_telephone_locks_nobody_out(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 120);

	(void)state;
	till_keys(k, "F7 End");
	till_sees(k, "Code off");
	till_keys(k, "O Enter");
	till_sees(k, "warehouse logs in by the password alone now.");
	till_close(k);
}

static void
the_matrix_changes_as_a_whole(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 m");
	/* looking at orders for the buyer, exporting files for the editor */
	till_keys(k, "Right Right Right Right Right Right Right Space");
	till_sees(k, "* 1 change is not saved");
	till_keys(k, "Right Down Down Down Down Down Down Down Space");
	till_sees(k, "* 2 changes are not saved");
	till_keys(k, "Space");
	till_sees(k, "* 1 change is not saved");
	till_keys(k, "Space Ctrl-S");
	till_sees(k, "2 roles are saved; it holds at once.");
	till_misses(k, "not saved");
	assert_int_equal(has(k, "SELECT count(*) FROM audit WHERE op = "
				"'role-save'"),
	    2);
	assert_int_equal(has(k, "SELECT count(*) FROM role_perm JOIN role ON "
				"role.id = role_id WHERE name = 'buyer' AND "
				"perm = 'order.view'"),
	    1);
	till_keys(k, "Ctrl-S");
	till_sees(k, "Nothing was changed.");
	till_close(k);
}

static void
leaving_asks_when_something_is_unsaved(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 m End Space Esc");
	till_sees(k, "1 change is not saved. Give it up?");
	till_keys(k, "Esc");
	till_sees(k, "* 1 change is not saved");
	till_keys(k, "Ctrl-X F7");
	till_sees(k, "Changes of roles are not saved.");
	till_keys(k, "Esc 'owner-password' Enter Esc Enter");
	till_sees(k, "Last log-in");
	till_close(k);
}

/* Nobody can end the owner's own rights by a slip. */
static void
the_last_key_to_the_door_stays(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	/* The row of role.edit. */
	till_keys(k,
	    "F7 m End Up Up Up Up Up Up Up Up Up Up Up Up Up Up Up Up Up Up "
	    "Up Up Up Up Up Up");
	till_sees(k, "changing what roles may do");
	till_keys(k, "Space Ctrl-S");
	till_sees(k, "Nobody takes the right to change staff and roles from "
		     "oneself");
	till_sees(k, "* 1 change is not saved");
	till_close(k);
}

static void
a_role_of_the_shops_own(void **state)
{
	struct till *k = busy_shop("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 m n '质检' Tab 'Quality' Ctrl-S");
	till_sees(k, "A role's name is of lower-case letters");
	till_keys(k, "Ctrl-U 'quality' Ctrl-S");
	till_sees(k, "质检 may do nothing yet.");
	till_keys(k, "Space Ctrl-S H");
	till_sees(k, "quality");
	till_keys(k, "Esc Esc n '质检' Space Enter 'wang' Tab '王强' Tab "
		     "'wang-password' Tab 'wang-password' Ctrl-S");
	till_sees(k, "王强 can log in now as wang.");
	till_sees(k, "质检");
	till_close(k);
}

static void
who_may_only_look_changes_nothing(void **state)
{
	struct till *k = busy_shop("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F7 m Space");
	till_sees(k, "Your role does not allow this: Allow.");
	till_misses(k, "not saved");
	till_misses(k, "Ctrl-S");
	till_keys(k, "Esc e");
	till_sees(k, "Your role does not allow this: Edit.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_staff_looks_as_approved),
		cmocka_unit_test(roles_are_several_and_change),
		cmocka_unit_test(a_new_password_is_typed_twice_and_never_shown),
		cmocka_unit_test(an_account_is_closed_and_opened_again),
		cmocka_unit_test(a_lock_is_ended),
		cmocka_unit_test(a_badge_is_shown_once),
		cmocka_unit_test(a_lost_telephone_locks_nobody_out),
		cmocka_unit_test(the_matrix_changes_as_a_whole),
		cmocka_unit_test(leaving_asks_when_something_is_unsaved),
		cmocka_unit_test(the_last_key_to_the_door_stays),
		cmocka_unit_test(a_role_of_the_shops_own),
		cmocka_unit_test(who_may_only_look_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
