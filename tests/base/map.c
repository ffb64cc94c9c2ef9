/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/map.h"

static void
an_empty_map_has_nothing(void **state)
{
	struct map m = { 0 };

	(void)state;
	assert_null(map_get(&m, "", 0));
	assert_null(map_get(&m, "a", 1));
	map_done(&m);
}

static size_t
key_of(char *buf, size_t size, int i)
{
	/* Of every length, with zeros in them. */
	int n = snprintf(buf, size, "%d", i * 7919);
	size_t len = (size_t)n + (size_t)(i % 40);

	memset(buf + n, i % 3 == 0 ? 0 : 'x', len - (size_t)n);
	return len;
}

static void
every_key_finds_its_value(void **state)
{
	struct map m = { 0 };
	const int n = 100000;
	char key[64];
	int64_t *v;
	bool fresh;
	size_t len;
	int i;

	(void)state;
	for (i = 0; i < n; i++) {
		len = key_of(key, sizeof(key), i);
		v = map_put(&m, key, len, &fresh);
		assert_true(fresh);
		assert_int_equal(*v, 0);
		*v = i;
	}
	assert_int_equal(m.n, n);
	for (i = 0; i < n; i++) {
		len = key_of(key, sizeof(key), i);
		v = map_get(&m, key, len);
		assert_non_null(v);
		assert_int_equal(*v, i);
		v = map_put(&m, key, len, &fresh);
		assert_false(fresh);
		assert_int_equal(*v, i);
	}
	assert_int_equal(m.n, n);
	for (i = n; i < n + 1000; i++) {
		len = key_of(key, sizeof(key), i);
		assert_null(map_get(&m, key, len));
	}
	map_done(&m);
	assert_int_equal(m.n, 0);
}

static void
keys_are_bytes_not_text(void **state)
{
	struct map m = { 0 };
	bool fresh;

	(void)state;
	*map_put(&m, "", 0, &fresh) = 1;
	*map_put(&m, "\0", 1, &fresh) = 2;
	*map_put(&m, "\0\0", 2, &fresh) = 3;
	*map_put(&m, "ab", 2, &fresh) = 4;
	*map_put(&m, "ab\0", 3, &fresh) = 5;
	assert_int_equal(*map_get(&m, "", 0), 1);
	assert_int_equal(*map_get(&m, "\0", 1), 2);
	assert_int_equal(*map_get(&m, "\0\0", 2), 3);
	assert_int_equal(*map_get(&m, "ab", 2), 4);
	assert_int_equal(*map_get(&m, "ab\0", 3), 5);
	assert_null(map_get(&m, "a", 1));
	map_done(&m);
}

static void
keys_larger_than_a_block_are_kept(void **state)
{
	const size_t size = 600000;
	char *key = malloc(size);
	struct map m = { 0 };
	bool fresh;

	(void)state;
	assert_non_null(key);
	memset(key, 'k', size);
	*map_put(&m, "small", 5, &fresh) = 1;
	*map_put(&m, key, size, &fresh) = 2;
	*map_put(&m, key, size - 1, &fresh) = 3;
	assert_int_equal(*map_get(&m, key, size), 2);
	assert_int_equal(*map_get(&m, key, size - 1), 3);
	assert_int_equal(*map_get(&m, "small", 5), 1);
	map_done(&m);
	free(key);
}

static void
reserving_keeps_what_is_there(void **state)
{
	struct map m = { 0 };
	bool fresh;
	size_t cap;

	(void)state;
	*map_put(&m, "a", 1, &fresh) = 7;
	map_reserve(&m, 10000);
	cap = m.cap;
	assert_true(cap >= 10000);
	assert_int_equal(cap & (cap - 1), 0);
	assert_int_equal(*map_get(&m, "a", 1), 7);
	map_reserve(&m, 10);
	assert_int_equal(m.cap, cap);
	map_done(&m);
}

static void
hashes_depend_on_every_byte_and_the_seed(void **state)
{
	char key[40];
	uint64_t h;
	size_t i;

	(void)state;
	memset(key, 'a', sizeof(key));
	h = hash_bytes(key, sizeof(key), 0);
	assert_true(hash_bytes(key, sizeof(key), 0) == h);
	assert_true(hash_bytes(key, sizeof(key), 1) != h);
	assert_true(hash_bytes(key, sizeof(key) - 1, 0) != h);
	for (i = 0; i < sizeof(key); i++) {
		key[i] ^= 1;
		assert_true(hash_bytes(key, sizeof(key), 0) != h);
		key[i] ^= 1;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(every_key_finds_its_value),
		cmocka_unit_test(keys_are_bytes_not_text),
		cmocka_unit_test(keys_larger_than_a_block_are_kept),
		cmocka_unit_test(reserving_keeps_what_is_there),
		cmocka_unit_test(hashes_depend_on_every_byte_and_the_seed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
