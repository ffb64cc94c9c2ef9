/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "desk.h"

/* The program on every kind of terminal, and what becomes of them at its end.
 */

#define FIRST 4119203366520871001LL
#define ORDER "4119203366520871001"
#define N(a)  (sizeof(a) / sizeof((a)[0]))

static struct shop sh;
static char program[200], ini[200], password[200];

static int
set_up(void **state)
{
	const char *build = getenv("BUILD");

	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 50);
	shop_orders(&sh, "PAN-20", FIRST, 40);
	snprintf(program, sizeof(program), "%s/shopmgr",
	    build != NULL ? build : "build");
	snprintf(ini, sizeof(ini), "%s/matrix.ini", sh.dir);
	snprintf(password, sizeof(password), "%s/password", sh.dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* At the front screen, or wherever it gets to: @settings go into its [ui],
 * @env is set. */
static struct vt *
start(int h, int w, const char *settings, const char *const *env)
{
	const char *argv[] = { program, "-c", ini, "--lang", "en", "--user",
		"owner", "--password-file", password, NULL };
	char text[600];

	snprintf(text, sizeof(text),
	    "[shop]\ndatabase = %s\nexchange = %s\n[ui]\n%s\n", sh.db, sh.dir,
	    settings);
	shop_file(&sh, "matrix.ini", text);
	return vt_spawn_env(h, w, argv, env);
}

static void
at_work(struct vt *vt)
{
	vt_wait(vt, "TO DO", DESK_WAIT);
	vt_wait(vt, "F1 ", DESK_WAIT);
}

static void
is_sane(struct vt *vt)
{
	assert_false(vt_altscreen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_echo(vt));
}

/* Into the remark of the first order, with something typed. */
static void
write_remark(struct vt *vt, const char *text)
{
	vt_type(vt, F2);
	vt_wait(vt, ORDER, DESK_WAIT);
	vt_type(vt, "m");
	vt_wait(vt, "Remark on order", DESK_WAIT);
	vt_type(vt, text);
}

static void
leave_form(struct vt *vt)
{
	vt_type(vt, ESC);
	vt_wait(vt, "Give up what was changed?", DESK_WAIT);
	vt_enter(vt);
	vt_gone(vt, "Remark on order", DESK_WAIT);
}

/* The line of the screen that one is on. */
static int
line_one_is_on(struct vt *vt)
{
	const char *text = vt_text(vt), *mark = strstr(text, "▌");
	int n = 0;

	assert_non_null(mark);
	for (; text < mark; text++)
		n += *text == '\n';
	return n;
}

/* Only where the settings ask for it. */
static void
the_wheel_moves_in_lists(void **state)
{
	static const char *const settings[] = { "mouse = yes", "" };
	const char *env[] = { "TERM=xterm-256color", NULL };
	size_t i;

	(void)state;
	for (i = 0; i < N(settings); i++) {
		struct vt *vt = start(24, 80, settings[i], env);
		int before;

		at_work(vt);
		before = line_one_is_on(vt);
		vt_type(vt, "\033[<65;10;5M");
		/* What comes behind it is there: so is what it did. */
		vt_type(vt, "P");
		vt_wait(vt, "Password now", DESK_WAIT);
		vt_type(vt, ESC);
		vt_gone(vt, "Password now", DESK_WAIT);
		assert_int_equal(line_one_is_on(vt) - before, i == 0 ? 3 : 0);
		desk_leave(vt);
	}
}

/* Kinds of terminals */

static void
every_terminal_shows_its_screens(void **state)
{
	static const struct {
		const char *term, *settings, *no_color;
		int most; /* the highest colour; -1: none at all */
	} kinds[] = {
		{ "TERM=xterm-256color", "theme = dark", "NO_COLOR", 255 },
		{ "TERM=xterm-256color", "theme = light", "NO_COLOR", 255 },
		{ "TERM=xterm-256color", "", "NO_COLOR=1", -1 },
		{ "TERM=xterm-256color", "color = never", "NO_COLOR", -1 },
		{ "TERM=tmux-256color", "", "NO_COLOR", 255 },
		{ "TERM=screen", "theme = dark", "NO_COLOR", 15 },
		{ "TERM=screen", "theme = light", "NO_COLOR", 15 },
		{ "TERM=linux", "", "NO_COLOR", 15 },
		{ "TERM=vt100", "", "NO_COLOR", -1 },
		{ "TERM=xterm", "", "NO_COLOR", 15 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N(kinds); i++) {
		const char *env[] = { kinds[i].term, kinds[i].no_color, NULL };
		struct vt *vt = start(24, 80, kinds[i].settings, env);
		int most;

		at_work(vt);
		vt_type(vt, F2);
		vt_wait(vt, ORDER, DESK_WAIT);
		vt_type(vt, "\033OB"); /* an arrow in keypad mode */
		vt_wait(vt, "F1 Help", DESK_WAIT);
		most = vt_colors(vt);
		if ((most < 0) != (kinds[i].most < 0) || most > kinds[i].most)
			fail_msg("%s, %s, %s: colour %d", kinds[i].term,
			    kinds[i].settings, kinds[i].no_color, most);
		/* Where one is, is seen without colours, too. */
		if (most < 16)
			assert_true(vt_reverse(vt));
		desk_leave(vt);
	}
}

static void
what_is_no_screen_is_refused_politely(void **state)
{
	static const char *const terms[] = { "TERM=dumb", "TERM=no-such-thing",
		"TERM=", "TERM" };
	size_t i;

	(void)state;
	for (i = 0; i < N(terms); i++) {
		const char *env[] = { terms[i], NULL };
		struct vt *vt = start(24, 80, "", env);

		vt_wait(vt, "shopmgr: The terminal", DESK_WAIT);
		vt_wait(vt, "(TERM)", DESK_WAIT);
		assert_int_equal(vt_end(vt, DESK_WAIT), 2);
		is_sane(vt);
		vt_free(vt);
	}
}

static void
every_locale_ends_in_utf8(void **state)
{
	static const char *const sets[][3] = { { "LC_ALL=C", NULL },
		{ "LC_ALL=POSIX", NULL }, { "LC_ALL", "LANG=C", NULL },
		{ "LC_ALL=zh_CN.GBK", NULL }, { "LC_ALL=zh_CN.UTF-8", NULL },
		{ "LC_ALL", "LANG", NULL }, { "LC_ALL=tlh_QO.UTF-9", NULL } };
	size_t i;

	(void)state;
	for (i = 0; i < N(sets); i++) {
		struct vt *vt = start(24, 80, "", sets[i]);

		at_work(vt);
		write_remark(vt, "改发红色，急");
		vt_wait(vt, "改发红色，急", DESK_WAIT);
		leave_form(vt);
		desk_leave(vt);
	}
}

/* Bytes */

/* A terminal set to GBK: nothing is lost but what it meant, and it is told. */
static void
a_terminal_of_another_encoding_is_told_of(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);
	int i;

	(void)state;
	at_work(vt);
	write_remark(vt, "a\xb8\xc4\xb7\xa2"
			 "b\xba\xec\xc9\xab");
	vt_wait(vt, "bytes that are not UTF-8", DESK_WAIT);
	/* Two of the eight bytes happen to be a letter. */
	vt_wait(vt, "a\u0137b\u026b", DESK_WAIT);
	vt_type(vt, "\025c张\xff\xfe\xe5\xbc"
		    "d\xe5");
	vt_type(vt, "e");
	vt_wait(vt, "c张de", DESK_WAIT);
	vt_wait(vt, "bytes that are not UTF-8", DESK_WAIT);
	/* It is said until a key comes that is an answer. */
	for (i = 0; i < 100 && vt_sees(vt, "not UTF-8", 0); i++) {
		vt_type(vt, "\033[C");
		vt_read(vt, 50);
	}
	assert_in_range(i, 1, 99);
	leave_form(vt);
	desk_leave(vt);
}

/* Ctrl-S, -Z, -\, -C, -O, -V, -Y, -D and what else a terminal's own driver
 * would stop, end or swallow. */
static void
keys_of_the_driver_are_keys(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);

	(void)state;
	at_work(vt);
	write_remark(vt, "one");
	vt_type(vt, "\032\034\032\017\026\031\022\024\003");
	/* Ctrl-C is as good as Esc; the undone text came back by Ctrl-Y. */
	vt_wait(vt, "Give up what was changed?", DESK_WAIT);
	vt_type(vt, ESC);
	vt_gone(vt, "Give up what was changed?", DESK_WAIT);
	vt_wait(vt, "one", DESK_WAIT);
	vt_type(vt, " two");
	vt_wait(vt, "one two", DESK_WAIT);
	vt_type(vt, "\023"); /* Ctrl-S saves, and stops nothing */
	vt_wait(vt, "is saved", DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, "TO DO", DESK_WAIT);
	desk_leave(vt);
}

