/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/time.h"

static void
names_are_their_initials(void **state)
{
	static const struct {
		const char *name, *initials, *full;
	} cases[] = {
		{ "张三丰", "zsf", "zhang san feng" },
		{ "李娜", "ln", "li na" },
		{ "吕布", "lb", "lv bu" },
		{ "赵女士", "zns", "zhao nv shi" },
		{ "单田芳", "stf", "shan tian fang" },
		{ "简单", "jd", "jian dan" },
		{ "曾国藩", "zgf", "zeng guo fan" },
		{ "区小姐", "oxj", "ou xiao jie" },
		{ "仇英", "qy", "qiu ying" },
		{ "解晓东", "xxd", "xie xiao dong" },
		{ "查良镛", "zly", "zha liang yong" },
		{ "翟先生", "zxs", "zhai xian sheng" },
		{ "乐毅", "yy", "yue yi" },
		{ "盖叫天", "gjt", "ge jiao tian" },
		{ "缪斯", "ms", "miao si" },
		{ "朴先生", "pxs", "piao xian sheng" },
		{ "种师道", "csd", "chong shi dao" },
		{ "覃辉", "qh", "qin hui" },
		{ "尉迟恭", "ycg", "yu chi gong" },
		{ "尉先生", "wxs", "wei xian sheng" },
		{ "万俟卨", "mqx", "mo qi xie" },
		{ "欧阳修", "oyx", "ou yang xiu" },
		{ "司马光", "smg", "si ma guang" },
		{ "诸葛亮", "zgl", "zhu ge liang" },
		{ "上官婉儿", "sgwe", "shang guan wan er" },
		{ "长孙无忌", "zswj", "zhang sun wu ji" },
		{ "單雄信", "sxx", "shan xiong xin" },
		{ "㛃", "j", "jie" },
		{ "  单一", "sy", "shan yi" },
		{ "Tom 李", "toml", "tom li" },
		{ "李Tom2号", "ltom2h", "li tom2 hao" },
		{ "ＡＢ１中", "ab1z", "ab1 zhong" },
		{ "A-B", "ab", "a b" },
		{ "张**", "z", "zhang" },
		{ "阿·李", "al", "a li" },
		{ "", "", "" },
		{ "！？", "", "" },
		{ "\xff张\xe4", "z", "zhang" },
	};
	char buf[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pinyin_initials(cases[i].name, buf, sizeof(buf));
		assert_string_equal(buf, cases[i].initials);
		pinyin_full(cases[i].name, buf, sizeof(buf));
		assert_string_equal(buf, cases[i].full);
	}
}

static void
ordinary_readings_are_given_where_they_differ(void **state)
{
	char buf[64];

	(void)state;
	assert_true(pinyin_initials_plain("单田芳", buf, sizeof(buf)));
	assert_string_equal(buf, "dtf");
	assert_true(pinyin_initials_plain("万俟卨", buf, sizeof(buf)));
	assert_string_equal(buf, "wqx");
	assert_false(pinyin_initials_plain("张三丰", buf, sizeof(buf)));
	assert_string_equal(buf, "zsf");
	assert_false(pinyin_initials_plain("解", buf, 1));
	assert_string_equal(buf, "");
}

static void
small_buffers_are_cut_and_terminated(void **state)
{
	char buf[8];
	size_t size;

	(void)state;
	for (size = 1; size <= sizeof(buf); size++) {
		memset(buf, '#', sizeof(buf));
		pinyin_initials("欧阳张三丰李四", buf, size);
		assert_int_equal(strlen(buf), size - 1);
		assert_memory_equal(buf, "oyzsfls", size - 1);
		memset(buf, '#', sizeof(buf));
		pinyin_full("张三丰", buf, size);
		assert_int_equal(strlen(buf), size - 1);
	}
}

/* Both tables: a character or two, a tab, as many syllables; each once. */
static void
check_table(const char *name, bool sorted)
{
	const char *s, *tab, *end, *last = "";
	char syllables[64];
	size_t chars, blanks, i;

	for (s = embed_text(name); *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		assert_non_null(end);
		tab = memchr(s, '\t', (size_t)(end - s));
		assert_non_null(tab);
		chars = (size_t)(tab - s) / 3;
		assert_in_range(chars, 1, 2);
		assert_int_equal((size_t)(tab - s), chars * 3);
		assert_in_range(end - tab - 1, 1, sizeof(syllables) - 1);
		memcpy(syllables, tab + 1, (size_t)(end - tab) - 1);
		syllables[end - tab - 1] = '\0';
		for (i = blanks = 0; syllables[i] != '\0'; i++)
			blanks += syllables[i] == ' ';
		assert_int_equal(blanks, chars - 1);
		assert_int_equal(
		    strspn(syllables, "abcdefghijklmnopqrstuvwxyz "), i);
		if (sorted && *last != '\0')
			assert_true(strcmp(last, s) < 0);
		last = s;
	}
}

static void
the_tables_are_well_formed(void **state)
{
	(void)state;
	check_table("pinyin.tsv", false);
	check_table("surnames.tsv", true);
}

static void
common_characters_all_have_a_reading(void **state)
{
	static const char *const names[] = { "一丁七万丈三上下不与丐丑专且世丘",
		"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
		"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超",
		"梓涵宇轩浩然子墨欣怡诗雨辰语桐" };
	char buf[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		pinyin_initials(names[i], buf, sizeof(buf));
		assert_int_equal(strlen(buf), strlen(names[i]) / 3);
	}
}

/* An import asks for hundreds of thousands: a generous bound. */
static void
initials_are_quick(void **state)
{
	int64_t start;
	char buf[32];
	int i;

	(void)state;
	pinyin_initials("热身", buf, sizeof(buf));
	start = time_ticks();
	for (i = 0; i < 300000; i++)
		pinyin_initials(
		    i % 2 != 0 ? "欧阳娜娜" : "张三丰", buf, sizeof(buf));
	assert_true(time_ticks() - start < INT64_C(1500000000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_their_initials),
		cmocka_unit_test(ordinary_readings_are_given_where_they_differ),
		cmocka_unit_test(small_buffers_are_cut_and_terminated),
		cmocka_unit_test(the_tables_are_well_formed),
		cmocka_unit_test(common_characters_all_have_a_reading),
		cmocka_unit_test(initials_are_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
