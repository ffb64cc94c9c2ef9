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

/* The audit log by commands. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static int
lines(const char *text)
{
	int n = 0;

	for (; (text = strchr(text, '\n')) != NULL; text++)
		n++;
	return n;
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 6);
	shop_must(&sh, "order hold %lld --note one", FIRST);
	shop_must(&sh, "order hold %lld --note two", FIRST + 1);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* The entries that "audit list" prints with @options. */
static int
entries(const char *options)
{
	shop_must(&sh, "--format csv audit list --limit 1000 %s", options);
	return lines(sh.out) - 1;
}

static void
lists_what_is_asked_for(void **state)
{
	char option[100];
	int all = entries("");

	(void)state;
	assert_int_equal(entries("--op order-hold"), 2);
	has(sh.out, "order-hold,order,");
	snprintf(option, sizeof(option), "--record %lld", FIRST + 1);
	assert_int_equal(entries(option), 1);
	has(sh.out, "two");
	assert_true(entries("--record PAN-20") >= 1);
	has(sh.out, ",variant,");
	assert_int_equal(entries("--kind order --op order-hold"), 2);
	assert_int_equal(entries("--staff owner --op order-hold"), 2);
	assert_int_equal(entries("--staff clerk --op order-hold"), 0);
	assert_int_equal(entries("--kind order --subject 1"), 1);
	/* Every command of the owner's leaves one itself, its log-in. */
	assert_true(entries("--since 2020-01-01") > all);
	assert_int_equal(entries("--until 2020-01-01"), 0);
	shop_must(&sh, "--format csv audit list --limit 1");
	assert_int_equal(lines(sh.out), 2);
	shop_must(&sh, "--format json audit list --op order-hold");
	assert_true(json_valid(sh.out));
}

static void
wrong_filters_are_refused(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "audit list --record nonsense"), 1);
	has(sh.err, "nonsense");
	assert_int_equal(shop_do(&sh, "audit list --subject 1"), 2);
	assert_int_equal(
	    shop_do(&sh, "audit list --record PAN-20 --kind order"), 2);
	assert_int_equal(shop_do(&sh, "audit list --since soon"), 2);
	assert_int_equal(shop_do(&sh, "audit list more"), 2);
	assert_int_equal(shop_do(&sh, "audit"), 2);
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password audit "
			     "list",
			     sh.dir),
	    4);
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password audit "
			     "head",
			     sh.dir),
	    4);
}

static void
the_head_moves_on(void **state)
{
	long long id;
	char hash[65];

	(void)state;
	shop_must(&sh, "--format json audit head");
	assert_true(json_valid(sh.out));
	id = json_number(sh.out, "id");
	assert_int_equal(
	    sscanf(strstr(sh.out, "\"hash\":"), "\"hash\":\"%64s", hash), 1);
	assert_int_equal(strlen(hash), 64);
	shop_must(&sh, "--format json audit head");
	assert_true(json_number(sh.out, "id") > id);
	assert_null(strstr(sh.out, hash));
}

/* By another program on the file, where there is one. */
static void
tampering_is_told(void **state)
{
	static const struct {
		const char *sql, *finding;
	} deeds[] = {
		{ "UPDATE audit SET detail = 1 WHERE id = 3",
		    "Audit entry 3 (" },
		{ "DELETE FROM audit WHERE id = 3",
		    "Audit entry 3 is missing before number 4 (" },
		{ "DELETE FROM audit WHERE id > 5",
		    "Audit entries 6 to " }, /* the log-in went on behind */
		{ "UPDATE audit SET id = -3 WHERE id = 3", "Audit entry -3 (" },
	};
	char cmd[500];

	(void)state;
	if (system("command -v sqlite3 > /dev/null") != 0)
		skip();
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		shop_must(&sh, "backup %s/deed-%zu.db", sh.dir, i);
		snprintf(cmd, sizeof(cmd),
		    "sqlite3 %s/deed-%zu.db 'DROP TRIGGER audit_no_update; "
		    "DROP TRIGGER audit_no_delete; %s'",
		    sh.dir, i, deeds[i].sql);
		assert_int_equal(system(cmd), 0);
		assert_int_equal(
		    shop_do(&sh, "-d %s/deed-%zu.db verify", sh.dir, i), 1);
		has(sh.err, deeds[i].finding);
		assert_int_equal(
		    shop_do(&sh, "-d %s/deed-%zu.db --format json verify",
			sh.dir, i),
		    1);
		assert_true(json_valid(sh.out));
	}
	shop_must(&sh, "verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_what_is_asked_for),
		cmocka_unit_test(wrong_filters_are_refused),
		cmocka_unit_test(the_head_moves_on),
		cmocka_unit_test(tampering_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