static void
keys_typed_during_the_start_are_played(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);

	(void)state;
	vt_type(vt, F2 DOWN DOWN "m");
	vt_wait(vt, "Remark on order 4119203366520871003", DESK_WAIT);
	vt_type(vt, ESC);
	vt_gone(vt, "Remark on order", DESK_WAIT);
	desk_leave(vt);
}

/* Sizes */

static void
any_size_keeps_what_is_typed(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 10, 2 }, { 200, 60 },
		{ 60, 200 }, { 2, 200 }, { 24, 79 }, { 23, 80 }, { 24, 80 } };
	struct vt *vt = start(24, 80, "", NULL);
	size_t i;
	int n;

	(void)state;
	at_work(vt);
	write_remark(vt, "改发红色");
	for (i = 0; i < N(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] >= 24 && sizes[i][1] >= 80)
			vt_wait(vt, "改发红色", DESK_WAIT);
	}
	for (n = 0; n < 200; n++) {
		vt_resize(vt, 1 + n * 7 % 70, 1 + n * 13 % 210);
		if (n % 20 == 0)
			vt_type(vt, "\177急"); /* a key in the storm */
	}
	vt_resize(vt, 24, 80);
	vt_wait(vt, "Remark on order", DESK_WAIT);
	vt_type(vt, "\027特快");
	vt_wait(vt, "特快", DESK_WAIT);
	leave_form(vt);
	desk_leave(vt);
}

