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
#include "till.h"

/*
 * A monkey at the terminal: keys at random on the real screens. Nothing may
 * crash or hang, and the books agree afterwards. MONKEYS=1000 in the
 * environment lets more of them play; MONKEY=17 brings back the one that
 * found something.
 */

#define KEYS 300

static unsigned seed;

static unsigned
dice(unsigned sides)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 8) % sides;
}

static const char *const often[] = { "Enter", "Enter", "Esc", "j", "k", "Down",
	"Up", "Tab", "Space", "PgDn", "Home", "G", "Ctrl-S" };
static const char *const going[] = { "F1", "F2", "F3", "F4", "F5", "F6", "F7",
	"F8", "F9", "F10", "U", "/", "Ctrl-F", "Ctrl-P" };
static const char *const events[] = { "tick", "resize:24x80", "resize:40x132",
	"resize:10x40", "Ctrl-L", "Ctrl-T", "Ctrl-O", "at-once Enter",
	"scan:6901234500017", "scan:6901234500031", "scan:6901234500048",
	"scan:4119203366520877702", "scan:SF1234567890123", "scan:A-03-2",
	"paste:'三德刀'", "'张三'", "'-5'", "'1e9'", "'12.50'", "'=cmd|x'",
	"Backspace", "Ctrl-U", "Ctrl-Z" };

#define PICK(a) (a)[dice(sizeof(a) / sizeof((a)[0]))]

static void
next_key(char *buf, size_t size)
{
	switch (dice(8)) {
	case 0:
	case 1:
	case 2:
		snprintf(buf, size, "%s", PICK(often));
		break;
	case 3:
		snprintf(buf, size, "%s", PICK(going));
		break;
	case 4:
		snprintf(buf, size, "%s", PICK(events));
		break;
	default:
		snprintf(buf, size, "%c",
		    "abcdefghiklmnoprstuvwxyzPEXDR0123456789+-*?"[dice(43)]);
		break;
	}
}

static void
play(unsigned monkey)
{
	static const char *const roles[] = { "owner", "manager", "clerk",
		"agent", "buyer" };
	struct till *t;
	char key[64];
	int i;

	seed = monkey;
	print_message("monkey %u\n", monkey);
	t = till_open(PICK(roles), dice(2) ? "zh_CN" : "en", 24, 80);
	for (i = 0; i < KEYS && !t->d->over; i++) {
		next_key(key, sizeof(key));
		if (getenv("MONKEY") != NULL)
			print_message("%s ", key);
		till_keys(t, key);
	}
	fixture_verify(t->s);
	till_close(t);
}

static void
monkeys_break_nothing(void **state)
{
	const char *one = getenv("MONKEY"), *many = getenv("MONKEYS");
	unsigned n = many != NULL ? (unsigned)strtoul(many, NULL, 10) : 12, i;

	(void)state;
	if (one != NULL) {
		play((unsigned)strtoul(one, NULL, 10));
		return;
	}
	for (i = 1; i <= n; i++)
		play(i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(monkeys_break_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
