/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "vt.h"

struct vt {
	VTerm *term;
	VTermScreen *screen;
	int fd, h, w;
	pid_t pid;
	bool ended, altscreen, cursor;
	int status;
	long bytes, bells;
	struct str text;
};

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int
on_prop(VTermProp prop, VTermValue *val, void *arg)
{
	struct vt *vt = arg;

	if (prop == VTERM_PROP_ALTSCREEN)
		vt->altscreen = val->boolean != 0;
	if (prop == VTERM_PROP_CURSORVISIBLE)
		vt->cursor = val->boolean != 0;
	return 1;
}

static int
on_bell(void *arg)
{
	struct vt *vt = arg;

	vt->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_prop,
	.bell = on_bell,
};

/* A terminal answers when it is asked (the width of a character, say). */
static void
on_answer(const char *s, size_t len, void *arg)
{
	struct vt *vt = arg;

	if (write(vt->fd, s, len) < 0 && errno != EIO)
		fail_msg("the pseudo-terminal does not take an answer");
}

static void
set_environment(const char *const *env)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "Asia/Shanghai", 1);
	setenv("ESCDELAY", "50", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	unsetenv("NO_COLOR");
	for (; env != NULL && *env != NULL; env++) {
		char *name = xstrdup(*env), *value = strchr(name, '=');

		if (value != NULL)
			*value++ = '\0';
		if (value != NULL)
			setenv(name, value, 1);
		else
			unsetenv(name);
		free(name);
	}
}

static _Noreturn void
child(const char *const *argv, const char *const *env)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };
	union {
		const char *const *in;
		char *const *out;
	} args = { .in = argv };

	/* A test runner may have these ignored. */
	sigaction(SIGWINCH, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	set_environment(env);
	execv(argv[0], args.out);
	perror(argv[0]);
	_exit(127);
}

struct vt *
vt_spawn(int h, int w, const char *const *argv)
{
	return vt_spawn_env(h, w, argv, NULL);
}

struct vt *
vt_spawn_env(int h, int w, const char *const *argv, const char *const *env)
{
	struct vt *vt = xcalloc(1, sizeof(*vt));
	struct winsize ws = { .ws_row = (unsigned short)h,
		.ws_col = (unsigned short)w };

	*vt = (struct vt){ .h = h, .w = w, .text = STR_INIT, .cursor = true };
	vt->term = vterm_new(h, w);
	vterm_set_utf8(vt->term, 1);
	vterm_output_set_callback(vt->term, on_answer, vt);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_reset(vt->screen, 1);
	vt->pid = forkpty(&vt->fd, NULL, NULL, &ws);
	if (vt->pid < 0)
		fail_msg("forkpty: %s", strerror(errno));
	if (vt->pid == 0)
		child(argv, env);
	fcntl(vt->fd, F_SETFL, O_NONBLOCK);
	fcntl(vt->fd, F_SETFD, FD_CLOEXEC);
	return vt;
}

static bool
reap(struct vt *vt, int options)
{
	int status;

	if (!vt->ended && waitpid(vt->pid, &status, options) == vt->pid) {
		vt->ended = true;
		vt->status = WIFEXITED(status) ? WEXITSTATUS(status)
					       : 128 + WTERMSIG(status);
	}
	return vt->ended;
}

void
vt_free(struct vt *vt)
{
	if (vt == NULL)
		return;
	if (!reap(vt, WNOHANG)) {
		kill(vt->pid, SIGKILL);
		reap(vt, 0);
	}
	if (vt->fd >= 0)
		close(vt->fd);
	vterm_free(vt->term);
	str_done(&vt->text);
	free(vt);
}

/* Returns whether there was anything. */
static bool
take_in(struct vt *vt, int ms)
{
	struct pollfd p = { .fd = vt->fd, .events = POLLIN };
	char buf[16384];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(vt->fd, buf, sizeof(buf));
	if (n <= 0)
		return false;
	vt->bytes += n;
	vterm_input_write(vt->term, buf, (size_t)n);
	return true;
}

void
vt_read(struct vt *vt, int ms)
{
	while (take_in(vt, ms))
		ms = 0;
}

#define WATCHED 24 /* bytes: less than a frame */

