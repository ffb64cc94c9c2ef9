/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

/* A line of @size bytes, in a field of @w columns. */
struct bench {
	struct line line;
	struct canvas *c;
	char buf[256];
	int w;
};

static struct bench *
bench(const char *text, size_t size, int w)
{
	struct bench *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	strncat(b->buf, text, sizeof(b->buf) - 1);
	line_init(&b->line, b->buf, size);
	b->c = canvas_new(1, w + 2);
	b->w = w;
	return b;
}

static void
done(struct bench *b)
{
	line_done(&b->line);
	canvas_free(b->c);
	free(b);
}

static void
press(struct bench *b, uint32_t code)
{
	struct key k = { .code = code };

	assert_int_equal(line_key(&b->line, &k), 1);
}

static void
type(struct bench *b, const char *text)
{
	size_t i = 0, len = strlen(text);
	uint32_t cp;

	while (i < len) {
		i += utf8_decode(text + i, len - i, &cp);
		press(b, cp);
	}
}

static void
paste(struct bench *b, const char *text)
{
	struct key k = { .code = KEY_PASTE, .text = text };

	assert_int_equal(line_key(&b->line, &k), 1);
}

/* The text (NULL: any), what is seen of it, and the column of the cursor. */
static void
is(struct bench *b, const char *text, const char *seen, int column)
{
	char *dump;
	int y, x;

	if (text != NULL)
		assert_string_equal(b->buf, text);
	assert_int_equal(b->line.len, strlen(b->buf));
	canvas_fill(b->c, (struct rect){ 0, 0, 1, b->w + 2 }, STYLE_TEXT);
	line_draw(&b->line, b->c, 0, 0, b->w, true);
	canvas_text(b->c, 0, b->w, 1, STYLE_TEXT, "|");
	dump = canvas_dump(b->c);
	dump[strcspn(dump, "|")] = '\0';
	y = (int)strlen(dump);
	while (y > 0 && dump[y - 1] == ' ')
		dump[--y] = '\0';
	assert_string_equal(dump, seen);
	free(dump);
	canvas_cursor_get(b->c, &y, &x);
	assert_int_equal(x, column);
}

static void
the_cursor_goes_by_characters(void **state)
{
	static const char *const texts[] = { "张", "张李丰", "ab张",
		"张李王赵" };
	static const int ends[] = { 2, 6, 4, 8 };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct bench *b = bench(texts[i], 64, 10);

		press(b, KEY_HOME_);
		is(b, texts[i], texts[i], 0);
		press(b, KEY_END_);
		is(b, texts[i], texts[i], ends[i]);
		done(b);
	}
}

static void
typing_after_the_end(void **state)
{
	struct bench *b = bench("张李丰", 64, 10);

	(void)state;
	press(b, KEY_END_);
	type(b, "a");
	is(b, "张李丰a", "张李丰a", 7);
	done(b);
	b = bench("ab张", 64, 10);
	type(b, "x");
	is(b, "ab张x", "ab张x", 5);
	done(b);
}

static void
long_text_scrolls_by_whole_characters(void **state)
{
	struct bench *b = bench("", 64, 10);
	int i;

	(void)state;
	type(b, "一二三四五六七八");
	is(b, "一二三四五六七八", "五六七八", 8);
	press(b, KEY_HOME_);
	is(b, "一二三四五六七八", "一二三四五", 0);
	for (i = 0; i < 6; i++)
		press(b, KEY_RIGHT_);
	/* The character under the cursor is seen whole. */
	is(b, "一二三四五六七八", "三四五六七", 8);
	press(b, KEY_BACK);
	is(b, "一二三四五七八", "三四五七八", 6);
	done(b);
}

static void
a_wide_character_does_not_hang_over_the_edge(void **state)
{
	struct bench *b = bench("123456789", 64, 10);

	(void)state;
	is(b, "123456789", "123456789", 9);
	type(b, "中");
	is(b, "123456789中", "3456789中", 9);
	press(b, KEY_HOME_);
	is(b, "123456789中", "123456789", 0);
	done(b);
}

static void
inserting_in_front(void **state)
{
	struct bench *b = bench("张三丰", 64, 10);

	(void)state;
	press(b, KEY_HOME_);
	type(b, "a李");
	is(b, "a李张三丰", "a李张三丰", 3);
	done(b);
}

