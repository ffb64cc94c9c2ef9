/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/shopdb.h"

/* A shop is made, and put back from a copy, whole or not at all. */

/* They are many calls, most of them alike: not each is made to fail. */
#define STEP 29

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static struct session *
opened(const char *path)
{
	struct session *s;
	struct err err;

	if (session_open(&s, path, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	return s;
}

static int64_t
counted(const char *path, const char *sql)
{
	struct session *s = opened(path);
	int64_t n = fixture_int(s, sql);

	session_close(s);
	return n;
}

static void
a_shop_is_made_whole_or_not_at_all(void **state)
{
	const char *path = fixture_path("new.db");
	char part[300];
	struct session *s;
	struct err err;
	int rc = -1;

	(void)state;
	/* Has the process ready to make shops. */
	fixture_end(fixture_session("owner"));
	snprintf(part, sizeof(part), "%s.new-%ld", path, (long)getpid());
	FOR_EACH_FAULT(f)
	{
		fault_install(true);
		fault_arm(&f);
		rc = shopdb_init(path, "boss", "boss-password", &err);
		fault_disarm(&f);
		fault_install(false);
		assert_int_equal(is_there(path), rc == 0);
		assert_false(is_there(part));
		if (rc == 0)
			break;
		assert_true(f.hit);
		f.n += STEP;
	}
	assert_int_equal(rc, 0);
	s = opened(path);
	assert_int_equal(fixture_audited(s, "shop-init", 1), 1);
	assert_int_equal(session_login(s, "boss", "boss-password"), 0);
	fixture_verify(s);
	session_close(s);
}

static void
a_copy_is_put_back_whole_or_not_at_all(void **state)
{
	static const char sql_restored[] =
	    "SELECT count(*) FROM audit WHERE op = 'restore' /*scan*/";
	static const char sql_skus[] = "SELECT count(*) FROM variant";
	const char *path = fixture_shop("shop.db");
	const char *copy = fixture_path("copy.db");
	const char *old = fixture_path("shop.db.before-restore");
	struct session *s = opened(path);
	struct err err;
	int rc = -1;

	(void)state;
	fixture_role(s, "owner");
	fixture_variant(s, "PAN", 5, 1250);
	assert_int_equal(shopdb_backup(s, copy), 0);
	fixture_variant(s, "POT", 5, 1250);
	session_close(s);
	FOR_EACH_FAULT(f)
	{
		fault_install(true);
		fault_arm(&f);
		rc = shopdb_restore(copy, path, &err);
		fault_disarm(&f);
		fault_install(false);
		assert_int_equal(counted(path, sql_skus), rc == 0 ? 1 : 2);
		assert_int_equal(counted(path, sql_restored), rc == 0);
		assert_int_equal(is_there(old), rc == 0);
		assert_false(is_there(fixture_path("shop.db.restoring")));
		if (rc == 0)
			break;
		assert_true(f.hit);
		f.n += STEP;
	}
	assert_int_equal(rc, 0);
	assert_int_equal(counted(old, sql_skus), 2);
	assert_int_equal(counted(copy, sql_restored), 0);
	s = opened(path);
	fixture_role(s, "owner");
	fixture_verify(s);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shop_is_made_whole_or_not_at_all),
		cmocka_unit_test(a_copy_is_put_back_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
