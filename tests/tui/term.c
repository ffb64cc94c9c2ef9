/* SPDX-License-Identifier: MIT */
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/term.h"
#include "vt.h"

/*
 * The terminal, seen from its other end. This program starts itself with an
 * argument on a pseudo-terminal, and then is a screen that shows what it was
 * given.
 */

#define WAIT 5000 /* ms; far more than it takes */

/* The program on the terminal */

struct toy {
	struct str log;
	unsigned keys, scans;
	struct line line;
	char text[64];
	bool typing;
};

static struct err last;

static const struct err *
last_err(void *app)
{
	(void)app;
	return &last;
}

static int
toy_open(struct screen *sc, const void *arg)
{
	struct toy *toy = sc->state;

	(void)arg;
	toy->log = (struct str)STR_INIT;
	line_init(&toy->line, toy->text, sizeof(toy->text));
	return 0;
}

static void
toy_close(struct screen *sc)
{
	struct toy *toy = sc->state;

	str_done(&toy->log);
	line_done(&toy->line);
}

static int
toy_key(struct screen *sc, const struct key *k)
{
	struct toy *toy = sc->state;
	char name[24];

	if (k->code == KEY_F0 + 5)
		str_cut(&toy->log, 0);
	if (k->code >= KEY_F0 + 5 && k->code <= KEY_F0 + 9)
		return 0;
	toy->keys++;
	toy->scans += k->code == KEY_SCAN;
	if (toy->typing && line_key(&toy->line, k))
		return 1;
	if (k->code == KEY_SCAN)
		str_addf(&toy->log, "scan(%s) ", k->text);
	else if (k->code == KEY_PASTE)
		str_addf(&toy->log, "paste(%s) ", k->text);
	else
		str_addf(&toy->log, "%s ",
		    k->code == UTF8_BAD
			? "bad"
			: key_label(k->code, name, sizeof(name)));
	return 1;
}

static void
toy_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	struct toy *toy = sc->state;
	char text[80];

	canvas_text(c, r.y, r.x, r.w, STYLE_TEXT, toy->log.s);
	snprintf(text, sizeof(text), "%u keys, %u scans; %d x %d; wide %d",
	    toy->keys, toy->scans, r.h, r.w, width_ambiguous);
	canvas_text(c, r.y + 1, r.x, r.w, STYLE_WARN, text);
	canvas_text(c, r.y + 2, r.x, r.w, STYLE_TEXT,
	    "张三丰|e\xcc\x81|“新品”|𬭎|");
	line_draw(&toy->line, c, r.y + 3, r.x, 20, toy->typing);
	canvas_right(c, r.y + r.h - 1, r.x, r.w, STYLE_TEXT, "角落");
}

static int
do_type(struct screen *sc)
{
	struct toy *toy = sc->state;

	toy->typing = !toy->typing;
	return 0;
}

/* Busy until Esc; what is typed meanwhile is not lost. */
static int
do_work(struct screen *sc)
{
	int64_t i;

	for (i = 0; !ui_progress(sc->ui, "Importing", i % 100, 100); i++)
		;
	ui_say(sc->ui, "Stopped.");
	return 0;
}

static int
do_crash(struct screen *sc)
{
	(void)sc;
	raise(SIGSEGV);
	return 0;
}

static int
do_starve(struct screen *sc)
{
	(void)sc;
	free(xmalloc(SIZE_MAX / 2));
	return 0;
}

static const struct cmd cmds[] = {
	{ "type", "F6", N_("Type"), N_("Into a line"), 0, 0, do_type },
	{ "work", "F7", N_("Work"), N_("For long"), 0, 0, do_work },
	{ "crash", "F8", N_("Crash"), N_("By a signal"), 0, 0, do_crash },
	{ "starve", "F9", N_("Starve"), N_("Of memory"), 0, 0, do_starve },
	{ .name = NULL },
};

static const struct screen_ops toy_screen = { .name = "toy",
	.title = N_("Toy"),
	.cmds = cmds,
	.size = sizeof(struct toy),
	.open = toy_open,
	.close = toy_close,
	.key = toy_key,
	.draw = toy_draw };
static const struct screen_ops *const all[] = { &toy_screen, NULL };

static int
toy_main(int argc, char **argv)
{
	struct term_opts opts = { .theme = "dark",
		.color = true,
		.esc_ms = 50,
		.scan_ms = 30,
		.ambiguous = "auto" };
	const struct ui_host host = { .err = last_err };
	struct ui_port port;
	struct ui *ui;
	int h, w, rc;

	i18n_init("en");
	if (argc > 2)
		setenv("TERM", argv[2], 1);
	if (argc > 3)
		opts.ambiguous = argv[3];
	if (term_start(&opts, &port, &h, &w, &last) < 0) {
		fprintf(stderr, "%s\n", last.text);
		return 3;
	}
	ui = ui_new(&host, &port, all, h, w);
	rc = ui_run(ui);
	ui_free(ui);
	term_stop();
	if (term_ended())
		puts("Ended.");
	puts("The end.");
	return rc;
}

