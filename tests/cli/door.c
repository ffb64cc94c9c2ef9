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
#include "shopmgr/base/otp.h"

/* The door, as scripts meet it. */

static struct shop sh;

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

static int
set_up(void **state)
{
	(void)state;
	setenv("SHOPMGR_NOW", "2024-05-28 09:12:33", 1);
	shop_new(&sh);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	unsetenv("SHOPMGR_NOW");
	shop_free(&sh);
	return 0;
}

/* Somebody with the password in the file @file of the shop's folder. */
static int
as(const char *who, const char *file, const char *command)
{
	return shop_run(&sh, "--user %s --password-file %s/%s %s", who, sh.dir,
	    file, command);
}

static int
run_script(const char *name)
{
	char cmd[200];

	setenv("BUILD", getenv("BUILD") != NULL ? getenv("BUILD") : "build", 1);
	snprintf(cmd, sizeof(cmd), "sh %s/%s %s", sh.dir, name, sh.dir);
	return system(cmd);
}

static void
a_wrong_password_file_locks(void **state)
{
	int i;

	(void)state;
	shop_file(&sh, "wrong", "not-the-password\n");
	/* What is right may be said again and again. */
	for (i = 0; i < 12; i++)
		assert_int_equal(as("clerk", "password", "list orders"), 0);
	for (i = 0; i < 3; i++) {
		assert_int_equal(as("clerk", "wrong", "list orders"), 4);
		has(sh.err, "wrong");
	}
	assert_int_equal(as("clerk", "password", "list orders"), 4);
	has(sh.err, "try again in 2 seconds");
	setenv("SHOPMGR_NOW", "2024-05-28 09:12:35", 1);
	assert_int_equal(as("clerk", "password", "list orders"), 0);
	for (i = 0; i < 20; i++) {
		char now[32];

		snprintf(now, sizeof(now), "2024-05-28 %02d:00:00", 10 + i / 2);
		setenv("SHOPMGR_NOW", now, 1);
		assert_int_equal(as("clerk", "wrong", "list orders"), 4);
	}
	assert_int_equal(as("clerk", "password", "list orders"), 4);
	has(sh.err, "try again in 15 minutes");
	shop_must(&sh, "--format json list staff --where login=clerk");
	has(sh.out, "\"locked_until\":\"2024-05-28T19:15:00+08:00\"");
	shop_must(&sh, "user unlock clerk");
	assert_int_equal(as("clerk", "password", "list orders"), 0);
	shop_must(&sh, "--format json list audit --where op=login-locked");
	has(sh.out, "clerk, 10 in a row");
	shop_must(&sh, "verify");
}

/* Who guesses at many terminals at once gets no more answers. */
static void
many_at_once_are_answered_as_one(void **state)
{
	(void)state;
	shop_file(&sh, "wrong", "not-the-password\n");
	shop_file(&sh, "many.sh",
	    "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do\n"
	    "\t$BUILD/shopmgr -d \"$1/shop.db\" --lang en --user clerk \\\n"
	    "\t    --password-file \"$1/wrong\" list orders 2>> $1/said &\n"
	    "done\n"
	    "wait\n"
	    "[ $(grep -c 'is wrong' $1/said) = 3 ] &&\n"
	    "    [ $(grep -c 'in 2 seconds' $1/said) = 9 ]\n");
	assert_int_equal(run_script("many.sh"), 0);
	shop_must(&sh, "--format json list audit --where op=login-refused");
	has(sh.out, "clerk, 3 in a row");
	has_not(sh.out, "clerk, 4 in a row");
}

static void
accounts_are_kept(void **state)
{
	(void)state;
	shop_file(&sh, "given", "given-password\n");
	shop_file(&sh, "own", "own-password\n");
	shop_must(&sh, "--format json user change clerk --name 小王 "
		       "--role clerk --role buyer");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"name\":\"小王\"");
	has(sh.out, "\"roles\":\"clerk buyer\"");
	shop_must(&sh, "staff change clerk --role clerk");
	assert_int_equal(shop_do(&sh, "user change clerk"), 2);
	assert_int_equal(shop_do(&sh, "user change nobody --name x"), 1);
	assert_int_equal(shop_do(&sh, "user change owner --role clerk"), 1);
	has(sh.err, "oneself");
	shop_must(&sh, "user close clerk");
	assert_int_equal(as("clerk", "password", "list orders"), 4);
	shop_must(&sh, "user reopen clerk");
	assert_int_equal(as("clerk", "password", "list orders"), 0);
	assert_int_equal(shop_do(&sh, "user close owner"), 1);
	shop_must(&sh, "user reset clerk --new-password-file %s/given", sh.dir);
	assert_int_equal(as("clerk", "password", "list orders"), 4);
	/* To look is allowed, to do something is not. */
	assert_int_equal(as("clerk", "given", "list orders"), 0);
	assert_int_equal(
	    as("clerk", "given", "stock receive PAN 1 --cost 1"), 1);
	has(sh.err, "change it first");
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/given user "
			     "password --new-password-file %s/own",
			     sh.dir, sh.dir),
	    0);
	assert_int_equal(as("clerk", "own", "list orders"), 0);
	assert_int_equal(as("clerk", "own", "user close owner"), 4);
}

