/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/shopdb.h"

/* The demo shop is made, month and all, or there is none. */

#define SHOP     "demo.db"
#define KINDS    3
#define OWNER    "boss"
#define PASSWORD "boss-password"

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Beside @path, by whatever end. */
static bool
is_beside(const char *path, const char *end)
{
	char name[300];

	snprintf(name, sizeof(name), "%s%s", path, end);
	return is_there(name);
}

/* No shop, nor a part of one. */
static void
nothing_is_left(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".gate",
		".import" };
	char part[300];
	size_t i;

	snprintf(part, sizeof(part), "%s.new-%ld", path, (long)getpid());
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		assert_false(is_beside(path, ends[i]));
		assert_false(is_beside(part, ends[i]));
	}
}

static void
it_is_whole(const char *path)
{
	struct session *s;
	struct err err;

	if (session_open(&s, path, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	assert_string_equal(session_shop_name(s), "留样店");
	assert_int_equal(fixture_audited(s, "shop-demo", 0), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM warehouse"), 2);
	assert_int_equal(session_login(s, OWNER, PASSWORD), 0);
	assert_int_equal(session_login(s, "clerk", "demo-shop"), 0);
	session_close(s);
}

static int
make(const char *path, struct fault *f)
{
	char *logins;
	struct err err = { 0 };
	int rc;

	fault_install(true);
	fault_arm(f);
	rc = shopdb_init_demo(path, OWNER, PASSWORD, NULL, &logins, &err);
	fault_disarm(f);
	fault_install(false);
	assert_int_equal(logins != NULL, rc == 0);
	assert_int_equal(err.text[0] != '\0', rc < 0);
	free(logins);
	return rc;
}

/* What it writes for the imports goes into a folder of ours. */
static int
begin(void **state)
{
	static char dir[300];

	/* Has the process ready to make shops. */
	fixture_end(fixture_session("owner"));
	setenv("SHOPMGR_NOW", "2024-05-28 15:00:00", 1);
	snprintf(dir, sizeof(dir), "%s", fixture_path("files"));
	assert_int_equal(mkdir(dir, 0700), 0);
	setenv("TMPDIR", dir, 1);
	*state = dir;
	return 0;
}

static int
end(void **state)
{
	const char *dir = *state;

	return rmdir(dir); /* which is empty */
}

/*
 * A month is some hundred thousand calls: some of them fail, by each kind, and
 * the last ones, by which the owner comes back and names the shop.
 */
static void
a_demo_is_made_whole_or_not_at_all(void **state)
{
	static const int thousandths[] = { 4, 9, 13, 60, 120, 250 };
	static const int before_last[] = { 40, 0 };
	const char *path = fixture_path(SHOP);
	struct fault f = { .n = INT_MAX };
	size_t i, n = sizeof(thousandths) / sizeof(thousandths[0]);
	int all, rc;

	(void)state;
	assert_int_equal(make(path, &f), 0);
	all = fault_calls();
	it_is_whole(path);
	for (i = 0; i < n + 2; i++) {
		unlink(path);
		unlink(fixture_path(SHOP ".gate"));
		f = (struct fault){ .kind = (int)(i % KINDS) };
		f.n = i < n ? (int)((long)all * thousandths[i] / 1000)
			    : all - before_last[i - n];
		rc = make(path, &f);
		assert_true(f.hit);
		if (rc == 0) /* it could do without that call */
			it_is_whole(path);
		else
			nothing_is_left(path);
	}
	/* Not without the last one. */
	assert_true(rc < 0);
}

static int asked;

static bool
on_the_third(void)
{
	return ++asked == 3;
}

static void
who_stops_it_has_none(void **state)
{
	const char *path = fixture_path("stopped.db");
	struct err err;
	char *logins;

	(void)state;
	assert_int_equal(shopdb_init_demo(path, OWNER, PASSWORD, on_the_third,
			     &logins, &err),
	    ERR_CANCELLED);
	assert_null(logins);
	assert_int_equal(asked, 3);
	nothing_is_left(path);
}

/* Its log would be taken for the new shop's. */
static void
what_is_left_of_another_shop_is_in_the_way(void **state)
{
	const char *path = fixture_path("gone.db");
	const char *log = fixture_path("gone.db-wal");
	int fd = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct err err;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(
	    shopdb_init(path, OWNER, PASSWORD, &err), ERR_CONFLICT);
	assert_non_null(strstr(err.text, log));
	assert_true(is_there(log));
	assert_false(is_there(path));
	unlink(log);
	assert_int_equal(shopdb_init(path, OWNER, PASSWORD, &err), 0);
}

/* Somebody who has it open keeps its log from being folded, as a disk without
 * room does. */
static int
look_in(struct session *s, void *arg)
{
	struct session **other = arg;

	return session_open(other, db_path(s->db), &s->err);
}

static void
what_is_in_the_log_alone_is_no_shop(void **state)
{
	const char *path = fixture_path("logged.db");
	struct session *other = NULL;
	struct err err;

	(void)state;
	assert_int_equal(
	    shopdb_make(path, OWNER, PASSWORD, look_in, &other, &err), ERR_IO);
	assert_non_null(other);
	assert_non_null(strstr(err.text, path));
	session_close(other);
	nothing_is_left(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_demo_is_made_whole_or_not_at_all, begin, end),
		cmocka_unit_test_setup_teardown(
		    who_stops_it_has_none, begin, end),
		cmocka_unit_test(what_is_left_of_another_shop_is_in_the_way),
		cmocka_unit_test(what_is_in_the_log_alone_is_no_shop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