/* The tests */

static struct vt *
start(const char *name, const char *ambiguous)
{
	const char *argv[] = { "/proc/self/exe", "toy", name, ambiguous, NULL };
	struct vt *vt = vt_spawn(24, 80, argv);

	vt_wait(vt, "0 keys", WAIT);
	return vt;
}

static void
screen_and_sane_terminal_afterwards(struct vt *vt)
{
	assert_false(vt_altscreen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_echo(vt));
}

static void
it_starts_and_ends_cleanly(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	assert_true(vt_altscreen(vt));
	assert_false(vt_echo(vt));
	vt_wait(vt, "张三丰|e\xcc\x81|“新品”|𬭎|", WAIT);
	vt_wait(vt, "角落", WAIT);
	vt_wait(vt, "wide 1", WAIT);
	vt_type(vt, "\021"); /* Ctrl-Q: this screen takes letters itself */
	vt_wait(vt, "Ctrl-Q", WAIT);
	vt_kill(vt, SIGTERM);
	assert_int_equal(vt_end(vt, WAIT), 0);
	vt_read(vt, 100);
	assert_non_null(strstr(vt_text(vt), "Ended.\nThe end."));
	screen_and_sane_terminal_afterwards(vt);
	vt_free(vt);
}

/* Where there is no second screen, what stood there does not stay. */
static void
nothing_is_left_to_be_read(void **state)
{
	struct vt *vt = start("vt100", "auto");

	(void)state;
	vt_wait(vt, "张三丰", WAIT);
	vt_kill(vt, SIGTERM);
	assert_int_equal(vt_end(vt, WAIT), 0);
	vt_read(vt, 100);
	assert_non_null(strstr(vt_text(vt), "The end."));
	assert_null(strstr(vt_text(vt), "张三丰"));
	vt_free(vt);
}

/* Also those that come while the terminal is being asked for its widths. */
static void
keys_typed_ahead_are_played(void **state)
{
	const char *argv[] = { "/proc/self/exe", "toy", NULL };
	struct vt *vt = vt_spawn(24, 80, argv);
	int i;

	(void)state;
	for (i = 0; i < 60; i++) {
		vt_type(vt, i % 10 < 9 ? "z" : "\033[A");
		vt_read(vt, 1);
	}
	vt_wait(vt, "60 keys", WAIT);
	vt_free(vt);
}

static void
function_keys_of_all_kinds(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "\033[A\033OA\033[D\033OC\033[H\033[4~\033[5~\033[6~");
	vt_wait(vt, "Up Up Left Right Home End PgUp PgDn", WAIT);
	vt_type(vt, "\033[15~"); /* F5: clear */
	vt_type(vt, "\033OP\033[11~\033[24~\033[Z\033[3~\177\t\r");
	vt_wait(vt, "F1 F1 F12 Shift-Tab Del Backspace Tab Enter", WAIT);
	vt_type(vt, "\033[15~\003\001h");
	vt_wait(vt, "Esc Ctrl-A h", WAIT);
	vt_type(vt, "\033[15~\033");
	vt_wait(vt, "Esc", WAIT);
	vt_free(vt);
}

static void
chinese_and_bad_bytes(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "锅\xff"
		    "a\xe5"
		    "b\xce\xd2"
		    "c");
	vt_wait(vt, "锅 bad a bad b bad", WAIT);
	vt_wait(vt, "c", WAIT);
	vt_type(vt, "\033[15~\033[17~"); /* F5, F6: type */
	vt_type(vt, "张三丰a\033[D\033[D李");
	vt_wait(vt, "张三李丰a", WAIT);
	vt_free(vt);
}

static void
scans_and_pastes(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "6901234567892\r");
	vt_wait(vt, "scan(6901234567892)", WAIT);
	vt_type(vt, "\033[15~\033[200~6901234567892\rxyz\r\033[201~");
	vt_wait(vt, "paste(6901234567892 xyz )", WAIT);
	vt_free(vt);
}

static void
no_scan_is_lost(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");
	char codes[17 * 100 + 1], want[32];
	int i, n;

	(void)state;
	for (n = 0; n < 1000; n += 100) {
		for (i = 0; i < 100; i++)
			snprintf(
			    codes + i * 17, 18, "\033[15~SF%08d\rx", n + i);
		vt_type(vt, codes);
		vt_read(vt, 0);
		if (n == 500)
			vt_resize(vt, 30, 100);
	}
	snprintf(want, sizeof(want), "%d keys, %d scans", 2000, 1000);
	vt_wait(vt, want, WAIT);
	vt_free(vt);
}

static void
resizes_are_followed(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");
	int i;

	(void)state;
	vt_resize(vt, 40, 132);
	vt_wait(vt, "36 x 132", WAIT);
	vt_resize(vt, 10, 30);
	vt_wait(vt, "Make it larger", WAIT);
	for (i = 0; i < 50; i++)
		vt_resize(vt, 1 + i, 1 + i * 7 % 200);
	vt_resize(vt, 24, 80);
	vt_wait(vt, "20 x 80", WAIT);
	vt_wait(vt, "角落", WAIT);
	vt_free(vt);
}

