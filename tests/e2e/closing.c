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

#include "desk.h"

/* What happens when the last one leaves the shop. */

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 50);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static long long
copies(void)
{
	long long n = 0;

	shop_must(&sh, "--format csv backup list %s/kept", sh.dir);
	for (const char *p = sh.out; (p = strstr(p, ".db,")) != NULL; p++)
		n++;
	return n;
}

/* Leaves, and sees @text before the program has ended; NULL: none of it. */
static void
leave(struct vt *vt, const char *text)
{
	vt_type(vt, "\021");
	if (text != NULL)
		vt_wait(vt, text, DESK_WAIT);
	assert_int_equal(vt_end(vt, DESK_WAIT), 0);
	if (text == NULL && strstr(vt_text(vt), "copy") != NULL)
		fail_msg("a copy:\n%s", vt_text(vt));
	assert_true(vt_echo(vt));
	vt_free(vt);
}

static void
the_last_one_out_leaves_a_copy(void **state)
{
	struct vt *a, *b;

	(void)state;
	/* Nobody asked for it. */
	leave(desk_at_work(&sh, "en", "clerk"), NULL);
	shop_must(&sh, "setting backup_dir %s/kept", sh.dir);
	/* Not the last one. The clerk may make no backups: the shop does. */
	a = desk_at_work(&sh, "en", "owner");
	b = desk_at_work(&sh, "en", "clerk");
	leave(a, NULL);
	leave(b, "The copy /");
	assert_int_equal(copies(), 1);
	shop_must(&sh, "--format csv audit list --op backup");
	assert_non_null(strstr(sh.out, ",,backup,shop,"));
	/* Not again on the same day. */
	leave(desk_at_work(&sh, "en", "clerk"), NULL);
	assert_int_equal(copies(), 1);
	shop_must(&sh, "backup rehearse %s/kept", sh.dir);
}

static void
a_copy_that_fails_is_told(void **state)
{
	(void)state;
	shop_must(&sh, "setting backup_dir %s/kept-not/there", sh.dir);
	leave(desk_at_work(&sh, "en", "clerk"), "no copy was made: Cannot");
	shop_must(&sh, "setting backup_dir ''");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_one_out_leaves_a_copy),
		cmocka_unit_test(a_copy_that_fails_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
