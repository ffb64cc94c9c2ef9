/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/term.h"
#include "shopmgr/tui/theme.h"

#include "input.h"
#include "probe.h"
#include "signals.h"
#include "term_keys.h"

/* curses.h takes some of our names. */
enum { OUR_F0 = KEY_F0 };

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

#define MS         INT64_C(1000000)
#define EXTRA      0x1000 /* term_keys[], beyond the keys of ncurses */
#define PASTE_SET  "\033[?2004h"
#define PASTE_STOP "\033[?2004l"

static struct {
	bool on;
	SCREEN *screen;
	struct input input;
	char *text;                 /* of the key handed out last */
	unsigned char pending[512]; /* read before ncurses could */
	size_t npending, at_pending;
	int empty_reads;
	bool gone; /* the terminal */
	bool ended;
	attr_t attr[STYLE_MAX];
	short pair[STYLE_MAX];
	struct cell *shown; /* what the terminal shows */
	int h, w;           /* of shown; 0: not to be trusted */
	struct termios saved;
	char restore[512]; /* what a crash writes */
	size_t nrestore;
} term;

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Keys */

static const struct {
	int theirs;
	uint32_t ours;
} key_map[] = {
	{ KEY_UP, KEY_UP_ },
	{ KEY_DOWN, KEY_DOWN_ },
	{ KEY_LEFT, KEY_LEFT_ },
	{ KEY_RIGHT, KEY_RIGHT_ },
	{ KEY_HOME, KEY_HOME_ },
	{ KEY_END, KEY_END_ },
	{ KEY_PPAGE, KEY_PGUP },
	{ KEY_NPAGE, KEY_PGDN },
	{ KEY_IC, KEY_INS },
	{ KEY_DC, KEY_DEL },
	{ KEY_BACKSPACE, KEY_BACK },
	{ KEY_ENTER, KEY_ENTER_ },
	{ KEY_BTAB, KEY_BACKTAB },
};

static void
define_keys(void)
{
	int i;

	for (i = 0; term_keys[i].bytes != NULL; i++)
		define_key(term_keys[i].bytes, EXTRA + i);
}

#define WHEEL 3 /* rows a notch */

static void
mouse(int64_t at)
{
	MEVENT e;
	int i;

	if (getmouse(&e) != OK)
		return;
	if (e.bstate & BUTTON1_PRESSED)
		input_click(&term.input, e.y, e.x, at);
	for (i = 0; i < WHEEL; i++) {
		if (e.bstate & BUTTON4_PRESSED)
			input_key(&term.input, KEY_UP_, at);
		if (e.bstate & BUTTON5_PRESSED)
			input_key(&term.input, KEY_DOWN_, at);
	}
}

static void
extra_key(uint32_t key, int64_t at)
{
	if (key == TERM_PASTE_ON || key == TERM_PASTE_OFF)
		input_paste(&term.input, key == TERM_PASTE_ON, at);
	else
		input_key(&term.input, key, at);
}

static void
function_key(int code, int64_t at)
{
	size_t i;

	if (code == KEY_MOUSE) {
		mouse(at);
		return;
	}
	if (code >= EXTRA) {
		extra_key(term_keys[code - EXTRA].key, at);
		return;
	}
	if (code >= KEY_F(1) && code <= KEY_F(12)) {
		input_key(
		    &term.input, OUR_F0 + (uint32_t)(code - KEY_F(0)), at);
		return;
	}
	for (i = 0; i < N(key_map); i++) {
		if (key_map[i].theirs == code)
			input_key(&term.input, key_map[i].ours, at);
	}
}

/* Bytes that came while the terminal was being asked go first. ncurses would
 * not look for function keys among those, so it is done here. */
static int
pending_code(void)
{
	const unsigned char *from = term.pending + term.at_pending;
	const struct term_key *k =
	    term_key_at(from, term.npending - term.at_pending);

	term.at_pending += k != NULL ? strlen(k->bytes) : 1;
	return k != NULL ? EXTRA + (int)(k - term_keys) : from[0];
}

