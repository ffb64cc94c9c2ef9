/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

/* The program and its terminal: sizes, signals, languages, ends. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 50);
	shop_orders(&sh, "PAN-20", FIRST, 40);
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
follows_the_size(void **state)
{
	static const int sizes[][2] = { { 40, 120 }, { 24, 80 }, { 10, 40 },
		{ 1, 1 }, { 60, 200 }, { 24, 80 } };
	struct vt *vt = desk_at_work(&sh, "en", "owner");

	(void)state;
	vt_type(vt, F2);
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] >= 24)
			vt_wait(vt, "Orders", DESK_WAIT);
		else if (sizes[i][0] > 1)
			vt_wait(vt, "10 lines of 40", DESK_WAIT);
	}
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	vt_wait(vt, "F1 Help", DESK_WAIT);
	/* A storm, as a window manager makes it. */
	for (int i = 0; i < 200; i++)
		vt_resize(vt, 20 + i % 30, 60 + i % 100);
	vt_resize(vt, 24, 80);
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	vt_wait(vt, "F1 Help", DESK_WAIT);
	desk_leave(vt);
}

static void
speaks_both_languages(void **state)
{
	struct vt *vt = desk_at_work(&sh, "en", "owner");

	(void)state;
	vt_wait(vt, "To ship", DESK_WAIT);
	vt_type(vt, "\024");
	vt_wait(vt, "待发货", DESK_WAIT);
	vt_type(vt, "\024");
	vt_wait(vt, "To ship", DESK_WAIT);
	desk_leave(vt);
}

static void
ends_by(int sig)
{
	struct vt *vt = desk_at_work(&sh, "en", "owner");

	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	assert_true(vt_altscreen(vt));
	vt_kill(vt, sig);
	(void)vt_end(vt, DESK_WAIT);
	assert_false(vt_altscreen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_echo(vt));
	vt_free(vt);
}

static void
signals_leave_a_sane_terminal(void **state)
{
	(void)state;
	ends_by(SIGTERM);
	ends_by(SIGHUP);
}

/* Half-packed goods are nobody's: what was not shipped is as before. */
static void
killed_and_started_again(void **state)
{
	struct vt *vt = desk_at_work(&sh, "en", "clerk");

	(void)state;
	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	vt_type(vt, "4119203366520871005" ENTER);
	vt_wait(vt, "Scan the goods", DESK_WAIT);
	vt_type(vt, "6901234567892" ENTER);
	vt_wait(vt, "Complete.", DESK_WAIT);
	vt_kill(vt, SIGKILL);
	assert_int_equal(vt_end(vt, DESK_WAIT), 128 + SIGKILL);
	vt_free(vt);
	shop_must(&sh, "verify");

	vt = desk_at_work(&sh, "en", "clerk");
	vt_type(vt, F3);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	vt_type(vt, "4119203366520871005" ENTER);
	vt_wait(vt, "0 / 1", DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, "Scan the order", DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, "TO DO", DESK_WAIT);
	desk_leave(vt);
}

/* Bytes of another encoding and broken sequences do not stop the keys. */
static void
bad_bytes_do_no_harm(void **state)
{
	struct vt *vt = desk_at_work(&sh, "en", "owner");

	(void)state;
	vt_type(vt, F2);
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	vt_type(vt, "/");
	vt_wait(vt, "Find", DESK_WAIT);
	vt_type(vt, "\xff\xe5\xd5\xc5\xc8\xfd\x80\xfe\033[\033[999~\033[M");
	vt_type(vt, "\025zsf");
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	desk_leave(vt);
}

static void
wrong_settings_are_told_before(void **state)
{
	char ini[200];

	(void)state;
	snprintf(ini, sizeof(ini), "%s",
	    shop_file(&sh, "bad.ini", "[ui]\nlang = klingon\n"));
	assert_int_equal(shop_run(&sh, "-c %s list orders", ini), 2);
	assert_non_null(strstr(sh.err, "bad.ini, line 2"));
	assert_non_null(strstr(sh.err, "lang"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_the_size),
		cmocka_unit_test(speaks_both_languages),
		cmocka_unit_test(signals_leave_a_sane_terminal),
		cmocka_unit_test(killed_and_started_again),
		cmocka_unit_test(bad_bytes_do_no_harm),
		cmocka_unit_test(wrong_settings_are_told_before),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
