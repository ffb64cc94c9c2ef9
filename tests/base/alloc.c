/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"

static void
memory_of_no_size_is_still_memory(void **state)
{
	char *p = xmalloc(0), *q = xcalloc(0, 8);
	size_t i;

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	p = xrealloc(p, 0);
	assert_non_null(p);
	free(p);
	free(q);
	q = xcalloc(3, 5);
	for (i = 0; i < 15; i++)
		assert_int_equal(q[i], 0);
	free(q);
}

static void
copies_of_text(void **state)
{
	char *a = xstrdup("张三"), *b = xstrndup("abcdef", 3);

	(void)state;
	assert_string_equal(a, "张三");
	assert_string_equal(b, "abc");
	free(a);
	free(b);
}

static void
write_hook(void)
{
	if (write(STDOUT_FILENO, "restored;", 9) != 9)
		_exit(99);
}

/* What a child that wants @n times @size writes, and how it ends. */
static int
die_in_child(size_t n, size_t size, char *out, size_t outsize)
{
	int fds[2], status = -1;
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		dup2(fds[1], STDERR_FILENO);
		alloc_die_hook = write_hook;
		free(xreallocarray(NULL, n, size));
		_exit(0);
	}
	close(fds[1]);
	while ((got = read(fds[0], out + len, outsize - 1 - len)) > 0)
		len += (size_t)got;
	out[len] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
no_memory_ends_the_program_with_the_terminal_restored(void **state)
{
	char out[128];

	(void)state;
	assert_int_equal(die_in_child(SIZE_MAX, 2, out, sizeof(out)), 3);
	assert_string_equal(out, "restored;shopmgr: out of memory\n");
	assert_int_equal(
	    die_in_child(SIZE_MAX / 2 + 1, 2, out, sizeof(out)), 3);
	assert_int_equal(die_in_child(4, 4, out, sizeof(out)), 0);
	assert_string_equal(out, "");
}

static void
text_is_cut_at_whole_characters(void **state)
{
	static const char text[] = "a张😀e\xcc\x81";
	char buf[16];
	size_t size;

	(void)state;
	for (size = 1; size <= sizeof(buf); size++) {
		memset(buf, '#', sizeof(buf));
		copy_text(buf, size, text);
		assert_true(strlen(buf) < size);
		assert_true(utf8_valid(buf, strlen(buf)));
		assert_memory_equal(buf, text, strlen(buf));
	}
	assert_string_equal(buf, text);
	copy_text(buf, 4, "张三");
	assert_string_equal(buf, "张");
	copy_text(buf, 3, "张三");
	assert_string_equal(buf, "");
}

static void PRINTF_LIKE(3, 4)
    formatted(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	format_text(buf, size, fmt, ap);
	va_end(ap);
}

static void
formatted_text_is_cut_at_whole_characters(void **state)
{
	static const char text[] = "a张三é\xf0\x9f\x98\x80z";
	char buf[20];
	size_t size;

	(void)state;
	for (size = 1; size < sizeof(buf); size++) {
		memset(buf, 'x', sizeof(buf));
		formatted(buf, size, "%s", text);
		assert_true(strlen(buf) < size && strlen(buf) + 4 >= size - 1);
		assert_int_equal(strncmp(buf, text, strlen(buf)), 0);
		assert_true(utf8_valid(buf, strlen(buf)));
	}
}

static void
cutting_text_that_is_all_tails_ends(void **state)
{
	char buf[4];

	(void)state;
	copy_text(buf, sizeof(buf), "\x80\x80\x80\x80\x80\x80");
	assert_true(strlen(buf) < sizeof(buf));
}

static void
errors_hold_code_field_and_words(void **state)
{
	char big[2000], longer[100];
	struct err err;

	(void)state;
	assert_int_equal(err_set(&err, ERR_INVALID, "price", "%s: %d", "张", 7),
	    ERR_INVALID);
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.field, "price");
	assert_string_equal(err.text, "张: 7");
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	memset(longer, 'f', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(err_set(&err, ERR_DB, longer, "%s", big), ERR_DB);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_int_equal(strlen(err.field), sizeof(err.field) - 1);
	/* Cut text is whole characters, too. */
	for (size_t i = 0; i + 3 < sizeof(big); i += 3)
		memcpy(big + i, "张", 3);
	big[sizeof(big) - 2] = '\0';
	err_set(&err, ERR_IO, "", "a%s", big);
	assert_true(utf8_valid(err.text, strlen(err.text)));
	err_set(&err, ERR_IO, "", "%.5s: %s", "张三李四", "no");
	assert_string_equal(err.text, "张: no");
}

/* An error may be said again in other words, with its own in them. */
static void
an_error_can_quote_itself(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_IO, "", "inner");
	err_set(&err, ERR_IO, "", "outer: %s", err.text);
	assert_string_equal(err.text, "outer: inner");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_of_no_size_is_still_memory),
		cmocka_unit_test(copies_of_text),
		cmocka_unit_test(
		    no_memory_ends_the_program_with_the_terminal_restored),
		cmocka_unit_test(text_is_cut_at_whole_characters),
		cmocka_unit_test(formatted_text_is_cut_at_whole_characters),
		cmocka_unit_test(cutting_text_that_is_all_tails_ends),
		cmocka_unit_test(errors_hold_code_field_and_words),
		cmocka_unit_test(an_error_can_quote_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