static int
next_code(void)
{
	return term.at_pending < term.npending ? pending_code() : getch();
}

/* Takes in all there is; returns how many. */
static int
drain(void)
{
	int64_t at = time_ticks();
	int code, n = 0;

	while ((code = next_code()) != ERR) {
		n++;
		if (code == KEY_RESIZE)
			continue;
		if (code < 256)
			input_byte(&term.input, (unsigned char)code, at);
		else
			function_key(code, at);
	}
	return n;
}

/* Waits for input, a signal or the time; then takes in what there is. */
static void
listen(int64_t ns)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	struct timespec ts = { .tv_sec = (time_t)(ns / (1000 * MS)),
		.tv_nsec = (long)(ns % (1000 * MS)) };
	int rc = 0;

	if (term.npending == term.at_pending)
		rc = ppoll(&p, 1, &ts, signals_wait_mask());
	if (rc < 0)
		return; /* a signal */
	if (drain() > 0)
		term.empty_reads = 0;
	else if (rc > 0 && ((p.revents & (POLLHUP | POLLERR | POLLNVAL)) ||
			       ++term.empty_reads > 2))
		term.gone = true;
	input_tick(&term.input, time_ticks());
}

static void
forget_shown(void)
{
	free(term.shown);
	term.shown = NULL;
	term.h = term.w = 0;
}

static void
size_now(int *h, int *w)
{
	struct winsize ws;

	*h = LINES;
	*w = COLS;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0) {
		*h = ws.ws_row;
		*w = ws.ws_col;
	}
}

static void
send_now(const char *bytes)
{
	fputs(bytes, stdout);
	fflush(stdout);
}

static void
resized(struct key *out)
{
	if (signals_back) {
		reset_prog_mode();
		send_now(PASTE_SET);
	}
	signals_resized = signals_back = 0;
	*out = (struct key){ .code = KEY_RESIZE_, .at = time_ticks() };
	size_now(&out->h, &out->w);
	/* ncurses does not survive it when there is no memory for its windows:
	 * better we end before, properly. */
	free(xreallocarray(
	    NULL, (size_t)out->h * (size_t)out->w, 4 * sizeof(cchar_t)));
	resizeterm(out->h, out->w);
	erase();
	clearok(curscr, TRUE);
	forget_shown();
}

static void
port_wait(void *arg, int timeout_ms, struct key *out)
{
	int64_t now = time_ticks(), until = now + timeout_ms * MS;

	(void)arg;
	free(term.text);
	term.text = NULL;
	for (;;) {
		int64_t due;

		if (signals_end || term.gone) {
			*out = (struct key){ .code = KEY_HANGUP, .at = now };
			return;
		}
		if (signals_resized || signals_back) {
			resized(out);
			return;
		}
		if (input_next(&term.input, out)) {
			term.text = (char *)out->text;
			return;
		}
		now = time_ticks();
		if (now >= until)
			break;
		due = input_due(&term.input);
		due = due > 0 && due < until ? due : until;
		listen(due > now ? due - now : 0);
	}
	*out = (struct key){ .code = KEY_TICK, .at = now };
}

static bool
port_esc_waiting(void *arg)
{
	(void)arg;
	listen(0);
	return signals_end || term.gone || input_take(&term.input, KEY_ESC_) ||
	       input_take(&term.input, KEY_CTRL('c'));
}

static void
port_bell(void *arg, int kind)
{
	(void)arg;
	beep();
	if (kind == 1) {
		flash(); /* takes a moment: one hears two */
		beep();
	}
}

/* Drawing */

static bool
same(const struct cell *a, const struct cell *b, int w)
{
	int x;

	for (x = 0; x < w; x++) {
		if (a[x].style != b[x].style ||
		    memcmp(a[x].cp, b[x].cp, sizeof(a[x].cp)) != 0)
			return false;
	}
	return true;
}

