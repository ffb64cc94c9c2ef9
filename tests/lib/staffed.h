/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAFFED_H
#define TESTS_STAFFED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"

/*
 * What the owner does to the staff, as at another terminal: the session is of
 * whom it was before, or of nobody. People are those of fixture_role(): named
 * by their role.
 */

struct staffed {
	struct session *s;
	char was[SESSION_NAME];
};

/* As the owner; the staff number of @login. */
static inline int64_t
staffed_begin(struct staffed *b, struct session *s, const char *login)
{
	int64_t id = 0;

	b->s = s;
	copy_text(b->was, sizeof(b->was), session_login_name(s));
	fixture_role(s, "owner");
	fixture_role(s, login);
	id = session_staff(s);
	fixture_role(s, "owner");
	return id;
}

static inline void
staffed_end(struct staffed *b)
{
	if (b->was[0] != '\0')
		fixture_role(b->s, b->was);
	else
		session_logout(b->s);
}

static inline void
staffed_badge(struct session *s, const char *login, char code[STAFF_BADGE_SIZE])
{
	struct staffed b;
	int64_t id = staffed_begin(&b, s, login);

	assert_int_equal(staff_badge_new(s, id, code), 0);
	staffed_end(&b);
}

static inline void
staffed_reset(struct session *s, const char *login, const char *password)
{
	struct staffed b;
	int64_t id = staffed_begin(&b, s, login);

	assert_int_equal(staff_reset(s, id, password), 0);
	staffed_end(&b);
}

/* The code that an authenticator shows now. */
static inline void
staffed_code_now(const struct otp_setup *setup, char code[9])
{
	assert_true(otp_code(setup->secret, time_now(), OTP_DIGITS, code));
}

/* @login wants a one-time code from now on. */
static inline void
staffed_code(struct session *s, const char *login, struct otp_setup *setup)
{
	struct staffed b;
	char code[9];

	staffed_begin(&b, s, login);
	fixture_role(s, login);
	assert_int_equal(otp_begin(s, setup), 0);
	staffed_code_now(setup, code);
	assert_int_equal(otp_confirm(s, setup, code), 0);
	staffed_end(&b);
}

#endif
