/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"
#include "shopmgr/base/str.h"

/* Many commands under one log-in, a line of result for each. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 100);
	shop_orders(&sh, "PAN-20", FIRST, 60);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static int
lines(const char *s)
{
	int n = 0;

	for (; *s != '\0'; s++)
		n += *s == '\n';
	return n;
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
keeps_the_order(void **state)
{
	struct str s = STR_INIT;
	const char *p;

	(void)state;
	for (int i = 0; i < 40; i++)
		str_addf(&s,
		    "order ship %lld --courier YTO --waybill YT76000%08d "
		    "--scan 6901234567892\n",
		    FIRST + i, i);
	shop_file(&sh, "batch", s.s);
	str_done(&s);
	shop_must(&sh, "batch %s/batch", sh.dir);
	assert_int_equal(lines(sh.out), 40);
	p = sh.out;
	for (int i = 0; i < 40; i++, p = strchr(p, '\n') + 1) {
		char start[100];

		snprintf(start, sizeof(start), "%d ok Order %lld is shipped",
		    i + 1, FIRST + i);
		assert_memory_equal(p, start, strlen(start));
	}
	shop_must(&sh, "verify");
}

static void
stops_at_a_failure(void **state)
{
	(void)state;
	shop_file(&sh, "batch",
	    "# two that cannot be\n"
	    "\n"
	    "order hold nothing\n"
	    "order hold 4119203366520871050\n");
	assert_int_equal(shop_do(&sh, "batch %s/batch", sh.dir), 1);
	assert_int_equal(lines(sh.out), 1);
	has(sh.out, "3 refused ");
	has(sh.err, "line 3: ");
	assert_int_equal(
	    shop_do(&sh, "batch %s/batch --keep-going", sh.dir), 1);
	assert_int_equal(lines(sh.out), 2);
	has(sh.out, "\n4 ok Order 4119203366520871050 is on hold");
}

static void
reads_standard_input(void **state)
{
	(void)state;
	shop_must(&sh, "--format json batch - <<'END'\n"
		       "order remark 4119203366520871051 --memo 'two  blanks'\n"
		       "list orders --limit 2\n"
		       "show order 4119203366520871051\n"
		       "END\n");
	assert_int_equal(lines(sh.out), 3);
	for (char *line = sh.out, *end; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		assert_true(json_valid(line));
	}
	/* The first line of the input may be the password. */
	assert_int_equal(
	    shop_run(&sh, "--user owner --password-file - batch - <<'END'\n"
			  "password1\n"
			  "find zsf\n"
			  "END\n"),
	    0);
	has(sh.out, "1 ok");
}

static void
refuses_what_cannot_be_a_line(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "batch - --keep-going <<'END'\n"
				      "batch other\n"
				      "find 'open\n"
				      "nonsense\n"
				      "init\n"
				      "restore x\n"
				      "END\n"),
	    2);
	assert_int_equal(lines(sh.out), 5);
	has(sh.out, "1 usage");
	has(sh.out, "5 usage");
	assert_int_equal(shop_do(&sh, "batch %s/none", sh.dir), 1);
}

static void
json_lines_tell_failures(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "--format json batch - <<'END'\n"
				      "order hold \"no \\\"such\\\" order\"\n"
				      "END\n"),
	    1);
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "line"), 1);
	assert_int_equal(json_number(sh.out, "status"), 1);
	has(sh.out, "\"error\":\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(stops_at_a_failure),
		cmocka_unit_test(reads_standard_input),
		cmocka_unit_test(refuses_what_cannot_be_a_line),
		cmocka_unit_test(json_lines_tell_failures),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