/* A row is always put whole and from the left, each character at its own
 * place: ncurses then never sees half of a wide one. */
static void
put_row(const struct cell *row, int y, int w)
{
	int x;

	for (x = 0; x < w; x++) {
		wchar_t text[6] = { 0 };
		cchar_t cc;
		int i;

		if (row[x].cp[0] == 0)
			continue;
		for (i = 0; i < 5 && row[x].cp[i] != 0; i++)
			text[i] = (wchar_t)row[x].cp[i];
		if (setcchar(&cc, text, term.attr[row[x].style],
			term.pair[row[x].style], NULL) == OK)
			mvadd_wch(y, x, &cc);
	}
}

static void
port_show(void *arg, const struct canvas *c)
{
	int h, w, y, cy, cx;

	(void)arg;
	if (c == NULL) {
		clearok(curscr, TRUE);
		forget_shown();
		return;
	}
	h = canvas_h(c);
	w = canvas_w(c);
	if (h != term.h || w != term.w) {
		forget_shown();
		term.shown =
		    xcalloc((size_t)h * (size_t)w + 1, sizeof(*term.shown));
		term.h = h;
		term.w = w;
	}
	for (y = 0; y < h && y < LINES; y++) {
		const struct cell *row = canvas_cell(c, y, 0);
		struct cell *old = term.shown + (size_t)y * (size_t)w;

		if (w == 0 || same(row, old, w))
			continue;
		put_row(row, y, w < COLS ? w : COLS);
		memcpy(old, row, (size_t)w * sizeof(*old));
	}
	canvas_cursor_get(c, &cy, &cx);
	curs_set(cy >= 0 ? 1 : 0);
	if (cy >= 0)
		move(cy, cx);
	refresh();
}

static short
or_basic(short color, short basic)
{
	return color < 0 ? basic : color;
}

static void
make_looks(const struct term_opts *opts)
{
	const char *no = getenv("NO_COLOR");
	bool color = opts->color && (no == NULL || no[0] == '\0') &&
		     has_colors() && start_color() == OK;
	bool own = color && use_default_colors() == OK;
	int s;

	for (s = 0; s < STYLE_MAX; s++) {
		struct look look;
		attr_t attr = 0;

		theme_look(
		    opts->theme, color ? COLORS : 0, (enum style)s, &look);
		attr |= look.attr & LOOK_BOLD ? A_BOLD : 0;
		attr |= look.attr & LOOK_REVERSE ? A_REVERSE : 0;
		attr |= look.attr & LOOK_UNDERLINE ? A_UNDERLINE : 0;
		attr |= look.attr & LOOK_DIM ? A_DIM : 0;
		term.attr[s] = attr;
		term.pair[s] = 0;
		if (!color || (look.fg < 0 && look.bg < 0))
			continue;
		if (!own) {
			look.fg = or_basic(look.fg, COLOR_WHITE);
			look.bg = or_basic(look.bg, COLOR_BLACK);
		}
		if (init_pair((short)(s + 1), look.fg, look.bg) == OK)
			term.pair[s] = (short)(s + 1);
	}
}

/* Starting and stopping */

static int
keep(int ch)
{
	if (term.nrestore < sizeof(term.restore))
		term.restore[term.nrestore++] = (char)ch;
	return ch;
}

/* What puts the terminal back and says why, ready for a signal handler. */
static void
make_restore(void)
{
	static const char *const caps[] = { "sgr0", "cnorm", "rmkx", "rmcup" };
	const char *words =
	    _("shopmgr ended by a fault of its own. What was saved is safe.");
	size_t i;

	term.nrestore = 0;
	for (i = 0; i < strlen(PASTE_STOP); i++)
		keep(PASTE_STOP[i]);
	for (i = 0; i < N(caps); i++) {
		char *cap = tigetstr(caps[i]);

		if (cap != NULL && cap != (char *)-1)
			tputs(cap, 1, keep);
	}
	for (i = 0; i < strlen(words); i++)
		keep(words[i]);
	keep('\r');
	keep('\n');
	signals_last_words(term.restore, term.nrestore);
	alloc_die_words =
	    _("shopmgr: out of memory. What was saved is safe; end other "
	      "programs, then start it again.");
}

