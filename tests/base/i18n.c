/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include <cmocka.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES",
	"LANG" };

struct want {
	const char *env[4]; /* of names */
	const char *asked, *got;
};

static void
set_environment(const char *const env[4])
{
	size_t i;

	for (i = 0; i < 4; i++) {
		if (env[i] != NULL)
			setenv(names[i], env[i], 1);
		else
			unsetenv(names[i]);
	}
}

/* In a process of its own: the environment is looked at once. */
static int
run_apart(int (*body)(const struct want *w), const struct want *w)
{
	pid_t pid = fork();
	int status = -1;

	assert_true(pid >= 0);
	if (pid == 0) {
		set_environment(w->env);
		i18n_init(w->asked);
		_exit(body(w));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
language_is_right(const struct want *w)
{
	return strcmp(i18n_lang(), w->got) != 0;
}

static void
the_language_is_the_one_asked_for(void **state)
{
	static const struct want cases[] = {
		{ { NULL, NULL, NULL, NULL }, NULL, "en" },
		{ { NULL, NULL, NULL, NULL }, "", "en" },
		{ { NULL, NULL, NULL, NULL }, "zh_CN", "zh_CN" },
		{ { NULL, NULL, NULL, "zh_CN.UTF-8" }, NULL, "zh_CN" },
		{ { NULL, NULL, NULL, "zh_CN.UTF-8" }, "auto", "zh_CN" },
		{ { NULL, NULL, NULL, "zh_CN.UTF-8" }, "en", "en" },
		{ { NULL, NULL, NULL, "zh_TW.UTF-8" }, NULL, "zh_CN" },
		{ { NULL, NULL, NULL, "de_DE.UTF-8" }, NULL, "en" },
		{ { NULL, NULL, NULL, "C" }, NULL, "en" },
		{ { NULL, NULL, "zh_CN.GBK", "en_US.UTF-8" }, NULL, "zh_CN" },
		{ { NULL, "en_US.UTF-8", "zh_CN.UTF-8", NULL }, NULL, "en" },
		{ { "zh_CN", NULL, NULL, "en_US.UTF-8" }, NULL, "zh_CN" },
		{ { "fr:zh_CN:en", NULL, NULL, NULL }, NULL, "zh_CN" },
		{ { "fr:en:zh_CN", NULL, NULL, NULL }, NULL, "en" },
		{ { "fr:de", "zh_CN.UTF-8", NULL, NULL }, NULL, "en" },
		{ { "", "zh_CN.UTF-8", NULL, NULL }, NULL, "zh_CN" },
		{ { ":::", NULL, NULL, NULL }, NULL, "en" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (run_apart(language_is_right, &cases[i]) != 0)
			fail_msg("case %zu is not %s", i, cases[i].got);
}

static int
locale_is_utf8(const struct want *w)
{
	wchar_t c = 0;

	(void)w;
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return 1;
	if (mbrtowc(&c, "中", 3, NULL) != 3 || c != 0x4e2d)
		return 2;
	if (strcmp(localeconv()->decimal_point, ".") != 0)
		return 3;
	/* Messages in plain C would never be translated. */
	return strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 ? 4 : 0;
}

static void
the_locale_is_utf8_wherever_it_starts(void **state)
{
	static const struct want cases[] = {
		{ { NULL, NULL, NULL, NULL }, NULL, NULL },
		{ { NULL, "C", NULL, NULL }, NULL, NULL },
		{ { NULL, "POSIX", NULL, NULL }, "zh_CN", NULL },
		{ { NULL, "zh_CN.GBK", NULL, NULL }, NULL, NULL },
		{ { NULL, NULL, "C", "C.UTF-8" }, NULL, NULL },
		{ { NULL, "xx_XX.UTF-8", NULL, NULL }, NULL, NULL },
		{ { NULL, NULL, NULL, "zh_CN.UTF-8" }, NULL, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(run_apart(locale_is_utf8, &cases[i]), 0);
}

static int
speaks_both(const struct want *w)
{
	char buf[TIME_SIZE];

	(void)w;
	if (strcmp(_("yesterday"), "昨天") != 0)
		return 1;
	if (strcmp(time_span(3 * 86400, buf), "3 天") != 0)
		return 2;
	/* A relative folder would be lost here. */
	if (chdir("/") != 0)
		return 3;
	i18n_switch();
	if (strcmp(i18n_lang(), "en") != 0 ||
	    strcmp(_("yesterday"), "yesterday") != 0)
		return 4;
	i18n_switch();
	if (strcmp(i18n_lang(), "zh_CN") != 0 ||
	    strcmp(_("yesterday"), "昨天") != 0)
		return 5;
	i18n_init("en");
	i18n_init(NULL); /* what the environment asked for at the start */
	return strcmp(i18n_lang(), "zh_CN") == 0 ? 0 : 6;
}

static void
words_are_chinese_without_the_locale_and_can_be_switched(void **state)
{
	static const struct want cases[] = {
		{ { NULL, NULL, NULL, "zh_CN.UTF-8" }, NULL, NULL },
		{ { "zh_CN", "C", NULL, NULL }, NULL, NULL },
		{ { "zh_CN", NULL, NULL, NULL }, "zh_CN", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(run_apart(speaks_both, &cases[i]), 0);
}

static void
a_word_in_a_context_falls_back_to_itself(void **state)
{
	(void)state;
	i18n_init("zh_CN");
	assert_string_equal(C_("no such context", "Word"), "Word");
	i18n_init("en");
	assert_string_equal(C_("no such context", "Word"), "Word");
}

/* gettext has them apart: whoever writes the Chinese need not know. */
static void
texts_with_numbers_of_64_bits_are_translated(void **state)
{
	(void)state;
	i18n_init("zh_CN");
	assert_string_equal(
	    _("Only %" PRId64 " are defective, %" PRId64 " are wanted"),
	    "不良品只有 %" PRId64 " 件，需要 %" PRId64 " 件");
	i18n_init("en");
}

static void
texts_are_known_in_the_other_language(void **state)
{
	(void)state;
	i18n_init("en");
	assert_string_equal(i18n_other("Orders"), "订单");
	assert_string_equal(i18n_other("no text of ours"), "no text of ours");
	assert_string_equal(i18n_other(""), "");
	i18n_init("zh_CN");
	assert_string_equal(
	    i18n_other("确定退出 shopmgr 吗？"), "Leave shopmgr?");
	assert_string_equal(i18n_other("Orders"), "Orders");
	assert_string_equal(i18n_other("不锈钢雪平锅"), "不锈钢雪平锅");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_language_is_the_one_asked_for),
		cmocka_unit_test(the_locale_is_utf8_wherever_it_starts),
		cmocka_unit_test(
		    words_are_chinese_without_the_locale_and_can_be_switched),
		cmocka_unit_test(a_word_in_a_context_falls_back_to_itself),
		cmocka_unit_test(texts_with_numbers_of_64_bits_are_translated),
		cmocka_unit_test(texts_are_known_in_the_other_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