static void
long_work_is_stopped_and_keys_are_kept(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "\033[18~"); /* F7 */
	vt_wait(vt, "Importing", WAIT);
	vt_type(vt, "ab");
	vt_type(vt, "\003"); /* as good as Esc */
	vt_type(vt, "c");
	vt_wait(vt, "a b c", WAIT);
	vt_free(vt);
}

static void
sent_signals_end_it(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct vt *vt = start("xterm-256color", "auto");

		vt_kill(vt, signals[i]);
		assert_int_equal(vt_end(vt, WAIT), 0);
		vt_read(vt, 100);
		screen_and_sane_terminal_afterwards(vt);
		vt_free(vt);
	}
}

static void
a_signal_ends_long_work_too(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "\033[18~");
	vt_wait(vt, "Importing", WAIT);
	vt_kill(vt, SIGTERM);
	assert_int_equal(vt_end(vt, WAIT), 0);
	vt_free(vt);
}

/* Without vt.h: the other end is closed, as when a window is. */
static void
a_closed_terminal_ends_it(void **state)
{
	char byte;
	int fd, status = -1;
	pid_t pid = forkpty(&fd, NULL, NULL, NULL);

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execl(
		    "/proc/self/exe", "toy", "toy", "xterm", "1", (char *)NULL);
		_exit(9);
	}
	/* It has begun to draw. */
	assert_int_equal(read(fd, &byte, 1), 1);
	close(fd);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
a_crash_leaves_the_terminal_usable(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");

	(void)state;
	vt_type(vt, "\033[19~"); /* F8 */
	assert_int_not_equal(vt_end(vt, WAIT), 0);
	vt_wait(vt, "What was saved is safe.", WAIT);
	screen_and_sane_terminal_afterwards(vt);
	vt_free(vt);
}

static void
no_memory_leaves_the_terminal_usable(void **state)
{
	struct vt *vt;

	(void)state;
	setenv("ASAN_OPTIONS", "allocator_may_return_null=1", 1);
	vt = start("xterm-256color", "auto");
	unsetenv("ASAN_OPTIONS");
	vt_type(vt, "\033[20~"); /* F9 */
	assert_int_not_equal(vt_end(vt, WAIT), 0);
	vt_read(vt, 100);
	screen_and_sane_terminal_afterwards(vt);
	vt_free(vt);
}

static void
little_is_sent_for_a_key(void **state)
{
	struct vt *vt = start("xterm-256color", "auto");
	long before;

	(void)state;
	before = vt_bytes(vt);
	vt_type(vt, "h");
	vt_wait(vt, "1 keys", WAIT);
	assert_in_range(vt_bytes(vt) - before, 1, 400);
	vt_free(vt);
}

static void
other_terminals(void **state)
{
	static const char *const names[] = { "vt100", "linux", "screen",
		"tmux-256color", "xterm" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct vt *vt = start(names[i], "1");

		vt_type(vt, "\033[Ah");
		vt_wait(vt, "Up h", WAIT);
		vt_free(vt);
	}
}

static void
a_terminal_set_to_wide(void **state)
{
	struct vt *vt = start("xterm-256color", "2");

	(void)state;
	vt_wait(vt, "wide 2", WAIT);
	/* Rules and marks are ASCII then. */
	vt_wait(vt, "----------", WAIT);
	vt_free(vt);
}

static void
an_unknown_terminal_is_told(void **state)
{
	const char *argv[] = { "/proc/self/exe", "toy", "no-such-thing", NULL };
	struct vt *vt = vt_spawn(24, 80, argv);

	(void)state;
	vt_wait(vt, "The terminal \"no-such-thing\" (TERM) is not known", WAIT);
	assert_int_equal(vt_end(vt, WAIT), 3);
	vt_free(vt);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_starts_and_ends_cleanly),
		cmocka_unit_test(nothing_is_left_to_be_read),
		cmocka_unit_test(keys_typed_ahead_are_played),
		cmocka_unit_test(function_keys_of_all_kinds),
		cmocka_unit_test(chinese_and_bad_bytes),
		cmocka_unit_test(scans_and_pastes),
		cmocka_unit_test(no_scan_is_lost),
		cmocka_unit_test(resizes_are_followed),
		cmocka_unit_test(long_work_is_stopped_and_keys_are_kept),
		cmocka_unit_test(sent_signals_end_it),
		cmocka_unit_test(a_signal_ends_long_work_too),
		cmocka_unit_test(a_closed_terminal_ends_it),
		cmocka_unit_test(a_crash_leaves_the_terminal_usable),
		cmocka_unit_test(no_memory_leaves_the_terminal_usable),
		cmocka_unit_test(little_is_sent_for_a_key),
		cmocka_unit_test(other_terminals),
		cmocka_unit_test(a_terminal_set_to_wide),
		cmocka_unit_test(an_unknown_terminal_is_told),
	};

	if (argc > 1)
		return toy_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
