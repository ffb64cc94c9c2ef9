/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "shopmgr/base/restrict.h"

/* Who is let in to what, by how the program was started. */

#define EXE "/usr/local/bin/shopmgr"

struct start {
	const char *argv[6];
	const char *shell, *original;
	enum restrict_kind kind;
};

static void
check(const struct start *s)
{
	char *argv[6] = { NULL };
	int argc = 0;

	while (s->argv[argc] != NULL) {
		argv[argc] = (char *)s->argv[argc];
		argc++;
	}
	if (restrict_kind_of(argc, argv, s->shell, EXE, s->original) != s->kind)
		fail_msg("%s %s %s", argv[0], argc > 1 ? argv[1] : "",
		    argc > 2 ? argv[2] : "");
}

static void
a_person_at_the_machine_is_not_restricted(void **state)
{
	static const struct start starts[] = {
		{ { "shopmgr" }, "/bin/bash", NULL, RESTRICT_NOT },
		{ { "shopmgr", "-c", "my.ini" }, "/bin/bash", NULL,
		    RESTRICT_NOT },
		{ { "shopmgr", "-d", "x.db", "list", "orders" }, "/bin/bash",
		    NULL, RESTRICT_NOT },
		/* cron, with the account's shell but by /bin/sh */
		{ { EXE, "--config", "x.ini", "backup", "f" }, EXE, NULL,
		    RESTRICT_NOT },
		/* over ssh, from a real shell */
		{ { "shopmgr", "list", "orders" }, "/bin/bash",
		    "shopmgr list orders", RESTRICT_NOT },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		check(&starts[i]);
}

static void
a_log_in_gets_the_screens(void **state)
{
	static const struct start starts[] = {
		{ { "-shopmgr" }, EXE, NULL, RESTRICT_SCREENS },
		{ { "-shopmgr" }, "", NULL, RESTRICT_SCREENS },
		{ { "-" }, "", NULL, RESTRICT_SCREENS },
		{ { "shopmgr", "-c", "" }, EXE, NULL, RESTRICT_SCREENS },
		{ { "shopmgr", "-c", "shopmgr" }, EXE, NULL, RESTRICT_SCREENS },
		{ { "shopmgr", "-c", EXE " --restricted" }, EXE, NULL,
		    RESTRICT_SCREENS },
		{ { "shopmgr", "-c", EXE " --restricted" }, EXE, "shopmgr",
		    RESTRICT_SCREENS },
		{ { EXE, "--restricted" }, "/bin/sh", NULL, RESTRICT_SCREENS },
		{ { EXE, "--restricted" }, "/bin/sh", "", RESTRICT_SCREENS },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		check(&starts[i]);
}

static void
a_command_is_refused(void **state)
{
	static const struct start starts[] = {
		{ { "shopmgr", "-c", "id" }, EXE, NULL, RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "/tmp/evil.ini" }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "scp -t ." }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "shopmgr -d /tmp/x list orders" }, EXE,
		    NULL, RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "shopmgr; id" }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "shopmgrx" }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c", EXE " --restricted --user x" }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c" }, EXE, NULL, RESTRICT_COMMAND },
		{ { "shopmgr", "-c", "shopmgr", "x" }, EXE, NULL,
		    RESTRICT_COMMAND },
		{ { "shopmgr", "-c", EXE " --restricted" }, EXE,
		    "/usr/lib/openssh/sftp-server", RESTRICT_COMMAND },
		{ { "-shopmgr", "-c", "id" }, "", NULL, RESTRICT_COMMAND },
		{ { "-shopmgr", "-d", "x" }, "", NULL, RESTRICT_COMMAND },
		{ { "-shopmgr" }, "", "id", RESTRICT_COMMAND },
		{ { EXE, "--restricted" }, "/bin/sh", "id", RESTRICT_COMMAND },
		{ { EXE, "--restricted", "verify" }, "/bin/sh", NULL,
		    RESTRICT_COMMAND },
		{ { NULL }, "", NULL, RESTRICT_COMMAND },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		check(&starts[i]);
}

static void
the_environment_keeps_only_words_for_terminal_and_language(void **state)
{
	static const char *const gone[] = { "SHOPMGR_DB", "SHOPMGR_NOW",
		"SHOPMGR_TEST_WEAK_HASH", "TERMINFO", "TERMCAP", "LOCPATH",
		"XDG_CONFIG_HOME", "XDG_DATA_HOME", "TZ", "LD_PRELOAD_",
		"SQLITE_TMPDIR", "TMPDIR", "SSH_ORIGINAL_COMMAND" };
	struct rlimit core;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(gone) / sizeof(*gone); i++)
		setenv(gone[i], "/tmp/x", 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "zh_CN.UTF-8", 1);
	setenv("LANGUAGE", "zh_CN:en", 1);
	setenv("LC_ALL", "/tmp/locale", 1);
	setenv("LC_CTYPE", "..", 1);
	setenv("NO_COLOR", "1", 1);
	setenv("HOME", "/tmp/x", 1);
	restrict_environment();
	for (i = 0; i < sizeof(gone) / sizeof(*gone); i++)
		assert_null(getenv(gone[i]));
	assert_string_equal(getenv("TERM"), "xterm-256color");
	assert_string_equal(getenv("LANG"), "zh_CN.UTF-8");
	assert_string_equal(getenv("LANGUAGE"), "zh_CN:en");
	assert_string_equal(getenv("NO_COLOR"), "1");
	assert_null(getenv("LC_ALL"));
	assert_null(getenv("LC_CTYPE"));
	assert_string_not_equal(getenv("HOME"), "/tmp/x");
	assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
	assert_int_equal(core.rlim_cur, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_at_the_machine_is_not_restricted),
		cmocka_unit_test(a_log_in_gets_the_screens),
		cmocka_unit_test(a_command_is_refused),
		cmocka_unit_test(
		    the_environment_keeps_only_words_for_terminal_and_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
