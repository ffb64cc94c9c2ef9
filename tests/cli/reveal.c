/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* Contacts as a clerk's scripts read them: masked, but for what is revealed. */

#define FIRST 4119203366520871001LL

static struct shop sh;
static char name[64], phone[32], street[200]; /* as the owner reads them */

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in:\n%s", part, text);
}

/* The text of "field" in JSON output. */
static void
text_of(const char *json, const char *field, char *buf, size_t size)
{
	char mark[64];
	const char *at;

	snprintf(mark, sizeof(mark), "\"%s\":\"", field);
	at = strstr(json, mark);
	if (at == NULL)
		fail_msg("no %s in:\n%s", field, json);
	at += strlen(mark);
	snprintf(buf, size, "%.*s", (int)strcspn(at, "\""), at);
}

static int
as(const char *who, const char *command)
{
	return shop_run(&sh, "--user %s --password-file %s/password %s", who,
	    sh.dir, command);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 3);
	shop_must(&sh, "--format json show order %lld", FIRST);
	text_of(sh.out, "receiver", name, sizeof(name));
	text_of(sh.out, "phone", phone, sizeof(phone));
	text_of(sh.out, "address", street, sizeof(street));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
no_command_tells_a_clerk(void **state)
{
	static const char *const commands[] = { "list orders --limit 0",
		"--format csv list orders --limit 0",
		"--format json list orders --limit 0",
		"show order 4119203366520871001",
		"--format json show order 4119203366520871001",
		"find 4119203366520871001", "find buyer00", "find 0001",
		"export orders", "list parcels", "list order_lines" };
	char whole[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (as("clerk", commands[i]) > 1)
			fail_msg("%s: %s", commands[i], sh.err);
		has_not(sh.out, name);
		has_not(sh.out, phone);
		has_not(sh.out, street);
	}
	/* Whoever has the whole number finds the order by it. */
	snprintf(whole, sizeof(whole), "find %s", phone);
	assert_int_equal(as("clerk", whole), 0);
	has(sh.out, "4119203366520871001");
	has_not(sh.out, name);
	assert_int_equal(as("owner", "list orders"), 0);
	has(sh.out, name);
	has(sh.out, phone);
}

static void
one_is_revealed_and_recorded(void **state)
{
	(void)state;
	assert_int_equal(
	    as("clerk", "--format json reveal order 4119203366520871001"), 0);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"order_no\":\"4119203366520871001\"");
	has(sh.out, name);
	has(sh.out, phone);
	has(sh.out, street);
	assert_int_equal(as("clerk", "reveal order 4119203366520871001"), 0);
	has(sh.out, phone);
	has_not(sh.out, "4119203366520871001");

	shop_must(&sh, "--format json show order %lld", FIRST);
	has(sh.out, "\"contact-reveal\"");
	has(sh.out, "\"clerk\"");
	/* Who reads everything anyway leaves no record. */
	shop_must(&sh, "reveal order %lld", FIRST + 1);
	has(sh.out, "13900000001");
	shop_must(&sh, "--format json show order %lld", FIRST + 1);
	has_not(sh.out, "contact-reveal");
}

static void
customers_need_their_own_permission(void **state)
{
	(void)state;
	assert_int_equal(as("clerk", "reveal customer buyer00"), 4);
	shop_must(&sh, "--format json reveal customer buyer00");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"customer\":\"buyer00\"");
	has(sh.out, phone);
	has(sh.out, street);
	assert_int_equal(shop_do(&sh, "reveal customer nobody"), 1);
}

static void
what_is_not_there_is_refused(void **state)
{
	(void)state;
	assert_int_equal(as("buyer", "reveal order 4119203366520871001"), 4);
	assert_int_equal(as("clerk", "reveal order 999"), 1);
	assert_int_equal(as("clerk", "reveal"), 2);
	assert_int_equal(as("clerk", "reveal order"), 2);
	assert_int_equal(as("clerk", "reveal parcel 1"), 2);
	shop_must(&sh, "help reveal");
	has(sh.out, "reveal order NO");
	has(sh.out, "reveal customer NICK");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_command_tells_a_clerk),
		cmocka_unit_test(one_is_revealed_and_recorded),
		cmocka_unit_test(customers_need_their_own_permission),
		cmocka_unit_test(what_is_not_there_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
