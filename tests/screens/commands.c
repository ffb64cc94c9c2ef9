/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/ui.h"

/* What must hold for the command table of every screen there is. */

#define LABEL_W  10
#define KEYS_MAX 128

/* A command's keys into @codes; fails for a name that is no key. */
static size_t
add_keys(const char *screen, const struct cmd *cmd, uint32_t *codes, size_t n)
{
	const char *p = cmd->keys;
	char name[32];
	size_t len;

	while (*(p += strspn(p, " ")) != '\0') {
		len = strcspn(p, " ");
		snprintf(name, sizeof(name), "%.*s", (int)len, p);
		p += len;
		assert_true(n < KEYS_MAX);
		codes[n] = key_parse(name);
		if (codes[n] == 0)
			fail_msg("%s: %s: no key %s", screen, cmd->name, name);
		n++;
	}
	return n;
}

/* Those a screen shares with others too: the same key is the same thing. */
static void
no_key_is_bound_twice(void **state)
{
	uint32_t codes[KEYS_MAX];
	const struct cmd *cmd;
	size_t i, a, b, n;

	(void)state;
	for (i = 0; screens[i] != NULL; i++) {
		n = 0;
		for (cmd = screens[i]->cmds; cmd->name != NULL; cmd++)
			n = add_keys(screens[i]->name, cmd, codes, n);
		cmd = screens[i]->shared != NULL ? screens[i]->shared->cmds
						 : NULL;
		for (; cmd != NULL && cmd->name != NULL; cmd++)
			if (!(cmd->needs & CMD_SOMETIMES))
				n = add_keys(screens[i]->name, cmd, codes, n);
		for (a = 0; a < n; a++)
			for (b = 0; b < a; b++)
				if (codes[a] == codes[b])
					fail_msg("%s: a key is bound twice",
					    screens[i]->name);
	}
}

/* Where one can go says what it is for. */
static void
every_department_tells_what_is_done_there(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; screens[i] != NULL; i++)
		if (screens[i]->go != NULL && screens[i]->does == NULL)
			fail_msg("%s: does nothing?", screens[i]->name);
}

static void
no_screen_key_is_given_twice(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; screens[i] != NULL; i++) {
		if (screens[i]->go == NULL || screens[i]->go[0] == '\0')
			continue;
		assert_int_not_equal(key_parse(screens[i]->go), 0);
		for (j = 0; j < i; j++)
			if (screens[j]->go != NULL)
				assert_string_not_equal(
				    screens[i]->go, screens[j]->go);
	}
}

/* The same letter does the same thing wherever it does something. */
static void
a_name_has_the_same_keys_everywhere(void **state)
{
	const struct cmd *a, *b;
	size_t i, j;

	(void)state;
	for (i = 0; screens[i] != NULL; i++)
		for (a = screens[i]->cmds; a->name != NULL; a++)
			for (j = 0; screens[j] != NULL; j++)
				for (b = screens[j]->cmds; b->name != NULL; b++)
					if (strcmp(a->name, b->name) == 0)
						assert_string_equal(
						    a->keys, b->keys);
}

static void
check_cmds(const struct cmd *cmds)
{
	const struct cmd *cmd;

	for (cmd = cmds; cmd->name != NULL; cmd++) {
		assert_non_null(cmd->help);
		assert_true(text_width(_(cmd->help)) > 0);
		if (cmd->label != NULL && text_width(_(cmd->label)) > LABEL_W)
			fail_msg("%s: label \"%s\" is too wide", cmd->name,
			    _(cmd->label));
	}
}

static void
check_words(const char *lang)
{
	size_t i;

	i18n_init(lang);
	assert_string_equal(i18n_lang(), lang);
	for (i = 0; screens[i] != NULL; i++) {
		if (screens[i]->go != NULL && screens[i]->go[0] != '\0' &&
		    text_width(_(screens[i]->title)) > LABEL_W)
			fail_msg("%s: title \"%s\" is too wide",
			    screens[i]->name, _(screens[i]->title));
		check_cmds(screens[i]->cmds);
		if (screens[i]->shared != NULL)
			check_cmds(screens[i]->shared->cmds);
	}
}