static void
badges_are_printed_once(void **state)
{
	(void)state;
	shop_must(&sh, "--format json user badge clerk");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"badge\":\"SMB-");
	shop_must(&sh, "user badge clerk");
	has(sh.out, "SMB-");
	shop_must(&sh, "--format json user list");
	has_not(sh.out, "SMB-");
	has(sh.out, "\"badge\":true");
	shop_must(&sh, "user badge-drop clerk");
	assert_int_equal(shop_do(&sh, "user badge-drop clerk"), 1);
	assert_int_equal(shop_do(&sh, "user badge"), 2);
}

/* The text behind "name":" in JSON. */
static void
json_text(const char *name, char *buf, size_t size)
{
	char key[40];
	const char *at;

	snprintf(key, sizeof(key), "\"%s\":\"", name);
	at = strstr(sh.out, key);
	assert_non_null(at);
	at += strlen(key);
	snprintf(buf, size, "%.*s", (int)strcspn(at, "\""), at);
}

static void
a_code_is_an_option(void **state)
{
	char secret[64], code[9], line[80];
	int64_t at = 1716858753; /* SHOPMGR_NOW */

	(void)state;
	shop_must(&sh, "--format json user otp");
	json_text("secret", secret, sizeof(secret));
	has(sh.out, "\"uri\":\"otpauth://totp/owner?secret=");
	snprintf(line, sizeof(line), "%s\n", secret);
	shop_file(&sh, "secret", line);
	assert_true(otp_code(secret, at, 6, code));
	assert_int_equal(
	    shop_do(&sh, "user otp --secret-file %s/secret", sh.dir), 2);
	assert_int_equal(
	    shop_do(
		&sh, "user otp --secret-file %s/secret --confirm 1", sh.dir),
	    1);
	shop_must(
	    &sh, "user otp --secret-file %s/secret --confirm %s", sh.dir, code);
	assert_int_equal(shop_do(&sh, "list orders"), 4);
	has(sh.err, "code of your authenticator");
	assert_int_equal(shop_do(&sh, "--otp %s list orders", code), 4);
	assert_true(otp_code(secret, at + 30, 6, code));
	shop_must(&sh, "--otp %s list orders", code);
	assert_int_equal(shop_do(&sh, "--otp %s list orders", code), 4);
	has(sh.err, "used before");
	setenv("SHOPMGR_NOW", "2024-05-28 09:13:33", 1);
	assert_true(otp_code(secret, at + 60, 6, code));
	setenv("SHOPMGR_OTP", code, 1);
	shop_must(&sh, "user otp-end");
	unsetenv("SHOPMGR_OTP");
	shop_must(&sh, "list orders");
	assert_int_equal(shop_do(&sh, "user otp-end clerk"), 1);
}

static void
roles_are_kept(void **state)
{
	(void)state;
	shop_must(&sh, "--format json role list");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"name\":\"owner\"");
	shop_must(&sh, "--format json role add packer --title 打包员");
	has(sh.out, "\"title\":\"打包员\"");
	has(sh.out, "\"permissions\":\"\"");
	assert_int_equal(shop_do(&sh, "role add packer"), 1);
	shop_must(&sh, "--format json role grant packer order.view order.ship");
	has(sh.out, "\"permissions\":\"order.view order.ship\"");
	shop_must(&sh, "role revoke packer order.ship");
	shop_must(&sh, "--format json role show packer");
	has(sh.out, "\"permissions\":\"order.view\"");
	assert_int_equal(shop_do(&sh, "role grant packer order.fly"), 2);
	has(sh.err, "order.ship");
	assert_int_equal(shop_do(&sh, "role grant nobody order.view"), 1);
	assert_int_equal(shop_do(&sh, "role show nobody"), 1);
	assert_int_equal(shop_do(&sh, "role revoke owner role.edit"), 1);
	shop_must(&sh, "user change clerk --role packer");
	assert_int_equal(as("clerk", "password", "list orders"), 0);
	assert_int_equal(as("clerk", "password", "list stock"), 4);
	assert_int_equal(as("clerk", "password", "role list"), 4);
	shop_must(&sh, "--format csv list roles --where name=packer");
	has(sh.out, "packer,打包员,1,order.view");
	shop_must(&sh, "show role 1");
	shop_must(&sh, "help role grant");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_wrong_password_file_locks),
		TEST(many_at_once_are_answered_as_one),
		TEST(accounts_are_kept),
		TEST(badges_are_printed_once),
		TEST(a_code_is_an_option),
		TEST(roles_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