static void
deleting_both_ways(void **state)
{
	struct bench *b = bench("张三丰", 64, 10);

	(void)state;
	press(b, KEY_CTRL('b'));
	press(b, KEY_BACK);
	is(b, "张丰", "张丰", 2);
	press(b, KEY_DEL);
	is(b, "张", "张", 2);
	press(b, KEY_DEL);
	is(b, "张", "张", 2);
	press(b, KEY_CTRL('a'));
	press(b, KEY_BACK);
	is(b, "张", "张", 0);
	press(b, KEY_CTRL('d'));
	is(b, "", "", 0);
	press(b, KEY_BACK);
	is(b, "", "", 0);
	done(b);
}

static void
a_mark_belongs_to_its_base(void **state)
{
	struct bench *b = bench("", 64, 10);

	(void)state;
	type(b, "\xcc\x81"); /* nothing to stand on */
	is(b, "", "", 0);
	type(b, "xe\xcc\x81y");
	is(b, "xe\xcc\x81y", "xe\xcc\x81y", 3);
	press(b, KEY_LEFT_);
	press(b, KEY_LEFT_);
	is(b, "xe\xcc\x81y", "xe\xcc\x81y", 1);
	press(b, KEY_RIGHT_);
	press(b, KEY_BACK);
	is(b, "xy", "xy", 1);
	done(b);
}

static void
blanks_are_text(void **state)
{
	struct bench *b = bench("a ", 64, 10);

	(void)state;
	type(b, "　 b"); /* an ideographic space too */
	is(b, "a 　 b", "a 　 b", 6);
	press(b, KEY_HOME_);
	type(b, " ");
	is(b, " a 　 b", " a 　 b", 1);
	done(b);
}

static void
bytes_are_capped_at_whole_characters(void **state)
{
	struct bench *b = bench("", 8, 10);

	(void)state;
	type(b, "张三丰");
	is(b, "张三", "张三", 4);
	type(b, "xy");
	is(b, "张三x", "张三x", 5);
	press(b, KEY_HOME_);
	type(b, "y");
	is(b, "张三x", "张三x", 0);
	done(b);
}

static void
what_a_database_cut_in_half_is_repaired(void **state)
{
	struct bench *b = bench("张\xe4\xb8", 64, 10);

	(void)state;
	is(b, "张", "张", 2);
	done(b);
}

static void
words_and_ends_are_cleared(void **state)
{
	struct bench *b = bench("one 二 three", 64, 20);

	(void)state;
	press(b, KEY_CTRL('w'));
	is(b, "one 二 ", "one 二", 7);
	press(b, KEY_CTRL('w'));
	is(b, "one ", "one", 4);
	type(b, "xyz");
	press(b, KEY_LEFT_);
	press(b, KEY_CTRL('k'));
	is(b, "one xy", "one xy", 6);
	press(b, KEY_LEFT_);
	press(b, KEY_CTRL('u'));
	is(b, "y", "y", 0);
	done(b);
}

static void
runs_of_changes_are_undone_and_done_again(void **state)
{
	struct bench *b = bench("abc", 64, 10);

	(void)state;
	press(b, KEY_CTRL('z'));
	is(b, "abc", "abc", 3);
	type(b, "张三");
	press(b, KEY_CTRL('z'));
	is(b, "abc", "abc", 3);
	press(b, KEY_CTRL('z'));
	is(b, "abc", "abc", 3);
	press(b, KEY_CTRL('y'));
	is(b, "abc张三", "abc张三", 7);
	press(b, KEY_CTRL('u'));
	is(b, "", "", 0);
	type(b, "李");
	press(b, KEY_BACK);
	is(b, "", "", 0);
	press(b, KEY_CTRL('z'));
	is(b, "李", "李", 2);
	press(b, KEY_CTRL('z'));
	is(b, "", "", 0);
	press(b, KEY_CTRL('z'));
	is(b, "abc张三", "abc张三", 7);
	press(b, KEY_CTRL('z'));
	is(b, "abc", "abc", 3);
	press(b, KEY_CTRL('y'));
	press(b, KEY_CTRL('y'));
	press(b, KEY_CTRL('y'));
	is(b, "李", "李", 2);
	/* A new change ends what could be done again. */
	type(b, "x");
	press(b, KEY_CTRL('y'));
	is(b, "李x", "李x", 3);
	done(b);
}

static void
much_is_undone_but_not_all_is_kept(void **state)
{
	struct bench *b = bench("", 64, 10);
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		type(b, "ab");
		press(b, KEY_CTRL('u'));
	}
	for (i = 0; i < 1000; i++)
		press(b, KEY_CTRL('z'));
	for (i = 0; i < 1000; i++)
		press(b, KEY_CTRL('y'));
	is(b, "", "", 0);
	done(b);
}

