/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/utf8.h"

#include "../customers/contact_priv.h"

#define STARS     "****"
#define PHONE_LEN 11 /* of a mobile number */
#define HEAD      3  /* what is shown of it */
#define TAIL      4

static size_t
char_len(const char *s)
{
	uint32_t cp;

	return utf8_decode(s, strnlen(s, 4), &cp);
}

/* Nothing but stars behind the first character, as platforms write it. */
static bool
name_is_masked(const char *rest)
{
	return rest[0] == '*' && rest[strspn(rest, "*")] == '\0';
}

const char *
mask_name(struct arena *arena, const char *name)
{
	size_t first;

	if (name[0] == '\0')
		return name;
	first = char_len(name);
	if (name_is_masked(name + first))
		return name;
	return arena_printf(arena, "%.*s**", (int)first, name);
}

/* The byte at which character @n begins; @n counts from the end if below 0. */
static const char *
char_at(const char *s, int n)
{
	size_t len = strlen(s);
	const char *at = n < 0 ? s + len : s;

	for (; n < 0 && at > s; n++)
		at = s + text_prev(s, len, (size_t)(at - s));
	for (; n > 0 && *at != '\0'; n--)
		at += char_len(at);
	return at;
}

const char *
mask_phone(struct arena *arena, const char *phone)
{
	const char *dash = strchr(phone, '-');
	const char *head, *tail;

	if (phone[0] == '\0')
		return phone;
	if (char_at(phone, PHONE_LEN - 1)[0] == '\0')
		return STARS;
	/* A number with an extension: its own tail is what people go by. */
	if (dash != NULL && dash - phone >= PHONE_LEN)
		phone = arena_strndup(arena, phone, (size_t)(dash - phone));
	head = char_at(phone, HEAD);
	tail = char_at(phone, -TAIL);
	return arena_printf(
	    arena, "%.*s" STARS "%s", (int)(head - phone), phone, tail);
}

/* A digit, also a wide one: its value, and its bytes in *@len; -1. */
static int
digit(const char *s, size_t *len)
{
	static const char wide[] = "\xef\xbc\x90"; /* U+FF10 */

	if (*s >= '0' && *s <= '9') {
		*len = 1;
		return *s - '0';
	}
	if (s[0] == wide[0] && s[1] == wide[1] && s[2] >= wide[2] &&
	    s[2] <= wide[2] + 9) {
		*len = 3;
		return s[2] - wide[2];
	}
	return -1;
}

const char *
mask_place(const char *part)
{
	const char *at;
	size_t len;

	/* What has a house number in it is no district. */
	for (at = part; *at != '\0'; at += char_len(at))
		if (digit(at, &len) >= 0)
			return STARS;
	return part;
}

const char *
mask_address(const char *address)
{
	return address[0] != '\0' ? STARS : address;
}

/* A mobile number in a text: where its digits are, and how long it is. */
struct mobile {
	const char *digits[PHONE_LEN];
	size_t len;
};

/*
 * Is there one at @s? Its digits may stand in groups with a blank or dash
 * between them. A longer number is none: an order's, a waybill's.
 */
static bool
mobile_at(const char *s, struct mobile *m)
{
	const char *at = s;
	size_t i, n;
	int d;

	for (i = 0; i < PHONE_LEN; i++) {
		if (i > 0 && (*at == ' ' || *at == '-'))
			at++;
		d = digit(at, &n);
		if (d < 0 || (i == 0 && d != 1) || (i == 1 && d < 3))
			return false;
		m->digits[i] = at;
		at += n;
	}
	m->len = (size_t)(at - s);
	return digit(at, &n) < 0;
}

/* The number of digits that begin at @s without a gap, and their bytes. */
static size_t
run_of_digits(const char *s, size_t *bytes)
{
	size_t n = 0, len;

	*bytes = 0;
	while (digit(s + *bytes, &len) >= 0) {
		*bytes += len;
		n++;
	}
	return n;
}

/* The next mobile number at or behind *@at; false at the end. *@at gets behind
 * it. */
static bool
next_mobile(const char **at, struct mobile *m)
{
	const char *s = *at;
	size_t n, bytes;

	while (*s != '\0') {
		if (mobile_at(s, m)) {
			*at = s + m->len;
			return true;
		}
		n = run_of_digits(s, &bytes);
		/* +86 138..., written together. */
		if (n == PHONE_LEN + 2 && strncmp(s, "86", 2) == 0)
			s += 2;
		else if (n == PHONE_LEN + 4 && strncmp(s, "0086", 4) == 0)
			s += 4;
		else
			s += n > 0 ? bytes : char_len(s);
	}
	return false;
}

/* Stars of the digits' own width, so that nothing moves. */
static void
star(char *at)
{
	memcpy(
	    at, *at == '\xef' ? "\xef\xbc\x8a" : "*", *at == '\xef' ? 3u : 1u);
}

const char *
mask_text(struct arena *arena, const char *text)
{
	const char *at = text;
	char *copy = NULL;
	struct mobile m;
	size_t i;

	while (next_mobile(&at, &m)) {
		if (copy == NULL)
			copy = arena_strdup(arena, text);
		for (i = HEAD; i < PHONE_LEN - TAIL; i++)
			star(copy + (m.digits[i] - text));
	}
	return copy != NULL ? copy : text;
}

void
unmask_text(char *text, const char *old)
{
	const char *at = old;
	char *found, *masked;
	struct arena arena = { 0 };
	struct mobile m;

	while (next_mobile(&at, &m)) {
		masked = arena_strndup(&arena, m.digits[0], m.len);
		found = strstr(text, mask_text(&arena, masked));
		if (found != NULL)
			memcpy(found, m.digits[0], m.len);
	}
	arena_done(&arena);
}

const char *
mask_nick(struct arena *arena, const char *nick, const char *name)
{
	if (nick[0] != '\0' && strcmp(nick, name) == 0)
		return mask_name(arena, nick);
	return mask_text(arena, nick);
}

/* As import_update.c says it: at the beginning, or behind something else. */
static const char *
said(const char *detail, const char *what)
{
	const char *at = detail;

	while ((at = strstr(at, what)) != NULL) {
		if (at == detail || (at - detail >= 2 && at[-2] == ';'))
			return at + strlen(what);
		at++;
	}
	return NULL;
}

const char *
mask_import(struct arena *arena, const char *detail)
{
	const char *end = said(detail, "address ");

	if (end == NULL)
		end = said(detail, "receiver ");
	if (end != NULL)
		detail = arena_printf(
		    arena, "%.*s" STARS, (int)(end - detail), detail);
	return mask_text(arena, detail);
}