static void
labels_fit_in_english(void **state)
{
	(void)state;
	check_words("en");
}

static void
labels_fit_in_chinese(void **state)
{
	(void)state;
	check_words("zh_CN");
}

static void
check_chinese(const struct cmd *cmds)
{
	const struct cmd *cmd;

	for (cmd = cmds; cmd->name != NULL; cmd++) {
		if (strcmp(_(cmd->help), cmd->help) == 0)
			fail_msg("no Chinese for \"%s\"", cmd->help);
		if (cmd->label != NULL &&
		    strcmp(_(cmd->label), cmd->label) == 0)
			fail_msg("no Chinese for \"%s\"", cmd->label);
	}
}

static void
everything_has_its_chinese_words(void **state)
{
	size_t i;

	(void)state;
	i18n_init("zh_CN");
	for (i = 0; screens[i] != NULL; i++) {
		assert_string_not_equal(
		    _(screens[i]->title), screens[i]->title);
		check_chinese(screens[i]->cmds);
		if (screens[i]->shared != NULL)
			check_chinese(screens[i]->shared->cmds);
	}
}

static void
every_permission_is_one(void **state)
{
	const struct cmd *cmd;
	size_t i;

	(void)state;
	for (i = 0; screens[i] != NULL; i++) {
		assert_true(screens[i]->perm < PERM_MAX);
		for (cmd = screens[i]->cmds; cmd->name != NULL; cmd++) {
			assert_true(cmd->perm < PERM_MAX);
			assert_non_null(cmd->run);
		}
	}
}

/* What app_check_bindings() says to settings with these lines. */
static const char *
verdict(const char *lines)
{
	static struct err err;
	struct config *config;
	int rc;

	i18n_init("en");
	err = (struct err){ .code = 0 };
	assert_int_equal(
	    config_load(&config, fixture_file("keys.ini", lines), &err), 0);
	rc = app_check_bindings(config, &err);
	config_free(config);
	return rc == 0 ? "" : err.text;
}

static void
bindings_of_the_settings_are_checked(void **state)
{
	(void)state;
	assert_string_equal(verdict("[keys.orders]\norder-hold = H F8\n"), "");
	assert_string_equal(verdict("[keys.global]\nhelp = F12\n"), "");
	assert_non_null(strstr(
	    verdict("[keys.nowhere]\norder-hold = h\n"), "no such screen"));
	assert_non_null(strstr(
	    verdict("[keys.orders]\norder-fly = h\n"), "no such command"));
	assert_non_null(
	    strstr(verdict("[keys.orders]\norder-hold = Hyper-X\n"), "no key"));
	assert_non_null(
	    strstr(verdict("[keys.orders]\norder-hold = m\n"), "order-remark"));
	/* What all lists have in common goes with each of them. */
	assert_string_equal(verdict("[keys.list]\nlist-columns = S\n"), "");
	assert_non_null(
	    strstr(verdict("[keys.list]\nlist-columns = h\n"), "order-hold"));
	assert_non_null(
	    strstr(verdict("[keys.orders]\norder-hold = C\n"), "list-columns"));
	assert_string_equal(verdict("[keys.orders]\norder-hold = C\n"
				    "[keys.list]\nlist-columns = Z\n"),
	    "");
	/* Two commands may change places. */
	assert_string_equal(verdict("[keys.orders]\norder-hold = m\n"
				    "order-remark = h\n"),
	    "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_key_is_bound_twice),
		cmocka_unit_test(no_screen_key_is_given_twice),
		cmocka_unit_test(every_department_tells_what_is_done_there),
		cmocka_unit_test(a_name_has_the_same_keys_everywhere),
		cmocka_unit_test(labels_fit_in_english),
		cmocka_unit_test(labels_fit_in_chinese),
		cmocka_unit_test(everything_has_its_chinese_words),
		cmocka_unit_test(every_permission_is_one),
		cmocka_unit_test(bindings_of_the_settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