void
vt_watch(struct vt *vt, int ms, void (*look)(void *arg), void *arg)
{
	struct pollfd p = { .fd = vt->fd, .events = POLLIN };
	char buf[16384];
	ssize_t n, at;

	if (poll(&p, 1, ms) <= 0)
		return;
	n = read(vt->fd, buf, sizeof(buf));
	for (at = 0; at < n; at += WATCHED) {
		size_t some = (size_t)(n - at < WATCHED ? n - at : WATCHED);

		vt->bytes += (long)some;
		vterm_input_write(vt->term, buf + at, some);
		look(arg);
	}
}

size_t
vt_put(struct vt *vt, const char *keys, size_t len)
{
	ssize_t n = write(vt->fd, keys, len);

	if (n < 0 && errno != EAGAIN)
		fail_msg("the program takes no keys:\n%s", vt_text(vt));
	return n > 0 ? (size_t)n : 0;
}

void
vt_type(struct vt *vt, const char *keys)
{
	size_t len = strlen(keys);
	ssize_t n;

	while (len > 0) {
		struct pollfd p = { .fd = vt->fd, .events = POLLIN | POLLOUT };

		/* The program may wait for us to read, while we write. */
		if (poll(&p, 1, 10000) <= 0)
			fail_msg("the program takes no keys:\n%s", vt_text(vt));
		if ((p.revents & POLLIN) != 0)
			take_in(vt, 0);
		if ((p.revents & POLLOUT) == 0) {
			if ((p.revents & (POLLHUP | POLLERR)) != 0)
				fail_msg("the program ended:\n%s", vt_text(vt));
			continue;
		}
		n = write(vt->fd, keys, len);
		if (n < 0 && errno != EAGAIN)
			fail_msg("the program takes no keys:\n%s", vt_text(vt));
		if (n > 0) {
			keys += n;
			len -= (size_t)n;
		}
	}
}

void
vt_enter(struct vt *vt)
{
	int64_t end = now_ms() + 80, left;

	while ((left = end - now_ms()) > 0)
		take_in(vt, (int)left);
	vt_type(vt, "\r");
}

