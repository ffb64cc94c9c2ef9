/* SPDX-License-Identifier: MIT */
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#define DOMAIN "shopmgr"

/* gettext keeps what it found until this changes; its manual names it. */
extern int _nl_msg_cat_cntr;

static const char *current = "en";
static const char *catalogues; /* NULL: beside the program */

const char *
i18n_context(const char *key, const char *plain)
{
	const char *text = gettext(key);

	return text != key ? text : plain;
}

/* The first language of a list such as "fr:zh_CN:en" that there is. */
static const char *
first_known(const char *list)
{
	const char *s = list;

	while (s != NULL && *s != '\0') {
		s += strspn(s, ":");
		if (strncmp(s, "zh", 2) == 0)
			return "zh_CN";
		if (strncmp(s, "en", 2) == 0)
			return "en";
		s = strchr(s, ':');
	}
	return "en";
}

static const char *
environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	static char *asked; /* LANGUAGE before we set it ourselves */
	const char *s = getenv("LANGUAGE");
	size_t i;

	if (asked == NULL)
		asked = xstrdup(s != NULL ? s : "");
	if (asked[0] != '\0')
		return first_known(asked);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		s = getenv(names[i]);
		if (s != NULL && s[0] != '\0')
			return first_known(s);
	}
	return "en";
}

static void
set_locale(void)
{
	const char *got = setlocale(LC_ALL, "");

	if (got == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_ALL, "C.UTF-8");
	/* LANGUAGE is not looked at where messages are in plain C. */
	got = setlocale(LC_MESSAGES, NULL);
	if (got == NULL || strcmp(got, "C") == 0 || strcmp(got, "POSIX") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
}

static bool
has_catalogue(const char *dir)
{
	char path[4096 + 64];

	snprintf(path, sizeof(path), "%s/zh_CN/LC_MESSAGES/" DOMAIN ".mo", dir);
	return access(path, R_OK) == 0;
}

/*
 * Absolute, for a relative path would be lost by chdir(): beside the program
 * or, for tests, above it; then where it was installed.
 */
static void
bind_catalogue(void)
{
	char dir[4096], path[sizeof(dir) + 16], *slash;
	ssize_t n = readlink("/proc/self/exe", dir, sizeof(dir) - 1);
	int up;

	if (catalogues != NULL) {
		bindtextdomain(DOMAIN, catalogues);
		return;
	}
	dir[n > 0 ? n : 0] = '\0';
	for (up = 0; up < 3; up++) {
		slash = strrchr(dir, '/');
		if (slash == NULL)
			break;
		*slash = '\0';
		snprintf(path, sizeof(path), "%s/locale", dir);
		if (has_catalogue(path)) {
			bindtextdomain(DOMAIN, path);
			return;
		}
	}
	bindtextdomain(DOMAIN, SHOPMGR_PREFIX "/share/locale");
}

void
i18n_init(const char *lang)
{
	const char *env = environment();

	if (lang == NULL || lang[0] == '\0' || strcmp(lang, "auto") == 0)
		lang = env;
	current = first_known(lang);
	set_locale();
	setenv("LANGUAGE", current, 1);
	bind_catalogue();
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	_nl_msg_cat_cntr++;
}

const char *
i18n_lang(void)
{
	return current;
}

void
i18n_catalogues(const char *dir)
{
	catalogues = dir;
}

void
i18n_switch(void)
{
	i18n_init(strcmp(current, "en") == 0 ? "zh_CN" : "en");
}
