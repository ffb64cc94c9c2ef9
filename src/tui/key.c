/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/key.h"

static const struct {
	const char *name;
	uint32_t code;
} names[] = {
	{ "Up", KEY_UP_ },
	{ "Down", KEY_DOWN_ },
	{ "Left", KEY_LEFT_ },
	{ "Right", KEY_RIGHT_ },
	{ "Home", KEY_HOME_ },
	{ "End", KEY_END_ },
	{ "PgUp", KEY_PGUP },
	{ "PgDn", KEY_PGDN },
	{ "Ins", KEY_INS },
	{ "Del", KEY_DEL },
	{ "Backspace", KEY_BACK },
	{ "Enter", KEY_ENTER_ },
	{ "Tab", KEY_TAB_ },
	{ "Shift-Tab", KEY_BACKTAB },
	{ "Esc", KEY_ESC_ },
	{ "Space", ' ' },
};
#define NAMES (sizeof(names) / sizeof(names[0]))

static uint32_t
parse_ctrl(const char *letter)
{
	uint32_t c = (unsigned char)letter[0];

	if (letter[0] == '\0' || letter[1] != '\0')
		return 0;
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	/* H, I, J, M are Backspace, Tab and Enter on a terminal; C is Esc. */
	if (c < 'a' || c > 'z' || strchr("chijm", (int)c) != NULL)
		return 0;
	return KEY_CTRL(c);
}

uint32_t
key_parse(const char *name)
{
	size_t i, len = strlen(name);
	uint32_t cp;

	if (len == 0)
		return 0;
	for (i = 0; i < NAMES; i++) {
		if (strcasecmp(name, names[i].name) == 0)
			return names[i].code;
	}
	if (strncasecmp(name, "Ctrl-", 5) == 0)
		return parse_ctrl(name + 5);
	if ((name[0] == 'F' || name[0] == 'f') && len > 1 && len <= 3 &&
	    strspn(name + 1, "0123456789") == len - 1) {
		long n = strtol(name + 1, NULL, 10);

		if (n < 1 || n > 12 || name[1] == '0')
			return 0;
		return KEY_F0 + (uint32_t)n;
	}
	if (utf8_decode(name, len, &cp) != len || !cp_printable(cp) ||
	    cp == ' ' || cp == UTF8_BAD || cp_width(cp) == 0)
		return 0;
	return cp;
}

char *
key_label(uint32_t code, char *buf, size_t size)
{
	char text[5] = "";
	size_t i;

	for (i = 0; i < NAMES; i++) {
		if (names[i].code == code) {
			snprintf(buf, size, "%s", names[i].name);
			return buf;
		}
	}
	if (code > KEY_F0 && code <= KEY_LAST_F)
		snprintf(buf, size, "F%u", code - KEY_F0);
	else if (code >= 1 && code <= 26)
		snprintf(buf, size, "Ctrl-%c", (char)('A' + code - 1));
	else if (code < KEY_BASE && cp_printable(code)) {
		text[utf8_encode(code, text)] = '\0';
		snprintf(buf, size, "%s", text);
	} else
		snprintf(buf, size, "?");
	return buf;
}