static void
add_row(struct vt *vt, int row)
{
	VTermScreenCell cell;
	char utf8[4];
	size_t end = vt->text.len;

	for (int col = 0; col < vt->w; col++) {
		VTermPos pos = { .row = row, .col = col };

		vterm_screen_get_cell(vt->screen, pos, &cell);
		if (cell.chars[0] == (uint32_t)-1)
			continue; /* the right half of a wide one */
		if (cell.chars[0] == 0) {
			str_addc(&vt->text, ' ');
			continue;
		}
		for (int i = 0;
		     i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			str_addn(
			    &vt->text, utf8, utf8_encode(cell.chars[i], utf8));
		if (cell.chars[0] != ' ')
			end = vt->text.len;
	}
	str_cut(&vt->text, end);
	str_addc(&vt->text, '\n');
}

const char *
vt_text(struct vt *vt)
{
	str_cut(&vt->text, 0);
	for (int row = 0; row < vt->h; row++)
		add_row(vt, row);
	return vt->text.s;
}

const char *
vt_row(struct vt *vt, int row)
{
	str_cut(&vt->text, 0);
	add_row(vt, row);
	return vt->text.s;
}

static bool
until(struct vt *vt, const char *text, int ms, bool there)
{
	int64_t end = now_ms() + ms, left;

	for (;;) {
		vt_read(vt, 0);
		if ((strstr(vt_text(vt), text) != NULL) == there)
			return true;
		left = end - now_ms();
		if (left <= 0)
			return false;
		/* A program that ended writes no more. */
		if (!take_in(vt, left < 20 ? (int)left : 20) &&
		    reap(vt, WNOHANG) && !take_in(vt, 0))
			return (strstr(vt_text(vt), text) != NULL) == there;
	}
}

bool
vt_sees(struct vt *vt, const char *text, int ms)
{
	return until(vt, text, ms, true);
}

/* cmocka cuts what is longer than a line or two. */
static void
print_screen(struct vt *vt)
{
	fputs(vt_text(vt), stderr);
}

void
vt_wait(struct vt *vt, const char *text, int ms)
{
	if (until(vt, text, ms, true))
		return;
	print_screen(vt);
	fail_msg("\"%s\" did not come in %d ms%s", text, ms,
	    vt->ended ? " (the program ended)" : "");
}

void
vt_gone(struct vt *vt, const char *text, int ms)
{
	if (until(vt, text, ms, false))
		return;
	print_screen(vt);
	fail_msg("\"%s\" stayed for %d ms", text, ms);
}

void
vt_resize(struct vt *vt, int h, int w)
{
	struct winsize ws = { .ws_row = (unsigned short)h,
		.ws_col = (unsigned short)w };

	vt_read(vt, 0);
	/* libvterm falls over a wide character on a screen of one column. */
	vt->h = h;
	vt->w = w > 1 ? w : 2;
	vterm_set_size(vt->term, vt->h, vt->w);
	if (ioctl(vt->fd, TIOCSWINSZ, &ws) != 0)
		fail_msg("TIOCSWINSZ: %s", strerror(errno));
}

void
vt_cursor(struct vt *vt, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
	*row = pos.row;
	*col = pos.col;
}

bool
vt_altscreen(struct vt *vt)
{
	return vt->altscreen;
}

bool
vt_cursor_visible(struct vt *vt)
{
	return vt->cursor;
}

bool
vt_echo(struct vt *vt)
{
	struct termios t;

	return tcgetattr(vt->fd, &t) == 0 && (t.c_lflag & ECHO) != 0 &&
	       (t.c_lflag & ICANON) != 0;
}

long
vt_bells(struct vt *vt)
{
	return vt->bells;
}

long
vt_bytes(struct vt *vt)
{
	return vt->bytes;
}

pid_t
vt_pid(struct vt *vt)
{
	return vt->pid;
}

void
vt_kill(struct vt *vt, int sig)
{
	kill(vt->pid, sig);
}

int
vt_end(struct vt *vt, int ms)
{
	int64_t end = now_ms() + ms;

	while (!reap(vt, WNOHANG)) {
		if (now_ms() > end)
			fail_msg("the program did not end in %d ms:\n%s", ms,
			    vt_text(vt));
		take_in(vt, 5);
	}
	vt_read(vt, 0);
	return vt->status;
}

void
vt_scribble(struct vt *vt, const char *text)
{
	struct termios t;

	vt_read(vt, 0);
	vterm_input_write(vt->term, text, strlen(text));
	/* And leaves the modes that shells like. */
	if (tcgetattr(vt->fd, &t) == 0) {
		t.c_lflag |= ECHO | ICANON;
		tcsetattr(vt->fd, TCSANOW, &t);
	}
}

int
vt_hang_up(struct vt *vt, int ms)
{
	int64_t end = now_ms() + ms;
	struct timespec pause = { .tv_nsec = 2000000 };

	close(vt->fd);
	vt->fd = -1;
	while (!reap(vt, WNOHANG)) {
		if (now_ms() > end)
			fail_msg("the program did not end in %d ms", ms);
		nanosleep(&pause, NULL);
	}
	return vt->status;
}

static int
color_number(const VTermColor *color, bool own)
{
	if (own)
		return -1;
	return VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : 256;
}

int
vt_colors(struct vt *vt)
{
	VTermScreenCell cell;
	VTermPos pos;
	int most = -1;

	for (pos.row = 0; pos.row < vt->h; pos.row++) {
		for (pos.col = 0; pos.col < vt->w; pos.col++) {
			int fg, bg;

			vterm_screen_get_cell(vt->screen, pos, &cell);
			fg = color_number(
			    &cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
			bg = color_number(
			    &cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
			most = fg > most ? fg : most;
			most = bg > most ? bg : most;
		}
	}
	return most;
}

bool
vt_reverse(struct vt *vt)
{
	VTermScreenCell cell;
	VTermPos pos;

	for (pos.row = 0; pos.row < vt->h; pos.row++) {
		for (pos.col = 0; pos.col < vt->w; pos.col++) {
			vterm_screen_get_cell(vt->screen, pos, &cell);
			if (cell.attrs.reverse)
				return true;
		}
	}
	return false;
}
