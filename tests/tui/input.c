/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/tui/input.h"
#include "../../src/tui/probe.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#define MS INT64_C(1000000)

/* Bytes with a gap before each; then a silence. */
static int64_t now;

static void
bytes(struct input *in, const char *text, size_t len, int gap_ms)
{
	size_t i;

	for (i = 0; i < len; i++) {
		now += gap_ms * MS;
		input_tick(in, now);
		input_byte(in, (unsigned char)text[i], now);
	}
}

static void
type(struct input *in, const char *text, int gap_ms)
{
	bytes(in, text, strlen(text), gap_ms);
}

static void
silence(struct input *in)
{
	now += 5000 * MS;
	input_tick(in, now);
}

/* All events so far: "a b <Enter> scan(123) paste(x)". */
static void
came(struct input *in, const char *want)
{
	struct str got = STR_INIT;
	struct key k;
	char name[24];

	while (input_next(in, &k)) {
		if (got.len > 0)
			str_addc(&got, ' ');
		if (k.code == KEY_SCAN)
			str_addf(&got, "scan(%s)", k.text);
		else if (k.code == KEY_PASTE)
			str_addf(&got, "paste(%s)", k.text);
		else if (k.code == UTF8_BAD)
			str_add(&got, "bad");
		else
			str_add(&got, key_label(k.code, name, sizeof(name)));
		free((char *)k.text);
	}
	assert_string_equal(got.s, want);
	str_done(&got);
}

static int
start(void **state)
{
	static struct input in;

	now = 1000 * MS;
	input_init(&in, 30);
	*state = &in;
	return 0;
}

static int
stop(void **state)
{
	input_done(*state);
	return 0;
}

static void
a_scanner_is_recognised(void **state)
{
	struct input *in = *state;

	type(in, "6901234567892\r", 5);
	came(in, "scan(6901234567892)");
	type(in, "SF1234567890123\r\n", 0);
	came(in, "scan(SF1234567890123)");
	type(in, "0000000000001\r", 20);
	came(in, "scan(0000000000001)");
	/* Two at once, and a key behind. */
	type(in, "111222\r333444\rx", 0);
	silence(in);
	came(in, "scan(111222) scan(333444) x");
}

static void
people_are_no_scanners(void **state)
{
	struct input *in = *state;

	/* Fast, with one pair rolled over. */
	type(in, "123456\r", 60);
	came(in, "1 2 3 4 5 6 Enter");
	type(in, "ab", 5);
	type(in, "cd", 35);
	type(in, "ef\r", 29);
	silence(in);
	came(in, "a b c d e f Enter");
	/* Too short. */
	type(in, "12345\r", 0);
	came(in, "1 2 3 4 5 Enter");
	/* The Enter came later: somebody pressed it. */
	type(in, "6901234567892", 5);
	type(in, "\r", 200);
	came(in, "6 9 0 1 2 3 4 5 6 7 8 9 2 Enter");
	/* Not a thing a scanner sends. */
	type(in, "张三丰张三丰\r", 0);
	came(in, "张 三 丰 张 三 丰 Enter");
	type(in, "abcdef\t123456\t\r", 0);
	came(in, "a b c d e f Tab 1 2 3 4 5 6 Tab Enter");
}

static void
a_key_held_down_comes_at_once(void **state)
{
	struct input *in = *state;

	type(in, "jjj", 25);
	came(in, "");
	type(in, "j", 25);
	came(in, "j j j j");
	type(in, "jjj\r", 25);
	came(in, "j j j Enter");
	type(in, "k", 200);
	silence(in);
	came(in, "k");
}

static void
what_is_held_back_is_due_soon(void **state)
{
	struct input *in = *state;

	assert_int_equal(input_due(in), 0);
	type(in, "h", 100);
	assert_int_equal(input_due(in), now + 30 * MS);
	input_tick(in, now + 29 * MS);
	came(in, "");
	input_tick(in, now + 30 * MS);
	came(in, "h");
	assert_int_equal(input_due(in), 0);
}

static void
order_is_kept_whatever_comes(void **state)
{
	struct input *in = *state;

	type(in, "ab", 1);
	input_key(in, KEY_DOWN_, now);
	type(in, "c\033", 1);
	came(in, "a b Down c Esc");
}

