/* SPDX-License-Identifier: MIT */
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/restrict.h"

#define RESTRICTED "--restricted"
#define VALUE_MAX  64 /* of a variable that is kept */

static const char *
base_name(const char *path, size_t n)
{
	while (n > 0 && path[n - 1] != '/')
		n--;
	return path + n;
}

/* Does @text start this program, by whatever path, and nothing else? We are
 * running already: it is only a matter of saying no or not. */
static bool
asks_for_us(const char *text, const char *exe)
{
	size_t n = strcspn(text, " ");
	const char *word = base_name(text, n);
	const char *name = base_name(exe, strlen(exe));
	bool us = (size_t)(text + n - word) == strlen(name) &&
		  strncmp(word, name, strlen(name)) == 0;

	text += n + strspn(text + n, " ");
	return us && (text[0] == '\0' || strcmp(text, RESTRICTED) == 0);
}

static bool
is_screens(const char *text, const char *exe)
{
	return text == NULL || text[0] == '\0' || asks_for_us(text, exe);
}

/* sshd hands a ForceCommand to the shell by -c, and tells beside it what the
 * client had asked for. */
enum restrict_kind
restrict_kind_of(int argc, char *const *argv, const char *shell,
    const char *exe, const char *original)
{
	bool command = argc == 3 && strcmp(argv[1], "-c") == 0;
	bool forced = argc > 1 && strcmp(argv[1], RESTRICTED) == 0;

	if (argc > 0 && argv[0][0] != '-' && !forced &&
	    !(argc > 1 && strcmp(argv[1], "-c") == 0 &&
		strcmp(shell, exe) == 0))
		return RESTRICT_NOT;
	if (!is_screens(original, exe))
		return RESTRICT_COMMAND;
	if (argc == 1 || (forced && argc == 2) ||
	    (command && is_screens(argv[2], exe)))
		return RESTRICT_SCREENS;
	return RESTRICT_COMMAND;
}

/* With all links followed; "" when there is no such file. */
static char *
real_file(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL ? real : xstrdup("");
}

enum restrict_kind
restrict_kind(int argc, char *const *argv)
{
	const struct passwd *pw = NULL;
	enum restrict_kind kind;
	char *shell, *exe;

	/* Asking who we are takes long where accounts are kept elsewhere. */
	if (argc > 1 && strcmp(argv[1], "-c") == 0)
		pw = getpwuid(getuid());
	shell = real_file(pw != NULL ? pw->pw_shell : "");
	exe = real_file("/proc/self/exe");
	kind = restrict_kind_of(
	    argc, argv, shell, exe, getenv("SSH_ORIGINAL_COMMAND"));
	free(shell);
	free(exe);
	return kind;
}

/* Names of terminals and locales, and nothing that could be a path. */
static bool
is_plain_word(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
			     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.@:+-");

	return n > 0 && n <= VALUE_MAX && s[n] == '\0' && s[0] != '.';
}

void
restrict_environment(void)
{
	static const char *const kept[] = { "TERM", "LANG", "LANGUAGE",
		"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "NO_COLOR" };
	enum { NKEPT = sizeof(kept) / sizeof(*kept) };
	const struct rlimit none = { 0, 0 };
	const struct passwd *pw = getpwuid(getuid());
	char *value[NKEPT] = { NULL };
	const char *s;
	int i;

	for (i = 0; i < NKEPT; i++) {
		s = getenv(kept[i]);
		if (s != NULL && is_plain_word(s))
			value[i] = xstrdup(s);
	}
	clearenv();
	for (i = 0; i < NKEPT; i++) {
		if (value[i] != NULL)
			setenv(kept[i], value[i], 1);
		free(value[i]);
	}
	setenv("PATH", "/usr/bin:/bin", 1);
	setenv("HOME", pw != NULL ? pw->pw_dir : "/", 1);
	setrlimit(RLIMIT_CORE, &none);
}