/* Whoever stopped it has used the terminal. */
static void
stopped_and_continued_it_draws_anew(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);

	(void)state;
	at_work(vt);
	write_remark(vt, "one");
	vt_kill(vt, SIGTSTP); /* not taken */
	vt_type(vt, " two");
	vt_wait(vt, "one two", DESK_WAIT);
	vt_kill(vt, SIGSTOP);
	vt_scribble(vt, "$ make\r\n");
	vt_kill(vt, SIGCONT);
	vt_gone(vt, "make", DESK_WAIT);
	vt_wait(vt, "one two", DESK_WAIT);
	assert_false(vt_echo(vt));
	vt_type(vt, " three");
	vt_wait(vt, "one two three", DESK_WAIT);
	leave_form(vt);
	desk_leave(vt);
}

/* Ends */

static void
signals_end_it_with_the_terminal_as_it_was(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT };
	size_t i;

	(void)state;
	for (i = 0; i < N(signals); i++) {
		struct vt *vt = start(24, 80, "", NULL);

		at_work(vt);
		write_remark(vt, "half a remark");
		vt_wait(vt, "half a remark", DESK_WAIT);
		vt_kill(vt, signals[i]);
		assert_int_equal(vt_end(vt, DESK_WAIT), 0);
		is_sane(vt);
		vt_free(vt);
		shop_must(&sh, "verify");
		shop_must(&sh, "show order " ORDER);
		assert_null(strstr(sh.out, "half a remark"));
	}
}

