/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOOR_TRIES_H
#define TESTS_DOOR_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/staff.h"

/* The verbs of the door, for the matrix of core_roles.c, tried on whoever came
 * last. */

static int64_t
someone(struct session *s)
{
	return fixture_int(s, "SELECT max(id) FROM staff");
}

static int
try_staff_get(struct session *s)
{
	struct page page = { 0 };
	int rc = staff_get(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_staff_by_login(struct session *s)
{
	int64_t id;

	return staff_by_login(s, "owner", &id);
}

static int
try_staff_save(struct session *s)
{
	struct staff_edit edit = { .name = "Gone", .roles = "editor" };

	return staff_save(s, someone(s), 1, &edit);
}

static int
try_staff_close(struct session *s)
{
	return staff_set_active(s, someone(s), false);
}

static int
try_staff_reopen(struct session *s)
{
	return staff_set_active(s, someone(s), true);
}

static int
try_staff_reset(struct session *s)
{
	return staff_reset(s, someone(s), "long enough");
}

static int
try_staff_unlock(struct session *s)
{
	return staff_unlock(s, someone(s));
}

static int
try_badge(struct session *s)
{
	char code[STAFF_BADGE_SIZE];

	return staff_badge_new(s, someone(s), code);
}

static int
try_badge_drop(struct session *s)
{
	return staff_badge_drop(s, someone(s));
}

static int
try_otp_end(struct session *s)
{
	return staff_otp_end(s, someone(s));
}

static int
try_roles(struct session *s)
{
	struct page page = { 0 };
	int rc = role_page(s, &page);

	page_free(&page);
	return rc;
}

static int
try_role_add(struct session *s)
{
	int64_t id;

	return role_add(s, "packer", "", &id);
}

static int
try_role_save(struct session *s)
{
	return role_save(s, 9, 1, UINT64_C(1) << PERM_ORDER_VIEW);
}

static int
try_settings(struct session *s)
{
	struct page page = { 0 };
	int rc = setting_page(s, &page);

	page_free(&page);
	return rc;
}

static int
try_setting_save(struct session *s)
{
	return setting_save(s, "ship_hours", "24");
}

#endif