/* Forty Chinese characters in a field of sixteen columns, and of one. */
static void
long_names_are_edited_right_at_the_edge(void **state)
{
	static const char forty[] =
	    "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
	    "东南西北中发白风";
	struct bench *b = bench(forty, 128, 16);
	int i;

	(void)state;
	is(b, forty, "南西北中发白风", 14);
	type(b, "云");
	is(b, NULL, "西北中发白风云", 14);
	press(b, KEY_BACK);
	press(b, KEY_LEFT_);
	is(b, forty, "南西北中发白风", 12);
	for (i = 0; i < 6; i++)
		press(b, KEY_LEFT_);
	is(b, forty, "南西北中发白风", 0);
	press(b, KEY_LEFT_);
	is(b, forty, "东南西北中发白风", 0);
	press(b, KEY_LEFT_);
	is(b, forty, "亥东南西北中发白", 0);
	type(b, "a");
	is(b, NULL, "a亥东南西北中发", 1);
	type(b, "b");
	is(b, NULL, "ab亥东南西北中发", 2);
	press(b, KEY_CTRL('z'));
	is(b, forty, "亥东南西北中发白", 0);
	press(b, KEY_HOME_);
	is(b, forty, "一二三四五六七八", 0);
	for (i = 0; i < 8; i++)
		press(b, KEY_RIGHT_);
	is(b, forty, "二三四五六七八九", 14);
	press(b, KEY_DEL);
	is(b, NULL, "二三四五六七八十", 14);
	press(b, KEY_END_);
	is(b, NULL, "南西北中发白风", 14);
	done(b);
	b = bench(forty, 128, 1);
	type(b, "x");
	press(b, KEY_HOME_);
	press(b, KEY_RIGHT_);
	press(b, KEY_BACK);
	press(b, KEY_END_);
	done(b);
}

static void
a_paste_is_one_line(void **state)
{
	struct bench *b = bench("[]", 40, 30);

	(void)state;
	press(b, KEY_LEFT_);
	paste(b, "浙江省\r\n杭州市\t西湖区\n");
	is(b, "[浙江省 杭州市 西湖区]", "[浙江省 杭州市 西湖区]", 21);
	press(b, KEY_CTRL('z'));
	is(b, "[]", "[]", 1);
	paste(b, "a\033[31m\xe2\x80\xae"
		 "b\xff"
		 "c");
	is(b, "[a[31mbc]", "[a[31mbc]", 8);
	done(b);
}

static void
a_paste_that_is_too_long_fills_the_line(void **state)
{
	struct bench *b = bench("", 9, 10);

	(void)state;
	paste(b, "张三丰xyz");
	is(b, "张三", "张三", 4);
	done(b);
}

static void
a_secret_is_dots(void **state)
{
	struct bench *b = bench("", 64, 10);

	(void)state;
	b->line.secret = true;
	type(b, "p张x");
	is(b, "p张x", "•••", 3);
	press(b, KEY_LEFT_);
	press(b, KEY_LEFT_);
	is(b, "p张x", "•••", 1);
	done(b);
}

static void
other_keys_are_not_taken(void **state)
{
	static const uint32_t codes[] = { KEY_UP_, KEY_ENTER_, KEY_TAB_,
		KEY_ESC_, KEY_F0 + 2, KEY_CTRL('s'), KEY_TICK };
	struct bench *b = bench("ab", 64, 10);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct key k = { .code = codes[i] };

		assert_int_equal(line_key(&b->line, &k), 0);
	}
	is(b, "ab", "ab", 2);
	done(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_goes_by_characters),
		cmocka_unit_test(typing_after_the_end),
		cmocka_unit_test(long_text_scrolls_by_whole_characters),
		cmocka_unit_test(a_wide_character_does_not_hang_over_the_edge),
		cmocka_unit_test(inserting_in_front),
		cmocka_unit_test(deleting_both_ways),
		cmocka_unit_test(a_mark_belongs_to_its_base),
		cmocka_unit_test(blanks_are_text),
		cmocka_unit_test(bytes_are_capped_at_whole_characters),
		cmocka_unit_test(what_a_database_cut_in_half_is_repaired),
		cmocka_unit_test(words_and_ends_are_cleared),
		cmocka_unit_test(runs_of_changes_are_undone_and_done_again),
		cmocka_unit_test(much_is_undone_but_not_all_is_kept),
		cmocka_unit_test(long_names_are_edited_right_at_the_edge),
		cmocka_unit_test(a_paste_is_one_line),
		cmocka_unit_test(a_paste_that_is_too_long_fills_the_line),
		cmocka_unit_test(a_secret_is_dots),
		cmocka_unit_test(other_keys_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
