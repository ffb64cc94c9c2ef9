/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "shop.h"

/* Copies of the shop by commands, and who may read what the program writes. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 6);
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
as_clerk(const char *command)
{
	return shop_run(&sh,
	    "--user clerk --password-file %s/password %s %s/kept", sh.dir,
	    command, sh.dir);
}

static void
copies_are_kept_listed_and_tried_out(void **state)
{
	(void)state;
	shop_must(&sh, "backup --keep %s/kept", sh.dir);
	has(sh.out, "is written and verified");
	shop_must(&sh, "--format json backup list %s/kept", sh.dir);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"name\":\"shop-");
	assert_true(json_number(sh.out, "size") > 100000);
	shop_must(&sh, "backup list %s/kept", sh.dir);
	has(sh.out, "/kept/shop-");
	shop_must(&sh, "backup rehearse %s/kept", sh.dir);
	has(sh.out, "holds: Orders: the copy agrees with the shop");
	has(sh.out, "The copy can be put back");
	shop_must(&sh, "--format json backup rehearse %s/kept", sh.dir);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"ok\":true");
	has(sh.out, "\"file\":");
	/* By its name, and put back. */
	shop_must(&sh, "order hold %lld --note later", FIRST + 4);
	shop_must(&sh, "restore %s/kept/shop-*.db", sh.dir);
	shop_must(&sh, "verify");
	/* Since then the log went another way. */
	shop_must(&sh, "backup rehearse %s/kept", sh.dir);
}

static void
what_cannot_be_is_said(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "backup"), 2);
	assert_int_equal(shop_do(&sh, "backup --keep"), 2);
	assert_int_equal(shop_do(&sh, "backup --keep a b"), 2);
	assert_int_equal(shop_do(&sh, "backup paint %s", sh.dir), 2);
	assert_int_equal(shop_do(&sh, "backup list %s/none", sh.dir), 1);
	assert_int_equal(shop_do(&sh, "backup rehearse %s/none", sh.dir), 1);
	shop_must(&sh, "backup list %s", sh.dir);
	assert_int_equal(shop_do(&sh, "backup rehearse %s", sh.dir), 1);
	has(sh.err, "There is no copy in");
	shop_file(&sh, "text", "no database");
	assert_int_equal(shop_do(&sh, "backup rehearse %s/text", sh.dir), 3);
	assert_int_equal(shop_do(&sh, "backup --keep %s/text", sh.dir), 1);
	assert_int_equal(shop_do(&sh, "backup --keep %s/no/where", sh.dir), 1);
	assert_int_equal(as_clerk("backup --keep"), 4);
	assert_int_equal(as_clerk("backup list"), 4);
	assert_int_equal(as_clerk("backup rehearse"), 4);
}

static void
a_batch_makes_copies_too(void **state)
{
	(void)state;
	shop_file(&sh, "lines",
	    "backup --keep more\n"
	    "backup list more\n"
	    "backup rehearse more\n"
	    "backup rehearse none\n");
	assert_int_equal(
	    shop_do(&sh, "batch %s/lines --keep-going", sh.dir), 1);
	has(sh.out, "1 ok");
	has(sh.out, "2 ok");
	has(sh.out, "3 ok");
	has(sh.out, "4 refused");
	assert_int_equal(system("rm -r more"), 0);
}

static void
findings_of_a_rehearsal_are_told(void **state)
{
	char cmd[400];

	(void)state;
	if (system("command -v sqlite3 > /dev/null") != 0)
		skip();
	shop_must(&sh, "backup %s/bent.db", sh.dir);
	snprintf(cmd, sizeof(cmd),
	    "sqlite3 %s/bent.db 'UPDATE stock SET on_hand = on_hand + 1'",
	    sh.dir);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(shop_do(&sh, "backup rehearse %s/bent.db", sh.dir), 1);
	has(sh.err, "PAN-20: 11 are on hand, the moves make 10");
	assert_int_equal(
	    shop_do(&sh, "--format json backup rehearse %s/bent.db", sh.dir),
	    1);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"ok\":false");
}

/* Every file and folder below @dir is its owner's alone; how many there are. */
static int
private_below(const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	struct stat st;
	char path[600];
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		assert_int_equal(lstat(path, &st), 0);
		if ((st.st_mode & 0777) != (S_ISDIR(st.st_mode) ? 0700 : 0600))
			fail_msg("%s has mode %o", path, st.st_mode & 0777);
		n += 1 + (S_ISDIR(st.st_mode) ? private_below(path) : 0);
	}
	closedir(d);
	return n;
}

static void
what_is_written_is_its_owners_alone(void **state)
{
	char dir[128];
	mode_t old = umask(0);

	(void)state;
	snprintf(dir, sizeof(dir), "%s/open", sh.dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	shop_pair(&sh, "PAN-20", FIRST + 100, 2);
	shop_file(&sh, "pw", "demo-shop\n");
	assert_int_equal(
	    shop_run(&sh, "-d %s/new/folder/shop.db init --demo", dir), 0);
	assert_int_equal(shop_run(&sh,
			     "-d %s/new/folder/shop.db --user owner "
			     "--password-file %s/pw find 平锅",
			     dir, sh.dir),
	    0);
	shop_must(&sh, "export orders -o %s/orders.csv", dir);
	shop_must(&sh, "export orders -o %s/orders.xlsx", dir);
	shop_must(&sh, "import orders %s/order.csv %s/item.csv --rejects %s/r",
	    sh.dir, sh.dir, dir);
	shop_must(&sh, "backup %s/copy.db", dir);
	shop_must(&sh, "backup --keep %s/kept", dir);
	shop_must(&sh, "backup rehearse %s/kept", dir);
	shop_must(&sh, "restore %s/copy.db", dir);
	umask(old);
	assert_true(private_below(dir) >= 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_are_kept_listed_and_tried_out),
		cmocka_unit_test(what_cannot_be_is_said),
		cmocka_unit_test(a_batch_makes_copies_too),
		cmocka_unit_test(findings_of_a_rehearsal_are_told),
		cmocka_unit_test(what_is_written_is_its_owners_alone),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