static void
a_burst_that_never_ends_is_typed(void **state)
{
	struct input *in = *state;
	char text[SCAN_MAX * 2 + 1];
	struct key k;
	size_t i;

	for (i = 0; i < sizeof(text) - 1; i++)
		text[i] = (char)('a' + i % 26);
	text[i] = '\0';
	type(in, text, 0);
	silence(in);
	for (i = 0; input_next(in, &k); i++)
		assert_int_equal(k.code, text[i]);
	assert_int_equal(i, sizeof(text) - 1);
}

static void
a_paste_is_one_key(void **state)
{
	struct input *in = *state;

	type(in, "x", 0);
	input_paste(in, true, now);
	type(in, "6901234567892\r张三\033[31m\r", 0);
	input_key(in, KEY_UP_, now);
	input_paste(in, false, now);
	type(in, "y", 0);
	silence(in);
	came(in, "x paste(6901234567892\r张三\033[31m\r) y");
	/* An end that is lost does not lock the keyboard for ever. */
	input_paste(in, true, now);
	type(in, "abc", 10);
	assert_int_not_equal(input_due(in), 0);
	silence(in);
	type(in, "d", 10);
	silence(in);
	came(in, "paste(abc) d");
	input_paste(in, false, now);
	came(in, "");
}

/* get_wch() would swallow up to 147 keys after each of these. */
static void
a_bad_byte_costs_no_key(void **state)
{
	struct input *in = *state;

	type(in,
	    "\xff"
	    "ab\xe5"
	    "c\xe5\xbc"
	    "d\xc3\xa9",
	    50);
	silence(in);
	came(in, "bad a b bad c bad d é");
	type(in, "\xe5\xbc", 50);
	input_key(in, KEY_UP_, now);
	came(in, "bad Up");
	type(in, "\xc0\xaf\xed\xa0\x80z", 50);
	silence(in);
	came(in, "bad bad bad z");
}

static void
control_bytes(void **state)
{
	struct input *in = *state;

	bytes(in, "\t\r\n\b\177\033\001\032\000\034", 10, 50);
	came(in, "Tab Enter Enter Backspace Backspace Esc Ctrl-A Ctrl-Z");
}

static void
one_key_is_taken_out_of_the_row(void **state)
{
	struct input *in = *state;

	type(in, "ab\033c", 50);
	silence(in);
	assert_true(input_take(in, KEY_ESC_));
	assert_false(input_take(in, KEY_ESC_));
	came(in, "a b c");
}

static void
five_thousand_scans_flat_out(void **state)
{
	struct input *in = *state;
	struct key k;
	char code[24];
	int i;

	for (i = 0; i < 5000; i++) {
		snprintf(code, sizeof(code), "SF%013d\r", i);
		type(in, code, 0);
	}
	for (i = 0; i < 5000; i++) {
		snprintf(code, sizeof(code), "SF%013d", i);
		assert_true(input_next(in, &k));
		assert_int_equal(k.code, KEY_SCAN);
		assert_string_equal(k.text, code);
		free((char *)k.text);
	}
	assert_false(input_next(in, &k));
}

static void
the_answer_is_told_from_what_is_typed(void **state)
{
	unsigned char typed[64];
	size_t n;

	(void)state;
	n = 9;
	memcpy(typed, "ab\033[1;2Rc", 9);
	assert_int_equal(probe_answer(typed, &n), 2);
	assert_int_equal(n, 3);
	assert_memory_equal(typed, "abc", 3);
	n = 11;
	memcpy(typed, "\033[A\033[12;3R\r", 11);
	assert_int_equal(probe_answer(typed, &n), 3);
	assert_int_equal(n, 4);
	assert_memory_equal(typed, "\033[A\r", 4);
	n = 5;
	memcpy(typed, "\033[1;2", 5);
	assert_int_equal(probe_answer(typed, &n), 0);
	assert_int_equal(n, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_scanner_is_recognised, start, stop),
		cmocka_unit_test_setup_teardown(
		    people_are_no_scanners, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_key_held_down_comes_at_once, start, stop),
		cmocka_unit_test_setup_teardown(
		    what_is_held_back_is_due_soon, start, stop),
		cmocka_unit_test_setup_teardown(
		    order_is_kept_whatever_comes, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_burst_that_never_ends_is_typed, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_paste_is_one_key, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_bad_byte_costs_no_key, start, stop),
		cmocka_unit_test_setup_teardown(control_bytes, start, stop),
		cmocka_unit_test_setup_teardown(
		    one_key_is_taken_out_of_the_row, start, stop),
		cmocka_unit_test_setup_teardown(
		    five_thousand_scans_flat_out, start, stop),
		cmocka_unit_test(the_answer_is_told_from_what_is_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