static void
a_closed_window_ends_it(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);

	(void)state;
	at_work(vt);
	write_remark(vt, "half a remark");
	vt_wait(vt, "half a remark", DESK_WAIT);
	assert_int_equal(vt_hang_up(vt, DESK_WAIT), 0);
	vt_free(vt);
	shop_must(&sh, "verify");
	shop_must(&sh, "show order " ORDER);
	assert_null(strstr(sh.out, "half a remark"));
}

/* What the program may use of something, from now on; RLIM_INFINITY: all. */
static void
allow(struct vt *vt, __rlimit_resource_t what, rlim_t most)
{
	struct rlimit limit;

	assert_int_equal(prlimit(vt_pid(vt), what, NULL, &limit), 0);
	limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
	assert_int_equal(prlimit(vt_pid(vt), what, &limit, NULL), 0);
}

static void
a_full_disk_costs_nothing_that_was_typed(void **state)
{
	struct vt *vt = start(24, 80, "", NULL);
	char wal[200];
	struct stat st;

	(void)state;
	at_work(vt);
	write_remark(vt, "改发红色\r急用");
	vt_wait(vt, "急用", DESK_WAIT);
	snprintf(wal, sizeof(wal), "%s-wal", sh.db);
	allow(vt, RLIMIT_FSIZE, stat(wal, &st) == 0 ? (rlim_t)st.st_size : 0);
	vt_type(vt, "\023");
	vt_wait(vt, "The disk is full: nothing was changed", DESK_WAIT);
	vt_wait(vt, "改发红色", DESK_WAIT);
	vt_type(vt, "，谢");
	vt_gone(vt, "The disk is full", DESK_WAIT);
	vt_type(vt, "\023");
	vt_wait(vt, "The disk is full: nothing was changed", DESK_WAIT);
	/* Room was made. */
	allow(vt, RLIMIT_FSIZE, RLIM_INFINITY);
	vt_type(vt, "谢\023");
	vt_wait(vt, "is saved", DESK_WAIT);
	desk_leave(vt);
	shop_must(&sh, "verify");
	shop_must(&sh, "show order " ORDER);
	if (strstr(sh.out, "改发红色 急用，谢谢") == NULL)
		fail_msg("the remark is not there: %s", sh.out);
}

static void
out_of_memory_is_said_on_a_sane_terminal(void **state)
{
#if defined(__SANITIZE_ADDRESS__)
	(void)state;
	skip(); /* its memory is reserved at the start */
#else
	struct vt *vt = start(24, 80, "", NULL);

	(void)state;
	at_work(vt);
	write_remark(vt, "half a remark");
	vt_wait(vt, "half a remark", DESK_WAIT);
	allow(vt, RLIMIT_AS, 4096);
	vt_resize(vt, 400, 500);
	assert_int_equal(vt_end(vt, DESK_WAIT), 3);
	vt_wait(vt, "out of memory. What was saved is safe", DESK_WAIT);
	is_sane(vt);
	vt_free(vt);
	shop_must(&sh, "verify");
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_terminal_shows_its_screens),
		cmocka_unit_test(the_wheel_moves_in_lists),
		cmocka_unit_test(what_is_no_screen_is_refused_politely),
		cmocka_unit_test(every_locale_ends_in_utf8),
		cmocka_unit_test(a_terminal_of_another_encoding_is_told_of),
		cmocka_unit_test(keys_of_the_driver_are_keys),
		cmocka_unit_test(keys_typed_during_the_start_are_played),
		cmocka_unit_test(any_size_keeps_what_is_typed),
		cmocka_unit_test(stopped_and_continued_it_draws_anew),
		cmocka_unit_test(signals_end_it_with_the_terminal_as_it_was),
		cmocka_unit_test(a_closed_window_ends_it),
		cmocka_unit_test(a_full_disk_costs_nothing_that_was_typed),
		cmocka_unit_test(out_of_memory_is_said_on_a_sane_terminal),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
