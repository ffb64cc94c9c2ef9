/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/page.h"

static void
memory_is_aligned_zeroed_and_apart(void **state)
{
	struct arena a = { 0 };
	unsigned char *p[500];
	size_t i, k;

	(void)state;
	for (i = 0; i < 500; i++) {
		/* Text between makes the next one start askew. */
		assert_string_equal(arena_strdup(&a, "张"), "张");
		p[i] = arena_alloc(&a, i * 7);
		assert_int_equal((uintptr_t)p[i] % 16, 0);
		for (k = 0; k < i * 7; k++)
			assert_int_equal(p[i][k], 0);
		memset(p[i], (int)(i & 0xff), i * 7);
	}
	for (i = 0; i < 500; i++)
		for (k = 0; k < i * 7; k++)
			assert_int_equal(p[i][k], i & 0xff);
	arena_done(&a);
	assert_null(a.block);
	arena_done(&a);
}

static void
pieces_larger_than_a_block_fit(void **state)
{
	struct arena a = { 0 };
	char *small = arena_strdup(&a, "small"), *big, *next;

	(void)state;
	big = arena_alloc(&a, 5 << 20);
	big[(5 << 20) - 1] = 'x';
	next = arena_strdup(&a, "next");
	assert_string_equal(small, "small");
	assert_string_equal(next, "next");
	arena_done(&a);
}

static void
texts_are_copied(void **state)
{
	struct arena a = { 0 };
	char text[] = "abc", big[5000];

	(void)state;
	memset(big, 'y', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_string_equal(arena_strdup(&a, NULL), "");
	assert_ptr_not_equal(arena_strdup(&a, text), text);
	assert_string_equal(arena_strndup(&a, text, 2), "ab");
	assert_string_equal(arena_strndup(&a, text, 0), "");
	assert_string_equal(arena_printf(&a, "%s-%d", text, 5), "abc-5");
	assert_string_equal(arena_printf(&a, "%s", ""), "");
	assert_string_equal(arena_printf(&a, "%s", big), big);
	arena_done(&a);
}

static void
a_reset_arena_is_used_again(void **state)
{
	struct arena a = { 0 };
	struct arena_block *block;
	char *p;
	int i;

	(void)state;
	arena_reset(&a);
	for (i = 0; i < 1000; i++)
		memset(arena_alloc(&a, 100), 'x', 100);
	arena_reset(&a);
	block = a.block;
	assert_non_null(block);
	p = arena_alloc(&a, 100);
	assert_ptr_equal(a.block, block);
	for (i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	arena_done(&a);
}

struct row {
	int64_t id;
	const char *name;
	char odd[3];
};

static void
fill(struct page *p, size_t n)
{
	struct row *row;
	size_t i;

	page_init(p, sizeof(struct row), n + 2);
	for (i = 0; i < n; i++) {
		row = page_add(p);
		assert_int_equal(row->id, 0);
		assert_null(row->name);
		row->id = (int64_t)i;
		row->name = arena_printf(&p->arena, "row %zu", i);
	}
}

static void
rows_keep_their_order_or_are_turned_round(void **state)
{
	const struct row *row;
	struct page p;
	char name[32];
	size_t n, i;

	(void)state;
	for (n = 0; n < 6; n++) {
		fill(&p, n);
		assert_int_equal(p.n, n);
		for (i = 0; i < n; i++) {
			row = page_row(&p, i);
			assert_int_equal(row->id, i);
		}
		page_reverse(&p);
		for (i = 0; i < n; i++) {
			row = page_row(&p, i);
			assert_int_equal(row->id, n - 1 - i);
			snprintf(name, sizeof(name), "row %zu", n - 1 - i);
			assert_string_equal(row->name, name);
		}
		page_free(&p);
		assert_int_equal(p.n, 0);
	}
	page_free(&p);
}

static void
a_page_takes_no_more_than_its_limit(void **state)
{
	struct page p;

	(void)state;
	page_init(&p, sizeof(struct row), 0);
	assert_int_equal(p.n, 0);
	page_free(&p);
	fill(&p, 300);
	assert_int_equal(p.cap, 302);
	assert_int_equal(((const struct row *)page_row(&p, 299))->id, 299);
	page_free(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_zeroed_and_apart),
		cmocka_unit_test(pieces_larger_than_a_block_fit),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(a_reset_arena_is_used_again),
		cmocka_unit_test(rows_keep_their_order_or_are_turned_round),
		cmocka_unit_test(a_page_takes_no_more_than_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
