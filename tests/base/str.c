/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/str.h"

static void
strings_grow_and_are_always_terminated(void **state)
{
	struct str s = STR_INIT;
	char *taken;
	int i;

	(void)state;
	assert_string_equal(s.s, "");
	for (i = 0; i < 1000; i++) {
		str_add(&s, "张");
		str_addc(&s, ',');
		str_addn(&s, "abcdef", 2);
		str_addf(&s, "%03d", i);
		assert_int_equal(s.len, (size_t)(i + 1) * 9);
		assert_int_equal(strlen(s.s), s.len);
	}
	assert_memory_equal(s.s, "张,ab000张,ab001", 18);
	str_cut(&s, 9);
	assert_string_equal(s.s, "张,ab000");
	str_cut(&s, 100);
	assert_int_equal(s.len, 9);
	taken = str_take(&s);
	assert_string_equal(taken, "张,ab000");
	assert_string_equal(s.s, "");
	assert_int_equal(s.len, 0);
	free(taken);
	taken = str_take(&s);
	assert_string_equal(taken, "");
	free(taken);
	str_cut(&s, 0);
	str_addn(&s, "a\0b", 3);
	assert_int_equal(s.len, 3);
	str_done(&s);
	str_done(&s);
	assert_string_equal(s.s, "");
}

static void
the_program_carries_its_data(void **state)
{
	const struct embed *e;

	(void)state;
	for (e = embeds; e->name != NULL; e++) {
		assert_ptr_equal(embed_text(e->name), e->text);
		if (e[1].name != NULL)
			assert_true(strcmp(e->name, e[1].name) < 0);
	}
	assert_non_null(
	    strstr(embed_text("sql/0001-base.sql"), "CREATE TABLE"));
	assert_non_null(strstr(embed_text("surnames.tsv"), "欧阳\tou yang\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_grow_and_are_always_terminated),
		cmocka_unit_test(the_program_carries_its_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