static void
set_modes(const struct term_opts *opts)
{
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	meta(stdscr, TRUE);
	set_escdelay(opts->esc_ms);
	define_keys();
	if (opts->mouse) {
		mousemask(
		    BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
		mouseinterval(0); /* no waiting for a click to be one */
	}
	make_looks(opts);
	make_restore();
	refresh(); /* now it is our screen */
	send_now(PASTE_SET);
}

/* What was typed while the terminal was asked is kept. */
static void
set_width(const char *ambiguous)
{
	width_ambiguous = strcmp(ambiguous, "2") == 0 ? 2 : 1;
	if (strcmp(ambiguous, "auto") != 0)
		return;
	width_ambiguous =
	    probe_width(term.pending, sizeof(term.pending), &term.npending);
	clearok(curscr, TRUE);
}

/* Known to the system, and able to put text anywhere. */
static int
check_terminal(const char *name, struct err *err)
{
	const char *cup;
	int bad;

	if (name == NULL || name[0] == '\0')
		name = "?";
	if (setupterm(name, STDOUT_FILENO, &bad) != OK)
		return err_set(err, ERR_IO, "",
		    _("The terminal \"%s\" (TERM) is not known to this "
		      "system"),
		    name);
	cup = tigetstr("cup");
	del_curterm(cur_term);
	if (cup == NULL || cup == (char *)-1)
		return err_set(err, ERR_IO, "",
		    _("The terminal \"%s\" (TERM) cannot show screens"), name);
	return 0;
}

int
term_start(const struct term_opts *opts, struct ui_port *port, int *h, int *w,
    struct err *err)
{
	static bool registered;
	const char *name = getenv("TERM");
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_IO, "",
		    _("shopmgr needs a terminal to show its screens"));
	rc = check_terminal(name, err);
	if (rc < 0)
		return rc;
	memset(&term, 0, sizeof(term));
	tcgetattr(STDOUT_FILENO, &term.saved);
	input_init(&term.input, opts->scan_ms);
	signals_catch(&term.saved);
	term.screen = newterm(NULL, stdout, stdin);
	if (term.screen == NULL) {
		signals_release();
		input_done(&term.input);
		return err_set(err, ERR_IO, "",
		    _("The terminal \"%s\" (TERM) cannot show screens"), name);
	}
	term.on = true;
	alloc_die_hook = term_stop;
	if (!registered)
		atexit(term_stop);
	registered = true;
	set_modes(opts);
	set_width(opts->ambiguous);
	size_now(h, w);
	resizeterm(*h, *w);
	*port = (struct ui_port){ port_wait, port_show, port_bell,
		port_esc_waiting, NULL };
	return 0;
}

/* A terminal without a second screen would keep the buyers' names in sight. */
static void
leave_nothing(void)
{
	if (tigetstr("rmcup") != NULL)
		return;
	clear();
	refresh();
}

bool
term_ended(void)
{
	return term.ended;
}

void
term_stop(void)
{
	if (!term.on)
		return;
	term.on = false;
	term.ended = signals_end != 0;
	send_now(PASTE_STOP);
	if (!term.gone)
		leave_nothing();
	endwin();
	tcsetattr(STDOUT_FILENO, TCSANOW, &term.saved);
	signals_release();
	delscreen(term.screen);
	input_done(&term.input);
	forget_shown();
	free(term.text);
	term.text = NULL;
	alloc_die_hook = NULL;
}
