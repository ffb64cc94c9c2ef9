/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/base/secret.h"

static int
set_weak(void **state)
{
	(void)state;
	return setenv("SHOPMGR_TEST_WEAK_HASH", "1", 1);
}

static void
only_the_password_opens_its_hash(void **state)
{
	char hash[SECRET_SIZE];
	struct err err;

	(void)state;
	assert_int_equal(secret_hash("abc-密码", hash, &err), 0);
	assert_true(strlen(hash) < SECRET_SIZE);
	assert_memory_equal(hash, "$argon2id$", 10);
	assert_true(secret_verify(hash, "abc-密码"));
	assert_false(secret_verify(hash, "abc-密"));
	assert_false(secret_verify(hash, "ABC-密码"));
	assert_false(secret_verify(hash, ""));
}

static void
the_same_password_never_hashes_the_same(void **state)
{
	char a[SECRET_SIZE], b[SECRET_SIZE];
	struct err err;

	(void)state;
	assert_int_equal(secret_hash("same", a, &err), 0);
	assert_int_equal(secret_hash("same", b, &err), 0);
	assert_string_not_equal(a, b);
	assert_true(secret_verify(b, "same"));
}

static void
a_damaged_hash_opens_nothing(void **state)
{
	char hash[SECRET_SIZE], longer[SECRET_SIZE * 2];
	struct err err;
	size_t i, n;

	(void)state;
	assert_false(secret_verify("", ""));
	assert_false(secret_verify("x", "x"));
	assert_false(secret_verify("$argon2id$", ""));
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_false(secret_verify(longer, "a"));
	assert_int_equal(secret_hash("pw", hash, &err), 0);
	n = strlen(hash);
	/* The salt and the hash proper; its last character has idle bits. */
	for (i = n - 60; i < n - 1; i++) {
		hash[i] ^= 1;
		assert_false(secret_verify(hash, "pw"));
		hash[i] ^= 1;
	}
	hash[n - 1] = '\0';
	assert_false(secret_verify(hash, "pw"));
}

static void
hashes_are_dear_unless_tests_ask(void **state)
{
	char weak[SECRET_SIZE], strong[SECRET_SIZE];
	struct err err;

	(void)state;
	assert_int_equal(secret_hash("pw", weak, &err), 0);
	assert_non_null(strstr(weak, "$m=8,t=1,p=1$"));
	unsetenv("SHOPMGR_TEST_WEAK_HASH");
	assert_int_equal(secret_hash("pw", strong, &err), 0);
	assert_non_null(strstr(strong, "$m=65536,t=2,p=1$"));
	/* Each is checked at its own cost, whatever the environment. */
	assert_true(secret_verify(weak, "pw"));
	set_weak(NULL);
	assert_true(secret_verify(strong, "pw"));
}

#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_WORKS 0
#else
#define LIMIT_WORKS 1
#endif

static void
too_little_memory_is_a_failure_that_is_told(void **state)
{
	struct rlimit limit = { 48 << 20, 48 << 20 };
	char hash[SECRET_SIZE];
	struct err err = { .text = "" };
	int status;
	pid_t pid;

	(void)state;
	/* valgrind itself needs the memory. */
	if (getenv("VALGRIND") != NULL)
		skip();
	if (!LIMIT_WORKS)
		skip();
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		unsetenv("SHOPMGR_TEST_WEAK_HASH");
		if (setrlimit(RLIMIT_AS, &limit) != 0)
			_exit(2);
		if (secret_hash("pw", hash, &err) != ERR_IO ||
		    err.code != ERR_IO || err.text[0] == '\0')
			_exit(1);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
wiping_and_random_bytes(void **state)
{
	unsigned char a[32] = { 0 }, b[32] = { 0 };
	static const unsigned char none[32];

	(void)state;
	secret_random(a, sizeof(a));
	secret_random(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, none, sizeof(a));
	secret_wipe(a, sizeof(a));
	assert_memory_equal(a, none, sizeof(a));
}

/* The first as b2sum -l 256 has it. */
static void
digests_know_where_a_part_ends(void **state)
{
	const struct secret_part one[] = { { "ab", 2 }, { "c", 1 } };
	const struct secret_part two[] = { { "a", 1 }, { "bc", 2 } };
	const struct secret_part three[] = { { "ab", 2 }, { "c", 1 },
		{ "", 0 } };
	char a[SECRET_DIGEST], b[SECRET_DIGEST];

	(void)state;
	secret_digest(one, 2, a);
	assert_string_equal(a, "20263e794775e4edf2b306c0f306af9e"
			       "50175c831c857604b481e847f790bf95");
	secret_digest(two, 2, b);
	assert_string_not_equal(a, b);
	secret_digest(three, 3, b);
	assert_string_not_equal(a, b);
	secret_digest(NULL, 0, a);
	assert_string_equal(a, "0e5751c026e543b2e8ab2eb06099daa1"
			       "d1e5df47778f7787faab45cdf12fe3a8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_know_where_a_part_ends),
		cmocka_unit_test(only_the_password_opens_its_hash),
		cmocka_unit_test(the_same_password_never_hashes_the_same),
		cmocka_unit_test(a_damaged_hash_opens_nothing),
		cmocka_unit_test(hashes_are_dear_unless_tests_ask),
		cmocka_unit_test(too_little_memory_is_a_failure_that_is_told),
		cmocka_unit_test(wiping_and_random_bytes),
	};

	return cmocka_run_group_tests(tests, set_weak, NULL);
}
