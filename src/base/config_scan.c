/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "config_priv.h"

/* iniparser gives up the whole file at a line of 1020 bytes or so. */
#define LINE_MAX_BYTES 1000
#define NAME_MAX_BYTES 64

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The copy of @s to @end without the blanks around it; the caller frees it. */
static char *
trimmed(const char *s, const char *end)
{
	while (s < end && is_blank(*s))
		s++;
	while (end > s && is_blank(end[-1]))
		end--;
	return xstrndup(s, (size_t)(end - s));
}

/* As iniparser does, byte by byte. */
static void
lower(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
}

const struct ini_entry *
ini_find(const struct ini *ini, const char *section, const char *name)
{
	size_t i;

	for (i = 0; i < ini->n; i++)
		if (strcmp(ini->entries[i].section, section) == 0 &&
		    strcmp(ini->entries[i].name, name) == 0)
			return &ini->entries[i];
	return NULL;
}

static void
add_entry(struct ini *ini, struct ini_entry e)
{
	if (ini->n == ini->cap) {
		ini->cap = ini->cap * 2 + 32;
		ini->entries = xreallocarray(
		    ini->entries, ini->cap, sizeof(*ini->entries));
	}
	ini->entries[ini->n++] = e;
}

/* The section the entry after the last one is in; NULL above the first. */
static const char *
section_now(const struct ini *ini)
{
	return ini->n > 0 ? ini->entries[ini->n - 1].section : NULL;
}

static int
scan_section(struct ini *ini, int line, const char *s, struct err *err)
{
	struct ini_entry e = { .line = line };
	size_t n = strlen(s);

	if (s[n - 1] != ']' || strcspn(s + 1, "[]") != n - 2)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: a section is written [name], with nothing "
		      "behind it"),
		    ini->path, line);
	e.section = trimmed(s + 1, s + n - 1);
	lower(e.section);
	e.name = xstrdup("");
	e.value = xstrdup("");
	add_entry(ini, e);
	return 0;
}

/* Behind the closing quote only a comment may stand. */
static bool
is_rest(const char *s)
{
	while (is_blank(*s))
		s++;
	return *s == '\0' || *s == '#' || *s == ';';
}

/* What stands behind the "=" at @s; NULL if it would be misread. */
static char *
scan_value(const char *s, bool is_keys)
{
	const char *end;

	while (is_blank(*s))
		s++;
	if (*s == '"' || *s == '\'') {
		end = strchr(s + 1, *s);
		if (end == NULL || !is_rest(end + 1))
			return NULL;
		return xstrndup(s + 1, (size_t)(end - s - 1));
	}
	end = s + strcspn(s, "#;");
	/* A comment has a blank before it; "pass#word" is something else. */
	if (*end != '\0' && (is_keys || end == s || !is_blank(end[-1])))
		return NULL;
	return trimmed(s, end);
}

static int
scan_entry(struct ini *ini, int line, const char *s, struct err *err)
{
	const char *section = section_now(ini), *eq = strchr(s, '=');
	const struct ini_entry *twin;
	struct ini_entry e = { .line = line };

	if (eq == NULL || eq == s || eq - s > NAME_MAX_BYTES)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: a setting is written name = value"),
		    ini->path, line);
	if (section == NULL)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: a setting must stand below a [section]"),
		    ini->path, line);
	e.name = trimmed(s, eq);
	lower(e.name);
	e.section = xstrdup(section);
	e.value = scan_value(eq + 1, strncmp(section, "keys.", 5) == 0);
	if (e.value == NULL)
		err_set(err, ERR_INVALID, "",
		    _("%s, line %d: put the value of %s in quotes, \"like "
		      "this\""),
		    ini->path, line, e.name);
	twin = ini_find(ini, e.section, e.name);
	if (e.value != NULL && twin != NULL)
		err_set(err, ERR_INVALID, "",
		    _("%s, line %d: %s is set already in line %d"), ini->path,
		    line, e.name, twin->line);
	if (e.value != NULL && twin == NULL) {
		add_entry(ini, e);
		return 0;
	}
	free(e.section);
	free(e.name);
	free(e.value);
	return ERR_INVALID;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f)
			return true;
	return false;
}

/* @s is without blanks around it. */
static int
scan_line(struct ini *ini, int line, const char *s, struct err *err)
{
	size_t n = strlen(s);

	if (n > LINE_MAX_BYTES)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d is too long"), ini->path, line);
	if (has_control(s) || !utf8_valid(s, n))
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d is not plain UTF-8 text"), ini->path, line);
	/* It would join the next line to this one, in comments too. */
	if (n > 0 && s[n - 1] == '\\')
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d must not end with a backslash"), ini->path,
		    line);
	if (n == 0 || *s == '#' || *s == ';')
		return 0;
	if (*s == '[')
		return scan_section(ini, line, s, err);
	return scan_entry(ini, line, s, err);
}

int
ini_scan(struct ini *ini, const char *text, size_t len, struct err *err)
{
	const char *s = text, *all = text + len, *end;
	char *copy;
	int line, rc = 0;

	for (line = 1; s < all && rc == 0; line++) {
		end = memchr(s, '\n', (size_t)(all - s));
		if (end == NULL)
			end = all;
		copy = trimmed(s, end);
		if (memchr(s, '\0', (size_t)(end - s)) != NULL)
			rc = err_set(err, ERR_INVALID, "",
			    _("%s, line %d is not plain UTF-8 text"), ini->path,
			    line);
		else
			rc = scan_line(ini, line, copy, err);
		free(copy);
		s = end < all ? end + 1 : all;
	}
	return rc;
}

void
ini_done(struct ini *ini)
{
	size_t i;

	for (i = 0; i < ini->n; i++) {
		free(ini->entries[i].section);
		free(ini->entries[i].name);
		free(ini->entries[i].value);
	}
	free(ini->entries);
	ini->entries = NULL;
	ini->n = ini->cap = 0;
}
